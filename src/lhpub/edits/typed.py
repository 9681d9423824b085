"""How a value is typed: a text in its style and place, mappings and lists on one line between brackets or as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lhpub.source.node import Extent

Value = str | dict[str, Any] | list[Any]
"""A text, keys with values, a list."""
_PLAIN = re.compile(r"(?![-?:](?:\s|$)|[\s,\[\]{}#&*!|>'\"%@`~]|---|\.\.\.|//)[^\n]*\S")
_UNSAFE = re.compile(r": |:$| #|[\x00-\x1f]")
_IN_FLOW = re.compile(r"[,\[\]{}]")
NARROW = 90
"""Characters that a new mapping or list may have to be written between brackets."""


def tokens(text: str, extent: Extent, indent: int, newline: str) -> Iterator[bytes]:
    """Yields the ways to type a text in a scalar's place, the most like the present one first."""
    style, in_flow, lines = extent.style, extent.in_flow, text.split("\n")
    block = newline.join(["|-", *(" " * indent + line if line else "" for line in lines)])
    folded = newline.join([">-", *(" " * indent + line if line else "" for line in lines)])
    double = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    single = "'" + text.replace("'", "''") + "'"
    is_plain = _PLAIN.fullmatch(text) and not _UNSAFE.search(text) and not (in_flow and _IN_FLOW.search(text))
    flat = [text] * bool(is_plain) + [single] * ("\n" not in text) + [double]
    if style == '"' or (style == "'" and "\n" not in text):
        flat = [double if style == '"' else single, *flat]
    if in_flow:
        ways = flat
    elif style == ">" and "\n\n\n" not in text and not re.search(r"(?<!\n)\n(?!\n)", text):
        ways = [folded, block, *flat]
    else:
        ways = [block, *flat] if style in ("|", ">") or "\n" in text else [*flat, block]
    yield from (way.encode() for way in ways)


def refolded(own: str, new: str, newline: str) -> str:
    """Returns a folded text (`>`) with its lines as they are but for those that have changed. `own`: as it is typed."""
    head, *lines = own.split(newline)
    at = kept = back = 0
    for line in lines:
        if not new.startswith(line.strip(), at):
            break
        at, kept = at + len(line.strip()), kept + 1
        at = len(new) - len(new[at:].lstrip())
    end = len(new)
    for line in reversed(lines[kept:]):
        if not new.endswith(line.strip(), at, end):
            break
        end, back = len(new[: end - len(line.strip())].rstrip()), back + 1
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines if line.strip()), "")
    middle = [indent + new[at:end].strip()] if new[at:end].strip() else []
    return newline.join([head, *lines[:kept], *middle, *lines[len(lines) - back :]])


def flow(value: Value) -> str:
    """Returns a value as it is typed on one line, between brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(name)}: {flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if "\n" in value:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if _PLAIN.fullmatch(value) and not _UNSAFE.search(value) and not _IN_FLOW.search(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def lines_of(value: Value, indent: int, after_key: bool) -> list[str]:
    """Returns a value as lines; the first one goes on behind a key or a dash."""
    space = " " * indent
    if isinstance(value, str):
        return [" |-", *(space + line if line else "" for line in value.split("\n"))] if "\n" in value else [f" {flow(value)}"]
    parts: Iterable[list[str]]
    if isinstance(value, dict):
        parts = ([f"{flow(name)}:{first}", *rest] for name, part in value.items() for first, *rest in [_nested(part, indent)])
    else:
        parts = ([f"-{first}", *rest] for part in value for first, *rest in [lines_of(part, indent + 2, False)])
    lines = [line for first, *rest in parts for line in (space + first, *rest)]
    return ["", *lines] if after_key else [" " + lines[0].lstrip(" "), *lines[1:]]


def _nested(value: Value, indent: int) -> list[str]:
    short = flow(value)
    if not isinstance(value, str) and len(short) <= NARROW and "\n" not in short:
        return [f" {short}"]
    return lines_of(value, indent + 2, True)
