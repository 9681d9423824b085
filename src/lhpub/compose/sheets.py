"""Which master each page takes: the layout's sequence, its arrangements of keywords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.compose.arrange import arrange_keywords, marked
from lhpub.compose.frames import Placed, is_used, place_frames
from lhpub.compose.groups import Group
from lhpub.compose.kept import made_from, shown_by, without_keywords
from lhpub.compose.lists import run_on
from lhpub.compose.numbering import Unit
from lhpub.compose.repeats import repeated_scopes
from lhpub.compose.scope import Scope
from lhpub.compose.sheet import (
    Sheet,
    compose_sheet,
    faults_of,
    is_wanted,
    master_of,
    studio_of,
    try_sheet,
)
from lhpub.compose.studio import Studio, address, no_room
from lhpub.diagnostics import Diagnostic
from lhpub.kinds.timeline import TimelineChart
from lhpub.layout.at import Area, resolve
from lhpub.layout.frame import Block
from lhpub.layout.model import Each, Master, all_frames
from lhpub.units import Rect

ORIGINS = "sources"
"""Links to the page of all origins."""


def plan_units(studio: Studio, scope: Scope) -> tuple[Unit, ...]:
    """Returns the units of the layout's sequence for which there is content."""
    units: list[Unit] = []
    for step in studio.medium.sequence:
        if isinstance(step, Each):
            for group in scope.groups:
                units += _group_units(step, group, studio, scope)
        elif unit := _unit(step, None, studio, scope):
            units.append(unit)
    if scope.publication.sources and studio.below and not any(_with_anchor(ORIGINS, studio)):
        below = replace(scope, columns=studio.below.columns)
        names = _with_anchor(ORIGINS, studio.below)
        units[-1:-1] = [marked(u, None) for n in names if (u := _own_unit((n,), None, studio.below, below))]
    return tuple(_with_rest(unit, studio, scope) for unit in units)


def _unit(step: str | tuple[str, ...], group: Group | None, studio: Studio, scope: Scope) -> Unit | None:
    """Returns the pages of a step of the sequence, None where there is nothing to show; where the layout's own do not hold
    it, those of the layout below that have the same anchor."""
    names = (step,) if isinstance(step, str) else step
    own = _own_unit(names, group, studio, scope)
    if own is None or studio.below is None:
        return own
    faults = _unit_faults(own, studio, scope)
    if not faults:
        return own
    below = replace(scope, columns=studio.below.columns)
    for name in _like(own.sheets[0].master, studio):
        other = _own_unit((name,), group, studio.below, below)
        if other and not _unit_faults(other, studio.below, below):
            return marked(other, (own.sheets[0].master, tuple(faults)))
    return own


def _own_unit(names: tuple[str, ...], group: Group | None, studio: Studio, scope: Scope) -> Unit | None:
    sheets = [s for name in names for s in _plain_sheets(name, group, studio, scope)]
    facing = any(_is_spread(studio.medium.masters[s.master], len(sheets)) for s in sheets)
    return Unit(tuple(sheets), facing or (len(names) > 1 and len(sheets) == len(names))) if sheets else None


def _unit_faults(unit: Unit, studio: Studio, scope: Scope) -> list[Diagnostic]:
    """Returns what keeps a unit's pages from holding; a picture of another shape than its frame is seen to elsewhere."""
    faults = [d for sheet in unit.sheets for d in faults_of(sheet, studio, scope) if d.code != "picture-shape"]
    return faults + _unseen(unit, studio, scope)


def _unseen(unit: Unit, studio: Studio, scope: Scope) -> list[Diagnostic]:
    """Returns the error that the frames of a unit show fewer of the year's figures than there are."""
    frames = [f for sheet in unit.sheets for f in studio.medium.masters[sheet.master].frames]
    lists = [(f, f.repeat) for f in frames if f.repeat and f.repeat.over == "glance"]
    if not lists or any(r.count is None or r.flow is not None for _, r in lists):
        return []
    shown = {i for _, r in lists for i in range(r.start, r.start + (r.count or 0))}
    over = len(scope.publication.glance) - len(shown & set(range(len(scope.publication.glance))))
    place = address(lists[-1][0], replace(scope, master=unit.sheets[-1].master))
    return [no_room(studio.where(2, Rect(0, 0, 0, 0)), lists[-1][0].name, over, place)] if over > 0 else []


def _like(name: str, studio: Studio) -> Iterator[str]:
    """Yields the masters of the layout below that links know by the anchor of this one, by its name if it has none."""
    assert studio.below is not None
    anchor = studio.medium.masters[name].anchor
    yield from (n for n in _with_anchor(anchor, studio.below) if anchor or n.partition("-")[0] == name.partition("-")[0])


def _with_anchor(anchor: str, studio: Studio) -> Iterator[str]:
    """Yields the masters of a sequence that links know by this anchor."""
    for step in studio.medium.sequence:
        names = step.pages if isinstance(step, Each) else (step,) if isinstance(step, str) else step
        yield from (n for n in names if n in studio.medium.masters and studio.medium.masters[n].anchor == anchor)


def _is_spread(master: Master, count: int) -> bool:
    """True if a master's pages face one another: one over both, or the two of a calendar."""
    return master.facing or (count == 2 and any(f.repeat and f.repeat.over == "months" for f in master.frames))


def _with_rest(unit: Unit, studio: Studio, scope: Scope) -> Unit:
    """Returns the unit with the pages on which its texts go on, until nothing is left; a text that no page holds any more
    of is told of on the last one."""
    sheets: list[Sheet] = []
    for sheet in unit.sheets:
        sheets.append(sheet)
        is_whole = not _may_go_on(sheet, studio) or try_sheet(sheet, studio, scope).is_whole
        rest = None if is_whole else compose_sheet(sheet, 2, studio, scope).rest
        while rest:
            part = sheets[-1].part + 1
            more = Sheet(rest.master, sheet.group, sheet.items, sheet.extra, part=part, rest=rest.paragraphs)
            sheets.append(replace(more, pieces=rest.pieces, points=rest.points, is_below=sheet.is_below))
            rest = compose_sheet(sheets[-1], 2, studio, scope).rest
    apart = tuple(one for page in unit.apart for one in _with_rest(Unit((page,)), studio, scope).sheets)
    return replace(unit, sheets=tuple(sheets), apart=apart)


def _may_go_on(sheet: Sheet, studio: Studio) -> bool:
    """True if a text of the sheet has a page to go on to."""
    medium, master = studio_of(sheet, studio).medium, master_of(sheet, studio)
    cells = (*master.cells, *((master.stack,) if master.stack else ()))
    names = (*(one.block for one in sheet.packed), *(name for cell in cells for name in cell.blocks))
    owners: tuple[Master | Block, ...] = (master, *(medium.blocks[name] for name in names))
    return any(frame.more for owner in owners for frame in all_frames(owner, medium))


def _group_units(step: Each, group: Group, studio: Studio, scope: Scope) -> Iterator[Unit]:
    for name in step.pages:
        if name == "keywords":
            yield from arrange_keywords(group, studio, scope)
        elif unit := _unit(name, group, studio, scope):
            yield from (replace(unit, sheets=(sheet,)) for sheet in unit.sheets)


def _plain_sheets(name: str, group: Group | None, studio: Studio, scope: Scope) -> Iterator[Sheet]:
    """Yields the sheets of a master without keywords of its own: one, or as many as its list of groups takes."""
    master = studio.medium.masters[name]
    named = {part for frame in master.frames if frame.chart for part in frame.chart.split("-")}
    chart = next((c for c in scope.charts if c.kind in named), None)
    if not named or "timeline" in named:
        chart = chart or next((c for c in scope.charts if isinstance(c, TimelineChart)), None)
    here = replace(scope, group=group, chart=chart)
    if not is_wanted(master, here):
        return
    told = any(
        f.chart or (f.flight and f.flight.label) or (f.repeat and f.repeat.over in ("dates", "months")) for f in master.frames
    )
    made = (without_keywords(group), chart, made_from(scope, shown_by(all_frames(master, studio.medium)), studio.kept))
    place = ("parts", name, group.anchor if group else "", not scope.pages)
    parts = studio.kept.get(place, made, lambda: tuple(_list_parts(master, here, studio)))
    for part, (skip, take) in enumerate(parts, 1):
        yield Sheet(name, group, extra=True, skip=skip, take=take, part=part, timeline=chart if told else None)


def _list_parts(master: Master, scope: Scope, studio: Studio) -> Iterator[tuple[int, int | None]]:
    """Yields for each page that a master's list takes its first item and their number."""
    frames = all_frames(master, studio.medium)
    frame = next((f for f in frames if f.repeat and f.repeat.flow is not None and is_used(f, scope)), None)
    if frame is not None and (repeat := frame.repeat) is not None:

        def place(item: Scope, own: Area) -> Placed:
            return place_frames(repeat.frames, own, item, studio)

        area = studio.area(scope.page)
        for page in run_on(repeat, repeated_scopes(repeat, scope), place, area, resolve(frame.at, area)):
            yield page[0].index, len(page)
        return
    counted = [f.repeat for f in master.frames if f.repeat and f.repeat.count and f.repeat.over == "groups"]
    total = max((len(repeated_scopes(replace(r, count=None), scope)) for r in counted), default=1)
    count = next((r.count for r in counted if r.count), 1)
    yield from ((skip, None) for skip in range(0, total, count))
