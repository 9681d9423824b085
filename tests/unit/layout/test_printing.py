"""Inks as a layout declares them."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from lhpub.boxes import Composition, Page
from lhpub.diagnostics import Rejected, Span
from lhpub.layout.names import LayoutFile
from lhpub.layout.printing import InkSpec, PressSpec, Tint, read_inks
from lhpub.layout.read import read_layout
from lhpub.papers.press import press_settings
from lhpub.render.pdf import PressSettings, check_colours, default_profile
from lhpub.render.pdf.profile import is_condition_of, is_press_profile
from lhpub.source.report import Report
from lhpub.text.model import Ink
from lhpub.units import Size
from lhpub.world import World

AT = Span("layout.yaml", 3, 5)
ZHU = (10, 88, 97, 0)


def colour(spot=None, cmyk=ZHU, rgb="#CF3A20", differs=""):
    return SimpleNamespace(span=AT, rgb=rgb, cmyk=cmyk, spot=spot, overprint=None, differs=differs)


def read(palette, declared=None):
    report = Report()
    return read_inks(palette, declared or {}, report), [(d.code, d.severity.name) for d in report.diagnostics]


def test_a_tint_prints_on_the_plate_of_its_solid():
    inks, told = read({"zhu": colour("朱"), "pale": colour(Tint(span=AT, ink="朱", tint=40), (4, 35, 39, 0))})
    assert told == []
    assert [(plate.name, plate.cmyk, tint) for plate, tint in inks["pale"].plates] == [("朱", ZHU, 40)]


def test_an_ink_that_takes_no_plate_prints_in_process_inks():
    palette = {"zhu": colour("朱"), "pale": colour(Tint(span=AT, ink="朱", tint=40), None), "same": colour("朱", (5, 80, 90, 0))}
    inks, told = read(palette, {"朱": InkSpec(span=AT, kind="process", cmyk=ZHU)})
    assert told == []
    assert [(ink.plates, ink.build) for ink in inks.values()] == [((), ZHU), ((), (4, 35.2, 38.8, 0)), ((), (5, 80, 90, 0))]


def test_two_looks_cannot_be_the_solid_of_one_plate():
    _, told = read({"zhu": colour("朱"), "pale": colour("朱", (4, 35, 39, 0))})
    assert told == [("spot-two-solids", "ERROR")]
    assert read({"zhu": colour("朱"), "same": colour("朱")})[1] == []


def test_an_ink_says_for_all_its_colours_whether_they_overprint():
    declared = {"朱": InkSpec(span=AT, kind="spot", cmyk=ZHU, overprint=True)}
    own = SimpleNamespace(**{**vars(colour(Tint(span=AT, ink="朱", tint=40))), "overprint": False})
    inks, _ = read({"zhu": colour("朱"), "pale": own, "red": colour()}, declared)
    assert [inks[name].overprint for name in ("zhu", "pale", "red")] == [True, False, None]


def test_a_finish_is_declared_and_not_guessed():
    finish = {"UV": InkSpec(span=AT, kind="technical", cmyk=(100, 0, 0, 0))}
    assert read({"uv": colour("UV")}, finish)[0]["uv"].is_technical
    inks, told = read({"uv": colour("UV")})
    assert (inks["uv"].is_technical, told) == (False, [("ink-undeclared", "WARNING")])


@pytest.mark.parametrize("name", ["All", "None", "Cyan", "Magenta", "Yellow", "Black", "black"])
def test_a_name_that_pdf_keeps_for_itself_is_told(name):
    assert read({}, {name: InkSpec(span=AT, kind="spot", cmyk=ZHU)})[1] == [("ink-reserved", "ERROR")]
    assert read({"zhu": colour(name)})[1] == [("ink-reserved", "ERROR")]


def test_an_ink_that_is_not_declared_is_told():
    assert read({"pale": colour(Tint(span=AT, ink="朱", tint=40))})[1] == [("unknown-ink", "ERROR")]
    declared = {"朱": InkSpec(span=AT, kind="spot", cmyk=ZHU)}
    assert read({"zhu": colour("珠")}, declared)[1] == [("unknown-ink", "ERROR")]
    assert read({"zhu": colour("朱")}, declared)[1] == []


@pytest.mark.parametrize(
    ("rgb", "told"), [("#CF3A20", []), ("#E08878", ["WARNING"]), ("#1D5C4A", ["ERROR"])], ids=["agrees", "is near", "is another"]
)
def test_screen_and_press_show_one_colour(rgb, told):
    page = Page(1, "1", Size(100, 100), 9, Ink("red", rgb, ZHU), (), "m", "t")
    composition = Composition("brochure", None, (page,))
    settings = PressSettings(default_profile())
    found = check_colours({"red": colour(rgb=rgb)}, composition, settings)
    assert [d.severity.name for d in found] == told
    assert all((d.code, d.span) == ("colour-differs", AT) for d in found)
    assert check_colours({"red": colour(rgb=rgb, differs="荧光色")}, composition, settings) == ()
    assert check_colours({"red": colour(rgb=rgb, cmyk=None)}, composition, settings) == ()
    assert check_colours({"slides": colour(rgb=rgb)}, composition, settings) == ()


def test_a_right_header_makes_no_profile():
    profile = default_profile() or b""
    assert is_press_profile(profile)
    assert not is_press_profile(profile[:128] + b"\x00" * 2000)
    assert not is_press_profile(profile[:132] + profile[132:].replace(b"A2B0", b"A2BX"))
    assert not is_press_profile(b"")
    assert not is_press_profile(profile[:-100]), "cut short behind what a first look reads"
    assert not is_press_profile(profile[: len(profile) // 2])


def test_a_condition_is_known_by_its_other_names(monkeypatch):
    monkeypatch.setattr("lhpub.render.pdf.profile.description", lambda data: "ISO Coated v2 300% (ECI)")
    assert is_condition_of("FOGRA39", b"")
    assert is_condition_of("ISO Coated v2", b"")
    assert not is_condition_of("FOGRA51", b"")


@pytest.mark.parametrize(("key", "place"), [("binding", "press: {binding: …}"), ("bleed", "press: {bleed: …}, charts: {bleed: …}"), ("inks", ""), ("press", "")])
def test_a_key_in_a_wrong_place_is_told_where_it_goes(key: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "look").mkdir()
    (tmp_path / "look/layout.yaml").write_text(f"extends: civic\ntitle: 试\nbrochure: {{{key}: 5}}\n", encoding="utf-8")
    with pytest.raises(Rejected) as rejected:
        read_layout(World(tmp_path), Path("look"))
    (told,) = rejected.value.diagnostics
    assert (told.code, told.hint and told.hint.en) == ("unknown-key", f"it belongs elsewhere: {place}" if place else f"it belongs at the top of the file: {key}: …")


def test_a_profile_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    file = LayoutFile("nothere.icc")
    file.span = AT
    spec = PressSpec(span=AT, profile=file)
    with pytest.raises(Rejected) as rejected:
        press_settings(World(tmp_path), SimpleNamespace(spec=SimpleNamespace(press=spec)))
    (told,) = rejected.value.diagnostics
    assert (told.code, told.span) == ("no-file", AT)
    assert told.hint
