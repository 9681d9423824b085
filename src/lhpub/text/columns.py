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
    paragraphs: Sequence[Paragraph], frames: Sequence[Size], book: FontBook, grid: Grid | None = None,
    balance: bool = False,
) -> tuple[TextBlock, ...]:  # fmt: skip
    """Returns a block for each frame. No frame ends or begins with a single line of a longer paragraph, or ends with
    one that keeps with the next; what the last frame cannot hold is its excess. `balance`: frames no higher than
    needed."""
    blocks = _fill(paragraphs, frames, book, grid)
    if not balance or len(frames) < 2 or blocks[-1].excess_lines:
        return blocks
    low, high = 0.0, max(frame.height for frame in frames)
    while high - low > _CLOSE * min(paragraph.style.leading for paragraph in paragraphs):
        middle = (low + high) / 2
        tried = _fill(paragraphs, [Size(f.width, min(f.height, middle)) for f in frames], book, grid)
        low, high, blocks = (middle, high, blocks) if tried[-1].excess_lines else (low, middle, tried)
    return blocks


def _fill(
    paragraphs: Sequence[Paragraph], frames: Sequence[Size], book: FontBook, grid: Grid | None
) -> tuple[TextBlock, ...]:
    blocks: list[TextBlock] = []
    for frame in frames:
        block = set_text(paragraphs, frame.width, book, frame.height, grid)
        places = _places(block.lines)
        fitting = len(places) - block.excess_lines
        if not block.excess_lines or len(blocks) + 1 == len(frames):
            blocks.append(block)
            paragraphs = ()
            continue
        # Where nothing that the rules allow fits, a lone line is better than none.
        cut = next((cut for cut in range(fitting, 0, -1) if _may_cut(paragraphs, places, cut)), fitting)
        held, paragraphs = _parted(paragraphs, block.lines[:cut], places[:cut])
        blocks.append(make_block(block.lines[:cut], held, frame.width, frame.height, book))
    return tuple(blocks)


_Place = tuple[int, int, int]
"""Of a line: its paragraph, its number in it from 1, how many lines the paragraph has."""


def _places(lines: Sequence[Line]) -> list[_Place]:
    counts = [0]
    for line in lines:
        counts[-1] += 1
        counts += [0] if line.last else []
    return [(index, number, count) for index, count in enumerate(counts) for number in range(1, count + 1)]


def _may_cut(paragraphs: Sequence[Paragraph], places: Sequence[_Place], cut: int) -> bool:
    """True if a frame may end with its line `cut`."""
    index, number, count = places[cut - 1]
    if number == count:
        return not paragraphs[index].keep_next
    beside_drop = paragraphs[index].drop_lines + 1 if paragraphs[index].drop else 0  # the drop's own line counts, too
    return number >= max(_KEPT, beside_drop) and count - number >= _KEPT


def _parted(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], places: Sequence[_Place]
) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """Returns the paragraphs that the lines are of, and what remains; a paragraph's rest has neither indent nor drop."""
    if not lines:
        return (), paragraphs
    index, number, count = places[-1]
    held, rest = paragraphs[: index + 1], paragraphs[index + 1 :]
    if number == count:
        return held, rest
    parted = paragraphs[index]
    used = sum(len(line.text) for line, place in zip(lines, places, strict=True) if place[0] == index)
    used -= len(parted.drop.text) if parted.drop else 0
    runs = []
    for run in parted.runs:
        runs += [replace(run, text=run.text[used:])] if len(run.text) > used else []
        used = max(used - len(run.text), 0)
    after = replace(parted, runs=tuple(runs), style=replace(parted.style, indent=0.0), drop=None)
    return held, (after, *rest)
