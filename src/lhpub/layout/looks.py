"""Chart styles as a layout declares them: the fields of `charts.style.ChartStyle` with names of colours and type styles in
place of the things themselves, and lengths in the medium's unit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_type_hints

from lhpub.charts.style import ChartInks, ChartStyle
from lhpub.diagnostics import Span
from lhpub.source.declared import declared, key
from lhpub.text.model import Ink, TextStyle

LENGTHS = frozenset({
    "plot", "bleed", "fold", "label_gap", "note_at", "column_width", "column_positions",
    "group_positions", "value_gap", "bound_at", "bound_dash", "rule_gap", "inside", "reach",
    "climb", "line_from", "radii", "origins", "day", "stems", "stem_step",
    "near", "bar", "tick_lengths", "list_at", "list_width", "list_pitch", "list_tops",
    "list_indent",
})  # fmt: skip
"""Fields that are lengths in the medium's unit; widths of lines stay in points."""


def _declare_look() -> type:
    """Returns the declared twin of ChartStyle."""
    hints = get_type_hints(ChartStyle)
    annotations: dict[str, Any] = {"span": Span}
    namespace: dict[str, Any] = {"__annotations__": annotations, "__module__": __name__, "__doc__": "A chart's look."}
    for field in dataclasses.fields(ChartStyle):
        kind = hints[field.name]
        is_name = kind is Ink or kind == TextStyle | None
        annotations[field.name] = (str if kind is Ink else str | None) if is_name else kind
        namespace[field.name] = key(field.name, field.name, default=field.default)
    return declared("一种图表样式", "a chart style")(type("ChartLook", (), namespace))


if TYPE_CHECKING:
    ChartLook = Any
else:
    ChartLook = _declare_look()


@declared("图表的颜色", "the charts' colours")
class ChartColours:
    """The colours that mean something in a chart."""

    span: Span
    groups: tuple[str, ...] = key("各组的颜色，按次序；第一个也是占比的部分与位次的线", "one per group, in order")
    bound: str = key("下限柱的填色", "fill under a lower bound")
    rest: str = key("整体的其余部分", "the rest of a whole")

    def resolve(self, inks: Mapping[str, Ink]) -> ChartInks:
        """Returns the inks by these names."""
        return ChartInks(tuple(inks[name] for name in self.groups), inks[self.bound], inks[self.rest])


def resolve_look(look: Any, inks: Mapping[str, Ink], style: Callable[[str], TextStyle], unit: float) -> ChartStyle:
    """Returns the chart style ready to draw with; `unit`: points per unit of the medium."""
    hints = get_type_hints(ChartStyle)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(ChartStyle):
        value = getattr(look, field.name)
        if value is None or value == field.default:
            continue
        kind = hints[field.name]
        if kind is Ink:
            value = inks[value]
        elif kind == TextStyle | None:
            value = style(value)
        elif field.name in LENGTHS:
            value = tuple(v * unit for v in value) if isinstance(value, tuple) else value * unit
        values[field.name] = value
    return ChartStyle(**values)
