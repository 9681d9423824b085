"""What a template paints where: theme colours resolved, the grounds that lie under a frame, sampled.

Layers are looked at from below: background, drawing of the master, drawing of the layout. Each of a grid of points under a
frame takes the colour of what covers it; a shape that is no rectangle may or may not, so there both colours count.
"""

from __future__ import annotations

import colorsys
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians, sin
from typing import Any

from lxml import etree
from PIL import Image, UnidentifiedImageError

from lhpub.render.pptx.xml import EMU_PER_POINT, NAMESPACES
from lhpub.units import Rect

Channels = tuple[float, float, float]
Touch = tuple[Channels, float] | None
"""A colour and its opacity; None where a picture cannot be read."""
Sampler = Callable[[float, float], Touch]
"""(x, y from 0 to 1 within a shape) → what is painted there."""
_GRID = (12, 6)
_PIXELS = (48, 27)
_MOST = 4
"""Colours that a point may have."""
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "green": "008000"}
_FILLS = "a:noFill | a:solidFill | a:gradFill | a:blipFill | a:pattFill | a:grpFill"


def find(element: Any, path: str) -> list[Any]:
    """Returns what an XPath finds."""
    found: Any = etree._Element.xpath(element, path, namespaces=NAMESPACES)
    return list(found)


def rgb(colour: Channels) -> str:
    """Returns `#RRGGBB`."""
    return "#" + "".join(f"{min(max(round(channel * 255), 0), 255):02X}" for channel in colour)


@dataclass(frozen=True)
class Palette:
    """The colours of a master: by the names of its theme and of its colour map; and the theme's background fills."""

    colours: Mapping[str, Channels]
    backgrounds: tuple[Any, ...]

    @classmethod
    def of(cls, theme: Any, master: Any) -> Palette:
        """Returns the palette of a master's element and its theme's."""
        slots = {etree.QName(slot).localname: _plain(slot, {}) for slot in find(theme, "//a:clrScheme/*")}
        known = {name: colour[0] for name, colour in slots.items() if colour}
        mapped = {
            str(name): known[str(slot)]
            for tag in find(master, "p:clrMap")
            for name, slot in tag.attrib.items()
            if slot in known
        }
        return cls({**known, **mapped}, tuple(find(theme, "//a:bgFillStyleLst/*")))

    def colour(self, parent: Any, placeholder: Channels | None = None) -> Touch:
        """Returns the colour that stands in an element; `placeholder`: what phClr means here."""
        return _plain(parent, {**self.colours, "phClr": placeholder} if placeholder else self.colours)


def _plain(parent: Any, colours: Mapping[str, Channels]) -> Touch:
    for tag in find(parent, "a:srgbClr | a:sysClr | a:schemeClr | a:prstClr | a:scrgbClr | a:hslClr"):
        value, kind = str(tag.get("lastClr") or tag.get("val") or ""), etree.QName(tag).localname
        found: Channels | None = colours.get(value) if kind == "schemeClr" else _hex(_NAMED.get(value, value))
        opacity = 1.0
        for change in tag if found else ():
            name, share = etree.QName(change).localname, int(change.get("val") or 0) / 100_000
            if name == "alpha":
                opacity = share
            elif found:
                found = _changed(found, name, share)
        return (found, opacity) if found else None
    return None


def _hex(value: str) -> Channels | None:
    try:
        red, green, blue = (channel / 255 for channel in bytes.fromhex(value))
    except ValueError:
        return None
    return red, green, blue


def _changed(colour: Channels, kind: str, share: float) -> Channels:
    """Returns a colour after a transform (ECMA-376 part 1, 20.1.2.3)."""
    hue, light, depth = colorsys.rgb_to_hls(*colour)
    match kind:
        case "lumMod":
            light *= share
        case "lumOff":
            light += share
        case "satMod":
            depth *= share
        case "satOff":
            depth += share
        case "hueOff":
            hue = (hue + share / 216) % 1
        case "tint" | "shade":  # of linear light, as Office programs do
            end = 1.0 if kind == "tint" else 0.0
            red, green, blue = (_encoded(_linear(channel) * share + end * (1 - share)) for channel in colour)
            return red, green, blue
        case _:
            return colour
    return colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), min(max(depth, 0.0), 1.0))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def sampler(fill: Any, part: Any, palette: Palette, placeholder: Channels | None = None) -> Sampler | None:
    """Returns how a fill is painted; None if it paints nothing."""
    match etree.QName(fill).localname:
        case "solidFill":
            colour = palette.colour(fill, placeholder)
            return lambda x, y: colour
        case "gradFill":
            return _gradient(fill, palette, placeholder)
        case "blipFill":
            return _picture(fill, part)
        case "pattFill":
            inks = [palette.colour(ink, placeholder) for ink in find(fill, "a:fgClr | a:bgClr")]
            return lambda x, y: inks[int(x * 97 + y * 61) % len(inks)] if inks else None
        case _:
            return None


def _gradient(fill: Any, palette: Palette, placeholder: Channels | None) -> Sampler:
    stops = [(int(s.get("pos") or 0) / 100_000, palette.colour(s, placeholder)) for s in find(fill, "a:gsLst/a:gs")]
    known = sorted(((place, touch) for place, touch in stops if touch), key=lambda stop: stop[0])
    angle = radians(int((find(fill, "a:lin/@ang") or [0])[0]) / 60_000)
    across, down = abs(cos(angle)), abs(sin(angle))

    def at(x: float, y: float) -> Touch:
        if not known:
            return None
        u = x if cos(angle) >= 0 else 1 - x
        v = y if sin(angle) >= 0 else 1 - y
        t = hypot(x - 0.5, y - 0.5) * 1.4 if find(fill, "a:path") else (u * across + v * down) / (across + down)
        low = max((stop for stop in known if stop[0] <= t), key=lambda s: s[0], default=known[0])
        high = min((stop for stop in known if stop[0] >= t), key=lambda s: s[0], default=known[-1])
        share = (t - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 0.0
        return _mixed(low[1], high[1], share)

    return at


def _mixed(one: tuple[Channels, float], other: tuple[Channels, float], share: float) -> tuple[Channels, float]:
    red, green, blue = (a + (b - a) * share for a, b in zip(one[0], other[0], strict=True))
    return (red, green, blue), one[1] + (other[1] - one[1]) * share


def _picture(fill: Any, part: Any) -> Sampler:
    """Returns the colours of a picture, averaged to a few pixels; None everywhere if it cannot be read (EMF, SVG alone)."""
    blips = find(fill, "a:blip/@r:embed")
    opacity = int((find(fill, "a:blip/a:alphaModFix/@amt") or [100_000])[0]) / 100_000
    image = _opened(part.related_part(blips[0]).blob) if blips and blips[0] in part.rels else None
    crop = [int((find(fill, f"a:srcRect/@{side}") or [0])[0]) / 100_000 for side in "ltrb"]

    def at(x: float, y: float) -> Touch:
        if image is None:
            return None
        u, v = crop[0] + x * (1 - crop[0] - crop[2]), crop[1] + y * (1 - crop[1] - crop[3])
        place = (min(int(u * image.width), image.width - 1), min(int(v * image.height), image.height - 1))
        red, green, blue, alpha = image.getpixel((max(place[0], 0), max(place[1], 0)))  # type: ignore[misc]
        return (red / 255, green / 255, blue / 255), alpha / 255 * opacity

    return at


@lru_cache(maxsize=16)
def _opened(data: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (192, 108))
            return image.convert("RGBA").resize(_PIXELS, Image.Resampling.BOX)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


@dataclass(frozen=True)
class Layer:
    """A shape that paints. `is_sure`: it covers its whole frame."""

    rect: Rect
    paint: Sampler
    is_sure: bool
    is_background: bool = False


def layers(chain: tuple[Any, ...], palette: Palette, size: tuple[float, float]) -> list[Layer]:
    """Returns what lies under the placeholders of a layout, the lowest first. `chain`: master's and layout's part."""
    everything = Rect(0, 0, *size)
    found = []
    for part in reversed(chain):
        for ground in find(part._element, "p:cSld/p:bg/*"):
            paint = _background(ground, part, palette)
            if paint:
                found = [Layer(everything, paint, True, True)]
        if found:
            break
    is_bare = chain[-1]._element.get("showMasterSp") in ("0", "false")
    for part in chain[1:] if is_bare else chain:
        for tree in find(part._element, "p:cSld/p:spTree"):
            found += _drawn(tree, part, palette, (1.0, 1.0, 0.0, 0.0))
    return found


def _background(ground: Any, part: Any, palette: Palette) -> Sampler | None:
    if etree.QName(ground).localname == "bgRef":
        number = int(ground.get("idx") or 0)
        touch = palette.colour(ground)
        if number > 1000 and len(palette.backgrounds) >= number - 1000:
            fill = palette.backgrounds[number - 1001]
            theme = next((r.target_part for r in part.rels.values() if r.reltype.endswith("/theme")), part)
            return sampler(fill, theme, palette, touch[0] if touch else None)
        return lambda x, y: touch
    return next((paint for fill in find(ground, _FILLS) if (paint := sampler(fill, part, palette))), None)


def _drawn(tree: Any, part: Any, palette: Palette, move: tuple[float, float, float, float]) -> Iterator[Layer]:
    """Yields the painted shapes of a tree. `move`: scale and offset that its groups give."""
    for shape in find(tree, "p:sp | p:pic | p:grpSp"):
        if find(shape, "*/p:nvPr/p:ph") or find(shape, "*/p:cNvPr[@hidden='1']"):
            continue
        rect = _rect(shape, move)
        if rect is None:
            continue
        if etree.QName(shape).localname == "grpSp":
            yield from _drawn(shape, part, palette, _inner(shape, rect))
            continue
        fills = find(shape, "p:blipFill") or find(shape, f"p:spPr/*[{_selves(_FILLS)}]")
        paint = next((s for f in fills if (s := sampler(f, part, palette))), None)
        styled = find(shape, "p:style/a:fillRef[@idx!='0']")
        if not fills and styled:
            touch = palette.colour(styled[0])
            paint = (lambda x, y, touch=touch: touch) if touch else None
        if paint:
            is_sure = bool(find(shape, "self::p:pic | p:spPr/a:prstGeom[@prst='rect']"))
            yield Layer(rect, paint, is_sure)


def _selves(names: str) -> str:
    return " or ".join(f"self::{name.strip()}" for name in names.split("|"))


def _rect(shape: Any, move: tuple[float, float, float, float]) -> Rect | None:
    for place in find(shape, "p:spPr/a:xfrm | p:grpSpPr/a:xfrm"):
        values = [int((find(place, path) or [0])[0]) / EMU_PER_POINT for path in
                  ("a:off/@x", "a:off/@y", "a:ext/@cx", "a:ext/@cy")]  # fmt: skip
        x, y, width, height = values
        if int(place.get("rot") or 0) // 60_000 % 180 in range(46, 135):
            x, y, width, height = x + (width - height) / 2, y + (height - width) / 2, height, width
        sx, sy, dx, dy = move
        return Rect(x * sx + dx, y * sy + dy, width * sx, height * sy)
    return Rect(move[2], move[3], 0, 0) if find(shape, "self::p:grpSp") else None


def _inner(group: Any, rect: Rect) -> tuple[float, float, float, float]:
    """Returns scale and offset of a group's children (ECMA-376 20.1.7.5)."""
    values = [int((find(group, f"p:grpSpPr/a:xfrm/{path}") or [0])[0]) / EMU_PER_POINT for path in
              ("a:chOff/@x", "a:chOff/@y", "a:chExt/@cx", "a:chExt/@cy")]  # fmt: skip
    x, y, width, height = values
    sx, sy = rect.width / width if width else 1.0, rect.height / height if height else 1.0
    return sx, sy, rect.x - x * sx, rect.y - y * sy


def grounds(found: list[Layer], frame: Rect) -> tuple[str, ...]:
    """Returns the colours that points under a frame may have, `#RRGGBB`; () if what lies there cannot be told."""
    columns, rows = _GRID
    colours: list[str] = []
    for n in range(columns * rows):
        x = frame.x + frame.width * (n % columns + 0.5) / columns
        y = frame.y + frame.height * (n // columns + 0.5) / rows
        under: list[Channels | None] = [(1.0, 1.0, 1.0)]
        for layer in found:
            if layer.rect.width and layer.rect.x <= x <= layer.rect.right and layer.rect.y <= y <= layer.rect.bottom:
                touch = layer.paint(
                    (x - layer.rect.x) / layer.rect.width, (y - layer.rect.y) / (layer.rect.height or 1)
                )
                over = [_mixed((c, 1.0), (touch[0], 1.0), touch[1])[0] if touch and c else None for c in under]
                if touch and touch[1] >= 1:
                    over = [touch[0]]
                under = over if layer.is_sure else [*over, *under][:_MOST]
        if None in under:
            return ()
        colours += [rgb(colour) for colour in under if colour]
    return tuple(colours)
