"""What a text or a shape stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from lhpub.boxes import Box, Composition, ImageBox, Page, ShapeBox, TextBox
from lhpub.compose.texts import inked
from lhpub.text.model import Ink
from lhpub.units import Rect
from lhpub.walk import flatten, page_boxes

Ground = Ink | ImageBox | None
"""What a text stands on: an ink, a picture, or None, bare paper."""


def grounds(page: Page, composition: Composition) -> Iterator[tuple[TextBox, Ground]]:
    """Yields every text of a page with what it stands on: the last filled shape or picture drawn before it that holds its
    middle, else the page's ground."""
    ground = ground_of(page, composition)
    before: list[ShapeBox | ImageBox] = []
    for box in flatten(page_boxes(page, composition)):
        if isinstance(box, ShapeBox | ImageBox):
            before.append(box)
        elif isinstance(box, TextBox):
            area = inked(box)
            yield box, _at_middle(area, before, ground) if area else ground


def ground_of(page: Page, composition: Composition) -> Ink | None:
    """Returns the ink of a page's ground, which its slide master may have."""
    masters = {master.name: master for master in composition.masters}
    return masters[page.master].ground if page.ground is None and page.master in masters else page.ground


def _at_middle(area: Rect, before: list[ShapeBox | ImageBox], ground: Ink | None) -> Ground:
    """Returns what is in the middle of an area: the last filled shape or picture there among those drawn before."""
    x, y = area.x + area.width / 2, area.y + area.height / 2
    for box in reversed(before):
        if holds(box.rect, x, y) and isinstance(box, ImageBox):
            return box
        if holds(box.rect, x, y) and isinstance(box, ShapeBox) and box.fill and not (box.even_odd or box.fill.is_technical):
            if not box.gradient:
                return box.fill
            place = (x - box.rect.x) / (box.rect.width or 1), (y - box.rect.y) / (box.rect.height or 1)
            return box.gradient.ink_at(place[0 if box.gradient.across else 1])
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
