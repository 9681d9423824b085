from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.diagnostics import Severity
from lhpub.inline import Inline, Role
from lhpub.kinds.share import ShareChart
from lhpub.publication.model import BarSpec, Event, PairSpec, PartsSpec

from .sample import (
    BOUND,
    DUST,
    RED,
    SPAN,
    UMBER,
    UNDATED,
    chart,
    column_spec,
    columns,
    day,
    fact,
    item,
    keyword,
    month,
    rank,
    resolve,
    share,
    shared,
    table,
    timeline_spec,
    year_chart,
)  # fmt: skip


def test_a_column_chart_starts_at_zero_and_leaves_a_quarter_over_the_largest_bound() -> None:
    found = chart(columns())
    assert (found.axis_min, found.axis_max) == (0, 1250)
    assert [tick.label for tick in found.ticks] == ["500", "1000"]
    assert str(found.axis_max) == "1250"


def test_an_exact_column_chart_ends_at_a_round_number() -> None:
    found = chart(column_spec(item(fact("a", "685.8", "亿元"), "甲")))
    assert found.axis_max == 800
    assert [tick.label for tick in found.ticks] == ["200", "400", "600", "800"]


@given(st.lists(st.tuples(st.decimals(0, 10**5, places=2), st.booleans()), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_column_fits_its_axis(values: list[tuple[Decimal, bool]]) -> None:
    items = [item(fact(f"f{n}", f"{v}", "亿元", prefix="超" if b else ""), "甲") for n, (v, b) in enumerate(values)]
    found = chart(column_spec(*items))
    assert all(found.axis_max >= i.value * (Decimal("1.25") if i.bound else 1) for i in found.items)
    assert 1 <= len(found.ticks) <= 5
    assert all(0 < tick.value <= found.axis_max and Decimal(tick.label) == tick.value for tick in found.ticks)


def test_groups_have_inks_of_their_own_and_a_bound_keeps_its_groups_ink_for_text_and_edges() -> None:
    first, second, bound = chart(columns()).items
    assert first.ink == second.ink == RED
    assert (bound.ink, bound.text_ink, bound.bound) == (BOUND, UMBER, True)


def test_a_share_has_part_rest_whole_and_its_derived_percentage() -> None:
    found = chart(share())
    assert isinstance(found, ShareChart)
    assert [i.value for i in found.items] == [1179, 3744]
    assert found.total.value == sum(i.value for i in found.items)
    assert found.share is not None
    assert (found.share.text, found.share.mark) == ("23.9%", "计算值")
    assert (found.items[0].ink, found.items[1].ink) == (RED, DUST)


@pytest.mark.parametrize("turned", [False, True])
def test_a_rank_axis_is_the_whole_list_and_the_derived_rank_comes_first(turned: bool) -> None:
    asked = rank()
    found = chart(replace(asked, before=asked.now, now=asked.before) if turned else asked)
    assert [int(i.value) for i in found.items] == [50, 40]
    assert (found.axis_min, found.axis_max) == (1, 100)
    assert [tick.label for tick in found.ticks] == ["第1位", "第20位", "第40位", "第60位", "第80位", "第100位"]


@given(st.integers(1, 5000), st.data())
@settings(max_examples=60, deadline=None)
def test_rank_ticks_run_from_the_first_to_the_last_rank(last: int, data: st.DataObject) -> None:
    now, before = (data.draw(st.integers(1, last)) for _ in range(2))
    ticks = [int(tick.value) for tick in chart(rank(str(before), str(now), last)).ticks]
    assert (ticks[0], ticks[-1]) == (1, last)
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= 8


def test_a_timeline_orders_days_by_date_and_months_by_number_within_them() -> None:
    events = (Event(day(10, 15), (Inline("施行"),)),)
    words = (
        keyword(1, day(1, 1, 10, open_=True)), keyword(2, day(1, 29)), keyword(3, month(2)), keyword(5, day(2, 9)),
        keyword(8, month(4), events=events), keyword(13, day(10, 7)), keyword(14, day(10, 24)), keyword(16, month(10)),
        keyword(11, UNDATED, "重点片区"),
    )  # fmt: skip
    found = year_chart(*words)
    assert [(e.number, e.main) for e in found.events] == [
        (1, True), (2, True), (3, True), (5, True), (8, True), (13, True), (8, False), (14, True), (16, True)
    ]  # fmt: skip
    assert [(n, name.text) for n, name in found.undated] == [(11, "重点片区")]
    assert [tick.label for tick in found.ticks] == [str(n) for n in range(1, 13)]
    assert found.events[0].open
    assert not found.events[0].day


def test_an_event_on_the_keywords_own_date_is_not_drawn_twice() -> None:
    found = year_chart(keyword(1, day(3, 3), events=(Event(day(3, 3), ()), Event(day(4, 4), ()))))
    assert [e.first.month for e in found.events] == [3, 4]


def test_a_date_known_only_to_the_year_does_not_stand_on_the_axis() -> None:
    whole = replace(month(1), kind="year", last=month(12).last)
    found = year_chart(keyword(1, day(3, 3)), keyword(2, whole, "全年"))
    assert [(n, name.text) for n, name in found.undated] == [(2, "全年")]
    assert [e.number for e in found.events] == [1]


def test_the_alt_text_says_kind_title_items_bounds_and_what_is_computed() -> None:
    assert chart(columns()).alt == (
        "柱状图：标题。首批集中开工535.8亿元；第二至第四季度新开工685.8亿元；全球招商大会洽谈签约超1000亿元（只知下限）。"
    )
    assert "占23.9%（计算值），深圳其余3744家（计算值）" in chart(share()).alt
    assert "前次（推算）第50位" in chart(rank()).alt
    assert (
        "1月29日重大项目；2月9日国家级智库"
        in year_chart(
            keyword(2, replace(day(1, 29), short="29日"), "重大项目"), keyword(5, day(2, 9), "国家级智库")
        ).alt
    )


def test_the_note_joins_the_alt_text_only_where_120_characters_allow() -> None:
    assert chart(columns(note=(Inline("不可相加。"),))).alt.endswith("不可相加。")
    assert "长" not in chart(columns(note=(Inline("长" * 90),))).alt


def test_a_full_years_alt_text_names_the_first_and_the_last_and_the_undated() -> None:
    words = [keyword(n, day(n % 12 + 1, n + 1), f"关键词语甲乙{n}") for n in range(1, 25)]
    alt = year_chart(*words, keyword(25, UNDATED, "重点片区")).alt
    assert len(alt) <= 120
    assert "重点片区未注明日期" in alt
    assert "1月13日关键词语甲乙12" in alt


BROKEN = {
    "chart-title-derived": columns(title=(Inline("23.9%", Role("derived", "x")),)),
    "chart-empty": column_spec(),
    "chart-value-missing": column_spec(item(fact("a", None, "家"), "甲")),
    "chart-negative": replace(column_spec(item(fact("a", "-3", "家"), "甲")), is_stacked=True),
    "chart-units-differ": column_spec(item(fact("a", "3", "家"), "甲"), item(fact("b", "3", "个"), "乙")),
    "chart-series": column_spec(*(item(fact(g, "3", "家"), g, g) for g in "甲乙丙丁戊")),
    "chart-rows": BarSpec(**table({"甲": ["3"]}), **shared("bar")),
    "chart-one-series": PartsSpec(**table({"甲": ["3", "4"], "乙": ["1", "2"]}, "前", "后"), **shared("parts")),
    "chart-two-series": PairSpec(**table({"甲": ["3"], "乙": ["1"]}), **shared("pair")),
    "chart-share-sum": share(rest="3745"),
    "chart-share-wrong": share(percent="32.9"),
    "chart-share-bound": replace(share(), whole=item(fact("全市", "4923", "家", prefix="超"), "全市")),
    "chart-rank-range": rank(now="0"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_chart_that_would_say_something_false_is_refused(code: str) -> None:
    charts, found = resolve(BROKEN[code])
    assert charts == ()
    assert [(d.code, d.severity) for d in found] == [(code, Severity.ERROR)]
    assert found[0].span == SPAN
    assert found[0].hint is not None
    assert "{" not in found[0].in_language("zh") + found[0].in_language("en")


@pytest.mark.parametrize(("before", "now", "of"), [("50", "101", 100), ("50.5", "40", 100), ("21", "3", 20)])
def test_a_rank_must_be_a_whole_place_of_the_list(before: str, now: str, of: int) -> None:
    assert [d.code for d in resolve(rank(before, now, of))[1]] == ["chart-rank-range"]


def test_a_mark_in_a_title_counts_as_a_computed_value() -> None:
    assert [d.code for d in resolve(columns(title=(Inline("计算值", mark=True),)))[1]] == ["chart-title-derived"]


def test_dates_outside_the_year_draw_a_warning_and_are_left_off() -> None:
    charts, found = resolve(timeline_spec(), keywords=(keyword(1, day(5, 5, year=2022)), keyword(2, day(6, 6))))
    assert [(d.code, d.severity) for d in found] == [("chart-date-outside", Severity.WARNING)]
    assert [e.number for e in charts[0].events] == [2]


def test_a_timeline_without_any_date_is_left_out_with_a_warning() -> None:
    charts, found = resolve(timeline_spec(), keywords=(keyword(1, UNDATED),))
    assert charts == ()
    assert [(d.code, d.severity) for d in found] == [("chart-timeline-empty", Severity.WARNING)]


def test_a_broken_chart_does_not_hide_the_others_or_their_errors() -> None:
    charts, found = resolve(rank(now="0"), columns(), share(rest="1"))
    assert [c.kind for c in charts] == ["column"]
    assert [d.code for d in found] == ["chart-rank-range", "chart-share-sum"]


