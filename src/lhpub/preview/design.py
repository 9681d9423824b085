"""For the designer: the frames of a page's master where they stand, the grid, the margins, and why this master was taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lhpub.boxes import Page, ShapeBox, TextBox
from lhpub.build import Target, studio_for
from lhpub.diagnostics import Span
from lhpub.layout.check import Spot, spots_of
from lhpub.layout.frame import contents
from lhpub.layout.model import LayoutSpec, Master, Medium, all_frames
from lhpub.preview.desk import Desk
from lhpub.preview.why import candidates

Json = dict[str, Any]
SAFE = 5.0
"""Millimetres inside the trim in which nothing that matters should stand."""


def frames(desk: Desk, key: str) -> Json:
    """Returns the frames of a page's master in points, with what they stand in, name, place in the layout file, style and
    content; grid, bleed. Raises KeyError for a page that is not ours."""
    composition, page = desk.page(key)
    assert desk.read is not None
    spec = desk.read.layout.spec
    medium = spec.brochure if composition.medium == "brochure" else _deck(spec, desk.job.aspect)
    master = medium.masters.get(page.master)
    if master is None:
        return {"master": page.master, "frames": [], "palette": [], "scale": 1.0, "bleed": page.bleed}
    shift = page.size.width if master.facing and page.number % 2 else 0.0
    spots = [(group, spot) for group, spot in _grouped(master, medium, spec, page) if _shows(spot, shift, page)]
    drawn = {(group, spot.frame.name) for group, spot in spots if spot.frame.span in _drawn(page)}
    spots = [(g, spot) for g, spot in spots if spot.frame.span in _drawn(page) or (g, spot.frame.name) not in drawn]
    grid = medium.grid
    unit = page.size.width / medium.size[0]
    return {
        "master": page.master, "title": master.title, "place": _place(master.span), "unit": medium.unit, "scale": unit,
        "grid": {"first": grid.first * unit, "pitch": grid.pitch * unit} if grid else None, "bleed": page.bleed,
        "safe": SAFE * 72 / 25.4 if medium.unit == "mm" else 36,
        "frames": [_frame(spot, shift, spec, page) | {"group": group} for group, spot in spots],
        "candidates": candidates(desk.read, studio_for(desk.read, composition.medium, desk.job.aspect), page),
        "palette": [{"name": n, "rgb": i.rgb, "cmyk": i.cmyk} for n, i in desk.read.layout.inks.items()],
    }  # fmt: skip


def _grouped(master: Master, medium: Medium, spec: LayoutSpec, page: Page) -> Iterator[tuple[str, Spot]]:
    """Yields a master's frames with what they stand in: the master, the n-th of its cells, the keywords that lie stacked. Of
    the blocks that a cell may take the one that the page shows."""
    yield from ((f"母版 {page.master}", spot) for spot in spots_of(replace(master, cells=()), medium, spec))
    for number, cell in enumerate(master.cells, 1):
        taken = max(cell.blocks, key=lambda name: sum(f.span in _drawn(page) for f in all_frames(medium.blocks[name], medium)))
        alone = replace(master, frames=(), include=(), cells=(replace(cell, blocks=(taken,)),))
        yield from ((f"格 {number}：{taken}", spot) for spot in spots_of(alone, medium, spec))
    for name in master.stack.blocks if master.stack else ():
        known = {frame.span: frame for frame in all_frames(medium.blocks[name], medium)}
        texts = (box for box in page.boxes if isinstance(box, TextBox) and box.frame in known)
        yield from ((f"叠放：{name}", Spot(known[box.frame], box.rect, True)) for box in texts if box.frame)


def shown_on(desk: Desk, span: Span, medium: str, no: int) -> Iterator[tuple[Target, int]]:
    """Yields medium and number of the pages whose master, or a frame of it, stands at a place in the layout's file: of the
    medium and the page that are known, the others only where none is."""
    if desk.read is None:
        return
    spec = desk.read.layout.spec
    for target, view in desk.views.items():
        own = spec.brochure if target == "brochure" else _deck(spec, desk.job.aspect)
        spans = {name: (m.span, *(spot.frame.span for spot in spots_of(m, own, spec))) for name, m in own.masters.items()}
        at = [p.number for p in view.composition.pages if span in spans.get(p.master, ()) and no in (0, p.number)]
        yield from ((target, number) for number in at if medium in ("", target))


def _drawn(page: Page) -> frozenset[Span | None]:
    """Returns where the frames of a page's texts and shapes are written."""
    return frozenset(box.frame for box in page.boxes if isinstance(box, TextBox | ShapeBox))


def _shows(spot: Spot, shift: float, page: Page) -> bool:
    """True if a frame of the master stands on this page, at least in part."""
    left, right = sorted((spot.rect.x - shift, spot.rect.right - shift))
    if spot.frame.side == ("right" if page.number % 2 == 0 else "left"):
        return False
    return left < page.size.width and right > (0 if right > left else -1)


def _deck(spec: LayoutSpec, aspect: str | None) -> Medium:
    return spec.deck_4x3 if aspect == "4:3" and spec.deck_4x3 else spec.deck


def _frame(spot: Spot, shift: float, spec: LayoutSpec, page: Page) -> Json:
    frame, rect = spot.frame, spot.rect
    style = spec.styles.get(frame.style)
    text = frame.text if isinstance(frame.text, str) else " ｜ ".join(frame.text or ())
    content = text or next((name for name in contents(frame) if name != "text"), frame.picture or "")
    left, right = sorted((rect.x - shift, rect.right - shift))
    x, right = max(left, -page.bleed), min(right, page.size.width + page.bleed)
    return {
        "name": frame.name, "place": _place(frame.span), "at": list(frame.at) if isinstance(frame.at, tuple) else str(frame.at),
        "rect": [round(v, 1) for v in (x, rect.y, right - x, rect.height)], "content": content, "loose": spot.is_loose,
        "style": f"{frame.style}，{style.size or 0:g}/{style.leading or 0:g} 点" if style else "",
        "used": any(frame.name in (getattr(box, "slot", ""), *getattr(box, "name", "").split("/")) for box in page.boxes),
    }  # fmt: skip


def _place(span: Any) -> str:
    return f"{Path(span.file).parent.name}/{Path(span.file).name}:{span.line}"
