"""The publication's own text in the real fonts, at measures from 8 to 40 em."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from square_font import style

from lhpub.text.fonts import FontBook
from lhpub.text.model import Line, Paragraph, Run
from lhpub.text.setting import set_text

SOURCE = Path(__file__).resolve().parents[3] / "source/longhua-2023.yaml"
NOT_FIRST = set("，。、；：？！）》〉」』】”’·℃%～")
NOT_LAST = set("（《〈「『【“‘￥")


def texts() -> list[str]:
    """Returns the foreword's and the keywords' paragraphs, a figure in place of each reference."""
    source = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    found = [source["publication"]["foreword"]["body"], *(word.get("body", "") for word in source["keywords"])]
    return [re.sub(r"\{[^}]*\}", "535.8亿元", part).replace("\n", "") for text in found for part in text.split("\n\n") if part]


def set_at(measure: float, book: FontBook, family: str = "Noto Sans SC") -> list[tuple[str, tuple[Line, ...]]]:
    look = style(family=family, profile="zh-CN/gb")
    return [(text, set_text([Paragraph((Run(text, look),), look)], measure * 10, book).lines) for text in texts()]


def ink(line: Line) -> list[tuple[float, float, str]]:
    """Returns left and right edge of each drawn glyph's outline from the line's origin."""
    edges = []
    for run in line.runs:
        for glyph in run.glyphs:
            extents = run.font.shaper.get_glyph_extents(glyph.gid)
            left = glyph.x + extents.x_bearing * run.size / 1000
            if extents.width:
                edges.append((left, left + extents.width * run.size / 1000, glyph.text))
    return edges


@pytest.mark.parametrize("measure", [8, 11.5, 14, 20, 28.9, 40])
def test_lines_of_the_publication_keep_the_rules(noto: FontBook, measure: float) -> None:
    for text, lines in set_at(measure, noto):
        assert "".join(line.text for line in lines) == text
        assert "".join(g.text for line in lines for run in line.runs for g in run.glyphs) == text
        for before, line in pairwise(lines):
            assert line.text[0] not in NOT_FIRST
            assert before.text[-1] not in NOT_LAST
            assert before.width == pytest.approx(measure * 10, abs=0.01) or is_torn(before.text, measure)
        if len(lines) > 1:
            assert len(re.findall(r"[\u4e00-\u9fff0-9A-Za-z]", lines[-1].text)) >= 2


def is_torn(text: str, measure: float) -> bool:
    """True if the line cannot be filled but by more than 3/16 em between all that may part: it is set short."""
    parting = sum(a >= "一" or b >= "一" for a, b in pairwise(text))
    natural = sum(1.0 if character >= "　" or character in "“”—…" else 0.56 for character in text)
    return measure - natural > 0.15 * parting


@pytest.mark.parametrize("family", ["Noto Sans SC", "Noto Serif SC"])
@pytest.mark.parametrize("measure", [12, 28.9])
def test_outlines_stand_apart_and_inside_the_measure(noto: FontBook, family: str, measure: float) -> None:
    for _, lines in set_at(measure, noto, family):
        for line in lines:
            edges = ink(line)
            assert edges[0][0] > -0.6, line.text  # a stroke of a Han may reach out of its em box by a hair
            assert edges[-1][1] < measure * 10 + 0.6, line.text
            for left, right in pairwise(edges):
                assert right[0] - left[1] > -0.6, (left, right, line.text)


def test_at_the_brochures_measure_hardly_a_line_is_loose(noto: FontBook) -> None:
    lines = [line for _, lines in set_at(28.9, noto) for line in lines]
    assert not [line.text for line in lines if not line.last and line.width < 288.9]
    assert max(line.residual for line in lines) < 0.125
    assert sum(line.residual > 0.0625 for line in lines) <= len(lines) / 25
