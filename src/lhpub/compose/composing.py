"""From publication and layout to a Composition: brochure and deck, each composed for its medium."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, partial

from lhpub.boxes import (
    Bookmark,
    Box,
    ChartBox,
    Composition,
    GroupBox,
    ImageBox,
    LinkBox,
    Metadata,
    Page,
    ShapeBox,
    SlideMaster,
    TableBox,
    TextBox,
    Theme,
)
from lhpub.compose.bleed import bled
from lhpub.compose.frames import Placed
from lhpub.compose.groups import group_keywords
from lhpub.compose.notes import speaker_notes
from lhpub.compose.numbering import not_converging, paginate
from lhpub.compose.pictures import left_out, without_misfits
from lhpub.compose.reading import of_slide
from lhpub.compose.scope import Scope, fill_template
from lhpub.compose.sheet import Sheet, compose_sheet, master_of, studio_of, try_sheet
from lhpub.compose.sheets import plan_units
from lhpub.compose.slots import master_slots
from lhpub.compose.studio import Studio
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.inline import plain
from lhpub.kinds import Chart
from lhpub.layout.check import reached
from lhpub.layout.model import Master, all_frames
from lhpub.publication.model import Publication
from lhpub.units import Rect, Size

PASSES = 5
"""Page numbers in a contents list are set until they no longer change, at most so often."""
BEYOND = "beyond-holds"
"""The code of the one error that a layout is not meant for so much, or so little."""
Sheets = tuple[tuple[int, Sheet], ...]


def compose(
    publication: Publication, charts: tuple[Chart, ...], studio: Studio
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Returns the brochure or the deck, as the studio's medium is, and everything there is to tell about it."""
    kept = studio.kept
    for own in (studio, studio.below or studio):
        own.kept.turn()
    keywords = tuple(kept.same(("keyword", keyword.id), keyword) for keyword in publication.keywords)
    publication = replace(publication, keywords=keywords)
    charts = tuple(kept.same(("chart", chart.id), chart) for chart in charts)
    scope = Scope(publication, group_keywords(publication, studio.layout.spec.periods), charts, {})
    scope = replace(scope, columns=studio.columns)
    diagnostics: tuple[Diagnostic, ...] = (not_converging(),)
    sheets: Sheets = ()
    for _ in range(PASSES):
        sheets = paginate(plan_units(studio, scope), studio, cache(partial(_holds, studio, scope)))
        pages = _anchor_pages(sheets, studio, scope)
        if pages == scope.pages:
            diagnostics = ()
            break
        scope = replace(scope, pages=pages)
    placed = [(number, sheet, compose_sheet(sheet, number, studio, scope)) for number, sheet in sheets]
    for _, _, one in placed:
        diagnostics += one.diagnostics
    if (fitting := without_misfits(publication, diagnostics)) != publication:
        composition, diagnostics = compose(fitting, charts, studio)
        lost = {owner.picture for owner in publication.themes} | {publication.cover}
        lost -= {owner.picture for owner in fitting.themes} | {fitting.cover}
        return composition, (*diagnostics, *(left_out(picture) for picture in lost if picture))
    if studio.is_deck:
        placed = _with_common(placed, studio)
    made = tuple(bled(page) for number, sheet, one in placed for page in _pages(number, sheet, one, (studio, scope)))
    composition = Composition(
        medium="deck" if studio.is_deck else "brochure",
        metadata=_metadata(publication),
        pages=_with_heading_levels(_with_unique_titles(made)),
        bookmarks=_bookmarks(sheets, studio, scope),
        masters=_slide_masters(placed, studio) if studio.is_deck else (),
        theme=_theme(studio) if studio.is_deck else None,
        fade=studio.medium.fade,
        sections=_sections(made) if studio.is_deck else (),
    )
    if beyond := _beyond(publication, studio):
        return composition, (beyond,)
    diagnostics += _pictures_left_out(publication, made, studio)
    diagnostics += tuple(_set_below(sheets, studio))
    return composition, tuple(dict.fromkeys(diagnostics))


def _beyond(publication: Publication, studio: Studio) -> Diagnostic | None:
    """Returns the one error that a publication has more or fewer of something than the layout is for."""
    there = {"keywords": len(publication.keywords), "themes": len(publication.themes), "glance": len(publication.glance)}
    zh = {"keywords": "关键词", "themes": "主题", "glance": "全年数字"}
    for what, (least, most) in studio.medium.holds.items():
        if what in there and not least <= (count := there[what]) <= most:
            message = Bilingual(
                f"这个版式放 {least} 至 {most} 个{zh[what]}，内容有 {count} 个",
                f"this layout is for {least} to {most} {what}, there are {count}",
            )
            hint = Bilingual("换一个版式，或在版式里改 holds", "use another layout, or change its holds")
            return Diagnostic(BEYOND, Severity.ERROR, message, hint, studio.medium.span)
    return None


def _holds(studio: Studio, scope: Scope, sheet: Sheet) -> bool:
    tried = try_sheet(sheet, studio, scope)
    return tried.is_whole and not tried.faults


def _set_below(sheets: Sheets, studio: Studio) -> Iterable[Diagnostic]:
    """Yields that the layout below took pages, once for each cause: which master did not hold, and all that kept it from it; a
    warning where it is no page of keywords, of which a look has one alone."""
    alike: dict[tuple[object, ...], list[int]] = {}
    first: dict[tuple[object, ...], Sheet] = {}
    for number, sheet in ((number, sheet) for number, sheet in sheets if sheet.instead):
        master, why = sheet.instead  # type: ignore[misc]  # chosen above
        cause = (master, bool(sheet.items), *dict.fromkeys(one.hint or one.message for one in why))
        alike.setdefault(cause, []).append(number)
        first.setdefault(cause, sheet)
    for cause, sheet in first.items():
        (master, why), pages = sheet.instead, "、".join(map(str, alike[cause]))  # type: ignore[misc]
        where, name = studio.called(pages), studio_of(sheet, studio).layout.name
        told = {one.hint or one.message: one for one in why}.values()
        zh = "；".join(one.message.zh.partition("：")[2] or one.message.zh for one in told)
        en = "; ".join(one.message.en.partition(": ")[2] or one.message.en for one in told)
        own = studio.medium.masters.get(master)
        line = f"（{own.span.file}:{own.span.line}）" if own else ""
        message = Bilingual(
            f"{where[0]}改用版式 {name} 的母版“{sheet.master}”：“{master}”{line}里{zh}",
            f"{where[1]}: set by the master “{sheet.master}” of the layout {name}; in “{master}”{line} {en}",
        )
        hints = [one.hint for one in told if one.hint]
        hint = Bilingual("；".join(h.zh for h in hints), "; ".join(h.en for h in hints)) if hints else None
        severity = Severity.NOTICE if sheet.items else Severity.WARNING
        yield Diagnostic("set-below", severity, message, hint, why[0].span)


def _pictures_left_out(publication: Publication, pages: tuple[Page, ...], studio: Studio) -> tuple[Diagnostic, ...]:
    """Returns what there is to tell of pictures of cover and themes that stand on no page: a notice where the medium has no
    frame for them."""
    shown = {box.span for page in pages for box in page.boxes if isinstance(box, ImageBox)}
    medium = studio.medium
    masters = (master for name, master in medium.masters.items() if name in reached(medium))
    framed = {frame.picture for master in masters for frame in all_frames(master, medium)}
    wanted = [("cover", publication.cover), *(("theme", theme.picture) for theme in publication.themes)]
    return tuple(left_out(picture, kind in framed) for kind, picture in wanted if picture and picture.span not in shown)


def _metadata(publication: Publication) -> Metadata:
    return Metadata(
        id=publication.id,
        title=publication.title,
        subject=publication.subtitle,
        author=publication.organisation,
        date=publication.date.isoformat(),
        keywords=tuple(keyword.title for keyword in publication.keywords),
    )


def _sheet_anchors(sheet: Sheet, studio: Studio, scope: Scope) -> tuple[str, ...]:
    """Returns what links may name on a sheet: its master's anchor and its keywords' ids."""
    master = master_of(sheet, studio)
    own = _fill(master.anchor, sheet, scope) if sheet.part == 1 else ""
    keywords = () if sheet.extra else tuple(keyword.id for keyword in sheet.keywords)
    return ((own,) if own else ()) + keywords


def _fill(templates: str | tuple[str, ...], sheet: Sheet, scope: Scope) -> str:
    """Returns the first of the templates that has content here, as plain text."""
    here = replace(scope, group=sheet.group, part=sheet.part, chart=sheet.chart)
    alternatives = (templates,) if isinstance(templates, str) else templates
    filled = next((f for t in alternatives if t and (f := fill_template(t, here))), None)
    return plain(filled[0]) if filled else ""


def _anchor_pages(sheets: Sheets, studio: Studio, scope: Scope) -> dict[str, int]:
    pages: dict[str, int] = {}
    for number, sheet in sheets:
        master = master_of(sheet, studio)
        for anchor in _sheet_anchors(sheet, studio, scope):
            cells = dict(zip((k.id for k in sheet.keywords), master.cells, strict=False))
            on_right = anchor in cells and studio.is_on_right(cells[anchor])
            pages.setdefault(anchor, number + on_right)
    for group in scope.groups:
        pages.setdefault(group.anchor, pages.get(group.keywords[0].id, 0))
    return pages


def _bookmarks(sheets: Sheets, studio: Studio, scope: Scope) -> tuple[Bookmark, ...]:
    found = []
    for _, sheet in sheets:
        master = master_of(sheet, studio)
        title = _fill(master.bookmark, sheet, scope)
        anchors = _sheet_anchors(sheet, studio, scope)
        if title and anchors and sheet.part == 1:
            found.append(Bookmark(title, anchors[0], 0))
        if not sheet.extra and not sheet.goes_on:
            level = 1 if sheet.group and sheet.group.title else 0
            found += [Bookmark(keyword.title, keyword.id, level) for keyword in sheet.keywords]
    return tuple(found)


def _pages(number: int, sheet: Sheet, placed: Placed, setting: tuple[Studio, Scope]) -> Iterable[Page]:
    """Yields the page of a sheet, or the two of a facing one."""
    studio, scope = studio_of(sheet, setting[0]), setting[1]
    medium, master = studio.medium, master_of(sheet, studio)
    width, height = (length * setting[0].unit for length in setting[0].medium.size)
    size = Size(width, height)
    frames = all_frames(master, medium)
    boxes = of_slide(placed.boxes, frames) if studio.is_deck else placed.fixed + placed.boxes
    made = (boxes, size, master.facing)
    halves = setting[0].kept.get(("halves", number), made, lambda: _split(boxes, size) if master.facing else (boxes,))
    for side, half in enumerate(halves):
        anchors = tuple(a for a in _sheet_anchors(sheet, studio, scope) if scope.pages.get(a) == number + side)
        yield Page(
            number=number + side,
            label=str(number + side),
            size=size,
            bleed=medium.bleed * studio.unit,
            ground=studio.layout.inks[master.ground] if master.ground else None,
            boxes=half,
            master=_master_name(sheet, studio),
            title=_page_title(sheet, half, setting),
            anchors=anchors,
            section=sheet.group.title if sheet.group else "",
            notes=speaker_notes(sheet, replace(scope, page=number), frames) if studio.is_deck else (),
            instead=None if side else sheet.instead,
        )


def _page_title(sheet: Sheet, boxes: tuple[Box, ...], setting: tuple[Studio, Scope]) -> str:
    studio, scope = setting
    master = master_of(sheet, studio)
    titles = _title_frames(master, studio_of(sheet, studio))
    for box in boxes:
        if isinstance(box, TextBox) and box.slot in titles:
            return "".join(paragraph.text for paragraph in box.paragraphs).replace("\n", " ")
    listed = "、".join(keyword.title for keyword in sheet.keywords) if sheet.group else ""
    return listed or _fill(master.bookmark, sheet, scope) or scope.publication.title


def _title_frames(master: Master, studio: Studio) -> frozenset[str]:
    return frozenset(frame.name for frame in all_frames(master, studio.medium) if frame.placeholder == "title")


def _with_unique_titles(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    seen: dict[str, int] = {}
    unique = []
    for page in pages:
        seen[page.title] = count = seen.get(page.title, 0) + 1
        unique.append(page if count == 1 else replace(page, title=f"{page.title}（{count}）"))
    return tuple(unique)


def _split(boxes: tuple[Box, ...], size: Size) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Returns the boxes of a facing pair on its left and its right page; what crosses the fold stands on both."""
    left, right = (tuple(part for box in boxes if (part := _half(box, side, size)) is not None) for side in (0, 1))
    return left, right


def _half(box: Box, side: int, size: Size) -> Box | None:
    """Returns the part of a box on one page of a facing pair, in that page's coordinates; None if there is none."""
    page = Rect(side * size.width, -size.height, size.width, 3 * size.height)
    if isinstance(box, ChartBox | GroupBox):
        inner = tuple(part for b in box.boxes if (part := _half(b, side, size)) is not None)
        return replace(box, rect=box.rect.moved(-page.x, 0), boxes=inner) if inner else None
    if isinstance(box, ShapeBox):
        area = Rect(box.rect.x, box.rect.y, max(box.rect.width, 0.01), max(box.rect.height, 0.01))
        return _moved(box, -page.x) if area.overlaps(page) else None
    middle = box.rect.x + min(box.rect.width, 1) / 2
    return _moved(box, -page.x) if (middle >= size.width) == bool(side) else None


def _moved_text(box: TextBox, dx: float) -> TextBox:
    return replace(box, rect=box.rect.moved(dx, 0), origin=(box.origin[0] + dx, box.origin[1]))


def _moved(box: TextBox | ShapeBox | TableBox | ImageBox | LinkBox, dx: float) -> Box:
    """Returns the box moved sideways."""
    rect = box.rect.moved(dx, 0)
    match box:
        case TextBox():
            return _moved_text(box, dx)
        case ShapeBox():
            path = tuple(
                (verb, tuple(v + dx if i % 2 == 0 else v for i, v in enumerate(values))) for verb, values in box.path
            )
            return replace(box, rect=rect, path=path)
        case TableBox():
            cells = tuple(tuple(replace(cell, text=_moved_text(cell.text, dx)) for cell in row) for row in box.cells)
            return replace(box, rect=rect, cells=cells)
        case _:
            return replace(box, rect=rect)


def _with_heading_levels(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Returns the pages with headings that step down one level at a time (PDF/UA-1 clause 7.4.2)."""
    last = 0

    def levelled(box: Box) -> Box:
        nonlocal last
        if isinstance(box, TextBox) and box.tag in ("H1", "H2", "H3"):
            last = min(int(box.tag[1]), last + 1)
            return replace(box, tag=f"H{last}")  # type: ignore[arg-type]  # H1–H3 by construction
        if isinstance(box, GroupBox):
            return replace(box, boxes=tuple(levelled(b) for b in box.boxes))
        return box

    return tuple(replace(page, boxes=tuple(levelled(box) for box in page.boxes)) for page in pages)


def _with_common(placed: list[tuple[int, Sheet, Placed]], studio: Studio) -> list[tuple[int, Sheet, Placed]]:
    """Returns what was placed; fixed drawing that not all slides of a master have, because it has a condition, is the
    slide's own."""
    common: dict[str, tuple[Box, ...]] = {}
    for _, sheet, one in placed:
        name = _master_name(sheet, studio)
        common[name] = tuple(box for box in common.get(name, one.fixed) if box in one.fixed)

    def parted(sheet: Sheet, one: Placed) -> Placed:
        fixed = common[_master_name(sheet, studio)]
        return replace(one, fixed=fixed, boxes=tuple(box for box in one.fixed if box not in fixed) + one.boxes)

    return [(number, sheet, parted(sheet, one)) for number, sheet, one in placed]


def _slide_masters(placed: list[tuple[int, Sheet, Placed]], studio: Studio) -> tuple[SlideMaster, ...]:
    made: dict[str, SlideMaster] = {}
    for _, sheet, one in placed:
        own, master = studio_of(sheet, studio), master_of(sheet, studio)
        ground = own.layout.inks[master.ground] if master.ground else None
        name = _master_name(sheet, studio)
        made.setdefault(name, SlideMaster(name, master.title, ground, one.fixed, master_slots(master, own)))
    return tuple(made.values())


def _master_name(sheet: Sheet, studio: Studio) -> str:
    """Returns a name that no other master has, of whichever layout it is."""
    return f"{studio_of(sheet, studio).layout.name}-{sheet.master}" if sheet.is_below else sheet.master


def _theme(studio: Studio) -> Theme:
    medium, inks = studio.medium, studio.layout.inks
    major, minor = medium.fonts["major"], medium.fonts["minor"]
    colours = tuple((slot, inks[name]) for slot, name in medium.colours.items())
    return Theme(studio.layout.spec.title, colours, (major.latin, major.ea), (minor.latin, minor.ea))


def _sections(pages: tuple[Page, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Returns sections: the pages before the first theme, each theme, the pages after."""
    sections: list[tuple[str, list[int]]] = []
    for page in pages:
        name = page.section or ("开篇" if not any(p.section for p in pages[: page.number - 1]) else "结尾")
        if not sections or sections[-1][0] != name:
            sections.append((name, []))
        sections[-1][1].append(page.number)
    return tuple((name, tuple(numbers)) for name, numbers in sections)
