"""A part of the source as a form: what is written and what may be, from the declared keys alone."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin

from lhpub.publication.entries import Ids
from lhpub.publication.forms import PointSpec, RowsSpec
from lhpub.publication.spec import FactSpec, ForewordSpec, PictureSpec, SourceSpec
from lhpub.source.declared import Key, keys_of, title_of
from lhpub.source.node import Mapping, Node, Scalar, Sequence

Json = dict[str, Any]
_MARK = re.compile(r"[，：（；。]")
_IN_CHARTS = {"title": "图题", "note": "图注", "label": "图上的字", "second": "图上的字"}
_ROOTS = {key.name: key.type for key in keys_of(SourceSpec)} | {"facts": dict[str, FactSpec]}
OF_FACTS = ("hero", "fact", "whole", "part", "rest", "share", "now", "before", "sum", "difference", "ratio", "growth", "glance")
"""Keys whose texts name facts."""
PROSE = ("headline", "body", "brief", "notes", "hero_caption", "lead", "foreword", "text", "note", "caption", "points")
"""Keys whose texts are read: they may name facts in braces."""


def short(key: Key) -> str:
    """Returns a key's short Chinese name: 导语."""
    return _MARK.split(key.help.zh)[0]


def name_of(id_: str) -> str:
    """Returns what an editor calls an entry: 导语, 要点 项目方, 首批投资."""
    if not id_:
        return ""
    root, *parts = id_.split("/")
    if root == "facts" and len(parts) == 1:
        return parts[0].rpartition(".")[2]
    if root == "charts":
        return _IN_CHARTS.get(parts[-1] if len(parts) > 1 else "", "图上的字" if len(parts) > 1 else "图表")
    own = _classes(_ROOTS[root]) if root in _ROOTS else []
    names = {key.name: short(key) for cls in (ForewordSpec, PictureSpec, FactSpec, *own) for key in keys_of(cls)}
    tail = parts if root == "publication" else parts[1:]
    words = [names.get(part, part) for part in tail if part not in ("text", "label") or root == "facts"]
    return " ".join(words) or {"keywords": "关键词", "charts": "图表", "themes": "主题"}.get(root, id_)


def form(ids: Ids, id_: str, year: int, fact: str) -> list[Json]:
    """Returns every field of the publication, a keyword, a theme, a chart or a fact: those written in their order, then
    what else is declared. `year` and `fact` stand in new entries until the editor says which."""
    return _Forms(ids, {"date": str(year), **dict.fromkeys(OF_FACTS, fact)}).fields(id_, _ROOTS[id_.split("/")[0]])


class _Forms:
    """Makes forms of one source. `first`: what a new entry has under a key that wants more than any text."""

    def __init__(self, ids: Ids, first: dict[str, str]) -> None:
        self.ids, self.first = ids, first

    def fields(self, id_: str, wanted: Any) -> list[Json]:
        """Returns the fields of a mapping of one of the declared classes in a type; without one, what is written."""
        node = self.ids.nodes.get(id_)
        classes = _classes(wanted)
        kind = node.get("kind") if isinstance(node, Mapping) and len(classes) > 1 else None
        own = [c for c in classes if isinstance(kind, Scalar) and kind.text in _kinds(c)] or classes[:1]
        keys = {key.name: key for cls in own for key in keys_of(cls)}
        written = [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []
        told = []
        for name in (*written, *(name for name in keys if name not in written)):
            key = keys.get(name)
            one = self.field(_inside(id_, name), name, key, key.type if key else None)
            told.append(one | ({"choices": [k for c in classes for k in _kinds(c)]} if name == "kind" and key else {}))
        return told

    def field(self, id_: str, name: str, key: Key | None, wanted: Any) -> Json:
        """Returns one field. `kind`: text, parts (fields), list (rows without a name) or dict (rows by name), each row a
        field; `blank`: what a new row, or where `whole` the value itself, is at first."""
        node = self.ids.nodes.get(id_)
        told: Json = {
            "key": name, "id": id_, "name": short(key) if key else name, "help": key.help.zh if key else "",
            "line": node.span.line if node else 0, "written": node is not None, "kind": _shape(node, wanted),
        }  # fmt: skip
        match told["kind"]:
            case "parts":
                return told | {"fields": self.fields(id_, wanted)}
            case "list":
                items = next((t for t in _alternatives(wanted) if get_origin(t) is tuple), tuple[str, ...])
                item, *more = get_args(items)
                whole = len(more) > 0 and more[0] is not ...
                blank = self._blank(item, key)
                return told | {"rows": self._items(id_, name, item), "whole": whole, "blank": [blank, blank] if whole else blank}
            case "dict":
                held = next((get_args(t)[1] for t in _alternatives(wanted) if get_origin(t) is dict), str)
                owned = [row for row in self.ids.nodes if re.fullmatch(_rows(id_), row)] if node else []
                rows = [self.field(row, re.split(r"[/.]", row)[-1] if "facts/" in row else row.rpartition("/")[2], None, held)
                        for row in owned]  # fmt: skip
                return told | {"rows": rows, "blank": self._blank(held, key)}
        literal = next((t for t in _alternatives(wanted) if get_origin(t) is Literal), None)
        text = node.text if isinstance(node, Scalar) and not node.absent else None
        choices = [str(c) for c in get_args(literal)] or (["true", "false"] if wanted is bool else [])
        return told | {"text": text, "choices": choices, "of": self._of(id_, name if key else ""), "prose": name in PROSE}

    def _of(self, id_: str, name: str) -> str:
        """Returns what a text names: fact, theme, keyword, or nothing of the source."""
        name = name or id_.split("/")[-2]
        return "fact" if name in OF_FACTS else name if name in ("theme", "keyword") else ""

    def _items(self, id_: str, name: str, item: Any) -> list[Json]:
        depth, below = id_.count("/") + 1, f"{id_}/"
        inside = (row for row in self.ids.nodes if row.startswith(below)) if id_ in self.ids.nodes else ()
        own = dict.fromkeys(row.split("/", depth + 1)[depth] for row in inside)
        rows = []
        for row in (f"{id_}/{name}" for name in own):
            label = self.ids.nodes.get(f"{row}/label") if item is PointSpec else None
            named = label.text if isinstance(label, Scalar) else ""
            made = self.field(f"{row}/text" if named else row, name, None, None if item is PointSpec else item)
            rows.append(made | {"item": row, "label": named})
        return sorted(rows, key=lambda row: self._place(row["id"]))

    def _place(self, id_: str) -> tuple[int, int]:
        node = self.ids.nodes.get(id_)
        return (node.span.line, node.span.column) if node else (0, 0)

    def _blank(self, wanted: Any, key: Key | None) -> Any:
        """Returns what stands in a new entry until the editor writes what is meant."""
        if classes := _classes(wanted):
            keys = keys_of(classes[0])
            return {k.name: self._blank(k.type, k) for k in keys if k.required} or {keys[0].name: short(keys[0])}
        literal = next((t for t in _alternatives(wanted) if get_origin(t) is Literal), None)
        if literal:
            return str(get_args(literal)[0])
        if tuples := [t for t in _alternatives(wanted) if get_origin(t) is tuple]:
            return [self._blank(get_args(tuples[0])[0], key)]
        if wanted is float:
            return "0.5"
        return (self.first.get(key.name) or short(key)) if key else "0"


def _shape(node: Node | None, wanted: Any) -> str:
    """Returns the kind of field that a value is, or would be: as written, else as the first of its types."""
    first = _alternatives(wanted)[0]
    is_dict = any(get_origin(t) is dict or t is RowsSpec for t in _alternatives(wanted))
    if isinstance(node, Sequence):
        return "list"
    if isinstance(node, Mapping):
        return "dict" if is_dict else "parts"
    if isinstance(node, Scalar):
        return "text"
    return "list" if get_origin(first) is tuple else "dict" if is_dict else "parts" if title_of(first) else "text"


def _rows(id_: str) -> str:
    """Returns the pattern of the ids of what a mapping holds by names."""
    facts = re.fullmatch(r"keywords/([^/]+)/facts", id_)
    return rf"facts/{re.escape(facts[1])}\.[^/]+" if facts else rf"{re.escape(id_)}/[^/]+"


def _inside(id_: str, name: str) -> str:
    return f"{id_}/{name.replace('/', '／')}" if id_ else name


def _kinds(cls: type) -> tuple[str, ...]:
    return next((get_args(key.type) for key in keys_of(cls) if key.name == "kind"), ())


def _alternatives(wanted: Any) -> tuple[Any, ...]:
    """Returns the types that a value may have, without None."""
    if get_origin(wanted) in (None, tuple, dict, Literal):
        return (wanted,)
    return tuple(one for part in get_args(wanted) if part is not type(None) for one in _alternatives(part))


def _classes(wanted: Any) -> list[type]:
    """Returns the declared classes in a type."""
    if isinstance(wanted, type) and title_of(wanted):
        return [wanted]
    return [cls for part in get_args(wanted) for cls in _classes(part)]
