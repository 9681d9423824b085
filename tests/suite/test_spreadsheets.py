"""Figures from spreadsheets: what a cell shows is what is typed; what cannot be taken is told with sheet and cell."""

import datetime
import io
from dataclasses import replace

import pytest
from openpyxl import Workbook

from lhpub.diagnostics import Rejected
from lhpub.publication.model import LineSpec
from lhpub.publication.read import read_publication
from lhpub.record import Product, compared, entry_of, moved
from lhpub.world import World

SOURCE = "publication: {{title: 年}}\nkeywords:\n  - {{title: 甲, body: '共{{数}}。', facts: {{数: {{value: {{file: {0}, cell: {1}}}, unit: 亿元}}}}}}\n"


def workbook(*rows, formats=(), merge=""):
    book = Workbook()
    sheet = book.active
    sheet.title = "表1"
    for row in rows:
        sheet.append(row)
    for cell, form in formats:
        sheet[cell].number_format = form
    if merge:
        sheet.merge_cells(merge)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(tmp_path, data, cell="B2", name="年报.xlsx", source=SOURCE):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "s.yaml").write_text(source.format(name, cell), encoding="utf-8")
    return read_publication(World(tmp_path), "s.yaml")[0]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (535.8, "General", "535.8"), (0.1 + 0.2, "General", "0.3"), (685.7963, "0.0", "685.8"), (1234.5, "#,##0.00", "1234.50"),
        (0.239, "0.0%", "23.9"), (77, "General", "77"), ("1,234.5", "@", "1234.5"), (" ５３５.8 ", "@", "535.8"), ("23.9%", "@", "23.9"),
        ("数十", "@", "数十"), (2.5, '0.0"亿元"', "2.5"), (-3, "General", "-3"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_shown(tmp_path, value, form, shown):
    publication = read(tmp_path, workbook(("", "总投资"), ("首批", value), formats=[("B2", form)]))
    assert publication.keywords[0].facts[0].figure.text == f"{shown}亿元"
    assert [(cell.cell, cell.value, cell.heads) for cell in publication.cells] == [("表1!B2", shown, ("首批", "总投资"))]
    assert any("年报.xlsx" in str(path) for path in [publication.cells[0].file])


@pytest.mark.parametrize(("value", "form", "shown"), [(0.9876, "0.00%", "98.76%"), ("23.9%", "@", "23.9%"), (3, "General", "3")])
def test_a_percentage_brings_its_sign_where_no_unit_is_written(tmp_path, value, form, shown):
    publication = read(tmp_path, workbook(("", "率"), ("首批", value), formats=[("B2", form)]), source=SOURCE.replace(", unit: 亿元", ""))
    assert publication.keywords[0].facts[0].figure.text == shown


@pytest.mark.parametrize(
    ("data", "cell", "code", "said"),
    [
        (workbook(("", "甲"), ("乙", None)), "B2", "cell-empty", "表1!B2"),
        (workbook(("", "甲"), ("乙", "#REF!")), "B2", "cell-error", "#REF!"),
        (workbook(("", "甲"), ("乙", "=1+1")), "B2", "cell-formula", "表1!B2"),
        (workbook(("", "甲"), ("乙", 1), merge="A1:B2"), "B2", "cell-merged", "A1:B2"),
        (workbook(("", "甲"), ("乙", 1)), "表2!B2", "no-sheet", "表2"),
        (workbook(("", "甲"), ("乙", 1)), "七", "cell-name", "表1!B7"),
        (workbook(("", "甲"), ("乙", datetime.date(2023, 1, 29))), "B2", "not-a-number", "2023-01-29"),
        (b"PK", "B2", "bad-spreadsheet", "年报.xlsx"),
    ],
)
def test_what_cannot_be_taken_is_told(tmp_path, data, cell, code, said):
    with pytest.raises(Rejected) as told:
        read(tmp_path, data, cell)
    (found,) = told.value.diagnostics
    assert (found.code, said in found.message.zh, found.span.line) == (code, True, 3)


def test_csv_as_excel_saves_it_in_china_is_read(tmp_path):
    publication = read(tmp_path, "名,值\n首批,535.8\n".encode("gb18030"), name="年报.csv")
    assert publication.keywords[0].facts[0].figure.text == "535.8亿元"


def test_a_range_is_a_table_of_a_chart(tmp_path):
    source = SOURCE + "charts:\n  - {{kind: line, title: 五年, keyword: 甲, data: {{file: 年报.xlsx, range: 表1!A1:C4, unit: 万元}}}}\n"
    rows = [("", "门诊", "住院"), ("2021年", 1, 2), ("2022年", 3, None), ("2023年", 5, 6)]
    (chart,) = [c for c in read(tmp_path, workbook(*rows), source=source).charts if isinstance(c, LineSpec)]
    assert ["".join(i.text for i in row.label) for row in chart.rows] == ["2021年", "2022年", "2023年"]
    assert [[cell and int(cell.fact.value) for cell in row.cells] for row in chart.rows] == [[1, 2], [3, None], [5, 6]]
    assert ["".join(i.text for i in name) for name in chart.series] == ["门诊", "住院"]


def test_blank_rows_and_columns_that_were_marked_too_are_no_data(tmp_path):
    source = SOURCE + "charts:\n  - {{kind: line, title: 五年, keyword: 甲, data: {{file: 年报.xlsx, range: 表1!A1:D6, unit: 万元}}}}\n"
    rows = [("", "门诊", None, "住院"), ("2021年", 1, None, 2), (), ("2023年", 5, None, 6)]
    (chart,) = read(tmp_path, workbook(*rows), source=source).charts
    assert [[cell and int(cell.fact.value) for cell in row.cells] for row in chart.rows] == [[1, 2], [5, 6]]
    assert ["".join(i.text for i in name) for name in chart.series] == ["门诊", "住院"]


def test_figures_that_moved_are_named():
    called, stands = {"facts/甲.数": ("01-1", "项目", "年报.xlsx 表1!B7")}, {"facts/甲.数": 4}
    old, new = (
        Product("a-deck", {}, 1, {}, (), {"facts/甲.数": one, "facts/甲.别": "2个"}, {}, {}, called, stands) for one in ("1个", "3个")
    )
    before, now = ({"a-deck": entry_of(one, {})} for one in (old, new))
    (told,) = moved(before, now, (new, new))
    assert told.code == "figures-moved"
    assert told.message.zh.endswith("：\n    01-1　项目　1个 → 3个　年报.xlsx 表1!B7　8 处")
    assert list(moved({}, now, (new,))) == []
    told = compared((new, replace(new, name="a-brochure")))
    assert (told.code, told.message.zh.endswith("幻灯片 4 处，画册 4 处")) == ("build-compared", True)


ROWS = [("", "总数"), ("首批", 1), ("后续", 2), ("合计", 3)]
RANGE = SOURCE + "charts:\n  - {{kind: line, title: 五年, keyword: 甲, data: {{file: 年报.xlsx, range: 表1!A1:B3, unit: 万元}}}}\n"


def again(tmp_path, rows, before, cell="B2", source=SOURCE):
    (tmp_path / "年报.xlsx").write_bytes(workbook(*rows))
    (tmp_path / "s.yaml").write_text(source.format("年报.xlsx", cell), encoding="utf-8")
    return read_publication(World(tmp_path), "s.yaml", dict(before.links))


def test_a_row_put_in_above_a_cell_is_refused_with_where_it_is_now(tmp_path):
    before = read(tmp_path, workbook(*ROWS))
    assert again(tmp_path, ROWS, before)[1] == ()
    shifted = [ROWS[0], ("新行", 9), *ROWS[1:]]
    with pytest.raises(Rejected) as told:
        again(tmp_path, shifted, before)
    (found,) = told.value.diagnostics
    assert (found.code, found.span.line, "表1!B3" in found.hint.zh, "$B$2" in found.hint.zh) == ("cell-moved", 3, True, True)
    for cell in ("B3", "$B$2"):  # followed, or meant
        assert again(tmp_path, shifted, before, cell)[1] == ()
    named = [ROWS[0], ("第一批", 1), *ROWS[2:]]
    assert [(d.code, d.severity.name) for d in again(tmp_path, named, before)[1]] == [("cell-moved", "WARNING")]


def test_a_row_that_a_range_has_lost_is_refused(tmp_path):
    before = read(tmp_path, workbook(*ROWS), source=RANGE)
    assert again(tmp_path, [ROWS[0], *ROWS[2:0:-1], ROWS[3]], before, "B3", RANGE)[1] == ()  # sorted anew, names go with values
    with pytest.raises(Rejected) as told:
        again(tmp_path, [ROWS[0], ("新行", 9), *ROWS[1:]], before, "B3", RANGE)
    assert [(d.code, "后续" in d.message.zh) for d in told.value.diagnostics] == [("cell-moved", True)]


def test_the_cell_of_each_value_is_kept(tmp_path):
    publication = read(tmp_path, workbook(*ROWS), source=RANGE)
    (chart,) = publication.charts
    assert publication.keywords[0].facts[0].cell == "年报.xlsx 表1!B2"
    assert [item.fact.cell for item in chart.items] == ["年报.xlsx 表1!B2", "年报.xlsx 表1!B3"]
