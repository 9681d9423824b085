"""Lines as the rules want them; each example names its clause. Widths by the square font: Han 1 em, ASCII 1/2 em."""

from __future__ import annotations

import pytest
from square_font import block_of, lines_of

from lhpub.text.fonts import FontBook
from lhpub.text.prepare import phrases

GIVEN = [
    ("一二三四五六七八九十，一二", 10, {}, "一二三四五六七八九｜十，一二", "push-out, clreq line-start prohibition"),
    ("一二三四五六七八九，一二", 9.5, {}, "一二三四五六七八九，｜一二", "GB/T 15834 5.1.10: half em at a line's end"),
    ("一，二三四五六七八九。十", 10, {}, "一，二三四五六七八九。｜十", "push-in first"),
    ("一二三四五六七八九（十一）二", 10, {}, "一二三四五六七八九｜（十一）二", "opening mark not at a line's end"),
    ("一二三四五六七八九——十", 10, {}, "一二三四五六七八九｜——十", "5.1.4: the dash may begin a line"),
    ("一二三四五六七八2026年", 10, {}, "一二三四五六七八｜2026年", "number unbroken, gap counted"),
    ("一二三四五六七八25℃", 10, {}, "一二三四五六七八｜25℃", "number + suffix"),
    ("一二三四五六七八九50%", 10, {}, "一二三四五六七八九｜50%", "number + %"),
    ("一二三四五六七八九￥5元", 10, {}, "一二三四五六七八九｜￥5元", "prefix not at a line's end"),
    ("一二三四ABC一二", 5.75, {}, "一二三四ABC｜一二", "no gap at a line's end"),
    ("“一二三四五六七八”", 10, {"indent": 2}, "“一二三四五六七｜八”", "indent; opening mark half an em"),
    ("一二三四五六七八九——十", 10, {"profile": "zh-CN/strict+runts"}, "一二三四五六七八｜九——十", "strict: no dash first"),
    ("一二三四五六七八九……十", 10, {}, "一二三四五六七八九｜……十", "ellipsis indivisible"),
    ("“一二三四五六七八”", 10, {"indent": 2, "profile": "zh-CN/gb"}, "“一二三四五六｜七八”", "孤字"),
    ("一二三四五六七八九十，一二", 10, {"profile": "zh-CN/gb+hang+runts"}, "一二三四五六七八九十，｜一二", "hanging"),
]

OWN = [
    # prohibited starts (clreq 3.1.7, GB/T 15834 5.1.1, 5.1.3)
    ("一二三四五六七八九十。一二三", 10, {}, "一二三四五六七八九｜十。一二三", "5.1.1 。 not first"),
    ("一二三四五六七八九十、一二三", 10, {}, "一二三四五六七八九｜十、一二三", "5.1.1 、 not first"),
    ("一二三四五六七八九十；一二三", 10, {}, "一二三四五六七八九｜十；一二三", "5.1.1 ； not first"),
    ("一二三四五六七八九十：一二三", 10, {}, "一二三四五六七八九｜十：一二三", "5.1.1 ： not first"),
    ("一二三四五六七八九十？一二三", 10, {}, "一二三四五六七八九｜十？一二三", "5.1.2 ？ not first"),
    ("一二三四五六七八九十！一二三", 10, {}, "一二三四五六七八九｜十！一二三", "5.1.2 ！ not first"),
    ("一二三四五六七八九十》一二三", 10, {}, "一二三四五六七八九｜十》一二三", "5.1.3 》 not first"),
    ("一二三四五六七八九十）一二三", 10, {}, "一二三四五六七八九｜十）一二三", "5.1.3 ） not first"),
    ("一二三四五六七八九十”一二三", 10, {}, "一二三四五六七八九｜十”一二三", "5.1.3 ” not first"),
    ("一二三四五六七八九十·一二三", 10, {}, "一二三四五六七八九｜十·一二三", "5.1.7 · not first"),
    ("一二三四五六七八九十～一二三", 10, {}, "一二三四五六七八九｜十～一二三", "5.1.6 ～ not first"),
    ("一二三四五六七八九十—一二三", 10, {}, "一二三四五六七八九｜十—一二三", "5.1.6 — not first"),
    ("一二三四五六七八九十-一二三", 10, {}, "一二三四五六七八九｜十-一二三", "5.1.6 hyphen not first"),
    ("一二三四五六七八九十/一二三", 10, {}, "一二三四五六七八九｜十/一二三", "5.1.9 / neither first"),
    ("一二三四五六七八九/一二三", 9.5, {}, "一二三四五六七八｜九/一二三", "5.1.9 / nor last"),
    ("一二三四五六七八九/一二三", 9.5, {"profile": "zh-CN/basic+runts"}, "一二三四五六七八九/｜一二三", "basic: / may be last"),
    ("一二三四五六七八九十々一二三", 10, {}, "一二三四五六七八九｜十々一二三", "JIS X 4051: 々 not first"),
    ("一二三四五六七八九十ー一二三", 10, {}, "一二三四五六七八九｜十ー一二三", "JIS X 4051: ー not first"),
    ("一二三四五六七八九十，一二三", 10, {"profile": "zh-CN/none+runts"}, "一二三四五六七八九十｜，一二三", "none: anything goes"),
    # prohibited ends
    ("一二三四五六七八九《十》一二", 10, {}, "一二三四五六七八九｜《十》一二", "5.1.3 《 not last"),
    ("一二三四五六七八九“十”一二", 10, {}, "一二三四五六七八九｜“十”一二", "5.1.3 “ not last"),
    ("一二三四五六七八九￥一二三", 10, {}, "一二三四五六七八九｜￥一二三", "prefix not last"),
    ("一二三四五六七八九$5一二三", 10, {}, "一二三四五六七八九｜$5一二三", "prefix and number (UAX 14 LB25)"),
    ("一二三四五六七八九十,一二三", 10, {}, "一二三四五六七八九｜十,一二三", "ASCII stops keep the rules, too"),
    ("一二三四五六七八九(十)一二", 9.5, {}, "一二三四五六七八九｜(十)一二", "ASCII brackets keep the rules, too"),
    # closing marks may end a line that lacks half an em
    ("一二三四五六七八九》一二", 9.5, {}, "一二三四五六七八九》｜一二", "5.1.10 》 takes half an em at the end"),
    ("一二三四五六七八九？一二", 9.5, {}, "一二三四五六七八九？｜一二", "5.1.10 ？ takes half an em at the end"),
    ("（一二三四五六七八九一二三", 9.5, {}, "（一二三四五六七八九｜一二三", "5.1.10 （ takes half an em at the start"),
    ("天天天天天天天（天天天天天天天天天天", 9.5, {"align": "left"},
     "天天天天天天天（天｜天天天天天天天天天", "ragged lines are even"),
    # neighbours share their blanks
    ("（《一二三四五六七八》）九", 10, {}, "（《一二三四五六七八》）｜九", "CL+CL and OP+OP: 10 em in all"),
    ("一二三四五六七八。”九十一", 9, {}, "一二三四五六七八。”｜九十一", "PB+CL: half an em each at the end"),
    ("一二三四，“五六七八九”十一", 9.5, {}, "一二三四，“五六七八｜九”十一", "PA+OP: one half between them"),
    ("一二三四五六七？！八九十", 8, {}, "一二三四五六七？！｜八九十", "5.1.2 ？！ one em in all"),
    ("一二三四五六七八九十！！一", 10, {}, "一二三四五六七八九｜十！！一", "5.1.2 ！！ not parted"),
    ("一二三四五六！！！八九十", 7.5, {}, "一二三四五六！！！｜八九十", "5.1.2 a triple, its last blank gone at the end"),
    # indivisible
    ("一二三四五六七八九——十一", 11, {}, "一二三四五六七八九——｜十一", "5.1.4 the dash may end a line"),
    ("一二三四五六七八九——十一", 10.5, {}, "一二三四五六七八九｜——十一", "5.1.4 the dash is not parted"),
    ("一二三四五六七八九……十一", 10.5, {}, "一二三四五六七八九｜……十一", "5.1.5 the ellipsis is not parted"),
    ("一二三四五六…………七八九", 8, {}, "一二三四五六｜…………七八九", "5.1.5 two ellipses hold together"),
    ("一二三四五六七八九⸺十一", 10, {}, "一二三四五六七八九｜⸺十一", "U+2E3A is a dash"),
    ("一二三四五六七八12,345.67一", 10, {}, "一二三四五六七八｜12,345.67一", "GB/T 15835: a number is not parted"),
    ("一二三四五六七八九12:30一", 10, {}, "一二三四五六七八九｜12:30一", "GB/T 15835: a time is not parted"),
    ("一二三四五六七Longhua一", 10, {}, "一二三四五六七｜Longhua一", "a word is not parted"),
    ("一二三四五六七24/7八九", 9.25, {}, "一二三四五六七24/7｜八九", "/ inside a number is part of it"),
    ("一二三四五六七3-5八九十", 9.25, {}, "一二三四五六七3-5｜八九十", "- inside a number is part of it"),
    ("一二三四五六七八5‰一二", 9, {}, "一二三四五六七八｜5‰一二", "number + suffix"),
    ("一二三四五六七八5㎡一二", 9.5, {}, "一二三四五六七八｜5㎡一二", "number + square unit"),
    ("一二三四五六七八九32个一", 10, {}, "一二三四五六七八九｜32个一", "number + measure word"),
    ("一二三四五六七535.8亿元一", 10, {}, "一二三四五六七｜535.8亿元一", "number + 亿元"),
    ("一二三四五六七32个一二", 8.25, {}, "一二三四五六七｜32个一二", "counters stay by default"),
    ("一二三四五六七1月29日一", 9.5, {}, "一二三四五六七1月｜29日一", "a date parts behind 月"),
    ("一二三四五六七八九2月9日一二", 10, {}, "一二三四五六七八九｜2月9日一二", "a date is rather set whole"),
    ("一二三四五六七八2023年2月一", 10.5, {}, "一二三四五六七八｜2023年2月一", "year and month, too"),
    ("一二三四五六七八九十一二1月上旬三四", 14, {}, "一二三四五六七八九十一二｜1月上旬三四", "month and 旬, too"),
    ("一二三四五六七八九第一，十一", 10, {}, "一二三四五六七八九｜第一，十一", "第 stays with a Han numeral"),
    ("一二三四五六七八第四批十一", 10, {}, "一二三四五六七八｜第四批十一", "第, Han numeral and measure word"),
    ("一二三四五六七第十二轮一二", 9, {}, "一二三四五六七｜第十二轮一二", "第 and a longer Han numeral"),
    ("一二三四五六七八超100家一二", 10, {}, "一二三四五六七八｜超100家一二", "超 stays with its figure"),
    ("一二三四五六七9家（计算值）一", 10, {}, "一二三四五六七｜9家（计算值）一", "a mark stays with its figure, whole"),
    ("一二三四五六七八第40位一二", 9.25, {}, "一二三四五六七八｜第40位一二", "第 stays with its number"),
    ("一二三四五200万平方米一二", 8.5, {}, "一二三四五200万｜平方米一二", "a long counter parts behind 万, nowhere else"),
    ("一二三四五六25 kg七八", 7.75, {}, "一二三四五六｜25 kg七八", "number + unit symbol"),
    ("一二三·四五六七八九十一", 4.5, {}, "一二三·四｜五六七八｜九十一", "clreq: nothing forbids · inside a line"),
    # gaps
    ("一二三四AB五六七", 5.25, {}, "一二三四AB｜五六七", "no gap at the line's end"),
    ("AB一二三四五六七八九", 5.25, {}, "AB一二三四｜五六七八九", "one gap behind the word"),
    ("一二三四，AB五六七八", 6, {}, "一二三四，AB｜五六七八", "no gap beside a full-width mark"),
    ("一二三四 AB 五六七八", 5.25, {}, "一二三四 AB ｜五六七八", "a typed space is the gap"),
    ("一二三四五六AB七八", 7.125, {}, "一二三四五六AB｜七八", "the gap shrinks to 1/8 em"),
    # push-in, in the order of the steps
    ("一（二）三四五六七八九。十一", 10, {}, "一（二）三四五六七八｜九。十一", "brackets give one em, not one and a half"),
    ("一（二）三四五六七八九十一", 10, {}, "一（二）三四五六七八｜九十一", "full without shrinking"),
    ("一。二三四五六七八九。十一", 10, {}, "一。二三四五六七八九。｜十一", "a sentence stop gives, last of all"),
    # 孤字
    ("一二三四五六七八九十一", 10, {"profile": "zh-CN/gb"}, "一二三四五六七八九｜十一", "孤字: one Han is too few"),
    ("一二三四五六七八九十一。", 10, {"profile": "zh-CN/gb"}, "一二三四五六七八九｜十一。", "孤字: Han and mark, too"),
    ("一二三四五六七八九十ABC", 10, {"profile": "zh-CN/gb"}, "一二三四五六七八九十｜ABC", "a word is no 孤字"),
    ("一二三四五六七八九十一二", 10, {"profile": "zh-CN/gb"}, "一二三四五六七八九十｜一二", "two Han are enough"),
    # hanging
    ("一二三四五六七八九十。”一二", 10, {"profile": "zh-CN/gb+hang+runts"}, "一二三四五六七八九｜十。”一二", "no hanging before a mark"),
    ("一二三四五六七八九十？一二", 10, {"profile": "zh-CN/gb+hang+runts"}, "一二三四五六七八九｜十？一二", "only ，、。 hang"),
    # forced line ends, spaces
    ("一二三\n四五六", 10, {}, "一二三\n｜四五六", "a typed line end"),
    ("一二三四五六七八九十　一二", 10, {}, "一二三四五六七八九十　｜一二", "a full-width space vanishes at the line's end"),
    ("Hello to the world", 5, {}, "Hello to ｜the world", "Latin breaks at spaces"),
    ("don’t say “yes” now", 6, {}, "don’t say ｜“yes” now", "Latin quotes among Latin"),
    ("https://example.com/path/to", 8, {}, "https://example.｜com/path/to", "an address parts behind its marks"),
    ("abcdefghijklmnopqrst", 5, {}, "abcdefghij｜klmnopqrst", "a word longer than the measure parts anywhere"),
    # headlines: ragged, balanced, after stops
    ("首批项目集中开工，总投资创新高", 10, {"align": "left"}, "首批项目集中开工，｜总投资创新高", "headline: after the comma"),
    ("新型显示器件产业集群列入工信部名单", 10, {"align": "left"}, "新型显示器件产业｜集群列入工信部名单", "headline: balanced"),
    ("“全域全信创”数字孪生城市平台发布", 13, {"align": "left"}, "“全域全信创”数字孪生｜城市平台发布", "headline: words stay whole"),
    ("赴日本参加《高质量发展》活动", 9, {"align": "left", "profile": "zh-CN/gb"}, "赴日本参加｜《高质量发展》活动", "headline: a name whole"),
]


def test_there_are_more_than_sixty_examples_of_our_own() -> None:
    assert len({case[4] for case in OWN}) == len(OWN) > 60


@pytest.mark.parametrize(("text", "measure", "options", "expected", "clause"), OWN, ids=[case[4] for case in OWN])
def test_own_example_breaks_as_the_rules_say(
    square: FontBook, text: str, measure: float, options: dict[str, object], expected: str, clause: str
) -> None:
    assert "｜".join(lines_of(text, measure, square, **options)) == expected


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("中文ABC中文", 6), ("中文，ABC。", 5), ("（《一》）", 3), ("一。”", 2), ("一——二", 4), ("一？！二", 3), ("一！！！二", 4),
        ("一…………二", 6), ("一·二", 2.5), ("一」「二", 3.5), ("一，《二", 3.5), ("一、二", 3), ("“一”", 2), ("一～二", 3), ("一/二", 2.5),
        ("2020—2026年", 6.25), ("一 A", 1.75), ("一 （二", 3.25), ("一， 二", 3.25), ("A一", 1.75), ("5%一", 2.25), ("一℃二", 3), ("25 kg", 2.25), ("A B", 1.25),
        ("一》·二", 3), ("一》——二", 5), ("（一）。", 2.5), ("中－", 2),
    ],
)  # fmt: skip
def test_a_line_is_as_wide_as_its_marks_make_it(square: FontBook, text: str, width: float) -> None:
    line = block_of(text, 100, square).lines[0]
    assert line.width / 10 == pytest.approx(width)


@pytest.mark.parametrize(("text", "measure", "options", "expected", "clause"), GIVEN, ids=[case[4] for case in GIVEN])
def test_given_example_breaks_as_the_rules_say(
    square: FontBook, text: str, measure: float, options: dict[str, object], expected: str, clause: str
) -> None:
    assert "｜".join(lines_of(text, measure, square, **options)) == expected


def test_a_lone_character_is_joined_to_its_lone_neighbour() -> None:
    """The model gives 龙华 | 上 | 升10位，: 上升 is one word all the same."""
    assert {2, 3} & phrases("龙华上升10位，是上升速度最快的区。") == {2}
