"""Does anything turn red when a line is wrong? `python tests/outside/mutants.py [COUNT] [SEED] [MODULE…]` changes one thing at a
time in a function (a comparison, an operator, a constant, a condition, a return) and runs the tests of its module.

Each mutant lives in a forked child, whose functions get the changed code: nothing is written, nothing imported anew."""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "lhpub"
TESTS = {
    "output": ["tests/unit/test_output.py"],
    "record": ["tests/unit/test_record.py"],
    "world": ["tests/unit/source/test_world.py", "tests/suite/test_gates.py"],
    "build": ["tests/suite/test_gates.py", "tests/unit/test_record.py", "tests/suite/test_program.py"],
    "preflight": ["tests/unit/preflight", "tests/suite/test_gates.py"],
    "publication": ["tests/unit/publication"],
    "verify.pdf": ["tests/unit/pdf", "tests/suite/test_pdf_mutants.py"],
    "verify": ["tests/unit/pptx", "tests/unit/verify", "tests/unit/pdf"],
}
SECONDS = 240
"""What the tests of a mutant may take; one that hangs is noticed."""
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A change: the module, the function's name, the line, what is changed; the function's and the node's number in a walk."""

    module: str
    function: str
    line: int
    told: str
    numbers: tuple[int, int]

    def tree(self) -> ast.Module:
        """Returns the module's tree with the change in it."""
        tree = ast.parse(source_of(self.module).read_text(encoding="utf-8"))
        function = list(ast.walk(tree))[self.numbers[0]]
        dict(changes(list(ast.walk(function))[self.numbers[1]]))[self.told]()
        return tree


def source_of(module: str) -> Path:
    return SRC.joinpath(*module.split(".")).with_suffix(".py")


def mutants_of(module: str) -> Iterator[Mutant]:
    """Yields every change of every function."""
    for index, node in enumerate(ast.walk(ast.parse(source_of(module).read_text(encoding="utf-8")))):
        if isinstance(node, ast.FunctionDef):
            for at, part in enumerate(ast.walk(node)):
                for told, _ in changes(part):
                    yield Mutant(module, node.name, getattr(part, "lineno", node.lineno), told, (index, at))


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields what can be changed at a node: words, and a function that does it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        yield from swap(node.ops, 0)
    elif isinstance(node, ast.BoolOp) or (isinstance(node, ast.BinOp) and type(node.op) in SWAPS and not isinstance(node.left, ast.JoinedStr)):
        yield f"{type(node.op).__name__}", lambda: setattr(node, "op", SWAPS[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not not", lambda: setattr(node, "op", ast.UAdd()) or setattr(node, "operand", ast.Call(ast.Name("bool", ast.Load()), [node.operand], []))
    elif isinstance(node, ast.If):
        yield "if False", lambda: setattr(node, "test", ast.Constant(False))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield f"{node.value} + 1", lambda: setattr(node, "value", node.value + 1)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
        yield "line out", lambda: setattr(node, "value", ast.Constant(None))


def swap(ops: list[ast.cmpop], at: int) -> Iterator[tuple[str, Callable[[], object]]]:
    yield type(ops[at]).__name__, lambda: ops.__setitem__(at, SWAPS[type(ops[at])]())  # type: ignore[call-overload]


def modules(wanted: list[str]) -> list[str]:
    """Returns the modules to change, by name within lhpub."""
    found = [".".join(path.relative_to(SRC).with_suffix("").parts) for path in sorted(SRC.rglob("*.py")) if path.stem != "__init__"]
    return [name for name in found if any(name == part or name.startswith(part + ".") for part in wanted)]


def tests_of(module: str) -> list[str]:
    name = max((part for part in TESTS if module == part or module.startswith((part + ".", part + "_"))), key=len)
    return [test for test in TESTS[name] if (ROOT / test).exists()]


def put_in(module: ModuleType, tree: ast.Module) -> None:
    """Gives every function of a module the code it has in a changed tree."""
    code = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
    known = dict(functions(module))
    for name, changed in codes(code, ""):
        if name in known and known[name].__code__.co_freevars == changed.co_freevars:
            known[name].__code__ = changed


def codes(code: CodeType, prefix: str) -> Iterator[tuple[str, CodeType]]:
    for part in (c for c in code.co_consts if isinstance(c, CodeType)):
        yield prefix + part.co_name, part
        yield from codes(part, f"{prefix}{part.co_name}.")


def functions(owner: object, prefix: str = "") -> Iterator[tuple[str, FunctionType]]:
    for name, found in vars(owner).items():
        found = getattr(found, "__func__", getattr(found, "fget", None) or getattr(found, "func", found))
        found = getattr(found, "__wrapped__", found)
        if isinstance(found, FunctionType):
            yield prefix + found.__name__, found
        elif isinstance(found, type) and found.__module__ == getattr(owner, "__name__", None):
            yield from functions(found, f"{prefix}{name}.")


def is_killed(mutant: Mutant) -> bool:
    """True if a test turns red, or hangs."""
    child = os.fork()
    if child == 0:
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        put_in(importlib.import_module(f"lhpub.{mutant.module}"), mutant.tree())
        failed = pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *tests_of(mutant.module)])
        os._exit(int(failed != 0))
    for _ in range(SECONDS * 20):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def main(count: int, seed: int, wanted: list[str]) -> int:
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    every = [mutant for name in modules(wanted) for mutant in mutants_of(name)]
    chosen = random.Random(seed).sample(every, min(count, len(every)))
    importlib.import_module("lhpub.build")
    importlib.import_module("tests.suite.workshop")
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for mutant in chosen:
        killed = is_killed(mutant)
        for name in (mutant.module.split(".")[0], "all"):
            tally[name][0] += killed
            tally[name][1] += 1
        if not killed:
            print(f"lives: {mutant.module}:{mutant.line} {mutant.function}: {mutant.told}", flush=True)
    for name, (killed, of) in tally.items():
        print(f"{name}: {killed} of {of} killed, {killed / of:.0%}")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("seed", nargs="?", type=int, default=9)
    parser.add_argument("modules", nargs="*", default=["preflight", "build", "world", "output", "record", "verify", "publication"])
    options = parser.parse_args()
    sys.exit(main(options.count, options.seed, options.modules))
