"""The sample deck, written once."""

from __future__ import annotations

import pytest

from lhpub.boxes import Composition
from lhpub.render.pptx import render_pptx

from . import sample
from .written import Written


@pytest.fixture(scope="session")
def deck() -> Composition:
    return sample.deck()


@pytest.fixture(scope="session")
def written(deck: Composition) -> Written:
    return Written(render_pptx(deck))
