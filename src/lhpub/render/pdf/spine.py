"""The spine of a perfect-bound cover: the title on the ground of the front, as large as its width allows."""

from __future__ import annotations

from lhpub.boxes import Composition, Page, ShapeBox
from lhpub.render.pdf.draw import Pen
from lhpub.render.pdf.glyphs import number, outlines
from lhpub.render.pdf.sheets import Sheet
from lhpub.text.model import Glyph, GlyphRun, Ink
from lhpub.units import Rect, mm
from lhpub.walk import flatten, page_boxes, texts

LEAST = mm(4)
"""Narrower spines bear no text: the fold may stand a millimetre off."""
_SHARE, _LARGEST = 0.55, 14.0
"""The type's size as a share of the spine's width, and in points at most."""
_HEAD = mm(20)
"""From the head and the foot of the spine to its type."""
GROUND = 5
"""Segments of a rectangle's path at most."""


def draw_spine(sheet: Sheet, pen: Pen, composition: Composition) -> None:
    """Draws the spine between the sheet's folds: outlined, for it stands on no page."""
    (left, right), front, title = sheet.folds, composition.pages[0], composition.metadata.title
    for rect, ink in _grounds(front, composition, right - left):
        if not ink.is_unprinted:
            place = (left, sheet.trim[3] - rect.bottom, rect.width, rect.height)
            pen.write(f"{pen.inks.colour(ink)} {' '.join(map(number, place))} re f")
    shown = [run for box in texts(front, composition) for line in box.lines for run in line.runs if run.font.covers(title)]
    if right - left < LEAST or not shown:
        return
    model = max(shown, key=lambda run: run.size)
    *placed, end = model.font.shape(title, vertical=True)
    size = min((right - left) * _SHARE, _LARGEST, (front.size.height - 2 * _HEAD) / (end.along or 1))
    glyphs = tuple(Glyph(c.gid, c.across * size, c.along * size, c.advance * size, c.text) for c in placed)
    run = GlyphRun(model.font, size, model.ink, glyphs, 0, size)
    pen.write(f"{pen.inks.colour(model.ink)} {outlines(run, ((left + right) / 2, sheet.trim[3] - _HEAD))}")


def _grounds(front: Page, composition: Composition, width: float) -> tuple[tuple[Rect, Ink], ...]:
    """Returns what the front's ground goes on as over the spine, in the page's coordinates: a plain ink or a gradient's bands."""
    whole = Rect(0, -front.bleed, width, front.size.height + 2 * front.bleed)
    found: tuple[tuple[Rect, Ink], ...] = ((whole, front.ground),) if front.ground else ()
    for box in flatten(page_boxes(front, composition)):
        if not isinstance(box, ShapeBox) or not box.fill or box.even_odd or len(box.path) > GROUND:
            continue
        if box.rect.x <= 0 and box.rect.y <= 0 and box.rect.bottom >= front.size.height:
            runs_down = box.gradient is not None and not box.gradient.across
            found = box.gradient.bands(whole) if box.gradient and runs_down else ((whole, box.fill),)
    return found
