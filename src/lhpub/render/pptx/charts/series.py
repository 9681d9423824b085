"""What all native charts are made of: series with their cells and cached content, axes, type. Children stand in the schema's
order (ECMA-376 part 1, 21.2). Colours are theme colours wherever the inks are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lhpub.boxes import ChartBox
from lhpub.charts.grid import legible
from lhpub.kinds.chart import Column, Sheet
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import NO_LINE
from lhpub.render.pptx.text import LANGUAGE, Context, character_properties
from lhpub.render.pptx.workbook import SHEET, letters
from lhpub.render.pptx.xml import EMPTY, Xml, el, emu, join, text
from lhpub.text.model import Ink, TextStyle

BARE = el("c:spPr", None, Xml("<a:noFill/>"), NO_LINE)
# python-pptx writes negative axis ids, which the schema forbids; any two positive numbers do.
AXES = Xml('<c:axId val="10001"/><c:axId val="10002"/>')
_CATEGORY = """<c:catAx><c:axId val="10001"/><c:scaling><c:orientation val="{order}"/></c:scaling>\
<c:delete val="{deleted}"/><c:axPos val="{position}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
<c:tickLblPos val="{labels}"/>{line}{type}<c:crossAx val="10002"/><c:crosses val="autoZero"/><c:auto val="0"/>\
<c:lblAlgn val="ctr"/><c:lblOffset val="60"/>{skip}<c:noMultiLvlLbl val="1"/></c:catAx>"""
_VALUE = """<c:valAx><c:axId val="10002"/><c:scaling><c:orientation val="{order}"/>{limits}</c:scaling>\
<c:delete val="1"/><c:axPos val="{position}"/><c:numFmt formatCode="0" sourceLinked="0"/>\
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="10001"/>\
<c:crosses val="autoZero"/><c:crossBetween val="{between}"/></c:valAx>"""
_UNLABELLED = Xml(
    '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)


@dataclass(frozen=True, slots=True)
class Label:
    """One point's label where it differs from its series': its place, whether the series' name stands before the figure and
    what parts them; `format` its own number format; `is_shown` False: none."""

    point: int
    position: str
    parting: str | None = None
    format: str | None = None
    is_shown: bool = True


def category_axis(position: str, style: TextStyle | None, scheme: Scheme, line: Ink | None, falls: bool = False) -> Xml:
    """Returns the axis of names; without `style` it is not shown. `falls`: from the top down."""
    order, deleted = "maxMin" if falls else "minMax", int(style is None)
    shown = el("c:spPr", None, el("a:ln", {"w": emu(1)}, scheme.fill(line))) if line else BARE
    type_ = chart_type(style, scheme)
    skip = Xml('<c:tickLblSkip val="1"/>')
    return Xml(
        _CATEGORY.format(
            order=order, deleted=deleted, position=position, labels="low", line=shown, type=type_, skip=skip
        )
    )


def value_axis(position: str, sheet: Sheet, between: str = "between") -> Xml:
    """Returns the hidden axis of values. It has a greatest value only where that is the whole: no edit may be cut off."""
    limits = (("max", sheet.greatest), ("min", sheet.least))
    written = join(*(Xml(f'<c:{name} val="{value:f}"/>') for name, value in limits if value is not None))
    order = "maxMin" if sheet.falls else "minMax"
    return Xml(_VALUE.format(order=order, limits=written, position=position, between=between))


def bar_series(sheet: Sheet, number: int, scheme: Scheme, labels: Xml) -> Xml:
    """Returns one series of columns or bars."""
    look = (
        BARE
        if sheet.columns[number].meaning == "missing"
        else el("c:spPr", None, scheme.fill(sheet.columns[number].ink), NO_LINE)
    )
    upright = Xml('<c:invertIfNegative val="0"/>')
    return el("c:ser", None, series_title(sheet, number), look, upright, labels, cells(sheet, number))


def line_series(sheet: Sheet, number: int, scheme: Scheme, look: tuple[float, float], labels: Xml) -> Xml:
    """Returns one series of a line; `look`: the line's width (0: none) and the markers' size (0: none)."""
    column, (width, size) = sheet.columns[number], look
    fill = scheme.fill(column.ink)
    line = el(
        "c:spPr", None, el("a:ln", {"w": emu(width), "cap": "rnd"}, fill, Xml("<a:round/>")) if width else NO_LINE
    )
    inner = column.meaning == "inner"
    paper = Xml('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>')
    marker = marker_of(paper if inner else fill, size) if size else Xml('<c:marker><c:symbol val="none"/></c:marker>')
    smooth = Xml('<c:smooth val="0"/>')
    return el("c:ser", None, series_title(sheet, number), line, marker, labels, cells(sheet, number), smooth)


def marker_of(fill: Xml, size: float) -> Xml:
    """Returns a round marker of a fill, without line."""
    look = Xml(f'<c:symbol val="circle"/><c:size val="{round(size)}"/>')
    return el("c:marker", None, look, el("c:spPr", None, fill, NO_LINE))


def legible_column(column: Column, box: ChartBox) -> Column:
    """Returns the column with its figures in the ink that is read best on its fill."""
    return replace(column, text_ink=legible(column.ink, *box.on_fills)) if box.on_fills else column


def labels_of(
    column: Column, style: TextStyle | None, scheme: Scheme, position: str, points: Iterable[Label] = ()
) -> Xml:
    """Returns a series' labels: figures by the column's number format, so that they follow the sheet; nothing is left to the
    program. Without a position only `points` are labelled."""
    if column.format is None:
        return _UNLABELLED
    own = replace(style, ink=column.text_ink) if style else None
    type_ = chart_type(own, scheme, "none")

    def body(format_: str, place: str, parting: str | None) -> Xml:
        form = el("c:numFmt", {"formatCode": format_, "sourceLinked": 0})
        flags = Xml(
            f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
            f'<c:showSerName val="{int(parting is not None)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        )
        return join(form, BARE, type_, flags, el("c:separator", None, text(parting)) if parting else EMPTY)

    written = (
        el("c:dLbl", None, Xml(f'<c:idx val="{one.point}"/>'),
           body(one.format or column.format, one.position, one.parting) if one.is_shown else Xml('<c:delete val="1"/>'))
        for one in sorted(points, key=lambda one: one.point)
    )  # fmt: skip
    if position:
        return el("c:dLbls", None, *written, body(column.format, position, None))
    form = el("c:numFmt", {"formatCode": column.format, "sourceLinked": 0})
    return Xml(
        f"{el('c:dLbls', None, *written, form, BARE, type_)}".replace(
            "</c:dLbls>", _UNLABELLED.removeprefix("<c:dLbls>")
        )
    )


def bar_chart(direction: str, grouping: str, series: Iterable[Xml], gap: float, overlap: int) -> Xml:
    """Returns a plot of columns (`col`) or bars (`bar`); `gap`: between them, as a share of one's width."""
    head = Xml(f'<c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>')
    width = min(max(round(gap * 100), 0), 500)
    return el("c:barChart", None, head, *series, Xml(f'<c:gapWidth val="{width}"/><c:overlap val="{overlap}"/>'), AXES)


def line_chart(series: Iterable[Xml]) -> Xml:
    """Returns a plot of lines."""
    head = Xml('<c:grouping val="standard"/><c:varyColors val="0"/>')
    return el("c:lineChart", None, head, *series, Xml('<c:marker val="1"/>'), AXES)


def chart_type(style: TextStyle | None, scheme: Scheme, wrap: str = "square") -> Xml:
    """Returns c:txPr with language and East Asian face: else labels are proofed in the program's own language."""
    if style is None:
        return EMPTY
    properties = el("a:pPr", None, character_properties("a:defRPr", style, Context(scheme)))
    content = el("a:p", None, properties, el("a:endParaRPr", LANGUAGE))
    return el("c:txPr", None, Xml(f'<a:bodyPr rot="0" vert="horz" wrap="{wrap}"/><a:lstStyle/>'), content)


def series_title(sheet: Sheet, number: int) -> Xml:
    cache = el("c:strCache", None, Xml('<c:ptCount val="1"/>'), _point(0, sheet.columns[number].header))
    title = el("c:tx", None, el("c:strRef", None, _reference(number + 1, 1, 1), cache))
    return join(Xml(f'<c:idx val="{number}"/><c:order val="{number}"/>'), title)


def cells(sheet: Sheet, number: int) -> Xml:
    """Returns a series' categories and values, each with its cells and their cached content."""
    rows = len(sheet.categories) + 1
    count = Xml(f'<c:ptCount val="{rows - 1}"/>')
    names = el("c:strCache", None, count, *(_point(n, name) for n, name in enumerate(sheet.categories)))
    points = (_point(n, f"{value:f}") for n, value in enumerate(sheet.columns[number].values) if value is not None)
    cache = el("c:numCache", None, Xml("<c:formatCode>General</c:formatCode>"), count, *points)
    categories = el("c:cat", None, el("c:strRef", None, _reference(0, 2, rows), names))
    return join(categories, el("c:val", None, el("c:numRef", None, _reference(number + 1, 2, rows), cache)))


def _reference(column: int, first: int, last: int) -> Xml:
    letter = letters(column)
    end = f":${letter}${last}" if last > first or first > 1 else ""
    return el("c:f", None, text(f"{SHEET}!${letter}${first}{end}"))


def _point(index: int, content: str) -> Xml:
    return el("c:pt", {"idx": index}, el("c:v", None, text(content)))
