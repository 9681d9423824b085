"""Sets the blocks of a body one under the other: running text with lists and quotations, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Literal, assert_never

from lhpub.boxes import TableBox, TextBox
from lhpub.compose.scope import Scope, box_name
from lhpub.compose.studio import Studio, address, first_span, missing_glyphs, overset
from lhpub.compose.tables import missing_in, set_table
from lhpub.diagnostics import Diagnostic
from lhpub.inline import Inline, Rich
from lhpub.layout.frame import Frame
from lhpub.publication.blocks import Block, List, Paragraph, Quotation, Table
from lhpub.text.columns import thread_text
from lhpub.text.model import Paragraph as SetParagraph
from lhpub.text.model import Run, TextStyle
from lhpub.units import Rect

INDENT = 1.5
"""Of a list's texts from their bullets, in em; of a quotation on the left."""
BULLETS = ("•", "–")
SPACE = {"table": 0.6, "quotation": 1.0, "text": 1.0}
"""Over what stands under something else, in lines; a table keeps the same room to what follows it."""
_ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph of a body: what stands before it (•, 1., or nothing), and how many steps in it stands."""

    text: Rich
    marker: str = ""
    level: int = 0
    quoted: Literal["", "said", "by"] = ""


Pieces = tuple[Marked | Table, ...]


def pieces_of(blocks: tuple[Block, ...]) -> Pieces:
    """Returns what is set of blocks: paragraphs as they are marked, and tables."""
    return tuple(piece for block in blocks for piece in _pieces(block, 0))


def _pieces(block: Block, level: int) -> Iterator[Marked | Table]:
    match block:
        case Paragraph():
            yield Marked(block.text)
        case List():
            for place, item in enumerate(block.items):
                number = "" if block.start is None else f"{block.start + place}."
                yield Marked(item.text, number or BULLETS[min(level, 1)], level + 1)
                yield from _pieces(item.inner, level + 1) if item.inner else ()
        case Table():
            yield block
        case Quotation():
            yield from (Marked(rich, level=1, quoted="said") for rich in block.paragraphs)
            by = (Inline("——"), *block.by) if block.by else ()
            yield from (Marked(rich, level=1, quoted="by") for rich in (by, block.at) if rich)
        case _:
            assert_never(block)


def is_plain(blocks: tuple[Block, ...]) -> bool:
    """True if blocks are running text alone."""
    return all(isinstance(block, Paragraph) for block in blocks)


def place_blocks(
    thread: tuple[tuple[Frame, Rect], ...], text: tuple[Pieces, TextStyle], setting: tuple[Scope, Studio]
) -> tuple[tuple[TextBox | TableBox, ...], dict[str, Rect], tuple[Diagnostic, ...], Pieces]:
    """Returns a body in its frame and those it runs on into, what it covers there, what there is to tell, and what goes on
    to the page that the frame names."""
    (pieces, style), (scope, studio), frame = text, setting, thread[0][0]
    name, where = box_name(frame.name or frame.style, scope), studio.where(scope.page, thread[0][1])
    source = first_span(tuple(piece.text for piece in pieces if isinstance(piece, Marked)))
    boxes: list[TextBox | TableBox] = []
    covered: dict[str, Rect] = {}
    missing: set[str] = set()
    excess = 0
    fixed = replace(style, floor=None) if len(thread) > 1 or frame.more else style
    for place, rect in thread:
        stacked = stack(pieces, rect, fixed, studio)
        pieces, excess = stacked.rest, stacked.excess
        missing |= set(stacked.missing)
        down = rect.height - stacked.height if frame.hang == "bottom" else 0.0
        if stacked.boxes:
            covered[place.name] = Rect(rect.x, rect.y + down, rect.width, stacked.height)
        for box in stacked.boxes:
            own = _named(_down(box, down), f"{name}-{len(boxes) + 1}" if boxes else name)
            if isinstance(own, TextBox):  # the first one is the placeholder's
                own = replace(own, slot="" if boxes else frame.name, span=source, frame=frame.span)
            boxes.append(own)
    told = [overset(where, name, excess, address(frame, scope, source))] if excess and not frame.more else []
    told += [missing_glyphs(where, name, tuple(sorted(missing)), address(frame, scope, source))] if missing else []
    return tuple(boxes), covered, tuple(told), pieces if frame.more else ()


def _down(box: TextBox | TableBox, dy: float) -> TextBox | TableBox:
    """Returns a box moved down, with its lines or cells."""
    if isinstance(box, TextBox):
        return _text_down(box, dy)
    cells = [[replace(c, text=_text_down(c.text, dy)) for c in row] for row in box.cells]
    return replace(box, rect=box.rect.moved(0, dy), cells=tuple(map(tuple, cells)))


def _text_down(box: TextBox, dy: float) -> TextBox:
    return replace(box, rect=box.rect.moved(0, dy), origin=(box.origin[0], box.origin[1] + dy))


def _named(box: TextBox | TableBox, name: str) -> TextBox | TableBox:
    """Returns a box, and its cells, under a name."""
    if isinstance(box, TextBox):
        return replace(box, name=name)
    cells = [[replace(c, text=replace(c.text, name=f"{name}/{c.text.name}")) for c in row] for row in box.cells]
    return replace(box, name=name, cells=tuple(map(tuple, cells)))


@dataclass(frozen=True)
class Stacked:
    """Blocks as set. `height`: what they take; `rest`: what did not fit; `missing`: characters that no font has."""

    boxes: tuple[TextBox | TableBox, ...]
    height: float
    rest: Pieces
    missing: tuple[str, ...]

    @property
    def excess(self) -> int:
        """Characters that are over."""
        tables = (piece for piece in self.rest if isinstance(piece, Table))
        texts = [cell for table in tables for row in table.rows for cell in row]
        texts += [piece.text for piece in self.rest if isinstance(piece, Marked)]
        return sum(len(inline.text) for text in texts for inline in text)


def stack(pieces: Pieces, rect: Rect, style: TextStyle, studio: Studio) -> Stacked:
    """Returns texts and tables one under the other from a place's top, in the largest size that fits, by half points down
    to the style's floor."""
    floor = style.floor or style.size
    sizes = [style.size - step / 2 for step in range(int(2 * (style.size - floor)) + 1)]
    stacked = Stacked((), 0.0, pieces, ())
    for size in sizes:
        own = replace(style, size=size, leading=style.leading * size / style.size, floor=None)
        stacked = _stacked(pieces, rect, own, studio)
        if not stacked.rest:
            break
    return stacked


def _stacked(pieces: Pieces, rect: Rect, style: TextStyle, studio: Studio) -> Stacked:
    boxes: list[TextBox | TableBox] = []
    y, missing, rest = rect.y, set[str](), pieces
    before, gap = "", 0.0
    for kind, group in groupby(pieces, key=_kind):
        for own in ((piece,) for piece in group) if kind == "table" else (tuple(group),):
            gap = SPACE["table" if "table" in (before, kind) else kind] * style.leading if boxes else 0.0
            room = replace(rect, y=y + gap, height=rect.bottom - y - gap)
            if room.height < style.leading:
                break
            box, left, lacking = _set(own, room, style, studio)
            rest = left + rest[len(own) :]
            missing |= lacking
            if box is None:
                break
            boxes.append(box)
            before, y = kind, box.rect.bottom
            if left:
                break
        else:
            continue
        break
    return Stacked(tuple(boxes), y - rect.y, rest, tuple(sorted(missing)))


def _kind(piece: Marked | Table) -> str:
    return "table" if isinstance(piece, Table) else "quotation" if piece.quoted else "text"


def _set(
    pieces: Pieces, room: Rect, style: TextStyle, studio: Studio
) -> tuple[TextBox | TableBox | None, Pieces, set[str]]:
    """Returns what fits of a table, or of texts, what is left, and the characters that no font has."""
    (first, *_) = pieces
    if isinstance(first, Table):
        table, over = set_table(first, room, style, studio)
        if table.rect.bottom > room.bottom + 0.01:
            return None, pieces, set()
        return table, (over,) if over else (), missing_in(table, studio)
    texts = tuple(piece for piece in pieces if isinstance(piece, Marked))
    paragraphs = tuple(_paragraph(piece, style, studio) for piece in texts)
    narrow = replace(room, width=room.width * (1 - studio.medium.slack))
    held, _ = thread_text(paragraphs, [narrow, replace(narrow, height=_ENDLESS)], studio.book)
    if not held.block.lines:
        return None, pieces, set()
    area = replace(room, height=held.block.height)
    box = TextBox(area, (area.x, area.y), held.paragraphs, held.block.lines, "")
    return box, _left(texts, paragraphs, held.paragraphs), set(held.block.missing)


def _left(texts: tuple[Marked, ...], whole: tuple[SetParagraph, ...], held: tuple[SetParagraph, ...]) -> Pieces:
    """Returns what is left of texts behind the paragraphs that are held, the last of which may be the head of one."""
    last = len(held) - 1
    used = len(held[-1].text)
    if used >= len(whole[last].text):
        return texts[last + 1 :]
    ends = list(accumulate(len(run.text) for run in whole[last].runs))
    pairs = zip(texts[last].text, whole[last].runs, ends, strict=True)
    cut = (replace(i, text=i.text[max(used - end + len(run.text), 0) :]) for i, run, end in pairs if end > used)
    return (replace(texts[last], text=tuple(cut), marker=""), *texts[last + 1 :])


def _paragraph(piece: Marked, style: TextStyle, studio: Studio) -> SetParagraph:
    align = "right" if piece.quoted == "by" else style.align
    own = replace(style, align=align, indent=0.0 if piece.level else style.indent)
    (paragraph,) = studio.paragraphs((piece.text,), own)
    step = INDENT * style.size
    marker = (Run(piece.marker, replace(own, weight=max(own.weight, 500))),) if piece.marker else ()
    return replace(paragraph, inset=piece.level * step, marker=marker, hang=step if marker else 0.0)
