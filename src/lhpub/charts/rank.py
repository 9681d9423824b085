"""A rank's climb on a ladder of the whole list: one rung is one rank, the first on top (civic §8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lhpub.boxes import TextBox
from lhpub.charts.drawing import Drawing, Place, Plotted
from lhpub.charts.items import alt_text, chart_item, round_step, said, shared
from lhpub.charts.pens import Scale
from lhpub.charts.rules import check_values, problem
from lhpub.diagnostics import Diagnostic
from lhpub.inline import Inline
from lhpub.kinds.chart import Tick
from lhpub.kinds.rank import RankChart, RankStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import RankSpec
from lhpub.units import Rect

CLEAR = 0.09
"""Ticks this near to a rank shown, as a share of the list, have no label (civic §8.3: 9 of 100)."""
_TICK = 0.6
"""Length of a ruler's ticks, of that of every tenth."""
LEAST_PITCH = 1.4
"""Points from rung to rung; on a longer list only every tenth rung is drawn."""

_Drawing = Drawing[RankChart, RankStyle]


def check_rank(spec: RankSpec) -> Iterator[Diagnostic]:
    """Yields ranks that are no places of the list."""
    facts = (spec.before.fact, spec.now.fact)
    yield from check_values(spec, facts)
    for fact in facts:
        rank = fact.value
        if rank is not None and (rank != rank.to_integral_value() or not 1 <= rank <= spec.last):
            yield problem("rank-range", fact.span, f"{fact.id} {rank} / 1–{spec.last}")


def resolve_rank(spec: RankSpec, inks: ChartInks) -> RankChart:
    """Returns both ranks. The derived one is the earlier one; if both are published, they stand in order."""
    ink = inks.groups[0]
    items = tuple(chart_item(i, ink, ink) for i in sorted(spec.items, key=lambda item: not item.fact.derived))
    step = max(1, int(round_step(Decimal(spec.last) / 5)))
    ranks = dict.fromkeys((1, *range(step, spec.last - step // 2, step), spec.last))
    figure = items[1].figure
    ticks = tuple(Tick(Decimal(rank), f"{figure.prefix}{rank}{figure.unit}") for rank in ranks)
    of, limits = shared(spec), (Decimal(1), Decimal(spec.last))
    ends = Inline(f"；榜单{ticks[0].label}在上，至{ticks[-1].label}")
    told = alt_text("位次图", of, (*said(items[0]), Inline("，现为"), *said(items[1]), ends))
    return RankChart(**of, items=items, axis_min=limits[0], axis_max=limits[1], ticks=ticks, told=told)


def draw_rank(drawing: _Drawing) -> Plotted:
    """Returns the area from the first point to the second, with room for a native chart's names under it, after drawing
    ladder, climb, points and labels."""
    chart, style, canvas, plot = drawing.chart, drawing.style, drawing.canvas, drawing.plot
    scale = canvas.axes(plot, (0, 1), (float(chart.axis_max), 1))
    before, now = (int(item.value) for item in chart.items)
    (_, y_before), (_, y_now) = scale(0, before), scale(0, now)
    start, end = plot.x + style.climb[0], plot.right - style.climb[1]
    _draw_ladder(drawing, scale, (before, now))
    ink, climbed = chart.items[1].ink, []
    for rank in range(before, now, -1 if now < before else 1):  # the rungs' left ends are the slope
        y = scale(0, rank)[1]
        climbed.append((start + (end - start) * (rank - before) / (now - before), y, plot.right, y))
    canvas.lines(climbed, drawing.stroke("climb", ink, style.climb_width))
    left = plot.x if style.line_from is None else drawing.rect.x + style.line_from
    canvas.lines([(left, y_now, plot.right, y_now)], drawing.stroke("now", ink, style.heavy_width))
    if style.slope_width:
        canvas.lines([(start, y_before, end, y_now)], drawing.stroke("slope", ink, style.slope_width))
    ring = replace(drawing.stroke("before", ink, style.radii[0] * 0.28), fill=style.ground)
    canvas.disc(start, y_before, style.radii[0], ring if chart.items[0].derived else drawing.fill("before", ink))
    canvas.disc(end, y_now, style.radii[1], drawing.fill("present", style.accent))
    _draw_labels(drawing, scale, left)
    under = 1.4 * (style.label.leading if style.label else 0.0)
    wide = drawing.width(drawing.paragraph(style.label, chart.items[1].figure)) * 1.1 if style.label else 0.0
    right = min(end, drawing.rect.right - wide - 14)
    head = style.label.size / 2 if style.label else 0.0
    area = Rect(start, max(plot.y, drawing.rect.y + head), right - start, 0.0)
    return Plotted(replace(area, height=drawing.rect.bottom - under - area.y), style.label, style.label)


def _draw_ladder(drawing: _Drawing, scale: Scale, shown: tuple[int, int]) -> None:
    """Draws a rung for each rank, every tenth and the first standing out; the ranks shown have rungs of their own."""
    style, plot, last = drawing.style, drawing.plot, int(drawing.chart.axis_max)
    dense = not style.grid_width or plot.height < LEAST_PITCH * (last - 1)
    for single in (True, False):
        ranks = [r for r in range(1, last + 1) if (r % 10 > 0 and r > 1) == single and r not in shown]
        reach, ink, width = (
            (0.0, style.grid, style.grid_width) if single else (style.reach, style.tick, style.tick_width)
        )
        if style.strata and single:
            reach = style.reach * _TICK
        ends = [plot.x if style.strata and r < shown[0] else plot.right for r in ranks]
        rungs = [(plot.x - reach, scale(0, r)[1], end, scale(0, r)[1]) for r, end in zip(ranks, ends, strict=True)]
        pen = drawing.stroke("rungs", ink, width)
        drawing.canvas.lines([] if single and dense else rungs, pen)


def _draw_labels(drawing: _Drawing, scale: Scale, left: float) -> None:
    """The present rank stands over its line (under it at the page's top), the earlier one left of the ladder."""
    chart, style, (before, now) = drawing.chart, drawing.style, drawing.chart.items
    x, drawn = drawing.plot.x - style.reach * 1.5, []
    if style.label:
        second = [drawing.paragraph(style.second, before.label)] if before.label and style.second else []
        place = Place(x, scale(0, float(before.value))[1] + style.label.size * 0.35, "right", hang="baseline")
        drawn.append(drawing.text("before", place, drawing.paragraph(style.label, before.figure), *second))
    if style.value:
        line, size = scale(0, float(now.value))[1], style.value.size
        fits = line - style.value_gap - size >= drawing.rect.y
        place = Place(left, line - style.value_gap if fits else line + style.value_gap + 0.8 * size, hang="baseline")
        drawn.append(drawing.text("now", place, drawing.paragraph(style.value, now.figure, unit=style.unit)))
    for tick in chart.ticks:
        if all(abs(tick.value - item.value) > CLEAR * float(chart.axis_max) for item in chart.items):
            boxes = drawing.ticked(tick, Place(x, scale(0, float(tick.value))[1], "right", hang="middle"))
            drawing.canvas.text(*(box for box in boxes if not any(_is_near(box, other) for other in drawn)))


def _is_near(box: TextBox, other: TextBox) -> bool:
    """True if less than half a line is left between two labels."""
    margin = box.rect.height / 2
    return Rect(box.rect.x, box.rect.y - margin, box.rect.width, box.rect.height + 2 * margin).overlaps(other.rect)
