"""The same things at two moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lhpub.kinds.grid import GridChart
from lhpub.kinds.style import AnyStyle, look


@dataclass(frozen=True, slots=True, kw_only=True)
class PairChart(GridChart):
    """Rows are the things; the first series is before, the second after."""

    kind: ClassVar[Literal["pair"]] = "pair"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStyle(AnyStyle):
    """The look of a pair."""

    rod_width: float = look("前后两点间连线粗（pt）", 2.4)
