"""What a written deck states: texts, alternative texts and links by the shapes' names, notes, sections, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lhpub.verify.pptx_file import Element, PptxFile, R, found, local, words
from lhpub.verify.reading import Statement
from lhpub.verify.stated import NO_BREAK_SPACE

_POINT = 12700
"""EMU."""
_TINY = 300
"""Hundredths of a point."""
_MADE = ("created", "modified", "lastModifiedBy", "language", "revision")
"""Properties that state nothing of the publication."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BREAK, _TEXT, _PARAGRAPH, _LINK = f"{_A}br", f"{_A}t", f"{_A}p", f"{_A}hlinkClick"


def read_deck(file: PptxFile, on_template: bool = False) -> Iterator[Statement]:
    """Yields what the deck states, slide by slide, then of the whole; of a designer's layouts nothing."""
    slides = file.slides()
    numbers = {name: f"→ {number}" for number, (name, _) in enumerate(slides, 1)}
    for number, (name, root) in enumerate(slides, 1):
        yield from _slide(file, (number, name, root), numbers)
        if not on_template:
            yield from _drawn(number, "图形", root)
    yield from () if on_template else _behind(file, slides)
    core = file.roots.get("docProps/core.xml")
    for element in () if core is None else core:
        if local(element) not in _MADE:
            yield Statement(0, local(element), "info", element.text or "")
    hidden = [name for name, root in slides if root.get("show") in ("0", "false")]
    yield Statement(0, "slides", "info", str(len(slides)))
    app = file.roots.get("docProps/app.xml")
    named = [] if app is None else found(app, "*[local-name()='Company' or local-name()='Manager']")
    yield from (Statement(0, local(one), "info", one.text or "") for one in named)
    odd = (name for name in file.parts if re.search(r"/custom\.xml$|omments?/|/comment|/ink/|/tags/", name))
    yield from (Statement(0, name, "info", "有") for name in odd)
    yield from (Statement(0, "hidden", "info", name) for name in hidden)
    for section in [] if file.presentation is None else found(file.presentation, "//p14:section"):
        count = len(found(section, ".//p14:sldId"))
        yield Statement(0, "节", "info", f"{section.get('name')} {count}")


def _slide(file: PptxFile, slide: tuple[int, str, Element], numbers: dict[str, str]) -> Iterator[Statement]:
    number, part, root = slide
    relations = file.relations.get(part, {})
    links = set[tuple[str, str]]()
    for properties in found(root, "//p:cNvPr"):
        name, shape = properties.get("name", ""), properties.getparent().getparent()  # type: ignore[union-attr]
        yield Statement(number, name, "alt", properties.get("descr", ""))
        yield Statement(number, name, "alt", properties.get("title", ""))
        is_group = local(shape) in ("grpSp", "spTree")  # type: ignore[arg-type]
        if not is_group:
            yield Statement(number, name, "text", text_of(shape))  # type: ignore[arg-type]
            yield Statement(number, name, "info", _unseen(shape, file.size))  # type: ignore[arg-type]
        for link in properties.iterchildren(_LINK) if is_group else shape.iter(_LINK):  # type: ignore[union-attr]
            relation = relations.get(link.get(R + "id", ""))
            target = numbers.get(relation.target, relation.target) if relation else "?"
            tip = link.get("tooltip", "")  # that of an area without words is its name
            links.add((name, f"{target} {tip}" if tip not in ("", name) else target))
    yield from (Statement(number, name, "link", target) for name, target in sorted(links))
    notes = (file.roots.get(name) for name in file.related(part, "notesSlide"))
    bodies = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='body']]"
    texts = (text_of(shape) for sheet in notes if sheet is not None for shape in found(sheet, bodies))
    yield Statement(number, "备注", "notes", "\n".join(texts))


def _behind(file: PptxFile, slides: list[tuple[str, Element]]) -> Iterator[Statement]:
    """Yields which layout each slide has, and what layouts, masters and the pages of notes show beside their placeholders."""
    for number, (name, _) in enumerate(slides, 1):
        layouts = (file.roots.get(part) for part in file.related(name, "slideLayout"))
        yield from (Statement(number, "版式", "info", _name(root)) for root in layouts if root is not None)
    for pattern in (r"ppt/slideLayouts/\w+\.xml", r"ppt/slideMasters/\w+\.xml", r"ppt/notes\w+/\w+\.xml"):
        for part, root in file.named(pattern):
            name = f"版式 {_name(root)}" if "Layout" in part else part
            own = found(root, "//p:sp[not(.//p:ph)] | //p:graphicFrame")
            yield from (Statement(0, name, "text", text_of(shape)) for shape in own)
            yield from _drawn(0, name, root)
            if "Layout" in part:
                shapes = found(root, "//p:sp[.//p:ph]")
                held = sorted(("".join(words(shape, "*/p:cNvPr/@name")), text_of(shape)) for shape in shapes)
                yield Statement(0, f"{name} 提示", "info", "，".join(text for _, text in held))


def _name(root: Element) -> str:
    return "".join(words(root, "p:cSld/@name"))


def _drawn(page: int, name: str, root: Element) -> Iterator[Statement]:
    """Yields the drawings and pictures, bottom first."""
    for shape in found(root, "//p:sp[not(.//p:ph) and not(.//a:t)] | //p:cxnSp | //p:pic[not(.//p:ph)] | //p:pic[.//p:ph]"):
        paths = [f"p:spPr/a:xfrm/{path}" for path in ("a:off/@x", "a:off/@y", "a:ext/@cx", "a:ext/@cy")]
        place = tuple(int(value) / _POINT for path in paths for value in words(shape, path))
        yield Statement(page, name, "drawing", "图片" if local(shape) == "pic" else "图形", at=place)


def _unseen(shape: Element, size: tuple[int, int]) -> str:
    """Returns why a text cannot be seen, '' if it can."""
    edges = [int(v) for v in words(shape, "p:spPr/a:xfrm/a:off/@* | p:xfrm/a:off/@*")]
    if edges and not (-size[0] < edges[0] < size[0] and -size[1] < edges[1] < size[1]):
        return "在片外"
    if found(shape, "*/p:cNvPr[@hidden='1' or @hidden='true']"):
        return "隐藏着"
    if any(int(size) < _TINY for size in words(shape, ".//a:r/a:rPr/@sz")):
        return "字小得看不见"
    if found(shape, ".//a:rPr[@strike!='noStrike']"):
        return "有删除线"
    return "无色" if found(shape, ".//a:r[a:t]/a:rPr/a:noFill") else ""


def text_of(shape: Element) -> str:
    """Returns a shape's text: paragraphs and intended breaks as newlines, no spaces between a numeral and its unit."""
    lines = (
        "".join("\n" if piece.tag == _BREAK else piece.text or "" for piece in paragraph.iter(_BREAK, _TEXT))
        for paragraph in shape.iter(_PARAGRAPH)
    )
    return "\n".join(lines).replace(NO_BREAK_SPACE, "")
