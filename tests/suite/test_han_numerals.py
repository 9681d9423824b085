"""Numerals in Han stand where figures do."""

from lhpub.boxes import TextBox
from lhpub.compose.figures import CAP, HAN_HEIGHT
from lhpub.walk import flatten
from tests.suite.workshop import ROOT, make


def test_they_hang_from_the_line_that_figures_hang_from():
    made = make(ROOT / "source" / "longhua-2023.yaml", ROOT / "layouts" / "plain")
    boxes = [box for page in made.brochure.pages for box in flatten(page.boxes) if isinstance(box, TextBox)]

    def top(keyword):
        box = next(box for box in boxes if box.name == f"{keyword}/hero")
        run = max(box.lines[0].runs, key=lambda run: run.size)
        baseline, is_han = box.origin[1] + box.lines[0].baseline, not box.paragraphs[0].text[-2].isascii()
        return round(baseline - (HAN_HEIGHT if is_han else CAP) * run.size, 1)

    assert top("双招双引") == top("拓展市场")
