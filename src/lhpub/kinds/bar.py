"""Bars: things with names, from the top down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lhpub.kinds.grid import GridChart
from lhpub.kinds.style import AnyStyle, look


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(GridChart):
    """Rows from the top down."""

    kind: ClassVar[Literal["bar"]] = "bar"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarStyle(AnyStyle):
    """The look of bars."""

    bar_share: float = look("条粗占行距之比", 0.6)
    names_share: float = look("名字至多占图宽之比，更长的写在条上方", 0.42)
