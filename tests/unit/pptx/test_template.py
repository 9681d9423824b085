"""A designer's own .pptx."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.util import Pt

from lhpub.diagnostics import Rejected
from lhpub.render.pptx import inspect_template, render_pptx
from lhpub.verify.pptx import verify_pptx

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


def test_what_is_missing_is_told_with_what_stands_instead(brand: bytes) -> None:
    told = inspect_template(brand, sample.MASTERS, SIZE).diagnostics
    assert [d.code for d in told] == ["template-placeholder", "template-layout", "template-layout", "template-layout"]
    assert "year" in told[0].message.zh
    assert all(d.hint for d in told)


def test_the_report_gives_the_slots_their_places_in_the_template(brand: bytes) -> None:
    cover = inspect_template(brand, sample.MASTERS, SIZE).masters[0]
    shape = Presentation(io.BytesIO(brand)).slide_layouts[0].placeholders[0]
    title = next(slot for slot in cover.slots if slot.name == "title")
    assert (title.rect.x, title.rect.width) == (shape.left / 12700, shape.width / 12700)


def test_a_deck_on_a_template_is_clean_and_says_the_same(brand: bytes) -> None:
    data = render_pptx(sample.deck(), brand)
    assert verify_pptx(data, sample.deck()) == ()
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
    assert verify_pptx(render_pptx(sample.deck(), broken), sample.deck()) == ()


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
