"""What holds for every text at every measure from 8 to 40 em."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from square_font import style

from lhpub.text.fonts import FontBook
from lhpub.text.model import Align, Line, Paragraph, Run, TextBlock
from lhpub.text.setting import natural_width, set_text

NOT_FIRST = set("，。、；：？！）》〉」』】”’·％℃%～々ー")
NOT_LAST = set("（《〈「『【“‘￥")
WORDS = ["龙华", "高质量发展", "重大项目", "从容迈向新征程", "区", "，", "。", "；", "、", "：", "！", "？！", "……", "——", "（含）", "“双招双引”",
         "《规划（2023-2035）》", "2023年", "535.8亿元", "32个", "1月29日", "25℃", "50%", "￥5", "AI", "Open Day", " ", "G·M·韦斯特", "—", "200万平方米",
         "第40位", "5G+", "http://a.cn/b", "（一）（二）", "》", "“"]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map("".join).filter(lambda text: text.strip())
measures = st.floats(8, 40).map(lambda em: round(em, 2))
calm = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def set_runs(text: str, measure: float, book: FontBook, align: Align = "justify", parts: int = 1) -> TextBlock:
    look = style(profile="zh-CN/gb", align=align, indent=2.0 if parts == 1 else 0.0)
    bold = style(profile="zh-CN/gb", align=align, size=12.0)
    step = max(len(text) // parts, 1)
    runs = [Run(text[at : at + step], bold if k % 2 else look) for k, at in enumerate(range(0, len(text), step))]
    return set_text([Paragraph(tuple(runs), look)], measure * 10, book)


def right_edge(line: Line) -> float:
    return line.x + line.width


@calm
@given(text=texts, measure=measures, parts=st.sampled_from([1, 1, 3]), align=st.sampled_from(["justify", "left", "centre"]))
def test_lines_rejoined_are_the_source(square: FontBook, text: str, measure: float, parts: int, align: Align) -> None:
    block = set_runs(text, measure, square, align, parts)
    assert "".join(line.text for line in block.lines) == text
    drawn = "".join(glyph.text for line in block.lines for run in line.runs for glyph in run.glyphs)
    assert drawn == text


@calm
@given(text=texts, measure=measures, align=st.sampled_from(["justify", "left"]))
def test_no_line_begins_or_ends_with_a_forbidden_mark(square: FontBook, text: str, measure: float, align: Align) -> None:
    lines = [line.text.strip() for line in set_runs(text, measure, square, align).lines]
    for before, line in pairwise(lines):
        if legal_break_possible(before + line):
            assert line[0] not in NOT_FIRST, lines
            assert before[-1] not in NOT_LAST, lines


def legal_break_possible(text: str) -> bool:
    """False where marks follow each other in such a row that no legal break fits a line of eight em."""
    longest = run = 0
    for character in text:
        run = run + 1 if character in NOT_FIRST | NOT_LAST or ord(character) < 0x2E80 else 0
        longest = max(longest, run)
    return longest < 8


@calm
@given(text=texts, measure=measures, parts=st.sampled_from([1, 3]))
def test_full_lines_end_on_the_measure(square: FontBook, text: str, measure: float, parts: int) -> None:
    block = set_runs(text, measure, square, "justify", parts)
    for line in block.lines:
        assert right_edge(line) <= measure * 10 + 0.001
        assert line.residual >= 0
        if not line.last and len(line.text.strip()) > 2 and can_spread(line):
            lack = measure * 10 - right_edge(line)
            assert lack < 0.001 or lack > TORN * sum(a >= "一" and b >= "一" for a, b in pairwise(line.text))


TORN = 1.875
"""Points between all characters of 10 pt (3/16 em): a line that would need more is set short."""


def can_spread(line: Line) -> bool:
    """True if the line holds two Han side by side, so that it can be spread."""
    return any(a >= "一" and b >= "一" for a, b in pairwise(line.text))


@calm
@given(text=texts, measure=measures)
def test_glyphs_stand_in_order_and_never_on_each_other(square: FontBook, text: str, measure: float) -> None:
    for line in set_runs(text, measure, square).lines:
        glyphs = [glyph for run in line.runs for glyph in run.glyphs]
        for left, right in pairwise(glyphs):
            solid = 0.0 if left.text.isspace() else 4.9  # at least its half em of ink
            assert right.x - left.x >= solid - 5.001 * (right.text in "（《“"), (left, right)


@calm
@given(text=st.text("龙华区高质量发展，。、", min_size=20, max_size=200), measure=measures)
def test_no_last_line_is_a_single_han(square: FontBook, text: str, measure: float) -> None:
    lines = [line.text for line in set_runs(text, measure, square).lines]
    shown = [character for character in lines[-1] if character not in "，。、"]
    marks = sum(character in "，。、" for character in text)
    if len(lines) > 1 and marks < len(text) / 4 and len(set(text) & set("，。、")) * 3 < len(text):
        before = [character for character in lines[-2] if character not in "，。、"]
        assert len(shown) >= 2 or len(before) < 4 or has_mark_row(text), lines


def has_mark_row(text: str) -> bool:
    return any(a in "，。、" and b in "，。、" for a, b in pairwise(text))


@calm
@given(text=st.text(max_size=60), measure=st.floats(1, 40))
def test_any_text_is_set_whole(square: FontBook, text: str, measure: float) -> None:
    block = set_runs(text, measure, square, "left")
    assert "".join(line.text for line in block.lines) == text


@calm
@given(text=texts)
def test_a_text_fits_one_line_of_its_natural_width(square: FontBook, text: str) -> None:
    look = style(align="left")
    paragraph = Paragraph((Run(text, look),), look)
    width = natural_width(paragraph, square)
    assert len(set_text([paragraph], width, square).lines) == 1
    if len(text) > 3 and can_spread(set_text([paragraph], width, square).lines[0]):
        assert len(set_text([paragraph], width - 0.1, square).lines) == 2
