"""The imprint of internal matter, and the numbers of maps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from lhpub.diagnostics import Diagnostic, Rejected
from lhpub.inline import plain
from lhpub.publication.model import Publication
from lhpub.publication.read import read_publication
from lhpub.publication.seal import printed_forms
from lhpub.world import World

SOURCE = """\
publication:
  title: 一年
  organisation: 某某区
  credits: [资料来源：某局]
  imprint:
    kind: 内部资料
    licence: （粤）内登字A第2024018号
    recipients: 全区各单位
    printer: 某某印刷厂
    printed: 2024年1月
    copies: 500册
keywords:
  - title: 重大项目
    body: 项目开工。
"""
PICTURE = "    picture: {file: p.png, alt: 区位图, caption: 片区%s}\n"


def read(folder: Path, source: str) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    Image.new("RGB", (20, 20)).save(folder / "p.png")
    (folder / "s.yaml").write_text(source, encoding="utf-8")
    try:
        return read_publication(World(folder), "s.yaml")
    except Rejected as rejected:
        return None, rejected.diagnostics


def test_its_cover_and_its_imprint_say_what_the_law_asks_for(tmp_path: Path) -> None:
    publication, told = read(tmp_path, SOURCE + PICTURE % ", map: 粤BS（2023）024号")
    assert publication is not None
    assert [plain(rich) for rich in publication.cover_lines] == ["内部资料，免费交流", "准印证号：（粤）内登字A第2024018号"]
    assert [plain(rich) for rich in publication.imprint] == [
        "编印单位：某某区", "发送对象：全区各单位", "印刷单位：某某印刷厂", "印刷日期：2024年1月", "印数：500册",
        "审图号：粤BS（2023）024号",
    ]  # fmt: skip
    assert not told
    required = {e.id: e.required for e in publication.entries if e.required}
    assert required["publication/imprint/licence"] == {"brochure"}
    assert required["keywords/重大项目/picture/map"] == {"brochure", "deck"}


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("资料来源：某局", "定价：20元", "不得标价", 4),
        ("某某印刷厂", "某某印刷厂，工本费10元", "不得标价", 9),
        ("资料来源：某局", "协办：某公司", "协办", 4),
        ("项目开工。", "本册定价贰拾元。", "不得标价", 14),
        ("项目开工。", "项目开工，每册20元。", "不得标价", 14),
        ("    copies: 500册\n", "    copies: 500册\n    price: 20元\n", "不认识的键", 12),
        ("（粤）内登字A第2024018号", "abc", "不像准印证号", 7),
        ("全区各单位", "社会公众", "不发给公众", 8),
        ("  organisation: 某某区\n", "", "缺少编印单位", 5),
        ("    copies: 500册\n", "", "缺少“copies”", 6),
        ("    kind: 内部资料", "    kind: 图书", "不在可选的值里", 6),
    ],
)
def test_what_the_law_forbids_is_refused_at_its_line(tmp_path: Path, old: str, new: str, words: str, line: int) -> None:
    publication, told = read(tmp_path, SOURCE.replace(old, new))
    assert publication is None
    assert [(words in d.message.zh, d.span and d.span.line) for d in told if "typed" not in d.code] == [(True, line)]


@pytest.mark.parametrize(
    ("old", "new"), [("一年", "某某导报"), ("一年", "先锋杂志"), ("资料来源：某局", "某某期刊社"), ("项目开工。", "本刊报道，项目开工。")]
)
def test_only_a_serial_must_not_be_called_one(tmp_path: Path, old: str, new: str) -> None:
    source = SOURCE.replace(old, new)
    assert read(tmp_path, source)[1] == ()
    serial, told = read(tmp_path, source.replace("    copies: 500册", "    copies: 500册\n    issue: 第3期"))
    assert serial is None
    assert [d.code for d in told] == ["imprint-forbidden"]


def test_what_only_looks_like_it_is_let_be(tmp_path: Path) -> None:
    source = SOURCE.replace("一年", "2023年年报").replace("项目开工。", "本报告写项目；记者到场，定价改革推开。")
    publication, told = read(tmp_path, source.replace("    copies: 500册", "    copies: 500册\n    issue: 第3期"))
    assert publication is not None
    assert told == ()


def test_advertising_is_warned_of_and_only_in_internal_matter(tmp_path: Path) -> None:
    for words in ("招商热线见封底。", "食堂套餐售价十五元减到售价15元。"):
        source = SOURCE.replace("项目开工。", words)
        assert ("imprint-advertising", 14) in [(d.code, d.span and d.span.line) for d in read(tmp_path, source)[1]]
    source = SOURCE.replace("项目开工。", "招商热线见封底。")
    free = re.sub(r"  imprint:\n(    .+\n)+?(?=keywords)", "", source)
    assert read(tmp_path, free)[1] == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [("", "map-without-number"), (", map: 某图", "bad-map-number"), (", map: 免审", ""), (", map: 不是地图", ""), (", map: GS(2019)1822号", "")],
)
def test_a_map_has_the_number_of_its_approval(tmp_path: Path, written: str, code: str) -> None:
    publication, told = read(tmp_path, SOURCE + PICTURE % written)
    assert [d.code for d in told] == [code] * bool(code)
    if publication and "GS" not in written:
        assert not any(id_.endswith("/map") for id_ in printed_forms(publication))
        assert not any("审图号" in plain(rich) for rich in publication.imprint)
