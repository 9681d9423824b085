"""Running text: line breaks, markup, roles, warnings."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lhpub.diagnostics import Rejected
from lhpub.inline import DIGITS, Inline, plain, unknown_figures
from lhpub.publication.blocks import texts_of
from lhpub.source.explain import in_quotes

from .conftest import Read

SOURCE = """\
publication: {{title: 刊名, date: 2024-01-15}}
keywords:
  - title: 甲
    date: 2023-01-29
    events: [{{date: 2023-03, label: 乙}}]
    facts: {{x: {{value: 32, unit: 个}}}}
    body: {body}
"""


def body(read: Read, text: str) -> tuple[list[tuple[Inline, ...]], list[str]]:
    publication, warnings = read(SOURCE.format(body=text))
    return list(texts_of(publication.keywords[0].body)), [d.code for d in warnings]


@pytest.mark.parametrize(
    ("written", "paragraphs"),
    [
        ("|\n      重大\n      项目\n", ["重大项目"]),
        ("|\n      重大\n      Big\n      data\n", ["重大 Big data"]),
        ("|\n      一，\n      二\n\n      三\n", ["一，二", "三"]),
        (">-\n      重大\n      项目\n\n      三\n", ["重大项目", "三"]),
        ("重大\n      项目，从 容\n\n      三", ["重大项目，从 容", "三"]),
        ("'重大\n      项目'", ["重大项目"]),
        ("|\n      　　首行缩进\n", ["首行缩进"]),
        ("no", ["no"]),
        ("'12:30'", ["12:30"]),
    ],
)
def test_a_line_break_between_han_is_no_space_and_an_empty_line_parts_paragraphs(
    read: Read, written: str, paragraphs: list[str]
) -> None:
    assert [plain(rich) for rich in body(read, written)[0]] == paragraphs


@pytest.mark.parametrize(
    ("written", "strong", "whole"),
    [
        ("有**重点**的字", ["重点"], "有重点的字"),
        ("推动**“双招双引”**落地", ["“双招双引”"], "推动“双招双引”落地"),
        ("出台**《方案》**，启动", ["《方案》"], "出台《方案》，启动"),
        ("先是**结束。**再来", ["结束。"], "先是结束。再来"),
        ("有**{x}**项目", ["32个"], "有32个项目"),
        ("有**共{x}项**目", ["共", "32个", "项"], "有共32个项目"),
        ("一*二*三_四_`五`<b>六</b> # 七", [], "一*二*三_四_`五`<b>六</b> # 七"),
        ("一__二__三", [], "一__二__三"),
        ("一**二", [], "一**二"),
    ],
)
def test_strong_text_is_read_and_other_markup_stays_as_typed(
    read: Read, written: str, strong: list[str], whole: str
) -> None:
    (rich,), _ = body(read, in_quotes(written))
    assert [inline.text for inline in rich if inline.strong] == strong
    assert plain(rich) == whole


def test_links_keep_their_text_roles_and_address(read: Read) -> None:
    (rich,), _ = body(read, "'见[官网{x}](https://example.cn/a)和[乙](javascript:x)。'")
    assert [(i.text, i.link) for i in rich if i.link] == [
        ("官网", "https://example.cn/a"),
        ("32个", "https://example.cn/a"),
    ]
    assert plain(rich) == "见官网32个和[乙](javascript:x)。"


@pytest.mark.parametrize(
    ("written", "roles", "warnings"),
    [
        ("1月29日有{x}", [("1月29日", "date"), ("32个", "fact")], []),
        ("2023年3月", [("2023年3月", "date")], []),
        ("1月30日", [("1月30日", "date")], ["undeclared-date"]),
        ("《规划（2023-2035）》与“世界500强”", [("《规划（2023-2035）》", "name"), ("“世界500强”", "name")], []),
        ("《1月30日》", [("《1月30日》", "name")], []),
        ("5G基站、A1地块、PM2.5、COVID-19", [("5G", "name"), ("A1", "name"), ("PM2.5", "name"), ("COVID-19", "name")], []),
        ("装机30 kW、5MW", [("30", "literal"), ("5", "literal")], ["typed-figure"]),
        ("有32个，占３成、1.5倍", [("32", "literal"), ("３", "literal"), ("1.5", "literal")], ["typed-figure"]),
        ("共{关键词数}个", [("1", "count")], []),
        ("没有数", [], []),
    ],
)
def test_every_digit_has_a_role_and_a_typed_one_a_warning(
    read: Read, written: str, roles: list[tuple[str, str]], warnings: list[str]
) -> None:
    (rich,), found = body(read, in_quotes(written))
    assert [(i.text, i.role.kind) for i in rich if i.role] == roles
    assert found == warnings


MARKS = st.sampled_from("重大项目，。“”《》{}｛｝**[]()` 12月日年x:\n　_")
TEXT = st.text(st.one_of(MARKS, st.characters(exclude_categories=["Cs"])))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
def test_any_text_is_read_or_rejected_and_leaves_no_figure_unknown(read: Read, text: str) -> None:
    paragraphs: list[tuple[Inline, ...]] = []
    with suppress(Rejected):
        paragraphs, _ = body(read, in_quotes(text).replace("\n", "\n\n      "))
    for rich in paragraphs:
        assert unknown_figures(rich) == ()
        assert not any(i.role and i.role.kind in ("date", "literal") and not DIGITS.search(i.text) for i in rich)
        assert "".join(i.text for i in rich).strip() != ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("重大项目，。12月日年《》“”** ab"), max_size=60))
def test_text_without_references_prints_what_is_typed(read: Read, text: str) -> None:
    paragraphs, _ = body(read, in_quotes(f"始{text}终"))
    assert plain(paragraphs[0]).replace("**", "") == f"始{text}终".replace("**", "")


def test_a_figure_typed_in_a_title_is_told_at_its_line(read: Read) -> None:
    source = "publication: {title: 甲}\nkeywords:\n  - title: 新增3000个车位\n  - title: 5G基站\n"
    (found,) = [d for d in read(source)[1] if d.code == "typed-figure"]
    assert (found.span and found.span.line, "3000" in found.message.zh) == (3, True)


FIGURES = """\
publication: {{title: 刊名, date: 2024-01-15, documents: [{{id: A, title: 年报}}]}}
keywords:
  - title: 甲
    from: {origin}
    facts:
      支: {{label: 队伍, value: 32, unit: 支}}
      年: {{label: 年限, value: 5, unit: 年}}
      投: {{label: 投资, value: 36, unit: 亿元, approx: 超}}
      前: {{label: 去年投资, value: 30, unit: 亿元}}
      增: {{label: 增速, growth: [投二, 前]}}
      投二: {{label: 今年投资, value: 33, unit: 亿元}}
    body: {body}
"""


@pytest.mark.parametrize("text", ["组建{支}支队伍。", "投资超{投}。", "投资约{投}。", "投资{投}亿元。", "比上年{增}。"])
def test_what_a_figure_prints_itself_is_not_said_twice(read: Read, text: str) -> None:
    _, warnings = read(FIGURES.format(body=text, origin="A 第3段"))
    assert [d.code for d in warnings if d.code != "fact-unused"] == ["said-twice"]


@pytest.mark.parametrize("text", ["组建{支}。", "有{支}队伍。", "过{年}年均增长。", "投资{投}，{增}。", "分支{支}，超额完成{前}。", "亿元{前}。", "签约{投}。"])
def test_words_beside_a_figure_that_it_does_not_print_are_no_fault(read: Read, text: str) -> None:
    _, warnings = read(FIGURES.format(body=text, origin="A 第3段"))
    assert [d.code for d in warnings if d.code == "said-twice"] == []


@pytest.mark.parametrize("origin", ["A 第3段", "A第3段"])
def test_a_place_in_a_document_needs_no_space(read: Read, origin: str) -> None:
    publication, _ = read(FIGURES.format(body="乙。", origin=origin))
    assert plain(publication.keywords[0].origins[0]) == "年报，第3段"


@pytest.mark.parametrize("text", ["甲。\n      > 引语。\n      > ——某某", "表：\n      | 甲 | 乙 |\n      |---|---|\n      | 一 | 二 |"])
def test_lines_that_yaml_joins_are_told(read: Read, text: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read(FIGURES.format(body=text, origin="A"))
    assert [d.code for d in rejected.value.diagnostics if d.severity.name == "ERROR"] == ["lines-joined"]
