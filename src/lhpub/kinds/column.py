"""Columns, left to right, from zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lhpub.inline import plain
from lhpub.kinds.chart import AnyChart, Column, Sheet
from lhpub.kinds.style import AnyStyle, look
from lhpub.text.model import TextStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart(AnyChart):
    """Items left to right on an axis from 0; those of one group share an ink."""

    kind: ClassVar[Literal["column"]] = "column"

    @property
    def sheet(self) -> Sheet:
        """A lower bound has a series of its own, so that no cell states it as exact."""
        kinds = (("数值", False), ("下限", True))
        columns = (
            Column(head + self.headed, tuple(i if i.bound == b else None for i in self.items)) for head, b in kinds
        )
        names = tuple(plain(item.label) for item in self.items)
        return Sheet(names, tuple(column for column in columns if any(column.items)), (self.axis_min, self.axis_max))


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
    bound_words: str = look("下限旁的说明文字", "")
    """The layout's words on what the open top means, `bound_words_at` under that figure."""
    bound_words_at: float = look("下限数字到说明的*距离", 16)  # from the figure's base line down to these words
    bound_dash: float = look("下限以上虚线的*长", 4.8)  # dashes and gaps of a lower bound's edges above its level
