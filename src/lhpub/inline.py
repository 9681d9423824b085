"""Text that knows what it is: an inline is a piece of a sentence with its role, before any type style."""

from __future__ import annotations

import re
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


def plain(rich: Rich) -> str:
    """Returns the paragraph's text; a 计算值 mark reads （计算值）."""
    return "".join(f"（{inline.text}）" if inline.mark else inline.text for inline in rich)


def unknown_figures(rich: Rich) -> tuple[Inline, ...]:
    """Returns the inlines that print a digit, carry no role and come from no entry."""
    return tuple(i for i in rich if i.role is None and not i.source and DIGITS.search(i.text))
