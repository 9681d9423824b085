"""The names that a layout gives its parts, for whoever builds on it: a part of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lhpub.layout.frame import Block, Frame
from lhpub.layout.model import LayoutSpec, Master


def listed_names(spec: LayoutSpec) -> str:
    """Returns a layout's colours, type styles, masters and blocks with their frames, in Chinese Markdown."""
    return "\n".join(_lines(spec)) + "\n"


def _lines(spec: LayoutSpec) -> Iterator[str]:
    yield from ("", f"## {spec.title}里的名字", "", "以它为底的版式按这些名字改；框的名字写在母版或框组的 frames 里。", "")
    yield from _table("颜色 palette", ("名字", "用在哪里"), ((f"`{n}`", c.use) for n, c in spec.palette.items()))
    used: dict[str, list[str]] = {style: [] for style in spec.styles}
    for medium, zh in ((spec.brochure, "画册"), (spec.deck, "幻灯片")):
        owners: dict[str, Master | Block] = {**medium.masters, **medium.blocks}
        for owner, frame in ((name, frame) for name, one in owners.items() for frame in _every(one)):
            if frame.style in used and (place := f"{zh} {owner}.{frame.name}") not in used[frame.style]:
                used[frame.style].append(place)
    styles = ((f"`{n}`", f"{spec.styles[n].size:g}", "、".join(places[:3])) for n, places in used.items())
    yield from _table("文字样式 styles", ("名字", "字号", "例如用在"), styles)
    for medium, zh in ((spec.brochure, "画册"), (spec.deck, "幻灯片")):
        masters = ((f"`{n}`", m.title, _included(m), _frames(m)) for n, m in medium.masters.items())
        yield from _table(f"{zh}的母版 masters", ("名字", "是什么", "用的框组", "自己的框"), masters)
        blocks = ((f"`{n}`", _included(b), _frames(b)) for n, b in medium.blocks.items())
        yield from _table(f"{zh}的框组 blocks", ("名字", "用的框组", "自己的框"), blocks)


def _every(owner: Master | Block) -> Iterator[Frame]:
    for frame in owner.frames:
        yield frame
        yield from frame.repeat.frames if frame.repeat else ()


def _included(owner: Master | Block) -> str:
    return "、".join(owner.include)


def _frames(owner: Master | Block) -> str:
    return "、".join(dict.fromkeys(frame.name for frame in owner.frames if frame.name))


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from (f"### {title}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
