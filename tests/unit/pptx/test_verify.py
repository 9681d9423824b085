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
from lhpub.verify.pptx_structure import CHECKS

from . import sample
from .written import Written, changed, rezipped

PRESENTATION, RELATIONS, TYPES = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"
SLIDE, SLIDE_RELATIONS, CHART, LAYOUT = (
    "ppt/slides/slide4.xml", "ppt/slides/_rels/slide5.xml.rels", "ppt/charts/chart1.xml", "ppt/slideLayouts/slideLayout1.xml"
)  # fmt: skip
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
    "a drawing neither described nor decoration": ("pptx-alt", swap("ppt/slides/slide5.xml", "adec:decorative", "adec:other", 2)),
    "a slide without a title": ("pptx-title", swap(SLIDE, 'type="title"', 'type="body" idx="20"')),
    "two slides with one title": ("pptx-title", swap(SLIDE, "<a:t>拓展市场</a:t>", "<a:t>十二个月</a:t>")),
    "a foreign thumbnail": ("pptx-leftover", added("docProps/thumbnail.jpeg", b"x")),
    "a foreign author": ("pptx-leftover", swap("docProps/core.xml", "深圳市龙华区", "Steve Canny", 2)),
    "a jump to an address": ("pptx-jump", swap("ppt/slides/_rels/slide2.xml.rels", "relationships/slide\"", "relationships/hyperlink\"", 9)),
}  # fmt: skip


def codes(data: bytes, composition: Composition | None = None) -> set[str]:
    return {diagnostic.code for diagnostic in verify_pptx(data, composition)}


def test_a_clean_deck_gives_nothing(written: Written, deck: Composition) -> None:
    assert verify_pptx(written.data, deck) == ()


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_seeded_breakage_is_caught(written: Written, name: str) -> None:
    code, breakage = BREAKAGES[name]
    assert code in codes(breakage(written.data))


def test_every_rule_has_its_breakage() -> None:
    assert CHECKS.keys() == {code for code, _ in BREAKAGES.values()}
    assert len(BREAKAGES) >= 40


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
    "label in a chart": swap(CHART, "超1000亿元", "超100亿元"),
    "unit in a chart": swap(CHART, "General&quot;亿元", "General&quot;万元"),
    "category of a chart": swap(CHART, "1月29日", "1月28日"),
    "a bound written as exact": swap(CHART, '<c:pt idx="1"><c:v>685.8', '<c:pt idx="2"><c:v>685.8'),
    "cell of a workbook": lambda data: workbook_with(data, b"<v>685.8</v>", b"<v>586.8</v>"),
    "header of a workbook": lambda data: workbook_with(data, "下限（亿元）".encode(), "数值（亿元）".encode()),
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
    assert "4 拓展市场/hero" in told.message.zh
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
