"""One tree laid over another, key by key and frame by frame."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.source.report import did_you_mean


def merge(base: Node, over: Node) -> Node:
    """Returns `base` with `over` laid on it. Mappings merge by key. Lists of things with a `name` merge by it: each changes
    all of that name, new names follow; what has `drop: true` is left to `without_dropped`, so that a deck's frame goes from
    its 4:3 deck, too. In a list of values `~` keeps what was there. Anything else is replaced."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        base = _without_replaced_axes(base, over)
        written = {name.text: value for name, value in over.entries}
        kept = [(n, merge(v, written[n.text]) if n.text in written else v) for n, v in base.entries]
        known = {name.text for name, _ in base.entries}
        return Mapping((*kept, *((n, v) for n, v in over.entries if n.text not in known)), over.span)
    if isinstance(base, Sequence) and isinstance(over, Sequence) and over.items:
        names = [name_of(item) for item in over.items]
        if all(names) and any(map(name_of, base.items)):
            changes = dict(zip(names, over.items, strict=True))
            items = [merge(i, changes[name_of(i)]) if name_of(i) in changes else i for i in base.items]
            known = {name_of(item) for item in base.items}
            items += [item for item in over.items if name_of(item) not in known]
            return Sequence(tuple(items), over.span)
        if any(_is_kept(item) for item in over.items) and len(over.items) == len(base.items):
            pairs = zip(base.items, over.items, strict=True)
            return Sequence(tuple(old if _is_kept(new) else new for old, new in pairs), over.span)
    return over


AXES = (("left", "right", "inner", "outer", "width", "columns"), ("top", "bottom", "height", "rows"))
"""What says where a frame stands across and down: `layout.at`."""


def _without_replaced_axes(base: Mapping, over: Mapping) -> Mapping:
    """Returns a place without what it says of an axis that the place laid on it states whole: by two sides or by cells."""
    if not {key.text for key, _ in base.entries} <= {name for axis in AXES for name in axis}:
        return base
    for axis in AXES:
        written = [key.text for key, _ in over.entries if key.text in axis]
        if len(written) > 1 or axis[-1] in written:
            base = Mapping(tuple(e for e in base.entries if e[0].text not in axis), base.span, base.flow_text)
    return base


def _text(node: Node, name: str) -> str:
    value = node.get(name) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""


def _is_kept(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == "~" and not node.quoted


def name_of(node: Node) -> str:
    return _text(node, "name")


def is_dropped(node: Node) -> bool:
    return _text(node, "drop") == "true"


def without_dropped(node: Node) -> Node:
    """Returns a merged layout without what is dropped, and without the key that only merging knows."""
    if isinstance(node, Mapping):
        is_frame = bool(name_of(node))
        entries = ((n, without_dropped(v)) for n, v in node.entries if not (is_frame and n.text == "drop"))
        return Mapping(tuple(entries), node.span, node.flow_text)
    if isinstance(node, Sequence):
        kept = (without_dropped(item) for item in node.items if not (name_of(item) and is_dropped(item)))
        return Sequence(tuple(kept), node.span, node.flow_text)
    return node


def misplaced(base: Node | None, over: Node, frame: tuple[str, tuple[str, ...]] = ("", ())) -> Iterator[Diagnostic]:
    """Yields an error for each `drop` and `~` of `over` that finds nothing in `base`. `frame`: the new frame that `over` is
    in, and the names that stand where it was put."""
    if isinstance(over, Mapping):
        for key, value in over.entries:
            yield from misplaced(base.get(key.text) if isinstance(base, Mapping) else None, value, frame)
    elif isinstance(over, Sequence):
        old = base.items if isinstance(base, Sequence) else ()
        known = {name_of(item): item for item in reversed(old) if name_of(item)}
        names = tuple(reversed(known))
        for item in over.items:
            name = name_of(item)
            if name and name not in known and is_dropped(item):
                yield _unknown_frame(name, names, Bilingual("没有可去掉的", "there is nothing to drop"), item.span)
            else:
                yield from misplaced(known.get(name), item, (name, names) if name and name not in known else frame)
        if len(old) != len(over.items) and (kept := next(filter(_is_kept, over.items), None)):
            yield _unknown_frame(*frame, Bilingual("~ 没有可保持的值", "~ has no value to keep"), kept.span)


def _unknown_frame(name: str, names: tuple[str, ...], lacking: Bilingual, span: Span) -> Diagnostic:
    """Returns the error that what a change is of is not there; without a name it is a list of another length."""
    if not name:
        hint = Bilingual("这里写全各个值", "write all values here")
        return Diagnostic("nothing-to-change", Severity.ERROR, lacking, hint, span)
    message = Bilingual(f"这里没有叫 {name} 的框，{lacking.zh}", f"there is no frame called {name} here, {lacking.en}")
    none = Bilingual("这个母版或框组没有框，也没有 include", "it has no frames and includes none")
    return Diagnostic("nothing-to-change", Severity.ERROR, message, did_you_mean(name, names) or none, span)
