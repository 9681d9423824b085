"""A part of the source as a form: what is written and what may be, from the declared keys alone."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin

from lhpub.publication.entries import Ids
from lhpub.publication.spec import FactSpec, ForewordSpec, HeaderSpec, KeywordSpec, PictureSpec, ThemeSpec
from lhpub.source.declared import Key, keys_of, title_of
from lhpub.source.node import Mapping, Scalar, Sequence

Json = dict[str, Any]
_MARK = re.compile(r"[，：（；。]")
_IN_CHARTS = {"title": "图题", "note": "图注", "label": "图上的字", "second": "图上的字"}
_NAMED = (("keywords", KeywordSpec), ("publication", HeaderSpec), ("themes", ThemeSpec), ("facts", FactSpec))


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
    spec = dict(_NAMED).get(root)
    names = {key.name: short(key) for cls in (ForewordSpec, PictureSpec, FactSpec, spec) if cls for key in keys_of(cls)}
    tail = parts if root == "publication" else parts[1:]
    words = [names.get(part, part) for part in tail if part not in ("text", "label") or root == "facts"]
    return " ".join(words) or {"keywords": "关键词", "charts": "图表", "themes": "主题"}.get(root, id_)


def form(ids: Ids, id_: str, cls: type | None = None) -> list[Json]:
    """Returns the fields of a mapping: those written in their order, then what else is declared. Without a class, what is
    written."""
    node = ids.nodes.get(id_)
    written = [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []
    keys = {key.name: key for key in keys_of(cls)} if cls else {}
    names = [*written, *(name for name in keys if name not in written)]
    return [_field(ids, _inside(id_, name), name, keys.get(name)) for name in names]


def _inside(id_: str, name: str) -> str:
    return f"{id_}/{name.replace('/', '／')}"


def _field(ids: Ids, id_: str, name: str, key: Key | None) -> Json:
    """Returns one field. `kind`: text, choice, rows (a list of texts), parts (a form), table (forms by name), lines (a list of
    forms)."""
    node = ids.nodes.get(id_)
    classes = list(_declared(key.type)) if key else []
    told: Json = {
        "key": name, "id": id_, "name": short(key) if key else name, "help": key.help.zh if key else "",
        "line": node.span.line if node else 0, "written": node is not None,
    }  # fmt: skip
    if name == "facts" and id_.startswith("keywords/"):
        owner = id_.split("/")[1]
        rows = [row for row in ids.nodes if re.fullmatch(rf"facts/{re.escape(owner)}\.[^/]+", row)]
        return told | {"kind": "table", "rows": [_row(ids, row, FactSpec) for row in rows]}
    if isinstance(node, Sequence) or (node is None and key and get_origin(key.type) is tuple):
        return told | _listed(ids, id_, node, classes)
    if isinstance(node, Mapping) or (node is None and classes):
        fields = form(ids, id_, classes[0] if classes else None)
        return told | {"kind": "parts", "fields": fields}
    choices = [str(c) for c in get_args(key.type)] if key and get_origin(key.type) is Literal else []
    return told | {"kind": "choice" if choices else "text", "choices": choices, "text": _text(node)}


def _text(node: Any) -> str | None:
    return node.text if isinstance(node, Scalar) and not node.absent else None


def _row(ids: Ids, id_: str, cls: type) -> Json:
    node = ids.nodes[id_]
    return {"id": id_, "name": id_.rpartition(".")[2], "line": node.span.line, "fields": form(ids, id_, cls)}


def _listed(ids: Ids, id_: str, node: Any, classes: list[type]) -> Json:
    """Returns a list: of texts (with their labels), or of forms."""
    own = re.compile(rf"{re.escape(id_)}/[^/]+")
    items = [item for item in ids.nodes if own.fullmatch(item)]
    labelled = {item.rpartition("/")[0] for item in ids.nodes if re.fullmatch(rf"{re.escape(id_)}/[^/]+/label", item)}
    if classes and not labelled:
        return {"kind": "lines", "rows": [_row(ids, item, classes[0]) for item in items]}
    rows = []
    for item in dict.fromkeys([*items, *labelled]):
        text = f"{item}/text" if item in labelled else item
        label = _text(ids.nodes.get(f"{item}/label")) if item in labelled else None
        rows.append({"id": text, "item": item, "label": label, "text": _text(ids.nodes.get(text))})
    return {"kind": "rows", "rows": sorted(rows, key=lambda row: _place(ids, row["id"]))}


def _place(ids: Ids, id_: str) -> tuple[int, int]:
    node = ids.nodes.get(id_)
    return (node.span.line, node.span.column) if node else (0, 0)


def _declared(wanted: Any) -> list[type]:
    """Returns the declared classes in a type."""
    if isinstance(wanted, type) and title_of(wanted):
        return [wanted]
    return [cls for part in get_args(wanted) for cls in _declared(part)]
