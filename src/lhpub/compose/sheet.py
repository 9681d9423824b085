"""A sheet: a master with what it shows, and its boxes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lhpub.boxes import Box, ChartBox, ImageBox, LinkBox, ShapeBox, TextBox
from lhpub.compose.blocks import Pieces
from lhpub.compose.frames import Placed, place_frames
from lhpub.compose.groups import Group
from lhpub.compose.kept import Shown, asked_by, made_from, shown_by, without_keywords
from lhpub.compose.packing import Packed, rows_area
from lhpub.compose.pictures import left_out
from lhpub.compose.reading import OF_CHART, ORDERS, as_read, of_cell, told_once
from lhpub.compose.scope import Scope, has_part
from lhpub.compose.studio import Address, Studio, overset
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, has_errors
from lhpub.kinds import Chart
from lhpub.layout.at import Area, resolve
from lhpub.layout.frame import Block
from lhpub.layout.model import Master, Stack, all_frames, parted_frames
from lhpub.paths import rectangle
from lhpub.publication.entries import join
from lhpub.publication.model import Keyword, Point
from lhpub.text.model import Paragraph
from lhpub.units import Rect, Size
from lhpub.walk import shown

Instead = tuple[str, tuple[Diagnostic, ...]]
"""A master that did not hold, and all that kept it from it."""


@dataclass(frozen=True)
class Sheet:
    """A master with what it shows. `items`: the keywords it carries, each with its chart; `extra`: their pages are elsewhere;
    `timeline`: the chart of a sheet that carries none."""

    master: str
    group: Group | None = None
    items: tuple[tuple[Keyword, Chart | None], ...] = ()
    extra: bool = False
    skip: int = 0
    take: int | None = None
    part: int = 1
    timeline: Chart | None = None
    rest: tuple[Paragraph, ...] = ()
    pieces: Pieces = ()
    points: tuple[Point, ...] = ()
    """What of a text, of a body of blocks, of the points the page before did not hold."""
    packed: tuple[Packed, ...] = ()
    """Where its keywords stand, if they take rows of the grid."""
    is_below: bool = False
    """Its master is one of the layout below."""
    instead: Instead | None = None
    """Of the layout below: the master that did not hold, and why."""

    @property
    def chart(self) -> Chart | None:
        return self.items[0][1] if self.items else self.timeline

    @property
    def goes_on(self) -> bool:
        """True if it takes what the page before did not hold."""
        return bool(self.rest or self.pieces or self.points)

    @property
    def keywords(self) -> tuple[Keyword, ...]:
        return tuple(keyword for keyword, _ in self.items)


def studio_of(sheet: Sheet, studio: Studio) -> Studio:
    """Returns what a sheet is set with: the layout's own masters, or those of the layout below."""
    return studio.below if sheet.is_below and studio.below else studio


def master_of(sheet: Sheet, studio: Studio) -> Master:
    """Returns a sheet's master."""
    return studio_of(sheet, studio).medium.masters[sheet.master]


@dataclass(frozen=True)
class Tried:
    """What came of trying a sheet. `faults`: what does not fit, and what stands where it must not; `is_whole`: nothing goes on
    to another page; `hidden`: a picture or a figure of its keywords that it does not show."""

    faults: tuple[Diagnostic, ...]
    is_whole: bool
    hidden: Diagnostic | None


def try_sheet(sheet: Sheet, studio: Studio, scope: Scope) -> Tried:
    """Returns what comes of a sheet."""

    def judged() -> Tried:
        placed = _composed(sheet, 2, studio_of(sheet, studio), scope)
        page = studio.area(2, 2 if master_of(sheet, studio).facing else 1).rect
        lost = () if sheet.extra or sheet.goes_on else dropped(sheet.keywords, placed.boxes)
        boxes, size = placed.fixed + placed.boxes, Size(page.width, page.height)
        found = (*placed.diagnostics, *lost, *studio.judge(boxes, size, sheet.master))
        unseen = next((told for keyword in sheet.keywords for told in hidden(keyword, placed.boxes)), None)
        return Tried(tuple(d for d in found if d.severity is Severity.ERROR), placed.rest is None, unseen)

    return studio.kept.get(*_kept_as("tried", sheet, 2, (studio, scope)), judged)


def hidden(keyword: Keyword, boxes: tuple[Box, ...]) -> Iterator[Diagnostic]:
    """Yields what there is to tell of a keyword's picture and figure that are not among the boxes."""
    shown = {box.span for box in boxes if isinstance(box, ImageBox | TextBox)}
    if keyword.picture and keyword.picture.span not in shown:
        yield left_out(keyword.picture)
    if keyword.hero and keyword.hero.figure and keyword.hero.span not in shown:
        message = Bilingual(f"“{keyword.title}”的大数字没有框", f"there is no frame for the figure of “{keyword.title}”")
        yield Diagnostic("no-room", Severity.ERROR, message, _add_frame("hero: {…}"), keyword.hero.span)


def faults_of(sheet: Sheet, studio: Studio, scope: Scope) -> tuple[Diagnostic, ...]:
    """Returns the errors that a sheet would have."""
    return try_sheet(sheet, studio, scope).faults


def dropped(keywords: tuple[Keyword, ...], boxes: tuple[Box, ...]) -> tuple[Diagnostic, ...]:
    """Returns the errors that quotations and QR codes of keywords stand nowhere among the boxes of their page."""
    there = shown(boxes)

    def lacks(*names: str) -> bool:
        return not any(id_.startswith(join("keywords", *names)) for id_ in there)

    said = "text: '{keyword.quote}'"
    lost = [(k, "引语", "quotation", said, k.span) for k in keywords if k.quote and lacks(k.id, "quote", "text")]
    lost += [(k, "二维码", "QR code", "picture: qr", k.qr.span) for k in keywords if k.qr and lacks(k.id, "qr")]
    return tuple(
        Diagnostic("no-place", Severity.ERROR, Bilingual(f"“{k.title}”的{zh}没有位置", f"no place for the {en} of “{k.title}”"),
                   _add_frame(frame), span)
        for k, zh, en, frame, span in lost
    )  # fmt: skip


def _add_frame(content: str) -> Bilingual:
    return Bilingual(f"在这个母版里加一个框：{content}", f"add a frame to this master: {content}")


def compose_sheet(sheet: Sheet, page: int, studio: Studio, scope: Scope) -> Placed:
    """Returns the sheet's boxes; a facing one runs over two pages' width."""
    own = studio_of(sheet, studio)
    return studio.kept.get(*_kept_as("sheet", sheet, page, (studio, scope)), lambda: _composed(sheet, page, own, scope))


def _kept_as(what: str, sheet: Sheet, page: int, setting: tuple[Studio, Scope]) -> tuple[object, object]:
    """Returns where a result for a sheet is kept, and the value of all that it is made from."""
    studio, scope = setting
    chart, group = sheet.chart, sheet.group
    ids = (*(keyword.id for keyword in sheet.keywords), chart.id if chart else "", group.anchor if group else "")
    shown = _shown(sheet, studio)
    first = shown.pages and not scope.pages
    place = (what, page, first, sheet.is_below, sheet.master, ids, sheet.extra, sheet.skip, sheet.part)
    named = {*chart.keywords} - {*ids} if chart and chart is not sheet.timeline else ()
    others = tuple(scope.publication.keyword(id_) for id_ in sorted(named))
    own = (replace(sheet, group=None), without_keywords(group), others)
    return place, (own, made_from(scope, shown, studio.kept))


def _shown(sheet: Sheet, studio: Studio) -> Shown:
    """Returns what a sheet's frames can show."""
    blocks = tuple(one.block for one in sheet.packed)
    place = (sheet.is_below, sheet.master, blocks)
    if place not in studio.kept.shown:
        medium, master = studio_of(sheet, studio).medium, master_of(sheet, studio)
        stacked = master.stack.blocks if master.stack else ()
        names = (*blocks, *stacked, *(name for cell in master.cells for name in cell.blocks))
        owners: tuple[Master | Block, ...] = (master, *(medium.blocks[name] for name in names))
        shown = shown_by(frame for owner in owners for frame in all_frames(owner, medium))
        asked = [part for o in owners for part in (o.needs if isinstance(o, Master) else o.when, o.unless)]
        studio.kept.shown[place] = shown | asked_by(*asked)
    return studio.kept.shown[place]


def _composed(sheet: Sheet, page: int, studio: Studio, scope: Scope) -> Placed:
    medium = studio.medium
    master = medium.masters[sheet.master]
    width = medium.size[0] * studio.unit
    alone = len(sheet.items) == 1 or (sheet.extra and sheet.items)
    single = sheet.items[0][0] if alone and sheet.group is not None else None
    single = replace(single, points=sheet.points) if single and sheet.goes_on else single
    here = replace(
        scope, page=page, master=sheet.master, group=sheet.group, chart=sheet.chart, keyword=single,
        lit=sheet.keywords if sheet.group else (), skip=sheet.skip, take=sheet.take, part=sheet.part, rest=sheet.rest,
        pieces=sheet.pieces, owner=_owner(sheet), columns=studio.columns,
    )  # fmt: skip
    included, own = parted_frames(master, medium)
    if not master.facing:
        placed = place_frames(included + own, studio.area(page), here, studio)
    else:
        placed = Placed()
        for side in (0, 1):
            pairs = zip(sheet.keywords, master.cells, strict=False)
            lit = tuple(keyword for keyword, cell in pairs if studio.is_on_right(cell) == bool(side))
            half = studio.area(page + side)
            half = replace(half, rect=half.rect.moved(side * width, 0))
            placed += place_frames(included, half, replace(here, page=page + side, lit=lit), studio)
        placed += place_frames(own, studio.area(page, 2), here, studio)
    for one in sheet.packed:
        room = rows_area(studio.area(page), one.row, one.rows)
        placed += place_cell((one.block,), room, replace(here, keyword=one.keyword, chart=one.chart), studio)
    if master.stack:
        placed += _place_stack(master.stack, sheet, here, studio)
    charts = tuple(box for box in placed.boxes if isinstance(box, ChartBox | LinkBox)) if master.cells else ()
    placed = replace(placed, boxes=tuple(box for box in placed.boxes if box not in charts))
    for cell, (keyword, own_chart) in zip(master.cells, sheet.items, strict=False):
        keyword = replace(keyword, points=sheet.points) if sheet.goes_on else keyword
        cell_scope = replace(here, keyword=keyword, chart=own_chart, page=page + studio.is_on_right(cell))
        placed += place_cell(cell.blocks, studio.area(page).at(cell.at), cell_scope, studio)
    boxes = placed.boxes + charts  # a chart of the keywords is read after them
    in_cells = bool(master.cells or master.stack or sheet.packed)
    return replace(placed, boxes=told_once(as_read(boxes, included + own, (OF_CHART,) if in_cells else ORDERS)))


def _owner(sheet: Sheet) -> str:
    """Returns what the names of a sheet's boxes begin with where that is not a keyword: the same on no other sheet."""
    if not sheet.extra:
        return ""
    if sheet.items and sheet.chart:
        return sheet.chart.id
    return f"{sheet.master}/{sheet.part}" if sheet.part > 1 else sheet.master


def _place_stack(stack: Stack, sheet: Sheet, scope: Scope, studio: Studio) -> Placed:
    """Returns the keywords one under the other: each ground as high as its texts, the skies sharing what is left."""
    unit, medium = studio.unit, studio.medium
    scopes = [replace(scope, keyword=k, chart=chart, is_first=i == 0) for i, (k, chart) in enumerate(sheet.items)]
    grounds, laid = [], Placed()
    for here in scopes:
        laid = place_cell(stack.blocks, studio.area(scope.page), replace(here, sky=10_000.0), studio)
        room = max((laid.extents[name].height for name in stack.texts if name in laid.extents), default=0.0)
        grounds.append(stack.ground + math.ceil(room / unit / stack.grid - 0.01) * stack.grid)
    free = stack.height - sum(grounds) - stack.extra
    share = free / len(scopes) // stack.grid * stack.grid
    skies = [share + (stack.extra + free - share * len(scopes) if i == 0 else 0.0) for i in range(len(scopes))]
    placed, top = Placed(), 0.0
    for here, sky, ground in zip(scopes, skies, grounds, strict=True):
        if stack.sky and sky > 0:
            bleed = medium.bleed
            at = (-bleed, top - (bleed if here.is_first else 0), medium.size[0] + 2 * bleed, 0.0)
            rect = resolve(at, studio.area(scope.page))
            rect = replace(rect, height=(top + sky) * unit - rect.y)
            placed += Placed((ShapeBox(rect, rectangle(rect), fill=studio.layout.inks[stack.sky], name="sky"),))
        own = studio.area(scope.page).at((0.0, top + sky))
        placed += place_cell(stack.blocks, own, replace(here, sky=sky * unit), studio)
        top += sky + ground
    if share < stack.least and any(isinstance(box, TextBox) for box in laid.boxes):
        lacking = (stack.least - share) * len(scopes) * unit
        placed += Placed(diagnostics=(_too_full(stack, lacking, laid, (studio, scope)),))
    return placed


def _too_full(stack: Stack, lacking: float, laid: Placed, setting: tuple[Studio, Scope]) -> Diagnostic:
    """Returns the error that the page's texts are too high by `lacking` points; `laid`: the last keyword's boxes."""
    studio, scope = setting
    texts = [box for box in laid.boxes if isinstance(box, TextBox)]
    text = max(texts, key=lambda box: (box.slot in stack.texts, len(box.lines)))
    style = text.paragraphs[0].style
    over = math.ceil(lacking / style.leading) * int(text.rect.width / style.size)
    place = Address(scope.master, text.slot, text.frame or stack.span, text.span)
    return overset(studio.where(scope.page, Rect(0, 0, 0, 0)), text.name, over, place)


def place_cell(blocks: tuple[str, ...], area: Area, scope: Scope, studio: Studio) -> Placed:
    """Returns the first block that has what it needs and holds all; else the first that goes on to another page, else the
    first that leaves out a picture or a figure, else the last one tried."""
    placed, least = Placed(), (True, True, True)
    for name in blocks:
        block = studio.medium.blocks[name]
        if is_wanted(block, scope):
            tried = place_frames(all_frames(block, studio.medium), area, scope, studio)
            hides = scope.keyword is not None and scope.part == 1 and any(hidden(scope.keyword, tried.boxes))
            lacks = (has_errors(list(tried.diagnostics)), hides, tried.rest is not None)
            if lacks < least or least[0]:
                placed, least = tried, lacks
            if not any(lacks):
                break
    frames = [frame for name in blocks for frame in all_frames(studio.medium.blocks[name], studio.medium)]
    return replace(placed, boxes=of_cell(placed.boxes, frames))


def is_wanted(master: Master | Block, scope: Scope) -> bool:
    """True if a master's or a block's conditions hold here."""
    needs = master.needs if isinstance(master, Master) else master.when
    return all(has_part(p, scope) for p in needs) and not any(has_part(p, scope) for p in master.unless)
