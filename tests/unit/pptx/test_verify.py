"""The deck's own lint: a clean file gives nothing, and each seeded breakage is caught by its own rule."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.boxes import Composition
from lhpub.verify.pptx import verify_pptx
from tests.format.files import check_pptx
from tests.format.pptx_content import CONTENT
from tests.format.pptx_structure import STRUCTURE

from . import sample
from .written import Written, changed, rezipped

PRESENTATION, RELATIONS, TYPES = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"
SLIDE, SLIDE_RELATIONS, CHART, LAYOUT = (
    "ppt/slides/slide4.xml", "ppt/slides/_rels/slide5.xml.rels", "ppt/charts/chart1.xml", "ppt/slideLayouts/slideLayout1.xml"
)  # fmt: skip
SLIDE3, THEME = "ppt/slides/slide3.xml", "ppt/theme/theme1.xml"
SECTION_ID = b'<p14:sldId id="258"/>'


def swap(part: str, old: str, new: str, count: int = 1) -> Callable[[bytes], bytes]:
    return lambda data: changed(data, part, lambda blob: blob.replace(old.encode(), new.encode(), count))


def without(part: str) -> Callable[[bytes], bytes]:
    return lambda data: rezipped([(name, blob) for name, blob in Written(data).parts.items() if name != part])


def added(part: str, blob: bytes) -> Callable[[bytes], bytes]:
    return lambda data: rezipped([*Written(data).parts.items(), (part, blob)])


def twice(data: bytes) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return rezipped([*Written(data).parts.items(), ("ppt/slides/slide1.xml", b"<a/>")])


def cut(part: str, first: str, last: str) -> Callable[[bytes], bytes]:
    """Removes what stands from `first` to the end of the next `last`."""

    def change(blob: bytes) -> bytes:
        start = blob.index(first.encode())
        return blob[:start] + blob[blob.index(last.encode(), start) + len(last.encode()) :]

    return lambda data: changed(data, part, change)


def with_second_core(data: bytes) -> bytes:
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    data = added("docProps/core2.xml", b"<x/>")(data)
    relation = f'<Relationship Id="rId99" Type="{package}" Target="docProps/core2.xml"/></Relationships>'
    return swap("_rels/.rels", "</Relationships>", relation)(data)


def later(data: bytes) -> bytes:
    return rezipped(list(Written(data).parts.items()), (2026, 1, 2, 3, 4, 6))


BREAKAGES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a name twice in the zip": ("pptx-duplicate-entry", twice),
    "entries with today's date": ("pptx-dates", later),
    "a control character": ("pptx-not-xml", swap(SLIDE, "拓展市场</a:t>", "拓展\x01市场</a:t>")),
    "an Override for a part that is absent": (
        "pptx-content-type", swap(TYPES, "</Types>", '<Override PartName="/ppt/slides/slide99.xml" ContentType="x"/></Types>')
    ),
    "a picture type that is not declared": ("pptx-content-type", swap(TYPES, 'Extension="png"', 'Extension="bmp"')),
    "a chart part that is missing": ("pptx-relationship", without(CHART)),
    "a relationship to nowhere": ("pptx-relationship", swap(RELATIONS, "slides/slide3.xml", "slides/slide33.xml")),
    "a relationship id that is not there": ("pptx-relationship-id", swap("ppt/slides/slide8.xml", 'r:embed="rId', 'r:embed="rId9')),
    "a chart relationship that no shape uses": (
        "pptx-relationship-id", swap(SLIDE_RELATIONS, "</Relationships>", '<Relationship Id="rId77" Type="http://schemas.openxml'
                                     'formats.org/officeDocument/2006/relationships/chart" Target="../charts/chart1.xml"/></Relationships>')
    ),
    "a deleted slide that is left behind": ("pptx-orphan", added("ppt/slides/slide9.xml", b"<p/>")),
    "a shape id twice": ("pptx-shape-id", swap(SLIDE, '<p:cNvPr id="3"', '<p:cNvPr id="2"')),
    "a shape with the root's id": ("pptx-shape-id", swap(SLIDE, '<p:cNvPr id="3"', '<p:cNvPr id="1"')),
    "a shape id of 0": ("pptx-shape-id", swap(SLIDE, '<p:cNvPr id="3"', '<p:cNvPr id="0"')),
    "a slide id below 256": ("pptx-slide-id", swap(PRESENTATION, '<p:sldId id="257"', '<p:sldId id="12"')),
    "a slide id twice": ("pptx-slide-id", swap(PRESENTATION, '<p:sldId id="257"', '<p:sldId id="256"')),
    "a layout id that is the master's": (
        "pptx-slide-id", swap("ppt/slideMasters/slideMaster1.xml", 'sldLayoutId id="2147483649"', 'sldLayoutId id="2147483648"')
    ),
    "sections before the default style": ("pptx-order", swap(PRESENTATION, "<p:kinsoku", "<p:extLst/><p:kinsoku")),
    "a face before the fill": (
        "pptx-order", swap(SLIDE, 'sz="2400"><a:latin typeface="+mn-lt"/>', 'sz="2400"><a:ea typeface="x"/><a:latin typeface="+mn-lt"/>')
    ),
    "a fill before a cell's lines": ("pptx-order", swap(SLIDE, "<a:noFill/></a:tcPr>", "<a:noFill/><a:lnL/></a:tcPr>")),
    "a width that is no whole number": ("pptx-number", swap(SLIDE, "<a:ext cx=", '<a:ext cx="1.5" cy="1"/><a:ext cx=')),
    "a negative height": ("pptx-number", swap("ppt/slides/slide8.xml", ' cy="', ' cy="-')),
    "a coordinate that is not a number": ("pptx-number", swap(LAYOUT, '<a:off x="', '<a:off x="NaN')),
    "a preset that does not exist": ("pptx-preset", swap("ppt/slides/slide8.xml", 'prst="rect"', 'prst="oval"')),
    "a background without its effect list": ("pptx-background", swap(LAYOUT, "<a:effectLst/></p:bgPr>", "</p:bgPr>")),
    "a shape without a text body": (
        "pptx-empty-shape", lambda data: changed(data, "ppt/slides/slide2.xml", lambda b: b[: b.index(b"<p:txBody>")]
                                                 + b[b.index(b"</p:txBody>") + 11 :])
    ),
    "a placeholder the layout has not": ("pptx-placeholder", swap(SLIDE, 'type="body" idx="21"', 'type="body" idx="99"')),
    "a section that names an unknown slide": ("pptx-section", swap(PRESENTATION, SECTION_ID.decode(), '<p14:sldId id="999"/>')),
    "a slide in no section": ("pptx-section", swap(PRESENTATION, SECTION_ID.decode(), "")),
    "a section id in lower case": ("pptx-section", swap(PRESENTATION, 'name="开篇" id="{', 'name="开篇" id="{a')),
    "notes without a listed master": (
        "pptx-notes", lambda data: changed(data, PRESENTATION, lambda b: b[: b.index(b"<p:notesMasterIdLst>")]
                                           + b[b.index(b"</p:notesMasterIdLst>") + 21 :])
    ),
    "negative axis ids": ("pptx-chart", swap(CHART, 'val="10001"', 'val="-2068027336"', 9)),
    "a chart without categories": ("pptx-chart", lambda data: changed(
        data, CHART, lambda b: b.replace(b"<c:cat>", b"<c:x>").replace(b"</c:cat>", b"</c:x>"))),
    "a chart without a language": ("pptx-chart", swap(CHART, '<c:lang val="zh-CN"/>', "")),
    "a chart without its workbook": ("pptx-chart", swap("ppt/charts/_rels/chart1.xml.rels", "relationships/package", "relationships/x")),
    "a run without a language": ("pptx-language", swap(SLIDE, ' lang="zh-CN"', "")),
    "a chart without a description": ("pptx-alt", swap("ppt/slides/slide5.xml", 'descr="柱状图', 'x="柱状图')),
    "a picture without a description": ("pptx-alt", swap("ppt/slides/slide8.xml", 'descr="办事大厅窗口"', 'descr=""')),
    "a drawing neither described nor decoration": ("pptx-alt", swap("ppt/slides/slide5.xml", f'descr="{sample.INVESTMENT.alt}"', 'descr=""')),
    "a slide without a title": ("pptx-title", swap(SLIDE, 'type="title"', 'type="body" idx="20"')),
    "two slides with one title": ("pptx-title", swap(SLIDE, "<a:t>拓展市场</a:t>", "<a:t>十二个月</a:t>")),
    "a foreign thumbnail": ("pptx-leftover", added("docProps/thumbnail.jpeg", b"x")),
    "a foreign author": ("pptx-leftover", swap("docProps/core.xml", "深圳市龙华区", "Steve Canny", 2)),
    "a slide declared as plain XML": (
        "pptx-content-type", swap(TYPES, 'slide4.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml', 'slide4.xml" ContentType="application/xml')
    ),
    "a slide without its Override": ("pptx-content-type", cut(TYPES, '<Override PartName="/ppt/slides/slide4.xml"', "/>")),
    "two sets of properties": ("pptx-presentation", with_second_core),
    "slides without width": ("pptx-presentation", swap(PRESENTATION, 'sldSz cx="12192000"', 'sldSz cx="0"')),
    "no slide size": ("pptx-presentation", cut(PRESENTATION, "<p:sldSz", "/>")),
    "no slide master": ("pptx-presentation", cut(PRESENTATION, "<p:sldMasterIdLst>", "</p:sldMasterIdLst>")),
    "an empty group": ("pptx-group", swap(
        "ppt/slides/slide2.xml", "</p:spTree>", '<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm/></p:grpSpPr></p:grpSp></p:spTree>')),
    "a group without a place": ("pptx-group", cut(SLIDE3, '<a:xfrm><a:off x="533400"', "</a:xfrm>")),
    "a group without properties": ("pptx-group", cut(SLIDE3, '<p:grpSpPr><a:xfrm><a:off x="533400"', "</p:grpSpPr>")),
    "a shape tree without properties": ("pptx-group", cut(SLIDE3, '<p:grpSpPr><a:xfrm><a:off x="0"', "</p:grpSpPr>")),
    "a scheme colour that does not exist": ("pptx-colour", swap(SLIDE, 'schemeClr val="tx2"', 'schemeClr val="accent9"')),
    "a colour of three digits": ("pptx-colour", swap(THEME, 'srgbClr val="871920"', 'srgbClr val="FFF"')),
    "type of size 0": ("pptx-type-size", swap(SLIDE, 'sz="2400"', 'sz="0"')),
    "type of 11 pt": ("pptx-type-size", swap(SLIDE, 'sz="2400"', 'sz="1100"')),
    "type of a broken size": ("pptx-type-size", swap(SLIDE, 'sz="2400"', 'sz="24.5"')),
    "a layout's type of size 0": ("pptx-type-size", swap(LAYOUT, 'sz="4000"', 'sz="0"')),
    "a chart's labels of 11 pt": ("pptx-type-size", swap(CHART, 'sz="2000"', 'sz="1100"')),
    "text that shrinks": ("pptx-autofit", swap("ppt/slides/slide2.xml", "<a:noAutofit/>", '<a:normAutofit fontScale="50000"/>')),
    "a frame that grows": ("pptx-autofit", swap("ppt/slides/slide2.xml", "<a:noAutofit/>", "<a:spAutoFit/>")),
    "text right of the slide": ("pptx-off-slide", swap("ppt/slides/slide8.xml", '<a:off x="711200"', '<a:off x="22660400"')),
    "text above the slide": ("pptx-off-slide", swap("ppt/slides/slide2.xml", '<a:off x="711200" y="2341880"/><a:ext cx="2032000"',
                                                    '<a:off x="711200" y="-2341880"/><a:ext cx="2032000"')),
    "a table off the slide": ("pptx-off-slide", swap(SLIDE, '<a:off x="4826000"', '<a:off x="11826000"')),
    "a row short of a cell": ("pptx-table", cut(SLIDE, "<a:tc>", "</a:tc>")),
    "a table without a header": ("pptx-table", swap(SLIDE, '<a:tblPr firstCol="1">', "<a:tblPr>")),
    "no East Asian face for titles": ("pptx-theme-font", swap(THEME, 'typeface="宋体"', 'typeface=""', 2)),
    "no East Asian face for text": ("pptx-theme-font", swap(
        THEME, '<a:ea typeface="微软雅黑"/><a:cs typeface=""/><a:font script="Hans" typeface="微软雅黑"/>', '<a:ea typeface=""/>')),
    "a file name as description": ("pptx-alt", swap("ppt/slides/slide8.xml", 'descr="办事大厅窗口"', 'descr="image1.png"')),
    "a section id twice": ("pptx-section", swap(PRESENTATION, "771792A2-86D0-584F-9628-39E7CF52BA4F", "2EBF9413-D9A8-55F8-8DF1-F43B4CFA7648")),
    "a category without a name": ("pptx-chart", swap(CHART, "首批开工&#10;1月29日", "")),
    "a count of points that is not the sheet's": ("pptx-chart", swap(CHART, '<c:ptCount val="3"/>', '<c:ptCount val="1"/>')),
    "a reference short of a row": ("pptx-chart", swap(CHART, "$B$2:$B$4", "$B$2:$B$3")),
    "a decimal comma": ("pptx-chart", swap(CHART, "<c:v>535.8</c:v>", "<c:v>535,8</c:v>")),
    "a point beyond the sheet": ("pptx-chart", swap(CHART, '<c:pt idx="1"><c:v>685.8', '<c:pt idx="7"><c:v>685.8')),
    "a series number twice": ("pptx-chart", swap(CHART, '<c:idx val="1"/><c:order val="1"/>', '<c:idx val="0"/><c:order val="0"/>')),
    "an axis that crosses none": ("pptx-chart", swap(CHART, '<c:crossAx val="10001"/>', '<c:crossAx val="10009"/>')),
    "a workbook that is no zip": (
        "pptx-chart", lambda data: changed(data, "ppt/embeddings/workbook1.xlsx", lambda blob: b"no zip" + blob[6:-22])
    ),
    "a jump to an address": ("pptx-jump", swap("ppt/slides/_rels/slide2.xml.rels", "relationships/slide\"", "relationships/hyperlink\"", 9)),
}  # fmt: skip


def codes(data: bytes, composition: Composition | None = None) -> set[str]:
    return {diagnostic.code for diagnostic in check_pptx(data, composition)}


def test_a_clean_deck_gives_nothing(written: Written, deck: Composition) -> None:
    assert check_pptx(written.data, deck) == ()


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_seeded_breakage_is_caught(written: Written, name: str) -> None:
    code, breakage = BREAKAGES[name]
    assert code in codes(breakage(written.data))


def test_every_rule_has_its_breakage() -> None:
    assert (STRUCTURE | CONTENT).keys() == {code for code, _ in BREAKAGES.values()}
    assert len(BREAKAGES) >= 75


def workbook_with(data: bytes, old: bytes, new: bytes) -> bytes:
    def change(blob: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(blob)) as book:
            parts = [(info.filename, book.read(info)) for info in book.infolist()]
        return rezipped([(name, content.replace(old, new)) for name, content in parts])

    return changed(data, "ppt/embeddings/workbook1.xlsx", change)


WRONG_FIGURES: dict[str, Callable[[bytes], bytes]] = {
    "hero": swap(SLIDE, "<a:t>3140</a:t>", "<a:t>3410</a:t>"),
    "table": swap(SLIDE, "宣讲13场", "宣讲31场"),
    "date": swap(SLIDE, "2月", "3月"),
    "page number": swap(SLIDE, "<a:t>4</a:t>", "<a:t>5</a:t>"),
    "notes": swap("ppt/notesSlides/notesSlide1.xml", "109个", "190个"),
    "alternative text of a chart": swap("ppt/slides/slide5.xml", "685.8亿元", "658.8亿元"),
    "alternative text of a drawing": swap("ppt/slides/slide3.xml", "时间轴：1月29日", "时间轴：1月28日"),
    "value in a chart": swap(CHART, "<c:v>685.8</c:v>", "<c:v>658.8</c:v>"),
    "label in a chart": swap(CHART, '<c:numFmt formatCode="0.0&quot;亿元&quot;"', '<c:numFmt formatCode="0.00&quot;亿元&quot;"'),
    "unit in a chart": swap(CHART, "0.0&quot;亿元", "0.0&quot;万元"),
    "category of a chart": swap(CHART, "首批开工", "首批停工"),
    "line under a category": swap(CHART, "1月29日", "1月28日"),
    "a bound written as exact": swap(CHART, '<c:pt idx="1"><c:v>685.8', '<c:pt idx="2"><c:v>685.8'),
    "cell of a workbook": lambda data: workbook_with(data, b"<v>685.8</v>", b"<v>586.8</v>"),
    "header of a workbook": lambda data: workbook_with(data, "下限，亿元".encode(), "亿元".encode()),
    "axis upside down": swap(CHART, '<c:orientation val="minMax"/><c:min', '<c:orientation val="maxMin"/><c:min'),
    "axis of ranks upright": swap("ppt/charts/chart3.xml", 'val="maxMin"', 'val="minMax"'),
    "axis that does not begin at 0": swap(CHART, '<c:min val="0"/>', '<c:min val="500"/>'),
    "axis of another height": swap(CHART, '<c:min val="0"/>', '<c:max val="700"/><c:min val="0"/>'),
    "labels of a chart not shown": swap(CHART, '<c:showVal val="1"/>', '<c:showVal val="0"/>', 9),
    "a label of a chart not shown": swap(CHART, '<c:showVal val="1"/>', '<c:showVal val="0"/>'),
    "reference to another column": swap(CHART, "数据!$B$2:$B$4", "数据!$C$2:$C$4"),
    "values of a point gone": swap(CHART, '<c:pt idx="0"><c:v>535.8</c:v></c:pt>', ""),
    "category of the second series": lambda data: changed(
        data, CHART, lambda b: "首批停工".encode().join(b.rsplit("首批开工".encode(), 1))
    ),
    "computed share without its mark": swap("ppt/charts/chart2.xml", "（计算值）", ""),
    "text of its own as a label": swap(CHART, "<c:numFmt", "<c:dLbl><c:idx val=\"0\"/><c:tx><c:rich><a:p><a:r><a:t>5</a:t></a:r></a:p></c:rich></c:tx></c:dLbl><c:numFmt"),
    "year in the file's properties": swap("docProps/core.xml", "二〇二三", "2024"),
    "title in the file's properties": swap("docProps/core.xml", "<dc:title>回眸", "<dc:title>回眸2"),
    "link to another slide": swap("ppt/slides/_rels/slide2.xml.rels", "slide4.xml", "slide5.xml"),
    "link that is gone": cut("ppt/slides/slide2.xml", '<a:hlinkClick r:id="rId3"', "/>"),
    "name of a section": swap(PRESENTATION, 'name="投资与开放"', 'name="投资与开方"'),
    "a hidden slide": swap(SLIDE, "<p:sld ", '<p:sld show="0" '),
    "slides in another order": lambda data: changed(
        data, PRESENTATION, lambda b: b.replace(b'r:id="rId6"', b'r:id="x"').replace(b'r:id="rId7"', b'r:id="rId6"').replace(b'"x"', b'"rId7"')
    ),
    "alternative text of a table": swap(SLIDE, "政策宣讲13场；推出", "政策宣讲31场；推出"),
    "words over a chart": swap("ppt/slides/slide6.xml", "1179家", "1719家"),
    "timeline": swap("ppt/slides/slide3.xml", "<a:t>1月29日</a:t>", "<a:t>1月19日</a:t>"),
    "a figure in a box of the presenter's": swap(
        SLIDE, "</p:spTree>", '<p:sp><p:nvSpPr><p:cNvPr id="99" name="x"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>77</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", WRONG_FIGURES)
def test_a_wrong_digit_is_caught_wherever_it_stands(written: Written, deck: Composition, place: str) -> None:
    found = codes(WRONG_FIGURES[place](written.data), deck)
    assert found & {"pptx-figure-differs", "pptx-text-differs"}


def test_a_wrong_fact_is_named_with_slide_place_and_fact(written: Written, deck: Composition) -> None:
    (told,) = verify_pptx(WRONG_FIGURES["hero"](written.data), deck)
    assert told.code == "pptx-figure-differs"
    assert "第 4 张 “拓展市场”的大数字" in told.message.zh
    assert "拓展市场.免费投保" in told.message.zh


@pytest.mark.parametrize(
    "data", [b"", b"no zip", rezipped([("a.xml", b"<a/>")]), rezipped([("ppt/presentation.xml", b"<p")])]
)
def test_bytes_that_are_no_deck_are_told_not_raised(data: bytes) -> None:
    assert codes(data) == {"pptx-unreadable"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_part_is_told_not_raised(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    name, blob = WHOLE[place]
    at = data.draw(st.integers(0, len(blob) - 1))
    damaged = blob[:at] + data.draw(st.binary(max_size=4)) + blob[at + 1 :]
    verify_pptx(rezipped([*WHOLE[:place], (name, damaged), *WHOLE[place + 1 :]]), sample.deck())


WHOLE = list(Written(sample.render(sample.deck())).parts.items())
