"""What is seen on the slides of a deck, whichever program wrote it: drawings with what they cover, what layouts and masters say,
texts that have the colour of what lies beneath them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from lhpub.diagnostics import Bilingual
from lhpub.layout.check import contrast
from lhpub.verify.pptx_colours import Colour, colour_in
from lhpub.verify.pptx_file import Element, PptxFile, found, local, words
from lhpub.verify.pptx_reading import text_of

_POINT = 12700
"""EMU."""
_SLACK, _SHADE, _FAINT = 1.0, 0.06, 1.3
"""Points and shares of a channel by which programs round; the contrast under which a text is not seen."""
_LEAST = 4.0
"""Points, in both directions, from which a drawing covers a text."""
_FILLS = "p:spPr/*[self::a:solidFill or self::a:gradFill or self::a:blipFill or self::a:pattFill or self::a:noFill]"
_PLACE = ("off/@x", "off/@y", "ext/@cx", "ext/@cy")
_SCHEME = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
Frame = tuple[float, float, float, float]
"""Left, top, right, bottom in EMU."""


class Drawing(NamedTuple):
    """Something drawn: what it is, where in points, in which colour if one fills it, and how many texts lie beneath it."""

    kind: str
    at: Frame
    fill: Colour | None
    covers: int

    def is_like(self, other: Drawing) -> bool:
        near = all(abs(a - b) <= _SLACK for a, b in zip(self.at, other.at, strict=True))
        same = not (self.fill and other.fill) or max(abs(a - b) for a, b in zip(self.fill, other.fill, strict=True)) < _SHADE
        return near and same and (self.kind, self.covers, self.fill is None) == (other.kind, other.covers, other.fill is None)


@dataclass
class Scene:
    """A slide as it is seen. `texts`: the slide's own with where they begin, in points; `behind`: those of its layout and
    master; `faint`: in the colour of their ground; `outside`: beyond the slide's edges."""

    drawings: list[Drawing] = field(default_factory=list)
    texts: list[tuple[str, tuple[float, float]]] = field(default_factory=list)
    behind: Counter[str] = field(default_factory=Counter)
    faint: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)


def unlike(one: Scene, other: Scene) -> Iterator[Bilingual]:
    """Yields what is seen on a slide and was not to be, then what is not seen; `other`: as it was to be."""
    gone = list(other.drawings)
    for drawing in one.drawings:
        like = next((each for each in gone if drawing.is_like(each)), None)
        if like:
            gone.remove(like)
            continue
        (zh, en), place = _words(drawing), _place(drawing)
        over = (f"，盖着{drawing.covers}处字", f", over {drawing.covers} texts") if drawing.covers else ("", "")
        yield Bilingual(f"{zh}不是来源里的：{place}{over[0]}", f"{en} is not in the source: {place}{over[1]}")
    for drawing in gone:
        (zh, en), place = _words(drawing), _place(drawing)
        yield Bilingual(f"缺了或改了{zh}：{place}", f"{en} is gone or another: {place}")
    for text, at in one.texts:
        there = [said for said, place in other.texts if max(abs(a - b) for a, b in zip(at, place, strict=True)) <= _SLACK]
        if there and text not in there and any(text == said for said, _ in other.texts):
            yield Bilingual(f"“{text}”放在了“{there[0]}”的位置", f"“{text}” stands where “{there[0]}” was")
    for text in one.behind - other.behind:
        yield Bilingual(f"版式或母版上多出“{text}”", f"its layout or master says “{text}”, which is not in the source")
    for text in other.behind - one.behind:
        yield Bilingual(f"版式或母版上缺“{text}”", f"its layout or master lacks “{text}”")
    for text in one.outside - other.outside:
        yield Bilingual(f"“{text}”在幻灯片外，看不见", f"“{text}” stands outside the slide and is not seen")
    for text in (text for text in one.faint if text not in "".join(other.faint)):
        yield Bilingual(f"“{text}”的颜色与底色一样，看不见", f"“{text}” has the colour of its ground and is not seen")


def _words(drawing: Drawing) -> tuple[str, str]:
    return {"pic": ("图片", "a picture"), "chart": ("图表", "a chart")}.get(drawing.kind, ("图形", "a drawing"))


def _place(drawing: Drawing) -> str:
    left, top, right, bottom = drawing.at
    return f"({left:.0f}, {top:.0f}) {right - left:.0f} × {bottom - top:.0f} pt"


def scenes(file: PptxFile) -> list[Scene]:
    """Returns what is seen on each slide, in the order of the slides."""
    return [_Stage(file, name, root).scene() for name, root in file.slides()]


class _Item(NamedTuple):
    """A shape in its place. `paint`: its colour, None if it is another paint or none; `is_opaque`: what is beneath is hidden."""

    shape: Element
    layer: int
    frame: Frame | None
    paint: Colour | None
    is_opaque: bool


class _Stage:
    """A slide over its layout over its master."""

    def __init__(self, file: PptxFile, name: str, root: Element) -> None:
        self.file, self.layers = file, [(name, root)]
        for kind in ("slideLayout", "slideMaster"):
            parts = [(part, file.roots.get(part)) for part in file.related(self.layers[-1][0], kind)]
            self.layers += [(part, each) for part, each in parts if each is not None][:1]
        self.scheme = self._scheme()

    def scene(self) -> Scene:
        made, items = Scene(), list(self._items())
        for at, item in enumerate(items):
            text = text_of(item.shape).strip()
            is_chart = bool(found(item.shape, ".//c:chart"))
            if item.layer and text:
                made.behind[text] += 1
            elif text and item.frame and not found(item.shape, ".//p:ph[@type='sldNum'] | .//a:fld"):
                made.texts.append((text, (item.frame[0] / _POINT, item.frame[1] / _POINT)))
            if text and item.frame and not _overlap(item.frame, (0, 0, *self.file.size)):
                made.outside[text] += 1
            if text or is_chart:
                self._faint(made, item, items[:at])
            if item.frame and (item.is_opaque or is_chart or (not text and _is_lined(item.shape))):
                beneath = (one for one in items[:at] if _is_said(one.shape)) if item.is_opaque else ()
                covers = sum(_overlap(item.frame, one.frame) for one in beneath)
                left, top, right, bottom = (round(v / _POINT, 2) for v in item.frame)
                kind = "pic" if local(item.shape) == "pic" else "chart" if is_chart else ""
                made.drawings.append(Drawing(kind, (left, top, right, bottom), item.paint, covers))
        return made

    def _items(self) -> Iterator[_Item]:
        """Yields the shapes from the bottom: those of the master and the layout that are no placeholders, then the slide's."""
        hidden = next((at for at, (_, root) in enumerate(self.layers) if root.get("showMasterSp") in ("0", "false")), 9)
        for at, (_, root) in reversed(list(enumerate(self.layers[: hidden + 1]))):
            for shape in found(root, "p:cSld/p:spTree//*[self::p:sp or self::p:cxnSp or self::p:pic or self::p:graphicFrame]"):
                if at and found(shape, "*/p:nvPr/p:ph"):
                    continue
                fills = found(shape, _FILLS)
                is_opaque = local(shape) == "pic" or bool(fills and _is_painted(fills[0]))
                if not fills and local(shape) == "sp" and (style := found(shape, "p:style/a:fillRef[@idx!='0']")):
                    is_opaque, fills = True, style
                is_plain = bool(fills) and local(fills[0]) in ("solidFill", "fillRef")
                paint = colour_in(fills[0], self.scheme) if is_plain and is_opaque else None
                yield _Item(shape, at, self._frame(shape), paint, is_opaque)

    def _frame(self, shape: Element) -> Frame | None:
        """Returns where a shape lies: by itself, or as the placeholder of its layout or master does."""
        for one in (shape, *self._like(shape)):
            values = _numbers(one, "(p:spPr/a:xfrm | p:xfrm)", _PLACE)
            if len(values) == 4:
                left, top, right, bottom = values[0], values[1], values[0] + values[2], values[1] + values[3]
                return _in_groups(shape, (left, top, right, bottom))
        return None

    def _like(self, shape: Element) -> Iterator[Element]:
        """Yields the placeholders of layout and master that a shape follows (ECMA-376 part 1, 19.3.1.36)."""
        for ph in found(shape, "*/p:nvPr/p:ph"):
            kind, index = ph.get("type", "body"), ph.get("idx", "0")
            for at, (_, root) in enumerate(self.layers[1:]):
                held = found(root, "p:cSld/p:spTree//p:sp[p:nvSpPr/p:nvPr/p:ph]")
                pairs = [(one, found(one, "*/p:nvPr/p:ph")[0]) for one in held]
                same = [one for one, other in pairs if at == 0 and other.get("idx", "0") == index]
                yield from (same or [one for one, other in pairs if other.get("type", "body") == kind])[:1]

    def _faint(self, made: Scene, item: _Item, beneath: list[_Item]) -> None:
        """Notes the texts of a shape, or of its chart, in the colour of what lies beneath."""
        ground = item.paint if item.is_opaque else self._ground(item.frame, beneath)
        chart = next(self._charts(item.shape), None)
        if chart is not None:
            inks = [(colour_in(fill, self.scheme), "图上的字") for fill in found(chart, "//c:txPr//a:defRPr/a:solidFill")]
            inks += [(colour_in(fill, self.scheme), "图上的字") for fill in found(chart, "//c:rich//a:rPr/a:solidFill")]
        else:
            runs = found(item.shape, ".//a:r | .//a:fld")
            inks = [(self._ink(run, item.shape), "".join(words(run, "a:t/text()"))) for run in runs]
        for ink, text in inks:
            if ground and ink and text.strip() and contrast(_hex(ink), _hex(ground)) < _FAINT:
                made.faint[text] += 1

    def _charts(self, shape: Element) -> Iterator[Element]:
        for id_ in words(shape, ".//c:chart/@r:id"):
            relation = self.file.relations.get(self.layers[0][0], {}).get(id_)
            root = self.file.roots.get(relation.target) if relation else None
            if root is not None:
                yield root

    def _ground(self, frame: Frame | None, beneath: list[_Item]) -> Colour | None:
        """Returns the colour at the middle of a frame, None where it is no plain one."""
        for item in reversed(beneath) if frame else ():
            x, y = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2  # type: ignore[index]
            if item.is_opaque and item.frame and item.frame[0] <= x <= item.frame[2] and item.frame[1] <= y <= item.frame[3]:
                return item.paint
        for _, root in self.layers:
            if fills := found(root, "p:cSld/p:bg/p:bgPr/*[1] | p:cSld/p:bg/p:bgRef"):
                return colour_in(fills[0], self.scheme)
        return None

    def _ink(self, run: Element, shape: Element) -> Colour | None:
        """Returns the colour of a run: its own, else that of its lists, placeholders and master's styles."""
        level = int("".join(words(run, "ancestor::a:p[1]/a:pPr/@lvl")) or 0) + 1
        own = found(run, "a:rPr/a:solidFill | a:rPr/a:gradFill | a:rPr/a:noFill")
        lists = f"p:txBody/a:lstStyle/a:lvl{level}pPr/a:defRPr/a:solidFill"
        kind = "".join(words(shape, "*/p:nvPr/p:ph/@type"))
        styles = "title" if kind in ("title", "ctrTitle") else "body" if found(shape, "*/p:nvPr/p:ph") else "other"
        master = found(self.layers[-1][1], f"p:txStyles/p:{styles}Style/a:lvl{level}pPr/a:defRPr/a:solidFill")
        for fill in chain(own, *(found(one, lists) for one in (shape, *self._like(shape))), master):
            return colour_in(fill, self.scheme)
        return self.scheme.get("tx1")

    def _scheme(self) -> Mapping[str, Colour]:
        """Returns the theme's colours by their names, those that stand for others too."""
        themes = (self.file.roots.get(part) for part in self.file.related(self.layers[-1][0], "theme"))
        theme = next((root for root in themes if root is not None), None)
        held = {name: colour for name in _SCHEME for one in (found(theme, f"//a:clrScheme/a:{name}") if theme is not None else ())
                if (colour := colour_in(one, {}))}  # fmt: skip
        for _, root in self.layers:
            if mapped := found(root, "p:clrMapOvr/a:overrideClrMapping | p:clrMap"):
                return held | {str(name): held[str(slot)] for name, slot in mapped[0].attrib.items() if str(slot) in held}
        return held


def _in_groups(shape: Element, frame: Frame) -> Frame:
    """Returns a frame in the slide's measure: groups may move and stretch what is in them."""
    for group in found(shape, "ancestor::p:grpSp"):
        values = _numbers(group, "p:grpSpPr/a:xfrm", (*_PLACE, "chOff/@x", "chOff/@y", "chExt/@cx", "chExt/@cy"))
        if len(values) == 8 and values[6] and values[7]:
            x, y, across, down = values[0], values[1], values[2] / values[6], values[3] / values[7]
            left, top, right, bottom = frame
            frame = (x + (left - values[4]) * across, y + (top - values[5]) * down,
                     x + (right - values[4]) * across, y + (bottom - values[5]) * down)  # fmt: skip
    return frame


def _numbers(shape: Element, path: str, names: tuple[str, ...]) -> list[int]:
    return [int(value) for name in names for value in words(shape, f"{path}/a:{name}")]


def _is_painted(fill: Element) -> bool:
    return local(fill) != "noFill" and not found(fill, ".//a:alpha[number(@val) < 50000]")


def _is_lined(shape: Element) -> bool:
    lines = found(shape, "p:spPr/a:ln/*[self::a:solidFill or self::a:noFill or self::a:gradFill]")
    return local(lines[0]) != "noFill" if lines else bool(found(shape, "p:style/a:lnRef[@idx!='0']"))


def _is_said(shape: Element) -> bool:
    return bool(text_of(shape).strip()) or bool(found(shape, ".//c:chart"))


def _overlap(one: Frame, other: Frame | None) -> bool:
    if other is None:
        return False
    sides = [min(one[at + 2], other[at + 2]) - max(one[at], other[at]) for at in (0, 1)]
    return min(sides) > _LEAST * _POINT


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in colour)
