"""The kinds of chart: of each a module with what it is resolved to and the style that a layout gives it."""

from typing import Literal

from lhpub.kinds.column import ColumnChart, ColumnStyle
from lhpub.kinds.rank import RankChart, RankStyle
from lhpub.kinds.share import ShareChart, ShareStyle
from lhpub.kinds.timeline import TimelineChart, TimelineStyle

Chart = ColumnChart | ShareChart | RankChart | TimelineChart
ChartStyle = ColumnStyle | ShareStyle | RankStyle | TimelineStyle
ChartKind = Literal["column", "share", "rank", "timeline"]

__all__ = ["Chart", "ChartKind", "ChartStyle"]
