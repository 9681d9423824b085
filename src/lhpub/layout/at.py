"""Where a frame stands: four numbers, or what it keeps its distance from, so that one layout holds on any paper.

    at: [20, 27, 170, 0]                                  x, y, width, height from the area's top left
    at: {left: margin, right: margin, top: 27, height: 8}   two of left, right, width; two of top, bottom, height
    at: {outer: margin, width: 10, top: 12, height: 0}      inner and outer: mirrored on left and right pages
    at: {columns: main, left: 7, rows: [-3, 3]}             cells of the grid, negative: from its end; distances within them

A distance is a number in the medium's unit, `margin`, `bleed` or `trim` with one (`margin + 5`, `bleed`), inward from
that edge; or so many lines of the grid (`1.5L`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, Self

from lhpub.diagnostics import Bilingual, Span
from lhpub.layout.grid import Grid
from lhpub.source.declared import declared, key
from lhpub.source.node import Node, Scalar
from lhpub.source.report import Report
from lhpub.units import Rect, Sides

Edge = Literal["trim", "margin", "bleed"]
Numbers = tuple[float, float, float, float]
_LENGTH = r"([+-]?\s*\d+(?:\.\d+)?)\s*(L?)"
_SIDE = re.compile(rf"(?:(trim|margin|bleed)(?:\s*{_LENGTH})?|{_LENGTH})")


@dataclass(frozen=True, slots=True)
class Side:
    """A distance inward from an edge of the area (negative: outward): `offset` in the medium's unit, or in lines of the
    grid if `in_lines`."""

    offset: float = 0.0
    edge: Edge = "trim"
    in_lines: bool = False

    @classmethod
    def read(cls, node: Node, report: Report) -> Self | None:
        """Returns the distance that is written; reports anything else."""
        found = _SIDE.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        if found is None:
            hint = Bilingual("写 12、margin、bleed、margin + 5 或 1.5L", "write 12, margin, bleed, margin + 5 or 1.5L")
            report.error("bad-place", node.span, Bilingual("这里写一个距离", "a distance is wanted here"), hint)
            return None
        edge, apart, lines, alone, alone_lines = found.groups()
        number = (apart or alone or "0").replace(" ", "")
        named: Edge = "margin" if edge == "margin" else "bleed" if edge == "bleed" else "trim"
        return cls(float(number), named, bool(lines or alone_lines))

    @staticmethod
    def json_schema() -> dict[str, object]:
        """Returns what an editor may accept."""
        return {"type": ["string", "number"]}


@declared("靠边的位置", "a place by its edges")
class Edges:
    """A place by its edges: two of left (inner), right (outer), width or columns; two of top, bottom, height or rows."""

    span: Span
    left: Side | None = key("离左边的距离", "from the left edge", default=None)
    right: Side | None = key("离右边的距离", "from the right edge", default=None)
    inner: Side | None = key(
        "离订口的距离（左页在右，右页在左）", "from the fold: the right of a left page", default=None
    )
    outer: Side | None = key("离切口的距离（左页在左，右页在右）", "from the fore edge", default=None)
    width: Side | None = key("宽", "width", default=None)
    top: Side | None = key("离上边的距离", "from the top", default=None)
    bottom: Side | None = key("离下边的距离", "from the bottom", default=None)
    height: Side | None = key("高", "height", default=None)
    columns: tuple[int, int] | str | None = key(
        "栏：[第几栏起（0 起，负数从末栏数），几栏（-1 到末栏）]，或几栏的名字（main）",
        "columns: [first, from 0 or from the end if negative; how many, -1 to the last], or the name of some (main)",
        default=None,
    )
    rows: tuple[int, int] | Literal["upper", "lower"] | None = key(
        "行，写法同 columns；upper、lower 是上半、下半", "rows, written as columns are; upper, lower: half of them", default=None
    )


At = Numbers | Edges


@dataclass(frozen=True, slots=True)
class Area:
    """What places are in, in points: a page, a spread, a cell, an item of a repeat. `margin` reaches inward from `rect`,
    `bleed` outward; `unit`: points per unit; `side`: which page of a spread it is, that of the fore edge."""

    rect: Rect
    unit: float = 1.0
    bleed: float = 0.0
    margin: Sides = field(default_factory=Sides)
    grid: Grid | None = None
    side: Literal["left", "right"] = "left"

    def within(self, rect: Rect) -> Area:
        """Returns a part of it as an area of its own, without margin and bleed; the grid's fields are those in it."""
        return Area(rect, self.unit, grid=self.grid.within(rect) if self.grid else None, side=self.side)

    def at(self, at: tuple[float, float] | Edges) -> Area:
        """Returns what the frames of a place are in; of one without a size, all that lies right of it and under it."""
        if not isinstance(at, tuple):
            return self.within(resolve(at, self))
        x, y = self.rect.x + at[0] * self.unit, self.rect.y + at[1] * self.unit
        return self.within(Rect(x, y, self.rect.right - x, self.rect.bottom - y))


def resolve(at: At, area: Area) -> Rect:
    """Returns a declared place in points. `layout.meaning` has checked that it says enough and not too much."""
    if isinstance(at, tuple):
        x, y, width, height = (value * area.unit for value in at)
        return Rect(area.rect.x + x, area.rect.y + y, width, height)
    left, right = (at.outer, at.inner) if area.side == "left" else (at.inner, at.outer)
    x, width = _span(_axis(area, at.columns, across=True), (at.left or left, at.right or right, at.width), area)
    y, height = _span(_axis(area, at.rows, across=False), (at.top, at.bottom, at.height), area)
    return Rect(x, y, width, height)


def _axis(area: Area, cells: tuple[int, int] | str | None, across: bool) -> tuple[float, float, float, float]:
    """Returns start and end of what distances are measured in, and its margins: some cells of the grid, or the area."""
    if cells is not None and area.grid is not None:
        start, length = area.grid.across(cells) if across else area.grid.down(cells)
        return start, start + length, 0.0, 0.0
    rect, margin = area.rect, area.margin
    return (
        (rect.x, rect.right, margin.left, margin.right) if across else (rect.y, rect.bottom, margin.top, margin.bottom)
    )


def _span(axis: tuple[float, float, float, float], sides: tuple[Side | None, ...], area: Area) -> tuple[float, float]:
    """Returns start and length, of what is written of near edge, far edge and length; else they are the axis's own."""
    low, high, before, behind = axis
    near, far, length = sides
    if length is None:
        start = low + (_points(near, area, before) if near else 0.0)
        return start, high - (_points(far, area, behind) if far else 0.0) - start
    size = _points(length, area)
    if near is None and far is not None:
        return high - _points(far, area, behind) - size, size
    return low + (_points(near, area, before) if near else 0.0), size


def _points(side: Side, area: Area, inset: float = 0.0) -> float:
    """Returns a distance in points from the trimmed edge inward; `inset`: of the margin on that side."""
    step = area.grid.line if side.in_lines and area.grid else area.unit
    return {"trim": 0.0, "margin": inset, "bleed": -area.bleed}[side.edge] + side.offset * step


def faults(at: Edges, grid: Grid | None) -> tuple[Bilingual, ...]:
    """Returns what a place says too much, too little or in vain."""
    found = []
    across = [side for side in (at.left, at.inner, at.right, at.outer, at.width) if side]
    down = [side for side in (at.top, at.bottom, at.height) if side]
    for zh, sides, cells in (("left、right、width", across, at.columns), ("top、bottom、height", down, at.rows)):
        if len(sides) > 2 or (cells is None and len(sides) < 2):
            en = zh.replace("、", ", ")
            found.append(Bilingual(f"{zh} 里要写两个，或写栏格", f"two of {en} are wanted, or cells of the grid"))
    has_cells = at.columns is not None or at.rows is not None
    if grid is None and (has_cells or any(side.in_lines for side in (*across, *down))):
        found.append(Bilingual("没有 fields，不能用栏、行、L", "columns, rows and L need fields"))
    elif grid is not None and isinstance(at.columns, str) and at.columns not in grid.spans:
        names = "、".join(grid.spans)
        found.append(
            Bilingual(f"没有叫“{at.columns}”的几栏，有 {names}", f"there are no columns “{at.columns}”, but {names}")
        )
    return tuple(found)
