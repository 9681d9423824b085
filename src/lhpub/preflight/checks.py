"""The rules that a composition keeps before it may be written. Each rule is a function Composition → diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, Metadata, Page, ShapeBox, TableBox, TextBox
from lhpub.compose.kept import Kept
from lhpub.compose.notes import room_for
from lhpub.compose.texts import TOUCH, inked, meet
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import DIGITS, unknown_figures
from lhpub.layout.check import LEAST_CONTRAST, contrast
from lhpub.layout.printing import INK_LIMIT
from lhpub.places import missing
from lhpub.preflight.ground import grounds, holds
from lhpub.preflight.limits import PRINT_PPI, SLIDE, SLIDE_FLOORS, SLIDE_PPI, SMALLEST_PRINT
from lhpub.preflight.printing import Fault, faults
from lhpub.publication.model import Publication
from lhpub.text.model import Ink
from lhpub.units import POINTS_PER_MM, Rect, Size
from lhpub.walk import flatten, page_boxes, runs, texts

MARKS = ("计算值", "推算")
_PANEL = 5
"""Segments of a rectangle's path at most."""

Found = Iterator[Diagnostic]


def check_composition(
    composition: Composition, publication: Publication, kept: Kept, limit: float = INK_LIMIT
) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with a composition, in the order of its pages. `limit`: of ink in print, percent of all plates."""

    def judged(page: Page) -> tuple[tuple[Diagnostic, ...], ...]:
        alone = replace(composition, pages=(page,))
        made_from = (page, composition.medium, composition.masters)
        return kept.get(("judged", page.number), made_from, lambda: tuple(tuple(rule(alone)) for rule in RULES))

    by_rule = zip(*map(judged, composition.pages), strict=True)
    found: dict[tuple[str, Bilingual], Diagnostic] = {}
    for diagnostic in (d for pages in by_rule for of_page in pages for d in of_page):
        found.setdefault((diagnostic.code, diagnostic.message), diagnostic)
    return (*found.values(), *_in_print(composition, kept, limit), *check_entries(composition, publication))


def _in_print(composition: Composition, kept: Kept, limit: float) -> Found:
    """Yields what a print shop would send a brochure back for, a fault of a frame or a style at the first page that shows it."""

    def judged(page: Page) -> tuple[Fault, ...]:
        made_from = (page, limit, len(composition.pages))
        return kept.get(("in print", page.number), made_from, lambda: tuple(faults(page, composition, limit)))

    pages = composition.pages if composition.medium == "brochure" else ()
    told: dict[tuple[str, object], Diagnostic] = {}
    for code, cause, found in (fault for page in pages for fault in judged(page)):
        told.setdefault((code, cause), found)
    yield from told.values()


def judge_page(boxes: tuple[Box, ...], size: Size, master: str, is_deck: bool) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with how boxes stand on a page, before it is chosen: pages are tried with it."""
    page = Page(2, "2", size, 0.0, None, boxes, master, "")
    metadata = Metadata("", "", "", "", "")
    composition = Composition("deck" if is_deck else "brochure", metadata, (page,))
    return tuple(d for rule in (check_frame, check_overlaps, check_covered) for d in rule(composition))


def check_roles(composition: Composition) -> Found:
    """Every figure knows what it is: a run that prints a digit has a role or comes from the source, on the page and in the
    notes."""
    for page in composition.pages:
        unknown: list[tuple[str, tuple[TextBox, ...]]] = [
            (run.text, (box,))
            for box in texts(page, composition)
            for run in runs(box)
            if not (run.role or run.source) and DIGITS.search(run.text)
        ]
        unknown += [(inline.text, ()) for rich in page.notes for inline in unknown_figures(rich)]
        for text, boxes in unknown:
            zh, en = f"“{text}”里的数字来历不明", f"the figure in “{text}” is of unknown origin"
            zh, en = f"{zh}，数字要来自 source", f"{en}: figures come from the source"
            yield _of_layout("figure-without-role", page, zh, en, *boxes)


def check_frame(composition: Composition) -> Found:
    """No text leaves the page."""
    for page in composition.pages:
        for box in texts(page, composition):
            area = inked(box)
            if area and (
                area.x < -TOUCH
                or area.y < -TOUCH
                or area.right > page.size.width + TOUCH
                or area.bottom > page.size.height + TOUCH
            ):
                yield _of_layout("off-page", page, f"“{box.name}”超出页面", f"“{box.name}” leaves the page", box)


def check_overlaps(composition: Composition) -> Found:
    """No two texts stand on one another."""
    for page in composition.pages:
        areas = [(box, area) for box in texts(page, composition) if (area := inked(box))]
        for (a, one), (b, two) in combinations(areas, 2):
            if points := meet(one, two):
                deep = points / POINTS_PER_MM
                zh = f"“{a.name}”与“{b.name}”相叠 {deep:.1f} 毫米"
                yield _of_layout("overlap", page, zh, f"“{a.name}” and “{b.name}” overlap by {deep:.1f} mm", b, a)


def check_covered(composition: Composition) -> Found:
    """No text is buried under a panel or a picture that is drawn after it."""
    for page in composition.pages:
        before: list[tuple[TextBox, Rect]] = []
        for box in flatten(page_boxes(page, composition)):
            is_panel = isinstance(box, ShapeBox) and box.fill and not box.fill.is_technical and len(box.path) <= _PANEL
            if isinstance(box, ImageBox) or (isinstance(box, ShapeBox) and is_panel):
                for text, area in before:
                    if holds(box.rect, area.x + area.width / 2, area.y + area.height / 2):
                        zh, en = f"“{text.name}”被“{box.name}”盖住", f"“{box.name}” covers “{text.name}”"
                        yield _of_layout("covered", page, zh, en, text)
            elif isinstance(box, TextBox) and (inside := inked(box)):
                before.append((box, inside))


def check_contrast(composition: Composition) -> Found:
    """Text stands out from its ground."""
    for page in composition.pages:
        for box, ground in grounds(page, composition):
            if not isinstance(ground, Ink):
                continue
            for ink in dict.fromkeys(run.ink for line in box.lines for run in line.runs):
                ratio = LEAST_CONTRAST if ink.is_technical else contrast(ink.rgb, ground.rgb)  # a finish is no colour
                if ratio < LEAST_CONTRAST:
                    zh = f"{ink.name} 在 {ground.name} 上对比只有 {ratio:.1f}（至少 {LEAST_CONTRAST}）"
                    en = f"{ink.name} on {ground.name} has contrast {ratio:.1f}, the least is {LEAST_CONTRAST}"
                    do = ("换这两种颜色之一", "change one of the two colours")
                    yield _once_seen("contrast", page, box, Bilingual(zh, en), do)


def check_size(composition: Composition) -> Found:
    """No type is too small to print, or to read from the back of a room."""
    for page in composition.pages:
        scale = min(page.size.width / SLIDE[0], page.size.height / SLIDE[1], 1.0)  # a slide is seen as large as the screen
        for box, kind in _sized_texts(page, composition):
            least = round(SLIDE_FLOORS[kind] * scale - 0.1 * (scale < 1), 1) if composition.medium == "deck" else SMALLEST_PRINT
            for line in box.lines:
                for run in line.runs:
                    text = "".join(glyph.text for glyph in run.glyphs).strip("（） 　")
                    floor = min(least, SLIDE_FLOORS["chart"] * scale) if text in MARKS else least
                    is_script = run.size >= floor / 2 and all(glyph.y for glyph in run.glyphs)
                    if text and run.size < floor and not is_script:
                        yield _too_small(page, box, (run.size, floor), text[:12])


def _too_small(page: Page, box: TextBox, sizes: tuple[float, float], words: str) -> Diagnostic:
    """Returns that a style is too small; `sizes`: what it is and the least, in points."""
    name, (size, least) = box.paragraphs[0].style.name, sizes
    said = Bilingual(
        f"样式“{name}”的字只有 {size:g} pt（至少 {least:g}）", f"the style {name} is set in {size:g} pt, the least is {least:g}"
    )
    return _once_seen("too-small", page, box, said, ("放大这个样式", "enlarge the style"), f"“{words}”")


def _once_seen(code: str, page: Page, box: TextBox, said: Bilingual, do: tuple[str, str], words: str = "") -> Diagnostic:
    """Returns a fault of a style or a colour, of which one message tells all, with where it is seen first."""
    frame = f"“{box.slot or box.name}”" + (f"（{box.frame}）" if box.frame else "")
    zh, en = f"先见于第 {page.number} 页{words}", f"first seen on page {page.number} {words}".rstrip()
    hint = Bilingual(f"{do[0]}；{zh}，母版“{page.master}”的框{frame}", f"{do[1]}; {en}, frame {frame} of {page.master}")
    return Diagnostic(code, Severity.ERROR, said, hint, box.frame or box.span)


def _sized_texts(page: Page, composition: Composition) -> Iterator[tuple[TextBox, str]]:
    """Yields the texts of a page with what they are, as SLIDE_FLOORS names it."""
    pending: list[tuple[Box, str]] = [(box, "text") for box in page_boxes(page, composition)]
    for box, kind in pending:
        match box:
            case ChartBox():
                pending += [(inner, "chart") for inner in box.boxes]
            case GroupBox():
                pending += [(inner, kind) for inner in box.boxes]
            case TableBox():
                yield from ((cell.text, "table") for row in box.cells for cell in row)
            case TextBox():
                yield box, "furniture" if box.tag in ("Artifact", "Caption") else kind


def resolution(box: ImageBox) -> float:
    """Returns a picture's pixels per inch where it stands."""
    return box.pixels[0] * (box.crop[2] - box.crop[0]) / (box.rect.width / 72)


def check_pictures(composition: Composition) -> Found:
    """Pictures have enough pixels where they stand."""
    fail, warn = SLIDE_PPI if composition.medium == "deck" else PRINT_PPI
    for page in composition.pages:
        for box in flatten(page_boxes(page, composition)):
            if isinstance(box, ImageBox):
                ppi = resolution(box)
                if ppi < warn:
                    severity = Severity.ERROR if ppi < fail else Severity.WARNING
                    message = Bilingual(
                        f"{_place(page).zh}：图片 {box.file} 在此只有 {ppi:.0f} ppi",
                        f"{_place(page).en}: {box.file} has {ppi:.0f} ppi",
                    )
                    hint = Bilingual(f"换一张更大的图：至少 {warn} ppi", f"use a larger picture: {warn} ppi or more")
                    yield Diagnostic("resolution", severity, message, hint, box.span)


def check_alternatives(composition: Composition) -> Found:
    """Every figure has a text for those who cannot see it."""
    for page in composition.pages:
        for box in _figures(page, composition):
            text = box.chart.alt if isinstance(box, ChartBox) else box.alt
            if not text:
                yield _error(
                    "no-alternative", page, f"“{box.name}”没有替代文字", f"“{box.name}” has no alternative text"
                )


def _figures(page: Page, composition: Composition) -> Iterator[ChartBox | ImageBox]:
    pending = list(page_boxes(page, composition))
    for box in pending:
        if isinstance(box, ChartBox | ImageBox):
            yield box
        elif isinstance(box, GroupBox):
            pending += box.boxes


def check_entries(composition: Composition, publication: Publication) -> Found:
    """What the source states stands in the medium: a keyword, a chart, a fact (in the deck, in the notes at least)."""
    medium = _medium(composition)
    for entry in missing(publication.entries, composition):
        severity, zh, en, hint = LEFT_OUT[entry.kind]
        name = entry.id.removeprefix("facts/") if entry.kind == "figure" else entry.printed or entry.id.split("/")[1]
        message = Bilingual(f"{zh}“{name}”没有放进{medium.zh}", f"the {en} “{name}” does not stand in {medium.en}")
        yield Diagnostic("entry-left-out", severity, message, hint, entry.span)


LEFT_OUT = {
    "text": (Severity.ERROR, "必须印的文字", "obligatory text",
             Bilingual("版式里的位置不够：加位置，或放宽 repeat 的 count", "the layout has too few places: add some")),
    "figure": (Severity.WARNING, "事实", "fact",
               Bilingual("在 body 或 points 里引用它，或删去这条事实", "reference it in body or points, or delete the fact")),
    "chart": (Severity.WARNING, "图表", "chart",
              Bilingual("给这种图表一个母版，或删去它", "give its kind a master in the layout, or delete it")),
    "picture": (Severity.WARNING, "图片", "picture",
                Bilingual("换一张横、方或竖的图片，或在版式里加一个框", "use a picture of another shape, or add a frame")),
}  # fmt: skip
"""How much it matters that an entry stands nowhere, what it is, and what to do."""


def _medium(composition: Composition) -> Bilingual:
    return Bilingual("幻灯片与备注", "the deck") if composition.medium == "deck" else Bilingual("画册", "the brochure")


def _place(page: Page) -> Bilingual:
    return Bilingual(f"第 {page.number} 页（{page.title}）", f"page {page.number} ({page.title})")


def _error(
    code: str, page: Page, zh: str, en: str, span: Span | None = None, hint: Bilingual | None = None
) -> Diagnostic:
    place = _place(page)
    return Diagnostic(code, Severity.ERROR, Bilingual(f"{place.zh}：{zh}", f"{place.en}: {en}"), hint, span)


def _of_layout(code: str, page: Page, zh: str, en: str, *boxes: TextBox) -> Diagnostic:
    """Returns an error about where or how a layout sets texts, not about their words: it is told at the first one's frame."""
    frames = [box for box in boxes if box.frame]
    named = "、".join(f"“{box.slot or box.name}”（{box.frame}）" for box in frames)
    hint = Bilingual(f"改母版“{page.master}”的框{named}", f"change in the master “{page.master}” the frame {named}")
    return _error(code, page, zh, en, next((box.frame or box.span for box in boxes), None), hint if frames else None)


def check_notes(composition: Composition) -> Found:
    """No slide's notes are longer than their printed page."""
    for page in composition.pages:
        if page.notes and room_for(page.notes) is None:
            said = Bilingual(
                f"第 {page.number} 张“{page.title}”的备注印不进一页：后面的只在屏幕上",
                f"the notes of slide {page.number}, “{page.title}”, are longer than a page: the rest is on screen alone",
            )
            hint = Bilingual("缩短 notes", "make its notes shorter")
            yield Diagnostic("notes-long", Severity.WARNING, said, hint)


RULES: tuple[Callable[[Composition], Found], ...] = (
    check_roles,
    check_frame,
    check_overlaps,
    check_covered,
    check_contrast,
    check_size,
    check_pictures,
    check_alternatives,
    check_notes,
)
