"""The checks of the press file: PDF/X-4 (ISO 15930-7:2010) and what a print shop sends files back for (`press`)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from PIL import Image, ImageChops

from lhpub.diagnostics import Severity
from lhpub.verify.pdf_checks import PdfFile, Place, check
from lhpub.verify.pdf_content import Bounds, Mark

INK_LIMIT = 300
BLACK_FROM = 0.95
_RICH_FROM = 0.9
_NEAR = 0.5
"""Points within which two edges count as one."""
_X = "http://www.npes.org/pdfx/ns/id/"
_MM = "http://ns.adobe.com/xap/1.0/mm/"
_PAINT = ("text", "fill", "stroke", "image", "shading")


def _box(page: Any, key: str) -> Bounds:
    left, bottom, right, top = (float(value) for value in page.obj[key])
    return (left, bottom, right, top)


def _art(file: PdfFile, *kinds: str) -> Iterator[tuple[int, Mark]]:
    """Yields what is painted inside the bleed: not the printer's marks."""
    bleeds = [_box(page, "/BleedBox") for page in file.pdf.pages]
    return ((page, mark) for page, mark in file.marks(*kinds) if _meets(mark.bounds, bleeds[page - 1]))


def _meets(one: Bounds, other: Bounds) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and up > 0 and max(across, up) > _NEAR


def _within(inner: Bounds, outer: Bounds) -> bool:
    return all(a >= b - 0.01 for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a <= b + 0.01 for a, b in zip(inner[2:], outer[2:], strict=True)
    )


@check("press", "press-rgb", "ISO 15930-7, 6.2.4", ("用了 RGB 颜色", "uses RGB"))
def no_rgb(file: PdfFile) -> Iterable[Place]:
    fine = ("DeviceCMYK", "DeviceGray", "Separation", "DeviceN")
    return ((page, f"{mark.kind} {mark.colour.space}") for page, mark in file.marks() if mark.colour.space not in fine)


@check(
    "press", "press-output-intent", "ISO 15930-7, 6.2.2", ("没有可用的 CMYK 输出意图", "no usable CMYK output intent")
)
def output_intent(file: PdfFile) -> Iterable[Place]:
    intents = [item for item in file.root.get("/OutputIntents", ()) if item.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0] or not str(intents[0].OutputConditionIdentifier):
        yield 0, f"GTS_PDFX × {len(intents)}"
        return
    profile = intents[0].DestOutputProfile
    header = profile.read_bytes()[12:20]
    if int(profile.N) != 4 or header != b"prtrCMYK":
        yield 0, f"N = {profile.N}, {header.decode('latin-1')}"


@check("press", "press-boxes", "ISO 15930-7, 6.5", ("页面框不对", "page boxes are wrong"))
def page_boxes(file: PdfFile) -> Iterable[Place]:
    for number, page in enumerate(file.pdf.pages, 1):
        if "/TrimBox" not in page.obj or "/BleedBox" not in page.obj or "/ArtBox" in page.obj:
            yield number, "TrimBox, BleedBox, ArtBox"
            continue
        media, bleed, trim = (_box(page, key) for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
        if media[:2] != (0, 0) or not (_within(trim, bleed) and _within(bleed, media)):
            yield number, "Trim ⊂ Bleed ⊂ Media"


@check("press", "press-bleed-size", "press", ("出血不足 3 毫米", "bleeds less than 3 mm"))
def bleed_size(file: PdfFile) -> Iterable[Place]:
    for number, page in enumerate(file.pdf.pages, 1):
        trim, bleed = _box(page, "/TrimBox"), _box(page, "/BleedBox")
        if min(abs(a - b) for a, b in zip(trim, bleed, strict=True)) < 8.49:
            yield number, ""


@check("press", "press-marks", "ISO 15930-7, 6.5", ("标记伸进出血", "marks reach into the bleed"))
def marks_outside(file: PdfFile) -> Iterable[Place]:
    bleeds = [_box(page, "/BleedBox") for page in file.pdf.pages]
    for number, mark in _art(file, "fill", "stroke", "image"):
        left, bottom, right, top = bleeds[number - 1]
        if not _within(mark.bounds, (left - _NEAR, bottom - _NEAR, right + _NEAR, top + _NEAR)):
            yield number, str([round(value) for value in mark.bounds])


@check(
    "press", "press-bleed-reach", "press", ("碰到裁切边的图文没有出血", "artwork at the trim does not reach the bleed")
)
def reaches_bleed(file: PdfFile) -> Iterable[Place]:
    for number, mark in _art(file, "fill", "stroke", "image", "shading"):
        page = file.pdf.pages[number - 1]
        trim, bleed, bounds = _box(page, "/TrimBox"), _box(page, "/BleedBox"), mark.bounds
        low = [bleed[side] + _NEAR < bounds[side] <= trim[side] + 0.1 for side in (0, 1)]
        high = [bleed[side] - _NEAR > bounds[side] >= trim[side] - 0.1 for side in (2, 3)]
        if any(low + high):
            yield number, str([round(value) for value in bounds])


@check("press", "press-annotation", "ISO 15930-7, 6.6", ("有链接或表单", "has links or forms"))
def no_annotations(file: PdfFile) -> Iterable[Place]:
    yield from ((number, "Annots") for number, page in enumerate(file.pdf.pages, 1) if len(page.obj.get("/Annots", ())))
    if "/AcroForm" in file.root:
        yield 0, "AcroForm"


@check("press", "press-trapped", "ISO 15930-7, 6.8", ("没有说明是否已做陷印", "Trapped is not set"))
def trapped(file: PdfFile) -> Iterable[Place]:
    said = file.info("/Trapped")
    return () if said in ("/True", "/False") else [(0, said)]


@check("press", "press-version", "ISO 15930-7, 6.1", ("PDF 版本低于 1.6", "PDF version below 1.6"))
def version(file: PdfFile) -> Iterable[Place]:
    return () if file.pdf.pdf_version >= "1.6" else [(0, file.pdf.pdf_version)]


@check("press", "press-xmp", "ISO 15930-7, 6.4; 6.1", ("XMP 标识不全", "XMP identification is incomplete"))
def identification(file: PdfFile) -> Iterable[Place]:
    if file.xmp(_X, "GTS_PDFXVersion") != "PDF/X-4":
        yield 0, "pdfxid:GTS_PDFXVersion"
    for key in ("DocumentID", "VersionID", "RenditionClass"):
        if not file.xmp(_MM, key):
            yield 0, f"xmpMM:{key}"
    if not file.xmp("http://ns.adobe.com/xap/1.0/", "MetadataDate"):
        yield 0, "xmp:MetadataDate"


@check("press", "press-transparency", "ISO 15930-7, 6.2.5; press", ("有透明", "has transparency"))
def no_transparency(file: PdfFile) -> Iterable[Place]:
    for item in file.dictionaries():
        for state in item.get("/ExtGState", {}).values() if "/ExtGState" in item else ():
            if (
                min(float(state.get("/CA", 1)), float(state.get("/ca", 1))) < 1
                or state.get("/BM", "/Normal") != "/Normal"
            ):
                yield 0, "ExtGState"
    yield from ((page, "SMask") for page, mark in file.marks("image") if "/SMask" in mark.resource)


@check("press", "press-group", "ISO 15930-7, 6.2.5", ("透明组用 RGB", "a transparency group in RGB"))
def groups(file: PdfFile) -> Iterable[Place]:
    for item in file.dictionaries():
        group = item.get("/Group", {})
        if group and str(group.get("/CS", "/DeviceCMYK")) != "/DeviceCMYK":
            yield 0, str(group.get("/CS"))


@check("press", "press-ink", "ISO 12647-2; press", (f"总墨量超过 {INK_LIMIT} %", f"total ink above {INK_LIMIT} %"))
def ink_limit(file: PdfFile) -> Iterable[Place]:
    for page, mark in _art(file, *_PAINT):
        ink = _image_ink(mark.resource) if mark.kind == "image" else mark.colour.ink
        if ink > INK_LIMIT + 0.5:
            yield page, f"{mark.kind} {ink:.0f} %"


def _image_ink(image: Any) -> float:
    """Returns the heaviest total ink of a CMYK picture, averaged over neighbouring pixels (about a dot of the screen)."""
    if str(image.ColorSpace) != "/DeviceCMYK":
        return 0.0
    is_jpeg = "DCTDecode" in str(image.get("/Filter"))
    size = (int(image.Width), int(image.Height))
    raw = image.read_raw_bytes() if is_jpeg else image.read_bytes()
    picture = Image.open(io.BytesIO(raw)) if is_jpeg else Image.frombytes("CMYK", size, raw)
    cyan, magenta, yellow, black = picture.reduce(4 if min(size) > 16 else 1).split()
    half = ImageChops.add(ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2), 2)
    return float(half.getextrema()[1]) / 255 * 400  # type: ignore[arg-type] # one band: two numbers


@check("press", "press-rich-black", "press", ("黑字不是单色黑", "black text in more than black"))
def pure_black(file: PdfFile) -> Iterable[Place]:
    for page, mark in _art(file, "text"):
        process = mark.colour.process
        if process and process[3] >= _RICH_FROM and sum(process[:3]) > 0:
            yield page, mark.text[:12]


def _black(mark: Mark) -> float:
    """Returns the K of a mark in K alone, 0 if it has other inks."""
    process = mark.colour.process
    return process[3] if process and not any(process[:3]) else 0.0


@check("press", "press-black-knockout", "press", ("黑字没有叠印", "black text does not overprint"))
def black_overprints(file: PdfFile) -> Iterable[Place]:
    return ((p, m.text[:12]) for p, m in _art(file, "text") if _black(m) >= BLACK_FROM and not m.overprint)


@check("press", "press-tint-overprint", "press", ("灰字叠印", "tinted text overprints"))
def tints_knock_out(file: PdfFile) -> Iterable[Place]:
    return ((p, m.text[:12]) for p, m in _art(file, "text") if 0 < _black(m) < BLACK_FROM and m.overprint)


@check("press", "press-tint-size", "press", ("灰字小于 7.5 pt", "tinted text below 7.5 pt"), Severity.WARNING)
def tint_size(file: PdfFile) -> Iterable[Place]:
    return ((p, m.text[:12]) for p, m in _art(file, "text") if 0 < _black(m) < BLACK_FROM and m.size < 7.49)


@check(
    "press",
    "press-small-colour",
    "press",
    ("小于 12 pt 的彩字用了三色以上", "text below 12 pt in over two inks"),
    Severity.WARNING,
)
def small_colour(file: PdfFile) -> Iterable[Place]:
    for page, mark in _art(file, "text"):
        if mark.size < 11.99 and sum(part > 0 for part in mark.colour.process or ()) > 2:
            yield page, mark.text[:12]


@check("press", "press-white-overprint", "press", ("白色设成叠印", "white overprints"))
def white_knocks_out(file: PdfFile) -> Iterable[Place]:
    return ((p, m.kind) for p, m in _art(file, *_PAINT) if m.overprint and m.kind != "image" and m.colour.ink == 0)


def _ppi(mark: Mark) -> float:
    return 72 * min(int(mark.resource.Width) / (mark.width or 1), int(mark.resource.Height) / (mark.size or 1))


@check("press", "press-image-low", "press", ("图片分辨率低于 150 ppi", "picture below 150 ppi"))
def image_low(file: PdfFile) -> Iterable[Place]:
    return ((page, f"{_ppi(mark):.0f} ppi") for page, mark in _art(file, "image") if _ppi(mark) < 149.5)


@check("press", "press-image-soft", "press", ("图片分辨率低于 300 ppi", "picture below 300 ppi"), Severity.WARNING)
def image_soft(file: PdfFile) -> Iterable[Place]:
    return ((page, f"{_ppi(mark):.0f} ppi") for page, mark in _art(file, "image") if 149.5 <= _ppi(mark) < 299.5)


@check("press", "press-hairline", "press", ("线细于 0.25 pt", "line thinner than 0.25 pt"))
def hairlines(file: PdfFile) -> Iterable[Place]:
    for page, mark in _art(file, "fill", "stroke"):
        left, bottom, right, top = mark.bounds
        width = mark.width if mark.kind == "stroke" else min(right - left, top - bottom)
        if width < 0.2495:
            yield page, f"{width:.2f} pt"


@check("press", "press-text-size", "press", ("文字小于 5 pt", "text below 5 pt"))
def text_size(file: PdfFile) -> Iterable[Place]:
    return ((page, f"{mark.size:.1f} pt {mark.text[:12]}") for page, mark in _art(file, "text") if mark.size < 4.99)


@check("press", "press-page-count", "press", ("页数不合装订", "the number of pages does not suit the binding"))
def page_count(file: PdfFile) -> Iterable[Place]:
    count = len(file.pdf.pages)
    return [(0, f"{count} / {file.multiple}")] if (file.multiple and count % file.multiple) or not count else ()


@check("press", "press-trim-size", "press", ("各页成品尺寸不一", "pages differ in trim size"))
def uniform_trim(file: PdfFile) -> Iterable[Place]:
    boxes = [_box(page, "/TrimBox") for page in file.pdf.pages]
    sizes = {(round(right - left, 1), round(top - bottom, 1)) for left, bottom, right, top in boxes}
    return [(0, str(sorted(sizes)))] if len(sizes) > 1 else ()
