"""What is drawn to the usual bleed is drawn to a wider one; within the trim nothing moves."""

import pytest

from lhpub.boxes import GroupBox, ImageBox, Page, ShapeBox
from lhpub.compose.bleed import bled
from lhpub.paths import bounds, rectangle
from lhpub.text.model import Ink
from lhpub.units import Rect, Size, mm

SIZE = Size(mm(100), mm(200))


def page(*boxes, bleed: float) -> Page:
    return Page(1, "1", SIZE, mm(bleed), None, boxes, "m", "t")


def panel(x: float, y: float, right: float, bottom: float) -> ShapeBox:
    rect = Rect(mm(x), mm(y), mm(right - x), mm(bottom - y))
    return ShapeBox(rect, rectangle(rect))


def area(box: ShapeBox) -> tuple[float, ...]:
    points = [point for _, values in box.path for point in zip(values[::2], values[1::2], strict=True)]
    rect = bounds(points)
    assert (rect.x, rect.right) == pytest.approx((box.rect.x, box.rect.right))
    return tuple(round(value / mm(1), 2) for value in (rect.x, rect.y, rect.right, rect.bottom))


@pytest.mark.parametrize(("drawn", "wanted"), [
    ((-3, -3, 103, 203), (-5, -5, 105, 205)), ((-3, 10, 50, 20), (-5, 10, 50, 20)), ((50, 190, 104, 203), (50, 190, 105, 205)),
    ((-2, 0, 102, 200), (-2, 0, 102, 200)), ((-20, 10, 150, 20), (-20, 10, 150, 20)), ((-5, 10, 105, 20), (-5, 10, 105, 20)),
])  # fmt: skip
def test_what_goes_to_the_usual_bleed_goes_to_a_wider_one(drawn, wanted):
    (group,) = bled(page(GroupBox(Rect(0, 0, 0, 0), (panel(*drawn),), "g"), bleed=5)).boxes
    assert area(group.boxes[0]) == wanted


def test_at_the_usual_bleed_a_page_is_left_as_it_is():
    one = page(panel(-3, -3, 103, 203), bleed=3)
    assert bled(one) == one


def test_an_outline_that_ends_in_the_bleed_ends_at_its_edge():
    rect = Rect(mm(20), mm(180), mm(40), mm(21))
    outline = ShapeBox(rect, rectangle(rect), stroke=Ink("ink", "#000000"))
    (made,) = bled(page(outline, bleed=3)).boxes
    assert area(made) == (20, 180, 60, 203)


def test_a_curve_stays_where_it_was_and_goes_on_straight():
    edge, far = mm(-3), mm(103)
    curve = ("C", (mm(20), 5.0, mm(80), 5.0, far, 20.0))
    shape = ShapeBox(Rect(edge, 0, far - edge, 20), (("M", (edge, 20.0)), curve))
    (made,) = bled(page(shape, bleed=5)).boxes
    assert made.path == (("M", (mm(-5), 20.0)), ("L", (edge, 20.0)), curve, ("L", (SIZE.width + mm(5), 20.0)))


def test_a_picture_is_cropped_anew_and_not_stretched():
    rect = Rect(mm(-3), mm(-3), mm(106), mm(53))
    image = ImageBox(rect, b"", "image/png", (2000, 1000), (0, 0, 1, 1), "", "p")
    (made,) = bled(page(image, bleed=5)).boxes
    left, top, right, bottom = made.crop
    assert (made.rect.x, made.rect.y, made.rect.right) == pytest.approx((mm(-5), mm(-5), SIZE.width + mm(5)))
    assert (right - left) * 2000 / ((bottom - top) * 1000) == pytest.approx(made.rect.width / made.rect.height)
