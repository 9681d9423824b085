"""The sample deck, written once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import pptx_sample
from pptx_written import Written

from lhpub.boxes import Composition
from lhpub.render.pptx import render_pptx


@pytest.fixture(scope="session")
def deck() -> Composition:
    return pptx_sample.deck()


@pytest.fixture(scope="session")
def written(deck: Composition) -> Written:
    return Written(render_pptx(deck))
