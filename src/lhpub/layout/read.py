"""Reads a layout folder: declared keys, then what only a reader can know: names that exist, frames that say one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Span
from lhpub.layout.model import Each, Frame, LayoutSpec, Master, Medium, Style
from lhpub.layout.slots import PARTS, REFERENCE, SLOTS, is_part, is_slot
from lhpub.source.declared import read_declared
from lhpub.source.load import load_source
from lhpub.source.report import Report, did_you_mean
from lhpub.text.model import Ink, TextStyle
from lhpub.world import World

CONTENT = ("text", "rule", "fill", "hero", "rows", "repeat", "nested", "ticks", "picture", "chart")
"""The keys of which a frame has exactly one."""


@dataclass(frozen=True)
class Layout:
    """A layout ready to compose with: the declared parts, and its colours and styles resolved."""

    name: str
    spec: LayoutSpec
    inks: Mapping[str, Ink]
    styles: Mapping[str, TextStyle]

    def style(self, name: str, colour: str | None = None) -> TextStyle:
        """Returns a type style, in another colour if one is named."""
        style = self.styles[name]
        return replace(style, ink=self.inks[colour]) if colour else style

    def strong(self, style: TextStyle) -> int:
        """Returns the weight of strong text in a style."""
        return self.spec.styles[style.name].strong


def read_layout(world: World, folder: Path) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Returns the layout in `folder` and its warnings; raises Rejected with every error."""
    report = Report()
    spec = read_declared(load_source(world, folder / "layout.yaml"), LayoutSpec, report)
    if spec is None:
        raise Rejected(report.diagnostics)
    checker = _Checker(spec, report)
    checker.check_styles()
    for medium in (spec.brochure, spec.deck):
        checker.check_medium(medium)
    warnings = report.finish()
    inks = {name: Ink(name, c.rgb, c.cmyk, c.spot) for name, c in spec.palette.items()}
    styles = {name: _resolve_style(name, style, spec, inks) for name, style in spec.styles.items()}
    return Layout(folder.name, spec, inks, styles), warnings


def _resolve_style(name: str, style: Style, spec: LayoutSpec, inks: Mapping[str, Ink]) -> TextStyle:
    return TextStyle(
        name=name,
        family=spec.fonts.get(style.font, style.font),
        weight=style.weight,
        size=style.size,
        leading=style.leading or style.size * 1.5,
        ink=inks[style.colour],
        align=style.align,
        tracking=style.tracking / 1000,
        indent=style.indent,
        floor=style.floor,
    )


class _Checker:
    """Reports names that a layout uses and does not declare, in the designer's terms."""

    def __init__(self, spec: LayoutSpec, report: Report) -> None:
        self.spec = spec
        self.report = report

    def known(self, name: str | None, names: Iterable[str], what: Bilingual, span: Span) -> None:
        known = tuple(names)
        if name and name not in known:
            message = Bilingual(f"没有叫“{name}”的{what.zh}", f"there is no {what.en} “{name}”")
            self.report.error("unknown-name", span, message, did_you_mean(name, known))

    def check_styles(self) -> None:
        for colour in self.spec.palette.values():
            if not _is_rgb(colour.rgb):
                message = Bilingual(f"颜色“{colour.rgb}”不成立", f"“{colour.rgb}” is no colour")
                hint = Bilingual(
                    "写成 '#871920' 这样的六位十六进制，并加引号", "write six hex digits in quotes: '#871920'"
                )
                self.report.error("bad-colour", colour.span, message, hint)
        for style in self.spec.styles.values():
            self.known(style.font, (*self.spec.fonts, *self.spec.deck.fonts), Bilingual("字体", "font"), style.span)
            self.colour(style.colour, style.span)

    def colour(self, name: str | None, span: Span) -> None:
        self.known(name, self.spec.palette, Bilingual("颜色", "colour"), span)

    def style(self, name: str | None, span: Span) -> None:
        self.known(name, self.spec.styles, Bilingual("文字样式", "type style"), span)

    def check_medium(self, medium: Medium) -> None:
        master_names, block_names = tuple(medium.masters), tuple(medium.blocks)
        master_word, block_word = Bilingual("母版", "master"), Bilingual("框组", "block")
        for step in medium.sequence:
            names = step.pages if isinstance(step, Each) else (step,) if isinstance(step, str) else step
            for name in names:
                self.known(name, (*master_names, "keywords"), master_word, medium.span)
        for arrangement in medium.keywords:
            self.known(arrangement.master, master_names, master_word, arrangement.span)
        self.known(medium.filler, master_names, master_word, medium.span)
        self.style(medium.mark_style, medium.span)
        for colour in medium.colours.values():
            self.colour(colour, medium.span)
        for master in medium.masters.values():
            self.colour(master.ground, master.span)
            for block in (*master.include, *(name for cell in master.cells for name in cell.blocks)):
                self.known(block, block_names, block_word, master.span)
            self.check_conditions(master.needs, master.span)
            self.check_frames(master.frames, _included(master, medium))
        for piece in medium.blocks.values():
            self.check_conditions((*piece.when, *piece.unless), piece.span)
            self.check_frames(piece.frames, None)

    def check_conditions(self, conditions: tuple[str, ...], span: Span) -> None:
        for part in conditions:
            if not is_part(part):
                self.known(part, PARTS, Bilingual("内容", "part"), span)

    def check_frames(self, frames: tuple[Frame, ...], also: tuple[str, ...] | None) -> None:
        """Checks frames; `also`: names of frames from included blocks (None: a block, which may lean on its master's)."""
        names = [frame.name for frame in frames if frame.name]
        for frame in frames:
            self.check_frame(frame)
            near = [n.frame for n in (frame.below, frame.above, frame.inside) if n is not None]
            near += [frame.rows.clear] if frame.rows and frame.rows.clear else []
            for other in near if also is not None else ():
                self.known(other.removesuffix(".opening"), (*names, *(also or ())), Bilingual("框", "frame"), frame.span)

    def check_frame(self, frame: Frame) -> None:
        content = [name for name in CONTENT if getattr(frame, name) not in (None, False)]
        if len(content) != 1:
            message = Bilingual(
                f"一个框要且只要一种内容，这里有 {len(content)} 种：{'、'.join(content) or '无'}",
                f"a frame has exactly one kind of content, here are {len(content)}: {', '.join(content) or 'none'}",
            )
            listed = Bilingual(f"从这些里选一种：{'、'.join(CONTENT)}", f"choose one of: {', '.join(CONTENT)}")
            self.report.error("frame-content", frame.span, message, listed)
        if frame.text is not None or frame.hero is not None:
            if not frame.style:
                missing = Bilingual("有文字的框要写 style", "a frame with text needs a style")
                self.report.error("missing-style", frame.span, missing)
            self.style(frame.style, frame.span)
        for colour in (frame.colour, frame.fill):
            self.colour(colour, frame.span)
        self.check_conditions((*frame.when, *frame.unless), frame.span)
        templates: tuple[str, ...] = (frame.text,) if isinstance(frame.text, str) else frame.text or ()
        for template in (*templates, frame.link or ""):
            for slot in REFERENCE.findall(template):
                if not is_slot(slot):
                    self.known(slot, SLOTS, Bilingual("内容", "slot"), frame.span)
        if frame.hero is not None:
            self.style(frame.hero.unit, frame.span)
        if frame.rows is not None:
            self.style(frame.rows.key_style, frame.span)
            self.style(frame.rows.value_style, frame.span)
            self.colour(frame.rows.colour, frame.span)
        if frame.repeat is not None:
            self.check_frames(frame.repeat.frames, None)


def _is_rgb(text: str) -> bool:
    return len(text) == 7 and text.startswith("#") and all(c in "0123456789abcdefABCDEF" for c in text[1:])


def _included(master: Master, medium: Medium) -> tuple[str, ...]:
    return tuple(
        f.name for name in master.include if name in medium.blocks for f in medium.blocks[name].frames if f.name
    )
