"""What a composition states, on boxes made by hand; how what is read is compared with it."""

from dataclasses import replace

from lhpub.boxes import Box, GroupBox, LinkBox, TableBox, TableCell, TextBox
from lhpub.inline import Role
from lhpub.units import Rect
from lhpub.verify.pdf_drawn import _seen
from lhpub.verify.reading import Statement, compare
from lhpub.verify.stated import _targets
from tests.unit.preflight.made import page, text


def linked(box: TextBox, link: str) -> TextBox:
    (source,) = box.paragraphs
    return replace(box, paragraphs=(replace(source, runs=(replace(source.runs[0], link=link),)),))


def test_links_of_texts_tables_groups_and_areas() -> None:
    plain, words = text((10, 10), "甲"), linked(text((10, 30), "乙"), "https://example.org")
    table = TableBox(Rect(0, 0, 9, 9), (9,), (9,), ((TableCell(linked(text((0, 9), "丙"), "#丙")),),), "表")
    area = LinkBox(Rect(0, 0, 9, 9), "#丁", "丁")
    boxes: tuple[Box, ...] = (plain, words, replace(plain, link="#甲"), table, GroupBox(Rect(0, 0, 9, 9), (area,), "组"))
    assert list(_targets(boxes)) == [("乙", "https://example.org"), ("甲", "#甲"), ("表", "#丙"), ("丁", "#丁")]


def test_only_what_lies_on_the_page_is_drawn() -> None:
    (leaf,) = page().pages
    for bounds in ((-10.0, 10.0, 0.0, 20.0), (10.0, -10.0, 20.0, 0.0), (200.0, 10.0, 210.0, 20.0), (10.0, 100.0, 20.0, 110.0)):
        assert list(_seen("fill", bounds, (0.0,), (leaf, "甲"))) == []
    (drawn,) = _seen("fill", (-10.0, 10.0, 5.0, 120.0), (0.0,), (leaf, ""))
    assert (drawn.kind, drawn.bounds, drawn.name) == ("fill", (0, 10, 5, 100), "–")


def said(name: str, words: str, page: int = 1, **more: object) -> Statement:
    return Statement(page, name, "text", words, **more)  # type: ignore[arg-type]


def test_each_place_is_compared_once_and_in_order() -> None:
    stated = [said("甲", "一", roles=(Role("fact", "k.f"),)), said("甲", "二"), said("乙", "三", is_optional=True)]
    assert list(compare(stated, [said("甲", "一"), said("甲", "二")], "pptx")) == []
    assert [d.code for d in compare(stated, [said("甲", "二"), said("甲", "一")], "pptx")] == ["pptx-text-differs"] * 2
    (more,) = compare(stated, [said("甲", "一"), said("甲", "二"), said("丙", "4")], "pdf")
    assert more.code == "pdf-figure-differs"
    assert "多出“4”" in more.message.zh
    (lost,) = compare(stated, [said("甲", "一")], "pptx")
    assert "缺“二”" in lost.message.zh
    assert [d.code for d in compare(stated, [*stated[:2], said("乙", "四")], "pdf")] == ["pdf-text-differs"]
    (named,) = compare(stated, [said("甲", "1"), said("甲", "二")], "pptx")
    assert named.message.zh.endswith("（k.f）")
    assert named.message.zh.startswith("第 1 张 “甲”：")
    (whole,) = compare([said("标题", "一", page=0)], [], "pdf")
    assert "标题" in whole.message.zh
