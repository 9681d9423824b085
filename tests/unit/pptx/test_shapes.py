"""Shapes, groups, pictures, tables, links."""

from __future__ import annotations

from lxml import etree

from lhpub.boxes import ShapeBox
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import freeform, is_rectangle, outline, path_bounds
from lhpub.render.pptx.xml import document
from lhpub.units import Rect

from . import sample
from .written import NS, Written

SCHEME = Scheme.of(sample.THEME)


def parsed(piece: object) -> etree._Element:
    return etree.fromstring(document("p:x", "apr", None, piece))  # type: ignore[arg-type]


def test_a_compound_path_keeps_its_parts_and_its_points() -> None:
    outer, inner = (
        sample.rectangle(Rect(10, 20, 100, 50), sample.RED),
        sample.rectangle(Rect(20, 30, 10, 10), sample.RED),
    )
    box = ShapeBox(outer.rect, outer.path + inner.path, sample.RED, even_odd=True)
    root = parsed(freeform(box, path_bounds(box)))
    assert len(root.xpath("//a:moveTo", namespaces=NS)) == len(root.xpath("//a:close", namespaces=NS)) == 2
    points = [(int(p.get("x")), int(p.get("y"))) for p in root.xpath("//a:pt", namespaces=NS)]
    assert points[0] == (0, 0)
    assert max(points) == (100 * 12700, 50 * 12700)


def test_upright_rectangles_stay_rectangles_and_others_do_not() -> None:
    assert is_rectangle(sample.rectangle(Rect(0, 0, 5, 5), sample.RED))
    slanted = ShapeBox(Rect(0, 0, 5, 5), (("M", (0, 0)), ("L", (5, 1)), ("L", (5, 5)), ("L", (0, 5)), ("Z", ())))
    assert not is_rectangle(slanted)
    bow = ShapeBox(Rect(0, 0, 5, 5), (("M", (0, 0)), ("L", (5, 0)), ("L", (0, 5)), ("L", (5, 5)), ("Z", ())))
    assert not is_rectangle(bow)


def test_dashes_are_counted_in_line_widths() -> None:
    root = parsed(outline(sample.rule(0, 0, 0, 50, sample.RED, 3, (6, 3)), SCHEME))
    dash = root.xpath("//a:ds", namespaces=NS)[0]
    assert (dash.get("d"), dash.get("sp")) == ("200000", "100000")


def test_a_rising_line_is_flipped(written: Written) -> None:
    assert 'flipV="1"' not in etree.tostring(written.slide(3, "//p:cxnSp")[0]).decode()
    group = sample.GroupBox(Rect(0, 0, 9, 9), (sample.rule(0, 9, 9, 0, sample.RED, 1),), "g", "")
    page = sample.replace(sample.cover_page(), boxes=(*sample.cover_page().boxes, group))
    data = sample.render(sample.replace(sample.deck(), pages=(page, *sample.deck().pages[1:])))
    assert Written(data).slide(1, "//p:cxnSp//a:xfrm")[0].get("flipV") == "1"


def test_art_of_the_master_stands_on_the_layout_as_decoration(written: Written) -> None:
    cover = next(n for n in written.names if "slideLayouts/slideLayout" in n and "封面".encode() in written.parts[n])
    group = written.find(cover, "//p:grpSp[p:nvGrpSpPr/p:cNvPr/@name='门']")[0]
    assert len(group.xpath("p:sp", namespaces=NS)) == 20
    assert b"adec:decorative" in etree.tostring(group.xpath("p:nvGrpSpPr", namespaces=NS)[0])
    assert not written.slide(1, "//p:grpSp[p:nvGrpSpPr/p:cNvPr/@name='门']")


def test_a_picture_keeps_its_crop_and_its_description(written: Written) -> None:
    crop = written.slide(8, "//p:pic//a:srcRect")[0]
    assert (crop.get("t"), crop.get("b"), crop.get("l")) == ("10000", "10000", "0")
    assert written.slide(8, "//p:pic//p:cNvPr")[0].get("descr") == "办事大厅窗口"
    assert written.slide(8, "//p:pic//p:ph")[0].get("type") == "pic"


def test_a_table_flags_its_header_and_has_rules_above_and_below(written: Written) -> None:
    assert written.slide(4, "//a:tblPr")[0].get("firstCol") == "1"
    assert [row.get("h") for row in written.slide(4, "//a:tr")] == ["635000"] * 3
    assert len(written.slide(4, "//a:lnT/a:solidFill")) == 6
    assert not written.slide(4, "//a:lnL/a:solidFill")
    assert written.slide(4, "//p:graphicFrame//p:ph")[0].get("type") == "tbl"


def test_a_groups_children_keep_the_slides_coordinates(written: Written) -> None:
    for frame in written.slide(2, "//p:grpSp/p:grpSpPr/a:xfrm"):
        off, ext, inner, extent = frame
        assert dict(off.attrib) == dict(inner.attrib)
        assert dict(ext.attrib) == dict(extent.attrib)


def test_a_groups_frame_covers_its_children_whatever_the_box_says(deck: sample.Composition) -> None:
    inner = sample.GroupBox(Rect(0, 0, 0, 0), (sample.rectangle(Rect(300, 200, 50, 20), sample.RED),), "inner")
    outer = sample.GroupBox(Rect(5, 5, 1, 1), (sample.rule(20, 30, 20, 90, sample.RED, 1), inner), "outer", "")
    page = sample.replace(deck.pages[0], boxes=(*deck.pages[0].boxes, outer))
    written = Written(sample.render(sample.replace(deck, pages=(page, *deck.pages[1:]))))
    for name, (x, y, width, height) in {"outer": (20, 30, 330, 190), "inner": (300, 200, 50, 20)}.items():
        off, ext = written.shape(1, name).xpath("p:grpSpPr/a:xfrm/*", namespaces=NS)[:2]
        assert [int(v) / 12700 for v in (*off.attrib.values(), *ext.attrib.values())] == [x, y, width, height]


def test_overview_cells_jump_to_their_slides_and_back(written: Written) -> None:
    jumps = written.slide(2, "//a:hlinkClick[@action='ppaction://hlinksldjump']")
    assert len(jumps) == 4
    assert b"slide4.xml" in written.parts["ppt/slides/_rels/slide2.xml.rels"]
    assert b"slide2.xml" in written.parts["ppt/slides/_rels/slide4.xml.rels"]


def test_an_address_in_running_text_keeps_the_texts_colour(written: Written) -> None:
    link = written.slide(8, "//a:r[a:t='公告']/a:rPr/a:hlinkClick")[0]
    assert b"hlinkClr" in etree.tostring(link)
    assert b"https://example.org/a" in written.parts["ppt/slides/_rels/slide8.xml.rels"]


def test_shape_names_are_the_boxes_names_and_ids_are_unique(deck: sample.Composition, written: Written) -> None:
    for number, page in enumerate(deck.pages, 1):
        properties = written.slide(number, "//p:cNvPr")
        assert len({p.get("id") for p in properties}) == len(properties)
        names = {p.get("name") for p in properties}
        assert {box.name for box in page.boxes if not isinstance(box, sample.LinkBox)} <= names


def test_there_are_no_placeholders_in_groups(deck: sample.Composition) -> None:
    page = deck.pages[7]
    picture = page.boxes[1]
    group = sample.GroupBox(Rect(0, 0, 9, 9), (sample.replace(picture, name="inner"),), "g", "照片")
    pages = (*deck.pages[:7], sample.replace(page, boxes=(page.boxes[0], group, *page.boxes[2:])))
    assert not Written(sample.render(sample.replace(deck, pages=pages))).slide(8, "//p:grpSp//p:ph")
