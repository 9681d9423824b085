"""The screen file: what it shows, what it says, and that it is the same every time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdf_sample import (
    BLACK,
    RED,
    Bookmark,
    ChartBox,
    Composition,
    Line,
    Page,
    Run,
    TextBox,
    book,
    brochure,
    chart,
    deck,
    glyph_run,
    rule,
    style,
    text_box,
)
from tests.format.files import check_screen

from lhpub.diagnostics import Rejected
from lhpub.render.pdf import render_pdf
from lhpub.units import Rect, mm
from lhpub.verify.pdf import verify_pdf
from lhpub.verify.pdf_content import read_page


def extracted(data: bytes, page: int) -> str:
    """Returns what another reader (PDFium) extracts."""
    with pypdfium2.PdfDocument(data) as document:
        return str(document[page].get_textpage().get_text_bounded())


def one_page(*boxes: TextBox) -> Composition:
    page = replace(brochure().pages[1], boxes=boxes)
    return replace(brochure(), pages=(page,), bookmarks=())


def test_the_sample_passes_every_check(screen: bytes) -> None:
    assert check_screen(screen, brochure()) == ()


def test_the_deck_passes_every_check() -> None:
    assert check_screen(render_pdf(deck()), deck()) == ()


def test_the_deck_shows_its_masters_drawing_as_an_artifact() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(deck()))) as pdf:
        kinds = [[(mark.kind, mark.tag) for mark in read_page(page)] for page in pdf.pages]
    ground, bar, texts = ("fill", "Artifact"), ("fill", "Artifact"), [("text", "H1"), ("text", "Link")]
    assert kinds == [[ground, bar, *texts], [("text", "H1")]]


def test_what_is_drawn_extracts_as_the_source_has_it(screen: bytes) -> None:
    text = extracted(screen, 2)
    assert "1月29日，首批32个重大项目开工，总投资535.8亿元，合计" in text
    assert "一二长见" in text
    assert "制造业“空间保卫战”" in text


def test_every_page_has_the_trim_size_at_the_origin(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        assert [[round(float(value), 2) for value in page.mediabox] for page in pdf.pages] == [[0, 0, 595.28, 807.87]] * 4


def test_glyphs_stand_where_the_composition_has_them() -> None:
    box = text_box("place", (50, 100), "龙A")
    spread = tuple(replace(glyph, x=glyph.x * 3.137) for glyph in box.lines[0].runs[0].glyphs)
    line = replace(box.lines[0], runs=(replace(box.lines[0].runs[0], glyphs=spread),))
    data = render_pdf(one_page(replace(box, lines=(line,))))
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].get_textpage()
        lefts = [page.get_charbox(place, loose=True)[0] for place in range(2)]
    assert lefts[0] == pytest.approx(box.origin[0], abs=0.01)
    assert lefts[1] - lefts[0] == pytest.approx(spread[1].x, abs=0.01)


def test_a_superscript_stands_above_the_baseline() -> None:
    box = text_box("up", (50, 100), "x")
    raised = tuple(replace(glyph, y=-3.0) for glyph in box.lines[0].runs[0].glyphs)
    line = replace(box.lines[0], runs=(replace(box.lines[0].runs[0], glyphs=raised),))
    heights = []
    for shown in (box, replace(box, lines=(line,))):
        with pypdfium2.PdfDocument(render_pdf(one_page(shown))) as document:
            heights.append(document[0].get_textpage().get_charbox(0)[1])
    assert heights[1] - heights[0] == pytest.approx(3.0, abs=0.01)


def test_a_turned_run_reads_downward() -> None:
    box = text_box("turned", (50, 100), "GDP")
    glyphs = tuple(replace(glyph, x=0.0, y=12.0 * place) for place, glyph in enumerate(box.lines[0].runs[0].glyphs))
    line = replace(box.lines[0], runs=(replace(box.lines[0].runs[0], glyphs=glyphs, turned=True),))
    composition = one_page(replace(box, lines=(line,)))
    data = render_pdf(composition)
    assert check_screen(data, composition) == ()
    with pypdfium2.PdfDocument(data) as document:
        shown = document[0].render(scale=4).to_pil().convert("L").point(lambda level: 255 * (level < 128))
    left, top, right, bottom = (value / 4 for value in shown.getbbox())
    assert right - left < 9  # capitals lying on their sides: as wide as they are high
    assert 29 < bottom - top < 36
    assert left == pytest.approx(box.origin[0], abs=0.5)


def _line(text: str, *, shown: str, forms: dict[str, tuple[str, ...]] | None = None) -> Line:
    run = glyph_run(Run(shown, style()), 0, forms)
    return Line((run,), 0, 10, run.width, text, last=True)


@pytest.mark.parametrize(
    ("source", "shown"),
    [("2023 年 12 月", "2023年12月"), ("Hello world ", "Hello world"), (" 龙华", "龙华"), ("上\n下", "上下")],
    ids=["spaces that became gaps", "a space at the line's end", "one at its start", "a forced break is no text"],
)
def test_dropped_spaces_are_still_said(source: str, shown: str) -> None:
    box = text_box("spaces", (50, 50), shown)
    composition = one_page(replace(box, lines=(_line(source, shown=shown),)))
    data = render_pdf(composition)
    assert check_screen(data, composition) == ()
    assert extracted(data, 0).strip() == source.replace("\n", "").strip()


def test_one_glyph_with_two_texts_says_both() -> None:
    box = text_box("dash", (50, 50), "一—一")
    glyphs = box.lines[0].runs[0].glyphs
    twice = (replace(glyphs[1], text="——", x=0), replace(glyphs[0], x=9), replace(glyphs[1], text="—", x=19))
    line = replace(box.lines[0], runs=(replace(box.lines[0].runs[0], glyphs=twice),), text="——一—")
    composition = one_page(replace(box, lines=(line,)))
    assert check_screen(render_pdf(composition), composition) == ()
    assert extracted(render_pdf(composition), 0) == "——一—"


def test_a_character_set_as_several_glyphs_is_said_once() -> None:
    box = text_box("dots", (50, 50), "等…")
    composition = one_page(replace(box, lines=(_line("等…", shown="等…", forms={"…": (".", ".", ".")}),)))
    assert check_screen(render_pdf(composition), composition) == ()


def test_characters_beyond_the_basic_plane_extract() -> None:
    beyond = next(chr(code) for code in range(0x20000, 0x2A6E0) if book().font("Noto Sans SC", 400).covers(chr(code)))
    composition = one_page(text_box("beyond", (50, 50), f"龙{beyond}华"))
    data = render_pdf(composition)
    assert check_screen(data, composition) == ()
    assert extracted(data, 0) == f"龙{beyond}华"


def test_every_font_is_an_embedded_subset_of_type_0(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        fonts = list(pdf.pages[0].Resources.Font.values())
        programs = [set(font.DescendantFonts[0].FontDescriptor.keys()) & {"/FontFile2", "/FontFile3"} for font in fonts]
    assert sorted(map(sorted, programs)) == [["/FontFile2"], ["/FontFile3"]]
    assert {str(font.Subtype) for font in fonts} == {"/Type0"}


def _tags(data: bytes) -> Iterator[str]:
    def walk(node: pikepdf.Object, depth: int) -> Iterator[str]:
        for kid in node.K:
            if "/S" in kid:
                yield "  " * depth + str(kid.S)[1:]
                yield from walk(kid, depth + 1)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from walk(pdf.Root.StructTreeRoot.K[0], 0)


def test_the_structure_reads_as_the_publication_does(screen: bytes) -> None:
    row = ["  TR", "    TH", "    TD"]
    item = ["    TOCI", "      Reference", "        Link"]
    tagged = [line.removeprefix("  ") for line in _tags(screen) if line.strip() != "Sect"]
    assert tagged == [
        *["Figure", "H1"],
        *["H2", "TOC", *(line.removeprefix("  ") for line in item * 2)],
        *["P", "H2", "P", "  Link", "P", "  Link", "L", "  LI", "    LBody", "  LI", "    LBody", "Table", *row * 2],
        *["H2", "H3", "Figure", "Caption", "Figure", "Link", "Figure"],
    ]


def test_an_image_without_alt_is_decoration() -> None:
    page = brochure().pages[0]
    plain = replace(page, boxes=(replace(page.boxes[1], alt=""),))  # type: ignore[arg-type]
    composition = replace(brochure(), pages=(plain,), bookmarks=())
    assert "Figure" not in "".join(_tags(render_pdf(composition)))


def test_pages_of_one_section_share_a_structure_element(screen: bytes) -> None:
    assert [tag for tag in _tags(screen) if tag == "Sect"] == ["Sect"] * 3


def test_internal_links_lead_to_the_page_with_the_anchor(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        targets = [link.Dest[0].objgen for link in pdf.pages[1].Annots]
        assert targets == [pdf.pages[2].obj.objgen, pdf.pages[3].obj.objgen]


def test_the_pieces_of_a_contents_line_are_one_link_that_says_the_whole(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        said = [(str(link.Contents), float(link.Rect[2] - link.Rect[0]) > mm(90)) for link in pdf.pages[1].Annots]
    assert said == [("01 重大项目 3", True), ("02 低空经济 4", True)]


def test_what_stands_by_a_contents_line_belongs_to_it() -> None:
    page = brochure().pages[1]
    (number, *rest) = [box for box in page.boxes if isinstance(box, TextBox) and box.tag == "TOCI"]
    beside = text_box("contents/1/month", (140, 60), "1月", tag="TOCI")
    composition = replace(brochure(), pages=(replace(page, boxes=(number, beside, *rest)), *brochure().pages[2:]), bookmarks=())
    assert sum(line.strip() == "TOCI" for line in _tags(render_pdf(composition))) == 2


def _said(data: bytes) -> list[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ActualText" in item and "/S" in item]
        return [(str(item.S), str(item.ActualText)) for item in found]


def test_a_mark_is_said_in_brackets(screen: bytes) -> None:
    """By its paragraph as a whole: what stands within its marked content is lost on some readers."""
    [(tag, text)] = _said(screen)
    assert (tag, text.partition("合计")[2]) == ("/P", "（计算值）一二长见2。")


def test_a_heading_broken_by_its_layout_says_a_space() -> None:
    box = text_box("broken", (50, 50), "上下", tag="H1")
    composition = one_page(replace(box, lines=(_line("上\n下", shown="上下"),)))
    data = render_pdf(composition)
    assert verify_pdf(data, composition) == ()
    assert _said(data) == [("/H1", "上 下")]


def test_the_words_of_an_entry_are_one_item_of_its_list_and_the_chart_no_figure() -> None:
    names = ("list-1/number", "list-1/name", "list-2/number", "list-2/name")
    entries = tuple(text_box(f"year/{name}", (20, 60 + 9 * at), "甲乙", tag="LBody") for at, name in enumerate(names))
    year = ChartBox(Rect(20, 60, 99, 99), chart(), entries, "year")
    assert list(_tags(render_pdf(one_page(year)))) == ["Sect", "  L", *["    LI", "      LBody"] * 2]


def _over_the_fold(shift: float) -> Composition:
    """Returns two pages with a chart over both."""
    first, second = brochure().pages[:2]
    left = ChartBox(Rect(100, 60, first.size.width, 99), chart(), (rule(40, 80, 170, 1, RED),), "over")
    right = replace(left, rect=left.rect.moved(shift - first.size.width, 0), boxes=(rule(0, 80, 20, 1, RED),))
    pages = (replace(first, boxes=(left,), ground=None), replace(second, boxes=(right,), ground=None))
    return replace(brochure(), pages=pages, bookmarks=())


@pytest.mark.parametrize(("shift", "figures"), [(0, 1), (5, 2)], ids=["one", "another in its place"])
def test_a_chart_over_the_fold_is_one_figure_without_a_box(shift: float, figures: int) -> None:
    composition = _over_the_fold(shift)
    data = render_pdf(composition)
    assert (check_screen(data, composition), verify_pdf(data, composition)) == ((), ())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
    assert [(len(item.K), "/A" in item) for item in found] == ([(2, False)] if figures == 1 else [(1, True)] * 2)


def test_an_address_is_written_in_ascii(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        addresses = [str(link.A.URI) for link in pdf.pages[2].Annots if "/A" in link]
    assert addresses == ["https://www.szlhq.gov.cn/%E4%B8%93%E9%A2%98"]


@pytest.mark.parametrize("broken", ["link", "run", "bookmark"])
def test_a_link_to_nowhere_is_refused_with_its_name(broken: str) -> None:
    composition = brochure()
    if broken == "bookmark":
        composition = replace(composition, bookmarks=(Bookmark("没有", "nowhere", 0),))
    else:
        linked = text_box("lost", (50, 50), (Run("没有", style(), link="#nowhere"),))
        box = linked if broken == "run" else text_box("lost", (50, 50), "没有", link="#nowhere")
        composition = one_page(box)
    with pytest.raises(Rejected) as caught:
        render_pdf(composition)
    assert [found.code for found in caught.value.diagnostics] == ["pdf-link-nowhere"]
    assert "nowhere" in str(caught.value)


def test_bookmarks_nest_by_level(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf, pdf.open_outline() as outline:
        assert [(item.title, [kid.title for kid in item.children]) for item in outline.root] == [
            ("回眸发展每一帧", []),
            ("目录", []),
            ("重大项目", ["低空经济"]),
        ]


def test_page_labels_are_the_printed_numbers(screen: bytes) -> None:
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        assert [page.label for page in pdf.pages] == ["", "2", "3", "4"]


def test_a_framed_run_and_dots_are_drawn_outside_the_text() -> None:
    framed = (Run("计算值", style(7), framed=True), Run("着重", style(), dots=True))
    plain = tuple(replace(run, framed=False, dots=False) for run in framed)
    drawn = []
    for runs in (framed, plain):
        with pikepdf.open(io.BytesIO(render_pdf(one_page(text_box("marks", (50, 50), runs))))) as pdf:
            marks = read_page(pdf.pages[0])
            drawn.append([(mark.kind, mark.tag, round(mark.width, 2)) for mark in marks if mark.kind != "text"])
    ground = ("fill", "Artifact", 0.0)
    assert drawn == [[ground, ("stroke", "Artifact", 0.5), ("fill", "Artifact", 0.0)], [ground]]


def test_equal_input_gives_equal_bytes_under_another_seed_place_and_zone(screen: bytes, tmp_path: Path) -> None:
    here = Path(__file__).parent
    script = "import sys, pdf_sample; from lhpub.render.pdf import render_pdf; "
    script += "sys.stdout.buffer.write(render_pdf(pdf_sample.brochure()))"
    paths = os.pathsep.join([str(here), str(here.parents[2] / "src")])
    world = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    world |= {"RL_pageCompression": "1", "RL_useA85": "1"}
    again = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=world, capture_output=True, check=True)
    assert again.stdout == screen


def test_text_in_every_ink_keeps_its_colour() -> None:
    data = render_pdf(one_page(text_box("ink", (50, 50), "龙", look=style(10, BLACK))))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b"0.165 0.145 0.137 rg BT" in pdf.pages[0].Contents.read_bytes()


def test_pages_without_boxes_are_fine() -> None:
    empty = replace(brochure(), pages=(Page(1, "1", brochure().pages[0].size, 0, None, (), "x", "空"),), bookmarks=())
    assert check_screen(render_pdf(empty), empty) == ()
