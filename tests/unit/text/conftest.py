from __future__ import annotations

from pathlib import Path

import pytest
from square_font import square_book

from lhpub.text.fonts import FontBook, load_fonts

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def square(tmp_path_factory: pytest.TempPathFactory) -> FontBook:
    return square_book(tmp_path_factory.mktemp("square"))


@pytest.fixture(scope="session")
def noto() -> FontBook:
    return load_fonts((ROOT / "fonts/fonts.yaml").read_bytes(), "fonts/fonts.yaml", ROOT / "fonts")
