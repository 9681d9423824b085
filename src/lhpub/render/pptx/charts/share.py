"""A native share: one 100 % stacked bar that fills its plot area."""

from __future__ import annotations

from lhpub.kinds.share import ShareChart
from lhpub.render.pptx.charts.series import AXES, bar_series, category_axis, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import EMPTY, Xml, el, join


def share_plot(chart: ShareChart, scheme: Scheme) -> Xml:
    """Returns bar and axes."""
    sheet = chart.sheet
    series = (bar_series(sheet, n, scheme, EMPTY) for n in range(len(sheet.columns)))
    head = Xml('<c:barDir val="bar"/><c:grouping val="percentStacked"/><c:varyColors val="0"/>')
    bars = el("c:barChart", None, head, *series, Xml('<c:gapWidth val="0"/><c:overlap val="100"/>'), AXES)
    return join(bars, category_axis("l", 1), value_axis("b", sheet.axis))
