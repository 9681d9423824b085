"""Chart → ChartBox: the way in for the compose stage."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from lhpub.boxes import ChartBox
from lhpub.charts.bar import draw_bar
from lhpub.charts.column import draw_column
from lhpub.charts.drawing import C, Drawing, Place, Plotted, S
from lhpub.charts.line import draw_line
from lhpub.charts.pair import draw_pair
from lhpub.charts.parts import draw_parts
from lhpub.charts.rank import draw_rank
from lhpub.charts.share import draw_share
from lhpub.charts.timeline import draw_timeline
from lhpub.kinds import Chart
from lhpub.kinds.bar import BarChart, BarStyle
from lhpub.kinds.column import ColumnChart, ColumnStyle
from lhpub.kinds.line import LineChart, LineStyle
from lhpub.kinds.pair import PairChart, PairStyle
from lhpub.kinds.parts import PartsChart, PartsStyle
from lhpub.kinds.rank import RankChart, RankStyle
from lhpub.kinds.share import ShareChart, ShareStyle
from lhpub.kinds.style import Look
from lhpub.kinds.timeline import TimelineChart, TimelineStyle
from lhpub.text.fonts import FontBook
from lhpub.units import Rect

_LINE = 0.62
"""Height over width of a line chart, at most (charts/spec-all-kinds §2)."""


def draw_chart(chart: Chart, look: Look, rect: Rect, book: FontBook) -> ChartBox:
    """Returns the chart drawn into `rect` (page coordinates), with what a native chart needs beside.

    `plot` is where a native chart's inner plot area lies; a rank's runs from its first point to its second, so the
    native category axis has its points on the ticks (crossBetween midCat); a timeline's stands on the axis.
    """
    # Late: matplotlib takes most of a second to load.
    from lhpub.charts.canvas import Canvas

    if isinstance(chart, LineChart):  # higher, it would show a slope that is not there, or nothing under a flat line
        rect = replace(rect, height=min(rect.height, rect.width * _LINE))
    canvas = Canvas(rect)
    match chart:
        case ColumnChart():
            columns = Drawing(chart, look(ColumnStyle), rect, book, canvas)
            return _boxed(columns, draw_column(columns))
        case BarChart():
            bars = Drawing(chart, look(BarStyle), rect, book, canvas)
            return _boxed(bars, draw_bar(bars))
        case LineChart():
            lines = Drawing(chart, look(LineStyle), rect, book, canvas)
            return _boxed(lines, draw_line(lines))
        case ShareChart():
            share = Drawing(chart, look(ShareStyle), rect, book, canvas)
            return _boxed(share, draw_share(share))
        case PartsChart():
            parts = Drawing(chart, look(PartsStyle), rect, book, canvas)
            return _boxed(parts, draw_parts(parts))
        case RankChart():
            rank = Drawing(chart, look(RankStyle), rect, book, canvas)
            return _boxed(rank, draw_rank(rank))
        case PairChart():
            pair = Drawing(chart, look(PairStyle), rect, book, canvas)
            return _boxed(pair, draw_pair(pair))
        case TimelineChart():
            timeline = Drawing(chart, look(TimelineStyle), rect, book, canvas)
            return _boxed(timeline, Plotted(draw_timeline(timeline)))
        case _:
            assert_never(chart)


def _boxed(drawing: Drawing[C, S], plotted: Plotted) -> ChartBox:
    """Returns what was drawn, with the chart's note, and the type of a native chart's labels."""
    chart, style, rect = drawing.chart, drawing.style, drawing.rect
    if style.note and style.note_at and chart.note:
        left, top, width = style.note_at
        right = style.note.align == "right"
        place = Place(rect.x + left + width * right, rect.y + top, "right" if right else "left", width)
        drawing.text("note", place, drawing.paragraph(style.note, chart.note))
    figures = plotted.value or style.value or style.label
    names, fills = plotted.name or style.label, (style.ground, style.label.ink if style.label else style.axis)
    boxes = drawing.canvas.boxes()
    return ChartBox(rect, chart, boxes, chart.id, plotted.plot, figures, names, style.axis, fills, gap=plotted.gap)
