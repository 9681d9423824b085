"""The build: the only file that names all the stages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from lhpub.boxes import ChartBox, Composition
from lhpub.charts.draw import draw_chart
from lhpub.charts.model import Chart
from lhpub.charts.resolve import resolve_charts
from lhpub.charts.style import ChartStyle
from lhpub.compose.composing import compose
from lhpub.compose.studio import Studio
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, has_errors
from lhpub.layout.looks import resolve_look
from lhpub.layout.model import Medium, PressSpec
from lhpub.layout.read import Layout, read_layout
from lhpub.preflight import check_composition, lint_publication
from lhpub.publication.model import Publication
from lhpub.publication.read import read_publication
from lhpub.render.pdf import PressSettings, check_press, default_profile, job_sheet, render_pdf, render_press
from lhpub.render.pptx import inspect_template, render_pptx
from lhpub.text.fonts import FontBook, load_fonts
from lhpub.units import Rect, mm
from lhpub.verify.pdf import verify_pdf, verify_press
from lhpub.verify.pptx import verify_pptx
from lhpub.world import PICTURE_LIMIT, World

Target = Literal["deck", "brochure"]
Imposition = Literal["none", "saddle"]
Aspect = Literal["16:9", "4:3"]
T = TypeVar("T")
Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""


@dataclass(frozen=True)
class Job:
    """What to build from what. Paths as the user gave them."""

    source: Path
    layout: Path
    fonts: Path
    out: Path
    targets: tuple[Target, ...] = ("deck", "brochure")
    imposition: Imposition = "none"
    aspect: Aspect = "16:9"


@dataclass(frozen=True)
class Read:
    """Everything that a build reads, checked."""

    publication: Publication
    charts: tuple[Chart, ...]
    layout: Layout
    book: FontBook
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Built:
    """What a build made: files by path, and what there is to tell."""

    files: Mapping[Path, bytes]
    diagnostics: tuple[Diagnostic, ...]
    pages: Mapping[Target, int]


@dataclass(frozen=True)
class Look:
    """What a source is set with."""

    layout: Layout
    book: FontBook
    diagnostics: tuple[Diagnostic, ...]


def read_look(world: World, job: Job) -> Look:
    """Returns layout and fonts; raises Rejected with the problems of both."""
    found: list[Diagnostic] = []
    layout = _gather(found, lambda: read_layout(world, job.layout))
    book = _gather(found, lambda: _read_fonts(world, job.fonts))
    if layout is None or book is None:
        raise Rejected(tuple(found))
    return Look(layout, book, tuple(found))


def read_all(world: World, job: Job, look: Look | None = None) -> Read:
    """Returns publication, layout and fonts; raises Rejected with the problems of all of them. `look`: layout and fonts as
    read before, when they are still the same."""
    found: list[Diagnostic] = []
    publication = _gather(found, lambda: _read_linted(world, job.source))
    look = look or _gather(found, lambda: (read_look(world, job), ()))
    if publication is None or look is None:
        raise Rejected(tuple(found))
    layout, book = look.layout, look.book
    found += look.diagnostics
    publication = replace(publication, date=world.date(publication.date))
    charts, warnings = resolve_charts(publication, layout.spec.chart_colours.resolve(layout.inks))
    found += warnings
    if has_errors(found):
        raise Rejected(tuple(found))
    return Read(publication, charts, layout, book, tuple(found))


def _gather(found: list[Diagnostic], step: Callable[[], tuple[T, tuple[Diagnostic, ...]]]) -> T | None:
    """Returns what a step reads, None where it is rejected; what there is to tell goes to `found`."""
    try:
        read, warnings = step()
    except Rejected as rejected:
        found.extend(rejected.diagnostics)
        return None
    found.extend(warnings)
    return read


def _read_linted(world: World, source: Path) -> tuple[Publication, tuple[Diagnostic, ...]]:
    publication, warnings = read_publication(world, source)
    return publication, (*warnings, *lint_publication(publication))


def _read_fonts(world: World, file: Path) -> tuple[FontBook, tuple[Diagnostic, ...]]:
    book = load_fonts(world.read(file), file.as_posix(), world.root / file.parent)
    return book, book.diagnostics


def compose_all(
    read: Read, targets: tuple[Target, ...], aspect: Aspect = "16:9"
) -> tuple[dict[Target, Composition], tuple[Diagnostic, ...]]:
    """Returns the compositions asked for, checked; raises Rejected with every error of all of them."""
    made, found = try_layout(read, targets, aspect)
    if has_errors(found):
        raise Rejected(found)
    return made, found


def try_layout(
    read: Read, targets: tuple[Target, ...], aspect: Aspect = "16:9"
) -> tuple[dict[Target, Composition], tuple[Diagnostic, ...]]:
    """Returns the compositions asked for as they come, and what is wrong with them: for a designer at work, never to print."""
    made: dict[Target, Composition] = {}
    found = list(read.diagnostics)
    for target in targets:
        made[target], diagnostics = compose(read.publication, read.charts, _studio(read, target, aspect))
        found += (*diagnostics, *check_composition(made[target], read.publication))
    return made, tuple(dict.fromkeys(found))


def _medium(layout: Layout, target: Target, aspect: Aspect) -> Medium:
    if target == "brochure":
        return layout.spec.brochure
    medium = layout.spec.deck_4x3 if aspect == "4:3" else layout.spec.deck
    if medium is None:
        message = Bilingual(f"版式“{layout.name}”没有 4:3 幻灯片", f"the layout “{layout.name}” has no 4:3 deck")
        hint = Bilingual("不写 --aspect，或在 layout.yaml 里加上 deck_4x3", "leave out --aspect, or add deck_4x3 to layout.yaml")
        raise Rejected((Diagnostic("no-aspect", Severity.ERROR, message, hint, layout.spec.span),))
    return medium


def _studio(read: Read, target: Target, aspect: Aspect) -> Studio:
    layout = read.layout
    medium = _medium(layout, target, aspect)
    aliases = {name: (font.measure,) for name, font in medium.fonts.items()}
    book = read.book.with_aliases(aliases)
    styles: dict[str, ChartStyle] = {}

    def draw(chart: Chart, look: str, rect: Rect) -> ChartBox:
        if look not in styles:
            unit = Studio(layout, medium, book, draw).unit
            styles[look] = resolve_look(layout.spec.charts[look], layout.inks, layout.style, unit)
        return draw_chart(chart, styles[look], rect, book)

    return Studio(layout, medium, book, draw, is_deck=target == "deck")


def build(world: World, job: Job, progress: Progress) -> Built:
    """Builds the job's targets, reopens what it wrote, and saves all files or none. Raises Rejected; then what was there
    before still is."""
    progress("read")
    read = read_all(world, job)
    progress("compose")
    compositions, diagnostics = compose_all(read, job.targets, job.aspect)
    stem = (job.out / read.layout.name / read.publication.id).as_posix()
    files: dict[Path, bytes] = {}
    for target, composition in compositions.items():
        progress(f"{target}.pdf")
        name = f"{stem}-{target}" + ("-4x3" if target == "deck" and job.aspect == "4:3" else "")
        files[Path(f"{name}.pdf")] = data = render_pdf(composition)
        diagnostics += verify_pdf(data, composition)
        if target == "deck":
            progress("deck.pptx")
            template, told = _template(world, job, read.layout, composition)
            files[Path(f"{name}.pptx")] = data = render_pptx(composition, template)
            diagnostics += told + verify_pptx(data, composition, template is not None)
        else:
            progress("press.pdf")
            press, told = _press_files(composition, press_settings(world, job, read.layout), stem, job.imposition)
            files |= press
            diagnostics += told
    progress("write")
    if has_errors(diagnostics):
        raise Rejected(diagnostics)
    pages = {target: len(composition.pages) for target, composition in compositions.items()}
    record = job.out / read.layout.name / "build.json"
    files[record] = _record(world, job, (files, pages, diagnostics), record)
    world.write_all(files)
    return Built(files, diagnostics, pages)


def _template(
    world: World, job: Job, layout: Layout, composition: Composition
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """Returns the brand's .pptx that the layout names, and what of it cannot be used."""
    name = _medium(layout, "deck", job.aspect).template
    if not name:
        return None, ()
    data = world.read(job.layout / name, PICTURE_LIMIT)
    return data, inspect_template(data, composition.masters, composition.pages[0].size).diagnostics


def press_settings(world: World, job: Job, layout: Layout) -> PressSettings:
    """Returns what the layout says of printing. Raises Rejected where its profile cannot be read."""
    press = layout.spec.press or PressSpec(span=layout.spec.span)
    profile = world.read(job.layout / press.profile) if press.profile else default_profile()
    return PressSettings(
        profile,
        press.condition,
        paper=mm(press.leaf),
        multiple=layout.spec.brochure.multiple,
        outlines=press.outlines,
    )


def _press_files(
    composition: Composition, settings: PressSettings, stem: str, imposition: Imposition
) -> tuple[dict[Path, bytes], tuple[Diagnostic, ...]]:
    """Returns the press file with its job sheet, and the imposed one if asked for. Without any profile there is none, and
    that is told."""
    told = check_press(composition, settings)
    if settings.profile is None:
        return {}, tuple(replace(d, severity=Severity.WARNING) for d in told)
    files: dict[Path, bytes] = {}
    variants = [("press", settings)] + [("imposed", replace(settings, imposition=imposition))] * (imposition != "none")
    for name, variant in variants:
        files[Path(f"{stem}-brochure-{name}.pdf")] = data = render_press(composition, variant)
        told += verify_press(data, composition, variant)
    files[Path(f"{stem}-brochure-press.txt")] = job_sheet(composition, variants[-1][1]).encode()
    return files, told


def _record(
    world: World, job: Job, made: tuple[Mapping[Path, bytes], Mapping[Target, int], tuple[Diagnostic, ...]], place: Path
) -> bytes:
    """Returns build.json: what went in, what came out, nothing that differs between runs. Entries of a target that was not
    built now are kept while the inputs are the same."""
    files, pages, diagnostics = made
    sources = {"source": job.source, "layout": job.layout / "layout.yaml", "fonts": job.fonts}
    inputs = {what: {"file": path.name, "sha256": _sha256(world.read(path))} for what, path in sources.items()}
    before = _record_before(world, place, inputs)
    told = [{"code": d.code, "place": str(d.span or ""), "message": d.message.zh} for d in diagnostics]
    record = {
        "inputs": inputs,
        "outputs": dict(sorted({**before["outputs"], **{p.name: _sha256(data) for p, data in files.items()}}.items())),
        "pages": dict(sorted({**before["pages"], **pages}.items())),
        "diagnostics": told + [entry for entry in before["diagnostics"] if entry not in told],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _record_before(world: World, place: Path, inputs: object) -> dict[str, Any]:
    """Returns the record that stands there, if it is of the same inputs."""
    try:
        record: dict[str, Any] = json.loads(world.read(place))
        if record["inputs"] == inputs and record.keys() >= {"outputs", "pages", "diagnostics"}:
            return record
    except (Rejected, ValueError, KeyError, TypeError):
        pass
    return {"outputs": {}, "pages": {}, "diagnostics": []}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
