"""What a publication states, form by form, and the hash that stands for it: the same whatever the layout, the draft's name or
the lines that things stand on."""

from __future__ import annotations

import hashlib
import json

from lhpub.inline import Id
from lhpub.publication.entries import join
from lhpub.publication.model import Publication

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


def seal(publication: Publication) -> str:
    """Returns the SHA-256 over what is stated, as hexadecimal."""
    stated = json.dumps(list(printed_forms(publication).items()), ensure_ascii=False)
    return hashlib.sha256(stated.encode()).hexdigest()
