"""Composes trial publications of every size in the shipped layouts, without rendering, and prints a table.

    PYTHONPATH=src python tests/outside/matrix.py [-l civic] [-k 6 -k 60] [-t 5] [-m deck] [--why]

For each layout, medium, number of keywords and of themes: errors, entries or pictures left out, warnings, pages and the
share that the layout below set. Exit code 1 if anything is refused or left out, or if more than a fifth of a look's pages
at 6–60 keywords is not its own. `--why`: which masters did not hold, and why, most frequent first.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from lhpub.build import Job, read_all, read_look, try_layout
from lhpub.diagnostics import Rejected, Severity, Span
from lhpub.trials import MEDIA, TRIALS, Trial, read_words, trial_world
from lhpub.world import World

ROOT = Path(__file__).parents[2]
LOOKS = ("plain", "civic", "horizon")
KEYWORDS = (1, 6, 20, 21, 30, 60, 200)
THEMES = (0, 1, 5, 12)
PICTURES = 4
"""A picture for every so many keywords."""
SHARE = 0.2
"""Of a look's pages at 6–60 keywords, the most that may be another's."""
LEFT_OUT = ("entry-left-out",)


@dataclass(frozen=True)
class Cell:
    """What came of one composition."""

    look: str
    medium: str
    keywords: int
    themes: int
    errors: tuple[str, ...]
    warnings: int
    pages: int
    below: int
    reasons: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.below / self.pages if self.pages else 0.0

    @property
    def is_right(self) -> bool:
        own = self.look == "plain" or not 6 <= self.keywords <= 60 or self.share <= SHARE
        return own and not self.errors


def compose_cell(case: tuple[str, int, int, int]) -> Cell:
    """Returns what comes of a layout, a medium's place in MEDIA, a number of keywords and one of themes."""
    look, medium, keywords, themes = case
    target, aspect, _, name = MEDIA[medium]
    world = World(ROOT)
    words = read_words(world, Path("layouts") / TRIALS)
    size = Trial(
        span=Span("", 0, 0), name=f"{keywords}-{themes}", keywords=keywords, themes=themes, glance=min(keywords, 12),
        pictures=PICTURES,
    )  # fmt: skip
    own, path = trial_world(world, replace(words, trials=(size,) * 5), (KEYWORDS.index(keywords) + themes) % 5)
    job = Job(path, Path("layouts") / look, Path("fonts/fonts.yaml"), Path("out"), (target,))
    try:
        made, found = try_layout(read_all(own, job, read_look(world, job)), (target,), aspect)
    except Rejected as rejected:
        return Cell(look, name, keywords, themes, tuple(d.message.en for d in rejected.diagnostics), 0, 0, 0, ())
    pages = made[target].pages
    below = [page for page in pages if page.master.startswith("plain-")]
    told = tuple(f"{d.code}: {d.message.en}" for d in found if d.severity is Severity.ERROR or d.code in LEFT_OUT)
    warnings = sum(d.severity is Severity.WARNING for d in found)
    reasons = tuple(d.message.en.partition("plain: ")[2] for d in found if d.code == "set-below")
    return Cell(look, name, keywords, themes, told, warnings, len(pages), len(below), reasons)


def cells(arguments: argparse.Namespace) -> Iterator[Cell]:
    """Yields the cells asked for, two at a time."""
    media = [i for i, (*_, name) in enumerate(MEDIA) if not arguments.medium or name in arguments.medium]
    cases = product(arguments.look or LOOKS, media, arguments.keywords or KEYWORDS, arguments.themes or THEMES)
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(compose_cell, cases)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("-l", "--look", action="append")
    parser.add_argument("-m", "--medium", action="append")
    parser.add_argument("-k", "--keywords", action="append", type=int)
    parser.add_argument("-t", "--themes", action="append", type=int)
    parser.add_argument("--why", action="store_true")
    arguments = parser.parse_args()
    print("layout   medium    keywords themes errors warnings pages below share")
    wrong, why = 0, Counter[str]()
    for cell in cells(arguments):
        why.update((cell.look, cell.medium, reason) for reason in cell.reasons)  # type: ignore[arg-type]
        wrong += not cell.is_right
        print(
            f"{cell.look:8} {cell.medium:9} {cell.keywords:8} {cell.themes:6} {len(cell.errors):6} {cell.warnings:8} "
            f"{cell.pages:5} {cell.below:5} {cell.share:5.0%}{'' if cell.is_right else '  <<'}",
            flush=True,
        )
        for error in cell.errors[:3]:
            print("        ", error[:200])
    for reason, count in why.most_common(60) if arguments.why else ():
        print(count, *reason)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
