"""Native parts: one full bar of few parts, each with name and figure; else bars."""

from __future__ import annotations

from lhpub.boxes import ChartBox
from lhpub.kinds.parts import PartsChart
from lhpub.render.pptx.charts.bar import bar_plot
from lhpub.render.pptx.charts.series import (
    Label,
    bar_chart,
    bar_series,
    category_axis,
    labels_of,
    legible_column,
    value_axis,
)
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import Xml, join


def parts_plot(box: ChartBox, chart: PartsChart, scheme: Scheme) -> Xml:
    """Returns plot and axes."""
    if not chart.is_full_bar:
        return bar_plot(box, chart, scheme)
    sheet = chart.sheet
    series = (
        bar_series(
            sheet,
            n,
            scheme,
            labels_of(legible_column(column, box), box.label_style, scheme, "ctr", [Label(0, "ctr", "\n")]),
        )
        for n, column in enumerate(sheet.columns)
    )
    bars = bar_chart("bar", "percentStacked", series, box.gap or 0.0, 100)
    return join(bars, category_axis("l", None, scheme, None), value_axis("b", sheet))
