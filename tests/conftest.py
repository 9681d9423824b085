"""Fixtures shared by all tests: the sample publication, composed once a worker."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.suite.workshop import SAMPLE, Made, make

settings.register_profile("the same examples each time", derandomize=True)  # a run that fails can be run again
settings.load_profile("the same examples each time")


@pytest.fixture(scope="session")
def sample() -> Made:
    return make(SAMPLE)


@pytest.fixture
def write_source(tmp_path: Path):
    def write(text: str, name: str = "publication.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
