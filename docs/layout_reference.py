"""Prints the designer's reference: `python docs/layout_reference.py`; with `--draw`, draws its pictures, too.

The keys come from their declarations. An example of each is taken from the shipped layouts, or from layout-examples.yaml; that
file also has the pictures: each a few lines over plain, composed and drawn by the program."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

import yaml  # noqa: E402
from pypdfium2 import PdfDocument  # noqa: E402

from lhpub.build import Job, read_all, read_look, try_layout  # noqa: E402
from lhpub.layout.frame import Block, Frame  # noqa: E402
from lhpub.layout.model import LayoutSpec, Master  # noqa: E402
from lhpub.layout.read import read_layout  # noqa: E402
from lhpub.layout.slots import reference_tables  # noqa: E402
from lhpub.layout.unread import STYLES  # noqa: E402
from lhpub.render.pdf import render_pdf  # noqa: E402
from lhpub.source.declared import keys_of, title_of  # noqa: E402
from lhpub.source.load import load_source  # noqa: E402
from lhpub.source.node import Mapping, Node, Scalar, Sequence  # noqa: E402
from lhpub.source.schema import parts, reference  # noqa: E402
from lhpub.trials import TrialWorld  # noqa: E402
from lhpub.world import World  # noqa: E402

EXAMPLES = yaml.safe_load((ROOT / "docs" / "layout-examples.yaml").read_text(encoding="utf-8"))
PICTURES = ROOT / "docs" / "pictures" / "keys"
LONGEST = 64
"""Characters of an example in a table."""
SHARP = 96 / 72 * 1.25
"""Pixels of a point."""
Shown = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Picture:
    """A picture of the reference. `of`: the class it stands under; `text`: what a layout over plain writes."""

    name: str
    of: str
    says: str
    text: str
    crop: tuple[float, float, float, float] | None


def pictures() -> list[Picture]:
    found = []
    for name, one in EXAMPLES["pictures"].items():
        crop = tuple(one["crop"]) if "crop" in one else None
        found.append(Picture(name, one["of"], one["says"], one["yaml"], crop))
    return found


def compose(picture: Picture) -> tuple[Any, list[str]]:
    """Returns what a picture is drawn of, and the errors that the example has."""
    frames = picture.text
    if not re.search(r"^(brochure|deck|styles|palette|fonts|charts):", frames, re.MULTILINE):
        inner = "".join(f"        {line}\n" for line in frames.splitlines())
        frames = f"{EXAMPLES['page']}\n{inner}"
    layout = f"extends: plain\ntitle: 例\n{frames}"
    files = {"layouts/example/layout.yaml": layout.encode(), "source/example.yaml": EXAMPLES["source"].encode()}
    files |= {f"layouts/example/{name}": text.encode() for name, text in EXAMPLES["files"].items()}
    world = TrialWorld(ROOT, files=files)
    job = Job(Path("source/example.yaml"), Path("layouts/example"), Path("fonts/fonts.yaml"), Path("out"))
    made, found = try_layout(read_all(world, job, read_look(world, job)), ("brochure",))
    told = [d.in_language("zh") for d in found if d.severity and d.code not in ("entry-left-out", "press-small-colour")]
    return made["brochure"], told


def draw(picture: Picture) -> bytes:
    """Returns a picture as a PNG of few colours. Raises ValueError if the example is told anything."""
    made, told = compose(picture)
    if told:
        raise ValueError(f"{picture.name}: {told}")
    first = replace(made.pages[0], anchors=("夜读", "书车", "换书集市"))  # what links of the example lead to
    page = PdfDocument(render_pdf(replace(made, pages=(first, *made.pages[1:]))))[0]
    image = page.render(scale=SHARP).to_pil().convert("RGB")
    if picture.crop:
        x, y, width, height = (length * SHARP * 72 / 25.4 for length in picture.crop)
        image = image.crop((round(x), round(y), round(x + width), round(y + height)))
    written = io.BytesIO()
    image.quantize(48, method=2).save(written, "PNG", optimize=True)
    return written.getvalue()


def harvested() -> Shown:
    """Returns for each declared class and key how a shipped layout writes it: the first that is short enough."""
    found: Shown = {}
    for name in ("plain", "civic", "horizon", "poster"):
        tree = load_source(World(ROOT), Path("layouts") / name / "layout.yaml")
        for owner, key, text in walk(tree, LayoutSpec):
            if len(text) <= LONGEST:
                found.setdefault((owner, key), text)
    return found


def walk(node: Node, wanted: Any) -> Iterator[tuple[str, str, str]]:
    """Yields class, key and value of everything in a tree that is written short."""
    origin, inner = get_origin(wanted), [t for t in get_args(wanted) if t not in (NoneType, Ellipsis)]
    if title_of(wanted) is not None:
        keys = {k.name: k for k in keys_of(wanted)}
        for key, value in node.entries if isinstance(node, Mapping) else ():
            if key.text in keys:
                if text := written(value):
                    yield title_of(wanted).zh, key.text, f"{key.text}: {text}"  # type: ignore[union-attr]
                yield from walk(value, keys[key.text].type)
    elif origin is dict and isinstance(node, Mapping):
        for _, value in node.entries:
            yield from walk(value, inner[-1])
    elif origin is tuple and isinstance(node, Sequence):
        for item in node.items:
            yield from walk(item, inner[0])
    else:
        for one in inner:
            yield from walk(node, one)


def written(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"'{node.text}'" if node.quoted else node.text
    return node.flow_text.replace("\n", " ") if node.flow_text else ""


def page() -> str:
    """Returns the whole page. Raises KeyError for a key without an example."""
    text = reference(LayoutSpec)
    shown = harvested() | {tuple(name.split(".")): line for name, line in EXAMPLES["keys"].items()}  # type: ignore[misc]
    every = [(title_of(one).zh, key.name) for one in parts(LayoutSpec) for key in keys_of(one)]  # type: ignore[union-attr]
    lacking = [".".join(name) for name in every if name not in shown]
    if lacking:
        raise KeyError(f"keys without an example, in docs/layout-examples.yaml: {lacking}")
    sections = text.split("\n## ")
    out = [sections[0]]
    for section in sections[1:]:
        title, _, body = section.partition("\n")
        body = re.sub(r"^\| `(\w+)` \|(.*)\|$", lambda m, of=title: row(of, m[1], m[2], shown), body, flags=re.MULTILINE)
        body = body.replace("| 缺省 |\n|---|---|---|---|", "| 缺省 | 例 |\n|---|---|---|---|---|")
        if title == "一种图表样式":
            body += kinds()
        out.append(f"{title}\n{body}{''.join(figure(one) for one in pictures() if one.of == title)}")
    return "\n## ".join(out) + reference_tables() + listed_names(read_layout(World(ROOT), Path("layouts/plain"))[0].spec)


def row(title: str, key: str, rest: str, shown: Shown) -> str:
    example = shown[title, key].replace("|", "\\|")
    return f"| `{key}` |{rest}| `{example}` |"


def kinds() -> str:
    """Returns which keys of a chart style each kind of chart reads."""
    every = set.intersection(*STYLES.values())
    lines = ["", "各种图表读哪些键（写了别的，`layouts check` 会说）：", "", "| 图表 | 除公用的以外，还读 |", "|---|---|"]
    lines += [f"| `{kind}` | {'、'.join(f'`{k}`' for k in sorted(keys - every)) or '无'} |" for kind, keys in STYLES.items()]
    return "\n".join([*lines, "", f"公用：{'、'.join(f'`{key}`' for key in sorted(every))}。", ""])


def figure(picture: Picture) -> str:
    return f"\n{picture.says}\n\n```yaml\n{picture.text.rstrip()}\n```\n\n![{picture.name}](pictures/keys/{picture.name}.png)\n"


def listed_names(spec: LayoutSpec) -> str:
    """Returns a layout's colours, type styles, masters and blocks with their frames, in Chinese Markdown."""
    return "\n".join(_lines(spec)) + "\n"


def _lines(spec: LayoutSpec) -> Iterator[str]:
    yield from ("", f"## {spec.title}里的名字", "", "以它为底的版式按这些名字改；框的名字写在母版或框组的 frames 里。", "")
    yield from _table("颜色 palette", ("名字", "用在哪里"), ((f"`{n}`", c.use) for n, c in spec.palette.items()))
    used: dict[str, list[str]] = {style: [] for style in spec.styles}
    for medium, zh in ((spec.brochure, "画册"), (spec.deck, "幻灯片")):
        owners: dict[str, Master | Block] = {**medium.masters, **medium.blocks}
        for owner, frame in ((name, frame) for name, one in owners.items() for frame in _every(one)):
            if frame.style in used and (place := f"{zh} {owner}.{frame.name}") not in used[frame.style]:
                used[frame.style].append(place)
    styles = ((f"`{n}`", f"{spec.styles[n].size:g}", "、".join(places[:3])) for n, places in used.items())
    yield from _table("文字样式 styles", ("名字", "字号", "例如用在"), styles)
    for medium, zh in ((spec.brochure, "画册"), (spec.deck, "幻灯片")):
        masters = ((f"`{n}`", m.title, _included(m), _frames(m)) for n, m in medium.masters.items())
        yield from _table(f"{zh}的母版 masters", ("名字", "是什么", "用的框组", "自己的框"), masters)
        blocks = ((f"`{n}`", _included(b), _frames(b)) for n, b in medium.blocks.items())
        yield from _table(f"{zh}的框组 blocks", ("名字", "用的框组", "自己的框"), blocks)


def _every(owner: Master | Block) -> Iterator[Frame]:
    for frame in owner.frames:
        yield frame
        yield from frame.repeat.frames if frame.repeat else ()


def _included(owner: Master | Block) -> str:
    return "、".join(owner.include)


def _frames(owner: Master | Block) -> str:
    return "、".join(dict.fromkeys(frame.name for frame in owner.frames if frame.name))


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from (f"### {title}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


if __name__ == "__main__":
    if "--draw" in sys.argv:
        PICTURES.mkdir(exist_ok=True)
        wanted = [a for a in sys.argv[1:] if a != "--draw"]
        for one in pictures():
            if not wanted or one.name in wanted:
                (PICTURES / f"{one.name}.png").write_bytes(draw(one))
    else:
        sys.stdout.write(page())
