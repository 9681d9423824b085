"""Drafts: stamped on each page and slide layout without moving anything; no press file unless final."""

from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.boxes import ShapeBox, TextBox
from lhpub.build import Job, build, compose_all, read_all, try_layout
from lhpub.papers.stamp import NAME, stamped
from lhpub.preflight.checks import check_contrast
from lhpub.publication.model import Draft
from lhpub.publication.seal import seal
from lhpub.walk import inside, page_boxes
from lhpub.world import World

SOURCE = "publication:\n  title: 年\n  id: x\n{0}keywords:\n  - title: 甲\n    body: 全年各项工作按计划推进，进展平稳，群众满意。\n"
DRAFT = "  draft: {name: 送审稿 第2稿, date: 2024-01-10}\n"
FINAL = "  draft: {name: 定稿}\n"


def test_every_page_bears_the_stamp_and_nothing_moves(sample):
    for medium in (sample.brochure, sample.deck):
        made = stamped(medium, "送审稿 第2稿 · 2024-01-10 · 3f9c2a", sample.read.book.with_aliases({"major": ("Noto Sans SC",), "minor": ("Noto Sans SC",)}))
        for page, before in zip(made.pages, medium.pages, strict=True):
            boxes = list(inside(page_boxes(page, made)))
            (stamp,) = [box for box in boxes if isinstance(box, TextBox) and box.name == NAME]
            assert not any(stamp.rect.overlaps(box.rect) for box in boxes if isinstance(box, TextBox) and box is not stamp)
            rules = [box.rect for box in boxes if isinstance(box, ShapeBox) and min(box.rect.width, box.rect.height) < 3]
            assert not any(stamp.rect.overlaps(replace(rule, width=max(rule.width, 0.1), height=max(rule.height, 0.1))) for rule in rules)
            assert [box for box in page.boxes if getattr(box, "name", "") != NAME] == list(before.boxes)
        assert [d for d in check_contrast(made) if NAME in str(d)] == []


def test_no_picture_of_a_slide_covers_its_layout_s_stamp():
    root = Path(__file__).parents[2]
    job = Job(Path("source/examples/博物馆.yaml"), root / "layouts/plain", root / "fonts/fonts.yaml", Path("none"), ("deck",))
    read = read_all(World(root), job)
    made, found = try_layout(replace(read, publication=replace(read.publication, draft=Draft("送审稿", ""))), ("deck",))
    assert any(box.name == NAME for master in made["deck"].masters for box in inside(master.boxes) if isinstance(box, TextBox))
    assert [d.code for d in found if d.code == "covered"] == []


def test_the_seal_knows_nothing_of_the_draft(sample):
    publication = sample.read.publication
    assert seal(replace(publication, draft=Draft("定稿", ""))) == seal(publication)
    title = replace(publication.entries[0], printed="别的")
    assert seal(replace(publication, entries=(title, *publication.entries[1:]))) != seal(publication)


@pytest.mark.parametrize(("name", "final"), [("定稿", True), ("送审稿 第2稿", False), ("非定稿", False)])
def test_what_is_final(name, final):
    assert Draft(name, "").is_final is final


def test_a_draft_has_no_press_file_and_one_left_from_before_goes(tmp_path):
    source = tmp_path / "x.yaml"
    root = Path(__file__).parents[2]
    job = Job(source, root / "layouts/plain", root / "fonts/fonts.yaml", tmp_path / "out", ("brochure",))
    for draft, there in ((FINAL, True), (DRAFT, False), ("", True)):
        source.write_text(SOURCE.format(draft), encoding="utf-8")
        built = build(World(tmp_path), job, lambda stage: None)
        assert (tmp_path / "out/plain/x-brochure-press.pdf").exists() is there
        assert ("press-draft" in {d.code for d in built.diagnostics}) is not there
    assert NAME not in {getattr(box, "name", "") for page in compose_all(read_all(World(tmp_path), job), ("brochure",))[0]["brochure"].pages for box in page.boxes}
