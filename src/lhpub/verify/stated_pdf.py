"""What a composition states in a PDF beside its pages' words and drawings: properties, page labels, bookmarks, links, and
alternative texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, Page, TableBox, TextBox
from lhpub.verify.reading import Statement
from lhpub.walk import anchors, goes_on, links_of, said


def stated_in_pdf(composition: Composition, is_screen: bool) -> Iterator[Statement]:
    """Yields what the file must state; a press file has no labels, bookmarks, links and tags."""
    metadata = composition.metadata
    words = {"Title": metadata.title, "Subject": metadata.subject, "Author": metadata.author}
    words |= {"Keywords": "，".join(metadata.keywords), "Date": metadata.date.replace("-", "")}
    yield from (
        Statement(0, f"{place} {key}", "info", text) for place in ("Info", "XMP") for key, text in words.items()
    )
    if not is_screen:
        return
    section = ""
    for number, page in enumerate(composition.pages, 1):
        if page.section != section:
            yield Statement(number, "篇", "info", page.section)
        section = page.section
        yield Statement(number, "页面", "info", f"{page.size.width:.0f}×{page.size.height:.0f}")
    targets = {f"#{anchor}": f"→ {index + 1}" for anchor, index in anchors(composition).items()}
    for mark in composition.bookmarks:
        yield Statement(0, "", "bookmark", f"{'  ' * mark.level}{mark.title} {targets['#' + mark.anchor]}")
    befores = (None, *composition.pages)
    for number, (page, before) in enumerate(zip(composition.pages, befores, strict=False), 1):
        yield Statement(number, "页码", "info", page.label)
        leads = groupby(targets.get(target, target) for target, _, _ in links_of(page))
        yield from (Statement(number, "", "link", target) for target, _ in leads)
        yield from (Statement(number, "", "alt", alt) for alt in _alternatives(page.boxes, page, before))


def _alternatives(boxes: Iterable[Box], page: Page, before: Page | None) -> Iterator[str]:
    """Yields the alternative texts in reading order; what is decoration has none, nor has what is in it. A figure over the
    fold has its own on its first page."""
    for box in boxes:
        match box:
            case TextBox():
                yield from filter(None, said(box))
            case ImageBox():
                yield box.alt
            case TableBox():
                yield box.alt
                yield from (words for row in box.cells for cell in row for words in said(cell.text, True) if words)
            case LinkBox():
                yield box.text
            case ChartBox() | GroupBox() if box.alt != "":
                if box.alt and not goes_on(box, page, before):
                    yield box.alt
                inner = [one for one in box.boxes if not (box.alt and isinstance(one, TextBox))]
                yield from _alternatives(inner, page, before)
