"""The dumps of the sample in each layout: `python -m tests.golden.golden` writes them anew and prints what changed."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.golden.dump import dump
from tests.suite.workshop import ROOT, SAMPLE, make

HERE = Path(__file__).parent
LAYOUTS = sorted(path.parent.name for path in (ROOT / "layouts").glob("*/layout.yaml"))


def dumps(layout: str) -> Iterator[tuple[Path, str]]:
    """Yields the golden files of a layout with what they should hold."""
    made = make(SAMPLE, ROOT / "layouts" / layout)
    for composition in (made.brochure, made.deck):
        yield HERE / f"{layout}-{composition.medium}.txt", dump(composition)


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
