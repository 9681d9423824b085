"""Keywords in rows: fewest pages, evenly filled, nothing lost, whatever their needs."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from lhpub.boxes import GroupBox, ShapeBox, TextBox
from lhpub.compose.packing import Packed, pack, widest_gap
from lhpub.units import Rect

ROWS = 8


def packed(needs, gaps=None):
    keywords = [SimpleNamespace(id=str(i), need=need) for i, need in enumerate(needs)]

    def form(keyword, rows):
        gap = 10.0 * (rows - keyword.need) if gaps is None else gaps(keyword, rows)
        return Packed(keyword, None, "block", rows, gap) if rows >= keyword.need or rows == ROWS else None

    return pack(keywords, form, ROWS)


@given(st.lists(st.integers(1, ROWS), min_size=1, max_size=30))
def test_all_stand_in_order_and_pages_are_full(needs):
    pages = packed(needs)
    assert [one.keyword.need for page in pages for one in page] == needs
    for page in pages:
        assert [one.row for one in page] == [sum(other.rows for other in page[:i]) for i in range(len(page))]
        assert sum(one.rows for one in page) == ROWS
        assert all(one.rows >= one.keyword.need for one in page)


@given(st.lists(st.integers(2, ROWS), min_size=1, max_size=12))
def test_no_order_of_breaks_takes_fewer_pages(needs):
    pages, room = 1, 0
    for need in needs:  # greedy is optimal where the order is kept
        pages, room = (pages, room + need) if room + need <= ROWS else (pages + 1, need)
    assert len(packed(needs)) == pages


def test_five_of_three_rows_stand_two_two_one_not_one_after_a_full_one():
    assert [len(page) for page in packed([3, 3, 3, 3, 3])] == [2, 2, 1]
    assert [len(page) for page in packed([2] * 5)] in ([3, 2], [2, 3])


def test_free_rows_go_where_most_is_empty():
    ((first, second),) = packed(
        [3, 3], gaps=lambda k, rows: {"0": {3: 50, 4: 10, 5: 0}, "1": {3: 5, 4: 20, 5: 60}}[k.id].get(rows, 99)
    )
    assert (first.rows, second.rows) == (5, 3)


def test_what_fits_nowhere_has_a_page():
    assert [one.rows for page in packed([9]) for one in page] == [ROWS]


def test_the_widest_gap_is_of_texts_beside_nothing():
    area = Rect(0, 0, 100, 100)
    text = lambda y, height: TextBox(Rect(50, y, 40, height), (50, y), (), (), "t")  # noqa: E731
    rule = ShapeBox(Rect(50, 50, 40, 0), ())
    side = TextBox(Rect(0, 40, 20, 30), (0, 40), (), (), "s")
    assert widest_gap((text(0, 20), GroupBox(area, (text(80, 20),), "g"), rule, side), area, 30) == 60
