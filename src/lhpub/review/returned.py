"""`lhpub changes`: what came back from a meeting (改稿回收单), what two sources, drafts or decks differ in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from lhpub.boxes import Metadata
from lhpub.build import Job, read_look
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.render.pdf import render_pdf
from lhpub.render.pptx import render_pptx
from lhpub.review.changes import Snapshot, compare_drafts, from_json
from lhpub.review.edited import compare_decks, deck_changes, slides_in
from lhpub.review.ledger import axes_of, marks_of
from lhpub.review.listed import BACK, NO_PLACE, Item, files, items_of, lines, sheet
from lhpub.review.marked import since
from lhpub.review.proof import take_draft
from lhpub.review.taken import DeckChange, taken_back
from lhpub.verify.called import called
from lhpub.verify.file import verify_file
from lhpub.verify.pptx_file import PptxFile
from lhpub.world import PICTURE_LIMIT, World

_STEM = re.compile(r"-(?:deck(?:-[0-9]+x[0-9]+|-alternative)*|[0-9a-f]{6})$")
_FEW, _BRIEF = 3, 16
"""Differences of a slide, and characters of a text, that the terminal shows after a source was mended."""
Told = tuple[list[str], dict[str, bytes], str]
"""Lines to print, files by the ends of their names, and how these begin."""


def changes_between(world: World, job: Job, paths: tuple[Path, Path]) -> Told:
    """Returns what two sources, drafts or decks differ in."""
    old, new = paths
    if {old.suffix, new.suffix} == {".pptx"}:
        decks = (slides_in(PptxFile(_deck(world, path))) for path in paths)
        items, said = tuple(map(_item, compare_decks(*decks))), f"{old.name} → {new.name}"
    else:
        (before, _), (after, places) = (_snapshot(world, job, path) for path in paths)
        items, said = items_of(compare_drafts(before, after), places), f"{before.line} → {after.line}"
    return _told(world, job, (_STEM.sub("", new.stem), "改动一览"), said, items)


def _deck(world: World, path: Path) -> bytes:
    """Returns a deck's bytes; raises Rejected for what is none or cannot be read."""
    data = world.read(path, PICTURE_LIMIT)
    if wrong := tuple(d for d in verify_file(data, path.name) if d.code in ("verify-kind", "pptx-unreadable")):
        raise Rejected(wrong)
    return data


def _told(world: World, job: Job, named: tuple[str, str], said: str, items: tuple[Item, ...]) -> Told:
    stem, title = named
    paper = sheet(read_look(world, job).book, title, said, items, Metadata(f"{stem}-changes", title, "", "", ""))
    return [said, *lines(items)], files(title, said, items, render_pdf(paper)), stem


def _snapshot(world: World, job: Job, path: Path) -> tuple[Snapshot, dict[str, dict[str, tuple[str, ...]]]]:
    if path.suffix == ".json":
        kept = from_json(world.read(path), path.name)
        return kept, {row.id: marks_of(row) for row in kept.rows}
    if path.suffix in (".yaml", ".yml"):
        read, _, now, _ = take_draft(world, replace(job, source=path))
        return now, {row.id: marks_of(row, axes_of(read.publication)) for row in now.rows}
    if not path.suffix and (named := since(world, job, path)):
        return named, {row.id: marks_of(row) for row in named.rows}
    said = Bilingual(
        f"{path.name}：比的是两份源文件、两份存下的稿，或两份幻灯片",
        f"{path.name}: compare two sources, two drafts that were kept, or two decks",
    )
    hint = Bilingual("改过的幻灯片：lhpub changes 改过的.pptx", "of an edited deck: lhpub changes EDITED.pptx")
    raise Rejected((Diagnostic("changes-kind", Severity.ERROR, said, hint),))


def _item(change: DeckChange) -> Item:
    name = change.row or (called(change.place).zh if change.place else "")
    return Item(f"片 {change.slide}", "", name, change.kind, change.old, change.new, change.reason)


def changes_of_deck(world: World, job: Job, path: Path, apply: str | None, note: Callable[[str], None]) -> Told:
    """Returns what was changed in a deck; `apply`: the numbers to carry out (`1,3-5`), 'all' for all of them: then the source is
    written."""
    data = _deck(world, path)
    note("compose")
    read, made, now, _ = take_draft(world, replace(job, targets=("deck", "brochure")))
    built = render_pptx(made["deck"], read.brand), made["deck"]
    found = deck_changes(data, built, read.publication, now.rows)
    found = tuple(sorted(found, key=lambda change: not change.edits))
    at = {row.number: f"源 {row.line} 行" for row in now.rows}
    groups = [(BACK, "，".join(filter(None, (at.get(c.row), c.reason)))) if c.edits else (NO_PLACE, c.reason) for c in found]
    back = [replace(_item(c), group=group, note=words) for c, (group, words) in zip(found, groups, strict=True)]
    title = "改稿回收单"
    said = f"{path.name}　对照 {now.line}；勾了的号写进 --apply，例如 --apply 1,3-5"
    told, held, stem = _told(world, job, (read.publication.id, title), said, tuple(back))
    if apply:
        can = {n: c for n, c in enumerate(found, 1) if c.edits}
        chosen = [can[n] for n in (can if apply == "all" else _numbers(apply, len(can)))]
        source, left = taken_back(world.read(job.source), job.source.as_posix(), chosen)
        told += ["", f"收回 {len(chosen) - len(left)} 处"]
        told += [f"  没有收回：{change.old} → {change.new}：{change.reason}" for change in left]
        told += _taken(world, job, (data, source), found)
    return told, held, stem


def _taken(world: World, job: Job, datas: tuple[bytes, bytes], found: tuple[DeckChange, ...]) -> Iterator[str]:
    """Writes the source with what was taken back, and yields what is still otherwise in the deck that is composed of it. Raises
    Rejected, with the source as it was, where nothing can be composed."""
    deck, source = datas
    before = world.read(job.source)
    world.write(job.source, source)
    try:
        read, made, *_ = take_draft(World(world.root), replace(job, targets=("deck",)))
    except Rejected:
        world.write(job.source, before)
        raise
    yield f"已写进 {job.source.as_posix()}"
    known = {(c.kind, c.place, c.new) for c in found if not c.edits}
    built = render_pptx(made["deck"], read.brand), made["deck"]
    rest = [c for c in deck_changes(deck, built, read.publication, ()) if (c.kind, c.place, c.new) not in known]
    if rest:
        yield f"由它重新排的幻灯片，还有 {len(rest)} 处与改过的不同（随次序变的编号、目录，和没有收回的）："
    for slide, held in groupby(sorted(rest, key=lambda change: change.slide), key=lambda change: change.slide):
        every = list(held)
        said = "；".join(f"{c.kind}“{c.new[:_BRIEF]}”，重新排的是“{c.old[:_BRIEF]}”" for c in every[:_FEW])
        yield f"  片 {slide}　{said}" + f"……等 {len(every)} 处" * (len(every) > _FEW)
    if not rest:
        yield "由它重新排的幻灯片与改过的一致"


def _numbers(spec: str, last: int) -> list[int]:
    """Returns the numbers of a list like 1,3-5; raises Rejected for one that is no change with a place."""
    found: set[int] = set()
    for part in spec.replace("，", ",").split(","):
        match = re.fullmatch(r"\s*(\d{1,4})(?:\s*[-—–]\s*(\d{1,4}))?\s*", part)
        numbers = range(int(match[1]), int(match[2] or match[1]) + 1) if match else ()
        if not numbers or not 1 <= numbers[0] <= numbers[-1] <= last:
            said = Bilingual(f"--apply 里的“{part}”不是能收回的号", f"“{part}” is no change that can be taken back")
            hint = Bilingual(f"能收回的是 1-{last}，如 --apply 1,3-5", f"those are 1-{last}") if last else None
            raise Rejected((Diagnostic("no-such-change", Severity.ERROR, said, hint),))
        found |= set(numbers)
    return sorted(found)
