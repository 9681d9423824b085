"""Line-breaking profiles as data: which marks may begin and end a line, how far spaces give (clreq §3.1.7, GB/T 15834)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

_START_BASIC = frozenset("CABEGMNnSQqKTc")
_END_BASIC = frozenset("OPpo")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a paragraph's lines keep to. Lengths in em."""

    not_first: frozenset[str]
    """Classes that may not begin a line."""
    not_last: frozenset[str]
    """Classes that may not end a line."""
    gap: float = 0.25
    """Between Han and Latin or digits (clreq: up to 1/4)."""
    gap_min: float = 0.125
    gap_max: float = 1 / 3
    space_max: float = 0.5
    """A word space between Latin, stretched; it is 1/4 by nature and does not shrink."""
    spread_max: float = 0.1875
    """What justification may put between all characters of a line: one that would need more is set short, not torn."""
    runts: bool = True
    """Avoids a last line of a single Han (孤字)."""
    hanging: str = ""
    """Marks that may stand outside the measure at a line's end."""


_LEVELS = {
    "none": Profile(frozenset(), frozenset()),
    "basic": Profile(_START_BASIC, _END_BASIC),
    "gb": Profile(_START_BASIC, _END_BASIC | {"S"}),
    "strict": Profile(_START_BASIC | {"D"}, _END_BASIC | {"S"}),
}
_OPTIONS: dict[str, dict[str, object]] = {
    "runts": {"runts": False},
    "hang": {"hanging": "，、。"},
    "tight": {"gap": 0.0, "gap_min": 0.0, "gap_max": 0.0},
}
"""`runts` allows what the name says; `tight` puts no space between Han and figures (tables)."""


@cache
def read_profile(name: str) -> Profile:
    """Returns the profile of a name as `zh-CN/gb` or `zh-CN/gb+hang`. Raises KeyError for an unknown one."""
    level, *options = name.removeprefix("zh-CN/").split("+")
    profile = _LEVELS[level]
    for option in options:
        profile = replace(profile, **_OPTIONS[option])  # type: ignore[arg-type]  # the table names fields
    return profile
