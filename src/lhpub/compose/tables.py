"""Sets a table of a body: columns as wide as their texts, a header, hairlines between the rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from lhpub.boxes import TableBox, TableCell, TextBox
from lhpub.compose.studio import Studio
from lhpub.inline import Inline, Rich
from lhpub.publication.blocks import Table
from lhpub.publication.numerals import to_han
from lhpub.text.model import Paragraph, TextBlock, TextStyle
from lhpub.text.setting import natural_width
from lhpub.units import Rect

GAP, PAD = 1.0, 0.5
"""Between columns; over and under a row's text: in em."""
LEAST = 3.0
"""Em that the narrowest column keeps."""
RULE = 0.35
"""Points of the hairlines."""
_SET = tuple[tuple[Paragraph, ...], TextBlock]


def set_table(table: Table, rect: Rect, style: TextStyle, studio: Studio) -> tuple[TableBox, Table | None]:
    """Returns a table as wide as its place, with as many rows as its height holds (none too few: the header alone is no
    table), and what is left of it under the same header. Its cells are named by row and column."""
    styles = tuple(replace(style, align=align, indent=0.0) for align in table.align)
    rows = (tuple(tuple(replace(i, strong=True) for i in cell) for cell in table.header), *table.rows)
    widths = _column_widths(rows, styles, rect.width, studio)
    made: list[tuple[TableCell, ...]] = []
    heights: list[float] = []
    for number, row in enumerate(rows):
        top = rect.y + sum(heights)
        cells, height = _row(row, (number, top), styles, (rect.x, widths, studio))
        if number > 1 and top + height > rect.bottom + 0.01:
            break
        made.append(cells)
        heights.append(height)
    area = Rect(rect.x, rect.y, rect.width, sum(heights))
    alt = f"表格，{to_han(len(table.header))}列"
    box = TableBox(area, widths, tuple(heights), tuple(made), "", "", style.ink, RULE, alt)
    return box, replace(table, rows=table.rows[len(made) - 1 :]) if len(made) < len(rows) else None


def missing_in(box: TableBox, studio: Studio) -> set[str]:
    """Returns the characters of a table that no font has."""
    texts = (cell.text for row in box.cells for cell in row)
    return {c for text in texts for c in studio.set_text(text.paragraphs, text.rect.width).missing}


def _row(
    row: tuple[Rich, ...], place: tuple[int, float], styles: tuple[TextStyle, ...],
    across: tuple[float, tuple[float, ...], Studio],
) -> tuple[tuple[TableCell, ...], float]:  # fmt: skip
    """Returns the cells of a row and its height. `place`: its number and top; `across`: left edge, widths, studio."""
    (number, top), (left, widths, studio) = place, across
    pad, last = PAD * styles[0].size, len(row) - 1
    lefts = tuple(accumulate(widths, initial=left))
    half = GAP * styles[0].size / 2
    rooms = [(lefts[c] + half * (c > 0), widths[c] - half * ((c > 0) + (c < last))) for c in range(len(row))]
    sets: list[_SET] = []
    for cell, style, (_, width) in zip(row, styles, rooms, strict=True):
        paragraphs = studio.paragraphs((cell or (Inline(""),),), style)
        sets.append((paragraphs, studio.set_text(paragraphs, width)))
    height = max(block.height for _, block in sets) + 2 * pad
    cells = []
    for column, ((x, width), (paragraphs, block)) in enumerate(zip(rooms, sets, strict=True), 1):
        area = Rect(x, top + pad, width, height - 2 * pad)
        text = TextBox(area, (x, area.y), paragraphs, block.lines, f"{number + 1}-{column}")
        cells.append(TableCell(text, header=number == 0))
    return tuple(cells), height


def _column_widths(
    rows: tuple[tuple[Rich, ...], ...], styles: tuple[TextStyle, ...], width: float, studio: Studio
) -> tuple[float, ...]:
    """Returns columns as wide as their widest text and a share of what is left; the widest give way where it is too much."""
    gap = GAP * styles[0].size

    def widest(column: int) -> float:
        sets = (studio.paragraphs((row[column],), styles[column])[0] for row in rows if row[column])
        return (
            max((natural_width(one, studio.book) for one in sets), default=0.0) / (1 - studio.medium.slack) + gap + 0.1
        )

    natural = [widest(column) for column in range(len(styles))]
    spare = width - sum(natural)
    if spare >= 0:
        return tuple(own + spare * own / sum(natural) for own in natural)
    least = [min(own, LEAST * styles[0].size + gap) for own in natural]
    give = sum(natural) - sum(least) or 1.0
    return tuple(own + (own - low) / give * spare for own, low in zip(natural, least, strict=True))
