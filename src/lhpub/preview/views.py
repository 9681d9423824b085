"""What the page is told, as JSON: the state, the texts and figures of a page, an entry, a keyword's form, the frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lhpub.boxes import ChartBox, Composition, ImageBox, Page, TextBox
from lhpub.build import Target
from lhpub.compose.texts import inked
from lhpub.diagnostics import Diagnostic, Severity
from lhpub.inline import Inline, plain
from lhpub.papers.press import press_settings
from lhpub.places import places
from lhpub.preview import design
from lhpub.preview.desk import TARGETS, Desk
from lhpub.preview.forms import form, name_of
from lhpub.publication.entries import join
from lhpub.publication.model import Fact, Publication
from lhpub.render.pdf.press import all_inks
from lhpub.render.pdf.sheets import SLUG
from lhpub.source.node import Mapping, Scalar, Sequence
from lhpub.text.model import ASCENT, GlyphRun, Line, Run
from lhpub.units import Rect
from lhpub.walk import inside, page_boxes

Json = dict[str, Any]
_FIGURES = ("fact", "derived")
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTICE: "提示"}
_DERIVED = {"sum": " ＋ ", "difference": " － ", "ratio": " ÷ ", "before": " 往前推 "}


def state(desk: Desk) -> Json:
    """Returns what lies open, its pages, what is wrong, and what can be taken back."""
    publication = desk.read.publication if desk.read else None
    return {
        "source": desk.job.source.as_posix(),
        "layout": desk.job.layout.name,
        "aspect": desk.job.aspect or "16:9",
        "aspects": ["16:9", "4:3"] if desk.read and desk.read.layout.spec.deck_4x3 else ["16:9"],
        "media": {target: _medium(desk, target) for target in TARGETS},
        "faults": [_problem(desk, d, target) for d, target in desk.problems],
        "undo": desk.past[-1].label if desk.past else "",
        "redo": desk.future[-1].label if desk.future else "",
        "title": publication.title if publication else "",
        "keywords": _keywords(desk, publication),
        "themes": [{"id": t.id, "title": t.title} for t in publication.themes] if publication else [],
        "parts": _parts(desk),
        "facts": {f.id: _fact(f) for k in publication.keywords for f in k.facts} if publication else {},
    }


def _medium(desk: Desk, target: Target) -> Json:
    view = desk.views.get(target)
    if view is None:
        return {"pages": []}
    pages = zip(view.composition.pages, view.keys, strict=True)
    return {"pages": [
        {"no": p.number, "key": key, "label": p.label, "title": p.title, "section": p.section, "w": p.size.width,
         "h": p.size.height, "bleed": p.bleed, "master": p.master, "anchors": p.anchors}
        for p, key in pages
    ]}  # fmt: skip


def _keywords(desk: Desk, publication: Publication | None) -> list[Json]:
    if publication is None:
        return []
    drawn = {chart.keyword for chart in publication.charts}
    known = {join("keywords", k.id): k for k in publication.keywords}
    found = [id_ for id_ in desk.ids.nodes if id_.startswith("keywords/") and id_.count("/") == 1]

    def typed(id_: str, key: str) -> str:
        node = desk.ids.nodes.get(f"{id_}/{key}")
        return node.text if isinstance(node, Scalar) else ""

    return [
        {"id": id_, "name": k.id, "number": k.number, "title": k.title, "theme": k.theme, "hero": k.hero is not None,
         "chart": k.id in drawn} if (k := known.get(id_)) else
        {"id": id_, "name": id_.partition("/")[2], "number": number, "title": typed(id_, "title"), "theme": typed(id_, "theme")}
        for number, id_ in enumerate(found, 1)  # of a source with faults, some are known by what is typed alone
    ]  # fmt: skip


def _parts(desk: Desk) -> list[Json]:
    """Returns what of the source has a form beside the keywords: the publication, its themes, its charts."""
    found = [{"id": "publication", "group": "刊物", "title": "刊名、日期、资料、版权"}]
    for root, group in (("themes", "主题"), ("charts", "图表")):
        ids = [id_ for id_ in desk.ids.nodes if id_.startswith(f"{root}/") and id_.count("/") == 1]
        titles = [desk.ids.nodes.get(f"{id_}/title") for id_ in ids]
        found += [{"id": id_, "group": group, "title": title.text if isinstance(title, Scalar) else id_.partition("/")[2]}
                  for id_, title in zip(ids, titles, strict=True)]  # fmt: skip
    return found


def _fact(fact: Fact) -> Json:
    printed = fact.figure.text if fact.figure else plain(fact.text[:1])
    return {"printed": printed, "label": plain(fact.label), "derived": fact.derived, "figure": fact.figure is not None}


def _problem(desk: Desk, found: Diagnostic, told_of: str) -> Json:
    """Returns a diagnostic with the entry, or the page and the frame, that it is about."""
    id_ = desk.ids.at(found.span) if found.span else ""
    page = re.search(r"第 (\d+) [页张]", found.message.zh)
    medium, no = (told_of, int(page[1])) if page and told_of in TARGETS else _stands(desk, id_, told_of)
    if found.span and not id_:
        medium, no = next(design.shown_on(desk, found.span, medium, no), (medium, no))
    return {
        "severity": _SEVERITIES[found.severity],
        "error": found.severity is Severity.ERROR,
        "code": found.code,
        "message": found.message.zh,
        "hint": found.hint.zh if found.hint else "",
        "place": str(found.span) if found.span else "",
        "id": id_,
        "name": name_of(id_) if id_ else "",
        "medium": medium,
        "no": no,
    }


def _stands(desk: Desk, id_: str, told_of: str) -> tuple[str, int]:
    """Returns medium and number of the first page that shows an entry or what it is a part of, in the medium that is spoken of
    if it stands there; '' and 0 where it stands nowhere."""
    views = sorted(desk.views.items(), key=lambda one: one[0] != told_of)
    for target, view in views if id_ else ():
        there = {join("keywords", anchor): page.number for page in reversed(view.composition.pages) for anchor in page.anchors}
        there |= {id_: found[0].page for id_, found in places(view.composition).items()}
        parts = id_.split("/")
        for length in range(len(parts), 1, -1):
            if no := there.get("/".join(parts[:length])):
                return target, no
    return "", 0


def items(desk: Desk, key: str) -> Json:
    """Returns the texts, figures, pictures and charts of a page, in reading order; rects are [x, y, width, height] in points.
    Raises KeyError for a page that is not ours."""
    composition, page = desk.page(key)
    found: list[Json] = []
    for box in inside(page_boxes(page, composition)):
        if isinstance(box, TextBox):
            found += _text(box)
        elif isinstance(box, ImageBox | ChartBox):
            id_, kind = (box.source, "picture") if isinstance(box, ImageBox) else (join("charts", box.chart.id), "chart")
            text = box.alt if isinstance(box, ImageBox) else plain(box.chart.title) or plain(box.chart.told)
            found.append({"kind": kind, "id": id_, "name": name_of(id_), "rect": _rect(box.rect), "text": text, "runs": []})
    notes = [{"id": _source([rich]), "text": plain(rich)} for rich in page.notes]
    return {"items": found, "notes": notes}


def _source(paragraphs: Iterable[Iterable[Run | Inline]]) -> str:
    """Returns the entry that most of a text comes from, '' for the layout's own words."""
    found: Counter[str] = Counter()
    for paragraph in paragraphs:
        for piece in paragraph:
            found[piece.source] += len(piece.text) * bool(piece.source)
    return max(found, key=lambda id_: found[id_], default="")


def _box_source(box: TextBox) -> str:
    return _source((*paragraph.drop, *paragraph.runs) for paragraph in box.paragraphs)


def _text(box: TextBox) -> Iterator[Json]:
    area, id_ = inked(box), _box_source(box)
    runs = [] if box.vertical == "columns" else list(_figures(box))
    if area is None or not (id_ or runs):
        return
    style = box.paragraphs[0].style
    text = "".join(paragraph.text for paragraph in box.paragraphs)
    fits = int((box.rect.height - style.size) / style.leading + 0.02) + 1 if style.leading else 1
    lines = len([line for line in box.lines if line.runs])
    yield {
        "kind": "text", "id": id_, "name": name_of(id_), "rect": _rect(area), "text": text, "runs": runs,
        "room": {"rect": _rect(box.rect), "lines": max(fits, lines), "used": lines, "wide": box.rect.width / style.size},
    }  # fmt: skip


def _figures(box: TextBox) -> Iterator[Json]:
    """Yields the facts that a text prints, each with where it stands; one that breaks over lines has a place on each."""
    for line in box.lines:
        found: dict[str, list[GlyphRun]] = {}
        for run in line.runs:
            if run.role and run.role.kind in _FIGURES:
                found.setdefault(run.role.ref, []).append(run)
        for ref, runs in found.items():
            yield {"fact": ref, "rect": _rect(_run_rect(box, line, runs))}


def _run_rect(box: TextBox, line: Line, runs: list[GlyphRun]) -> Rect:
    size = max(run.size for run in runs)
    left, right = min(run.x for run in runs), max(run.x + run.width for run in runs)
    top = box.origin[1] + line.baseline - ASCENT * size
    return Rect(box.origin[0] + line.x + left, top, right - left, 1.06 * size)


def _rect(rect: Rect) -> list[float]:
    return [round(v, 1) for v in (rect.x, rect.y, rect.width, rect.height)]


def entry(desk: Desk, id_: str) -> Json | None:
    """Returns one entry of the source as it is written, None if there is none. A fact has its parts, its places and what is
    computed from it."""
    node = desk.ids.nodes.get(id_)
    if node is None:
        return None
    told: Json = {"id": id_, "name": name_of(id_), "line": node.span.line, "file": node.span.file}
    if match := re.fullmatch(r"facts/(.+)", id_):
        return told | _fact_entry(desk, match[1])
    owner = re.match(r"keywords/([^/]+)", id_)
    told["owner"] = owner[1] if owner else ""
    if isinstance(node, Scalar):
        return told | {"text": node.text, "places": list(_text_places(desk, id_))}
    return told


def _fact_entry(desk: Desk, ref: str) -> Json:
    ids, id_ = desk.ids, f"facts/{ref}"
    parts = {key: node.text for key in ("label", "value", "unit", "approx", "status", "from", "text", "pattern")
             if isinstance(node := ids.nodes.get(f"{id_}/{key}"), Scalar)}  # fmt: skip
    linked = (ids.nodes.get(f"{id_}/value/{key}") for key in ("file", "cell"))
    cell = " ".join(node.text for node in linked if isinstance(node, Scalar))
    uses = [other for other in _facts_by_name(desk) if ref in _operands(desk, other)]
    return {
        "owner": ref.rpartition(".")[0], "ref": ref, "cell": cell, "fields": parts, "formula": _formula(desk, ref), "from_cell":
        isinstance(ids.nodes.get(f"{id_}/value"), Mapping), "list": f"{id_}/list" in ids.nodes,
        "places": list(_figure_places(desk, ref)), "derived": [{"ref": use, "formula": _formula(desk, use)} for use in uses],
    }  # fmt: skip


def _facts_by_name(desk: Desk) -> dict[str, Fact]:
    return {fact.id: fact for k in desk.read.publication.keywords for fact in k.facts} if desk.read else {}


def _operands(desk: Desk, ref: str) -> tuple[str, ...]:
    """Returns the facts that one is computed from."""
    owner = ref.rpartition(".")[0]
    for kind in _DERIVED:
        node = desk.ids.nodes.get(f"facts/{ref}/{kind}")
        if isinstance(node, Sequence):
            names = [item.text for item in node.items if isinstance(item, Scalar)]
            known = _facts_by_name(desk)
            return tuple(f"{owner}.{name}" if f"{owner}.{name}" in known else name for name in names)
    return ()


def _formula(desk: Desk, ref: str) -> str:
    known = _facts_by_name(desk)
    kind = next((kind for kind in _DERIVED if f"facts/{ref}/{kind}" in desk.ids.nodes), "sum")
    figures = [known[name].figure for name in _operands(desk, ref) if name in known]
    return _DERIVED[kind].join(figure.text for figure in figures if figure)


def _pages(desk: Desk) -> Iterator[tuple[Target, Composition, Page, str]]:
    for target, view in desk.views.items():
        for page, key in zip(view.composition.pages, view.keys, strict=True):
            yield target, view.composition, page, key


def _figure_places(desk: Desk, ref: str) -> Iterator[Json]:
    """Yields every place of a figure on the pages of both media, and in what is said to the slides."""
    for target, composition, page, key in _pages(desk):
        here = {"medium": target, "no": page.number, "key": key, "title": page.title}
        in_charts = {id(b) for c in page.boxes if isinstance(c, ChartBox) for b in inside(c.boxes)}
        for box in inside(page_boxes(page, composition)):
            if isinstance(box, TextBox):
                id_ = _box_source(box)
                how = "图表" if id(box) in in_charts else "大数字" if not id_ or id_.startswith("facts/") else name_of(id_)
                yield from ({**here, "how": how, "rect": r["rect"]} for r in _figures(box) if r["fact"] == ref)
        if any(inline.role and inline.role.ref == ref for rich in page.notes for inline in rich):
            yield {**here, "how": "讲稿", "rect": None}


def _text_places(desk: Desk, id_: str) -> Iterator[Json]:
    for target, composition, page, key in _pages(desk):
        for box in inside(page_boxes(page, composition)):
            if isinstance(box, TextBox) and _box_source(box) == id_ and (area := inked(box)):
                yield {"medium": target, "no": page.number, "key": key, "title": page.title, "rect": _rect(area)}


def fields(desk: Desk, id_: str) -> Json | None:
    """Returns a part of the source with every key that is declared for it, those not written as well; how many places
    elsewhere name it or a fact of it."""
    node = desk.ids.nodes.get(id_)
    if not isinstance(node, Mapping):
        return None
    year = desk.read.publication.year if desk.read else node.span.line
    first = next((ref for ref, fact in _facts_by_name(desk).items() if fact.figure), "")
    crops = [
        {"id": box.source, "medium": target, "no": page.number, "w": box.rect.width, "h": box.rect.height}
        for target, composition, page, _ in _pages(desk) for box in inside(page_boxes(page, composition))
        if isinstance(box, ImageBox) and box.source.startswith(f"{id_}/")
    ]  # fmt: skip
    told = {"fields": form(desk.ids, id_, year, first), "used": desk.used(id_), "crops": crops}
    return {"id": id_, "line": node.span.line, **told}


def found(desk: Desk, words: str) -> list[Json]:
    """Returns the entries of the source that hold the words, as typed or as printed, whatever the spaces, and the page of
    each; at most 60."""
    words = words.replace(" ", "")
    printed = {entry.id: entry.printed for entry in desk.read.publication.entries} if desk.read else {}
    pages: dict[str, str] = {}
    for target, view in desk.views.items():
        zh, unit = ("画册", "页") if target == "brochure" else ("幻灯片", "张")
        for id_, there in places(view.composition).items():
            pages.setdefault(id_, f"{zh}第 {there[0].page} {unit}")
    hits = []
    for id_, node in desk.ids.nodes.items():
        typed = node.text if isinstance(node, Scalar) else ""
        if words in f"{typed}\n{printed.get(id_, '')}".replace(" ", ""):
            owner = re.match(r"(?:keywords|facts)/([^/.]+)", id_)
            where = pages.get(id_) or f"第 {node.span.line} 行"
            hits.append({"id": id_, "name": name_of(id_), "where": where, "text": printed.get(id_) or typed,
                         "owner": owner[1] if owner else ""})  # fmt: skip
    return hits[:60]


def picture(desk: Desk, id_: str) -> bytes | None:
    """Returns the picture that an entry names, as it was read; None where there is none."""
    publication = desk.read.publication if desk.read else None
    if publication is None:
        return None
    pictures = [p for k in publication.keywords for p in k.pictures]
    pictures += [p for p in (*(t.picture for t in publication.themes), publication.cover) if p]
    return next((picture.data for picture in pictures if picture.source == id_), None)


_PROCESS = {"Cyan": ("青 C", "C", "#00A0E0"), "Magenta": ("品 M", "M", "#E2147A"), "Yellow": ("黄 Y", "Y", "#FFEC32"),
            "Black": ("黑 K", "K", "#373432")}  # fmt: skip
"""What a plate is called, and the colour that shows it."""


def _ink(name: str, spot: str) -> Json:
    title, short, rgb = _PROCESS.get(name, (f"专色 {name}", name, spot))
    return {"name": name, "title": title, "short": short, "rgb": rgb}


def press(desk: Desk, key: str, inks: tuple[str, ...]) -> Json:
    """Returns the plates of a page, each with the colour that shows it, and what the layout says of printing."""
    composition, page = desk.page(key)
    assert desk.read is not None
    spots = {plate.name: ink.rgb for ink in all_inks(composition) for plate, _ in ink.plates}
    settings = press_settings(desk.world, desk.read.layout)
    return {
        "inks": [_ink(ink, spots.get(ink, "#B3924E")) for ink in inks], "limit": settings.ink_limit, "bleed": page.bleed,
        "slug": SLUG, "w": page.size.width, "h": page.size.height, "condition": settings.condition,
    }  # fmt: skip
