"""The draft's stamp: its name, day and short hash, quietly on every page and every slide layout, where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lhpub.boxes import Box, ChartBox, Composition, ImageBox, Page, ShapeBox, TableBox, TextBox
from lhpub.inline import Role
from lhpub.layout.check import contrast
from lhpub.preflight.ground import grounds
from lhpub.text.fonts import FontBook
from lhpub.text.model import Ink, Paragraph, Run, TextStyle
from lhpub.text.setting import natural_width, set_text
from lhpub.units import Rect, mm
from lhpub.walk import every_text, inside, page_boxes, runs

NAME = "draft/stamp"
_INKS = tuple(Ink(f"draft-{k}", rgb, (0, 0, 0, k)) for k, rgb in ((80, "#4A4A4A"), (0, "#FFFFFF"), (100, "#000000")))
_SIZE = {"brochure": 8.0, "deck": 12.0}
_LEAST = 4.6
"""Of contrast: WCAG 2.2, 1.4.3, and a little."""
_CLEAR = 2.0
"""Points that it keeps from what else stands there."""
_STEP, _RULE = mm(2), 4.0
"""How far from place to place; points under which a drawing is a rule, which would strike it through."""


def stamped(composition: Composition, line: str, book: FontBook) -> Composition:
    """Returns a composition that bears the line: a brochure's pages each, a deck's slide layouts, which cannot be edited by
    chance and do not go with a slide into another deck. It moves nothing."""
    if composition.medium == "brochure":
        return replace(composition, pages=tuple(_on_page(page, (page,), (composition, line, book)) for page in composition.pages))
    masters = []
    for master in composition.masters:
        pages = tuple(page for page in composition.pages if page.master == master.name)
        made = _on_page(replace(pages[0], boxes=master.boxes), pages, (composition, line, book)) if pages else None
        masters.append(replace(master, boxes=made.boxes) if made else master)
    return replace(composition, masters=tuple(masters))


def _on_page(page: Page, pages: tuple[Page, ...], given: tuple[Composition, str, FontBook]) -> Page:
    """Returns a page with the stamp where none of the pages has anything but its ground."""
    composition, line, book = given
    every = [box for one in pages for box in inside(page_boxes(one, composition))]
    folio = next((box for box in every if isinstance(box, TextBox) and _is_folio(box)), None)
    style = _style(folio, (*every, *every_text(composition)), _SIZE[composition.medium])
    paragraph = Paragraph((Run(line, style, Role("name")),), style)
    size = (natural_width(paragraph, book) + 1, style.leading)
    taken = [box.rect for box in every if isinstance(box, TextBox | TableBox | ChartBox | ImageBox) and not _is_ground(box, page)]
    taken += [box.rect for box in every if isinstance(box, ShapeBox) and min(box.rect.width, box.rect.height) < _RULE]
    if composition.medium == "deck":  # what a slide draws lies over its layout
        over = [box for one in pages for box in inside(one.boxes) if isinstance(box, ImageBox | ShapeBox)]
        taken += [box.rect for box in over if isinstance(box, ImageBox) or box.fill]
    for place in (rect for rect in _places(page, size, folio) if not any(_near(rect, one) for one in taken)):
        trial = replace(pages[0], boxes=(*pages[0].boxes, _box(place, paragraph, book)))
        ground = next((under for box, under in grounds(trial, composition) if box.name == NAME), None)
        read = [ink for ink in _INKS if contrast(ink.rgb, ground.rgb if isinstance(ground, Ink) else "#FFFFFF") >= _LEAST]
        if read:
            made = replace(style, ink=read[0])
            return replace(page, boxes=(*page.boxes, _box(place, Paragraph((Run(line, made, Role("name")),), made), book)))
    return page


def _is_folio(box: TextBox) -> bool:
    return any(run.role and run.role.kind == "page" for run in runs(box)) and len(box.lines) == 1 and box.tag == "Artifact"


def _is_ground(box: Box, page: Page) -> bool:
    return isinstance(box, ImageBox) and box.rect.width * box.rect.height > page.size.width * page.size.height / 2


def _style(folio: TextBox | None, boxes: Iterable[Box], size: float) -> TextStyle:
    texts = [folio] if folio else [box for box in boxes if isinstance(box, TextBox)]
    first = next((run.style for box in texts for run in runs(box)), None)
    assert first is not None
    plain = replace(first, name="draft", align="left", tracking=0, indent=0, floor=None, point_kern=0)
    return replace(plain, size=size, leading=size * 1.4)


def _places(page: Page, size: tuple[float, float], folio: TextBox | None) -> Iterator[Rect]:
    """Yields where it may stand, the quietest first: the folio's line at its other end, then up from the foot, in from the
    sides as the folio is."""
    width, height = page.size.width, page.size.height
    side = min(folio.rect.x, width - folio.rect.right) if folio else width * 0.07
    sides = (side, width - side - size[0])
    if folio:
        is_right = folio.rect.x + folio.rect.width / 2 > width / 2
        baseline = folio.origin[1] + folio.lines[0].baseline
        yield Rect(sides[not is_right], baseline - 0.88 * size[1] / 1.4, *size)
    top = height - mm(9) - size[1]
    while top > 0:
        yield from (Rect(x, top, *size) for x in sides)
        top -= _STEP


def _near(one: Rect, other: Rect) -> bool:
    wide = Rect(one.x - _CLEAR, one.y - _CLEAR, one.width + 2 * _CLEAR, one.height + 2 * _CLEAR)
    return wide.overlaps(other)


def _box(rect: Rect, paragraph: Paragraph, book: FontBook) -> TextBox:
    block = set_text((paragraph,), rect.width, book)
    return TextBox(rect, (rect.x, rect.y), (paragraph,), block.lines, NAME, tag="Artifact")

