"""Where the entries of a source stand: a fold over a finished composition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Literal

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, TableBox, TextBox
from lhpub.inline import Id, Inline, Rich
from lhpub.publication.entries import Entry, MediumName, join
from lhpub.text.model import Run
from lhpub.walk import goes_on, inside

Part = Literal["text", "label", "alt", "notes", "workbook"]
"""Of a place: running text · within a chart · an alternative text · what the presenter says · a cell behind a native chart."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands. `page`: from 1. `box`: the box's name, '' for notes, of a workbook's cell with its column and row
    (`column/chart!B2`). `start`, `end`: characters of the box's text, of the notes, paragraphs parted by one; of what is drawn
    or described as a whole, 0 and 0."""

    medium: MediumName
    page: int
    box: str
    part: Part
    start: int = 0
    end: int = 0


def places(composition: Composition) -> Mapping[Id, tuple[Place, ...]]:
    """Returns where each entry stands, in reading order; one that stands nowhere is not among them. A figure within a text
    is a place of the text and of its fact, a date typed in a keyword's text one of `dates/KEYWORD/1月29日`, in another's text
    (a chart's) one of `dates//1月29日`."""
    found: defaultdict[Id, list[Place]] = defaultdict(list)
    masters = {master.name: master.boxes for master in composition.masters}
    for page, before in zip(composition.pages, (None, *composition.pages), strict=False):
        boxes = (*masters.get(page.master, ()), *page.boxes)
        own = [box for box in inside(boxes) if isinstance(box, ChartBox) and not goes_on(box, page, before)]
        parts = [*_in_boxes(boxes, "text", composition.medium), *_in_text(page.notes, "", "notes")]
        if composition.medium == "deck":
            parts += [found for box in own for found in (*_in_text([box.chart.told], box.name, "alt"), *_in_workbook(box))]
            parts += [found for box in inside(boxes) if isinstance(box, TableBox) for found in _in_boxes([box], "alt", "deck")]
        else:
            parts += [found for box in own if box.alt for found in _in_text([_told(box)], box.name, "alt")]
        for id_, box, part, (start, end) in parts:
            found[id_].append(Place(composition.medium, page.number, box, part, start, end))
    return {id_: tuple(dict.fromkeys(there)) for id_, there in found.items()}


def missing(entries: Iterable[Entry], composition: Composition) -> tuple[Entry, ...]:
    """Returns the entries that the medium must show and does not."""
    there = places(composition)
    return tuple(e for e in entries if composition.medium in e.required and e.id not in there)


Found = tuple[Id, str, Part, tuple[int, int]]


def _in_boxes(boxes: Iterable[Box], part: Part, medium: MediumName) -> Iterator[Found]:
    for box in boxes:
        match box:
            case TextBox():
                yield from _in_text([[*p.drop, *p.runs] for p in box.paragraphs], box.name, part)
            case ImageBox() if box.source:
                yield box.source, box.name, part, (0, 0)
                yield f"{box.source}/alt", box.name, "alt", (0, 0)
            case ChartBox():
                yield join("charts", box.chart.id), box.name, part, (0, 0)
                yield from _in_native(box) if medium == "deck" and box.chart.sheet else _in_boxes(box.boxes, "label", medium)
            case GroupBox():
                yield from ((box.source, box.name, part, (0, 0)),) if box.source else ()
                yield from _in_boxes(box.boxes, part, medium)
            case TableBox():
                yield from _in_boxes((cell.text for row in box.cells for cell in row), part, medium)


def _told(box: ChartBox) -> Rich:
    """Returns what a chart's description says in a PDF, where its note is read by itself."""
    told, note = box.chart.told, box.chart.note
    return told[: -len(note)] if box.is_noted and note and told[-len(note) :] == note else told


def _in_native(box: ChartBox) -> Iterator[Found]:
    """Yields what a native chart shows of its sheet: names of rows and series, labelled values."""
    sheet = box.chart.sheet
    for name in sheet.names if sheet else ():
        yield from _in_text([name], box.name, "label")
    for column in sheet.columns if sheet else ():
        yield from _in_text([column.head], box.name, "label") if column.name else ()
        shown = column.facts if column.format else ()
        yield from ((join("facts", fact), box.name, "label", (at, at)) for at, fact in enumerate(shown) if fact)


def _in_workbook(box: ChartBox) -> Iterator[Found]:
    """Yields what stands in the cells of a native chart's workbook: names of rows and series, and the facts of its values."""
    sheet = box.chart.sheet
    if sheet is None:
        return
    for row, name in enumerate(sheet.names, 2):
        yield from _in_text([name], f"{box.name}!A{row}", "workbook")
    for letter, column in zip(ascii_uppercase[1:], sheet.columns, strict=False):
        yield from _in_text([column.head], f"{box.name}!{letter}1", "workbook")
        held = zip(column.facts, column.values, strict=False)
        yield from ((join("facts", fact), f"{box.name}!{letter}{row}", "workbook", (0, 0))
                    for row, (fact, value) in enumerate(held, 2) if fact and value is not None)  # fmt: skip


def _in_text(paragraphs: Iterable[Iterable[Run | Inline]], box: str, part: Part) -> Iterator[Found]:
    """Yields the stretches of a text that come from one entry, then its figures, each with its fact."""
    pieces: list[tuple[int, Run | Inline]] = []
    at = 0
    for paragraph in paragraphs:
        for piece in paragraph:
            pieces.append((at, piece))
            at += len(piece.text)
        at += 1
    sourced = [pair for pair in pieces if pair[1].source]  # what the program puts in (计算值) parts no text
    for source, run in groupby(sourced, key=lambda pair: pair[1].source):
        held = list(run)
        yield source, box, part, (held[0][0], held[-1][0] + len(held[-1][1].text))
    for role, run in groupby(pieces, key=lambda pair: pair[1].role):
        held = list(run)
        (start, first), (last, piece) = held[0], held[-1]
        owner = re.match("keywords/([^/]+)/", first.source)
        if role and role.ref and role.kind in ("fact", "derived"):
            yield join("facts", role.ref), box, part, (start, last + len(piece.text))
        elif role and role.kind == "count" and role.ref:
            yield join("counts", role.ref), box, part, (start, last + len(piece.text))
        elif role and role.kind == "date" and first.source and not first.source.endswith("/date"):
            yield join("dates", owner[1] if owner else "", first.text), box, part, (start, last + len(piece.text))
