"""Declared sources: each key is written down once, as a field of a dataclass, with its type, default and help.

    @declared("一个主题", "a theme")
    class ThemeSpec:
        span: Span                                            # filled with the mapping's place
        id: str = key("编号", "its id")                        # no default: required
        lead: str = key("导语", "its lead", default="")

A field's annotation decides what is accepted: str, Scalar (a text with its place), Decimal, int, float, bool, Literal,
tuple[T, ...], tuple[A, B], dict[str, T], another declared class, T | None, a class with `read(cls, node, report)`, or a
union, told apart by what is written (text, list or mapping) and declared classes by their Literal key (`kind: column`).
The YAML key is the field's name without a trailing underscore.
JSON Schema and reference page are made from the same declarations (`source.schema`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

from lhpub.diagnostics import Bilingual, Span
from lhpub.source.explain import in_quotes
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.source.report import Report, did_you_mean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """A declared key. `minimum`, `maximum` bound the numbers in its value, also those in lists."""

    name: str
    field: str
    type: Any
    required: bool
    default: object
    help: Bilingual
    minimum: float | None
    maximum: float | None
    example: str = ""
    """As its class's example has it: `points: [第一个要点]`."""


def key(
    zh: str, en: str, *, default: Any = MISSING, minimum: float | None = None, maximum: float | None = None
) -> Any:
    """Returns a dataclass field for one YAML key; without a default it is required. `zh` begins with the key's short
    Chinese name, up to a mark (标题，空格处分行): an editor who writes 标题 as the key is told the right one."""
    metadata = {"help": Bilingual(zh, en), "minimum": minimum, "maximum": maximum}
    if isinstance(default, dict):
        return dataclasses.field(default_factory=default.copy, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


_DECLARED: list[type] = []
_FEW = 2
"""Places to name for a key that is written in another."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key,))
def declared(zh: str, en: str, example: str = "") -> Callable[[type[T]], type[T]]:
    """Returns a decorator that makes a frozen, keyword-only dataclass and names what it stands for. `example`: YAML of
    it, for the reference page; its lines are the hints where a key's value is of the wrong type."""

    def decorate(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.__declared__ = Bilingual(zh, en)  # type: ignore[attr-defined]  # found again by `title_of`
        made.__example__ = example  # type: ignore[attr-defined]  # by `example_of`
        _DECLARED.append(made)
        return made

    return decorate


def title_of(cls: type) -> Bilingual | None:
    """Returns what a declared class stands for, None for any other type."""
    title = getattr(cls, "__declared__", None)
    return title if isinstance(title, Bilingual) else None


def example_of(cls: type) -> str:
    """Returns the YAML that shows a declared class, '' if it has none."""
    return str(getattr(cls, "__example__", ""))


@cache
def keys_of(cls: Any) -> tuple[Key, ...]:
    """Returns the declared keys of a class in order, each with its YAML name and type."""
    hints = get_type_hints(cls)
    keys = []
    for field in dataclasses.fields(cls):
        if field.metadata:
            default = field.default_factory() if field.default_factory is not MISSING else field.default
            absent = default is MISSING
            name, value = field.name, None if absent else default
            yaml_name = name.rstrip("_")
            line = rf"^{yaml_name}: .+|(?<=[{{ ]){yaml_name}: (?:\[.*?\]|\{{.*?\}})"
            shown = re.search(line, example_of(cls), re.MULTILINE)
            example = shown[0].partition("  #")[0].rstrip() if shown else ""
            keys.append(Key(yaml_name, name, hints[name], absent, value, **field.metadata, example=example))
    return tuple(keys)


_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,12})?", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


def read_declared(node: Node, cls: type[T], report: Report, place: Key | None = None) -> T | None:
    """Returns the dataclass that a mapping describes; every problem goes to `report`. A required text, number or list
    that is missing is reported and left empty, so that reading goes on; None if even that cannot be done. `place`: the
    key whose value it is, or is in."""
    if not isinstance(node, Mapping):
        _wrong_type(node, title_of(cls) or Bilingual("一组键值", "keys with values"), report, place)
        return None
    declaration: type = cls
    keys = {k.name: k for k in keys_of(declaration)}
    values: dict[str, object] = {"span": node.span}
    for written, value in node.entries:
        stated = keys.get(written.text)
        if stated is None:
            _unknown_key(written, declaration, report)
        elif not (isinstance(value, Scalar) and value.absent):
            values[stated.field] = _read(value, stated.type, stated, report)
    for stated in keys.values():
        if stated.required and stated.field not in values:
            message = Bilingual(f"缺少“{stated.name}”（{_short(stated)}）", f"“{stated.name}” is missing")
            report.error("missing-key", node.span, message, _add_key(stated))
        if stated.required and values.get(stated.field) is None:
            values[stated.field] = _empty(stated.type, node.span)
    if any(k.required and values[k.field] is None for k in keys.values()):
        return None
    return cls(**{name: value for name, value in values.items() if value is not None})


def _short(stated: Key) -> str:
    return re.split(r"[，：（；。]", stated.help.zh)[0]


def _add_key(stated: Key) -> Bilingual:
    line = f"“{stated.name}: …”"
    return Bilingual(f"加上一行{line}：{stated.help.zh}", f"add a line {line}: {stated.help.en}")


def _unknown_key(written: Scalar, cls: type, report: Report) -> None:
    text, keys = written.text.strip(), keys_of(cls)
    meant = next((k.name for k in keys if _short(k) == text), None)
    refused: Bilingual | None = getattr(cls, "REFUSED", {}).get(text)
    hint = Bilingual(f"请写“{meant}”", f"write “{meant}”") if meant else refused or _belongs(text, cls)
    if text.isdigit():
        hint = Bilingual("数里不用逗号：逗号把它分成了两段，连起来写", "no comma in a number: it parts the number in two")
    message = Bilingual(f"不认识的键“{written.text}”", f"unknown key “{written.text}”")
    report.error("unknown-key", written.span, message, hint or did_you_mean(text, (k.name for k in keys)))


def _belongs(name: str, cls: type) -> Bilingual | None:
    """Returns where a key is written that few other declared classes of the same kind of file know, None if none does."""
    package = cls.__module__.rpartition(".")[0]
    near = [one for one in _DECLARED if one.__module__.startswith(package)]
    owners = [one for one in near if any(k.name == name for k in keys_of(one))]
    places = {k.name: None for one in near for k in keys_of(one) if {k.type, *get_args(k.type)} & set(owners)}
    if not places or len(places) > _FEW:
        held = {part for one in near for k in keys_of(one) for part in _parts(k.type)}
        if set(owners) <= held:
            return None
        return Bilingual(f"它写在文件最外层：{name}: …", f"it belongs at the top of the file: {name}: …")
    lines = [f"{place}: {{{name}: …}}" for place in places]
    return Bilingual(f"它写在别处：{'、'.join(lines)}", f"it belongs elsewhere: {', '.join(lines)}")


def _parts(wanted: Any) -> Iterator[Any]:
    yield wanted
    for inner in get_args(wanted):
        yield from _parts(inner)


def _empty(wanted: Any, span: Span) -> Any:
    """Returns a stand-in for a missing required value, None where none is plain."""
    if wanted is Scalar:
        return Scalar("", span)
    if get_origin(wanted) is Literal:
        return get_args(wanted)[0]
    if get_origin(wanted) is tuple and get_args(wanted)[-1] is Ellipsis:
        return ()
    return wanted() if wanted in (str, int, float, bool, Decimal) else None


def _read(node: Node, wanted: Any, stated: Key, report: Report) -> Any:
    """Returns the value of a node as the wanted type, None after reporting what is wrong."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        variants = [t for t in get_args(wanted) if title_of(t) is not None]
        if isinstance(node, Mapping) and len(variants) > 1:
            return _read_variant(node, variants, report)
        return _read(node, _alternative(node, get_args(wanted)), stated, report)
    if hasattr(wanted, "read"):
        return wanted.read(node, report)
    if title_of(wanted) is not None:
        return read_declared(node, wanted, report, stated)
    if origin is tuple:
        return _read_list(node, get_args(wanted), stated, report)
    if origin is dict:
        return _read_dict(node, get_args(wanted)[1], stated, report)
    if not isinstance(node, Scalar):
        return _wrong_type(node, _SCALARS.get(wanted, _SCALARS[str]), report, stated)
    if wanted is Scalar:
        return node
    if origin is Literal:
        return _read_choice(node, get_args(wanted), report)
    return _read_scalar(node, wanted, stated, report)


def _alternative(node: Node, alternatives: tuple[Any, ...]) -> Any:
    """Returns the type of a union that what is written fits; the last of its kind if none does, for its message."""
    types = [t for t in alternatives if t is not NoneType]
    fitting = [t for t in types if _accepts(node, t)]
    if isinstance(node, Scalar):
        exact = [t for t in fitting if get_origin(t) is Literal and node.text in get_args(t)]
        number = [t for t in fitting if t in (int, float, Decimal) and _NUMBER.fullmatch(node.text)]
        boolean = [t for t in fitting if t is bool and node.text in _BOOLEANS]
        rest = [t for t in fitting if t in (str, Scalar) or hasattr(t, "read")]
        fitting = exact or number or boolean or rest or fitting
    return (fitting or types)[0 if isinstance(node, Scalar) and fitting else -1]


def _read_variant(node: Mapping, variants: list[Any], report: Report) -> Any:
    """Returns the declared class of several whose Literal key has the value written."""
    tag = next(k.name for k in keys_of(variants[0]) if get_origin(k.type) is Literal)
    choices = {value: t for t in variants for k in keys_of(t) if k.name == tag for value in get_args(k.type)}
    written = node.get(tag)
    if isinstance(written, Scalar) and written.text in choices:
        return read_declared(node, choices[written.text], report)
    return _read_choice(written if isinstance(written, Scalar) else Scalar("", node.span), tuple(choices), report)


def _accepts(node: Node, wanted: Any) -> bool:
    origin = get_origin(wanted)
    if hasattr(wanted, "read"):
        return True
    if origin is tuple:
        return isinstance(node, Sequence)
    if origin is dict or title_of(wanted) is not None:
        return isinstance(node, Mapping)
    return isinstance(node, Scalar)


def _read_list(node: Node, items: tuple[Any, ...], stated: Key, report: Report) -> Any:
    if not isinstance(node, Sequence):
        return _wrong_type(node, Bilingual("一个列表", "a list"), report, stated)
    if items[-1] is Ellipsis:
        values = tuple(_read(item, items[0], stated, report) for item in node.items)
        return tuple(value for value in values if value is not None)
    if len(node.items) != len(items):
        message = Bilingual(
            f"“{stated.name}”要 {len(items)} 个值，这里有 {len(node.items)} 个",
            f"“{stated.name}” takes {len(items)} values, here are {len(node.items)}",
        )
        report.error("wrong-length", node.span, message, stated.help)
        return None
    values = tuple(_read(item, wanted, stated, report) for item, wanted in zip(node.items, items, strict=True))
    return None if None in values else values


def _read_dict(node: Node, wanted: Any, stated: Key, report: Report) -> Any:
    if not isinstance(node, Mapping):
        return _wrong_type(node, Bilingual("一组键值", "keys with values"), report, stated)
    values = {name.text: _read(value, wanted, stated, report) for name, value in node.entries}
    return {name: value for name, value in values.items() if value is not None}


def _read_choice(node: Scalar, choices: tuple[str, ...], report: Report) -> Any:
    if node.text in choices:
        return node.text
    message = Bilingual(f"“{node.text}”不在可选的值里", f"“{node.text}” is not one of the choices")
    shown = tuple(filter(None, choices))
    listed = Bilingual(f"请写其中之一：{'、'.join(shown)}", f"write one of: {', '.join(shown)}")
    report.error("not-a-choice", node.span, message, listed)
    return None


_SCALARS: dict[Any, Bilingual] = {
    str: Bilingual("文字", "text"),
    bool: Bilingual("true 或 false", "true or false"),
    int: Bilingual("整数", "a whole number"),
    float: Bilingual("数", "a number"),
    Decimal: Bilingual("数", "a number"),
}


def _read_scalar(node: Scalar, wanted: Any, stated: Key, report: Report) -> Any:
    if wanted is str:
        return node.text
    if wanted is bool and node.text in _BOOLEANS:
        return _BOOLEANS[node.text]
    if wanted is bool or not _NUMBER.fullmatch(node.text) or (wanted is int and "." in node.text):
        return _wrong_type(node, _SCALARS[wanted], report, stated)
    value, low, high = Decimal(node.text), stated.minimum, stated.maximum
    if (low is None or value >= Decimal(str(low))) and (high is None or value <= Decimal(str(high))):
        return wanted(value)
    bounds = f"{'' if low is None else f'{low:g}'}～{'' if high is None else f'{high:g}'}"
    what = f"“{stated.name}: {node.text}”"
    message = Bilingual(f"{what}超出范围", f"{what} is out of range")
    hint = Bilingual(f"请写 {bounds} 之间的数", f"write a number in {bounds.replace('～', '..')}")
    report.error("out-of-range", node.span, message, hint)
    return None


def _wrong_type(node: Node, wanted: Bilingual, report: Report, stated: Key | None) -> None:
    """Reports that something else is written than is wanted, with what to type where that can be told."""
    kinds = {Mapping: Bilingual("一组键值", "keys with values"), Sequence: Bilingual("一个列表", "a list")}
    found = kinds.get(type(node)) or Bilingual("文字", "text")
    if isinstance(node, Scalar):
        found = Bilingual(f"“{node.text[:20]}”", f"“{node.text[:20]}”")
    message = Bilingual(f"这里要{wanted.zh}，写的是{found.zh}", f"{wanted.en} is wanted here, {found.en} is written")
    example = Bilingual(f"写法如：{stated.example}", f"like this: {stated.example}") if stated and stated.example else None
    if example and stated and isinstance(node, Sequence):
        example = Bilingual(f"{stated.help.zh}。{example.zh}", f"{stated.help.en}; {example.en}")
    report.error("wrong-type", node.span, message, _right_type(node, wanted) or example)


def _right_type(node: Node, wanted: Bilingual) -> Bilingual | None:
    if not isinstance(node, Scalar):
        if wanted is not _SCALARS[str] or not node.flow_text:
            return None
        quoted = in_quotes(node.flow_text)
        return Bilingual(f"以 {{ 或 [ 开头的文字放进单引号：{quoted}", f"put it in single quotes: {quoted}")
    if wanted is _SCALARS[Decimal] or wanted is _SCALARS[int]:
        return Bilingual("只写半角数字和小数点，单位不写在这里", "only digits and a decimal point, no unit")
    if (glued := re.match(r"([A-Za-z_]+)(：|:)[\s　]*", node.text)) is not None:
        name = glued[1]
        return Bilingual(f"键后用半角冒号加一个空格：“{name}: ”", f"a key ends in a colon and a space: “{name}: ”")
    return None
