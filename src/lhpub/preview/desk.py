"""The desk: the publication that lies open, its pages as last composed without a fault, and what is wrong now.

Every method takes the desk from one whole state to the next; nothing is shown of a state that has errors, but the faults.
"""

from __future__ import annotations

import itertools
import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lhpub.boxes import Composition, Page
from lhpub.build import Job, Look, Read, Target, read_all, read_look, try_layout
from lhpub.diagnostics import Diagnostic, Rejected, has_errors
from lhpub.edits import Edit, Insert, Move, Put, Remove, Replace, Value, apply
from lhpub.edits.tree import shape
from lhpub.papers.press import press_settings
from lhpub.preview.raster import press_page, screen_page
from lhpub.publication.entries import Ids, read_ids
from lhpub.source.node import Scalar
from lhpub.world import YAML_LIMIT, World, fresh_token

TARGETS: tuple[Target, ...] = ("brochure", "deck")
KEPT = 1200
"""Pages that can still be asked for, those of earlier states among them."""
STEPS = 200
"""Edits that can be taken back."""


@dataclass(frozen=True, slots=True)
class Draft(World):
    """A machine on which one file reads as it is being written."""

    file: Path = Path()
    text: bytes = b""

    def read(self, path: str | Path, limit_bytes: int = YAML_LIMIT) -> bytes:
        """Returns the draft for its file, any other file's bytes."""
        return self.text if Path(path) == self.file else World.read(self, path, limit_bytes)


@dataclass(frozen=True, slots=True)
class View:
    """A medium as composed: its pages, and each one's name for as long as it looks like this."""

    composition: Composition
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an editor asks for: the text that an entry is to have ('' takes it away), and the text she saw (None: any)."""

    id: str
    text: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What takes an edit back: the edits, and the file after it and before it."""

    label: str
    edits: tuple[Edit, ...]
    after: bytes
    before: bytes


class Conflict(Exception):  # noqa: N818 - what it is, in the editor's words
    """Raised when a text was changed elsewhere meanwhile; `now`: as it stands."""

    def __init__(self, id_: str, now: str) -> None:
        super().__init__(id_)
        self.id, self.now = id_, now


@dataclass
class Desk:
    """What lies open. `root`: the project's folder; `job`: source, layout, fonts and where files go, its source need not exist
    yet."""

    root: Path
    job: Job
    data: bytes = b""
    ids: Ids = field(default_factory=lambda: Ids({}, {}))
    read: Read | None = None
    views: dict[Target, View] = field(default_factory=dict)
    told: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    past: list[Step] = field(default_factory=list)
    future: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._looks: dict[tuple[Path, Path, str | None], Look] = {}
        self._boot, self._serial = fresh_token()[:6], itertools.count()
        self._pages: OrderedDict[str, tuple[Composition, Page]] = OrderedDict()
        self._drafted: tuple[Any, ...] = ()
        """The last draft: its file, job and medium, its ids, what was read and what was told, its pages and what was told."""

    @property
    def world(self) -> World:
        """The machine as it is now: one for each reading."""
        return World(self.root)

    # what is on it

    def open(self, job: Job) -> None:
        """Lays out another source, layout or aspect; what cannot be undone there is forgotten."""
        if job.source != self.job.source:
            self.past, self.future = [], []
            self.views, self.read = {}, None
        self.job = job

    def refresh(self, targets: Iterable[Target] = TARGETS, *, look: bool = False) -> None:
        """Reads what changed and composes the media again. `look`: the layout or the fonts changed, too."""
        if look:
            self._looks.clear()
            self._drafted = ()
        try:
            self.data = self.world.read(self.job.source)
        except Rejected as rejected:
            self.told = {"read": rejected.diagnostics}
            return
        of, drafted = self._drafted[:3], self._drafted[3:]
        self._drafted = ()
        if of == (self.data, self.job, *targets):  # what was typed is what is saved: it has been composed already
            self.ids, self.read, self.told["read"], view, self.told[of[2]] = drafted
            self.views[of[2]] = view or self.views[of[2]]
            return
        read, self.told["read"] = self._read(self.world, self.data)
        if read is not None:
            self.read = read
            self.compose(targets)

    def compose(self, targets: Iterable[Target]) -> None:
        """Composes media of what was read; one with errors keeps its last good pages."""
        for target in targets:
            if self.read is not None:
                view, self.told[target] = self._composed(self.read, target)
                self.views[target] = view or self.views[target]

    def _read(self, world: World, data: bytes) -> tuple[Read | None, tuple[Diagnostic, ...]]:
        try:
            self.ids = read_ids(data.decode("utf-8", "replace"), self.job.source.as_posix())
            if (key := (self.job.layout, self.job.fonts, self.job.aspect)) not in self._looks:
                self._looks[key] = read_look(world, self.job)
            read = read_all(world, self.job, self._looks[key])
        except Rejected as rejected:
            return None, rejected.diagnostics
        return read, read.diagnostics

    def _composed(self, read: Read, target: Target) -> tuple[View | None, tuple[Diagnostic, ...]]:
        """Returns a medium and what there is to tell of it; None where it has errors and good pages are there."""
        try:
            made, found = try_layout(read, (target,), self.job.aspect)
        except Rejected as rejected:
            return self.views.get(target), rejected.diagnostics
        told = tuple(d for d in found if d not in read.diagnostics)
        if has_errors(told) and target in self.views:
            return None, told
        return self._view(made[target], self.views.get(target)), told

    def _view(self, composition: Composition, before: View | None) -> View:
        """Returns a composition with a name for each page: the old one where it looks as before."""
        pairs = zip(before.composition.pages, before.keys, strict=True) if before else ()
        old = {page.number: (page, key) for page, key in pairs}
        same_masters = before is not None and before.composition.masters == composition.masters
        keys = []
        for page in composition.pages:
            known, key = old.get(page.number, (None, ""))
            if not (same_masters and known == page):
                key = f"{self._boot}{next(self._serial)}"
            self._pages[key] = (composition, page)
            self._pages.move_to_end(key)
            keys.append(key)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return View(composition, tuple(keys))

    @property
    def problems(self) -> tuple[tuple[Diagnostic, str], ...]:
        """Everything there is to tell, errors first, each with the medium that it is told of ('read': of neither)."""
        found = {d: of for of, told in reversed(self.told.items()) for d in told}
        return tuple(sorted(found.items(), key=lambda one: -one[0].severity))

    # its pages

    def page(self, key: str) -> tuple[Composition, Page]:
        """Returns the page of a name. Raises KeyError where it is none of ours, or too long ago."""
        return self._pages[key]

    def pdf(self, key: str, press: bool = False) -> bytes:
        """Returns a page as a PDF, as the screen or the press file has it. Raises KeyError, Rejected."""
        composition, page = self._pages[key]
        if not press or self.read is None:
            return screen_page(composition, page)
        return press_page(composition, page, press_settings(self.world, self.read.layout))

    # edits

    def edit(self, changes: tuple[Change, ...], label: str) -> None:
        """Writes texts into the source. Raises Conflict where one was changed elsewhere meanwhile, Rejected where a text
        cannot stand there; then nothing was written."""
        self.carry_out(self._edits(changes), label)

    def carry_out(self, edits: tuple[Edit, ...], label: str) -> None:
        """Carries out edits on the file as it is now, all or none."""
        before = self.world.read(self.job.source)
        data, inverse = self._applied(edits)
        self._write(data)
        self.past, self.future = [*self.past[-STEPS:], Step(label, inverse, data, before)], []

    def step(self, back: bool) -> str:
        """Takes the last edit back, or does it again; returns what it was, '' if there is none. Where nothing else wrote to
        the file since, its very bytes come back. Raises Conflict where the entry was changed elsewhere, Rejected where something
        else stands in the way: then the step is left out."""
        source, other = (self.past, self.future) if back else (self.future, self.past)
        if not source:
            return ""
        step, now = source.pop(), self.world.read(self.job.source)
        file = self.job.source.as_posix()
        was, present = (read_ids(data.decode("utf-8", "replace"), file).nodes for data in (step.after, now))
        for edit in step.edits:
            id_ = "" if isinstance(edit, Insert | Put | Move) else edit.id
            if id_ in was and id_ in present and shape(was[id_]) != shape(present[id_]):
                node = present[id_]
                raise Conflict(id_, node.text if isinstance(node, Scalar) else "")
        try:
            data, inverse = self._applied(step.edits)
        except Rejected:
            if now != step.after:
                raise
            data, inverse = step.before, ()
        data = step.before if now == step.after else data
        self._write(data)
        other.append(Step(step.label, inverse, data, now))
        return step.label

    def draft(self, changes: tuple[Change, ...], target: Target) -> tuple[View | None, tuple[Diagnostic, ...]]:
        """Returns a medium as it would be with the changes, and what there would be to tell; writes nothing."""
        data, _ = self._applied(self._edits(changes))
        world = Draft(self.root, file=self.job.source, text=data)
        ids = self.ids
        read, told = self._read(world, data)
        ids, self.ids = self.ids, ids
        if read is None:
            return None, told
        view, found = self._composed(read, target)
        self._drafted = (data, self.job, target, ids, read, told, view, found)
        return view, found

    def _edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...]:
        self.data = self.world.read(self.job.source)
        self.ids = read_ids(self.data.decode("utf-8", "replace"), self.job.source.as_posix())
        edits: list[Edit] = []
        for change in changes:
            node, text = self.ids.nodes.get(change.id), change.text if change.text.strip() else ""
            now = node.text if isinstance(node, Scalar) else ""
            if change.was is not None and now != change.was:
                raise Conflict(change.id, now)
            if now == text:
                continue
            if node is None:
                edits.append(insertion(self.ids, change.id, text))
                continue
            owner, _, key = change.id.rpartition("/")
            if key == "title" and owner.startswith("keywords/") and f"{owner}/id" not in self.ids.nodes and self.used(owner):
                edits.append(Insert(owner, change.id, "id", owner.partition("/")[2]))  # what others call it by stays
            edits.append(Replace(change.id, text) if text else Remove(change.id))
        return tuple(edits)

    def used(self, id_: str) -> int:
        """Returns how many texts elsewhere name a keyword, a fact of it, or a theme."""
        root, _, name = id_.partition("/")
        named = re.compile(rf"\{{\s*{re.escape(name)}[.:}}]|{re.escape(name)}(\..+)?$")
        if root == "charts":
            return 0
        own = (f"{id_}/", f"facts/{name}.", f"facts/{name}/")
        texts = (node.text for at, node in self.ids.nodes.items() if isinstance(node, Scalar) and not at.startswith(own))
        return sum(1 for text in texts if (named.search(text) if "{" in text else named.match(text)))

    def _applied(self, edits: tuple[Edit, ...]) -> tuple[bytes, tuple[Edit, ...]]:
        data, inverse = self.world.read(self.job.source), []
        for edit in edits:
            done = apply(data, self.job.source.as_posix(), edit)
            data = done.data
            inverse.append(done.inverse)
        return data, tuple(reversed(inverse))

    def _write(self, data: bytes) -> None:
        self.world.write(self.job.source, data)
        self.data = data


def insertion(ids: Ids, id_: str, value: Value) -> Insert:
    """Returns the edit that writes an entry that is not there yet, with whatever it is to stand in."""
    parent, _, name = id_.rpartition("/")
    if match := re.fullmatch(r"facts/([^/.]+)\.([^/]+)", id_):
        parent, name = f"keywords/{match[1]}/facts", match[2]
    if parent in ids.nodes or not parent:
        return Insert(parent, None, name, value)
    return insertion(ids, parent, {name: value} if name else [value])
