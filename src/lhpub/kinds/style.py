"""What a layout decides about its charts, of whatever kind. Lengths in points, places from the chart's left top, y downward.

Each kind adds a style class of its own fields. A layout's YAML keys are these fields (`layout/looks.py`): one look can
serve any kind of chart.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, dataclass
from typing import Any, Protocol, TypeVar

from lhpub.text.model import Ink, TextStyle
from lhpub.units import Rect


def look(zh: str, default: Any = MISSING) -> Any:
    """Returns a field of a style class with its help; `*` in it marks a length in the medium's unit (widths of lines are
    points). Nothing but inks is required."""
    return dataclasses.field(default=default, metadata={"zh": zh})


@dataclass(frozen=True, slots=True)
class ChartInks:
    """The inks that carry meaning; `resolve_charts` puts them into the items."""

    groups: tuple[Ink, ...]  # one per group of a column chart; the first also for a share's part and a rank
    bound: Ink  # fill under a lower bound
    rest: Ink  # the rest of a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyStyle:
    """The look of one chart. A type style that is None: that text is not drawn here (a placeholder says it)."""

    axis: Ink = look("基线的颜色")  # base line
    grid: Ink = look("网格线、单位横档的颜色")  # grid lines, single rungs
    tick: Ink = look("刻度、逢十横档、列表线的颜色")  # ticks, every tenth rung, rules of lists
    accent: Ink = look("强调的颜色：时间轴的竖线与横杠、占比的部分、现在的位次")
    ground: Ink = look("空心圆的底色、实心条上的字色")  # inside of a hollow marker, text on a filled bar
    value: TextStyle | None = look("柱上数字的样式", None)  # numerals over columns
    unit: TextStyle | None = look("数字旁的前缀与单位、“月”的样式；不写同数字", None)
    """Prefix and unit beside a numeral, 月; None: as the numeral."""
    label: TextStyle | None = look("柱名、占比的部分、前次位次、列表中的名字", None)
    """Names of columns, part of a share, earlier rank, names in lists."""
    second: TextStyle | None = look("第二行、占比的其余、列表中的日期与短句", None)
    """Second lines, rest of a share, dates and lines in lists."""
    tick_text: TextStyle | None = look("刻度文字", None)
    """Labels of ticks; a column chart's at its left edge, or the plot's by positions."""
    note: TextStyle | None = look("图注", None)
    mark: TextStyle | None = look("计算值标记；不写同前文", None)  # the 计算值 mark; None: as the text before it
    framed: bool = look("计算值标记加框（false 为括号）", True)  # the mark in a frame, else in brackets
    slack: float = look("文字旁留的余地，占其宽的比例", 0)
    """Room beside a text as a share of its width, for the wider fonts of another machine."""
    plot: tuple[float, float, float, float] = look("绘图区离左、上、右、下边的*距离", (0, 0, 0, 0))
    """Plot area: from the left, top, right, bottom edge."""
    bleed: float = look("基线与网格线两侧伸出*多少", 0)
    """How far base line and grid lines run beyond the chart on both sides."""
    fold: float | None = look("对页折缝的 *x，没有线跨过它", None)
    """X of a spread's fold: no line crosses it in one piece."""
    axis_width: float = look("基线粗（pt）", 0.75)  # base line
    grid_width: float = look("网格线粗（pt），0 为无", 0.4)  # grid lines, single rungs; 0: none
    tick_width: float = look("刻度线粗（pt）", 0.45)  # ticks, every tenth rung, rules of lists
    heavy_width: float = look("下限边线、当前位次线、竖线粗（pt）", 2.4)
    """Edges of a lower bound, line at the present rank, stems, rules under a share."""
    label_gap: float = look("基线到下方文字的*距离", 8.5)
    """From base line, field, bar or axis down to the text under it."""
    note_at: tuple[float, float, float] | None = look("图注的*左、上、宽；不写则不画", None)
    """Left, top, width of the note; None: not drawn."""
    value_gap: float = look("柱顶到数字基线的*距离", 11.3)  # from a column's top up to the base line of its figure
    radii: tuple[float, float] = look("起点、终点圆的*半径", (5.7, 6.8))
    """Start circle (hollow; half as large on the timeline), end circle."""
    tick_lengths: tuple[float, float] = look("日、月刻度的*长", (9.6, 19.8))
    """Ticks of a day, a month; a bar's are half and all of the first."""

    def plot_in(self, rect: Rect) -> Rect:
        """Returns the plot area of a chart that stands in `rect`."""
        left, top, right, bottom = self.plot
        return Rect(rect.x + left, rect.y + top, rect.width - left - right, rect.height - top - bottom)


S = TypeVar("S", bound=AnyStyle)


class Look(Protocol):
    """A layout's named look: gives the style of any kind of chart."""

    def __call__(self, style: type[S], /) -> S: ...
