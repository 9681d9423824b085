"""How a deck looks where layouts and theme are a designer's own: text that can be read, frames that stand apart.

What a slide does not say is looked up as a program does: on its layout, the master, in the master's text styles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, ShapeBox, TableBox, TextBox
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.units import Rect
from lhpub.verify.pptx_colours import Colour, attribute, colours_of, contrast, theme_colours
from lhpub.verify.pptx_file import Element, PptxFile, found, local, whole, words

_READABLE, _TOUCHING = 4.5, 0.2
"""Least contrast; greatest share of the smaller frame that another may cover."""
_DRAWN = ".//p:sp | .//p:pic | .//p:graphicFrame"
_FILL = "p:spPr/*[self::a:noFill or self::a:solidFill or self::a:gradFill or self::a:blipFill or self::a:pattFill]"
_STYLES = {"title": "title", "ctrTitle": "title", "dt": "other", "ftr": "other", "sldNum": "other"}
_EMU = 12_700
_FAR = 20
"""Points by which a frame may stand elsewhere than composed before the template is what moved it."""
_WORDS = {
    "pptx-contrast": (
        "“{}”的文字与底色的对比只有 {worst:.1f}:1",
        "{}: text and ground have a contrast of only {worst:.1f}:1",
    ),
    "pptx-overlap": ("“{}”与“{}”重叠", "{} and {} overlap"),
    "pptx-crowded": (
        "“{}”在模板的框里多出 {worst:.0f} 行",
        "{} has {worst:.0f} lines too many for the template's frame",
    ),
}
_HINTS = {
    "pptx-contrast": Bilingual(
        "在模板的版式中改该占位符的文字颜色或背景，或改主题颜色；至少 4.5:1",
        "change that placeholder's text colour or background in the template's layout, or the theme's colours; 4.5:1 at least",
    ),
    "pptx-overlap": Bilingual(
        "在模板的版式中把两个占位符分开，或补上缺少的占位符并按此命名",
        "move the placeholders apart in the template's layout, or add the one that it lacks under that name",
    ),
    "pptx-crowded": Bilingual(
        "在模板的版式中把该占位符放大，或写短文字",
        "enlarge that placeholder in the template's layout, or shorten the text",
    ),
}
Layer = tuple[Rect, list[Colour]]
"""An area with its colours; none for a picture or chart, of which nothing can be told."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide, its layout and its master, and the scheme colours."""

    number: int
    roots: tuple[Element, ...]
    scheme: dict[str, Colour]


@dataclass(frozen=True, slots=True)
class Framed:
    """A shape, the frame that it has on the slide, the box that it was written from. `is_moved`: the template's doing."""

    shape: Element
    frame: Rect
    box: TextBox | ShapeBox | ImageBox | TableBox | ChartBox | GroupBox
    is_moved: bool


def check_looks(file: PptxFile, composition: Composition) -> Iterator[Diagnostic]:
    """Yields a warning for each slot whose text its ground swallows, and for what a template does by having frames elsewhere
    than they were composed: two that overlap, and text that its frame is too small for."""
    found: dict[tuple[str, ...], list[tuple[int, float]]] = defaultdict(list)
    for page, slide in zip(composition.pages, _slides(file), strict=False):
        for shape, ratio in _faint(slide):
            found["pptx-contrast", _slot(shape)].append((slide.number, ratio))
        frames = _frames(slide, page.boxes)
        for one, other in _overlaps(frames):
            found["pptx-overlap", _slot(one), _slot(other)].append((slide.number, 0))
        for name, excess in _crowded(slide, frames):
            found["pptx-crowded", _slot(name)].append((slide.number, -excess))
    for (code, *slots), places in found.items():
        numbers, worst = [str(number) for number in dict.fromkeys(n for n, _ in places)], min(w for _, w in places)
        zh, en = (text.format(*slots, worst=abs(worst)) for text in _WORDS[code])
        said = Bilingual(f"幻灯片 {'、'.join(numbers)}：{zh}", f"slides {', '.join(numbers)}: {en}")
        yield Diagnostic(code, Severity.WARNING, said, _HINTS[code])


def _slot(shape: str) -> str:
    """Returns what shapes of one kind have in common: their name without publication, list places and dates."""
    return re.sub(r"-\d+", "", shape.rpartition("/")[2]) or shape


def _slides(file: PptxFile) -> Iterator[Slide]:
    for number, (name, root) in enumerate(file.slides(), 1):
        chain = [root]
        for kind in ("slideLayout", "slideMaster", "theme"):
            name = next(iter(file.related(name, kind)), "")
            part = file.roots.get(name)
            chain += [part] if part is not None else []
        if len(chain) == 4:
            yield Slide(number, tuple(chain[:3]), theme_colours(chain[3], chain[2]))


def _faint(slide: Slide) -> Iterator[tuple[str, float]]:
    """Yields the shapes whose text is too near in colour to the topmost rectangle under its middle, with the contrast."""
    layers = list(_fixed_layers(slide))
    for shape in found(slide.roots[0], _DRAWN):
        frame, own = _frame(slide, shape), _fill(slide, shape)
        grounds = own or next((colours for area, colours in reversed(layers) if frame and _covers(area, frame)), [])
        inks = {
            ink for run in found(shape, "p:txBody/a:p/a:r | p:txBody/a:p/a:fld") for ink in _inks(slide, shape, run)
        }
        # A gradient counts as its best stop: only where no part of it does is a text sure to be lost.
        least = min((max(contrast(ink, ground) for ground in grounds) for ink in inks if grounds), default=_READABLE)
        if least < _READABLE - 0.05:
            yield _name(shape), least
        layers += _layer(slide, shape)


def _fixed_layers(slide: Slide) -> Iterator[Layer]:
    """Yields what lies under a slide's shapes, the lowest first: background, drawing of master and layout."""
    path = "p:cSld/p:bg/p:bgRef | p:cSld/p:bg/p:bgPr/*[1]"
    grounds = (fill for root in slide.roots for fill in found(root, path))
    everything = Rect(float("-inf"), float("-inf"), float("inf"), float("inf"))
    yield from ((everything, colours_of(ground, slide.scheme)) for ground in list(grounds)[:1])
    _, layout, master = slide.roots
    shown = [layout] if layout.get("showMasterSp") in ("0", "false") else [master, layout]
    shapes = (shape for root in shown for shape in found(root, _DRAWN) if not found(shape, "*/p:nvPr/p:ph"))
    yield from (layer for shape in shapes for layer in _layer(slide, shape))


def _layer(slide: Slide, shape: Element) -> list[Layer]:
    """Returns the area that a shape covers, if it is a filled rectangle, a picture or a chart."""
    frame = _frame(slide, shape)
    if frame and local(shape) != "sp":
        return [(frame, [])]
    colours = _fill(slide, shape) if found(shape, "p:spPr/a:prstGeom[@prst='rect']") else []
    return [(frame, colours)] if frame and colours else []


def _covers(area: Rect, frame: Rect) -> bool:
    x, y = frame.x + frame.width / 2, frame.y + frame.height / 2
    return area.x <= x and area.y <= y and not (area.right < x or area.bottom < y)


def _frames(slide: Slide, boxes: Iterable[Box]) -> list[Framed]:
    """Returns the slide's texts, tables, charts and groups of them with the frames that they have there."""
    composed = {box.name: box for box in boxes if not isinstance(box, LinkBox)}
    shapes = found(slide.roots[0], "p:cSld/p:spTree/*[.//a:t or self::p:graphicFrame]")
    framed = ((shape, _frame(slide, shape), composed.get(_name(shape))) for shape in shapes)
    return [
        Framed(shape, frame, box, _distance(frame, box.rect) > _FAR and not isinstance(box, GroupBox))
        for shape, frame, box in framed
        if frame and box
    ]


def _overlaps(frames: list[Framed]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(frames, 2):
        shared, composed = _shared(one.frame, other.frame), _shared(one.box.rect, other.box.rect)
        if (one.is_moved or other.is_moved) and shared > _TOUCHING >= composed:
            yield one.box.name, other.box.name


def _crowded(slide: Slide, frames: list[Framed]) -> Iterator[tuple[str, int]]:
    """Yields texts with the lines by which they are too long for a frame of the template's."""
    for shape, frame, box in ((f.shape, f.frame, f.box) for f in frames if f.is_moved):
        if isinstance(box, TextBox) and box.lines:
            left, right, top, bottom = (_inset(slide, shape, side) for side in "lrtb")
            widths = [0.0]
            for line in box.lines:
                widths[-1] += line.width
                widths += [0.0] if line.last else []
            lines = sum(ceil(width / max(frame.width - left - right, 1)) for width in widths)
            room = int((frame.height - top - bottom) / box.paragraphs[0].style.leading + _TOUCHING)
            if lines > max(room, 1):
                yield box.name, lines - max(room, 1)


def _inset(slide: Slide, shape: Element, side: str) -> float:
    """Returns a frame's inset in points (ECMA-376 21.1.2.1.1: 7.2 at the sides, 3.6 above and below if none is given)."""
    given = (words(source, f"p:txBody/a:bodyPr/@{side}Ins") for source in _sources(slide, shape))
    return whole(next((inset[0] for inset in given if inset), "91440" if side in "lr" else "45720")) / _EMU


def _distance(a: Rect, b: Rect) -> float:
    """Returns how far a frame was moved; the writer itself moves one edge, top or bottom, for the sake of the baseline."""
    return max(abs(a.x - b.x), abs(a.right - b.right), min(abs(a.y - b.y), abs(a.bottom - b.bottom)))


def _shared(a: Rect, b: Rect) -> float:
    """Returns which share of the smaller rectangle the other covers."""
    width, height = min(a.right, b.right) - max(a.x, b.x), min(a.bottom, b.bottom) - max(a.y, b.y)
    smaller = min(a.width * a.height, b.width * b.height)
    return max(width, 0) * max(height, 0) / smaller if smaller > 0 else 0.0


def _name(shape: Element) -> str:
    return "".join(words(shape, "*/p:cNvPr/@name"))


def _sources(slide: Slide, shape: Element) -> Iterator[Element]:
    """Yields the shape, then the placeholders of layout and master that it inherits from."""
    yield shape
    for ph in found(shape, "*/p:nvPr/p:ph"):
        kind, index = ph.get("type", "obj"), ph.get("idx", "0")
        general = {"ctrTitle": "title"}.get(kind, kind if kind in _STYLES else "body")
        like = (f"@idx='{index}'" if index != "0" else f"@type='{kind}'", f"@type='{general}'")
        for root, same in zip(slide.roots[1:], like, strict=True):
            yield from found(root, f"//*[*/p:nvPr/p:ph[{same}]]")[:1]


def _frame(slide: Slide, shape: Element) -> Rect | None:
    for source in _sources(slide, shape):
        for place in found(source, "p:spPr/a:xfrm | p:grpSpPr/a:xfrm | p:xfrm"):
            x, y, width, height = (
                attribute(place, path) for path in ("a:off/@x", "a:off/@y", "a:ext/@cx", "a:ext/@cy")
            )
            return Rect(x / _EMU, y / _EMU, width / _EMU, height / _EMU)
    return None


def _fill(slide: Slide, shape: Element) -> list[Colour]:
    fills = (fill for source in _sources(slide, shape) for fill in found(source, _FILL))
    return next((colours_of(fill, slide.scheme) for fill in fills), [])


def _inks(slide: Slide, shape: Element, run: Element) -> list[Colour]:
    """Returns the colours of a run: its own, or those of the list styles that it inherits."""
    level = f"a:lvl{attribute(run, '../a:pPr/@lvl') + 1}pPr/a:defRPr/"
    kinds = [_STYLES.get(ph.get("type", ""), "body") for ph in found(shape, "*/p:nvPr/p:ph")] or ["other"]
    places = [(run, "a:rPr/"), *((source, f"p:txBody/a:lstStyle/{level}") for source in _sources(slide, shape))]
    for element, path in (*places, (slide.roots[2], f"p:txStyles/p:{kinds[0]}Style/{level}")):
        for fill in found(element, f"{path}a:solidFill | {path}a:gradFill"):
            return colours_of(fill, slide.scheme)
    return [slide.scheme["tx1"]] if "tx1" in slide.scheme else []
