"""Takes the gates out one by one: each `if …: raise`, each check of a written file and each save of `build`, `output`, `world` and
`record`. `python tests/outside/gates.py [--map FILE]`: with any of them out, the tests must turn red."""

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.outside.mutants import Mutant, main, modules, mutants_of

MODULES = ["build", "output", "record", "world"]
CALLS = {"check_name", "save", "progress"}


def gates() -> list[Mutant]:
    """Returns the gates as changes that take them out."""
    return [mutant for module in modules(MODULES) for mutant in mutants_of(module) if is_gate(mutant.node())]


def is_gate(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return any(isinstance(step, ast.Raise) for step in node.body)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return getattr(node.value.func, "id", "") in CALLS - {"progress"}
    return isinstance(node, ast.Assign | ast.AugAssign)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--map", type=Path, default=None)
    parser.add_argument("--slice", default="1/1")
    sys.exit(main(parser.parse_args(), gates()))
