"""A resolved chart: everything decided (limits, ticks, labels, order, inks). Renderers only draw it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lhpub.inline import Inline, Rich, Role
from lhpub.text.model import Ink

ChartKind = Literal["column", "share", "rank", "timeline"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in parts as it is printed: 超 | 1000 | 亿元; `mark` is 计算值 or 推算 for a derived one."""

    prefix: str
    numeral: str
    unit: str
    role: Role
    mark: str = ""

    @property
    def text(self) -> str:
        return f"{self.prefix}{self.numeral}{self.unit}"

    def inlines(self) -> Rich:
        """Returns the figure as running text, its mark behind it."""
        figure = Inline(self.text, self.role)
        return (figure, Inline(self.mark, mark=True)) if self.mark else (figure,)


@dataclass(frozen=True, slots=True)
class ChartItem:
    """One datum. `bound`: only a lower bound is known (an open-topped column)."""

    label: str
    second: Rich
    """A second label line (date, count), may be empty."""
    value: Decimal
    figure: Figure
    ink: Ink
    bound: bool = False
    derived: bool = False
    group: str = ""
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
class TimelineEvent:
    """A dated event: first and last day it may have been, as exactly as the source knows. `day`: known to the day.
    `open`: it went on (起). `main`: the keyword's own date, else a further event of it."""

    keyword: str
    number: int
    title: str
    label: Rich
    when: Rich
    """As printed: 29日, 2月, 上旬起."""
    first: datetime.date
    last: datetime.date
    day: bool
    open: bool
    main: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the publication, resolved. `column`: items left to right, axis from 0. `share`: items[0] the part,
    items[1] the rest, `total` the whole. `rank`: items[0] before (derived), items[1] now; axis 1–`axis_max`, 1 on top.
    `timeline`: events in order of time, `undated` beside."""

    id: str
    kind: ChartKind
    title: Rich
    items: tuple[ChartItem, ...]
    axis_min: Decimal
    axis_max: Decimal
    ticks: tuple[Tick, ...]
    unit: str
    note: Rich
    alt: str
    keywords: tuple[str, ...]
    """Ids of the keywords it is about, in the items' order."""
    total: ChartItem | None = None
    share: Figure | None = None
    """For `share`: the part's percentage, a derived figure."""
    events: tuple[TimelineEvent, ...] = ()
    undated: tuple[tuple[int, str], ...] = ()
    """(number, title) of keywords without a date."""
    year: int = 0
