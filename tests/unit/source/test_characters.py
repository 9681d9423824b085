"""Characters that nobody sees, or that look like others: named with line and code point, replaced where that is harmless."""

import contextlib

import pytest

from lhpub.diagnostics import Rejected, Severity
from lhpub.source.load import read_yaml
from lhpub.source.report import Report


def told(text):
    report = Report()
    with contextlib.suppress(Rejected):
        read_yaml(text, "s", report)
    return [(d.code, d.span.line, d.span.column, d.message.zh) for d in report.diagnostics]


@pytest.mark.parametrize(
    ("written", "read", "code"),
    [
        ("投资\u00a0集中", "投资 集中", "odd-space"),
        ("投资\u2003集中\u202f上马", "投资 集中 上马", "odd-space"),
        ("重\u200b大\u200c项\u200d目\u2060集\u00ad中\u200e上\u200f马\ufeff", "重大项目集中上马", "invisible-character"),
        ("重\ufe0f大\U000e0100", "重大\U000e0100", "invisible-character"),
        ("a\U000e0100b", "ab", "invisible-character"),
        ("重⼤项⽬，⻓⻢", "重大项目，长马", "radical"),
        ("\uf9e4", "理", "radical"),
    ],
)
def test_what_is_harmless_is_read_as_usual_and_said(written, read, code):
    node = read_yaml(f"a: 甲\nb: {written}。\n", "s")
    assert node.get("b").text == f"{read}。"
    found = told(f"a: 甲\nb: {written}。\n")
    assert {line for _, line, _, _ in found} == {2}
    assert {c for c, _, _, _ in found} == {code}
    first = next(i for i, c in enumerate(written) if written[: i + 1] != read[: i + 1])
    assert found[0][2] == 4 + first
    assert f"U+{ord(written[first]):04X}" in found[0][3]


def test_a_name_with_an_invisible_character_is_the_name_without_it():
    assert read_yaml("首\u200b批: 1\n", "s").get("首批").text == "1"


@pytest.mark.parametrize("code", [0x202A, 0x202E, 0x2066, 0x2069, 0xE000, 0x7, 0x85, 0x2028])
def test_what_turns_or_hides_a_text_is_refused(code):
    with pytest.raises(Rejected) as caught:
        read_yaml(f"a: 甲{chr(code)}乙\n", "s")
    (found,) = caught.value.diagnostics
    assert (found.code, found.severity, found.span.line) == ("control-character", Severity.ERROR, 1)
    assert f"U+{code:04X}" in found.message.zh


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n  - b: 1\n\u00a0   c: 2\n", 3, 1),
        ("a:\n  b: 1\n  \u00a0标题: 2\n", 3, 3),
        ("a:\n \u2003- 1\n", 2, 2),
        ("a:\u00a0甲\n", 1, 3),
        ("a:\n  -\u00a0甲\n", 2, 4),
    ],
)
def test_an_odd_space_where_only_plain_ones_count_is_an_error_at_its_line(text, line, column):
    assert [(c, at, col) for c, at, col, _ in told(text) if c == "odd-indentation"] == [
        ("odd-indentation", line, column)
    ]


def test_an_indented_paragraph_of_a_text_may_begin_with_odd_spaces():
    text = "a: |\n  甲\n  \u00a0\u00a0乙丙\n"
    assert [code for code, *_ in told(text)] == ["odd-space"]
    assert read_yaml(text, "s").get("a").text == "甲\n  乙丙"


def test_many_are_told_a_few_times():
    assert len(told("a: " + "甲\u00a0乙" + "".join(f"\nb{i}: \u00a0甲\u00a0乙" for i in range(30)) + "\n")) <= 20
