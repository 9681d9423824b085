"""A font whose Han and full-width marks are one em and whose ASCII is half an em, so that widths are arithmetic."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from lhpub.text.fonts import FontBook, load_fonts
from lhpub.text.model import Ink, Paragraph, Run, TextBlock, TextStyle
from lhpub.text.setting import set_text

FULL = "，。、；：？！（）《》〈〉「」『』【】“”‘’—…⋯～％￥℃〇々ー●①　"
HALF = "".join(chr(code) for code in range(0x20, 0x7F)) + "·–−×±°§€£¥\u00a0ÀéλЖ²"
INK = Ink("ink", "#000000")


def build_square(path: Path, family: str = "Square") -> None:
    """Writes the font."""
    common = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    wide = FULL + "".join(common) + "孪鹭𠮷"
    cmap = {ord(character): f"u{ord(character):X}" for character in wide + HALF}
    advances = dict.fromkeys(cmap.values(), 1000) | {f"u{ord(character):X}": 500 for character in HALF}
    cmap[0x2E3A], advances["dash"] = "dash", 2000
    box = TTGlyphPen(None)
    for command, point in zip((box.moveTo, box.lineTo, box.lineTo), ((100, 0), (400, 0), (400, 700)), strict=True):
        command(point)
    box.closePath()
    glyph = box.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *cmap.values()])
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(dict.fromkeys([".notdef", *cmap.values()], glyph))
    builder.setupHorizontalMetrics({".notdef": (1000, 0)} | {name: (width, 0) for name, width in advances.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=400)
    builder.setupPost()
    builder.save(path)


def square_book(folder: Path) -> FontBook:
    """Returns a book with the family Square."""
    build_square(folder / "square.ttf")
    config = "families: {Square: {file: square.ttf, licence: OFL-1.1}}"
    return load_fonts(config.encode(), "fonts.yaml", folder)


def style(**changes: object) -> TextStyle:
    """Returns a justified style of 10 pt without runt control, as the examples of the rules have it."""
    plain = {"name": "body", "family": "Square", "weight": 400, "size": 10.0, "leading": 16.0, "ink": INK}
    return TextStyle(**{**plain, "align": "justify", "profile": "zh-CN/gb+runts", **changes})  # type: ignore[arg-type]


def paragraph(text: str, **changes: object) -> Paragraph:
    """Returns a paragraph of one run."""
    look = style(**changes)
    return Paragraph((Run(text, look),), look)


def lines_of(text: str, measure: float, book: FontBook, **changes: object) -> list[str]:
    """Returns the text's lines at a measure in em."""
    return [line.text for line in block_of(text, measure, book, **changes).lines]


def block_of(text: str, measure: float, book: FontBook, **changes: object) -> TextBlock:
    """Returns the text set at a measure in em."""
    return set_text([paragraph(text, **changes)], measure * 10, book)
