"""What a written PDF states beside its pages' content: bookmarks and links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import OutlineItem

from lhpub.verify.pdf_checks import PdfFile


def page_numbers(file: PdfFile) -> dict[tuple[int, int], int]:
    """Returns the number of each page by its object."""
    return {page.obj.objgen: number for number, page in enumerate(file.pdf.pages, 1)}


def bookmarks(file: PdfFile) -> Iterator[tuple[str, int]]:
    """Yields the bookmarks in order: title, and page number or 0 if it leads nowhere."""
    pages = page_numbers(file)
    with file.pdf.open_outline() as outline:
        waiting: list[OutlineItem] = list(outline.root)
    while waiting:
        item = waiting.pop(0)
        waiting[:0] = item.children
        target: Any = item.destination
        yield str(item.title), 0 if target is None else pages.get(target[0].objgen, 0)


def link_annotations(file: PdfFile) -> Iterator[tuple[int, Any, str]]:
    """Yields page, link annotation and what it says."""
    for number, page in enumerate(file.pdf.pages, 1):
        for item in page.obj.get("/Annots", ()):
            if item.Subtype == "/Link":
                yield number, item, str(item.get("/Contents", "")).strip()


def links(file: PdfFile) -> Iterator[tuple[int, int]]:
    """Yields the internal links: from page number to page number."""
    pages = page_numbers(file)
    for number, link, _ in link_annotations(file):
        if "/Dest" in link:
            yield number, pages.get(link.Dest[0].objgen, 0)
