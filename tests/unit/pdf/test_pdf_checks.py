"""The registry as a whole, and the text that glyphs stand for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_sample import Run, glyph_run, style
from test_pdf_press_mutants import MUTANTS as PRESS_MUTANTS
from test_pdf_screen_mutants import MUTANTS as SCREEN_MUTANTS
from tests.format.pdf_press import PRESS
from tests.format.pdf_screen import SCREEN
from tests.suite.pdf_mutants import PRESS as SAMPLE_PRESS
from tests.suite.pdf_mutants import SCREEN as SAMPLE_SCREEN

from lhpub.render.pdf.glyphs import number, spelled
from lhpub.text.model import Line


def test_every_check_has_a_mutant() -> None:
    own = (*PRESS_MUTANTS.values(), *SCREEN_MUTANTS.values())
    proven = {mutant.code for mutant in (*own, *SAMPLE_PRESS, *SAMPLE_SCREEN)}
    assert {check.code for check in (*PRESS, *SCREEN)} <= proven


def test_every_check_cites_a_clause_and_has_a_code_of_its_own() -> None:
    for family in (PRESS, SCREEN):
        assert len({check.code for check in family}) == len(family)
        assert all(check.clause.startswith(("ISO", "press")) for check in family)
        assert all(check.zh and check.en.isascii() for check in family)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="龙华区A1。 ", min_size=1, max_size=20), st.data())
def test_dropped_spaces_never_change_what_is_said(source: str, data: st.DataObject) -> None:
    kept = [c for c in source if c != " " or data.draw(st.booleans())]
    run = glyph_run(Run("".join(kept), style()), 0)
    line = Line((run,), 0, 0, run.width, source)
    assert "".join("".join(texts) for texts in spelled(line)) == (source if kept else "")


@given(st.floats(-1e5, 1e5))
def test_numbers_are_plain_decimals(value: float) -> None:
    text = number(value)
    assert abs(float(text) - value) <= 0.0005 + 1e-9
    assert "e" not in text
    assert text != "-0"
