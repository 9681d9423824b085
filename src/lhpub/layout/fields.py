"""The grid of a page as a layout declares it: proportions, from which any paper's columns, rows and line follow."""

from __future__ import annotations

from lhpub.diagnostics import Span
from lhpub.layout.grid import Grid
from lhpub.source.declared import declared, key
from lhpub.units import Rect, Sides


@declared("一种纸上的边距", "margins of some papers")
class Paper:
    """Side margin and gutter of papers up to a size."""

    span: Span
    width: float | None = key("用于宽不到此数的纸", "papers narrower than this", default=None)
    longest: float | None = key("用于长边不过此数的纸", "papers whose longer side is no longer", default=None)
    margin: float = key("左右边距", "side margins")
    gutter: float = key("栏间与行间的横距", "between columns")


@declared("页面的格子：由纸的大小算出", "the grid, computed from the paper", example="""\
papers: [{width: 160, margin: 14, gutter: 4}, {margin: 18, gutter: 5}]
columns: 60
rows: 30
head: [0.095, 20]
foot: [0.084, 17.5]
side: 2""")  # fmt: skip
class Fields:
    """Nearly square fields in an even number of columns; a field is 4 lines high, rows are one line apart."""

    span: Span
    papers: tuple[Paper, ...] = key(
        "边距，先写先用；最后一种不写大小", "margins; the first that is meant for the paper"
    )
    columns: float = key("每两栏约占多宽", "about the width that two columns take", minimum=1)
    rows: float = key("每行约占多高", "about the height that a row takes", minimum=1)
    head: tuple[float, float] = key("天头：占页高几成，至少多少", "top margin: share of the height, least")
    foot: tuple[float, float] = key("地脚：占页高几成，至少多少", "bottom margin: share of the height, least")
    side: int = key("边栏至多几栏（全宽三分之一以内）", "columns of the side column at most", default=2, minimum=1)


def fields_of(fields: Fields, size: tuple[float, float], unit: float) -> tuple[Grid, Sides]:
    """Returns grid and margins in points of a paper; `size` in the medium's unit, `unit` in points."""
    width, height = size
    papers = (
        p
        for p in fields.papers
        if (p.width is None or width < p.width) and (p.longest is None or max(size) <= p.longest)
    )
    paper = next(papers, fields.papers[-1])
    top, bottom = (max(round(2 * share * height) / 2, least) for share, least in (fields.head, fields.foot))
    count = 2 * max(round((width - 2 * paper.margin + paper.gutter) / fields.columns), 1)
    column = (width - 2 * paper.margin + paper.gutter) / count - paper.gutter
    rows = max(round((height - top - bottom + fields.rows / 5) / fields.rows), 1)
    line = (height - top - bottom) / (5 * rows - 1)
    side = min(max(round(count / 3), 1), fields.side)
    main = count - side
    wide = count >= 8
    spans = {
        "all": (0, -1), "side": (0, side), "main": (side, -1), "left": (0, count // 2), "right": (count // 2, -1),
        "main-left": (side, main // 2) if wide else (side, -1), "main-right": (side + main // 2, -1) if wide else (side, -1),
    }  # fmt: skip
    margins = Sides(paper.margin * unit, top * unit, paper.margin * unit, bottom * unit)
    area = Rect(margins.left, margins.top, column * unit, 4 * line * unit)
    return Grid(area.x, area.y, count, area.width, paper.gutter * unit, rows, area.height, line * unit, spans), margins
