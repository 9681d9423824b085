"""Dates keep the precision of their source, in reading and in printing."""

from __future__ import annotations

import datetime

import pytest

from lhpub.diagnostics import Span
from lhpub.publication.dates import NO_DATE, agrees, read_date, typed_dates
from lhpub.source.node import Scalar
from lhpub.source.report import Report

SPAN = Span("s", 1, 1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("written", "kind", "first", "last", "is_open", "text", "short"),
    [
        ("2023-01-29", "day", "2023-01-29", "2023-01-29", False, "1月29日", "29日"),
        ("2024-01-15", "day", "2024-01-15", "2024-01-15", False, "2024年1月15日", "15日"),
        ("2023-02", "month", "2023-02-01", "2023-02-28", False, "2月", "2月"),
        ("2024-02", "month", "2024-02-01", "2024-02-29", False, "2024年2月", "2月"),
        ("2023-01/上旬起", "tenday", "2023-01-01", "2023-01-10", True, "1月上旬起", "上旬起"),
        ("2023-02/下旬", "tenday", "2023-02-21", "2023-02-28", False, "2月下旬", "下旬"),
        ("2023-03起", "month", "2023-03-01", "2023-03-31", True, "3月起", "3月起"),
        ("2023", "year", "2023-01-01", "2023-12-31", False, "2023年", "2023年"),
        ("2023-09-07/2023-09-15", "range", "2023-09-07", "2023-09-15", False, "9月7日—15日", "7日—15日"),
        ("2023-09-07/2023-10-15", "range", "2023-09-07", "2023-10-15", False, "9月7日—10月15日", "7日—10月15日"),
        ("2023-04/2023-06", "range", "2023-04-01", "2023-06-30", False, "4月—6月", "4月—6月"),
        (
            "2023-12-01/2024-01-02",
            "range",
            "2023-12-01",
            "2024-01-02",
            False,
            "12月1日—2024年1月2日",
            "1日—2024年1月2日",
        ),
        ("2022-03-01/2022-03-05", "range", "2022-03-01", "2022-03-05", False, "2022年3月1日—5日", "1日—5日"),
    ],
)
def test_a_date_is_read_and_printed_as_exactly_as_it_is_known(
    written: str, kind: str, first: str, last: str, is_open: bool, text: str, short: str
) -> None:
    report = Report()
    date = read_date(Scalar(written, SPAN), 2023, report)
    assert report.diagnostics == ()
    assert (date.kind, date.first, date.last, date.open) == (kind, day(first), day(last), is_open)
    assert (date.text, date.short) == (text, short)


@pytest.mark.parametrize(
    "written",
    ["", "昨天", "2023-13", "2023-02-30", "0000", "23-01-01", "2023-1-9", "2023/01", "2023-01/初旬", "2023-01-01/上旬",
     "2023/2024", "2023-03/2023-02", "２０２３", "2023-01-01-01", "起"],
)  # fmt: skip
def test_what_is_no_date_is_reported_once(written: str) -> None:
    report = Report()
    assert read_date(Scalar(written, SPAN, quoted=True), 2023, report) is NO_DATE
    assert [d.code for d in report.diagnostics] == ["bad-date"]


def test_no_date_has_no_text() -> None:
    assert read_date(None, 2023, Report()) == NO_DATE
    assert (NO_DATE.kind, NO_DATE.text, NO_DATE.first) == ("none", "", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年1月29日举行", ["2023年1月29日"]),
        ("2月起，4月至6月", ["2月", "4月", "6月"]),
        ("2023年度名单", ["2023年度"]),
        ("9月7日—15日", ["9月7日", "15日"]),
        ("2020—2026年", ["2020", "2026年"]),
        ("5个月、13月、32日、1.5月", []),
        ("500强，2023家", []),
    ],
)
def test_typed_dates_are_found_and_figures_are_not(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in typed_dates(text, 2023)] == found


@pytest.mark.parametrize(
    ("typed", "declared", "expected"),
    [
        ("1月29日", "2023-01-29", True),
        ("1月", "2023-01-29", True),
        ("2022年1月", "2023-01-29", False),
        ("1月28日", "2023-01-29", False),
        ("1月29日", "2023-01", False),
        ("1月", "2023-01/上旬起", True),
        ("9月7日", "2023-09-07/2023-09-15", True),
        ("9月8日", "2023-09-07/2023-09-15", False),
    ],
)
def test_a_typed_date_may_say_less_than_the_declared_one_but_not_more(
    typed: str, declared: str, expected: bool
) -> None:
    ((_, _, meant),) = typed_dates(typed, 2023)
    assert meant is not None
    assert agrees(meant, read_date(Scalar(declared, SPAN), 2023, Report())) is expected
