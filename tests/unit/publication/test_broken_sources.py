"""Every mistake an editor makes is told with its place and with what to do, never as a traceback."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from lhpub.diagnostics import Diagnostic, Rejected, has_errors
from lhpub.publication.read import read_publication
from lhpub.source.load import read_yaml
from lhpub.world import World

from .broken import CASES, FACTS
from .conftest import Read

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_broken_source_is_rejected_with_code_and_line(read: Read, text: str, expected: list[tuple[str, int]]) -> None:
    with pytest.raises(Rejected) as rejected:
        read(text)
    found = rejected.value.diagnostics
    assert [(d.code, d.span.line if d.span else 0) for d in found] == expected
    assert has_errors(found)
    for diagnostic in found:
        assert HAN.search(diagnostic.message.zh)
        assert diagnostic.message.en != diagnostic.message.zh
        assert str(diagnostic.span).startswith("source.yaml:")


SYNTAX = ("colon", "quote-value", "full-width", "flow", "syntax")


def obeyed(text: str, found: Diagnostic) -> str | None:
    """Returns the source after typing what a hint says, None if the hint does not show what to type."""
    if found.span is None or found.hint is None or not (hint := re.fullmatch(r"请写[： ](.*)", found.hint.zh)):
        return None
    lines = text.split("\n")
    line = lines[found.span.line - 1]
    match found.code:
        case "colon" | "quote-value" | "full-width":
            line = line[: len(line) - len(line.lstrip())] + hint[1]
        case "not-a-number":
            line = re.sub(r"value: ('[^']*'|[^,}]*)", hint[1], line)
        case "bad-date":
            line = re.sub(r"(?<=date: )[^,}]*", hint[1], line)
        case _:
            return None
    return "\n".join([*lines[: found.span.line - 1], line, *lines[found.span.line :]])


def problems(read: Read, text: str) -> tuple[Diagnostic, ...]:
    try:
        return read(text)[1]
    except Rejected as rejected:
        return rejected.diagnostics


def test_a_hint_obeyed_to_the_letter_mends_the_mistake(read: Read) -> None:
    mended = []
    for name, text, _ in CASES:
        for found in problems(read, text):
            if (better := obeyed(text, found)) is not None:
                mended.append(name)
                left = [d.code for d in problems(read, better) if d.span and found.span and d.span.line == found.span.line]
                assert not {*SYNTAX, found.code}.intersection(left), name
            else:
                assert found.code not in ("colon", "quote-value"), name
    assert len(mended) > 35


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("批: {label: 甲，value: 5}", "批: {label: 甲, value: 5}"),
        ("批: {label：甲，乙，value：5}", "批: {label: 甲，乙, value: 5}"),
        ("批: {value：4，pattern：第{han}批}", "批: {value: 4, pattern: '第{han}批'}"),
        ("批: ｛value: 5，unit: %｝", "批: {value: 5, unit: '%'}"),
        ("批: {label: '甲，乙：丙'，value: 5}", "批: {label: '甲，乙：丙', value: 5}"),
    ],
)
def test_marks_between_keys_become_half_width_and_those_in_a_text_stay(line: str, right: str) -> None:
    assert told(line) == [f"请写：{right}"]


@pytest.mark.parametrize("text", ["a: '－5℃'\n", "points: [－5℃, 甲：乙]\n", "a: |\n  　　首行\n  － 乙\n", "要点：乙: 丙\n"])
def test_full_width_marks_in_texts_are_left_alone(text: str) -> None:
    read_yaml(text, "s")


def told(text: str) -> list[str]:
    with pytest.raises(Rejected) as rejected:
        read_yaml(text, "s")
    return [d.hint.zh for d in rejected.value.diagnostics if d.hint]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("a:\n  body: {甲}在前\n", "body: '{甲}在前'"),
        ("body: @甲's\n", "body: '@甲''s'"),
        ("body: 比分: 二\n", "body: '比分: 二'"),
        ("- {value: 4, pattern: 第{han}批}\n", "- {value: 4, pattern: '第{han}批'}"),
        ("title：甲\nb: c\n", "title: 甲"),
        ("b: c\ntitle:　甲\n", "title: 甲"),
    ],
)
def test_the_hint_is_the_line_as_it_should_be_and_that_line_is_valid(wrong: str, right: str) -> None:
    assert told(wrong) == [f"请写：{right}"]
    read_yaml(right, "s")


def test_the_line_before_a_mistake_is_not_blamed_when_it_is_valid() -> None:
    assert "请写" not in told("- x: '{a}'\n   y: z\n")[0]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("  - {title: 甲, date: 2023年1月9日}", "请写 2023-01-09"),
        ("  - {title: 甲, date: 2023/1/9}", "请写 2023-01-09"),
        ("  - title: {乙}", "以 { 或 [ 开头的文字放进单引号：'{乙}'"),
        ("  - {title: 甲, facts: {乙: {value: 超32.5个}}}", "请写：value: 32.5, unit: 个, approx: 超"),
        ("  - {title: 甲, facts: {乙: {value: 超535.8}}}", "请写：value: 535.8, approx: 超"),
        ("  - {title: 甲, facts: {乙: {value: '1,535.8'}}}", "请写：value: 1535.8"),
        ("  - {title: 甲, facts: {乙: {value: 23.9%}}}", "请写：value: 23.9, unit: '%'"),
        ("  - {title: 甲, facts: {乙: {value: ５３５}}}", "请写：value: 535"),
        ("  - {title: 甲, facts: {乙: {value: 3, approx: 大约}}}", "请写其中之一：超、约、近"),
        ("  - {title: 甲, date: 2023-01上旬}", "请写 2023-01/上旬"),
        ("  - {title: 甲, date: 2023年1月上旬起}", "请写 2023-01/上旬起"),
        ("  - {title: 甲, points: 乙}", "写法如：points: [构建发展架构, 发布会: 在北京召开]"),
        ("  - {title: 甲, events: [乙]}", "写法如：events: [{date: 2023-09-07, label: 发布会召开}]"),
        ("  - {title: 甲, picture: 乙.jpg}", "写法如：picture: {file: pictures/无人机.jpg, alt: 夜空中的无人机编队}"),
        ("  - {title: 甲, facts: {乙: {value: 2, list: 丙}}}", "写法如：list: [日本, 韩国]"),
        ("  － title: 甲", "列表项写半角的“- ”：减号后一个空格"),
        ("　- title: 甲", "换成半角空格，与同一级的键对齐"),
        ("  - {title: 甲, bodi: 乙}", "是否要写“body”？"),
        ("  - {title: 甲, 正文: 乙}", "请写“body”"),
        ("  - {title: 甲, facts: {首批投资: {value: 3}}, hero: 首批投次}", "是否要写“首批投资”？"),
    ],
)
def test_the_hint_names_what_to_type(read: Read, text: str, hint: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read(f"publication: {{title: 刊名}}\nkeywords:\n{text}\n")
    assert [d.hint.zh for d in rejected.value.diagnostics if d.hint] == [hint]


def test_a_file_in_another_encoding_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_bytes(b"a: b\n" + "x: 重大".encode("gbk"))
    with pytest.raises(Rejected) as rejected:
        read_publication(World(tmp_path), "s.yaml")
    (found,) = rejected.value.diagnostics
    assert (found.code, str(found.span)) == ("not-utf-8", "s.yaml:2:4")
    assert "GBK" in found.message.zh


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = "\ufeffpublication: {title: 刊名}\r\nkeywords:\r\n  - title: 甲\r\n    body: |\r\n      乙\r\n      丙\r\n"
    (tmp_path / "s.yaml").write_bytes(text.encode())
    publication, warnings = read_publication(World(tmp_path), "s.yaml")
    assert publication.keywords[0].body[0].text[0].text == "乙丙"
    assert warnings == ()


def test_an_absent_file_a_folder_and_a_file_of_50_megabytes_are_rejected_at_once(tmp_path: Path) -> None:
    with (tmp_path / "large.yaml").open("wb") as large:
        large.truncate(50_000_000)
    (tmp_path / "folder.yaml").mkdir()
    for name, code in (("none.yaml", "no-file"), ("folder.yaml", "not-a-file"), ("large.yaml", "too-large")):
        with pytest.raises(Rejected) as rejected:
            read_publication(World(tmp_path), name)
        assert [d.code for d in rejected.value.diagnostics] == [code]


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    names = "abcdefghi"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(names)]
    with pytest.raises(Rejected) as rejected:
        read_yaml("\n".join(lines), "bomb.yaml")
    assert {d.code for d in rejected.value.diagnostics} == {"anchor-or-tag"}


def test_too_many_values_are_refused() -> None:
    with pytest.raises(Rejected) as rejected:
        read_yaml("a: [" + "1," * 60_000 + "]", "s")
    assert [d.code for d in rejected.value.diagnostics] == ["too-many"]


def test_a_long_chain_of_derived_facts_is_refused_without_a_traceback(read: Read) -> None:
    chain = "\n".join(f"      f{i}: {{label: 乙, sum: [f{i + 1}]}}" for i in range(400))
    with pytest.raises(Rejected) as rejected:
        read(FACTS + chain + "\n      f400: {label: 乙, value: 1}\n")
    assert {d.code for d in rejected.value.diagnostics} == {"cycle"}
