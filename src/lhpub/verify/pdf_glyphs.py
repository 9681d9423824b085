"""Whether each figure that a PDF shows is the one that it says: the embedded outline against the composed glyph's."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet
from fontTools.pens.momentsPen import MomentsPen

from lhpub.boxes import TextBox
from lhpub.inline import DIGITS
from lhpub.text.fonts import Font
from lhpub.verify.pdf_content import Mark

_ALIKE = 0.004
"""By what area and first moments of one glyph may differ, in em, after rounding and instancing; 6 and 9 differ by 0.01."""
Shape = tuple[float, float, float]
"""Area and its moments about both axes, in powers of an em."""
Draw = tuple[Callable[[int, MomentsPen], object], float]
"""What draws a glyph by its number, and the size of its units in em."""


def odd_glyphs(texts: Sequence[Sequence[TextBox]], pages: Sequence[Sequence[Mark]]) -> Iterator[tuple[int, str]]:
    """Yields page and character of each digit whose outline is not the composed one's; each once."""
    seen = set[tuple[object, ...]]()
    programs: dict[object, Draw] = {}
    for number, (boxes, marks) in enumerate(zip(texts, pages, strict=True), 1):
        runs = [run for box in boxes for line in box.lines for run in line.runs]
        meant = [(run.font, glyph.gid, glyph.text) for run in runs for glyph in run.glyphs]
        shown = [(mark.resource, code) for mark in marks if mark.kind == "text" for code in mark.codes]
        if len(meant) != len(shown):
            yield number, "…"
            continue
        for (font, gid, text), (resource, code) in zip(meant, shown, strict=True):
            key = (font, gid, resource.objgen, code)
            if DIGITS.search(text) and key not in seen:
                seen.add(key)
                draw = programs.get(resource.objgen) or programs.setdefault(resource.objgen, _program(resource))
                pairs = zip(_shape(draw, code), _composed(font, gid), strict=True)
                if any(abs(one - other) > _ALIKE for one, other in pairs):
                    yield number, text


@lru_cache(maxsize=8192)
def _composed(font: Font, gid: int) -> Shape:
    return _shape((font.shaper.draw_glyph_with_pen, 1 / font.units_per_em), gid)


def _shape(draw: Draw, code: int) -> Shape:
    """Returns a glyph's shape; one that is like no other where it has none."""
    pen, (paint, scale) = MomentsPen(None), draw
    try:
        paint(code, pen)
    except Exception:  # a broken program raises whatever its parser meets
        return (9.0, 9.0, 9.0)
    return pen.area * scale**2, pen.momentX * scale**3, pen.momentY * scale**3


def _program(resource: Any) -> Draw:
    """Returns how to draw the codes of a Type0 font from its embedded program."""
    descendant = resource.DescendantFonts[0]
    descriptor = descendant.get("/FontDescriptor", {})
    try:
        if "/FontFile3" in descriptor:
            return _cff(descriptor.FontFile3.read_bytes())
        face, table = hb.Face(descriptor.FontFile2.read_bytes()), descendant.get("/CIDToGIDMap", "/Identity")
        font, map_ = hb.Font(face), b"" if table == "/Identity" else table.read_bytes()
        gid = (lambda code: int.from_bytes(map_[2 * code : 2 * code + 2], "big")) if map_ else (lambda code: code)
        return lambda code, pen: font.draw_glyph_with_pen(gid(code), pen), 1 / face.upem
    except Exception as error:  # as above
        return _failing(error), 1.0


def _failing(error: Exception) -> Callable[[int, MomentsPen], object]:
    def paint(code: int, pen: MomentsPen) -> object:
        raise error

    return paint


def _cff(program: bytes) -> Draw:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    top = fonts.topDictIndex[0]

    def paint(code: int, pen: MomentsPen) -> object:
        return top.CharStrings[f"cid{code:05d}" if hasattr(top, "ROS") and code else top.charset[code]].draw(pen)

    return paint, float(top.FontMatrix[0])
