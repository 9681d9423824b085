"""A4 sheets to sign: pages with a head and a foot, rows that never break, deletions and insertions told apart in black alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from lhpub.boxes import Bookmark, Composition, GroupBox, Metadata, Segment, ShapeBox, TextBox
from lhpub.papers.paper import INK, NAME, PLAIN, STRONG, Paper
from lhpub.text.fonts import FontBook
from lhpub.text.model import Ink, Paragraph, Run, TextStyle
from lhpub.text.setting import set_text
from lhpub.units import Rect, mm, to_mm

LEFT, WIDTH, TOP, FOOT = 24.0, 174.0, 18.5, 278.0
"""Millimetres: margin and measure, where rows begin and end."""
_GONE, _NEW, _PAPER = replace(INK, name="gone"), replace(INK, name="new"), Ink("paper", "#FFFFFF", (0, 0, 0, 0))
Pieces = tuple[tuple[str, TextStyle], ...]
Words = str | Pieces


class Cell(NamedTuple):
    """A text of a row: millimetres from the left margin, its width, its words."""

    x: float
    width: float
    words: Words
    style: TextStyle = PLAIN


def heads(spec: str) -> tuple[Cell, ...]:
    """Returns column heads written as `0 7 核|7 12 编号`: left edge, width, words."""
    parts = (one.split(" ", 2) for one in spec.split("|"))
    return tuple(Cell(float(x), float(width), words) for x, width, words in parts)


@dataclass(frozen=True)
class Look:
    """What a row bears beside its texts: a box to tick, a bar for what has changed, and the sign of how; the rule under it."""

    tick: bool = True
    changed: bool = False
    sign: str = ""
    rule: float = 0.3
    least: float = 0.0
    line: float = 0.0
    """Millimetres of a line to write on, at the right."""


@dataclass
class Sheets:
    """The pages of one paper while they are made. `line`: the draft's; `legend`: of the present section."""

    book: FontBook
    name: str
    line: str
    pages: list[tuple[Paper, str, str]] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    heads: tuple[Cell, ...] = ()
    again: tuple[Cell, ...] = ()
    y: float = TOP

    @property
    def paper(self) -> Paper:
        return self.pages[-1][0]

    def section(self, name: str, legend: str, heads: tuple[Cell, ...] = ()) -> None:
        """Begins a section on a new page; `heads` stand above its columns on each."""
        self.heads, self.again = heads, ()
        self._page(name, legend)
        self.bookmarks.append(Bookmark(name, f"paper-{len(self.pages)}", 0))

    def _page(self, name: str, legend: str) -> None:
        self.pages.append((Paper(self.book, len(self.pages) + 1), name, legend))
        self.y = TOP
        if self.heads:
            height = max(self.text(cell, 16.0) for cell in self.heads)
            self.paper.rule((LEFT, height + 0.6), WIDTH, 0.5)
            self.y = height + 2.4
        if self.again:
            self._title(self.again)

    def room(self, height: float) -> None:
        """Goes on to a new page where the present one has no room of this height."""
        if self.y + height > FOOT:
            self._page(*self.pages[-1][1:])

    def title(self, cells: Sequence[Cell], with_next: float = 16.0) -> None:
        """Sets the title of a part, never the last thing of a page; where the part goes on, it stands there again."""
        self.again = ()
        self.room(with_next + 8)
        self._title(cells)
        first = cells[0]
        self.again = (first._replace(words=(*_pieces(first.words, first.style), ("（续）", PLAIN))), *cells[1:])

    def _title(self, cells: Sequence[Cell]) -> None:
        self.y = max(self.text(cell, self.y + 1.6) for cell in cells) + 0.6
        self.paper.rule((LEFT, self.y), WIDTH, 0.8)

    def row(self, groups: Sequence[Sequence[Cell]], look: Look | None = None) -> None:
        """Sets a row of texts, group under group, on one page."""
        look = look or Look()
        heights = [max(self.height(cell) for cell in group) for group in groups if group]
        height = max(sum(heights) + 1.2 * len(heights) + 1.6, look.least)
        self.room(height)
        top, at = self.y, self.y + 1.0
        if look.tick:
            self.paper.frame((LEFT, top + 1.2, 4, 4), 0.7)
        for group, tall in zip([g for g in groups if g], heights, strict=True):
            for cell in group:
                self.text(cell, at)
            at += tall + 1.2
        if look.sign:
            self.sign(look.sign, LEFT + 7, top + 6.2)
        if look.line:
            self.text(Cell(WIDTH - look.line - 8, 8, "改作"), top + height - 4.6)
            self.paper.rule((LEFT + WIDTH - look.line, top + height - 1.4), look.line, 0.4)
        self.y = top + height
        if look.changed:
            self.bar(top, height)
        if look.rule:
            self.paper.rule((LEFT, self.y), WIDTH, look.rule)

    def bar(self, top: float, height: float, x: float = LEFT - 4.7) -> None:
        """Draws the bar that marks what has changed."""
        self.filled(((x, top), (x + 1.3, top), (x + 1.3, top + height), (x, top + height)))

    def filled(self, corners: Sequence[tuple[float, float]], curve: bool = False) -> None:
        """Fills an area: corners in millimetres; `curve`: of four corners the circle that touches their box."""
        (x, y), (right, bottom) = (tuple(map(mm, f(corners, key=sum))) for f in (min, max))
        path: tuple[Segment, ...] = (("M", (x, y)), ("L", (right, y)), ("L", (right, bottom)), ("L", (x, bottom)), ("Z", ()))
        if curve:
            r, cx, cy = (right - x) / 2, (x + right) / 2, (y + bottom) / 2
            k = r * 0.5523
            path = (("M", (cx - r, cy)), ("C", (cx - r, cy - k, cx - k, cy - r, cx, cy - r)),
                    ("C", (cx + k, cy - r, cx + r, cy - k, cx + r, cy)), ("C", (cx + r, cy + k, cx + k, cy + r, cx, cy + r)),
                    ("C", (cx - k, cy + r, cx - r, cy + k, cx - r, cy)), ("Z", ()))  # fmt: skip
        rect = Rect(x, y, right - x, bottom - y)
        self.paper.boxes.append(GroupBox(rect, (ShapeBox(rect, path, fill=INK),), f"mark-{len(self.paper.boxes)}", alt=""))

    def sign(self, han: str, x: float, y: float) -> None:
        """Draws ● with a Han character reversed out."""
        self.filled(((x, y), (x + 4.7, y + 4.7)), curve=True)
        self.paper.text((x + 0.75, y + 0.62), 4, han, replace(STRONG, ink=_PAPER))

    def height(self, cell: Cell) -> float:
        return to_mm(set_text(_paragraphs(cell), mm(cell.width), self.book).height)

    def text(self, cell: Cell, y: float) -> float:
        """Sets a text with its top at a height; returns where it ends, in millimetres."""
        paragraphs = _paragraphs(cell)
        block = set_text(paragraphs, mm(cell.width), self.book)
        x, top = mm(LEFT + cell.x), mm(y)
        rect = Rect(x, top, mm(cell.width), block.height)
        boxes = self.paper.boxes
        boxes.append(TextBox(rect, (x, top), paragraphs, block.lines, f"text-{len(boxes)}"))
        for line in block.lines:
            for run in line.runs:
                if run.ink.name in ("gone", "new"):
                    height = line.baseline + (2.4 if run.ink.name == "new" else -0.32 * run.size)
                    start = (to_mm(x + line.x + run.x), to_mm(top + height))
                    self.paper.rule(start, to_mm(run.width), 1.3 if run.ink.name == "new" else 0.85)
        return y + to_mm(block.height)

    def composition(self, metadata: Metadata) -> Composition:
        """Returns the paper, with its heads and feet."""
        total, pages = len(self.pages), []
        for number, (paper, section, legend) in enumerate(self.pages, 1):
            self.pages.append((paper, section, legend))  # so that text and rules go on it
            self.text(Cell(0, 80, ((self.name, STRONG), ("　" + section, PLAIN))), 9.5)
            count: Pieces = ((f"{self.line}　", PLAIN), (f"第{number}页", STRONG), (f"，共{total}页", PLAIN))
            self.text(Cell(64, 110, count, replace(PLAIN, align="right")), 9.5)
            self.paper.rule((LEFT, 14.8), WIDTH, 1)
            self.paper.rule((LEFT, 280), WIDTH, 0.5)
            self.text(Cell(0, 112, legend), 281.6)
            self.text(Cell(116, 58, "本页：校对＿＿＿＿＿　审核＿＿＿＿＿"), 281.6)
            page = paper.page(self.name if number == 1 else f"{section} {number}")
            pages.append(replace(page, anchors=(f"paper-{number}",)))
            self.pages.pop()
        return Composition("brochure", metadata, tuple(pages), tuple(self.bookmarks))


def _pieces(words: Words, style: TextStyle) -> Pieces:
    return ((words, style),) if isinstance(words, str) else words


def _paragraphs(cell: Cell) -> tuple[Paragraph, ...]:
    """Returns a cell's paragraphs, parted at its line ends."""
    made: list[list[Run]] = [[]]
    for text, style in _pieces(cell.words, cell.style):
        first, *rest = text.split("\n")
        made[-1].append(Run(first, style))
        made += [[Run(line, style)] for line in rest]
    return tuple(Paragraph(tuple(run for run in runs if run.text) or (Run(" ", cell.style),), cell.style) for runs in made)


def struck(text: str, style: TextStyle) -> tuple[str, TextStyle]:
    """Returns a text as one that is deleted: smaller, a line through it."""
    return text, replace(style, size=style.size * 0.88, ink=_GONE)


def underlined(text: str, style: TextStyle) -> tuple[str, TextStyle]:
    """Returns a text as one that is inserted: underlined, and bold where it is no reading text."""
    return text, replace(style, weight=style.weight if style.family == NAME.family else 700, ink=_NEW)


def marked(old: Sequence[str], new: Sequence[str], style: TextStyle) -> Pieces:
    """Returns the differences of two texts in one, given as what stays whole in them: figures with their measure words."""
    made: list[tuple[str, TextStyle]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            made.append((came, style))
            continue
        made += [struck(gone, style)] * bool(gone) + [("\u2002", style)] * bool(gone and came)
        made += [underlined(came, style)] * bool(came)
    return tuple(made)
