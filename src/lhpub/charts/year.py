"""A publication's dates in order of time, as its timeline has them."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from lhpub.charts.items import ALT_LENGTH, alt_text, shared
from lhpub.charts.rules import problem
from lhpub.diagnostics import Diagnostic, Severity
from lhpub.inline import Inline, Rich, Role, parted, plain
from lhpub.kinds.chart import Tick
from lhpub.kinds.timeline import TimelineChart, TimelineEvent
from lhpub.publication.entries import YEAR, join
from lhpub.publication.model import Keyword, PartialDate, Publication, TimelineSpec


def check_timeline(spec: TimelineSpec, publication: Publication) -> Iterator[Diagnostic]:
    """Yields dates that the axis does not hold, and a year without dates."""
    dates = [date for k in publication.keywords for date in (k.date, *(event.date for event in k.events))]
    for date in dates:
        if date.kind not in ("none", "year") and not _is_on_axis(date, publication.year):
            yield problem("date-outside", date.span, date.text, Severity.WARNING)
    if not any(_is_on_axis(date, publication.year) for date in dates):
        yield problem("timeline-empty", spec.span, severity=Severity.WARNING)


def resolve_timeline(spec: TimelineSpec, publication: Publication) -> TimelineChart | None:
    """Returns the publication's year, None if it has no dates."""
    year = publication.year
    events = _in_order([event for keyword in publication.keywords for event in _events(keyword, year)])
    if not events:
        return None
    firsts = [datetime.date(year, month, 1) for month in range(1, 13)]
    undated = tuple((k.number, _named(k.id, k.title)) for k in publication.keywords if k.date.kind in ("none", "year"))
    of = shared(spec)
    of["keywords"] = tuple(keyword.id for keyword in publication.keywords)
    return TimelineChart(
        **of, events=events, undated=undated, year=year,
        axis_min=Decimal(1), axis_max=Decimal(366 if calendar.isleap(year) else 365),
        ticks=tuple(Tick(Decimal(day.timetuple().tm_yday), str(day.month)) for day in firsts),
        told=alt_text("时间轴", of, _said_events(events, undated, len(plain(spec.title)), year)),
    )  # fmt: skip


def _is_on_axis(date: PartialDate, year: int) -> bool:
    """True if the date falls into the year and is known better than to the year."""
    if date.kind in ("year", "none") or date.first is None or date.last is None:
        return False
    return date.first.year <= year <= date.last.year


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
        if _is_on_axis(date, year) and date.first and date.last and not repeated:
            yield TimelineEvent(
                keyword=keyword.id, number=keyword.number, title=keyword.title, label=label,
                when=(Inline(date.short, Role("date"), span=date.span, source=date.source),), day=date.first == date.last,
                first=max(date.first, datetime.date(year, 1, 1)), last=min(date.last, datetime.date(year, 12, 31)),
                open=date.open, main=main,
            )  # fmt: skip


def _named(id_: str, title: str) -> Inline:
    return Inline(title, Role("name"), source=join("keywords", id_, "title"))


def _said_events(events: tuple[TimelineEvent, ...], without: tuple[tuple[int, Inline], ...], title: int, year: int) -> Rich:
    """Returns every keyword with its date, or the first and the last where that is too long; then the undated."""
    dated = [(*_said_day(event), _named(event.keyword, event.title)) for event in events if event.main or len(events) == 1]
    names = parted("、", [(name,) for _, name in without])
    undated = (Inline("；"), *names, Inline("未注明日期")) if without else ()
    every = (*parted("；", dated), *undated)
    if not dated or len(plain(every)) + 1 + title < ALT_LENGTH - 6:
        return every
    said = (Inline(str(year), Role("date"), source=YEAR), Inline("年各关键词按日期先后，自"))
    return (*said, *dated[0], Inline("至"), *dated[-1], *undated)


def _said_day(event: TimelineEvent) -> Rich:
    """Returns the date with its month: 上旬起 → 1月上旬起."""
    (when,), month = event.when, f"{event.first.month}月"
    return (when if when.text.startswith(month) else replace(when, text=month + when.text),)
