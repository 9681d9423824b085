"""Fits text into a frame by choosing its size: measured here, so that nobody has to trust autofit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from lhpub.text.fonts import FontBook
from lhpub.text.model import Paragraph, TextBlock, TextStyle
from lhpub.text.setting import Grid, set_text
from lhpub.units import Size

_STEP = 0.5


@dataclass(frozen=True, slots=True)
class FittedText:
    """Paragraphs in the chosen size, and set in the whole frame. `scale`: of the largest style that may shrink.
    `block.excess`: characters over, counted in the frame less its slack, if not even the floor fits."""

    paragraphs: tuple[Paragraph, ...]
    block: TextBlock
    scale: float


def fit_text(
    paragraphs: Sequence[Paragraph], size: Size, book: FontBook, slack: float = 0.0, grid: Grid | None = None
) -> FittedText:
    """Returns the text in the largest size, by half points from each style's own down to its floor, that fits the frame
    with its width narrowed by `slack` (0.08: room for the fonts a meeting room has). Leading shrinks with the size."""
    narrow = size.width * (1 - slack)
    # The first scale leaves all as it is; the last one has every style at its floor.
    for scale in _scales(paragraphs):
        scaled = tuple(_scaled(paragraph, scale) for paragraph in paragraphs)
        tried = set_text(scaled, narrow, book, size.height, grid)
        if not tried.excess and not tried.excess_lines:
            break
    block = set_text(scaled, size.width, book, size.height, grid)
    return FittedText(scaled, replace(block, excess=tried.excess, excess_lines=tried.excess_lines), scale)


def _scales(paragraphs: Sequence[Paragraph]) -> list[float]:
    """Returns 1, then the scales that take the largest shrinkable style down by half points to where all are at their
    floors."""
    styles = [run.style for paragraph in paragraphs for run in paragraph.runs]
    styles += [paragraph.style for paragraph in paragraphs]
    shrinkable = [style for style in styles if style.floor is not None and style.floor < style.size]
    if not shrinkable:
        return [1.0]
    largest = max(style.size for style in shrinkable)
    lowest = min((style.floor or style.size) / style.size for style in shrinkable)
    steps = ceil((largest - largest * lowest) / _STEP - 1e-6)
    return [max(1 - step * _STEP / largest, lowest) for step in range(steps + 1)]


def _scaled(paragraph: Paragraph, scale: float) -> Paragraph:
    runs = tuple(replace(run, style=_scaled_style(run.style, scale)) for run in paragraph.runs)
    return replace(paragraph, runs=runs, style=_scaled_style(paragraph.style, scale))


def _scaled_style(style: TextStyle, scale: float) -> TextStyle:
    """Returns the style at a whole half point, not under its floor; as it is if it has none."""
    if style.floor is None or scale == 1.0:
        return style
    size = min(style.size, max(style.floor, floor(style.size * scale / _STEP + 1e-6) * _STEP))
    return replace(style, size=size, leading=style.leading * size / style.size)
