"""Sets paragraphs into a measure: the text stage as the other stages call it.

Paragraph → (collect → prepare → break → finalize) → Line, TextBlock. Lengths in points, y downward from the block's top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil

from lhpub.text.breaking import EPSILON, Break, Problem, break_lines
from lhpub.text.characters import OPENING
from lhpub.text.collect import collect
from lhpub.text.finalize import finalize
from lhpub.text.fonts import FontBook
from lhpub.text.glyphs import piece_table
from lhpub.text.model import Line, Paragraph, Run, TextBlock
from lhpub.text.prepare import Prepared, prepare
from lhpub.text.profiles import read_profile

ASCENT = 0.88
"""First baseline below a block's top, in em of the first line's largest size: the ideographic em box, not a font's hhea."""
_SHARE = {"left": 0.0, "justify": 0.0, "centre": 0.5, "right": 1.0}
_DROP_GAP = 0.25
_ENDLESS = 1e7


@dataclass(frozen=True, slots=True)
class Grid:
    """A baseline grid: baselines may stand at `first` below a block's top and every `pitch` further, in points."""

    first: float
    pitch: float

    def at(self, baseline: float) -> float:
        """Returns the first place on the grid that is not above `baseline`."""
        return self.first + max(ceil((baseline - self.first) / self.pitch - 1e-4), 0) * self.pitch


def set_text(
    paragraphs: Sequence[Paragraph], width: float, book: FontBook, height: float | None = None, grid: Grid | None = None
) -> TextBlock:
    """Returns paragraphs set in `width`. Lines that do not fit `height` are counted as excess, and kept. Raises KeyError
    for a family or profile that does not exist."""
    lines: list[Line] = []
    baseline = 0.0
    for paragraph in paragraphs:
        set_lines = set_paragraph(paragraph, width, book)
        baselines = []
        for line in set_lines:
            baseline = baseline + paragraph.style.leading if baseline else ASCENT * line_size(line, paragraph)
            baseline = grid.at(baseline) if grid else baseline
            baselines.append(baseline)
        if paragraph.drop:
            foot = baselines[min(paragraph.drop_lines, len(baselines)) - 1]
            lines.append(_drop_line(paragraph.drop, book, foot))
        lines += [replace(line, baseline=b) for line, b in zip(set_lines, baselines, strict=True)]
    return make_block(lines, paragraphs, width, height, book)


def make_block(
    lines: Sequence[Line], paragraphs: Sequence[Paragraph], width: float, height: float | None, book: FontBook
) -> TextBlock:
    """Returns the block of set lines, with what exceeds `height` counted."""
    sizes = [max((run.size for run in line.runs), default=0.0) for line in lines]
    if lines and not lines[-1].runs:
        sizes[-1] = paragraphs[-1].style.size
    bottoms = [line.baseline + (1 - ASCENT) * size for line, size in zip(lines, sizes, strict=True)]
    over = [line for line, bottom in zip(lines, bottoms, strict=True) if height is not None and bottom > height + 0.01]
    missing = sorted({c for p in paragraphs for c in missing_characters(p, book)})
    return TextBlock(tuple(lines), width, bottoms[-1] if bottoms else 0.0,
                     sum(len(line.text.rstrip()) for line in over), len(over), tuple(missing))  # fmt: skip


def missing_characters(paragraph: Paragraph, book: FontBook) -> set[str]:
    """Returns the characters of a set paragraph that neither its family nor its fallbacks have."""
    runs = (*paragraph.runs, paragraph.drop) if paragraph.drop else paragraph.runs
    return {c for run in runs for c in piece_table(book, run.style).lacking.intersection(run.text)}


def set_paragraph(paragraph: Paragraph, width: float, book: FontBook) -> list[Line]:
    """Returns the paragraph's lines with `x` in place and `baseline` 0. Its drop is only left room for."""
    style, profile = paragraph.style, read_profile(paragraph.style.profile)
    insets = _insets(paragraph, book)
    styles = [run.style for run in paragraph.runs]
    lines: list[Line] = []
    for units in collect(paragraph, book, width - max(insets)):
        here = insets[min(len(lines), len(insets) - 1) :]
        if lines and not paragraph.drop:
            here = here[-1:]
        widths = tuple(width - inset for inset in here)
        prepared = prepare(units, styles, profile, style.align != "justify")
        breaks = break_lines(Problem(prepared, widths, style.size, style.align, profile))
        lines += _lines(prepared, breaks, paragraph, here, width)
    return [replace(line, last=k + 1 == len(lines)) for k, line in enumerate(lines)]


def _insets(paragraph: Paragraph, book: FontBook) -> tuple[float, ...]:
    """Returns how far each of the first lines begins to the right, the last for all further."""
    style = paragraph.style
    first = style.indent * style.size
    opens = paragraph.text[:1]
    if first and read_profile(style.profile).keeps_opening and opens and opens in OPENING:
        first += style.size / 2
    if paragraph.drop is None:
        return (first, 0.0) if first else (0.0,)
    taken = natural_width(Paragraph((paragraph.drop,), paragraph.drop.style), book) + _DROP_GAP * style.size
    taken = ceil(2 * taken / style.size - 1e-6) / 2 * style.size  # whole half-em, so that the lines beside it need no spreading
    return (first + taken, *(taken,) * (paragraph.drop_lines - 1), 0.0)


def _lines(
    prepared: Prepared, breaks: Sequence[Break], paragraph: Paragraph, insets: Sequence[float], width: float
) -> list[Line]:
    offsets = [0, *accumulate(piece.length for piece in prepared.units.pieces)]
    text, align, lines = prepared.units.text, paragraph.style.align, []
    for number, line in enumerate(breaks):
        final = number + 1 == len(breaks)
        inset = insets[min(number, len(insets) - 1)]
        room = width - inset
        natural = prepared.ends[line.end - 1] - prepared.starts[line.start] if line.end > line.start else 0.0
        fills = align == "justify" and (not final or natural > room + EPSILON)
        placed = finalize(prepared, line, paragraph.runs, room if fills else None, False)
        x = inset + _SHARE[align] * (room - placed.width)
        piece = text[offsets[line.start] :] if final else text[offsets[line.start] : offsets[line.end]]
        lines.append(Line(placed.runs, x, 0.0, placed.width, piece, placed.residual))
    return lines


def _drop_line(drop: Run, book: FontBook, baseline: float) -> Line:
    line = set_paragraph(Paragraph((drop,), replace(drop.style, align="left", indent=0.0)), _ENDLESS, book)[0]
    return replace(line, baseline=baseline, last=False)


def line_size(line: Line, paragraph: Paragraph) -> float:
    """Returns the line's largest size."""
    return max((run.size for run in line.runs), default=paragraph.style.size)


def natural_width(paragraph: Paragraph, book: FontBook) -> float:
    """Returns the paragraph's width if no line had to be broken: that of its widest forced line, indent included."""
    style = replace(paragraph.style, align="left")
    return max(line.x + line.width for line in set_paragraph(Paragraph(paragraph.runs, style), _ENDLESS, book))
