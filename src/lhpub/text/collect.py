"""First step: a paragraph's runs → units, one list per forced line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import attrgetter

from lhpub.text.characters import CLASSES, COUNTERS, LATIN_UNITS, MAGNITUDES, QUOTES, WORD
from lhpub.text.fonts import FontBook
from lhpub.text.glyphs import Piece, PieceTable, moved, piece_table
from lhpub.text.model import FRAME_INSET, Paragraph, Run

_LINES = re.compile(r"[^\n]*\n|[^\n]+|^$")
_TOKENS = re.compile(r"(H+(?!I))|([LUloc](?:[LUlocI]|[Sn]+(?=[LUl]))*)|((?:dd|ee|EE|.)I*)")
"""On a class string: Han in bulk · a word or number · anything else, with what joins it."""
_PARTS = re.compile(r"[^/.\-_?&=@]*[/.\-_?&=@]+|[^/.\-_?&=@]+")
_LATIN_SPACE = re.compile(r"(?<=[HK])W(?=[LUpq])|(?<=[LUq])W(?=[HK])")
_UNIT_SPACE = re.compile(rf"(?<=[0-9])[ \u00a0](?=(?:{'|'.join(LATIN_UNITS.split())})(?![A-Za-z]))")
_COUNTER = "|".join(sorted(COUNTERS.split(), key=len, reverse=True))
_COUNTED = re.compile(rf"(?<=[0-9])([{MAGNITUDES}]*)({_COUNTER})?")
_ORDINAL = re.compile(rf"[第超](?=[0-9])|第[〇零一二三四五六七八九十百千]+(?:{_COUNTER})?")
_MARK = re.compile(r"（(?:计算值|推算)）")
_DATE = re.compile(r"(?<=[0-9]年)(?=[0-9]{1,2}月)|(?<=[0-9]月)(?=[0-9]{1,2}[日号]|[上中下]旬)")


@dataclass(slots=True)
class Units:
    """The units of one forced line."""

    text: str
    pieces: list[Piece] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    """Where each unit begins in the text; one more for the end."""
    runs: list[int] = field(default_factory=list)
    """Which run each unit is of."""
    splits: set[int] = field(default_factory=set)
    """Units that a word too long for the measure was cut before."""
    bound: set[int] = field(default_factory=set)
    """Units that a line must not begin with: counters, a number behind 第 or 超, the mark behind a computed figure."""
    dates: set[int] = field(default_factory=set)
    """Units that a line had better not begin with: the month behind a year, the day behind a month."""


def collect(paragraph: Paragraph, book: FontBook, measure: float, vertical: bool = False) -> list[Units]:
    """Returns the units of a paragraph, one `Units` for each forced line. Words wider than `measure` points are cut."""
    tables = [piece_table(book, run.style, vertical) for run in paragraph.runs]
    collected = []
    for text, slices in _forced_lines(paragraph):
        units, classes = Units(text), _classes(text)
        for index, start, end in slices:
            _add_run(units, (paragraph.runs[index], index), tables[index], classes[start:end], text[start:end])
        _cut_long_words(units, paragraph, tables, measure)
        units.begins = list(accumulate(map(attrgetter("length"), units.pieces), initial=0))
        if "U" in classes or "第" in text:
            _bind_counters(units)
        collected.append(units)
    return collected


def _forced_lines(paragraph: Paragraph) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """Yields each forced line's text, its line end with it, and its slices as (run, start, end)."""
    edges = list(pairwise(accumulate((len(run.text) for run in paragraph.runs), initial=0)))
    for line in _LINES.finditer(paragraph.text):
        low, high = line.span()
        within = [(k, start, end) for k, (start, end) in enumerate(edges) if start < high and end > low]
        yield line[0], [(k, max(start, low) - low, min(end, high) - low) for k, start, end in within]


def _classes(text: str) -> str:
    """Returns the classes of a text, with those that neighbours decide: quotes among Latin, spaces beside Latin."""
    classes = text.translate(CLASSES)
    if any(quote in text for quote in QUOTES):
        among = re.compile(f"[{QUOTES}]" if "H" not in classes and "L" in classes else "(?<=[A-Za-z])’(?=[A-Za-z])")
        classes = _reclassed(classes, among.finditer(text), "l")
    if "W" in classes or "w" in classes:
        classes = _reclassed(classes, _UNIT_SPACE.finditer(text), "w")
        classes = _reclassed(classes, _LATIN_SPACE.finditer(classes), "v")
    return classes


def _reclassed(classes: str, found: Iterator[re.Match[str]], kind: str) -> str:
    for match in found:
        classes = f"{classes[: match.start()]}{kind}{classes[match.end() :]}"
    return classes


def _add_run(units: Units, run: tuple[Run, int], table: PieceTable, classes: str, text: str) -> None:
    """Adds the units of a run's part of a forced line."""
    style, added = run[0].style, units.pieces
    first = len(added)
    for match in _TOKENS.finditer(classes) if not run[0].framed else ():
        start, end = match.span()
        if match.lastindex == 1:
            added.extend(map(table.__getitem__, text[start:end]))
        elif classes[start] == "X":
            continue
        elif classes[start] in "vw":
            added.append(table.of_class(text[start:end], classes[start]))
        elif match.lastindex == 2:
            added.append(table.word(text[start:end]))
        else:
            added.append(table[text[start:end]])
    if run[0].framed and (shown := text.removesuffix("\n")):
        added.append(table.of_class(shown, "F"))
    if style.tracking or style.point_kern:
        added[first:] = [table.spaced(piece, style) for piece in added[first:]]
    if run[0].framed:
        added[first:] = [moved(piece, FRAME_INSET, piece.width + 2 * FRAME_INSET) for piece in added[first:]]
    elif run[0].rise:
        added[first:] = [piece._replace(left="T", right="T") for piece in added[first:]]
    units.runs.extend([run[1]] * (len(added) - first))


def _cut_long_words(units: Units, paragraph: Paragraph, tables: list[PieceTable], measure: float) -> None:
    """Cuts words that no line can hold: at marks of an address, and where that is not enough between characters."""
    sizes = [run.style.size for run in paragraph.runs]
    if max(map(attrgetter("width"), units.pieces), default=0.0) * max(sizes, default=0.0) <= measure:
        return
    k = offset = 0
    while k < len(units.pieces):
        piece, index = units.pieces[k], units.runs[k]
        if piece.width * sizes[index] > measure and piece.left in WORD:
            token = units.text[offset : offset + piece.length]
            parts = [tables[index].word(part) for part in _PARTS.findall(token)]
            if any(part.width * sizes[index] > measure for part in parts):
                parts = [tables[index].word(character) for character in token]
            units.pieces[k : k + 1], units.runs[k : k + 1] = parts, [index] * len(parts)
            units.splits.update(range(k + 1, k + len(parts)))
            k += len(parts) - 1
        offset += piece.length
        k += 1


def _bind_counters(units: Units) -> None:
    """Notes where a number holds on to what follows it: a measure word with its 万 or 亿, its 年 月 日, the mark of a computed
    one, and 第 to the number. More than three Han may be parted behind 万."""
    bound = {place for match in _MARK.finditer(units.text) for place in range(*match.span())}
    for match in _ORDINAL.finditer(units.text):
        bound.update(range(match.start() + 1, max(match.end(), match.start() + 2)))
    for match in _COUNTED.finditer(units.text):
        bound.update(range(match.start(), match.end()))
        if match.end() - match.start() > 3 and match[1]:
            bound.discard(match.end(1))
    unit_at = dict(zip(units.begins, range(len(units.pieces)), strict=False))
    units.bound = {unit_at[place] for place in bound if place in unit_at}
    units.dates = {unit_at[match.start()] for match in _DATE.finditer(units.text) if match.start() in unit_at}
