"""Codes that no other test asks for: each told by the smallest input that brings it about."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from lhpub.boxes import Box, TextBox
from lhpub.build import build, compose_all, read_all
from lhpub.build import make as built
from lhpub.compose.numbering import not_converging
from lhpub.compose.pictures import _too_much_cut, left_out
from lhpub.compose.sheet import dropped
from lhpub.compose.studio import Address, no_room, too_many_points
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span
from lhpub.edits import Insert, apply
from lhpub.gallery import new_layout
from lhpub.layout.read import read_layout
from lhpub.preview.desk import Desk
from lhpub.preview.project import Project
from lhpub.publication.blocks import Quotation
from lhpub.publication.read import read_publication
from lhpub.render.pdf import PressSettings, check_press, default_profile
from lhpub.review.changes import from_json
from lhpub.review.files import judge
from lhpub.review.signed import judge_signed
from lhpub.text.model import GlyphRun, Ink
from lhpub.verify.pdf import verify_pdf
from lhpub.world import World
from tests.suite.conftest import Written
from tests.suite.publications import ONE
from tests.suite.workshop import ROOT, Job, Made, job_for, make


def refused(step) -> list[str]:
    with pytest.raises(Rejected) as caught:
        step()
    return [d.code for d in caught.value.diagnostics]


@pytest.fixture
def one(tmp_path: Path) -> Job:
    (tmp_path / "s.yaml").write_text(ONE, encoding="utf-8")
    return job_for(tmp_path / "s.yaml", tmp_path / "out", ROOT / "layouts" / "plain")


WHERE = ("画册第 1 页", "brochure, page 1")
CHANGES = {
    "bad-gradient": "brochure: {masters: {cover: {frames: [{name: g, at: [0, 0, 9, 9], fill: {stops: [{at: 0, colours: [red]}]}}]}}}",
    "nothing-to-change": "brochure: {masters: {cover: {frames: [{name: tilte, drop: true}]}}}",
}


@pytest.mark.parametrize("code", CHANGES)
def test_a_layout_is_told(code: str, tmp_path: Path) -> None:
    (tmp_path / "layout.yaml").write_text(f"extends: civic\ntitle: t\n{CHANGES[code]}\n", encoding="utf-8")
    assert refused(lambda: read_layout(World(tmp_path), tmp_path)) == [code]


def test_a_deck_without_its_theme_s_fonts_is_told(tmp_path: Path) -> None:
    text = (ROOT / "layouts" / "plain" / "layout.yaml").read_text(encoding="utf-8")
    (tmp_path / "layout.yaml").write_text(text.replace("major:", "majro:"), encoding="utf-8")
    assert "no-theme-font" in refused(lambda: read_layout(World(tmp_path), tmp_path))


def test_a_key_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(ONE + "{甲}: 1\n", encoding="utf-8")
    assert "key-not-text" in refused(lambda: read_publication(World(tmp_path), "s.yaml"))


SOURCES = {
    "bad-link": ONE.replace("body:", "qr: {link: 不是网址}, body:"),
    "qr-content": ONE.replace("body:", "qr: {alt: 扫一扫}, body:"),
    "unknown-document": ONE.replace("body:", "from: B 第3段, body:"),
}


@pytest.mark.parametrize("code", SOURCES)
def test_a_source_is_told(code: str, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SOURCES[code], encoding="utf-8")
    assert code in refused(lambda: read_publication(World(tmp_path), "s.yaml"))


def test_a_quotation_without_a_place_is_told(sample: Made) -> None:
    keyword = sample.read.publication.keywords[0]
    quoted = replace(keyword, quote=Quotation(()), qr=None)
    assert [d.code for d in dropped((quoted,), ())] == ["no-place"]


def test_a_character_without_a_font_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(ONE.replace("项目开工", "项目\U0003134a开工"), encoding="utf-8")
    assert set(refused(lambda: make(tmp_path / "s.yaml"))) <= {"missing-glyph", "set-below"}


def test_what_is_composed_wrongly_is_refused(one: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_all(World(tmp_path), one)
    wrong = Diagnostic("overlap", Severity.ERROR, Bilingual("相叠", "overlap"))
    monkeypatch.setattr("lhpub.build.check_composition", lambda *_: (wrong,))
    assert refused(lambda: compose_all(read, ("deck",))) == ["overlap"]


def test_a_narrow_deck_has_a_name_of_its_own(one: Job, tmp_path: Path) -> None:
    products, _ = built(World(tmp_path), replace(one, aspect="4:3"), lambda stage: None)
    assert [product.name for product in products] == ["s-deck-4x3", "s-brochure"]
    assert [name for product in products for name in product.files] == [
        "s-deck-4x3.pdf", "s-deck-4x3.pptx", "s-brochure.pdf", "s-brochure-press.pdf", "s-press-job.pdf",
    ]  # fmt: skip


def test_what_has_no_room_names_its_frame() -> None:
    frame = Address("母版", "框", Span("layout.yaml", 1, 1))
    assert no_room(WHERE, "甲", 2, frame).code == "no-room"
    assert too_many_points(WHERE, "甲", (9, 6), frame).code == "too-many-points"
    assert not_converging().code == "page-numbers"


def test_names_of_new_layouts_are_looked_at(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "layouts" / "plain", tmp_path / "layouts" / "plain")
    for name, base, code in (("甲/乙", "plain", "bad-name"), ("plain", "plain", "exists"), ("甲", "plian", "no-layout")):
        assert refused(lambda name=name, base=base: new_layout(World(tmp_path), Path("layouts"), name, base)) == [code]


def test_the_workshop_takes_known_operations_and_pictures(one: Job, tmp_path: Path) -> None:
    desk = Desk(tmp_path, one)
    project = Project(tmp_path, ROOT / "layouts", one.fonts)
    assert refused(lambda: project.arranged(desk, {"op": "turn", "id": "keywords/开工"})) == ["bad-request"]
    assert refused(lambda: project.take_picture(desk, b"%PDF-", {"id": "keywords/开工/picture", "name": "a.png", "alt": "甲"})) == ["not-a-picture"]


def test_an_edit_that_would_move_something_else_is_refused() -> None:
    assert refused(lambda: apply(ONE.encode(), "s.yaml", Insert("keywords/无", None, "a", "b"))) == ["edit-refused"]


def test_files_are_judged_by_what_was_recorded_and_by_their_source(one: Job, tmp_path: Path) -> None:
    job = replace(one, targets=("deck",), out=Path("out"))
    build(World(tmp_path), job, lambda stage: None)
    deck = tmp_path / "out" / "plain" / "s-deck.pdf"

    def codes(file: Path, job: Job | None = None) -> list[str]:
        return [d.code for d in judge(World(tmp_path), file, job)]

    assert codes(deck) == ["file-as-built"]
    assert codes(deck, job) == ["file-as-built", "file-compared"]
    alone = tmp_path / "alone.pdf"
    alone.write_bytes(deck.read_bytes())
    assert codes(alone) == ["file-unrecorded"]
    deck.write_bytes(deck.read_bytes() + b"\n")
    assert codes(deck) == ["file-changed"]


def test_what_is_no_draft_and_no_proof_is_refused(one: Job, tmp_path: Path) -> None:
    assert refused(lambda: from_json(b"{}", "a.json")) == ["draft-unreadable"]
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    assert refused(lambda: judge_signed(World(tmp_path), Path("a.xlsx"), (), one)) == ["signed-unreadable"]


def test_what_a_build_leaves_out_now_is_removed_and_told(one: Job, tmp_path: Path) -> None:
    job = replace(one, targets=("brochure",), out=Path("out"))
    build(World(tmp_path), replace(job, imposition="saddle"), lambda stage: None)
    imposed = tmp_path / "out" / "plain" / "s-brochure-imposed.pdf"
    assert imposed.exists()
    (tmp_path / "s.yaml").write_text(ONE.replace("项目开工", "项目竣工"), encoding="utf-8")
    assert "left-over" in [d.code for d in build(World(tmp_path), job, lambda stage: None).diagnostics]
    assert not imposed.exists()


def test_a_save_that_was_stopped_is_finished_and_told(one: Job, tmp_path: Path) -> None:
    work = tmp_path / "out" / "plain" / ".lhpub"
    work.mkdir(parents=True)
    (work / "journal").write_text('{"entries": [], "back": false}', encoding="utf-8")
    told = build(World(tmp_path), replace(one, targets=("deck",), out=Path("out")), lambda stage: None).diagnostics
    assert "save-recovered" in [d.code for d in told]


def test_a_picture_of_another_shape_than_its_only_frame_is_told(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 200), "grey").save(tmp_path / "a.jpg")
    (tmp_path / "s.yaml").write_text(ONE.replace("body:", "picture: {file: a.jpg, alt: 甲}, body:"), encoding="utf-8")
    assert "set-below" in [d.code for d in make(tmp_path / "s.yaml").diagnostics]
    picture = read_publication(World(tmp_path), "s.yaml")[0].keywords[0].picture
    assert picture
    assert left_out(picture).code == "picture-left-out"
    assert _too_much_cut(picture, SimpleNamespace(name="框", span="layout.yaml:1"), 0.2).code == "picture-shape"  # type: ignore[arg-type]


def test_an_ink_without_cmyk_cannot_be_printed(sample: Made) -> None:
    page = sample.brochure.pages[0]
    bare = replace(sample.brochure, pages=(replace(page, ground=Ink("bare", "#123456")), *sample.brochure.pages[1:]))
    codes = [d.code for d in check_press(bare, PressSettings(default_profile()))]
    assert "press-ink-without-cmyk" in codes


def test_a_drawing_and_a_glyph_are_compared_with_what_was_composed(excerpt: Written) -> None:
    at, page = next((i, p) for i, p in enumerate(excerpt.composition.pages) if p.ground)
    other = replace(page, ground=Ink("other", "#00FF00", (100, 0, 100, 0)))
    pages = (*excerpt.composition.pages[:at], other, *excerpt.composition.pages[at + 1 :])
    assert [d.code for d in verify_pdf(excerpt.screen, replace(excerpt.composition, pages=pages))] == ["pdf-drawing-differs"]


def test_a_glyph_that_shows_another_character_than_it_says_is_told(excerpt: Written) -> None:
    def turned(run: GlyphRun) -> GlyphRun:
        return replace(run, glyphs=tuple(replace(g, gid=g.gid + g.text.isdigit()) for g in run.glyphs))

    def changed(box: Box) -> Box:
        if not isinstance(box, TextBox):
            return box
        lines = (replace(line, runs=tuple(map(turned, line.runs))) for line in box.lines)
        return replace(box, lines=tuple(lines))

    pages = tuple(replace(page, boxes=tuple(map(changed, page.boxes))) for page in excerpt.composition.pages)
    assert "pdf-glyph-differs" in [d.code for d in verify_pdf(excerpt.screen, replace(excerpt.composition, pages=pages))]
