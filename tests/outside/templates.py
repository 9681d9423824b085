"""What of a brand is seen: `python tests/outside/templates.py OUT TEMPLATE…` makes a deck on each template, and the same slides of
the template empty, has LibreOffice draw both and counts the pixels outside the slides' own shapes that differ. OUT keeps decks,
drawings and a line for each slide. Exit code 1 if a slide differs by more than a hundredth, or a deck is not valid."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from openxml_audit import OpenXmlValidator
from PIL import Image, ImageDraw
from pptx import Presentation

from lhpub.build import Job, compose_all, read_all
from lhpub.diagnostics import Rejected
from lhpub.layout.brand import Brand, base_of
from lhpub.render.pptx import render_pptx
from lhpub.render.pptx.template import _as_presentation
from lhpub.world import World

ROOT = Path(__file__).parents[2]
WIDTH = 640
"""Pixels of a drawn slide."""
MARGIN, LEVEL, MOST = 8, 24, 0.01
"""Pixels around a shape that belong to it; levels of 255 that are seen; the share that may differ."""
SOURCE = """\
publication: {title: 我们的一年 二十个关键词, subtitle: 从容迈向新征程, organisation: 某某区, date: 2024-01-15}
themes:
  - {id: 建设, title: 投资与建设, lead: 开工与上马。}
keywords:
  - title: 重大项目
    theme: 建设
    date: 2023-01-29
    headline: 首批{首批}集中上马。
    body: 首批{首批}重大项目集中上马，总投资{投资}。
    facts:
      首批: {label: 首批集中上马的重大项目, value: 32, unit: 个}
      投资: {label: 首批总投资, value: 535.8, unit: 亿元}
      后续: {label: 后续总投资, value: 685.8, unit: 亿元}
    hero: 投资
  - {title: 数字孪生, theme: 建设, date: 2023-11-14, headline: 城市平台发布。, body: 数字孪生城市平台正式发布，今后将服务于规划、建设与治理。}
charts:
  - {kind: column, keyword: 重大项目, title: 两段开工, items: [{fact: 重大项目.投资, label: 首批}, {fact: 重大项目.后续, label: 后续}]}
  - {kind: timeline, title: 这一年}
"""


def deck_on(template: Path, folder: Path) -> tuple[bytes, Brand, list[str]]:
    """Returns the deck on a template, the brand as read and the master of each slide. Raises Rejected."""
    (folder / "brand").mkdir(parents=True)
    (folder / "source.yaml").write_text(SOURCE, encoding="utf-8")
    shutil.copy(template, folder / "brand")
    keys = f"extends: civic\ntitle: 品牌\ndeck: {{template: {template.name}}}\n"
    (folder / "brand" / "layout.yaml").write_text(keys, encoding="utf-8")
    job = Job(folder / "source.yaml", folder / "brand", ROOT / "fonts" / "fonts.yaml", folder / "out", ("deck",))
    read = read_all(World(ROOT), job)
    assert read.brand is not None
    composition = compose_all(read, ("deck",))[0]["deck"]
    return render_pptx(composition, read.brand), read.brand, [page.master for page in composition.pages]


def emptied(brand: Brand, masters: list[str]) -> bytes:
    """Returns the template with a slide without anything of its own for each of the deck's."""
    template = Presentation(io.BytesIO(_as_presentation(brand.data)))
    for known in list(template.slides._sldIdLst):
        template.part.drop_rel(known.rId)
        template.slides._sldIdLst.remove(known)
    layouts = {layout.name: layout for master in template.slide_masters for layout in master.slide_layouts}
    for master in masters:
        slide = template.slides.add_slide(layouts[brand.pages[base_of(master)].layout])
        for shape in list(slide.shapes):
            shape.element.getparent().remove(shape.element)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def drawn(files: list[Path]) -> None:
    """Has LibreOffice draw each file as a PDF beside it."""
    with tempfile.TemporaryDirectory() as home:
        command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "pdf", "--outdir", str(files[0].parent)]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


def pictures(file: Path) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as document:
        for page in document:
            yield page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")


def differing(deck: Path, empty: Path) -> Iterator[float]:
    """Yields the share of each slide's pixels outside its shapes that are not the empty template's."""
    slides = Presentation(str(deck))
    scale = WIDTH / int(slides.slide_width or 1)
    for slide, shown, bare in zip(slides.slides, pictures(deck), pictures(empty), strict=True):
        free = Image.new("1", shown.size, 1)
        for shape in slide.shapes:
            left, top = shape.left * scale - MARGIN, shape.top * scale - MARGIN
            size = (left, top, left + shape.width * scale + 2 * MARGIN, top + shape.height * scale + 2 * MARGIN)
            ImageDraw.Draw(free).rectangle(size, fill=0)
        away = np.abs(np.asarray(shown, dtype=int) - np.asarray(bare.resize(shown.size), dtype=int)).max(axis=2) > LEVEL
        yield float((away & np.asarray(free)).sum() / away.size)


def main(out: Path, templates: list[Path]) -> int:
    out.mkdir(parents=True, exist_ok=True)
    made, failed = [], False
    for template in templates:
        deck, empty = out / f"{template.stem}.pptx", out / f"{template.stem}-empty.pptx"
        try:
            with tempfile.TemporaryDirectory() as folder:
                data, brand, masters = deck_on(template, Path(folder))
        except Rejected as rejected:
            print(f"{template.name}: {'; '.join(d.message.en for d in rejected.diagnostics)}")
            continue
        deck.write_bytes(data)
        empty.write_bytes(emptied(brand, masters))
        errors = OpenXmlValidator().validate(str(deck)).errors
        failed |= bool(errors)
        made.append((deck, empty, masters, len(errors)))
    drawn([file for deck, empty, _, _ in made for file in (deck, empty)])
    for deck, empty, masters, errors in made:
        shares = list(differing(deck, empty))
        failed |= max(shares) > MOST
        told = " ".join(f"{master} {share:.2%}" for master, share in zip(masters, shares, strict=True))
        print(f"{deck.stem}: {errors} errors; most {max(shares):.2%}; {told}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
