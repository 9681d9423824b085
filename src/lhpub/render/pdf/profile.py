"""Output profiles: the one of a press file when the print shop has named none; what a profile is; a colour's two values."""

from __future__ import annotations

import io
import re
from functools import lru_cache

from PIL import Image, ImageCms

from lhpub.text.model import Build

try:
    from _libvips import ffi, lib
except ImportError:  # no wheel for this machine: then no press file is written, and the build says so
    lib = None


def default_profile() -> bytes | None:
    """Returns the redistributable CMYK profile that libvips carries, None where libvips is not installed. libvips is called
    through its own cffi module: its Python package comes as source only."""
    if lib is None or lib.vips_init(b"lhpub") != 0:
        return None
    name, operation = ffi.new("GValue *"), lib.vips_operation_new(b"profile_load")
    lib.g_value_init(name, lib.g_type_from_name(b"gchararray"))
    lib.g_value_set_string(name, b"cmyk")
    lib.g_object_set_property(ffi.cast("GObject *", operation), b"name", name)
    lib.g_value_unset(name)
    built = lib.vips_cache_operation_build(operation)
    if built == ffi.NULL:
        return None
    blob, size = ffi.new("GValue *"), ffi.new("size_t *")
    lib.g_value_init(blob, lib.g_type_from_name(b"VipsBlob"))
    lib.g_object_get_property(ffi.cast("GObject *", built), b"profile", blob)
    data = bytes(ffi.buffer(lib.vips_value_get_blob(blob, size), size[0]))
    lib.g_value_unset(blob)
    return data


@lru_cache(maxsize=8)
def is_press_profile(data: bytes) -> bool:
    """True if it is a CMYK output profile (ICC.1, 7.2: class prtr, PCS Lab or XYZ) with the tag A2B0, as long as it says, with
    which the colour engine converts both ways: a right header says nothing about what follows."""
    if data[12:20] != b"prtrCMYK" or data[20:24] not in (b"Lab ", b"XYZ ") or b"A2B0" not in _tags(data):
        return False
    return int.from_bytes(data[:4], "big") <= len(data) and is_convertible(data, "CMYK", from_screen=True)


def is_convertible(data: bytes, mode: str, *, from_screen: bool = False) -> bool:
    """True if the colour engine converts from this profile to the screen's colours; `from_screen`: and from them to it."""
    try:
        own, screen = ImageCms.ImageCmsProfile(io.BytesIO(data)), ImageCms.createProfile("sRGB")
        ImageCms.buildTransform(own, screen, mode, "RGB")
        if from_screen:
            ImageCms.buildTransform(screen, own, "RGB", mode)
    except (OSError, ImageCms.PyCMSError):
        return False
    return True


def _tags(data: bytes) -> list[bytes]:
    count = int.from_bytes(data[128:132], "big")
    return [data[132 + 12 * place : 136 + 12 * place] for place in range(min(count, 100))]


def description(data: bytes) -> str:
    """Returns what a profile calls itself."""
    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip()


_SAME = (
    ("fogra39", "isocoatedv2"),
    ("fogra51", "psocoatedv3"),
    ("fogra52", "psouncoatedv3"),
    ("fogra47", "psouncoatediso12647"),
    ("fogra27", "euroscalecoatedv2"),
    ("japancolor2001coated", "jc200103"),
    ("japancolor2011coated", "jc201103"),
    ("gracol2006coated1v2", "cgatstr006"),
    ("swop2006coated3v2", "cgatstr003"),
)
"""Names of one printing condition, in plain letters: the characterisation data's and its usual profile's."""


def is_condition_of(condition: str, data: bytes) -> bool:
    """True if a profile calls itself by a printing condition's name, or by another name of it."""
    wanted, found = _plain(condition), _plain(description(data))
    names = next((names for names in _SAME if any(name in wanted for name in names)), (wanted,))
    return any(name in found for name in names)


def _plain(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.lower())


@lru_cache(maxsize=8)
def _to_lab(data: bytes) -> ImageCms.ImageCmsTransform:
    profile, lab = ImageCms.ImageCmsProfile(io.BytesIO(data)), ImageCms.createProfile("LAB")
    return ImageCms.buildTransform(profile, lab, "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC)


@lru_cache(maxsize=1)
def _screen_to_lab() -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")


def _lab(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> tuple[float, float, float]:
    shown = transform.apply(image)
    lightness, a, b = shown.getpixel((0, 0))  # type: ignore[misc] # three bands
    return lightness / 2.55, a - 128, b - 128


def colour_difference(rgb: str, build: Build, profile: bytes) -> float:
    """Returns how far a colour on screen is from its inks on this press, in ΔE2000 (CIE 142-2001)."""
    from coloraide import Color  # loaded where a press profile is named: it takes long

    screen = Image.new("RGB", (1, 1), rgb)
    press = Image.new("CMYK", (1, 1), tuple(round(part / 100 * 255) for part in build))
    one, other = (Color("lab", place) for place in (_lab(screen, _screen_to_lab()), _lab(press, _to_lab(profile))))
    return float(one.delta_e(other, method="2000"))


def screen_in_inks(rgb: str, profile: bytes | None) -> list[int]:
    """Returns the process inks, in percent, that come nearest to a colour of the screen in a printing condition."""
    image = Image.new("RGB", (1, 1), rgb)
    if profile is None:
        channels = [255 - value for value in image.tobytes()]
        black = min(channels)
        return [*(round(100 * (value - black) / (255 - black or 1)) for value in channels), round(black / 2.55)]
    target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    made = ImageCms.profileToProfile(image, ImageCms.createProfile("sRGB"), target, outputMode="CMYK") or image
    return [round(value / 2.55) for value in made.tobytes()]
