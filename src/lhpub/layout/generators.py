"""The art that a frame can draw from data: a closed set of generators with parameters in plain numbers.

Lengths are the medium's unit, relative to the frame; widths of lines are points.
"""

from __future__ import annotations

from typing import Literal

from lhpub.diagnostics import Span
from lhpub.layout.names import ColourName, StyleName
from lhpub.source.declared import declared, key

At = tuple[float, float, float, float]
Line = tuple[ColourName, float]
"""Colour and width in points."""


@declared("层层门框", "receding frames")
class Nested:
    """Receding frames, one per keyword (or `count`), drawn as lit facets or as hairlines."""

    span: Span
    outer: At = key("最外框 [x0, y0, x1, y1]（相对本框）", "outermost rectangle, relative to the frame")
    vanish: tuple[float, float] = key("灭点 [x, y]（相对本框）", "vanishing point, relative to the frame")
    opening: float = key("开口与最外框之比", "the opening as a share of the outermost rectangle")
    front: float = key("正面占每一进深的比例 0–1", "share of each step that is the gate's front", default=0.365)
    count: int | None = key("几层；不写则每个关键词一层", "how many; one per keyword if absent", default=None)
    zoom: tuple[float, ...] = key(
        "放大；写多个则按主题从头到尾取用", "zoom; several values go with the themes in order", default=(1.0,)
    )
    light: float = key("由深到浅走到几成（0–1）", "how far the ramp goes from dark to light", default=1.0)
    ramps: dict[str, tuple[ColourName, ColourName]] = key(
        "明面：front、top、right、left、bottom 各为 [起色, 止色]（sRGB）", "facets: from and to colours", default={}
    )
    line: Line | None = key("画成线框：[颜色, 线宽 pt]", "hairlines: colour and width", default=None)
    lit: ColourName | None = key("本页关键词那一层的颜色（线框时）", "colour of the current keyword's frame", default=None)
    fill: ColourName | None = key("开口的颜色", "colour of the opening", default=None)
    rim: ColourName | None = key("开口镶边的颜色", "colour of the opening's rim", default=None)
    rim_inner: float = key("镶边内缘与开口之比", "inner edge of the rim as a share of the opening", default=0.93)


@declared("刻度", "a scale of one tick per keyword; the page's own keywords are lit")
class Ticks:
    """A scale of one tick per keyword; the page's own keywords are lit."""

    span: Span
    step: float = key("间距", "distance from tick to tick")
    plain: tuple[float, float, ColourName] = key("[长, 粗 pt, 颜色]", "length, width in points, colour")
    lit: tuple[float, float, ColourName] = key("当前关键词：[长, 粗 pt, 颜色]", "of the page's keywords")


@declared("渐变的一站", "a stop of a gradient")
class Stop:
    """A stop of a gradient."""

    span: Span
    at: float = key("位置 0–1", "place", minimum=0, maximum=1)
    colours: tuple[ColourName, ...] = key(
        "颜色；写多个则按主题（没有主题时按关键词）从头到尾过渡",
        "colour; of several, those between which the themes run; where there is no theme, the keywords",
    )


@declared("渐变", "a gradient")
class Shade:
    """A gradient from top to bottom, or across."""

    span: Span
    stops: tuple[Stop, ...] = key("各站", "its stops, in order")
    across: bool = key("从左到右（缺省从上到下）", "from left to right", default=False)


@declared("弧", "arcs of ellipses about one centre")
class Arcs:
    """The upper arcs of ellipses about one centre, as far as they lie in the frame."""

    span: Span
    centre: tuple[float, float] = key("圆心 [x, y]（相对本框）", "centre, relative to the frame")
    radii: tuple[tuple[float, float], ...] = key("各弧的半径 [横, 纵]", "radii across and down")
    line: Line | None = key("弧线：[颜色, 线宽 pt]", "the arcs' line", default=None)
    fill: ColourName | None = key("第一条弧以下的颜色", "colour under the first arc", default=None)


@declared("点列", "a dot for each keyword, or for each thing counted")
class Dots:
    """A dot for each keyword, or for each of the things that the keyword counts, along a line or in a grid."""

    span: Span
    over: Literal["keywords", "theme", "count", "one"] = key(
        "keywords 全部关键词；theme 本主题的；count 本关键词所数之物；one 一个点",
        "all keywords; the theme's; the things counted; a single dot",
    )
    step: tuple[float, float] = key(
        "间距 [dx, dy]；dx 为 0 则匀布于框宽", "steps; a dx of 0 spreads them over the frame's width", default=(0, 0)
    )
    columns: int = key("一行几个，0 为全部", "dots in a row, 0: all", default=0, minimum=0)
    plain: tuple[float, ColourName] = key("[半径, 颜色]", "radius and colour")
    to_come: tuple[float, Line] | None = key(
        "其后的关键词画成圈：[半径, [颜色, 线宽]]", "those after the page's as rings", default=None
    )
    lit: tuple[float, ColourName] | None = key("本页的关键词：[半径, 颜色]", "the page's keywords", default=None)
    last: tuple[float, ColourName] | None = key("最后一个关键词：[半径, 颜色]", "the very last keyword", default=None)


@declared("航线", "a path through dated points")
class Flight:
    """A path through the keywords' points: across by date, one level up for each. A day known is a disc with a stem; a month
    or 旬 a ring on a line as long; no date a dashed ring beside, where the path does not go."""

    span: Span
    over: Literal["keywords", "theme"] = key("keywords 全年；theme 放大到本主题", "the year, or zoomed to the theme")
    across: tuple[float, float] = key("年初与年末的 x（theme 时为首末两点的 x）", "x of the year's ends (theme: of its ends)")
    levels: tuple[float, float] | None = key(
        "第一级与最高一级的 y；不写则点都在 foot 上", "y of the first and the last level; none: all stand on the foot",
        default=None,
    )
    foot: float = key("地平线 y：立杆的脚", "y of the horizon, where stems stand")
    arc: tuple[float, float, float] | None = key(
        "地平线是弧：[圆心 x, 圆心 y, 半径]", "the horizon is this circle", default=None
    )
    line: Line = key("航线", "the path's line")
    disc: tuple[float, ColourName] = key("实心点 [半径, 颜色]", "discs")
    ring: tuple[float, ColourName] = key("空心点 [半径, 内色]", "rings: radius and colour inside")
    stem: Line = key("立杆与横线", "stems and level lines")
    last: tuple[float, ColourName, float] | None = key("最后一点 [半径, 颜色, 外圈半径]", "the very last point", default=None)
    undated: float | None = key("无日期者的圈 x；不写则不画", "x of rings without a date; none: left out", default=None)
    undated_words: str = key("写在无日期者名后", "words behind their names", default="")
    label: StyleName | None = key("名称的样式；不写则不标", "type style of names", default=None)
    date: StyleName | None = key("日期的样式", "type style of dates", default=None)
    months: StyleName | None = key("月名的样式：画月份刻度", "type style of months' names under the foot", default=None)
