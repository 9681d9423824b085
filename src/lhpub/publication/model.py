"""What the publication states, resolved: references replaced, derived figures computed, every text as inlines.

Publication → Theme, Keyword → Fact, Event, Point, Picture; ChartSpec. Nothing here knows how it will look.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from lhpub.diagnostics import Span
from lhpub.inline import Figure, Id, Rich
from lhpub.publication.blocks import Block, Quotation
from lhpub.publication.entries import Entry
from lhpub.publication.spreadsheets import Taken

UNDATED = datetime.date(1980, 1, 1)
"""The date of a publication that states none."""
DateKind = Literal["day", "tenday", "month", "year", "range", "none"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as the source knows it. `first`, `last`: the days it may have been (None for kind `none`).
    `open`: it went on from then (起). `text`: within the publication's year, e.g. 1月29日, 1月上旬起, 2月, 9月7日—15日,
    2023年."""

    kind: DateKind
    first: datetime.date | None
    last: datetime.date | None
    open: bool
    text: str
    short: str
    """Under a month's heading: 29日, 上旬起, 2月."""
    span: Span | None = None
    source: Id = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact. `figure`: its printed parts (None for a textual fact). `value`: exact (None when only a word is known,
    数十). `bound`: 超, a lower bound. `text`: as printed in a row, with unit, status and 等 and its mark."""

    id: str
    """Full id: `keyword id.fact id`."""
    label: Rich
    """What it counts; the status is part of it."""
    value: Decimal | None
    unit: str
    figure: Figure | None
    text: Rich
    bound: bool
    derived: bool
    status: str
    span: Span
    origin: Rich = ()
    """Where it comes from."""
    cell: str = ""
    """The cell of a spreadsheet that its value was read from."""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of a keyword beside its own date. `label` has spaces as a `timeline_label` has."""

    date: PartialDate
    label: Rich


@dataclass(frozen=True, slots=True)
class Point:
    """A short line: `label` is its key with the roles of its figures; one written without has an ordinal (一, 二)."""

    key: str
    text: Rich
    label: Rich = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file with its words. `focus`: the point to keep, 0–1 from the left and the top."""

    data: bytes
    file: str
    pixels: tuple[int, int]
    media_type: str
    alt: str
    caption: Rich
    credit: str
    focus: tuple[float, float]
    span: Span
    source: Id = ""
    link: str = ""
    """Of a QR code: where it leads."""
    map: str = ""
    """Of a map: the number of its approval (审图号)."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword. `points`: its rows for a layout (as written, else made from the facts the body leaves out)."""

    id: str
    number: int
    title: str
    theme: str
    """Id of its theme, '' if none."""
    date: PartialDate
    headline: Rich
    body: tuple[Block, ...]
    brief: Rich
    facts: tuple[Fact, ...]
    hero: Fact | None
    hero_caption: Rich
    """What the hero counts, with its status; never empty where there is a hero."""
    points: tuple[Point, ...]
    events: tuple[Event, ...]
    timeline_label: Rich
    """≤ 16 characters for the timeline; may be empty. A space is where a narrow list breaks the line best; elsewhere it
    counts for nothing (`with_breaks`)."""
    notes: tuple[Rich, ...]
    """What the presenter says: as written, else the body; then each fact no slide text shows."""
    pictures: tuple[Picture, ...]
    span: Span
    quote: Quotation | None = None
    qr: Picture | None = None
    origins: tuple[Rich, ...] = ()
    """Where it comes from as a whole."""
    source: Rich = ()
    """资料来源：…, its own origins and its facts'; () where none is stated."""
    is_core: bool = False
    """Stands in the short deck."""
    names: tuple[Rich, ...] = ()
    """Those that a layout may draw, one by one as its list facts have them, 等 behind the last of each."""

    @property
    def picture(self) -> Picture | None:
        """The picture beside the text."""
        return self.pictures[0] if self.pictures else None

    @property
    def saying(self) -> Quotation | None:
        """The quotation, whether it is the big element or stands in the body."""
        return self.quote or next((block for block in self.body if isinstance(block, Quotation)), None)


def with_breaks(label: Rich, mark: str) -> Rich:
    """Returns a timeline label with `mark` in place of each space that says where it breaks best (a space among Latin is
    a space): a line end in a narrow list, nothing elsewhere."""
    whole, place, made = "".join(inline.text for inline in label), 0, []
    for inline in label:
        beside = [whole[max(at - 1, 0) : at + 2] for at in range(place, place + len(inline.text))]
        shown = (mark if c == " " and not near.isascii() else c for c, near in zip(inline.text, beside, strict=True))
        made.append(replace(inline, text="".join(shown)))
        place += len(inline.text)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class PublicationTheme:
    """A theme: a chapter of the brochure, a section of the deck."""

    id: str
    number: int
    title: str
    lead: Rich
    keywords: tuple[str, ...]
    span: Span
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ChartSpecItem:
    """A fact to draw."""

    fact: Fact
    keyword: str
    label: Rich


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of a table to draw: of each series its fact, None where nothing is known."""

    label: Rich
    second: Rich
    cells: tuple[ChartSpecItem | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyChartSpec:
    """A chart as asked for; `keyword`: where it belongs."""

    id: str
    title: Rich
    note: Rich = ()
    """With where it comes from."""
    keyword: str = ""
    origin: Rich = ()
    """Where it comes from, if that is stated for it."""
    span: Span

    @property
    def items(self) -> tuple[ChartSpecItem, ...]:
        """The facts it draws, in order."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSpec(AnyChartSpec):
    """Values in rows and series. `is_highlighted`: the first series is the row that stands out."""

    rows: tuple[RowSpec, ...]
    series: tuple[Rich, ...]
    is_highlighted: bool = False

    @property
    def items(self) -> tuple[ChartSpecItem, ...]:
        return tuple(cell for row in self.rows for cell in row.cells if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec(GridSpec):
    is_stacked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarSpec(GridSpec):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSpec(GridSpec):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsSpec(GridSpec):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSpec(GridSpec):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareSpec(AnyChartSpec):
    """`share`: the derived percentage."""

    whole: ChartSpecItem
    part: ChartSpecItem
    rest: ChartSpecItem
    share: Fact

    @property
    def items(self) -> tuple[ChartSpecItem, ...]:
        return self.part, self.rest


@dataclass(frozen=True, slots=True, kw_only=True)
class RankSpec(AnyChartSpec):
    """`last`: how many ranks the list has."""

    before: ChartSpecItem
    now: ChartSpecItem
    last: int

    @property
    def items(self) -> tuple[ChartSpecItem, ...]:
        return self.before, self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSpec(AnyChartSpec):
    """All dates of the publication."""


ChartSpec = ColumnSpec | BarSpec | LineSpec | ShareSpec | PartsSpec | RankSpec | PairSpec | TimelineSpec


@dataclass(frozen=True, slots=True)
class Draft:
    """Which draft it is: 送审稿 第2稿, and its day as ISO 8601, '' for none."""

    name: str
    date: str

    @property
    def is_final(self) -> bool:
        return "定稿" in self.name and "非定稿" not in self.name


@dataclass(frozen=True, slots=True)
class Publication:
    """A whole publication."""

    id: str
    title: str
    """As written; lines of a title are parted by a space in it."""
    subtitle: str
    organisation: str
    date: datetime.date
    """For files' metadata. If the source states none: 1980-01-01, the first that a zip can hold (UNDATED), so that
    nobody takes it for a real one; it is never printed."""
    year: int
    """As stated, else the year most dates of keywords and events have; 0: unknown, and never printed."""
    foreword_title: str
    foreword: tuple[Rich, ...]
    credits: tuple[Rich, ...]
    sources: tuple[Rich, ...]
    """Documents and origins, each with what comes from it."""
    glance: tuple[Fact, ...]
    """Figures at a glance, in order: as named, else all heroes. Never a derived one."""
    themes: tuple[PublicationTheme, ...]
    """Empty when the source names none."""
    keywords: tuple[Keyword, ...]
    charts: tuple[ChartSpec, ...]
    notices: tuple[tuple[str, Rich], ...]
    """Further texts by name that layouts may place, e.g. `glance`: 开工与签约…不可相加."""
    cover: Picture | None = None
    logo: Picture | None = None
    qr: Picture | None = None
    span: Span | None = None
    """Of what the source says of the publication as a whole."""
    entries: tuple[Entry, ...] = ()
    """Everything that the source states, in the order written."""
    imprint: tuple[Rich, ...] = ()
    cover_lines: tuple[Rich, ...] = ()
    """Of internal matter: 内部资料，免费交流, and the number of its licence."""
    draft: Draft | None = None
    cells: tuple[Taken, ...] = ()
    """What was read from spreadsheets."""
    links: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each link to a spreadsheet, with what stands beside its cells."""

    @property
    def day(self) -> str:
        """Its date in Chinese, "" if the source states none."""
        return "" if self.date == UNDATED else f"{self.date.year}年{self.date.month}月{self.date.day}日"

    @property
    def pictures(self) -> tuple[Picture, ...]:
        every = [self.cover, self.logo, self.qr, *(theme.picture for theme in self.themes)]
        every += [picture for keyword in self.keywords for picture in (*keyword.pictures, keyword.qr)]
        return tuple(picture for picture in every if picture is not None)

    def keyword(self, id_: str) -> Keyword:
        return next(keyword for keyword in self.keywords if keyword.id == id_)

    def fact(self, id_: str) -> Fact:
        """Returns the fact with the full id `keyword.fact`."""
        return next(fact for keyword in self.keywords for fact in keyword.facts if fact.id == id_)
