"""Columns; a lower bound's column is open at the top (charts/spec-all-kinds §4, civic §8.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from lhpub.boxes import TextBox
from lhpub.charts.drawing import Drawing, Place, Plotted
from lhpub.charts.grid import axis, check_grid, draw_head, floor, legible, missing, resolve_grid, shown, shrunk, spread
from lhpub.charts.pens import Scale
from lhpub.charts.rules import problem
from lhpub.diagnostics import Diagnostic
from lhpub.inline import plain
from lhpub.kinds.chart import ChartItem
from lhpub.kinds.column import ColumnChart, ColumnStyle
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import ColumnSpec
from lhpub.text.model import Paragraph, TextStyle
from lhpub.units import Rect

MOST = 12
_WIDEST = 3.5
"""A column is at most this part of the plot wide, however few there are."""
_NAMED_AT_COLUMNS = 3
"""Characters of a series' name that stand over a column; longer names stand in a key."""
_NAMED_COLUMNS = 8
"""Of more columns, each is narrower than such a name."""
_OF_PITCH = 0.78
"""What a name may take of its pitch: programs break it beyond that."""
_Drawing = Drawing[ColumnChart, ColumnStyle]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A column drawn: its row (from 0), item and rectangle; `name` ends the names of its boxes."""

    row: int
    item: ChartItem
    rect: Rect
    name: str


def check_column(spec: ColumnSpec) -> Iterator[Diagnostic]:
    """Yields what columns cannot show."""
    yield from check_grid(spec, 1, MOST)
    for item in spec.items if spec.is_stacked else ():
        if item.fact.value is not None and item.fact.value < 0:
            yield problem("negative", item.fact.span, item.fact.id)


def resolve_column(spec: ColumnSpec, inks: ChartInks) -> ColumnChart:
    """Returns the columns; their axis ends at a round number, or with room over the greatest bound."""
    grid = resolve_grid("柱状图", spec, inks)
    stacked = spec.is_stacked and not grid["is_single"]
    totals = [sum((cell.value for cell in row.cells if cell), Decimal(0)) for row in grid["rows"]]
    values = totals if stacked else [item.value for item in grid["items"]]
    low, high, ticks = axis(values, [item.value for item in grid["items"] if item.bound])
    long = any(len(plain(name)) > _NAMED_AT_COLUMNS for name in spec.series)
    has_key = not (grid["is_single"] or stacked) and (long or len(grid["items"]) > _NAMED_COLUMNS)
    return ColumnChart(**grid, axis_min=low, axis_max=high, ticks=ticks, is_stacked=stacked, has_key=has_key)


def draw_column(drawing: _Drawing) -> Plotted:
    """Returns the plot area, the gap between columns as a share of a column, and the type of the figures, after drawing grid,
    columns, open edges, base line, figures and names."""
    chart, style, canvas = drawing.chart, drawing.style, drawing.canvas
    plot = _plot(drawing, draw_head(drawing))
    scale = canvas.axes(plot, (0, len(chart.rows)), (float(chart.axis_min), float(chart.axis_max)))
    columns, width = _columns(drawing, plot, scale)
    value = _fitting(drawing, columns)
    texts = _inside(drawing, columns, value) if chart.is_stacked else _values(drawing, columns, value)
    heights = {tick: scale(0, float(tick.value))[1] for tick in chart.ticks}
    grid = [line for y in heights.values() for line in drawing.across(y, [box.rect for box in texts])]
    canvas.lines(
        grid if style.grid_width and chart.has_units else (), drawing.stroke("grid", style.grid, style.grid_width)
    )
    base = scale(0, 0)[1]
    for column in columns:
        _draw_one(drawing, column, plot)
    canvas.lines(drawing.across(base), drawing.stroke("base", style.axis, style.axis_width))
    canvas.text(*texts, *_names(drawing, columns, plot))
    left = plot.x if _positions(drawing) else drawing.rect.x
    for tick, y in heights.items() if chart.has_units else ():
        unit = chart.unit if tick == chart.ticks[-1] and chart.has_units else ""
        canvas.text(*drawing.ticked(tick, Place(left, y - 2, hang="bottom"), unit))
    native = replace(plot, width=plot.width - (_names_beside(drawing) if chart.is_stacked else 0))
    return Plotted(native, value, _with_seconds(drawing, native), native.width / len(chart.rows) / width - 1)


def _draw_one(drawing: _Drawing, column: Drawn, plot: Rect) -> None:
    style, rect = drawing.style, column.rect
    drawing.canvas.rectangles((rect,), drawing.fill(f"column-{column.name}", column.item.ink))
    if column.item.bound:  # nothing closes it at its level; the dashes begin with a gap
        dash, edges = style.bound_dash, (rect.x, rect.right)
        pen = drawing.stroke(f"edge-{column.name}", column.item.text_ink, style.heavy_width)
        drawing.canvas.lines([(x, rect.bottom, x, rect.y) for x in edges], pen)
        drawing.canvas.lines([(x, rect.y - dash, x, plot.y) for x in edges], replace(pen, dash=(dash, dash)))


def _positions(drawing: _Drawing) -> tuple[float, ...]:
    """Returns the layout's own places of columns, if there are enough of them."""
    given = drawing.style.column_positions
    return given if drawing.chart.is_single and len(given) >= len(drawing.chart.rows) else ()


def _plot(drawing: _Drawing, top: float) -> Rect:
    """Returns the plot, low enough for the figure over the greatest column, high enough for one under the least."""
    chart, style, plot = drawing.chart, drawing.style, drawing.plot
    if not style.value:
        return plot
    lines = 1 if chart.is_single or chart.has_key or chart.is_stacked else 2
    head = min(style.value_gap, style.value.size) + lines * style.value.leading * 0.8
    if chart.axis_min < 0:
        plot = replace(plot, height=plot.height - style.value.leading)
    values = [sum((c.value for c in row.cells if c), Decimal(0)) for row in chart.rows] if chart.is_stacked else ()
    most = max((*(values or [item.value for item in chart.items]), Decimal(0)))
    share = float((most - chart.axis_min) / (chart.axis_max - chart.axis_min)) or 1.0
    ticks = style.tick_text.leading + 2 if style.tick_text and chart.has_units and top > drawing.rect.y else 0.0
    height = min(plot.height, max((plot.bottom - top - head) / share, plot.height / 3), plot.bottom - top - ticks)
    return replace(plot, y=plot.bottom - height, height=height)


def _columns(drawing: _Drawing, plot: Rect, scale: Scale) -> tuple[list[Drawn], float]:
    """Returns the columns, and how wide a row's are together."""
    chart, style, given = drawing.chart, drawing.style, _positions(drawing)
    right = _names_beside(drawing) if chart.is_stacked else 0.0
    slot = (plot.width - right) / len(chart.rows)
    many = 1 if chart.is_single or chart.is_stacked else len(chart.series)
    widest = max(many * plot.width / _WIDEST, slot / 4)
    width = min(style.column_width or slot / (1 + style.column_gap), widest, slot * 0.9)
    width = style.column_width if given and style.column_width else width
    base, columns = scale(0, 0)[1], []
    for place, row in enumerate(chart.rows):
        left = drawing.rect.x + given[place] if given else plot.x + place * slot + (slot - width) / 2
        cells = [(n, cell) for n, cell in enumerate(row.cells) if cell]
        foot = base
        for n, cell in cells:
            own = width / many
            y = scale(0, float(cell.value))[1]
            over = Rect(left + (n * own if many > 1 else 0), min(y, base), own, abs(base - y))
            if chart.is_stacked:
                over, foot = replace(over, y=foot - over.height), foot - over.height
            name = f"{place + 1}" if chart.is_single else f"{place + 1}-{n + 1}"
            columns.append(Drawn(place, cell, over, name))
    return columns, width


def _pitch(columns: list[Rect], alone: float) -> float:
    """Returns the room from one column to the next."""
    return min((b.x - a.x for a, b in pairwise(columns) if b.x > a.x), default=alone)


def _anchor(drawing: _Drawing, column: Rect) -> float:
    return column.x + (column.width / 2 if drawing.style.value_align == "centre" else 0)


def _fitting(drawing: _Drawing, columns: list[Drawn]) -> TextStyle | None:
    """Returns the type of all figures over columns: smaller alike where one would leave its room."""
    style = drawing.style
    if not style.value:
        return None
    scale, pitch = 1.0, _pitch([column.rect for column in columns], drawing.plot.width)
    for column in columns:
        item = column.item
        if not (item.bound and style.bound_at):
            inside = column.rect.width - 2 * style.heavy_width
            room = inside if item.bound else column.rect.width - 4 if drawing.chart.is_stacked else pitch - 4
            scale = min(scale, room / drawing.width(_figure(drawing, item, style.value)) / (1 + style.slack))
    return shrunk(style.value, scale, floor(drawing))


def _values(drawing: _Drawing, columns: list[Drawn], value: TextStyle | None) -> list[TextBox]:
    """Returns the figures over their columns, under negative ones; in groups the first ones under their series' names."""
    style, chart = drawing.style, drawing.chart
    if not value:
        return []
    boxes = []
    for column in columns:
        item, rect = column.item, column.rect
        place = Place(_anchor(drawing, rect), rect.y - style.value_gap, style.value_align, hang="baseline")
        if item.value < 0:
            place = replace(place, y=rect.bottom + 2, hang="top")
        beside = item.bound and style.bound_at
        if beside:
            place = Place(rect.right + beside[0], rect.y + beside[1], hang="baseline")
        boxes.append(
            drawing.set(
                f"value-{column.name}", place, _figure(drawing, item, (style.value or value) if beside else value)
            )
        )
        if not chart.is_single and not chart.has_key and column.row == 0 and style.label:
            over = Place(place.x, boxes[-1].rect.y, place.align, hang="bottom")
            boxes.append(drawing.set(f"series-{column.name}", over, drawing.paragraph(style.label, item.group)))
    for number, row in enumerate(chart.rows, 1):
        if row.item is None:
            slot = drawing.plot.width / len(chart.rows)
            x = drawing.plot.x + (number - 0.5) * slot
            missing(drawing, f"value-{number}", Place(x, drawing.plot.bottom - 4, "centre", hang="baseline"), value)
    return boxes


def _inside(drawing: _Drawing, columns: list[Drawn], value: TextStyle | None) -> list[TextBox]:
    """Returns a stack's figures: in their parts where these are high enough, the computed total over it, names beside."""
    style, chart = drawing.style, drawing.chart
    if not value:
        return []
    boxes, last, outer = [], columns[-1].row, 0.0
    small = replace(
        value,
        size=max(value.size * 0.8, min(floor(drawing), value.size)),
        weight=style.label.weight if style.label else value.weight,
    )
    for column in columns:
        if column.rect.height >= small.size * 1.15:
            own = replace(
                small, ink=legible(column.item.ink, style.ground, style.label.ink if style.label else small.ink)
            )
            middle = Place(
                column.rect.x + column.rect.width / 2, column.rect.y + column.rect.height / 2, "centre", hang="middle"
            )
            boxes.append(
                drawing.set(f"value-{column.name}", middle, drawing.paragraph(own, shown(drawing, column.item)))
            )
            outer = max(outer, boxes[-1].rect.right) if column.row == last else outer
    for number in range(len(chart.rows)):
        held = [column for column in columns if column.row == number]
        if held:
            figure = chart.total(number)
            top = Place(
                held[0].rect.x + held[0].rect.width / 2,
                min(c.rect.y for c in held) - style.value_gap,
                "centre",
                hang="baseline",
            )
            ink = style.label.ink if style.label else value.ink
            boxes.append(drawing.set(f"total-{number + 1}", top, drawing.paragraph(replace(value, ink=ink), figure)))
    if style.label:
        ends = [column for column in columns if column.row == last]
        ys = spread(
            [c.rect.y + c.rect.height / 2 for c in ends], style.label.size * 1.3, (drawing.rect.y, drawing.plot.bottom)
        )
        edge = max(outer, *(column.rect.right for column in ends))
        for column, y in zip(ends, ys, strict=True):
            place = Place(edge + 5, y, hang="middle")
            boxes.append(drawing.set(f"series-{column.name}", place, drawing.paragraph(style.label, column.item.group)))
    return boxes


def _names_beside(drawing: _Drawing) -> float:
    like = drawing.style.label
    return (
        max((drawing.width(drawing.paragraph(like, name)) for name in drawing.chart.series), default=0.0) + 8
        if like
        else 0.0
    )


def _figure(drawing: _Drawing, item: ChartItem, value: TextStyle) -> Paragraph:
    """Returns an item's figure in its ink."""
    style = drawing.style
    numeral = (item.bound and style.bound_value) or value
    small = value.size / style.value.size if style.value else 1.0
    unit = (item.bound and style.bound_unit) or style.unit
    unit = shrunk(unit, small, floor(drawing)) if unit else numeral
    numeral, unit = (replace(own, ink=item.text_ink or item.ink) for own in (numeral, unit))
    return drawing.paragraph(numeral, shown(drawing, item), unit=unit)


def _name_style(drawing: _Drawing, plot: Rect) -> TextStyle | None:
    """Returns the type of the names: smaller under many columns, and so that none breaks within a year or month."""
    like, labels = drawing.style.label, [plain(row.label) for row in drawing.chart.rows]
    years = all(re.fullmatch(r"(\d+[年月])+", label) for label in labels)
    if like is None or (len(labels) <= MOST / 2 and not years):
        return like
    pieces = [piece for label in labels for piece in (re.findall(r"\d+[年月]", label) if years else [label])]
    widest = max(drawing.width(drawing.paragraph(like, piece)) for piece in pieces)
    return shrunk(like, plot.width / len(labels) * _OF_PITCH / widest, floor(drawing))


def _with_seconds(drawing: _Drawing, plot: Rect) -> TextStyle | None:
    """Returns the type of a native axis' names, under which the second lines stand in the same type."""
    like, rows = _name_style(drawing, plot), drawing.chart.rows
    if like is None or not any(row.second for row in rows):
        return like
    widest = max(drawing.width(drawing.paragraph(like, row.second)) for row in rows) * (1 + drawing.style.slack)
    return shrunk(like, plot.width / len(rows) * 0.9 / widest, floor(drawing))


def _names(drawing: _Drawing, columns: list[Drawn], plot: Rect) -> list[TextBox]:
    """Returns names and second lines under the columns, and each group's name at its place."""
    style, chart, label_ = drawing.style, drawing.chart, drawing.style.label
    if not label_:
        return []
    given, slot = (
        _positions(drawing),
        (plot.width - (_names_beside(drawing) if chart.is_stacked else 0)) / len(chart.rows),
    )
    pitch = _pitch([column.rect for column in columns], drawing.plot.width) if given else slot
    name_style = _name_style(drawing, plot) or label_
    under_least = style.value.leading if chart.axis_min < 0 and style.value else 0.0
    boxes: list[TextBox] = []
    y = plot.bottom + style.label_gap + under_least
    for number, row in enumerate(chart.rows, 1):
        held = [column.rect for column in columns if column.row == number - 1]
        x = plot.x + (number - 0.5) * slot
        if given or (held and style.value_align != "centre"):
            x = _anchor(drawing, held[0]) if held else x
        place = Place(x, y, style.value_align if held else "centre", pitch * 0.95)
        name = drawing.set(f"name-{number}", place, drawing.paragraph(name_style, row.label))
        boxes.append(name)
        if row.second and style.second:
            under = replace(place, y=y + name.lines[-1].baseline + style.second.leading, hang="baseline")
            parted = tuple(replace(inline, text=inline.text.replace("，", "，\n")) for inline in row.second)
            whole, broken = (
                drawing.set(f"second-{number}", under, drawing.paragraph(style.second, s)) for s in (row.second, parted)
            )
            boxes.append(whole if len(whole.lines) == 1 else broken)  # rather than where a program breaks a date
    groups = {plain(item.group): item.group for item in chart.items if item.group}
    for number, (group, x) in enumerate(zip(groups.values(), style.group_positions, strict=False), 1):
        boxes.append(drawing.set(f"group-{number}", Place(drawing.rect.x + x, y), drawing.paragraph(label_, group)))
    return boxes
