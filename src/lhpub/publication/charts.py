"""The charts a source asks for, with their facts found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict, assert_never

from lhpub.diagnostics import Bilingual, Span
from lhpub.inline import Inline, Rich, Role
from lhpub.publication.facts import FactTable
from lhpub.publication.model import (
    ChartSpec,
    ChartSpecItem,
    ColumnSpec,
    Fact,
    Keyword,
    RankSpec,
    ShareSpec,
    TimelineSpec,
)
from lhpub.publication.prose import Prose, Scope
from lhpub.publication.spec import ChartEntry, ColumnItemKeys, ColumnKeys, RankKeys, ShareKeys, SourceSpec, TimelineKeys
from lhpub.source.node import Scalar
from lhpub.source.report import did_you_mean

_AUTOMATIC = "timeline"


def read_charts(
    source: SourceSpec, keywords: tuple[Keyword, ...], prose: Prose, table: FactTable
) -> tuple[ChartSpec, ...]:
    """Returns the charts in order; a timeline is added when at least two keywords have dates and none is asked for. One
    whose facts are not there is left out, after they are reported."""
    reader = _ChartReader(keywords, prose, table)
    read = (reader.read(entry, id_) for entry, id_ in zip(source.charts, _ids(source.charts), strict=True))
    charts = tuple(chart for chart in read if chart is not None)
    dated = [keyword for keyword in keywords if keyword.date.first is not None]
    if len(dated) < 2 or any(isinstance(entry, TimelineKeys) for entry in source.charts):
        return charts
    title = (Inline(f"{prose.year}年", Role("date")), Inline("时间轴"))
    return (*charts, TimelineSpec(id=_AUTOMATIC, title=title, span=source.span))


def _ids(entries: Iterable[ChartEntry]) -> list[str]:
    """Returns each chart's id: as written, else its kind, numbered from the second of a kind on."""
    taken: list[str] = []
    for entry in entries:
        count = sum(id_.partition("-")[0] == entry.kind for id_ in taken)
        taken.append(entry.id or (f"{entry.kind}-{count + 1}" if count else entry.kind))
    return taken


class _Shared(TypedDict):
    """What all kinds of chart are made with."""

    id: str
    title: Rich
    note: Rich
    keyword: str
    span: Span


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
                columns = tuple(made for item in entry.items if (made := self._column(item, keyword)))
                return ColumnSpec(**shared, columns=columns)
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

    def _column(self, item: ColumnItemKeys, keyword: str) -> ChartSpecItem | None:
        made, second = self._item(item.fact, item.label, keyword), self._prose.line(item.second, Scope(keyword))
        return made and replace(made, second=second, group=self._label(item.group, keyword))

    def _item(self, name: Scalar, label: Scalar | None, keyword: str) -> ChartSpecItem | None:
        fact = self._fact(name, keyword)
        owner = fact.id.rpartition(".")[0] if fact else ""
        return ChartSpecItem(fact, owner, self._label(label, keyword) or fact.label) if fact else None
