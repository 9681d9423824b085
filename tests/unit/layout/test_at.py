"""Places by edges: the same words on any paper."""

import pytest

from lhpub.diagnostics import Span
from lhpub.layout.at import Area, Edges, Side, faults, resolve
from lhpub.layout.grid import Grid
from lhpub.source.node import Scalar
from lhpub.source.report import Report
from lhpub.units import Rect, Sides

SPAN = Span("layout.yaml", 1, 1)
GRID = Grid(18, 27, 6, 25, 5, 8, 24, 6, {"side": (0, 2), "main": (2, -1)})
PAGE = Area(Rect(0, 0, 210, 285), bleed=3, margin=Sides(18, 27, 18, 24), grid=GRID)


def side(text):
    return Side.read(Scalar(text, SPAN), Report())


def edges(**sides):
    return Edges(span=SPAN, **{n: side(v) if isinstance(v, str) and n != "columns" else v for n, v in sides.items()})


@pytest.mark.parametrize(
    ("text", "meant"),
    [("12", Side(12)), ("-3", Side(-3)), ("margin", Side(0, "margin")), ("margin + 5", Side(5, "margin")),
     ("bleed", Side(0, "bleed")), ("trim - 2.5", Side(-2.5, "trim")), ("1.5L", Side(1.5, "trim", True)),
     ("margin+1L", Side(1, "margin", True))],
)  # fmt: skip
def test_a_distance_is_read_as_written(text, meant):
    assert side(text) == meant


@pytest.mark.parametrize("text", ["", "5 mm", "edge", "margin 5 5", "1,5"])
def test_anything_else_is_told(text):
    report = Report()
    assert Side.read(Scalar(text, SPAN), report) is None
    assert [d.code for d in report.diagnostics] == ["bad-place"]


def test_four_numbers_are_from_the_areas_corner():
    assert resolve((20, 27, 170, 0), Area(Rect(100, 50, 0, 0), unit=2)) == Rect(140, 104, 340, 0)


@pytest.mark.parametrize("size", [(148, 210), (210, 285), (420, 297)])
def test_edges_hold_on_any_paper(size):
    area = Area(Rect(0, 0, *size), bleed=3, margin=Sides(18, 27, 18, 24))
    assert resolve(edges(left="bleed", right="bleed", top="bleed", bottom="bleed"), area) == Rect(
        -3, -3, size[0] + 6, size[1] + 6
    )
    assert resolve(edges(left="margin", right="margin", bottom="margin", height="10"), area) == Rect(
        18, size[1] - 34, size[0] - 36, 10
    )
    assert resolve(edges(right="margin", width="40", top="margin + 2", height="0"), area) == Rect(
        size[0] - 58, 29, 40, 0
    )


def test_inner_and_outer_are_mirrored():
    place = edges(outer="margin", width="10", top="12", height="0")
    assert resolve(place, PAGE).x == 18
    assert resolve(place, Area(PAGE.rect, margin=PAGE.margin, side="right")).x == 210 - 18 - 10


def test_cells_are_counted_from_either_end():
    assert resolve(edges(columns="main", rows=(0, 1)), PAGE) == Rect(78, 27, 115, 24)
    assert resolve(edges(columns=(0, -1), rows=(-3, 3)), PAGE) == Rect(18, 27 + 5 * 30, 175, 84)


def test_distances_are_measured_within_cells():
    assert resolve(edges(columns="main", left="7", rows=(0, 2), top="1L", height="10"), PAGE) == Rect(85, 33, 108, 10)
    assert resolve(edges(columns=(0, 2), width="5", rows=(1, 1), bottom="0", height="4"), PAGE) == Rect(18, 77, 5, 4)


def test_a_part_has_the_fields_that_lie_in_it():
    part = PAGE.within(Rect(18, 57, 85, 54))
    assert (part.grid.columns, part.grid.rows) == (3, 2)
    assert resolve(edges(columns=(0, -1), top="1L", height="0"), part) == Rect(18, 63, 85, 0)


@pytest.mark.parametrize(
    ("place", "grid", "count"),
    [(edges(left="1", width="2", top="3", height="4"), GRID, 0),
     (edges(left="1", top="3", height="4"), GRID, 1),
     (edges(left="1", right="1", width="2", top="3", height="4"), GRID, 1),
     (edges(columns=(0, 1), top="1L", height="4"), None, 1),
     (edges(columns="mian", rows=(0, 1)), GRID, 1)],
)  # fmt: skip
def test_what_is_said_too_much_or_in_vain_is_told(place, grid, count):
    assert len(faults(place, grid)) == count
