"""The sample in each layout is what it was; a change that is meant goes in by `make accept`, in the commit that causes it."""

import pytest

from tests.golden.golden import LAYOUTS, changes, dumps
from tests.suite.workshop import ROOT


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_sample_is_composed_as_before(layout: str) -> None:
    differing = {file.name: difference for file, text in dumps(layout) if (difference := changes(file, text))}
    out = ROOT / "tests" / "out"
    for name, difference in differing.items():
        out.mkdir(exist_ok=True)
        (out / f"{name}.diff").write_text(difference, encoding="utf-8")
    assert not differing, "see tests/out/; if it is meant: make accept\n" + "\n".join(differing.values())[:2000]
