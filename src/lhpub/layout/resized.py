"""A layout's masters on another paper than they were drawn for: what reached an edge reaches it again, what stood at the foot
stands there, all else keeps its place from the upper left. Places by edges and cells need none of this."""

from __future__ import annotations

from lhpub.source.node import Mapping, Node, Scalar, Sequence

_FAR, _FOOT = 0.8, 0.85
"""Of a page: a frame that ends behind the first ends so far from the edge, one that begins behind the second moves with it."""
_DRAWN = ("nested", "ticks", "dots", "art", "rule", "fill")
"""Contents that keep their length, unless they reach the edge; in the far half they move with it."""
Axis = tuple[float, float]


def on_size(brochure: Mapping, size: Node | None) -> Mapping:
    """Returns a brochure drawn for one size with its frames placed for another; as it is where either is not written."""
    old, new = _numbers(brochure.get("size"), 2), _numbers(size, 2)
    if not old or not new or old == new:
        return brochure
    masters, blocks = brochure.get("masters"), brochure.get("blocks")
    places = _cell_places(masters)
    for table, held in (("masters", masters), ("blocks", blocks)):
        if isinstance(held, Mapping):
            entries = tuple((name, _owner(owner, places.get(name.text, (0.0, 0.0)), (old, new))) for name, owner in held.entries)
            brochure = _with(brochure, table, Mapping(entries, held.span))
    return brochure


def _cell_places(masters: Node | None) -> dict[str, Axis]:
    """Returns where the first cell stands in which a block is set."""
    found: dict[str, Axis] = {}
    for _, master in masters.entries if isinstance(masters, Mapping) else ():
        cells = master.get("cells") if isinstance(master, Mapping) else None
        for cell in cells.items if isinstance(cells, Sequence) else ():
            at, names = (cell.get("at"), cell.get("blocks")) if isinstance(cell, Mapping) else (None, None)
            for name in names.items if isinstance(names, Sequence) else ():
                if isinstance(name, Scalar) and (place := _numbers(at, 2)):
                    found.setdefault(name.text, (place[0], place[1]))
    return found


def _owner(owner: Node, place: Axis, sizes: tuple[list[float], list[float]]) -> Node:
    """Returns a master or block with its frames, and its floating keywords, on the new size."""
    if not isinstance(owner, Mapping):
        return owner
    frames, stack, facing = owner.get("frames"), owner.get("stack"), owner.get("facing")
    pages = 1 + (isinstance(facing, Scalar) and facing.text == "true")
    if isinstance(frames, Sequence):
        items = tuple(_frame(frame, (place, pages), sizes) for frame in frames.items)
        owner = _with(owner, "frames", Sequence(items, frames.span))
    if isinstance(stack, Mapping) and (height := _numbers(Sequence((stack.get("height") or stack,), stack.span), 1)):
        taller = height[0] + sizes[1][1] - sizes[0][1]
        owner = _with(owner, "stack", _with(stack, "height", Scalar(f"{taller:g}", stack.span)))
    return owner


def _frame(frame: Node, where: tuple[Axis, int], sizes: tuple[list[float], list[float]]) -> Node:
    at = _numbers(frame.get("at"), 4) if isinstance(frame, Mapping) else None
    if not isinstance(frame, Mapping) or not at:
        return frame
    (dx, dy), pages = where
    is_drawn = any(frame.get(name) is not None for name in _DRAWN)
    x, width = _placed((at[0] + dx, at[2]), (sizes[0][0], sizes[1][0], pages), is_drawn)
    y, height = _placed((at[1] + dy, at[3]), (sizes[0][1], sizes[1][1], 1), is_drawn)
    frame = _with(frame, "at", _list((x - dx, y - dy, width, height), frame))
    nested = frame.get("nested")
    if isinstance(nested, Mapping) and (width, height) != (at[2], at[3]):
        by = (width / at[2], height / at[3]) * 2
        for name, count in (("outer", 4), ("vanish", 2)):
            if numbers := _numbers(nested.get(name), count):
                nested = _with(nested, name, _list(tuple(n * f for n, f in zip(numbers, by, strict=False)), nested))
        frame = _with(frame, "nested", nested)
    return frame


def _placed(span: Axis, lengths: tuple[float, float, int], is_drawn: bool) -> Axis:
    """Returns start and length on the new page. `lengths`: of the old page, of the new one, and how many pages there are."""
    (start, length), (old, new, pages) = span, lengths
    more = new - old
    if pages == 2 and start >= old:
        start, length = _placed((start - old, length), (old, new, 1), is_drawn)
        return start + new, length
    over = old * (pages - 1)  # of a spread, the fold lies between
    end = start + length - over
    if start >= _FOOT * old:
        return start + more * pages, length
    if length <= 0 or end < _FAR * old:
        return start, length
    if is_drawn and end < old:
        return start + (more * pages if start > old / 2 else 0), length
    return start, length + more * pages


def _numbers(node: Node | None, count: int) -> list[float] | None:
    """Returns a list of so many numbers, None where something else is written."""
    items = node.items if isinstance(node, Sequence) else ()
    try:
        numbers = [float(item.text) for item in items if isinstance(item, Scalar)]
    except ValueError:
        return None
    return numbers if len(numbers) == count == len(items) else None


def _list(numbers: tuple[float, ...], near: Node) -> Sequence:
    return Sequence(tuple(Scalar(f"{number:g}", near.span) for number in numbers), near.span)


def _with(node: Mapping, name: str, value: Node) -> Mapping:
    entries = tuple((key, value if key.text == name else old) for key, old in node.entries)
    return Mapping(entries, node.span, node.flow_text)


def in_size(base: Node, over: Mapping, media: tuple[str, ...]) -> tuple[Node, Mapping]:
    """Returns a layout and what changes it, where that gives type styles another size: the sizes from which the media's frames
    choose, and the leading, in proportion. Where a style grows, the sizes that were smaller stay for what is long."""
    styles, changes = (tree.get("styles") if isinstance(tree, Mapping) else None for tree in (base, over))
    if not (isinstance(base, Mapping) and isinstance(styles, Mapping) and isinstance(changes, Mapping)):
        return base, over
    for name, style in changes.entries:
        known = styles.get(name.text)
        old, new, leading = _number(known, "size"), _number(style, "size"), _number(known, "leading")
        if not old or not new or old == new or not isinstance(style, Mapping):
            continue
        entries = tuple((k, _sized(v, name.text, new / old) if k.text in media else v) for k, v in base.entries)
        if entries != base.entries and leading and style.get("leading") is None:
            said = (Scalar("leading", style.span), Scalar(f"{leading * new / old:.2f}", style.span))
            changes = _with(changes, name.text, Mapping((*style.entries, said), style.span))
        base = Mapping(entries, base.span)
    return base, _with(over, "styles", changes)


def _number(node: Node | None, name: str) -> float | None:
    value = node.get(name) if isinstance(node, Mapping) else None
    found = _numbers(Sequence((value,), value.span), 1) if value is not None else None
    return found[0] if found else None


def _sized(node: Node, style: str, by: float) -> Node:
    """Returns a tree in which the frames of a style choose from sizes that are larger by a factor."""
    if isinstance(node, Sequence):
        return Sequence(tuple(_sized(item, style, by) for item in node.items), node.span, node.flow_text)
    if not isinstance(node, Mapping):
        return node
    node = Mapping(tuple((key, _sized(value, style, by)) for key, value in node.entries), node.span, node.flow_text)
    named, sizes, hero = node.get("style"), node.get("sizes"), node.get("hero")
    if not isinstance(named, Scalar) or named.text != style:
        return node
    if isinstance(sizes, Sequence):
        node = _with(node, "sizes", _ladder(sizes, (by, 1)))
    if isinstance(hero, Mapping) and isinstance(ladder := hero.get("ladder"), Sequence):
        node = _with(node, "hero", _with(hero, "ladder", _ladder(ladder, (by, by))))
    return node


def _ladder(ladder: Sequence, by: tuple[float, float]) -> Sequence:
    steps = [(item, pair) for item in ladder.items if (pair := _numbers(item, 2))]
    if len(steps) != len(ladder.items):
        return ladder
    larger = [_list((round(pair[0] * by[0], 1), round(pair[1] * by[1], 1)), item) for item, pair in steps]
    least = min(pair[0] for _, pair in steps) * by[0]
    return Sequence((*larger, *(item for item, pair in steps if pair[0] < least)), ladder.span)
