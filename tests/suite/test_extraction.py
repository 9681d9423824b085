"""What is drawn extracts as it is written: every box of every page, by two independent readers of PDF.

Both give text in the order it is drawn, which is reading order. pdfium is asked for its text objects: its own text of a
whole page reorders by geometry, so that a big numeral may land among the lines beside it.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from lhpub.boxes import Composition, Page, TextBox
from lhpub.render.pdf import render_pdf
from lhpub.walk import texts

FOREIGN = re.compile(r"[\u2e80-\u2fdf\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
"""Kangxi radicals and their supplement (a font's cmap may name a Han so), private use, and what no text stands for."""


def closed_up(text: str) -> str:
    return "".join(text.split())


def written(page: Page, composition: Composition) -> list[str]:
    """Returns the text of each box of a page as it is written, without spaces."""
    return [closed_up("".join(p.text for p in box.paragraphs)) for box in texts(page, composition)]


def by_pdfium(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            objects = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
            yield "".join(found.extract() for found in objects)


def by_pdftotext(data: bytes) -> Iterator[str]:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    yield from done.stdout.decode().removesuffix("\f").split("\f")


READERS = [
    pytest.param(by_pdfium, id="pdfium"),
    pytest.param(by_pdftotext, id="pdftotext", marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="absent")),
]


def differences(composition: Composition, pages: list[str]) -> list[tuple[int, str, str]]:
    """Returns each box that does not extract as it is written: page, written, extracted."""
    assert len(pages) == len(composition.pages)
    found = []
    for page, extracted in zip(composition.pages, map(closed_up, pages), strict=True):
        place = 0
        for text in written(page, composition):
            got = extracted[place : place + len(text)]
            found += [(page.number, text, got)] * (got != text)
            place += len(text)
        found += [(page.number, "", extracted[place:])] * (place != len(extracted))
    return found


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("medium", ["brochure", "deck"])
def test_every_box_of_every_page_extracts_as_it_is_written(sample, medium, reader):
    composition = getattr(sample, medium)
    pages = list(reader(render_pdf(composition)))
    assert differences(composition, pages) == []
    assert FOREIGN.findall("".join(pages)) == []
    assert sum(map(len, pages)) > 3000


@pytest.mark.parametrize("reader", READERS)
def test_text_that_is_not_what_is_written_is_noticed(sample, reader):
    """The same page with two lines of one box exchanged: what is drawn is then no longer what is written."""
    page = sample.brochure.pages[13]
    long = max((box for box in page.boxes if isinstance(box, TextBox)), key=lambda box: len(box.lines))
    exchanged = replace(long, lines=(*long.lines[1::-1], *long.lines[2:]))
    drawn = replace(page, boxes=tuple(exchanged if box is long else box for box in page.boxes))
    composition = replace(sample.brochure, pages=(page,), bookmarks=())
    pages = list(reader(render_pdf(replace(composition, pages=(drawn,)))))
    assert [text for _, text, _ in differences(composition, pages)] == [closed_up("".join(p.text for p in long.paragraphs))]


def test_radicals_and_private_use_are_noticed():
    assert FOREIGN.findall("龙⼈⻓华\ue000\U000f0001") == ["⼈", "⻓", "\ue000", "\U000f0001"]
