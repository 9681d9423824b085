"""Each rule at its limits, on pages made by hand: what just passes and what just does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lhpub.boxes import Box, Composition, Gradient, GroupBox, SlideMaster, TableBox, TableCell
from lhpub.diagnostics import Severity
from lhpub.inline import Inline
from lhpub.preflight.checks import RULES
from lhpub.text.model import Ink, Separation
from lhpub.units import Rect, Size

from .made import BLACK, FACT, GREY, SPAN, WHITE, page, panel, picture, text, told

PALE = Ink("pale", "#787878")
"""4.42 : 1 on white; GREY has 4.48, #767676 4.54."""
FINE = Ink("fine", "#767676")
VARNISH = Ink("uv", "#EEEEEE", plates=((Separation("UV", (100, 0, 0, 0), technical=True), 100),))
PAPER = Rect(0, 0, 200, 100)


def group(*boxes: Box) -> GroupBox:
    return GroupBox(PAPER, boxes, "group")


def table(cell: object) -> TableBox:
    return TableBox(PAPER, (200,), (100,), ((TableCell(cell),),), "table")  # type: ignore[arg-type]


def small(composition: Composition) -> Composition:
    """Returns it on slides of 720 × 405 points, which fill the screen as others do."""
    return replace(composition, pages=tuple(replace(page, size=Size(720, 405)) for page in composition.pages))


CLEAN: dict[str, Composition] = {
    "nothing": page(),
    "a text": page(text((20, 50), "龙华")),
    "half a point over each edge": page(text((-0.5, 7.5), "左"), text((190.5, 50), "右"), text((50, 99.5), "下")),
    "texts that share half a point": page(text((20, 50), "一"), text((29.5, 50), "二"), text((60, 50), "三"), text((60, 41.5), "四")),
    "a text after its panel": page(panel(PAPER, WHITE), text((20, 50), "龙华")),
    "a drawing of many corners over a text": page(text((20, 50), "龙华"), panel(PAPER, WHITE, corners=6)),
    "a frame without a fill over a text": page(text((20, 50), "龙华"), panel(PAPER, None)),
    "a panel beside the text's middle": page(text((20, 50), "龙华"), panel(Rect(31, 0, 99, 99), WHITE)),
    "enough contrast": page(text((20, 50), "龙华", ink=FINE)),
    "varnish, which is no colour": page(text((20, 50), "龙华", ink=VARNISH)),
    "no ground to stand on": page(text((20, 50), "龙华", ink=WHITE), ground=None),
    "white on a dark panel": page(panel(PAPER), text((20, 50), "龙华", ink=WHITE)),
    "white on grey under a ring": page(panel(PAPER, FINE), panel(PAPER, WHITE, even_odd=True), text((20, 50), "龙华", ink=WHITE)),
    "5 pt in print": page(text((20, 50), "龙华", 5)),
    "18 pt on a slide": page(text((20, 50), "龙华", 18), medium="deck"),
    "12 pt furniture": page(text((20, 50), "1", 12, tag="Artifact", role=FACT), text((60, 50), "图", 12, tag="Caption"), medium="deck"),
    "13.5 pt on a slide of three quarters": small(page(text((20, 50), "龙华", 13.5), medium="deck")),
    "a mark of 14 pt": page(text((20, 50), "（计算值）", 14), medium="deck"),
    "a table of 16 pt": page(table(text((20, 50), "龙华", 16)), medium="deck"),
    "a space of 1 pt": page(text((20, 50), "　", 1)),
    "300 ppi": page(picture(Rect(0, 0, 72, 72), 300)),
    "110 ppi on a slide": page(picture(Rect(0, 0, 72, 72), 110), medium="deck"),
    "a digit with a role": page(text((20, 50), "32", role=FACT)),
    "a digit of the source": page(text((20, 50), "2022年", source="charts/c/1")),
    "a note's digit with a role": page(notes=((Inline("32", FACT),),)),
}  # fmt: skip
BROKEN: dict[str, tuple[str, Composition]] = {
    "over the left edge": ("off-page", page(text((-0.6, 50), "左"))),
    "over the top": ("off-page", page(text((50, 7.4), "上"))),
    "over the right edge": ("off-page", page(text((190.6, 50), "右"))),
    "over the foot": ("off-page", page(text((50, 99.6), "下"))),
    "side by side too near": ("overlap", page(text((20, 50), "一"), text((29.4, 50), "二"))),
    "one under the other too near": ("overlap", page(text((20, 50), "一"), text((20, 41.6), "二"))),
    "within a group and a table": ("overlap", page(group(text((20, 50), "一")), table(text((20, 50), "二")))),
    "a panel over a text": ("covered", page(text((20, 50), "龙华"), panel(PAPER, WHITE))),
    "a picture over a text": ("covered", page(text((20, 50), "龙华"), picture(PAPER, 4000))),
    "a panel whose edge is at the middle": ("covered", page(text((20, 50), "龙华"), panel(Rect(30, 0, 99, 99), WHITE))),
    "grey on white": ("contrast", page(text((20, 50), "龙华", ink=PALE))),
    "just under 4.5": ("contrast", page(text((20, 50), "龙华", ink=GREY))),
    "white on a white panel over a dark one": ("contrast", page(panel(PAPER), panel(PAPER, WHITE), text((20, 50), "龙华", ink=WHITE))),
    "under 5 pt in print": ("too-small", page(text((20, 50), "龙华", 4.99))),
    "under 18 pt on a slide": ("too-small", page(text((20, 50), "龙华", 17.9), medium="deck")),
    "13.3 pt on a slide of three quarters": ("too-small", small(page(text((20, 50), "龙华", 13.3), medium="deck"))),
    "furniture under 12 pt": ("too-small", page(text((20, 50), "图", 11.9, tag="Caption"), medium="deck")),
    "a mark under 14 pt": ("too-small", page(text((20, 50), "（推算）", 13.9), medium="deck")),
    "a table under 16 pt": ("too-small", page(table(text((20, 50), "龙华", 15.9)), medium="deck")),
    "in a group under 18 pt": ("too-small", page(group(text((20, 50), "龙华", 17.9)), medium="deck")),
    "149 ppi": ("resolution", page(picture(Rect(0, 0, 72, 72), 149))),
    "109 ppi on a slide": ("resolution", page(picture(Rect(0, 0, 72, 72), 109), medium="deck")),
    "half a picture of 280 ppi": ("resolution", page(picture(Rect(0, 0, 72, 72), 280, crop=(0.5, 0, 1, 1)))),
    "a picture in a group": ("resolution", page(group(picture(Rect(0, 0, 72, 72), 149)))),
    "no alternative text": ("no-alternative", page(picture(Rect(0, 0, 72, 72), 300, ""))),
    "no alternative text in a group": ("no-alternative", page(group(picture(Rect(0, 0, 72, 72), 300, "")))),
    "a digit of no known origin": ("figure-without-role", page(text((20, 50), "32个"))),
    "a full-width digit": ("figure-without-role", page(text((20, 50), "３"))),
    "a note's digit": ("figure-without-role", page(notes=((Inline("还有3件"),),))),
}  # fmt: skip


@pytest.mark.parametrize("case", CLEAN)
def test_what_just_passes_is_not_told(case: str) -> None:
    assert told(CLEAN[case]) == []


@pytest.mark.parametrize("case", BROKEN)
def test_what_just_fails_is_told_once_with_its_page(case: str) -> None:
    code, composition = BROKEN[case]
    (found,) = (d for rule in RULES for d in rule(composition))
    assert found.code == code
    said = [found.message, *filter(None, [found.hint])]
    assert any("第 1 页" in one.zh for one in said)
    assert any("page 1" in one.en for one in said)
    assert found.severity is Severity.ERROR
    assert found.span in (SPAN, None)


def test_a_picture_between_the_limits_is_a_warning_and_says_what_it_has() -> None:
    (found,) = (d for rule in RULES for d in rule(page(picture(Rect(0, 0, 72, 72), 299))))
    assert (found.code, found.severity) == ("resolution", Severity.WARNING)
    assert "299 ppi" in found.message.zh
    assert found.hint is not None
    assert "300 ppi" in found.hint.zh


def test_type_on_a_larger_slide_need_not_be_larger() -> None:
    slide = page(text((20, 50), "龙华", 18), medium="deck")
    assert told(replace(slide, pages=(replace(slide.pages[0], size=Size(1440, 1080)),))) == []


@pytest.mark.parametrize(("x", "is_read"), [(10, True), (70, False)])
def test_a_gradient_is_as_dark_as_where_the_text_stands(x: float, is_read: bool) -> None:
    ramp = Gradient(((0.0, WHITE), (1.0, BLACK)), across=True)
    shade = panel(Rect(-100, -900, 200, 1000), gradient=ramp)
    assert (told(page(panel(Rect(0, 0, 100, 100), gradient=ramp), text((x, 50), "龙", ink=BLACK))) == []) is is_read
    assert told(page(replace(shade, gradient=replace(ramp, across=False)), text((20, -500), "龙", ink=BLACK)))[-1:] != ["contrast"]


def test_an_overlap_says_how_deep_it_is() -> None:
    (found,) = (d for rule in RULES for d in rule(page(text((20, 50), "一"), text((24, 50), "二"))))
    assert "2.1 毫米" in found.message.zh  # 6 points
    assert "2.1 mm" in found.message.en


def test_what_stands_on_a_master_is_on_its_pages() -> None:
    master = SlideMaster("m", "母版", None, (panel(PAPER),), ())
    on_dark = page(text((20, 50), "龙华", 20), medium="deck", ground=None)
    slide = replace(on_dark.pages[0], master="m")
    assert told(replace(on_dark, pages=(slide,), masters=(master,))) == ["contrast"]
    assert told(replace(on_dark, pages=(slide,), masters=(replace(master, boxes=(), ground=WHITE),))) == []


def test_every_page_is_looked_at() -> None:
    one = page(text((190.6, 50), "右"))
    assert told(replace(one, pages=(one.pages[0], replace(one.pages[0], size=Size(300, 100))))) == ["off-page"]
    assert told(replace(one, pages=one.pages * 3)) == ["off-page"] * 3
