"""A native rank: a line on a reversed axis of the whole list; an inferred point is a ring."""

from __future__ import annotations

from lhpub.boxes import ChartBox
from lhpub.kinds.chart import number_format
from lhpub.kinds.rank import RankChart
from lhpub.render.pptx.charts.series import Label, category_axis, labels_of, line_chart, line_series, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import Xml, join

_LINE, _MARKER, _INNER = 4.0, 14, 8


def rank_plot(box: ChartBox, chart: RankChart, scheme: Scheme) -> Xml:
    """Returns plot and axes: the earlier rank stands left of its point, the present one right."""
    sheet, before = chart.sheet, chart.items[0]
    points = [Label(0, "l", format=number_format((before,), before.figure.unit)), Label(1, "r")]
    line = labels_of(sheet.columns[0], box.label_style, scheme, "", points)
    series = [line_series(sheet, 0, scheme, (_LINE, _MARKER), line)]
    series += [
        line_series(sheet, n, scheme, (0, _INNER), labels_of(column, None, scheme, ""))
        for n, column in enumerate(sheet.columns[1:], 1)
    ]
    names = category_axis("b", box.axis_style, scheme, None)
    return join(
        line_chart(series),
        Xml(names.replace('tickLblPos val="low"', 'tickLblPos val="high"')),
        value_axis("l", sheet, "midCat"),
    )
