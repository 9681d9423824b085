"""The kinds of chart: of each a module with what it is resolved to and the style that a layout gives it."""

from typing import Literal

from lhpub.kinds.bar import BarChart, BarStyle
from lhpub.kinds.column import ColumnChart, ColumnStyle
from lhpub.kinds.line import LineChart, LineStyle
from lhpub.kinds.pair import PairChart, PairStyle
from lhpub.kinds.parts import PartsChart, PartsStyle
from lhpub.kinds.rank import RankChart, RankStyle
from lhpub.kinds.share import ShareChart, ShareStyle
from lhpub.kinds.timeline import TimelineChart, TimelineStyle

Chart = ColumnChart | BarChart | LineChart | ShareChart | PartsChart | RankChart | PairChart | TimelineChart
ChartStyle = ColumnStyle | BarStyle | LineStyle | ShareStyle | PartsStyle | RankStyle | PairStyle | TimelineStyle
ChartKind = Literal["column", "bar", "line", "share", "parts", "rank", "pair", "timeline"]

__all__ = ["Chart", "ChartKind", "ChartStyle"]
