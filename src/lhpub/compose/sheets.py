"""Which master each page takes: the layout's sequence, its arrangements of keywords, facing pages, padding."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lhpub.boxes import Box, ChartBox, GroupBox, ShapeBox, TextBox
from lhpub.compose.art import rectangle
from lhpub.compose.frames import Placed, place_frames, repeated_scopes
from lhpub.compose.scope import Group, Scope, has_part
from lhpub.compose.studio import Address, Studio, overset
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, has_errors
from lhpub.inline import plain
from lhpub.kinds import Chart
from lhpub.kinds.timeline import TimelineChart
from lhpub.layout.at import Area, resolve
from lhpub.layout.model import Arrangement, Each, Master, Stack, all_frames, parted_frames
from lhpub.publication.blocks import texts_of
from lhpub.publication.model import Keyword
from lhpub.units import Rect

_AMID = 8
"""Padding pages before the back cover that one amid the book is worse than."""


@dataclass(frozen=True)
class Sheet:
    """A master with what it shows. `items`: the keywords it carries, each with its chart; `extra`: their pages are elsewhere;
    `timeline`: the chart of a sheet that carries none."""

    master: str
    group: Group | None = None
    items: tuple[tuple[Keyword, Chart | None], ...] = ()
    extra: bool = False
    skip: int = 0
    part: int = 1
    timeline: Chart | None = None

    @property
    def chart(self) -> Chart | None:
        return self.items[0][1] if self.items else self.timeline

    @property
    def keywords(self) -> tuple[Keyword, ...]:
        return tuple(keyword for keyword, _ in self.items)


@dataclass(frozen=True)
class Unit:
    """Sheets that stay together. `facing`: they begin on a left page. `loose`: may change places with a neighbour to let
    a facing one begin on the left."""

    sheets: tuple[Sheet, ...]
    facing: bool = False
    loose: bool = False


def plan_units(studio: Studio, scope: Scope) -> tuple[Unit, ...]:
    """Returns the units of the layout's sequence for which there is content."""
    units: list[Unit] = []
    for step in studio.medium.sequence:
        if isinstance(step, Each):
            for group in scope.groups:
                units += _group_units(step, group, studio, scope)
        else:
            names = (step,) if isinstance(step, str) else step
            sheets = [s for name in names for s in _plain_sheets(name, None, studio, scope)]
            facing = any(studio.medium.masters[s.master].facing for s in sheets)
            if sheets:
                units.append(Unit(tuple(sheets), facing or (len(names) > 1 and len(sheets) == len(names))))
    return tuple(units)


def _group_units(step: Each, group: Group, studio: Studio, scope: Scope) -> Iterator[Unit]:
    for name in step.pages:
        if name == "keywords":
            yield from arrange_keywords(group, studio, scope)
        else:
            yield from (Unit((sheet,)) for sheet in _plain_sheets(name, group, studio, scope))


def _plain_sheets(name: str, group: Group | None, studio: Studio, scope: Scope) -> Iterator[Sheet]:
    """Yields the sheets of a master without keywords of its own: one, or as many as its list of groups takes."""
    master = studio.medium.masters[name]
    chart = next((c for c in scope.charts if isinstance(c, TimelineChart)), None)
    here = replace(scope, group=group, chart=chart)
    if not is_wanted(master, here):
        return
    counted = [f.repeat for f in master.frames if f.repeat and f.repeat.count and f.repeat.over == "groups"]
    told = any(f.chart or (f.flight and f.flight.label) for f in master.frames)
    total = max((len(repeated_scopes(replace(r, count=None), here)) for r in counted), default=1)
    count = next((r.count for r in counted if r.count), 1)
    for part, skip in enumerate(range(0, total, count), 1):
        yield Sheet(name, group, extra=True, skip=skip, part=part, timeline=chart if told else None)


def is_wanted(master: Master, scope: Scope) -> bool:
    """True if a master's conditions hold here."""
    return all(has_part(p, scope) for p in master.needs) and not any(has_part(p, scope) for p in master.unless)


def arrange_keywords(group: Group, studio: Studio, scope: Scope) -> tuple[Unit, ...]:
    """Returns the pages of a theme's keywords: charts take theirs first, then the arrangements that come first, then the
    others in order; sorted by their first keyword, an extra page after the last of its keywords."""
    setting = (studio, scope)
    sheets: list[Sheet] = []
    remaining = list(group.keywords)
    for arrangement in studio.medium.keywords:
        while arrangement.charts and (sheet := _chart_sheet(arrangement, group, remaining, (*setting, sheets))) is not None:
            sheets.append(sheet)
            remaining = [k for k in remaining if arrangement.extra or k not in sheet.keywords]
    for arrangement in (a for a in studio.medium.keywords if a.first and not a.charts):
        for keyword in tuple(remaining):
            sheet = Sheet(arrangement.master, group, ((keyword, None),))
            if _suits(sheet, setting):
                sheets.append(sheet)
                remaining.remove(keyword)
    for run in _runs(group.keywords, remaining) if studio.medium.ordered else [remaining]:
        sheets += _spread(run, group, setting)
    masters = studio.medium.masters
    placed = {k.id: i for i, k in enumerate(group.keywords)}

    def order(sheet: Sheet) -> tuple[int, bool]:
        places = [placed[k.id] for k in sheet.keywords if k.id in placed]
        return (max(places), True) if sheet.extra else (min(places), False)

    return tuple(Unit((s,), masters[s.master].facing, loose=not studio.medium.ordered) for s in sorted(sheets, key=order))


def _runs(keywords: tuple[Keyword, ...], remaining: list[Keyword]) -> list[list[Keyword]]:
    """Returns the remaining keywords in runs of neighbours."""
    runs: list[list[Keyword]] = [[]]
    for keyword in keywords:
        if keyword in remaining:
            runs[-1].append(keyword)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _chart_sheet(
    arrangement: Arrangement, group: Group, remaining: list[Keyword], setting: tuple[Studio, Scope, list[Sheet]]
) -> Sheet | None:
    """Returns a sheet for charts of the arrangement's kinds whose first keywords are still to be placed, None if there are
    none."""
    studio, scope, placed = setting
    by_id = {keyword.id: keyword for keyword in (group.keywords if arrangement.extra else remaining)}
    used = {id(chart) for sheet in placed for _, chart in sheet.items}
    items: list[tuple[Keyword, Chart | None]] = []
    for kind in arrangement.charts:
        for chart in scope.charts:
            ids = tuple(dict.fromkeys(chart.keywords))[: 1 if arrangement.extra else arrangement.keywords]
            taken = id(chart) in used or any(chart is c for _, c in items)
            if chart.kind == kind and not taken and ids and all(i in by_id for i in ids):
                items += [(by_id[i], chart) for i in ids]
                break
        else:
            return None
    if arrangement.extra:
        own = items[0][1]
        assert own is not None
        items = [(scope.publication.keyword(i), own) for i in dict.fromkeys(own.keywords)]
    elif len(items) != arrangement.keywords:
        return None
    sheet = Sheet(arrangement.master, group, tuple(items), arrangement.extra)
    return sheet if arrangement.extra or _suits(sheet, (studio, scope)) else None


def _suits(sheet: Sheet, setting: tuple[Studio, Scope]) -> bool:
    """True if the sheet's master is wanted for its keywords and all fits."""
    studio, scope = setting
    here = replace(scope, keyword=sheet.items[0][0] if len(sheet.items) == 1 else None, group=sheet.group)
    if not is_wanted(studio.medium.masters[sheet.master], here):
        return False
    return not has_errors(list(compose_sheet(sheet, 2, studio, scope).diagnostics))


def _spread(run: list[Keyword], group: Group, setting: tuple[Studio, Scope]) -> list[Sheet]:
    """Returns sheets for a run of keywords: as few as the arrangements allow, the keywords evenly among them, the fuller ones
    last. Where that does not fit, fewer go on a sheet; what fits nowhere is on the last arrangement, whose errors are told."""
    arrangements = [a for a in setting[0].medium.keywords if not a.charts and not a.first]
    sizes = sorted({a.keywords for a in arrangements}, reverse=True)
    sheets: list[Sheet] = []
    while run:
        pages = -(-len(run) // sizes[0])
        wanted = len(run) // pages
        sheet = None
        for arrangement in sorted(arrangements, key=lambda a: -a.keywords):
            if arrangement.keywords > wanted:
                continue
            items = tuple((keyword, None) for keyword in run[: arrangement.keywords])
            candidate = Sheet(arrangement.master, group, items)
            here = replace(setting[1], keyword=items[0][0] if len(items) == 1 else None, group=group)
            if not is_wanted(setting[0].medium.masters[arrangement.master], here):
                continue
            sheet = candidate
            if _suits(candidate, setting):
                break
        assert sheet is not None, "the reader checks that one arrangement takes a single keyword"
        sheets.append(sheet)
        run = run[len(sheet.items) :]
    return sheets


def paginate(units: tuple[Unit, ...], studio: Studio) -> tuple[tuple[int, Sheet], ...]:
    """Returns the numbered sheets with the least padding: where pages are missing, keywords that share a page get one each,
    those with the longest texts first."""
    whole = [a.master for a in studio.medium.keywords if not a.charts and not a.first and a.keywords == 1]
    best = number_units(units, studio)
    for _ in range(studio.medium.multiple * 2 if whole else 0):
        shared = [i for i, unit in enumerate(units) if len(unit.sheets[0].items) > 1 and not _has_chart(unit)]
        if not shared or not _padding(best, studio):
            break
        shared.sort(key=lambda i: -min(_length(keyword) for keyword in units[i].sheets[0].keywords))
        ways = [_parted(units, i, whole[-1]) for i in shared]
        units = min(ways, key=lambda way: _padding(number_units(way, studio), studio))
        best = min(best, number_units(units, studio), key=lambda sheets: _padding(sheets, studio))
    return best


def _parted(units: tuple[Unit, ...], i: int, master: str) -> tuple[Unit, ...]:
    """Returns the units with one page of several keywords parted into pages of one."""
    sheet, loose = units[i].sheets[0], units[i].loose
    apart = tuple(Unit((replace(sheet, master=master, items=(item,)),), loose=loose) for item in sheet.items)
    return (*units[:i], *apart, *units[i + 1 :])


def _length(keyword: Keyword) -> int:
    """Returns the characters of a keyword's texts: how well it fills a page of its own."""
    return sum(len(plain(rich)) for rich in (*texts_of(keyword.body), *(point.text for point in keyword.points)))


def _has_chart(unit: Unit) -> bool:
    return any(chart is not None for sheet in unit.sheets for _, chart in sheet.items)


def _padding(numbered: tuple[tuple[int, Sheet], ...], studio: Studio) -> int:
    """Returns the padding pages, those amid the book counted as many: a blank page belongs before its back cover."""
    blank = [sheet.master == studio.medium.filler for _, sheet in numbered]
    last = next((i for i, filled in enumerate(reversed(blank[:-1])) if not filled), len(blank))
    amid = blank[: len(blank) - 1 - last]
    return sum(blank) + sum(amid) * _AMID


def number_units(units: tuple[Unit, ...], studio: Studio) -> tuple[tuple[int, Sheet], ...]:
    """Returns the sheets with their first page's number: facing ones on a left page, the whole padded to the multiple."""
    masters, medium = studio.medium.masters, studio.medium
    queue, page = list(units), 1
    numbered: list[tuple[int, Sheet]] = []
    while queue:
        index = 0
        if queue[0].facing and page % 2:
            index = next((i for i, u in enumerate(_loose_run(queue)) if not u.facing), -1)
        if len(queue) == 1:
            total = page - 1 + _page_count(queue[0], masters)
            page = _pad(numbered, page, -total % medium.multiple, medium.filler)
        unit = Unit((Sheet(medium.filler),)) if index < 0 else queue.pop(index)
        for sheet in unit.sheets:
            numbered.append((page, sheet))
            page += 2 if masters[sheet.master].facing else 1
    return tuple(numbered)


def _loose_run(queue: list[Unit]) -> list[Unit]:
    """Returns the units from the first on that may change places."""
    end = next((i for i, unit in enumerate(queue) if not unit.loose), len(queue))
    return queue[:end]


def _page_count(unit: Unit, masters: dict[str, Master]) -> int:
    return sum(2 if masters[sheet.master].facing else 1 for sheet in unit.sheets)


def _pad(numbered: list[tuple[int, Sheet]], page: int, count: int, filler: str) -> int:
    for _ in range(count):
        numbered.append((page, Sheet(filler)))
        page += 1
    return page


def compose_sheet(sheet: Sheet, page: int, studio: Studio, scope: Scope) -> Placed:
    """Returns the sheet's boxes; a facing one runs over two pages' width."""
    medium = studio.medium
    master = medium.masters[sheet.master]
    width = medium.size[0] * studio.unit
    alone = len(sheet.items) == 1 or (sheet.extra and sheet.items)
    single = sheet.items[0][0] if alone and sheet.group is not None else None
    here = replace(
        scope, page=page, master=sheet.master, group=sheet.group, chart=sheet.chart, keyword=single,
        lit=sheet.keywords if sheet.group else (), skip=sheet.skip, part=sheet.part, owner=_owner(sheet),
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
    if master.stack:
        placed += _place_stack(master.stack, sheet, here, studio)
    charts = tuple(box for box in placed.boxes if isinstance(box, ChartBox)) if master.cells else ()
    placed = replace(placed, boxes=tuple(box for box in placed.boxes if box not in charts))
    for cell, (keyword, own_chart) in zip(master.cells, sheet.items, strict=False):
        cell_scope = replace(here, keyword=keyword, chart=own_chart, page=page + studio.is_on_right(cell))
        placed += _place_cell(cell.blocks, studio.area(page).at(cell.at), cell_scope, studio)
    return replace(placed, boxes=placed.boxes + charts)  # a chart of the keywords is read after them


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
        laid = _place_cell(stack.blocks, studio.area(scope.page), replace(here, sky=10_000.0), studio)
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
        placed += _place_cell(stack.blocks, own, replace(here, sky=sky * unit), studio)
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


def _place_cell(blocks: tuple[str, ...], area: Area, scope: Scope, studio: Studio) -> Placed:
    """Returns the first block that has what it needs and fits; the last one tried when none fits."""
    placed = Placed()
    for name in blocks:
        block = studio.medium.blocks[name]
        if all(has_part(p, scope) for p in block.when) and not any(has_part(p, scope) for p in block.unless):
            placed = place_frames(all_frames(block, studio.medium), area, scope, studio)
            if not has_errors(list(placed.diagnostics)):
                break
    return replace(placed, boxes=tuple(sorted(placed.boxes, key=_reading_order)))


def _reading_order(box: Box) -> int:
    """Drawings lie beneath; a keyword's heading is read before its number, date, figures and chart."""
    if isinstance(box, ShapeBox) or (isinstance(box, GroupBox) and box.alt == ""):
        return 0
    return 1 if isinstance(box, TextBox) and box.tag in ("H1", "H2", "H3") else 2


def not_converging() -> Diagnostic:
    """Returns the warning that page numbers still changed after the last pass."""
    message = Bilingual("页码反复变动，未能稳定", "page numbers keep changing")
    hint = Bilingual("目录或某页的文字刚好在换页处：略改其长短", "a text just at a page's end depends on them: change its length")
    return Diagnostic("page-numbers", Severity.WARNING, message, hint)
