"""Fonts: which file serves which family and weight, what they say, and what subsets hold."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont
from square_font import block_of, build_square, paragraph

from lhpub.diagnostics import Rejected, Severity
from lhpub.text.fonts import FontBook, load_fonts
from lhpub.text.model import Run
from lhpub.text.setting import natural_width, set_text


def book_of(config: str, folder: Path) -> FontBook:
    return load_fonts(config.encode(), "fonts/fonts.yaml", folder)


def test_every_listed_family_leads_to_a_font(noto: FontBook) -> None:
    assert list(noto.families) == ["Noto Sans SC", "Noto Serif SC", "DejaVu Sans"]
    assert not noto.diagnostics
    assert noto.font("DejaVu Sans", 700).covers("⅓✓✔")
    for name in list(noto.families)[:2]:
        font = noto.font(name, 400)
        assert font.covers("回眸发展每一帧，从容迈向新征程")
        assert (font.licence, font.units_per_em) == ("OFL-1.1", 1000)


def test_a_weight_outside_the_axis_is_the_nearest_on_it(noto: FontBook) -> None:
    assert noto.font("Noto Sans SC", 950).weight == 900
    assert noto.font("Noto Serif SC", 700).weight == 400


def test_a_font_tells_what_a_descriptor_needs(noto: FontBook) -> None:
    sans, serif = noto.font("Noto Sans SC", 500), noto.font("Noto Serif SC", 400)
    assert (sans.postscript_name, sans.is_cff) == ("NotoSansSC-Medium", False)
    assert (serif.postscript_name, serif.is_cff) == ("NotoSerifSC-Regular", True)
    assert (sans.ascent, sans.descent, sans.cap_height, sans.italic_angle) == (1160, -288, 733, 0)
    assert sans.bbox[0] < 0 < sans.bbox[3]
    assert sans.stem < noto.font("Noto Sans SC", 900).stem


def test_fonts_are_equal_by_file_face_and_weight(noto: FontBook) -> None:
    again = load_fonts(b"families: {Other: {package: pylopdf_fonts_zh_cn, file: NotoSerifSC-Regular.otf}}", "f", Path())
    assert again.font("Other", 400) == noto.font("Noto Serif SC", 400)
    assert len({noto.font("Noto Sans SC", weight) for weight in (400, 400, 500)}) == 2


@pytest.mark.parametrize(("family", "weight"), [("Noto Sans SC", 400), ("Noto Sans SC", 700), ("Noto Serif SC", 400)])
def test_a_subset_holds_the_glyphs_and_no_others(noto: FontBook, family: str, weight: int) -> None:
    font = noto.font(family, weight)
    gids = frozenset(cluster.gid for cluster in font.shape("龙华——“中”") if cluster.text)
    subset = font.subset(gids)
    opened = TTFont(io.BytesIO(subset.data))
    assert len(opened.getGlyphOrder()) == len(gids) + 1
    assert sorted(subset.gid_map.values()) == list(range(len(gids) + 1))
    assert "fvar" not in opened
    assert len(subset.data) < 8000
    widths = [opened["hmtx"].metrics[name][0] for name in opened.getGlyphOrder()]
    for gid in gids:
        assert widths[subset.gid_map[gid]] == font.shaper.get_glyph_h_advance(gid)
    assert font.subset(gids).data == subset.data


def test_weights_of_a_variable_font_give_different_outlines(noto: FontBook) -> None:
    gids = frozenset(c.gid for c in noto.font("Noto Sans SC", 400).shape("龙") if c.text)
    assert noto.font("Noto Sans SC", 400).subset(gids).data != noto.font("Noto Sans SC", 700).subset(gids).data


def test_a_file_dropped_into_the_folder_is_used_by_its_own_name(tmp_path: Path) -> None:
    build_square(tmp_path / "方正.ttf", "方正小标宋简体")
    assert book_of("families: {}", tmp_path).font("方正小标宋简体", 400).covers("龙")


def test_faces_of_a_collection_are_found(tmp_path: Path) -> None:
    for name in ("One", "Two"):
        build_square(tmp_path / f"{name}.ttf", name)
    collection = TTCollection()
    collection.fonts = [TTFont(tmp_path / "One.ttf"), TTFont(tmp_path / "Two.ttf")]
    (tmp_path / "c").mkdir()
    collection.save(tmp_path / "c" / "both.ttc")
    book = book_of("families: {Second: {file: both.ttc, index: 1}}", tmp_path / "c")
    assert book.font("Second", 400).postscript_name == "Two-Regular"


def test_static_files_serve_their_weights(tmp_path: Path) -> None:
    for weight in (400, 700):
        build_square(tmp_path / f"w{weight}.ttf", f"W{weight}")
    book = book_of("families: {W: {files: {400: w400.ttf, 700: w700.ttf}}}", tmp_path)
    assert [book.font("W", weight).postscript_name for weight in (300, 500, 600, 900)] == [
        "W400-Regular", "W400-Regular", "W700-Regular", "W700-Regular"]  # fmt: skip


def test_an_absent_file_is_replaced_by_its_fallback_and_told(tmp_path: Path) -> None:
    build_square(tmp_path / "square.ttf")
    book = book_of("families: {Square: {file: square.ttf}, 小标宋: {file: x.ttf, fallback: [Square]}}", tmp_path)
    assert book.font("小标宋", 400).family == "Square"
    assert [(d.code, d.severity) for d in book.diagnostics] == [("font-absent", Severity.NOTICE)]


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("families: {小标宋: {file: x.ttf}}", "font-absent"),
        ("families: {N: {package: no_such_package, file: x.ttf}}", "font-absent"),
        ("families: {N: {file: broken.ttf}}", "font-broken"),
        ("families: {N: {file: broken.ttf, weights: bold}}", "font-weight"),
        ("families: {N: {fiel: broken.ttf}}", "unknown-key"),
        ("aliases: {}", "missing-key"),
        ("- a", "wrong-type"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(tmp_path: Path, config: str, code: str) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(Rejected) as refused:
        book_of(config, tmp_path)
    assert code in [d.code for d in refused.value.diagnostics]
    assert all(d.hint for d in refused.value.diagnostics if d.code.startswith("font"))


def test_aliases_lead_to_the_first_family_that_is_there(noto: FontBook) -> None:
    deck = noto.with_aliases({"major": ("SimSun", "Noto Serif SC"), "minor": ("Noto Sans SC",)})
    assert deck.font("major", 400).family == "Noto Serif SC"
    assert deck.has("minor")
    assert not noto.has("minor")
    with pytest.raises(KeyError):
        noto.font("major", 400)


def test_a_character_the_family_lacks_comes_from_its_fallback(tmp_path: Path) -> None:
    build_square(tmp_path / "square.ttf")
    config = """families: {Square: {file: square.ttf, fallback: [Serif]},
                Serif: {package: pylopdf_fonts_zh_cn, file: NotoSerifSC-Regular.otf}}"""
    block = block_of("一﨎Ω", 10, book_of(config, tmp_path))
    assert [run.font.family for run in block.lines[0].runs] == ["Square", "Serif"]
    assert block.missing == ()


def test_a_framed_run_is_of_one_font_that_has_all_of_it(tmp_path: Path) -> None:
    build_square(tmp_path / "square.ttf")
    config = """families: {Square: {file: square.ttf, fallback: [Serif]},
                Serif: {package: pylopdf_fonts_zh_cn, file: NotoSerifSC-Regular.otf}}"""
    text = replace(paragraph("一"), runs=(Run("一﨎", paragraph("一", family="Square").style, framed=True),))
    [run] = set_text([text], 100, book_of(config, tmp_path)).lines[0].runs
    assert run.font.family == "Serif"
    assert all(glyph.gid for glyph in run.glyphs)


def test_marks_come_from_the_han_font_where_latin_has_its_own(tmp_path: Path, noto: FontBook) -> None:
    build_square(tmp_path / "square.ttf")
    latin = TTFont(tmp_path / "square.ttf")
    for table in latin["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if code < 0x3000}
    latin["name"].names = [record for record in latin["name"].names if record.nameID in (1, 2, 6)]
    latin.save(tmp_path / "latin.ttf")
    config = """families: {Latin: {file: latin.ttf}, Serif: {package: pylopdf_fonts_zh_cn, file: NotoSerifSC-Regular.otf}}
aliases: {major: [Latin, Serif]}"""
    runs = set_text([paragraph("“龙”AB", family="major")], 500, book_of(config, tmp_path)).lines[0].runs
    assert ["".join(g.text for g in run.glyphs) + run.font.family for run in runs] == ["“龙”Serif", "ABLatin"]


@pytest.mark.parametrize("family", ["Noto Sans SC", "Noto Serif SC"])
def test_dash_and_marks_of_the_real_fonts_have_their_cells(noto: FontBook, family: str) -> None:
    def width(text: str) -> float:
        return natural_width(paragraph(text, family=family), noto) / 10

    assert width("一——二") == pytest.approx(4)
    assert width("一……二") == pytest.approx(4)
    assert width("一·二") == pytest.approx(2.5)
    assert width("“一”") == pytest.approx(2)
    glyphs = set_text([paragraph("——", family=family)], 100, noto).lines[0].runs[0].glyphs
    assert [glyph.text for glyph in glyphs] == ["——"]


@pytest.mark.parametrize("family", ["Noto Sans SC", "Noto Serif SC"])
def test_latin_quotes_among_latin_are_the_narrow_ones(noto: FontBook, family: str) -> None:
    assert natural_width(paragraph("“a”", family=family), noto) < 16
    glyphs = set_text([paragraph("don’t", family=family)], 100, noto).lines[0].runs[0].glyphs
    assert "".join(glyph.text for glyph in glyphs) == "don’t"
    assert max(glyph.advance for glyph in glyphs) < 8


def test_kerning_of_latin_reaches_the_places_not_the_advances(noto: FontBook) -> None:
    first, second = set_text([paragraph("AV", family="Noto Sans SC")], 100, noto).lines[0].runs[0].glyphs
    assert second.x < first.advance


def test_a_han_with_a_variation_selector_or_accent_is_one_glyph_text(noto: FontBook) -> None:
    line = set_text([paragraph("龙\ufe00华e\u0301", family="Noto Sans SC")], 100, noto).lines[0]
    assert "".join(g.text for run in line.runs for g in run.glyphs) == "龙\ufe00华e\u0301"
    assert line.width < 33


def with_rights(path: Path, rights: int, name: str = "Square") -> None:
    build_square(path, name)
    font = TTFont(path)
    font["OS/2"].fsType = rights
    font.save(path)


def told(book: FontBook) -> list[tuple[str, Severity]]:
    return [(d.code, d.severity) for d in (*book.diagnostics, *book.stray)]


def test_a_stray_file_is_skipped_with_a_word(tmp_path: Path) -> None:
    build_square(tmp_path / "square.ttf")
    whole = (tmp_path / "square.ttf").read_bytes()
    (tmp_path / "cut.ttf").write_bytes(whole[:3000])
    (tmp_path / "stray.otf").write_bytes(b"no font")
    assert told(book_of("families: {Square: {file: square.ttf}}", tmp_path)) == [("font-broken", Severity.WARNING)] * 2


@pytest.mark.parametrize(("rights", "code"), [(0x0002, "font-rights"), (0x0200, "font-rights"), (0x0004, ""), (0x0008, "")])
def test_a_font_that_may_not_be_embedded_is_not_used(tmp_path: Path, rights: int, code: str) -> None:
    with_rights(tmp_path / "square.ttf", rights)
    book = book_of("families: {}", tmp_path)
    assert told(book) == [(code, Severity.WARNING)] * bool(code)
    assert book.diagnostics == (), "what nobody uses is no matter of a build's"
    assert book.refused == ({"Square": "square.ttf"} if code else {})
    if code:
        with pytest.raises(Rejected):
            book_of("families: {Square: {file: square.ttf}}", tmp_path)


def test_a_font_that_may_not_be_subset_is_embedded_whole(tmp_path: Path) -> None:
    with_rights(tmp_path / "whole.ttf", 0x0100, "Whole")
    book = book_of("families: {}", tmp_path)
    assert told(book) == [("font-whole", Severity.NOTICE)]
    font = book.font("Whole", 400)
    gids = frozenset(c.gid for c in font.shape("龙"))
    assert len(font.subset(gids).gid_map) == font.face.glyph_count > len(gids) + 1


def test_a_dropped_font_is_asked_last_for_what_others_lack(tmp_path: Path) -> None:
    for name in ("A", "B", "Dropped"):
        build_square(tmp_path / f"{name}.ttf", name)
    book = book_of("families: {A: {file: A.ttf, fallback: [B]}, B: {file: B.ttf}}", tmp_path)
    assert [font.family for font in book.chain("A", 400)] == ["A", "B", "Dropped"]
    assert not book.has("absent")


def test_what_cannot_be_used_is_told_once_where_it_is_listed(tmp_path: Path) -> None:
    with_rights(tmp_path / "square.ttf", 0x0002)
    with pytest.raises(Rejected) as refused:
        book_of("families: {Square: {file: square.ttf}}", tmp_path)
    assert [d.code for d in refused.value.diagnostics] == ["font-rights"]


def test_a_font_of_pictures_alone_is_told_and_not_used(tmp_path: Path) -> None:
    build_square(tmp_path / "bitmap.ttf", "Bitmap")
    font = TTFont(tmp_path / "bitmap.ttf")
    del font["glyf"], font["loca"]
    font.save(tmp_path / "bitmap.ttf")
    book = book_of("families: {}", tmp_path)
    assert told(book) == [("font-broken", Severity.WARNING)]
    assert "轮廓" in book.diagnostics[0].message.zh
    assert not book.has("Bitmap")


def test_a_character_that_a_dropped_font_alone_has_is_set_in_it(tmp_path: Path) -> None:
    build_square(tmp_path / "dropped.ttf", "Dropped")
    book = book_of("families: {Serif: {package: pylopdf_fonts_zh_cn, file: NotoSerifSC-Regular.otf}}", tmp_path)
    block = set_text([paragraph("一𠮷", family="Serif")], 100, book)
    assert [run.font.family for run in block.lines[0].runs] == ["Serif", "Dropped"]
    assert block.missing == ()
