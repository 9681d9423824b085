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


@pytest.mark.parametrize(("style", "kinds"), [("share", ["share"]), ("rank", [])])
def test_a_chart_stands_in_any_frame_and_none_in_a_frame_of_another_kind(style: str, kinds: list[str], tmp_path: Path) -> None:
    job, look = look_of(tmp_path, COVER.format(f"{{name: c, chart: {style}, at: [20, 30, 80, 40]}}"))
    cover = try_layout(read_all(World(tmp_path), job, look), ("brochure",))[0]["brochure"].pages[0]
    assert [box.chart.kind for box in cover.boxes if isinstance(box, ChartBox)] == kinds


def test_a_style_that_is_too_large_for_its_frames_is_told(tmp_path: Path) -> None:
    spec = look_of(tmp_path, "styles: {body: {size: 80, leading: 100}}")[1].layout.spec
    tried = Tried("t", {}, (), frozenset(), {}, frozenset({"lead"}))
    (told,) = never_held(spec, [tried])
    assert (told.code, told.span and told.span.line, told.severity) == ("never-set", 3, Severity.WARNING)
    assert "“body”" in told.message.zh
    assert list(never_held(spec, [replace(tried, styles=frozenset({"body"}))])) == []


def test_what_a_layout_inherits_bleeds_on_another_paper(tmp_path: Path) -> None:
    job, look = look_of(tmp_path, "brochure: {size: [210, 297]}")
    made, found = try_layout(read_all(World(tmp_path), job, look), ("brochure",))
    last = made["brochure"].pages[-1]
    shapes = [box for box in flatten(last.boxes) if isinstance(box, ShapeBox) and box.fill]
    assert max(box.rect.bottom for box in shapes) >= last.size.height + last.bleed - 0.1
    assert not [d for d in found if d.severity is Severity.ERROR]
    assert any(texts(last, made["brochure"]))
