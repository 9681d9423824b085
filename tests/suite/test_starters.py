"""The starters: sound in the shipped layouts, each its own trade; `lhpub new` begins from one."""

import re
import shutil

import pytest

from lhpub.build import compose_all, read_all
from lhpub.cli import main
from lhpub.diagnostics import Severity
from lhpub.walk import every_text
from lhpub.world import World
from tests.suite.workshop import ROOT, job_for

STARTERS = sorted((ROOT / "source" / "examples").glob("*.yaml"))


def test_there_are_six_trades():
    assert [path.stem for path in STARTERS] == sorted(["街道办", "供电公司", "博物馆", "职业学院", "公交集团", "农商行"])


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_a_starter_has_no_error_and_everything_it_states_stands(path, tmp_path):
    read = read_all(World(ROOT), job_for(path, tmp_path))
    made, told = compose_all(read, ("deck", "brochure"))
    assert not [d for d in told if d.severity is not Severity.NOTICE and d.code != "press-no-condition"], told
    assert set(made) == {"deck", "brochure"}
    assert "虚构" in path.read_text(encoding="utf-8").partition("publication:")[0]


def test_a_new_source_begins_as_its_starter(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source" / "examples").mkdir(parents=True)
    text = STARTERS[0].read_bytes()
    (tmp_path / "source" / "examples" / "样.yaml").write_bytes(text)
    assert main(["new", "我的一年", "--like", "样"]) == 0
    assert (tmp_path / "source" / "我的一年.yaml").read_bytes() == text
    assert main(["new", "我的一年", "--like", "样"]) == 2
    assert main(["new", "另一年", "--like", "祥"]) == 2
    shutil.copytree(ROOT / "source" / "examples", tmp_path / "source" / "examples", dirs_exist_ok=True)
    assert main(["new", "我们的馆", "--like", "博物馆"]) == 0
    named = set(re.findall(r"pictures/[^\s,}]+", (tmp_path / "source" / "我们的馆.yaml").read_text(encoding="utf-8")))
    assert named
    assert {f"pictures/{p.name}" for p in (tmp_path / "source" / "pictures").iterdir()} == named
    told = capsys.readouterr().err
    assert "name-taken" in told
    assert "no-starter" in told


def test_a_quotation_stands_on_the_poster_too(tmp_path):
    museum = next(path for path in STARTERS if path.stem == "博物馆")
    made, _ = compose_all(read_all(World(ROOT), job_for(museum, tmp_path, ROOT / "layouts" / "poster")), ("brochure",))
    assert "修旧如旧" in "".join(line.text for box in every_text(made["brochure"]) for line in box.lines)
