"""A whole source: what follows from what is written, what follows from what is not."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lhpub.diagnostics import Rejected, Severity
from lhpub.inline import plain, unknown_figures
from lhpub.publication.model import ColumnSpec, LineSpec, RankSpec, ShareSpec, TimelineSpec, with_breaks
from lhpub.publication.read import read_publication
from lhpub.publication.spec import FactSpec, SourceSpec
from lhpub.source.declared import example_of, keys_of, read_declared
from lhpub.source.load import read_yaml
from lhpub.source.node import Mapping
from lhpub.source.report import Report
from lhpub.source.schema import parts
from lhpub.world import World

from .conftest import Read

LONGHUA = Path(__file__).parents[3] / "source" / "longhua-2023.yaml"


def test_titles_and_bodies_are_enough(read: Read) -> None:
    publication, warnings = read(
        "publication: {title: 刊名}\nkeywords:\n  - {title: 甲, body: 乙}\n  - {title: “丙”}\n"
    )
    assert warnings == ()
    assert publication.id == "source"
    assert [(k.id, k.number, k.title) for k in publication.keywords] == [("甲", 1, "甲"), ("丙", 2, "“丙”")]
    first = publication.keywords[0]
    assert (first.headline, first.brief, first.hero, first.points, first.picture) == ((), (), None, (), None)
    assert [plain(rich) for rich in first.notes] == ["乙"]
    assert (publication.themes, publication.charts, publication.glance) == ((), (), ())


@pytest.mark.parametrize(
    ("header", "dates", "year", "day"),
    [
        ("title: 甲, date: 2024-01-15", ("2023-01", "2023-02-03", "2022"), 2023, "2024-01-15"),
        ("title: 甲", ("2023-01", "2023-02-03"), 2023, "1980-01-01"),
        ("title: 甲, date: 2024-01-15", (), 0, "2024-01-15"),
        ("title: 2023年回顾, date: 2024-01-15", (), 0, "2024-01-15"),
        ("title: 甲, year: 2021", (), 2021, "1980-01-01"),
        ("title: 甲, year: 2021", ("2023-01",), 2021, "1980-01-01"),
    ],
)
def test_year_and_day_follow_from_what_is_known(
    read: Read, header: str, dates: tuple[str, ...], year: int, day: str
) -> None:
    keywords = (
        "".join(f"  - {{title: 甲{'乙' * i}, date: {date}}}\n" for i, date in enumerate(dates)) or "  - title: 甲\n"
    )
    publication, _ = read(f"publication: {{{header}}}\nkeywords:\n{keywords}")
    assert (publication.year, publication.date) == (year, datetime.date.fromisoformat(day))


def test_an_unknown_year_is_zero(read: Read) -> None:
    publication, _ = read("publication: {title: 甲}\nkeywords:\n  - title: 乙\n")
    assert publication.year == 0


def test_dates_of_events_tell_the_year_too(read: Read) -> None:
    publication, _ = read("publication: {title: 甲}\nkeywords:\n  - {title: 乙, events: [{date: 2022-03, label: 丙}]}\n")
    assert publication.year == 2022


def test_points_without_a_label_are_numbered_in_han_among_themselves(read: Read) -> None:
    publication, _ = read("""\
publication: {title: 刊名}
keywords:
  - {title: 甲, points: [一句话, 又一句话]}
  - {title: 乙, points: [签: 写在前, 没有标签, 名: 写在后, '也没有标签']}
""")
    assert [[(p.key, plain(p.text)) for p in k.points] for k in publication.keywords] == [
        [("一", "一句话"), ("二", "又一句话")],
        [("签", "写在前"), ("一", "没有标签"), ("名", "写在后"), ("二", "也没有标签")],
    ]
    assert [i.role and i.role.kind for p in publication.keywords[1].points for i in p.label] == [None, "ordinal"] * 2


def test_figures_in_imprint_and_credits_are_literal_without_a_warning(read: Read) -> None:
    text = "publication: {title: 刊名, imprint: [印数：500册], credits: [某报第3版]%s}\nkeywords:\n  - title: 甲\n"
    publication, warnings = read(text % "")
    assert warnings == ()
    assert [i.role.kind for rich in (*publication.imprint, *publication.credits) for i in rich if i.role] == ["literal"] * 2
    assert [d.code for d in read(text % ", notices: {a: 印500册}")[1]] == ["typed-figure"]


def test_a_space_in_a_timeline_label_is_kept_and_does_not_count(read: Read) -> None:
    source = "publication: {title: 刊名}\nkeywords:\n  - {title: 甲, facts: {数: {value: 8}}, timeline: '%s'}\n"
    publication, warnings = read(source % f"确定首批{{数}} Open Day {'长' * 4}")
    label = publication.keywords[0].timeline_label
    assert plain(label) == "确定首批8 Open Day 长长长长"
    assert plain(with_breaks(label, "\n")) == "确定首批8 Open Day\n长长长长"
    assert plain(with_breaks(label, "")) == "确定首批8 Open Day长长长长"
    assert warnings == ()
    assert read(source % f"{'长' * 8} {'长' * 8}")[1] == ()
    assert plain(with_breaks(read(source % "首批{数} 集中")[0].keywords[0].timeline_label, "\n")) == "首批8\n集中"


def test_source_date_epoch_sets_the_day(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    publication, _ = read("publication: {title: 甲, date: 2024-01-15}\nkeywords:\n  - title: 乙\n")
    assert publication.date == datetime.date(1970, 1, 2)


FACTS = """\
publication: {title: 刊名, date: 2024-01-15, foreword: {title: 卷首, body: "一\\n\\n二"}, notices: {glance: 不可相加}}
themes:
  - {id: 子, title: 主题一, lead: '共{关键词数}个'}
  - {id: 丑, title: 主题二}
keywords:
  - title: 甲
    theme: 丑
    headline: 结论{头}
    body: 正文{身}，签署《协议》。
    facts:
      头: {label: 头的名目, value: 1}
      身: {label: 身的名目, value: 2}
      大: {label: 大的名目, value: 3, status: 草案}
      余: {label: 余的名目, value: 4, unit: 个, status: 草案}
      文: {label: 文件, text: 《协议》}
    hero: 大
  - title: 乙
    theme: 子
    body: 见{文}
    notes: 讲到{数}
    facts: {数: {label: 数目, value: 5}, 文: {text: 丙}, 另: {label: 另一个, value: 6}}
"""


def test_rows_show_what_headline_body_and_hero_leave_out(read: Read) -> None:
    publication, _ = read(FACTS)
    assert [(p.key, plain(p.text)) for p in publication.keyword("甲").points] == [("余的名目", "4个（草案）")]


def test_a_typed_figure_is_no_mention_of_a_fact(read: Read) -> None:
    publication, _ = read(FACTS.replace("正文{身}", "正文{身}，另有4个"))
    assert [p.key for p in publication.keyword("甲").points] == ["余的名目"]


def test_figures_in_the_label_of_a_row_have_roles(read: Read) -> None:
    publication, _ = read("""\
publication: {title: 刊名, date: 2023-12-31}
keywords:
  - title: 甲
    date: 2023-07
    points: [{7月已入选: 名单}]
  - {title: 乙, date: 2023-07, facts: {数: {label: 2023年度家数, value: 3, status: 草案}}}
""")
    (written,), (made,) = (keyword.points for keyword in publication.keywords)
    assert [(i.text, i.role and i.role.kind) for i in written.label] == [("7月", "date"), ("已入选", None)]
    assert [(i.text, i.role and i.role.kind) for i in made.label] == [("2023年度", "date"), ("家数", None)]
    assert unknown_figures(publication.keywords[1].notes[0]) == ()


def test_notes_are_the_body_or_as_written_and_then_every_fact_unsaid(read: Read) -> None:
    publication, _ = read(FACTS)
    assert [plain(rich) for rich in publication.keyword("甲").notes] == [
        "正文2，签署《协议》。",
        "头的名目：1",
        "大的名目：3（草案）",
        "余的名目：4个（草案）",
    ]
    assert [plain(rich) for rich in publication.keyword("乙").notes] == ["讲到5", "文：丙", "另一个：6"]


def test_a_hero_is_captioned_by_its_label_with_its_status(read: Read) -> None:
    publication, _ = read(FACTS)
    keyword = publication.keyword("甲")
    assert plain(keyword.hero_caption) == "大的名目（草案）"
    assert publication.glance == (keyword.hero,)
    captioned, _ = read(FACTS.replace("    hero: 大", "    hero: 大\n    hero_caption: 草案里的数"))
    assert plain(captioned.keyword("甲").hero_caption) == "草案里的数"


def test_themes_hold_their_keywords_and_texts_their_parts(read: Read) -> None:
    publication, _ = read(FACTS)
    assert [(t.number, t.title, t.keywords, plain(t.lead)) for t in publication.themes] == [
        (1, "主题一", ("乙",), "共2个"),
        (2, "主题二", ("甲",), ""),
    ]
    assert publication.foreword_title == "卷首"
    assert [plain(rich) for rich in publication.foreword] == ["一", "二"]
    assert [(name, plain(rich)) for name, rich in publication.notices] == [("glance", "不可相加")]


CHARTS = """\
publication: {title: 刊名, date: 2024-01-15}
keywords:
  - title: 甲
    date: 2023-02-03
    facts:
      全: {label: 全市, value: 10, unit: 家}
      区: {label: 本区, value: 4, unit: 家}
      余: {label: 其余, difference: [全, 区]}
      比: {label: 占比, ratio: [区, 全]}
      位: {label: 位次, value: 40, pattern: '第{}位'}
      升: {label: 上升, value: 10, unit: 位}
      前: {label: 前次, before: [位, 升]}
  - {title: 乙, date: 2023-03}
charts:
  - {kind: share, title: 占比, whole: 全, part: 区, rest: 余, share: 比, rest_label: 别处, keyword: 甲}
  - {kind: rank, title: 位次, now: 甲.位, before: 甲.前, before_label: 前次（推算）, of: 60}
  - {kind: column, id: 投资, title: 柱, items: [{fact: 甲.全, group: 市, second: '{甲.区}'}]}
  - {kind: column, title: 柱, items: []}
"""


def test_charts_hold_their_facts_in_order_and_a_timeline_is_added(read: Read) -> None:
    publication, _ = read(CHARTS)
    share, rank, column, other, timeline = publication.charts
    assert [chart.id for chart in publication.charts] == ["share", "rank", "投资", "column", "timeline"]
    assert isinstance(share, ShareSpec)
    assert [(i.fact.id, plain(i.label)) for i in share.items] == [("甲.区", "本区"), ("甲.余", "别处")]
    assert share.whole.fact is publication.fact("甲.全")
    assert share.share is publication.fact("甲.比")
    assert share.keyword == "甲"
    assert isinstance(rank, RankSpec)
    assert [(i.fact.id, plain(i.label)) for i in rank.items] == [("甲.前", "前次（推算）"), ("甲.位", "位次")]
    assert rank.last == 60
    assert isinstance(column, ColumnSpec)
    texts = [(row.cells[0].keyword, plain(row.label), plain(row.second)) for row in column.rows if row.cells[0]]
    assert texts == [("甲", "全市", "4家")]
    assert [plain(name) for name in column.series] == ["市"]
    assert other.items == ()
    assert isinstance(timeline, TimelineSpec)
    assert plain(timeline.title) == "2023年时间轴"


def test_a_timeline_is_not_added_where_one_is_asked_for_or_fewer_than_two_dates_are_known(read: Read) -> None:
    asked, _ = read(CHARTS + "  - {kind: timeline, title: 十二个月}\n")
    assert [c.id for c in asked.charts if isinstance(c, TimelineSpec)] == ["timeline"]
    assert plain(asked.charts[-1].title) == "十二个月"
    undated, _ = read(CHARTS.replace(", date: 2023-03", ""))
    assert not any(isinstance(chart, TimelineSpec) for chart in undated.charts)


TABLE = """\
publication: {title: 刊名, date: 2024-01-15}
keywords:
  - {title: 甲, facts: {今年: {label: 本年, value: 86.2, unit: 万人次}}}
charts:
  - kind: line
    title: 门诊
    keyword: 甲
    data:
      unit: 万人次
      series: [门诊, 住院]
      rows: {2021年: [61.4, 约12], 2022年: [—, 超30万人次], 2023年: ['{今年}', −3]}
"""


def test_a_table_holds_numbers_facts_gaps_and_what_is_about_or_at_least(read: Read) -> None:
    (chart,) = read(TABLE)[0].charts
    assert isinstance(chart, LineSpec)
    cells = [[cell and (cell.fact.figure.text, cell.fact.value, cell.fact.bound) for cell in row.cells] for row in chart.rows]  # type: ignore[union-attr]
    assert cells == [
        [("61.4万人次", Decimal("61.4"), False), ("约12万人次", Decimal(12), False)],
        [None, ("超30万人次", Decimal(30), True)],
        [("86.2万人次", Decimal("86.2"), False), ("-3万人次", Decimal(-3), False)],
    ]
    assert chart.items[0].fact.id == "charts/line/2021年/门诊"
    assert [plain(row.label) for row in chart.rows] == ["2021年", "2022年", "2023年"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[61.4, 约12]", "[61.4]", "table-width"),
        ("61.4", "abc", "not-a-number"),
        ("rows: {", "row: {", "unknown-key"),
        ("2021年: [61.4, 约12]", "2021年: {甲: 1}", "bad-table"),
        ("{今年}", "{明年}", "unknown-fact"),
        ("    data:", "    highlight: 2020年\n    data:", "unknown-row"),
        ("    data:", "    items: []\n    data:", "chart-data"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_at_its_line(read: Read, old: str, new: str, code: str) -> None:
    with pytest.raises(Rejected) as told:
        read(TABLE.replace(old, new))
    assert code in {d.code for d in told.value.diagnostics}


def test_no_row_stands_out_of_several_series(read: Read) -> None:
    publication, told = read(TABLE.replace("    data:", "    highlight: 2022年\n    data:"))
    (chart,) = publication.charts
    assert isinstance(chart, LineSpec)
    assert (chart.is_highlighted, len(chart.series), [d.code for d in told]) == (False, 2, ["highlight-series"])


@pytest.mark.parametrize(
    ("label", "kinds"),
    [("2022年", {"date"}), ("1—6月", {"date", "name"}), ("5G基站", {"name"}), ("A1地块", {"name"}), ("第3季度", {"name"})],
)
def test_a_chart_label_may_hold_any_digits_each_with_a_role_and_no_warning(read: Read, label: str, kinds: set[str]) -> None:
    source = CHARTS.replace("group: 市", f"label: {label}").replace("rest_label: 别处", f"rest_label: {label}")
    publication, warnings = read(source.replace("label: 全市", f"label: {label}"))
    share, _, column, *_ = publication.charts
    labels = [share.items[1].label, column.items[0].label, publication.fact("甲.全").label]
    assert [plain(rich) for rich in labels] == [label] * 3
    for rich in labels:
        assert {inline.role.kind for inline in rich if inline.role} <= kinds
        assert not unknown_figures(rich)
    assert not [w for w in warnings if w.code == "typed-figure"]


@pytest.mark.parametrize(
    ("key", "length", "code"),
    [
        ("headline", 40, None),
        ("body", 160, None),
        ("body", 161, "too-long"),
        ("brief", 55, None),
        ("brief", 56, "too-long"),
        ("timeline", 17, "too-long"),
    ],
)
def test_long_texts_draw_a_warning(read: Read, key: str, length: int, code: str | None) -> None:
    _, warnings = read(f"publication: {{title: 刊名}}\nkeywords:\n  - title: 甲\n    {key}: {'长' * length}\n")
    assert [(d.code, d.severity) for d in warnings] == ([(code, Severity.WARNING)] if code else [])


def test_a_source_read_twice_gives_the_same_publication(read: Read) -> None:
    assert read(FACTS) == read(FACTS)


@pytest.mark.skipif(not LONGHUA.exists(), reason="the sample source is not in this checkout")
def test_the_sample_reads_without_a_warning() -> None:
    publication, warnings = read_publication(World(LONGHUA.parent), LONGHUA.name)
    assert warnings == ()
    assert len(publication.keywords) == 20
    assert publication.year == 2023


def parts_with_examples(cls: Any) -> list[Any]:
    return [part for part in parts(cls) if example_of(part)]


@pytest.mark.parametrize("part", parts_with_examples(SourceSpec), ids=lambda part: part.__name__)
def test_the_example_of_each_part_reads_as_that_part(part: Any) -> None:
    report = Report()
    node = read_yaml(example_of(part), "example")
    examples = [value for _, value in node.entries] if part is FactSpec and isinstance(node, Mapping) else [node]
    assert all(read_declared(example, part, report) is not None for example in examples)
    assert report.diagnostics == ()
    assert any(key.example for key in keys_of(part))


def test_charts_events_points_and_facts_have_examples() -> None:
    names = {part.__name__ for part in parts_with_examples(SourceSpec)}
    assert {"ColumnKeys", "ShareKeys", "RankKeys", "TimelineKeys", "EventSpec", "KeywordSpec", "FactSpec"} <= names
    for shown in ("pattern: ", "sum: ", "difference: ", "ratio: ", "before: ", "status: ", "etc: true"):
        assert shown in example_of(FactSpec)


def test_where_a_fact_comes_from_is_said_in_the_credits_and_in_the_notes(read: Read) -> None:
    facts = "{甲: {value: 1, from: 发展改革局批复}, 乙: {value: 2, from: 发展改革局批复}, 丙: {value: 3}}"
    publication, _ = read(f"publication: {{title: 甲}}\nkeywords:\n  - {{title: 乙, body: 丁。, facts: {facts}}}\n  - title: 丙\n")
    assert [plain(rich) for rich in publication.sources] == ["发展改革局批复：乙（甲、乙）"]
    assert next(i.source for i in publication.sources[0] if i.text == "乙") == "keywords/乙/title"
    assert plain(publication.keywords[0].notes[-1]) == "资料来源：发展改革局批复"
    assert publication.keywords[1].notes == ()
