"""Sources of one keyword, of fifty, of twelve lines and of bare bodies: each becomes something presentable."""

import pytest

from lhpub.diagnostics import Severity
from tests.suite.publications import BARE, ONE, TWELVE_LINES, many
from tests.suite.workshop import make

SOURCES = {
    "twelve lines": TWELVE_LINES,
    "one keyword": ONE,
    "twenty bare keywords": BARE,
    "five keywords": many(5, 0),
    "fifty keywords": many(50, 0),
    "fifty keywords in five themes": many(50, 5),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_of_any_size_composes_without_error(name, write_source):
    made = make(write_source(SOURCES[name]))
    assert [d.in_language("en") for d in made.diagnostics if d.severity is Severity.ERROR] == []
    assert len(made.brochure.pages) % 4 == 0
    keywords = {keyword.id for keyword in made.read.publication.keywords}
    for composition in (made.brochure, made.deck):
        assert keywords <= {anchor for page in composition.pages for anchor in page.anchors}


def test_no_page_but_padding_is_empty(write_source):
    made = make(write_source(many(50, 5)))
    for page in made.brochure.pages:
        assert page.boxes, page.number
