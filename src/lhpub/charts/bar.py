"""Bars from a common axis: names at the left, or over their bars where they are long (charts/spec-all-kinds §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.charts.drawing import Align, Drawing, Place, Plotted
from lhpub.charts.grid import axis, check_grid, draw_head, floor, label, missing, resolve_grid, shrunk
from lhpub.charts.pens import Scale
from lhpub.charts.rules import problem
from lhpub.diagnostics import Diagnostic
from lhpub.kinds.bar import BarChart, BarStyle
from lhpub.kinds.grid import Row
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import BarSpec
from lhpub.text.model import TextStyle
from lhpub.units import Rect

FEWEST, MOST, MOST_GROUPED = 2, 30, 24
_ROW = 34.0
"""Points from bar to bar, at most."""
_HALVED = 15
"""More rows than this stand in two columns on one scale, where the frame is wide."""
_WIDE = 440.0
_LEAST_PLOT = 0.25
"""Of a bar's row for the bar itself; names that leave less of it are set smaller."""
_GROUPED = 0.9
"""Of a row's pitch for its bars where it has several, each with a figure."""
_Drawing = Drawing[BarChart, BarStyle]


def check_bar(spec: BarSpec) -> Iterator[Diagnostic]:
    """Yields what bars cannot show."""
    yield from check_grid(spec, FEWEST, MOST)
    is_grouped = any(sum(map(bool, row.cells)) > 1 for row in spec.rows)
    if FEWEST <= len(spec.rows) <= MOST and is_grouped and len(spec.rows) * len(spec.series) > MOST_GROUPED:
        yield problem("dense", spec.span, len(spec.rows) * len(spec.series))


def resolve_bar(spec: BarSpec, inks: ChartInks) -> BarChart:
    """Returns the bars, in the order given."""
    grid = resolve_grid("条形图", spec, inks)
    low, high, ticks = axis([item.value for item in grid["items"]])
    return BarChart(**grid, axis_min=low, axis_max=high, ticks=ticks, has_key=not grid["is_single"])


def draw_bar(drawing: _Drawing) -> Plotted:
    """Returns the plot, the gap between bars as a share of a bar, and the figures' type, after drawing bars, figures and
    names."""
    rect, rows = drawing.rect, list(enumerate(drawing.chart.rows, 1))
    top = draw_head(drawing)
    area = Rect(rect.x, top, rect.width, rect.bottom - top)
    is_tight = len(rows) > _HALVED and area.height / len(rows) < 20
    if is_tight and rect.width >= _WIDE and 2 * _beside(drawing) < rect.width:
        half, width = -(-len(rows) // 2), (rect.width - 28) / 2
        plotted = _draw_rows(drawing, rows[:half], replace(area, width=width))
        _draw_rows(drawing, rows[half:], Rect(rect.right - width, top, width, area.height))
        # A native chart has all rows under one another: in type that leaves them apart.
        plot, size = plotted.plot, area.height / len(rows) * 0.7
        whole = replace(plot, width=plot.width + rect.width - width, height=area.height)
        value, name = (style and replace(style, size=min(style.size, size)) for style in (plotted.value, plotted.name))
        return Plotted(whole, value, name, plotted.gap)
    return _draw_rows(drawing, rows, area)


def _beside(drawing: _Drawing) -> float:
    """Returns how wide the longest name and figure and the least bar are side by side in the least type."""
    chart, style = drawing.chart, drawing.style
    if style.label is None or style.value is None:
        return 0.0
    value, like = (shrunk(one, 0.0, floor(drawing)) for one in (style.value, style.label))
    names = max(drawing.width(drawing.paragraph(like, row.label)) for row in chart.rows)
    return (names + max(drawing.width(label(drawing, value, item)) for item in chart.items) + 26) / (1 - _LEAST_PLOT)


def _draw_rows(drawing: _Drawing, rows: list[tuple[int, Row]], area: Rect) -> Plotted:
    chart, style = drawing.chart, drawing.style
    value, like = style.value, style.label
    if value is None or like is None:
        return Plotted(area, value)
    many = 1 if chart.is_single else len(chart.series)
    pitch = min(area.height / len(rows), (_ROW if not style.slack else 60.0) * max(1.0, many * 0.6))
    scale = min(1.0, pitch * 0.74 / max(value.size * many, like.size))
    value, like = (
        replace(shrunk(one, min(scale, 12 / one.size if not style.slack else 1.0), floor(drawing)), weight=one.weight)
        for one in (value, like)
    )
    value = shrunk(value, 1.3 * like.size / value.size, floor(drawing)) if style.slack else value
    widest = max(drawing.width(drawing.paragraph(like, row.label)) for _, row in rows)
    figures = (
        max((drawing.width(label(drawing, value, cell)) for _, row in rows for cell in row.cells if cell), default=0.0)
        + 6
    )
    if widest + figures > (1 - _LEAST_PLOT) * area.width and pitch < 2 * like.leading:
        like = shrunk(like, ((1 - _LEAST_PLOT) * area.width - figures) / widest, 0)
        widest = max(drawing.width(drawing.paragraph(like, row.label)) for _, row in rows)
    under = many * value.size / _GROUPED if many > 1 else value.leading
    over = pitch >= like.leading + under and widest > style.names_share * area.width
    left = 0.0 if over else widest + 6
    negative = figures if chart.axis_min < 0 else 0.0
    plot = Rect(
        area.x + left + negative, area.y, max(area.width - left - figures - negative, area.width / 4), pitch * len(rows)
    )
    at = drawing.canvas.axes(plot, (float(chart.axis_min), float(chart.axis_max)), (0, 1))
    zero = at(0, 0)[0]
    for place, (number, row) in enumerate(rows):
        top = area.y + place * pitch
        room = (
            Rect(area.x, top + like.leading + 1, 0, pitch - like.leading)
            if over
            else Rect(area.x + widest, top, 0, pitch)
        )
        name = Place(area.x, top) if over else Place(area.x + widest, top + pitch / 2, "right", hang="middle")
        drawing.text(f"name-{number}", name, drawing.paragraph(like, row.label))
        _draw_row(drawing, (number, row), room, at, value)
    if not over:
        drawing.canvas.lines(
            [(zero, plot.y, zero, plot.bottom)], drawing.stroke(f"axis-{rows[0][0]}", style.axis, style.axis_width)
        )
    if over:  # a native chart has its names at the left
        names = area.width * style.names_share
        plot = replace(plot, x=area.x + names, width=area.width - names - figures)
    return Plotted(plot, value, like, 1 / style.bar_share - 1)


def _draw_row(drawing: _Drawing, named: tuple[int, Row], room: Rect, at: Scale, value: TextStyle) -> None:
    """Draws a row's bars, one for each series, with their figures at the outer ends."""
    (number, row), chart = named, drawing.chart
    zero, many = at(0, 0)[0], 1 if chart.is_single else len(chart.series)
    thick = room.height * (drawing.style.bar_share if many == 1 else _GROUPED) / many
    y = room.y + (room.height - thick * many) / 2
    for n, cell in enumerate(row.cells):
        if cell is None:
            continue
        end, top = at(float(cell.value), 0)[0], y + (n * thick if many > 1 else 0)
        part = f"{number}" if many == 1 else f"{number}-{n + 1}"
        bar = Rect(min(zero, end), top, abs(end - zero), thick)
        drawing.canvas.rectangles((bar,), drawing.fill(f"bar-{part}", cell.ink))
        side: Align = "left" if cell.value >= 0 else "right"
        place = Place(end + (4 if cell.value >= 0 else -4), top + thick / 2, side, hang="middle")
        drawing.text(f"value-{part}", place, label(drawing, value, cell))
    if row.item is None:
        missing(drawing, f"value-{number}", Place(zero + 4, y + thick / 2, hang="middle"), value)
