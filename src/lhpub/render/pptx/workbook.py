"""The workbook behind a native chart: categories in column A, one series in each further column, nothing else."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter import Workbook

from lhpub.charts.model import Chart, ChartItem

SHEET = "数据"


@dataclass(frozen=True, slots=True)
class Column:
    """A series: its header, and per category its item; None leaves the cell blank."""

    header: str
    items: tuple[ChartItem | None, ...]

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        return tuple(item.value if item else None for item in self.items)


@dataclass(frozen=True, slots=True)
class Data:
    """A chart's data as its sheet has them."""

    categories: tuple[str, ...]
    columns: tuple[Column, ...]


def chart_data(chart: Chart) -> Data:
    """Returns the sheet of a chart. A lower bound has a series of its own, so that no cell states it as exact; a share
    has a series for each part. Headers carry unit and kind."""
    unit = f"（{chart.unit}）" if chart.unit else ""
    if chart.kind == "share":
        kinds = ("，".join(filter(None, (chart.unit, "计算值" if item.derived else ""))) for item in chart.items)
        heads = (
            f"{item.label}（{kind}）" if kind else item.label for item, kind in zip(chart.items, kinds, strict=True)
        )
        whole = chart.total.label if chart.total else chart.unit
        return Data((whole,), tuple(Column(head, (item,)) for head, item in zip(heads, chart.items, strict=True)))
    exact = Column(
        f"{'位次' if chart.kind == 'rank' else '数值'}{unit}", tuple(_if(not i.bound, i) for i in chart.items)
    )
    bounds = Column(f"下限{unit}", tuple(_if(i.bound, i) for i in chart.items))
    return Data(
        tuple(item.label for item in chart.items), tuple(column for column in (exact, bounds) if any(column.items))
    )


def _if(wanted: bool, item: ChartItem) -> ChartItem | None:
    return item if wanted else None


def workbook(chart: Chart, date: str) -> bytes:
    """Returns the .xlsx. Text that begins with `=`, `+`, `-` or `@` stays text, also after it is edited."""
    data = chart_data(chart)
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime.fromisoformat(date)})
        sheet = book.add_worksheet(SHEET)
        literal = book.add_format({"quote_prefix": True})
        texts = [(0, n, column.header) for n, column in enumerate(data.columns, 1)]
        texts += [(n, 0, name) for n, name in enumerate(data.categories, 1)]
        for row, column_, content in texts:
            sheet.write_string(row, column_, content, literal if content[:1] in ("=", "+", "-", "@") else None)
        for n, series in enumerate(data.columns, 1):
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, n, float(value))
    return buffer.getvalue()
