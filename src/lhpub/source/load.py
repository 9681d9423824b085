"""Reads a YAML file into nodes: text as typed, every value with its place, nothing that a reader cannot see through.

Refused: anchors and aliases (one line can stand for millions of values), tags, several documents, deep nesting, tabs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Span
from lhpub.source.characters import UNPRINTABLE, check_characters, usual
from lhpub.source.explain import explain_key, explain_syntax, in_quotes
from lhpub.source.node import Extent, Mapping, Node, Scalar, Sequence
from lhpub.source.report import Report
from lhpub.world import World

MAX_DEPTH = 24
MAX_VALUES = 50_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|\r|\n")
_WIDE = "[\u2018-\u201f\u2014\u2026\u00b7\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
_COMMENT = re.compile(r" +(#[^\s#].*)")
_WIDE_GAP = re.compile(f"(?<={_WIDE}) (?={_WIDE})")
_WIDE_BREAK = re.compile(f"(?<={_WIDE})\n(?={_WIDE})")


def join_lines(text: str) -> str:
    """Returns a paragraph's lines as one: a line break between Han characters or their marks is no space."""
    lines = "\n".join(line.strip(" \u3000") for line in text.strip("\n \u3000").split("\n"))
    return _WIDE_BREAK.sub("", lines).replace("\n", " ")


def load_source(world: World, path: str | Path, report: Report | None = None) -> Node:
    """Returns the nodes of a YAML file; `report` takes what there is to tell of it. Raises Rejected with every problem that
    can be told."""
    file = Path(path).as_posix()
    report = report or Report()
    text = _decode(world.read(path), file, report)
    report.finish()
    return read_yaml(text, file, report)


def read_yaml(text: str, file: str, report: Report | None = None) -> Node:
    """Returns the nodes of a YAML text, which may begin with a byte order mark. Raises Rejected."""
    report = report or Report()
    try:
        node, told = _read(text, file)
    except Rejected as rejected:
        report.extend(rejected.diagnostics)
        raise
    report.extend(told)
    return node


@lru_cache(maxsize=8)
def _read(text: str, file: str) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Returns the nodes and the warnings. Kept: an edit, the workshop's desk and the reader look at one text in turn."""
    report = Report()
    offsets = _Offsets(text)
    text = offsets.text
    report.extend(check_characters(text, file))
    report.finish()
    node: Node | None = None
    try:
        node = _Reader(offsets, file, report).document()
    except yaml.MarkedYAMLError as error:
        report.extend([explain_syntax(error, text.split("\n"), file)])
    except _GivenUpError:
        pass
    report.finish()
    if node is None or (isinstance(node, Scalar) and node.absent):
        hint = Bilingual("从 README 的第一个例子抄起", "begin with the README's first example")
        report.error("empty", Span(file, 1, 1), Bilingual("文件是空的", "the file is empty"), hint)
        raise Rejected(report.diagnostics)
    return node, report.diagnostics


def _decode(data: bytes, file: str, report: Report) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").split("\n")
        seems = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "GBK"
        report.error(
            "not-utf-8",
            Span(file, len(before), len(before[-1]) + 1),
            Bilingual(f"文件不是 UTF-8 编码（像是 {seems}）", f"the file is not UTF-8 (it seems to be {seems})"),
            Bilingual("在编辑器里“另存为”，编码选 UTF-8", "save it again, choosing the encoding UTF-8"),
        )
        return ""


class _GivenUpError(Exception):
    """Raised where reading on would only repeat what is reported."""


class _Offsets:
    """A text with its line breaks as one character, and where in the stored bytes its characters stand."""

    def __init__(self, stored: str) -> None:
        body = stored.removeprefix("\ufeff")
        self.text = body.replace("\r\n", "\n").replace("\r", "\n")
        breaks = (len(found[0]) - 1 for found in _BREAK.finditer(body))
        self._dropped = list(accumulate(breaks, initial=len(stored[: len(stored) - len(body)].encode())))
        self._at, self._byte, self._line = 0, 0, 0

    def byte(self, index: int) -> int:
        """Returns the stored offset of a character. Cheap where it is near the one asked for before."""
        low, high = sorted((self._at, index))
        between, sign = self.text[low:high], 1 if index >= self._at else -1
        self._byte += sign * len(between.encode())
        self._line += sign * between.count("\n")
        self._at = index
        return self._byte + self._dropped[self._line]


class _Reader:
    """Builds nodes from libyaml's events: one pass, so that nothing grows before it is checked."""

    def __init__(self, offsets: _Offsets, file: str, report: Report) -> None:
        self._offsets, self._text, self._file, self._report = offsets, offsets.text, file, report
        self._events = yaml.parse(self._text, Loader=_LOADER)
        self._count = 0
        self._open = 0
        """How many { and [ are open."""

    def document(self) -> Node | None:
        """Returns the only document's node, None if the text holds none."""
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    zh, en = "一个文件里只能有一份内容，这里又开始了一份（---）", "a second document (---) begins here"
                    self._stop("several-documents", event, zh, en)
                node = self._node(next(self._events), 0)
        return node

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        if depth > MAX_DEPTH:
            self._stop("too-deep", event, f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH} levels")
        if self._count > MAX_VALUES:
            self._stop("too-many", event, f"超过 {MAX_VALUES} 个值", f"more than {MAX_VALUES} values")
        self._refuse_indirection(event)
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            return self._scalar(event)
        self._open += event.flow_style is True
        node = self._mapping(event, depth) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event, depth)
        self._open -= event.flow_style is True
        return node

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(item, depth + 1))
        return Sequence(tuple(items), self._span(start), *self._flow(start, item))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        again: list[Scalar] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name, value = self._node(event, depth + 1), self._node(next(self._events), depth + 1)
            if not isinstance(name, Scalar):
                message = Bilingual("键必须是文字", "a key must be text")
                hint = Bilingual(f"放进单引号：{in_quotes(name.flow_text)}", f"type {in_quotes(name.flow_text)}")
                self._report.error("key-not-text", name.span, message, hint if name.flow_text else None)
            elif name.text in entries:
                again.append(name)
            else:
                entries[name.text] = (name, value)
                self._check_key(event, name, value)
        self._tell_repeated(entries, again)
        return Mapping(tuple(entries.values()), self._span(start), *self._flow(start, event))

    def _tell_repeated(self, entries: dict[str, tuple[Scalar, Node]], again: list[Scalar]) -> None:
        """Reports keys that stand twice; several of them are an entry of a list whose dash is missing."""
        for name in again[:1] if len(again) > 1 else again:
            line, known = entries[name.text][0].span.line, f"“{name.text}”"
            message = Bilingual(f"键{known}重复，第 {line} 行已有", f"the key {known} stands in line {line} too")
            hint = Bilingual("删去一个，或改名", "delete one of the two, or rename it")
            if len(again) > 1:
                keys = "、".join(f"“{one.text}”" for one in again)
                en = f"{keys} stand twice: a new item without its dash?"
                message = Bilingual(f"从这里起{keys}又写了一遍：像是新的一条，少了开头的“- ”", en)
                hint = Bilingual(f"把“{name.text}”前面的两个空格改成“- ”", f"type “- ” for the two spaces before “{name.text}”")
            self._report.error("duplicate-key", name.span, message, hint)

    def _check_key(self, event: Any, name: Scalar, value: Node) -> None:
        if not name.quoted and any(mark in name.text for mark in ":：－　"):
            at = event.start_mark.index
            line = self._text[self._text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
            found = explain_key(name.text, isinstance(value, Scalar) and value.absent, line, name.span)
            self._report.extend([found] if found else [])

    def _scalar(self, event: Any) -> Scalar:
        raw = self._text[event.start_mark.index : event.end_mark.index]
        value: str = getattr(event, "value", "")
        style = getattr(event, "style", "") or ""
        if style == "|":
            value = value.rstrip("\n")
        elif "\n" in raw:
            # Folding made each line break a space: between Han there is none, unless one was typed there. A paragraph
            # break reads "\n\n", as in a literal block.
            value = re.sub(r"\n+", "\n\n", value.rstrip("\n"))
            value = _WIDE_GAP.sub(lambda gap: " " if value[gap.start() - 1 : gap.end() + 1] in raw else "", value)
        elif not style and (comment := _COMMENT.match(self._text, event.end_mark.index)) is not None:
            self._report_comment(event, raw, comment[1])
        if style == '"' and UNPRINTABLE.search(value):  # typed as an escape, \x07
            message = Bilingual("引号里有印不出的字符", "a character in quotes that cannot be printed")
            self._report.error("control-character", self._span(event), message, Bilingual("删去它", "delete it"))
        return Scalar(usual(value), self._span(event), bool(style), self._extent(event, raw, style))

    def _extent(self, event: Any, raw: str, style: Any) -> Extent:
        start, end = event.start_mark.index, event.end_mark.index
        if style in ("|", ">"):  # libyaml goes on to the next token; what is behind the last line is no part of the text
            last = self._text.find("\n", start + len(raw.rstrip(" \n")))
            end = min(end, last) if last >= 0 else end
        return Extent(self._offsets.byte(start), self._offsets.byte(end), style, self._open > 0)

    def _report_comment(self, event: Any, raw: str, comment: str) -> None:
        mark = event.end_mark
        zh, en = f"“{comment[:20]}”成了注释，不会印出", f"“{comment[:20]}” is a comment and will not be printed"
        quoted = in_quotes(f"{raw} {comment}")
        hint = Bilingual(
            f"若是正文，请写 {quoted}；若是注释，“#”后加一个空格",
            f"for text type {quoted}; for a comment put a space behind #",
        )
        self._report.error("comment", Span(self._file, mark.line + 1, mark.column + 2), Bilingual(zh, en), hint)

    def _refuse_indirection(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            message = Bilingual("不用锚点（&）和别名（*）", "anchors (&) and aliases (*) are not used here")
        elif event.tag:
            message = Bilingual("不用标签（!）", "tags (!) are not used here")
        else:
            return
        hint = Bilingual("把内容直接写出来；若是正文，放进单引号", "write the value itself; put text in single quotes")
        self._report.error("anchor-or-tag", self._span(event), message, hint)

    def _stop(self, code: str, event: Any, zh: str, en: str) -> None:
        self._report.error(code, self._span(event), Bilingual(zh, en))
        raise _GivenUpError

    def _flow(self, start: Any, end: Any) -> tuple[str, Extent | None]:
        """Returns what was typed between brackets, and where."""
        if not start.flow_style:
            return "", None
        first, last = start.start_mark.index, end.end_mark.index
        return self._text[first:last], Extent(self._offsets.byte(first), self._offsets.byte(last), "", self._open > 1)

    def _span(self, event: Any) -> Span:
        return Span(self._file, event.start_mark.line + 1, event.start_mark.column + 1)
