"""Statements of a source that cannot all be true: parts and their sum, ranks and their change, two values under one name,
counts in titles, dates of another year, words that an office does not use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import plain
from lhpub.publication.entries import Ids
from lhpub.publication.model import Fact, Keyword, Publication
from lhpub.publication.numerals import from_han
from lhpub.publication.spec import TermSpec

_NEAR = Decimal("0.1")
"""Parts that lack so little of a whole are meant to be all of it."""
_COUNTED = "个家项名户人场次座所"
"""Measure words that stand for one another: 12家 may be 6个 and 6个."""
_CHANGE = re.compile(r"上升|提升|前进|下降|后退|下滑")
_BEFORE = re.compile(r"前次|上次|上年|去年|上期|原")
_COUNT = re.compile(r"([0-9]+|[一二三四五六七八九十百]+)[个大]?(?:年度)?[“‘]?(关键词|主题|帧)")


def check_statements(publication: Publication, ids: Ids, states_year: bool) -> Iterator[Diagnostic]:
    """Yields a warning for each pair of statements that cannot both be true. `states_year`: the source names its year, which a
    keyword's date should touch."""
    for keyword in publication.keywords:
        figures = [fact for fact in keyword.facts if fact.value is not None]
        yield from _same_name(figures, ids)
        yield from _parts(figures, ids)
        yield from _ranks(figures)
        yield from _shares(figures)
        if states_year:
            yield from _date(keyword, publication.year)
    yield from _counts(publication)


def check_terms(publication: Publication, terms: Iterable[TermSpec]) -> Iterator[Diagnostic]:
    """Yields a warning wherever a text has words that the office's list of terms does not want."""
    for term in terms:
        for entry in publication.entries:
            found = next((word for word in term.never if word in _without(entry.printed, term.use)), None)
            if found:
                message = Bilingual(f"“{found}”不是规范表述", f"“{found}” is not the term to use")
                better = term.use or term.instead
                hint = Bilingual(
                    f"改为“{better}”" if better else "换一种说法", f"write “{better}”" if better else "say it otherwise"
                )
                yield Diagnostic("term", Severity.WARNING, message, hint, entry.span)


def _without(text: str, right: str) -> str:
    return text.replace(right, "") if right else text


def _warning(code: str, span: Span | None, zh: str, en: str, hint: Bilingual) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Bilingual(zh, en), hint, span)


_LOOK = Bilingual("对照资料，改正其中一个；若本就不是一回事，改写名目", "correct one of them, or name them apart")


def _same_name(facts: list[Fact], ids: Ids) -> Iterator[Diagnostic]:
    for one, other in combinations(facts, 2):
        if ids.drawn(one.id) and ids.drawn(other.id):
            continue  # a chart tells them apart
        if plain(one.label) == plain(other.label) and one.unit == other.unit and one.value != other.value:
            pair = f"{_said(one)}、{_said(other)}"
            yield _warning(
                "two-values",
                other.span,
                f"同一名目“{plain(other.label)}”有两个数：{pair}",
                f"one label, two values: {pair}",
                _LOOK,
            )


def _parts(facts: list[Fact], ids: Ids) -> Iterator[Diagnostic]:
    """Yields where a keyword's figure is the largest of its kind that is named like it, and not quite what those add up to."""
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        if not (fact.derived or fact.bound or "第" in (fact.figure.prefix if fact.figure else "")):
            kinds.setdefault(_COUNTED if fact.unit in _COUNTED else fact.unit, []).append(fact)
    for unit, held in kinds.items():
        wholes = [(whole, [f for f in held if f is not whole and _alike(plain(f.label), plain(whole.label))]) for whole in held]
        yield from (told for whole, parts in wholes if unit and not ids.drawn(whole.id) for told in _whole(whole, parts))


def _whole(whole: Fact, parts: list[Fact]) -> Iterator[Diagnostic]:
    """Yields that parts, if they are meant to be some, are not a whole."""
    total = sum(map(_value, parts), Decimal(0))
    if len(parts) < 2 or total == _value(whole) or _value(whole) <= 0:
        return
    if total > _value(whole) > max(map(_value, parts)) or 0 <= _value(whole) - total <= _NEAR * _value(whole):
        added = "＋".join(_said(fact) for fact in parts)
        zh = f"“{plain(whole.label)}”是{_said(whole)}，各部分{added}＝{total:f}"
        yield _warning("parts-differ", whole.span, zh, f"{_said(whole)} is not {added} = {total:f}", _LOOK)


def _alike(one: str, other: str) -> bool:
    """True if two labels end in the same two characters or more: what they count is one kind of thing."""
    return len(one) > 1 and one[-2:] == other[-2:]


def _ranks(facts: list[Fact]) -> Iterator[Diagnostic]:
    """Yields where a rank, the one before and the change between them do not agree."""
    ranks = [fact for fact in facts if fact.figure and "第" in fact.figure.prefix and not fact.derived]
    changes = [
        fact for fact in facts if fact.unit in ("位", "名") and _CHANGE.search(_named(fact)) and fact not in ranks
    ]
    befores = [fact for fact in ranks if _BEFORE.search(_named(fact))]
    if len(ranks) != 2 or len(changes) != 1 or len(befores) != 1:
        return
    (change,), (before,) = changes, befores
    now = next(fact for fact in ranks if fact is not before)
    moved = _value(before) - _value(now)
    rises = not re.search(r"下降|后退|下滑", _named(change))
    if moved != (_value(change) if rises else -_value(change)):
        zh = f"从{_said(before)}到{_said(now)}，与“{_named(change)}”{_said(change)}不符"
        yield _warning(
            "rank-differs", before.span, zh, f"{_said(before)} to {_said(now)} is not {_said(change)}", _LOOK
        )


def _shares(facts: list[Fact]) -> Iterator[Diagnostic]:
    for fact in facts:
        if fact.unit in ("%", "％") and _value(fact) > 100 and re.search(r"占|比重|份额", _named(fact)):
            hint = Bilingual("部分不能大于整体：核对分子、分母", "a part is no more than its whole: check both")
            yield _warning(
                "share-over-100",
                fact.span,
                f"“{plain(fact.label)}”是{_said(fact)}，超过 100%",
                f"{_said(fact)} is over 100%",
                hint,
            )


def _date(keyword: Keyword, year: int) -> Iterator[Diagnostic]:
    date = keyword.date
    if date.first and date.last and year and not date.first.year <= year <= date.last.year:
        hint = Bilingual("改正日期，或改 publication 的 year", "correct the date, or the publication’s year")
        yield _warning(
            "date-outside-year", date.span, f"日期在刊物年份 {year} 之外", f"the date lies outside {year}", hint
        )


def _counts(publication: Publication) -> Iterator[Diagnostic]:
    """Yields titles that state another number of keywords or themes than there are."""
    there = {"关键词": len(publication.keywords), "帧": len(publication.keywords), "主题": len(publication.themes)}
    for entry in publication.entries:
        if not re.fullmatch(r"publication/(title|subtitle|foreword/title)", entry.id):
            continue
        for written, what in _COUNT.findall(entry.printed):
            said = int(written) if written.isascii() else from_han(written)
            if said not in (None, 1, there[what]):
                zh, en = f"写的是{written}，实有 {there[what]} 个", f"it says {written}, there are {there[what]}"
                hint = Bilingual("改标题，或核对条目是否写全", "change the title, or see whether all are there")
                yield _warning("count-differs", entry.span, zh, en, hint)


def _value(fact: Fact) -> Decimal:
    assert fact.value is not None
    return fact.value


def _said(fact: Fact) -> str:
    return fact.figure.text if fact.figure else ""


def _named(fact: Fact) -> str:
    return f"{fact.id.rpartition('.')[2]}{plain(fact.label)}"
