"""The sample on brands' templates: thirteen invented ones, in `templates/`, each with a fault that templates in the field have."""

import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from lhpub.boxes import Composition, TextBox
from lhpub.build import Job, compose_all, read_all
from lhpub.cli import main
from lhpub.diagnostics import Rejected, Severity
from lhpub.gallery import new_layout
from lhpub.inline import plain
from lhpub.layout.brand import Brand, base_of, legibility
from lhpub.layout.brand_looks import on_paper
from lhpub.render.pptx import read_brand, render_pptx
from lhpub.render.pptx.package import RELATIONSHIP
from lhpub.render.pptx.template import Template, kept_parts
from lhpub.verify.pptx import verify_pptx
from lhpub.walk import texts
from lhpub.world import World
from tests.suite.workshop import ROOT, SAMPLE

FOLDER = Path(__file__).parent / "templates"
TEMPLATES = sorted(path.name for path in FOLDER.iterdir())
BROKEN = "05-no-theme.pptx"
NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}


@dataclass(frozen=True)
class Made:
    """A deck on a template."""

    template: bytes
    brand: Brand
    composition: Composition
    deck: bytes
    told: tuple[str, ...]

    def slides(self) -> dict[str, object]:
        """Returns the first slide of each master."""
        slides = Presentation(io.BytesIO(self.deck)).slides
        return {page.master: slide for page, slide in reversed(list(zip(self.composition.pages, slides, strict=True)))}


def job_for(folder: Path, template: str, keys: str = "") -> Job:
    (folder / "civic").symlink_to(ROOT / "layouts" / "civic")
    layout = folder / "branded"
    layout.mkdir()
    (layout / template).write_bytes((FOLDER / template).read_bytes())
    text = f"extends: civic\ntitle: 品牌\ndeck: {{template: {template}{keys}}}\n"
    (layout / "layout.yaml").write_text(text, encoding="utf-8")
    return Job(SAMPLE, layout, ROOT / "fonts" / "fonts.yaml", folder / "output", ("deck",))


def make(folder: Path, template: str, keys: str = "") -> Made:
    read = read_all(World(folder), job_for(folder, template, keys))
    assert read.brand is not None
    compositions, told = compose_all(read, ("deck",))
    deck = render_pptx(compositions["deck"], read.brand)
    return Made(read.brand.data, read.brand, compositions["deck"], deck, tuple(d.code for d in told))


@pytest.fixture(scope="module", params=[name for name in TEMPLATES if name != BROKEN])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("brand"), request.param)


def test_the_deck_is_valid_and_says_what_it_says(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(made.deck)
    assert OpenXmlValidator().validate(str(file)).errors == []
    found = verify_pptx(made.deck, made.composition, on_template=True)
    assert [d.message.en for d in found if d.severity is Severity.ERROR] == []


def test_the_slides_have_the_templates_size(made: Made) -> None:
    ours = Presentation(io.BytesIO(made.deck))
    size = made.brand.size
    assert (ours.slide_width / 12700, ours.slide_height / 12700) == pytest.approx((size.width, size.height))


def test_every_slide_shows_the_brand_and_its_layouts_are_what_they_were(made: Made) -> None:
    """Masters and layouts keep their XML but for ids and what is told to be mended; no layout hides the master's drawing that
    showed it before."""
    theirs, ours = opened(made.template), opened(made.deck)
    for name, blob in theirs.items():
        if name.startswith(("ppt/slideMasters/slideMaster", "ppt/slideLayouts/slideLayout")) and name.endswith(".xml"):
            assert drawn(ours[name]) == drawn(blob), name
    hidden = [n for n, b in ours.items() if b'showMasterSp="0"' in b and n not in theirs]
    assert hidden == []


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawn(blob: bytes) -> bytes:
    """Returns what a master or layout draws and how it sets type, in canonical form."""
    root = etree.fromstring(blob)
    return b"".join(
        etree.tostring(part, method="c14n") for part in root.xpath("p:cSld | p:clrMap | p:txStyles", namespaces=NS)
    )


def test_cover_divider_and_text_stand_in_the_templates_own_layouts(made: Made) -> None:
    if made.brand.file.startswith("11"):
        pytest.skip("its layouts have no title placeholder: copies of them have")
    slides = made.slides()
    for master in ("cover", "divider", "keyword-text", "closing"):
        layout = made.brand.pages[base_of(master)].layout
        assert slides[master].slide_layout.name == layout  # type: ignore[attr-defined]
    names = {made.brand.pages[kind].layout for kind in ("cover", "section", "content")}
    assert "chart-any" in slides  # no chart is left out
    assert names in ({"Title Slide", "Section Header", "Title and Content"}, {"标题幻灯片", "节标题", "标题和内容"})


def test_texts_can_be_read_on_their_ground(made: Made) -> None:
    """Every text in a placeholder of ours or the template's reaches 4.5:1 on what lies under it."""
    brand = made.brand
    for page in made.composition.pages:
        for box in page.boxes:
            zone = brand.pages[base_of(page.master)].zones.get(getattr(box, "slot", "")) or brand.pages["title"].safe
            for source in getattr(box, "paragraphs", ()):
                for run in source.runs:
                    if box.slot == "page" and brand.needs_plate(zone):
                        continue  # half on a band: the template's own doing
                    assert legible(run.style.ink.rgb, zone.grounds), (page.number, box.name, run.style.ink)


def legible(ink: str, grounds: tuple[str, ...]) -> bool:
    return legibility(ink, grounds) >= 4.5 or not grounds


def test_a_deck_on_a_template_is_equal_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    assert make(one, "07-red-brand-band-footer.pptx").deck == make(two, "07-red-brand-band-footer.pptx").deck


def test_a_template_without_a_theme_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="has a master without a theme") as caught:
        make(tmp_path, BROKEN)
    assert [d.code for d in caught.value.diagnostics] == ["template-unreadable"]


def test_the_master_that_carries_the_brand_is_found(tmp_path: Path) -> None:
    made = make(tmp_path, "06-two-masters-chinese.pptx")
    assert made.brand.accents[0] == "#B01E28"
    slide = made.slides()["cover"]
    assert [shape.name for shape in slide.slide_layout.slide_master.shapes if not shape.is_placeholder] == [
        "Band",
        "Logo",
    ]  # type: ignore[attr-defined]


def test_the_colour_that_the_template_uses_is_the_accent_not_the_first_of_its_theme(tmp_path: Path) -> None:
    brand = make(tmp_path, "07-red-brand-band-footer.pptx").brand
    assert brand.colours["accent1"] != brand.accents[0] or brand.accents[0] == "#B01E28"
    assert brand.accents[0] == "#B01E28"


def test_an_empty_east_asian_face_is_filled(tmp_path: Path) -> None:
    """By what the theme lists for Hans, else by the layout's own."""
    for name, face in (("01-ea-empty-hans-fallback.pptx", "Noto Sans SC"), ("13-ea-empty-no-hans.pptx", "宋体")):
        folder = tmp_path / name
        folder.mkdir()
        theme = etree.fromstring(opened(make(folder, name).deck)["ppt/theme/theme1.xml"])
        assert theme.xpath("//a:majorFont/a:ea/@typeface", namespaces=NS) == [face]


def test_a_theme_without_names_gets_them(tmp_path: Path) -> None:
    theme = etree.fromstring(opened(make(tmp_path, "09-theme-without-names.pptx").deck)["ppt/theme/theme1.xml"])
    assert all(theme.xpath(f"//a:{scheme}/@name", namespaces=NS) for scheme in ("clrScheme", "fontScheme"))


def test_a_map_says_which_layout_a_kind_takes(tmp_path: Path) -> None:
    made = make(tmp_path, "12-thirty-layouts.pptx", ", map: {section: Title Only, content: 没有}")
    assert made.brand.pages["section"].layout == "Title Only"
    assert "template-map" in made.told


def test_a_template_is_looked_at_by_making_a_deck_on_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = FOLDER / "07-red-brand-band-footer.pptx"
    assert main(["layouts", "check", str(file), "--out", str(tmp_path), "--source", str(SAMPLE), "--lang", "en"]) == 0
    assert "template-ink" in capsys.readouterr().err
    page = (tmp_path / "template.html").read_text(encoding="utf-8")
    assert "关键词：文字 ← 标题和内容" in page
    assert page.count("<svg") == len(set(make(tmp_path, file.name).brand.pages)) + 6
    assert main(["layouts", "check", str(FOLDER / BROKEN), "--source", str(SAMPLE), "--lang", "en"]) == 2
    assert "without a theme" in capsys.readouterr().err


def test_a_layout_is_made_of_a_template_with_a_brochure_in_its_colours(tmp_path: Path) -> None:
    """On plain, whose slides draw no timeline: the year is a list there."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "plain").symlink_to(ROOT / "layouts" / "plain")
    (tmp_path / "brand.pptx").write_bytes((FOLDER / "07-red-brand-band-footer.pptx").read_bytes())
    path = new_layout(World(tmp_path), Path("layouts"), "brand", "brand.pptx")
    job = Job(SAMPLE, tmp_path / path.parent, ROOT / "fonts" / "fonts.yaml", tmp_path / "output")
    read = read_all(World(tmp_path), job)
    made, told = compose_all(read, job.targets)
    assert [d.message.en for d in told if d.severity is Severity.ERROR] == []
    assert read.layout.spec.palette["accent"].rgb == "#B01E28"
    assert made["brochure"].pages[0].ground == read.layout.inks["accent"]
    assert [slot.name for master in made["deck"].masters if master.name == "timeline" for slot in master.slots][:1] == ["title"]
    assert {"重大项目", "数字孪生"} <= {
        "".join(p.text for p in box.paragraphs) for page in made["deck"].pages if page.master == "timeline"
        for box in texts(page, made["deck"])
    }  # fmt: skip


def test_a_pale_brand_is_darkened_until_it_is_read_on_paper() -> None:
    assert on_paper("#B01E28") == "#B01E28"
    assert on_paper("#FFC000") != "#FFC000"
    assert legibility(on_paper("#FFC000"), ("#FFFFFF",)) >= 4.5


def test_tags_of_add_ins_stay_behind(tmp_path: Path) -> None:
    """What add-ins note in a template is no part of a deck, and the check of the written file would take it for a stranger's."""
    presentation = Presentation(FOLDER / "07-red-brand-band-footer.pptx")
    master = presentation.slide_masters[0]
    kind = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
    tags = Part(PackURI("/ppt/tags/tag1.xml"), kind, presentation.part.package, b'<p:tagLst xmlns:p="%b"/>' % NS["p"].encode())
    name = master.part.relate_to(tags, RELATIONSHIP + "tags")
    held = etree.SubElement(etree.SubElement(master._element.cSld, f"{{{NS['p']}}}custDataLst"), f"{{{NS['p']}}}tags")
    held.set(qn("r:id"), name)
    file = io.BytesIO()
    presentation.save(file)
    brand, _ = read_brand(file.getvalue(), "tags.pptx", {})
    parts = kept_parts(Template(brand.data, brand.file), {})
    assert not [part for part in parts if "/tags/" in str(part.partname)]
    assert b"<p:tags" not in parts[0].blob


def test_date_and_fade_are_the_templates_own_placeholder_and_every_slides(tmp_path: Path) -> None:
    made = make(tmp_path, "07-red-brand-band-footer.pptx", ", date: true, fade: true")
    parts = opened(made.deck)
    slides = [blob for name, blob in parts.items() if name.startswith("ppt/slides/slide")]
    assert all(b"<p:fade/>" in blob for blob in slides)
    dated = [b'type="dt"' in blob and "2024年1月15日".encode() in blob.replace(b"</a:t></a:r><a:r>", b"") for blob in slides]
    assert b'type="dt"' in parts["ppt/slideLayouts/slideLayout2.xml"]
    assert any(dated)


def test_a_shape_that_the_template_has_not_is_made_without_it(tmp_path: Path) -> None:
    job = job_for(tmp_path, "10-size-4x3.pptx")
    assert read_all(World(tmp_path), replace(job, aspect="4:3")).brand is not None
    read = read_all(World(tmp_path), replace(job, aspect="16:9"))
    assert read.brand is None
    assert "template-aspect" in [d.code for d in read.diagnostics]
    assert read_all(World(tmp_path), replace(job, targets=("brochure",))).brand is None
    looked_at = replace(job, layout=tmp_path / "civic", template=tmp_path / "branded" / "10-size-4x3.pptx")
    assert read_all(World(tmp_path), looked_at).brand is not None
    assert read_all(World(tmp_path), replace(looked_at, template=None)).brand is None
    assert "template-pdf" in [d.code for d in read_all(World(tmp_path), job).diagnostics]


def test_slides_are_read_title_first_and_a_figure_after_its_caption(made: Made) -> None:
    for page in made.composition.pages:
        slots = [box.slot for box in page.boxes if isinstance(box, TextBox)]
        assert slots[0] == "title"
        if "hero" in slots and "caption" in slots:
            assert slots.index("hero") == slots.index("caption") + 1
        assert slots[-1] in ("page", "source") or page.master in ("cover", "divider", "closing", "keyword-photo")


def test_cover_overview_and_last_slide_have_notes(made: Made) -> None:
    notes = {page.master: [plain(rich) for rich in page.notes] for page in made.composition.pages}
    assert notes["cover"][0].startswith("回眸发展每一帧")
    assert notes["overview"][0].startswith("投资与开放：“双招双引”、重大项目")
    assert notes["closing"][0].startswith("资料来源")
