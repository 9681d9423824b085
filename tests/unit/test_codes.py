"""The page of codes is made of the source, and each code is asked for by a test."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SPEC = importlib.util.spec_from_file_location("diagnostics_page", DOCS / "diagnostics.py")
assert SPEC
assert SPEC.loader
PAGE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PAGE)


def test_the_page_is_what_make_schema_writes():
    assert (DOCS / "diagnostics.zh-CN.md").read_text(encoding="utf-8") == PAGE.page()


def test_each_code_says_what_it_means_and_what_to_do():
    assert [code for code, (meaning, _, remedy) in PAGE.words().items() if not meaning or not remedy] == []


def test_each_code_is_asked_for_by_a_test():
    tests = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "tests").rglob("*.yaml")]
    asked = "".join(path.read_text(encoding="utf-8") for path in tests if path.name != Path(__file__).name)
    assert [code for code in PAGE.words() if not re.search(rf"(?<![\w-]){code}(?![\w-])", asked)] == []
