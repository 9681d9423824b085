"""The papers of `lhpub changes`: what came back from a meeting (改稿回收单), what two drafts differ in; text, PDF, XLSX, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from lhpub.boxes import Composition, Metadata
from lhpub.build import Job, Read
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.papers.paper import PLAIN, SECTION, STRONG, TITLE
from lhpub.render.pdf import render_pdf
from lhpub.review.changes import Snapshot, compare_drafts, from_json, wholes
from lhpub.review.edited import DeckChange, deck_changes, taken_back
from lhpub.review.proof import CHANGES, change_rows, take_draft, tally
from lhpub.review.sheets import Cell, Look, Sheets, heads, marked
from lhpub.review.tables import Table, columns, write_tables
from lhpub.world import PICTURE_LIMIT, World

_BACK = columns("收:5:tick 号:5 幻灯片:8 处:24 编号:12 性质:8 源文件里:60:wrap 改成:60:wrap 写到或原因:34:wrap")


def changes_between(world: World, job: Job, paths: tuple[Path, Path]) -> tuple[list[str], dict[str, bytes]]:
    """Returns what two sources or drafts differ in: as lines to print, and as files."""
    old, new = (_snapshot(world, job, path) for path in paths)
    found = compare_drafts(old, new)
    rows = change_rows(found, {row.id: {} for row in new.rows})
    lines = [f"{old.line} → {new.line}", f"改动　{len(found)}处　{tally(found)}"]
    lines += [f"  {n}　{c.row.number}　{c.kind}　{c.old or '（没有）'} → {c.new or '（没有）'}" for n, c in enumerate(found, 1)]
    listed = [{"number": c.row.number, "id": c.row.id, "kind": c.kind, "old": c.old, "new": c.new} for c in found]
    return lines, {
        "changes.xlsx": write_tables("改动一览", [Table("改动", lines[0], CHANGES, rows, freeze="C4")]),
        "changes.json": _json({"old": old.line, "new": new.line, "changes": listed}),
    }


def _snapshot(world: World, job: Job, path: Path) -> Snapshot:
    if path.suffix == ".json":
        return from_json(world.read(path), path.name)
    if path.suffix in (".yaml", ".yml"):
        return take_draft(world, replace(job, source=path))[2]
    said = Bilingual(f"{path.name}：比的是两份源文件，或存下的稿", f"{path.name}: compare two sources, or drafts that were kept")
    hint = Bilingual("改过的幻灯片：lhpub changes 改过的.pptx", "of an edited deck: lhpub changes EDITED.pptx")
    raise Rejected((Diagnostic("changes-kind", Severity.ERROR, said, hint),))


def changes_of_deck(
    world: World, job: Job, path: Path, apply: str | None, note: Callable[[str], None]
) -> tuple[list[str], dict[str, bytes]]:
    """Returns what was changed in a deck, as lines and as files; `apply`: the numbers to carry out (`1,3-5`), 'all' for all of
    them: then the source is written."""
    note("compose")
    read, made, now, _ = take_draft(world, replace(job, targets=("deck", "brochure")))
    data = world.read(path, PICTURE_LIMIT)
    found = deck_changes(data, made["deck"], read.publication, now.rows)
    found = tuple(sorted(found, key=lambda change: change.edit is None))
    lines = list(_told(path, now, found))
    if apply:
        chosen = [c for n, c in enumerate(found, 1) if c.edit and (apply == "all" or n in _numbers(apply))]
        source, left = taken_back(world.read(job.source), job.source.as_posix(), chosen)
        world.write(job.source, source)
        lines += ["", f"已收回 {len(chosen) - len(left)} 处，写进 {job.source.as_posix()}"]
        lines += [f"  没有收回：{change.old} → {change.new}：{change.reason}" for change in left]
    listed = [{**asdict(c), "edit": type(c.edit).__name__ if c.edit else None} for c in found]
    rows = [(None, n, c.slide, c.place, c.row, c.kind, c.old, c.new, c.reason or "能收回") for n, c in enumerate(found, 1)]
    return lines, {
        "changes.pdf": render_pdf(_pages(read, path, now, found)),
        "changes.xlsx": write_tables("改稿回收单", [Table("改动", now.line, _BACK, rows, freeze="C4")]),
        "changes.json": _json({"file": path.name, "draft": now.line, "changes": listed}),
    }


def _numbers(spec: str) -> set[int]:
    found: set[int] = set()
    for part in spec.split(","):
        low, _, high = part.partition("-")
        if low.strip().isdigit():
            found |= set(range(int(low), int(high or low) + 1))
    return found


def _told(path: Path, now: Snapshot, found: tuple[DeckChange, ...]) -> Iterator[str]:
    back = [change for change in found if change.edit]
    yield f"{path.name}　对照 {now.line}"
    for title, held, start in (("能收回源文件", back, 1), ("源文件里没有位置", found[len(back) :], len(back) + 1)):
        yield ""
        yield f"{title}　{len(held)}处"
        for number, change in enumerate(held, start):
            words = f"“{_brief(change.old)}”→“{_brief(change.new)}”" + (f"：{change.reason}" if change.reason else "")
            yield f"  {number:3} 片{change.slide} {change.kind} {change.row or change.place}　{words}"


def _brief(text: str) -> str:
    return text if len(text) < 26 else f"{text[:25]}…"


def _pages(read: Read, path: Path, now: Snapshot, found: tuple[DeckChange, ...]) -> Composition:
    """Returns the sheet to sign: what goes back to the source, and what has no place there."""
    sheets = Sheets(read.book, "改稿回收单", now.line)
    sheets.section(
        path.name, "粗下划线 会上改成的　删除线 源文件里的\n勾了“收”的号，交给做稿的人写进 --apply，例如 --apply 1,3-5"
    )
    title = replace(TITLE, size=16, leading=22)
    sheets.y = (
        sheets.text(Cell(0, 174, (("改稿回收单", title), ("　会上改过的幻灯片，哪些能收回源文件", PLAIN)), title), sheets.y) + 2
    )
    back = sum(change.edit is not None for change in found)
    said = (f"共{len(found)}处", f"能收回{back}处　没有位置{len(found) - back}处　对照 {now.line}")
    sheets.row([[Cell(0, 24, said[0], STRONG), Cell(25, 145, said[1])]], Look(tick=False, rule=0.8))
    groups = (("能收回", found[:back], "写到"), ("源文件里没有位置", found[back:], "原因"))
    number = 0
    for name, held, last in groups:
        if held:
            sheets.title([Cell(0, 174, ((name, SECTION),), SECTION)])
            columns = heads(f"0 7 收|7 10 号|17 27 幻灯片\n处|44 84 源　源文件里\n改　改成|130 44 {last}")
            sheets.row([columns], Look(tick=False, rule=0.5))
        for change in held:
            number += 1
            where = f"{change.kind}　{change.row or change.place}"
            words = marked(wholes(change.old), wholes(change.new), PLAIN) or ((" ", PLAIN),)
            cells = [Cell(7, 10, str(number), STRONG), Cell(17, 26, ((f"片 {change.slide}", STRONG), (f"\n{where}", PLAIN)))]
            cells += [Cell(44, 84, words), Cell(130, 44, change.reason or f"{getattr(change.edit, 'id', '')}")]
            sheets.row([cells], Look(tick=change.edit is not None, least=10))
    publication = read.publication
    metadata = Metadata(f"{publication.id}-changes", "改稿回收单", "", publication.organisation, publication.date.isoformat())
    return sheets.composition(metadata)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
