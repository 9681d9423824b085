"""The texts and figures of a written deck against its composition: each at its place, by the shape's name.

A shape's text must read as its box does; so a wrong digit is found in titles, body, tables, charts with their workbooks,
notes and alternative texts, and a figure that no box states is found too. Messages name the role of what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, Page, TableBox, TextBox
from lhpub.diagnostics import Diagnostic
from lhpub.inline import DIGITS, plain
from lhpub.verify.pptx_charts import compare_chart, workbook_cells
from lhpub.verify.pptx_file import Element, PptxFile, R, found, local, words
from lhpub.verify.pptx_stated import Stated, differs

_SPACE = "\u00a0"
Shapes = dict[str, list[Element]]
"""p:cNvPr elements by shape name."""


def compare(file: PptxFile, composition: Composition) -> Iterator[Diagnostic]:
    """Yields a diagnostic for each text or figure that differs from the composition's."""
    slides = file.slides()
    yield from _compare_document(file, composition)
    anchors = {
        anchor: name for page, (name, _) in zip(composition.pages, slides, strict=False) for anchor in page.anchors
    }
    for page, (name, root) in zip(composition.pages, slides, strict=False):
        shapes: Shapes = {}
        for properties in found(root, "//p:cNvPr"):
            shapes.setdefault(properties.get("name", ""), []).append(properties)
        yield from _compare_shapes(page, shapes)
        for box in _charts(page.boxes):
            for chart in (id_ for shape in shapes.get(box.name, ()) for id_ in words(shape, "../..//c:chart/@r:id")):
                relation = file.relations.get(name, {}).get(chart)
                part = file.roots.get(relation.target) if relation else None
                if relation and part is not None:
                    books = [workbook_cells(file.parts[book]) for book in file.related(relation.target, "package")]
                    yield from compare_chart(part, books, box.chart, f"{page.number} {box.name}")
        yield from _compare_links(file, name, page, anchors)
        yield from _compare_notes(file, name, page)


def _compare_document(file: PptxFile, composition: Composition) -> Iterator[Diagnostic]:
    """Yields what differs in the deck as a whole: slides and sections, what is hidden, title and subject."""
    slides, metadata, core = file.slides(), composition.metadata, file.roots.get("docProps/core.xml")
    sections = [] if file.presentation is None else found(file.presentation, "//p14:section")
    stated = {
        "slides": (len(composition.pages), len(slides)),
        "hidden": ([], [name for name, root in slides if root.get("show") in ("0", "false")]),
        "sections": (
            [(name, len(numbers)) for name, numbers in composition.sections],
            [(section.get("name"), len(found(section, ".//p14:sldId"))) for section in sections],
        ),
        "core.xml": (
            [text for text in (metadata.title, metadata.subject, metadata.author) if text],
            [] if core is None else words(core, "*[contains('title subject creator', local-name())]/text()"),
        ),
    }
    yield from (differs(Stated(place, str(a)), str(b)) for place, (a, b) in stated.items() if a != b)


def _compare_links(file: PptxFile, slide: str, page: Page, anchors: dict[str, str]) -> Iterator[Diagnostic]:
    """Yields each shape whose links do not lead where its box says. A native chart does not show all texts of its box."""
    root, relations = file.roots[slide], file.relations.get(slide, {})
    written = set()
    for link in [] if root is None else found(root, "//a:hlinkClick"):
        shape = words(link, "(ancestor::*/p:cNvPr | ancestor::*/*/p:cNvPr)[last()]/@name | parent::p:cNvPr/@name")
        relation = relations.get(link.get(R + "id", ""))
        written.add((shape[-1] if shape else "", relation.target if relation else ""))
    wanted = {
        (name, anchors.get(target[1:], target) if target[:1] == "#" else target) for name, target in _links(page.boxes)
    }
    for name, target in sorted(wanted ^ written):
        there = (name, target) in written
        yield differs(Stated(f"{name} →", "" if there else target), target if there else "", page.number)


def _links(boxes: Iterable[Box]) -> Iterator[tuple[str, str]]:
    """Yields the shapes that link, with their targets."""
    for box in boxes:
        if isinstance(box, LinkBox):
            yield box.text, box.target
        elif isinstance(box, TextBox):
            yield from ((box.name, link) for link in (box.link, *_run_links(box)) if link)
        elif isinstance(box, TableBox):
            yield from ((box.name, link) for row in box.cells for cell in row for link in _run_links(cell.text))
        elif isinstance(box, GroupBox) or (isinstance(box, ChartBox) and box.chart.kind != "column"):
            yield from _links(box.boxes)


def _run_links(box: TextBox) -> Iterator[str]:
    return (run.link for source in box.paragraphs for run in source.runs if run.link)


def _compare_shapes(page: Page, shapes: Shapes) -> Iterator[Diagnostic]:
    """Yields each box whose shape reads otherwise, then each shape with a figure that no box states."""
    read: set[Element] = set()
    for name, stated in _stated(page.boxes):
        shape = next((s for s in shapes.get(name, ()) if stated.is_alt or s not in read), None)
        written = ""
        if shape is not None:
            written = shape.get("descr", "") if stated.is_alt else _text(shape)
            read.update(() if stated.is_alt else (shape,))
        if written != stated.text if shape is not None else not stated.is_optional:
            yield differs(stated, written, page.number)
    for name, group in shapes.items():
        for shape in group:
            holds_text = found(shape, "parent::*/parent::p:sp | parent::*/parent::p:graphicFrame")
            if shape not in read and holds_text and DIGITS.search(_text(shape)):
                yield differs(Stated(name, ""), _text(shape), page.number)


def _stated(boxes: Iterable[Box]) -> Iterator[tuple[str, Stated]]:
    """Yields shape names with what they must state: texts, tables cell by cell, alternative texts."""
    for box in boxes:
        if isinstance(box, TextBox):
            yield box.name, _of_texts(box.name, (box,))
        elif isinstance(box, TableBox):
            yield box.name, _of_texts(box.name, tuple(cell.text for row in box.cells for cell in row))
            yield box.name, Stated(f"{box.name}/alt", _told(box), is_alt=True)
        elif isinstance(box, ImageBox):
            yield box.name, Stated(f"{box.name}/alt", box.alt, is_alt=True)
        elif isinstance(box, ChartBox):
            roles = tuple(item.figure.role for item in box.chart.items)
            yield box.name, Stated(f"{box.name}/alt", box.chart.alt, roles, is_alt=True)
            native = box.chart.kind == "column"
            yield from ((part, replace(stated, is_optional=native)) for part, stated in _stated(box.boxes))
        elif isinstance(box, GroupBox):
            if box.alt:
                yield box.name, Stated(f"{box.name}/alt", box.alt, is_alt=True)
            yield from _stated(box.boxes)


def _told(table: TableBox) -> str:
    """Returns a table's alternative text: what it is, then its rows."""
    joint = "：" if len(table.columns) == 2 else "，"
    texts = ([_of_texts("", (cell.text,)).text.replace("\n", " ") for cell in row] for row in table.cells)
    return "。".join(filter(None, (table.alt, "；".join(map(joint.join, texts)))))


def _of_texts(place: str, boxes: tuple[TextBox, ...]) -> Stated:
    paragraphs = [source.runs for box in boxes for source in box.paragraphs]
    text = "\n".join("".join(f"（{run.text}）" if run.framed else run.text for run in runs) for runs in paragraphs)
    roles = tuple(run.role for runs in paragraphs for run in runs)
    return Stated(place, text.replace(_SPACE, ""), roles, boxes[0].span if boxes else None)


def _text(properties: Element) -> str:
    """Returns a shape's text: paragraphs and intended breaks as newlines, no spaces between a numeral and its unit."""
    lines = []
    for paragraph in found(properties, "../..//a:p"):
        pieces = found(paragraph, "a:r/a:t | a:fld/a:t | a:br")
        lines.append("".join("\n" if local(piece) == "br" else piece.text or "" for piece in pieces))
    return "\n".join(lines).replace(_SPACE, "")


def _compare_notes(file: PptxFile, slide: str, page: Page) -> Iterator[Diagnostic]:
    roots = [root for name in file.related(slide, "notesSlide") if (root := file.roots.get(name)) is not None]
    bodies = "//p:sp/p:nvSpPr[p:nvPr/p:ph[@type='body']]/p:cNvPr"
    written = "\n".join(_text(shape) for root in roots for shape in found(root, bodies))
    text = "\n".join(plain(rich).replace("\n", " ") for rich in page.notes)
    if written != text:
        yield differs(Stated("备注", text, tuple(i.role for rich in page.notes for i in rich)), written, page.number)


def _charts(boxes: Iterable[Box]) -> Iterator[ChartBox]:
    for box in boxes:
        if isinstance(box, ChartBox) and box.chart.kind != "timeline":
            yield box
        elif isinstance(box, GroupBox):
            yield from _charts(box.boxes)
