"""YAML as typed: no value guessed, every value with its place, and no text that makes the reader fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.diagnostics import Diagnostic, Rejected
from lhpub.publication.read import read_publication
from lhpub.source.load import join_lines, read_yaml
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.world import World


def value(text: str) -> Node:
    node = read_yaml(text, "s")
    assert isinstance(node, Mapping)
    return node.entries[0][1]


@pytest.mark.parametrize(
    "typed", ["010", "12:30", "no", "535.80", "1e3", "0x1F", "2023-01-29", "null", "~", "=", "<<", ".5"]
)
def test_a_scalar_stays_as_typed(typed: str) -> None:
    scalar = value(f"a: {typed}")
    assert isinstance(scalar, Scalar)
    assert (scalar.text, scalar.absent) == (typed, False)


def test_nothing_written_is_absent_and_empty_quotes_are_not() -> None:
    empty, quoted = value("a:"), value("a: ''")
    assert isinstance(empty, Scalar)
    assert isinstance(quoted, Scalar)
    assert (empty.absent, quoted.absent) == (True, False)


def test_every_value_has_its_place_also_behind_wide_characters() -> None:
    node = read_yaml("题: 甲\n表: [𠀀, {键: 值}]\n", "文/件.yaml")
    assert isinstance(node, Mapping)
    items = node.entries[1][1]
    assert isinstance(items, Sequence)
    inner = items.items[1]
    assert isinstance(inner, Mapping)
    assert str(inner.entries[0][1].span) == "文/件.yaml:2:12"
    assert (items.flow_text, inner.flow_text, node.flow_text) == ("[𠀀, {键: 值}]", "{键: 值}", "")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("回眸 一帧\n  新征程", "回眸 一帧新征程"),
        ("甲\n  abc\n  def", "甲 abc def"),
        ("'甲\n  乙'", "甲乙"),
        ('"甲\n  乙"', "甲乙"),
        (">-\n  甲，\n  乙\n\n  丙", "甲，乙\n\n丙"),
        ("|\n  甲\n  乙\n\n  丙\n", "甲\n乙\n\n丙"),
        ("“甲”开头", "“甲”开头"),
    ],
)
def test_lines_of_a_value_are_joined_as_chinese_is(typed: str, text: str) -> None:
    scalar = value(f"a: {typed}")
    assert isinstance(scalar, Scalar)
    assert scalar.text == text


def test_comments_with_a_space_are_comments() -> None:
    scalar = value("a: 甲   # 说明")
    assert isinstance(scalar, Scalar)
    assert scalar.text == "甲"


def test_joined_lines_lose_their_indentation() -> None:
    assert join_lines("　　甲\n  乙 \nab\ncd\n") == "甲乙 ab cd"


MARKS = st.sampled_from("ab甲乙：:, -[]{}'\"#|>&*!%@`?\n \t~\\0\ufeff\u2028")
YAML_TEXT = st.text(st.one_of(MARKS, st.characters()), max_size=60)


@settings(max_examples=100, deadline=None)
@given(YAML_TEXT)
def test_any_text_is_read_or_rejected(text: str) -> None:
    rejected: tuple[Diagnostic, ...] = ()
    try:
        read_yaml(text, "s")
    except Rejected as found:
        rejected = found.diagnostics
    assert all(d.span is not None and d.message.zh for d in rejected)


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ("    headline: {负荷}，五创新高。", 4, "headline: '{负荷}，五创新高。'"),
        ("    facts:\n      甲: {label: 甲, value: 5}\n     乙: {label: 乙, value: 6}", 6, "空 6 格"),
        ("    body: 说明。\n    title: 乙\n    body: 又。", 5, "改成“- ”"),
        ("    facts: {食堂: {label: 食堂, value: 1,286}}", 4, "不用逗号"),
        ("    facts:\n      数: {value: {file: 年抱.xlsx, cell: 表1！B7}}", 5, "年报.xlsx"),
    ],
)
def test_what_an_editor_mistypes_is_told_once_with_what_to_type(tmp_path: Path, written: str, line: int, words: str) -> None:
    (tmp_path / "年报.xlsx").write_bytes(b"PK")
    (tmp_path / "s.yaml").write_text(f"publication: {{title: 年}}\nkeywords:\n  - title: 甲\n{written}\n", encoding="utf-8")
    with pytest.raises(Rejected) as told:
        read_publication(World(tmp_path), "s.yaml")
    assert [(d.span.line, words in d.hint.zh) for d in told.value.diagnostics if d.span and d.hint] == [(line, True)]
