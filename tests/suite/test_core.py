"""The short deck: the keywords that are marked, and nothing that speaks of the others."""

from dataclasses import replace

import pytest

from lhpub import build as building
from lhpub.build import compose_all, make, read_all
from lhpub.diagnostics import Rejected
from lhpub.publication.core import core_of
from lhpub.walk import links_of, texts
from lhpub.world import World
from tests.suite.workshop import ROOT, SAMPLE, job_for

CORE = ["02", "08", "12", "17", "18", "19"]


@pytest.fixture(scope="module")
def read():
    return read_all(World(ROOT), replace(job_for(SAMPLE, SAMPLE.parent), targets=("deck",), is_core=True))


def test_the_short_deck_has_the_core_keywords_under_their_numbers_with_their_charts_alone(read):
    deck = compose_all(read, ("deck",))[0]["deck"]
    assert [f"{keyword.number:02}" for keyword in read.publication.keywords] == CORE
    assert [chart.id for chart in read.charts] == ["column", "share", "rank"]
    assert not {page.master for page in deck.pages} & {"divider", "timeline"}
    there = {name for page in deck.pages for name in page.anchors}
    assert {target[1:] for page in deck.pages for target, _, _ in links_of(page) if target.startswith("#")} <= there
    said = {"".join(paragraph.text for paragraph in box.paragraphs) for page in deck.pages for box in texts(page, deck)}
    assert {"重大项目", "数字孪生"} <= said
    assert not {"国际交流", "教育集团"} & said


def test_what_a_chart_or_an_entry_says_of_others_is_no_part_of_it(read):
    whole = read_all(World(ROOT), job_for(SAMPLE, SAMPLE.parent)).publication
    ids = {keyword.id for keyword in read.publication.keywords}
    entries = {entry.id for entry in read.publication.entries}
    assert entries == {e.id for e in whole.entries if e.id.split("/")[0] != "keywords" or e.id.split("/")[1] in ids} & entries
    assert {e.split("/")[1].split(".")[0] for e in entries if e.startswith("facts/")} == ids
    assert {e.split("/")[1] for e in entries if e.startswith("charts/")} <= {"column", "share", "rank"}
    assert {fact.id.partition(".")[0] for fact in read.publication.glance} <= ids
    one = replace(whole, keywords=tuple(replace(k, is_core=k.id == "重大项目") for k in whole.keywords))
    assert [chart.id for chart in core_of(one).charts] == []


def test_without_a_marked_keyword_there_is_no_short_deck(read):
    bare = replace(read.publication, keywords=tuple(replace(k, is_core=False) for k in read.publication.keywords))
    with pytest.raises(Rejected) as refused:
        core_of(bare)
    assert [d.code for d in refused.value.diagnostics] == ["no-core"]


@pytest.mark.parametrize(("aspect", "name"), [(None, "longhua-2023-deck-core"), ("4:3", "longhua-2023-deck-core-4x3")])
def test_its_files_stand_beside_those_of_the_whole(aspect, name, monkeypatch):
    for stage in ("render_pdf", "render_pptx"):
        monkeypatch.setattr(building, stage, lambda *_: b"")
    for stage in ("verify_pdf", "verify_pptx"):
        monkeypatch.setattr(building, stage, lambda *_: ())
    job = replace(job_for(SAMPLE, SAMPLE.parent), targets=("deck",), is_core=True, aspect=aspect)
    products, _ = make(World(ROOT), job, lambda stage: None)
    assert [(product.name, [*product.files]) for product in products] == [(name, [f"{name}.pdf", f"{name}.pptx"])]
