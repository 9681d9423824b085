"""In which order a page's boxes are read, whatever order placed them."""

import pytest

from lhpub.boxes import ChartBox, TextBox
from lhpub.compose.reading import OF_CHART, as_read, of_cell, told_once
from lhpub.diagnostics import Span
from lhpub.inline import Inline
from lhpub.kinds.rank import RankChart
from lhpub.kinds.timeline import TimelineChart
from lhpub.layout.frame import Frame
from lhpub.text.model import Ink, Paragraph, Run, TextStyle
from lhpub.units import Rect

RECT = Rect(0, 0, 10, 10)
AT = Span("layout.yaml", 1, 1)
STYLE = TextStyle("body", "Noto Sans SC", 400, 10, 16, Ink("ink", "#000000"))
SHOWS = {
    "title": {"text": "{keyword.title}"}, "lead": {"text": ("{keyword.headline}", "{keyword.brief}")},
    "body": {"text": "{keyword.body}", "next": "body-2"}, "body-2": {}, "rows": {"rows": True}, "hero": {"hero": True},
    "caption": {"text": "{keyword.hero_caption}"}, "chart-title": {"text": "{chart.title}"}, "chart": {"chart": "column"},
    "note": {"text": "{chart.note}"}, "date": {"text": "{keyword.date}"},
}  # fmt: skip
FRAMES = [Frame(span=AT, at=(0, 0, 1, 1), name=name, **shows) for name, shows in SHOWS.items()]
NOTE = "柱端不封口。"


def text(name: str, tag="P") -> TextBox:
    words = NOTE if name == "note" else name
    return TextBox(RECT, (0, 0), (Paragraph((Run(words, STYLE),), STYLE),), (), f"one/{name}", slot=name, tag=tag)


def chart(kind=RankChart) -> ChartBox:
    made = kind(id="c", title=(Inline("图"),), note=(Inline(NOTE),), told=(Inline(f"柱状图：图。甲 1。{NOTE}"),))
    return ChartBox(RECT, made, (), "one/chart", slot="chart")


def read(names: str, kind=RankChart) -> tuple:
    return tuple(chart(kind) if name == "chart" else text(name) for name in names.split())


@pytest.mark.parametrize(("placed", "told"), [
    ("date rows hero caption lead body", "date caption hero lead body rows"),
    ("lead body rows date", "lead body rows date"),
    ("rows body-2 body", "body-2 body rows"),
    ("hero date caption", "date caption hero"),
    ("note date chart-title chart", "date chart-title chart note"),
])  # fmt: skip
def test_what_belongs_together_is_read_in_the_order_of_a_reader(placed, told):
    assert " ".join(box.slot for box in as_read(read(placed), FRAMES)) == told


def test_a_years_note_leads_to_its_timeline():
    placed = read("note chart-title chart", TimelineChart)
    assert as_read(placed, FRAMES, (OF_CHART,)) == placed


def test_a_heading_is_read_before_all_else_of_its_keyword():
    boxes = of_cell((text("date"), text("rows"), text("lead"), text("title", tag="H3")), FRAMES)
    assert [box.slot for box in boxes] == ["title", "date", "lead", "rows"]


def test_a_note_that_stands_by_its_chart_is_told_once():
    assert [box.alt for box in told_once(read("chart note")) if isinstance(box, ChartBox)] == ["柱状图：图。甲 1。"]
    assert told_once(read("chart body")) == read("chart body")
