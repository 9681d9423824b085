"""What a sheet was composed from is known by all that a publication states: nothing changed leaves an old page."""

from dataclasses import fields

from lhpub.compose import kept
from lhpub.publication.model import Publication

BESIDE = {"id", "span", "year"}
"""What every sheet is compared by."""
ELSEWHERE = {"keywords", "charts", "entries", "draft", "cells", "links"}
"""By keyword and by chart; no sheet shows the others: a draft is stamped on what is composed."""


def test_every_attribute_of_a_publication_is_asked_for():
    asked = {name for names in kept._OF_PUBLICATION.values() for name in names}
    assert asked | BESIDE | ELSEWHERE == {field.name for field in fields(Publication)}
