"""Tells what is written and nothing reads: a frame's keys by its content, a chart style's by the kinds of chart it draws, a
medium's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_args

from lhpub.diagnostics import Bilingual, Severity, Span
from lhpub.diagnostics import Diagnostic as Told
from lhpub.kinds import ChartKind, ChartStyle
from lhpub.layout.frame import Block, Frame, contents
from lhpub.layout.model import Each, LayoutSpec, Master, Medium, all_frames

KINDS: tuple[str, ...] = get_args(ChartKind)
EVERY = {*KINDS} - {"timeline"}
"""What keywords' pages may hold."""
STYLES = {k: {f.name for f in dataclasses.fields(style)} for k, style in zip(KINDS, get_args(ChartStyle), strict=True)}
"""The keys of a chart style that each kind of chart reads."""
ANY = ("span", "at", "name", "when", "unless", "side", "below", "above", "level")
TEXT = ("style", "colour", "tag", "placeholder", "keyword", "fact")
READ = {
    "text": (*TEXT, "instead", "align", "hang", "inside", "sizes", "vertical", "initial", "next", "more", "balance", "spaces",
             "link"),
    "hero": (*TEXT, "align"),
    "rows": ("more", "keyword"),
    "repeat": ("hang", "colour", "keyword", "tag"),
    "picture": ("inside", "least", "align", "keyword", "tag", "link"),
    "chart": ("least", "keyword", "tag"),
    "rule": ("colour",),
    "": ("hang", "next"),
}
"""The keys that a frame reads beside its content and those of ANY; one without content takes what runs on into it."""
DECK_ONLY = ("template", "map", "colours", "fonts", "fonts_alternative", "fade", "date", "handout")


def check_read(spec: LayoutSpec) -> Iterator[Told]:
    """Yields a warning for each key of the layout's own file that has no effect where it stands."""
    for medium in (spec.brochure, *spec.decks):
        owners: tuple[Master | Block, ...] = (*medium.masters.values(), *medium.blocks.values())
        for frame in (one for owner in owners for one in with_repeated(owner.frames)):
            if frame.span.file == spec.span.file:
                yield from _frame(frame)
    for name in DECK_ONLY:
        if getattr(spec.brochure, name):
            said = f"画册不读 {name}", f"the brochure does not read {name}", "写在 deck 里", "write it in deck"
            yield _told(spec.brochure.span, *said)
    drawn = kinds_drawn(spec)
    for name, look in spec.charts.items():
        if drawn.get(name) and look.span.file == spec.span.file:
            yield from _look(name, look, drawn[name])


def with_repeated(frames: tuple[Frame, ...]) -> Iterator[Frame]:
    """Yields frames, each followed by those that it repeats."""
    for frame in frames:
        yield frame
        yield from with_repeated(frame.repeat.frames) if frame.repeat else ()


def _frame(frame: Frame) -> Iterator[Told]:
    content = next(iter(contents(frame)), "")
    known = (*ANY, *READ.get(content, ()), *contents(frame))
    unread = [f.name for f in dataclasses.fields(frame) if f.name not in known and getattr(frame, f.name) != f.default]
    if unread:
        readers = "、".join(kind for kind, keys in READ.items() if unread[0] in keys and kind)
        what = (f"是 {content}", f"is a {content}") if content else ("只接排", "takes what runs on")
        yield _told(frame.span, f"框“{frame.name}”{what[0]}，不读 {'、'.join(unread)}",
                    f"the frame “{frame.name}” {what[1]}, which does not read {', '.join(unread)}",
                    f"去掉它；读 {unread[0]} 的是 {readers}", f"leave it out; {unread[0]} is for {readers}")  # fmt: skip


def _look(name: str, look: Any, kinds: set[str]) -> Iterator[Told]:
    read = set().union(*(STYLES[kind] for kind in kinds))
    written = [name for name in set().union(*STYLES.values()) - read if getattr(look, name) is not None]
    for unread in sorted(written):
        drawn, readers = "、".join(sorted(kinds)), "、".join(kind for kind, keys in STYLES.items() if unread in keys)
        yield _told(look.span, f"图表样式“{name}”画 {drawn}，不读 {unread}",
                    f"the chart style “{name}” draws {drawn}, which does not read {unread}",
                    f"去掉它；读它的是 {readers}", f"leave it out; it is for {readers}")  # fmt: skip


def _told(span: Span, zh: str, en: str, hint_zh: str, hint_en: str) -> Told:
    return Told("unread-key", Severity.WARNING, Bilingual(zh, en), Bilingual(hint_zh, hint_en), span)


def kinds_drawn(spec: LayoutSpec) -> dict[str, set[str]]:
    """Returns for each chart style the kinds of chart that frames draw in it, as far as the layout can tell."""
    drawn: dict[str, set[str]] = {}
    for medium in (spec.brochure, *spec.decks):
        for owner, kinds in _owners(medium):
            for frame in with_repeated(all_frames(owner, medium)):
                if frame.chart is not None:
                    named = {part for part in frame.chart.split("-") if part in KINDS}
                    here = (named & kinds or kinds) if kinds != EVERY else kinds
                    here = here or named or {"timeline"}
                    needs = {part.partition(".")[2] for part in frame.when if part.startswith("kind.")}
                    without = {part.partition(".")[2] for part in frame.unless if part.startswith("kind.")}
                    drawn.setdefault(str(frame.chart), set()).update((here & needs if needs else here) - without)
    return drawn


def _owners(medium: Medium) -> Iterator[tuple[Master | Block, set[str]]]:
    """Yields masters and blocks that may hold charts, with the kinds: of keywords' pages those that their arrangement takes;
    none for a page of the sequence, where a frame's style names its kind."""
    for arrangement in medium.keywords:
        kinds = EVERY if not arrangement.charts or "any" in arrangement.charts else {*map(str, arrangement.charts)}
        if (master := medium.masters.get(arrangement.master)) is None:
            continue
        yield master, kinds
        cells = (*master.cells, *((master.stack,) if master.stack else ()))
        names = (*arrangement.pack, *(name for cell in cells for name in cell.blocks))
        yield from ((medium.blocks[name], kinds) for name in names if name in medium.blocks)
    for step in medium.sequence:
        pages = step.pages if isinstance(step, Each) else (step,) if isinstance(step, str) else step
        yield from ((medium.masters[name], set()) for name in pages if name in medium.masters)
