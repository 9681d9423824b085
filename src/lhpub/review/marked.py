"""`lhpub review`: the marked-up copy (审读稿) to read and to write on, with what has changed since another draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from lhpub.boxes import Composition, Metadata, TextBox
from lhpub.build import Job
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.inline import Id
from lhpub.papers.paper import NAME, PLAIN, SECTION, STRONG
from lhpub.render.pdf import render_pdf
from lhpub.review.changes import Snapshot, from_json, to_json, wholes
from lhpub.review.ledger import Row
from lhpub.review.listed import set_list
from lhpub.review.proof import Proof, draft_file, drafts, make_proof, take_draft
from lhpub.review.sheets import LEFT, Cell, Pieces, Sheets, marked
from lhpub.units import mm, to_mm
from lhpub.walk import inside, page_boxes
from lhpub.world import World

_PITCH = 8.85
"""Millimetres from line to line: that of handwriting."""
_READ = replace(NAME, size=12.5, leading=mm(_PITCH), align="justify")
_PAGE = replace(SECTION, size=13, leading=17)
_TEXT, _MARGIN = (12.0, 112.0), (129.0, 45.0)
"""Left edge and width, from the left margin."""
_LEGEND = "粗下划线 新增　删除线 删去（字略小）　左边粗线：这一行有改动\n改1、改2……　与“改动一览”同号；行号每页从1起"


class _Block(NamedTuple):
    """A text to read: its row, its words now and before ('' where it was not there; the same where nothing has changed)."""

    row: Row
    now: str
    before: str


def since(world: World, job: Job, named: Path | None) -> Snapshot | None:
    """Returns the draft that is named: one kept, by its file, its name or its hash, or a source as it would be now."""
    if named is None:
        return None
    if not (world.root / named).is_file():
        kept = drafts(world, job)
        like = [one for one in kept if str(named) in one.name or one.seal.startswith(str(named))]
        if len(like) != 1:
            zh = f"没有叫“{named}”的稿" if not like else f"“{named}”有 {len(like)} 稿"
            message = Bilingual(zh, f"{len(like)} drafts are “{named}”")
            lines = "；".join(one.line for one in kept) or "还没有"
            hint = Bilingual(f"写稿次、校验号，或文件：{lines}", f"name one by its name, hash or file: {lines}")
            raise Rejected((Diagnostic("no-draft", Severity.ERROR, message, hint),))
        return like[0]
    if named.suffix == ".json":
        return from_json(world.read(named), named.name)
    return take_draft(world, replace(job, source=named))[2]


def review(world: World, job: Job, named: Path | None, progress: Callable[[str], None]) -> tuple[tuple[Path, ...], Proof]:
    """Writes the marked-up copy and keeps the draft; returns the files and what they say."""
    progress("compose")
    made = make_proof(world, job, since(world, job, named))
    stem = made.read.publication.id
    progress("write")
    copy, kept = job.out / job.layout.name / f"{stem}-review.pdf", draft_file(job, stem, made.now)
    world.write(copy, render_pdf(review_pages(made)))
    world.write(kept, to_json(made.now))
    return (copy, kept), made


def review_pages(made: Proof) -> Composition:
    """Returns the copy as a composition: the brochure's pages with their texts, each with its notes, then what has changed."""
    sheets = Sheets(made.read.book, "审读稿", made.now.line if made.before else f"首稿 · {made.now.line}")
    sheets.section("按画册页", _LEGEND)
    brochure, deck = made.compositions["brochure"], made.compositions["deck"]
    old = {row.id: row.printed for row in made.before.rows} if made.before else {}
    spoken = {row.owner: row for row in made.of("text") if row.id.endswith("/notes")}
    alone = {row.id for row in made.of("text") if all(place.medium == "deck" for place in row.places)}
    line, new = 0, "" if made.before else None
    for composition, page in ((one, page) for one in (brochure, deck) for page in one.pages):
        medium = composition.medium
        order = {box.name: at for at, box in enumerate(inside(page_boxes(page, composition))) if isinstance(box, TextBox)}
        there = {row.number: [order.get(p.box, 0) for p in row.places if (p.medium, p.page) == (medium, page.number)]
                 for row in made.of("text") if medium == "brochure" or row.id in alone}  # fmt: skip
        alone -= {row.id for row in made.of("text") if there.get(row.number)}
        here = sorted((row for row in made.of("text") if there.get(row.number)), key=lambda row: min(there[row.number]))
        rows = [row for row in here if not row.id.startswith("facts/") or "名" in row.number]
        heads_here = {row.owner for row in rows if row.id.endswith(("/body", "/headline"))}
        notes = [spoken.pop(owner) for owner in heads_here if owner in spoken]
        alone -= {row.id for row in notes}
        read = [_Block(row, row.printed, old.get(row.id, row.printed if new is None else new)) for row in (*rows, *notes)]
        figures = _figures(made, page.number, old) if medium == "brochure" else ()
        blocks = [*read[: len(rows)], *figures, *read[len(rows) :]]
        if not blocks:
            continue
        before = len(sheets.pages)
        sheets.room(30)
        line = line if len(sheets.pages) == before else 0
        name = f"册 {page.number}　{page.title}" if medium == "brochure" else f"只在幻灯片上：片 {page.number}　{page.title}"
        sheets.y = sheets.text(Cell(_TEXT[0], _TEXT[1], name, _PAGE), sheets.y + 3) + 0.6
        sheets.paper.rule((LEFT + _TEXT[0], sheets.y), _TEXT[1], 0.8)
        for block in blocks:
            line = _block(sheets, made, block, line)
    for paper, *_ in sheets.pages:
        paper.frame((150, 18, 0.001, 258), 0.4)
    if made.before:
        set_list(sheets, "改动一览", f"{made.before.line} → {made.now.line}", made.items)
    publication = made.read.publication
    title = f"审读稿 {publication.title}"
    return sheets.composition(
        Metadata(f"{publication.id}-review", title, "", publication.organisation, publication.date.isoformat())
    )


def _figures(made: Proof, page: int, old: dict[Id, str]) -> Iterator[_Block]:
    """Yields what a page shows in figures alone: its big figures, then all of its charts as one text."""
    for part in ("大数字", "图上"):
        held = []
        for row in made.of("figure"):
            here = [place for place in row.places if (place.medium, place.page) == ("brochure", page)]
            held += [row] * any(p.part == "label" if part == "图上" else p.box.endswith("/hero") for p in here)
        texts = [(f"{row.label}　{row.printed}", f"{row.label}　{old.get(row.id, row.printed)}") for row in held]
        if texts and part == "图上":
            yield _Block(replace(held[0], id="", label=part, number=""), *("\n".join(one) for one in zip(*texts, strict=True)))
        elif texts:
            yield from (_Block(replace(row, label=part), *words) for row, words in zip(held, texts, strict=True))


def _block(sheets: Sheets, made: Proof, block: _Block, line: int) -> int:
    """Sets a text with its lines numbered and what has changed marked; returns the number of its last line."""
    words: Pieces = ((block.now, _READ),) if block.now == block.before else marked(
        wholes(block.before, made.printed), wholes(block.now, made.printed), _READ
    )
    cell, pages = Cell(*_TEXT, words, _READ), len(sheets.pages)
    sheets.room(sheets.height(cell) + 9)
    if len(sheets.pages) > pages:
        line = 0
    row = block.row
    name = Cell(*_TEXT, f"{row.label}　{row.number}" + ("　备注" if row.id.endswith("/notes") else ""), STRONG)
    top = sheets.text(name, sheets.y + 2.4) + 1.6
    at = len(sheets.paper.boxes)
    sheets.y = sheets.text(cell, top) + 1.0
    box = sheets.paper.boxes[at]
    numbers, first = _numbers(made, block), True
    for one in box.lines if isinstance(box, TextBox) else ():
        line += 1
        y = top + to_mm(one.baseline)
        sheets.text(Cell(0, 6, str(line), replace(PLAIN, align="right")), y - 3.4)
        sheets.paper.rule((LEFT + _MARGIN[0], y + 1.2), _MARGIN[1], 0.3)
        if any(run.ink.name in ("gone", "new") for run in one.runs):
            sheets.bar(y - 5.2, _PITCH, LEFT + 7.9)
            reasons = [made.changes[n - 1].reason[:10] for n in numbers if first and made.changes[n - 1].reason]
            said = "、".join(f"改{n}" for n in numbers) + "".join(f"　{reason}" for reason in reasons[:1])
            sheets.text(Cell(*_MARGIN, said, STRONG), y - 3.4) if said else None
            first = False
    return line


def _numbers(made: Proof, block: _Block) -> list[int]:
    """Returns the numbers of the changes that a text shows: its own, else those of the figures in it."""
    own = [n for n, change in enumerate(made.changes, 1) if change.row.id == block.row.id]
    figures = [
        n
        for n, c in enumerate(made.changes, 1)
        if c.row.kind in ("figure", "date") and c.new and c.row.printed in block.now and c.new != c.old
    ]
    return list(dict.fromkeys((*own, *(n for n in figures if made.changes[n - 1].old.partition("（")[0] in block.before))))
