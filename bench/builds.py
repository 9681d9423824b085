"""Whole processes beside their peers: `make bench`, or `python bench/builds.py [--runs 5] [--only NAME…]`. The table is
written into bench/README.md, but not that of a choice (`--only`).

Times are wall-clock seconds of a process from start to end, files written; memory is the largest resident set. WeasyPrint
sets the same texts as an A4 brochure with the same fonts, pandoc writes them as slides with notes: neither draws charts,
separates inks, checks contrast or reopens what it wrote. Peers are installed into `bench/.peers` from PyPI; one that cannot
be is named and left out."""

from __future__ import annotations

import argparse
import gc
import html
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

ROOT = Path(__file__).parents[1]
README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- table -->", "<!-- end -->"
HEAD = "| work | minimum | median | maximum | runs | MB | exit code | ratio | allowed |"
PEERS = Path(__file__).parent / ".peers"
SAMPLE = ROOT / "source" / "longhua-2023.yaml"
THEMES = "甲乙丙丁戊"
BODY = (
    "这一年，{name}工作启动，共完成{{数}}项目，平台启用，企业入驻，服务到位，"
    "群众的获得感不断增强；相关部门建立专班，逐项推进，按月通报，年底全部完成。"
)
STYLE = """@page{size:A4;margin:22mm 20mm 25mm;@bottom-center{content:counter(page)}}
body{font:10.5pt/1.7 "Noto Sans SC",sans-serif}h1{font-size:30pt;break-after:page}h2{font-size:20pt;break-before:page}
article{break-inside:avoid;margin-bottom:8mm}b{font-size:26pt;color:#a11}p{text-align:justify}"""


@dataclass(frozen=True)
class Run:
    """What is run: its name, the command, what may be run instead of it to compare, and how many times longer it may take.
    `most`: it is long, and run no oftener; `allowed`: in seconds, where nothing is compared."""

    name: str
    command: tuple[str, ...]
    peer: str = ""
    times: float = 0.0
    most: int = 5
    allowed: str = ""


@dataclass(frozen=True)
class Taken:
    """Seconds of each run, megabytes at most, the exit code."""

    seconds: tuple[float, ...]
    megabytes: float
    code: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def keywords(count: int) -> list[tuple[str, str, int]]:
    """Returns so many titles with texts and figures."""
    han = "子丑寅卯辰巳午未申酉"
    names = ["".join(han[int(digit)] for digit in f"{number:03}") for number in range(count)]
    return [(f"关键词{name}", BODY.format(name=name), number + 3) for number, name in enumerate(names)]


def source(count: int) -> str:
    """Returns a YAML source of so many keywords in five themes."""
    lines = ["publication: {title: 很多关键词 一本画册, organisation: 某某区, date: 2024-01-15}", "themes:"]
    lines += [f"  - {{id: t{i}, title: 主题{han}, lead: 这一组关键词记录这一年的工作。}}" for i, han in enumerate(THEMES)]
    lines.append("keywords:")
    for i, (title, body, value) in enumerate(keywords(count)):
        lines += [f"  - title: {title}", f"    theme: t{i * len(THEMES) // count}"]
        lines.append(f"    date: 2023-{i % 12 + 1:02}-{i % 28 + 1:02}")
        lines += [f"    headline: {title}取得进展。", f"    body: {body}"]
        lines.append(f"    facts: {{数: {{label: 完成的项目, value: {value}, unit: 个}}}}")
        if i % 3 == 0:
            lines.append("    hero: 数")
    return "\n".join(lines) + "\n"


def page(count: int) -> str:
    """Returns the same texts as HTML."""
    articles = []
    for i, (title, body, value) in enumerate(keywords(count)):
        head = f"<h2>主题{THEMES[i * len(THEMES) // count]}</h2>" if i % max(count // len(THEMES), 1) == 0 else ""
        text = html.escape(body.replace("{数}", f"{value}个"))
        articles.append(f"{head}<article><h3>{title}</h3><b>{value}个</b><p>{text}</p></article>")
    return f'<html lang="zh-CN"><title>画册</title><style>{STYLE}</style><h1>很多关键词</h1>{"".join(articles)}</html>'


def slides(count: int) -> str:
    """Returns the same texts as pandoc's Markdown, a slide and its notes for each."""
    made = ((title, body.replace("{数}", f"{value}个"), value) for title, body, value in keywords(count))
    return "\n".join(f"## {title}\n\n- {value}个\n- {body}\n\n::: notes\n{body}\n:::\n" for title, body, value in made)


def peers() -> dict[str, str]:
    """Returns the peers' programs by name, installing them first; names those that cannot be."""
    if not (PEERS / "bin" / "pip").exists():
        venv.create(PEERS, with_pip=True)
    found = {}
    for name, package, program in (("WeasyPrint", "weasyprint", "bin/weasyprint"), ("pandoc", "pypandoc-binary", "")):
        done = subprocess.run([PEERS / "bin" / "pip", "install", "-q", package], capture_output=True, text=True, check=False)
        path = PEERS / program if program else next(PEERS.glob("lib/*/site-packages/pypandoc/files/pandoc"), None)
        if done.returncode or path is None:
            print(f"{name} cannot be installed here: left out", file=sys.stderr)
        else:
            found[name] = str(path)
    return found


def runs(folder: Path, programs: dict[str, str]) -> list[Run]:
    """Returns what to run, peers before what is compared with them."""
    lhpub = (sys.executable, "-m", "lhpub")
    made = [Run("lhpub --help", (*lhpub, "--help"), allowed="0.15 s")]
    for count in (20, 200, 600):
        (folder / f"{count}.yaml").write_text(source(count), encoding="utf-8")
        (folder / f"{count}.html").write_text(page(count), encoding="utf-8")
        (folder / f"{count}.md").write_text(slides(count), encoding="utf-8")
        if "WeasyPrint" in programs:
            command = (programs["WeasyPrint"], f"{folder}/{count}.html", f"{folder}/{count}.pdf")
            made.append(Run(f"WeasyPrint, {count}", command, most=3 if count > 20 else 5))
        if "pandoc" in programs:
            command = (programs["pandoc"], f"{folder}/{count}.md", "-o", f"{folder}/{count}.pptx")
            made.append(Run(f"pandoc, {count}", command, most=3 if count > 20 else 5))

    def build(target: str, source: Path, layout: str) -> tuple[str, ...]:
        return (*lhpub, "build", target, "--source", str(source), "--layout", layout, "--out", str(folder / "out"))

    made.append(Run("brochure, the sample, civic", build("brochure", SAMPLE, "civic"), "WeasyPrint, 20", 3))
    made.append(Run("deck, the sample, civic", build("deck", SAMPLE, "civic"), "WeasyPrint, 20", 2))
    made.append(Run("brochure, 20, horizon", build("brochure", folder / "20.yaml", "horizon"), "WeasyPrint, 20", 3))
    made.append(Run("brochure, 200, horizon", build("brochure", folder / "200.yaml", "horizon"), "WeasyPrint, 200", 3, 3))
    command = build("brochure", folder / "600.yaml", "horizon")
    made.append(Run("brochure, 600, horizon", command, "brochure, 200, horizon", 3.2, 2))
    made.append(Run("deck, 20, horizon", build("deck", folder / "20.yaml", "horizon"), "WeasyPrint, 20", 2))
    made.append(Run("deck, 200, horizon", build("deck", folder / "200.yaml", "horizon"), "pandoc, 200", 4, 3))
    made.append(Run("deck, 600, horizon", build("deck", folder / "600.yaml", "horizon"), "deck, 200, horizon", 3.2, 2))
    return made


def in_the_workshop(source: Path, layout: str, count: int) -> tuple[Taken, Taken]:
    """Returns the seconds from a save in the workshop to the pictures of what is looked at, so many times: of any one word or
    figure, nothing drafted before; and of the first look at another layout."""
    # Late: what this process holds counts in the memory of those that it starts.
    from lhpub.build import Job
    from lhpub.preview.desk import Change, Desk
    from lhpub.preview.raster import rasterise
    from lhpub.source.node import Scalar

    with tempfile.TemporaryDirectory() as name:
        root, file, rng = Path(name), Path("刊物.yaml"), random.Random(1)
        shutil.copy(source, root / file)
        job = Job(file, ROOT / "layouts" / layout, ROOT / "fonts" / "fonts.yaml", Path("output"))
        desk = Desk(root, job)
        desk.refresh()
        gc.freeze()  # as the workshop does
        texts = re.compile(r"keywords/[^/]+/(headline|body|brief|points/.+)|facts/.+/(value|label)")
        ids = [id_ for id_ in desk.ids.nodes if texts.fullmatch(id_)]
        edits: list[float] = []
        switches: list[float] = []
        while len(edits) < count:
            node, before = desk.ids.nodes.get(id_ := rng.choice(ids)), set(desk.views["brochure"].keys)
            text = node.text if isinstance(node, Scalar) else ""
            if not text or (id_.endswith("/value") and not text.isdecimal()):
                continue
            start = time.perf_counter()
            desk.edit((Change(id_, str(int(text) + 1) if text.isdecimal() else f"{text}等"),), id_)
            desk.refresh(("brochure",))
            for key in [key for key in desk.views["brochure"].keys if key not in before][:2]:  # a spread is looked at
                rasterise(desk.pdf(key), 700)
            edits.append(time.perf_counter() - start)
            desk.step(back=True)
            desk.refresh()
        for other in ("horizon", "poster") if layout == "civic" else ("civic",):
            start = time.perf_counter()
            desk.open(replace(job, layout=ROOT / "layouts" / other))
            desk.refresh(("brochure",))
            rasterise(desk.pdf(desk.views["brochure"].keys[0]), 700)
            switches.append(time.perf_counter() - start)
        return Taken(tuple(edits), 0, 0), Taken(tuple(switches), 0, 0)


def measure(command: tuple[str, ...], count: int) -> Taken:
    """Returns what a command takes in so many runs."""
    seconds, memory, code = [], 0.0, 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for _ in range(count):
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        seconds.append(time.perf_counter() - start)
        memory = max(memory, usage.ru_maxrss / 1024)
    return Taken(tuple(seconds), memory, code)


def row(name: str, found: Taken, ratio: str, allowed: object) -> str:
    times = " | ".join(f"{value:.2f}" for value in (min(found.seconds), found.median, max(found.seconds)))
    told = f"{found.megabytes:.0f} | {found.code}" if found.megabytes else " | "
    return f"| {name} | {times} | {len(found.seconds)} | {told} | {ratio} | {allowed} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], help="names, or their beginnings")
    options = parser.parse_args()
    taken: dict[str, Taken] = {}
    table = [HEAD, "|---" * HEAD.count(" |") + "|"]
    with tempfile.TemporaryDirectory() as folder:
        for run in runs(Path(folder), peers()):
            if options.only and not run.name.startswith(tuple(options.only)):
                continue
            taken[run.name] = found = measure(run.command, min(options.runs, run.most))
            ratio = f"{found.median / taken[run.peer].median:.1f} × {run.peer}" if run.peer in taken else ""
            table.append(row(run.name, found, ratio, run.allowed or run.times or ""))
            print(table[-1], flush=True)
        for name, source, layout, allowed in (
            ("the sample, civic", SAMPLE, "civic", 0.2), ("200, horizon", Path(folder) / "200.yaml", "horizon", 0.5)
        ):  # fmt: skip
            if not options.only or "workshop" in options.only:
                words, looks = in_the_workshop(source, layout, 6 * options.runs)
                table.append(row(f"workshop, any one word, {name}", words, "", f"{allowed} s"))
                table.append(row(f"workshop, another layout, {name}", looks, "", "1.5 s" if source == SAMPLE else ""))
                print("\n".join(table[-2:]), flush=True)
    if not options.only:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        text = f"{before}{BEGIN}\n{chr(10).join(table)}\n{END}{rest.partition(END)[2]}"
        README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
