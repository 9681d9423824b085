"""Values that a source takes from spreadsheets: `value: {file: 年报.xlsx, cell: 表1!B7}`, `data: {file: …, range: 表1!A3:D8}`.
They are put in the place of the link as if they were typed there; what is read is what the spreadsheet shows."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lhpub.diagnostics import Bilingual, Rejected, Span
from lhpub.publication.entries import Ids
from lhpub.publication.numerals import HALF_WIDTH
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.source.report import Report, did_you_mean
from lhpub.world import PICTURE_LIMIT, World

if TYPE_CHECKING:  # loading openpyxl is a seventh of a build's start: only where a spreadsheet is named
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = re.compile(r"(?:'?(?P<sheet>[^!']+)'?!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})", re.IGNORECASE)
_RANGE = re.compile(r"(?:'?(?P<sheet>[^!']+)'?!)?\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7}", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DECIMALS = re.compile(r"0(?:\.(0+))?(%?)")
_MARKS = str.maketrans("！：＄", "!:$")
_STAND_IN = "0"
_NEAR = 40
"""Rows and columns within which what has moved is looked for."""
Beside = Mapped[str, tuple[str, ...]]
"""By link what stood beside its cells: of a cell the words at its left and above, of a range the names of its rows."""
"""For what could not be taken, which is reported: so that nothing more is told of it."""
_HINTS = {
    "cell-empty": Bilingual("写对单元格，或请数据提供人补上", "name the right cell, or have it filled in"),
    "cell-formula": Bilingual("用 Excel 或 WPS 打开这个文件，存一次", "open the file in Excel or WPS and save it once"),
    "cell-error": Bilingual("请数据提供人改对公式", "have the formula mended"),
    "cell-merged": Bilingual("写合并格左上角的那一格", "name the cell at its top left"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell that was read. `value`: as the source has it; `heads`: what stands at the beginning of its row and above it."""

    file: str
    cell: str
    value: str
    heads: tuple[str, str]


class _Refused(Exception):  # noqa: N818 - a cell that cannot be taken, told at its link
    pass


class Spreadsheets:
    """The spreadsheets of a source, each opened once."""

    def __init__(self, world: World, path: Path, report: Report, known: tuple[Ids, Beside]) -> None:
        self.world, self.folder, self.report, self.file = world, path.parent, report, path.name
        self.ids, self.before = known
        self.links: dict[str, tuple[str, ...]] = {}
        """Of each link what stands beside its cells now."""
        self.books: dict[str, Workbook | None] = {}
        self.taken: list[Taken] = []
        self.is_percent = False
        """Of the cell read last: it shows a percentage."""

    def followed(self, node: Node) -> Node:
        """Returns a source with what its links lead to in their place; reports what they do not lead to."""
        if isinstance(node, Sequence):
            return replace(node, items=tuple(map(self.followed, node.items)))
        if not isinstance(node, Mapping):
            return node
        entries = []
        for name, value in node.entries:
            file = value.get("file") if isinstance(value, Mapping) else None
            if isinstance(file, Scalar) and isinstance(value, Mapping) and name.text in ("value", "data"):
                read = self._value if name.text == "value" else self._table
                entries.append((name, read(value, file)))
                if name.text == "value" and self.is_percent and node.get("unit") is None:
                    entries.append((Scalar("unit", value.span), Scalar("%", value.span)))
            else:
                entries.append((name, self.followed(value)))
                if name.text == "data" and isinstance(value, Mapping) and value.get("rows") is None:
                    self._tell("missing-key", value.span, "缺少“rows”，或 file 与 range", "“rows” is missing, or file and range")
        return replace(node, entries=tuple(entries))

    def _value(self, link: Mapping, file: Scalar) -> Node:
        where = link.get("cell")
        match = _CELL.fullmatch(where.text.strip().translate(_MARKS)) if isinstance(where, Scalar) else None
        if match is None or not isinstance(where, Scalar):
            self._tell("cell-name", link.span, "这里要单元格，如 cell: 表1!B7", "name a cell, like cell: 表1!B7")
            return Scalar(_STAND_IN, link.span)
        sheet = self._sheet(file, match["sheet"], where)
        if sheet is None:
            return Scalar(_STAND_IN, link.span)
        read = self._read((file, where.span), sheet, f"{match['column'].upper()}{match['row']}")
        cell = sheet[f"{match['column'].upper()}{match['row']}"]
        was, now = self._beside(link, where, heads := _heads(sheet, cell.row, cell.column)), heads
        if was != now:
            rows = range(max(cell.row - _NEAR, 1), cell.row + _NEAR)
            columns = range(max(cell.column - _NEAR, 1), cell.column + _NEAR)
            places = [*((row, cell.column) for row in rows), *((cell.row, column) for column in columns)]
            there = next((sheet.cell(*place).coordinate for place in places if _heads(sheet, *place) == was), "")
            words, present = ("·".join(filter(None, pair)) for pair in (was, now))
            self._tell_moved(where, (words, present, f"{sheet.title}!{there}" if there else ""), cell.coordinate)
        return read

    def _table(self, link: Mapping, file: Scalar) -> Node:
        """Returns a range as rows and series: names in its first column, those of several series in its first row."""
        from openpyxl.utils import get_column_letter, range_boundaries

        where = link.get("range")
        match = _RANGE.fullmatch(where.text.strip().translate(_MARKS)) if isinstance(where, Scalar) else None
        sheet = self._sheet(file, match["sheet"], where) if match and isinstance(where, Scalar) else None
        if sheet is None or match is None or not isinstance(where, Scalar):
            if match is None:
                self._tell("cell-name", link.span, "这里要区域，如 range: 表1!A3:D8", "name a range, like range: 表1!A3:D8")
            return replace(link, entries=())
        left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(match[0].rpartition("!")[2].replace("$", "")))
        place, span = (file, where.span), where.span

        def is_filled(cells: Iterable[tuple[int, int]]) -> bool:
            return any(sheet.cell(*cell).value is not None for cell in cells)  # who marks a range easily marks too much

        down = [row for row in range(top, bottom + 1) if is_filled((row, column) for column in range(left, right + 1))]
        across = [column for column in range(left + 1, right + 1) if is_filled((row, column) for row in down)]
        heads = [_shown(sheet.cell(top, column).value) for column in across]
        has_heads = not any(_NUMBER.fullmatch(head.translate(HALF_WIDTH)) for head in heads) and any(heads)
        rows = []
        for row in down[down[:1] == [top] and has_heads :]:
            names = [f"{get_column_letter(column)}{row}" for column in across]
            cells = tuple(self._read(place, sheet, name, may_be_empty=True) for name in names)
            rows.append(
                (Scalar(_shown(sheet.cell(row, left).value), span), Sequence(cells, span) if len(cells) > 1 else cells[0])
            )
        labels = tuple(name.text for name, _ in rows)
        lost = [name for name in self._beside(link, where, labels) if name not in labels]
        beyond = [*range(max(top - _NEAR, 1), top), *range(bottom + 1, bottom + _NEAR)]
        if there := next((row for row in beyond if _shown(sheet.cell(row, left).value) in lost), None):
            gone, last = _shown(sheet.cell(there, left).value), labels[-1] if labels else ""
            self._tell_moved(where, (gone, last, f"{sheet.title}!{get_column_letter(left)}{there}"), match[0].rpartition("!")[2])
        made: list[tuple[Scalar, Node]] = [(Scalar("rows", span), Mapping(tuple(rows), span))]
        if has_heads and len(heads) > 1:
            made.append((Scalar("series", span), Sequence(tuple(Scalar(head, span) for head in heads), span)))
        rest = tuple(entry for entry in link.entries if entry[0].text not in ("file", "range"))
        return replace(link, entries=(*made, *rest))

    def _beside(self, link: Mapping, where: Scalar, now: tuple[str, ...]) -> tuple[str, ...]:
        """Notes what stands beside what a link names; returns what stood there at the last build."""
        key = f"{self.file} {self.ids.at(link.span)} {where.text}"
        self.links[key] = now
        return tuple(self.before.get(key, now))

    def _tell_moved(self, where: Scalar, words: tuple[str, str, str], cells: str) -> None:
        """Reports that rows or columns were put in or taken out beside a link: an error where what it meant stands elsewhere."""
        was, now, there = words
        zh, en = f"{where.text} 旁边上次是“{was}”，这次是“{now}”", f"{where.text} stood by “{was}”, now by “{now}”"
        if not there:
            hint = Bilingual("核对是不是同一个数", "look whether it is the same figure")
            self.report.warning("cell-moved", where.span, Bilingual(zh, en), hint)
            return
        fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cells)
        en += f"; “{was}” is at {there}: rows or columns have moved"
        hint = Bilingual(f"改成 {there} 那里；就要现在的，写成 {fixed}", f"name {there}; for what is here now, type {fixed}")
        message = Bilingual(f"{zh}；“{was}”现在在 {there}：表格里增删过行或列", en)
        self.report.error("cell-moved", where.span, message, hint)

    def _sheet(self, file: Scalar, name: str | None, where: Scalar) -> Worksheet | None:
        if file.text not in self.books:
            self.books[file.text] = self._open(file)
        book = self.books[file.text]
        if book is None:
            return None
        if name is None and len(book.sheetnames) == 1:
            return book.worksheets[0]
        if name in book.sheetnames:
            return book[name]
        zh = f"{file.text} 里没有工作表“{name}”" if name else f"{file.text} 有几张工作表，写上是哪一张：表1!B7"
        en = f"{file.text} has no sheet “{name}”" if name else f"{file.text} has several sheets: name one, like 表1!B7"
        self.report.error("no-sheet", where.span, Bilingual(zh, en), did_you_mean(name or "", book.sheetnames))
        return None

    def _open(self, file: Scalar) -> Workbook | None:
        """Returns a workbook with the values that were saved last; a CSV as one of a single sheet."""
        import openpyxl

        try:
            data = self.world.read(self.folder / file.text, PICTURE_LIMIT)
        except Rejected as rejected:
            folder = (self.world.root / self.folder / file.text).parent
            names = [path.name for path in sorted(folder.glob("*.*"))] if folder.is_dir() else []
            for found in rejected.diagnostics:
                self.report.error(found.code, file.span, found.message, found.hint or did_you_mean(file.text, names))
            return None
        if not file.text.lower().endswith(".csv"):
            try:
                return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            except Exception:  # a broken workbook raises anything
                hint = Bilingual("另存为 .xlsx 或 .csv（UTF-8）", "save it as .xlsx or .csv (UTF-8)")
                said = Bilingual(f"{file.text} 不是能读的电子表格", f"{file.text} is no spreadsheet that can be read")
                self.report.error("bad-spreadsheet", file.span, said, hint)
                return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")  # as Chinese Excel saves it
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(text)):
            book.worksheets[0].append(row)
        return book

    def _read(self, place: tuple[Scalar, Span], sheet: Worksheet, name: str, may_be_empty: bool = False) -> Scalar:
        """Returns what a cell shows, as it is typed in a source; a stand-in after reporting that there is nothing to take."""
        (file, span), cell = place, sheet[name]
        at = f"{file.text} {sheet.title}!{name}"
        try:
            merged = next((str(area) for area in sheet.merged_cells.ranges if name in area), "")
            if merged and not merged.startswith(f"{name}:"):
                raise _Refused("cell-merged", f"在合并格 {merged} 里", f"lies in the merged cell {merged}")
            if cell.data_type == "e":
                raise _Refused("cell-error", f"是错误值 {cell.value}", f"holds the error {cell.value}")
            value = _typed(cell.value, str(cell.number_format))
            self.is_percent = f"{cell.value if isinstance(cell.value, str) else cell.number_format}".strip().endswith("%")
            if not value and not may_be_empty:
                raise _Refused(*self._blank(file, sheet.title, name))
        except _Refused as refused:
            kind, zh, en = refused.args
            self.report.error(kind, span, Bilingual(f"{at} {zh}", f"{at} {en}"), _HINTS[kind])
            return Scalar(_STAND_IN, span)
        if value:
            self.taken.append(Taken(file.text, f"{sheet.title}!{name}", value, _heads(sheet, cell.row, cell.column)))
        return Scalar(value or "—", span, cell=at)

    def _blank(self, file: Scalar, sheet: str, name: str) -> tuple[str, str, str]:
        if not file.text.lower().endswith(".csv"):
            from openpyxl import load_workbook

            data = self.world.read(self.folder / file.text, PICTURE_LIMIT)
            if str(load_workbook(io.BytesIO(data))[sheet][name].value or "").startswith("="):
                return "cell-formula", "是公式，文件里没有存下结果", "is a formula without a saved result"
        return "cell-empty", "是空的", "is empty"

    def _tell(self, code: str, span: Span, zh: str, en: str) -> None:
        self.report.error(code, span, Bilingual(zh, en))


def _typed(value: Any, shown_as: str) -> str:
    """Returns a cell's value as a source has it: a number with the decimals that its format shows, a percentage as the
    number before %, a date as 2023-01-29, text without its separators of thousands."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")
        form = _DECIMALS.search(re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", shown_as.split(";")[0])) if shown_as != "General" else None
        if form and form[2]:
            number *= 100
        if form:
            number = number.quantize(Decimal(1).scaleb(-len(form[1] or "")), ROUND_HALF_UP)
        text = f"{number:f}"
        return text if form or "." not in text else text.rstrip("0").rstrip(".")
    text = " ".join(str(value).split())
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text.translate(HALF_WIDTH)).removesuffix("%").strip()
    return plain if _NUMBER.fullmatch(plain) else text


def _heads(sheet: Worksheet, row: int, column: int) -> tuple[str, str]:
    """Returns the first text to the left of a cell and the first above it, '' where there is none."""
    left = (sheet.cell(row, at).value for at in range(column - 1, 0, -1))
    above = (sheet.cell(at, column).value for at in range(row - 1, 0, -1))
    first, over = (next((v.strip() for v in held if isinstance(v, str) and not _is_number(v)), "") for held in (left, above))
    return first, over


def _is_number(text: str) -> bool:
    return not text.strip() or _NUMBER.fullmatch(text.strip().removesuffix("%").replace(",", "")) is not None


def _shown(value: Any) -> str:
    return "" if value is None else _typed(value, "General")
