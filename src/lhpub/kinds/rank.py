"""Two moments of one ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lhpub.kinds.chart import AnyChart, Column, Sheet, facts, number_format, words
from lhpub.kinds.style import AnyStyle, look


@dataclass(frozen=True, slots=True, kw_only=True)
class RankChart(AnyChart):
    """items[0] is before (derived), items[1] now; the axis runs from 1, on top, to `axis_max`."""

    kind: ClassVar[Literal["rank"]] = "rank"

    @property
    def sheet(self) -> Sheet:
        """One series, ranks running down; over a derived point lies a smaller one, so that it looks like a ring."""
        names, held = tuple(item.label for item in self.items), facts(self.items)
        now = self.items[-1]
        columns = [
            Column(
                words("位次"),
                tuple(i.value for i in self.items),
                number_format((now,), now.figure.unit),
                now.ink,
                now.text_ink or now.ink,
                facts=held,
            )
        ]
        if any(item.derived for item in self.items):
            inner = tuple(item.value if item.derived else None for item in self.items)
            text = now.text_ink or now.ink
            columns.append(Column(words("环心（=前次）"), inner, None, now.ink, text, "inner", facts=held))
        return Sheet(names, tuple(columns), self.axis_min, self.axis_max, falls=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankStyle(AnyStyle):
    """The look of it."""

    reach: float = look("逢十横档向左伸出*多少", 11.3)
    """How far every tenth rung stands out to the left; its label 1.5 × as far again."""
    strata: bool = look("横档只在原位次以下通到右边，其余为尺上短线", False)
    """Rungs run to the right only below the earlier rank; the others are a ruler's ticks."""
    climb: tuple[float, float] = look("起点离左、终点离右的*距离", (5.7, 39.7))
    """From the ladder's left edge to the start, from the end to its right."""
    climb_width: float = look("上升各档线粗（pt）", 1.3)  # rungs climbed
    slope_width: float = look("起点到终点的线粗（pt），0 为无", 0)  # line from start to end; 0: none
    line_from: float | None = look("当前位次线从 *x 起；不写则从梯子起", None)
    """X where the line at the present rank begins; None: at the ladder."""
