"""Blocks: baselines, columns, fitting, drops, styled runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from square_font import INK, block_of, paragraph, style

from lhpub.inline import Role
from lhpub.text.columns import Filled, thread_text
from lhpub.text.fit import Manner, fit_text
from lhpub.text.fonts import FontBook
from lhpub.text.model import Line, Paragraph, Run
from lhpub.text.profiles import read_profile
from lhpub.text.setting import Grid, natural_width, set_text
from lhpub.units import Rect

TEN = "一二三四五六七八九十"


def test_first_baseline_stands_below_the_top_by_the_ideographic_em_box(square: FontBook) -> None:
    block = block_of(TEN * 3, 10, square)
    assert [line.baseline for line in block.lines] == pytest.approx([8.8, 24.8, 40.8])
    assert block.height == pytest.approx(42)


def test_first_baseline_follows_the_largest_size_of_the_line(square: FontBook) -> None:
    large = replace(style(), size=20.0)
    block = set_text([Paragraph((Run("一", style()), Run("二", large)), style())], 100, square)
    assert block.lines[0].baseline == pytest.approx(17.6)
    assert block.height == pytest.approx(20)


def test_baselines_stand_on_the_grid(square: FontBook) -> None:
    texts = [paragraph(TEN * 2, leading=13.0), paragraph(TEN * 2, size=9.0)]
    block = set_text(texts, 100, square, grid=Grid(12.0, 17.008))
    steps = [(line.baseline - 12.0) / 17.008 for line in block.lines]
    assert steps == pytest.approx([0, 1, 2, 3], abs=0.01 / 17)


def test_what_exceeds_the_height_is_counted_and_kept(square: FontBook) -> None:
    block = set_text([paragraph(TEN * 3)], 100, square, 26)
    assert (block.excess_lines, block.excess, len(block.lines)) == (1, 10, 3)
    assert set_text([paragraph(TEN * 3)], 100, square, 42).excess_lines == 0


def test_a_line_that_one_unit_makes_too_wide_is_counted_and_one_that_fits_is_not(square: FontBook) -> None:
    text = [Paragraph((Run("一二三", style()), Run("计算值", style(), framed=True)), style())]
    assert (set_text(text, 30, square).excess, set_text(text, 30, square).excess_lines) == (3, 0)
    assert set_text(text, 37, square).excess == 0


@pytest.mark.parametrize(("align", "x"), [("left", 0), ("justify", 0), ("centre", 35), ("right", 70)])
def test_alignment_places_the_last_line(square: FontBook, align: str, x: float) -> None:
    assert block_of("一二三", 10, square, align=align).lines[0].x == pytest.approx(x)


def test_tracking_stands_between_characters_and_not_behind_the_last(square: FontBook) -> None:
    assert natural_width(paragraph("一二三", tracking=0.1), square) == pytest.approx(32)
    assert natural_width(paragraph("ABC", tracking=0.1), square) == pytest.approx(17)
    assert natural_width(paragraph("100", tracking=-0.012, size=100.0), square) == pytest.approx(150 - 2.4)


def test_a_decimal_point_is_drawn_closer_on_both_sides(square: FontBook) -> None:
    plain = natural_width(paragraph("16.83", size=56.0), square)
    assert natural_width(paragraph("16.83", size=56.0, point_kern=0.045), square) == pytest.approx(plain - 56 * 0.09)
    assert natural_width(paragraph("1683", point_kern=0.045), square) == pytest.approx(20)


def test_runs_keep_style_role_and_link(square: FontBook) -> None:
    bold = replace(style(), weight=700)
    role = Role("fact", "重大项目.首批投资")
    text = Paragraph((Run("总投资", style()), Run("535.8亿元", bold, role), Run("，", style(), link="#a")), style())
    runs = set_text([text], 300, square).lines[0].runs
    assert ["".join(glyph.text for glyph in run.glyphs) for run in runs] == ["总投资", "535.8亿元", "，"]
    assert [run.role for run in runs] == [None, role, None]
    assert [run.link for run in runs] == [None, None, "#a"]
    assert runs[1].x == pytest.approx(32.5)  # the gap of 1/4 em stands across the runs


def test_a_mark_and_a_larger_neighbour_keep_the_larger_blank(square: FontBook) -> None:
    large = replace(style(), size=20.0)
    text = Paragraph((Run("一）", style()), Run("）二", large)), style())
    assert natural_width(text, square) == pytest.approx(10 + 5 + 10 + 10 + 10 + 20)


@pytest.mark.parametrize("stop", "，。？")
def test_a_small_closing_mark_before_the_sentence_s_own_stop_leaves_no_gap(square: FontBook, stop: str) -> None:
    small = replace(style(), size=7.0)
    text = Paragraph((Run("一", style()), Run("（二）", small), Run(f"{stop}三", style())), style())
    assert natural_width(text, square) == pytest.approx(10 + 3.5 + 3.5 + 7 + 3.5 + 10 + 10)


def test_a_comma_and_gaps_shrink_in_proportion(square: FontBook) -> None:
    line = block_of("4月，二三四AB五六七", 9.5 + 0.25 * 2, square, profile="zh-CN/gb+runts").lines[0]
    comma, gaps = line_blank(line, "，"), line_blank(line, "4")
    assert 0 < comma < 5
    assert 1.25 < gaps < 2.5


def test_a_line_that_would_be_torn_is_set_short(square: FontBook) -> None:
    spread = block_of("一二三四五六七八九十ABCDE一", 11.5, square).lines[0]
    short = block_of("一二三四ABCDEFGHIJ一二三", 8, square).lines[0]
    assert (spread.text, spread.width) == ("一二三四五六七八九十", pytest.approx(115))
    assert (short.text, short.width, short.residual) == ("一二三四", 40, 0)


def line_blank(line: Line, before: str) -> float:
    """Returns the blank behind a character, in points: the next glyph's origin less its own solid part."""
    glyphs = [glyph for run in line.runs for glyph in run.glyphs]
    at = next(k for k, glyph in enumerate(glyphs) if glyph.text == before)
    return glyphs[at + 1].x - glyphs[at].x - 5


def test_a_framed_run_has_room_on_both_sides_and_is_not_parted(square: FontBook) -> None:
    mark = replace(style(), size=7.0)
    text = Paragraph((Run("合计109个", style()), Run("计算值", mark, framed=True), Run("。", style())), style())
    runs = set_text([text], 300, square).lines[0].runs
    assert runs[1].width == pytest.approx(21 + 2 * 0.35 * 7)
    assert runs[1].glyphs[0].x == pytest.approx(runs[1].x + 0.35 * 7)
    assert runs[1].x == pytest.approx(47.5 + 0.3 * 7 + 2.5)
    assert all("计算值" not in line.text or line.text.strip("。") != "计算值" for line in set_text([text], 60, square).lines)


def test_a_line_end_alone_in_a_framed_run_leaves_no_frame(square: FontBook) -> None:
    text = Paragraph((Run("一", style()), Run("\n", style(), framed=True), Run("二", style())), style())
    assert [(line.text, len(line.runs)) for line in set_text([text], 100, square).lines] == [("一\n", 1), ("二", 1)]


def test_a_raised_mark_is_not_first_and_has_no_gap(square: FontBook) -> None:
    text = Paragraph((Run(TEN, style()), Run("1", style(), rise=0.35), Run("一二", style())), style())
    lines = set_text([text], 102, square).lines
    assert [line.text for line in lines] == ["一二三四五六七八九", "十1一二"]
    assert lines[1].runs[1].glyphs[0].y == pytest.approx(-3.5)
    assert lines[1].runs[1].x == pytest.approx(10)


def test_emphasis_dots_leave_marks_out(square: FontBook) -> None:
    runs = set_text([Paragraph((Run("一，二", style(), dots=True),), style())], 100, square).lines[0].runs
    assert [(run.dots, run.glyphs[0].text) for run in runs] == [(True, "一"), (False, "，"), (True, "二")]


def test_an_indent_moves_the_first_line_only(square: FontBook) -> None:
    assert [line.x for line in block_of(TEN * 2, 10, square, indent=2.0).lines] == [20, 0, 0]


def test_a_drop_stands_on_its_line_and_the_lines_beside_it_are_shorter(square: FontBook) -> None:
    large = replace(style(), size=26.0)
    text = replace(paragraph(TEN * 3), drop=(Run("龙", large),), drop_lines=2)
    lines = set_text([text], 100, square).lines
    assert (lines[0].text, lines[0].baseline) == ("龙", lines[2].baseline)
    assert [line.x for line in lines[1:]] == [30, 30, 0, 0]
    assert "".join(line.text for line in lines) == "龙" + TEN * 3


def test_a_drop_beside_a_short_paragraph_keeps_its_lines(square: FontBook) -> None:
    text = replace(paragraph("一二"), drop=(Run("龙", replace(style(), size=26.0)),), drop_lines=2)
    drop, line, following = set_text([text, paragraph("三")], 100, square).lines
    assert (drop.baseline, line.baseline, following.baseline) == pytest.approx((24.8, 8.8, 40.8))


def test_missing_characters_are_named(square: FontBook) -> None:
    assert block_of("一😀二𪚥", 10, square).missing == ("😀", "𪚥")
    assert block_of("一二", 10, square).missing == ()


def fitted(text: Paragraph, width: float, height: float, book: FontBook, **manner: object) -> Filled:
    (filled,) = fit_text([text], [Rect(0, 0, width, height)], book, Manner(**manner))  # type: ignore[arg-type]
    return filled


def test_fit_chooses_the_largest_half_point(square: FontBook) -> None:
    text = paragraph(TEN, floor=6.0, align="left")
    found = fitted(text, 85, 12, square)
    assert found.paragraphs[0].style.size == 8.5
    assert found.paragraphs[0].runs[0].style.leading == pytest.approx(16 * 0.85)
    assert not found.block.excess_lines
    assert fitted(text, 85, 12, square, slack=0.08).paragraphs[0].style.size == 7.5


def test_fit_leaves_alone_what_fits_and_what_has_no_floor(square: FontBook) -> None:
    assert fitted(paragraph(TEN, floor=6.0), 100, 12, square).paragraphs[0].style.size == 10
    assert fitted(paragraph(TEN), 50, 12, square).paragraphs[0].style.size == 10


def test_a_text_that_fits_less_its_slack_is_set_in_the_whole_width(square: FontBook) -> None:
    (line,) = fitted(paragraph("一二三", align="right"), 100, 12, square, slack=0.08).block.lines
    assert line.x == pytest.approx(70)
    fixed = fitted(paragraph(TEN, align="centre"), 100, 28, square, slack=0.08).block.lines
    assert [(line.text, line.x) for line in fixed] == [("一二三四五", 25), ("六七八九十", 25)]  # as it was tried


def test_fit_keeps_to_the_grid(square: FontBook) -> None:
    text, grid = paragraph(TEN * 2, floor=6.0), Grid(9.0, 17.0)
    found = fitted(text, 100, 30, square, grid=grid)
    assert [line.baseline for line in found.block.lines] == [9, 26]
    assert found.paragraphs[0].style.size == 10
    assert fitted(text, 100, 27, square, grid=grid).paragraphs[0].style.size < 10


def test_fit_counts_what_is_over_at_the_floor(square: FontBook) -> None:
    block = fitted(paragraph(TEN * 2, floor=9.0), 90, 10, square).block
    assert (block.excess_lines, block.excess) == (1, 10)
    assert fitted(paragraph(TEN, floor=10.0), 100, 10, square, slack=0.08).block.excess_lines == 1


@pytest.mark.parametrize("length", [12, 20, 44])
@pytest.mark.parametrize("text", ["一二三四五六七八九十，", "一二三，四五——六七 deck 八九"])
def test_what_is_over_is_the_least_to_delete_from_the_end(square: FontBook, text: str, length: int) -> None:
    written = (text * 5)[:length]
    over = fitted(paragraph(written, floor=9.0), 90, 10, square).block.excess
    assert 0 < over < length
    assert not fitted(paragraph(written[: length - over], floor=9.0), 90, 10, square).block.excess_lines
    assert fitted(paragraph(written[: length - over + 1], floor=9.0), 90, 10, square).block.excess == 1


@pytest.mark.parametrize("align", ["left", "centre", "right", "justify"])
def test_fit_counts_a_word_that_no_line_holds(square: FontBook, align: str) -> None:
    text = Paragraph((Run("计算值", style(), framed=True),), style(align=align))
    assert fitted(text, 20, 50, square).block.excess == 3


def test_fit_shrinks_a_vertical_text_to_its_column(square: FontBook) -> None:
    text = paragraph(TEN, floor=6.0, align="left")
    found = fitted(text, 12, 85, square, vertical=True)
    assert (found.paragraphs[0].style.size, len(found.block.lines), found.block.excess) == (8.5, 1, 0)
    assert fitted(text, 12, 50, square, vertical=True).block.excess == 2  # a column of eight at the floor


def frames(count: int, height: float, width: float = 100.0) -> list[Rect]:
    return [Rect(0, 0, width, height)] * count


def texts_of(filled: tuple[Filled, ...]) -> list[list[str]]:
    return [[line.text for line in one.block.lines] for one in filled]


def test_threaded_frames_hold_the_text_in_order(square: FontBook) -> None:
    filled = thread_text([paragraph(TEN * 9)], frames(3, 42), square)
    assert [len(one.block.lines) for one in filled] == [3, 3, 3]
    assert "".join("".join(lines) for lines in texts_of(filled)) == TEN * 9
    assert all(one.block.lines[0].baseline == pytest.approx(8.8) for one in filled)


def test_no_column_begins_or_ends_with_a_lone_line(square: FontBook) -> None:
    filled = thread_text([paragraph(TEN * 4)], frames(2, 42), square)  # 3 + 1 would leave a widow
    assert [len(one.block.lines) for one in filled] == [2, 2]
    filled = thread_text([paragraph(TEN * 2), paragraph(TEN * 4)], frames(2, 42), square)  # 2 + 1 would leave an orphan
    assert [len(one.block.lines) for one in filled] == [2, 4]


def test_a_heading_stays_with_its_text(square: FontBook) -> None:
    heading = replace(paragraph("题"), keep_next=True)
    texts = [paragraph(TEN * 2), heading, paragraph(TEN * 3)]
    assert texts_of(thread_text(texts, frames(2, 58), square))[1][0] == "题"
    assert texts_of(thread_text([paragraph(TEN * 2), paragraph("题"), paragraph(TEN * 3)], frames(2, 42), square))[0][-1] == "题"


def test_columns_are_balanced(square: FontBook) -> None:
    filled = thread_text([paragraph(TEN * 8)], frames(2, 300), square, balance=True)
    assert [len(one.block.lines) for one in filled] == [4, 4]


def test_frames_of_other_widths_are_set_anew(square: FontBook) -> None:
    filled = thread_text([paragraph(TEN * 6, indent=2.0)], [Rect(0, 0, 100, 26), Rect(120, 0, 200, 100)], square)
    assert [line.width for line in filled[1].block.lines[:-1]] == pytest.approx([200, 200])
    assert filled[1].block.lines[0].x == 0


def test_the_last_frame_tells_its_excess(square: FontBook) -> None:
    filled = thread_text([paragraph(TEN * 9)], frames(2, 42), square)
    assert [one.block.excess_lines for one in filled] == [0, 3]
    assert filled[1].block.excess == 30


def test_each_frame_has_its_part_of_the_paragraphs(square: FontBook) -> None:
    first, second = style(), replace(style(), weight=700)
    text = Paragraph((Run(TEN + "甲乙", first), Run("丙丁" + TEN * 3, second)), replace(first, indent=2.0))
    one, two = thread_text([text, paragraph("末")], [Rect(0, 0, 100, 42), Rect(120, 0, 100, 90)], square)
    for filled in (one, two):
        assert "".join(p.text for p in filled.paragraphs) == "".join(line.text for line in filled.block.lines)
    assert [run.text for run in one.paragraphs[0].runs] == [TEN + "甲乙", "丙丁" + TEN + TEN[:4]]
    assert [p.text for p in two.paragraphs] == [TEN[4:] + TEN, "末"]
    assert two.paragraphs[0].style.indent == 0


def test_frames_at_different_heights_stand_on_one_grid(square: FontBook) -> None:
    places = [Rect(0, 5, 100, 42), Rect(120, 11, 100, 100)]
    filled = thread_text([paragraph(TEN * 6)], places, square, Grid(3.0, 16.0))
    for frame, one in zip(places, filled, strict=True):
        assert {(frame.y + line.baseline - 3) % 16 for line in one.block.lines} == {0}


def test_a_style_of_an_unknown_family_or_profile_is_refused(square: FontBook) -> None:
    with pytest.raises(KeyError):
        block_of("一", 10, square, family="Nowhere")
    with pytest.raises(KeyError):
        block_of("一", 10, square, profile="zh-CN/strange")


def test_ink_and_size_reach_the_glyph_runs(square: FontBook) -> None:
    run = block_of("一", 10, square, size=12.0).lines[0].runs[0]
    assert (run.ink, run.size, run.glyphs[0].advance) == (INK, 12.0, 12.0)


@pytest.mark.parametrize("name", ["zh-CN/gb", "zh-CN/none", "zh-CN/basic", "zh-CN/strict", "zh-CN/gb+hang+runts", "gb"])
def test_known_profiles_are_read(name: str) -> None:
    assert read_profile(name).gap == 0.25


@pytest.mark.parametrize("name", ["zh-TW", "zh-CN/gb+", "zh-CN/gb+strange", ""])
def test_unknown_profiles_are_refused(name: str) -> None:
    with pytest.raises(KeyError):
        read_profile(name)
