"""Each preflight rule passes the sample and catches the break made for it."""

from dataclasses import replace

import pytest

from lhpub.boxes import ChartBox, Composition, ImageBox, Page, TextBox
from lhpub.compose.kept import Kept
from lhpub.inline import Inline
from lhpub.preflight import check_composition
from lhpub.preflight.checks import contrast
from lhpub.text.model import Ink, Run
from lhpub.units import Rect


def codes(composition: Composition, publication) -> set[str]:
    return {d.code for d in check_composition(composition, publication, Kept())}


def with_page(composition: Composition, number: int, change) -> Composition:
    pages = tuple(change(page) if page.number == number else page for page in composition.pages)
    return replace(composition, pages=pages)


def with_text(composition: Composition, number: int, slot: str, change) -> Composition:
    """Returns the composition with the first text of that slot on that page changed."""

    def changed(page: Page) -> Page:
        boxes = list(page.boxes)
        index = next(i for i, b in enumerate(boxes) if isinstance(b, TextBox) and b.slot == slot)
        boxes[index] = change(boxes[index])
        return replace(page, boxes=tuple(boxes))

    return with_page(composition, number, changed)


def restyled(box: TextBox, **changes) -> TextBox:
    """Returns the text with the size or ink of its runs changed, on the page and in the paragraphs."""
    lines = tuple(replace(line, runs=tuple(replace(run, **changes) for run in line.runs)) for line in box.lines)
    return replace(box, lines=lines)


def test_the_sample_passes_every_rule(sample):
    for composition in (sample.brochure, sample.deck):
        assert check_composition(composition, sample.read.publication, Kept()) == ()


def test_a_digit_without_a_role_is_an_error(sample):
    def add_digit(box: TextBox) -> TextBox:
        paragraph = box.paragraphs[0]
        return replace(box, paragraphs=(replace(paragraph, runs=(*paragraph.runs, Run("7", paragraph.style))),))

    broken = with_text(sample.brochure, 7, "body", add_digit)
    assert codes(broken, sample.read.publication) == {"figure-without-role"}


def test_a_digit_without_a_role_in_the_notes_is_an_error(sample):
    broken = with_page(sample.deck, 6, lambda page: replace(page, notes=(*page.notes, (Inline("还有3件事。"),))))
    assert codes(broken, sample.read.publication) == {"figure-without-role"}


def test_a_text_beyond_the_page_is_an_error(sample):
    broken = with_text(sample.brochure, 7, "title", lambda box: replace(box, origin=(-40, box.origin[1])))
    assert "off-page" in codes(broken, sample.read.publication)


def test_two_texts_on_one_another_are_an_error(sample):
    body = next(b for b in sample.brochure.pages[6].boxes if isinstance(b, TextBox) and b.slot == "body")
    broken = with_text(sample.brochure, 7, "lead", lambda box: replace(box, origin=body.origin))
    assert codes(broken, sample.read.publication) == {"overlap"}


def test_too_little_contrast_is_an_error(sample):
    broken = with_text(sample.brochure, 7, "body", lambda box: restyled(box, ink=Ink("gold", "#BFA26A")))
    assert codes(broken, sample.read.publication) == {"contrast"}
    broken = with_text(sample.brochure, 1, "title", lambda box: restyled(box, ink=Ink("ink", "#2A2523")))
    assert codes(broken, sample.read.publication) == {"contrast"}


@pytest.mark.parametrize(("medium", "page", "slot", "size"), [("brochure", 7, "body", 4.9), ("deck", 6, "body", 17), ("deck", 6, "source", 11.5)])
def test_too_small_type_is_an_error(sample, medium, page, slot, size):
    broken = with_text(getattr(sample, medium), page, slot, lambda box: restyled(box, size=size))
    assert codes(broken, sample.read.publication) == {"too-small"}


@pytest.mark.parametrize(("pixels", "found"), [((1200, 1200), set()), ((700, 700), {"resolution"}), ((300, 300), {"resolution"})])
def test_a_picture_needs_pixels_for_its_frame(sample, pixels, found):
    picture = ImageBox(Rect(60, 300, 216, 216), b"", "image/png", pixels, (0, 0, 1, 1), "一张图", "picture")
    broken = with_page(sample.brochure, 24, lambda page: replace(page, boxes=(picture, *page.boxes)))
    assert codes(broken, sample.read.publication) == found


def test_a_chart_without_an_alternative_text_is_an_error(sample):
    number = next(p.number for p in sample.brochure.pages if any(isinstance(b, ChartBox) for b in p.boxes))

    def silent(page: Page) -> Page:
        mute = [replace(b, chart=replace(b.chart, told=())) if isinstance(b, ChartBox) else b for b in page.boxes]
        return replace(page, boxes=tuple(mute))

    assert codes(with_page(sample.brochure, number, silent), sample.read.publication) == {"no-alternative"}


def test_a_fact_that_is_printed_nowhere_is_told(sample):
    publication = sample.read.publication
    fact = replace(next(e for e in publication.entries if e.kind == "figure"), id="facts/重大项目.未印")
    publication = replace(publication, entries=(*publication.entries, fact))
    found = [d for d in check_composition(sample.brochure, publication, Kept()) if d.code == "entry-left-out"]
    assert len(found) == 1
    assert "未印" in found[0].message.zh


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
