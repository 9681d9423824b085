"""Reopens a written deck: the rules of its format, and every text and figure against the composition."""

from __future__ import annotations

import zipfile
from itertools import islice

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pptx_content import CONTENT
from lhpub.verify.pptx_figures import compare
from lhpub.verify.pptx_file import PptxFile
from lhpub.verify.pptx_structure import STRUCTURE

_PLACES = 5
_HINT = Bilingual(
    "重新生成；若是模板带来的，改模板；仍有则请报告",
    "build again; mend the template if it comes from there; else report it",
)


def verify_pptx(data: bytes, composition: Composition | None = None) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a deck; nothing if all is well. Without a composition only the format is checked."""
    try:
        file = PptxFile(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        said = Bilingual(f"不是可读的 .pptx：{fault}", f"no .pptx that can be read: {fault}")
        return (Diagnostic("pptx-unreadable", Severity.ERROR, said, _HINT),)
    if file.presentation is None:
        said = Bilingual("没有 ppt/presentation.xml", "there is no ppt/presentation.xml")
        return (Diagnostic("pptx-unreadable", Severity.ERROR, said, _HINT),)
    found = [
        Diagnostic(code, Severity.ERROR, Bilingual(f"{zh}：{place}", f"{en}: {place}"), _HINT)
        for code, (zh, en, check) in (STRUCTURE | CONTENT).items()
        for place in islice(check(file), _PLACES)
    ]
    return (*found, *(compare(file, composition) if composition else ()))
