"""A .pptx reopened for checking: its parts, their XML, relationships and content types. Nothing of the writer is used."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import cast

from lxml import etree

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
R = f"{{{NS['r']}}}"
Element = etree._Element
_LIMIT = 400_000_000
"""Bytes that a deck may unpack to: ten times those of 1,000 slides with pictures."""
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: the last word of its type, the part it names (or an address outside)."""

    kind: str
    target: str
    external: bool


class PptxFile:
    """The parts of an Office file by name. Raises zipfile.BadZipFile for bytes that are no zip, and what zlib raises."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.entries = archive.infolist()
            if sum(info.file_size for info in self.entries) > _LIMIT:
                raise zipfile.BadZipFile(f"unpacked it is larger than {_LIMIT:,} bytes")
            self.parts = {info.filename: archive.read(info) for info in self.entries}

    @cached_property
    def roots(self) -> dict[str, Element | None]:
        """The root of each XML part; None if it is not well-formed."""
        names = (name for name in self.parts if name.endswith((".xml", ".rels")))
        return {name: _parsed(self.parts[name]) for name in names}

    @cached_property
    def relations(self) -> dict[str, dict[str, Relation]]:
        """The relationships of each part by id; the package's own under ''."""
        found: dict[str, dict[str, Relation]] = {}
        for name, root in self.roots.items():
            if name.endswith(".rels") and root is not None:
                folder, file = posixpath.split(name)
                source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
                found[source] = {entry.get("Id", ""): _relation(source, entry) for entry in root}
        return found

    def named(self, pattern: str) -> Iterator[tuple[str, Element]]:
        """Yields the well-formed parts whose name matches, in the order of their numbers."""
        names = [name for name in self.roots if re.fullmatch(pattern, name)]
        for name in sorted(names, key=lambda name: [int(n) for n in re.findall("[0-9]+", name)]):
            root = self.roots[name]
            if root is not None:
                yield name, root

    def related(self, source: str, kind: str) -> list[str]:
        """Returns the parts that `source` names by relationships of a kind."""
        return [r.target for r in self.relations.get(source, {}).values() if r.kind == kind and r.target in self.parts]

    @property
    def presentation(self) -> Element | None:
        return self.roots.get("ppt/presentation.xml")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of slides in EMU; 0 for what is not a whole number."""
        sides = (
            "" if self.presentation is None else "".join(words(self.presentation, f"p:sldSz/@{s}"))
            for s in ("cx", "cy")
        )
        width, height = map(whole, sides)
        return width, height

    def slides(self) -> list[tuple[str, Element]]:
        """Returns the slides in the order in which they are shown."""
        if self.presentation is None:
            return []
        relations = self.relations.get("ppt/presentation.xml", {})
        listed = [relations.get(entry.get(R + "id", "")) for entry in found(self.presentation, "p:sldIdLst/p:sldId")]
        shown = [(relation.target, self.roots.get(relation.target)) for relation in listed if relation]
        return [(name, root) for name, root in shown if root is not None]


def _parsed(data: bytes) -> Element | None:
    try:
        return etree.fromstring(data, _SAFE)
    except etree.XMLSyntaxError:
        return None


def _relation(source: str, entry: Element) -> Relation:
    target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/" + posixpath.dirname(source), target)).lstrip("/")
    return Relation(posixpath.basename(entry.get("Type", "")), target, external)


def found(root: Element, path: str) -> list[Element]:
    """Returns the elements that an XPath with the usual prefixes finds."""
    return cast(list[Element], _compiled(path)(root))


def words(root: Element, path: str) -> list[str]:
    """Returns the texts or attribute values that an XPath finds."""
    return [str(value) for value in cast(list[object], _compiled(path)(root))]


@cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=NS)


def whole(digits: str) -> int:
    """Returns a whole number, 0 if it is none."""
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


def local(element: Element) -> str:
    """Returns an element's name without its namespace."""
    return str(etree.QName(element).localname)
