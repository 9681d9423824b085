"""A brochure's size alone changed: what bled bleeds, what stood at the foot stands there."""

from pathlib import Path

import pytest

from lhpub.layout.model import all_frames
from lhpub.layout.read import read_layout
from lhpub.world import World

WORLD = World(Path(__file__).parents[3])
LOOKS = ("civic", "horizon")


def on_paper(tmp_path, look, size):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "layout.yaml").write_text(f"extends: {look}\ntitle: t\nbrochure: {{size: {size}}}\n", encoding="utf-8")
    return read_layout(World(tmp_path), Path("mine"))[0].spec.brochure


def frames(medium):
    return {
        (name, i): (frame.at, 1 + master.facing)
        for name, master in medium.masters.items()
        for i, frame in enumerate(all_frames(master, medium)) if isinstance(frame.at, tuple)
    }  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_what_bled_bleeds_on_another_paper(look, tmp_path):
    old, new = read_layout(WORLD, Path("layouts") / look)[0].spec.brochure, on_paper(tmp_path, look, [230, 297])
    before, after = frames(old), frames(new)
    bled = 0
    for place, ((x, y, width, height), pages) in before.items():
        u, v, wide, high = after[place][0]
        if width and x + width > old.size[0] * pages:
            bled += 1
            assert u + wide - new.size[0] * pages == pytest.approx(x + width - old.size[0] * pages), place
        if height and y + height > old.size[1]:
            bled += 1
            assert v + high - new.size[1] == pytest.approx(y + height - old.size[1]), place
    assert bled > 5


def test_what_stands_at_the_foot_keeps_its_distance_from_it(tmp_path):
    new = on_paper(tmp_path, "civic", [210, 297])
    running = next(frame for frame in new.blocks["running"].frames)
    rows = next(frame for frame in new.blocks["full-foot"].frames if frame.name == "rows")
    title = next(frame for frame in new.blocks["full-head"].frames if frame.name == "title")
    assert running.at[1] == pytest.approx(269.7 + 12)
    assert rows.at[1] + rows.at[3] == pytest.approx(255 + 12)
    assert title.at[:2] == (20, 39)


def test_art_is_drawn_as_far_as_its_frame_reaches(tmp_path):
    (art, *_) = on_paper(tmp_path, "civic", [210, 297]).masters["back"].frames
    assert art.nested.outer[3] == pytest.approx(170 * (167 + 12) / 167, rel=1e-4)


def test_floating_keywords_share_the_taller_page(tmp_path):
    assert on_paper(tmp_path, "horizon", [210, 297]).masters["two"].stack.height == pytest.approx(192 + 87)


def test_a_layout_of_its_own_size_is_as_it_was(tmp_path):
    old = read_layout(WORLD, Path("layouts/horizon"))[0].spec.brochure
    assert frames(on_paper(tmp_path, "horizon", [210, 210])) == frames(old)
