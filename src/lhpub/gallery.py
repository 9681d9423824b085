"""What designers look at: a new layout to begin with, and one page that shows all layouts side by side."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from lhpub.boxes import Composition
from lhpub.build import Job, Read, read_all, try_layout
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.layout.brand import base_of
from lhpub.layout.check import Spot, spots_of
from lhpub.layout.generators import Shade
from lhpub.layout.model import LayoutSpec, Master, Medium
from lhpub.layout.names import ColourName, FrameName, names_in
from lhpub.layout.read import read_layout
from lhpub.render.pdf import render_pdf
from lhpub.trials import Words, trial_world
from lhpub.units import POINTS_PER_MM
from lhpub.world import World

WIDTH = 420
"""Pixels of a page's picture."""
NEW_LAYOUT = """\
# {name}：以 {base} 为底，只写与它不同之处。写法见 docs/designer-guide.zh-CN.md。
extends: {base}
title: {name}

# 换颜色：用同一个名字，写新的值
# palette:
#   {colour}

# 换字体、字号
# fonts: {{{font}}}
# styles:
#   {style}

# 挪一个框：按 name 找到它，~ 保持原值；去掉一个框写 drop: true
# brochure:
#   masters:
#     {master}:
#       frames:
#         - {{name: {frame}, drop: true}}
"""
_STYLE = """\
body{font:14px/1.6 system-ui,"Microsoft YaHei","Noto Sans SC",sans-serif;margin:24px;background:#f3f3f1;color:#222}
h2{margin:40px 0 8px}h3{margin:24px 0 8px;font-weight:500}.row{display:flex;flex-wrap:wrap;gap:12px}
figure{margin:0}figure img,figure svg,object{display:block;background:#fff;box-shadow:0 0 3px #0003}
figcaption{font-size:12px;color:#666}pre{white-space:pre-wrap;color:#a11}
svg text{font:9px system-ui,sans-serif;fill:#222;paint-order:stroke;stroke:#fffc;stroke-width:2px}
"""


def new_layout(world: World, known: Path, name: str, base: str) -> Path:
    """Returns the path of a new layout in layouts/, which extends another and has a few lines to begin with. `known`: the
    folder of the layouts there are; one installed with the program is copied beside the new one. Raises Rejected."""
    layouts = Path("layouts")
    if not re.fullmatch(r"\w[\w-]{0,39}", name):
        raise _rejected("bad-name", f"“{name}”不能作版式名", f"“{name}” cannot name a layout",
                        ("只用字母、汉字、数字、- 和 _", "use letters, digits, - and _"))  # fmt: skip
    if (world.root / layouts / name).exists():
        hint = ("换一个名字", "choose another name")
        raise _rejected("exists", f"已经有版式“{name}”", f"there is a layout “{name}” already", hint)
    if not (world.root / known / base / "layout.yaml").is_file():
        raise _rejected("no-layout", f"没有叫“{base}”的版式", f"there is no layout “{base}”",
                        ("lhpub layouts 列出已有的版式", "lhpub layouts lists those there are"))  # fmt: skip
    path = layouts / name / "layout.yaml"
    hints = _hints(read_layout(world, known / base)[0].spec)
    files = {path: NEW_LAYOUT.format(name=name, base=base, **hints).encode()}
    if known != layouts:
        files |= {layouts / base / file.name: file.read_bytes() for file in sorted((world.root / known / base).iterdir())}
    world.write_all(files)
    return path


def _hints(spec: LayoutSpec) -> dict[str, str]:
    """Returns what a new layout may begin to change: the first colour, font and style as they are, a frame that may go."""
    colour, style = next(iter(spec.palette.items())), next(iter(spec.styles.items()))
    inks = f", cmyk: [{', '.join(f'{ink:g}' for ink in colour[1].cmyk)}]" if colour[1].cmyk else ""
    master, frames = next((name, master.frames) for name, master in spec.brochure.masters.items() if master.frames)
    held = {str(name) for f in frames for name in names_in((f.below, f.above, f.inside)) if isinstance(name, FrameName)}
    frame = next((f.name for f in frames if f.name and f.text is None and f.name not in held), frames[-1].name)
    return {
        "colour": f"{colour[0]}: {{rgb: '{colour[1].rgb}'{inks}}}",
        "font": ": ".join(next(iter(spec.fonts.items()))),
        "style": f"{style[0]}: {{size: {style[1].size:g}}}",
        "master": master,
        "frame": frame,
    }


def _rejected(code: str, zh: str, en: str, hint: tuple[str, str]) -> Rejected:
    return Rejected((Diagnostic(code, Severity.ERROR, Bilingual(zh, en), Bilingual(*hint)),))


FORMS = (("少", 1), ("多", 5), ("有图", 4))
"""Trials that show what becomes of a master with little, with much, with photographs: what it is called, which it is."""


def draw_gallery(
    world: World, job: Job, folders: Iterable[Path], words: Words | None = None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Returns one HTML page with all pages and slides of the job's source in each layout, and each master with its frames;
    with the words of trials, each master's forms, too. Pages with errors are shown, and the errors told: a layout is mended
    by looking at it."""
    sections = []
    for own in (replace(job, layout=folder) for folder in folders):
        read = read_all(world, own)
        forms = tuple(_form(world, own, words, *form) for form in FORMS) if words else ()
        sections.append(_section(read, forms))
    head = f'<meta charset="utf-8"><title>版式一览</title><style>{_STYLE}</style>'
    page = f'<!DOCTYPE html><html lang="zh-CN">{head}{"".join(words for words, _ in sections)}</html>\n'
    return page.encode(), tuple(d for _, found in sections for d in found)


def _form(world: World, job: Job, words: Words, name: str, number: int) -> dict[tuple[str, str], tuple[str, str]]:
    """Returns for (medium, master) the name of a trial's form and a picture of the first page that the master set."""
    own, path = trial_world(world, words, number)
    made, _ = try_layout(read_all(own, replace(job, source=path)), ("brochure", "deck"))
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for target, composition in made.items():
        of = {page.master: page.number for page in reversed(composition.pages)}
        first = {number: master for master, number in of.items()}
        shown = _pictures(render_pdf(composition), sorted(first))
        found |= {(target, first[n]): (name, data) for n, data in zip(sorted(first), shown, strict=False)}
    return found


def _section(read: Read, forms: tuple[dict[tuple[str, str], tuple[str, str]], ...] = ()) -> tuple[str, tuple[Diagnostic, ...]]:
    spec = read.layout.spec
    compositions, found = try_layout(read, ("brochure", "deck"))
    errors = "\n".join(html.escape(d.in_language("zh")) for d in found if d.severity is Severity.ERROR)
    parts = [f"<h2>{html.escape(spec.title)}（{html.escape(read.layout.name)}）</h2>", f"<pre>{errors}</pre>" if errors else ""]
    media = (("画册", "brochure", spec.brochure), ("幻灯片", "deck", spec.deck))
    for words, target, medium in media:
        composition = compositions[target]  # type: ignore[index]  # a Target by construction
        shown = tuple(_pictures(render_pdf(composition)))
        figures = (
            f'<figure><img src="{data}" width="{WIDTH}" alt="第 {n} 页"><figcaption>{n}</figcaption></figure>'
            for n, data in enumerate(shown, 1)
        )
        row = "".join(figures) or _file(render_pdf(composition))
        parts.append(f'<h3>{words}</h3><div class="row">{row}</div>')
        under = _under(composition, shown)
        masters = (
            _master(name, master, medium, spec, under.get(name, ()))
            + "".join(_small(*form[target, name]) for form in forms if (target, name) in form)
            for name, master in medium.masters.items()
        )
        parts.append(f'<h3>{words}的母版</h3><div class="row">{"".join(masters)}</div>')
    return "".join(parts), found


def draw_template(read: Read) -> bytes:
    """Returns one HTML page with each kind of slide on a template, drawn as its frames, and the template's layout it takes."""
    spec, brand = read.layout.spec, read.brand
    assert brand is not None, "the job names a template"
    figures = []
    for name, master in spec.deck.masters.items():
        page = brand.pages[base_of(name)]
        title = f"{master.title} ← {page.layout}"
        ground = ColourName(f"b-{base_of(name)}-ground")
        figures.append(_master(name, replace(master, title=title, ground=ground), spec.deck, spec))
    head = f'<meta charset="utf-8"><title>{html.escape(brand.file)}</title><style>{_STYLE}</style>'
    body = f'<h2>{html.escape(brand.file)}</h2><div class="row">{"".join(figures)}</div>'
    return f'<!DOCTYPE html><html lang="zh-CN">{head}{body}</html>\n'.encode()


def _small(name: str, data: str) -> str:
    return f'<figure><img src="{data}" width="{WIDTH // 3}" alt="{name}"><figcaption>{name}</figcaption></figure>'


def _under(composition: Composition, shown: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Returns for each master the pictures of the first page that it set, and of the one after, which it may face."""
    found: dict[str, tuple[str, ...]] = {}
    for at, page in enumerate(composition.pages):
        found.setdefault(page.master, shown[at : at + 2])
    return found


def _file(pdf: bytes) -> str:
    data = base64.b64encode(pdf).decode()
    return f'<object type="application/pdf" width="900" height="640" data="data:application/pdf;base64,{data}"></object>'


def _pictures(pdf: bytes, wanted: Iterable[int] = ()) -> Iterator[str]:
    """Yields each page, or those wanted, from 1, as the address of a picture; none where nothing is installed that can draw."""
    if find_spec("pypdfium2") is None:
        return
    document = import_module("pypdfium2").PdfDocument(pdf)
    for page in (document[number - 1] for number in wanted or range(1, len(document) + 1)):
        image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        written = io.BytesIO()
        image.save(written, "JPEG", quality=82)
        yield f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode()}"


def _master(name: str, master: Master, medium: Medium, spec: LayoutSpec, pages: tuple[str, ...] = ()) -> str:
    """Returns a master drawn with its named frames, their places and lines, over pages that it set."""
    unit = POINTS_PER_MM if medium.unit == "mm" else 1.0
    width, height = medium.size[0] * unit * (2 if master.facing else 1), medium.size[1] * unit
    shapes = "".join(_frame(spot, spec, unit, not pages) for spot in spots_of(master, medium, spec))
    half = width / (2 if master.facing else 1)
    under = "".join(
        f'<image href="{data}" x="{half * side:.1f}" width="{half:.1f}" height="{height:.1f}" opacity=".6"/>'
        for side, data in enumerate(pages[: 2 if master.facing else 1])
    )
    ground = spec.palette[master.ground].rgb if master.ground else "#ffffff"
    caption = f"{html.escape(master.title)}（{html.escape(name)}）"
    return (
        f'<figure><svg width="{WIDTH}" viewBox="0 0 {width:.1f} {height:.1f}" role="img" aria-label="{caption}">'
        f'<rect width="100%" height="100%" fill="{ground}" opacity=".25"/>{under}{shapes}</svg>'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _frame(spot: Spot, spec: LayoutSpec, unit: float, is_filled: bool) -> str:
    """Returns a frame's outline with its name, place and line; `unit`: points per unit of the medium."""
    frame, rect = spot.frame, spot.rect
    fill = "none"
    if frame.fill is not None and is_filled:
        colour = frame.fill.stops[0].colours[0] if isinstance(frame.fill, Shade) else frame.fill
        fill = spec.palette[colour].rgb
    x, width = (rect.x + rect.width, -rect.width) if rect.width < 0 else (rect.x, rect.width)
    label = html.escape(frame.name or frame.style)
    stroke = "#c33" if spot.is_solid else "#36c"
    place = " ".join(f"{round(length / unit, 1):g}" for length in (rect.x, rect.y, rect.width, rect.height))
    told = f"{label}：{place}（{html.escape(frame.span.file)}:{frame.span.line}）"
    return (
        f"<g><title>{told}</title>"
        f'<rect x="{x:.1f}" y="{rect.y:.1f}" width="{width:.1f}" height="{max(rect.height, 0.5):.1f}" fill="{fill}" '
        f'fill-opacity=".3" stroke="{stroke}" stroke-width=".7"/>'
        f'<text x="{x + 2:.1f}" y="{rect.y + 10:.1f}">{label} {place} :{frame.span.line}</text></g>'
    )
