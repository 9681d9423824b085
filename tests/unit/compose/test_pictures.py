"""Crops around the focus; logos whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.compose.pictures import crop_to, fit_whole
from lhpub.units import Rect

side = st.integers(10, 5000)
share = st.floats(0, 1, allow_nan=False)


@given(st.tuples(side, side), st.tuples(side, side), st.tuples(share, share))
@settings(max_examples=100, deadline=None)
def test_a_crop_fills_its_frame_undistorted_within_the_picture_with_the_focus_in_sight(pixels, frame, focus):
    left, top, right, bottom = crop_to(pixels, frame, focus)
    assert 0 <= left < right <= 1 + 1e-9
    assert 0 <= top < bottom <= 1 + 1e-9
    shape = (right - left) * pixels[0] / ((bottom - top) * pixels[1])
    assert shape == pytest.approx(frame[0] / frame[1], rel=1e-6)
    assert left - 1e-9 <= focus[0] <= right + 1e-9
    assert top - 1e-9 <= focus[1] <= bottom + 1e-9
    assert max(right - left, bottom - top) == pytest.approx(1)


def test_the_focus_is_brought_to_the_middle_where_the_edges_allow():
    assert crop_to((200, 100), (100, 100), (0.5, 0.5)) == (0.25, 0, 0.75, 1)
    assert crop_to((200, 100), (100, 100), (0.1, 0.5)) == (0, 0, 0.5, 1)


def test_a_logo_is_shown_whole_at_the_side_its_frame_names():
    frame = Rect(10, 10, 60, 20)
    assert fit_whole((100, 100), frame, "left") == Rect(10, 10, 20, 20)
    assert fit_whole((100, 100), frame, "right") == Rect(50, 10, 20, 20)
    assert fit_whole((600, 100), frame, "left") == Rect(10, 10, 60, 10)
