"""Where files and dates come from: the one place that touches the machine, so that all else is a pure function."""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Language, Rejected, Severity

YAML_LIMIT = 20_000_000
PICTURE_LIMIT = 60_000_000


@dataclass(frozen=True, slots=True)
class World:
    """The machine as lhpub sees it. Paths are relative to `root` or absolute."""

    root: Path

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
            return file.read_bytes()
        except FileNotFoundError:
            raise _rejected("no-file", path, "找不到这个文件", "there is no such file") from None
        except (OSError, ValueError) as error:
            raise _rejected(
                "unreadable", path, f"读不了（{_reason(error)}）", f"cannot be read ({_reason(error)})"
            ) from None

    def date(self, publication_date: datetime.date) -> datetime.date:
        """Returns the day that written files carry: the publication's, or SOURCE_DATE_EPOCH (UTC) where it is set."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else publication_date
        except (ValueError, OverflowError, OSError):
            zh, en = f"应为秒数，写的是“{epoch}”", f"must be a number of seconds, not “{epoch}”"
            raise _rejected("bad-epoch", "SOURCE_DATE_EPOCH", zh, en) from None

    def language(self) -> Language:
        """Returns the language of messages: Chinese unless the locale names another."""
        locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
        return "zh" if locale.startswith("zh") or locale.split(".")[0] in ("", "C", "POSIX") else "en"

    def write(self, path: str | Path, data: bytes) -> None:
        """Writes a file whole or not at all, with its folders."""
        self.write_all({Path(path): data})

    def write_all(self, files: Mapping[Path, bytes]) -> None:
        """Writes all files beside their places, then moves them there: if one cannot be written or moved, every old one is
        put back. Raises Rejected."""
        targets = [self.root / path for path in files]
        beside = [file.with_name(f".{file.name}.new") for file in targets]
        kept = [file.with_name(f".{file.name}.old") for file in targets]
        moved = 0
        path = Path()
        try:
            for name, new, data in zip(files, beside, files.values(), strict=True):
                path = name
                new.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(data)
            for name, file, new, old in zip(files, targets, beside, kept, strict=True):
                path = name
                if file.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                if file.exists():
                    file.replace(old)
                moved += 1
                new.replace(file)
        except OSError as error:
            for file, old in zip(targets[:moved], kept, strict=False):
                if old.exists():
                    old.replace(file)
                else:
                    file.unlink(missing_ok=True)
            zh = f"写不了（{_reason(error)}）；若正在别的程序里打开，请先关闭"
            en = f"cannot be written ({_reason(error)}); if another program has it open, close it there"
            raise _rejected("unwritable", path, zh, en) from None
        finally:
            for leftover in (*beside, *kept):
                if leftover.is_file():
                    leftover.unlink()


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _rejected(code: str, path: str | Path, zh: str, en: str) -> Rejected:
    name = Path(path).as_posix()
    return Rejected((Diagnostic(code, Severity.ERROR, Bilingual(f"{name}：{zh}", f"{name}: {en}")),))
