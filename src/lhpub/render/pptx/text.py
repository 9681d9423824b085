"""Paragraphs as DrawingML: a style is written once, on the layout's placeholder; a run writes what differs from it.

The composition sets a first baseline 0.88 em below the frame's top. An Office line of exact height L and size S stands
otherwise: measurements of PowerPoint's exports report a descent of about 0.2 × max(L, 1.2 S) for 微软雅黑 and Times
New Roman, the rest of L being ascent; LibreOffice 7.4 leaves 0.2 to 0.29 S below. `office_rect` takes the middle (at
most 0.07 em from either) and moves the frame by the difference, so that text stands where it was composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lhpub.boxes import Box, ChartBox, GroupBox, Slot, TableBox, TextBox, Verticals
from lhpub.inline import Rich, plain
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import EMPTY, Attributes, Xml, centi, el, emu, join, text
from lhpub.text.model import GlyphRun, Line, Paragraph, Run, TextStyle
from lhpub.units import Rect

LANGUAGE: Attributes = {"lang": "zh-CN", "altLang": "en-US"}
END = el("a:endParaRPr", LANGUAGE)
ANCHORS: Mapping[Verticals, str] = {"top": "t", "middle": "ctr", "bottom": "b", "columns": "t"}
_ALIGN = {"left": "l", "right": "r", "centre": "ctr", "justify": "just"}
_BOLD_FROM = 600
_EM_ASCENT = 0.88
_ORPHAN, _SLACK = 3.5, 0.9
_ROOM = 0.08
_HAIR = 0.1
"""Points below which a gap is not written."""
NO_BREAK_SPACE = "\u00a0"
_SPACE_SIZE, _SPACE_WIDTH = 12.0, 0.26
"""The least size that a deck has, and the width of a space in em: 0.25 in Times New Roman, 0.28 in Arial."""
# Office programs set what is raised at about two thirds; the composition's size is the one to be seen.
_SUPERSCRIPT_SCALE = 1.5
_OWN_COLOUR = Xml(
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}">'
    '<ahyp:hlinkClr xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a text is written against: theme colours, the style its placeholder already has, links by target."""

    scheme: Scheme
    inherited: TextStyle | None = None
    links: Mapping[str, Xml] = field(default_factory=dict)


def character_properties(
    tag: str, style: TextStyle, context: Context, extra: Attributes | None = None, link: Xml = EMPTY
) -> Xml:
    """Returns `a:rPr` or its like (ECMA-376 21.1.2.3.9): language always, the rest where it differs."""
    base = context.inherited
    attributes = {**LANGUAGE, **(extra or {})}
    if base is None or style.size != base.size:
        attributes["sz"] = centi(style.size)
    if base is None or (style.weight >= _BOLD_FROM) != (base.weight >= _BOLD_FROM):
        attributes["b"] = style.weight >= _BOLD_FROM
    if base is None or style.tracking * style.size != base.tracking * base.size:
        attributes["spc"] = centi(style.tracking * style.size)
    colour = context.scheme.fill(style.ink) if base is None or style.ink != base.ink else EMPTY
    faces = _faces(style.family) if base is None or style.family != base.family else EMPTY
    return el(tag, attributes, colour, faces, link)


def _faces(family: str) -> Xml:
    """Returns the latin and ea faces: the theme's for `major` and `minor`, else the family by name."""
    theme = {"major": "+mj", "minor": "+mn"}.get(family)
    latin, east = (f"{theme}-lt", f"{theme}-ea") if theme else (family, family)
    return join(el("a:latin", {"typeface": latin}), el("a:ea", {"typeface": east}))


def paragraph_properties(tag: str, source: Paragraph, inherited: TextStyle | None, *children: Xml) -> Xml:
    """Returns `a:pPr` or a level of a list style: inset, indent, alignment, exact leading and bullet where they differ."""
    style, attributes = source.style, dict[str, str | int | bool | None]()
    if inherited is None or source.inset:
        attributes["marL"] = emu(source.inset)
    if source.marker:
        attributes["indent"] = -emu(source.hang)
        children = (*children, _bullet("".join(run.text for run in source.marker)))
    elif inherited is None or style.indent * style.size != inherited.indent * inherited.size:
        attributes["indent"] = emu(style.indent * style.size)
    if inherited is None or style.align != inherited.align:
        attributes["algn"] = _ALIGN[style.align]
    leading = EMPTY
    if inherited is None or style.leading != inherited.leading:
        leading = el("a:lnSpc", None, Xml(f'<a:spcPts val="{centi(style.leading)}"/>'))
    return el(tag, attributes, leading, *children) if attributes or leading else EMPTY


def _bullet(marker: str) -> Xml:
    """Returns a bullet, or a number that PowerPoint counts on (ECMA-376 21.1.2.4)."""
    number = marker.removesuffix(".")
    if number.isdecimal():
        return el("a:buAutoNum", {"type": "arabicPeriod", "startAt": int(number)})
    return join(el("a:buFont", {"typeface": "Arial"}), el("a:buChar", {"char": marker}))


def list_style(style: TextStyle, scheme: Scheme, levels: int = 1) -> Xml:
    """Returns the levels of a list style, each in the same style and without bullets."""
    no_gaps = Xml('<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft><a:buNone/>')
    rest = (no_gaps, character_properties("a:defRPr", style, Context(scheme)))
    return join(*(paragraph_properties(f"a:lvl{n}pPr", Paragraph((), style), None, *rest) for n in range(1, levels + 1)))


def body_properties(
    vertical: Verticals, insets: tuple[int, int] = (0, 0), wraps: bool = True, *, shrinks: bool = False
) -> Xml:
    """Returns `a:bodyPr` without vertical insets and without autofit: composed text has its size already. `shrinks`: digits
    typed into a figure shrink to its frame; texts of several lines would not, for their leading is exact."""
    sides = f'lIns="{insets[0]}" tIns="0" rIns="{insets[1]}" bIns="0"'
    columns = 'vert="eaVert" ' if vertical == "columns" else ""
    frame = f'{columns}wrap="{"square" if wraps else "none"}" {sides} rtlCol="0" anchor="{ANCHORS[vertical]}"'
    return Xml(f"<a:bodyPr {frame}><a:{'normAutofit' if shrinks else 'noAutofit'}/></a:bodyPr>")


def run_text(run: Run) -> str:
    """Returns what a run reads in the deck: a 计算值 mark stands in brackets, as a run cannot have a frame."""
    return f"（{run.text}）" if run.framed else run.text


def paragraphs(box: TextBox, context: Context) -> Xml:
    """Returns a text's paragraphs, an empty one if it has none."""
    lines = box.lines if is_label(box) else (None,) * len(box.paragraphs)
    return join(*(paragraph(p, context, line) for p, line in zip(box.paragraphs, lines, strict=True))) or el(
        "a:p", None, END
    )


def is_label(box: TextBox) -> bool:
    """True if each paragraph is set on one line."""
    return len(box.lines) == len(box.paragraphs)


def is_figure(box: TextBox) -> bool:
    """True for a line in several sizes, a numeral with its unit: no face of another program may break it."""
    return is_label(box) and any(len({run.size for run in line.runs}) > 1 for line in box.lines)


def paragraph(source: Paragraph, context: Context, line: Line | None = None) -> Xml:
    """Returns `a:p`; an intended line break (a newline in the text) becomes `a:br`, measured lines never do. `line`: the
    paragraph as set, if that is one line; where it leaves room between two sizes, a space of that width is written."""
    pieces: list[Xml] = []
    last = source.style
    for run in _spaced(source.runs, _gaps(line.runs if line and not source.marker else ())):
        properties = _run_properties(run, context)
        for number, piece in enumerate(run_text(run).replace("\v", "\n").split("\n")):
            pieces += [el("a:br", None, properties)] if number else []
            pieces += [el("a:r", None, properties, el("a:t", None, text(piece)))] if piece else []
        last = run.style
    # The paragraph mark shares in PowerPoint's line box, so it has the last run's type.
    end = character_properties("a:endParaRPr", last, context)
    return el("a:p", None, paragraph_properties("a:pPr", source, context.inherited), *pieces, end)


def _gaps(runs: tuple[GlyphRun, ...]) -> dict[int, float]:
    """Returns the room in points that a line leaves after a character where its size changes, by the count of characters."""
    gaps, count = {}, 0
    for one, other in pairwise(runs):
        count += sum(len(glyph.text) for glyph in one.glyphs)
        gap, beside = other.x - one.x - one.width, one.glyphs[-1].text[-1:] + other.glyphs[0].text[:1]
        if one.size != other.size and gap > _HAIR and beside.isalnum() and not (one.framed or other.framed):
            gaps[count] = gap
    return gaps


def _spaced(runs: tuple[Run, ...], gaps: Mapping[int, float]) -> Iterator[Run]:
    """Yields the runs, and a small no-break space as wide as the gap where there is one. Were the gap written as the
    tracking of a big numeral, LibreOffice would add 0.24 of the numeral's size, as between any Latin and Han text."""
    count = 0
    for run in runs:
        yield run
        count += len(run.text)
        if count in gaps:
            style = replace(run.style, size=_SPACE_SIZE, tracking=gaps[count] / _SPACE_SIZE - _SPACE_WIDTH)
            yield Run(NO_BREAK_SPACE, style)


def _run_properties(run: Run, context: Context) -> Xml:
    style, extra = run.style, dict[str, str | int | bool | None]()
    if run.rise:
        style = replace(style, size=style.size * _SUPERSCRIPT_SCALE)
        extra["baseline"] = round(run.rise * 100_000)
    if run.dots:
        # Emphasis dots do not exist in DrawingML; a dotted underline is their nearest relative.
        extra["u"] = "dotted"
    return character_properties("a:rPr", style, context, extra, context.links[run.link] if run.link else EMPTY)


def hyperlink(relation: str, is_slide: bool, tooltip: str | None = None, own_colour: bool = False) -> Xml:
    """Returns `a:hlinkClick` to a slide or an address; `own_colour`: a run keeps its ink."""
    action = "ppaction://hlinksldjump" if is_slide else None
    attributes: Attributes = {"r:id": relation, "action": action, "tooltip": tooltip}
    return el("a:hlinkClick", attributes, _OWN_COLOUR if own_colour else EMPTY)


def plain_paragraphs(source: tuple[Rich, ...], size: float | None = None) -> Xml:
    """Returns unstyled paragraphs (speaker notes), in another size than their master's if one is given."""
    properties = el("a:rPr", {**LANGUAGE, "sz": round(size * 100) if size else None})
    leading = Xml(f'<a:pPr><a:lnSpc><a:spcPts val="{round(size * 150)}"/></a:lnSpc></a:pPr>') if size else EMPTY
    texts = (plain(rich).replace("\n", " ") for rich in source)
    return join(*(el("a:p", None, leading, el("a:r", None, properties, el("a:t", None, text(line))), END) for line in texts))


def all_boxes(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yields every box, also those in groups, tables and drawn charts."""
    for box in boxes:
        yield box
        if isinstance(box, GroupBox | ChartBox):
            yield from all_boxes(box.boxes)
        elif isinstance(box, TableBox):
            yield from (cell.text for row in box.cells for cell in row)


def text_boxes(boxes: Iterable[Box]) -> Iterator[TextBox]:
    """Yields the text boxes, also those in groups, tables and drawn charts."""
    return (box for box in all_boxes(boxes) if isinstance(box, TextBox))


def office_rect(frame: TextBox | Slot) -> Rect:
    """Returns the frame's rectangle, moved so that an Office program sets the first baseline (the last one, in a frame
    that hangs from its foot) where the composition has it, and high enough for its lines."""
    style, rect, count = _line_style(frame), frame.rect, 1
    if style is None or frame.vertical == "columns":
        return rect
    above, below = _EM_ASCENT * style.size, (1 - _EM_ASCENT) * style.size
    if isinstance(frame, TextBox) and frame.lines:
        x, top = frame.origin
        hang, count = _hanging(frame), len(frame.lines)
        rect = Rect(x - hang, rect.y, max(rect.width + hang, _untrimmed(frame)), rect.height)
        above = top + frame.lines[0].baseline - rect.y
        below = rect.bottom - top - frame.lines[-1].baseline
    descent = 0.1 * (max(style.leading, 1.2 * style.size) + style.size)
    down, up = above - (style.leading - descent), descent - below
    least = count * style.leading
    if frame.vertical == "top":
        return Rect(rect.x, rect.y + down, rect.width, max(rect.height - down, least))
    if frame.vertical == "bottom":
        height = max(rect.height + up, least)
        return Rect(rect.x, rect.bottom + up - height, rect.width, height)
    return rect.moved(0, (down + up) / 2)


def _hanging(box: TextBox) -> float:
    """Returns how far the blank of an opening mark (“《（) hangs out of single lines: Office programs never cut it off."""
    if not is_label(box) or any(source.style.align in ("right", "centre") for source in box.paragraphs):
        return 0.0
    lefts = (line.x + line.runs[0].glyphs[0].x for line in box.lines if line.runs and line.runs[0].glyphs)
    return max(-min(lefts, default=0.0), 0.0)


def _untrimmed(box: TextBox) -> float:
    """Returns the width of single lines with their marks in full, as Office programs set them, and room for other faces:
    where a line fits by trimming alone, its frame must be wider."""
    if not is_label(box) or any(source.style.align != "left" for source in box.paragraphs):
        return 0.0
    return (1 + _ROOM) * max(sum(glyph.advance for run in line.runs for glyph in run.glyphs) for line in box.lines)


def orphan_insets(box: TextBox) -> tuple[int, int]:
    """Returns the left and right insets in EMU that keep a program from leaving a word's end alone on a ragged text's last
    line: its lines are then about as wide as composed. 0 where breaking at the full width leaves enough."""
    style, width = _line_style(box), box.rect.width
    paragraphs: list[list[float]] = [[]]
    for line in box.lines:
        paragraphs[-1].append(line.width)
        paragraphs += [[]] if line.last else []
    rests = [sum(lines) - (len(lines) - 1) * width for lines in paragraphs if len(lines) > 1]
    if style is None or box.vertical == "columns" or style.align == "justify" or not rests or min(rests) >= _ORPHAN * style.size:
        return 0, 0
    spare = emu(max(width - max(line.width for line in box.lines) - _SLACK * style.size, 0))
    return {"left": (0, spare), "right": (spare, 0), "centre": (spare // 2, spare // 2)}[style.align]


def _line_style(frame: TextBox | Slot) -> TextStyle | None:
    if isinstance(frame, Slot):
        return frame.style
    for source in frame.paragraphs[-1:] if frame.vertical == "bottom" else frame.paragraphs[:1]:
        return replace(source.style, size=max((run.style.size for run in source.runs), default=source.style.size))
    return None
