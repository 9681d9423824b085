"""A brand's own .pptx or .potx, opened: its masters and layouts, which of them serve which kind of slide, what is kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from itertools import count
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.layout.brand import KINDS
from lhpub.render.pptx.package import RELATIONSHIP
from lhpub.render.pptx.paint import find
from lhpub.render.pptx.xml import EMU_PER_POINT
from lhpub.units import Rect, Size

_LIMIT = 400_000_000
_MAIN = re.compile(rb'ContentType="[^"]*\.main\+xml"')
_PRESENTATION = b'ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"'
NAMES = {
    "closing": ("结束", "封底", "尾页", "致谢", "谢谢", "感谢", "the end", "ending", "closing", "thank", "back cover"),
    "section": ("节标题", "章节", "过渡", "转场", "分隔", "section", "divider", "chapter"),
    "picture": ("图片与标题", "标题和图片", "图片和标题", "picture with caption", "title and picture"),
    "other": (
        "目录",
        "空白",
        "比较",
        "两栏",
        "竖排",
        "垂直",
        "agenda",
        "table of content",
        "blank",
        "comparison",
        "two ",
        "three ",
        "four ",
        "vertical",
        "contact",
    ),
    "title": ("仅标题", "只有标题", "title only", "only title"),
    "content": (
        "标题和内容",
        "标题与内容",
        "内容页",
        "正文",
        "title and content",
        "title & content",
        "title, content",
        "one content",
        "title and text",
    ),
    "cover": ("标题幻灯片", "封面", "首页", "title slide", "cover"),
}
"""How designers call their layouts, by the kind of slide; looked through in this order."""
TYPES = {
    "title": "cover",
    "secHead": "section",
    "obj": "content",
    "tx": "content",
    "titleOnly": "title",
    "picTx": "picture",
}
TITLES, BODIES = ("title", "ctrTitle"), ("body", "subTitle", "obj")
_OPTIONAL = ("picture", "closing")


class Template:
    """An opened template. Raises Rejected, in words, if it cannot be read or lacks what a deck needs."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            presentation: Any = Presentation(io.BytesIO(_as_presentation(data)))
            self.masters: list[Any] = list(presentation.slide_masters)
            self.layouts: list[Any] = [layout for master in self.masters for layout in master.slide_layouts]
            self.size = Size(presentation.slide_width / EMU_PER_POINT, presentation.slide_height / EMU_PER_POINT)
            used = [slide.slide_layout.slide_master.part for slide in presentation.slides]
        except Exception as fault:  # a broken file can fail anywhere inside the library
            raise _refused(name, "读不出：文件残缺，或不是 PowerPoint 文件", "cannot be read") from fault
        if not self.layouts:
            raise _refused(name, "里没有母版或版式", "holds no master with a layout")
        for master in self.masters:
            if not any(relation.reltype.endswith("/theme") for relation in master.part.rels.values()):
                raise _refused(name, "的母版没有主题（字体与颜色）", "has a master without a theme")
        self.main = max(self.masters, key=lambda master: (used.count(master.part), _drawing(master)))

    def theme(self, master: Any) -> Any:
        """Returns the theme's element."""
        return etree.fromstring(master.part.part_related_by(RELATIONSHIP + "theme").blob)

    def layouts_by_kind(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """Returns the layout for each kind of slide: by the names that are `wanted`, else by what it is called, by its type,
        by what stands where; of the master that carries the brand first. Cover and divider fall back on the title's."""
        chosen: dict[str, Any] = {}
        for kind in KINDS:
            named = [layout for layout in self.layouts if layout.name == wanted.get(kind)]
            fitting = [layout for layout in self.layouts if self._kind(layout) == kind]
            fitting.sort(key=lambda layout: (layout.slide_master.part is not self.main.part, not _title(layout)))
            own = [
                layout
                for layout in fitting
                if layout.slide_master.part is self.main.part or _drawing(layout.slide_master)
            ]
            if named or own:
                chosen[kind] = (named or own)[0]
        plain = chosen.get("title") or chosen.get("content") or self._barest()
        for kind in KINDS:
            if kind not in _OPTIONAL:
                chosen.setdefault(kind, plain)
        chosen.setdefault("closing", chosen["cover"])
        return chosen

    def _barest(self) -> Any:
        own = [layout for layout in self.layouts if layout.slide_master.part is self.main.part] or self.layouts
        return min(own, key=lambda layout: (not _title(layout), len(list(layout.placeholders))))

    def _kind(self, layout: Any) -> str:
        name, declared = str(layout.name).casefold(), layout._element.get("type", "")
        by_name = next((kind for kind, names in NAMES.items() if any(n in name for n in names)), "")
        by_type = TYPES.get(declared, "other" if declared not in ("", "cust") else "")
        return by_name or by_type or self._by_geometry(layout)

    def _by_geometry(self, layout: Any) -> str:
        """Returns what a layout is by its placeholders: a title amid the slide, or at its head over one text or none."""
        title = _title(layout)
        if title is None:
            return "other"
        rect, bodies = place_of(title), [shape for shape in layout.placeholders if kind_of(shape) in BODIES]
        if rect.y + rect.height / 2 > 0.3 * self.size.height:
            return "cover" if kind_of(title) == "ctrTitle" else "section"
        large = [
            b for b in bodies if place_of(b).width * place_of(b).height > 0.25 * self.size.width * self.size.height
        ]
        others = [s for s in layout.placeholders if kind_of(s) in ("pic", "chart", "tbl")]
        return "other" if others or len(large) > 1 else "content" if large else "title" if not bodies else "other"


def _as_presentation(data: bytes) -> bytes:
    """Returns the file with its main part declared a presentation, which templates, shows and files with macros are not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        if sum(info.file_size for info in archive.infolist()) > _LIMIT:
            raise ValueError("unpacked it is too large")
        for info in archive.infolist():
            content = archive.read(info)
            is_types = info.filename == "[Content_Types].xml"
            copy.writestr(info.filename, _MAIN.sub(_PRESENTATION, content) if is_types else content)
    return buffer.getvalue()


def _refused(name: str, zh: str, en: str) -> Rejected:
    hint = Bilingual(
        "用 PowerPoint 打开模板，另存为 .pptx 再试", "open the template in PowerPoint and save it as .pptx"
    )
    return Rejected(
        (
            Diagnostic(
                "template-unreadable", Severity.ERROR, Bilingual(f"模板 {name} {zh}", f"the template {name} {en}"), hint
            ),
        )
    )


def _drawing(master: Any) -> int:
    """Returns how much a master and its layouts draw: where the brand is."""
    trees = [master._element, *(layout._element for layout in master.slide_layouts)]
    drawn = sum(
        len(find(tree, "p:cSld/p:spTree/*[self::p:sp or self::p:pic or self::p:grpSp][not(*/p:nvPr/p:ph)]"))
        for tree in trees
    )
    return drawn + len(find(master._element, "p:cSld/p:bg//a:blip | p:cSld/p:bg/p:bgPr/*[not(self::a:solidFill)]"))


def kind_of(shape: Any) -> str:
    """Returns a placeholder's type."""
    return str(shape.element.ph.get("type", "obj"))


def is_upright(shape: Any) -> bool:
    """False for a placeholder of vertical text."""
    return shape.element.ph.get("orient") != "vert" and not find(
        shape.element, "p:txBody/a:bodyPr[@vert and @vert!='horz']"
    )


def place_of(shape: Any) -> Rect:
    """Returns where a placeholder stands, inherited or not, in points; an empty one where nothing says so."""
    values = (shape.left, shape.top, shape.width, shape.height)
    return Rect(*((value or 0) / EMU_PER_POINT for value in values))


def _title(layout: Any) -> Any:
    return next((shape for shape in layout.placeholders if kind_of(shape) in TITLES and is_upright(shape)), None)


def placeholders_for(kind: str, layout: Any) -> dict[str, Any]:
    """Returns the placeholders that hold title, body, picture and page number of a kind of slide. Where none is a title, the
    text that stands highest is one."""
    shapes = [shape for shape in layout.placeholders if is_upright(shape)]
    texts = sorted((s for s in shapes if kind_of(s) in BODIES), key=lambda s: place_of(s).y)
    title = _title(layout) or (texts[0] if texts and place_of(texts[0]).width else None)
    rest = [shape for shape in texts if title is None or shape.element is not title.element]
    found: dict[str, Any] = {"title": title}
    if kind != "title" and rest:
        found["body"] = max(rest, key=lambda s: (kind_of(s) == "subTitle", place_of(s).width * place_of(s).height))
    pictures = [s for s in layout.placeholders if kind_of(s) == "pic" or (kind == "picture" and "Picture" in s.name)]
    if kind == "picture" and pictures:
        found["picture"] = pictures[0]
        if found.get("body") is not None and found["body"].element is pictures[0].element:
            del found["body"]
    found["page"] = next((s for s in layout.placeholders if kind_of(s) == "sldNum"), None)
    found["day"] = next((s for s in layout.placeholders if kind_of(s) == "dt"), None)
    return {name: shape for name, shape in found.items() if shape is not None}


def kept_parts(template: Template, faces: Mapping[str, tuple[str, str]]) -> list[Any]:
    """Returns what the masters need, mended. All else stays behind: slides, notes, thumbnail, authors, printer settings."""
    found: dict[str, Any] = {}
    waiting = [master.part for master in template.masters]
    while waiting:
        part = waiting.pop()
        if str(part.partname) not in found:
            found[str(part.partname)] = part
            _mend(part, faces)
            waiting += [relation.target_part for relation in part.rels.values() if not relation.is_external]
    return list(found.values())


def _mend(part: Any, faces: Mapping[str, tuple[str, str]]) -> None:
    """Removes jumps to slides, which are not kept, and the tags of add-ins; mends what makes PowerPoint repair files of other
    programs."""
    for name, relation in list(part.rels.items()):
        if relation.reltype in (RELATIONSHIP + "slide", RELATIONSHIP + "tags"):
            for jump in part._element.xpath(f'.//*[@r:id="{name}"]'):
                jump.getparent().remove(jump)
            part.rels.pop(name)
    if str(part.partname).startswith("/ppt/theme/"):
        part._blob = _mended_theme(part.blob, faces)
    elif str(part.partname).startswith(("/ppt/slideMasters/", "/ppt/slideLayouts/")):
        for mend in (_mend_background, _mend_ids):
            mend(part._element)


def _mended_theme(blob: bytes, faces: Mapping[str, tuple[str, str]]) -> bytes:
    """Returns a theme with the names that the schema wants, and East Asian faces where they are empty."""
    theme = etree.fromstring(blob)
    changed = False
    for scheme in find(theme, "//a:clrScheme[not(@name)] | //a:fontScheme[not(@name)] | //a:fmtScheme[not(@name)]"):
        scheme.set("name", theme.get("name") or "Office")
        changed = True
    for family, (_, east) in faces.items():
        for face in find(theme, f"//a:fontScheme/a:{family}Font/a:ea[not(@typeface) or @typeface='']"):
            face.set("typeface", east)
            changed = True
    return etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else blob


def _mend_background(element: Any) -> None:
    for ground in find(element, ".//p:bgPr[not(a:effectLst or a:effectDag)]"):
        ground[0].addnext(ground.makeelement(qn("a:effectLst"), {}, ground.nsmap))
    for change in find(element, ".//a:comp[@val]"):  # written so by LibreOffice
        del change.attrib["val"]


def _mend_ids(element: Any) -> None:
    shapes = find(element, ".//p:cNvPr")
    free, seen = count(max((int(shape.get("id")) for shape in shapes), default=1) + 1), {"0"}
    for shape in shapes:
        if shape.get("id") in seen:
            shape.set("id", str(next(free)))
        seen.add(shape.get("id"))
