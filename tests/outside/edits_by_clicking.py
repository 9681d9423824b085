"""Random edits made by clicking in the workshop: `PYTHONPATH=src python -m tests.outside.edits_by_clicking [COUNT] [SEED] [SOURCE]`.

After each: the loaded YAML is the expected one, every byte outside the splice is as before, and what a clean reading composes
(dump, and the rasters of the pages that changed) equals what the workshop shows.
"""

import contextlib
import queue
import random
import shutil
import statistics
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from lhpub.build import Look, read_all, read_look, try_layout
from lhpub.diagnostics import Rejected, has_errors
from lhpub.preview.desk import Desk
from lhpub.preview.project import Project
from lhpub.preview.raster import rasterise, screen_page
from lhpub.preview.server import serve
from lhpub.publication.entries import identify
from lhpub.source.load import read_yaml
from lhpub.source.node import Mapping, Scalar
from lhpub.world import World
from tests.golden.dump import dump
from tests.suite.clicking import Editor, browser
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import ROOT, job_for

WORDS = ["平台", "启用", "企业", "入驻", "稳步", "推进", "全年", "《方案》", "“双招双引”", "一批", "，同时", "：其中", "、", "甲#", "乙:", "'x'"]
FILE = "source/刊物.yaml"


def plain(node):
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return [(key.text, plain(value)) for key, value in node.entries]
    return [plain(item) for item in node.items]


def new_text(rng, old: str) -> str:
    """Returns the text with a word put in or taken out, its references kept."""
    pieces = [piece for piece in old.split("，") if piece]
    pieces.insert(rng.randrange(len(pieces) + 1), rng.choice(WORDS).strip("，、") + rng.choice(("工作", "项目", "")))
    kept = [piece for piece in pieces if "{" in piece or rng.random() < 0.8 or piece is pieces[0]]
    return "，".join(kept)[:120]


def check(folder: Path, before: bytes, id_: str, text: str) -> None:
    """Raises AssertionError if more than the entry's own bytes changed, or if it does not read as it was typed."""
    after = (folder / FILE).read_bytes()
    old, new = identify(read_yaml(before.decode(), FILE)), identify(read_yaml(after.decode(), FILE))
    extent = old.nodes[id_].extent
    assert after[: extent.start] == before[: extent.start], "bytes before the splice"
    assert after.endswith(before[extent.end :]), "bytes behind the splice"
    assert new.nodes[id_].text == text, (new.nodes[id_].text, text)
    wanted = {other: node.text for other, node in old.nodes.items() if isinstance(node, Scalar)} | {id_: text}
    assert {other: node.text for other, node in new.nodes.items() if isinstance(node, Scalar)} == wanted


@contextlib.contextmanager
def at_desk(folder: Path, source: str):
    """Yields a workshop's address and the desk behind it, in this process."""
    for name in ("plain", "civic"):
        shutil.copytree(ROOT / "layouts" / name, folder / "layouts" / name)
    (folder / "source").mkdir()
    (folder / FILE).write_text(source, encoding="utf-8", newline="")
    job = replace(job_for(Path(FILE), Path("output")), layout=Path("layouts/civic"))
    desk, ready = Desk(folder, job), queue.Queue[str]()
    project = Project(folder, Path("layouts"), job.fonts)
    threading.Thread(target=serve, args=(desk, project, 0, ready.put), daemon=True).start()
    yield ready.get(timeout=60), desk


def run(folder: Path, chromium, count: int, seed: int, source: str = TWELVE_LINES) -> list[float]:
    """Makes so many edits; returns the seconds that each took from saving to the new page on screen."""
    rng, took = random.Random(seed), []
    with at_desk(folder, source) as (address, desk):
        editor = Editor(chromium, address)
        editor.shows_pages()
        look: Look = read_look(World(folder), desk.job)
        while len(took) < count:
            step(editor, folder, rng, took)
            agree(folder, desk, look, editor)
            assert editor.faults == [], editor.faults
        editor.page.context.close()
    return took


def step(editor, folder, rng, took) -> None:
    """Makes one edit by clicking, on the page where it stands: a text of a keyword, or a figure."""
    state = editor.state()
    names = {k["name"] for k in state["keywords"]}
    medium = rng.choice(["brochure", "deck"])
    number = rng.choice([p["no"] for p in state["media"][medium]["pages"] if names & set(p["anchors"])])
    editor.act(f"medium:{medium}")
    editor.act(f"go:{medium}:{number - number % 2 if medium == 'brochure' else number}")
    hits = editor.page.locator('.hit[data-a^="text:"], .hit[data-a^="fact:"]')
    if not hits.count():
        return
    editor.click('.hit[data-a^="text:"], .hit[data-a^="fact:"]', rng.randrange(hits.count()))
    editor.page.wait_for_selector("#pop")
    opened = editor.page.evaluate("import('/parts.js').then(({S}) => S.pop === 'text' ? S.entry : {...S.fig, text: S.fig.fields.value,"
                                  " id: S.fig.id + '/value', calc: S.st.facts[S.fig.ref].derived})")  # fmt: skip
    before, text, id_ = (folder / FILE).read_bytes(), opened.get("text"), opened["id"]
    is_figure = id_.endswith("/value")
    new = None if text is None or opened.get("calc") else new_figure(rng, text) if is_figure else new_text(rng, text)
    if new in (None, text) or id_.endswith(("/title", "/label")):  # what others are called by
        editor.press("Escape")
        return
    if is_figure:
        editor.page.fill("#pop [data-k=value]", new)
        editor.press("Control+Enter")
        editor.page.wait_for_selector("#pop", state="detached")
    else:
        editor.write(new)
    took.append(float(editor.page.evaluate("import('/parts.js').then(m => m.S.ms)")))
    check(folder, before, id_, new)
    print(f"{len(took)}: {id_} {took[-1]:.2f} s", flush=True)


def new_figure(rng, old: str) -> str | None:
    """Returns a figure as exact as the old one; None where it is a word."""
    whole, point, parts = old.partition(".")
    if not (whole + parts).isdecimal():
        return None
    return f"{int(whole) + rng.randrange(1, 4)}{point}{parts}"


def agree(folder, desk, look, editor) -> None:
    """Raises AssertionError if a clean reading composes anything but what the workshop shows, in brochure or deck. What does
    not fit is told by both, and taken back."""
    clean: dict = {}
    try:
        clean, told = try_layout(read_all(World(folder), desk.job, replace(look, kept={})), ("brochure", "deck"), None)
    except Rejected as rejected:  # a date that is none, say
        told = rejected.diagnostics
    assert {found for found, _ in desk.problems} == set(told)
    if has_errors(told):
        return editor.act("undo")
    for target, composition in clean.items():
        shown, index = desk.views[target], min(4, len(composition.pages) - 1)
        assert dump(shown.composition) == dump(composition), target
        picture = editor.page.request.get(editor.page.url + f"page/{shown.keys[index]}.jpg?w=500").body()
        assert picture == rasterise(screen_page(composition, composition.pages[index]), 500), f"{target}: page {index + 1}"


if __name__ == "__main__":
    number, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    text = Path(sys.argv[3]).read_text(encoding="utf-8") if len(sys.argv) > 3 else TWELVE_LINES
    with tempfile.TemporaryDirectory() as name, browser() as chromium:
        times = run(Path(name), chromium, number, seed, text)
    print(f"{len(times)} edits, all as expected; saving to the new page: median {statistics.median(times):.2f} s, most {max(times):.2f} s")
