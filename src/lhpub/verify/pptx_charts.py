"""A native chart and its workbook against the resolved chart: names, values, labels, axis, cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from openpyxl import load_workbook

from lhpub.boxes import ChartBox, Theme
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.kinds.chart import Sheet, number_format
from lhpub.kinds.rank import RankChart
from lhpub.verify.called import CHART, called, first_apart, told_apart
from lhpub.verify.pptx_file import Element, PptxFile, found, local, whole, words
from lhpub.verify.pptx_form import compare_form
from lhpub.verify.reading import Statement, differs

CHARTS = r"ppt/charts/\w+\.xml"
Claim = tuple[str, object, object]
"""What it is about, what the chart says, what the file says."""


def compare_chart(
    root: Element, books: list[dict[str, str]], where: tuple[ChartBox, int], theme: Theme | None
) -> Iterator[Diagnostic]:
    """Yields what a chart part or its workbook states or shows otherwise than its box, which has the number of its slide."""
    (box, number), cells = where, _cells(root)
    chart = box.chart
    sheets: Iterator[Claim] = (("workbook", cells, book) for book in books)
    roles = tuple(item.figure.role for item in chart.items)
    sheet = chart.sheet
    claims = (*_series(root, sheet), *_labels(root, box), *_axes(root, sheet)) if sheet else ()
    for what, wanted, written in (*claims, *sheets, *compare_form(root, box, theme)):
        if wanted != written:
            key, _, rest = what.partition(" ") if what not in CHART else (what, "", "")
            (zh, en), (meant, said) = CHART[key], first_apart(wanted, written)
            name = Bilingual(f"{called(box.name).zh}的{zh}{rest}", f"{called(box.name).en}: {en} {rest}".strip())
            apart = differs(Statement(0, "", "text", meant, roles), said, "pptx")
            told = told_apart(meant, said)
            place = Bilingual(f"第 {number} 张 {name.zh}：{told.zh}", f"slide {number}, {name.en}: {told.en}")
            yield replace(apart, message=place)


def _series(root: Element, sheet: Sheet) -> Iterator[Claim]:
    """Yields values, their places, names, headers and units of all series."""
    series = found(root, "//c:ser")
    wanted = [
        [(n, _number(value)) for n, value in enumerate(column.values) if value is not None] for column in sheet.columns
    ]
    points = [
        [(whole(p.get("idx", "")), _number("".join(words(p, "c:v/text()")))) for p in found(s, "c:val//c:pt")]
        for s in series
    ]
    yield "series", wanted, points
    for each, column in zip(series, sheet.columns, strict=False):
        yield "categories", list(sheet.categories), words(each, "c:cat//c:v/text()")
        yield "header", column.header, "".join(words(each, "c:tx//c:v/text()"))


def _labels(root: Element, box: ChartBox) -> Iterator[Claim]:
    """Yields the number formats of all labels, what they show, and that none is text of its own."""
    sheet, items = box.chart.sheet, box.chart.items if isinstance(box.chart, RankChart) else ()
    assert sheet
    singly = {_said(number_format((item,), item.figure.unit)) for item in items}  # an inferred rank has its mark
    for each, column in zip(found(root, "//c:ser"), sheet.columns, strict=False):
        formats = list(map(_said, words(each, "c:dLbls/c:numFmt/@formatCode")))
        points = set(map(_said, words(each, "c:dLbls/c:dLbl/c:numFmt/@formatCode")))
        wanted = {_said(column.format)} if column.format else set()
        yield "format", set(), points - singly - wanted
        yield "format", wanted, set(formats) or (points & wanted if points == singly | wanted else set())
        yield "labels", bool(column.format), "1" in words(each, ".//c:showVal/@val")
    yield "rich", [], words(root, "//c:dLbl[c:tx]//a:t/text()")


def _said(code: str) -> str:
    """Returns a number format without the marks that part its words from its digits: programs write them in two ways."""
    return re.sub(r'\\(.)|"', r"\1", code)


def _axes(root: Element, sheet: Sheet) -> Iterator[Claim]:
    """Yields the direction and the limits of the axis of values: none that an edit could pass."""
    limits = {
        local(e): _number(e.get("val", ""))
        for e in found(root, "//c:valAx/c:scaling/c:max | //c:valAx/c:scaling/c:min")
    }
    wanted = {
        name: _number(value) for name, value in (("max", sheet.greatest), ("min", sheet.least)) if value is not None
    }
    yield "axis", wanted, limits
    yield "axis", ["maxMin" if sheet.falls else "minMax"], words(root, "//c:valAx/c:scaling/c:orientation/@val")


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


def workbook_cells(data: bytes) -> dict[str, str]:
    """Returns the cells of a workbook that hold something, of its first sheet by their names alone; {} if it cannot be read."""
    try:
        book = load_workbook(io.BytesIO(data))
    except Exception:  # a damaged zip raises anything
        return {}
    held = ((at, cell) for at, sheet in enumerate(book.worksheets) for row in sheet.iter_rows() for cell in row)
    cells = {f"{at}!" * bool(at) + cell.coordinate: cell.value for at, cell in held if cell.value is not None}
    return {name: value if isinstance(value, str) else _number(str(value)) for name, value in cells.items()}


def stale_caches(file: PptxFile) -> Iterator[Diagnostic]:
    """Yields each chart of a deck whose shown values are not those of the workbook behind it: the next click on 编辑数据 would
    change them."""
    for name, root in file.named(CHARTS):
        shown = _cells(root)
        for book in file.related(name, "package"):
            cells = workbook_cells(file.parts[book])
            odd = sorted(cell for cell in shown if shown[cell] != cells.get(cell, ""))
            if odd:
                told = "，".join(f"{cell} {shown[cell]} ≠ {cells.get(cell, '')}" for cell in odd[:3])
                said = Bilingual(f"{name}：图上的数与内嵌工作簿不同：{told}", f"{name} is not its workbook: {told}")
                hint = Bilingual("在图上“编辑数据”，改对再存", "choose Edit Data on the chart, put it right and save")
                yield Diagnostic("chart-cache-differs", Severity.ERROR, said, hint)
