"""Press sheets: where pages lie on the sheet, and the marks around them. All in the sheet's points, y upward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lhpub.boxes import Page
from lhpub.render.pdf.inks import Process
from lhpub.render.pdf.structure import PdfRect
from lhpub.units import mm

SLUG = mm(10)
"""Room outside the bleed for the marks."""
MARK_WIDTH = 0.35
_GAP, _MARK, _TARGET, _PATCH = mm(1), mm(6), mm(2), mm(5)
_SOLIDS: tuple[Process, ...] = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 1, 0, 0), (1, 0, 1, 0))
_TINTS: tuple[Process, ...] = ((0, 1, 1, 0), (0, 0, 0, 0.75), (0, 0, 0, 0.5), (0, 0, 0, 0.25), (0.5, 0.4, 0.4, 0))
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """A page on a sheet: its trim's top left corner, and what of it may show (its bleed, up to the spine)."""

    page: Page
    corner: Point
    clip: PdfRect


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the press file: its boxes (the media box starts at 0,0), the pages that lie on it, what it is called."""

    media: Point
    trim: PdfRect
    bleed: PdfRect
    placements: tuple[Placement, ...]
    name: str
    folds: tuple[float, ...] = ()
    """Where it is folded; between two lies a spine."""


def _boxes(size: Point, bleed: float, slug: float) -> tuple[Point, PdfRect, PdfRect]:
    """Returns media size, trim and bleed box of a finished size."""
    edge = bleed + slug
    media = (size[0] + 2 * edge, size[1] + 2 * edge)
    return media, (edge, edge, media[0] - edge, media[1] - edge), (slug, slug, media[0] - slug, media[1] - slug)


def single_sheets(pages: Sequence[Page], slug: float) -> tuple[Sheet, ...]:
    """Returns a sheet for each page, in order."""
    sheets = []
    for page in pages:
        media, trim, bleed = _boxes((page.size.width, page.size.height), page.bleed, slug)
        sheets.append(Sheet(media, trim, bleed, (Placement(page, (trim[0], trim[3]), bleed),), f"第 {page.number} 页"))
    return tuple(sheets)


def saddle_sheets(pages: Sequence[Page], slug: float, paper: float) -> tuple[Sheet, ...]:
    """Returns printer's spreads for saddle stitching, outermost leaf first, front then back.

    Creep: `paper` is the thickness of a leaf; folded, the nth leaf from outside stands n leaves out at the fore edge,
    so its pages move that much towards the spine. The number of pages is a multiple of 4, all of one size.
    """
    sheets = []
    for leaf in range(len(pages) // 4):
        first, last = 2 * leaf, len(pages) - 1 - 2 * leaf
        for side, left, right in (("正面", last, first), ("反面", first + 1, last - 1)):
            sheets.append(_spread(pages[left], pages[right], slug, leaf * paper, f"第 {leaf + 1} 帖{side}"))
    return tuple(sheets)


def _spread(left: Page, right: Page, slug: float, creep: float, name: str) -> Sheet:
    media, trim, bleed = _boxes((2 * left.size.width, left.size.height), left.bleed, slug)
    spine = trim[0] + left.size.width
    on_left = Placement(left, (trim[0] + creep, trim[3]), (bleed[0], bleed[1], spine, bleed[3]))
    on_right = Placement(right, (spine - creep, trim[3]), (spine, bleed[1], bleed[2], bleed[3]))
    return Sheet(media, trim, bleed, (on_left, on_right), f"{name}：{left.number}｜{right.number}", (spine,))


def cover_sheets(pages: Sequence[Page], slug: float, spine: float) -> tuple[Sheet, ...]:
    """Returns the cover of a perfect-bound book, flat: outside the last page, the spine and the first; inside the second page
    and the last but one. `spine`: its width in points."""
    sheets = []
    for left, right, name in ((pages[-1], pages[0], "封面外"), (pages[1], pages[-2], "封面里")):
        width = left.size.width
        media, trim, bleed = _boxes((2 * width + spine, left.size.height), left.bleed, slug)
        folds = (trim[0] + width, trim[0] + width + spine)
        on_left = Placement(left, (trim[0], trim[3]), (bleed[0], bleed[1], folds[0], bleed[3]))
        on_right = Placement(right, (folds[1], trim[3]), (folds[1], bleed[1], bleed[2], bleed[3]))
        sheets.append(Sheet(media, trim, bleed, (on_left, on_right), f"{name}：{left.number}｜{right.number}", folds))
    return tuple(sheets)


def mark_strokes(sheet: Sheet) -> Iterator[tuple[Point, Point, bool]]:
    """Yields crop marks, registration crosses and fold marks, all outside the bleed: from, to, is it a fold."""
    left, bottom, right, top = sheet.bleed
    for x in (sheet.trim[0], sheet.trim[2], *sheet.folds):
        yield (x, top + _GAP), (x, top + _GAP + _MARK), x in sheet.folds
        yield (x, bottom - _GAP), (x, bottom - _GAP - _MARK), x in sheet.folds
    for y in (sheet.trim[1], sheet.trim[3]):
        yield (left - _GAP, y), (left - _GAP - _MARK, y), False
        yield (right + _GAP, y), (right + _GAP + _MARK, y), False
    width, height = sheet.media
    across, up = _cross(sheet), height / 2
    for x, y in ((across, SLUG / 2), (across, height - SLUG / 2), (SLUG / 2, up), (width - SLUG / 2, up)):
        yield (x - _TARGET, y), (x + _TARGET, y), False
        yield (x, y - _TARGET), (x, y + _TARGET), False


def _cross(sheet: Sheet) -> float:
    return sheet.media[0] / (4 if sheet.folds else 2)


def caption_place(sheet: Sheet) -> tuple[Point, float]:
    """Returns where the sheet's name begins at the foot, on its baseline, and how wide it may be."""
    start = sheet.trim[0] + _TARGET
    return (start, SLUG / 2 - _GAP), _cross(sheet) - 2 * _TARGET - start


def colour_bar(sheet: Sheet, spots: int) -> Iterator[tuple[PdfRect, Process | int]]:
    """Yields the patches at the foot: x, y, width, height, with a CMYK build or the number of a spot."""
    start = sheet.media[0] / 2 + 4 * _TARGET
    for place, fill in enumerate((*_SOLIDS, *_TINTS, *range(spots))):
        x = start + place * _PATCH
        if x + _PATCH < sheet.trim[2]:
            yield (x, SLUG - _GAP - _PATCH, _PATCH, _PATCH), fill
