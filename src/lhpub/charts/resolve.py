"""ChartSpec → Chart: limits, ticks with their labels, order, inks and alt text are decided here, before drawing."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from math import ceil

from lhpub.charts.model import Chart, ChartItem, Figure, Tick, TimelineEvent
from lhpub.charts.rules import check_chart, on_axis
from lhpub.charts.style import ChartInks
from lhpub.diagnostics import Diagnostic, has_errors
from lhpub.inline import Inline, Role, plain
from lhpub.publication.model import ChartSpec, ChartSpecItem, Keyword, Publication
from lhpub.text.model import Ink

HEADROOM = Decimal("1.25")
"""Least axis over a lower bound, as a multiple of it: the open edges need somewhere to go (civic §8.1)."""
ALT_LENGTH = 120
_KINDS = {"column": "柱状图", "share": "占比图", "rank": "位次图", "timeline": "时间轴"}


def resolve_charts(publication: Publication, inks: ChartInks) -> tuple[tuple[Chart, ...], tuple[Diagnostic, ...]]:
    """Returns the publication's charts and what is wrong with any; a chart with an error is left out."""
    charts: list[Chart] = []
    found: list[Diagnostic] = []
    for spec in publication.charts:
        problems = check_chart(spec, publication, len(inks.groups))
        found += problems
        chart = None if has_errors(problems) else _resolve(spec, publication, inks)
        if chart and (chart.items or chart.events):
            charts.append(chart)
    return tuple(charts), tuple(found)


def _resolve(spec: ChartSpec, publication: Publication, inks: ChartInks) -> Chart:
    chart = Chart(
        id=spec.id, kind=spec.kind, title=spec.title, items=(), axis_min=Decimal(0), axis_max=Decimal(100), ticks=(),
        unit=spec.items[0].fact.unit if spec.items else "", note=spec.note, alt="", year=publication.year,
        keywords=tuple(dict.fromkeys(item.keyword for item in spec.items if item.keyword)),
    )  # fmt: skip
    match spec.kind:
        case "column":
            chart = _column(chart, spec, inks)
        case "share":
            chart = _share(chart, spec, inks)
        case "rank":
            chart = _rank(chart, spec, inks)
        case "timeline":
            chart = _timeline(chart, publication)
    return replace(chart, alt=_alt(chart))


def _item(item: ChartSpecItem, ink: Ink, text_ink: Ink) -> ChartItem:
    fact = item.fact
    assert fact.value is not None  # rules.check_chart has seen to it
    assert fact.figure is not None
    return ChartItem(
        label=item.label, second=item.second, value=fact.value, figure=fact.figure, ink=ink, bound=fact.bound,
        derived=fact.derived, group=item.group, keyword=item.keyword, text_ink=text_ink,
    )  # fmt: skip


def _column(chart: Chart, spec: ChartSpec, inks: ChartInks) -> Chart:
    groups = list(dict.fromkeys(item.group for item in spec.items))
    own = dict(zip(groups, inks.groups, strict=False))
    items = tuple(
        _item(item, inks.bound if item.fact.bound else own[item.group], own[item.group]) for item in spec.items
    )
    most = max(item.value for item in items)
    bound = max((item.value for item in items if item.bound), default=Decimal(0)) * HEADROOM
    step = _round_step((max(most, bound) or Decimal(1)) / 4)
    top = Decimal(f"{(bound if bound > most else max(ceil(most / step), 1) * step).normalize():f}")
    ticks = tuple(Tick(step * n, f"{(step * n).normalize():f}") for n in range(1, int(top / step) + 1))
    return replace(chart, items=items, axis_max=top, ticks=ticks)


def _round_step(least: Decimal) -> Decimal:
    """Returns the smallest of 1, 2, 2.5, 5 × 10ⁿ that is not below `least`."""
    steps = (Decimal(m).scaleb(least.adjusted()) for m in ("1", "2", "2.5", "5", "10"))
    return next(step for step in steps if step >= least)


def _share(chart: Chart, spec: ChartSpec, inks: ChartInks) -> Chart:
    assert spec.whole is not None
    part, rest = spec.items[:2]
    whole = ChartSpecItem(spec.whole, spec.keyword, plain(spec.whole.label), (), "")
    ticks = tuple(Tick(Decimal(n), {0: "0", 50: "50%", 100: "100%"}.get(n, "")) for n in range(0, 101, 10))
    return replace(
        chart, ticks=ticks, total=_item(whole, inks.rest, inks.groups[0]), share=spec.part.figure if spec.part else None,
        items=(_item(part, inks.groups[0], inks.groups[0]), _item(rest, inks.rest, inks.groups[0])),
    )  # fmt: skip


def _rank(chart: Chart, spec: ChartSpec, inks: ChartInks) -> Chart:
    """The derived rank is the earlier one; if both are published, they stand in order."""
    ink = inks.groups[0]
    items = tuple(_item(item, ink, ink) for item in sorted(spec.items, key=lambda item: not item.fact.derived))
    step = max(1, int(_round_step(Decimal(spec.last_rank) / 5)))
    ranks = dict.fromkeys((1, *range(step, spec.last_rank - step // 2, step), spec.last_rank))
    figure = items[1].figure
    ticks = tuple(Tick(Decimal(rank), f"{figure.prefix}{rank}{figure.unit}") for rank in ranks)
    return replace(chart, items=items, axis_min=Decimal(1), axis_max=Decimal(spec.last_rank), ticks=ticks)


def _timeline(chart: Chart, publication: Publication) -> Chart:
    year = publication.year
    firsts = [datetime.date(year, month, 1) for month in range(1, 13)]
    return replace(
        chart, axis_min=Decimal(1), axis_max=Decimal(366 if calendar.isleap(year) else 365),
        events=_in_order([event for keyword in publication.keywords for event in _events(keyword, year)]),
        ticks=tuple(Tick(Decimal(day.timetuple().tm_yday), str(day.month)) for day in firsts),
        undated=tuple((k.number, k.title) for k in publication.keywords if k.date.kind in ("none", "year")),
        keywords=tuple(keyword.id for keyword in publication.keywords),
    )  # fmt: skip


def _in_order(events: list[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """Returns days in order; what is known to the month or 旬 stands in it before the first keyword of a later number."""
    ordered = sorted((event for event in events if event.day), key=lambda event: (event.first, event.number))
    for event in sorted((event for event in events if not event.day), key=lambda event: (event.first, event.number)):
        month = (event.first.year, event.first.month)
        for place, other in enumerate(ordered):
            there = (other.first.year, other.first.month)
            if there > month or (there == month and other.main and other.number > event.number):
                ordered.insert(place, event)
                break
        else:
            ordered.append(event)
    return tuple(ordered)


def _events(keyword: Keyword, year: int) -> Iterable[TimelineEvent]:
    """Yields the keyword's dates that fall into the year, cut to it; an event on its own date is not drawn twice."""
    dates = [(keyword.date, keyword.timeline_label, True), *((e.date, e.label, False) for e in keyword.events)]
    for place, (date, label, main) in enumerate(dates):
        repeated = any((date.first, date.last) == (other.first, other.last) for other, _, _ in dates[:place])
        if on_axis(date, year) and date.first and date.last and not repeated:
            yield TimelineEvent(
                keyword=keyword.id, number=keyword.number, title=keyword.title, label=label,
                when=(Inline(date.short, Role("date"), span=date.span, source=date.source),), day=date.first == date.last,
                first=max(date.first, datetime.date(year, 1, 1)), last=min(date.last, datetime.date(year, 12, 31)),
                open=date.open, main=main,
            )  # fmt: skip


def _alt(chart: Chart) -> str:
    """Returns kind, title, then each item with unit, bound and derivation; the note where 120 characters allow."""
    match chart.kind:
        case "column":
            said = "；".join(_said(item) for item in chart.items)
        case "rank":
            said = f"{_said(chart.items[0])}，现为{_said(chart.items[1])}；榜单{chart.ticks[0].label}在上，"
            said += f"至{chart.ticks[-1].label}"
        case "share":
            share = f"，占{_marked(chart.share)}" if chart.share else ""
            whole = _said(chart.total) if chart.total else ""
            said = f"{whole}，其中{_said(chart.items[0])}{share}，{_said(chart.items[1])}"
        case "timeline":
            said = _said_events(chart)
    text = f"{_KINDS[chart.kind]}：{plain(chart.title)}。{said}。"
    note = plain(chart.note)
    return text + note if len(text) + len(note) <= ALT_LENGTH else text


def _said(item: ChartItem) -> str:
    """Returns a figure with its name, its mark unless the name has it, and what a bound is."""
    bound = "（只知下限）" if item.bound else ""
    named = item.figure.mark and item.figure.mark in item.label
    return f"{item.label}{item.figure.text if named else _marked(item.figure)}{bound}"


def _marked(figure: Figure) -> str:
    return f"{figure.text}（{figure.mark}）" if figure.mark else figure.text


def _said_events(chart: Chart) -> str:
    """Returns every keyword with its date, or the first and the last where that is too long; then the undated."""
    dated = [f"{_said_day(event)}{event.title}" for event in chart.events if event.main or len(chart.events) == 1]
    undated = f"；{'、'.join(title for _, title in chart.undated)}未注明日期" if chart.undated else ""
    if not dated or sum(map(len, dated)) + len(dated) + len(undated) + len(plain(chart.title)) < ALT_LENGTH - 6:
        return "；".join(dated) + undated
    return f"{chart.year}年各关键词按日期先后，自{dated[0]}至{dated[-1]}{undated}"


def _said_day(event: TimelineEvent) -> str:
    """Returns the date with its month: 上旬起 → 1月上旬起."""
    when = plain(event.when)
    return when if when.startswith(f"{event.first.month}月") else f"{event.first.month}月{when}"
