"""What a print shop sends press files back for, as far as a layout or a picture can bring it about (`press`)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PIL import Image, ImageChops

from lhpub.diagnostics import Severity
from lhpub.preflight.limits import RULE
from lhpub.verify.pdf_checks import Check, PdfFile, Place, Run
from lhpub.verify.pdf_content import Bounds, Mark

BLACK_FROM, SMALL_COLOUR, SMALL_TINT, HAIRLINE = 0.95, 12, 7.5, 0.25
_RICH_FROM = 0.9
"""From this K on, text is meant to be black."""
_NEAR = 0.5
"""Points within which two edges count as one."""
_PAINT = "fill stroke image shading"


def _box(page: Any, key: str) -> Bounds:
    left, bottom, right, top = (float(value) for value in page.obj[key])
    return (left, bottom, right, top)


def _art(file: PdfFile, kinds: str) -> Iterator[tuple[int, Mark]]:
    """Yields what is painted inside the bleed: not the printer's marks."""
    bleeds = [_box(page, "/BleedBox") for page in file.pdf.pages]
    for page, mark in file.marks(kinds):
        bleed = bleeds[page - 1]
        reach = [min(mark.bounds[side + 2], bleed[side + 2]) - max(mark.bounds[side], bleed[side]) for side in (0, 1)]
        if min(reach) > 0 and max(reach) > _NEAR:
            yield page, mark


def _unlike(kinds: str, measure: Callable[[Mark], float | bool], unit: str = "") -> Run:
    """Returns a check over the artwork's marks: those for which the measure is not 0 or False are told, with it."""

    def run(file: PdfFile) -> Iterable[Place]:
        for page, mark in _art(file, kinds):
            found = measure(mark)
            if found:
                what = f"{found:.3g} {unit} {mark.text[:12]}" if unit else mark.text[:12]
                yield page, what.strip() or mark.kind

    return run


def _within(inner: Bounds, outer: Bounds, slack: float = 0.01) -> bool:
    low, high = inner[0] - outer[0], inner[1] - outer[1]
    return min(low, high, outer[2] - inner[2], outer[3] - inner[3]) >= -slack


def _reaches_bleed(file: PdfFile) -> Iterable[Place]:
    """Yields what touches the trim but ends before the bleed, unless something printed fills the rest of that strip."""
    art = list(_art(file, _PAINT))
    for number, mark in art:
        page = file.pdf.pages[number - 1]
        trim, (left, bottom, right, top) = _box(page, "/TrimBox"), _box(page, "/BleedBox")
        bleed = (left + file.creep, bottom, right - file.creep, top)
        for side, outward in ((0, -1), (1, -1), (2, 1), (3, 1)):
            reach = (mark.bounds[side] - trim[side]) * outward
            short = (bleed[side] - mark.bounds[side]) * outward
            if reach >= -0.1 and short > _NEAR:
                others = [other for at, other in art if at == number and other.colour.ink > 0]
                if not any(_covers(other.bounds, mark.bounds, bleed, side) for other in others):
                    yield number, str([round(value) for value in mark.bounds])
                    break


def _covers(one: Bounds, other: Bounds, bleed: Bounds, side: int) -> bool:
    """True if the first goes to the bleed on that side, all along the other."""
    low, high = (1, 3) if side in (0, 2) else (0, 2)
    spans = one[low] <= max(other[low], bleed[low]) + _NEAR and one[high] >= min(other[high], bleed[high]) - _NEAR
    return spans and (bleed[side] - one[side]) * (-1 if side < 2 else 1) <= _NEAR


def _ink(file: PdfFile) -> Iterable[Place]:
    """Yields what has more ink than the limit by itself."""

    def over(mark: Mark) -> float:
        ink = _image_ink(mark.resource) if mark.kind == "image" else mark.colour.ink
        return ink if ink > file.limit + 0.5 else 0

    return _unlike("text " + _PAINT, over, "%")(file)


def _stacked_ink(file: PdfFile) -> Iterable[Place]:
    """Yields what by overprinting brings the ink beneath it above the limit. Only what covers its bounds counts as
    beneath; text is left to the plates, for where a glyph stands is not followed."""
    for number, marks in enumerate(file.pages, 1):
        for at, mark in enumerate(marks):
            upper = mark.colour.process
            if mark.kind == "text" or not mark.overprint or not mark.mode or not upper or _breadth(mark) <= RULE:
                continue
            for other in reversed([other for other in marks[:at] if other.kind != "text" and other.solid]):
                lower = other.colour.process if _meet(mark.bounds, other.bounds) else None
                ink = 100 * sum(over or under for over, under in zip(upper, lower or upper, strict=True))
                if ink > file.limit + 0.5:
                    yield number, f"{ink:.0f} %"
                if not other.overprint and _within(mark.bounds, other.bounds):
                    break


def _meet(one: Bounds, other: Bounds) -> bool:
    return all(one[side] < other[side + 2] and other[side] < one[side + 2] for side in (0, 1))


def _image_ink(image: Any) -> float:
    """Returns the heaviest total ink of a CMYK picture, averaged over neighbouring pixels (about a dot of the screen)."""
    if str(image.ColorSpace) != "/DeviceCMYK":
        return 0.0
    size = (int(image.Width), int(image.Height))
    if "DCTDecode" in str(image.get("/Filter")):
        picture: Image.Image = Image.open(io.BytesIO(image.read_raw_bytes()))
    else:
        picture = Image.frombytes("CMYK", size, image.read_bytes())
    cyan, magenta, yellow, black = picture.reduce(4 if min(size) > 16 else 1).split()
    quarter = ImageChops.add(ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2), 2)
    return max(level for level, count in enumerate(quarter.histogram()) if count) / 255 * 400


def _black(mark: Mark) -> float:
    """Returns the K of visible text in K alone, 0 if it has other inks."""
    process = mark.colour.process
    return process[3] if process and not any(process[:3]) and mark.text.strip() else 0.0


def _is_rich(mark: Mark) -> bool:
    process = mark.colour.process
    return bool(process and process[3] >= _RICH_FROM and any(process[:3]))


def _small_colour(mark: Mark) -> bool:
    inks = sum(part > 0 for part in mark.colour.process or ())
    return inks > 2 and mark.size < SMALL_COLOUR - 0.01 and bool(mark.text.strip())


def _is_tint(mark: Mark) -> bool:
    return 0 < _black(mark) < BLACK_FROM


def _breadth(mark: Mark) -> float:
    left, bottom, right, top = mark.bounds
    return mark.width if mark.kind == "stroke" else min(right - left, top - bottom)


def _thin(mark: Mark) -> float:
    width = _breadth(mark)
    return max(width, 0.001) if width < HAIRLINE - 0.0005 else 0


PRESS = (
    Check("press-bleed-reach", "press", "碰到裁切边的图文没有出血", "artwork at the trim without bleed", _reaches_bleed),
    Check("press-ink", "ISO 12647-2; press", "总墨量超过上限", "total ink above the limit", _ink),
    Check("press-ink-stacked", "ISO 12647-2; press", "叠印处总墨量超过上限", "total ink above the limit by overprinting",
          _stacked_ink),
    Check("press-rich-black", "press", "黑字不是单色黑", "black text in more than black", _unlike("text", _is_rich)),
    Check("press-tint-size", "press", f"灰字小于 {SMALL_TINT} pt", f"tinted text below {SMALL_TINT} pt",
          _unlike("text", lambda mark: _is_tint(mark) and mark.size < SMALL_TINT - 0.01), Severity.WARNING),
    Check("press-small-colour", "press", f"小于 {SMALL_COLOUR} pt 的彩字用了三色以上（cmyk 改成至多两色，或放大）",
          f"three inks in text below {SMALL_COLOUR} pt (use two, or larger type)",
          _unlike("text", _small_colour), Severity.WARNING),
    Check("press-hairline", "press", f"线细于 {HAIRLINE} pt", f"line thinner than {HAIRLINE} pt",
          _unlike("fill stroke", _thin, "pt")),
)  # fmt: skip
