"""A layout that changes another: what it inherits is found where it stands, what it misspells is told with the right name."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.diagnostics import Rejected
from lhpub.layout.fonts import with_stand_ins
from lhpub.layout.model import all_frames
from lhpub.layout.read import read_layout
from lhpub.text.fonts import load_fonts
from lhpub.world import World

ROOT = Path(__file__).parents[3]


def read(folder, text, name="mine", base="civic"):
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "layout.yaml").write_text(f"extends: {base}\ntitle: t\n{text}", encoding="utf-8")
    return read_layout(World(folder), Path(name))[0]


def test_a_shipped_layout_is_found_from_any_folder(tmp_path):
    assert read(tmp_path, "").spec.brochure.masters


def frames_of(layout, master):
    return {f.name: f for f in all_frames(layout.spec.brochure.masters[master], layout.spec.brochure)}


def test_a_frame_of_an_included_block_is_changed_for_one_master_alone(tmp_path):
    layout = read(tmp_path, "brochure: {masters: {cover: {frames: [{name: title, at: [30, ~, ~, ~]}]}}}")
    cover, photo = frames_of(layout, "cover"), frames_of(layout, "cover-photo")
    assert cover["title"].at == (30, 218, 170, 38)
    assert photo["title"].at == (20, 218, 170, 38)
    names = [f.name for f in all_frames(layout.spec.brochure.masters["cover"], layout.spec.brochure)]
    assert names == ["logo", "organisation", "organisation", "year", "title", "subtitle", "imprint-notice", "imprint-licence", "art"]


def test_a_frame_of_an_included_block_is_dropped_for_one_master_alone(tmp_path):
    layout = read(tmp_path, "brochure: {masters: {cover: {frames: [{name: year, drop: true}]}}}")
    assert "year" not in frames_of(layout, "cover")
    assert "year" in frames_of(layout, "cover-photo")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("styles: {kw-titel: {size: 20}}", "kw-title"),
        ("palette: {rde: {cmyk: [0, 0, 0, 100]}}", "red"),
        ("brochure: {masters: {cover: {frames: [{name: tilte, at: [20, 20, 20, 20]}]}}}", "title"),
        ("brochure: {masters: {cover: {frames: [{name: yaer, at: [20, ~, ~, 20]}]}}}", "year"),
    ],
)
def test_a_misspelt_name_is_told_once_with_the_one_that_is_there(text, hint, tmp_path):
    with pytest.raises(Rejected) as caught:
        read(tmp_path, text)
    (told,) = caught.value.diagnostics
    assert hint in told.hint.zh


def test_files_are_looked_for_beside_the_layout_that_names_them(tmp_path):
    shutil.copytree(ROOT / "layouts" / "civic", tmp_path / "civic")
    art = "{name: mark, art: mark.svg, at: [20, 150, 60, 40]}"
    press = "press: {profile: shop.icc}\ndeck: {template: brand.pptx}\n"
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "mark.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#871920"/></svg>'
    )
    read(tmp_path, f"{press}brochure: {{masters: {{foreword: {{frames: [{art}]}}}}}}", "base")
    (tmp_path / "child").mkdir()
    (tmp_path / "child" / "layout.yaml").write_text("extends: base\ntitle: t\n")
    child = read_layout(World(tmp_path), Path("child"))[0]
    assert child.art["mark.svg"].shapes
    assert child.spec.press.profile.path == Path("base/shop.icc")
    assert child.spec.deck.template.path == Path("base/brand.pptx")


@pytest.mark.parametrize(("family", "instead"), [("方正小标宋", "Noto Serif SC"), ("思源黑体", "Noto Sans SC")])
def test_a_like_font_stands_in_for_one_that_is_not_there(family, instead, tmp_path):
    config = ROOT / "fonts" / "fonts.yaml"
    book = load_fonts(config.read_bytes(), "fonts/fonts.yaml", config.parent)
    layout = read(tmp_path, f"fonts: {{serif: {family}}}")
    found, (told,) = with_stand_ins(layout.spec, book)
    assert found.font(family, 400).family == instead
    assert (told.code, told.span.line) == ("no-font", 3)
    again = found.with_aliases({"major": (family,)})
    assert again.font("major", 400).family == instead


def test_a_font_that_lies_there_and_may_not_be_used_is_told_so(tmp_path):
    config = ROOT / "fonts" / "fonts.yaml"
    book = load_fonts(config.read_bytes(), "fonts/fonts.yaml", config.parent)
    refusing = replace(book, refused={"方正小标宋": "fz.ttf"})
    (told,) = with_stand_ins(read(tmp_path, "fonts: {serif: 方正小标宋}").spec, refusing)[1]
    assert (told.code, told.span.line) == ("font-rights", 3)
    assert "fz.ttf" in told.message.zh


def told_of(folder, text):
    config = ROOT / "fonts" / "fonts.yaml"
    layout = read(folder, text, base="plain")
    return with_stand_ins(layout.spec, load_fonts(config.read_bytes(), "fonts/fonts.yaml", config.parent))[1]


def test_weights_that_a_font_has_not_are_told_once_at_its_name(tmp_path):
    (told,) = told_of(tmp_path, "fonts: {display: Noto Serif SC, lead: Noto Serif SC}\nstyles: {lead: {weight: 800}, kw-title: {weight: 800}}")
    assert told.code == "weight-not-there"
    assert told.message.zh.count("800") == 1
    assert "lead" in told.message.zh
    assert "kw-title" in told.message.zh


def test_a_size_that_the_grids_lines_do_not_allow_is_told(tmp_path):
    (told,) = told_of(tmp_path, "styles: {body: {size: 40}, list: {size: 40}}")
    assert (told.code, told.span.file) == ("size-of-grid", "mine/layout.yaml")
    assert "lines: 4" in told.hint.zh
