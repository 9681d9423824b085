"""What can be done to a source."""

from __future__ import annotations

from dataclasses import dataclass

from lhpub.edits.typed import Value
from lhpub.inline import Id


@dataclass(frozen=True, slots=True)
class Replace:
    """Gives an entry another text."""

    id: Id
    text: str


@dataclass(frozen=True, slots=True)
class Retype:
    """Gives an entry the very bytes that stood there before; the inverse of a replacement."""

    id: Id
    typed: bytes


@dataclass(frozen=True, slots=True)
class Insert:
    """Adds to a list (no name) or a mapping. `after`: the sibling's id that it follows, None: the last one there is."""

    parent: Id
    after: Id | None
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Put:
    """Puts lines, or a stretch between brackets, back where they were taken from: behind a sibling (None: first) and what
    stood between the two; the inverse of a removal."""

    parent: Id
    after: Id | None
    gap: bytes
    typed: bytes
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes an entry away, with its key or its dash. `bare`, here and below: the file's last line has no line end, before and
    after."""

    id: Id
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Moves an item of a list, or a key, behind another one of it (None: to the front). `gap`: what stands between them."""

    id: Id
    after: Id | None
    gap: bytes = b""
    bare: bool = False


Edit = Replace | Retype | Insert | Put | Remove | Move


@dataclass(frozen=True, slots=True)
class Applied:
    """The file's new bytes, and the edit that brings the old ones back."""

    data: bytes
    inverse: Edit


