"""What all kinds of chart share: resolved data, ticks, and the sheet that a native chart carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, Self

from lhpub.inline import Figure, Id, Inline, Rich, plain
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


Meaning = Literal["exact", "bound", "missing", "whole", "inner", "total"]
"""What a series of a sheet holds: values as stated (also about or computed ones: their labels say so) · lower bounds · a flag
where nothing is known · the whole behind a part · the ring within a derived point · the sum of a stack."""


@dataclass(frozen=True, slots=True)
class Column:
    """A series of a sheet. `values`: None leaves a cell blank. `format`: the number format of its labels, None for none.
    `name`: as a label prints it, '' where the chart has but one; `facts`: the ids of what its values state, '' for none."""

    head: Rich
    values: tuple[Decimal | None, ...]
    format: str | None
    ink: Ink
    text_ink: Ink
    meaning: Meaning = "exact"
    name: str = ""
    facts: tuple[Id, ...] = ()

    @property
    def header(self) -> str:
        return plain(self.head)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The data of a native chart as its workbook has them: categories in the first column, a series in each further one.
    `least`, `greatest`: of the axis, None where the program finds them; `falls`: the least stands on top."""

    names: tuple[Rich, ...]
    columns: tuple[Column, ...]
    least: Decimal | None = Decimal(0)
    greatest: Decimal | None = None
    falls: bool = False

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(map(plain, self.names))


def words(text: str) -> Rich:
    """Returns the program's own words."""
    return (Inline(text),)


def facts(items: Iterable[ChartItem | None]) -> tuple[Id, ...]:
    """Returns the ids of what items state."""
    return tuple(item.figure.role.ref if item else "" for item in items)


def number_format(items: Iterable[ChartItem], unit: str = "") -> str:
    """Returns the number format that prints items as their figures read, decimals written out: `"超"0"亿元"`."""
    held = list(items)
    figure = held[0].figure
    places = max(len(item.figure.numeral.partition(".")[2]) for item in held)
    digits = f"0.{'0' * places}" if places else "0"
    mark = f"（{figure.mark}）" if len(figure.mark) > 1 else figure.mark
    after = "".join(f'"{piece}"' for piece in (unit.replace('"', ""), mark) if piece)
    before = f'"{figure.prefix}"' if figure.prefix else ""
    shown = f"{before}{digits}{after}"
    return f'{shown};{before}"−"{digits}{after}' if any(item.value < 0 for item in held) else shown


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
    told: Rich = ()
    """What a reader who cannot see it is told."""
    keywords: tuple[str, ...] = ()
    """Ids of the keywords it is about, in the items' order."""

    @property
    def alt(self) -> str:
        return plain(self.told)

    @property
    def sheet(self) -> Sheet | None:
        """What a native chart carries; None: slides draw it."""
        return None

    def recoloured(self, change: Callable[[ChartItem], ChartItem]) -> Self:
        """Returns the chart with all its items changed."""
        return replace(self, items=tuple(map(change, self.items)))
