"""Reopens a written deck: it states what its composition states, each text and figure at its place, charts with their data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, Page, Theme
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.verify.pptx_charts import compare_chart, stale_caches, workbook_cells
from lhpub.verify.pptx_file import Element, PptxFile, found, words
from lhpub.verify.pptx_reading import read_deck
from lhpub.verify.reading import compare
from lhpub.verify.stated import stated_in_deck

_WHOLE = Bilingual("重新生成，或再取一份完整的文件", "build it again, or get the whole file")


def verify_pptx(
    data: bytes, composition: Composition | None = None, on_template: bool = False
) -> tuple[Diagnostic, ...]:
    """Returns where a deck is not its composition; without one, whether it can be read and its charts show what their
    workbooks hold. `on_template`: the charts' colours are a designer's own."""
    try:
        file = PptxFile(data)
    except Exception as fault:  # a damaged zip raises anything: zipfile's errors, zlib's, those of its values
        said = Bilingual("这个 .pptx 读不出：文件残缺、损坏或过大", f"the .pptx cannot be read: {fault}")
        return (Diagnostic("pptx-unreadable", Severity.ERROR, said, _WHOLE),)
    broken = [name for name, root in file.roots.items() if root is None]
    if file.presentation is None or broken:
        zh, en = (f"文件里的 {broken[0]} 读不出", f"its part {broken[0]} cannot be read") if broken else (
            "文件里没有演示文稿（ppt/presentation.xml）", "it holds no presentation (ppt/presentation.xml)"
        )  # fmt: skip
        return (Diagnostic("pptx-unreadable", Severity.ERROR, Bilingual(zh, en), _WHOLE),)
    if composition is None:
        return tuple(stale_caches(file))
    charts = compare_charts(file, composition.pages, None if on_template else composition.theme)
    stated, read = stated_in_deck(composition, on_template), read_deck(file, on_template)
    return (*compare(stated, read, "pptx"), *charts)


def compare_charts(file: PptxFile, pages: Sequence[Page | None], theme: Theme | None) -> Iterator[Diagnostic]:
    """Yields what the native charts and their workbooks state otherwise. `pages`: of each slide the page that it was."""
    for at, (page, (slide, root)) in enumerate(zip(pages, file.slides(), strict=False), 1):
        relations = file.relations.get(slide, {})
        shapes, boxes = dict(_frames(root)), list(_charts(page.boxes)) if page else []
        renamed = [shape for name, shape in shapes.items() if name not in {box.name for box in boxes}]
        for box in boxes:
            relation = relations.get(shapes.get(box.name) or "".join(renamed[:1]))
            renamed = renamed[box.name not in shapes :]
            part = file.roots.get(relation.target) if relation else None
            if relation and part is not None:
                books = [workbook_cells(file.parts[book]) for book in file.related(relation.target, "package")]
                yield from compare_chart(part, books, (box, at), theme)


def _frames(root: Element) -> Iterator[tuple[str, str]]:
    """Yields the charts of a slide: the frame's name, the relationship."""
    for frame in found(root, "//p:graphicFrame[.//c:chart]"):
        yield "".join(words(frame, "*/p:cNvPr/@name")), "".join(words(frame, ".//c:chart/@r:id"))


def _charts(boxes: Iterable[Box]) -> Iterator[ChartBox]:
    for box in boxes:
        if isinstance(box, ChartBox) and box.chart.sheet:
            yield box
        elif isinstance(box, GroupBox):
            yield from _charts(box.boxes)
