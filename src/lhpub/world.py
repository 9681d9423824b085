"""Where files and dates come from: the one place that touches the machine, so that all else is a pure function."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Language, Rejected, Severity
from lhpub.output import Save, is_unfinished, output_set, reason_of

YAML_LIMIT = 20_000_000
PICTURE_LIMIT = 60_000_000


@dataclass(frozen=True, slots=True)
class World:
    """The machine as lhpub sees it, for one run. Paths are relative to `root` or absolute."""

    root: Path
    reads: dict[Path, str] = field(default_factory=dict, compare=False)
    """The SHA-256 of each file read so far, by absolute path."""
    saved: list[Path] = field(default_factory=list, compare=False)
    """The folders in which files were saved."""

    @classmethod
    def here(cls) -> World:
        """Returns the world seen from the working folder. Raises Rejected if that has been deleted."""
        try:
            return cls(Path.cwd())
        except OSError:
            zh, en = "当前文件夹已被删除或移走", "the working folder has been deleted or moved"
            raise _rejected("no-folder", ".", zh, en) from None

    def read(self, path: str | Path, limit_bytes: int = YAML_LIMIT) -> bytes:
        """Returns a file's bytes. Raises Rejected if it is absent, no file, unreadable or larger than the limit."""
        try:
            file = self.root / path
            if file.is_dir():
                raise _rejected("not-a-file", path, "是文件夹，不是文件", "is a folder, not a file")
            size = file.stat().st_size
            if size > limit_bytes:
                zh = f"有 {size / 1e6:.1f} MB，超过 {limit_bytes / 1e6:.0f} MB 的上限"
                en = f"has {size / 1e6:.1f} MB, more than the limit of {limit_bytes / 1e6:.0f} MB"
                raise _rejected("too-large", path, zh, en)
            data = file.read_bytes()
        except FileNotFoundError:
            raise _rejected("no-file", path, "找不到这个文件", "there is no such file") from None
        except (OSError, ValueError) as error:
            why = reason_of(error)
            raise _rejected("unreadable", path, f"读不了（{why.zh}）", f"cannot be read ({why.en})") from None
        digest = hashlib.sha256(data).hexdigest()
        if self.reads.setdefault(Path(os.path.abspath(file)), digest) != digest:
            raise _rejected("changed", path, "读入时被改动了，请再来一次", "was changed while it was read; please try again")
        return data

    def date(self, publication_date: datetime.date) -> datetime.date:
        """Returns the day that written files carry: the publication's, or SOURCE_DATE_EPOCH (UTC) where it is set."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else publication_date
        except (ValueError, OverflowError, OSError):
            zh, en = f"应为秒数，写的是“{epoch}”", f"must be a number of seconds, not “{epoch}”"
            raise _rejected("bad-epoch", "SOURCE_DATE_EPOCH", zh, en) from None

    def write(self, path: str | Path, data: bytes) -> None:
        """Writes a file whole or not at all, with its folders. Raises Rejected."""
        self.write_all({Path(path): data})

    def write_all(self, files: Mapping[Path, bytes]) -> None:
        """Writes all files or none, with their folders. Raises Rejected."""
        folder = Path(os.path.commonpath([path.parent for path in files]))
        with self.output(folder) as save:
            save({path.relative_to(folder).as_posix(): data for path, data in files.items()})

    @contextlib.contextmanager
    def output(self, folder: Path) -> Iterator[Save]:
        """Locks a folder and yields what saves a set of files in it, by path within it. Raises Rejected."""
        with output_set(self.root / folder) as save:

            def note(files: Mapping[str, bytes | None]) -> None:
                self.saved.append(folder)
                try:
                    save(files)
                except BaseException:
                    self.saved.remove(folder)
                    raise

            yield note

    def is_unfinished(self, folder: Path) -> bool:
        """True if a save into the folder was stopped half-way: the next one finishes or undoes it first."""
        return is_unfinished(self.root / folder)


def shipped(name: str) -> Path:
    """Returns the folder of layouts or fonts that came with the program, or stands in the repository that it runs from."""
    installed, repository = Path(__file__).parent / "data" / name, Path(__file__).parents[2] / name
    return installed if installed.is_dir() else repository


def _rejected(code: str, path: str | Path, zh: str, en: str) -> Rejected:
    name = Path(path).as_posix()
    return Rejected((Diagnostic(code, Severity.ERROR, Bilingual(f"{name}：{zh}", f"{name}: {en}")),))


def fresh_token() -> str:
    """Returns what nobody can guess: the key that the workshop's own page has. Nothing that is written depends on it."""
    import secrets  # late: it draws in what only a server needs

    return secrets.token_urlsafe(24)


def locale_language() -> Language:
    """Returns the language of messages: Chinese unless the locale names another."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.startswith("zh") or locale.split(".")[0] in ("", "C", "POSIX") else "en"


def write_report(head: str, error: BaseException) -> Path:
    """Returns the path of a file that tells what failed and where: in the working folder, else with temporary files."""
    import platform  # late, as is what only a fault needs
    import tempfile
    import traceback

    told = head + f"Python {sys.version}\n{platform.platform()}\n\n" + "".join(traceback.format_exception(error))
    for folder in (".", tempfile.gettempdir()):
        path = Path(folder) / "lhpub-report.txt"
        with contextlib.suppress(OSError):
            path.write_text(told, encoding="utf-8", errors="backslashreplace")
            return path.resolve()
    return Path("-")
