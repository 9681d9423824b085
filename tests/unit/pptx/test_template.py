"""A designer's own .pptx."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from lhpub.diagnostics import Rejected, has_errors
from lhpub.layout.brand import Brand, legibility, legible
from lhpub.render.pptx import read_brand, render_pptx
from lhpub.render.pptx.paint import Layer, Palette, grounds, layers
from lhpub.units import Rect
from lhpub.verify.pptx import verify_pptx

from . import sample
from .written import Written, changed

SIZE = sample.SIZE
MASTER = "ppt/slideMasters/slideMaster1.xml"
SOLID = b'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def saved(presentation: Any) -> bytes:
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def template() -> bytes:
    """The template of another library, with things that must not leak."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(SIZE.width), Pt(SIZE.height)
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "SECRET"
    slide.notes_slide.notes_text_frame.text = "SECRET"
    return saved(presentation)


def read(data: bytes, **wanted: str) -> Brand:
    return read_brand(data, "brand.pptx", wanted)[0]


def on_ground(data: bytes, ground: bytes) -> bytes:
    """Returns the template with another background on its master."""
    return changed(data, MASTER, lambda b: b[: b.index(b"<p:bg>")] + ground + b[b.index(b"</p:bg>") + 7 :])


def test_layouts_are_known_by_name_type_and_geometry(template: bytes) -> None:
    names = {kind: page.layout for kind, page in read(template).pages.items()}
    known = {
        "cover": "Title Slide", "section": "Section Header", "content": "Title and Content", "title": "Title Only",
        "picture": "Picture with Caption", "closing": "Title Slide",
    }  # fmt: skip
    assert names == known
    presentation = Presentation(io.BytesIO(template))
    for n, layout in enumerate(presentation.slide_layouts):
        layout._element.cSld.set("name", f"版式{n}")
    by_type = {kind: page.layout for kind, page in read(saved(presentation)).pages.items()}
    assert (by_type["cover"], by_type["content"], by_type["title"]) == ("版式0", "版式1", "版式5")
    for layout in presentation.slide_layouts:
        layout._element.attrib.pop("type", None)
    by_place = {kind: page.layout for kind, page in read(saved(presentation)).pages.items()}
    assert (by_place["cover"], by_place["content"], by_place["title"]) == ("版式0", "版式1", "版式5")


def test_a_map_goes_before_all_that_is_guessed(template: bytes) -> None:
    brand, told = read_brand(template, "brand.pptx", {"cover": "Title Only", "section": "no such"})
    assert brand.pages["cover"].layout == "Title Only"
    assert [d.code for d in told] == ["template-map", "template-ink"]


def test_zones_are_the_placeholders_without_their_insets(template: bytes) -> None:
    shape = Presentation(io.BytesIO(template)).slide_layouts[0].placeholders[0]
    rect = read(template).pages["cover"].zones["title"].rect
    assert (rect.x, rect.width) == pytest.approx((shape.left / 12700 + 7.2, shape.width / 12700 - 14.4))


def test_a_deck_on_a_template_is_clean_and_says_the_same(template: bytes) -> None:
    data = render_pptx(sample.deck(), read(template))
    assert not has_errors(verify_pptx(data, sample.deck(), on_template=True))
    assert render_pptx(sample.deck(), read(template)) == data


def test_nothing_of_the_template_but_its_masters_is_kept(template: bytes) -> None:
    written = Written(render_pptx(sample.deck(), read(template)))
    assert not [name for name, blob in written.parts.items() if b"SECRET" in blob or b"Canny" in blob]
    assert not [name for name in written.names if "thumbnail" in name or "printer" in name]
    assert len([name for name in written.names if name.startswith("ppt/slides/slide")]) == 8


def test_a_slide_that_needs_other_places_takes_a_copy_of_the_layout_with_the_brands_drawing(template: bytes) -> None:
    presentation = Presentation(io.BytesIO(template))
    only = presentation.slide_layouts[5]
    only.shapes._spTree.add_autoshape(90, "Band", "rect", 0, 0, 100, 100)
    written = Written(render_pptx(sample.deck(), read(saved(presentation))))
    own = [
        name
        for name in written.names
        if "关键词".encode() in written.parts[name] and "slideLayouts/slideLayout" in name
    ]
    assert own
    for name in own:
        assert written.find(name, "//p:cNvPr[@name='Band']")
        assert not written.find(name, "/p:sldLayout[@showMasterSp='0']")
        assert len(written.find(name, "//p:ph[@type='title']")) == 1


def test_faces_and_colours_are_the_brands_and_sizes_are_written(template: bytes) -> None:
    written = Written(render_pptx(sample.deck(), read(template)))
    title = written.slide(2, "//p:cNvPr[@name='overview/title']/../..//a:r/a:rPr")[0]
    assert title.get("sz") == "3600"
    assert not title.findall("{*}latin")


def test_faults_of_other_programs_are_mended(template: bytes) -> None:
    broken = changed(
        template, "ppt/slideLayouts/slideLayout6.xml", lambda b: b.replace(b'<p:cNvPr id="3"', b'<p:cNvPr id="2"')
    )
    broken = on_ground(broken, b"<p:bg><p:bgPr><a:noFill/></p:bgPr></p:bg>")
    broken = changed(
        broken,
        MASTER,
        lambda b: b.replace(b'<a:schemeClr val="tx1"/>', b'<a:schemeClr val="tx1"><a:comp val="0"/></a:schemeClr>', 1),
    )
    data = render_pptx(sample.deck(), read(broken))
    assert not has_errors(verify_pptx(data, sample.deck(), on_template=True))
    assert b"<a:comp val" not in Written(data).parts[MASTER]


@pytest.mark.parametrize("damage", [b"", b"PK", b"no zip at all"])
def test_a_template_that_cannot_be_read_is_refused(damage: bytes) -> None:
    with pytest.raises(Rejected, match="cannot be read"):
        read(damage)


def test_a_template_without_its_master_is_refused(template: bytes) -> None:
    broken = changed(template, "ppt/presentation.xml", lambda b: b.replace(b"sldMasterIdLst", b"x"))
    with pytest.raises(Rejected, match="the template"):
        read(broken)


def test_text_that_its_ground_hides_takes_another_colour(template: bytes) -> None:
    dark = on_ground(template, SOLID % b"101820")
    brand, told = read_brand(dark, "brand.pptx", {})
    zone = brand.pages["content"].zones["title"]
    assert zone.ink == "#000000"
    assert set(zone.grounds) == {"#101820"}
    assert [d.code for d in told] == ["template-ink"]
    assert legible(zone.ink, brand.inks(), zone.grounds) == "#FFFFFF"


def test_a_ground_that_cannot_be_read_gets_a_plate(template: bytes) -> None:
    presentation = Presentation(io.BytesIO(template))
    picture = presentation.slide_masters[0].part.get_or_add_image_part(io.BytesIO(_png()))[1]
    unread = saved(presentation)
    blip = f'<p:bg><p:bgPr><a:blipFill><a:blip r:embed="{picture}"/><a:stretch/></a:blipFill><a:effectLst/></p:bgPr></p:bg>'
    unread = on_ground(unread, blip.encode())
    assert set(read(unread).pages["title"].safe.grounds) == {"#336699"}
    name = next(name for name in Written(unread).names if "media/image" in name)
    unread = changed(unread, name, lambda b: b"EMF" + b)
    brand, told = read_brand(unread, "brand.pptx", {})
    assert brand.pages["title"].safe.grounds == ()
    assert brand.needs_plate(brand.pages["title"].safe)
    assert "template-plate" in [d.code for d in told]


def _png() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (8, 4), "#336699").save(buffer, "PNG")
    return buffer.getvalue()


def test_layers_cover_what_lies_below_them_and_odd_shapes_may_not() -> None:
    def paint(colour: tuple[float, float, float], opacity: float = 1.0) -> Any:
        return lambda x, y: (colour, opacity)

    frame, everything = Rect(10, 10, 20, 20), Rect(0, 0, 100, 100)
    below = Layer(everything, paint((0.0, 0.0, 0.0)), True)
    assert set(grounds([below], frame)) == {"#000000"}
    assert set(grounds([below, Layer(everything, paint((1.0, 1.0, 1.0), 0.5), True)], frame)) == {"#808080"}
    assert set(grounds([below, Layer(everything, paint((1.0, 0.0, 0.0)), False)], frame)) == {"#000000", "#FF0000"}
    assert grounds([below, Layer(everything, lambda x, y: None, True)], frame) == ()
    assert legibility("#FFFFFF", ("#000000",)) == pytest.approx(21)


def test_a_gradient_is_sampled_where_the_frame_stands(template: bytes) -> None:
    stops = b'<a:gs pos="0"><a:srgbClr val="000000"/></a:gs><a:gs pos="100000"><a:srgbClr val="FFFFFF"/></a:gs>'
    ground = (
        b"<p:bg><p:bgPr><a:gradFill><a:gsLst>"
        + stops
        + b'</a:gsLst><a:lin ang="5400000"/></a:gradFill><a:effectLst/></p:bgPr></p:bg>'
    )
    master = Presentation(io.BytesIO(on_ground(template, ground))).slide_masters[0]
    palette = Palette({}, ())
    found = layers((master.part,), palette, (960, 540))
    top, foot = (int(grounds(found, Rect(0, y, 960, 20))[0][1:3], 16) for y in (10, 510))
    assert top < 30
    assert foot > 225
