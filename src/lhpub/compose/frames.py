"""Places a master's frames for a scope: each frame with content becomes boxes; frames may hang from one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from lhpub.boxes import Box, ChartBox, Gradient, GroupBox, ImageBox, LinkBox, ShapeBox, TableBox, TextBox, mix_inks
from lhpub.compose.art import Drawn, draw_nested, draw_ticks, interpolate, place_art
from lhpub.compose.figures import place_hero, place_rows
from lhpub.compose.flight import place_flight
from lhpub.compose.groups import Group
from lhpub.compose.lists import by_days, run_on
from lhpub.compose.marks import draw_arcs, draw_dots
from lhpub.compose.pictures import place_picture
from lhpub.compose.reading import as_read
from lhpub.compose.repeats import repeated_scopes
from lhpub.compose.scope import Scope, box_name, has_part, picture_for
from lhpub.compose.studio import Studio, address, no_room
from lhpub.compose.texts import Rest, inked, meet, place_text
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.kinds import Chart
from lhpub.kinds.chart import ChartItem
from lhpub.layout.at import Area, Edges, resolve
from lhpub.layout.frame import Frame, Near, Repeat, contents
from lhpub.layout.generators import Shade
from lhpub.paths import rectangle
from lhpub.publication.entries import join
from lhpub.text.model import Ink
from lhpub.units import Rect

_BAR = (1.1, 3.4, 3.15)
"""The mark of a day: width, height, how far left of its column."""
_SHOWN = 0.6
"""Of a picture that grows, at least so much is shown."""


@dataclass(frozen=True)
class Placed:
    """What placing made. `extents`: what each named frame covers; `fixed`: drawing that is the same on every page of the
    master (a deck keeps it on the slide layout)."""

    boxes: tuple[Box, ...] = ()
    fixed: tuple[Box, ...] = ()
    extents: Mapping[str, Rect] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    rest: Rest | None = None
    """What of a text goes on to another page."""

    def __add__(self, other: Placed) -> Placed:
        """Returns both, the other on top: its fixed drawing becomes the page's own where it lies over such."""
        own = [box.rect for box in self.boxes if _is_drawing(box)]
        over = tuple(box for box in other.fixed if any(_thick(box.rect).overlaps(rect) for rect in own))
        return Placed(
            self.boxes + over + other.boxes,
            self.fixed + tuple(box for box in other.fixed if box not in over),
            {**self.extents, **other.extents},
            self.diagnostics + other.diagnostics,
            self.rest + other.rest if self.rest and other.rest else self.rest or other.rest,
        )


def place_frames(frames: tuple[Frame, ...], area: Area, page: Scope, studio: Studio) -> Placed:
    """Returns the frames' boxes in order; a frame without content, or whose conditions fail, leaves nothing."""
    placed = Placed()
    for own, scope in ((frame, _speaking(frame, page)) for frame in frames):
        if scope is None or not contents(own) or not is_used(own, scope):
            placed += Placed(diagnostics=() if scope else (_unspoken(own, len(page.publication.keywords)),))
            continue
        frame = _mirrored(own, scope)
        if frame.flight is not None:
            taken = tuple(inks for box in placed.boxes if isinstance(box, TextBox) and (inks := inked(box)))
            rect = _located(frame, resolve(frame.at, area), placed.extents, studio.unit)
            flight = told_at(frame.span, place_flight(frame, rect, scope, studio, taken))
            placed += Placed(flight, extents={frame.name: rect})
        elif frame.text is None:
            made = place_frame(frame, area, scope, (studio, placed.extents))
            placed += replace(made, boxes=told_at(frame.span, made.boxes), fixed=told_at(frame.span, made.fixed))
        else:
            thread = _thread(frame, frames, scope)
            places = tuple((f, _located(f, resolve(f.at, area), placed.extents, studio.unit)) for f in thread)
            boxes, extents, diagnostics, rest = place_text(places, scope, studio, placed.extents)
            placed += Placed(boxes, (), extents, diagnostics, rest)
            placed = replace(placed, boxes=_read_first(boxes, frame, placed.boxes))
    return placed


def told_at(span: Span, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Returns boxes whose drawings and labels know where their frame is written; those inside of it know already."""

    def told(box: Box) -> Box:
        if isinstance(box, GroupBox | ChartBox):
            return replace(box, boxes=told_at(span, box.boxes))
        return replace(box, frame=span) if isinstance(box, ShapeBox | TextBox) and box.frame is None else box

    return tuple(map(told, boxes))


def _read_first(boxes: tuple[Box, ...], frame: Frame, placed: tuple[Box, ...]) -> tuple[Box, ...]:
    """Returns boxes in reading order: those of a frame that stands above another before that one."""
    near = (frame.above,) if isinstance(frame.above, Near) else frame.above or ()
    names = {one.frame for one in near}
    at = next((i for i, box in enumerate(placed) if isinstance(box, TextBox | TableBox) and box.slot in names), None)
    return placed if at is None else (*placed[:at], *boxes, *(box for box in placed[at:] if box not in boxes))


def _speaking(frame: Frame, scope: Scope) -> Scope | None:
    """Returns the scope of a frame that speaks of a keyword or a fact of its own; None where there is none such."""
    keywords = scope.publication.keywords
    if frame.keyword is not None:
        return replace(scope, keyword=keywords[frame.keyword - 1]) if 0 < frame.keyword <= len(keywords) else None
    if frame.fact is not None:
        found = next(((k, f) for k in keywords for f in k.facts if f.id == frame.fact), None)
        return replace(scope, keyword=found[0], fact=found[1]) if found else None
    return scope


def _unspoken(frame: Frame, count: int) -> Diagnostic:
    """Returns the warning that a frame speaks of a keyword or a fact that is not there."""
    zh, en = f"没有“{frame.fact}”这个数", f"there is no fact “{frame.fact}”"
    hint = Bilingual("写关键词的 id 与数的名字：重大项目.首批投资", "write the keyword's id and the fact's name: keyword.fact")
    if frame.keyword is not None:
        zh, en = f"没有第 {frame.keyword} 个关键词", f"there is no keyword {frame.keyword}"
        hint = Bilingual(f"关键词共 {count} 个", f"there are {count} keywords")
    message = Bilingual(f"{zh}，框“{frame.name}”空着", f"{en}; the frame “{frame.name}” stays empty")
    return Diagnostic("unknown-fact", Severity.WARNING, message, hint, frame.span)


def _mirrored(frame: Frame, scope: Scope) -> Frame:
    """Returns the frame aligned to the left or right where it is to the fore edge or to the fold."""
    if frame.align not in ("inner", "outer"):
        return frame
    return replace(frame, align="left" if scope.is_left == (frame.align == "outer") else "right")


def _thread(frame: Frame, frames: tuple[Frame, ...], scope: Scope) -> tuple[Frame, ...]:
    """Returns a text's frame and those it runs on into."""
    thread = [frame]
    while following := next((f for f in frames if f.name == thread[-1].next and is_used(f, scope)), None):
        thread.append(following)
    return tuple(thread)


def _thick(rect: Rect) -> Rect:
    return replace(rect, y=rect.y - 0.1, height=rect.height + 0.2)


def _is_drawing(box: Box) -> bool:
    inner = box.boxes if isinstance(box, GroupBox) else (box,)
    return any(isinstance(b, ShapeBox | ImageBox) for b in inner)


def is_used(frame: Frame, scope: Scope) -> bool:
    """True if the frame's conditions hold here."""
    if frame.side is not None and (frame.side == "left") != scope.is_left:
        return False
    return all(has_part(p, scope) for p in frame.when) and not any(has_part(p, scope) for p in frame.unless)


def place_frame(frame: Frame, area: Area, scope: Scope, setting: tuple[Studio, Mapping[str, Rect]]) -> Placed:
    """Returns one frame's boxes. `setting`: the studio, and the extents of the frames placed before."""
    studio, extents = setting
    rect = _located(frame, resolve(frame.at, area), extents, studio.unit)
    if frame.hero is not None:
        hero = place_hero(frame, rect, scope, studio)
        return Placed((hero[0],), extents={frame.name: hero[1]}, diagnostics=hero[2]) if hero else Placed()
    if frame.rows is not None:
        table, diagnostics, left = place_rows(frame, rect, scope, setting)
        placed = Placed((table,), extents={frame.name: table.rect}, diagnostics=diagnostics) if table else Placed()
        return replace(placed, rest=Rest(frame.more or "", points=left) if left else None)
    if frame.repeat is not None:
        if frame.repeat.flow is not None:
            return _place_list(frame, (area, rect), scope, studio)
        return _place_repeat(frame, area.within(rect), scope, studio)
    if frame.picture:
        rect = extents.get(frame.inside.frame, rect) if frame.inside else rect
        rect = _within_shape(frame, rect, scope)
        picture, diagnostics = place_picture(frame, rect, scope)
        told = (*diagnostics, *_lacking(frame, rect, scope, studio))
        shown = picture_for(frame.picture, scope)
        click = (LinkBox(picture.rect, shown.link, picture.alt),) if picture and shown and shown.link else ()
        extents_ = {frame.name: picture.rect} if picture else {}
        return Placed((picture, *click), extents=extents_, diagnostics=told) if picture else Placed()
    if frame.chart is not None:
        if scope.chart is None or (lacking := _lacking(frame, rect, scope, studio)):
            return Placed(diagnostics=lacking if scope.chart else ())
        drawn = studio.draw_chart(_recoloured(scope.chart, studio), frame.chart, rect)
        named = replace(drawn, slot=frame.name, name=f"{scope.chart.id}/{frame.name}")
        areas = [words for box in drawn.boxes if isinstance(box, TextBox) and (words := inked(box))]
        told = (no_room(studio.where(scope.page, rect), named.name, 1, address(frame, scope)),) if _is_crowded(areas) else ()
        return Placed((named,), extents={frame.name: drawn.rect}, diagnostics=told)
    return _place_drawing(frame, rect, scope, studio)


def _is_crowded(areas: list[Rect]) -> bool:
    """True if a chart's words stand on one another: it wants a larger frame."""
    return any(meet(one, two) for one, two in combinations(areas, 2))


def _recoloured(chart: Chart, studio: Studio) -> Chart:
    """Returns the chart in the medium's own inks, where it names others (a slide's ground may be dark)."""
    own, inks = studio.medium.chart_inks, studio.layout.inks

    def ink(one: Ink) -> Ink:
        return inks[own[one.name]] if one.name in own else one

    def item(one: ChartItem) -> ChartItem:
        text = ink(one.text_ink or one.ink)
        return replace(one, ink=ink(one.ink), text_ink=inks[own["text"]] if "text" in own else text)

    if not own:
        return chart
    return chart.recoloured(item)


def _located(frame: Frame, rect: Rect, extents: Mapping[str, Rect], unit: float) -> Rect:
    """Returns the frame's place as the frames it leans on have it; one written by its edges keeps the edge that nothing
    moves."""
    is_open = isinstance(frame.at, Edges) and frame.at.height is None
    # What stands by its edges may be beside the other on a wider paper.
    there = extents
    if isinstance(frame.at, Edges):
        there = {name: one for name, one in extents.items() if one.x < rect.right and rect.x < one.x + max(one.width, 1)}
    below, above = _near(frame.below, there), _near(frame.above, there)
    if below:
        top = below[0].bottom + below[1] * unit
        rect = replace(rect, y=top, height=rect.bottom - top if is_open else rect.height)
    if above and (is_open or not below):
        foot = above[0].y - above[1] * unit
        rect = replace(rect, height=foot - rect.y) if is_open else replace(rect, y=foot - rect.height)
    if frame.level and (other := extents.get(frame.level)):
        rect = replace(rect, y=other.bottom - rect.height)
    return rect


def _near(near: Near | tuple[Near, ...] | None, extents: Mapping[str, Rect]) -> tuple[Rect, float] | None:
    """Returns the place of the first of the frames to lean on that is there, and the distance from it."""
    several = (near,) if isinstance(near, Near) else near or ()
    return next(((extents[one.frame], one.gap) for one in several if one.frame in extents), None)


def _place_drawing(frame: Frame, rect: Rect, scope: Scope, studio: Studio) -> Placed:
    """Places rule, fill and art: decoration, grouped so that it can be moved as one."""
    inks, unit = studio.layout.inks, studio.unit
    progress = _progress(scope.group, scope)
    if frame.fill is not None:
        by_theme = isinstance(frame.fill, Shade) and any(len(stop.colours) > 1 for stop in frame.fill.stops)
        box = _filled(frame.fill, rect, inks, (frame.name, progress))
        return Placed((box,)) if by_theme else Placed(fixed=(box,))
    if frame.rule is not None:
        box = _rule(rect, frame.rule, inks[frame.colour or "ink"], frame.name)
        return Placed(fixed=(box,), extents={frame.name: rect})
    if frame.art is not None:
        shapes = place_art(studio.layout.art[frame.art], rect, str(frame.art))
        return Placed(fixed=(GroupBox(rect, shapes, frame.name, alt=""),), extents={frame.name: rect})
    drawn, by_page = Drawn(()), False
    if frame.nested is not None:
        number = scope.keyword.number if scope.keyword else 0
        drawn = draw_nested(frame.nested, rect, unit, inks, (len(scope.publication.keywords), number, progress))
        by_page = len(frame.nested.zoom) > 1
    elif frame.ticks is not None:
        lit = frozenset(keyword.number for keyword in scope.lit)
        drawn = draw_ticks(frame.ticks, rect, unit, inks, (len(scope.publication.keywords), lit))
    elif frame.arcs is not None:
        drawn = draw_arcs(frame.arcs, rect, unit, inks)
    elif frame.dots is not None:
        drawn = draw_dots(frame.dots, rect, unit, inks, scope)
    extents = {frame.name: rect} | ({f"{frame.name}.opening": drawn.opening} if drawn.opening else {})
    fixed = (GroupBox(rect, drawn.fixed, frame.name, alt=""),) if drawn.fixed else ()
    current = (GroupBox(rect, drawn.current, f"{frame.name}-current", alt=""),) if drawn.current else ()
    return Placed(fixed + current, (), extents) if by_page else Placed(current, fixed, extents)


def _filled(fill: str | Shade, rect: Rect, inks: Mapping[str, Ink], of: tuple[str, float]) -> ShapeBox:
    """Returns a filled rectangle; a gradient's inks may run with the themes (`of`: name, progress 0–1)."""
    name, progress = of
    if isinstance(fill, str):
        return ShapeBox(rect, rectangle(rect), fill=inks[fill], name=name)
    stops = []
    for stop in fill.stops:
        place = interpolate(tuple(map(float, range(len(stop.colours)))), progress)
        low = min(int(place), len(stop.colours) - 1)
        high = min(low + 1, len(stop.colours) - 1)
        stops.append((stop.at, mix_inks(inks[stop.colours[low]], inks[stop.colours[high]], place - low)))
    gradient = Gradient(tuple(stops), fill.across)
    return ShapeBox(rect, rectangle(rect), fill=gradient.ink_at(0.5), name=name, gradient=gradient)


def _progress(group: Group | None, scope: Scope) -> float:
    """Returns how far through the themes the page stands, 0–1; without a theme, how far its keyword among all."""
    numbers = [g.number for g in scope.groups]
    if group is None and scope.keyword and len(scope.publication.keywords) > 1:
        ids = [keyword.id for keyword in scope.publication.keywords]
        return ids.index(scope.keyword.id) / (len(ids) - 1)
    if group is None or group.number not in numbers or len(numbers) < 2:
        return 0.0
    return numbers.index(group.number) / (len(numbers) - 1)


def _rule(rect: Rect, width: float, ink: Ink, name: str) -> ShapeBox:
    path = (("M", (rect.x, rect.y)), ("L", (rect.right, rect.bottom)))
    return ShapeBox(rect, path, stroke=ink, stroke_width=width, name=name)


def _place_repeat(frame: Frame, area: Area, scope: Scope, studio: Studio) -> Placed:
    repeat, rect = frame.repeat, area.rect
    assert repeat is not None
    scopes = repeated_scopes(repeat, scope)
    columns, rows, dy = _repeat_grid(repeat, len(scopes))
    dx, dy, column_step = repeat.step[0] * studio.unit, dy * studio.unit, repeat.column_step * studio.unit
    placed = Placed(extents={frame.name: Rect(rect.x, rect.y, rect.width, rows * dy)} if frame.name else {})
    for i, item in enumerate(scopes):
        row, column = divmod(i, columns) if columns == repeat.columns else (i % rows, i // rows)
        at = (rect.x + row * dx + column * column_step, rect.y + row * dy)
        if i < len(repeat.places):
            at = (rect.x + repeat.places[i][0] * studio.unit, rect.y + repeat.places[i][1] * studio.unit)
        own = Rect(at[0], at[1], rect.width, dy or rect.height)
        inner = place_frames(repeat.frames, area.within(own), item, studio)
        boxes = inner.fixed + as_read(inner.boxes, repeat.frames)
        group = GroupBox(own, boxes, box_name(f"{frame.name}/{i + 1}", scope), alt=None)
        placed += Placed((group,) if boxes else (), diagnostics=inner.diagnostics)
    return placed


def _place_list(frame: Frame, where: tuple[Area, Rect], scope: Scope, studio: Studio) -> Placed:
    """Returns the items of a list that runs on: those of this page. `where`: the page, and the list's place on it."""
    repeat, (area, rect) = frame.repeat, where
    assert repeat is not None
    scopes = repeated_scopes(repeat, scope)

    def place(item: Scope, own: Area) -> Placed:
        return place_frames(repeat.frames, own, item, studio)

    pages = (by_days if repeat.over == "days" else run_on)(repeat, scopes, place, area, rect)
    spots = pages[0] if scopes else ()
    foot = max((spot.rect.bottom for spot in spots), default=rect.y)
    down = rect.bottom - foot if frame.hang == "bottom" else 0.0
    placed = Placed(extents={frame.name: Rect(rect.x, rect.y + down, rect.width, foot - rect.y)} if spots else {})
    for spot in spots:
        own = spot.rect.moved(0, down)
        inner = place(scopes[spot.index], area.within(own))
        boxes = inner.fixed + as_read(inner.boxes, repeat.frames)
        source = join("charts", scope.chart.id) if repeat.over in ("dates", "days") and scope.chart else ""
        name = box_name(f"{frame.name}/{scopes[spot.index].index}", scope)
        group = GroupBox(own, boxes, name, alt=None, source=source)
        placed += Placed((group,) if boxes else (), diagnostics=inner.diagnostics)
        if repeat.over == "days" and spot.day is not None:
            bar = Rect(rect.x - _BAR[2] * area.unit, spot.day, _BAR[0] * area.unit, _BAR[1] * area.unit)
            ink = studio.layout.inks[frame.colour or "ink"]
            placed += Placed((ShapeBox(bar, rectangle(bar), fill=ink, name=f"{name}/day"),))
    if len(pages) > 1:
        name = box_name(frame.name, scope)
        over = no_room(studio.where(scope.page, rect), name, sum(map(len, pages[1:])), address(frame, scope))
        placed += Placed(diagnostics=(over,))
    return placed


def _within_shape(frame: Frame, rect: Rect, scope: Scope) -> Rect:
    """Returns the place of a picture that may grow, no higher than the picture's own shape bears."""
    picture = picture_for(frame.picture, scope) if frame.picture and frame.least else None
    if picture is None:
        return rect
    return replace(rect, height=min(rect.height, rect.width * picture.pixels[1] / picture.pixels[0] / _SHOWN))


def _lacking(frame: Frame, rect: Rect, scope: Scope, studio: Studio) -> tuple[Diagnostic, ...]:
    """Returns the error that a picture or chart has not the height it must have."""
    if rect.height >= max(frame.least, 1) * studio.unit - 0.01:
        return ()
    return (no_room(studio.where(scope.page, rect), box_name(frame.name, scope), 1, address(frame, scope)),)


def _repeat_grid(repeat: Repeat, count: int) -> tuple[int, int, float]:
    """Returns columns, rows and the step down in the layout's unit: the step shrinks to the height, then columns are added."""
    columns, dy = repeat.columns, repeat.step[1]
    rows = -(-count // columns)
    if repeat.fit and rows * dy > repeat.fit:
        if repeat.column_step and repeat.fit / rows < repeat.least:
            rows = max(int(repeat.fit // repeat.least), 1)
            columns = -(-count // rows)
            rows = -(-count // columns)
        dy = min(dy, repeat.fit / rows)
    return columns, rows, dy
