"""Native columns: labels outside their ends; a stack's within, its computed total over it."""

from __future__ import annotations

from lhpub.boxes import ChartBox
from lhpub.kinds.column import ColumnChart
from lhpub.render.pptx.charts.series import (
    Label,
    bar_chart,
    bar_series,
    category_axis,
    labels_of,
    legible_column,
    line_chart,
    line_series,
    value_axis,
)
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import Xml, join


def column_plot(box: ChartBox, chart: ColumnChart, scheme: Scheme) -> Xml:
    """Returns plot and axes. Series of one value a row share its place."""
    sheet, style = chart.sheet, box.label_style
    series: list[Xml] = []
    totals: list[Xml] = []
    for n, column in enumerate(sheet.columns):
        if column.meaning == "total":
            totals.append(line_series(sheet, n, scheme, (0, 0), labels_of(column, style, scheme, "t")))
            continue
        if chart.is_stacked:
            labels = labels_of(legible_column(column, box), style, scheme, "ctr")
        else:
            named = column.name and not chart.has_key and column.values[0] is not None
            labels = labels_of(column, style, scheme, "outEnd", [Label(0, "outEnd", "\n")] if named else ())
        series.append(bar_series(sheet, n, scheme, labels))
    together = chart.is_stacked or chart.is_single
    columns = bar_chart(
        "col", "stacked" if chart.is_stacked else "clustered", series, box.gap or 0.0, 100 if together else 0
    )
    plots = join(columns, line_chart(totals)) if totals else columns
    return join(plots, category_axis("b", box.axis_style, scheme, box.axis), value_axis("l", sheet))
