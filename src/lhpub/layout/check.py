"""Looks over a layout by itself, before any content: what a designer would want to know of her frames, colours and fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.layout.at import Area, resolve
from lhpub.layout.frame import Frame, contents
from lhpub.layout.generators import Shade
from lhpub.layout.model import Each, LayoutSpec, Master, Medium, all_frames, parted_frames
from lhpub.layout.names import BlockName, ColourName, LookName, StyleName, names_in
from lhpub.layout.printing import INK_LIMIT
from lhpub.text.model import ASCENT
from lhpub.units import POINTS_PER_MM, Rect

SAFE = {"brochure": 5 * POINTS_PER_MM, "deck": 12.0, "4:3 deck": 12.0}
"""Points from the edge in which no text should stand: it may be trimmed, or hidden by a projector's frame."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2 criterion 1.4.3."""
LETTERS, FIGURES = 0.8, 0.72
"""Over the baseline in em: Han characters, lining figures."""
_TOUCH = 1.0
_LISTED = 4
"""Lines that one message names."""
_ROUNDED = 0.02
"""Points by which a leading, as typed, may miss the pitch."""


@dataclass(frozen=True)
class Spot:
    """A frame where it stands on a master, in points. `is_loose`: its place depends on content."""

    frame: Frame
    rect: Rect
    is_loose: bool = False

    @property
    def is_text(self) -> bool:
        """True for a text, a big figure, and a frame that a text runs on into."""
        return self.frame.text is not None or self.frame.hero is not None or not contents(self.frame)

    @property
    def is_solid(self) -> bool:
        """True for what nothing else may stand on."""
        return self.is_text or self.frame.rows is not None or self.frame.picture is not None


def check_layout(spec: LayoutSpec) -> tuple[Diagnostic, ...]:
    """Returns what a look at the layout finds."""
    found = [*_check_colours(spec)]
    pale: dict[tuple[str, str], list[tuple[str, str, Span]]] = {}
    for kind, medium in zip(SAFE, (spec.brochure, *spec.decks), strict=False):
        found += _check_reach(medium, spec.span.file)
        found += _check_grid(medium, spec)
        for name, master in medium.masters.items():
            if name not in reached(medium) and master.span.file != spec.span.file:
                continue  # inherited, and on no page
            spots = spots_of(master, medium, spec)
            found += _check_places(spots, master, medium, (kind, name))
            found += _check_overlaps(spots, name)
            found += _check_names(master, medium, (kind, name))
            for spot, colours in _pale(spots, master, spec):
                pale.setdefault(colours, []).append((*_label(spot.frame, (kind, name)), spot.frame.span))
    found += [_contrast(colours, places, spec) for colours, places in pale.items()]
    found += _check_use(spec)
    return tuple(dict.fromkeys(found))


def spots_of(master: Master, medium: Medium, spec: LayoutSpec) -> tuple[Spot, ...]:
    """Returns a master's frames in the order they are drawn, those of included blocks first; of each cell those of its first
    block."""
    left, right, spread = medium.area("left"), medium.area("right"), medium.area(pages=2 if master.facing else 1)
    beside = replace(right, rect=right.rect.moved(right.rect.width, 0))
    frames = []
    included, own = parted_frames(master, medium)
    for frame in included:
        areas = (left, beside) if master.facing else (right,) if frame.side == "right" else (left,)
        frames += [(frame, area) for area in areas if frame.side in (None, area.side)]
    frames += [(frame, spread) for frame in own]
    for cell in master.cells:
        frames += [(frame, left.at(cell.at)) for frame in all_frames(medium.blocks[cell.blocks[0]], medium)]
    return tuple(_spot(frame, area, spec) for frame, area in frames)


def _spot(frame: Frame, area: Area, spec: LayoutSpec) -> Spot:
    rect = resolve(frame.at, area)
    x, y, width, height = rect.x, rect.y, rect.width, rect.height
    style = spec.styles.get(frame.style)
    size = style.size if style else 0.0
    if frame.hero is not None:
        size = frame.hero.ladder[0][0] if frame.hero.ladder else 0.0
        y, height = y - FIGURES * size, FIGURES * size
    elif frame.vertical:
        x, width = (x - size / 2, size) if frame.hang == "baseline" or not width else (x, width)
    elif frame.text is not None:
        y = y - LETTERS * size if frame.hang == "baseline" else y + (ASCENT - LETTERS) * size
        height = height - (ASCENT - LETTERS) * size if height else LETTERS * size
    floats = frame.rows is not None and bool(frame.rows.clear)
    leans = frame.below is not None or frame.above is not None or frame.inside is not None
    is_loose = floats or leans or bool(frame.sizes) or (frame.hero is not None and frame.hero.hang == "top")
    return Spot(frame, Rect(x, y, width, height), is_loose)


def _warn(code: str, span: Span | None, zh: str, en: str, hint: tuple[str, str] | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Bilingual(zh, en), Bilingual(*hint) if hint else None, span)


def _check_colours(spec: LayoutSpec) -> Iterator[Diagnostic]:
    printed = {str(name) for name in names_in((spec.brochure, spec.chart_colours)) if isinstance(name, ColourName)}
    printed |= {str(spec.styles[n].colour) for n in names_in(spec.brochure) if isinstance(n, StyleName) and n in spec.styles}
    limit = spec.press.ink_limit if spec.press else INK_LIMIT
    for name, colour in spec.palette.items():
        if name in printed and colour.cmyk is None:
            hint = ("写上 cmyk: [青, 品, 黄, 黑]，百分比", "add cmyk: [cyan, magenta, yellow, black] in percent")
            zh, en = f"颜色“{name}”没有写 cmyk，画册要付印", f"“{name}” has no cmyk, yet is printed"
            yield _warn("no-ink", colour.span, zh, en, hint)
        total = sum(colour.cmyk) if colour.cmyk and not colour.spot else 0
        if total > limit:
            yield _warn("ink-total", colour.span, f"颜色“{name}”总墨量 {total:g}%，超过 {limit:g}%",
                        f"“{name}” has {total:g} % ink in all, over {limit:g}")  # fmt: skip


def on_grid(leading: float, pitch: float) -> bool:
    """True if a leading is a multiple of the grid's pitch, both in points."""
    return round(leading / pitch) > 0 and abs(leading - round(leading / pitch) * pitch) < _ROUNDED


def _check_grid(medium: Medium, spec: LayoutSpec) -> Iterator[Diagnostic]:
    """Yields a baseline grid on which no text of the medium stands."""
    used = {name for name in names_in(medium) if isinstance(name, StyleName)}
    leadings = [style.leading or style.size * 1.5 for name, style in spec.styles.items() if name in used]
    pitch = medium.grid.pitch * medium.points if medium.grid else 0.0
    if medium.grid and not any(on_grid(leading, pitch) for leading in leadings):
        hint = (f"给正文写 leading: {pitch:.3f}（或它的整数倍）", f"give the body text leading: {pitch:.3f} or a multiple")
        yield _warn("idle-grid", medium.grid.span, "没有文字落在基线网格上", "no text stands on the baseline grid", hint)


def reached(medium: Medium) -> set[str]:
    """Returns the masters that a page may take."""
    reached = {str(medium.filler)}
    for step in medium.sequence:
        reached |= set(step.pages if isinstance(step, Each) else (step,) if isinstance(step, str) else step)
    reached |= {str(a.master) for a in medium.keywords} if "keywords" in reached else set()
    groups = [g.frames for g in medium.masters.values()] + [g.frames for g in medium.blocks.values()]
    return reached | {str(frame.more) for frames in groups for frame in frames if frame.more}


def _check_reach(medium: Medium, file: str) -> Iterator[Diagnostic]:
    """Yields the masters and blocks of the layout's own file that stand on no page; those it inherits are not its concern."""
    for name, master in medium.masters.items():
        if master.span.file == file and name not in reached(medium):
            yield _warn("unreachable", master.span, f"母版“{name}”没有页会用到", f"no page uses the master “{name}”",
                        ("写进 sequence 或 keywords，或删去", "name it in sequence or keywords, or delete it"))  # fmt: skip
    used = {str(name) for name in names_in(medium) if isinstance(name, BlockName)}
    for name, block in medium.blocks.items():
        if block.span.file == file and name not in used:
            yield _warn("unreachable", block.span, f"框组“{name}”没有用到", f"the block “{name}” is not used")


def _check_use(spec: LayoutSpec) -> Iterator[Diagnostic]:
    used = {(type(name), str(name)) for name in names_in(spec)}
    kinds = ((StyleName, spec.styles), (ColourName, spec.palette), (LookName, spec.charts))
    for kind, table in kinds:
        for name, entry in table.items():
            if entry.span.file == spec.span.file and (kind, name) not in used:
                yield _warn("unused", entry.span, f"{kind.kind.zh}“{name}”没有用到", f"the {kind.kind.en} “{name}” is not used")


def _check_places(
    spots: Iterable[Spot], master: Master, medium: Medium, of: tuple[str, str]
) -> Iterator[Diagnostic]:  # fmt: skip
    """Yields frames that leave the page (pictures and drawings: its bleed), and texts in the margin that may be trimmed."""
    unit, words = medium.points, ("毫米", "mm") if medium.unit == "mm" else ("点", "pt")
    page = medium.area(pages=2 if master.facing else 1).rect
    for spot in spots:
        rect, room = spot.rect, 0.0 if spot.is_text else medium.bleed * unit + _TOUCH
        if spot.is_loose or spot.frame.ticks or spot.frame.dots or spot.frame.nested or spot.frame.arcs:
            continue
        beyond = max(-rect.x, -rect.y, rect.right - page.width, rect.bottom - page.height)
        zh, en = _label(spot.frame, of)
        if beyond > room + _TOUCH:
            hint = ("只到出血为止", "end it at the bleed") if room else ("挪进版心", "move it in")
            yield _warn("off-page", spot.frame.span, f"{zh}超出页面 {beyond / unit:.1f} {words[0]}",
                        f"{en} leaves the page by {beyond / unit:.1f} {words[1]}", hint)  # fmt: skip
        elif spot.is_text and beyond > -(least := SAFE[of[0]]) + _TOUCH:
            yield _warn("safe-margin", spot.frame.span, f"{zh}离页边只有 {-beyond / unit:.1f} {words[0]}",
                        f"{en} is only {-beyond / unit:.1f} {words[1]} from the edge",
                        (f"至少留 {least / unit:g} {words[0]}", f"keep {least / unit:g} {words[1]} or more"))  # fmt: skip


def _label(frame: Frame, of: tuple[str, str]) -> tuple[str, str]:
    """Returns a frame as its designer knows it; `of`: medium and master."""
    (kind, master), name = of, frame.name or frame.style
    zh = {"brochure": "画册", "deck": "幻灯片", "4:3 deck": "4:3 幻灯片"}[kind]
    return f"{zh}母版“{master}”的框“{name}”", f"the frame “{name}” of the {kind}'s master “{master}”"


def _check_names(master: Master, medium: Medium, of: tuple[str, str]) -> Iterator[Diagnostic]:
    """Yields a second frame of one name that stands beside the first: what changes one changes both."""
    for one, other in combinations(all_frames(master, medium), 2):
        if one.name and one.name == other.name and not _exclude(one, other):
            zh, en = _label(other, of)
            yield _warn("two-of-one-name", other.span, f"{zh}有两个，都会画出来", f"there are two of {en}, both are drawn",
                        ("换一个名字，或用 when / unless 分开", "name it otherwise, or part them by when / unless"))  # fmt: skip


def _exclude(one: Frame, other: Frame) -> bool:
    """True if two frames never stand on the same page."""
    sides, (mine, yours) = {one.side, other.side}, (_needs(one), _needs(other))
    if sides == {"left", "right"} or mine & set(other.unless) or yours & set(one.unless):
        return True
    shapes = [{p for p in needs if p.startswith("kind.") or p in _SHAPES} for needs in (mine, yours)]
    return all(shapes) and not shapes[0] & shapes[1]


_SHAPES = ("landscape", "square", "portrait")
_PICTURE_PARTS = {"keyword": "picture", "theme": "theme.picture", "cover": "cover", "logo": "logo", "qr": "qr"}


def _needs(frame: Frame) -> set[str]:
    """Returns the parts without which a frame is not there: those it names, and its content's."""
    needs = {str(part) for part in frame.when}
    needs |= {"hero"} if frame.hero is not None else set()
    needs |= {"points"} if frame.rows is not None else set()
    needs |= {_PICTURE_PARTS[frame.picture]} if frame.picture else set()
    return needs


def _check_overlaps(spots: Iterable[Spot], name: str) -> Iterator[Diagnostic]:
    every = list(spots)
    for one, other in combinations(every, 2):
        if not (one.is_solid and other.is_solid) or one.is_loose or other.is_loose:
            continue
        between = every[every.index(one) + 1 : every.index(other)]
        if other.is_text and any(_covers(spot, other) for spot in between):
            continue
        wide = min(one.rect.right, other.rect.right) - max(one.rect.x, other.rect.x)
        high = min(one.rect.bottom, other.rect.bottom) - max(one.rect.y, other.rect.y)
        is_other = not one.frame.name or one.frame.name != other.frame.name
        if is_other and wide > _TOUCH and high > _TOUCH and not _exclude(one.frame, other.frame):
            a, b = one.frame.name or one.frame.style, other.frame.name or other.frame.style
            zh, en = f"“{name}”里“{a}”与“{b}”的框相叠", f"the frames “{a}” and “{b}” of “{name}” overlap"
            hint = ("挪开，或用 when / unless 分开", "move one, or part them by when / unless")
            yield _warn("frames-overlap", other.frame.span, zh, en, hint)


def _covers(spot: Spot, text: Spot) -> bool:
    """True if a drawing with a ground of its own lies under a text's middle."""
    frame, rect = spot.frame, spot.rect
    x, y = text.rect.x + text.rect.width / 2, text.rect.y + text.rect.height / 2
    is_ground = frame.fill is not None or frame.nested is not None or (frame.arcs is not None and frame.arcs.fill is not None)
    return is_ground and rect.x <= x <= rect.right and rect.y <= y <= rect.bottom


def _pale(spots: tuple[Spot, ...], master: Master, spec: LayoutSpec) -> Iterator[tuple[Spot, tuple[str, str]]]:
    """Yields the texts of a master that do not stand out, each with its colour and its ground's."""
    for spot in spots:
        style = spec.styles.get(spot.frame.style)
        if not spot.is_text or style is None or spot.frame.inside:
            continue
        colour = str(spot.frame.colour or style.colour)
        for ground in _grounds(spots, spot, master):
            is_known = colour in spec.palette and ground in spec.palette
            if is_known and contrast(spec.palette[colour].rgb, spec.palette[ground].rgb) < LEAST_CONTRAST:
                yield spot, (colour, ground)


def _contrast(colours: tuple[str, str], places: list[tuple[str, str, Span]], spec: LayoutSpec) -> Diagnostic:
    """Returns the one warning of two colours, told where the layout itself writes one of them, else at the first text."""
    ratio = contrast(*(spec.palette[name].rgb for name in colours))
    own = [spec.palette[name].span for name in colours if spec.extends and spec.palette[name].span.file == spec.span.file]
    (zh, en, span), more = places[0], len(places) - 1
    lines = "、".join(dict.fromkeys(f"{place.file}:{place.line}" for *_, place in places[:_LISTED]))
    return _warn(
        "contrast", own[0] if own else span,
        f"{colours[0]} 在 {colours[1]} 上对比只有 {ratio:.1f}：{zh}" + f"，另 {more} 处" * (more > 0),
        f"{colours[0]} on {colours[1]} has contrast {ratio:.1f}: {en}" + f", and {more} more" * (more > 0),
        (f"至少 {LEAST_CONTRAST}；先见于 {lines}", f"{LEAST_CONTRAST} or more; first at {lines}"),
    )  # fmt: skip


def _grounds(spots: tuple[Spot, ...], spot: Spot, master: Master) -> tuple[str, ...]:
    """Returns the colours that a text may stand on: of the last filled frame under its middle, else the master's. Drawing lies
    under all texts, wherever it is written."""
    x, y = spot.rect.x + spot.rect.width / 2, spot.rect.y + spot.rect.height / 2
    for under in reversed(spots):
        rect, fill = under.rect, under.frame.fill
        if under is spot or not _covers(under, spot) or _exclude(under.frame, spot.frame):
            continue
        if fill is None:  # a drawing, whose colour at this place is known only when it is drawn
            return ()
        if not isinstance(fill, Shade):
            return (str(fill),)
        place = (x - rect.x) / rect.width if fill.across else (y - rect.y) / rect.height
        nearest = min(fill.stops, key=lambda stop: abs(stop.at - place))
        return tuple(map(str, nearest.colours))
    return (str(master.ground),) if master.ground else ()


def contrast(one: str, two: str) -> float:
    """Returns the contrast ratio of two sRGB colours, 1–21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: str) -> float:
    channels = [int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
