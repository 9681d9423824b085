"""A PDF taken apart for the rules of its formats, and these rules as rows of a table.

A check runs over the opened file and yields a place for each thing wrong; its row holds its code, the clause that it
enforces (`press`: print practice, docs/pdf.md) and what to say. A check that cannot read what it needs has failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Stream

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pdf_content import Mark
from lhpub.verify.pdf_file import PdfFile

DC, XMP, MM, PDF = (
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/pdf/1.3/",
)  # fmt: skip
Place = tuple[int, str]
"""Page from 1 (0: the whole file) and a detail that needs no language."""
_SHOWN = 3
Run = Callable[[Any], Iterable[Place]]
"""A check of an opened file."""


@dataclass(frozen=True)
class Dissected(PdfFile):
    """An opened file, every dictionary of it and every font. `creep`: how far imposed pages have at most been moved to the
    spine, in points; `multiple`: the rule for its number of pages."""

    creep: float = 0.0
    multiple: int = 0

    def marks(self, kinds: str = "") -> Iterator[tuple[int, Mark]]:
        """Yields page number and mark, of the kinds named or of all."""
        for number, marks in enumerate(self.pages, 1):
            yield from ((number, mark) for mark in marks if not kinds or mark.kind in kinds)

    @cached_property
    def dictionaries(self) -> list[Any]:
        """Every dictionary of the file at any depth, streams' included."""
        found, waiting = [], list(self.pdf.objects)
        while waiting:
            item = waiting.pop()
            if isinstance(item, (Dictionary, Stream)):
                found.append(item)
                kids = [kid for _, kid in item.items()]
            else:
                kids = list(item) if isinstance(item, Array) else []
            waiting += [kid for kid in kids if isinstance(kid, (Array, Dictionary)) and not kid.is_indirect]
        return found

    def holds(self, *keys: str) -> bool:
        """True if a dictionary has one of the keys."""
        return any(key in item for item in self.dictionaries for key in keys)

    @cached_property
    def fonts(self) -> list[tuple[int, Any, set[int]]]:
        """Each font used, with the page it is first used on and the codes it shows."""
        seen: dict[tuple[int, int], tuple[int, Any, set[int]]] = {}
        for page, mark in self.marks("text"):
            seen.setdefault(mark.resource.objgen, (page, mark.resource, set()))[2].update(mark.codes)
        return list(seen.values())


def unless(is_fine: Callable[[PdfFile], object]) -> Run:
    """Returns a check of the whole file by one claim about it."""
    return lambda file: () if is_fine(file) else [(0, "")]


@dataclass(frozen=True)
class Check:
    """A check: its stable code, its clause, what to say in Chinese and English, and how to find what is wrong."""

    code: str
    clause: str
    zh: str
    en: str
    run: Run
    severity: Severity = Severity.ERROR


def run_checks(file: PdfFile, checks: Iterable[Check]) -> tuple[Diagnostic, ...]:
    """Returns what the checks find, at most three places each."""
    found: list[Diagnostic] = []
    for check in checks:
        try:
            places = list(check.run(file))
        except Exception as error:
            places = [(0, str(error))]
        for page, detail in places[:_SHOWN]:
            zh = f"{f'第 {page} 页' if page else ''}{check.zh}{f'：{detail}' if detail else ''}（{check.clause}）"
            en = f"{f'page {page}: ' if page else ''}{check.en}{f': {detail}' if detail else ''} ({check.clause})"
            found.append(Diagnostic(check.code, check.severity, Bilingual(zh, en)))
    return tuple(found)
