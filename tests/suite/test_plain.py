"""The plain layout takes anything: trial publications on several papers, each text whole, each entry there."""

from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.build import Job, read_all, read_look, try_layout
from lhpub.diagnostics import Severity
from lhpub.trials import TRIALS, read_words, trial_world, try_out
from lhpub.walk import texts
from lhpub.world import World
from tests.suite.workshop import ROOT

WORLD = World(ROOT)
WORDS = read_words(WORLD, Path("layouts") / TRIALS)
TOLD = ("entry-left-out", "picture-left-out")


def job(source=Path("x.yaml"), layout="plain"):
    return Job(source, Path("layouts") / layout, Path("fonts/fonts.yaml"), Path("out"))


LOOK = read_look(WORLD, job())


def composed(number, target="brochure", size=None, aspect="16:9"):
    """Returns the composition of a trial on a paper, and its faults."""
    world, path = trial_world(WORLD, WORDS, number)
    read = read_all(world, job(path), LOOK)
    if size:
        spec = read.layout.spec
        medium = replace(getattr(spec, target), size=size)
        read = replace(read, layout=replace(read.layout, spec=replace(spec, **{target: medium})))
    made, found = try_layout(read, (target,), aspect)
    return made[target], [d for d in found if d.severity is Severity.ERROR or d.code in TOLD]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_trials_hold(number):
    words = replace(WORDS, trials=(WORDS.trials[number],))
    (tried,) = try_out(WORLD, job(), LOOK, words)
    assert [str(d) for d in tried.diagnostics] == []
    assert set(tried.pages) == {"画册", "幻灯片", "4:3 幻灯片"}


@pytest.mark.parametrize("size", [(148, 210), (210, 297), (250, 250), (297, 210), (297, 420)])
def test_papers_hold(size):
    made, faults = composed(1, size=size)
    assert [str(d) for d in faults] == []
    sizes = {
        run.size
        for page in made.pages
        for box in texts(page, made)
        if box.slot == "body"
        for line in box.lines
        for run in line.runs
    }
    assert sizes <= {9.5, 9.75, 10, 10.25, 10.5, 11}, "reading sizes are fixed; the paper decides columns"


@pytest.mark.parametrize("size", [(864, 540), (1920, 540)])
def test_slides_hold(size):
    assert [str(d) for d in composed(1, "deck", size)[1]] == []


def test_keywords_share_pages_and_none_is_lost():
    made, _ = composed(2)
    titles = [box.name.split("/")[0] for page in made.pages for box in texts(page, made) if box.tag == "H3"]
    assert titles == [f"k{i}" for i in range(20)]
    shared = [page for page in made.pages if sum(box.tag == "H3" for box in texts(page, made)) > 1]
    assert len(shared) >= 5
