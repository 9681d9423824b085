"""What `layouts check` finds in a layout by itself; each finding proven on civic with one thing changed."""

from pathlib import Path

import pytest

from lhpub.layout.check import check_layout, contrast
from lhpub.layout.read import read_layout
from lhpub.world import World
from tests.unit.layout.test_meaning import LAYOUTS, civic_with

CHANGES = [
    ("a frame off the page", "at: [20, 262, 170, 12]", "at: [60, 262, 170, 12]", "off-page"),
    ("a picture beyond the bleed", "at: [88, -3, 125, 123]", "at: [88, -3, 135, 123]", "off-page"),
    ("text where it may be trimmed", "at: [20, 262, 170, 12]", "at: [3, 262, 170, 12]", "safe-margin"),
    ("two texts on one place", "at: [20, 262, 170, 12]", "at: [20, 240, 170, 12]", "frames-overlap"),
    ("text that does not stand out", "style: cover-sub, at", "style: cover-sub, colour: umber, at", "contrast"),
    ("a printed colour without inks", "umber:     {rgb: '#4A423D', cmyk: [0, 10, 15, 80]", "umber:     {rgb: '#4A423D'", "no-ink"),
    ("too much ink", "cmyk: [30, 100, 90, 62]", "cmyk: [90, 100, 90, 62]", "ink-total"),
    ("a master that no page uses", "    - foreword\n", "", "unreachable"),
    ("a block that no master uses", "    rungs: {frames:", "    idle: {frames: []}\n    rungs: {frames:", "unreachable"),
    ("a grid on which no text stands", "  multiple: 4\n", "  multiple: 4\n  grid: {first: 50, pitch: 5}\n", "idle-grid"),
    ("a text that runs on over another", "at: [88, 37.6, 102, 112]}", "at: [88, 37.6, 102, 112], next: b},\n      {name: b, at: [20, 36, 20, 9]}", "frames-overlap"),
    ("a vertical text in the margin", "at: [20, 262, 170, 12]", "vertical: true, hang: baseline, at: [5, 262, 0, 12]", "safe-margin"),
    ("two frames of one name", "{name: eyebrow, text: 卷首, style: eyebrow, at: [20, 27, 60, 0]}", "{name: eyebrow, text: 卷首, style: eyebrow, at: [20, 27, 60, 0]}, {name: eyebrow, text: 卷首, style: eyebrow, at: [20, 200, 60, 0]}", "two-of-one-name"),
    ("a text on a ground that is written after it", "at: [88, 37.6, 102, 112]}", "at: [88, 37.6, 102, 112]},\n      {name: g, fill: red-deep, at: [88, 37, 102, 70]}", "contrast"),
    ("a style that nothing uses", "  cover-sub: ", "  idle: {font: sans, size: 9}\n  cover-sub: ", "unused"),
]  # fmt: skip


def found_in(folder: Path):
    layout, _ = read_layout(World(folder.parent), Path(folder.name))
    return check_layout(layout.spec)


@pytest.mark.parametrize("name", ["civic", "horizon", "plain", "poster"])
def test_the_layouts_that_come_with_the_program_are_clean(name):
    assert [d.in_language("en") for d in found_in(LAYOUTS / name)] == []


@pytest.mark.parametrize(("old", "new", "code"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_each_fault_is_found_with_its_place(tmp_path, old, new, code):
    found = found_in(civic_with(tmp_path, old, new))
    assert {d.code for d in found} == {code}
    assert all(d.span and d.span.file.endswith("layout.yaml") for d in found)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_layout_is_not_told_of_what_it_inherits_and_leaves_unused(tmp_path):
    (tmp_path / "civic").mkdir()
    (tmp_path / "civic" / "layout.yaml").write_bytes((LAYOUTS / "civic" / "layout.yaml").read_bytes())
    (tmp_path / "one").mkdir()
    text = "extends: civic\ntitle: 一页\nbrochure: {sequence: [only], masters: {only: {title: 一}, idle: {title: 二}}}\n"
    (tmp_path / "one" / "layout.yaml").write_text(text, encoding="utf-8")
    (told,) = found_in(tmp_path / "one")
    assert told.code == "unreachable"
    assert "idle" in told.message.zh
