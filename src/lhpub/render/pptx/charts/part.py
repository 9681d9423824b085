"""A resolved chart as a native, editable chart part.

Axis lines and the value axis are left out: what they would print stands as categories, labels and texts of the slide,
where the composition has them.
"""

from __future__ import annotations

from typing import assert_never

from lhpub.boxes import ChartBox, TextBox
from lhpub.kinds.column import ColumnChart
from lhpub.kinds.rank import RankChart
from lhpub.kinds.share import ShareChart
from lhpub.kinds.timeline import TimelineChart
from lhpub.render.pptx.charts.column import column_plot, words_beside_columns
from lhpub.render.pptx.charts.rank import rank_plot
from lhpub.render.pptx.charts.series import BARE, chart_type
from lhpub.render.pptx.charts.share import share_plot
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.text import text_boxes
from lhpub.render.pptx.xml import EMPTY, Xml, document, el


def chart_space(box: ChartBox, scheme: Scheme, workbook: str) -> bytes:
    """Returns the chart part; `workbook` is the relationship of its embedded workbook."""
    after = Xml('<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>')
    area = el("c:plotArea", None, _layout(box), _plot(box, scheme))
    head = Xml('<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>')
    chart = el("c:chart", None, Xml('<c:autoTitleDeleted val="1"/>'), area, after)
    external = el("c:externalData", {"r:id": workbook}, Xml('<c:autoUpdate val="0"/>'))
    return document("c:chartSpace", "car", None, head, chart, BARE, chart_type(box.axis_style, scheme), external)


def _plot(box: ChartBox, scheme: Scheme) -> Xml:
    match chart := box.chart:
        case ColumnChart():
            return column_plot(box, chart, scheme)
        case ShareChart():
            return share_plot(chart, scheme)
        case RankChart():
            return rank_plot(chart, scheme)
        case TimelineChart():
            return EMPTY  # it has no sheet: its boxes are the drawing
        case _:
            assert_never(chart)


def words_beside(box: ChartBox) -> tuple[TextBox, ...]:
    """Returns the drawn texts that the native chart does not show."""
    return words_beside_columns(box) if isinstance(box.chart, ColumnChart) else tuple(text_boxes(box.boxes))


def _layout(box: ChartBox) -> Xml:
    """Returns the inner plot area as fractions of the frame, so that drawn shapes lie on it exactly."""
    plot, frame = box.plot or box.rect, box.rect
    x, w = (plot.x - frame.x) / frame.width, plot.width / frame.width
    y, h = (plot.y - frame.y) / frame.height, plot.height / frame.height
    return Xml(
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.6f}"/><c:y val="{y:.6f}"/><c:w val="{w:.6f}"/><c:h val="{h:.6f}"/></c:manualLayout></c:layout>'
    )
