"""What meetings use of a deck: a handout, a date, one fade, slides of other shapes, a second set of fonts. All are off until a
layout or `--aspect` asks for them."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from openxml_audit import OpenXmlValidator

from lhpub import build as building
from lhpub.boxes import GroupBox
from lhpub.build import Job, compose_all, make, read_all
from lhpub.compose.kept import Kept
from lhpub.compose.notes import ROOMS, room_for
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.inline import Inline, plain
from lhpub.papers.handout import handout
from lhpub.papers.paper import A4
from lhpub.preflight import check_composition
from lhpub.render.pdf import render_pdf
from lhpub.verify.pdf import verify_pdf
from lhpub.walk import texts
from lhpub.world import World
from tests.suite.workshop import ROOT, SAMPLE, job_for

FACES = "{major: {latin: 思源宋体, ea: 思源宋体, measure: Noto Serif SC}, minor: {latin: 思源黑体, ea: 思源黑体, measure: Noto Sans SC}}"
ON = f"{{handout: 3, fade: true, date: true, fonts_alternative: {FACES}}}"


def job(folder, keys="{}", base="civic"):
    layout = folder / "meeting"
    layout.mkdir()
    (layout / "layout.yaml").write_text(f"extends: {base}\ntitle: 会议\ndeck: {keys}\n", encoding="utf-8")
    return Job(SAMPLE, layout, ROOT / "fonts" / "fonts.yaml", folder / "output", ("deck",))


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    return make(World(ROOT), job(tmp_path_factory.mktemp("on"), ON), lambda stage: None)[0][0]


@pytest.fixture(scope="module")
def off():
    read = read_all(World(ROOT), replace(job_for(SAMPLE, SAMPLE.parent), targets=("deck",)))
    return read, compose_all(read, ("deck",))[0]["deck"]


def parts(data, pattern):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name)]


def test_everything_asked_for_is_made_and_is_valid(product, tmp_path):
    assert [*product.files] == [f"longhua-2023-deck{end}" for end in (".pdf", "-handout.pdf", ".pptx", "-alternative.pptx")]
    for name in ("longhua-2023-deck.pptx", "longhua-2023-deck-alternative.pptx"):
        (tmp_path / name).write_bytes(product.files[name])
        assert OpenXmlValidator().validate(str(tmp_path / name)).errors == []


def test_slides_fade_and_bear_the_date_in_its_own_placeholder(product):
    slides = parts(product.files["longhua-2023-deck.pptx"], r"ppt/slides/\w+\.xml")
    assert all("<p:fade/></p:transition>" in slide for slide in slides)
    dated = [slide for slide in slides if 'type="dt"' in slide]
    assert len(dated) == product.pages - 7  # all but the cover, five dividers and the last
    assert all(re.sub("<[^>]+>", "", slide).count("2024年1月15日") == 1 for slide in dated)


def test_the_second_fonts_are_those_of_the_second_deck_alone(product):
    faces = {name: parts(data, "ppt/theme/theme1.xml")[0] for name, data in product.files.items() if name.endswith("pptx")}
    assert ["思源宋体" in theme for theme in faces.values()] == [False, True]


def test_nothing_of_it_is_there_unasked(off):
    _, deck = off
    assert not deck.fade
    assert not {slot.kind for master in deck.masters for slot in master.slots} & {"dt"}


def test_the_footer_can_be_left_out(tmp_path):
    read = read_all(World(ROOT), job(tmp_path, "{footer: false}"))
    deck = compose_all(read, ("deck",))[0]["deck"]
    assert not [slot for master in deck.masters for slot in master.slots if slot.kind == "ftr"]


@pytest.mark.parametrize("count", [2, 3])
def test_a_handout_shows_each_slide_with_all_its_notes(off, count):
    read, deck = off
    made = handout(deck, count, read.book)
    slides = [[box for box in page.boxes if isinstance(box, GroupBox) and box.scale != 1] for page in made.pages]
    assert [box.name for page in slides for box in page] == [f"slide-{page.number}" for page in deck.pages]
    assert max(map(len, slides)) == count
    assert all(box.rect.bottom < A4.height - 28 for page in made.pages for box in page.boxes)
    said = "".join(p.text for page in made.pages for box in texts(page, made) for p in box.paragraphs)
    notes = [plain(rich).replace("\n", "") for page in deck.pages for rich in page.notes]
    assert notes
    assert [note for note in notes if note not in said] == []
    data = render_pdf(made)
    told = [d.code for d in verify_pdf(data, made) if d.code != "pdf-drawing-differs"]  # slides are drawn in little
    assert told == []
    assert data == render_pdf(handout(deck, count, read.book))


def test_notes_are_never_longer_than_their_printed_page(off, product):
    """A year's dates are read in smaller type under a small picture of the slide; what no page holds is told."""
    read, deck = off
    assert room_for(deck.pages[0].notes) == ROOMS[0]
    assert room_for(deck.pages[2].notes) == (10.5, 490)
    said = parts(product.files["longhua-2023-deck.pptx"], r"ppt/notesSlides/notesSlide[13]\.xml")
    assert ['sz="1050"' in notes for notes in said] == [False, True]
    assert ['y="2463800"' in notes for notes in said] == [False, True]  # 194 pt down a page of 720
    long = replace(deck, pages=(replace(deck.pages[0], notes=((Inline("字" * 2400),),)),))
    assert [d.code for d in check_composition(long, read.publication, Kept()) if d.code == "notes-long"] == ["notes-long"]


@pytest.mark.parametrize("base", ["civic", "horizon", "plain"])
def test_slides_of_other_shapes_stand_on_a_grid(base):
    read = read_all(World(ROOT), replace(job_for(SAMPLE, SAMPLE.parent, ROOT / "layouts" / base), targets=("deck",)))
    for aspect, width in (("16:10", 864), ("32:9", 1920)):
        deck = compose_all(read, ("deck",), aspect)[0]["deck"]
        assert {(round(page.size.width), round(page.size.height)) for page in deck.pages} == {(width, 540)}
        assert {f"#{name}" for page in deck.pages for name in page.anchors} >= {"#重大项目", "#closing"}


def test_a_layout_without_a_grid_and_without_another_below_has_no_other_shape(tmp_path):
    made = job(tmp_path)
    with (made.layout / "layout.yaml").open("a", encoding="utf-8") as file:
        file.write("fallback: never\n")
    read = read_all(World(ROOT), made)
    with pytest.raises(Rejected, match="no 32:9 deck") as refused:
        compose_all(read, ("deck",), "32:9")
    assert [d.code for d in refused.value.diagnostics] == ["no-aspect"]
    assert compose_all(read, ("deck",), "4:3")


def test_what_does_not_fit_in_the_second_fonts_is_told_and_not_made(tmp_path, monkeypatch):
    wide = Diagnostic("no-room", Severity.ERROR, Bilingual("放不下", "no room"))
    tried = building.try_layout

    def wider(read, targets, aspect=None):
        made, found = tried(read, targets, aspect)
        is_second = read.layout.spec.deck.fonts["major"].ea == "思源宋体"
        return made, (*found, wide) if is_second else found

    monkeypatch.setattr(building, "try_layout", wider)
    for stage in ("render_pdf", "render_pptx"):
        monkeypatch.setattr(building, stage, lambda *_: b"")
    for stage in ("verify_pdf", "verify_pptx"):
        monkeypatch.setattr(building, stage, lambda *_: ())
    products, told = make(World(ROOT), job(tmp_path, f"{{fonts_alternative: {FACES}}}"), lambda stage: None)
    assert [*products[0].files] == ["longhua-2023-deck.pdf", "longhua-2023-deck.pptx"]
    assert [(d.code, d.severity) for d in told if d.code == "no-room"] == [("no-room", Severity.WARNING)]


def test_a_second_set_of_fonts_has_both(tmp_path):
    with pytest.raises(Rejected, match="fonts_alternative lacks minor"):
        read_all(World(ROOT), job(tmp_path, "{fonts_alternative: {major: {latin: 宋体, ea: 宋体, measure: Noto Serif SC}}}"))
