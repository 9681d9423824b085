"""Second step: units → boundaries and running sums: a line's width and what it can give are then subtractions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from operator import add, mul

from budoux import Parser, load_default_simplified_chinese_parser

from lhpub.text.collect import Units
from lhpub.text.model import TextStyle
from lhpub.text.profiles import Profile
from lhpub.text.spacing import NEVER, Boundary, boundaries_of

_CUT_WORD, _SPLIT_NAME, _SPLIT_DATE, _SPLIT_PHRASE = 200.0, 25.0, 300.0, 30.0
"""Costs of a break inside a word cut to fit, inside a name of a headline, inside a date, inside a headline's phrase."""
_SPACES = frozenset("WvZ")
_LONE_LAST, _LONE_FIRST = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff]$"), re.compile(r"[\u3400-\u9fff](?![\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A forced line ready to be broken, in points. Unit k lies on 0…n-1; boundary k stands before unit k (0: none)."""

    units: Units
    sizes: Sequence[float]
    starts: Sequence[float]
    """Left edge of each unit on one endless line."""
    ends: Sequence[float]
    """Right edge of the last unit up to k that is not a space."""
    boundaries: Sequence[Boundary]
    ems: Sequence[float]
    """The em that each boundary's lengths are multiples of."""
    shrinks: Sequence[float]
    stretches: Sequence[float]
    spreads: Sequence[int]
    """Sums over the boundaries up to k: what shrinks, what stretches first, how many share the rest."""
    penalties: Sequence[float]
    runt: int
    """A last line that begins after this unit is a runt."""


def prepare(units: Units, styles: Sequence[TextStyle], profile: Profile, ragged: bool) -> Prepared:
    """Returns the forced line with its boundaries. `styles`: of the runs. `ragged`: names in marks hold together."""
    pieces = units.pieces
    sizes = [styles[run].size for run in units.runs]
    _, _, em_widths, lefts, rights, *_ = zip(*pieces, strict=True) if pieces else ((),) * 5
    between = map(boundaries_of(profile).__getitem__, map(add, rights, lefts[1:]))
    boundaries = [Boundary(), *between][: len(pieces)]
    ems = _ems(boundaries, sizes)
    blank, _, _, shrink, stretch, spreads, penalty, _ = zip(*boundaries, strict=True) if boundaries else ((),) * 8
    blanks = list(map(mul, blank, ems))
    if ems is not sizes:
        _keep_uneven(boundaries, sizes, blanks, lefts)
    if any(style.tracking for style in styles):
        for k in range(1, len(pieces)):
            blanks[k] += styles[units.runs[k - 1]].tracking * sizes[k - 1]
    widths = list(map(mul, em_widths, sizes))
    starts = list(accumulate(map(add, blanks, [0.0, *widths])))
    ends = list(map(add, starts, widths))
    if not _SPACES.isdisjoint(lefts):
        _leave_spaces(units, ends)
    return Prepared(
        units, sizes, starts, ends, boundaries, ems,
        list(accumulate(map(mul, shrink, ems))), list(accumulate(map(mul, stretch, ems))), list(accumulate(spreads)),
        _penalties(units, penalty, ragged),
        _runt(units, 3 if ragged else 2) if profile.runts else len(pieces),
    )  # fmt: skip


def _ems(boundaries: Sequence[Boundary], sizes: Sequence[float]) -> Sequence[float]:
    """Returns each boundary's em: of the unit that owns the blank, of the larger where both do."""
    if len(set(sizes)) < 2:
        return sizes
    ems = [0.0]
    for between, (left, right) in zip(boundaries[1:], pairwise(sizes), strict=True):
        ems.append(left if between.owner < 0 else right if between.owner > 0 else max(left, right))
    return ems


def _keep_uneven(
    boundaries: Sequence[Boundary], sizes: Sequence[float], blanks: list[float], lefts: Sequence[str]
) -> None:
    """Gives back the blank between two marks of unequal size: they are trimmed only where both have one size, or where a
    small closing mark (of a figure's mark) stands before the sentence's own stop."""
    for k, between in enumerate(boundaries):
        if between.merged and sizes[k] != sizes[k - 1] and not (sizes[k - 1] < sizes[k] and lefts[k] in "ABE"):
            blanks[k] = 0.5 * max(sizes[k], sizes[k - 1])


def _leave_spaces(units: Units, ends: list[float]) -> None:
    """Lets a line that breaks behind spaces end before them."""
    for k, piece in enumerate(units.pieces):
        if k and piece.left in _SPACES:
            ends[k] = ends[k - 1]


def _penalties(units: Units, plain: Sequence[float], ragged: bool) -> list[float]:
    penalties = list(plain)
    for k in units.bound:
        penalties[k] = NEVER
    for k in units.dates:
        penalties[k] += _SPLIT_DATE
    for k in units.splits:
        penalties[k] = _CUT_WORD
    if ragged:
        depth, starts = 0, phrases(units.text)
        for k, piece in enumerate(units.pieces):
            spaced = k > 0 and units.pieces[k - 1].left in _SPACES
            penalties[k] += _SPLIT_PHRASE * (units.begins[k] not in starts and not spaced)
            if depth > 0:
                penalties[k] += _SPLIT_NAME
            depth += (piece.left == "O") - (piece.left == "C")
    return penalties


def phrases(text: str) -> set[int]:
    """Returns where phrases begin. A lone Han beside a lone Han is taken for a word that the model has parted."""
    parts = _parser().parse(text)
    starts = accumulate(map(len, parts))
    pairs = zip(starts, pairwise(parts), strict=False)
    return {start for start, (left, right) in pairs if not (_LONE_LAST.search(left) and _LONE_FIRST.match(right))}


@cache
def _parser() -> Parser:
    """Returns the model that parts Chinese into phrases (BudouX): display type breaks between them, as a reader pauses."""
    return load_default_simplified_chinese_parser()


def _runt(units: Units, wanted: int) -> int:
    """Returns the last unit with which a last line may begin: it then shows `wanted` characters that are no marks."""
    shown = 0
    for k in range(len(units.pieces) - 1, -1, -1):
        piece = units.pieces[k]
        shown += piece.length if piece.left in "HKYULPpQqFDN" else 0
        if shown >= wanted:
            return k
    return 0
