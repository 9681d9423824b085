"""Every box of a composition, at any depth, in drawing order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, TableBox, TextBox


def inside(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yields the boxes and what is in them."""
    for box in boxes:
        yield box
        match box:
            case GroupBox() | ChartBox():
                yield from inside(box.boxes)
            case TableBox():
                yield from (cell.text for row in box.cells for cell in row)


def every_box(composition: Composition) -> Iterator[Box]:
    """Yields the boxes of the masters and of all pages."""
    for master in composition.masters:
        yield from inside(master.boxes)
    for page in composition.pages:
        yield from inside(page.boxes)


def every_text(composition: Composition) -> Iterator[TextBox]:
    """Yields the text boxes of the masters and of all pages."""
    return (box for box in every_box(composition) if isinstance(box, TextBox))
