"""What was composed before is taken again only where nothing that it shows has changed: edit by edit, the pages are those of
a composition from nothing, and one word composes the pages it stands on alone."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.build import read_all, read_look, try_layout
from lhpub.compose import sheet as sheets
from lhpub.diagnostics import Rejected
from lhpub.edits import Replace, apply
from lhpub.publication.entries import identify
from lhpub.source.load import read_yaml
from lhpub.source.node import Scalar
from lhpub.world import World
from tests.suite.workshop import ROOT, SAMPLE, job_for

WORDS = ["工作", "，并", "的", "新", "《方案》", "一批项目陆续启用，"]
NAME = "source/edited.yaml"


def changed(rng: random.Random, data: bytes) -> tuple[str, bytes]:
    """Returns the source with one of its texts or figures changed, and which."""
    ids = identify(read_yaml(data.decode(), NAME))
    texts = {id_: node.text for id_, node in ids.nodes.items() if isinstance(node, Scalar) and node.text}
    refused = None
    for id_ in rng.choices(list(texts), k=100):
        at, text = rng.randrange(len(texts[id_]) + 1), texts[id_]
        new = str(int(text) + 1) if text.isdecimal() else text[:at] + rng.choice(WORDS) + text[at:]
        try:
            return id_, apply(data, NAME, Replace(id_, new)).data
        except Rejected as rejected:
            refused = rejected
    raise AssertionError("no edit is taken") from refused


def agree(folder: Path, layout: str, count: int, seed: int) -> None:
    """Raises AssertionError where what was kept makes other pages than nothing does, after so many edits one upon the other."""
    rng, edited, id_, good = random.Random(seed), 0, "", b""
    (folder / "source").mkdir()
    job = job_for(Path(NAME), folder, ROOT / "layouts" / layout)
    look, data = read_look(World(folder), job), SAMPLE.read_bytes()
    while edited <= count:
        (folder / NAME).write_bytes(data)
        try:
            read = read_all(World(folder), job, look)
        except Rejected:  # a name that others use, say
            id_, data = changed(rng, good)
            continue
        target = ("brochure", "deck")[edited // 2 % 2]
        kept, told = try_layout(read, (target,))
        fresh, found = try_layout(replace(read, kept={}), (target,))
        assert kept == fresh, f"{layout}, {target}: {id_}"
        assert told == found, f"{layout}, {target}: {id_}"
        edited, good = edited + 1, data
        id_, data = changed(rng, good)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["plain", "civic", "horizon", "poster"])
def test_what_was_kept_makes_the_pages_that_nothing_makes(tmp_path, layout):
    agree(tmp_path, layout, count=3, seed=3)


@pytest.mark.parametrize("layout", ["civic", "horizon"])
def test_one_word_composes_two_sheets_at_most(tmp_path, layout, monkeypatch):
    made: list[str] = []
    composed = sheets._composed
    monkeypatch.setattr(sheets, "_composed", lambda sheet, *rest: made.append(sheet.master) or composed(sheet, *rest))
    (tmp_path / "source").mkdir()
    job = job_for(Path(NAME), tmp_path, ROOT / "layouts" / layout)
    look, text = read_look(World(tmp_path), job), SAMPLE.read_text(encoding="utf-8")
    for data in (text, text.replace("首批重大项目集中上马", "首批重大项目集中开工")):
        (tmp_path / NAME).write_text(data, encoding="utf-8", newline="")
        made.clear()
        try_layout(read_all(World(tmp_path), job, look), ("brochure",))
    assert data != text
    assert 1 <= len(set(made)) <= 2
    assert len(made) <= 4, "a sheet is tried, and set in its place"
