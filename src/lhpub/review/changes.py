"""What is different between two drafts, row by row: figures, qualifiers, status, texts, charts, pictures, order. A draft is kept
as one JSON file: its source as typed, its rows, the hashes of what was built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.inline import Id
from lhpub.places import Place
from lhpub.publication.model import Draft
from lhpub.publication.seal import SHOWN
from lhpub.review.ledger import Row

SIGNS = {"数值": "改", "限定词": "限", "状态": "注", "随算": "随", "新增": "新", "删去": "删", "页序": "移"}
"""Of kinds of change the sign beside a row; all others 改."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A draft as kept. `seal`: the hash of what is stated; `order`: the keywords' ids; `files`: hashes of what was built."""

    name: str
    date: str
    seal: str
    rows: tuple[Row, ...]
    order: tuple[Id, ...]
    source: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The draft as heads of sheets say it."""
        return " · ".join(filter(None, (self.name or "稿次 未定", self.date, self.seal[:SHOWN])))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, wherever it stands. `row`: as it is now, of what is gone as it was; `reason`: why, if known."""

    kind: str
    row: Row
    old: str
    new: str
    reason: str = ""

    @property
    def sign(self) -> str:
        return SIGNS.get(self.kind, "改")


def snapshot(draft: Draft | None, seal: str, rows: tuple[Row, ...], order: Sequence[Id]) -> Snapshot:
    return Snapshot(draft.name if draft else "", draft.date if draft else "", seal, rows, tuple(order))


def to_json(kept: Snapshot) -> bytes:
    """Returns a draft's file."""
    return (json.dumps({"draft": asdict(kept)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def from_json(data: bytes, file: str) -> Snapshot:
    """Returns the draft of a file. Raises Rejected for one that lhpub has not written."""
    try:
        read: dict[str, Any] = json.loads(data)["draft"]
        rows = tuple(Row(**{**row, "places": tuple(Place(**place) for place in row["places"])}) for row in read["rows"])
        return Snapshot(**{**read, "rows": rows, "order": tuple(read["order"])})
    except (ValueError, KeyError, TypeError, AttributeError):
        said = Bilingual(f"{file}：不是 lhpub 存的稿", f"{file} is no draft that lhpub kept")
        hint = Bilingual("稿存在源文件旁的 drafts 里", "drafts are kept in the folder drafts beside the source")
        raise Rejected((Diagnostic("draft-unreadable", Severity.ERROR, said, hint),)) from None


def compare_drafts(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Returns what has changed, figures and dates first, then texts in order, then the order of the keywords. A row is known
    by its id; one whose id is gone by its number, so that a keyword with another title is still the same one."""
    before, after = {row.id: row for row in old.rows}, {row.id: row for row in new.rows}
    orphans = {row.number: row for row in old.rows if row.id not in after}
    pairs: list[tuple[Row | None, Row | None]]
    pairs = [(before.get(row.id) or orphans.pop(row.number, None), row) for row in new.rows]
    pairs += [(row, None) for row in orphans.values()]
    found = [change for one, other in pairs for change in _of_pair(one, other)]
    found += _moved(old, new, {row.id: one.id for one, row in pairs if one and row})
    return tuple(sorted(found, key=lambda change: (change.row.kind not in ("figure", "date"), change.kind == "页序")))


def _of_pair(old: Row | None, new: Row | None) -> Iterator[Change]:
    row = new or old
    assert row is not None
    if old is None or new is None:
        yield Change("新增" if old is None else "删去", row, old.printed if old else "", new.printed if new else "")
        return
    cell = f"“{new.source.rpartition(' ')[2]}”改过" if "!" in new.source and new.source == old.source else ""
    status = [f"{r.printed}（{r.status}）" if r.status and r.status not in r.printed else r.printed for r in (old, new)]
    if new.kind in ("figure", "date") and old.printed != new.printed:
        kind = "随算" if new.formula else "数值" if (old.value, old.unit) != (new.value, new.unit) else "限定词"
        yield Change(kind, new, status[0], status[1], "随别的数重新算过" if new.formula else cell)
    elif old.status != new.status and new.kind == "figure":
        yield Change("状态", new, *status)
    elif old.printed != new.printed and (old.typed != new.typed or not new.typed):  # else only a figure in it is another
        kind = "图片" if new.kind == "picture" else "图表" if new.number.startswith("图") else "文字"
        words = ("（原图）", "（换图）") if kind == "图片" else (old.printed, new.printed)
        yield Change(kind, new, *words)


def _moved(old: Snapshot, new: Snapshot, same: Mapping[Id, Id]) -> Iterator[Change]:
    """Yields the keywords that stand elsewhere in the order: the fewest that explain it."""
    names = {id_.split("/")[1]: was.split("/")[1] for id_, was in same.items() if id_.startswith("keywords/")}
    before = [one for one in old.order if one in names.values()]
    after = [names[one] for one in new.order if names.get(one) in before]
    titles = {row.id.split("/")[1]: row for row in new.rows if row.id.startswith("keywords/") and row.id.endswith("/title")}
    back = {was: now for now, was in names.items()}
    kept = {one for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
            for one in before[block.a : block.a + block.size]}  # fmt: skip
    for one in after:
        if one not in kept and (row := titles.get(back[one])):
            yield Change("页序", row, *(_place(one, order) for order in (before, after)))


def _place(one: Id, order: list[Id]) -> str:
    at = order.index(one)
    return f"第{at + 1}" + (f"（在“{order[at - 1]}”之后）" if at else "（最前）")


_MEASURE = "平方公里|平方米|公顷|个百分点|[元个家项条场户年月日名位批轮次吨米人天张处种级]"
_FIGURE = re.compile(rf"(?:第|[超约近逾])?\d[\d.,]*(?:[万亿]*(?:{_MEASURE}|[%％‰])?)?|[A-Za-z]+|.", re.DOTALL)


def wholes(text: str, figures: Sequence[str] = ()) -> list[str]:
    """Returns a text in pieces that a mark never parts: figures as they are printed (`figures`, else with measure words that
    are known), words in Latin, else characters."""
    known = "|".join(re.escape(one) for one in sorted(set(figures), key=len, reverse=True) if one)
    pattern = re.compile(rf"(?<![\d.])(?:{known})|{_FIGURE.pattern}", re.DOTALL) if known else _FIGURE
    return pattern.findall(text)
