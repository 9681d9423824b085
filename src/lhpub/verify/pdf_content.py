"""What a PDF page paints, read back from its operators: colours, sizes, places, tags and text.

`read_page` → `Mark`s in painting order. Only what the checks ask for is followed: where a glyph stands is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot
from typing import Any

from pikepdf import Array, Matrix, Name, Object, Page, Rectangle, String, parse_content_stream

Bounds = tuple[float, float, float, float]
"""llx lly urx ury in the page's points."""
_PAINTING = {"S": (0, 1), "s": (0, 1), "f": (1, 0), "F": (1, 0), "f*": (1, 0), "B": (1, 1), "B*": (1, 1), "b": (1, 1)}
_PAINTING |= {"b*": (1, 1), "n": (0, 0)}
_DEEPEST = 9
"""Forms within forms; more are a loop."""
_PATH = frozenset(("m", "l", "c", "v", "y", "re", "h"))
_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_LEAST = 0.02
"""A line of width 0 is drawn as thin as the device can (8.4.3.2); to have a place it gets this, in points."""
_BFCHAR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BFRANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)


_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour space by its family, its parts from 0 to 1, and a separation's name, or those of DeviceN."""

    space: str = "DeviceGray"
    parts: tuple[float, ...] = (0.0,)
    name: str = ""

    @property
    def process(self) -> tuple[float, float, float, float] | None:
        """Cyan, magenta, yellow, black; None if it is not made of process inks."""
        if self.space == "DeviceGray":
            return (0.0, 0.0, 0.0, 1 - self.parts[0])
        if self.space == "DeviceN":  # with plates that stay empty beneath process inks
            tints = {plate: part for plate, part in zip(self.name.split("\n"), self.parts, strict=False) if part}
            c, m, y, k = (tints.pop(plate, 0.0) for plate in _PROCESS)
            return None if tints else (c, m, y, k)
        cyan, magenta, yellow, black = (
            self.parts if self.space == "DeviceCMYK" and len(self.parts) == 4 else (-1.0,) * 4
        )
        return None if cyan < 0 else (cyan, magenta, yellow, black)

    @property
    def ink(self) -> float:
        """Ink on paper in per cent."""
        return 100 * (sum(self.process or self.parts) * (4 if self.name == "All" else 1))


@dataclass(frozen=True, slots=True)
class Mark:
    """One painting. `tag`: the structure type or Artifact that encloses it, '' if nothing does; `width`: of a stroke;
    `size`: of text; `unclipped`: its bounds before clipping."""

    kind: str
    bounds: Bounds
    colour: Colour
    tag: str
    mcid: int | None
    overprint: bool = False
    mode: int = 0
    """Of overprinting: with 1, parts of 0 leave the plates beneath as they are (ISO 32000-1, 8.6.7)."""
    solid: bool = True
    """It covers its bounds: not a ring, nor a slanted shape."""
    width: float = 0.0
    size: float = 0.0
    text: str = ""
    codes: tuple[int, ...] = ()
    resource: Any = None
    """The font of text, the image of a picture."""
    origin: tuple[float, float] | None = None
    """Where text begins; None where it goes on from what was shown before, for widths are not followed."""


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix
    clip: Bounds
    fill: Colour = Colour()
    stroke: Colour = Colour()
    width: float = 1.0
    overprints: tuple[bool, bool] = (False, False)
    mode: int = 0
    font: Any = None
    size: float = 0.0
    hidden: bool = False
    """Text that is not painted (9.3.6)."""


@dataclass(slots=True)
class _Tag:
    name: str
    mcid: int | None
    actual: str | None


def read_page(page: Page) -> list[Mark]:
    """Returns what a page paints, forms included."""
    reader = _Reader(page.obj.get("/Resources", {}), [])
    box = Rectangle(page.mediabox)
    return list(reader.read(page, _State(Matrix(), (box.llx, box.lly, box.urx, box.ury))))


class _Reader:
    """Follows one content stream; `tags` is shared with the stream that calls a form."""

    def __init__(self, resources: Any, tags: list[_Tag], depth: int = 0) -> None:
        self.resources = resources
        self.tags = tags
        self.depth = depth
        self.points: list[tuple[float, float]] = []
        self.clips = False
        self.text_matrix = Matrix()
        self.is_placed = False

    def read(self, stream: Page | Object, state: _State) -> Iterator[Mark]:
        stack: list[_State] = []
        for instruction in parse_content_stream(stream):
            operator = str(instruction.operator)
            values: Sequence[Any] = [] if operator == "INLINE IMAGE" else list(instruction.operands)
            if operator in _PATH:
                self._extend(operator, [float(value) for value in values], state.ctm)
            elif operator == "q":
                stack.append(state)
            elif operator == "Q":
                state = stack.pop() if stack else state
            elif operator in _PAINTING:
                yield from self._paint(operator, state)
                state = self._clipped(state)
            elif operator in ("Tj", "TJ", "'", '"'):
                yield self._text(values, state)
            elif operator in ("Do", "sh", "INLINE IMAGE"):
                yield from self._object(operator, values or [instruction], state)
            else:
                self._follow(operator, values)
                state = self._changed(operator, values, state)

    def _extend(self, operator: str, values: list[float], ctm: Matrix) -> None:
        """Adds an operator's points to the path."""
        if operator == "re":
            x, y, width, height = values
            values = [x, y, x + width, y, x, y + height, x + width, y + height]
        self.points += [ctm.transform(point) for point in zip(values[::2], values[1::2], strict=True)]

    def _follow(self, operator: str, values: Sequence[Any]) -> None:
        """Keeps the tags and the text matrix, and that the path is to clip."""
        if operator in ("W", "W*"):
            self.clips = True
        elif operator in ("BMC", "BDC"):
            self.tags.append(self._tag(values))
        elif operator == "EMC" and self.tags:
            self.tags.pop()
        elif operator in ("BT", "Tm"):
            self.text_matrix = Matrix(*(float(value) for value in values)) if values else Matrix()
            self.is_placed = True

    def _tag(self, values: Sequence[Any]) -> _Tag:
        properties = values[1] if len(values) > 1 else {}
        if isinstance(properties, Name):
            properties = self.resources.Properties[str(properties)]
        mcid, actual = properties.get("/MCID"), properties.get("/ActualText")
        return _Tag(str(values[0])[1:], None if mcid is None else int(mcid), None if actual is None else str(actual))

    def _changed(self, operator: str, values: Sequence[Any], state: _State) -> _State:
        if operator == "cm":
            return replace(state, ctm=Matrix(*(float(value) for value in values)) @ state.ctm)
        if operator == "w":
            return replace(state, width=float(values[0]))
        if operator == "Tf":
            return replace(state, font=self.resources.Font[str(values[0])], size=float(values[1]))
        if operator == "Tr":
            return replace(state, hidden=int(values[0]) == 3)
        if operator == "gs":
            return _with_parameters(state, self.resources.ExtGState[str(values[0])])
        if operator.lower() in _DEVICE:
            colour = Colour(_DEVICE[operator.lower()], tuple(float(value) for value in values))
        elif operator.lower() == "cs":
            colour = self._space(values[0])
        elif operator.lower() in ("sc", "scn"):
            parts = tuple(float(value) for value in values if not str(value).startswith("/"))
            colour = replace(state.fill if operator.islower() else state.stroke, parts=parts)
        else:
            return state
        return replace(state, fill=colour) if operator.islower() else replace(state, stroke=colour)

    def _space(self, value: Any) -> Colour:
        space = self.resources.get("/ColorSpace", {}).get(str(value), value) if str(value).startswith("/") else value
        if str(space).startswith("/"):
            return Colour(str(space)[1:], (0.0, 0.0, 0.0, 1.0) if str(space) == "/DeviceCMYK" else (0.0,))
        family = str(space[0])[1:]
        alternate = self._space(space[2]).space if family in ("Separation", "DeviceN") else ""
        name = str(space[1])[1:] if family == "Separation" else ""
        name = "\n".join(str(plate)[1:] for plate in space[1]) if family == "DeviceN" else name
        return Colour(alternate if "RGB" in alternate else family, (1.0,), name)

    def _mark(self, kind: str, bounds: Bounds, colour: Colour, **more: Any) -> Mark:
        owners = [tag for tag in self.tags if tag.mcid is not None or tag.name == "Artifact"]
        name = owners[0].name if len(owners) == 1 else ""  # ISO 14289-1, 7.1: neither within the other
        return Mark(kind, bounds, colour, name, owners[-1].mcid if owners else None, **more)

    def _paint(self, operator: str, state: _State) -> Iterator[Mark]:
        fills, strokes = _PAINTING[operator]
        if self.points and fills:
            whole = around(self.points)
            solid = all(x in whole[::2] and y in whole[1::2] for x, y in self.points)
            more: dict[str, Any] = {"overprint": state.overprints[0], "mode": state.mode, "solid": solid}
            yield self._mark("fill", overlap(whole, state.clip), state.fill, **more)
        if self.points and strokes:
            width = state.width * min(_scales(state.ctm))
            bounds = overlap(around(self.points, max(width, _LEAST) / 2), state.clip)
            more = {"overprint": state.overprints[1], "mode": state.mode, "width": width}
            yield self._mark("stroke", bounds, state.stroke, **more)

    def _clipped(self, state: _State) -> _State:
        clip = overlap(around(self.points), state.clip) if self.clips and self.points else state.clip
        self.points, self.clips = [], False
        return replace(state, clip=clip)

    def _text(self, values: Sequence[Any], state: _State) -> Mark:
        pieces = list(values[-1]) if isinstance(values[-1], Array) else [values[-1]]
        data = b"".join(bytes(piece) for piece in pieces if isinstance(piece, String))
        wide = str(state.font.get("/Subtype")) == "/Type0"
        codes = tuple(int.from_bytes(data[at : at + 1 + wide], "big") for at in range(0, len(data), 1 + wide))
        unicode = to_unicode(state.font)
        text = "".join(unicode.get(code, "\ufffd") for code in codes)
        spoken = next((tag for tag in reversed(self.tags) if tag.actual is not None), None)
        if spoken:
            text, spoken.actual = spoken.actual or "", ""
        matrix = self.text_matrix @ state.ctm
        size = 0.0 if state.hidden else state.size * _scales(matrix)[1]
        origin, self.is_placed = (matrix.e, matrix.f) if self.is_placed else None, False
        said = {"size": size, "text": text, "codes": codes, "resource": state.font, "origin": origin}
        return self._mark("text", state.clip, state.fill, overprint=state.overprints[0], mode=state.mode, **said)

    def _object(self, operator: str, values: Sequence[Any], state: _State) -> Iterator[Mark]:
        if operator == "sh":
            shading = self.resources.Shading[str(values[0])]
            space = self._space(shading.ColorSpace)
            colours = [replace(space, parts=parts) for parts in _stops(shading.get("/Function", Array()))]
            yield self._mark("shading", state.clip, max(colours, key=lambda colour: colour.ink, default=space))
            return
        found = values[0].iimage.obj if operator == "INLINE IMAGE" else self.resources.XObject[str(values[0])]
        if found.get("/Subtype") == "/Form":
            matrix = Matrix(*(float(value) for value in found.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ state.ctm
            if self.depth > _DEEPEST:
                raise ValueError(f"{values[0]}: form within form within form")
            inner = _Reader(found.get("/Resources", self.resources), self.tags, self.depth + 1)
            yield from inner.read(found, replace(state, ctm=matrix))
            return
        corners = [state.ctm.transform(corner) for corner in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))]
        space = self._space(found.get("/ColorSpace", found.get("/CS", "/DeviceGray")))
        whole = around(corners)
        more = {"width": whole[2] - whole[0], "size": whole[3] - whole[1], "resource": found}
        yield self._mark("image", overlap(whole, state.clip), space, **more)


def to_unicode(font: Any) -> dict[int, str]:
    """Returns code → text of a font's ToUnicode map."""
    return _read_cmap(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}


@lru_cache(maxsize=64)
def _read_cmap(data: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data.decode("latin-1")):
        if kind == "char":
            found |= {int(code, 16): _utf16(text) for code, text in _BFCHAR.findall(body)}
            continue
        for first, last, text in _BFRANGE.findall(body):
            start = _utf16(text)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")


def _with_parameters(state: _State, entries: Any) -> _State:
    """Returns the state after a gs operator (ISO 32000-1, table 58)."""
    fill, stroke = state.overprints
    stroke, fill = bool(entries.get("/OP", stroke)), bool(entries.get("/op", entries.get("/OP", fill)))
    font, size = entries.get("/Font", (state.font, state.size))
    mode, width = int(entries.get("/OPM", state.mode)), float(entries.get("/LW", state.width))
    return replace(state, overprints=(fill, stroke), mode=mode, width=width, font=font, size=float(size))


def _stops(function: Any) -> Iterator[tuple[float, ...]]:
    """Yields the end colours of a shading's functions (ISO 32000-1, 7.10.3 and 7.10.4); sampled ones are not followed."""
    for part in function if isinstance(function, Array) else [function]:
        yield from (tuple(float(value) for value in part[key]) for key in ("/C0", "/C1") if key in part)
        yield from _stops(part.get("/Functions", Array()))


def _scales(matrix: Matrix) -> tuple[float, float]:
    """Returns how much a matrix enlarges along its two axes."""
    return hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)


def around(points: Sequence[tuple[float, float]], margin: float = 0.0) -> Bounds:
    """Returns the smallest bounds of points, enlarged by a margin."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def overlap(one: Bounds, other: Bounds) -> Bounds:
    """Returns what two bounds share, without extent if it is nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return (left, bottom, max(left, min(one[2], other[2])), max(bottom, min(one[3], other[3])))
