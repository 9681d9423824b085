"""A deck's composition as the bytes of a .pptx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from pptx.opc.package import Part

from lhpub.boxes import Box, Composition, LinkBox, Page, TextBox
from lhpub.compose.notes import NOTES, ROOMS, room_for
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span
from lhpub.layout.brand import Brand
from lhpub.render.pptx.adopt import adopt_masters
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import background, place
from lhpub.render.pptx.layouts import (
    NOTES_SIZE,
    OWN_COLOURS,
    TYPE,
    Layout,
    add_master,
    add_notes_master,
    default_levels,
    picture_on_notes,
    slide_image,
)
from lhpub.render.pptx.package import RELATIONSHIP, Package
from lhpub.render.pptx.properties import add_document_properties, add_presentation_properties
from lhpub.render.pptx.shapes import Deck, Sheet
from lhpub.render.pptx.template import Template, kept_parts
from lhpub.render.pptx.text import all_boxes, plain_paragraphs
from lhpub.render.pptx.theme import DEFAULT_THEME
from lhpub.render.pptx.xml import EMPTY, Xml, document, el, emu
from lhpub.units import Rect

_FIRST_SLIDE_ID = 256
_SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_KINSOKU = Xml(
    '<p:kinsoku lang="zh-CN" invalStChars="，。、；：？！）》」』】〕〉”’" invalEndChars="（《「『【〔〈“‘"/>'
)
_FADE = Xml('<p:transition spd="med"><p:fade/></p:transition>')


def render_pptx(composition: Composition, brand: Brand | None = None) -> bytes:
    """Returns the .pptx of a deck: layouts, slides, native charts with workbooks, notes, sections. Equal compositions
    give equal bytes. `brand`: a template whose layouts are filled. Raises Rejected for a link to nowhere."""
    theme, pages = composition.theme or DEFAULT_THEME, composition.pages
    _refuse_unknown_anchors(pages)
    base = Template(brand.data, brand.file) if brand else None
    package = Package(kept_parts(base, {"major": theme.major, "minor": theme.minor}) if base else ())
    presentation = package.part("/ppt/presentation.xml", TYPE + "presentation.main+xml")
    package.relate(presentation, RELATIONSHIP + "officeDocument")
    slides = [package.part("/ppt/slides/slide*.xml", TYPE + "slide+xml") for _ in pages]
    anchors = {name: part for page, part in zip(pages, slides, strict=True) for name in page.anchors}
    deck = Deck(package, Scheme.of(theme), anchors, composition.metadata.date[:10])
    if base and brand:
        masters = adopt_masters(deck, base, brand, composition.masters)
    else:
        masters = add_master(deck, theme, composition.masters, pages[0].size)
    for page, part in zip(pages, slides, strict=True):
        _write_slide(deck, page, part, masters.layouts[page.master], _FADE if composition.fade else EMPTY)
    paper = replace(theme, colours=()) if brand else theme  # a dark template's notes are printed on white paper
    notes_master = add_notes_master(package, paper, pages[0].size) if any(page.notes for page in pages) else None
    for page, part in zip(pages, slides, strict=True):
        if page.notes and notes_master:
            _write_notes(deck, page, part, notes_master)
    presentation.blob = _presentation(composition, presentation, masters.parts, slides, notes_master)
    first = next(iter(masters.parts.values()))
    presentation.relate_to(first.part_related_by(RELATIONSHIP + "theme"), RELATIONSHIP + "theme")
    add_presentation_properties(package, presentation)
    add_document_properties(package, composition)
    return package.to_bytes()


def _refuse_unknown_anchors(pages: tuple[Page, ...]) -> None:
    """Raises Rejected naming every link to an anchor that no slide has."""
    anchors = {name for page in pages for name in page.anchors}
    links = [link for page in pages for link in _links(page.boxes)]
    lost = [(target, span) for target, span in links if target.startswith("#") and target[1:] not in anchors]
    if lost:
        raise Rejected(tuple(_lost_anchor(target, span) for target, span in lost))


def _links(boxes: tuple[Box, ...]) -> Iterator[tuple[str, Span | None]]:
    for box in all_boxes(boxes):
        if isinstance(box, LinkBox):
            yield box.target, None
        elif isinstance(box, TextBox):
            runs = (run.link for source in box.paragraphs for run in source.runs)
            yield from ((link, box.span) for link in (box.link, *runs) if link)


def _lost_anchor(target: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        "unknown-anchor", Severity.ERROR,
        Bilingual(f"链接 {target} 没有对应的幻灯片", f"no slide has the anchor that {target} names"),
        Bilingual("改链接，或给目标母版写 anchor", "change the link, or give its master that anchor"), span,
    )  # fmt: skip


def _write_slide(deck: Deck, page: Page, part: Part, layout: Layout, transition: Xml) -> None:
    part.relate_to(layout.part, RELATIONSHIP + "slideLayout")
    deck = replace(deck, scheme=layout.scheme) if layout.scheme else deck
    ground = background(page.ground, deck.scheme) if page.ground != layout.ground else EMPTY
    tree = Sheet(part, deck, layout.placeholders).tree(page.boxes)
    part.blob = document("p:sld", "apr", None, el("p:cSld", None, ground, tree), OWN_COLOURS, transition)


def _write_notes(deck: Deck, page: Page, slide: Part, master: Part) -> None:
    """Adds the notes page of a slide."""
    part = deck.package.part("/ppt/notesSlides/notesSlide*.xml", TYPE + "notesSlide+xml")
    part.relate_to(master, RELATIONSHIP + "notesMaster")
    part.relate_to(slide, RELATIONSHIP + "slide")
    slide.relate_to(part, RELATIONSHIP + "notesSlide")
    sheet = Sheet(part, deck)
    size, height = room_for(page.notes) or ROOMS[-1]
    is_moved = height != NOTES.height
    body_at = place(Rect(NOTES.x, NOTES.bottom - height, NOTES.width, height)) if is_moved else EMPTY
    image = slide_image(sheet, place(picture_on_notes(page.size, NOTES.bottom - height)) if is_moved else EMPTY)
    bound = Xml('<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr>')
    said = plain_paragraphs(page.notes, None if size == ROOMS[0][0] else size)
    body = el("p:txBody", None, Xml("<a:bodyPr/><a:lstStyle/>"), said)
    words = el("p:sp", None, el("p:nvSpPr", None, sheet.named("备注"), bound), el("p:spPr", None, body_at), body)
    part.blob = document("p:notes", "apr", None, el("p:cSld", None, sheet.tree((), image, words)), OWN_COLOURS)


def _presentation(
    composition: Composition, part: Part, masters: Mapping[int, Part], slides: list[Part], notes_master: Part | None
) -> bytes:
    """Returns p:presentation, its children in the schema's order (ECMA-376 19.2.1.26)."""

    def entry(tag: str, kind: str, target: Part, number: int | None) -> Xml:
        # relate_to() looks through all earlier relationships for an equal one, and there is none.
        return el(tag, {"id": number, "r:id": part.rels._add_relationship(RELATIONSHIP + kind, target)})

    master_ids = (entry("p:sldMasterId", "slideMaster", target, id_) for id_, target in masters.items())
    slide_ids = (entry("p:sldId", "slide", target, _FIRST_SLIDE_ID + n) for n, target in enumerate(slides))
    lists = [el("p:sldMasterIdLst", None, *master_ids)]
    if notes_master:
        lists.append(el("p:notesMasterIdLst", None, entry("p:notesMasterId", "notesMaster", notes_master, None)))
    lists.append(el("p:sldIdLst", None, *slide_ids))
    size = composition.pages[0].size
    sizes = (
        el("p:sldSz", {"cx": emu(size.width), "cy": emu(size.height)}),
        el("p:notesSz", {"cx": emu(NOTES_SIZE.width), "cy": emu(NOTES_SIZE.height)}),
    )
    style = el("p:defaultTextStyle", None, default_levels("minor", 18, 5))
    return document("p:presentation", "apr", None, *lists, *sizes, _KINSOKU, style, _sections(composition))


def _sections(composition: Composition) -> Xml:
    """Returns the section list (a PowerPoint 2010 extension); its ids follow from publication and section."""
    if not composition.sections:
        return EMPTY
    places = {page.number: _FIRST_SLIDE_ID + place for place, page in enumerate(composition.pages)}
    sections: list[Xml] = []
    for order, (name, numbers) in enumerate(composition.sections):
        guid = f"{{{uuid5(NAMESPACE_URL, f'{composition.metadata.id}/{order}/{name}')}}}".upper()
        slides = (Xml(f'<p14:sldId id="{places[number]}"/>') for number in numbers)
        sections.append(el("p14:section", {"name": name, "id": guid}, el("p14:sldIdLst", None, *slides)))
    listed = el("p14:sectionLst", {"xmlns:p14": _SECTIONS}, *sections)
    return el("p:extLst", None, el("p:ext", {"uri": "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"}, listed))
