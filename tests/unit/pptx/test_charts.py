"""Native charts and their workbooks."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
from lxml import etree

from lhpub.boxes import ChartBox
from lhpub.kinds.chart import Column
from lhpub.render.pptx.charts.part import chart_space, words_beside
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.workbook import letters, workbook
from lhpub.text.model import Line

from . import sample
from .written import NS, Written

COLUMN, SHARE, RANK = (f"ppt/charts/chart{n}.xml" for n in (1, 2, 3))


def values(column: Column) -> tuple[Decimal | None, ...]:
    return tuple(item.value if item else None for item in column.items)


def test_a_bound_has_a_series_of_its_own_and_no_exact_value() -> None:
    exact, bound = sample.INVESTMENT.sheet.columns
    assert values(exact) == (Decimal("535.8"), Decimal("685.8"), None)
    assert values(bound) == (None, None, Decimal(1000))
    assert bound.header == "下限（亿元）"


def test_exact_labels_follow_the_sheet_and_a_bounds_label_has_its_word(written: Written) -> None:
    formats = [form.get("formatCode") for form in written.find(COLUMN, "//c:dLbls/c:numFmt")]
    assert formats == ['General"亿元"', 'General"亿元"']
    assert ["".join(x.itertext()) for x in written.find(COLUMN, "//c:dLbl/c:tx")] == ["超1000亿元"]


def test_labels_take_the_ink_of_the_drawn_figure(written: Written) -> None:
    colours = [c.get("val") for c in written.find(COLUMN, "//c:dLbls/c:txPr//a:schemeClr")]
    assert colours == ["tx1", "tx2"]


def test_axis_runs_from_zero_to_beyond_the_bound(written: Written) -> None:
    limits = {local.tag.rpartition("}")[2]: local.get("val") for local in written.find(COLUMN, "//c:valAx/c:scaling/*")}
    assert (limits["min"], limits["max"]) == ("0", "1250")


def test_axis_ids_are_positive_and_cross_each_other(written: Written) -> None:
    for chart in (COLUMN, SHARE, RANK):
        ids = [axis.get("val") for axis in written.find(chart, "//c:catAx/c:axId | //c:valAx/c:axId")]
        assert all(id_.isdecimal() for id_ in ids)
        assert {axis.get("val") for axis in written.find(chart, "//c:crossAx")} == set(ids)


def test_a_share_is_one_full_bar_of_theme_colours(written: Written) -> None:
    assert written.find(SHARE, "//c:grouping")[0].get("val") == "percentStacked"
    assert [c.get("val") for c in written.find(SHARE, "//c:ser/c:spPr//a:schemeClr")] == ["accent1", "bg2"]
    assert [v.text for v in written.find(SHARE, "//c:ser/c:tx//c:v")] == ["龙华区（家）", "其余（家，计算值）"]


def test_a_rank_has_one_on_top_and_an_inferred_point_is_hollow(written: Written) -> None:
    assert written.find(RANK, "//c:valAx/c:scaling/c:orientation")[0].get("val") == "maxMin"
    assert [point.get("val") for point in written.find(RANK, "//c:dPt/c:idx")] == ["0"]
    assert written.find(RANK, "//c:dPt//a:schemeClr")[0].get("val") == "bg1"
    assert written.find(RANK, "//c:smooth")[0].get("val") == "0"


def test_labels_and_axes_name_language_and_east_asian_face(written: Written) -> None:
    for properties in written.find(COLUMN, "//a:defRPr"):
        assert properties.get("lang") == "zh-CN"
        assert properties.xpath("string(a:ea/@typeface)", namespaces=NS) == "+mn-ea"


def test_the_plot_area_lies_where_the_composition_has_it(written: Written) -> None:
    place = {e.tag.rpartition("}")[2]: e.get("val") for e in written.find(COLUMN, "//c:manualLayout/*")}
    assert float(place["x"]) == round((390 - 376) / 528, 6)
    assert float(place["h"]) == round(330 / 430, 6)
    assert place["layoutTarget"] == "inner"


def test_bound_edges_stand_over_the_chart_as_decoration(written: Written) -> None:
    group = written.shape(5, "investment/chart/图形")
    assert len(group.xpath("p:cxnSp", namespaces=NS)) == 4
    assert len(group.xpath(".//a:custDash", namespaces=NS)) == 2
    assert b"adec:decorative" in etree.tostring(group[0])


def test_words_that_no_native_label_shows_stand_as_texts(written: Written) -> None:
    texts = ["".join(x.itertext()) for x in written.shape(6, "share/chart/文字").xpath(".//a:p", namespaces=NS)]
    assert texts == ["1179家", "3744家"]
    texts = ["".join(x.itertext()) for x in written.shape(5, "investment/chart/文字").xpath(".//a:p", namespaces=NS)]
    assert texts == ["1月29日", "第二至第四季度", "11月17日"]


def test_charts_say_what_they_show(written: Written) -> None:
    assert written.slide(5, "//p:graphicFrame//p:cNvPr")[0].get("descr") == sample.INVESTMENT.alt


def test_text_that_looks_like_a_formula_stays_text() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(sample.INVESTMENT.sheet))) as book:
        sheet, strings = book.read("xl/worksheets/sheet1.xml"), book.read("xl/sharedStrings.xml").decode()
        assert b"<f>" not in sheet
        assert "=洽谈签约" in strings
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")


def test_names_that_had_to_wrap_stand_as_composed_instead_of_on_the_axis() -> None:
    rect = sample.Rect(0, 0, 528, 430)
    long = sample.text_box(rect, "第二至第四季度新开工", sample.VALUE, "investment/name-2")
    broken = replace(long, lines=(Line((), 0, 20, 90, "", last=False), Line((), 0, 48, 90, "", last=True)))
    whole = replace(long, lines=broken.lines[1:])
    for drawn, deleted, words in ((broken, "1", 1), (whole, "0", 0)):
        box = ChartBox(rect, sample.INVESTMENT, (drawn,), "investment/chart", rect, axis_style=sample.VALUE)
        root = etree.fromstring(chart_space(box, Scheme({}), "rId1"))
        assert root.xpath("string(//c:catAx/c:delete/@val)", namespaces=NS) == deleted
        assert len(words_beside(box)) == words


def test_a_ladder_lies_under_its_line_and_edges_over_their_column(written: Written) -> None:
    order = [p.get("name") for p in written.slide(7, "//p:spTree/*/*/p:cNvPr")]
    assert order.index("rank/chart/图形") < order.index("rank/chart")
    order = [p.get("name") for p in written.slide(5, "//p:spTree/*/*/p:cNvPr")]
    assert order.index("investment/chart") < order.index("investment/chart/图形")


def test_a_number_stands_in_the_workbook_as_the_source_has_it() -> None:
    exact = ("98.1", "8.2", "64.1", "0.07", "123456789012345", "0.000001")
    items = tuple(sample.item(v, v, sample.figure("", v, "家", "甲"), sample.RED) for v in exact)
    data = workbook(replace(sample.INVESTMENT, items=items).sheet)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert [v.text for v in sheet.iter("{*}v") if v.getparent().get("t") is None] == list(exact)
    opened = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [row[1] for row in opened.iter_rows(min_row=2, values_only=True)] == [float(v) for v in exact]


def test_columns_beyond_z_have_two_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
