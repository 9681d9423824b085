"""What a layout must mean beside being well written: names that exist, frames that say one thing, pages for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise

from lhpub.diagnostics import Bilingual, Span
from lhpub.layout.at import faults
from lhpub.layout.frame import CONTENT, Block, Frame, contents
from lhpub.layout.generators import Shade
from lhpub.layout.grid import Grid
from lhpub.layout.model import Each, LayoutSpec, Medium, all_frames, parted_frames
from lhpub.layout.names import (
    BlockName,
    ColourName,
    Condition,
    FrameName,
    LookName,
    MasterName,
    Name,
    StyleName,
    Template,
    names_in,
)
from lhpub.layout.slots import PARTS, REFERENCE, SLOTS, is_part, is_slot
from lhpub.source.report import Report, did_you_mean

SIDES = ("front", "top", "right", "left", "bottom")
"""Of a receding frame."""
THEME_COLOURS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")


FARTHEST = 20_000
POSITIVE = ("Medium.size", "Medium.multiple", "Stack.grid", "Stack.height", "Nested.opening", "Nested.zoom", "Nested.count",
            "Nested.rim_inner", "Arcs.radii", "Hero.ladder", "Style.leading", "Rows.most", "Repeat.columns",
            "Repeat.count", "Repeat.chunk", "Repeat.fit", "Arrangement.keywords", "BaselineGrid.pitch")  # fmt: skip
"""Numbers that must be over 0."""


def check_meaning(spec: LayoutSpec, report: Report) -> None:
    """Reports what a well-written layout still gets wrong, in the designer's terms."""
    check = _Check(spec, report)
    check.colours()
    check.styles()
    for medium in (spec.brochure, *spec.decks):
        check.is_deck = medium is not spec.brochure
        check.grid = medium.area().grid
        check.names_of(medium)
        check.pages_of(medium)
        for master in medium.masters.values():
            check.frames(master.frames, parted_frames(master, medium)[0])
            if master.stack:
                blocks = (medium.blocks[name] for name in master.stack.blocks if name in medium.blocks)
                held = tuple(frame.name for block in blocks for frame in all_frames(block, medium))
                for name in master.stack.texts:
                    check.known(name, held, name.kind, name.span)
        for block in medium.blocks.values():
            check.frames(block.frames, None, medium)
    for deck in spec.decks:
        check.theme_of(deck)
    check.names((spec.chart_colours, spec.charts), {})
    check.numbers(spec, spec.span)


def _flat(value: object) -> Iterator[float]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, int | float):
        yield value


class _Check:
    def __init__(self, spec: LayoutSpec, report: Report) -> None:
        self.spec = spec
        self.report = report
        self.is_deck = False
        self.grid: Grid | None = None

    def tell(self, code: str, span: Span | None, zh: str, en: str, hint: Bilingual | None = None) -> None:
        self.report.error(code, span, Bilingual(zh, en), hint)

    def known(self, name: str, names: Iterable[str], what: Bilingual, span: Span | None) -> None:
        known = tuple(names)
        if name not in known:
            hint = did_you_mean(name, known)
            self.tell("unknown-name", span, f"没有叫“{name}”的{what.zh}", f"there is no {what.en} “{name}”", hint)

    def colours(self) -> None:
        for colour in self.spec.palette.values():
            digits = colour.rgb.removeprefix("#")
            if len(colour.rgb) != 7 or len(digits) != 6 or any(c not in "0123456789abcdefABCDEF" for c in digits):
                hint = Bilingual("写成 '#871920' 这样的六位十六进制，并加引号", "write six hex digits in quotes: '#871920'")
                self.tell("bad-colour", colour.span, f"颜色“{colour.rgb}”不成立", f"“{colour.rgb}” is no colour", hint)

    def styles(self) -> None:
        fonts = (*self.spec.fonts, *(name for deck in self.spec.decks for name in deck.fonts))
        for style in self.spec.styles.values():
            if style.font:
                self.known(style.font, fonts, Bilingual("字体", "font"), style.span)
            if style.emphasis == "dots" and style.leading is not None and style.leading < 1.5 * style.size:
                self.tell("no-room-for-dots", style.span, "行距太小，着重号会碰到下一行",
                          "emphasis dots would touch the next line",
                          Bilingual("leading 至少是 size 的 1.5 倍", "a leading of 1.5 times the size or more"))  # fmt: skip
        self.names(self.spec.styles, {})

    def names(self, value: object, known: dict[type[Name], Iterable[str]]) -> None:
        """Checks every name in a declared object but those of frames, which depend on where they stand."""
        tables: dict[type[Name], Iterable[str]] = {
            ColourName: self.spec.palette, StyleName: self.spec.styles, LookName: self.spec.charts, **known,
        }  # fmt: skip
        for name in names_in(value):
            kind = type(name)
            if kind is Condition:
                if not is_part(name):
                    self.known(name, PARTS, kind.kind, name.span)
            elif kind is Template:
                for slot in REFERENCE.findall(name):
                    if not is_slot(slot):
                        self.known(slot, SLOTS, Bilingual("内容", "slot"), name.span)
            elif kind in tables and name:
                self.known(name, tables[kind], kind.kind, name.span)

    def numbers(self, value: object, span: Span) -> None:
        """Checks that numbers are of a sane size, and positive where nothing else makes sense."""
        if isinstance(value, tuple | dict):
            for item in value.values() if isinstance(value, dict) else value:
                self.numbers(item, span)
        elif isinstance(value, float | int) and abs(value) > FARTHEST:
            self.tell("out-of-range", span, f"{value:g} 太大", f"{value:g} is too large")
        elif value is not None and not isinstance(value, str | Span):
            span = getattr(value, "span", span)
            for name in getattr(value, "__dataclass_fields__", ()):
                own = getattr(value, name)
                if f"{type(value).__name__}.{name}" in POSITIVE and any(n <= 0 for n in _flat(own)):
                    self.tell("out-of-range", span, f"“{name}”要大于 0", f"“{name}” must be over 0")
                self.numbers(own, span)

    def names_of(self, medium: Medium) -> None:
        if medium.grid and self.is_deck:
            self.tell("brochure-only", medium.grid.span, "幻灯片没有基线网格", "slides have no baseline grid",
                      Bilingual("去掉 grid", "leave out grid"))  # fmt: skip
        self.names(medium, {MasterName: (*medium.masters, "keywords"), BlockName: medium.blocks})
        for name, block in medium.blocks.items():
            if self._includes(block, name, medium, ()):
                self.tell("circle", block.span, f"框组“{name}”绕回了自己", f"the block “{name}” includes itself")

    def _includes(self, block: Block, name: str, medium: Medium, seen: tuple[str, ...]) -> bool:
        return any(
            other == name
            or (other not in seen and other in medium.blocks
                and self._includes(medium.blocks[other], name, medium, (*seen, other)))
            for other in block.include
        )  # fmt: skip

    def pages_of(self, medium: Medium) -> None:
        """Checks that every keyword finds a page, and every page its place."""
        single = [a for a in medium.keywords if a.keywords == 1 and not (a.charts or a.first or a.pictures)]
        plain = [a for a in single if a.master in medium.masters]
        if not any(not (medium.masters[a.master].needs or medium.masters[a.master].unless) for a in plain):
            hint = Bilingual(
                "在 keywords 末尾加一种：keywords: 1，母版不写 needs、unless",
                "end keywords with one for a single keyword whose master has neither needs nor unless",
            )
            self.tell("no-page", medium.span, "有的关键词会没有页可上", "some keywords would find no page", hint)
        is_facing = any(master.facing for master in medium.masters.values())
        pairs = any(isinstance(step, tuple) for step in medium.sequence)
        if not medium.filler and (is_facing or pairs or medium.multiple > 1):
            self.tell("no-filler", medium.span, "有对页或页数倍数时要写 filler：补页用的母版",
                      "facing pages and a page multiple need a filler, the master of padding pages")  # fmt: skip
        for arrangement in medium.keywords:
            master = medium.masters.get(arrangement.master)
            if master and arrangement.keywords > 1 and not master.stack and len(master.cells) < arrangement.keywords:
                self.tell("no-cell", arrangement.span, f"母版“{arrangement.master}”放不下 {arrangement.keywords} 个关键词",
                          f"the master “{arrangement.master}” has no place for {arrangement.keywords} keywords",
                          Bilingual("给它写足 cells，或写 stack", "give it as many cells, or a stack"))  # fmt: skip
        for step in medium.sequence:
            if not isinstance(step, Each) and "keywords" in ((step,) if isinstance(step, str) else step):
                self.tell("no-page", medium.span, "keywords 只能写在 each: theme 的 pages 里",
                          "keywords can only stand among the pages of each: theme")  # fmt: skip

    def theme_of(self, deck: Medium) -> None:
        for name in (n for n in ("major", "minor") if n not in deck.fonts):
            self.tell("no-theme-font", deck.span, f"deck.fonts 缺 {name}", f"deck.fonts lacks {name}")
        for name in (n for n in ("major", "minor") if deck.fonts_alternative and n not in deck.fonts_alternative):
            said = f"deck.fonts_alternative 缺 {name}", f"deck.fonts_alternative lacks {name}"
            self.tell("no-theme-font", deck.span, *said)
        lacking = [slot for slot in THEME_COLOURS if slot not in deck.colours]
        if lacking:
            self.tell("no-theme-colour", deck.span, f"deck.colours 缺 {'、'.join(lacking)}",
                      f"deck.colours lacks {', '.join(lacking)}")  # fmt: skip

    def frames(self, frames: tuple[Frame, ...], others: tuple[Frame, ...] | None, medium: Medium | None = None) -> None:
        """Checks frames; `others`: those of included blocks. A block's may lean on any frame of the medium."""
        names = {frame.name for frame in (*frames, *(others or ()))}
        continued = {str(frame.next) for frame in frames}
        if medium is not None:
            every = [m.frames for m in medium.masters.values()] + [b.frames for b in medium.blocks.values()]
            names |= {frame.name for group in every for frame in group}
        for frame in frames:
            others_named = {f.name for f in (*frames, *(others or ())) if f is not frame} - {""}
            self.frame(frame, frame.name in continued, others_named)
            for fault in () if isinstance(frame.at, tuple) else faults(frame.at, self.grid):
                self.tell("bad-place", frame.span, fault.zh, fault.en)
            if frame.next is not None:
                self.next_of(frame, frame.next, frames)
            for name in names_in((frame.below, frame.above, frame.inside, frame.level, frame.rows)):
                if isinstance(name, FrameName):
                    self.known(name.removesuffix(".opening"), names, name.kind, name.span)
            if frame.repeat is not None:
                self.frames(frame.repeat.frames, None, medium)

    def next_of(self, frame: Frame, name: FrameName, frames: tuple[Frame, ...]) -> None:
        """Checks the frame that a text runs on into: there, empty, and not one that it comes from."""
        following = {f.name: f for f in frames if not contents(f)}
        seen = [frame.name]
        step: FrameName | None = name
        while step is not None and step in following and step not in seen:
            seen.append(str(step))
            step = following[step].next
        if step in seen or name not in following:
            self.tell("no-next", name.span, f"文字不能续到“{name}”", f"the text cannot run on into “{name}”",
                      Bilingual("写同一组里另一个框的名字；那个框不写内容，也不绕回来",
                                "name another frame of the same list, without content, and no circle"))  # fmt: skip

    def text_keys(self, frame: Frame) -> None:
        """Checks the keys that only some texts may have."""
        if frame.balance and frame.next is None:
            self.tell("text-only", frame.span, "balance 要与 next 同写", "balance goes with next")
        no_height = isinstance(frame.at, tuple) and frame.at[3] <= 0
        if frame.vertical and (no_height or frame.next or frame.initial or frame.inside):
            self.tell("vertical", frame.span, "竖排的框要有高，不写 next、initial、inside",
                      "a vertical text needs a height, and takes no next, initial or inside")  # fmt: skip
        if frame.initial and self.is_deck:
            self.tell("brochure-only", frame.initial.span, "幻灯片没有首字下沉", "slides have no large initials",
                      Bilingual("去掉 initial", "leave out initial"))  # fmt: skip

    def frame(self, frame: Frame, is_continued: bool, names: set[str]) -> None:
        """Checks one frame; `names`: of the others beside it."""
        content = contents(frame)
        self.text_keys(frame)
        if len(content) != 1 and not (is_continued and not content):
            hint = Bilingual(f"从这些里选一种：{'、'.join(CONTENT)}", f"choose one of: {', '.join(CONTENT)}")
            told = (f"一个框要且只要一种内容，这里有 {len(content)} 种：{'、'.join(content) or '无'}",
                    f"a frame has exactly one kind of content, here are {len(content)}: {', '.join(content) or 'none'}")
            if frame.name and not content and (meant := get_close_matches(frame.name, names, n=1, cutoff=0.5)):
                hint = Bilingual(f"是否要改框“{meant[0]}”？", f"did you mean the frame “{meant[0]}”?")
                told = (f"没有叫“{frame.name}”的框可改，自己也没有内容",
                        f"there is no frame “{frame.name}” to change, and it has no content")
            elif self.spec.extends and len(content) > 1:
                hint = Bilingual("同名的框是同一个框，原来的内容还在：换个名字，或在原处 drop 它",
                                 "a frame of the same name is the same frame and keeps its content: use another name")
            self.tell("frame-content", frame.span, *told, hint)  # fmt: skip
        misspelt = any(d.code == "unknown-key" and d.hint and "“style”" in d.hint.zh for d in self.report.diagnostics)
        if (frame.text is not None or frame.hero is not None) and not frame.style and not misspelt:
            self.tell("missing-style", frame.span, "有文字的框要写 style", "a frame with text needs a style")
        if isinstance(frame.fill, Shade):
            places = [stop.at for stop in frame.fill.stops]
            if len(places) < 2 or any(b < a for a, b in pairwise(places)) or not all(s.colours for s in frame.fill.stops):
                self.tell("bad-gradient", frame.span, "渐变至少两站，由 0 到 1 依次写，各有颜色",
                          "a gradient has at least two stops, in order from 0 to 1, each with a colour")  # fmt: skip
        if frame.nested is not None and frame.nested.ramps and set(frame.nested.ramps) != set(SIDES):
            self.tell("ramps", frame.nested.span, "ramps 要写全五面", "ramps needs all five sides",
                      Bilingual("、".join(SIDES), ", ".join(SIDES)))  # fmt: skip
        lists = (
            ("ladder", frame.hero is None or frame.hero.ladder or frame.hero.lines),
            ("most", frame.rows is None or frame.rows.most),
            ("zoom", frame.nested is None or frame.nested.zoom),
        )
        for name, filled in lists:
            if not filled:
                self.tell("empty-list", frame.span, f"“{name}”至少要写一项", f"“{name}” needs at least one entry")
