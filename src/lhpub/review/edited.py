"""`lhpub changes`: what a presenter changed in a deck, found by the names of shapes, and what of it goes back to the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import NamedTuple

from lhpub.boxes import ChartBox, Composition, Page, TableBox, TextBox
from lhpub.diagnostics import Rejected
from lhpub.edits import Insert, Move, Replace, apply
from lhpub.edits.splice import Source
from lhpub.inline import DIGITS, Id, Inline
from lhpub.publication.model import Keyword, Publication
from lhpub.record import sha256
from lhpub.review.ledger import Row
from lhpub.source.load import join_lines
from lhpub.source.node import Mapping, Scalar
from lhpub.text.model import Run
from lhpub.verify.pptx_file import Element, PptxFile, found, words
from lhpub.verify.pptx_reading import read_deck
from lhpub.verify.reading import Statement
from lhpub.verify.stated import stated_in_deck
from lhpub.walk import inside

_ALIKE = 0.4
"""What two slides must share of their shapes' names and texts to be one slide."""
_NAMELESS = re.compile(r"(?:PlaceHolder|.*Placeholder|.*占位符|Title|Text Box) \d+")
_NUMBERS = "//p:sp[.//p:ph[@type='sldNum'] or .//a:fld[@type='slidenum']]/p:nvSpPr/p:cNvPr/@name"
_REFERENCE = re.compile(r"\{([^{}:]*)(?::\w+)?\}")
_MARK = re.compile("（(?:计算值|推算)）")
BOUND, DERIVED, NO_PLACE = "是下限，来源没有这个数", "是计算值，改不了结果", "版式上没有这个位置"
DELETED, NO_KEYWORD, PIECES = "源文件里删不删，请定", "不是关键词", "这段文字由几处拼成，请逐处改"
TWICE, LINKED, ELSEWHERE = "同一处两张改得不同", "取自电子表格，请改表格", "改了以后印出来不是这样，请在源文件里改"


@dataclass(frozen=True, slots=True)
class DeckChange:
    """One thing changed in a deck. `slide`: its number there, of one that is gone the number it had; `edit`: what brings it
    back to the source, None where there is no place; then `reason` says why."""

    slide: int
    kind: str
    place: str
    old: str
    new: str
    edit: Replace | Move | None = None
    reason: str = ""
    row: str = ""


Texts = dict[str, str]
"""What a slide says, by the names of its shapes."""
Line = list[tuple[str, Id]]
"""The pieces of a paragraph, each with the entry that it comes from."""


class Slide(NamedTuple):
    """What stands on a slide: `points`: values of each chart, by its frame's name; `pictures`: hashes, by name."""

    title: str
    texts: Texts
    points: dict[str, list[str]]
    pictures: dict[str, str]
    optional: frozenset[str] = frozenset()
    """Shapes that a native chart may stand for."""

    def beside(self, other: Slide) -> Texts:
        """Returns the texts, of those that a chart may stand for the ones that another has too."""
        return {name: text for name, text in self.texts.items() if name in other.texts or name not in self.optional}


def deck_changes(data: bytes, composition: Composition, publication: Publication, rows: Iterable[Row]) -> tuple[DeckChange, ...]:
    """Returns what was changed in a deck since it was composed, in the order of its slides."""
    new, source = slides_in(PptxFile(data)), _Origins(publication, {row.id: row for row in rows})
    stated = [one for one in stated_in_deck(composition) if not (one.roles and all(r and r.kind == "page" for r in one.roles))]
    said, old = _said(stated), []
    for page in composition.pages:
        optional = frozenset(one.name for one in stated if one.is_optional and one.page == page.number)
        values = {name: _values(box) for name, box in _charts(page)}
        old.append(Slide(page.title, said.get(page.number, {}), values, {}, optional))
    return tuple(_settled([*_compared(old, new, (composition.pages, source))]))


def compare_decks(old: list[Slide], new: list[Slide]) -> Iterator[DeckChange]:
    """Yields what two decks differ in."""
    for change in _compared(old, new, None):
        is_figure = change.kind == "文字" and DIGITS.findall(change.old) != DIGITS.findall(change.new)
        yield replace(change, kind="数字" if is_figure else change.kind, reason="")


def _compared(old: list[Slide], new: list[Slide], origin: Origin | None) -> Iterator[DeckChange]:
    pairs = _paired(old, new)
    for at, slide in enumerate(new):
        if at in pairs:
            own = (origin[0][pairs[at]], origin[1]) if origin else None
            yield from _of_slide(at + 1, (old[pairs[at]], slide), own)
        else:
            yield DeckChange(at + 1, "整张新加", "", "", slide.title, None, NO_KEYWORD)
    for at, slide in enumerate(old):
        if at not in pairs.values():
            yield DeckChange(at + 1, "整张删去", "", slide.title, "", None, DELETED)
    yield from _moved(pairs, old, origin)


def slides_in(file: PptxFile) -> list[Slide]:
    """Returns the slides of a deck in order."""
    said, slides = _said(read_deck(file, True)), []
    for number, (part, root) in enumerate(file.slides(), 1):
        numbers = words(root, _NUMBERS)
        texts = {name: text for name, text in said.get(number, {}).items() if name not in numbers}
        title = " ".join(next(iter(texts.values()), "").split())
        slides.append(Slide(title, texts, dict(_points(file, part, root)), dict(_pictures(file, part, root))))
    return slides


def _said(statements: Iterable[Statement]) -> dict[int, Texts]:
    """Returns what is stated slide by slide: texts and notes, without what no one types."""
    said: dict[int, Texts] = {}
    for one in statements:
        if one.part in ("text", "notes"):
            text = "\n".join(line.strip() for line in one.text.replace("\v", "\n").split("\n")).strip()
            texts = said.setdefault(one.page, {})
            if text:
                texts[one.name] = f"{texts[one.name]}\n{text}" if one.name in texts else text
    return said


def _charts(page: Page) -> Iterator[tuple[str, ChartBox]]:
    return ((box.name, box) for box in inside(page.boxes) if isinstance(box, ChartBox) and box.chart.sheet)


def _values(box: ChartBox) -> list[str]:
    columns = box.chart.sheet.columns if box.chart.sheet else ()
    return [_number(value) for column in columns for value in column.values if value is not None]


def _points(file: PptxFile, part: str, root: Element) -> Iterator[tuple[str, list[str]]]:
    for frame in found(root, "//p:graphicFrame[.//c:chart]"):
        relation = file.relations.get(part, {}).get("".join(words(frame, ".//c:chart/@r:id")))
        chart = file.roots.get(relation.target) if relation else None
        if chart is not None:
            yield "".join(words(frame, "*/p:cNvPr/@name")), [_number(v) for v in words(chart, "//c:ser/c:val//c:pt/c:v/text()")]


def _pictures(file: PptxFile, part: str, root: Element) -> Iterator[tuple[str, str]]:
    for picture in found(root, "//p:pic"):
        relation = file.relations.get(part, {}).get("".join(words(picture, ".//a:blip/@r:embed")))
        yield "".join(words(picture, "*/p:cNvPr/@name")), sha256(file.parts.get(relation.target, b"") if relation else b"")


def _number(value: Decimal | str) -> str:
    try:
        return f"{Decimal(f'{float(value):.12g}').normalize():f}"
    except (InvalidOperation, ValueError):
        return str(value)


def _paired(old: list[Slide], new: list[Slide]) -> dict[int, int]:
    """Returns which slide each is: the most alike first, of equals the nearest."""
    scores = sorted(
        ((_alike(a.beside(b), b.texts), -abs(i - j), j, i) for i, a in enumerate(old) for j, b in enumerate(new)), reverse=True
    )
    pairs: dict[int, int] = {}
    for score, _, there, here in scores:
        if score > _ALIKE and there not in pairs and here not in pairs.values():
            pairs[there] = here
    return pairs


def _alike(one: Texts, other: Texts) -> float:
    """Returns how much two slides share: names and texts, or, where a program has named the placeholders anew, texts alone."""
    names = len(one.keys() & other.keys()) / max(len(one.keys() | other.keys()), 1)
    same = sum(other.get(name) == text for name, text in one.items()) / max(len(one), 1)
    texts = Counter(one.values()) & Counter(other.values())
    return max((names + same) / 2, sum(texts.values()) / max(len(one), len(other), 1))


def _renamed(old: Texts, new: Texts) -> Texts:
    """Returns what a slide says by the names of old, where a program has given its placeholders names of its own: those that
    say the same, then those that are left, in order."""
    lost = [name for name in old if name not in new]
    strange = [name for name in new if name not in old and _NAMELESS.fullmatch(name)]
    names: dict[str, str] = {}
    for one in list(strange):
        if (same := next((name for name in lost if old[name] == new[one]), None)) is not None:
            names[one] = same
            lost.remove(same)
    order = list(old)
    rest = [one for one in strange if one not in names]
    names |= dict(zip(rest, sorted(lost, key=order.index), strict=False))
    return {names.get(name, name): text for name, text in new.items()}


def _of_slide(number: int, pair: tuple[Slide, Slide], origin: tuple[Page, _Origins] | None) -> Iterator[DeckChange]:
    old = pair[0]._replace(texts=pair[0].beside(pair[1]))
    new = pair[1]._replace(texts=_renamed(old.texts, pair[1].texts))
    lines, charts = (_lines(origin[0]), dict(_charts(origin[0]))) if origin else ({}, {})
    source = origin[1] if origin else None
    for name in dict.fromkeys((*old.texts, *new.texts)):
        was, now = old.texts.get(name, ""), new.texts.get(name, "")
        if was == now:
            continue
        if name not in old.texts:
            yield DeckChange(number, "新文本框", name, "", now, None, NO_PLACE)
        else:
            yield from _of_text((number, name), lines.get(name, []), (was, now), source)
    for name, values in old.points.items():
        if name in new.points and values != new.points[name]:
            yield from _of_chart((number, name), charts.get(name), (values, new.points[name]), source)
    if origin is None:
        for name in dict.fromkeys((*old.pictures, *new.pictures)):
            was, now = (slide.pictures.get(name, "") for slide in (old, new))
            if was != now:
                yield DeckChange(number, "图片", name, "（原图）" if was else "", "（换图）" if now else "")


def _lines(page: Page) -> dict[str, list[Line]]:
    """Returns the paragraphs of a slide's texts and notes, by the names of their shapes."""
    lines: dict[str, list[Line]] = {"备注": [[(inline.text, _source(inline)) for inline in rich] for rich in page.notes]}
    for box in inside(page.boxes):
        held = [cell.text for row in box.cells for cell in row] if isinstance(box, TableBox) else [box]
        for text in (one for one in held if isinstance(one, TextBox)):
            own = [[(run.text, _source(run)) for run in paragraph.runs] for paragraph in text.paragraphs]
            lines.setdefault(box.name if isinstance(box, TableBox) else text.name, []).extend(own)
    return lines


def _of_text(
    place: tuple[int, str], lines: list[Line], texts: tuple[str, str], source: _Origins | None
) -> Iterator[DeckChange]:
    """Yields what of a shape's lines was changed, each with the entry that it comes from."""
    was, now = (text.split("\n") for text in texts)
    sources = [{id_ for text, id_ in line if text.strip() and id_} for line in lines if "".join(t for t, _ in line).strip()]
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = [(was[a + k], now[c + k], a + k) for k in range(min(b - a, d - c))]
        pairs += [("\n".join(was[a + len(pairs) : b]), "\n".join(now[c + len(pairs) : d]), a + len(pairs))] * (b - a != d - c)
        for old, new, at in pairs:
            ids = sources[at] if at < len(sources) and len(sources) == len(was) else {s for one in sources for s in one}
            made = DeckChange(place[0], "文字", place[1], old, new)
            yield source.of_text(made, ids) if source else made


def _of_chart(
    place: tuple[int, str], box: ChartBox | None, values: tuple[list[str], list[str]], source: _Origins | None
) -> Iterator[DeckChange]:
    """Yields the values of a chart that were changed, each with its fact."""
    was, now = values
    left = list(box.chart.items) if box else []
    for old, new in zip(was, now, strict=False):
        item = next((one for one in left if _number(one.value) == old), None)
        if item:
            left.remove(item)
        if old != new:
            made = DeckChange(place[0], "图表数据", place[1], old, new)
            yield source.of_figure(made, item.figure.role.ref, new) if source and item else replace(made, reason=NO_PLACE)
    if len(was) != len(now):
        yield DeckChange(place[0], "图表数据", place[1], f"{len(was)}个数", f"{len(now)}个数", None, NO_PLACE)


class _Origins:
    """The source as far as edits go back to it."""

    def __init__(self, publication: Publication, rows: dict[Id, Row]) -> None:
        self.rows, self.entries = rows, {entry.id: entry for entry in publication.entries}
        self.facts = {fact.id: fact for keyword in publication.keywords for fact in keyword.facts}
        self.keywords = {keyword.id: keyword for keyword in publication.keywords}
        self.counts = {"关键词数": len(publication.keywords), "主题数": len(publication.themes)}

    def of_text(self, made: DeckChange, ids: set[Id]) -> DeckChange:
        id_ = next(iter(ids)) if len(ids) == 1 else ""
        row = self.rows.get(id_) or self.rows.get(id_.replace("/label", "/text"))
        made = replace(made, row=row.number if row else "")
        entry = self.entries.get(id_)
        if entry is None or not made.new:
            return replace(made, reason=PIECES if len(ids) > 1 else NO_PLACE)
        if id_.removeprefix("facts/") in self.facts:
            return self.of_figure(made, id_.removeprefix("facts/"), made.new)
        if not isinstance(entry.node, Scalar):
            return replace(made, reason=NO_PLACE)
        return self._typed(made, id_, entry.node.text)

    def keyword(self, page: Page) -> Keyword | None:
        return next((self.keywords[anchor] for anchor in page.anchors if anchor in self.keywords), None)

    def _typed(self, made: DeckChange, id_: Id, typed: str) -> DeckChange:
        """Returns a change of a text with the edit of what is typed: its references stay where their figures stay; where one
        figure alone was changed, the change of that."""
        match = re.match(r"keywords/([^/]+)/", id_)
        owner = match[1] if match else ""
        old, new = (_MARK.sub("", text) for text in (made.old, made.new))
        parts = [join_lines(part) for part in re.split(r"\n[ 　]*\n", typed)]
        for n, part in enumerate(parts):
            shown = _REFERENCE.sub(lambda match: self._shown(owner, match[1])[1], part)
            head, found, tail = shown.partition(old)
            if not found:
                continue
            whole, retyped, at = head + new + tail, "", 0
            for reference in _REFERENCE.finditer(part):
                full, figure = self._shown(owner, reference[1])
                there = whole.find(figure, at)
                if there < 0:
                    before, _, after = shown.partition(figure)
                    is_alone = whole.startswith(before) and whole.endswith(after) and full in self.facts
                    middle = whole[len(before) : len(whole) - len(after)]
                    return self.of_figure(made, full, middle) if is_alone else replace(made, reason=PIECES)
                retyped, at = retyped + whole[at:there] + reference[0], there + len(figure)
            parts[n] = retyped + whole[at:]
            return replace(made, edit=Replace(id_, "\n\n".join(parts)))
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
        value = entry.node.get("value") if entry and isinstance(entry.node, Mapping) else None
        if fact.derived or fact.figure is None or value is None:
            return replace(made, reason=DERIVED if fact.derived else NO_PLACE)
        if isinstance(value, Mapping):
            return replace(made, reason=LINKED)
        if fact.bound:
            return replace(made, reason=BOUND)
        bare = new.strip().removeprefix(fact.figure.prefix).removesuffix(fact.figure.unit)
        if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
            return replace(made, reason=ELSEWHERE)
        return replace(made, edit=Replace(f"facts/{full}/value", bare))


Origin = tuple[Sequence[Page], _Origins]
"""What a deck was composed of, and the source."""


def _source(run: Run | Inline) -> Id:
    """Returns the entry that a run comes from; of a figure that stands alone its fact."""
    is_figure = run.role is not None and run.role.kind in ("fact", "derived")
    return run.source or (f"facts/{run.role.ref}" if run.role and is_figure else "")


def _moved(pairs: dict[int, int], old: list[Slide], origin: Origin | None) -> Iterator[DeckChange]:
    """Yields the slides that stand elsewhere among those that stayed: the fewest that explain it."""
    order = [pairs[at] for at in sorted(pairs)]
    kept = {one for block in SequenceMatcher(None, sorted(order), order, autojunk=False).get_matching_blocks()
            for one in order[block.b : block.b + block.size]}  # fmt: skip
    for at in (one for one in order if one not in kept):
        place = order.index(at)
        made = DeckChange(place + 1, "页序", "", f"第{at + 1}张“{old[at].title}”", f"第{place + 1}张")
        pages = [origin[0][n] for n in (at, order[place - 1])] if origin and place else []
        own, other = (origin[1].keyword(page) for page in pages) if origin and pages else (None, None)
        if own and other and own.theme == other.theme:
            yield replace(made, edit=Move(f"keywords/{own.id}", f"keywords/{other.id}"))
        else:
            yield replace(made, reason="主题里没有这个次序，请在源文件里排")


def _settled(changes: list[DeckChange]) -> Iterator[DeckChange]:
    """Yields the changes; of one place changed in two ways neither goes back."""
    texts: dict[Id, set[str]] = {}
    for change in changes:
        if isinstance(change.edit, Replace):
            texts.setdefault(change.edit.id, set()).add(change.edit.text)
    for change in changes:
        twice = isinstance(change.edit, Replace) and len(texts[change.edit.id]) > 1
        yield replace(change, edit=None, reason=TWICE) if twice else change


def taken_back(data: bytes, file: str, changes: Iterable[DeckChange]) -> tuple[bytes, tuple[DeckChange, ...]]:
    """Returns the source with the changes carried out that have a place, and those that could not be."""
    left = []
    for edit, change in {change.edit: change for change in changes if change.edit}.items():
        try:
            titled = re.fullmatch(r"(keywords/([^/]+))/title", edit.id) if isinstance(edit, Replace) else None
            if titled and f"{titled[1]}/id" not in Source(data, file).ids.nodes:  # what is named by its title keeps its name
                data = apply(data, file, Insert(titled[1], edit.id if edit else None, "id", titled[2])).data
            data = apply(data, file, edit).data if edit else data
        except Rejected as refused:
            left.append(replace(change, edit=None, reason=refused.diagnostics[0].message.zh))
    return data, tuple(left)
