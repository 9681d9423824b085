"""Pages for the pictures that do not stand beside their keyword's text; no text goes for a picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lhpub.boxes import Box
from lhpub.compose.groups import Group
from lhpub.compose.numbering import Unit
from lhpub.compose.pictures import left_out
from lhpub.compose.scope import Scope
from lhpub.compose.sheet import Sheet, compose_sheet
from lhpub.compose.studio import Studio
from lhpub.inline import Id
from lhpub.publication.entries import join
from lhpub.publication.model import Keyword
from lhpub.walk import shown


def settled(keyword: Keyword, arrange: Callable[[Keyword], tuple[Unit, ...]], studio: Studio, scope: Scope) -> Keyword:
    """Returns the keyword, without its pictures where one of its texts or its figure would go for them. `arrange`: its
    pages, if it were alone."""
    if not keyword.pictures:
        return keyword
    bare = replace(keyword, pictures=())
    texts = re.compile(rf"{re.escape(join('keywords', keyword.id))}/(points|headline|hero_caption|quote|qr)\b.*")

    def held(one: Keyword) -> frozenset[Id]:
        there = shown(_boxes(arrange(one), studio, scope))
        return frozenset(id_ for id_ in there if texts.fullmatch(id_) or (one.hero and id_ == one.hero.id))

    charts = tuple(chart for chart in scope.charts if keyword.id in chart.keywords)
    whole = (keyword, charts, bool(scope.pages))
    return studio.kept.get(("settled", keyword.id), whole, lambda: bare if held(bare) - held(keyword) else keyword)


def picture_pages(unit: Unit, group: Group, studio: Studio, scope: Scope) -> Iterator[Unit]:
    """Yields pages for the pictures of a unit's keywords that do not stand on it."""
    ways = [(one, a) for one in (studio, studio.below) if one for a in one.medium.keywords if a.pictures]
    if not ways:
        return
    (held_by, way), own = ways[0], {keyword.id for s in unit.sheets if not s.extra for keyword in s.keywords}
    for keyword in (k for k in group.keywords if k.pictures and k.id in own):
        there = shown(_boxes((unit,), studio, scope))
        left = tuple(picture for picture in keyword.pictures if picture.source not in there)
        for part, start in enumerate(range(0, len(left), way.pictures), 1):
            here = replace(keyword, pictures=left[start : start + way.pictures])
            is_below = held_by is not studio
            why = (unit.sheets[0].master, (left_out(left[0]),)) if is_below and part == 1 else None
            yield Unit((Sheet(way.master, group, ((here, None),), extra=True, part=part, is_below=is_below, instead=why),))


def _boxes(units: tuple[Unit, ...], studio: Studio, scope: Scope) -> Iterator[Box]:
    """Yields what stands on the keywords' own pages of units."""
    for sheet in (s for unit in units for s in unit.sheets if not s.extra):
        yield from compose_sheet(sheet, 2, studio, scope).boxes
