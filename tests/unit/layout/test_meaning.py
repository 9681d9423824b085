"""A wrong layout is told with its place, never a traceback."""

import dataclasses
import shutil
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from lhpub.diagnostics import Rejected
from lhpub.kinds import ChartStyle
from lhpub.layout.read import read_layout
from lhpub.world import World
from tests.unit.layout.broken import BROKEN

LAYOUTS = Path(__file__).parents[3] / "layouts"


def civic_with(folder: Path, old: str, new: str) -> Path:
    text = (LAYOUTS / "civic" / "layout.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "civic").mkdir(parents=True, exist_ok=True)
    (folder / "civic" / "layout.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / "civic"


def told(folder: Path):
    with pytest.raises(Rejected) as caught:
        read_layout(World(folder.parent), Path(folder.name))
    return caught.value.diagnostics


@pytest.mark.parametrize(("old", "new", "code"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_layout_is_told(tmp_path, old, new, code):
    found = told(civic_with(tmp_path, old, new))
    assert found
    if code:
        assert code in {d.code for d in found}
    for diagnostic in found:
        assert diagnostic.message.zh
        assert diagnostic.message.en


@pytest.mark.parametrize("name", ["civic", "horizon"])
def test_the_layouts_that_come_with_the_program_are_read_without_a_word(name):
    layout, warnings = read_layout(World(LAYOUTS.parent), Path("layouts") / name)
    assert warnings == ()
    assert layout.spec.deck_4x3 is not None


def test_a_misspelt_name_is_told_at_its_own_column_with_the_right_one(tmp_path):
    (found,) = told(civic_with(tmp_path, "style: cover-year, at: [19", "style: cover-yaer, at: [19"))
    text = (tmp_path / "civic" / "layout.yaml").read_text(encoding="utf-8").splitlines()
    line = next(i for i, line in enumerate(text, 1) if "cover-yaer" in line)
    assert (found.span.line, found.span.column) == (line, text[line - 1].index("cover-yaer") + 1)
    assert "cover-year" in found.hint.zh


def test_every_problem_of_a_layout_is_told_in_one_run(tmp_path):
    folder = civic_with(tmp_path, "style: cover-year, at: [19", "style: cover-yaer, at: [19")
    path = folder / "layout.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("'#5E0F16'", "'5E0F16'"), encoding="utf-8")
    assert {d.code for d in told(folder)} == {"unknown-name", "bad-colour"}


def test_no_folder_no_layout(tmp_path):
    shutil.copytree(LAYOUTS / "civic", tmp_path / "civic")
    assert {d.code for d in told(tmp_path / "nothing")} == {"no-file"}


def test_fields_of_one_name_mean_one_thing_in_all_kinds_of_charts():
    """A layout's key is declared once for all kinds: its words, its type and its default are those of each."""
    meant = {}
    for kind in get_args(ChartStyle):
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            here = (field.metadata["zh"], hints[field.name], field.default)
            assert meant.setdefault(field.name, here) == here, (kind, field.name)
