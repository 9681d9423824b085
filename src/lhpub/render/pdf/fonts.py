"""Fonts as PDF wants them: Type0 with Identity-H, a subset each, ToUnicode made from the source text.

The glyphs of a whole composition are collected first, because the codes in a content stream are those of the subset.
A glyph that stands for more than one text (a ligature elsewhere written apart, a no-break space) keeps its first text
in ToUnicode; the drawing wraps its other uses in ActualText.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from lhpub.boxes import Composition
from lhpub.text.fonts import Font
from lhpub.text.model import Glyph
from lhpub.walk import every_text

_SYMBOLIC = 4
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{}endcmap CMapName currentdict /CMap defineresource pop end end
"""
_CMAP_BLOCK = 100  # ISO 32000-1, 9.10.3: at most 100 entries in a bfchar block


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """One font of the file. `codes`: the layout font's glyph → CID; `texts`: glyph → what ToUnicode says of it;
    `widths`: glyph → 1/1000 em, as the file's W array has it."""

    font: Font
    resource: str
    program: bytes
    codes: Mapping[int, int]
    texts: Mapping[int, str]
    widths: Mapping[int, float]


def clusters(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Returns the glyphs in clusters: one with a text, then those without that belong to it."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.text or not found:
            found.append([])
        found[-1].append(glyph)
    return found


def embed_fonts(composition: Composition) -> dict[Font, EmbeddedFont]:
    """Returns every font the composition draws with, subset to the glyphs drawn, in order of first use."""
    texts: dict[Font, dict[int, str]] = {}
    for run in (run for box in every_text(composition) for line in box.lines for run in line.runs):
        known = texts.setdefault(run.font, {})
        for cluster in clusters(run.glyphs):
            for glyph in cluster:
                # A glyph inside a cluster takes the cluster's text: ISO 19005-2, 6.2.11.7.2, wants one for every code.
                known.setdefault(glyph.gid, cluster[0].text or "\u00a0")
    return {font: _embed(font, known, f"F{place}") for place, (font, known) in enumerate(texts.items(), 1)}


def _embed(font: Font, texts: Mapping[int, str], resource: str) -> EmbeddedFont:
    subset = font.subset(frozenset(texts))
    face = hb.Face(subset.data)
    measured, scale = hb.Font(face), 1000 / face.upem
    widths = {gid: round(measured.get_glyph_h_advance(subset.gid_map[gid]) * scale, 2) for gid in texts}
    codes = _cids(subset.data, subset.gid_map) if font.is_cff else subset.gid_map
    program = bytes(face.reference_table("CFF ").data) if font.is_cff else subset.data
    return EmbeddedFont(font, resource, program, codes, texts, widths)


def _cids(data: bytes, gid_map: Mapping[int, int]) -> Mapping[int, int]:
    """Returns glyph → CID of a CFF font: by its charset if it is CID-keyed, else the glyph's index (9.7.4.2)."""
    top = TTFont(io.BytesIO(data))["CFF "].cff.topDictIndex[0]
    return (
        {gid: int(top.charset[new][3:]) if new else 0 for gid, new in gid_map.items()} if hasattr(top, "ROS") else gid_map
    )


def font_object(pdf: Pdf, embedded: EmbeddedFont) -> Object:
    """Returns the Type0 font dictionary (ISO 32000-1, 9.7) with its descendant, program and ToUnicode in `pdf`."""
    font, scale = embedded.font, 1000 / embedded.font.units_per_em
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(embedded.program).digest()[:6])
    name = Name(f"/{tag}+{font.postscript_name}" if font.may_subset else f"/{font.postscript_name}")
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=name, Flags=_SYMBOLIC)
    descriptor.FontBBox = Array(round(value * scale) for value in font.bbox)
    descriptor.Ascent, descriptor.Descent = round(font.ascent * scale), round(font.descent * scale)
    descriptor.CapHeight, descriptor.ItalicAngle = round(font.cap_height * scale), font.italic_angle
    descriptor.StemV = font.stem
    if font.is_cff:
        descriptor.FontFile3 = pdf.make_stream(embedded.program, {"/Subtype": Name.CIDFontType0C})
    else:
        descriptor.FontFile2 = pdf.make_stream(embedded.program)
    descendant = Dictionary(Type=Name.Font, BaseFont=name, DW=1000, W=_widths(embedded))
    descendant.Subtype = Name.CIDFontType0 if font.is_cff else Name.CIDFontType2
    descendant.CIDSystemInfo = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    descendant.FontDescriptor = pdf.make_indirect(descriptor)
    if not font.is_cff:
        descendant.CIDToGIDMap = Name.Identity
    whole = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"))
    whole.DescendantFonts = Array([pdf.make_indirect(descendant)])
    whole.ToUnicode = pdf.make_stream(to_unicode(embedded).encode("ascii"))
    return pdf.make_indirect(whole)


def _widths(font: EmbeddedFont) -> Array:
    """Returns the W array; full-em glyphs are the default width and left out."""
    array = Array()
    for cid, width in sorted((font.codes[gid], width) for gid, width in font.widths.items()):
        if width != 1000:
            array.append(cid)
            array.append(Array([int(width) if width == int(width) else width]))
    return array


def to_unicode(font: EmbeddedFont) -> str:
    """Returns the ToUnicode CMap: each code with its source text in UTF-16 (ISO 32000-1, 9.10.3)."""
    pairs = sorted((font.codes[gid], text.encode("utf-16-be").hex()) for gid, text in font.texts.items())
    blocks = [pairs[start : start + _CMAP_BLOCK] for start in range(0, len(pairs), _CMAP_BLOCK)]
    lines = ["\n".join(f"<{code:04X}> <{text}>" for code, text in block) for block in blocks]
    return _CMAP.format("".join(f"{line.count(chr(10)) + 1} beginbfchar\n{line}\nendbfchar\n" for line in lines))
