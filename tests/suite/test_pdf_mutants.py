"""Every broken press and screen file is caught, and the sample is clean."""

from dataclasses import dataclass

import pytest

from lhpub.boxes import Composition
from lhpub.render.pdf import PressSettings, default_profile, render_pdf, render_press
from lhpub.verify.pdf import verify_any, verify_pdf, verify_press
from tests.suite.pdf_mutants import PRESS, SCREEN, Mutant
from tests.suite.workshop import Made


@dataclass(frozen=True)
class Written:
    """The sample's brochure, written for both."""

    composition: Composition
    settings: PressSettings
    press: bytes
    screen: bytes


@pytest.fixture(scope="session")
def written(sample: Made) -> Written:
    settings = PressSettings(default_profile())
    press, screen = render_press(sample.brochure, settings), render_pdf(sample.brochure)
    return Written(sample.brochure, settings, press, screen)


def test_the_sample_itself_is_clean(written: Written) -> None:
    assert verify_press(written.press, written.composition, written.settings) == ()
    assert verify_pdf(written.screen, written.composition) == ()
    assert verify_any(written.press) == verify_any(written.screen) == ()


@pytest.mark.parametrize("mutant", PRESS, ids=lambda mutant: mutant.name)
def test_a_broken_press_file_is_caught(mutant: Mutant, written: Written) -> None:
    found = verify_press(mutant.broken(written.press), written.composition, written.settings)
    assert mutant.code in [d.code for d in found], (mutant.clause, found)


@pytest.mark.parametrize("mutant", SCREEN, ids=lambda mutant: mutant.name)
def test_a_broken_screen_file_is_caught(mutant: Mutant, written: Written) -> None:
    found = verify_pdf(mutant.broken(written.screen), written.composition)
    assert mutant.code in [d.code for d in found], (mutant.clause, found)
