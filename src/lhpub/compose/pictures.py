"""Crops a picture to its frame around the point that must stay in sight; logo and QR code are shown whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lhpub.boxes import ImageBox
from lhpub.compose.scope import Scope, picture_for
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.frame import Frame
from lhpub.publication.model import Picture, Publication
from lhpub.units import Rect

LEAST_KEPT = 0.5
"""A crop that keeps less of a picture's area is no longer that picture."""
LEAST_SHOWN = 0.75
"""On a page of pictures: one that would lose more stands whole."""
WHOLE = ("logo", "qr")


def place_picture(frame: Frame, rect: Rect, scope: Scope) -> tuple[ImageBox | None, tuple[Diagnostic, ...]]:
    """Returns the picture that the frame names, never stretched, the focus as near the middle as its edges allow; an error
    where the frame's shape would cut too much away."""
    picture = picture_for(frame.picture, scope) if frame.picture else None
    if picture is None:
        return None, ()
    crop = (0.0, 0.0, 1.0, 1.0)
    found: tuple[Diagnostic, ...] = ()
    if frame.picture in WHOLE:
        rect = fit_whole(picture.pixels, rect, frame.align or "left")
    else:
        crop = crop_to(picture.pixels, (rect.width, rect.height), picture.focus)
        kept = (crop[2] - crop[0]) * (crop[3] - crop[1])
        if scope.picture and kept < LEAST_SHOWN:  # a page of pictures has no text to keep to
            rect, crop, kept = fit_whole(picture.pixels, rect, frame.align or "left"), (0.0, 0.0, 1.0, 1.0), 1.0
        found = (_too_much_cut(picture, frame, kept),) if kept < LEAST_KEPT else ()
    owner = scope.keyword.id if frame.picture in ("keyword", "qr") and scope.keyword else ""
    name = f"{owner}/{frame.name}" if owner else frame.name or picture.file
    name = f"{name}/{scope.index}" if scope.picture else name
    words = picture.alt, name, frame.name
    image = ImageBox(
        rect, picture.data, picture.media_type, picture.pixels, crop, *words, picture.span, picture.source,
        frame=frame.span, file=picture.file,
    )  # fmt: skip
    return image, found


def without_misfits(publication: Publication, told: Iterable[Diagnostic]) -> Publication:
    """Returns the publication without the pictures of cover and themes that a frame would cut too far, as `told`: the masters
    without a picture are then taken, as for a keyword whose picture fits nowhere."""
    cut = {diagnostic.span for diagnostic in told if diagnostic.code == "picture-shape"}
    cover = None if publication.cover and publication.cover.span in cut else publication.cover
    themes = tuple(replace(t, picture=None) if t.picture and t.picture.span in cut else t for t in publication.themes)
    return replace(publication, cover=cover, themes=themes)


def crop_to(
    pixels: tuple[int, int], frame: tuple[float, float], focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Returns the visible part (left, top, right, bottom as 0–1) of a picture that covers a frame of that shape."""
    scale = max(frame[0] / pixels[0], frame[1] / pixels[1])
    spans = [min(1.0, frame[i] / scale / pixels[i]) for i in (0, 1)]
    starts = [min(max(focus[i] - spans[i] / 2, 0.0), 1 - spans[i]) for i in (0, 1)]
    return starts[0], starts[1], starts[0] + spans[0], starts[1] + spans[1]


def fit_whole(pixels: tuple[int, int], rect: Rect, align: str) -> Rect:
    """Returns the largest place of the picture's shape in a frame, at its top and on the side named."""
    scale = min(rect.width / pixels[0], rect.height / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    return Rect(rect.x + (rect.width - width) * {"right": 1.0, "centre": 0.5}.get(align, 0.0), rect.y, width, height)


def _too_much_cut(picture: Picture, frame: Frame, kept: float) -> Diagnostic:
    size = "{} × {}".format(*picture.pixels)
    zh = f"图片 {picture.file}（{size}）放进“{frame.name}”只剩 {kept:.0%}"
    message = Bilingual(zh, f"{picture.file} ({size}) keeps only {kept:.0%} in “{frame.name}”")
    zh = f"换一张形状相近的图片，或改 {frame.span} 的框"
    hint = Bilingual(zh, f"use a picture of a shape nearer to it, or change the frame at {frame.span}")
    return Diagnostic("picture-shape", Severity.ERROR, message, hint, picture.span)


def left_out(picture: Picture, is_framed: bool = True) -> Diagnostic:
    """Returns the warning that no frame's shape suited a picture; a notice where the layout has none for such a one."""
    message = Bilingual(f"图片 {picture.file} 没有用上，没有形状合适的框", f"{picture.file} is not shown, for no frame suits it")
    hint = Bilingual("换一张横、方或竖的图片，或在版式里加一个框", "use a picture of another shape, or add a frame")
    if not is_framed:
        en = f"{picture.file} is not shown, the layout has no frame for it"
        message = Bilingual(f"图片 {picture.file} 没有用上，版式没有放它的框", en)
        hint = Bilingual("在版式里加一个框：picture: cover 或 theme", "add a frame to the layout: picture: cover or theme")
    return Diagnostic("picture-left-out", Severity.WARNING if is_framed else Severity.NOTICE, message, hint, picture.span)
