"""The workbook behind a native chart: categories in column A, one series in each further column, nothing else.

Cells are written here and not by XlsxWriter, which prints numbers by `%.16G`: 98.1 became 98.09999999999999.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pptx.opc.package import Part

from lhpub.kinds.chart import Sheet
from lhpub.render.pptx.package import OFFICE, RELATIONSHIP, Package
from lhpub.render.pptx.xml import Xml, el, text

SHEET = "数据"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = Xml(
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def letters(column: int) -> str:
    """Returns a column's name: 0 is A, 26 is AA."""
    return (letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)


def workbook(sheet: Sheet) -> bytes:
    """Returns the .xlsx. Text that begins with `=`, `+`, `-` or `@` stays text, also after it is edited."""
    package = Package()
    book = _part(package, "workbook", "sheet.main")
    parts = (
        _part(package, name, kind)
        for name, kind in (("worksheets/sheet1", "worksheet"), ("styles", "styles"), ("sharedStrings", "sharedStrings"))
    )
    cells, styles, strings = parts
    texts = list(dict.fromkeys(content for row in _rows(sheet) for content in row if isinstance(content, str)))
    rows = (
        el(
            "row",
            {"r": n},
            *(_cell(f"{letters(m)}{n}", content, texts) for m, content in enumerate(row) if content is not None),
        )
        for n, row in enumerate(_rows(sheet), 1)
    )
    cells.blob = _document("worksheet", el("sheetData", None, *rows))
    styles.blob = _document("styleSheet", _STYLES)
    strings.blob = _document(
        "sst", *(el("si", None, el("t", {"xml:space": "preserve"}, text(content))) for content in texts)
    )
    named = el("sheet", {"name": SHEET, "sheetId": 1, "r:id": book.relate_to(cells, RELATIONSHIP + "worksheet")})
    book.relate_to(styles, RELATIONSHIP + "styles")
    book.relate_to(strings, RELATIONSHIP + "sharedStrings")
    book.blob = _document("workbook", el("sheets", None, named))
    package.relate(book, RELATIONSHIP + "officeDocument")
    return package.to_bytes()


def _rows(sheet: Sheet) -> Iterator[tuple[str | Decimal | None, ...]]:
    yield (None, *(column.header for column in sheet.columns))
    for n, name in enumerate(sheet.categories):
        yield (name, *(column.values[n] for column in sheet.columns))


def _cell(place: str, content: str | Decimal, texts: list[str]) -> Xml:
    if isinstance(content, Decimal):
        return el("c", {"r": place}, el("v", None, text(f"{content:f}")))
    literal = 1 if content[:1] in ("=", "+", "-", "@") else None
    return el("c", {"r": place, "s": literal, "t": "s"}, el("v", None, text(str(texts.index(content)))))


def _part(package: Package, name: str, kind: str) -> Part:
    return package.part(f"/xl/{name}.xml", f"{OFFICE}spreadsheetml.{kind}+xml")


def _document(name: str, *children: Xml) -> bytes:
    root = el(name, {"xmlns": _MAIN, "xmlns:r": RELATIONSHIP[:-1]}, *children)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()
