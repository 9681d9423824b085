"""The gates between what is found and what is written: each stands alone, so each has its own test; and the one boundary,
behind which no fault shows as a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lhpub import build as building
from lhpub.cli import main
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.papers import press
from tests.suite.publications import ONE
from tests.suite.workshop import ROOT

ERROR = Diagnostic("made-up", Severity.ERROR, Bilingual("假设的错误", "a made-up error"))
READING = ["read_publication", "lint_publication", "read_layout", "resolve_charts"]
FINDING = [*READING, "compose", "check_composition", "check_press"]
VERIFYING = ["verify_pdf", "verify_pptx", "verify_press"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Returns a folder in which a build writes nothing but names: what is written is not looked at here."""
    (tmp_path / "source.yaml").write_text(ONE, encoding="utf-8")
    for name in ("render_pdf", "render_press", "render_pptx"):
        monkeypatch.setattr(building, name, lambda *_: b"%PDF")
    for name in VERIFYING:
        monkeypatch.setattr(building, name, lambda *_: ())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str) -> int:
    target = ("all",) if command == "build" else ()
    layout = ROOT / "layouts" / "civic"
    return main([command, *target, "--source", "source.yaml", "--layout", str(layout), "--out", "out", "--lang", "zh"])


def files(folder: Path) -> set[str]:
    return {p.name for p in (folder / "out").rglob("*") if p.is_file()}


def telling(real: Callable[..., object]) -> Callable[..., object]:
    """Returns the function with a made-up error among what it tells."""

    def call(*arguments: object, **options: object) -> object:
        made = real(*arguments, **options)
        if isinstance(made, tuple) and len(made) == 2 and isinstance(made[1], tuple):
            return made[0], (*made[1], ERROR)
        return (*made, ERROR) if isinstance(made, tuple) else made

    return call


def test_a_sound_source_is_built_and_leaves_no_report(project: Path) -> None:
    assert (run("check"), run("build")) == (0, 0)
    assert "build.json" in files(project)
    assert not (project / "lhpub-report.txt").exists()


@pytest.mark.parametrize("name", FINDING)
@pytest.mark.parametrize("command", ["check", "build"])
def test_an_error_that_any_stage_finds_stops_check_and_build_alike(
    name: str, command: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = building if hasattr(building, name) else press
    monkeypatch.setattr(stage, name, telling(getattr(stage, name)))
    assert run(command) == 2
    told = capsys.readouterr().err
    assert "假设的错误" in told
    assert ("没有写出任何文件" in told) == (command == "build")
    assert files(project) == set()


@pytest.mark.parametrize("name", VERIFYING)
@pytest.mark.parametrize("command", ["check", "build"])
def test_what_is_found_in_a_written_file_is_the_programs_own_fault(
    name: str, command: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, name, lambda *_: (ERROR,))
    assert run(command) == 3
    told = capsys.readouterr().err
    assert "假设的错误" in told
    assert "lhpub 自己出了错" in told
    assert files(project) == set()
    assert "made-up error" in (project / "lhpub-report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", [KeyError("major"), RecursionError(), MemoryError(), AssertionError("x"), OSError(5, "I/O")])
@pytest.mark.parametrize("name", ["read_publication", "compose", "render_pdf"])
def test_any_fault_prints_a_sentence_in_both_languages_and_no_traceback(
    name: str, fault: Exception, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> object:
        raise fault

    monkeypatch.setattr(building, name, fail)
    assert run("build") == 3
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "lhpub 自己出了错" in told
    assert "lhpub has failed by its own fault" in told
    assert "build · " in told
    report = project / "lhpub-report.txt"
    assert str(report) in told
    assert type(fault).__name__ in report.read_text(encoding="utf-8")
    assert files(project) == set()


def test_a_report_finds_a_place_where_the_folder_takes_none(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "lhpub-report.txt").mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(project / "out"))
    monkeypatch.setattr(building, "compose", lambda *_: 1 / 0)
    (project / "out").mkdir()
    assert run("build") == 3
    assert files(project) == {"lhpub-report.txt"}


@pytest.mark.parametrize(("name", "code"), [("年报.yaml".encode("gbk"), 2), (("长" * 80 + ".yaml").encode(), 2), (("长" * 60 + ".yaml").encode(), 0)])
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_file_name_that_no_file_can_be_made_of_is_told_by_check(
    name: bytes, code: int, command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.suppress(FileNotFoundError):
        shutil.copy(project / "source.yaml", os.fsdecode(os.fsencode(project) + b"/" + name))
    target = ("all",) if command == "build" else ()
    options = ("--layout", str(ROOT / "layouts" / "civic"), "--out", "out", "--lang", "zh")
    assert main([command, *target, "--source", os.fsdecode(name), *options]) == code
    assert ("file-name" in capsys.readouterr().err) == (code == 2)


def test_stopping_after_the_files_are_saved_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("lhpub.cli._tell", stop)
    assert run("build") == 130
    assert "已停止，文件都已写好" in capsys.readouterr().err
    assert "build.json" in files(project)


def test_a_save_that_cannot_be_finished_is_not_told_as_nothing_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> object:
        raise Rejected((Diagnostic("save-unfinished", Severity.ERROR, Bilingual("换到一半", "half-way")),))

    monkeypatch.setattr("lhpub.output._carry_out", stop)
    assert run("build") == 2
    told = capsys.readouterr().err
    assert "换到一半" in told
    assert "没有写出任何文件" not in told


def test_a_build_first_finishes_what_was_stopped_and_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work = project / "out" / "civic" / ".lhpub"
    (work / "new").mkdir(parents=True)
    (work / "new" / "0").write_bytes(b"new")
    journal = {"entries": [{"name": "a.pdf", "stays": True, "was": False}], "back": False}
    (work / "journal").write_text(json.dumps(journal), encoding="utf-8")
    (project / "source.yaml").write_text("publication: 甲\n", encoding="utf-8")
    assert run("build") == 2
    assert (project / "out" / "civic" / "a.pdf").read_bytes() == b"new"
    assert not work.exists()
    (project / "source.yaml").write_text(ONE, encoding="utf-8")
    assert run("build") == 0
    assert "上次存盘停在半途" not in capsys.readouterr().err


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def gone() -> Path:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "cwd", gone)
    assert main(["fonts", "--lang", "zh"]) == 2
    assert "no-folder" in capsys.readouterr().err
