"""The proof: every figure with every place, numbers that stay, changes since the last draft, a workbook of equal bytes."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lhpub.boxes import ChartBox
from lhpub.build import Job
from lhpub.diagnostics import Rejected
from lhpub.inline import DIGITS, plain
from lhpub.publication.model import Draft
from lhpub.publication.seal import seal
from lhpub.render.pdf import render_pdf
from lhpub.review.changes import compare_drafts, from_json, snapshot, to_json, wholes
from lhpub.review.files import judge
from lhpub.review.ledger import marks_of, rows_of
from lhpub.review.marked import review_pages, since
from lhpub.review.proof import proof_of, proof_tables
from lhpub.review.proof_pages import pages_of, proof_pages, urgent
from lhpub.review.signed import judge_signed
from lhpub.review.tables import Table, columns, write_tables
from lhpub.walk import inside, runs, texts
from lhpub.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def proof(sample):
    publication = sample.read.publication
    made = {"brochure": sample.brochure, "deck": sample.deck}
    order = [keyword.id for keyword in publication.keywords]
    now = snapshot(Draft("送审稿 第2稿", "2024-01-10"), seal(publication), rows_of(publication, made.values()), order)
    return proof_of(sample.read, made, (now, None), Path("source/longhua-2023.yaml"))


def test_each_figure_printed_is_in_a_row_with_its_page(proof):
    listed = {(row.id.removeprefix("facts/"), mark, page) for row in proof.now.rows for mark, pages in proof.places[row.id].items() for page in map(number, pages)}
    for mark, composition in (("册", proof.compositions["brochure"]), ("片", proof.compositions["deck"])):
        for page in composition.pages:
            charts = [box for box in inside(page.boxes) if isinstance(box, ChartBox) and box.chart.sheet and mark == "片"]
            natively = {id(box) for chart in charts for box in inside(chart.boxes)}  # drawn by PowerPoint from the sheet
            for run in (run for box in texts(page, composition) if id(box) not in natively for run in runs(box)):
                if run.role and run.role.kind in ("fact", "derived") and DIGITS.search(run.text):
                    assert (run.role.ref, mark, page.number) in listed


def test_alternative_texts_workbooks_and_the_books_own_counts_are_places(proof):
    there = {row.number: proof.places[row.id] for row in proof.now.rows}
    assert set(there["19-3"]["替"]) == {"册18", "片24×2"}  # in print its note is read by itself
    assert {"册18", "片22"} <= set(there["12-3"]["替"]) & set(there["图2-题"]["替"])
    assert {"片9 B2", "片24 C2", "片9 A2"} <= {cell for number in ("02-2", "19-4", "02-1") for cell in there[number]["簿"]}
    assert there["书-1"]["册"][0] == "2"
    assert "22轴×2" in there["01-日"]["册"]  # 1月上旬 in the timeline's note, too
    assert there["书-年"] == {"册": ("1",), "片": ("1",), "替": ("片3",)}
    assert set(there["02-2"]["替"]) == {"片9", "册8"}  # over the fold it is told once
    assert "片" not in there["12-5"]  # the native chart shows no rest
    assert there["02-要点2"]["册"] == ("8",)  # a label and its text are one place
    for box in (box for page in proof.compositions["deck"].pages for box in inside(page.boxes) if isinstance(box, ChartBox)):
        held = [place for row in proof.now.rows for place in row.places if (place.medium, place.part, place.box) == ("deck", "alt", box.name)]
        for inline in (one for one in box.chart.told if one.role and one.role.kind in ("fact", "derived")):
            at = "".join(one.text for one in box.chart.told).index(inline.text)
            assert any(place.start <= at < place.end for place in held), inline.text


def test_the_workbook_has_a_sheet_of_charts_and_spreadsheets(proof):
    (sheet,) = [table for table in proof_tables(proof) if table.name == "图表与表格"]
    title = plain(proof.read.charts[0].title)
    assert (None, title, "开工 · 首批集中开工", "535.8亿元", "B2", "535.8", "", "02-2", None) in sheet.rows
    assert {row[5] for row in sheet.rows if row[7] in ("12-1", "12-4")} == {"不写入", "0.239"}


def number(place: str) -> int:
    return int(re.search("[0-9]+", place)[0])


def test_a_row_says_value_source_line_and_places(proof):
    row = next(row for row in proof.now.rows if row.number == "02-6")
    assert (row.printed, row.value, row.unit, row.nature) == ("1221.6亿元", "1221.6", "亿元", "计算值")
    assert row.formula == "＝ 首批投资 535.8 ＋ 后续投资 685.8"
    bound = next(row for row in proof.now.rows if row.id == "facts/全球招商.投资总额")
    assert (bound.nature, bound.bound) == ("下限", "超")
    assert "片9 C4" in proof.places[bound.id]["簿"]
    date = next(row for row in proof.now.rows if row.number == "02-日")
    assert (date.printed, date.value, date.nature) == ("1月29日", "2023-01-29", "到日")
    assert marks_of(replace(date, places=())) == {}


def test_what_a_person_must_judge_comes_first(proof):
    assert {"下限", "推算", "未注明"} <= {row.nature for row, _ in urgent(proof)}


def test_the_papers_pages_keep_rows_whole_and_type_readable(proof):
    composition = proof_pages(proof)
    assert [mark.title for mark in composition.bookmarks][:3] == ["首页", "数字与日期：按关键词", "数字：按页索引"]
    for page in composition.pages:
        for box in texts(page, composition):
            assert box.rect.bottom <= page.size.height - 10
            assert all(run.size >= 9 or run.ink.name == "gone" for line in box.lines for run in line.runs)
    whole = "".join(box.lines[0].text for page in composition.pages for box in texts(page, composition) if box.lines)
    assert "送审稿 第2稿 · 2024-01-10" in whole


def test_the_workbook_is_the_same_twice_and_formulas_stay_text(proof):
    tables = proof_tables(proof)
    assert write_tables("校对表", tables) == write_tables("校对表", tables)
    book = load_workbook(io.BytesIO(write_tables("甲", [Table("一", "", columns("核:5:tick 数:9 改作:9"), [(None, "=1+1", None), (None, 98.1, None)])])))
    sheet = book["一"]
    assert (sheet["B4"].data_type, sheet["B4"].value, sheet["B5"].value) == ("s", "=1+1", 98.1)
    assert (sheet["C4"].protection.locked, sheet["B4"].protection.locked, sheet.freeze_panes) == (False, True, "D4")
    places = sum(len(uses) for held in pages_of(proof).values() for _, uses in held)
    assert places == len(load_workbook(io.BytesIO(write_tables("校对表", tables)))["按页"]["A"]) - 3


def test_changes_are_told_by_kind(proof):
    now = proof.now
    edits = {
        "02-4": {"printed": "685.3亿元", "value": "685.3"}, "18-2": {"printed": "1000亿元", "bound": ""}, "13-2": {"status": ""},
        "02-6": {"printed": "1221.1亿元", "value": "1221.1"}, "01-导语": {"printed": "组团赴外。", "typed": "组团赴外。"},
    }  # fmt: skip
    old = replace(now, rows=tuple(replace(row, **edits.get(row.number, {})) for row in now.rows if row.number != "14-4"))
    order = list(now.order)
    old = replace(old, order=(order[5], *order[:5], *order[6:]))
    assert {(c.row.number, c.kind) for c in compare_drafts(old, now)} == {
        ("02-4", "数值"), ("18-2", "限定词"), ("13-2", "状态"), ("02-6", "随算"), ("01-导语", "文字"), ("14-4", "新增"), ("06-题", "页序"),
    }  # fmt: skip
    assert compare_drafts(from_json(to_json(now), "x"), now) == ()
    titled = tuple(replace(row, id=row.id.replace("重大项目", "大项目")) for row in now.rows)
    assert compare_drafts(replace(now, rows=titled, order=tuple(one.replace("重大项目", "大项目") for one in now.order)), now) == ()


def test_a_figure_and_its_measure_word_are_one_piece():
    assert {"超1000亿元", "16.83平方公里"} <= {*wholes("投资总额超1000亿元，共16.83平方公里")}


def test_a_draft_is_named_by_its_name_or_its_hash(proof, tmp_path):
    job = Job(Path("s.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", tmp_path)
    (tmp_path / "drafts").mkdir()
    for name, digest in (("第1稿", "1a" * 32), ("第2稿", "2b" * 32)):
        (tmp_path / f"drafts/x-{digest[:6]}.json").write_bytes(to_json(replace(proof.now, name=name, seal=digest)))
    for named, name in (("第1稿", "第1稿"), ("2b2b2b", "第2稿"), ("drafts/x-1a1a1a.json", "第1稿")):
        assert since(World(tmp_path), job, Path(named)).name == name
    with pytest.raises(Rejected, match="no-draft"):
        since(World(tmp_path), job, Path("第9稿"))


def test_a_draft_of_other_making_is_told():
    with pytest.raises(Rejected, match="draft"):
        from_json(b"{}", "x.json")


def test_what_was_signed_is_asked_of_the_source_and_of_the_file(proof, tmp_path):
    world = World(ROOT)
    job = Job(Path("source/longhua-2023.yaml"), Path("layouts/civic"), Path("fonts/fonts.yaml"), tmp_path)
    sheet = tmp_path / "s.xlsx"
    sheet.write_bytes(write_tables("校对表", proof_tables(proof)))
    assert [d.code for d in judge_signed(world, sheet, (sheet,), job)] == ["signed-same", "signed-file", "verify-kind"]
    rows = tuple(replace(row, printed="685.9亿元") if row.number == "02-4" else row for row in proof.now.rows)
    sheet.write_bytes(write_tables("校对表", proof_tables(replace(proof, now=replace(proof.now, seal="0" * 64, rows=rows)))))
    told = judge_signed(World(ROOT), sheet, (), job)
    assert [d.code for d in told] == ["signed-otherwise", "signed-row-differs"]
    with pytest.raises(Rejected, match="signed-source"):
        judge_signed(World(ROOT), sheet, (), replace(job, source=Path("source/examples/街道办.yaml")))
    with pytest.raises(Rejected, match="--source"):
        judge_signed(World(tmp_path), sheet, (), job)
    paper = tmp_path / "x-proof.pdf"
    paper.write_bytes(render_pdf(proof_pages(proof)))
    assert [(d.code, d.severity.name) for d in judge(World(ROOT), paper, job)][1:] == [("file-paper", "NOTICE")]
    handout = tmp_path / "会议讲义.pdf"  # what a PDF is does not hang on its name
    handout.write_bytes(render_pdf(proof.compositions["deck"]))
    assert [d.severity.name for d in judge(World(ROOT), handout, job)] == ["NOTICE", "NOTICE"]
    sheet.write_bytes(b"PK")
    with pytest.raises(Rejected):
        judge_signed(World(ROOT), sheet, (), job)


def test_the_marked_up_copy_marks_what_has_changed(proof):
    now = proof.now
    edits = {"02-4": {"printed": "685.3亿元", "value": "685.3"}, "02-正文": {"printed": "首批重大项目集中上马，总投资535.8亿元；项目总投资685.3亿元。"}}
    edits |= {"02-简述": {"printed": "旧话。", "typed": "旧话。"}}  # stands on slides alone
    old = replace(now, name="送审稿 第1稿", rows=tuple(replace(row, **edits.get(row.number, {})) for row in now.rows))
    made = proof_of(proof.read, proof.compositions, (now, old), Path("source/longhua-2023.yaml"))
    assert [(change.row.number, change.kind) for change in made.changes] == [("02-4", "数值"), ("02-简述", "文字")]
    composition = review_pages(made)
    shown = [run for page in composition.pages for box in texts(page, composition) for line in box.lines for run in line.runs]
    marked = {kind: "".join(glyph.text for run in shown if run.ink.name == kind for glyph in run.glyphs) for kind in ("gone", "new")}
    assert "685.3亿元" in marked["gone"]
    assert "685.8亿元" in marked["new"]
    assert composition.bookmarks[-1].title == "改动一览"
    whole = ["".join(glyph.text for run in line.runs for glyph in run.glyphs) for page in composition.pages for box in texts(page, composition) for line in box.lines]
    shown = whole[whole.index("图上　") :]
    assert next(line for line in shown if "685.8亿元" in line).startswith("第二、三、四季度新开工项目总投资　685.3亿元")
    assert "大数字　02-2" in whole
    assert "旧话。" in marked["gone"]
    assert any(line.startswith("只在幻灯片上：片 ") for line in whole[: whole.index("简述　02-简述")])
    assert wholes("共88.6亿千瓦时。", ["88.6亿千瓦时"]) == ["共", "88.6亿千瓦时", "。"]
    first = review_pages(replace(made, before=None, changes=()))
    assert not [run for page in first.pages for box in texts(page, first) for line in box.lines for run in line.runs if run.ink.name in marked]
