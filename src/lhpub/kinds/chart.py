"""What all kinds of chart share: resolved data, ticks, and the sheet that a native chart carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from lhpub.inline import Figure, Rich
from lhpub.text.model import Ink


@dataclass(frozen=True, slots=True)
class ChartItem:
    """One datum. `bound`: only a lower bound is known (an open-topped column). `group`: its series."""

    label: Rich
    second: Rich
    """A second label line (date, count), may be empty."""
    value: Decimal
    figure: Figure
    ink: Ink
    bound: bool = False
    derived: bool = False
    group: Rich = ()
    keyword: str = ""
    """Id of the keyword whose fact it is."""
    text_ink: Ink | None = None
    """Ink of its printed figure and of a bound's edges; None: as `ink`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the value axis with its printed label."""

    value: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A series of a sheet: its header, and per category its item; None leaves the cell blank."""

    header: str
    items: tuple[ChartItem | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The data of a native chart as its workbook has them: categories in the first column, a series in each further one."""

    categories: tuple[str, ...]
    columns: tuple[Column, ...]
    axis: tuple[Decimal, Decimal]
    """Least and greatest value."""
    falls: bool = False
    """The least value stands on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyChart:
    """A resolved chart: everything decided (limits, ticks, labels, order, inks). Renderers only draw it."""

    id: str
    title: Rich
    items: tuple[ChartItem, ...] = ()
    axis_min: Decimal = Decimal(0)
    axis_max: Decimal = Decimal(100)
    ticks: tuple[Tick, ...] = ()
    unit: str = ""
    note: Rich = ()
    alt: str = ""
    keywords: tuple[str, ...] = ()
    """Ids of the keywords it is about, in the items' order."""

    @property
    def headed(self) -> str:
        """The unit as a sheet's headers carry it."""
        return f"（{self.unit}）" if self.unit else ""

    @property
    def sheet(self) -> Sheet | None:
        """What a native chart carries; None: slides draw it."""
        return None

    def recoloured(self, change: Callable[[ChartItem], ChartItem]) -> Self:
        """Returns the chart with all its items changed."""
        return replace(self, items=tuple(map(change, self.items)))
