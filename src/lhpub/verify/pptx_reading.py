"""What a written deck states: texts, alternative texts and links by the shapes' names, notes, sections, properties."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.verify.pptx_file import Element, PptxFile, R, found, local
from lhpub.verify.reading import Statement
from lhpub.verify.stated import NO_BREAK_SPACE

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BREAK, _TEXT, _PARAGRAPH, _LINK = f"{_A}br", f"{_A}t", f"{_A}p", f"{_A}hlinkClick"


def read_deck(file: PptxFile) -> Iterator[Statement]:
    """Yields what the deck states, slide by slide, then of the whole."""
    slides = file.slides()
    numbers = {name: f"→ {number}" for number, (name, _) in enumerate(slides, 1)}
    for number, (name, root) in enumerate(slides, 1):
        yield from _slide(file, (number, name, root), numbers)
    core = file.roots.get("docProps/core.xml")
    for element in () if core is None else core:
        if local(element) in ("title", "subject", "creator", "keywords"):
            yield Statement(0, local(element), "info", element.text or "")
    hidden = [name for name, root in slides if root.get("show") in ("0", "false")]
    yield Statement(0, "slides", "info", str(len(slides)))
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
        is_group = local(shape) in ("grpSp", "spTree")  # type: ignore[arg-type]
        if not is_group:
            yield Statement(number, name, "text", _text(shape))  # type: ignore[arg-type]
        for link in properties.iterchildren(_LINK) if is_group else shape.iter(_LINK):  # type: ignore[union-attr]
            relation = relations.get(link.get(R + "id", ""))
            links.add((name, numbers.get(relation.target, relation.target) if relation else "?"))
    yield from (Statement(number, name, "link", target) for name, target in sorted(links))
    notes = (file.roots.get(name) for name in file.related(part, "notesSlide"))
    bodies = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='body']]"
    texts = (_text(shape) for sheet in notes if sheet is not None for shape in found(sheet, bodies))
    yield Statement(number, "备注", "notes", "\n".join(texts))


def _text(shape: Element) -> str:
    """Returns a shape's text: paragraphs and intended breaks as newlines, no spaces between a numeral and its unit."""
    lines = (
        "".join("\n" if piece.tag == _BREAK else piece.text or "" for piece in paragraph.iter(_BREAK, _TEXT))
        for paragraph in shape.iter(_PARAGRAPH)
    )
    return "\n".join(lines).replace(NO_BREAK_SPACE, "")
