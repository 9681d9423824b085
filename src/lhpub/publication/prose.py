"""Running text: references replaced, strong text and links read, every digit given its role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from mdit_py_cjk_friendly import cjk_friendly

from lhpub.diagnostics import Bilingual, Span
from lhpub.inline import DIGITS, SCRIPT, Id, Inline, Rich, Role, RoleKind, on_line, plain
from lhpub.publication.dates import agrees, typed_dates
from lhpub.publication.model import PartialDate
from lhpub.source.load import join_lines
from lhpub.source.node import Scalar
from lhpub.source.report import Report
from lhpub.text.characters import LATIN_UNITS

_REFERENCE = re.compile(r"([{｛])([^{}｛｝\n]*)[}｝]")
_NAME = re.compile(r"《[^《》]*》|“[^“”]*”")
_LETTERED = re.compile(
    rf"[A-Za-z][A-Za-z-]*[0-9][0-9A-Za-z.-]*(?<![.-])|(?<![0-9.])[0-9]+(?!(?:{'|'.join(LATIN_UNITS.split())})(?![A-Za-z]))[A-Za-z][0-9A-Za-z]*"
)
"""A figure that is part of a name: 5G, A1, PM2.5; not one before a unit, 30 kW."""
_NUMBER = re.compile(r"[0-9０-９](?:[0-9０-９.,]*[0-9０-９])?")
_PLACEHOLDER = 0xF0000
_FIGURES = ("fact", "derived")
_SAID_BEFORE = {**dict.fromkeys("超约近逾", "超约近逾"), **dict.fromkeys(("比上年", "较上年", "比去年", "同比"), "同")}
"""What is written before a figure that begins with such a character itself."""
_WORD_BEFORE = re.compile("[签合契公节预条违履]约$|[附最]近$|赶超$")
"""Words that end in such a character and may stand before it: 签约超1000亿元."""
_WORD_OF_UNIT = re.compile("人[均才员口民]|年[均度末底初]|个[人体性]|家[庭电具]|项目|场[所地馆]|户[均籍]|天[气然]")
"""Words that begin as a unit does and may stand behind it: 5年年均."""
_WEB = ("https://", "http://", "mailto:")


def _markup() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "link"]).use(cjk_friendly)
    parser.validateLink = lambda url: url.startswith(_WEB)  # type: ignore[method-assign]  # its documented switch
    return parser


_MARKUP = _markup()


@dataclass(frozen=True, slots=True)
class Printed:
    """What a reference prints, and the status that goes with it."""

    inlines: Rich
    status: str = ""


class Scope(NamedTuple):
    """Where a text stands: its keyword's id ('' outside) and dates (None: any date may be typed); `typed`: the role of
    figures that may be typed there, too (imprint: literal, a chart's names: name), None where they may not."""

    keyword: str = ""
    dates: tuple[PartialDate, ...] | None = None
    typed: RoleKind | None = None


class Piece(NamedTuple):
    """Text that is marked up alike."""

    text: str
    strong: bool
    link: str | None
    script: Literal["", "sub", "super"] = ""


class Stated(NamedTuple):
    """A figure as a fact states it."""

    name: str
    label: str
    value: str
    unit: str


Lookup = Callable[[Scalar, str, str], Printed | None]
"""(name and form with their place, keyword, form) → what is printed, None after reporting."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Composes texts with one publication's references."""

    lookup: Lookup
    year: int
    report: Report
    source_at: Callable[[Span], Id]
    """The entry that begins at a place."""
    stated: Callable[[str], tuple[Stated, ...]] = lambda _: ()
    """The figures of a keyword's facts, of all facts for ''."""

    def paragraphs(self, text: Scalar | None, scope: Scope) -> tuple[Rich, ...]:
        """Returns a text's paragraphs, which empty lines part."""
        if text is None:
            return ()
        parts = (join_lines(part) for part in re.split(r"\n[ 　]*\n", text.text))
        return tuple(self.paragraph(replace(text, text=part), scope) for part in parts if part)

    def line(self, text: Scalar | None, scope: Scope) -> Rich:
        """Returns a text that is one paragraph, whatever its empty lines."""
        return self.paragraph(replace(text, text=join_lines(text.text)), scope) if text is not None else ()

    def paragraph(self, text: Scalar, scope: Scope, place: Span | None = None) -> Rich:
        """Returns a text in one piece. `place`: where it stands, if that is not where its scalar begins."""
        printed: list[Printed] = []
        span = place or text.span

        def keep(match: re.Match[str]) -> str:
            if match[1] != "{":
                hint = Bilingual(f"请写 {{{match[2]}}}", f"type {{{match[2]}}}")
                message = Bilingual("引用要用半角花括号", "a reference needs half-width braces")
                self.report.error("full-width-braces", span, message, hint)
                return ""
            name, _, form = match[2].strip().partition(":")
            found = self.lookup(Scalar(name, span), scope.keyword, form)
            printed.append(found or Printed(()))
            return chr(_PLACEHOLDER + len(printed) - 1)

        marked = _REFERENCE.sub(keep, text.text)
        if any(brace in marked for brace in "{}"):
            message = Bilingual("花括号不成对", "a brace without its partner")
            self.report.error("stray-brace", span, message, Bilingual("引用写作 {名字}", "write {name}"))
        self._check_doubled(marked, printed, span)
        pieces = _pieces(marked)
        said = "".join(piece.text for piece in pieces) + "".join(plain(one.inlines) for one in printed)
        whole: list[Inline] = []
        for piece in self._with_roles(pieces, scope, (span, self.source_at(text.span))):
            index = ord(piece.text) - _PLACEHOLDER if len(piece.text) == 1 else -1
            if not 0 <= index < len(printed):
                whole.append(piece)
                continue
            found = printed[index]
            own = replace(piece, role=None)
            whole += (replace(own, text=one.text, role=one.role, mark=one.mark) for one in found.inlines)
            if found.status and found.status not in said:
                whole.append(replace(own, text=f"（{found.status}）"))
                said += found.status
        return tuple(whole)

    def _with_roles(self, pieces: tuple[Piece, ...], scope: Scope, origin: tuple[Span, Id]) -> Iterator[Inline]:
        """Yields the pieces cut where roles begin and end; a placeholder stands alone."""
        text, (span, source) = "".join(piece.text for piece in pieces), origin
        ranges = self._roles(text, scope, span)
        cuts = {edge for start, end, _ in ranges for edge in (start, end)}
        cuts |= {edge for i, c in enumerate(text) if ord(c) >= _PLACEHOLDER for edge in (i, i + 1)}
        place = 0
        for piece_text, strong, link, script in pieces:
            end = place + len(piece_text)
            stops = sorted({place, end, *(cut for cut in cuts if place < cut < end)})
            for start, stop in pairwise(stops):
                kind = next((kind for low, high, kind in ranges if low <= start and stop <= high), None)
                role = Role(kind) if kind and DIGITS.search(text[start:stop]) else None
                yield Inline(text[start:stop], role, strong, link, span=span, source=source, script=script)
            place = end

    def _roles(self, text: str, scope: Scope, span: Span) -> list[tuple[int, int, RoleKind]]:
        """Returns where names, dates and typed figures stand; reports figures, and dates that nothing declares."""
        names = [m.span() for pattern in (_NAME, _LETTERED) for m in pattern.finditer(text)]
        ranges: list[tuple[int, int, RoleKind]] = [(*n, "name") for n in names if DIGITS.search(text[n[0] : n[1]])]
        for start, end, meant in typed_dates(text, self.year):
            if any(low <= start and end <= high for low, high in names):
                continue
            ranges.append((start, end, "date"))
            if meant and scope.dates is not None and not any(agrees(meant, date) for date in scope.dates):
                date = f"“{text[start:end]}”"
                message = Bilingual(f"{date}不是这个关键词的日期", f"{date} is no date of this keyword")
                hint = Bilingual("核对 date 与 events，或在其中补上", "check date and events, or add it there")
                self.report.warning("undeclared-date", span, message, hint)
        typed = [m for m in _NUMBER.finditer(text) if not any(low <= m.start() < high for low, high, _ in ranges)]
        if typed and not scope.typed:
            listed = "、".join(m[0] for m in typed)
            zh, en = f"正文里直接写了数字：{listed}", f"figures are typed in the text: {listed}"
            known = {fact.value for fact in self.stated("")}
            if unknown := "、".join(m[0] for m in typed if m[0] not in known):
                zh, en = f"{zh}；没有哪条事实是{unknown}", f"{en}; no fact has the value {unknown}"
            hint = Bilingual("写进 facts，在文中用 {名字} 引用", "put them into facts and refer to them as {name}")
            self.report.warning("typed-figure", span, Bilingual(zh, en), hint)
            self._check_typed(text, typed, scope.keyword, span)
        return [*ranges, *((m.start(), m.end(), scope.typed or "literal") for m in typed)]

    def _check_doubled(self, text: str, printed: list[Printed], span: Span) -> None:
        """Reports words beside a reference that its figure prints itself: 超 before, a unit behind, 比上年 before 同比."""
        for at, one in enumerate(printed):
            figure = next((inline.text for inline in one.inlines if inline.role and inline.role.kind in _FIGURES), "")
            before, _, after = text.partition(chr(_PLACEHOLDER + at))
            unit = re.search(r"[^0-9.]*$", figure, re.ASCII)
            whole = _WORD_BEFORE.search(before)
            twice = [w for w in _SAID_BEFORE if before.endswith(w) and figure[:1] in _SAID_BEFORE[w] and not whole]
            if unit and unit[0] and after.startswith(unit[0]) and not _WORD_OF_UNIT.match(after):
                twice.append(unit[0])
            if figure and twice:
                word = twice[0]
                message = Bilingual(f"“{word}”写了两次：引用印作“{figure}”", f"“{word}” twice: “{figure}” is printed")
                hint = Bilingual(f"删去引用旁边的“{word}”", f"delete “{word}” beside the reference")
                self.report.warning("said-twice", span, message, hint)

    def _check_typed(self, text: str, typed: list[re.Match[str]], keyword: str, span: Span) -> None:
        """Reports a typed figure where a fact of the keyword with its unit and its name states another."""
        for match in typed:
            clause = re.split(r"[，。；：！？]", text[: match.start()])[-1] + re.split(r"[，。；：！？]", text[match.end() :])[0]
            same = [f for f in self.stated(keyword) if f.unit and text.startswith(f.unit, match.end())]
            other = next((f for f in same if _share(clause, f.label) and f.value != match[0]), None)
            if keyword and other and match[0] not in {fact.value for fact in same}:
                zh = f"这里写{match[0]}{other.unit}，事实“{other.name}”是{other.value}{other.unit}"
                message = Bilingual(zh, f"{match[0]}{other.unit} here, {other.value}{other.unit} in the fact “{other.name}”")
                hint = Bilingual(f"核对后写 {{{other.name}}}", f"find out which is right and write {{{other.name}}}")
                self.report.error("contradicted-figure", span, message, hint)


def _share(one: str, other: str) -> bool:
    """True if two texts have four Han characters in a row in common: they name one thing."""
    runs = {other[at : at + 4] for at in range(len(other) - 3)}
    return any(run in one and re.fullmatch(r"[\u3400-\u9fff]{4}", run) for run in runs)


@lru_cache(10_000)
def _pieces(text: str) -> tuple[Piece, ...]:
    """Returns a text's pieces that are marked up alike. Markup other than **strong**, links, ~sub~ and ^super^ stays as typed."""
    return tuple(_marked_up(text))


def _marked_up(text: str) -> Iterator[Piece]:
    strong, link = 0, None
    for token in _MARKUP.parseInline(text)[0].children or ():
        if token.type == "strong_open" and token.markup == "**":
            strong += 1
        elif token.type == "strong_close" and token.markup == "**":
            strong -= 1
        elif token.type == "link_open":
            link = str(token.attrGet("href"))
        elif token.type == "link_close":
            link = None
        elif token.content or token.markup:
            yield from _scripted(Piece(token.content or token.markup, strong > 0, link))


def _scripted(piece: Piece) -> Iterator[Piece]:
    """Yields a piece cut where figures stand under or over the line, typed as such (CO₂) or marked (CO~2~)."""
    at = 0
    for match in SCRIPT.finditer(piece.text):
        kind = match.lastgroup or ""
        if match.start() > at:
            yield piece._replace(text=piece.text[at : match.start()])
        text = on_line(match[kind])
        yield piece._replace(text=text, script="sub" if kind.startswith("sub") else "super")
        at = match.end()
    if at < len(piece.text):
        yield piece._replace(text=piece.text[at:])
