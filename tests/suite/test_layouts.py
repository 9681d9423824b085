"""Both layouts with the sample, with photographs, in 4:3 and with sources of other sizes."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.boxes import GroupBox, ImageBox, ShapeBox, TextBox
from lhpub.build import compose_all, read_all
from lhpub.compose.texts import inked
from lhpub.diagnostics import Rejected, Severity
from lhpub.gallery import draw_gallery
from lhpub.trials import TRIALS, read_words
from lhpub.walk import flatten, texts
from lhpub.world import World
from tests.suite.pictures import sample_with_pictures
from tests.suite.publications import BARE, ONE, TWELVE_LINES, many
from tests.suite.workshop import ROOT, SAMPLE, job_for, make

HORIZON = ROOT / "layouts" / "horizon"
POSTER = ROOT / "layouts" / "poster"
WORDS = read_words(World(ROOT), Path("layouts") / TRIALS)
SOURCES = {"twelve lines": TWELVE_LINES, "one": ONE, "bare": BARE, "five": many(5, 0), "fifty": many(50, 5)}


@pytest.fixture(scope="module")
def horizon():
    return make(SAMPLE, HORIZON)


def masters(composition) -> list[str]:
    return [page.master for page in composition.pages]


def errors(made) -> list[str]:
    return [d.in_language("en") for d in made.diagnostics if d.severity is Severity.ERROR]


def test_horizon_gives_no_diagnostic_with_the_sample(horizon):
    assert [d.in_language("en") for d in horizon.diagnostics] == []


def test_horizon_takes_the_pages_its_rules_name(horizon):
    assert masters(horizon.brochure) == [
        "cover", "contents", "contents", "timeline", "timeline",
        "opener", "names", "hero-chart", "hero-chart", "two", "three",
        "opener", "word", "three",
        "opener", "share", "three", "word",
        "opener-day", "two", "rank", "pair",
        "figures", "back",
    ]  # fmt: skip


def test_keywords_follow_one_another_in_an_ordered_layout(horizon):
    numbers = [
        int(run.text)
        for page in horizon.brochure.pages
        if page.section
        for box in texts(page, horizon.brochure)
        if box.slot == "index"
        for paragraph in box.paragraphs
        for run in paragraph.runs
    ]
    assert numbers == list(range(1, 21))


def test_horizon_groups_by_its_own_periods(horizon):
    sections = list(dict.fromkeys(page.section for page in horizon.brochure.pages if page.section))
    assert sections == ["起飞", "爬升", "巡航", "远航"]


def test_the_flight_path_names_every_keyword_once_and_apart(horizon):
    labels = [
        box
        for page in horizon.brochure.pages if page.master == "timeline"
        for box in flatten(page.boxes) if isinstance(box, TextBox) and box.link and box.name.startswith("path/")
    ]  # fmt: skip
    assert sorted(box.link for box in labels) == sorted(f"#{k.id}" for k in horizon.read.publication.keywords)
    assert not [(a.name, b.name) for a in labels for b in labels if a is not b and a.rect.overlaps(b.rect)
                and {p.number for p in horizon.brochure.pages if a in flatten(p.boxes)} == {p.number for p in horizon.brochure.pages if b in flatten(p.boxes)}]  # fmt: skip


def test_a_stacked_page_is_filled_to_its_foot_whatever_its_texts(horizon):
    page = next(page for page in horizon.brochure.pages if page.master == "three")
    skies = [box.rect for box in page.boxes if getattr(box, "name", "") == "sky"]
    assert len(skies) == 3
    assert all(a.bottom < b.y for a, b in itertools.pairwise(skies))
    assert skies[0].height > skies[1].height


@pytest.mark.parametrize("name", SOURCES)
def test_horizon_takes_a_source_of_any_size(name, write_source):
    made = make(write_source(SOURCES[name]), HORIZON)
    assert errors(made) == []
    assert len(made.brochure.pages) % 4 == 0
    ids = {keyword.id for keyword in made.read.publication.keywords}
    for composition in (made.brochure, made.deck):
        assert ids <= {anchor for page in composition.pages for anchor in page.anchors}


@pytest.fixture(scope="module", params=["civic", "horizon"])
def with_pictures(request, tmp_path_factory):
    source = sample_with_pictures(SAMPLE, tmp_path_factory.mktemp(request.param))
    return make(source, ROOT / "layouts" / request.param)


def images(composition) -> list[tuple[str, ImageBox]]:
    return [(page.master, box) for page in composition.pages for box in flatten(page.boxes) if isinstance(box, ImageBox)]


def test_pictures_of_all_three_shapes_find_their_masters(with_pictures):
    assert errors(with_pictures) == []
    assert not [d for d in with_pictures.diagnostics if d.code == "picture-left-out" and d.severity is not Severity.NOTICE]
    for composition in (with_pictures.brochure, with_pictures.deck):
        shown = {box.name.split("/")[0] for _, box in images(composition)}
        wanted = {k.id for k in with_pictures.read.publication.keywords if k.picture}
        assert wanted <= shown
        assert composition.pages[0].master == "cover-photo"
        assert {"logo", "qr"} <= {box.slot for _, box in images(composition)}


def test_pictures_are_never_stretched(with_pictures):
    for composition in (with_pictures.brochure, with_pictures.deck):
        for _, box in images(composition):
            left, top, right, bottom = box.crop
            shape = (right - left) * box.pixels[0] / ((bottom - top) * box.pixels[1])
            assert shape == pytest.approx(box.rect.width / box.rect.height, rel=1e-3)


def test_no_text_stands_on_a_picture(with_pictures):
    for composition in (with_pictures.brochure, with_pictures.deck):
        for page in composition.pages:
            covered = any(isinstance(box, GroupBox) and box.name == "ground" for box in page.boxes)
            for picture in (box for box in page.boxes if isinstance(box, ImageBox)):
                for box in texts(page, composition):
                    area = inked(box)
                    assert covered or area is None or not area.overlaps(picture.rect), (page.number, box.name)


def test_captions_and_credits_stand_by_their_pictures(with_pictures):
    for composition in (with_pictures.brochure, with_pictures.deck):
        for page in composition.pages:
            if any(b.slot == "picture" and "/" in b.name for _, b in [(0, b) for b in page.boxes if isinstance(b, ImageBox)]):
                printed = "".join(p.text for box in texts(page, composition) for p in box.paragraphs)
                assert "城区一角" in printed
                assert "图：某某" in printed


def test_a_picture_that_no_frame_of_a_look_suits_stands_on_a_page_of_the_layout_below(tmp_path):
    from PIL import Image

    Image.new("RGB", (4000, 400), "gray").save(tmp_path / "strip.png")
    source = tmp_path / "s.yaml"
    text = TWELVE_LINES.replace("  - title: 数字孪生\n", "  - title: 数字孪生\n    picture: {file: strip.png, alt: 一条}\n")
    source.write_text(text, encoding="utf-8")
    for layout in ("civic", "horizon"):
        made = make(source, ROOT / "layouts" / layout)
        assert errors(made) == []
        assert "set-below" in {d.code for d in made.diagnostics}
        assert "picture-left-out" not in {d.code for d in made.diagnostics}


@pytest.mark.parametrize("layout", ["civic", "horizon"])
def test_the_4_by_3_deck_holds_the_sample(layout, tmp_path):
    job = job_for(SAMPLE, tmp_path, ROOT / "layouts" / layout)
    read = read_all(World(SAMPLE.parent), job)
    spec = replace(read.layout.spec, deck=read.layout.spec.deck_4x3)
    made, found = compose_all(replace(read, layout=replace(read.layout, spec=spec)), ("deck",))
    assert [d.in_language("en") for d in found] == []
    (size,) = {page.size for page in made["deck"].pages}
    assert size.width / size.height == pytest.approx(4 / 3, rel=1e-3)


def test_a_rude_layout_gives_diagnostics_and_no_silent_overset(tmp_path):
    """Huge type and a narrow column: the sample cannot fit, and that is said with the places of text and frame."""
    for name in ("civic", "rude"):
        (tmp_path / name).mkdir()
    (tmp_path / "civic" / "layout.yaml").write_bytes((ROOT / "layouts" / "civic" / "layout.yaml").read_bytes())
    rude = "extends: civic\nfallback: never\ntitle: 粗\nstyles: {lead: {size: 60, leading: 80}, lead-full: {size: 60, leading: 80}, d-lead: {size: 60, floor: 60}}\n"
    (tmp_path / "rude" / "layout.yaml").write_text(rude, encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        make(SAMPLE, tmp_path / "rude")
    oversets = [d for d in caught.value.diagnostics if d.code == "overset"]
    assert len(oversets) >= 10
    assert all(d.span and "layout.yaml" in d.hint.zh for d in oversets)
    page, found = draw_gallery(World(ROOT), job_for(SAMPLE, tmp_path), [tmp_path / "rude"])
    assert page.decode().count("<img") > 24 + 30, "a designer sees the pages that she is to mend"
    assert oversets[0].message.zh in page.decode()
    assert set(oversets) <= set(found)


def test_the_gallery_shows_every_page_and_master_of_every_layout():
    job = job_for(SAMPLE, Path("output"))
    page = draw_gallery(World(ROOT), job, [ROOT / "layouts" / "civic", HORIZON])[0].decode()
    assert page.count("<img") == 24 + 30 + 24 + 29
    for name in ("hero-chart", "keyword-photo-wide", "opener-day"):
        assert f"（{name}）" in page


def test_the_gallery_shows_a_masters_forms_or_says_why_there_is_none(tmp_path):
    text = (
        "extends: plain\ntitle: t\nbrochure: {sequence: [cover, idle], masters: {idle: {title: 闲, needs: [internal], "
        "frames: [{name: z, text: 你好, style: body, at: [20, 30, 40, 0]}]}}}\n"
    )
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "layout.yaml").write_text(text, encoding="utf-8")
    few = replace(WORDS, forms=WORDS.forms[:1])
    page = draw_gallery(World(ROOT), job_for(SAMPLE, Path("output")), [tmp_path / "t"], few)[0].decode()
    assert "<figcaption>少</figcaption>" in page
    assert "内容与试排都没有用到它（要 internal）" in page
    assert "<b>z</b> 20 30 40 0 <i>t:3</i>" in page


def test_the_poster_is_one_a3_page_with_all_twenty_and_light_that_grows():
    made = make(SAMPLE, POSTER)
    (page,) = made.brochure.pages
    assert (round(page.size.width * 25.4 / 72), round(page.size.height * 25.4 / 72)) == (297, 420)
    assert {d.code for d in made.diagnostics} == {"entry-left-out"}
    tiles = [box for box in flatten(page.boxes) if isinstance(box, ShapeBox) and box.name == "light"]
    green = [int(tile.fill.rgb[3:5], 16) for tile in tiles]
    assert len(tiles) == 20
    assert green == sorted(green)
    assert green[0] < green[-1]


def test_a_keyword_for_which_a_layout_has_no_place_is_an_error_at_its_line(tmp_path):
    for name in ("civic", "poster"):
        text = (ROOT / "layouts" / name / "layout.yaml").read_text(encoding="utf-8")
        (tmp_path / name).mkdir()
        (tmp_path / name / "layout.yaml").write_text(text.replace("step: [0, 64]\n            columns: 4", "step: [0, 64]\n            count: 19\n            columns: 4"), encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        make(SAMPLE, tmp_path / "poster")
    (told,) = [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    assert told.code == "entry-left-out"
    assert "深度合作" in told.message.zh
    assert told.span.file.endswith("longhua-2023.yaml")
