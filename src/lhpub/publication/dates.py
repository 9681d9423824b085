"""Dates as exactly as a source knows them: day, month, ten days (旬), year, range, open-ended (起)."""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from lhpub.diagnostics import Bilingual
from lhpub.publication.model import UNDATED as UNDATED
from lhpub.publication.model import DateKind, PartialDate
from lhpub.publication.numerals import HALF_WIDTH
from lhpub.source.node import Scalar
from lhpub.source.report import Report

NO_DATE = PartialDate("none", None, None, False, "", "")
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TENDAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_Parts = tuple[int, int, str]
"""Year, month (0: none), and the rest as printed behind the month (29日, 上旬, '')."""
_NUMBERS = re.compile(r"\D*(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?(?:\D*?([上中下]旬))?\D*?(起?)", re.ASCII)


class _Days(NamedTuple):
    """What is written, before it is known how it reads."""

    kind: DateKind
    first: datetime.date
    last: datetime.date
    ends: tuple[_Parts, ...]


def read_date(written: Scalar | None, year: int, report: Report) -> PartialDate:
    """Returns the date that is written, its texts without the publication's own `year`; NO_DATE if none is written, or
    if it is wrong (reported with what to type)."""
    if written is None or written.absent:
        return NO_DATE
    text = written.text.strip()
    since = "起" if text.endswith("起") else ""
    found = _days(text.removesuffix("起"))
    if found is None:
        report.error("bad-date", written.span, Bilingual(f"日期“{text}”不成立", f"“{text}” is no date"), _hint(text))
        return NO_DATE
    shown, short = _texts(found.ends, year)
    return PartialDate(found.kind, found.first, found.last, bool(since), shown + since, short + since, written.span)


def _days(text: str) -> _Days | None:
    """Returns the days that are meant: one end, a month's ten days, or a range of two ends; None if it is no date."""
    left, slash, right = text.partition("/")
    start = _end(left)
    if start is None or not slash:
        return start
    if start.kind == "month" and right in _TENDAYS:
        low, high = _TENDAYS[right]
        last = start.last.replace(day=min(high, start.last.day))
        return _Days("tenday", start.first.replace(day=low), last, ((start.first.year, start.first.month, right),))
    end = _end(right)
    if end is None or end.last < start.first or "year" in (start.kind, end.kind):
        return None
    return _Days("range", start.first, end.last, start.ends + end.ends)


def _end(text: str) -> _Days | None:
    """Returns the days of a year, a month or a day; None if it is no such date."""
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        first = datetime.date(year, month if match[2] else 1, day if match[3] else 1)
    except ValueError:
        return None
    if match[3]:
        return _Days("day", first, first, ((year, month, f"{day}日"),))
    if match[2]:
        return _Days("month", first, first.replace(day=calendar.monthrange(year, month)[1]), ((year, month, ""),))
    return _Days("year", first, first.replace(month=12, day=31), ((year, 0, ""),))


def _hint(text: str) -> Bilingual:
    if (numbers := _NUMBERS.fullmatch(text.translate(HALF_WIDTH))) is not None:
        *parts, tendays, since = numbers.groups()
        iso = "-".join(part.zfill(2) for part in parts if part) + (f"/{tendays}" if tendays else "")
        if _days(iso) is not None:
            return Bilingual(f"请写 {iso}{since}", f"type {iso}{since}")
    forms = "2023-01-29, 2023-02, 2023-01/上旬, 2023, 2023-09-07/2023-09-15"
    return Bilingual(f"可写：{forms.replace(', ', '、')}，后可加“起”", f"write one of: {forms}; 起 may follow")


def _texts(ends: tuple[_Parts, ...], year: int) -> tuple[str, str]:
    """Returns how a date reads in a publication of the year, and under the heading of its month."""
    start, *rest = ends
    text, short = _printed(start, (year, 0)), _printed(start, start[:2])
    for year, month, day in rest:
        until = _printed((year, month, day), start[:2] if day else (start[0], 0))
        text, short = f"{text}—{until}", f"{short}—{until}"
    return text, short


def _printed(end: _Parts, said: tuple[int, int]) -> str:
    """Returns an end without the year and month that are said already; never nothing."""
    year, month, rest = end
    if not month:
        return f"{year}年"
    month_text = "" if rest and said == (year, month) else f"{month}月"
    return ("" if year == said[0] else f"{year}年") + month_text + rest


_TYPED = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4})(?:年度?|(?=[—～-]\d{4}年)))?(?:(?P<m>1[0-2]|0?[1-9])月(?:份|[上中下]旬|(?P<d>3[01]|[12]\d|0?[1-9])日)?)?"
    r"|(?<![\d.])(?:3[01]|[12]\d|0?[1-9])日",
    re.ASCII,
)


@lru_cache(10_000)
def typed_dates(text: str, year: int) -> tuple[tuple[int, int, tuple[datetime.date, datetime.date] | None], ...]:
    """Returns the dates typed in a text: start, end, first and last day meant (None: only a year or a day is said)."""
    found = []
    for match in _TYPED.finditer(text):
        if not match[0]:
            continue
        meant = None
        if match["m"]:
            day = (match["d"].zfill(2),) if match["d"] else ()
            end = _end("-".join((match["y"] or f"{year:04}", match["m"].zfill(2), *day)))
            meant = (end.first, end.last) if end else None
        found.append((match.start(), match.end(), meant))
    return tuple(found)


def agrees(meant: tuple[datetime.date, datetime.date], declared: PartialDate) -> bool:
    """True if a typed date says no more than a declared one: it holds all its days, or is an end of its range."""
    if declared.first is None or declared.last is None:
        return False
    first, last = meant
    if declared.kind == "range" and meant in ((declared.first,) * 2, (declared.last,) * 2):
        return True
    return first <= declared.first and declared.last <= last
