"""Separates a press file: what one ink prints, as a grey PDF (0 % white, 100 % black).

The file's own operators are rewritten, so that whatever the renderer wrote is what is seen: process colours, spots with
tints, black that overprints (ISO 32000-1, 8.6.7, OPM 1: a component of 0 leaves its plate alone), pictures.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf
from PIL import Image

from lhpub.render.pdf.glyphs import number

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_INVERTED = bytes(range(255, -1, -1))
_CLEAR = Name("/Clear")
"""The graphics state that paints nothing."""


def inks_of(pdf: bytes) -> tuple[str, ...]:
    """Returns the plates of a press file: the process colours, then its spots."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        named = (name for page in file.pages for space in _spaces(page).values() for name in _names(space))
        return (*PROCESS, *dict.fromkeys(name for name in named if name not in (*PROCESS, "All")))


def separate(pdf: bytes, ink: str) -> bytes:
    """Returns the file with only what an ink prints."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            _Separation(file, page, ink).write()
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()


def _spaces(page: pikepdf.Page) -> dict[str, Any]:
    return dict(page.obj.Resources.get("/ColorSpace", Dictionary()).items())


def _names(space: Any) -> tuple[str, ...]:
    """Returns the inks of a Separation or DeviceN space."""
    names = space[1] if isinstance(space[1], Array) else [space[1]]
    return tuple(str(name).removeprefix("/") for name in names)


class _Separation:
    """One page on its way to one plate. The state is what `q` saves: the tints of fill and stroke, and overprinting."""

    def __init__(self, file: Pdf, page: pikepdf.Page, ink: str) -> None:
        self.file, self.page, self.ink = file, page, ink
        self.spaces = {name: _names(space) for name, space in _spaces(page).items()}
        states = page.obj.Resources.get("/ExtGState", Dictionary())
        self.overprinting = {name for name, state in states.items() if state.get("/op") or state.get("/OP")}
        self.space: dict[str, tuple[str, ...]] = {}
        self.overprints = False
        self.stack: list[bool] = []
        self.out: list[Any] = []

    def write(self) -> None:
        """Replaces the page's content and pictures."""
        for instruction in pikepdf.parse_content_stream(self.page):
            self._instruction(list(instruction.operands), str(instruction.operator), instruction.operator)
        self.page.obj.Contents = self.file.make_stream(pikepdf.unparse_content_stream(self.out))
        resources = self.page.obj.Resources
        objects = {name: self._picture(picture) for name, picture in resources.get("/XObject", Dictionary()).items()}
        clear = Dictionary(Type=Name.ExtGState, ca=0, CA=0)
        self.page.obj.Resources = Dictionary(
            Font=resources.get("/Font", Dictionary()), XObject=Dictionary(objects), ExtGState=Dictionary({"/Clear": clear})
        )

    def _instruction(self, operands: list[Any], name: str, operator: Any) -> None:
        match name:
            case "q":
                self.stack.append(self.overprints)
            case "Q":
                self.overprints = self.stack.pop()
            case "gs":
                self.overprints |= str(operands[0]) in self.overprinting
                return
            case "cs" | "CS":
                self.space[name.lower() if name == "cs" else "CS"] = self.spaces.get(str(operands[0]), ())
                return
            case "k" | "K":
                return self._tint(dict(zip(PROCESS, map(float, operands), strict=True)), name == "K")
            case "g" | "G":
                return self._tint({"Black": 1 - float(operands[0])}, name == "G")
            case "scn" | "SCN":
                names = self.space.get("cs" if name == "scn" else "CS", ())
                return self._tint(dict(zip(names, map(float, operands), strict=False)), name == "SCN")
        self.out.append((operands, operator))

    def _tint(self, tints: dict[str, float], stroke: bool) -> None:
        """Writes how much of the plate's ink a colour holds."""
        tint = tints.get("All", tints.get(self.ink, 0.0))
        if not tint and self.overprints:
            self.out.append(([_CLEAR], Operator("gs")))
        grey = pikepdf.Object.parse(number(1 - tint).encode())
        self.out.append(([grey], Operator("G" if stroke else "g")))

    def _picture(self, picture: Any) -> Any:
        """Returns a picture's share of the plate; a form is left alone."""
        if picture.get("/Subtype") != Name.Image:
            return picture
        size, space = (int(picture.Width), int(picture.Height)), picture.ColorSpace
        if space == Name.DeviceGray and self.ink == "Black":
            return picture
        inks = PROCESS if space == Name.DeviceCMYK else _names(space) if isinstance(space, Array) else ()
        if self.ink in inks:
            is_jpeg = picture.Filter == Name.DCTDecode and inks == PROCESS
            data = Image.open(io.BytesIO(picture.read_raw_bytes())).tobytes() if is_jpeg else picture.read_bytes()
            data = data[inks.index(self.ink) :: len(inks)].translate(_INVERTED)
        else:
            data = b"\xff" * (size[0] * size[1])
        made = self.file.make_stream(zlib.compress(data))
        made.Type, made.Subtype, made.BitsPerComponent, made.ColorSpace = Name.XObject, Name.Image, 8, Name.DeviceGray
        made.Width, made.Height, made.Filter = *size, Name.FlateDecode
        return made
