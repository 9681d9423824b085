"""A designer's own .pptx."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from lhpub.diagnostics import Rejected, Severity
from lhpub.render.pptx import inspect_template, render_pptx
from lhpub.text.model import Line
from lhpub.verify.pptx import verify_pptx
from tests.format.files import check_pptx

from . import sample
from .written import Written, changed

SIZE = sample.SIZE


@pytest.fixture(scope="module")
def brand() -> bytes:
    """A template with one layout named as ours, one that fits by type, and things that must not leak."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(SIZE.width), Pt(SIZE.height)
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "SECRET"
    slide.notes_slide.notes_text_frame.text = "SECRET"
    cover = presentation.slide_layouts[0]
    cover._element.cSld.set("name", "封面")
    cover.placeholders[1].name = "sub"
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def test_layouts_are_found_by_name_then_by_type(brand: bytes) -> None:
    report = inspect_template(brand, sample.MASTERS, SIZE)
    assert [match.layout for match in report.matches] == ["封面", "Title Only", None, None, None]
    assert dict(report.matches[0].found) == {"title": "Title 1", "sub": "sub"}
    assert report.matches[0].missing == ("year",)
    assert any("封面" in line and "sub ← sub" in line for line in report.lines("zh"))


def test_a_page_with_a_ground_of_its_own_takes_a_layout_of_its_name_alone(brand: bytes) -> None:
    overview = replace(sample.MASTERS[1], ground=sample.RED)
    masters = (sample.MASTERS[0], overview, *sample.MASTERS[2:])
    assert [match.layout for match in inspect_template(brand, masters, SIZE).matches] == [
        "封面",
        None,
        None,
        None,
        None,
    ]


def test_what_is_missing_is_told_with_what_stands_instead(brand: bytes) -> None:
    told = inspect_template(brand, sample.MASTERS, SIZE).diagnostics
    assert [d.code for d in told] == [
        "template-placeholder",
        "template-layout",
        "template-layout",
        "template-layout",
        "template-mixed",
    ]
    assert "year" in told[0].message.zh
    assert "5 种页面中 2 种用模板的版式，3 种用自带的" in told[-1].message.zh
    assert all(d.hint for d in told)


def test_the_report_gives_the_slots_their_places_in_the_template(brand: bytes) -> None:
    cover = inspect_template(brand, sample.MASTERS, SIZE).masters[0]
    shape = Presentation(io.BytesIO(brand)).slide_layouts[0].placeholders[0]
    title = next(slot for slot in cover.slots if slot.name == "title")
    assert (title.rect.x, title.rect.width) == (shape.left / 12700, shape.width / 12700)


def test_a_deck_on_a_template_is_clean_and_says_the_same(brand: bytes) -> None:
    data = render_pptx(sample.deck(), brand)
    assert check_pptx(data, sample.deck()) == ()
    assert render_pptx(sample.deck(), brand) == data


def test_nothing_of_the_template_but_its_masters_is_kept(brand: bytes) -> None:
    written = Written(render_pptx(sample.deck(), brand))
    assert not [name for name, blob in written.parts.items() if b"SECRET" in blob or b"Canny" in blob]
    assert not [name for name in written.names if "thumbnail" in name or "printer" in name]
    assert len([name for name in written.names if name.startswith("ppt/slides/slide")]) == 8


def test_faces_and_colours_are_the_brands_and_sizes_are_written(brand: bytes) -> None:
    title = Written(render_pptx(sample.deck(), brand)).slide(2, "//p:cNvPr[@name='overview/title']/../..//a:r/a:rPr")[0]
    assert title.get("sz") == "3600"
    assert len(title) == 0


def test_faults_of_other_programs_are_mended(brand: bytes) -> None:
    broken = changed(
        brand, "ppt/slideLayouts/slideLayout6.xml", lambda b: b.replace(b'<p:cNvPr id="3"', b'<p:cNvPr id="2"')
    )
    ground = b"<p:cSld><p:bg><p:bgPr><a:noFill/></p:bgPr></p:bg>"
    broken = changed(
        broken,
        "ppt/slideMasters/slideMaster1.xml",
        lambda b: (
            b.replace(b"<p:cSld>", ground, 1).replace(b"<p:bg><p:bgRef", b"<p:x><p:bgRef")
            if b"<p:bg>" not in b
            else b[: b.index(b"<p:bg>")] + ground[8:] + b[b.index(b"</p:bg>") + 7 :]
        ),
    )
    assert check_pptx(render_pptx(sample.deck(), broken), sample.deck()) == ()


def test_slides_of_another_size_are_refused(brand: bytes) -> None:
    with pytest.raises(Rejected, match="another size"):
        inspect_template(brand, sample.MASTERS, sample.Size(720, 540))
    pages = tuple(replace(page, size=sample.Size(720, 540)) for page in sample.deck().pages)
    with pytest.raises(Rejected, match="another size"):
        render_pptx(replace(sample.deck(), pages=pages), brand)


@pytest.mark.parametrize("damage", [b"", b"PK", b"no zip at all"])
def test_a_template_that_cannot_be_read_is_refused(damage: bytes) -> None:
    with pytest.raises(Rejected, match="cannot be read"):
        inspect_template(damage, sample.MASTERS)


def test_a_template_without_its_master_is_refused(brand: bytes) -> None:
    parts = Written(brand).parts
    broken = changed(brand, "ppt/presentation.xml", lambda b: b.replace(b"sldMasterIdLst", b"x"))
    with pytest.raises(Rejected, match="cannot be read"):
        inspect_template(broken, sample.MASTERS)
    assert parts


def test_own_layouts_do_not_show_the_brands_master_drawing(brand: bytes) -> None:
    written = Written(render_pptx(sample.deck(), brand))
    own = next(
        name
        for name in written.names
        if "slideLayouts/slideLayout" in name and "关键词".encode() in written.parts[name]
    )
    assert written.find(own, "/p:sldLayout")[0].get("showMasterSp") == "0"


def looks_of(template: bytes, deck: sample.Composition | None = None) -> list[str]:
    deck = deck or sample.deck()
    found = verify_pptx(render_pptx(deck, template), deck, on_template=True)
    assert all(d.severity is Severity.WARNING and d.hint for d in found)
    return [f"{d.code} {d.message.zh}" for d in found]


@pytest.fixture(scope="module")
def own() -> bytes:
    """A template that has everything: a deck of our own."""
    return render_pptx(sample.deck())


def test_a_template_that_can_be_read_and_stands_apart_gives_no_warning(own: bytes) -> None:
    assert looks_of(own) == []


def test_what_a_foreign_template_does_to_the_slides_is_told(brand: bytes) -> None:
    found = looks_of(brand)
    assert "pptx-contrast 幻灯片 1：“year”的文字与底色的对比只有 1.0:1" in found  # white, composed for a red cover
    assert "pptx-contrast 幻灯片 1：“sub”的文字与底色的对比只有 3.5:1" in found  # Office's grey: tx1, tint 75 %
    assert "pptx-overlap 幻灯片 1：“year”与“title”重叠" in found


def with_layout(template: bytes, change: Callable[[Any], None]) -> bytes:
    """Returns the template with its cover layout changed."""
    presentation = Presentation(io.BytesIO(template))
    change(next(layout for layout in presentation.slide_layouts if layout.name == "封面"))
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def coloured(ink: str, fill: str = "") -> Callable[[Any], None]:
    """Returns what gives a layout's title a theme colour, and a fill if one is named."""
    plain = '<a:solidFill xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:schemeClr val="{}"/></a:solidFill>'

    def change(layout: Any) -> None:
        title = layout.placeholders[0]._element
        properties = title.find(f".//{qn('a:defRPr')}")
        properties.replace(properties.find(qn("a:solidFill")), parse_xml(plain.format(ink)))
        if fill:
            title.spPr.append(parse_xml(plain.format(fill)))

    return change


def test_text_in_the_colour_of_its_ground_is_told(own: bytes) -> None:
    (told,) = looks_of(with_layout(own, coloured("accent1")))
    assert told.startswith("pptx-contrast 幻灯片 1：“title”的文字与底色的对比只有 1.0:1")


def test_a_placeholders_own_fill_is_what_its_text_stands_on(own: bytes) -> None:
    assert looks_of(with_layout(own, coloured("bg1", "tx1"))) == []
    assert "pptx-contrast" in looks_of(with_layout(own, coloured("bg1", "bg2")))[0]


def test_placeholders_that_the_template_lays_over_each_other_are_told(own: bytes) -> None:
    def overlap(layout: Any) -> None:
        title, sub = layout.placeholders[0], layout.placeholders[2]
        sub.left, sub.top, sub.width, sub.height = title.left, title.top, title.width, title.height

    (told,) = looks_of(with_layout(own, overlap))
    assert told.startswith("pptx-overlap 幻灯片 1：“title”与“sub”重叠")


def test_a_text_for_which_the_templates_placeholder_is_too_small_is_told(own: bytes) -> None:
    deck = sample.deck()
    cover = deck.pages[0]
    lines = (Line((), 0, 35, 420, "回眸发展每一帧", last=False), Line((), 0, 93, 390, "从容迈向新征程", last=True))
    title = replace(cover.boxes[1], origin=(56.0, 348.0), lines=lines)
    deck = replace(deck, pages=(replace(cover, boxes=(cover.boxes[0], title, *cover.boxes[2:])), *deck.pages[1:]))

    def widen(points: float) -> Callable[[Any], None]:
        def change(layout: Any) -> None:
            layout.placeholders[0].width = Pt(points)

        return change

    assert looks_of(with_layout(own, widen(480)), deck) == []
    (told,) = looks_of(with_layout(own, widen(300)), deck)
    assert told == "pptx-crowded 幻灯片 1：“title”在模板的框里多出 1 行"


def test_a_value_that_libreoffice_gives_to_a_complement_is_taken_away(own: bytes) -> None:
    colour = b'<a:schemeClr val="tx1"><a:comp val="0"/></a:schemeClr>'
    plain = b'<a:schemeClr val="tx1"/>'
    broken = changed(own, "ppt/slideMasters/slideMaster1.xml", lambda blob: blob.replace(plain, colour, 1))
    master = Written(render_pptx(sample.deck(), broken)).parts["ppt/slideMasters/slideMaster1.xml"]
    assert b"<a:comp/>" in master
