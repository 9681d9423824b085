"""Lists that run on: as few pages as can be, in even parts; closer together rather than on another page."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhpub.boxes import ShapeBox
from lhpub.compose.lists import depth, run_on
from lhpub.layout.at import Area
from lhpub.units import Rect

AREA = Area(Rect(0, 0, 210, 285))
LIST = Rect(10, 20, 100, 60)


def spots(heights, rect=LIST, **keys):
    repeat = SimpleNamespace(**{"flow": 0.0, "across": (1,), "column": None, "by": "columns", "pitch": (), **keys})

    def place(height, area):
        assert area.rect.width == pytest.approx(rect.width / (keys.get("across", (1,))[-1]))
        return SimpleNamespace(fixed=(), boxes=(ShapeBox(Rect(area.rect.x, 0, 10, height), ()),))

    return run_on(repeat, heights, place, AREA, rect)


@given(st.lists(st.floats(1, 60), min_size=1, max_size=40), st.sampled_from([1, 2, 3]))
def test_each_item_stands_once_in_order_within_the_list(heights, columns):
    pages = spots(heights, across=(columns,))
    assert [spot.index for page in pages for spot in page] == list(range(len(heights)))
    for page in pages:
        assert all(LIST.y <= s.rect.y and s.rect.y + heights[s.index] <= LIST.bottom + 0.1 for s in page)
        assert all(LIST.x <= s.rect.x and s.rect.right <= LIST.right + 0.1 for s in page)


def test_pages_are_even_with_no_orphan():
    assert [len(page) for page in spots([10] * 7)] == [4, 3]
    assert [len(page) for page in spots([20] * 4, flow=0.0)] == [2, 2]


def test_columns_of_one_page_are_even():
    (page,) = spots([10] * 5, across=(2,))
    assert [spot.rect.x for spot in page] == [10, 10, 10, 60, 60]


def test_by_rows_runs_across_first_and_pages_keep_whole_rows():
    (page,) = spots([10, 20, 10], across=(2,), by="rows")
    assert [(spot.rect.x, spot.rect.y) for spot in page] == [(10, 20), (60, 20), (10, 40)]


def test_one_row_a_page_is_parted_evenly():
    repeat = {"by": "rows", "flow": 0.0, "pitch": (), "across": (5,), "column": None}
    place = lambda height, area: SimpleNamespace(fixed=(), boxes=(ShapeBox(Rect(0, 0, 1, height), ()),))  # noqa: E731
    pages = run_on(SimpleNamespace(**repeat), [40] * 12, place, AREA, LIST)
    assert [len(page) for page in pages] == [4, 4, 4]


def test_items_stand_closer_rather_than_on_another_page():
    (page,) = spots([5] * 4, pitch=((4, 30.0),))
    assert [spot.rect.y for spot in page] == pytest.approx([20, 20 + 55 / 3, 20 + 110 / 3, 75])


def test_columns_follow_from_the_least_width():
    repeat = {"by": "columns", "flow": 0.0, "pitch": (), "across": (1,), "column": 30.0}
    place = lambda height, area: SimpleNamespace(fixed=(), boxes=(ShapeBox(Rect(0, 0, 1, height), ()),))  # noqa: E731
    (page,) = run_on(SimpleNamespace(**repeat), [10] * 3, place, AREA, LIST)
    assert [spot.rect.x for spot in page] == pytest.approx([10, 10 + 100 / 3, 10 + 200 / 3])


def test_nothing_has_no_page():
    assert spots([]) == ()
    assert depth(()) == 0
