"""Parts of a whole as one bar, names and figures in them, small ones under it on stems (charts/spec-all-kinds §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.charts.drawing import Drawing, Place, Plotted
from lhpub.charts.grid import check_grid, draw_head, floor, label, legible, resolve_grid, shown, shrunk
from lhpub.charts.rules import problem
from lhpub.diagnostics import Diagnostic
from lhpub.kinds.chart import ChartItem
from lhpub.kinds.parts import PartsChart, PartsStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import PartsSpec
from lhpub.text.model import TextStyle
from lhpub.units import Rect

FEWEST, MOST = 2, 8
_LEAST = 11.0
"""Points: least type within a native bar of parts."""
_Drawing = Drawing[PartsChart, PartsStyle]


def check_parts(spec: PartsSpec) -> Iterator[Diagnostic]:
    """Yields what parts of a whole cannot be."""
    yield from check_grid(spec, FEWEST, MOST)
    if len(spec.series) > 1:
        yield problem("one-series", spec.span, len(spec.series))
    for item in spec.items:
        if item.fact.value is not None and item.fact.value < 0:
            yield problem("negative", item.fact.span, item.fact.id)


def resolve_parts(spec: PartsSpec, inks: ChartInks) -> PartsChart:
    """Returns the parts: the first in the first ink, the others in two muted ones by turns."""
    chart = replace(PartsChart(**resolve_grid("构成图", spec, inks)), has_units=False)
    own = {
        id(item): inks.groups[0] if n == 0 else (inks.rest, inks.bound)[n % 2 == 0]
        for n, item in enumerate(chart.items)
    }
    rows = tuple(
        replace(row, cells=tuple(cell and replace(cell, ink=own[id(cell)]) for cell in row.cells)) for row in chart.rows
    )
    return replace(chart, rows=rows, items=tuple(cell for row in rows for cell in row.cells if cell))


def draw_parts(drawing: _Drawing) -> Plotted:
    """Returns the bar and the figures' type after drawing it and its words."""
    chart, style, value, like = drawing.chart, drawing.style, drawing.style.value, drawing.style.label
    top = draw_head(drawing)
    if value is None or like is None:
        return Plotted(drawing.plot, value)
    value = shrunk(value, 12 / value.size if not style.slack else 1.0, floor(drawing))
    room = drawing.rect.bottom - top
    height = min(max(style.parts_height, like.leading + value.leading + 6, room * 0.3 if style.slack else 0), room)
    bar = Rect(drawing.rect.x, top, drawing.rect.width, height)
    whole = float(sum(item.value for item in chart.items)) or 1.0
    x = bar.x
    outside: Outside = []
    for number, item in enumerate(chart.items, 1):
        part = Rect(x, bar.y, bar.width * float(item.value) / whole, bar.height)
        x = part.right
        drawing.canvas.rectangles(
            (replace(part, width=max(part.width - 1.4, part.width / 2)),), drawing.fill(f"part-{number}", item.ink)
        )
        name, figure = drawing.paragraph(like, item.label), label(drawing, value, item)
        if max(map(drawing.width, (name, figure))) * (1 + style.slack) + 10 > part.width:
            outside.append((number, item, part))
            continue
        ink = legible(item.ink, style.ground, like.ink)
        words = (
            drawing.paragraph(replace(like, ink=ink), item.label),
            drawing.paragraph(replace(value, ink=ink), shown(drawing, item)),
        )
        drawing.text(f"value-{number}", Place(part.x + 5, part.y + part.height / 2, hang="middle"), *words)
    _draw_outside(drawing, outside, bar, like)
    return _native(drawing, Rect(bar.x, top, bar.width, room), height, (value, like))


Outside = list[tuple[int, ChartItem, Rect]]


def _draw_outside(drawing: _Drawing, outside: Outside, bar: Rect, like: TextStyle) -> None:
    """Draws the words of small parts under the bar, stepped down away from their stems, so that no stem crosses a text: first
    those that stand left of their stems, then those without room there. Words wider than the room take more lines."""
    style, y = drawing.style, bar.bottom + 4
    rows = [(number, label(drawing, like, item, item.label), part.x + part.width / 2) for number, item, part in outside]
    lefts = {number for number, text, stem in rows if stem - 3 - min(drawing.width(text), bar.width / 2) >= bar.x}
    for number, text, stem in sorted(rows, key=lambda row: (row[0] not in lefts, row[2] if row[0] in lefts else -row[2])):
        is_left = number in lefts
        room = stem - 3 - bar.x if is_left else bar.right - stem - 3
        place = Place(stem + (-3 if is_left else 3), y, "right" if is_left else "left")
        box = drawing.set(f"value-{number}", replace(place, width=room) if drawing.width(text) > room else place, text)
        pen = drawing.stroke(f"stem-{number}", style.axis, style.axis_width)
        drawing.canvas.lines([(stem, bar.bottom, stem, y + like.leading * 0.6)], pen)
        drawing.canvas.text(box)
        y += len(box.lines) * like.leading


def _native(drawing: _Drawing, area: Rect, height: float, types: tuple[TextStyle, TextStyle]) -> Plotted:
    """Returns what a native chart needs: a full bar with words that fit its least part, else bars over the whole area."""
    chart, (value, like) = drawing.chart, types
    if chart.is_full_bar:
        whole = float(sum(item.value for item in chart.items)) or 1.0
        pairs = [(item, (drawing.paragraph(value, item.label), label(drawing, value, item))) for item in chart.items]
        rooms = (area.width * float(item.value) / whole * 0.9 / max(map(drawing.width, words)) for item, words in pairs)
        scale = min(rooms)
        value, like = (shrunk(style, scale, _LEAST) for style in types)
        return Plotted(replace(area, height=height), value, like, 0.0)
    names = max(drawing.width(drawing.paragraph(like, row.label)) for row in chart.rows) + 8
    figures = max(drawing.width(label(drawing, value, item)) for item in chart.items) + 8
    plot = Rect(area.x + names, area.y, area.width - names - figures, min(area.height, 60.0 * len(chart.rows)))
    return Plotted(plot, value, like, 0.5)
