"""Native bars, from the top down, labels outside their ends."""

from __future__ import annotations

from lhpub.boxes import ChartBox
from lhpub.kinds.grid import GridChart
from lhpub.render.pptx.charts.series import Label, bar_chart, bar_series, category_axis, labels_of, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import Xml, join


def bar_plot(box: ChartBox, chart: GridChart, scheme: Scheme) -> Xml:
    """Returns plot and axes; without a key, the first bars carry their series' names."""
    sheet, style = chart.sheet, box.label_style
    series = []
    for n, column in enumerate(sheet.columns):
        named = column.name and not chart.has_key and column.values[0] is not None
        points = [Label(0, "outEnd", " ")] if named else []
        series.append(bar_series(sheet, n, scheme, labels_of(column, style, scheme, "outEnd", points)))
    bars = bar_chart("bar", "clustered", series, box.gap or 0.0, 100 if chart.is_single else 0)
    return join(bars, category_axis("l", box.axis_style, scheme, box.axis, falls=True), value_axis("b", sheet))
