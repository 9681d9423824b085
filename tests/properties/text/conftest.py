from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/unit/text"))

from square_font import square_book  # noqa: E402 - found by the line above

from lhpub.text.fonts import FontBook, load_fonts  # noqa: E402


@pytest.fixture(scope="session")
def square(tmp_path_factory: pytest.TempPathFactory) -> FontBook:
    return square_book(tmp_path_factory.mktemp("square"))


@pytest.fixture(scope="session")
def noto() -> FontBook:
    return load_fonts((ROOT / "fonts/fonts.yaml").read_bytes(), "fonts/fonts.yaml", ROOT / "fonts")
