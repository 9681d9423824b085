"""The order of pages: facing pages begin on the left, the whole is padded to the multiple, with the least padding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lhpub.compose.sheet import Sheet, master_of
from lhpub.compose.studio import Studio
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.inline import plain
from lhpub.publication.blocks import texts_of
from lhpub.publication.model import Keyword

_AMID = 8
"""Padding pages before the back cover that one amid the book is worse than."""


@dataclass(frozen=True)
class Unit:
    """Sheets that stay together. `facing`: they begin on a left page. `loose`: may change places with a neighbour to let
    a facing one begin on the left."""

    sheets: tuple[Sheet, ...]
    facing: bool = False
    loose: bool = False
    apart: tuple[Sheet, ...] = ()
    """Its keywords on a page each, where they fill one."""


def paginate(units: tuple[Unit, ...], studio: Studio, holds: Callable[[Sheet], bool]) -> tuple[tuple[int, Sheet], ...]:
    """Returns the numbered sheets with the least padding: where pages are missing, keywords that share a page get one each
    if it `holds` them, those with the longest texts first."""
    whole = [a.master for a in studio.medium.keywords if not (a.charts or a.first or a.pictures) and a.keywords == 1]
    best = number_units(units, studio)
    is_packed = any(a.pack for a in studio.medium.keywords)
    for _ in range(studio.medium.multiple * 2 if whole else 0):
        shared = [
            i for i, u in enumerate(units)
            if (u.apart if is_packed or u.sheets[0].is_below else len(u.sheets[0].items) > 1 and not _has_chart(u))
        ]  # fmt: skip
        if not shared or not _padding(best, studio):
            break
        shared.sort(key=lambda i: -min(_length(keyword) for keyword in units[i].sheets[0].keywords))
        parted = [_parted(units[i], whole[-1]) for i in shared]
        ways = [(i, pages, (*units[:i], *pages, *units[i + 1 :])) for i, pages in zip(shared, parted, strict=True)]
        ways.sort(key=lambda way: _padding(number_units(way[2], studio), studio))
        held = (way for i, pages, way in ways if units[i].apart or all(holds(page.sheets[0]) for page in pages))
        if (way := next(held, None)) is None:
            break
        units = way
        best = min(best, number_units(units, studio), key=lambda sheets: _padding(sheets, studio))
    return best


def _parted(unit: Unit, master: str) -> tuple[Unit, ...]:
    """Returns a page of several keywords parted into pages of one."""
    if unit.apart:
        return tuple(Unit((one,)) for one in unit.apart)
    sheet, loose = unit.sheets[0], unit.loose
    return tuple(Unit((replace(sheet, master=master, items=(item,)),), loose=loose) for item in sheet.items)


def _length(keyword: Keyword) -> int:
    """Returns the characters of a keyword's texts: how well it fills a page of its own."""
    return sum(len(plain(rich)) for rich in (*texts_of(keyword.body), *(point.text for point in keyword.points)))


def _has_chart(unit: Unit) -> bool:
    return any(chart is not None for sheet in unit.sheets for _, chart in sheet.items)


def _padding(numbered: tuple[tuple[int, Sheet], ...], studio: Studio) -> int:
    """Returns the padding pages, those amid the book counted as many: a blank page belongs before its back cover."""
    blank = [sheet.master == studio.medium.filler and not sheet.is_below for _, sheet in numbered]
    last = next((i for i, filled in enumerate(reversed(blank[:-1])) if not filled), len(blank))
    amid = blank[: len(blank) - 1 - last]
    return sum(blank) + sum(amid) * _AMID


def number_units(units: tuple[Unit, ...], studio: Studio) -> tuple[tuple[int, Sheet], ...]:
    """Returns the sheets with their first page's number: facing ones on a left page, the whole padded to the multiple."""
    medium = studio.medium
    queue, page = list(units), 1
    numbered: list[tuple[int, Sheet]] = []
    while queue:
        index = 0
        if queue[0].facing and page % 2:
            index = next((i for i, u in enumerate(_loose_run(queue)) if not u.facing), -1)
        if len(queue) == 1:
            total = page - 1 + sum(pages_of(sheet, studio) for sheet in queue[0].sheets)
            page = _pad(numbered, page, -total % medium.multiple, medium.filler)
        unit = Unit((Sheet(medium.filler),)) if index < 0 else queue.pop(index)
        for sheet in unit.sheets:
            numbered.append((page, sheet))
            page += pages_of(sheet, studio)
    return tuple(numbered)


def _loose_run(queue: list[Unit]) -> list[Unit]:
    """Returns the units from the first on that may change places."""
    end = next((i for i, unit in enumerate(queue) if not unit.loose), len(queue))
    return queue[:end]


def pages_of(sheet: Sheet, studio: Studio) -> int:
    """Returns 2 for a sheet over two facing pages, else 1."""
    return 2 if master_of(sheet, studio).facing else 1


def _pad(numbered: list[tuple[int, Sheet]], page: int, count: int, filler: str) -> int:
    for _ in range(count):
        numbered.append((page, Sheet(filler)))
        page += 1
    return page


def not_converging() -> Diagnostic:
    """Returns the warning that page numbers still changed after the last pass."""
    message = Bilingual("页码反复变动，未能稳定", "page numbers keep changing")
    hint = Bilingual("目录或某页的文字刚好在换页处：略改其长短", "a text just at a page's end depends on them: change its length")
    return Diagnostic("page-numbers", Severity.WARNING, message, hint)
