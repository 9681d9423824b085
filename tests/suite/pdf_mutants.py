"""Broken press and screen files: the real sample with one clause broken each, as a print shop or a screen reader would
meet it. Written from the clauses alone (ISO 15930-7, ISO 14289-1, ISO 19005-2, ISO 32000-1 and the house's rules for
print), before reading the checks.

A mutant changes an open file; where a file cannot be broken through pikepdf it returns the broken bytes.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

Change = Callable[[Pdf], bytes | None]


@dataclass(frozen=True)
class Mutant:
    """`code`: the diagnostic that must name it."""

    name: str
    clause: str
    code: str
    change: Change

    def broken(self, data: bytes) -> bytes:
        """Returns the file with the clause broken."""
        with Pdf.open(io.BytesIO(data)) as pdf:
            return self.change(pdf) or saved(pdf)


PRESS: list[Mutant] = []
SCREEN: list[Mutant] = []


def press(clause: str, code: str) -> Callable[[Change], Change]:
    return _registered(PRESS, clause, code)


def screen(clause: str, code: str) -> Callable[[Change], Change]:
    return _registered(SCREEN, clause, code)


def _registered(mutants: list[Mutant], clause: str, code: str) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        mutants.append(Mutant(change.__name__, clause, code, change))
        return change

    return register


def saved(pdf: Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **{"deterministic_id": True, **options})
    return out.getvalue()


def add(page: Page, operators: str, **resources: dict[str, Object]) -> None:
    """Draws on top of a page; resources as Kind={"Name": object}."""
    page.obj.Resources = Dictionary(page.obj.Resources)
    for kind, entries in resources.items():
        held = Dictionary(page.obj.Resources.get("/" + kind, {}))
        for name, value in entries.items():
            held["/" + name] = value
        page.obj.Resources["/" + kind] = held
    page.contents_add(f"\nq {operators} Q\n".encode(), prepend=False)


def edit(pdf: Pdf, pattern: str, replacement: str, count: int = 1, page: int | None = None) -> None:
    """Replaces in the first page's content that holds the pattern."""
    for sheet in pdf.pages if page is None else [pdf.pages[page]]:
        sheet.contents_coalesce()
        old = sheet.obj.Contents.read_bytes()
        new = re.sub(pattern.encode(), replacement.encode(), old, count=count, flags=re.DOTALL)
        if new != old:
            sheet.obj.Contents = pdf.make_stream(new)
            return
    raise AssertionError(f"no page holds {pattern}")


def form(pdf: Pdf, operators: str, resources: Object | None = None, **entries: object) -> Stream:
    return pdf.make_stream(
        operators.encode(),
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 700, 900]),
            Resources=resources or Dictionary(),
            **entries,
        ),
    )


def image(pdf: Pdf, pixels: tuple[int, int], space: Object, data: bytes, bits: int = 8) -> Stream:
    width, height = pixels
    entries = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=space, BitsPerComponent=bits
    )
    return pdf.make_stream(data, entries)


def cmyk_image(pdf: Pdf, pixels: tuple[int, int], colour: bytes = b"\x20\x20\x20\x20") -> Stream:
    return image(pdf, pixels, Name.DeviceCMYK, colour * (pixels[0] * pixels[1]))


def replace_xmp(pdf: Pdf, pattern: str, replacement: str) -> None:
    old = pdf.Root.Metadata.read_bytes().decode()
    new = re.sub(pattern, replacement, old, flags=re.DOTALL)
    assert new != old, pattern
    pdf.Root.Metadata = pdf.make_stream(new.encode(), Dictionary(Type=Name.Metadata, Subtype=Name.XML))


def fonts(pdf: Pdf) -> list[Object]:
    return list(pdf.pages[0].obj.Resources.Font.values())


def descriptors(pdf: Pdf) -> list[Object]:
    return [font.DescendantFonts[0].FontDescriptor for font in fonts(pdf)]


def grown(box: Object, by: float) -> Array:
    left, bottom, right, top = map(float, box)
    return Array([left - by, bottom - by, right + by, top + by])


def annotate(page: Page, **entries: object) -> None:
    annotation = Dictionary(Type=Name.Annot, **entries)
    page.obj.Annots = Array([*page.obj.get("/Annots", []), annotation])


def body_pages(pdf: Pdf) -> list[Page]:
    """Pages with overprinting text."""
    return [page for page in pdf.pages if b"Overprint gs" in page.obj.Contents.read_bytes()]


# ---------------------------------------------------------------- press: colour


@press("PDF/X-4: no device RGB where the destination is CMYK; here inside a form", "press-rgb")
def rgb_fill_inside_a_form(pdf: Pdf) -> None:
    add(pdf.pages[4], "/Fm Do", XObject={"Fm": form(pdf, "0.8 0.1 0.1 rg 200 200 80 80 re f")})


@press("PDF/X-4: a form within a form", "press-rgb")
def rgb_stroke_two_forms_deep(pdf: Pdf) -> None:
    inner = form(pdf, "0.8 0.1 0.1 RG 2 w 200 200 80 80 re S")
    outer = form(pdf, "/Inner Do", Dictionary(XObject=Dictionary(Inner=inner)))
    add(pdf.pages[4], "/Fm Do", XObject={"Fm": outer})


@press("PDF/X-4: a shading's colour space", "press-rgb")
def rgb_shading(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([100, 100, 300, 100]), Function=function
    )
    add(pdf.pages[4], "100 100 200 50 re W n /Sh sh", Shading={"Sh": shading})


@press("PDF/X-4: a shading reached through a pattern", "press-rgb")
def rgb_shading_pattern(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([100, 100, 300, 100]), Function=function
    )
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
    add(pdf.pages[4], "/Pattern cs /Pt scn 100 100 200 50 re f", Pattern={"Pt": pattern})


@press("PDF/X-4: a tiling pattern's cell", "press-rgb")
def rgb_tiling_pattern(pdf: Pdf) -> None:
    cell = pdf.make_stream(b"1 0 0 rg 0 0 5 5 re f")
    for key, value in Dictionary(
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 9, 9]),
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    ).items():
        cell[key] = value
    add(pdf.pages[4], "/Pattern cs /Pt scn 100 100 200 50 re f", Pattern={"Pt": cell})


@press("PDF/X-4: an image's colour space", "press-rgb")
def rgb_image(pdf: Pdf) -> None:
    add(
        pdf.pages[4],
        "8 0 0 8 100 100 cm /Im Do",
        XObject={"Im": image(pdf, (40, 40), Name.DeviceRGB, b"\x80\x20\x20" * 1600)},
    )


@press("PDF/X-4: the base of an indexed image", "press-rgb")
def rgb_palette_image(pdf: Pdf) -> None:
    space = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xff\x00\x00\x00\xff\x00")])
    add(pdf.pages[4], "8 0 0 8 100 100 cm /Im Do", XObject={"Im": image(pdf, (40, 40), space, bytes(1600))})


@press("PDF/X-4: an inline image", "press-rgb")
def rgb_inline_image(pdf: Pdf) -> None:
    add(pdf.pages[4], "1 0 0 1 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")


@press("PDF/X-4: set by name with cs and sc", "press-rgb")
def rgb_by_colour_space_operator(pdf: Pdf) -> None:
    add(pdf.pages[4], "/DeviceRGB cs 1 0 0 sc 100 100 20 20 re f")


@press("House rule: no RGB at all, not even with a profile", "press-rgb")
def rgb_with_a_profile(pdf: Pdf) -> None:
    profile = pdf.make_stream(b"\x00" * 128, Dictionary(N=3))
    add(pdf.pages[4], "/Cs cs 1 0 0 sc 100 100 20 20 re f", ColorSpace={"Cs": Array([Name.ICCBased, profile])})


@press("PDF/X-4: a spot's alternate space", "press-rgb")
def spot_with_an_rgb_alternate(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 1, 1]), C1=Array([1, 0, 0]), N=1)
    space = Array([Name.Separation, Name("/PANTONE 186 C"), Name.DeviceRGB, tint])
    add(pdf.pages[4], "/Cs cs 1 scn 100 100 20 20 re f", ColorSpace={"Cs": space})


@press("PDF/X-4: a Type 3 font's glyph description", "pdf-font-embedded")
def rgb_type3_glyph(pdf: Pdf) -> None:
    glyph = pdf.make_stream(b"1000 0 d0 1 0 0 rg 0 0 700 700 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph), Encoding=Dictionary(Differences=Array([97, Name.a])), FirstChar=97, LastChar=97,
        Widths=Array([1000]), Resources=Dictionary(),
    )  # fmt: skip
    add(pdf.pages[4], "0 0 0 1 k BT /T3 12 Tf 100 100 Td (a) Tj ET", Font={"T3": font})


@press("PDF/X-4: the page's blending colour space", "press-group")
def page_group_in_rgb(pdf: Pdf) -> None:
    pdf.pages[6].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


@press("PDF/X-4: a form's blending colour space", "press-group")
def transparency_group_in_rgb_in_a_form(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    add(pdf.pages[4], "/Fm Do", XObject={"Fm": form(pdf, "0 1 1 0 k 200 200 80 80 re f", Group=group)})


@press("PDF/X-4: a soft mask's group", "press-group")
def soft_mask_group_in_rgb(pdf: Pdf) -> None:
    mask = form(pdf, "1 g 0 0 500 500 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=mask))
    add(pdf.pages[4], "/Gs gs 0 1 1 0 k 200 200 80 80 re f", ExtGState={"Gs": state})


@press("House rule: no live transparency; a graphics state's opacity", "press-transparency")
def half_transparent_shade(pdf: Pdf) -> None:
    shade = Dictionary(Type=Name.ExtGState, ca=0.5)
    add(pdf.pages[4], "/Gs gs 0 0 0 0.5 k 200 200 80 80 re f", ExtGState={"Gs": shade})


@press("House rule: no live transparency; a blend mode", "press-transparency")
def shade_that_multiplies(pdf: Pdf) -> None:
    shade = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
    add(pdf.pages[4], "/Gs gs 0 0 0 0.5 k 200 200 80 80 re f", ExtGState={"Gs": shade})


@press("House rule: no live transparency; ISO 32000-1, 11.6.3: a blend mode in a list", "press-transparency")
def shade_that_multiplies_by_a_list(pdf: Pdf) -> None:
    shade = Dictionary(Type=Name.ExtGState, BM=Array([Name.Multiply, Name.Normal]))
    add(pdf.pages[4], "/Gs gs 0 0 0 0.5 k 200 200 80 80 re f", ExtGState={"Gs": shade})


@press("House rule: no live transparency; a soft mask in the graphics state", "press-transparency")
def shade_behind_a_soft_mask(pdf: Pdf) -> None:
    mask = form(pdf, "1 g 0 0 500 500 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK))
    state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=mask))
    add(pdf.pages[4], "/Gs gs 0 1 1 0 k 200 200 80 80 re f", ExtGState={"Gs": state})


@press("House rule: no live transparency; a picture's soft mask", "press-transparency")
def picture_with_a_soft_mask(pdf: Pdf) -> None:
    picture = cmyk_image(pdf, (40, 40))
    picture.SMask = image(pdf, (40, 40), Name.DeviceGray, bytes(1600))
    add(pdf.pages[4], "8 0 0 8 100 100 cm /Im Do", XObject={"Im": picture})


# ---------------------------------------------------------------- press: fonts


@press("PDF/X-4: all fonts embedded", "pdf-font-embedded")
def font_file_gone_but_descriptor_kept(pdf: Pdf) -> None:
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptors(pdf)[0]:
            del descriptors(pdf)[0][key]


@press("PDF/X-4: all fonts embedded; here one of the standard fourteen, in a form", "pdf-font-embedded")
def helvetica_inside_a_form(pdf: Pdf, page: int = 4) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    text = form(pdf, "0 0 0 1 k BT /H 12 Tf 100 100 Td (page) Tj ET", Dictionary(Font=Dictionary(H=font)))
    add(pdf.pages[page], "/Fm Do", XObject={"Fm": text})


@press("House rule: fonts are subsets (ISO 32000-1, 9.6.4: six letters and a plus sign)", "pdf-font-subset")
def whole_font_embedded(pdf: Pdf) -> None:
    font = fonts(pdf)[0]
    plain = Name("/" + str(font.BaseFont).split("+")[1])
    font.BaseFont = font.DescendantFonts[0].BaseFont = descriptors(pdf)[0].FontName = plain


@press("PDF/X-4: the embedded program is a font", "pdf-font-program")
def font_file_of_noughts(pdf: Pdf) -> None:
    key = "/FontFile2" if "/FontFile2" in descriptors(pdf)[0] else "/FontFile3"
    descriptors(pdf)[0][key] = pdf.make_stream(bytes(5000))


@press("PDF/X-4: no .notdef", "pdf-notdef")
def notdef_drawn(pdf: Pdf) -> None:
    edit(pdf, r"\[<[0-9A-F]{4}", "[<0000")


@press("PDF/X-4: every glyph drawn is in the font program", "pdf-font-program")
def glyph_beyond_the_font(pdf: Pdf) -> None:
    add(pdf.pages[4], f"0 0 0 1 k BT {next(iter(pdf.pages[4].obj.Resources.Font))} 12 Tf 100 100 Td <FFF0> Tj ET")


@press("PDF/X-4 demands no ToUnicode; the house does, so that a proof can be searched", "pdf-unicode")
def text_without_unicode_in_print(pdf: Pdf) -> None:
    del fonts(pdf)[0].ToUnicode


@press("PDF/X-4: all fonts embedded; text that nobody sees counts too", "pdf-font-embedded")
def invisible_text_in_a_font_not_embedded(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    add(pdf.pages[4], "0 0 0 1 k BT 3 Tr /C 12 Tf 100 100 Td (scan) Tj ET", Font={"C": font})


# ---------------------------------------------------------------- press: output intent


@press("PDF/X-4: an output intent", "press-output-intent")
def no_output_intents(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@press("PDF/X-4: an output intent GTS_PDFX", "press-output-intent")
def only_an_archive_output_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1


@press("PDF/X-4: exactly one GTS_PDFX intent", "press-output-intent")
def two_output_intents(pdf: Pdf) -> None:
    second = Dictionary(pdf.Root.OutputIntents[0])
    second.OutputConditionIdentifier = String("FOGRA39")
    pdf.Root.OutputIntents = Array([pdf.Root.OutputIntents[0], second])


@press("PDF/X-4: N agrees with the content's CMYK", "press-output-intent")
def output_intent_for_rgb(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


@press("PDF/X-4: the profile is embedded", "press-output-intent")
def output_intent_without_profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


@press("PDF/X-4: an output device profile (class prtr) of CMYK", "press-output-intent")
def rgb_profile_said_to_have_four_channels(pdf: Pdf) -> None:
    data = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    data[12:20] = b"mntrRGB "
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(data), Dictionary(N=4))


@press("PDF/X-4: OutputConditionIdentifier", "press-output-intent")
def output_condition_unnamed(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


# ---------------------------------------------------------------- press: boxes, bleed, marks


@press("PDF/X-4: TrimBox within BleedBox; one page only", "press-boxes")
def trim_beyond_the_bleed_on_one_page(pdf: Pdf) -> None:
    page = pdf.pages[9].obj
    page.TrimBox = grown(page.BleedBox, 2)


@press("PDF/X-4: BleedBox within MediaBox", "press-boxes")
def bleed_beyond_the_media(pdf: Pdf) -> None:
    page = pdf.pages[2].obj
    page.BleedBox = grown(page.MediaBox, 3)


@press("PDF/X-4: a TrimBox on every page", "press-boxes")
def no_trim_box_on_the_last_page(pdf: Pdf) -> None:
    del pdf.pages[-1].obj.TrimBox


@press("PDF/X-4: TrimBox or ArtBox, never both", "press-boxes")
def trim_and_art_box(pdf: Pdf) -> None:
    pdf.pages[3].obj.ArtBox = pdf.pages[3].obj.TrimBox


@press("House rule: 3 mm of bleed; none on one page", "press-bleed-size")
def no_bleed_on_one_page(pdf: Pdf) -> None:
    pdf.pages[8].obj.BleedBox = pdf.pages[8].obj.TrimBox


@press("House rule: 3 mm of bleed; 1 mm at one edge", "press-bleed-size")
def bleed_of_a_millimetre_at_the_foot(pdf: Pdf) -> None:
    page = pdf.pages[8].obj
    page.BleedBox[1] = float(page.TrimBox[1]) - 2.83


@press("House rule: uniform trim size", "press-trim-size")
def one_page_of_another_trim(pdf: Pdf) -> None:
    page = pdf.pages[10].obj
    page.TrimBox[2] = float(page.TrimBox[2]) - 3


@press("House rule: uniform trim size; one page turned", "press-trim-size")
def one_page_turned(pdf: Pdf) -> None:
    pdf.pages[10].obj.Rotate = 90


@press("House rule: uniform trim size; ISO 32000-1, 14.11.2: user units", "press-trim-size")
def one_page_in_other_units(pdf: Pdf) -> None:
    pdf.pages[10].obj.UserUnit = 2


@press("House rule: the page count is a multiple of four", "press-page-count")
def twenty_three_pages(pdf: Pdf) -> None:
    del pdf.pages[11]


@press("House rule: marks stay outside the bleed", "press-marks")
def crop_mark_inside_the_bleed(pdf: Pdf) -> None:
    page = pdf.pages[4]
    left, _, _, top = map(float, page.obj.TrimBox)
    spot = next(iter(page.obj.Resources.ColorSpace))
    add(page, f"{spot} CS 1 SCN .35 w {left} {top + 2} m {left} {top + 20} l S")


@press("House rule: marks stay outside the bleed; drawn in four inks instead of /All", "press-ink")
def registration_cross_in_four_inks_on_the_page(pdf: Pdf) -> None:
    page = pdf.pages[4]
    left, _, _, top = map(float, page.obj.TrimBox)
    add(page, f"1 1 1 1 K .35 w {left + 5} {top - 5} m {left + 25} {top - 5} l S")


@press(
    "House rule: artwork that touches trim reaches the bleed edge; the cover is cut at its trim", "press-bleed-reach"
)
def artwork_stops_at_the_trim(pdf: Pdf) -> None:
    left, bottom, right, top = map(float, pdf.pages[0].obj.TrimBox)
    edit(pdf, r"[\d.]+ [\d.]+ [\d.]+ [\d.]+ re W n", f"{left} {bottom} {right - left} {top - bottom} re W n", page=0)


@press("House rule: artwork that touches trim reaches the bleed edge; one rectangle at one edge", "press-bleed-reach")
def a_band_that_ends_at_the_fore_edge(pdf: Pdf) -> None:
    _, bottom, right, _ = map(float, pdf.pages[4].obj.TrimBox)
    add(pdf.pages[4], f"0 1 0.9 0.2 k {right - 40} {bottom + 100} 40 30 re f")


@press("House rule: artwork that touches trim reaches the bleed edge; a picture", "press-bleed-reach")
def a_picture_that_ends_at_the_trim(pdf: Pdf) -> None:
    left, bottom, _, _ = map(float, pdf.pages[4].obj.TrimBox)
    add(pdf.pages[4], f"60 0 0 60 {left} {bottom + 100} cm /Im Do", XObject={"Im": cmyk_image(pdf, (300, 300))})


# ---------------------------------------------------------------- press: annotations, actions, attachments


@press("PDF/X-4: no annotation within the bleed box", "press-annotation")
def link_in_the_bleed(pdf: Pdf) -> None:
    left, bottom, *_ = map(float, pdf.pages[4].obj.BleedBox)
    annotate(
        pdf.pages[4],
        Subtype=Name.Link,
        Rect=Array([left + 1, bottom + 1, left + 6, bottom + 6]),
        Border=Array([0, 0, 0]),
    )


@press("PDF/X-4: no form field", "press-annotation")
def form_field(pdf: Pdf) -> None:
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=Array([100, 100, 200, 120]))
    pdf.pages[4].obj.Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[4].obj.Annots)


@press("PDF/X-4: no annotation within the bleed box; a proofreader's note", "press-annotation")
def a_note_left_on_the_page(pdf: Pdf) -> None:
    annotate(pdf.pages[4], Subtype=Name.Text, Rect=Array([200, 200, 220, 220]), Contents=String("OK"))


@press("PDF/X-4: no JavaScript; in the names tree", "pdf-javascript")
def javascript_in_the_names_tree(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


@press("PDF/X-4: no JavaScript; when the file opens", "pdf-javascript")
def javascript_on_opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@press("PDF/X-4: no actions; when a page opens", "pdf-javascript")
def javascript_on_a_page(pdf: Pdf) -> None:
    pdf.pages[3].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


@press("House rule: no embedded files", "pdf-embedded-file")
def embedded_file(pdf: Pdf) -> None:
    pdf.attachments["list.txt"] = b"20"


@press("House rule: no embedded files; an associated one without a name", "pdf-embedded-file")
def associated_file(pdf: Pdf) -> None:
    held = Dictionary(F=pdf.make_stream(b"20", Dictionary(Type=Name.EmbeddedFile)))
    pdf.Root.AF = Array([pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("list.txt"), EF=held))])


@press("PDF/X-4: no PostScript XObject", "press-prohibited")
def postscript_xobject(pdf: Pdf) -> None:
    code = pdf.make_stream(b"showpage", Dictionary(Type=Name.XObject, Subtype=Name.PS))
    add(pdf.pages[4], "/Ps Do", XObject={"Ps": code})


@press("PDF/X-4: no transfer function", "press-prohibited")
def transfer_function(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2)
    add(
        pdf.pages[4],
        "/Gs gs 0 0 0 1 k 200 200 80 80 re f",
        ExtGState={"Gs": Dictionary(Type=Name.ExtGState, TR=function)},
    )


@press("ISO 32000-1, 8.10.1: a form does not draw itself", "pdf-unreadable")
def form_that_draws_itself(pdf: Pdf) -> None:
    drawn = form(pdf, "/Fm Do")
    drawn.Resources = Dictionary(XObject=Dictionary(Fm=drawn))
    add(pdf.pages[4], "/Fm Do", XObject={"Fm": drawn})


# ---------------------------------------------------------------- press: file and metadata


@press("PDF/X-4: Trapped", "press-trapped")
def trapped_missing(pdf: Pdf) -> None:
    del pdf.docinfo["/Trapped"]


@press("PDF/X-4: Trapped is True or False", "press-trapped")
def trapped_unknown(pdf: Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name.Unknown


@press("PDF/X-4: the header says 1.6", "press-version")
def header_of_1_4(pdf: Pdf) -> bytes:
    return saved(pdf).replace(b"%PDF-1.7", b"%PDF-1.4", 1)


@press("PDF/X-4: XMP metadata", "press-xmp")
def no_xmp(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@press("PDF/X-4: XMP metadata that can be read", "press-xmp")
def xmp_cut_short(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(
        pdf.Root.Metadata.read_bytes()[:900], Dictionary(Type=Name.Metadata, Subtype=Name.XML)
    )


@press("PDF/X-4: GTS_PDFXVersion", "press-xmp")
def no_version_of_pdfx(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<pdfxid:.*?</pdfxid:GTS_PDFXVersion>", "")


@press("PDF/X-4: GTS_PDFXVersion is PDF/X-4", "press-xmp")
def another_version_of_pdfx(pdf: Pdf) -> None:
    replace_xmp(pdf, ">PDF/X-4<", ">PDF/X-1a:2003<")


@press("PDF/X-4: the namespace of GTS_PDFXVersion", "press-xmp")
def version_of_pdfx_in_another_namespace(pdf: Pdf) -> None:
    replace_xmp(pdf, "http://www.npes.org/pdfx/ns/id/", "http://ns.adobe.com/pdfx/1.3/")


@press("PDF/X-4: xmpMM:DocumentID", "press-xmp")
def no_document_id_in_xmp(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<xmpMM:DocumentID>.*?</xmpMM:DocumentID>", "")


@press("PDF/X-4: xmpMM:VersionID", "press-xmp")
def no_version_id_in_xmp(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<xmpMM:VersionID>.*?</xmpMM:VersionID>", "")


@press("PDF/X-4: xmpMM:RenditionClass", "press-xmp")
def no_rendition_class_in_xmp(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<xmpMM:RenditionClass>.*?</xmpMM:RenditionClass>", "")


@press("PDF/X-4: dates", "pdf-info")
def no_modification_date(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<xmp:ModifyDate>.*?</xmp:ModifyDate>", "")


@press("PDF/X-4: dates", "pdf-info")
def no_creation_date(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<xmp:CreateDate>.*?</xmp:CreateDate>", "")


@press("PDF/X-4: dates", "press-xmp")
def no_metadata_date(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<xmp:MetadataDate>.*?</xmp:MetadataDate>", "")


@press("PDF/X-4: Trapped; XMP agrees with Info (ISO 32000-1, 14.3.2)", "press-trapped")
def xmp_says_it_is_trapped(pdf: Pdf) -> None:
    replace_xmp(pdf, "<pdf:Trapped>False<", "<pdf:Trapped>True<")


@press("PDF/X-4: dc:title", "pdf-info")
def empty_title(pdf: Pdf) -> None:
    replace_xmp(
        pdf,
        r"<dc:title>.*?</dc:title>",
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'></rdf:li></rdf:Alt></dc:title>",
    )


@press("PDF/X-4: Info agrees with XMP", "pdf-info")
def info_has_another_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "无标题"


@press("PDF/X-4: Info agrees with XMP", "pdf-info")
def info_has_another_date(pdf: Pdf) -> None:
    pdf.docinfo["/ModDate"] = "D:20250101000000Z"


@press("PDF/X-4: the trailer's ID", "pdf-id")
def no_file_id(pdf: Pdf) -> bytes:
    data = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return re.sub(rb"/ID ?\[[^\]]*\]", lambda found: b" " * len(found[0]), data)


@press("PDF/X-4: no encryption; here only against copying", "pdf-encrypted")
def encrypted(pdf: Pdf) -> bytes:
    return saved(pdf, deterministic_id=False, encryption=pikepdf.Encryption(owner="shop", user=""))


# ---------------------------------------------------------------- press: ink


@press("House rule: total ink at most 300 %", "press-ink")
def three_hundred_and_twenty_percent_in_one_fill(pdf: Pdf) -> None:
    add(pdf.pages[4], "0.8 0.8 0.8 0.8 k 200 200 80 80 re f")


@press("House rule: total ink at most 300 %; by two paintings, the second overprinting", "press-ink-stacked")
def three_hundred_and_forty_percent_by_overprint(pdf: Pdf) -> None:
    operators = "/Overprint gs 0.9 0.8 0 0 k 200 200 80 80 re f 0 0 0.8 0.9 k 200 200 80 80 re f"
    add(pdf.pages[4], operators, ExtGState={"Overprint": Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)})


@press("House rule: total ink at most 300 %; a picture", "press-ink")
def four_hundred_percent_in_a_picture(pdf: Pdf) -> None:
    add(pdf.pages[4], "8 0 0 8 100 100 cm /Im Do", XObject={"Im": cmyk_image(pdf, (40, 40), b"\xff\xff\xff\xff")})


@press("House rule: total ink at most 300 %; a shading", "press-ink")
def too_much_ink_in_a_shading(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 1]), N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([100, 100, 300, 100]), Function=function
    )
    add(pdf.pages[4], "100 100 200 50 re W n /Sh sh", Shading={"Sh": shading})


@press("House rule: small black text is K alone", "press-rich-black")
def body_text_of_four_inks(pdf: Pdf) -> None:
    edit(pdf, r"0 0 0 (?:0\.9\d*|1) k (BT \S+ [789](?:\.5)? Tf|BT \S+ 10 Tf)", r"0.6 0.5 0.5 0.95 k \1")


@press("House rule: small black text is K alone; drawn in registration colour", "press-ink")
def body_text_in_the_registration_colour(pdf: Pdf) -> None:
    page = body_pages(pdf)[0]
    spot = next(iter(page.obj.Resources.ColorSpace))
    edit(
        pdf,
        r"0 0 0 (?:0\.9\d*|1) k (BT \S+ [789](?:\.5)? Tf|BT \S+ 10 Tf)",
        rf"{spot} cs 1 scn \1",
        page=pdf.pages.index(page),
    )


@press("House rule: small black text is K alone; set through cs and scn", "press-rich-black")
def rich_black_by_colour_space_operator(pdf: Pdf) -> None:
    edit(
        pdf, r"0 0 0 (?:0\.9\d*|1) k (BT \S+ [789](?:\.5)? Tf|BT \S+ 10 Tf)", r"/DeviceCMYK cs 0.6 0.5 0.5 0.95 scn \1"
    )


@press("House rule: black text overprints", "press-black-knockout")
def body_text_knocks_out(pdf: Pdf) -> None:
    edit(pdf, r"/Overprint gs (0 0 0 \S+ k BT \S+ [789](?:\.5)? Tf|0 0 0 \S+ k BT \S+ 10 Tf)", r"\1")


@press("House rule: black text overprints; the state is switched off", "press-black-knockout")
def overprint_switched_off(pdf: Pdf) -> None:
    page = body_pages(pdf)[0].obj
    page.Resources.ExtGState.Overprint.op = False


@press(
    "House rule: black text overprints; ISO 32000-1, 8.6.7: mode 0 knocks out the other plates", "press-black-knockout"
)
def overprint_mode_nought(pdf: Pdf) -> None:
    body_pages(pdf)[0].obj.Resources.ExtGState.Overprint.OPM = 0


@press("House rule: tints of black knock out", "press-tint-overprint")
def grey_text_overprints(pdf: Pdf) -> None:
    edit(pdf, r"(?<!gs )(0 0 0 0\.[3-8]\d* k BT)", r"/Overprint gs \1")


@press("House rule: tints of black are no smaller than 7.5 pt", "press-tint-size")
def small_grey_text(pdf: Pdf) -> None:
    edit(pdf, r"(0 0 0 )\S+ k (BT \S+) [789](?:\.5)? Tf", r"\g<1>0.6 k \g<2> 6 Tf")


@press("House rule: coloured text below 12 pt has at most two inks", "press-small-colour")
def small_text_of_three_inks(pdf: Pdf) -> None:
    edit(pdf, r"0 0 0 \S+ k (BT \S+ [789](?:\.5)? Tf)", r"0.3 0.9 0.7 0 k \1")


OVERPRINTING = {"Overprint": Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)}


@press("House rule: nothing white overprints; text", "press-white-overprint")
def white_text_overprints(pdf: Pdf) -> None:
    font = next(iter(pdf.pages[0].obj.Resources.Font))
    add(pdf.pages[0], f"/Overprint gs 0 0 0 0 k BT {font} 12 Tf 100 100 Td <0012> Tj ET", ExtGState=OVERPRINTING)


@press("House rule: nothing white overprints; a grey operator, a stroke", "press-white-overprint")
def white_stroke_overprints(pdf: Pdf) -> None:
    add(pdf.pages[0], "/Overprint gs 1 G 2 w 100 100 m 200 100 l S", ExtGState=OVERPRINTING)


@press("House rule: nothing white overprints; a fill of no ink", "press-white-overprint")
def white_fill_overprints(pdf: Pdf) -> None:
    add(pdf.pages[0], "/Overprint gs 0 0 0 0 k 100 100 90 90 re f", ExtGState=OVERPRINTING)


@press("House rule: nothing white overprints; a spot of no tint", "press-white-overprint")
def white_spot_overprints(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]), N=1)
    space = Array([Name.Separation, Name("/PANTONE 186 C"), Name.DeviceCMYK, tint])
    add(pdf.pages[0], "/Overprint gs /Cs cs 0 scn 100 100 90 90 re f", ExtGState=OVERPRINTING, ColorSpace={"Cs": space})


# ---------------------------------------------------------------- press: what a press can hold


@press("House rule: pictures of 150 ppi at least; by the page's matrix", "press-image-low")
def picture_of_100_ppi(pdf: Pdf) -> None:
    add(pdf.pages[4], "2 0 0 2 0 0 cm 72 0 0 72 50 50 cm /Im Do", XObject={"Im": cmyk_image(pdf, (200, 200))})


@press("House rule: pictures of 150 ppi at least; the form that holds it is enlarged", "press-image-low")
def picture_enlarged_with_its_form(pdf: Pdf) -> None:
    inner = form(
        pdf,
        "36 0 0 36 20 20 cm /Im Do",
        Dictionary(XObject=Dictionary(Im=cmyk_image(pdf, (150, 150)))),
        Matrix=Array([3, 0, 0, 3, 0, 0]),
    )
    add(pdf.pages[4], "/Fm Do", XObject={"Fm": inner})


@press("House rule: pictures of 150 ppi at least; stretched in one direction", "press-image-low")
def picture_stretched_sideways(pdf: Pdf) -> None:
    add(pdf.pages[4], "144 0 0 36 100 100 cm /Im Do", XObject={"Im": cmyk_image(pdf, (200, 200))})


@press("House rule: pictures of 150 to 299 ppi are warned of", "press-image-soft")
def picture_of_200_ppi(pdf: Pdf) -> None:
    add(pdf.pages[4], "72 0 0 72 100 100 cm /Im Do", XObject={"Im": cmyk_image(pdf, (200, 200))})


@press("House rule: hairlines of 0.25 pt at least; by the matrix", "press-hairline")
def hairline_by_the_matrix(pdf: Pdf) -> None:
    add(pdf.pages[4], "0.1 0 0 0.1 0 0 cm 0 0 0 1 K 1 w 1000 1000 m 3000 1000 l S")


@press("House rule: hairlines of 0.25 pt at least; by an uneven matrix", "press-hairline")
def hairline_by_an_uneven_matrix(pdf: Pdf) -> None:
    add(pdf.pages[4], "1 0 0 0.1 0 0 cm 0 0 0 1 K 1 w 100 1000 m 300 1000 l S")


@press("House rule: hairlines of 0.25 pt at least; ISO 32000-1, 8.4.3.2: width nought", "press-hairline")
def hairline_of_no_width(pdf: Pdf) -> None:
    add(pdf.pages[4], "0 0 0 1 K 0 w 100 100 m 300 100 l S")


@press("House rule: hairlines of 0.25 pt at least; by a graphics state", "press-hairline")
def hairline_by_graphics_state(pdf: Pdf) -> None:
    add(
        pdf.pages[4],
        "/Gs gs 0 0 0 1 K 100 100 m 300 100 l S",
        ExtGState={"Gs": Dictionary(Type=Name.ExtGState, LW=0.1)},
    )


@press("House rule: hairlines of 0.25 pt at least; a filled sliver", "press-hairline")
def hairline_as_a_filled_rectangle(pdf: Pdf) -> None:
    add(pdf.pages[4], "0 0 0 1 k 100 100 200 0.1 re f")


@press("House rule: text of 5 pt at least", "press-text-size")
def text_of_four_points(pdf: Pdf) -> None:
    edit(pdf, r"(BT \S+) 7\.5 Tf", r"\1 4 Tf")


@press("House rule: text of 5 pt at least; made small by the text matrix", "press-text-size")
def text_made_small_by_its_matrix(pdf: Pdf) -> None:
    edit(pdf, r"(BT \S+ 7\.5 Tf\s+)1 0 0 1", r"\g<1>0.5 0 0 0.5")


# ---------------------------------------------------------------- screen: marked content


def tree(element: Object) -> list[Object]:
    """Returns an element and what is below it, in reading order."""
    kids = element.get("/K", Array())
    found = [element]
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            found += tree(kid)
    return found


def elements(pdf: Pdf, *tags: str) -> list[Object]:
    found = [element for top in pdf.Root.StructTreeRoot.K for element in tree(top)]
    chosen = [element for element in found if str(element.S)[1:] in tags]
    assert chosen, tags
    return chosen


def links(pdf: Pdf) -> list[Object]:
    return [a for page in pdf.pages for a in page.obj.get("/Annots", []) if a.Subtype == Name.Link]


def remap(pdf: Pdf, character: str, other: str) -> None:
    """Makes the ToUnicode of the first font that maps to a character say another."""
    old, new = (text.encode("utf-16-be").hex() for text in (character, other))
    for font in fonts(pdf):
        data = font.ToUnicode.read_bytes()
        changed = re.sub(rf"(<[0-9A-F]{{4}}> ?<){old}>".encode(), rf"\g<1>{new}>".encode(), data)
        if changed != data:
            font.ToUnicode = pdf.make_stream(changed)
            return
    raise AssertionError(character)


def a_font_and_glyph(pdf: Pdf) -> str:
    return f"BT {next(iter(pdf.pages[4].obj.Resources.Font))} 12 Tf 100 100 Td <0012> Tj ET"


@screen("ISO 14289-1, 7.1: all content marked", "screen-untagged")
def text_outside_marked_content(pdf: Pdf) -> None:
    add(pdf.pages[4], a_font_and_glyph(pdf))


@screen("ISO 14289-1, 7.1: all content marked; text of a form", "screen-untagged")
def text_of_a_form_outside_marked_content(pdf: Pdf) -> None:
    add(
        pdf.pages[4],
        "/Fm Do",
        XObject={"Fm": form(pdf, a_font_and_glyph(pdf), Dictionary(Font=pdf.pages[4].obj.Resources.Font))},
    )


@screen("ISO 14289-1, 7.1: all content marked; a drawing", "screen-untagged")
def drawing_outside_marked_content(pdf: Pdf) -> None:
    add(pdf.pages[4], "1 0 0 rg 100 100 50 50 re f")


@screen("ISO 14289-1, 7.1: marked content belongs to an element", "screen-structure")
def marked_content_no_element_holds(pdf: Pdf) -> None:
    add(pdf.pages[4], f"/P <</MCID 900>> BDC {a_font_and_glyph(pdf)} EMC")


@screen("ISO 14289-1, 7.1: marked content has an MCID or is an artifact", "screen-untagged")
def marked_content_without_mcid(pdf: Pdf) -> None:
    edit(pdf, r"/P <</MCID \d+>> BDC", "/P BMC")


@screen("ISO 14289-1, 7.1: real content is no artifact", "screen-structure")
def paragraph_made_an_artifact(pdf: Pdf) -> None:
    edit(pdf, r"/P <</MCID \d+>> BDC", "/Artifact BMC")


@screen("ISO 14289-1, 7.1: no tagged content inside an artifact", "screen-untagged")
def tagged_content_inside_an_artifact(pdf: Pdf) -> None:
    edit(pdf, r"(/P <</MCID \d+>> BDC.*?EMC)", r"/Artifact BMC \1 EMC")


@screen("ISO 32000-1, 14.7.4.2: an MCID occurs once on a page", "screen-structure")
def mcid_twice_on_a_page(pdf: Pdf) -> None:
    edit(pdf, r"<</MCID 2>>", "<</MCID 1>>", page=1)


# ---------------------------------------------------------------- screen: structure


@screen("ISO 14289-1, 7.3: a figure has an alternative text", "screen-figure-alt")
def figure_without_alt(pdf: Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@screen("ISO 14289-1, 7.3: a figure's alternative text says something", "screen-figure-alt")
def figure_with_blank_alt(pdf: Pdf) -> None:
    elements(pdf, "Figure")[-1].Alt = String("　")


@screen("ISO 14289-1, 7.4.2: headings step down one level at a time", "screen-headings")
def heading_jumps_a_level(pdf: Pdf) -> None:
    elements(pdf, "H3")[0].S = Name.H4


@screen("ISO 14289-1, 7.4.2: the first heading is H1", "screen-headings")
def no_first_heading(pdf: Pdf) -> None:
    elements(pdf, "H1")[0].S = Name.H2


@screen("ISO 14289-1, 7.5: a header cell has a scope", "screen-table")
def header_cell_without_scope(pdf: Pdf) -> None:
    for key in ("/A", "/C"):
        if key in elements(pdf, "TH")[2]:
            del elements(pdf, "TH")[2][key]


@screen("ISO 14289-1, 7.5: tables have headers", "screen-table")
def table_without_headers(pdf: Pdf) -> None:
    table = elements(pdf, "Table")[0]
    for element in tree(table):
        if element.S == Name.TH:
            element.S = Name.TD


@screen("ISO 14289-1, 7.2; ISO 32000-1, 14.8.4.3.4: rows hold cells", "screen-types")
def cell_outside_a_row(pdf: Pdf) -> None:
    elements(pdf, "TR")[0].S = Name.Div


@screen("ISO 32000-1, 14.8.4.3.4: the rows of a table are of one length", "screen-table")
def row_of_one_cell(pdf: Pdf) -> None:
    row = elements(pdf, "TR")[0]
    row.K = Array([row.K[0]])


@screen("ISO 14289-1, 7.1: structure types are standard or mapped to one", "screen-types")
def unknown_structure_type(pdf: Pdf) -> None:
    elements(pdf, "P")[4].S = Name.Absatz


@screen("ISO 14289-1, 7.1: structure types are standard or mapped to one; a map in a circle", "screen-types")
def role_map_in_a_circle(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Absatz=Name.Satz, Satz=Name.Absatz)
    elements(pdf, "P")[4].S = Name.Absatz


@screen("ISO 14289-1, 7.2: reading order; two paragraphs of a page swapped", "screen-order")
def reading_order_swapped_on_a_page(pdf: Pdf) -> None:
    section = next(s for s in elements(pdf, "Sect") if len(s.K) > 3)
    kids = list(section.K)
    section.K = Array([kids[0], kids[2], kids[1], *kids[3:]])


@screen("ISO 14289-1, 7.2: reading order; two pages swapped in the tree", "screen-order")
def reading_order_of_two_pages_swapped(pdf: Pdf) -> None:
    document = elements(pdf, "Document")[0]
    kids = list(document.K)
    document.K = Array([kids[0], kids[2], kids[1], *kids[3:]])


@screen("ISO 14289-1, 7.1: an element that no one reads", "screen-structure")
def paragraph_dropped_from_the_tree(pdf: Pdf) -> None:
    section = next(s for s in elements(pdf, "Sect") if len(s.K) > 3)
    section.K = Array(list(section.K)[:-1])


@screen("ISO 32000-1, 14.7.4.4: StructParents leads to the page's elements; two swapped", "screen-parents")
def struct_parents_swapped(pdf: Pdf) -> None:
    one, other = pdf.pages[1].obj, pdf.pages[4].obj
    one.StructParents, other.StructParents = int(other.StructParents), int(one.StructParents)


@screen("ISO 32000-1, 14.7.4.4: StructParents", "screen-parents")
def struct_parents_missing(pdf: Pdf) -> None:
    del pdf.pages[4].obj.StructParents


@screen("ISO 32000-1, 14.7.4.4: the parent tree", "screen-parents")
def parent_tree_missing(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


@screen("ISO 14289-1, 7.1: a structure tree", "screen-marked")
def structure_tree_missing(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@screen("ISO 32000-1, 14.7.1: MarkInfo", "screen-marked")
def not_said_to_be_marked(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@screen("ISO 14289-1, 7.1: no suspects", "screen-marked")
def suspects(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@screen("ISO 32000-1, 14.7.2: the structure is a tree; an element that is its own descendant", "screen-structure")
def structure_in_a_circle(pdf: Pdf) -> None:
    elements(pdf, "Table")[0].K.append(elements(pdf, "Document")[0])


# ---------------------------------------------------------------- screen: document


@screen("ISO 14289-1, 7.2: the natural language", "screen-language")
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@screen("ISO 14289-1, 7.2: the natural language", "screen-language")
def empty_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("")


@screen("ISO 14289-1, 7.1: the title is displayed", "screen-display-title")
def title_not_displayed(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@screen("ISO 14289-1, 7.1: the title is displayed", "screen-display-title")
def no_viewer_preferences(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


@screen("ISO 14289-1, 7.1: dc:title", "screen-title")
def no_title_in_xmp(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<dc:title>.*?</dc:title>", "")


@screen("ISO 14289-1, 5: the PDF/UA identifier", "screen-ua")
def no_universal_access_identifier(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<pdfuaid:part>1</pdfuaid:part>", "")


@screen("ISO 14289-1, 5: part 1", "screen-ua")
def universal_access_of_part_2(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<pdfuaid:part>1</pdfuaid:part>", "<pdfuaid:part>2</pdfuaid:part>")


@screen("ISO 19005-2, 6.6.4: part 2", "screen-a")
def archive_of_part_3(pdf: Pdf) -> None:
    replace_xmp(pdf, "<pdfaid:part>2<", "<pdfaid:part>3<")


@screen("ISO 19005-2, 6.6.4: level A", "screen-a")
def archive_of_level_b(pdf: Pdf) -> None:
    replace_xmp(pdf, ">A</pdfaid:conformance>", ">B</pdfaid:conformance>")


@screen("ISO 19005-2, 6.6.2.3: other properties have an extension schema", "screen-a-schema")
def no_extension_schema(pdf: Pdf) -> None:
    replace_xmp(pdf, r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", "")


@screen("ISO 19005-2, 6.2.3: an output intent where device colour is used", "screen-output-intent")
def no_srgb_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@screen("ISO 19005-2, 6.2.3: an output intent GTS_PDFA1", "screen-output-intent")
def output_intent_of_another_standard(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX


@screen("ISO 19005-2, 6.2.4.3: device CMYK needs a CMYK output intent", "screen-colour")
def cmyk_on_the_screen(pdf: Pdf) -> None:
    add(pdf.pages[4], "/Artifact BMC 0 1 1 0 k 100 100 50 50 re f EMC")


@screen("ISO 19005-2, 6.1.3: no encryption; ISO 14289-1, 7.16: access for readers", "pdf-encrypted")
def encrypted_screen_file(pdf: Pdf) -> bytes:
    permissions = pikepdf.Permissions(accessibility=False, extract=False)
    return saved(pdf, deterministic_id=False, encryption=pikepdf.Encryption(owner="x", user="", allow=permissions))


@screen("ISO 19005-2, 6.5.1: no JavaScript", "pdf-javascript")
def javascript_on_the_screen(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@screen("ISO 19005-2, 6.8: an embedded file that is no PDF/A", "pdf-embedded-file")
def file_embedded_in_the_screen_file(pdf: Pdf) -> None:
    pdf.attachments["list.txt"] = b"20"


@screen("ISO 14289-1, 7.21.4.1: fonts embedded", "pdf-font-embedded")
def screen_font_not_embedded(pdf: Pdf) -> None:
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptors(pdf)[0]:
            del descriptors(pdf)[0][key]


@screen("ISO 14289-1, 7.21.8: no .notdef", "pdf-notdef")
def notdef_on_the_screen(pdf: Pdf) -> None:
    edit(pdf, r"\[<[0-9A-F]{4}", "[<0000")


@screen("ISO 14289-1, 7.21.5: widths agree with the font program", "pdf-font-program")
def widths_differ_from_the_font(pdf: Pdf) -> None:
    descendant = fonts(pdf)[0].DescendantFonts[0]
    descendant.W = Array()
    descendant.DW = 700


@screen("ISO 14289-1, 7.21.3.2: CIDToGIDMap of a CIDFontType2", "pdf-font-program")
def no_map_from_cid_to_glyph(pdf: Pdf) -> None:
    font = next(f.DescendantFonts[0] for f in fonts(pdf) if f.DescendantFonts[0].Subtype == Name.CIDFontType2)
    del font.CIDToGIDMap


@screen("House rule: fonts are subsets", "pdf-font-subset")
def whole_font_on_the_screen(pdf: Pdf) -> None:
    whole_font_embedded(pdf)


@screen("ISO 19005-2, 6.1.3: the trailer's ID", "pdf-id")
def no_file_id_of_the_screen_file(pdf: Pdf) -> bytes | None:
    return no_file_id(pdf)


@screen("ISO 19005-2, 6.6.3: Info agrees with XMP", "pdf-info")
def info_of_the_screen_file_has_another_title(pdf: Pdf) -> None:
    info_has_another_title(pdf)


# ---------------------------------------------------------------- screen: text


@screen("ISO 14289-1, 7.21.7: text maps to the characters meant; here a Kangxi radical", "screen-characters")
def kangxi_radical(pdf: Pdf) -> None:
    remap(pdf, "一", "⼀")


@screen("ISO 14289-1, 7.21.7: text maps to the characters meant; private use", "screen-characters")
def private_use_character(pdf: Pdf) -> None:
    remap(pdf, "龙", "\ue815")


@screen("ISO 14289-1, 7.21.7: text maps to the characters meant; U+FFFD", "screen-characters")
def replacement_character(pdf: Pdf) -> None:
    remap(pdf, "龙", "\ufffd")


@screen("ISO 19005-2, 6.2.11.7: text maps to the characters meant; a wrong figure", "pdf-text-differs")
def another_figure(pdf: Pdf) -> None:
    remap(pdf, "5", "6")


@screen("ISO 14289-1, 7.21.7: ToUnicode", "pdf-unicode")
def no_to_unicode(pdf: Pdf) -> None:
    del fonts(pdf)[0].ToUnicode


@screen("ISO 14289-1, 7.21.7: ToUnicode maps every glyph", "pdf-unicode")
def a_glyph_without_unicode(pdf: Pdf) -> None:
    for font in fonts(pdf):
        data = font.ToUnicode.read_bytes()
        changed = re.sub(rb"\n<[0-9A-F]{4}> ?<9f99>", b"", data)
        if changed != data:
            font.ToUnicode = pdf.make_stream(changed)
            return
    raise AssertionError


@screen("House rule: the text drawn is the source's, with nothing lost", "pdf-text-differs")
def a_line_not_drawn(pdf: Pdf) -> None:
    edit(pdf, r"(/P <</MCID \d+>> BDC.*?BT.*?)\[[^]]*<.*?\] TJ", r"\1[] TJ", page=1)


# ---------------------------------------------------------------- screen: links and bookmarks


@screen("ISO 14289-1, 7.18.5: a link leads somewhere", "screen-link-target")
def link_without_destination(pdf: Pdf) -> None:
    del links(pdf)[0].Dest


@screen("ISO 14289-1, 7.18.5: a link leads somewhere; to a page that is gone", "screen-link-target")
def link_to_a_page_that_is_gone(pdf: Pdf) -> None:
    page = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 9, 9])))
    links(pdf)[0].Dest = Array([page, Name.Fit])


@screen("House rule: links lead where the source says", "pdf-figure-differs")
def link_to_another_page(pdf: Pdf) -> None:
    links(pdf)[0].Dest = Array([pdf.pages[0].obj, Name.Fit])


@screen("ISO 14289-1, 7.18.5: a link has a description", "screen-link-text")
def link_without_contents(pdf: Pdf) -> None:
    del links(pdf)[0].Contents


@screen("ISO 14289-1, 7.18.5: a link stands in a Link element", "screen-link-tag")
def link_outside_the_structure(pdf: Pdf) -> None:
    del links(pdf)[0].StructParent


@screen("ISO 14289-1, 7.18.5: a link stands in a Link element", "screen-link-tag")
def link_element_of_another_type(pdf: Pdf) -> None:
    for element in elements(pdf, "Link"):
        element.S = Name.Span


@screen("ISO 14289-1, 7.18.3: tab order follows the structure", "screen-tabs")
def no_tab_order(pdf: Pdf) -> None:
    del next(page for page in pdf.pages if "/Annots" in page.obj).obj["/Tabs"]


@screen("ISO 14289-1, 7.18.3: tab order follows the structure, not the rows", "screen-tabs")
def tab_order_by_rows(pdf: Pdf) -> None:
    next(page for page in pdf.pages if "/Annots" in page.obj).obj.Tabs = Name.R


@screen("ISO 19005-2, 6.3.2: annotations print", "screen-link-flags")
def hidden_link(pdf: Pdf) -> None:
    links(pdf)[0].F = 2


@screen("House rule: bookmarks match the headings, in a file without its source too", "screen-bookmarks")
def bookmark_that_is_no_heading(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("另一个标题")


@screen("House rule: bookmarks match the headings", "pdf-text-differs")
def bookmark_renamed(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Untitled")


@screen("House rule: bookmarks match the headings; one leads elsewhere", "pdf-figure-differs")
def bookmark_to_another_page(pdf: Pdf) -> None:
    pdf.Root.Outlines.Last.Dest = Array([pdf.pages[1].obj, Name.Fit])


@screen("House rule: bookmarks", "pdf-figure-differs")
def no_bookmarks(pdf: Pdf) -> None:
    del pdf.Root.Outlines


@screen("House rule: bookmarks match the headings; the last is missing", "pdf-figure-differs")
def last_bookmark_missing(pdf: Pdf) -> None:
    last = pdf.Root.Outlines.Last
    pdf.Root.Outlines.Last = last.Prev
    del pdf.Root.Outlines.Last["/Next"]


@screen("House rule: a page is read in the order in which it is drawn", "pdf-text-differs")
def two_texts_read_in_another_order(pdf: Pdf) -> None:
    part = next(e for e in elements(pdf, "Sect", "Document") if len([k for k in e.get("/K", ()) if isinstance(k, Dictionary) and "/S" in k]) > 4)
    part.K = Array([part.K[1], part.K[0], *list(part.K)[2:]])
