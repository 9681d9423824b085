"""Imports go one way: the architecture's order of layers, read from the source itself."""

import ast
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "lhpub"
ORDER = [
    "units", "memo", "diagnostics", "inline", "output", "world", "source", "starters", "text", "kinds", "publication", "layout", "edits", "boxes", "paths", "walk", "ornaments", "charts",
    "compose", "places", "preflight", "render", "verify", "record", "papers", "decks", "build", "trials", "review", "gallery", "preview", "cli", "__main__",
]  # fmt: skip
"""Layers from the lowest: a module may import those before its own."""
APART = [("publication", "layout"), ("render.pdf", "render.pptx"), ("render", "verify")]
"""Pairs that do not see each other."""
ONLY_IN = {"pptx": "render.pptx", "reportlab": "render.pdf", "matplotlib": "charts"}
LONGEST_FUNCTION, LONGEST_MODULE = 50, 400


def modules():
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        yield ".".join(p for p in parts if p != "__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_imports_only_go_up_the_list():
    wrong = []
    for name, tree in modules():
        for target in imports(tree):
            if not target.startswith("lhpub.") or not name:
                continue
            module = target.removeprefix("lhpub.")
            here, there = name.split(".")[0], module.split(".")[0]
            if ORDER.index(there) > ORDER.index(here):
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_some_parts_do_not_see_each_other():
    for name, tree in modules():
        for target in imports(tree):
            for one, other in APART:
                pair = {one, other}
                seen = {part for part in pair if name.startswith(part) or target.startswith(f"lhpub.{part}")}
                assert seen != pair, f"{name} imports {target}"


def test_each_heavy_library_is_imported_in_its_own_place():
    for name, tree in modules():
        for target in imports(tree):
            package = target.split(".")[0]
            assert name.startswith(ONLY_IN.get(package, "")), f"{name} imports {target}"


def test_modules_and_functions_stay_small():
    long = [
        f"{name}.{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    long += [str(p) for p in SRC.rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE]
    assert long == []
