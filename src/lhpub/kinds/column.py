"""Columns, left to right, from zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal

from lhpub.inline import Figure, Role
from lhpub.kinds.chart import Column, Sheet, words
from lhpub.kinds.grid import GridChart
from lhpub.kinds.style import AnyStyle, look
from lhpub.text.model import TextStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart(GridChart):
    """Rows left to right; a row's series stand side by side or on one another."""

    kind: ClassVar[Literal["column"]] = "column"

    is_stacked: bool = False

    def total(self, row: int) -> Figure:
        """Returns the sum of a stack, a computed figure."""
        values = [cell.value for cell in self.rows[row].cells if cell]
        return Figure("", f"{sum(values, Decimal(0)):f}", "", Role("derived"))

    @property
    def sheet(self) -> Sheet:
        """Over a stack stands its total, a series of its own."""
        sheet = self.grid_sheet()
        if not self.is_stacked:
            return sheet
        figures = [self.total(n) for n in range(len(self.rows))]
        places = max(len(figure.numeral.partition(".")[2]) for figure in figures)
        ink, values = self.items[0].text_ink or self.items[0].ink, tuple(Decimal(figure.numeral) for figure in figures)
        form = f"0.{'0' * places}" if places else "0"
        return replace(sheet, columns=(*sheet.columns, Column(words("合计（计算值）"), values, form, ink, ink, "total")))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnStyle(AnyStyle):
    """The look of it."""

    bound_value: TextStyle | None = look("下限数字的样式；不写同 value", None)
    """Numeral of a lower bound; None: as `value`."""
    bound_unit: TextStyle | None = look("下限的前缀与单位；不写同 unit", None)
    """Prefix and unit of a lower bound; None: as `unit`."""
    column_gap: float = look("柱间距与柱宽之比", 0.26)  # gap between columns as a share of a column's width
    column_width: float | None = look("柱*宽", None)  # width, if not by the gap
    column_positions: tuple[float, ...] = look("各柱左边的 *x", ())  # left edges, if not evenly spread
    group_positions: tuple[float, ...] = look("各组名的 *x", ())
    """X of each group's name under the base line; empty: not drawn."""
    value_align: Literal["left", "centre"] = look("数字与名字靠柱左或居中", "centre")
    """Figure and name at the column's left edge or centred."""
    bound_at: tuple[float, float] | None = look("下限数字：离柱右边、线下的*距离；不写则在柱上", None)
    """A bound's figure: right of the edge, below the level; None: above."""
    bound_dash: float = look("下限以上虚线的*长", 4.8)  # dashes and gaps of a lower bound's edges above its level
