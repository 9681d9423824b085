"""Native lines: figures over the points of one line; of several, the first figure and the last with its name."""

from __future__ import annotations

from decimal import Decimal

from lhpub.boxes import ChartBox
from lhpub.kinds.chart import Column
from lhpub.kinds.line import LineChart
from lhpub.render.pptx.charts.series import Label, category_axis, labels_of, line_chart, line_series, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import Xml, join

_MAIN, _OTHER = (3.5, 9), (2.0, 7)
"""Width of the line, size of its markers, in points."""
_STEEP = 0.4
"""Height over width of a stretch that would meet a label over its end."""
_DENSE = 12
"""With more points, one line's ends alone are labelled and points have no markers."""


def line_plot(box: ChartBox, chart: LineChart, scheme: Scheme) -> Xml:
    """Returns plot and axes."""
    sheet, many = chart.sheet, len(chart.series) > 1
    main = sheet.columns[0].ink if sheet.columns else None
    series = []
    for n, column in enumerate(sheet.columns):
        width, size = _MAIN if column.ink == main else _OTHER
        dense = len(chart.rows) > _DENSE
        look = (0.0, 0.0) if column.meaning == "missing" else (width, 0.0 if dense else size)
        ends = (many or dense) and column.meaning != "missing"
        points = [] if column.meaning == "missing" else _ends(column, many) if ends else _beside(column, box)
        series.append(
            line_series(sheet, n, scheme, look, labels_of(column, box.label_style, scheme, "" if ends else "t", points))
        )
    names = category_axis("b", box.axis_style, scheme, box.axis)
    return join(line_chart(series), names, value_axis("l", sheet, "midCat" if many else "between"))


def _beside(column: Column, box: ChartBox) -> list[Label]:
    """Returns labels beside the points of steep stretches, where one over the point would meet the line."""
    known = [value for value in column.values if value is not None]
    plot, most = box.plot or box.rect, max(known, default=Decimal(0)) or Decimal(1)
    steep = most * Decimal(plot.width / len(column.values) * _STEEP / plot.height)
    points = []
    for n, (before, value, after) in enumerate(
        zip((None, *column.values), column.values, (*column.values[1:], None), strict=False)
    ):
        if value is not None and before is not None and before - value > steep:
            points.append(Label(n, "r"))
        elif value is not None and after is not None and after - value > steep:
            points.append(Label(n, "l"))
    return points


def _ends(column: Column, named: bool) -> list[Label]:
    known = [n for n, value in enumerate(column.values) if value is not None]
    last = Label(known[-1], "r", " " if named else None)
    return [Label(known[0], "l" if named else "t"), last] if len(known) > 1 else [last]
