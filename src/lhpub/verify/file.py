"""Any file that someone hands over: what it is, by its first bytes, then the checks of its kind."""

from __future__ import annotations

import io
import zipfile

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pdf import verify_pdf
from lhpub.verify.pptx import verify_pptx

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files begin that are encrypted or older than 2007 (MS-CFB 2.2); they name their streams in UTF-16."""
_HEAD = 1024
"""Bytes in which `%PDF-` may begin (ISO 32000-1, annex H.3.4.1)."""
_STREAMS = {"EncryptedPackage": "encrypted", "PowerPoint Document": "ppt"}
_PARTS = {"word/document.xml": "word", "xl/workbook.xml": "excel", "mimetype": "odp"}
_SAVE = Bilingual("用 PowerPoint 或 WPS 打开，另存为 .pptx", "open it in PowerPoint or WPS and save it as .pptx")
_HINT = Bilingual("要检查的是 lhpub 生成的 .pdf 或 .pptx", "what can be checked is a .pdf or .pptx that lhpub made")
_REFUSALS = {
    "empty": (Bilingual("文件是空的，0 字节", "the file is empty, 0 bytes"), _HINT),
    "text": (Bilingual("是文本文件，不是 PDF 或 PPTX", "it is a text file, no PDF and no PPTX"), _HINT),
    "unknown": (Bilingual("既不是 PDF，也不是 PPTX", "it is neither a PDF nor a PPTX"), _HINT),
    "encrypted": (
        Bilingual("加了密码的 Office 文件，读不出", "an Office file with a password, which cannot be read"),
        Bilingual("去掉密码，另存后再检查", "remove the password, save it, then check again"),
    ),
    "ppt": (Bilingual("2007 年以前格式的 .ppt", "a .ppt, of the format before 2007"), _SAVE),
    "office": (Bilingual("2007 年以前格式的 Office 文件", "an Office file of the format before 2007"), _HINT),
    "word": (Bilingual("是 Word 文档，不是幻灯片", "it is a Word document, not a presentation"), _HINT),
    "excel": (Bilingual("是 Excel 工作簿，不是幻灯片", "it is an Excel workbook, not a presentation"), _HINT),
    "odp": (Bilingual("是 OpenDocument 文件，不是 .pptx", "it is an OpenDocument file, not a .pptx"), _SAVE),
}


def verify_file(data: bytes, name: str) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a PDF or PPTX, nothing if all is well; for any other file, what it is. The content
    decides, not the name."""
    kind = _kind(data)
    if kind in _REFUSALS:
        said, hint = _REFUSALS[kind]
        told = Bilingual(f"{name}：{said.zh}", f"{name}: {said.en}")
        return (Diagnostic("verify-kind", Severity.ERROR, told, hint),)
    return verify_pptx(data) if kind == "pptx" else verify_pdf(data)


def _kind(data: bytes) -> str:
    """Returns `pdf`, `pptx` (a zip of unknown content too) or a key of the refusals."""
    if data.startswith(b"PK"):
        return next((kind for part, kind in _PARTS.items() if part in _names(data)), "pptx")
    if data.startswith(_COMPOUND):
        return next((kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in data), "office")
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    return "empty" if not data else "unknown" if b"\0" in data else "text"


def _names(data: bytes) -> list[str]:
    try:
        return zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return []
