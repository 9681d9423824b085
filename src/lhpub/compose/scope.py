"""What a text frame can say at its place: the content behind each slot of `layout.slots`, and the parts that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lhpub.charts.model import Chart
from lhpub.inline import Inline, Rich, Role
from lhpub.layout.slots import REFERENCE
from lhpub.publication.model import Fact, Keyword, Publication
from lhpub.publication.numerals import to_han

Paragraphs = tuple[Rich, ...]


@dataclass(frozen=True)
class Group:
    """Keywords that stand together: a theme, or a part of one that is too long for its place. `first`: it opens its theme."""

    number: int
    title: str
    lead: Rich
    keywords: tuple[Keyword, ...]
    anchor: str
    first: bool = True

    def in_chunks(self, size: int) -> tuple[Group, ...]:
        """Returns the group in parts of at most `size` keywords; only the first carries the name."""
        starts = range(0, len(self.keywords), size)
        return tuple(
            Group(self.number, self.title, self.lead, self.keywords[i : i + size], self.anchor, i == 0) for i in starts
        )


@dataclass(frozen=True)
class Scope:
    """Where a frame stands: what its slots speak of. `pages`: anchor → page number of the pass before."""

    publication: Publication
    groups: tuple[Group, ...]
    charts: tuple[Chart, ...]
    pages: Mapping[str, int]
    page: int = 0
    group: Group | None = None
    keyword: Keyword | None = None
    lit: tuple[Keyword, ...] = ()
    """The keywords of the page."""
    skip: int = 0
    """Items shown on the pages before, for a list that goes on."""
    part: int = 1
    chart: Chart | None = None
    fact: Fact | None = None

    @property
    def is_left(self) -> bool:
        return self.page % 2 == 0


def group_keywords(publication: Publication) -> tuple[Group, ...]:
    """Returns the publication's themes with their keywords; keywords of no theme make a last group without a name."""
    groups = [
        Group(t.number, t.title, t.lead, tuple(publication.keyword(id_) for id_ in t.keywords), f"theme-{t.number}")
        for t in publication.themes
        if t.keywords
    ]
    loose = tuple(keyword for keyword in publication.keywords if not keyword.theme)
    return (*groups, Group(0, "", (), loose, "")) if loose else tuple(groups)


def has_part(part: str, scope: Scope) -> bool:
    """True if the content that a condition names is there."""
    head, _, rest = part.partition(".")
    if head == "glance":
        return len(scope.publication.glance) >= int(rest)
    if head == "keywords":
        return len(scope.group.keywords if scope.group else scope.publication.keywords) >= int(rest)
    if head == "notice":
        return any(name == rest for name, _ in scope.publication.notices)
    keyword, publication = scope.keyword, scope.publication
    parts: dict[str, object] = {
        "foreword": publication.foreword,
        "credits": publication.credits,
        "imprint": publication.imprint,
        "themes": publication.themes,
        "theme": scope.group and scope.group.title and scope.group.first,
        "chart": scope.chart,
        "part": scope.part > 1,
        "timeline": any(chart.kind == "timeline" for chart in scope.charts),
    }
    if keyword is not None:
        parts |= {
            "headline": keyword.headline,
            "body": keyword.body,
            "brief": keyword.brief,
            "hero": keyword.hero,
            "date": keyword.date.text,
            "points": keyword.points,
            "picture": keyword.picture,
        }
    return bool(parts.get(part))


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


def _text(text: str, role: Role | None = None) -> Paragraphs:
    return ((Inline(text, role),),) if text else ()


def _page(anchor: str, scope: Scope) -> Paragraphs:
    return _text(str(scope.pages.get(anchor, 0)), Role("page"))


def slot_content(slot: str, scope: Scope) -> Paragraphs:
    """Returns a slot's paragraphs, () where there is nothing to say."""
    head, _, rest = slot.partition(".")
    match head:
        case "publication" | "foreword" | "credits" | "imprint" | "notice" | "keywords" | "themes":
            return _publication_slot(head, rest, scope)
        case "theme" if scope.group is not None:
            return _theme_slot(rest, scope.group, scope)
        case "keyword" if scope.keyword is not None:
            return _keyword_slot(rest, scope.keyword, scope)
        case "chart" if scope.chart is not None:
            return _chart_slot(rest, scope.chart, scope)
        case "fact" if scope.fact is not None:
            return (scope.fact.label,) if rest == "label" else (scope.fact.text,)
        case "picture" if scope.keyword is not None and scope.keyword.picture is not None:
            picture = scope.keyword.picture
            credit = _text(f"图：{picture.credit}", Role("name")) if picture.credit else ()
            gap = ((Inline("　　"),),) if credit and picture.caption else ()
            return (tuple(inline for rich in ((picture.caption,), gap, credit) for run in rich for inline in run),)
        case "part" if scope.part > 1:
            return _text(f"（{to_han(scope.part)}）", Role("ordinal"))
        case "page":
            return _page(rest.removeprefix("of."), scope) if rest else _text(str(scope.page), Role("page"))
    return ()


def _publication_slot(head: str, rest: str, scope: Scope) -> Paragraphs:
    publication = scope.publication
    match head, rest:
        case "publication", "year":
            return _text(str(publication.year), Role("date"))
        case "publication", ("title" | "subtitle" | "organisation"):
            return _text(str(getattr(publication, rest)), Role("name"))
        case "foreword", "title":
            return _text(publication.foreword_title, Role("name"))
        case "foreword", "body":
            return publication.foreword
        case "credits", _:
            return publication.credits
        case "imprint", _:
            return publication.imprint
        case "notice", name:
            return tuple(rich for key, rich in publication.notices if key == name)
        case (("keywords" | "themes"), _):
            count = len(publication.keywords if head == "keywords" else publication.themes)
            return _text(to_han(count) if rest == "han" else str(count), Role("count"))
    return ()


def _theme_slot(rest: str, group: Group, scope: Scope) -> Paragraphs:
    match rest:
        case "title":
            return _text(group.title if group.first else "", Role("name"))
        case "number" | "han":
            han = to_han(group.number) if rest == "han" else str(group.number)
            return _text(han, Role("ordinal")) if group.number and group.first else ()
        case "lead":
            return (group.lead,) if group.lead else ()
        case "part" if scope.part > 1:
            return _text(f"（{to_han(scope.part)}）", Role("ordinal"))
        case "page":
            return _page(group.anchor, scope) if group.anchor else ()
        case "anchor":
            return _text(group.anchor)
    return ()


def _keyword_slot(rest: str, keyword: Keyword, scope: Scope) -> Paragraphs:
    match rest:
        case "title":
            return _text(keyword.title, Role("name"))
        case "number":
            return _text(f"{keyword.number:02d}", Role("ordinal"))
        case "date":
            return _text(keyword.date.text, Role("date"))
        case "body":
            return keyword.body
        case "part" if scope.part > 1:
            return _text(f"（{to_han(scope.part)}）", Role("ordinal"))
        case "page":
            return _page(keyword.id, scope)
        case "anchor":
            return _text(keyword.id)
        case "headline" | "brief" | "hero_caption":
            rich: Rich = getattr(keyword, rest)
            return (rich,) if rich else ()
    return ()


def _chart_slot(rest: str, chart: Chart, scope: Scope) -> Paragraphs:
    match rest:
        case "title":
            return (chart.title,) if chart.title else ()
        case "note":
            return (chart.note,) if chart.note else ()
        case "numbers":
            ids = dict.fromkeys(chart.keywords)
            numbers = [f"{scope.publication.keyword(id_).number:02d}" for id_ in ids]
            return (
                (tuple(Inline(n if i == 0 else f"　{n}", Role("ordinal")) for i, n in enumerate(numbers)),)
                if ids
                else ()
            )
    return ()
