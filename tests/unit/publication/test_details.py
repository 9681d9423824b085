"""Details that only one kind of source shows."""

import pytest

from lhpub.diagnostics import Rejected
from lhpub.inline import plain
from lhpub.publication.entries import Ids
from lhpub.publication.pictures import without_camera_data

HEAD = "publication: {title: 一年, year: 2023, date: 2024-01-15}\nkeywords:\n  - title: 甲\n    date: 2023-05\n"


def keyword(read, lines: list[str], more: str = ""):
    publication, told = read(HEAD + "".join(f"    {line}\n" for line in lines) + more)
    return publication, publication.keywords[0], [d.code for d in told]


def segment(kind: int, content: bytes) -> bytes:
    return bytes((0xFF, kind)) + (len(content) + 2).to_bytes(2, "big") + content


def test_a_photograph_keeps_its_profile_and_loses_what_the_camera_wrote():
    start, scan = b"\xff\xd8", segment(0xDA, b"scan") + b"\xff\xe1\x00\x04pixels\xff\xd9"
    profile, table = segment(0xE2, b"ICC_PROFILE\0" + b"p" * 300), segment(0xDB, b"t" * 64)
    camera = [segment(0xE1, b"Exif\0\0" + b"x" * 700), segment(0xED, b"Photoshop" * 40), segment(0xE2, b"MPF\0" + b"m" * 80)]
    data = start + camera[0] + profile + camera[1] + table + camera[2] + scan
    assert without_camera_data(data) == start + profile + table + scan
    assert without_camera_data(b"\x89PNG" + camera[0]) == b"\x89PNG" + camera[0]


def test_a_date_within_a_name_is_part_of_the_name(read):
    _, made, told = keyword(read, ["body: 印发《2024年5月规划》。"])
    assert told == []
    assert [i.role.kind for b in made.body for i in b.text if i.role] == ["name"]
    assert keyword(read, ["body: 2024年5月印发。"])[2] == ["undeclared-date"]


def test_a_count_is_printed_in_entries_as_on_the_page(read):
    publication, _, _ = keyword(read, ["body: 共{关键词数}个，{关键词数:han}个。"])
    printed = {entry.id: entry.printed for entry in publication.entries}
    assert printed["keywords/甲/body"] == "共1个，一个。"


def test_a_growth_is_as_fine_as_its_inputs_bear(read):
    facts = ["facts:", "  今: {label: 今年, value: 12.3, unit: 亿元}", "  前: {label: 上年, value: 4.5, unit: 亿元}",
             "  增: {label: 同比, growth: [今, 前]}"]  # fmt: skip
    _, made, _ = keyword(read, [*facts, "body: '{增}。'"])
    assert plain(next(f for f in made.facts if f.id.endswith("增")).text).startswith("同比增长173%")


def test_notes_say_each_fact_that_the_speaker_leaves_out_and_no_other(read):
    lines = ["body: 乙。", "facts: {数: {label: 项目, value: 32, unit: 个}, 钱: {label: 投资, value: 5, unit: 亿元}}", "notes: 项目{数}。"]
    _, made, _ = keyword(read, lines)
    assert [plain(rich) for rich in made.notes] == ["项目32个。", "投资：5亿元"]


BARE = "body: 乙。"


@pytest.mark.parametrize(
    ("fact", "told"),
    [("乙: {label: 幼教集团, value: 7, unit: 个}", ["parts-differ"]), ("乙: {label: 幼教集团, value: 7, unit: 个, approx: 超}", [])],
)
def test_bounds_are_no_parts_of_a_whole(read, fact, told):
    parts = ["全: {label: 揭牌的教育集团, value: 12, unit: 家}", "甲: {label: 中小学教育集团, value: 6, unit: 个}", fact]
    assert keyword(read, [BARE, "facts:", *(f"  {part}" for part in parts)])[2] == told


@pytest.mark.parametrize(("unit", "said"), [("个", "42.9%"), ("亿元", "43%")])
def test_whole_counts_are_exact_and_whole_sums_of_money_are_rounded(read, unit, said):
    facts = [f"  部: {{label: 部分, value: 3, unit: {unit}}}", f"  全: {{label: 全部, value: 7, unit: {unit}}}", "  比: {label: 占比, ratio: [部, 全]}"]
    _, made, _ = keyword(read, ["facts:", *facts, "body: '{比}。'"])
    assert plain(next(f for f in made.facts if f.id.endswith("比")).text).startswith(said)


@pytest.mark.parametrize("minus", ["-", "\u2212"])
def test_a_minus_is_a_minus_however_it_is_typed(read, minus):
    _, made, told = keyword(read, [f"facts: {{数: {{label: 增减, value: {minus}3.5, unit: 度}}}}", "body: '{数}。'"])
    assert (str(made.facts[0].value), told) == ("-3.5", [])


def test_a_chart_draws_a_fact_by_its_full_name_or_its_own():
    assert Ids({}, {}, frozenset({"甲.数"})).drawn("甲.数")
    assert Ids({}, {}, frozenset({"数"})).drawn("甲.数")
    assert not Ids({}, {}, frozenset({"乙.数", "甲"})).drawn("甲.数")


CHART = "charts:\n  - kind: column\n    title: 一年\n    highlight: 乙\n    data:\n      unit: 个\n      rows:\n        甲: 3\n        乙: 5\n"


def charts(read, text: str):
    publication, told = read(HEAD + "    body: 丙。\n" + text)
    return publication.charts, [d.code for d in told]


@pytest.mark.parametrize("fact", ["数: {label: 甲}", "数: {label: 甲, value: 3, sum: [数, 数]}"])
def test_a_fact_of_no_kind_or_of_two_says_which(read, fact):
    with pytest.raises(Rejected) as caught:
        keyword(read, [f"facts: {{{fact}}}", "body: 乙。"])
    (told,) = (d for d in caught.value.diagnostics if d.code == "fact-content")
    assert told.message.zh.endswith("value、sum" if "sum" in fact else "：无")
    assert told.message.en.endswith("value, sum" if "sum" in fact else ": none")


@pytest.mark.parametrize(("change", "codes"), [("位次下降", []), ("位次上升", ["rank-differs"])])
def test_a_rank_that_falls_is_a_larger_number(read, change, codes):
    ranks = ["今: {label: 位次, value: 50, unit: 位, pattern: '第{}位'}", "前: {label: 前次位次, value: 40, unit: 位, pattern: '第{}位'}",
             f"变: {{label: {change}, value: 10, unit: 位}}"]  # fmt: skip
    assert keyword(read, ["body: 乙。", "facts:", *(f"  {rank}" for rank in ranks)])[2] == codes


@pytest.mark.parametrize(("value", "label", "codes"), [(101, "占比", ["share-over-100"]), (100, "占比", []), (101, "增速", [])])
def test_no_share_is_more_than_its_whole(read, value, label, codes):
    assert keyword(read, ["body: 乙。", f"facts: {{数: {{label: {label}, value: {value}, unit: '%'}}}}"])[2] == codes


def test_a_status_is_said_once_beside_each_figure_that_has_one(read):
    facts = "facts: {数: {label: 项目, value: 3, unit: 个, status: 预计}}"
    _, made, _ = keyword(read, [facts, "body: 共{数}，再说{数}。"])
    assert "".join(plain(b.text) for b in made.body).count("预计") == 1
    _, made, _ = keyword(read, [facts, "body: 预计共{数}。"])
    assert "".join(plain(b.text) for b in made.body) == "预计共3个。"


def test_a_typed_figure_that_no_fact_has_is_said_so(read):
    publication, told = read(HEAD + "    body: 共32个，再加7个。\n    facts: {数: {label: 项目, value: 32, unit: 个}}\n")
    assert publication
    assert [d.message.zh for d in told] == ["正文里直接写了数字：32、7；没有哪条事实是7"]


def test_strong_ends_where_it_ends(read):
    _, made, _ = keyword(read, ["body: '甲**乙**丙**丁**'"])
    assert [(i.text, i.strong) for i in made.body[0].text] == [("甲", False), ("乙", True), ("丙", False), ("丁", True)]


def test_a_code_says_its_address_where_nothing_else_is_said(read):
    _, made, _ = keyword(read, ["qr: {link: 'https://www.example.gov.cn/a'}", "body: 乙。"])
    assert (plain(made.qr.caption), made.qr.alt, made.qr.link) == (
        "www.example.gov.cn/a", "二维码：www.example.gov.cn/a", "https://www.example.gov.cn/a",
    )  # fmt: skip
    _, made, _ = keyword(read, ["qr: {link: 'https://www.example.gov.cn', caption: 扫一扫}", "body: 乙。"])
    assert plain(made.qr.caption) == "扫一扫"


@pytest.mark.parametrize(("unit", "note"), [("亿元", "按现价计算"), ("个", "")])
def test_a_growth_of_money_says_at_which_prices(read, unit, note):
    facts = [f"  今: {{label: 今年, value: 12.3, unit: {unit}}}", f"  前: {{label: 上年, value: 10.5, unit: {unit}}}", "  增: {label: 同比, growth: [今, 前]}"]
    _, made, _ = keyword(read, ["facts:", *facts, "body: 乙。"])
    assert next(f for f in made.facts if f.id.endswith("增")).status == note


def test_a_sum_with_a_bound_is_a_bound(read):
    facts = ["  今: {label: 甲, value: 12, unit: 个, approx: 超}", "  前: {label: 乙, value: 10, unit: 个}", "  合: {label: 合计, sum: [今, 前]}"]
    _, made, _ = keyword(read, ["facts:", *facts, "body: 乙。"])
    assert plain(next(f for f in made.facts if f.id.endswith("合")).text).startswith("超22个")
