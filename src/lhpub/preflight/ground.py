"""What a text stands on."""

from __future__ import annotations

from lhpub.boxes import Composition, Page, ShapeBox, TextBox
from lhpub.compose.texts import inked
from lhpub.text.model import Ink
from lhpub.units import Rect
from lhpub.walk import flatten, page_boxes


def ground_under(box: TextBox, page: Page, composition: Composition) -> Ink | None:
    """Returns the ink that a text stands on: the last filled shape drawn before it that holds its middle, else the page's."""
    area = inked(box)
    ground = page.ground
    masters = {master.name: master for master in composition.masters}
    if ground is None and page.master in masters:
        ground = masters[page.master].ground
    if area is None:
        return ground
    x, y = area.x + area.width / 2, area.y + area.height / 2
    for other in flatten(page_boxes(page, composition)):
        if other is box:
            break
        if isinstance(other, ShapeBox) and other.fill and not other.even_odd and holds(other.rect, x, y):
            ground = other.fill
            if other.gradient:
                place = (x - other.rect.x) / (other.rect.width or 1), (y - other.rect.y) / (other.rect.height or 1)
                ground = other.gradient.ink_at(place[0 if other.gradient.across else 1])
    return ground


def holds(rect: Rect, x: float, y: float) -> bool:
    """True if a point lies in a rectangle."""
    return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom
