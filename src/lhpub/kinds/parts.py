"""Parts that make a whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from lhpub.inline import plain
from lhpub.kinds.chart import Column, Sheet, facts, number_format, words
from lhpub.kinds.grid import GridChart
from lhpub.kinds.style import AnyStyle, look

_FEW, _LEAST = 5, Decimal("0.08")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsChart(GridChart):
    """Rows are the parts, in order; one series."""

    kind: ClassVar[Literal["parts"]] = "parts"

    @property
    def is_full_bar(self) -> bool:
        """True if the parts are few and large enough to be named within one bar; else slides draw bars."""
        whole = sum((item.value for item in self.items), Decimal(0))
        return len(self.items) <= _FEW and all(item.value >= whole * _LEAST for item in self.items)

    @property
    def sheet(self) -> Sheet:
        """Each part of a full bar is a series."""
        if not self.is_full_bar:
            return self.grid_sheet()
        columns = (
            Column(
                item.label, (item.value,), number_format((item,), self.unit if self.has_units else ""), item.ink,
                item.text_ink or item.ink, "exact", plain(item.label), facts((item,)),
            )
            for item in self.items
        )  # fmt: skip
        return Sheet((words("构成"),), tuple(columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsStyle(AnyStyle):
    """The look of a bar of parts."""

    parts_height: float = look("构成条的*高", 31)
