"""What a page of a screen file must paint beside its words: shapes and pictures in order, and where each run of text begins.

A drawing is compared by kind, bounds and colour: a column half as high, a bar in another ink, a shape that no one composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, Page, ShapeBox, TableBox, TextBox
from lhpub.diagnostics import Bilingual
from lhpub.ornaments import page_ground, table_rules, text_ornaments
from lhpub.text.model import Ink
from lhpub.verify.pdf_content import Bounds, Colour, Mark, around, overlap
from lhpub.walk import page_boxes

_SLACK, _SHADE, _LEAST_BAND, _LEVEL = 0.05, 0.004, 0.25, 0.0005
"""Points; a share of a channel; points under which a band of a gradient is left out, and glyphs count as on one line."""


_KINDS = {"fill": ("色块", "an area"), "stroke": ("线", "a line"), "image": ("图片", "a picture"), "text": ("字", "text"),
          "shading": ("渐变", "a gradient")}  # fmt: skip
_NOTHING = Bilingual("没有东西", "nothing")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something painted: `fill`, `stroke`, `image` or `text`, its bounds (of text: where it begins, and its size), its sRGB."""

    kind: str
    bounds: tuple[float, ...]
    colour: tuple[float, ...]
    name: str

    def is_like(self, other: Drawn) -> bool:
        pairs = [(self.bounds, other.bounds, _SLACK), (self.colour, other.colour, _SHADE)]
        alike = all(len(a) == len(b) and all(abs(x - y) <= d for x, y in zip(a, b, strict=True)) for a, b, d in pairs)
        return self.kind == other.kind and alike

    def on_page(self, corner: tuple[float, float], size: tuple[float, float]) -> Iterator[Drawn]:
        """Yields what of it lies on a page of a sheet."""
        x, y = corner
        if self.kind == "text":
            yield replace(self, bounds=(self.bounds[0] - x, self.bounds[1] - y, self.bounds[2]))
            return
        edges = zip(self.bounds, (x, y, x, y), (0.0, 0.0, 0.0, 0.0), (*size, *size), strict=True)
        left, bottom, right, top = (min(max(edge - origin, low), high) for edge, origin, low, high in edges)
        if right > left and top > bottom:
            yield replace(self, bounds=(left, bottom, right, top))

    @property
    def told(self) -> Bilingual:
        """What is drawn, where in points from the bottom left, in which colour."""
        zh, en = _KINDS[self.kind]
        place = " ".join(f"{value:.1f}" for value in self.bounds)
        colour = "".join(f"{round(part * 255):02X}" for part in self.colour)
        words = f"“{self.name}”" if self.kind == "text" and self.name else ""
        return Bilingual(f"{zh}{words}（{place}，#{colour}）", f"{en}{words} ({place}, #{colour})")


def first_difference(
    page: Page, composition: Composition, marks: Sequence[Mark], corner: tuple[float, float] | None = None
) -> tuple[str, Bilingual, Bilingual] | None:
    """Returns the first box whose drawing is not as composed, with what should be there and what is; None if all is.
    `corner`: where the page's bottom left lies on the sheet of a press file, whose colours are inks."""
    in_ink, size = corner is not None, (page.size.width, page.size.height)
    if in_ink and page.ground and page.ground.is_unprinted:
        page = replace(page, ground=None)
    for words in (False, True):
        wanted = list(_composed(page, composition, (words, in_ink)))
        found = [drawn for mark in marks if (mark.kind == "text") is words for drawn in _painted(mark, in_ink)]
        if corner is not None:
            found = [there for one in found for there in one.on_page(corner, size)]
        for one, other in zip_longest(wanted, found):
            if one is None or other is None or not one.is_like(other):
                return (one or other).name, one.told if one else _NOTHING, other.told if other else _NOTHING
    return None


def _painted(mark: Mark, in_ink: bool) -> Iterator[Drawn]:
    colour = () if mark.kind == "image" else (mark.colour.process or ()) if in_ink else _rgb(mark.colour)
    if mark.kind != "text":
        if mark.bounds[2] > mark.bounds[0] and mark.bounds[3] > mark.bounds[1]:
            yield Drawn(mark.kind, mark.bounds, colour, "–")
    elif mark.origin and mark.text.strip():
        yield Drawn("text", (*mark.origin, mark.size), colour, mark.text)


def _rgb(colour: Colour) -> tuple[float, ...]:
    return colour.parts * 3 if colour.space == "DeviceGray" else colour.parts


def _composed(page: Page, composition: Composition, asked: tuple[bool, bool]) -> Iterator[Drawn]:
    """Yields what a page paints: its words, or all else; in inks, or in sRGB."""
    words, in_ink = asked
    height = page.size.height
    for box in _in_order([*filter(None, [page_ground(page)]), *page_boxes(page, composition)]):
        match box:
            case TextBox() if words:
                yield from _words(box, height, in_ink)
            case TextBox() if not words:
                yield from (drawn for shape in text_ornaments(box) for drawn in _shape(shape, page, (box.name, in_ink)))
            case ShapeBox() if not words:
                yield from _shape(box, page, (box.name, in_ink))
            case ImageBox() if not words:
                rect = (box.rect.x, height - box.rect.bottom, box.rect.right, height - box.rect.y)
                yield from _seen("image", rect, (), (page, box.name))


def _in_order(boxes: Iterable[Box]) -> Iterator[Box]:
    for box in boxes:
        match box:
            case TableBox():
                yield from (cell.text for row in box.cells for cell in row)
                yield from filter(None, [table_rules(box)])
            case GroupBox() | ChartBox():
                yield from _in_order(box.boxes)
            case _:
                yield box


def _words(box: TextBox, height: float, in_ink: bool) -> Iterator[Drawn]:
    """Yields where each run begins, and each glyph off its line (turned, or in a column); spaces alone are not seen."""
    for line in box.lines:
        for run in line.runs:
            before = None
            for glyph in run.glyphs if any(glyph.text.strip() for glyph in run.glyphs) else ():
                is_placed = run.turned or before is None or abs(glyph.y - before) > _LEVEL
                if is_placed and (glyph.text.strip() or before is None):
                    x, y = box.origin[0] + line.x + glyph.x, height - box.origin[1] - line.baseline - glyph.y
                    yield Drawn("text", (x, y, run.size), _ink(run.ink, in_ink), box.name)
                before = glyph.y


def _shape(shape: ShapeBox, page: Page, named: tuple[str, bool]) -> Iterator[Drawn]:
    name, in_ink = named
    points = [(x, page.size.height - y) for _, v in shape.path for x, y in zip(v[::2], v[1::2], strict=True)]
    main = shape.fill or shape.stroke
    if not points or main is None or (main.is_technical and not in_ink):  # a finish is no colour of a screen
        return
    if shape.gradient:
        for rect, ink in shape.gradient.bands(shape.rect):
            if min(rect.width, rect.height) >= _LEAST_BAND:
                band = (rect.x, page.size.height - rect.bottom, rect.right, page.size.height - rect.y)
                yield from _seen("fill", overlap(band, around(points)), _ink(ink, in_ink), (page, name))
    elif shape.fill:
        yield from _seen("fill", around(points), _ink(shape.fill, in_ink), (page, name))
    if shape.stroke:
        yield from _seen("stroke", around(points, max(shape.stroke_width, 0.02) / 2), _ink(shape.stroke, in_ink), (page, name))


def _seen(kind: str, bounds: Bounds, colour: tuple[float, ...], where: tuple[Page, str]) -> Iterator[Drawn]:
    """Yields what of a drawing lies on the page."""
    page, name = where
    left, bottom, right, top = overlap(bounds, (0.0, 0.0, page.size.width, page.size.height))
    if right > left and top > bottom:
        yield Drawn(kind, (left, bottom, right, top), colour, name or "–")


def _ink(ink: Ink, in_ink: bool) -> tuple[float, ...]:
    """Returns the sRGB of an ink, or its process inks; of one on plates of its own none, as of what is painted in it."""
    if in_ink:
        return () if any(tint for _, tint in ink.plates) else tuple(part / 100 for part in ink.build)
    return tuple(int(ink.rgb[place : place + 2], 16) / 255 for place in (1, 3, 5))
