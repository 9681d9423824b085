"""Keywords in the rows of a page's grid: each takes as many as its content needs, a page what fits, what is left over
goes where most is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from lhpub.boxes import Box, GroupBox, ShapeBox
from lhpub.compose.lists import depth
from lhpub.kinds import Chart
from lhpub.layout.at import Area
from lhpub.publication.model import Keyword
from lhpub.units import Rect

_MOST = 6
"""Keywords a page takes at most: more of them are a list."""


@dataclass(frozen=True)
class Packed:
    """A keyword's place: its block, first row and number of rows. `gap`: the widest empty interval in it, in points."""

    keyword: Keyword
    chart: Chart | None
    block: str
    rows: int
    gap: float
    row: int = 0


Form = Callable[[Keyword, int], Packed | None]
"""How a keyword looks in so many rows, None if it does not go into them."""


def rows_area(area: Area, row: int, rows: int) -> Area:
    """Returns rows of the page's grid, over its whole width."""
    assert area.grid is not None, "the reader checks that a medium with pack has fields"
    y, height = area.grid.down((row, rows))
    x, width = area.grid.across("all")
    return area.within(Rect(x, y, width, height))


def pack(keywords: Sequence[Keyword], form: Form, rows: int) -> tuple[tuple[Packed, ...], ...]:
    """Returns the pages of the keywords in order: as few as can be, then evenly filled."""
    needs = [next((n for n in range(1, rows + 1) if form(keyword, n)), rows) for keyword in keywords]
    pages = _breaks(needs, rows)
    return tuple(_filled(keywords[i:j], needs[i:j], form, rows) for i, j in pages)


def _breaks(needs: Sequence[int], rows: int) -> list[tuple[int, int]]:
    """Returns where pages begin and end: the fewest, of those the ones whose free rows, squared, are the least in sum."""
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # pages, squares, the last page's first keyword as a negative number
    for end in range(1, len(needs) + 1):
        ways = []
        for start in range(max(0, end - _MOST), end):
            free = rows - sum(needs[start:end])
            if free >= 0 or end - start == 1:
                ways.append((best[start][0] + 1, best[start][1] + free * free, -start))
        best.append(min(ways))
    cuts, end = [], len(needs)
    while end:
        cuts.append((-best[end][2], end))
        end = -best[end][2]
    return cuts[::-1]


def _filled(keywords: Sequence[Keyword], needs: Sequence[int], form: Form, rows: int) -> tuple[Packed, ...]:
    """Returns a page's keywords in rows that make up the whole page, so that the emptiest of them is as full as can be."""
    chosen: tuple[Packed, ...] = ()
    cost = (0.0, 0.0)
    for shares in _shares(max(rows - sum(needs), 0), len(needs)):
        forms = [form(k, n + more) for k, n, more in zip(keywords, needs, shares, strict=True)]
        gaps = [one.gap for one in forms if one]
        own = (max(gaps, default=0.0), sum(gap * gap for gap in gaps))
        if len(gaps) == len(forms) and (not chosen or own < cost):
            chosen, cost = tuple(one for one in forms if one), own
    placed, row = [], 0
    for one in chosen:
        placed.append(replace(one, row=row))
        row += one.rows
    return tuple(placed)


def _shares(free: int, count: int) -> Iterator[tuple[int, ...]]:
    """Yields the ways to part free rows, those that favour the last keyword first."""
    for cuts in combinations(range(free + count - 1), count - 1):
        bounds = (-1, *cuts, free + count - 1)
        yield tuple(b - a - 1 for a, b in pairwise(bounds))


def widest_gap(boxes: Sequence[Box], area: Rect, left: float) -> float:
    """Returns the highest interval of an area in which nothing stands right of `left`."""
    spans = sorted((box.rect.y, depth((box,))) for box in _solid(boxes) if box.rect.right > left + 1)
    gap, end = 0.0, area.y
    for top, bottom in spans:
        gap, end = max(gap, top - end), max(end, bottom)
    return max(gap, area.bottom - end)


def _solid(boxes: Sequence[Box]) -> Iterator[Box]:
    for box in boxes:
        if isinstance(box, GroupBox):
            yield from _solid(box.boxes)
        elif not isinstance(box, ShapeBox):
            yield box
