"""What leaves a reader of a deck without help, or a program without data: one small function a rule, as in `pptx_structure`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial

from lhpub.verify.pptx_file import Element, PptxFile, found, local, whole, words
from tests.format.pptx_rules import CHARTS, DRAWN, SLIDES, Rules, rule
from tests.format.pptx_schema import SCHEME_COLOURS

CONTENT: Rules = {}
_check = partial(rule, CONTENT)
_SMALLEST = 1200
"""Hundredths of a point under which nothing on a slide can be read."""
_LEFTOVERS = ("docProps/thumbnail", "printerSettings", "docProps/custom", "customXml/", "ppt/comments", "vbaProject")


@_check("pptx-colour", "颜色不合规范", "a colour that the schema has not")
def colours(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(rf"{DRAWN}|ppt/(charts|theme)/\w+\.xml"):
        yield from (f"{name} {value}" for value in words(root, "//a:schemeClr/@val") if value not in SCHEME_COLOURS)
        yield from (f"{name} {v}" for v in words(root, "//a:srgbClr/@val") if not re.fullmatch("[0-9A-Fa-f]{6}", v))


@_check("pptx-type-size", "字号不合法，或小于 12 磅", "a type size that is invalid, or under 12 pt")
def type_sizes(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(f"{DRAWN}|{CHARTS}"):
        scale = min(file.size[0] / 9_144_000, file.size[1] / 6_858_000, 1)  # a small slide fills the screen, too
        least = _SMALLEST * scale - 1 if re.fullmatch(rf"{SLIDES}|ppt/charts/.*", name) else 100
        for value in words(root, "//a:rPr/@sz | //a:defRPr/@sz | //a:endParaRPr/@sz"):
            if not least <= whole(value) <= 400_000:
                yield f"{name} sz={value}"


@_check("pptx-autofit", "文字会被自动缩放", "text that a program scales by itself")
def autofit(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(SLIDES):
        yield from (name for _ in found(root, "//a:normAutofit[@fontScale or @lnSpcReduction] | //a:spAutoFit"))


@_check("pptx-off-slide", "文字在幻灯片之外", "text that lies off the slide")
def off_slide(file: PptxFile) -> Iterator[str]:
    width, height = file.size
    for name, root in file.named(SLIDES):
        for place in found(root, "//p:sp[.//a:t]/p:spPr/a:xfrm | //p:graphicFrame/p:xfrm"):
            texts = ("".join(words(place, path)) for path in ("a:off/@x", "a:off/@y", "a:ext/@cx", "a:ext/@cy"))
            x, y, cx, cy = (int(v) if re.fullmatch("-?[0-9]{1,10}", v) else 0 for v in texts)
            if min(x + cx, width) - max(x, 0) < 0.8 * cx or min(y + cy, height) - max(y, 0) < 0.8 * cy:
                yield f"{name} {''.join(words(place, '../../*/p:cNvPr/@name | ../*/p:cNvPr/@name'))}"


@_check("pptx-table", "表格的行列对不上，或没有标题行列", "a table whose cells are not its grid's, or without a header")
def tables(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(SLIDES):
        for table in found(root, "//a:tbl"):
            columns = len(found(table, "a:tblGrid/a:gridCol"))
            if any(len(found(row, "a:tc")) != columns for row in found(table, "a:tr")):
                yield f"{name} gridCol"
            if not found(table, "a:tblPr[@firstRow='1' or @firstCol='1']"):
                yield f"{name} firstRow"


@_check("pptx-theme-font", "主题没有东亚字体", "a theme without an East Asian face")
def theme_faces(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(r"ppt/theme/theme\d+\.xml"):
        for face in ("major", "minor"):  # a template may leave ea empty and name its Chinese face by script
            path = f"//a:{face}Font/a:ea/@typeface | //a:{face}Font/a:font[@script='Hans']/@typeface"
            yield from [] if any(words(root, path)) else [name]


@_check(
    "pptx-chart",
    "图表缺数据、语言或工作簿，或轴编号不合法",
    "a chart lacks data, language or workbook, or valid axis ids",
)
def charts(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(CHARTS):
        ids = words(root, "//c:catAx/c:axId/@val | //c:valAx/c:axId/@val | //c:dateAx/c:axId/@val")
        used = set(words(root, "//c:plotArea/*[c:ser]/c:axId/@val | //c:crossAx/@val"))
        if not all(id_.isdecimal() for id_ in ids) or used != set(ids):
            yield f"{name} axId"
        if (
            not found(root, "//c:cat//c:pt")
            or not found(root, "//c:val//c:pt")
            or found(root, "//c:pt[not(c:v/text())]")
        ):
            yield f"{name} c:cat"
        if any(len(set(ids)) < len(ids) for kind in ("idx", "order") if (ids := words(root, f"//c:ser/c:{kind}/@val"))):
            yield f"{name} c:ser"
        yield from (
            f"{name} {''.join(words(data, 'c:f/text()'))}"
            for data in found(root, "//c:strRef | //c:numRef")
            if _is_odd(data)
        )
        books = [file.parts[book] for book in file.related(name, "package")]
        if not books or not all(zipfile.is_zipfile(io.BytesIO(book)) for book in books):
            yield f"{name} externalData"
        if not found(root, "c:lang") or not found(root, "c:roundedCorners") or not found(root, "//c:autoTitleDeleted"):
            yield f"{name} c:lang"


def _is_odd(data: Element) -> bool:
    """True if a chart's cached cells are not as many as it refers to, lie beyond them, or hold no numbers where they must."""
    rows = [whole(row) for row in re.findall(r"\$[A-Z]+\$([0-9]+)", "".join(words(data, "c:f/text()")))]
    count = rows[-1] - rows[0] + 1 if rows else 0
    points = found(data, ".//c:pt")
    numbers = words(data, "c:numCache/c:pt/c:v/text()")
    return (
        words(data, "*/c:ptCount/@val") != [str(count)]
        or any(whole(point.get("idx", "")) >= count for point in points)
        or (local(data) == "strRef" and len(points) != count)
        or not all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number) for number in numbers)
    )


@_check("pptx-language", "文字没有标明语言", "text without a language")
def languages(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(rf"{SLIDES}|ppt/notesSlides/\w+\.xml|{CHARTS}"):
        bare = found(root, "//a:r[not(a:rPr/@lang)] | //a:fld[not(a:rPr/@lang)] | //a:endParaRPr[not(@lang)]")
        yield from (name for _ in bare[:1])


@_check("pptx-alt", "图形没有替代文字，也没有标为装饰", "a drawing neither described nor marked as decoration")
def descriptions(file: PptxFile) -> Iterator[str]:
    plain = "not(.//a:t[normalize-space()])"
    wanted = f"p:pic | p:graphicFrame[.//c:chart] | p:sp[{plain}] | p:cxnSp | p:grpSp[{plain}]"
    for name, root in file.named(SLIDES):
        for tree in found(root, "//p:spTree"):
            for shape in found(tree, wanted):
                for properties in found(shape, "*/p:cNvPr"):
                    is_decoration = any(local(child) == "decorative" for child in properties.iter())
                    told = properties.get("descr", "")
                    if not (told or is_decoration) or re.fullmatch(
                        r"(?i)[^\s，。]+\.(png|jpe?g|gif|svg|emf|wmf|bmp|tiff?|webp)", told
                    ):
                        yield f"{name} {properties.get('name')}"


@_check("pptx-title", "幻灯片没有标题，或标题重复", "a slide without a title, or two with the same")
def titles(file: PptxFile) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name, root in file.slides():
        shapes = found(root, "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]")
        title = "".join(text for shape in shapes for text in words(shape, ".//a:t/text()")).strip()
        if not title or title in seen:
            yield f"{name} {title}"
        seen[title] = name


@_check("pptx-leftover", "含有别处文件的残留", "leftovers of another file")
def leftovers(file: PptxFile) -> Iterator[str]:
    yield from (name for name in file.parts if any(trace in name for trace in _LEFTOVERS))
    core = file.parts.get("docProps/core.xml", b"")
    yield from (trace for trace in ("Steve Canny", "python-pptx", "PowerPoint Presentation") if trace.encode() in core)
