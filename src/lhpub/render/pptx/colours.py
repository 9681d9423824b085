"""Inks as theme colours, so that a change of theme reaches everything that is drawn.

An ink that is no slot of the theme is written as the slot nearest to it, changed in hue, saturation and luminance
(ECMA-376 20.1.2.3): today it looks the same, and with another theme it follows. Luminance is lightened or darkened by a
share (lumMod, lumOff), not moved by an amount, which a lighter theme would push to plain white.
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lhpub.boxes import Theme
from lhpub.render.pptx.xml import Xml, el
from lhpub.text.model import Ink

# Schema order of a:clrScheme, with what stands where a layout names no colour.
SLOTS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
_MAPPED = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_WHOLE, _DEGREE = 100_000, 60_000
_COLOURFUL, _SAME_HUE = 24, 30
"""Least difference of channels (of 255) that makes a hue, and how many degrees count as the same."""
Channels = tuple[int, int, int]
Change = tuple[tuple[str, int], ...]
"""Colour transforms in their order: (name, value)."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The theme's colours: name of an ink or slot → scheme colour, and the channels of each scheme colour."""

    names: Mapping[str, str]
    slots: Mapping[str, Channels] = field(default_factory=dict)

    @classmethod
    def of(cls, theme: Theme) -> Scheme:
        mapped = {slot: _MAPPED.get(slot, slot) for slot in SLOTS}
        backwards = tuple(reversed(theme.colours))  # of one ink's slots the first accent counts, else the first
        accents_last = sorted(backwards, key=lambda pair: pair[0].startswith("accent"))
        names = {ink.name: mapped.get(slot, slot) for slot, ink in accents_last}
        slots = {
            mapped[slot]: _channels(rgb) for slot, rgb in theme_colours(theme).items() if "link" not in slot.lower()
        }
        return cls({**mapped, **names}, slots)

    def colour(self, ink: Ink) -> Xml:
        """Returns the ink as a theme colour, changed where it is none; as sRGB where there is no theme to derive it from."""
        name, changes = self.names.get(ink.name), Change()
        if name is None and self.slots:
            name, changes = _derived(_channels(ink.rgb), self.slots)
        if name is None:
            return el("a:srgbClr", {"val": ink.rgb.lstrip("#").upper()})
        elements = (el(f"a:{kind}", {"val": value}) for kind, value in changes)
        return el("a:schemeClr", {"val": name}, *elements)

    def ground(self, ink: Ink) -> Xml:
        """Returns a slide's ground: the theme's dark colour for texts where it is that, though an accent may be the same today.
        White words can be read on that under any theme, and on an accent under few."""
        is_dark = self.slots.get("tx2") == _channels(ink.rgb)
        return el("a:solidFill", None, el("a:schemeClr", {"val": "tx2"})) if is_dark else self.fill(ink)

    def fill(self, ink: Ink) -> Xml:
        """Returns a solid fill."""
        return el("a:solidFill", None, self.colour(ink))


def theme_colours(theme: Theme) -> dict[str, str]:
    """Returns the sRGB of each slot of `a:clrScheme`, in the schema's order."""
    return {**SLOTS, **{slot: ink.rgb.lstrip("#").upper() for slot, ink in theme.colours if slot in SLOTS}}


def _channels(rgb: str) -> Channels:
    red, green, blue = bytes.fromhex(rgb.lstrip("#"))
    return red, green, blue


def _derived(ink: Channels, slots: Mapping[str, Channels]) -> tuple[str, Change]:
    """Returns the slot to start from and the fewest changes that give the ink within 1 of 255 in each channel."""
    name = _nearest(ink, slots)
    found = [(_distance(applied(slots[name], changes), ink), changes) for changes in _changes(slots[name], ink)]
    return name, next((changes for distance, changes in found if distance <= 1), min(found)[1])


def _nearest(ink: Channels, slots: Mapping[str, Channels]) -> str:
    """Returns the slot that a colour belongs to. All tints of a hue belong to the first accent of that hue, as a ramp that
    jumps between accents falls apart under another theme; a colour of no such hue belongs to what looks most like it."""
    if ink in slots.values():
        return next(name for name, slot in slots.items() if slot == ink)
    if max(ink) - min(ink) >= _COLOURFUL:
        hue = _hls(ink)[0]
        for name, slot in slots.items():
            turn = abs(_hls(slot)[0] - hue) * 360
            if (
                name.startswith("accent")
                and max(slot) - min(slot) >= 2 * _COLOURFUL
                and min(turn, 360 - turn) <= _SAME_HUE
            ):
                return name
    return min(slots, key=lambda name: math.dist(slots[name], ink))


def _changes(start: Channels, end: Channels) -> Iterator[Change]:
    """Yields changes from one colour to the other: of luminance; of saturation too; of hue too, never round the circle, where
    LibreOffice stops at red."""
    (hue, light, depth), (to_hue, to_light, to_depth) = _hls(start), _hls(end)
    if to_light <= light:
        luminance: Change = (("lumMod", round(to_light / light * _WHOLE)),) if light else ()
    else:
        share = round((1 - to_light) / (1 - light) * _WHOLE)
        luminance = (("lumMod", share), ("lumOff", _WHOLE - share))
    if depth > 0.02:
        saturation: Change = (("satMod", round(to_depth / depth * _WHOLE)),)
    else:
        saturation = (("satOff", round((to_depth - depth) * _WHOLE)),)
    yield ()
    yield luminance
    yield (*saturation, *luminance)
    yield (("hueOff", round((to_hue - hue) * 360 * _DEGREE)), *saturation, *luminance)


def applied(start: Channels, changes: Change) -> Channels:
    """Returns a colour after changes, each held between 0 and 1, as Office programs compute it."""
    hue, light, depth = _hls(start)
    for kind, value in changes:
        share = value / _WHOLE
        match kind:
            case "hueOff":
                hue = (hue + value / _DEGREE / 360) % 1
            case "satMod":
                depth = min(depth * share, 1.0)
            case "satOff":
                depth = min(max(depth + share, 0.0), 1.0)
            case "lumMod":
                light = min(light * share, 1.0)
            case _:
                light = min(max(light + share, 0.0), 1.0)
    red, green, blue = (int(channel * 255 + 0.5) for channel in colorsys.hls_to_rgb(hue, light, depth))
    return red, green, blue


def _hls(colour: Channels) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(channel / 255 for channel in colour))


def _distance(one: Channels, other: Channels) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
