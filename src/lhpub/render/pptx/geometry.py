"""Shapes' outlines as DrawingML: positions, freeforms from paths, lines and fills."""

from __future__ import annotations

from itertools import pairwise

from lhpub.boxes import ShapeBox
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import EMPTY, Attributes, Xml, el, emu, join
from lhpub.text.model import Ink
from lhpub.units import Rect

_SEGMENTS = {"M": "a:moveTo", "L": "a:lnTo", "C": "a:cubicBezTo", "Z": "a:close"}
_RING = (["M", "L", "L", "L", "Z"], ["M", "L", "L", "L", "L", "Z"])
NO_LINE = Xml("<a:ln><a:noFill/></a:ln>")


def place(rect: Rect, tag: str = "a:xfrm", flip: bool = False, is_group: bool = False) -> Xml:
    """Returns the position and size of a shape; a group's children keep the slide's own coordinates."""
    off = f'x="{emu(rect.x)}" y="{emu(rect.y)}"'
    least = 1 if is_group else 0  # a group without extent cannot be scaled
    ext = f'cx="{max(emu(rect.width), least)}" cy="{max(emu(rect.height), least)}"'
    inner = Xml(f"<a:chOff {off}/><a:chExt {ext}/>") if is_group else EMPTY
    return el(tag, {"flipV": True if flip else None}, Xml(f"<a:off {off}/><a:ext {ext}/>"), inner)


def preset(name: str) -> Xml:
    """Returns a preset geometry."""
    return Xml(f'<a:prstGeom prst="{name}"><a:avLst/></a:prstGeom>')


def is_line(box: ShapeBox) -> bool:
    """True if the path is one straight line."""
    return [command for command, _ in box.path] == ["M", "L"]


def is_rectangle(box: ShapeBox) -> bool:
    """True if the path is one upright rectangle: PowerPoint then lets a user resize it as such."""
    if [command for command, _ in box.path] not in _RING:
        return False
    points = [(round(x, 3), round(y, 3)) for x, y in (values for _, values in box.path[:-1])]
    upright = all((x1 == x2) != (y1 == y2) for (x1, y1), (x2, y2) in pairwise(points[:4]))
    return upright and points[4:] in ([], points[:1]) and (points[0][0] == points[3][0] or points[0][1] == points[3][1])


def path_bounds(box: ShapeBox) -> Rect:
    """Returns the smallest rectangle around all of a path's points, control points too."""
    numbers = [number for _, values in box.path for number in values]
    xs, ys = numbers[::2] or [box.rect.x], numbers[1::2] or [box.rect.y]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def freeform(box: ShapeBox, rect: Rect) -> Xml:
    """Returns `a:custGeom` with the path in EMU from the rectangle's corner (ECMA-376 20.1.9.8)."""

    def segment(command: str, values: tuple[float, ...]) -> Xml:
        points = zip(values[::2], values[1::2], strict=True)
        return el(
            _SEGMENTS[command], None, *(Xml(f'<a:pt x="{emu(x - rect.x)}" y="{emu(y - rect.y)}"/>') for x, y in points)
        )

    size: Attributes = {"w": emu(rect.width), "h": emu(rect.height), "fill": None if box.fill else "none"}
    path = el("a:path", size, *(segment(command, values) for command, values in box.path))
    frame = Xml('<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>')
    return el("a:custGeom", None, frame, el("a:pathLst", None, path))


def outline(box: ShapeBox, scheme: Scheme) -> Xml:
    """Returns `a:ln`; dashes are counted in line widths (custDash, ECMA-376 20.1.8.21)."""
    if box.stroke is None or box.stroke_width <= 0:
        return NO_LINE
    lengths = [round(length / box.stroke_width * 100_000) for length in box.dash]
    pairs = zip(lengths[::2], lengths[1::2] or lengths, strict=False)
    stops = join(*(Xml(f'<a:ds d="{dash}" sp="{gap}"/>') for dash, gap in pairs))
    dashes = el("a:custDash", None, stops) if stops else EMPTY
    width: Attributes = {"w": emu(box.stroke_width), "cap": "flat"}
    return el("a:ln", width, scheme.fill(box.stroke), dashes, Xml('<a:miter lim="800000"/>'))


def fill_of(box: ShapeBox, scheme: Scheme) -> Xml:
    """Returns the shape's fill: `a:gradFill` (ECMA-376 20.1.8.33), a plain one or none."""
    if box.gradient is None:
        return scheme.fill(box.fill) if box.fill else Xml("<a:noFill/>")
    stops = (el("a:gs", {"pos": round(place * 100_000)}, scheme.colour(ink)) for place, ink in box.gradient.stops)
    line = el("a:lin", {"ang": 0 if box.gradient.across else 5_400_000, "scaled": 0})
    return el("a:gradFill", {"rotWithShape": 1}, el("a:gsLst", None, *stops), line)


def background(ink: Ink | None, scheme: Scheme) -> Xml:
    """Returns p:bg; PowerPoint wants its empty effect list."""
    return el("p:bg", None, el("p:bgPr", None, scheme.ground(ink), el("a:effectLst"))) if ink else EMPTY
