"""Where the entries of a source stand: a fold over a finished composition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, TableBox, TextBox
from lhpub.inline import Id, Inline, Rich
from lhpub.publication.entries import Entry, MediumName, join
from lhpub.text.model import Run

Part = Literal["text", "label", "alt", "notes"]
"""Of a place: running text · within a chart · an alternative text · what the presenter says."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands. `page`: from 1. `box`: the box's name, '' for notes. `start`, `end`: characters of the box's
    text, of the notes, paragraphs parted by one; of what is drawn or described as a whole, 0 and 0."""

    medium: MediumName
    page: int
    box: str
    part: Part
    start: int = 0
    end: int = 0


def places(composition: Composition) -> Mapping[Id, tuple[Place, ...]]:
    """Returns where each entry stands, in reading order; one that stands nowhere is not among them. A figure within a text
    is a place of the text and of its fact."""
    found: defaultdict[Id, list[Place]] = defaultdict(list)
    masters = {master.name: master.boxes for master in composition.masters}
    for page in composition.pages:
        parts = [*_in_boxes((*masters.get(page.master, ()), *page.boxes), "text"), *_in_notes(page.notes)]
        for id_, box, part, (start, end) in parts:
            found[id_].append(Place(composition.medium, page.number, box, part, start, end))
    return {id_: tuple(dict.fromkeys(there)) for id_, there in found.items()}


def missing(entries: Iterable[Entry], composition: Composition) -> tuple[Entry, ...]:
    """Returns the entries that the medium must show and does not."""
    there = places(composition)
    return tuple(e for e in entries if composition.medium in e.required and e.id not in there)


Found = tuple[Id, str, Part, tuple[int, int]]


def _in_boxes(boxes: Iterable[Box], part: Part) -> Iterator[Found]:
    for box in boxes:
        match box:
            case TextBox():
                yield from _in_text([[*p.drop, *p.runs] for p in box.paragraphs], box.name, part)
            case ImageBox() if box.source:
                yield box.source, box.name, part, (0, 0)
                yield f"{box.source}/alt", box.name, "alt", (0, 0)
            case ChartBox():
                yield join("charts", box.chart.id), box.name, part, (0, 0)
                yield from _in_boxes(box.boxes, "label")
            case GroupBox():
                yield from ((box.source, box.name, part, (0, 0)),) if box.source else ()
                yield from _in_boxes(box.boxes, part)
            case TableBox():
                yield from _in_boxes((cell.text for row in box.cells for cell in row), part)


def _in_notes(notes: tuple[Rich, ...]) -> Iterator[Found]:
    return _in_text(notes, "", "notes")


def _in_text(paragraphs: Iterable[Iterable[Run | Inline]], box: str, part: Part) -> Iterator[Found]:
    """Yields the stretches of a text that come from one entry, then its figures, each with its fact."""
    pieces: list[tuple[int, Run | Inline]] = []
    at = 0
    for paragraph in paragraphs:
        for piece in paragraph:
            pieces.append((at, piece))
            at += len(piece.text)
        at += 1
    for source, run in groupby(pieces, key=lambda pair: pair[1].source):
        held = list(run)
        if source:
            yield source, box, part, (held[0][0], held[-1][0] + len(held[-1][1].text))
    for start, piece in pieces:
        if piece.role and piece.role.ref and piece.role.kind in ("fact", "derived"):
            yield join("facts", piece.role.ref), box, part, (start, start + len(piece.text))
