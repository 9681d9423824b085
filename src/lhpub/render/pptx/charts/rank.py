"""A native rank: a line from edge to edge on a reversed axis of the whole list; an inferred point is hollow."""

from __future__ import annotations

from lhpub.kinds.rank import RankChart
from lhpub.render.pptx.charts.series import AXES, category_axis, cells, series_title, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import NO_LINE
from lhpub.render.pptx.xml import Xml, el, emu, join

_LINE, _RING, _MARKER = 4.0, 3.0, 14


def rank_plot(chart: RankChart, scheme: Scheme) -> Xml:
    """Returns line and axes."""
    items, sheet = chart.items, chart.sheet
    fill = scheme.fill(items[-1].ink)
    line = el("c:spPr", None, el("a:ln", {"w": emu(_LINE), "cap": "rnd"}, fill, Xml("<a:round/>")))
    ring = el("a:ln", {"w": emu(_RING)}, fill)
    paper = _marker(Xml('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'), ring)
    hollow = (
        el("c:dPt", None, Xml(f'<c:idx val="{n}"/>'), paper, Xml('<c:bubble3D val="0"/>'), line)
        for n, item in enumerate(items)
        if item.derived
    )
    series = el("c:ser", None, series_title(sheet, 0), line, _marker(fill, NO_LINE), *hollow, cells(sheet, 0),
                Xml('<c:smooth val="0"/>'))  # fmt: skip
    head = Xml('<c:grouping val="standard"/><c:varyColors val="0"/>')
    lines = el("c:lineChart", None, head, series, Xml('<c:marker val="1"/>'), AXES)
    values = value_axis("l", sheet.axis, "maxMin", "midCat")
    return join(lines, category_axis("b", 1), values)


def _marker(fill: Xml, line: Xml) -> Xml:
    look = Xml(f'<c:symbol val="circle"/><c:size val="{_MARKER}"/>')
    return el("c:marker", None, look, el("c:spPr", None, fill, line))
