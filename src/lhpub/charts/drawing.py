"""What the kinds of chart draw with: a canvas, and texts set by the text stage and hung at a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from lhpub.boxes import TextBox
from lhpub.charts.pens import Line, Pen
from lhpub.inline import Figure, Inline, Rich, Role
from lhpub.kinds import Chart
from lhpub.kinds.chart import Tick
from lhpub.kinds.style import AnyStyle
from lhpub.text.fonts import FontBook
from lhpub.text.model import Ink, Paragraph, Run, TextStyle
from lhpub.text.setting import natural_width, set_text
from lhpub.units import Rect

if TYPE_CHECKING:  # it loads matplotlib
    from lhpub.charts.canvas import Canvas

C = TypeVar("C", bound=Chart)
S = TypeVar("S", bound=AnyStyle)
Piece = str | Run | Figure | Rich
ROUNDING = 0.01
"""Points added to a natural width, so that no rounding breaks the line."""


Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text hangs: `x` its left, right or middle by `align`; `y` by `hang`. `width`: None for its natural one."""

    x: float
    y: float
    align: Align = "left"
    width: float | None = None
    hang: Literal["top", "baseline", "middle", "bottom"] = "top"


@dataclass(frozen=True, slots=True)
class Plotted:
    """What a native chart needs of a drawing: the inner plot, the type of figures and names (None: the style's own), the gap
    between columns or bars as a share of one's width."""

    plot: Rect
    value: TextStyle | None = None
    name: TextStyle | None = None
    gap: float | None = None


@dataclass(frozen=True)
class Drawing(Generic[C, S]):
    """One chart being drawn into `rect`."""

    chart: C
    style: S
    rect: Rect
    book: FontBook
    canvas: Canvas

    @cached_property
    def plot(self) -> Rect:
        return self.style.plot_in(self.rect)

    def stroke(self, name: str, ink: Ink | None, width: float, dash: tuple[float, ...] = ()) -> Pen:
        return Pen(f"{self.chart.id}/{name}", None, ink, width, dash)

    def fill(self, name: str, ink: Ink) -> Pen:
        return Pen(f"{self.chart.id}/{name}", ink)

    def paragraph(self, style: TextStyle, *pieces: Piece, unit: TextStyle | None = None) -> Paragraph:
        """Returns words, figures (prefix and unit in the style `unit`) and rich text as one paragraph; a 计算值 mark is
        framed, in the ink of the text before it."""
        mark = replace(self.style.mark or unit or style, ink=style.ink)
        runs: list[Run] = []
        for piece in pieces:
            match piece:
                case Run():
                    runs.append(piece)
                case str():
                    runs.append(Run(piece, style))
                case Figure():
                    parts = ((piece.prefix, unit or style), (piece.numeral, style), (piece.unit, unit or style))
                    runs += (Run(text, own, piece.role) for text, own in parts if text)
                    runs += [self._mark(piece.mark, mark)] if piece.mark else []
                case _:
                    runs += (self._run(i, style, mark) for i in piece)
        return Paragraph(tuple(runs), style)

    def _run(self, inline: Inline, style: TextStyle, mark: TextStyle) -> Run:
        if inline.mark:
            return self._mark(inline.text, mark)
        return Run(inline.text, style, inline.role, inline.link, source=inline.source)

    def _mark(self, text: str, style: TextStyle) -> Run:
        return Run(text, style, framed=True) if self.style.framed else Run(f"（{text}）", style)

    def width(self, paragraph: Paragraph) -> float:
        return natural_width(paragraph, self.book) + ROUNDING

    def set(self, name: str, place: Place, *paragraphs: Paragraph) -> TextBox:
        """Returns paragraphs set at their place; their alignment is the place's."""
        own = tuple(replace(p, style=replace(p.style, align=place.align)) for p in paragraphs)
        width = place.width or max(map(self.width, own))
        block = set_text(own, width, self.book)
        before = {"left": 0.0, "centre": 0.5, "right": 1.0}[place.align]
        above = {"top": 0.0, "baseline": block.lines[0].baseline, "middle": block.height / 2, "bottom": block.height}
        x, y = place.x - width * before, place.y - above[place.hang]
        room = 0.0 if place.width else width * self.style.slack
        rect = Rect(x - room * before, y, width + room, block.height)
        return TextBox(rect, (x, y), own, block.lines, f"{self.chart.id}/{name}")

    def text(self, name: str, place: Place, *paragraphs: Paragraph) -> TextBox:
        """Returns the same, drawn."""
        box = self.set(name, place, *paragraphs)
        self.canvas.text(box)
        return box

    def ticked(self, tick: Tick, place: Place, above: str = "") -> list[TextBox]:
        """Returns a tick's label, if it has one, with a line above it."""
        style = self.style.tick_text
        if not style or not tick.label:
            return []
        label = Run(tick.label, style, Role("tick"))
        lines = [self.paragraph(style, above)] if above else []
        return [self.set(f"tick-{tick.label}", place, *lines, self.paragraph(style, label))]

    def across(self, y: float, holes: Sequence[Rect] = ()) -> list[Line]:
        """Returns a line over the whole width, bleed included, cut at the fold and where it would cross a text."""
        left, right = self.rect.x - self.style.bleed, self.rect.right + self.style.bleed
        fold = right if self.style.fold is None else self.rect.x + self.style.fold
        cuts = [(fold, fold), *((hole.x - 3, hole.right + 3) for hole in holes if hole.y < y < hole.bottom)]
        lines = []
        for start, end in sorted(cuts):
            lines += [(left, y, start, y)] if left < start else []
            left = max(left, end)
        return [*lines, (left, y, right, y)] if left < right else lines


def joined(boxes: Sequence[TextBox]) -> TextBox:
    """Returns texts that stand one under the other as one box, by the first one's name."""
    x, y = boxes[0].origin
    lines = tuple(
        replace(line, x=line.x + box.origin[0] - x, baseline=line.baseline + box.origin[1] - y)
        for box in boxes
        for line in box.lines
    )
    rect = Rect(x, y, max(box.rect.right for box in boxes) - x, max(box.rect.bottom for box in boxes) - y)
    return TextBox(rect, (x, y), tuple(p for box in boxes for p in box.paragraphs), lines, boxes[0].name)
