"""Native columns: exact values and lower bounds as two overlapping series, labels outside their ends."""

from __future__ import annotations

from lhpub.boxes import ChartBox, TextBox
from lhpub.kinds.chart import ChartItem
from lhpub.kinds.column import ColumnChart
from lhpub.render.pptx.charts.series import AXES, BARE, bar_series, category_axis, chart_type, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.text import LANGUAGE, Context, character_properties, text_boxes
from lhpub.render.pptx.xml import Xml, el, join, text
from lhpub.text.model import TextStyle

_GAP = 26
_SHOWN = Xml(
    '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def column_plot(box: ChartBox, chart: ColumnChart, scheme: Scheme) -> Xml:
    """Returns clustered columns: exact values and lower bounds as two overlapping series, labels outside their ends."""
    sheet = chart.sheet
    series = (
        bar_series(sheet, n, scheme, _labels(box, chart, column.items, scheme))
        for n, column in enumerate(sheet.columns)
    )
    head = Xml('<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>')
    gap = Xml(f'<c:gapWidth val="{_GAP if box.gap is None else round(box.gap * 100)}"/><c:overlap val="100"/>')
    bars = el("c:barChart", None, head, *series, gap, AXES)
    names = category_axis("b", 0 if names_are_native(box) else 1, chart_type(box.axis_style, scheme))
    return join(bars, names, value_axis("l", sheet.axis))


def _labels(box: ChartBox, chart: ColumnChart, items: tuple[ChartItem | None, ...], scheme: Scheme) -> Xml:
    """Returns a series' labels: they follow the sheet where number and unit are all; a bound's word is rich text."""
    shown = [(n, item) for n, item in enumerate(items) if item]
    written = (
        el("c:dLbl", None, Xml(f'<c:idx val="{n}"/>'), _rich(item, _drawn_style(box, item), scheme), _SHOWN)
        for n, item in shown
        if item.figure.prefix or item.figure.mark or item.figure.numeral != f"{item.value:f}"
    )
    unit = chart.unit.replace('"', "")
    form = el("c:numFmt", {"formatCode": f'General"{unit}"', "sourceLinked": 0})
    return el("c:dLbls", None, *written, form, BARE, chart_type(_drawn_style(box, shown[0][1]), scheme), _SHOWN)


def _rich(item: ChartItem, style: TextStyle | None, scheme: Scheme) -> Xml:
    mark = f"（{item.figure.mark}）" if item.figure.mark else ""
    properties = character_properties("a:rPr", style, Context(scheme)) if style else el("a:rPr", LANGUAGE)
    run = el("a:r", None, properties, el("a:t", None, text(item.figure.text + mark)))
    paragraph = el("a:p", None, run)
    return el("c:tx", None, el("c:rich", None, Xml('<a:bodyPr wrap="none"/><a:lstStyle/>'), paragraph))


def _drawn_style(box: ChartBox, item: ChartItem) -> TextStyle | None:
    """Returns the type that the drawn chart gives to the same figure's numeral."""
    runs = (run for drawn in text_boxes(box.boxes) for source in drawn.paragraphs for run in source.runs)
    return max((r.style for r in runs if r.role == item.figure.role), key=lambda s: s.size, default=box.label_style)


def words_beside_columns(box: ChartBox) -> tuple[TextBox, ...]:
    """Returns the drawn texts that the native chart does not show: all but a column's values and, if each is one line,
    its names. Programs break longer category labels anywhere, so those stand as they were composed, like second lines."""
    drawn = tuple(text_boxes(box.boxes))
    native = ("value-", "name-") if names_are_native(box) else ("value-",)
    return tuple(text for text in drawn if not text.name.rpartition("/")[2].startswith(native))


def names_are_native(box: ChartBox) -> bool:
    """True if each name under a column is drawn without a break."""
    names = [text for text in text_boxes(box.boxes) if text.name.rpartition("/")[2].startswith("name-")]
    return all(len(name.lines) <= len(name.paragraphs) for name in names)
