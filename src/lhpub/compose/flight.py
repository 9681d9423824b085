"""The flight path: an honest chart of the keywords, across by date and one level up for each (horizon §4)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from lhpub.boxes import Box, GroupBox, Segment, ShapeBox, TextBox
from lhpub.compose.curves import cut_to, monotone_path, path_of
from lhpub.compose.days import Place, days_in, place_keywords
from lhpub.compose.scope import Scope
from lhpub.compose.studio import Studio
from lhpub.inline import Inline, Role
from lhpub.layout.frame import Frame
from lhpub.layout.generators import Flight
from lhpub.paths import disc, line
from lhpub.publication.entries import join
from lhpub.text.characters import OPENING
from lhpub.text.model import ASCENT, Ink, Paragraph, TextStyle
from lhpub.text.setting import natural_width
from lhpub.units import Rect

GAP = 0.5
"""From a mark or a level line to its label, in em of the label."""
FULL_STEP, NAME_STEP = 1.45, 0.6
"""Levels so far apart, in em of the label, have names with dates; names; nearer ones only each fifth number."""
MANY = 30
"""From so many keywords on marks are drawn at 0.62 of their size."""
RING_WIDTH = 0.8
DOTTED = (1.2, 2.4)
DASHED = (2.6, 3.2)


def place_flight(frame: Frame, rect: Rect, scope: Scope, studio: Studio, taken: tuple[Rect, ...]) -> tuple[Box, ...]:
    """Returns the drawing as one group, and the labels as another whose texts speak for themselves. `taken`: what the texts
    placed before cover; neither path nor label meets them."""
    assert frame.flight is not None
    drawing = _Drawing(frame.flight, frame.name, rect, scope, studio, taken)
    shapes = drawing.shapes()
    texts = (*drawing.month_names(), *drawing.labels())
    groups = [GroupBox(rect, shapes, frame.name, alt="")] if shapes else []
    chart = join("charts", scope.chart.id) if scope.chart and frame.flight.label else ""
    groups += [GroupBox(rect, texts, f"{frame.name}/labels", source=chart)] if texts else []
    return tuple(groups)


@dataclass(frozen=True)
class _Drawing:
    flight: Flight
    name: str
    rect: Rect
    scope: Scope
    studio: Studio
    taken: tuple[Rect, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return place_keywords(self.scope.publication.keywords, self.scope.publication.year)

    @cached_property
    def own(self) -> tuple[Place, ...]:
        """The keywords that have marks here: the theme's, or all."""
        ids = {k.id for k in self.scope.keywords} if self.flight.over == "theme" else None
        return tuple(p for p in self.places if ids is None or p.keyword.id in ids)

    @cached_property
    def axis(self) -> tuple[float, float]:
        """x of day 0 and points per day."""
        start, end = (self.rect.x + x * self.studio.unit for x in self.flight.across)
        days = [p.day for p in self.own if p.day is not None]
        first, last = 0.0, float(days_in(self.scope.publication.year))
        if self.flight.over == "theme" and days:
            first, last = days[0], days[-1]
            if last - first < 1:  # one day alone stands in the middle of two months
                first, last = first - 30, last + 30
        pitch = (end - start) / (last - first)
        return start - first * pitch, pitch

    def x(self, day: float) -> float:
        return self.axis[0] + day * self.axis[1]

    @cached_property
    def step(self) -> float:
        """From level to level in points, 0 if there are none."""
        if self.flight.levels is None or len(self.own) < 2:
            return 0.0
        low, high = (self.rect.y + level * self.studio.unit for level in self.flight.levels)
        between = self.own[-1].level - self.own[0].level
        size = self.studio.layout.style(self.flight.label).size if self.flight.label else 0.0
        struck = self._struck_texts([low - (low - high) * (p.level - self.own[0].level) / between for p in self.own])
        high = max((high, *(text.bottom + self.outer + 1.5 * size for text in struck)))
        return max(low - high, 0.0) / between

    @cached_property
    def outer(self) -> float:
        """The largest mark's radius in points."""
        return max(self.flight.disc[0], self.flight.last[2] if self.flight.last else 0.0) * self.scale

    def _struck_texts(self, levels: Sequence[float]) -> list[Rect]:
        """Returns the texts of the page that a mark, its stem or a dashed line would strike; the path then stays under them."""

        def is_struck(text: Rect, place: Place, y: float) -> bool:
            if place.day is not None:
                x, above = self.x(place.day), y - self.outer < text.bottom
                return above and text.x - self.outer < x < text.right + self.outer and text.y < self.foot(x)
            crosses = self._dashed is not None and self._dashed[0] < text.right and self._dashed[1] > text.x
            return crosses and text.y - self.outer < y < text.bottom + self.outer

        return [text for text in self.taken if any(map(partial(is_struck, text), self.own, levels))]

    def y(self, place: Place) -> float:
        if self.flight.levels is None:
            return self.foot(self.x(place.day or 0.0))
        return self.rect.y + self.flight.levels[0] * self.studio.unit - (place.level - self.own[0].level) * self.step

    def foot(self, x: float) -> float:
        """Returns the horizon's height at x."""
        unit = self.studio.unit
        if self.flight.arc is None:
            return self.rect.y + self.flight.foot * unit
        cx, cy, radius = (value * unit for value in self.flight.arc)
        return self.rect.y + cy - math.sqrt(max(radius**2 - (x - self.rect.x - cx) ** 2, 0.0))

    @cached_property
    def scale(self) -> float:
        return self.studio.unit * (0.62 if len(self.places) >= MANY else 1.0)

    def ink(self, name: str) -> Ink:
        return self.studio.layout.inks[name]

    def shapes(self) -> tuple[ShapeBox, ...]:
        flight = self.flight
        shapes: list[ShapeBox] = []
        placed = [p for p in self.places if p.day is not None]
        if flight.levels is not None:
            shapes += self._months() if flight.months else []
            for place in self.own:
                shapes += self._under(place)
            curves = monotone_path([(self.x(p.day or 0.0), self.y(p)) for p in placed])
            cut = [kept for curve in curves if (kept := cut_to(curve, self.rect))]
            if cut:
                shapes.append(self._stroked(path_of(cut), flight.line))
        for place in self.own:
            shapes += self._mark(place)
        return tuple(shapes)

    def _stroked(self, path: tuple[Segment, ...], line: tuple[str, float], dash: tuple[float, ...] = ()) -> ShapeBox:
        return ShapeBox(self.rect, path, stroke=self.ink(line[0]), stroke_width=line[1], dash=dash)

    def _level(self, start: float, end: float, y: float, dash: tuple[float, ...] = ()) -> list[ShapeBox]:
        start, end = max(start, self.rect.x), min(end, self.rect.right)
        return [self._stroked(line((start, y), (end, y)), self.flight.stem, dash)] if start < end else []

    def _under(self, place: Place) -> list[ShapeBox]:
        """Returns a stem, a level line as long as the date is vague, or a dashed one across for no date."""
        y = self.y(place)
        if place.day is None:
            return self._level(*self._dashed, y, DASHED) if self._dashed else []
        if place.span is None:
            x = self.x(place.day)
            if not self.rect.x <= x <= self.rect.right:
                return []
            return [self._stroked(line((x, y), (x, self.foot(x))), self.flight.stem)]
        start, end = (self.x(day) for day in place.span)
        lines = self._level(start, end, y)
        return lines + (self._level(end, 2 * end - start, y, DOTTED) if place.keyword.date.open else [])

    @cached_property
    def _dashed(self) -> tuple[float, float] | None:
        """From where to where the level lines of undated keywords run."""
        start = self._undated_x()
        if start is None:
            return None
        is_beside = self.flight.over == "keywords" and start < self.rect.x + self.rect.width / 2
        return start, self.x(float(days_in(self.scope.publication.year))) if is_beside else self.rect.right

    def _undated_x(self) -> float | None:
        flight = self.flight
        return None if flight.undated is None else self.rect.x + flight.undated * self.studio.unit

    def _mark(self, place: Place) -> list[ShapeBox]:
        flight, scale = self.flight, self.scale
        x = self._undated_x() if place.day is None else self.x(place.day)
        if x is None or (place.day is None and flight.levels is None):
            return []
        y, radius = self.y(place), flight.disc[0] * scale
        if flight.last and place.keyword is self.places[-1].keyword and place.day is not None:
            core, colour, outer = flight.last
            ink = self.ink(colour)
            return [disc(x, y, outer * scale, stroke=ink, stroke_width=0.5), disc(x, y, core * scale, fill=ink)]
        if place.day is not None and place.span is None:
            return [disc(x, y, radius, fill=self.ink(flight.disc[1]))]
        look = {"fill": self.ink(flight.ring[1]), "stroke": self.ink(flight.line[0]), "stroke_width": RING_WIDTH}
        return [disc(x, y, flight.ring[0] * scale, **look, dash=(2.0, 1.4) if place.day is None else ())]

    def _month_starts(self) -> list[float]:
        year = max(self.scope.publication.year, 1)
        starts = [datetime.date(year, month, 1).timetuple().tm_yday - 1 for month in range(1, 13)]
        return [self.x(float(day)) for day in (*starts, days_in(year))]

    def _months(self) -> list[ShapeBox]:
        style = self.studio.layout.style(self.flight.months or "")
        feet = ((x, self.foot(x)) for x in self._month_starts())
        ticks = tuple(part for x, y in feet for part in line((x, y), (x, y + 0.8 * style.size)))
        return [self._stroked(ticks, self.flight.stem)]

    def month_names(self) -> tuple[TextBox, ...]:
        """Returns the months' names under the horizon, every third where they are too wide."""
        if not self.flight.months:
            return ()
        style = replace(self.studio.layout.style(self.flight.months), align="centre")
        starts = self._month_starts()
        step = 1 if starts[1] - starts[0] > 2.2 * style.size else 3
        boxes = []
        for month in range(1, 13, step):
            text = ((Inline(str(month), Role("date")), Inline("月")),)
            middle = (starts[month - 1] + starts[month]) / 2
            baseline = self.foot(middle) + 2.36 * style.size
            name = f"{self.name}/month-{month}"
            boxes.append(self._line(name, self.studio.paragraphs(text, style), (middle, baseline), None))
        return tuple(boxes)

    def _line(
        self, name: str, paragraphs: tuple[Paragraph, ...], at: tuple[float, float], link: str | None
    ) -> TextBox:
        """Returns one line whose left end, middle or right end (by its alignment) stands on a baseline."""
        style = paragraphs[0].style
        size = max(run.style.size for run in paragraphs[0].runs)
        width = natural_width(paragraphs[0], self.studio.book) / (1 - self.studio.medium.slack) + 0.05
        block = self.studio.set_text(paragraphs, width)
        x = at[0] - width * {"right": 1.0, "centre": 0.5}.get(style.align, 0.0)
        area = Rect(x, at[1] - ASCENT * size, width, size)
        return TextBox(area, (x, area.y), paragraphs, block.lines, name, tag="P" if link else "Artifact", link=link)

    def labels(self) -> tuple[TextBox, ...]:
        """Returns the labels that stand clear of one another, of other texts and of dashed lines: all where the levels are far
        enough apart; else first, last and undated first, the others from the top."""
        if not self.flight.label or self.flight.levels is None:
            return ()
        size = self.studio.layout.style(self.flight.label).size
        crowded = bool(self.step) and self.step < NAME_STEP * size
        shown = [p for p in self.own if not crowded or p.keyword.number % 5 == 0 or p in (self.own[0], self.own[-1])]
        first = [p for p in (shown[0], shown[-1], *(p for p in shown if p.day is None)) if shown]
        kept: dict[str, TextBox] = {}
        for place in dict.fromkeys((*first, *reversed(shown))):
            box = self._label(place, crowded)
            others = (*self.taken, *(other.rect for other in kept.values()))
            if box and not self._is_struck(place, box.rect) and not any(_meets(box.rect, other, size) for other in others):
                kept[place.keyword.id] = box
        return tuple(kept[p.keyword.id] for p in shown if p.keyword.id in kept)

    def _label(self, place: Place, crowded: bool) -> TextBox | None:
        flight, keyword = self.flight, place.keyword
        style = self.studio.layout.style(flight.label or "")
        x = self._undated_x() if place.day is None else self.x(place.day)
        if x is None:
            return None
        y, gap = self.y(place), GAP * style.size
        radius = (flight.last[2] if flight.last and place.keyword is self.places[-1].keyword else flight.disc[0]) * self.scale
        left_of, baseline = x - radius - gap, y - 0.05 * style.size
        align = "right"
        if place.span is not None:
            left_of, baseline = max(self.x(place.span[0]), self.rect.x) - gap, y + 0.31 * style.size
            left_of = min(left_of, x - radius - gap)
        elif place.day is None:
            baseline = y - 0.5 * style.size
            if x < self.rect.x + self.rect.width / 2:
                left_of, align = x + radius + gap, "left"
        if not self.step:  # the path is level and runs through all the marks
            baseline = min(baseline, y - radius - gap)
        left_of = self._clear_of_levels(place, left_of, baseline, style)
        title = Inline(keyword.title, Role("name"), source=join("keywords", keyword.id, "title"))
        content = (Inline(f"{keyword.number:02d}", Role("ordinal")) if crowded else title,)
        paragraphs = self.studio.paragraphs((content,), replace(style, align=align))  # type: ignore[arg-type]
        paragraphs = self._with_date(paragraphs, place, crowded)
        name, link = f"{self.name}/{keyword.id}", f"#{keyword.id}"
        box = self._line(name, paragraphs, (left_of, baseline), link)
        if self._is_cut(box.rect, style.size):  # then it stands on the other side, under the path
            turned = tuple(replace(p, style=replace(p.style, align="left")) for p in paragraphs)
            box = self._line(name, turned, (x + radius + gap, y + 0.95 * style.size), link)
        return None if self._is_cut(box.rect, style.size) else box

    def _is_struck(self, place: Place, area: Rect) -> bool:
        """True if the dashed level line of another keyword, without a date, would run through a label."""
        if self._dashed is None or self._dashed[0] >= area.right or self._dashed[1] <= area.x:
            return False
        undated = (self.y(other) for other in self.own if other.day is None and other is not place)
        return any(area.y < y < area.bottom for y in undated)

    def _is_cut(self, area: Rect, size: float) -> bool:
        """True if a label would leave the frame or stand in the fold of two facing pages."""
        fold = self.studio.medium.size[0] * self.studio.unit
        in_fold = self.rect.right > fold + size and area.x - size < fold < area.right + size
        return in_fold or area.x < self.rect.x or area.right > self.rect.right

    def _with_date(self, paragraphs: tuple[Paragraph, ...], place: Place, crowded: bool) -> tuple[Paragraph, ...]:
        """Returns the label with its date before it, or behind it the words that there is none."""
        flight, size = self.flight, paragraphs[0].style.size
        far = not self.step or self.step >= FULL_STEP * size
        undated = place.day is None and flight.undated_words
        if crowded or not flight.date or not (undated or (far and place.day is not None)):
            return paragraphs
        style = self.studio.layout.style(flight.date)
        when = place.keyword.date
        words = Inline(flight.undated_words) if undated else Inline(when.text, Role("date"), source=when.source)
        gap = " " if place.keyword.title.startswith(tuple(OPENING)) else "  "  # such a mark brings half an em of its own
        (date,) = self.studio.paragraphs(((words, Inline(gap)) if not undated else (Inline("　"), words),), style)
        (label,) = paragraphs
        runs = (*label.runs, *date.runs) if undated else (*date.runs, *label.runs)
        return (replace(label, runs=runs),)

    def _clear_of_levels(self, place: Place, right: float, baseline: float, style: TextStyle) -> float:
        """Returns where a label ends: left of another keyword's level line that would run through it."""
        for other in self.own:
            if other.span is None or other is place or place.day is None:
                continue
            start, y = self.x(other.span[0]), self.y(other)
            if baseline - style.size < y < baseline + 0.2 * style.size and start < right:
                right = min(right, start - GAP * style.size)
        return right


def _meets(one: Rect, other: Rect, size: float) -> bool:
    room = Rect(one.x - size / 2, one.y - 0.1 * size, one.width + size, one.height + 0.2 * size)
    return room.overlaps(other)
