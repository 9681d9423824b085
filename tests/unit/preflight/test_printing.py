"""What a print shop sends back: ink, reversed type, type at the trim, tinted hairlines; each with page, master and frame."""

from dataclasses import replace

import pytest

from lhpub.boxes import Box, Composition, GroupBox, Page, ShapeBox, TableBox, TextBox
from lhpub.compose.kept import Kept
from lhpub.paths import line, rectangle
from lhpub.preflight.checks import _in_print
from lhpub.preflight.printing import _trim, stacked_ink, total_ink
from lhpub.text.model import Ink, Separation
from lhpub.units import Rect, mm
from lhpub.walk import texts
from tests.suite.workshop import Made

from . import made

BLACK, PAPER = Ink("black", "#000000", (0, 0, 0, 100)), Ink("paper", "#FFFFFF", (0, 0, 0, 0))
HEAVY = Ink("heavy", "#302020", (80, 90, 60, 0))
FOIL = Separation("烫金", (20, 30, 60, 0), technical=True)


@pytest.fixture
def page(sample: Made) -> tuple[Page, TextBox]:
    page = next(page for page in sample.brochure.pages if page.master == "foreword")
    return page, next(box for box in texts(page, sample.brochure) if len(box.lines) > 2)


def inked_as(box: TextBox, ink: Ink, size: float = 0) -> TextBox:
    lines = tuple(
        replace(line, runs=tuple(replace(run, ink=ink, size=size or run.size) for run in line.runs)) for line in box.lines
    )
    return replace(box, lines=lines, slot="probe")


def found(page: Page, *boxes: Box, limit: float = 300, pages: int = 1) -> list[tuple[str, str]]:
    composition = Composition("brochure", None, (replace(page, boxes=boxes),) * pages)  # type: ignore[arg-type]
    return [(d.code, d.message.en) for d in _in_print(composition, Kept(), limit)]


def filled(ink: Ink) -> ShapeBox:
    whole = Rect(-9, -9, 620, 900)
    return ShapeBox(whole, rectangle(whole), fill=ink, name="g")


def test_black_text_adds_its_ink_to_the_ground(page):
    codes = found(page[0], filled(HEAVY), inked_as(page[1], BLACK))
    assert [code for code, _ in codes] == ["ink-total"]
    assert "330 %" in codes[0][1]
    assert "frame “probe”" in codes[0][1]
    assert "master foreword" in codes[0][1]
    assert found(page[0], filled(HEAVY), inked_as(page[1], BLACK), limit=330) == []
    assert found(page[0], filled(HEAVY), inked_as(page[1], replace(BLACK, overprint=False))) == []
    assert found(page[0], filled(PAPER), inked_as(page[1], BLACK)) == []


@pytest.mark.parametrize(
    ("size", "ink", "told"),
    [((60, 2), BLACK, "WARNING"), ((60, 2.9), BLACK, "ERROR"), ((120, 120), BLACK, None),
     ((60, 2), replace(BLACK, overprint=False), None), ((120, 120), replace(HEAVY, cmyk=(0, 0, 0, 80), overprint=True), "ERROR")],
)  # fmt: skip
def test_what_is_printed_over_a_ground_adds_its_ink(page, size, ink, told):
    at = Rect(50, 50, *size)
    bar = ShapeBox(at, rectangle(at), fill=ink, name="bar", frame=made.SPAN)
    book = Composition("brochure", None, (replace(page[0], boxes=(filled(HEAVY), bar)),))  # type: ignore[arg-type]
    assert [(d.code, d.severity.name, d.span) for d in _in_print(book, Kept(), 300)] == [("ink-total", told, made.SPAN)] * bool(told)
    assert found(page[0], bar, replace(filled(HEAVY), rect=Rect(-9, 60, 600, 3))) == []
    half = replace(filled(HEAVY), rect=Rect(-9, -9, 70, 900))
    assert bool(found(page[0], half, bar)) is bool(told), "a ground under its beginning"


def test_a_rule_adds_its_ink_to_the_ground(page):
    codes = found(page[0], filled(HEAVY), ruled(BLACK, 2.5))
    assert [code for code, _ in codes] == ["ink-total"]
    assert "330 %" in codes[0][1]


def test_a_colour_of_too_much_ink_is_told_once_wherever_it_is_used(page):
    much = Ink("much", "#201010", (90, 90, 90, 60))
    bar = ShapeBox(Rect(50, 50, 60, 20), rectangle(Rect(50, 50, 60, 20)), fill=much, name="bar")
    text = inked_as(page[1], much, 30)
    for boxes in ((text, bar), (bar, text, replace(bar, name="other")), (text, replace(text, slot="other"))):
        totals = [message for code, message in found(page[0], *boxes) if code == "ink-total"]
        assert len(totals) == 1
        assert "colour “much” has 330 %" in totals[0]


def test_a_run_from_one_colour_to_another_is_told_once_with_its_frame(page):
    runs = [Ink(f"red-clay-0.{n}25", "#101010", (80, 90, 60, 90)) for n in range(3)]
    art = GroupBox(Rect(0, 0, 9, 9), tuple(replace(filled(ink), name="") for ink in runs), "art", alt="")
    [told] = [message for code, message in found(page[0], art) if code == "ink-total"]
    assert "frame “art”: colour “red-clay” has 320 %" in told


def test_finishes_are_no_ink():
    assert total_ink((10, 20, 0, 0), ((FOIL, 100), (Separation("红", (0, 90, 90, 0)), 40))) == 70
    assert stacked_ink(Ink("foil", "#BFA26A", None, ((FOIL, 100),), overprint=True), HEAVY) == 230


@pytest.mark.parametrize(("size", "told"), [(7.9, True), (8, False)])
def test_small_type_reversed_out_of_several_inks_is_told(page, size, told):
    codes = [code for code, _ in found(page[0], filled(HEAVY), inked_as(page[1], PAPER, size))]
    assert ("reversed-type" in codes) is told
    two = replace(HEAVY, cmyk=(0, 90, 60, 0))
    assert "reversed-type" not in [code for code, _ in found(page[0], filled(two), inked_as(page[1], PAPER, size))]


def test_thin_type_reversed_needs_nine_points(page):
    box = inked_as(page[1], PAPER, 8.5)
    font = replace(box.lines[0].runs[0].font, weight=100)
    lines = tuple(replace(line, runs=tuple(replace(run, font=font) for run in line.runs)) for line in box.lines)
    assert [code for code, _ in found(page[0], filled(HEAVY), replace(box, lines=lines))] == ["reversed-type"]
    assert found(page[0], filled(HEAVY), box) == []


@pytest.mark.parametrize(
    ("ink", "size", "code"),
    [
        (HEAVY, 11.9, "press-small-colour"),
        (HEAVY, 12, None),
        (replace(HEAVY, cmyk=(0, 90, 60, 0)), 5, None),
        (replace(BLACK, cmyk=(20, 0, 0, 100)), 30, "press-rich-black"),
        (replace(BLACK, cmyk=(20, 0, 0, 89)), 5, None),
        (replace(BLACK, cmyk=(0, 0, 0, 60)), 7.4, "press-tint-size"),
        (replace(BLACK, cmyk=(0, 0, 0, 60)), 7.5, None),
        (BLACK, 5, None),
    ],
)
def test_small_type_wants_few_inks_and_is_told_once_for_its_style(page, ink, size, code):
    one, two = inked_as(page[1], ink, size), replace(inked_as(page[1], ink, size), slot="other")
    told = found(page[0], one, two)
    assert [code for code, _ in told] == [code] * bool(code)
    assert all(f"({size:g} pt, {ink.name})" in message for _, message in told)


def test_small_type_on_a_photograph_is_reversed_out_of_four_inks(page):
    photograph = made.picture(Rect(-9, -9, 620, 900), 9)
    assert [code for code, _ in found(page[0], photograph, inked_as(page[1], PAPER, 7.9))] == ["reversed-type"]
    assert found(page[0], photograph, inked_as(page[1], BLACK, 7.9)) == []


def moved(box: TextBox, dx: float) -> TextBox:
    return replace(box, rect=replace(box.rect, x=box.rect.x + dx), origin=(box.origin[0] + dx, box.origin[1]), slot="probe")


def test_type_near_the_trim_is_told_but_not_at_the_spine(page):
    at_left = moved(page[1], mm(0.5) - page[1].origin[0] - min(line.x for line in page[1].lines))
    assert [code for code, _ in found(page[0], at_left)] == ["near-trim"]
    assert [code for code, _ in found(replace(page[0], number=2), at_left, pages=4)] == ["near-trim"]
    assert found(replace(page[0], number=3), at_left, pages=4) == []
    assert found(page[0], moved(at_left, mm(2.6))) == []


@pytest.mark.parametrize(
    ("ink", "width", "told"),
    [
        (BLACK, 0.25, False),
        (replace(BLACK, cmyk=(0, 0, 0, 60)), 0.25, True),
        (replace(BLACK, cmyk=(0, 0, 0, 60)), 0.35, False),
        (HEAVY, 0.25, True),
        (Ink("die", "#FF00FF", None, ((FOIL, 100),)), 0.25, False),
        (Ink("spot", "#CF3A20", None, ((Separation("朱", (0, 90, 90, 0)), 40),)), 0.25, True),
    ],
)
def test_a_hairline_wants_one_solid_ink(page, ink, width, told):
    assert [code for code, _ in found(page[0], ruled(ink, width), ruled(ink, width))] == ["tinted-hairline"] * told


def ruled(ink: Ink, width: float) -> ShapeBox:
    at = Rect(50, 50, 100, 0)
    return ShapeBox(at, line((50, 50), (150, 50)), stroke=ink, stroke_width=width, name="rule", frame=made.SPAN, file="花.svg")


def test_lines_and_bars_that_no_plate_holds_are_told_at_their_line_with_their_file(page):
    bar = Rect(50, 50, 100, 0.24)
    book = Composition("brochure", None, (replace(page[0], boxes=(ruled(BLACK, 0.24),)),))  # type: ignore[arg-type]
    (told,) = _in_print(book, Kept(), 300)
    assert (told.code, told.span) == ("press-hairline", made.SPAN)
    assert "框“rule”（花.svg）" in told.message.zh
    assert [c for c, _ in found(page[0], ShapeBox(bar, rectangle(bar), fill=BLACK, name="bar"))] == ["press-hairline"]
    nothing = Rect(50, 50, 100, 0)
    assert found(page[0], ruled(BLACK, 0.25), ShapeBox(nothing, rectangle(nothing), fill=BLACK)) == []


def test_rules_of_tables_are_drawn_lines_too(page):
    table = TableBox(Rect(50, 50, 100, 20), (100,), (20,), (), "t", rule=BLACK, rule_width=0.2)
    assert [c for c, _ in found(page[0], table)] == ["press-hairline"]


@pytest.mark.parametrize(
    ("at", "ground", "told"),
    [
        ((-9, 50, 60, 60), None, False),
        ((-3, 50, 60, 60), None, True),
        ((0, 50, 60, 60), PAPER, True),
        ((-3, 50, 60, 60), HEAVY, False),
        ((20, 50, 60, 60), None, False),
    ],
    ids=["to the bleed", "short of it", "to the trim", "on ink that bleeds", "within"],
)
def test_a_panel_that_is_cut_goes_to_the_bleed(page, at, ground, told):
    panel = replace(filled(HEAVY), path=rectangle(Rect(*at)))
    codes = [code for code, _ in found(replace(page[0], ground=ground, bleed=9), panel)]
    assert codes == ["bleed-short"] * told


@pytest.mark.parametrize(
    ("at", "is_near"),
    [((9, 50), False), ((8, 50), True), ((181, 50), False), ((182, 50), True), ((100, 17), False), ((100, 16), True),
     ((100, 90), False), ((100, 91), True), ((100, 150), False)],
    ids=str,
)  # fmt: skip
def test_each_edge_of_a_single_leaf_is_cut(at, is_near):
    """3 mm are 8.5 points; the page has 200 × 100."""
    (leaf,) = made.page().pages
    assert [code for code, *_ in _trim(leaf, made.text(at, "字"), 1)] == ["near-trim"] * is_near


@pytest.mark.parametrize(("x", "number", "is_near"), [(1, 2, True), (1, 3, False), (188, 2, False), (188, 3, True)])
def test_the_spine_is_not_cut(x, number, is_near):
    leaf = replace(made.page().pages[0], number=number)
    assert [code for code, *_ in _trim(leaf, made.text((x, 50), "字"), 4)] == ["near-trim"] * is_near
