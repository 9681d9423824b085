"""Fixtures of the whole-program tests: the sample's brochure, written once a worker."""

from dataclasses import dataclass, replace

import pytest

from lhpub.boxes import Composition
from lhpub.render.pdf import PressSettings, default_profile, render_pdf, render_press
from tests.suite.workshop import Made


@dataclass(frozen=True)
class Written:
    """The sample's brochure as press file and screen file."""

    composition: Composition
    settings: PressSettings
    press: bytes
    screen: bytes


def write(composition: Composition) -> Written:
    settings = PressSettings(default_profile())
    return Written(composition, settings, render_press(composition, settings), render_pdf(composition))


@pytest.fixture(scope="session")
def written(sample: Made) -> Written:
    return write(sample.brochure)


@pytest.fixture(scope="session")
def excerpt(sample: Made) -> Written:
    """The first twelve pages: every kind of page, half the time. What leads to the others leads to the last."""
    brochure = sample.brochure
    kept, dropped = brochure.pages[:12], brochure.pages[12:]
    known = {anchor for page in kept for anchor in page.anchors}
    last = replace(kept[-1], anchors=(*kept[-1].anchors, *(anchor for page in dropped for anchor in page.anchors)))
    bookmarks = tuple(bookmark for bookmark in brochure.bookmarks if bookmark.anchor in known)
    return write(replace(brochure, pages=(*kept[:-1], last), bookmarks=bookmarks))
