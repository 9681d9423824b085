"""Warns editors of marks and figures that GB/T 15834-2011 and GB/T 15835-2011 want otherwise. Names in 《》 and “”, and
addresses, are verbatim and never looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff》”’）〉】]"
_AFTER = r"(?=[\u3400-\u9fff\U00020000-\U0003ffff《“‘（〈【]|\s*$)"
_DIGIT = "一二三四五六七八九"
_VERBATIM = re.compile(r"(?<=《)[^《》]*(?=》)|(?<=“)[^“”]*(?=”)|(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+", re.ASCII)
_WIDE = dict(zip(",.?!:;()", "，。？！：；（）", strict=True))


class _Rule(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    right: str
    """What to write, as a template for `Match.expand`; 'wide': the full-width form of the marks."""
    zh: str
    en: str


def _rule(code: str, pattern: str, right: str, zh: str, en: str) -> _Rule:
    return _Rule(code, re.compile(pattern), right, zh, en)


_RULES = (
    _rule("half-width-mark", rf"(?<={_HAN})[,.?!:;]{_AFTER}", "wide", "中文里用全角标点", "full-width among Han"),
    _rule("half-width-mark", r"\([^()]*[\u3400-\u9fff][^()]*\)|(?<=[\u3400-\u9fff])\([^()]*\)", "wide",
          "中文里用全角括号", "full-width among Han"),
    _rule("straight-quote", r'"([^"]*[\u3400-\u9fff][^"]*)"', r"“\1”", "中文里用弯引号", "curly quotes among Han"),
    _rule("straight-quote", r"'([^'\"]*[\u3400-\u9fff][^'\"]*)'", r"‘\1’", "中文里用弯引号", "curly quotes among Han"),
    _rule("ellipsis", r"(?<!…)…(?!…)|\.{3,}|。{3,}", "……", "省略号是两个“…”", "an ellipsis is …… (5.1.5)"),
    _rule("doubled-mark", r"([，、；：])\1+|(?<!。)(。)。(?!。)", r"\1\2", "标点重复", "the same mark twice"),
    _rule("script", r"(?<![A-Za-z])([CSN]O)2(?![0-9A-Za-z])", r"\1₂", "下标要写成下标", "a subscript is set below"),
    _rule("dash", r"--+|－－+", "——", "破折号是“——”", "a dash is —— (5.1.4)"),
    _rule("list-of-names", r"(?<=[》”])、(?=[《“])", "", "并列的书名号、引号之间不用顿号", "no 、 between names in marks"),
    _rule("range", r"(?<![\d-])(\d[\d.]*(?:年|月|日)?)-(\d[\d.]*)(?=年|月|日|[万亿%％个家项])", r"\1—\2",
          "范围用“—”或“～”", "a range takes — or ～"),
    _rule("range-magnitude", r"(?<![\d.])(\d[\d.]*)([～~—-])(\d[\d.]*)([万亿%％])", r"\1\4\2\3\4",
          "范围两端都写全，以免误读", "both ends of a range in full"),
    _rule("short-year", r"(?<![\d])(\d\d)年(?=\d{1,2}月)|[’'](\d\d)年", r"20\1\2年", "年份写四位", "years have four digits"),
    _rule("approximate", rf"(?<![第、{_DIGIT}十百])([{_DIGIT}])、([{_DIGIT}])(?=[十百千万亿个家项名场次天人户]|年(?!级))(?!、)",
          r"\1\2", "概数之间不用顿号", "no 、 inside an approximate number"),
    _rule("zero", rf"(?<=[百千万])〇(?=[{_DIGIT}])", "零", "数量里用“零”", "零 in quantities"),
    _rule("zero", rf"(?<![{_DIGIT}零百千万])([{_DIGIT}])零(?=[{_DIGIT}零]{{2}}年)", r"\1〇", "编号和年份里用“〇”", "〇 in years"),
)  # fmt: skip


@lru_cache(10_000)
def lint_text(text: str, span: Span | None) -> tuple[Diagnostic, ...]:
    """Returns a warning for each place, with what to write; `span` is where the text stands in the source."""
    seen = _VERBATIM.sub(lambda match: "\ufffc" * len(match[0]), text)
    found = sorted((match.start(), k, match) for k, rule in enumerate(_RULES) for match in rule.pattern.finditer(seen))
    told = (_warning(_RULES[k], text, match, span) for _, k, match in found if not _is_false(_RULES[k], match))
    return (*told, *(_lone(text, at, span) for marks in ("“”", "《》") for at in _unpaired(text, marks)))


def _unpaired(text: str, marks: str) -> Iterator[int]:
    """Yields where a mark of a pair stands without the other; one opened again before it is closed counts, too."""
    opened: int | None = None
    for at, character in enumerate(text):
        if character == marks[0]:
            if opened is not None:
                yield opened
            opened = at
        elif character == marks[1]:
            if opened is None:
                yield at
            opened = None
    if opened is not None:
        yield opened


def _lone(text: str, at: int, span: Span | None) -> Diagnostic:
    place = text[max(at - 6, 0) : at + 7]
    zh, en = f"“{text[at]}”不成对：{place}（第 {at + 1} 字）", f"{text[at]} has no partner: {place} (character {at + 1})"
    hint = Bilingual("补上另一半，或删去这一个", "write the other one, or delete this")
    return Diagnostic("unpaired-mark", Severity.WARNING, Bilingual(zh, en), hint, span)


def _is_false(rule: _Rule, match: re.Match[str]) -> bool:
    """True for two figures that only look approximate: 三四 follow each other, 三五 and 五三 name two things."""
    return rule.code == "approximate" and _DIGIT.index(match[2]) - _DIGIT.index(match[1]) != 1


def _warning(rule: _Rule, text: str, match: re.Match[str], span: Span | None) -> Diagnostic:
    start, end = match.span()
    written = text[start:end]
    if rule.right == "wide":
        right = "".join(_WIDE.get(character, character) for character in written)
    else:
        right = match.expand(rule.right)
    place = text[max(start - 6, 0) : end + 6]
    better = f"{text[max(start - 6, 0) : start]}{right}{text[end : end + 6]}"
    message = Bilingual(f"{rule.zh}：“{place}”（第 {start + 1} 字）", f"{rule.en}: “{place}” (character {start + 1})")
    return Diagnostic(rule.code, Severity.WARNING, message, Bilingual(f"改为“{better}”", f"write “{better}”"), span)


def lint_document(texts: Iterable[tuple[str, Span | None]]) -> tuple[Diagnostic, ...]:
    """Returns the warnings of all texts, and of manners that change within them: grouped figures (GB/T 15835 4.3: one
    manner for figures of five and more digits), percentages in Han and in figures."""
    pairs = tuple(texts)
    each = [warning for text, span in pairs for warning in lint_text(text, span)]
    grouped, plain = r"\d{1,3}(?:[,\u2009\u202f]\d{3})+(?!\d)", r"(?<![\d.,第-])[1-9]\d{4,}(?![\d号-])"
    manners = (
        ("grouping", grouped, plain, "五位以上的数分节写法不一", "five-digit figures in two manners"),
        ("percent", r"百分之(?!百)", r"\d[%％]", "百分数写法不一", "percentages in two manners"),
    )
    return (*each, *(w for manner in manners for w in _mixed(pairs, *manner)))


def _mixed(
    pairs: tuple[tuple[str, Span | None], ...], code: str, one: str, other: str, *words: str
) -> Iterator[Diagnostic]:
    """Yields a warning at the first place of the rarer manner, if both occur."""
    found = [[(m[0], span) for text, span in pairs for m in re.finditer(p, _VERBATIM.sub("", text))] for p in (one, other)]
    rare, usual = sorted(found, key=len)
    if rare:
        (written, span), (model, _) = rare[0], usual[0]
        message = Bilingual(f"{words[0]}：“{written}”与“{model}”", f"{words[1]}: “{written}” and “{model}”")
        yield Diagnostic(f"mixed-{code}", Severity.WARNING, message, Bilingual("全文统一", "choose one"), span)
