"""One layout laid over another: keys, frames by name, values kept."""

import shutil
from pathlib import Path

import pytest
import yaml

from lhpub.diagnostics import Rejected, Severity
from lhpub.gallery import new_layout
from lhpub.layout.check import check_layout
from lhpub.layout.extends import load_layout
from lhpub.layout.merge import merge, without_dropped
from lhpub.layout.read import read_layout
from lhpub.source.load import read_yaml
from lhpub.source.node import Mapping, Scalar
from lhpub.source.report import Report
from lhpub.world import World

LAYOUTS = Path(__file__).parents[3] / "layouts"


def node(text: str):
    return read_yaml(text, "x.yaml")


def plain(part):
    if isinstance(part, Scalar):
        return part.text
    if isinstance(part, Mapping):
        return {name.text: plain(value) for name, value in part.entries}
    return [plain(item) for item in part.items]


def merged(base: str, over: str):
    return plain(without_dropped(merge(node(base), node(over))))


def test_keys_merge_and_new_ones_follow():
    assert merged("{a: 1, b: {c: 2, d: 3}}", "{b: {d: 4}, e: 5}") == {"a": "1", "b": {"c": "2", "d": "4"}, "e": "5"}


def test_a_list_of_values_is_replaced():
    assert merged("{a: [1, 2, 3]}", "{a: [4]}") == {"a": ["4"]}


def test_a_tilde_keeps_the_value_that_was_there():
    assert merged("{at: [1, 2, 3, 4]}", "{at: [9, ~, ~, 8]}") == {"at": ["9", "2", "3", "8"]}


def test_a_place_by_edges_is_changed_side_by_side_or_a_whole_axis_at_once():
    base = "{at: {left: 1, right: 2, top: 3, height: 4}}"
    assert merged(base, "{at: {left: 9}}") == {"at": {"left": "9", "right": "2", "top": "3", "height": "4"}}
    assert merged(base, "{at: {left: 9, width: 5}}") == {"at": {"top": "3", "height": "4", "left": "9", "width": "5"}}
    assert merged(base, "{at: {columns: main}}") == {"at": {"top": "3", "height": "4", "columns": "main"}}


def test_frames_are_changed_by_name_all_of_it_and_new_ones_follow():
    base = "{frames: [{name: a, at: [1]}, {name: b, at: [2]}, {name: a, at: [3], when: [x]}, {rule: 1}]}"
    over = "{frames: [{name: a, style: s}, {name: c, at: [4]}]}"
    assert merged(base, over)["frames"] == [
        {"name": "a", "at": ["1"], "style": "s"},
        {"name": "b", "at": ["2"]},
        {"name": "a", "at": ["3"], "when": ["x"], "style": "s"},
        {"rule": "1"},
        {"name": "c", "at": ["4"]},
    ]


def test_a_dropped_frame_is_gone():
    assert merged("{frames: [{name: a, at: [1]}, {name: b, at: [2]}]}", "{frames: [{name: a, drop: true}]}") == {
        "frames": [{"name": "b", "at": ["2"]}]
    }


def test_a_layout_that_extends_another_has_all_of_it_but_what_it_changes(tmp_path):
    for name in ("civic", "green"):
        (tmp_path / name).mkdir()
    (tmp_path / "civic" / "layout.yaml").write_bytes((LAYOUTS / "civic" / "layout.yaml").read_bytes())
    own = "extends: civic\ntitle: 绿\npalette: {red: {rgb: '#1D5C4A', cmyk: [85, 40, 70, 30]}}\n"
    (tmp_path / "green" / "layout.yaml").write_text(own, encoding="utf-8")
    civic, _ = read_layout(World(tmp_path), Path("civic"))
    green, _ = read_layout(World(tmp_path), Path("green"))
    assert (green.name, green.spec.title, green.inks["red"].rgb) == ("green", "绿", "#1D5C4A")
    assert green.inks["red"].cmyk == (85, 40, 70, 30)
    assert green.spec.palette["red"].use == civic.spec.palette["red"].use
    assert set(green.styles) == set(civic.styles)
    assert green.spec.brochure.masters.keys() == civic.spec.brochure.masters.keys()


def test_the_4_by_3_deck_is_the_deck_but_for_what_it_changes():
    layout, _ = read_layout(World(LAYOUTS.parent), Path("layouts/civic"))
    deck, other = layout.spec.deck, layout.spec.deck_4x3
    assert other.size == (720, 540)
    assert other.sequence == deck.sequence
    assert other.masters.keys() == deck.masters.keys()
    assert [f.name for f in other.masters["rank"].frames] == [f.name for f in deck.masters["rank"].frames]


def test_the_merged_layout_keeps_the_places_of_both_files(tmp_path):
    for name, text in (("base", "a: {b: 1}\n"), ("over", "extends: base\na:\n  c: 2\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "layout.yaml").write_text(text, encoding="utf-8")
    report = Report()
    loaded = load_layout(World(tmp_path), Path("over"), report)
    report.finish()
    assert loaded.get("a").get("b").span.file == "base/layout.yaml"
    assert loaded.get("a").get("c").span.file == "over/layout.yaml"


BASE = """\
masters:
  year: {frames: [{name: title, at: [1, 2, 3, 4]}, {name: months, at: [1, 2, 3, 4]}]}
  plain: {include: [foot]}
deck: {masters: {year: {frames: [{name: title, at: [1, 2, 3, 4]}, {name: note, at: [5, 6, 7, 8]}]}}}
deck_4x3: {masters: {year: {frames: [{name: note, at: [~, 6, ~, 9]}]}}}
"""


def over(folder: Path, text: str):
    for name, written in (("base", BASE), ("over", "extends: base\n" + text)):
        (folder / name).mkdir()
        (folder / name / "layout.yaml").write_text(written, encoding="utf-8")
    report = Report()
    loaded = load_layout(World(folder), Path("over"), report)
    report.finish()
    return loaded


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("year: {frames: [{name: art, drop: true}]}", "没有叫 art 的框，没有可去掉的", "可用：title、months"),
        ("year: {frames: [{name: mounths, at: [9, ~, ~, 8]}]}", "没有叫 mounths 的框，~ 没有可保持的值", "months"),
        ("plain: {frames: [{name: art, drop: true}]}", "没有叫 art 的框", "没有框"),
        ("year: {frames: [{name: title, at: [9, ~]}]}", "~ 没有可保持的值", "写全"),
    ],
)
def test_a_change_of_what_is_not_there_is_told_at_its_place(text, said, hint, tmp_path):
    with pytest.raises(Rejected) as caught:
        over(tmp_path, f"masters:\n  {text}\n")
    (told,) = caught.value.diagnostics
    assert said in told.message.zh
    assert hint in told.hint.zh
    assert (told.span.file, told.span.line) == ("over/layout.yaml", 3)
    assert told.span.column > 10


def test_a_frame_that_goes_from_the_deck_or_from_the_4_by_3_deck_alone_is_gone_there(tmp_path):
    for name, text, left in (
        ("a", "deck: {masters: {year: {frames: [{name: note, drop: true}]}}}", (["title"], ["title"])),
        ("b", "deck_4x3: {masters: {year: {frames: [{name: title, drop: true}]}}}", (["title", "note"], ["note"])),
    ):
        (tmp_path / name).mkdir()
        made = plain(over(tmp_path / name, text + "\n"))
        decks = (made[deck]["masters"]["year"]["frames"] for deck in ("deck", "deck_4x3"))
        assert tuple([frame["name"] for frame in frames] for frames in decks) == left
        assert made["deck_4x3"]["masters"]["year"]["frames"][-1].get("at", []) != ["~", "6", "~", "9"]


@pytest.mark.parametrize("base", ["civic", "horizon", "poster"])
def test_every_hint_of_a_new_layout_is_of_its_base_and_can_be_used(base, tmp_path):
    shutil.copytree(LAYOUTS, tmp_path / "layouts")
    path = new_layout(World(tmp_path), Path("layouts"), "mine", base)
    text = (tmp_path / path).read_text(encoding="utf-8")
    before, _ = read_layout(World(tmp_path), path.parent)
    assert before.spec.title == "mine"
    keys = ("palette:", "fonts:", "styles:", "brochure:", " ")
    used = (line.removeprefix("# ") for line in text.splitlines())
    written = "\n".join(line for line in used if line.startswith((*keys, "extends:", "title:")))
    (tmp_path / path).write_text(written + "\n", encoding="utf-8")
    hints = yaml.safe_load(written)
    for part in ("palette", "fonts", "styles"):
        assert hints[part].keys() <= getattr(before.spec, part).keys()
    ((master, changed),) = hints["brochure"]["masters"].items()
    after, told = read_layout(World(tmp_path), path.parent)
    gone = {f.name for f in before.spec.brochure.masters[master].frames} - {f.name for f in after.spec.brochure.masters[master].frames}
    assert gone == {changed["frames"][0]["name"]}
    assert [d for d in (*told, *check_layout(after.spec)) if d.severity is Severity.ERROR] == []
