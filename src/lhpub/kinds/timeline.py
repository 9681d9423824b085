"""The year and its dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar, Literal

from lhpub.inline import Inline, Rich
from lhpub.kinds.chart import AnyChart
from lhpub.kinds.style import AnyStyle, look
from lhpub.text.model import TextStyle


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChart(AnyChart):
    """Events in order of time on an axis of days; `undated` beside."""

    kind: ClassVar[Literal["timeline"]] = "timeline"
    events: tuple[TimelineEvent, ...] = ()
    undated: tuple[tuple[int, Inline], ...] = ()
    """(number, title) of keywords without a date."""
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStyle(AnyStyle):
    """The look of it."""

    number: TextStyle | None = look("时间轴上的编号", None)  # keyword numbers of the timeline
    month: TextStyle | None = look("月份数字", None)  # months' numerals of the timeline
    origins: tuple[float, ...] = look("一年第一天的 *x；对页写两个", (0,))
    """X of the year's first day; two for a spread of two half years."""
    day: float = look("一天的*宽；0 为平分", 0)  # width of a day; 0: the plot shared by the year's days
    stems: tuple[float, float] = look("竖线*高：关键词、其他事件", (119, 79.4))
    """Height of a keyword's stem, of a further event's."""
    stem_step: float = look("编号相碰时竖线加*高", 17)  # how much longer a stem is whose number would touch another
    near: float = look("竖线近于此*距离时编号让开", 14.2)
    """Stems nearer than this: the earlier number moves left by a third of it."""
    bar: tuple[float, float, float] = look("横杠：离轴、高、其他事件的高（*长度）", (3.1, 3.1, 1.0))
    """Month bars: under the axis, height, a further event's."""
    numbers: bool = look("竖线上、月份旁写编号", True)
    """Keyword numbers over stems and beside months, else in the lists alone."""
    list_months: int = look("几个月一列", 1)  # months per list
    list_at: float = look("轴到列表的*距离", 53.9)  # from the axis down to the lists
    list_width: float = look("列表的*宽", 75.4)  # width of a list's text; its rules are a tenth shorter
    list_pitch: float = look("列表的*行距", 70.9)  # from entry to entry where there is room
    list_tops: tuple[float, float, float] = look("线到编号、名字、短句的*距离", (5.7, 23.2, 39.7))
    """From an entry's rule to number, name, line."""
    list_indent: float = look("名字与编号同行，右移*多少；0 为上下排", 0)
    """Name this far right of its number on one line, nothing else; 0: one under the other."""
