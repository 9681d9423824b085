"""Tables as an Excel workbook to proof-read in: one writer for all papers, equal bytes for equal rows."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_EPOCH = datetime.datetime(1980, 1, 1)  # noqa: DTZ001 - what stands for no time at all
_THIN, _THICK = Side(style="medium"), Side(style="thick")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `width` in characters; `open`: the reader writes in it; `form`: of its cells."""

    head: str
    width: float
    form: str = ""
    """`wrap`, `bold`, `struck`, `tick` or nothing."""

    @property
    def is_open(self) -> bool:
        return self.head in ("核", "收", "改作", "意见")


def columns(spec: str) -> tuple[Column, ...]:
    """Returns columns written as `核:5:tick 编号:8`: head, width, form."""
    parts = (one.split(":") for one in spec.split())
    return tuple(Column(head, float(width), *form) for head, width, *form in parts)


Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `note`: under its title; `changed`: the rows that are marked, from 0."""

    name: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    changed: frozenset[int] = frozenset()
    freeze: str = "D4"


def write_tables(title: str, tables: Iterable[Table]) -> bytes:
    """Returns the workbook. Text that begins with = + - @ stays text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.title, book.properties.created = "lhpub", title, _EPOCH
    for table in tables:
        _write(book.create_sheet(table.name), table, title)
    data = io.BytesIO()
    book.save(data)
    return _timeless(data.getvalue())


def _write(sheet: Worksheet, table: Table, title: str) -> None:
    sheet["A1"], sheet["A2"] = f"{title}　{table.name}", table.note
    sheet["A1"].font = Font(size=14, bold=True)
    for at, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        head = sheet.cell(3, at, column.head)
        head.font, head.border = Font(bold=True), Border(bottom=_THIN)
    for line, values in enumerate(table.rows):
        for at, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
            _cell(sheet, (line + 4, at), (column, value), line in table.changed)
    last = f"{get_column_letter(len(table.columns))}{len(table.rows) + 3}"
    sheet.freeze_panes, sheet.auto_filter.ref = table.freeze, f"A3:{last}"
    if any(column.form == "tick" for column in table.columns):
        ticks = DataValidation(type="list", formula1='"√,×"', allow_blank=True)
        ticks.add(f"A4:A{len(table.rows) + 4}")
        sheet.add_data_validation(ticks)
    sheet.protection.sheet, sheet.protection.sort, sheet.protection.autoFilter = True, False, False
    sheet.protection.formatColumns = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.scale, sheet.page_setup.blackAndWhite = 82, True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.print_title_rows, sheet.print_title_cols = "1:3", "A:C"
    for side, inches in (("left", 15), ("right", 15), ("top", 20), ("bottom", 10)):
        setattr(sheet.page_margins, side, inches / 25.4)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(_HeaderFooterPart(table.note), None, _HeaderFooterPart("第&P页，共&N页"))


def _cell(sheet: Worksheet, place: tuple[int, int], content: tuple[Column, Value], changed: bool) -> None:
    column, value = content
    cell = sheet.cell(*place)
    if value is not None and value != "":
        cell.value = value
        if isinstance(value, str):
            cell.data_type, cell.number_format = "s", "@"
            cell.quotePrefix = value[0] in "=+-@"
    cell.font = Font(bold=changed or column.form == "bold", strike=column.form == "struck")
    cell.alignment = Alignment(vertical="top", wrap_text=column.form == "wrap")
    cell.protection = Protection(locked=not column.is_open)
    if changed and place[1] == 1:
        cell.border = Border(left=_THICK)


def _timeless(data: bytes) -> bytes:
    """Returns the workbook without the time at which it was saved."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
