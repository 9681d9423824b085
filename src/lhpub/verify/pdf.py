"""Reopens written PDFs: they state and paint what their composition states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, Protocol

from lhpub.boxes import Composition, Page, TextBox
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.called import called
from lhpub.verify.pdf_drawn import first_difference
from lhpub.verify.pdf_file import PdfFile, opened
from lhpub.verify.pdf_glyphs import odd_glyphs
from lhpub.verify.pdf_reading import read_pdf
from lhpub.verify.reading import Statement, compare, differs
from lhpub.verify.stated_pdf import stated_in_pdf
from lhpub.walk import inside, page_boxes

_HINT = Bilingual("文件与来源不符，请重新生成并报告", "the file differs from its source: build again and report it")


def verify_pdf(data: bytes, composition: Composition | None = None) -> tuple[Diagnostic, ...]:
    """Returns where a screen file (brochure or deck preview) is not its composition; without one, whether it can be read."""
    file, unreadable = opened(data)
    if file is None:
        return unreadable
    if composition is None:
        return ()
    sheets = [[page] for page in composition.pages]
    found = (
        *_differences(composition, file, sheets),
        *compare(stated_in_pdf(composition, True), read_pdf(file), "pdf"),
    )
    return (*found, *_drawings(composition, composition.pages, file)) if len(sheets) == len(file.pages) else found


class Printing(Protocol):
    """What of a press file's settings bears on what stands in it."""

    @property
    def imposition(self) -> Literal["none", "saddle"]: ...
    @property
    def outlines(self) -> bool: ...  # text is drawn as paths
    @property
    def part(self) -> Literal["whole", "block", "cover"]: ...


def verify_press(
    data: bytes, composition: Composition | None = None, settings: Printing | None = None
) -> tuple[Diagnostic, ...]:
    """Returns where a press file is not its composition; outlined text cannot be read back. Without one, if it can be read."""
    file, unreadable = opened(data)
    if file is None or composition is None or settings is None:
        return unreadable
    sheets = _sheets(composition.pages, settings)
    found = tuple(compare(stated_in_pdf(composition, False), read_pdf(file, False), "pdf"))
    found += () if settings.outlines else tuple(_differences(composition, file, sheets))
    if not settings.outlines and len(sheets) == len(file.pages) and all(len(sheet) == 1 for sheet in sheets):
        found += tuple(_drawings(composition, [sheet[0] for sheet in sheets], file, True))
    return found


def _sheets(pages: Sequence[Page], settings: Printing) -> list[list[Page]]:
    """Returns which pages lie on each sheet; stitched, the outermost leaf is the first, and a leaf's front before its back."""
    if settings.part == "cover":
        return [[pages[-1], pages[0]], [pages[1], pages[-2]]]
    if settings.imposition == "none":
        return [[page] for page in (pages[2:-2] if settings.part == "block" else pages)]
    pairs = [(pages[at], pages[-1 - at]) for at in range(len(pages) // 2)]
    return [[low, high] if at % 2 else [high, low] for at, (low, high) in enumerate(pairs)]


def _differences(composition: Composition, file: PdfFile, sheets: Sequence[Sequence[Page]]) -> Iterator[Diagnostic]:
    """Yields the first text box of each page whose text is not what the file says there, character for character, and the
    glyphs that show another character than they say."""
    if len(sheets) != len(file.pages):
        said = Bilingual(
            f"页数应为 {len(sheets)}，文件有 {len(file.pages)}", f"{len(file.pages)} pages, not {len(sheets)}"
        )
        yield Diagnostic("pdf-pages-differ", Severity.ERROR, said)
        return
    texts = [
        [b for p in pages for b in inside(page_boxes(p, composition)) if isinstance(b, TextBox)] for pages in sheets
    ]
    is_same = True
    for number, (boxes, marks) in enumerate(zip(texts, file.pages, strict=True), 1):
        text = "".join(mark.text for mark in marks if mark.kind == "text")
        at = 0
        for box in boxes:
            wanted = "".join(line.marker + line.text for line in box.lines).replace("\n", "")
            found = text[at : at + len(wanted)]
            at += len(wanted)
            if found != wanted:
                is_same = False
                yield _differs(number, box, wanted, found)
                break
        else:
            if at != len(text):
                yield _differs(number, None, "", text[at:])
    for page, character in odd_glyphs(texts, file.pages) if is_same else ():
        zh, en = (
            f"第 {page} 页的字形与它说的字“{character}”不是一个",
            f"page {page}: a glyph shows another character than “{character}”",
        )
        yield Diagnostic("pdf-glyph-differs", Severity.ERROR, Bilingual(zh, en), _HINT)


def _drawings(
    composition: Composition, composed: Sequence[Page], file: PdfFile, in_ink: bool = False
) -> Iterator[Diagnostic]:
    """Yields the first drawing of each page that is not as composed."""
    for page, sheet, marks in zip(composed, file.pdf.pages, file.pages, strict=True):
        corner = (float(sheet.trimbox[0]), float(sheet.trimbox[1])) if in_ink else None
        if odd := first_difference(page, composition, marks, corner):
            name, wanted, found = odd
            zh = f"第 {page.number} 页 {called(name).zh}：画的是 {found.zh}，应为 {wanted.zh}"
            en = f"page {page.number}, {called(name).en}: {found.en} is drawn, not {wanted.en}"
            yield Diagnostic("pdf-drawing-differs", Severity.ERROR, Bilingual(zh, en), _HINT)


def _differs(number: int, box: TextBox | None, wanted: str, found: str) -> Diagnostic:
    roles = tuple(run.role for line in box.lines for run in line.runs) if box else ()
    stated = Statement(number, box.name if box else "page", "text", wanted, roles, box.span if box else None)
    return replace(differs(stated, found, "pdf"), code="pdf-text-differs")
