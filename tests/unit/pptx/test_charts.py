"""Native charts and their workbooks."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
from lxml import etree

from lhpub.render.pptx.workbook import letters, workbook

from . import sample
from .written import NS, Written

COLUMN, SHARE, RANK = (f"ppt/charts/chart{n}.xml" for n in (1, 2, 3))


def test_a_bound_has_a_series_of_its_own_and_no_exact_value() -> None:
    exact, bound = sample.INVESTMENT.sheet.columns
    assert exact.values == (Decimal("535.8"), Decimal("685.8"), None)
    assert bound.values == (None, None, Decimal(1000))
    assert (bound.header, bound.meaning) == ("数值（下限，亿元）", "bound")


def test_every_label_is_a_number_format_with_its_decimals_written_out(written: Written) -> None:
    formats = [form.get("formatCode") for form in written.find(COLUMN, "//c:dLbls/c:numFmt")]
    assert formats == ['0.0"亿元"', '"超"0"亿元"']
    assert not written.find(COLUMN, "//c:rich")
    assert [e.get("sourceLinked") for e in written.find(COLUMN, "//c:dLbls/c:numFmt")] == ["0", "0"]


def test_labels_take_the_ink_of_their_series(written: Written) -> None:
    colours = [c.get("val") for c in written.find(COLUMN, "//c:dLbls/c:txPr//a:schemeClr")]
    assert colours == ["accent1", "bg2"]


def test_columns_start_at_zero_and_have_no_greatest_value_that_an_edit_could_pass(written: Written) -> None:
    limits = {local.tag.rpartition("}")[2]: local.get("val") for local in written.find(COLUMN, "//c:valAx/c:scaling/*")}
    assert limits == {"orientation": "minMax", "min": "0"}


def test_axis_ids_are_positive_and_cross_each_other(written: Written) -> None:
    for chart in (COLUMN, SHARE, RANK):
        ids = [axis.get("val") for axis in written.find(chart, "//c:catAx/c:axId | //c:valAx/c:axId")]
        assert all(id_.isdecimal() for id_ in ids)
        assert {axis.get("val") for axis in written.find(chart, "//c:crossAx")} == set(ids)


def test_a_share_lies_over_the_whole_which_is_the_axis(written: Written) -> None:
    assert [v.text for v in written.find(SHARE, "//c:val//c:v")] == ["1", "0.239"]
    assert [e.get("formatCode") for e in written.find(SHARE, "//c:dLbls/c:numFmt")] == ['0.0%"（计算值）"']
    assert written.find(SHARE, "//c:overlap")[0].get("val") == "100"
    assert [e.get("val") for e in written.find(SHARE, "//c:valAx/c:scaling/c:max")] == ["1"]


def test_a_rank_has_one_on_top_and_a_ring_over_an_inferred_point(written: Written) -> None:
    assert written.find(RANK, "//c:valAx/c:scaling/c:orientation")[0].get("val") == "maxMin"
    assert [e.get("val") for e in written.find(RANK, "//c:valAx/c:scaling/c:max")] == ["100"]
    assert [[v.text for v in s.iterfind(".//{*}val//{*}v")] for s in written.find(RANK, "//c:ser")] == [["50", "40"], ["50"]]
    assert written.find(RANK, "//c:ser[2]//c:marker//a:schemeClr")[0].get("val") == "bg1"
    formats = [e.get("formatCode") for e in written.find(RANK, "//c:dLbl/c:numFmt")]
    assert formats == ['"第"0"位""（推算）"', '"第"0"位"']
    # LibreOffice saves the format of a labelled series before its points' labels, where the schema has it after them.
    assert [e.get("val") for e in written.find(RANK, "//c:ser[1]/c:dLbls/c:showVal")] == ["0"]


def test_labels_and_axes_name_language_and_east_asian_face(written: Written) -> None:
    for properties in written.find(COLUMN, "//a:defRPr"):
        assert properties.get("lang") == "zh-CN"
        assert properties.xpath("string(a:ea/@typeface)", namespaces=NS) == "+mn-ea"


def test_the_plot_area_lies_where_the_composition_has_it(written: Written) -> None:
    place = {e.tag.rpartition("}")[2]: e.get("val") for e in written.find(COLUMN, "//c:manualLayout/*")}
    assert float(place["x"]) == round((390 - 376) / 528, 6)
    assert float(place["h"]) == round(330 / 430, 6)
    assert place["layoutTarget"] == "inner"


def test_nothing_is_drawn_over_a_native_chart_but_its_unit_stands_beside_its_plot(written: Written) -> None:
    names = [p.get("name") for p in written.slide(5, "//p:cNvPr")]
    assert "investment/chart/图形" not in names
    texts = ["".join(x.itertext()) for x in written.shape(5, "investment/chart/文字").xpath(".//a:p", namespaces=NS)]
    assert texts == ["单位：亿元"]


def test_charts_say_what_they_show(written: Written) -> None:
    assert written.slide(5, "//p:graphicFrame//p:cNvPr")[0].get("descr") == sample.INVESTMENT.alt


def test_text_that_looks_like_a_formula_stays_text() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(sample.INVESTMENT.sheet))) as book:
        sheet, strings = book.read("xl/worksheets/sheet1.xml"), book.read("xl/sharedStrings.xml").decode()
        assert b"<f>" not in sheet
        assert "=洽谈签约" in strings
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")


def test_a_number_stands_in_the_workbook_as_the_source_has_it() -> None:
    exact = ("98.1", "8.2", "64.1", "0.07", "123456789012345", "0.000001")
    items = tuple(sample.item(v, v, sample.figure("", v, "家", "甲"), sample.RED) for v in exact)
    data = workbook(replace(sample.INVESTMENT, items=items, rows=sample.rows(*items)).sheet)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert [v.text for v in sheet.iter("{*}v") if v.getparent().get("t") is None] == list(exact)
    opened = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [row[1] for row in opened.iter_rows(min_row=2, values_only=True)] == [float(v) for v in exact]


def test_columns_beyond_z_have_two_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
