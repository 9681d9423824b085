"""Columns from zero; a lower bound's column is open at the top (charts/spec §3, civic §8.1)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from lhpub.boxes import TextBox
from lhpub.charts.drawing import Drawing, Place
from lhpub.charts.model import ChartItem
from lhpub.text.model import Paragraph
from lhpub.units import Rect


def draw_columns(drawing: Drawing) -> Rect:
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


def _anchor(drawing: Drawing, column: Rect) -> float:
    return column.x + (column.width / 2 if drawing.style.value_align == "centre" else 0)


def _values(drawing: Drawing, columns: list[Rect]) -> list[TextBox]:
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


def _figure(drawing: Drawing, item: ChartItem, scale: float) -> Paragraph:
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


def _names(drawing: Drawing, columns: list[Rect]) -> list[TextBox]:
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
    groups = dict.fromkeys(item.group for item in chart.items if item.group)
    for number, (group, x) in enumerate(zip(groups, style.group_positions, strict=False), 1):
        boxes.append(drawing.set(f"group-{number}", Place(drawing.rect.x + x, y), drawing.paragraph(label, group)))
    return boxes
