"""Text that knows what it is: an inline is a piece of a sentence with its role, before any type style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lhpub.diagnostics import Span

Id = str
"""What names an entry of the source, made of keys: `keywords/重大项目/body` (`publication.entries`)."""

RoleKind = Literal["fact", "derived", "date", "ordinal", "page", "tick", "count", "name", "literal"]
"""fact: printed from the source's facts · derived: computed from facts · date · ordinal: number of a keyword or theme ·
page · tick: on an axis · count: how many items there are · name: inside a verbatim name · literal: typed by the editor
in running text (the source stage warns)."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a figure in a run is; `ref` is the fact's full id (`keyword.fact`) for facts and derived facts."""

    kind: RoleKind
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of running text. `mark` is the 计算值 mark; `link` a URL or `#anchor`; `source` the entry it comes from, '' for
    the program's own words."""

    text: str
    role: Role | None = None
    strong: bool = False
    link: str | None = None
    mark: bool = False
    span: Span | None = None
    source: Id = ""
    script: Literal["", "sub", "super"] = ""
    """Set small, under or over the line: CO₂, 10⁻³."""


Rich = tuple[Inline, ...]
"""One paragraph."""



@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in parts as it is printed: 超 | 1000 | 亿元; `mark` is 计算值 or 推算 for a derived one."""

    prefix: str
    numeral: str
    unit: str
    role: Role
    mark: str = ""

    @property
    def text(self) -> str:
        return f"{self.prefix}{self.numeral}{self.unit}"

    def inlines(self) -> Rich:
        """Returns the figure as running text, its mark behind it."""
        figure = Inline(self.text, self.role)
        return (figure, Inline(self.mark, mark=True)) if self.mark else (figure,)


DIGITS = re.compile(r"[0-9０-９]")
# The figures an Arabic digit cannot show are Han ones; only digits can be checked mechanically without false alarms.


_ON_LINE = "0123456789+-n"
_SUB, _SUPER = "₀₁₂₃₄₅₆₇₈₉₊₋ₙ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"
_TO_LINE = str.maketrans(_SUB + _SUPER, _ON_LINE * 2)
_FROM_LINE = {"sub": str.maketrans(_ON_LINE, _SUB), "super": str.maketrans(_ON_LINE, _SUPER)}
_MARKED = r"[0-9A-Za-z+-]{1,6}"
SCRIPT = re.compile(
    rf"~(?P<sub>{_MARKED})~|\^(?P<super>{_MARKED})\^|(?P<sub_typed>[{_SUB}]+(?:[.．][{_SUB}]+)*)|(?P<super_typed>(?!(?<=m)[²³])[{_SUPER}]+)"
)
"""Figures under or over the line, as typed (CO₂; not m², a unit of its own) or marked up (CO~2~, 10^-3^)."""


def on_line(text: str) -> str:
    """Returns figures typed under or over the line as plain ones."""
    return text.translate(_TO_LINE).replace("．", ".")


def set_off(text: str) -> str:
    """Returns a text as typed with what is marked up as under or over the line as such characters: CO~2~ → CO₂."""
    return SCRIPT.sub(lambda m: next((m[k].translate(_FROM_LINE[k]) for k in ("sub", "super") if m[k]), m[0]), text)


def plain(rich: Rich) -> str:
    """Returns the paragraph's text; a 计算值 mark reads （计算值）, figures under and over the line are such characters."""
    return "".join(map(_plain, rich))


def _plain(inline: Inline) -> str:
    text = inline.text.translate(_FROM_LINE[inline.script]) if inline.script else inline.text
    return f"（{text}）" if inline.mark else text


def parted(joint: str, parts: Iterable[Rich]) -> Rich:
    """Returns pieces of text as one, with the joint between them."""
    return tuple(inline for part in parts for inline in (Inline(joint), *part))[1:]


def unknown_figures(rich: Rich) -> tuple[Inline, ...]:
    """Returns the inlines that print a digit, carry no role and come from no entry."""
    return tuple(i for i in rich if i.role is None and not i.source and DIGITS.search(i.text))
