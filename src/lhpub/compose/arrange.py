"""Keywords onto sheets: charts and pictures take theirs first, then the layout's arrangements; what its masters do not hold
goes to the layout below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.boxes import ChartBox
from lhpub.compose.groups import Group
from lhpub.compose.kept import Kept, made_from, shown_by, without_keywords
from lhpub.compose.lists import depth
from lhpub.compose.numbering import Unit
from lhpub.compose.packing import Packed, pack, rows_area, widest_gap
from lhpub.compose.picture_pages import picture_pages, settled
from lhpub.compose.scope import Scope
from lhpub.compose.sheet import (
    Instead,
    Sheet,
    dropped,
    faults_of,
    hidden,
    is_wanted,
    place_cell,
    try_sheet,
)
from lhpub.compose.studio import Studio
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, has_errors
from lhpub.kinds import Chart
from lhpub.kinds.timeline import TimelineChart
from lhpub.layout.model import Arrangement, all_frames
from lhpub.publication.model import Keyword

_OVER = 3.0
"""Points by which something may hang over its rows: less than the line between two keywords."""
_EMPTY = 0.5
"""Of a page, in one interval: keywords that leave more of it empty do not get one each just to fill up a sheet."""


def arrange_keywords(group: Group, studio: Studio, scope: Scope) -> tuple[Unit, ...]:
    """Returns the pages of a theme's keywords; pictures that would cost a text its place, and those for which there was no
    place, stand on pages behind."""

    def tried(keyword: Keyword) -> tuple[Unit, ...]:
        apart = replace(studio, kept=Kept(), below=None)  # by its own masters: a picture alone sends no page below
        return _arranged(replace(group, keywords=(keyword,)), apart, scope)

    units: list[Unit] = []
    own = tuple(settled(keyword, tried, studio, scope) for keyword in group.keywords)
    for unit in _arranged(replace(group, keywords=own), studio, scope):
        units.append(unit)
        if not unit.sheets[0].is_below:  # else they stand there already
            units += picture_pages(unit, group, studio, scope)
    return tuple(units)


def _arranged(group: Group, studio: Studio, scope: Scope) -> tuple[Unit, ...]:
    """Returns the pages of a theme's keywords: charts take theirs first, then the arrangements that come first, then the
    others in order; sorted by their first keyword, an extra page after the last of its keywords."""
    setting = (studio, scope)
    packing = next((a for a in studio.medium.keywords if a.pack), None)
    if packing:
        return _packed_units(packing, group, setting)
    sheets: list[Sheet] = []
    over: dict[str, Instead] = {}
    remaining = list(group.keywords)
    for arrangement in studio.medium.keywords:
        while arrangement.charts and (sheet := _chart_sheet(arrangement, group, remaining, (*setting, sheets))) is not None:
            sheets.append(sheet)
            remaining = [k for k in remaining if arrangement.extra or k not in sheet.keywords]
    if studio.below:
        over = _uncharted(remaining, sheets, group, setting)
        remaining = [k for k in remaining if k.id not in over]
    for arrangement in (a for a in studio.medium.keywords if a.first and not (a.charts or a.pictures)):
        for keyword in tuple(remaining):
            sheet = Sheet(arrangement.master, group, ((keyword, None),))
            if _suits(sheet, setting):
                sheets.append(sheet)
                remaining.remove(keyword)
    for run in _runs(group.keywords, remaining) if studio.medium.ordered else [remaining]:
        sheets += _spread(run, group, setting, over)
    masters = studio.medium.masters
    placed = {k.id: i for i, k in enumerate(group.keywords)}

    def order(sheet: Sheet) -> tuple[int, bool]:
        places = [placed[k.id] for k in sheet.keywords if k.id in placed]
        return (max(places), True) if sheet.extra else (min(places), False)

    units = [Unit((s,), masters[s.master].facing, loose=not studio.medium.ordered) for s in sheets]
    drawn = {id(chart) for sheet in sheets for _, chart in sheet.items}
    units += _units_below(over, group, studio, replace(scope, charts=tuple(c for c in scope.charts if id(c) not in drawn)))
    return tuple(sorted(units, key=lambda unit: order(unit.sheets[0])))


def _uncharted(remaining: list[Keyword], sheets: list[Sheet], group: Group, setting: tuple[Studio, Scope]) -> dict[str, Instead]:
    """Returns the keywords that begin a chart which no arrangement took."""
    shown = {id(chart) for sheet in sheets for _, chart in sheet.items}
    first = {k.id: k for k in remaining}
    charts = {c.keywords[0]: c for c in setting[1].charts if c.keywords and not isinstance(c, TimelineChart)}
    lacking = {id_: chart for id_, chart in charts.items() if id_ in first and id(chart) not in shown}
    return {id_: _no_place(chart, first[id_], group, setting) for id_, chart in lacking.items()}


def _no_place(chart: Chart, keyword: Keyword, group: Group, setting: tuple[Studio, Scope]) -> Instead:
    """Returns the master for charts of this kind, and what keeps it from holding this one."""
    medium = setting[0].medium
    for arrangement in (a for a in medium.keywords if {chart.kind, "any"} & {*a.charts} and a.keywords == 1):
        if faults := faults_of(Sheet(arrangement.master, group, ((keyword, chart),)), *setting):
            return arrangement.master, faults
    message = Bilingual(f"没有放图表“{chart.id}”的母版", f"no master holds the chart “{chart.id}”")
    hint = Bilingual(f"在 keywords 里加一种 charts: [{chart.kind}]", f"add one with charts: [{chart.kind}] to keywords")
    return chart.kind, (Diagnostic("no-room", Severity.ERROR, message, hint, medium.span),)


def _units_below(
    over: dict[str, Instead], group: Group, studio: Studio, scope: Scope
) -> Iterator[Unit]:
    """Yields pages of the layout below for the keywords that the layout's own do not hold, neighbours together."""
    if studio.below is None:
        return
    below = replace(scope, columns=studio.below.columns)
    for run in _runs(group.keywords, [k for k in group.keywords if k.id in over]):
        for unit in arrange_keywords(replace(group, keywords=tuple(run)), studio.below, below):
            whole = replace(unit, sheets=tuple(replace(sheet, group=group) for sheet in unit.sheets))
            first = unit.sheets[0]
            yield marked(whole, None if first.extra else over[first.keywords[0].id])


def _packed_units(arrangement: Arrangement, group: Group, setting: tuple[Studio, Scope]) -> tuple[Unit, ...]:
    """Returns the pages of a theme's keywords in rows of the grid, each with its keywords on pages of their own."""
    studio, scope = setting
    blocks = (studio.medium.blocks[name] for name in arrangement.pack)
    shown = shown_by(frame for block in blocks for frame in all_frames(block, studio.medium))
    grid = studio.area(0).grid
    assert grid is not None, "the reader checks that pack has fields"

    def form(keyword: Keyword, rows: int) -> Packed | None:
        made = (keyword, without_keywords(group), scope.charts, made_from(scope, shown, studio.kept))
        return studio.kept.get(("form", keyword.id, rows), made, lambda: _form(arrangement, group, (keyword, rows), setting))

    def sheet(packed: tuple[Packed, ...]) -> Sheet:
        return Sheet(arrangement.master, group, tuple((one.keyword, one.chart) for one in packed), packed=packed)

    units = []
    for page in pack(group.keywords, form, grid.rows):
        alone = [form(one.keyword, grid.rows) for one in page] if len(page) > 1 else []
        fills = all(one is not None and one.gap <= _EMPTY * (grid.row + grid.line) * grid.rows for one in alone)
        units.append(Unit((sheet(page),), apart=tuple(sheet((one,)) for one in alone if one) if fills else ()))
    return tuple(_with_chart_pages(units, group, setting))


def _with_chart_pages(units: list[Unit], group: Group, setting: tuple[Studio, Scope]) -> Iterator[Unit]:
    """Yields the units, each followed by pages for the charts of its keywords that do not stand beside them."""
    sheets = [sheet for unit in units for sheet in unit.sheets]
    extra: list[Sheet] = []
    for arrangement in (a for a in setting[0].medium.keywords if a.charts and a.extra):
        while sheet := _chart_sheet(arrangement, group, list(group.keywords), (*setting, sheets + extra)):
            extra.append(sheet)
    for unit in units:
        yield unit
        held = {keyword.id for sheet in unit.sheets for keyword in sheet.keywords}
        yield from (Unit((sheet,)) for sheet in extra if sheet.keywords[0].id in held)


def _form(
    arrangement: Arrangement, group: Group, want: tuple[Keyword, int], setting: tuple[Studio, Scope]
) -> Packed | None:
    """Returns how a keyword looks in so many rows: the first block that fits; on a whole page the last one in any case."""
    (keyword, rows), (studio, scope) = want, setting
    area = studio.area(2)
    assert area.grid is not None
    own = rows_area(area, 0, rows)
    chart = next((c for c in scope.charts if c.kind != "timeline" and c.keywords[:1] == (keyword.id,)), None)
    here = replace(scope, keyword=keyword, chart=chart, group=group, page=2)
    chosen = None
    for name in arrangement.pack:
        least, most = (n % (area.grid.rows + 1) for n in studio.medium.blocks[name].rows or (1, -1))
        if not least <= rows <= most or not is_wanted(studio.medium.blocks[name], here):
            continue
        placed = place_cell((name,), own, here, studio)
        lost = (*dropped((keyword,), placed.boxes), *hidden(keyword, placed.boxes))
        fits = not lost and not has_errors(list(placed.diagnostics)) and depth(placed.boxes) <= own.rect.bottom + _OVER
        if fits or rows == area.grid.rows:
            gap = widest_gap(placed.boxes, own.rect, area.grid.across("main")[0])
            shown = any(isinstance(box, ChartBox) for box in placed.boxes)
            chosen = Packed(keyword, chart if shown else None, name, rows, gap)
        if fits:
            break
    return chosen


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
    used = {id(chart) for sheet in placed for _, chart in sheet.items}
    if arrangement.extra:
        return _extra_sheet(arrangement, group, used, (studio, scope))
    by_id = {keyword.id: keyword for keyword in remaining}
    items: list[tuple[Keyword, Chart | None]] = []
    for kind in arrangement.charts:
        for chart in scope.charts:
            ids = tuple(dict.fromkeys(chart.keywords))[: arrangement.keywords]
            taken = id(chart) in used or any(chart is c for _, c in items)
            if kind in (chart.kind, "any") and chart.sheet and not taken and ids and all(i in by_id for i in ids):
                items += [(by_id[i], chart) for i in ids]
                break
        else:
            return None
    sheet = Sheet(arrangement.master, group, tuple(items))
    return sheet if len(items) == arrangement.keywords and _suits(sheet, (studio, scope)) else None


def _extra_sheet(
    arrangement: Arrangement, group: Group, used: set[int], setting: tuple[Studio, Scope]
) -> Sheet | None:
    """Returns a page of its own for the next chart of the arrangement's kinds; one that it does not hold is left to the layout
    below."""
    studio, scope = setting
    ids = {keyword.id for keyword in group.keywords}
    for chart in scope.charts:
        kinds = {chart.kind, "any"} & {*arrangement.charts}
        if kinds and chart.sheet and id(chart) not in used and chart.keywords[:1] and chart.keywords[0] in ids:
            items = tuple((scope.publication.keyword(i), chart) for i in dict.fromkeys(chart.keywords))
            sheet = Sheet(arrangement.master, group, items, extra=True)
            if not studio.below or _suits(sheet, setting):
                return sheet
    return None


def _suits(sheet: Sheet, setting: tuple[Studio, Scope]) -> bool:
    """True if the sheet's master is wanted for its keywords and all fits."""
    studio, scope = setting
    here = replace(scope, keyword=sheet.items[0][0] if len(sheet.items) == 1 else None, group=sheet.group)
    if not is_wanted(studio.medium.masters[sheet.master], here):
        return False
    return not faults_of(sheet, studio, scope)


def _spread(
    run: list[Keyword], group: Group, setting: tuple[Studio, Scope], over: dict[str, Instead]
) -> list[Sheet]:
    """Returns sheets for a run of keywords: as few as the arrangements allow, the keywords evenly among them, the fuller ones
    last. Where that does not fit, fewer go on a sheet; what fits nowhere is left to the layout below and goes to `over` with
    the reason, or, without one, is on the last arrangement, whose errors are told."""
    plain = (a for a in setting[0].medium.keywords if not (a.charts or a.first or a.pictures))
    arrangements = sorted(plain, key=lambda a: -a.keywords)
    sheets: list[Sheet] = []
    while run:
        wanted = len(run) // -(-len(run) // arrangements[0].keywords)
        few = [a for a in arrangements if a.keywords <= wanted]
        sheet, faults = _best(tuple(Sheet(a.master, group, tuple((k, None) for k in run[: a.keywords])) for a in few), setting)
        if faults and setting[0].below:
            over[run[0].id] = (sheet.master, faults)
            run = run[1:]
            continue
        sheets.append(sheet)
        run = run[len(sheet.items) :]
    return sheets


def _best(candidates: tuple[Sheet, ...], setting: tuple[Studio, Scope]) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """Returns the first sheet that holds all on one page; else the last, of one keyword, that goes on to another; else one
    that leaves out a picture or a figure, or the last one, with what keeps it from holding."""
    studio, scope = setting
    going_on: Sheet | None = None
    hiding: tuple[Sheet, Diagnostic] | None = None
    last: tuple[Sheet, tuple[Diagnostic, ...]] | None = None
    for sheet in candidates:
        here = replace(scope, keyword=sheet.items[0][0] if len(sheet.items) == 1 else None, group=sheet.group)
        if not is_wanted(studio.medium.masters[sheet.master], here):
            continue
        tried = try_sheet(sheet, studio, scope)
        if tried.faults:
            last = (sheet, tried.faults)
        elif tried.hidden:
            hiding = hiding or (sheet, tried.hidden)
        elif tried.is_whole:
            return sheet, ()
        elif len(sheet.items) == 1:
            going_on = sheet  # the later, the more it holds
    if going_on:
        return going_on, ()
    if hiding:  # a picture has a page of its own behind
        return hiding[0], (hiding[1],) if studio.below and hiding[1].code != "picture-left-out" else ()
    assert last is not None, "the reader checks that one arrangement takes a single keyword"
    return last


def marked(unit: Unit, instead: Instead | None) -> Unit:
    """Returns pages of the layout below as such; the first one tells why it was taken, if that is to be told."""
    first, *rest = (replace(sheet, is_below=True) for sheet in unit.sheets)
    apart = tuple(replace(sheet, is_below=True) for sheet in unit.apart)
    return replace(unit, sheets=(replace(first, instead=instead), *rest), apart=apart)
