"""What `lhpub verify` says of any file: the content decides, and no message is about another format."""

from __future__ import annotations

import zlib

import pytest

from lhpub.diagnostics import Diagnostic
from lhpub.verify.file import verify_file

from .written import Written, changed, rezipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
REFUSED = {
    "nothing": (b"", "0 字节", "empty"),
    "text named .pptx": ("你好，龙华\n".encode(), "文本文件", "text file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "既不是 PDF", "neither"),
    "a Word document": (rezipped([("word/document.xml", b"<w/>")]), "Word", "Word"),
    "an Excel workbook": (rezipped([("xl/workbook.xml", b"<x/>")]), "Excel", "Excel"),
    "an OpenDocument presentation": (
        rezipped([("mimetype", b"application/vnd.oasis")]),
        "OpenDocument",
        "OpenDocument",
    ),
    "an encrypted deck": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
    "an old .ppt": (COMPOUND + "PowerPoint Document".encode("utf-16-le"), ".ppt", ".ppt"),
    "an old .doc": (COMPOUND + "WordDocument".encode("utf-16-le"), "2007", "2007"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_neither_is_called_what_it_is(what: str) -> None:
    data, zh, en = REFUSED[what]
    (told,) = verify_file(data, "幻灯片.pptx")
    assert told.code == "verify-kind"
    assert told.message.zh.startswith("幻灯片.pptx：")
    assert zh in told.message.zh
    assert en in told.message.en
    assert told.hint


def test_a_deck_is_checked_as_a_deck_whatever_its_name(written: Written) -> None:
    assert verify_file(written.data, "a.pdf") == ()
    broken = changed(written.data, "ppt/slides/slide4.xml", lambda blob: blob[:-5])
    assert codes(verify_file(broken, "a.pdf")) == {"pptx-unreadable"}


def test_a_pdf_is_checked_as_a_pdf_whatever_its_name() -> None:
    assert codes(verify_file(b"%PDF-1.7\n%%EOF", "a.pptx")) == {"pdf-unreadable"}


@pytest.mark.parametrize("damage", ["cut", "torn", "huge"])
def test_a_damaged_deck_is_told_without_a_word_of_pdf(written: Written, damage: str) -> None:
    data = bytearray(written.data)
    if damage == "torn":  # the first entry's deflated bytes
        data[80:120] = zlib.compress(bytes(30))[:40].ljust(40, b"\xff")
    elif damage == "huge":  # the size that the central directory states for its first entry
        at = data.index(b"PK\x01\x02") + 24
        data[at : at + 4] = (4_000_000_000).to_bytes(4, "little")
    (told,) = verify_file(bytes(data[:5000] if damage == "cut" else data), "a.pptx")
    assert told.code == "pptx-unreadable"
    assert "PDF" not in told.message.zh + told.message.en
    assert "0x" not in told.message.en


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {diagnostic.code for diagnostic in found}
