"""The texts and figures of a written deck against its composition: each at its place, by the shape's name.

A shape's text must read as its box does; so a wrong digit is found in titles, body, tables, charts with their workbooks,
notes and alternative texts, and a figure that no box states is found too. Messages name the role of what differs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from lxml import etree

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, Page, TableBox, TextBox
from lhpub.charts.model import Chart, ChartItem
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import DIGITS, Role, plain
from lhpub.verify.pptx_file import NS, Element, PptxFile, found, local, whole, words

Shapes = dict[str, list[Element]]
"""p:cNvPr elements by shape name."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a box states: its place in words, the text, the figures' roles. `is_alt`: as alternative text; `is_optional`:
    the native chart may show it instead."""

    place: str
    text: str
    roles: tuple[Role | None, ...] = ()
    span: Span | None = None
    is_alt: bool = False
    is_optional: bool = False


def compare(file: PptxFile, composition: Composition) -> Iterator[Diagnostic]:
    """Yields a diagnostic for each text or figure that differs from the composition's."""
    slides = file.slides()
    if len(slides) != len(composition.pages):
        yield _differs(Stated("", str(len(composition.pages))), str(len(slides)))
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
                    books = [_workbook(file.parts[book]) for book in file.related(relation.target, "package")]
                    yield from _compare_chart(part, books, box.chart, f"{page.number} {box.name}")
        yield from _compare_notes(file, name, page)


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
            yield _differs(stated, written, page.number)
    for name, group in shapes.items():
        for shape in group:
            holds_text = found(shape, "parent::*/parent::p:sp | parent::*/parent::p:graphicFrame")
            if shape not in read and holds_text and DIGITS.search(_text(shape)):
                yield _differs(Stated(name, ""), _text(shape), page.number)


def _stated(boxes: Iterable[Box]) -> Iterator[tuple[str, Stated]]:
    """Yields shape names with what they must state: texts, tables cell by cell, alternative texts."""
    for box in boxes:
        if isinstance(box, TextBox):
            yield box.name, _of_texts(box.name, (box,))
        elif isinstance(box, TableBox):
            yield box.name, _of_texts(box.name, tuple(cell.text for row in box.cells for cell in row))
            yield box.name, Stated(f"{box.name}/alt", box.alt, is_alt=True)
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


def _of_texts(place: str, boxes: tuple[TextBox, ...]) -> Stated:
    paragraphs = [source.runs for box in boxes for source in box.paragraphs]
    text = "\n".join("".join(f"（{run.text}）" if run.framed else run.text for run in runs) for runs in paragraphs)
    return Stated(place, text, tuple(run.role for runs in paragraphs for run in runs), boxes[0].span if boxes else None)


def _text(properties: Element) -> str:
    """Returns a shape's text: paragraphs and intended breaks as newlines."""
    lines = []
    for paragraph in found(properties, "../..//a:p"):
        pieces = found(paragraph, "a:r/a:t | a:fld/a:t | a:br")
        lines.append("".join("\n" if local(piece) == "br" else piece.text or "" for piece in pieces))
    return "\n".join(lines)


def _compare_notes(file: PptxFile, slide: str, page: Page) -> Iterator[Diagnostic]:
    roots = [root for name in file.related(slide, "notesSlide") if (root := file.roots.get(name)) is not None]
    bodies = "//p:sp/p:nvSpPr[p:nvPr/p:ph[@type='body']]/p:cNvPr"
    written = "\n".join(_text(shape) for root in roots for shape in found(root, bodies))
    text = "\n".join(plain(rich).replace("\n", " ") for rich in page.notes)
    if written != text:
        yield _differs(Stated("备注", text, tuple(i.role for rich in page.notes for i in rich)), written, page.number)


def _charts(boxes: Iterable[Box]) -> Iterator[ChartBox]:
    for box in boxes:
        if isinstance(box, ChartBox) and box.chart.kind != "timeline":
            yield box
        elif isinstance(box, GroupBox):
            yield from _charts(box.boxes)


def _compare_chart(root: Element, books: list[dict[str, str]], chart: Chart, place: str) -> Iterator[Diagnostic]:
    """Yields what a chart part or its workbook states otherwise: names, values, written labels, the unit."""
    roles = tuple(item.figure.role for item in chart.items)
    share = chart.kind == "share"
    groups = (
        [[item] for item in chart.items] if share else [[i for i in chart.items if i.bound == b] for b in (False, True)]
    )
    values = [[_number(item.value) for item in group] for group in groups if group]
    places = [[0 if share else chart.items.index(item) for item in group] for group in groups if group]
    written = [words(series, "c:val//c:pt/c:v/text()") for series in found(root, "//c:ser")]
    points = [[whole(n) for n in words(series, "c:val//c:pt/@idx")] for series in found(root, "//c:ser")]
    if [[_number(value) for value in series] for series in written] != values or points != places:
        yield _differs(Stated(f"{place}/series", str(values), roles), str(written))
    names = ["\n".join(filter(None, (item.label, plain(item.second)))) for item in chart.items]
    for series in found(root, "//c:ser") if not share else ():
        if (told := words(series, "c:cat//c:v/text()")) != names:
            yield _differs(Stated(f"{place}/categories", str(names)), str(told))
    for label in found(root, "//c:dLbl[c:tx]"):
        told, n = words(label, "c:tx//a:t/text()"), whole("".join(words(label, "c:idx/@val")))
        if n >= len(chart.items) or "".join(told) != _label(chart.items[n]):
            wanted = _label(chart.items[n]) if n < len(chart.items) else ""
            yield _differs(Stated(f"{place}/label", wanted, roles), "".join(told))
    for form in words(root, "//c:dLbls/c:numFmt/@formatCode"):
        if form != f'General"{chart.unit}"':
            yield _differs(Stated(f"{place}/unit", chart.unit), form)
    cells = _cells(root)
    yield from (_differs(Stated(f"{place}/workbook", str(cells), roles), str(book)) for book in books if book != cells)


def _label(item: ChartItem) -> str:
    return f"{item.figure.text}（{item.figure.mark}）" if item.figure.mark else item.figure.text


def _number(value: Decimal | str) -> str:
    try:
        return f"{Decimal(value).normalize():f}"
    except InvalidOperation:
        return str(value)


def _cells(root: Element) -> dict[str, str]:
    """Returns what the chart part says its sheet holds: cell → content."""
    cells: dict[str, str] = {}
    for reference in found(root, "//c:strRef | //c:numRef"):
        first = re.search(r"\$([A-Z]+)\$([0-9]+)", "".join(words(reference, "c:f/text()")))
        for point in found(reference, ".//c:pt") if first else ():
            value = "".join(words(point, "c:v/text()"))
            place = f"{first[1]}{int(first[2]) + whole(point.get('idx', ''))}" if first else ""
            cells[place] = _number(value) if local(reference) == "numRef" else value
    return cells


def _workbook(data: bytes) -> dict[str, str]:
    """Returns the cells of a workbook's first sheet that hold something; {} if it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
            strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return {}
    texts = ["".join(words(item, ".//s:t/text()")) for item in found(strings, "s:si")]
    cells = {}
    for cell in found(sheet, "//s:c[s:v]"):
        value = cell.findtext(f"{{{NS['s']}}}v", "")
        shared = cell.get("t") == "s" and whole(value) < len(texts)
        cells[cell.get("r", "")] = texts[whole(value)] if shared else _number(value)
    return cells


def _differs(stated: Stated, written: str, page: int | None = None) -> Diagnostic:
    roles = "，".join(dict.fromkeys(role.ref or role.kind for role in stated.roles if role))
    place = f"{page} {stated.place}" if page else stated.place
    is_figure = DIGITS.findall(stated.text) != DIGITS.findall(written)
    return Diagnostic(
        "pptx-figure-differs" if is_figure else "pptx-text-differs", Severity.ERROR,
        Bilingual(f"幻灯片 {place}：写的是“{written}”，应为“{stated.text}”" + (f"（{roles}）" if roles else ""),
                  f"slide {place}: it reads “{written}”, not “{stated.text}”" + (f" ({roles})" if roles else "")),
        Bilingual("文件与来源不符，请重新生成并报告", "the file differs from its source: build again and report it"),
        stated.span,
    )  # fmt: skip
