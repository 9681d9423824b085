"""The grid that follows from the paper: the table of the plain layout's specification."""

from dataclasses import replace

import pytest

from lhpub.layout.fields import fields_of
from lhpub.layout.read import read_layout
from lhpub.world import World
from tests.suite.workshop import ROOT

PAPERS = [  # width, height, margin, columns, column, side, top, bottom, rows, line
    (210, 285, 18, 6, 24.83, 2, 27, 24, 8, 6.0),
    (210, 297, 18, 6, 24.83, 2, 28, 25, 8, 6.256),
    (148, 210, 14, 4, 27.0, 1, 20, 17.5, 6, 5.948),
    (210, 210, 18, 6, 24.83, 2, 20, 17.5, 6, 5.948),
    (297, 210, 18, 8, 28.25, 2, 20, 17.5, 6, 5.948),
    (297, 420, 24, 8, 25.88, 2, 40, 35.5, 12, 5.839),
    (420, 297, 24, 12, 25.5, 2, 28, 25, 8, 6.256),
]
SLIDES = [(960, 540, 12, 4), (720, 540, 8, 3), (864, 540, 10, 3), (1920, 540, 24, 5)]
PLAIN = read_layout(World(ROOT), ROOT / "layouts" / "plain")[0]


@pytest.mark.parametrize(
    ("width", "height", "margin", "columns", "column", "side", "top", "bottom", "rows", "line"), PAPERS
)
def test_papers(width, height, margin, columns, column, side, top, bottom, rows, line):
    grid, margins = fields_of(PLAIN.spec.brochure.fields, (width, height), 1.0)
    assert (margins.left, margins.top, margins.right, margins.bottom) == (margin, top, margin, bottom)
    assert (grid.columns, grid.rows, grid.spans["side"][1]) == (columns, rows, side)
    assert (grid.column, grid.line) == (pytest.approx(column, abs=0.01), pytest.approx(line, abs=0.001))
    assert grid.down((0, -1)) == pytest.approx((top, height - top - bottom))
    assert grid.across("main")[0] + grid.across("main")[1] == pytest.approx(width - margin)


@pytest.mark.parametrize(("width", "height", "columns", "side"), SLIDES)
def test_slides(width, height, columns, side):
    grid, _ = fields_of(PLAIN.spec.deck.fields, (width, height), 1.0)
    assert (grid.columns, grid.spans["side"][1]) == (columns, side)


def test_body_follows_the_line_within_its_sizes():
    assert (PLAIN.styles["body"].size, PLAIN.styles["body"].leading) == (10, pytest.approx(17.008, abs=0.001))
    assert PLAIN.styles["body"].floor is None, "it is no size that fitting may choose"
    assert PLAIN.styles["body-full"].size == 11


def test_only_a_wide_main_column_is_parted():
    fields = PLAIN.spec.brochure.fields
    narrow, wide = (fields_of(fields, size, 1.0)[0].spans for size in ((210, 285), (297, 210)))
    assert narrow["main-left"] == narrow["main-right"] == narrow["main"]
    assert (wide["main-left"], wide["main-right"]) == ((2, 3), (5, -1))


def test_rows_by_halves():
    grid, _ = fields_of(PLAIN.spec.brochure.fields, (210, 285), 1.0)
    assert (grid.down("upper"), grid.down("lower")) == ((27, 114), (147, 114))


def test_the_last_paper_is_for_all_others():
    fields = PLAIN.spec.brochure.fields
    assert fields_of(replace(fields, papers=fields.papers[:2]), (500, 500), 1.0)[1].left == 18
