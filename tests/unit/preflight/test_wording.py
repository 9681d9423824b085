"""The content lint over a publication: which texts it sees, and that the program tells what it finds."""

import pytest

from lhpub.build import read_all
from lhpub.diagnostics import Severity
from lhpub.world import World
from tests.suite.workshop import job_for

SOURCE = """
publication:
  title: 年刊（一）...
  foreword: FOREWORD
  credits: [CREDIT]
  imprint: [IMPRINT]
  notices: {glance: NOTICE}
themes:
  - {id: 甲, title: 甲篇, lead: LEAD}
keywords:
  - title: 开工
    theme: 甲
    date: 2023-01-29
    headline: HEADLINE
    body: 首批{首批}开工。BODY
    brief: BRIEF
    facts:
      首批: {label: LABEL, value: 32, unit: 个}
      名目: {label: 名目, text: FACT}
    hero: 首批
    hero_caption: CAPTION
    points: [标签: POINT]
    events: [{date: 2023-02-03, label: EVENT}]
    timeline: TIMELINE
    notes: NOTES
charts:
  - {kind: column, title: TITLE, items: [{fact: 开工.首批, second: SECOND}], note: NOTE}
"""
PLACES = [
    "FOREWORD", "CREDIT", "IMPRINT", "NOTICE", "LEAD", "HEADLINE", "BODY", "BRIEF", "LABEL", "FACT", "CAPTION", "POINT", "EVENT",
    "TIMELINE", "NOTES", "TITLE", "SECOND", "NOTE",
]  # fmt: skip


def warnings(write_source, text: str):
    source = write_source(text)
    return [d for d in read_all(World(source.parent), job_for(source, source.parent / "output")).diagnostics if d.severity]


def filled(wrong: str) -> str:
    text = SOURCE
    for place in sorted(PLACES, key=len, reverse=True):
        text = text.replace(place, "等等..." if place == wrong else "好")
    return text


def test_titles_are_verbatim_and_right_texts_draw_nothing(write_source):
    assert warnings(write_source, filled("")) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_mark_is_told_once_with_its_line_wherever_it_stands(write_source, place):
    text = filled(place)
    found = warnings(write_source, text)
    assert [d.code for d in found] == ["ellipsis"]
    assert found[0].severity is Severity.WARNING
    line = text[: text.index("等等...")].count("\n") + 1
    assert found[0].span
    assert found[0].span.line == line


def test_references_are_read_as_they_are_printed(write_source):
    """The range is written in two facts and a hyphen: only what is printed shows it."""
    text = filled("").replace("首批{首批}开工。", "共{首批:bare}-{首批}。")
    assert [d.code for d in warnings(write_source, text)] == ["range"]


def test_two_manners_of_one_publication_are_told(write_source):
    text = filled("").replace("notes: 好", "notes: 增长百分之五").replace("value: 32, unit: 个", "value: 32, unit: '%'")
    assert [d.code for d in warnings(write_source, text)] == ["mixed-percent"]
