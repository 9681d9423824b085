import itertools
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.boxes import ChartBox, ShapeBox, TextBox
from lhpub.inline import DIGITS, Inline
from lhpub.kinds.timeline import TimelineStyle
from lhpub.publication.model import Event, Keyword
from lhpub.units import Rect, mm, to_mm

from .sample import (
    BOUND,
    DUST,
    GREY,
    PLAIN,
    RED,
    SLIDE_YEAR,
    SLIDE_YEAR_RECT,
    SPREAD,
    SPREAD_RECT,
    UMBER,
    YEAR,
    YEAR_RECT,
    Look,
    chart,
    column_spec,
    columns,
    day,
    draw,
    fact,
    item,
    keyword,
    month,
    rank,
    share,
    texts,
    timeline_spec,
    type_style,
    year_chart,
)  # fmt: skip

SLIDE = PLAIN.but(value=type_style(20, RED, weight=700), unit=None, label=type_style(18), second=None, tick_text=None,
                plot=(0, 24, 0, 66), grid_width=0, heavy_width=3)  # fmt: skip
SLIDE_RECT = Rect(376, 56, 528, 430)


def shapes(box: ChartBox, name: str) -> list[ShapeBox]:
    return [b for b in box.boxes if isinstance(b, ShapeBox) and b.name == f"{box.name}/{name}"]


def ends(shape: ShapeBox) -> list[tuple[float, ...]]:
    return [points for _, points in shape.path]


def near(a: float, b: float) -> bool:
    return abs(a - b) < 0.01


def test_a_spreads_columns_stand_where_the_layout_says_to_scale_from_zero() -> None:
    box = draw(chart(columns()), SPREAD, SPREAD_RECT)
    for n, (left, value) in enumerate(((52, 535.8), (124, 685.8), (250, 1000)), 1):
        (column,) = shapes(box, f"column-{n}")
        assert near(to_mm(column.rect.x), left)
        assert near(to_mm(column.rect.width), 42)
        assert near(to_mm(column.rect.bottom), 243)
        assert near(to_mm(column.rect.height), value * 0.124)


def test_a_bounds_column_is_open_solid_edges_to_its_level_dashed_to_the_axis_end_nothing_on_top() -> None:
    box = draw(chart(columns()), SPREAD, SPREAD_RECT)
    (column,) = shapes(box, "column-3")
    assert (column.fill, column.stroke) == (BOUND, None)
    solid, dashed = shapes(box, "edge-3")
    assert (solid.dash, dashed.dash, solid.stroke) == ((), (4.8, 4.8), UMBER)
    assert {x for x, _ in ends(solid)} == {x for x, _ in ends(dashed)} == {column.rect.x, column.rect.right}
    assert (solid.rect.y, solid.rect.bottom) == (column.rect.y, column.rect.bottom)
    assert near(dashed.rect.bottom, column.rect.y - 4.8)
    assert near(to_mm(dashed.rect.y), 88)
    assert not shapes(box, "edge-1")
    grid = {y for shape in shapes(box, "grid") for _, y in ends(shape)}
    level = [
        b
        for b in box.boxes
        if isinstance(b, ShapeBox) and not b.fill and near(b.rect.y, column.rect.y) and not b.rect.height
    ]
    assert not level, f"only the grid line may lie on the level {grid}"


def test_nothing_printed_makes_the_bound_exact_or_adds_up() -> None:
    for style, rect in ((SPREAD, SPREAD_RECT), (SLIDE, SLIDE_RECT)):
        printed = "|".join(
            line.text for box in texts(draw(chart(columns()), style, rect)).values() for line in box.lines
        )
        assert "超1000亿元" in printed
        assert "1000.0" not in printed
        assert "1221.6" not in printed


def test_a_bounds_figure_has_its_own_place_size_and_ink_on_one_baseline() -> None:
    found = texts(draw(chart(columns()), SPREAD, SPREAD_RECT))
    figure = found["value-3"]
    baseline = figure.origin[1] + figure.lines[0].baseline
    assert near(to_mm(figure.rect.x), 292 + 5.6)
    assert near(to_mm(baseline), 119 + 22.4)
    assert [run.style.size for run in figure.paragraphs[0].runs] == [13, 72, 13]
    assert {run.style.ink for run in figure.paragraphs[0].runs} == {UMBER}
    assert {run.style.ink for run in found["value-1"].paragraphs[0].runs} == {RED}


def test_no_line_crosses_the_fold_or_a_figure_and_lines_run_into_the_bleed() -> None:
    tall = column_spec(*(item(fact(f"f{n}", "980", "亿元"), "甲") for n in range(3)))
    for asked in (columns(), tall):
        box = draw(chart(asked), SPREAD, SPREAD_RECT)
        for shape in (*shapes(box, "grid"), *shapes(box, "base")):
            pairs = list(zip(ends(shape)[::2], ends(shape)[1::2], strict=True))
            assert all((a <= mm(210) + 0.01 and b <= mm(210) + 0.01) or a >= mm(210) - 0.01 for (a, _), (b, _) in pairs)
            assert near(min(a for (a, _), _ in pairs), -mm(3))
            assert near(max(b for _, (b, _) in pairs), mm(423))
            for (a, y), (b, _) in pairs:
                for name, text in texts(box).items():
                    if name.startswith("value"):
                        assert not text.rect.overlaps(Rect(a, y - 0.01, b - a, 0.02)), name


def test_an_evenly_spread_chart_matches_a_native_one() -> None:
    box = draw(chart(columns()), SLIDE, SLIDE_RECT)
    assert box.plot == Rect(376, 80, 528, 340)
    assert box.gap is not None
    assert near(box.gap, 0.26)
    for n in range(3):
        (column,) = shapes(box, f"column-{n + 1}")
        assert near(column.rect.x + column.rect.width / 2, 376 + (n + 0.5) * 176)
        assert near(column.rect.width, 176 / 1.26)
    assert (box.label_style, box.axis_style) == (SLIDE.value, SLIDE.label)


def test_figures_that_would_touch_are_all_set_smaller_alike() -> None:
    items = [item(fact(f"f{n}", f"1{n}34567.8", "亿元"), "甲") for n in range(6)]
    found = texts(draw(chart(column_spec(*items)), SLIDE, SLIDE_RECT))
    values = [found[f"value-{n}"] for n in range(1, 7)]
    assert not any(a.rect.overlaps(b.rect) for a, b in itertools.combinations(values, 2))
    assert len({box.paragraphs[0].runs[0].style.size for box in values}) == 1


def test_a_bounds_figure_stays_between_its_edges() -> None:
    items = (item(fact("a", "10", "亿元"), "甲"), item(fact("b", "123456789", "亿元", prefix="超"), "乙"))
    box = draw(chart(column_spec(*items, item(fact("c", "1", "亿元"), "丙"))), SLIDE, SLIDE_RECT)
    figure, (column,) = texts(box)["value-2"], shapes(box, "column-2")
    assert column.rect.x < figure.rect.x
    assert figure.rect.right < column.rect.right


def test_tick_labels_stand_on_their_lines_with_the_unit_over_the_topmost() -> None:
    found = texts(draw(chart(columns()), SPREAD, SPREAD_RECT))
    assert [p.text for p in found["tick-1000"].paragraphs] == ["亿元", "1000"]
    assert [p.text for p in found["tick-500"].paragraphs] == ["500"]
    assert near(found["tick-1000"].rect.x, mm(20))
    assert found["tick-1000"].rect.bottom < mm(119)


def test_groups_and_names_stand_under_the_base_line_and_the_note_at_its_place() -> None:
    found = texts(draw(chart(columns(note=(Inline("不可相加"),))), SPREAD, SPREAD_RECT))
    assert near(found["group-2"].rect.x, mm(230))
    assert found["group-1"].paragraphs[0].text == "开工"
    assert [found[name].paragraphs[0].text for name in ("name-1", "second-1")] == ["首批集中开工", "1月29日"]
    assert found["second-1"].rect.y >= found["name-1"].lines[-1].baseline
    assert near(found["name-1"].rect.x, mm(52))
    assert near(found["note"].rect.right, mm(400))
    assert found["note"].paragraphs[0].style.align == "right"


def test_a_share_has_one_square_for_each_enterprise() -> None:
    box = draw(chart(share()), PLAIN.but(plot=(0, 0, 0, 0)), Rect(mm(20), mm(78), mm(170), mm(55)))
    (part,), (rest,) = shapes(box, "part"), shapes(box, "rest")
    assert (part.fill, rest.fill) == (RED, DUST)
    assert sum(kind == "Z" for kind, _ in part.path) == 1179
    assert sum(kind == "Z" for kind, _ in rest.path) == 3744
    corners = {points for shape in (part, rest) for kind, points in shape.path if kind == "M"}
    assert len(corners) == 4923
    assert len({x for x, _ in corners}) == 124
    assert box.plot is not None
    assert near(to_mm(box.plot.height), 40 * 170 / 124)
    assert near(to_mm(part.rect.x), 20)
    assert rest.rect.right <= mm(190)


def test_a_shares_words_carry_the_counts_and_the_computed_ones_their_mark() -> None:
    found = texts(draw(chart(share()), PLAIN, Rect(0, 0, mm(170), mm(55))))
    assert found["part"].paragraphs[0].text == "龙华区1179家"
    assert found["rest"].paragraphs[0].text == "深圳其余3744家计算值　龙华区占23.9%计算值　一格为一家，共4923家"
    runs = found["rest"].paragraphs[0].runs
    for first, second in itertools.pairwise(runs):
        if first.role and first.role.kind == "derived" and not (second.role and second.role.kind == "derived"):
            assert second.framed
    assert found["rest"].rect.x > found["part"].rect.right


@given(st.integers(1, 3000), st.data())
@settings(max_examples=30, deadline=None)
def test_squares_stay_in_their_plot_and_do_not_overlap(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    percent = f"{Decimal(part) * 100 / whole:.1f}"
    box = draw(chart(share(str(whole), str(part), str(whole - part), percent)), PLAIN, Rect(10, 10, 300, 100))
    corners = [p for b in box.boxes if isinstance(b, ShapeBox) and b.fill for kind, p in b.path if kind == "M"]
    assert len(set(corners)) == whole
    assert all(
        b.rect.bottom <= 110.01 and b.rect.right <= 310.01 for b in box.boxes if isinstance(b, ShapeBox) and b.fill
    )
    found = texts(box)
    assert not found["part"].rect.overlaps(found["rest"].rect)


BAR = PLAIN.but(form="bar", label=type_style(20, weight=700), second=type_style(20), note=type_style(18, GREY),
              tick_text=type_style(14, GREY), tick_lengths=(5, 9), label_gap=16, plot=(0, 0, 0, 60))  # fmt: skip


def test_a_shares_bar_is_cut_exactly_with_ticks_at_each_tenth() -> None:
    box = draw(chart(share()), BAR, Rect(56, 306, 848, 152))
    (part,), (rest,) = shapes(box, "part"), shapes(box, "rest")
    assert near(part.rect.width, 848 * 1179 / 4923)
    assert part.rect.right == rest.rect.x
    ticks = shapes(box, "tick")
    assert len(ticks) == 11
    assert {round(shape.rect.height, 2) for shape in ticks} == {2.5, 5}
    found = texts(box)
    assert [found[f"tick-{t}"].paragraphs[0].text for t in ("0", "50%", "100%")] == ["0", "50%", "100%"]
    assert near(found["tick-100%"].rect.right, 904)
    assert found["share"].paragraphs[0].text == "龙华区占23.9%计算值　共4923家"
    assert part.rect.x < found["part"].rect.x < found["part"].rect.right < part.rect.right


def test_words_too_wide_for_their_part_stand_over_the_bar() -> None:
    found = texts(draw(chart(share("1000", "20", "980", "2.0")), BAR, Rect(56, 306, 848, 152)))
    assert found["part"].rect.bottom < 306
    assert found["part"].paragraphs[0].runs[0].style.ink == BAR.label.ink if BAR.label else False
    assert found["rest"].rect.y > 306


def test_what_cannot_be_counted_in_squares_becomes_a_bar() -> None:
    for asked in (share("10.5", "0.5", "10", "4.8"), share("100000", "50000", "50000", "50.0")):
        assert shapes(draw(chart(asked), PLAIN, Rect(0, 0, 400, 100)), "tick")


LADDER = PLAIN.but(value=type_style(60, RED), plot=(mm(102), 0, 0, 0), line_from=0.0, reach=mm(4),
                 climb=(mm(2), mm(14)), value_gap=mm(3), radii=(mm(2), mm(2.4)))  # fmt: skip
LADDER_RECT = Rect(mm(20), mm(158), mm(170), mm(99))


def test_a_rank_stands_on_a_ladder_of_the_whole_list_the_first_on_top() -> None:
    box = draw(chart(rank()), LADDER, LADDER_RECT)
    rungs = {round(to_mm(y), 2) for shape in shapes(box, "rungs") for _, y in ends(shape)}
    assert rungs == {158.0 + r - 1 for r in range(1, 101)} - {158.0 + 39, 158.0 + 49}
    (climb,) = shapes(box, "climb")
    lefts = [(to_mm(x), to_mm(y)) for x, y in ends(climb)[::2]]
    assert len(lefts) == 10
    for step, (x, y) in enumerate(lefts):
        assert near(x, 124 + 5.2 * step)
        assert near(y, 158 + 49 - step)
    (now,) = shapes(box, "now")
    assert near(to_mm(now.rect.x), 20)
    assert near(to_mm(now.rect.y), 197)
    (start,), (end,) = shapes(box, "before"), shapes(box, "present")
    assert start.stroke == RED
    assert start.fill != RED
    assert end.fill == RED
    assert box.plot is not None
    assert round(to_mm(box.plot.x)) == 124
    assert box.plot.right <= mm(176)


def test_strata_run_to_the_right_only_below_the_earlier_rank() -> None:
    box = draw(chart(rank()), LADDER.but(strata=True), LADDER_RECT)
    points = [point for shape in shapes(box, "rungs") for point in ends(shape)]
    rungs = list(zip(points[::2], points[1::2], strict=True))
    assert len(rungs) == 98
    for (_, y), (right, _) in rungs:
        assert near(to_mm(right), 190 if to_mm(y) > 158 + 49 else 122)


def test_ranks_labels_do_not_touch_and_the_earlier_one_says_it_is_inferred() -> None:
    found = texts(draw(chart(rank()), LADDER, LADDER_RECT))
    assert set(found) == {"before", "now", "tick-第1位", "tick-第20位", "tick-第60位", "tick-第80位", "tick-第100位"}
    assert [p.text for p in found["before"].paragraphs] == ["第50位计算值", "前次（推算）"]
    assert found["now"].rect.bottom < mm(198)
    assert not any(a.rect.overlaps(b.rect) for a, b in itertools.combinations(found.values(), 2))


def test_ticks_within_nine_ranks_of_a_rank_shown_have_no_label() -> None:
    found = texts(draw(chart(rank("69", "29")), LADDER.but(label=None, value=None), LADDER_RECT))
    assert set(found) == {"tick-第1位", "tick-第40位", "tick-第80位", "tick-第100位"}


@given(st.integers(2, 400), st.data())
@settings(max_examples=30, deadline=None)
def test_any_climb_or_fall_draws_without_touching_labels(last: int, data: st.DataObject) -> None:
    before, now = (str(data.draw(st.integers(1, last))) for _ in range(2))
    box = draw(chart(rank(before, now, last)), LADDER, LADDER_RECT)
    found = texts(box)
    ticks = [b for name, b in found.items() if name != "now"]
    assert not any(a.rect.overlaps(b.rect) for a, b in itertools.combinations(ticks, 2))
    climbed = shapes(box, "climb")
    assert sum(kind == "M" for shape in climbed for kind, _ in shape.path) == abs(int(before) - int(now))
    assert found["now"].rect.y >= LADDER_RECT.y - 12


SAMPLE = (
    keyword(1, day(1, 1, 10, open_=True)), keyword(2, day(1, 29)), keyword(3, month(2)), keyword(4, month(2)),
    keyword(5, day(2, 9)), keyword(8, month(4), events=(Event(day(9, 7), (Inline("北京发布会"),)),)),
    keyword(14, day(10, 24)), keyword(15, day(10, 27)), keyword(16, month(10), events=(Event(month(7), ()),)),
)  # fmt: skip


def test_each_date_is_drawn_as_exactly_as_it_is_known() -> None:
    box = draw(year_chart(*SAMPLE), YEAR, YEAR_RECT)
    x = lambda days: 20 + 0.92 * days  # noqa: E731 - the axis of the first half
    (stem,) = shapes(box, "stem-2-0129")
    assert near(to_mm(stem.rect.x), x(28.5))
    assert near(to_mm(stem.rect.y), 117 - to_mm(119))
    solid, dashed = shapes(box, "bar-1-0101")
    assert near(to_mm(solid.rect.x), x(0))
    assert near(solid.rect.right, mm(x(10)) - 1.5)
    assert dashed.dash
    assert near(to_mm(dashed.rect.x), x(10))
    (february,) = shapes(box, "bar-3-0201")
    assert near(february.rect.right, mm(x(59)) - 1.5)
    assert not shapes(box, "bar-4-0201"), "equal dates are one bar"
    (july,) = shapes(box, "bar-16-0701")
    assert near(to_mm(july.rect.x), 230)
    assert july.rect.height < february.rect.height
    assert {shape.fill for shape in shapes(box, "stem-8-0907")} == {None, YEAR.ground}
    assert not any("stem-16" in b.name or "stem-3-" in b.name for b in box.boxes), "a month is no day"


def test_near_stems_part_the_earlier_number_moves_left_the_later_stem_is_longer() -> None:
    box = draw(year_chart(*SAMPLE), YEAR, YEAR_RECT)
    (earlier,), (later,) = shapes(box, "stem-14-1024"), shapes(box, "stem-15-1027")
    assert near(earlier.rect.y - later.rect.y, YEAR(TimelineStyle).stem_step)
    number = texts(box)["stem-14-1024"].rect
    assert number.x + number.width / 2 < earlier.rect.x - 4


def baseline(box: TextBox) -> float:
    return round(box.origin[1] + box.lines[0].baseline, 6)


def test_every_keyword_and_event_stands_in_the_list_of_its_month() -> None:
    found = texts(draw(year_chart(*SAMPLE), YEAR, YEAR_RECT))
    lists = {name: box for name, box in found.items() if name.startswith("list-")}
    assert len(lists) == 3 * 11
    entry = [lists["list-8-0907/" + part] for part in ("number", "date", "name")]
    assert [[p.text for p in box.paragraphs] for box in entry] == [["08"], ["7日"], ["关键词语", "北京发布会"]]
    assert len({baseline(box) for box in entry[:2]}) == 1
    assert entry[1].rect.x > entry[0].rect.right
    assert near(lists["list-8-0907/name"].rect.x, mm(230 + 0.92 * 62))
    assert lists["list-2-0129/name"].rect.y > lists["list-1-0101/name"].rect.y
    assert found["month-2"].paragraphs[0].text == "2月"
    assert (found["month-2-bars"].paragraphs[0].text, found["month-2-bars"].tag) == ("03 04", "Artifact"), "the list reads them"
    quiet, loud = (lists[name].paragraphs[0].runs[0].style for name in ("list-8-0907/name", "list-2-0129/name"))
    assert (quiet.weight, quiet.ink) != (loud.weight, loud.ink)


def test_a_slides_timeline_lists_each_keyword_once_by_quarter_with_its_number_and_name() -> None:
    box = draw(year_chart(*SAMPLE), SLIDE_YEAR, SLIDE_YEAR_RECT)
    found = texts(box)
    entries = [b for n, b in found.items() if n.startswith("list-")]
    pairs = list(zip(entries[::2], entries[1::2], strict=True))
    assert [(a.paragraphs[0].text, b.paragraphs[0].text) for a, b in pairs] == [
        (f"{k.number:02}", k.title) for k in SAMPLE
    ]
    assert not any(name.startswith("stem") for name in found)
    for number, name in pairs:
        assert near(name.rect.x - number.rect.x, SLIDE_YEAR.list_indent)
        assert near(baseline(name), baseline(number))


def test_dates_that_overlap_take_lanes_of_their_own_and_lower_what_stands_below() -> None:
    words = (keyword(1, month(3)), keyword(2, day(3, 1, 10, open_=True)), keyword(3, day(5, 1, 10)))
    box = draw(year_chart(*words), YEAR, YEAR_RECT)
    (whole,), (third,), solid = shapes(box, "bar-1-0301"), shapes(box, "bar-3-0501"), shapes(box, "bar-2-0301")[0]
    assert not whole.rect.overlaps(solid.rect)
    assert whole.rect.y == third.rect.y
    one_lane = texts(draw(year_chart(words[0]), YEAR, YEAR_RECT))
    for name in ("month-3", "list-1-0301/name"):
        assert near(texts(box)[name].rect.y - one_lane[name].rect.y, YEAR(TimelineStyle).bar[1] + 1)


def test_a_narrow_year_names_every_third_month() -> None:
    narrow = SLIDE_YEAR.but(day=1.0)
    found = texts(draw(year_chart(*SAMPLE), narrow, Rect(0, 0, 380, 430)))
    assert [name for name in found if name.startswith("month")] == ["month-1", "month-4", "month-7", "month-10"]


DATES = st.one_of(
    st.builds(day, st.integers(1, 12), st.integers(1, 28)),
    st.builds(month, st.integers(1, 12)),
    st.builds(lambda m, o: day(m, 1, 10, open_=o), st.integers(1, 12), st.booleans()),
)


@st.composite
def years(draw_: st.DrawFn) -> tuple[Keyword, ...]:
    dates = draw_(st.lists(DATES, min_size=1, max_size=50))
    crowded = draw_(st.booleans())
    if crowded:
        dates = [replace(d, first=d.first and d.first.replace(month=3), last=d.last and d.last.replace(month=3, day=28))
                 if d.kind != "day" else day(3, d.first.day if d.first else 1) for d in dates]  # fmt: skip
    further = draw_(st.lists(DATES, max_size=6))
    return tuple(
        keyword(n, d, events=(Event(further[n], (Inline("发布会"),)),) if n < len(further) else ())
        for n, d in enumerate(dates)
    )


@pytest.mark.parametrize(("style", "rect"), [(YEAR, YEAR_RECT), (SLIDE_YEAR, SLIDE_YEAR_RECT)])
@given(words=years())
@settings(max_examples=25, deadline=None)
def test_no_label_of_a_timeline_touches_another_or_a_stem_or_leaves_its_page(
    style: Look, rect: Rect, words: tuple[Keyword, ...]
) -> None:
    box = draw(year_chart(*words), style, rect)
    found = [b for b in box.boxes if isinstance(b, TextBox)]
    for a, b in itertools.combinations(found, 2):
        assert not a.rect.overlaps(b.rect), (a.name, b.name)
    stems = [b for b in box.boxes if isinstance(b, ShapeBox) and "/stem-" in b.name]
    for text, stem in itertools.product(found, stems):
        half = stem.stroke_width / 2
        assert not text.rect.overlaps(
            Rect(stem.rect.x - half, stem.rect.y, stem.rect.width + 2 * half, stem.rect.height)
        )
    assert all(b.rect.bottom <= rect.bottom + 0.01 and b.rect.y >= rect.y for b in found)
    assert all(b.rect.y >= rect.y for b in stems)


ALL = [
    (columns(note=(Inline("超1000亿元"),)), SPREAD, SPREAD_RECT, ()), (columns(), SLIDE, SLIDE_RECT, ()),
    (share(), PLAIN, Rect(0, 0, 480, 160), ()), (share(), BAR, Rect(56, 306, 848, 152), ()),
    (rank(), LADDER, LADDER_RECT, ()), (timeline_spec(), YEAR, YEAR_RECT, SAMPLE),
    (timeline_spec(), SLIDE_YEAR, SLIDE_YEAR_RECT, SAMPLE),
]  # fmt: skip


@pytest.mark.parametrize("case", ALL[1:])
def test_every_run_with_a_digit_knows_what_it_is(case: tuple) -> None:  # type: ignore[type-arg]
    asked, style, rect, words = case
    for box in texts(draw(chart(asked, words), style, rect)).values():
        assert box.tag == ("LBody" if "/list-" in box.name else "Artifact" if "/stem-" in box.name or "-bars" in box.name else "P")
        for run in (run for paragraph in box.paragraphs for run in paragraph.runs):
            assert run.role or not DIGITS.search(run.text), (box.name, run.text)


def test_a_digit_without_a_role_in_the_note_stays_without_one_for_the_checks_to_find() -> None:
    note = texts(draw(chart(ALL[0][0]), SPREAD, SPREAD_RECT))["note"]
    assert note.paragraphs[0].runs[0].role is None


@pytest.mark.parametrize("case", ALL)
def test_no_rcparams_reach_a_drawing_and_none_are_changed(case: tuple) -> None:  # type: ignore[type-arg]
    asked, style, rect, words = case
    plain = draw(chart(asked, words), style, rect)
    rude = {"path.simplify": True, "path.sketch": (3, 10, 2), "lines.scale_dashes": False, "figure.dpi": 31,
            "patch.linewidth": 9, "patch.force_edgecolor": True, "figure.constrained_layout.use": True,
            "hatch.linewidth": 5, "figure.facecolor": "red"}  # fmt: skip
    with mpl.rc_context(rude):
        before = dict(mpl.rcParams)
        assert draw(chart(asked, words), style, rect) == plain
        assert dict(mpl.rcParams) == before


def test_a_slides_texts_have_room_for_wider_fonts_on_their_free_side_and_marks_in_brackets() -> None:
    tight, roomy = (texts(draw(chart(rank()), LADDER.but(**changes), LADDER_RECT))["before"]
                    for changes in ({}, {"slack": 0.08, "framed": False}))  # fmt: skip
    assert roomy.paragraphs[0].text == "第50位（计算值）"
    assert not any(run.framed for run in roomy.paragraphs[0].runs)
    assert near(roomy.rect.right, tight.rect.right)
    assert near(roomy.rect.width, (roomy.rect.right - roomy.origin[0]) * 1.08)


def test_inks_that_look_alike_stay_apart() -> None:
    spot = replace(RED, name="spot")
    box = draw(
        chart(rank()).recoloured(lambda item: replace(item, ink=spot)), LADDER, LADDER_RECT
    )
    assert {b.stroke.name for b in shapes(box, "climb") if b.stroke} == {"spot"}


def test_resolving_does_not_load_matplotlib_and_drawing_does_not_load_pyplot() -> None:
    code = (
        "import sys; import lhpub.charts.draw, lhpub.charts.resolve; assert 'matplotlib' not in sys.modules;"
        "import lhpub.charts.canvas; assert 'matplotlib' in sys.modules; assert 'matplotlib.pyplot' not in sys.modules"
    )
    source = Path(__file__).parents[3] / "src"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(source)})


@pytest.mark.parametrize(("part", "rest"), [(100, 0), (97, 3)])
def test_a_share_that_leaves_little_room_says_the_rest_under_it_and_nothing_of_none(part: int, rest: int) -> None:
    made = chart(share())
    items = tuple(replace(item, value=Decimal(value)) for item, value in zip(made.items, (part, rest), strict=True))
    wide = Rect(0, 0, mm(170), mm(55))
    found = {box.name: box for box in draw(replace(made, items=items), PLAIN, wide).boxes if isinstance(box, TextBox)}
    others = found["share/rest"]
    assert others.rect.y >= found["share/part"].rect.bottom
    assert others.rect.right <= wide.right + 0.1
    assert (items[1].figure.text in others.paragraphs[0].text) is (rest > 0)
