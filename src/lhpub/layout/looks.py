"""Chart styles as a layout declares them: the fields of `charts.style.ChartStyle` with names of colours and type styles in
place of the things themselves, and lengths in the medium's unit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_type_hints

from lhpub.charts.style import ChartInks, ChartStyle
from lhpub.diagnostics import Span
from lhpub.layout.names import ColourName, StyleName
from lhpub.source.declared import declared, key
from lhpub.text.model import Ink, TextStyle

LOOK_KEYS: dict[str, str] = {
    "axis": "基线的颜色", "grid": "网格线、单位横档的颜色", "tick": "刻度、逢十横档、列表线的颜色", "accent": "时间轴竖线与横杠的颜色",
    "ground": "空心圆的底色、实心条上的字色", "value": "柱上数字的样式", "unit": "数字旁的前缀与单位、“月”的样式；不写同数字",
    "bound_value": "下限数字的样式；不写同 value", "bound_unit": "下限的前缀与单位；不写同 unit", "label": "柱名、占比的部分、前次位次、列表中的名字",
    "second": "第二行、占比的其余、列表中的日期与短句", "tick_text": "刻度文字", "note": "图注、下限的说明", "number": "时间轴上的编号", "month": "月份数字",
    "mark": "计算值标记；不写同前文", "framed": "计算值标记加框（false 为括号）", "slack": "文字旁留的余地，占其宽的比例", "plot": "绘图区离左、上、右、下边的*距离",
    "bleed": "基线与网格线两侧伸出*多少", "fold": "对页折缝的 *x，没有线跨过它", "axis_width": "基线粗（pt）", "grid_width": "网格线粗（pt），0 为无",
    "tick_width": "刻度线粗（pt）", "heavy_width": "下限边线、当前位次线、竖线粗（pt）", "tick_lengths": "日、月刻度的*长", "label_gap": "基线到下方文字的*距离",
    "note_at": "图注的*左、上、宽；不写则不画", "column_gap": "柱间距与柱宽之比", "column_width": "柱*宽", "column_positions": "各柱左边的 *x", "group_positions": "各组名的 *x",
    "value_gap": "柱顶到数字基线的*距离", "value_align": "数字与名字靠柱左或居中", "bound_at": "下限数字：离柱右边、线下的*距离；不写则在柱上", "bound_words": "下限旁的说明文字",
    "bound_words_at": "下限数字到说明的*距离", "bound_dash": "下限以上虚线的*长", "form": "占比画成方格、一条或圆环", "ring": "圆环的*宽", "square": "方格边长与间距之比", "rule_gap": "方格到线、条到刻度的*距离",
    "inside": "条内文字离边的*距离", "words": "“占、一格为一、共”的写法", "reach": "逢十横档向左伸出*多少", "strata": "横档只在原位次以下通到右边，其余为尺上短线", "climb": "起点离左、终点离右的*距离", "climb_width": "上升各档线粗（pt）",
    "slope_width": "起点到终点的线粗（pt），0 为无", "line_from": "当前位次线从 *x 起；不写则从梯子起", "radii": "起点、终点圆的*半径", "origins": "一年第一天的 *x；对页写两个",
    "day": "一天的*宽；0 为平分", "stems": "竖线*高：关键词、其他事件", "stem_step": "编号相碰时竖线加*高", "near": "竖线近于此*距离时编号让开", "bar": "横杠：离轴、高、其他事件的高（*长度）",
    "numbers": "竖线上、月份旁写编号", "list_months": "几个月一列", "list_at": "轴到列表的*距离", "list_width": "列表的*宽", "list_pitch": "列表的*行距",
    "list_tops": "线到编号、名字、短句的*距离", "list_indent": "名字与编号同行，右移*多少；0 为上下排",
}  # fmt: skip
"""Help for each field of ChartStyle; `*` marks a length in the medium's unit (widths of lines are points)."""
LENGTHS = frozenset(name for name, words in LOOK_KEYS.items() if "*" in words)


def _declare_look() -> type:
    """Returns the declared twin of ChartStyle: nothing but its inks is required, None stands for the style's own default."""
    hints = get_type_hints(ChartStyle)
    annotations: dict[str, Any] = {"span": Span}
    namespace: dict[str, Any] = {"__annotations__": annotations, "__module__": __name__, "__doc__": "A chart's look."}
    for field in dataclasses.fields(ChartStyle):
        kind, words = hints[field.name], LOOK_KEYS[field.name].replace("*", "")
        required = field.default is dataclasses.MISSING
        named = ColourName if kind is Ink else StyleName if kind == TextStyle | None else kind
        annotations[field.name] = named if required else named | None
        namespace[field.name] = key(words, field.name.replace("_", " "), default=field.default if required else None)
    return declared("一种图表样式", "a chart style")(type("ChartLook", (), namespace))


if TYPE_CHECKING:
    ChartLook = Any
else:
    ChartLook = _declare_look()


@declared("图表的颜色", "the charts' colours")
class ChartColours:
    """The colours that mean something in a chart."""

    span: Span
    groups: tuple[ColourName, ...] = key("各组的颜色，按次序；第一个也是占比的部分与位次的线", "one per group, in order")
    bound: ColourName = key("下限柱的填色", "fill under a lower bound")
    rest: ColourName = key("整体的其余部分", "the rest of a whole")

    def resolve(self, inks: Mapping[str, Ink]) -> ChartInks:
        """Returns the inks by these names."""
        return ChartInks(tuple(inks[name] for name in self.groups), inks[self.bound], inks[self.rest])


def resolve_look(look: Any, inks: Mapping[str, Ink], style: Callable[[str], TextStyle], unit: float) -> ChartStyle:
    """Returns the chart style ready to draw with; `unit`: points per unit of the medium."""
    hints = get_type_hints(ChartStyle)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(ChartStyle):
        value = getattr(look, field.name)
        if value is None:
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
