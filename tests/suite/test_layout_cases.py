"""Layouts as designers have written them, each wrong or bold in one thing: what they are told, and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lhpub.boxes import ChartBox, ShapeBox
from lhpub.build import Job, Look, read_all, read_look, try_layout
from lhpub.diagnostics import Diagnostic, Rejected, Severity
from lhpub.layout.check import check_layout
from lhpub.trials import Tried, never_held
from lhpub.walk import flatten, texts
from lhpub.world import World
from tests.suite.workshop import ROOT

FOREWORD = "brochure: {{masters: {{foreword: {{frames: [{}]}}}}}}"
COVER = "brochure: {{masters: {{cover: {{frames: [{}]}}}}}}"
SOURCE = """\
publication: {title: 我们的一年, organisation: 某某区, date: 2024-01-15, foreword: {title: 卷首, body: 这一年的工作稳步推进。}}
keywords:
  - title: 开工
    body: 项目开工。
    facts: {全市: {label: 全市, value: 10, unit: 家}, 本区: {label: 本区, value: 4, unit: 家},
            其余: {label: 其余, difference: [全市, 本区]}, 占比: {label: 占比, ratio: [本区, 全市]}}
charts:
  - {kind: share, title: 占比, keyword: 开工, whole: 开工.全市, part: 开工.本区, rest: 开工.其余, share: 开工.占比}
"""
TOLD = {
    "a font that is not there": ("fonts: {serif: 方正小标宋}", {"no-font": 3}),
    "a font under its Latin name": ("fonts: {serif: Source Han Serif SC}", {"no-font": 3}),
    "a deck's font that is not there": ("deck: {fonts: {major: {latin: T, ea: 方正小标宋, measure: 方正小标宋}}}", {"no-font": 3}),
    "a weight that a font has not": ("styles: {body: {weight: 250}, lead: {weight: 900}}", {"weight-not-there": 3}),
    "a frame in an included block that goes off the page": (
        COVER.format("{name: title, at: [190, 218, 170, 38]}"), {"off-page": 3, "set-below": 3}),
    "two frames on one place": (
        FOREWORD.format("{name: body, at: [30, 40, 102, 112]}"), {"frames-overlap": 3, "set-below": 3}),
    "keys that a rule and a text do not read": (
        FOREWORD.format("{name: r, rule: 1, style: body, at: [20, 250, 9, 0]}"), {"unread-key": 3}),
    "keys of a chart that is not drawn in the style": ("charts: {share: {climb: [1, 2]}}", {"unread-key": 3}),
    "two frames of one name": (
        FOREWORD.format("{name: n, rule: 1, at: [20, 250, 9, 0]}, {name: n, text: 你好, style: body, at: [20, 252, 60, 0]}"),
        {"two-of-one-name": 3}),
    "a colour that no text stands out in or from": ("palette: {red: {rgb: '#F5D0D0', cmyk: [0, 20, 20, 0]}}", {"contrast": 3}),
    "a colour without inks": (
        "palette: {neon: {rgb: '#00FF88'}}\n" + FOREWORD.format("{name: blob, fill: neon, at: [20, 200, 50, 50]}"), {"no-ink": 3}),
}  # fmt: skip


def look_of(folder: Path, text: str) -> tuple[Job, Look]:
    (folder / "mine").mkdir(exist_ok=True)
    (folder / "mine" / "layout.yaml").write_text(f"extends: civic\ntitle: t\n{text}\n", encoding="utf-8")
    (folder / "s.yaml").write_text(SOURCE, encoding="utf-8")
    job = Job(Path("s.yaml"), Path("mine"), ROOT / "fonts" / "fonts.yaml", Path("out"))
    return job, read_look(World(folder), job)


def lines(found: tuple[Diagnostic, ...]) -> dict[str, int | None]:
    """Returns the codes told of the layout; the line in its file that the message, or its hint, names."""
    named = {}
    for one in found:
        words = one.hint.en if one.hint else ""
        own = one.span is not None and one.span.file == "mine/layout.yaml"
        named[one.code] = one.span.line if own and one.span else 3 if "mine/layout.yaml:3" in words else None
    return named


@pytest.mark.parametrize("case", TOLD)
def test_a_fault_of_a_layout_has_its_line(case: str, tmp_path: Path) -> None:
    text, wanted = TOLD[case]
    job, look = look_of(tmp_path, text)
    told = (*look.diagnostics, *check_layout(look.layout.spec))
    if "set-below" in wanted:
        told += try_layout(read_all(World(tmp_path), job, look), ("brochure",))[1]
    assert {code: line for code, line in lines(told).items() if code != "entry-left-out"} == wanted


def test_misspelt_names_are_told_each_once_with_what_was_meant(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        look_of(tmp_path, "styles: {kw-titel: {size: 20}}\n" + COVER.format(
            "{name: tilte, at: [20, 20, 20, 20]}, {name: zz, text: '{keyword.titel}', style: kw-title, at: [20, 20, 20, 0]}, "
            "{name: z3, text: 你好, sytle: kw-title, at: [20, 20, 20, 0]}"))  # fmt: skip
    hints = [d.hint.en for d in caught.value.diagnostics if d.hint]
    assert len(hints) == len(caught.value.diagnostics) == 4
    for meant in ("kw-title", "title", "keyword.title", "style"):
        assert any(f"“{meant}”" in hint for hint in hints)


COMPOSED = {
    "a figure of the layout's own": (
        FOREWORD.format("{name: z, text: 2023年, style: body, at: [20, 250, 100, 0]}"), "figure-without-role"),
    "a keyword that is not there": (
        FOREWORD.format("{name: z, text: '{keyword.title}', keyword: 99, style: body, at: [20, 250, 100, 0]}"), "unknown-fact"),
    "a style that no page of its own is set in": ("styles: {body: {size: 80, leading: 120}}", "never-set"),
}  # fmt: skip


@pytest.mark.parametrize("case", COMPOSED)
def test_what_only_a_page_shows_has_its_line_too(case: str, tmp_path: Path) -> None:
    job, look = look_of(tmp_path, COMPOSED[case][0])
    found = try_layout(read_all(World(tmp_path), job, look), ("brochure",))[1]
    assert lines(tuple(d for d in found if d.code == COMPOSED[case][1])) == {COMPOSED[case][1]: 3}


@pytest.mark.parametrize(("text", "code", "hint"), [
    ("brochure: {masters: {forewrod: {frames: []}}}", "unknown-name", "“foreword”"),
    ("brochure: {sequence: [covr]}", "unknown-name", "“cover”"),
    (FOREWORD.format("{name: body, more: forword}"), "unknown-name", "“foreword”"),
    (FOREWORD.format("{name: z, art: no.svg, at: [20, 250, 20, 20]}"), "no-file", ""),
])  # fmt: skip
def test_a_name_that_is_not_there_has_its_line_and_what_was_meant(text: str, code: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        look_of(tmp_path, text)
    (told,) = caught.value.diagnostics
    assert (told.code, told.span and told.span.line) == (code, 3)
    assert hint in (told.hint.en if told.hint else "")


def test_a_layout_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layout.yaml").write_text("extends: civik\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        read_look(World(tmp_path), Job(Path("s.yaml"), Path("mine"), ROOT / "fonts" / "fonts.yaml", Path("out")))
    assert [(d.code, d.span and d.span.line, "“civic”" in str(d.hint)) for d in caught.value.diagnostics] == [("no-layout", 1, True)]


def test_a_style_in_another_size_takes_the_sizes_of_its_frames_with_it(tmp_path: Path) -> None:
    spec = look_of(tmp_path, "styles: {kw-title: {size: 33}}")[1].layout.spec
    (title,) = (f for f in spec.brochure.blocks["full-head"].frames if f.name == "title")
    assert title.sizes[:2] == ((33, 1), (30, 1))
    assert title.sizes[-1] == (16, 2)
    assert spec.styles["kw-title"].leading == 45


def test_one_cause_that_sends_pages_below_is_told_once_with_all_that_is_wrong(tmp_path: Path) -> None:
    long = "{{name: {}, text: '一二三四五六七八九十一二三四五六七八九十', style: body, at: [20, {}, 20, 0]}}"
    job, look = look_of(tmp_path, FOREWORD.format(f"{long.format('y', 230)}, {long.format('z', 250)}"))
    found = try_layout(read_all(World(tmp_path), job, look), ("brochure",))[1]
    (told,) = (d for d in found if d.code == "set-below")
    assert told.hint
    assert "框“y”" in told.hint.zh
    assert "框“z”" in told.hint.zh


@pytest.mark.parametrize(("style", "kinds"), [("share", ["share"]), ("rank", [])])
def test_a_chart_stands_in_any_frame_and_none_in_a_frame_of_another_kind(style: str, kinds: list[str], tmp_path: Path) -> None:
    job, look = look_of(tmp_path, COVER.format(f"{{name: c, chart: {style}, at: [20, 30, 80, 40]}}"))
    cover = try_layout(read_all(World(tmp_path), job, look), ("brochure",))[0]["brochure"].pages[0]
    assert [box.chart.kind for box in cover.boxes if isinstance(box, ChartBox)] == kinds


def test_a_style_that_is_too_large_for_its_frames_is_told(tmp_path: Path) -> None:
    layout = look_of(tmp_path, "styles: {body: {size: 80, leading: 120}}")[1].layout
    tried = Tried("t", {}, (), frozenset(), {}, {"lead": 20.0})
    (told,) = never_held(layout, [tried])
    assert (told.code, told.span and told.span.line, told.severity) == ("never-set", 3, Severity.WARNING)
    (told,) = never_held(layout, [replace(tried, styles={"body": 40.0}), tried])
    assert "40 pt" in told.message.zh
    assert list(never_held(layout, [replace(tried, styles={"body": 80.0}), tried])) == []


def test_a_master_that_an_earlier_one_hides_is_told(tmp_path: Path) -> None:
    text = ("brochure: {masters: {mine: {title: 我的, frames: [{name: title, text: '{keyword.title}', style: kw-title, "
            "at: [20, 39, 66, 0]}]}}, keywords: [{master: full, keywords: 1}, {master: mine, keywords: 1}]}")  # fmt: skip
    layout = look_of(tmp_path, text)[1].layout
    (told,) = never_held(layout, [Tried("t", {}, (), frozenset({("画册", "full")}), {}, {})])
    assert (told.code, told.span and told.span.line) == ("never-taken", 3)
    assert "“mine”" in told.message.zh


def test_what_a_layout_inherits_bleeds_on_another_paper(tmp_path: Path) -> None:
    job, look = look_of(tmp_path, "brochure: {size: [210, 297]}")
    made, found = try_layout(read_all(World(tmp_path), job, look), ("brochure",))
    last = made["brochure"].pages[-1]
    shapes = [box for box in flatten(last.boxes) if isinstance(box, ShapeBox) and box.fill]
    assert max(box.rect.bottom for box in shapes) >= last.size.height + last.bleed - 0.1
    assert not [d for d in found if d.severity is Severity.ERROR]
    assert any(texts(last, made["brochure"]))
