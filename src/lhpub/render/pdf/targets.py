"""Where internal links and bookmarks lead."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.boxes import Box, Composition, LinkBox, Page, TextBox
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span
from lhpub.render.pdf.walk import inside


def anchors(composition: Composition) -> dict[str, int]:
    """Returns the page index of every anchor; the first page that has it counts."""
    found: dict[str, int] = {}
    for index, page in enumerate(composition.pages):
        for anchor in page.anchors:
            found.setdefault(anchor, index)
    return found


def links_of(page: Page) -> Iterator[tuple[str, str, Span | None]]:
    """Yields target, box name and span of every link of a page."""
    box: Box
    for box in inside(page.boxes):
        if isinstance(box, LinkBox):
            yield box.target, box.text, None
        elif isinstance(box, TextBox):
            targets = [box.link, *(run.link for line in box.lines for run in line.runs)]
            yield from ((target, box.name, box.span) for target in targets if target)


def check_targets(composition: Composition) -> None:
    """Raises `Rejected` for internal links and bookmarks that lead nowhere."""
    links = [(page.number, *link) for page in composition.pages for link in links_of(page)]
    links += [(0, "#" + mark.anchor, mark.title, None) for mark in composition.bookmarks]
    known = {"#" + anchor for anchor in anchors(composition)}
    hint = Bilingual("改为某页已有的锚点，或去掉该链接", "name an anchor that a page has, or drop the link")
    lost = []
    for page, target, name, span in links:
        if target.startswith("#") and target not in known:
            zh = f"第 {page} 页“{name}”的链接 {target} 没有目的页" if page else f"书签“{name}”没有目的页 {target}"
            what = Bilingual(zh, f"page {page or '–'}, {name}: nothing answers the link {target}")
            lost.append(Diagnostic("pdf-link-nowhere", Severity.ERROR, what, hint, span))
    if lost:
        raise Rejected(tuple(lost))
