"""Vertical setting with the real fonts: forms of marks, figures in one cell, turned words."""

from __future__ import annotations

import pytest
from square_font import style

from lhpub.text.fonts import FontBook
from lhpub.text.model import Line, Paragraph, Run
from lhpub.text.setting import set_vertical

FAMILIES = ["Noto Sans SC", "Noto Serif SC"]


def column(text: str, book: FontBook, family: str = "Noto Serif SC", height: float = 500, **changes: object) -> Line:
    look = style(family=family, align="left", **changes)
    return set_vertical([Paragraph((Run(text, look),), look)], height, book).lines[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_quotes_take_their_vertical_forms_and_stay_the_written_characters(noto: FontBook, family: str) -> None:
    glyphs = column("“龙”", noto, family).runs[0].glyphs
    font = noto.font(family, 400)
    forms = [font.shaper.get_nominal_glyph(ord(form)) for form in "﹃﹄"]
    assert [glyphs[0].gid, glyphs[2].gid] == forms
    assert "".join(glyph.text for glyph in glyphs) == "“龙”"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("mark", list("，。、《》（）—…～"))
def test_marks_take_their_vertical_forms(noto: FontBook, family: str, mark: str) -> None:
    glyph = next(g for g in column(f"龙{mark}华", noto, family).runs[0].glyphs if g.text == mark)
    assert glyph.gid != noto.font(family, 400).shaper.get_nominal_glyph(ord(mark))


def test_comma_stands_at_the_upper_right(noto: FontBook) -> None:
    line = column("龙，", noto)
    glyph = line.runs[0].glyphs[1]
    extents = noto.font("Noto Serif SC", 400).shaper.get_glyph_extents(glyph.gid)
    assert glyph.x + extents.x_bearing / 100 > 0  # right of the column's axis
    assert 10 < glyph.y - extents.y_bearing / 100 < 15  # in the upper half of the second cell


def test_han_are_centred_on_the_axis_one_below_the_other(noto: FontBook) -> None:
    glyphs = column("龙华区", noto).runs[0].glyphs
    assert [glyph.x for glyph in glyphs] == pytest.approx([-5, -5, -5])
    assert [glyph.y for glyph in glyphs] == pytest.approx([8.8, 18.8, 28.8])


def test_two_or_three_figures_share_one_upright_cell(noto: FontBook) -> None:
    line = column("第20个", noto)
    number = [glyph for run in line.runs for glyph in run.glyphs if glyph.text.isdecimal()]
    assert number[0].y == number[1].y
    assert number[0].x < 0 < number[1].x + number[1].advance
    assert number[1].x + number[1].advance - number[0].x <= 10.01
    assert line.width == pytest.approx(30)


def test_four_figures_and_words_are_turned(noto: FontBook) -> None:
    line = column("在2023年AI后", noto)
    assert [("".join(g.text for g in run.glyphs), run.turned) for run in line.runs] == [
        ("在", False), ("2023", True), ("年", False), ("AI", True), ("后", False)]  # fmt: skip
    turned = line.runs[1].glyphs
    assert turned[1].y > turned[0].y
    assert turned[1].x == turned[0].x


def test_columns_run_from_right_to_left(noto: FontBook) -> None:
    look = style(family="Noto Serif SC", align="left", leading=18.0)
    block = set_vertical([Paragraph((Run("回眸发展每一帧\n从容迈向新征程", look),), look)], 100, noto)
    assert [line.x for line in block.lines] == pytest.approx([23, 5])
    assert (block.width, block.height) == pytest.approx((28, 70))
    assert "".join(line.text for line in block.lines) == "回眸发展每一帧\n从容迈向新征程"


def test_columns_beyond_the_width_are_excess(noto: FontBook) -> None:
    look = style(family="Noto Serif SC", align="left", leading=18.0)
    block = set_vertical([Paragraph((Run("龙华区高质量发展", look),), look)], 40, noto, width=20)
    assert (block.excess_lines, block.excess) == (1, 4)


def test_no_column_begins_with_a_mark(noto: FontBook) -> None:
    look = style(family="Noto Serif SC")
    text = "一二三四五六七八九，十一二三四五六七"
    lines = set_vertical([Paragraph((Run(text, look),), look)], 90, noto).lines
    assert [line.text for line in lines] == ["一二三四五六七八", "九，十一二三四五六", "七"]
    assert lines[0].width == pytest.approx(90)


def test_tracking_is_the_pitch_of_a_title(noto: FontBook) -> None:
    glyphs = column("龙华区", noto, tracking=0.2).runs[0].glyphs
    assert glyphs[1].y - glyphs[0].y == pytest.approx(12)
