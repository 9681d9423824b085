"""Pictures as cameras, chat programs and designers send them: right in print and on the screen."""

import io
import warnings
import zlib
from dataclasses import replace

import numpy as np
import pytest
from pdf_sample import BLACK, GOLD, PAPER, RED, brochure, filled, photograph, picture
from PIL import Image, ImageCms

from lhpub.boxes import Gradient, ImageBox
from lhpub.render.pdf import PressSettings, check_press, default_profile, pictures
from lhpub.render.pdf.pictures import Picture, backdrop, press_picture, reduced, screen_picture
from lhpub.units import Rect

AT = Rect(60, 60, 144, 96)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def box(data: bytes) -> ImageBox:
    return picture(data, AT, "照片", "photo")


def press(data: bytes) -> Picture:
    return press_picture(box(data), default_profile() or b"", None, 300)


def levels(shown: Picture) -> list[int]:
    """Returns the first pixel's parts."""
    if shown.filter == "DCTDecode":
        image = Image.open(io.BytesIO(shown.data))
    else:
        modes = {"DeviceRGB": "RGB", "DeviceGray": "L", "DeviceCMYK": "CMYK"}
        image = Image.frombytes(modes[shown.space], shown.size, zlib.decompress(shown.data))
    pixel = image.getpixel((0, 0))
    return list(pixel) if isinstance(pixel, tuple) else [pixel]


@pytest.mark.parametrize("mode", ["I;16", "L", "LA", "1", "RGB", "P"])
def test_a_picture_without_colours_prints_on_the_black_plate_alone(mode: str) -> None:
    grey = Image.new("L", (40, 40), 255)
    deep = Image.frombytes("I;16", (40, 40), b"\xff\xff" * 1600)
    shown = press(encoded(deep if mode == "I;16" else grey.convert(mode)))
    assert (shown.space, levels(shown)) == ("DeviceGray", [255])


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    data = encoded(Image.frombytes("I;16", (40, 40), (128 * 257).to_bytes(2, "little") * 1600))
    assert levels(press(data)) == [128]
    assert levels(screen_picture(box(data))) == [128, 128, 128]


def test_colours_are_not_taken_for_grey() -> None:
    assert press(encoded(Image.new("RGB", (40, 40), (120, 120, 121)))).space == "DeviceCMYK"


@pytest.mark.parametrize("profile", [b"nonsense" * 40, "cut", "other"], ids=["nonsense", "cut short", "of CMYK"])
def test_a_profile_that_does_not_serve_counts_as_none(profile: bytes | str) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    icc = {"cut": srgb[:200], "other": default_profile()}.get(str(profile), profile)
    image = Image.new("RGB", (40, 40), (200, 40, 40))
    plain, odd = encoded(image, "JPEG"), encoded(image, "JPEG", icc_profile=icc)
    assert levels(press(odd)) == levels(press(plain))
    assert levels(screen_picture(box(odd))) == levels(screen_picture(box(plain)))


def test_inks_without_a_profile_look_on_the_screen_as_they_print() -> None:
    cyan = Image.new("CMYK", (40, 40), (255, 0, 0, 0))
    bare, named = (levels(screen_picture(box(encoded(cyan, "JPEG", icc_profile=icc)))) for icc in (b"", default_profile()))
    assert bare == named
    assert bare != [0, 255, 255]


@pytest.mark.parametrize(("pixels", "wanted"), [((12000, 8000), (440, 293)), ((440, 293), (440, 293)), ((500, 333), (500, 333))])
def test_a_photograph_of_far_too_many_pixels_is_brought_down(pixels: tuple[int, int], wanted: tuple[int, int]) -> None:
    data = encoded(Image.new("RGB", pixels, (90, 120, 160)), "JPEG")
    with warnings.catch_warnings(action="error"):
        assert reduced(box(data), 220) == wanted
        assert screen_picture(box(data)).size == pytest.approx(wanted, abs=1)


def test_drawings_are_never_brought_down() -> None:
    assert reduced(box(encoded(Image.new("RGB", (4000, 4000)))), 220) == (4000, 4000)


PANEL, SHADE = filled(19, 19, 60, 45, GOLD), filled(19, 19, 60, 45, RED)
CASES = {
    "the page": ((), PAPER, True),
    "a panel": ((PANEL,), GOLD, True),
    "the upper of two": ((SHADE, PANEL), GOLD, True),
    "one far away": ((filled(150, 150, 20, 20, RED),), PAPER, True),
    "a panel's edge": ((filled(19, 19, 20, 20, RED),), PAPER, False),
    "a panel's edge under a panel": ((filled(19, 19, 20, 20, RED), PANEL), GOLD, True),
    "a gradient": ((replace(PANEL, gradient=Gradient(((0, BLACK), (1, PAPER)))),), PAPER, False),
    "a photograph": ((picture(photograph(), AT, "", ""),), PAPER, False),
}


@pytest.mark.parametrize("case", CASES)
def test_what_lies_beneath_a_transparent_picture(case: str, settings: PressSettings) -> None:
    beneath, ink, is_even = CASES[case]
    logo = box(encoded(Image.new("RGBA", (400, 300), (200, 0, 0, 90))))
    boxes = (*beneath, logo, filled(0, 0, 90, 90, RED))
    assert backdrop(boxes, logo, PAPER) == (ink, is_even)
    page = replace(brochure().pages[1], boxes=boxes, ground=PAPER)
    told = [item.code for item in check_press(replace(brochure(), pages=(page,) * 4), settings)]
    assert ("press-alpha" in told) is not is_even


@pytest.mark.parametrize(("tries", "kept"), [(3, "DCTDecode"), (0, "FlateDecode")])
def test_no_pixel_of_a_photograph_passes_the_limit_as_decoded(
    tries: int, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_TRIES", tries)
    noise = np.random.default_rng(1).integers(-30, 31, (120, 120, 4))
    dark = Image.fromarray(np.clip(np.array([200, 190, 180, 220]) + noise, 0, 255).astype(np.uint8), "CMYK")
    shown = press(encoded(dark, "JPEG", quality=95))
    data = shown.data if shown.filter == "DCTDecode" else b""
    image = Image.open(io.BytesIO(data)) if data else Image.frombytes("CMYK", shown.size, zlib.decompress(shown.data))
    assert np.asarray(image).sum(axis=2, dtype=int).max() / 2.55 <= 300
    assert shown.filter == kept
    assert np.asarray(image).sum(axis=2, dtype=int).mean() / 2.55 > 270, "as dark as it may be"
