"""Values in rows and series: checked, put into their inks, said; and where their labels stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil
from typing import TypedDict

from lhpub.charts.drawing import C, Drawing, Place, S
from lhpub.charts.items import alt_text, chart_item, round_step, shared
from lhpub.charts.rules import check_values, problem
from lhpub.diagnostics import Diagnostic
from lhpub.inline import Figure, Inline, Rich, parted
from lhpub.kinds.chart import ChartItem, Tick
from lhpub.kinds.column import ColumnChart
from lhpub.kinds.grid import GridChart, Row
from lhpub.kinds.style import ChartInks
from lhpub.layout.check import contrast
from lhpub.publication.model import GridSpec
from lhpub.text.model import Ink, Paragraph, TextStyle
from lhpub.units import Rect

HEADROOM = Decimal("1.25")
"""Least axis over a lower bound, as a multiple of it: the open edges need somewhere to go (civic §8.1)."""
MOST_SERIES = 4
MOST_UNITS = 5
"""With more rows, or more than two and a unit of over `LONG_UNIT` characters, the unit stands once over the picture."""
LONG_UNIT = 3
SAID = 6
"""Of more rows, an alternative text says the first, the last, the greatest and the least."""
SLIDE_FLOOR, PRINT_FLOOR = 14.0, 8.0
"""Least size of a label that makes room, in points."""


class Gridded(TypedDict):
    """What every chart of rows and series is made with."""

    id: str
    title: Rich
    unit: str
    note: Rich
    keywords: tuple[str, ...]
    items: tuple[ChartItem, ...]
    rows: tuple[Row, ...]
    series: tuple[Rich, ...]
    is_single: bool
    has_units: bool
    told: Rich


def check_grid(spec: GridSpec, fewest: int, most: int) -> Iterator[Diagnostic]:
    """Yields what no chart of rows and series can show; `fewest`, `most`: rows of this kind."""
    yield from check_values(spec, tuple(item.fact for item in spec.items))
    if spec.items and not fewest <= len(spec.rows) <= most:
        yield problem("rows", spec.span, f"{len(spec.rows)}（{fewest}—{most}）")
    if len(spec.series) > MOST_SERIES:
        yield problem("series", spec.span, len(spec.series))


def resolve_grid(kind: str, spec: GridSpec, inks: ChartInks) -> Gridded:
    """Returns what a chart of rows and series is made with; values have as many decimals as the most exact of a series."""
    of = shared(spec)
    drawn = series_inks(spec, inks)
    is_single = all(sum(cell is not None for cell in row.cells) <= 1 for row in spec.rows)
    held = [[cell for row in spec.rows if (cell := row.cells[n])] for n in range(len(drawn))]
    places = [_places(cell.fact.value for cell in cells) for cells in held]
    rows = []
    for row in spec.rows:
        cells: list[ChartItem | None] = []
        for cell, ink, place, name in zip(row.cells, drawn, places, spec.series, strict=True):
            text_ink = (
                ink if ink == inks.groups[0] else inks.groups[min(1, len(inks.groups) - 1)]
            )  # others may be light
            made = chart_item(cell, inks.bound if cell.fact.bound else ink, text_ink) if cell else None
            figure = _padded(made, place) if made else None
            cells.append(replace(made, second=row.second, group=name, figure=figure) if made and figure else None)
        rows.append(Row(row.label, row.second, tuple(cells)))
    items = tuple(cell for made in rows for cell in made.cells if cell)
    few = len(rows) <= (MOST_UNITS if len(of["unit"]) <= LONG_UNIT else 2)
    has_units = of["unit"] in ("%", "‰") or (is_single and few)
    told = alt_text(kind, of, _said(tuple(rows), is_single))
    return Gridded(
        **of, items=items, rows=tuple(rows), series=spec.series, is_single=is_single, has_units=has_units, told=told
    )


def series_inks(spec: GridSpec, inks: ChartInks) -> list[Ink]:
    """Returns an ink for each series: groups' own, then those of the rest; of a highlighted chart the others are muted."""
    if spec.is_highlighted:
        return [inks.groups[0], inks.bound]
    own = list(dict.fromkeys((*inks.groups, inks.rest, inks.bound)))
    return [own[min(n, len(own) - 1)] for n in range(len(spec.series))]


def _places(values: Iterator[Decimal | None]) -> int:
    found = [value.as_tuple().exponent for value in values if value is not None]
    return max((-e for e in found if isinstance(e, int)), default=0)


def _padded(item: ChartItem, places: int) -> Figure:
    """Returns the figure with so many decimals; 约, 超 and computed ones keep their own."""
    figure = replace(item.figure, numeral=item.figure.numeral.replace("-", "−"))
    exact = not (figure.prefix or figure.mark) and item.figure.numeral == f"{item.value:f}" and places > 0
    return replace(figure, numeral=f"{item.value:.{places}f}".replace("-", "−")) if exact else figure


def _said(rows: tuple[Row, ...], is_plain: bool) -> Rich:
    """Returns every row with its values; of many the ends and the extremes; then what is missing."""
    known = [row for row in rows if any(row.cells)]
    told = known
    if len(known) > SAID:

        def most(row: Row) -> Decimal:
            return max(cell.value for cell in row.cells if cell)

        chosen = (known[0], max(known, key=most), min(known, key=most), known[-1])
        told = [row for row in known if any(row is one for one in chosen)]
    said = parted("；", [_said_row(row, is_plain) for row in told])
    if len(told) < len(known):
        said = (Inline(f"共{len(rows)}项，"), *said)
    gaps = parted("、", [row.label for row in rows if not any(row.cells)])
    return (*said, Inline("；"), *gaps, Inline("未报")) if gaps else said


def _said_row(row: Row, is_plain: bool) -> Rich:
    bound = (Inline("（只知下限）"),)
    cells = [cell for cell in row.cells if cell]
    names = [() if is_plain else cell.group for cell in cells]
    texts = [(*name, *c.figure.inlines(), *(bound if c.bound else ())) for name, c in zip(names, cells, strict=True)]
    return (*row.label, *parted("，", texts))


def axis(values: Sequence[Decimal], bounds: Sequence[Decimal] = ()) -> tuple[Decimal, Decimal, tuple[Tick, ...]]:
    """Returns least, greatest and ticks of an axis that holds 0: round numbers, or with room over the greatest bound."""
    most, least = max((*values, Decimal(0))), min((*values, Decimal(0)))
    bound = max(bounds, default=Decimal(0)) * HEADROOM
    step = round_step((max(most, bound, -least) or Decimal(1)) / 4)
    top = bound if bound > most else max(ceil(most / step), 0 if least < 0 else 1) * step
    low = -ceil(-least / step) * step
    ticks = (step * n for n in range(int(low / step), int(top / step) + 1) if n)
    whole = Decimal(f"{top.normalize():f}"), Decimal(f"{low.normalize():f}")
    return whole[1], whole[0], tuple(Tick(tick, f"{tick.normalize():f}") for tick in ticks)


def shown(drawing: Drawing[C, S], item: ChartItem) -> Figure:
    """Returns an item's figure as its label has it: without the unit where that stands over the picture."""
    chart = drawing.chart
    assert isinstance(chart, GridChart)
    return item.figure if chart.has_units else replace(item.figure, unit="")


def legible(ground: Ink, *inks: Ink) -> Ink:
    """Returns the one of some inks that is read best on a fill."""
    return max(inks, key=lambda ink: contrast(ink.rgb, ground.rgb))


def floor(drawing: Drawing[C, S]) -> float:
    """Returns the least size of labels: a slide's styles have slack."""
    return SLIDE_FLOOR if drawing.style.slack else PRINT_FLOOR


def shrunk(style: TextStyle, scale: float, least: float) -> TextStyle:
    """Returns a style made smaller by whole half points, not below `least`."""
    if scale >= 1:
        return style
    size = max(int(style.size * scale * 2) / 2, min(least, style.size))
    return replace(style, size=size, leading=style.leading * size / style.size)


def draw_head(drawing: Drawing[C, S]) -> float:
    """Draws the unit and the key over the picture; returns where the picture may begin."""
    chart, style, rect = drawing.chart, drawing.style, drawing.rect
    assert isinstance(chart, GridChart)
    like = style.second or style.label or style.value
    if like is None or (chart.has_units and not chart.has_key) or not (chart.unit or chart.has_key):
        return rect.y
    like = replace(like, size=max(min(like.size, 9.0 if not style.slack else like.size), floor(drawing)))
    x, y = rect.x, rect.y
    stacked = isinstance(chart, ColumnChart) and chart.is_stacked
    if not chart.has_units and chart.unit:
        said = f"单位：{chart.unit}{'；柱上为合计（计算值）' if stacked else ''}"
        box = drawing.text("unit", Place(x, rect.y), drawing.paragraph(like, said))
        x = box.rect.right + 2 * like.size
        if style.slack and (chart.has_key or stacked):  # a slide's key has a line of its own
            x, y = rect.x, rect.y + like.leading
    for number, name in enumerate(chart.series if chart.has_key else (), 1):
        ink = next((cell.ink for row in chart.rows if (cell := row.cells[number - 1])), style.axis)
        side = like.size * 0.7
        words = drawing.paragraph(like, name)
        if x > rect.x and x + side + 4 + drawing.width(words) > rect.right:
            x, y = rect.x, y + like.leading
        drawing.canvas.rectangles(
            (Rect(x, y + like.leading / 2 - side / 2, side, side),), drawing.fill(f"key-{number}", ink)
        )
        box = drawing.text(f"series-{number}", Place(x + side + 4, y), words)
        x = box.rect.right + 1.5 * like.size
    return y + like.leading + 4


def missing(drawing: Drawing[C, S], name: str, place: Place, style: TextStyle) -> None:
    """Draws the mark of a value that is not known."""
    quiet = replace(style, ink=drawing.style.second.ink if drawing.style.second else style.ink, weight=400)
    drawing.text(name, place, drawing.paragraph(quiet, "—"))


def spread(places: Sequence[float], pitch: float, room: tuple[float, float]) -> list[float]:
    """Returns places in their order, pushed apart to `pitch` and kept within the room as far as it goes."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    found = [places[n] for n in order]
    for n in range(1, len(found)):
        found[n] = max(found[n], found[n - 1] + pitch)
    for n in range(len(found) - 1, -1, -1):
        found[n] = min(found[n], room[1] - (len(found) - 1 - n) * pitch)
    for n in range(len(found)):
        found[n] = max(found[n], room[0] + n * pitch)
    return [y for _, y in sorted(zip(order, found, strict=True))]


def label(drawing: Drawing[C, S], style: TextStyle, item: ChartItem, *before: Rich) -> Paragraph:
    """Returns an item's figure in its ink, after a name."""
    own = replace(style, ink=item.text_ink or item.ink)
    unit = (
        replace(drawing.style.unit, size=min(drawing.style.unit.size, own.size), ink=own.ink)
        if drawing.style.unit
        else own
    )
    pieces = [piece for rich in before if rich for piece in (rich, " ")]
    return drawing.paragraph(own, *pieces, shown(drawing, item), unit=unit)
