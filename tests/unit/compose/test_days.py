"""Where keywords stand in a year: dates as exactly as they are known."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.compose.days import days_in, place_keywords
from lhpub.diagnostics import Span
from lhpub.publication.dates import NO_DATE
from lhpub.publication.model import Keyword, PartialDate

SPAN = Span("x.yaml", 1, 1)


def date(first: str, last: str = "", kind: str = "") -> PartialDate:
    a = datetime.date.fromisoformat(first)
    b = datetime.date.fromisoformat(last or first)
    return PartialDate(kind or ("day" if a == b else "month"), a, b, False, "x", "x")


def keyword(number: int, when: PartialDate = NO_DATE) -> Keyword:
    return Keyword(f"k{number}", number, f"词{number}", "", when, (), (), (), (), None, (), (), (), (), (), (), SPAN)


def placed(*dates: PartialDate):
    return place_keywords([keyword(n, when) for n, when in enumerate(dates, 1)], 2023)


def test_a_day_is_taken_at_its_noon():
    (place,) = placed(date("2023-01-29"))
    assert (place.day, place.span, place.level) == (28.5, None, 0)


def test_neighbours_of_one_month_are_spread_between_the_days_known_around_them():
    places = placed(date("2023-01-29"), date("2023-02-01", "2023-02-28"), date("2023-02-01", "2023-02-28"), date("2023-02-09"))
    assert places[1].span == (31, 59)
    low, high = 31, 39.5
    assert [p.day for p in places[1:3]] == [low + (high - low) / 3, low + (high - low) * 2 / 3]


def test_the_order_of_the_numbers_stands_where_it_can_be_that_of_the_days():
    places = placed(date("2023-10-27"), date("2023-10-01", "2023-10-31"), date("2023-11-14"))
    assert [p.keyword.number for p in places] == [1, 2, 3]
    assert places[0].day < places[1].day < places[2].day


def test_numbers_against_the_days_give_way_to_the_days():
    assert [p.keyword.number for p in placed(date("2023-05-01"), date("2023-03-01"))] == [2, 1]


def test_an_undated_keyword_keeps_its_place_by_number_and_has_no_day():
    places = placed(date("2023-05-01"), NO_DATE, date("2023-06-01"))
    assert [(p.keyword.number, p.day is None) for p in places] == [(1, False), (2, True), (3, False)]


def test_a_leap_year_has_366_days():
    assert (days_in(2023), days_in(2024)) == (365, 366)


days = st.dates(datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
some_date = st.one_of(
    st.just(NO_DATE),
    days.map(lambda d: date(d.isoformat())),
    days.map(lambda d: date(d.replace(day=1).isoformat(), d.replace(day=28).isoformat())),
)


@given(st.lists(some_date, min_size=1, max_size=50))
@settings(max_examples=100, deadline=None)
def test_every_keyword_has_a_level_and_the_days_never_fall(dates):
    places = placed(*dates)
    assert sorted(p.keyword.number for p in places) == list(range(1, len(dates) + 1))
    known = [p.day for p in places if p.day is not None]
    assert known == sorted(known)
    for place in places:
        if place.span and place.day is not None:
            assert place.span[0] <= place.day <= place.span[1]
