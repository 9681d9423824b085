"""The output set: files of one folder that change together or not at all, whatever stops the program or the machine.

Several files cannot be renamed at once, and on Windows none that another program holds open. So all new files are staged
beside their places, the old ones kept, and both named in a journal that is on the disk before the first file is replaced.
A file is at every moment the old one or the new one, whole; who comes next finds the journal and finishes, or undoes.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity

LONGEST_NAME = 255
"""Bytes of a file's name, wherever lhpub runs."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


WORK, LOCK = ".lhpub", ".lhpub.lock"
"""What stands in the folder while it is written to."""
PATIENCE, STEP = 60.0, 0.05
"""Seconds that one build waits for another, and between two looks."""
Save = Callable[[Mapping[str, bytes | None]], None]
"""Called with the set's files by path within the folder; None takes a file away."""
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_REASONS = {
    errno.ENOSPC: Bilingual("磁盘满了", "the disk is full"),
    errno.EDQUOT: Bilingual("磁盘配额用完了", "the disk quota is used up"),
    errno.EROFS: Bilingual("磁盘是只读的", "the disk is read-only"),
    errno.EACCES: Bilingual("没有权限，或文件正在别的程序里打开", "no right to, or another program has it open"),
    errno.EPERM: Bilingual("没有权限，或文件正在别的程序里打开", "no right to, or another program has it open"),
    errno.EBUSY: Bilingual("文件正在别的程序里打开", "another program has it open"),
    errno.ENAMETOOLONG: Bilingual("名字太长", "the name is too long"),
    errno.EISDIR: Bilingual("同名的是一个文件夹", "a folder has this name"),
    errno.ENOTDIR: Bilingual("上一级不是文件夹", "what holds it is no folder"),
    errno.EINVAL: Bilingual(f"{WORK} 里的记录读不懂，请删去这个文件夹", f"the journal in {WORK} is broken; delete that folder"),
    errno.ENOENT: Bilingual("文件夹不见了", "the folder is gone"),
}


@dataclass(frozen=True)
class _Entry:
    """A file of the set: its path within the folder, whether one is to stand there, whether one stood there before."""

    name: str
    stays: bool
    was: bool


@dataclass(frozen=True)
class _Journal:
    """What is being done to the folder. `back`: it is being undone, since a file could not be replaced."""

    entries: tuple[_Entry, ...]
    back: bool = False


def reason_of(error: OSError | ValueError) -> Bilingual:
    """Returns why the machine refuses, in the reader's words where they are known."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _REASONS.get(getattr(error, "errno", None) or 0, Bilingual(text, text))


def is_unfinished(folder: Path) -> bool:
    """True if a save into the folder was stopped half-way."""
    return (folder / WORK / "journal").is_file()


@contextlib.contextmanager
def output_set(folder: Path) -> Iterator[Save]:
    """Locks a folder (made where it is absent), finishes or undoes what was stopped in it, and yields what saves a set.
    Raises Rejected, saying what stands in the folder then."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            _recover(folder)
            yield lambda files: _replace(folder, files)
    except OSError as error:
        raise _unwritable(folder, error) from None


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock file, which goes when it is let go. Raises Rejected if another program keeps it too long."""
    file = folder / LOCK
    for _ in range(int(PATIENCE / STEP)):
        descriptor, held = os.open(file, os.O_RDWR | os.O_CREAT), False
        try:
            held = _is_ours(descriptor, file)
            if held:
                yield
                return
        finally:
            if held:
                # Windows removes no open file: it stays, empty. A Ctrl-C comes too late to be told as one.
                with contextlib.suppress(OSError, KeyboardInterrupt):
                    file.unlink()
            os.close(descriptor)
        time.sleep(STEP)
    name = folder.as_posix()
    zh, en = f"{name}：另一个 lhpub 正在往里写，没有写出任何文件", f"{name}: another lhpub writes there, nothing was written"
    hint = Bilingual("等它结束再试", "try again when it has ended")
    raise Rejected((Diagnostic("output-busy", Severity.ERROR, Bilingual(zh, en), hint),))


def _is_ours(descriptor: int, file: Path) -> bool:
    """True if the lock is held, and on the file that stands there now: who held it before may have removed it."""
    try:
        _try_lock(descriptor)
    except OSError as error:
        if error.errno in _BUSY:
            return False  # any other: the disk knows no locks, as some network drives do not
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except OSError:
        return False


def _recover(folder: Path) -> None:
    """Finishes a save that was stopped while files were being replaced, or undoes it where one is held open; what was
    only staged is dropped."""
    if is_unfinished(folder):
        _carry_out(folder, _read_journal(folder / WORK / "journal"))
    if (folder / WORK).exists():
        shutil.rmtree(folder / WORK)


def _read_journal(file: Path) -> _Journal:
    """Returns the journal. Raises OSError for one that names files elsewhere, or that lhpub has not written."""
    try:
        read = json.loads(file.read_bytes())
        journal = _Journal(tuple(_Entry(**entry) for entry in read["entries"]), read["back"])
        if not any(PurePosixPath(e.name).is_absolute() or ".." in PurePosixPath(e.name).parts for e in journal.entries):
            return journal
    except (ValueError, KeyError, TypeError):
        pass
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def _replace(folder: Path, files: Mapping[str, bytes | None]) -> None:
    work = folder / WORK
    name = ""
    try:
        entries = []
        for kind in ("new", "old"):
            (work / kind).mkdir(parents=True, exist_ok=True)
        for number, (name, data) in enumerate(files.items()):
            target = folder / name
            if target.is_dir():
                raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
            target.parent.mkdir(parents=True, exist_ok=True)
            if was := os.path.lexists(target):
                _keep(target, work / "old" / str(number))
            if data is not None:
                _write_through(work / "new" / str(number), data)
            entries.append(_Entry(name, data is not None, was))
        if len(entries) == 1:  # one stroke replaces it: there is no half-way
            _forward(folder, 0, entries[0])
            _sync((folder / name).parent)
        else:
            _note(folder, _Journal(tuple(entries)))
    except BaseException as error:
        shutil.rmtree(work, ignore_errors=True)
        if isinstance(error, OSError):
            raise _unwritable(folder / name, error) from None
        raise
    if len(entries) > 1:
        _carry_out(folder, _Journal(tuple(entries)))
    with contextlib.suppress(KeyboardInterrupt):  # all is saved; what is left over goes at the next start
        shutil.rmtree(work, ignore_errors=True)


def _keep(file: Path, beside: Path) -> None:
    try:
        os.link(file, beside)
    except OSError:
        shutil.copy2(file, beside)


def _write_through(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _note(folder: Path, journal: _Journal) -> None:
    """Puts the journal on the disk; with it the save begins, or turns back."""
    work = folder / WORK
    _write_through(work / "next", json.dumps(asdict(journal)).encode())
    for part in (work / "new", work / "old"):
        _sync(part)
    os.replace(work / "next", work / "journal")
    _sync(work)
    _sync(folder)


def _sync(folder: Path) -> None:
    if sys.platform != "win32":  # which has no such call for folders, and keeps their order itself
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _carry_out(folder: Path, journal: _Journal) -> None:
    """Does what the journal says and removes it. Raises the error of the file that could not be replaced when all others
    are as they were; Rejected `save-unfinished` when even that could not be done."""
    failed: BaseException | None = None
    at = ""
    try:
        for number, entry in () if journal.back else enumerate(journal.entries):
            at = entry.name
            _forward(folder, number, entry)
    except BaseException as error:  # Ctrl-C too
        failed = error
    try:
        if failed is not None:
            _note(folder, journal := _Journal(journal.entries, back=True))
        for number, entry in enumerate(journal.entries) if journal.back else ():
            at = entry.name if failed is None else at
            _backward(folder, number, entry)
        for parent in {(folder / entry.name).parent for entry in journal.entries}:
            _sync(parent)
        os.unlink(folder / WORK / "journal")
    except (OSError, KeyboardInterrupt) as error:
        raise _unfinished(folder, at, error) from None
    if isinstance(failed, OSError):
        raise _unwritable(folder / at, failed) from None
    if failed is not None:
        raise failed


def _forward(folder: Path, number: int, entry: _Entry) -> None:
    new = folder / WORK / "new" / str(number)
    if entry.stays and new.exists():
        os.replace(new, folder / entry.name)
    elif not entry.stays:
        (folder / entry.name).unlink(missing_ok=True)


def _backward(folder: Path, number: int, entry: _Entry) -> None:
    """Puts back one file that was replaced or taken away; one that was not is left alone, since it may be held open."""
    target, old, new = folder / entry.name, folder / WORK / "old" / str(number), folder / WORK / "new" / str(number)
    if new.exists() or (not entry.stays and os.path.lexists(target)):
        return
    if entry.was and old.exists():
        os.replace(old, target)
    elif not entry.was:
        target.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> Rejected:
    name, why = path.as_posix(), reason_of(error)
    zh = f"{name}：写不了（{why.zh}）；原有的文件都没有动"
    en = f"{name}: cannot be written ({why.en}); all files are as they were"
    return Rejected((Diagnostic("unwritable", Severity.ERROR, Bilingual(zh, en), _hint(error)),))


def _unfinished(folder: Path, name: str, error: BaseException) -> Rejected:
    why = reason_of(error) if isinstance(error, OSError) else Bilingual("被中止", "stopped")
    zh = f"{(folder / name).as_posix()}：换到一半停住了（{why.zh}）；每个文件都完整，但有新有旧，下次生成时先补完或还原"
    en = f"{(folder / name).as_posix()}: stopped half-way ({why.en}); each file is whole, but some are new and some old"
    message = Bilingual(zh, f"{en}; the next build finishes or undoes it first")
    return Rejected((Diagnostic("save-unfinished", Severity.ERROR, message, _hint(error)),))


def _hint(error: BaseException) -> Bilingual | None:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM, errno.EBUSY):
        return Bilingual("若正在别的程序里打开，请先关闭再生成", "if another program has it open, close it there first")
    if number == errno.ENOSPC:
        return Bilingual("腾出空间，或用 --out 换一个地方", "make room, or choose another place by --out")
    return None


def check_name(name: str, shown: str) -> None:
    """Raises Rejected for a name that is no UTF-8 or too long for a file: 255 bytes wherever lhpub runs."""
    try:
        longest = max(len(part.encode()) for part in name.split("/"))
    except UnicodeEncodeError:
        shown = shown.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
        message = Bilingual(f"文件名“{shown}”不是 UTF-8 编码", f"the file name “{shown}” is not in UTF-8")
        hint = Bilingual("给文件改个名（Windows 压缩包解压后常会这样）", "rename the file; Windows archives do this")
        raise Rejected((Diagnostic("file-name", Severity.ERROR, message, hint),)) from None
    if longest > LONGEST_NAME:
        message = Bilingual(f"文件名“{shown}”太长", f"the file name “{shown}” is too long")
        hint = Bilingual(
            "给源文件改个短名，或在 publication 里写 id", "shorten the source's name, or write an id in publication"
        )
        raise Rejected((Diagnostic("file-name", Severity.ERROR, message, hint),))
