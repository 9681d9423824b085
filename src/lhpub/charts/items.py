"""What all kinds of chart are resolved with: their items, and the words of their alternative texts."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from lhpub.inline import Inline, Rich, plain
from lhpub.kinds.chart import ChartItem
from lhpub.publication.model import AnyChartSpec, ChartSpecItem
from lhpub.text.model import Ink

ALT_LENGTH = 120


class Shared(TypedDict):
    """What every chart has of its spec."""

    id: str
    title: Rich
    unit: str
    note: Rich
    keywords: tuple[str, ...]


def shared(spec: AnyChartSpec) -> Shared:
    """Returns what a chart has of its spec, whatever its kind."""
    return {
        "id": spec.id, "title": spec.title, "unit": spec.items[0].fact.unit if spec.items else "", "note": spec.note,
        "keywords": tuple(filter(None, dict.fromkeys((spec.keyword, *(item.keyword for item in spec.items))))),
    }  # fmt: skip


def chart_item(item: ChartSpecItem, ink: Ink, text_ink: Ink) -> ChartItem:
    """Returns a fact to draw in its inks; `rules.check_values` has seen to its number."""
    fact = item.fact
    assert fact.value is not None
    assert fact.figure is not None
    return ChartItem(
        label=item.label, second=(), value=fact.value, figure=fact.figure, ink=ink, bound=fact.bound,
        derived=fact.derived, keyword=item.keyword, text_ink=text_ink,
    )  # fmt: skip


def round_step(least: Decimal) -> Decimal:
    """Returns the smallest of 1, 2, 2.5, 5 × 10ⁿ that is not below `least`."""
    steps = (Decimal(m).scaleb(least.adjusted()) for m in ("1", "2", "2.5", "5", "10"))
    return next(step for step in steps if step >= least)


def alt_text(kind: str, of: Shared, said: Rich) -> Rich:
    """Returns kind, title, what is said of the items; the note where 120 characters allow."""
    text = (Inline(f"{kind}："), *of["title"], Inline("。"), *said, Inline("。"))
    return (*text, *of["note"]) if len(plain(text)) + len(plain(of["note"])) <= ALT_LENGTH else text


def said(item: ChartItem) -> Rich:
    """Returns a figure with its name, its mark unless the name has it, and what a bound is."""
    named = item.figure.mark and item.figure.mark in plain(item.label)
    return (*item.label, *item.figure.inlines()[: 1 if named else 2], *((Inline("（只知下限）"),) if item.bound else ()))
