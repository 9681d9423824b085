"""The big figure and the table of points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from math import ceil

from lhpub.boxes import TableBox, TableCell, TextBox
from lhpub.compose.scope import Scope, box_name
from lhpub.compose.studio import Address, Studio, Where, address, first_span, missing_glyphs, overset, too_many_points
from lhpub.diagnostics import Diagnostic
from lhpub.inline import Figure, Inline, Role, plain
from lhpub.kinds.share import ShareChart
from lhpub.layout.frame import Frame, Hero, Rows
from lhpub.publication.model import Point
from lhpub.text.model import ASCENT, Line, Paragraph, Run, TextBlock
from lhpub.text.setting import set_text
from lhpub.units import Rect

HAN_HEIGHT = 0.84
FIGURE_HEIGHT = 0.72
"""Height of lining figures above the baseline, in em: what a caption keeps clear of."""
_UNBOUNDED = 10_000.0


def place_hero(
    frame: Frame, rect: Rect, scope: Scope, studio: Studio
) -> tuple[TextBox, Rect, tuple[Diagnostic, ...]] | None:
    """Returns the keyword's or the item's big figure, what it covers and what there is to tell; `rect.y` is its
    baseline."""
    fact = scope.fact or (scope.keyword.hero if scope.keyword else None)
    if frame.hero is None or fact is None or fact.figure is None:
        return None
    figure, hero = fact.figure, frame.hero
    room = rect.width * (1 - studio.medium.slack)
    height = scope.sky - (hero.headroom or 0.0) * studio.unit
    for size, unit_size in hero.ladder:
        runs = _hero_runs(figure, frame, studio, (size, unit_size))
        line = _hero_line(runs, hero, (unit_size, bool(figure.prefix)), studio)
        if line.width <= room and (hero.headroom is None or FIGURE_HEIGHT * size <= height):
            break
    outdent = 0.0 if figure.prefix else hero.outdent * studio.unit
    top = rect.y - ASCENT * size
    line = replace(line, baseline=ASCENT * size)
    area = Rect(rect.x - outdent, top, rect.width, size)
    style = max((run.style for run in runs), key=lambda style: style.size)
    name = box_name(frame.name, scope)
    box = TextBox(area, (area.x, top), (Paragraph(runs, style),), (line,), name, frame.name, frame.tag)
    box = replace(box, span=fact.span, frame=frame.span)
    height = (FIGURE_HEIGHT if figure.numeral.isascii() else HAN_HEIGHT) * size
    over = ceil((1 - room / line.width) * len(line.text) - 0.001)
    where = studio.where(scope.page, rect)
    told = (overset(where, name, over, address(frame, scope, fact.span)),) if over > 0 else ()
    return box, Rect(rect.x, rect.y - height, line.width, height), told


def _hero_runs(figure: Figure, frame: Frame, studio: Studio, sizes: tuple[float, float]) -> tuple[Run, ...]:
    assert frame.hero is not None
    size, unit_size = sizes
    kern = frame.hero.point_kern / 1000
    numeral = replace(studio.layout.style(frame.style, frame.colour), size=size, leading=size, point_kern=kern)
    unit = replace(studio.layout.style(frame.hero.unit, frame.colour), size=unit_size, leading=size)
    pieces = ((figure.prefix, unit), (figure.numeral, numeral), (figure.unit, unit))
    return tuple(Run(text, style, figure.role) for text, style in pieces if text)


def _hero_line(runs: tuple[Run, ...], hero: Hero, unit: tuple[float, bool], studio: Studio) -> Line:
    """Returns the runs on one line, unit and prefix at their distances."""
    unit_size, has_prefix = unit
    glyph_runs, x = [], 0.0
    gaps = [hero.prefix_gap if has_prefix else hero.gap, hero.gap]
    for i, run in enumerate(runs):
        alone = Paragraph((run,), replace(run.style, align="left", indent=0))
        line = set_text((alone,), _UNBOUNDED, studio.book).lines[0]
        x += gaps[i - 1] * unit_size if i else 0
        for piece in line.runs:
            glyphs = tuple(replace(glyph, x=glyph.x + x) for glyph in piece.glyphs)
            glyph_runs.append(replace(piece, x=piece.x + x, glyphs=glyphs))
        x += line.width
    return Line(tuple(glyph_runs), 0.0, 0.0, x, "".join(run.text for run in runs), last=True)


def place_rows(
    frame: Frame, rect: Rect, scope: Scope, setting: tuple[Studio, Mapping[str, Rect]]
) -> tuple[TableBox | None, tuple[Diagnostic, ...]]:
    """Returns the keyword's points, or the charts' figures, as a table that stands on the frame's foot, its pitch between the
    layout's limits."""
    studio, extents = setting
    rows = frame.rows
    owner, points = _row_source(frame, scope)
    if rows is None or not points:
        return None, ()
    unit = studio.unit
    widths = (rows.key_width * unit, rect.width - rows.key_width * unit)
    texts = [_row_texts(point, rows, widths, studio) for point in points]
    top = rect.y
    if rows.clear and rows.clear in extents:
        top = max(top, extents[rows.clear].bottom + rows.room * unit)
    tops = (rows.key_top * unit, rows.value_top * unit)
    needs = [max(at + block.height for at, block in zip(tops, pair, strict=True)) for _, pair in texts]
    wrapped = [any(len(block.lines) > 1 for block in pair) for _, pair in texts]
    needs = [max(need, rows.wrapped * unit) if wraps else need for need, wraps in zip(needs, wrapped, strict=True)]
    heights = _row_heights(rows, needs, rect.bottom - top, unit)
    name = f"{owner}/{frame.name}"
    found = _told(points, texts, (heights, rect.bottom - top), (name, frame, scope, studio.where(scope.page, rect)))
    cells, y = [], rect.bottom - sum(heights)
    table_top = y
    for index, ((paragraphs, block), height) in enumerate(zip(texts, heights, strict=True)):
        places = (
            Rect(rect.x, y + tops[0], widths[0], height - tops[0]),
            Rect(rect.x + widths[0], y + tops[1], widths[1], height - tops[1]),
        )
        cells.append(tuple(
            TableCell(
                TextBox(place, (place.x, place.y), text, set_.lines, f"{name}/{index + 1}-{column}", frame.name,
                        frame=frame.span),
                header=column == "key",
            )
            for place, text, set_, column in zip(places, paragraphs, block, ("key", "value"), strict=True)
        ))  # fmt: skip
        y += height
    area = Rect(rect.x, table_top, rect.width, sum(heights))
    what = "图表数据" if rows.of == "charts" else f"{owner}：要点"
    ink = studio.layout.inks[rows.colour]
    return TableBox(
        area, widths, tuple(heights), tuple(cells), name, frame.name, ink, rows.rule, alt=what
    ), found


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


def _row_source(frame: Frame, scope: Scope) -> tuple[str, tuple[Point, ...]]:
    """Returns whose rows they are, and the rows."""
    if frame.rows is None or frame.rows.of == "points":
        return (scope.keyword.id, scope.keyword.points) if scope.keyword else ("", ())
    titles = {keyword.id: keyword.title for keyword in scope.publication.keywords}
    points = []
    for chart in scope.charts:
        figures = [(item.keyword, item.label, item.figure) for item in chart.items]
        share = chart.share if isinstance(chart, ShareChart) else None
        figures += [(chart.keywords[0], (Inline("占比"),), share)] if share else []
        for owner, label, figure in figures:
            title = titles.get(owner, "")
            points.append(Point(title, (*label, Inline("　"), *figure.inlines()), (Inline(title, Role("name")),)))
    return "charts", tuple(points)


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
