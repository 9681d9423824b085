"""The composition: pages of boxes that hold measure *and* meaning. Renderers decide nothing beyond their format.

Composition → Page → Box. A TextBox keeps its paragraphs (what a PPTX placeholder gets) beside its measured lines (what a
PDF draws). Coordinates are points from the page's trim top left, y downward; a box's coordinates are the page's, also
inside groups and charts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from lhpub.diagnostics import Diagnostic, Span
from lhpub.inline import Id, Rich, plain
from lhpub.kinds import Chart
from lhpub.publication.entries import MediumName
from lhpub.text.model import Build, Ink, Line, Paragraph, TextStyle
from lhpub.units import Rect, Size

Tag = Literal["H1", "H2", "H3", "P", "Span", "Caption", "TOCI", "LBody", "Artifact"]
"""The structure type of a text (PDF/UA); Artifact: furniture such as folios and running heads."""
Verticals = Literal["top", "middle", "bottom", "columns"]
"""How a text hangs in its frame; columns: it is set in columns (竖排) from the frame's right."""
Segment = tuple[str, tuple[float, ...]]
"""("M", (x, y)) · ("L", (x, y)) · ("C", (x1, y1, x2, y2, x, y)) · ("Z", ())"""


@dataclass(frozen=True, slots=True)
class TextBox:
    """Set text in a frame. `slot`: the frame's name in its master (a placeholder in the deck); `name`: stable and unique
    on its page (`重大项目/headline`). Lines are relative to `origin`, the text block's top left."""

    rect: Rect
    origin: tuple[float, float]
    paragraphs: tuple[Paragraph, ...]
    lines: tuple[Line, ...]
    name: str
    slot: str = ""
    tag: Tag = "P"
    vertical: Verticals = "top"
    link: str | None = None
    """`#anchor` or URL for the whole box."""
    span: Span | None = None
    """Where its words come from; None for a layout's own."""
    frame: Span | None = None
    """Where its frame is written in the layout."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """Inks along a straight line: at places from 0 to 1, from top to bottom or, `across`, from left to right."""

    stops: tuple[tuple[float, Ink], ...]
    across: bool = False

    def ink_at(self, place: float) -> Ink:
        """Returns the ink at a place."""
        (start, one), (end, other) = self.stops[0], self.stops[-1]
        for (low, a), (high, b) in pairwise(self.stops):
            if low <= place <= high and high > low:
                (start, one), (end, other) = (low, a), (high, b)
        return mix_inks(one, other, (place - start) / (end - start) if end > start else 0.0)

    def bands(self, rect: Rect) -> tuple[tuple[Rect, Ink], ...]:
        """Returns plain rectangles that show it, no channel stepping by more than 1 in 255; each reaches to the far
        edge, so that no seam shows between them."""
        steps = [
            (low + (high - low) * i / count, count)
            for (low, a), (high, b) in pairwise(self.stops)
            if (count := _distance(a, b))
            for i in range(count)
        ]
        places = [0.0, *(place for place, _ in steps if place > 0)]
        bands = []
        for place, following in pairwise([*places, 1.0]):
            dx, dy = (place * rect.width, 0.0) if self.across else (0.0, place * rect.height)
            area = Rect(rect.x + dx, rect.y + dy, rect.width - dx, rect.height - dy)
            bands.append((area, self.ink_at((place + following) / 2)))
        return tuple(bands)


def _channels(ink: Ink) -> tuple[int, ...]:
    return tuple(int(ink.rgb[i : i + 2], 16) for i in (1, 3, 5))


def _distance(one: Ink, other: Ink) -> int:
    return max(abs(a - b) for a, b in zip(_channels(one), _channels(other), strict=True))


def mix_inks(one: Ink, other: Ink, share: float) -> Ink:
    """Returns the ink that lies `share` (0–1) of the way from one to the other, in sRGB, in process inks and on every plate."""
    if share <= 0 or one == other:
        return one
    channels = zip(_channels(one), _channels(other), strict=True)
    rgb = "#" + "".join(f"{round(a + (b - a) * min(share, 1.0)):02X}" for a, b in channels)
    name, cmyk = f"{one.name}-{other.name}-{share:.3f}", None
    if one.cmyk and other.cmyk:
        cmyk = _mix(one.cmyk, other.cmyk, share)
    if not (one.plates or other.plates):
        return Ink(name, rgb, cmyk)
    tints = (dict(one.plates), dict(other.plates))
    plates = {plate: _between(tints[0].get(plate, 0), tints[1].get(plate, 0), share) for plate in tints[0] | tints[1]}
    return Ink(name, rgb, cmyk, tuple(plates.items()), _mix(one.build, other.build, share))


def _between(start: float, end: float, share: float) -> float:
    return round(start + (end - start) * min(share, 1.0), 1)


def _mix(one: Build, other: Build, share: float) -> Build:
    c, m, y, k = (_between(p, q, share) for p, q in zip(one, other, strict=True))
    return (c, m, y, k)


@dataclass(frozen=True, slots=True)
class ShapeBox:
    """A path, or several as one compound path. Decorative unless it stands in a group or chart with an alt text."""

    rect: Rect
    path: tuple[Segment, ...]
    fill: Ink | None = None
    stroke: Ink | None = None
    stroke_width: float = 0.0
    dash: tuple[float, ...] = ()
    even_odd: bool = False
    name: str = ""
    gradient: Gradient | None = None
    """Instead of the plain fill, over `rect`; `fill` is then its ink at the middle."""
    frame: Span | None = None
    file: str = ""
    """The drawing that it comes from."""


@dataclass(frozen=True, slots=True)
class ImageBox:
    """A picture cropped to its frame: `crop` is the visible part (left, top, right, bottom as 0–1 of the picture)."""

    rect: Rect
    data: bytes
    media_type: str
    pixels: tuple[int, int]
    crop: tuple[float, float, float, float]
    alt: str
    name: str
    slot: str = ""
    span: Span | None = None
    source: Id = ""
    """The entry of the source that it shows."""
    frame: Span | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its text set; `header` marks a row or column header."""

    text: TextBox
    header: bool = False


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table: `columns` widths and `rows` heights in points; cells row by row. `rules`: hairlines above each row and
    below the last."""

    rect: Rect
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[TableCell, ...], ...]
    name: str
    slot: str = ""
    rule: Ink | None = None
    rule_width: float = 0.0
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ChartBox:
    """A chart: PDF draws `boxes` as one figure with the chart's alt text; PPTX writes a native chart from `chart` into
    `plot` (its inner plot area in page coordinates), its figures in `label_style`, names in `axis_style`."""

    rect: Rect
    chart: Chart
    boxes: tuple[Box, ...]
    name: str
    plot: Rect | None = None
    label_style: TextStyle | None = None
    axis_style: TextStyle | None = None
    axis: Ink | None = None
    """Of the base line."""
    on_fills: tuple[Ink, ...] = ()
    """Inks for figures within a fill: the one that is read best is taken."""
    slot: str = ""
    gap: float | None = None
    """Room between columns or bars as a share of one's width (a native chart's gapWidth)."""

    is_noted: bool = False
    """Its note stands by it as a text."""

    @property
    def alt(self) -> str | None:
        """The chart's description, without a note that is read by itself; None where it is a list, which speaks for itself."""
        if any(isinstance(box, TextBox) and box.tag == "LBody" for box in self.boxes):
            return None
        return self.chart.alt.removesuffix(plain(self.chart.note)) if self.is_noted else self.chart.alt


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A clickable area without a drawing."""

    rect: Rect
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupBox:
    """Boxes that belong together. `alt`: None when its texts speak for themselves, '' when it is decoration (Artifact),
    else the description of a figure."""

    rect: Rect
    boxes: tuple[Box, ...]
    name: str
    alt: str | None = None
    source: Id = ""
    """The entry of the source that it shows as a whole: a chart that a layout draws in its own way."""
    scale: float = 1.0
    """Another than 1: a slide's boxes in its own coordinates, drawn so large from the corner of `rect`."""


Box = TextBox | ShapeBox | ImageBox | TableBox | ChartBox | LinkBox | GroupBox


@dataclass(frozen=True, slots=True)
class Slot:
    """A named frame of a slide master: a placeholder of the slide layout. `kind` is an OOXML placeholder type; `prompt` the
    grey text that an empty one shows in the editor (the frame's Chinese name)."""

    name: str
    kind: Literal["title", "body", "tbl", "chart", "pic", "sldNum", "ftr", "dt"]
    rect: Rect
    style: TextStyle | None
    prompt: str = ""
    vertical: Verticals = "top"


@dataclass(frozen=True, slots=True)
class SlideMaster:
    """A slide layout: its ground, its fixed drawing and its slots. Pages name it by `Page.master`."""

    name: str
    title: str
    """As the user sees it in the 版式 menu."""
    ground: Ink | None
    boxes: tuple[Box, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """The deck's theme: colour slots (dk1 lt1 dk2 lt2 accent1–6 hlink folHlink) and fonts (latin, ea)."""

    name: str
    colours: tuple[tuple[str, Ink], ...]
    major: tuple[str, str]
    minor: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page or slide. `boxes` in reading order. `label`: the printed page number. `title`: unique, for bookmarks and slide
    titles. `anchors`: ids (`重大项目`) that links may name. `section`: the theme it belongs to."""

    number: int
    label: str
    size: Size
    bleed: float
    ground: Ink | None
    boxes: tuple[Box, ...]
    master: str
    title: str
    anchors: tuple[str, ...] = ()
    section: str = ""
    notes: tuple[Rich, ...] = ()
    instead: tuple[str, tuple[Diagnostic, ...]] | None = None
    """Of the layout below: the look's master that did not hold what stands here, and why."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An outline entry; `level` from 0."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What Info, XMP and core.xml say. `date`: ISO 8601 day of the publication (never the clock)."""

    id: str
    title: str
    subject: str
    author: str
    date: str
    keywords: tuple[str, ...] = ()
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole brochure or deck. `masters` and `theme` are the deck's."""

    medium: MediumName
    metadata: Metadata
    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    masters: tuple[SlideMaster, ...] = ()
    theme: Theme | None = None
    sections: tuple[tuple[str, tuple[int, ...]], ...] = field(default=())
    """(name, page numbers), every page once, in order."""
    fade: bool = False
    """Slides fade in."""
