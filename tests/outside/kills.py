"""Kills builds at random moments and lets builds race, by the command line: `python tests/outside/kills.py [KILLS] [RACES] [SEED]`.

Before the next start every file of the folder is the old or the new one, whole; after it the folder holds one set. Half of
the kills fall anywhere in a build, half within the save, which takes a few milliseconds."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import lhpub.build
from lhpub.cli import main as main_of_lhpub

assert lhpub.build, "loaded before the builds begin"
ROOT = Path(__file__).parents[2]
LAYOUT = ROOT / "layouts" / "plain"
SOURCE = "publication: {title: 一本画册, organisation: 某某区, date: 2024-01-15, id: x}\nkeywords: [{title: 开工, body: %s。}]\n"
TEXTS = ("项目开工", "项目竣工")
Files = dict[str, str]


@dataclass
class Build:
    """A build at work in a process."""

    process: int
    code: int | None = None

    def poll(self, options: int = os.WNOHANG) -> int | None:
        if self.code is None:
            ended, status = os.waitpid(self.process, options)
            self.code = os.waitstatus_to_exitcode(status) if ended else None
        return self.code

    def wait(self) -> int:
        code = self.poll(0)
        assert code is not None
        return code

    def stop(self, how: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.process, how)


class Folder:
    """A project with two sources, `0.yaml` and `1.yaml`, whose files have the same names."""

    def __init__(self, path: Path) -> None:
        self.path, self.out = path, path / "out" / LAYOUT.name
        for number, text in enumerate(TEXTS):
            (path / f"{number}.yaml").write_text(SOURCE % text, encoding="utf-8")
        (path / "broken.yaml").write_text("publication: [\n", encoding="utf-8")

    def start(self, source: str) -> Build:
        """Returns a running build: the command line in a process of its own, which has its libraries loaded already."""
        child = os.fork()
        if child:
            return Build(child)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(self.path)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        code = 99
        try:
            code = main_of_lhpub(["build", "all", "--source", f"{source}.yaml", "--layout", str(LAYOUT), "--out", "out"])
        finally:
            os._exit(code)

    def files(self) -> Files:
        found = (p for p in self.out.iterdir() if p.is_file() and not p.name.startswith("."))
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in found if p.name != "build.json"}

    def sets(self) -> tuple[Files, Files]:
        """Returns the two sets that may stand here."""
        made = []
        for number in range(2):
            assert self.start(str(number)).wait() == 0
            made.append(self.files())
        assert all(made[0][name] != made[1][name] for name in made[0] if name.endswith(".pptx"))
        return made[0], made[1]


def kill(folder: Folder, sets: tuple[Files, Files], seconds: float, rng: random.Random) -> str:
    """Returns what a kill left behind, with `WRONG` if that may not be."""
    before = folder.files()
    other = 0 if before == sets[1] else 1
    build, in_save = folder.start(str(other)), rng.random() < 0.5
    if in_save:
        while build.poll() is None and not (folder.out / ".lhpub").exists():
            time.sleep(0.0005)
        time.sleep(rng.random() * 0.02)
    else:
        time.sleep(rng.random() * seconds)
    build.stop(signal.SIGKILL if rng.random() < 0.8 else signal.SIGINT)
    build.wait()
    found = folder.files()
    whole = found.keys() == sets[0].keys() and all(found[name] in (sets[0][name], sets[1][name]) for name in found)
    half = found not in sets
    broken = folder.start("broken").wait()
    after = folder.files()
    fine = whole and broken == 2 and after in sets and not (folder.out / ".lhpub" / "journal").exists()
    return ("" if fine else "WRONG ") + ("half-way" if half else "old" if found == before else "new") + " in save" * in_save


def race(folder: Folder, sets: tuple[Files, Files]) -> str:
    """Returns how two builds at once ended, with `WRONG` if the folder is mixed."""
    codes = sorted(build.wait() for build in [folder.start("0"), folder.start("1")])
    left = [p.name for p in folder.out.iterdir() if p.name.startswith(".")]
    return f"{'' if folder.files() in sets and codes == [0, 0] and not left else 'WRONG '}exit codes {codes}"


def main(kills: int = 200, races: int = 100, seed: int = 9) -> int:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(Path(made))
        start = time.perf_counter()
        sets = folder.sets()
        seconds = (time.perf_counter() - start) / 2
        tally: Counter[str] = Counter()
        for number in range(kills + races):
            tally[kill(folder, sets, seconds, rng) if number < kills else race(folder, sets)] += 1
            if number % 20 == 19:
                print(dict(tally), flush=True)
    for told, count in sorted(tally.items()):
        print(f"{count:5} {told}")
    return int(any("WRONG" in told for told in tally))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
