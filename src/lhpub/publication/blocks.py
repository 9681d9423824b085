"""What a body is made of: paragraphs, lists, tables, quotations. Nothing here knows how they will look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from lhpub.inline import Inline, Rich

CellAlign = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Rich


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the list under it: nested once, so that one has none itself."""

    text: Rich
    inner: List | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list of items; `start`: the first one's number, None for bullets."""

    items: tuple[Item, ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its header; every row has as many cells as the header, and `align` as many entries."""

    header: tuple[Rich, ...]
    rows: tuple[tuple[Rich, ...], ...]
    align: tuple[CellAlign, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said. `by`: the speaker, `at`: the occasion; either may be empty."""

    paragraphs: tuple[Rich, ...]
    by: Rich = ()
    at: Rich = ()


Block = Paragraph | List | Table | Quotation


def texts_of(blocks: tuple[Block, ...]) -> Iterator[Rich]:
    """Yields every text of the blocks in reading order, empty cells among them."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case List():
                for item in block.items:
                    yield item.text
                    yield from texts_of((item.inner,) if item.inner else ())
            case Table():
                yield from (cell for row in (block.header, *block.rows) for cell in row)
            case Quotation():
                yield from (*block.paragraphs, *(rich for rich in (block.by, block.at) if rich))
            case _:
                assert_never(block)


def spoken(blocks: tuple[Block, ...]) -> tuple[Rich, ...]:
    """Returns blocks as lines to be read aloud, a row of a table or an item of a list in one."""
    lines: list[Rich] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += (
                tuple(i for n, cell in enumerate(row) for i in ((Inline("，"),) if n else ()) + cell)
                for row in block.rows
            )
        else:
            lines += texts_of((block,))
    return tuple(lines)
