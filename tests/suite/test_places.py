"""Where entries stand: the fold over the sample's compositions."""

import re
from dataclasses import replace

import pytest

from lhpub.places import missing, places
from lhpub.publication.entries import YEAR, join
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import ROOT, make


def texts_at(composition, place):
    """Yields what stands at a place; two items of one keyword may have boxes of one name."""
    page = composition.pages[place.page - 1]
    if place.part == "notes":
        yield "\n".join("".join(i.text for i in rich) for rich in page.notes)[place.start : place.end]
    for box in _texts(page.boxes):
        if box.name == place.box:
            runs = ("".join(r.text for r in (*p.drop, *p.runs)) for p in box.paragraphs)
            yield "\n".join(runs)[place.start : place.end]


def _texts(boxes):
    for box in boxes:
        if hasattr(box, "paragraphs"):
            yield box
        elif hasattr(box, "cells"):
            yield from (cell.text for row in box.cells for cell in row)
        else:
            yield from _texts(getattr(box, "boxes", ()))


def test_every_place_reads_what_the_entry_says(sample):
    entries = {entry.id: entry for entry in sample.read.publication.entries}
    for composition in (sample.brochure, sample.deck):
        there = places(composition)
        assert {id_ for id_ in there if id_ not in entries and not id_.startswith(("dates/", "counts/")) and id_ != YEAR} == set()
        for id_, found in there.items():
            for place in found:
                if id_ in entries and entries[id_].kind == "text" and place.part not in ("alt", "workbook") and not place.box.endswith("/chart") and not id_.endswith(("/date", "/credit")):
                    written = bare(entries[id_].printed)
                    assert any(bare(shown).strip("：，") in written for shown in texts_at(composition, place)), id_


def bare(text: str) -> str:
    return re.sub(r"（(计算值|推算)）|(?<!前次（)(计算值|推算)|\s", "", text)


def test_a_fact_stands_on_its_pages_and_in_the_notes(sample):
    found = places(sample.deck)[join("facts", "重大项目.首批投资")]
    assert {place.part for place in found} >= {"text", "notes", "label"}
    assert {text for place in found if place.part == "notes" for text in texts_at(sample.deck, place)} == {"535.8亿元"}


def test_nothing_of_the_sample_is_missing_and_a_page_taken_out_is_noticed(sample):
    entries = sample.read.publication.entries
    assert missing(entries, sample.brochure) == missing(entries, sample.deck) == ()
    title = join("keywords", "土地整备", "title")
    without = [p for p in sample.brochure.pages if title not in places(replace(sample.brochure, pages=(p,)))]
    assert title in {entry.id for entry in missing(entries, replace(sample.brochure, pages=tuple(without)))}


def test_a_figure_stands_in_alternative_texts_and_in_the_workbook(sample):
    found = places(sample.deck)[join("facts", "全球招商.投资总额")]
    assert [place.box.partition("!")[2] for place in found if place.part == "workbook"] == ["C4"]
    assert {place.box for place in found if place.part == "alt"} >= {"column/chart"}
    assert join("dates", "重大项目", "1月29日") in places(sample.deck)


@pytest.mark.parametrize("layout", ["civic", "horizon"])
def test_a_slide_names_its_keywords_own_source(tmp_path, layout):
    source = tmp_path / "刊物.yaml"
    text = TWELVE_LINES.replace("    body: 首批", "    from: 发改局报表\n    body: 首批", 1)
    source.write_text(text, encoding="utf-8")
    deck = make(source, ROOT / "layouts" / layout).deck
    told = [box for page in deck.pages if "重大项目" in page.anchors for box in page.boxes if getattr(box, "slot", "") == "source"]
    assert ["".join(line.text for line in box.lines) for box in told] == ["资料来源：发改局报表"]
