"""Places a text in its frame, or in the frames it runs on into: across or in columns, with a large initial, on the grid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lhpub.boxes import TableBox, TextBox
from lhpub.compose.blocks import Pieces, is_plain, pieces_of, place_blocks
from lhpub.compose.display import fit_display
from lhpub.compose.scope import Paragraphs, Scope, box_name, fill_template
from lhpub.compose.studio import Address, EntryText, Studio, address, first_span, missing_glyphs, overset
from lhpub.diagnostics import Diagnostic
from lhpub.layout.frame import Frame, Initial
from lhpub.publication.model import Point
from lhpub.text.columns import Filled
from lhpub.text.fit import Manner, fit_text
from lhpub.text.model import ASCENT, Ink, Paragraph, TextStyle
from lhpub.text.setting import natural_width
from lhpub.units import Rect

SPACES = {"keep": " ", "break": "\n", "wide": "　"}
"""What a space of the source's title becomes."""
_INITIAL = re.compile(r"[“‘《]?(?:[0-9][0-9.,]*|.)")

TOUCH = 0.5
"""Points that two texts may share before they count as overlapping."""


@dataclass(frozen=True)
class Rest:
    """What goes on to another page, and that page's master: paragraphs, the pieces of a body of blocks, rows of points."""

    master: str
    paragraphs: tuple[Paragraph, ...] = ()
    pieces: Pieces = ()
    points: tuple[Point, ...] = ()

    def __add__(self, other: Rest) -> Rest:
        """Returns both, one behind the other."""
        pieces, points = self.pieces + other.pieces, self.points + other.points
        return Rest(self.master, self.paragraphs + other.paragraphs, pieces, points)


Thread = tuple[tuple[Frame, Rect], ...]
"""A text's frame and those it runs on into, each with its place in points."""
Texts = tuple[tuple[TextBox | TableBox, ...], dict[str, Rect], tuple[Diagnostic, ...], Rest | None]
"""Boxes, what each covers by its frame's name, what there is to tell, and what goes on to another page."""
REST = "{rest}"
_ENDLESS = 1e6
_GO_ON = 4
"""Lines that go on to another page at least, or half of them all."""


def place_text(thread: Thread, scope: Scope, studio: Studio, extents: Mapping[str, Rect]) -> Texts:
    """Returns the text of the thread's first frame, set in all of them; nothing if it has no content here."""
    frame, rect = thread[0]
    templates = (frame.text,) if isinstance(frame.text, str) else frame.text or ()
    template, content = next(((t, found) for t in templates if (found := fill_template(t, scope))), ("", ()))
    runs_on = REST in templates and bool(scope.rest or scope.pieces)
    if not (content or runs_on) or (frame.inside and frame.inside.frame not in extents):
        return (), {}, (), None
    style = studio.layout.style(frame.style, frame.colour)
    style = replace(style, align=frame.align) if frame.align else style  # type: ignore[arg-type]  # mirrored before
    pieces = scope.pieces if runs_on else ()
    if scope.keyword and template == "{keyword.body}" and not is_plain(scope.keyword.body):
        pieces = pieces_of(scope.keyword.body)
    if pieces:
        return _place_pieces(thread, pieces, style, (scope, studio))
    if frame.inside:
        return _place_inside(frame, extents[frame.inside.frame], (content, style), (scope, studio))
    if frame.sizes:
        style, rect = fit_display(
            frame, rect, style, lambda own: studio.paragraphs(content, own, SPACES[frame.spaces]), studio
        )
        thread = ((frame, rect), *thread[1:])
    paragraphs = studio.paragraphs(content, style, SPACES[frame.spaces], frame.vertical)
    if runs_on:
        paragraphs = tuple(_in_ink(paragraph, style.ink) for paragraph in scope.rest)
        style = paragraphs[0].style
    if frame.initial:
        paragraphs = (_with_initial(paragraphs[0], frame.initial, scope, studio), *paragraphs[1:])
    manner = Manner(studio.medium.slack, studio.grid(style, frame.hang), frame.balance, frame.vertical)
    rooms = [_room(f, r, style) for f, r in thread]
    filled, rest = fit_text(paragraphs, rooms, studio.book, manner), None
    if frame.more and paragraphs and any(held.block.excess for held in filled):
        *held_here, over = _parted(paragraphs, rooms, studio, replace(manner, balance=False))
        if over.paragraphs != paragraphs or not runs_on:  # else not even a line stands here, and that is told
            filled, rest = tuple(held_here), Rest(frame.more, over.paragraphs)
    if frame.instead and any(held.block.excess for held in filled):
        short = replace(frame, text=frame.instead, instead=None)
        return place_text(((short, rect), *thread[1:]), scope, studio, extents)
    boxes, covered = [], {}
    for (own, place), held in zip(thread, filled, strict=True):
        if held.block.lines:
            look = frame if own is frame else replace(frame, name=own.name, hang=own.hang)
            box, covered[own.name] = _box(look, place, held, scope)
            boxes.append(replace(box, link=link_of(frame, scope), span=first_span(content), frame=own.span))
    name = box_name(thread[-1][0].name or frame.style, scope)
    told = _told(filled, name, address(frame, scope, first_span(content)), studio.where(scope.page, rect))
    return tuple(boxes), covered, told, rest


def _parted(paragraphs: tuple[Paragraph, ...], rooms: list[Rect], studio: Studio, manner: Manner) -> tuple[Filled, ...]:
    """Returns what the rooms hold of a text that goes on, and what goes on."""
    endless = Rect(0, 0, rooms[-1].width, _ENDLESS)
    *here, over = fit_text(paragraphs, [*rooms, endless], studio.book, manner)
    if back := _held_back(here, over):
        early = replace(rooms[-1], height=rooms[-1].height - back)
        *fewer, beyond = fit_text(paragraphs, [*rooms[:-1], early, endless], studio.book, manner)
        here, over = (fewer, beyond) if fewer[-1].block.lines else (here, over)
    return (*here, over)


def _held_back(held: list[Filled], over: Filled) -> float:
    """Returns the height in points by which a page's text ends early, so that no line or two go on alone."""
    here, beyond = (len(filled.block.lines) for filled in (held[-1], over))
    lines = min(_GO_ON, (here + beyond) // 2) - beyond
    return lines * held[-1].paragraphs[0].style.leading if here and lines > 0 else 0.0


def _in_ink(paragraph: Paragraph, ink: Ink) -> Paragraph:
    """Returns a paragraph in the ink of the page it goes on to, whose ground may be another."""
    own = paragraph.style.ink
    runs = (replace(run, style=replace(run.style, ink=ink)) if run.style.ink == own else run for run in paragraph.runs)
    return replace(paragraph, runs=tuple(runs), style=replace(paragraph.style, ink=ink))


def _place_pieces(thread: Thread, pieces: Pieces, style: TextStyle, setting: tuple[Scope, Studio]) -> Texts:
    """Returns a body of blocks, or what of it the page before did not hold."""
    (frame, rect), (scope, studio) = thread[0], setting
    boxes, covered, told, left = place_blocks(thread, (pieces, style), setting)
    if len(left) == 1 and frame.more and len(thread) == 1 and frame.name in covered and len(pieces) > 2:
        early = replace(rect, height=covered[frame.name].height - style.leading)  # a list's last line does not go on alone
        boxes, covered, told, left = place_blocks(((frame, early),), (pieces, style), setting)
    if left and left == scope.pieces:  # a table higher than a page
        over = overset(studio.where(scope.page, rect), box_name(frame.name, scope), 1, address(frame, scope, None))
        return boxes, covered, (*told, over), None
    goes_on = frame.more and (left or scope.rest)
    return boxes, covered, told, Rest(frame.more or "", scope.rest, left) if goes_on else None


def inked(box: TextBox) -> Rect | None:
    """Returns what a text's lines cover, None if it has none."""
    lines = [line for line in box.lines if line.runs]
    if not lines:
        return None
    x = min(line.x for line in lines)
    size = max(run.size for line in lines for run in line.runs)
    if box.vertical == "columns":
        top, bottom = min(line.baseline for line in lines), max(line.baseline + line.width for line in lines)
        right = max(line.x for line in lines) + size / 2
        return Rect(box.origin[0] + x - size / 2, box.origin[1] + top, right - x + size / 2, bottom - top)
    top = min(line.baseline for line in lines) - 0.8 * max(run.size for run in lines[0].runs)
    bottom = max(line.baseline for line in lines) + 0.1 * size
    right = max(line.x + line.width for line in lines)
    return Rect(box.origin[0] + x, box.origin[1] + top, right - x, bottom - top)


def meet(one: Rect, two: Rect) -> float:
    """Returns how deep two texts stand on one another, in points; 0 where they only touch."""
    wide = min(one.right, two.right) - max(one.x, two.x)
    high = min(one.bottom, two.bottom) - max(one.y, two.y)
    return min(wide, high) if min(wide, high) > TOUCH else 0.0


def link_of(frame: Frame, scope: Scope) -> str | None:
    """Returns where a click on the frame leads."""
    filled = fill_template(frame.link, scope) if frame.link is not None else None
    return "".join(inline.text for inline in filled[0]) if filled else None


def _room(frame: Frame, rect: Rect, style: TextStyle) -> Rect:
    """Returns the place with room for one line, or one column, where its height, or its width, is 0."""
    if frame.vertical:
        return replace(rect, width=rect.width or style.leading)
    return replace(rect, height=rect.height or style.leading)


def _box(frame: Frame, rect: Rect, held: Filled, scope: Scope) -> tuple[TextBox, Rect]:
    """Returns the box of a frame, and what its text covers."""
    block, style = held.block, held.paragraphs[0].style
    x, y = rect.x, rect.y
    if frame.vertical:
        x = {
            "top": rect.right - block.width,
            "baseline": rect.x - block.lines[0].x,
            "bottom": rect.x,
            "middle": rect.x + (rect.width - block.width) / 2,
        }[frame.hang]
        beside = (style.leading - style.size) / 2  # an Office program gives each column its whole leading
        area = Rect(x - beside, y, block.width + 2 * beside, rect.height)
    else:
        y = {
            "top": rect.y,
            "baseline": rect.y - ASCENT * style.size,
            "bottom": rect.bottom - block.height,
            "middle": rect.y + (rect.height - block.height) / 2,
        }[frame.hang]
        area = Rect(x, y if frame.hang == "baseline" else rect.y, rect.width, rect.height or block.height)
    hang = "columns" if frame.vertical else "top" if frame.hang == "baseline" else frame.hang
    name = box_name(frame.name or frame.style, scope)
    box = TextBox(area, (x, y), held.paragraphs, block.lines, name, frame.name, frame.tag, hang)
    return box, Rect(x, y, block.width, block.height)


_CALLED = {"title": "标题", "headline": "导语", "body": "正文", "brief": "短正文", "hero_caption": "大数字的说明",
           "timeline": "时间轴短句", "lead": "导语", "note": "图注", "subtitle": "副题"}  # fmt: skip
"""What an editor calls the texts of an entry."""


def _named(filled: tuple[Filled, ...], excess: int) -> EntryText | None:
    """Returns whose text is set, in the editor's words, and how long it may be; None where it is not one entry's."""
    paragraphs = [paragraph for held in filled for paragraph in held.paragraphs]
    sources = {run.source for paragraph in paragraphs for run in paragraph.runs}
    parts = sources.pop().split("/") if len(sources) == 1 else []
    if len(parts) < 2 or parts[-1] not in _CALLED:
        return None
    total = sum(len(paragraph.text) for paragraph in dict.fromkeys(paragraphs))
    owner = parts[1] if parts[0] in ("keywords", "themes", "charts") else "卷首语" if "foreword" in parts else ""
    return EntryText(owner, _CALLED[parts[-1]], parts[-1], total - excess)


def _told(
    filled: tuple[Filled, ...], name: str, frame: Address, where: tuple[str, str]
) -> tuple[Diagnostic, ...]:
    excess = filled[-1].block.excess
    missing = tuple(sorted({character for held in filled for character in held.block.missing}))
    told = (overset(where, _named(filled, excess) or name, excess, frame),) if excess else ()
    return (*told, missing_glyphs(where, name, missing, frame)) if missing else told


def _with_initial(paragraph: Paragraph, initial: Initial, scope: Scope, studio: Studio) -> Paragraph:
    """Returns the paragraph with a large head: the layout's text, else what the paragraph begins with."""
    style = studio.layout.style(initial.style)
    if initial.text is not None:
        filled = fill_template(initial.text, scope)
        drop = studio.paragraphs(filled[:1], style)[0].runs if filled else ()
        return replace(paragraph, drop=drop, drop_lines=initial.lines)
    first, *rest = paragraph.runs
    head = _INITIAL.match(first.text)
    if head is None:
        return paragraph
    runs = (replace(first, text=first.text[head.end() :]), *rest)
    drop = (replace(first, text=head[0], style=style, dots=False),)
    return replace(paragraph, runs=tuple(run for run in runs if run.text), drop=drop, drop_lines=initial.lines)


def _place_inside(
    frame: Frame, outer: Rect, text: tuple[Paragraphs, TextStyle], setting: tuple[Scope, Studio]
) -> Texts:
    """Returns a text in the middle of another frame, its size a share of that frame's height."""
    (content, style), (scope, studio) = text, setting
    assert frame.inside is not None
    size = round(outer.height * frame.inside.size, 1)
    style = replace(style, size=size, leading=size, align="centre", floor=None)
    widest = max(natural_width(p, studio.book) for p in studio.paragraphs(content, style))
    if widest > outer.width:
        size = int(10 * size * outer.width / widest) / 10
        style = replace(style, size=size, leading=size)
    paragraphs = studio.paragraphs(content, style)
    area = Rect(outer.x, outer.y + (outer.height - size) / 2, outer.width, size)
    (held,) = fit_text(paragraphs, [area], studio.book)
    box = TextBox(area, (area.x, area.y), paragraphs, held.block.lines, frame.name, frame.name, frame.tag, "middle",
                  frame=frame.span)  # fmt: skip
    place = address(frame, scope, first_span(content))
    told = _told((held,), box_name(frame.name, scope), place, studio.where(scope.page, outer))
    return (box,), {frame.name: area}, told, None
