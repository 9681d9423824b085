"""Where internal links and bookmarks lead."""

from __future__ import annotations

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.walk import anchors, links_of


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
