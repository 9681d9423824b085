"""The registry of PDF checks, how a file is opened for them, and the checks that press and screen files share.

A check is a function over the opened file that yields a place for each thing wrong; its decorator holds its code, the
clause it enforces and what to say. A check that cannot read what it needs has failed: nothing passes unseen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from pikepdf import Dictionary, Pdf

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pdf_content import Mark, read_page, to_unicode

Family = Literal["press", "screen"]
Place = tuple[int, str]
"""Page from 1 (0: the whole file) and a detail that needs no language."""
_SHOWN = 3
_BROKEN = (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError)
_HINT = Bilingual("这是写出文件的自检；请改版式或素材后重新生成", "mend the layout or the material and build again")
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

    def marks(self, *kinds: str) -> Iterator[tuple[int, Mark]]:
        """Yields page number and mark, of the kinds asked for or of all."""
        for number, marks in enumerate(self.pages, 1):
            yield from ((number, mark) for mark in marks if not kinds or mark.kind in kinds)

    def xmp(self, namespace: str, key: str) -> str:
        """Returns a property of the XMP packet, '' if it is not there."""
        return str(self.pdf.open_metadata(set_pikepdf_as_editor=False).get(f"{{{namespace}}}{key}") or "")

    def info(self, key: str) -> str:
        return str(self.pdf.trailer.get("/Info", Dictionary()).get(key, ""))

    def dictionaries(self) -> Iterator[Any]:
        """Yields every dictionary that is an object of its own, streams' included."""
        return (item for item in self.pdf.objects if isinstance(item, (Dictionary, pikepdf.Stream)))

    def fonts(self) -> Iterator[tuple[int, Any, set[int]]]:
        """Yields each font used with the page it is first used on and the codes it shows."""
        seen: dict[tuple[int, int], tuple[int, Any, set[int]]] = {}
        for page, mark in self.marks("text"):
            seen.setdefault(mark.resource.objgen, (page, mark.resource, set()))[2].update(mark.codes)
        yield from seen.values()


Run = Callable[[PdfFile], Iterable[Place]]


@dataclass(frozen=True)
class Check:
    """A check of one or both families."""

    families: tuple[Family, ...]
    code: str
    clause: str
    said: Bilingual
    run: Run
    severity: Severity


CHECKS: list[Check] = []


def check(
    families: str, code: str, clause: str, said: tuple[str, str], severity: Severity = Severity.ERROR
) -> Callable[[Run], Run]:
    """Registers a check; `families` is "press", "screen" or "press screen"."""

    def register(run: Run) -> Run:
        CHECKS.append(Check(tuple(families.split()), code, clause, Bilingual(*said), run, severity))  # type: ignore[arg-type]
        return run

    return register


def opened(data: bytes, multiple: int) -> tuple[PdfFile | None, tuple[Diagnostic, ...]]:
    """Returns the file ready for the checks, or why it cannot be read."""
    page = 0
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        pages = []
        for page, content in enumerate(pdf.pages, 1):  # noqa: B007 - told when reading breaks off
            pages.append(read_page(content))
        return PdfFile(pdf, pages, multiple), ()
    except _BROKEN as error:
        said = Bilingual(f"读不出这个 PDF（第 {page} 页：{error}）", f"the PDF cannot be read (page {page}: {error})")
        hint = Bilingual("检查文件是否完整、未加密", "see whether the file is whole and not encrypted")
        return None, (Diagnostic("pdf-unreadable", Severity.ERROR, said, hint),)


def run_checks(file: PdfFile, family: Family) -> tuple[Diagnostic, ...]:
    """Returns what every check of the family finds, at most three places each."""
    found: list[Diagnostic] = []
    for item in CHECKS:
        if family in item.families:
            try:
                places = list(item.run(file))
            except _BROKEN as error:
                places = [(0, f"{type(error).__name__}: {error}")]
            found += [_diagnostic(item, place) for place in places[:_SHOWN]]
    return tuple(found)


def _diagnostic(item: Check, place: Place) -> Diagnostic:
    page, detail = place
    where = Bilingual(f"第 {page} 页", f"page {page}") if page else Bilingual("全文件", "file")
    more = f"：{detail}" if detail else ""
    zh = f"{where.zh}{item.said.zh}{more}（{item.clause}）"
    en = f"{where.en}: {item.said.en}{': ' + detail if detail else ''} ({item.clause})"
    return Diagnostic(item.code, item.severity, Bilingual(zh, en), _HINT)


def _descriptor(font: Any) -> Any:
    return (font.DescendantFonts[0] if "/DescendantFonts" in font else font).get("/FontDescriptor", {})


@check(
    "press screen",
    "pdf-font-embedded",
    "ISO 15930-7, 6.3; ISO 19005-2, 6.2.11.4",
    ("字体没有嵌入", "font not embedded"),
)
def embedded_fonts(file: PdfFile) -> Iterable[Place]:
    for page, font, _ in file.fonts():
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(_descriptor(font).keys()):
            yield page, str(font.BaseFont)


@check("press screen", "pdf-font-subset", "ISO 32000-1, 9.6.4", ("字体没有取子集", "font is no subset"))
def subset_fonts(file: PdfFile) -> Iterable[Place]:
    return ((page, str(font.BaseFont)) for page, font, _ in file.fonts() if not _SUBSET.match(str(font.BaseFont)))


@check(
    "press screen", "pdf-notdef", "ISO 15930-7, 6.3; ISO 19005-2, 6.2.11.8", ("有缺字的字形", "shows the glyph .notdef")
)
def missing_glyphs(file: PdfFile) -> Iterable[Place]:
    return (
        (page, str(font.BaseFont)) for page, font, codes in file.fonts() if 0 in codes and "/DescendantFonts" in font
    )


@check("press screen", "pdf-unicode", "ISO 14289-1, 7.21.7", ("有字形不知是什么字", "a glyph without its text"))
def mapped_glyphs(file: PdfFile) -> Iterable[Place]:
    for page, font, codes in file.fonts():
        unknown = codes - {code for code, text in to_unicode(font).items() if text.strip("\x00\ufffd\ufeff\ufffe")}
        if unknown:
            yield page, f"{font.BaseFont} {sorted(unknown)[:5]}"


@check("press screen", "pdf-id", "ISO 15930-7, 6.1; ISO 19005-2, 6.1.3", ("没有 /ID", "no /ID"))
def identified(file: PdfFile) -> Iterable[Place]:
    return () if len(file.pdf.trailer.get("/ID", ())) == 2 else [(0, "")]


@check("press screen", "pdf-encrypted", "ISO 15930-7, 6.1; ISO 19005-2, 6.1.3", ("加了密", "is encrypted"))
def unencrypted(file: PdfFile) -> Iterable[Place]:
    return [(0, "")] if file.pdf.is_encrypted else ()


@check("press screen", "pdf-javascript", "ISO 15930-7, 6.7; ISO 19005-2, 6.5.1", ("含 JavaScript", "has JavaScript"))
def no_scripts(file: PdfFile) -> Iterable[Place]:
    holds = [item for item in file.dictionaries() if "/JS" in item or "/JavaScript" in item]
    return [(0, "")] if holds or file.root.get("/OpenAction", {}).get("/S") == "/JavaScript" else ()


@check(
    "press screen", "pdf-embedded-file", "ISO 15930-7, 6.1; ISO 19005-2, 6.8", ("夹带文件", "carries embedded files")
)
def no_embedded_files(file: PdfFile) -> Iterable[Place]:
    return [(0, "")] if any("/EF" in item or "/EmbeddedFiles" in item for item in file.dictionaries()) else ()


@check(
    "press screen", "pdf-info", "ISO 19005-2, 6.6.3; ISO 15930-7, 6.4", ("Info 与 XMP 不一致", "Info and XMP disagree")
)
def agreeing_metadata(file: PdfFile) -> Iterable[Place]:
    dates = {key: file.info(key)[2:10] for key in ("/CreationDate", "/ModDate")}
    xmp = "http://ns.adobe.com/xap/1.0/"
    pairs = {
        "title": (file.info("/Title"), file.xmp("http://purl.org/dc/elements/1.1/", "title")),
        "producer": (file.info("/Producer"), file.xmp("http://ns.adobe.com/pdf/1.3/", "Producer")),
        "created": (dates["/CreationDate"], file.xmp(xmp, "CreateDate")[:10].replace("-", "")),
        "modified": (dates["/ModDate"], file.xmp(xmp, "ModifyDate")[:10].replace("-", "")),
    }
    return ((0, f"{key} {one!r} {other!r}") for key, (one, other) in pairs.items() if one != other or not one)
