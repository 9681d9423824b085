"""The content lint: what it warns of, what to write instead, and what it leaves alone."""

from __future__ import annotations

import pytest

from lhpub.diagnostics import Severity, Span
from lhpub.text.lint import lint_document, lint_text

SPAN = Span("source/a.yaml", 3, 5)
WRONG = [
    ("他说,这是", "half-width-mark", "他说，这是"),
    ("好了.", "half-width-mark", "好了。"),
    ("是吗?", "half-width-mark", "是吗？"),
    ("太好了!真的", "half-width-mark", "太好了！真的"),
    ("如下:甲;乙", "half-width-mark", "如下：甲;乙"),
    ("重点片区(征求意见稿)", "half-width-mark", "重点片区（征求意见稿）"),
    ("人工智能(AI)", "half-width-mark", "人工智能（AI）"),
    ("《甲》,乙", "half-width-mark", "《甲》，乙"),
    ('他说"开工"了', "straight-quote", "他说“开工”了"),
    ("他说'招'", "straight-quote", "他说‘招’"),
    ("等等...", "ellipsis", "等等……"),
    ("等等。。。", "ellipsis", "等等……"),
    ("等等…", "ellipsis", "等等……"),
    ("好了。。", "doubled-mark", "好了。"),
    ("他说，，这是", "doubled-mark", "他说，这是"),
    ("甲、、乙", "doubled-mark", "甲、乙"),
    ("如下；；这是", "doubled-mark", "如下；这是"),
    ("这里--那里", "dash", "这里——那里"),
    ("减排CO2，", "script", "减排CO₂，"),
    ("《甲》、《乙》", "list-of-names", "《甲》《乙》"),
    ("“甲”、“乙”", "list-of-names", "“甲”“乙”"),
    ("2020-2026年", "range", "2020—2026年"),
    ("1月-3月", "range", "1月—3月"),
    ("5～10万元", "range-magnitude", "5万～10万元"),
    ("5—10%", "range-magnitude", "5%—10%"),
    ("23年1月", "short-year", "2023年1月"),
    ("三、四个", "approximate", "三四个"),
    ("一百〇五", "zero", "一百零五"),
    ("二零二三年", "zero", "二〇二三年"),
]
RIGHT = [
    "《规划（2023-2035）》", "“A,B”计划", "见 https://a.cn/b...c,d 一节", "3.14 和 1:3", "AI, 5G and more.", "第二、三、四季度", "三、五个",
    "电话0755-12345", "二〇二三年", "5万～10万元", "2020—2026年", "等等……", "这里——那里", "10年", "2023年1月", "一、二、三", "a@b.cn", "“甲”和“乙”",
    "北京—上海", "三、四年级", "5' 与 6\"", "一、二月", "20:30开始", "第（一）项", "太好了！！！", "“甲‘乙’《丙》”和《丁〈戊〉》",
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "better"), WRONG, ids=[text for text, _, _ in WRONG])
def test_a_wrong_mark_is_told_with_its_place_and_what_to_write(text: str, code: str, better: str) -> None:
    found = lint_text(text, SPAN)
    assert found[0].code == code
    assert found[0].severity is Severity.WARNING
    assert found[0].span == SPAN
    assert found[0].hint
    assert better.startswith(found[0].hint.zh.removeprefix("改为“")[:-1]) or better in found[0].hint.zh


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_verbatim_is_left_alone(text: str) -> None:
    assert lint_text(text, SPAN) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [("“甲乙", "1"), ("甲乙”", "3"), ("《甲", "1"), ("甲》和《乙》", "2"), ("“甲“乙”", "1"), ("“甲”“乙", "4"), ("《甲”", "31")],
)
def test_a_mark_without_its_partner_is_told(text: str, places: str) -> None:
    found = [d for d in lint_text(text, SPAN) if d.code == "unpaired-mark"]
    assert [f"（第 {place} 字）" in d.message.zh for d, place in zip(found, places, strict=True)] == [True] * len(places)
    assert all(d.severity is Severity.WARNING and d.span == SPAN for d in found)


def test_every_place_is_told() -> None:
    assert [d.code for d in lint_text("甲,乙,丙...", SPAN)] == ["half-width-mark", "half-width-mark", "ellipsis"]


@pytest.mark.parametrize("number", ["0755-23332018", "邮编第518110号", "（2023）12345号", "百分之百"])
def test_a_number_that_counts_nothing_is_no_other_manner(number: str) -> None:
    assert lint_document([("共12,345家，增长5%", SPAN), (number, SPAN)]) == ()


@pytest.mark.parametrize(("one", "other", "code"), [("共12345家", "共12,345家", "mixed-grouping"), ("百分之五", "增长5%", "mixed-percent")])
def test_two_manners_in_one_document_are_told_once(one: str, other: str, code: str) -> None:
    assert [d.code for d in lint_document([(one, SPAN), (other, SPAN)])] == [code]
    assert lint_document([(one, SPAN), (one, SPAN)]) == ()
