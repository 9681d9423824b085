"""Publications, styles and fonts for the chart tests: small, by hand, after the facts of the sample publication."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lhpub.boxes import ChartBox, TextBox
from lhpub.charts.draw import draw_chart
from lhpub.charts.resolve import resolve_charts
from lhpub.diagnostics import Diagnostic, Span
from lhpub.inline import Figure, Inline, Rich, Role
from lhpub.kinds import Chart
from lhpub.kinds.style import ChartInks, S
from lhpub.kinds.timeline import TimelineChart
from lhpub.publication.model import (
    ChartSpec,
    ChartSpecItem,
    ColumnSpec,
    Event,
    Fact,
    Keyword,
    PartialDate,
    Publication,
    RankSpec,
    RowSpec,
    ShareSpec,
    TimelineSpec,
)
from lhpub.text.fonts import FontBook, load_fonts
from lhpub.text.model import Ink, TextStyle
from lhpub.units import Rect, mm

SPAN = Span("source.yaml", 3, 5)
RED, INK, UMBER, GREY, MID, LINE, DUST, PAPER, BOUND = (
    Ink(name, rgb)
    for name, rgb in {
        "red": "#871920", "ink": "#2A2523", "umber": "#4A423D", "grey": "#6A615B", "mid": "#A59A90",
        "line": "#CFC7BD", "dust": "#C9C0B6", "paper": "#FBF9F5", "bound": "#D9D1C7",
    }.items()
)  # fmt: skip
INKS = ChartInks((RED, UMBER), BOUND, DUST)


@cache
def fonts() -> FontBook:
    folder = Path(__file__).parents[3] / "fonts"
    return load_fonts((folder / "fonts.yaml").read_bytes(), "fonts/fonts.yaml", folder)


def type_style(size: float, ink: Ink = INK, family: str = "Noto Sans SC", weight: int = 400) -> TextStyle:
    return TextStyle(f"{family}-{size}", family, weight, size, size * 1.5, ink)


def serif(size: float, ink: Ink = RED) -> TextStyle:
    return type_style(size, ink, "Noto Serif SC")


class Look:
    """A layout's look with its values written out; a kind takes those that it knows."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __call__(self, style: type[S], /) -> S:
        known = {field.name for field in dataclasses.fields(style)}
        return style(**{name: value for name, value in self.values.items() if name in known})

    def but(self, **changes: Any) -> Look:
        return Look(**self.values | changes)


PLAIN = Look(
    axis=INK, grid=LINE, tick=MID, accent=RED, ground=PAPER, value=type_style(12, RED), label=type_style(9, weight=500),
    second=type_style(8, GREY), tick_text=type_style(7.5, GREY), mark=type_style(7, GREY), number=serif(12),
    month=serif(20, INK), unit=type_style(9),
)  # fmt: skip
SPREAD = PLAIN.but(
    value=serif(40), unit=type_style(12), bound_value=serif(72, UMBER), bound_unit=type_style(13),
    note=replace(type_style(8, GREY), align="right"), plot=(mm(20), 0, mm(20), mm(25)), bleed=mm(3), fold=mm(210),
    column_width=mm(42), column_positions=(mm(52), mm(124), mm(250)), group_positions=(mm(20), mm(230)),
    value_gap=mm(4), value_align="left", bound_at=(mm(5.6), mm(22.4)), label_gap=mm(3),
    note_at=(mm(340), mm(158), mm(60)),
)  # fmt: skip
SPREAD_RECT = Rect(0, mm(88), mm(420), mm(180))
YEAR = PLAIN.but(
    label=type_style(10, weight=700), second=type_style(8.5, GREY), plot=(mm(20), 0, mm(20), mm(144)),
    bleed=mm(3), fold=mm(210), origins=(mm(20), mm(230)), day=mm(0.92), heavy_width=mm(0.7), label_gap=mm(3.8),
)  # fmt: skip
YEAR_RECT = Rect(0, mm(60), mm(420), mm(201))
SLIDE_YEAR = PLAIN.but(
    label=type_style(18, weight=700), second=type_style(18, GREY), number=serif(18), month=serif(18, INK),
    unit=type_style(14), plot=(0, 0, 0, 284), stems=(66, 40), numbers=False, list_months=3, list_at=48,
    list_pitch=30, list_width=206, list_indent=32, label_gap=10,
)  # fmt: skip
SLIDE_YEAR_RECT = Rect(56, 60, 848, 430)


def fact(name: str, value: str | None, unit: str, *, prefix: str = "", derived: bool = False) -> Fact:
    role = Role("derived" if derived else "fact", f"词.{name}")
    numeral = value or "数十"
    figure = Figure(prefix, numeral, unit, role, "计算值" if derived else "")
    number = None if value is None else Decimal(value)
    text = figure.inlines()
    return Fact(f"词.{name}", (Inline(name),), number, unit, figure, text, prefix == "超", derived, "", SPAN)


def words(text: str) -> Rich:
    return (Inline(text),) if text else ()


@dataclass(frozen=True)
class Item(ChartSpecItem):
    """An item with what a column's row says of it."""

    group: str = ""
    second: Rich = ()


def item(of: Fact, label: str = "", group: str = "", second: Rich = ()) -> Item:
    return Item(of, "词", words(label), group, second)


def grid(items: tuple[Item, ...]) -> dict[str, Any]:
    """Returns the rows and series that items with groups make."""
    groups = list(dict.fromkeys(one.group for one in items))
    rows = (RowSpec(one.label, one.second, tuple(one if one.group == g else None for g in groups)) for one in items)
    return {"rows": tuple(rows), "series": tuple(words(g) for g in groups)}


def table(rows: dict[str, list[str]], *series: str, unit: str = "家") -> dict[str, Any]:
    """Returns the rows and series of a table; '' is a value that is not known, 超 and 约 stand before a number."""
    made = []
    for name, cells in rows.items():
        own = []
        for place, cell in enumerate(cells):
            prefix = cell[:1] if cell[:1] in ("超", "约") else ""
            known = fact(f"{name}{place}", cell.removeprefix(prefix), unit, prefix=prefix) if cell else None
            own.append(ChartSpecItem(known, "词", words(name)) if known else None)
        made.append(RowSpec(words(name), (), tuple(own)))
    return {"rows": tuple(made), "series": tuple(map(words, series)) or ((),)}


def shared(kind: str, **changes: Any) -> dict[str, Any]:
    return {"id": kind, "title": words("标题"), "keyword": "词", "span": SPAN} | changes


def column_spec(*items: Item, **changes: Any) -> ColumnSpec:
    return ColumnSpec(**grid(items), **shared("column", **changes))


def timeline_spec(**changes: Any) -> TimelineSpec:
    return TimelineSpec(**shared("timeline", **changes))


def columns(**changes: Any) -> ColumnSpec:
    items = (
        item(fact("首批投资", "535.8", "亿元"), "首批集中开工", "开工", (Inline("1月29日", Role("date")),)),
        item(fact("后续投资", "685.8", "亿元"), "第二至第四季度新开工", "开工"),
        item(fact("投资总额", "1000", "亿元", prefix="超"), "全球招商大会洽谈签约", "签约"),
    )
    return column_spec(*items, **changes)


def share(whole: str = "4923", part: str = "1179", rest: str = "3744", percent: str = "23.9") -> ShareSpec:
    return ShareSpec(
        whole=item(fact("全市", whole, "家"), "全市"), part=item(fact("龙华", part, "家"), "龙华区"),
        rest=item(fact("其余", rest, "家", derived=True), "深圳其余"), share=fact("占比", percent, "%", derived=True),
        **shared("share"),
    )  # fmt: skip


def rank(before: str = "50", now: str = "40", of: int = 100) -> RankSpec:
    earlier = replace(fact("前次", before, "位", prefix="第", derived=True))
    present = item(fact("位次", now, "位", prefix="第"))
    return RankSpec(before=item(earlier, "前次（推算）"), now=present, last=of, **shared("rank"))


def day(month: int, day_: int, last: int | None = None, *, open_: bool = False, year: int = 2023) -> PartialDate:
    first = datetime.date(year, month, day_)
    end = datetime.date(year, month, last) if last else first
    kind = "tenday" if last else "day"
    return PartialDate(kind, first, end, open_, f"{month}月{day_}日", f"{day_}日", SPAN)


def month(number: int, year: int = 2023) -> PartialDate:
    first = datetime.date(year, number, 1)
    last = datetime.date(year + number // 12, number % 12 + 1, 1) - datetime.timedelta(1)
    return PartialDate("month", first, last, False, f"{number}月", f"{number}月", SPAN)


UNDATED = PartialDate("none", None, None, False, "", "")


def keyword(number: int, date: PartialDate, title: str = "", events: tuple[Event, ...] = ()) -> Keyword:
    label = (Inline("全市率先推出行动"),)
    return Keyword(
        f"词{number}", number, title or "关键词语"[: 2 + number % 3], "", date, (), (), (), (), None, (), (), events, label, (),
        (), SPAN,
    )  # fmt: skip


def publication(*charts: ChartSpec, keywords: tuple[Keyword, ...] = (), year: int = 2023) -> Publication:
    day_ = datetime.date(year + 1, 1, 15)
    return Publication("p", "题", "", "区", day_, year, "", (), (), (), (), (), keywords, charts, ())


def resolve(*charts: ChartSpec, keywords: tuple[Keyword, ...] = ()) -> tuple[tuple[Chart, ...], tuple[Diagnostic, ...]]:
    return resolve_charts(publication(*charts, keywords=keywords), INKS)


def chart(of: ChartSpec, keywords: tuple[Keyword, ...] = ()) -> Chart:
    (found,), problems = resolve(of, keywords=keywords)
    assert not problems
    return found


def year_chart(*keywords: Keyword) -> TimelineChart:
    found = chart(timeline_spec(title=words("十二个月")), keywords)
    assert isinstance(found, TimelineChart)
    return found


def draw(of: Chart, look: Look, rect: Rect) -> ChartBox:
    return draw_chart(of, look, rect, fonts())


def texts(box: ChartBox) -> dict[str, TextBox]:
    found = [b for b in box.boxes if isinstance(b, TextBox)]
    assert len({b.name for b in found}) == len(found), "every text has a name of its own"
    return {b.name.removeprefix(f"{box.name}/"): b for b in found}
