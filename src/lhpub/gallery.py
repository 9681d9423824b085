"""What designers look at: a new layout to begin with, and one page that shows all layouts side by side."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pypdfium2 import PdfDocument

from lhpub.build import Job, Read, read_all, read_look, try_layout
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.layout.brand import base_of
from lhpub.layout.brand_looks import mixed, on_paper
from lhpub.layout.check import Spot, reached, spots_of
from lhpub.layout.fonts import is_serif
from lhpub.layout.generators import Shade
from lhpub.layout.model import LayoutSpec, Master, Medium
from lhpub.layout.names import ColourName, FrameName, names_in
from lhpub.layout.read import read_layout
from lhpub.layout.unread import with_repeated
from lhpub.render.pdf import default_profile, render_pdf
from lhpub.render.pdf.profile import screen_in_inks
from lhpub.render.pptx import read_brand
from lhpub.trials import Words, trial_world
from lhpub.units import Rect
from lhpub.world import PICTURE_LIMIT, World

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
TINTS = {"accent": 0.0, "accent-25": 0.725, "accent-10": 0.9, "soft": 0.83}
"""Plain's colours that are made of its accent, by how much paper is in them."""
FROM_BRAND = """\
# {name}：由模板 {file} 而来。幻灯片套用模板；画册是朴素，用模板的颜色。
extends: plain
title: {name}

palette:
{colours}

# 画册也用模板的字体：把字体文件放进 fonts/，去掉下一行的 #
# fonts: {{display: {face}, numeral: {face}, lead: {face}}}

deck:
  template: '{file}'
  fonts:
{fonts}
"""
_STYLE = """\
body{font:14px/1.6 system-ui,"Microsoft YaHei","Noto Sans SC",sans-serif;margin:24px;background:#f3f3f1;color:#222}
h2{margin:40px 0 8px}h3{margin:24px 0 8px;font-weight:500}.row{display:flex;flex-wrap:wrap;gap:12px}
figure{margin:0}figure img,figure svg{display:block;background:#fff;box-shadow:0 0 3px #0003}
figcaption{font-size:12px;color:#666}pre{white-space:pre-wrap;color:#a11}
svg text{font-family:system-ui,"Noto Sans SC",sans-serif;fill:#222;paint-order:stroke;stroke:#fffc}
ol{margin:0;padding:0;list-style:none;font-size:11px;line-height:1.45;width:280px}i{color:#888;font-style:normal}
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
    if base.endswith((".pptx", ".potx")):
        return _from_brand(world, layouts / name, Path(base))
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


def _from_brand(world: World, folder: Path, template: Path) -> Path:
    """Returns the path of a new layout on plain in a template's colours and fonts, its slides on the template. Raises
    Rejected."""
    data = world.read(template, PICTURE_LIMIT)
    brand, _ = read_brand(data, template.name, {})
    accent = on_paper(brand.accents[0])
    inks = {name: mixed(accent, "#FFFFFF", share) for name, share in TINTS.items()}
    profile = default_profile()
    colours = "\n".join(
        f"  {name}: {{rgb: '{rgb}', cmyk: {screen_in_inks(rgb, profile)}, differs: 屏幕随模板，印刷由 ICC 换算}}"
        for name, rgb in inks.items()
    )
    faces = {family: (latin or east or "Arial", east or "微软雅黑") for family, (latin, east) in brand.fonts.items()}
    fonts = "\n".join(
        f"    {family}: {{latin: '{latin}', ea: '{east}', measure: {'Noto Serif SC' if is_serif(east) else 'Noto Sans SC'}}}"
        for family, (latin, east) in faces.items()
    )
    words = {"name": folder.name, "file": template.name, "colours": colours, "fonts": fonts, "face": faces["major"][1]}
    world.write_all({folder / "layout.yaml": FROM_BRAND.format(**words).encode(), folder / template.name: data})
    return folder / "layout.yaml"


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


@dataclass(frozen=True)
class Shown:
    """A publication in a layout: the pages that were asked for as pictures, by target and number; by target and master, the
    first page that it set, and what kept it from holding."""

    name: str
    pictures: Mapping[tuple[str, int], str]
    first: Mapping[tuple[str, str], int]
    failed: Mapping[tuple[str, str], Diagnostic]
    errors: tuple[Diagnostic, ...] = ()

    def under(self, target: str, master: str, pages: int) -> tuple[str, ...]:
        """Returns the pictures of the first page, or of the two, that a master set; () if none."""
        number = self.first.get((target, master))
        return tuple(self.pictures[target, number + i] for i in range(pages)) if number else ()


def draw_gallery(
    world: World, job: Job, folders: Iterable[Path], words: Words | None = None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Returns one HTML page with all pages and slides of the job's source in each layout, and each master with its frames over
    a page; with the words of trials, each master's forms with little, much and photographs, too. Pages with errors are shown,
    and the errors told: a layout is mended by looking at it."""
    sections, told = [], list[Diagnostic]()
    for own in (replace(job, layout=folder) for folder in folders):
        look = read_look(world, own)
        every = [_shown("", read_all(world, own, look), True)]
        for number, form in enumerate(words.forms if words else ()):
            assert words is not None, "it has forms"
            trial, path = trial_world(world, replace(words, trials=words.forms), number)
            every.append(_shown(form.name, read_all(trial, replace(own, source=path), look), False))
        sections.append(_section(look.layout.spec, look.layout.name, every))
        told += every[0].errors
    return _page("版式一览", "".join(sections)), tuple(told)


def _page(title: str, body: str) -> bytes:
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html><html lang="zh-CN">{head}{body}</html>\n'.encode()


def _shown(name: str, read: Read, is_whole: bool) -> Shown:
    """Returns a publication composed once, with pictures of all pages, or of the first that each master set."""
    made, found = try_layout(read, ("brochure", "deck"))
    pictures: dict[tuple[str, int], str] = {}
    first: dict[tuple[str, str], int] = {}
    failed: dict[tuple[str, str], Diagnostic] = {}
    for target, composition in made.items():
        own = {page.master: page.number for page in reversed(composition.pages)}
        first |= {(target, master): number for master, number in own.items()}
        failed |= {(target, page.instead[0]): page.instead[1][0] for page in composition.pages if page.instead}
        wanted = {n + i for n in own.values() for i in (0, 1)} & {page.number for page in composition.pages}
        numbers = sorted(page.number for page in composition.pages) if is_whole else sorted(wanted)
        pictures |= {(target, n): data for n, data in zip(numbers, _pictures(render_pdf(composition), numbers), strict=True)}
    return Shown(name, pictures, first, failed, tuple(d for d in found if d.severity is Severity.ERROR))


def _section(spec: LayoutSpec, name: str, every: list[Shown]) -> str:
    """Returns a layout's pages, and its masters with what each was set with. `every`: the source, then the trials."""
    errors = "\n".join(html.escape(d.in_language("zh")) for d in every[0].errors)
    parts = [f"<h2>{html.escape(spec.title)}（{html.escape(name)}）</h2>", f"<pre>{errors}</pre>" if errors else ""]
    for words, target, medium in (("画册", "brochure", spec.brochure), ("幻灯片", "deck", spec.deck)):
        figures = (
            f'<figure><img src="{data}" width="{WIDTH}" alt="第 {n} 页"><figcaption>{n}</figcaption></figure>'
            for (of, n), data in every[0].pictures.items() if of == target
        )  # fmt: skip
        parts.append(f'<h3>{words}</h3><div class="row">{"".join(figures)}</div><h3>{words}的母版</h3>')
        used = reached(medium) if len(every) > 1 else set(medium.masters)
        parts += [_forms(target, name, (master, medium, spec), every) for name, master in medium.masters.items() if name in used]
    return "".join(parts)


def _forms(target: str, name: str, of: tuple[Master, Medium, LayoutSpec], every: list[Shown]) -> str:
    """Returns a master over the first page that it set, beside it its forms; where there is none, why it stands empty."""
    pages = 2 if of[0].facing else 1
    under = next((found for shown in every if (found := shown.under(target, name, pages))), ())
    small = (
        f'<figure><img src="{data[0]}" width="{WIDTH // 3}" alt="{shown.name}"><figcaption>{shown.name}</figcaption></figure>'
        for shown in every[1:] if (data := shown.under(target, name, pages))
    )  # fmt: skip
    why = next((shown.failed[target, name].message.zh for shown in every if (target, name) in shown.failed), "")
    needs = "、".join((*of[0].needs, *(f"无 {part}" for part in of[0].unless)))
    idle = f"一次也没有放下：{why}" if why else f"内容与试排都没有用到它{f'（要 {needs}）' if needs else '，排在前面的都放得下'}"
    told = "" if under or len(every) == 1 else f"<p>{html.escape(idle)}</p>"
    return f'<div class="row">{_master(name, *of, under)}{"".join(small)}{told}</div>'


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
    return _page(brand.file, f'<h2>{html.escape(brand.file)}</h2><div class="row">{"".join(figures)}</div>')


def _pictures(pdf: bytes, numbers: Iterable[int]) -> Iterator[str]:
    """Yields pages, from 1, as the addresses of pictures."""
    document = PdfDocument(pdf)
    for page in (document[number - 1] for number in numbers):
        written = io.BytesIO()
        page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").save(written, "JPEG", quality=82)
        yield f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode()}"


def _master(name: str, master: Master, medium: Medium, spec: LayoutSpec, pages: tuple[str, ...] = ()) -> str:
    """Returns a master drawn with its named frames over pages that it set, and beside it their places and lines."""
    unit = medium.points
    width, height = medium.size[0] * unit * (2 if master.facing else 1), medium.size[1] * unit
    spots = spots_of(master, medium, spec)
    scale = width / WIDTH
    shapes = "".join(_outline(spot, spec, scale, not pages) for spot in spots) + "".join(_labels(spots, scale))
    half = medium.size[0] * unit
    under = "".join(
        f'<image href="{data}" x="{half * side:.1f}" width="{half:.1f}" height="{height:.1f}" opacity=".6"/>'
        for side, data in enumerate(pages)
    )
    ground = spec.palette[master.ground].rgb if master.ground else "#ffffff"
    caption = f"{html.escape(master.title)}（{html.escape(name)}）"
    return (
        f'<figure><svg width="{WIDTH}" viewBox="0 0 {width:.1f} {height:.1f}" role="img" aria-label="{caption}">'
        f'<rect width="100%" height="100%" fill="{ground}" opacity=".25"/>{under}{shapes}</svg>'
        f"<figcaption>{caption}</figcaption></figure><ol>{''.join(_places(spots, unit))}</ol>"
    )


def _places(spots: tuple[Spot, ...], unit: float) -> Iterator[str]:
    """Yields a line for each frame: its name, its place as written, or as its edges come out, its line; then those that it
    repeats."""
    for spot in spots:
        found = tuple(round(length / unit, 1) for length in _sides(spot.rect))
        for depth, frame in enumerate(with_repeated((spot.frame,))):
            at = frame.at if isinstance(frame.at, tuple) else found if not depth else ()
            what = f"{'↳ ' * (depth > 0)}{html.escape(frame.name or frame.style)}"
            line = f"{Path(frame.span.file).parent.name}:{frame.span.line}"
            yield f"<li><b>{what}</b> {' '.join(f'{length:g}' for length in at)} <i>{html.escape(line)}</i></li>"


def _sides(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.width, rect.height


def _outline(spot: Spot, spec: LayoutSpec, scale: float, is_filled: bool) -> str:
    """Returns a frame's outline; `scale`: points of a pixel."""
    x, y, width, height = _sides(spot.rect)
    colour = spot.frame.fill.stops[0].colours[0] if isinstance(spot.frame.fill, Shade) else spot.frame.fill
    fill = spec.palette[colour].rgb if colour and is_filled else "none"
    return (
        f'<rect x="{min(x, x + width):.1f}" y="{y:.1f}" width="{abs(width):.1f}" height="{max(height, 0.5):.1f}" fill="{fill}" '
        f'fill-opacity=".3" stroke="{"#c33" if spot.is_solid else "#36c"}" stroke-width="{0.7 * scale:.2f}"/>'
    )


def _labels(spots: tuple[Spot, ...], scale: float) -> Iterator[str]:
    """Yields the names of frames, each in its corner, or under what stands there already."""
    taken: list[Rect] = []
    for spot in spots:
        name, size = spot.frame.name or spot.frame.style, 9 * scale
        wide = sum(1.0 if character > "\u2e7f" else 0.56 for character in name) * size
        label = Rect(max(min(spot.rect.x, spot.rect.right) + size / 5, 0.0), max(spot.rect.y, 0.0), wide, size * 1.1)
        while any(label.overlaps(other) for other in taken):
            label = label.moved(0, size / 4)
        taken.append(label)
        at = f'x="{label.x:.1f}" y="{label.y + size * 0.9:.1f}" font-size="{size:.1f}" stroke-width="{size / 4:.1f}"'
        yield f"<text {at}>{html.escape(name)}</text>"
