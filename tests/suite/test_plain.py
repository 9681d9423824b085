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
TOLD = ("entry-left-out",)


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
    names = [box.name.split("/")[0] for page in made.pages for box in texts(page, made) if box.tag == "H3"]
    titles = [name for name in names if not name.startswith("column")]  # a chart may have a page of its own
    assert titles == [f"k{i}" for i in range(20)]
    shared = [page for page in made.pages if sum(box.tag == "H3" for box in texts(page, made)) > 1]
    assert len(shared) >= 4


LONG = """\
publication: {title: 长文, organisation: 某某区, date: 2024-01-15, year: 2023}
keywords:
  - {title: 长文一篇, date: 2023-01-05, headline: 一句话。, body: BODY}
"""
SENTENCE = "县医院向卫生院派出常驻医师，每人任期不少于一年，绩效由派驻地评定，村医在手机上开方。"


def printed(made, slots=("body", "body-2", "")):
    """Returns what stands in some frames, in the order of the boxes."""
    boxes = [box for page in made.pages for box in texts(page, made) if not slots or box.slot in slots]
    return "".join(line.text for box in boxes for line in box.lines)


@pytest.mark.parametrize("target", ["brochure", "deck"])
def test_a_long_text_runs_on_until_nothing_is_left(tmp_path, target):
    (tmp_path / "long.yaml").write_text(LONG.replace("BODY", SENTENCE * 60), encoding="utf-8")
    read = read_all(World(tmp_path), job(Path("long.yaml")), LOOK)
    made, found = try_layout(read, (target,))
    assert [d.code for d in found if d.severity is Severity.ERROR] == []
    assert printed(made[target]).count(SENTENCE) == 60
    masters = [page.master for page in made[target].pages]
    assert masters.count("keyword-more" if target == "brochure" else "text-more") >= 1


def test_a_list_that_is_long_runs_on_over_columns(tmp_path):
    items = "".join(f"      - 第{han}条{SENTENCE}\n" for han in "甲乙丙丁戊己庚辛壬癸" * 6)
    source = LONG.partition("  - {")[0] + "  - title: 清单\n    date: 2023-01-05\n    body: |\n" + items
    (tmp_path / "long.yaml").write_text(source, encoding="utf-8")
    made, found = try_layout(read_all(World(tmp_path), job(Path("long.yaml")), LOOK), ("brochure",))
    assert [d.code for d in found if d.severity is Severity.ERROR] == []
    assert printed(made["brochure"]).count(SENTENCE) == 60


def test_a_calendar_hangs_each_keyword_at_its_day(tmp_path):
    words = "".join(
        f"  - {{title: 关键词{han}, date: 2023-03-{3 * i + 1:02d}, headline: 一句。}}\n"
        for i, han in enumerate("甲乙丙丁戊己庚辛")
    )
    source = LONG.partition("  - {")[0] + words + "  - {title: 只知月, date: 2023-05}\n  - {title: 无日期}\n"
    (tmp_path / "year.yaml").write_text(source, encoding="utf-8")
    made, _ = try_layout(read_all(World(tmp_path), job(Path("year.yaml")), LOOK), ("brochure",))
    first, second = (page for page in made["brochure"].pages if page.master == "calendar")
    assert (first.number % 2, second.number) == (0, first.number + 1), "a spread"
    assert "日未详" in printed(replace(made["brochure"], pages=(first,)), ())
    assert "无日期" in printed(replace(made["brochure"], pages=(second,)), ())
