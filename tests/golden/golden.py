"""The dumps of the sample in each layout: `python -m tests.golden.golden` writes them anew and prints what changed."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lhpub.papers.job import job_sheet
from lhpub.render.pdf import PressSettings, default_profile
from lhpub.units import mm
from tests.golden.dump import dump
from tests.suite.workshop import ROOT, SAMPLE, make

HERE = Path(__file__).parent
LAYOUTS = sorted(path.parent.name for path in (ROOT / "layouts").glob("*/layout.yaml"))


def dumps(layout: str) -> Iterator[tuple[Path, str]]:
    """Yields the golden files of a layout with what they should hold."""
    made = make(SAMPLE, ROOT / "layouts" / layout)
    for composition in (made.brochure, made.deck):
        yield HERE / f"{layout}-{composition.medium}.txt", dump(composition)
    yield HERE / f"{layout}-press-job.txt", dump(job_sheet(made.brochure, press_files(layout), made.read.book))


def press_files(layout: str) -> dict[str, PressSettings]:
    """Returns what a layout's job sheet speaks of: plain is glued on a paper of 0.12 mm, the others are stitched or flat."""
    whole = PressSettings(default_profile())
    if layout != "plain":
        return {"brochure-press": whole, "brochure-imposed": replace(whole, imposition="saddle", paper=mm(0.1))}
    return {f"{name}-press": replace(whole, part=part, paper=mm(0.12)) for name, part in (("brochure", "block"), ("cover", "cover"))}


def changes(file: Path, text: str) -> str:
    """Returns the difference between a golden file and a dump."""
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return "\n".join(difflib.unified_diff(before, text.splitlines(), file.name, "now", lineterm="", n=0))


def main() -> None:
    for layout in LAYOUTS:
        for file, text in dumps(layout):
            print(changes(file, text) or f"{file.name}: as before")
            file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
