"""Pictures as image XObjects: sRGB for the screen, through the profile to CMYK for the press."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Literal

from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, ImageCms

from lhpub.boxes import ImageBox

_JPEG_QUALITY = 92
_CHAT_SIDES = (1080, 1280, 1440, 1706, 1920, 2560)
"""Lengths to which chat programs scale a picture's side."""
_CHAT_TABLE = 12
"""Mean of the luminance quantisation table: at quality 85 about 17; a camera's file stays below 8."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as the file holds it, 8 bits a part. `mask`: deflated alpha. `inverted`: Adobe's CMYK JPEG sense."""

    size: tuple[int, int]
    space: Literal["DeviceRGB", "DeviceGray", "DeviceCMYK"]
    filter: Literal["DCTDecode", "FlateDecode"]
    data: bytes
    mask: bytes | None = None
    inverted: bool = False


def srgb_profile() -> bytes:
    """Returns an sRGB ICC profile without the date and platform that the colour engine stamps into the header."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes.fromhex("07e0 0001 0001 0000 0000 0000")  # ICC.1, 7.2: creation date; any fixed one will do
    data[40:44], data[84:100] = bytes(4), bytes(16)  # platform, profile ID
    return bytes(data)


def screen_picture(box: ImageBox) -> Picture:
    """Returns the picture in sRGB: a JPEG in sRGB or grey as it is, anything else decoded."""
    image = Image.open(io.BytesIO(box.data))
    if image.format == "JPEG" and image.mode in ("RGB", "L") and _is_srgb(image):
        return Picture(image.size, "DeviceRGB" if image.mode == "RGB" else "DeviceGray", "DCTDecode", box.data)
    mask, colours = _alpha(image), _to_srgb(image)
    if image.format == "JPEG":
        return Picture(image.size, "DeviceRGB", "DCTDecode", _jpeg(colours))
    alpha = zlib.compress(mask.tobytes()) if mask else None
    return Picture(image.size, "DeviceRGB", "FlateDecode", zlib.compress(colours.tobytes()), alpha)


def press_picture(box: ImageBox, profile: bytes, ground: tuple[float, ...]) -> Picture:
    """Returns the picture converted through the press profile, its alpha flattened over the ground's CMYK (0–1)."""
    image = Image.open(io.BytesIO(box.data))
    mask = _alpha(image)
    colours = image if image.mode == "CMYK" else _convert(_to_srgb(image), srgb_profile(), profile, "CMYK")
    if mask:
        paper = Image.new("CMYK", image.size, tuple(round(part * 255) for part in ground))
        colours = Image.composite(colours, paper, mask)
    if image.format == "JPEG":
        return Picture(image.size, "DeviceCMYK", "DCTDecode", _jpeg(colours), inverted=True)
    return Picture(image.size, "DeviceCMYK", "FlateDecode", zlib.compress(colours.tobytes()))


def _alpha(image: Image.Image) -> Image.Image | None:
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    return image.convert("RGBA").getchannel("A") if has_alpha else None


def _is_srgb(image: Image.Image) -> bool:
    icc = image.info.get("icc_profile")
    return not icc or b"sRGB" in icc or "sRGB".encode("utf-16-be") in icc


def _to_srgb(image: Image.Image) -> Image.Image:
    if _is_srgb(image):
        return image.convert("RGB")
    source = image if image.mode in ("RGB", "CMYK", "L") else image.convert("RGB")
    return _convert(source, image.info["icc_profile"], srgb_profile(), "RGB")


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


def image_object(pdf: Pdf, picture: Picture) -> Object:
    """Returns the image XObject (ISO 32000-1, 8.9.5), its soft mask with it."""
    entries = Dictionary(Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=8)
    entries.Width, entries.Height = picture.size
    entries.ColorSpace, entries.Filter = Name("/" + picture.space), Name("/" + picture.filter)
    if picture.inverted:
        entries.Decode = Array([1, 0] * 4)
    if picture.mask:
        entries.SMask = image_object(pdf, Picture(picture.size, "DeviceGray", "FlateDecode", picture.mask))
    return pdf.make_stream(picture.data, entries)
