"""Colours as a reader of the deck sees them: a theme's, with the transforms that are written (ECMA-376 part 1, 20.1.2.3)."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from lhpub.verify.pptx_file import Element, found, local

Colour = tuple[float, float, float]
"""sRGB channels from 0 to 1."""
_NAMED: Mapping[str, Colour] = {"black": (0.0, 0.0, 0.0), "white": (1.0, 1.0, 1.0)}


def colours_of(fill: Element, scheme: Mapping[str, Colour]) -> list[Colour]:
    """Returns the colour of a solid fill; none where there is none, it is clear or cannot be told."""
    if local(fill) != "solidFill" or found(fill, "*/a:alpha[number(@val) < 50000]"):
        return []
    colour = colour_in(fill, scheme)
    return [colour] if colour else []


def colour_in(parent: Element, scheme: Mapping[str, Colour]) -> Colour | None:
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
        case "satMod":
            depth *= share
        case "satOff":
            depth += share
        case "lumMod":
            light *= share
        case "lumOff":
            light += share
        case _:
            return colour
    return colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), min(max(depth, 0.0), 1.0))
