"""Takes what a layout draws to the usual bleed on to the edge of a wider one, so that a print shop's number is said once; and
an outline whose foot a text has moved between the trim and that edge, where it would show on a sheet trimmed a little outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from lhpub.boxes import Box, ChartBox, GroupBox, ImageBox, Page, Segment, ShapeBox
from lhpub.compose.pictures import crop_to
from lhpub.layout.printing import BLEED
from lhpub.paths import rectangle
from lhpub.units import Rect, mm

_NEAR, _SAME = mm(0.05), 1e-6


def bled(page: Page) -> Page:
    """Returns the page with all drawings and pictures that go to the usual bleed gone to the page's own."""
    return replace(page, boxes=_bled(page.boxes, page)) if page.bleed else page


def _bled(boxes: tuple[Box, ...], page: Page) -> tuple[Box, ...]:
    return tuple(_box(box, page) for box in boxes)


def _box(box: Box, page: Page) -> Box:
    match box:
        case GroupBox() | ChartBox():
            return replace(box, boxes=_bled(box.boxes, page))
        case ShapeBox():
            foot = page.size.height + page.bleed
            if box.stroke and not box.fill and page.size.height - 1 < box.rect.bottom < foot and box.path == rectangle(box.rect):
                rect = replace(box.rect, height=foot - box.rect.y)
                box = replace(box, rect=rect, path=rectangle(rect))
            return replace(box, rect=_rect(box.rect, page), path=tuple(_path(box.path, page)))
        case ImageBox() if (rect := _rect(box.rect, page)) != box.rect:
            left, top, right, bottom = box.crop
            crop = crop_to(box.pixels, (rect.width, rect.height), ((left + right) / 2, (top + bottom) / 2))
            return replace(box, rect=rect, crop=crop)
    return box


def _path(path: tuple[Segment, ...], page: Page) -> Iterator[Segment]:
    """Yields a path gone on to the bleed: straight lines by their ends, curves by a straight end of their own, so that within
    the trim they stay where they were."""
    for (verb, values), (following, _) in pairwise((*path, ("Z", ()))):
        moved = _points(values, page)
        if moved == values or verb == "L":
            yield verb, moved
        elif verb == "M":
            yield verb, moved
            yield from [("L", values)] if following == "C" else []
        else:
            yield verb, values
            yield from [("L", moved[-2:])] if moved[-2:] != values[-2:] else []


def _rect(rect: Rect, page: Page) -> Rect:
    x, y, right, bottom = _points((rect.x, rect.y, rect.right, rect.bottom), page)
    return Rect(x, y, right - x, bottom - y)


def _points(values: tuple[float, ...], page: Page) -> tuple[float, ...]:
    lengths = page.size.width, page.size.height
    return tuple(_along(value, lengths[i % 2], page.bleed) for i, value in enumerate(values))


def _along(value: float, length: float, bleed: float) -> float:
    """Returns a coordinate, one between the usual bleed's edge and that of `bleed` moved on to it; `length`: of the page."""
    drawn = mm(BLEED) - _NEAR
    if -bleed + _SAME < value <= -drawn:
        return -bleed
    return length + bleed if length + drawn <= value < length + bleed - _SAME else value
