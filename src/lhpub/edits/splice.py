"""A source as stored, and the edits carried out on its bytes. What an edit wrote is read again and accepted only if the tree
differs exactly there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span
from lhpub.edits.model import Applied, Edit, Insert, Move, Put, Remove, Replace, Retype
from lhpub.edits.tree import (
    children,
    end_of,
    id_of,
    is_point,
    line_start,
    pair,
    reads_as,
    shape,
    shape_of,
    start_of,
    with_child,
    without_child,
)
from lhpub.edits.typed import NARROW, Value, flow, lines_of, refolded, tokens
from lhpub.inline import Id
from lhpub.publication.entries import Ids, read_ids
from lhpub.source.node import Extent, Mapping, Node, Scalar, Sequence

_LINE = re.compile(rb"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class Source:
    """A file as stored, read."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data, self.file = data, file
        self.ids: Ids = read_ids(data.decode(), file)
        self.tree = self.ids.nodes[""]  # not read apart: an edit knows its node by identity
        breaks = _LINE.search(data)
        self.newline = breaks[0] if breaks else b"\n"

    # texts

    def replaced(self, edit: Replace) -> Applied:
        node = self._node(edit.id)
        if not isinstance(node, Scalar) or node.extent is None:
            raise self._refusal(node.span, "这里不是一段文字", "this is no text")
        old = self.data[node.extent.start : node.extent.end]
        wanted = shape(self.tree, {id(node): edit.text})
        for typed in self._tokens(node.extent, edit.text):
            made = self._spliced(node.extent.start, node.extent.end, typed)
            if reads_as(made, self.file, wanted):
                return Applied(made, Retype(self._id_in(made, node, edit.id), old))
        raise self._refusal(node.span, "这段文字写不进这里", "the text cannot be written here")

    def retyped(self, edit: Retype) -> Applied:
        node = self._node(edit.id)
        extent = node.extent
        if extent is None:
            raise self._refusal(node.span, "这里不是一段文字", "this is no text")
        old = self.data[extent.start : extent.end]
        made = self._spliced(extent.start, extent.end, edit.typed)
        id_ = self._id_in(made, node, edit.id)
        changed = read_ids(made.decode(), self.file).nodes.get(id_)
        wanted = shape(self.tree, {id(node): shape(changed) if changed else None})
        return self._checked(made, wanted, Retype(id_, old), node.span)

    def _id_in(self, made: bytes, node: Node, id_: Id) -> Id:
        """Returns an entry's id once it is written: titles and labels name what they stand in."""
        return read_ids(made.decode(), self.file).at(node.span) or id_

    def _tokens(self, extent: Extent, text: str) -> Iterator[bytes]:
        """Yields the ways to type a text in a scalar's place, the most like the present one first."""
        start = line_start(self.data, extent.start)
        before = self.data[start : extent.start].decode()
        dashes = re.match(r"\ufeff?( *(?:- +)*)", before)
        depth = len(dashes[1]) if dashes else 0
        own = self.data[extent.start : extent.end].decode()
        held = re.search(r"\n( +)\S", own.replace("\r\n", "\n").replace("\r", "\n"))
        indent = len(held[1]) if held and extent.style in ("|", ">") else depth if dashes and dashes[1] == before else depth + 2
        if extent.style == ">":
            yield refolded(own, text, self.newline.decode()).encode()
        yield from tokens(text, extent, indent, self.newline.decode())

    # entries as a whole

    def inserted(self, edit: Insert) -> Applied:
        parent = self._node(edit.parent)
        if isinstance(parent, Scalar):
            raise self._refusal(parent.span, "这里放不进别的内容", "nothing can be put into this")
        siblings = list(children(parent))
        at = self._place(parent, edit.after, len(siblings))
        new = shape_of(edit.value)
        wanted = shape(self.tree, {id(parent): with_child(parent, at, (edit.name, new))})
        for typed in self._written(parent, edit.name, edit.value):
            made = self._laid(parent, at, typed)
            if reads_as(made, self.file, wanted):
                if parent.extent:
                    return Applied(made, self._retype(parent))
                ids = read_ids(made.decode(), self.file)
                grown = ids.nodes[edit.parent]
                assert not isinstance(grown, Scalar)
                return Applied(made, Remove(id_of(ids, list(children(grown))[at][1])))
        raise self._refusal(parent.span, "这里写不进新内容", "nothing new can be written here")

    def _written(self, parent: Mapping | Sequence, name: str, value: Value) -> Iterator[bytes]:
        """Yields the ways to type a new item: between brackets, or as lines with their line ends."""
        if parent.extent:
            yield f"{f'{flow(name)}: ' if name else ''}{flow(value)}".encode()
            return
        indent = self._indent(parent)
        head = " " * indent + (f"{flow(name)}:" if name else "-")
        short = flow(value)
        if not isinstance(value, str) and name and len(short) <= NARROW and "\n" not in short:
            yield f"{head} {short}".encode() + self.newline
        first, *rest = lines_of(value, indent + 2, bool(name))
        yield self.newline.join(line.encode() for line in (head + first, *rest)) + self.newline

    def _laid(self, parent: Mapping | Sequence, at: int, typed: bytes) -> bytes:
        """Returns the file with an item as the `at`-th of its parent."""
        siblings = list(children(parent))
        if parent.extent:
            if not siblings:
                return self._spliced(parent.extent.start + 1, parent.extent.start + 1, typed)
            start = end_of(siblings[at - 1][1]) if at else start_of(*siblings[0])
            return self._spliced(start, start, b", " + typed if at else typed + b", ")
        start = self._after(siblings[at - 1][1]) if at else line_start(self.data, start_of(*siblings[0]))
        return self._spliced(start, start, typed)

    def removed(self, edit: Remove) -> Applied:
        parent, at = self._whereabouts(edit.id)
        siblings = list(children(parent))
        if len(siblings) == 1:  # nothing is left of the list: its key goes, too
            return self.removed(Remove(id_of(self.ids, parent)))
        start, end = self._range(parent, at)
        wanted = shape(self.tree, {id(parent): without_child(parent, at)})
        if parent.extent:
            return self._checked(self._spliced(start, end, b""), wanted, self._retype(parent), parent.span)
        before = id_of(self.ids, siblings[at - 1][1]) if at else None
        anchor = self._anchor(parent, at)
        back = Put(id_of(self.ids, parent), before, self.data[anchor:start], self.data[start:end])
        return self._checked(self._spliced(start, end, b""), wanted, back, parent.span)

    def put(self, edit: Put) -> Applied:
        parent = self._node(edit.parent)
        if isinstance(parent, Scalar):
            raise self._refusal(parent.span, "这里放不进别的内容", "nothing can be put into this")
        return self.put_at(edit, self._place(parent, edit.after, 0) if edit.after else 0)

    def put_at(self, edit: Put, at: int) -> Applied:
        parent = self._node(edit.parent)
        assert not isinstance(parent, Scalar)
        start = self._anchor(parent, at)
        start += len(edit.gap) if self.data[start:].startswith(edit.gap) else 0
        made = self._spliced(start, start, edit.typed)
        ids = read_ids(made.decode(), self.file)
        grown = ids.nodes.get(edit.parent, parent)
        assert not isinstance(grown, Scalar)
        key, new = list(children(grown))[at]
        wanted = shape(self.tree, {id(parent): with_child(parent, at, (key.text if key else "", shape(new)))})
        return self._checked(made, wanted, Remove(id_of(ids, new)), parent.span)

    def moved(self, edit: Move) -> Applied:
        parent, at = self._whereabouts(edit.id)
        siblings = list(children(parent))
        to = self._place(parent, edit.after, 0) if edit.after else 0
        to -= to > at
        if parent.extent:
            return self._moved_between_brackets(parent, at, to)
        taken = self.removed(Remove(edit.id))
        assert isinstance(taken.inverse, Put)
        made = Source(taken.data, self.file).put_at(replace(taken.inverse, gap=edit.gap), to)
        assert isinstance(made.inverse, Remove)
        ids = Source(made.data, self.file).ids
        grown = ids.nodes[taken.inverse.parent]
        assert not isinstance(grown, Scalar)
        held = [child for _, child in children(grown)]
        # The sibling before it is now one place further where it went to the front.
        before = id_of(ids, held[at - (to >= at)]) if at and len(siblings) > 1 else None
        return Applied(made.data, Move(made.inverse.id, before, taken.inverse.gap))

    def _moved_between_brackets(self, parent: Mapping | Sequence, at: int, to: int) -> Applied:
        """Returns the file with an item moved to a place between the same brackets; what parts the items stays."""
        siblings = list(children(parent))
        spans = [(start_of(*child), end_of(child[1])) for child in siblings]
        order = [place for place in range(len(spans)) if place != at]
        order.insert(to, at)
        data, shapes = self.data, [pair(child) for child in siblings]
        for (start, end), place in reversed(list(zip(spans, order, strict=True))):
            data = data[:start] + self.data[slice(*spans[place])] + data[end:]
        wanted: Any = [shapes[place] for place in order]
        wanted = tuple(wanted) if isinstance(parent, Mapping) else wanted
        return self._checked(data, shape(self.tree, {id(parent): wanted}), self._retype(parent), parent.span)

    def _retype(self, parent: Mapping | Sequence) -> Retype:
        """Returns the edit that brings back what stands between brackets now."""
        assert parent.extent
        return Retype(id_of(self.ids, parent), self.data[parent.extent.start : parent.extent.end])

    # places

    def _node(self, id_: Id) -> Node:
        node = self.ids.nodes.get(id_)
        if node is None:
            raise self._refusal(None, f"文件里没有 {id_} 了", f"{id_} is no longer in the file")
        return node

    def _whereabouts(self, id_: Id) -> tuple[Mapping | Sequence, int]:
        """Returns what holds an entry, and the entry's place in it."""
        node = self._node(id_)
        for holder in self.ids.nodes.values():
            if not isinstance(holder, Scalar):
                for at, (_, child) in enumerate(children(holder)):
                    if child is node or is_point(child, node):
                        return holder, at
        raise self._refusal(node.span, "这一处不能单独移动或删去", "this cannot be moved or deleted on its own")

    def _place(self, parent: Mapping | Sequence, after: Id | None, default: int) -> int:
        if after is None:
            return default
        node = self._node(after)
        places = [at for at, (_, child) in enumerate(children(parent)) if child is node or is_point(child, node)]
        return places[0] + 1 if places else default

    def _indent(self, parent: Mapping | Sequence) -> int:
        start = start_of(*next(iter(children(parent))))
        if isinstance(parent, Sequence):
            start = self._dash(start)
        return len(self.data[line_start(self.data, start) : start].decode().removeprefix("\ufeff"))

    def _dash(self, start: int) -> int:
        """Returns where the dash before an item stands."""
        return self.data.rindex(b"-", 0, start)

    def _after(self, node: Node) -> int:
        """Returns where the line after a node begins, past the comment on its last line."""
        found = _LINE.search(self.data, end_of(node))
        return found.end() if found else len(self.data)

    def _anchor(self, parent: Mapping | Sequence, at: int) -> int:
        """Returns where the `at`-th child may begin: behind the one before it, or where the first one begins."""
        siblings = list(children(parent))
        return self._after(siblings[at - 1][1]) if at else self._first(parent)

    def _first(self, parent: Mapping | Sequence) -> int:
        """Returns where a collection of lines opens: under its key; without one where its first child begins."""
        if parent is self.tree:
            return len(_BOM) if self.data.startswith(_BOM) else 0
        for holder in self.ids.nodes.values():
            for key, value in holder.entries if isinstance(holder, Mapping) else ():
                if value is parent and key.extent:
                    found = _LINE.search(self.data, key.extent.end)
                    return found.end() if found else len(self.data)
        start = start_of(*next(iter(children(parent))))
        if isinstance(parent, Sequence):
            start = self._dash(start)
        line = line_start(self.data, start)
        return line if not self.data[line:start].removeprefix(_BOM).strip() else start

    def _range(self, parent: Mapping | Sequence, at: int) -> tuple[int, int]:
        """Returns the bytes of a child: its lines, or between brackets its stretch with a comma."""
        siblings = list(children(parent))
        start, end = start_of(*siblings[at]), end_of(siblings[at][1])
        if parent.extent:
            return (end_of(siblings[at - 1][1]), end) if at else (start, start_of(*siblings[1]))
        if isinstance(parent, Sequence):
            start = self._dash(start)
        line = line_start(self.data, start)
        if self.data[line:start].removeprefix(_BOM).strip():  # behind a dash: the next key takes its place
            return start, start_of(*siblings[1])
        line += len(_BOM) if self.data[line:start].startswith(_BOM) else 0
        return line, self._after(siblings[at][1])

    # acceptance

    def _spliced(self, start: int, end: int, typed: bytes) -> bytes:
        return self.data[:start] + typed + self.data[end:]

    def _checked(self, made: bytes, wanted: object, inverse: Edit, span: Span | None) -> Applied:
        if not reads_as(made, self.file, wanted):
            raise self._refusal(span, "改不成：会牵动别处", "this cannot be done without changing something else")
        return Applied(made, inverse)

    def _refusal(self, span: Span | None, zh: str, en: str) -> Rejected:
        hint = Bilingual("在编辑器里打开源文件改", "change it in the source file itself")
        return Rejected((Diagnostic("edit-refused", Severity.ERROR, Bilingual(zh, en), hint, span),))


