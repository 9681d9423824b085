"""What composing works with, and how inlines become styled runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from lhpub.boxes import Box, ChartBox
from lhpub.compose.kept import Kept
from lhpub.compose.scope import Paragraphs, Scope
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import Inline
from lhpub.kinds import Chart
from lhpub.layout.at import Area
from lhpub.layout.check import on_grid
from lhpub.layout.frame import Frame
from lhpub.layout.model import Cell, Medium
from lhpub.layout.read import Layout
from lhpub.text.fonts import FontBook
from lhpub.text.model import Paragraph, Run, TextBlock, TextStyle
from lhpub.text.setting import Grid, set_text
from lhpub.units import Rect, Size

DrawChart = Callable[[Chart, str, Rect], ChartBox]
"""(chart, name of a chart style, frame in points) → the drawn chart."""


Judge = Callable[[tuple[Box, ...], Size, str], tuple[Diagnostic, ...]]
"""(boxes of a page or spread, its size, its master) → what is wrong with how they stand."""


def no_judge(boxes: tuple[Box, ...], size: Size, master: str) -> tuple[Diagnostic, ...]:
    """Finds nothing."""
    return ()


@dataclass(frozen=True)
class Studio:
    """A medium of a layout with its fonts and its way to draw charts."""

    layout: Layout
    medium: Medium
    book: FontBook
    draw_chart: DrawChart
    is_deck: bool = False
    below: Studio | None = None
    """What takes the pages that its own masters do not hold."""
    judge: Judge = no_judge
    kept: Kept = field(default_factory=Kept, compare=False)
    """What was composed with it so far."""

    @property
    def unit(self) -> float:
        """Points per unit of the medium's coordinates."""
        return self.medium.points

    def area(self, page: int, pages: int = 1) -> Area:
        """Returns a page, or the two of a spread, as what its frames' places are in."""
        return self.medium.area("right" if page % 2 else "left", pages)

    def is_on_right(self, cell: Cell) -> bool:
        """True if a place of a spread is on its right page."""
        return self.area(0).at(cell.at).rect.x >= self.area(0).rect.right - 0.01

    @property
    def line(self) -> float:
        """Points of one line of the medium's grid."""
        grid = self.area(0).grid
        return grid.line if grid else self.unit

    @property
    def columns(self) -> int:
        """Columns of the medium's grid, 0 without one."""
        grid = self.area(0).grid
        return grid.columns if grid else 0

    def where(self, page: int, rect: Rect) -> tuple[str, str]:
        """Returns medium and page of a place, in Chinese and in English; a left page's place may be on the one it faces."""
        page += page % 2 == 0 and rect.x >= self.medium.size[0] * self.unit
        return self.called(str(page))

    def called(self, pages: str) -> tuple[str, str]:
        """Returns what pages of the medium are called by their numbers, in Chinese and in English."""
        return (f"幻灯片第 {pages} 张", f"slide {pages}") if self.is_deck else (f"画册第 {pages} 页", f"brochure page {pages}")

    def grid(self, style: TextStyle, hang: str) -> Grid | None:
        """Returns the page's baseline grid for texts that stand on it: hung from the top, their leading a multiple."""
        grid = self.medium.grid
        if grid is None or hang != "top":
            return None
        pitch = grid.pitch * self.unit
        return Grid(grid.first * self.unit, pitch) if on_grid(style.leading, pitch) else None

    def paragraphs(
        self, content: Paragraphs, style: TextStyle, space: str = " ", vertical: bool = False
    ) -> tuple[Paragraph, ...]:
        """Returns styled paragraphs of inlines; one that is strong as a whole is a heading and stays with the next."""
        heads = [all(inline.strong for inline in rich) for rich in content]
        keeps = [head and not following for head, following in pairwise([*heads, True])]
        return tuple(
            Paragraph(tuple(self._run(inline, style, space, vertical) for inline in rich), style, keep)
            for rich, keep in zip(content, keeps, strict=True)
        )

    def _run(self, inline: Inline, style: TextStyle, space: str, vertical: bool) -> Run:
        if inline.mark:
            return self._mark(inline, style, vertical)
        text, spec = inline.text.replace(" ", space), self.layout.spec.styles[style.name]
        dots = inline.strong and spec.emphasis == "dots" and not (vertical or self.is_deck)
        weight = max(style.weight, spec.strong) if inline.strong and not dots else style.weight
        rise = SCRIPT_RISE.get(inline.script, 0.0)
        style = replace(style, weight=weight, size=style.size * (SCRIPT_SIZE if rise else 1))
        return Run(text, style, inline.role, inline.link, dots=dots, rise=rise, source=inline.source)

    def _mark(self, inline: Inline, style: TextStyle, vertical: bool) -> Run:
        look = self.layout.style(self.medium.mark_style)
        if self.medium.mark == "framed" and not vertical:
            return Run(inline.text, replace(look, ink=style.ink), framed=True)
        return Run(f"（{inline.text}）", replace(look, ink=style.ink, family=style.family))

    def set_text(self, paragraphs: tuple[Paragraph, ...], width: float, height: float | None = None) -> TextBlock:
        """Returns the paragraphs set to a width that leaves the medium's slack."""
        return set_text(paragraphs, width * (1 - self.medium.slack), self.book, height)


SCRIPT_SIZE = 0.62
SCRIPT_RISE = {"sub": -0.25, "super": 0.55}
"""Of figures under and over the line, in em of themselves."""
Where = tuple[str, str]
"""Medium and page, in Chinese and in English."""


@dataclass(frozen=True)
class Address:
    """A frame as its designer knows it: its master, its name, where it is written. `source`: where its words come from, None
    for the layout's own."""

    master: str
    frame: str
    span: Span
    source: Span | None = None

    @property
    def words(self) -> Bilingual:
        zh, en = f"母版“{self.master}”的框“{self.frame}”", f"the frame “{self.frame}” of the master “{self.master}”"
        return Bilingual(f"{zh}（{self.span}）", f"{en} ({self.span})")


def _error(code: str, where: Where, said: Bilingual, hint: Bilingual, frame: Address) -> Diagnostic:
    message = Bilingual(f"{where[0]}：{said.zh}", f"{where[1]}: {said.en}")
    return Diagnostic(code, Severity.ERROR, message, hint, frame.source or frame.span)


class EntryText(NamedTuple):
    """A text of the source as its editor knows it: whose, what it is called, and how many characters have room."""

    owner: str
    zh: str
    en: str
    most: int


def overset(where: Where, name: str | EntryText, excess: int, frame: Address) -> Diagnostic:
    """Returns the error that a text does not fit its frame; it points at the text, its hint at the frame."""
    said = Bilingual(f"“{name}”放不下，多出 {excess} 个字", f"“{name}” does not fit: {excess} characters over")
    if isinstance(name, EntryText):
        whose = (f"“{name.owner}”的", f" of “{name.owner}”") if name.owner else ("", "")
        room = (f"至多 {name.most} 字", f"has room for {name.most} characters") if name.most > 0 else ("放不下", "does not fit")
        said = Bilingual(
            f"{whose[0]}{name.zh}{room[0]}，多出 {excess} 字", f"the {name.en}{whose[1]} {room[1]}: {excess} characters over"
        )
    hint = Bilingual(f"缩短这段文字，或放大{frame.words.zh}", f"shorten the text, or enlarge {frame.words.en}")
    return _error("overset", where, said, hint, frame)


def no_room(where: Where, name: str, count: int, frame: Address) -> Diagnostic:
    """Returns the error that some items of a list, or a picture or chart, have no room in their frame."""
    said = Bilingual(f"“{name}”放不下，差 {count} 项", f"“{name}” has no room for {count} more")
    return _error("no-room", where, said, Bilingual(f"放大{frame.words.zh}", f"enlarge {frame.words.en}"), frame)


def too_many_points(where: Where, name: str, counts: tuple[int, int], frame: Address) -> Diagnostic:
    """Returns the error that a keyword has more points than the layout has rows for; `counts`: there are, fit."""
    count, most = counts
    said = Bilingual(f"“{name}”有 {count} 条要点，版式至多放 {most} 条", f"“{name}” has {count} points, at most {most} fit")
    return _error("too-many-points", where, said, Bilingual("删去或合并几条", "leave some out or join them"), frame)


def missing_glyphs(where: Where, name: str, characters: tuple[str, ...], frame: Address) -> Diagnostic:
    """Returns the error that no font has some characters of a text."""
    listed = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters)
    said = Bilingual(f"“{name}”里的字没有字体可用：{listed}", f"no font has these characters of “{name}”: {listed}")
    hint = Bilingual("换一个写法，或在 fonts/ 中加入有这些字的字体", "write it differently, or add a font with them to fonts/")
    return _error("missing-glyph", where, said, hint, frame)


def address(frame: Frame, scope: Scope, source: Span | None = None) -> Address:
    """Returns a frame's address; `source`: where its words come from."""
    return Address(scope.master, frame.name or frame.style, frame.span, source)


def first_span(content: Paragraphs) -> Span | None:
    """Returns where in the source a text comes from, None for a layout's own words."""
    return next((inline.span for rich in content for inline in rich if inline.span), None)
