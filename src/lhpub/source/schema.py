"""JSON Schema (for completion in an editor) and the Chinese reference page, both from the declarations."""

from __future__ import annotations

import re
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from lhpub.diagnostics import Language
from lhpub.source.declared import Key, example_of, keys_of, title_of
from lhpub.source.node import Scalar

Schema = dict[str, Any]
_NUMBERS = (int, float, Decimal)


def json_schema(cls: type, language: Language) -> Schema:
    """Returns the JSON Schema (draft 7, which editors know) of a declared class, its descriptions in one language."""
    definitions = {part.__name__: _object(part, language) for part in parts(cls)}
    draft = "http://json-schema.org/draft-07/schema#"
    return {"$schema": draft, "$ref": f"#/definitions/{cls.__name__}", "definitions": definitions}


def reference(cls: type) -> str:
    """Returns the reference page of a declared class and its parts, in Chinese Markdown: of each its keys in a table, and
    an example where it is declared with one."""
    sections = [f"# {re.sub('^一.', '', _title(cls, 'zh'))}格式参考\n"]
    for part in parts(cls):
        rows = [f"| `{k.name}` | {k.help.zh} | {_type_zh(k.type)} | {_default_zh(k)} |" for k in keys_of(part)]
        table = "\n".join(["| 键 | 写什么 | 类型 | 缺省 |", "|---|---|---|---|", *rows])
        example = f"\n例：\n\n```yaml\n{example_of(part)}```\n" if example_of(part) else ""
        sections.append(f"## {_title(part, 'zh')}\n\n{table}\n{example}")
    return "\n".join(sections)


def parts(cls: type) -> list[type]:
    """Returns the declared class and all those its keys lead to, nearest first."""
    found = [cls]
    for part in found:
        for stated in keys_of(part):
            found += [t for t in dict.fromkeys(_leaves(stated.type)) if title_of(t) is not None and t not in found]
    return found


def _leaves(wanted: Any) -> list[Any]:
    inner = [leaf for part in get_args(wanted) for leaf in _leaves(part)]
    return inner if get_origin(wanted) in (Union, UnionType, tuple, dict) else [wanted]


def _object(cls: type, language: Language) -> Schema:
    keys = keys_of(cls)
    properties = {}
    for k in keys:
        schema = _schema(k.type, k, language)
        described = schema if k.required else {"anyOf": [schema, {"type": "null"}]}
        properties[k.name] = {**described, "description": k.help.in_language(language)}
    required = [k.name for k in keys if k.required]
    closed = {"required": required, "additionalProperties": False}
    return {"type": "object", "title": _title(cls, language), "properties": properties, **closed}


def _schema(wanted: Any, stated: Key, language: Language) -> Schema:
    origin, inner = get_origin(wanted), [t for t in get_args(wanted) if t not in (NoneType, Ellipsis)]
    if origin is Literal:
        return {"enum": inner}
    parts = [_schema(t, stated, language) for t in inner]
    if origin in (Union, UnionType):
        return parts[0] if len(parts) == 1 else {"anyOf": parts}
    if origin is tuple and len(get_args(wanted)) > len(inner):
        return {"type": "array", "items": parts[0]}
    if origin is tuple:
        return {"type": "array", "items": parts, "minItems": len(parts), "maxItems": len(parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": parts[1]}
    if title_of(wanted) is not None:
        return {"anyOf": [{"$ref": f"#/definitions/{wanted.__name__}"}]}
    if hasattr(wanted, "read"):
        return dict(wanted.json_schema()) if hasattr(wanted, "json_schema") else {}
    if wanted in _NUMBERS:
        limits = {"minimum": stated.minimum, "maximum": stated.maximum}
        kind = "integer" if wanted is int else "number"
        return {"type": kind, **{name: limit for name, limit in limits.items() if limit is not None}}
    # Text may look like a number or a boolean to an editor's YAML; lhpub takes it as typed.
    return {"type": "boolean"} if wanted is bool else {"type": ["string", "number", "boolean"]}


def _type_zh(wanted: Any) -> str:
    origin, inner = get_origin(wanted), [t for t in get_args(wanted) if t not in (NoneType, Ellipsis)]
    if origin is Literal:
        return "、".join(f"`{choice}`" for choice in inner if choice)
    if origin in (Union, UnionType):
        return " 或 ".join(dict.fromkeys(map(_type_zh, inner)))
    if origin is tuple:
        return f"列表：{_type_zh(inner[0])}" if Ellipsis in get_args(wanted) else f"[{', '.join(map(_type_zh, inner))}]"
    if origin is dict:
        return f"名字: {_type_zh(inner[1])}"
    if title_of(wanted) is not None:
        return f"[{_title(wanted, 'zh')}](#{_title(wanted, 'zh')})"
    words = {str: "文字", Scalar: "文字", int: "整数", float: "数", Decimal: "数", bool: "`true` 或 `false`"}
    return words.get(wanted, "见左")


def _title(cls: type, language: Language) -> str:
    title = title_of(cls)
    return title.in_language(language) if title else cls.__name__


def _default_zh(stated: Key) -> str:
    if stated.required:
        return "**必填**"
    if stated.default is True or stated.default is False:
        return f"`{str(stated.default).lower()}`"
    plain = isinstance(stated.default, str | int | float | Decimal) and stated.default != ""
    return f"`{stated.default}`" if plain else "无"
