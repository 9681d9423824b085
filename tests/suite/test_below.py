"""What a look's masters do not hold is set by plain's, in the look's colours and type, and told."""

from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.boxes import ChartBox
from lhpub.build import Job, read_all, read_look, try_layout
from lhpub.diagnostics import Rejected, Severity
from lhpub.layout.read import read_layout
from lhpub.trials import TRIALS, Trial, never_held, read_words, trial_world, try_out
from lhpub.walk import flatten, runs, texts
from lhpub.world import World
from tests.suite.workshop import ROOT

WORLD = World(ROOT)
WORDS = read_words(WORLD, Path("layouts") / TRIALS)
JOB = Job(Path("x.yaml"), Path("layouts/civic"), Path("fonts/fonts.yaml"), Path("out"))


def trial(keywords, themes, pictures=0):
    span = WORDS.trials[0].span
    words = replace(
        WORDS, trials=(Trial(span=span, name="t", keywords=keywords, themes=themes, glance=16, pictures=pictures),)
    )
    return trial_world(WORLD, words, 0)


def composed(layout, keywords, themes, target="brochure"):
    world, path = trial(keywords, themes)
    job = replace(JOB, layout=Path("layouts") / layout, source=path)
    made, found = try_layout(read_all(world, job, read_look(WORLD, job)), (target,))
    return made[target], found


def faults(found):
    return [str(d) for d in found if d.severity is Severity.ERROR or d.code == "entry-left-out"]


@pytest.mark.parametrize(
    ("layout", "keywords", "themes", "target"),
    [("civic", 6, 0, "brochure"), ("civic", 21, 5, "deck"), ("horizon", 21, 5, "brochure"), ("horizon", 6, 0, "deck")],
)
def test_every_entry_of_a_trial_stands(layout, keywords, themes, target):
    made, found = composed(layout, keywords, themes, target)
    assert faults(found) == []
    own = [page for page in made.pages if not page.master.startswith("plain-")]
    assert len(own) >= 0.8 * len(made.pages), "the look's own masters come first"
    told = [d for d in found if d.code == "set-below"]
    assert bool(told) == (len(own) < len(made.pages))
    assert all(d.severity is not Severity.ERROR and d.span for d in told)


def test_pages_of_the_layout_below_take_the_looks_paper_colours_and_type():
    made, _ = composed("civic", 30, 5)
    page = next(p for p in made.pages if p.master == "plain-glance")
    civic = read_layout(WORLD, Path("layouts/civic"))[0]
    assert page.size == made.pages[0].size
    styles = [run.style for box in texts(page, made) for run in runs(box)]
    assert {style.ink for style in styles} <= set(civic.inks.values())
    assert any(s.name == "hero" and s.family == civic.styles["hero"].family for s in styles)


def test_trials_hold_charts_tables_lists_and_quotations():
    made, found = composed("plain", 21, 5)
    boxes = [box for page in made.pages for box in flatten(page.boxes)]
    charts = {box.chart.kind for page in made.pages for box in page.boxes if isinstance(box, ChartBox)}
    assert {"column", "bar", "line", "parts", "pair"} <= charts
    assert "k9/body-2/4-3" in {getattr(box, "name", "") for box in boxes}, "a table of four rows"
    assert faults(found) == []


def test_the_years_figures_that_a_look_has_no_frames_for_go_to_the_layout_below():
    made, found = composed("civic", 30, 5)
    assert any(p.master == "plain-glance" for p in made.pages)
    assert faults(found) == []


PLAIN_COVER = """\
extends: plain
title: t
brochure:
  masters:
    cover:
      frames:
        - {name: one, text: '{publication.title}', style: cover-sub, at: [20, 100, 80, 30]}
        - {name: two, text: '{publication.organisation}', style: cover-sub, at: [20, 102, 80, 30]}
"""


def test_a_master_that_holds_in_no_trial_is_told_at_its_line(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layout.yaml").write_text(PLAIN_COVER, encoding="utf-8")
    job = replace(JOB, layout=tmp_path / "mine")
    look = read_look(WORLD, job)
    tried = tuple(try_out(WORLD, job, look, replace(WORDS, trials=WORDS.trials[:1])))
    (told,) = never_held(look.layout, tried)
    assert (told.code, told.span.line, told.severity) == ("never-holds", 6, Severity.WARNING)
    assert "“cover”" in told.message.zh
    assert tried[0].diagnostics == ()


def test_a_picture_alone_sends_no_keyword_below(tmp_path):
    """plain's own slides with a picture have no big figure: a look on plain then takes its own slide with the figure."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layout.yaml").write_text("extends: plain\ntitle: t\n", encoding="utf-8")
    world, path = trial(4, 0, pictures=1)
    job = replace(JOB, layout=tmp_path / "mine", source=path)
    made, found = try_layout(read_all(world, job, read_look(WORLD, job)), ("deck", "brochure"))
    assert [page.master for one in made.values() for page in one.pages if page.master.startswith("plain-")] == []
    assert "set-below" not in {d.code for d in found}


def layout(folder, text):
    (folder / "mine").mkdir()
    (folder / "mine" / "layout.yaml").write_text(f"extends: civic\ntitle: t\n{text}", encoding="utf-8")
    return read_layout(World(folder), Path("mine"))[0]


def test_a_layout_may_rest_on_nothing(tmp_path):
    assert layout(tmp_path, "fallback: never").below is None


@pytest.mark.parametrize(
    ("roles", "hint"), [("{acent: red}", "accent"), ("{accent: rde}", "red"), ("{display: kw-titel}", "kw-title")]
)
def test_a_role_or_name_that_is_not_there_is_told_with_the_right_one(roles, hint, tmp_path):
    with pytest.raises(Rejected) as caught:
        layout(tmp_path, f"roles: {roles}")
    (told,) = caught.value.diagnostics
    assert told.code == "unknown-name"
    assert hint in told.hint.zh


def test_more_keywords_than_a_layout_is_for_are_told_once():
    _, found = composed("poster", 21, 0)
    assert [d.code for d in found if d.severity is Severity.ERROR] == ["beyond-holds"]


def test_a_picture_that_no_frame_of_the_layout_takes_is_told():
    own, path = trial(3, 2, pictures=1)
    read = read_all(own, replace(JOB, source=path, layout=Path("layouts/plain")))
    told = [d for d in try_layout(read, ("brochure",))[1] if d.code == "picture-left-out"]
    themes = [theme.picture.span for theme in read.publication.themes if theme.picture]
    assert [(d.span, d.severity) for d in told] == [(span, Severity.NOTICE) for span in themes]
