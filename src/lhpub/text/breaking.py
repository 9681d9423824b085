"""Third step: where the lines of a paragraph break, decided for the whole paragraph at once (Knuth and Plass, 1981).

Instead of keeping a list of active breakpoints, each reachable one looks ahead for the few places where its line can
end: on one endless line they lie together. Two passes: narrow first, wide only if the first leaves a runt or loose lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

from lhpub.text.model import Align
from lhpub.text.prepare import Prepared
from lhpub.text.profiles import Profile
from lhpub.text.spacing import NEVER

EPSILON = 1e-6
_LINE = 10.0
_SHRUNK = 40.0
"""Cost of a line shrunk as far as it gives: less than of one spread by 1/8 em, so pushing in goes before pushing out."""
_STRETCHED = 10.0
_SPREAD = 100.0
"""Cost of a line spread by 1/8 em at each boundary; it grows with the square."""
_LOOSE = 0.125
_RUNT = 2500.0
_HUNG = 5.0
_FORCED = 1e7
"""Cost of a break where none is allowed, taken only where nothing that is allowed fits."""
_NARROW, _WIDE = 0.0625, 0.5
"""How far a line may be spread, in em, in the first and in the second pass."""
_CONTENT = 60.0
"""Mean cost of a line with which the first pass is content."""
_RAGGED_LINE = 1e4
_SHORT, _SHORT_LAST = 100.0, 80.0
_AFTER_STOP = 25.0
_SHORTEST = 0.3
"""A ragged line is at least this part of the measure, if another one is possible."""


@dataclass(frozen=True, slots=True)
class Break:
    """A line: units `start` to `end` (excluded). `hung`: its last mark stands outside the measure."""

    start: int
    end: int
    hung: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A forced line to break. `widths`: of the first lines, the last one of all further, in points; `em`: its size."""

    prepared: Prepared
    widths: tuple[float, ...]
    em: float
    align: Align
    profile: Profile


_Ends = Iterator[tuple[int, float, bool]]
"""Where a line may end: unit, cost, hung."""


def break_lines(problem: Problem) -> tuple[Break, ...]:
    """Returns the lines. Justified ones are as even as they can be; others are balanced and like to end with a stop."""
    prepared = problem.prepared
    count = len(prepared.starts)
    if not count or prepared.ends[-1] - prepared.starts[0] <= problem.widths[0] + EPSILON:
        return (Break(0, count),)
    look = _Look(problem)
    if problem.align != "justify":
        return _cheapest(problem, look.ragged_ends)[1]
    cost, lines = _cheapest(problem, lambda start, measure: look.justified_ends(start, measure, _NARROW))
    if cost >= _RUNT or cost > _CONTENT * len(lines):
        _, lines = _cheapest(problem, lambda start, measure: look.justified_ends(start, measure, _WIDE))
    return lines


def _cheapest(problem: Problem, ends: Callable[[int, float], _Ends]) -> tuple[float, tuple[Break, ...]]:
    """Returns the cheapest way from start to end with its cost. Lines are told apart as long as their widths differ."""
    count, depth = len(problem.prepared.starts), len(problem.widths)
    costs = [inf] * ((count + 1) * depth)
    before = [(0, False)] * ((count + 1) * depth)
    costs[0] = 0.0
    for state in range(count * depth):
        cost = costs[state]
        if cost == inf:
            continue
        start, line = divmod(state, depth)
        following = min(line + 1, depth - 1)
        for end, price, hung in ends(start, problem.widths[line]):
            reached = end * depth + following
            if cost + price < costs[reached]:
                costs[reached], before[reached] = cost + price, (state, hung)
    state = min(range(count * depth, (count + 1) * depth), key=costs.__getitem__)
    total, lines = costs[state], []
    while state:
        came, hung = before[state]
        lines.append(Break(came // depth, state // depth, hung))
        state = came
    return total, tuple(reversed(lines))


class _Look:
    """Looks ahead from a line's start for the places where it may end."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.prepared = problem, problem.prepared
        self.count = len(self.prepared.starts)
        self.places = [k for k in range(1, self.count) if self.prepared.penalties[k] < NEVER]
        self.places.append(self.count)
        self.edges = [self.prepared.ends[k - 1] for k in self.places]

    def justified_ends(self, start: int, measure: float, tolerance: float) -> _Ends:
        """Yields the ends of a justified line: shrunk ones, then ever wider spread ones, the first of these always."""
        prepared, em, left = self.prepared, self.problem.em, self.prepared.starts[start]
        fits = bisect_right(self.edges, left + measure + EPSILON)
        found = False
        for end, price, hung in self._shrunk_ends(fits, start, measure):
            found = True
            yield end, price, hung
        penalties, stretches, spreads = prepared.penalties, prepared.stretches, prepared.spreads
        for k in range(fits - 1, bisect_right(self.places, start) - 1, -1):
            end = self.places[k]
            if end == self.count:
                found = True
                yield end, _LINE + (_RUNT if start > prepared.runt else 0.0), False
                continue
            under = max(measure - self.edges[k] + left, 0.0)
            room = stretches[end - 1] - stretches[start]
            if under <= room:
                cost = _STRETCHED * (under / room) ** 2 if room else 0.0
            else:
                sharing = spreads[end - 1] - spreads[start]
                spread = (under - room) / em / (sharing or 0.1)
                if found and spread > tolerance:
                    break
                cost = _STRETCHED * (room > 0) + _SPREAD * (spread / _LOOSE) ** 2
            found = True
            yield end, _LINE + cost + penalties[end], False
        if not found:
            yield self._forced_end(start, measure)

    def _shrunk_ends(self, fits: int, start: int, measure: float) -> _Ends:
        """Yields the ends of lines too long by no more than their blanks give, or by no more than a mark that hangs."""
        prepared, left, hanging = self.prepared, self.prepared.starts[start], self.problem.profile.hanging
        for k in range(fits, len(self.places)):
            end = self.places[k]
            over = self.edges[k] - left - measure
            price = _LINE + (prepared.penalties[end] if end < self.count else _RUNT * (start > prepared.runt))
            room = prepared.shrinks[end - 1] - prepared.shrinks[start]
            if hanging and self._hangs(end, over):
                yield end, price + _HUNG, True
            elif over <= room + EPSILON:
                yield end, price + _SHRUNK * (over / room) ** 2, False
            else:
                break

    def _hangs(self, end: int, over: float) -> bool:
        """True if the line fits once its last mark stands outside; never where two marks follow each other."""
        pieces = self.prepared.units.pieces
        last = pieces[end - 1]
        marked = end > 1 and pieces[end - 2].left in "OCABEG"
        hangs = not marked and last.clusters[-1].text in tuple(self.problem.profile.hanging)
        return hangs and over <= last.width * self.prepared.sizes[end - 1] + EPSILON

    def ragged_ends(self, start: int, measure: float) -> _Ends:
        """Yields the ends of a line that keeps its natural width."""
        prepared, left = self.prepared, self.prepared.starts[start]
        fits = bisect_right(self.edges, left + measure + EPSILON)
        found = False
        for k in range(fits - 1, bisect_right(self.places, start) - 1, -1):
            end, under = self.places[k], (measure - self.edges[k] + left) / (measure or 1.0)
            if found and under > 1 - _SHORTEST:
                break
            found = True
            if end == self.count:
                yield end, _RAGGED_LINE + _SHORT_LAST * under**2 + _RUNT * (start > prepared.runt), False
            else:
                stop = _AFTER_STOP if prepared.units.pieces[end - 1].right in "ABEGZ" else 0.0
                yield end, _RAGGED_LINE + _SHORT * under**2 - stop + prepared.penalties[end], False
        if not found:
            yield self._forced_end(start, measure)

    def _forced_end(self, start: int, measure: float) -> tuple[int, float, bool]:
        """Returns the last end that fits whatever the rules say (clreq: fall back to `none`), at least one unit on."""
        limit = self.prepared.starts[start] + measure + EPSILON
        return max(bisect_right(self.prepared.ends, limit), start + 1), _FORCED, False
