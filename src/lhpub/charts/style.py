"""What a layout decides about its charts. Lengths in points, places from the chart's left top, y downward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lhpub.text.model import Ink, TextStyle
from lhpub.units import Rect


@dataclass(frozen=True, slots=True)
class ChartInks:
    """The inks that carry meaning; `resolve_charts` puts them into the items."""

    groups: tuple[Ink, ...]  # one per group of a column chart; the first also for a share's part and a rank
    bound: Ink  # fill under a lower bound
    rest: Ink  # the rest of a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartStyle:
    """The look of one chart. A type style that is None: that text is not drawn here (a placeholder says it)."""

    axis: Ink  # base line
    grid: Ink  # grid lines, single rungs
    tick: Ink  # ticks, every tenth rung, rules of lists
    accent: Ink  # stems and bars of the timeline
    ground: Ink  # inside of a hollow marker, text on a filled bar

    value: TextStyle | None = None  # numerals over columns
    unit: TextStyle | None = None  # prefix and unit beside a numeral, 月; None: as the numeral
    bound_value: TextStyle | None = None  # numeral of a lower bound; None: as `value`
    bound_unit: TextStyle | None = None  # prefix and unit of a lower bound; None: as `unit`
    label: TextStyle | None = None  # names of columns, part of a share, earlier rank, names in lists
    second: TextStyle | None = None  # second lines, rest of a share, dates and lines in lists
    tick_text: TextStyle | None = None  # labels of ticks; a column chart's at its left edge, or the plot's by positions
    note: TextStyle | None = None  # the chart's note, the words on a lower bound
    number: TextStyle | None = None  # keyword numbers of the timeline
    month: TextStyle | None = None  # months' numerals of the timeline
    mark: TextStyle | None = None  # the 计算值 mark; None: as the text before it
    framed: bool = True  # the mark in a frame, else in brackets
    slack: float = 0  # room beside a text as a share of its width, for the wider fonts of another machine

    plot: tuple[float, float, float, float] = (0, 0, 0, 0)  # plot area: from the left, top, right, bottom edge
    bleed: float = 0  # how far base line and grid lines run beyond the chart on both sides
    fold: float | None = None  # x of a spread's fold: no line crosses it in one piece
    axis_width: float = 0.75  # base line
    grid_width: float = 0.4  # grid lines, single rungs; 0: none
    tick_width: float = 0.45  # ticks, every tenth rung, rules of lists
    heavy_width: float = 2.4  # edges of a lower bound, line at the present rank, stems, rules under a share
    tick_lengths: tuple[float, float] = (9.6, 19.8)  # ticks of a day, a month; a bar's are half and all of the first
    label_gap: float = 8.5  # from base line, field, bar or axis down to the text under it
    note_at: tuple[float, float, float] | None = None  # left, top, width of the note; None: not drawn

    # column
    column_gap: float = 0.26  # gap between columns as a share of a column's width
    column_width: float | None = None  # width, if not by the gap
    column_positions: tuple[float, ...] = ()  # left edges, if not evenly spread
    group_positions: tuple[float, ...] = ()  # x of each group's name under the base line; empty: not drawn
    value_gap: float = 11.3  # from a column's top up to the base line of its figure
    value_align: Literal["left", "centre"] = "centre"  # figure and name at the column's left edge or centred
    bound_at: tuple[float, float] | None = None  # a bound's figure: right of the edge, below the level; None: above
    bound_words: str = ""  # the layout's words on what the open top means, `bound_words_at` under that figure
    bound_words_at: float = 16  # from the figure's base line down to these words
    bound_dash: float = 4.8  # dashes and gaps of a lower bound's edges above its level

    # share
    form: Literal["squares", "bar", "ring"] = "squares"  # a square for each thing counted (up to 8,000), a bar, a ring
    ring: float = 14  # width of a ring
    square: float = 0.7  # side of a square as a share of the pitch
    rule_gap: float = 4.5  # from the field to the rules, from the bar to the ticks
    inside: float = 16  # from the edge of a bar's part to its words
    words: tuple[str, str, str] = ("占", "一格为一", "共")  # in 龙华区占23.9%, 一格为一家, 共4923家

    # rank
    reach: float = 11.3  # how far every tenth rung stands out to the left; its label 1.5 × as far again
    strata: bool = False  # rungs run to the right only below the earlier rank; the others are a ruler's ticks
    climb: tuple[float, float] = (5.7, 39.7)  # from the ladder's left edge to the start, from the end to its right
    climb_width: float = 1.3  # rungs climbed
    slope_width: float = 0  # line from start to end; 0: none
    line_from: float | None = None  # x where the line at the present rank begins; None: at the ladder
    radii: tuple[float, float] = (5.7, 6.8)  # start circle (hollow; half as large on the timeline), end circle

    # timeline
    origins: tuple[float, ...] = (0,)  # x of the year's first day; two for a spread of two half years
    day: float = 0  # width of a day; 0: the plot shared by the year's days
    stems: tuple[float, float] = (119, 79.4)  # height of a keyword's stem, of a further event's
    stem_step: float = 17  # how much longer a stem is whose number would touch another
    near: float = 14.2  # stems nearer than this: the earlier number moves left by a third of it
    bar: tuple[float, float, float] = (3.1, 3.1, 1.0)  # month bars: under the axis, height, a further event's
    numbers: bool = True  # keyword numbers over stems and beside months, else in the lists alone
    list_months: int = 1  # months per list
    list_at: float = 53.9  # from the axis down to the lists
    list_width: float = 75.4  # width of a list's text; its rules are a tenth shorter
    list_pitch: float = 70.9  # from entry to entry where there is room
    list_tops: tuple[float, float, float] = (5.7, 23.2, 39.7)  # from an entry's rule to number, name, line
    list_indent: float = 0  # name this far right of its number on one line, nothing else; 0: one under the other

    def plot_in(self, rect: Rect) -> Rect:
        """Returns the plot area of a chart that stands in `rect`."""
        left, top, right, bottom = self.plot
        return Rect(rect.x + left, rect.y + top, rect.width - left - right, rect.height - top - bottom)
