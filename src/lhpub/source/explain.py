"""Says what to type where YAML's own message ("did not find expected key") would not help an editor."""

from __future__ import annotations

import re

import yaml

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span

_KEY = r"\s*(?:- +)*[^\s:'\"#{\[-][^:]*: +"
_GLUED = re.compile(r"(\s*(?:- +)*[A-Za-z_]+)(?:：|:(?=[^\s/]|　))[\s　]*(.*)")
"""`title：x` and `title:x`."""
_MARKS = r"[{\[@`%&*!|>\"'\]},]"
_LONG = 5000
_SPECIAL = re.compile(rf"({_KEY}|\s*(?:- +)+)({_MARKS}\S.*|[-?](?: .*)?|[{{\[\]}},])\s*$")
_COLON_INSIDE = re.compile(rf"({_KEY})([^'\"].*(?:: .*|:))\s*$")
_IN_FLOW = re.compile(r"([^\s,{\[:'\"]+: +)([^,'\"{}\[\]]*\{[^{}]*\}[^,{}\[\]]*)")


def in_quotes(value: str) -> str:
    """Returns a value as it must be typed in single quotes."""
    return "'" + value.rstrip().replace("'", "''") + "'"


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
    near = [n for n in dict.fromkeys((row, row - 1, first)) if 0 <= n < len(lines) and _may_be_wrong(lines[n])]
    if "flow" in context:
        return _explain_flow(lines, near, Span(file, row + 1, column + 1))
    for number in near:
        if (found := _GLUED.match(lines[number])) is not None:
            fixed = f"{found[1]}: {found[2]}".rstrip()
            message = Bilingual("键后要用半角冒号加一个空格", "a key ends in a colon and a space")
            return _error("colon", Span(file, number + 1, found.end(1) + 1), message, _type(fixed))
        found = _SPECIAL.match(lines[number]) or (_COLON_INSIDE.match(lines[number]) if number == row else None)
        if found is not None:
            message = Bilingual(
                "文字以特殊符号开头，或其中有冒号加空格，要放进单引号",
                "text that begins with a special mark or holds a colon and a space needs single quotes",
            )
            place = Span(file, number + 1, found.start(2) + 1)
            return _error("quote-value", place, message, _type(found[1] + in_quotes(found[2])))
    message = Bilingual(f"YAML 写法有误：第 {row + 1} 行与上文接不上", f"not valid YAML: {problem or 'unknown'}")
    hint = Bilingual(
        "看这一行和上一行：同一级的键缩进相同，“键: 值”的冒号后有空格，列表项写“- ”",
        "look at this line and the one before: keys of one level are indented alike, “key: value”, “- item”",
    )
    return _error("syntax", Span(file, row + 1, column + 1), message, hint)


def _may_be_wrong(line: str) -> bool:
    """True if a line is not valid by itself, or has a key glued to its value; False for one too long to look into."""
    try:
        yaml.compose(line.strip()[:_LONG])
    except yaml.YAMLError:
        return len(line) < _LONG
    return _GLUED.match(line) is not None


def _explain_flow(lines: list[str], near: list[int], place: Span) -> Diagnostic:
    """Returns what is wrong inside { } or [ ]."""
    for number in near:
        if (found := _IN_FLOW.search(lines[number], 1)) is not None:
            zh, en = "{ } 或 [ ] 里的文字若含花括号，要放进单引号", "braces inside { } or [ ] need single quotes"
            fixed = lines[number][: found.start(2)] + in_quotes(found[2]) + lines[number][found.end(2) :]
            place = Span(place.file, number + 1, found.start(2) + 1)
            return _error("quote-value", place, Bilingual(zh, en), _type(fixed))
    message = Bilingual("{ } 或 [ ] 没有写完整", "the { } or [ ] is not complete")
    hint = Bilingual(
        "各项之间用半角逗号加空格，末尾补上 } 或 ]；含有 , : { } [ ] 的文字放进单引号",
        "part the items by a comma and a space, close the bracket, put text with , : { } [ ] in single quotes",
    )
    return _error("flow", place, message, hint)


def _type(line: str) -> Bilingual:
    shown = line.strip() if len(line) <= 120 else line.strip()[:100] + "…" + line[-2:]
    return Bilingual(f"请写：{shown}", f"type: {shown}")


def _error(code: str, place: Span, message: Bilingual, hint: Bilingual) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hint, place)
