"""Boxes as the shapes of a slide or layout (p:spTree): one `match` over the closed set of box types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from pptx.opc.package import Part

from lhpub.boxes import Box, ChartBox, GroupBox, ImageBox, LinkBox, ShapeBox, Slot, TableBox, TextBox
from lhpub.render.pptx.charts.part import captions, chart_space
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import (
    NO_LINE,
    fill_of,
    freeform,
    is_line,
    is_rectangle,
    outline,
    path_bounds,
    place,
    preset,
)
from lhpub.render.pptx.package import RELATIONSHIP, Package
from lhpub.render.pptx.table import described, table
from lhpub.render.pptx.text import (
    END,
    LANGUAGE,
    Context,
    body_properties,
    hyperlink,
    is_figure,
    is_label,
    list_style,
    office_rect,
    orphan_insets,
    paragraphs,
    run_text,
    text_boxes,
)
from lhpub.render.pptx.workbook import workbook
from lhpub.render.pptx.xml import EMPTY, NAMESPACES, Attributes, Xml, el, join, text
from lhpub.text.model import Ink, TextStyle
from lhpub.units import Rect

_DECORATIVE = Xml(
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_ROOT = Xml(
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
# A shape without any text body is named among the triggers of PowerPoint's repair.
_ROOM = 0.85
"""Of its frame a figure fills less than so much, to shrink when digits are typed into it; a wider one must not break."""
_NO_TEXT = el("p:txBody", None, Xml("<a:bodyPr/><a:lstStyle/>"), el("a:p", None, END))
# Fully transparent, yet a fill: only what is filled can be clicked everywhere in a show.
_CLICKABLE = Xml('<a:solidFill><a:schemeClr val="bg1"><a:alpha val="0"/></a:schemeClr></a:solidFill>')
_NUMBER_FIELD = '<a:fld id="{B5C7A3E2-6F0D-5E1B-9A44-2D1F0C8E7A61}" type="slidenum">'
# A template's list is no list of ours: its bullets, indents and gaps are not what was measured.
_NO_BULLETS = Xml(
    '<a:lstStyle><a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="0"/>'
    "</a:spcAft><a:buNone/></a:lvl1pPr></a:lstStyle>"
)
_UNREADABLE = Ink("", "")
_NEAR = 0.5
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Where a slot's content goes: type and idx of a placeholder of the layout, and the slot it stands for."""

    kind: str
    index: int | None
    slot: Slot
    is_foreign: bool = False
    """A designer's own: place, faces and colours are the template's; sizes are written, because they are what was measured."""
    is_recoloured: bool = False
    """The template's colour cannot be read on its ground."""

    @property
    def inherited(self) -> TextStyle | None:
        style = self.slot.style
        if style and self.is_foreign:
            return replace(style, size=0, leading=0, ink=_UNREADABLE if self.is_recoloured else style.ink)
        # LibreOffice sets a footer that has no type of its own by its master page, 3 pt too high.
        return replace(style, size=0) if style and self.kind in ("ftr", "dt") else style

    def application(self, custom_prompt: bool = False) -> Xml:
        """Returns p:nvPr with the p:ph that binds a shape to the placeholder."""
        size = "quarter" if self.kind in ("dt", "ftr", "sldNum") else None
        kind = None if self.kind == "obj" else self.kind
        prompt = True if custom_prompt else None
        return el("p:nvPr", None, el("p:ph", {"type": kind, "sz": size, "idx": self.index, "hasCustomPrompt": prompt}))


@dataclass(frozen=True, slots=True)
class Deck:
    """What all slides of a file share: package, theme colours, the slide of each anchor, the date of the data."""

    package: Package
    scheme: Scheme
    anchors: Mapping[str, Part]
    date: str


class Sheet:
    """The drawing surface of one slide or layout: hands out shape ids and relationships, and draws boxes."""

    def __init__(
        self, part: Part, deck: Deck, placeholders: Mapping[str, Placeholder] | None = None, last_id: int = 1
    ) -> None:
        self._part, self.deck = part, deck
        self._free = dict(placeholders or {})
        self._last_id = last_id

    def tree(self, boxes: tuple[Box, ...], *further: Xml) -> Xml:
        """Returns the shape tree: the root group (id 1), the boxes in reading order, further shapes."""
        return el("p:spTree", None, _ROOT, *(self.draw(box) for box in boxes), *further)

    def named(self, name: str, alt: str | None = None, link: Xml = EMPTY) -> Xml:
        """Returns p:cNvPr with a fresh id. `alt`: '' marks decoration, None says nothing."""
        self._last_id += 1
        attributes: Attributes = {"id": self._last_id, "name": name or f"图形{self._last_id}", "descr": alt or None}
        return el("p:cNvPr", attributes, link, _DECORATIVE if alt == "" else EMPTY)

    def layout_placeholder(self, where: Placeholder) -> Xml:
        """Returns a layout's placeholder with its geometry, its whole text style and its prompt."""
        slot, custom = where.slot, bool(where.slot.prompt)
        locks = Xml('<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>')
        head = el("p:nvSpPr", None, self.named(slot.name), locks, where.application(custom))
        shape = el("p:spPr", None, place(office_rect(slot)), preset("rect"))
        levels = list_style(slot.style, self.deck.scheme) if slot.style else EMPTY
        run = join(el("a:rPr", LANGUAGE), el("a:t", None, text(slot.prompt or slot.name)))
        content = Xml(f"{_NUMBER_FIELD}{run}</a:fld>") if slot.kind == "sldNum" else el("a:r", None, run)
        lists = el("a:lstStyle", None, levels)
        body = el("p:txBody", None, body_properties(slot.vertical), lists, el("a:p", None, content, END))
        return el("p:sp", None, head, shape, body)

    def draw(self, box: Box, top: bool = True) -> Xml:
        """Returns a box's shape. `top`: it stands on the slide itself, where alone placeholders and alt texts count."""
        match box:
            case TextBox():
                where = self._placeholder(box, top)
                return self._filled(box, where) if where else self._free_text(box)
            case ShapeBox():
                return self._shape(box, "" if top else None)
            case ImageBox():
                return self._picture(box, self._placeholder(box, top))
            case TableBox():
                links = self._links(text_boxes((box,)))
                content = table(box, Context(self.deck.scheme, None, links))
                return self._frame(box, self._placeholder(box, top), "table", content)
            case ChartBox():
                return self._chart(box, self._placeholder(box, top))
            case LinkBox():
                return self._link(box)
            case GroupBox():
                return self._group(box.name, box.boxes, box.alt)
            case _:
                assert_never(box)

    def _placeholder(self, box: TextBox | ImageBox | TableBox | ChartBox, top: bool) -> Placeholder | None:
        """Returns the placeholder of a box's slot, once; there are none in groups."""
        return self._free.pop(box.slot, None) if top else None

    def _target(self, target: str, tooltip: str | None = None, own_colour: bool = False) -> Xml:
        """Returns the hyperlink to `#anchor` or an address."""
        if target.startswith("#"):
            relation = self._part.relate_to(self.deck.anchors[target[1:]], RELATIONSHIP + "slide")
            return hyperlink(relation, True, tooltip, own_colour)
        relation = self._part.relate_to(target, RELATIONSHIP + "hyperlink", is_external=True)
        return hyperlink(relation, False, tooltip, own_colour)

    def _links(self, boxes: object) -> dict[str, Xml]:
        runs = (run for box in boxes for source in box.paragraphs for run in source.runs)  # type: ignore[attr-defined]
        return {run.link: self._target(run.link, None, True) for run in runs if run.link}

    def _group(self, name: str, boxes: tuple[Box, ...], alt: str | None) -> Xml:
        if not boxes:
            return EMPTY
        head = el("p:nvGrpSpPr", None, self.named(name, alt), Xml("<p:cNvGrpSpPr/><p:nvPr/>"))
        frame = el("p:grpSpPr", None, place(extent(boxes), is_group=True))
        return el("p:grpSp", None, head, frame, *(self.draw(box, top=False) for box in boxes))

    def _filled(self, box: TextBox, where: Placeholder) -> Xml:
        """Returns a text in its placeholder; position and type are written only where they differ from the layout's."""
        rect, home = office_rect(box), office_rect(where.slot)
        link = self._target(box.link) if box.link else EMPTY
        head = el("p:nvSpPr", None, self.named(box.name, None, link),
                  Xml('<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'), where.application())  # fmt: skip
        geometry = EMPTY if where.is_foreign or is_near(rect, home) else place(rect)
        shape = el("p:spPr", None, geometry, _CLICKABLE if link else EMPTY)
        insets, keeps, body = orphan_insets(box), is_figure(box), el("a:bodyPr")
        if not where.is_foreign and (any(insets) or box.vertical != where.slot.vertical or keeps):
            shrinks = keeps and box.lines[0].width < _ROOM * rect.width
            body = body_properties(box.vertical, insets, shrinks or not keeps, shrinks=shrinks)
        content = paragraphs(box, Context(self.deck.scheme, where.inherited, self._links((box,))))
        if where.kind == "sldNum" and "".join(map(run_text, box.paragraphs[0].runs)).isdecimal():
            # As a field the number stays right when a presenter moves slides.
            content = Xml(content.replace("<a:r>", _NUMBER_FIELD, 1).replace("</a:r>", "</a:fld>", 1))
        lists = _NO_BULLETS if where.is_foreign and where.kind in ("body", "obj") else Xml("<a:lstStyle/>")
        return el("p:sp", None, head, shape, el("p:txBody", None, body, lists, content))

    def _free_text(self, box: TextBox) -> Xml:
        style = box.paragraphs[0].style if box.paragraphs else None
        link = self._target(box.link) if box.link else EMPTY
        head = el("p:nvSpPr", None, self.named(box.name, None, link), Xml('<p:cNvSpPr txBox="1"/><p:nvPr/>'))
        fill = _CLICKABLE if link else Xml("<a:noFill/>")
        shape = el("p:spPr", None, place(office_rect(box)), preset("rect"), fill)
        lists = el("a:lstStyle", None, list_style(style, self.deck.scheme) if style else EMPTY)
        content = paragraphs(box, Context(self.deck.scheme, style, self._links((box,))))
        # A label was set as wide as it is; another program's faces must not break it.
        body = body_properties(box.vertical, orphan_insets(box), not is_label(box))
        return el("p:sp", None, head, shape, el("p:txBody", None, body, lists, content))

    def _shape(self, box: ShapeBox, alt: str | None) -> Xml:
        line, rect = outline(box, self.deck.scheme), path_bounds(box)
        if is_line(box):
            (x1, y1), (x2, y2) = (values for _, values in box.path)
            geometry = place(rect, flip=(x2 - x1) * (y2 - y1) < 0)
            head = el("p:nvCxnSpPr", None, self.named(box.name, alt), Xml("<p:cNvCxnSpPr/><p:nvPr/>"))
            return el("p:cxnSp", None, head, el("p:spPr", None, geometry, preset("line"), line))
        head = el("p:nvSpPr", None, self.named(box.name, alt), Xml("<p:cNvSpPr/><p:nvPr/>"))
        outer = preset("rect") if is_rectangle(box) else freeform(box, rect)
        fill = fill_of(box, self.deck.scheme)
        return el("p:sp", None, head, el("p:spPr", None, place(rect), outer, fill, line), _NO_TEXT)

    def _picture(self, box: ImageBox, where: Placeholder | None) -> Xml:
        relation = self._part.relate_to(self.deck.package.image(box.data, box.media_type), RELATIONSHIP + "image")
        locks = el("a:picLocks", {"noGrp": True if where else None, "noChangeAspect": True})
        application = where.application() if where else el("p:nvPr")
        head = el("p:nvPicPr", None, self.named(box.name, box.alt), el("p:cNvPicPr", None, locks), application)
        left, top, right, bottom = (round(edge * 100_000) for edge in box.crop)
        crop: Attributes = {"l": left, "t": top, "r": 100_000 - right, "b": 100_000 - bottom}
        stretch = Xml("<a:stretch><a:fillRect/></a:stretch>")
        fill = el("p:blipFill", None, el("a:blip", {"r:embed": relation}), el("a:srcRect", crop), stretch)
        return el("p:pic", None, head, fill, el("p:spPr", None, place(box.rect), preset("rect")))

    def _chart(self, box: ChartBox, where: Placeholder | None) -> Xml:
        """Returns the native chart and what stands beside its plot; of a kind without a sheet, its drawing."""
        if box.chart.sheet is None:
            return self._group(box.name, box.boxes, box.chart.alt)
        package = self.deck.package
        part = package.part("/ppt/charts/chart*.xml", _CHART)
        data = package.part("/ppt/embeddings/workbook*.xlsx", _WORKBOOK, workbook(box.chart.sheet))
        part.blob = chart_space(box, self.deck.scheme, part.relate_to(data, RELATIONSHIP + "package"))
        relation = self._part.relate_to(part, RELATIONSHIP + "chart")
        frame = self._frame(box, where, "chart", el("c:chart", {"xmlns:c": NAMESPACES["c"], "r:id": relation}))
        return join(frame, self._group(f"{box.name}/文字", captions(box), None))

    def _frame(self, box: TableBox | ChartBox, where: Placeholder | None, kind: str, content: Xml) -> Xml:
        alt = box.chart.alt if isinstance(box, ChartBox) else described(box)
        locks = Xml('<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>')
        application = where.application() if where else el("p:nvPr")
        head = el("p:nvGraphicFramePr", None, self.named(box.name, alt), locks, application)
        data = el("a:graphicData", {"uri": f"http://schemas.openxmlformats.org/drawingml/2006/{kind}"}, content)
        return el("p:graphicFrame", None, head, place(box.rect, "p:xfrm"), el("a:graphic", None, data))

    def _link(self, box: LinkBox) -> Xml:
        named = self.named(box.text, box.text, self._target(box.target, box.text))
        head = el("p:nvSpPr", None, named, Xml("<p:cNvSpPr/><p:nvPr/>"))
        return el(
            "p:sp", None, head, el("p:spPr", None, place(box.rect), preset("rect"), _CLICKABLE, NO_LINE), _NO_TEXT
        )


def extent(boxes: tuple[Box, ...]) -> Rect:
    """Returns the smallest rectangle around boxes as they are written."""
    rects = [_written(box) for box in boxes]
    x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
    return Rect(x, y, max(rect.right for rect in rects) - x, max(rect.bottom for rect in rects) - y)


def _written(box: Box) -> Rect:
    match box:
        case TextBox():
            return office_rect(box)
        case ShapeBox():
            return path_bounds(box)
        case GroupBox() if box.boxes:
            return extent(box.boxes)
        case _:
            return box.rect


def is_near(one: Rect, other: Rect) -> bool:
    """True if two rectangles differ by less than half a point on every side."""
    pairs = ((one.x, other.x), (one.y, other.y), (one.width, other.width), (one.height, other.height))
    return all(abs(a - b) < _NEAR for a, b in pairs)
