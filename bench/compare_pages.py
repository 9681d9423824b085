"""Draws pages' running text three times side by side: as lhpub, Typst and ReportLab's own paragraphs set it.

Same text, font, size, leading and measure; grey hairlines show the measure. For looking at, line by line.
Run: PYTHONPATH=src python bench/compare_pages.py TYPST_PYTHON [OUT.png [PAGE …]]
TYPST_PYTHON: the python of any environment that has the package `typst`; without it there is nothing to compare.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from fontTools.ttLib import TTFont as SourceFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import Image, ImageDraw
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as OtherParagraph

from lhpub.boxes import Composition, TextBox
from lhpub.build import Job, Read, compose_all, read_all
from lhpub.render.pdf import render_pdf
from lhpub.text.model import Paragraph, Run, TextStyle
from lhpub.units import Rect, Size
from lhpub.walk import texts
from lhpub.world import World

ROOT = Path(__file__).resolve().parents[1]
PAGES = (2, 14, 20)
EDGE, GAP = 12.0, 18.0
"""Points around the texts, and between two of them."""
SCALE = 3.0
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"


@dataclass(frozen=True)
class Sheet:
    """The texts to set, under one another, in a width that all share."""

    boxes: tuple[TextBox, ...]
    width: float

    def tops(self) -> list[float]:
        """Returns each text's top, and last of all the sheet's foot."""
        tops = [EDGE]
        for box in self.boxes:
            leading = box.paragraphs[0].style.leading
            tops.append(tops[-1] + (len(box.lines) + 1) * leading + GAP)  # a line more, should another setter need it
        return tops

    @property
    def size(self) -> Size:
        return Size(self.width + 2 * EDGE, self.tops()[-1])


def ours(sheet: Sheet, composition: Composition) -> bytes:
    """Returns the texts as the brochure has them."""
    placed = [
        replace(box, rect=Rect(EDGE, top, box.rect.width, box.rect.height), origin=(EDGE, top), link=None)
        for box, top in zip(sheet.boxes, sheet.tops(), strict=False)
    ]
    page = replace(composition.pages[0], number=1, size=sheet.size, ground=None, boxes=tuple(placed), bleed=0.0, anchors=())
    return render_pdf(replace(composition, pages=(page,), bookmarks=()))


def typst(sheet: Sheet, python: str, font: Path) -> bytes:
    """Returns the texts as Typst sets them: justified, with its own optimiser of lines."""
    size = sheet.size
    lines = [f"#set page(width: {size.width}pt, height: {size.height}pt, margin: 0pt)"]
    for box, top in zip(sheet.boxes, sheet.tops(), strict=False):
        style = box.paragraphs[0].style
        lead, edges = style.leading - style.size, "top-edge: 0.88em, bottom-edge: -0.12em"
        head = f'#set text(font: "{style.family}", size: {style.size}pt, lang: "zh", region: "cn", {edges})\n'
        indent = f"first-line-indent: (amount: {style.indent}em, all: true)"
        head += f"#set par(justify: true, leading: {lead}pt, spacing: {lead}pt, {indent})\n"
        body = "\n\n".join("".join(_typst_run(run) for run in paragraph.runs) for paragraph in box.paragraphs)
        lines.append(f"#place(dx: {EDGE}pt, dy: {top}pt, block(width: {box.rect.width}pt)[{head}{body}])")
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "text.typ", Path(folder) / "text.pdf"
        source.write_text("\n".join(lines), encoding="utf-8")
        subprocess.run([python, "-c", TYPST, str(source), str(out), str(font.parent)], check=True)
        return out.read_bytes()


def _typst_run(run: Run) -> str:
    text = "".join(f"\\{c}" if c in "\\#*_$[]@<>`~-" else c for c in run.text)
    return f"#text(weight: {run.style.weight})[{text}]"


def reportlab(sheet: Sheet, font: Path) -> bytes:
    """Returns the texts as ReportLab's Paragraph sets them with wordWrap CJK; it cannot justify those."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "text.pdf"
        canvas = Canvas(str(out), pagesize=(sheet.size.width, sheet.size.height))
        for box, top in zip(sheet.boxes, sheet.tops(), strict=False):
            for paragraph in box.paragraphs:
                style = paragraph.style
                names = [_register(run.style, font, folder) for run in paragraph.runs]
                runs = zip(names, paragraph.runs, strict=True)
                body = "".join(f'<font name="{name}">{escape(run.text)}</font>' for name, run in runs)
                look = ParagraphStyle("body", fontName=_register(style, font, folder), fontSize=style.size, leading=style.leading,
                                      wordWrap="CJK", alignment=4, firstLineIndent=style.indent * style.size)  # fmt: skip
                other = OtherParagraph(body, look)
                _, height = other.wrap(box.rect.width, 1000)
                # ReportLab's first baseline lies one size below the top, ours 0.88.
                other.drawOn(canvas, EDGE, sheet.size.height - top - height + 0.12 * style.size)
                top += height
        canvas.save()
        return out.read_bytes()


def _register(style: TextStyle, font: Path, folder: str) -> str:
    """Returns the name of the font at the style's weight, instantiated for ReportLab, which knows no variable fonts."""
    name = f"text-{style.weight}"
    if name not in pdfmetrics.getRegisteredFontNames():
        static = instantiateVariableFont(SourceFont(str(font)), {"wght": style.weight})
        static.save(f"{folder}/{name}.ttf")
        pdfmetrics.registerFont(TTFont(name, f"{folder}/{name}.ttf"))
    return name


def picture(sheet: Sheet, files: list[bytes]) -> Image.Image:
    """Returns the first pages side by side with the measure drawn."""
    shown = []
    for data in files:
        with pypdfium2.PdfDocument(data) as document:
            image = document[0].render(scale=SCALE).to_pil().convert("RGB")
        draw = ImageDraw.Draw(image)
        for x in (EDGE, EDGE + sheet.width):
            draw.line([(x * SCALE, 0), (x * SCALE, image.height)], fill=(255, 140, 140))
        shown.append(image)
    whole = Image.new("RGB", (sum(image.width for image in shown), shown[0].height), "white")
    for number, image in enumerate(shown):
        whole.paste(image, (number * shown[0].width, 0))
    return whole


def running_text(composition: Composition, numbers: tuple[int, ...]) -> Sheet:
    """Returns the justified texts of some pages."""
    found = [
        box
        for page in composition.pages if page.number in numbers
        for box in texts(page, composition) if _is_running(box.paragraphs)
    ]  # fmt: skip
    return Sheet(tuple(found), max(box.rect.width for box in found))


def _is_running(paragraphs: tuple[Paragraph, ...]) -> bool:
    return bool(paragraphs) and paragraphs[0].style.align == "justify"


def read_sample() -> Read:
    job = Job(ROOT / "source/longhua-2023.yaml", ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", Path("unused"))
    return read_all(World(ROOT), job)


def main() -> None:
    """Writes the picture."""
    if len(sys.argv) < 2 or subprocess.run([sys.argv[1], "-c", "import typst"], capture_output=True).returncode:
        print("skipped: give the python of an environment that has the package `typst`")
        return
    out = Path(sys.argv[2] if len(sys.argv) > 2 else "compare-pages.png")
    read = read_sample()
    composition = compose_all(read, ("brochure",))[0]["brochure"]
    sheet = running_text(composition, tuple(map(int, sys.argv[3:])) or PAGES)
    font = read.book.families[sheet.boxes[0].paragraphs[0].style.family].faces[0].path
    picture(sheet, [ours(sheet, composition), typst(sheet, sys.argv[1], font), reportlab(sheet, font)]).save(out)
    print(f"{out}: lhpub, Typst, ReportLab from left to right; {len(sheet.boxes)} texts")


if __name__ == "__main__":
    main()
