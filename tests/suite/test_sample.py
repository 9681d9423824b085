"""The sample publication, composed: what it states and where."""

import re

from lhpub.boxes import ChartBox, GroupBox, TableBox, TextBox
from lhpub.diagnostics import Severity
from lhpub.inline import plain
from lhpub.walk import runs, texts


def all_text(composition) -> str:
    pages = ["".join(p.text for box in texts(page, composition) for p in box.paragraphs) for page in composition.pages]
    notes = [plain(rich) for page in composition.pages for rich in page.notes]
    return "\n".join([*pages, *notes])


def test_the_sample_gives_no_diagnostic(sample):
    assert [d.in_language("en") for d in sample.diagnostics] == []


def test_the_brochure_has_a_page_count_for_saddle_stitching(sample):
    assert len(sample.brochure.pages) == 24
    assert [page.number for page in sample.brochure.pages] == list(range(1, 25))


def test_facing_masters_begin_on_left_pages(sample):
    for master in ("investment", "timeline"):
        numbers = [page.number for page in sample.brochure.pages if page.master == master]
        assert len(numbers) == 2
        assert numbers[0] % 2 == 0


def test_every_fact_stands_in_brochure_and_deck_in_its_printed_form(sample):
    for composition in (sample.brochure, sample.deck):
        text = all_text(composition)
        for keyword in sample.read.publication.keywords:
            for fact in keyword.facts:
                printed = fact.figure.text if fact.figure else plain(fact.text)
                assert printed in text, (composition.medium, fact.id, printed)


def test_a_fact_prints_the_same_wherever_it_is_printed(sample):
    numeral_of = {
        fact.id: fact.figure.numeral for k in sample.read.publication.keywords for fact in k.facts if fact.figure and fact.value
    }
    for composition in (sample.brochure, sample.deck):
        for page in composition.pages:
            for box in texts(page, composition):
                for run in runs(box):
                    if run.role and run.role.ref in numeral_of and re.search(r"\d", run.text):
                        figures = re.findall(r"\d[\d.]*", run.text)
                        assert figures == [numeral_of[run.role.ref]], (box.name, run.text)


def test_derived_figures_are_never_heroes_headlines_titles_or_glance(sample):
    for composition in (sample.brochure, sample.deck):
        for page in composition.pages:
            for box in texts(page, composition):
                if box.slot in ("hero", "lead", "title") or page.master in ("cover", "glance-left", "glance-right"):
                    assert not any(run.role and run.role.kind == "derived" for run in runs(box)), box.name


def test_derived_figures_carry_their_mark_where_they_stand(sample):
    found = 0
    for page in sample.brochure.pages:
        for box in texts(page, sample.brochure):
            pieces = list(runs(box))
            for i, run in enumerate(pieces):
                next_role = pieces[i + 1].role if i + 1 < len(pieces) else None
                if run.role and run.role.kind == "derived" and next_role != run.role:
                    following = "".join(r.text for r in pieces[i + 1 :]).strip()
                    assert following.startswith(("计算值", "推算")), (box.name, run.text, following)
                    found += 1
    assert found >= 5


def test_a_status_goes_with_its_figure(sample):
    for composition in (sample.brochure, sample.deck):
        for page in composition.pages:
            boxes = list(texts(page, composition))
            for box in boxes:
                if any(run.role and run.role.ref in ("超级商圈.面积", "超级商圈.引领级") for run in runs(box)):
                    near = "".join(r.text for b in boxes for r in runs(b) if b.name.split("/")[0] == box.name.split("/")[0])
                    assert "征求意见稿" in near, box.name


def test_every_keyword_can_be_reached_from_contents_and_overview(sample):
    ids = {keyword.id for keyword in sample.read.publication.keywords}
    for composition, master in ((sample.brochure, "contents"), (sample.deck, "overview")):
        targets = {
            box.link.removeprefix("#")
            for page in composition.pages if page.master == master
            for box in texts(page, composition) if box.link
        }
        anchors = {anchor for page in composition.pages for anchor in page.anchors}
        assert ids <= targets
        assert targets <= anchors


def test_page_numbers_in_the_contents_are_the_pages_of_the_keywords(sample):
    anchors = {anchor: page.number for page in sample.brochure.pages for anchor in page.anchors}
    contents = next(page for page in sample.brochure.pages if page.master == "contents")
    found = 0
    for box in texts(contents, sample.brochure):
        if box.slot == "page" and box.link:
            assert box.paragraphs[0].text == str(anchors[box.link.removeprefix("#")])
            found += 1
    assert found == 20


def test_slide_titles_are_unique_and_each_fills_a_title_placeholder(sample):
    titles = [page.title for page in sample.deck.pages]
    assert len(set(titles)) == len(titles) == 30
    slots = {master.name: {slot.name for slot in master.slots if slot.kind == "title"} for master in sample.deck.masters}
    for page in sample.deck.pages:
        assert [b for b in page.boxes if isinstance(b, TextBox) and b.slot in slots[page.master]], page.title


def test_charts_of_both_media_are_the_same_resolved_charts(sample):
    def charts(composition):
        pending, found = [box for page in composition.pages for box in page.boxes], {}
        for box in pending:
            if isinstance(box, ChartBox):
                found[box.chart.id] = box.chart
            elif isinstance(box, GroupBox):
                pending += box.boxes
        return found

    assert charts(sample.brochure) == charts(sample.deck)
    assert {chart.kind for chart in charts(sample.deck).values()} == {"column", "share", "rank", "timeline"}


def test_points_stand_in_tables(sample):
    tables = [box for page in sample.brochure.pages for box in page.boxes if isinstance(box, TableBox)]
    assert len(tables) >= 18
    assert all(row[0].header for table in tables for row in table.cells)


def test_no_error_is_hidden_among_warnings(sample):
    assert not [d for d in sample.diagnostics if d.severity >= Severity.WARNING]
