"""Chart → ChartBox: the way in for the compose stage."""

from __future__ import annotations

from lhpub.boxes import ChartBox
from lhpub.charts.model import Chart
from lhpub.charts.style import ChartStyle
from lhpub.text.fonts import FontBook
from lhpub.units import Rect


def draw_chart(chart: Chart, style: ChartStyle, rect: Rect, book: FontBook) -> ChartBox:
    """Returns the chart drawn into `rect` (page coordinates), with what a native chart needs beside.

    `plot` is where a native chart's inner plot area lies; a rank's runs from its first point to its second, so the
    native category axis has its points on the ticks (crossBetween midCat); a timeline's stands on the axis.
    """
    # Late: matplotlib takes most of a second to load.
    from lhpub.charts.canvas import Canvas
    from lhpub.charts.columns import draw_columns
    from lhpub.charts.drawing import Drawing, Place
    from lhpub.charts.rank import draw_rank
    from lhpub.charts.share import draw_share
    from lhpub.charts.timeline import draw_timeline

    draw = {"column": draw_columns, "share": draw_share, "rank": draw_rank, "timeline": draw_timeline}[chart.kind]
    drawing = Drawing(chart, style, rect, book, Canvas(rect))
    plot = draw(drawing)
    if style.note and style.note_at and chart.note:
        left, top, width = style.note_at
        right = style.note.align == "right"
        place = Place(rect.x + left + width * right, rect.y + top, "right" if right else "left", width)
        drawing.text("note", place, drawing.paragraph(style.note, chart.note))
    boxes, overlay = drawing.canvas.boxes()
    return ChartBox(rect, chart, boxes, chart.id, plot, overlay, style.value, style.label, gap=style.column_gap)
