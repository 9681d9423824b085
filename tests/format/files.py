"""Whole files against the rules of their formats and against their composition."""

from __future__ import annotations

from itertools import islice

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.render.pdf import PressSettings
from lhpub.verify.pdf import verify_pdf, verify_press
from lhpub.verify.pdf_file import opened
from lhpub.verify.pptx import verify_pptx
from lhpub.verify.pptx_file import PptxFile
from tests.format.pdf_file import Dissected, run_checks
from tests.format.pdf_press import PDFX, PRESS
from tests.format.pdf_screen import SCREEN
from tests.format.pptx_content import CONTENT
from tests.format.pptx_structure import STRUCTURE

Found = tuple[Diagnostic, ...]


def check_pptx(data: bytes, composition: Composition | None = None) -> Found:
    """Returns what is wrong with a deck; unreadable ones are told by the program's own check."""
    told = verify_pptx(data, composition)
    try:
        file = PptxFile(data)
    except Exception:  # a damaged zip raises anything
        return told
    rules = (STRUCTURE | CONTENT).items() if file.presentation is not None else ()
    broken = tuple(
        Diagnostic(code, Severity.ERROR, Bilingual(f"{zh}：{place}", f"{en}: {place}"))
        for code, (zh, en, check) in rules
        for place in islice(check(file), 5)
    )
    return told + broken


def check_screen(data: bytes, composition: Composition | None = None) -> Found:
    """Returns what is wrong with a screen file."""
    return verify_pdf(data, composition) + _rules(data, "screen")


def check_press_file(data: bytes, composition: Composition | None = None, settings: PressSettings | None = None) -> Found:
    """Returns what is wrong with a press file."""
    return tuple(dict.fromkeys(verify_press(data, composition, settings) + _rules(data, "press", settings)))


def check_any(data: bytes) -> Found:
    """Returns what is wrong with any PDF: as a press file if it names PDF/X in XMP or output intent, else as a screen file."""
    file, _ = opened(data)
    kinds = [str(item.get("/S")) for item in file.root.get("/OutputIntents", ())] if file else []
    is_press = file is not None and ("/GTS_PDFX" in kinds or bool(file.xmp(PDFX, "GTS_PDFXVersion")))
    return tuple(dict.fromkeys(verify_pdf(data) + _rules(data, "press" if is_press else "screen")))


def _rules(data: bytes, family: str, settings: PressSettings | None = None) -> Found:
    file, _ = opened(data)
    if file is None:
        return ()
    creep = settings.paper * len(file.pages) / 2 if settings else 1.5
    multiple = (2 if settings.imposition == "saddle" else settings.multiple) if settings else 0
    whole = Dissected(file.pdf, file.pages, creep, multiple=multiple)
    return run_checks(whole, PRESS if family == "press" else SCREEN)
