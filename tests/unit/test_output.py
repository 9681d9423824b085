"""An output set, stopped wherever it can be stopped: before the next start each file is the old or the new one, whole;
after it the set is all old or all new."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lhpub import output
from lhpub.diagnostics import Rejected
from lhpub.output import is_unfinished, output_set

OLD = {"deck.pptx": b"old deck" * 1000, "sub/deck.pdf": b"old pages" * 1000, "gone.pdf": b"old press file"}
NEW: dict[str, bytes | None] = {"deck.pptx": b"new deck", "first.pdf": b"new", "sub/deck.pdf": b"new pages", "gone.pdf": None}
MADE = {name: data for name, data in NEW.items() if data is not None}
CALLS = [(os, "replace"), (os, "link"), (os, "unlink"), (os, "fsync"), (os, "mkdir"), (os, "open"), (os, "lstat"),
         (shutil, "copy2"), (os, "rmdir"), (Path, "open"), (Path, "unlink"), (Path, "exists"), (Path, "mkdir")]  # fmt: skip


OS_OPEN = os.open
OPEN: list[int] = []
"""Descriptors that the save under test has opened."""


class KilledError(BaseException):
    """The process is gone: from its first raising on, every call raises it, so that no handler changes anything."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in OLD.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(data)
    return tmp_path / "out"


def standing(folder: Path) -> dict[str, bytes]:
    """Returns what stands in the folder, without lhpub's own."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.relative_to(folder).parts[0].startswith(output.WORK))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def save(folder: Path, files: dict[str, bytes | None]) -> None:
    with output_set(folder) as save_set:
        save_set(files)


def count_down(monkeypatch: pytest.MonkeyPatch, left: int, error: Callable[[], BaseException], lasts: bool) -> list[int]:
    """Makes the call number `left` to the machine raise; with `lasts` all that follow, too. Returns the calls left."""
    calls = [left]
    for owner, name in CALLS:
        real = getattr(owner, name)

        def call(*args: object, _real: Callable[..., object] = real, **options: object) -> object:
            calls[0] -= 1
            if calls[0] == 0 or (lasts and calls[0] < 0):
                raise error()
            made = _real(*args, **options)
            OPEN.extend([made] if _real is OS_OPEN and isinstance(made, int) else [])
            return made

        monkeypatch.setattr(owner, name, call)
    return calls


def stops(folder: Path, error: Callable[[], BaseException], lasts: bool) -> Iterator[tuple[dict[str, bytes], BaseException | None]]:
    """Yields, for each call at which a save can be stopped, what stands there then and what was raised."""
    for number in range(1, 400):
        shutil.rmtree(folder)
        for name, data in OLD.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        raised: BaseException | None = None
        with pytest.MonkeyPatch.context() as patch:
            calls = count_down(patch, number, error, lasts)
            try:
                save(folder, NEW)
            except BaseException as stopped:
                raised = stopped
        while OPEN:  # a killed process lets go of its files
            with contextlib.suppress(OSError):
                os.close(OPEN.pop())
        yield standing(folder), raised
        if calls[0] > 0:
            return
    raise AssertionError("the save never ends")


def each_is_whole(found: dict[str, bytes]) -> bool:
    return all(found.get(name) in (OLD.get(name), NEW.get(name)) for name in {*OLD, *NEW, *found})


def test_a_process_killed_anywhere_leaves_whole_files_and_the_next_start_leaves_one_set(folder: Path) -> None:
    seen = set()
    for found, _ in stops(folder, KilledError, lasts=True):
        assert each_is_whole(found)
        save(folder, {})
        assert standing(folder) in (OLD, MADE)
        assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []
        seen.add((tuple(found.items()) not in (tuple(OLD.items()), tuple(MADE.items())), standing(folder) == MADE))
    assert (True, True) in seen, "no kill fell between two replacements"


def test_ctrl_c_anywhere_leaves_one_set_and_what_is_raised_says_which(folder: Path) -> None:
    for found, raised in stops(folder, KeyboardInterrupt, lasts=False):
        unfinished = isinstance(raised, Rejected)
        assert each_is_whole(found)
        assert unfinished or found == (OLD if isinstance(raised, KeyboardInterrupt) else MADE), raised
        save(folder, {})
        assert standing(folder) in (OLD, MADE)


@pytest.mark.parametrize(("number", "lasts"), [(errno.ENOSPC, True), (errno.EACCES, False), (errno.EROFS, True)])
def test_a_full_or_read_only_disk_leaves_one_set_and_the_message_is_true(folder: Path, number: int, lasts: bool) -> None:
    for found, raised in stops(folder, lambda: OSError(number, os.strerror(number)), lasts):
        assert each_is_whole(found)
        codes = [d.code for d in raised.diagnostics] if isinstance(raised, Rejected) else []
        assert raised is None or codes in (["unwritable"], ["save-unfinished"])
        if codes == ["unwritable"]:
            assert found == OLD
        elif raised is None:
            assert found == MADE
        save(folder, {})
        assert standing(folder) in (OLD, MADE)


@pytest.mark.parametrize("held", ["deck.pptx", "sub/deck.pdf", "gone.pdf"])
def test_a_file_that_another_program_holds_open_leaves_all_as_they_were(
    folder: Path, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch, folder / held)
    with pytest.raises(Rejected) as rejected:
        save(folder, NEW)
    found = rejected.value.diagnostics[0]
    assert found.code == "unwritable"
    assert held in found.message.zh
    assert found.hint is not None
    assert standing(folder) == OLD
    monkeypatch.undo()
    save(folder, NEW)
    assert standing(folder) == MADE


def hold(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Makes a file as Windows does one that is open: it can be read, not replaced and not removed."""
    replace, unlink = os.replace, Path.unlink

    def refuse(path: object) -> None:
        if Path(str(path)) == file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "replace", lambda a, b: (refuse(a), refuse(b), replace(a, b)))
    monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: (refuse(self), unlink(self, missing_ok)))


def test_what_was_stopped_is_undone_where_a_file_is_held_open_at_the_next_start(folder: Path) -> None:
    for found, _ in stops(folder, KilledError, lasts=True):
        with pytest.MonkeyPatch.context() as patch:
            half = is_unfinished(folder) and found["sub/deck.pdf"] == OLD["sub/deck.pdf"]
            hold(patch, folder / "sub" / "deck.pdf")
            if half:
                with pytest.raises(Rejected):
                    save(folder, {})
                assert standing(folder) == OLD
        save(folder, {})
        assert standing(folder) in (OLD, MADE)


def test_a_journal_that_lhpub_has_not_written_is_refused(folder: Path) -> None:
    (folder / output.WORK).mkdir()
    for text in ("{", "[]", '{"entries": [{"name": "../x", "stays": true, "was": true}], "back": false}'):
        (folder / output.WORK / "journal").write_text(text, encoding="utf-8")
        with pytest.raises(Rejected) as rejected:
            save(folder, NEW)
        assert output.WORK in rejected.value.diagnostics[0].message.zh
    assert standing(folder) == OLD


def test_two_saves_at_once_come_one_after_the_other(folder: Path) -> None:
    sets: list[dict[str, bytes | None]] = [{f"{n}.pdf": bytes([i]) * 5000 for n in range(5)} for i in range(6)]
    threads = [threading.Thread(target=save, args=(folder, files)) for files in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: data for name, data in standing(folder).items() if name not in OLD} in sets


def test_a_folder_that_another_program_keeps_is_not_written_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "PATIENCE", 0.1)
    with output_set(folder) as first:
        with pytest.raises(Rejected) as rejected:
            save(folder, NEW)
        assert [d.code for d in rejected.value.diagnostics] == ["output-busy"]
        first({"deck.pptx": b"first"})
    assert standing(folder) == {**OLD, "deck.pptx": b"first"}
