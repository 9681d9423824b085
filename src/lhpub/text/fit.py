"""Fits text into frames by choosing its size: measured here, so that nobody has to trust autofit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from lhpub.text.columns import Filled, thread_text
from lhpub.text.fonts import FontBook
from lhpub.text.model import Paragraph, TextStyle
from lhpub.text.setting import SHARE, Grid, set_vertical
from lhpub.units import Rect

_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text fills its frames. `slack`: share of the measure that is kept free (0.08: room for the fonts a meeting
    room has). `balance`: frames no higher than needed. `vertical`: in columns (竖排), in one frame."""

    slack: float = 0.0
    grid: Grid | None = None
    balance: bool = False
    vertical: bool = False


def fit_text(
    paragraphs: Sequence[Paragraph], frames: Sequence[Rect], book: FontBook, manner: Manner | None = None
) -> tuple[Filled, ...]:
    """Returns the text in the largest size, by half points from each style's own down to its floor, that fits the frames
    with their measure narrowed by the slack. What may shrink is then set in the whole frames; what has one size keeps
    the lines that were tried, so that what hangs below it has room for them. Leading shrinks with the size. The last
    block's excess is the least number of characters to delete from the text's end, if not even the floor fits the frames
    less their slack."""
    manner = manner or Manner()
    scales = _scales(paragraphs)
    narrow = [_narrowed(frame, manner) for frame in frames]
    # The first scale leaves all as it is; the last one has every style at its floor.
    for scale in scales:
        scaled = tuple(_scaled(paragraph, scale) for paragraph in paragraphs)
        filled = _fill(scaled, narrow, book, manner)
        excess, lines = (sum(getattr(f.block, of) for f in filled) for of in ("excess", "excess_lines"))
        if not excess and not lines:
            break
    else:
        excess = _least_deleted(scaled, narrow, book, manner)
    if manner.slack and len(scales) > 1:
        filled = _fill(scaled, frames, book, manner)
    elif manner.slack:
        filled = tuple(_placed(held, frame, manner) for held, frame in zip(filled, frames, strict=True))
    *before, last = filled
    return (*before, replace(last, block=replace(last.block, excess=excess, excess_lines=lines)))


def _least_deleted(paragraphs: tuple[Paragraph, ...], frames: Sequence[Rect], book: FontBook, manner: Manner) -> int:
    """Returns how many characters must go from the end of a text that is over; all of them if no rest fits."""
    length = sum(len(paragraph.text) for paragraph in paragraphs)

    def fits(deleted: int) -> bool:
        filled = _fill(_first(length - deleted, paragraphs), frames, book, manner)
        return not any(held.block.excess or held.block.excess_lines for held in filled)

    kept = _first(length - bisect_left(range(length), True, lo=1, key=fits), paragraphs)
    return length - sum(len(paragraph.text) for paragraph in kept)


def _first(count: int, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Returns the paragraphs' first `count` characters; a framed run stays whole or goes."""
    kept = []
    for paragraph in paragraphs:
        runs = []
        for run in paragraph.runs:
            part = run.text[: max(count, 0)]
            runs += [replace(run, text=part)] if part and (part == run.text or not run.framed) else []
            count -= len(run.text)
        kept += [replace(paragraph, runs=tuple(runs))] if runs else []
    return tuple(kept)


def _narrowed(frame: Rect, manner: Manner) -> Rect:
    if manner.vertical:
        return replace(frame, height=frame.height * (1 - manner.slack))
    return replace(frame, width=frame.width * (1 - manner.slack))


def _placed(held: Filled, frame: Rect, manner: Manner) -> Filled:
    """Returns lines that were set in a narrowed frame at their place in the whole one."""
    share = SHARE[held.paragraphs[0].style.align] * manner.slack if held.paragraphs else 0.0
    dx, dy = (0.0, share * frame.height) if manner.vertical else (share * frame.width, 0.0)
    lines = tuple(replace(line, x=line.x + dx, baseline=line.baseline + dy) for line in held.block.lines)
    return replace(held, block=replace(held.block, lines=lines, width=held.block.width if manner.vertical else frame.width))


def _fill(paragraphs: tuple[Paragraph, ...], frames: Sequence[Rect], book: FontBook, manner: Manner) -> tuple[Filled, ...]:
    if manner.vertical:
        return (Filled(paragraphs, set_vertical(paragraphs, frames[0].height, book, frames[0].width)),)
    return thread_text(paragraphs, frames, book, manner.grid, manner.balance)


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
