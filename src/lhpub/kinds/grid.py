"""Values in rows and series: what columns, bars, lines, parts and pairs have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from lhpub.inline import Rich, parted, plain
from lhpub.kinds.chart import AnyChart, ChartItem, Column, Meaning, Sheet, facts, number_format, words

_KNOWN_AS = {"超": "下限", "约": "约数", "近": "约数", "逾": "下限"}
MISSING = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """A category: its name, a second line, and of each series its value; None where it is not known."""

    label: Rich
    second: Rich
    cells: tuple[ChartItem | None, ...]

    @property
    def item(self) -> ChartItem | None:
        """The row's only value, in whichever series."""
        return next((cell for cell in self.cells if cell), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridChart(AnyChart):
    """`series`: their names. `is_single`: each row has one value, so that series share the row's place (groups, a highlighted
    row). `has_units`: labels carry the unit, else it stands once over the picture."""

    rows: tuple[Row, ...]
    series: tuple[Rich, ...]
    is_single: bool
    has_units: bool
    has_key: bool = False
    """Names of series stand in a key over the picture, else beside their first or last values."""

    @property
    def sheet(self) -> Sheet:
        """Rows as categories."""
        return self.grid_sheet()

    def grid_sheet(self) -> Sheet:
        """Bounds, about values, computed and missing ones are series of their own: so a series keeps its look and its number
        format wherever its numbers are sorted to."""
        names = tuple(parted("\n", filter(None, (row.label, row.second))) for row in self.rows)
        values = [item.value for item in self.items]
        return Sheet(names, tuple(self._columns()), None if min(values, default=Decimal(0)) < 0 else Decimal(0))

    def _columns(self) -> Iterator[Column]:
        named = len(self.series) > 1
        for place, rich in enumerate(self.series):
            cells = [row.cells[place] for row in self.rows]
            looks = {(cell.figure.prefix, cell.figure.mark) for cell in cells if cell}
            for look in sorted(looks):
                held = [cell if cell and (cell.figure.prefix, cell.figure.mark) == look else None for cell in cells]
                first = next(filter(None, held))
                known = "，".join(filter(None, (_KNOWN_AS.get(look[0][:1], ""), look[1], "" if named else self.unit)))
                head = (*(rich if plain(rich) else words("数值")), *(words(f"（{known}）") if known else ()))
                meaning: Meaning = "bound" if first.bound else "exact"
                yield Column(
                    head, tuple(cell.value if cell else None for cell in held),
                    number_format(filter(None, held), self.unit if self.has_units else ""),
                    first.ink, first.text_ink or first.ink, meaning, plain(rich) if named and not self.is_single else "",
                    facts(held),
                )  # fmt: skip
        unknown = tuple(Decimal(0) if row.item is None else None for row in self.rows)
        if any(value is not None for value in unknown) and self.items:
            item = self.items[0]
            shown = f'"{MISSING}";"{MISSING}";"{MISSING}"'
            yield Column(words("未报"), unknown, shown, item.ink, item.text_ink or item.ink, "missing")

    def recoloured(self, change: Callable[[ChartItem], ChartItem]) -> Self:
        rows = tuple(replace(row, cells=tuple(cell and change(cell) for cell in row.cells)) for row in self.rows)
        return replace(self, rows=rows, items=tuple(map(change, self.items)))
