"""The order in which the boxes of a page are read, which is the order in which they stand on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lhpub.boxes import Box, ChartBox, GroupBox, ImageBox, ShapeBox, TableBox, TextBox
from lhpub.inline import plain
from lhpub.kinds.timeline import TimelineChart
from lhpub.layout.frame import Frame

_OF_KEYWORD = ("{keyword.headline}", "{keyword.body}", "{keyword.points}")
_CAPTIONS = ("{keyword.hero_caption}", "{fact.label}", "{point.label}")
OF_CHART = ("{chart.title}", "chart", "{chart.note}")
ORDERS = (_OF_KEYWORD, (*_CAPTIONS, "hero"), OF_CHART)
"""What is read together, in this order: a sentence, the text, the points; a caption, its figure; a chart's title, chart, note."""


def as_read(boxes: tuple[Box, ...], frames: Iterable[Frame], orders: Iterable[tuple[str, ...]] = ORDERS) -> tuple[Box, ...]:
    """Returns boxes with those of an order together, where the last of them stood, whatever order placed them: a layout that
    builds from the foot up has points before the text above them. `frames`: those that the boxes come from."""
    shows: dict[str, str] = {}
    for frame in frames:
        if (what := _shown(frame)) and frame.placeholder != "title" and not frame.tag.startswith("H"):
            shows.setdefault(frame.name, what)
            shows.setdefault(frame.next or frame.name, what)
    for order in orders:
        held = [(i, box) for i, box in enumerate(boxes) if shows.get(_slot(box)) in order]
        if len(held) > 1 and not any(_is_timeline(box) for _, box in held):  # what is said of a year leads to it
            places = {i for i, _ in held}
            told = sorted((box for _, box in held), key=lambda box: order.index(shows[_slot(box)]))
            apart = [box for i, box in enumerate(boxes) if i not in places]
            last = held[-1][0] + 1 - len(held)
            boxes = (*apart[:last], *told, *apart[last:])
    return boxes


def told_once(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Returns boxes with charts that do not say the note that stands by them once more."""
    texts = {"".join(paragraph.text for paragraph in box.paragraphs) for box in boxes if isinstance(box, TextBox)}

    return tuple(replace(box, is_noted=True) if isinstance(box, ChartBox) and _note(box) in texts else box for box in boxes)


def _note(box: ChartBox) -> str:
    return plain(box.chart.note) or "-"


def _is_timeline(box: Box) -> bool:
    return isinstance(box, ChartBox) and isinstance(box.chart, TimelineChart)


def _shown(frame: Frame) -> str:
    """Returns what of a keyword or a chart a frame shows."""
    if frame.chart or frame.hero:
        return "chart" if frame.chart else "hero"
    if frame.rows:
        return "{keyword.points}"
    return (frame.text if isinstance(frame.text, str) else frame.text[0]) if frame.text else ""


def _slot(box: Box) -> str:
    return box.slot if isinstance(box, TextBox | TableBox | ChartBox) else ""


def of_cell(boxes: tuple[Box, ...], frames: Iterable[Frame]) -> tuple[Box, ...]:
    """Returns a keyword's boxes as they are read: drawings lie beneath, its heading comes before number, date, figures, chart."""

    def place(box: Box) -> int:
        if isinstance(box, ShapeBox) or (isinstance(box, GroupBox) and box.alt == ""):
            return 0
        return 1 if isinstance(box, TextBox) and box.tag in ("H1", "H2", "H3") else 2

    return as_read(tuple(sorted(boxes, key=place)), frames)


def of_slide(boxes: tuple[Box, ...], frames: tuple[Frame, ...]) -> tuple[Box, ...]:
    """Returns a slide's boxes as they are read: drawings beneath everything, the title, a numeral beside it, the rest, source
    and page number."""
    kinds = {frame.name: frame.placeholder for frame in frames}

    def place(box: Box) -> int:
        if isinstance(box, ShapeBox | ImageBox) or (isinstance(box, GroupBox) and box.alt == ""):
            return 0
        if isinstance(box, TextBox):
            kind = kinds.get(box.slot)
            if kind == "title" or box.tag != "Artifact":
                return 1 if kind == "title" else 3
            return 4 if kind in ("number", "footer", "none") else 2
        return 3

    return as_read(tuple(sorted(boxes, key=place)), frames)
