"""The sample's files, written once."""

from __future__ import annotations

import pytest
from pdf_profile import cmyk_profile
from pdf_sample import brochure

from lhpub.render.pdf import PressSettings, render_pdf, render_press


@pytest.fixture(scope="session")
def screen() -> bytes:
    return render_pdf(brochure())


@pytest.fixture(scope="session")
def settings() -> PressSettings:
    return PressSettings(cmyk_profile(), "for tests", is_shops=True)


@pytest.fixture(scope="session")
def press(settings: PressSettings) -> bytes:
    return render_press(brochure(), settings)
