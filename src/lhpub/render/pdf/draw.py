"""Draws a page's boxes on a ReportLab canvas, marking the content as it goes. Decides nothing: boxes have their places.

One `match` over the box types. `parent` is the structure element that the next box belongs to; None draws an artifact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from reportlab.pdfgen.canvas import Canvas

from lhpub.boxes import Box, ChartBox, GroupBox, ImageBox, LinkBox, Page, ShapeBox, TableBox, TextBox
from lhpub.ornaments import page_ground, run_rect, table_rules, text_ornaments
from lhpub.preflight.ground import grounds_of
from lhpub.preflight.printing import gradient_overprints, overprints, overprints_pictures, shape_overprints
from lhpub.render.pdf.fonts import EmbeddedFont
from lhpub.render.pdf.glyphs import number, outlines, spelled, text_object
from lhpub.render.pdf.inks import OVERPRINT, Inks
from lhpub.render.pdf.pictures import PRESS_PPI, SCREEN_PPI, Picture, backdrop, reduced
from lhpub.render.pdf.structure import Annotation, Content, Element, PdfRect
from lhpub.text.fonts import Font
from lhpub.text.model import GlyphRun, Ink, Line, Separation
from lhpub.units import Rect
from lhpub.walk import goes_on, said

_ARTIFACT = "/Artifact BMC"
_FURNITURE = "/Artifact <</Type /Pagination>> BDC"
_LEAST_BAND = 0.25
"""Points; a hairline's width."""
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_PAINT = {(True, False): "S", (False, True): "f", (True, True): "B"}
"""By stroke and fill; a star for the even-odd rule (ISO 32000-1, 8.5.3)."""
Shown = tuple[Line, GlyphRun, list[str]]
"""A run, the line it stands on and the text of each of its glyphs."""


class PageCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """A canvas without ReportLab's preamble, which puts an unembedded Helvetica on every page."""

    def _make_preamble(self) -> None:
        self._preamble = ""


@dataclass
class Pen:
    """What drawing shares between pages: canvas, fonts (empty: draw outlines), inks, how to make a picture on a ground,
    the masters' boxes, and the pictures met so far (file, what they lie on and pixels → name and picture)."""

    canvas: PageCanvas
    fonts: Mapping[Font, EmbeddedFont]
    inks: Inks
    picture: Callable[[ImageBox, Ink | None], Picture]
    masters: Mapping[str, Sequence[Box]]
    pictures: dict[tuple[bytes, Ink | None, tuple[int, int]], tuple[str, Picture]] = field(default_factory=dict)
    before: Page | None = None
    """The page drawn last, and its figures by name."""
    figures: dict[str, Element] = field(default_factory=dict)

    def write(self, operators: str) -> None:
        self.canvas.addLiteral(operators)


class PageDrawing:
    """Draws one page. `corner`: the trim's top left in the file's coordinates, y upward; `tagged`: the page's index if
    its content is to be marked."""

    def __init__(self, pen: Pen, page: Page, corner: tuple[float, float], tagged: int | None) -> None:
        self.pen = pen
        self.page = page
        self.left, self.top = corner
        self.index = tagged
        self.mcid = 0
        self.finishes: list[tuple[Rect, Separation]] = []
        self.section = Element("Sect")

    def draw(self, section: Element) -> None:
        """Draws ground, master and boxes; the page's elements go under `section`."""
        self.section = section
        ground = page_ground(self.page)
        if ground and ground.fill and not (self.pen.inks.for_press and ground.fill.is_unprinted):
            with self._marked(None):
                self._shape(ground)
        self._boxes(self.pen.masters.get(self.page.master, ()), None)
        self._boxes(self.page.boxes, section)
        self.pen.before = self.page

    @contextmanager
    def _marked(self, element: Element | None, artifact: str = _ARTIFACT) -> Iterator[None]:
        """Brackets content as the element's, or as an artifact (ISO 32000-1, 14.6; PDF/UA-1, 7.1)."""
        if self.index is None:
            yield
            return
        if element is None:
            self.pen.write(artifact)
        else:
            element.kids.append(Content(self.index, self.mcid))
            self.pen.write(f"/{element.tag} <</MCID {self.mcid}>> BDC")
            self.mcid += 1
        yield
        self.pen.write("EMC")

    def _link(self, element: Element | None, rect: Rect, target: str, text: str) -> None:
        if element and self.index is not None:
            element.kids.append(Annotation(self.index, self._rect(rect), target, text))

    def _rect(self, rect: Rect) -> PdfRect:
        return (self.left + rect.x, self.top - rect.bottom, self.left + rect.right, self.top - rect.y)

    def _boxes(self, boxes: Sequence[Box], parent: Element | None) -> None:
        for are_shapes, run in groupby(boxes, key=lambda box: isinstance(box, ShapeBox)):
            if are_shapes:
                with self._marked(parent if parent and parent.tag == "Figure" else None):
                    for box in run:
                        self._box(box, parent)
            else:
                for box in run:
                    self._box(box, parent)

    def _box(self, box: Box, parent: Element | None) -> None:
        match box:
            case TextBox():
                self._text(box, parent)
            case ShapeBox():
                self._shape(box)
            case ImageBox():
                self._image(box, self._figure(parent, box))
            case TableBox():
                self._table(box, parent)
            case GroupBox() if box.scale != 1:
                self._slide(box, self._figure(parent, box))
            case ChartBox() | GroupBox():
                self._boxes(box.boxes, parent if box.alt is None else self._figure(parent, box))
            case LinkBox():
                link = (parent or self.section).add("Link", alt=box.text)
                self._link(link, box.rect, box.target, box.text)
            case _:
                assert_never(box)

    def _slide(self, box: GroupBox, figure: Element | None) -> None:
        """Draws a slide's boxes in little, as one figure, without their links."""
        left, bottom, right, top = self._rect(box.rect)
        with self._marked(figure):
            area = " ".join(map(number, (left, bottom, right - left, top - bottom)))
            self.pen.write(f"q {area} re W n {box.scale:.6f} 0 0 {box.scale:.6f} {number(left)} {number(top)} cm")
            PageDrawing(self.pen, self.page, (0.0, 0.0), None)._boxes(box.boxes, None)
            self.pen.write("Q")

    def _figure(self, parent: Element | None, box: ImageBox | ChartBox | GroupBox) -> Element | None:
        """Returns the structure element of a figure, one for both pages that it lies on; None for decoration."""
        if parent is None or not box.alt:
            return None
        if goes_on(box, self.page, self.pen.before):
            if figure := self.pen.figures.get(box.name):  # else its first half was a list, which has said it all
                figure.box = None  # ISO 32000-1, 14.8.5.4.3: only what stands on a single page has one
            return figure
        self.pen.figures[box.name] = figure = parent.add("Figure", alt=box.alt)
        rect, size = box.rect, self.page.size
        left, top = max(rect.x, 0), max(rect.y, 0)
        width, height = min(rect.right, size.width) - left, min(rect.bottom, size.height) - top
        figure.box = self._rect(Rect(left, top, width, height))
        return figure

    def _table(self, box: TableBox, parent: Element | None) -> None:
        table = (parent or self.section).add("Table", alt=box.alt)
        for cells in box.cells:
            line = table.add("TR")
            for cell in cells:
                element = line.add("TH" if cell.header else "TD")
                element.scope = ("Column" if all(c.header for c in cells) else "Row") if cell.header else ""
                self._text(cell.text, parent, element)
        if rules := table_rules(box):
            with self._marked(None):
                self._shape(rules)

    def _text(self, box: TextBox, parent: Element | None, cell: Element | None = None) -> None:
        element, spoken = cell, said(box, cell is not None)
        if cell:
            cell.actual = next(spoken, "")
        for lines in paragraphs(box.lines):
            if any(run.glyphs for line in lines for run in line.runs):
                # A heading or a cell is one element however many paragraphs it has; other texts have one each.
                if element is None or not (cell or box.tag in ("H1", "H2", "H3")):
                    element = self._text_element(box, parent)
                    if element and element.tag != "Figure":
                        element.actual = next(spoken, "")
                self._paragraph(box, lines, element)
        if ornaments := text_ornaments(box):
            with self._marked(None):
                for shape in ornaments:
                    self._shape(shape)

    def _text_element(self, box: TextBox, parent: Element | None) -> Element | None:
        if box.tag == "Artifact" or parent is None:
            # PDF/UA-1, 7.18.1: a link may not hide in an artifact.
            return self.section.add("P") if box.link else None
        match box.tag:
            case _ if parent.tag == "Figure":
                return parent
            case "TOCI":
                # Number, title and page of one contents line are boxes with one link: one item, with what stands by it.
                contents = parent.last("TOC")
                row = contents.tail if contents.tail and contents.tail.key[:1] == "#" and not box.link else None
                return (row or contents.last("TOCI", box.link or box.name)).last("Reference")
            case "LBody":
                # So are the number, date and words of a timeline's entry: they share the first part of their names.
                return parent.last("L").last("LI", box.name.rpartition("/")[0]).last("LBody")
            case "Span":
                return parent.tail if parent.tail and parent.tail.tag == "P" else parent.add("P")
            case _:
                return parent.add(box.tag)

    def _paragraph(self, box: TextBox, lines: Sequence[Line], element: Element | None) -> None:
        runs = [(line, run, texts) for line in lines for run, texts in zip(line.runs, spelled(line), strict=True)]
        for target, piece in groupby(runs, key=lambda item: item[1].link or box.link):
            shown = list(piece)
            owner = element.last("Link", target) if element and target else element
            with self._marked(owner, _FURNITURE if box.tag == "Artifact" else _ARTIFACT):
                for line, run, texts in shown:
                    self._run(box, line, run, texts)
            if target:
                text = "".join("".join(texts) for _, _, texts in shown)
                for rect in [box.rect] if box.link and len(box.paragraphs) == 1 else line_rects(box, shown):
                    self._link(owner, rect, target, text)

    def _run(self, box: TextBox, line: Line, run: GlyphRun, texts: list[str]) -> None:
        if not run.glyphs:
            return
        origin = (self.left + box.origin[0] + line.x, self.top - box.origin[1] - line.baseline)
        embedded = self.pen.fonts.get(run.font)
        shown = text_object(run, texts, origin, embedded) if embedded else outlines(run, origin)
        is_over = self.pen.inks.for_press and overprints(run.ink)
        clear = self._clear(run.ink, run_rect(box, line, run, run)) if is_over else ()
        coloured = f"{self.pen.inks.colour(run.ink, clear=clear)} {shown}"
        self.pen.write(f"q {OVERPRINT} gs {coloured} Q" if is_over else coloured)

    def _clear(self, ink: Ink, area: Rect) -> tuple[Separation, ...]:
        """Returns the finishes drawn before that an ink which overprints leaves free beneath it, for a foil would hide it; none
        where the layout says that it overprints."""
        there = (plate for finish, plate in self.finishes if finish.overlaps(area))
        return () if ink.is_technical or ink.overprint else tuple(dict.fromkeys(there))

    def _shape(self, shape: ShapeBox) -> None:
        canvas, inks = self.pen.canvas, self.pen.inks
        if not shape.path or not (shape.fill or shape.stroke) or inks.leaves_out(shape.fill or shape.stroke):
            return
        parts: list[str] = []
        for kind, values in shape.path:
            parts += (number(self.top - v if place % 2 else self.left + v) for place, v in enumerate(values))
            parts.append(_OPERATORS[kind])
        outline = " ".join(parts)
        is_over = shape_overprints(shape) and self._overprints(shape)
        around = Rect(shape.rect.x - 0.1, shape.rect.y - 0.1, shape.rect.width + 0.2, shape.rect.height + 0.2)
        if shape.gradient:
            self._gradient(shape, outline)
        elif shape.fill:
            self.pen.write(inks.colour(shape.fill, clear=self._clear(shape.fill, around) if is_over else ()))
        if shape.fill and shape.fill.is_technical:
            self.finishes += ((shape.rect, plate) for plate, _ in shape.fill.plates)
        if shape.stroke:
            clear = self._clear(shape.stroke, around) if is_over else ()
            self.pen.write(inks.colour(shape.stroke, stroke=True, clear=clear))
            canvas.setLineWidth(shape.stroke_width)
            canvas.setDash(list(shape.dash))
        stroke, fill = bool(shape.stroke), bool(shape.fill and not shape.gradient)
        if not (stroke or fill):
            return
        painted = f"{outline} {_PAINT[stroke, fill]}{'*' * (fill and shape.even_odd)}"
        self.pen.write(f"q {OVERPRINT} gs {painted} Q" if is_over else painted)

    def _overprints(self, shape: ShapeBox) -> bool:
        """True if a shape is printed over what is beneath: a broad one not over a picture."""
        if not self.pen.inks.for_press:
            return False
        boxes = (*self.pen.masters.get(self.page.master, ()), *self.page.boxes)
        return overprints_pictures(shape) or grounds_of(shape, boxes, self.page.ground) is not None

    def _gradient(self, shape: ShapeBox, outline: str) -> None:
        """Draws a gradient as plain bands within the shape: they print alike everywhere, in any ink."""
        assert shape.gradient is not None
        is_over = gradient_overprints(shape) and self._overprints(shape)
        self.pen.write(f"q {outline} W* n{f' {OVERPRINT} gs' * is_over}")
        for rect, ink in shape.gradient.bands(shape.rect):
            if min(rect.width, rect.height) < _LEAST_BAND:
                continue  # no plate holds it, and the band before reaches as far
            area = (self.left + rect.x, self.top - rect.bottom, rect.width, rect.height)
            self.pen.write(f"{self.pen.inks.colour(ink)} {' '.join(map(number, area))} re f")
        self.pen.write("Q")

    def _image(self, box: ImageBox, figure: Element | None) -> None:
        boxes = (*self.pen.masters.get(self.page.master, ()), *self.page.boxes)
        under = backdrop(boxes, box, self.page.ground)[0] if self.pen.inks.for_press else None
        key = (box.data, under, reduced(box, PRESS_PPI if self.pen.inks.for_press else SCREEN_PPI))
        if key not in self.pen.pictures:
            self.pen.pictures[key] = (f"/Picture{len(self.pen.pictures)}", self.pen.picture(box, under))
        left, top, right, bottom = box.crop
        width, height = box.rect.width / (right - left), box.rect.height / (bottom - top)
        x, y = self.left + box.rect.x - left * width, self.top - box.rect.y + top * height - height
        frame = (self.left + box.rect.x, self.top - box.rect.bottom, box.rect.width, box.rect.height)
        with self._marked(figure):
            self.pen.write(f"q {' '.join(map(number, frame))} re W n")
            self.pen.write(f"{number(width)} 0 0 {number(height)} {number(x)} {number(y)} cm")
            self.pen.write(f"{self.pen.pictures[key][0]} Do Q")


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Returns the lines in paragraphs."""
    found: list[list[Line]] = [[]]
    for line in lines:
        found[-1].append(line)
        if line.last:
            found.append([])
    return [group for group in found if group]


def line_rects(box: TextBox, shown: Sequence[Shown]) -> list[Rect]:
    """Returns a rectangle for each line that a piece of text stands on."""
    lines = [[(line, run) for line, run, _ in items] for _, items in groupby(shown, key=lambda item: id(item[0]))]
    return [run_rect(box, items[0][0], items[0][1], items[-1][1]) for items in lines]
