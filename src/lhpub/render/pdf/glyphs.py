"""Positioned glyphs as operators: codes of the subset, exact places, ActualText where ToUnicode cannot tell."""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen

from lhpub.render.pdf.fonts import EmbeddedFont, clusters
from lhpub.text.model import Glyph, GlyphRun, Line


def number(value: float) -> str:
    """Returns a number as PDF writes it, to 1/1000."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def spelled(line: Line) -> list[list[str]]:
    """Returns, run by run and glyph by glyph, the source text that each glyph stands for.

    Setting drops spaces (between Han and Latin, at a line's end); so that the extracted text still equals the source,
    a dropped space is said by the glyph before it. Forced line breaks are not text.
    """
    texts = [[glyph.text for glyph in run.glyphs] for run in line.runs]
    unknown = [list(run) for run in texts]
    source, at = line.text.replace("\n", ""), 0
    before: tuple[int, int] | None = None
    for row, column in [(row, column) for row, run in enumerate(texts) for column, text in enumerate(run) if text]:
        start = source.find(texts[row][column], at)
        dropped = source[at:start]
        if start < 0 or dropped.strip():
            return unknown
        at = start + len(texts[row][column])
        if before:
            texts[before[0]][before[1]] += dropped
        else:
            texts[row][column] = dropped + texts[row][column]
        before = (row, column)
    if before and not source[at:].strip():
        texts[before[0]][before[1]] += source[at:]
    return texts


class _TextWriter:
    """Writes one run's glyphs between BT and ET, keeping the pen where a viewer will have it."""

    def __init__(self, font: EmbeddedFont, run: GlyphRun) -> None:
        self.font = font
        self.size = run.size
        self.turned = run.turned
        self.operators = [f"BT /{font.resource} {number(run.size)} Tf"]
        self.shown = ""
        self.pen = 0.0
        self.baseline: float | None = None

    def cluster(self, glyphs: list[Glyph], text: str, origin: tuple[float, float]) -> None:
        """Adds a cluster that stands for `text`."""
        needs_actual = len(glyphs) > 1 or self.font.texts[glyphs[0].gid] != text
        if needs_actual:
            self.flush(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
        for glyph in glyphs:
            self._glyph(glyph, origin[0] + glyph.x, origin[1] - glyph.y)
        if needs_actual:
            self.flush("EMC")

    def _glyph(self, glyph: Glyph, x: float, y: float) -> None:
        if self.turned or self.baseline is None or abs(y - self.baseline) > 0.0005:
            self.flush(f"{'0 -1 1 0' if self.turned else '1 0 0 1'} {number(x)} {number(y)} Tm")
            self.pen, self.baseline = round(x, 3), y
        # Thousandths of an em to one decimal, and always from where the viewer's pen is: no error adds up.
        adjustment = round((self.pen - x) * 1000 / self.size, 1)
        if adjustment:
            self.shown += number(adjustment)
            self.pen -= adjustment * self.size / 1000
        self.shown += f"<{self.font.codes[glyph.gid]:04X}>"
        self.pen += self.font.widths[glyph.gid] * self.size / 1000

    def flush(self, operator: str) -> None:
        """Shows what is waiting, then adds an operator."""
        if self.shown:
            self.operators.append(f"[{self.shown.replace('><', '')}] TJ")
        self.shown = ""
        self.operators.append(operator)


def text_object(run: GlyphRun, texts: list[str], origin: tuple[float, float], font: EmbeddedFont) -> str:
    """Returns the operators that show a run; `texts` from `spelled`, `origin` the line's in the file, y upward."""
    writer = _TextWriter(font, run)
    at = 0
    for cluster in clusters(run.glyphs):
        writer.cluster(cluster, "".join(texts[at : at + len(cluster)]), origin)
        at += len(cluster)
    writer.flush("ET")
    return "\n".join(writer.operators)


class _OutlinePen(BasePen):  # type: ignore[misc] # fontTools has no types
    """Writes a glyph's outline as path operators; BasePen turns quadratic curves into cubic ones."""

    def __init__(self, origin: tuple[float, float], scale: float, turned: bool) -> None:
        super().__init__(None)
        self.origin, self.scale, self.turned = origin, scale, turned
        self.operators: list[str] = []

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        turned = [(y, -x) if self.turned else (x, y) for x, y in points]
        places = [number(o + v * self.scale) for point in turned for o, v in zip(self.origin, point, strict=True)]
        self.operators.append(" ".join([*places, operator]))

    def _moveTo(self, point: Any) -> None:  # noqa: N802 - names of the base class
        self._write("m", point)

    def _lineTo(self, point: Any) -> None:  # noqa: N802
        self._write("l", point)

    def _curveToOne(self, first: Any, second: Any, point: Any) -> None:  # noqa: N802
        self._write("c", first, second, point)

    def _closePath(self) -> None:  # noqa: N802
        self._write("h")


def outlines(run: GlyphRun, origin: tuple[float, float]) -> str:
    """Returns a run's glyphs as filled paths (转曲)."""
    operators: list[str] = []
    for glyph in run.glyphs:
        place, scale = (origin[0] + glyph.x, origin[1] - glyph.y), run.size / run.font.units_per_em
        pen = _OutlinePen(place, scale, run.turned)
        run.font.shaper.draw_glyph_with_pen(glyph.gid, pen)
        operators += pen.operators
    return "\n".join([*operators, "f"])
