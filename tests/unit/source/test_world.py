"""The world: files read within limits, written whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import pytest

from lhpub.diagnostics import Rejected
from lhpub.world import World


def codes(rejected: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [d.code for d in rejected.value.diagnostics]


def test_files_are_written_with_their_folders_and_nothing_beside_them_stays(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.write("a/b.txt", b"old")
    world.write_all({Path("a/b.txt"): b"new", Path("c.txt"): b"more"})
    assert world.read("a/b.txt", 10) == b"new"
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["b.txt", "c.txt"]


def test_a_file_that_cannot_be_written_leaves_all_old_ones(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.write("a.txt", b"old")
    with pytest.raises(Rejected) as rejected:
        world.write_all({Path("a.txt"): b"new", Path("a.txt/b.txt"): b"new"})
    assert codes(rejected) == ["unwritable"]
    assert world.read("a.txt", 10) == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_that_cannot_be_replaced_puts_the_others_back(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.write("a.txt", b"old")
    (tmp_path / "locked.pptx" / "open").mkdir(parents=True)
    with pytest.raises(Rejected) as rejected:
        world.write_all({Path("a.txt"): b"new", Path("first.txt"): b"new", Path("locked.pptx"): b"new", Path("z.txt"): b"new"})
    assert "locked.pptx" in rejected.value.diagnostics[0].message.zh
    assert world.read("a.txt", 10) == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "locked.pptx"]


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    world = World(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "large").write_bytes(b"12345")
    for path, code in (("none", "no-file"), ("folder", "not-a-file"), ("large", "too-large"), ("a\0b", "unreadable")):
        with pytest.raises(Rejected) as rejected:
            world.read(path, 4)
        assert codes(rejected) == [code]
    assert world.read("large", 5) == b"12345"


def test_what_is_read_is_hashed_and_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    world = World(tmp_path)
    (tmp_path / "a").write_bytes(b"one")
    assert world.read("a") == world.read(tmp_path / "a") == b"one"
    assert world.reads == {tmp_path / "a": hashlib.sha256(b"one").hexdigest()}
    (tmp_path / "a").write_bytes(b"two")
    with pytest.raises(Rejected) as rejected:
        world.read("a")
    assert codes(rejected) == ["changed"]
    assert World(tmp_path).read("a") == b"two"


def test_the_world_knows_whether_anything_was_saved(tmp_path: Path) -> None:
    world = World(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Rejected):
        world.write("folder", b"")
    assert world.saved == []
    world.write("a/b", b"")
    assert world.saved == [Path("a")]


@pytest.mark.parametrize(("epoch", "day"), [("", "2024-01-15"), ("0", "1970-01-01"), ("1706745599", "2024-01-31")])
def test_the_day_is_the_publications_or_source_date_epoch(
    monkeypatch: pytest.MonkeyPatch, epoch: str, day: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert World(Path()).date(datetime.date(2024, 1, 15)) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("epoch", ["soon", "9" * 40])
def test_a_wrong_source_date_epoch_is_rejected(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(Rejected) as rejected:
        World(Path()).date(datetime.date(2024, 1, 15))
    assert codes(rejected) == ["bad-epoch"]
