"""A layout that changes another: found, laid over its base, its frames found in the blocks they are included from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.layout.merge import is_dropped, merge, misplaced, name_of, without_dropped
from lhpub.layout.resized import in_size, on_size
from lhpub.source.load import load_source
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.source.report import Report, did_you_mean
from lhpub.world import World, shipped

DEEPEST = 5
"""Layouts that may stand on one another."""
MEDIA = ("brochure", "deck", "deck_4x3")
NEEDED = {
    "palette": ("rgb", "颜色", "colour"),
    "styles": ("font", "文字样式", "type style"),
    "charts": ("axis", "图表样式", "chart style"),
}
IN_MEDIA = {"masters": ("title", "母版", "master")}
"""What an entry that changes none must state."""


def load_layout(world: World, folder: Path, report: Report) -> Node:
    """Returns the layout of a folder laid over the one it extends, its 4:3 deck over its deck, and each frame that bears the
    name of one in an included block as that frame, changed. Raises Rejected for a file that cannot be read."""
    node = _load(world, folder, (folder.name,), report)
    if not isinstance(node, Mapping):
        return node
    deck, other = node.get("deck"), node.get("deck_4x3")
    if isinstance(deck, Mapping) and isinstance(other, Mapping):
        whole = merge(deck, other)
        _tell(misplaced(_with_included(deck, whole), other), report)
        node = _with(node, "deck_4x3", whole)
    for name in MEDIA:
        if isinstance(medium := node.get(name), Mapping):
            node = _with(node, name, _with_changes(medium))
    return without_dropped(node)


def layout_folder(world: World, folder: Path, name: str) -> Path:
    """Returns the folder of another layout: beside this one, else among those that came with the program."""
    beside = folder.parent / name
    return beside if (world.root / beside / "layout.yaml").is_file() else shipped("layouts") / name


def _load(world: World, folder: Path, chain: tuple[str, ...], report: Report) -> Node:
    node = load_source(world, folder / "layout.yaml")
    base = node.get("extends") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(base, Scalar) or base.absent:
        return node
    if base.text in chain or len(chain) >= DEEPEST or base.text != Path(base.text).name:
        message = Bilingual(f"extends 不能是“{base.text}”", f"extends cannot be “{base.text}”")
        hint = Bilingual("写另一个版式的名字，不写路径，也不绕回自己", "the name of another layout, no path, no circle")
        raise Rejected((Diagnostic("bad-extends", Severity.ERROR, message, hint, base.span),))
    found = layout_folder(world, folder, base.text)
    if not (world.root / found / "layout.yaml").is_file():
        there = {path.parent.name for near in (folder, found) for path in (world.root / near).parent.glob("*/layout.yaml")}
        message = Bilingual(f"没有叫“{base.text}”的版式", f"there is no layout “{base.text}”")
        like = did_you_mean(base.text, sorted(there - {*chain}))
        raise Rejected((Diagnostic("no-layout", Severity.ERROR, message, like, base.span),))
    under = _load(world, found, (*chain, base.text), report)
    drawn, other = (tree.get("brochure") if isinstance(tree, Mapping) else None for tree in (under, node))
    if isinstance(under, Mapping) and isinstance(drawn, Mapping) and isinstance(other, Mapping):
        under = _with(under, "brochure", on_size(drawn, other.get("size")))
    node = _without_misspelt(under, node, NEEDED, report)
    under, node = in_size(under, node, MEDIA)
    whole = merge(under, node)
    # A 4:3 deck changes the deck, too: it is looked at when it is laid over that.
    own = Mapping(tuple(e for e in node.entries if e[0].text != "deck_4x3"), node.span)
    known = under
    for name in MEDIA[:2]:
        if isinstance(known, Mapping) and isinstance(medium := known.get(name), Mapping):
            known = _with(known, name, _with_included(medium, whole.get(name) if isinstance(whole, Mapping) else medium))
    _tell(misplaced(known, own), report)
    return whole


def _without_misspelt(base: Node | None, over: Mapping, tables: dict[str, tuple[str, str, str]], report: Report) -> Mapping:
    """Returns a layout without the colours, styles, masters that change none and do not say enough to be one; reports each."""
    for table, (needed, zh, en) in tables.items():
        known, written = base.get(table) if isinstance(base, Mapping) else None, over.get(table)
        names = [key.text for key, _ in known.entries] if isinstance(known, Mapping) else []
        if not isinstance(written, Mapping):
            continue
        kept = tuple((k, v) for k, v in written.entries if k.text in names or _text(v, needed))
        over = _with(over, table, Mapping(kept, written.span, written.flow_text))
        for key in (k for k, v in written.entries if (k, v) not in kept):
            message = Bilingual(f"没有叫“{key.text}”的{zh}可改", f"there is no {en} “{key.text}” to change")
            meant = did_you_mean(key.text, names) or Bilingual("", "")
            hint = Bilingual(f"{meant.zh}若是新的，写上 {needed}", f"{meant.en} a new one needs {needed}")
            report.error("unknown-name", key.span, message, hint)
    for name in MEDIA if tables is NEEDED else ():
        medium, under = over.get(name), base.get(name) if isinstance(base, Mapping) else None
        if isinstance(medium, Mapping) and under is not None:
            over = _with(over, name, _without_misspelt(under, medium, IN_MEDIA, report))
    return over


def _tell(misplaced: Iterable[Diagnostic], report: Report) -> None:
    """Reports changes of what is not there; what is left of them is no layout to read on."""
    if found := tuple(misplaced):
        report.extend(found)
        report.finish()


def _text(node: Node, name: str) -> str:
    value = node.get(name) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""


def _with(node: Mapping, name: str, value: Node) -> Mapping:
    """Returns a mapping with another value of a key, which is added if it is not there."""
    entries = tuple((key, value if key.text == name else old) for key, old in node.entries)
    if node.get(name) is None:
        entries += ((Scalar(name, value.span), value),)
    return Mapping(entries, node.span, node.flow_text)


def _with_included(base: Mapping, whole: Node | None) -> Mapping:
    """Returns a medium whose masters and blocks also hold the frames that `whole` lets them include: what changes can find."""
    for table, owners in _owners(whole):
        old = base.get(table)
        held = old if isinstance(old, Mapping) else Mapping((), base.span)
        for name, owner in owners:
            mine = held.get(name) if isinstance(held.get(name), Mapping) else Mapping((), base.span)
            assert isinstance(mine, Mapping)
            frames = (*_included(owner, whole, (name,)), *_frames(mine))
            held = _with(held, name, _with(mine, "frames", Sequence(frames, base.span))) if frames else held
        base = _with(base, table, held)
    return base


def _with_changes(medium: Mapping) -> Mapping:
    """Returns a medium in which a frame that bears the name of one in an included block is that frame, changed; of those
    that are dropped, `without` has the names."""
    for table in ("blocks", "masters"):  # a block's own changes come before those of what includes it
        for name, owner in dict(_owners(medium)).get(table, ()):
            frames = _frames(owner)
            under: dict[str, list[Node]] = {}
            for frame in _included(owner, medium, (name,)):
                under.setdefault(name_of(frame), []).append(frame)
            if not any(name_of(frame) in under for frame in frames if name_of(frame)):
                continue
            changed: list[Node] = []
            for frame in frames:
                found = under.get(name_of(frame), []) if name_of(frame) else []
                changed += [merge(old, frame) for old in found] if found and not is_dropped(frame) else [frame]
            dropped = tuple(Scalar(name_of(f), f.span) for f in frames if is_dropped(f) and name_of(f) in under)
            owner = _with(owner, "frames", Sequence(tuple(changed), owner.span))
            owner = _with(owner, "without", Sequence(dropped, owner.span)) if dropped else owner
            held = medium.get(table)
            assert isinstance(held, Mapping)
            medium = _with(medium, table, _with(held, name, owner))
    return medium


def _owners(medium: Node | None) -> list[tuple[str, list[tuple[str, Mapping]]]]:
    """Returns the blocks and the masters of a medium by their table and name."""
    tables = ((table, medium.get(table)) for table in ("blocks", "masters")) if isinstance(medium, Mapping) else ()
    return [
        (table, [(key.text, value) for key, value in held.entries if isinstance(value, Mapping)])
        for table, held in tables if isinstance(held, Mapping)
    ]  # fmt: skip


def _frames(owner: Node | None) -> tuple[Node, ...]:
    frames = owner.get("frames") if isinstance(owner, Mapping) else None
    return frames.items if isinstance(frames, Sequence) else ()


def _included(owner: Node | None, medium: Node | None, seen: tuple[str, ...]) -> list[Node]:
    """Returns the frames of the blocks that a master or block includes, and of those they include."""
    names = owner.get("include") if isinstance(owner, Mapping) else None
    blocks = medium.get("blocks") if isinstance(medium, Mapping) else None
    found: list[Node] = []
    for name in names.items if isinstance(names, Sequence) else ():
        if isinstance(name, Scalar) and name.text not in seen and isinstance(blocks, Mapping):
            block = blocks.get(name.text)
            own = _frames(block)
            changed = {name_of(frame) for frame in own} - {""}
            inner = _included(block, medium, (*seen, name.text))
            found += [frame for frame in inner if name_of(frame) not in changed] + list(own)
    return found
