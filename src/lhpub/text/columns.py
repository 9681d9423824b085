"""Threads paragraphs through frames: columns, kept lines, headings that stay with their text, balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lhpub.text.fonts import FontBook
from lhpub.text.model import Line, Paragraph, TextBlock
from lhpub.text.setting import Grid, make_block, set_text
from lhpub.units import Size

_KEPT = 2
"""Lines of a paragraph on each side of a break (孤行)."""
_CLOSE = 0.125
"""Columns are balanced to this part of a line."""


def thread_text(
    paragraphs: Sequence[Paragraph], frames: Sequence[Size], book: FontBook, grid: Grid | None = None, balance: bool = False
) -> tuple[TextBlock, ...]:
    """Returns a block for each frame. No frame ends or begins with a single line of a longer paragraph, or ends with one
    that keeps with the next; what the last frame cannot hold is its excess. `balance`: frames no higher than needed."""
    blocks = _fill(paragraphs, frames, book, grid)
    if not balance or len(frames) < 2 or blocks[-1].excess_lines:
        return blocks
    low, high = 0.0, max(frame.height for frame in frames)
    while high - low > _CLOSE * min(paragraph.style.leading for paragraph in paragraphs):
        middle = (low + high) / 2
        tried = _fill(paragraphs, [Size(f.width, min(f.height, middle)) for f in frames], book, grid)
        if tried[-1].excess_lines:
            low = middle
        else:
            high, blocks = middle, tried
    return blocks


def _fill(
    paragraphs: Sequence[Paragraph], frames: Sequence[Size], book: FontBook, grid: Grid | None
) -> tuple[TextBlock, ...]:
    blocks: list[TextBlock] = []
    rest = list(paragraphs)
    for number, frame in enumerate(frames):
        if number + 1 == len(frames):
            blocks.append(set_text(rest, frame.width, book, frame.height, grid))
            break
        held, lines, rest = _fill_one(rest, frame, book, grid)
        blocks.append(make_block(lines, held, frame.width, frame.height, book))
    return tuple(blocks)


def _fill_one(
    paragraphs: list[Paragraph], frame: Size, book: FontBook, grid: Grid | None
) -> tuple[list[Paragraph], list[Line], list[Paragraph]]:
    """Returns the paragraphs and lines that a frame holds, and the rest."""
    block = set_text(paragraphs, frame.width, book, frame.height, grid)
    if not block.excess_lines:
        return paragraphs, list(block.lines), []
    places = _places(block.lines)
    fitting = len(block.lines) - block.excess_lines
    cut = next((cut for cut in range(fitting, 0, -1) if _may_cut(paragraphs, places, cut)), 0)
    cut = cut or fitting  # Where nothing that the rules allow fits, a lone line is better than none.
    if not cut:
        return [], [], paragraphs
    lines = list(block.lines[:cut])
    index, number, count = places[cut - 1]
    if number == count:
        return paragraphs[: index + 1], lines, paragraphs[index + 1 :]
    used = sum(len(line.text) for line, place in zip(lines, places, strict=False) if place[0] == index)
    rest = _after(paragraphs[index], used)
    return paragraphs[: index + 1], lines, [rest, *paragraphs[index + 1 :]]


def _places(lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Returns for each line its paragraph, its number in it from 1, and how many lines the paragraph has."""
    counts: list[int] = []
    before = True
    for line in lines:
        if before:
            counts.append(0)
        counts[-1] += 1
        before = line.last
    return [(index, number, count) for index, count in enumerate(counts) for number in range(1, count + 1)]


def _may_cut(paragraphs: Sequence[Paragraph], places: Sequence[tuple[int, int, int]], cut: int) -> bool:
    """True if a frame may end with its line `cut`."""
    index, number, count = places[cut - 1]
    if number == count:
        return not paragraphs[index].keep_next
    drop = paragraphs[index].drop_lines + 1 if paragraphs[index].drop else 0  # its line is counted, too
    return number >= max(_KEPT, drop) and count - number >= _KEPT


def _after(paragraph: Paragraph, used: int) -> Paragraph:
    """Returns the paragraph without its first `used` characters, its drop among them, and without indent."""
    used -= len(paragraph.drop.text) if paragraph.drop else 0
    runs = []
    for run in paragraph.runs:
        if len(run.text) > used:
            runs.append(replace(run, text=run.text[used:]))
        used = max(used - len(run.text), 0)
    return replace(paragraph, runs=tuple(runs), style=replace(paragraph.style, indent=0.0), drop=None)
