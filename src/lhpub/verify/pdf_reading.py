"""What a written PDF states beside its pages' content: properties, page labels, bookmarks, links, alternative texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from pikepdf import Array, Dictionary, NumberTree, OutlineItem

from lhpub.verify.pdf_file import PdfFile
from lhpub.verify.reading import Part, Statement

_DC, _XMP, _PDF = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/pdf/1.3/"
_PROPERTIES = {
    "Title": (_DC, "title"),
    "Subject": (_DC, "description"),
    "Author": (_DC, "creator"),
    "Keywords": (_PDF, "Keywords"),
}
_PARTS: tuple[tuple[str, Part], tuple[str, Part]] = (("", "alt"), ("篇", "info"))
"""What a structure element tells: of a figure or text, of a part."""
_SPOKEN = ("/Alt", "/ActualText", "/E", "/T")
_ROOT = frozenset(f"/{key}" for key in (
    "Type", "PageLabels", "Pages", "MarkInfo", "PageLayout", "Lang", "ViewerPreferences", "StructTreeRoot", "Outlines",
    "Metadata", "PageMode", "OutputIntents", "Names", "Version", "Extensions",
))  # fmt: skip
"""What a document may hold: no scripts, no attachments, no layers that can be switched off."""


def read_pdf(file: PdfFile, is_screen: bool = True) -> Iterator[Statement]:
    """Yields what the file states."""
    for key, (namespace, name) in _PROPERTIES.items():
        yield Statement(0, f"Info {key}", "info", file.info(f"/{key}"))
        yield Statement(0, f"XMP {key}", "info", file.xmp(namespace, name))
    yield from (Statement(0, "Info Date", "info", file.info(f"/{key}")[2:10]) for key in ("CreationDate",))
    yield Statement(0, "XMP Date", "info", file.xmp(_XMP, "CreateDate")[:10].replace("-", ""))
    for title, page, level in bookmarks(file):
        yield Statement(0, "", "bookmark", f"{'  ' * level}{title} → {page}")
    odd = [key for key in file.root if key not in _ROOT or (key == "/Names" and set(file.root.Names) - {"/Dests"})]
    yield from (Statement(0, key, "info", "有") for key in odd)
    if is_screen:
        yield from _pages(file)
    yield from _labels(file)
    yield from _annotations(file)
    yield from _alternatives(file)


def _pages(file: PdfFile) -> Iterator[Statement]:
    """Yields how much of each page is seen."""
    for number, page in enumerate(file.pdf.pages, 1):
        left, bottom, right, top = (float(edge) for edge in page.trimbox)
        turned, cut = int(page.obj.get("/Rotate", 0)) or "", "" if list(page.cropbox) == list(page.mediabox) else "裁过"
        yield Statement(number, "页面", "info", f"{right - left:.0f}×{top - bottom:.0f}{turned}{cut}")


def page_numbers(file: PdfFile) -> dict[tuple[int, int], int]:
    """Returns the number of each page by its object."""
    return {page.obj.objgen: number for number, page in enumerate(file.pdf.pages, 1)}


def bookmarks(file: PdfFile) -> Iterator[tuple[str, int, int]]:
    """Yields the bookmarks in order: title, page number or 0 if it leads nowhere, level from 0."""
    pages = page_numbers(file)
    with file.pdf.open_outline() as outline:
        waiting: list[tuple[OutlineItem, int]] = [(item, 0) for item in outline.root]
    while waiting:
        item, level = waiting.pop(0)
        waiting[:0] = [(child, level + 1) for child in item.children]
        target: Any = item.destination
        yield str(item.title), 0 if target is None else pages.get(target[0].objgen, 0), level


def _labels(file: PdfFile) -> Iterator[Statement]:
    if "/PageLabels" in file.root:
        for index, label in NumberTree(file.root.PageLabels).items():
            yield Statement(int(index) + 1, "页码", "info", str(label.get("/P", "")))


def link_annotations(file: PdfFile) -> Iterator[tuple[int, Any, str]]:
    """Yields page, link annotation and what it says."""
    for number, page in enumerate(file.pdf.pages, 1):
        for item in page.obj.get("/Annots", ()):
            if item.Subtype == "/Link":
                yield number, item, str(item.get("/Contents", "")).strip()


def _annotations(file: PdfFile) -> Iterator[Statement]:
    """Yields where each link leads, one after another to the same place once; then what else is laid over the page."""
    pages = page_numbers(file)
    for number, group in groupby(link_annotations(file), key=lambda found: found[0]):
        for target, _ in groupby(_target(link, pages) for _, link, _ in group):
            yield Statement(number, "", "link", target)
    for number, page in enumerate(file.pdf.pages, 1):
        others = (item for item in page.obj.get("/Annots", ()) if item.Subtype != "/Link")
        yield from (Statement(number, "", "link", f"{item.Subtype} {item.get('/Contents', '')}") for item in others)


def _target(link: Any, pages: dict[tuple[int, int], int]) -> str:
    destination = link.get("/Dest", link.get("/A", Dictionary()).get("/D"))
    if isinstance(destination, Array):
        return f"→ {pages.get(destination[0].objgen, 0)}"
    return unquote(str(link.get("/A", Dictionary()).get("/URI", "")))


def _alternatives(file: PdfFile) -> Iterator[Statement]:
    """Yields the alternative texts of the structure tree in reading order, each with the first page that it is of, and the
    pages that are read in another order than the one in which they are drawn."""
    pages, met = page_numbers(file), set[tuple[int, int]]()
    waiting: list[tuple[Any, int, int]] = [(file.root.get("/StructTreeRoot", Dictionary()), 0, 0)]
    last = (0, 0)
    while waiting:
        node, depth, page = waiting.pop()
        if not isinstance(node, Dictionary) or "/MCID" in node:  # a piece of what is drawn (ISO 32000-1, 14.7.4)
            there, piece = (_page(node, pages), node.MCID) if isinstance(node, Dictionary) else (page, node)
            if there in (page, 0):  # else of a figure over the fold, which is told on its first page
                if (page, int(piece)) < last:
                    yield Statement(page, "阅读次序", "info", "与画的次序不同")
                last = page, int(piece)
            continue
        if node.is_indirect and node.objgen in met:
            continue
        met.add(node.objgen)
        spoken = [str(node[key]) for key in _SPOKEN if key in node]
        spoken += [str(one.Summary) for one in [node.get("/A")] if isinstance(one, Dictionary) and "/Summary" in one]
        name, part = _PARTS[node.get("/S") == "/Sect"]
        yield from (Statement(_page(node, pages), name, part, text) for text in spoken)
        waiting += [(kid, depth + 1, _page(node, pages)) for kid in _kids(node)[::-1] if depth < 99]


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _page(node: Any, pages: dict[tuple[int, int], int]) -> int:
    for _ in range(99):
        if "/Pg" in node:
            return pages.get(node.Pg.objgen, 0)
        kids = [kid for kid in _kids(node) if isinstance(kid, Dictionary)]
        if not kids:
            return 0
        node = kids[0]
    return 0
