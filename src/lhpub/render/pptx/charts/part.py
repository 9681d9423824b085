"""A resolved chart as a native, editable chart part.

Every number and name within its frame is its own label and follows its data; nothing is drawn over it.
"""

from __future__ import annotations

from typing import assert_never

from lhpub.boxes import ChartBox, TextBox
from lhpub.kinds.bar import BarChart
from lhpub.kinds.column import ColumnChart
from lhpub.kinds.grid import GridChart
from lhpub.kinds.line import LineChart
from lhpub.kinds.pair import PairChart
from lhpub.kinds.parts import PartsChart
from lhpub.kinds.rank import RankChart
from lhpub.kinds.share import ShareChart
from lhpub.kinds.timeline import TimelineChart
from lhpub.render.pptx.charts.bar import bar_plot
from lhpub.render.pptx.charts.column import column_plot
from lhpub.render.pptx.charts.line import line_plot
from lhpub.render.pptx.charts.parts import parts_plot
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
    key = _key(box, scheme)
    chart = el("c:chart", None, Xml('<c:autoTitleDeleted val="1"/>'), area, key, after)
    external = el("c:externalData", {"r:id": workbook}, Xml('<c:autoUpdate val="0"/>'))
    return document("c:chartSpace", "car", None, head, chart, BARE, chart_type(box.axis_style, scheme), external)


def _key(box: ChartBox, scheme: Scheme) -> Xml:
    """Returns the key where names of series do not fit beside their values."""
    chart = box.chart
    stacked = isinstance(chart, ColumnChart) and chart.is_stacked
    if not (isinstance(chart, GridChart) and (chart.has_key or stacked)):
        return EMPTY
    unnamed = (n for n, column in enumerate(chart.sheet.columns) if column.meaning in ("missing", "total"))
    hidden = (el("c:legendEntry", None, Xml(f'<c:idx val="{n}"/><c:delete val="1"/>')) for n in unnamed)
    high = (box.axis_style.leading if box.axis_style else 20.0) / box.rect.height
    lies = _manual("edge", (0.0, high if captions(box) else 0.0, 1.0, high))
    return el(
        "c:legend",
        None,
        Xml('<c:legendPos val="t"/>'),
        *hidden,
        lies,
        Xml('<c:overlay val="1"/>'),
        chart_type(box.axis_style, scheme),
    )


def _plot(box: ChartBox, scheme: Scheme) -> Xml:
    match chart := box.chart:
        case ColumnChart():
            return column_plot(box, chart, scheme)
        case BarChart() | PairChart():
            return bar_plot(box, chart, scheme)
        case LineChart():
            return line_plot(box, chart, scheme)
        case ShareChart():
            return share_plot(box, chart, scheme)
        case PartsChart():
            return parts_plot(box, chart, scheme)
        case RankChart():
            return rank_plot(box, chart, scheme)
        case TimelineChart():
            return EMPTY  # it has no sheet: its boxes are the drawing
        case _:
            assert_never(chart)


def captions(box: ChartBox) -> tuple[TextBox, ...]:
    """Returns the drawn texts that stand beside a native chart's plot and hold nothing that an edit changes: the unit, the
    note."""
    names = (f"{box.chart.id}/unit", f"{box.chart.id}/note")
    return tuple(drawn for drawn in text_boxes(box.boxes) if drawn.name in names)


def _layout(box: ChartBox) -> Xml:
    """Returns the inner plot area as fractions of the frame: figures and names stand around it."""
    plot, frame = box.plot or box.rect, box.rect
    x, w = (plot.x - frame.x) / frame.width, plot.width / frame.width
    y, h = (plot.y - frame.y) / frame.height, plot.height / frame.height
    return _manual("inner", (x, y, w, h))


def _manual(target: str, place: tuple[float, float, float, float]) -> Xml:
    inner = '<c:layoutTarget val="inner"/>' if target == "inner" else ""
    sides = "".join(f'<c:{name} val="{value:.6f}"/>' for name, value in zip("xywh", place, strict=True))
    return Xml(
        f'<c:layout><c:manualLayout>{inner}<c:xMode val="edge"/><c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
    )
