"""The page of codes names each that reading a source may tell, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
SRC = ROOT / "src" / "lhpub"
TOLD = re.compile(r'(?:Diagnostic|\.error|\.warning|_warning|_stop|_rule|_error)\(\s*"([a-z0-9]+(?:-[a-z0-9]+)*)"')


def codes() -> set[str]:
    files = [*(SRC / "source").glob("*.py"), *(SRC / "publication").glob("*.py"), SRC / "text" / "lint.py"]
    return {code for file in files for code in TOLD.findall(file.read_text(encoding="utf-8"))}


def test_the_page_names_every_code_of_a_source_and_no_other():
    page = (ROOT / "docs" / "diagnostics.zh-CN.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    named = [row[0].removeprefix("| `").removesuffix("`") for row in rows]
    assert sorted(named) == sorted(set(named))
    assert codes() - set(named) == set()
    whole = "".join(file.read_text(encoding="utf-8") for file in SRC.rglob("*.py"))
    assert [name for name in named if f'"{name}"' not in whole] == []
    assert all(row[1] and row[3] for row in rows)
