"""Mutated sources and layouts, read in-process: `python tests/outside/fuzz.py [COUNT] [SEED]`. Anything but a publication, a layout
or `Rejected`, and anything that takes over ten seconds, is a fault and is printed with the number that makes it again."""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from lhpub.diagnostics import Rejected
from lhpub.layout.read import read_layout
from lhpub.publication.read import read_publication
from lhpub.world import World

ROOT = Path(__file__).parents[2]
MARKS = ["{", "}", "[", "]", ":", ": ", "- ", "'", '"', "|", ">", "&a", "*a", "!x", "#", "　", "：", "\u00a0", "\u202e", "𠮷", "⼯", "-1", "0", "1e9", "99999999999999999999", "~", "", "true", "2023-02-30", "{不存在}"]
SECONDS = 10.0


def mutated(text: str, rng: random.Random) -> str:
    """Returns the text with one to four things changed: a line, a token, an indentation or a character."""
    for _ in range(rng.randint(1, 4)):
        lines = text.split("\n")
        at = rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[rng.randrange(len(lines))])
            case 2:
                lines[at] = " " * rng.randrange(6) + lines[at].lstrip()
            case 3:
                lines[at] = re.sub(r":.*", lambda _: ": " + rng.choice(MARKS), lines[at], count=1)
            case 4:
                place = rng.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + rng.choice(MARKS) + lines[at][place + rng.randrange(2) :]
            case _:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
        text = "\n".join(lines) or "x"
    return text


def main(count: int = 20_000, seed: int = 9) -> int:
    told: Counter[str] = Counter()
    sample = ROOT / "source" / "longhua-2023.yaml"
    layouts = sorted((ROOT / "layouts").glob("*/layout.yaml"))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for number in range(seed * 1_000_000, seed * 1_000_000 + count):
            rng = random.Random(number)
            file = sample if rng.random() < 0.6 else rng.choice(layouts)
            text = mutated(file.read_text(encoding="utf-8"), rng)
            read: Callable[[], object]
            if file is sample:
                (folder / "s.yaml").write_text(text, encoding="utf-8")
                read = lambda: read_publication(World(folder), "s.yaml")  # noqa: E731
            else:
                place = folder / "layouts" / file.parent.name
                place.mkdir(parents=True, exist_ok=True)
                for other in (p for p in file.parent.iterdir() if p.is_file()):
                    (place / other.name).write_bytes(other.read_bytes())
                (place / "layout.yaml").write_text(text, encoding="utf-8")
                read = lambda where=place: read_layout(World(folder), where)  # noqa: E731
            start = time.perf_counter()
            try:
                read()
                told["read"] += 1
            except Rejected:
                told["rejected"] += 1
            except Exception:
                told["FAULT"] += 1
                print(number, file.parent.name, traceback.format_exc().splitlines()[-3:], flush=True)
            if time.perf_counter() - start > SECONDS:
                told["HANG"] += 1
                print(number, file.parent.name, "hangs", flush=True)
    print(dict(told))
    return int(told["FAULT"] + told["HANG"] > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
