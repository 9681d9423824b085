"""The checks of the press file: PDF/X-4 (ISO 15930-7:2010) and what a print shop sends files back for (`press`)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pikepdf import Dictionary
from PIL import Image, ImageChops

from lhpub.diagnostics import Severity
from lhpub.layout.printing import INK_LIMIT
from lhpub.preflight.limits import RULE
from lhpub.verify.pdf_content import Bounds, Mark
from tests.format.pdf_file import MM, PDF, XMP, Check, Dissected, Place, Run, unless
from tests.format.pdf_shared import SHARED

BLACK_FROM, SMALL_COLOUR, SMALL_TINT, SMALLEST, HAIRLINE = 0.95, 12, 7.5, 5, 0.25
_RICH_FROM = 0.9
"""From this K on, text is meant to be black."""
_BLEED = 8.49
_NEAR = 0.5
"""Points within which two edges count as one."""
PDFX = "http://www.npes.org/pdfx/ns/id/"
_SPACES = ("DeviceCMYK", "DeviceGray", "Separation", "DeviceN")
_PAINT = "fill stroke image shading"
_PROHIBITED = ("/TR", "/HTP", "/OPI", "/Alternates", "/Ref")
"""Keys of graphics states and XObjects that no PDF/X has."""


def _box(page: Any, key: str) -> Bounds:
    left, bottom, right, top = (float(value) for value in page.obj[key])
    return (left, bottom, right, top)


def _art(file: Dissected, kinds: str) -> Iterator[tuple[int, Mark]]:
    """Yields what is painted inside the bleed: not the printer's marks."""
    bleeds = [_box(page, "/BleedBox") for page in file.pdf.pages]
    for page, mark in file.marks(kinds):
        bleed = bleeds[page - 1]
        reach = [min(mark.bounds[side + 2], bleed[side + 2]) - max(mark.bounds[side], bleed[side]) for side in (0, 1)]
        if min(reach) > 0 and max(reach) > _NEAR:
            yield page, mark


def _unlike(kinds: str, measure: Callable[[Mark], float | bool], unit: str = "") -> Run:
    """Returns a check over the artwork's marks: those for which the measure is not 0 or False are told, with it."""

    def run(file: Dissected) -> Iterable[Place]:
        for page, mark in _art(file, kinds):
            found = measure(mark)
            if found:
                what = f"{found:.3g} {unit} {mark.text[:12]}" if unit else mark.text[:12]
                yield page, what.strip() or mark.kind

    return run


def _within(inner: Bounds, outer: Bounds, slack: float = 0.01) -> bool:
    low, high = inner[0] - outer[0], inner[1] - outer[1]
    return min(low, high, outer[2] - inner[2], outer[3] - inner[3]) >= -slack


def _output_intent(file: Dissected) -> Iterable[Place]:
    intents = [item for item in file.root.get("/OutputIntents", ()) if item.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0] or not str(intents[0].OutputConditionIdentifier):
        yield 0, f"GTS_PDFX × {len(intents)}"
    else:
        profile, data = intents[0].DestOutputProfile, intents[0].DestOutputProfile.read_bytes()
        if (
            int(profile.N) != 4 or data[12:20] != b"prtrCMYK" or int.from_bytes(data[:4], "big") != len(data)
        ):  # ICC.1, 7.2
            yield 0, f"N = {profile.N}, {data[12:20].decode('latin-1')}"


def _page_boxes(file: Dissected) -> Iterable[Place]:
    for number, page in enumerate(file.pdf.pages, 1):
        if "/TrimBox" not in page.obj or "/BleedBox" not in page.obj or "/ArtBox" in page.obj:
            yield number, "TrimBox, BleedBox, ArtBox"
        else:
            media, bleed, trim = (_box(page, key) for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
            if media[:2] != (0, 0) or not (_within(trim, bleed) and _within(bleed, media)):
                yield number, "Trim ⊂ Bleed ⊂ Media"


def _bleed_size(file: Dissected) -> Iterable[Place]:
    for number, page in enumerate(file.pdf.pages, 1):
        edges = [abs(a - b) for a, b in zip(_box(page, "/TrimBox"), _box(page, "/BleedBox"), strict=True)]
        if min(edges) < _BLEED:
            yield number, f"{min(edges) / 72 * 25.4:.1f} mm"


def _marks_outside(file: Dissected) -> Iterable[Place]:
    for number, mark in _art(file, "fill stroke image"):
        if not _within(mark.bounds, _box(file.pdf.pages[number - 1], "/BleedBox"), _NEAR):
            yield number, str([round(value) for value in mark.bounds])


def _reaches_bleed(file: Dissected) -> Iterable[Place]:
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


def _annotations(file: Dissected) -> Iterable[Place]:
    yield from ((number, "Annots") for number, page in enumerate(file.pdf.pages, 1) if len(page.obj.get("/Annots", ())))
    if "/AcroForm" in file.root:
        yield 0, "AcroForm"


def _identification(file: Dissected) -> Iterable[Place]:
    if file.xmp(PDFX, "GTS_PDFXVersion") != "PDF/X-4":
        yield 0, "pdfxid:GTS_PDFXVersion"
    yield from ((0, f"xmpMM:{key}") for key in ("DocumentID", "VersionID", "RenditionClass") if not file.xmp(MM, key))
    if not file.xmp(XMP, "MetadataDate"):
        yield 0, "xmp:MetadataDate"


def _says_if_trapped(file: Dissected) -> bool:
    said = file.info("/Trapped")[1:]
    return said in ("True", "False") and file.xmp(PDF, "Trapped") in ("", said)


def _transparency(file: Dissected) -> Iterable[Place]:
    for item in file.dictionaries:
        for state in item.get("/ExtGState", Dictionary()).values():
            opacity = min(float(state.get("/CA", 1)), float(state.get("/ca", 1)))
            if opacity < 1 or state.get("/BM", "/Normal") != "/Normal" or state.get("/SMask", "/None") != "/None":
                yield 0, "ExtGState"
    yield from ((page, "SMask") for page, mark in file.marks("image") if "/SMask" in mark.resource)


def _groups(file: Dissected) -> Iterable[Place]:
    spaces = [str(item.Group.get("/CS", "/DeviceCMYK")) for item in file.dictionaries if "/Group" in item]
    return ((0, space) for space in spaces if space != "/DeviceCMYK")


def _ink(mark: Mark) -> float:
    """Returns a mark's total ink if it is too much."""
    ink = _image_ink(mark.resource) if mark.kind == "image" else mark.colour.ink
    return ink if ink > INK_LIMIT + 0.5 else 0


def _stacked_ink(file: Dissected) -> Iterable[Place]:
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
                if ink > INK_LIMIT + 0.5:
                    yield number, f"{ink:.0f} %"
                if not other.overprint and _within(mark.bounds, other.bounds):
                    break


def _meet(one: Bounds, other: Bounds) -> bool:
    return all(one[side] < other[side + 2] and other[side] < one[side + 2] for side in (0, 1))


def _prohibited(file: Dissected) -> Iterable[Place]:
    for item in file.dictionaries:
        yield from ((0, key[1:]) for key in _PROHIBITED if key in item)
        if item.get("/Subtype") == "/PS":
            yield 0, "PostScript"


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


def _ppi(low: float, high: float) -> Callable[[Mark], float]:
    def measure(mark: Mark) -> float:
        image = mark.resource
        ppi = 72 * min(int(image.Width) / (mark.width or 1), int(image.Height) / (mark.size or 1))
        return ppi if low <= ppi + 0.5 < high else 0

    return measure


def _trim_sizes(file: Dissected) -> int:
    sizes = set()
    for page in file.pdf.pages:
        left, bottom, right, top = _box(page, "/TrimBox")
        seen = (int(page.obj.get("/Rotate", 0)) % 360, float(page.obj.get("/UserUnit", 1)))
        sizes.add((round(right - left, 1), round(top - bottom, 1), *seen))
    return len(sizes)


PRESS = (
    *SHARED,
    Check("press-rgb", "ISO 15930-7, 6.2.4", "用了 RGB 颜色", "uses RGB",
          lambda file: ((page, mark.kind) for page, mark in file.marks() if mark.colour.space not in _SPACES)),
    Check("press-output-intent", "ISO 15930-7, 6.2.2", "没有 CMYK 输出意图", "no CMYK output intent", _output_intent),
    Check("press-boxes", "ISO 15930-7, 6.5", "页面框不对", "page boxes are wrong", _page_boxes),
    Check("press-bleed-size", "press", "出血不足 3 毫米", "bleeds less than 3 mm", _bleed_size),
    Check("press-marks", "ISO 15930-7, 6.5", "标记伸进出血", "marks reach into the bleed", _marks_outside),
    Check("press-bleed-reach", "press", "碰到裁切边的图文没有出血", "artwork at the trim without bleed", _reaches_bleed),
    Check("press-annotation", "ISO 15930-7, 6.6", "有链接或表单", "has links or forms", _annotations),
    Check("press-trapped", "ISO 15930-7, 6.8", "没有说明是否已做陷印，或说法不一", "Trapped is not set, or said in two ways",
          unless(_says_if_trapped)),
    Check("press-version", "ISO 15930-7, 6.1", "PDF 版本低于 1.6", "PDF version below 1.6",
          unless(lambda file: file.pdf.pdf_version >= "1.6")),
    Check("press-xmp", "ISO 15930-7, 6.1; 6.4", "XMP 标识不全", "XMP identification is incomplete", _identification),
    Check("press-transparency", "press", "有透明", "has transparency", _transparency),
    Check("press-group", "ISO 15930-7, 6.2.5", "透明组不是 CMYK", "a transparency group is not CMYK", _groups),
    Check("press-ink", "ISO 12647-2; press", f"总墨量超过 {INK_LIMIT} %", f"total ink above {INK_LIMIT} %",
          _unlike("text " + _PAINT, _ink, "%")),
    Check("press-ink-stacked", "ISO 12647-2; press", f"叠印处总墨量超过 {INK_LIMIT} %",
          f"total ink above {INK_LIMIT} % by overprinting", _stacked_ink),
    Check("press-prohibited", "ISO 15930-7", "含 PostScript、OPI、替代或外引图像、传递函数",
          "has PostScript, OPI, alternate or reference images, or transfer functions", _prohibited),
    Check("press-rich-black", "press", "黑字不是单色黑", "black text in more than black", _unlike("text", _is_rich)),
    Check("press-black-knockout", "press", "黑字没有叠印", "black text does not overprint",
          _unlike("text", lambda mark: _black(mark) >= BLACK_FROM and not (mark.overprint and mark.mode))),
    Check("press-tint-overprint", "press", "灰字叠印", "tinted text overprints",
          _unlike("text", lambda mark: _is_tint(mark) and mark.overprint)),
    Check("press-tint-size", "press", f"灰字小于 {SMALL_TINT} pt", f"tinted text below {SMALL_TINT} pt",
          _unlike("text", lambda mark: _is_tint(mark) and mark.size < SMALL_TINT - 0.01), Severity.WARNING),
    Check("press-small-colour", "press", f"小于 {SMALL_COLOUR} pt 的彩字用了三色以上（cmyk 改成至多两色，或放大）",
          f"three inks in text below {SMALL_COLOUR} pt (use two, or larger type)",
          _unlike("text", _small_colour), Severity.WARNING),
    Check("press-white-overprint", "press", "白色设成叠印", "white overprints",
          _unlike("text fill stroke", lambda mark: mark.overprint and mark.colour.ink == 0)),
    Check("press-image-low", "press", "图片分辨率低于 150 ppi", "picture below 150 ppi", _unlike("image", _ppi(0, 150), "ppi")),
    Check("press-image-soft", "press", "图片分辨率低于 300 ppi", "picture below 300 ppi",
          _unlike("image", _ppi(150, 300), "ppi"), Severity.WARNING),
    Check("press-hairline", "press", f"线细于 {HAIRLINE} pt", f"line thinner than {HAIRLINE} pt",
          _unlike("fill stroke", _thin, "pt")),
    Check("press-text-size", "press", f"文字小于 {SMALLEST} pt", f"text below {SMALLEST} pt",
          _unlike("text", lambda mark: mark.size if mark.size < SMALLEST - 0.01 and mark.text.strip() else 0, "pt")),
    Check("press-page-count", "press", "页数不合装订", "the number of pages does not suit the binding",
          unless(lambda file: file.pages and not (file.multiple and len(file.pages) % file.multiple))),
    Check("press-trim-size", "press", "各页成品尺寸不一", "pages differ in trim size",
          unless(lambda file: _trim_sizes(file) == 1)),
)  # fmt: skip
