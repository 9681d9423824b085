"""What a text or a shape stands on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from lhpub.boxes import Box, Composition, Page, ShapeBox, TextBox
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
    area = inked(box)
    return ground_of(box, area, page_boxes(page, composition), ground) if area else ground


def ground_of(box: Box, area: Rect, boxes: Iterable[Box], ground: Ink | None) -> Ink | None:
    """Returns the ink in the middle of an area of a box: that of the last filled shape before it among the page's boxes."""
    x, y = area.x + area.width / 2, area.y + area.height / 2
    for other in takewhile(lambda other: other is not box, flatten(boxes)):
        if not isinstance(other, ShapeBox) or not other.fill or other.even_odd or other.fill.is_technical:
            continue
        if holds(other.rect, x, y):
            ground = other.fill
            if other.gradient:
                place = (x - other.rect.x) / (other.rect.width or 1), (y - other.rect.y) / (other.rect.height or 1)
                ground = other.gradient.ink_at(place[0 if other.gradient.across else 1])
    return ground


def holds(rect: Rect, x: float, y: float) -> bool:
    """True if a point lies in a rectangle."""
    return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom
