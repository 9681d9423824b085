"""Arcs within frames and monotone paths."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.compose.curves import arcs_within, cut_to, monotone_path
from lhpub.units import Rect

FRAME = Rect(0, 0, 100, 50)


def points(curve, count=20):
    p, q, r, s = curve
    for i in range(count + 1):
        t = i / count
        u = 1 - t
        yield tuple(u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d for a, b, c, d in zip(p, q, r, s, strict=True))


coordinate = st.floats(-200, 300, allow_nan=False)
radius = st.floats(1, 2000, allow_nan=False)


@given(st.tuples(coordinate, coordinate), st.tuples(radius, radius))
@settings(max_examples=100, deadline=None)
def test_arcs_lie_on_their_ellipse_and_in_their_frame(centre, radii):
    for curves in arcs_within(centre, radii, FRAME):
        for curve in curves:
            for x, y in points(curve):
                assert -0.01 * radii[0] - 0.5 <= x <= 100.5 + 0.01 * radii[0]
                reach = math.hypot((x - centre[0]) / radii[0], (y - centre[1]) / radii[1])
                assert reach == pytest.approx(1, abs=1e-3)
            assert all(-0.01 <= y <= 50.01 for _, y in (curve[0], curve[3]))


def test_an_arc_whose_top_leaves_the_frame_is_two_pieces():
    pieces = list(arcs_within((50, 40), (45, 60), FRAME))
    assert len(pieces) == 2
    assert pieces[0][-1][3][1] == pytest.approx(0, abs=1e-6)


def test_an_arc_outside_the_frame_is_nothing():
    assert list(arcs_within((50, 500), (100, 100), FRAME)) == []


steps = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=20)


@given(steps)
@settings(max_examples=100, deadline=None)
def test_a_path_through_rising_points_never_falls(moves):
    x = y = 0.0
    given_points = [(x, y)]
    for dx, dy in moves:
        x, y = x + dx, y + dy
        given_points.append((x, y))
    curves = monotone_path(given_points)
    for curve, start, end in zip(curves, given_points, given_points[1:], strict=False):
        assert (curve[0], curve[3]) == (start, end)
        heights = [h for _, h in points(curve)]
        assert all(b >= a - 1e-6 * max(1, y) for a, b in itertools.pairwise(heights))


@given(steps, st.floats(5, 80), st.floats(5, 40))
@settings(max_examples=100, deadline=None)
def test_a_cut_path_stays_in_its_frame_and_loses_nothing_in_it(moves, width, height):
    frame = Rect(3, 4, width, height)
    x = y = 0.0
    given_points = [(x, y)]
    for dx, dy in moves:
        x, y = x + dx, y + dy
        given_points.append((x, y))
    for curve in monotone_path(given_points):
        kept = cut_to(curve, frame)
        for px, py in points(kept) if kept else ():
            assert frame.x - 1e-4 <= px <= frame.right + 1e-4
            assert frame.y - 1e-4 <= py <= frame.bottom + 1e-4
        e = 1e-4  # what only touches an edge may be left out
        inside = [p for p in points(curve) if frame.x + e < p[0] < frame.right - e and frame.y + e < p[1] < frame.bottom - e]
        assert kept or not inside
