"""ChartSpec → Chart: limits, ticks with their labels, order, inks and alt text are decided here, before drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from lhpub.charts.column import check_column, resolve_column
from lhpub.charts.rank import check_rank, resolve_rank
from lhpub.charts.rules import check_title
from lhpub.charts.share import check_share, resolve_share
from lhpub.charts.year import check_timeline, resolve_timeline
from lhpub.diagnostics import Diagnostic, has_errors
from lhpub.kinds import Chart
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import ChartSpec, ColumnSpec, Publication, RankSpec, ShareSpec, TimelineSpec


def resolve_charts(publication: Publication, inks: ChartInks) -> tuple[tuple[Chart, ...], tuple[Diagnostic, ...]]:
    """Returns the publication's charts and what is wrong with any; a chart with an error is left out."""
    charts: list[Chart] = []
    found: list[Diagnostic] = []
    for spec in publication.charts:
        problems = [*check_title(spec), *_check(spec, publication, inks)]
        found += problems
        chart = None if has_errors(problems) else _resolve(spec, publication, inks)
        if chart:
            charts.append(chart)
    return tuple(charts), tuple(found)


def _check(spec: ChartSpec, publication: Publication, inks: ChartInks) -> Iterator[Diagnostic]:
    match spec:
        case ColumnSpec():
            return check_column(spec, len(inks.groups))
        case ShareSpec():
            return check_share(spec)
        case RankSpec():
            return check_rank(spec)
        case TimelineSpec():
            return check_timeline(spec, publication)
        case _:
            assert_never(spec)


def _resolve(spec: ChartSpec, publication: Publication, inks: ChartInks) -> Chart | None:
    match spec:
        case ColumnSpec():
            return resolve_column(spec, inks)
        case ShareSpec():
            return resolve_share(spec, inks)
        case RankSpec():
            return resolve_rank(spec, inks)
        case TimelineSpec():
            return resolve_timeline(spec, publication)
        case _:
            assert_never(spec)
