"""Times the deck's writer: the cost of a slide in a deck of 20 and of 1,000 with notes and 200 charts, beside pandoc.

    PYTHONPATH=src:. python bench/deck.py [--pandoc PATH]

pandoc, where it is found, writes the same texts as slides with notes, without charts.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.unit.pptx import sample

from lhpub.boxes import Composition, Page, TextBox
from lhpub.inline import plain
from lhpub.render.pptx import render_pptx

TIMES_ALLOWED = 1.3


def deck_of(count: int) -> Composition:
    """Returns a deck of `count` slides, every fifth a column chart with values of its own."""
    pages = tuple(_chart(number) if number % 5 == 0 else _keyword(number) for number in range(1, count + 1))
    return replace(sample.deck(), pages=pages, sections=(("全部", tuple(range(1, count + 1))),))


def _keyword(number: int) -> Page:
    page = sample.keyword_page(number, f"关键词{number}")
    boxes = tuple(replace(box, link=None) if isinstance(box, TextBox) else box for box in page.boxes)
    return replace(page, boxes=boxes)


def _chart(number: int) -> Page:
    items = tuple(replace(item, value=item.value + Decimal(number) / 10) for item in sample.INVESTMENT.items)
    chart = replace(sample.INVESTMENT, id=f"chart{number}", items=items)
    plot = sample.Rect(390, 90, 500, 330)
    page = sample.chart_page(number, chart, sample.Rect(376, 56, 528, 430), plot, sample.bound_edges(plot))
    return replace(page, anchors=(chart.id,))


def seconds_to_write(composition: Composition) -> float:
    """Returns the best of three runs."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        render_pptx(composition)
        runs.append(time.perf_counter() - start)
    return min(runs)


def markdown(composition: Composition) -> str:
    """Returns the deck's texts for pandoc: title, paragraphs, notes."""
    slides = []
    for page in composition.pages:
        texts = [source.text for box in page.boxes if isinstance(box, TextBox) for source in box.paragraphs]
        notes = "\n\n".join(plain(rich) for rich in page.notes)
        slides.append(f"## {page.title}\n\n" + "\n\n".join(texts) + f"\n\n::: notes\n\n{notes}\n\n:::\n")
    return "\n".join(slides)


def seconds_of_pandoc(pandoc: str, composition: Composition) -> float:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "deck.md"
        source.write_text(markdown(composition), encoding="utf-8")
        start = time.perf_counter()
        subprocess.run([pandoc, source, "-o", Path(folder) / "deck.pptx"], check=True, capture_output=True)
        return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pandoc", default=shutil.which("pandoc"))
    pandoc = parser.parse_args().pandoc
    seconds_to_write(deck_of(5))
    small, large = deck_of(20), deck_of(1000)
    few, many = seconds_to_write(small), seconds_to_write(large)
    ratio = (many / 1000) / (few / 20)
    print(f"20 slides: {few:.2f} s, {few / 20 * 1000:.2f} ms a slide")
    print(f"1,000 slides, 200 charts: {many:.2f} s, {many:.2f} ms a slide")
    print(f"ratio {ratio:.2f} (allowed {TIMES_ALLOWED})")
    print(f"pandoc, 1,000 slides without charts: {seconds_of_pandoc(pandoc, large):.2f} s" if pandoc else "pandoc: not found")


if __name__ == "__main__":
    main()
