"""The short deck: a publication with no more than the keywords that are marked as its core."""

from __future__ import annotations

import re
from dataclasses import replace

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.publication.model import Publication, TimelineSpec

_OWNED = re.compile(r"(keywords|facts|charts)/([^/.]+)")


def core_of(publication: Publication) -> Publication:
    """Returns the publication with its core keywords under their own numbers, one after another without themes, and the
    figures at a glance and charts that are theirs alone; a year of a few of its keywords is none. Raises Rejected where no
    keyword is marked."""
    keywords = tuple(replace(keyword, theme="") for keyword in publication.keywords if keyword.is_core)
    if not keywords:
        said = Bilingual("没有一个关键词写了 core: true", "no keyword says core: true")
        hint = Bilingual("给短稿要的几个关键词写上", "give it to the few that a short deck is about")
        raise Rejected((Diagnostic("no-core", Severity.ERROR, said, hint, publication.span),))
    ids = {keyword.id for keyword in keywords}
    facts = {fact.id for keyword in keywords for fact in keyword.facts}
    owned = ((chart, {chart.keyword, *(item.keyword for item in chart.items)} - {""}) for chart in publication.charts)
    charts = tuple(chart for chart, of in owned if of <= ids and not isinstance(chart, TimelineSpec))
    owners = {"keywords": ids, "facts": ids, "charts": {chart.id for chart in charts}}
    return replace(
        publication,
        keywords=keywords,
        themes=(),
        glance=tuple(fact for fact in publication.glance if fact.id in facts),
        charts=charts,
        entries=tuple(e for e in publication.entries if not (of := _OWNED.match(e.id)) or of[2] in owners[of[1]]),
    )
