"""Mutated sources and layouts, read or composed in-process: `python tests/outside/fuzz.py [COUNT] [SEED] [--composed]`. Anything
but a result or `Rejected`, and anything that takes over ten seconds, is a fault and is printed with the number that makes it
again."""

from __future__ import annotations

import argparse
import random
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lhpub.build import Job, Look, read_all, read_look, try_layout
from lhpub.diagnostics import Rejected
from lhpub.layout.read import read_layout
from lhpub.publication.read import read_publication
from lhpub.world import World

ROOT = Path(__file__).parents[2]
MARKS = ["{", "}", "[", "]", ":", ": ", "- ", "'", '"', "|", ">", "&a", "*a", "!x", "#", "　", "：", "\u00a0", "\u202e", "𠮷", "⼯", "-1", "0", "1e9", "99999999999999999999", "~", "", "true", "2023-02-30", "{不存在}"]
NUMBERS = ["0", "1", "7", "-3", "0.5", "40", "1000", "99999999"]
SECONDS = 10
"""Of the processor: what one input may take. A clock would count what else the machine does."""
LAYOUTS = sorted((ROOT / "layouts").glob("*/layout.yaml"))
STARTERS = sorted((ROOT / "source" / "examples").glob("*.yaml"))
SAMPLE = ROOT / "source" / "longhua-2023.yaml"


class Hang(BaseException):
    """Ten seconds are over."""


def mutated(text: str, rng: random.Random, most: int, kinds: int) -> str:
    """Returns the text with one to `most` things changed: a value, a character, a line, an indentation or the order; the
    first two leave it readable more often than not."""
    for _ in range(rng.randint(1, most)):
        lines = text.split("\n")
        at = rng.randrange(len(lines))
        match rng.randrange(kinds):
            case 0:
                lines[at] = re.sub(r":.*", lambda _: ": " + rng.choice(MARKS), lines[at], count=1)
            case 1:
                place = rng.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + rng.choice(MARKS) + lines[at][place + rng.randrange(2) :]
            case 2:
                lines[at] = re.sub(r"\d+", lambda _: rng.choice(NUMBERS), lines[at], count=1)
            case 3:
                del lines[at]
            case 4:
                lines.insert(at, lines[rng.randrange(len(lines))])
            case 5:
                lines[at] = " " * rng.randrange(6) + lines[at].lstrip()
            case _:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
        text = "\n".join(lines) or "x"
    return text


def cut(text: str, rng: random.Random) -> str:
    """Returns a source with two of its keywords."""
    head, *keywords = re.split(r"(?m)^(?=  - title:)", text)
    keywords[-1], *rest = re.split(r"(?m)^(?=\w)", keywords[-1])
    return head + "".join(rng.sample(keywords, 2)) + "".join(rest)


@dataclass(frozen=True)
class Bench:
    """Where mutated files stand: a folder with the layouts beside one another, as `extends` wants them."""

    folder: Path

    def source(self, rng: random.Random, most: int, kinds: int) -> Path:
        base = SAMPLE if rng.random() < 0.05 else rng.choice(STARTERS)
        text = base.read_text(encoding="utf-8")
        text = mutated(text if rng.random() < 0.5 else cut(text, rng), rng, most, kinds)
        (self.folder / "s.yaml").write_text(text, encoding="utf-8")
        return Path("s.yaml")

    def layout(self, rng: random.Random, most: int, kinds: int) -> Path:
        file = rng.choice(LAYOUTS)
        place = self.folder / "layouts" / file.parent.name
        shutil.rmtree(place.parent, ignore_errors=True)
        shutil.copytree(ROOT / "layouts", place.parent)
        (place / "layout.yaml").write_text(mutated(file.read_text(encoding="utf-8"), rng, most, kinds), encoding="utf-8")
        return place

    def read(self, rng: random.Random) -> None:
        """Reads a source or a layout with up to four things changed. Raises Rejected."""
        world = World(self.folder)
        if rng.random() < 0.95:
            read_publication(world, self.source(rng, 3, 7))
        else:
            read_layout(world, self.layout(rng, 3, 7))

    def compose(self, rng: random.Random) -> None:
        """Composes and checks a source in a layout, one of which has a value or two changed. Raises Rejected."""
        source, layout = STARTERS[0], rng.choice(LAYOUTS).parent
        if rng.random() < 0.95:
            source = self.source(rng, 2, 3)
        else:
            layout = self.layout(rng, 2, 3)
        job = Job(source, layout, ROOT / "fonts" / "fonts.yaml", self.folder / "out")
        world = World(self.folder)
        read = read_all(world, job, look_of(layout) if layout.is_relative_to(ROOT) else None)
        try_layout(read, ("deck", "brochure"))


@cache
def look_of(layout: Path) -> Look:
    return read_look(World(ROOT), Job(SAMPLE, layout, ROOT / "fonts" / "fonts.yaml", Path("out")))


def tried(step: Callable[[random.Random], None], number: int) -> str:
    """Returns how an input went; faults are printed with the number that makes them again."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        step(random.Random(number))
    except Rejected:
        return "rejected"
    except Hang:
        print(number, "hangs", traceback.format_exc().splitlines()[-8:], flush=True)
        return "HANG"
    except Exception:
        print(number, traceback.format_exc().splitlines()[-4:], flush=True)
        return "FAULT"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "done"


def over(number: int, frame: object) -> None:
    raise Hang


def main(count: int, seed: int, composed: bool) -> int:
    signal.signal(signal.SIGPROF, over)
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        bench = Bench(Path(made))
        numbers = iter(range(seed * 1_000_000, (seed + 1) * 1_000_000))
        while told["done"] + (0 if composed else told["rejected"]) + told["FAULT"] + told["HANG"] < count:
            told[tried(bench.compose if composed else bench.read, next(numbers))] += 1
            if not sum(told.values()) % 500:
                print(dict(told), flush=True)
    print(dict(told))
    return int(told["FAULT"] + told["HANG"] > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("seed", nargs="?", type=int, default=9)
    parser.add_argument("--composed", action="store_true", help="compose what can be read, and count that")
    options = parser.parse_args()
    sys.exit(main(options.count, options.seed, options.composed))
