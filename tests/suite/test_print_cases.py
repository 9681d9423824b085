"""Layouts as designers have written them, and what a print shop would send back: each is told where it can be mended, by `check`
and `build` alike, for both make the files by one function."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhpub import build as building
from lhpub.diagnostics import Diagnostic, Rejected
from lhpub.world import World
from tests.suite.workshop import ROOT, job_for

SOURCE = """\
publication:
  title: 我们的一年
  organisation: 某某区
  date: 2024-01-15
  foreword: {title: 卷首, body: 这一年的工作稳步推进。}
keywords:
  - {title: 开工, body: 项目开工。}
"""
FOREWORD = "brochure: {{masters: {{foreword: {{frames: [{}]}}}}}}\n"
RICH = "palette: {rich: {rgb: '#101010', cmyk: [60, 50, 50, 100]}}\n"
TINY = "styles: {{tiny: {{font: sans, size: {0}, leading: {1}, colour: {2}}}}}\n"
CONDITION = {"press-no-condition": 1}
CASES: dict[str, tuple[str, dict[str, int | None]]] = {
    "a gradient from a spot": (
        "palette: {zhu: {rgb: '#CF3A20', cmyk: [10, 88, 97, 0], spot: Zhu}}\n"
        + FOREWORD.format("{name: tint, fill: {stops: [{at: 0, colours: [zhu]}, {at: 1, colours: [paper]}]}, at: [20, 175, 60, 10]}"),
        CONDITION,
    ),
    "two looks of one solid": (
        "palette:\n  sp100: {rgb: '#CF3A20', cmyk: [10, 88, 97, 0], spot: Zhu}\n"
        "  sp40: {rgb: '#ECB0A6', cmyk: [4, 35, 39, 0], spot: Zhu}\n"
        + FOREWORD.format("{name: a, fill: sp100, at: [-3, -3, 30, 30]}, {name: b, fill: sp40, at: [-3, 27, 30, 30]}"),
        {"spot-two-solids": 5},
    ),
    "finishes that are not declared": (
        "palette:\n  uv: {rgb: '#00A0E9', cmyk: [100, 0, 0, 0], spot: UV}\n"
        "  die: {rgb: '#E4007F', cmyk: [0, 100, 0, 0], spot: DieLine}\n"
        + FOREWORD.format("{name: uv, fill: uv, at: [120, 60, 40, 40]}, {name: die, rule: 0.5, colour: die, at: [30, 200, 100, 0]}"),
        {"ink-undeclared": 4, "colour-differs": 4, **CONDITION},
    ),
    "a foil that is not declared": (
        "palette:\n  gold: {rgb: '#BFA26A', cmyk: [20, 32, 65, 8], spot: 烫金}\n"
        "  red: {rgb: '#871920', cmyk: [22, 100, 90, 38], spot: PANTONE 187 C}\n",
        {"ink-undeclared": 4, **CONDITION},
    ),
    "an outline whose foot a text moves past the trim": (
        FOREWORD.format("{name: x, nested: {outer: [0, 0, 50, 50], vanish: [25, 25], opening: 0.5, count: 1, line: [frame, 0.45]}, at: [20, 236, 50, 50]}"),
        CONDITION,
    ),
    "a ground that is a spot": ("palette: {paper: {rgb: '#FBE9D5', cmyk: [0, 8, 16, 2], spot: PANTONE 9183 C}}\n", CONDITION),
    "one of two values changed": ("palette: {red: {rgb: '#1D5C4A'}}\n", {"colour-differs": 3, **CONDITION}),
    "black rules over red": (
        FOREWORD.format("{name: g, fill: red, at: [20, 150, 60, 60]}, {name: r1, rule: 0.5, colour: ink, at: [22, 160, 50, 0]}"),
        {"ink-total": 3, **CONDITION},
    ),
    "a black bar over red": (
        FOREWORD.format("{name: g, fill: red, at: [20, 150, 60, 60]}, {name: r2, fill: ink, at: [22, 170, 50, 5]}"),
        {"ink-total": 3, **CONDITION},
    ),
    "black text over much ink": (
        "palette: {dark: {rgb: '#C0A0A0', cmyk: [80, 90, 60, 0], differs: 试验}}\n"
        + TINY.format(14, 16, "ink")
        + FOREWORD.format("{name: g, fill: dark, at: [20, 150, 60, 20]}, {name: x, text: 黑字叠印, style: tiny, at: [22, 155, 50, 0]}"),
        {"ink-total": 5, **CONDITION},
    ),
    "small type reversed": (
        RICH + TINY.format(5, 9, "paper")
        + FOREWORD.format("{name: g, fill: rich, at: [20, 150, 60, 20]}, {name: x, text: 反白小字试验, style: tiny, at: [22, 155, 50, 0]}"),
        {"reversed-type": 5, **CONDITION},
    ),
    "type at the trim": (
        TINY.format(9, 9, "ink") + FOREWORD.format("{name: x, text: 贴边文字, style: tiny, at: [0.5, 200, 60, 0]}"),
        {"near-trim": 4, **CONDITION},
    ),
    "a bleed that the art does not reach": (
        "press: {bleed: 5}\n" + FOREWORD.format("{name: g, fill: red, at: [-2, 150, 60, 20]}"),
        {"bleed-short": 4, "press-no-condition": 3},
    ),
    "a wider bleed": ("press: {bleed: 5}\n", {"press-no-condition": 3}),
    "an ink limit of 240": ("press: {ink_limit: 240, marks: false}\n", {"ink-total": None, "press-no-condition": 3}),
    "a condition without its profile": ("press: {condition: Japan Color 2011 Coated}\n", {"press-no-profile": 3}),
    "a profile that is none": ("press: {profile: junk.icc, condition: FOGRA39}\n", {"press-profile": 3}),
    "a colour without process values": (
        "palette: {neon: {rgb: '#00FF88'}}\n" + FOREWORD.format("{name: blob, fill: neon, at: [20, 30, 50, 50]}"),
        {"press-ink-without-cmyk": 3, **CONDITION},
    ),
}  # fmt: skip
REFUSED = {
    "two looks of one solid",
    "one of two values changed",
    "a black bar over red",
    "black text over much ink",
    "a profile that is none",
    "a bleed that the art does not reach",
    "an ink limit of 240",
    "a colour without process values",
}


def told(layout: str, folder: Path) -> tuple[tuple[Diagnostic, ...], bool]:
    """Returns what is told of the source in a layout on civic, and whether it is refused."""
    (folder / "look").mkdir()
    (folder / "look/layout.yaml").write_text(f"extends: civic\ntitle: 试验\n{layout}", encoding="utf-8")
    (folder / "look/junk.icc").write_bytes(bytes(12) + b"prtrCMYKLab " + bytes(2000))
    (folder / "source.yaml").write_text(SOURCE, encoding="utf-8")
    job = building.replace(job_for(folder / "source.yaml", folder / "out", folder / "look"), targets=("brochure",))
    try:
        return building.make(World(ROOT), job, lambda stage: None)[1], False
    except Rejected as rejected:
        return rejected.diagnostics, True


@pytest.mark.parametrize("case", CASES)
def test_a_print_shops_concern_is_told_at_its_line(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout, wanted = CASES[case]
    if case in REFUSED or "spot:" not in layout:  # plates of their own are read back from the files
        for name in ("render_pdf", "render_press"):
            monkeypatch.setattr(building, name, lambda *_: b"%PDF")
        for name in ("verify_pdf", "verify_press"):
            monkeypatch.setattr(building, name, lambda *_: ())
    found, is_refused = told(layout, tmp_path)
    lines: dict[str, int | None] = {}
    for one in found:
        lines.setdefault(one.code, one.span.line if one.span and one.span.file.endswith("look/layout.yaml") else None)
    assert {code: line for code, line in lines.items() if code != "entry-left-out"} == wanted
    assert is_refused is (case in REFUSED)
