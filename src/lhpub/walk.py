"""Walks over a composition's boxes, bottom first: what stands on a page, with what it stands in, and where links lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, Page, TableBox, TextBox
from lhpub.diagnostics import Span
from lhpub.inline import Id
from lhpub.text.model import Run


def page_boxes(page: Page, composition: Composition) -> tuple[Box, ...]:
    """Returns a page's boxes over those of its slide master, bottom first."""
    masters = {master.name: master for master in composition.masters}
    return (masters[page.master].boxes if page.master in masters else ()) + page.boxes


def inside(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yields the boxes and what is in them, at any depth."""
    for box in boxes:
        yield box
        match box:
            case GroupBox() | ChartBox():
                yield from inside(box.boxes)
            case TableBox():
                yield from (cell.text for row in box.cells for cell in row)


def flatten(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yields every box that is drawn; groups, charts and tables by their contents."""
    return (box for box in inside(boxes) if not isinstance(box, GroupBox | ChartBox | TableBox))


def every_box(composition: Composition) -> Iterator[Box]:
    """Yields the boxes of the masters and of all pages."""
    for boxes in (*(m.boxes for m in composition.masters), *(p.boxes for p in composition.pages)):
        yield from inside(boxes)


def every_text(composition: Composition) -> Iterator[TextBox]:
    """Yields the text boxes of the masters and of all pages."""
    return (box for box in every_box(composition) if isinstance(box, TextBox))


def texts(page: Page, composition: Composition) -> Iterator[TextBox]:
    """Yields every set text of a page."""
    return (box for box in inside(page_boxes(page, composition)) if isinstance(box, TextBox))


def said(box: TextBox, is_cell: bool = False) -> Iterator[str]:
    """Yields what is said of each of a text's structure elements where its words alone do not say it, else ''. A heading or a
    cell is one element however many paragraphs it has, other texts have one each; entries of lists are named by their words."""
    ends = [] if is_cell or box.tag in ("H1", "H2", "H3") else [at for at, line in enumerate(box.lines, 1) if line.last]
    for start, end in pairwise(sorted({0, *ends, len(box.lines)})):
        lines = box.lines[start:end]
        if any(run.glyphs for line in lines for run in line.runs):
            spoken, is_list = "".join(line.spoken for line in lines).strip(), box.tag in ("LBody", "TOCI", "Artifact")
            words = "".join(line.marker + line.text for line in lines).strip()
            yield spoken if spoken != words and not is_list else ""


def runs(box: TextBox) -> Iterator[Run]:
    """Yields the runs of a text."""
    return (run for paragraph in box.paragraphs for run in (*paragraph.drop, *paragraph.runs))


def goes_on(box: Box, page: Page, before: Page | None) -> bool:
    """True if a figure lies over the fold and began on the page before."""
    if before is None or not isinstance(box, ChartBox | GroupBox):
        return False
    same = (other for other in inside(before.boxes) if isinstance(other, ChartBox | GroupBox) and other.name == box.name)
    return any(abs(other.rect.x - page.size.width - box.rect.x) < 0.01 for other in same)


def shown(boxes: Iterable[Box]) -> frozenset[Id]:
    """Returns the entries that boxes show: of texts and their figures, and of pictures."""
    found: set[Id] = set()
    for box in inside(boxes):
        if isinstance(box, TextBox):
            found.update(name for run in runs(box) for name in (run.source, run.role.ref if run.role else ""))
        elif isinstance(box, ImageBox):
            found.add(box.source)
    return frozenset(found)


def anchors(composition: Composition) -> dict[str, int]:
    """Returns the page index of every anchor; the first page that has it counts."""
    found: dict[str, int] = {}
    for index, page in enumerate(composition.pages):
        for anchor in page.anchors:
            found.setdefault(anchor, index)
    return found


def links_of(page: Page) -> Iterator[tuple[str, str, Span | None]]:
    """Yields target, box name and span of every link of a page."""
    for box in inside(page.boxes):
        if isinstance(box, LinkBox):
            yield box.target, box.text, None
        elif isinstance(box, TextBox):
            targets = [box.link, *(run.link for line in box.lines for run in line.runs)]
            yield from ((target, box.name, box.span) for target in targets if target)
