"""The job sheet says what is true of these press files, and leaves blank what only client and shop can say."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from lhpub.boxes import ImageBox, ShapeBox
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.papers.job import job_sheet
from lhpub.papers.paper import A4
from lhpub.paths import rectangle
from lhpub.render.pdf import PressSettings, default_profile, render_pdf
from lhpub.render.pdf.press import check_press
from lhpub.text.model import Ink, Separation
from lhpub.units import Rect, mm
from lhpub.verify.pdf import verify_pdf
from lhpub.walk import flatten, texts
from tests.suite.workshop import Made

PRESS = PressSettings(default_profile())


def said(sample: Made, composition=None, files=None, told=(), **settings) -> str:
    made = composition or sample.brochure
    sheet = job_sheet(made, files or {"brochure-press": replace(PRESS, **settings)}, sample.read.book, told)
    assert verify_pdf(render_pdf(sheet), sheet) == ()
    return "\f".join("\n".join(box.paragraphs[0].text for box in texts(page, sheet)) for page in sheet.pages)


def warned(code: str, words: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Bilingual(words, "en"))


def test_what_bears_on_the_shop_is_noted_and_nothing_else(sample):
    notes = (warned("reversed-type", "第 5 页反白字 5 pt"), warned("entry-left-out", "没有放进画册"))
    front = said(sample, told=notes).split("\f")[0]
    assert "请留意" in front
    assert "第 5 页反白字 5 pt" in front
    assert "没有放进画册" not in said(sample, told=notes)
    assert "请留意" not in said(sample)
    assert "请留意" not in said(sample, told=notes[1:])
    front, second = said(sample, told=tuple(warned("near-trim", f"第 {n} 处") for n in range(9))).split("\f")
    assert "程序提示过 9 处，见第 2 页" in front
    assert "第 8 处" in second
    assert "UV 当专色印" in said(sample, told=(warned("ink-undeclared", "UV 当专色印"),))
    many = said(sample, told=tuple(warned("near-trim", f"第 {n} 处") for n in range(99)))
    assert "另有 4" in many


def test_what_is_stitched_says_how_it_folds(sample):
    assert "最里一张是12｜13页；拼版后每张正反各两页，页码之和25。" in said(sample)
    assert "页码之和" not in said(sample, part="block", paper=mm(0.12))


def test_it_names_the_files_and_their_make(sample):
    text = said(sample)
    for words in ("longhua-2023-brochure-press.pdf，24 面", "210×285毫米", "24页", "骑马订", "裁切线、套准线、色标在出血外",
                  "字体已嵌入", "（请印厂给）", "24 页，4的倍数", "上限 300%", "没有贵厂 ICC，请打样"):  # fmt: skip
        assert words in text
    assert "文字已转曲" in said(sample, outlines=True)
    assert "没有标记" in said(sample, marks=False)
    assert "上限 280%" in said(sample, ink_limit=280)


def test_narrow_lines_over_the_limit_are_said_with_the_ink(sample):
    black, much = Ink("k", "#000000", (0, 0, 0, 100)), Ink("g", "#302020", (80, 90, 60, 0))
    ground, bar = (Rect(-9, -9, 700, 900), Rect(50, 50, 60, 2))
    boxes = (ShapeBox(ground, rectangle(ground), much), ShapeBox(bar, rectangle(bar), black))
    page = replace(sample.brochure.pages[0], boxes=boxes, ground=None)
    one = replace(sample.brochure, pages=(page,), masters=(), bookmarks=())
    assert "文字与色块最高墨量 230%，上限 300%；1 毫米以内的叠印线 330%，超过上限" in said(sample, one).replace("\n", "")


def test_it_claims_a_condition_only_with_the_shops_profile(sample):
    assert "FOGRA39" not in said(sample, condition="FOGRA39")
    assert "网点值为所附 ICC 的条件而写" in said(sample, is_shops=True)


def test_creep_is_said_of_the_imposed_file_alone(sample):
    files = {"brochure-press": PRESS, "brochure-imposed": replace(PRESS, imposition="saddle", paper=mm(0.1))}
    text = said(sample, files=files)
    assert "longhua-2023-brochure-imposed.pdf，12 面，已按纸厚 0.1 毫米补爬移" in text
    assert "，没有补爬移" in said(sample, files={"brochure-imposed": replace(PRESS, imposition="saddle")})


def test_a_spine_says_what_it_was_computed_from(sample):
    files = {"brochure-press": replace(PRESS, part="block", paper=mm(0.12)), "cover-press": replace(PRESS, part="cover", paper=mm(0.12))}
    text = said(sample, files=files)
    for words in ("无线胶订", "20页＋封面", "longhua-2023-cover-press.pdf，2 面", "书脊＝10张 × 0.12 毫米＝1.2 毫米（计算值）", "书脊 1.2 毫米", "没有为胶订"):
        assert words in text
    assert "厚度按填写的纸计" in text
    assumed = said(sample, part="block", paper=mm(0.1), is_paper_given=False)
    assert "0.1 毫米（没有填，假定的）＝1.0 毫米" in assumed.replace("\n", "")
    assert "没有填纸的厚度，是假定的" in assumed.replace("\n", "")
    assert "厚度按填写的纸计" not in assumed
    assert "胶订" not in said(sample)


def test_black_that_is_told_not_to_overprint_is_said(sample):
    assert "除外" not in said(sample)
    box = next(texts(sample.brochure.pages[1], sample.brochure))
    runs = tuple(replace(run, ink=Ink("k", "#000000", (0, 0, 0, 100), overprint=False)) for run in box.lines[0].runs)
    other = replace(box, lines=(replace(box.lines[0], runs=runs), *box.lines[1:]))
    page = replace(sample.brochure.pages[1], boxes=(*sample.brochure.pages[1].boxes, other))
    text = said(sample, replace(sample.brochure, pages=(*sample.brochure.pages[:1], page, *sample.brochure.pages[2:])))
    assert text.replace("\n", "").count("版式写明不叠印的除外") == 2


@pytest.mark.parametrize(("technical", "words"), [(True, ("工艺", "叠印，不计墨量", "1 种工艺", "在烫金版上留空")), (False, ("专色", "没有工艺版"))])
def test_each_plate_is_listed_with_its_pages(sample, technical, words):
    plate = Separation("烫金", (20, 30, 60, 0), technical)
    rect = Rect(10, 10, 20, 20)
    patch = ShapeBox(rect, (("M", (10, 10)), ("L", (30, 10)), ("L", (30, 30)), ("Z", ())), fill=Ink("foil", "#BFA26A", None, ((plate, 100),)))
    pages = list(sample.brochure.pages)
    pages[4] = replace(pages[4], boxes=(*pages[4].boxes, patch))
    text = said(sample, replace(sample.brochure, pages=tuple(pages)))
    for expected in ("烫金", "第 5 页", *words):
        assert expected in text


@pytest.mark.parametrize(("mode", "icc", "is_told"), [("CMYK", None, True), ("CMYK", default_profile(), False), ("CMYK", (default_profile() or b"")[:40_000], True), ("RGB", None, False)])
def test_a_cmyk_picture_without_a_profile_is_said(sample, mode, icc, is_told):
    stored = io.BytesIO()
    Image.new(mode, (900, 900)).save(stored, "JPEG", icc_profile=icc)
    box = ImageBox(Rect(10, 10, 200, 200), stored.getvalue(), "image/jpeg", (900, 900), (0, 0, 1, 1), "图", "p")
    page = replace(sample.brochure.pages[4], boxes=(*sample.brochure.pages[4].boxes, box))
    book = replace(sample.brochure, pages=(*sample.brochure.pages[:4], page, *sample.brochure.pages[5:]))
    text = said(sample, book).replace("\n", "")
    assert ("1 张 CMYK 图没有可用的 ICC，没有换算" in text) == is_told
    assert ("没有按贵厂 ICC 换算图片" in text) != is_told
    assert ("图片已按所附 ICC 换算" in said(sample, book, is_shops=True)) != is_told
    (found,) = [d for d in check_press(book, PRESS) if d.code == "press-no-condition"]
    assert ("图片按通用 ICC 转换" in found.message.zh) != is_told


@pytest.mark.parametrize(("plates", "pages"), [(0, 1), (3, 1), (6, 2)])
def test_nothing_leaves_the_sheet_or_lies_on_another_text(sample, plates, pages):
    files = {"brochure-press": PRESS, "brochure-imposed": replace(PRESS, imposition="saddle", paper=mm(0.1))}
    rect = Rect(10, 10, 20, 20)
    inks = [Ink(f"p{n}", "#BFA26A", None, ((Separation(f"专色{n}", (20, 30, 60, 0)), 100),)) for n in range(plates)]
    page = sample.brochure.pages[4]
    page = replace(page, boxes=(*page.boxes, *(ShapeBox(rect, rectangle(rect), fill=ink) for ink in inks)))
    book = replace(sample.brochure, pages=(*sample.brochure.pages[:4], page, *sample.brochure.pages[5:]))
    sheet = job_sheet(book, files, sample.read.book)
    assert len(sheet.pages) == pages
    for one in sheet.pages:
        _lies_apart([box.rect for box in texts(one, sheet)])
    assert any(isinstance(box, ShapeBox) for box in flatten(sheet.pages[0].boxes))


def _lies_apart(boxes):
    assert all(r.x > 0 and r.right < A4.width and r.y > 0 and r.bottom < A4.height for r in boxes)
    assert not [
        (one, two) for at, one in enumerate(boxes) for two in boxes[:at]
        if min(one.right, two.right) - max(one.x, two.x) > 1 and min(one.bottom, two.bottom) - max(one.y, two.y) > 1.5
    ]  # fmt: skip
