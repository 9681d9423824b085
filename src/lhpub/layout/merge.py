"""A layout that changes another: what is written is laid over its base, key by key and frame by frame."""

from __future__ import annotations

from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.source.load import load_source
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.world import World

DEEPEST = 5
"""Layouts that may stand on one another."""


def merge(base: Node, over: Node) -> Node:
    """Returns `base` with `over` laid on it. Mappings merge by key. Lists of things with a `name` merge by it: each changes
    all of that name, `drop: true` takes them out, new names follow. In a list of values `~` keeps what was there. Anything
    else is replaced."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        written = {name.text: value for name, value in over.entries}
        kept = [(n, merge(v, written[n.text]) if n.text in written else v) for n, v in base.entries]
        known = {name.text for name, _ in base.entries}
        return Mapping((*kept, *((n, v) for n, v in over.entries if n.text not in known)), over.span)
    if isinstance(base, Sequence) and isinstance(over, Sequence) and over.items:
        names = [_name_of(item) for item in over.items]
        if all(names) and any(map(_name_of, base.items)):
            changes = dict(zip(names, over.items, strict=True))
            items = [merge(i, changes[_name_of(i)]) if _name_of(i) in changes else i for i in base.items]
            known = {_name_of(item) for item in base.items}
            items += [item for item in over.items if _name_of(item) not in known]
            return Sequence(tuple(_bare(item) for item in items if not _is_dropped(item)), over.span)
        if any(_is_kept(item) for item in over.items) and len(over.items) == len(base.items):
            pairs = zip(base.items, over.items, strict=True)
            return Sequence(tuple(old if _is_kept(new) else new for old, new in pairs), over.span)
    return over


def _text(node: Node, name: str) -> str:
    value = node.get(name) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""


def _is_kept(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == "~" and not node.quoted


def _name_of(node: Node) -> str:
    return _text(node, "name")


def _is_dropped(node: Node) -> bool:
    return _text(node, "drop") == "true"


def _bare(node: Node) -> Node:
    """Returns a frame without the key that only merging knows."""
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple((n, v) for n, v in node.entries if n.text != "drop"), node.span, node.flow_text)


def load_layout(world: World, folder: Path) -> Node:
    """Returns the layout of a folder laid over the one it extends, and its 4:3 deck over its deck. Raises Rejected."""
    node = _load(world, folder, (folder.name,))
    if isinstance(node, Mapping):
        deck, other = node.get("deck"), node.get("deck_4x3")
        if deck is not None and isinstance(other, Mapping):
            whole = merge(deck, other)
            node = Mapping(tuple((n, whole if n.text == "deck_4x3" else v) for n, v in node.entries), node.span)
    return node


def _load(world: World, folder: Path, chain: tuple[str, ...]) -> Node:
    node = load_source(world, folder / "layout.yaml")
    base = node.get("extends") if isinstance(node, Mapping) else None
    if not isinstance(base, Scalar) or base.absent:
        return node
    if base.text in chain or len(chain) >= DEEPEST or base.text != Path(base.text).name:
        message = Bilingual(f"extends 不能是“{base.text}”", f"extends cannot be “{base.text}”")
        hint = Bilingual("写另一个版式的名字，不写路径，也不绕回自己", "the name of another layout, no path, no circle")
        raise Rejected((Diagnostic("bad-extends", Severity.ERROR, message, hint, base.span),))
    return merge(_load(world, folder.parent / base.text, (*chain, base.text)), node)
