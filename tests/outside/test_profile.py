"""A print shop's real profile, as Ghostscript ships one: it is claimed, converted through, and kept to the ink limit."""

import io
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageCms

from lhpub.boxes import ImageBox
from lhpub.render.pdf import PressSettings, render_press
from lhpub.render.pdf.pictures import press_picture
from lhpub.render.pdf.profile import is_press_profile
from lhpub.units import Rect
from tests.suite.workshop import Made

SHOP = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
pytestmark = pytest.mark.skipif(not SHOP.is_file(), reason="Ghostscript's profiles are absent")


def photograph() -> Image.Image:
    """A picture of every hue and shade, down to black."""
    hue, value = np.meshgrid(np.arange(256), np.arange(256))
    return Image.fromarray(np.dstack([hue, np.full_like(hue, 230), value]).astype(np.uint8), "HSV").convert("RGB")


def pressed(image: Image.Image, limit: float) -> np.ndarray:
    out = io.BytesIO()
    image.save(out, "PNG")
    box = ImageBox(Rect(0, 0, 72, 72), out.getvalue(), "image/png", image.size, (0, 0, 1, 1), "照片", "photo")
    made = press_picture(box, SHOP.read_bytes(), None, limit)
    return np.frombuffer(zlib.decompress(made.data), np.uint8).reshape(*image.size, 4).astype(int)


def by_littlecms(image: Image.Image) -> np.ndarray:
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    profiles = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(str(SHOP))
    return np.asarray(ImageCms.profileToProfile(image, *profiles, ImageCms.Intent.RELATIVE_COLORIMETRIC, "CMYK", flags=flags)).astype(int)


def test_pictures_are_converted_as_littlecms_does():
    image = photograph()
    assert abs(pressed(image, 400) - by_littlecms(image)).max() <= 1


@pytest.mark.parametrize("limit", [280, 260])
def test_no_spot_of_a_picture_has_more_ink_than_the_limit(limit):
    image = photograph()
    inks, free = pressed(image, limit), by_littlecms(image)
    assert free.sum(axis=2).max() > limit * 2.55 + 3, "the picture would have more"
    assert inks.sum(axis=2).max() <= limit * 2.55 + 1
    within = free.sum(axis=2) < limit * 2.55 - 4
    assert abs(inks - free)[within].max() <= 1, "what keeps to it is left as it is"


def test_the_file_claims_the_profile_it_carries(sample: Made):
    profile = SHOP.read_bytes()
    assert is_press_profile(profile)
    data = render_press(sample.brochure, PressSettings(profile, "SWOP", is_shops=True))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "SWOP"
        assert intent.DestOutputProfile.read_bytes() == profile
