"""The text stage's types: styled runs in, positioned glyphs out. All lengths in points; tracking and indents in em."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from lhpub.inline import Id, Role

if TYPE_CHECKING:
    from lhpub.text.fonts import Font

Align = Literal["left", "right", "centre", "justify"]
ASCENT = 0.88
"""The baseline below the top of the em box, in em: the ideographic one, whatever a font's hhea says."""


Build = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black in percent."""
NO_INK: Build = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Separation:
    """A plate beside the four process inks. A technical one (varnish, foil, die line) is no colour: it prints over what is
    beneath and stands in the press file only. `cmyk`: what stands for it, solid, where its plate is not at hand."""

    name: str
    cmyk: Build
    technical: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour as it is printed: sRGB for screens and slides; for the press percentages of the process inks and of other
    plates. `cmyk` is what the whole colour comes to in process inks alone."""

    name: str
    rgb: str
    """`#RRGGBB`"""
    cmyk: Build | None = None
    plates: tuple[tuple[Separation, float], ...] = ()
    """Separations and their tints in percent."""
    process: Build = NO_INK
    """What the process inks carry beside the plates, where there are any."""
    overprint: bool | None = None
    """Prints over what is beneath, or not; None: as the renderer's rule for black has it."""

    @property
    def build(self) -> Build:
        """What the four process plates carry."""
        return self.process if self.plates else self.cmyk or NO_INK

    @property
    def is_technical(self) -> bool:
        """True if it is no colour, but what a machine does after printing."""
        return bool(self.plates) and not any(self.process) and all(plate.technical for plate, _ in self.plates)

    @property
    def is_unprinted(self) -> bool:
        """True if it is the bare paper."""
        return self.cmyk is not None and not any(self.build) and not any(tint for _, tint in self.plates)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A type style of a layout. `family` names a family of fonts.yaml (brochure) or `major`/`minor` (deck)."""

    name: str
    family: str
    weight: int
    size: float
    leading: float
    """Baseline to baseline."""
    ink: Ink
    align: Align = "left"
    tracking: float = 0.0
    """Added after each character, in em (negative tightens)."""
    indent: float = 0.0
    """First-line indent, in em."""
    profile: str = "zh-CN/gb"
    """Line-breaking profile, see `text.profiles`."""
    floor: float | None = None
    """Smallest size that fitting may choose; None: the size is fixed."""
    point_kern: float = 0.0
    """Taken off on both sides of a decimal point, in em (0.045 for large numerals, whose point is set too loosely)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style within a paragraph."""

    text: str
    style: TextStyle
    role: Role | None = None
    link: str | None = None
    framed: bool = False
    """Stands in a hairline frame (the 计算值 mark): `frame_inset` em of room on each side, indivisible."""
    dots: bool = False
    """Emphasis dots (着重号) under each Han character."""
    rise: float = 0.0
    """Baseline shift upward, in em of the run's size (superscripts)."""
    source: Id = ""
    """The entry of the source that it comes from."""


FRAME_INSET = 0.35
"""Room between a framed run and its frame, in em of the run."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs set as one paragraph; `style` gives alignment, leading, indent and profile."""

    runs: tuple[Run, ...]
    style: TextStyle
    keep_next: bool = False
    """Never the last of its column: it stays with the first two lines of the next paragraph (headings)."""
    drop: tuple[Run, ...] = ()
    """A numeral or character set large at the paragraph's head: its foot stands on line `drop_lines`' baseline."""
    drop_lines: int = 2
    inset: float = 0.0
    """Points by which all its lines stand in from the left (lists, quotations)."""
    marker: tuple[Run, ...] = ()
    """A bullet or number before its first line, in the room of the inset; no part of its text."""
    hang: float = 0.0
    """Points from the marker's left edge to the text's."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


# Read-only by Final and not by `frozen`: a text has one for each character, and frozen ones take four times as long to make.
@dataclass(slots=True, unsafe_hash=True)
class Glyph:
    """One glyph. `x`, `y`: its origin from the line's origin (y downward, so a superscript's is negative).
    `text`: the source characters it stands for; a cluster of several glyphs has them on the first, the others ''."""

    gid: Final[int]
    x: Final[float]
    y: Final[float]
    advance: Final[float]
    """The font's own advance at this size (what a PDF viewer will assume)."""
    text: Final[str]


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Consecutive glyphs of one run on one line."""

    font: Font
    size: float
    ink: Ink
    glyphs: tuple[Glyph, ...]
    x: float
    """Left edge from the line's origin."""
    width: float
    role: Role | None = None
    link: str | None = None
    framed: bool = False
    """`x` and `width` include FRAME_INSET em on both sides: the frame's left and right edges."""
    dots: bool = False
    """Every glyph takes an emphasis dot: the run holds no marks."""
    turned: bool = False
    """Each glyph is turned 90° clockwise about its origin (Latin words and long numbers in vertical setting)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A set line; in vertical setting a column, whose glyphs' `y` run down from `baseline`, its top, on both sides of
    `x`, its axis. `x`, `baseline` are relative to the text block's top left; `width` is that of what is set, hanging marks
    and closing spaces left out. `text` is the piece of the source it holds, so that joining the lines of a paragraph
    gives the paragraph's text. `residual`: extra tracking in em that justification put between ordinary characters
    (lint: > 1/8 is loose)."""

    runs: tuple[GlyphRun, ...]
    x: float
    baseline: float
    width: float
    text: str
    residual: float = 0.0
    last: bool = False
    """Last line of its paragraph."""
    marker: str = ""
    """What its runs begin with that is no part of its text: the bullet or number of a list."""

    @property
    def spoken(self) -> str:
        """The line for the ear: a 计算值 mark in brackets, a forced break a space."""
        text, at = self.marker + self.text, 0
        for run in self.runs:
            for glyph in run.glyphs:
                at = max(text.find(glyph.text, at), at) + len(glyph.text)
            if run.framed:
                words = "".join(glyph.text for glyph in run.glyphs)
                text, at = f"{text[: at - len(words)]}（{words}）{text[at:]}", at + 2
        return text.replace("\n", " ") if at else ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Set paragraphs. `height`: from the top of the first line's em box to the bottom of the last one's.
    `excess`: characters of lines below the given height (`excess_lines` of them) or wider than the measure (0: all
    fits)."""

    lines: tuple[Line, ...]
    width: float
    height: float
    excess: int = 0
    excess_lines: int = 0
    missing: tuple[str, ...] = field(default=())
    """Characters that no font has."""
