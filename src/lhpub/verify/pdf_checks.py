"""Checks of a PDF as rows of a table, and how a file is opened for them.

A check runs over the opened file and yields a place for each thing wrong; its row holds its code, the clause that it
enforces (`press`: print practice, docs/pdf.md) and what to say. A check that cannot read what it needs has failed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Dictionary, Pdf

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.preflight.limits import INK_LIMIT
from lhpub.verify.pdf_content import Mark, read_page

Place = tuple[int, str]
"""Page from 1 (0: the whole file) and a detail that needs no language."""
_SHOWN = 3
_OPENED = re.compile("stream <.*?>: ")
"""What pikepdf says before each error, a place in memory in it."""
_HINTS = {
    Severity.ERROR: Bilingual(
        "文件未通过自检：请改版式或素材，再重新生成", "the file fails its check: mend layout or material, build again"
    ),
    Severity.WARNING: Bilingual(
        "文件照样写出；付印前请看一看", "the file is written all the same: have a look before printing"
    ),
}


@dataclass(frozen=True)
class PdfFile:
    """An opened file and what its pages paint. `creep`: how far imposed pages have at most been moved to the spine, in
    points; `limit`: the most ink on a spot, percent."""

    pdf: Pdf
    pages: list[list[Mark]]
    creep: float = 0.0
    limit: float = INK_LIMIT

    @property
    def root(self) -> Any:
        return self.pdf.Root

    def marks(self, kinds: str = "") -> Iterator[tuple[int, Mark]]:
        """Yields page number and mark, of the kinds named or of all."""
        for number, marks in enumerate(self.pages, 1):
            yield from ((number, mark) for mark in marks if not kinds or mark.kind in kinds)

    @cached_property
    def _metadata(self) -> Any:
        return self.pdf.open_metadata(set_pikepdf_as_editor=False)

    def xmp(self, namespace: str, key: str) -> str:
        """Returns a property of the XMP packet, '' if it is not there."""
        value = self._metadata.get(f"{{{namespace}}}{key}") or ""
        return "；".join(map(str, value)) if isinstance(value, list) else str(value).strip()

    def info(self, key: str) -> str:
        return str(self.pdf.trailer.get("/Info", Dictionary()).get(key, ""))


Run = Callable[[Any], Iterable[Place]]
"""A check of an opened file."""


@dataclass(frozen=True)
class Check:
    """A check: its stable code, its clause, what to say in Chinese and English, and how to find what is wrong."""

    code: str
    clause: str
    zh: str
    en: str
    run: Run
    severity: Severity = Severity.ERROR


def opened(data: bytes, creep: float = 0.0, limit: float = INK_LIMIT) -> tuple[PdfFile | None, tuple[Diagnostic, ...]]:
    """Returns the file ready for the checks, or why it cannot be read."""
    pdf, pages = None, []
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        for page in pdf.pages:
            pages.append(read_page(page))  # noqa: PERF401 - when reading breaks off, their number tells the page
        return PdfFile(pdf, pages, creep, limit), ()
    except Exception as error:  # a broken file raises anything: pikepdf's errors, those of its values, recursion
        zh, en = (f"第 {len(pages) + 1} 页：", f"page {len(pages) + 1}: ") if pdf else ("", "")
        why = _OPENED.sub("", str(error))
        said = Bilingual(f"读不出这个 PDF（{zh}{why}）", f"the PDF cannot be read ({en}{why})")
        hint = Bilingual("检查文件是否完整、未加密", "see whether the file is whole and not encrypted")
        return None, (Diagnostic("pdf-unreadable", Severity.ERROR, said, hint),)


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
            found.append(Diagnostic(check.code, check.severity, Bilingual(zh, en), _HINTS[check.severity]))
    return tuple(found)
