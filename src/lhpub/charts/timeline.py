"""The year as an axis of days, each date drawn as exactly as it is known, and lists under it (civic §8.4, §10 D7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from lhpub.boxes import TextBox
from lhpub.charts.drawing import Drawing, Place, joined
from lhpub.charts.pens import Scale
from lhpub.charts.stems import place_stems
from lhpub.inline import Role
from lhpub.kinds.timeline import TimelineChart, TimelineEvent, TimelineStyle
from lhpub.publication.entries import join
from lhpub.publication.model import with_breaks
from lhpub.text.model import Run, TextStyle
from lhpub.units import Rect, Size

DAY = timedelta(1)
OPEN = timedelta(7)
"""How far dashes go on after the known part of an open date (起)."""
Entry = tuple[TextBox, ...]
"""Texts that belong together; of one date in a list, the number first."""


def draw_timeline(drawing: Drawing[TimelineChart, TimelineStyle]) -> Rect:
    """Returns the room over the axis (its foot is the axis) after drawing axis, stems, bars, months and lists."""
    return _Timeline(drawing.chart, drawing.style, drawing.rect, drawing.book, drawing.canvas).draw()


class _Timeline(Drawing[TimelineChart, TimelineStyle]):
    """A year's drawing; where lists give names alone, further events of a keyword are not drawn."""

    def draw(self) -> Rect:
        self._draw_axis()
        self._draw_stems()
        top = self.plot.bottom + self._draw_bars()
        spans = self._months(self.style.list_months)
        lists = [(last, self._list(first, last, top + self.style.list_at)) for first, last in spans]
        texts = [*self._month_names(top), *lists]
        self.canvas.text(*(box for _, boxes in sorted(texts, key=lambda pair: pair[0]) for box in boxes))
        return self.plot

    @cached_property
    def events(self) -> list[TimelineEvent]:
        return [event for event in self.chart.events if event.main or not self.style.list_indent]

    @cached_property
    def day(self) -> float:
        return self.style.day or self.plot.width / float(self.chart.axis_max)

    @cached_property
    def parts(self) -> list[tuple[date, date, Scale]]:
        """First and last day of each part of the year that has an axis of its own, and that axis."""
        origins = [self.rect.x + x for x in self.style.origins]
        spans = self._months(-(-12 // len(origins)))
        return [
            (a, b, self.canvas.axes(Rect(x, 0, self.day, 1), (a.toordinal(), a.toordinal() + 1), (0, 1)))
            for x, (a, b) in zip(origins, spans, strict=False)
        ]

    def spans(self, first: date, last: date) -> list[tuple[float, float]]:
        """Returns where a span of days begins and ends on each part of the year it touches."""
        cut = [(max(first, a), min(last, b), scale) for a, b, scale in self.parts]
        return [(at(a.toordinal(), 0)[0], at(b.toordinal() + 1, 0)[0]) for a, b, at in cut if a <= b]

    def at(self, day: date) -> float:
        return self.spans(day, day)[0][0]

    def _months(self, step: int) -> list[tuple[date, date]]:
        """Returns the first and last day of every `step` months."""
        firsts = [date(self.chart.year, month, 1) for month in range(1, 13, step)]
        return [(a, b - DAY) for a, b in zip(firsts, [*firsts[1:], date(self.chart.year + 1, 1, 1)], strict=True)]

    def _number(self, event: TimelineEvent, style: TextStyle) -> Run:
        return Run(f"{event.number:02}", style, Role("ordinal", event.keyword))

    def _draw_axis(self) -> None:
        style, y, months = self.style, self.plot.bottom, [first for first, _ in self._months(1)]
        days = [months[0] + n * DAY for n in range(int(self.chart.axis_max))]
        ticks = [(x, y, x, y - style.tick_lengths[0]) for x in map(self.at, days)]
        self.canvas.lines(ticks, self.stroke("days", style.tick, style.tick_width))
        ticks = [(x, y, x, y - style.tick_lengths[1]) for x in map(self.at, months)]
        self.canvas.lines(ticks, self.stroke("months", style.axis, style.tick_width))
        self.canvas.lines(self.across(y), self.stroke("axis", style.axis, style.axis_width))

    def _draw_stems(self) -> None:
        style, number, size = self.style, self.style.number, Size(0, 0)
        if number and style.numbers:
            boxes = [self.set("", Place(0, 0), self.paragraph(number, self._number(e, number))) for e in self.events]
            size = Size(max(box.rect.width for box in boxes), boxes[0].rect.height)
        dated = sorted(((self.at(e.first) + self.day / 2, e) for e in self.events if e.day), key=lambda pair: pair[0])
        for stem in place_stems(dated, style, self.plot, size):
            main, name = stem.event.main, f"stem-{stem.event.number}-{stem.event.first:%m%d}"
            pen = self.stroke(name, style.accent, style.heavy_width if main else style.axis_width)
            self.canvas.lines([(stem.x, self.plot.bottom, stem.x, stem.top)], pen)
            if not main:
                self.canvas.disc(stem.x, stem.top, style.radii[0] / 2, replace(pen, fill=style.ground))
            if stem.number and number:
                place = Place(stem.number.x + stem.number.width / 2, stem.number.y, "centre")
                box = self.set(name, place, self.paragraph(number, self._number(stem.event, number)))
                self.canvas.text(replace(box, tag="Artifact"))  # the lists name it

    def _draw_bars(self) -> float:
        """Draws dates known to the month, 旬 or range as bars under the axis, open ones (起) with dashes beyond; returns how
        much lower than one lane they reach. Equal dates are one bar; others that overlap take a further lane."""
        style, (under, height, thin) = self.style, self.style.bar
        lanes: list[list[tuple[date, date]]] = []
        drawn: set[tuple[date, date, bool]] = set()
        for event in sorted(self.events, key=lambda e: (not e.main, e.first)):
            key = (event.first, event.last, event.open)
            if key in drawn or (event.day and not event.open):
                continue
            drawn.add(key)
            beyond = event.last + OPEN if event.open else event.last
            free = [n for n, lane in enumerate(lanes) if all(b < event.first or beyond < a for a, b in lane)]
            lane = min(free, default=len(lanes))
            lanes += [] if free else [[]]
            lanes[lane].append((event.first, beyond))
            name, thick = f"bar-{event.number}-{event.first:%m%d}", height if event.main else thin
            y = self.plot.bottom + under + lane * (height + 1)
            bars = [] if event.day else [Rect(a, y, b - a - 1.5, thick) for a, b in self.spans(event.first, event.last)]
            self.canvas.rectangles(bars, self.fill(name, style.accent))
            dashes = [(a, y + thick / 2, b, y + thick / 2) for a, b in self.spans(event.last + DAY, beyond)]
            self.canvas.lines(dashes, self.stroke(name, style.accent, thick, (height / 2, height / 2)))
        return max(len(lanes) - 1, 0) * (height + 1)

    def _month_names(self, top: float) -> Iterator[tuple[date, Entry]]:
        """Yields months' names, every third where they are too wide; beside each the numbers of the dates drawn as bars, as
        many as there is room for over the list."""
        style, month = self.style, self.style.month
        if not month:
            return
        unit = style.unit or month
        step = 1 if self.width(self.paragraph(month, "12", Run("月", unit))) < 28 * self.day else 3
        for first, last in self._months(step):
            name = [Run(str(first.month), month, Role("date")), Run("月", unit)]
            box = self.set(f"month-{first.month}", Place(self.at(first), top + style.label_gap), self.paragraph(month, *name))
            bars = self._barred((first, last), (box, name)) if box.rect.bottom < top + style.list_at - 2 else ()
            yield first, (box, *bars)

    def _barred(self, month: tuple[date, date], beside: tuple[TextBox, list[Run]]) -> Entry:
        """Returns the numbers of a month's dates drawn as bars, as many as there is room for beside its name (`beside`: its
        box and runs); they are not read, for the lists name them."""
        (first, last), (box, name), number = month, beside, self.style.number
        held = [e for e in self.events if not e.day and first <= e.first <= last] if self.style.numbers else []
        for kept in range(len(held) if number else 0, 0, -1):
            assert number is not None
            numbers = [run for e in held[:kept] for run in (Run("  " if e is held[0] else " ", number), self._number(e, number))]
            own = self.paragraph(number, *numbers[1:])
            end = box.rect.x + self.width(self.paragraph(box.paragraphs[0].style, *name, *numbers))
            if end < self.spans(first, last)[0][1] - 2:
                place = Place(end - self.width(own), box.origin[1] + box.lines[0].baseline, hang="baseline")
                return (replace(self.set(f"month-{first.month}-bars", place, own), tag="Artifact"),)
        return ()

    def _list(self, first: date, last: date, top: float) -> Entry:
        """Returns a list, its rules drawn: whole entries, else without their lines; what is still too much, as numbers alone."""
        style = self.style
        events = [event for event in self.events if first <= event.first <= last]
        if not (events and style.number and style.label and (style.second or style.list_indent)):
            return ()
        room = self.spans(first, last)[0][1] - self.at(first) - 2
        area = Rect(self.at(first), top, min(style.list_width, room), self.rect.bottom - top)
        for whole in (True, False):
            entries = self._flow(events, area, whole)
            if _bottom(entries[-1]) <= area.bottom:
                break
        else:
            entries = self._cut(events, entries, area)
        if not style.list_indent:
            ys = [entry[0].rect.y - style.list_tops[0] for entry in entries]
            rules = [(area.x, y, area.x + min(style.list_width * 0.9, room), y) for y in ys]
            self.canvas.lines(rules, self.stroke("rules", style.tick, style.tick_width))
        return tuple(replace(box, tag="LBody") for entry in entries for box in entry)

    def _cut(self, events: list[TimelineEvent], entries: list[Entry], area: Rect) -> list[Entry]:
        """Returns as many entries as fit with the numbers of the others after them."""
        number = self.style.number
        assert number is not None  # _draw_list is left without it
        for kept in range(len(entries) - 1, -1, -1):
            runs = [run for event in events[kept:] for run in (self._number(event, number), Run(" ", number))]
            place = Place(area.x, entries[kept][0].rect.y, width=area.width)
            more = self.set(f"list-more-{events[kept].number}/number", place, self.paragraph(number, *runs[:-1]))
            if more.rect.bottom <= area.bottom:
                break
        return [*entries[:kept], (more,)]

    def _flow(self, events: list[TimelineEvent], area: Rect, whole: bool) -> list[Entry]:
        """Returns entries from the area's top at the style's pitch, closer where the area asks and the text allows."""
        pitch = min(self.style.list_pitch, area.height / len(events)) if whole else 0.0
        entries: list[Entry] = []
        for event in events:
            entries.append(self._entry(event, area, whole))
            area = replace(area, y=max(area.y + pitch, _bottom(entries[-1]) + 3))
        return entries

    def _entry(self, event: TimelineEvent, area: Rect, whole: bool) -> Entry:
        """Returns number and date, name, line; a further event's name is quieter. On one line: number and name. Each is a
        text of its own, so that names share an edge whatever the numbers' face."""
        style, label, second, number = self.style, self.style.label, self.style.second, self.style.number
        assert label is not None  # _draw_list is left without them
        assert number is not None
        name, top = f"list-{event.number}-{event.first:%m%d}", 0.0 if style.list_indent else style.list_tops[0]
        head = self.set(
            f"{name}/number", Place(area.x, area.y + top), self.paragraph(number, self._number(event, number))
        )
        beside = Place(0, head.origin[1] + head.lines[0].baseline, hang="baseline")
        if style.list_indent:
            beside = replace(beside, x=area.x + style.list_indent, width=area.width - style.list_indent)
            return head, self.set(f"{name}/name", beside, self.paragraph(label, _title(event, label)))
        assert second is not None
        label = label if event.main else replace(label, weight=second.weight, ink=second.ink)
        x = head.rect.x + self.width(head.paragraphs[0]) + number.size * 0.55
        beside = replace(beside, x=x, width=area.x + area.width - x)
        boxes = [
            self.set(
                f"{name}/name",
                Place(area.x, area.y + style.list_tops[1], width=area.width),
                self.paragraph(label, _title(event, label)),
            )
        ]
        if whole and event.label:
            y = max(area.y + style.list_tops[2], boxes[0].rect.bottom + 1)
            place = Place(area.x, y, width=min(style.list_width * 0.9, area.width))
            line, parted = (
                self.set(f"{name}/name", place, self.paragraph(second, with_breaks(event.label, m))) for m in ("", "\n")
            )
            boxes.append(line if len(line.lines) < len(parted.lines) else parted)
        return head, self.set(f"{name}/date", beside, self.paragraph(second, event.when)), joined(boxes)


def _title(event: TimelineEvent, style: TextStyle) -> Run:
    return Run(event.title, style, Role("name"), source=join("keywords", event.keyword, "title"))


def _bottom(entry: Entry) -> float:
    return max(box.rect.bottom for box in entry)
