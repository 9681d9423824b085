"""What a file states, place by place: one type for decks and PDFs, read from the file or from the composition it was made of.

A statement has a page (0: the whole file), the name of its box or property, and what part of it is meant. `compare` tells each
place where a file states something else than its composition, says nothing, or says something that no one composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import DIGITS, Role
from lhpub.verify.called import called, property_called, told_apart

Part = Literal["text", "alt", "notes", "link", "info", "bookmark", "drawing"]
Format = Literal["pptx", "pdf"]
_PARTS = {
    "text": Bilingual("", ""),
    "alt": Bilingual("的替代文字", "’s alternative text"),
    "notes": Bilingual("", ""),
    "link": Bilingual("的链接", "’s link"),
    "info": Bilingual("", ""),
    "bookmark": Bilingual("书签", "bookmark"),
    "drawing": Bilingual("", ""),
}
_SLACK = 0.2
"""Points by which two places may differ: EMU and a printer's points are rounded."""
_HINT = Bilingual("文件与来源不符，请重新生成并报告", "the file differs from its source: build again and report it")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated at one place. Roles and span are the composition's, for messages; `is_optional`: a native chart may
    show it instead. `at`: of a drawing its left and top edge, width and height in points."""

    page: int
    name: str
    part: Part
    text: str
    roles: tuple[Role | None, ...] = ()
    span: Span | None = None
    is_optional: bool = False
    at: tuple[float, ...] = ()

    def is_like(self, other: Statement) -> bool:
        """True if the other says the same, and stands at the same place."""
        near = len(self.at) == len(other.at) and all(abs(a - b) < _SLACK for a, b in zip(self.at, other.at, strict=True))
        return self.text == other.text and near

    def __str__(self) -> str:
        return self.text + "".join(f" {value:.0f}" for value in self.at)


def compare(stated: Iterable[Statement], read: Iterable[Statement], form: Format) -> Iterator[Diagnostic]:
    """Yields a diagnostic for each place whose statements, in order, are not the same."""
    places: dict[tuple[int, str, Part], tuple[list[Statement], list[Statement]]] = {}
    for side, statements in enumerate((stated, read)):
        for one in statements:
            if one.text:
                places.setdefault((one.page, one.name, one.part), ([], []))[side].append(one)
    for (page, name, part), (wanted, found) in places.items():
        for one, other in zip_longest(wanted, found):
            said, meant = other or Statement(page, name, part, ""), one or Statement(page, name, part, "")
            if not meant.is_like(said) and (said.text or not meant.is_optional):
                yield differs(meant, str(said), form)


def differs(stated: Statement, written: str, form: Format) -> Diagnostic:
    """Returns the diagnostic for a place where `written` stands; its code tells figures from other texts."""
    facts = "，".join(dict.fromkeys(role.ref for role in stated.roles if role and role.ref))
    is_figure = DIGITS.findall(stated.text) != DIGITS.findall(written)
    name = property_called(stated.name) if stated.part in ("info", "drawing") else called(stated.name)
    unit, page = ("张", "slide") if form == "pptx" else ("页", "page"), stated.page
    part, said = _PARTS[stated.part], told_apart(str(stated) if stated.text else "", written)
    zh = f"第 {page} {unit[0]} {name.zh}{part.zh}：{said.zh}" if page else f"{name.zh}{part.zh}：{said.zh}"
    en = f"{unit[1]} {page}, {name.en}{part.en}: {said.en}" if page else f"{name.en}{part.en}: {said.en}"
    after = (f"（{facts}）", f" ({facts})") if facts else ("", "")
    code = f"{form}-figure-differs" if is_figure else f"{form}-text-differs"
    return Diagnostic(code, Severity.ERROR, Bilingual(zh + after[0], en + after[1]), _HINT, stated.span)
