"""What sheets are made of, as values: a sheet that shows the same as before is not composed again.

Between two passes that settle page numbers, and between two edits in the workshop, most sheets show what they showed. What a
sheet can show of the keywords that it does not carry follows from its master: what the repeated frames name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from lhpub.compose.groups import Group
from lhpub.layout.frame import Frame, contents
from lhpub.publication.model import Keyword

if TYPE_CHECKING:
    from lhpub.compose.scope import Scope

T = TypeVar("T")
_ALWAYS = ("id", "number", "title", "theme", "date", "events", "timeline_label")
"""What any sheet may know of any keyword: lists, scales and paths are drawn from it."""
_NAMED = {
    "text": ("headline", "brief", "body", "points"), "rows": ("points",), "figures": ("points", "facts"),
    "count": ("facts",), "landscape": ("pictures",), "square": ("pictures",), "portrait": ("pictures",),
    "hero": ("hero", "hero_caption"), "dots": ("facts",), "caption": ("pictures", "qr"), "picture": ("pictures", "qr"),
    "quote_by": ("quote",), "saying": ("quote", "body"), "saying_by": ("quote", "body"),
}  # fmt: skip
"""What slots, conditions and contents speak of where it is not called the same."""
_ATTRIBUTES = frozenset(f.name for f in fields(Keyword))
_SLOT = re.compile(r"\{(?:keyword|count|picture)\.(\w+)")
_PAGES = re.compile(r"\.page\b|page\.of")


@dataclass(frozen=True)
class Shown:
    """What a sheet's frames can show: `others`, attributes of keywords that it does not carry; page numbers of other sheets."""

    others: frozenset[str] = frozenset()
    pages: bool = False

    def __or__(self, other: Shown) -> Shown:
        return Shown(self.others | other.others, self.pages or other.pages)


def shown_by(frames: Iterable[Frame], repeated: bool = False) -> Shown:
    """Returns what frames can show; `repeated`: they are set for each item of a list."""
    shown = Shown()
    for frame in frames:
        texts = (frame.text,) if isinstance(frame.text, str) else frame.text or ()
        said = (*texts, frame.instead or "", frame.link or "")
        words = {slot for text in said for slot in _SLOT.findall(text)} | {*contents(frame)} - {"text"}
        words |= {condition.partition(".")[0] for condition in (*frame.when, *frame.unless)}
        words |= {"figures"} if frame.fact is not None else set()
        is_other = repeated or frame.keyword is not None or frame.fact is not None
        named = {name for word in words for name in _NAMED.get(word, (word,)) if is_other}
        shown |= Shown(_ATTRIBUTES & named, any(map(_PAGES.search, said)))
        if frame.repeat:
            shown |= shown_by(frame.repeat.frames, True)
            shown |= Shown(frozenset(("points", "facts") if repeated and frame.repeat.over == "points" else ()))
    return shown


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
        charts = tuple((c.id, c.kind, c.keywords) for c in scope.charts)
        parts = (
            replace(publication, keywords=(), charts=(), entries=()), tuple(_others(publication.keywords, shown.others)),
            tuple(map(without_keywords, scope.groups)), charts,
        )  # fmt: skip
        kept.parts[shown] = kept.same(("parts", shown), parts)
    return kept.parts[shown], scope.pages if shown.pages else None


def _others(keywords: tuple[Keyword, ...], names: frozenset[str]) -> Iterator[tuple[object, ...]]:
    for keyword in keywords:
        yield tuple(getattr(keyword, name) for name in (*_ALWAYS, *sorted(names)))


def without_keywords(group: Group | None) -> tuple[object, ...]:
    """Returns a group with the names of its keywords alone."""
    return (replace(group, keywords=()), tuple(keyword.id for keyword in group.keywords)) if group else ()
