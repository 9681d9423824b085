"""Pieces: the smallest units of a line, shaped once per font and kept. Lengths in em of the piece's own size.

A full-width mark is kept as its solid half; the blank half belongs to the boundary beside it (`text.spacing`), which
gives it or drops it (GB/T 15834 5.1.10). Positions are arithmetic, not `halt` or `chws`: so the glyph stays the one that
the text's character names.
"""

from __future__ import annotations

from typing import NamedTuple

from lhpub.text.characters import CLASSES, QUOTES, WORD
from lhpub.text.font import Cluster, Font
from lhpub.text.fonts import FontBook
from lhpub.text.model import ASCENT, TextStyle

_CELLS = {"M": 0.5, "S": 0.5, "n": 0.5, "N": 1.0}
"""Signs set in the middle of a cell of fixed width, whatever the font's own advance."""
_PAIRS = {"dd": "D", "ee": "D", "EE": "G", "d": "N", "e": "D"}
_SINGLE = "OCABEGMNnSDdePpQqKYWwvZI"
_FULL = 0.75
"""A quote narrower than this is the font's Latin one, and no full-width mark."""


class Piece(NamedTuple):
    """An indivisible unit. `left`, `right`: its class towards its neighbours. `length`: its source characters."""

    clusters: tuple[Cluster, ...]
    font: Font
    width: float
    left: str
    right: str
    length: int
    scale: float = 1.0
    """Size of its glyphs against the run's (a number narrowed into one cell of a column)."""
    turned: bool = False


class PieceTable(dict[str, Piece]):
    """Token → piece for one family and weight, filled on demand; a key of class + token asks for a class that the token
    alone does not tell. `lacking` grows by the characters that no font has."""

    def __init__(self, fonts: tuple[Font, ...], vertical: bool) -> None:
        self.fonts, self.vertical = fonts, vertical
        self.lacking: set[str] = set()
        self._spaced: dict[tuple[Piece, float, float], Piece] = {}
        self._han = tuple(font for font in fonts if font.covers("中")) or fonts

    def __missing__(self, token: str) -> Piece:
        kind = "".join(CLASSES[ord(character)] for character in token)
        self[token] = piece = self._make(token, _PAIRS.get(kind, kind[0]), kind.rstrip("I")[-1:] or "I")
        return piece

    def of_class(self, token: str, kind: str) -> Piece:
        """Returns the piece of a token that its place in the text gives another class."""
        key = f"{kind} {token}"
        if key not in self:
            self[key] = self._make(token, kind, kind)
        return self[key]

    def word(self, token: str) -> Piece:
        """Returns the piece of a Latin word, to which quotes belong that alone would be Chinese."""
        return self.of_class(token, "l") if token[0] in QUOTES else self[token]

    def _make(self, token: str, left: str, right: str) -> Piece:
        drawn = token if left not in "Wwv" else " "
        font = self._font_for(drawn, left)
        if self.vertical and left in WORD:
            return _in_column(font, token, left, right)
        latin = left in WORD and any(quote in token for quote in QUOTES)
        *clusters, end = font.shape(drawn, self.vertical, ("pwid",) if latin else ())
        self.lacking.update(c for cluster in clusters if not cluster.gid for c in cluster.text if CLASSES[ord(c)] != "I")
        if drawn != token:
            clusters = [clusters[0]._replace(text=token)]
        if left in _SINGLE:
            right = left
        if self.vertical and token in "；：？！":
            left = right = "G"  # In columns they stand in the middle of a full cell.
        return _fit(Piece(tuple(clusters), font, end.along, left, right, len(token)))

    def _font_for(self, token: str, kind: str) -> Font:
        """Returns the first font that has the whole token: marks come from a Han font even where Latin has its own."""
        fonts = self.fonts if kind in WORD + "Wwv" else self._han
        for font in (*fonts, *self.fonts):
            if font.covers(token):
                return font
        return fonts[0]

    def spaced(self, piece: Piece, style: TextStyle) -> Piece:
        """Returns the piece with the style's tracking between its glyphs, and its decimal points kerned."""
        key = (piece, style.tracking, style.point_kern)
        if (known := self._spaced.get(key)) is None:
            known = self._spaced[key] = _space(piece, style.tracking, style.point_kern)
        return known


def _fit(piece: Piece) -> Piece:
    """Returns the piece in its cell: a mark without its blank half, a centred sign in its fixed width."""
    kind, advance = piece.left, piece.width
    if kind in "OCABE" and advance < _FULL:
        return piece._replace(left="l", right="l")
    if kind == "O":
        return moved(piece, -0.5, 0.5)
    if kind in "CABE":
        return moved(piece, 0.0, 0.5)
    if kind == "G" and len(piece.clusters) == 2:
        first, second = piece.clusters
        return piece._replace(clusters=(first, second._replace(along=second.along - advance / 2 + 0.5)), width=1.0)
    if kind in _CELLS:
        return moved(piece, (_CELLS[kind] - advance) / 2, _CELLS[kind])
    if kind in "Ww":
        return moved(piece, 0.0, 0.25)
    return moved(piece, 0.0, 0.0) if kind in "vI" else piece


def _in_column(font: Font, token: str, left: str, right: str) -> Piece:
    """Returns a word in a column: up to three figures or a single letter upright in one cell (纵中横), others turned."""
    *clusters, end = font.shape(token)
    if len(token) == 1 or (token.isdecimal() and len(token) <= 3):
        scale = min(1.0, 1.0 / end.along)
        upright = [c._replace(along=ASCENT, across=(c.along - end.along / 2) * scale) for c in clusters]
        return Piece(tuple(upright), font, 1.0, "Y", "Y", len(token), scale)
    turned = [c._replace(across=c.across - (ASCENT - 0.5)) for c in clusters]
    return Piece(tuple(turned), font, end.along, left, right, len(token), turned=True)


def moved(piece: Piece, along: float, width: float) -> Piece:
    """Returns the piece with its glyphs moved along and another width."""
    clusters = tuple(cluster._replace(along=cluster.along + along) for cluster in piece.clusters)
    return piece._replace(clusters=clusters, width=width)


def _space(piece: Piece, tracking: float, point_kern: float) -> Piece:
    """Returns the piece with `tracking` after each cluster but the last, and a decimal point drawn closer by
    `point_kern` on both sides."""
    clusters: list[Cluster] = []
    shift, before = 0.0, ""
    for cluster in piece.clusters:
        after_figure = before.isdecimal() or before == "."
        if clusters and cluster.text:
            shift += tracking
        if after_figure and point_kern and (cluster.text == "." or (before == "." and cluster.text.isdecimal())):
            shift -= point_kern
        clusters.append(cluster._replace(along=cluster.along + shift))
        before = cluster.text or before
    return piece._replace(clusters=tuple(clusters), width=piece.width + shift)


def piece_table(book: FontBook, style: TextStyle, vertical: bool = False) -> PieceTable:
    """Returns the book's table for the style's family and weight. Raises KeyError for a family without a file."""
    key = (style.family, style.weight, vertical)
    table = book.tables.get(key)
    if not isinstance(table, PieceTable):
        table = book.tables[key] = PieceTable(book.chain(style.family, style.weight), vertical)
    return table
