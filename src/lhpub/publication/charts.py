"""The charts a source asks for, with their facts found."""

from __future__ import annotations

from collections.abc import Iterable

from lhpub.diagnostics import Bilingual
from lhpub.inline import Inline, Role, plain
from lhpub.publication.facts import FactTable
from lhpub.publication.model import ChartSpec, ChartSpecItem, Fact, Keyword
from lhpub.publication.prose import Prose, Scope
from lhpub.publication.spec import ColumnItemSpec, ColumnSpec, RankSpec, ShareSpec, SourceSpec, TimelineSpec
from lhpub.source.node import Scalar
from lhpub.source.report import did_you_mean

ChartEntry = ColumnSpec | ShareSpec | RankSpec | TimelineSpec
_AUTOMATIC = "timeline"


def read_charts(
    source: SourceSpec, keywords: tuple[Keyword, ...], prose: Prose, table: FactTable
) -> tuple[ChartSpec, ...]:
    """Returns the charts in order; a timeline is added when at least two keywords have dates and none is asked for."""
    reader = _ChartReader(keywords, prose, table)
    ids = _ids(source.charts)
    charts = tuple(reader.read(entry, id_) for entry, id_ in zip(source.charts, ids, strict=True))
    dated = [keyword for keyword in keywords if keyword.date.first is not None]
    if len(dated) < 2 or any(chart.kind == "timeline" for chart in charts):
        return charts
    title = (Inline(f"{prose.year}年", Role("date")), Inline("时间轴"))
    return (*charts, ChartSpec(_AUTOMATIC, "timeline", title, (), None, None, None, 0, (), "", source.span))


def _ids(entries: Iterable[ChartEntry]) -> list[str]:
    """Returns each chart's id: as written, else its kind, numbered from the second of a kind on."""
    taken: list[str] = []
    for entry in entries:
        count = sum(id_.partition("-")[0] == entry.kind for id_ in taken)
        taken.append(entry.id or (f"{entry.kind}-{count + 1}" if count else entry.kind))
    return taken


class _ChartReader:
    def __init__(self, keywords: tuple[Keyword, ...], prose: Prose, table: FactTable) -> None:
        self._ids = [keyword.id for keyword in keywords]
        self._facts = {fact.id: fact for keyword in keywords for fact in keyword.facts}
        self._prose, self._table = prose, table

    def read(self, entry: ChartEntry, id_: str) -> ChartSpec:
        """Returns the chart; facts that are not there are reported and left out."""
        keyword = self._keyword(entry.keyword)
        whole, rest, share, last_rank = None, None, None, 0
        items: list[ChartSpecItem | None] = []
        match entry:
            case ColumnSpec():
                items = [self._item(item, keyword) for item in entry.items]
            case ShareSpec():
                whole, rest = self._fact(entry.whole, keyword), self._fact(entry.rest, keyword)
                share = self._fact(entry.share, keyword)
                pair = ((entry.part, entry.part_label), (entry.rest, entry.rest_label))
                items = [self._plain(name, label, keyword) for name, label in pair]
            case RankSpec():
                last_rank = entry.of
                pair = ((entry.before, entry.before_label), (entry.now, entry.now_label))
                items = [self._plain(name, label, keyword) for name, label in pair]
            case TimelineSpec():
                pass
        scope = Scope(keyword)
        title, note = self._prose.line(entry.title, scope), self._prose.line(entry.note, scope)
        found = tuple(item for item in items if item is not None)
        return ChartSpec(id_, entry.kind, title, found, whole, rest, share, last_rank, note, keyword, entry.span)

    def _keyword(self, written: Scalar | None) -> str:
        if written is not None and written.text not in self._ids:
            message = Bilingual(f"没有编号为“{written.text}”的关键词", f"there is no keyword “{written.text}”")
            self._prose.report.error("unknown-keyword", written.span, message, did_you_mean(written.text, self._ids))
        return written.text if written else ""

    def _fact(self, name: Scalar, keyword: str) -> Fact | None:
        found = self._table.find(name, keyword)
        return self._facts.get(found.id) if found else None

    def _item(self, item: ColumnItemSpec, keyword: str) -> ChartSpecItem | None:
        made = self._plain(item.fact, item.label, keyword)
        second = self._prose.line(item.second, Scope(keyword))
        return made and ChartSpecItem(made.fact, made.keyword, made.label, second, item.group)

    def _plain(self, name: Scalar, label: str, keyword: str) -> ChartSpecItem | None:
        fact = self._fact(name, keyword)
        if fact is None:
            return None
        return ChartSpecItem(fact, fact.id.rpartition(".")[0], label or plain(fact.label), (), "")
