"""A body's text → blocks: CommonMark's paragraphs, lists and quotations, GFM tables; all else is read as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from lhpub.diagnostics import Bilingual, Span
from lhpub.inline import Rich
from lhpub.publication.blocks import Block, CellAlign, Item, List, Paragraph, Quotation, Table
from lhpub.publication.prose import Prose, Scope
from lhpub.source.load import join_lines
from lhpub.source.node import Scalar

_BLOCKS = MarkdownIt("zero").enable(["list", "blockquote", "table"])
_NUMBERED = re.compile(r"(?m)^([ 　]*\d{1,3})[.．、](?=[\u3400-\u9fff“《{*])")
_BULLETED = re.compile(r"(?m)^[ 　]*[•●▪◆·][ 　]*(?=\S)")
_FIRST_INDENT = re.compile(r"(?m)^[ ]*　[ 　]*")
_BY = re.compile(r"(?:——|—|--)[ 　]*(?=\S)")
_FOLDED = re.compile(r"[\u3000-\u9fff！，：；？] > ?\S|[|｜][ 　]+[|｜]")
"""Marks of lines within a line, as YAML joins those of a text without |."""
_ALIGN: dict[str, CellAlign] = {"text-align:right": "right", "text-align:center": "centre"}


def read_body(text: Scalar | None, scope: Scope, prose: Prose) -> tuple[Block, ...]:
    """Returns the blocks of a text; reports tables that are none and lists that are nested too deeply."""
    if text is None:
        return ()
    # As editors type them: an indent of full-width spaces is none, a number or bullet needs no space behind it.
    marked = _FIRST_INDENT.sub("", text.text.replace("｜", "|") if "｜---" in text.text else text.text)
    marked = _BULLETED.sub("- ", _NUMBERED.sub(r"\1. ", marked))
    if _FOLDED.search(marked) and (text.extent is None or text.extent.style != "|"):
        message = Bilingual("引语、表格的各行并成了一行", "the lines of a quotation or a table have run together")
        hint = Bilingual("在 body: 后面加 |，各行另起，都缩进", "write | behind body: and begin each line below it, indented")
        prose.report.error("lines-joined", text.span, message, hint)
    reader = _Reader(text, scope, prose, tuple(marked.split("\n")))
    return tuple(reader.blocks(SyntaxTreeNode(_BLOCKS.parse(marked)).children))


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Scalar
    scope: Scope
    prose: Prose
    lines: tuple[str, ...]

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            if node.map and not any(child.type == "inline" and child.content for child in node.walk()):
                yield Paragraph(self._rich("\n".join(self.lines[slice(*node.map)]), self._place(node)))
                continue  # a mark with nothing behind it is text
            match node.type:
                case "paragraph":
                    self._check_table(node)
                    yield Paragraph(self._text(node))
                case "bullet_list" | "ordered_list":
                    yield self._list(node, 1)
                case "blockquote":
                    yield self._quotation(node)
                case "table":
                    yield self._table(node)

    def _text(self, node: SyntaxTreeNode) -> Rich:
        """Returns the text of a paragraph or cell."""
        content = "".join(child.content for child in node.walk() if child.type == "inline")
        return self._rich(content, self._place(node))

    def _rich(self, content: str, place: Span) -> Rich:
        return self.prose.paragraph(replace(self.source, text=join_lines(content)), self.scope, place)

    def _place(self, node: SyntaxTreeNode) -> Span:
        """Returns where a node stands: its line in a literal block, else where the text begins."""
        span, extent = self.source.span, self.source.extent
        lines = next((n.map for n in (node, *_above(node)) if n.map), None)
        if extent is None or extent.style != "|" or lines is None:
            return span
        return replace(span, line=span.line + 1 + lines[0])

    def _list(self, node: SyntaxTreeNode, level: int) -> List:
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        return List(tuple(self._item(item, level) for item in node.children), start)

    def _item(self, node: SyntaxTreeNode, level: int) -> Item:
        lists = [child for child in node.children if child.type.endswith("_list")]
        others = [child for child in node.children if child not in lists]
        if any(child.type != "paragraph" for child in others) or (lists and level == 2):
            message = Bilingual(
                "列表里只放文字，列表之下至多再套一层", "a list holds texts, and one list more under an item"
            )
            hint = Bilingual("把这部分移到列表之外，或并进上一级", "put it behind the list, or one level up")
            self.prose.report.error("list-too-deep", self._place(node), message, hint)
            lists = []
        content = "\n".join(inline.content for child in others for inline in child.children)
        inner = [self._list(child, level + 1) for child in lists]
        return Item(self._rich(content, self._place(node)), inner[0] if inner else None)

    def _quotation(self, node: SyntaxTreeNode) -> Quotation:
        contents = [inline.content for inline in node.walk() if inline.type == "inline"]
        *before, last = "\n\n".join(contents).split("\n") if contents else [""]
        speaker = _BY.match(last) is not None
        said = "\n".join(before if speaker else (*before, last))
        place = self._place(node)
        by = self._rich(_BY.sub("", last, count=1), place) if speaker else ()
        return Quotation(tuple(self._rich(part, place) for part in re.split(r"\n\n+", said) if part.strip()), by)

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [[self._text(cell) for cell in row.children] for part in node.children for row in part.children]
        heads = node.children[0].children[0].children
        align = tuple(_ALIGN.get(str(cell.attrs.get("style", "")), "left") for cell in heads)
        return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])), align)

    def _check_table(self, node: SyntaxTreeNode) -> None:
        content = node.children[0].content
        if re.match(r"[|｜].*[|｜]\s*$", content, re.MULTILINE):
            message = Bilingual("像是表格，但写得不完整，按文字印了", "it looks like a table, and is printed as text")
            hint = Bilingual(
                "第二行写 |---|---|，格数与第一行相同", "the second row is |---|---|, with as many cells as the first"
            )
            self.prose.report.error("broken-table", self._place(node), message, hint)


def _above(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    while node.parent is not None:
        node = node.parent
        yield node
