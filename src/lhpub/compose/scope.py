"""What a text frame can say at its place: the content behind each slot of `layout.slots`, and the parts that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lhpub.compose.groups import Group, events_of, fits_calendar
from lhpub.diagnostics import Span
from lhpub.inline import Id, Inline, Rich, Role, parted, plain
from lhpub.kinds import Chart
from lhpub.kinds.rank import RankChart
from lhpub.kinds.timeline import TimelineChart
from lhpub.layout.slots import REFERENCE
from lhpub.publication.blocks import spoken
from lhpub.publication.entries import join
from lhpub.publication.imprint import map_number
from lhpub.publication.model import Event, Fact, Keyword, PartialDate, Picture, Point, Publication, with_breaks
from lhpub.publication.numerals import to_han
from lhpub.text.model import Paragraph

Paragraphs = tuple[Rich, ...]


@dataclass(frozen=True)
class Scope:
    """Where a frame stands: what its slots speak of. `pages`: anchor → page number of the pass before."""

    publication: Publication
    groups: tuple[Group, ...]
    charts: tuple[Chart, ...]
    pages: Mapping[str, int]
    page: int = 0
    master: str = ""
    group: Group | None = None
    keyword: Keyword | None = None
    lit: tuple[Keyword, ...] = ()
    """The keywords of the page."""
    skip: int = 0
    """Items shown on the pages before, for a list that goes on."""
    part: int = 1
    chart: Chart | None = None
    fact: Fact | None = None
    event: Event | None = None
    point: Point | None = None
    picture: Picture | None = None
    line: Rich = ()
    """Of the sources or the imprint."""
    index: int = 0
    """Which item of a list it is, from 1; 0: of none."""
    take: int | None = None
    """Items a page shows of a list that goes on; None: as many as there are."""
    columns: int = 0
    """Of the page's grid."""
    rest: tuple[Paragraph, ...] = ()
    pieces: tuple[Any, ...] = ()
    """What of a text, or of a body of blocks (`compose.blocks.Pieces`), did not fit on the page before."""
    sky: float = 0.0
    """Height in points from a floating horizon up to the top of its place; 0: none floats."""
    is_first: bool = False
    owner: str = ""
    """What names of boxes begin with where it is neither the keyword nor the theme."""

    @property
    def keywords(self) -> tuple[Keyword, ...]:
        """The group's keywords; all, where no group is meant."""
        return self.group.keywords if self.group else self.publication.keywords

    @property
    def is_left(self) -> bool:
        return self.page % 2 == 0


def box_name(name: str, scope: Scope) -> str:
    """Returns a box's name, the same on no other page: 重大项目/headline, column/重大项目/title, glance-left/重大项目/hero."""
    theme = scope.group.title if scope.group else ""
    return "/".join(part for part in (scope.owner, scope.keyword.id if scope.keyword else theme, name) if part)


def shape_of(picture: Picture) -> str:
    """Returns landscape, square or portrait."""
    ratio = picture.pixels[0] / picture.pixels[1]
    return "landscape" if ratio >= 1.35 else "square" if ratio >= 0.8 else "portrait"


def picture_for(name: str, scope: Scope) -> Picture | None:
    """Returns the picture that a frame asks for by name."""
    if name == "keyword":
        return scope.picture or (scope.keyword.picture if scope.keyword else None)
    if name == "theme":
        return scope.group.picture if scope.group else None
    publication = scope.publication
    qr = scope.keyword.qr if scope.keyword else publication.qr
    return {"cover": publication.cover, "logo": publication.logo, "qr": qr}[name]


THINGS = frozenset("个家项名户人场次座所条台辆件处间支批款栋幢本部种块")
"""Measure words of things that can be drawn one by one; a quantity (10万元, 22微克) cannot."""
MOST_COUNTED = 40
"""Things that are drawn one by one."""


def counted(keyword: Keyword | None) -> Fact | None:
    """Returns the first published whole number of things of a keyword that is small enough to draw each."""
    facts = keyword.facts if keyword else ()
    exact = (f for f in facts if f.figure and f.unit in THINGS and not (f.derived or f.bound or f.figure.prefix))
    return next((f for f in exact if f.value in range(2, MOST_COUNTED + 1)), None)


def bare_fact(point: Point, keyword: Keyword) -> Fact | None:
    """Returns the fact that a point states and nothing else, if it may stand as a big figure: published, with a numeral."""
    said = [(one.text, one.role) for one in point.text]
    facts = (f for f in keyword.facts if f.figure and not f.derived and [(one.text, one.role) for one in f.text] == said)
    return next(facts, None) if point.label else None


def has_part(part: str, scope: Scope) -> bool:
    """True if the content that a condition names is there."""
    head, _, rest = part.partition(".")
    if rest and head not in ("theme", "notice", "kind"):
        return _count(head, scope) >= int(rest) if head != "item" else scope.index == int(rest)
    publication, keyword = scope.publication, scope.keyword
    match head:
        case "calendar":
            return scope.columns >= 6 and fits_calendar(publication)
        case "kind":
            return scope.chart is not None and scope.chart.kind == rest
        case "figures":
            return keyword is not None and bool(keyword.points) and all(bare_fact(p, keyword) for p in keyword.points)
        case "named":
            lists = groupby(keyword.names if keyword else (), key=lambda name: name[0].role)  # a fact's each
            return scope.point is not None and plain(scope.point.text) in {"、".join(map(plain, own)) for _, own in lists}
        case "notice":
            return any(name == rest for name, _ in publication.notices)
        case "vague" | "undated":
            kinds = {scope.event.date.kind} if scope.event else {k.date.kind for k in scope.keywords}
            return "none" in kinds if head == "undated" else bool(kinds - {"none", "day"})
        case "cover" | "logo" | "qr":
            return picture_for(head, scope) is not None
        case "landscape" | "square" | "portrait":
            return keyword is not None and keyword.picture is not None and shape_of(keyword.picture) == head
    if keyword is not None and part in KEYWORD_PARTS:
        return bool(getattr(keyword, part))
    return _is_here(part, scope)


def _count(head: str, scope: Scope) -> float:
    """Returns how many there are of what a condition counts: `keywords.7`, `glance.4`."""
    keyword, chart = scope.keyword, scope.chart
    counts = {
        "glance": len(scope.publication.glance),
        "credits": len(scope.publication.credits),
        "keywords": len(scope.keywords),
        "events": len(events_of(keyword)) if keyword else -1,
        "columns": scope.columns,
        "total": len(scope.publication.keywords),
        "points": len(keyword.points) if keyword else -1,
        "names": len(keyword.names) if keyword else -1,
        "month": keyword.date.first.month if keyword and keyword.date.first and keyword.date.kind != "year" else -1,
        "pictures": len(keyword.pictures) if keyword else -1,
        "rank": chart.items[-1].value if isinstance(chart, RankChart) else -1,
    }
    return float(counts[head])


def _is_here(part: str, scope: Scope) -> bool:
    publication, keyword, group = scope.publication, scope.keyword, scope.group
    parts: dict[str, object] = {
        "foreword": publication.foreword,
        "credits": publication.credits,
        "sources": publication.sources,
        "year": publication.year,
        "imprint": publication.imprint,
        "internal": publication.cover_lines,
        "themes": publication.themes,
        "theme": group and group.title and group.first,
        "theme.picture": group and group.picture,
        "theme.last": group and len(scope.groups) > 1 and group.number == scope.groups[-1].number,
        "chart": scope.chart,
        "fact": scope.fact,
        "part": scope.part > 1,
        "first": scope.is_first,
        "timeline": any(isinstance(chart, TimelineChart) for chart in scope.charts),
        "date": keyword and keyword.date.text,
        "count": counted(keyword),
    }
    return bool(parts.get(part))


KEYWORD_PARTS = ("headline", "body", "brief", "hero", "points", "picture", "quote", "saying")


def fill_template(template: str, scope: Scope) -> Paragraphs | None:
    """Returns the template's paragraphs with its slots filled; None if a slot has no content here."""
    pieces = REFERENCE.split(template)
    paragraphs: list[list[Inline]] = [[]]
    for i, piece in enumerate(pieces):
        if i % 2 == 0:
            if piece:
                paragraphs[-1].append(Inline(piece))
            continue
        content = slot_content(piece, scope)
        if not any(content):
            return None
        paragraphs[-1].extend(content[0])
        paragraphs.extend(list(rich) for rich in content[1:])
    return tuple(tuple(rich) for rich in paragraphs)


def _text(text: str, role: Role | None = None, span: Span | None = None, source: Id = "") -> Paragraphs:
    return ((Inline(text, role, span=span, source=source),),) if text else ()


def _date(date: PartialDate) -> Paragraphs:
    return _text(date.text, Role("date"), date.span, date.source)


def _page(anchor: str, scope: Scope) -> Paragraphs:
    return _text(str(scope.pages.get(anchor, 0)), Role("page"))


def slot_content(slot: str, scope: Scope) -> Paragraphs:
    """Returns a slot's paragraphs, () where there is nothing to say."""
    head, _, rest = slot.partition(".")
    match head:
        case "publication" | "foreword" | "credits" | "imprint" | "notice" | "keywords" | "themes" | "groups":
            return _publication_slot(head, rest, scope)
        case "picture" | "cover" | "theme" | "qr" if rest == "caption":
            return _picture_caption(picture_for("keyword" if head == "picture" else head, scope))
        case "theme" if scope.group is not None:
            return _theme_slot(rest, scope.group, scope)
        case "keyword" if scope.keyword is not None:
            return _keyword_slot(rest, scope.keyword, scope)
        case "chart" if scope.chart is not None:
            return _chart_slot(rest, scope.chart, scope)
        case "fact" if scope.fact is not None:
            return (scope.fact.label,) if rest == "label" else (scope.fact.text,)
        case "count" if (fact := counted(scope.keyword)) is not None:
            bare = tuple(inline for inline in fact.text if inline.text != f"（{fact.status}）")  # the label says it already
            return (fact.label,) if rest == "label" else (bare,)
        case "event" if scope.event is not None:
            if rest == "date":
                return _date(scope.event.date)
            return (with_breaks(scope.event.label, ""),) if scope.event.label else ()
        case "part" if scope.part > 1:
            return _text(f"（{to_han(scope.part)}）", Role("ordinal"))
        case "point" if scope.point is not None:
            return ((scope.point.label if rest == "label" else scope.point.text),)
        case "line" if scope.line:
            return (scope.line,)
        case "item" if scope.index:
            return _text(str(scope.index), Role("ordinal"))
        case "page":
            return _page(rest.removeprefix("of."), scope) if rest else _text(str(scope.page), Role("page"))
    return ()


def _picture_caption(picture: Picture | None) -> Paragraphs:
    if picture is None:
        return ()
    if picture.link:
        return (tuple(replace(inline, link=picture.link) for inline in picture.caption),)
    credit = _text(f"图：{picture.credit}", Role("name"), picture.span, f"{picture.source}/credit") if picture.credit else ()
    last = ((Inline("审图号："), number), "　") if (number := map_number(picture)) else ((), "")
    parts = ((picture.caption, ""), *((part, "　　") for part in credit), last)
    rich = tuple(inline for part, gap in parts if part for inline in (Inline(gap), *part))
    return (rich[1:],) if rich else ()


def _publication_slot(head: str, rest: str, scope: Scope) -> Paragraphs:
    publication = scope.publication
    match head, rest:
        case "publication", ("year" | "date"):
            words = publication.day if rest == "date" else str(publication.year or "")
            return _text(words, Role("date"), publication.span, join("publication", rest)) if words else ()
        case "publication", ("title" | "subtitle" | "organisation"):
            return _text(str(getattr(publication, rest)), Role("name"), publication.span, join("publication", rest))
        case "foreword", "title":
            return _text(publication.foreword_title, Role("name"), publication.span, "publication/foreword/title")
        case "foreword", "body":
            return publication.foreword
        case "credits", _:
            return publication.credits[: 1 if rest == "first" else None]
        case "imprint", "line" if publication.imprint:
            return (tuple(piece for line in publication.imprint for piece in (Inline("　"), *line))[1:],)
        case "imprint", ("notice" | "licence"):
            return publication.cover_lines[0:1] if rest == "notice" else publication.cover_lines[1:]
        case "imprint", _:
            return publication.imprint
        case "notice", name:
            return tuple(rich for key, rich in publication.notices if key == name)
        case (("keywords" | "themes" | "groups"), _):
            items = {"keywords": publication.keywords, "themes": publication.themes, "groups": scope.groups}
            count = len(items[head])
            role = Role("count", {"keywords": "关键词数", "themes": "主题数"}.get(head, ""))
            return _text(to_han(count) if rest == "han" else str(count), role) if count else ()
    return ()


def _theme_slot(rest: str, group: Group, scope: Scope) -> Paragraphs:
    match rest:
        case "title":
            return _text(group.title if group.first else "", Role("name"), group.span, group.source)
        case "again":
            title = group.title if group.first or not group.title else f"{group.title}（续）"
            return _text(title, Role("name"), group.span, group.source)
        case "number" | "han":
            han = to_han(group.number) if rest == "han" else str(group.number)
            return _text(han, Role("ordinal")) if group.number and group.first else ()
        case "lead":
            return (group.lead,) if group.lead else ()
        case "page":
            return _page(group.anchor, scope) if group.anchor else ()
        case "anchor":
            return _text(group.anchor)
        case "count":
            return _text(str(len(group.keywords)), Role("count"))
        case "keywords":
            titles = [title for keyword in group.keywords for title in _keyword_slot("title", keyword, scope)]
            return (parted("、", titles),) if titles else ()
        case "range":
            ends = dict.fromkeys(f"{group.keywords[n].number:02d}" for n in (0, -1))
            return (tuple(Inline(t, r) for n in ends for t, r in (("至", None), (n, Role("ordinal"))))[1:],)
        case "months":
            return _text(_months(group), Role("date"))
    return ()


def _months(group: Group) -> str:
    """Returns the months of a group's dates: 1至3月, 5月."""
    months = sorted({k.date.first.month for k in group.keywords if k.date.first and k.date.kind != "year"})
    if not months:
        return ""
    return f"{months[0]}月" if months[0] == months[-1] else f"{months[0]}至{months[-1]}月"


def _keyword_slot(rest: str, keyword: Keyword, scope: Scope) -> Paragraphs:
    match rest:
        case "title":
            return _text(keyword.title, Role("name"), keyword.span, join("keywords", keyword.id, "title"))
        case "number":
            return _text(f"{keyword.number:02d}", Role("ordinal"))
        case "date":
            return _date(keyword.date)
        case "day":
            short = "日未详" if keyword.date.kind == "month" else keyword.date.short
            return _text(short, Role("date"), keyword.date.span, keyword.date.source)
        case "body":
            return spoken(keyword.body)
        case "points":
            return tuple(_point(point) for point in keyword.points)
        case "text":
            lead = (tuple(replace(inline, strong=True) for inline in keyword.headline),) if keyword.headline else ()
            prose = (keyword.brief,) if keyword.brief else spoken(keyword.body)
            return (*lead, *prose, *(_point(point) for point in keyword.points))
        case "quote" | "saying":
            return said_by.paragraphs if (said_by := keyword.quote if rest == "quote" else keyword.saying) else ()
        case "quote_by" | "saying_by":
            said_by = keyword.quote if rest == "quote_by" else keyword.saying
            parts = (said_by.by, said_by.at) if said_by else ()
            said = tuple(inline for rich in parts if rich for inline in (Inline("，"), *rich))
            return ((Inline("——"), *said[1:]),) if said else ()
        case "page":
            return _page(keyword.id, scope)
        case "anchor":
            return _text(keyword.id)
        case "timeline":
            return (keyword.timeline_label,) if keyword.timeline_label else ()
        case "headline" | "brief" | "hero_caption" | "source":
            rich: Rich = getattr(keyword, rest)
            return (rich,) if rich else ()
    return ()


def _point(point: Point) -> Rich:
    value = tuple(replace(inline, strong=True) for inline in point.text)
    return (*point.label, Inline("　"), *value) if point.label else value


def _chart_slot(rest: str, chart: Chart, scope: Scope) -> Paragraphs:
    match rest:
        case "title":
            return (chart.title,) if chart.title else ()
        case "headlines":
            keywords = [scope.publication.keyword(id_) for id_ in dict.fromkeys(chart.keywords)]
            return tuple(keyword.headline for keyword in keywords if keyword.headline)
        case "note":
            return (chart.note,) if chart.note else ()
        case "undated":
            undated = chart.undated if isinstance(chart, TimelineChart) else ()
            names = [(Inline(f"{n:02d}", Role("ordinal")), replace(name, text=f"　{name.text}")) for n, name in undated]
            return (parted("、", names),) if names else ()
        case "numbers":
            ids = dict.fromkeys(chart.keywords)
            numbers = [f"{scope.publication.keyword(id_).number:02d}" for id_ in ids]
            return (tuple(Inline(f"　{n}" if i else n, Role("ordinal")) for i, n in enumerate(numbers)),) if ids else ()
    return ()
