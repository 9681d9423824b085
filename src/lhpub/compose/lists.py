"""Lists that run on: items one under the other, as high as they are, over columns and pages in even parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from lhpub.boxes import Box, GroupBox, TextBox
from lhpub.compose.scope import Scope
from lhpub.layout.at import Area
from lhpub.layout.frame import Repeat
from lhpub.units import Rect

if TYPE_CHECKING:
    from lhpub.compose.frames import Placed

_STEPS = 12
"""Halvings of a column's height in search of the least that takes a list."""
_BELOW = 0.12
"""Of the em below the baseline."""
Place = Callable[[Scope, Area], "Placed"]


@dataclass(frozen=True)
class Spot:
    """Where an item of a list stands: its number among those listed, its place in points."""

    index: int
    rect: Rect
    day: float | None = None
    """Where its day is, in a calendar."""


def depth(boxes: Iterable[Box], top: float = 0.0) -> float:
    """Returns how far boxes reach below `top`, in points; of a text what is set."""
    return max((_bottom(box) - top for box in boxes), default=0.0)


def _bottom(box: Box) -> float:
    if isinstance(box, GroupBox):
        return max(map(_bottom, box.boxes), default=box.rect.y)
    if isinstance(box, TextBox) and box.lines:
        line = box.lines[-1]
        return box.origin[1] + line.baseline + _BELOW * max((run.size for run in line.runs), default=0.0)
    return box.rect.bottom


def run_on(
    repeat: Repeat, scopes: Sequence[Scope], place: Place, area: Area, rect: Rect
) -> tuple[tuple[Spot, ...], ...]:
    """Returns for each page the spots of its items: in the first of the layout's numbers of columns that takes all on one
    page, else in the last one. `rect`: the list's place on each page."""
    pages: tuple[tuple[Spot, ...], ...] = ()
    gutter = area.grid.gutter if area.grid else 0.0
    wide = (repeat.column or 0.0) * area.unit
    across = (max(int((rect.width + gutter) / (wide + gutter)), 1),) if wide else repeat.across
    for count in across if scopes else ():
        pages = _in_columns(repeat, scopes, place, (area, rect, count))
        if len(pages) == 1:
            break
        rows = max(len({spot.rect.y for spot in page}) for page in pages)
        if repeat.by == "rows" and rows == 1:  # even parts, in wider columns
            pages = _in_columns(repeat, scopes, place, (area, rect, -(-len(scopes) // len(pages))))
    return pages


def by_days(repeat: Repeat, scopes: Sequence[Scope], place: Place, area: Area, rect: Rect) -> tuple[tuple[Spot, ...], ...]:
    """Returns the spots of keywords in a month's column, each at its day or, where the one before reaches, under it; if the
    last would leave the column they move up. A second page: those for which there is no room."""
    own = area.within(Rect(rect.x, 0.0, rect.width, 0.0))
    heights = [depth(one.fixed + one.boxes) + (repeat.flow or 0.0) * area.unit for one in (place(s, own) for s in scopes)]
    dates = [scope.keyword.date.first for scope in scopes if scope.keyword]
    days = [rect.y + rect.height * ((date.day if date else 1) - 1) / 31 for date in dates]
    tops: list[float] = []
    for day, height in zip(days, [0.0, *heights], strict=False):
        tops.append(max(day, tops[-1] + height if tops else day))
    limit = rect.bottom
    for i in reversed(range(len(tops))):
        tops[i] = min(tops[i], limit - heights[i])
        limit = tops[i]
    spots = tuple(Spot(i, Rect(rect.x, tops[i], rect.width, heights[i]), days[i]) for i in range(len(tops)))
    return (spots,) if limit >= rect.y - 0.01 else (spots, spots[:1])


def _in_columns(
    repeat: Repeat, scopes: Sequence[Scope], place: Place, where: tuple[Area, Rect, int]
) -> tuple[tuple[Spot, ...], ...]:
    area, rect, count = where
    gutter = area.grid.gutter if area.grid else 0.0
    width = (rect.width + gutter) / count - gutter
    gap = (repeat.flow or 0.0) * area.unit
    least = next((pitch for most, pitch in repeat.pitch if len(scopes) <= most), 0.0) * area.unit
    own = area.within(Rect(rect.x, 0.0, width, 0.0))
    placed = (place(scope, own) for scope in scopes)
    depths = [depth(one.fixed + one.boxes) for one in placed]
    room = rect.height or inf
    each = -(-len(scopes) // count)
    tight = (room - max(depths)) / max(each - 1, 1)
    if tight >= max(depths) + gap:
        least = min(least, tight)  # rather closer than on another page
    heights = [max(deep + gap, least) for deep in depths]

    def spot(index: int, column: int, y: float, height: float) -> Spot:
        return Spot(index, Rect(rect.x + column * (width + gutter), rect.y + y, width, height))

    if repeat.by == "rows":
        rows, deep = ([max(of[i : i + count]) for i in range(0, len(of), count)] for of in (heights, depths))
        return tuple(
            tuple(
                spot(count * i + j, j, y, rows[i])
                for i, y in page[0]
                for j in range(min(count, len(heights) - count * i))
            )
            for page in _parts(rows, deep, room, 1)
        )
    return tuple(
        tuple(spot(i, column, y, heights[i]) for column, held in enumerate(page) for i, y in held)
        for page in _parts(heights, depths, room, count)
    )


_Filled = list[tuple[int, float]]
"""A column: numbers of items, with their distance from its top."""


def _parts(heights: Sequence[float], depths: Sequence[float], room: float, columns: int) -> list[list[_Filled]]:
    """Returns pages of columns of items: as few pages as the room allows, the columns then as even as they can be. `heights`:
    from item to item, `depths`: what is set of each."""

    def filled(limit: float) -> list[_Filled]:
        made: list[_Filled] = [[]]
        y = 0.0
        for i, (height, deep) in enumerate(zip(heights, depths, strict=True)):
            if made[-1] and y + deep > limit + 0.01:
                made.append([])
                y = 0.0
            made[-1].append((i, y))
            y += height
        return made

    best = filled(room)
    pages = -(-len(best) // columns)
    low, high = 0.0, room
    for _ in range(_STEPS if columns > 1 or len(best) > 1 else 0):
        middle = (low + high) / 2
        tried = filled(middle)
        if -(-len(tried) // columns) == pages and max(depths) <= middle:
            high, best = middle, tried
        else:
            low = middle
    return [best[i : i + columns] for i in range(0, len(best), columns)]
