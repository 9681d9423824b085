"""build.json: of each target what it was made from, what came out and what was told; nothing that differs between runs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.text.font import open_font_file
from lhpub.text.fonts import FontBook
from lhpub.walk import every_text
from lhpub.world import PICTURE_LIMIT, World

NAME = "build.json"
_TARGET = re.compile(r"-(brochure|deck(-core)?(-[0-9]+x[0-9]+)?)$")
Record = Mapping[str, Mapping[str, Any]]
"""Targets by name, each with `inputs` (groups of files with hashes), `outputs` (files with hashes), `pages`, `diagnostics`."""
_KEYS = {"inputs": dict, "outputs": dict, "pages": int, "diagnostics": list}


@dataclass(frozen=True)
class Product:
    """A target as made, one set. `name`: `longhua-2023-deck`; `files`: by name; `reads`: hashes of the files it was made
    from, by path."""

    name: str
    files: Mapping[str, bytes]
    pages: int
    reads: Mapping[Path, str]
    diagnostics: tuple[Diagnostic, ...]
    figures: Mapping[str, str] = field(default_factory=dict)
    """What is stated in figures, as printed, by id."""
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each link to a spreadsheet what stands beside its cells."""
    begins: Mapping[str, int] = field(default_factory=dict)
    """The page that each keyword begins on, by its title."""
    called: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """Of each figure its number in the papers, its name, and the cell that it is read from or 随; by id."""
    places: Mapping[str, int] = field(default_factory=dict)
    """How often each entry stands, by id."""


def sha256(data: bytes) -> str:
    """Returns the hash that build.json holds of a file."""
    return hashlib.sha256(data).hexdigest()


def read_record(data: bytes) -> Record:
    """Returns the targets of a build.json, none for one that lhpub has not written so."""
    try:
        targets = json.loads(data)["targets"]
        whole = all(isinstance(t[key], kind) for t in targets.values() for key, kind in _KEYS.items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(targets) if whole else {}


def record_in(world: World, folder: Path) -> Record:
    """Returns the targets that were built into a folder."""
    try:
        return read_record(world.read(folder / NAME))
    except Rejected:
        return {}


def write_record(targets: Record) -> bytes:
    """Returns build.json."""
    return (json.dumps({"targets": dict(sorted(targets.items()))}, ensure_ascii=False, indent=2) + "\n").encode()


def fonts_of(composition: Composition, book: FontBook) -> dict[Path, str]:
    """Returns the files of the fonts that a composition is set in, with the hashes of their bytes."""
    used = {run.font for box in every_text(composition) for line in box.lines for run in line.runs}
    faces = {face.path for font in used for face in book.families[font.family].faces}
    files = {path: open_font_file(path)[1] for path in faces}
    return {path: digest for path, digest in files.items() if digest in {font.digest for font in used}}


def entry_of(product: Product, bases: Mapping[str, Path]) -> dict[str, Any]:
    """Returns what is recorded of a target. `bases`: folders by the group that their files are listed in, the innermost
    first."""
    inputs: dict[str, dict[str, str]] = {}
    for path, digest in sorted(product.reads.items()):
        group = next((name for name, base in bases.items() if path.is_relative_to(base)), "other")
        shown = path.relative_to(bases[group]).as_posix() if group in bases else path.name
        inputs.setdefault(group, {})[shown] = digest
    return {
        "inputs": inputs,
        "outputs": {name: sha256(data) for name, data in sorted(product.files.items())},
        "pages": product.pages,
        "figures": dict(product.figures),
        "begins": dict(product.begins),
        "cells": {name: list(heads) for name, heads in product.cells.items()},
        "diagnostics": [{"code": d.code, "place": str(d.span or ""), "message": d.message.zh} for d in product.diagnostics],
    }


def left_over(before: Record, now: Record) -> dict[str, str]:
    """Returns the files, with their hashes, that an earlier build of the targets in `now` made of other inputs and this
    one did not make: they would stand mixed with the new ones."""
    pairs = [(before[name], entry) for name, entry in now.items() if name in before]
    changed = [(old["outputs"], new["outputs"]) for old, new in pairs if old["inputs"] != new["inputs"]]
    return {name: digest for old, new in changed for name, digest in old.items() if name not in new}


def stands(world: World, file: Path, digest: str) -> bool:
    """True if a file is still as it was built: one that somebody has changed is not ours to remove."""
    try:
        return sha256(world.read(file, PICTURE_LIMIT)) == digest
    except Rejected:
        return False


def merged(before: Record, now: Record) -> Record:
    """Returns all targets: those made now as they are, with what stays of them (the imposed file) when all that they were
    made from is the same."""
    kept = {name: before[name]["outputs"] for name in now if name in before and before[name]["inputs"] == now[name]["inputs"]}
    made = {name: {**entry, "outputs": {**kept.get(name, {}), **entry["outputs"]}} for name, entry in now.items()}
    return {**before, **made}


def moved(before: Record, now: Record, products: Sequence[Product]) -> Iterator[Diagnostic]:
    """Yields, in one message, the figures that read otherwise than at the last build, with where they are read from and in how
    many places they stand."""
    told: dict[str, tuple[str, str]] = {}
    for name, entry in now.items():
        past = before.get(name, {}).get("figures", {})
        told |= {id_: (past[id_], figure) for id_, figure in entry["figures"].items() if past.get(id_, figure) != figure}
    if told:
        zh, en = f"与上次不同的数字 {len(told)} 项：", f"{len(told)} figures differ from the last build:"
        for id_, (old, new) in told.items():
            number, name, source = products[0].called.get(id_, ("", id_.removeprefix("facts/"), ""))
            count = sum(product.places.get(id_, 0) for product in products)
            said = "\n    " + "　".join(filter(None, (number, name, f"{old} → {new}", source)))
            zh, en = f"{zh}{said}　{count} 处", f"{en}{said}　{count} places"
        yield Diagnostic("figures-moved", Severity.NOTICE, Bilingual(zh, en))


def compared(products: Sequence[Product]) -> Diagnostic:
    """Returns how much of what was written was compared with what was composed."""
    counts = [(product, sum(product.places.values())) for product in products]
    zh = "，".join(f"{'幻灯片' if '-deck' in product.name else '画册'} {count} 处" for product, count in counts)
    en = ", ".join(f"{count} in the {'deck' if '-deck' in product.name else 'brochure'}" for product, count in counts)
    said = Bilingual(f"比对：写出的文件与来源逐处相同，{zh}", f"places compared, all as in the source: {en}")
    return Diagnostic("build-compared", Severity.NOTICE, said)


def repaged(before: Record, now: Record) -> Iterator[Diagnostic]:
    """Yields of each target that has more or fewer pages than at the last build where that begins."""
    for name, entry in now.items():
        old, new = before.get(name, entry), entry
        if old["pages"] == new["pages"]:
            continue
        unit = "张" if "-deck" in name else "页"
        past, begins = old.get("begins", {}), new["begins"]
        gone = next((title for title in past if title not in begins), None)
        first = next((t for t in sorted(begins, key=lambda t: (begins[t], past.get(t, 0))) if past.get(t) != begins[t]), None)
        why = ("目录、来源等页有增减", "pages of lists have come or gone")
        if gone:
            why = (f"“{gone}”删去了", f"“{gone}” is gone")
        elif first and first not in past:
            why = (f"新增“{first}”，在第 {begins[first]} {unit}", f"“{first}” is new, on {begins[first]}")
        elif first:
            why = (f"从“{first}”起，由第 {past[first]} {unit}移到第 {begins[first]} {unit}",
                   f"from “{first}” on, which moved from {past[first]} to {begins[first]}")  # fmt: skip
        counts = f"{name} {old['pages']} → {new['pages']}"
        yield Diagnostic("pages-moved", Severity.NOTICE, Bilingual(f"{counts} {unit}：{why[0]}", f"{counts} pages: {why[1]}"))


def older(before: Record, now: Record, made: str) -> Iterator[Diagnostic]:
    """Yields which other targets of a publication, one of which is `made`, were made from files that have changed since."""
    stem = _TARGET.sub("", made)
    current = {file: digest for entry in now.values() for file, digest in _inputs(entry).items()}
    for target in before:
        if target in now or target == stem or _TARGET.sub("", target) != stem:
            continue
        changed = [name for (group, name), was in _inputs(before[target]).items() if current.get((group, name), was) != was]
        if changed:
            what = "、".join(changed[:3]) + "……" * (len(changed) > 3)
            zh = f"旁边的 {target} 是较早生成的，那以后改过 {what}"
            message = Bilingual(zh, f"{target} beside it was made before {', '.join(changed[:3])} changed")
            hint = Bilingual("lhpub build all 一并重做", "make both by `lhpub build all`")
            yield Diagnostic("older-files", Severity.WARNING, message, hint)


def _inputs(entry: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(group, name): digest for group, files in entry["inputs"].items() for name, digest in files.items()}
