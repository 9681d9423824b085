"""What is drawn with a page, a text or a table beside their words: ground, frames around runs, emphasis dots, rules; and where a
run is on its page. Page coordinates."""

from __future__ import annotations

from lhpub.boxes import Page, Segment, ShapeBox, TableBox, TextBox
from lhpub.paths import circle, line, rectangle
from lhpub.text.model import GlyphRun, Line
from lhpub.units import Rect

ASCENT, DESCENT = 0.88, 0.12
"""The ideographic em box above and below the baseline, in em."""
FRAME_WIDTH = 0.5
_FRAME_ROOM = 0.12
"""Room between the em box and a framed run's frame, above and below, in em."""
_DOT_DROP, _DOT_RADIUS = 0.3, 0.065
"""Emphasis dots: centre below the baseline, radius, in em."""


def run_rect(box: TextBox, line: Line, first: GlyphRun, last: GlyphRun) -> Rect:
    """Returns the em boxes from the first to the last run of a line."""
    size = max(first.size, last.size)
    x, y = box.origin[0] + line.x, box.origin[1] + line.baseline
    return Rect(x + first.x, y - ASCENT * size, last.x + last.width - first.x, (ASCENT + DESCENT) * size)


def frame_path(box: TextBox, line: Line, run: GlyphRun) -> tuple[Segment, ...]:
    """Returns the hairline frame around a framed run; the run's width already has the room at its sides."""
    rect, room, half = run_rect(box, line, run, run), _FRAME_ROOM * run.size, FRAME_WIDTH / 2
    return rectangle(Rect(rect.x + half, rect.y - room, rect.width - 2 * half, rect.height + 2 * room))


def dots_path(box: TextBox, line: Line, run: GlyphRun) -> tuple[Segment, ...]:
    """Returns the emphasis dots below a run's characters (clreq, 着重号); the text stage gives marks no dots."""
    y = box.origin[1] + line.baseline + _DOT_DROP * run.size
    middles = (box.origin[0] + line.x + glyph.x + glyph.advance / 2 for glyph in run.glyphs if glyph.text)
    return tuple(part for x in middles for part in circle(x, y, _DOT_RADIUS * run.size))


def page_ground(page: Page) -> ShapeBox | None:
    """Returns a page's ground with its bleed."""
    bleed, size = page.bleed, page.size
    whole = Rect(-bleed, -bleed, size.width + 2 * bleed, size.height + 2 * bleed)
    return ShapeBox(whole, rectangle(whole), fill=page.ground) if page.ground else None


def text_ornaments(box: TextBox) -> tuple[ShapeBox, ...]:
    """Returns the frames and emphasis dots of a text."""
    runs = [(line, run) for line in box.lines for run in line.runs]
    frames = [ShapeBox(box.rect, frame_path(box, line, run), None, run.ink, FRAME_WIDTH) for line, run in runs if run.framed]
    dots = [ShapeBox(box.rect, dots_path(box, line, run), run.ink) for line, run in runs if run.dots]
    return (*frames, *dots)


def table_rules(box: TableBox) -> ShapeBox | None:
    """Returns the hairlines above each row and below the last."""
    if not (box.rule and box.rule_width):
        return None
    ys = [box.rect.y + sum(box.rows[:count]) for count in range(len(box.rows) + 1)]
    path = tuple(part for y in ys for part in line((box.rect.x, y), (box.rect.right, y)))
    return ShapeBox(box.rect, path, stroke=box.rule, stroke_width=box.rule_width)
