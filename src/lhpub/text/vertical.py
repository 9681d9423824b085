"""Sets titles and short texts in columns (竖排), first column at the right (clreq §2.3, typography of vertical marks)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from lhpub.text.breaking import Problem, break_lines
from lhpub.text.collect import collect
from lhpub.text.finalize import finalize
from lhpub.text.fonts import FontBook
from lhpub.text.glyphs import piece_table
from lhpub.text.model import Line, Paragraph, TextBlock
from lhpub.text.prepare import prepare
from lhpub.text.profiles import read_profile

_SHARE = {"left": 0.0, "justify": 0.0, "centre": 0.5, "right": 1.0}


def set_vertical(paragraphs: Sequence[Paragraph], height: float, book: FontBook, width: float | None = None) -> TextBlock:
    """Returns paragraphs set in columns of `height`, `leading` apart from axis to axis; `align` left is the top. `width`
    and `height` of the block are what the columns take; columns beyond `width` are its excess. Marks take the font's `vert`
    forms (“ ” read ﹃ ﹄), up to three figures one cell, longer ones and words are turned; the text stays as written."""
    columns: list[tuple[float, Line]] = []
    axis, before = 0.0, 0.0
    for paragraph in paragraphs:
        style = paragraph.style
        for line in _columns(paragraph, height, book):
            axis -= (style.leading if columns else 0.0)
            columns.append((axis, line))
            before = style.size
    sizes = [max((run.size for run in line.runs), default=before) for _, line in columns] or [0.0]
    right, left = sizes[0] / 2, columns[-1][0] - sizes[-1] / 2 if columns else 0.0
    taken = right - left
    placed = tuple(replace(line, x=at - left) for at, line in columns)
    over = [line for line in placed if width is not None and taken - line.x + sizes[-1] / 2 > width + 0.01]
    missing = {
        c for p in paragraphs for run in p.runs for c in piece_table(book, run.style, True).lacking.intersection(run.text)
    }
    extent = max((line.baseline + line.width for line in placed), default=0.0)
    return TextBlock(placed, taken, extent, sum(len(line.text) for line in over), len(over), tuple(sorted(missing)))


def _columns(paragraph: Paragraph, height: float, book: FontBook) -> list[Line]:
    """Returns the paragraph's columns; `baseline` is the top of what is set, `width` its length downward."""
    style, profile = paragraph.style, read_profile(paragraph.style.profile)
    styles = [run.style for run in paragraph.runs]
    indent = style.indent * style.size
    lines: list[Line] = []
    for units in collect(paragraph, book, height - indent, vertical=True):
        tops = (indent, 0.0) if not lines and indent else (0.0,)
        prepared = prepare(units, styles, profile, style.align != "justify")
        heights = tuple(height - top for top in tops)
        breaks = break_lines(Problem(prepared, heights, style.size, style.align, profile))
        offsets = [0, *accumulate(piece.length for piece in units.pieces)]
        for number, line in enumerate(breaks):
            top, final = tops[min(number, len(tops) - 1)], number + 1 == len(breaks)
            fills = style.align == "justify" and not final
            placed = finalize(prepared, line, paragraph.runs, height - top if fills else None, True)
            top += _SHARE[style.align] * (height - top - placed.width)
            text = units.text[offsets[line.start] :] if final else units.text[offsets[line.start] : offsets[line.end]]
            lines.append(Line(placed.runs, 0.0, top, placed.width, text, placed.residual))
    return [replace(line, last=k + 1 == len(lines)) for k, line in enumerate(lines)]
