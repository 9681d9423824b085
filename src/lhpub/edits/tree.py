"""A tree's shape, to compare what a file says before and after; and where its nodes stand."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.diagnostics import Rejected
from lhpub.edits.typed import Value
from lhpub.inline import Id
from lhpub.publication.entries import Ids
from lhpub.source.load import read_yaml
from lhpub.source.node import Mapping, Node, Scalar, Sequence


def read(data: bytes, file: str) -> Node:
    return read_yaml(data.decode("utf-8"), file)


def reads_as(data: bytes, file: str, wanted: object) -> bool:
    try:
        return shape(read(data, file)) == wanted
    except Rejected:
        return False


def is_point(child: Node, node: Node) -> bool:
    """True for a labelled point, which is known by its label or its text."""
    return isinstance(child, Mapping) and len(child.entries) == 1 and any(node is part for part in child.entries[0])


def children(node: Mapping | Sequence) -> Iterator[tuple[Scalar | None, Node]]:
    if isinstance(node, Mapping):
        yield from node.entries
    else:
        yield from ((None, item) for item in node.items)


def start_of(key: Scalar | None, node: Node) -> int:
    """Returns where an item begins: its key, else its first byte."""
    if key is not None and key.extent:
        return key.extent.start
    if node.extent:
        return node.extent.start
    assert not isinstance(node, Scalar)
    first = start_of(*next(iter(children(node))))
    return first


def end_of(node: Node) -> int:
    """Returns where a node's last byte ends."""
    if node.extent:
        return node.extent.end
    assert not isinstance(node, Scalar)
    return max(end_of(child) for _, child in children(node))


def line_start(data: bytes, at: int) -> int:
    return max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1


def id_of(ids: Ids, node: Node) -> Id:
    """Returns a node's id; of a labelled point that of its text."""
    return next(id_ for id_, known in ids.nodes.items() if known is node or is_point(node, known))


def shape(node: Node, instead: dict[int, object] | None = None) -> object:
    """Returns what a tree says, without places: to compare. `instead`: other shapes of nodes by their `id()`."""
    if instead and id(node) in instead:
        return instead[id(node)]
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return tuple((shape(key, instead), shape(value, instead)) for key, value in node.entries)
    return [shape(item, instead) for item in node.items]


def pair(child: tuple[Scalar | None, Node]) -> object:
    key, value = child
    return (key.text, shape(value)) if key else shape(value)


def with_child(parent: Mapping | Sequence, at: int, new: tuple[str, object]) -> object:
    shapes = [pair(child) for child in children(parent)]
    shapes.insert(at, new if isinstance(parent, Mapping) else new[1])
    return tuple(shapes) if isinstance(parent, Mapping) else shapes


def without_child(parent: Mapping | Sequence, at: int) -> object:
    shapes = [pair(child) for child in children(parent)]
    del shapes[at]
    return tuple(shapes) if isinstance(parent, Mapping) else shapes


def shape_of(value: Value) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return tuple((name, shape_of(part)) for name, part in value.items())
    return [shape_of(part) for part in value]


