"""Sets paragraphs into a measure: the text stage as the other stages call it.

Paragraph → (collect → prepare → break → finalize) → Line, TextBlock. Lengths in points, y downward from the block's top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from lhpub.text.breaking import EPSILON, Problem, break_lines
from lhpub.text.collect import collect
from lhpub.text.finalize import finalize
from lhpub.text.fonts import FontBook
from lhpub.text.glyphs import piece_table
from lhpub.text.model import ASCENT, Line, Paragraph, TextBlock
from lhpub.text.prepare import prepare
from lhpub.text.profiles import read_profile

SHARE = {"left": 0.0, "justify": 0.0, "centre": 0.5, "right": 1.0}
"""Of the room that a line leaves: what of it stands before the line."""
_DROP_GAP = 0.25
_ENDLESS = 1e7


@dataclass(frozen=True, slots=True)
class Grid:
    """A baseline grid: baselines stand at `first` below a place's top and every `pitch` above and below, in points."""

    first: float
    pitch: float

    def at(self, baseline: float) -> float:
        """Returns the first place on the grid that is not above `baseline`."""
        return self.first + ceil((baseline - self.first) / self.pitch - 1e-4) * self.pitch

    def below(self, top: float) -> Grid:
        """Returns the same grid as seen from `top`."""
        return Grid(self.first - top, self.pitch)


def set_text(
    paragraphs: Sequence[Paragraph], width: float, book: FontBook, height: float | None = None, grid: Grid | None = None
) -> TextBlock:
    """Returns paragraphs set in `width`. What does not fit is counted as excess, and kept. Raises KeyError for a family
    or profile that does not exist."""
    lines: list[Line] = []
    baseline = 0.0
    for paragraph in paragraphs:
        placed = []
        for line in _inset(paragraph, set_paragraph(paragraph, width - paragraph.inset, book), book):
            baseline = baseline + paragraph.style.leading if baseline else ASCENT * _size(line, paragraph)
            baseline = grid.at(baseline) if grid else baseline
            placed.append(replace(line, baseline=baseline))
        if paragraph.drop:
            lacking = max(paragraph.drop_lines - len(placed), 0)  # a short text leaves the drop its lines all the same
            baseline += lacking * paragraph.style.leading
            foot = baseline if lacking else placed[paragraph.drop_lines - 1].baseline
            drop = set_paragraph(_drop_of(paragraph), _ENDLESS, book)[0]
            lines.append(replace(drop, baseline=foot, last=False))
        lines += placed
    return make_block(lines, paragraphs, width, height, book)


def _inset(paragraph: Paragraph, lines: tuple[Line, ...], book: FontBook) -> tuple[Line, ...]:
    """Returns a paragraph's lines at their inset, its marker before the first."""
    if not paragraph.inset:
        return lines
    lines = tuple(replace(line, x=line.x + paragraph.inset) for line in lines)
    if not paragraph.marker:
        return lines
    style = replace(paragraph.style, align="left", indent=0.0)
    (mark,) = set_paragraph(Paragraph(paragraph.marker, style), _ENDLESS, book)
    shift = paragraph.inset - paragraph.hang - lines[0].x
    runs = tuple(
        replace(run, x=run.x + shift, glyphs=tuple(replace(glyph, x=glyph.x + shift) for glyph in run.glyphs))
        for run in mark.runs
    )
    return (replace(lines[0], runs=(*runs, *lines[0].runs), marker=mark.text), *lines[1:])


def set_vertical(
    paragraphs: Sequence[Paragraph], height: float, book: FontBook, width: float | None = None
) -> TextBlock:
    """Returns paragraphs set in columns of `height` (竖排), the first at the right, `leading` apart from axis to axis;
    `align` left is the top. The block has the width and height that the columns take; those beyond `width` are its
    excess. Marks take the font's `vert` forms (“ ” read ﹃ ﹄); up to three figures share a cell, longer ones and words
    are turned; the text stays as written."""
    columns: list[tuple[float, float, Line]] = []
    for paragraph in paragraphs:
        for line in set_paragraph(paragraph, height, book, vertical=True):
            axis = columns[-1][0] - paragraph.style.leading if columns else 0.0
            columns.append((axis, _size(line, paragraph), line))
    left = columns[-1][0] - columns[-1][1] / 2 if columns else 0.0
    lines = tuple(replace(line, x=axis - left, baseline=line.x) for axis, _, line in columns)
    right = columns[0][1] / 2 if columns else 0.0
    over = [line for axis, size, line in columns if width is not None and right - axis + size / 2 > width + 0.01]
    extent = max((line.baseline + line.width for line in lines), default=0.0)
    missing = _missing(paragraphs, book, vertical=True)
    return TextBlock(lines, right - left, extent, sum(len(line.text) for line in over), len(over), missing)


def make_block(
    lines: Sequence[Line], paragraphs: Sequence[Paragraph], width: float, height: float | None, book: FontBook
) -> TextBlock:
    """Returns the block of set lines of some paragraphs, with what exceeds `height` counted, and lines that even one
    unit makes wider than the measure."""
    bottoms = [line.baseline + (1 - ASCENT) * _size(line, paragraphs[-1]) for line in lines]
    below = [height is not None and bottom > height + 0.01 for bottom in bottoms]
    wide = [line.width > width - max(line.x, 0.0) + 0.01 for line in lines]
    excess = sum(len(line.text.rstrip()) for line, *over in zip(lines, below, wide, strict=True) if any(over))
    return TextBlock(tuple(lines), width, max(bottoms, default=0.0), excess, sum(below), _missing(paragraphs, book))


def _missing(paragraphs: Sequence[Paragraph], book: FontBook, vertical: bool = False) -> tuple[str, ...]:
    """Returns the characters of set paragraphs that neither family nor fallbacks have."""
    runs = [run for p in paragraphs for run in (*p.runs, *p.drop)]
    return tuple(sorted({c for r in runs for c in piece_table(book, r.style, vertical).lacking.intersection(r.text)}))


def set_paragraph(paragraph: Paragraph, width: float, book: FontBook, vertical: bool = False) -> tuple[Line, ...]:
    """Returns the paragraph's lines with `x` in place and `baseline` 0. For its drop there is only room left. Kept with
    the book: a page is tried in many ways, most of its texts each time in the same measure."""
    return book.lines.get((paragraph, width, vertical), lambda: _set(paragraph, width, book, vertical))


def _set(paragraph: Paragraph, width: float, book: FontBook, vertical: bool) -> tuple[Line, ...]:
    style, profile = paragraph.style, read_profile(paragraph.style.profile)
    styles = [run.style for run in paragraph.runs]
    insets = _insets(paragraph, book)
    lines: list[Line] = []
    collected = collect(paragraph, book, width - max(insets), vertical)
    for units in collected:
        here = insets[min(len(lines), len(insets) - 1) :]
        prepared = prepare(units, styles, profile, style.align != "justify")
        problem = Problem(prepared, tuple(width - inset for inset in here), style.size, style.align, profile)
        breaks = break_lines(problem)
        for number, line in enumerate(breaks):
            inset = here[min(number, len(here) - 1)]
            room = width - inset
            natural = prepared.ends[line.end - 1] - prepared.starts[line.start] if line.end else 0.0
            final = number + 1 == len(breaks)
            fills = style.align == "justify" and (not final or natural > room + EPSILON)
            set_line = finalize(prepared, line, paragraph.runs, room if fills else None, vertical)
            if set_line.residual > profile.spread_max:
                set_line = finalize(prepared, line, paragraph.runs, None, vertical)
            x = inset + SHARE[style.align] * (room - set_line.width)
            text = units.text[units.begins[line.start] : None if final else units.begins[line.end]]
            last = final and units is collected[-1]
            lines.append(Line(set_line.runs, x, 0.0, set_line.width, text, set_line.residual, last))
    return tuple(lines)


def _insets(paragraph: Paragraph, book: FontBook) -> tuple[float, ...]:
    """Returns how far each of the first lines begins inside the measure, the last for all further."""
    style = paragraph.style
    first = style.indent * style.size
    if not paragraph.drop:
        return (first, 0.0) if first else (0.0,)
    taken = natural_width(_drop_of(paragraph), book) + _DROP_GAP * style.size
    taken = ceil(2 * taken / style.size - EPSILON) / 2 * style.size  # half ems, so that lines of Han need no spreading
    return (first + taken, *(taken,) * (paragraph.drop_lines - 1), 0.0)


def _drop_of(paragraph: Paragraph) -> Paragraph:
    return Paragraph(paragraph.drop, replace(paragraph.drop[0].style, align="left", indent=0.0))


def _size(line: Line, paragraph: Paragraph) -> float:
    """Returns the line's largest size."""
    return max((run.size for run in line.runs), default=paragraph.style.size)


def natural_width(paragraph: Paragraph, book: FontBook) -> float:
    """Returns the paragraph's width if no line had to be broken: that of its widest forced line, indent included."""
    whole = replace(paragraph, style=replace(paragraph.style, align="left"))
    return max(line.x + line.width for line in set_paragraph(whole, _ENDLESS, book))
