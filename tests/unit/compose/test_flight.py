"""The flight path keeps clear of the other texts of its page, its labels of dashed lines that are not theirs."""

from itertools import combinations

import pytest

from lhpub.boxes import ShapeBox, TextBox
from lhpub.compose.texts import inked
from lhpub.walk import flatten
from tests.suite.workshop import ROOT, SAMPLE, make

HEAD = "publication: {title: 一年, organisation: 某某区, date: 2024-01-15}\nkeywords:\n"
SIX = tuple(f"2023-01-{4 * i + 2:02d}" for i in range(6))
TWELVE = tuple(f"2023-01-{2 * i + 3:02d}" for i in range(12))
QUARTER = tuple(f"2023-{i // 4 + 1:02d}-{4 + 7 * (i % 4):02d}" for i in range(12))
FEBRUARY = tuple(f"2023-02-{2 * i + 4:02d}" for i in range(12))  # the marks stand right of the title, the labels do not
UNDATED = tuple("" if i % 4 == 2 else f"2023-{i // 4 + 1:02d}-{3 + 6 * (i % 4):02d}" for i in range(40))
LAST_UNDATED = ("2023-01-05", "2023-03-05", "", "2023-06-01", "2023-11-01", "", "", "")
CASES = (SIX, TWELVE, QUARTER[::2], QUARTER, FEBRUARY, ("2023-01-29",) * 2, UNDATED, LAST_UNDATED)
NAMES = ("six in January", "twelve in January", "six in a quarter", "twelve in a quarter", "February", "one day", "forty", "none last")


def timelines(write_source, dates):
    """Yields the texts and the drawings of the year's page, or its left one, in both media; `make` refuses errors."""
    names = ("甲乙丙丁戊己庚辛壬癸"[i // 10] + "子丑寅卯辰巳午未申酉"[i % 10] for i in range(len(dates)))
    keywords = (
        f"  - {{title: 关键词{name}, body: 这一年，{name}工作启动。{f', date: {date}' if date else ''}}}\n"
        for name, date in zip(names, dates, strict=True)
    )
    made = make(write_source(HEAD + "".join(keywords)), ROOT / "layouts" / "horizon")
    for composition in (made.brochure, made.deck):
        boxes = next(list(flatten(page.boxes)) for page in composition.pages if page.master == "timeline")
        yield [b for b in boxes if isinstance(b, TextBox)], [b for b in boxes if isinstance(b, ShapeBox)]


@pytest.mark.parametrize("dates", CASES, ids=NAMES)
def test_neither_path_nor_labels_meet_a_text_of_the_page(write_source, dates):
    for texts, shapes in timelines(write_source, dates):
        labels = [box for box in texts if box.name.startswith("path/关键词")]
        assert labels
        for one, two in combinations(texts, 2):
            assert not inked(one).overlaps(inked(two)), (one.name, two.name)
        titles = [inked(box) for box in texts if box.slot in ("title", "sub")]
        marks = [s.rect for s in shapes if s.rect.width == s.rect.height and s.rect.width < 40]
        assert marks
        assert not [mark for mark in marks if any(mark.overlaps(title) for title in titles)]


@pytest.mark.parametrize("dates", CASES[-2:], ids=NAMES[-2:])
def test_no_dashed_line_of_another_keyword_runs_through_a_label(write_source, dates):
    for texts, shapes in timelines(write_source, dates):
        lines = [shape.path for shape in shapes if shape.dash and len(shape.path) == 2]
        assert len(lines) == dates.count("")
        for area in (inked(box) for box in texts if box.name.startswith("path/关键词")):
            assert not [y for (_, (x, y)), (_, (end, _)) in lines if x < area.right and end > area.x and area.y < y < area.bottom]


def test_a_text_under_the_horizon_does_not_lower_the_path():
    made = make(SAMPLE, ROOT / "layouts" / "horizon")
    page = next(page for page in made.brochure.pages if page.master == "opener-day")
    shapes = (b.rect for b in flatten(page.boxes) if isinstance(b, ShapeBox))
    marks = [rect.y for rect in shapes if rect.width == pytest.approx(rect.height) and rect.width < 40]
    assert max(marks) - min(marks) > page.size.height / 4


def test_the_path_keeps_its_height_where_no_text_is_in_its_way():
    made = make(SAMPLE, ROOT / "layouts" / "horizon")
    page = next(page for page in made.deck.pages if page.master == "timeline")
    title = next(inked(box) for box in page.boxes if isinstance(box, TextBox) and box.slot == "title")
    labels = [box for box in flatten(page.boxes) if isinstance(box, TextBox) and box.name.startswith("path/")]
    assert min(box.rect.y for box in labels) < title.bottom


def test_the_label_of_a_keyword_alone_stands_over_the_level_path(write_source):
    text = "".join(f"  - {{title: 关键词{n}, body: 工作启动。, date: {d}}}\n" for n, d in zip("甲乙", ("2023-02-10", "2023-08"), strict=True))
    made = make(write_source(HEAD + text), ROOT / "layouts" / "horizon")
    seen = 0
    for page in (*made.brochure.pages, *made.deck.pages):
        if not page.master.startswith(("opener", "divider")):
            continue
        boxes = list(flatten(page.boxes))
        levels = [s.path[0][1][1] for s in boxes if isinstance(s, ShapeBox) and s.stroke and not s.fill and len({v[-1] for _, v in s.path if v}) == 1]
        for label in (inked(b) for b in boxes if isinstance(b, TextBox) and b.name.startswith("path/关键词")):
            seen += 1
            assert levels
            assert not [y for y in levels if label.y < y < label.bottom]
    assert seen == 4
