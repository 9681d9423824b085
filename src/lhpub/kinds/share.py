"""A part of a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal, Self

from lhpub.inline import Figure
from lhpub.kinds.chart import AnyChart, ChartItem, Column, Sheet, words
from lhpub.kinds.style import AnyStyle, look


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart(AnyChart):
    """items[0] is the part, items[1] the rest."""

    kind: ClassVar[Literal["share"]] = "share"
    total: ChartItem
    share: Figure
    """The part's percentage, a derived figure."""

    @property
    def sheet(self) -> Sheet:
        """The whole, 1, behind the part's percentage; the axis is the whole."""
        (part, rest), share = self.items, self.share
        text = part.text_ink or part.ink
        whole = Column(words("全部"), (Decimal(1),), None, rest.ink, text, "whole")
        places = len(share.numeral.partition(".")[2])
        mark = f"（{share.mark}）" if len(share.mark) > 1 else share.mark
        form = f"0.{'0' * places}%" if places else "0%"
        form, value = f'{form}"{mark}"' if mark else form, (Decimal(share.numeral) / 100,)
        own = Column(words("占比"), value, form, part.ink, text, facts=(share.role.ref,))
        return Sheet((part.label,), (whole, own), greatest=Decimal(1))

    def recoloured(self, change: Callable[[ChartItem], ChartItem]) -> Self:
        return replace(self, items=tuple(map(change, self.items)), total=change(self.total))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareStyle(AnyStyle):
    """The look of it."""

    form: Literal["squares", "bar", "ring"] = look("占比画成方格、一条或圆环", "squares")
    """A square for each thing counted (up to 8,000), a bar, a ring."""
    ring: float = look("圆环的*宽", 14)  # width of a ring
    square: float = look("方格边长与间距之比", 0.7)  # side of a square as a share of the pitch
    rule_gap: float = look("方格到线、条到刻度的*距离", 4.5)  # from the field to the rules, from the bar to the ticks
    inside: float = look("条内文字离边的*距离", 16)  # from the edge of a bar's part to its words
    words: tuple[str, str, str] = look("“占、一格为一、共”的写法", ("占", "一格为一", "共"))
