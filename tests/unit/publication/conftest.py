from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lhpub.diagnostics import Diagnostic
from lhpub.publication.model import Publication
from lhpub.publication.read import read_publication
from lhpub.world import World

Read = Callable[[str], tuple[Publication, tuple[Diagnostic, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a source text as a file of its own."""

    def read_text(text: str) -> tuple[Publication, tuple[Diagnostic, ...]]:
        (tmp_path / "source.yaml").write_text(text, encoding="utf-8")
        return read_publication(World(tmp_path), "source.yaml")

    return read_text
