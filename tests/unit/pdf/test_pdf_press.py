"""The press file: what goes to the plates, and what is refused."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pdf_profile import cmyk_profile
from pdf_sample import BLACK, GOLD, GREY, PAPER, RED, TRIM, brochure, filled, logo, photograph, picture, style, text_box
from PIL import Image
from tests.format.files import check_press_file

from lhpub.boxes import Box, Composition, Gradient
from lhpub.diagnostics import Rejected, Severity
from lhpub.render.pdf import PressSettings, check_press, default_profile, render_press
from lhpub.render.pdf.press import press_sheets
from lhpub.text.model import Ink, Separation
from lhpub.units import Rect, mm
from lhpub.verify.pdf import verify_press
from lhpub.verify.pdf_content import Mark, read_page


def with_boxes(*boxes: object) -> Composition:
    page = replace(brochure().pages[1], boxes=boxes)  # type: ignore[arg-type]
    return replace(brochure(), pages=(page,) * 4, bookmarks=())


def marks(data: bytes, page: int) -> list[Mark]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return read_page(pdf.pages[page])


def test_the_sample_has_no_error(press: bytes, settings: PressSettings) -> None:
    found = check_press_file(press, brochure(), settings)
    assert [item for item in found if item.severity is Severity.ERROR] == []
    assert {item.code for item in found} == {"press-tint-size", "press-image-soft"}


def test_the_same_input_gives_the_same_bytes(press: bytes, settings: PressSettings) -> None:
    assert render_press(brochure(), settings) == press


def test_the_boxes_are_trim_bleed_and_slug(press: bytes) -> None:
    with pikepdf.open(io.BytesIO(press)) as pdf:
        media, bleed, trim = ([float(v) for v in pdf.pages[0].obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
    assert media[:2] == [0, 0]
    assert trim[2] - trim[0] == pytest.approx(mm(210), abs=0.001)
    assert trim[0] - bleed[0] == pytest.approx(mm(3), abs=0.001)
    assert bleed[0] - media[0] == pytest.approx(mm(10), abs=0.001)


def test_without_marks_the_sheet_ends_at_the_bleed(settings: PressSettings) -> None:
    data = render_press(brochure(), replace(settings, marks=False))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [round(float(v), 2) for v in pdf.pages[0].BleedBox] == [round(float(v), 2) for v in pdf.pages[0].MediaBox]
    assert {item.severity for item in check_press_file(data, brochure(), settings)} == {Severity.WARNING}


def test_black_text_overprints_and_grey_knocks_out(settings: PressSettings) -> None:
    black, grey = text_box("b", (50, 50), "黑", look=style(10, BLACK)), text_box("g", (50, 60), "灰", look=style(10, GREY))
    texts = [mark for mark in marks(render_press(with_boxes(black, grey), settings), 0) if mark.kind == "text"]
    assert [(mark.text, mark.colour.process, mark.overprint) for mark in texts] == [
        ("黑", (0, 0, 0, 0.95), True),
        ("灰", (0, 0, 0, 0.7), False),
    ]


@pytest.mark.parametrize(
    ("beneath", "overprints"),
    [
        ((), True),
        ((filled(15, 15, 70, 70, RED),), True),
        ((picture(photograph(), Rect(mm(15), mm(15), mm(90), mm(60)), "照片", "photo"),), False),
        ((picture(photograph(), Rect(mm(150), mm(150), mm(30), mm(30)), "照片", "photo"),), True),
    ],
    ids=["paper", "much ink", "a picture", "a picture beside"],
)
def test_a_bar_of_black_overprints_all_but_pictures(
    beneath: tuple[Box, ...], overprints: bool, settings: PressSettings
) -> None:
    data = render_press(with_boxes(*beneath, filled(20, 20, 60, 20, BLACK)), settings)
    [bar] = [mark for mark in marks(data, 0) if mark.kind == "fill" and mark.colour.process == (0, 0, 0, 0.95)]
    assert bar.overprint is overprints


def test_black_is_left_out_of_a_foil_beneath_it_and_covers_a_varnish_drawn_after(settings: PressSettings) -> None:
    foil = replace(filled(40, 40, 60, 40, Ink("foil", "#BFA26A", (20, 30, 60, 0), ((Separation("烫金", (20, 30, 60, 0), technical=True), 100),))))
    word, bar, beside = text_box("t", (50, 50), "字", look=style(10, BLACK)), filled(42, 42, 10, 2, BLACK), filled(5, 5, 9, 2, BLACK)
    shown = marks(render_press(with_boxes(foil, word, bar, beside), settings), 0)
    black = [mark for mark in shown if mark.colour.process == (0, 0, 0, 0.95)]
    assert [(mark.kind, mark.overprint, mark.colour.space, mark.colour.name) for mark in black] == [
        ("text", True, "DeviceN", "Black\n烫金"), ("fill", True, "DeviceN", "Black\n烫金"), ("fill", True, "DeviceCMYK", ""),
    ], "the foil's plate is named with nothing on it"  # fmt: skip
    shown = marks(render_press(with_boxes(word, bar, foil), settings), 0)
    assert all(mark.overprint for mark in shown if mark.colour.process == (0, 0, 0, 0.95) or mark.colour.name == "烫金")


@pytest.mark.parametrize(("start", "end", "is_over"), [("uv", "paper", True), ("paper", "uv", True), ("uv", "red", False), ("black", "paper", False)])
def test_a_gradient_in_a_finish_leaves_what_is_beneath_and_others_do_not(start: str, end: str, is_over: bool, settings: PressSettings) -> None:
    varnish = Ink("uv", "#00A0E9", (100, 0, 0, 0), ((Separation("UV", (100, 0, 0, 0), technical=True), 100),))
    inks = {"uv": varnish, "paper": PAPER, "red": RED, "black": BLACK}
    shape = filled(20, 20, 60, 20, PAPER)
    gradient = Gradient(((0, inks[start]), (1, inks[end])))
    shape = replace(shape, gradient=gradient, fill=gradient.ink_at(0.5))
    photo = picture(photograph(), Rect(mm(15), mm(15), mm(90), mm(60)), "照片", "photo")
    bands = [mark.overprint for mark in marks(render_press(with_boxes(photo, shape), settings), 0) if mark.kind == "fill"]
    assert len(bands) > 20
    assert bands.count(is_over) > 20


def test_a_rule_on_a_photograph_is_told_with_its_ink(settings: PressSettings) -> None:
    out = io.BytesIO()
    Image.new("CMYK", (600, 400), (180, 200, 150, 20)).save(out, "JPEG")
    dark = picture(out.getvalue(), Rect(mm(15), mm(15), mm(90), mm(60)), "照片", "photo")
    rule = filled(20, 20, 60, 0.5, BLACK)

    def told(*boxes: Box) -> set[tuple[str, str]]:
        return {(d.code, d.severity.name) for d in check_press(with_boxes(*boxes), settings) if d.code == "ink-total"}

    assert told(dark, rule) == {("ink-total", "WARNING")}
    assert told(rule, dark) == set()
    assert told(dark, filled(20, 20, 60, 0.5, RED)) == set()


def test_a_spot_is_a_separation_with_the_inks_build(settings: PressSettings) -> None:
    data = render_press(with_boxes(filled(20, 20, 20, 20, GOLD)), settings)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spaces = {str(space[1]): space for space in pdf.pages[0].Resources.ColorSpace.values()}
    assert set(spaces) == {"/专色金", "/All"}
    assert [float(part) for part in spaces["/专色金"][3].C1] == [0.2, 0.32, 0.65, 0.08]


def test_unprinted_paper_is_not_painted(settings: PressSettings) -> None:
    art = [mark for mark in marks(render_press(with_boxes(), settings), 0) if mark.colour.ink == 0]
    assert art == []


def _pixel(data: bytes) -> tuple[int, ...]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        image = next(iter(pdf.pages[0].Resources.XObject.values()))
        return tuple(image.read_bytes()[:4])


@pytest.mark.parametrize(("ground", "corner"), [(PAPER, (0, 0, 0, 0)), (RED, (56, 255, 230, 97))])
def test_transparent_pictures_are_flattened_over_their_grounds_inks(
    ground: Ink, corner: tuple[int, ...], settings: PressSettings
) -> None:
    box = picture(logo(), Rect(mm(20), mm(20), mm(20), mm(20)), "徽标", "logo")
    page = replace(brochure().pages[1], boxes=(box,), ground=ground)
    data = render_press(replace(brochure(), pages=(page,) * 4, bookmarks=()), settings)
    assert _pixel(data) == corner


def test_photographs_go_through_the_profile(settings: PressSettings) -> None:
    box = picture(photograph(), Rect(mm(20), mm(20), mm(40), mm(30)), "照片", "photo")
    with pikepdf.open(io.BytesIO(render_press(with_boxes(box), settings))) as pdf:
        image = next(iter(pdf.pages[0].Resources.XObject.values()))
        assert (str(image.ColorSpace), str(image.Filter)) == ("/DeviceCMYK", "/DCTDecode")
        assert [int(value) for value in image.Decode] == [1, 0] * 4
        shown = Image.open(io.BytesIO(image.read_raw_bytes()))
    assert shown.mode == "CMYK"
    with pypdfium2.PdfDocument(render_press(with_boxes(box), settings)) as document:
        drawn = document[0].render(scale=1).to_pil().convert("RGB")
    assert drawn.getpixel((110, 110)) != (255, 255, 255)


def test_outlines_leave_no_font_and_the_same_picture(settings: PressSettings) -> None:
    shown = []
    for outlines in (False, True):
        data = render_press(brochure(), replace(settings, outlines=outlines))
        with pypdfium2.PdfDocument(data) as document:
            shown.append(document[2].render(scale=2).to_pil().convert("L"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Font" not in pdf.pages[0].Resources or not pdf.pages[0].Resources.Font.keys()
    assert check_press_file(data, brochure(), replace(settings, outlines=True))[0].severity is Severity.WARNING
    darkness = [sum(level * count for level, count in enumerate(page.histogram())) for page in shown]
    assert darkness[0] == pytest.approx(darkness[1], rel=0.002)


def _places(data: bytes, page: int) -> list[tuple[str, float, float]]:
    with pypdfium2.PdfDocument(data) as document:
        text = document[page].get_textpage()
        boxes = [(text.get_text_range(at, 1), *text.get_charbox(at)[:2]) for at in range(text.count_chars())]
    return [(character, x, y) for character, x, y in boxes if character.strip()]


@pytest.mark.parametrize("page", range(4))
def test_press_and_screen_pages_set_the_same_text_alike(page: int, press: bytes, screen: bytes) -> None:
    edge = mm(13)
    on_screen, on_press = _places(screen, page), _places(press, page)
    assert [item[0] for item in on_press] == [item[0] for item in on_screen]
    for (_, x, y), (_, left, bottom) in zip(on_screen, on_press, strict=True):
        assert (left - edge, bottom - edge) == (pytest.approx(x, abs=0.01), pytest.approx(y, abs=0.01))


# --- imposition ---------------------------------------------------------------------------------------------------


def pages(count: int) -> Composition:
    page = brochure().pages[1]
    made = tuple(replace(page, number=number, boxes=(text_box("n", (50, 50), str(number)),)) for number in range(1, count + 1))
    return replace(brochure(), pages=made, bookmarks=())


def test_saddle_stitching_pairs_the_pages_of_each_leaf(settings: PressSettings) -> None:
    sheets = press_sheets(pages(8), replace(settings, imposition="saddle"))
    assert [tuple(place.page.number for place in sheet.placements) for sheet in sheets] == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_creep_moves_inner_leaves_towards_the_spine(settings: PressSettings) -> None:
    sheets = press_sheets(pages(8), replace(settings, imposition="saddle", paper=0.3))
    outer, inner = sheets[0].placements, sheets[2].placements
    assert inner[0].corner[0] - outer[0].corner[0] == pytest.approx(0.3)
    assert inner[1].corner[0] - outer[1].corner[0] == pytest.approx(-0.3)
    assert outer[1].corner[0] - outer[0].corner[0] == pytest.approx(TRIM.width)


def test_the_imposed_file_passes_and_says_the_same_text(settings: PressSettings) -> None:
    imposed = replace(settings, imposition="saddle", paper=0.3)
    data = render_press(pages(8), imposed)
    assert check_press_file(data, pages(8), imposed) == ()
    swapped = replace(pages(8), pages=pages(8).pages[::-1])
    assert {item.code for item in check_press_file(data, swapped, imposed)} == {"pdf-text-differs"}


# --- refusals -----------------------------------------------------------------------------------------------------


def codes(composition: Composition, settings: PressSettings) -> set[str]:
    return {item.code for item in check_press(composition, settings)}


@pytest.mark.parametrize("profile", [None, b"", b"nonsense" * 40, cmyk_profile().replace(b"CMYK", b"RGB ", 1)])
def test_without_a_cmyk_output_profile_no_press_file_is_written(profile: bytes | None) -> None:
    with pytest.raises(Rejected) as caught:
        render_press(brochure(), PressSettings(profile))
    assert "press-profile" in {item.code for item in caught.value.diagnostics}


def test_an_unknown_printing_condition_is_a_warning(settings: PressSettings) -> None:
    found = {item.code: item for item in check_press(brochure(), replace(settings, condition="", is_shops=False))}
    assert found["press-no-condition"].severity is Severity.WARNING
    assert "请向印厂索取 ICC" in found["press-no-condition"].message.zh


def test_a_condition_is_claimed_only_with_its_profile(settings: PressSettings) -> None:
    alone = replace(settings, condition="FOGRA39", is_shops=False)
    assert "press-no-profile" in codes(brochure(), alone)
    other = replace(settings, condition="FOGRA39")
    assert "press-condition-differs" in codes(brochure(), other)
    assert not {"press-no-profile", "press-condition-differs"} & codes(brochure(), settings)
    said = [press_identifier(brochure(), given) for given in (alone, other, settings)]
    assert said == ["Unknown printing condition", "for tests", "for tests"]


def press_identifier(composition: Composition, settings: PressSettings) -> str:
    with pikepdf.open(io.BytesIO(render_press(composition, settings))) as pdf:
        return str(pdf.Root.OutputIntents[0].OutputConditionIdentifier)


def test_an_ink_without_a_cmyk_build_is_named(settings: PressSettings) -> None:
    bare = Ink("sky", "#3377CC")
    for boxes in ((filled(20, 20, 9, 9, bare),), (text_box("t", (50, 50), "天", look=style(10, bare)),)):
        with pytest.raises(Rejected, match="sky"):
            render_press(with_boxes(*boxes), settings)


def test_the_page_count_rule_holds(settings: PressSettings) -> None:
    assert codes(pages(6), settings) == {"press-page-count"}
    assert codes(pages(6), replace(settings, multiple=2)) == set()
    assert codes(pages(6), replace(settings, multiple=0, imposition="saddle")) == {"press-page-count"}


def _jpeg(size: tuple[int, int], quality: int, *, exif: bool = False) -> bytes:
    out, details = io.BytesIO(), Image.Exif()
    details[271] = "camera"
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", quality=quality, exif=details if exif else b"")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [(_jpeg((1080, 810), 75), True), (_jpeg((1080, 810), 96), False), (_jpeg((3000, 2000), 75), False), (logo(), False),
     (_jpeg((1080, 810), 75, exif=True), False)],
    ids=["chat", "fine quality", "camera size", "no JPEG", "with camera data"],
)  # fmt: skip
def test_a_photograph_recompressed_by_a_chat_program_is_named(data: bytes, told: bool, settings: PressSettings) -> None:
    box = replace(picture(data, Rect(mm(20), mm(20), mm(40), mm(30)), "照片", "夜景"), file="夜景.jpg")
    found = [item for item in check_press(with_boxes(box), settings) if item.code == "press-chat-picture"]
    assert bool(found) is told
    assert not found or "夜景.jpg" in found[0].message.zh


@pytest.mark.parametrize(("rgb", "limit", "told"), [((0, 0, 90), 280, True), ((0, 0, 90), 300, False), ((200, 200, 230), 280, False)])
def test_black_text_on_a_photograph_counts_with_what_is_beneath(rgb: tuple[int, int, int], limit: float, told: bool, settings: PressSettings) -> None:
    at = Rect(mm(20), mm(20), mm(40), mm(30))
    out = io.BytesIO()
    Image.new("RGB", (900, 700), rgb).save(out, "PNG")
    composition = with_boxes(picture(out.getvalue(), at, "照片", "夜景"), text_box("t", (30, 30), "黑字", look=style(12, BLACK)))
    found = [item for item in check_press(composition, replace(settings, profile=default_profile(), ink_limit=limit)) if item.code == "ink-total"]
    assert bool(found) is told


# --- the job sheet ------------------------------------------------------------------------------------------------


def test_a_short_steep_gradient_has_no_band_that_a_plate_cannot_hold(settings: PressSettings) -> None:
    steep = replace(filled(60, 60, 100, 8, RED), gradient=Gradient(((0, BLACK), (1, PAPER))))
    composition = with_boxes(steep)
    assert min(rect.height for rect, _ in steep.gradient.bands(steep.rect)) < 0.25
    assert "press-hairline" not in {item.code for item in check_press_file(render_press(composition, settings), composition, settings)}


def test_imposed_pages_that_creep_may_fall_short_of_the_bleed_by_as_much(settings: PressSettings) -> None:
    band = with_boxes(filled(-3, 200, 30, 40, RED))
    composition = replace(band, pages=band.pages * 2)
    creeping = replace(settings, imposition="saddle", paper=mm(0.3))
    data = render_press(composition, creeping)
    assert "press-bleed-reach" not in {item.code for item in check_press_file(data, composition, creeping)}
    assert "press-bleed-reach" in {item.code for item in check_press_file(data, composition, replace(creeping, paper=0))}


# --- perfect binding ----------------------------------------------------------------------------------------------


def test_a_perfect_bound_book_is_a_block_and_a_flat_cover_with_its_spine(settings: PressSettings) -> None:
    book = pages(12)
    block, cover = replace(settings, part="block", paper=mm(1)), replace(settings, part="cover", paper=mm(1))
    assert [sheet.name for sheet in press_sheets(book, block)] == [f"第 {number} 页" for number in range(3, 11)]
    outside, inside = press_sheets(book, cover)
    assert [[p.page.number for p in sheet.placements] for sheet in (outside, inside)] == [[12, 1], [2, 11]]
    assert outside.folds[1] - outside.folds[0] == pytest.approx(mm(4)), "eight pages are four leaves"
    assert outside.trim[2] - outside.trim[0] == pytest.approx(2 * book.pages[0].size.width + mm(4))
    assert "press-leaf" in [d.code for d in check_press(book, replace(block, is_paper_given=False))]
    assert "press-leaf" not in [d.code for d in check_press(book, block)]
    for part in (block, cover):
        data = render_press(book, part)
        assert verify_press(data, book, part) == ()
        swapped = replace(book, pages=book.pages[::-1])
        assert "pdf-text-differs" in {item.code for item in verify_press(data, swapped, part)}


@pytest.mark.parametrize(("paper", "has_text"), [(1.0, True), (0.5, False)])
def test_a_spine_bears_the_title_where_it_is_wide_enough(settings: PressSettings, paper: float, has_text: bool) -> None:
    book = pages(12)
    data = render_press(book, replace(settings, part="cover", paper=mm(paper), marks=False))
    low, high = press_sheets(book, replace(settings, part="cover", paper=mm(paper), marks=False))[0].folds
    curves = [m for m in marks(data, 0) if m.kind == "fill" and low < m.bounds[0] and m.bounds[2] < high]
    assert bool(curves) is has_text


def test_a_drawing_at_the_spine_is_told_to_end_there(settings: PressSettings) -> None:
    book = replace(brochure(), pages=brochure().pages[:1] * 12, bookmarks=())
    arch = replace(filled(-3, 100, 60, 60, RED), path=filled(-3, 100, 60, 60, RED).path * 2)
    beyond = replace(arch, rect=replace(arch.rect, width=mm(3)))
    plain = filled(-3, 100, 60, 60, RED)
    for part, art, told in (("block", arch, 1), ("whole", arch, 0), ("block", plain, 0), ("block", beyond, 0)):
        front = replace(book.pages[0], boxes=(art,))
        found = check_press(replace(book, pages=(front, *book.pages[1:])), replace(settings, part=part))
        assert [item.code for item in found].count("press-spine-plain") == told


def test_a_thin_book_is_not_bound_perfect(settings: PressSettings) -> None:
    assert "press-page-count" in codes(pages(4), replace(settings, part="block"))


@pytest.mark.parametrize(("leaf", "told"), [(0.45, True), (0.5, False)])
def test_a_spine_that_glue_hardly_holds_is_told(settings: PressSettings, leaf: float, told: bool) -> None:
    assert ("press-spine-thin" in codes(pages(12), replace(settings, part="block", paper=mm(leaf)))) is told
    assert "press-spine-thin" not in codes(pages(12), replace(settings, paper=mm(leaf)))
