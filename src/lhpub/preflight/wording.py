"""The content lint over a whole publication: every text that an editor wrote, once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import Rich, on_line, plain
from lhpub.publication.blocks import texts_of
from lhpub.publication.model import GridSpec, Keyword, Publication
from lhpub.text.fonts import FontBook
from lhpub.text.lint import lint_document


def lint_publication(publication: Publication) -> tuple[Diagnostic, ...]:
    """Returns the warnings of `text.lint` for all texts as they are printed, references replaced. Titles are verbatim."""
    texts = dict.fromkeys(found for rich in _texts(publication) if (found := _written(rich)))
    return lint_document(texts)


def check_characters(publication: Publication, book: FontBook) -> tuple[Diagnostic, ...]:
    """Returns the error, once, for each character of a text that no font has."""
    fonts = [family.font(400) for family in book.families.values() if family.faces]
    places = {c: entry.span for entry in reversed(publication.entries) for c in on_line(entry.printed) if c.isprintable()}
    lacking = [c for c in sorted(places) if not any(font.covers(c) for font in fonts)]
    hint = Bilingual(
        "换一个写法，或把有这个字的字体放进 fonts/", "write it differently, or put a font with it into fonts/",
    )
    return tuple(
        Diagnostic("missing-glyph", Severity.ERROR, Bilingual(
            f"“{c}”（U+{ord(c):04X}）没有字体可用", f"no font has “{c}” (U+{ord(c):04X})"), hint, places[c])
        for c in lacking
    )  # fmt: skip


def _texts(publication: Publication) -> Iterator[Rich]:
    yield from (*publication.foreword, *publication.credits, *publication.imprint)
    yield from (text for _, text in publication.notices)
    yield from (theme.lead for theme in publication.themes)
    for keyword in publication.keywords:
        yield from _keyword_texts(keyword)
    for chart in publication.charts:
        yield from (chart.title, chart.note, *(row.second for row in (chart.rows if isinstance(chart, GridSpec) else ())))
    yield from (picture.caption for picture in publication.pictures)


def _keyword_texts(keyword: Keyword) -> Iterator[Rich]:
    yield from (keyword.headline, *texts_of(keyword.body), keyword.brief, keyword.hero_caption, keyword.timeline_label)
    yield from (text for fact in keyword.facts for text in (fact.label, fact.text))
    yield from (text for point in keyword.points for text in (point.label, point.text))
    yield from (event.label for event in keyword.events)
    yield from keyword.notes
    yield from texts_of((keyword.quote,)) if keyword.quote else ()


def _written(rich: Rich) -> tuple[str, Span | None] | None:
    """Returns a text up to what the program added to it, which has no place, and its place; None if nothing is left."""
    written = tuple(takewhile(lambda inline: inline.span is not None, rich))
    return (plain(written), written[0].span) if written else None
