"""The form of a native chart: its kind, grouping, axes and place, what its series are drawn in, that nothing is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from lhpub.boxes import ChartBox, Theme
from lhpub.kinds import Chart
from lhpub.kinds.bar import BarChart
from lhpub.kinds.chart import Sheet
from lhpub.kinds.column import ColumnChart
from lhpub.kinds.grid import GridChart
from lhpub.kinds.line import LineChart
from lhpub.kinds.pair import PairChart
from lhpub.kinds.parts import PartsChart
from lhpub.kinds.rank import RankChart
from lhpub.kinds.share import ShareChart
from lhpub.kinds.timeline import TimelineChart
from lhpub.text.model import Ink
from lhpub.verify.pptx_colours import colours_of
from lhpub.verify.pptx_file import Element, found, local, words

Form = tuple[list[str], list[str], list[str], list[str]]
"""What plots a chart, the grouping, the direction of bars, and where the value axis crosses."""
_MAPPED = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_BESIDE = "//c:legend | //c:trendline | //c:errBars | //c:upDownBars | //c:dPt[c:spPr] | //c:userShapes | //c:dTable"
_NEAR, _SHADE = 2e-3, 0.02
_LINE = "c:spPr/a:ln/*[self::a:solidFill]"
_FILL = f"c:spPr/*[not(self::a:ln)] | {_LINE}"


def form_of(chart: Chart) -> Form:
    match chart:
        case ColumnChart():
            stack: Form = (["barChart", "lineChart"], ["stacked", "standard"], ["col"], ["between"])
            return stack if chart.is_stacked else (["barChart"], ["clustered"], ["col"], ["between"])
        case PartsChart() if chart.is_full_bar:
            return ["barChart"], ["percentStacked"], ["bar"], ["between"]
        case BarChart() | PairChart() | ShareChart() | PartsChart():
            return ["barChart"], ["clustered"], ["bar"], ["between"]
        case LineChart():
            return ["lineChart"], ["standard"], [], ["midCat" if len(chart.series) > 1 else "between"]
        case RankChart():
            return ["lineChart"], ["standard"], [], ["midCat"]
        case TimelineChart():  # never native
            return [], [], [], []
        case _:
            assert_never(chart)


def compare_form(root: Element, box: ChartBox, theme: Theme | None) -> Iterator[tuple[str, object, object]]:
    """Yields what it is about, how it was composed and how it is written. `theme`: None where colours are a designer's."""
    area = found(root, "//c:plotArea")[0]
    plots = [child for child in area if found(child, "c:ser")]
    alone = "self::c:lineChart[count(c:ser) = 1]"  # of one line programs write any grouping: it changes nothing
    groups = ["standard" if found(one, alone) else value for one in plots for value in words(one, "c:grouping/@val")]
    paths = ("*/c:barDir/@val", "c:valAx/c:crossBetween/@val")
    stacked = isinstance(box.chart, ColumnChart) and box.chart.is_stacked
    yield "form", form_of(box.chart), ([local(plot) for plot in plots], groups, *(words(area, path) for path in paths))
    yield "log axis", [], words(root, "//c:logBase/@val")
    yield "hidden cells", ["1"], words(root, "//c:plotVisOnly/@val")
    yield "title", "", "".join(words(root, "//c:title//a:t/text()"))
    has_key = isinstance(box.chart, GridChart) and (box.chart.has_key or stacked)
    yield "beside the series", ["legend"] * has_key, [local(one) for one in found(root, _BESIDE)]
    falls = box.chart.kind in ("bar", "pair", "share") or (isinstance(box.chart, PartsChart) and not box.chart.is_full_bar)
    yield "order", ["maxMin" if falls else "minMax"], words(area, "c:catAx/c:scaling/c:orientation/@val")
    yield "axis format", [], [form for form in words(area, "c:valAx/c:numFmt/@formatCode") if '"' in form]
    plot, frame = box.plot or box.rect, box.rect
    wanted = (
        (plot.x - frame.x) / frame.width,
        (plot.y - frame.y) / frame.height,
        plot.width / frame.width,
        plot.height / frame.height,
    )
    written = [
        float(value)
        for value in words(area, "c:layout/c:manualLayout/*[self::c:x or self::c:y or self::c:w or self::c:h]/@val")
    ]
    if len(written) != 4 or any(abs(a - b) > _NEAR for a, b in zip(wanted, written, strict=True)):
        yield "place", [round(value, 4) for value in wanted], written
    if theme and box.chart.sheet:
        yield from _colours(plots, box.chart.sheet, theme)


def _colours(plots: list[Element], sheet: Sheet, theme: Theme) -> Iterator[tuple[str, object, object]]:
    """Yields the series in another colour than their column's."""
    scheme = {_MAPPED.get(slot, slot): _channels(ink) for slot, ink in theme.colours}
    series = [(each, local(plot) == "lineChart") for plot in plots for each in found(plot, "c:ser")]
    for (each, is_line), column in zip(series, sheet.columns, strict=False):
        fills = found(each, _LINE if is_line else _FILL)
        shown = colours_of(fills[0], scheme) if fills else []
        if not shown and (is_line or column.meaning == "missing"):
            continue  # markers or a label alone
        if not any(max(abs(a - b) for a, b in zip(c, _channels(column.ink), strict=True)) < _SHADE for c in shown):
            yield (
                f"colour {column.header}",
                column.ink.rgb,
                [f"#{''.join(f'{round(v * 255):02X}' for v in c)}" for c in shown],
            )


def _channels(ink: Ink) -> tuple[float, float, float]:
    red, green, blue = (int(ink.rgb[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
