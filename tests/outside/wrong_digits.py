"""Wrong digits seeded into written files, and true variants: `python -m tests.outside.wrong_digits [WRONG] [TRUE] [SEED]`.

A deck with a table, a quotation, a list and a chart of every kind is written; one digit is changed in one place (text of a
slide, notes, alternative texts, a chart's labels, its cached values and names, its workbook), or a text of the brochure is
set with another digit, and verifying must tell it. Sources with other figures are written unchanged: nothing may be told.
"""

import io
import random
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lhpub.boxes import TextBox
from lhpub.build import compose_all, read_all
from lhpub.render.pdf import render_pdf
from lhpub.render.pptx import render_pptx
from lhpub.verify.pdf import verify_pdf
from lhpub.verify.pptx import verify_pptx
from lhpub.world import World
from tests.outside.test_chart_edits import CHARTS, FACTS
from tests.suite.workshop import ROOT, job_for

TEXT = re.compile(r"(?<=<a:t>)[^<]*")
PLACES = {
    "slide": (r"ppt/slides/slide\d+\.xml", TEXT), "notes": (r"ppt/notesSlides/notesSlide\d+\.xml", TEXT),
    "alt": (r"ppt/slides/slide\d+\.xml", re.compile(r'(?<=descr=")[^"]*')),
    "cache": (r"ppt/charts/chart[^/]*\.xml", re.compile(r"(?<=<c:v>)[^<]*")),
    "label": (r"ppt/charts/chart[^/]*\.xml", re.compile(r'(?<=<c:dLbls>).*?(?=</c:dLbls>)', re.DOTALL)),
    "workbook": (r"ppt/embeddings/.*\.xlsx", re.compile(r"(?<=<v>)[^<]*|(?<=<t>)[^<]*|(?<=<t xml:space=\"preserve\">)[^<]*")),
}  # fmt: skip
"""Kinds of place: the parts that hold them, and the stretches of these that are read by somebody."""
FORMAT = re.compile(r'(?<=formatCode=")[^"]*')
BODY = (
    "|\n      全年办结{件}，其中线上{线}。\n\n      1. 先听取意见{件}。\n      2. 再立项{线}。\n\n"
    "      | 片区 | 办结 |\n      |---|---:|\n      | 东片区 | {件} |\n      | 西片区 | {线} |\n\n"
    "      > 一年{件}，件件有回音。\n      > ——负责人"
)


def write_source(folder, numbers):
    """Returns a source with every means; two facts of equal value stand in two places."""
    charts = "\n".join(f"  - {text.replace('{kind', f'{{id: {name}, title: 图, keyword: 甲事, kind')}" for name, text in CHARTS.items())
    one, two = numbers
    path = Path(folder) / "means.yaml"
    path.write_text(f"""publication: {{title: 一年, organisation: 某区, date: 2024-01-15}}
keywords:
  - {{title: 甲事, date: 2023-03, body: 一件。, facts: {{{FACTS}}}}}
  - title: 乙事
    date: 2023-05-06
    body: {BODY}
    facts: {{件: {{label: 办结的事, value: {one}, unit: 件}}, 线: {{label: 线上办结, value: {two}, unit: 件}}}}
    hero: 件
  - title: 丙事
    body: 另有{{件}}与上面相等。
    facts: {{件: {{label: 另一处办结, value: {one}, unit: 件}}}}
    quote: {{text: '一年{{件}}，不多不少。', by: 负责人}}
charts:
{charts}
""", encoding="utf-8")  # fmt: skip
    return path


def written(source, layout="plain"):
    """Returns the compositions of a source, and its files' bytes."""
    made, _ = compose_all(read_all(World(ROOT), job_for(source, source.parent, ROOT / "layouts" / layout)), ("deck", "brochure"))
    return made, render_pptx(made["deck"]), render_pdf(made["brochure"])


def spots(data, kind):
    """Yields part, sheet within a workbook and offset of each digit of a kind of place."""
    parts, pattern = re.compile(PLACES[kind][0]), PLACES[kind][1]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in filter(parts.fullmatch, file.namelist()):
            inner = {"": file.read(name)}
            if kind == "workbook":
                with zipfile.ZipFile(io.BytesIO(inner[""])) as book:
                    inner = {one: book.read(one) for one in book.namelist() if re.search(r"sheet\d*\.xml|sharedStrings", one)}
            for sheet, content in inner.items():
                text = content.decode("utf-8")
                for stretch in pattern.finditer(text):
                    held = FORMAT.finditer(stretch[0]) if kind == "label" else [re.match(r".*", stretch[0], re.DOTALL)]
                    for one in held:
                        yield from (
                            (name, sheet, stretch.start() + one.start() + digit.start())
                            for digit in re.finditer(r"\d", one[0])
                        )


def rewritten(data, name, change):
    """Returns a zip with one of its files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in file.infolist():
            content = file.read(info)
            new.writestr(info, change(content) if info.filename == name else content)
    return out.getvalue()


def with_digit(data, spot, step):
    """Returns a deck with the digit at a spot made another; a number format's 0 becomes a literal digit's."""
    name, sheet, at = spot

    def change(content):
        text = content.decode("utf-8")
        return f"{text[:at]}{(int(text[at]) + step) % 10}{text[at + 1 :]}".encode()

    return rewritten(data, name, (lambda book: rewritten(book, sheet, change)) if sheet else change)


def printed_runs(composition):
    """Returns page, box and run places of the digits that a brochure prints."""
    found = []
    for number, page in enumerate(composition.pages):
        for place, box in enumerate(page.boxes):
            for line, set_line in enumerate(box.lines if isinstance(box, TextBox) else ()):
                for run, glyphs in enumerate(set_line.runs):
                    found += [(number, place, line, run, n) for n, g in enumerate(glyphs.glyphs) if g.text.isdecimal()]
    return found


def misprinted(composition, place, step):
    """Returns a composition with one set digit another; glyphs of two figures are as wide as one another."""
    number, at, line, run, n = place
    page, box = composition.pages[number], composition.pages[number].boxes[at]
    set_line, set_run = box.lines[line], box.lines[line].runs[run]
    glyph = set_run.glyphs[n]
    digit = str((int(glyph.text) + step) % 10)
    gid = set_run.font.shaper.get_nominal_glyph(ord(digit))
    glyphs = (*set_run.glyphs[:n], replace(glyph, text=digit, gid=gid), *set_run.glyphs[n + 1 :])
    runs = (*set_line.runs[:run], replace(set_run, glyphs=glyphs), *set_line.runs[run + 1 :])
    lines = (*box.lines[:line], replace(set_line, runs=runs), *box.lines[line + 1 :])
    boxes = (*page.boxes[:at], replace(box, lines=lines), *page.boxes[at + 1 :])
    pages = (*composition.pages[:number], replace(page, boxes=boxes), *composition.pages[number + 1 :])
    return replace(composition, pages=pages)


def wrong(count, seed=1):
    """Yields kind and place of each wrong digit that is not told, after `count` of each kind."""
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        made, deck, _ = written(write_source(folder, (386, 47)))
        for kind in PLACES:
            there = list(spots(deck, kind))
            assert there, kind
            for spot in chance.sample(there, min(count, len(there))):
                if not verify_pptx(with_digit(deck, spot, chance.randrange(1, 9)), made["deck"]):
                    yield kind, spot
        there = printed_runs(made["brochure"])
        for place in chance.sample(there, min(count, len(there))):
            file = render_pdf(misprinted(made["brochure"], place, chance.randrange(1, 9)))
            if not verify_pdf(file, made["brochure"]):
                yield "brochure", place


def alarms(count, seed=1):
    """Yields what is told of sources with other figures, written as they are."""
    chance = random.Random(seed)
    for n in range(count):
        with TemporaryDirectory() as folder:
            one = chance.randrange(20, 9999)
            layout = ("plain", "civic", "horizon")[n % 3]
            made, deck, brochure = written(write_source(folder, (one, chance.randrange(10, one))), layout)
            told = (*verify_pptx(deck, made["deck"]), *verify_pdf(brochure, made["brochure"]))
            yield from ((n, layout, d.code, d.message.en) for d in told)


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]] + [20, 200, 1][len(sys.argv) - 1 :]
    missed = list(wrong(asked[0], asked[2]))
    raised = list(alarms(asked[1], asked[2]))
    for found in (*missed, *raised):
        print(*found)
    print(f"{asked[0]} of each kind: {len(missed)} not told; {asked[1]} true variants: {len(raised)} alarms")
