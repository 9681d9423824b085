"""The written decks in other programs: two validators' worth of rules, LibreOffice's lines beside ours, what it keeps on saving,
and a foreign template made with it."""

import shutil
import subprocess
from ctypes import c_double
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pypdfium2 import raw

from lhpub.boxes import ChartBox, Composition, Page, TextBox
from lhpub.build import compose_all, read_all
from lhpub.diagnostics import Severity
from lhpub.render.pptx import read_brand, render_pptx
from lhpub.render.pptx.text import run_text, text_boxes
from lhpub.units import Rect
from lhpub.verify.pptx import verify_pptx
from lhpub.world import World
from tests.format.files import check_pptx
from tests.suite.workshop import ROOT, SAMPLE, job_for

pytestmark = pytest.mark.slow
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
DECKS = {"civic 16:9": ("civic", "16:9"), "civic 4:3": ("civic", "4:3"), "horizon": ("horizon", "16:9")}
NO_START = "，。、；：？！）》」』】〕〉”’%％"
EDGE = 0.4
"""How far in em a face of another width may set a line beyond its box, of those that may not wrap."""


@dataclass(frozen=True)
class Deck:
    """A composed deck, written, in a folder where other programs can work on it."""

    composition: Composition
    folder: Path

    @cached_property
    def file(self) -> Path:
        path = self.folder / "deck.pptx"
        path.write_bytes(render_pptx(self.composition))
        return path

    @cached_property
    def pdf(self) -> pdfium.PdfDocument:
        return pdfium.PdfDocument(converted(self.file, "pdf"))


@pytest.fixture(scope="module", params=DECKS)
def deck(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return composed(request.param, tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="module")
def civic(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return composed("civic 16:9", tmp_path_factory.mktemp("civic"))


def composed(name: str, folder: Path) -> Deck:
    layout, aspect = DECKS[name]
    read = read_all(World(ROOT), job_for(SAMPLE, folder, ROOT / "layouts" / layout))
    return Deck(compose_all(read, ("deck",), aspect)[0]["deck"], folder)


def converted(file: Path, kind: str) -> Path:
    """Returns what LibreOffice saves a file as."""
    out = file.parent / "saved"
    command = ["soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", out, file], check=True, capture_output=True, timeout=240)
    return out / f"{file.stem}.{kind.partition(':')[0]}"


def test_an_independent_validator_and_our_own_find_nothing(deck: Deck) -> None:
    assert OpenXmlValidator().validate(str(deck.file)).errors == []
    assert check_pptx(deck.file.read_bytes(), deck.composition) == ()


@dataclass(frozen=True)
class Char:
    """A character of the rendered slide: where it begins, its baseline, its right edge."""

    text: str
    x: float
    y: float
    right: float


def characters(page: pdfium.PdfPage, scale: float) -> list[Char]:
    text, x, y = page.get_textpage(), c_double(), c_double()
    found = []
    for n in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, n))
        raw.FPDFText_GetCharOrigin(text, n, x, y)
        if not character.isspace():
            right = text.get_charbox(n)[2]
            found.append(Char(character, x.value * scale, (page.get_height() - y.value) * scale, right * scale))
    return found


def size_of(box: TextBox) -> float:
    return max(run.style.size for source in box.paragraphs for run in source.runs)


def rendered(box: TextBox, page: list[Char]) -> list[list[Char]]:
    """Returns the lines in which a box's text stands nearest to its place; [] if it is not there."""
    em, wanted = size_of(box), "".join("".join(map(run_text, source.runs)) for source in box.paragraphs)
    wanted = "".join(wanted.split())
    area = Rect(box.rect.x - em, box.rect.y - em, box.rect.width + 3 * em, box.rect.height + 3 * em)
    near = [c for c in page if area.x <= c.x <= area.right and area.y <= c.y <= area.bottom]
    places = []
    for order in (near, sorted(near, key=lambda c: (round(c.y), c.x))):
        text = "".join(c.text for c in order)
        starts = [at for at in range(len(text)) if text.startswith(wanted, at)]
        places += [order[at : at + len(wanted)] for at in starts]
    place = min(places, key=lambda p: abs(p[0].y - box.origin[1] - box.lines[0].baseline), default=[])
    lines: list[list[Char]] = []
    for c in place:
        if not lines or abs(c.y - lines[-1][-1].y) > 0.4 * em:
            lines.append([])
        lines[-1].append(c)
    return lines


def faults(page: Page, found: list[Char]) -> list[str]:
    """Returns the boxes whose lines are not those composed ± 1, leave the box or begin with a mark that may not."""
    told = []
    for box in text_boxes(box for box in page.boxes if not isinstance(box, ChartBox)):  # a native chart sets its own labels
        if not box.lines or box.vertical == "columns":
            continue
        lines, em = rendered(box, found), size_of(box)
        foot = max(box.rect.bottom, box.origin[1] + box.lines[-1].baseline) + 0.25 * em
        if not lines:
            told.append(f"{box.name} is not there")
        elif abs(len(lines) - len(box.lines)) > 1:
            told.append(f"{box.name}: {len(lines)} lines, not {len(box.lines)}")
        elif lines[-1][0].y > foot or max(c.right for line in lines for c in line) > box.rect.right + EDGE * em:
            told.append(f"{box.name} leaves its box")
        told += [f"{box.name}: {line[0].text} begins a line" for line in lines[1:] if line[0].text in NO_START]
    return [f"{page.number} {fault}" for fault in told]


@needs_libreoffice
def test_libreoffice_sets_each_text_in_the_lines_composed(deck: Deck) -> None:
    pages = deck.composition.pages
    assert len(deck.pdf) == len(pages)
    told = []
    for page, drawn in zip(pages, deck.pdf, strict=True):
        told += faults(page, characters(drawn, page.size.height / drawn.get_height()))
    assert told == []


@pytest.mark.parametrize(
    "fault", ["a line too many", "over the foot", "beyond the edge", "a comma begins a line", "gone"]
)
def test_faults_of_a_rendered_text_are_seen(civic: Deck, fault: str) -> None:
    """What the test above would say of a text of three lines that another program set otherwise."""
    page, box = next(
        (p, b) for p in civic.composition.pages for b in p.boxes if isinstance(b, TextBox) and b.name.endswith("/body")
    )
    page = replace(page, boxes=(box,))
    em, text = size_of(box), "".join("".join(map(run_text, source.runs)) for source in box.paragraphs)
    ends = [0, *accumulate(len(line.text) for line in box.lines)]
    heights = [box.origin[1] + line.baseline for line in box.lines]
    chars = [
        Char(c, box.rect.x + n * em, y, box.rect.x + (n + 1) * em)
        for first, last, y in zip(ends, ends[1:], heights, strict=False)
        for n, c in enumerate(text[first:last])
    ]
    assert faults(page, chars) == []
    comma = next(n for n, c in enumerate(chars) if c.text in NO_START)
    match fault:
        case "a line too many":
            chars = [replace(c, x=box.rect.x, y=heights[0] + n % 4 * 0.5 * em) for n, c in enumerate(chars)]
        case "over the foot":
            chars = [replace(c, y=c.y + box.rect.bottom - heights[-1] + em * 0.6) for c in chars]
        case "beyond the edge":
            chars[0] = replace(chars[0], right=box.rect.right + em)
        case "a comma begins a line":
            chars = [replace(c, y=c.y + (0.5 * em if n >= comma else 0)) for n, c in enumerate(chars)]
        case _:
            chars = chars[1:]
    assert len(faults(page, chars)) >= 1


def values(file: Path) -> list[list[list[float | None]]]:
    """Returns the values of each series of each native chart."""
    charts = [shape.chart for slide in Presentation(file).slides for shape in slide.shapes if shape.has_chart]
    return [[list(series.values) for plot in chart.plots for series in plot.series] for chart in charts]


@needs_libreoffice
def test_libreoffice_saves_the_deck_with_its_names_and_data(civic: Deck) -> None:
    """As .odp every name is kept; as .pptx LibreOffice itself calls each placeholder `PlaceHolder 1` and so on."""
    texts = [box for page in civic.composition.pages for box in page.boxes if isinstance(box, TextBox | ChartBox)]
    flat = converted(civic.file, "fodp").read_text(encoding="utf-8")
    assert [box.name for box in texts if f'draw:name="{box.name}"' not in flat] == []
    saved = converted(civic.file, "pptx:Impress MS PowerPoint 2007 XML")
    assert values(saved) == values(civic.file)
    titles = [[s.shapes.title.text for s in Presentation(file).slides] for file in (saved, civic.file)]
    assert titles[0] == titles[1]


@needs_libreoffice
def test_a_deck_on_a_template_that_libreoffice_saved_is_sound_and_says_what_it_says(civic: Deck) -> None:
    saved = converted(civic.file, "pptx:Impress MS PowerPoint 2007 XML").read_bytes()
    file = civic.folder / "on-libreoffice.pptx"
    file.write_bytes(render_pptx(civic.composition, read_brand(saved, "saved.pptx", {})[0]))
    assert OpenXmlValidator().validate(str(file)).errors == []
    told = verify_pptx(file.read_bytes(), civic.composition, on_template=True)
    assert [d.message.en for d in told if d.severity is Severity.ERROR] == []
