"""Prints the page of all codes: `python docs/diagnostics.py`. Which codes there are and where they are told stands in the source
and is read from it; what they mean, an example and the remedy stand in diagnostics.tsv. A code without words, or words without
a code, stops it."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

DOCS = Path(__file__).parent
SRC = DOCS.parent / "src" / "lhpub"
STAGES = {
    "读稿": ("source", "publication", "text/lint"),
    "图表": ("charts",),
    "版式与字体": ("layout", "text", "gallery", "trials"),
    "编排": ("compose",),
    "付印、放映前的检查": ("preflight", "render"),
    "核对写出的文件": ("verify", "review"),
    "文件与存盘": ("",),
}
"""Chapters, each with the folders or modules whose codes it lists; a code stands in the first that tells it."""
MADE = {"chart-{}": "charts", "mixed-{}": "text/lint", "{}-figure-differs": "verify", "{}-text-differs": "verify"}
"""Codes that are put together while they are told, and where."""
NOT = ("preview/server",)
"""Its `tell` speaks to the browser."""
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def tellers(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Returns the functions and types that take a code, with its place among their arguments."""
    found = {"Diagnostic": 0, "Check": 0}
    for node in (node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in node.args.args]
        if "code" in names and node.name not in ("paint", "_shape", "__missing__", "_mixed", "problem"):
            found[node.name] = names.index("code") - (names[0] == "self")
    return found


def codes(kept_apart: set[str]) -> dict[str, set[str]]:
    """Returns each code with the modules that tell it. `kept_apart`: codes that count wherever they are written, for they may
    stand in a variable or a table."""
    trees = {p.relative_to(SRC).with_suffix("").as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in SRC.rglob("*.py")}
    places, found = tellers(trees), dict[str, set[str]]()
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in kept_apart:
                found.setdefault(str(node.value), set()).add(module)
            if isinstance(node, ast.Call) and module not in NOT:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                given = [node.args[places[name]]] if name in places and len(node.args) > places[name] else []
                for part in (part for code in given for part in ast.walk(code)):
                    if isinstance(part, ast.Constant) and CODE.fullmatch(str(part.value)) and not isinstance(part.value, int):
                        found.setdefault(part.value, set()).add(module)
    return found


def words() -> dict[str, list[str]]:
    rows = [line.split("\t") for line in (DOCS / "diagnostics.tsv").read_text(encoding="utf-8").splitlines()]
    return {code: told for code, *told in rows}


def chapter(modules: set[str]) -> str:
    return next(name for name, folders in STAGES.items() if any(m.startswith(folders) for m in modules))


def page() -> str:
    """Returns the page. Raises KeyError for what has no words, and for words of what is not told."""
    told = words()
    listed = codes(set(told))
    for code in told:
        made = [where for form, where in MADE.items() if re.fullmatch(form.replace("{}", "[a-z-]+"), code)]
        if code not in listed and made:
            listed[code] = set(made)
    odd = sorted(told.keys() ^ listed.keys())
    if odd:
        raise KeyError(f"codes without words, or words without a code, in docs/diagnostics.tsv: {odd}")
    lines = [
        "# 全部消息",
        "",
        "消息写作 `文件:行:列: 错误[代码]: 什么不对`，下一行的“→”说怎么改。错误不改就不写文件；警告、提示照样写出。",
        "这一页由 `make schema` 生成，一个代码不缺；字句写在 diagnostics.tsv 里。",
    ]
    for name in STAGES:
        lines += ["", f"## {name}", "", "| 代码 | 什么意思 | 例 | 怎么改 |", "|---|---|---|---|"]
        rows = [code for code in sorted(listed) if chapter(listed[code]) == name]
        lines += [f"| `{code}` | {' | '.join(cell.replace('|', chr(92) + '|') for cell in told[code])} |" for code in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
