"""The same things at two moments: a rod from before to after (charts/spec-all-kinds §10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.charts.drawing import Align, Drawing, Place, Plotted
from lhpub.charts.grid import axis, check_grid, draw_head, floor, label, resolve_grid, shrunk
from lhpub.charts.rules import problem
from lhpub.diagnostics import Diagnostic
from lhpub.kinds.chart import ChartItem
from lhpub.kinds.pair import PairChart, PairStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import PairSpec
from lhpub.text.model import TextStyle
from lhpub.units import Rect

FEWEST, MOST = 1, 10
_ROW = 30.0
_LEAST_PLOT = 0.25
"""Of a row for its rod; names that leave less of it take more lines."""
_Drawing = Drawing[PairChart, PairStyle]


def check_pair(spec: PairSpec) -> Iterator[Diagnostic]:
    """Yields what a pair cannot show."""
    yield from check_grid(spec, FEWEST, MOST)
    if len(spec.series) != 2:
        yield problem("two-series", spec.span, len(spec.series))


def resolve_pair(spec: PairSpec, inks: ChartInks) -> PairChart:
    """Returns the pairs: before muted, after in the first ink."""
    grid = resolve_grid("前后对比图", spec, inks)
    low, high, ticks = axis([item.value for item in grid["items"]])
    chart = PairChart(**grid, axis_min=low, axis_max=high, ticks=ticks)
    quiet = inks.groups[min(1, len(inks.groups) - 1)]

    def inked(item: ChartItem) -> ChartItem:
        before = item.group == chart.series[0]
        return replace(item, ink=inks.rest if before else inks.groups[0], text_ink=quiet if before else inks.groups[0])

    return chart.recoloured(inked)


def draw_pair(drawing: _Drawing) -> Plotted:
    """Returns the plot and the figures' type after drawing names, rods, dots and figures; a head for each moment."""
    chart, style, value, like = drawing.chart, drawing.style, drawing.style.value, drawing.style.label
    top = draw_head(drawing)
    if value is None or like is None:
        return Plotted(drawing.plot, value)
    area = Rect(
        drawing.rect.x, top + like.leading + 2, drawing.rect.width, drawing.rect.bottom - top - like.leading - 2
    )
    pitch = min(area.height / len(chart.rows), _ROW if not style.slack else 56.0)
    scale = pitch * 0.74 / max(value.size, like.size)
    value, like = (
        shrunk(one, min(scale, 12 / one.size if not style.slack else 1.0), floor(drawing)) for one in (value, like)
    )
    names, figures, room = _widths(drawing, value, like, area.width)
    if names > room:
        value, like = (shrunk(one, 0.0, floor(drawing)) for one in (value, like))
        names, figures, room = _widths(drawing, value, like, area.width)
        names = min(names, room)
    plot = Rect(
        area.x + names + figures, area.y, max(area.width - names - 2 * figures, area.width / 4), pitch * len(chart.rows)
    )
    at = drawing.canvas.axes(plot, (float(chart.axis_min), float(chart.axis_max)), (0, 1))
    for number, row in enumerate(chart.rows, 1):
        y = area.y + (number - 0.5) * pitch
        name = drawing.paragraph(like, row.label)
        place = Place(area.x + names - 8, y, "right", names - 8 if drawing.width(name) > names - 8 else None, hang="middle")
        top = drawing.text(f"name-{number}", place, name).rect.y
        ends = [(at(float(cell.value), 0)[0], cell) for cell in row.cells if cell]
        _draw_ends(drawing, (number, y, top), ends, (value, like))
    first = (cell for cell in chart.rows[0].cells if cell)
    widest = max((drawing.width(label(drawing, value, cell, cell.group)) for cell in first), default=0.0) + 8
    native = Rect(area.x + names, top, area.width - names - widest, area.bottom - top)
    return Plotted(native, value, like, 0.4)


def _widths(drawing: _Drawing, value: TextStyle, like: TextStyle, width: float) -> tuple[float, float, float]:
    """Returns how wide names and figures are, and the room for names beside both figures and the least plot."""
    names = max(drawing.width(drawing.paragraph(like, row.label)) for row in drawing.chart.rows) + 8
    figures = max(drawing.width(label(drawing, value, cell)) for cell in drawing.chart.items) + 10
    return names, figures, width * (1 - _LEAST_PLOT) - 2 * figures


def _draw_ends(
    drawing: _Drawing, row: tuple[int, float, float], ends: list[tuple[float, ChartItem]], types: tuple[TextStyle, TextStyle]
) -> None:
    """Draws a row's rod, dots and figures; over the first row's name and figures stand the moments' names. `row`: its number,
    middle and the top of its name."""
    number, y, top = row
    (value, like), after = types, drawing.chart.series[1]
    if len(ends) == 2:
        (x0, before), (x1, _) = ends
        rod = drawing.stroke(f"rod-{number}", before.ink, drawing.style.rod_width)
        drawing.canvas.lines([(x0, y, x1, y)], rod)
        ends = ends[1:] if x0 == x1 else ends
    for place, (x, cell) in enumerate(ends):
        later = cell.group == after
        drawing.canvas.disc(x, y, 4.2 if later else 3.9, drawing.fill(f"dot-{number}-{place + 1}", cell.ink))
        other = ends[1 - place][0] if len(ends) == 2 else x - 1
        side: Align = "left" if x >= other else "right"
        own = value if later else replace(value, weight=like.weight)
        at = Place(x + (8 if side == "left" else -8), y, side, hang="middle")
        box = drawing.text(f"value-{number}-{place + 1}", at, label(drawing, own, cell))
        if number == 1:
            words = drawing.paragraph(like, cell.group)
            edge = max(box.rect.right, drawing.rect.x + drawing.width(words)) if side == "right" else box.rect.x
            edge = edge if side == "right" else min(edge, drawing.rect.right - drawing.width(words))
            drawing.text(f"series-{place + 1}", Place(edge, min(box.rect.y, top) - 1, side, hang="bottom"), words)
