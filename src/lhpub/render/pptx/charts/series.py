"""What all native charts are made of: series with their cells and cached content, axes, type. Children stand in the schema's
order (ECMA-376 part 1, 21.2). Colours are theme colours wherever the inks are.
"""

from __future__ import annotations

from decimal import Decimal

from lhpub.kinds.chart import Sheet
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import NO_LINE
from lhpub.render.pptx.text import LANGUAGE, Context, character_properties
from lhpub.render.pptx.workbook import SHEET, letters
from lhpub.render.pptx.xml import EMPTY, Xml, el, join, text
from lhpub.text.model import Ink, TextStyle

BARE = el("c:spPr", None, Xml("<a:noFill/>"), NO_LINE)
# python-pptx writes negative axis ids, which the schema forbids; any two positive numbers do.
AXES = Xml('<c:axId val="10001"/><c:axId val="10002"/>')
_CATEGORY = """<c:catAx><c:axId val="10001"/><c:scaling><c:orientation val="minMax"/></c:scaling>\
<c:delete val="{deleted}"/><c:axPos val="{position}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
<c:tickLblPos val="low"/>{bare}{type}<c:crossAx val="10002"/><c:crosses val="autoZero"/><c:auto val="0"/>\
<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>"""
_VALUE = """<c:valAx><c:axId val="10002"/><c:scaling><c:orientation val="{order}"/><c:max val="{high:f}"/>\
<c:min val="{low:f}"/></c:scaling><c:delete val="1"/><c:axPos val="{position}"/>\
<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
<c:tickLblPos val="nextTo"/><c:crossAx val="10001"/><c:crosses val="autoZero"/>\
<c:crossBetween val="{between}"/></c:valAx>"""


def category_axis(position: str, deleted: int, type_: Xml = EMPTY) -> Xml:
    return Xml(_CATEGORY.format(position=position, deleted=deleted, bare=BARE, type=type_))


def value_axis(position: str, limits: tuple[Decimal, Decimal], order: str = "minMax", between: str = "between") -> Xml:
    low, high = limits
    return Xml(_VALUE.format(position=position, low=low, high=high, order=order, between=between))


def bar_series(sheet: Sheet, number: int, scheme: Scheme, labels: Xml) -> Xml:
    """Returns one series of columns or bars; a point of another ink than the first has a fill of its own."""

    def fill(ink: Ink) -> Xml:
        return el("c:spPr", None, scheme.fill(ink), NO_LINE)

    inks = [item.ink if item else None for item in sheet.columns[number].items]
    first = next(ink for ink in inks if ink)
    others = (
        el("c:dPt", None, Xml(f'<c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'), fill(ink))
        for n, ink in enumerate(inks)
        if ink and ink != first
    )
    upright = Xml('<c:invertIfNegative val="0"/>')
    return el("c:ser", None, series_title(sheet, number), fill(first), upright, *others, labels, cells(sheet, number))


def chart_type(style: TextStyle | None, scheme: Scheme) -> Xml:
    """Returns c:txPr with language and East Asian face: else labels are proofed in the program's own language."""
    if style is None:
        return EMPTY
    properties = el("a:pPr", None, character_properties("a:defRPr", style, Context(scheme)))
    content = el("a:p", None, properties, el("a:endParaRPr", LANGUAGE))
    return el("c:txPr", None, Xml('<a:bodyPr rot="0" vert="horz"/><a:lstStyle/>'), content)


def series_title(sheet: Sheet, number: int) -> Xml:
    cache = el("c:strCache", None, Xml('<c:ptCount val="1"/>'), _point(0, sheet.columns[number].header))
    title = el("c:tx", None, el("c:strRef", None, _reference(number + 1, 1, 1), cache))
    return join(Xml(f'<c:idx val="{number}"/><c:order val="{number}"/>'), title)


def cells(sheet: Sheet, number: int) -> Xml:
    """Returns a series' categories and values, each with its cells and their cached content."""
    rows = len(sheet.categories) + 1
    count = Xml(f'<c:ptCount val="{rows - 1}"/>')
    names = el("c:strCache", None, count, *(_point(n, name) for n, name in enumerate(sheet.categories)))
    points = (_point(n, f"{item.value:f}") for n, item in enumerate(sheet.columns[number].items) if item)
    cache = el("c:numCache", None, Xml("<c:formatCode>General</c:formatCode>"), count, *points)
    categories = el("c:cat", None, el("c:strRef", None, _reference(0, 2, rows), names))
    return join(categories, el("c:val", None, el("c:numRef", None, _reference(number + 1, 2, rows), cache)))


def _reference(column: int, first: int, last: int) -> Xml:
    letter = letters(column)
    end = f":${letter}${last}" if last > first or first > 1 else ""
    return el("c:f", None, text(f"{SHEET}!${letter}${first}{end}"))


def _point(index: int, content: str) -> Xml:
    return el("c:pt", {"idx": index}, el("c:v", None, text(content)))
