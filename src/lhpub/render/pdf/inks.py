"""Inks as colour operators: sRGB for the screen; process, spot and overprint for the press."""

from __future__ import annotations

from dataclasses import dataclass, field

from lhpub.render.pdf.glyphs import number
from lhpub.text.model import Ink

BLACK_FROM = 95
"""From this K alone on, text counts as black and overprints; below it is a tint, which knocks out."""
OVERPRINT = "/Overprint"
"""The graphics state in which black text overprints (ISO 32000-1, 8.6.7, OPM 1)."""
Process = tuple[float, float, float, float]


@dataclass
class Inks:
    """How a file says its colours: sRGB by the output intent, or for the press CMYK as the layout decided it, or the
    ink's spot. `spots`: name → alternate, as met while drawing."""

    for_press: bool
    spots: dict[str, Process] = field(default_factory=dict)

    def colour(self, ink: Ink, *, stroke: bool = False) -> str:
        """Returns the operators that choose the ink."""
        if not self.for_press:
            parts = [int(ink.rgb[place : place + 2], 16) / 255 for place in (1, 3, 5)]
            return " ".join(map(number, parts)) + (" RG" if stroke else " rg")
        if ink.spot:
            self.spots.setdefault(ink.spot, cmyk(ink))
            resource = f"/Spot{list(self.spots).index(ink.spot)}"
            return f"{resource} CS 1 SCN" if stroke else f"{resource} cs 1 scn"
        return " ".join(map(number, cmyk(ink))) + (" K" if stroke else " k")

    def overprints(self, ink: Ink) -> bool:
        """True if text in this ink prints over what is beneath."""
        cyan, magenta, yellow, black = cmyk(ink)
        return self.for_press and not ink.spot and not (cyan or magenta or yellow) and black * 100 >= BLACK_FROM

    def is_unprinted(self, ink: Ink) -> bool:
        """True if it is the bare paper."""
        return self.for_press and not ink.spot and not any(cmyk(ink))


def cmyk(ink: Ink) -> Process:
    """Returns the process build from 0 to 1; `check_press` has made sure that the ink has one."""
    cyan, magenta, yellow, black = ink.cmyk or (0.0, 0.0, 0.0, 0.0)
    return (cyan / 100, magenta / 100, yellow / 100, black / 100)
