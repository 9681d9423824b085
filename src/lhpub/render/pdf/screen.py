"""The screen file: tagged PDF/UA-1 with PDF/A-2a, sRGB, links, bookmarks; brochure and deck preview alike."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from lhpub.boxes import Composition
from lhpub.render.pdf.draw import PageCanvas, PageDrawing, Pen
from lhpub.render.pdf.fonts import embed_fonts, font_object
from lhpub.render.pdf.inks import Inks
from lhpub.render.pdf.metadata import write_metadata, write_output_intent, xmp_packet
from lhpub.render.pdf.pictures import image_object, screen_picture, srgb_profile
from lhpub.render.pdf.structure import Element, TreeWriter
from lhpub.render.pdf.targets import check_targets
from lhpub.walk import anchors

SRGB_CONDITION = "sRGB IEC61966-2.1"


def render_pdf(composition: Composition) -> bytes:
    """Returns the screen file of a brochure or deck: trim size, tagged, sRGB.

    Raises `Rejected` if a link or bookmark names an anchor that no page has.
    """
    check_targets(composition)
    out = io.BytesIO()
    canvas = new_canvas(out)
    masters = {master.name: master.boxes for master in composition.masters}
    pen = Pen(canvas, embed_fonts(composition), Inks(for_press=False), lambda box, _ground: screen_picture(box), masters)
    document, before = Element("Document"), ""
    for index, page in enumerate(composition.pages):
        canvas.setPageSize((page.size.width, page.size.height))
        goes_on = index and page.section and page.section == before
        section = document.last("Sect", page.section) if goes_on else document.add("Sect", key=page.section)
        section.title = before = page.section
        PageDrawing(pen, page, (0.0, page.size.height), index).draw(section)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as pdf:
        write_resources(pdf, pen)
        _write_navigation(pdf, composition, document)
        packet = xmp_packet(composition.metadata, composition.medium, out.getvalue(), press=False)
        write_metadata(pdf, composition.metadata, packet, press=False)
        write_output_intent(pdf, srgb_profile(), SRGB_CONDITION, press=False)
        return saved(pdf)


def new_canvas(out: io.BytesIO) -> PageCanvas:
    """Returns a canvas whose bytes depend on what is drawn alone."""
    return PageCanvas(out, pageCompression=0, invariant=1)


def saved(pdf: Pdf) -> bytes:
    """Returns the file's bytes: PDF 1.7, packed, with an /ID made from its content."""
    out, packed = io.BytesIO(), pikepdf.ObjectStreamMode.generate
    pdf.save(out, force_version="1.7", deterministic_id=True, object_stream_mode=packed, compress_streams=True)
    return out.getvalue()


def write_resources(pdf: Pdf, pen: Pen, extra: Mapping[str, Object] | None = None) -> None:
    """Gives every page the fonts, pictures and further resources that its content names."""
    resources = Dictionary(Font=Dictionary({"/" + font.resource: font_object(pdf, font) for font in pen.fonts.values()}))
    if pen.pictures:
        resources.XObject = Dictionary({name: image_object(pdf, picture, pen.inks) for name, picture in pen.pictures.values()})
    for key, value in (extra or {}).items():
        resources[key] = value
    shared = pdf.make_indirect(resources)
    for page in pdf.pages:
        page.obj.Resources = shared


def _write_navigation(pdf: Pdf, composition: Composition, document: Element) -> None:
    pages = anchors(composition)
    targets = {anchor: Array([pdf.pages[index].obj, Name.Fit]) for anchor, index in pages.items()}
    TreeWriter(pdf, targets, {mark.anchor: mark.title for mark in composition.bookmarks}).write(document)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageLayout = Name.TwoPageRight if composition.medium == "brochure" else Name.SinglePage
    labels = [Dictionary(P=String(page.label)) for page in composition.pages]
    pdf.Root.PageLabels = Dictionary(Nums=Array(value for pair in enumerate(labels) for value in pair))
    if composition.bookmarks:
        pdf.Root.PageMode = Name.UseOutlines
    with pdf.open_outline() as outline:
        trail: list[OutlineItem] = []
        for bookmark in composition.bookmarks:
            item = OutlineItem(bookmark.title, targets[bookmark.anchor])
            del trail[bookmark.level :]
            (trail[-1].children if trail else outline.root).append(item)
            trail.append(item)
