"""The checks of the screen file: PDF/UA-1 (ISO 14289-1:2014) and PDF/A-2a (ISO 19005-2:2011)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, NumberTree

from lhpub.diagnostics import Severity
from lhpub.verify.pdf_reading import bookmarks, link_annotations, page_numbers
from tests.format.pdf_file import DC, Check, Dissected, Place, unless
from tests.format.pdf_shared import SHARED
from tests.format.structure_types import PARENTS, STANDARD

_HEADING = re.compile(r"/H([1-6])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_ODD = re.compile("[\u2e80-\u2fdf\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
"""Radicals in place of characters, private use, replacement characters."""
_SCHEMA = re.compile(rb"namespaceURI>\s*http://www\.aiim\.org/pdfua/ns/id/\s*<")
_PRINT, _FLAGS = 4, 0b100111
"""Annotation flags (ISO 32000-1, table 165): Print, and with it Invisible, Hidden and NoView."""
Content = tuple[int, int]
"""Page number and MCID."""


def _kids(node: Any) -> list[Any]:
    """Returns an element's kids, all as dictionaries that name their page (ISO 32000-1, 14.7.4.2)."""
    kids, found = node.get("/K", Array()), []
    for kid in kids if isinstance(kids, Array) else [kids]:
        reference = Dictionary(MCID=kid) if isinstance(kid, int) else kid
        if "/MCID" in reference and "/Pg" not in reference:
            reference = Dictionary(MCID=reference.MCID, Pg=node.Pg)
        found.append(reference)
    return found


def _below(node: Any) -> Iterator[Any]:
    """Yields a node and what is below it in reading order. Raises ValueError if one is met twice."""
    waiting, met = [node], set()
    while waiting:
        kid = waiting.pop()
        if kid.is_indirect and kid.objgen in met:
            raise ValueError(f"{kid.objgen} × 2")
        met.add(kid.objgen)
        yield kid
        waiting += _kids(kid)[::-1]


def _elements(file: Dissected) -> Iterator[Any]:
    """Yields the structure elements in reading order."""
    return (node for node in _below(file.root.get("/StructTreeRoot", Dictionary())) if "/S" in node)


def _contents(file: Dissected, node: Any | None = None) -> list[Content]:
    """Returns the contents of an element (default: of the whole tree) in reading order."""
    pages, top = page_numbers(file), node if node is not None else file.root.get("/StructTreeRoot", Dictionary())
    return [(pages[kid.Pg.objgen], int(kid.MCID)) for kid in _below(top) if "/MCID" in kid]


def _page_of(file: Dissected, node: Any) -> int:
    return next(iter(_contents(file, node)), (0, 0))[0]


def _untagged(file: Dissected) -> Iterable[Place]:
    return ((page, f"{mark.kind} {mark.text[:12]}".strip()) for page, mark in file.marks() if not mark.tag)


def _structure(file: Dissected) -> Iterable[Place]:
    painted, told = (
        {(page, mark.mcid) for page, mark in file.marks() if mark.mcid is not None},
        Counter(_contents(file)),
    )
    yield from ((page, f"MCID {mcid}") for page, mcid in sorted(painted ^ set(told)))
    yield from ((page, f"MCID {mcid} × {count}") for (page, mcid), count in told.items() if count > 1)


def _parents(file: Dissected) -> Iterable[Place]:
    rows, pages = NumberTree(file.root.StructTreeRoot.ParentTree), page_numbers(file)
    keys = {number: int(page.obj.get("/StructParents", -1)) for number, page in enumerate(file.pdf.pages, 1)}
    owners: dict[int, Any] = {number: rows.get(key, ()) for number, key in keys.items()}
    for node in _elements(file):
        for page, mcid in [(pages[kid.Pg.objgen], int(kid.MCID)) for kid in _kids(node) if "/MCID" in kid]:
            if len(owners[page]) <= mcid or owners[page][mcid].objgen != node.objgen:
                yield page, f"MCID {mcid}"


def _figures(file: Dissected) -> Iterable[Place]:
    bare = [node for node in _elements(file) if node.S == "/Figure" and not str(node.get("/Alt", "")).strip()]
    return ((_page_of(file, node), "") for node in bare)


def _headings(file: Dissected) -> Iterable[Place]:
    level = 0
    for node in _elements(file):
        found = _HEADING.fullmatch(str(node.S))
        if found:
            if int(found[1]) > level + 1:
                yield _page_of(file, node), f"H{level} → H{found[1]}"
            level = int(found[1])


def _tables(file: Dissected) -> Iterable[Place]:
    for node in _elements(file):
        if node.S == "/Table":
            rows = [[cell for cell in _kids(row) if "/S" in cell] for row in _kids(node) if row.get("/S") == "/TR"]
            heads = [cell for row in rows for cell in row if cell.S == "/TH"]
            if not heads or any("/Scope" not in cell.get("/A", Dictionary()) for cell in heads):
                yield _page_of(file, node), "TH, Scope"
            if len({len(row) for row in rows}) > 1:
                yield _page_of(file, node), "TR"


def _types(file: Dissected) -> Iterable[Place]:
    """Yields elements of no standard type, and parts of tables, lists and contents that stand in the wrong element."""
    roles = file.root.StructTreeRoot.get("/RoleMap", Dictionary())
    for node in _elements(file):
        tag = str(roles.get(str(node.S), node.S))[1:]
        if tag not in STANDARD:
            yield _page_of(file, node), tag
        for kid in _kids(node):
            part = str(kid.get("/S", ""))[1:]
            if tag not in PARENTS.get(part, (tag,)):
                yield _page_of(file, kid), f"{tag} > {part}"


def _order(file: Dissected) -> Iterable[Place]:
    """What one element holds on two pages (a chart over the fold) is read at its first, before the second page's own."""
    figures = [_contents(file, node) for node in _elements(file) if node.S == "/Figure"]
    over = {content for held in figures if len({page for page, _ in held}) > 1 for content in held}
    contents = [content for content in _contents(file) if content not in over]
    return ((page, f"MCID {mcid}") for before, (page, mcid) in pairwise(contents) if (page, mcid) < before)


def _characters(file: Dissected) -> Iterable[Place]:
    return ((page, mark.text[:12]) for page, mark in file.marks("text") if _ODD.search(mark.text))


def _link_targets(file: Dissected) -> Iterable[Place]:
    pages = page_numbers(file)
    for number, link, said in link_annotations(file):
        action = link.get("/A", Dictionary())
        destination = link.get("/Dest", action.get("/D"))
        if str(action.get("/URI", "")) == "" and (destination is None or destination[0].objgen not in pages):
            yield number, said


def _link_tags(file: Dissected) -> Iterable[Place]:
    rows = NumberTree(file.root.StructTreeRoot.ParentTree)
    for number, link, said in link_annotations(file):
        owner: Any = rows.get(int(link.get("/StructParent", -1)), Dictionary())
        held = [kid.Obj.objgen for kid in _kids(owner) if "/Obj" in kid]
        if owner.get("/S") != "/Link" or link.objgen not in held:
            yield number, said


def _tabs(file: Dissected) -> Iterable[Place]:
    pages = enumerate(file.pdf.pages, 1)
    return ((number, "") for number, page in pages if "/Annots" in page.obj and page.obj.get("/Tabs") != "/S")


def _link_flags(file: Dissected) -> Iterable[Place]:
    return (
        (number, said) for number, link, said in link_annotations(file) if int(link.get("/F", 0)) & _FLAGS != _PRINT
    )


def _bookmarks(file: Dissected) -> Iterable[Place]:
    """Yields bookmarks that match no heading of their page, nor a text of it (an eyebrow over the heading)."""
    spoken: dict[Content, str] = {}
    for page, mark in file.marks("text"):
        if mark.mcid is not None:
            spoken[page, mark.mcid] = spoken.get((page, mark.mcid), "") + "".join(mark.text.split())
    texts = {(page, text) for (page, _), text in spoken.items()}
    for node in _elements(file):
        if _HEADING.fullmatch(str(node.S)):
            places = _contents(file, node)
            texts.add((_page_of(file, node), "".join(spoken.get(place, "") for place in places)))
    return ((page, title) for title, page, _ in bookmarks(file) if (page, "".join(title.split())) not in texts)


def _intent(file: Dissected) -> bool:
    intents = [item for item in file.root.get("/OutputIntents", ()) if item.get("/S") == "/GTS_PDFA1"]
    profiles = [item.DestOutputProfile for item in intents if "/DestOutputProfile" in item]
    return [int(item.N) == 3 and item.read_bytes()[16:20] == b"RGB " for item in profiles] == [True]


def _is_marked(file: Dissected) -> bool:
    info = file.root.get("/MarkInfo", Dictionary())
    return bool(info.get("/Marked", False)) and not info.get("/Suspects", False) and "/StructTreeRoot" in file.root


def _pdfa(file: Dissected) -> list[str]:
    return [file.xmp("http://www.aiim.org/pdfa/ns/id/", key) for key in ("part", "conformance")]


SCREEN = (
    *SHARED,
    Check("screen-untagged", "ISO 14289-1, 7.1", "内容既无标签也非装饰，或两者兼是",
          "content neither tagged nor artifact, or both", _untagged),
    Check("screen-marked", "ISO 14289-1, 6.2; ISO 19005-2, 6.7.2.2", "没有声明为带标签", "is not declared tagged",
          unless(_is_marked)),
    Check("screen-structure", "ISO 32000-1, 14.7.4", "内容与结构树对不上", "content and structure tree do not match", _structure),
    Check("screen-parents", "ISO 32000-1, 14.7.4.4", "父树不全", "the parent tree is incomplete", _parents),
    Check("screen-types", "ISO 14289-1, 7.1; ISO 32000-1, 14.8.4", "标签类型不标准或位置不对",
          "a tag is unknown or misplaced", _types),
    Check("screen-figure-alt", "ISO 14289-1, 7.3", "图没有替代文字", "a figure without alt text", _figures),
    Check("screen-headings", "ISO 14289-1, 7.4.2", "标题级别跳跃", "heading levels are skipped", _headings),
    Check("screen-table", "ISO 14289-1, 7.5", "表格没有表头或范围，或行不齐", "a table without headers or scope", _tables),
    Check("screen-language", "ISO 14289-1, 7.2; ISO 19005-2, 6.7.4", "没有说明语言", "no language",
          unless(lambda file: _LANGUAGE.fullmatch(str(file.root.get("/Lang", ""))))),
    Check("screen-title", "ISO 14289-1, 7.1", "没有标题", "no title", unless(lambda file: file.xmp(DC, "title"))),
    Check("screen-display-title", "ISO 14289-1, 7.1", "窗口不显示标题", "the window does not show the title",
          unless(lambda file: file.root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False))),
    Check("screen-order", "ISO 14289-1, 7.1", "阅读顺序与排版顺序不同", "reading order differs from the layout's", _order),
    Check("screen-characters", "ISO 14289-1, 7.2", "提取出部首或私用字符", "extracts radicals or private use", _characters),
    Check("screen-link-text", "ISO 14289-1, 7.18.5", "链接没有说明文字", "a link without a description",
          lambda file: ((page, "Contents") for page, _, said in link_annotations(file) if not said)),
    Check("screen-link-target", "ISO 32000-1, 12.3.2; 12.6.4.7", "链接没有去处", "a link leads nowhere", _link_targets),
    Check("screen-link-tag", "ISO 14289-1, 7.18.5", "链接不在结构树里", "a link is not in the structure tree", _link_tags),
    Check("screen-link-flags", "ISO 19005-2, 6.3.2", "链接被隐藏或不打印", "a link is hidden or does not print", _link_flags),
    Check("screen-tabs", "ISO 14289-1, 7.18.3", "跳格顺序不按结构", "tab order does not follow the structure", _tabs),
    Check("screen-bookmarks", "ISO 14289-1, 7.17", "书签与标题对不上", "a bookmark is no heading", _bookmarks, Severity.WARNING),
    Check("screen-ua", "ISO 14289-1, 5", "没有 PDF/UA-1 标识", "no PDF/UA-1 identifier",
          unless(lambda file: file.xmp("http://www.aiim.org/pdfua/ns/id/", "part") == "1")),
    Check("screen-a", "ISO 19005-2, 6.6.4", "没有 PDF/A-2a 标识", "no PDF/A-2a identifier",
          unless(lambda file: _pdfa(file) == ["2", "A"])),
    Check("screen-a-schema", "ISO 19005-2, 6.6.2.3", "XMP 没有 PDF/UA 标识的扩展架构",
          "XMP has no extension schema for PDF/UA", unless(lambda file: _SCHEMA.search(file.root.Metadata.read_bytes()))),
    Check("screen-output-intent", "ISO 19005-2, 6.2.3", "没有 sRGB 输出意图", "no sRGB output intent", unless(_intent)),
    Check("screen-colour", "ISO 19005-2, 6.2.4.3", "用了 sRGB 以外的颜色", "uses colour other than sRGB",
          lambda file: ((page, m.colour.space) for page, m in file.marks() if m.colour.space not in ("DeviceRGB", "DeviceGray"))),
)  # fmt: skip
