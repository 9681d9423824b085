"""The parts of a .pptx and its bytes.

python-pptx models parts and relationships; its search for a free part name and its saving walk the whole graph for
each part, so here names come from counters, and parts are written in the order of their names.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from pptx.opc.package import OpcPackage, Part
from pptx.opc.packuri import PACKAGE_URI, PackURI

from lhpub.publication.pictures import without_camera_data
from lhpub.render.pptx.xml import Xml, el

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DEFAULT_TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
IMAGE_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OFFICE = "application/vnd.openxmlformats-officedocument."
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


class Package:
    """A package in the making. `part` makes parts; `relate` is for the package's own relationships."""

    def __init__(self, kept: Iterable[Part] = ()) -> None:
        self._opc = OpcPackage(io.BytesIO())
        self._parts: dict[str, Part] = {str(part.partname): part for part in kept}
        self._images: dict[str, Part] = {}
        self._counters: Counter[str] = Counter()

    def part(self, pattern: str, content_type: str, blob: bytes = b"") -> Part:
        """Returns a new part; `*` in its name becomes the next number that is free."""
        name = pattern
        while "*" in pattern and (name == pattern or name in self._parts):
            self._counters[pattern] += 1
            name = pattern.replace("*", str(self._counters[pattern]))
        part = Part(PackURI(name), content_type, self._opc, blob)  # type: ignore[arg-type]  # it is only stored
        self._parts[name] = part
        return part

    def image(self, data: bytes, media_type: str) -> Part:
        """Returns the part of a picture; equal pictures share one."""
        data = without_camera_data(data)
        digest = sha256(data).hexdigest()
        if digest not in self._images:
            self._images[digest] = self.part(f"/ppt/media/image*.{IMAGE_EXTENSIONS[media_type]}", media_type, data)
        return self._images[digest]

    def relate(self, part: Part, kind: str) -> None:
        """Adds a relationship of the package itself."""
        self._opc.relate_to(part, kind)

    def to_bytes(self) -> bytes:
        """Returns the zip. Equal parts give equal bytes: entries have one date, no host system and one order."""
        entries = {"[Content_Types].xml": _content_types(self._parts.values())}
        entries[PACKAGE_URI.rels_uri.membername] = self._opc._rels.xml
        for part in self._parts.values():
            entries[part.partname.membername] = part.blob
            if len(part.rels):
                entries[part.partname.rels_uri.membername] = part.rels.xml
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in ("[Content_Types].xml", *sorted(entries.keys() - {"[Content_Types].xml"}, key=_natural)):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, entries[name], compresslevel=6)
        return buffer.getvalue()


def _natural(name: str) -> tuple[int | str, ...]:
    return tuple(int(piece) if piece.isdigit() else piece for piece in re.split(r"([0-9]+)", name))


def _content_types(parts: Iterable[Part]) -> bytes:
    """Returns [Content_Types].xml: a Default for each media type in use, an Override for every other part."""
    defaults = {"rels": _DEFAULT_TYPES["rels"], "xml": _DEFAULT_TYPES["xml"]}
    overrides: dict[str, str] = {}
    for part in parts:
        extension = part.partname.ext.lower()
        if _DEFAULT_TYPES.get(extension) == part.content_type:
            defaults[extension] = part.content_type
        else:
            overrides[str(part.partname)] = part.content_type
    children: list[Xml] = [el("Default", {"Extension": key, "ContentType": defaults[key]}) for key in sorted(defaults)]
    children += [el("Override", {"PartName": key, "ContentType": overrides[key]}) for key in sorted(overrides)]
    root = el("Types", {"xmlns": _CONTENT_TYPES}, *children)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()
