"""The checks of the screen file: PDF/UA-1 (ISO 14289-1:2014) and PDF/A-2a (ISO 19005-2:2011)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import NumberTree, OutlineItem

from lhpub.verify.pdf_checks import PdfFile, Place, check

_HEADING = re.compile(r"/H([1-6])")
_ODD = re.compile("[\u2e80-\u2fdf\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
"""Radicals in place of characters, private use, replacement characters."""


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if hasattr(kids, "append") else [kids]


def elements(file: PdfFile) -> Iterator[Any]:
    """Yields the structure elements in reading order."""
    waiting = list(reversed(_kids(file.root.get("/StructTreeRoot", {}))))
    while waiting:
        node = waiting.pop()
        if hasattr(node, "keys") and "/S" in node:
            yield node
            waiting += reversed(_kids(node))


def _contents(file: PdfFile, node: Any, *, deep: bool = False) -> Iterator[tuple[int, int]]:
    """Yields page number and MCID of an element's own content, or with that of what is in it."""
    pages = {page.obj.objgen: number for number, page in enumerate(file.pdf.pages, 1)}
    for kid in _kids(node):
        if hasattr(kid, "keys") and "/MCID" in kid:
            yield pages[kid.Pg.objgen], int(kid.MCID)
        elif deep and hasattr(kid, "keys") and "/S" in kid:
            yield from _contents(file, kid, deep=True)


def _all_contents(file: PdfFile) -> list[tuple[int, int]]:
    return list(_contents(file, file.root.get("/StructTreeRoot", {}), deep=True))


@check(
    "screen", "screen-untagged", "ISO 14289-1, 7.1", ("有内容既无标签也非装饰", "content neither tagged nor artifact")
)
def tagged(file: PdfFile) -> Iterable[Place]:
    return ((page, f"{mark.kind} {mark.text[:12]}") for page, mark in file.marks() if not mark.tag)


@check(
    "screen", "screen-marked", "ISO 14289-1, 6.2; ISO 19005-2, 6.7.2.2", ("没有声明为带标签", "is not declared tagged")
)
def declared_tagged(file: PdfFile) -> Iterable[Place]:
    is_marked = file.root.get("/MarkInfo", {}).get("/Marked", False)
    return () if is_marked and "/StructTreeRoot" in file.root else [(0, "")]


@check(
    "screen",
    "screen-structure",
    "ISO 32000-1, 14.7.4",
    ("内容与结构树对不上", "content and structure tree do not match"),
)
def matching_structure(file: PdfFile) -> Iterable[Place]:
    painted = {(page, mark.mcid) for page, mark in file.marks() if mark.mcid is not None}
    told = Counter(_all_contents(file))
    yield from ((page, f"MCID {mcid}") for page, mcid in sorted(painted ^ set(told)))
    yield from ((page, f"MCID {mcid} × {count}") for (page, mcid), count in told.items() if count > 1)


@check("screen", "screen-parents", "ISO 32000-1, 14.7.4.4", ("父树不全", "the parent tree is incomplete"))
def parents(file: PdfFile) -> Iterable[Place]:
    tree = NumberTree(file.root.StructTreeRoot.ParentTree)
    keys = {number: int(page.obj.get("/StructParents", -1)) for number, page in enumerate(file.pdf.pages, 1)}
    for node in elements(file):
        for page, mcid in _contents(file, node):
            row: Any = tree.get(keys[page])
            if row is None or len(row) <= mcid or row[mcid].objgen != node.objgen:
                yield page, f"MCID {mcid}"


@check("screen", "screen-figure-alt", "ISO 14289-1, 7.3", ("图没有替代文字", "a figure without alt text"))
def figures(file: PdfFile) -> Iterable[Place]:
    for node in elements(file):
        if node.S == "/Figure" and not str(node.get("/Alt", "")).strip():
            yield next(_contents(file, node, deep=True), (0, 0))[0], ""


@check("screen", "screen-headings", "ISO 14289-1, 7.4.2", ("标题级别跳跃", "heading levels are skipped"))
def headings(file: PdfFile) -> Iterable[Place]:
    level = 0
    for node in elements(file):
        found = _HEADING.fullmatch(str(node.S))
        if found:
            if int(found[1]) > level + 1:
                yield next(_contents(file, node, deep=True), (0, 0))[0], f"H{level} → H{found[1]}"
            level = int(found[1])


@check("screen", "screen-table", "ISO 14289-1, 7.5", ("表格没有表头或范围", "a table without headers or their scope"))
def tables(file: PdfFile) -> Iterable[Place]:
    for node in elements(file):
        if node.S == "/Table":
            rows = [[cell for cell in _kids(row) if "/S" in cell] for row in _kids(node) if row.get("/S") == "/TR"]
            heads = [cell for row in rows for cell in row if cell.S == "/TH"]
            page = next(_contents(file, node, deep=True), (0, 0))[0]
            if not heads or any(cell.get("/A", {}).get("/Scope") is None for cell in heads):
                yield page, "TH, Scope"
            if len({len(row) for row in rows}) > 1:
                yield page, "TR"


@check("screen", "screen-language", "ISO 14289-1, 7.2; ISO 19005-2, 6.7.4", ("没有说明语言", "no language"))
def language(file: PdfFile) -> Iterable[Place]:
    said = str(file.root.get("/Lang", ""))
    return () if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", said) else [(0, said)]


@check("screen", "screen-title", "ISO 14289-1, 7.1", ("没有标题", "no title"))
def title(file: PdfFile) -> Iterable[Place]:
    return () if file.xmp("http://purl.org/dc/elements/1.1/", "title").strip() else [(0, "dc:title")]


@check("screen", "screen-display-title", "ISO 14289-1, 7.1", ("窗口不显示标题", "the window does not show the title"))
def display_title(file: PdfFile) -> Iterable[Place]:
    return () if file.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False) else [(0, "")]


@check(
    "screen", "screen-order", "ISO 14289-1, 7.1", ("阅读顺序与排版顺序不同", "reading order differs from the layout's")
)
def reading_order(file: PdfFile) -> Iterable[Place]:
    last = (0, -1)
    for content in _all_contents(file):
        if content < last:
            yield content[0], f"MCID {content[1]} < {last[1]}"
        last = content


@check(
    "screen",
    "screen-characters",
    "ISO 14289-1, 7.2",
    ("提取出部首或私用字符", "extracts radicals or private-use characters"),
)
def characters(file: PdfFile) -> Iterable[Place]:
    return ((page, mark.text[:12]) for page, mark in file.marks("text") if _ODD.search(mark.text))


def _links(file: PdfFile) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(file.pdf.pages, 1):
        yield from ((number, item) for item in page.obj.get("/Annots", ()) if item.Subtype == "/Link")


@check("screen", "screen-link-text", "ISO 14289-1, 7.18.5", ("链接没有说明文字", "a link without a description"))
def link_texts(file: PdfFile) -> Iterable[Place]:
    return ((page, "Contents") for page, link in _links(file) if not str(link.get("/Contents", "")).strip())


@check("screen", "screen-link-target", "ISO 32000-1, 12.3.2; 12.6.4.7", ("链接没有去处", "a link leads nowhere"))
def link_targets(file: PdfFile) -> Iterable[Place]:
    pages = {page.obj.objgen for page in file.pdf.pages}
    for number, link in _links(file):
        action = link.get("/A", {})
        destination = link.get("/Dest", action.get("/D"))
        is_internal = destination is not None and destination[0].objgen in pages
        if not is_internal and not str(action.get("/URI", "")):
            yield number, str(link.get("/Contents", ""))


@check("screen", "screen-link-tag", "ISO 14289-1, 7.18.5", ("链接不在结构树里", "a link is not in the structure tree"))
def link_tags(file: PdfFile) -> Iterable[Place]:
    tree = NumberTree(file.root.StructTreeRoot.ParentTree)
    for number, link in _links(file):
        owner: Any = tree.get(int(link.get("/StructParent", -1)))
        held = [kid.Obj.objgen for kid in _kids(owner) if hasattr(kid, "keys") and "/Obj" in kid] if owner else []
        if owner is None or owner.S != "/Link" or link.objgen not in held:
            yield number, str(link.get("/Contents", ""))


@check("screen", "screen-tabs", "ISO 14289-1, 7.18.3", ("跳格顺序不按结构", "tab order does not follow the structure"))
def tabs(file: PdfFile) -> Iterable[Place]:
    pages = enumerate(file.pdf.pages, 1)
    return ((number, "") for number, page in pages if "/Annots" in page.obj and page.obj.get("/Tabs") != "/S")


@check("screen", "screen-bookmarks", "ISO 14289-1, 7.17", ("书签与标题对不上", "a bookmark matches no heading"))
def bookmarks(file: PdfFile) -> Iterable[Place]:
    spoken = [{mark.mcid: "" for mark in marks} for marks in file.pages]
    for page, mark in file.marks("text"):
        spoken[page - 1][mark.mcid] += mark.text
    found: dict[int, list[str]] = {}
    for node in elements(file):
        if _HEADING.fullmatch(str(node.S)):
            places = list(_contents(file, node, deep=True))
            text = "".join(spoken[page - 1].get(mcid, "") for page, mcid in places)
            found.setdefault(places[0][0] if places else 0, []).append(re.sub(r"\s", "", text))
    pages = {page.obj.objgen: number for number, page in enumerate(file.pdf.pages, 1)}
    with file.pdf.open_outline() as outline:
        waiting: list[OutlineItem] = list(outline.root)
    while waiting:
        item = waiting.pop(0)
        waiting[:0] = item.children
        target: Any = item.destination
        page = pages.get(target[0].objgen, 0) if target is not None else 0
        wanted = re.sub(r"\s", "", str(item.title))
        if not page or not any(wanted in text or text in wanted for text in found.get(page, ()) if text):
            yield page, str(item.title)


@check("screen", "screen-ua", "ISO 14289-1, 5", ("没有 PDF/UA-1 标识", "no PDF/UA-1 identifier"))
def ua_identifier(file: PdfFile) -> Iterable[Place]:
    said = file.xmp("http://www.aiim.org/pdfua/ns/id/", "part")
    return () if said == "1" else [(0, said)]


@check("screen", "screen-a", "ISO 19005-2, 6.6.4", ("没有 PDF/A-2a 标识", "no PDF/A-2a identifier"))
def a_identifier(file: PdfFile) -> Iterable[Place]:
    said = [file.xmp("http://www.aiim.org/pdfa/ns/id/", key) for key in ("part", "conformance")]
    return () if said == ["2", "A"] else [(0, " ".join(said))]


@check("screen", "screen-output-intent", "ISO 19005-2, 6.2.3", ("没有 sRGB 输出意图", "no sRGB output intent"))
def srgb_intent(file: PdfFile) -> Iterable[Place]:
    intents = [item for item in file.root.get("/OutputIntents", ()) if item.get("/S") == "/GTS_PDFA1"]
    profiles = [item.DestOutputProfile for item in intents if "/DestOutputProfile" in item]
    is_rgb = [int(item.N) == 3 and item.read_bytes()[16:20] == b"RGB " for item in profiles]
    return () if is_rgb == [True] else [(0, f"GTS_PDFA1 × {len(intents)}")]


@check("screen", "screen-colour", "ISO 19005-2, 6.2.4.3", ("用了 sRGB 以外的颜色", "uses colour other than sRGB"))
def screen_colours(file: PdfFile) -> Iterable[Place]:
    fine = ("DeviceRGB", "DeviceGray")
    return ((page, mark.colour.space) for page, mark in file.marks() if mark.colour.space not in fine)
