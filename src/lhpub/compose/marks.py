"""Arcs and dots: the art generators along curves, along a line and in a grid."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from lhpub.boxes import ShapeBox
from lhpub.compose.art import Drawn
from lhpub.compose.curves import arcs_within, path_of
from lhpub.compose.scope import Scope, counted
from lhpub.layout.generators import Arcs, Dots
from lhpub.paths import bar, disc
from lhpub.text.model import Ink
from lhpub.units import Rect

CROWDED = 40
"""From so many dots on they are drawn at 0.7 of their size."""


def draw_arcs(arcs: Arcs, frame: Rect, unit: float, inks: Mapping[str, Ink]) -> Drawn:
    """Returns the arcs, under the first of them its fill. `unit`: points per unit of the layout."""
    centre = frame.x + arcs.centre[0] * unit, frame.y + arcs.centre[1] * unit
    shapes = []
    for number, (rx, ry) in enumerate(arcs.radii):
        for curves in arcs_within(centre, (rx * unit, ry * unit), frame):
            path = path_of(curves)
            if arcs.fill and number == 0:
                ends = (curves[-1][3][0], frame.bottom), (curves[0][0][0], frame.bottom)
                top = min(point[1] for curve in curves for point in (curve[0], curve[3]))
                area = Rect(ends[1][0], top, ends[0][0] - ends[1][0], frame.bottom - top)
                shapes.append(ShapeBox(area, (*path, *(("L", c) for c in ends), ("Z", ())), fill=inks[arcs.fill]))
            if arcs.line:
                shapes.append(ShapeBox(frame, path, stroke=inks[arcs.line[0]], stroke_width=arcs.line[1]))
    return Drawn(tuple(shapes))


def draw_dots(dots: Dots, frame: Rect, unit: float, inks: Mapping[str, Ink], scope: Scope) -> Drawn:
    """Returns the dots: of the keywords, those of the page lit, those after it as rings; or one for each thing counted.
    Dots alike that would meet are one bar: a book of many keywords has no more shapes on a page."""
    last = scope.publication.keywords[-1].number
    if dots.over == "one":
        return Drawn((disc(frame.x, frame.y, dots.plain[0] * unit, fill=inks[dots.plain[1]]),))
    if dots.over == "count":
        fact = counted(scope.keyword)
        numbers = list(range(1, int(fact.value) + 1)) if fact and fact.value is not None else []
        lit, last = set(), 0
    else:
        keywords = scope.keywords if dots.over == "theme" else scope.publication.keywords
        numbers, lit = [k.number for k in keywords], {k.number for k in scope.lit}
    columns = dots.columns or max(len(numbers), 1)
    room = frame.width / max(min(columns, len(numbers)) - 1, 1)
    dx = min(dots.step[0] * unit or room, room) if frame.width else dots.step[0] * unit
    scale = unit * (0.7 if len(numbers) > CROWDED else 1)
    marks = []
    for place, number in enumerate(numbers):
        (radius, ink), width = dots.plain, 0.0
        if number in lit and dots.lit:
            radius, ink = dots.lit
        elif number == last and dots.last:
            radius, ink = dots.last
        elif dots.to_come and lit and number > max(lit):
            radius, (ink, width) = dots.to_come
        look = {"stroke": inks[ink], "stroke_width": width} if width else {"fill": inks[ink]}
        marks.append((place // columns, radius * scale, look, frame.x + place % columns * dx))
    shapes: list[ShapeBox] = []
    for (row, radius, look), alike in groupby(marks, key=lambda mark: mark[:3]):
        xs, y = [x for *_, x in alike], frame.y + row * dots.step[1] * unit
        meets = len(xs) > 1 and dx < 2 * radius
        shapes += [bar(xs[0], xs[-1], y, radius, **look)] if meets else [disc(x, y, radius, **look) for x in xs]
    is_same = dots.over == "keywords" and not dots.lit and not dots.to_come
    return Drawn(tuple(shapes)) if is_same else Drawn((), tuple(shapes))
