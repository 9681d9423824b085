"""A file of ours is compared with what its source renders to, part by part; who saves it again with the same content is not told."""

import io
import re
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
from tests.outside.lies import BODY, SHAPE, book, insert, package, swap_attributes, xml

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


def elsewhere(data):
    """Returns a deck as if another program had saved it: that writes every slide and layout anew."""

    def change(parts):
        for name in parts:
            if re.fullmatch(r"ppt/slide(Layout)?s/\w+\.xml", name):
                parts[name] = parts[name].replace(b"<p:cNvGrpSpPr/>", b"<p:cNvGrpSpPr><a:grpSpLocks/></p:cNvGrpSpPr>", 1)
        parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(b">lhpub<", b">LibreOffice/7.4<")

    return package(change)(data)


def judged(sample, data, folder, monkeypatch):
    monkeypatch.setattr(files, "read_all", lambda world, job: sample.read)
    monkeypatch.setattr(files, "compose_all", lambda read, targets, aspect: ({"deck": sample.deck}, ()))
    job = Job(Path("source/longhua-2023.yaml"), ROOT / "layouts/civic", ROOT / "fonts/fonts.yaml", folder)
    (folder / "x-deck.pptx").write_bytes(data)
    return files.judge(World(folder), folder / "x-deck.pptx", job)


TURNED = xml(r"ppt/slides/slide\d+\.xml", "//p:sp/p:spPr/a:xfrm", set_("rot", "600000"))
DRESSED = package(lambda parts: parts.update({"docProps/app.xml": parts["docProps/app.xml"].replace(b">lhpub<", b">PowerPoint<")}))


@pytest.mark.parametrize(
    ("made", "code", "said"),
    [
        (lambda deck: deck, [], "全部一致"), (TURNED, ["file-differs"], "1 处不同"), (DRESSED, [], "全部一致"),
        (lambda deck: DRESSED(TURNED(deck)), ["file-differs"], "1 处不同"), (lambda deck: elsewhere(TURNED(deck)), [], "没有比字体"),
    ],
)  # fmt: skip
def test_only_a_deck_that_is_written_anew_is_let_off_its_look_and_that_is_said(sample, deck, tmp_path, monkeypatch, made, code, said):
    told = judged(sample, made(deck), tmp_path, monkeypatch)
    assert [d.code for d in told if d.severity.name == "ERROR"] == code
    (compared,) = [d.message.zh for d in told if d.code == "file-compared"]
    assert said in compared
    assert ("全部一致" in compared) is (not code and "没有比" not in said)
    assert [d.severity.name for d in told if d.code == "file-fit"] == ["NOTICE"]


A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


SLIDE = r"ppt/slides/slide6\.xml"
WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
STYLE = '<p:style><a:lnRef idx="0"/><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef></p:style></p:sp>'
GROUP = '<p:grpSpPr><a:xfrm><a:off x="1000000" y="1000000"/><a:ext cx="6000000" cy="4000000"/><a:chOff x="0" y="0"/><a:chExt cx="60" cy="40"/></a:xfrm></p:grpSpPr>'
SMALL = SHAPE.format(WHITE, "").replace("1000000", "0").replace("4000000", "60").replace("600000", "40")


def swap(found):
    one, other = (shape.getparent() for shape in found[:2])
    a, b = one.find("{*}txBody"), other.find("{*}txBody")
    one.append(b)
    other.append(a)


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
        (xml(SLIDE, "//p:spTree", insert(SHAPE.format(WHITE, ""))), "deck-unseen", "盖着"),
        (xml(SLIDE, "//p:spTree", insert(SHAPE.format(WHITE, BODY.format(" ")))), "deck-unseen", "盖着"),
        (xml(SLIDE, "//p:spTree", insert(SHAPE.replace("{}</p:sp>", STYLE).format(""))), "deck-unseen", "盖着"),
        (xml(SLIDE, "//p:spTree", insert(f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>{GROUP}{SMALL}</p:grpSp>')), "deck-unseen", "盖着"),
        (xml(r"ppt/slideMasters/slideMaster1\.xml", "//p:spTree", insert(SHAPE.format("", BODY.format("绝密")))), "deck-unseen", "绝密"),
        (xml(r"ppt/slideLayouts/slideLayout5\.xml", "//p:spTree", insert(SHAPE.format(WHITE, ""))), "deck-unseen", "图形"),
        (xml(SLIDE, "//p:sp[p:nvSpPr/p:cNvPr[@name='重大项目/body']]//a:lstStyle", insert(f'<a:lvl1pPr><a:defRPr>{WHITE.replace("FFFFFF", "FBF9F5")}</a:defRPr></a:lvl1pPr>')), "deck-unseen", "底色"),
        (xml(SLIDE, "//p:sp[p:nvSpPr/p:cNvPr[contains(@name, '/body') or contains(@name, '/lead')]]/p:spPr", swap), {"deck-differs", "deck-unseen"}, "的位置"),
        (xml(SLIDE, "//p:sp[p:nvSpPr/p:cNvPr[@name='重大项目/body']]//a:off", set_("x", "-9000000")), "deck-unseen", "幻灯片外"),
        (xml(r"ppt/charts/chart1\.xml", "//c:barDir", set_("val", "bar")), "deck-differs", "图的种类"),
        (xml(r"ppt/charts/chart1\.xml", "//c:valAx/c:scaling", insert('<c:max val="1000"/><c:min val="500"/>')), "deck-differs", "数轴"),
        (xml(r"ppt/charts/chart1\.xml", "//c:ser/c:spPr/a:solidFill/*", swap_attributes("val")), "deck-differs", "颜色"),
        (xml(SLIDE.replace("6", "9"), "//p:graphicFrame//p:cNvPr", set_("descr", "总投资135亿元")), "deck-differs", "替代文字"),
        (xml(SLIDE.replace("6", "9"), "//p:graphicFrame", lambda found: found[0].getparent().remove(found[0])), {"deck-differs", "deck-unseen"}, "（原图）"),
        (xml(SLIDE.replace("6", "9"), "//p:graphicFrame//p:cNvPr", set_("name", "Chart 7")), None, ""),
    ],
)  # fmt: skip
def test_a_deck_saved_by_another_program_is_judged_by_what_it_shows(sample, deck, tmp_path, monkeypatch, change, code, said):
    told = judged(sample, elsewhere(change(deck)), tmp_path, monkeypatch)
    assert {d.code for d in told if d.severity.name == "ERROR"} - {"chart-cache-differs"} == (code if isinstance(code, set) else {code} - {None})
    assert any(said in d.message.zh for d in told if d.severity.name == "ERROR") is (code is not None)
    assert ("放映前" in told[-1].message.zh) is (code is not None)


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
