"""What a composition states in a deck: every text, alternative text, link and note at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, LinkBox, Page, ShapeBox, TableBox, TextBox
from lhpub.inline import plain
from lhpub.verify.reading import Statement
from lhpub.walk import anchors

NO_BREAK_SPACE = "\u00a0"


def stated_in_deck(composition: Composition, on_template: bool = False) -> Iterator[Statement]:
    """Yields what the deck's file must state, slide by slide, then of the whole. `on_template`: layouts and drawings are a
    designer's own."""
    slides = {anchor: f"→ {index + 1}" for anchor, index in anchors(composition).items()}
    titles = {master.name: master.title for master in composition.masters}
    for page in composition.pages:
        yield from _of_boxes(page.number, page.boxes)
        yield from _links(page, slides)
        yield _notes(page)
        if not on_template:
            yield Statement(page.number, "版式", "info", titles.get(page.master, ""))
            yield from _drawn(page.number, "图形", page.boxes)
    for master in () if on_template else composition.masters:
        yield from (replace(one, name=f"版式 {master.title}") for one in _of_boxes(0, master.boxes) if one.part == "text")
        yield from _drawn(0, f"版式 {master.title}", master.boxes)
        prompts = sorted((slot.name, slot.prompt or slot.name) for slot in master.slots)
        yield Statement(0, f"版式 {master.title} 提示", "info", "，".join(prompt for _, prompt in prompts))
    metadata = composition.metadata
    properties = {"title": metadata.title, "subject": metadata.subject, "creator": metadata.author}
    properties |= {"keywords": "，".join(metadata.keywords), "slides": str(len(composition.pages))}
    yield from (Statement(0, name, "info", text) for name, text in properties.items())
    yield from (Statement(0, "节", "info", f"{name} {len(numbers)}") for name, numbers in composition.sections)


def _of_boxes(page: int, boxes: Iterable[Box]) -> Iterator[Statement]:
    for box in boxes:
        match box:
            case TextBox():
                yield _of_texts(page, box.name, (box,))
            case TableBox():
                yield _of_texts(page, box.name, tuple(cell.text for row in box.cells for cell in row))
                yield Statement(page, box.name, "alt", _told(box))
            case ImageBox():
                yield Statement(page, box.name, "alt", box.alt, span=box.span)
            case ChartBox():
                yield Statement(page, box.name, "alt", box.chart.alt)
                is_native = box.chart.sheet is not None  # its labels and names stand in the chart part
                yield from (replace(one, is_optional=is_native) for one in _of_boxes(page, box.boxes))
            case GroupBox():
                yield Statement(page, box.name, "alt", box.alt or "")
                yield from _of_boxes(page, box.boxes)
            case LinkBox():
                yield Statement(page, box.text, "alt", box.text)


def _drawn(page: int, name: str, boxes: Iterable[Box]) -> Iterator[Statement]:
    """Yields the drawings and pictures, bottom first."""
    for box in boxes:
        if isinstance(box, ShapeBox):
            xs, ys = ([v for _, values in box.path for v in values[side::2]] for side in (0, 1))
            yield Statement(page, name, "drawing", "图形", at=(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
        elif isinstance(box, ImageBox | LinkBox):  # an area to click on is a shape without words
            kind = "图片" if isinstance(box, ImageBox) else "图形"
            yield Statement(page, name, "drawing", kind, at=(box.rect.x, box.rect.y, box.rect.width, box.rect.height))
        elif isinstance(box, GroupBox) or (isinstance(box, ChartBox) and not box.chart.sheet):
            yield from _drawn(page, name, box.boxes)


def _told(table: TableBox) -> str:
    """Returns a table's alternative text: what it is, then its rows."""
    joint = "：" if len(table.columns) == 2 else "，"
    texts = ([_of_texts(0, "", (cell.text,)).text.replace("\n", " ") for cell in row] for row in table.cells)
    return "。".join(filter(None, (table.alt, "；".join(map(joint.join, texts)))))


def _of_texts(page: int, name: str, boxes: tuple[TextBox, ...]) -> Statement:
    paragraphs = [source.runs for box in boxes for source in box.paragraphs]
    text = "\n".join("".join(f"（{run.text}）" if run.framed else run.text for run in runs) for runs in paragraphs)
    roles = tuple(run.role for runs in paragraphs for run in runs)
    return Statement(page, name, "text", text.replace(NO_BREAK_SPACE, ""), roles, boxes[0].span if boxes else None)


def _links(page: Page, slides: dict[str, str]) -> Iterator[Statement]:
    """Yields each shape that links with its targets; a native chart does not show all texts of its box."""
    for name, target in sorted(set(_targets(page.boxes))):
        yield Statement(page.number, name, "link", slides.get(target[1:], target) if target[:1] == "#" else target)


def _targets(boxes: Iterable[Box]) -> Iterator[tuple[str, str]]:
    for box in boxes:
        if isinstance(box, LinkBox):
            yield box.text, box.target
        elif isinstance(box, TextBox):
            yield from ((box.name, link) for link in (box.link, *_run_links(box)) if link)
        elif isinstance(box, TableBox):
            yield from ((box.name, link) for row in box.cells for cell in row for link in _run_links(cell.text))
        elif isinstance(box, GroupBox) or (isinstance(box, ChartBox) and not box.chart.sheet):
            yield from _targets(box.boxes)


def _run_links(box: TextBox) -> Iterator[str]:
    return (run.link for source in box.paragraphs for run in source.runs if run.link)


def _notes(page: Page) -> Statement:
    text = "\n".join(plain(rich).replace("\n", " ") for rich in page.notes)
    return Statement(page.number, "备注", "notes", text, tuple(i.role for rich in page.notes for i in rich))
