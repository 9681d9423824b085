"""The keys by which a layout reaches what the text stage can do: each seen in what it changes, and oversets told."""

from pathlib import Path

import pytest

from lhpub.boxes import TableBox, TextBox
from lhpub.compose.texts import inked
from lhpub.diagnostics import Rejected
from lhpub.inline import Role
from lhpub.render.pptx import render_pptx
from lhpub.units import POINTS_PER_MM
from lhpub.walk import flatten
from tests.suite.workshop import ROOT, make
from tests.unit.pptx.written import Written

WORDS = """\
publication:
  title: 我们的一年
  organisation: 某某区
  date: 2024-01-15
  foreword:
    title: 龙华“二十词”
    body: |
      二十年来，这座城区把**重大项目**、产业空间与公共服务放在一起谋划，首批项目在春天集中上马，年中补齐，年末见效。回头看，每一个关键词都有日期。

      **往前看**

      我们按时间排列它们，日期知道多少就写多少；数字从哪里来，就标明哪里来。读者可以从任何一页读起，也可以顺着时间读下去。
keywords:
  - title: 工业上楼
    date: 2023-01-29
    body: 首批{项目}集中上马。**产业空间**覆盖六个街道，开工当天就有机械进场，年底前完成首段主体结构。
    facts:
      项目: {label: 首批集中上马的项目, value: 32, unit: 个}
  - title: 数字孪生
    date: 2023-11-14
    body: 平台正式发布。
"""
KEYS = """\
extends: civic
title: 试
styles:
  foreword: {emphasis: dots, indent: 0}
  d-body: {emphasis: dots}
  d-body-large: {emphasis: dots}
  drop: {font: serif, size: 33, colour: red}
  tate: {font: serif, size: 26, leading: 40}
  d-tate: {font: major, size: 40, leading: 52}
brochure:
  grid: {first: 50, pitch: 6}
  masters:
    foreword:
      frames:
        - {name: title, style: tate, vertical: true, hang: baseline, at: [40, 60, 0, 90]}
        - {name: body, at: [60, 61, 50, 60], next: body-2, balance: true, initial: {style: drop}}
        - {name: body-2, at: [115, 64, 50, 60]}
        - {name: art, drop: true}
        - {name: side, text: '{foreword.body}', style: foreword, vertical: true, at: [20, 160, 150, 90]}
deck:
  blocks:
    head:
      frames:
        - {name: title, style: d-tate, vertical: true, at: [250, 100, 110, 300]}
"""


def with_layout(folder, text, source=WORDS):
    """Returns what the source makes in a layout that changes civic."""
    for name, content in (("civic", (ROOT / "layouts" / "civic" / "layout.yaml").read_text(encoding="utf-8")), ("changed", text)):
        (folder / name).mkdir(parents=True)
        (folder / name / "layout.yaml").write_text(content, encoding="utf-8")
    (folder / "s.yaml").write_text(source, encoding="utf-8")
    return make(folder / "s.yaml", folder / "changed")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return with_layout(tmp_path_factory.mktemp("keys"), KEYS)


def slots(composition, master) -> dict[str, TextBox]:
    page = next(page for page in composition.pages if page.master == master)
    return {box.slot: box for box in flatten(page.boxes) if isinstance(box, TextBox)}


def printed(box) -> list[str]:
    return [line.text.replace("\n", "") for line in box.lines]


def test_a_text_runs_on_into_the_next_frame_as_high_as_the_first(keys):
    first, second = (slots(keys.brochure, "foreword")[name] for name in ("body", "body-2"))
    body = keys.read.publication.foreword
    assert "".join(printed(first) + printed(second)) == "".join(inline.text for rich in body for inline in rich)
    assert abs(len(first.lines) - 1 - len(second.lines)) <= 1  # the initial is a line of its own
    assert printed(second)[0] == "往前看"
    assert [p.keep_next for p in (*first.paragraphs, *second.paragraphs)] == [False, True, False]  # strong as a whole: a heading
    assert "".join(p.text for p in second.paragraphs) == "".join(printed(second))


def test_a_large_initial_stands_on_its_second_line(keys):
    first = slots(keys.brochure, "foreword")["body"]
    assert (first.lines[0].text, first.lines[0].baseline) == ("二", first.lines[2].baseline)
    assert [run.size for run in first.lines[0].runs] == [33]
    assert first.lines[1].x > 33 * 0.9
    assert first.lines[3].x == 0


def test_an_initial_may_be_a_number_of_the_layout_s_choice(tmp_path):
    layout = "extends: civic\ntitle: 试\nstyles: {drop: {font: serif, size: 40}}\n" + """\
brochure:
  blocks:
    full-words: {frames: [{name: body, style: body, initial: {text: '{keyword.number}', style: drop, lines: 3}}]}
    full-statement: {unless: [body]}
"""
    made = with_layout(tmp_path, layout)
    body = next(b for p in made.brochure.pages for b in flatten(p.boxes) if getattr(b, "name", "") == "数字孪生/body")
    assert [line.text for line in body.lines] == ["02", "平台正式发布。"]
    assert body.paragraphs[0].text == "平台正式发布。"
    assert body.lines[0].runs[0].role == Role("ordinal")
    assert body.lines[0].baseline - body.lines[1].baseline == pytest.approx(2 * 17.008)


def test_neighbouring_columns_stand_on_one_grid(keys):
    for name in ("body", "body-2"):
        box = slots(keys.brochure, "foreword")[name]
        for line in box.lines:
            steps = (box.origin[1] + line.baseline) / POINTS_PER_MM - 50
            assert abs(steps - round(steps / 6) * 6) * POINTS_PER_MM < 0.01


def test_strong_words_take_dots_in_print_and_weight_elsewhere(keys):
    first = slots(keys.brochure, "foreword")["body"]
    dotted = [run for line in first.lines for run in line.runs if run.dots]
    assert "".join(glyph.text for run in dotted for glyph in run.glyphs) == "重大项目"
    assert {run.font.weight for run in dotted} == {400}
    on_slides = [
        run for page in keys.deck.pages for box in flatten(page.boxes) if isinstance(box, TextBox)
        for paragraph in box.paragraphs for run in paragraph.runs if run.text == "产业空间"
    ]  # fmt: skip
    side = [run for p in slots(keys.brochure, "foreword")["side"].paragraphs for run in p.runs if run.text == "重大项目"]
    assert [(run.style.weight, run.dots) for run in (*on_slides, *side)] == [(700, False)] * 2


def test_a_vertical_title_stands_on_its_axis(keys):
    title = slots(keys.brochure, "foreword")["title"]
    area = inked(title)
    assert area.x + area.width / 2 == pytest.approx(40 * POINTS_PER_MM)
    assert (area.y, area.bottom) == pytest.approx((60 * POINTS_PER_MM, 60 * POINTS_PER_MM + 6.5 * 26))  # the closing mark ends half a cell early
    assert printed(title) == ["龙华“二十词”"]


def test_a_vertical_title_is_vertical_in_powerpoint(keys):
    title = slots(keys.deck, "keyword-gate")["title"]
    assert title.vertical == "columns"
    written = Written(render_pptx(keys.deck))
    layouts = [name for name in written.parts if name.startswith("ppt/slideLayouts/slideLayout")]
    assert any(written.find(name, "//a:bodyPr[@vert='eaVert']") for name in layouts)


@pytest.mark.parametrize(
    ("keys", "text", "line"),
    [
        ("hanging: false", "一二三四五六七八九十，一二三四。", "一二三四五六七八九"),
        ("hanging: true", "一二三四五六七八九十，一二三四。", "一二三四五六七八九十，"),
        ("profile: gb", "一二三四五六七八九——一二三四。", "一二三四五六七八九"),
        ("profile: strict", "一二三四五六七八九——一二三四。", "一二三四五六七八"),
        ("profile: gb", "一二三四五六七八甲/乙一二三四。", "一二三四五六七八"),
        ("profile: none", "一二三四五六七八九十。一二三四。", "一二三四五六七八九十"),
    ],
)
def test_a_style_s_profile_decides_where_lines_break(keys, text, line, tmp_path):
    layout = f"extends: civic\ntitle: 试\nstyles: {{lead-full: {{size: 12, align: justify, {keys}}}}}\n" + """\
brochure:
  blocks:
    full-statement-words: {frames: [{name: body, at: [88, 39.4, 42.4, 130]}]}
"""
    made = with_layout(tmp_path, layout, WORDS.replace("平台正式发布。", text))
    body = next(b for p in made.brochure.pages for b in flatten(p.boxes) if getattr(b, "name", "") == "数字孪生/body")
    assert printed(body)[0] == line


PAIR = "brochure: {keywords: [{master: pair}], blocks: {%s}}"
BODY = PAIR % "words: {frames: [{name: body, at: [88, 13.2, 102, 6]}]}"
FOOT = """\
brochure:
  keywords: [{master: full}]
  blocks: {full-foot: {frames: [{name: %s}]}}
"""
NARROW_HERO = FOOT % "hero, hero: {ladder: [[300, 14]]}, at: [20, 255, 30, 0]"
ROWS = PAIR % "rows: {frames: [{name: rows, at: [88, 60, 102, 15], rows: {count: 2, room: 0}}]}"
INSIDE = "brochure: {masters: {opener: {frames: [{name: numeral, inside: {size: 5}}]}}}"
THEME = "themes: [{id: 甲, title: 甲, lead: 甲}]\nkeywords:\n  - theme: 甲\n    title: 工业上楼"
THREAD = """\
brochure:
  masters:
    foreword:
      frames:
        - {name: body, at: [60, 61, 50, 30], next: body-2}
        - {name: body-2, at: [115, 61, 50, 12]}
"""
LONG = "工业上楼与重大产业项目集中上马开工仪式"
TOO_LONG = {
    "a title": ("", ("工业上楼", LONG), 14, f"幻灯片第 2 张：“{LONG}”的标题至多 16 字，多出 3 字"),
    "a date": ("styles: {date: {size: 90}}", ("", ""), 15, "画册第 4 页：“工业上楼/date”放不下，多出 3 个字"),
    "a body": (BODY, ("", ""), 16, "画册第 4 页：“工业上楼”的正文至多"),
    "a text over two frames": (THREAD, ("", ""), 7, "画册第 2 页：“卷首语”的正文至多 83 字，多出 46 字"),
    "a big figure": (NARROW_HERO, ("    facts:", "    hero: 项目\n    facts:"), 19, "画册第 5 页：“工业上楼/hero”放不下，多出 2 个字"),
    "rows": (ROWS, ("    facts:", "    points: [甲乙丙丁, 子丑寅卯]\n    facts:"), 17, "画册第 4 页：“工业上楼/rows”放不下，多出 5 个字"),
}  # fmt: skip


@pytest.mark.parametrize("case", TOO_LONG)
def test_an_overset_text_is_told_with_medium_page_frame_and_the_source_s_line(case, tmp_path):
    changes, (old, new), line, words = TOO_LONG[case]
    with pytest.raises(Rejected) as caught:
        with_layout(tmp_path, f"extends: civic\nfallback: never\ntitle: 试\n{changes}\n", WORDS.replace(old, new) if old else WORDS)
    found = {d.message.zh: d for d in caught.value.diagnostics if d.code == "overset"}
    told = next((d for message, d in found.items() if message.startswith(words)), None)
    assert told, list(found)
    assert Path(told.span.file).name == ("s.yaml" if line else "layout.yaml")  # a theme's ordinal is the layout's word
    assert line in (None, told.span.line)
    assert "layout.yaml:" in told.hint.zh


def test_a_text_in_another_frame_is_no_wider_than_that(tmp_path):
    made = with_layout(tmp_path, f"extends: civic\nfallback: never\ntitle: 试\n{INSIDE}\n", WORDS.replace("keywords:\n  - title: 工业上楼", THEME))
    numeral = slots(made.brochure, "opener")["numeral"]
    assert 0.9 * numeral.rect.width < numeral.lines[0].width <= numeral.rect.width


def test_a_chart_that_stands_nowhere_draws_a_warning_at_its_place(tmp_path):
    facts = "    facts:\n      前: {label: 甲, value: 5, unit: 个}\n"
    charts = "charts:\n  - {kind: column, title: 两项, items: [{fact: 工业上楼.前}, {fact: 工业上楼.项目}]}\n"
    source = WORDS.replace("    facts:\n", facts) + charts
    assert [d.code for d in with_layout(tmp_path / "a", "extends: civic\ntitle: 试\n", source).diagnostics] == []
    kinds = "{brochure: {keywords: [{master: full}]}, deck: {keywords: [{master: keyword-gate}]}}"
    made = with_layout(tmp_path / "b", f"{{extends: civic, fallback: never, title: 试, {kinds[1:]}\n", source)
    (told,) = dict.fromkeys(d for d in made.diagnostics if d.code == "entry-left-out" and "图表" in d.message.zh and "画册" in d.message.zh)
    assert (Path(told.span.file).name, told.span.line) == ("s.yaml", 1 + source.splitlines().index("charts:") + 1)
    assert "两项" in told.message.zh


def test_a_row_is_as_high_as_its_texts_need_even_where_the_layout_asks_for_less(tmp_path):
    value = "一行写不下的要点，要在表格里占去两行、三行或者更多行，线不能从字上穿过去"
    source = WORDS.replace("    facts:", f"    points: [短: {value}, 短: 短]\n    facts:")
    frame = "rows, at: [88, 200, 102, 60], rows: {key_width: 60, least: 5, most: [5], wrapped: 0, room: 0}"
    made = with_layout(tmp_path, f"extends: civic\ntitle: 试\n{FOOT % frame}", source)
    (table,) = [b for page in made.brochure.pages for b in page.boxes if isinstance(b, TableBox) and b.rows]
    blocks = [row[1].text for row in table.cells]
    feet = [inked(block).bottom for block in blocks]
    assert len(blocks[0].lines) > 1
    assert feet[0] < table.rect.y + table.rows[0] < inked(blocks[1]).y
    assert table.rows[1] < table.rows[0]


def test_the_short_line_of_the_timeline_is_there_for_layouts_and_breaks_at_its_space(tmp_path):
    source = WORDS.replace("    facts:", "    timeline: 首批项目集中 上马开工\n    facts:")
    frame = "line, text: '{keyword.timeline}', style: body, spaces: break, at: [88, 200, 102, 20]"
    made = with_layout(tmp_path, f"extends: civic\ntitle: 试\n{FOOT % frame}", source)
    (box,) = [b for page in made.brochure.pages for b in page.boxes if b.name.endswith("工业上楼/line")]
    assert [line.text.strip() for line in box.lines] == ["首批项目集中", "上马开工"]
