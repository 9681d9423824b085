"""Display type: the largest size of a ladder that stands in so many lines of its frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lhpub.compose.studio import Studio
from lhpub.layout.frame import Frame
from lhpub.text.model import Paragraph, TextStyle
from lhpub.text.setting import set_text
from lhpub.units import Rect

_UNBOUNDED = 10_000.0
SetIn = Callable[[TextStyle], tuple[Paragraph, ...]]
"""The text's paragraphs in a style."""


def fit_display(frame: Frame, rect: Rect, style: TextStyle, set_in: SetIn, studio: Studio) -> tuple[TextStyle, Rect]:
    """Returns the style in the first of the frame's sizes in which the text stands in its lines, else in the last one, and
    the frame with room for them. A size of 0 lines is the largest, up to it, that fills one line."""
    chosen = style
    for i, (size, lines) in enumerate(frame.sizes):
        chosen = sized(style, size if lines else _filling(size, rect.width, sized(style, size), set_in, studio))
        if not lines and i + 1 < len(frame.sizes) and chosen.size < frame.sizes[i + 1][0]:
            continue
        block = studio.set_text(set_in(chosen), rect.width)
        lines = max(lines, 1)
        if len(block.lines) <= lines and not block.excess and (block.height <= rect.height or not rect.height):
            break
    return chosen, replace(rect, height=rect.height or lines * chosen.leading)


def sized(style: TextStyle, size: float) -> TextStyle:
    """Returns a style in another size, its leading in proportion."""
    return replace(style, size=size, leading=style.leading * size / style.size, floor=None)


def _filling(size: float, width: float, style: TextStyle, set_in: SetIn, studio: Studio) -> float:
    room = width * (1 - studio.medium.slack)
    lines = set_text(set_in(style), _UNBOUNDED, studio.book).lines
    widest = max((line.width for line in lines), default=0.0)
    return min(size, int(20 * size * room / widest) / 20) if widest else size
