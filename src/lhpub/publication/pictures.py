"""Picture files: read whole, checked, turned upright."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from lhpub.diagnostics import Bilingual, Rejected
from lhpub.publication.spec import PictureSpec
from lhpub.source.node import Scalar
from lhpub.source.report import Report
from lhpub.world import PICTURE_LIMIT, World

_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_ORIENTATION = 0x0112
_MOST_PIXELS = 150_000_000
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MAP = re.compile("地图|区位图|示意图|行政区划|(?<![a-z])[Mm]ap(?![a-z])")
_NO_NUMBER = ("", "免审", "不是地图")
_MODULE = 12
"""Pixels of a QR code's module."""
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""What ends a scan's data, in which FF is followed by 00 or a restart (T.81, B.1.1.5)."""
PictureFile = tuple[bytes, tuple[int, int], str]
"""Bytes, width and height in pixels, media type."""


def read_picture(world: World, folder: Path, file: Scalar, report: Report) -> PictureFile | None:
    """Returns a picture's bytes, pixels and media type; one that its camera marked as turned is turned upright and
    written again. None if it is missing, broken or of another kind (reported)."""
    try:
        data = world.read(folder / file.text, PICTURE_LIMIT)
    except Rejected as rejected:
        for found in rejected.diagnostics:
            hint = Bilingual("路径从源文件所在的文件夹算起", "the path starts at the source file's folder")
            report.error(found.code, file.span, found.message, hint)
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `_MOST_PIXELS` is the limit here
            with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as image:
                return _upright(image, first_image(data) if image.format == "MPO" else data)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        message = Bilingual(f"图片“{file.text}”打不开", f"the picture “{file.text}” cannot be opened")
        hint = Bilingual("另存为 JPEG 或 PNG（至多 1.5 亿像素）", "save it as JPEG or PNG (at most 150 megapixels)")
        report.error("bad-picture", file.span, message, hint)
        return None


def read_map(spec: PictureSpec, caption: str, report: Report) -> str:
    """Returns the number of a map's approval, '' for what needs none. A picture that is called a map and says neither is told:
    地图管理条例 asks for the number beside a map and in the imprint."""
    number = spec.map.text.strip() if spec.map else ""
    if spec.map and number not in _NO_NUMBER and not re.search(r"[(（〔\[][0-9]{4}[)）〕\]] *[0-9]+号", number):
        message = Bilingual(f"“{number}”不是审图号", f"“{number}” is no number of a map's approval")
        hint = Bilingual("写如 粤S（2023）024号；不用送审的写“免审”，不是地图的写“不是地图”", "like 粤S（2023）024号, or 免审")
        report.error("bad-map-number", spec.map.span, message, hint)
    found = None if spec.map else _MAP.search(f"{spec.file.text} {spec.alt} {caption}")
    if found:
        message = Bilingual(f"图片写着“{found[0]}”，没有审图号", f"a picture called “{found[0]}” without a map's approval")
        hint = Bilingual("加一行 map: 审图号；不用送审的写“免审”，不是地图的写“不是地图”", "add map: its number, or 免审")
        report.warning("map-without-number", spec.span, message, hint)
    return "" if number in _NO_NUMBER else number


def qr_code(link: Scalar, report: Report) -> PictureFile | None:
    """Returns the QR code of an address in black on white with its quiet zone (ISO/IEC 18004, level M); None if it is no
    address of the web (reported)."""
    address = link.text.strip()
    if not re.match(r"https?://[^\s/]+", address):
        message = Bilingual(f"“{address}”不是网址", f"“{address}” is no address")
        report.error("bad-link", link.span, message, Bilingual("写全，如 https://www.example.gov.cn", "in full: https://…"))
        return None
    import segno  # brings the web's modules with it: only where there is a code

    code, written = segno.make(address, error="m", micro=False), io.BytesIO()
    code.save(written, kind="png", scale=_MODULE)
    width, height = map(int, code.symbol_size(_MODULE))
    return written.getvalue(), (width, height), "image/png"


def without_camera_data(data: bytes) -> bytes:
    """Returns a JPEG without what camera and editor wrote beside the picture (where it was taken, by whose telephone); its
    colour profile stays. Other data is returned as it is. Segments: ITU-T T.81, annex B; APP1 Exif and XMP, APP13 IPTC."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and data[at + 1] != _START_OF_SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] not in (0xE1, 0xED) and data[at + 4 : end][:4] != b"MPF\0":
            kept.append(data[at:end])
        at = end
    return b"".join((*kept, data[at:]))


def first_image(data: bytes) -> bytes:
    """Returns the first of the JPEGs that a telephone writes into one file (CIPA DC-007, Multi-Picture Format), whole data
    where no end is found."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1] != _END_OF_IMAGE:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == _START_OF_SCAN:
            found = _NEXT_MARKER.search(data, at + 2 + length)
            at = found.start() if found else len(data)
        else:
            at += 2 + length
    return data[: at + 2] if data[at : at + 1] else data


def _upright(image: Image.Image, data: bytes) -> PictureFile:
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError("too many pixels")
    image.load()
    kind = "JPEG" if image.format == "MPO" else image.format or ""
    if image.getexif().get(_ORIENTATION, 1) == 1:
        return data, image.size, _TYPES[kind]
    turned = ImageOps.exif_transpose(image)
    written = io.BytesIO()
    turned.save(written, kind, quality=95, subsampling=0, icc_profile=image.info.get("icc_profile"))
    return written.getvalue(), turned.size, _TYPES[kind]
