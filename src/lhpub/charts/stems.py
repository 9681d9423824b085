"""Where the timeline's stems end and their numbers stand, so that nothing touches."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lhpub.kinds.timeline import TimelineEvent, TimelineStyle
from lhpub.units import Rect, Size

PAD = 2.3
"""Least room between a number and a stem beside or under it, in points."""


@dataclass(frozen=True, slots=True)
class Stem:
    """A day's stem: its place and top; `number`: where its number stands, None where there is no room for it."""

    event: TimelineEvent
    x: float
    top: float
    number: Rect | None


def place_stems(dated: list[tuple[float, TimelineEvent]], style: TimelineStyle, room: Rect, number: Size) -> list[Stem]:
    """Returns the stems of days, keywords before further events. `dated`: (x, event) by x; `room`: that over the axis;
    `number`: size of a number's box, 0 wide for none. A number whose right neighbour is near moves left; one that would
    touch another stands higher; one that would leave the room is not drawn (the list below names its keyword)."""
    stems: list[Stem] = []
    main = [(x, event) for x, event in dated if event.main]
    beside = number.width / 2 + PAD + style.heavy_width / 2
    for (x, event), (following, _) in pairwise([*main, (float("inf"), None)]):
        near = following - x < max(style.near, beside)
        shift = max(style.near / 3, beside - (following - x)) if near else 0.0
        stems.append(_shortest(stems, (x, event), (style, room, number), (shift,)))  # type: ignore[arg-type]
    for dated_event in (pair for pair in dated if not pair[1].main):
        stems.append(_shortest(stems, dated_event, (style, room, number), (0.0, beside, -beside)))
    return stems


def _shortest(
    stems: list[Stem],
    dated: tuple[float, TimelineEvent],
    frame: tuple[TimelineStyle, Rect, Size],
    shifts: tuple[float, ...],
) -> Stem:
    """Returns the shortest stem on which the number, moved left by one of `shifts`, touches no other stem or number."""
    (x, event), (style, room, number) = dated, frame
    numbers = [stem.number for stem in stems if stem.number]
    half = style.heavy_width / 2
    taken = [*numbers, *(Rect(stem.x - half, stem.top, 2 * half, room.bottom - stem.top) for stem in stems)]
    circle = 0.0 if event.main else style.radii[0] / 2
    height = base = style.stems[0 if event.main else 1]
    while number.width and height + circle + PAD + number.height <= room.height:
        top = room.bottom - height - circle
        own = Rect(x - max(half, circle), top, 2 * max(half, circle), room.bottom - top)
        for shift in shifts:
            box = Rect(x - shift - number.width / 2, top - PAD - number.height, number.width, number.height)
            if not any(map(box.overlaps, taken)) and not any(map(own.overlaps, numbers)):
                return Stem(event, x, room.bottom - height, box)
        height += style.stem_step
    return Stem(event, x, room.bottom - min(base, room.height), None)
