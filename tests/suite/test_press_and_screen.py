"""Press and screen pages, rendered: the same but for marks, bleed and the colour conversion."""

import io
import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
import pytest

from lhpub.render.pdf import render_press
from tests.suite.conftest import Written
from tests.suite.pdf_mutants import edit, elements

Picture = npt.NDArray[np.int16]
TOLERANCE = 20
"""Of 255 grey levels: what the conversion of the sample's inks may change, cream paper to white included."""


def pictures(data: bytes, box: str) -> list[Picture]:
    """Returns every page as grey levels, seen through one of its boxes, a pixel a point."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.obj.MediaBox = page.obj.get(box, page.obj.MediaBox)
        cut = io.BytesIO()
        pdf.save(cut)
    with pdfium.PdfDocument(cut.getvalue()) as pdf:
        return [np.asarray(page.render(grayscale=True).to_pil(), dtype=np.int16) for page in pdf]


def differing(press: bytes, screen: bytes) -> list[int]:
    """Returns the numbers of the pages that differ within their trim."""
    pairs = zip(pictures(press, "/TrimBox"), pictures(screen, "/MediaBox"), strict=True)
    return [number for number, (one, other) in enumerate(pairs, 1) if np.abs(one - other).max() > TOLERANCE]


def unlike_outside_the_bleed(press: bytes) -> list[int]:
    """Returns the numbers of the pages that show something else than the first outside their bleed, their names apart."""
    found, shown = [], pictures(press, "/MediaBox")
    with pikepdf.open(io.BytesIO(press)) as pdf:
        for number, (page, picture) in enumerate(zip(pdf.pages, shown, strict=True), 1):
            left, bottom, right, top = (round(float(value)) for value in page.obj.BleedBox)
            height = len(picture)
            picture[height - top - 1 : height - bottom + 1, left - 1 : right + 1] = 0
            picture[-26:-7, left + 15 : len(picture[0]) // 2 - 7] = 0
            if (picture != shown[0]).any():
                found.append(number)
    return found


def changed(data: bytes, pattern: str, replacement: str, page: int) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf, pattern, replacement, page=page)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_press_and_screen_pages_look_alike_within_the_trim(written: Written) -> None:
    assert differing(written.press, written.screen) == []


def test_a_line_that_the_press_lacks_is_seen(written: Written) -> None:
    broken = changed(written.press, r"(.*)\[[^]]*<.{12,}?>\] TJ", r"\1[] TJ", 7)
    assert differing(broken, written.screen) == [8]


@pytest.mark.parametrize("pattern", [r"0 0 0 1 k", r"0\.22 1 0\.9 0\.38 k"])
def test_an_ink_of_another_colour_is_seen(written: Written, pattern: str) -> None:
    assert differing(changed(written.press, pattern, "0.5 0 0 0 k", 7), written.screen) == [8]


def test_nothing_but_marks_shows_outside_the_bleed(written: Written) -> None:
    assert unlike_outside_the_bleed(written.press) == []


def test_each_sheet_is_named_at_its_foot_on_all_plates(written: Written) -> None:
    spreads = render_press(written.composition, replace(written.settings, imposition="saddle"))
    for data, sheets in ((written.press, 24), (spreads, 12)):
        feet = {picture[-26:-7, 50:290].tobytes() for picture in pictures(data, "/MediaBox")}
        assert len(feet) == sheets
    with pikepdf.open(io.BytesIO(written.press)) as pdf:
        last = pdf.pages[0].obj.Contents.read_bytes().rpartition(b" scn ")[0].split()[-3:]
        assert pdf.pages[0].obj.Resources.ColorSpace[last[0].decode()][1] == "/All"


def test_a_page_that_is_not_clipped_is_seen(written: Written) -> None:
    across = changed(written.press, r" re W n", " re n 0 0 0 1 k 0 300 9000 9 re f", 7)
    assert unlike_outside_the_bleed(across) == [8]


def test_every_page_is_clipped_to_its_bleed_by_its_first_operators(written: Written) -> None:
    with pikepdf.open(io.BytesIO(written.press)) as pdf:
        for page in pdf.pages:
            first = re.match(rb"\s*q\s+([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n", page.obj.Contents.read_bytes())
            assert first
            left, bottom, width, height = (float(value) for value in first.groups())
            assert [left, bottom, left + width, bottom + height] == pytest.approx(
                [float(value) for value in page.obj.BleedBox], abs=0.002
            )


def test_a_contents_line_is_one_link_that_says_the_whole_line(written: Written) -> None:
    with pikepdf.open(io.BytesIO(written.screen)) as pdf:
        said = [str(link.Contents) for link in pdf.pages[2].obj.Annots]
        assert said.count("01 “双招双引” 7") == 1
        assert said.count("全年数字一览 4") == 1
        assert all(" " in text for text in said)


def test_a_link_that_is_a_number_alone_says_what_it_leads_to(written: Written) -> None:
    with pikepdf.open(io.BytesIO(written.screen)) as pdf:
        said = [str(link.Contents) for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert "18：全球招商" in said
    assert [text for text in said if text.isdecimal()] == []


def test_a_figure_that_crosses_the_fold_is_spoken_once_and_has_no_box_of_one_page(written: Written) -> None:
    with pikepdf.open(io.BytesIO(written.screen)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
        figures = elements(pdf, "Figure")
        over = [figure for figure in figures if len({kid.Pg.objgen for kid in figure.K if "/MCID" in kid}) > 1]
        assert over == [figure for figure in figures if "/A" not in figure]
        assert len(over) == 1
        boxes = [[float(value) for value in figure.A.BBox] for figure in figures if "/A" in figure]
        assert all(-0.01 <= box[0] < box[2] <= width + 0.01 for box in boxes)
