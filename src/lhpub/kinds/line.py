"""Lines over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lhpub.kinds.grid import GridChart
from lhpub.kinds.style import AnyStyle, look


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart(GridChart):
    """Rows left to right in time; a line for each series."""

    kind: ClassVar[Literal["line"]] = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStyle(AnyStyle):
    """The look of lines."""

    line_width: float = look("主线粗（pt），其他线一半", 2.4)
    dot: float = look("折线上圆点的*半径", 3.2)
