"""A file of ours is compared with what its source renders to, part by part; who saves it again with the same content is not told."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from lhpub.build import Job
from lhpub.render.pdf import render_pdf
from lhpub.render.pptx import render_pptx
from lhpub.review import files
from lhpub.verify.same import differences, is_own
from lhpub.world import World
from tests.outside.lies import book, package, xml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def deck(sample):
    return render_pptx(sample.deck, None)


@pytest.fixture(scope="module")
def brochure(sample):
    return render_pdf(sample.brochure)


def set_(name, value):
    return lambda found: found[0].set(name, value)


def twice(data):
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("ppt/slides/slide1.xml", b"<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("lie", "place"),
    [
        (xml(r"ppt/slides/slide\d+\.xml", "//p:sp/p:spPr/a:xfrm", set_("rot", "10800000")), "xfrm rot=10800000"),
        (package(lambda parts: parts.update({"ppt/media/x.bin": b"x"})), "ppt/media/x.bin"), (twice, "ppt/slides/slide1.xml"),
        (xml(r"ppt/theme/theme1\.xml", "//a:accent1/*", set_("val", "FFFFFF")), "ppt/theme/theme1.xml srgbClr val=FFFFFF"),
        (book(xml(r"xl/worksheets/sheet1\.xml", "//s:row", set_("hidden", "1"))), "sheet1.xml row hidden=1"),
        (xml(r"ppt/slides/slide6\.xml", "/p:sld", lambda found: found[0].append(found[0].makeelement("{p}timing"))), "sld/timing"),
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_deck_is_told_with_its_part(deck, lie, place):
    assert any(place in found for found in differences(lie(deck), deck))


def saved(data, change=lambda pdf: None):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        made = io.BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return made.getvalue()


def steps(pdf):
    page = pdf.pages[4]
    made = [(list(step.operands), step.operator) for step in pikepdf.parse_content_stream(page)]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda pdf: pdf.pages[2].obj.Annots[0].__setitem__("/F", 2), "page 3 /Annots /F"),
        (lambda pdf: pdf.pages[3].obj.__setitem__("/UserUnit", 2), "page 4 /UserUnit"),
        (lambda pdf: pdf.pages[5].contents_add(b"q Q"), "page 6"), (lambda pdf: pdf.docinfo.__setitem__("/State", pikepdf.String("x")), "properties /State"),
        (lambda pdf: pdf.Root.__setitem__("/ViewerPreferences", Dictionary(Direction=Name.R2L)), "document /ViewerPreferences"),
        (lambda pdf: pdf.pages.__delitem__(-1), "page 24"), (lambda pdf: pdf.Root.Metadata.write(b"x"), "document /Metadata stream"),
        (lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", 90), "page 1 /Rotate"), (lambda pdf: pdf.Root.__setitem__("/Lang", Array()), "document /Lang"),
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_pdf_is_told_with_its_page(brochure, change, place):
    assert any(found.startswith(place) for found in differences(saved(brochure, change), brochure))


def test_files_that_are_only_saved_again_are_the_same(deck, brochure):
    again = package(lambda parts: None)(deck)
    assert (list(differences(again, deck)), is_own(again)) == ([], True)
    for change in (lambda pdf: None, steps):
        assert (list(differences(saved(brochure, change), brochure)), is_own(saved(brochure, change))) == ([], True)


def test_a_file_that_another_program_has_saved_is_only_asked_what_it_states(sample, deck, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "read_all", lambda world, job: sample.read)
    monkeypatch.setattr(files, "compose_all", lambda read, targets, aspect: ({"deck": sample.deck}, ()))
    job = Job(Path("source/longhua-2023.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", tmp_path)
    turned = xml(r"ppt/slides/slide\d+\.xml", "//p:sp/p:spPr/a:xfrm", set_("rot", "600000"))(deck)
    other = xml(r"docProps/app\.xml", "//*[local-name()='Application']", lambda found: setattr(found[0], "text", "Microsoft Office PowerPoint"))(turned)
    for data, code in ((deck, []), (turned, ["file-differs"]), (other, [])):
        (tmp_path / "x-deck.pptx").write_bytes(data)
        told = files.judge(World(tmp_path), tmp_path / "x-deck.pptx", job)
        assert [d.code for d in told if d.code == "file-differs"] == code
        assert ("别的程序存过" in "".join(d.message.zh for d in told)) is (data is other)
        assert [d.severity.name for d in told if d.code == "file-fit"] == ["NOTICE"]


A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def paper(found):
    """Gives a word the colour of the paper."""
    for old in found[0].findall(f"{A}solidFill"):
        found[0].remove(old)
    fill = found[0].makeelement(f"{A}solidFill")
    fill.append(fill.makeelement(f"{A}srgbClr", {"val": "FBF9F5"}))
    found[0].insert(0, fill)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (xml(r"ppt/slides/slide6\.xml", "//a:t[contains(., '集中上马')]", lambda found: setattr(found[0], "text", "集中开工")), "deck-differs", "“重大项目”的"),
        (xml(r"ppt/slides/slide6\.xml", "/p:sld", set_("show", "0")), "deck-unseen", "隐藏"),
        (xml(r"ppt/slides/slide6\.xml", "//p:sp[p:nvSpPr/p:cNvPr[@name='重大项目/body']]//a:rPr", paper), "deck-unseen", "底色"),
        (xml(r"ppt/charts/chart1\.xml", "//c:cat//c:v[contains(., '后续')]", lambda found: setattr(found[0], "text", "前期")), "deck-differs", "图表文字"),
    ],
)  # fmt: skip
def test_a_deck_saved_by_another_program_is_judged_by_what_it_shows(sample, deck, tmp_path, monkeypatch, change, code, said):
    monkeypatch.setattr(files, "read_all", lambda world, job: sample.read)
    monkeypatch.setattr(files, "compose_all", lambda read, targets, aspect: ({"deck": sample.deck}, ()))
    job = Job(Path("source/longhua-2023.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", tmp_path)
    other = xml(r"docProps/app\.xml", "//*[local-name()='Application']", lambda found: setattr(found[0], "text", "LibreOffice/7.4"))(change(deck))
    (tmp_path / "x-deck.pptx").write_bytes(other)
    told = files.judge(World(tmp_path), tmp_path / "x-deck.pptx", job)
    assert {d.code for d in told if d.severity.name == "ERROR"} - {"chart-cache-differs"} == {code}
    assert any(said in d.message.zh for d in told if d.code == code)
    assert "放映前" in told[-1].message.zh


def with_photograph(data: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        picture = pdf.make_stream(data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Filter=pikepdf.Name.DCTDecode)
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        pdf.save(made, static_id=True)
    return made.getvalue()


def test_photographs_are_compared_as_they_are_stored():
    assert list(differences(with_photograph(b"one"), with_photograph(b"one"))) == []
    assert list(differences(with_photograph(b"one"), with_photograph(b"two"))) == ["page 1 /Resources /XObject /Im0 stream"]
