"""Says what to type where YAML's own message ("did not find expected key") would not help an editor."""

from __future__ import annotations

import re

import yaml

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span

_LONG = 5000
_KEY = r"\s*(?:- +)*[^\s:'\"#{\[-][^:]*: +"
_GLUED = re.compile(r"(\s*(?:- +)*[A-Za-z_]+)(?:：|:(?=[^\s/]|　))[\s　]*(.*)")
"""`title：x` and `title:x`."""
_LEADING = re.compile(r" *(?:(－)[ 　]*|(　)[ 　]*(?=(?:- *)?[A-Za-z_]+[:：]))(.*)")
"""A full-width dash or space at a line's begin."""
_SPECIAL = re.compile(rf"({_KEY}|\s*(?:- +)+)([@`%].*|[{{\[&*!|>\"'\]}},]\S.*|[-?](?: .*)?|[{{\[\]}},])\s*$")
_COLON_INSIDE = re.compile(rf"({_KEY})([^'\"].*(?:: .*|:))\s*$")
_NAME = r"[A-Za-z_]+ *[:：]"
_BEFORE = rf"(?:{_KEY}|\s*(?:- +)+|\s*[^\s:：]+[:：]\s*)"
_FLOW = re.compile(rf"{_BEFORE}(?:[{{｛](?:[^{{}}]*[:：][ 　]|\s*{_NAME})|\[.*\]\s*$|[{{\[][^}}\]]*$)")
"""A line whose value is a list or mapping in brackets, and no text that begins with a reference or a link."""
_QUOTED = r"('(?:[^']|'')*'|\"[^\"]*\")"
_WIDE_MARKS = re.compile(
    rf"{_QUOTED}|(｛)(?={_NAME})|(，)[\s　]*(?={_NAME})|(?<=[}}\]])(，)[\s　]*|(：)[\s　]*(?={{{_NAME})|(｝)(?=[\s}}｝]*$)"
)
_WIDE_COLON = re.compile(rf"{_QUOTED}|((?<=[{{,])\s*[A-Za-z_]+ *)(?:：|:(?!\s|(?:bare|han)}}))[\s　]*")
_HALF = {"｛": "{", "，": ", ", "：": ": ", "｝": "}"}
_IN_FLOW = re.compile(r"([^\s,{\[:'\"]+: +)((?:[^,'\"{}\[\]]|\{[^{}\s:]*(?::[a-z]+)?\})+)(?=[,}\]])")
_KEYED = re.compile(r" *[^\s:'\"#{\[-][^:]*:(?: |$)")
_NEEDS_QUOTES = re.compile(r"[@`%&*!|>]|[-?](?:\s|$)|.*(?:\{|: | #|:\s*$)")


def in_quotes(value: str) -> str:
    """Returns a value as it must be typed in single quotes."""
    return "'" + value.rstrip().replace("'", "''") + "'"


def half_width(line: str) -> str:
    """Returns a line with the marks that part keys and values in brackets half-width; what is in quotes stays."""
    line = _WIDE_MARKS.sub(lambda m: m[1] or _HALF[m[m.lastindex or 0]], line)
    return _WIDE_COLON.sub(lambda m: m[1] or f"{m[2].rstrip()}: ", line)


def explain_key(name: str, is_alone: bool, line: str, place: Span) -> Diagnostic | None:
    """Returns what is wrong with a key that YAML takes as it is: it begins with a full-width mark, or holds its value
    (`{value：5}`). None if nothing is. `is_alone`: no value stands behind it."""
    if name[:1] in ("－", "　"):
        return wide_start(name[0], place)
    glued = is_alone and re.match(r"[A-Za-z_]+ *[:：]", name)
    mended = _mended(line, False) if (glued or re.search(r"：\s*[{｛]", name)) and len(line) < _LONG else None
    return _whole_line(line, place, *mended) if mended else None


def explain_syntax(error: yaml.MarkedYAMLError, lines: list[str], file: str) -> Diagnostic:
    """Returns what is wrong at a place that is not valid YAML, with the corrected line where it can be told."""
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    context, problem = error.context or "", error.problem or ""
    if "quoted scalar" in context and "end of stream" in problem and error.context_mark:
        place = Span(file, error.context_mark.line + 1, error.context_mark.column + 1)
        message = Bilingual("这里开始的引号没有结束", "the quote that begins here does not end")
        return _error("open-quote", place, message, Bilingual("在末尾补上同样的引号", "close it with the same mark"))
    first = error.context_mark.line if error.context_mark else row
    near = [n for n in dict.fromkeys((row, row - 1, first)) if 0 <= n < len(lines)]
    for number in near:
        if (found := _LEADING.match(lines[number])) is not None:
            wide = found[1] or found[2]
            return wide_start(wide, Span(file, number + 1, lines[number].index(wide) + 1))
    for number in filter(lambda n: _may_be_wrong(lines[n]), near):
        if (mended := _mended(lines[number], number == row)) is not None:
            return _whole_line(lines[number], Span(file, number + 1, 1), *mended)
    indents = [len(line) - len(line.lstrip()) for line in lines[:row + 1] if line.strip() and not line.lstrip().startswith("#")]
    if "block" in f"{context} {problem}" and len(indents) > 1 and indents[-1] not in indents[-2:-1] and _KEYED.match(lines[row]):
        near_by = min(set(indents[:-1]), key=lambda indent: (abs(indent - indents[-1]), indent != indents[-2]))
        zh = f"这一行前面空了 {indents[-1]} 格，与哪一级都对不齐"
        message = Bilingual(zh, f"this line is indented by {indents[-1]}, like no other")
        hint = Bilingual(f"同一级的键缩进相同：多半是空 {near_by} 格", f"indent keys of one level alike: probably by {near_by}")
        return _error("syntax", Span(file, row + 1, column + 1), message, hint)
    if "flow" in context or _FLOW.match(lines[row] if row < len(lines) else ""):
        hint = Bilingual(
            "各项之间用半角逗号加空格，末尾补上 } 或 ]；含有 , : { } [ ] 的文字放进单引号",
            "part the items by a comma and a space, close the bracket, put text with , : { } [ ] in single quotes",
        )
        message = Bilingual("{ } 或 [ ] 没有写完整", "the { } or [ ] is not complete")
        return _error("flow", Span(file, row + 1, column + 1), message, hint)
    message = Bilingual(f"YAML 写法有误：第 {row + 1} 行与上文接不上", f"not valid YAML: {problem or 'unknown'}")
    hint = Bilingual(
        "看这一行和上一行：同一级的键缩进相同，“键: 值”的冒号后有空格，列表项写“- ”",
        "look at this line and the one before: keys of one level are indented alike, “key: value”, “- item”",
    )
    return _error("syntax", Span(file, row + 1, column + 1), message, hint)


_MENDED = {
    "colon": Bilingual("键后要用半角冒号加一个空格", "a key ends in a colon and a space"),
    "full-width": Bilingual("括号里要用半角的 { } , : ，冒号后有空格", "type { } , : half-width, with a space behind the colon"),
    "quote-value": Bilingual(
        "文字以特殊符号开头，或其中有花括号、冒号加空格，要放进单引号",
        "text that begins with a special mark, or holds braces or a colon and a space, needs single quotes",
    ),
}


def wide_start(mark: str, place: Span) -> Diagnostic:
    """Returns that a line begins with a full-width dash or space."""
    zh, en = ("减号“－”", "dash") if mark == "－" else ("空格“　”", "space")
    message = Bilingual(f"行首有全角{zh}（U+{ord(mark):04X}）", f"a line begins with a full-width {en} (U+{ord(mark):04X})")
    hint = Bilingual("列表项写半角的“- ”：减号后一个空格", "begin an item with “- ”, a hyphen and a space")
    indent = Bilingual("换成半角空格，与同一级的键对齐", "type plain spaces, in line with the keys of the same level")
    return _error("full-width", place, message, hint if mark == "－" else indent)


def _may_be_wrong(line: str) -> bool:
    """True if a line is not valid by itself, or has a key glued to its value; False for one too long to look into."""
    try:
        for _ in yaml.parse(line.strip()[:_LONG]):
            pass  # events, not nodes: a tree of 490 brackets is deeper than Python's stack
    except yaml.YAMLError:
        return len(line) < _LONG
    return _GLUED.match(line) is not None


def _mended(line: str, is_place: bool) -> tuple[str, str] | None:
    """Returns the line as it should be typed, with what was wrong first; None if that cannot be told. A colon inside a
    value is only looked for where the mistake was found: a line before it may be one of a longer text."""
    code = ""
    for kind, tried in (("colon", _part_key), ("full-width", half_width), ("quote-value", _quote_in_brackets)):
        if kind == "full-width" and not _FLOW.match(line):
            continue  # its commas are a text's
        changed = tried(line)
        code, line = code or kind * (changed != line), changed
        if code and not _may_be_wrong(line):
            return code, line
    found = None if _FLOW.match(line) else _SPECIAL.match(line) or (_COLON_INSIDE.match(line) if is_place else None)
    quoted = found[1] + in_quotes(found[2]) if found else line
    return (code or "quote-value", quoted) if found and not _may_be_wrong(quoted) else None


def _part_key(line: str) -> str:
    found = _GLUED.match(line)
    return f"{found[1]}: {found[2]}".rstrip() if found else line


def _quote_in_brackets(line: str) -> str:
    def quote(found: re.Match[str]) -> str:
        return found[1] + (in_quotes(found[2]) if _NEEDS_QUOTES.match(found[2]) else found[2])

    return _IN_FLOW.sub(quote, line) if _FLOW.match(line) else line


def _whole_line(wrong: str, place: Span, code: str, line: str) -> Diagnostic:
    """Returns that a line is to be typed otherwise; it points at the first difference."""
    shown = line.strip() if len(line) <= 120 else line.strip()[:100] + "…" + line[-2:]
    column = next((at for at, (a, b) in enumerate(zip(line, wrong, strict=False), 1) if a != b), len(line) + 1)
    place = Span(place.file, place.line, column)
    return _error(code, place, _MENDED[code], Bilingual(f"请写：{shown}", f"type: {shown}"))


def _error(code: str, place: Span, message: Bilingual, hint: Bilingual) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hint, place)
