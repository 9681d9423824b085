"""The big figure and the table of points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil

from lhpub.boxes import TableBox, TableCell, TextBox
from lhpub.compose.scope import Scope, box_name
from lhpub.compose.studio import Address, Studio, Where, address, first_span, missing_glyphs, overset, too_many_points
from lhpub.diagnostics import Diagnostic, Span
from lhpub.inline import Role, plain
from lhpub.layout.frame import Frame, Hero, Rows
from lhpub.publication.model import Point
from lhpub.text.model import ASCENT, Line, Paragraph, Run, TextBlock
from lhpub.text.setting import set_text
from lhpub.units import Rect

HAN_HEIGHT, HAN_DEPTH = 0.84, 0.08
"""Of numerals in Han, in em: how far they reach above the baseline and below it; they stand on the line that figures stand on."""
FIGURE_HEIGHT = 0.72
"""Height of lining figures above the baseline, in em: what a caption keeps clear of."""
CAP = 0.733
"""Height of capitals and figures of the grid's numerals, in em."""
OUTDENT = 0.045
"""By how much a large numeral stands out to the left, in em, so that its stem looks flush."""
_UNBOUNDED = 10_000.0


_SMALLER = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Of the last of a figure's sizes: what a figure of many digits may take."""
_ASIDE: dict[str | None, float] = {"centre": 0.5, "right": 1.0}
_LEAST = (8.0, 18.0)
"""Points, in print and on slides."""


def place_hero(
    frame: Frame, rect: Rect, scope: Scope, studio: Studio
) -> tuple[TextBox, Rect, tuple[Diagnostic, ...]] | None:
    """Returns the keyword's or the item's big figure, or the keyword's date, what it covers and what there is to tell;
    `rect.y` is its baseline or, as the layout has it, its figures' top."""
    found = _hero_figure(frame.hero, scope) if frame.hero else None
    if frame.hero is None or found is None:
        return None
    (parts, role, span), hero = found, frame.hero
    room = rect.width * (1 - studio.medium.slack)
    height = scope.sky - (hero.headroom or 0.0) * studio.unit
    shown = [f.figure for f in scope.publication.glance if f.figure] if hero.alike else []
    others = tuple(((f.prefix, f.numeral, f.unit),) for f in shown)
    is_lining = all(text.isascii() for _, text, _ in parts)
    tall = CAP if is_lining else HAN_HEIGHT + HAN_DEPTH
    high = FIGURE_HEIGHT if is_lining else tall
    for size, unit_size in _hero_sizes(hero, studio, tall):
        runs, line = _hero_set(parts, role, frame, studio, (size, unit_size))
        widest = max(line.width, _widest(others, frame, studio, (size, unit_size)))
        if widest <= room and (hero.headroom is None or high * size <= height):
            break
    aside = _ASIDE.get(frame.align, 0.0) * max(rect.width - line.width, 0.0)
    outdent = 0.0 if parts[0][0] or aside else hero.outdent * studio.unit + (OUTDENT * size if hero.lines else 0.0)
    foot = rect.y + (tall * size if hero.hang == "top" else 0.0)
    baseline = foot - (0.0 if is_lining else HAN_DEPTH * size)
    top = baseline - ASCENT * size
    line = replace(line, baseline=ASCENT * size)
    area = Rect(rect.x + aside - outdent, top, rect.width - aside, size)
    style = max((run.style for run in runs), key=lambda style: style.size)
    name = box_name(frame.name, scope)
    box = TextBox(area, (area.x, top), (Paragraph(runs, style),), (line,), name, frame.name, frame.tag)
    box = replace(box, span=span, frame=frame.span)
    height = high * size
    over = ceil((1 - room / line.width) * len(line.text) - 0.001)
    where = studio.where(scope.page, rect)
    told = (overset(where, name, over, address(frame, scope, span)),) if over > 0 else ()
    return box, Rect(rect.x + aside, foot - height, line.width, height), told


Part = tuple[str, str, str]
"""Prefix, numeral and unit."""


def _hero_figure(hero: Hero, scope: Scope) -> tuple[tuple[Part, ...], Role | None, Span | None] | None:
    """Returns the parts of the figure or date, with their role and their place in the source."""
    if hero.of == "date":
        date = scope.event.date if scope.event else scope.keyword.date if scope.keyword else None
        parts = tuple(("", numeral, unit) for numeral, unit in re.findall(r"(\d+)(\D*)", date.text)) if date else ()
        return (parts, Role("date"), date.span) if date and parts else None
    fact = scope.fact or (scope.keyword.hero if scope.keyword else None)
    if fact is None or fact.figure is None:
        return None
    return ((fact.figure.prefix, fact.figure.numeral, fact.figure.unit),), fact.figure.role, fact.span


def _hero_sizes(hero: Hero, studio: Studio, tall: float) -> tuple[tuple[float, float], ...]:
    """Returns sizes of numeral and unit, largest first: as written, or for numerals so many lines of the grid high; `tall`: how
    high they are, in em."""
    sizes = (lines * studio.line / tall for lines in hero.lines)
    own = hero.ladder or tuple((size, min(max(9.0, 0.11 * size + 5), max(9.0, 0.2 * size))) for size in sizes)
    least = _LEAST[studio.is_deck]
    return (*own, *((max(own[-1][0] * share, least), max(own[-1][1] * share, least)) for share in _SMALLER))


def _hero_set(
    parts: tuple[Part, ...], role: Role | None, frame: Frame, studio: Studio, sizes: tuple[float, float]
) -> tuple[tuple[Run, ...], Line]:
    """Returns a figure's runs, and the line they make."""
    assert frame.hero is not None
    runs = _hero_runs(parts, role, frame, studio, sizes)
    return runs, _hero_line(runs, frame.hero, (sizes[1], sizes[0]), studio)


def _widest(others: tuple[tuple[Part, ...], ...], frame: Frame, studio: Studio, sizes: tuple[float, float]) -> float:
    """Returns the width of the widest of the figures that are set alike."""
    place = ("widest", frame.span, frame.style, frame.colour, sizes)
    lines = (_hero_set(parts, None, frame, studio, sizes)[1] for parts in others)
    return studio.kept.get(place, others, lambda: max((line.width for line in lines), default=0.0))


def _hero_runs(
    parts: tuple[Part, ...], role: Role | None, frame: Frame, studio: Studio, sizes: tuple[float, float]
) -> tuple[Run, ...]:
    assert frame.hero is not None
    size, unit_size = sizes
    kern = frame.hero.point_kern / 1000
    numeral = replace(studio.layout.style(frame.style, frame.colour), size=size, leading=size, point_kern=kern)
    unit = replace(studio.layout.style(frame.hero.unit, frame.colour), size=unit_size, leading=size)
    half = replace(numeral, size=size / 2)
    pieces = [
        (text, style)
        for prefix, number, measure in parts
        for text, style in ((prefix, unit), (number, numeral), (measure, half if frame.hero.lines and measure == "%" else unit))
    ]
    return tuple(Run(text, style, role) for text, style in pieces if text)


def _hero_line(runs: tuple[Run, ...], hero: Hero, sizes: tuple[float, float], studio: Studio) -> Line:
    """Returns the runs on one line, unit and prefix at their distances."""
    unit_size, size = sizes
    glyph_runs, x = [], 0.0
    for i, run in enumerate(runs):
        alone = Paragraph((run,), replace(run.style, align="left", indent=0))
        line = set_text((alone,), _UNBOUNDED, studio.book).lines[0]
        is_percent = i > 0 and run.style.size == size / 2
        gap = hero.prefix_gap * unit_size if run.style.size == size else hero.gap * unit_size
        x += (0.03 * size if is_percent else gap) if i else 0
        for piece in line.runs:
            glyphs = tuple(replace(glyph, x=glyph.x + x) for glyph in piece.glyphs)
            glyph_runs.append(replace(piece, x=piece.x + x, glyphs=glyphs))
        x += line.width
    return Line(tuple(glyph_runs), 0.0, 0.0, x, "".join(run.text for run in runs), last=True)


def place_rows(
    frame: Frame, rect: Rect, scope: Scope, setting: tuple[Studio, Mapping[str, Rect]]
) -> tuple[TableBox | None, tuple[Diagnostic, ...], tuple[Point, ...]]:
    """Returns the keyword's points as a table that stands on the frame's foot, its pitch between the
    layout's limits; what there is to tell; and the points that go on to another page."""
    studio, extents = setting
    rows = frame.rows
    owner, points = (scope.keyword.id, scope.keyword.points) if scope.keyword else ("", ())
    if rows is None or not points:
        return None, (), ()
    unit = studio.unit
    widths = (rows.key_width * unit, rect.width - rows.key_width * unit)
    texts = [_row_texts(point, rows, widths, studio) for point in points]
    top = rect.y
    if rows.clear and rows.clear in extents:
        top = max(top, extents[rows.clear].bottom + rows.room * unit)
    tops = (rows.key_top * unit, rows.value_top * unit)
    # What has more lines than the layout's height for wrapped rows is meant for has as much room below as above.
    needs = [max(at * (1 + (len(b.lines) > 2)) + b.height for at, b in zip(tops, pair, strict=True)) for _, pair in texts]
    wrapped = [any(len(block.lines) > 1 for block in pair) for _, pair in texts]
    needs = [max(need, rows.wrapped * unit) if wraps else need for need, wraps in zip(needs, wrapped, strict=True)]
    left: tuple[Point, ...] = ()
    if frame.more or rows.first:
        here = _rows_here([max(need, rows.least * unit) for need in needs], rect.bottom - top, rows.count)
        if here or rows.first or scope.part == 1 or top > rect.y:  # else not even one row stands here, and that is told
            points, texts, needs, left = points[:here], texts[:here], needs[:here], points[here:]
        left = () if rows.first else left
        if not points:
            return None, (), left
    heights = _row_heights(rows, needs, rect.bottom - top, unit)
    name = f"{owner}/{frame.name}"
    found = _told(points, texts, (heights, rect.bottom - top), (name, frame, scope, studio.where(scope.page, rect)))
    area = Rect(rect.x, rect.bottom - sum(heights), rect.width, sum(heights))
    cells = tuple(_cells(texts, (area, widths, tops), heights, (name, frame)))
    ink = studio.layout.inks[rows.colour]
    return TableBox(
        area, widths, tuple(heights), cells, name, frame.name, ink, rows.rule, alt=f"{owner}：要点"
    ), found, left


def _cells(
    texts: Sequence[Texts], grid: tuple[Rect, tuple[float, float], tuple[float, float]], heights: Sequence[float],
    named: tuple[str, Frame],
) -> Iterator[tuple[TableCell, ...]]:
    """Yields the rows of a table. `grid`: its place, the columns' widths, and how far under a row's top their texts begin."""
    (area, widths, tops), (name, frame) = grid, named
    y = area.y
    for index, ((paragraphs, blocks), height) in enumerate(zip(texts, heights, strict=True)):
        places = (
            Rect(area.x, y + tops[0], widths[0], height - tops[0]),
            Rect(area.x + widths[0], y + tops[1], widths[1], height - tops[1]),
        )
        yield tuple(
            TableCell(
                TextBox(place, (place.x, place.y), text, block.lines, f"{name}/{index + 1}-{column}", frame.name,
                        frame=frame.span),
                header=column == "key",
            )
            for place, text, block, column in zip(places, paragraphs, blocks, ("key", "value"), strict=True)
        )  # fmt: skip
        y += height


def _rows_here(needs: list[float], room: float, most: int) -> int:
    """Returns how many rows of these least heights a place takes, no single one left over."""
    fitting = min(sum(bottom <= room + 0.01 for bottom in accumulate(needs)), most)
    return fitting - (fitting > 2 and fitting == len(needs) - 1)


def _told(
    points: tuple[Point, ...],
    texts: list[Texts],
    heights: tuple[list[float], float],
    setting: tuple[str, Frame, Scope, Where],
) -> tuple[Diagnostic, ...]:
    """Returns what there is to tell of a table; `heights`: of its rows, and the room for them all."""
    name, frame, scope, where = setting
    rows, room = heights

    def place(point: Point) -> Address:
        return address(frame, scope, first_span((point.text,)))

    found = [
        missing_glyphs(where, name, block.missing, place(point))
        for point, (_, pair) in zip(points, texts, strict=True) for block in pair if block.missing
    ]  # fmt: skip
    most = frame.rows.count if frame.rows else len(points)
    fitting = sum(bottom <= room + 0.01 for bottom in accumulate(rows))
    if len(points) > most:
        found.append(too_many_points(where, name, (len(points), most), place(points[most])))
    elif fitting < len(points):
        over = sum(len(plain(rich)) for point in points[fitting:] for rich in (point.label, point.text))
        found.append(overset(where, name, over, place(points[fitting])))
    return tuple(found)


def _row_heights(rows: Rows, needs: list[float], room: float, unit: float) -> list[float]:
    """Returns the rows' heights in points: even, none less than its texts need, within the room if the least pitch allows."""
    count = len(needs)
    pitch = min(max(room / count, rows.least * unit), rows.most[min(count, len(rows.most)) - 1] * unit)
    heights = [max(pitch, need) for need in needs]
    spare = room - sum(heights)
    even = [i for i, height in enumerate(heights) if height <= pitch]
    if spare < 0 and even:
        pitch = max(rows.least * unit, pitch + spare / len(even))
        heights = [max(pitch, need) if i in even else height for i, (height, need) in enumerate(zip(heights, needs, strict=True))]
    return heights


Texts = tuple[tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]], tuple[TextBlock, TextBlock]]


def _row_texts(point: Point, rows: Rows, widths: tuple[float, float], studio: Studio) -> Texts:
    """Returns the key's and the value's paragraphs, and the two as set."""
    gap = 0.6 * studio.layout.style(rows.key_style).size
    keys = studio.paragraphs((point.label,) if point.label else (), studio.layout.style(rows.key_style))
    values = studio.paragraphs((point.text,), studio.layout.style(rows.value_style))
    return (keys, values), (studio.set_text(keys, widths[0] - gap), studio.set_text(values, widths[1]))
