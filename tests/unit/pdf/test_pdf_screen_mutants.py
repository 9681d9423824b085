"""Each check of the screen file sees the breakage made for it; the breakages follow the list of clauses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_mutants import (
    Mutant,
    appended,
    content,
    embedded_file,
    fonts,
    mutated,
    radicals,
    script,
    structure,
    unembedded,
    whole_font,
    without_unicode,
    xmp,
)
from pdf_sample import brochure, deck, rule, text_box
from pikepdf import Array, Dictionary, Encryption, Name, OutlineItem, Pdf, String
from tests.format.files import check_screen

from lhpub.render.pdf import render_pdf


def no_alt(pdf: Pdf) -> None:
    del structure(pdf, "/Figure")[0].Alt


def blank_alt(pdf: Pdf) -> None:
    structure(pdf, "/Figure")[1].Alt = String("  ")


def skipped_level(pdf: Pdf) -> None:
    structure(pdf, "/H2")[0].S = Name.H3


def first_heading_too_low(pdf: Pdf) -> None:
    structure(pdf, "/H1")[0].S = Name.H2


def no_headers(pdf: Pdf) -> None:
    for cell in structure(pdf, "/TH"):
        cell.S = Name.TD


def no_scope(pdf: Pdf) -> None:
    del structure(pdf, "/TH")[0].A


def ragged_row(pdf: Pdf) -> None:
    row = structure(pdf, "/TR")[0]
    row.K = Array([row.K[0]])


def reordered(pdf: Pdf) -> None:
    section = structure(pdf, "/Sect")[2]
    section.K = Array([section.K[1], section.K[0], *list(section.K)[2:]])


def forgotten(pdf: Pdf) -> None:
    """A heading leaves the tree; its content stays on the page."""
    section = structure(pdf, "/Sect")[0]
    section.K = Array(list(section.K)[:-1])


def no_parent(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1] = Array(list(numbers[1])[:-1])


def without(key: str) -> Mutant:
    def breaks(pdf: Pdf) -> None:
        del pdf.Root[key]

    codes = {"/Lang": "screen-language", "/ViewerPreferences": "screen-display-title", "/MarkInfo": "screen-marked"}
    return Mutant({**codes, "/OutputIntents": "screen-output-intent", "/StructTreeRoot": "screen-marked"}[key], breaks)


def hidden_title(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def cmyk_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 4


def silent_link(pdf: Pdf) -> None:
    del pdf.pages[1].Annots[0].Contents


def lost_link(pdf: Pdf) -> None:
    del pdf.pages[1].Annots[0].Dest


def link_to_a_page_gone(pdf: Pdf) -> None:
    pdf.pages[1].Annots[0].Dest = Array([pdf.make_indirect(Dictionary(Type=Name.Page)), Name.Fit])


def stray_link(pdf: Pdf) -> None:
    del pdf.pages[1].Annots[0].StructParent


def link_of_another(pdf: Pdf) -> None:
    annotations = pdf.pages[1].Annots
    annotations[0].StructParent = int(annotations[1].StructParent)


def tabs_by_row(pdf: Pdf) -> None:
    pdf.pages[1].obj.Tabs = Name.R


def wrong_bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title = "别的题目"


def bookmark_of_another_page(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[2] = OutlineItem("重大项目", 3)


def other_digit(pdf: Pdf) -> None:
    for font in fonts(pdf):
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"> <0035>", b"> <0036>"))


MUTANTS = {
    "text outside all tags": Mutant("screen-untagged", appended(0, b"BT /F1 12 Tf 1 0 0 1 9 9 Tm <0001> Tj ET")),
    "a line outside all tags": Mutant("screen-untagged", appended(0, b"0 0 m 9 9 l S")),
    "text in a tag without number": Mutant("screen-untagged", content(0, b"/H1 <</MCID 1>> BDC", b"/H1 BMC")),
    "no structure tree": without("/StructTreeRoot"),
    "not marked": without("/MarkInfo"),
    "content that the tree forgot": Mutant("screen-structure", forgotten),
    "a number told twice": Mutant("screen-structure", content(0, b"/MCID 2", b"/MCID 1")),
    "a hole in the parent tree": Mutant("screen-parents", no_parent),
    "a figure without alt": Mutant("screen-figure-alt", no_alt),
    "a figure with blank alt": Mutant("screen-figure-alt", blank_alt),
    "a heading level skipped": Mutant("screen-headings", skipped_level),
    "a first heading of level 2": Mutant("screen-headings", first_heading_too_low),
    "a table without headers": Mutant("screen-table", no_headers),
    "a header without scope": Mutant("screen-table", no_scope),
    "a ragged table": Mutant("screen-table", ragged_row),
    "no language": without("/Lang"),
    "no title": Mutant("screen-title", xmp("dc:title", "dc:titel")),
    "no wish to show the title": without("/ViewerPreferences"),
    "the title hidden": Mutant("screen-display-title", hidden_title),
    "another reading order": Mutant("screen-order", reordered),
    "radicals": Mutant("screen-characters", radicals),
    "another figure": Mutant("pdf-text-differs", other_digit),
    "text left out": Mutant("pdf-text-differs", content(2, b"TJ", b"pop")),
    "a link without words": Mutant("screen-link-text", silent_link),
    "a link without target": Mutant("screen-link-target", lost_link),
    "a link to a page that is gone": Mutant("screen-link-target", link_to_a_page_gone),
    "a link outside the tree": Mutant("screen-link-tag", stray_link),
    "a link in another's place": Mutant("screen-link-tag", link_of_another),
    "tabs by rows": Mutant("screen-tabs", tabs_by_row),
    "a bookmark that is no heading": Mutant("screen-bookmarks", wrong_bookmark),
    "a bookmark to the wrong page": Mutant("screen-bookmarks", bookmark_of_another_page),
    "no UA identifier": Mutant("screen-ua", xmp("<pdfuaid:part>1<", "<pdfuaid:part>2<")),
    "a level b file": Mutant("screen-a", xmp("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")),
    "no output intent": without("/OutputIntents"),
    "a CMYK output intent": Mutant("screen-output-intent", cmyk_intent),
    "CMYK colour": Mutant("screen-colour", content(1, b"rg", b"0 k")),
    "fonts not embedded": Mutant("pdf-font-embedded", unembedded),
    "a font that is no subset": Mutant("pdf-font-subset", whole_font),
    "glyphs without text": Mutant("pdf-unicode", without_unicode),
    "a missing glyph": Mutant("pdf-notdef", appended(0, b"/Artifact BMC BT /F1 12 Tf <0000> Tj ET EMC")),
    "JavaScript": Mutant("pdf-javascript", script),
    "an embedded file": Mutant("pdf-embedded-file", embedded_file),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_the_check_sees(name: str, screen: bytes) -> None:
    found = check_screen(mutated(screen, MUTANTS[name].breaks), brochure())
    assert MUTANTS[name].code in {item.code for item in found}
    assert all(item.message.zh and item.message.en for item in found)


def test_encryption_is_seen(screen: bytes) -> None:
    locked = mutated(screen, lambda pdf: None, encryption=Encryption(owner="o", user=""))
    assert "pdf-encrypted" in {item.code for item in check_screen(locked)}


def test_a_missing_page_is_seen(screen: bytes) -> None:
    def breaks(pdf: Pdf) -> None:
        del pdf.pages[3]

    assert "pdf-pages-differ" in {item.code for item in check_screen(mutated(screen, breaks), brochure())}


def test_the_difference_names_page_box_and_figure(screen: bytes) -> None:
    told = [item for item in check_screen(mutated(screen, other_digit), brochure()) if item.code == "pdf-text-differs"]
    assert "第 3 页 “重大项目”的正文" in told[0].message.zh
    assert "重大项目.首批投资" in told[0].message.zh
    assert "635.8" not in told[0].message.zh.split("应为")[1]


def test_every_file_of_another_composition_differs() -> None:
    assert {item.code for item in check_screen(render_pdf(deck()), brochure())} >= {"pdf-pages-differ"}


def test_a_file_of_shapes_alone_needs_no_text() -> None:
    page = replace(brochure().pages[1], boxes=(rule(20, 20, 30, 1), text_box("t", (20, 20), "题", tag="H1")))
    composition = replace(brochure(), pages=(page,), bookmarks=())
    assert check_screen(render_pdf(composition), composition) == ()
