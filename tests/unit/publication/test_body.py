"""A body's text as blocks: what an editor types, and what is read of it."""

import pytest

from lhpub.diagnostics import Rejected
from lhpub.inline import plain
from lhpub.publication.blocks import List, Paragraph, Quotation, Table

HEAD = "publication: {title: 甲}\nkeywords:\n  - title: 乙\n    facts: {数: {value: 32, unit: 个}}\n    body: |\n"


def read_body(read, text):
    publication, told = read(HEAD + "".join(f"      {line}\n" if line else "\n" for line in text.split("\n")))
    return publication.keywords[0].body, told


def shown(block):
    match block:
        case Paragraph():
            return plain(block.text)
        case List():
            return [block.start, *((plain(i.text), shown(i.inner)) if i.inner else plain(i.text) for i in block.items)]
        case Table():
            return [block.align, *(tuple(map(plain, row)) for row in (block.header, *block.rows))]
        case Quotation():
            return [list(map(plain, block.paragraphs)), plain(block.by)]


@pytest.mark.parametrize(
    ("written", "blocks"),
    [
        ("甲乙\n丙。\n\n丁。", ["甲乙丙。", "丁。"]),
        ("　　甲。\n　　乙。\n\n　　丙。", ["甲。乙。", "丙。"]),
        ("有：\n\n- 甲；\n- 乙\n  丙。", ["有：", [None, "甲；", "乙丙。"]]),
        ("• 甲\n•乙", [[None, "甲", "乙"]]),
        ("1. 甲；\n2. 乙{数}。", [[1, "甲；", "乙32个。"]]),
        ("3.甲；\n4、乙。", [[3, "甲；", "乙。"]]),
        ("1. 甲\n   - 子\n   - 丑\n2. 乙", [[1, ("甲", [None, "子", "丑"]), "乙"]]),
        ("> 甲。\n> ——乙", [[["甲。"], "乙"]]),
        ("> 甲。\n>\n> 丙。", [[["甲。", "丙。"], ""]]),
        ("| 片区 | 数 |\n|---|--:|\n| 东 | {数} |\n| 西 | |", [[("left", "right"), ("片区", "数"), ("东", "32个"), ("西", "")]]),
        ("2023年1月29日，3.5 比 1.2 大。", ["2023年1月29日，3.5 比 1.2 大。"]),
        ("# 甲\n\n---\n\n    乙", ["# 甲", "---", "乙"]),
    ],
)
def test_a_body_is_read_as_blocks(read, written, blocks):
    assert [shown(block) for block in read_body(read, written)[0]] == blocks


@pytest.mark.parametrize(
    ("written", "code", "line"),
    [
        ("甲\n\n| 片区 | 数 |\n| 东 | 西 |", "broken-table", 8),
        ("- 甲\n  - 乙\n    - 丙", "list-too-deep", 7),
        ("- 甲\n\n  > 乙", "list-too-deep", 6),
    ],
)
def test_what_is_no_table_or_too_deep_is_told_at_its_line(read, written, code, line):
    with pytest.raises(Rejected) as caught:
        read_body(read, written)
    assert [(d.code, d.span.line) for d in caught.value.diagnostics if d.code == code] == [(code, line)]


def test_a_typed_figure_is_told_at_the_line_of_its_block(read):
    _, told = read_body(read, "甲。\n\n- 乙 35 个\n- 丙 7 家")
    assert [d.span.line for d in told if d.code == "typed-figure"] == [8, 9]


@pytest.mark.parametrize(
    ("written", "scripts", "whole"),
    [
        ("减排CO₂、PM₂.₅", [("2", "sub"), ("2.5", "sub")], "减排CO₂、PM₂.₅"),
        ("减排CO~2~，10^-3^", [("2", "sub"), ("-", "super"), ("3", "super")], "减排CO₂，10⁻³"),
        ("x³与100m²", [("3", "super")], "x³与100m²"),
        ("5~10天", [], "5~10天"),
    ],
)
def test_figures_under_and_over_the_line(read, written, scripts, whole):
    (paragraph,), _ = read_body(read, written)
    assert [(i.text, i.script) for i in paragraph.text if i.script] == scripts
    assert plain(paragraph.text) == whole
