"""Dots of the keywords: alike and too near they run together, so that a page of a long book has no more shapes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from lhpub.boxes import ShapeBox
from lhpub.compose.marks import draw_dots
from lhpub.compose.scope import Scope
from lhpub.diagnostics import Span
from lhpub.layout.generators import Dots
from lhpub.text.model import Ink
from lhpub.units import Rect

INKS = {name: Ink(name, (0, 0, 0)) for name in ("plain", "lit", "come")}


def dots_of(count: int, lit: int) -> tuple[ShapeBox, ...]:
    keywords = [SimpleNamespace(number=number) for number in range(1, count + 1)]
    scope = SimpleNamespace(publication=SimpleNamespace(keywords=keywords), lit=[keywords[lit - 1]], keyword=None)
    dots: Any = Dots(span=Span("layout.yaml", 1, 1), over="keywords", plain=(1.0, "plain"), lit=(2.0, "lit"), to_come=(1.0, ("come", 0.5)))
    return draw_dots(dots, Rect(100, 50, 300, 0), 1.0, INKS, cast(Scope, scope)).current


def test_dots_apart_stand_one_a_keyword() -> None:
    assert len(dots_of(20, 7)) == 20


@pytest.mark.parametrize("count", [250, 600])
def test_dots_that_meet_are_a_bar_before_and_a_bar_after_the_lit_one(count: int) -> None:
    before, lit, after = dots_of(count, 100)
    assert (before.fill, lit.fill, after.stroke) == (INKS["plain"], INKS["lit"], INKS["come"])
    assert before.rect.x < 100 < 400 < after.rect.right
    pitch = 300 / (count - 1)
    assert before.rect.right + pitch == pytest.approx(100 + 99 * pitch + 0.7)
    assert before.rect.height == pytest.approx(1.4)
