"""What sheets are made of, as values: a sheet that shows the same as before is not composed again.

Between two passes that settle page numbers, and between two edits in the workshop, most sheets show what they showed. What a
sheet can show of the keywords that it does not carry follows from its master: what the repeated frames name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from lhpub.compose.groups import Group
from lhpub.layout.frame import Frame, contents
from lhpub.publication.model import Keyword

if TYPE_CHECKING:
    from lhpub.compose.scope import Scope

T = TypeVar("T")
_DATED = ("id", "span", "title", "theme", "date", "events", "timeline_label")
"""What lists, scales and paths of keywords are drawn from."""
_LISTS = {"groups", "keywords", "dates", "months", "days", "vague", "loose", "glance", "flight"}
"""What shows keywords one after the other."""
_NAMED = {
    "text": ("headline", "brief", "body", "points"), "rows": ("points",), "figures": ("points", "facts"),
    "count": ("facts",), "landscape": ("pictures",), "square": ("pictures",), "portrait": ("pictures",),
    "named": ("names",), "hero": ("hero", "hero_caption"), "anchor": ("id",), "title": ("id", "span", "title"),
    "caption": ("pictures", "qr"), "picture": ("pictures", "qr"), "quote_by": ("quote",),
    "saying": ("quote", "body"), "saying_by": ("quote", "body"),
}  # fmt: skip
"""What slots, conditions and contents speak of where it is not called the same."""
_OF_KEYWORDS = {
    "calendar": ("date",), "undated": ("date",), "vague": ("date",), "theme.months": ("date",),
    "theme.keywords": ("id", "span", "title"), "chart.headlines": ("headline",),
}  # fmt: skip
"""What of all keywords is spoken of by conditions and slots of the page."""
_OF_PUBLICATION = {
    "publication": ("title", "subtitle", "organisation", "date"), "foreword": ("foreword", "foreword_title"),
    "credits": ("credits",), "themes": ("themes",), "glance": ("glance",), "alike": ("glance",), "qr": ("qr",),
    "sources": ("credits", "sources"), "imprint": ("imprint", "cover_lines"), "internal": ("cover_lines",),
    "notice": ("notices",), "cover": ("cover",), "logo": ("logo",),
}  # fmt: skip
_ATTRIBUTES = frozenset(f.name for f in fields(Keyword))
_SLOT = re.compile(r"\{(?:keyword|count|picture)\.(\w+)")
_WORD = re.compile(r"\{((\w+)[.\w]*)")
_PAGES = re.compile(r"\.page\b|page\.of")


@dataclass(frozen=True)
class Shown:
    """What a sheet's frames can show: `others`, attributes of keywords that it does not carry; `own`, of the publication;
    all groups; page numbers of other sheets."""

    others: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    groups: bool = False
    pages: bool = False

    def __or__(self, other: Shown) -> Shown:
        return Shown(self.others | other.others, self.own | other.own, self.groups or other.groups, self.pages or other.pages)


def shown_by(frames: Iterable[Frame], repeated: bool = False) -> Shown:
    """Returns what frames can show; `repeated`: they are set for each item of a list."""
    shown = Shown()
    for frame in frames:
        texts = (frame.text,) if isinstance(frame.text, str) else frame.text or ()
        said = (*texts, frame.instead or "", frame.link or "", (frame.initial and frame.initial.text) or "")
        is_other = repeated or frame.keyword is not None or frame.fact is not None
        words = {slot for text in said for slot in _SLOT.findall(text)} | {*contents(frame)} - {"text"}
        words |= {part for text in said for slot in _WORD.findall(text) for part in slot} | {frame.picture or ""}
        words |= {"count"} if frame.dots and frame.dots.over == "count" else set()
        words |= {"anchor"} if frame.keyword is not None else {"figures", "anchor"} if frame.fact is not None else set()
        words |= {"alike"} if frame.hero and frame.hero.alike else set()
        shown |= _of_words(words, is_other) | asked_by(frame.when, frame.unless, is_other=is_other)
        shown |= Shown(pages=any(map(_PAGES.search, said)))
        if repeat := frame.repeat:
            is_list = repeated or repeat.over in _LISTS  # else of what the keyword itself has
            shown |= shown_by(repeat.frames, is_list) | asked_by((repeat.over,), repeat.when, repeat.unless, is_other=is_list)
            shown |= Shown(frozenset(("points", "facts") if repeated and repeat.over == "points" else ()))
    return shown


def asked_by(*conditions: tuple[str, ...], is_other: bool = False) -> Shown:
    """Returns what conditions speak of; `is_other`: they are asked for keywords that the sheet does not carry. How many
    figures there are at a glance any sheet may know."""
    heads = {part.partition(".")[0] for parts in conditions for part in parts if not part.startswith("glance.")}
    return _of_words(heads, is_other)


def _of_words(words: set[str], is_other: bool) -> Shown:
    others = {name for word in words for name in _OF_KEYWORDS.get(word, ())} | {*(_DATED if words & _LISTS else ())}
    others |= {name for word in words for name in _NAMED.get(word, (word,)) if is_other} & _ATTRIBUTES
    own = {name for word in words for name in _OF_PUBLICATION.get(word, ())}
    return Shown(frozenset(others), frozenset(own), "groups" in words)


@dataclass
class Kept:
    """Results of one studio, the last one at each place, taken as long as what it was made from is equal. What is not asked
    for between two turns goes at the next."""

    shown: dict[Hashable, Shown] = field(default_factory=dict)
    parts: dict[Shown, object] = field(default_factory=dict)
    """What sheets can show of all the publication, in this composition."""
    _young: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)
    _old: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)

    def turn(self) -> None:
        """Begins another composition."""
        self._young, self._old, self.parts = {}, self._young, {}

    def get(self, place: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """Returns what was made at a place from an equal value, else makes it."""
        held = self._young.get(place) or self._old.get(place)
        if held is None or held[0] != made_from:
            held = (made_from, make())
        self._young[place] = held
        made: T = held[1]
        return made

    def same(self, place: Hashable, value: T) -> T:
        """Returns the equal value that stood at a place before, so that comparing the two again is no work."""
        return self.get(place, value, lambda: value)


def made_from(scope: Scope, shown: Shown, kept: Kept) -> tuple[object, ...]:
    """Returns all of a composition's scope that a sheet can show beside the keywords that it carries."""
    if shown not in kept.parts:
        publication = scope.publication
        charts = tuple((c.id, c.kind) for c in scope.charts)
        groups = (without_keywords(g) if shown.groups else (g.number, [k.number for k in g.keywords]) for g in scope.groups)
        own, others = ("id", "span", "year", *sorted(shown.own)), ("number", *sorted(shown.others))
        parts = (
            [getattr(publication, name) for name in own], len(publication.themes), len(publication.glance),
            [[getattr(keyword, name) for name in others] for keyword in publication.keywords], tuple(groups), charts,
        )  # fmt: skip
        kept.parts[shown] = kept.same(("parts", shown), parts)
    return kept.parts[shown], scope.pages if shown.pages else None


def without_keywords(group: Group | None) -> tuple[object, ...]:
    """Returns a group with the numbers of its keywords alone."""
    return (replace(group, keywords=()), tuple(keyword.number for keyword in group.keywords)) if group else ()
