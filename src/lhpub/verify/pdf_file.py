"""An opened PDF and what its pages paint."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Dictionary, Pdf

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pdf_content import Mark, read_page

_OPENED = re.compile("stream <.*?>: ")
"""What pikepdf says before each error, a place in memory in it."""


@dataclass(frozen=True)
class PdfFile:
    """An opened file and what its pages paint."""

    pdf: Pdf
    pages: list[list[Mark]]

    @property
    def root(self) -> Any:
        return self.pdf.Root

    @cached_property
    def _metadata(self) -> Any:
        return self.pdf.open_metadata(set_pikepdf_as_editor=False)

    def xmp(self, namespace: str, key: str) -> str:
        """Returns a property of the XMP packet, '' if it is not there."""
        value = self._metadata.get(f"{{{namespace}}}{key}") or ""
        return "；".join(map(str, value)) if isinstance(value, list) else str(value).strip()

    def info(self, key: str) -> str:
        return str(self.pdf.trailer.get("/Info", Dictionary()).get(key, ""))


def opened(data: bytes) -> tuple[PdfFile | None, tuple[Diagnostic, ...]]:
    """Returns the file with what it paints, or why it cannot be read."""
    pdf, pages = None, []
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        for page in pdf.pages:
            pages.append(read_page(page))  # noqa: PERF401 - when reading breaks off, their number tells the page
        return PdfFile(pdf, pages), ()
    except Exception as error:  # a broken file raises anything: pikepdf's errors, those of its values, recursion
        zh, en = (f"第 {len(pages) + 1} 页：", f"page {len(pages) + 1}: ") if pdf else ("", "")
        why = _OPENED.sub("", str(error))
        said = Bilingual(f"读不出这个 PDF（{zh}{why}）", f"the PDF cannot be read ({en}{why})")
        hint = Bilingual("检查文件是否完整、未加密", "see whether the file is whole and not encrypted")
        return None, (Diagnostic("pdf-unreadable", Severity.ERROR, said, hint),)
