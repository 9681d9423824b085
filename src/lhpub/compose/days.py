"""Where keywords stand in a year whose axis shows dates as exactly as they are known (horizon §4)."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lhpub.publication.model import Keyword


@dataclass(frozen=True, slots=True)
class Place:
    """A keyword in the order of time. `level`: its place in that order, from 0; `day`: where in the year, 0 to 365 or 366,
    None without a date; `span`: first and last of the days it may have been, None if it is known to the day."""

    keyword: Keyword
    level: int
    day: float | None
    span: tuple[float, float] | None


def days_in(year: int) -> int:
    """Returns 365 or 366."""
    return 366 if calendar.isleap(max(year, 1)) else 365


def place_keywords(keywords: Sequence[Keyword], year: int) -> tuple[Place, ...]:
    """Returns the keywords by date, ties and the undated by number; neighbours of one interval are spread evenly in it,
    between the days known before and after."""
    ordered = _in_time(keywords)
    length = days_in(year)

    def bounds(keyword: Keyword) -> tuple[float, float] | None:
        first, last = keyword.date.first, keyword.date.last
        if first is None or last is None:
            return None
        start, end = (
            min(max(0, day.timetuple().tm_yday - 1 + (day.year - year) * length), length - 1) for day in (first, last)
        )
        return (start + 0.5,) * 2 if keyword.date.kind == "day" else (start, end + 1)

    spans = [bounds(keyword) for keyword in ordered]
    days: list[float | None] = [None] * len(ordered)
    before = 0.0
    for (span, _), run in groupby(
        (i for i, s in enumerate(spans) if s), key=lambda i: (spans[i], ordered[i].date.kind == "day")
    ):
        indices = list(run)
        assert span is not None
        known = (s[0] for i, s in enumerate(spans) if s and i > indices[-1] and ordered[i].date.kind == "day")
        low, high = max(span[0], min(before, span[1])), min(span[1], next(known, span[1]))
        low = min(low, high)
        for j, i in enumerate(indices, 1):
            days[i] = span[0] if span[0] == span[1] else low + (high - low) * j / (len(indices) + 1)
        before = days[indices[-1]] or before
    return tuple(
        Place(keyword, level, day, span if span and span[0] != span[1] else None)
        for level, (keyword, day, span) in enumerate(zip(ordered, days, spans, strict=True))
    )


def _in_time(keywords: Sequence[Keyword]) -> list[Keyword]:
    """Returns the dated ones in the order of their numbers if that can be the order of their days, else by first day; an
    undated one after the one before it by number."""
    by_number = sorted(keywords, key=lambda k: k.number)
    ordered = [k for k in by_number if k.date.first]
    if not _is_in_time(ordered):
        ordered.sort(key=lambda k: (str(k.date.first), k.number))
    for i, keyword in enumerate(by_number):
        if keyword.date.first is None:
            ordered.insert(ordered.index(by_number[i - 1]) + 1 if i else 0, keyword)
    return ordered


def _is_in_time(dated: Sequence[Keyword]) -> bool:
    reached = ""
    for keyword in dated:
        if str(keyword.date.last) < reached:
            return False
        reached = max(reached, str(keyword.date.first))
    return True
