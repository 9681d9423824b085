"""Reopens written PDFs: they state what their composition states; press files bear what print shops ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from lhpub.boxes import Composition, Page, TextBox
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.units import mm
from lhpub.verify.pdf_checks import PdfFile, opened, run_checks
from lhpub.verify.pdf_press import PRESS
from lhpub.verify.pdf_reading import bookmarks, links
from lhpub.walk import anchors, inside, links_of, page_boxes

_CREEP = mm(0.5)
"""What a file of unknown making may have: that of six leaves of heavy paper."""
_HINT = Bilingual("文件与来源不符，请重新生成并报告", "the file differs from its source: build again and report it")


def verify_pdf(data: bytes, composition: Composition | None = None) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a screen file (brochure or deck preview); nothing if all is well."""
    file, unreadable = opened(data)
    if file is None:
        return unreadable
    if composition is None:
        return ()
    sheets = [[page] for page in composition.pages]
    return (*_differences(composition, file, sheets), *_navigation(composition, file))


class Printing(Protocol):
    """What of a press file's settings bears on what stands in it."""

    @property
    def imposition(self) -> Literal["none", "saddle"]: ...
    @property
    def paper(self) -> float: ...  # thickness of a leaf in points
    @property
    def outlines(self) -> bool: ...  # text is drawn as paths
    @property
    def part(self) -> Literal["whole", "block", "cover"]: ...
    @property
    def ink_limit(self) -> float: ...  # percent, all plates


def verify_press(
    data: bytes, composition: Composition | None = None, settings: Printing | None = None
) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a press file. Outlined text cannot be read back: there only the rest is checked."""
    sheets = _sheets(composition.pages, settings) if composition and settings else []
    bearing = (settings.paper * len(sheets) / 2, settings.ink_limit) if settings else ()
    file, unreadable = opened(data, *bearing)
    if file is None:
        return unreadable
    found = run_checks(file, PRESS)
    if composition and settings and not settings.outlines:
        found += tuple(_differences(composition, file, sheets))
    return found


def _sheets(pages: Sequence[Page], settings: Printing) -> list[list[Page]]:
    """Returns which pages lie on each sheet; stitched, the outermost leaf is the first, and a leaf's front before its back."""
    if settings.part == "cover":
        return [[pages[-1], pages[0]], [pages[1], pages[-2]]]
    if settings.imposition == "none":
        return [[page] for page in (pages[2:-2] if settings.part == "block" else pages)]
    pairs = [(pages[at], pages[-1 - at]) for at in range(len(pages) // 2)]
    return [[low, high] if at % 2 else [high, low] for at, (low, high) in enumerate(pairs)]


def verify_any(data: bytes) -> tuple[Diagnostic, ...]:
    """Returns what can be told of any PDF: that it cannot be read, and what print shops ask for if it is a press file."""
    file, unreadable = opened(data, _CREEP)
    if file is None:
        return unreadable
    kinds = [str(item.get("/S")) for item in file.root.get("/OutputIntents", ())]
    return run_checks(file, PRESS) if "/GTS_PDFX" in kinds else ()


def _differences(composition: Composition, file: PdfFile, sheets: Sequence[Sequence[Page]]) -> Iterator[Diagnostic]:
    """Yields the first text box of each page whose text is not what the file says there, character for character."""
    if len(sheets) != len(file.pages):
        said = Bilingual(
            f"页数应为 {len(sheets)}，文件有 {len(file.pages)}", f"{len(file.pages)} pages, not {len(sheets)}"
        )
        yield Diagnostic("pdf-pages-differ", Severity.ERROR, said)
        return
    for number, (pages, marks) in enumerate(zip(sheets, file.pages, strict=True), 1):
        text = "".join(mark.text for mark in marks if mark.kind == "text")
        at = 0
        for box in (box for page in pages for box in inside(page_boxes(page, composition))):
            if isinstance(box, TextBox):
                wanted = "".join(line.marker + line.text for line in box.lines).replace("\n", "")
                found = text[at : at + len(wanted)]
                at += len(wanted)
                if found != wanted:
                    yield _differs(number, box, wanted, found)
                    break
        else:
            if at != len(text):
                yield _differs(number, None, "", text[at:])


def _navigation(composition: Composition, file: PdfFile) -> Iterator[Diagnostic]:
    """Yields bookmarks and links that are not the composition's, or do not lead where it says."""
    pages = {anchor: index + 1 for anchor, index in anchors(composition).items()}
    marks = [(mark.title, pages[mark.anchor]) for mark in composition.bookmarks]
    targets = {(page.number, target[1:]) for page in composition.pages for target, _, _ in links_of(page)}
    jumps = {(number, pages[anchor]) for number, anchor in targets if anchor in pages}
    for code, zh, en, wanted, found in (
        ("pdf-bookmarks-differ", "书签", "bookmarks", marks, list(bookmarks(file))),
        ("pdf-links-differ", "链接", "links", sorted(jumps), sorted(set(links(file)))),
    ):
        if wanted != found:
            odd = [item for item in (*wanted, *found) if (item in wanted) != (item in found)][:3] or found[:3]
            said = Bilingual(f"{zh}与来源不符：{odd}", f"the {en} differ from the source: {odd}")
            yield Diagnostic(code, Severity.ERROR, said, _HINT)


def _differs(number: int, box: TextBox | None, wanted: str, found: str) -> Diagnostic:
    name = box.name if box else "–"
    roles = [run.role for line in box.lines for run in line.runs if run.role] if box else []
    figures = "，".join(dict.fromkeys(role.ref or role.kind for role in roles))
    zh = f"第 {number} 页“{name}”的文字是“{found}”，应为“{wanted}”" + (f"（{figures}）" if figures else "")
    en = f"page {number}, {name}: the text is “{found}”, not “{wanted}”" + (f" ({figures})" if figures else "")
    return Diagnostic("pdf-text-differs", Severity.ERROR, Bilingual(zh, en), _HINT, box.span if box else None)
