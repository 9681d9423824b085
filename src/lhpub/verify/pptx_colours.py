"""Colours as a reader of the deck sees them: theme, colour map, transforms (ECMA-376 part 1, 20.1.2.3)."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from lhpub.verify.pptx_file import Element, found, local

Colour = tuple[float, float, float]
"""sRGB channels from 0 to 1."""
_NAMED: Mapping[str, Colour] = {"black": (0.0, 0.0, 0.0), "white": (1.0, 1.0, 1.0)}


def theme_colours(theme: Element, master: Element) -> dict[str, Colour]:
    """Returns the colour of each name that `a:schemeClr` may have on slides of a master."""
    slots = {local(slot): colour for slot in found(theme, "//a:clrScheme/*") if (colour := _plain(slot, {}))}
    mapped = {
        str(name): slots[str(slot)]
        for tag in found(master, "p:clrMap")
        for name, slot in tag.attrib.items()
        if slot in slots
    }
    return {**slots, **mapped}


def colours_of(fill: Element, scheme: Mapping[str, Colour]) -> list[Colour]:
    """Returns the colours of a fill: of a gradient all stops; none where it is clear, a picture or cannot be told."""
    if local(fill) not in ("solidFill", "gradFill", "bgRef"):
        return []
    sources = found(fill, "a:gsLst/a:gs") if local(fill) == "gradFill" else [fill]
    colours = [_plain(source, scheme) for source in sources if not found(source, "*/a:alpha[number(@val) < 50000]")]
    return [colour for colour in colours if colour]


def _plain(parent: Element, scheme: Mapping[str, Colour]) -> Colour | None:
    """Returns the colour that stands in an element, transforms applied."""
    for tag in found(parent, "a:srgbClr | a:sysClr | a:schemeClr | a:prstClr"):
        value, kind = tag.get("lastClr") or tag.get("val") or "", local(tag)
        base = scheme.get(value) if kind == "schemeClr" else _NAMED.get(value)
        if kind in ("srgbClr", "sysClr"):
            base = _channels(value)
        for change in tag if base else ():
            base = _changed(base, local(change), change.get("val", "")) if base else None
        return base
    return None


def _channels(value: str) -> Colour | None:
    try:
        red, green, blue = (channel / 255 for channel in bytes.fromhex(value))
    except ValueError:
        return None
    return red, green, blue


def _changed(colour: Colour, kind: str, value: str) -> Colour:
    """Returns a colour after one transform; those that are not known leave it."""
    share = float(value) / 100_000 if value.lstrip("-").isdigit() else 0.0
    hue, light, depth = colorsys.rgb_to_hls(*colour)
    match kind:
        case "hueOff":
            hue = (hue + share * 100_000 / 21_600_000) % 1
        case "comp":
            hue = (hue + 0.5) % 1
        case "satMod":
            depth *= share
        case "satOff":
            depth += share
        case "lumMod":
            light *= share
        case "lumOff":
            light += share
        case "tint" | "shade":  # of linear light, as Office programs do
            red, green, blue = (_encoded(_linear(c) * share + (1 - share if kind == "tint" else 0)) for c in colour)
            return red, green, blue
        case _:
            return colour
    return colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), min(max(depth, 0.0), 1.0))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
