"""What a presenter changed in a deck is found by the names of shapes, and goes back to the source where it has a place."""

import io
import json
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from lhpub.build import Job, read_all, try_layout
from lhpub.diagnostics import Rejected
from lhpub.edits import Move, Replace, apply
from lhpub.render.pptx import render_pptx
from lhpub.review.edited import deck_changes
from lhpub.review.ledger import rows_of
from lhpub.review.returned import _numbers, changes_between, changes_of_deck
from lhpub.review.taken import BOUND, DELETED, NO_KEYWORD, NO_PLACE, taken_back
from lhpub.source.load import read_yaml
from lhpub.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def given(sample):
    return render_pptx(sample.deck, None), sample.deck, sample.read.publication, rows_of(sample.read.publication, (sample.deck,))


def changes(given, edit):
    deck = Presentation(io.BytesIO(given[0]))
    edit(deck, {shape.name: (slide, shape) for slide in deck.slides for shape in slide.shapes})
    made = io.BytesIO()
    deck.save(made)
    return deck_changes(made.getvalue(), given[:2], *given[2:])


def retype(old, new, name):
    def edit(deck, by):
        frame = by[name][1].text_frame if name != "notes" else by["重大项目/title"][0].notes_slide.notes_text_frame
        paragraph = next(p for p in frame.paragraphs if old in "".join(run.text for run in p.runs))
        whole = "".join(run.text for run in paragraph.runs)
        for run in paragraph.runs:
            run.text = ""
        paragraph.runs[0].text = whole.replace(old, new, 1)

    return edit


def test_nothing_is_invented_in_a_deck_as_it_was_built(given):
    assert deck_changes(given[0], given[:2], *given[2:]) == ()


@pytest.mark.parametrize("layout", ["plain", "civic"])
def test_what_a_chart_draws_beside_its_plot_is_nobody_s_box(layout):
    job = Job(Path("source/examples/街道办.yaml"), ROOT / "layouts" / layout, ROOT / "fonts/fonts.yaml", Path("none"), ("deck",))
    read = read_all(World(ROOT), job)
    deck = try_layout(read, ("deck",))[0]["deck"]
    assert deck_changes(render_pptx(deck, None), (render_pptx(deck, None), deck), read.publication, ()) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "edit"),
    [
        ("重大项目/body", "集中上马", "集中开工", "keywords/重大项目/brief"), ("拓展市场/title", "拓展市场", "拓展外贸市场", "keywords/拓展市场/title"),
        ("notes", "算出的。", "算出的。请补充。", "keywords/重大项目/notes"), ("重大项目/hero", "535.8", "536.8", "facts/重大项目.首批投资/value"),
        ("重大项目/lead", "32个", "33个", "facts/重大项目.首批项目/value"), ("全球招商/hero", "1000", "1050", BOUND),
    ],
)  # fmt: skip
def test_words_and_figures_go_back_to_where_they_are_typed(given, name, old, new, edit):
    (found,) = changes(given, retype(old, new, name))
    if not found.edits:
        assert found.reason == edit
    else:
        (back,) = found.edits
        assert (isinstance(back, Replace), back.id) == (True, edit)
        assert "{" not in back.text or back.text.count("{") == back.text.count("}") > 0


def test_slides_and_boxes_that_have_no_place_are_told(given):
    def edit(deck, by):
        box = by["免申即享/title"][0].shapes.add_textbox(0, 0, 999999, 99999)
        box.text_frame.text = "现场演示"
        deck.slides.add_slide(deck.slide_layouts[4]).shapes[0].text_frame.text = "下一步打算"
        listed = deck.slides._sldIdLst
        ids = {slide.slide_id: entry for slide, entry in zip(deck.slides, listed, strict=True)}
        listed.remove(ids[by["高质量发展论坛/title"][0].slide_id])
        moved = ids[by["国际交流/title"][0].slide_id]
        listed.remove(moved)
        ids[by["重大项目/title"][0].slide_id].addprevious(moved)

    found = {change.kind: change for change in changes(given, edit)}
    assert {kind: change.reason for kind, change in found.items() if not change.edits} == {"新文本框": NO_PLACE, "整张新加": NO_KEYWORD, "整张删去": DELETED}
    assert found["页序"].edits == (Move("keywords/国际交流", "keywords/双招双引"),)


def test_a_chart_s_value_goes_back_to_its_fact(given):
    def edit(deck, by):
        chart = by["column/chart"][1].chart
        data = CategoryChartData()
        data.categories = list(chart.plots[0].categories)
        for series in chart.plots[0].series:
            data.add_series(series.name, [686.2 if value == 685.8 else value for value in series.values])
        chart.replace_data(data)

    (found,) = changes(given, edit)
    assert (found.kind, found.edits, found.reason) == ("数字", (Replace("facts/重大项目.后续投资/value", "686.2"),), "")


def test_the_number_of_a_slide_is_nobody_s_change(given):
    def edit(deck, by):
        (page,) = (s for s in deck.slides[6].placeholders if s.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER)
        page.name, page._element.findall(".//" + qn("a:t"))[0].text = "PlaceHolder 9", "8"

    assert changes(given, edit) == ()


def test_placeholders_that_another_program_has_named_are_still_known(given):
    def edit(deck, by):
        for slide in deck.slides:
            for at, shape in enumerate(slide.placeholders, 1):
                shape.name = f"PlaceHolder {at}"
        frame = next(s.text_frame for s in deck.slides[5].placeholders if "集中上马" in s.text_frame.text)
        frame.paragraphs[0].runs[-1].text = frame.paragraphs[0].runs[-1].text + "改"

    (found,) = changes(given, edit)
    assert (found.kind, found.new.endswith("改"), found.place) == ("文字", True, "重大项目/body")


def test_two_decks_are_compared_slide_by_slide(given, tmp_path):
    def edit(deck, by):
        retype("535.8", "536.8", "重大项目/hero")(deck, by)
        retype("集中上马", "集中开工", "重大项目/body")(deck, by)
        listed = deck.slides._sldIdLst
        listed.remove(next(e for s, e in zip(deck.slides, listed, strict=True) if s is by["高质量发展论坛/title"][0]))
        by["双招双引/title"][0].shapes.add_picture(str(ROOT / "source/examples/pictures/展厅.jpg"), 0, 0)

    deck = Presentation(io.BytesIO(given[0]))
    edit(deck, {shape.name: (slide, shape) for slide in deck.slides for shape in slide.shapes})
    old, new = tmp_path / "x-deck.pptx", tmp_path / "改.pptx"
    old.write_bytes(given[0])
    deck.save(new)
    job = Job(Path("x.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", tmp_path)
    told, files, stem = changes_between(World(tmp_path), job, (new, old))
    found = json.loads(files["changes.json"])["changes"]
    assert sorted((one["kind"], one["old"][:2], one["new"][:2]) for one in found if one["kind"] != "文字") == [
        ("图片", "（原", ""), ("数字", "53", "53"), ("整张新加", "", "高质"),
    ]  # fmt: skip
    assert [(one["name"], "集中开工" in one["old"]) for one in found if one["kind"] == "文字"] == [("“重大项目”的正文", True)]
    assert (stem, len(told), {name.rpartition(".")[2] for name in files}) == ("x", 6, {"pdf", "xlsx", "json"})


def test_only_sources_drafts_and_decks_are_compared(tmp_path):
    job = Job(Path("x.yaml"), Path("layouts/civic"), Path("fonts/fonts.yaml"), tmp_path)
    with pytest.raises(Rejected, match="changes-kind"):
        changes_between(World(tmp_path), job, (Path("a.pdf"), Path("b.pdf")))


def test_what_is_no_deck_or_cannot_be_read_is_told(tmp_path):
    world = World(tmp_path)
    (tmp_path / "cut.pptx").write_bytes(b"PK\x03\x04" + bytes(200))
    (tmp_path / "text.pptx").write_text("稿", encoding="utf-8")
    job = Job(Path("s.yaml"), Path("civic"), Path("fonts.yaml"), tmp_path)
    for name, code in (("cut", "pptx-unreadable"), ("text", "verify-kind")):
        path = Path(f"{name}.pptx")
        with pytest.raises(Rejected, match=code):
            changes_between(world, job, (path, path))
        with pytest.raises(Rejected, match=code):
            changes_of_deck(world, job, path, None, print)


def test_a_keyword_whose_title_goes_back_keeps_its_name(given):
    source = "keywords:\n  - title: 甲\n    facts: {数: {value: 1, unit: 个}}\n  - title: 乙\n    body: 共{甲.数}。\n".replace("共{甲.数}。", "'共{甲.数}。'")
    (change,) = changes(given, retype("拓展市场", "拓展外贸市场", "拓展市场/title"))
    made = taken_back(source.encode(), "x.yaml", [type(change)(1, "文字", "", "甲", "丙", (Replace("keywords/甲/title", "丙"),))])
    first = read_yaml(made[0].decode(), "x.yaml").get("keywords").items[0]
    assert (first.get("title").text, first.get("id").text, made[1]) == ("丙", "甲", ())


def test_the_numbers_to_take_back_are_those_that_can_be():
    assert _numbers("1,3-5", 8) == [1, 3, 4, 5]
    for spec in ("99", "0", "abc", "3-", "2-9", ""):
        with pytest.raises(Rejected, match="no-such-change"):
            _numbers(spec, 8)


BLOCKS = """publication: {title: 年, date: 2024-01-15, year: 2023}
themes:
  - {id: 一, title: 第一组, lead: 甲乙两事。}
  - {id: 二, title: 第二组, lead: 丙丁两事。}
keywords:
  - title: 甲
    theme: 一
    date: 2023-03-05
    headline: 甲事办成。
    body: |
      各片进度如下。

      | 片区 | 情况 |
      |---|---|
      | 东片 | 已开工 |
      | 西片 | 已开工 |

      余下年内完成。
  - {title: 乙, theme: 一, date: 2023-04, headline: 乙事办成。, body: 乙事说明。}
  - {title: 丙, theme: 二, date: 2023-05-01, headline: 丙事办成。, body: 丙事说明。}
  - {title: 丁, theme: 二, date: 2023-06, headline: 丁事办成。, body: 丁事说明。}
charts:
  - {kind: line, title: 五年, keyword: 甲, data: {unit: 个, rows: {2019年: 1, 2020年: 2, 2021年: 3, 2022年: 4, 2023年: 5}}}
"""


def test_cells_dates_chart_data_and_slides_of_other_themes_go_back_so_that_the_deck_is_the_edited_one(tmp_path):
    (tmp_path / "s.yaml").write_text(BLOCKS, encoding="utf-8")
    job = Job(Path("s.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", Path("none"), ("deck",))

    def composed():
        read = read_all(World(tmp_path), job)
        deck = try_layout(read, ("deck",))[0]["deck"]
        return render_pptx(deck, None), deck, read.publication, rows_of(read.publication, (deck,))

    given = composed()
    deck = Presentation(io.BytesIO(given[0]))
    by = {shape.name: (slide, shape) for slide in deck.slides for shape in slide.shapes}
    (table,) = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table and shape.table.cell(0, 0).text == "片区"]
    table.cell(2, 1).text_frame.paragraphs[0].runs[0].text = "已竣工"
    by["甲/date"][1].text_frame.paragraphs[0].runs[0].text = "3月6日"
    chart = by["line/chart"][1].chart
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    data.add_series(chart.plots[0].series[0].name, [1, 2, 3, 4, 6])
    chart.replace_data(data)
    ids = {slide.slide_id: entry for slide, entry in zip(deck.slides, deck.slides._sldIdLst, strict=True)}
    ids[by["丁/title"][0].slide_id].addnext(ids[by["乙/title"][0].slide_id])
    made = io.BytesIO()
    deck.save(made)
    found = deck_changes(made.getvalue(), given[:2], *given[2:])
    assert [(change.kind, change.reason) for change in found if not change.edits] == []
    data, left = taken_back((tmp_path / "s.yaml").read_bytes(), "s.yaml", found)
    assert left == ()
    (tmp_path / "s.yaml").write_bytes(data)
    written = data.decode()
    assert all(one in written for one in ("| 西片 | 已竣工 |", "| 东片 | 已开工 |", "date: 2023-03-06", "2023年: 6", "title: 乙, theme: 二"))
    again = composed()
    rest = deck_changes(made.getvalue(), again[:2], *again[2:])  # other keywords have other numbers, and the new theme lists one more
    assert not [one for one in rest if one.kind in ("页序", "图表数据", "数字") or one.place in ("甲/date", "甲/body-2")]


def test_what_is_still_otherwise_once_the_source_is_mended_is_listed(tmp_path):
    (tmp_path / "s.yaml").write_text(BLOCKS, encoding="utf-8")
    job = Job(Path("s.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", Path("out"), ("deck",))
    read = read_all(World(tmp_path), job)
    given = render_pptx(try_layout(read, ("deck",))[0]["deck"], None)
    told = []
    for move in (True, False):
        (tmp_path / "s.yaml").write_text(BLOCKS, encoding="utf-8")
        deck = Presentation(io.BytesIO(given))
        by = {shape.name: (slide, shape) for slide in deck.slides for shape in slide.shapes}
        spoken = by["乙/title"][0].notes_slide.notes_text_frame
        for paragraph in (*by["乙/body"][1].text_frame.paragraphs, *spoken.paragraphs):
            for run in paragraph.runs:
                run.text = run.text.replace("乙事说明。", "乙事又说明。")
        listed = deck.slides._sldIdLst
        ids = {slide.slide_id: entry for slide, entry in zip(deck.slides, listed, strict=True)}
        if move:
            ids[by["丁/title"][0].slide_id].addnext(ids[by["乙/title"][0].slide_id])
        deck.save(tmp_path / "改.pptx")
        told.append("\n".join(changes_of_deck(World(tmp_path), job, Path("改.pptx"), "all", print)[0]))
        assert "乙事又说明。" in (tmp_path / "s.yaml").read_text(encoding="utf-8")
    assert "编号02—04跟着变" in told[0]
    assert "与改过的不同" in told[0]
    assert "重新排的是“04”" in told[0]
    assert "由它重新排的幻灯片与改过的一致" in told[1]


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        ("甲句，很长。乙句。丙句又改。", ["甲句，", "很长。乙句。", "丙句又改。"]), ("甲句，很长。乙句。丙句。加一句。", ["甲句，", "很长。乙句。", "丙句。", "加一句。"]),
        ("甲句，不长。乙句。丙句。", ["甲句，", "不长。乙句。", "丙句。"]), ("甲句，很长。乙句。", ["甲句，", "很长。乙句。"]), ("全改了。", ["全改了。"]),
    ],
)  # fmt: skip
def test_a_folded_text_keeps_its_lines_but_for_those_that_changed(new, lines):
    source = "keywords:\n  - title: 甲\n    notes: >-\n      甲句，\n      很长。乙句。\n      丙句。\n    theme: x\n"
    made = apply(source.encode(), "x", Replace("keywords/甲/notes", new)).data.decode()
    assert made == source.replace("      甲句，\n      很长。乙句。\n      丙句。", "\n".join(f"      {line}" for line in lines))
