"""Names that a layout gives things and uses elsewhere: each is a text that knows its kind and its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Self

from lhpub.diagnostics import Bilingual, Span
from lhpub.source.node import Node, Scalar
from lhpub.source.report import Report


class Name(str):
    """A text as written, with its place."""

    kind: ClassVar = Bilingual("名字", "name")
    span: Span | None = None

    @classmethod
    def read(cls, node: Node, report: Report) -> Self | None:
        """Returns the name that is written; reports anything but a text."""
        if isinstance(node, Scalar):
            made = cls(node.text)
            made.span = node.span
            return made
        message = Bilingual(f"这里写一个{cls.kind.zh}的名字", f"the name of a {cls.kind.en} is wanted here")
        report.error("wrong-type", node.span, message)
        return None

    @staticmethod
    def json_schema() -> dict[str, object]:
        """Returns what an editor may accept."""
        return {"type": ["string", "number", "boolean"]}


class ColourName(Name):
    kind: ClassVar = Bilingual("颜色", "colour")


class StyleName(Name):
    kind: ClassVar = Bilingual("文字样式", "type style")


class RoleName(Name):
    """A colour or a type style that plays a role in the layout below."""

    kind: ClassVar = Bilingual("颜色或文字样式", "colour or type style")


class MasterName(Name):
    kind: ClassVar = Bilingual("母版", "master")


class BlockName(Name):
    kind: ClassVar = Bilingual("框组", "block")


class FrameName(Name):
    kind: ClassVar = Bilingual("框", "frame")


class LookName(Name):
    kind: ClassVar = Bilingual("图表样式", "chart style")


class FontFamily(Name):
    kind: ClassVar = Bilingual("字体", "font")


class LayoutFile(Name):
    """A file of the folder of the layout that names it."""

    kind: ClassVar = Bilingual("文件", "file")

    @property
    def path(self) -> Path:
        """Where it lies: beside the layout that it is written in, not the one that inherits it."""
        return Path(self.span.file).parent / self if self.span else Path(self)


class ArtName(LayoutFile):
    kind: ClassVar = Bilingual("SVG 文件", "SVG file")


class Condition(Name):
    """A part that is there, see `layout.slots.PARTS`."""

    kind: ClassVar = Bilingual("条件", "condition")


class Template(Name):
    """A text with {slots}, see `layout.slots.SLOTS`."""

    kind: ClassVar = Bilingual("文字", "text")


_PLAIN = frozenset((str, int, float, bool, type(None), Span))
"""What holds no names: most of a layout's values."""


def names_in(value: object) -> Iterator[Name]:
    """Yields every name in a declared object, in the order of its keys."""
    fields: Iterable[str] = getattr(type(value), "__dataclass_fields__", ())
    own = (getattr(value, name) for name in fields)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else own
    for part in (value,) if isinstance(value, Name) else parts:
        if isinstance(part, Name):
            yield part
        elif type(part) not in _PLAIN:
            yield from names_in(part)
