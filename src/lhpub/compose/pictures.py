"""Crops a picture to its frame around the point that must stay in sight."""

from __future__ import annotations

from lhpub.boxes import ImageBox
from lhpub.compose.scope import Scope
from lhpub.layout.model import Frame
from lhpub.units import Rect


def place_picture(frame: Frame, rect: Rect, scope: Scope) -> ImageBox | None:
    """Returns the keyword's picture covering the frame: never stretched, the focus as near the middle as the picture's
    edges allow."""
    keyword = scope.keyword
    if keyword is None or keyword.picture is None:
        return None
    picture = keyword.picture
    crop = crop_to(picture.pixels, (rect.width, rect.height), picture.focus)
    name = f"{keyword.id}/{frame.name}"
    return ImageBox(
        rect, picture.data, picture.media_type, picture.pixels, crop, picture.alt, name, frame.name, picture.span
    )


def crop_to(
    pixels: tuple[int, int], frame: tuple[float, float], focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Returns the visible part (left, top, right, bottom as 0–1) of a picture that covers a frame of that shape."""
    scale = max(frame[0] / pixels[0], frame[1] / pixels[1])
    spans = [min(1.0, frame[i] / scale / pixels[i]) for i in (0, 1)]
    starts = [min(max(focus[i] - spans[i] / 2, 0.0), 1 - spans[i]) for i in (0, 1)]
    return starts[0], starts[1], starts[0] + spans[0], starts[1] + spans[1]
