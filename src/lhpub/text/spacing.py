"""What stands between two neighbours: blank or gap, how far it gives, whether a line may break there (clreq §3.1)."""

from __future__ import annotations

from functools import cache
from math import inf
from typing import NamedTuple

from lhpub.text.characters import WORD
from lhpub.text.profiles import Profile

NEVER = inf
"""A boundary where no line breaks."""
SPACE, MARK, STOP = range(3)
"""The steps of shrinking, in their order (clreq §3.2; word spaces only stretch). Brackets, quotes, commas and gaps give
together, each in proportion: a quote squeezed to nothing in a line of loose gaps is seen at once."""
_AFTER_INTERPUNCT, _AFTER_CONNECTOR = 40.0, 40.0


class Boundary(NamedTuple):
    """Between two units, in em. `owner`: whose em it is, -1 the left one's, 1 the right one's, 0 the larger."""

    blank: float = 0.0
    owner: int = 0
    step: int = SPACE
    shrink: float = 0.0
    """How much of it may go."""
    stretch: float = 0.0
    """How much may be added before all boundaries share the rest."""
    spreads: int = 1
    """1 if it takes part in the even spreading of what remains."""
    penalty: float = 0.0
    """Cost of a line break here."""
    merged: bool = False
    """A blank was dropped because of the neighbour: it is kept where the two differ in size."""


_BESIDE_FRAME = 0.3
_CLOSED = "CABE"
_HAN = "HK"
_LATIN = "LUpq"


class Boundaries(dict[str, Boundary]):
    """Class of what ends + class of what begins → what stands between, by a profile; filled on demand."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __missing__(self, pair: str) -> Boundary:
        left, right = pair[0], pair[1]
        found = _blank(self.profile, left, right)
        self[pair] = found = found._replace(spreads=_spreads(left, right), penalty=_penalty(self.profile, left, right))
        return found


boundaries_of = cache(Boundaries)
"""Returns a profile's boundaries."""


def _blank(profile: Profile, left: str, right: str) -> Boundary:
    if left in "WwvZ" or right in "WwvZ":
        return _beside_space(profile, left, right)
    if left in _CLOSED and right == "O":
        return Boundary(0.5, 0, MARK, 0.5)
    if (left in _CLOSED and right in "CABEG") or left == right == "O" or (left == "C" and right == "M"):
        return Boundary(merged=True)
    if left in _CLOSED:
        return Boundary(0.5, -1, MARK if left in "CA" else STOP, 0.5)
    if right == "O":
        return Boundary(0.5, 1, MARK, 0.5)
    if (left in _HAN and right in _LATIN) or (left in _LATIN and right in _HAN):
        owner = -1 if left in _HAN else 1
        return Boundary(profile.gap, owner, MARK, profile.gap - profile.gap_min, profile.gap_max - profile.gap)
    if right == "F" or (left == "F" and right not in _CLOSED):
        return Boundary(_BESIDE_FRAME, 1 if right == "F" else -1)
    return Boundary()


def _beside_space(profile: Profile, left: str, right: str) -> Boundary:
    """A typed space has its width as a unit; what gives stands behind it. Between Han and Latin it is the gap."""
    if right == "v":
        return Boundary(profile.gap, 0, MARK, profile.gap - profile.gap_min, profile.gap_max - profile.gap)
    if left in _CLOSED or right == "O":
        return Boundary(0.5, 1 if right == "O" else -1)
    return Boundary(stretch=profile.space_max - 0.25 if left == "W" and right not in "WwvZ" else 0.0)


def _spreads(left: str, right: str) -> int:
    """Returns 0 where spreading would pull apart what is read as one, and around connectors and solidi."""
    together = (left in WORD and right in WORD) or (left in "Pp" and right == "U") or (left == "U" and right in "Qq")
    return 0 if together or right in "WwvIF" or left in "wNnS" or right in "NnS" or "T" in (left, right) else 1


def _penalty(profile: Profile, left: str, right: str) -> float:
    if right in "WwvI" or left == "w" or right == "F" or (left in WORD and right in WORD):
        return NEVER
    if (left in "Pp" and right in "UPp") or (left == "U" and right in "QqT") or left == right == "D":
        return NEVER
    if right in profile.not_first or left in profile.not_last or (right == "Z" and left != "Z"):
        return NEVER
    if left == "M":
        return _AFTER_INTERPUNCT
    return _AFTER_CONNECTOR if left in "Nn" else 0.0
