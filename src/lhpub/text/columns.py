"""Threads paragraphs through frames: columns, kept lines, headings that stay with their text, balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from lhpub.text.fonts import FontBook
from lhpub.text.model import Line, Paragraph, TextBlock
from lhpub.text.setting import Grid, make_block, set_text
from lhpub.units import Rect

_KEPT = 2
"""Lines of a paragraph on each side of a break (孤行)."""
_CLOSE = 0.125
"""Columns are balanced to this part of a line."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a frame holds of a text: its paragraphs, of those that run on in the next frame the part here, as set."""

    paragraphs: tuple[Paragraph, ...]
    block: TextBlock


def thread_text(
    paragraphs: Sequence[Paragraph], frames: Sequence[Rect], book: FontBook, grid: Grid | None = None,
    balance: bool = False,
) -> tuple[Filled, ...]:  # fmt: skip
    """Returns what each frame holds; the grid is measured from where the frames are. No frame ends or begins with a
    single line of a longer paragraph, or ends with one that keeps with the next; what the last frame cannot hold is its
    excess. `balance`: frames no higher than needed."""
    filled = _fill(paragraphs, frames, book, grid)
    if not balance or len(frames) < 2 or filled[-1].block.excess_lines:
        return filled
    low, high = 0.0, max(frame.height for frame in frames)
    while high - low > _CLOSE * min(paragraph.style.leading for paragraph in paragraphs):
        middle = (low + high) / 2
        tried = _fill(paragraphs, [replace(f, height=min(f.height, middle)) for f in frames], book, grid)
        low, high, filled = (middle, high, filled) if tried[-1].block.excess_lines else (low, middle, tried)
    return filled


def _fill(
    paragraphs: Sequence[Paragraph], frames: Sequence[Rect], book: FontBook, grid: Grid | None
) -> tuple[Filled, ...]:
    filled: list[Filled] = []
    for frame in frames:
        block = set_text(paragraphs, frame.width, book, frame.height, grid.below(frame.y) if grid else None)
        if not block.excess_lines or len(filled) + 1 == len(frames):
            filled.append(Filled(tuple(paragraphs), block))
            paragraphs = ()
            continue
        places = _places(block.lines)
        fitting = len(places) - block.excess_lines
        # Where nothing that the rules allow fits, a lone line is better than none.
        cut = next((cut for cut in range(fitting, 0, -1) if _may_cut(paragraphs, places, cut)), fitting)
        held, paragraphs = _parted(paragraphs, block.lines[:cut], places[:cut])
        filled.append(Filled(held, make_block(block.lines[:cut], held, frame.width, frame.height, book)))
    return tuple(filled)


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
) -> tuple[tuple[Paragraph, ...], Sequence[Paragraph]]:
    """Returns the paragraphs that the lines are of, and what remains; a paragraph's rest has neither indent nor drop."""
    if not lines:
        return (), paragraphs
    index, number, count = places[-1]
    held, rest = tuple(paragraphs[: index + 1]), paragraphs[index + 1 :]
    if number == count:
        return held, rest
    parted = paragraphs[index]
    used = sum(len(line.text) for line, place in zip(lines, places, strict=True) if place[0] == index)
    used -= sum(len(run.text) for run in parted.drop)
    ends = list(accumulate(len(run.text) for run in parted.runs))
    begins = [end - len(run.text) for end, run in zip(ends, parted.runs, strict=True)]
    cut = list(zip(parted.runs, begins, ends, strict=True))
    before = tuple(replace(run, text=run.text[: used - begin]) for run, begin, _ in cut if begin < used)
    after = tuple(replace(run, text=run.text[max(used - begin, 0) :]) for run, begin, end in cut if end > used)
    plain = replace(parted.style, indent=0.0)
    return (*held[:-1], replace(parted, runs=before)), (replace(parted, runs=after, style=plain, drop=(), marker=()), *rest)
