"""Parts of a whole as one bar, names and figures in them, small ones under it on stems (charts/spec-all-kinds §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.charts.drawing import Drawing, Place, Plotted
from lhpub.charts.grid import check_grid, draw_head, floor, label, legible, resolve_grid, shown, shrunk
from lhpub.charts.rules import problem
from lhpub.diagnostics import Diagnostic
from lhpub.kinds.parts import PartsChart, PartsStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import PartsSpec
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
    x, outside = bar.x, []
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
    foot = bar.bottom + 4
    for step, (number, item, part) in enumerate(outside):
        stem = part.x + part.width / 2
        y = foot + (len(outside) - 1 - step) * like.leading
        words_ = label(drawing, replace(like, size=like.size), item, item.label)
        left = stem - 3 - drawing.width(words_) >= drawing.rect.x
        drawing.canvas.lines(
            [(stem, bar.bottom, stem, y + like.leading * 0.6)],
            drawing.stroke(f"stem-{number}", style.axis, style.axis_width),
        )
        drawing.text(f"value-{number}", Place(stem + (-3 if left else 3), y, "right" if left else "left"), words_)
    if chart.is_full_bar:
        widths = [
            (max(drawing.width(drawing.paragraph(value, i.label)), drawing.width(label(drawing, value, i))), i)
            for i in chart.items
        ]
        scale = min(bar.width * float(item.value) / whole * 0.9 / width for width, item in widths)
        value, like = (shrunk(style, scale, _LEAST) for style in (value, like))
        return Plotted(bar, value, like, 0.0)
    names, figures = (
        max(drawing.width(words) for words in side) + 8
        for side in (
            [drawing.paragraph(like, row.label) for row in chart.rows],
            [label(drawing, value, item) for item in chart.items],
        )
    )
    plot = Rect(bar.x + names, top, bar.width - names - figures, min(room, 60.0 * len(chart.rows)))
    return Plotted(plot, value, like, 0.5)
