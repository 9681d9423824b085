"""Dates as exactly as a source knows them: day, month, ten days (旬), year, range, open-ended (起)."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from lhpub.diagnostics import Bilingual, Span
from lhpub.publication.model import DateKind, PartialDate
from lhpub.source.node import Scalar
from lhpub.source.report import Report

NO_DATE = PartialDate("none", None, None, False, "", "")
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TENDAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_NUMBERS = re.compile(r"\D*(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?\D*", re.ASCII)


@dataclass(frozen=True, slots=True)
class KnownDate:
    """A date before it is known which year goes without saying. `ends`: its texts' parts, (year, month, day) each."""

    kind: DateKind
    first: datetime.date
    last: datetime.date
    open: bool
    ends: tuple[tuple[int, int, str], ...]
    """For each end: year, month (0: none), and the rest as printed behind the month (29日, 上旬, '')."""
    span: Span


def read_date(written: Scalar | None, report: Report) -> KnownDate | None:
    """Returns the date that is written, None if none is or if it is wrong (reported with what to type)."""
    if written is None:
        return None
    text = written.text.strip()
    is_open = text.endswith("起")
    left, slash, right = text.removesuffix("起").partition("/")
    first = _end(left)
    if first is not None and right in _TENDAYS and first[0] == "month":
        _, start, end, (year, month, _) = first
        low, high = _TENDAYS[right]
        days = start.replace(day=low), start.replace(day=min(high, end.day))
        return KnownDate("tenday", *days, is_open, ((year, month, right),), written.span)
    last = _end(right) if slash else first
    if first is None or last is None or (slash and (last[2] < first[1] or "year" in (first[0], last[0]))):
        report.error("bad-date", written.span, Bilingual(f"日期“{text}”不成立", f"“{text}” is no date"), _hint(text))
        return None
    kind: DateKind = "range" if slash else first[0]
    ends = (first[3], last[3]) if slash else (first[3],)
    return KnownDate(kind, first[1], last[2], is_open, ends, written.span)


def _end(text: str) -> tuple[DateKind, datetime.date, datetime.date, tuple[int, int, str]] | None:
    """Returns kind, first and last day, and the parts of a year, a month or a day; None if it is no such date."""
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        first = datetime.date(year, month if match[2] else 1, day if match[3] else 1)
    except ValueError:
        return None
    if match[3]:
        return "day", first, first, (year, month, f"{day}日")
    if match[2]:
        return "month", first, first.replace(day=calendar.monthrange(year, month)[1]), (year, month, "")
    return "year", first, first.replace(month=12, day=31), (year, 0, "")


def _hint(text: str) -> Bilingual:
    if (numbers := _NUMBERS.fullmatch(text.removesuffix("起"))) is not None:
        iso = "-".join(part.zfill(2) for part in numbers.groups() if part)
        if _end(iso) is not None:
            return Bilingual(f"请写 {iso}", f"type {iso}")
    forms = "2023-01-29, 2023-02, 2023-01/上旬, 2023, 2023-09-07/2023-09-15"
    return Bilingual(f"可写：{forms.replace(', ', '、')}，后可加“起”", f"write one of: {forms}; 起 may follow")


def date_in_year(known: KnownDate | None, year: int) -> PartialDate:
    """Returns a date with its texts: the publication's own year is not printed."""
    if known is None:
        return NO_DATE
    start = known.ends[0]
    text, short = _printed(start, (year, 0)), _printed(start, start[:2])
    if len(known.ends) == 2:
        end = _printed(known.ends[1], start[:2] if known.ends[1][2] else (start[0], 0))
        text, short = f"{text}—{end}", f"{short}—{end}"
    since = "起" if known.open else ""
    return PartialDate(known.kind, known.first, known.last, known.open, text + since, short + since, known.span)


def _printed(end: tuple[int, int, str], said: tuple[int, int]) -> str:
    """Returns an end without the year and month that are said already; never nothing."""
    year, month, rest = end
    if not month:
        return f"{year}年"
    month_text = "" if rest and said == (year, month) else f"{month}月"
    return ("" if year == said[0] else f"{year}年") + month_text + rest


_TYPED = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4})(?:年度?|(?=[—～-]\d{4}年)))?(?:(?P<m>1[0-2]|0?[1-9])月(?:份|(?P<d>3[01]|[12]\d|0?[1-9])日)?)?"
    r"|(?<![\d.])(?:3[01]|[12]\d|0?[1-9])日",
    re.ASCII,
)


def typed_dates(text: str, year: int) -> list[tuple[int, int, tuple[datetime.date, datetime.date] | None]]:
    """Returns the dates typed in a text: start, end, first and last day meant (None: only a year or a day is said)."""
    found = []
    for match in _TYPED.finditer(text):
        if not match[0]:
            continue
        meant = None
        if match["m"]:
            day = (match["d"].zfill(2),) if match["d"] else ()
            end = _end("-".join((match["y"] or f"{year:04}", match["m"].zfill(2), *day)))
            meant = (end[1], end[2]) if end else None
        found.append((match.start(), match.end(), meant))
    return found


def agrees(meant: tuple[datetime.date, datetime.date], declared: PartialDate) -> bool:
    """True if a typed date says no more than a declared one: it holds all its days, or is an end of its range."""
    if declared.first is None or declared.last is None:
        return False
    first, last = meant
    if declared.kind == "range" and meant in ((declared.first,) * 2, (declared.last,) * 2):
        return True
    return first <= declared.first and declared.last <= last
