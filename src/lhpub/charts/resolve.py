"""ChartSpec → Chart: limits, ticks with their labels, order, inks and alt text are decided here, before drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import assert_never

from lhpub.charts.bar import check_bar, resolve_bar
from lhpub.charts.column import MOST, check_column, resolve_column
from lhpub.charts.line import check_line, resolve_line
from lhpub.charts.pair import check_pair, resolve_pair
from lhpub.charts.parts import check_parts, resolve_parts
from lhpub.charts.rank import check_rank, resolve_rank
from lhpub.charts.rules import check_title, problem
from lhpub.charts.share import check_share, resolve_share
from lhpub.charts.year import check_timeline, resolve_timeline
from lhpub.diagnostics import Diagnostic, Severity, has_errors
from lhpub.inline import plain
from lhpub.kinds import Chart
from lhpub.kinds.style import ChartInks
from lhpub.publication.model import (
    BarSpec,
    ChartSpec,
    ColumnSpec,
    LineSpec,
    PairSpec,
    PartsSpec,
    Publication,
    RankSpec,
    ShareSpec,
    TimelineSpec,
)

_TIME = re.compile(r"(?:[12]\d{3}年?)?(?:第?[一二三四1-4]季度|\d{1,2}月)?$")
LEAST_TIMES = 2
WIDEST = 38.0
"""Em of all labels together that stand side by side under or over columns: 8 pt in a text column, 14 pt beside a slide's text."""
_DIGIT, _APART, _YEAR = 0.56, 0.5, 4.9
"""Em of a digit, between two labels, and from one year's name to the next where the least frame holds both unbroken."""


def resolve_charts(publication: Publication, inks: ChartInks) -> tuple[tuple[Chart, ...], tuple[Diagnostic, ...]]:
    """Returns the publication's charts and what is wrong with any; a chart with an error is left out."""
    charts: list[Chart] = []
    found: list[Diagnostic] = []
    for asked in publication.charts:
        spec, told = _drawable(asked)
        problems = [*told, *check_title(spec), *_check(spec, publication)]
        found += problems
        chart = None if has_errors(problems) else _resolve(spec, publication, inks)
        if chart:
            charts.append(chart)
    return tuple(charts), tuple(found)


def _drawable(spec: ChartSpec) -> tuple[ChartSpec, tuple[Diagnostic, ...]]:
    """Returns what a chart is drawn as: columns that are too many or too wide as bars or, of years and months, as a line."""
    if not isinstance(spec, ColumnSpec):
        return spec, ()
    series = len(spec.series) if any(sum(map(bool, row.cells)) > 1 for row in spec.rows) else 1
    if spec.is_stacked and series > 1:
        digits = max((len(str(sum(cell.fact.value or 0 for cell in row.cells if cell))) for row in spec.rows), default=0)
        is_wide = _width(spec, 1, digits * _DIGIT) > WIDEST and len(spec.rows) <= MOST
        return spec, (problem("wide", spec.span, len(spec.rows)),) if is_wide else ()
    figures = [item.fact.figure for item in spec.items if item.fact.figure]
    places = max((len(figure.numeral.partition(".")[2]) for figure in figures), default=0)
    texts = (f.prefix + f.numeral.partition(".")[0] + (f.unit if f.unit in "%‰" else "") for f in figures)
    widest = max(map(_em, texts), default=0.0) + (places + 1 if places else 0) * _DIGIT
    few = len(spec.rows) * series <= MOST
    if few and _width(spec, series, widest) <= WIDEST:
        return spec, ()
    times = len(spec.rows) >= LEAST_TIMES and all(_TIME.match(plain(row.label)) for row in spec.rows)
    made = LineSpec if times else BarSpec
    of = {field.name: getattr(spec, field.name) for field in fields(made)}
    many = f"{len(spec.rows)}项" + (f" × {series}个系列" if series > 1 else "")
    what = f"{'很宽的数字或名字' if few else many}，改画{'折线' if times else '条形图'}"
    return made(**of), (problem("redrawn", spec.span, what, Severity.NOTICE),)


def _width(spec: ColumnSpec, series: int, figure: float) -> float:
    """Returns how wide columns are together, in em of their labels: figures side by side, names on up to three lines, but
    a year on one (but stacks, which cannot be lines)."""
    names = max((_em(plain(row.label)) / 3 for row in spec.rows), default=0.0)
    years = not spec.is_stacked and any(re.match(r"[12]\d{3}年", plain(row.label)) for row in spec.rows)
    return len(spec.rows) * max(series * (figure + _APART), names, _YEAR * years)


def _em(text: str) -> float:
    return sum(_DIGIT if char.isascii() else 1.0 for char in text)


def _check(spec: ChartSpec, publication: Publication) -> Iterator[Diagnostic]:
    match spec:
        case ColumnSpec():
            return check_column(spec)
        case BarSpec():
            return check_bar(spec)
        case LineSpec():
            return check_line(spec)
        case ShareSpec():
            return check_share(spec)
        case PartsSpec():
            return check_parts(spec)
        case RankSpec():
            return check_rank(spec)
        case PairSpec():
            return check_pair(spec)
        case TimelineSpec():
            return check_timeline(spec, publication)
        case _:
            assert_never(spec)


def _resolve(spec: ChartSpec, publication: Publication, inks: ChartInks) -> Chart | None:
    match spec:
        case ColumnSpec():
            return resolve_column(spec, inks)
        case BarSpec():
            return resolve_bar(spec, inks)
        case LineSpec():
            return resolve_line(spec, inks)
        case ShareSpec():
            return resolve_share(spec, inks)
        case PartsSpec():
            return resolve_parts(spec, inks)
        case RankSpec():
            return resolve_rank(spec, inks)
        case PairSpec():
            return resolve_pair(spec, inks)
        case TimelineSpec():
            return resolve_timeline(spec, publication)
        case _:
            assert_never(spec)
