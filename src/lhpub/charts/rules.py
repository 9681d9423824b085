"""What a chart may not say: checks of a ChartSpec before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import plain
from lhpub.publication.model import AnyChartSpec, Fact

_SHARE_HINT = ("检查 whole、part、rest：部分与其余之和须等于整体", "check whole, part, rest: part + rest = whole")
_MESSAGES = {
    "title-derived": (
        ("图表标题里有计算值“{what}”", "a computed value in a chart's title: {what}"),
        ("标题只用原文给出的数，计算值放进 note", "keep to published figures; put this into note"),
    ),
    "empty": (
        ("这张图没有可画的事实", "this chart has no facts to draw"),
        ("在 items 里至少写一条 fact", "name at least one fact in items"),
    ),
    "value-missing": (
        ("“{what}”没有确数，画不成图", "“{what}” has no number to draw"),
        ("换一条有确数的事实，或从图中去掉它", "take a fact with a number, or leave it out"),
    ),
    "negative": (
        ("“{what}”是负数，叠柱与构成图画不了", "“{what}” is negative: no part of a whole"),
        ("改用柱图或条形图", "draw columns or bars"),
    ),
    "rows": (
        ("这种图画不了这么多（少）项：{what}", "so many items this kind of chart cannot show: {what}"),
        (
            "增减项数，或换一种图：柱 12 项以内，条形图 30 项以内",
            "change their number, or take another kind: bars hold 30",
        ),
    ),
    "dense": (
        ("{what}个数挤在一张条形图里，至多 30 个", "{what} numbers in one bar chart, at most 30"),
        ("减少项数或系列，分成几张图，或在正文里列成表", "fewer rows or series, more charts, or a table in the body"),
    ),
    "wide": (
        ("数字或名字太宽，{what}根叠柱并排放不下", "figures or names are too wide for {what} stacks side by side"),
        ("数字换大一级的单位（万、亿），缩短名字，或减少项数", "a larger unit, shorter names, or fewer items"),
    ),
    "series": (
        ("有{what}个系列，至多 4 个", "{what} series, at most 4"),
        ("减少系列，或分成几张图", "fewer series, or more charts"),
    ),
    "one-series": (
        ("构成图只有一个系列，这里有{what}个", "parts of a whole are one series, here are {what}"),
        ("分成几张图，或改用叠柱（column，stacked: true）", "make more charts, or stacked columns"),
    ),
    "two-series": (
        ("前后对比图要有前、后两个系列，这里有{what}个", "a pair has two series, before and after; here are {what}"),
        ("在 series 里写两个名字，每行写两个数", "name two in series, with two numbers a row"),
    ),
    "redrawn": (
        ("柱图有{what}", "columns: {what}"),
        ("要保留柱图，请减到 12 项以内，数字换大一级的单位", "for columns keep to 12, in a larger unit"),
    ),
    "units-differ": (
        ("一张图里有几种单位：{what}", "several units in one chart: {what}"),
        ("一张图只画一种单位，其余另作一图", "draw one unit; make another chart for the rest"),
    ),
    "share-sum": (("部分之和不等于整体：{what}", "the parts do not make the whole: {what}"), _SHARE_HINT),
    "share-wrong": (("占比与部分、整体不符：{what}", "the share is not part ÷ whole: {what}"), _SHARE_HINT),
    "share-bound": (
        ("“{what}”只是下限，不能算占比", "“{what}” is only a lower bound: no share of it"),
        ("改用柱图（柱端开口）", "use a column chart (open-topped)"),
    ),
    "rank-range": (
        ("“{what}”不在榜单之内", "“{what}” is not a rank of the list"),
        ("改正位次，或用 of 写明榜单共多少位", "mend the rank, or say with `of` how long the list is"),
    ),
    "date-outside": (
        ("{what}不在时间轴的年份里，不上轴", "{what} is not in the timeline's year"),
        ("核对日期，或在 publication 里写明 year", "check the date, or give publication.year"),
    ),
    "timeline-empty": (
        ("没有一个关键词注明日期，时间轴画不成", "no keyword has a date: nothing to draw"),
        ("给关键词写 date，或去掉这张图", "give dates, or leave this chart out"),
    ),
}


def problem(code: str, span: Span | None, what: object = "", severity: Severity = Severity.ERROR) -> Diagnostic:
    """Returns the diagnostic `chart-code`; `what` is named in its message."""
    message, hint = (Bilingual(*(text.format(what=what) for text in pair)) for pair in _MESSAGES[code])
    return Diagnostic(f"chart-{code}", severity, message, hint, span)


def check_title(spec: AnyChartSpec) -> Iterator[Diagnostic]:
    """Yields what a chart's title must not say."""
    for inline in spec.title:
        if inline.mark or (inline.role and inline.role.kind == "derived"):
            yield problem("title-derived", inline.span or spec.span, inline.text)


def check_values(spec: AnyChartSpec, facts: tuple[Fact, ...]) -> Iterator[Diagnostic]:
    """Yields facts that no chart can draw, and units that differ."""
    if not facts:
        yield problem("empty", spec.span)
    for fact in dict.fromkeys(facts):
        if fact.value is None or fact.figure is None:
            yield problem("value-missing", fact.span, f"{fact.id} {plain(fact.text)}")
    units = tuple(dict.fromkeys(fact.unit for fact in facts))
    if len(units) > 1:
        yield problem("units-differ", spec.span, "、".join(units))
