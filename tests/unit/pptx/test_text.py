"""Texts: placeholders, what is inherited, what is written, where lines stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lhpub.boxes import Slot, TextBox
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.text import Context, is_figure, office_rect, orphan_insets, paragraph
from lhpub.render.pptx.xml import document, el, text
from lhpub.text.model import Glyph, GlyphRun, Line, Paragraph, Run
from lhpub.units import Rect

from . import sample
from .written import NS, Written

SCHEME = Scheme.of(sample.THEME)


def parsed(source: Paragraph, inherited: sample.TextStyle | None = None, line: Line | None = None) -> etree._Element:
    return etree.fromstring(document("p:txBody", "apr", None, paragraph(source, Context(SCHEME, inherited), line)))


def test_a_slot_is_a_placeholder_of_its_kind_with_style_and_prompt(written: Written) -> None:
    layout = next(name for name in written.names if "关键词".encode() in written.parts[name] and "slideLayout" in name)
    title = written.find(layout, "//p:sp[p:nvSpPr/p:cNvPr/@name='title']")[0]
    assert title.xpath("string(.//p:ph/@type)", namespaces=NS) == "title"
    assert title.xpath("string(.//a:lvl1pPr/a:lnSpc/a:spcPts/@val)", namespaces=NS) == "4800"
    assert title.xpath("string(.//a:defRPr/@sz)", namespaces=NS) == "3600"
    assert title.xpath("string(.//a:defRPr/a:ea/@typeface)", namespaces=NS) == "+mj-ea"
    assert title.xpath("string(.//a:defRPr/a:solidFill/a:schemeClr/@val)", namespaces=NS) == "tx1"
    assert title.xpath("string(.//a:t)", namespaces=NS) == "标题"


def test_a_text_as_its_slot_has_it_writes_neither_place_nor_type(written: Written) -> None:
    body = written.shape(4, "拓展市场/headline")
    assert body.xpath("count(.//p:spPr/*)", namespaces=NS) == 0
    assert set(body.xpath(".//a:r/a:rPr", namespaces=NS)[0].keys()) == {"lang", "altLang"}


def test_only_what_differs_from_the_slot_is_written(written: Written) -> None:
    numeral, unit = written.shape(4, "拓展市场/hero").xpath(".//a:r/a:rPr", namespaces=NS)
    assert numeral.get("sz") is None
    assert unit.get("sz") == "2400"
    assert unit.xpath("string(a:latin/@typeface)", namespaces=NS) == "+mn-lt"


def test_a_fitted_size_is_written_out() -> None:
    fitted = replace(sample.BODY, size=18)
    root = parsed(Paragraph((Run("正文", fitted),), fitted), sample.BODY)
    assert root.xpath("//a:rPr/@sz", namespaces=NS) == ["1800"]
    assert root.xpath("//a:endParaRPr/@sz", namespaces=NS) == ["1800"]


def test_every_run_and_paragraph_end_names_its_language(written: Written) -> None:
    for name in written.names:
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes", "ppt/slideLayouts/slide")):
            assert not written.find(name, "//a:rPr[not(@lang='zh-CN')] | //a:endParaRPr[not(@lang='zh-CN')]"), name


def test_a_newline_is_a_break_and_measured_lines_are_not() -> None:
    source = Paragraph((Run("上\n下", sample.BODY),), sample.BODY)
    assert len(parsed(source).xpath("//a:br", namespaces=NS)) == 1
    lines = tuple(Line((), 0, 17.6 + 34 * n, 100, "文" * 5) for n in range(3))
    box = TextBox(Rect(0, 0, 100, 102), (0, 0), (Paragraph((Run("文" * 15, sample.BODY),), sample.BODY),), lines, "x")
    assert not parsed(box.paragraphs[0]).xpath("//a:br", namespaces=NS)


def test_a_computed_value_is_marked_in_brackets() -> None:
    source = Paragraph((Run("109个", sample.BODY), Run("计算值", sample.MARK, framed=True)), sample.BODY)
    assert "".join(parsed(source).xpath("//a:t/text()", namespaces=NS)) == "109个（计算值）"


def test_emphasis_and_superscripts_are_kept() -> None:
    source = Paragraph(
        (Run("重", sample.BODY, dots=True), Run("2", replace(sample.BODY, size=10), rise=0.4)), sample.BODY
    )
    dotted, raised = parsed(source, sample.BODY).xpath("//a:r/a:rPr", namespaces=NS)
    assert dotted.get("u") == "dotted"
    assert (raised.get("baseline"), raised.get("sz")) == ("40000", "1500")


@given(st.text())
def test_any_text_gives_well_formed_xml(content: str) -> None:
    source = Paragraph((Run(content, sample.BODY),), sample.BODY)
    read = "".join(parsed(source).xpath("//a:t/text() | //a:br/@none", namespaces=NS))
    assert "\x00" not in read
    etree.fromstring(document("p:sld", "apr", {"name": content}, el("a:t", None, text(content))))


@pytest.mark.parametrize("size", [12.0, 20.0, 36.0, 115.0])
@pytest.mark.parametrize("ratio", [1.0, 1.2, 1.4, 1.7])
def test_lines_stand_within_a_fourteenth_of_an_em_of_both_programs(size: float, ratio: float) -> None:
    """PowerPoint's descent 0.2 × max(L, 1.2 S), LibreOffice's 0.2 S, each against the composition's 0.88 em."""
    leading = size * ratio
    slot = Slot("x", "body", Rect(10, 100, 300, leading), sample.style("body", size, leading))
    moved = office_rect(slot)
    for descent in (0.2 * max(leading, 1.2 * size), 0.2 * size):
        assert abs(moved.y + leading - descent - (100 + 0.88 * size)) <= 0.0715 * size
    assert moved.height >= leading - 1e-6


def test_a_frame_that_hangs_from_its_foot_is_moved_at_its_foot() -> None:
    slot = Slot("x", "body", Rect(0, 0, 100, 60), sample.CAPTION, vertical="bottom")
    moved = office_rect(slot)
    descent = 0.1 * (26 + 18)
    assert moved.bottom - descent == pytest.approx(60 - 0.12 * 18)


def test_a_page_number_is_a_field_and_other_labels_are_not(written: Written) -> None:
    assert written.shape(4, "4/page").xpath("string(.//a:fld/@type)", namespaces=NS) == "slidenum"
    assert not written.shape(4, "拓展市场/source").xpath(".//a:fld", namespaces=NS)


def test_a_second_box_for_a_slot_becomes_a_text_box(deck: sample.Composition) -> None:
    page = deck.pages[3]
    again = replace(page.boxes[3], name="again")
    data = sample.render(
        replace(deck, pages=(*deck.pages[:3], replace(page, boxes=(*page.boxes, again)), *deck.pages[4:]))
    )
    assert not Written(data).shape(4, "again").xpath(".//p:ph", namespaces=NS)


def ragged(widths: tuple[float, ...], frame: float = 300, align: sample.Align = "left") -> TextBox:
    like = replace(sample.CAPTION, align=align)
    lines = tuple(Line((), 0, 16 + 26 * n, width, "", last=n == len(widths) - 1) for n, width in enumerate(widths))
    return TextBox(Rect(0, 0, frame, 52), (0, 0), (Paragraph((Run("文", like),), like),), lines, "x")


def test_a_ragged_text_that_would_leave_an_orphan_is_kept_as_wide_as_composed() -> None:
    left, right = orphan_insets(ragged((162, 144)))
    assert (left, right) == (0, round((300 - 162 - 0.9 * 18) * 12700))
    assert sum(orphan_insets(ragged((162, 144), align="centre"))) == right


@pytest.mark.parametrize("widths", [(162,), (36,), (290, 200), (300, 300, 120)])
def test_other_texts_keep_their_whole_width(widths: tuple[float, ...]) -> None:
    assert orphan_insets(ragged(widths)) == (0, 0)


def test_a_label_of_one_line_never_wraps_and_a_text_of_two_does(deck: sample.Composition) -> None:
    page = deck.pages[2]
    one = replace(ragged((100,)), name="one")
    two = replace(ragged((290, 200)), name="two")
    group = sample.GroupBox(Rect(0, 0, 9, 9), (one, two), "g")
    data = sample.render(
        replace(deck, pages=(*deck.pages[:2], replace(page, boxes=(*page.boxes, group)), *deck.pages[3:]))
    )
    wraps = {
        name: Written(data).shape(3, name).xpath("string(.//a:bodyPr/@wrap)", namespaces=NS) for name in ("one", "two")
    }
    assert wraps == {"one": "none", "two": "square"}


def glyphs(content: str, size: float, x: float, advance: float) -> GlyphRun:
    """A run of glyphs of one width; the font is not looked at."""
    made = tuple(Glyph(0, x + n * advance, 0, advance, character) for n, character in enumerate(content))
    return GlyphRun(None, size, sample.RED, made, x, advance * len(content))  # type: ignore[arg-type]


def figure(gap: float, frame: float = 300) -> TextBox:
    """A numeral of 115 pt and its unit, `gap` points apart."""
    line = Line((glyphs("3140", 115, 0, 57.5), glyphs("家", 24, 230 + gap, 24)), 0, 101, 254 + gap, "3140家", last=True)
    source = Paragraph((Run("3140", sample.HERO), Run("家", sample.UNIT)), sample.HERO)
    return TextBox(Rect(0, 0, frame, 115), (0, 0), (source,), (line,), "x")


def test_the_gap_between_numeral_and_unit_is_a_small_space_of_that_width() -> None:
    box = figure(7.2)
    numeral, space, unit = parsed(box.paragraphs[0], None, box.lines[0]).xpath("//a:r", namespaces=NS)
    assert ["".join(run.itertext()) for run in (numeral, space, unit)] == ["3140", "\u00a0", "家"]
    size, tracking = (int(space[0].get(name)) / 100 for name in ("sz", "spc"))
    assert size == 12
    assert 0.25 * size + tracking == pytest.approx(7.2, abs=0.2)
    assert numeral[0].get("spc") == "0"


def test_runs_that_touch_have_no_space_between() -> None:
    box = figure(0)
    assert len(parsed(box.paragraphs[0], None, box.lines[0]).xpath("//a:r", namespaces=NS)) == 2


def test_a_figure_never_wraps_and_a_line_that_fits_by_trimmed_marks_alone_has_a_wider_frame() -> None:
    assert is_figure(figure(7.2))
    title = Paragraph((Run("“百员进百园”", sample.TITLE),), sample.TITLE)
    line = Line((glyphs("“百员进百园”", 36, -18, 36),), 0, 31.7, 216, "“百员进百园”", last=True)
    for width in (228.0, 300.0):
        moved = office_rect(TextBox(Rect(50, 0, width, 48), (50, 0), (title,), (line,), "x"))
        assert (moved.x, moved.width) == (32, max(width + 18, 7 * 36 * 1.08))


@pytest.mark.parametrize(("width", "manner"), [(400.0, ("square", "normAutofit")), (262.0, ("none", "noAutofit"))])
def test_digits_typed_into_a_figure_with_room_shrink_and_a_wide_figure_never_breaks(
    width: float, manner: tuple[str, str]
) -> None:
    composition = sample.deck()
    page = next(
        page for page in composition.pages if any(isinstance(b, TextBox) and b.slot == "hero" for b in page.boxes)
    )
    at = next(n for n, b in enumerate(page.boxes) if isinstance(b, TextBox) and b.slot == "hero")
    own = figure(7.2, width)
    box = replace(page.boxes[at], rect=own.rect, origin=own.origin, lines=own.lines, paragraphs=own.paragraphs)  # type: ignore[call-arg]
    pages = tuple(
        replace(page, boxes=(*page.boxes[:at], box, *page.boxes[at + 1 :])) if one is page else one
        for one in composition.pages
    )
    written = Written(sample.render(replace(composition, pages=pages)))
    (body,) = written.shape(page.number, box.name).xpath(".//a:bodyPr", namespaces=NS)
    assert (body.get("wrap"), body[0].tag.split("}")[1]) == manner
