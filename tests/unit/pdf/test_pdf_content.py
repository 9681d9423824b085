"""What a page paints, read from operators written by hand."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from tests.format.pdf_file import Dissected
from tests.format.pdf_press import (
    _art,
    _black,
    _breadth,
    _covers,
    _is_rich,
    _is_tint,
    _meet,
    _reaches_bleed,
    _small_colour,
    _stacked_ink,
    _thin,
    _within,
)

from lhpub.verify.pdf_content import Colour, Mark, read_page
from lhpub.verify.pdf_file import opened

CMAP = b"1 beginbfchar <0041> <9F99> endbfchar 1 beginbfrange <0042> <0044> <4E00> endbfrange"


def marks(content: str, **resources) -> list[Mark]:
    """Returns what a page of 200 × 100 points paints. Resources: a function of the file for those that are streams."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj.Contents = pdf.make_stream(content.encode())
        made = {key: value(pdf) if callable(value) else value for key, value in resources.items()}
        page.obj.Resources = Dictionary(**made)
        return read_page(pdf.pages[0])


def font(pdf):
    return Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=pdf.make_stream(CMAP)))


def only(content: str, **resources) -> Mark:
    (mark,) = marks(content, **resources)
    return mark


def test_a_colour_knows_its_process_inks():
    assert Colour("DeviceGray", (0.75,)).process == (0, 0, 0, 0.25)
    assert Colour("DeviceCMYK", (0.1, 0.2, 0.3, 0.4)).process == (0.1, 0.2, 0.3, 0.4)
    assert Colour("DeviceCMYK", (0.1, 0.2)).process is None
    assert Colour("DeviceRGB", (1.0, 0.0, 0.0)).process is None
    assert Colour("DeviceCMYK", (0.0, 0.5, 0.5, 0.0)).ink == pytest.approx(100)
    assert Colour("Separation", (0.5,), "spot").ink == pytest.approx(50)
    assert Colour("Separation", (1.0,), "All").ink == pytest.approx(400)


def test_rectangles_lines_and_their_colours():
    assert only("0 1 0 0 k 10 20 30 40 re f").bounds == (10, 20, 40, 60)
    assert only("0 1 0 0 k 10 20 30 40 re f").colour == Colour("DeviceCMYK", (0, 1, 0, 0))
    line = only("0.5 G 3 w 10 10 m 50 10 l S")
    assert (line.kind, line.width, line.bounds, line.colour) == ("stroke", 3, (8.5, 8.5, 51.5, 11.5), Colour("DeviceGray", (0.5,)))
    assert only("0 w 10 10 m 50 10 l S").bounds == pytest.approx((9.99, 9.99, 50.01, 10.01))
    assert [mark.kind for mark in marks("10 10 5 5 re B")] == ["fill", "stroke"]
    assert marks("10 10 5 5 re n") == []
    assert marks("f S") == []


def test_what_covers_its_bounds_is_solid():
    assert only("10 10 5 5 re f").solid
    assert not only("10 10 m 20 10 l 15 20 l h f").solid


def test_matrices_and_states_are_kept_and_given_back():
    assert only("2 0 0 3 10 20 cm 1 1 10 10 re f").bounds == (12, 23, 32, 53)
    assert [mark.width for mark in marks("q 2 0 0 2 0 0 cm 1 w 0 0 m 9 0 l S Q 0 0 m 9 0 l S")] == [2, 1]
    assert only("Q 10 10 5 5 re f").bounds == (10, 10, 15, 15)


def test_a_clip_cuts_what_is_painted_later():
    first, second = marks("q 0 0 20 20 re W n 10 10 50 50 re f Q 10 10 50 50 re f")
    assert first.bounds == (10, 10, 20, 20)
    assert second.bounds == (10, 10, 60, 60)
    assert only("150 50 100 100 re f").bounds == (150, 50, 200, 100)
    beyond = only("0 0 20 20 re W n 50 50 9 9 re f").bounds
    assert (beyond[2] - beyond[0], beyond[3] - beyond[1]) == (0, 0)


def test_overprint_is_of_fills_and_of_strokes():
    states = Dictionary(A=Dictionary(op=True, OP=False, OPM=1), B=Dictionary(OP=True), C=Dictionary(LW=4))
    fill, stroke = marks("/A gs 1 1 5 5 re B", ExtGState=states)
    assert (fill.overprint, stroke.overprint, fill.mode) == (True, False, 1)
    fill, stroke = marks("/B gs 1 1 5 5 re B", ExtGState=states)
    assert (fill.overprint, stroke.overprint, fill.mode) == (True, True, 0)
    assert only("/C gs 1 1 m 5 1 l S", ExtGState=states).width == 4


def test_tags_own_what_stands_in_them():
    tagged = only("/P <</MCID 3>> BDC 1 1 5 5 re f EMC")
    assert (tagged.tag, tagged.mcid) == ("P", 3)
    assert only("/Artifact BMC 1 1 5 5 re f EMC").tag == "Artifact"
    assert only("/P <</MCID 3>> BDC EMC 1 1 5 5 re f").tag == ""
    nested = only("/P <</MCID 3>> BDC /Artifact BMC 1 1 5 5 re f EMC EMC")
    assert (nested.tag, nested.mcid) == ("", None)
    named = only("/P /X BDC 1 1 5 5 re f EMC", Properties=Dictionary(X=Dictionary(MCID=7)))
    assert named.mcid == 7


def test_text_says_what_its_map_says_where_it_was_placed():
    one, two = marks("BT /F 10 Tf 1 0 0 1 30 40 Tm <0041> Tj [<0042> -5 <0044>] TJ ET", Font=font)
    assert (one.text, one.codes, one.size, one.origin) == ("龙", (0x41,), 10, (30, 40))
    assert (two.text, two.codes, two.origin) == ("一丂", (0x42, 0x44), None)
    assert only("BT /F 10 Tf 2 0 0 2 0 0 Tm <0041> Tj ET", Font=font).size == 20
    assert only("BT /F 10 Tf 3 Tr <0041> Tj ET", Font=font).size == 0
    assert only("BT /F 10 Tf <0099> Tj ET", Font=font).text == "\ufffd"
    spoken = marks("/Span <</ActualText (A)>> BDC BT /F 10 Tf <0041> Tj <0042> Tj ET EMC", Font=font)
    assert [mark.text for mark in spoken] == ["A", ""]
    with pytest.raises(KeyError):
        marks("BT /G 10 Tf <0041> Tj ET", Font=font)


def shading(pdf):
    ends = Dictionary(FunctionType=2, C0=Array([0, 0, 0, 0.25]), C1=Array([0, 0.5, 0.5, 0]))
    joined = Dictionary(FunctionType=3, Functions=Array([ends]))
    return Dictionary(A=Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Function=joined),
                      B=Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK))  # fmt: skip


def test_a_shading_has_its_heaviest_colour_and_the_clip_s_place():
    mark = only("10 10 20 20 re W n /A sh", Shading=shading)
    assert (mark.kind, mark.bounds, mark.colour.parts) == ("shading", (10, 10, 30, 30), (0, 0.5, 0.5, 0))
    assert only("/B sh", Shading=shading).colour == Colour("DeviceCMYK", (0, 0, 0, 1))


def objects(pdf):
    image = pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceCMYK, BitsPerComponent=8)
    form = pdf.make_stream(b"1 1 5 5 re f", Subtype=Name.Form, Matrix=Array([1, 0, 0, 1, 10, 0]), BBox=Array([0, 0, 9, 9]))
    loop = pdf.make_stream(b"/L Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    pdf_loop = pdf.make_indirect(loop)
    pdf_loop.Resources = Dictionary(XObject=Dictionary(L=pdf_loop))
    return Dictionary(I=image, X=form, L=pdf_loop)


def test_pictures_and_forms_are_placed():
    image = only("q 30 0 0 40 5 6 cm /I Do Q", XObject=objects)
    assert (image.kind, image.bounds, image.width, image.size) == ("image", (5, 6, 35, 46), 30, 40)
    assert image.colour.space == "DeviceCMYK"
    assert only("30 10 5 40 5 6 cm /I Do", XObject=objects).bounds == (5, 6, 40, 56)
    assert only("2 0 0 2 0 0 cm /X Do", XObject=objects).bounds == (22, 2, 32, 12)
    with pytest.raises(ValueError, match="form within form"):
        marks("/L Do", XObject=objects)


def test_colours_of_named_spaces():
    spaces = Dictionary(S=Array([Name.Separation, Name("/Red"), Name.DeviceCMYK, Dictionary()]),
                        R=Array([Name.Separation, Name("/Screen"), Name.DeviceRGB, Dictionary()]))  # fmt: skip
    assert only("/S cs 0.4 scn 1 1 5 5 re f", ColorSpace=spaces).colour == Colour("Separation", (0.4,), "Red")
    assert only("/S CS 0.4 SCN 1 1 m 5 1 l S", ColorSpace=spaces).colour == Colour("Separation", (0.4,), "Red")
    assert only("/S cs 1 1 5 5 re f", ColorSpace=spaces).colour == Colour("Separation", (1.0,), "Red")
    assert only("/R cs 1 1 5 5 re f", ColorSpace=spaces).colour.space == "DeviceRGB"
    assert only("/DeviceCMYK cs 1 1 5 5 re f").colour.parts == (0, 0, 0, 1)
    assert only("1 0 0 rg 1 1 5 5 re f").colour == Colour("DeviceRGB", (1, 0, 0))


def test_bounds_within_beside_and_across():
    inner, outer = (10.0, 10.0, 20.0, 20.0), (10.0, 10.0, 20.0, 20.0)
    assert _within(inner, outer)
    assert not any(_within(tuple(v + d * (at == side) for at, v in enumerate(inner)), outer)
                   for side, d in enumerate((-0.02, -0.02, 0.02, 0.02)))  # fmt: skip
    assert _meet((0, 0, 10, 10), (9, 9, 20, 20))
    assert not _meet((0, 0, 10, 10), (10, 0, 20, 10))
    assert not _meet((0, 0, 10, 10), (0, 10, 10, 20))
    assert not _meet((0, 10, 10, 20), (0, 0, 10, 10))
    bleed = (0.0, 0.0, 100.0, 100.0)
    assert _covers((0, 0, 50, 100), (3, 10, 40, 90), bleed, 0)
    assert not _covers((1, 0, 50, 100), (3, 10, 40, 90), bleed, 0)
    assert not _covers((0, 20, 50, 100), (3, 10, 40, 90), bleed, 0)
    assert not _covers((0, 0, 50, 80), (3, 10, 40, 90), bleed, 0)
    assert _covers((0, 50, 100, 100), (3, 60, 97, 97), bleed, 3)
    assert not _covers((0, 50, 100, 99), (3, 60, 97, 97), bleed, 3)


def test_how_broad_a_line_or_a_bar_is():
    line = only("0.2 w 10 10 m 50 10 l S")
    assert _breadth(line) == pytest.approx(0.2)
    assert _thin(line) == pytest.approx(0.2)
    assert _breadth(only("10 10 40 3 re f")) == pytest.approx(3)
    assert _breadth(only("10 10 3 40 re f")) == pytest.approx(3)
    assert _thin(only("10 10 3 40 re f")) == 0
    assert _thin(only("0.25 w 10 10 m 50 10 l S")) == 0
    assert _thin(only("0 w 10 10 m 50 10 l S")) == 0.001


def written(*process: float, size: float = 9.0, text: str = "字") -> Mark:
    return Mark("text", (0, 0, 9, 9), Colour("DeviceCMYK", process), "P", 0, size=size, text=text)


def test_what_black_and_coloured_text_is():
    assert _black(written(0, 0, 0, 0.6)) == 0.6
    assert _black(written(0, 0, 0, 0.6, text=" ")) == 0
    assert _black(written(0.1, 0, 0, 0.6)) == 0
    assert [_is_tint(written(0, 0, 0, k)) for k in (0, 0.6, 0.94, 0.95, 1)] == [False, True, True, False, False]
    assert [_is_rich(written(c, 0, 0, k)) for c, k in ((0, 1), (0.1, 1), (0.1, 0.9), (0.1, 0.89))] == [False, True, True, False]
    assert [_small_colour(written(*p)) for p in ((1, 1, 0, 0), (1, 1, 1, 0), (0.1, 0.1, 0.1, 0.1))] == [False, True, True]
    assert [_small_colour(written(1, 1, 1, 0, size=size)) for size in (11.9, 12)] == [True, False]
    assert not _small_colour(written(1, 1, 1, 0, text="　"))


def test_the_artwork_ends_with_the_bleed():
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100)).obj.BleedBox = Array([10, 10, 190, 90])

        def is_art(*bounds: float) -> bool:
            mark = Mark("fill", bounds, Colour(), "", None)  # type: ignore[arg-type]
            return bool(list(_art(Dissected(pdf, [[mark]]), "fill")))

        assert is_art(5, 5, 15, 15)
        assert is_art(180, 80, 200, 100)
        assert not is_art(0, 0, 10, 10)
        assert not is_art(0, 20, 10, 40)
        assert not is_art(20, 90, 40, 99)
        assert not is_art(190, 20, 200, 40)
        assert not is_art(9, 9, 10.4, 10.4)
        assert is_art(9, 9, 30, 10.1)


HEAVY = Colour("DeviceCMYK", (0.8, 0.9, 0.6, 0.0))
BLACK = Colour("DeviceCMYK", (0.0, 0.0, 0.0, 1.0))


def fill(bounds: tuple[float, float, float, float], colour: Colour, **more) -> Mark:
    return Mark("fill", bounds, colour, "", None, **more)


def stacked(*marks_: Mark) -> list[str]:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        return [told for _, told in _stacked_ink(Dissected(pdf, [list(marks_)]))]


def test_ink_is_stacked_where_one_overprints_another():
    ground, over = fill((0, 0, 100, 100), HEAVY), fill((10, 10, 50, 50), BLACK, overprint=True, mode=1)
    assert stacked(ground, over) == ["330 %"]
    assert stacked(ground, Mark("text", over.bounds, BLACK, "", None, overprint=True, mode=1)) == []
    assert stacked(ground, fill(over.bounds, BLACK)) == []
    assert stacked(ground, fill(over.bounds, BLACK, overprint=True)) == []
    assert stacked(ground, fill((10, 10, 50, 12), BLACK, overprint=True, mode=1)) == [], "a rule of a millimetre sets nothing off"
    assert stacked(ground, fill((110, 10, 150, 50), BLACK, overprint=True, mode=1)) == []
    white = fill((0, 0, 60, 60), Colour("DeviceCMYK", (0.0, 0.0, 0.0, 0.0)))
    assert stacked(ground, white, over) == [], "what lies between knocks the ground out"
    assert stacked(fill((0, 0, 100, 100), HEAVY, solid=False), over) == []
    assert stacked(Mark("text", ground.bounds, HEAVY, "", None), over) == []


@pytest.mark.parametrize(
    ("bounds", "is_told"),
    [((0, 30, 50, 60), False), ((5, 30, 50, 60), True), ((50, 0, 90, 60), False), ((50, 5, 90, 60), True), ((150, 30, 200, 60), False),
     ((150, 30, 195, 60), True), ((50, 50, 90, 100), False), ((50, 50, 90, 95), True), ((20, 20, 50, 50), False), ((10, 30, 50, 60), True)],
)  # fmt: skip
def test_what_is_cut_goes_to_the_bleed(bounds, is_told):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100)).obj
        page.TrimBox, page.BleedBox = Array([10, 10, 190, 90]), Array([0, 0, 200, 100])
        assert len(list(_reaches_bleed(Dissected(pdf, [[fill(bounds, BLACK)]])))) == is_told
        beneath = fill((-1, -1, 201, 101), HEAVY)
        assert list(_reaches_bleed(Dissected(pdf, [[beneath, fill(bounds, BLACK)]]))) == []


def test_a_page_that_cannot_be_read_is_named():
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        pdf.add_blank_page(page_size=(200, 100)).obj.Contents = pdf.make_stream(b"/Nowhere Do")
        data = io.BytesIO()
        pdf.save(data)
    _, (told,) = opened(data.getvalue())
    assert "第 2 页" in told.message.zh
    assert "page 2:" in told.message.en
    assert "页：" not in opened(b"%PDF-")[1][0].message.zh
