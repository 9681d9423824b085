"""Curves as paths of cubic Béziers: arcs of ellipses within a frame, a monotone path through points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from lhpub.boxes import Segment
from lhpub.paths import Point
from lhpub.units import Rect

Bezier = tuple[Point, Point, Point, Point]
_STEP = math.radians(30)
_HALVINGS = 30


def path_of(curves: list[Bezier]) -> tuple[Segment, ...]:
    """Returns one path of curves of which each begins where the one before ends; a gap begins a new part."""
    path: list[Segment] = []
    end: Point | None = None
    for start, one, two, after in curves:
        if end is None or math.dist(start, end) > 1e-6:
            path.append(("M", start))
        path.append(("C", (*one, *two, *after)))
        end = after
    return tuple(path)


def arcs_within(centre: Point, radii: Point, frame: Rect) -> Iterator[list[Bezier]]:
    """Yields the pieces, from left to right, of an ellipse's upper half that lie in the frame."""
    (cx, cy), (rx, ry) = centre, radii
    foot, head = (cy - frame.bottom) / ry, (cy - frame.y) / ry
    if foot >= 1 or head <= 0:
        return
    widest = math.sqrt(1 - max(foot, 0.0) ** 2)
    least = math.sqrt(1 - head**2) if head < 1 else 0.0
    sides = [(-widest, widest)] if least == 0 else [(-widest, -least), (least, widest)]
    for low, high in sides:
        start, end = max(low, (frame.x - cx) / rx), min(high, (frame.right - cx) / rx)
        if end - start > 1e-9:
            yield _arc(centre, radii, math.asin(start), math.asin(end))


def _arc(centre: Point, radii: Point, start: float, end: float) -> list[Bezier]:
    """Returns the arc between two angles from straight up, clockwise."""
    count = max(math.ceil((end - start) / _STEP), 1)
    step = (end - start) / count
    reach = 4 / 3 * math.tan(step / 4)

    def at(angle: float, along: float) -> Point:
        x, y = math.sin(angle) + along * math.cos(angle), math.cos(angle) - along * math.sin(angle)
        return centre[0] + radii[0] * x, centre[1] - radii[1] * y

    angles = [start + step * i for i in range(count + 1)]
    return [(at(a, 0), at(a, reach), at(b, -reach), at(b, 0)) for a, b in pairwise(angles)]


def monotone_path(points: list[Point]) -> list[Bezier]:
    """Returns the curves of a path that rises or falls only where its points do (Fritsch and Carlson 1980, with the
    tangents of Fritsch and Butland 1984). The points' x must not fall."""
    widths = [max(b[0] - a[0], 1e-6) for a, b in pairwise(points)]
    slopes = [(b[1] - a[1]) / width for (a, b), width in zip(pairwise(points), widths, strict=True)]
    if not slopes:
        return []
    tangents = [slopes[0]]
    for (one, two), (h, k) in zip(pairwise(slopes), pairwise(widths), strict=True):
        if one * two <= 0:
            tangents.append(0.0)
        else:
            tangents.append(3 * (h + k) / ((2 * k + h) / one + (k + 2 * h) / two))
    tangents.append(slopes[-1])
    return [
        (a, (a[0] + h / 3, a[1] + m * h / 3), (b[0] - h / 3, b[1] - n * h / 3), b)
        for (a, b), (m, n), h in zip(pairwise(points), pairwise(tangents), widths, strict=True)
    ]


def cut_to(curve: Bezier, frame: Rect) -> Bezier | None:
    """Returns the part of a monotone curve within the frame, None if there is none."""
    low, high = 0.0, 1.0
    for axis, least, most in ((0, frame.x, frame.right), (1, frame.y, frame.bottom)):
        start, end = curve[0][axis], curve[3][axis]
        if max(start, end) <= least or min(start, end) >= most:
            return None
        rises = end >= start
        for limit, is_least in ((least, True), (most, False)):
            if min(start, end) < limit < max(start, end):
                place = _crossing(curve, axis, limit)
                low, high = (max(low, place), high) if is_least == rises else (low, min(high, place))
    return _part(curve, low, high) if high - low > 1e-9 else None


def _crossing(curve: Bezier, axis: int, limit: float) -> float:
    low, high = 0.0, 1.0
    rises = curve[3][axis] >= curve[0][axis]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if (_at(curve, middle)[axis] < limit) == rises else (low, middle)
    return (low + high) / 2


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _at(curve: Bezier, t: float) -> Point:
    return _split(curve, t)[0][3]


def _split(curve: Bezier, t: float) -> tuple[Bezier, Bezier]:
    """Returns both parts of a curve (de Casteljau)."""
    p, q, r, s = curve
    pq, qr, rs = _between(p, q, t), _between(q, r, t), _between(r, s, t)
    pqr, qrs = _between(pq, qr, t), _between(qr, rs, t)
    middle = _between(pqr, qrs, t)
    return (p, pq, pqr, middle), (middle, qrs, rs, s)


def _part(curve: Bezier, low: float, high: float) -> Bezier:
    kept = _split(curve, high)[0] if high < 1 else curve
    return _split(kept, low / high)[1] if low > 0 else kept
