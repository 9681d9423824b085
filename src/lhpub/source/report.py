"""Collects what a reading stage has to tell, so that one run names every problem."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span, has_errors


class Report:
    """A list of diagnostics that grows while a source is read; the only thing in the stage that changes."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(self, code: str, span: Span | None, message: Bilingual, hint: Bilingual | None = None) -> None:
        """Notes something that stops the build."""
        self._found.append(Diagnostic(code, Severity.ERROR, message, hint, span))

    def warning(self, code: str, span: Span | None, message: Bilingual, hint: Bilingual | None = None) -> None:
        """Notes something that asks for a look."""
        self._found.append(Diagnostic(code, Severity.WARNING, message, hint, span))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._found.extend(diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that was noted, each once, sorted by place."""
        once = dict.fromkeys(self._found)
        return tuple(sorted(once, key=lambda d: (d.span is not None, d.span or Span("", 0, 0))))

    def finish(self) -> tuple[Diagnostic, ...]:
        """Returns the warnings; raises Rejected if there is an error."""
        if has_errors(self._found):
            raise Rejected(self.diagnostics)
        return self.diagnostics


def did_you_mean(wrong: str, names: Iterable[str]) -> Bilingual | None:
    """Returns a hint that names the nearest known name, or lists the names when none is near and they are few."""
    known = list(dict.fromkeys(names))
    near = get_close_matches(wrong, known, n=1, cutoff=0.5)
    if near:
        return Bilingual(f"是否要写“{near[0]}”？", f"did you mean “{near[0]}”?")
    if not known:
        return None
    shown = known[:24]
    dots = ("……", " …") if len(known) > len(shown) else ("", "")
    return Bilingual(f"可用：{'、'.join(shown)}{dots[0]}", f"known: {', '.join(shown)}{dots[1]}")
