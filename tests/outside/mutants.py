"""Does anything turn red when a line is wrong? `python tests/outside/mutants.py [COUNT] [SEED] [MODULE…]` changes one thing at a
time in a function (a comparison, an operator, a constant, a condition, a line) and runs the tests that reach that function, the
quickest first, until one turns red or `SECONDS` are over.

Which test reaches what is noted by one run of each (`--map FILE` keeps that for the next time, `--slice 2/5` takes a part of
the mutants, `--tests` others than `TESTS`). Each mutant lives in a forked child, whose functions get the changed code: nothing is written, nothing imported
anew; a session's fixtures are made again in it only where they reach the changed function."""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "lhpub"
TESTS = [
    *("tests/unit/" + name for name in ("preflight", "pdf", "pptx", "publication", "verify", "source", "test_output.py", "test_record.py")),
    *(f"tests/suite/test_{name}.py" for name in ("gates", "told", "program", "points", "places", "press_and_screen", "cases", "pdf_mutants", "sample")),
]
"""What is run: the tests of the parts that are changed; others reach them, too, and would turn red late."""
SECONDS = 120.0
"""What the tests of a mutant may take in all, by the times of the run that noted them."""
TOOL = 77
KEPT = type(cache(print))
HANGS = 4
"""So many times as long, and a mutant counts as one that hangs, which a reader would notice."""
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
        tree, node = self.found()
        dict(changes(node))[self.told]()
        return tree

    def found(self) -> tuple[ast.Module, ast.AST]:
        """Returns the module's tree and the node that is changed."""
        tree = ast.parse(source_of(self.module).read_text(encoding="utf-8"))
        return tree, list(ast.walk(list(ast.walk(tree))[self.numbers[0]]))[self.numbers[1]]


def source_of(module: str) -> Path:
    return SRC.joinpath(*module.split(".")).with_suffix(".py")


def mutants_of(module: str) -> Iterator[Mutant]:
    """Yields every change of every function: what stands in a function within another is told once, as the outer's."""
    told: set[int] = set()
    for index, node in enumerate(ast.walk(ast.parse(source_of(module).read_text(encoding="utf-8")))):
        if isinstance(node, ast.FunctionDef):
            told |= {id(part) for part in ast.walk(node.args)}  # defaults are made once, with the function
            for at, part in enumerate(ast.walk(node)):
                for words, _ in changes(part) if id(part) not in told else ():
                    yield Mutant(module, node.name, getattr(part, "lineno", node.lineno), words, (index, at))
                told.add(id(part))


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
    elif isinstance(node, ast.Assign | ast.AugAssign) and getattr(getattr(node.value, "func", None), "id", "").startswith("verify_"):
        yield "nothing found", lambda: setattr(node, "value", ast.Tuple([], ast.Load()))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
        yield "line out", lambda: setattr(node, "value", ast.Constant(None))


def swap(ops: list[ast.cmpop], at: int) -> Iterator[tuple[str, Callable[[], object]]]:
    yield type(ops[at]).__name__, lambda: ops.__setitem__(at, SWAPS[type(ops[at])]())  # type: ignore[call-overload]


def modules(wanted: list[str]) -> list[str]:
    """Returns the modules to change, by name within lhpub."""
    found = [".".join(path.relative_to(SRC).with_suffix("").parts) for path in sorted(SRC.rglob("*.py")) if path.stem != "__init__"]
    return [name for name in found if any(name == part or name.startswith(part + ".") for part in wanted)]


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
    for found in list(vars(owner).values()):
        if isinstance(found, type):
            if found.__module__ == getattr(owner, "__name__", None):
                yield from functions(found, f"{prefix}{found.__name__}.")
        elif isinstance(found, FunctionType | classmethod | staticmethod | property | cached_property | KEPT):
            found = getattr(found, "__func__", getattr(found, "fget", None) or getattr(found, "func", found))
            found = getattr(found, "__wrapped__", found)
            if isinstance(found, FunctionType):
                yield prefix + found.__name__, found


@dataclass
class Reach:
    """Which tests and which fixtures of the session run which functions (`build.make`), and how long each test takes."""

    tests: dict[str, list[str]] = field(default_factory=dict)
    fixtures: dict[str, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, mutant: Mutant, known: dict[str, pytest.Item]) -> list[str]:
        """Returns the tests for a mutant among those that are known, the quickest first, as many as there is time for."""
        name = f"{mutant.module}.{mutant.function}"
        made = {fixture for fixture, functions in self.fixtures.items() if name in functions}
        noted = ((test, self.tests[test]) for test in known if test in self.tests)
        reaching = [test for test, functions in noted if name in functions or made & set(functions)]
        chosen, spent = [], 0.0
        for test in sorted(reaching, key=lambda test: self.seconds[test]):
            spent += self.seconds[test]
            if spent > SECONDS and chosen:
                break
            chosen.append(test)
        return chosen


class Tracer:
    """Notes the functions of lhpub that are called while it is set."""

    def __init__(self) -> None:
        self.codes: set[CodeType] = set()

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        self.codes.add(frame.f_code)

    def take(self) -> list[str]:
        """Returns what was called since the last time."""
        codes, self.codes = self.codes, set()
        found = {code for code in codes if code.co_filename.startswith(str(SRC))}
        modules = {code: ".".join(Path(code.co_filename).relative_to(SRC).with_suffix("").parts) for code in found}
        return sorted({f"{module}.{code.co_qualname.split('.<')[0].split('.')[-1]}" for code, module in modules.items()})


class Loop:
    """A pytest plugin that collects the tests once, notes what they reach, then tries the mutants one after the other."""

    def __init__(self, mutants: list[Mutant], map_file: Path | None) -> None:
        self.mutants, self.map_file = mutants, map_file
        self.reach, self.tracer, self.failed = Reach(), Tracer(), False
        self.standing: list[pytest.FixtureDef[object]] = []
        self.tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        before = self.tracer.take()
        try:
            return (yield)  # type: ignore[return-value]
        finally:
            made = self.tracer.take()
            self.noted = getattr(self, "noted", []) + before + ([] if fixturedef.scope == "session" else made)
            if fixturedef.scope == "session":
                self.standing.append(fixturedef)
                self.reach.fixtures[f"fixture {fixturedef.argname}"] = made

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.map_file and self.map_file.exists():
            self.reach = Reach(**json.loads(self.map_file.read_text(encoding="utf-8")))
            self.warm(session)
        new = [item for item in session.items if item.nodeid not in self.reach.seconds]
        self.note(session, new)
        if self.map_file and new:
            self.map_file.write_text(json.dumps(vars(self.reach)), encoding="utf-8")
        for mutant in self.mutants:
            self.judge(mutant, self.is_killed(session, mutant))
        return True

    def note(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Runs each test once."""
        for item, following in zip(items, [*items[1:], session], strict=False):
            self.noted: list[str] = []
            start = time.perf_counter()
            sys.settrace(self.tracer)
            self.run(item, following)
            sys.settrace(None)
            if self.failed:  # one that is red anyhow says nothing of a mutant
                print(f"red without a change: {item.nodeid}", flush=True)
                self.failed = False
                continue
            self.reach.seconds[item.nodeid] = round(time.perf_counter() - start, 3)
            asked = [f"fixture {name}" for name in getattr(item, "fixturenames", ())]
            self.reach.tests[item.nodeid] = sorted({*self.noted, *self.tracer.take(), *asked})

    def warm(self, session: pytest.Session) -> None:
        """Makes the session's fixtures, by the quickest test that asks for each."""
        for fixture in self.reach.fixtures:
            asking = [item for item in session.items if fixture in self.reach.tests.get(item.nodeid, ())]
            if asking:
                self.run(min(asking, key=lambda item: self.reach.seconds[item.nodeid]), session)

    def run(self, item: pytest.Item, following: pytest.Item | pytest.Session) -> None:
        """Runs a test, and leaves the fixtures that the following one needs, too."""
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def is_killed(self, session: pytest.Session, mutant: Mutant) -> bool:
        """True if a test turns red, or hangs."""
        known = {item.nodeid: item for item in session.items}
        chosen = self.reach.of(mutant, known)
        child = os.fork()
        if child == 0:
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            try:
                os._exit(int(self.turns_red(session, mutant, [known[test] for test in chosen])))
            finally:  # an error of this tool is no kill
                os._exit(TOOL)
        end = time.monotonic() + HANGS * max(20.0, sum(self.reach.seconds[test] for test in chosen))
        while time.monotonic() < end:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended and os.waitstatus_to_exitcode(status) == TOOL:
                raise RuntimeError(f"the tool fails with {mutant}")
            if ended:
                return status != 0
            time.sleep(0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return True

    def turns_red(self, session: pytest.Session, mutant: Mutant, items: list[pytest.Item]) -> bool:
        self.failed = False
        put_in(importlib.import_module(f"lhpub.{mutant.module}"), mutant.tree())
        for fixture in self.standing:
            if f"{mutant.module}.{mutant.function}" in self.reach.fixtures[f"fixture {fixture.argname}"]:
                fixture.cached_result = None
        for item, following in zip(items, [*items[1:], session], strict=False):
            if not self.failed:
                self.run(item, following)
        return self.failed

    def judge(self, mutant: Mutant, killed: bool) -> None:
        for name in (mutant.module.split(".")[0], "all"):
            self.tally[name][0] += killed
            self.tally[name][1] += 1
        tried = self.tally["all"][1]
        if not tried % 20:
            print(f"\n{tried} of {len(self.mutants)} tried", flush=True)
        if not killed:
            print(f"\nlives: {mutant.module}:{mutant.line} {mutant.function}: {mutant.told}", flush=True)


def main(options: argparse.Namespace) -> int:
    every = [mutant for name in modules(options.modules) for mutant in mutants_of(name)]
    return try_out(random.Random(options.seed).sample(every, min(options.count, len(every))), options)


def try_out(chosen: list[Mutant], options: argparse.Namespace) -> int:
    """Tries mutants; returns how many live."""
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    part, of = map(int, options.slice.split("/"))
    loop = Loop(chosen[part - 1 :: of], options.map)
    quiet = ["-s", "--tb=no", "--no-header", "--no-summary", "-p", "no:xdist", "-p", "no:cacheprovider"]
    pytest.main([*quiet, *(test for test in options.tests or TESTS if Path(test).exists())], plugins=[loop])
    for name, (killed, tried) in sorted(loop.tally.items()):
        print(f"{name}: {killed} of {tried} killed, {killed / tried:.0%}")
    return loop.tally["all"][1] - loop.tally["all"][0]


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--map", type=Path, default=None)
    parser.add_argument("--slice", default="1/1")
    parser.add_argument("--tests", nargs="*", default=None)
    return parser


if __name__ == "__main__":
    parser = arguments()
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("seed", nargs="?", type=int, default=9)
    parser.add_argument("modules", nargs="*", default=["preflight", "build", "world", "verify", "publication"])
    sys.exit(main(parser.parse_args()) > 0)
