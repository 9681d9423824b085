"""One layout laid over another: keys, frames by name, values kept."""

from pathlib import Path

import yaml

from lhpub.layout.merge import load_layout, merge
from lhpub.layout.read import read_layout
from lhpub.source.load import read_yaml
from lhpub.source.node import Mapping, Scalar
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
    return plain(merge(node(base), node(over)))


def test_keys_merge_and_new_ones_follow():
    assert merged("{a: 1, b: {c: 2, d: 3}}", "{b: {d: 4}, e: 5}") == {"a": "1", "b": {"c": "2", "d": "4"}, "e": "5"}


def test_a_list_of_values_is_replaced():
    assert merged("{a: [1, 2, 3]}", "{a: [4]}") == {"a": ["4"]}


def test_a_tilde_keeps_the_value_that_was_there():
    assert merged("{at: [1, 2, 3, 4]}", "{at: [9, ~, ~, 8]}") == {"at": ["9", "2", "3", "8"]}


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
    loaded = load_layout(World(tmp_path), Path("over"))
    assert loaded.get("a").get("b").span.file == "base/layout.yaml"
    assert loaded.get("a").get("c").span.file == "over/layout.yaml"


def test_the_example_of_a_new_layout_is_a_layout(tmp_path):
    from lhpub.gallery import new_layout

    (tmp_path / "layouts" / "civic").mkdir(parents=True)
    (tmp_path / "layouts" / "civic" / "layout.yaml").write_bytes((LAYOUTS / "civic" / "layout.yaml").read_bytes())
    path = new_layout(World(tmp_path), Path("layouts"), "mine", "civic")
    text = (tmp_path / path).read_text(encoding="utf-8")
    layout, _ = read_layout(World(tmp_path), path.parent)
    assert layout.spec.title == "mine"
    wanted = "\n".join(line.removeprefix("# ") for line in text.splitlines() if "写法" not in line and not line.endswith("true")
                       and not line.startswith(("# 换", "# 挪")))
    (tmp_path / path).write_text(wanted + "\n", encoding="utf-8")
    assert yaml.safe_load(wanted)["brochure"]["masters"]["cover"]["frames"] == [{"name": "art", "drop": True}]
    layout, _ = read_layout(World(tmp_path), path.parent)
    assert "art" not in {frame.name for frame in layout.spec.brochure.masters["cover"].frames}
