"""The modular grid of a page: fields in columns and rows, with one line between rows; computed from the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lhpub.units import Rect


@dataclass(frozen=True, slots=True)
class Grid:
    """Fields of a grid in points: `columns` of `column` width with a gutter between, `rows` of `row` height with one `line`
    between, from `x`, `y` on. `spans`: names of columns that belong together, each as (first, how many)."""

    x: float
    y: float
    columns: int
    column: float
    gutter: float
    rows: int
    row: float
    line: float
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def across(self, columns: tuple[int, int] | str) -> tuple[float, float]:
        """Returns left edge and width of some columns."""
        first, count = _range(self.spans[columns] if isinstance(columns, str) else columns, self.columns)
        step = self.column + self.gutter
        return self.x + first * step, count * step - self.gutter

    def down(self, rows: tuple[int, int] | str) -> tuple[float, float]:
        """Returns top edge and height of some rows; `upper`, `lower`: half of them."""
        if isinstance(rows, str):
            rows = (0, self.rows // 2) if rows == "upper" else (self.rows // 2, -1)
        first, count = _range(rows, self.rows)
        step = self.row + self.line
        return self.y + first * step, count * step - self.line

    def within(self, rect: Rect) -> Grid:
        """Returns the grid of a part of the page that begins on a field."""
        columns = max(round((rect.width + self.gutter) / (self.column + self.gutter)), 1)
        rows = max(round((rect.height + self.line) / (self.row + self.line)), 1)
        return replace(self, x=rect.x, y=rect.y, columns=columns, rows=rows)


def _range(cells: tuple[int, int], there_are: int) -> tuple[int, int]:
    """Returns first and count, both within what there is; a negative first is counted from the end, a count of -1 reaches it."""
    first = cells[0] if cells[0] >= 0 else there_are + cells[0]
    first = min(max(first, 0), there_are - 1)
    return first, there_are - first if cells[1] < 0 else max(min(cells[1], there_are - first), 1)
