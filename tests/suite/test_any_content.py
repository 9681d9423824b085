"""Any keyword, fact or chart in any frame; filters of repeated frames; weights that a font has not."""

import pytest

from lhpub.boxes import ChartBox, TextBox
from lhpub.walk import flatten
from tests.suite.workshop import SAMPLE, make

LOOK = """extends: civic
title: t
brochure:
  sequence: [own, cover, foreword, contents, {each: theme, pages: [opener, keywords]}, back]
  masters:
    own:
      title: t
      ground: paper
      frames:
        - {name: third, keyword: 3, text: '{keyword.title}', style: kw-title, at: [20, 20, 60, 0]}
        - {name: beyond, keyword: 300, text: '{keyword.title}', style: kw-title, at: [20, 20, 60, 0]}
        - {name: figure, fact: 重大项目.首批投资, hero: {unit: unit, ladder: [[20, 9]]}, style: hero, at: [20, 60, 60, 0]}
        - {name: share, chart: share, at: [20, 80, 170, 64]}
        - {name: summer, at: [20, 170, 60, 0], repeat: {over: keywords, when: [month.5], unless: [month.9], step: [0, 8], frames: [
            {name: name, text: '{keyword.title}', style: kw-no, at: [0, 0, 60, 0]}]}}
        - {name: lost, fact: 重大项目.没有, text: '{fact.text}', style: kw-no, at: [20, 150, 60, 0]}
styles: {lead: {weight: 900}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("looks") / "mine"
    folder.mkdir()
    (folder / "layout.yaml").write_text(LOOK, encoding="utf-8")
    return make(SAMPLE, folder)


def said(made, slot):
    own = made.brochure.pages[0]
    boxes = [box for box in flatten(own.boxes) if isinstance(box, TextBox) and box.slot == slot]
    return ["".join(p.text for p in box.paragraphs) for box in boxes]


def test_a_frame_may_speak_of_any_keyword(made):
    assert said(made, "third") == [made.read.publication.keywords[2].title]
    assert said(made, "beyond") == []


def test_a_frame_may_speak_of_any_fact_and_tells_one_that_is_not_there(made):
    assert said(made, "figure") == ["535.8亿元"]
    beyond, lost = [d for d in made.diagnostics if d.code == "unknown-fact"]
    assert (beyond.span.line, lost.span.line) == (11, 16)
    assert lost.span.file.endswith("mine/layout.yaml")


def test_a_page_of_no_keyword_shows_the_chart_that_its_style_is_named_after(made):
    (chart,) = [box for box in made.brochure.pages[0].boxes if isinstance(box, ChartBox)]
    assert chart.chart.kind == "share"


def test_repeated_frames_may_be_for_some_items_alone(made):
    months = {k.title: k.date.first.month for k in made.read.publication.keywords if k.date.first}
    assert said(made, "name") == [title for title, month in months.items() if 5 <= month < 9]


def test_a_weight_that_a_font_has_not_is_told_with_the_nearest(made):
    (told,) = [d for d in made.diagnostics if d.code == "weight-not-there"]
    assert "900" in told.message.zh
    assert told.span.file.endswith("mine/layout.yaml")
