"""Takes the gates out one by one: each `if …: raise`, each check of a written file, each save and each look at a name in `build`,
`output`, `record` and `world`. `python tests/outside/gates.py [--map FILE]`: with any of them out, a test must turn red."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.outside.mutants import Mutant, arguments, modules, mutants_of, try_out

CALLS = ("check_name", "save")


def gates() -> list[Mutant]:
    """Returns the gates as changes that take them out."""
    return [m for module in modules(["build", "output", "record", "world"]) for m in mutants_of(module) if is_gate(m.found()[1])]


def is_gate(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return any(isinstance(step, ast.Raise) for step in node.body)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") in CALLS
    return isinstance(node, ast.Assign | ast.AugAssign)


if __name__ == "__main__":
    sys.exit(try_out(gates(), arguments().parse_args()) > 0)
