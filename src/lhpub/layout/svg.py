"""SVG art of a layout: plain outlines with fill and stroke in inks of the palette; nothing that could reach out of the file."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder

from lhpub.diagnostics import Bilingual, Rejected, Span
from lhpub.layout.names import ArtName
from lhpub.source.report import Report
from lhpub.text.model import Ink
from lhpub.world import World

LIMIT = 2_000_000
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
GROUPS = ("svg", "g")
IGNORED = ("title", "desc", "metadata")
Outline = tuple[tuple[str, tuple[float, ...]], ...]
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class ArtShape:
    """An outline (M, L, C, Z) in the drawing's units."""

    outline: Outline
    fill: Ink | None
    stroke: Ink | None
    width: float
    even_odd: bool


@dataclass(frozen=True, slots=True)
class Art:
    """A drawing: its size and shapes, from its top left."""

    size: tuple[float, float]
    shapes: tuple[ArtShape, ...]


def read_art(world: World, name: ArtName, inks: Mapping[str, Ink], report: Report) -> Art | None:
    """Returns an SVG file of the layout's folder; reports what cannot be drawn."""
    problem = _Problem(name, report)
    if name != Path(name).name or not name.endswith(".svg"):
        problem.tell("只能用版式文件夹里的 .svg", "only an .svg in the layout's folder can be used")
        return None
    try:
        data = world.read(name.path, LIMIT)
    except Rejected as rejected:
        report.extend(replace(found, span=name.span) for found in rejected.diagnostics)
        return None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        problem.tell("不能有 DOCTYPE 或 ENTITY", "no DOCTYPE or ENTITY, please")
        return None
    try:
        root = ET.fromstring(data)  # entities are refused above
        return _Reader(inks, problem).read(root)
    except (ET.ParseError, ValueError, IndexError, ArithmeticError, AttributeError, AssertionError) as error:
        problem.tell(f"读不懂（{error}）", f"cannot be read ({error})")
        return None


@dataclass(frozen=True)
class _Problem:
    name: ArtName
    report: Report

    def tell(self, zh: str, en: str) -> None:
        span = self.name.span
        place = Span(span.file, span.line, span.column) if span else None
        message = Bilingual(f"{self.name}：{zh}", f"{self.name}: {en}")
        hint = Bilingual(
            "另存为“纯 SVG”：转为轮廓，去掉效果、图片、渐变与链接，颜色用 palette 里的",
            "save as plain SVG: outlines without effects, pictures, gradients or links, in the palette's colours",
        )
        self.report.error("bad-art", place, message, hint)


@dataclass
class _Reader:
    inks: Mapping[str, Ink]
    problem: _Problem

    def read(self, root: ET.Element) -> Art | None:
        box = [float(n) for n in _NUMBERS.findall(root.get("viewBox", ""))]
        if _tag(root) != "svg" or len(box) != 4 or not (0 < box[2] < 1e6 and 0 < box[3] < 1e6):
            self.problem.tell("svg 元素要有 viewBox", "its svg element needs a viewBox")
            return None
        shapes = tuple(self.walk(root, Transform().translate(-box[0], -box[1]), {}))
        return Art((box[2], box[3]), shapes)

    def walk(self, element: ET.Element, transform: Transform, inherited: Mapping[str, str]) -> Iterator[ArtShape]:
        tag = _tag(element)
        if tag in IGNORED:
            return
        bad = [k for k, v in element.attrib.items() if k.split("}")[-1] == "href" or "url(" in v or k.startswith("on")]
        if tag not in (*SHAPES, *GROUPS) or bad:
            what = f"{tag} {bad[0].split('}')[-1]}" if bad else tag
            self.problem.tell(f"不能用 {what}", f"{what} cannot be used")
            return
        style = {**inherited, **_style_of(element)}
        transform = transform.transform(_transform(element.get("transform", "")))
        if tag in GROUPS:
            for child in element:
                yield from self.walk(child, transform, style)
        elif (outline := _outline(element, transform)) and style.get("display") != "none":
            scale = math.sqrt(abs(transform[0] * transform[3] - transform[1] * transform[2]))
            width = float((_NUMBERS.findall(style.get("stroke-width", "1")) or ["1"])[0]) * scale
            fill, stroke = self.ink(style.get("fill", "#000000")), self.ink(style.get("stroke", "none"))
            yield ArtShape(outline, fill, stroke, width, style.get("fill-rule") == "evenodd")

    def ink(self, colour: str) -> Ink | None:
        """Returns the palette's ink of that sRGB value."""
        if colour in ("none", "transparent"):
            return None
        short = re.fullmatch(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", colour)
        wanted = "#" + "".join(c * 2 for c in short.groups()) if short else colour
        found = next((ink for ink in self.inks.values() if ink.rgb.lower() == wanted.lower()), None)
        if found is None:
            self.problem.tell(f"颜色 {colour} 不在 palette 里", f"the colour {colour} is not in the palette")
        return found


def _tag(element: ET.Element) -> str:
    return str(element.tag).split("}")[-1]


def _style_of(element: ET.Element) -> dict[str, str]:
    names = ("fill", "stroke", "stroke-width", "fill-rule", "display")
    style = {name: element.attrib[name].strip() for name in names if name in element.attrib}
    for declaration in element.get("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in names:
            style[name.strip()] = value.strip()
    return style


def _transform(text: str) -> Transform:
    made = Transform()
    for kind, values in _TRANSFORM.findall(text):
        numbers = [float(n) for n in _NUMBERS.findall(values)]
        if kind == "matrix":
            made = made.transform(tuple(numbers[:6]))
        elif kind == "translate":
            made = made.translate(*numbers[:2])
        elif kind == "scale":
            made = made.scale(*numbers[:2])
        else:
            x, y = numbers[1:3] or (0.0, 0.0)
            made = made.translate(x, y).rotate(math.radians(numbers[0])).translate(-x, -y)
    return made


def _outline(element: ET.Element, transform: Transform) -> Outline:
    plain = ET.Element(_tag(element), {k: v for k, v in element.attrib.items() if k != "transform"})
    builder = PathBuilder()
    builder.add_path_from_element(plain)
    recording = DecomposingRecordingPen({})
    for path in builder.paths:
        parse_path(path, TransformPen(recording, transform))
    outline: list[tuple[str, tuple[float, ...]]] = []
    last = (0.0, 0.0)
    for verb, points in recording.value:
        if verb in ("moveTo", "lineTo"):
            outline.append(("M" if verb == "moveTo" else "L", tuple(map(float, points[0]))))
        elif verb == "curveTo":
            outline.append(("C", tuple(float(v) for point in points for v in point)))
        elif verb == "qCurveTo":
            (qx, qy), (x, y) = points
            one = (last[0] + 2 / 3 * (qx - last[0]), last[1] + 2 / 3 * (qy - last[1]))
            two = (x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y))
            outline.append(("C", (*one, *two, float(x), float(y))))
        elif verb == "closePath":
            outline.append(("Z", ()))
        last = points[-1] if points else last
    if not all(math.isfinite(v) and abs(v) < 1e6 for _, values in outline for v in values):
        raise ValueError("numbers out of range")
    return tuple(outline)
