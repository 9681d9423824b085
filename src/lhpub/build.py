"""The build: the only file that names all the stages."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from lhpub.boxes import ChartBox, Composition
from lhpub.charts.draw import draw_chart
from lhpub.charts.resolve import resolve_charts
from lhpub.compose.composing import BEYOND, compose
from lhpub.compose.kept import Kept
from lhpub.compose.studio import Studio
from lhpub.decks import Aspect, deck_of, in_warning, on_template, with_other_fonts
from lhpub.diagnostics import Bilingual, Diagnostic, Fault, Rejected, Severity, has_errors, once
from lhpub.kinds import Chart
from lhpub.layout.below import on_paper
from lhpub.layout.brand import Brand
from lhpub.layout.fonts import with_stand_ins
from lhpub.layout.looks import ResolvedLook
from lhpub.layout.model import Medium
from lhpub.layout.printing import INK_LIMIT
from lhpub.layout.read import Layout, read_layout
from lhpub.memo import Memo
from lhpub.output import check_name
from lhpub.papers.handout import handout
from lhpub.papers.job import job_sheet
from lhpub.papers.press import Imposition, press_files, press_settings
from lhpub.papers.stamp import stamped
from lhpub.places import places
from lhpub.preflight import check_characters, check_composition, judge_page, lint_publication
from lhpub.preflight.sizes import never_set, sizes_set
from lhpub.publication.core import core_of
from lhpub.publication.model import Publication
from lhpub.publication.read import read_publication
from lhpub.publication.seal import SHOWN, figures_called, figures_of, seal
from lhpub.record import (
    NAME,
    Product,
    compared,
    entry_of,
    fonts_of,
    left_over,
    merged,
    moved,
    older,
    record_in,
    repaged,
    stands,
    write_record,
)
from lhpub.render.pdf import (
    PressSettings,
    check_colours,
    render_pdf,
    render_press,
)
from lhpub.render.pptx import render_pptx
from lhpub.text.fonts import FontBook, load_fonts
from lhpub.units import Rect
from lhpub.verify.pdf import verify_pdf, verify_press
from lhpub.verify.pptx import verify_pptx
from lhpub.walk import anchors
from lhpub.world import World

Target = Literal["deck", "brochure"]
T = TypeVar("T")
Drawn = Memo[tuple[object, ...], tuple[Layout, ChartBox]]
"""Charts by all that they are drawn from; with the layout, so that none takes its place in memory and its `id`."""
_CHARTS = 200
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
    aspect: Aspect | None = None
    """None: 16:9, or what the template is."""
    is_core: bool = False
    """The short deck, of the keywords marked core."""
    template: Path | None = None
    """A template instead of the layout's own: for looking at it."""


@dataclass(frozen=True)
class Built:
    """What a build made: files by path, and what there is to tell."""

    files: Mapping[Path, bytes]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Look:
    """What a source is set with. `brand`: the template that the deck stands on; `drawn`: its charts so far; `kept`: what each
    studio has composed so far."""

    layout: Layout
    book: FontBook
    brand: Brand | None
    diagnostics: tuple[Diagnostic, ...]
    drawn: Drawn = field(default_factory=lambda: Memo(_CHARTS))
    kept: dict[tuple[str, bool, tuple[float, float]], Kept] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Read(Look):
    """Everything that a build reads, checked."""

    publication: Publication
    charts: tuple[Chart, ...]


def read_look(world: World, job: Job) -> Look:
    """Returns layout and fonts; raises Rejected with the problems of both."""
    found: list[Diagnostic] = []
    layout = _gather(found, lambda: read_layout(world, job.layout))
    book = _gather(found, lambda: _read_fonts(world, job.fonts))
    wanted = (job.template, job.aspect) if "deck" in job.targets else None
    branded = _gather(found, lambda: on_template(world, layout, wanted)) if layout else None
    if layout is None or book is None or branded is None:
        raise Rejected(tuple(found))
    book, told = with_stand_ins(branded[0].spec, book)
    return Look(branded[0], book, branded[1], (*found, *told))


def read_all(world: World, job: Job, look: Look | None = None) -> Read:
    """Returns publication, layout and fonts; raises Rejected with the problems of all of them. `look`: layout and fonts as
    read before, when they are still the same."""
    found: list[Diagnostic] = []
    publication = _gather(found, lambda: _read_linted(world, job))
    look = look or _gather(found, lambda: (read_look(world, job), ()))
    if publication is None or look is None:
        raise Rejected(tuple(found))
    layout, book = look.layout, look.book
    found += (*look.diagnostics, *check_characters(publication, book))
    publication = replace(core_of(publication) if job.is_core else publication, date=world.date(publication.date))
    charts, warnings = resolve_charts(publication, layout.spec.chart_colours.resolve(layout.inks))
    found += warnings
    if has_errors(found):
        raise Rejected(tuple(found))
    return Read(layout, book, look.brand, tuple(found), look.drawn, look.kept, publication=publication, charts=charts)


def _gather(found: list[Diagnostic], step: Callable[[], tuple[T, tuple[Diagnostic, ...]]]) -> T | None:
    """Returns what a step reads, None where it is rejected; what there is to tell goes to `found`."""
    try:
        read, warnings = step()
    except Rejected as rejected:
        found.extend(rejected.diagnostics)
        return None
    found.extend(warnings)
    return read


def _read_linted(world: World, job: Job) -> tuple[Publication, tuple[Diagnostic, ...]]:
    record = record_in(World(world.root), job.out / job.layout.name)  # of the last build, which is nothing this one is made of
    before = {link: tuple(words) for target in record.values() for link, words in target.get("cells", {}).items()}
    publication, warnings = read_publication(world, job.source, before)
    return publication, (*warnings, *lint_publication(publication))


def _read_fonts(world: World, file: Path) -> tuple[FontBook, tuple[Diagnostic, ...]]:
    book = load_fonts(world.read(file), file.as_posix(), world.root / file.parent)
    return book, book.diagnostics


def compose_all(
    read: Read, targets: tuple[Target, ...], aspect: Aspect | None = None
) -> tuple[dict[Target, Composition], tuple[Diagnostic, ...]]:
    """Returns the compositions asked for, checked; raises Rejected with every error of all of them."""
    made, found = try_layout(read, targets, aspect)
    if has_errors(found):
        raise Rejected(found)
    return made, found


def try_layout(
    read: Read, targets: tuple[Target, ...], aspect: Aspect | None = None
) -> tuple[dict[Target, Composition], tuple[Diagnostic, ...]]:
    """Returns the compositions asked for as they come, and what is wrong with them: for a designer at work, never to print."""
    made: dict[Target, Composition] = {}
    found = list(read.diagnostics)
    for target in targets:
        studio = studio_for(read, target, aspect)
        made[target], diagnostics = compose(read.publication, read.charts, studio)
        if (draft := read.publication.draft) and not draft.is_final:
            line = " · ".join(filter(None, (draft.name, draft.date, seal(read.publication)[:SHOWN])))
            made[target] = stamped(made[target], line, studio.book)
        is_beyond = any(d.code == BEYOND for d in diagnostics)  # then what else is wrong says nothing
        press = studio.layout.spec.press
        checked = () if is_beyond else check_composition(
            made[target], read.publication, studio.kept, press.ink_limit if press else INK_LIMIT
        )  # fmt: skip
        found += (*diagnostics, *checked, *never_set((studio.medium,), studio.layout, sizes_set(made[target], studio.medium)))
    return made, once(found)


def studio_for(read: Read, target: Target, aspect: Aspect | None) -> Studio:
    """Returns what a medium is composed with. Raises Rejected where the layout has none of this shape."""
    layout, medium = (read.layout, read.layout.spec.brochure) if target == "brochure" else deck_of(read.layout, aspect)
    studio = _set_with(read, layout, medium, target == "deck")
    if (below := layout.below_deck if target == "deck" else layout.below) is None:
        return studio
    under = on_paper(below.spec.deck if target == "deck" else below.spec.brochure, medium)
    return replace(studio, below=_set_with(read, below, under, target == "deck"))


def _set_with(read: Read, layout: Layout, medium: Medium, is_deck: bool) -> Studio:
    """Returns what a layout's pages are composed with."""
    medium = medium.furnished()
    aliases = {name: (font.measure,) for name, font in medium.fonts.items()}
    book = read.book.with_aliases(aliases)

    def draw(chart: Chart, name: str, rect: Rect) -> ChartBox:
        unit = Studio(layout, medium, book, draw).unit
        look = ResolvedLook(layout.spec.charts[name], layout.inks, layout.style, unit)
        key = (chart, name, rect, medium.unit, tuple(sorted(aliases.items())), id(layout))
        return read.drawn.get(key, lambda: (layout, draw_chart(chart, look, rect, book)))[1]

    kept = read.kept.setdefault((layout.name, is_deck, medium.size), Kept())
    return Studio(layout, medium, book, draw, is_deck, None, partial(judge_page, is_deck=is_deck), kept)


def build(world: World, job: Job, progress: Progress) -> Built:
    """Makes the job's targets and saves all files or none. Raises Rejected; then what was there before still is."""
    folder = job.out / job.layout.name
    told: tuple[Diagnostic, ...] = ()
    if world.is_unfinished(folder):
        with world.output(folder):
            zh, en = (
                "上次存盘停在半途，已补完或还原",
                "the last save was stopped half-way; it has been finished, or undone",
            )
            told = (Diagnostic("save-recovered", Severity.NOTICE, Bilingual(zh, en)),)
    products, diagnostics = make(world, job, progress)
    progress("write")
    bases = {"layout": job.layout.parent, "fonts": job.fonts.parent, "source": job.source.parent}
    bases = {group: Path(os.path.abspath(world.root / base)) for group, base in bases.items()}
    now = {product.name: entry_of(product, bases) for product in products}
    files = {name: data for product in products for name, data in product.files.items()}
    with world.output(folder) as save:
        before = record_in(world, folder)
        told += (*repaged(before, now), *moved(before, now, products))
        files[NAME] = write_record(merged(before, now))
        gone = [name for name, digest in left_over(before, now).items() if stands(world, folder / name, digest)]
        save({**files, **dict.fromkeys(gone)})
    told += tuple(Diagnostic("left-over", Severity.NOTICE, Bilingual(
        f"{name} 是用较早的内容生成的，这次没有重做，已删去", f"{name} was made of earlier content, not now: it is removed",
    )) for name in gone)  # fmt: skip
    draft = tuple(d for d in diagnostics if d.code == "press-draft")
    rest = (d for d in diagnostics if d not in draft)
    told += (*draft, compared(products), *rest, *older(before, now, products[0].name))
    return Built({folder / name: data for name, data in files.items()}, told)


def make(world: World, job: Job, progress: Progress) -> tuple[tuple[Product, ...], tuple[Diagnostic, ...]]:
    """Returns the job's targets, reopened and compared with what was composed, and what there is to tell. Raises Rejected
    for what the editor or the designer can mend, Fault for what only the program can."""
    progress("read")
    check_name(job.source.as_posix(), job.source.as_posix())
    check_name(job.layout.name, job.layout.as_posix())
    read = read_all(world, job)
    check_name(f"{read.publication.id}-brochure-imposed.pdf", read.publication.id)
    progress("compose")
    common = dict(world.reads)
    plans = tuple(_plan(world, job, read, target, common) for target in job.targets)
    found = tuple(dict.fromkeys(d for plan in plans for d in plan.diagnostics))
    if has_errors(found):
        raise Rejected(found)
    rendered = tuple(_render(plan, progress) for plan in plans)
    wrong = tuple(d for _, told in rendered for d in told)
    if has_errors(wrong):
        raise Fault(wrong)
    figures, cells = figures_of(read.publication), dict(read.publication.links)
    called, counts = figures_called(read.publication), [places(plan.composition) for plan in plans]
    titles = {keyword.id: keyword.title for keyword in read.publication.keywords}
    begins = [{titles[i]: no + 1 for i, no in anchors(plan.composition).items() if i in titles} for plan in plans]
    products = tuple(
        Product(plan.name, files, len(plan.composition.pages), plan.reads, (*plan.diagnostics, *told), figures, cells, at, called,
                {id_: len(found) for id_, found in there.items()})
        for plan, (files, told), at, there in zip(plans, rendered, begins, counts, strict=True)
    )
    return products, (*found, *wrong)


@dataclass(frozen=True)
class _Plan:
    """A target before it is written: `name` of its files; with what they are written, the brand for a deck, the
    settings of each press file; all that was read for it, and what there is to tell."""

    name: str
    composition: Composition
    brand: Brand | None
    press: Mapping[str, PressSettings]
    book: FontBook
    reads: Mapping[Path, str]
    diagnostics: tuple[Diagnostic, ...]
    handout: int = 0
    """Slides on a page of the deck's handout; 0: none is made."""
    alternative: Composition | None = None
    """The deck in the layout's second set of fonts."""


def _plan(world: World, job: Job, read: Read, target: Target, common: Mapping[Path, str]) -> _Plan:
    made, found = try_layout(read, (target,), job.aspect)
    composition, known = made[target], set(world.reads)
    press: dict[str, PressSettings] = {}
    told: tuple[Diagnostic, ...] = ()
    if target != "deck":
        settings, draft = press_settings(world, read.layout), read.publication.draft
        spans = {name: colour.span for name, colour in read.layout.spec.palette.items()}
        press, told = press_files(composition, settings, (job.imposition, draft), spans)
        if press and not has_errors(told):
            told += check_colours(read.layout.spec.palette, composition, press["brochure-press"])
    own = {path: digest for path, digest in world.reads.items() if path not in known}
    name = f"{read.publication.id}-{target}{'-core' * job.is_core}"
    name += f"-{job.aspect.replace(':', 'x')}" if target == "deck" and job.aspect not in (None, "16:9") else ""
    brand = read.brand if target == "deck" else None
    reads = {**common, **own, **fonts_of(composition, read.book)}
    plan = _Plan(name, composition, brand, press, read.book, reads, (*found, *told))
    if target != "deck" or brand:
        return plan
    return _in_other_fonts(replace(plan, handout=read.layout.spec.deck.handout), read, job.aspect)


def _in_other_fonts(plan: _Plan, read: Read, aspect: Aspect | None) -> _Plan:
    """Returns the plan with the deck in the layout's second set of fonts, where it has one; what does not fit in it is told in
    warnings, and then it is not made."""
    if (other := with_other_fonts(read.layout)) is None:
        return plan
    made, found = try_layout(replace(read, layout=other, kept={}), ("deck",), aspect)
    told = tuple(in_warning(d) for d in found if d.severity is Severity.ERROR)
    return replace(plan, alternative=None if told else made["deck"], diagnostics=(*plan.diagnostics, *told))


def _render(plan: _Plan, progress: Progress) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Returns a target's files, and where they are not what was composed."""
    name, composition = plan.name, plan.composition
    files: dict[str, bytes] = {}
    told: tuple[Diagnostic, ...] = ()
    if plan.brand is None:
        progress(f"{composition.medium}.pdf")
        files[f"{name}.pdf"] = data = render_pdf(composition)
        told = verify_pdf(data, composition)
        if plan.handout:
            files[f"{name}-handout.pdf"] = render_pdf(handout(composition, plan.handout, plan.book))
    if composition.medium == "deck":
        progress("deck.pptx")
        files[f"{name}.pptx"] = data = render_pptx(composition, plan.brand)
        told += verify_pptx(data, composition, plan.brand is not None)
    if plan.alternative:
        files[f"{name}-alternative.pptx"] = data = render_pptx(plan.alternative)
        told += verify_pptx(data, plan.alternative)
    for kind, settings in plan.press.items():
        progress("press.pdf")
        files[f"{composition.metadata.id}-{kind}.pdf"] = data = render_press(composition, settings)
        told += verify_press(data, composition, settings)
    if plan.press:
        sheet = job_sheet(composition, plan.press, plan.book, plan.diagnostics)
        files[f"{composition.metadata.id}-press-job.pdf"] = render_pdf(sheet)
    return files, told


