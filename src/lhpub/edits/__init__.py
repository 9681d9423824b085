"""Edits of a source: each is a splice of bytes, addressed by the id of an entry, which stays when lines move.

An edit is carried out on the file as it is now. What it wrote is read again and accepted only if the tree differs exactly
there; every byte outside the splice stays, and the inverse restores the bytes inside it.
"""

from __future__ import annotations

from dataclasses import replace

from lhpub.edits.model import Applied, Edit, Insert, Move, Put, Remove, Replace, Retype
from lhpub.edits.splice import Source
from lhpub.edits.typed import Value

__all__ = ["Applied", "Edit", "Insert", "Move", "Put", "Remove", "Replace", "Retype", "Value", "apply"]


def apply(data: bytes, file: str, edit: Edit) -> Applied:
    """Returns the file with an edit carried out. Raises Rejected where the file cannot be read, the entry is not there, or
    the edit cannot be written so that only this changes."""
    match edit:
        case Replace():
            return Source(data, file).replaced(edit)
        case Retype():
            return Source(data, file).retyped(edit)
    source = Source(data, file)
    bare = not data.endswith((b"\n", b"\r")) if isinstance(edit, Insert) else edit.bare or not data.endswith((b"\n", b"\r"))
    if bare:
        source = Source(data + source.newline, file)
    done = _carried_out(source, edit)
    if not bare:
        return done
    inverse = replace(done.inverse, bare=True) if isinstance(done.inverse, Put | Remove | Move) else done.inverse
    return Applied(done.data.removesuffix(source.newline), inverse)


def _carried_out(source: Source, edit: Insert | Put | Remove | Move) -> Applied:
    match edit:
        case Insert():
            return source.inserted(edit)
        case Put():
            return source.put(edit)
        case Remove():
            return source.removed(edit)
        case Move():
            return source.moved(edit)
