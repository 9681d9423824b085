"""The workshop's server: what it lets through, what it writes, and that what it shows is what is written."""

import asyncio
import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from PIL import Image
from starlette.testclient import TestClient

from lhpub.build import build, compose_all, read_all
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.edits import Move
from lhpub.preview import desk as desk_module
from lhpub.preview import views
from lhpub.preview.desk import Change, Conflict, Desk, insertion
from lhpub.preview.plates import inks_of, separate
from lhpub.preview.project import Project
from lhpub.preview.raster import rasterise
from lhpub.preview.server import Workshop, application
from lhpub.publication.entries import identify
from lhpub.publication.spec import ChartEntry, FactSpec, HeaderSpec, KeywordSpec, ThemeSpec
from lhpub.source.declared import keys_of
from lhpub.source.load import read_yaml
from lhpub.walk import inside, page_boxes
from lhpub.world import World
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import ROOT, job_for

SOURCE = Path("source/刊物.yaml")
CHARTS = {get_args(key.type)[0]: cls for cls in get_args(ChartEntry) for key in keys_of(cls) if key.name == "kind"}


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / SOURCE).write_text(TWELVE_LINES, encoding="utf-8", newline="")
    for name in ("civic", "horizon"):
        shutil.copytree(ROOT / "layouts" / name, tmp_path / "layouts" / name)
    job = replace(job_for(SOURCE, Path("output")), layout=Path("layouts/civic"))
    return Desk(tmp_path, job)


@pytest.fixture
def workshop(desk):
    workshop = Workshop(desk, Project(desk.root, Path("layouts"), desk.job.fonts))
    workshop.port = 8000
    return workshop


@pytest.fixture
def page(workshop):
    workshop.desk.refresh()
    workshop.tell_state()
    with TestClient(application(workshop), base_url="http://127.0.0.1:8000") as client:
        client.headers["X-Token"] = workshop.token
        yield client


def text_of(desk):
    return (desk.root / SOURCE).read_text(encoding="utf-8")


def test_it_answers_under_its_own_name_and_to_its_own_page_alone(page):
    assert page.get("/state").status_code == 200
    assert page.get("/state", headers={"Host": "evil.example:8000"}).status_code == 403
    assert page.get("/state", headers={"Host": "127.0.0.1:9"}).status_code == 403
    assert page.get("/state", headers={"Origin": "http://evil.example"}).status_code == 403
    assert page.post("/undo", json={}, headers={"Origin": "http://localhost:9"}).status_code == 403
    assert page.post("/undo", json={}, headers={"Origin": "http://127.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize("path", ["/edit", "/arrange", "/undo", "/redo", "/picture", "/use", "/make"])
def test_what_writes_wants_the_token(page, path):
    assert page.post(path, json={}, headers={"X-Token": ""}).status_code == 403
    assert page.post(path, json={}, headers={"X-Token": "nein"}).status_code == 403


def test_what_is_no_request_is_refused_and_writes_no_report(page, desk):
    assert [page.post(path, content=text).status_code for path in ("/edit", "/arrange", "/use") for text in ("nein", "[1]")] == [400] * 6
    assert page.get("/page/zzz.jpg?w=abc").status_code == 404
    assert not (desk.root / "lhpub-report.txt").exists()


@pytest.mark.parametrize("path", ["/../source/刊物.yaml", "/download/..%2Fsource%2F刊物.yaml", "/download/build.json/../../source",
                                  "/page/..%2F..%2Fx.jpg", "/app.css/..%2Fserver.py", "/source/刊物.yaml", "/page/x.jpg"])  # fmt: skip
def test_nothing_is_served_but_what_it_made(page, path):
    assert page.get(path).status_code in (404, 405)


@pytest.mark.parametrize("asked", [{"source": "../anders.yaml"}, {"source": "/etc/hosts.yaml"}, {"source": "source/無.yaml"},
                                   {"layout": "../civic"}, {"layout": "无"}, {"start": "../刊物"}])  # fmt: skip
def test_only_the_projects_own_sources_and_layouts_are_opened(page, desk, asked):
    (desk.root.parent / "anders.yaml").write_text(TWELVE_LINES, encoding="utf-8")
    before = desk.job
    assert page.post("/use", json=asked).status_code == 422
    assert desk.job == before


def test_the_page_loads_nothing_from_outside(page):
    for path in ("/", "/app.css", "/app.js", "/parts.js", "/views.js"):
        answer = page.get(path)
        assert answer.status_code == 200
        assert "http://" not in answer.text.replace("http://www.w3.org/", "")
        assert "//cdn" not in answer.text
    assert "default-src 'self'" in page.get("/").headers["content-security-policy"]


def test_an_edit_changes_its_text_and_can_be_taken_back(page, desk):
    before = text_of(desk)
    edit = {"id": "keywords/重大项目/body", "text": "首批{首批}重大项目开工。", "was": "首批{首批}重大项目集中上马，总投资{投资}。"}
    state = page.post("/edit", json={"edits": [edit], "label": "正文", "medium": "brochure"}).json()
    assert text_of(desk) == before.replace("首批{首批}重大项目集中上马，总投资{投资}。", "首批{首批}重大项目开工。")
    assert state["undo"] == "正文"
    assert page.post("/undo", json={"medium": "brochure"}).json()["redo"] == "正文"
    assert text_of(desk) == before
    page.post("/redo", json={"medium": "deck"})
    assert "重大项目开工" in text_of(desk)


def test_what_names_an_entry_can_be_changed_taken_back_and_done_again(desk):
    text = TWELVE_LINES + "    points:\n      - 平台: 发布\n      - 用户: 注册\n"
    (desk.root / SOURCE).write_text(text, encoding="utf-8", newline="")
    desk.edit((Change("keywords/数字孪生/points/平台/label", "市级平台", "平台"),), "要点")
    desk.edit((Change("keywords/数字孪生/title", "数字城市", "数字孪生"),), "标题")
    after = text.replace("- 平台:", "- 市级平台:").replace("title: 数字孪生", "title: 数字城市")
    assert text_of(desk) == after
    assert (desk.step(back=True), desk.step(back=True)) == ("标题", "要点")
    assert text_of(desk) == text
    assert (desk.step(back=False), desk.step(back=False)) == ("要点", "标题")
    assert text_of(desk) == after


def test_only_the_page_that_changed_gets_a_new_picture(desk):
    desk.refresh()
    before = desk.views["brochure"].keys
    desk.edit((Change("keywords/数字孪生/body", "数字孪生城市平台发布了。"),), "正文")
    desk.refresh()
    after = desk.views["brochure"].keys
    assert 1 <= sum(a != b for a, b in zip(before, after, strict=True)) <= 2


def test_a_text_that_was_changed_elsewhere_is_refused_and_other_changes_are_taken_over(desk):
    desk.refresh()
    saved = text_of(desk).replace("数字孪生城市平台正式发布", "平台发布").replace("35.8", "36.1")
    (desk.root / SOURCE).write_text(saved, encoding="utf-8", newline="")
    with pytest.raises(Conflict) as told:
        desk.edit((Change("keywords/数字孪生/body", "甲", "数字孪生城市平台正式发布。"),), "正文")
    assert told.value.now == "平台发布。"
    desk.edit((Change("keywords/重大项目/title", "大项目", "重大项目"),), "标题")
    assert text_of(desk) == saved.replace("title: 重大项目", "title: 大项目")


def test_a_fault_keeps_the_last_good_pages(page, desk):
    good = page.get("/state").json()
    edit = {"id": "keywords/重大项目/body", "text": "首批{首批投资额}。"}
    state = page.post("/edit", json={"edits": [edit], "label": "正文", "medium": "brochure"}).json()
    assert [p["key"] for p in state["media"]["brochure"]["pages"]] == [p["key"] for p in good["media"]["brochure"]["pages"]]
    (fault,) = [f for f in state["faults"] if f["error"]]
    assert fault["code"] == "unknown-fact"
    assert fault["id"] == "keywords/重大项目/body"


def test_a_draft_shows_and_writes_nothing(page, desk):
    before = text_of(desk)
    asked = {"draft": True, "medium": "brochure", "edits": [{"id": "keywords/重大项目/body", "text": "首批{首批}。"}]}
    told = page.post("/edit", json=asked).json()
    assert text_of(desk) == before
    assert told["faults"] == []
    assert set(told["keys"]) - set(desk.views["brochure"].keys)
    assert all(page.get(f"/page/{key}.jpg?w=120").status_code == 200 for key in told["keys"])


def said(composition):
    """Returns all that stands on the pages of a composition, with its places."""
    return [
        (page.number, page.master, page.title, page.notes, [
            (type(box).__name__, box.rect, getattr(box, "name", ""), [p.text for p in getattr(box, "paragraphs", ())],
             [line.text for line in getattr(box, "lines", ())])
            for box in inside(page_boxes(page, composition))
        ])
        for page in composition.pages
    ]  # fmt: skip


def test_what_is_seen_is_what_is_written(desk):
    desk.refresh()
    desk.edit((Change("facts/重大项目.投资/value", "536.9"), Change("keywords/数字孪生/body", "平台发布。")), "数值")
    desk.refresh()
    read = read_all(World(desk.root), desk.job)
    compositions, _ = compose_all(read, desk.job.targets)
    files = build(World(desk.root), desk.job, lambda _: None).files
    for target, view in desk.views.items():
        assert said(view.composition) == said(compositions[target])
        written = next(data for path, data in files.items() if path.name.endswith(f"{target}.pdf"))
        for index, key in enumerate(view.keys):
            assert rasterise(desk.pdf(key), 300) == rasterise(written, 300, index=index)


def test_each_ink_is_what_the_press_file_prints(desk):
    desk.refresh()
    pdf = desk.pdf(desk.views["brochure"].keys[0], press=True)
    assert inks_of(pdf)[:4] == ("Cyan", "Magenta", "Yellow", "Black")
    page = pypdfium2.PdfDocument(pdf)[0]
    ground = desk.views["brochure"].composition.pages[0].ground
    assert ground
    for ink, share in zip(inks_of(pdf), ground.cmyk, strict=False):
        image = Image.open(io.BytesIO(rasterise(separate(pdf, ink), 400, grey=True)))
        at = (image.width // 2, round(image.height * 0.985 - 60 * image.width / page.get_width()))
        assert abs((255 - image.getpixel(at)) / 2.55 - share) < 2, ink


def test_keywords_come_go_and_move(page, desk):
    before = text_of(desk)
    add = {"op": "add", "id": "keywords/", "value": {"title": "新的", "body": "一。"}, "label": "新增", "medium": "brochure"}
    assert [k["title"] for k in page.post("/arrange", json=add).json()["keywords"]] == ["重大项目", "数字孪生", "新的"]
    move = {"op": "move", "id": "keywords/新的", "after": None, "medium": "brochure"}
    assert page.post("/arrange", json=move).json()["keywords"][0]["title"] == "新的"
    copy = {"op": "copy", "id": "keywords/重大项目", "medium": "brochure"}
    assert "重大项目（副本）" in [k["title"] for k in page.post("/arrange", json=copy).json()["keywords"]]
    delete = {"op": "delete", "id": "keywords/数字孪生", "medium": "brochure"}
    assert "数字孪生" not in [k["title"] for k in page.post("/arrange", json=delete).json()["keywords"]]
    for _ in range(4):
        page.post("/undo", json={"medium": "brochure"})
    assert text_of(desk) == before


def test_an_unknown_entry_is_refused_in_words(page):
    answer = page.post("/arrange", json={"op": "delete", "id": "keywords/无", "medium": "brochure"})
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_a_picture_goes_to_pictures_and_nowhere_else(page, desk):
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#336699").save(out, "JPEG")
    url = "/picture?id=keywords/重大项目/picture&name=..%2F..%2F园区 清晨.jpg&medium=brochure&alt="
    assert page.post(url, content=out.getvalue()).json()["message"].startswith("先写替代文字"), "no-alt"
    url += "园区，清晨"
    assert page.post(url, content=out.getvalue()).status_code == 200
    assert [p.name for p in (desk.root / "source/pictures").iterdir()] == ["园区-清晨.jpg"]
    assert "{file: pictures/园区-清晨.jpg, alt: '园区，清晨'}" in text_of(desk) or "alt: 园区，清晨" in text_of(desk)
    assert page.post(url, content=b"GIF89a").status_code == 422


def test_a_starter_or_nothing_is_enough_to_begin(workshop):
    desk, examples = workshop.desk, workshop.desk.root / "source/examples"
    examples.mkdir()
    (examples / "某某.yaml").write_text(TWELVE_LINES, encoding="utf-8")
    desk.open(replace(desk.job, source=Path("source/还没有.yaml")))
    with TestClient(application(workshop), base_url="http://127.0.0.1:8000") as client:
        client.headers["X-Token"] = workshop.token
        desk.refresh()
        workshop.tell_state()
        assert client.get("/state").json()["start"]
        state = client.post("/use", json={"start": "某某", "medium": "brochure"}).json()
        assert (state["source"], state["start"]) == ("source/某某.yaml", False)
        state = client.post("/use", json={"start": "", "medium": "brochure"}).json()
        assert state["source"] == "source/我的刊物.yaml"
        assert state["media"]["brochure"]["pages"]


def test_files_are_built_and_fetched(page, workshop):
    build(World(workshop.desk.root), workshop.desk.job, lambda _: None)
    workshop.tell_state()
    names = page.get("/state").json()["files"]
    assert any(name.endswith(".pptx") for name in names)
    assert page.get(f"/download/{names[0]}").content == (workshop.desk.root / "output/civic" / names[0]).read_bytes()
    assert page.get("/download/全部.zip").content[:2] == b"PK"


def test_an_order_of_moves_is_taken_back_step_by_step(desk):
    desk.refresh()
    before = text_of(desk)
    desk.carry_out((Move("keywords/数字孪生", None),), "移动")
    assert desk.step(True) == "移动"
    assert text_of(desk) == before
    assert desk.step(True) == ""


def test_frames_are_told_with_their_places(page, desk):
    key = desk.views["brochure"].keys[-1]
    told = page.get(f"/page/{key}/frames").json()
    assert told["frames"]
    assert all(":" in frame["place"] for frame in told["frames"])


def test_the_masters_that_were_not_taken_say_why(page, desk):
    number, key = next((p.number, key) for p, key in zip(desk.views["brochure"].composition.pages, desk.views["brochure"].keys, strict=True)
                       if "重大项目" in p.anchors)  # fmt: skip
    told = page.get(f"/page/{key}/frames").json()["candidates"]
    taken = [c["taken"] for c in told]
    assert taken.count(True) == 1
    assert told[taken.index(True)]["master"] == desk.views["brochure"].composition.pages[number - 1].master
    assert all(c["reason"] for c in told[: taken.index(True)])
    assert not any(c["reason"] for c in told[taken.index(True) :])
    assert any("柱图" in c["reason"] for c in told)


def test_a_keyword_that_others_name_goes_and_the_fault_is_told(page, desk):
    (desk.root / SOURCE).write_text(TWELVE_LINES.replace("平台正式", "平台与{重大项目.投资}正式"), encoding="utf-8", newline="")
    desk.refresh()
    assert not any(found.severity.name == "ERROR" for found, _ in desk.problems)
    delete = {"op": "delete", "id": "keywords/重大项目", "medium": "brochure", "label": "删去"}
    state = page.post("/arrange", json=delete).json()
    assert [k["title"] for k in state["keywords"]] == ["数字孪生"]
    assert [fault["code"] for fault in state["faults"] if fault["error"]] == ["unknown-fact"]
    assert state["media"]["brochure"]["pages"]
    state = page.post("/undo", json={"medium": "brochure"}).json()
    assert [k["title"] for k in state["keywords"]] == ["重大项目", "数字孪生"]
    assert not any(fault["error"] for fault in state["faults"])


def test_what_goes_wrong_behind_the_page_is_told(workshop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where the report goes
    queue = asyncio.Queue()
    workshop.listeners.add(queue)

    async def breaks():
        raise ZeroDivisionError

    async def runs():
        workshop._start(breaks())
        return await asyncio.wait_for(queue.get(), 30)

    event, told = asyncio.run(runs())
    assert event == "trouble"
    assert "报告" in told["message"]


def test_a_fault_of_the_layout_leads_to_its_page_and_frame(page, desk):
    layout = desk.root / "layouts/civic/layout.yaml"
    master = desk.read.layout.spec.brochure.masters[desk.views["brochure"].composition.pages[0].master]
    found = Diagnostic("no-room", Severity.ERROR, Bilingual("放不下", "no room"), span=master.frames[0].span)
    desk.told["brochure"] = (found,)
    (fault,) = [f for f in views.state(desk)["faults"] if f["code"] == "no-room"]
    assert (fault["medium"], fault["no"]) == ("brochure", 1)
    frames = page.get(f"/page/{desk.views['brochure'].keys[0]}/frames").json()["frames"]
    assert any(f"{frame['place']}:" in fault["place"] for frame in frames)
    assert layout.is_file()


def test_what_was_drafted_is_not_composed_again(page, desk, monkeypatch):
    id_ = "keywords/重大项目/body"
    edit = {"edits": [{"id": id_, "text": "开工了。"}], "medium": "brochure"}
    keys = page.post("/edit", json=edit | {"draft": True}).json()["keys"]
    with monkeypatch.context() as patch:
        patch.setattr(desk_module, "try_layout", None)
        desk.edit((Change(id_, "开工了。"),), "正文")
        desk.refresh(("brochure",))
    assert list(desk.views["brochure"].keys) == keys
    assert desk.read.publication.keywords[0].body
    desk.refresh()
    assert list(desk.views["brochure"].keys) == keys


def test_every_declared_key_has_a_field(page, desk):
    """What a source may say can be said in the workshop: the publication, a keyword, its facts, a theme, each kind of chart."""
    charts = "".join(f"  - {{kind: {kind}, title: {kind}}}\n" for kind in CHARTS)
    source = TWELVE_LINES + f"themes: [{{id: 投资, title: 投资}}]\ncharts:\n{charts}"
    desk.data = source.encode()
    desk.ids = identify(read_yaml(source, "x"))
    classes = {"publication": HeaderSpec, "keywords/重大项目": KeywordSpec, "facts/重大项目.投资": FactSpec, "themes/投资": ThemeSpec}
    classes |= {f"charts/{kind}": cls for kind, cls in CHARTS.items()}
    for id_, cls in classes.items():
        fields = views.fields(desk, id_)["fields"]
        assert {key.name for key in keys_of(cls)} <= {field["key"] for field in fields}, id_
        for field in fields:
            assert field["kind"] in ("text", "parts", "list", "dict")
            if field["kind"] == "parts":
                assert field["fields"]
            if field["kind"] in ("list", "dict"):
                assert field["blank"], field["id"]


@pytest.mark.parametrize(
    ("id_", "value"),
    [("publication/documents/", {"id": "A", "title": "《工作总结》"}), ("keywords/重大项目/picture/credit", "张三"),
     ("keywords/重大项目/quote/text", "抢时间。"), ("facts/重大项目.新的/value", "3"), ("publication/draft/name", "送审稿")],
)  # fmt: skip
def test_what_is_not_there_yet_is_written_with_what_it_stands_in(desk, id_, value):
    before = text_of(desk)
    desk.refresh()
    desk.carry_out((insertion(desk.ids, id_, value),), "新增")
    desk.refresh()
    name, shown = id_.rstrip("/").rpartition("/")[2], value if isinstance(value, str) else value["title"]
    assert shown in text_of(desk)
    assert name in text_of(desk)
    desk.step(True)
    assert text_of(desk) == before


def test_undo_brings_the_bytes_back_where_an_edit_has_no_way_back(page, desk, monkeypatch):
    before = text_of(desk)
    desk.edit((Change("keywords/重大项目/body", "开工了。"),), "正文")
    after = text_of(desk)

    def refused(_):
        raise Rejected((Diagnostic("edit-refused", Severity.ERROR, Bilingual("会牵动别处", "more would change")),))

    with monkeypatch.context() as patch:
        patch.setattr(desk, "_applied", refused)
        assert desk.step(True) == "正文"
        assert text_of(desk) == before
        assert desk.step(False) == "正文"
        assert text_of(desk) == after
        (desk.root / SOURCE).write_text(f"# 旁注\n{after}", encoding="utf-8", newline="")
        with pytest.raises(Rejected):
            desk.step(True)
    assert desk.step(True) == ""


def test_what_is_printed_is_found_with_its_page(page):
    hits = page.get("/search?q=535.8亿元").json()
    assert {"facts/重大项目.投资", "keywords/重大项目/body"} <= {hit["id"] for hit in hits}
    assert all("{" not in hit["text"] for hit in hits)
    assert any("页" in hit["where"] for hit in hits)
