"""Facts: each figure's printed form made once, derived figures computed in exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from lhpub.diagnostics import Bilingual
from lhpub.inline import Figure, Inline, Rich, Role, plain
from lhpub.publication.entries import join
from lhpub.publication.model import Fact
from lhpub.publication.numerals import HALF_WIDTH, to_han
from lhpub.publication.prose import Printed, Stated
from lhpub.publication.spec import FactSpec
from lhpub.source.explain import in_quotes
from lhpub.source.node import Scalar
from lhpub.source.report import Report, did_you_mean

_NUMBER = re.compile(r"-?\d{1,60}(\.\d{1,60})?", re.ASCII)
MOST_DIGITS = 15
"""What a cell of a workbook holds exactly."""
_WORD = re.compile(r"([超约近逾]?)([数几多零一二两三四五六七八九十百千万亿余来半双]+)")
_GLUED = re.compile(r"([超约近逾]?)\s*(-?\d+(?:\.\d+)?)\s*([^\d\s.,，]*)", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3})", re.ASCII)
_PATTERN = re.compile(r"([^{}]*)\{(han)?\}([^{}]*)")
_QUALIFIERS = ("超", "约", "近", "逾")
_BOUNDS = ("超", "逾")
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_DEEPEST = 50
_LARGEST = 10**18
_DECIMALS = 1
"""Of a ratio or a growth that states none."""
_KINDS = ("value", "text", "list", "sum", "difference", "ratio", "growth", "before")
_ONE_KIND = Bilingual(f"写其中一种：{'、'.join(_KINDS)}", f"write one of: {', '.join(_KINDS)}")


@dataclass
class FactTable:
    """All facts of a publication by full id (`keyword.fact`); each is resolved once, on its first use."""

    specs: Mapping[str, FactSpec]
    counts: Mapping[str, int]
    report: Report
    _resolved: dict[str, Fact | None] = field(default_factory=dict)
    _under_way: list[str] = field(default_factory=list)

    def find(self, name: Scalar, keyword: str) -> Fact | None:
        """Returns the fact that a keyword's text names, None after reporting that there is none."""
        for full in (f"{keyword}.{name.text}", name.text):
            if full in self.specs:
                return self.resolve(full)
        own = [full.removeprefix(f"{keyword}.") for full in self.specs if full.startswith(f"{keyword}.")]
        message = Bilingual(f"没有叫“{name.text}”的事实", f"there is no fact “{name.text}”")
        hint = did_you_mean(name.text, [*own, *self.specs, *self.counts])
        self.report.error("unknown-fact", name.span, message, hint)
        return None

    def lookup(self, name: Scalar, keyword: str, form: str) -> Printed | None:
        """Returns what `{name:form}` prints."""
        if name.text in self.counts and f"{keyword}.{name.text}" not in self.specs:
            count = self.counts[name.text]
            han = _han(Decimal(count)) if form == "han" else None
            return Printed((Inline(han or str(count), Role("count", name.text)),))
        fact = self.find(name, keyword)
        if fact is None:
            return None
        inlines = _in_form(fact, form)
        if inlines is None:
            message = Bilingual(f"“{name.text}”没有“{form}”这种写法", f"“{name.text}” has no form “{form}”")
            hint = Bilingual("可写 {x}、{x:bare}，0–9999 的整数可写 {x:han}", "write {x}, {x:bare} or {x:han} (0–9999)")
            self.report.error("unknown-form", name.span, message, hint)
        return Printed(inlines or (), fact.status)

    def stated(self, keyword: str) -> tuple[Stated, ...]:
        """Returns the figures of a keyword's facts as typed, of all facts for ''."""
        held = ((full, spec) for full, spec in self.specs.items() if full.startswith(f"{keyword}." if keyword else ""))
        return tuple(
            Stated(name := full.rpartition(".")[2], spec.label.text if spec.label else name, spec.value.text, spec.unit)
            for full, spec in held
            if spec.value is not None
        )

    def resolve(self, full: str) -> Fact | None:
        """Returns a fact without its label, None if it is wrong (reported)."""
        if full in self._under_way or len(self._under_way) >= _DEEPEST:
            start = self._under_way.index(full) if full in self._under_way else 0
            loop = " → ".join([*self._under_way[start:], full])
            message = Bilingual(f"事实互相推算，没有尽头：{loop}", f"facts are computed from one another: {loop}")
            hint = Bilingual("给其中一个写上 value", "give one of them a value")
            self.report.error("cycle", self.specs[full].span, message, hint)
            return None
        if full not in self._resolved:
            self._under_way.append(full)
            self._resolved[full] = self._make(full, self.specs[full])
            self._under_way.pop()
        return self._resolved[full]

    def _make(self, full: str, spec: FactSpec) -> Fact | None:
        kinds = [kind for kind in _KINDS if getattr(spec, kind) not in (None, ())]
        if kinds not in (["value", "list"], ["value", "growth"], *([kind] for kind in _KINDS)):
            message = Bilingual(
                f"事实要且只要一种内容，这里有：{'、'.join(kinds) or '无'}",
                f"a fact has exactly one kind of content, here: {', '.join(kinds) or 'none'}",
            )
            self.report.error("fact-content", spec.span, message, _ONE_KIND)
            return None
        if kinds[0] == "value" and spec.value is not None:
            value = self._read_value(spec.value, spec.unit)
            if value is None:
                return None
            if value[0] is not None and spec.growth:  # a published rate: no computed one beside it
                made = self._grown(full, replace(spec, growth=None), value[0], value[2])
            else:
                made = self._figure(full, spec, *value)
            return made and replace(made, cell=spec.value.cell)
        if kinds[0] in ("text", "list"):
            text = spec.text.text if spec.text is not None else _listed(spec)
            return self._fact(full, spec, (Inline(text, Role("fact", full)),), None)
        return self._derive(full, spec, kinds[0])

    def names(self, named: Iterable[Scalar], keyword: str) -> Iterable[Rich]:
        """Yields the names in list facts that a keyword gives to be drawn, 等 behind the last of each; reports other facts."""
        for name in named:
            fact = self.find(name, keyword)
            if fact is not None and (spec := self.specs[fact.id]).list:
                yield from ((replace(fact.text[0], text=text),) for text in _names(spec))
            elif fact is not None:
                message = Bilingual(f"“{name.text}”不是列举，画不成名单", f"“{name.text}” is no list to be drawn")
                hint = Bilingual("写一条有 list 的事实的名字", "name a fact with a list")
                self.report.error("names-without-list", name.span, message, hint)

    def _read_value(self, written: Scalar, unit: str) -> tuple[Decimal | None, str, str] | None:
        """Returns a value, its qualifier and its numeral as printed; the value is None for a quantity in words."""
        text = written.text.strip().replace("−", "-")  # U+2212, as some keyboards and all documents write a minus
        if _NUMBER.fullmatch(text):
            if (digits := len(text.strip("-0").replace(".", "").lstrip("0"))) > MOST_DIGITS:
                en = f"“{text}” has {digits} digits, at most {MOST_DIGITS}"
                message = Bilingual(f"“{text}”有 {digits} 位数字，至多 {MOST_DIGITS} 位", en)
                en = "use a larger unit: a spreadsheet keeps no more"
                hint = Bilingual("换大一级的单位，如万元、亿元（电子表格也只存这么多位）", en)
                self.report.error("too-many-digits", written.span, message, hint)
                return None
            return Decimal(text), "", text
        if (word := _WORD.fullmatch(text)) is not None:
            return None, word[1], word[2]
        hint = Bilingual("只写半角数字，或数十、超百、几千这样的概数", "only digits, or a word such as 数十")
        if (glued := _GLUED.fullmatch(_THOUSANDS.sub("", text.translate(HALF_WIDTH)))) is not None:
            unit = (
                in_quotes(glued[3])
                if glued[3][:1] in ("%", "‰")
                else glued[3] + (unit if glued[3] in ("万", "亿") else "")
            )
            named = (("value", glued[2]), ("unit", unit), ("approx", glued[1]))
            parts = ", ".join(f"{name}: {part}" for name, part in named if part)
            hint = Bilingual(f"请写：{parts}", f"type: {parts}")
        at = f"{written.cell} " if written.cell else ""
        message = Bilingual(f"{at}“{text}”不是数值", f"{at}“{text}” is no number")
        self.report.error("not-a-number", written.span, message, hint)
        return None

    def typed(self, full: str, written: Scalar, unit: str) -> Fact | None:
        """Returns the fact that a cell of a table states in itself; None if it is no number (reported)."""
        text = written.text.strip().translate(HALF_WIDTH)
        prefix = text[:1] if text[:1] in _QUALIFIERS else ""
        number = text.removeprefix(prefix).strip()
        read = self._read_value(replace(written, text=number.removesuffix(unit) if unit else number), unit)
        if read is None:
            return None
        value, qualifier, numeral = read
        figure = Figure(prefix or qualifier, numeral, unit, Role("fact", full))
        is_bound = figure.prefix in _BOUNDS
        return Fact(full, (), value, unit, figure, figure.inlines(), is_bound, False, "", written.span, cell=written.cell)

    def _figure(self, full: str, spec: FactSpec, value: Decimal | None, qualifier: str, numeral: str) -> Fact | None:
        """Returns a fact with a figure, put into its pattern if it has one."""
        prefix, unit = spec.approx or qualifier, spec.unit
        if spec.pattern:
            parts = _PATTERN.fullmatch(spec.pattern)
            han = numeral if value is None else _han(value)
            if parts is None or (parts[2] and han is None):
                message = Bilingual(f"读法“{spec.pattern}”用不上", f"the pattern “{spec.pattern}” cannot be used")
                hint = Bilingual("含一个 {}，或（0–9999 的整数）一个 {han}", "it holds one {}, or one {han} for 0–9999")
                self.report.error("bad-pattern", spec.span, message, hint)
                return None
            prefix, numeral, unit = prefix + parts[1], (han or "") if parts[2] else numeral, parts[3]
        mark = "" if not _is_derived(spec) else "推算" if spec.before else "计算值"
        figure = Figure(prefix, numeral, unit, Role("derived" if mark else "fact", full), mark)
        text = figure.inlines()
        if spec.list:
            text += (Inline(f"：{_listed(spec)}", Role("fact", full)),)
        return replace(self._fact(full, spec, text, figure), value=value, bound=prefix.startswith(_BOUNDS))

    def _fact(self, full: str, spec: FactSpec, text: Rich, figure: Figure | None) -> Fact:
        status = spec.status and spec.status not in plain(text)
        text += (Inline(f"（{spec.status}）"),) if status else ()
        unit = spec.unit or (figure.unit if figure else "")
        placed = tuple(replace(inline, span=spec.span, source=join("facts", full)) for inline in text)
        return Fact(full, (), None, unit, figure, placed, False, _is_derived(spec), spec.status, spec.span)

    def _grown(self, full: str, spec: FactSpec, value: Decimal, numeral: str, level: str = "持平") -> Fact | None:
        """Returns a growth with the words of its sign: 同比增长12.3%, 同比下降1.5个百分点, 同比持平."""
        unit = spec.unit or "%"
        if value == 0 and not spec.pattern:
            return self._figure(full, replace(spec, unit=""), value, "同比", level)
        word = "下降" if value < 0 else "提高" if unit == "个百分点" else "增长"
        spec = replace(spec, unit=unit, pattern=spec.pattern or f"同比{word}{{}}{unit}")
        return self._figure(full, spec, value, "", numeral.lstrip("-"))

    def _digits(self, spec: FactSpec, kind: str, facts: list[Fact]) -> int:
        """Returns the decimals of a ratio or a growth: as written (reported where its inputs are coarser), else one at most."""
        least = _uncertain(kind, facts) if kind in ("ratio", "growth") else Decimal(0)
        finest = max(-least.adjusted() - 1, 0) if least else _DECIMALS
        if spec.digits is None:
            return _DECIMALS if least <= Decimal(1).scaleb(-_DECIMALS) else min(finest, _DECIMALS)
        if least > Decimal(1).scaleb(-spec.digits):
            message = Bilingual("比所用的数还细：没有这样的精度", "finer than the figures it is computed from")
            hint = Bilingual(f"写 digits: {finest}", f"write digits: {finest}")
            self.report.error("too-fine", spec.span, message, hint)
        return spec.digits

    def _derive(self, full: str, spec: FactSpec, kind: str) -> Fact | None:
        """Returns a computed fact: exact decimals, a ratio rounded half up to its digits."""
        names: tuple[Scalar, ...] = getattr(spec, kind)
        found = [self.find(name, full.rpartition(".")[0]) for name in names]
        facts = [fact for fact in found if fact is not None]
        if len(facts) < len(names):
            return None
        values = [fact.value for fact in facts if fact.value is not None]
        if (obstacle := _obstacle(kind, facts, values)) is not None:
            hint = Bilingual("改用单位相同的确数，或删去这个事实", "use exact figures of one unit, or delete this fact")
            self.report.error("cannot-derive", spec.span, obstacle, hint)
            return None
        status = spec.status or next((fact.status for fact in facts if fact.status), "")
        unit = spec.unit or ("%" if kind == "ratio" else facts[0].unit)
        if kind == "growth":
            unit = "个百分点" if facts[0].unit in ("%", "％") else "%"
            status = "；".join(filter(None, (status, "按现价计算" if "元" in facts[0].unit else "")))
        pattern = spec.pattern or (_pattern_of(facts[0]) if kind == "before" else "")
        made = replace(spec, unit=unit, status=status, pattern=pattern)
        with localcontext(_EXACT):
            value = _compute(kind, values, (self._digits(spec, kind, facts), unit))
        if kind == "growth":
            return self._grown(full, made, value, f"{value:f}", "持平" if values[0] == values[1] else "基本持平")
        return self._figure(full, made, value, next(filter(None, map(_qualifier, facts)), ""), f"{value:f}")


def _obstacle(kind: str, facts: list[Fact], values: list[Decimal]) -> Bilingual | None:
    """Returns why facts cannot be computed with, None if they can. Only a sum may hold lower bounds (超)."""
    allowed = ("", "超") if kind == "sum" else ("",)
    if len(values) < len(facts) or any(_qualifier(fact) not in allowed for fact in facts):
        return Bilingual("只有概数或界限，不能推算", "only words or bounds are known: not computed")
    units = list(dict.fromkeys(fact.unit for fact in facts))
    if len(units) > 1 and kind != "before":
        return Bilingual(f"单位不同，不能推算：{'、'.join(units)}", f"units differ: {', '.join(units)}")
    if any(abs(value) > _LARGEST for value in values):
        return Bilingual("数太大，不能推算", "too large to compute with")
    points = kind == "growth" and facts[1].unit in ("%", "％")
    zero = kind in ("ratio", "growth") and not points and values[1] <= 0
    return Bilingual("除数为零或负数", "division by zero, or by less") if zero else None


def _uncertain(kind: str, facts: list[Fact]) -> Decimal:
    """Returns by how much a ratio or a growth in percent may be off, as its inputs are rounded; whole counts are exact."""
    (a, da), (b, db) = ((fact.value or Decimal(0), _rounding(fact)) for fact in facts[:2])
    if kind == "growth" and facts[0].unit in ("%", "％"):
        return da + db
    return 100 * (da / b + a * db / (b * b)) if b else Decimal(0)


def _rounding(fact: Fact) -> Decimal:
    exponent = fact.value.as_tuple().exponent if fact.value is not None else 0
    if exponent == 0 and not re.search(r"[万亿%％元吨米里]", fact.unit):
        return Decimal(0)
    return Decimal(5).scaleb(int(exponent) - 1)


def _compute(kind: str, values: list[Decimal], form: tuple[int, str]) -> Decimal:
    digits, unit = form
    if kind == "ratio":
        return (values[0] * 100 / values[1]).quantize(Decimal(1).scaleb(-digits))
    if kind == "growth":
        change = values[0] - values[1]
        return (change if unit == "个百分点" else change * 100 / values[1]).quantize(Decimal(1).scaleb(-digits))
    return values[0] - values[1] if kind == "difference" else sum(values[1:], values[0])


def _is_derived(spec: FactSpec) -> bool:
    return bool(spec.sum or spec.difference or spec.ratio or spec.growth or spec.before)


def _qualifier(fact: Fact) -> str:
    prefix = fact.figure.prefix if fact.figure else ""
    return prefix[:1] if prefix[:1] in _QUALIFIERS else ""


def _pattern_of(fact: Fact) -> str:
    """Returns the pattern that a rank is printed in, for the rank before it."""
    figure = fact.figure
    if figure is None or not figure.prefix:
        return ""
    return f"{figure.prefix}{{{'' if _NUMBER.fullmatch(figure.numeral) else 'han'}}}{figure.unit}"


def _listed(spec: FactSpec) -> str:
    return "、".join(_names(spec))


def _names(spec: FactSpec) -> list[str]:
    etc = spec.etc if isinstance(spec.etc, str) else "等" if spec.etc else ""
    return [*(item.text for item in spec.list[:-1]), f"{spec.list[-1].text}{etc}"]


def _han(value: Decimal | None) -> str | None:
    whole = value is not None and value == value.to_integral_value() and 0 <= value <= 9999
    return to_han(int(value)) if whole and value is not None else None


def _in_form(fact: Fact, form: str) -> Rich | None:
    """Returns a fact as `{x}`, `{x:bare}` or `{x:han}` prints it, its mark behind it; None for another form."""
    if not form:
        return fact.figure.inlines() if fact.figure else fact.text[:1]
    if fact.figure is None or form not in ("bare", "han"):
        return None
    numeral = fact.figure.numeral if form == "bare" else _han(fact.value)
    return replace(fact.figure, prefix=_qualifier(fact), numeral=numeral, unit="").inlines() if numeral else None
