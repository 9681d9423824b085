"""Each check of the press file sees the breakage made for it; the breakages follow the list of clauses."""

from __future__ import annotations

from typing import Any

import pytest
from pdf_mutants import (
    Mutant,
    appended,
    both,
    box,
    content,
    embedded_file,
    fonts,
    mutated,
    picture,
    prepended,
    script,
    unembedded,
    whole_font,
    without_unicode,
    xmp,
)
from pdf_sample import brochure
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from tests.format.files import check_any, check_press_file

from lhpub.render.pdf import PressSettings

INSIDE = b"100 100 50 50 re"


def rgb_picture(pdf: Pdf) -> None:
    image = picture(pdf)
    image.write(bytes(300 * 300 * 3))
    image.ColorSpace = Name.DeviceRGB


def heavy_picture(pdf: Pdf) -> None:
    picture(pdf).write(b"\xff" * (300 * 300 * 4))


def coarse_picture(pdf: Pdf) -> None:
    image = picture(pdf)
    image.write(bytes(60 * 60 * 4))
    image.Width = image.Height = 60


def masked_picture(pdf: Pdf) -> None:
    picture(pdf).SMask = pdf.make_stream(b"\x80", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray)


def rgb_group(pdf: Pdf) -> None:
    pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def rgb_form(pdf: Pdf) -> None:
    form = pdf.make_stream(b"1 0 0 rg 0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    pdf.pages[0].Resources.XObject["/Form"] = form
    appended(0, b"q 1 0 0 1 100 100 cm /Form Do Q")(pdf)


def translucent(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState["/Thin"] = Dictionary(ca=0.5)


def shaded(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Shading = Dictionary({"/S": Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)})
    appended(0, b"q " + INSIDE + b" W n /S sh Q")(pdf)


def profile(data: bytes, **entries: Any) -> Any:
    def breaks(pdf: Pdf) -> None:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        stream.write(data or stream.read_bytes())
        for key, value in entries.items():
            stream["/" + key] = value

    return breaks


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def no_profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def annotated(pdf: Pdf) -> None:
    pdf.pages[2].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))])


def form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array())


def untrapped(pdf: Pdf) -> None:
    del pdf.trailer.Info.Trapped


def half_trapped(pdf: Pdf) -> None:
    pdf.trailer.Info.Trapped = Name.Unknown


def without(key: str) -> Any:
    def breaks(pdf: Pdf) -> None:
        del pdf.pages[1].obj[key]

    return breaks


def with_art_box(pdf: Pdf) -> None:
    pdf.pages[1].obj.ArtBox = pdf.pages[1].obj.TrimBox


def shifted_media(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([-10, -10, 700, 900])


def other_title(pdf: Pdf) -> None:
    pdf.trailer.Info.Title = String("另一本")


def other_date(pdf: Pdf) -> None:
    pdf.trailer.Info.ModDate = String("D:20250101000000Z")


def a_page_less(pdf: Pdf) -> None:
    del pdf.pages[3]


def knocked_out(pdf: Pdf) -> None:
    state = pdf.pages[0].Resources.ExtGState["/Overprint"]
    state.OP = state.op = False


MUTANTS = {
    "an RGB fill": Mutant("press-rgb", appended(0, b"1 0 0 rg " + INSIDE + b" f")),
    "an RGB stroke": Mutant("press-rgb", appended(1, b"1 0 0 RG " + INSIDE + b" S")),
    "RGB text": Mutant("press-rgb", content(2, b"0 0 0 0.95 k BT", b"0 0 0 rg BT")),
    "an RGB picture": Mutant("press-rgb", rgb_picture),
    "RGB inside a form": Mutant("press-rgb", rgb_form),
    "an RGB shading": Mutant("press-rgb", shaded),
    "an RGB inline image": Mutant("press-rgb", appended(0, b"q 9 0 0 9 99 99 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q")),
    "fonts not embedded": Mutant("pdf-font-embedded", unembedded),
    "a font that is no subset": Mutant("pdf-font-subset", whole_font),
    "no output intent": Mutant("press-output-intent", no_intent),
    "an intent without profile": Mutant("press-output-intent", no_profile),
    "an intent of 3 parts": Mutant("press-output-intent", profile(b"", N=3)),
    "an RGB profile": Mutant("press-output-intent", profile(bytes(12) + b"mntrRGB " + bytes(108))),
    "no trim box": Mutant("press-boxes", without("/TrimBox")),
    "no bleed box": Mutant("press-boxes", without("/BleedBox")),
    "an art box beside the trim box": Mutant("press-boxes", with_art_box),
    "trim outside the bleed": Mutant("press-boxes", box(0, "/TrimBox", -12)),
    "bleed outside the sheet": Mutant("press-boxes", box(0, "/BleedBox", -40)),
    "a media box with a negative origin": Mutant("press-boxes", shifted_media),
    "a bleed of 2 mm": Mutant("press-bleed-size", box(0, "/BleedBox", 2.9)),
    "crop marks inside the bleed": Mutant("press-marks", appended(0, b"0 0 0 1 K 1 w 0 400 m 60 400 l S")),
    "artwork that ends at the trim": Mutant("press-bleed-reach", appended(1, b"0 0 0 .5 k 36.85 200 80 50 re f")),
    "artwork that ends within the bleed": Mutant("press-bleed-reach", appended(1, b"0 0 0 .5 k 32 200 80 50 re f")),
    "a ground cut at the trim": Mutant("press-bleed-reach", content(0, b"0.22 1 0.9 0.38 k", b"36.85 36.85 596 808 re W n 0.22 1 0.9 0.38 k")),
    "a link": Mutant("press-annotation", annotated),
    "a form": Mutant("press-annotation", form),
    "no word on trapping": Mutant("press-trapped", untrapped),
    "an unknown word on trapping": Mutant("press-trapped", half_trapped),
    "another version in XMP": Mutant("press-xmp", xmp("PDF/X-4", "PDF/X-3")),
    "another namespace": Mutant("press-xmp", xmp("http://www.npes.org/pdfx/ns/id/", "http://www.npes.org/pdfx/ns/")),
    "no document id": Mutant("press-xmp", xmp("xmpMM:DocumentID", "xmpMM:OriginalID")),
    "no version id": Mutant("press-xmp", xmp("xmpMM:VersionID", "xmpMM:VersionId")),
    "no rendition class": Mutant("press-xmp", xmp("xmpMM:RenditionClass", "xmpMM:Rendition")),
    "no metadata date": Mutant("press-xmp", xmp("xmp:MetadataDate", "xmp:MetaDate")),
    "another title in Info": Mutant("pdf-info", other_title),
    "another date in Info": Mutant("pdf-info", other_date),
    "no title in XMP": Mutant("pdf-info", xmp("dc:title", "dc:titel")),
    "JavaScript": Mutant("pdf-javascript", script),
    "an embedded file": Mutant("pdf-embedded-file", embedded_file),
    "a transparency group in RGB": Mutant("press-group", rgb_group),
    "half opacity": Mutant("press-transparency", translucent),
    "a soft mask": Mutant("press-transparency", masked_picture),
    "a fill of 340 % ink": Mutant("press-ink", appended(0, b"1 1 1 .4 k " + INSIDE + b" f")),
    "registration colour in the artwork": Mutant("press-ink", appended(0, b"/Plates1 cs 1 scn " + INSIDE + b" f")),
    "a picture of 400 % ink": Mutant("press-ink", heavy_picture),
    "text in rich black": Mutant("press-rich-black", content(2, b"0 0 0 0.95 k BT", b".6 .4 .4 1 k BT")),
    "black text that knocks out": Mutant("press-black-knockout", knocked_out),
    "grey text that overprints": Mutant("press-tint-overprint", content(2, b"/Overprint gs 0 0 0 0.95 k", b"/Overprint gs 0 0 0 0.6 k")),
    "small grey text": Mutant("press-tint-size", content(2, b"0.7 k BT /F2 8 Tf", b"0.7 k BT /F2 6 Tf")),
    "small text in four inks": Mutant("press-small-colour", content(1, b"/Overprint gs 0 0 0 0.95 k", b"0.2 0.9 0.9 0.3 k")),
    "white that overprints": Mutant("press-white-overprint", appended(0, b"q /Overprint gs 0 0 0 0 k " + INSIDE + b" f Q")),
    "white text that overprints": Mutant("press-white-overprint", content(0, b"0 0 0 0 k BT", b"/Overprint gs 0 0 0 0 k BT")),
    "a picture of 76 ppi": Mutant("press-image-low", coarse_picture),
    "a hairline": Mutant("press-hairline", appended(0, b"0 0 0 1 K .1 w 100 100 m 200 100 l S")),
    "a line scaled to a hairline": Mutant("press-hairline", appended(0, b"q .1 0 0 .1 0 0 cm 0 0 0 1 K 1 w 1000 1000 m 2000 1000 l S Q")),
    "a filled rule of 0.1 pt": Mutant("press-hairline", appended(0, b"0 0 0 1 k 100 100 200 .1 re f")),
    "text of 4 pt": Mutant("press-text-size", content(2, b"/F2 10 Tf", b"/F2 4 Tf")),
    "text scaled to 4 pt": Mutant("press-text-size", both(prepended(2, b"q .4 0 0 .4 200 200 cm"), appended(2, b"Q"))),
    "three pages": Mutant("press-page-count", a_page_less),
    "a page of another size": Mutant("press-trim-size", box(1, "/TrimBox", 5)),
    "a missing glyph": Mutant("pdf-notdef", appended(0, b"0 0 0 0 k BT /F1 12 Tf 1 0 0 1 100 100 Tm <0000> Tj ET")),
    "a glyph without its text": Mutant("pdf-unicode", without_unicode),
    "another figure": Mutant("pdf-text-differs", lambda pdf: _swap_codes(pdf, "3", "2")),
    "text beyond the source": Mutant("pdf-text-differs", appended(1, b"0 0 0 1 k BT /F1 12 Tf 1 0 0 1 99 99 Tm <0001> Tj ET")),
}  # fmt: skip


def _swap_codes(pdf: Pdf, old: str, new: str) -> None:
    """Makes the file say another digit in one of the fonts."""
    for font in fonts(pdf):
        before = font.ToUnicode.read_bytes()
        font.ToUnicode.write(before.replace(f"<{ord(old):04x}>\n".encode(), f"<{ord(new):04x}>\n".encode()))


@pytest.mark.parametrize("name", MUTANTS)
def test_the_check_sees(name: str, press: bytes, settings: PressSettings) -> None:
    before = {item.code for item in check_press_file(press, brochure(), settings)} - {"press-tint-size"}
    found = check_press_file(mutated(press, MUTANTS[name].breaks), brochure(), settings)
    assert MUTANTS[name].code in {item.code for item in found} - before
    assert all(item.message.zh and item.message.en for item in found)


def test_an_old_version_is_seen(press: bytes, settings: PressSettings) -> None:
    old = b"%PDF-1.4" + mutated(press, lambda pdf: None, object_stream_mode=0)[8:]
    assert "press-version" in {item.code for item in check_press_file(old, brochure(), settings)}


def test_a_file_without_id_is_seen(press: bytes, settings: PressSettings) -> None:
    bare = mutated(press, lambda pdf: None, object_stream_mode=0, static_id=True)
    bare = bare.replace(b"/ID [", b"/IX [")
    assert "pdf-id" in {item.code for item in check_press_file(bare, brochure(), settings)}


def test_encryption_is_seen(press: bytes, settings: PressSettings) -> None:
    locked = mutated(press, lambda pdf: None, encryption=Encryption(owner="o", user=""))
    assert "pdf-encrypted" in {item.code for item in check_press_file(locked, brochure(), settings)}


def test_any_file_is_judged_by_what_it_claims_to_be(press: bytes, screen: bytes) -> None:
    assert check_any(screen) == ()
    assert {item.code for item in check_any(press)} == {"press-tint-size", "press-image-soft"}
    bare = mutated(press, no_intent)
    assert "press-output-intent" in {item.code for item in check_any(bare)}
    assert [item.code for item in check_any(b"no PDF")] == ["pdf-unreadable"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a PDF", b"\x00" * 2000])
def test_what_is_no_pdf_is_told_not_raised(data: bytes) -> None:
    assert [item.code for item in check_press_file(data)] == ["pdf-unreadable"]


def test_a_torn_file_is_told_not_raised(press: bytes) -> None:
    assert check_press_file(press[: len(press) // 2])
