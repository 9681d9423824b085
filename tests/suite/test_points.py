"""Plain points, the simplest thing an editor writes, reach both media and pass their checks."""

import pypdfium2
import pytest

from lhpub.boxes import TableBox
from lhpub.cli import main
from lhpub.walk import texts
from tests.suite.workshop import ROOT, make

SOURCE = """\
publication: {title: 平实的要点, organisation: 某某区, imprint: [印数：500册]}
keywords:
  - title: 开工
    body: 项目集中开工，平台启用，企业入驻。
    points: [第一个要点, 第二个要点]
  - title: 签约
    body: 大会洽谈签约。
    points: [有标签: 写在前, 没有标签的甲, 又有标签: 写在后, 没有标签的乙]
"""


def test_every_row_of_plain_points_has_a_header(tmp_path):
    (tmp_path / "plain.yaml").write_text(SOURCE, encoding="utf-8")
    made = make(tmp_path / "plain.yaml")
    for composition in (made.brochure, made.deck):
        tables = [box for page in composition.pages for box in page.boxes if isinstance(box, TableBox)]
        heads = [["".join(p.text for p in row[0].text.paragraphs) for row in table.cells] for table in tables]
        assert heads == [["一", "二"], ["有标签", "一", "又有标签", "二"]]
        assert all(row[0].header for table in tables for row in table.cells)


def test_plain_points_build_and_verify_in_both_media(tmp_path, capsys, monkeypatch):
    source = tmp_path / "plain.yaml"
    source.write_text(SOURCE, encoding="utf-8")
    options = ["--source", str(source), "--out", str(tmp_path / "out"), "--lang", "zh"]
    monkeypatch.chdir(ROOT)
    assert main(["build", "all", *options]) == 0, capsys.readouterr().err
    (sheet,) = (tmp_path / "out").rglob("*press-job.pdf")
    with pypdfium2.PdfDocument(sheet) as pdf:
        assert "日期 ＿" in pdf[0].get_textpage().get_text_range(), "no date is stated, so none is printed"


def test_no_year_is_printed_where_none_is_known(tmp_path):
    for header, shown in (("", []), ("year: 2023, ", ["2023"])):
        (tmp_path / "plain.yaml").write_text(SOURCE.replace("imprint", f"{header}imprint"), encoding="utf-8")
        made = make(tmp_path / "plain.yaml")
        cover = made.brochure.pages[0]
        years = [text for box in texts(cover, made.brochure) if (text := box.paragraphs[0].text).isdecimal()]
        assert years == shown


@pytest.mark.parametrize("more", ["value: 5, unit: 地", "status: 征求意见稿"])
def test_what_a_row_says_beside_a_drawn_list_is_not_lost(tmp_path, more):
    entry = f"  - title: 出访\n    body: 出访多地。\n    facts: {{去处: {{label: 去处, list: [甲, 乙, 丙], {more}}}}}\n"
    entry += "    names: [去处]\n    points: [去处: '{去处}']\n"
    (tmp_path / "names.yaml").write_text(f"publication: {{title: 名单, organisation: 某某区}}\nkeywords:\n{entry}", encoding="utf-8")
    made = make(tmp_path / "names.yaml", ROOT / "layouts/horizon")
    (page,) = (page for page in made.brochure.pages if page.master == "names")
    said = [box.paragraphs[0].text for box in texts(page, made.brochure)]
    assert {"甲", "乙", "丙"} <= {*said}
    assert any(words in text for text in said for words in ("5地", "5 地", "征求意见稿"))


@pytest.mark.parametrize(("count", "master"), [(2, "pair"), (3, "names"), (8, "names"), (9, "one")])
def test_a_list_is_drawn_name_by_name_where_the_look_has_room(tmp_path, count, master):
    names = "甲乙丙丁戊己庚辛壬"[:count]
    facts = f"facts: {{去处: {{label: 去处, list: [{', '.join(names)}], etc: 等地}}}}"
    entry = f"keywords:\n  - title: 出访\n    body: 出访多地。\n    {facts}\n    names: [去处]\n    points: [去处: '{{去处}}', 人数: 很多]\n"
    (tmp_path / "names.yaml").write_text("publication: {title: 名单, organisation: 某某区}\n" + entry, encoding="utf-8")
    made = make(tmp_path / "names.yaml", ROOT / "layouts/horizon")
    (page,) = (page for page in made.brochure.pages if "出访" in page.anchors)
    said = [box.paragraphs[0].text for box in texts(page, made.brochure)]
    drawn = [*names[:-1], f"{names[-1]}等地"]
    assert page.master == master
    assert ([word for word in said if word in drawn] == drawn) == (master != "one")
    assert ("、".join(drawn) in said) == (master == "one"), "the row is not said twice"
    assert "很多" in said
