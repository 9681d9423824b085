"""What the presenter says at a slide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from unicodedata import east_asian_width

from lhpub.compose.scope import Scope, slot_content
from lhpub.compose.sheet import Sheet
from lhpub.inline import Inline, Rich, Role, parted, plain
from lhpub.kinds.timeline import TimelineChart, TimelineEvent
from lhpub.layout.frame import Frame
from lhpub.publication.entries import join
from lhpub.publication.model import with_breaks
from lhpub.units import Rect

NOTES = Rect(54, 360, 432, 324)
"""Where notes stand on their printed page of 540 × 720 points, under a picture of the slide."""
ROOMS = ((12.0, 324.0), (10.5, 324.0), (10.5, 490.0), (9.0, 490.0), (8.0, 490.0))
"""Type sizes of notes and the height they have, what is tried first; the higher room leaves a small picture of the slide."""


def room_for(notes: Iterable[Rich]) -> tuple[float, float] | None:
    """Returns the first of the rooms whose page holds notes, set one and a half times their size; None if none does."""
    ems = [sum(1.0 if east_asian_width(c) in "WFA" else 0.6 for c in plain(rich)) for rich in notes]
    for size, height in ROOMS:
        wide = (NOTES.width - 15) / size - 1  # PowerPoint's insets, and a character that may not begin a line
        if sum(max(ceil(line / wide), 1) for line in ems) * size * 1.5 <= height - 8:
            return size, height
    return None


def speaker_notes(sheet: Sheet, scope: Scope, frames: tuple[Frame, ...]) -> tuple[Rich, ...]:
    """Returns the keywords' notes; on a chart's own slide its figures one by one; on a theme's its lead, else its dates; on
    the cover the title, on an overview the themes with their keywords, on the last slide where all is from."""
    if sheet.goes_on:
        return ()
    if sheet.group is not None and not sheet.extra:
        return tuple(rich for keyword in sheet.keywords for rich in keyword.notes)
    chart, group = sheet.chart, sheet.group
    if sheet.items and chart is None:  # a slide of pictures
        return tuple(picture.caption for picture in sheet.items[0][0].pictures if picture.caption)
    if chart is None and group is None:
        return _of_the_whole(scope, any(frame.repeat and frame.repeat.over == "groups" for frame in frames))
    if chart is None or (group and group.lead and not sheet.items):
        return (group.lead,) if group and group.lead else ()
    of_group = group if group and not sheet.items else None
    titles = [keyword.title for keyword in (of_group.keywords if of_group else scope.publication.keywords)]
    lines: list[Rich] = [(*item.label, Inline("，"), *item.figure.inlines(), Inline("。")) for item in chart.items]
    if isinstance(chart, TimelineChart):
        lines += [_event_line(event, scope) for event in chart.events if event.title in titles]
        undated = parted("、", [(name,) for _, name in chart.undated if name.text in titles])
        lines += [(*undated, Inline("，未注明日期。"))] if undated else []
    return tuple(lines) if of_group else (chart.title, *lines, *((chart.note,) if chart.note else ()))


def _of_the_whole(scope: Scope, lists: bool) -> tuple[Rich, ...]:
    """Returns what is said on a slide about the whole: the cover (page 1), one that `lists` the themes, the last."""
    end = Inline("。")
    if scope.page == 1:
        parts = (slot_content(f"publication.{name}", scope) for name in ("title", "subtitle", "organisation"))
        return tuple((*part[0], end) for part in parts if part)
    if lists:
        scopes = (replace(scope, group=group) for group in scope.groups if group.title)
        named = ((slot_content("theme.title", one), slot_content("theme.keywords", one)) for one in scopes)
        return tuple((*title[0], Inline("："), *keywords[0], end) for title, keywords in named if title)
    return slot_content("credits", scope)


def _event_line(event: TimelineEvent, scope: Scope) -> Rich:
    """Returns an event with its whole date, to be read aloud."""
    keyword = scope.publication.keyword(event.keyword)
    dates = [keyword.date] if event.main else [e.date for e in keyword.events if e.date.first == event.first]
    when = dates[0].text if dates else ""
    label = (Inline("："), *with_breaks(event.label, "")) if event.label else ()
    title = Inline(event.title, Role("name"), source=join("keywords", event.keyword, "title"))
    return (Inline(f"{when}，", Role("date"), source=dates[0].source if dates else ""), title, *label, Inline("。"))
