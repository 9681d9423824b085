"""`lhpub changes`: what a presenter changed in a deck, found by the names of shapes, and what of it goes back to the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from lhpub.boxes import ChartBox, Composition, Page, TableBox, TextBox
from lhpub.inline import DIGITS, Id, Inline
from lhpub.publication.model import Publication
from lhpub.record import sha256
from lhpub.review.ledger import Row
from lhpub.review.taken import DELETED, NO_KEYWORD, NO_ORDER, NO_PLACE, DeckChange, Origins, settled
from lhpub.text.model import Run
from lhpub.verify.pptx_file import Element, PptxFile, found, words
from lhpub.verify.pptx_reading import read_deck
from lhpub.verify.reading import Statement
from lhpub.walk import inside

_ALIKE = 0.4
"""What two slides must share of their shapes' names and texts to be one slide."""
_NAMELESS = re.compile(r"(?:PlaceHolder|.*Placeholder|.*占位符|Title|Text Box) \d+")
_NUMBERS = "//p:sp[.//p:ph[@type='sldNum'] or .//a:fld[@type='slidenum']]/p:nvSpPr/p:cNvPr/@name"

Texts = dict[str, str]
"""What a slide says, by the names of its shapes."""
Line = list[tuple[str, Id]]
"""The pieces of a paragraph, each with the entry that it comes from."""


Origin = tuple[Sequence[Page], Origins]
"""What a deck was composed of, and the source."""


class Slide(NamedTuple):
    """What stands on a slide: `points`: values of each chart, by its frame's name; `pictures`: hashes, by name."""

    title: str
    texts: Texts
    points: dict[str, list[str]]
    pictures: dict[str, str]
    names: dict[str, list[str]]
    """Of each chart its series and categories."""


def deck_changes(
    data: bytes, built: tuple[bytes, Composition], publication: Publication, rows: Iterable[Row]
) -> tuple[DeckChange, ...]:
    """Returns what was changed in a deck since it was built, in the order of its slides. `built`: as its composition renders."""
    old, new = (slides_in(PptxFile(one)) for one in (built[0], data))
    source = Origins(publication, {row.id: row for row in rows})
    return tuple(settled([*_compared(old, new, (built[1].pages, source))]))


def compare_decks(old: list[Slide], new: list[Slide]) -> Iterator[DeckChange]:
    """Yields what two decks differ in."""
    for change in _compared(old, new, None):
        is_figure = change.kind == "文字" and DIGITS.findall(change.old) != DIGITS.findall(change.new)
        yield replace(change, kind="数字" if is_figure else change.kind, reason="")


def _compared(old: list[Slide], new: list[Slide], origin: Origin | None) -> Iterator[DeckChange]:
    pairs = paired(old, new)
    for at, slide in enumerate(new):
        if at in pairs:
            own = (origin[0][pairs[at]], origin[1]) if origin else None
            yield from _of_slide(at + 1, (old[pairs[at]], slide), own)
        else:
            yield DeckChange(at + 1, "整张新加", "", "", slide.title, (), NO_KEYWORD)
    for at, slide in enumerate(old):
        if at not in pairs.values():
            yield DeckChange(at + 1, "整张删去", "", slide.title, "", (), DELETED)
    yield from _moved(pairs, old, origin)


def slides_in(file: PptxFile) -> list[Slide]:
    """Returns the slides of a deck in order."""
    said, slides = _said(read_deck(file, True)), []
    for number, (part, root) in enumerate(file.slides(), 1):
        numbers = words(root, _NUMBERS)
        texts = {name: text for name, text in said.get(number, {}).items() if name not in numbers}
        title = " ".join(next(iter(texts.values()), "").split())
        charts = list(_in_charts(file, part, root))
        points, names = {name: held for name, held, _ in charts}, {name: held for name, _, held in charts}
        slides.append(Slide(title, texts, points, dict(_pictures(file, part, root)), names))
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


def _in_charts(file: PptxFile, part: str, root: Element) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yields of each chart of a slide its frame's name, its values, its series' and categories' names."""
    for frame in found(root, "//p:graphicFrame[.//c:chart]"):
        relation = file.relations.get(part, {}).get("".join(words(frame, ".//c:chart/@r:id")))
        chart = file.roots.get(relation.target) if relation else None
        if chart is not None:
            values = [_number(value) for value in words(chart, "//c:ser/c:val//c:pt/c:v/text()")]
            series = words(chart, "//c:ser/c:tx//c:pt/c:v/text()")
            yield "".join(words(frame, "*/p:cNvPr/@name")), values, series + words(chart, "(//c:ser)[1]/c:cat//c:pt/c:v/text()")


def _pictures(file: PptxFile, part: str, root: Element) -> Iterator[tuple[str, str]]:
    for picture in found(root, "//p:pic"):
        relation = file.relations.get(part, {}).get("".join(words(picture, ".//a:blip/@r:embed")))
        yield "".join(words(picture, "*/p:cNvPr/@name")), sha256(file.parts.get(relation.target, b"") if relation else b"")


def _number(value: Decimal | str) -> str:
    try:
        return f"{Decimal(f'{float(value):.12g}').normalize():f}"
    except (InvalidOperation, ValueError):
        return str(value)


def paired(old: list[Slide], new: list[Slide]) -> dict[int, int]:
    """Returns which slide each is: the most alike first, of equals the nearest."""
    scores = sorted(
        ((_alike(a.texts, b.texts), -abs(i - j), j, i) for i, a in enumerate(old) for j, b in enumerate(new)), reverse=True
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
    made = {names.get(name, name): text for name, text in new.items() if name in names or name not in strange}
    for one in (one for one in strange if one not in names):  # one of several shapes of one name
        whole = (name for name, text in old.items() if name in made and _lines_of(text) == _lines_of(made[name], new[one]))
        name = next(whole, one)
        made[name] = old[name] if name != one else new[one]
    return made


def _lines_of(*texts: str) -> Counter[str]:
    return Counter(line for text in texts for line in text.split("\n"))


def _of_slide(number: int, pair: tuple[Slide, Slide], origin: tuple[Page, Origins] | None) -> Iterator[DeckChange]:
    old, new = pair[0], pair[1]._replace(texts=_renamed(pair[0].texts, pair[1].texts))
    lines, charts = (_lines(origin[0]), dict(_charts(origin[0]))) if origin else ({}, {})
    source = origin[1] if origin else None
    for name in dict.fromkeys((*old.texts, *new.texts)):
        was, now = old.texts.get(name, ""), new.texts.get(name, "")
        if was == now:
            continue
        if name not in old.texts:
            yield DeckChange(number, "新文本框", name, "", now, (), NO_PLACE)
        else:
            yield from _of_text((number, name), lines.get(name, []), (was, now), source)
    strange = [name for name in new.points if name not in old.points]
    for name, values in old.points.items():
        there = name if name in new.points else next(iter(strange), "")
        strange = [one for one in strange if one != there]
        if not there:
            yield DeckChange(number, "图表", name, "（原图）", "", (), NO_PLACE)
            continue
        if values != new.points[there]:
            yield from _of_chart((number, name), charts.get(name), (values, new.points[there]), source)
        held, names = old.names[name], new.names[there]
        apart = [(was, now) for was, now in zip_longest(held, names, fillvalue="") if was != now]
        yield from (DeckChange(number, "图表文字", name, was, now, (), NO_PLACE) for was, now in apart)
    yield from (DeckChange(number, "图表", name, "", "（新图）", (), NO_PLACE) for name in strange)
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
    place: tuple[int, str], lines: list[Line], texts: tuple[str, str], source: Origins | None
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
            yield source.of_text(made, ids, was[:at].count(old)) if source else made


def _of_chart(
    place: tuple[int, str], box: ChartBox | None, values: tuple[list[str], list[str]], source: Origins | None
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
        yield DeckChange(place[0], "图表数据", place[1], f"{len(was)}个数", f"{len(now)}个数", (), NO_PLACE)


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
        before = origin[0][order[place - 1]] if origin and place else None
        yield origin[1].moved(made, origin[0][at], before) if origin else replace(made, reason=NO_ORDER)
