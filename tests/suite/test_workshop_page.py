"""The workshop's page, driven by Chromium: see, click, change, take back."""

import pytest

from tests.outside.edits_by_clicking import run
from tests.suite.clicking import CHROMIUM, Editor, browser, served
from tests.suite.pictures import picture
from tests.suite.publications import TWELVE_LINES

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: .ci/run installs it")]
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "source").mkdir()
    (folder / "source" / "刊物.yaml").write_text(TWELVE_LINES, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with served(folder, "source/刊物.yaml") as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with browser() as chromium:
        yield chromium


@pytest.fixture
def editor(chromium, address, request):
    editor = Editor(chromium, address, getattr(request, "param", (1440, 900)))
    editor.shows_pages()
    yield editor
    editor.page.context.close()
    assert editor.faults == []
    assert editor.outside == []


def goto_body(editor):
    """Goes to the page where the first keyword's body stands."""
    page = next(p["no"] for p in editor.state()["media"]["brochure"]["pages"] if "重大项目" in p["anchors"])
    editor.act(f"go:brochure:{page}") if editor.page.locator(f'[data-a="go:brochure:{page}"]').count() else editor.act("turn:1")
    editor.page.wait_for_selector('.hit.text[aria-label^="正文："]')


def test_a_text_is_changed_where_it_stands(editor, folder):
    before = (folder / "source/刊物.yaml").read_bytes()
    goto_body(editor)
    editor.open_text("正文", 0)
    assert editor.page.locator("#rich .tok").count() == 2
    assert "放得下" in editor.page.locator("#meter").inner_text()
    editor.write("首批{首批}重大项目开工，总投资{投资}。")
    assert (folder / "source/刊物.yaml").read_bytes() == before.replace("集中上马，总".encode(), "开工，总".encode())
    editor.page.wait_for_selector('.hit.text[aria-label*="重大项目开工"]')
    editor.act("undo")
    editor.page.wait_for_selector('.hit.text[aria-label*="集中上马"]')
    assert (folder / "source/刊物.yaml").read_bytes() == before


def test_a_figure_shows_all_its_places_and_changes_in_all(editor, folder):
    goto_body(editor)
    editor.click('.hit.fact[data-a^="fact:重大项目.投资"]')
    editor.page.wait_for_selector("#pop .big")
    assert editor.page.locator(".right .place").count() >= 2
    assert editor.page.locator(".occ").count() >= 1
    editor.page.fill("#pop [data-k=value]", "536.9")
    editor.press("Control+Enter")
    editor.page.wait_for_selector("#pop", state="detached")
    editor.page.wait_for_selector('.hit.fact[aria-label*="536.9亿元"]')
    assert "value: 536.9" in (folder / "source/刊物.yaml").read_text(encoding="utf-8")
    editor.act("undo")
    editor.page.wait_for_selector('.hit.fact[aria-label*="535.8亿元"]')


def test_a_fault_keeps_the_page_and_is_led_to(editor, folder):
    file = folder / "source" / "刊物.yaml"
    good = file.read_text(encoding="utf-8")
    goto_body(editor)
    for _ in range(3):  # what F8 counted before a fault came is forgotten
        editor.press("F8")
        editor.press("Escape")
    goto_body(editor)
    file.write_text(good.replace("{投资}", "{投资额}"), encoding="utf-8", newline="")
    editor.page.wait_for_selector(".banner")
    assert editor.page.locator(".page img").count() >= 1
    editor.rests()
    editor.press("F8")
    editor.page.wait_for_selector("#er .msg")
    editor.page.click('[data-a^="fix:"]')
    editor.page.wait_for_selector(".banner", state="detached")
    assert file.read_text(encoding="utf-8") == good


def test_a_keyword_has_its_form_and_comes_and_goes(editor, folder):
    editor.act("mode:kw")
    editor.page.wait_for_selector('table.ft [data-id="facts/重大项目.投资/value"]')
    editor.act("acc:文字")
    editor.page.wait_for_selector('[data-id="keywords/重大项目/body"]')
    editor.act("addkw")
    editor.page.wait_for_selector('.kwl:has-text("新关键词3")')
    editor.act("undo")
    editor.page.wait_for_selector('.kwl:has-text("新关键词3")', state="detached")
    file = folder / "source" / "刊物.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("平台正式", "平台与{重大项目.投资}正式"), encoding="utf-8", newline="")
    editor.page.wait_for_selector('.toast:has-text("别处存过")')
    editor.rests()
    editor.act("kw:keywords/重大项目")
    editor.act("dlg:del")
    assert "别处有 1 处引用它" in editor.page.locator(".dlg").inner_text()
    editor.act("kwdel")
    editor.page.wait_for_selector('.toast:has-text("已删去重大项目")')
    editor.page.wait_for_selector('main[aria-label^="关键词"] .banner')
    assert editor.page.locator('.kwl[data-a^="kw:keywords"]').count() == 1
    editor.act("undo")
    editor.page.wait_for_selector(".banner", state="detached")
    assert editor.page.locator('.kwl[data-a^="kw:keywords"]').count() == 2
    file.write_text(good, encoding="utf-8", newline="")


def test_what_is_being_typed_in_a_form_stays_when_the_page_is_drawn_anew(editor):
    editor.act("mode:kw")
    editor.act("acc:文字")
    for field in ('[data-id="facts/重大项目.投资/value"]', '[data-id="keywords/重大项目/body"]'):
        editor.page.wait_for_selector(field)
        editor.page.focus(field)
        editor.page.keyboard.press("End")
        editor.page.keyboard.type("1")
        editor.page.evaluate("dispatchEvent(new Event('resize'))")
        editor.page.keyboard.type("2n")
        typed = editor.page.evaluate("document.activeElement.value ?? document.activeElement.textContent")
        assert typed.endswith("12n"), (field, typed)
        assert editor.page.locator('.kwl[data-a^="kw:keywords"]').count() == 2
        editor.page.keyboard.press("Backspace")
        editor.page.keyboard.press("Backspace")
        editor.page.keyboard.press("Backspace")


def test_what_the_publication_says_of_itself_has_a_form(editor, folder):
    before = (folder / "source/刊物.yaml").read_bytes()
    editor.act("mode:kw")
    editor.act("kw:publication")
    editor.act("add:publication/documents")
    title = '[data-id="publication/documents/编号/title"]'
    editor.page.wait_for_selector(title)
    editor.page.fill(title, "《工作总结》")
    editor.press("Tab")
    editor.page.wait_for_function("fetch('/state').then(r => r.json()).then(s => s.settled)")
    assert "title: 《工作总结》" in (folder / "source/刊物.yaml").read_text(encoding="utf-8")
    editor.act("undo")
    editor.act("undo")
    assert (folder / "source/刊物.yaml").read_bytes() == before


def test_the_designer_sees_frames_and_the_printer_plates(editor):
    goto_body(editor)
    editor.act("mode:design")
    editor.page.wait_for_selector(".fr")
    editor.click(".fr", 2)
    editor.page.wait_for_selector(".fr.on")
    assert editor.page.locator(".right .g4 input").count() == 4
    editor.act("mode:press")
    editor.page.wait_for_selector(".plate")
    assert editor.page.locator(".plate").count() >= 4
    editor.page.wait_for_function("document.querySelector('#pp').width > 300")


def test_what_is_sought_is_found_and_opened(editor):
    editor.page.keyboard.press("Control+k")
    assert editor.page.evaluate("document.activeElement.id") == "q"
    editor.page.fill("#q", "数字孪生城市")
    editor.page.wait_for_selector("#hits .li")
    editor.click("#hits .li")
    editor.page.wait_for_selector("#rich")
    assert "数字孪生城市平台" in editor.page.locator("#rich").inner_text()
    editor.press("Escape")
    editor.page.wait_for_selector("#rich", state="detached")


def test_another_layout_and_the_deck_are_a_menu_away(editor):
    editor.act("medium:deck")
    editor.page.wait_for_selector(".th.slide")
    editor.act("medium:brochure")
    for layout in ("horizon", "civic"):
        editor.act("menu:looks")
        editor.act(f"use:layout:{layout}")
        assert editor.state()["layout"] == layout
        editor.shows_pages()


def test_a_click_while_new_pages_come_is_not_lost(editor, folder):
    """The new pages are held back on their way; what is clicked meanwhile on the old ones opens all the same."""
    file = folder / "source" / "刊物.yaml"
    good = file.read_text(encoding="utf-8")
    held: list = []
    released = False
    editor.page.route("**/items", lambda route: route.continue_() if released else held.append(route))
    with editor.page.expect_request("**/items"):
        file.write_text(good.replace("集中上马", "开工").replace("title: ", "title: 新", 1), encoding="utf-8", newline="")
    assert editor.page.get_attribute("body", "data-busy") == "true"
    editor.page.locator('.hit.text[aria-label^="刊名："]').first.dispatch_event("click")
    editor.page.wait_for_selector("#rich")
    released = True
    for route in held:
        route.continue_()
    editor.page.wait_for_selector('.hit.text[aria-label^="刊名：新"]')
    editor.page.wait_for_selector(".hit.on")
    file.write_text(good, encoding="utf-8", newline="")
    editor.page.wait_for_selector('.hit.text[aria-label^="刊名：新"]', state="detached")


def test_edits_by_clicking_write_and_show_what_a_clean_reading_has(chromium, tmp_path):
    assert len(run(tmp_path, chromium, count=4, seed=7)) == 4


@pytest.mark.parametrize("editor", [(1440, 900), (390, 800)], indirect=True)
def test_axe_finds_nothing_serious(editor):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def serious():
        return [(v["id"], v["nodes"][0]["html"][:120]) for v in axe.run(editor.page).response["violations"] if v["impact"] in SERIOUS]

    assert serious() == []
    editor.open_text("刊名", 0)
    assert serious() == []
    editor.press("Escape")
    for mode in ("kw", "design", "press"):
        editor.act(f"mode:{mode}")
        editor.page.wait_for_selector({"kw": "table.ft", "design": ".fr", "press": ".plate"}[mode])
        assert serious() == [], mode


def test_a_picture_is_dropped_described_and_cropped_where_it_is_clicked(editor, folder, tmp_path):
    before = (folder / "source/刊物.yaml").read_bytes()
    (tmp_path / "园区.jpg").write_bytes(picture("landscape"))
    editor.act("mode:kw")
    editor.act("kw:keywords/重大项目")
    editor.act("acc:图片")
    editor.page.locator('[data-file="keywords/重大项目/picture"]').set_input_files(tmp_path / "园区.jpg")
    editor.page.wait_for_selector("#alt")
    editor.page.fill("#alt", "清晨的园区")
    editor.act("upload")
    editor.page.wait_for_selector(".focus .pt")
    box = editor.page.locator(".focus").bounding_box()
    editor.page.locator(".focus").click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    editor.page.wait_for_selector('.focus[aria-valuenow="25"]')
    text = (folder / "source/刊物.yaml").read_text(encoding="utf-8")
    assert "pictures/园区.jpg" in text
    assert "alt: 清晨的园区" in text
    assert editor.page.locator(".cropped").count() >= 1
    editor.rests()
    editor.act("undo")
    editor.act("undo")
    assert (folder / "source/刊物.yaml").read_bytes() == before


def test_a_keyword_is_copied_moved_done_again_and_keeps_its_name_for_others(editor, folder):
    file = folder / "source/刊物.yaml"
    before = file.read_bytes()
    editor.act("mode:kw")
    editor.act("kw:keywords/重大项目")
    editor.act("kwcopy")
    editor.page.wait_for_selector('.kwl:has-text("重大项目（副本）")')
    editor.act("undo")
    editor.act("kwmove:1")
    moved = file.read_bytes()
    assert moved != before
    editor.act("undo")
    assert file.read_bytes() == before
    editor.act("redo")
    assert file.read_bytes() == moved
    editor.act("undo")


def test_what_was_changed_elsewhere_is_asked_for_not_overwritten(editor, folder):
    file = folder / "source/刊物.yaml"
    good = file.read_text(encoding="utf-8")
    goto_body(editor)
    editor.open_text("正文", 0)
    file.write_text(good.replace("集中上马", "集中开建"), encoding="utf-8", newline="")
    editor.page.evaluate("document.querySelector('#rich').append('好。')")
    editor.page.keyboard.press("Control+Enter")
    editor.page.wait_for_selector(".dlg .three")
    assert "集中开建" in editor.page.locator(".three").inner_text()
    editor.act("mine")
    editor.page.wait_for_selector("#pop", state="detached")
    mine = file.read_text(encoding="utf-8")
    assert "好。" in mine
    assert "集中上马" in mine
    file.write_text(file.read_text(encoding="utf-8").replace("好。", "妙。"), encoding="utf-8", newline="")
    editor.page.wait_for_selector('.toast:has-text("别处存过")')
    editor.rests()
    editor.act("undo")  # of what another program has changed since
    editor.page.wait_for_selector('.toast:has-text("刚在别处改过")')
    assert "妙。" in file.read_text(encoding="utf-8")
    file.write_text(good, encoding="utf-8", newline="")
    editor.page.wait_for_selector('.hit.text[aria-label*="集中上马"]')


def test_it_begins_with_a_starter_makes_all_files_and_reloads_what_they_are_made_of(chromium, tmp_path):
    (tmp_path / "source/examples").mkdir(parents=True)
    text = TWELVE_LINES.replace("value: 535.8", "value: {file: 年报.csv, cell: B1}")
    (tmp_path / "source/examples/某某.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "source/年报.csv").write_text("投资,535.8\n", encoding="utf-8")
    with served(tmp_path, "source/还没有.yaml") as address:
        editor = Editor(chromium, address)
        editor.page.wait_for_selector(".start h1")
        editor.act("use:start:某某")
        editor.shows_pages()
        editor.act("go:brochure:2") if editor.page.locator('[data-a="go:brochure:2"]').count() else editor.act("turn:1")
        page = editor.page.locator(".foot .num").first.inner_text()
        (tmp_path / "source/年报.csv").write_text("投资,537.9\n", encoding="utf-8")
        editor.page.wait_for_function("fetch('/state').then(r => r.json()).then(s => s.facts['重大项目.投资'].printed.startsWith('537.9'))")
        layout = tmp_path / "layouts/civic/layout.yaml"
        keys = [p["key"] for p in editor.state()["media"]["brochure"]["pages"]]
        layout.write_text(layout.read_text(encoding="utf-8").replace("'#871920'", "'#871921'"), encoding="utf-8")
        editor.page.wait_for_function(
            "keys => fetch('/state').then(r => r.json()).then(s => s.settled && !keys.includes(s.media.brochure.pages[0].key))", arg=keys
        )
        editor.rests()
        assert editor.page.locator(".foot .num").first.inner_text() == page
        editor.act("medium:deck")
        editor.act("menu:looks")
        editor.act("use:aspect:4:3")
        assert editor.state()["aspect"] == "4:3"
        editor.act("menu:looks")
        editor.act("use:aspect:16:9")
        editor.act("make")
        editor.page.wait_for_selector('.dlg:has-text("已生成")')
        with editor.page.expect_download() as download:
            editor.page.locator(".dlg a").first.click()
        assert download.value.path().stat().st_size > 1000
        assert editor.faults == []
        editor.page.context.close()
