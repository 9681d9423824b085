"""Reopens a written deck: the rules of its format, and every text and figure against the composition."""

from __future__ import annotations

from itertools import islice

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pptx_content import CONTENT
from lhpub.verify.pptx_figures import compare
from lhpub.verify.pptx_file import PptxFile
from lhpub.verify.pptx_looks import check_looks
from lhpub.verify.pptx_structure import STRUCTURE

_PLACES = 5
_HINT = Bilingual(
    "重新生成；若是模板带来的，改模板；仍有则请报告",
    "build again; mend the template if it comes from there; else report it",
)

_WHOLE = Bilingual("重新生成，或再取一份完整的文件", "build it again, or get the whole file")


def verify_pptx(
    data: bytes, composition: Composition | None = None, on_template: bool = False
) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a deck; nothing if all is well. Without a composition only the format is checked;
    `on_template`: with warnings of how it looks where layouts and theme are a designer's own."""
    try:
        file = PptxFile(data)
    except Exception as fault:  # a damaged zip raises anything: zipfile's errors, zlib's, those of its values
        said = Bilingual("这个 .pptx 读不出：文件残缺、损坏或过大", f"the .pptx cannot be read: {fault}")
        return (Diagnostic("pptx-unreadable", Severity.ERROR, said, _WHOLE),)
    if file.presentation is None:
        said = Bilingual(
            "文件里没有演示文稿（ppt/presentation.xml）", "it holds no presentation (ppt/presentation.xml)"
        )
        return (Diagnostic("pptx-unreadable", Severity.ERROR, said, _WHOLE),)
    found = [
        Diagnostic(code, Severity.ERROR, Bilingual(f"{zh}：{place}", f"{en}: {place}"), _HINT)
        for code, (zh, en, check) in (STRUCTURE | CONTENT).items()
        for place in islice(check(file), _PLACES)
    ]
    found += compare(file, composition) if composition else ()
    found += check_looks(file, composition) if composition and on_template else ()
    return tuple(found)
