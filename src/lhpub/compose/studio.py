"""What composing works with, and how inlines become styled runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lhpub.boxes import ChartBox
from lhpub.charts.model import Chart
from lhpub.compose.scope import Paragraphs
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import Inline, Rich
from lhpub.layout.generators import At
from lhpub.layout.model import Medium
from lhpub.layout.read import Layout
from lhpub.text.fonts import FontBook
from lhpub.text.model import Paragraph, Run, TextBlock, TextStyle
from lhpub.text.setting import set_text
from lhpub.units import POINTS_PER_MM, Rect

EM_BOX_ASCENT = 0.88
"""From the top of the ideographic em box to the baseline, in em: where a first line's top is meant."""

DrawChart = Callable[[Chart, str, Rect], ChartBox]
"""(chart, name of a chart style, frame in points) → the drawn chart."""


@dataclass(frozen=True)
class Studio:
    """A medium of a layout with its fonts and its way to draw charts."""

    layout: Layout
    medium: Medium
    book: FontBook
    draw_chart: DrawChart
    is_deck: bool = False

    @property
    def unit(self) -> float:
        """Points per unit of the medium's coordinates."""
        return POINTS_PER_MM if self.medium.unit == "mm" else 1.0

    def rect(self, at: At, origin: tuple[float, float]) -> Rect:
        """Returns a declared place in points; `origin` in points."""
        x, y, width, height = (value * self.unit for value in at)
        return Rect(origin[0] + x, origin[1] + y, width, height)

    def paragraphs(self, content: Paragraphs, style: TextStyle, space: str = " ") -> tuple[Paragraph, ...]:
        """Returns styled paragraphs of inlines."""
        return tuple(Paragraph(tuple(self._runs(rich, style, space)), style) for rich in content)

    def _runs(self, rich: Rich, style: TextStyle, space: str) -> Iterable[Run]:
        for inline in rich:
            text = inline.text.replace(" ", space)
            if inline.mark:
                yield self._mark(inline, style)
            else:
                weight = max(style.weight, self.layout.strong(style)) if inline.strong else style.weight
                yield Run(text, replace(style, weight=weight), inline.role, inline.link)

    def _mark(self, inline: Inline, style: TextStyle) -> Run:
        look = self.layout.style(self.medium.mark_style)
        if self.medium.mark == "framed":
            return Run(inline.text, replace(look, ink=style.ink), framed=True)
        return Run(f"（{inline.text}）", replace(look, ink=style.ink, family=style.family))

    def set_text(self, paragraphs: tuple[Paragraph, ...], width: float, height: float | None = None) -> TextBlock:
        """Returns the paragraphs set to a width that leaves the medium's slack."""
        return set_text(paragraphs, width * (1 - self.medium.slack), self.book, height)


def overset(name: str, excess: int, span: Span | None, frame_span: Span) -> Diagnostic:
    """Returns the error that a text does not fit its frame; it points at the text, its hint at the frame."""
    return Diagnostic(
        "overset",
        Severity.ERROR,
        Bilingual(f"“{name}”放不下，多出 {excess} 个字", f"“{name}” does not fit: {excess} characters over"),
        Bilingual(f"缩短这段文字，或放大 {frame_span} 的框", f"shorten the text, or enlarge the frame at {frame_span}"),
        span or frame_span,
    )


def too_many_points(name: str, count: int, most: int, span: Span) -> Diagnostic:
    """Returns the error that a keyword has more points than the layout has rows for."""
    return Diagnostic(
        "too-many-points",
        Severity.ERROR,
        Bilingual(f"“{name}”有 {count} 条要点，版式至多放 {most} 条", f"“{name}” has {count} points, at most {most} fit"),
        Bilingual("删去或合并几条", "leave some out or join them"),
        span,
    )


def missing_glyphs(name: str, characters: tuple[str, ...], span: Span | None, frame_span: Span) -> Diagnostic:
    """Returns the error that no font has some characters of a text."""
    listed = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters)
    return Diagnostic(
        "missing-glyph",
        Severity.ERROR,
        Bilingual(f"“{name}”里的字没有字体可用：{listed}", f"no font has these characters of “{name}”: {listed}"),
        Bilingual(
            "换一个写法，或在 fonts/ 中加入有这些字的字体",
            "write it differently, or add a font that has them to fonts/",
        ),
        span or frame_span,
    )


def first_span(content: Paragraphs) -> Span | None:
    """Returns where in the source a text comes from, None for a layout's own words."""
    return next((inline.span for rich in content for inline in rich if inline.span), None)
