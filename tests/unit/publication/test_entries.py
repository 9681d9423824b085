"""Entries: what a source states, under ids of keys."""

import pytest

from lhpub.publication.blocks import texts_of
from lhpub.publication.entries import Ids, identify, join
from lhpub.source.load import read_yaml

SOURCE = """\
publication: {title: 一年, credits: [甲报, 乙报]}
themes: [{id: 投资, title: 投资与开放}]
keywords:
  - title: “双招双引”
    date: 2023-01
    body: |
      首批{数}，**合计**{甲/乙.数:bare}。

      共{关键词数}个，见[网](https://example.org)。
    facts: {数: {label: 首批, value: 32, unit: 个, approx: 超}}
    points: [一句, 短签: '{数}', 短签: 又一句]
    picture: {file: a.png, alt: 甲}
  - {title: 甲/乙, facts: {数: {value: 5, unit: 家}}}
charts:
  - kind: column
    title: 首批{双招双引.数}
    items: [{fact: 双招双引.数}, {fact: 甲/乙.数}]
"""


@pytest.fixture
def ids() -> Ids:
    return identify(read_yaml(SOURCE, "s.yaml"))


def test_ids_are_made_of_keys_and_survive_new_lines(ids):
    assert list(identify(read_yaml("# 一行\n\n" + SOURCE, "s.yaml")).nodes) == list(ids.nodes)
    assert {"keywords/双招双引/body", "facts/双招双引.数", "facts/双招双引.数/label", "themes/投资/title", "charts/column",
            "publication/credits/2", "keywords/双招双引/points/1", "keywords/双招双引/points/短签/label",
            "keywords/双招双引/points/短签-2/text", "keywords/甲／乙/title", "facts/甲／乙.数"} <= set(ids.nodes)  # fmt: skip
    assert join("keywords", "甲/乙", "title") in ids.nodes


def test_what_stands_at_a_place_has_its_id(ids):
    for id_ in ("keywords/双招双引/body", "keywords/双招双引/picture", "facts/双招双引.数", "charts/column/title"):
        assert ids.at(ids.nodes[id_].span) == id_


def test_an_entry_says_what_its_reader_will_see(read):
    publication, _ = read(SOURCE.replace("    picture: {file: a.png, alt: 甲}\n", ""))
    printed = {entry.id: entry.printed for entry in publication.entries}
    assert printed["keywords/双招双引/body"] == "首批超32个，合计5。\n共2个，见网。"
    assert printed["facts/双招双引.数"] == "超32个"
    assert printed["charts/column"] == printed["charts/column/title"] == "首批超32个"
    assert printed["keywords/双招双引/points/短签/text"] == "超32个"
    assert "keywords/双招双引/points" not in printed


def test_tables_quotations_and_scripts_read_as_printed(read):
    body = "    body: |\n      排放CO~2~：\n\n      | 片区 | 数 |\n      |---|--:|\n      | 东片 | {数} |\n\n      > 修旧如旧。\n      > ——一位老师傅\n"
    publication, _ = read(f"publication: {{title: 年}}\nkeywords:\n  - title: 甲\n{body}    facts: {{数: {{value: 5, unit: 个}}}}\n")
    printed = {entry.id: entry.printed for entry in publication.entries}
    assert printed["keywords/甲/body"] == "排放CO₂：\n片区　数\n东片　5个\n修旧如旧。\n——一位老师傅"


def test_every_text_of_the_publication_knows_its_entry(read):
    publication, _ = read(SOURCE.replace("    picture: {file: a.png, alt: 甲}\n", ""))
    keyword = publication.keywords[0]
    assert {inline.source for rich in texts_of(keyword.body) for inline in rich} == {"keywords/双招双引/body"}
    assert [inline.source for inline in keyword.points[1].label] == ["keywords/双招双引/points/短签/label"]
    assert keyword.date.source == "keywords/双招双引/date"
    assert {inline.source for inline in keyword.facts[0].text} == {"facts/双招双引.数"}
