"""Blocks of a body."""

from lhpub.inline import Inline, plain
from lhpub.publication.blocks import Item, List, Paragraph, Quotation, Table, texts_of


def rich(text):
    return (Inline(text),)


def test_all_texts_of_blocks_are_found_in_reading_order():
    inner = List((Item(rich("丙")),), start=1)
    table = Table((rich("丁"), rich("戊")), ((rich("己"), ()),), ("left", "right"))
    blocks = (Paragraph(rich("甲")), List((Item(rich("乙"), inner),)), table, Quotation((rich("庚"),), by=rich("辛")))
    assert [plain(text) for text in texts_of(blocks)] == ["甲", "乙", "丙", "丁", "戊", "己", "", "庚", "辛"]
