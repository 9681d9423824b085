"""Lengths and geometry. The one internal unit is the PostScript point (1/72 inch); y grows downward."""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4


def mm(length: float) -> float:
    """Returns a length given in millimetres as points."""
    return length * POINTS_PER_MM


def to_mm(length: float) -> float:
    """Returns a length given in points as millimetres."""
    return length / POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sides:
    """Distances from a rectangle's four sides, in points."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in points from the page's trim top left, y downward."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: Rect) -> bool:
        """True if the two share an area (touching edges do not count)."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
