"""What makes PowerPoint offer a repair, or leaves a reader of a deck without help: one small function a rule.

Each yields the places where its rule is broken. The rules are those of PresentationML (ECMA-376 part 1, part 2 for the
package) and of field reports: schemas and validators pass several of these files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lhpub.verify.pptx_file import Element, PptxFile, R, found, local, whole, words
from lhpub.verify.pptx_presets import PRESETS

Check = Callable[[PptxFile], Iterator[str]]
CHECKS: dict[str, tuple[str, str, Check]] = {}
"""code → what is wrong in Chinese, in English, and the check."""

_SLIDES = r"ppt/slides/slide\d+\.xml"
_DRAWN = r"ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters)/\w+\.xml"
_FIRST_MASTER_ID = 2**31
_ORDER = {
    "p:presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags embeddedFontLst"
    " custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst",
    "p:sld": "cSld clrMapOvr transition timing extLst",
    "p:spPr": "xfrm custGeom prstGeom noFill solidFill gradFill blipFill pattFill grpFill ln effectLst effectDag scene3d sp3d"
    " extLst",
    "a:rPr": "ln noFill solidFill gradFill blipFill pattFill grpFill effectLst effectDag highlight uLnTx uLn uFillTx uFill"
    " latin ea cs sym hlinkClick hlinkMouseOver rtl extLst",
    "a:pPr": "lnSpc spcBef spcAft buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont buNone buAutoNum buChar buBlip tabLst"
    " defRPr extLst",
    "a:tcPr": "lnL lnR lnT lnB lnTlToBr lnBlToTr cell3D noFill solidFill gradFill blipFill pattFill grpFill headers extLst",
    "c:chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr"
    " externalData printSettings userShapes extLst",
    "c:ser": "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val smooth shape extLst",
}
_ORDER["a:endParaRPr"] = _ORDER["a:defRPr"] = _ORDER["a:rPr"]
_USED = ("image", "chart", "hyperlink", "slide")
_LEFTOVERS = ("docProps/thumbnail", "printerSettings", "docProps/custom", "customXml/", "ppt/comments", "vbaProject")


def _check(code: str, zh: str, en: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        CHECKS[code] = (zh, en, check)
        return check

    return register


@_check("pptx-duplicate-entry", "压缩包内重名", "two entries of one name")
def duplicate_entries(file: PptxFile) -> Iterator[str]:
    counts = Counter(info.filename.casefold() for info in file.entries)
    yield from (name for name, count in counts.items() if count > 1)


@_check("pptx-not-xml", "不是完好的 XML", "not well-formed XML")
def broken_xml(file: PptxFile) -> Iterator[str]:
    yield from (name for name, root in file.roots.items() if root is None)


@_check("pptx-dates", "压缩包内有时间，字节因此不定", "entries carry a time, so equal decks differ")
def dated_entries(file: PptxFile) -> Iterator[str]:
    yield from (info.filename for info in file.entries if info.date_time != (1980, 1, 1, 0, 0, 0))


@_check("pptx-content-type", "内容类型缺失或多余", "a content type is missing or names no part")
def content_types(file: PptxFile) -> Iterator[str]:
    root = file.roots.get("[Content_Types].xml")
    entries = [] if root is None else list(root)
    defaults = {entry.get("Extension", "").lower() for entry in entries if entry.get("Extension")}
    overrides = [entry.get("PartName", "").lstrip("/") for entry in entries if entry.get("PartName")]
    yield from (f"Override {name}" for name in overrides if name not in file.parts)
    yield from (name for name, count in Counter(overrides).items() if count > 1)
    for name in file.parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults and name != "[Content_Types].xml":
            yield name


@_check("pptx-relationship", "关系指向不存在的部件", "a relationship to a part that is not there")
def lost_relations(file: PptxFile) -> Iterator[str]:
    for source, relations in file.relations.items():
        if source and source not in file.parts:
            yield source
        yield from (
            f"{source} {name} → {r.target}"
            for name, r in relations.items()
            if not r.external and r.target not in file.parts
        )


@_check("pptx-relationship-id", "关系编号对不上", "relationship ids that do not match")
def relation_ids(file: PptxFile) -> Iterator[str]:
    for name, root in file.roots.items():
        if root is not None and not name.endswith(".rels"):
            relations, used = file.relations.get(name, {}), set(words(root, "//@r:*")) - {""}
            spare = {id_ for id_, relation in relations.items() if relation.kind in _USED} - used
            yield from (f"{name} {id_}" for id_ in sorted(used - relations.keys()))
            yield from (f"{name} {id_}" for id_ in sorted(spare) if name.startswith("ppt/slides/"))


@_check("pptx-orphan", "部件没有被任何关系引用", "a part that nothing refers to")
def orphans(file: PptxFile) -> Iterator[str]:
    reached, waiting = set[str](), [""]
    while waiting:
        targets = [r.target for r in file.relations.get(waiting.pop(), {}).values() if not r.external]
        waiting += [target for target in targets if target not in reached]
        reached.update(targets)
    yield from (name for name in file.parts if name not in reached and not name.endswith((".rels", "Types].xml")))


@_check("pptx-shape-id", "形状编号重复或为 0", "a shape id that is 0 or stands twice")
def shape_ids(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_DRAWN):
        counts = Counter(shape.get("id") for shape in found(root, "//p:cNvPr"))
        yield from (f"{name} id={id_}" for id_, count in counts.items() if count > 1 or id_ in (None, "0"))


@_check("pptx-slide-id", "幻灯片、母版或版式编号越界或重复", "an id of a slide, master or layout out of range or twice")
def slide_ids(file: PptxFile) -> Iterator[str]:
    if file.presentation is None:
        return
    slides = [whole(id_) for id_ in words(file.presentation, "p:sldIdLst/p:sldId/@id")]
    masters = [whole(id_) for id_ in words(file.presentation, "p:sldMasterIdLst/p:sldMasterId/@id")]
    for _, root in file.named(r"ppt/slideMasters/\w+\.xml"):
        masters += [whole(id_) for id_ in words(root, "p:sldLayoutIdLst/p:sldLayoutId/@id")]
    yield from (str(id_) for id_ in slides if not 256 <= id_ < _FIRST_MASTER_ID)
    yield from (str(id_) for id_ in masters if id_ < _FIRST_MASTER_ID)
    yield from (str(id_) for id_, count in Counter(slides + masters).items() if count > 1)


@_check("pptx-order", "子元素顺序不合规范", "children in an order the schema forbids")
def child_order(file: PptxFile) -> Iterator[str]:
    places = {path: {child: n for n, child in enumerate(order.split())} for path, order in _ORDER.items()}
    for name, root in file.named(r"ppt/.*\.xml"):
        for path, order in places.items():
            for element in found(root, f"//{path}"):
                children = [order[local(child)] for child in element if local(child) in order]
                if children != sorted(children):
                    yield f"{name} {path}"


@_check("pptx-number", "坐标或尺寸不是合法整数", "a coordinate or size that is no whole number in range")
def coordinates(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_DRAWN):
        for value in words(root, "//a:off/@* | //a:chOff/@* | //a:pt/@*"):
            if not re.fullmatch(r"-?[0-9]{1,10}", value):
                yield f"{name} {value}"
        for value in words(root, "//a:ext/@cx | //a:ext/@cy | //a:chExt/@* | //a:ln/@w | //a:tr/@h | //a:gridCol/@w"):
            if not re.fullmatch(r"[0-9]{1,10}", value):
                yield f"{name} {value}"


@_check("pptx-preset", "不存在的预设形状", "a preset shape that does not exist")
def presets(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_DRAWN):
        yield from (f"{name} {shape}" for shape in words(root, "//a:prstGeom/@prst") if shape not in PRESETS)


@_check("pptx-background", "背景缺少 effectLst", "a background without its effect list")
def backgrounds(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_DRAWN):
        yield from (name for _ in found(root, "//p:bgPr[not(a:effectLst or a:effectDag)]"))


@_check("pptx-empty-shape", "形状没有文字体", "a shape without a text body")
def bodies(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_SLIDES):
        yield from (name for _ in found(root, "//p:sp[not(p:txBody)]"))
        yield from (name for _ in found(root, "//p:txBody[not(a:p)] | //a:tc/a:txBody[not(a:p)]"))


@_check("pptx-placeholder", "占位符在版式里不存在", "a placeholder that its layout has not")
def placeholders(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_SLIDES):
        layouts = [file.roots.get(target) for target in file.related(name, "slideLayout")]
        if len(layouts) != 1 or layouts[0] is None:
            yield f"{name}: slideLayout"
            continue
        there, used = ([_key(ph) for ph in found(tree, "//p:ph")] for tree in (layouts[0], root))
        yield from (f"{name} idx={idx}" for idx, count in Counter(used).items() if idx not in there or count > 1)
        yield from (name for _ in found(root, "//p:grpSp//p:ph | //p:grpSp//a:tbl"))


def _key(ph: Element) -> str:
    """Returns what binds a placeholder to its layout's: a title its type, any other its idx."""
    return "title" if ph.get("type") in ("title", "ctrTitle") else ph.get("idx", "0")


@_check("pptx-section", "节与幻灯片对不上", "sections that do not match the slides")
def sections(file: PptxFile) -> Iterator[str]:
    if file.presentation is None or not found(file.presentation, "//p14:sectionLst"):
        return
    slides = words(file.presentation, "p:sldIdLst/p:sldId/@id")
    listed = words(file.presentation, "//p14:sldId/@id")
    if listed != slides:
        yield f"{listed} ≠ {slides}"
    names = words(file.presentation, "//p14:section/@id")
    yield from (name for name in names if not re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", name))


@_check("pptx-notes", "备注与备注母版不成套", "notes without their master")
def notes(file: PptxFile) -> Iterator[str]:
    masters = [name for name, _ in file.named(r"ppt/notesMasters/\w+\.xml")]
    listed = file.presentation is not None and found(file.presentation, "p:notesMasterIdLst/p:notesMasterId")
    if bool(masters) != bool(listed):
        yield "notesMasterIdLst"
    for name, _ in file.named(r"ppt/notesSlides/\w+\.xml"):
        slides = file.related(name, "slide")
        if not file.related(name, "notesMaster") or not slides or name not in file.related(slides[0], "notesSlide"):
            yield name


@_check(
    "pptx-chart",
    "图表缺数据、语言或工作簿，或轴编号不合法",
    "a chart lacks data, language or workbook, or valid axis ids",
)
def charts(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(r"ppt/charts/chart\d+\.xml"):
        ids = words(root, "//c:catAx/c:axId/@val | //c:valAx/c:axId/@val | //c:dateAx/c:axId/@val")
        used = set(words(root, "//c:plotArea/*[c:ser]/c:axId/@val | //c:crossAx/@val"))
        if not all(id_.isdecimal() for id_ in ids) or used != set(ids):
            yield f"{name} axId"
        if not found(root, "//c:cat//c:pt/c:v[text()]") or not found(root, "//c:val//c:pt/c:v[text()]"):
            yield f"{name} c:cat"
        if not file.related(name, "package"):
            yield f"{name} externalData"
        if not found(root, "c:lang") or not found(root, "c:roundedCorners") or not found(root, "//c:autoTitleDeleted"):
            yield f"{name} c:lang"


@_check("pptx-language", "文字没有标明语言", "text without a language")
def languages(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(rf"{_SLIDES}|ppt/notesSlides/\w+\.xml|ppt/charts/chart\d+\.xml"):
        bare = found(root, "//a:r[not(a:rPr/@lang)] | //a:fld[not(a:rPr/@lang)] | //a:endParaRPr[not(@lang)]")
        yield from (name for _ in bare[:1])


@_check("pptx-alt", "图形没有替代文字，也没有标为装饰", "a drawing neither described nor marked as decoration")
def descriptions(file: PptxFile) -> Iterator[str]:
    plain = "not(.//a:t[normalize-space()])"
    wanted = f"p:pic | p:graphicFrame[.//c:chart] | p:sp[{plain}] | p:cxnSp | p:grpSp[{plain}]"
    for name, root in file.named(_SLIDES):
        for tree in found(root, "//p:spTree"):
            for shape in found(tree, wanted):
                for properties in found(shape, "*/p:cNvPr"):
                    if not properties.get("descr") and not any(
                        local(child) == "decorative" for child in properties.iter()
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


@_check("pptx-jump", "页间跳转没有目标", "a jump that leads to no slide")
def jumps(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(_SLIDES):
        for jump in found(root, "//a:hlinkClick[@action='ppaction://hlinksldjump']"):
            relation = file.relations.get(name, {}).get(jump.get(R + "id", ""))
            if relation is None or relation.kind != "slide" or relation.external:
                yield name
