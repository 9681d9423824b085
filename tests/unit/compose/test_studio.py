"""What is told of texts that do not fit."""

import pytest

from lhpub.compose.studio import Address, EntryText, overset
from lhpub.diagnostics import Span


@pytest.mark.parametrize(
    ("most", "zh", "en"),
    [
        (6, "第 3 页：“国际交流”的标题至多 6 字，多出 4 字", "page 3: the title of “国际交流” has room for 6 characters: 4 characters over"),
        (0, "第 3 页：“国际交流”的标题放不下，多出 4 字", "page 3: the title of “国际交流” does not fit: 4 characters over"),
    ],
)
def test_a_text_that_does_not_fit_is_told_in_its_editor_s_words(most, zh, en):
    frame = Address("full", "title", Span("layout.yaml", 3, 1))
    told = overset(("第 3 页", "page 3"), EntryText("国际交流", "标题", "title", most), 4, frame)
    assert (told.message.zh, told.message.en) == (zh, en)
