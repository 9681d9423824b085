"""How to look into a written deck, and how to break one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lxml import etree

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


class Written:
    """A written deck's parts, to be looked into."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}

    def find(self, part: str, path: str) -> list[etree._Element]:
        return list(etree.fromstring(self.parts[part]).xpath(path, namespaces=NS))

    def slide(self, number: int, path: str) -> list[etree._Element]:
        return self.find(f"ppt/slides/slide{number}.xml", path)

    def shape(self, number: int, name: str) -> etree._Element:
        return self.slide(number, f"//p:cNvPr[@name='{name}']/../..")[0]


def rezipped(
    parts: list[tuple[str, bytes]], date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, blob in parts:
            archive.writestr(zipfile.ZipInfo(name, date), blob)
    return buffer.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Returns the deck with one part changed; fails if the change changes nothing."""
    parts = Written(data).parts
    assert part in parts, part
    new = change(parts[part])
    assert new != parts[part], f"nothing changed in {part}"
    return rezipped([(name, new if name == part else blob) for name, blob in parts.items()])
