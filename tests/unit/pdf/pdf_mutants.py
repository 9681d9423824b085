"""Ways to break a written file, for the proof that each check sees what it is there to see."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Break = Callable[[Pdf], None]


@dataclass(frozen=True)
class Mutant:
    """A breakage and the code that must be told for it."""

    code: str
    breaks: Break


def mutated(data: bytes, breaks: Break, **save: Any) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        breaks(pdf)
        out = io.BytesIO()
        pdf.save(out, **save)
        return out.getvalue()


def content(page: int, old: bytes, new: bytes) -> Break:
    """Replaces a piece of a page's content stream, once."""

    def breaks(pdf: Pdf) -> None:
        stream = pdf.pages[page].Contents
        before = stream.read_bytes()
        assert old in before, (old, before[:300])
        stream.write(before.replace(old, new, 1))

    return breaks


def appended(page: int, operators: bytes) -> Break:
    def breaks(pdf: Pdf) -> None:
        stream = pdf.pages[page].Contents
        stream.write(stream.read_bytes() + b"\n" + operators)

    return breaks


def prepended(page: int, operators: bytes) -> Break:
    def breaks(pdf: Pdf) -> None:
        stream = pdf.pages[page].Contents
        stream.write(operators + b"\n" + stream.read_bytes())

    return breaks


def xmp(old: str, new: str) -> Break:
    def breaks(pdf: Pdf) -> None:
        before = pdf.Root.Metadata.read_bytes()
        assert old.encode() in before, old
        pdf.Root.Metadata.write(before.replace(old.encode(), new.encode()))

    return breaks


def fonts(pdf: Pdf) -> list[Any]:
    return list(pdf.pages[0].Resources.Font.values())


def unembedded(pdf: Pdf) -> None:
    for font in fonts(pdf):
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def whole_font(pdf: Pdf) -> None:
    fonts(pdf)[0].BaseFont = Name("/NotoSansSC-Regular")


def without_unicode(pdf: Pdf) -> None:
    del fonts(pdf)[0].ToUnicode


def radicals(pdf: Pdf) -> None:
    """What ReportLab's own shaping does: 一 becomes the radical U+2F00."""
    for font in fonts(pdf):
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<4e00>", b"<2f00>"))


def picture(pdf: Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.XObject.values()))


def structure(pdf: Pdf, tag: str) -> list[Any]:
    """Returns the structure elements of a type."""
    found = []

    def walk(node: Any) -> None:
        for kid in node.K:
            if "/S" in kid:
                if str(kid.S) == tag:
                    found.append(kid)
                walk(kid)

    walk(pdf.Root.StructTreeRoot)
    return found


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def embedded_file(pdf: Pdf) -> None:
    pdf.attachments["x.txt"] = b"x"


def box(page: int, key: str, by: float) -> Break:
    """Moves a page box's left edge."""

    def breaks(pdf: Pdf) -> None:
        before = [float(value) for value in pdf.pages[page].obj[key]]
        pdf.pages[page].obj[key] = Array([before[0] + by, *before[1:]])

    return breaks


def both(*several: Break) -> Break:
    def breaks(pdf: Pdf) -> None:
        for each in several:
            each(pdf)

    return breaks
