"""Chart → ChartBox: the way in for the compose stage."""

from __future__ import annotations

from typing import assert_never

from lhpub.boxes import ChartBox
from lhpub.charts.column import draw_column
from lhpub.charts.drawing import C, Drawing, Place, S
from lhpub.charts.rank import draw_rank
from lhpub.charts.share import draw_share
from lhpub.charts.timeline import draw_timeline
from lhpub.kinds import Chart
from lhpub.kinds.column import ColumnChart, ColumnStyle
from lhpub.kinds.rank import RankChart, RankStyle
from lhpub.kinds.share import ShareChart, ShareStyle
from lhpub.kinds.style import Look
from lhpub.kinds.timeline import TimelineChart, TimelineStyle
from lhpub.text.fonts import FontBook
from lhpub.units import Rect


def draw_chart(chart: Chart, look: Look, rect: Rect, book: FontBook) -> ChartBox:
    """Returns the chart drawn into `rect` (page coordinates), with what a native chart needs beside.

    `plot` is where a native chart's inner plot area lies; a rank's runs from its first point to its second, so the
    native category axis has its points on the ticks (crossBetween midCat); a timeline's stands on the axis.
    """
    # Late: matplotlib takes most of a second to load.
    from lhpub.charts.canvas import Canvas

    canvas = Canvas(rect)
    match chart:
        case ColumnChart():
            columns = Drawing(chart, look(ColumnStyle), rect, book, canvas)
            return _boxed(columns, draw_column(columns), columns.style.column_gap)
        case ShareChart():
            share = Drawing(chart, look(ShareStyle), rect, book, canvas)
            return _boxed(share, draw_share(share))
        case RankChart():
            rank = Drawing(chart, look(RankStyle), rect, book, canvas)
            return _boxed(rank, draw_rank(rank))
        case TimelineChart():
            timeline = Drawing(chart, look(TimelineStyle), rect, book, canvas)
            return _boxed(timeline, draw_timeline(timeline))
        case _:
            assert_never(chart)


def _boxed(drawing: Drawing[C, S], plot: Rect, gap: float | None = None) -> ChartBox:
    """Returns what was drawn, with the chart's note."""
    chart, style, rect = drawing.chart, drawing.style, drawing.rect
    if style.note and style.note_at and chart.note:
        left, top, width = style.note_at
        right = style.note.align == "right"
        place = Place(rect.x + left + width * right, rect.y + top, "right" if right else "left", width)
        drawing.text("note", place, drawing.paragraph(style.note, chart.note))
    boxes, overlay = drawing.canvas.boxes()
    return ChartBox(rect, chart, boxes, chart.id, plot, overlay, style.value, style.label, gap=gap)
