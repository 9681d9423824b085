"""`check` says what `build` says: over every case, the same codes and the same exit code, and those that are right."""

import re
from functools import cache

import pytest

import lhpub.build
from lhpub.build import Look, read_look
from lhpub.cli import main
from lhpub.world import World
from tests.cases import NAMES, REFUSED, right, write_case
from tests.suite.workshop import ROOT, job_for

PLAIN = ROOT / "layouts" / "plain"


@cache
def plain() -> Look:
    """The layout and the fonts, read once: no case changes them."""
    return read_look(World(ROOT), job_for(ROOT / "s.yaml", ROOT / "output", PLAIN))


def told(command: tuple[str, ...], source: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main([*command, "--source", source, "--layout", str(PLAIN), "--lang", "zh", "--out", "out"])
    return code, sorted(set(re.findall(r"(?:错误|警告|提示)\[([a-z0-9-]+)\]", capsys.readouterr().err)) - {"build-compared"})


@pytest.mark.parametrize("name", NAMES)
def test_check_and_build_tell_the_same_of_a_case(name, tmp_path, monkeypatch, capsys):
    """Written files are left out: `test_gates` holds what is found in them, and both commands write them in `build.make`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lhpub.build, "read_look", lambda world, job: plain())
    monkeypatch.setattr(lhpub.build, "_render", lambda plan, progress: ({}, ()))
    source = write_case(name, tmp_path).name
    check, build = told(("check",), source, capsys), told(("build", "all"), source, capsys)
    assert check == build
    assert check[0] == (2 if name in REFUSED else 0)
    assert set(right(name)) - {"chart-redrawn"} <= set(check[1])
