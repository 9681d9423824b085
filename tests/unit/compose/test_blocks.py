"""Blocks of a body, set one under the other."""

from itertools import pairwise

import pytest

from lhpub.boxes import TableBox, TextBox
from lhpub.build import compose_all, read_all
from lhpub.diagnostics import has_errors
from lhpub.walk import inside
from lhpub.world import World
from tests.suite.workshop import job_for

SOURCE = """\
publication: {title: 一年, organisation: 某某区, date: 2024-01-15}
keywords:
  - title: 甲
    body: |
      各区如下，减排CO₂。

      | 区 | 数 |
      |---|--:|
      | 东 | {一:bare} |
      | 西 | {二:bare} |

      办法：

      1. 专班推进，逐项落实，按月通报，到期销号，一项一策，专人负责，资料齐全，随时可查；
      2. 容缺受理：
         - 先建；

      > 抢先机。
      > ——负责人
    facts: {一: {value: 8.5, unit: 亿元}, 二: {value: 12.25, unit: 亿元}}
"""


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    source = tmp_path_factory.mktemp("blocks") / "s.yaml"
    source.write_text(SOURCE, encoding="utf-8")
    job = job_for(source, source.parent)
    made, told = compose_all(read_all(World(source.parent), job), ("brochure",))
    assert not has_errors(told)
    found = [b for page in made["brochure"].pages for b in inside(page.boxes)]
    return [b for b in found if isinstance(b, TextBox | TableBox) and b.name.startswith("甲/body") and b.name.count("/") == 1]


def test_text_tables_and_quotations_stand_in_order_and_apart(boxes):
    assert [type(b).__name__ for b in boxes] == ["TextBox", "TableBox", "TextBox", "TextBox"]
    for one, other in pairwise(boxes):
        assert one.rect.bottom + 4 < other.rect.y


def test_a_table_has_its_header_and_figures_at_the_right(boxes):
    table = boxes[1]
    assert [[c.header for c in row] for row in table.cells] == [[True, True], [False, False], [False, False]]
    cells = [row[1].text for row in table.cells]
    rights = {round(box.origin[0] + box.lines[0].x + box.lines[0].width, 1) for box in cells}
    assert rights == {round(table.rect.right, 1)}
    assert [r.role.ref for row in table.cells for r in row[1].text.paragraphs[0].runs if r.role and r.role.ref] == ["甲.一", "甲.二"]


def test_markers_stand_before_their_texts_and_are_no_part_of_them(boxes):
    items = boxes[2]
    marked = [line for line in items.lines if line.marker]
    assert [line.marker for line in marked] == ["1.", "2.", "–"]
    for line in marked:
        first = line.runs[0].glyphs[0]
        text = next(g for run in line.runs[1:] for g in run.glyphs)
        assert first.x < text.x
        assert line.x + first.x >= -0.01
    wrapped = items.lines[2]
    assert not wrapped.marker
    assert wrapped.x == marked[0].x


def test_the_speaker_stands_at_the_right_below_what_is_quoted(boxes):
    said, by = boxes[3].lines
    assert by.text == "——负责人"
    assert by.x > said.x
