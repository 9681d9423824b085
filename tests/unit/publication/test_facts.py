"""A figure is typed once and printed everywhere alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lhpub.inline import plain

from .conftest import Read

SOURCE = """\
publication: {{title: 刊名, date: 2024-01-15}}
keywords:
  - title: 甲
    facts:
{facts}
    body: 见{text}。
"""


def printed(read: Read, facts: str, text: str) -> str:
    lines = "\n".join(f"      {line}" for line in facts.strip().split("\n"))
    publication, _ = read(SOURCE.format(facts=lines, text=text))
    return plain(publication.keywords[0].body[0].text)[1:-1]


@pytest.mark.parametrize(
    ("facts", "text", "expected"),
    [
        ("x: {value: 535.80, unit: 亿元}", "{x}", "535.80亿元"),
        ("x: {value: 010, unit: 号}", "{x}", "010号"),
        ("x: {value: 1000, unit: 亿元, approx: 超}", "{x}", "超1000亿元"),
        ("x: {value: 1000, unit: 亿元, approx: 超}", "{x:bare}", "超1000"),
        ("x: {value: 数十, unit: 家}", "{x}", "数十家"),
        ("x: {value: 超百, unit: 项}", "{x}", "超百项"),
        ("x: {value: 几千, unit: 户}", "{x}", "几千户"),
        ("x: {value: 多, unit: 场}", "{x}", "多场"),
        ("x: {value: 4, pattern: '第{han}批'}", "{x}", "第四批"),
        ("x: {value: 40, pattern: '第{}位'}", "{x}", "第40位"),
        ("x: {value: 1, pattern: '全市第{han}'}", "{x}", "全市第一"),
        ("x: {value: 3, unit: 种}", "{x:han}", "三"),
        ("x: {text: 《规划（2023-2035）》}", "{x}", "《规划（2023-2035）》"),
        ("x: {list: [甲, 乙]}", "{x}", "甲、乙"),
        ("x: {list: [甲, 乙], etc: true}", "{x}", "甲、乙等"),
        ("x: {list: [甲, 乙], etc: 等地}", "{x}", "甲、乙等地"),
        (
            "a: {value: 535.8, unit: 亿元}\nb: {value: 685.8, unit: 亿元}\nx: {sum: [a, b]}",
            "{x}",
            "1221.6亿元（计算值）",
        ),
        ("a: {value: 0.1}\nb: {value: 0.2}\nx: {sum: [a, b]}", "{x:bare}", "0.3（计算值）"),
        ("a: {value: 4923, unit: 家}\nb: {value: 1179, unit: 家}\nx: {difference: [a, b]}", "{x}", "3744家（计算值）"),
        ("a: {value: 1179, unit: 家}\nb: {value: 4923, unit: 家}\nx: {ratio: [a, b]}", "{x}", "23.9%（计算值）"),
        ("a: {value: 1}\nb: {value: 3}\nx: {ratio: [a, b], digits: 3}", "{x}", "33.333%（计算值）"),
        ("a: {value: 1}\nb: {value: 3}\nx: {ratio: [a, b]}", "{x}", "33.3%（计算值）"),
        ("a: {value: 1.9, unit: 万台}\nb: {value: 3.2, unit: 万台}\nx: {ratio: [a, b]}", "{x}", "59%（计算值）"),
        ("a: {value: 1}\nb: {value: 8}\nx: {ratio: [a, b]}", "{x}", "12.5%（计算值）"),
        ("a: {value: 1}\nb: {value: 16}\nx: {ratio: [a, b]}", "{x}", "6.3%（计算值）"),
        ("a: {value: 40, pattern: '第{}位'}\nb: {value: 10, unit: 位}\nx: {before: [a, b]}", "{x}", "第50位（推算）"),
        ("a: {value: 5, approx: 超, unit: 个}\nb: {value: 2, unit: 个}\nx: {sum: [a, b]}", "{x}", "超7个（计算值）"),
        ("x: {value: 7, unit: 个, status: 征求意见稿}", "{x}", "7个（征求意见稿）"),
        ("x: {value: 7, unit: 个, status: 征求意见稿}", "征求意见稿有{x}", "征求意见稿有7个"),
        ("x: {value: 7, unit: 个, status: 征求意见稿}", "{x}和{x}", "7个（征求意见稿）和7个"),
        ("a: {value: 7, unit: 个, status: 征求意见稿}\nx: {sum: [a, a]}", "{x}", "14个（计算值）（征求意见稿）"),
        ("x: {value: 7}", "{甲.x}和{关键词数}个", "7和1个"),
        ("x: {value: 7}", "{主题数:han}", "零"),
    ],
)
def test_a_reference_prints_its_fact_in_the_form_asked_for(read: Read, facts: str, text: str, expected: str) -> None:
    assert printed(read, facts, text) == expected


def test_one_figure_is_made_once_and_used_everywhere(read: Read) -> None:
    publication, warnings = read("""\
publication: {title: 刊名, glance: [甲.数], foreword: '{甲.数}'}
keywords:
  - title: 甲
    headline: 有{数}
    brief: 有{数}
    facts:
      数: {label: 数的名目, value: 1000.50, unit: 亿元, approx: 超}
      和: {label: 合计, sum: [数, 数]}
    hero: 数
    points: [一: '{数}', '{和}']
  - title: 乙
    body: 有{甲.数}
charts:
  - {kind: column, title: 图, items: [{fact: 甲.数, second: '{甲.数}'}], note: '{甲.数}', keyword: 甲}
""")
    assert warnings == ()
    first, second = publication.keywords
    fact = publication.fact("甲.数")
    chart = publication.charts[0]
    texts = [first.headline, first.brief, first.points[0].text, second.body[0].text, publication.foreword[0]]
    texts += [chart.rows[0].second, chart.note, fact.text]
    references = [inline for rich in texts for inline in rich if inline.role and inline.role.ref == "甲.数"]
    assert len(references) == 8
    assert {inline.text for inline in references} == {"超1000.50亿元"}
    assert first.hero is fact
    assert publication.glance == (fact,)
    assert chart.items[0].fact is fact
    assert (fact.value, fact.bound, fact.derived) == (Decimal("1000.50"), True, False)
    total = publication.fact("甲.和")
    assert (total.value, total.bound, total.derived) == (Decimal("2001.00"), True, True)
    assert [inline.mark for inline in total.text] == [False, True]


def test_a_word_has_no_value_and_a_label_carries_the_status(read: Read) -> None:
    publication, _ = read(SOURCE.format(facts="      x: {label: 面积, value: 数十, status: 草案}", text="{x}"))
    fact = publication.fact("甲.x")
    assert fact.value is None
    assert fact.figure is not None
    assert fact.figure.numeral == "数十"
    assert plain(fact.label) == "面积（草案）"
    assert plain(fact.text) == "数十（草案）"


def test_a_number_with_a_list_prints_both_in_its_row(read: Read) -> None:
    publication, _ = read(SOURCE.format(facts="      x: {value: 2, unit: 种, list: [丙, 丁], etc: true}", text="{x}"))
    assert plain(publication.fact("甲.x").text) == "2种：丙、丁等"
    assert plain(publication.keywords[0].body[0].text) == "见2种。"
