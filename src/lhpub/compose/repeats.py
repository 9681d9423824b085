"""What repeated frames are repeated for: the items of a list, each with the scope of its frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lhpub.compose.groups import by_date, events_of, is_vague, loose_keywords, month_group
from lhpub.compose.scope import Scope, bare_fact, has_part
from lhpub.layout.frame import Repeat

if TYPE_CHECKING:
    from lhpub.publication.model import Keyword


def repeated_scopes(repeat: Repeat, scope: Scope) -> tuple[Scope, ...]:
    """Returns the scopes of the items that a repeated frame shows."""
    runs_on = repeat.flow is not None and repeat.over != "loose"  # which stands beside the calendar's months, whole
    start = repeat.start + (scope.skip if repeat.over == "groups" or runs_on else 0)
    count = scope.take if runs_on and scope.take is not None else repeat.count
    held = (item for item in _items(repeat, scope) if _is_listed(repeat, item))
    items = tuple(replace(item, index=i + 1, skip=0, take=None) for i, item in enumerate(held))
    return items[start : None if count is None else start + count]


def _is_listed(repeat: Repeat, item: Scope) -> bool:
    return all(has_part(p, item) for p in repeat.when) and not any(has_part(p, item) for p in repeat.unless)


def _items(repeat: Repeat, scope: Scope) -> Iterator[Scope]:
    publication, keyword = scope.publication, scope.keyword
    match repeat.over:
        case "keywords":
            yield from (replace(scope, keyword=one) for one in scope.keywords)
        case "dates":
            dated = sorted(scope.keywords, key=by_date)
            yield from (replace(scope, keyword=one) for one in dated)
        case "months":
            yield from (replace(scope, group=month_group(month, publication)) for month in range(1, 13))
        case "days" | "vague":
            held = (one for one in scope.keywords if is_vague(one) == (repeat.over == "vague"))
            yield from (replace(scope, keyword=one) for one in held)
        case "loose":
            yield from (replace(scope, keyword=one) for one in sorted(loose_keywords(publication), key=by_date))
        case "events":
            yield from (replace(scope, event=event) for event in (events_of(keyword) if keyword else ()))
        case "points":
            points = keyword.points if keyword else ()
            yield from (replace(scope, point=p, fact=bare_fact(p, keyword) if keyword else None) for p in points)
        case "names":
            yield from (replace(scope, line=name) for name in (keyword.names if keyword else ()))
        case "pictures":
            yield from (replace(scope, picture=one) for one in (keyword.pictures if keyword else ()))
        case "sources":
            yield from (replace(scope, line=line) for line in (*publication.credits, *publication.sources))
        case "credits" | "imprint":
            yield from (replace(scope, line=line) for line in getattr(publication, repeat.over))
        case "glance":
            owner: dict[str, Keyword] = {f.id: k for k in publication.keywords for f in k.facts}
            yield from (replace(scope, fact=f, keyword=owner.get(f.id)) for f in publication.glance)
        case "groups":
            for group in scope.groups:
                parts = group.in_chunks(repeat.chunk) if repeat.chunk else (group,)
                yield from (replace(scope, group=part) for part in parts)
