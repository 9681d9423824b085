"""Why a page has the master it has: the layout's arrangements in order, each tried again with the page's keywords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args, get_type_hints

from lhpub.boxes import Page
from lhpub.build import Read
from lhpub.compose.groups import group_keywords
from lhpub.compose.scope import Scope
from lhpub.compose.sheet import Sheet, compose_sheet, is_wanted
from lhpub.compose.studio import Studio
from lhpub.diagnostics import Severity
from lhpub.kinds import Chart
from lhpub.layout.model import Arrangement
from lhpub.publication.model import Keyword
from lhpub.publication.spec import ChartEntry
from lhpub.source.declared import title_of

Json = dict[str, Any]
_KINDS = {
    get_args(get_type_hints(keys)["kind"])[0]: title.zh for keys in get_args(ChartEntry) if (title := title_of(keys))
}
"""What each kind of chart is called."""


def candidates(read: Read, studio: Studio, page: Page) -> list[Json]:
    """Returns the arrangements of keywords with what spoke against each; none for a page that carries no keyword. What comes
    behind the one that was taken was not tried."""
    names = [keyword for keyword in read.publication.keywords if keyword.id in page.anchors]
    if not names:
        return []
    found, taken = [], False
    for arrangement in studio.medium.keywords:
        master = studio.medium.masters[arrangement.master]
        is_taken = not taken and arrangement.master == page.master
        reason = "" if taken or is_taken else next(_against(arrangement, names, page, (read, studio)), "前面的关键词已另有安排")
        taken = taken or is_taken
        found.append({"master": arrangement.master, "title": master.title, "line": master.span.line, "taken": is_taken,
                      "reason": reason})  # fmt: skip
    return found


def _against(arrangement: Arrangement, names: list[Keyword], page: Page, made_of: tuple[Read, Studio]) -> Iterator[str]:
    """Yields what speaks against an arrangement for these keywords."""
    read, studio = made_of
    master = studio.medium.masters[arrangement.master]
    charts = [chart for chart in read.charts if names[0].id in chart.keywords]
    lacking = [kind for kind in arrangement.charts if kind not in {chart.kind for chart in charts}]
    if lacking:
        yield f"要{'、'.join(_KINDS.get(kind, '图表') for kind in lacking)}，这里没有"
        return
    if arrangement.keywords > len(names):
        yield f"一页放 {arrangement.keywords} 个关键词，这里是 {len(names)} 个"
        return
    groups = group_keywords(read.publication, studio.layout.spec.periods)
    group = next(group for group in groups if names[0] in group.keywords)
    chart: Chart | None = next((c for c in charts if c.kind in arrangement.charts), None)
    sheet = Sheet(arrangement.master, group, tuple((k, chart) for k in names[: arrangement.keywords]), arrangement.extra)
    scope = Scope(read.publication, groups, read.charts, {})
    if not is_wanted(master, replace(scope, keyword=names[0] if arrangement.keywords == 1 else None, group=group)):
        yield f"要有：{'、'.join(master.needs) or '—'}" + (f"；不能有：{'、'.join(master.unless)}" if master.unless else "")
        return
    told = compose_sheet(sheet, page.number, studio, scope).diagnostics
    yield from (d.message.zh for d in told if d.severity is Severity.ERROR)
