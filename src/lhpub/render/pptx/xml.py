"""XML as strings: `el` and `text` make them well-formed, and the type checker keeps plain strings out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NewType
from xml.sax.saxutils import escape

Xml = NewType("Xml", str)
Attributes = Mapping[str, "str | int | bool | None"]

EMPTY = Xml("")
EMU_PER_POINT = 12700
NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
# What XML 1.0 cannot hold (clause 2.2); a stray one makes PowerPoint offer a repair.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def text(characters: str) -> Xml:
    """Returns characters as element content or attribute value; those that XML 1.0 forbids are left out."""
    if not _SPECIAL.search(characters):
        return Xml(characters)
    return Xml(escape(_FORBIDDEN.sub("", characters), _ENTITIES))


def el(name: str, attributes: Attributes | None = None, *children: Xml) -> Xml:
    """Returns an element. An attribute of None is left out; True and False are written 1 and 0."""
    written = ""
    for key, value in attributes.items() if attributes else ():
        if value is not None:
            written += f' {key}="{text(value) if isinstance(value, str) else int(value)}"'
    content = "".join(children)
    return Xml(f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>")


def join(*pieces: Xml) -> Xml:
    """Returns several elements one after another."""
    return Xml("".join(pieces))


def document(name: str, prefixes: str, attributes: Attributes | None, *children: Xml) -> bytes:
    """Returns a whole part in UTF-8; `prefixes` are the letters of the namespaces that its root declares ("apr")."""
    declared = {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in prefixes}
    root = el(name, {**declared, **(attributes or {})}, *children)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def emu(points: float) -> int:
    """Returns points as English Metric Units, the format's whole numbers."""
    return round(points * EMU_PER_POINT)


def centi(points: float) -> int:
    """Returns points as hundredths of a point, the format's unit for type."""
    return round(points * 100)
