"""The art generators: drawings that carry data, made from the number of keywords and the one that is current."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from lhpub.boxes import ShapeBox, mix_inks
from lhpub.layout.generators import Nested, Ticks
from lhpub.layout.svg import Art
from lhpub.paths import Point, bounds, corners, polygon, rectangle
from lhpub.text.model import Ink
from lhpub.units import Rect


@dataclass(frozen=True)
class Drawn:
    """Shapes that never change (`fixed`) and those of this page (`current`); `opening`: the innermost frame."""

    fixed: tuple[ShapeBox, ...]
    current: tuple[ShapeBox, ...] = ()
    opening: Rect | None = None


def clip_polygon(points: list[Point], frame: Rect) -> list[Point]:
    """Returns the part of a convex polygon inside the frame, [] if none (Sutherland and Hodgman 1974)."""
    for axis, limit, sign in ((0, frame.x, 1), (0, frame.right, -1), (1, frame.y, 1), (1, frame.bottom, -1)):
        kept: list[Point] = []
        for a, b in pairwise([*points, points[0]] if points else []):
            inside_a, inside_b = (sign * (p[axis] - limit) >= 0 for p in (a, b))
            if inside_a:
                kept.append(a)
            if inside_a != inside_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        points = kept
    return points


def _filled(points: list[Point], ink: Ink, frame: Rect) -> tuple[ShapeBox, ...]:
    clipped = clip_polygon(points, frame)
    return (ShapeBox(bounds(clipped), polygon(clipped), fill=ink),) if len(clipped) > 2 else ()


def draw_nested(
    nested: Nested, frame: Rect, unit: float, inks: Mapping[str, Ink], place: tuple[int, int, float]
) -> Drawn:
    """Returns receding frames. `unit`: points per unit of the layout; `place`: how many keywords there are, which one is
    current (from 1; 0: none), and how far through the themes the page stands (0–1), which picks the zoom."""
    total, current, progress = place
    count = nested.count or total
    zoom = interpolate(nested.zoom, progress)
    vx, vy = frame.x + nested.vanish[0] * unit, frame.y + nested.vanish[1] * unit
    x0, y0, x1, y1 = (value * unit for value in nested.outer)
    outer = Rect(frame.x + x0, frame.y + y0, x1 - x0, y1 - y0)

    def ring(power: float) -> Rect:
        scale = zoom * nested.opening ** (power / count)
        return Rect(vx + (outer.x - vx) * scale, vy + (outer.y - vy) * scale, outer.width * scale, outer.height * scale)

    shapes = list(_facets(nested, frame, inks, [(ring(k), ring(k + nested.front), ring(k + 1)) for k in range(count)]))
    current_shapes: list[ShapeBox] = []
    if nested.line is not None:
        ink, width = inks[nested.line[0]], nested.line[1]
        shapes += [ShapeBox(r, rectangle(r), stroke=ink, stroke_width=width) for r in map(ring, range(count))]
        if nested.lit and current:  # covers the hairline, which is the same on every slide
            k, half = current - 1, width / 2
            outside = Rect(ring(k).x - half, ring(k).y - half, ring(k).width + width, ring(k).height + width)
            path = rectangle(outside) + rectangle(ring(k + 0.62 * min(1.0, count / 20)))
            current_shapes.append(ShapeBox(outside, path, fill=inks[nested.lit], even_odd=True))
    opening = ring(count)
    if nested.rim:
        shapes += _filled(corners(opening), inks[nested.rim], frame)
        inset = (1 - nested.rim_inner) / 2
        opening = Rect(
            vx + (opening.x - vx) * nested.rim_inner, vy + (opening.y - vy) * nested.rim_inner,
            opening.width * (1 - 2 * inset), opening.height * (1 - 2 * inset),
        )  # fmt: skip
    if nested.fill:
        shapes += _filled(corners(opening), inks[nested.fill], frame)
    return Drawn(tuple(shapes), tuple(current_shapes), opening)


def _facets(
    nested: Nested, frame: Rect, inks: Mapping[str, Ink], gates: list[tuple[Rect, Rect, Rect]]
) -> list[ShapeBox]:
    """Returns the gates as flat facets, each gate covering the inside of the one before: so no seam can show."""
    shapes: list[ShapeBox] = []
    if not nested.ramps:
        return shapes
    for k, (front, mouth, inner) in enumerate(gates):
        t = (k / max(len(gates) - 1, 1)) ** 1.25 * nested.light
        ink = {side: mix_inks(inks[a], inks[b], t) for side, (a, b) in nested.ramps.items()}
        m, i = corners(mouth), corners(inner)
        shapes += _filled(corners(front), ink["front"], frame)
        shapes += _filled(m, ink["right"], frame)
        shapes += _filled([m[0], m[1], i[1], i[0]], ink["top"], frame)
        shapes += _filled([m[0], i[0], i[3], m[3]], ink["left"], frame)
        shapes += _filled([m[3], i[3], i[2], m[2]], ink["bottom"], frame)
    return shapes


def interpolate(values: tuple[float, ...], progress: float) -> float:
    """Returns the value that far (0–1) along the list."""
    place = progress * (len(values) - 1)
    low = min(math.floor(place), len(values) - 1)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def draw_ticks(
    ticks: Ticks, frame: Rect, unit: float, inks: Mapping[str, Ink], numbers: tuple[int, frozenset[int]]
) -> Drawn:
    """Returns a scale of one tick per keyword down the frame, from its right or left edge inward (a frame with negative
    width is drawn to the left); `numbers`: how many ticks, and which (from 1) are lit."""
    total, lit = numbers
    step = min(ticks.step * unit, frame.height / max(total - 1, 1)) if frame.height else ticks.step * unit
    direction = -1 if frame.width < 0 else 1
    edge = frame.x

    def tick(number: int, look: tuple[float, float, str]) -> ShapeBox:
        length, width, colour = look
        y = frame.y + (number - 1) * step
        tip = edge + direction * length * unit
        start = edge - direction * abs(frame.width)
        rect = Rect(min(start, tip), y - width / 2, abs(tip - start), width)
        return ShapeBox(rect, rectangle(rect), fill=inks[colour])

    plain = tuple(tick(n, ticks.plain) for n in range(1, total + 1))
    return Drawn(plain, tuple(tick(n, ticks.lit) for n in sorted(lit) if n <= total))


def place_art(art: Art, frame: Rect, file: str) -> tuple[ShapeBox, ...]:
    """Returns a drawing of the layout's, stretched to the frame."""
    sx, sy = frame.width / art.size[0], frame.height / art.size[1]

    def placed(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(frame.y + v * sy if i % 2 else frame.x + v * sx for i, v in enumerate(values))

    return tuple(
        ShapeBox(
            frame, tuple((verb, placed(values)) for verb, values in shape.outline), shape.fill, shape.stroke,
            shape.width * math.sqrt(abs(sx * sy)), even_odd=shape.even_odd, file=file,
        )
        for shape in art.shapes
    )  # fmt: skip
