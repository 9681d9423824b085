"""The content lint over a whole publication: every text that an editor wrote, once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from lhpub.diagnostics import Diagnostic, Span
from lhpub.inline import Rich, plain
from lhpub.publication.blocks import texts_of
from lhpub.publication.model import GridSpec, Keyword, Publication
from lhpub.text.lint import lint_document


def lint_publication(publication: Publication) -> tuple[Diagnostic, ...]:
    """Returns the warnings of `text.lint` for all texts as they are printed, references replaced. Titles are verbatim."""
    texts = dict.fromkeys(found for rich in _texts(publication) if (found := _written(rich)))
    return lint_document(texts)


def _texts(publication: Publication) -> Iterator[Rich]:
    yield from (*publication.foreword, *publication.credits, *publication.imprint)
    yield from (text for _, text in publication.notices)
    yield from (theme.lead for theme in publication.themes)
    for keyword in publication.keywords:
        yield from _keyword_texts(keyword)
    for chart in publication.charts:
        yield from (chart.title, chart.note, *(row.second for row in (chart.rows if isinstance(chart, GridSpec) else ())))
    pictures = [publication.cover, publication.logo, publication.qr]
    pictures += [theme.picture for theme in publication.themes] + [keyword.picture for keyword in publication.keywords]
    yield from (picture.caption for picture in pictures if picture)


def _keyword_texts(keyword: Keyword) -> Iterator[Rich]:
    yield from (keyword.headline, *texts_of(keyword.body), keyword.brief, keyword.hero_caption, keyword.timeline_label)
    yield from (text for fact in keyword.facts for text in (fact.label, fact.text))
    yield from (text for point in keyword.points for text in (point.label, point.text))
    yield from (event.label for event in keyword.events)
    yield from keyword.notes


def _written(rich: Rich) -> tuple[str, Span | None] | None:
    """Returns a text up to what the program added to it, which has no place, and its place; None if nothing is left."""
    written = tuple(takewhile(lambda inline: inline.span is not None, rich))
    return (plain(written), written[0].span) if written else None
