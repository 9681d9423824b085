"""The rows of a proof: each figure, date, text, picture and chart cell of a publication, numbered by its keyword and what it is,
with where it comes from and every place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Literal

from lhpub.boxes import Composition
from lhpub.inline import Id, plain
from lhpub.kinds import Chart
from lhpub.kinds.share import ShareChart
from lhpub.places import Place, places
from lhpub.publication.entries import YEAR, Entry, join
from lhpub.publication.imprint import LABELS
from lhpub.publication.model import Fact, Keyword, PartialDate, Publication, TimelineSpec
from lhpub.publication.seal import figures_called, printed_forms
from lhpub.source.node import Mapping as Keys
from lhpub.source.node import Node, Scalar, Sequence

RowKind = Literal["figure", "date", "text", "chart", "picture"]
_SIGNS = {"sum": " ＋ ", "difference": " − ", "ratio": " ÷ ", "growth": " 比 ", "before": " ＋ "}
_DATES = {"day": "到日", "tenday": "到旬", "month": "到月", "year": "到年", "range": "起止到日", "none": "未注明"}
_PARTS = {
    "title": "题", "headline": "导语", "body": "正文", "brief": "简述", "hero_caption": "大数字说明", "timeline": "时间轴",
    "notes": "讲稿", "lead": "导语", "note": "图注", "subtitle": "副题", "organisation": "单位", "foreword": "卷首",
    "credits": "资料", "imprint": "版权", "notices": "提示", "points": "要点", "events": "事件", "label": "标签",
    "second": "标签二", "group": "组", "part_label": "部分", "rest_label": "其余", "now_label": "本次",
    "before_label": "前次", "picture": "图片", "logo": "标志", "qr": "二维码", "alt": "替代", "caption": "图说",
    "credit": "署名", "map": "审图号", "from": "来源",
    "text": "", "items": "", "data": "表", "kind": "字样", "licence": "准印证号", **LABELS,
}  # fmt: skip
"""What parts of a source are called in its proof."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `number`: 02-4, 02-日, 图1-图注; it stays when pages move. `label`: what it is; `name`: as the source calls it.
    `nature`: how exact; `source`: as stated, with the cell of a spreadsheet; `formula`: of a computed one; `line`: 0 for none."""

    number: str
    id: Id
    kind: RowKind
    owner: str
    label: str
    printed: str
    name: str = ""
    value: str = ""
    unit: str = ""
    bound: str = ""
    nature: str = ""
    status: str = ""
    source: str = ""
    formula: str = ""
    line: int = 0
    typed: str = ""
    """Of a text: as the source has it, with its references."""
    places: tuple[Place, ...] = ()

    @property
    def is_computed(self) -> bool:
        return bool(self.formula)


def rows_of(publication: Publication, compositions: Iterable[Composition]) -> tuple[Row, ...]:
    """Returns the rows of a publication: of each keyword in order its dates, figures and texts, then the charts, the themes and
    the publication's own."""
    there: dict[Id, tuple[Place, ...]] = {}
    for composition in compositions:
        for id_, found in places(composition).items():
            there[id_] = (*there.get(id_, ()), *found)
    return tuple(_Ledger(publication, there).rows())


class _Ledger:
    def __init__(self, publication: Publication, there: Mapping[Id, tuple[Place, ...]]) -> None:
        self.publication, self.there = publication, there
        self.forms, self.called = printed_forms(publication), figures_called(publication)
        self.taken: Counter[str] = Counter()
        self.keywords = {join(keyword.id): keyword for keyword in publication.keywords}

    def rows(self) -> Iterator[Row]:
        entries = self.publication.entries
        for name, keyword in self.keywords.items():
            own = [e for e in entries if e.id.startswith((f"keywords/{name}/", f"facts/{name}."))]
            yield from self._dates(keyword, own)
            yield from (row for e in own if e.kind == "figure" for row in self._fact(keyword, e))
            yield from (row for e in own if e.kind != "figure" for row in self._text(f"{keyword.number:02d}", keyword.title, e))
        for number, chart in enumerate(self.publication.charts, 1):
            own = [e for e in entries if e.id.startswith(f"charts/{join(chart.id)}/")]
            title = plain(chart.title)
            yield from (row for e in own for row in self._text(f"图{number}", title, e))
            for fact in (item.fact for item in chart.items if not self._is_entry(item.fact)):
                if fact.figure:
                    yield self._figure((title, fact.id.rpartition("/")[2]), replace(fact, origin=chart.origin), None)
        for theme in self.publication.themes:
            own = [e for e in entries if e.id.startswith(f"themes/{join(theme.id)}/")]
            yield from (row for e in own for row in self._text(f"篇{theme.number}", theme.title, e))
        yield from self._counts()
        whole = (e for e in entries if e.id.startswith("publication/"))
        yield from (row for e in whole for row in self._text("书", "全书", e))

    def _counts(self) -> Iterator[Row]:
        """Yields the numbers that the publication states of itself: how many keywords and themes it has, and its year."""
        counts = {"关键词数": len(self.publication.keywords), "主题数": len(self.publication.themes)}
        for at, (name, count) in enumerate(counts.items(), 1):
            if found := self.there.get(id_ := join("counts", name), ()):
                yield Row(f"书-{at}", id_, "figure", "全书", name, str(count), name, str(count), nature="确数",
                          source="源文件里的条数", places=found)  # fmt: skip
        if found := self.there.get(YEAR, ()):
            year = str(self.publication.year)
            yield Row("书-年", YEAR, "date", "全书", "年份", year, "year", year, nature="到年", places=found)

    def _is_entry(self, fact: Fact) -> bool:
        return fact.id.rpartition(".")[0] in {keyword.id for keyword in self.publication.keywords}

    def _dates(self, keyword: Keyword, own: list[Entry]) -> Iterator[Row]:
        """Yields the keyword's date, one that is not stated too, then those of its events."""
        dates = [keyword.date, *(event.date for event in keyword.events)]
        labels = ["日期", *(plain(event.label).replace(" ", "") for event in keyword.events)]
        for at, (date, label) in enumerate(zip(dates, labels, strict=True), 1):
            id_ = date.source or join("keywords", keyword.id, "date")
            number = f"{keyword.number:02d}-日{at if at > 1 else ''}"
            found = (*self.there.get(id_, ()), *self._typed(keyword, date.text))
            line = date.span.line if date.span else 0
            source = next((self._origin(e.node) for e in own if e.id == id_), "")
            nature = _DATES[date.kind] + ("，其后延续" if date.open else "")
            printed, name = date.text or "（未注明）", "date" if at == 1 else "events"
            yield Row(number, id_, "date", keyword.title, label, printed, name, _as_written(date), nature=nature, source=source,
                      line=line, places=tuple(dict.fromkeys(found)))  # fmt: skip

    def _typed(self, keyword: Keyword, text: str) -> Iterator[Place]:
        """Yields where a keyword's texts say a date, or as much of it as they need, and where others say it that no other has."""
        own, others = join("dates", keyword.id, ""), join("dates", "", "")
        dates = [date.text for one in self.publication.keywords for date in (one.date, *(event.date for event in one.events))]
        for id_, found in self.there.items() if text else ():
            said = id_.removeprefix(own if id_.startswith(own) else others)
            is_only = sum(date.startswith(said) for date in dates) == 1
            if id_ != said and text.startswith(said) and (id_.startswith(own) or is_only):
                yield from found

    def _fact(self, keyword: Keyword, entry: Entry) -> Iterator[Row]:
        fact = next((fact for fact in keyword.facts if join("facts", fact.id) == entry.id), None)
        prefix, name = f"{keyword.number:02d}", entry.id.rpartition(".")[2]
        if fact is None:
            return
        if fact.figure is None:
            yield Row(f"{prefix}-{name}", entry.id, "text", keyword.title, plain(fact.label), plain(fact.text), name,
                      status=fact.status, source=self._origin(entry.node), line=entry.span.line,
                      places=self.there.get(entry.id, ()))  # fmt: skip
            return
        yield self._figure((keyword.title, name), fact, entry)

    def _figure(self, named: tuple[str, str], fact: Fact, entry: Entry | None) -> Row:
        figure, id_, (owner, name) = fact.figure, join("facts", fact.id), named
        number, label, _ = self.called[id_]
        assert figure is not None
        formula = self._formula(fact, entry) if entry else ""
        nature = ("推算" if figure.mark == "推算" else "计算值") if fact.derived else "下限" if fact.bound else "约数"
        nature = "确数" if nature == "约数" and fact.value is not None and not figure.prefix.startswith(("约", "近")) else nature
        value = figure.numeral if fact.value is None else f"{fact.value:f}"
        said = self._origin(entry.node) if entry else plain(fact.origin)
        source = "计算，式见下" if formula else "　".join(filter(None, (said, fact.cell)))
        return Row(number, id_, "figure", owner, label, figure.text, name, value, fact.unit, figure.prefix,
                   nature, fact.status, source, formula, fact.span.line, places=self.there.get(id_, ()))  # fmt: skip

    def _formula(self, fact: Fact, entry: Entry) -> str:
        """Returns how a figure is computed, with the values that it is computed from."""
        keys = entry.node
        for kind, sign in _SIGNS.items():
            names = keys.get(kind) if isinstance(keys, Keys) else None
            if isinstance(names, Sequence):
                known = {f.id: f for k in self.publication.keywords for f in k.facts}
                own = fact.id.rpartition(".")[0]
                parts = [known.get(f"{own}.{n.text}") or known.get(n.text) for n in names.items if isinstance(n, Scalar)]
                return "＝ " + sign.join(f"{p.id.rpartition('.')[2]} {p.value:f}" for p in parts if p and p.value is not None)
        return ""

    def _origin(self, node: Node) -> str:
        """Returns what is stated of a fact's source."""
        said = node.get("from") if isinstance(node, Keys) else None
        return said.text if isinstance(said, Scalar) else ""

    def _text(self, prefix: str, owner: str, entry: Entry) -> Iterator[Row]:
        """Yields the row of a text or picture; a point's label stands with its text."""
        printed = self.forms.get(entry.id, entry.printed)
        *_, before, last = entry.id.split("/")
        if not printed or last == "date" or (last == "label" and before != "events" and f"{entry.id[:-5]}text" in self.forms):
            return
        label = self.forms.get(f"{entry.id[:-4]}label", "") if last == "text" else ""
        found = self.there.get(entry.id) or self.there.get(f"{entry.id[:-4]}label" * bool(label), ())
        name = self._part(entry.id)
        if not found and entry.id.startswith("facts/"):  # what it counts stands beside the figure itself
            return
        self.taken[f"{prefix}-{name}"] += 1
        count = self.taken[f"{prefix}-{name}"]
        numbered = count > 1 or name in ("要点", "标签", "资料", "事件")
        kind: RowKind = "picture" if entry.kind == "picture" else "text"
        shown = (label and f"{label}：") + printed
        number = f"{prefix}-{name}{count if numbered else ''}"
        typed = label + (entry.node.text if isinstance(entry.node, Scalar) else "")
        yield Row(number, entry.id, kind, owner, name, shown, line=entry.span.line, typed=typed, places=found)

    def _part(self, id_: Id) -> str:
        if match := re.fullmatch(r"facts/[^/]+\.([^/]+)/label", id_):
            return f"{match[1]}名"
        parts = id_.split("/")[1 if id_.startswith("publication/") else 2 :]
        return "".join(dict.fromkeys(_PARTS[part] for part in parts if part in _PARTS)) or parts[-1]


def _as_written(date: PartialDate) -> str:
    """Returns a date as exactly as the source knows it."""
    if date.first is None or date.last is None:
        return ""
    length = {"year": 4, "month": 7}.get(date.kind, 10)
    first, last = date.first.isoformat()[:length], date.last.isoformat()[:length]
    return (first if first == last else f"{first}/{last}") + ("起" if date.open else "")


def data_rows(publication: Publication, charts: Iterable[Chart], rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Yields each value of each chart: chart, category, as printed, its cell in the workbook and what is written there, the cell
    of the spreadsheet that it comes from, its number; then each cell read of a spreadsheet: its file, the words beside it."""
    figures = [row for row in rows if row.kind == "figure"]
    numbers = {row.id: row.number for row in figures}
    cells = {row.source.rpartition("　")[2]: row for row in figures}
    origins = {row.id: origin for origin, row in cells.items() if "!" in origin}
    for chart in charts:
        sheet, written = chart.sheet, dict[Id, list[tuple[str, str]]]()
        for letter, column in zip(ascii_uppercase[1:], sheet.columns if sheet else (), strict=False):
            for row, (fact, value) in enumerate(zip(column.facts, column.values, strict=False), 2):
                if value is not None:
                    written.setdefault(fact, []).append((f"{letter}{row}", f"{value:f}"))
        held = [(" · ".join(filter(None, (plain(item.group), plain(item.label)))), item.figure) for item in chart.items]
        if isinstance(chart, ShareChart):
            held += [("占比", chart.share), ("全部", chart.total.figure)]
        for label, figure in held:
            id_, there = join("facts", figure.role.ref), written.get(figure.role.ref, [])
            printed = figure.text + ("※" if figure.mark else "")
            places = ("、".join(cell for cell, _ in there), "、".join(value for _, value in there) or "不写入")
            yield plain(chart.title), label, printed, *places, origins.get(id_, ""), numbers.get(id_, "")
    for taken in publication.cells:
        told = cells.get(f"{taken.file} {taken.cell}")
        printed, number = (told.printed, told.number) if told else ("", "")
        yield taken.file, " · ".join(filter(None, taken.heads)), printed, "", taken.value, taken.cell, number


_MARKS = {("brochure", "alt"): "替", ("deck", "alt"): "替", ("deck", "notes"): "备", ("deck", "workbook"): "簿"}
_SHORT = {"brochure": "册", "deck": "片"}
ORDER = "册片备簿替"


def axes_of(publication: Publication) -> tuple[str, ...]:
    return tuple(chart.id for chart in publication.charts if isinstance(chart, TimelineSpec))


def marks_of(row: Row, axes: tuple[str, ...] = ("timeline",)) -> dict[str, tuple[str, ...]]:
    """Returns where a row stands as its proof says it: 册 → ("2", "4大", "8×2", "8图"). `axes`: the ids of the timelines."""
    found: Counter[tuple[str, str]] = Counter()
    for place in row.places:
        mark, page = _MARKS.get((place.medium, place.part), _SHORT[place.medium]), str(place.page)
        if place.part == "alt":
            page = _SHORT[place.medium] + page
        elif place.part == "workbook":
            page = f"片{page} {place.box.rpartition('!')[2]}"
        elif place.part != "notes":
            page += _use(place, axes)
        found[(mark, page)] += 1
    shown: dict[str, list[str]] = {}
    for (mark, page), count in found.items():
        shown.setdefault(mark, []).append(page if count == 1 else f"{page}×{count}")
    return {mark: tuple(shown[mark]) for mark in ORDER if mark in shown}


def _use(place: Place, axes: tuple[str, ...]) -> str:
    """Returns 大 for a hero, 图 and 轴 for what a chart or the timeline shows."""
    if place.part == "label" or place.box.split("/")[0] in axes:
        return "轴" if place.box.split("/")[0] in axes else "图"
    return "大" if place.box.endswith("/hero") else ""
