"""Sources as editors type them that were once refused, lost or printed as typed: what reading each of them tells."""

import pytest

from lhpub.diagnostics import Rejected, Severity
from lhpub.preflight import lint_publication
from lhpub.publication.read import read_publication
from lhpub.world import World
from tests.suite.workshop import ROOT

CASES = ROOT / "tests" / "suite" / "cases" / "source"
RIGHT = {
    "base": [], "nbsp-in-body": ["odd-space"], "nbsp-between-han": ["odd-space"], "nbsp-in-title": ["odd-space"],
    "nbsp-indentation": ["odd-indentation"], "kangxi-in-body": ["radical"], "kangxi-in-title": ["radical"],
    "bidi-override": ["control-character"], "zero-width": ["invisible-character"],
    "zero-width-in-name": ["invisible-character"], "straight-quotes": ["straight-quote"], "body-table": [], "body-list": [],
    "body-bullets": [], "body-quotation": [], "value-18-digits": ["too-many-digits"], "label-5g": [], "label-a1": [],
    "from-prints-nowhere": [],
}  # fmt: skip
REFUSED = {"nbsp-indentation", "bidi-override", "value-18-digits"}


@pytest.mark.parametrize("name", RIGHT)
def test_a_case_is_told_by_what_is_wrong_with_it_and_by_nothing_else(name):
    try:
        publication, told = read_publication(World(CASES), f"{name}.yaml")
        told = (*told, *lint_publication(publication))
        refused = False
    except Rejected as rejected:
        told, refused = rejected.diagnostics, True
    assert sorted({d.code for d in told}) == RIGHT[name]
    assert refused == (name in REFUSED)
    assert all(d.span for d in told)
    assert refused == any(d.severity is Severity.ERROR for d in told)
