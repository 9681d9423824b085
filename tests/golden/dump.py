"""A composition as stable text, a line a box: what goldens compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, Page, ShapeBox, TableBox, TextBox
from lhpub.inline import plain
from lhpub.text.model import Ink
from lhpub.units import Rect


def dump(composition: Composition) -> str:
    """Returns the composition as text: lengths in points to a tenth, boxes indented by what they stand in."""
    metadata = composition.metadata
    head = [
        f"{composition.medium} {metadata.id}",
        f"title {metadata.title}",
        f"subject {metadata.subject}",
        f"date {metadata.date}",
    ]
    marks = [f"bookmark {'  ' * mark.level}{mark.title} #{mark.anchor}" for mark in composition.bookmarks]
    sections = [f"section {name}: {' '.join(map(str, numbers))}" for name, numbers in composition.sections]
    pages = [line for page in composition.pages for line in _page(page)]
    masters = [
        line
        for master in composition.masters
        for line in (f"\nmaster {master.name} {master.title} on {_ink(master.ground)}", *_lines(master.boxes, 1))
    ]
    return "\n".join([*head, *marks, *sections, *pages, *masters]) + "\n"


def _page(page: Page) -> Iterator[str]:
    size = f"{page.size.width:.1f}×{page.size.height:.1f}"
    yield f"\npage {page.number} {page.label} {page.master} {size} on {_ink(page.ground)} #{' #'.join(page.anchors)}"
    yield f"title {page.title}"
    yield from _lines(page.boxes, 1)
    yield from (f"notes {plain(rich)}" for rich in page.notes)


def _lines(boxes: Iterable[Box], depth: int) -> Iterator[str]:
    for box in boxes:
        own, inner = _told(box)
        yield f"{'  ' * depth}{own}"
        yield from _lines(inner, depth + 1)


def _told(box: Box) -> tuple[str, Iterable[Box]]:
    """Returns a box's line, and the boxes in it."""
    match box:
        case TextBox():
            styles = dict.fromkeys(f"{run.size:g} {run.ink.name}" for line in box.lines for run in line.runs)
            text = "|".join(line.text.replace("\n", "↵") + ("¶" if line.last else "") for line in box.lines)
            link = f" → {box.link}" if box.link else ""
            return f"{box.tag} {box.name} {_at(box.rect)} [{', '.join(styles)}]{link} “{text}”", ()
        case ShapeBox():
            paint = " ".join(f"{what} {_ink(ink)}" for what, ink in (("fill", box.fill), ("stroke", box.stroke)) if ink)
            line = f" {box.stroke_width:.2f}" if box.stroke else ""
            return f"shape {box.name} {_at(box.rect)} {len(box.path)} {paint}{line}", ()
        case ImageBox():
            crop = " ".join(f"{edge:.3f}" for edge in box.crop)
            return f"image {box.name} {_at(box.rect)} {box.pixels[0]}×{box.pixels[1]} crop {crop} “{box.alt}”", ()
        case TableBox():
            return f"table {box.name} {_at(box.rect)} “{box.alt}”", (cell.text for row in box.cells for cell in row)
        case ChartBox():
            return f"chart {box.name} {_at(box.rect)} {box.chart.kind} “{box.chart.alt}”", box.boxes
        case LinkBox():
            return f"link {_at(box.rect)} → {box.target} “{box.text}”", ()
        case GroupBox():
            return f"group {box.name} {_at(box.rect)}" + (f" “{box.alt}”" if box.alt else ""), box.boxes
        case _:
            assert_never(box)


def _at(rect: Rect) -> str:
    return " ".join(f"{value + 0.0:.1f}" for value in (rect.x, rect.y, rect.width, rect.height))


def _ink(ink: Ink | None) -> str:
    return f"{ink.name}{ink.rgb}" if ink else "–"
