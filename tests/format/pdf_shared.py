"""The checks that press and screen files share: fonts, encryption, attachments, scripts, and Info against XMP."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pikepdf import Array

from lhpub.verify.pdf_content import to_unicode
from tests.format.pdf_file import DC, PDF, XMP, Check, Dissected, Place, unless

_SUBSET = re.compile(r"/[A-Z]{6}\+.")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", font.Subtype))


def _has_program(font: Any) -> bool:
    descriptor = (font.DescendantFonts[0] if "/DescendantFonts" in font else font).get("/FontDescriptor", {})
    return any(key in descriptor for key in _PROGRAMS)


def _embedded(file: Dissected) -> Iterable[Place]:
    for page, font, _ in file.fonts:
        if not _has_program(font):
            yield page, f"{_name(font)} {font.Subtype}"


def _subset(file: Dissected) -> Iterable[Place]:
    return ((page, _name(font)) for page, font, _ in file.fonts if not _SUBSET.match(_name(font)))


def _programs(file: Dissected) -> Iterable[Place]:
    """Yields composite fonts whose program cannot be read, lacks a glyph that is shown, or has other widths than the file."""
    for page, font, codes in file.fonts:
        if "/DescendantFonts" not in font or not _has_program(font):
            continue
        try:
            advances, said = _advances(font.DescendantFonts[0], codes), _widths(font.DescendantFonts[0])
        except Exception as error:  # fontTools raises whatever its parsers meet in a broken program
            yield page, f"{_name(font)} {error!r}"[:80]
            continue
        default = float(font.DescendantFonts[0].get("/DW", 1000))
        wrong = [code for code in sorted(codes) if abs(advances[code] - said.get(code, default)) > 1]
        if wrong:
            yield page, f"{_name(font)} {wrong[:5]}"


def _advances(font: Any, codes: set[int]) -> Mapping[int, float]:
    """Returns the advances that a CID font's program gives its codes, in 1/1000 em. Raises if one has no glyph."""
    program = next(font.FontDescriptor[key] for key in _PROGRAMS if key in font.FontDescriptor)
    if program.get("/Subtype") == "/CIDFontType0C":
        return _cff_advances(program.read_bytes(), frozenset(codes))
    glyphs = {code: code for code in codes}
    if font.CIDToGIDMap != "/Identity":
        table = font.CIDToGIDMap.read_bytes()
        glyphs = {code: int.from_bytes(table[2 * code : 2 * code + 2], "big") for code in codes}
    advances = _sfnt_advances(program.read_bytes())
    return {code: advances[gid] for code, gid in glyphs.items()}


@lru_cache(maxsize=32)
def _cff_advances(program: bytes, codes: frozenset[int]) -> dict[int, float]:
    fonts, found = CFFFontSet(), {}
    fonts.decompile(io.BytesIO(program), None)
    top = fonts.topDictIndex[0]
    for code in codes:
        outline = top.CharStrings[f"cid{code:05d}" if hasattr(top, "ROS") and code else top.charset[code]]
        outline.draw(NullPen())  # the width is the first operand of an outline
        found[code] = float(outline.width)
    return found


@lru_cache(maxsize=32)
def _sfnt_advances(program: bytes) -> list[float]:
    """Returns the advances by glyph index."""
    font = TTFont(io.BytesIO(program))
    metrics, scale = font["hmtx"].metrics, 1000 / font["head"].unitsPerEm
    return [metrics[name][0] * scale for name in font.getGlyphOrder()]


def _widths(font: Any) -> dict[int, float]:
    """Returns what a CID font's W array says (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    entries = iter(font.get("/W", ()))
    for first in entries:
        second = next(entries)
        if isinstance(second, Array):
            found |= {int(first) + step: float(width) for step, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(int(first), int(second) + 1), float(next(entries)))
    return found


def _notdef(file: Dissected) -> Iterable[Place]:
    return ((page, _name(font)) for page, font, codes in file.fonts if 0 in codes and "/DescendantFonts" in font)


def _unicode(file: Dissected) -> Iterable[Place]:
    for page, font, codes in file.fonts:
        unknown = codes - {code for code, text in to_unicode(font).items() if text.strip("\x00\ufffd\ufeff\ufffe")}
        if unknown:
            yield page, f"{_name(font)} {sorted(unknown)[:5]}"


def _agreement(file: Dissected) -> Iterable[Place]:
    pairs = {
        "title": (file.info("/Title"), file.xmp(DC, "title")),
        "producer": (file.info("/Producer"), file.xmp(PDF, "Producer")),
        "created": (file.info("/CreationDate")[2:10], file.xmp(XMP, "CreateDate")[:10].replace("-", "")),
        "modified": (file.info("/ModDate")[2:10], file.xmp(XMP, "ModifyDate")[:10].replace("-", "")),
    }
    return ((0, f"{key} {one!r} {other!r}") for key, (one, other) in pairs.items() if one != other or not one)


SHARED = (
    Check("pdf-font-embedded", "ISO 15930-7, 6.3; ISO 19005-2, 6.2.11.4", "字体没有嵌入", "font not embedded", _embedded),
    Check("pdf-font-subset", "ISO 32000-1, 9.6.4", "字体没有取子集", "font is no subset", _subset),
    Check("pdf-font-program", "ISO 14289-1, 7.21.3.2; 7.21.5; ISO 19005-2, 6.2.11.5", "字体程序读不出、缺字形或字宽不符",
          "font program unreadable, short of a glyph, or with other widths", _programs),
    Check("pdf-notdef", "ISO 15930-7, 6.3; ISO 19005-2, 6.2.11.8", "有缺字的字形", "shows the glyph .notdef", _notdef),
    Check("pdf-unicode", "ISO 14289-1, 7.21.7", "有字形不知是什么字", "a glyph without its text", _unicode),
    Check("pdf-id", "ISO 15930-7, 6.1; ISO 19005-2, 6.1.3", "没有 /ID", "no /ID",
          unless(lambda file: len(file.pdf.trailer.get("/ID", ())) == 2)),
    Check("pdf-encrypted", "ISO 15930-7, 6.1; ISO 19005-2, 6.1.3", "加了密", "is encrypted",
          unless(lambda file: not file.pdf.is_encrypted)),
    Check("pdf-javascript", "ISO 15930-7, 6.7; ISO 19005-2, 6.5.1", "含 JavaScript", "has JavaScript",
          unless(lambda file: not file.holds("/JS", "/JavaScript"))),
    Check("pdf-embedded-file", "ISO 15930-7, 6.1; ISO 19005-2, 6.8", "夹带文件", "carries embedded files",
          unless(lambda file: not file.holds("/EF", "/EmbeddedFiles"))),
    Check("pdf-info", "ISO 19005-2, 6.6.3; ISO 15930-7, 6.4", "Info 与 XMP 不一致", "Info and XMP disagree", _agreement),
)  # fmt: skip
