"""Statements that cannot all be true are told at their line; true ones give no alarm."""

import pytest

from lhpub.diagnostics import Rejected
from lhpub.inline import plain

HEAD = "publication: {{title: {title}, year: 2023{more}}}\nkeywords:\n  - title: 甲\n    date: {date}\n    body: {body}\n    facts:\n"


def told(read, facts, title="一年", date="2023-05", body="乙。", more=""):
    text = HEAD.format(title=title, date=date, body=body, more=more) + "".join(f"      {line}\n" for line in facts)
    try:
        found = read(text)[1]
    except Rejected as rejected:
        found = rejected.diagnostics
    return [d.code for d in found]


PARTS = ["全: {label: 揭牌的教育集团, value: 12, unit: 家}", "甲: {label: 中小学教育集团, value: 6, unit: 个}"]
RANKS = ["今: {label: 位次, value: 40, unit: 位, pattern: '第{}位'}", "升: {label: 位次上升, value: 10, unit: 位}"]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ([*PARTS, "乙: {label: 幼教集团, value: 7, unit: 个}"], ["parts-differ"]),
        ([*PARTS, "乙: {label: 幼教集团, value: 6, unit: 个}"], []),
        ([*PARTS, "乙: {label: 幼教集团, value: 2, unit: 个}"], []),
        (["甲: {label: 合计投资, value: 1321.6, unit: 亿元}", "乙: {label: 首批投资, value: 535.8, unit: 亿元}",
          "丙: {label: 后续投资, value: 685.8, unit: 亿元}"], ["parts-differ"]),
        (["甲: {label: 签约, value: 60, unit: 个}", "乙: {label: 签约, value: 66, unit: 个}"], ["two-values"]),
        (["甲: {label: 签约, value: 60, unit: 个}", "乙: {label: 签约, value: 66, unit: 亿元}"], []),
        ([*RANKS, "前: {label: 前次位次, value: 60, unit: 位, pattern: '第{}位'}"], ["rank-differs"]),
        ([*RANKS, "前: {label: 前次位次, value: 50, unit: 位, pattern: '第{}位'}"], []),
        ([*RANKS, "前: {label: 前次位次, value: 30, unit: 位, pattern: '第{}位'}"], ["rank-differs"]),
        (["甲: {label: 占全市比重, value: 120, unit: '%'}"], ["share-over-100"]),
    ],
)  # fmt: skip
def test_facts_that_contradict_one_another(read, facts, codes):
    assert told(read, facts) == codes


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("首批重大项目35个。", ["typed-figure", "contradicted-figure"]),
        ("首批重大项目32个。", ["typed-figure"]),
        ("首批重大项目35公顷，新建35个。", ["typed-figure"]),
    ],
)
def test_a_typed_figure_that_a_fact_contradicts_is_an_error(read, body, codes):
    assert sorted(told(read, ["首批: {label: 首批集中上马的重大项目, value: 32, unit: 个}"], body=body)) == sorted(
        codes
    )


def test_a_date_of_another_year_and_a_count_that_is_none_are_told(read):
    fact = ["甲: {value: 1}"]
    assert told(read, fact, date="2032-05") == ["date-outside-year"]
    assert told(read, fact, title="20个“关键词”") == ["count-differs"]
    assert told(read, fact, title="二十帧 一整年") == ["count-differs"]
    assert told(read, fact, title="回眸每一帧") == []


def test_words_that_the_office_does_not_use_are_told_with_the_right_ones(read):
    terms = ", terms: [{use: “双招双引”, never: [双招双引]}, {never: [打造], instead: 说清做了什么}]"
    assert told(read, ["甲: {value: 1}"], body="开展“双招双引”。", more=terms) == []
    assert told(read, ["甲: {value: 1}"], body="开展双招双引，打造高地。", more=terms) == ["term", "term"]


@pytest.mark.parametrize(
    ("facts", "printed"),
    [
        (["今: {value: 535.8, unit: 亿元}", "去: {value: 500.2, unit: 亿元}"], "同比增长7.1%（计算值）（按现价计算）"),
        (["今: {value: 90, unit: 家}", "去: {value: 120, unit: 家}"], "同比下降25.0%（计算值）"),
        (["今: {value: 61.4, unit: '%'}", "去: {value: 60.1, unit: '%'}"], "同比提高1.3个百分点（计算值）"),
        (["今: {value: 7, unit: 家}", "去: {value: 7, unit: 家}"], "同比持平（计算值）"),
        (["今: {value: 100001, unit: 家}", "去: {value: 100000, unit: 家}"], "同比基本持平（计算值）"),
    ],
)
def test_growth_says_its_sign_and_what_it_is_computed_from(read, facts, printed):
    text = HEAD.format(title="一年", date="2023", body="有{增}。", more="")
    lines = [*facts, "增: {growth: [今, 去]}"]
    publication, _ = read(text + "".join(f"      {line}\n" for line in lines))
    assert plain(publication.fact("甲.增").text) == printed


@pytest.mark.parametrize(("rate", "printed"), [("6.5", "同比增长6.5%"), ("-6.5", "同比下降6.5%"), ("0", "同比持平")])
def test_a_published_rate_wins_over_the_computed_one(read, rate, printed):
    facts = ["今: {value: 535.8, unit: 亿元}", "去: {value: 500.2, unit: 亿元}", f"增: {{value: {rate}, growth: [今, 去]}}"]
    text = HEAD.format(title="一年", date="2023", body="有{增}。", more="")
    fact = read(text + "".join(f"      {line}\n" for line in facts))[0].fact("甲.增")
    assert (plain(fact.text), fact.derived) == (printed, False)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (
            ["今: {value: 535.8, unit: 亿元}", "去: {value: 500.2, unit: 亿元}", "增: {growth: [今, 去], digits: 3}"],
            "too-fine",
        ),
        (
            ["今: {value: 5, unit: 个, approx: 超}", "去: {value: 4, unit: 个}", "增: {growth: [今, 去]}"],
            "cannot-derive",
        ),
        (["今: {value: 数十, unit: 个}", "去: {value: 4, unit: 个}", "增: {growth: [今, 去]}"], "cannot-derive"),
        (["今: {value: 5, unit: 个}", "去: {value: 0, unit: 个}", "增: {growth: [今, 去]}"], "cannot-derive"),
        (["今: {value: 5, unit: '%'}", "去: {value: 0, unit: '%'}", "增: {ratio: [今, 去]}"], "cannot-derive"),
    ],
)
def test_growth_of_what_is_not_known_well_enough_is_refused(read, facts, code):
    assert code in told(read, facts)


def test_a_computed_figure_may_be_large_only_where_the_publication_says_so(read):
    facts = ["甲: {value: 1, unit: 个}", "和: {sum: [甲, 甲]}"]
    text = HEAD.format(title="一年", date="2023", body="乙。", more="{more}") + "".join(
        f"      {line}\n" for line in facts
    )
    with pytest.raises(Rejected) as caught:
        read((text + "    hero: 和\n").replace("{more}", ""))
    assert [d.code for d in caught.value.diagnostics] == ["derived-hero"]
    assert read((text + "    hero: 和\n").replace("{more}", ", computed: free"))[0].keywords[0].hero


def test_a_magnitude_typed_with_the_number_is_explained_with_the_unit(read):
    for value, right in (("1.2万", "value: 1.2, unit: 万家"), ("'1,286,000'", "value: 1286000")):
        with pytest.raises(Rejected) as caught:
            read(HEAD.format(title="一", date="2023", body="乙", more="") + f"      甲: {{value: {value}, unit: 家}}\n")
        assert right in caught.value.diagnostics[0].hint.zh
