"""How a deck looks where its layouts and theme are a designer's own: text that can be read, frames that stand apart.

What a slide does not say is looked up as a program does: on its layout, the master, in the master's text styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pptx_colours import Colour, attribute, colours_of, contrast, theme_colours
from lhpub.verify.pptx_file import Element, PptxFile, found, local, words

_READABLE, _TOUCHING = 4.5, 0.1
"""Least contrast; greatest share of the smaller frame that another may cover."""
_FILLS = "a:noFill | a:solidFill | a:gradFill | a:blipFill | a:pattFill"
_KINDS = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "dt": "otherStyle",
    "ftr": "otherStyle",
    "sldNum": "otherStyle",
}
Frame = tuple[int, int, int, int]
"""Left, top, right, bottom in EMU."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide with what it inherits from, nearest first, and its scheme colours."""

    number: int
    roots: tuple[Element, ...]
    scheme: dict[str, Colour]


def looks(file: PptxFile) -> Iterator[Diagnostic]:
    """Yields a warning for each text that its ground swallows, and for each two frames of a slide that overlap."""
    for number, (name, root) in enumerate(file.slides(), 1):
        roots, themes = [root], []
        for kind in ("slideLayout", "slideMaster", "theme"):
            target = next(iter(file.related(name, kind)), "")
            part, name = file.roots.get(target), target
            (themes if kind == "theme" else roots).extend([part] if part is not None else [])
        if len(roots) == 3 and themes:
            slide = Slide(number, tuple(roots), theme_colours(themes[0], roots[2]))
            yield from _faint(slide)
            yield from _overlaps(slide)


def _faint(slide: Slide) -> Iterator[Diagnostic]:
    for shape in found(slide.roots[0], "//p:sp[.//a:t]"):
        grounds = _grounds(slide, shape)
        inks = {ink for run in found(shape, ".//a:r | .//a:fld") for ink in _inks(slide, shape, run)}
        least = min((contrast(ink, ground) for ink in inks for ground in grounds), default=_READABLE)
        if least < _READABLE - 0.05:
            name = "".join(words(shape, "*/p:cNvPr/@name"))
            said = Bilingual(
                f"幻灯片 {slide.number}“{name}”：文字与底色的对比只有 {least:.1f}:1",
                f"slide {slide.number}, {name}: text and ground have a contrast of only {least:.1f}:1",
            )
            hint = Bilingual(
                "在模板的版式中改该占位符的文字颜色，或改背景；至少 4.5:1",
                "change the text colour of that placeholder in the template's layout, or its background; at least 4.5:1",
            )
            yield Diagnostic("pptx-contrast", Severity.WARNING, said, hint)


def _overlaps(slide: Slide) -> Iterator[Diagnostic]:
    shapes = found(slide.roots[0], "//p:cSld/p:spTree/p:sp[.//a:t] | //p:cSld/p:spTree/p:graphicFrame")
    frames = [("".join(words(shape, "*/p:cNvPr/@name")), frame) for shape in shapes if (frame := _frame(slide, shape))]
    for (one, a), (other, b) in combinations(frames, 2):
        width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        smaller = min((f[2] - f[0]) * (f[3] - f[1]) for f in (a, b))
        if width > 0 and height > 0 and width * height > _TOUCHING * smaller:
            said = Bilingual(
                f"幻灯片 {slide.number}：“{one}”与“{other}”的框重叠", f"slide {slide.number}: {one} and {other} overlap"
            )
            hint = Bilingual(
                "在模板的版式中把两个占位符分开，或补上缺少的占位符",
                "move the placeholders apart in the template's layout, or add those that it lacks",
            )
            yield Diagnostic("pptx-overlap", Severity.WARNING, said, hint)


def _sources(slide: Slide, shape: Element) -> list[Element]:
    """Returns the shape, and the placeholders of layout and master that it inherits from."""
    sources = [shape]
    for ph in found(shape, "p:nvSpPr/p:nvPr/p:ph"):
        kind, index = ph.get("type", "obj"), ph.get("idx", "0")
        for n, root in enumerate(slide.roots[1:]):
            same = f"@idx='{index}'" if n == 0 and index != "0" else f"@type='{_master_kind(kind) if n else kind}'"
            sources += found(root, f"//p:sp[p:nvSpPr/p:nvPr/p:ph[{same}]]")[:1]
    return sources


def _master_kind(kind: str) -> str:
    return {"ctrTitle": "title"}.get(kind, kind if kind in _KINDS else "body")


def _frame(slide: Slide, shape: Element) -> Frame | None:
    for source in _sources(slide, shape):
        for place in found(source, "p:spPr/a:xfrm | p:xfrm"):
            x, y = attribute(place, "a:off/@x"), attribute(place, "a:off/@y")
            return x, y, x + attribute(place, "a:ext/@cx"), y + attribute(place, "a:ext/@cy")
    return None


def _inks(slide: Slide, shape: Element, run: Element) -> list[Colour]:
    """Returns the colours of a run: its own, or those of the list styles that it inherits."""
    level = int("".join(words(run, "../a:pPr/@lvl")) or "0") + 1
    style = f"a:lvl{level}pPr/a:defRPr/"
    kind = "".join(words(shape, "p:nvSpPr/p:nvPr/p:ph/@type"))
    placed = bool(found(shape, "p:nvSpPr/p:nvPr/p:ph"))
    listed = "p:txStyles/p:" + (_KINDS.get(kind, "bodyStyle") if placed else "otherStyle")
    places = [(run, "a:rPr/"), *((source, f"p:txBody/a:lstStyle/{style}") for source in _sources(slide, shape))]
    for element, path in (*places, (slide.roots[2], f"{listed}/{style}")):
        for fill in found(element, f"{path}a:solidFill | {path}a:gradFill"):
            return colours_of(fill, slide.scheme)
    return [slide.scheme["tx1"]] if "tx1" in slide.scheme else []


def _grounds(slide: Slide, shape: Element) -> list[Colour]:
    """Returns the colours under a shape's text: its own fill's, else those of the topmost rectangle under its middle, else
    the background's; none where that is a picture."""
    for source in _sources(slide, shape):
        for fill in found(source, f"p:spPr/*[self::{_FILLS.replace(' | ', ' or self::')}]")[:1]:
            if colours := colours_of(fill, slide.scheme):
                return colours
            break
    frame = _frame(slide, shape) or (0, 0, 0, 0)
    middle = (frame[0] + frame[2]) // 2, (frame[1] + frame[3]) // 2
    for under in _under(slide, shape):
        place = _frame(slide, under)
        if place and place[0] <= middle[0] <= place[2] and place[1] <= middle[1] <= place[3]:
            if local(under) == "pic":
                return []
            if colours := [
                c
                for fill in found(under, "p:spPr/a:solidFill | p:spPr/a:gradFill")
                for c in colours_of(fill, slide.scheme)
            ]:
                return colours
    for root in slide.roots:
        for ground in found(root, "p:cSld/p:bg/p:bgRef | p:cSld/p:bg/p:bgPr/*[1]"):
            return colours_of(ground, slide.scheme)
    return []


def _under(slide: Slide, shape: Element) -> Iterator[Element]:
    """Yields the rectangles and pictures under a shape, the topmost first."""
    drawn = ".//p:sp[p:spPr/a:prstGeom/@prst='rect'] | .//p:pic"
    before = [each for each in found(slide.roots[0], drawn) if each is not shape]
    order = list(slide.roots[0].iter())
    yield from (each for each in reversed(before) if order.index(each) < order.index(shape))
    for root in slide.roots[1:]:
        yield from (each for each in reversed(found(root, drawn)) if not found(each, "*/p:nvPr/p:ph"))
        if root.get("showMasterSp") in ("0", "false"):
            return
