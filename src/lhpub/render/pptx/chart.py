"""A resolved chart as a native, editable chart part. Children stand in the schema's order (ECMA-376 part 1, 21.2).

Axis lines and the value axis are left out: what they would print stands as categories, labels and texts of the slide,
where the composition has them. Colours are theme colours wherever the inks are.
"""

from __future__ import annotations

from decimal import Decimal

from lhpub.boxes import ChartBox, TextBox
from lhpub.charts.model import ChartItem
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import NO_LINE
from lhpub.render.pptx.text import LANGUAGE, Context, character_properties, text_boxes
from lhpub.render.pptx.workbook import SHEET, Data, chart_data
from lhpub.render.pptx.xml import EMPTY, Xml, document, el, emu, join, text
from lhpub.text.model import Ink, TextStyle

_GAP = 26
_RANK_LINE, _RANK_RING, _RANK_MARKER = 4.0, 3.0, 14
_BARE = el("c:spPr", None, Xml("<a:noFill/>"), NO_LINE)
# python-pptx writes negative axis ids, which the schema forbids; any two positive numbers do.
_AXES = Xml('<c:axId val="10001"/><c:axId val="10002"/>')
_CATEGORY_AXIS = """<c:catAx><c:axId val="10001"/><c:scaling><c:orientation val="minMax"/></c:scaling>\
<c:delete val="{deleted}"/><c:axPos val="{position}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
<c:tickLblPos val="low"/>{bare}{type}<c:crossAx val="10002"/><c:crosses val="autoZero"/><c:auto val="0"/>\
<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>"""
_VALUE_AXIS = """<c:valAx><c:axId val="10002"/><c:scaling><c:orientation val="{order}"/><c:max val="{high:f}"/>\
<c:min val="{low:f}"/></c:scaling><c:delete val="1"/><c:axPos val="{position}"/>\
<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
<c:tickLblPos val="nextTo"/><c:crossAx val="10001"/><c:crosses val="autoZero"/>\
<c:crossBetween val="{between}"/></c:valAx>"""
_SHOWN = Xml(
    '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def chart_space(box: ChartBox, scheme: Scheme, workbook: str) -> bytes:
    """Returns the chart part; `workbook` is the relationship of its embedded workbook."""
    plot = {"column": _columns, "share": _share, "rank": _rank}[box.chart.kind](box, chart_data(box.chart), scheme)
    after = Xml('<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>')
    area = el("c:plotArea", None, _layout(box), plot)
    head = Xml('<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>')
    chart = el("c:chart", None, Xml('<c:autoTitleDeleted val="1"/>'), area, after)
    external = el("c:externalData", {"r:id": workbook}, Xml('<c:autoUpdate val="0"/>'))
    return document("c:chartSpace", "car", None, head, chart, _BARE, _type(box.axis_style, scheme), external)


def _layout(box: ChartBox) -> Xml:
    """Returns the inner plot area as fractions of the frame, so that drawn shapes lie on it exactly."""
    plot, frame = box.plot or box.rect, box.rect
    x, w = (plot.x - frame.x) / frame.width, plot.width / frame.width
    y, h = (plot.y - frame.y) / frame.height, plot.height / frame.height
    return Xml(
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.6f}"/><c:y val="{y:.6f}"/><c:w val="{w:.6f}"/><c:h val="{h:.6f}"/></c:manualLayout></c:layout>'
    )


def _columns(box: ChartBox, data: Data, scheme: Scheme) -> Xml:
    """Returns clustered columns: exact values and lower bounds as two overlapping series, labels outside their ends."""
    series = (_bars(data, n, scheme, _labels(box, column.items, scheme)) for n, column in enumerate(data.columns))
    head = Xml('<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>')
    gap = Xml(f'<c:gapWidth val="{_GAP if box.gap is None else round(box.gap * 100)}"/><c:overlap val="100"/>')
    bars = el("c:barChart", None, head, *series, gap, _AXES)
    names = _category_axis("b", 0 if names_are_native(box) else 1, _type(box.axis_style, scheme))
    return join(bars, names, _value_axis("l", (box.chart.axis_min, box.chart.axis_max)))


def _share(box: ChartBox, data: Data, scheme: Scheme) -> Xml:
    """Returns one 100 % stacked bar that fills its plot area."""
    series = (_bars(data, n, scheme, EMPTY) for n in range(len(data.columns)))
    head = Xml('<c:barDir val="bar"/><c:grouping val="percentStacked"/><c:varyColors val="0"/>')
    bars = el("c:barChart", None, head, *series, Xml('<c:gapWidth val="0"/><c:overlap val="100"/>'), _AXES)
    return join(bars, _category_axis("l", 1), _value_axis("b", (Decimal(0), Decimal(1))))


def _rank(box: ChartBox, data: Data, scheme: Scheme) -> Xml:
    """Returns a line from edge to edge on a reversed axis of the whole list; an inferred point is hollow."""
    items = box.chart.items
    fill = scheme.fill(items[-1].ink)
    line = el("c:spPr", None, el("a:ln", {"w": emu(_RANK_LINE), "cap": "rnd"}, fill, Xml("<a:round/>")))
    ring = el("a:ln", {"w": emu(_RANK_RING)}, fill)
    paper = _marker(Xml('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'), ring)
    hollow = (
        el("c:dPt", None, Xml(f'<c:idx val="{n}"/>'), paper, Xml('<c:bubble3D val="0"/>'), line)
        for n, item in enumerate(items)
        if item.derived
    )
    series = el("c:ser", None, _title(data, 0), line, _marker(fill, NO_LINE), *hollow, _numbers(data, 0),
                Xml('<c:smooth val="0"/>'))  # fmt: skip
    head = Xml('<c:grouping val="standard"/><c:varyColors val="0"/>')
    lines = el("c:lineChart", None, head, series, Xml('<c:marker val="1"/>'), _AXES)
    values = _value_axis("l", (box.chart.axis_min, box.chart.axis_max), "maxMin", "midCat")
    return join(lines, _category_axis("b", 1), values)


def _marker(fill: Xml, line: Xml) -> Xml:
    look = Xml(f'<c:symbol val="circle"/><c:size val="{_RANK_MARKER}"/>')
    return el("c:marker", None, look, el("c:spPr", None, fill, line))


def _category_axis(position: str, deleted: int, type_: Xml = EMPTY) -> Xml:
    return Xml(_CATEGORY_AXIS.format(position=position, deleted=deleted, bare=_BARE, type=type_))


def _value_axis(position: str, limits: tuple[Decimal, Decimal], order: str = "minMax", between: str = "between") -> Xml:
    low, high = limits
    return Xml(_VALUE_AXIS.format(position=position, low=low, high=high, order=order, between=between))


def _bars(data: Data, number: int, scheme: Scheme, labels: Xml) -> Xml:
    """Returns one series of columns or bars; a point of another ink than the first has a fill of its own."""

    def fill(ink: Ink) -> Xml:
        return el("c:spPr", None, scheme.fill(ink), NO_LINE)

    inks = [item.ink if item else None for item in data.columns[number].items]
    first = next(ink for ink in inks if ink)
    others = (
        el("c:dPt", None, Xml(f'<c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'), fill(ink))
        for n, ink in enumerate(inks)
        if ink and ink != first
    )
    upright = Xml('<c:invertIfNegative val="0"/>')
    return el("c:ser", None, _title(data, number), fill(first), upright, *others, labels, _numbers(data, number))


def _labels(box: ChartBox, items: tuple[ChartItem | None, ...], scheme: Scheme) -> Xml:
    """Returns a series' labels: they follow the sheet where number and unit are all; a bound's word is rich text."""
    shown = [(n, item) for n, item in enumerate(items) if item]
    written = (
        el("c:dLbl", None, Xml(f'<c:idx val="{n}"/>'), _rich(item, _drawn_style(box, item), scheme), _SHOWN)
        for n, item in shown
        if item.figure.prefix or item.figure.mark or item.figure.numeral != f"{item.value:f}"
    )
    unit = box.chart.unit.replace('"', "")
    form = el("c:numFmt", {"formatCode": f'General"{unit}"', "sourceLinked": 0})
    return el("c:dLbls", None, *written, form, _BARE, _type(_drawn_style(box, shown[0][1]), scheme), _SHOWN)


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


def words_beside(box: ChartBox) -> tuple[TextBox, ...]:
    """Returns the drawn texts that the native chart does not show: all but a column's values and, if each is one line,
    its names. Programs break longer category labels anywhere, so those stand as they were composed, like second lines."""
    drawn = tuple(text_boxes(box.boxes))
    if box.chart.kind != "column":
        return drawn
    native = ("value-", "name-") if names_are_native(box) else ("value-",)
    return tuple(text for text in drawn if not text.name.rpartition("/")[2].startswith(native))


def names_are_native(box: ChartBox) -> bool:
    """True if each name under a column is drawn without a break."""
    names = [text for text in text_boxes(box.boxes) if text.name.rpartition("/")[2].startswith("name-")]
    return all(len(name.lines) <= len(name.paragraphs) for name in names)


def _type(style: TextStyle | None, scheme: Scheme) -> Xml:
    """Returns c:txPr with language and East Asian face: else labels are proofed in the program's own language."""
    if style is None:
        return EMPTY
    properties = el("a:pPr", None, character_properties("a:defRPr", style, Context(scheme)))
    content = el("a:p", None, properties, el("a:endParaRPr", LANGUAGE))
    return el("c:txPr", None, Xml('<a:bodyPr rot="0" vert="horz"/><a:lstStyle/>'), content)


def _title(data: Data, number: int) -> Xml:
    cache = el("c:strCache", None, Xml('<c:ptCount val="1"/>'), _point(0, data.columns[number].header))
    title = el("c:tx", None, el("c:strRef", None, _reference(number + 1, 1, 1), cache))
    return join(Xml(f'<c:idx val="{number}"/><c:order val="{number}"/>'), title)


def _numbers(data: Data, number: int) -> Xml:
    """Returns a series' categories and values, each with its cells and their cached content."""
    values, rows = data.columns[number].values, len(data.categories) + 1
    count = Xml(f'<c:ptCount val="{rows - 1}"/>')
    names = el("c:strCache", None, count, *(_point(n, name) for n, name in enumerate(data.categories)))
    points = (_point(n, f"{value:f}") for n, value in enumerate(values) if value is not None)
    cache = el("c:numCache", None, Xml("<c:formatCode>General</c:formatCode>"), count, *points)
    categories = el("c:cat", None, el("c:strRef", None, _reference(0, 2, rows), names))
    return join(categories, el("c:val", None, el("c:numRef", None, _reference(number + 1, 2, rows), cache)))


def _reference(column: int, first: int, last: int) -> Xml:
    letter = "ABCDEFGH"[column]
    end = f":${letter}${last}" if last > first or first > 1 else ""
    return el("c:f", None, text(f"{SHEET}!${letter}${first}{end}"))


def _point(index: int, content: str) -> Xml:
    return el("c:pt", {"idx": index}, el("c:v", None, text(content)))
