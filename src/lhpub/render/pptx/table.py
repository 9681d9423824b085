"""A table as `a:tbl`: column widths, row heights and hairlines as composed, text in theme styles."""

from __future__ import annotations

from itertools import accumulate

from lhpub.boxes import TableBox, TableCell
from lhpub.render.pptx.text import ANCHORS, Context, office_rect, paragraphs, run_text
from lhpub.render.pptx.xml import Attributes, Xml, el, emu
from lhpub.units import Rect

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The built-in style "no style, no grid": nothing that a theme could tint."""


def table(box: TableBox, context: Context) -> Xml:
    """Returns `a:tbl` (ECMA-376 21.1.3.13). Header flags come from the box and its first column."""
    is_row = bool(box.cells) and all(cell.header for cell in box.cells[0])
    headed = bool(box.cells) and not is_row and all(row and row[0].header for row in box.cells)
    flags: Attributes = {"firstRow": is_row or None, "firstCol": headed or None}
    properties = el("a:tblPr", flags, el("a:tableStyleId", None, Xml(NO_STYLE)))
    grid = el("a:tblGrid", None, *(Xml(f'<a:gridCol w="{emu(width)}"/>') for width in box.columns))
    lefts = tuple(accumulate(box.columns, initial=box.rect.x))
    tops = accumulate(box.rows, initial=box.rect.y)
    rows: list[Xml] = []
    for row, top, height in zip(box.cells, tops, box.rows, strict=False):
        frames = (Rect(left, top, width, height) for left, width in zip(lefts, box.columns, strict=False))
        cells = (_cell(box, cell, frame, context) for cell, frame in zip(row, frames, strict=False))
        rows.append(el("a:tr", {"h": emu(height)}, *cells))
    return el("a:tbl", None, properties, grid, *rows)


def described(box: TableBox) -> str:
    """Returns a table's alternative text: what it is, then its rows (`重大项目：要点。后续总投资：685.8亿元；…`)."""
    rows = (
        (" ".join("".join(map(run_text, p.runs)) for p in cell.text.paragraphs) for cell in row) for row in box.cells
    )
    told = "；".join(("：" if len(box.columns) == 2 else "，").join(row) for row in rows)
    return "。".join(filter(None, (box.alt, told.replace("\n", " "))))


def _cell(box: TableBox, cell: TableCell, frame: Rect, context: Context) -> Xml:
    """Returns `a:tc`: its margins put the text where it was composed, its rules lie above and below."""
    rect, vertical = office_rect(cell.text), cell.text.vertical
    margins: Attributes = {
        "marL": max(emu(rect.x - frame.x), 0),
        "marR": max(emu(frame.right - rect.right), 0),
        "marT": max(emu(rect.y - frame.y), 0) if vertical == "top" else 0,
        "marB": max(emu(frame.bottom - rect.bottom), 0) if vertical == "bottom" else 0,
        "anchor": ANCHORS[vertical],
    }
    body = el("a:txBody", None, Xml("<a:bodyPr/><a:lstStyle/>"), paragraphs(cell.text, context))
    rule = el("a:noFill")
    if box.rule is not None:
        rule = context.scheme.fill(box.rule)
    lines = [el(f"a:ln{side}", {"w": 0}, el("a:noFill")) for side in "LR"]
    lines += [el(f"a:ln{side}", {"w": emu(box.rule_width), "cap": "flat"}, rule) for side in "TB"]
    return el("a:tc", None, body, el("a:tcPr", margins, *lines, el("a:noFill")))
