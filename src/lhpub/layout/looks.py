"""Chart looks as a layout declares them: the fields of all style classes of `kinds`, with names of colours and type styles
in place of the things themselves, and lengths in the medium's unit. One look serves any kind of chart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from lhpub.diagnostics import Span
from lhpub.kinds import ChartStyle
from lhpub.kinds.style import ChartInks, S
from lhpub.layout.names import ColourName, StyleName
from lhpub.source.declared import declared, key
from lhpub.text.model import Ink, TextStyle

_DECLARED = {
    field.name: (field, hints[field.name])
    for kind, hints in ((kind, get_type_hints(kind)) for kind in get_args(ChartStyle))
    for field in dataclasses.fields(kind)
}

LENGTHS = frozenset(name for name, (field, _) in _DECLARED.items() if "*" in field.metadata["zh"])
"""Fields whose values are lengths in the medium's unit."""


def _declare_look() -> type:
    """Returns the declared class: nothing but inks is required, None stands for the style's own default."""
    annotations: dict[str, Any] = {"span": Span}
    namespace: dict[str, Any] = {"__annotations__": annotations, "__module__": __name__, "__doc__": "A chart's look."}
    for name, (field, kind) in _DECLARED.items():
        required = field.default is dataclasses.MISSING
        named = ColourName if kind is Ink else StyleName if kind == TextStyle | None else kind
        annotations[name] = named if required else named | None
        words = field.metadata["zh"].replace("*", "")
        namespace[name] = key(words, name.replace("_", " "), default=field.default if required else None)
    return declared("一种图表样式", "a chart style")(type("ChartLook", (), namespace))


if TYPE_CHECKING:
    ChartLook = Any
else:
    ChartLook = _declare_look()


@declared("图表的颜色", "the charts' colours")
class ChartColours:
    """The colours that mean something in a chart."""

    span: Span
    groups: tuple[ColourName, ...] = key(
        "各组的颜色，按次序；第一个也是占比的部分与位次的线", "one per group, in order"
    )
    bound: ColourName = key("下限柱的填色", "fill under a lower bound")
    rest: ColourName = key("整体的其余部分", "the rest of a whole")

    def resolve(self, inks: Mapping[str, Ink]) -> ChartInks:
        """Returns the inks by these names."""
        return ChartInks(tuple(inks[name] for name in self.groups), inks[self.bound], inks[self.rest])


@dataclasses.dataclass(frozen=True, slots=True)
class ResolvedLook:
    """A layout's look, ready to draw any kind of chart with; `unit`: points per unit of the medium."""

    look: Any
    inks: Mapping[str, Ink]
    style: Callable[[str], TextStyle]
    unit: float

    def __call__(self, kind: type[S], /) -> S:
        """Returns the style of one kind of chart."""
        values: dict[str, Any] = {}
        for field in dataclasses.fields(kind):
            value, hint = getattr(self.look, field.name), _DECLARED[field.name][1]
            if value is None:
                continue
            if hint is Ink:
                value = self.inks[value]
            elif hint == TextStyle | None:
                value = self.style(value)
            elif field.name in LENGTHS:
                value = tuple(v * self.unit for v in value) if isinstance(value, tuple) else value * self.unit
            values[field.name] = value
        return kind(**values)
