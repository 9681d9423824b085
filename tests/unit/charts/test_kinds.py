"""Charts of rows and series: each kind at its least and its greatest number, with gaps, bounds and negative values."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from lhpub.diagnostics import Severity
from lhpub.inline import DIGITS, plain
from lhpub.kinds.bar import BarChart
from lhpub.kinds.column import ColumnChart
from lhpub.kinds.grid import GridChart
from lhpub.kinds.line import LineChart
from lhpub.publication.model import BarSpec, ChartSpec, ColumnSpec, LineSpec, PairSpec, PartsSpec
from lhpub.publication.numerals import to_han
from lhpub.units import Rect

from .sample import PLAIN, chart, draw, resolve, shared, table, texts, type_style

RECT = Rect(0, 0, 480, 500)
PRINT = PLAIN.but(plot=(0, 24, 0, 60), tick_text=None)
SLIDE = PRINT.but(value=type_style(20, weight=700), label=type_style(18), second=type_style(18), slack=0.08)


def years(count: int) -> dict[str, list[str]]:
    return {f"{2000 + n}年": [f"{40 + 7 * n % 60}.{n % 10}"] for n in range(count)}


def things(count: int, series: int = 1) -> dict[str, list[str]]:
    return {f"第{to_han(n)}件事物": [str(10 + 13 * (n + k) % 90) for k in range(series)] for n in range(count)}


LONG = {f"居养老托育文体场馆水质达标供电{to_han(n)}": [f"{1286000 + n}", f"{12345678 + n}.9"] for n in range(5)}

CASES: dict[str, ChartSpec] = {
    "one column": ColumnSpec(**table(years(1)), **shared("column")),
    "twelve columns": ColumnSpec(**table({f"{n}月": [f"{40 + 7 * n % 60}.{n % 10}"] for n in range(1, 13)}), **shared("column")),
    "seven years": ColumnSpec(**table(years(7)), **shared("column")),
    "grouped": ColumnSpec(**table(things(4, 3), "就业", "升学", "创业"), **shared("column")),
    "grouped with a key": ColumnSpec(**table(things(2, 4), *("甲乙丙丁系列" + n for n in "一二三四")), **shared("column")),
    "stacked": ColumnSpec(**table(things(4, 3), "装备制造", "新材料", "食品"), **shared("column"), is_stacked=True),
    "negative": ColumnSpec(**table({"甲": ["6.2"], "乙": ["-9.8"], "丙": [""]}), **shared("column")),
    "two bars": BarSpec(**table(things(2)), **shared("bar")),
    "thirty bars": BarSpec(**table(things(30)), **shared("bar")),
    "negative bars": BarSpec(**table({"甲": ["186"], "乙": ["-12"], "丙": [""]}), **shared("bar")),
    "grouped bars": BarSpec(**table(things(8, 3), "就业", "升学", "创业"), **shared("bar")),
    "grouped bars with wide figures": BarSpec(**table(LONG, "体场馆水质达标供电", "水质达标供电门诊"), **shared("bar")),
    "a line below zero": LineSpec(**table({"1月": ["-3"], "2月": ["12"], "3月": ["-0.5"], "4月": ["0"]}), **shared("line")),
    "a deep valley": LineSpec(**table({"1月": ["535.8"], "2月": ["7"], "3月": ["535.8"]}), **shared("line")),
    "pairs with long names": PairSpec(**table(LONG, "体场馆水质达标供电", "水质达标供电门诊"), **shared("pair")),
    "small parts with long names": PartsSpec(**table({k: [v[0]] for k, v in LONG.items()} | {"乙": ["9876543"]}), **shared("parts")),
    "stacks wider than their columns": ColumnSpec(
        **table({f"{2016 + n}年": ["535.8", "60.1", "7.5"] for n in range(8)}, "机械", "材料", "信息"), **shared("column"), is_stacked=True),
    "two points": LineSpec(**table(years(2)), **shared("line")),
    "24 points": LineSpec(**table(years(24)), **shared("line")),
    "four lines": LineSpec(**table(things(5, 4), "机械", "材料", "信息", "经管"), **shared("line")),
    "a gap and an estimate": LineSpec(**table({"1月": ["46"], "2月": [""], "3月": ["约21"]}), **shared("line")),
    "two parts": PartsSpec(**table(things(2)), **shared("parts")),
    "eight parts": PartsSpec(**table(things(8)), **shared("parts")),
    "one pair": PairSpec(**table(things(1, 2), "改造前", "改造后"), **shared("pair")),
    "ten pairs": PairSpec(**table(things(10, 2), "改造前", "改造后"), **shared("pair")),
}  # fmt: skip


@pytest.mark.parametrize("look", [PRINT, SLIDE], ids=["print", "slide"])
@pytest.mark.parametrize("case", CASES)
def test_texts_stay_apart_within_the_frame_and_every_figure_has_a_role(case: str, look: object) -> None:
    found = texts(draw(chart(CASES[case]), look, RECT))  # type: ignore[arg-type]
    for (a, one), (b, other) in itertools.combinations(found.items(), 2):
        assert not one.rect.overlaps(other.rect), (a, b)
    for name, box in found.items():
        assert box.rect.y >= RECT.y - 0.5, name
        assert box.rect.bottom <= RECT.bottom + 0.5, name
        for run in (run for paragraph in box.paragraphs for run in paragraph.runs):
            assert run.role or not DIGITS.search(run.text) or "年" in run.text or "月" in run.text, (name, run.text)


@pytest.mark.parametrize("values", [
    "535.8 98.1 60.4 60.4 98.1 7.0 60.4 98.1 60.4", "1286 1286 1286 1286 1286 1290 1305 1286", "0 -0.5 -0.5 -0.5 0 12 -3 12 -3 12 12"])
def test_a_line_leaves_out_no_figure_that_has_room_beside(values: str) -> None:
    rows = {f"{2000 + n}年": [value] for n, value in enumerate(values.split())}
    found = texts(draw(chart(LineSpec(**table(rows), **shared("line"))), SLIDE, Rect(0, 0, 570, 354)))
    figures = [box.rect for name, box in found.items() if name.startswith("value-")]
    assert len(figures) == len(rows)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(figures, 2))


@pytest.mark.parametrize("case", CASES)
def test_every_value_stands_in_the_sheet_once_under_a_format_of_its_own(case: str) -> None:
    found = chart(CASES[case])
    assert isinstance(found, GridChart)
    columns = [column for column in found.sheet.columns if column.meaning not in ("missing", "total")]
    values = sorted(value for column in columns for value in column.values if value is not None)
    assert values == sorted(item.value for item in found.items)
    assert all(column.format and "General" not in column.format for column in columns)
    assert found.sheet.greatest is None


def test_decimals_are_written_out_alike_and_bounds_keep_their_own() -> None:
    found = chart(ColumnSpec(**table({"甲": ["86"], "乙": ["86.2"], "丙": ["超100"]}), **shared("column")))
    assert [item.figure.text for item in found.items] == ["86.0家", "86.2家", "超100家"]
    assert isinstance(found, ColumnChart)
    assert [column.format for column in found.sheet.columns] == ['0.0"家"', '"超"0"家"']


def test_what_is_not_known_is_a_flag_in_the_sheet_and_said() -> None:
    found = chart(CASES["negative"])
    assert isinstance(found, ColumnChart)
    flag = found.sheet.columns[-1]
    assert (flag.meaning, flag.values) == ("missing", (None, None, Decimal(0)))
    assert "丙未报" in found.alt
    assert found.sheet.least is None
    assert [item.figure.numeral for item in found.items] == ["6.2", "−9.8"]


def test_a_stack_has_its_computed_total_as_a_series() -> None:
    found = chart(CASES["stacked"])
    assert isinstance(found, ColumnChart)
    total = found.sheet.columns[-1]
    assert total.meaning == "total"
    assert total.values == tuple(sum(c.value for c in row.cells if c) for row in found.rows)


@pytest.mark.parametrize(
    ("rows", "series", "kind"),
    [
        (things(13), (), BarChart), (years(13), (), LineChart), (years(8), (), LineChart), (things(5, 3), ("甲", "乙", "丙"), BarChart),
        ({f"{n}月": ["1286000.5"] for n in range(1, 10)}, (), LineChart), ({f"第{to_han(n)}": ["1286000.5"] for n in range(9)}, (), BarChart),
        ({f"县中医院与社区卫生服务中心{to_han(n)}": ["1"] for n in range(10)}, (), BarChart),
    ],
)  # fmt: skip
def test_too_many_or_too_wide_columns_become_bars_or_of_years_a_line_with_one_notice(rows, series, kind) -> None:
    charts, found = resolve(ColumnSpec(**table(rows, *series), **shared("column")))
    assert [type(one) for one in charts] == [kind]
    assert [(d.code, d.severity) for d in found] == [("chart-redrawn", Severity.NOTICE)]


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (BarSpec(**table(things(9, 3), "甲", "乙", "丙"), **shared("bar")), "chart-dense"),
        (ColumnSpec(**table(things(9, 2), "甲", "乙"), **shared("column"), is_stacked=True), None),
        (ColumnSpec(**table({k: ["1286000.5", "1286000.5"] for k in things(9)}, "甲", "乙"), **shared("column"), is_stacked=True), "chart-wide"),
    ],
)
def test_what_no_frame_holds_is_told(spec: ChartSpec, code: str | None) -> None:
    assert {d.code for d in resolve(spec)[1]} == ({code} if code else set())


def test_a_highlighted_row_is_a_series_of_its_own() -> None:
    grid = table({"本院": ["6.8", ""], "县中医院": ["", "7.1"]}, "本院", "其他")
    found = chart(replace(BarSpec(**grid, **shared("bar")), is_highlighted=True))
    assert isinstance(found, BarChart)
    assert found.is_single
    assert [plain(name) for name in found.series] == ["本院", "其他"]
    assert len({column.ink for column in found.sheet.columns}) == 2
