"""Columns from zero; a lower bound's column is open at the top (charts/spec §3, civic §8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import ceil

from lhpub.boxes import TextBox
from lhpub.charts.drawing import Drawing, Place
from lhpub.charts.items import alt_text, chart_item, round_step, said, shared
from lhpub.charts.rules import check_values, problem
from lhpub.diagnostics import Diagnostic
from lhpub.inline import plain
from lhpub.kinds.chart import ChartItem, Tick
from lhpub.kinds.column import ColumnChart, ColumnStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import ColumnSpec
from lhpub.text.model import Paragraph
from lhpub.units import Rect

HEADROOM = Decimal("1.25")
"""Least axis over a lower bound, as a multiple of it: the open edges need somewhere to go (civic §8.1)."""
_Drawing = Drawing[ColumnChart, ColumnStyle]


def check_column(spec: ColumnSpec, groups: int) -> Iterator[Diagnostic]:
    """Yields what columns cannot show; `groups`: how many groups the layout has inks for."""
    yield from check_values(spec, tuple(item.fact for item in spec.items))
    for item in spec.items:
        if item.fact.value is not None and item.fact.value < 0:
            yield problem("value-negative", item.fact.span, item.fact.id)
    named = len({plain(item.group) for item in spec.items})
    if named > groups:
        yield problem("groups", spec.span, named)


def resolve_column(spec: ColumnSpec, inks: ChartInks) -> ColumnChart:
    """Returns the columns; their axis ends at a round number, or with room over the greatest bound."""
    groups = list(dict.fromkeys(plain(item.group) for item in spec.items))
    own = dict(zip(groups, inks.groups, strict=False))
    pairs = [(item, own[plain(item.group)]) for item in spec.items]
    items = tuple(chart_item(item, inks.bound if item.fact.bound else ink, ink) for item, ink in pairs)
    most = max(item.value for item in items)
    bound = max((item.value for item in items if item.bound), default=Decimal(0)) * HEADROOM
    step = round_step((max(most, bound) or Decimal(1)) / 4)
    top = Decimal(f"{(bound if bound > most else max(ceil(most / step), 1) * step).normalize():f}")
    ticks = tuple(Tick(step * n, f"{(step * n).normalize():f}") for n in range(1, int(top / step) + 1))
    of = shared(spec)
    alt = alt_text("柱状图", of, "；".join(map(said, items)))
    return ColumnChart(**of, items=items, axis_max=top, ticks=ticks, alt=alt)


def draw_column(drawing: _Drawing) -> Rect:
    """Returns the plot area after drawing grid, columns, open edges, base line, figures and names."""
    chart, style, canvas, plot = drawing.chart, drawing.style, drawing.canvas, drawing.plot
    scale = canvas.axes(plot, (0, len(chart.items)), (0, float(chart.axis_max)))
    slot = plot.width / len(chart.items)
    width = style.column_width or slot / (1 + style.column_gap)
    columns = []
    for index, item in enumerate(chart.items):
        x, top = scale(index, float(item.value))
        given = index < len(style.column_positions)
        x = drawing.rect.x + style.column_positions[index] if given else x + (slot - width) / 2
        columns.append(Rect(x, top, width, plot.bottom - top))
    texts = _values(drawing, columns)
    heights = {tick: scale(0, float(tick.value))[1] for tick in chart.ticks}
    grid = [line for y in heights.values() for line in drawing.across(y, [box.rect for box in texts])]
    canvas.lines(grid if style.grid_width else (), drawing.stroke("grid", style.grid, style.grid_width))
    for number, (item, column) in enumerate(zip(chart.items, columns, strict=True), 1):
        canvas.rectangles((column,), drawing.fill(f"column-{number}", item.ink))
        if item.bound:  # nothing closes it at its level; the dashes begin with a gap
            dash, edges = style.bound_dash, (column.x, column.right)
            pen = replace(drawing.stroke(f"edge-{number}", item.text_ink, style.heavy_width), overlay=True)
            canvas.lines([(x, column.bottom, x, column.y) for x in edges], pen)
            canvas.lines([(x, column.y - dash, x, plot.y) for x in edges], replace(pen, dash=(dash, dash)))
    canvas.lines(
        drawing.across(plot.bottom), replace(drawing.stroke("base", style.axis, style.axis_width), overlay=True)
    )
    canvas.text(*texts, *_names(drawing, columns))
    left = plot.x if style.column_positions else drawing.rect.x
    for tick, y in heights.items():
        unit = chart.unit if tick == chart.ticks[-1] else ""
        canvas.text(*drawing.ticked(tick, Place(left, y - 2, hang="bottom"), unit))
    return plot


def _pitch(columns: list[Rect], alone: float) -> float:
    """Returns the room from one column to the next."""
    return min((b.x - a.x for a, b in pairwise(columns)), default=alone)


def _anchor(drawing: _Drawing, column: Rect) -> float:
    return column.x + (column.width / 2 if drawing.style.value_align == "centre" else 0)


def _values(drawing: _Drawing, columns: list[Rect]) -> list[TextBox]:
    """Returns the figures over their columns, all set smaller alike where one would leave its room."""
    style, items = drawing.style, drawing.chart.items
    if not style.value:
        return []
    shrunk = 1.0
    for item, column in zip(items, columns, strict=True):
        if not (item.bound and style.bound_at):
            inside = column.width - 2 * style.heavy_width
            room = inside if item.bound else _pitch(columns, drawing.plot.width) - 4
            shrunk = min(shrunk, room / drawing.width(_figure(drawing, item, 1)) / (1 + style.slack))
    boxes = []
    for number, (item, column) in enumerate(zip(items, columns, strict=True), 1):
        place = Place(_anchor(drawing, column), column.y - style.value_gap, style.value_align, hang="baseline")
        beside = item.bound and style.bound_at
        if beside:
            place = Place(column.right + beside[0], column.y + beside[1], hang="baseline")
        boxes.append(drawing.set(f"value-{number}", place, _figure(drawing, item, 1 if beside else shrunk)))
        if beside and style.bound_words and style.note:
            under = Place(place.x, place.y + style.bound_words_at)
            boxes.append(drawing.set(f"bound-{number}", under, drawing.paragraph(style.note, style.bound_words)))
    return boxes


def _figure(drawing: _Drawing, item: ChartItem, scale: float) -> Paragraph:
    """Returns an item's figure in its ink; sizes by whole half points."""
    style = drawing.style
    numeral = (item.bound and style.bound_value) or style.value
    assert numeral is not None  # _values is left without it
    unit = (item.bound and style.bound_unit) or style.unit or numeral
    numeral, unit = (
        replace(own, ink=item.text_ink or item.ink, size=own.size if scale == 1 else int(own.size * scale * 2) / 2)
        for own in (numeral, unit)
    )
    return drawing.paragraph(numeral, item.figure, unit=unit)


def _names(drawing: _Drawing, columns: list[Rect]) -> list[TextBox]:
    """Returns names and second lines under the columns, and each group's name at its place."""
    style, chart, label = drawing.style, drawing.chart, drawing.style.label
    if not label:
        return []
    boxes, y = [], drawing.plot.bottom + style.label_gap
    for number, (item, column) in enumerate(zip(chart.items, columns, strict=True), 1):
        place = Place(_anchor(drawing, column), y, style.value_align, _pitch(columns, drawing.plot.width) * 0.95)
        name = drawing.set(f"name-{number}", place, drawing.paragraph(label, item.label))
        boxes.append(name)
        if item.second and style.second:
            under = replace(place, y=y + name.lines[-1].baseline + style.second.leading, hang="baseline")
            parted = tuple(replace(inline, text=inline.text.replace("，", "，\n")) for inline in item.second)
            whole, broken = (
                drawing.set(f"second-{number}", under, drawing.paragraph(style.second, s))
                for s in (item.second, parted)
            )
            boxes.append(whole if len(whole.lines) == 1 else broken)  # rather than where a program breaks a date
    groups = {plain(item.group): item.group for item in chart.items if item.group}
    for number, (group, x) in enumerate(zip(groups.values(), style.group_positions, strict=False), 1):
        boxes.append(drawing.set(f"group-{number}", Place(drawing.rect.x + x, y), drawing.paragraph(label, group)))
    return boxes
