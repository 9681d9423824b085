"""Lines over time, from zero; a point that is not known breaks the line (charts/spec-all-kinds §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from lhpub.boxes import TextBox
from lhpub.charts.drawing import Align, Drawing, Place, Plotted
from lhpub.charts.grid import axis, check_grid, draw_head, floor, label, missing, resolve_grid, shrunk, spread
from lhpub.diagnostics import Diagnostic
from lhpub.kinds.chart import ChartItem
from lhpub.kinds.line import LineChart, LineStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import LineSpec
from lhpub.text.model import Paragraph, TextStyle
from lhpub.units import Rect

FEWEST, MOST = 2, 24
_DOTTED = 12
"""With more points, only the ends have dots."""
Point = tuple[float, float, ChartItem]
_Drawing = Drawing[LineChart, LineStyle]


def check_line(spec: LineSpec) -> Iterator[Diagnostic]:
    """Yields what lines cannot show."""
    return check_grid(spec, FEWEST, MOST)


def resolve_line(spec: LineSpec, inks: ChartInks) -> LineChart:
    """Returns the lines; the first is the main one, the others share the second ink."""
    grid = resolve_grid("折线图", spec, inks)
    low, high, ticks = axis([item.value for item in grid["items"]])
    other = inks.groups[min(1, len(inks.groups) - 1)]
    chart = LineChart(**grid, axis_min=low, axis_max=high, ticks=ticks)

    def inked(item: ChartItem) -> ChartItem:
        ink = inks.groups[0] if item.group == chart.series[0] or len(chart.series) == 1 else other
        return replace(item, ink=ink, text_ink=ink)

    return chart.recoloured(inked)


def draw_line(drawing: _Drawing) -> Plotted:
    """Returns the plot and the figures' type after drawing base, lines, dots, figures and names."""
    chart, style, value, like = drawing.chart, drawing.style, drawing.style.value, drawing.style.label
    top = draw_head(drawing)
    if value is None or like is None:
        return Plotted(drawing.plot, value)
    many = len(chart.series) > 1
    value = shrunk(value, 14 / value.size if not style.slack else 1.0, floor(drawing))
    value = shrunk(value, 1.2 * like.size / value.size, floor(drawing)) if many and style.slack else value
    if not many and len(chart.rows) <= _DOTTED:
        widest = max(drawing.width(label(drawing, value, item)) for item in chart.items) * (1 + style.slack) + 4
        value = shrunk(value, drawing.rect.width / len(chart.rows) / widest, floor(drawing))
    ends = [
        next((row.cells[n] for row in chart.rows[::way] if row.cells[n]), None)
        for n in range(len(chart.series))
        for way in (1, -1)
    ]
    widths = [
        drawing.width(label(drawing, value, end, *([end.group] if many and k % 2 else []))) + 8 if end else 0.0
        for k, end in enumerate(ends)
    ]
    left, right = (max(widths[::2], default=0.0), max(widths[1::2], default=0.0)) if many else (0.0, 0.0)
    names = like.leading + style.label_gap + (value.leading if chart.axis_min < 0 else 0.0)  # with figures under the least
    head = 1.3 * value.leading
    plot = Rect(
        drawing.rect.x + left, top + head, drawing.rect.width - left - right, drawing.rect.bottom - names - top - head
    )
    plot = plot if plot.height > 40 else drawing.plot
    slot = plot.width / len(chart.rows) if not many else plot.width / max(len(chart.rows) - 1, 1)
    at = drawing.canvas.axes(plot, (0, plot.width), (float(chart.axis_min), float(chart.axis_max)))
    xs = [(n + 0.5) * slot if not many else n * slot for n in range(len(chart.rows))]
    base = at(0, 0)[1]
    drawing.canvas.lines([(plot.x, base, plot.right, base)], drawing.stroke("base", style.axis, style.axis_width))
    lines = []
    for n in range(len(chart.series)):
        cells = [row.cells[n] for row in chart.rows]
        points = [(*at(x, float(cell.value)), cell) if cell else None for x, cell in zip(xs, cells, strict=True)]
        _draw_points(drawing, points, n)
        lines.append([point for point in points if point])
    taken: list[Rect] = []
    if many:
        _draw_ends(drawing, lines, value, (drawing.rect.y, plot.bottom - value.size * 0.8))
    else:
        taken = _draw_values(drawing, lines[0], value, slot, plot.bottom if chart.axis_min == 0 else drawing.rect.bottom)
    _draw_missing(drawing, [plot.x + x for x in xs], base, value, taken)
    foot = drawing.rect.bottom - like.leading - style.label_gap if plot is not drawing.plot else plot.bottom
    names_style = _draw_names(drawing, [plot.x + x for x in xs], foot, slot)
    return Plotted(plot, value, names_style)


def _draw_missing(drawing: _Drawing, xs: list[float], base: float, value: TextStyle, taken: list[Rect]) -> None:
    """Marks over the base line, and over a figure that stands there, what is not known."""
    for number, (row, x) in enumerate(zip(drawing.chart.rows, xs, strict=True), 1):
        if row.item is None:
            here = Rect(x - value.size / 2, base - 4 - value.size, value.size, value.size)
            over = [box.y for box in taken if box.overlaps(here)]
            missing(drawing, f"missing-{number}", Place(x, min([base, *over]) - 4, "centre", hang="baseline"), value)


def _draw_points(drawing: _Drawing, points: list[Point | None], number: int) -> None:
    """Draws one line; a dot at each of few points, else at the ends; a computed one is a ring."""
    style, main = drawing.style, number == 0
    known = [point for point in points if point]
    ink, width = known[0][2].ink if known else style.axis, style.line_width * (1 if main else 0.5)
    runs = [(a[0], a[1], b[0], b[1]) for a, b in pairwise(points) if a and b]
    drawing.canvas.lines(runs, drawing.stroke(f"line-{number + 1}", ink, width))
    for place, (x, y, item) in enumerate(known):
        if len(points) <= _DOTTED or place in (0, len(known) - 1):
            ring = replace(drawing.stroke(f"dot-{number + 1}", ink, width), fill=style.ground)
            drawing.canvas.disc(
                x,
                y,
                style.dot * (1 if main else 0.75),
                ring if item.derived else drawing.fill(f"dot-{number + 1}", ink),
            )


def _draw_values(drawing: _Drawing, points: list[Point], value: TextStyle, slot: float, foot: float) -> list[Rect]:
    """Draws one line's figures and returns their places: each over its point on the free side of the slope, in a valley under
    it where the plot's foot leaves room; of too many the ends and the extremes."""
    widest = max(drawing.width(label(drawing, value, item)) for _, _, item in points)
    shown = set(range(len(points)))
    if widest + 4 > slot or len(points) > _DOTTED:
        values = [item.value for _, _, item in points]
        shown = {0, len(points) - 1, values.index(max(values)), values.index(min(values))}
    gap = drawing.style.dot + 3
    taken: list[Rect] = []
    for n, (x, y, item) in sorted(enumerate(points), key=lambda pair: (pair[0] not in (0, len(points) - 1), pair[0])):
        if n not in shown:
            continue
        before, after = (points[n - 1][1] if n else y), (points[n + 1][1] if n + 1 < len(points) else y)
        text = label(drawing, value, item)
        valley = before < y and after < y
        own = gap
        if valley and y + gap + value.size > foot:  # no room under it: as high over it as its lines part
            valley, own = False, max(gap, drawing.width(text) / (slot / (y - before) + slot / (y - after)) + value.size / 2)
        align: Align = "right" if before > y > after else "left" if before < y < after else "centre"
        shift = {"right": drawing.style.dot, "left": -drawing.style.dot, "centre": 0.0}[align]
        place = Place(x + shift, y + gap if valley else y - own, align, hang="top" if valley else "bottom")
        over, under = Place(x, y - gap, "centre", hang="bottom"), Place(x, y + gap, "centre", hang="top")
        higher = replace(over, y=y - gap - value.leading)
        tried = [_within(drawing, f"value-{n + 1}", one, text) for one in (place, over, under, higher)]
        tried = [box for box in tried if box.rect.bottom <= foot + value.size or box is tried[0]]
        free = (box for box in tried if not any(box.rect.overlaps(other) for other in taken))
        box = next(free, tried[0] if len(shown) == len(points) else None)  # that they meet is told, none is left out
        if box:
            taken.append(box.rect)
            drawing.canvas.text(box)
    return taken


def _within(drawing: _Drawing, name: str, place: Place, text: Paragraph) -> TextBox:
    """Returns a figure set at its place, or at the frame's edge where it would leave the frame."""
    box = drawing.set(name, place, text)
    if drawing.rect.x <= box.rect.x and box.rect.right <= drawing.rect.right:
        return box
    edge: Align = "right" if box.rect.right > drawing.rect.right else "left"
    return drawing.set(name, replace(place, x=drawing.rect.right if edge == "right" else drawing.rect.x, align=edge), text)


def _draw_ends(drawing: _Drawing, lines: list[list[Point]], value: TextStyle, room: tuple[float, float]) -> None:
    """Draws each line's first figure at its left, name and last figure at its right, pushed apart."""
    for side, pick in (("left", 0), ("right", -1)):
        ends = [line[pick] for line in lines if line]
        ys = spread([y for _, y, _ in ends], value.size * 1.3, room)
        x = min(end[0] for end in ends) if side == "left" else max(end[0] for end in ends)
        for number, ((_, _, item), at) in enumerate(zip(ends, ys, strict=True), 1):
            name = [item.group] if side == "right" else []
            own = (
                value
                if number == 1
                else replace(value, weight=drawing.style.label.weight if drawing.style.label else value.weight)
            )
            away = -drawing.style.dot - 4 if side == "left" else drawing.style.dot + 4
            place = Place(x + away, at, "right" if side == "left" else "left", hang="middle")
            drawing.text(f"{'first' if side == 'left' else 'last'}-{number}", place, label(drawing, own, item, *name))


def _draw_names(drawing: _Drawing, xs: list[float], foot: float, slot: float) -> TextStyle:
    """Draws the categories' names at the foot: all, or the ends and so many between as there is room for."""
    style, like = drawing.style, drawing.style.label
    assert like is not None
    rows = drawing.chart.rows
    widest = max(drawing.width(drawing.paragraph(like, row.label)) for row in rows)
    like = shrunk(like, slot * 0.78 / widest, floor(drawing))
    widest = max(drawing.width(drawing.paragraph(like, row.label)) for row in rows)
    step = max(1, -(-int(widest * (1.6 if widest > slot else 1.0)) // max(int(slot), 1)))
    last = len(rows) - 1
    for number, (row, x) in enumerate(zip(rows, xs, strict=True)):
        if number % step == 0 and (last - number >= step or number == last or step == 1):
            align: Align = (
                "left"
                if x - widest / 2 < drawing.rect.x
                else "right"
                if x + widest / 2 > drawing.rect.right
                else "centre"
            )
            shift = {"left": -widest / 2, "right": widest / 2, "centre": 0.0}[align]
            place = Place(
                max(x + shift, drawing.rect.x) if align == "left" else x if align == "centre" else drawing.rect.right,
                foot + style.label_gap,
                align,
            )
            drawing.text(f"name-{number + 1}", place, drawing.paragraph(like, row.label))
    return like
