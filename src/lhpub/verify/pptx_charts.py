"""A native chart and its workbook against the resolved chart: names, values, labels, axis, cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lhpub.diagnostics import Diagnostic
from lhpub.kinds import Chart
from lhpub.kinds.chart import ChartItem, Sheet
from lhpub.kinds.column import ColumnChart
from lhpub.verify.pptx_file import NS, Element, PptxFile, found, local, whole, words
from lhpub.verify.reading import Statement, differs

Claim = tuple[str, object, object]
"""What it is about, what the chart says, what the file says."""


def compare_chart(root: Element, books: list[dict[str, str]], chart: Chart, place: str) -> Iterator[Diagnostic]:
    """Yields what a chart part or its workbook states otherwise."""
    cells = _cells(root)
    sheets: Iterator[Claim] = (("workbook", cells, book) for book in books)
    roles = tuple(item.figure.role for item in chart.items)
    claims = (*_series(root, chart.sheet), *_axes(root, chart.sheet)) if chart.sheet else ()
    for what, wanted, written in (*claims, *_labels(root, chart), *sheets):
        if wanted != written:
            yield differs(Statement(0, f"{place}/{what}", "text", str(wanted), roles), str(written), "pptx")


def _series(root: Element, sheet: Sheet) -> Iterator[Claim]:
    """Yields values, their places, names, headers and units of all series."""
    series = found(root, "//c:ser")
    wanted = [[(n, _number(item.value)) for n, item in enumerate(column.items) if item] for column in sheet.columns]
    points = [
        [(whole(p.get("idx", "")), _number("".join(words(p, "c:v/text()")))) for p in found(s, "c:val//c:pt")]
        for s in series
    ]
    yield "series", wanted, points
    for each, column in zip(series, sheet.columns, strict=False):
        yield "categories", list(sheet.categories), words(each, "c:cat//c:v/text()")
        yield "header", column.header, "".join(words(each, "c:tx//c:v/text()"))


def _labels(root: Element, chart: Chart) -> Iterator[Claim]:
    """Yields the written labels, their unit, and whether a column's are shown at all."""
    for label in found(root, "//c:dLbl[c:tx]"):
        n = whole("".join(words(label, "c:idx/@val")))
        wanted = _label(chart.items[n]) if n < len(chart.items) else ""
        yield "label", wanted, "".join(words(label, "c:tx//a:t/text()"))
    for form in words(root, "//c:dLbls/c:numFmt/@formatCode"):
        yield "unit", f'General"{chart.unit}"', form
    if isinstance(chart, ColumnChart):
        yield "labels", len(found(root, "//c:ser")), len(found(root, "//c:ser/c:dLbls"))
        yield "labels", {"1"}, set(words(root, "//c:dLbls//c:showVal/@val"))


def _axes(root: Element, sheet: Sheet) -> Iterator[Claim]:
    """Yields the direction of both axes and the limits of values."""
    low, high = map(_number, sheet.axis)
    values = words(root, "//c:valAx/c:scaling/*/@val")
    yield "axis", ["maxMin" if sheet.falls else "minMax", high, low], [*values[:1], *map(_number, values[1:])]
    yield "axis", ["minMax"], words(root, "//c:catAx/c:scaling/*/@val")


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


def workbook_cells(data: bytes) -> dict[str, str]:
    """Returns the cells of a workbook's first sheet that hold something; {} if it cannot be read."""
    try:
        roots = PptxFile(data).roots
    except Exception:  # a damaged zip raises anything
        return {}
    sheet, strings = (roots.get(f"xl/{name}.xml") for name in ("worksheets/sheet1", "sharedStrings"))
    if sheet is None or strings is None:
        return {}
    texts = ["".join(words(item, ".//s:t/text()")) for item in found(strings, "s:si")]
    cells = {}
    for cell in found(sheet, "//s:c[s:v]"):
        value = cell.findtext(f"{{{NS['s']}}}v", "")
        shared = cell.get("t") == "s" and whole(value) < len(texts)
        cells[cell.get("r", "")] = texts[whole(value)] if shared else _number(value)
    return cells
