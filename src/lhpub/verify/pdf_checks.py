"""Checks of a PDF as rows of a table, how a file is opened for them, and the rows that press and screen files share.

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
from lhpub.verify.pdf_content import Mark, read_page, to_unicode

Place = tuple[int, str]
"""Page from 1 (0: the whole file) and a detail that needs no language."""
DC, XMP, MM, PDF = (
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/pdf/1.3/",
)  # fmt: skip
_SHOWN = 3
_BROKEN = (pikepdf.PdfError, AttributeError, IndexError, KeyError, OSError, TypeError, ValueError, ZeroDivisionError)
_HINT = Bilingual("文件未通过自检：请改版式或素材，再重新生成", "the file fails its check: mend layout or material, build again")
_SUBSET = re.compile(r"/[A-Z]{6}\+.")


@dataclass(frozen=True)
class PdfFile:
    """An opened file and what its pages paint. `multiple`: the rule for its number of pages."""

    pdf: Pdf
    pages: list[list[Mark]]
    multiple: int = 0

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
        return str(self._metadata.get(f"{{{namespace}}}{key}") or "").strip()

    def info(self, key: str) -> str:
        return str(self.pdf.trailer.get("/Info", Dictionary()).get(key, ""))

    @cached_property
    def dictionaries(self) -> list[Any]:
        """Every dictionary that is an object of its own, streams' included."""
        return [item for item in self.pdf.objects if isinstance(item, (Dictionary, pikepdf.Stream))]

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


Run = Callable[[PdfFile], Iterable[Place]]


@dataclass(frozen=True)
class Check:
    """A check: its stable code, its clause, what to say in Chinese and English, and how to find what is wrong."""

    code: str
    clause: str
    zh: str
    en: str
    run: Run
    severity: Severity = Severity.ERROR


def unless(is_fine: Callable[[PdfFile], object]) -> Run:
    """Returns a check of the whole file by one claim about it."""
    return lambda file: () if is_fine(file) else [(0, "")]


def opened(data: bytes, multiple: int) -> tuple[PdfFile | None, tuple[Diagnostic, ...]]:
    """Returns the file ready for the checks, or why it cannot be read."""
    pages: list[list[Mark]] = []
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        for page in pdf.pages:
            pages.append(read_page(page))  # noqa: PERF401 - when reading breaks off, their number tells the page
        return PdfFile(pdf, pages, multiple), ()
    except _BROKEN as error:
        at = len(pages) + 1
        said = Bilingual(f"读不出这个 PDF（第 {at} 页：{error}）", f"the PDF cannot be read (page {at}: {error})")
        hint = Bilingual("检查文件是否完整、未加密", "see whether the file is whole and not encrypted")
        return None, (Diagnostic("pdf-unreadable", Severity.ERROR, said, hint),)


def run_checks(file: PdfFile, checks: Iterable[Check]) -> tuple[Diagnostic, ...]:
    """Returns what the checks find, at most three places each."""
    found: list[Diagnostic] = []
    for check in checks:
        try:
            places = list(check.run(file))
        except _BROKEN as error:
            places = [(0, f"{type(error).__name__}: {error}")]
        for page, detail in places[:_SHOWN]:
            zh = f"{f'第 {page} 页' if page else ''}{check.zh}{f'：{detail}' if detail else ''}（{check.clause}）"
            en = f"{f'page {page}: ' if page else ''}{check.en}{f': {detail}' if detail else ''} ({check.clause})"
            found.append(Diagnostic(check.code, check.severity, Bilingual(zh, en), _HINT))
    return tuple(found)


def _embedded(file: PdfFile) -> Iterable[Place]:
    for page, font, _ in file.fonts:
        descriptor = (font.DescendantFonts[0] if "/DescendantFonts" in font else font).get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield page, str(font.BaseFont)


def _subset(file: PdfFile) -> Iterable[Place]:
    return ((page, str(font.BaseFont)) for page, font, _ in file.fonts if not _SUBSET.match(str(font.BaseFont)))


def _notdef(file: PdfFile) -> Iterable[Place]:
    return ((page, str(font.BaseFont)) for page, font, codes in file.fonts if 0 in codes and "/DescendantFonts" in font)


def _unicode(file: PdfFile) -> Iterable[Place]:
    for page, font, codes in file.fonts:
        unknown = codes - {code for code, text in to_unicode(font).items() if text.strip("\x00\ufffd\ufeff\ufffe")}
        if unknown:
            yield page, f"{font.BaseFont} {sorted(unknown)[:5]}"


def _agreement(file: PdfFile) -> Iterable[Place]:
    pairs = {
        "title": (file.info("/Title"), file.xmp(DC, "title")),
        "producer": (file.info("/Producer"), file.xmp(PDF, "Producer")),
        "created": (file.info("/CreationDate")[2:10], file.xmp(XMP, "CreateDate")[:10].replace("-", "")),
        "modified": (file.info("/ModDate")[2:10], file.xmp(XMP, "ModifyDate")[:10].replace("-", "")),
    }
    return ((0, f"{key} {one!r} {other!r}") for key, (one, other) in pairs.items() if one != other or not one)


SHARED = (
    Check("pdf-font-embedded", "ISO 15930-7, 6.3; ISO 19005-2, 6.2.11.4", "字体没有嵌入", "font not embedded", _embedded),
    Check("pdf-font-subset", "ISO 32000-1, 9.6.4", "字体没有取子集", "font is no subset", _subset),
    Check("pdf-notdef", "ISO 15930-7, 6.3; ISO 19005-2, 6.2.11.8", "有缺字的字形", "shows the glyph .notdef", _notdef),
    Check("pdf-unicode", "ISO 14289-1, 7.21.7", "有字形不知是什么字", "a glyph without its text", _unicode),
    Check("pdf-id", "ISO 15930-7, 6.1; ISO 19005-2, 6.1.3", "没有 /ID", "no /ID",
          unless(lambda file: len(file.pdf.trailer.get("/ID", ())) == 2)),
    Check("pdf-encrypted", "ISO 15930-7, 6.1; ISO 19005-2, 6.1.3", "加了密", "is encrypted",
          unless(lambda file: not file.pdf.is_encrypted)),
    Check("pdf-javascript", "ISO 15930-7, 6.7; ISO 19005-2, 6.5.1", "含 JavaScript", "has JavaScript",
          unless(lambda file: not file.holds("/JS", "/JavaScript")
                 and file.root.get("/OpenAction", Dictionary()).get("/S") != "/JavaScript")),
    Check("pdf-embedded-file", "ISO 15930-7, 6.1; ISO 19005-2, 6.8", "夹带文件", "carries embedded files",
          unless(lambda file: not file.holds("/EF", "/EmbeddedFiles"))),
    Check("pdf-info", "ISO 19005-2, 6.6.3; ISO 15930-7, 6.4", "Info 与 XMP 不一致", "Info and XMP disagree", _agreement),
)  # fmt: skip
