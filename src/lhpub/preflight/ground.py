"""What a text or a shape stands on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from lhpub.boxes import Box, Composition, ImageBox, Page, ShapeBox, TextBox
from lhpub.compose.texts import inked
from lhpub.text.model import Ink
from lhpub.units import Rect
from lhpub.walk import flatten, page_boxes


def ground_under(box: TextBox, page: Page, composition: Composition) -> Ink | None:
    """Returns the ink that a text stands on: the last filled shape drawn before it that holds its middle, else the page's."""
    ground = page.ground
    masters = {master.name: master for master in composition.masters}
    if ground is None and page.master in masters:
        ground = masters[page.master].ground
    if (area := inked(box)) is None:
        return ground
    x, y = area.x + area.width / 2, area.y + area.height / 2
    for other in takewhile(lambda other: other is not box, flatten(page_boxes(page, composition))):
        if not isinstance(other, ShapeBox) or not other.fill or other.even_odd or other.fill.is_technical:
            continue
        if holds(other.rect, x, y):
            ground = other.fill
            if other.gradient:
                place = (x - other.rect.x) / (other.rect.width or 1), (y - other.rect.y) / (other.rect.height or 1)
                ground = other.gradient.ink_at(place[0 if other.gradient.across else 1])
    return ground


def grounds_of(shape: ShapeBox, boxes: Iterable[Box], ground: Ink | None) -> tuple[Ink | None, ...] | None:
    """Returns every ink that a shape lies on, a gradient's at its stops; None over a picture, whose ink is not known here."""
    found: tuple[Ink | None, ...] | None = (ground,)
    area = shape.rect
    for other in takewhile(lambda other: other is not shape, flatten(boxes)):
        if not other.rect.overlaps(area):
            continue
        if isinstance(other, ImageBox):
            found = None
        elif isinstance(other, ShapeBox) and other.fill and not other.fill.is_technical:
            inks = tuple(ink for _, ink in other.gradient.stops) if other.gradient else (other.fill,)
            is_over = not other.even_odd and holds(other.rect, area.x, area.y) and holds(other.rect, area.right, area.bottom)
            found = inks if is_over else None if found is None else (*found, *inks)
    return found


def holds(rect: Rect, x: float, y: float) -> bool:
    """True if a point lies in a rectangle."""
    return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom
