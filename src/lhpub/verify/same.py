"""Whether a file is what its composition renders to, part by part: who saves it again with the same content is not told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Object, Page, Stream, parse_content_stream

from lhpub.verify.pptx_file import Element, PptxFile, local

_MAKER = "lhpub"
_STORED = frozenset(("/Length", "/Filter", "/DecodeParms"))
"""How a stream is stored, not what it holds."""
Pair = tuple[str, Any, Any]
"""Where two objects stand, and they."""


def is_own(data: bytes) -> bool:
    """True if a file says that this program wrote it last."""
    if data.startswith(b"PK"):
        root = PptxFile(data).roots.get("docProps/app.xml")
        return root is not None and [one.text for one in root if local(one) == "Application"] == [_MAKER]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(pdf.docinfo.get("/Producer", "")) == _MAKER


def is_kept(data: bytes, again: bytes) -> bool:
    """True if most slides or pages are written as they are when rendered again, whatever the file says of its maker: another
    program writes all of them anew."""
    if data.startswith(b"PK"):
        file, made = PptxFile(data), list(PptxFile(again).named(r"ppt/slide(?:Layout)?s/\w+\.xml"))
        held = [(one, file.roots.get(name)) for name, one in made]
        return 2 * sum(other is not None and not _first(one, other) for one, other in held) > len(made)
    with pikepdf.open(io.BytesIO(data)) as one, pikepdf.open(io.BytesIO(again)) as other:
        return 2 * sum(_steps(a) == _steps(b) for a, b in zip(one.pages, other.pages, strict=False)) > len(other.pages)


def differences(data: bytes, again: bytes) -> Iterator[str]:
    """Yields the places where a file is not the one that was rendered again: its parts with elements, its pages with keys."""
    if data.startswith(b"PK"):
        yield from _in_package(PptxFile(data), PptxFile(again))
        return
    with pikepdf.open(io.BytesIO(data)) as one, pikepdf.open(io.BytesIO(again)) as other:
        met = {(a.obj.objgen, b.obj.objgen) for a, b in zip(one.pages, other.pages, strict=False)}
        for number, (a, b) in enumerate(zip_longest(one.pages, other.pages), 1):
            if a is None or b is None or _steps(a) != _steps(b):
                yield f"page {number}"
            else:
                yield from _in_objects((f"page {number}", a.obj, b.obj), met)
        yield from _in_objects(("document", one.Root, other.Root), met)
        yield from _in_objects(("properties", one.docinfo, other.docinfo), met)


def _in_package(one: PptxFile, other: PptxFile, within: str = "") -> Iterator[str]:
    names = [info.filename for info in one.entries]
    yield from (within + name for name in sorted({name for name in names if names.count(name) > 1}))
    for name in sorted(one.parts.keys() | other.parts.keys()):
        a, b = one.parts.get(name, b""), other.parts.get(name, b"")
        roots = one.roots.get(name), other.roots.get(name)
        if a and b and a != b and name.endswith(".xlsx"):
            yield from _in_package(PptxFile(a), PptxFile(b), f"{name} ")
        elif a != b and (roots[0] is None or roots[1] is None):
            yield within + name
        elif roots[0] is not None and roots[1] is not None and (place := _first(roots[0], roots[1])):
            yield f"{within}{name} {place}"


def _first(one: Element, other: Element) -> str:
    """Returns where two trees part first, '' if they say the same."""
    keys = [str(key) for key in sorted({*one.attrib, *other.attrib}) if one.get(key) != other.get(key)]
    texts = [[(text or "").strip() for text in (each.text, each.tail)] for each in (one, other)]
    if one.tag != other.tag or keys or texts[0] != texts[1]:
        return " ".join((local(other), *(f"{etree.QName(key).localname}={one.get(key)}" for key in keys)))
    for a, b in zip_longest(one, other):
        if a is None or b is None:
            return f"{local(one)}/{local(b if a is None else a)}"
        if place := _first(a, b):
            return place
    return ""


def _steps(page: Page) -> list[object]:
    """Returns what a page paints, however its numbers are written."""
    return [(str(step.operator), [_plain(one) for one in step.operands]) for step in parse_content_stream(page)]


def _in_objects(pair: Pair, met: set[tuple[Any, Any]]) -> Iterator[str]:
    """Yields the first place where two objects, with all that hangs on them, are not the same. `met`: those already compared."""
    waiting = [*_inside(pair, "/Contents")]
    while waiting:
        place, a, b = waiting.pop()
        if isinstance(a, Object) and isinstance(b, Object) and a.is_indirect and b.is_indirect:
            if (a.objgen, b.objgen) in met:
                continue
            met.add((a.objgen, b.objgen))
        kinds = {one._type_code if isinstance(one, Object) else None for one in (a, b)}
        held = isinstance(a, Array | Dictionary | Stream)
        if len(kinds) > 1 or a is None or b is None or not (held or _plain(a) == _plain(b)):
            yield place
            return
        if isinstance(a, Stream) and _held(a) != _held(b):
            yield f"{place} stream"
            return
        waiting += _inside((place, a, b)) if held else ()


def _held(stream: Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a photograph's JPEG, which is not decoded
        return stream.read_raw_bytes()


def _inside(pair: Pair, beside: str = "") -> Iterator[Pair]:
    """Yields what two arrays or dictionaries hold, in pairs; None where one has nothing."""
    place, a, b = pair
    if isinstance(a, Array):
        yield from ((place, x, y) for x, y in zip_longest(a, b))
    else:
        keys = sorted({*a.keys(), *b.keys()} - _STORED - {beside})
        yield from ((f"{place} {key}", a.get(key), b.get(key)) for key in reversed(keys))


def _plain(value: Any) -> object:
    if isinstance(value, pikepdf.String):
        return bytes(value)
    if isinstance(value, Array):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Object) else round(float(value), 3)
