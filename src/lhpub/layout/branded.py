"""A deck on a brand's template: its masters' frames stand where the template has its placeholders, and in its room for
content; its colours and type are the template's. Chart styles are the layout's own, in these colours and as large as there
is room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from lhpub.diagnostics import Span
from lhpub.kinds import ChartKind
from lhpub.layout.brand import Brand, BrandPage, Zone, base_of
from lhpub.layout.brand_looks import Box, brand_inks, brand_looks, chart_inks
from lhpub.layout.frame import Frame
from lhpub.layout.model import Colour, LayoutSpec, Medium, Style
from lhpub.source.declared import declared, key, read_declared
from lhpub.source.load import read_yaml
from lhpub.source.report import Report
from lhpub.units import Rect

Tree = dict[str, Any]


@declared("套用模板的幻灯片", "a deck on a template")
class _Branded:
    """What a template gives a layout."""

    span: Span
    palette: dict[str, Colour] = key("色板", "colours")
    styles: dict[str, Style] = key("文字样式", "type styles")
    deck: Medium = key("幻灯片", "the deck")


def on_brand(spec: LayoutSpec, own: Medium, brand: Brand) -> LayoutSpec:
    """Returns the layout with a deck that stands on a template; `own`: its deck of a like shape, whose charts it keeps."""
    drawing = _Drawing(brand, own)
    palette = {name: {"rgb": rgb} for name, rgb in brand_inks(brand).items()}
    tree = _rounded({"palette": palette, "styles": drawing.styles, "deck": drawing.deck()})
    report = Report()
    read = read_declared(read_yaml(json.dumps(tree, ensure_ascii=False), brand.file), _Branded, report)
    report.finish()
    assert read is not None, "what is wrong was raised"
    looks, styles = brand_looks(spec, drawing.charts, brand)
    colours = {**spec.palette, **read.palette}
    size = (brand.size.width, brand.size.height)
    deck = replace(read.deck, size=size, template=own.template, map=own.map, fade=own.fade, date=own.date)
    deck = replace(deck, chart_inks=chart_inks(spec))
    return replace(
        spec, palette=colours, styles={**spec.styles, **read.styles, **styles}, charts={**spec.charts, **looks},
        deck=deck, deck_4x3=deck,
    )  # fmt: skip


class _Drawing:
    """Makes the deck's masters as the tree that a layout file would hold."""

    def __init__(self, brand: Brand, own: Medium) -> None:
        self.brand, self.own, self.k = brand, own, brand.scale
        self.styles: dict[str, Tree] = {}
        self.charts: dict[str, tuple[Box, Box]] = {}

    def style(self, name: str, font: str, size: float, colour: str, **more: Any) -> str:
        """Returns the name of a type style, made; sizes in points of the template."""
        leading = more.pop("leading", 1.4)
        self.styles[name] = {"font": font, "size": round(size, 1), "leading": round(size * leading, 1), "colour": colour, **more}
        return name

    def deck(self) -> Tree:
        k, slots = self.k, ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
        fonts = {}
        for family in ("major", "minor"):
            house, (latin, east) = self.own.fonts[family], self.brand.fonts[family]
            fonts[family] = {"latin": latin or house.latin, "ea": east or house.ea, "measure": house.measure}
        self.style("b-mark", "minor", 16 * k, "b-quiet")
        masters = dict(self._masters())
        arrangements = [
            {"master": f"chart-{kind}", "charts": [kind], "extra": True, "keywords": 1}
            for kind in (*get_args(ChartKind), "any") if f"chart-{kind}" in masters
        ]  # fmt: skip
        arrangements += [{"master": n, "keywords": 1} for n in masters if n.startswith("keyword")]
        return {
            "unit": "pt", "size": [self.brand.size.width, self.brand.size.height], "slack": 0.08, "mark": "brackets",
            "mark_style": "b-mark", "fonts": fonts, "colours": {slot: f"b-{slot}" for slot in slots}, "masters": masters,
            "sequence": ["cover", "overview", "timeline", {"each": "theme", "pages": ["divider", "keywords"]}, "closing"],
            "keywords": arrangements,
        }  # fmt: skip

    def _masters(self) -> Iterator[tuple[str, Tree]]:
        title = "{publication.title}"
        under = [
            "{publication.subtitle}\n{publication.organisation}",
            "{publication.organisation}",
            "{publication.subtitle}",
        ]
        yield self.master("cover", "封面", [*self.words("cover", title, under, tag="H1")])
        yield self.overview()
        yield from self.chart_masters()
        words = [*self.words("divider", "{theme.title}", "{theme.keywords}", tag="H2")]
        yield self.master("divider", "主题", words, needs=["theme"], anchor="{theme.anchor}", bookmark="{theme.title}")
        if "picture" in self.brand.pages:
            zone = self.brand.pages["picture"].zones.get("picture")
            picture = [{"name": "picture", "picture": "keyword", "at": _at(zone.rect)}] if zone else []
            frames = [*self.words("keyword-photo", "{keyword.title}", _TEXTS), *picture]
            if picture:
                yield self.master("keyword-photo", "关键词：图片", frames, needs=["picture"])
        yield self.beside("keyword-side", "关键词：旁图")
        yield self.hero()
        frames = [*self.words("keyword-text", "{keyword.title}", _TEXTS), self.source("content")]
        yield self.master("keyword-text", "关键词：文字", frames)
        ending = [*self.words("closing", ["{publication.organisation}", "完"], ["{credits}"], tag="H2")]
        yield self.master("closing", "结束", ending, anchor="closing")

    def master(self, name: str, title: str, frames: list[Tree], **more: Any) -> tuple[str, Tree]:
        """Returns a master: plates first, where nothing can be read on the ground."""
        kind = base_of(name)
        page = self.brand.pages[kind]
        used = dict.fromkeys(frame["name"] if frame["name"] in page.zones else "safe" for frame in frames)
        zones = {zone: page.zones.get(zone, page.safe) for zone in used if zone not in ("page", "day")}
        plates = [
            {"name": f"plate-{zone}", "fill": "b-lt1", "at": _at(_wider(held.rect))}
            for zone, held in zones.items()
            if self.brand.needs_plate(held)
        ]
        return name, {"title": title, "frames": [*plates, *frames], **more}

    def words(self, master: str, title: str | list[str], body: str | list[str], tag: str = "H3") -> Iterator[Tree]:
        """Yields title, text and page number of a master."""
        kind = base_of(master)
        page = self.brand.pages[kind]
        yield self.title(kind, title, tag)
        zone = page.zones.get("body") or self.below_title(page)
        is_prose = kind in ("content", "picture", "title")
        size = min(zone.size, 24 * self.k) if is_prose else zone.size
        name, ink = f"b-{kind}-body", f"b-{kind}-{'body' if 'body' in page.zones else 'safe'}"
        floor = (18 if is_prose or kind == "section" else 14) * self.k
        leading = 1.5 if is_prose else 1.3
        self.style(name, "minor", max(size, floor), ink, leading=leading, align=zone.align, floor=round(floor, 1), strong=700)
        tall = _at(zone.rect)
        if kind == "content":
            tall[3] -= 22 * self.k
        yield {
            "name": "body",
            "text": body,
            "style": name,
            "at": tall,
            "hang": zone.hang,
            **({} if is_prose or kind == "section" else {"tag": "Caption"}),
        }
        yield from self.furniture(kind)

    def title(self, kind: str, text: str | list[str], tag: str) -> Tree:
        page = self.brand.pages[kind]
        zone = page.zones.get("title")
        if zone is None and kind in ("cover", "section", "closing"):
            rect, tall = page.safe.rect, self.brand.size.height
            zone = replace(
                page.safe, rect=Rect(rect.x, tall * 0.34, rect.width, tall * 0.2), size=40 * self.k, hang="bottom"
            )
        elif zone is None:
            rect = page.safe.rect
            height = min(44 * self.k, max(rect.y - 12 * self.k, 36 * self.k))
            zone = replace(
                page.safe,
                rect=Rect(rect.x, max(rect.y - height - 8 * self.k, 8 * self.k), rect.width, height),
                size=28 * self.k,
            )
        name = f"b-{kind}-title"
        least = min(zone.size, 20 * self.k)
        ink = name if "title" in page.zones else f"b-{kind}-safe"
        self.style(name, "major", zone.size, ink, leading=1.2, align=zone.align, floor=round(least, 1))
        return {
            "name": "title",
            "text": text,
            "style": name,
            "at": _at(zone.rect),
            "hang": zone.hang,
            "placeholder": "title",
            "tag": tag,
            "spaces": "break" if kind == "cover" else "keep",
        }

    def below_title(self, page: BrandPage) -> Zone:
        """Returns room for a text where the layout has none: the room for content, under the title where that stands in it."""
        title, safe = page.zones.get("title"), page.safe
        is_bare = title is None and page in (self.brand.pages["cover"], self.brand.pages["section"])
        top = max(safe.rect.y, title.rect.bottom + 8 * self.k) if title else safe.rect.y
        top = self.brand.size.height * 0.57 if is_bare else top
        room = Rect(safe.rect.x, top, safe.rect.width, safe.rect.bottom - top)
        if room.height < 60 * self.k:
            room = Rect(safe.rect.x, top, safe.rect.width, max(self.brand.size.height * 0.94 - top, 40 * self.k))
        return replace(safe, rect=room, size=20 * self.k)

    def furniture(self, kind: str) -> Iterator[Tree]:
        for name, text, placeholder in (("page", "{page}", "number"), ("day", "{publication.date}", "date")):
            zone = self.brand.pages[kind].zones.get(name)
            if zone is not None:
                style = self.style(f"b-{kind}-{name}", "minor", max(zone.size, 12 * self.k), f"b-{kind}-{name}", align=zone.align)
                yield {"name": name, "text": text, "style": style, "at": _at(zone.rect), "hang": zone.hang,
                       "placeholder": placeholder, "tag": "Artifact"}  # fmt: skip

    def source(self, kind: str) -> Tree:
        """Returns the line at the foot of the room for content that says where the figures come from."""
        rect = self.brand.pages[kind].safe.rect
        name = self.style("b-source", "minor", 12 * self.k, "b-quiet", leading=1.3)
        return {"name": "source", "text": "{credits.first}", "style": name, "tag": "Artifact", "placeholder": "none",
                "at": [rect.x, rect.bottom - 17 * self.k, rect.width, 16 * self.k]}  # fmt: skip

    def room(self) -> tuple[float, float, float, float]:
        """Returns the room for content without the line of the source."""
        rect = self.brand.pages["title"].safe.rect
        return rect.x, rect.y, rect.width, rect.height - 24 * self.k

    def frames(self, title: str | list[str], *frames: Tree, tag: str = "H3") -> list[Tree]:
        return [self.title("title", title, tag), *frames, self.source("title"), *self.furniture("title")]

    def text(self, name: str, text: str | list[str], at: Box | Tree, size: float, colour: str = "b-text", **more: Any) -> Tree:
        """Returns a text in the room for content."""
        leading = more.pop("leading", 1.45)
        floor = round(min(size, more.pop("floor", 18)) * self.k, 1)
        style = self.style(f"b-{name}-{size:g}", "minor", size * self.k, colour, floor=floor, leading=leading)
        return {"name": name, "text": text, "style": style, "at": at, **more}

    def overview(self) -> tuple[str, Tree]:
        x, y, width, height = self.room()
        k = self.k
        columns = max(min(int(width / (160 * k)), 5), 2)
        rows = 1 if columns > 3 else 2
        step, wide = width / columns, width / columns - 12 * k
        pitch = min((height / rows - 48 * k) / 4, 56 * k)
        item = [
            self.text(
                "number", "{keyword.number}", [0, 0, 30 * k, 0], 18, "b-quiet", link="#{keyword.anchor}", leading=1.2
            ),
            self.text(
                "keyword",
                "{keyword.title}",
                [32 * k, 0, wide - 32 * k, pitch],
                18,
                link="#{keyword.anchor}",
                leading=1.2,
            ),
        ]
        column = [
            self.text(
                "theme", "{theme.title}", [0, 0, wide, 34 * k], 20, "b-accent", link="#{theme.anchor}", leading=1.2
            ),
            {
                "name": "keywords",
                "at": [0, 42 * k, wide, pitch],
                "repeat": {"over": "keywords", "step": [0, pitch], "frames": item},
            },
        ]
        grid = {"name": "overview", "at": [x, y, wide, height / rows],
                "repeat": {"over": "groups", "chunk": 4, "count": columns * rows, "columns": columns, "column_step": step,
                           "step": [0, height / rows], "frames": column}}  # fmt: skip
        title = ["{keywords.count}个关键词，{themes.count}个主题{part}", "{keywords.count}个关键词，{themes.count}个主题",
                 "{keywords.count}个关键词{part}", "{keywords.count}个关键词"]  # fmt: skip
        return self.master(
            "overview", "总览", self.frames(title, grid, tag="H2"), anchor="overview", bookmark=title[1::2]
        )

    def hero(self) -> tuple[str, Tree]:
        x, y, width, height = self.room()
        k, left = self.k, width * 0.4
        base = y + min(height * 0.5, 150 * k)
        frames = self.frames(
            "{keyword.title}",
            self.date(x, y, left),
            self.figure([x, base, left, 0]),
            self.text(
                "caption",
                "{keyword.hero_caption}",
                [x, base + 22 * k, left * 0.94, y + height - base - 22 * k],
                18,
                "b-quiet",
            ),
            self.text("body", "{keyword.text}", [x + width * 0.45, y, width * 0.55, height], 22, leading=1.5),
        )
        return self.master("keyword-hero", "关键词：大数字", frames, needs=["hero"])

    def beside(self, name: str, title: str) -> tuple[str, Tree]:
        x, y, width, height = self.room()
        frames = self.frames(
            "{keyword.title}",
            self.text("body", _TEXTS, [x, y, width * 0.52, height], 22, leading=1.5),
            {"name": "picture", "picture": "keyword", "at": [x + width * 0.56, y, width * 0.44, height]},
        )
        return self.master(name, title, frames, needs=["picture"])

    def date(self, x: float, y: float, width: float) -> Tree:
        dates = ["{keyword.number}　{keyword.date}", "{keyword.number}"]
        return self.text("date", dates, [x, y, width, 28 * self.k], 18, "b-quiet", leading=1.2)

    def figure(self, at: Box) -> Tree:
        unit = self.style("b-unit", "minor", 24 * self.k, "b-accent", leading=1.0)
        style = self.style("b-hero", "major", 96 * self.k, "b-accent", leading=1.0)
        ladder = [[n * self.k, max(n / 4, 18) * self.k] for n in (88, 76, 66, 54, 44)]
        return {"name": "hero", "hero": {"unit": unit, "ladder": ladder}, "style": style, "at": at}

    def chart_masters(self) -> Iterator[tuple[str, Tree]]:
        """Yields the timeline's master, and one for each kind of chart that the layout's own deck has a style for."""
        x, y, width, height = self.room()
        looks: dict[str, Frame] = {}
        arranged = {str(arrangement.master): kind for arrangement in self.own.keywords for kind in arrangement.charts}
        for name, master in self.own.masters.items():
            for frame in master.frames:
                if frame.chart is not None:
                    kinds = [when.removeprefix("kind.") for when in frame.when if when.startswith("kind.")]
                    for kind in kinds or [arranged.get(name, "timeline")]:
                        looks.setdefault(kind, frame)
        if "timeline" not in looks:
            yield self.dates()
        for kind, frame in looks.items():
            if kind == "timeline":
                chart = self.chart(frame, [x, y, width, height])
                yield self.master("timeline", "时间轴", self.frames("{chart.title}", chart, tag="H2"), needs=["timeline"],
                                  anchor="timeline", bookmark="{chart.title}")  # fmt: skip
            else:
                yield self.chart_master(kind, frame)

    def dates(self) -> tuple[str, Tree]:
        """Returns the year as a list, for a layout that draws no timeline."""
        x, y, width, height = self.room()
        k = self.k
        link, line = "#{keyword.anchor}", {"top": 9 * k, "height": 0}
        number, title, when = {"left": 0, "width": 34 * k}, {"left": 36 * k, "right": 130 * k}, {"right": 0, "width": 126 * k}
        item = [
            self.text("number", "{keyword.number}", number | line, 18, "b-accent", link=link, leading=1.2),
            self.text("keyword", "{keyword.title}", title | line, 18, link=link, leading=1.2),
            self.text("when", ["{keyword.date}", "日期未注明"], when | line, 18, "b-quiet", leading=1.2),
        ]
        repeat = {"over": "dates", "flow": 0, "column": 300 * k, "pitch": [[999, 40 * k]], "frames": item}
        listed = {"name": "dates", "at": [x, y, width, height], "repeat": repeat}
        frames = self.frames(["{chart.title}{part}", "这一年{part}", "这一年"], listed, tag="H2")
        return self.master("timeline", "时间", frames, needs=["timeline"], anchor="timeline", bookmark="这一年")

    def chart(self, frame: Frame, at: Box) -> Tree:
        assert frame.chart is not None
        before = list(frame.at) if isinstance(frame.at, tuple) else [value / self.k for value in at]
        self.charts[str(frame.chart)] = (before, at)
        return {"name": "chart", "chart": f"b-{frame.chart}", "at": at}

    def chart_master(self, kind: str, frame: Frame) -> tuple[str, Tree]:
        """Returns a master with a chart beside its words, or under them where it is a wide one."""
        x, y, width, height = self.room()
        k, tall, left = self.k, min(130 * self.k, height * 0.45), width * 0.36
        if isinstance(frame.at, tuple) and frame.at[2] > 3 * frame.at[3]:
            top = y + min(height - tall - 72 * k, 110 * k)  # its scale's words hang below its frame
            body, chart = [x, y, width, top - y - 6 * k], [x, top, width, tall]
            note = [x, y + height - 46 * k, width, 46 * k]
        else:
            body, chart = [x, y, left, height - 108 * k], [x + width * 0.4, y, width * 0.6, height]
            note = [x, y + height - 96 * k, left, 96 * k]
        words = self.text("body", "{chart.headlines}", body, 20)
        remark = self.text("note", "{chart.note}", note, 18, "b-quiet", hang="bottom", leading=1.3)
        return self.master(
            f"chart-{kind}", f"图表：{kind}", self.frames("{chart.title}", words, self.chart(frame, chart), remark)
        )


_TEXTS = ["{keyword.date}\n{keyword.text}", "{keyword.text}"]


def _at(rect: Rect) -> Box:
    return [rect.x, rect.y, rect.width, rect.height]


def _rounded(value: Any) -> Any:
    """Returns a tree with numbers as short as a designer would write them."""
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 2) if isinstance(value, float) else value


def _wider(rect: Rect) -> Rect:
    return Rect(rect.x - 6, rect.y - 4, rect.width + 12, rect.height + 8)
