"""What a brand's template gives a deck: the places, type and colours of its layouts. The renderer reads it from the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lhpub.layout.check import LEAST_CONTRAST, contrast
from lhpub.text.model import Align
from lhpub.units import Rect, Size

KINDS = ("cover", "section", "content", "title", "picture", "closing")
"""Layouts of a template that slides are made on: cover, divider, title and content, title only, picture, last slide."""
_CROWD = 10
"""A tenth of a ground may fall short: a thin line, a corner of a drawing."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Room for a text: `rect` without the insets, in points; type size, colour (`#RRGGBB`), alignment and anchor that the
    template gives it; `grounds`: colours sampled under it, () where that cannot be told."""

    rect: Rect
    size: float = 20.0
    ink: str = "#000000"
    align: Align = "left"
    hang: str = "top"
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrandPage:
    """A layout of the template. `zones`: its placeholders title, body, picture, page; `safe`: room for anything else, clear
    of title, footers and drawing."""

    layout: str
    zones: Mapping[str, Zone]
    safe: Zone

    def all_zones(self) -> tuple[tuple[str, Zone], ...]:
        """Returns the zones, the room for content last."""
        return (*self.zones.items(), ("safe", self.safe))


@dataclass(frozen=True, slots=True)
class Brand:
    """A template as read. `wanted`: names of layouts by kind of slide; `colours`: `#RRGGBB` of tx1 bg1 tx2 bg2 accent1–6 hlink
    folHlink as its slides see them; `accents`: its colours by how much it uses them; `fonts`: latin and East Asian face of
    major and minor, "" where there is none."""

    file: str
    data: bytes
    wanted: Mapping[str, str]
    size: Size
    colours: Mapping[str, str]
    accents: tuple[str, ...]
    fonts: Mapping[str, tuple[str, str]]
    pages: Mapping[str, BrandPage]

    @property
    def scale(self) -> float:
        """Points of this template for a point of a slide 720 or 960 wide and 540 high: slides of any size look the same."""
        return min(self.size.width / 720, self.size.height / 540)

    def inks(self) -> tuple[str, ...]:
        """Returns the colours that text may take where the template's own cannot be read."""
        mapped = (self.colours.get(slot) for slot in ("tx1", "bg1", "tx2", "bg2"))
        return (*(ink for ink in mapped if ink), "#000000", "#FFFFFF")

    def needs_plate(self, zone: Zone) -> bool:
        """True if no ink can be read on the ground, or nothing is known of it."""
        return max(legibility(ink, zone.grounds) for ink in (zone.ink, *self.inks())) < LEAST_CONTRAST

    def is_changed(self, zone: Zone) -> bool:
        """True if a text there takes another colour than the template gives it."""
        return not self.needs_plate(zone) and legibility(zone.ink, zone.grounds) < LEAST_CONTRAST


def legibility(ink: str, grounds: Iterable[str]) -> float:
    """Returns the contrast of an ink that nine tenths of its ground reach; 0 if the ground is not known."""
    ratios = sorted(contrast(ink, ground) for ground in grounds)
    return ratios[len(ratios) // _CROWD] if ratios else 0.0


def legible(wanted: str, others: Iterable[str], grounds: tuple[str, ...], least: float = LEAST_CONTRAST) -> str:
    """Returns the ink that is wanted if it can be read, else the first of the others that can, else the best of all."""
    inks = (wanted, *others)
    return next(
        (ink for ink in inks if legibility(ink, grounds) >= least), max(inks, key=lambda i: legibility(i, grounds))
    )


def base_of(master: str) -> str:
    """Returns the kind of layout that a slide master stands on."""
    return {"keyword-text": "content", "keyword-photo": "picture", "divider": "section"}.get(
        master, master if master in KINDS else "title"
    )
