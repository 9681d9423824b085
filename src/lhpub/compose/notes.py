"""What the presenter says at a slide, and the order in which its boxes are read."""

from __future__ import annotations

from lhpub.boxes import Box, GroupBox, ImageBox, ShapeBox, TextBox
from lhpub.compose.scope import Scope
from lhpub.compose.sheet import Sheet
from lhpub.inline import Inline, Rich, Role
from lhpub.kinds.timeline import TimelineChart, TimelineEvent
from lhpub.publication.entries import join
from lhpub.publication.model import with_breaks


def speaker_notes(sheet: Sheet, scope: Scope) -> tuple[Rich, ...]:
    """Returns the keywords' notes; on a chart's own slide its figures one by one; on a theme's its lead, else its dates."""
    if sheet.goes_on:
        return ()
    if sheet.group is not None and not sheet.extra:
        return tuple(rich for keyword in sheet.keywords for rich in keyword.notes)
    chart, group = sheet.chart, sheet.group
    if chart is None or (group and group.lead and not sheet.items):
        return (group.lead,) if group and group.lead else ()
    of_group = group if group and not sheet.items else None
    titles = [keyword.title for keyword in (of_group.keywords if of_group else scope.publication.keywords)]
    lines: list[Rich] = [(*item.label, Inline("，"), *item.figure.inlines(), Inline("。")) for item in chart.items]
    if isinstance(chart, TimelineChart):
        lines += [_event_line(event, scope) for event in chart.events if event.title in titles]
        undated = "、".join(title for _, title in chart.undated if title in titles)
        lines += [(Inline(f"{undated}，未注明日期。", Role("name")),)] if undated else []
    return tuple(lines) if of_group else (chart.title, *lines, *((chart.note,) if chart.note else ()))


def _event_line(event: TimelineEvent, scope: Scope) -> Rich:
    """Returns an event with its whole date, to be read aloud."""
    keyword = scope.publication.keyword(event.keyword)
    dates = [keyword.date] if event.main else [e.date for e in keyword.events if e.date.first == event.first]
    when = dates[0].text if dates else ""
    label = (Inline("："), *with_breaks(event.label, "")) if event.label else ()
    title = Inline(event.title, Role("name"), source=join("keywords", event.keyword, "title"))
    return (Inline(f"{when}，", Role("date"), source=dates[0].source if dates else ""), title, *label, Inline("。"))


def in_reading_order(boxes: tuple[Box, ...], titles: frozenset[str]) -> tuple[Box, ...]:
    """Returns a slide's boxes as they are read: drawings beneath everything, the title, the rest, source and page number."""

    def place(box: Box) -> int:
        if isinstance(box, ShapeBox | ImageBox) or (isinstance(box, GroupBox) and box.alt == ""):
            return 0
        if isinstance(box, TextBox):
            return 1 if box.slot in titles else 3 if box.tag == "Artifact" else 2
        return 2

    return tuple(sorted(boxes, key=place))
