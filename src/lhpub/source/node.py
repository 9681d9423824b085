"""YAML as it was typed: text, lists and mappings, each with its place. No value is guessed to be a number or a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lhpub.diagnostics import Span

Style = Literal["", "'", '"', "|", ">"]
"""How a text is typed: plain, in quotes, as a block. YAML 1.2.2, chapters 7 and 8."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The bytes [start, end) of a scalar's token in the file as stored: byte order mark, carriage returns, quotes and a
    block's header counted. A block ends where its last line ends, before the line break; a value that is not written is
    empty and stands behind its colon. `in_flow`: it stands within { } or [ ]."""

    start: int
    end: int
    style: Style = ""
    in_flow: bool = False


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as typed. `quoted`: it stood in quotes or in a block, so that even an empty one is meant. `extent`: None for a
    text that the program put in where none was typed; `cell`: of the spreadsheet that it was read from (年报.xlsx 表1!B7)."""

    text: str
    span: Span
    quoted: bool = False
    extent: Extent | None = None
    cell: str = ""

    @property
    def absent(self) -> bool:
        """True for `key:` with nothing behind it, which counts as not written."""
        return not self.text and not self.quoted


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. `flow_text`: how it was typed between its brackets, '' for a list of lines; `extent`: then where, brackets
    counted."""

    items: tuple[Node, ...]
    span: Span
    flow_text: str = ""
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order written; keys are unique. `flow_text`, `extent` as for a sequence."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span
    flow_text: str = ""
    extent: Extent | None = None

    def get(self, name: str) -> Node | None:
        """Returns the value of a key, None if it is not written."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping
