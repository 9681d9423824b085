"""One page as a picture: drawn by the program's own PDF renderer, as the screen file or the press file has it."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

import pikepdf
import pypdfium2

from lhpub.boxes import Composition, Page
from lhpub.render.pdf.draw import PageDrawing, Pen
from lhpub.render.pdf.fonts import embed_fonts
from lhpub.render.pdf.inks import Inks
from lhpub.render.pdf.pictures import screen_picture
from lhpub.render.pdf.press import PressSettings, render_press
from lhpub.render.pdf.screen import new_canvas, write_resources
from lhpub.render.pdf.structure import Element

QUALITY = 95
"""Of the JPEG pictures; their colours are not subsampled. A PNG of a page takes five times as long to write."""
_PDFIUM = threading.Lock()
"""PDFium takes one call at a time."""


def screen_page(composition: Composition, page: Page) -> bytes:
    """Returns one page as a PDF, drawn as the screen file draws it, without tags and links."""
    one = replace(composition, pages=(page,))
    out = io.BytesIO()
    masters = {master.name: master.boxes for master in composition.masters}
    pen = Pen(new_canvas(out), embed_fonts(one), Inks(for_press=False), lambda box, _: screen_picture(box), masters)
    pen.canvas.setPageSize((page.size.width, page.size.height))
    PageDrawing(pen, page, (0.0, page.size.height), None).draw(Element("Sect"))
    pen.canvas.showPage()
    pen.canvas.save()
    with pikepdf.open(out) as pdf:
        write_resources(pdf, pen)
        drawn = io.BytesIO()
        pdf.save(drawn, compress_streams=False)
        return drawn.getvalue()


def press_page(composition: Composition, page: Page, settings: PressSettings) -> bytes:
    """Returns one page of the press file, with its marks. Raises Rejected where there can be no press file."""
    return render_press(replace(composition, pages=(page,)), replace(settings, multiple=0, imposition="none"))


def rasterise(pdf: bytes, width: int, *, index: int = 0, grey: bool = False) -> bytes:
    """Returns a page of a PDF as a picture so many pixels wide: a JPEG, or a grey PNG whose values are to be read."""
    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        page = document[index]
        bitmap = page.render(scale=width / page.get_width(), grayscale=grey)
        image = bitmap.to_pil()
        image.load()
        out = io.BytesIO()
        if grey:
            image.convert("L").save(out, "PNG", compress_level=1)
        else:
            image.convert("RGB").save(out, "JPEG", quality=QUALITY, subsampling=0)
        document.close()
    return out.getvalue()
