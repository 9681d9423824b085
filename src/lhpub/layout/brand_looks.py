"""A brand's colours by what they are for, and a layout's chart styles in these colours, as large as there is room."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lhpub.layout.brand import Brand, legibility, legible
from lhpub.layout.check import LEAST_CONTRAST
from lhpub.layout.looks import LENGTHS
from lhpub.layout.model import LayoutSpec, Style
from lhpub.layout.names import ColourName, StyleName

_CHART_FLOOR = 14.0
Box = list[float]


def chart_inks(spec: LayoutSpec) -> dict[str, ColourName]:
    """Returns the brand's colour for each that means something in the layout's charts."""
    colours = spec.chart_colours
    groups = dict(zip(colours.groups, ("b-accent", "b-second", "b-quiet"), strict=False))
    named = {
        **{str(name): ink for name, ink in groups.items()},
        colours.bound: "b-tint",
        colours.rest: "b-rule",
        "text": "b-text",
    }
    return {str(name): ColourName(ink) for name, ink in named.items()}


def brand_looks(
    spec: LayoutSpec, charts: Mapping[str, tuple[Box, Box]], brand: Brand
) -> tuple[dict[str, Any], dict[str, Style]]:
    """Returns the layout's chart styles as the template wants them, and their type styles. `charts`: name of the style → the
    frame it was drawn for, the frame that it has here."""
    looks: dict[str, Any] = {}
    styles: dict[str, Style] = {}
    for name, (before, now) in charts.items():
        look = spec.charts[name]
        share = min(now[2] / before[2], now[3] / before[3])
        changes: dict[str, Any] = {}
        for field in dataclasses.fields(look):
            value = getattr(look, field.name)
            if isinstance(value, ColourName):
                changes[field.name] = ColourName(_role(spec.palette[value].rgb, spec.palette[look.ground].rgb))
            elif isinstance(value, StyleName):
                changes[field.name] = StyleName(f"{name}-{value}")
                styles[f"{name}-{value}"] = _resized(spec, spec.styles[value], look.ground, (share, brand.scale))
            elif field.name in LENGTHS and value is not None:
                changes[field.name] = tuple(v * share for v in value) if isinstance(value, tuple) else value * share
        looks[f"b-{name}"] = replace(look, **changes)
    return looks, styles


def _resized(spec: LayoutSpec, style: Style, ground: str, scale: tuple[float, float]) -> Style:
    """Returns a type style of a chart in the brand's colours; `scale`: of the chart, of the slide, whose floor it keeps."""
    size = max(style.size * scale[0], min(style.size, _CHART_FLOOR) * scale[1])
    role = _role(spec.palette[style.colour].rgb, spec.palette[ground].rgb, is_text=True)
    leading = style.leading * size / style.size if style.leading else None
    font = style.font if style.font in ("major", "minor") else "minor"
    return replace(style, size=size, leading=leading, colour=ColourName(role), font=font)


def _role(ink: str, ground: str, is_text: bool = False) -> str:
    """Returns the brand's colour that does what a layout's own does: by its contrast with its ground, and its saturation."""
    channels = [int(ink[i : i + 2], 16) for i in (1, 3, 5)]
    ratio, is_colourful = legibility(ink, (ground,)), max(channels) - min(channels) >= 48
    if ratio < 1.15:
        return "b-ground"
    if is_text:
        return "b-accent" if is_colourful else "b-text" if ratio >= 7 else "b-quiet"
    return "b-rule" if ratio < 2 else "b-accent" if is_colourful else "b-text" if ratio >= 7 else "b-quiet"


def brand_inks(brand: Brand) -> dict[str, str]:
    """Returns the colours: of the theme, of content, of each layout's title and text."""
    inks: dict[str, str] = {}
    content = brand.pages["title"]
    names = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    for slot in (*names, *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink"):
        inks[f"b-{names.get(slot, slot)}"] = brand.colours.get(slot, brand.colours["tx1"])
    grounds = content.safe.grounds
    if brand.needs_plate(content.safe):
        grounds = (brand.colours["bg1"],)
    text = legible(content.safe.ink, brand.inks(), grounds)
    accents = [ink for ink in brand.accents if legibility(ink, grounds) >= LEAST_CONTRAST]
    if not accents:
        shades = (mixed(brand.accents[0], text, n / 8) for n in range(1, 9))
        accents = [next(ink for ink in shades if legibility(ink, grounds) >= LEAST_CONTRAST or ink == text)]
    ground = max(set(grounds), key=grounds.count)
    faint = (mixed(text, ground, share) for share in (0.4, 0.3, 0.2, 0.1))
    inks |= {
        "b-text": text, "b-accent": accents[0], "b-ground": ground,
        "b-second": accents[1] if len(accents) > 1 else mixed(accents[0], text, 0.6),
        "b-quiet": next((ink for ink in faint if legibility(ink, grounds) >= LEAST_CONTRAST), text),
        "b-rule": mixed(text, ground, 0.82), "b-tint": mixed(accents[0], ground, 0.75),
    }  # fmt: skip
    for kind, page in brand.pages.items():
        seen = page.safe.grounds or (brand.colours["bg1"],)
        inks[f"b-{kind}-ground"] = max(set(seen), key=seen.count)
        for name, zone in page.all_zones():
            under = (brand.colours["bg1"],) if brand.needs_plate(zone) else zone.grounds
            is_told = name not in ("page", "day") or zone.grounds  # a page number on what cannot be read stays as it is
            inks[f"b-{kind}-{name}"] = legible(zone.ink, brand.inks(), under) if is_told else zone.ink
    return inks


def on_paper(ink: str) -> str:
    """Returns an ink, as much darker as it must be to be read on white."""
    shades = (mixed(ink, "#000000", n / 16) for n in range(17))
    return next(shade for shade in shades if legibility(shade, ("#FFFFFF",)) >= LEAST_CONTRAST)


def mixed(one: str, other: str, share: float) -> str:
    """Returns the colour that lies a share of the way from one to the other."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
