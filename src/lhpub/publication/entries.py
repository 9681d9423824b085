"""What a source states, entry by entry: each text, figure, picture and chart under an id made of keys (`keywords/重大项目/body`,
`facts/重大项目.首批投资`, `charts/rank`), which stays when lines move. Where an entry stands is a fold over a composition
(`lhpub.places`), never noted while composing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from lhpub.diagnostics import Span
from lhpub.inline import Id, plain, set_off
from lhpub.publication.numerals import to_han
from lhpub.source import node as tree
from lhpub.source.load import join_lines, read_yaml
from lhpub.source.node import Node, Scalar

if TYPE_CHECKING:
    from lhpub.publication.model import Fact, Keyword

MediumName = Literal["brochure", "deck"]
EntryKind = Literal["text", "figure", "picture", "chart"]
BOTH: frozenset[MediumName] = frozenset(("brochure", "deck"))
NONE: frozenset[MediumName] = frozenset()
YEAR = "publication/year"
"""What names the publication's year, typed or that of most dates."""
_REQUIRED: tuple[tuple[str, EntryKind, frozenset[MediumName]], ...] = (
    (r"keywords/[^/]+/title", "text", BOTH),
    (r"facts/[^/]+", "figure", BOTH),
    (r"charts/[^/]+", "chart", BOTH),
    (r"keywords/[^/]+/(picture|pictures/[^/]+)", "picture", BOTH),
    (r"(publication|themes/[^/]+)/(picture|logo|qr)|keywords/[^/]+/qr", "picture", NONE),
    (r"keywords/[^/]+/quote/text", "text", BOTH),
    (r"publication/imprint/[a-z]+", "text", frozenset(("brochure",))),
    (r".+/(picture|pictures/[^/]+)/map", "text", BOTH),
    (r"keywords/[^/]+/quote/(by|at)|keywords/[^/]+/qr/(link|caption)", "text", NONE),
    (r".+/(picture|logo|qr|pictures/[^/]+)/(alt|caption|credit)|(facts|keywords|charts)/[^/]+/from", "text", NONE),
    (r"publication/(title|subtitle|organisation|(credits|foreword|imprint|notices)(/.+)?)", "text", NONE),
    (r"themes/[^/]+/(title|lead)|charts/[^/]+/(.+[/_])?(title|note|label|second|group)|facts/[^/]+/label", "text", NONE),
    (r"keywords/[^/]+/(headline|body|brief|hero_caption|date|timeline|notes|(points|events)/.+)", "text", NONE),
)
"""Ids, what they are, and the media that must show them: a layout may leave out a text, never a keyword, a fact or a chart.
What is in no row is an instruction and is not printed."""
_MARKUP = re.compile(r"(?m)^[ 　]*(?:[-+*>•●]|\d+[.)．、])[ 　]*|\*\*|\[([^\]]*)\]\([^)]*\)")
_BLOCK, _RULE = re.compile(r"(?m)^[ 　]*(?:[|>*+•●-]|\d+[.)．、])"), re.compile(r"[|: -]*\|[|: -]*")
"""What begins a line that is one by itself; the line under a table's header."""
_REFERENCE = re.compile(r"\{([^{}:]*)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the source states. `node`: as written. `printed`: what the reader will see of a text or figure, made
    straight from what is written (paragraphs parted by a line end); a chart's title; '' for a picture. `required`: the media
    that must show it."""

    id: Id
    kind: EntryKind
    node: Node
    printed: str
    required: frozenset[MediumName]

    @property
    def span(self) -> Span:
        return self.node.span


def join(*names: str) -> Id:
    """Returns the id that names lead to."""
    return "/".join(name.replace("/", "／") for name in names)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a source: node by id in the order written, and id by place."""

    nodes: Mapping[Id, Node]
    places: Mapping[Span, Id]
    in_charts: frozenset[str] = frozenset()
    """The words that stand in charts."""

    def at(self, span: Span) -> Id:
        """Returns the id of what is written at a place, '' where nothing begins."""
        return self.places.get(span, "")

    def drawn(self, fact: str) -> bool:
        """True if a chart of the source names a fact, by its full id or by its name."""
        return fact in self.in_charts or fact.rpartition(".")[2] in self.in_charts


def identify(node: Node) -> Ids:
    """Returns the ids of everything that a source file holds."""
    nodes: dict[Id, Node] = {}
    places: dict[Span, Id] = {}
    for id_, value, span in _walk(node, ""):
        nodes.setdefault(id_, value)
        places[span] = id_
    charts = (node for id_, node in nodes.items() if id_.startswith("charts/"))
    return Ids(nodes, places, frozenset(node.text for node in charts if isinstance(node, Scalar)))


@lru_cache(8)
def read_ids(text: str, file: str) -> Ids:
    """Returns the ids of a source's text. Kept: an edit and the desk look at one text in turn. Raises Rejected."""
    return identify(read_yaml(text, file))


def _walk(node: Node, id_: Id) -> Iterator[tuple[Id, Node, Span]]:
    """Yields id, node and place of a node and all in it; what begins at one place with it comes later."""
    yield id_, node, node.span
    if isinstance(node, tree.Mapping):
        for key, value in node.entries:
            yield from _walk(value, _inside(id_, key.text))
    elif isinstance(node, tree.Sequence):
        taken: Counter[str] = Counter()
        for place, item in enumerate(node.items, 1):
            name = _name(item, id_, place)
            taken[name] += 1
            own = _inside(id_, name if taken[name] == 1 else f"{name}-{taken[name]}")
            if id_.endswith("/points") and (point := _labelled(item)):
                key, value = point
                yield from ((f"{own}/label", key, key.span), (f"{own}/text", value, value.span))
            else:
                yield from _walk(item, own)


def _inside(id_: Id, name: str) -> Id:
    """Returns the id of what a key holds; a keyword's facts have ids of their own, as a reference to them is written."""
    name = name.replace("/", "／")
    if id_.endswith("/facts") and (match := re.fullmatch(r"keywords/([^/]+)/facts", id_)):
        return f"facts/{match[1]}.{name}"
    return f"{id_}/{name}" if id_ else name


def _labelled(node: Node) -> tuple[Scalar, Scalar] | None:
    """Returns a point's label and its text: one key with a text; None for anything else."""
    if isinstance(node, tree.Mapping) and len(node.entries) == 1 and isinstance(node.entries[0][1], Scalar):
        return node.entries[0][0], node.entries[0][1]
    return None


def _name(item: Node, parent: Id, place: int) -> str:
    """Returns what names an item of a list: its id, title, kind or fact, a point's label, else its place."""
    if isinstance(item, tree.Mapping):
        if (point := _labelled(item)) and parent.endswith("/points"):
            return point[0].text
        for key in ("id", "kind", "title") if parent == "charts" else ("id", "title", "fact"):
            if isinstance(value := item.get(key), Scalar) and value.text:
                return re.sub(r"^“(.*)”$", r"\1", join_lines(value.text))
    return str(place)


def list_entries(ids: Ids, keywords: tuple[Keyword, ...], counts: Mapping[str, int]) -> tuple[Entry, ...]:
    """Returns the entries of a source, in the order written."""
    facts = {fact.id: fact for keyword in keywords for fact in keyword.facts}
    names = {join(keyword.id): keyword.id for keyword in keywords}
    entries = []
    for id_, node in ids.nodes.items():
        is_out = isinstance(node, Scalar) and (node.absent or not _is_printed(id_, node))
        if is_out or node.span is None or (found := _kind(id_)) is None:
            continue
        kind, media = found
        printed = ""
        title = node.get("title") if kind == "chart" and isinstance(node, tree.Mapping) else node
        if isinstance(title, Scalar):
            owner = re.match(r"keywords/([^/]+)/|facts/([^/.]+)\.", id_)
            printed = _printed(title.text, names.get(owner[1] or owner[2], "") if owner else "", (facts, counts))
        elif kind == "figure" and (fact := facts.get(id_.removeprefix("facts/"))):
            printed = plain(fact.text)
        entries.append(Entry(id_, kind, node, printed, media))
    return tuple(entries)


@lru_cache(50_000)
def _kind(id_: Id) -> tuple[EntryKind, frozenset[MediumName]] | None:
    """Returns what an entry is, and the media that must show it; None for an instruction."""
    return next(((kind, media) for pattern, kind, media in _REQUIRED if re.fullmatch(pattern, id_)), None)


def _is_printed(id_: Id, node: Scalar) -> bool:
    """False for what is said of a picture that is no map."""
    return not id_.endswith("/map") or any(c.isdigit() for c in node.text)


def _printed(text: str, keyword: str, known: tuple[Mapping[str, Fact], Mapping[str, int]]) -> str:
    """Returns a text with its references replaced and its markup gone."""
    facts, counts = known

    def figure(match: re.Match[str]) -> str:
        name = match[1].strip()
        fact = facts.get(f"{keyword}.{name}") or facts.get(name)
        if match[2] == "han":
            return to_han(int(fact.value if fact and fact.value is not None else counts.get(name, 0)))
        if fact is None:
            return str(counts.get(name, ""))
        if match[2] == "bare" and fact.figure:
            return fact.figure.numeral
        return fact.figure.text if fact.figure else plain(fact.text[:1])

    lines = [line for part in re.split(r"\n[ 　]*\n", text) for line in _read_lines(part) if line]
    return _REFERENCE.sub(figure, set_off(_MARKUP.sub(lambda match: match[1] or "", "\n".join(lines))))


def _read_lines(part: str) -> list[str]:
    """Returns what reads as one line each: a paragraph, or the lines of a list, a quotation, a table (its cells apart)."""
    if not _BLOCK.search(part):
        return [join_lines(part)]
    rows = (line.strip() for line in part.split("\n"))
    cells = (row.strip("|").split("|") if row.startswith("|") else [row] for row in rows if not _RULE.fullmatch(row))
    return ["　".join(cell.strip() for cell in row) for row in cells]
