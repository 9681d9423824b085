"""Inks as colour operators: sRGB for the screen; process, spot and overprint for the press."""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf

from lhpub.render.pdf.glyphs import number
from lhpub.text.model import Ink, Separation

OVERPRINT = "/Overprint"
"""The graphics state in which black overprints (ISO 32000-1, 8.6.7, OPM 1)."""
Process = tuple[float, float, float, float]
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
Space = tuple[str, ...]
"""The plates of a colour space, in order; those of one separation alone, or process plates with others (DeviceN)."""


@dataclass
class Inks:
    """How a file says its colours: sRGB by the output intent, or for the press CMYK as the layout decided it, or the ink's
    plates. `separations`, `spaces`: as met while drawing."""

    for_press: bool
    separations: dict[str, Separation] = field(default_factory=dict)
    spaces: list[Space] = field(default_factory=list)

    def colour(self, ink: Ink, *, stroke: bool = False, clear: tuple[Separation, ...] = ()) -> str:
        """Returns the operators that choose the ink. `clear`: plates that stay empty beneath it though it overprints: named
        with a tint of 0, they are painted so (ISO 32000-1, 8.6.7)."""
        if not self.for_press:
            parts = [int(ink.rgb[place : place + 2], 16) / 255 for place in (1, 3, 5)]
            return " ".join(map(number, parts)) + (" RG" if stroke else " rg")
        if not (ink.plates or clear):
            return " ".join(map(number, cmyk(ink))) + (" K" if stroke else " k")
        name, parts = self.space(ink, clear)
        return f"{name} {'CS' if stroke else 'cs'} {' '.join(map(number, parts))} {'SCN' if stroke else 'scn'}"

    def space(self, ink: Ink, clear: tuple[Separation, ...] = ()) -> tuple[str, list[float]]:
        """Returns the resource name of an ink's colour space and its tints in it, from 0 to 1."""
        process = [(plate, part) for plate, part in zip(_PROCESS, ink.build, strict=True) if part]
        plates = dict.fromkeys(clear, 0.0) | dict(ink.plates)
        tints = {**dict(process), **{plate.name: tint for plate, tint in plates.items()}}
        self.separations |= {plate.name: plate for plate in plates}
        if (space := tuple(tints)) not in self.spaces:
            self.spaces.append(space)
        return f"/Plates{self.spaces.index(space)}", [tint / 100 for tint in tints.values()]

    def leaves_out(self, ink: Ink | None) -> bool:
        """True if this file does not show the ink: finishes are for the press."""
        return ink is not None and ink.is_technical and not self.for_press

    def resources(self, pdf: Pdf) -> Dictionary:
        """Returns the colour spaces met (ISO 32000-1, 8.6.6.4 and 8.6.6.5), each with its way into process inks."""
        return Dictionary({f"/Plates{place}": self._space(pdf, space) for place, space in enumerate(self.spaces)})

    def image_space(self, pdf: Pdf, plates: tuple[Separation, ...]) -> Object:
        """Returns the colour space of a picture whose samples are the four process inks and then these plates."""
        self.separations |= {plate.name: plate for plate in plates}
        return self._space(pdf, (*_PROCESS, *(plate.name for plate in plates)))

    def _space(self, pdf: Pdf, space: Space) -> Object:
        names = [Name("/" + plate) for plate in space]
        if len(space) == 1 and space[0] in self.separations:
            build = [part / 100 for part in self.separations[space[0]].cmyk]
            tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array(build), N=1)
            return Array([Name.Separation, names[0], Name.DeviceCMYK, pdf.make_indirect(tint)])
        return Array([Name.DeviceN, Array(names), Name.DeviceCMYK, self._mixing(pdf, space)])

    def _mixing(self, pdf: Pdf, space: Space) -> Object:
        """Returns a PostScript function (7.10.5) that adds up what the plates come to in each process ink."""
        builds = [
            [100.0 * (plate == name) for name in _PROCESS] if plate in _PROCESS else list(self.separations[plate].cmyk)
            for plate in space
        ]
        sums = []
        for ink in range(4):
            depth = len(space) + ink  # the plates' tints lie under the sums made so far
            places = [depth - 1 - place + (place > 0) for place in range(len(space))]
            terms = [f"{place} index {number(build[ink] / 100)} mul" for place, build in zip(places, builds, strict=True)]
            sums.append(" ".join([terms[0], *(f"{term} add" for term in terms[1:])]) + " dup 1 gt {pop 1} if")
        drop = f"{4 + len(space)} 4 roll " + "pop " * len(space)
        function = pdf.make_stream(f"{{{' '.join(sums)} {drop}}}".encode())
        function.FunctionType, function.Domain, function.Range = 4, Array([0, 1] * len(space)), Array([0, 1] * 4)
        return function


def cmyk(ink: Ink) -> Process:
    """Returns the process build from 0 to 1; `check_press` has made sure that the ink has one."""
    cyan, magenta, yellow, black = ink.cmyk or (0.0, 0.0, 0.0, 0.0)
    return (cyan / 100, magenta / 100, yellow / 100, black / 100)
