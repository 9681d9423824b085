"""Fourth step: a line's units → glyphs in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add, attrgetter

from lhpub.text.breaking import EPSILON, Break
from lhpub.text.glyphs import Piece
from lhpub.text.model import Glyph, GlyphRun, Run
from lhpub.text.prepare import Prepared


@dataclass(frozen=True, slots=True)
class Placed:
    """A line's glyphs from its origin, its width, and what was put between its characters, in em."""

    runs: tuple[GlyphRun, ...]
    width: float
    residual: float


def finalize(prepared: Prepared, line: Break, runs: Sequence[Run], measure: float | None, vertical: bool) -> Placed:
    """Returns a line set to `measure` points, or at its natural width if that is None."""
    start, end = line.start, line.end
    if start == end:
        return Placed((), 0.0, 0.0)
    left = prepared.starts[start]
    places = [x - left for x in prepared.starts[start:end]]
    width = prepared.ends[end - 1] - left
    if line.hung:
        width -= prepared.units.pieces[end - 1].width * prepared.sizes[end - 1]
    residual = 0.0
    if measure is not None and abs(measure - width) > EPSILON:
        changes, residual = _changes(prepared, line, measure - width)
        places = list(map(add, places, accumulate(changes)))
        width += sum(changes[: _last_shown(prepared, line) - start + 1])
    return Placed(_glyph_runs(prepared, line, runs, places, vertical), width, residual)


def _last_shown(prepared: Prepared, line: Break) -> int:
    """Returns the line's last unit that is no space."""
    last = line.end - 1
    while last > line.start and prepared.units.pieces[last].left in "WvZ":
        last -= 1
    return last


def _changes(prepared: Prepared, line: Break, lack: float) -> tuple[list[float], float]:
    """Returns what is added before each unit of the line, and the even part of it in em. Negative `lack`: shrink, step
    by step, equally within a step. Positive: word spaces, then gaps, then all boundaries equally."""
    boundaries, ems = prepared.boundaries, prepared.ems
    inside = range(line.start + 1, _last_shown(prepared, line) + 1)
    changes = [0.0] * (line.end - line.start)
    gives = attrgetter("shrink" if lack < 0 else "stretch")
    giving = [(boundaries[k].step, k, amount * ems[k]) for k in inside if (amount := gives(boundaries[k]))]
    for step in sorted({step for step, _, _ in giving}):
        amounts = [(k, amount) for of, k, amount in giving if of == step]
        room = sum(amount for _, amount in amounts)
        part = max(-1.0, min(1.0, lack / room))
        for k, amount in amounts:
            changes[k - line.start] = part * amount
        lack -= part * room
        if abs(lack) <= EPSILON:
            return changes, 0.0
    sharing = [k for k in inside if boundaries[k].spreads]
    if lack < 0 or not sharing:
        return changes, 0.0
    each = lack / len(sharing)
    for k in sharing:
        changes[k - line.start] += each
    return changes, each / max(prepared.sizes[line.start : line.end])


def _glyph_runs(
    prepared: Prepared, line: Break, runs: Sequence[Run], places: Sequence[float], vertical: bool
) -> tuple[GlyphRun, ...]:
    """Returns the line's glyphs, those of one run, font and manner together."""
    pieces, owners = prepared.units.pieces, prepared.units.runs
    manners = [
        (run, piece.font, piece.scale, piece.turned, runs[run].dots and piece.left in "HKY")
        for run, piece in zip(owners[line.start : line.end], pieces[line.start : line.end], strict=True)
    ]
    starts = [0, *(k for k, (a, b) in enumerate(pairwise(manners), 1) if a != b)]
    made = []
    for first, end in pairwise([*starts, len(manners)]):
        index, font, scale, turned, dots = manners[first]
        run = runs[index]
        em = run.style.size
        group = pieces[line.start + first : line.start + end]
        glyphs = _glyphs(group, places[first:end], (em, scale, -run.rise * em), vertical)
        right = places[end - 1] + group[-1].width * em
        made.append(GlyphRun(font, em * scale, run.style.ink, glyphs, places[first], right - places[first],
                             run.role, run.link, run.framed, dots, turned))  # fmt: skip
    return tuple(made)


def _glyphs(
    pieces: Sequence[Piece], places: Sequence[float], size: tuple[float, float, float], vertical: bool
) -> tuple[Glyph, ...]:
    em, scale, rise = size
    own = em * scale
    placed = zip(pieces, places, strict=True)
    if vertical:
        return tuple([
            Glyph(gid, across * em, place + along * em, advance * own, text)
            for piece, place in placed for gid, along, across, advance, text in piece.clusters
        ])  # fmt: skip
    return tuple([
        Glyph(gid, place + along * em, across * em + rise, advance * own, text)
        for piece, place in placed for gid, along, across, advance, text in piece.clusters
    ])  # fmt: skip
