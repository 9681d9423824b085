"""What the plates of a press file carry, by Ghostscript's tiffsep: tints, gradients, finishes and overprint of the layout's inks."""

import io
import shutil
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from lhpub.boxes import Composition, ImageBox
from lhpub.render.pdf import PressSettings, default_profile, render_pdf, render_press
from lhpub.units import Rect
from lhpub.walk import flatten
from tests.outside import validate
from tests.suite.workshop import ROOT, make

pytestmark = pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is absent")

LAYOUT = """\
extends: civic
title: 油墨
press: {ink_limit: 340}
inks:
  朱: {kind: spot, cmyk: [10, 88, 97, 0]}
  UV: {kind: technical, cmyk: [100, 0, 0, 0]}
  烫金: {kind: technical, cmyk: [20, 32, 65, 8]}
palette:
  zhu: {rgb: '#CF3A20', cmyk: [10, 88, 97, 0], spot: 朱}
  zhu40: {rgb: '#ECB0A6', cmyk: [4, 35, 39, 0], spot: {ink: 朱, tint: 40}}
  zhu70: {rgb: '#DE7F6F', cmyk: [7, 62, 68, 0], spot: {ink: 朱, tint: 70}}
  foil: {rgb: '#BFA26A', cmyk: [20, 32, 65, 8], spot: 烫金}
  uv: {rgb: '#00A0E9', cmyk: [100, 0, 0, 0], spot: UV}
  black: {rgb: '#17120D', cmyk: [0, 0, 0, 100]}
  told: {rgb: '#17120E', cmyk: [0, 0, 0, 100], overprint: true}
  heavy: {rgb: '#302020', cmyk: [80, 90, 60, 0], differs: 试验}
  dark: {rgb: '#C0A0A0', cmyk: [0, 90, 60, 0], differs: 试验}
brochure:
  masters:
    foreword:
      frames:
        - {name: solid, fill: zhu, at: [20, 130, 20, 10]}
        - {name: tint, fill: zhu40, at: [45, 130, 20, 10]}
        - {name: to-paper, fill: {stops: [{at: 0, colours: [zhu]}, {at: 1, colours: [paper]}]}, at: [70, 130, 20, 40]}
        - {name: to-dark, fill: {stops: [{at: 0, colours: [zhu]}, {at: 1, colours: [dark]}]}, at: [95, 130, 20, 40]}
        - {name: ground, fill: dark, at: [20, 145, 45, 40]}
        - {name: varnish, fill: uv, at: [22, 147, 10, 10]}
        - {name: bar, fill: black, at: [35, 147, 10, 10]}
        - {name: foil, fill: foil, at: [-3, 220, 216, 80]}
        - {name: tint70, fill: zhu70, at: [20, 225, 20, 10]}
        - {name: on-foil, fill: zhu40, at: [45, 225, 20, 10]}
        - {name: black-on-foil, fill: black, at: [70, 225, 20, 10]}
        - {name: over-foil, fill: dark, at: [95, 225, 20, 20]}
        - {name: black-over-foil, fill: black, at: [97, 227, 10, 5]}
        - {name: told-on-foil, fill: told, at: [120, 225, 10, 10]}
        - {name: more-varnish, fill: uv, at: [22, 167, 10, 10]}
        - {name: black-under-varnish, rule: 2.5, colour: black, at: [24, 172, 30, 0]}
        - {name: panel, fill: black, at: [120, 130, 60, 60]}
        - {name: varnish-to-paper, fill: {stops: [{at: 0, colours: [uv]}, {at: 1, colours: [paper]}]}, at: [47, 147, 10, 30]}
        - {name: heavy, fill: heavy, at: [20, 190, 60, 20]}
        - {name: rule, rule: 2.5, colour: black, at: [22, 195, 40, 0]}
        - {name: narrow, fill: black, at: [22, 198, 40, 1.0]}
        - {name: broad, fill: black, at: [22, 202, 40, 5]}
"""


@pytest.fixture(scope="module")
def composition(tmp_path_factory) -> Composition:
    folder = tmp_path_factory.mktemp("inks")
    for name, text in (("civic", (ROOT / "layouts/civic/layout.yaml").read_text(encoding="utf-8")), ("inks", LAYOUT)):
        (folder / name).mkdir()
        (folder / name / "layout.yaml").write_text(text, encoding="utf-8")
    (folder / "s.yaml").write_text((ROOT / "source/longhua-2023.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    made = make(folder / "s.yaml", folder / "inks").brochure
    page = next(page for page in made.pages if page.master == "foreword")
    return replace(made, pages=(page,), bookmarks=())


def plates_of(composition: Composition, folder) -> dict[str, np.ndarray]:
    file = folder / "page-press.pdf"
    file.write_bytes(render_press(composition, PressSettings(default_profile(), multiple=0)))
    return validate.separated(file, folder)[0]


def percents(plates: dict[str, np.ndarray], x: float, y: float) -> dict[str, int]:
    """Returns each plate's percentage at a place in millimetres from the trim."""
    row, column = (round((value + 3) / 25.4 * validate.RESOLUTION) for value in (y, x))
    return {name: round(float(plate[row, column]) * 100) for name, plate in plates.items() if plate[row, column] > 0.005}


def test_every_ink_is_on_its_plate(composition, tmp_path):
    plates = plates_of(composition, tmp_path)

    def at(x: float, y: float) -> dict[str, int]:
        return percents(plates, x, y)

    assert at(30, 135) == {"朱": 100}
    assert at(55, 135) == {"朱": 40}
    assert set(at(80, 150)) == {"朱"}
    assert 40 <= at(80, 150)["朱"] <= 60
    mixed = at(105, 150)
    assert set(mixed) == {"朱", "Magenta", "Yellow"}
    assert abs(mixed["Magenta"] - 45) <= 5
    assert at(27, 152) == {"Magenta": 90, "Yellow": 60, "UV": 100}, "the varnish leaves what is beneath"
    assert at(40, 152) == {"Magenta": 90, "Yellow": 60, "Black": 100}, "a black bar overprints"
    heavy = {"Cyan": 80, "Magenta": 90, "Yellow": 60, "Black": 100}
    assert [at(40, y) for y in (195, 198.5, 204)] == [heavy] * 3, "so do rules, narrow and broad bars, whatever they come to"


def test_two_tints_of_a_spot_are_left_out_of_the_foil_that_is_stamped_over_all(composition, tmp_path):
    plates = plates_of(composition, tmp_path)
    assert percents(plates, 30, 230) == {"朱": 70}
    assert percents(plates, 55, 230) == {"朱": 40}
    assert percents(plates, 80, 230) == {"Black": 100}, "black does not overprint what would hide it"
    assert percents(plates, 100, 287) == {"烫金": 100}, "to the bleed"


def test_black_over_a_finish_leaves_it_free_and_prints_over_all_else(composition, tmp_path):
    plates = plates_of(composition, tmp_path)
    assert percents(plates, 110, 235) == {"Magenta": 90, "Yellow": 60}, "the foil is covered"
    assert percents(plates, 102, 229) == {"Magenta": 90, "Yellow": 60, "Black": 100}
    assert percents(plates, 125, 230) == {"烫金": 100, "Black": 100}, "as the layout says"
    assert percents(plates, 28, 172) == {"Magenta": 90, "Yellow": 60, "Black": 100}, "the varnish is left out, its ground is not"
    assert percents(plates, 40, 172) == {"Magenta": 90, "Yellow": 60, "Black": 100}


def test_a_photograph_stays_whole_under_varnish_and_knocks_black_bars_out(composition, tmp_path):
    out = io.BytesIO()
    Image.effect_mandelbrot((90, 90), (-2, -1, 1, 1), 60).convert("RGB").save(out, "PNG")
    where = Rect(*(value / 25.4 * 72 for value in (20, 145, 45, 40)))
    photograph = ImageBox(where, out.getvalue(), "image/png", (90, 90), (0, 0, 1, 1), "照片", "photo")

    def over_it(*names: str) -> dict[str, np.ndarray]:
        page = composition.pages[0]
        over = tuple(box for box in flatten(page.boxes) if box.name in names)
        return plates_of(replace(composition, pages=(replace(page, boxes=(photograph, *over)),)), tmp_path)

    bare, covered = over_it(), over_it("varnish", "varnish-to-paper", "bar")
    assert 40 <= percents(covered, 52, 162)["UV"] <= 60
    faded = tuple(slice(*(round((v + 3) / 25.4 * validate.RESOLUTION) + e for v, e in edge)) for edge in (((147, 1), (177, -1)), ((47, 1), (57, -1))))
    area = tuple(slice(*(round((v + 3) / 25.4 * validate.RESOLUTION) + e for v, e in edge)) for edge in (((147, 1), (157, -1)), ((22, 1), (32, -1))))
    assert (covered["UV"][area] > 0.99).all()
    for name in validate.PROCESS:
        for at in (area, faded):
            assert (bare[name][at] == covered[name][at]).all(), "what the varnish lies on is printed as without it"
    assert percents(covered, 40, 152) == {"Black": 100}


def test_a_finish_stands_in_the_press_file_alone(composition):
    shapes = {box.name: box for box in flatten(composition.pages[0].boxes)}
    assert shapes["varnish"].fill.is_technical
    bare = replace(composition.pages[0], boxes=tuple(box for box in composition.pages[0].boxes if box.name != "varnish"))
    assert len(render_pdf(composition)) == len(render_pdf(replace(composition, pages=(bare,))))


def test_a_transparent_picture_leaves_its_ground_on_the_spot(composition, tmp_path):
    out = io.BytesIO()
    picture = Image.new("RGBA", (60, 60), (255, 255, 255, 0))
    picture.paste((0, 160, 80, 255), (0, 0, 30, 60))
    picture.save(out, "PNG")
    where = Rect(*(value / 25.4 * 72 for value in (22, 131, 6, 6)))
    image = ImageBox(where, out.getvalue(), "image/png", (60, 60), (0, 0, 1, 1), "标志", "logo")
    page = replace(composition.pages[0], boxes=(*composition.pages[0].boxes, image))
    plates = plates_of(replace(composition, pages=(page,)), tmp_path)
    row = round((134 + 3) / 25.4 * validate.RESOLUTION)
    seen, clear = (round((x + 3) / 25.4 * validate.RESOLUTION) for x in (23.5, 26.5))
    assert plates["朱"][row, clear] > 0.99
    assert plates["朱"][row, seen] < 0.01
    assert plates["Cyan"][row, seen] > 0.5
    assert all(plates[name][row, clear] < 0.01 for name in validate.PROCESS)
