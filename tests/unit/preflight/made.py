"""Compositions of a page made by hand: a text is its em boxes, whatever a font would do."""

from __future__ import annotations

from typing import Any

from lhpub.boxes import Box, Composition, ImageBox, Metadata, Page, ShapeBox, TextBox
from lhpub.diagnostics import Span
from lhpub.inline import Role
from lhpub.preflight.checks import RULES
from lhpub.text.model import Glyph, GlyphRun, Ink, Line, Paragraph, Run, TextStyle
from lhpub.units import Rect, Size

BLACK, WHITE, GREY = Ink("black", "#000000"), Ink("white", "#FFFFFF"), Ink("grey", "#777777")
SPAN = Span("a.yaml", 3, 5)


def text(at: tuple[float, float], words: str, size: float = 10, **changes: Any) -> TextBox:
    """Returns one line whose inked area is from (x, y − 0.8 em) to (x + 1 em a character, y + 0.1 em)."""
    ink, name, tag = changes.get("ink", BLACK), changes.get("name", words), changes.get("tag", "P")
    style = TextStyle("s", "f", 400, size, size, ink)
    glyphs = tuple(Glyph(1, place * size, 0, size, character) for place, character in enumerate(words))
    width = size * len(words)
    line = Line((GlyphRun(None, size, ink, glyphs, 0, width),), 0, 0, width, words, last=True)  # type: ignore[arg-type]
    run = Run(words, style, changes.get("role"), source=changes.get("source", ""))
    return TextBox(Rect(at[0], at[1] - size, width, size), at, (Paragraph((run,), style),), (line,), name, tag=tag, span=SPAN)


def panel(rect: Rect, fill: Ink | None = BLACK, corners: int = 5, **changes: Any) -> ShapeBox:
    path = (("M", (rect.x, rect.y)), *(("L", (rect.right, rect.bottom)),) * (corners - 1))
    return ShapeBox(rect, path, fill, name="panel", **changes)


def picture(rect: Rect, pixels: int, alt: str = "一张图", crop: tuple[float, float, float, float] = (0, 0, 1, 1)) -> ImageBox:
    return ImageBox(rect, b"", "image/png", (pixels, pixels), crop, alt, "picture", span=SPAN)


def page(*boxes: Box, medium: str = "brochure", ground: Ink | None = WHITE, **changes: Any) -> Composition:
    """Returns a composition of one page of 200 × 100 points, or of a slide."""
    made = Page(1, "1", Size(960, 540) if medium == "deck" else Size(200, 100), 9, ground, boxes, "", "题", **changes)
    return Composition(medium, Metadata("id", "t", "s", "a", "2024-01-15"), (made,))  # type: ignore[arg-type]


def told(composition: Composition) -> list[str]:
    """Returns the codes of what the rules find."""
    return [d.code for rule in RULES for d in rule(composition)]


FACT = Role("fact", "k.f")
