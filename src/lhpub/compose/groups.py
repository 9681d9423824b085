"""Keywords that stand together: themes, periods, months; and which dates a calendar sheet takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from lhpub.diagnostics import Span
from lhpub.inline import Id, Rich
from lhpub.layout.model import Period
from lhpub.publication.entries import join
from lhpub.publication.model import Event, Keyword, Picture, Publication


@dataclass(frozen=True)
class Group:
    """Keywords that stand together: a theme or a period, or a part of one that is too long for its place. `first`: it opens
    its theme."""

    number: int
    title: str
    lead: Rich
    keywords: tuple[Keyword, ...]
    anchor: str
    first: bool = True
    picture: Picture | None = None
    span: Span | None = None
    """Where its title stands."""
    source: Id = ""
    """The entry of its title."""

    def in_chunks(self, size: int) -> tuple[Group, ...]:
        """Returns the group in even parts of at most `size` keywords; only the first carries the name."""
        count = max(-(-len(self.keywords) // size), 1)
        cuts = [len(self.keywords) * i // count for i in range(count + 1)]
        return tuple(replace(self, keywords=self.keywords[i:j], first=i == 0) for i, j in pairwise(cuts))


def group_keywords(publication: Publication, periods: tuple[Period, ...] = ()) -> tuple[Group, ...]:
    """Returns the publication's themes with their keywords, those of no theme as a last group without a name; or, if the
    layout names periods, the keywords by the month of their dates, an undated one with the one before it; the periods take the
    themes' pictures in turn."""
    if periods and any(keyword.date.first for keyword in publication.keywords):
        return _by_period(publication, periods)
    groups = [
        Group(t.number, t.title, t.lead, held, f"theme-{t.number}", True, t.picture, t.span, join("themes", t.id, "title"))
        for t in publication.themes
        if (held := tuple(map(publication.keyword, t.keywords)))
    ]
    loose = tuple(keyword for keyword in publication.keywords if not keyword.theme)
    return (*groups, Group(0, "", (), loose, "")) if loose else tuple(groups)


def _by_period(publication: Publication, periods: tuple[Period, ...]) -> tuple[Group, ...]:
    held: list[list[Keyword]] = [[] for _ in periods]
    place = 0
    for keyword in sorted(publication.keywords, key=lambda k: k.number):
        if (first := keyword.date.first) is not None:
            month = first.month + 12 * (first.year - publication.year)
            place = next((i for i, period in enumerate(periods) if month <= period.until), len(periods) - 1)
        held[place].append(keyword)
    filled = [(period, tuple(keywords)) for period, keywords in zip(periods, held, strict=True) if keywords]
    pictures = [theme.picture for theme in publication.themes]
    pictures += [None] * len(filled)
    return tuple(
        Group(n, period.title, (), keywords, f"theme-{n}", True, picture, period.span)
        for n, ((period, keywords), picture) in enumerate(zip(filled, pictures, strict=False), 1)
    )


def month_group(month: int, publication: Publication) -> Group:
    """Returns the keywords dated in a month of the publication's year, as a group of its number."""
    dated = [k for k in publication.keywords if k.date.first and k.date.kind not in ("none", "year")]
    held = [k for k in dated if k.date.first and (k.date.first.year, k.date.first.month) == (publication.year, month)]
    return Group(month, "", (), tuple(sorted(held, key=by_date)), "")


def is_vague(keyword: Keyword) -> bool:
    """True if a keyword's date is known by month or ten days only."""
    return keyword.date.kind in ("month", "tenday")


def loose_keywords(publication: Publication) -> tuple[Keyword, ...]:
    """Returns the keywords that stand in no month of the publication's year."""
    held = {k.id for month in range(1, 13) for k in month_group(month, publication).keywords}
    return tuple(k for k in publication.keywords if k.id not in held)


MOST_IN_MONTH, MOST_VAGUE, MOST_LOOSE, MOST_ON_SHEET = 8, 3, 6, 70
"""Keywords that a calendar sheet takes: known to the day in a month (half as many again without lines, over 24 in all), by
month only, in no month, in all."""


def fits_calendar(publication: Publication) -> bool:
    """True if the year's keywords stand on a calendar sheet."""
    months = [month_group(month, publication).keywords for month in range(1, 13)]
    vague = [sum(map(is_vague, held)) for held in months]
    most = MOST_IN_MONTH * 3 // 2 if len(publication.keywords) > 24 else MOST_IN_MONTH
    crowded = any(len(held) - few > most or few > MOST_VAGUE for held, few in zip(months, vague, strict=True))
    return not crowded and len(loose_keywords(publication)) <= MOST_LOOSE and len(publication.keywords) <= MOST_ON_SHEET


def by_date(keyword: Keyword) -> tuple[int, str, int]:
    """Sorts by date; what is known by its year only comes behind, what is not dated last."""
    date = keyword.date
    return {"none": 2, "year": 1}.get(date.kind, 0), str(date.first), keyword.number


def events_of(keyword: Keyword) -> tuple[Event, ...]:
    """Returns a keyword's dates in order: its own, with its short line, and its further events."""
    own = (Event(keyword.date, keyword.timeline_label),) if keyword.date.text else ()
    return tuple(sorted((*own, *keyword.events), key=lambda event: str(event.date.first)))
