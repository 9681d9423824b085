"""The charts a source asks for, with their facts found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict, assert_never

from lhpub.diagnostics import Bilingual, Span
from lhpub.inline import Inline, Rich, Role, plain
from lhpub.publication.entries import join
from lhpub.publication.facts import FactTable
from lhpub.publication.model import (
    BarSpec,
    ChartSpec,
    ChartSpecItem,
    ColumnSpec,
    Fact,
    Keyword,
    LineSpec,
    PairSpec,
    PartsSpec,
    RankSpec,
    RowSpec,
    ShareSpec,
    TimelineSpec,
)
from lhpub.publication.origins import Origins, source_line
from lhpub.publication.prose import Prose, Scope
from lhpub.publication.spec import (
    BarKeys,
    ChartEntry,
    ColumnKeys,
    DataSpec,
    GridKeys,
    ItemKeys,
    LineKeys,
    PairKeys,
    PartsKeys,
    RankKeys,
    ShareKeys,
    SourceSpec,
    TimelineKeys,
)
from lhpub.source.node import Scalar
from lhpub.source.report import did_you_mean

_AUTOMATIC = "timeline"


def read_charts(
    source: SourceSpec, keywords: tuple[Keyword, ...], prose: Prose, table: FactTable, origins: Origins
) -> tuple[ChartSpec, ...]:
    """Returns the charts in order; a timeline is added when at least two keywords have dates and none is asked for. One
    whose facts are not there is left out, after they are reported."""
    reader = _ChartReader(keywords, prose, table)
    read = (reader.read(entry, id_) for entry, id_ in zip(source.charts, _ids(source.charts), strict=True))
    charts = tuple(
        _with_source(chart, origins.read(entry.from_), keywords)
        for entry, chart in zip(source.charts, read, strict=True) if chart is not None
    )  # fmt: skip
    dated = [keyword for keyword in keywords if keyword.date.first is not None]
    if len(dated) < 2 or any(isinstance(entry, TimelineKeys) for entry in source.charts):
        return charts
    title = (Inline(f"{prose.year}年", Role("date")), Inline("时间轴"))
    return (*charts, TimelineSpec(id=_AUTOMATIC, title=title, span=source.span))


def _with_source(chart: ChartSpec, own: Rich, keywords: tuple[Keyword, ...]) -> ChartSpec:
    """Returns the chart with 资料来源 behind its note: its own, else its facts'."""
    origins = {fact.id: fact.origin for keyword in keywords for fact in keyword.facts}
    source = source_line((own,) if own else (origins.get(item.fact.id, ()) for item in chart.items))
    gap = (Inline("　"),) if chart.note and source else ()
    return replace(chart, note=(*chart.note, *gap, *source), origin=own)


def _ids(entries: Iterable[ChartEntry]) -> list[str]:
    """Returns each chart's id: as written, else its kind, numbered from the second of a kind on."""
    taken: list[str] = []
    for entry in entries:
        count = sum(id_.partition("-")[0] == entry.kind for id_ in taken)
        taken.append(entry.id or (f"{entry.kind}-{count + 1}" if count else entry.kind))
    return taken


Grid = tuple[tuple[RowSpec, ...], tuple[Rich, ...]]
_UNKNOWN = ("", "—", "——", "-", "…", "/", "无")


class _Shared(TypedDict):
    """What all kinds of chart are made with."""

    id: str
    title: Rich
    note: Rich
    keyword: str
    span: Span


class _Gridded(TypedDict):
    """What charts of rows and series are made with."""

    rows: tuple[RowSpec, ...]
    series: tuple[Rich, ...]
    is_highlighted: bool


class _ChartReader:
    def __init__(self, keywords: tuple[Keyword, ...], prose: Prose, table: FactTable) -> None:
        self._ids = [keyword.id for keyword in keywords]
        self._facts = {fact.id: fact for keyword in keywords for fact in keyword.facts}
        self._prose, self._table = prose, table

    def read(self, entry: ChartEntry, id_: str) -> ChartSpec | None:
        """Returns the chart, None if one of its facts is not there."""
        keyword = self._keyword(entry.keyword)
        scope = Scope(keyword)
        title, note = self._prose.line(entry.title, scope), self._prose.line(entry.note, scope)
        shared: _Shared = {"id": id_, "title": title, "note": note, "keyword": keyword, "span": entry.span}
        match entry:
            case ColumnKeys():
                grid = self._grid(entry, keyword, id_)
                return grid and ColumnSpec(**shared, **grid, is_stacked=entry.stacked)
            case BarKeys():
                grid = self._grid(entry, keyword, id_)
                return grid and BarSpec(**shared, **grid)
            case LineKeys():
                grid = self._grid(entry, keyword, id_)
                return grid and LineSpec(**shared, **grid)
            case PartsKeys():
                grid = self._grid(entry, keyword, id_)
                return grid and PartsSpec(**shared, **grid)
            case PairKeys():
                grid = self._grid(entry, keyword, id_)
                return grid and PairSpec(**shared, **grid)
            case ShareKeys():
                part, rest = (
                    self._item(name, label, keyword)
                    for name, label in ((entry.part, entry.part_label), (entry.rest, entry.rest_label))
                )
                whole, share = self._item(entry.whole, None, keyword), self._fact(entry.share, keyword)
                if part and rest and whole and share:
                    return ShareSpec(**shared, whole=whole, part=part, rest=rest, share=share)
            case RankKeys():
                before = self._item(entry.before, entry.before_label, keyword)
                now = self._item(entry.now, entry.now_label, keyword)
                if before and now:
                    return RankSpec(**shared, before=before, now=now, last=entry.of)
            case TimelineKeys():
                return TimelineSpec(**shared)
            case _:
                assert_never(entry)
        return None

    def _keyword(self, written: Scalar | None) -> str:
        if written is not None and written.text not in self._ids:
            message = Bilingual(f"没有编号为“{written.text}”的关键词", f"there is no keyword “{written.text}”")
            self._prose.report.error("unknown-keyword", written.span, message, did_you_mean(written.text, self._ids))
        return written.text if written else ""

    def _fact(self, name: Scalar, keyword: str) -> Fact | None:
        found = self._table.find(name, keyword)
        return self._facts.get(found.id) if found else None

    def _label(self, written: Scalar | None, keyword: str) -> Rich:
        """Returns a name that the chart prints; a figure in it is part of the name."""
        return self._prose.line(written, Scope(keyword, typed="name"))

    def _grid(self, entry: GridKeys, keyword: str, id_: str) -> _Gridded | None:
        """Returns rows and names of series; None, reported, where there are none or both items and data."""
        report = self._prose.report
        if (entry.items is None) == (entry.data is None):
            zh, en = (
                ("items 与 data 都写了", "both items and data")
                if entry.items
                else ("没有 items，也没有 data", "neither items nor data")
            )
            hint = Bilingual(
                "写其中一种：items 取自事实，data 直接写数", "write one: items name facts, data holds numbers"
            )
            report.error("chart-data", entry.span, Bilingual(f"这张图{zh}", f"this chart has {en}"), hint)
            return None
        rows, series = self._of_table(entry.data, keyword, id_) if entry.data else self._of_items(entry.items or (), keyword)
        is_highlighted = entry.highlight is not None and len(series) == 1
        if entry.highlight:
            named = entry.highlight.text.strip()
            if named not in (names := [plain(row.label) for row in rows]):
                message = Bilingual(f"没有叫“{named}”的一行", f"there is no row “{named}”")
                report.error("unknown-row", entry.highlight.span, message, did_you_mean(named, names))
            elif not is_highlighted:
                message = Bilingual("有几个系列的图不能突出一行，照常画了", "no row stands out where there are several series")
                hint = Bilingual("删去 highlight，或只留一个系列", "delete highlight, or keep one series")
                report.warning("highlight-series", entry.highlight.span, message, hint)
            else:
                own = self._label(entry.highlight, keyword)
                parted = ((row, plain(row.label) == named) for row in rows)
                rows = tuple(
                    replace(row, cells=(row.cells[0] if is_own else None, None if is_own else row.cells[0]))
                    for row, is_own in parted
                )
                series = (own, (Inline("其他"),))
        return {"rows": rows, "series": series, "is_highlighted": is_highlighted}

    def _of_items(self, items: tuple[ItemKeys, ...], keyword: str) -> Grid:
        """Returns a row for each item; groups are the series."""
        groups = {plain(rich): rich for rich in (self._label(item.group, keyword) for item in items)}
        rows = []
        for item in items:
            if made := self._item(item.fact, item.label, keyword):
                own = plain(self._label(item.group, keyword))
                cells = tuple(made if name == own else None for name in groups)
                rows.append(RowSpec(made.label, self._prose.line(item.second, Scope(keyword)), cells))
        return tuple(rows), tuple(groups.values())

    def _of_table(self, data: DataSpec, keyword: str, id_: str) -> Grid:
        """Returns a table as it is written. The only reader of tables: what else may hold one brings it into this form."""
        series = tuple(self._label(name, keyword) for name in data.series) or ((),)
        rows = []
        for name, cells in data.rows.rows:
            label = self._label(name, keyword)
            if len(cells) != len(series):
                message = Bilingual(
                    f"“{name.text}”有 {len(cells)} 个数，应有 {len(series)} 个",
                    f"“{name.text}” has {len(cells)} numbers, not {len(series)}",
                )
                hint = Bilingual(
                    "每个系列一个数，缺数写 —；系列的名字写在 series 里",
                    "one for each series, — where none is known; name them in series",
                )
                self._prose.report.error("table-width", name.span, message, hint)
                continue
            ids = (
                join("charts", id_, name.text, plain(own)) if own else join("charts", id_, name.text) for own in series
            )
            found = (self._cell(cell, (full, keyword, data.unit), label) for cell, full in zip(cells, ids, strict=True))
            rows.append(RowSpec(label, (), tuple(found)))
        return tuple(rows), series

    def _cell(self, cell: Scalar, place: tuple[str, str, str], label: Rich) -> ChartSpecItem | None:
        """Returns a cell's fact: a reference's, or the number typed there; None where it is empty or wrong (reported)."""
        full, keyword, unit = place
        text = cell.text.strip()
        if text in _UNKNOWN:
            return None
        if text[0] == "{" and text[-1] == "}":
            item = self._item(replace(cell, text=text[1:-1].strip()), None, keyword)
            return item and replace(item, label=label)
        fact = self._table.typed(full, cell, unit)
        return ChartSpecItem(fact, keyword, label) if fact else None

    def _item(self, name: Scalar, label: Scalar | None, keyword: str) -> ChartSpecItem | None:
        fact = self._fact(name, keyword)
        owner = fact.id.rpartition(".")[0] if fact else ""
        return ChartSpecItem(fact, owner, self._label(label, keyword) or fact.label) if fact else None
