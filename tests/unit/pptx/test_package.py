"""The file as a whole: bytes, parts, document properties, sections, notes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from lhpub.boxes import Composition, LinkBox
from lhpub.diagnostics import Rejected
from lhpub.render.pptx import render_pptx
from lhpub.units import Rect

from . import sample
from .written import Written

HERE = Path(__file__).parent
SCRIPT = "import hashlib; from tests.unit.pptx import sample; from lhpub.render.pptx import render_pptx; print(hashlib.sha256(render_pptx(sample.deck())).hexdigest())"


def test_equal_decks_give_equal_bytes(deck: Composition, written: Written) -> None:
    assert render_pptx(deck) == written.data


@pytest.mark.parametrize(
    ("seed", "zone", "language"), [("1", "Asia/Shanghai", "zh_CN.UTF-8"), ("77", "America/Lima", "C")]
)
def test_bytes_do_not_follow_hash_seed_zone_or_locale(written: Written, seed: str, zone: str, language: str) -> None:
    source = HERE.parents[2] / "src"
    env = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": language,
        "PYTHONPATH": f"{source}{os.pathsep}{HERE.parents[2]}",
    }
    told = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == sha256(written.data).hexdigest()


def test_every_entry_and_every_workbook_is_dated_1980(written: Written) -> None:
    archives = [written.data, *(blob for name, blob in written.parts.items() if name.endswith(".xlsx"))]
    assert len(archives) == 4
    for data in archives:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_trace_of_the_libraries_is_left(written: Written) -> None:
    everything = b"".join(blob for name, blob in written.parts.items() if name.startswith("docProps"))
    assert b"Canny" not in everything
    assert b"python-pptx" not in everything
    assert not [name for name in written.names if "thumbnail" in name or "printer" in name]
    assert b"2024-01-15T00:00:00Z" in written.parts["docProps/core.xml"]


def test_sections_name_every_slide_once_in_order(written: Written) -> None:
    slides = [entry.get("id") for entry in written.find("ppt/presentation.xml", "//p:sldIdLst/p:sldId")]
    listed = [entry.get("id") for entry in written.find("ppt/presentation.xml", "//p14:sldId")]
    assert listed == slides
    assert [s.get("name") for s in written.find("ppt/presentation.xml", "//p14:section")] == [
        "开篇",
        "企业与实力",
        "投资与开放",
    ]


def test_notes_stand_on_notes_pages_under_a_listed_master(written: Written) -> None:
    assert len(written.find("ppt/presentation.xml", "//p:notesMasterId")) == 1
    texts = ["".join(p.itertext()) for p in written.find("ppt/notesSlides/notesSlide1.xml", "//p:txBody/a:p")]
    assert texts == ["全年实际举办宣讲13场。", "合计109个（计算值）"]


def test_a_deck_without_notes_has_no_notes_master(deck: Composition) -> None:
    pages = tuple(replace(page, notes=()) for page in deck.pages)
    assert not [name for name in Written(render_pptx(replace(deck, pages=pages))).names if "notes" in name]


def test_equal_pictures_are_stored_once(deck: Composition) -> None:
    page = sample.photo_page(9)
    twice = replace(deck, pages=(*deck.pages, replace(page, anchors=())), sections=())
    assert sum("media" in name for name in Written(render_pptx(twice)).names) == 1


def test_links_to_no_slide_are_refused_all_at_once(deck: Composition) -> None:
    lost = tuple(LinkBox(Rect(0, 0, 9, 9), f"#{name}", name) for name in ("甲", "乙"))
    pages = (replace(deck.pages[0], boxes=(*deck.pages[0].boxes, *lost)), *deck.pages[1:])
    with pytest.raises(Rejected) as refused:
        render_pptx(replace(deck, pages=pages))
    assert [d.code for d in refused.value.diagnostics] == ["unknown-anchor", "unknown-anchor"]


def test_a_deck_in_4_to_3_has_that_size(deck: Composition) -> None:
    pages = tuple(replace(page, size=sample.Size(720, 540)) for page in deck.pages)
    size = Written(render_pptx(replace(deck, pages=pages))).find("ppt/presentation.xml", "//p:sldSz")[0]
    assert (size.get("cx"), size.get("cy")) == ("9144000", "6858000")
