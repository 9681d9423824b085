"""A list of changes, however they were found, as people read it: lines for a terminal, a sheet to sign, a table, JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby, takewhile

from lhpub.boxes import Composition, Metadata
from lhpub.papers.paper import PLAIN, SECTION, STRONG, TITLE
from lhpub.review.changes import Change, wholes
from lhpub.review.sheets import WIDTH, Cell, Look, Pieces, Sheets, heads, struck, underlined
from lhpub.review.tables import Table, columns, write_tables
from lhpub.text.fonts import FontBook

LEGEND = "粗下划线 新增　删除线 删去　上、本：改前与改后的写法\n核：看过并同意打钩；不同意的在“意见”里写，或画回原样"
_COLUMNS = columns("核:5:tick 号:6 首见的页:10 又见于:24 编号:14 性质:8 上一稿:60:wrap 本稿:60:wrap 原因:34:wrap 意见:24")
BACK, NO_PLACE = "能收回源文件", "源文件里没有位置"
"""Headings of what came back in a deck."""
_BRIEF = 26
"""Characters of a text that a terminal's line shows."""


@dataclass(frozen=True, slots=True)
class Item:
    """One change, wherever it stands: where first, where else; `name`: its number in the proof, else its shape's name; `note`:
    why, or what becomes of it; `group`: the heading that it stands under."""

    first: str
    rest: str
    name: str
    kind: str
    old: str
    new: str
    note: str = ""
    group: str = ""


def items_of(changes: Sequence[Change], places: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[Item, ...]:
    """Returns the changes between two drafts, with the places of the rows that they are of."""
    return tuple(Item(*first_place(places.get(c.row.id, {})), c.row.number, c.kind, c.old, c.new, c.reason) for c in changes)


def first_place(marks: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Returns where something stands first, and where else."""
    whole = [(mark, page) for mark, pages in marks.items() for page in pages]
    rest = [(mark, " ".join(page for _, page in held)) for mark, held in groupby(whole[1:], key=lambda one: one[0])]
    return f"{whole[0][0]} {whole[0][1]}" if whole else "—", "　".join(mark + pages for mark, pages in rest)


def tally(items: Sequence[Item]) -> str:
    """Returns how many changes there are of each kind, in words."""
    return "　".join(f"{kind}{count}" for kind, count in Counter(item.kind for item in items).items())


def lines(items: Sequence[Item]) -> Iterator[str]:
    """Yields the list as a terminal shows it."""
    yield f"改动　{len(items)}处　{tally(items)}"
    group = ""
    for number, item in enumerate(items, 1):
        if item.group != group:
            group = item.group
            yield from ("", f"{group}　{sum(one.group == group for one in items)}处")
        old, new = (text if len(text) < _BRIEF else f"{text[: _BRIEF - 1]}…" for text in (item.old, item.new))
        note = f"：{item.note}" if item.note else ""
        yield f"  改{number}　{item.first}　{item.name}　{item.kind}　{old or '（没有）'} → {new or '（没有）'}{note}"


def table(items: Sequence[Item], note: str = "") -> Table:
    rows = [(None, f"改{at}", i.first, i.rest, i.name, i.kind, i.old, i.new, i.note, None) for at, i in enumerate(items, 1)]
    return Table("改动", note, _COLUMNS, rows, freeze="C4")


def files(title: str, said: str, items: Sequence[Item], pdf: bytes) -> dict[str, bytes]:
    """Returns the list as files, by the ends of their names."""
    listed = {"said": said, "changes": [asdict(item) for item in items]}
    return {
        "changes.pdf": pdf,
        "changes.xlsx": write_tables(title, [table(items, said)]),
        "changes.json": (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode(),
    }


def sheet(book: FontBook, title: str, said: str, items: Sequence[Item], metadata: Metadata) -> Composition:
    """Returns the list as a paper of its own."""
    sheets = Sheets(book, title, said.partition("；")[0])
    set_list(sheets, title, said, items)
    return sheets.composition(metadata)


def set_list(sheets: Sheets, title: str, said: str, items: Sequence[Item]) -> None:
    """Sets the list as a section of a paper, one row for each change however many places."""
    sheets.section("一览" if title == sheets.name else title, LEGEND)
    head = replace(TITLE, size=16, leading=22)
    sheets.y = sheets.text(Cell(0, WIDTH, ((title, head), (f"　{said}", PLAIN)), head), sheets.y) + 1
    count = [Cell(0, 24, f"共{len(items)}处", STRONG), Cell(25, 145, tally(items) or "没有改动")]
    sheets.row([count], Look(tick=False, rule=0.8))
    columns = heads("0 7 核|7 12 号|19 24 首见的页\n又见于|43 24 编号\n性质|67 77 上　改前\n本　改后|146 28 原因\n意见")
    number = 0
    for group, held in groupby(items, key=lambda item: item.group):
        if group:
            sheets.title([Cell(0, WIDTH, ((group, SECTION),), SECTION)])
        sheets.row([columns], Look(tick=False, rule=0.5))
        for item in held:
            number += 1
            there = ((item.first, replace(STRONG, size=10.5)), (f"\n{item.rest}" if item.rest else "", PLAIN))
            cells = [Cell(7, 12, str(number), STRONG), Cell(19, 23, there), Cell(43, 23, f"{item.name}\n{item.kind}")]
            cells += [Cell(67, 77, both(item.old, item.new)), Cell(146, 28, item.note or " ")]
            sheets.row([cells], Look(tick=group != NO_PLACE, least=12))


def _same(one: list[str], other: list[str]) -> int:
    """Returns how many pieces two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def both(old: str, new: str) -> Pieces:
    """Returns what was and what is, each on its line: the stretch that differs, with some words about it."""
    before, after = wholes(old), wholes(new)
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    head = "……" * (start > 4) + "".join(before[max(start - 4, 0) : start])
    shown = [head + "".join(words[start : len(words) - end + min(end, 4)]) for words in (before, after)]
    gone = struck(shown[0], PLAIN) if old else ("（没有）", PLAIN)
    came = underlined(shown[1], PLAIN) if new else ("（没有）", PLAIN)
    return (("上　", PLAIN), gone, ("\n本　", PLAIN), came)
