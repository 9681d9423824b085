"""What a publication states, form by form, and the hash that stands for it: the same whatever the layout, the draft's name or
the lines that things stand on."""

from __future__ import annotations

import hashlib
import json

from lhpub.inline import Id, plain
from lhpub.publication.entries import join
from lhpub.publication.model import Fact, Publication

SHOWN = 6
"""Characters of the hash that people read."""


def printed_forms(publication: Publication) -> dict[Id, str]:
    """Returns what the reader will see of each entry, in the order written: texts and figures as printed, dates in words, the
    cells of charts' tables, of a picture the hash of its file."""
    forms = {entry.id: entry.printed for entry in publication.entries}
    for keyword in publication.keywords:
        dates = {date.source: date.text for date in (keyword.date, *(event.date for event in keyword.events))}
        forms |= {id_: text for id_, text in dates.items() if id_ in forms}
    for chart in publication.charts:
        cells = (item.fact for item in chart.items if item.fact.figure and join("facts", item.fact.id) not in forms)
        forms |= {join("facts", fact.id): fact.figure.text for fact in cells if fact.figure}
    return forms | {picture.source: hashlib.sha256(picture.data).hexdigest() for picture in publication.pictures}


def figures_of(publication: Publication) -> dict[Id, str]:
    """Returns the facts and cells of charts that are stated, as printed, by id."""
    forms = printed_forms(publication).items()
    return {id_: form for id_, form in forms if id_.startswith("facts/") and not id_.endswith("/label")}


def figures_called(publication: Publication) -> dict[Id, tuple[str, str, str]]:
    """Returns of each figure its number in the papers (`02-4`, `图1-3`), what it is called, and what it comes from: the cell of
    a spreadsheet, 随 where it is computed, else nothing."""
    held: dict[Id, tuple[str, Fact]] = {}
    for keyword in publication.keywords:
        stated = [fact for fact in keyword.facts if fact.figure]
        held |= {join("facts", fact.id): (f"{keyword.number:02d}-{at}", fact) for at, fact in enumerate(stated, 1)}
    for number, chart in enumerate(publication.charts, 1):
        cells = [item.fact for item in chart.items if join("facts", item.fact.id) not in held]
        held |= {join("facts", fact.id): (f"图{number}-{at}", fact) for at, fact in enumerate(cells, 1) if fact.figure}
    names = {id_: plain(fact.label) or fact.id.replace("/", ".").rpartition(".")[2] for id_, (_, fact) in held.items()}
    return {id_: (number, names[id_], fact.cell or "随" * bool(fact.derived)) for id_, (number, fact) in held.items()}


def seal(publication: Publication) -> str:
    """Returns the SHA-256 over what is stated, as hexadecimal."""
    stated = json.dumps(list(printed_forms(publication).items()), ensure_ascii=False)
    return hashlib.sha256(stated.encode()).hexdigest()
