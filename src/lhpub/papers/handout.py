"""The handout of a deck (讲义): its slides, so many on an A4 page, each beside what the presenter says at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lhpub.boxes import Bookmark, Box, Composition, GroupBox, ImageBox, Page, ShapeBox, TableBox, TextBox
from lhpub.inline import plain
from lhpub.ornaments import page_ground, table_rules
from lhpub.papers.paper import LARGE, NAME, PLAIN, STRONG, Paper
from lhpub.text.fonts import FontBook
from lhpub.units import Rect, mm
from lhpub.walk import inside, page_boxes, texts

_LEFT, _WIDTH, _TOP, _FOOT = 24.0, 174.0, 26.0, 280.0
_SLIDES = (110.0, 110.0, 92.0)
"""Millimetres that a slide is wide, where one, two or three stand on a page."""
_GAP = 6.0


def handout(deck: Composition, count: int, book: FontBook) -> Composition:
    """Returns the handout as a composition; `count`: slides on a page. Notes that take more room than a slide's share of the
    page push the next slide down, or go on on the next page."""
    pitch, width = (_FOOT - _TOP) / count, _SLIDES[count - 1]
    left, words_wide, style = _LEFT + width + _GAP, _WIDTH - width - _GAP, PLAIN if count > 2 else LARGE
    papers: list[Paper] = []
    foot = _FOOT
    for page in deck.pages:
        height = width * page.size.height / page.size.width
        if foot + max(height, pitch - _GAP) > _FOOT:
            papers.append(_begun(deck, book, len(papers) + 1))
            foot = _TOP
        top = foot
        papers[-1].boxes.append(_slide(page, deck, Rect(mm(_LEFT), mm(top), mm(width), mm(height))))
        papers[-1].frame((_LEFT, top, width, height), 0.3)
        y = papers[-1].text((left, top), words_wide, f"{page.label}　{page.title}", STRONG, "H2") + 2
        for said in (plain(rich).replace("\n", "") for rich in page.notes):
            if Paper(book).text((0, y), words_wide, said, style) > _FOOT and y > _TOP:
                papers.append(_begun(deck, book, len(papers) + 1))
                top = y = _TOP
            y = papers[-1].text((left, y), words_wide, said, style) + 1
        foot = max(top + pitch, y + _GAP) if top == foot else y + _GAP
    title = f"讲义 {deck.metadata.title}"
    pages = tuple(paper.page(title) for paper in papers)
    return Composition("deck", replace(deck.metadata, title=title), pages, (Bookmark(title, "paper", 0),), deck.masters)


def _begun(deck: Composition, book: FontBook, number: int) -> Paper:
    """Returns a page with its head and number."""
    paper = Paper(book, number)
    paper.text((_LEFT, 11), 140, deck.metadata.title, NAME, "H1" if number == 1 else "Artifact")
    paper.text((_LEFT + _WIDTH - 8, 12.5), 8, str(number), PLAIN, "Artifact")
    paper.rule((_LEFT, 18), _WIDTH, 0.5)
    return paper


def _slide(page: Page, deck: Composition, rect: Rect) -> GroupBox:
    """Returns a slide as a figure as large as `rect`; it is described by what stands on it."""
    boxes = (*filter(None, [page_ground(page)]), *page_boxes(page, deck))
    said = ["".join(paragraph.text for paragraph in box.paragraphs) for box in texts(page, deck) if box.tag != "Artifact"]
    alt = "；".join(filter(None, said))
    return GroupBox(rect, tuple(_drawn(boxes)), f"slide-{page.number}", alt, scale=rect.width / page.size.width)


def _drawn(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yields what is drawn of a slide, bottom first; on paper nothing is a link."""
    for box in inside(boxes):
        match box:
            case TextBox():
                lines = (replace(line, runs=tuple(replace(run, link=None) for run in line.runs)) for line in box.lines)
                yield replace(box, link=None, lines=tuple(lines))
            case TableBox():
                yield from filter(None, [table_rules(box)])
            case ShapeBox() | ImageBox():
                yield box
