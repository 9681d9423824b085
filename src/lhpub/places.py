"""Where the entries of a source stand: a fold over a finished composition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, TableBox, TextBox
from lhpub.inline import Id, Inline, Rich, plain
from lhpub.kinds.share import ShareChart
from lhpub.publication.entries import Entry, MediumName, join
from lhpub.text.model import Run
from lhpub.walk import inside

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
    for page in composition.pages:
        boxes = (*masters.get(page.master, ()), *page.boxes)
        parts = [*_in_boxes(boxes, "text"), *_in_notes(page.notes), *_behind(boxes, composition.medium)]
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


def _behind(boxes: Iterable[Box], medium: MediumName) -> Iterator[Found]:
    """Yields the figures of alternative texts, and on slides those of the workbooks behind native charts."""
    for box in boxes:
        said = box.chart.alt if isinstance(box, ChartBox) else box.alt or "" if isinstance(box, GroupBox) else ""
        if isinstance(box, TableBox) and medium == "deck":  # there it tells its rows
            said = "\n".join(paragraph.text for row in box.cells for cell in row for paragraph in cell.text.paragraphs)
        if said and not isinstance(box, LinkBox):
            for ref, text in dict.fromkeys(_figures(box)):
                number = rf"(?<![0-9.]){re.escape(text)}" if text[:1].isdigit() else re.escape(text)
                yield from ((join("facts", ref), box.name, "alt", found.span()) for found in re.finditer(number, said))
        if isinstance(box, ChartBox) and medium == "deck":
            yield from _in_workbook(box)
        elif isinstance(box, GroupBox):
            yield from _behind(box.boxes, medium)


def _figures(box: Box) -> Iterator[tuple[str, str]]:
    """Yields the figures in a box with their facts, those of a chart also as its data have them."""
    if isinstance(box, ChartBox):
        yield from ((item.figure.role.ref, item.figure.text) for item in box.chart.items)
    for text in (one for one in inside((box,)) if isinstance(one, TextBox)):
        for paragraph in text.paragraphs:
            for role, held in groupby((*paragraph.drop, *paragraph.runs), key=lambda run: run.role):
                if role and role.ref and role.kind in ("fact", "derived"):
                    yield role.ref, "".join(run.text for run in held)


def _in_workbook(box: ChartBox) -> Iterator[Found]:
    """Yields the cells of a native chart's workbook, each with the fact that it holds."""
    sheet = box.chart.sheet
    if sheet is None:
        return
    if isinstance(box.chart, ShareChart):
        yield join("facts", box.chart.share.role.ref), f"{box.name}!C2", "workbook", (0, 0)
    free = [(column, row) for column, series in enumerate(sheet.columns) for row in range(len(series.values))]
    for item in box.chart.items:
        label = plain(item.label)
        held = [(column, row) for column, row in free if sheet.columns[column].values[row] == item.value]
        for column, row in sorted(held, key=lambda cell: label not in sheet.categories[cell[1]])[:1]:
            free.remove((column, row))
            yield join("facts", item.figure.role.ref), f"{box.name}!{chr(66 + column)}{row + 2}", "workbook", (0, 0)


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
    for role, run in groupby(pieces, key=lambda pair: pair[1].role):
        held = list(run)
        (start, first), (last, piece) = held[0], held[-1]
        owner = re.match("keywords/([^/]+)/", first.source)
        if role and role.ref and role.kind in ("fact", "derived"):
            yield join("facts", role.ref), box, part, (start, last + len(piece.text))
        elif role and role.kind == "date" and first.source and not first.source.endswith("/date"):
            yield join("dates", owner[1] if owner else "", first.text), box, part, (start, last + len(piece.text))
