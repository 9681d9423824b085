"""The shapes that everything drawn by data is drawn with: polygons, rectangles, circles, lines. Page coordinates, points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lhpub.boxes import Segment, ShapeBox
from lhpub.units import Rect

Point = tuple[float, float]
_ROUND = 0.5522847498
"""How far the control points of a quarter circle stand out, in radii."""


def polygon(points: Sequence[Point]) -> tuple[Segment, ...]:
    """Returns a closed path through the points."""
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest), ("Z", ()))


def corners(rect: Rect) -> list[Point]:
    """Returns the corners from the top left, clockwise."""
    return [(rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)]


def rectangle(rect: Rect) -> tuple[Segment, ...]:
    """Returns a rectangle as a closed path."""
    return polygon(corners(rect))


def line(start: Point, end: Point) -> tuple[Segment, ...]:
    """Returns a straight line."""
    return (("M", start), ("L", end))


def circle(x: float, y: float, radius: float) -> tuple[Segment, ...]:
    """Returns a circle as a closed path."""
    k, r = _ROUND * radius, radius
    return (
        ("M", (x + r, y)),
        ("C", (x + r, y + k, x + k, y + r, x, y + r)),
        ("C", (x - k, y + r, x - r, y + k, x - r, y)),
        ("C", (x - r, y - k, x - k, y - r, x, y - r)),
        ("C", (x + k, y - r, x + r, y - k, x + r, y)),
        ("Z", ()),
    )


@lru_cache(8000)
def disc(x: float, y: float, radius: float, **look: Any) -> ShapeBox:
    """Returns a circle with a look: `fill`, `stroke`, `stroke_width`, `dash`. A mark stands in one place on every page of a
    book: it is made once."""
    return ShapeBox(Rect(x - radius, y - radius, 2 * radius, 2 * radius), circle(x, y, radius), **look)


def bar(start: float, end: float, y: float, radius: float, **look: Any) -> ShapeBox:
    """Returns circles in a row that run together: a level bar with round ends."""
    right, left = circle(end, y, radius), circle(start, y, radius)
    path = (*right[:2], ("L", (start, y + radius)), *left[2:4], ("L", (end, y - radius)), *right[4:])
    return ShapeBox(Rect(start - radius, y - radius, end - start + 2 * radius, 2 * radius), path, **look)


def bounds(points: Sequence[Point]) -> Rect:
    """Returns the smallest rectangle around the points."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
