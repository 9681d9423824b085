"""Publications written at random from all that the source may hold: what is not refused at its own line is composed."""

import pytest

from tests.outside.strangers import tried


@pytest.mark.parametrize("number", range(7001, 7013))
def test_what_an_unknown_office_writes_is_composed_or_told_at_its_line(number, tmp_path):
    how, why = tried(tmp_path, number, "plain", built=False)
    assert how == "done" or how.startswith("rejected"), (number, why)
