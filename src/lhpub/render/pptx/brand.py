"""Reads a template as a `Brand`: for each kind of slide the places, type, colours and grounds that its layout gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.brand import KINDS, Brand, BrandPage, Zone
from lhpub.layout.check import LEAST_CONTRAST
from lhpub.render.pptx.paint import Layer, Palette, find, grounds, layers, rgb, sampler
from lhpub.render.pptx.template import BODIES, TITLES, Template, kind_of, place_of, placeholders_for
from lhpub.render.pptx.xml import EMU_PER_POINT
from lhpub.units import Rect

_STYLES = {"title": "title", "ctrTitle": "title", "dt": "other", "ftr": "other", "sldNum": "other"}
_ALIGN = {"l": "left", "r": "right", "ctr": "centre", "just": "justify", "dist": "justify"}
_HANG = {"t": "top", "ctr": "middle", "b": "bottom"}
_SLOTS = ("tx1", "bg1", "tx2", "bg2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_COLOURFUL = 0.16
"""Least difference of channels that makes a colour of a brand."""
_GAP = 10.0


def read_brand(data: bytes, name: str, wanted: Mapping[str, str]) -> tuple[Brand, tuple[Diagnostic, ...]]:
    """Returns the brand of a .pptx or .potx, and what there is to tell. `wanted`: names of layouts by kind of slide. Raises
    Rejected if it cannot be used."""
    template = Template(data, name)
    chosen = template.layouts_by_kind(wanted)
    reader = _Reader(template)
    pages = {kind: reader.page(kind, layout, chosen) for kind, layout in chosen.items()}
    palette = reader.palette(chosen["content"].slide_master)
    colours = {slot: rgb(palette.colours[slot]) for slot in _SLOTS if slot in palette.colours}
    fonts = {family: _faces(template.theme(chosen["content"].slide_master), family) for family in ("major", "minor")}
    brand = Brand(
        name, data, wanted, template.size, colours, reader.accents(chosen["content"].slide_master), fonts, pages
    )
    return brand, tuple(_told(brand, wanted, {str(layout.name) for layout in template.layouts}))


def _faces(theme: Any, family: str) -> tuple[str, str]:
    """Returns a theme font's latin and East Asian faces; an empty one is the one listed for the Hans script."""
    latin, east, hans = (
        "".join(find(theme, f"//a:{family}Font/{path}/@typeface")[:1])
        for path in ("a:latin", "a:ea", "a:font[@script='Hans']")
    )
    return latin, east or hans


class _Reader:
    def __init__(self, template: Template) -> None:
        self.template = template
        self._palettes: dict[str, Palette] = {}

    def palette(self, master: Any) -> Palette:
        key = str(master.part.partname)
        if key not in self._palettes:
            self._palettes[key] = Palette.of(self.template.theme(master), master._element)
        return self._palettes[key]

    def page(self, kind: str, layout: Any, chosen: Mapping[str, Any]) -> BrandPage:
        """Returns a layout as a kind of slide uses it."""
        palette = self.palette(layout.slide_master)
        size = (self.template.size.width, self.template.size.height)
        under = layers((layout.slide_master.part, layout.part), palette, size)
        shapes = placeholders_for(kind, layout)
        zones = {name: self.zone(shape, name, layout, under) for name, shape in shapes.items()}
        zones = {name: zone for name, zone in zones.items() if zone.rect.width > 0 and zone.rect.height > 0}
        rect = self._safe(layout, zones.get("title"), chosen, under)
        if kind == "content" and "body" in zones and not zones["body"].grounds and zones["body"].hang == "top":
            clear = _within(zones["body"].rect, rect)  # a drawing at the foot of the placeholder, which no text reaches
            zones["body"] = replace(zones["body"], rect=clear, grounds=grounds(under, clear))
        like = next((s for s in layout.slide_master.placeholders if kind_of(s) == "body"), None)
        safe = (
            self.zone(like, "body", layout, under) if like is not None else Zone(rect, ink=rgb(palette.colours["tx1"]))
        )
        return BrandPage(
            str(layout.name), zones, replace(safe, rect=rect, align="left", hang="top", grounds=grounds(under, rect))
        )

    def zone(self, shape: Any, name: str, layout: Any, under: list[Layer]) -> Zone:
        """Returns a placeholder's room, type and colours, looked up where it inherits from."""
        master, palette = layout.slide_master, self.palette(layout.slide_master)
        is_title = name == "title"
        general = "title" if is_title else _general(shape)
        chain = [shape.element]
        chain += [s.element for s in master.placeholders if kind_of(s) == general and s.element is not shape.element]
        rect = place_of(shape)
        if is_title and kind_of(shape) not in TITLES and not find(shape.element, "p:spPr/a:xfrm"):
            rect = next((place_of(s) for s in master.placeholders if kind_of(s) == "title"), rect)
        levels = [f for e in chain for f in find(e, "p:txBody/a:lstStyle/a:lvl1pPr")]
        style = "title" if is_title else _STYLES.get(kind_of(shape), "body")
        levels += find(master._element, f"p:txStyles/p:{style}Style/a:lvl1pPr")
        sizes = [int(size) / 100 for level in levels for size in find(level, "a:defRPr/@sz")]
        inks = [c for level in levels for fill in find(level, "a:defRPr/a:solidFill") if (c := palette.colour(fill))]
        aligns = [str(a) for level in levels for a in find(level, "@algn")]
        anchors = [str(a) for e in chain for a in find(e, "p:txBody/a:bodyPr/@anchor")]
        left, top, right, bottom = (_inset(chain, side) for side in "ltrb")
        room = Rect(rect.x + left, rect.y + top, rect.width - left - right, rect.height - top - bottom)
        fills = [
            f for e in chain for f in find(e, "p:spPr/*[self::a:solidFill or self::a:gradFill or self::a:blipFill]")
        ]
        own = [Layer(rect, p, True) for f in fills[:1] if (p := sampler(f, layout.part, palette))]
        return Zone(
            room, sizes[0] if sizes else 18.0, rgb(inks[0][0] if inks else palette.colours["tx1"]),
            _ALIGN.get(aligns[0] if aligns else "l", "left"),  # type: ignore[arg-type]
            _HANG.get(anchors[0] if anchors else "t", "top"), grounds([*under, *own], room),
        )  # fmt: skip

    def _safe(self, layout: Any, title: Zone | None, chosen: Mapping[str, Any], under: list[Layer]) -> Rect:
        """Returns the room for content: the largest text placeholder's of the layout, of the one for content, of the master;
        below the title, above the footers, clear of drawing."""
        size, master = self.template.size, layout.slide_master
        sources = (layout, chosen.get("content"), master)
        bodies = [
            [place_of(s) for s in source.placeholders if kind_of(s) in BODIES]
            for source in sources
            if source is not None
        ]
        least = 0.25 * size.width * size.height
        rect = next((max(b, key=_area) for b in bodies if b and _area(max(b, key=_area)) >= least), None)
        if rect is None:
            rect = Rect(size.width * 0.06, size.height * 0.24, size.width * 0.88, size.height * 0.64)
        rect = _within(rect, Rect(0, 0, size.width, size.height))
        if title and title.rect.y + title.rect.height / 2 < 0.3 * size.height:
            rect = _cut_top(rect, title.rect.bottom + _GAP)
        foot = [place_of(s).y for s in layout.placeholders if kind_of(s) in ("ftr", "sldNum", "dt")]
        foot = [y for y in foot if y > size.height * 0.7]
        if foot and rect.bottom > min(foot):
            rect = Rect(rect.x, rect.y, rect.width, min(foot) - rect.y)
        for layer in under:
            if not layer.is_background and _area(layer.rect) < 0.3 * size.width * size.height:
                rect = _clear(rect, layer.rect)
        return rect

    def accents(self, master: Any) -> tuple[str, ...]:
        """Returns the brand's colours, those that it uses most first, then the accents of its theme in their order."""
        palette, size = self.palette(master), self.template.size
        votes: Counter[str] = Counter()
        for part in (master.part, *(layout.part for layout in master.slide_layouts)):
            for layer in layers((master.part, part), palette, (size.width, size.height)):
                for touch in (layer.paint(x / 6 + 0.08, y / 4 + 0.12) for x in range(6) for y in range(4)):
                    if touch and touch[1] > 0.5 and max(touch[0]) - min(touch[0]) >= _COLOURFUL:
                        share = _area(layer.rect) / (size.width * size.height)
                        votes[_nearest(rgb(touch[0]), palette)] += round(1000 * min(max(share, 0.01), 1))
        for ink in find(master._element, "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/a:solidFill"):
            if (touch := palette.colour(ink)) and max(touch[0]) - min(touch[0]) >= _COLOURFUL:
                votes[rgb(touch[0])] += 1000
        named = [rgb(palette.colours[slot]) for slot in _SLOTS[4:10] if slot in palette.colours]
        return tuple(dict.fromkeys([*(colour for colour, _ in votes.most_common(4)), *named]))


def _general(shape: Any) -> str:
    kind = kind_of(shape)
    return kind if kind in ("dt", "ftr", "sldNum") else "title" if kind in TITLES else "body"


def _inset(chain: list[Any], side: str) -> float:
    given = [int(value) for element in chain for value in find(element, f"p:txBody/a:bodyPr/@{side}Ins")]
    return (given[0] if given else 91_440 if side in "lr" else 45_720) / EMU_PER_POINT


def _area(rect: Rect) -> float:
    return rect.width * rect.height


def _within(rect: Rect, outer: Rect) -> Rect:
    x, y = max(rect.x, outer.x), max(rect.y, outer.y)
    return Rect(x, y, min(rect.right, outer.right) - x, min(rect.bottom, outer.bottom) - y)


def _cut_top(rect: Rect, top: float) -> Rect:
    return Rect(rect.x, top, rect.width, rect.bottom - top) if rect.y < top < rect.bottom else rect


def _clear(rect: Rect, other: Rect) -> Rect:
    """Returns the largest part of a rectangle beside another that it overlaps; a large overlap is a panel, not in the way."""
    if not rect.overlaps(other) or _area(_within(rect, other)) > 0.5 * _area(rect):
        return rect
    parts = (
        Rect(rect.x, rect.y, other.x - rect.x, rect.height),
        Rect(other.right, rect.y, rect.right - other.right, rect.height),
        Rect(rect.x, rect.y, rect.width, other.y - rect.y),
        Rect(rect.x, other.bottom, rect.width, rect.bottom - other.bottom),
    )
    return max((part for part in parts if part.width > 0 and part.height > 0), key=_area, default=rect)


def _nearest(colour: str, palette: Palette) -> str:
    """Returns the accent of the theme that a painted colour is, or the colour itself where none is near."""

    def distance(other: str) -> int:
        return sum(abs(int(colour[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (1, 3, 5))

    named = [rgb(palette.colours[slot]) for slot in (*_SLOTS[4:10], "tx2", "bg2") if slot in palette.colours]
    best = min(named, key=distance, default=colour)
    return best if distance(best) < 90 else colour


def _told(brand: Brand, wanted: Mapping[str, str], there: set[str]) -> Iterator[Diagnostic]:
    """Yields what a designer should know: layouts that are not there, colours that were changed, plates under texts."""
    names = Bilingual("、".join(sorted(there)), ", ".join(sorted(there)))
    for kind, name in wanted.items():
        if name not in there or kind not in KINDS:
            said = Bilingual(f"map 里的“{kind}: {name}”在模板中找不到", f"“{kind}: {name}” of map is not in the template")
            yield Diagnostic("template-map", Severity.WARNING, said, names)
    words = {"title": "标题", "body": "正文", "safe": "内容"}
    told = [
        (f"{page.layout}（{words[name]}）", zone)
        for kind, page in brand.pages.items()
        for name, zone in page.all_zones()
        if name in words and (name != "safe" or kind == "title")
    ]
    changed = [name for name, zone in told if brand.is_changed(zone)]
    plated = [name for name, zone in told if brand.needs_plate(zone)]
    if changed:
        zh, en = f"模板里与底色对比不足 {LEAST_CONTRAST} 的文字换了颜色", "faint texts of the template have another colour"
        hint = Bilingual("在模板中改这些占位符的文字颜色", "change the colour of these placeholders in the template")
        yield Diagnostic("template-ink", Severity.WARNING, _listed(zh, en, changed), hint)
    if plated:
        zh, en = "模板背景上认不清文字或读不出的地方，文字垫了底色", "a plate lies under texts on a ground that hides them"
        hint = Bilingual("背景图用 PNG 或 JPEG，文字处留素净", "use PNG or JPEG for grounds, plain where texts stand")
        yield Diagnostic("template-plate", Severity.WARNING, _listed(zh, en, plated), hint)


def _listed(zh: str, en: str, names: list[str]) -> Bilingual:
    unique = list(dict.fromkeys(names))
    return Bilingual(f"{zh}：{'、'.join(unique)}", f"{en}: {', '.join(unique)}")
