"""Walks a composition's boxes: what stands on a page, with what it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, Page, ShapeBox, TableBox, TextBox
from lhpub.compose.texts import inked
from lhpub.text.model import Ink, Run
from lhpub.units import Rect


def page_boxes(page: Page, composition: Composition) -> tuple[Box, ...]:
    """Returns a page's boxes over those of its slide master, bottom first."""
    masters = {master.name: master for master in composition.masters}
    return (masters[page.master].boxes if page.master in masters else ()) + page.boxes


def flatten(boxes: tuple[Box, ...]) -> Iterator[Box]:
    """Yields every box that is drawn, bottom first; groups, charts and tables by their contents."""
    for box in boxes:
        match box:
            case GroupBox() | ChartBox():
                yield from flatten(box.boxes)
            case TableBox():
                yield from (cell.text for row in box.cells for cell in row)
            case _:
                yield box


def texts(page: Page, composition: Composition) -> Iterator[TextBox]:
    """Yields every set text of a page."""
    return (box for box in flatten(page_boxes(page, composition)) if isinstance(box, TextBox))


def runs(box: TextBox) -> Iterator[Run]:
    """Yields the runs of a text."""
    return (run for paragraph in box.paragraphs for run in (*paragraph.drop, *paragraph.runs))


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
