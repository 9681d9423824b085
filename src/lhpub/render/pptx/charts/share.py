"""A native share: the part over the whole on an axis that is the whole, its percentage outside its end."""

from __future__ import annotations

from lhpub.boxes import ChartBox
from lhpub.kinds.share import ShareChart
from lhpub.render.pptx.charts.series import bar_chart, bar_series, category_axis, labels_of, value_axis
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import Xml, join

_GAP = 0.6


def share_plot(box: ChartBox, chart: ShareChart, scheme: Scheme) -> Xml:
    """Returns plot and axes."""
    sheet = chart.sheet
    series = (
        bar_series(sheet, n, scheme, labels_of(column, box.label_style, scheme, "outEnd"))
        for n, column in enumerate(sheet.columns)
    )
    names = category_axis("l", box.axis_style, scheme, None, falls=True)
    return join(bar_chart("bar", "clustered", series, _GAP, 100), names, value_axis("b", sheet))
