"""What a chart is drawn with; without matplotlib, which is loaded late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lhpub.text.model import Ink

Scale = Callable[[float, float], tuple[float, float]]
"""From data to the page."""
Line = tuple[float, float, float, float]
"""x0, y0, x1, y1"""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a shape is drawn."""

    name: str
    fill: Ink | None = None
    stroke: Ink | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()
