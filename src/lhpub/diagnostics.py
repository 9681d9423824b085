"""What lhpub tells people: where (span), what is wrong (message) and what to do (hint), in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file. `file` is as the user named it, `/` between folders; line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(IntEnum):
    """NOTICE informs, WARNING asks for a look, ERROR stops the build (exit 2)."""

    NOTICE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


_WORDS = {
    Severity.NOTICE: Bilingual("提示", "notice"),
    Severity.WARNING: Bilingual("警告", "warning"),
    Severity.ERROR: Bilingual("错误", "error"),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell. `code` is stable, lower-case-with-hyphens, for tests and for looking up."""

    code: str
    severity: Severity
    message: Bilingual
    hint: Bilingual | None = None
    span: Span | None = None

    def in_language(self, language: Language) -> str:
        """Returns `file:line:column: 错误[code]: what`, and the hint on a line of its own."""
        place = f"{self.span}: " if self.span else ""
        head = f"{place}{_WORDS[self.severity].in_language(language)}[{self.code}]: {self.message.in_language(language)}"
        return f"{head}\n    → {self.hint.in_language(language)}" if self.hint else head


class Rejected(Exception):  # noqa: N818 - the field's word for input that is sent back, not a fault of the program
    """Raised at the end of a stage that cannot go on; carries every diagnostic of the run."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(d.in_language("en") for d in diagnostics))
        self.diagnostics = diagnostics


class Fault(Rejected):
    """Raised where what was written is not what was composed: the program is at fault, not its input."""


def has_errors(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> bool:
    """True if at least one diagnostic stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Returns each finding once; a text that fits in neither medium is told at its first place."""
    first: dict[object, Diagnostic] = {}
    for one in found:
        first.setdefault((one.code, one.span) if one.code == "overset" and one.span else one, one)
    return tuple(first.values())
