"""SVG art: plain outlines in the palette's inks; whatever could reach out of the file is refused."""

from pathlib import Path

import pytest

from lhpub.diagnostics import Span
from lhpub.layout.names import ArtName
from lhpub.layout.svg import read_art
from lhpub.source.report import Report
from lhpub.text.model import Ink
from lhpub.world import World

INKS = {"red": Ink("red", "#871920", (22, 100, 90, 38)), "ink": Ink("ink", "#000000", (0, 0, 0, 100))}


def drawn(folder: Path, body: str, name: str = "x.svg", head: str = 'viewBox="10 20 100 50"'):
    (folder / "x.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{body}</svg>', encoding="utf-8")
    report, written = Report(), ArtName(name)
    written.span = Span("layout.yaml", 3, 4)
    return read_art(World(folder), written, INKS, report), report.diagnostics


def test_a_rectangle_stands_where_the_view_box_puts_it(tmp_path):
    art, found = drawn(tmp_path, '<rect x="10" y="20" width="30" height="10" fill="#871920"/>')
    assert found == ()
    assert art.size == (100, 50)
    (shape,) = art.shapes
    assert shape.fill is INKS["red"]
    assert {point for verb, point in shape.outline if verb in "ML"} == {(0, 0), (30, 0), (30, 10), (0, 10)}


def test_transforms_of_groups_and_shapes_add_up(tmp_path):
    body = '<g transform="translate(10 20)"><g transform="scale(2)"><path transform="rotate(90)" d="M0 0 L5 0 Z"/></g></g>'
    art, _ = drawn(tmp_path, body)
    points = [tuple(round(v, 6) + 0.0 for v in values) for verb, values in art.shapes[0].outline if verb in "ML"]
    assert points[:2] == [(0, 0), (0, 10)]


def test_style_attributes_are_inherited_and_strokes_scale(tmp_path):
    body = '<g style="fill:none;stroke:#871920" stroke-width="2" transform="scale(3)"><circle cx="4" cy="5" r="2"/></g>'
    art, _ = drawn(tmp_path, body)
    (shape,) = art.shapes
    assert (shape.fill, shape.stroke, round(shape.width, 6)) == (None, INKS["red"], 6)
    assert {verb for verb, _ in shape.outline} <= {"M", "C", "L", "Z"}


def test_curves_of_every_kind_become_cubics(tmp_path):
    art, _ = drawn(tmp_path, '<path d="M0 0 q5 5 10 0 t10 0 c1 1 2 2 3 0 s2 2 3 0 a4 4 0 0 1 8 0 h2 v3 z"/>')
    assert {verb for verb, _ in art.shapes[0].outline} == {"M", "C", "L", "Z"}


@pytest.mark.parametrize("body", [
    '<image href="http://example.com/x.png"/>',
    '<use href="#a"/>',
    "<script>alert(1)</script>",
    '<style>@import url("x.css")</style>',
    '<text>字</text>',
    '<a href="file:///etc/passwd"><rect width="1" height="1"/></a>',
    '<rect width="1" height="1" fill="url(#g)"/>',
    '<rect width="1" height="1" style="fill:url(file:///x)"/>',
    '<rect width="1" height="1" onclick="x()"/>',
    '<foreignObject/>',
    '<rect width="1" height="1" fill="#123456"/>',
    '<path d="M0 0 L nonsense"/>',
    '<path d="M0 0 L 1e99 0"/>',
    "<rect>",
])  # fmt: skip
def test_what_reaches_out_or_cannot_be_drawn_is_refused_with_its_place(tmp_path, body):
    _, found = drawn(tmp_path, body)
    assert {d.code for d in found} == {"bad-art"}
    assert all(d.span.line == 3 and d.hint for d in found)


def test_entities_are_refused_before_parsing(tmp_path):
    bomb = '<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg viewBox="0 0 1 1">&b;</svg>'
    (tmp_path / "x.svg").write_text(bomb, encoding="utf-8")
    report, name = Report(), ArtName("x.svg")
    assert read_art(World(tmp_path), name, INKS, report) is None
    assert {d.code for d in report.diagnostics} == {"bad-art"}


def test_a_drawing_without_a_view_box_is_refused(tmp_path):
    _, found = drawn(tmp_path, "", head="")
    assert {d.code for d in found} == {"bad-art"}


def test_only_a_file_of_the_folder_is_read(tmp_path):
    (tmp_path / "inner").mkdir()
    drawn(tmp_path, "")
    report, name = Report(), ArtName("../x.svg")
    assert read_art(World(tmp_path), name, INKS, report) is None
    beside = ArtName("x.svg")
    beside.span = Span("inner/layout.yaml", 1, 1)
    lacking = Report()
    assert read_art(World(tmp_path), beside, INKS, lacking) is None
    assert [(d.code, d.span) for d in lacking.diagnostics] == [("no-file", beside.span)]
