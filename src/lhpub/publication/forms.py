"""What a source writes in forms of its own: a value or a cell, a short line with its label, the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from lhpub.diagnostics import Bilingual
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.source.report import Report


class Quantity(Scalar):
    """A value as typed, or read from a cell."""

    @staticmethod
    def json_schema() -> dict[str, object]:
        """Returns what an editor may accept: a value, or a cell of a spreadsheet."""
        link = {"file": {"type": "string"}, "cell": {"type": "string"}}
        cell = {"type": "object", "properties": link, "required": ["file", "cell"], "additionalProperties": False}
        return {"anyOf": [{"type": ["string", "number"]}, cell]}

    @classmethod
    def read(cls, node: Node, report: Report) -> Self | None:
        """Returns the value; reports anything but a text."""
        if isinstance(node, Scalar):
            return None if node.absent else cls(node.text, node.span, node.quoted, node.extent, node.cell)
        if isinstance(node, Mapping) and node.get("file") and node.get("cell"):
            return cls("0", node.span)  # what is followed elsewhere
        message = Bilingual("数值写成数，或 {file: 年报.xlsx, cell: 表1!B7}", "a number, or {file: …, cell: …}")
        report.error("wrong-type", node.span, message)
        return None


@dataclass(frozen=True, slots=True)
class PointSpec:
    """A short line: a text, or `短标签: text`."""

    key: Scalar | None
    text: Scalar

    @staticmethod
    def json_schema() -> dict[str, object]:
        """Returns what an editor may accept: a text, or one key with a text."""
        text = {"type": ["string", "number", "boolean"]}
        return {
            "anyOf": [text, {"type": "object", "additionalProperties": text, "minProperties": 1, "maxProperties": 1}]
        }

    @classmethod
    def read(cls, node: Node, report: Report) -> Self | None:
        """Returns the point; reports anything but a text or one key with a text."""
        if isinstance(node, Scalar):
            return None if node.absent else cls(None, node)
        if isinstance(node, Mapping) and len(node.entries) == 1:
            name, value = node.entries[0]
            if isinstance(value, Scalar) and not value.absent:
                return cls(name, value)
        message = Bilingual("要点应是一句文字，或“短标签: 文字”", "a point is a text, or “label: text”")
        hint = Bilingual("以 { 开头的文字放进单引号，如 '{事实}'", "put text that begins with { in quotes: '{fact}'")
        report.error("bad-point", node.span, message, hint)
        return None


@dataclass(frozen=True, slots=True)
class RowsSpec:
    """Rows of a table: a name, and a number or, of several series, a list of them."""

    rows: tuple[tuple[Scalar, tuple[Scalar, ...]], ...]

    @staticmethod
    def json_schema() -> dict[str, object]:
        """Returns what an editor may accept."""
        cell = {"type": ["string", "number", "null"]}
        return {"type": "object", "additionalProperties": {"anyOf": [cell, {"type": "array", "items": cell}]}}

    @classmethod
    def read(cls, node: Node, report: Report) -> Self | None:
        """Returns the rows; reports anything but names with numbers or lists of them."""
        found = []
        for name, value in node.entries if isinstance(node, Mapping) else ():
            cells = value.items if isinstance(value, Sequence) else (value,)
            if all(isinstance(cell, Scalar) for cell in cells):
                found.append((name, tuple(cell for cell in cells if isinstance(cell, Scalar))))
        if isinstance(node, Mapping) and len(found) == len(node.entries):
            return cls(tuple(found))
        message = Bilingual("数据表应逐行写“名字: 数”，或“名字: [数, 数]”", "a table has lines “name: number”")
        hint = Bilingual("如 rows: {2022年: [86.0, 12], 2023年: [86.2, —]}", "like rows: {2022年: [86.0, 12], 2023年: [86.2, —]}")
        report.error("bad-table", node.span, message, hint)
        return None
