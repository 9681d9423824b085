"""build.json: per target, from the bytes that were read, and nothing that lhpub has not written is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.record import Product, Record, entry_of, left_over, merged, older, read_record, repaged, sha256, write_record

BASES = {"layout": Path("/p/layouts"), "source": Path("/p")}


def product(name: str = "x-deck", text: str = "1", files: tuple[str, ...] = ("x-deck.pptx",)) -> Product:
    reads = {Path("/p/s.yaml"): text, Path("/p/layouts/civic/layout.yaml"): "l", Path("/elsewhere/f.yaml"): "f"}
    told = (Diagnostic("code", Severity.WARNING, Bilingual("说", "said")),)
    return Product(name, {name: name.encode() for name in files}, 3, reads, told)


def record(*products: Product) -> Record:
    return {p.name: entry_of(p, BASES) for p in products}


def test_an_entry_groups_inputs_by_the_innermost_folder_and_hashes_outputs() -> None:
    assert entry_of(product(), BASES) == {
        "inputs": {"layout": {"civic/layout.yaml": "l"}, "source": {"s.yaml": "1"}, "other": {"f.yaml": "f"}},
        "outputs": {"x-deck.pptx": sha256(b"x-deck.pptx")},
        "pages": 3,
        "figures": {},
        "begins": {},
        "cells": {},
        "diagnostics": [{"code": "code", "place": "", "message": "说"}],
    }


def test_what_is_written_is_read_again() -> None:
    targets = record(product(), product("x-brochure"))
    assert read_record(write_record(targets)) == targets


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"targets": []}', '{"targets": {"a": {}}}', '{"inputs": {}, "outputs": {}}',
     '{"targets": {"a": {"inputs": [], "outputs": {}, "pages": 1, "diagnostics": []}}}'],
)  # fmt: skip
def test_what_lhpub_has_not_written_is_no_record(text: str) -> None:
    assert read_record(text.encode()) == {}


def test_a_target_is_older_when_a_file_that_both_were_made_from_has_changed() -> None:
    before = record(product("x-brochure", "1"), product("x-deck-4x3", "2"), product("y-deck", "1"))
    told = list(older(before, record(product("x-deck", "2")), "x"))
    assert [d.code for d in told] == ["older-files"]
    assert "x-brochure" in told[0].message.zh
    assert "s.yaml" in told[0].message.zh
    assert list(older(before, record(product("x-brochure", "1"), product("x-deck-4x3", "2")), "x")) == []
    assert list(older(before, record(product("x-brochure", "2"), product("x-deck-4x3", "2")), "x")) == []


def test_what_a_target_made_before_of_other_inputs_is_left_over_and_of_the_same_is_kept() -> None:
    both = ("x-deck.pptx", "x-deck-imposed.pdf")
    before = record(product(text="1", files=both), product("x-brochure", files=("b.pdf",)))
    changed, same = record(product(text="2")), record(product(text="1"))
    assert left_over(before, changed) == {"x-deck-imposed.pdf": sha256(b"x-deck-imposed.pdf")}
    assert left_over(before, same) == {}
    assert set(merged(before, same)["x-deck"]["outputs"]) == set(both)
    assert set(merged(before, changed)["x-deck"]["outputs"]) == {"x-deck.pptx"}
    assert merged(before, changed)["x-brochure"] == before["x-brochure"]


@pytest.mark.parametrize(
    ("begins", "said"),
    [({"甲": 4, "乙": 6, "丙": 7}, "从“乙”起，由第 5 页移到第 6 页"), ({"甲": 4, "丁": 5, "乙": 6, "丙": 7}, "新增“丁”，在第 5 页"),
     ({"甲": 4, "乙": 5}, "“丙”删去了"), ({"甲": 4, "乙": 5, "丙": 6}, "目录、来源等页有增减")],
)  # fmt: skip
def test_more_or_fewer_pages_are_told_with_where_that_begins(begins: dict[str, int], said: str) -> None:
    old = record(Product("x-brochure", {}, 24, {}, (), begins={"甲": 4, "乙": 5, "丙": 6}))
    (told,) = repaged(old, record(Product("x-brochure", {}, 28, {}, (), begins=begins)))
    assert (told.code, told.message.zh) == ("pages-moved", f"x-brochure 24 → 28 页：{said}")
    assert list(repaged({}, old)) == list(repaged(old, old)) == []
