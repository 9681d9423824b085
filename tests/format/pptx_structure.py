"""What makes PowerPoint offer a repair: one small function a rule, which yields the places where it is broken.

The rules are those of PresentationML (ECMA-376 part 1, part 2 for the package) and of field reports: schemas and
validators pass several of these files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from lhpub.verify.pptx_file import Element, PptxFile, R, found, local, whole, words
from tests.format.pptx_rules import DRAWN, SLIDES, Rules, rule
from tests.format.pptx_schema import CONTENT_TYPES, ORDER, PRESETS

STRUCTURE: Rules = {}
_check = partial(rule, STRUCTURE)
_FIRST_MASTER_ID = 2**31
_USED = ("image", "chart", "hyperlink", "slide")


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


@_check("pptx-content-type", "内容类型缺失、不对或多余", "a content type is missing, wrong or names no part")
def content_types(file: PptxFile) -> Iterator[str]:
    root = file.roots.get("[Content_Types].xml")
    entries = [] if root is None else [(dict(entry.attrib), entry.get("ContentType", "")) for entry in root]
    defaults = {entry["Extension"].lower(): kind for entry, kind in entries if "Extension" in entry}
    overrides = [(entry["PartName"].lstrip("/"), kind) for entry, kind in entries if "PartName" in entry]
    yield from (f"Override {name}" for name, _ in overrides if name not in file.parts)
    yield from (name for name, count in Counter(name for name, _ in overrides).items() if count > 1)
    kinds = dict(overrides)
    for name in file.parts.keys() - {"[Content_Types].xml"}:
        kind = kinds.get(name) or defaults.get(name.rpartition(".")[2].lower())
        wanted = next((type_ for pattern, type_ in CONTENT_TYPES.items() if re.fullmatch(pattern, name)), kind)
        if not kind or kind != wanted:
            yield f"{name} {kind or ''}"


@_check(
    "pptx-presentation",
    "缺母版、幻灯片大小或文档属性不成单",
    "no master, no valid slide size, or not one set of properties",
)
def presentation(file: PptxFile) -> Iterator[str]:
    if file.presentation is None or not found(file.presentation, "p:sldMasterIdLst/p:sldMasterId"):
        yield "sldMasterIdLst"
    yield from (f"sldSz {side}" for side in file.size if not 914_400 <= side <= 51_206_400)
    if sum(r.kind == "core-properties" for r in file.relations.get("", {}).values()) > 1:
        yield "docProps/core.xml"


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
    for name, root in file.named(DRAWN):
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
    places = {path: {child: n for n, child in enumerate(order.split())} for path, order in ORDER.items()}
    for name, root in file.named(r"ppt/.*\.xml"):
        for path, order in places.items():
            for element in found(root, f"//{path}"):
                children = [order[local(child)] for child in element if local(child) in order]
                if children != sorted(children):
                    yield f"{name} {path}"


@_check("pptx-number", "坐标或尺寸不是合法整数", "a coordinate or size that is no whole number in range")
def coordinates(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(DRAWN):
        for value in words(root, "//a:off/@* | //a:chOff/@* | //a:pt/@*"):
            if not re.fullmatch(r"-?[0-9]{1,10}", value):
                yield f"{name} {value}"
        for value in words(root, "//a:ext/@cx | //a:ext/@cy | //a:chExt/@* | //a:ln/@w | //a:tr/@h | //a:gridCol/@w"):
            if not re.fullmatch(r"[0-9]{1,10}", value):
                yield f"{name} {value}"


@_check("pptx-group", "组合为空，或缺少位置", "a group that is empty or has no place")
def groups(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(DRAWN):
        yield from (
            name for _ in found(root, "//p:grpSp[not(p:grpSpPr/a:xfrm) or count(*) < 3] | //p:spTree[not(p:grpSpPr)]")
        )


@_check("pptx-preset", "不存在的预设形状", "a preset shape that does not exist")
def presets(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(DRAWN):
        yield from (f"{name} {shape}" for shape in words(root, "//a:prstGeom/@prst") if shape not in PRESETS)


@_check("pptx-background", "背景缺少 effectLst", "a background without its effect list")
def backgrounds(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(DRAWN):
        yield from (name for _ in found(root, "//p:bgPr[not(a:effectLst or a:effectDag)]"))


@_check("pptx-empty-shape", "形状没有文字体", "a shape without a text body")
def bodies(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(SLIDES):
        yield from (name for _ in found(root, "//p:sp[not(p:txBody)]"))
        yield from (name for _ in found(root, "//p:txBody[not(a:p)] | //a:tc/a:txBody[not(a:p)]"))


@_check("pptx-placeholder", "占位符在版式里不存在", "a placeholder that its layout has not")
def placeholders(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(SLIDES):
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
    names = Counter(words(file.presentation, "//p14:section/@id"))
    form = r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}"
    yield from (name for name, count in names.items() if count > 1 or not re.fullmatch(form, name))


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


@_check("pptx-jump", "页间跳转没有目标", "a jump that leads to no slide")
def jumps(file: PptxFile) -> Iterator[str]:
    for name, root in file.named(SLIDES):
        for jump in found(root, "//a:hlinkClick[@action='ppaction://hlinksldjump']"):
            relation = file.relations.get(name, {}).get(jump.get(R + "id", ""))
            if relation is None or relation.kind != "slide" or relation.external:
                yield name
