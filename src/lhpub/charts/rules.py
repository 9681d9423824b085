"""What a chart may not say: checks of a ChartSpec before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import plain
from lhpub.publication.model import ChartSpec, Fact, PartialDate, Publication

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
    "value-negative": (
        ("“{what}”是负数，柱图从 0 起，画不了", "“{what}” is negative; columns start at 0"),
        ("从图中去掉它，或在文字里说明", "leave it out, or say it in words"),
    ),
    "units-differ": (
        ("一张图里有几种单位：{what}", "several units in one chart: {what}"),
        ("一张图只画一种单位，其余另作一图", "draw one unit; make another chart for the rest"),
    ),
    "groups": (
        ("柱图分了{what}组，多于版式给出的颜色", "{what} groups of columns, more than the layout's inks"),
        ("不同事项不可同色：减少分组，或分成几张图", "groups must not share an ink: fewer groups, or more charts"),
    ),
    "share-incomplete": (("占比图缺少整体、部分或其余", "a share needs whole, part and rest"), _SHARE_HINT),
    "share-sum": (("部分之和不等于整体：{what}", "the parts do not make the whole: {what}"), _SHARE_HINT),
    "share-wrong": (("占比与部分、整体不符：{what}", "the share is not part ÷ whole: {what}"), _SHARE_HINT),
    "share-bound": (
        ("“{what}”只是下限，不能算占比", "“{what}” is only a lower bound: no share of it"),
        ("改用柱图（柱端开口）", "use a column chart (open-topped)"),
    ),
    "rank-two": (
        ("位次图要有两个位次：前次与现在", "a rank chart needs two ranks: before and now"),
        ("写上 now 与 before 两项", "give both now and before"),
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


def check_chart(spec: ChartSpec, publication: Publication, groups: int) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a chart; `groups`: how many groups of columns the layout has inks for."""
    if spec.kind == "timeline":
        return (*_check_title(spec), *_check_timeline(spec, publication))
    found = [*_check_title(spec), *_check_values(spec)]
    if not found:
        if spec.kind == "column":
            found += _check_column(spec, groups)
        else:
            found += _check_share(spec) if spec.kind == "share" else _check_rank(spec)
    return tuple(found)


def on_axis(date: PartialDate, year: int) -> bool:
    """True if the date falls into the year and is known better than to the year."""
    if date.kind in ("year", "none") or date.first is None or date.last is None:
        return False
    return date.first.year <= year <= date.last.year


def _found(code: str, span: Span | None, what: object = "", severity: Severity = Severity.ERROR) -> Diagnostic:
    message, hint = (Bilingual(*(text.format(what=what) for text in pair)) for pair in _MESSAGES[code])
    return Diagnostic(f"chart-{code}", severity, message, hint, span)


def _check_title(spec: ChartSpec) -> Iterator[Diagnostic]:
    for inline in spec.title:
        if inline.mark or (inline.role and inline.role.kind == "derived"):
            yield _found("title-derived", inline.span or spec.span, inline.text)


def _check_values(spec: ChartSpec) -> Iterator[Diagnostic]:
    if not spec.items:
        yield _found("empty", spec.span)
    for fact in dict.fromkeys((*(item.fact for item in spec.items), spec.whole, spec.rest)):
        if fact and (fact.value is None or fact.figure is None):
            yield _found("value-missing", fact.span, f"{fact.id} {plain(fact.text)}")


def _check_units(spec: ChartSpec, facts: tuple[Fact, ...]) -> Iterator[Diagnostic]:
    units = tuple(dict.fromkeys(fact.unit for fact in facts))
    if len(units) > 1:
        yield _found("units-differ", spec.span, "、".join(units))


def _check_column(spec: ChartSpec, groups: int) -> Iterator[Diagnostic]:
    yield from _check_units(spec, tuple(item.fact for item in spec.items))
    for item in spec.items:
        if item.fact.value is not None and item.fact.value < 0:
            yield _found("value-negative", item.fact.span, item.fact.id)
    named = len({item.group for item in spec.items})
    if named > groups:
        yield _found("groups", spec.span, named)


def _check_share(spec: ChartSpec) -> Iterator[Diagnostic]:
    facts = tuple(item.fact for item in spec.items[:2])
    if not spec.whole or len(facts) < 2:
        yield _found("share-incomplete", spec.span)
        return
    yield from _check_units(spec, (*facts, spec.whole))
    for fact in (*facts, spec.whole):
        if fact.bound:
            yield _found("share-bound", fact.span, fact.id)
    part, rest, whole = (fact.value or Decimal(0) for fact in (*facts, spec.whole))
    if part + rest != whole or min(part, rest) < 0 or not whole:
        yield _found("share-sum", spec.span, f"{part} + {rest} ≠ {whole}")
    elif spec.part and spec.part.value is not None and abs(part * 100 / whole - spec.part.value) > Decimal("0.5"):
        yield _found("share-wrong", spec.part.span, f"{spec.part.value}% ≠ {part} ÷ {whole}")


def _check_rank(spec: ChartSpec) -> Iterator[Diagnostic]:
    if len(spec.items) != 2:
        yield _found("rank-two", spec.span)
    for fact in (item.fact for item in spec.items):
        rank = fact.value or Decimal(0)
        if rank != rank.to_integral_value() or not 1 <= rank <= spec.last_rank:
            yield _found("rank-range", fact.span, f"{fact.id} {rank} / 1–{spec.last_rank}")


def _check_timeline(spec: ChartSpec, publication: Publication) -> Iterator[Diagnostic]:
    dates = [date for k in publication.keywords for date in (k.date, *(event.date for event in k.events))]
    for date in dates:
        if date.kind != "none" and not on_axis(date, publication.year) and date.kind != "year":
            yield _found("date-outside", date.span, date.text, Severity.WARNING)
    if not any(on_axis(date, publication.year) for date in dates):
        yield _found("timeline-empty", spec.span, severity=Severity.WARNING)
