"""Pictures as image XObjects: sRGB for the screen, through the profile to CMYK for the press."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

import numpy as np
import numpy.typing as npt
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, ImageChops, ImageCms

from lhpub.boxes import Box, ImageBox, ShapeBox
from lhpub.publication.pictures import without_camera_data
from lhpub.render.pdf.inks import Inks
from lhpub.render.pdf.profile import default_profile, is_convertible
from lhpub.text.model import NO_INK, Ink, Separation
from lhpub.units import Rect
from lhpub.walk import inside

Image.MAX_IMAGE_PIXELS = 150_000_000  # what reading a publication allows; Pillow's own limit warns on the console
SCREEN_PPI, PRESS_PPI = 220, 400
"""What a photograph is brought down to."""
_WORTHWHILE = 0.75
_ICC_SPACES = {"RGB": b"RGB ", "RGBA": b"RGB ", "P": b"RGB ", "L": b"GRAY", "LA": b"GRAY", "CMYK": b"CMYK"}
_JPEG_QUALITY = 92
_TRIES = 3
"""Times that a photograph is pressed with less ink, before it is kept without loss."""
_CHAT_SIDES = (1080, 1280, 1440, 1706, 1920, 2560)
"""Lengths to which chat programs scale a picture's side."""
_CHAT_TABLE = 12
"""Mean of the luminance quantisation table: at quality 85 about 17; a camera's file stays below 8."""

Space = Literal["DeviceRGB", "DeviceGray", "DeviceCMYK", "Plates"]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as the file holds it, 8 bits a part. `mask`: deflated alpha. `inverted`: Adobe's CMYK JPEG sense. `plates`: the
    ground's, which follow the four process inks in the space Plates."""

    size: tuple[int, int]
    space: Space
    filter: Literal["DCTDecode", "FlateDecode"]
    data: bytes
    mask: bytes | None = None
    inverted: bool = False
    plates: tuple[Separation, ...] = ()


def srgb_profile() -> bytes:
    """Returns an sRGB ICC profile without the date and platform that the colour engine stamps into the header."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes.fromhex("07e0 0001 0001 0000 0000 0000")  # ICC.1, 7.2: creation date; any fixed one will do
    data[40:44], data[84:100] = bytes(4), bytes(16)  # platform, profile ID
    return bytes(data)


def backdrop(boxes: Iterable[Box], image: ImageBox, ground: Ink | None) -> tuple[Ink | None, bool]:
    """Returns the ink on which a picture of a page lies, and whether it is the same all over."""
    found, is_even, at = ground, True, image.rect
    for box in takewhile(lambda box: box is not image, inside(boxes)):
        if isinstance(box, ImageBox | ShapeBox) and box.rect.overlaps(at):
            found, is_even = found, False
            if isinstance(box, ShapeBox) and box.fill and not (box.gradient or box.stroke):
                xs, ys = ({v for _, values in box.path for v in values[axis::2]} for axis in (0, 1))
                covers = min(xs) <= at.x and max(xs) >= at.right and min(ys) <= at.y and max(ys) >= at.bottom
                if covers and len(xs) == len(ys) == 2:
                    found, is_even = box.fill, True
    return found, is_even


def is_as_delivered(box: ImageBox) -> bool:
    """True for a CMYK picture that names no condition of its own: nothing can be converted."""
    with Image.open(io.BytesIO(box.data)) as image:
        return image.mode == "CMYK" and not _own_profile(image)


def reduced(box: ImageBox, ppi: int) -> tuple[int, int]:
    """Returns the pixels to embed: a photograph far above what its size on the page needs is brought down to it."""
    left, top, right, bottom = box.crop
    scales = (box.rect.width / box.pixels[0] / (right - left), box.rect.height / box.pixels[1] / (bottom - top))
    scale = max(scales) / 72 * ppi
    if box.media_type != "image/jpeg" or scale > _WORTHWHILE:
        return box.pixels
    return round(box.pixels[0] * scale), round(box.pixels[1] * scale)


def screen_picture(box: ImageBox) -> Picture:
    """Returns the picture in sRGB: a JPEG in sRGB or grey as it is, anything else decoded."""
    image, profile, is_jpeg = _opened(box, SCREEN_PPI)
    if is_jpeg and image.mode in ("RGB", "L") and not profile:
        space: Space = "DeviceRGB" if image.mode == "RGB" else "DeviceGray"
        data = without_camera_data(box.data) if image.size == box.pixels else _jpeg(image)
        return Picture(image.size, space, "DCTDecode", data)
    mask, colours = _alpha(image), _to_srgb(image, profile)
    if is_jpeg:
        return Picture(image.size, "DeviceRGB", "DCTDecode", _jpeg(colours))
    alpha = zlib.compress(mask.tobytes()) if mask else None
    return Picture(image.size, "DeviceRGB", "FlateDecode", zlib.compress(colours.tobytes()), alpha)


def press_picture(box: ImageBox, profile: bytes, ground: Ink | None, limit: float) -> Picture:
    """Returns the picture converted through the press profile, no spot of it over `limit` percent of ink; where it is
    transparent the ground goes on, on its own plates. One without colours (a QR code) prints on the black plate alone."""
    image, own, is_jpeg = _opened(box, PRESS_PPI)
    mask = _alpha(image)
    grey = None if mask else _grey(image)
    if grey:
        data = _jpeg(grey) if is_jpeg else zlib.compress(grey.tobytes())
        return Picture(grey.size, "DeviceGray", "DCTDecode" if is_jpeg else "FlateDecode", data)
    colours = _within_limit(_to_press(image, own, profile), limit)
    if mask:
        return _over_ground(colours, mask, ground)
    if is_jpeg and (pressed := _jpeg_within(colours, limit)):
        return Picture(image.size, "DeviceCMYK", "DCTDecode", pressed, inverted=True)
    return Picture(image.size, "DeviceCMYK", "FlateDecode", zlib.compress(colours.tobytes()))


def inks_under(box: ImageBox, area: Rect, profile: bytes, limit: float) -> npt.NDArray[np.float32]:
    """Returns what of a picture lies in an area, as `press_picture` has it: rows of pixels of four process inks in percent,
    averaged over about a dot of the screen."""
    image, own, _ = _opened(box, PRESS_PPI)
    left, top, right, bottom = box.crop
    across, down = image.width * (right - left) / box.rect.width, image.height * (bottom - top) / box.rect.height
    x, y = image.width * left + (area.x - box.rect.x) * across, image.height * top + (area.y - box.rect.y) * down
    far = min(x + area.width * across, image.width), min(y + area.height * down, image.height)
    start = min(round(max(x, 0)), image.width - 1), min(round(max(y, 0)), image.height - 1)
    edges = (*start, max(round(far[0]), start[0] + 1), max(round(far[1]), start[1] + 1))
    piece = image.crop(edges)
    grey = None if _alpha(image) else _grey(image)
    if grey:
        black = Image.new("L", piece.size)
        inks = Image.merge("CMYK", (black, black, black, ImageChops.invert(grey.crop(edges))))
    else:
        inks = _within_limit(_to_press(piece, own, profile), limit)
    return np.asarray(inks.reduce(4 if min(inks.size) > 16 else 1), dtype=np.float32) / 2.55


def _to_press(image: Image.Image, own: bytes, profile: bytes) -> Image.Image:
    """Returns the picture in the press's inks: a CMYK one without a profile of its own, or with this one, as it is."""
    if image.mode == "CMYK":
        return image if own in (b"", profile) else _convert(image, own, profile, "CMYK")
    return _convert(_to_srgb(image, own), srgb_profile(), profile, "CMYK")


def _within_limit(image: Image.Image, limit: float) -> Image.Image:
    """Returns a CMYK picture with the colours under black taken back (UCR) where all inks come to more than `limit` percent."""
    inks = np.asarray(image, dtype=np.float32)
    colours, black = inks[..., :3].sum(axis=2), inks[..., 3]
    most = np.maximum(limit * 2.55 - black, 0)
    over = colours > most + 0.5
    if not over.any():
        return image
    scale = np.where(over, most / np.maximum(colours, 1), 1)
    scaled = np.concatenate([np.floor(inks[..., :3] * scale[..., None]), inks[..., 3:]], axis=2)
    return Image.fromarray(np.where(over[..., None], scaled, inks).astype(np.uint8), "CMYK")


def _most_ink(image: Image.Image) -> float:
    """Returns the most ink of a CMYK picture's pixels, in percent."""
    return float(np.asarray(image).sum(axis=2, dtype=np.uint16).max()) / 2.55


def _jpeg_within(image: Image.Image, limit: float) -> bytes | None:
    """Returns a JPEG none of whose pixels, as decoded, comes to more than `limit` percent: where its error passes that, one of a
    picture with so much less ink; None if that one passes it too, as the darkest noise does."""
    aim = limit
    for _ in range(_TRIES):
        data = _jpeg(_within_limit(image, aim))
        with Image.open(io.BytesIO(data)) as decoded:
            most = _most_ink(decoded)
        if most <= limit:
            return data
        aim -= most - limit + 1
    return None


def _over_ground(colours: Image.Image, mask: Image.Image, ground: Ink | None) -> Picture:
    """Returns a transparent picture flattened over its ground, whose plates show where it lets them through."""
    build, plates = (ground.build, ground.plates) if ground else (NO_INK, ())
    paper = Image.new("CMYK", colours.size, tuple(round(part / 100 * 255) for part in build))
    flat = Image.composite(colours, paper, mask)
    if not plates:
        return Picture(colours.size, "DeviceCMYK", "FlateDecode", zlib.compress(flat.tobytes()))
    clear = 255 - np.asarray(mask, dtype=np.float32)
    bands = [np.asarray(flat), *((clear * tint / 100).round().astype(np.uint8)[..., None] for _, tint in plates)]
    data = zlib.compress(np.concatenate(bands, axis=2).tobytes())
    return Picture(colours.size, "Plates", "FlateDecode", data, plates=tuple(plate for plate, _ in plates))


def _opened(box: ImageBox, ppi: int) -> tuple[Image.Image, bytes, bool]:
    """Returns the picture with 8 bits a part, its own profile (none: sRGB, or inks as they are), and if it is a JPEG.
    A profile that cannot be read or is for another kind of picture counts as none, as in browsers."""
    opened = Image.open(io.BytesIO(box.data))
    image: Image.Image = opened
    is_jpeg, profile = opened.format == "JPEG", _own_profile(opened)
    size = reduced(box, ppi)
    if size != image.size:
        image.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=3)
    if image.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at 255
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    is_srgb = b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile
    return image, b"" if is_srgb else profile, is_jpeg


def _own_profile(image: Image.Image) -> bytes:
    """Returns the profile that a picture brings, b"" for none that is for its kind of picture and can be used."""
    profile: bytes = image.info.get("icc_profile") or b""
    mode = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}.get(profile[16:20], "")
    return profile if profile[16:20] == _ICC_SPACES.get(image.mode) and is_convertible(profile, mode) else b""


def _grey(image: Image.Image) -> Image.Image | None:
    """Returns a picture without colours as shades of grey, None if it has colours."""
    if image.mode == "CMYK":
        return None
    red, green, blue = (band.tobytes() for band in image.convert("RGB").split())
    return image.convert("L") if red == green == blue else None


def has_alpha(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        return _alpha(image) is not None


def _alpha(image: Image.Image) -> Image.Image | None:
    """Returns what is opaque of a picture, None if all of it is."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return None
    alpha = image.convert("RGBA").getchannel("A")
    return alpha if alpha.getextrema() != (255, 255) else None


def _to_srgb(image: Image.Image, own: bytes) -> Image.Image:
    profile = own or ((default_profile() or b"") if image.mode == "CMYK" else b"")
    if not profile:
        return image.convert("RGB")
    plain = {"RGBA": "RGB", "P": "RGB", "LA": "L"}.get(image.mode, image.mode)
    return _convert(image.convert(plain), profile, srgb_profile(), "RGB")


def _convert(image: Image.Image, source: bytes, target: bytes, mode: str) -> Image.Image:
    start, end = (ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (source, target))
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.profileToProfile(image, start, end, intent, mode, flags=flags) or image


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def is_chat_recompressed(data: bytes) -> bool:
    """True if a JPEG has no camera data, a side that chat programs scale to, and their coarse quantisation."""
    with Image.open(io.BytesIO(data)) as image:
        if image.format != "JPEG" or "exif" in image.info or not any(side in _CHAT_SIDES for side in image.size):
            return False
        table = image.quantization[0]  # type: ignore[attr-defined] # only JPEG images have it
        return bool(sum(table) / len(table) >= _CHAT_TABLE)


def image_object(pdf: Pdf, picture: Picture, inks: Inks) -> Object:
    """Returns the image XObject (ISO 32000-1, 8.9.5), its soft mask with it."""
    entries = Dictionary(Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=8)
    entries.Width, entries.Height = picture.size
    entries.ColorSpace = inks.image_space(pdf, picture.plates) if picture.plates else Name("/" + picture.space)
    entries.Filter = Name("/" + picture.filter)
    if picture.inverted:
        entries.Decode = Array([1, 0] * 4)
    if picture.mask:
        entries.SMask = image_object(pdf, Picture(picture.size, "DeviceGray", "FlateDecode", picture.mask), inks)
    return pdf.make_stream(picture.data, entries)
