"""The source cases: each is built or refused as is right, says what is wrong with it and nothing else."""

import pytest

from lhpub.boxes import ImageBox, TextBox
from lhpub.build import compose_all, read_all
from lhpub.diagnostics import Rejected, Severity
from lhpub.walk import every_box, every_text
from lhpub.world import World
from tests.cases import BUILT, NAMES, REFUSED, right, write_case
from tests.suite.workshop import ROOT, job_for

LAYOUTS = ("civic", "horizon", "plain")
ALIKE = ("nbsp", "zero", "kangxi", "decimal-8", "decimal-6", "decimal-4", "top-1", "top-2", "share-5", "share-6", "share-2",
         "label-m", "label-a", "s03", "s07", "s12", "body-b")  # fmt: skip
"""What is set as another case is: reading it shows all."""
SET = [name for name in BUILT if not name.startswith(ALIKE)]
OF_THE_LAYOUT = {"set-below", "resolution", "press-small-colour"}


def composed(name, tmp_path, layout):
    source = write_case(name, tmp_path)
    return compose_all(read_all(World(ROOT), job_for(source, tmp_path, ROOT / "layouts" / layout)), ("deck", "brochure"))


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_told_by_what_is_wrong_with_it_and_by_nothing_else(name, tmp_path):
    try:
        read = read_all(World(ROOT), job_for(write_case(name, tmp_path), tmp_path))
        told, refused = read.diagnostics, False
    except Rejected as rejected:
        told, refused = rejected.diagnostics, True
    assert sorted({d.code for d in told}) == right(name)
    assert refused == (name in REFUSED)
    assert all(d.span for d in told)
    assert refused == any(d.severity is Severity.ERROR for d in told)


@pytest.mark.parametrize(("name", "layout"), [(name, LAYOUTS[n % 3]) for n, name in enumerate(SET)])
def test_a_case_that_is_sound_enough_is_set_whole(name, layout, tmp_path):
    made, told = composed(name, tmp_path, layout)
    assert set(made) == {"deck", "brochure"}
    assert sorted({d.code for d in told} - OF_THE_LAYOUT) == right(name)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_text_goes_for_a_picture(layout, tmp_path):
    made, _ = composed("photo-drops-points", tmp_path, layout)
    for composition in made.values():
        texts = "".join(paragraph.text for box in every_text(composition) for paragraph in box.paragraphs)
        assert all(words in texts for words in ("数百亿元", "三个片区同日", "两年建成", "开工当日"))
        assert any(isinstance(box, ImageBox) for box in every_box(composition))


def test_a_head_stays_in_an_upright_picture(tmp_path):
    made, _ = composed("portrait-head-cropped", tmp_path, "civic")
    crops = [box.crop for box in every_box(made["brochure"]) if isinstance(box, ImageBox)]
    assert crops
    assert all(top < 0.12 for _, top, _, _ in crops)


def test_fractions_and_ticks_are_set_in_a_face_that_has_them(tmp_path):
    made, _ = composed("superscripts", tmp_path, "plain")
    boxes = [box for box in every_text(made["brochure"]) if isinstance(box, TextBox)]
    glyphs = {g.text: run for box in boxes for line in box.lines for run in line.runs for g in run.glyphs if g.gid}
    assert {"⅓", "✓", "✔"} <= set(glyphs)
