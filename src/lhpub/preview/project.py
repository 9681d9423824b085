"""The folder that the workshop works in: which sources and layouts it opens, what it may write, what was built there."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping as Asked
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from lhpub.build import Job
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.edits import Edit, Insert, Move, Put, Remove, Replace, apply
from lhpub.preview.desk import Desk, insertion
from lhpub.record import record_in
from lhpub.source.node import Mapping, Node, Scalar
from lhpub.starters import begin, starters
from lhpub.world import PICTURE_LIMIT, World

_TITLE = re.compile(r"^ *title: *(.+?) *(?:#.*)?$", re.MULTILINE)
_PICTURE = re.compile(r"(publication|themes/[^/]+|keywords/[^/]+)/(picture|logo|pictures/[^/]*)")
_FORMATS = {"JPEG": ".jpg", "PNG": ".png"}


@dataclass(frozen=True)
class Project:
    """A project's folder, with the folder of its layouts and its list of fonts (from there, or anywhere)."""

    root: Path
    layouts: Path
    fonts: Path

    def choices(self, job: Job) -> dict[str, Any]:
        """Returns what there is to choose from."""
        known = sorted((self.root / self.layouts).glob("*/layout.yaml"))
        return {
            "sources": [p.relative_to(self.root).as_posix() for p in self._sources()],
            "layouts": [{"name": p.parent.name, "title": _title(p)} for p in known],
            "starters": [{"name": p.stem, "title": _title(p)} for p in starters(self.root).values()],
            "files": sorted(self.built(job)),
            "start": not (self.root / job.source).is_file(),
        }

    def _sources(self) -> list[Path]:
        folders = {self.root, self.root / "source"}
        return sorted(p for folder in folders for p in folder.glob("*.yaml") if not p.name.startswith("."))

    def chosen(self, job: Job, asked: dict[str, Any]) -> Job:
        """Returns the job with another source, layout or aspect; a starter is copied first. Raises Rejected for what lies
        outside the project's folder or is not there."""
        if (start := asked.get("start")) is not None:
            job = replace(job, source=begin(World(self.root), str(start), str(start) or "我的刊物"))
        if (source := asked.get("source")) is not None:
            path = (self.root / str(source)).resolve()
            if not (path.is_relative_to(self.root.resolve()) and path.suffix in (".yaml", ".yml") and path.is_file()):
                raise _rejected("no-file", "只能打开这个项目文件夹里的内容", "only sources in the project's folder are opened")
            job = replace(job, source=path.relative_to(self.root.resolve()))
        if (layout := asked.get("layout")) is not None:
            if layout not in {choice["name"] for choice in self.choices(job)["layouts"]}:
                raise _rejected("no-layout", f"没有叫“{layout}”的版式", f"there is no layout “{layout}”")
            job = replace(job, layout=self.layouts / str(layout))
        if asked.get("aspect") in ("16:9", "4:3"):
            job = replace(job, aspect=asked["aspect"])
        return job

    def watched(self, job: Job) -> tuple[Path, ...]:
        """Returns the folders whose files the pages are made of."""
        folders = ((self.root / job.source).parent, self.root / self.layouts, (self.root / self.fonts).parent)
        return tuple(dict.fromkeys(folders))

    def is_look(self, path: Path) -> bool:
        """True for a file of a layout or a font."""
        return any(path.is_relative_to(self.root / folder) for folder in (self.layouts, self.fonts.parent))

    def built(self, job: Job) -> dict[str, Path]:
        """Returns the files that were built with this layout and are still there, by name."""
        folder = self.root / job.out / job.layout.name
        names = [name for target in record_in(World(self.root), folder).values() for name in target["outputs"]]
        return {name: folder / name for name in names if "/" not in name and (folder / name).is_file()}

    # edits of more than a text

    def arranged(self, desk: Desk, asked: dict[str, Any]) -> tuple[Edit, ...]:
        """Returns the edits that add, copy, move or delete an entry."""
        id_, after = str(asked.get("id", "")), asked.get("after")
        match asked.get("op"):
            case "delete":
                return (Remove(id_),)
            case "move":
                return (Move(id_, after),)
            case "copy":
                return _copied(desk, id_)
            case "add":
                return (insertion(desk.ids, id_, asked["value"]),)
        raise _rejected("bad-request", "不认识的操作", "unknown operation")

    def take_picture(self, desk: Desk, data: bytes, asked: Asked[str, str]) -> tuple[Edit, ...]:
        """Writes a picture to pictures/ beside the source, under a `name`; returns the edits that name it in an entry (`id`:
        keywords/重大项目/picture), with what it shows in words (`alt`). Raises Rejected for what is no JPEG or PNG."""
        id_, name, alt = asked.get("id", ""), asked.get("name", ""), asked.get("alt", "").strip()
        if not alt:
            raise _rejected("no-alt", "先写替代文字：图上有什么", "say what the picture shows")
        try:
            kind = _FORMATS[Image.open(io.BytesIO(data)).format or ""]
        except (OSError, KeyError, ValueError):
            raise _rejected("not-a-picture", "只能放 JPEG 或 PNG 图片", "only JPEG and PNG pictures can be used") from None
        if id_.rpartition("/")[0].removesuffix("/pictures") not in desk.ids.nodes or not _PICTURE.fullmatch(id_):
            raise _rejected("bad-request", "这里放不了图片", "no picture can stand here")
        stem = re.sub(r"[^\w-]+", "-", Path(name).stem).strip("-") or "图片"
        folder = desk.job.source.parent / "pictures"
        taken = (f"{stem}{f'-{n}' if n else ''}{kind}" for n in range(1000))
        file = next(f for f in taken if not self._holds_other(folder / f, data))
        if not (self.root / folder / file).exists():
            World(self.root).write(folder / file, data)
        if f"{id_}/file" in desk.ids.nodes:
            return (Replace(f"{id_}/file", f"pictures/{file}"), Replace(f"{id_}/alt", alt))
        return (insertion(desk.ids, id_, {"file": f"pictures/{file}", "alt": alt}),)

    def _holds_other(self, path: Path, data: bytes) -> bool:
        file = self.root / path
        return file.exists() and World(self.root).read(path, PICTURE_LIMIT) != data


def _title(path: Path) -> str:
    found = _TITLE.search(path.read_text(encoding="utf-8", errors="replace"))
    return found[1].strip("'\"") if found else path.stem if path.name != "layout.yaml" else path.parent.name


def _copied(desk: Desk, id_: str) -> tuple[Edit, ...]:
    """Returns the edits that put the very lines of an entry behind it once more, under a title of their own."""
    node, parent, new = desk.ids.nodes[id_], id_.rpartition("/")[0], f"{id_}-2"
    own = {key.text: value for key, value in node.entries} if isinstance(node, Mapping) else {}
    title = f"{_plain(own['title'])}（副本）"
    taken = apply(desk.data, desk.job.source.as_posix(), Remove(id_)).inverse
    if not isinstance(taken, Put) or taken.parent != parent:  # between brackets, or alone there
        value = {k: _plain(v) for k, v in own.items() if k not in ("id", "number")}
        return (Insert(parent, id_, "", value | {"title": title}),)
    blank = taken.gap[: len(taken.gap) - len(taken.gap.lstrip(b"\r\n"))]
    number, name = (tuple(Remove(f"{new}/{key}") for _ in range(key in own)) for key in ("number", "id"))
    return (replace(taken, after=id_, gap=b"", typed=blank + taken.typed), *number, Replace(f"{new}/title", title), *name)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]


def _rejected(code: str, zh: str, en: str) -> Rejected:
    return Rejected((Diagnostic(code, Severity.ERROR, Bilingual(zh, en)),))
