"""What of an edited deck goes back to the source, and how: as edits of what is typed there."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lhpub.boxes import Page
from lhpub.diagnostics import Rejected
from lhpub.edits import Insert, Move, Replace, apply
from lhpub.edits.splice import Source
from lhpub.inline import Id, plain
from lhpub.publication.entries import join
from lhpub.publication.model import GridSpec, Keyword, Publication
from lhpub.review.ledger import Row
from lhpub.source.load import join_lines
from lhpub.source.node import Mapping, Scalar

_REFERENCE = re.compile(r"\{([^{}:]*)(?::\w+)?\}")
_MARK = re.compile("（(?:计算值|推算)）")
BOUND, DERIVED, NO_PLACE = "是下限，来源没有这个数", "是计算值，改不了结果", "版式上没有这个位置"
DELETED, NO_KEYWORD, PIECES = "源文件里删不删，请定", "不是关键词", "这段文字由几处拼成，请逐处改"
NO_ORDER = "主题里没有这个次序，请在源文件里排"
TWICE, LINKED, ELSEWHERE = "同一处两张改得不同", "取自电子表格，请改表格", "改了以后印出来不是这样，请在源文件里改"


@dataclass(frozen=True, slots=True)
class DeckChange:
    """One thing changed in a deck. `slide`: its number there, of one that is gone the number it had; `edits`: what bring it
    back to the source, none where there is no place; then `reason` says why."""

    slide: int
    kind: str
    place: str
    old: str
    new: str
    edits: tuple[Replace | Move, ...] = ()
    reason: str = ""
    row: str = ""


class Origins:
    """The source as far as edits go back to it."""

    def __init__(self, publication: Publication, rows: dict[Id, Row]) -> None:
        self.rows, self.entries = rows, {entry.id: entry for entry in publication.entries}
        self.facts = {fact.id: fact for keyword in publication.keywords for fact in keyword.facts}
        self.keywords, self.themes = {keyword.id: keyword for keyword in publication.keywords}, publication.themes
        self.cells: dict[str, Id] = {}
        """Of a value typed in a chart's table its place in the source."""
        for chart in publication.charts:
            series = [plain(name) for name in chart.series] if isinstance(chart, GridSpec) else []
            for fact in (item.fact for item in chart.items if item.fact.id.startswith(f"charts/{join(chart.id)}/")):
                *row, last = fact.id.split("/")[2:]
                place = "/".join(row) + f"/{series.index(last) + 1}" if row and last in series else "/".join((*row, last))
                self.cells[fact.id] = f"charts/{join(chart.id)}/data/rows/{place}"
                self.facts[fact.id] = fact
        self.counts = {"关键词数": len(publication.keywords), "主题数": len(publication.themes)}

    def of_text(self, made: DeckChange, ids: set[Id], nth: int = 0) -> DeckChange:
        """Returns a change of a line with its edit. `nth`: how many lines before it in its shape read the same."""
        id_ = next(iter(ids)) if len(ids) == 1 else ""
        row = self.rows.get(id_) or self.rows.get(id_.replace("/label", "/text"))
        made = replace(made, row=row.number if row else "")
        entry = self.entries.get(id_)
        if entry is None or not made.new or not made.old:
            return replace(made, reason=PIECES if len(ids) > 1 else NO_PLACE)
        if id_.removeprefix("facts/") in self.facts:
            return self.of_figure(made, id_.removeprefix("facts/"), made.new)
        if not isinstance(entry.node, Scalar):
            return replace(made, reason=NO_PLACE)
        if id_.endswith("/date"):
            return _dated(made, id_, entry.node.text)
        return self._typed(made, id_, (entry.node.text, nth))

    def keyword(self, page: Page) -> Keyword | None:
        return next((self.keywords[anchor] for anchor in page.anchors if anchor in self.keywords), None)

    def _typed(self, made: DeckChange, id_: Id, typed: tuple[str, int]) -> DeckChange:
        """Returns a change of a text with the edit of what is typed: its references stay where their figures stay; where one
        figure alone was changed, the change of that."""
        match, (text, nth) = re.match(r"keywords/([^/]+)/", id_), typed
        owner = match[1] if match else ""
        old, new = (_MARK.sub("", text) for text in (made.old, made.new))
        pieces = list(_pieces(text))
        shown = [_REFERENCE.sub(lambda match: self._shown(owner, match[1])[1], piece) for *_, piece in pieces]
        same = [at for at, words in enumerate(shown) if words == old]
        held = same[nth : nth + 1] or same[:1] or [at for at, words in enumerate(shown) if old in words]
        for start, end, piece in (pieces[at] for at in held[:1]):
            head, _, tail = shown[held[0]].partition(old)
            whole, retyped, at = head + new + tail, "", 0
            for reference in _REFERENCE.finditer(piece):
                full, figure = self._shown(owner, reference[1])
                there = whole.find(figure, at)
                if there < 0:
                    before, _, after = shown[held[0]].partition(figure)
                    is_alone = whole.startswith(before) and whole.endswith(after) and full in self.facts
                    middle = whole[len(before) : len(whole) - len(after)]
                    return self.of_figure(made, full, middle) if is_alone else replace(made, reason=PIECES)
                retyped, at = retyped + whole[at:there] + reference[0], there + len(figure)
            return replace(made, edits=(Replace(id_, text[:start] + retyped + whole[at:] + text[end:]),))
        return replace(made, reason=PIECES)

    def _shown(self, owner: str, name: str) -> tuple[str, str]:
        """Returns the full id of what a reference names, and what it prints."""
        full = f"{owner}.{name}" if f"{owner}.{name}" in self.facts else name
        fact = self.facts.get(full)
        if fact is None:
            return full, str(self.counts.get(name, ""))
        return full, fact.figure.text if fact.figure else "".join(inline.text for inline in fact.text[:1])

    def of_figure(self, made: DeckChange, full: str, new: str) -> DeckChange:
        """Returns a change of a figure: of its value alone, as it is typed in the source."""
        fact, entry = self.facts.get(full), self.entries.get(f"facts/{full}")
        if fact is None:
            return replace(made, reason=NO_PLACE)
        row = self.rows.get(f"facts/{full}")
        made = replace(made, kind="数字", row=row.number if row else "")
        is_typed = full in self.cells or bool(entry and isinstance(entry.node, Mapping) and entry.node.get("value"))
        if fact.derived or fact.figure is None or not is_typed:
            return replace(made, reason=DERIVED if fact.derived else NO_PLACE)
        if fact.cell or fact.bound:
            return replace(made, reason=LINKED if fact.cell else BOUND)
        bare = new.strip().removeprefix(fact.figure.prefix).removesuffix(fact.figure.unit)
        if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
            return replace(made, reason=ELSEWHERE)
        return replace(made, edits=(Replace(self.cells.get(full, f"facts/{full}/value"), bare),))

    def moved(self, made: DeckChange, page: Page, before: Page | None) -> DeckChange:
        """Returns a change of order with its edits: behind the keyword that now comes before it, or as the first of the theme
        whose page that is; into that theme, if it is another."""
        own, other = (self.keyword(one) if one else None for one in (page, before))
        opened = (theme.id for theme in self.themes if before and f"theme-{theme.id}" in before.anchors)
        theme = other.theme if other else next(opened, None)
        if own is None or theme is None:
            return replace(made, reason=NO_ORDER)
        keywords = [keyword for keyword in self.keywords.values() if keyword is not own]
        first = next((at for at, keyword in enumerate(keywords) if keyword.theme == theme), len(keywords))
        after = other or (keywords[first - 1] if first else None)
        edits: tuple[Replace | Move, ...] = (Move(join("keywords", own.id), join("keywords", after.id) if after else None),)
        if own.theme != theme:
            typed = join("keywords", own.id, "theme")
            edits = (Replace(typed, theme), *edits) if own.theme else ()
        order = [keyword for keyword in keywords if keyword is not own]
        order.insert(order.index(after) + 1 if after else 0, own)
        changed = sorted(at for at, keyword in enumerate(order, 1) if keyword.number != at)
        said = f"编号{changed[0]:02d}—{changed[-1]:02d}跟着变" if changed else ""
        return replace(made, edits=edits, reason=said if edits else NO_ORDER)


_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日|([上中下]旬))?(起?)")


def _dated(made: DeckChange, id_: Id, typed: str) -> DeckChange:
    """Returns a change of a date with its edit; what is not said (the year, the month) stays as it is typed."""
    said, was = _DATE.fullmatch(made.new.strip()), re.match(r"(\d{4})(?:-(\d\d))?", typed)
    is_range = "/" in typed and "旬" not in typed
    if said is None or was is None or is_range or not any(said.groups()[:4]):
        return replace(made, reason=ELSEWHERE)
    month, rest = said[2] or was[2], f"/{said[4]}" if said[4] else f"-{int(said[3]):02d}" if said[3] else ""
    text = f"{said[1] or was[1]}" + (f"-{int(month):02d}{rest}" if month and (said[2] or rest) else "")
    try:
        datetime.date.fromisoformat(text if len(text) == 10 and not said[4] else f"{text[:4]}-{int(month or 1):02d}-01")
    except ValueError:
        return replace(made, reason=ELSEWHERE)
    return replace(made, edits=(Replace(id_, text + said[5]),))


def _pieces(typed: str) -> Iterator[tuple[int, int, str]]:
    """Yields the stretches of a typed text that read as one line each, with where they begin and end: a paragraph however it is
    broken, a line of a list or a quotation behind its mark, a cell of a table."""
    for part in re.finditer(r"(?:(?!\n[ 　]*\n).)+", typed, re.DOTALL):
        if not re.search(r"(?m)^[ 　]*(?:[|>*+-]|\d+[.)])", part[0]):
            start = part.start() + len(part[0]) - len(part[0].lstrip("\n"))
            yield start, start + len(part[0].strip("\n")), join_lines(part[0].strip("\n"))
            continue
        for line in re.finditer(r"[^\n]+", part[0]):
            lead = re.match(r"[ 　]*(?:(?:[->*+]|\d+[.)])[ 　]*)*", line[0])
            held = r"[^|]*[^|\s:-][^|]*" if line[0].lstrip().startswith("|") else r".+"
            for piece in re.compile(held).finditer(line[0], lead.end() if lead else 0):
                start = part.start() + line.start() + piece.start() + len(piece[0]) - len(piece[0].lstrip())
                yield start, start + len(piece[0].strip()), piece[0].strip()


def settled(changes: list[DeckChange]) -> Iterator[DeckChange]:
    """Yields the changes; of one place changed in two ways neither goes back."""
    texts: dict[Id, set[str]] = {}
    edits = [edit for change in changes for edit in change.edits if isinstance(edit, Replace)]
    for edit in edits:
        texts.setdefault(edit.id, set()).add(edit.text)
    for change in changes:
        twice = any(isinstance(edit, Replace) and len(texts[edit.id]) > 1 for edit in change.edits)
        yield replace(change, edits=(), reason=TWICE) if twice else change


def taken_back(data: bytes, file: str, changes: Iterable[DeckChange]) -> tuple[bytes, tuple[DeckChange, ...]]:
    """Returns the source with the changes carried out that have a place, and those that could not be."""
    left = []
    for edits, change in {change.edits: change for change in changes if change.edits}.items():
        try:
            made = data
            for edit in edits:
                titled = re.fullmatch(r"(keywords/([^/]+))/title", edit.id) if isinstance(edit, Replace) else None
                if titled and f"{titled[1]}/id" not in Source(made, file).ids.nodes:  # what is named by its title keeps its name
                    made = apply(made, file, Insert(titled[1], edit.id, "id", titled[2])).data
                made = apply(made, file, edit).data
            data = made
        except Rejected as refused:
            left.append(replace(change, edits=(), reason=refused.diagnostics[0].message.zh))
    return data, tuple(left)
