"""A4 papers to print and sign: pages made of texts, rules and boxes at places in millimetres, set by the text stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from lhpub.boxes import Box, GroupBox, Page, Segment, ShapeBox, Tag, TextBox
from lhpub.paths import line, rectangle
from lhpub.text.fonts import FontBook
from lhpub.text.model import Ink, Paragraph, Run, TextStyle
from lhpub.text.setting import set_text
from lhpub.units import Rect, Size, mm, to_mm

A4 = Size(mm(210), mm(297))
INK = Ink("ink", "#000000", (0, 0, 0, 100))
_SANS, _SERIF = "Noto Sans SC", "Noto Serif SC"


def _style(name: str, size: float, leading: float, weight: int = 400, family: str = _SANS) -> TextStyle:
    return TextStyle(name, family, weight, size, leading, INK, profile="zh-CN/gb+tight")


TITLE = _style("title", 28, 34, 700)
SECTION = _style("section", 12, 16, 700)
FIGURE = _style("figure", 15, 19, 700)
NAME = _style("name", 14, 18, family=_SERIF)
STRONG = _style("strong", 9, 12, 700)
PLAIN = _style("plain", 9, 12)
LARGE = _style("large", 10.5, 16)


@dataclass
class Paper:
    """One A4 page while it is made. Places and lengths in millimetres from the top left, line widths in points."""

    book: FontBook
    number: int = 1
    boxes: list[Box] = field(default_factory=list)

    def text(self, at: tuple[float, float], width: float, words: str, style: TextStyle = PLAIN, tag: Tag = "P") -> float:
        """Sets a text with its first line's top at a place; returns where its last line ends."""
        paragraph = Paragraph((Run(words, style),), style)
        block = set_text((paragraph,), mm(width), self.book)
        origin = (mm(at[0]), mm(at[1]))
        rect = Rect(*origin, mm(width), block.height)
        self.boxes.append(TextBox(rect, origin, (paragraph,), block.lines, f"text-{len(self.boxes)}", tag=tag))
        return at[1] + to_mm(block.height)

    def rule(self, at: tuple[float, float], width: float, weight: float = 0.3) -> None:
        """Draws a line to the right."""
        self.line(at, (at[0] + width, at[1]), weight)

    def line(self, start: tuple[float, float], end: tuple[float, float], weight: float = 0.3) -> None:
        """Draws a straight line."""
        (x, y), (right, bottom) = map(mm, start), map(mm, end)
        rect = Rect(min(x, right), min(y, bottom), abs(right - x), abs(bottom - y))
        self._shape(rect, line((x, y), (right, bottom)), weight)

    def frame(self, at: tuple[float, float, float, float], weight: float = 0.5, dash: tuple[float, ...] = ()) -> None:
        """Draws a rectangle: left, top, width, height."""
        rect = Rect(*map(mm, at))
        self._shape(rect, rectangle(rect), weight, dash)

    def _shape(self, rect: Rect, path: tuple[Segment, ...], weight: float, dash: tuple[float, ...] = ()) -> None:
        shape = ShapeBox(rect, path, stroke=INK, stroke_width=weight, dash=dash)
        self.boxes.append(GroupBox(rect, (shape,), f"line-{len(self.boxes)}", alt=""))

    def page(self, title: str) -> Page:
        """Returns the page; it says nothing that was not put on it."""
        anchors = ("paper",) if self.number == 1 else ()
        return Page(self.number, str(self.number), A4, 0.0, None, tuple(self.boxes), "", title, anchors)
