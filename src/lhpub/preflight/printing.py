"""What a print shop sends a brochure back for, found on the composition: each fault with its page, master, frame and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lhpub.boxes import Box, ChartBox, Composition, GroupBox, ImageBox, Page, ShapeBox, TableBox, TextBox
from lhpub.compose.texts import inked
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.ornaments import page_ground, table_rules, text_ornaments
from lhpub.paths import bounds
from lhpub.preflight.ground import Ground, ground_of, grounds, grounds_of
from lhpub.preflight.limits import BLACK_FROM, NARROW, RULE, THINNEST
from lhpub.text.model import NO_INK, Build, GlyphRun, Ink, Separation
from lhpub.units import Rect, mm, to_mm
from lhpub.walk import inside, page_boxes

SAFE = mm(3)
"""Type nearer to the trim may be cut."""
REVERSED, REVERSED_THIN, THIN = 8.0, 9.0, 400
"""Points: the least size of type left white in several inks; of weights below THIN."""
COLOURED, TINTED = 12.0, 7.5
"""Points: the least size of type in three inks or more, and in a tint of black."""
HAIRLINE = 0.35
"""Points: below it a line is printed in one solid ink, for a screen or a misregister breaks it."""
FAINT = 10
"""Percent: up to this a tint in type or beneath it is not seen where it misses its place."""
_RICH_FROM = 90
"""Percent: from this K on, type is meant to be black."""
_NEAR = 0.5
"""Points within which two edges count as one; as far outside the trim a text is meant to be cut, or is told elsewhere."""
_SHARE = re.compile(r"-[01]\.\d{3}")
"""Of a mixed colour's name, how far it is from one to the other."""
_SINGLE_LEAF = 2
"""Pages up to which nothing is bound: every edge is cut."""
Drawing = ShapeBox | ImageBox
Fault = tuple[str, object, Diagnostic]
"""Code, its cause (a frame of a master, or a style) and what is told."""


def is_black(ink: Ink) -> bool:
    """True for black alone."""
    cyan, magenta, yellow, black = ink.build
    return not ink.plates and not (cyan or magenta or yellow) and black >= BLACK_FROM


def overprints(ink: Ink, breadth: float = 0.0) -> bool:
    """True if text, lines or a bar of this breadth (points) in the ink print over what is beneath."""
    return ink.is_technical or (is_black(ink) and breadth <= NARROW) if ink.overprint is None else ink.overprint


def gradient_overprints(shape: ShapeBox) -> bool:
    """True if a shape's gradient prints over what is beneath: one in a finish, or in inks that are told to."""
    stops = [ink for _, ink in shape.gradient.stops] if shape.gradient else []
    if any(ink.overprint is False for ink in stops):
        return False
    return bool(stops) and (bool(shape.fill and shape.fill.is_technical) or all(ink.overprint for ink in stops))


def shape_overprints(shape: ShapeBox) -> bool:
    """True if a shape's plain inks print over what is beneath, if that is no picture."""
    inks = [ink for ink in (shape.stroke, None if shape.gradient else shape.fill) if ink]
    return bool(inks) and all(overprints(ink, breadth(shape)) for ink in inks)


def overprints_pictures(shape: ShapeBox) -> bool:
    """True if what of a shape overprints does so on a picture too: black does in lines alone, for in a bar it would show."""
    inks = [ink for ink in (shape.stroke, shape.fill) if ink]
    return breadth(shape) <= RULE or all(ink.is_technical or ink.overprint for ink in inks)


def breadth(shape: ShapeBox) -> float:
    """Returns how broad a bar or a line is, in points."""
    return min(shape.rect.width, shape.rect.height) if shape.fill else shape.stroke_width


def inks_over(shape: ShapeBox) -> tuple[Ink, ...]:
    """Returns those of a shape's inks that print over what is beneath."""
    stops = tuple(ink for _, ink in shape.gradient.stops) if shape.gradient and gradient_overprints(shape) else ()
    plain = (shape.stroke, None if shape.gradient else shape.fill) if shape_overprints(shape) else ()
    return (*stops, *(ink for ink in plain if ink))


def total_ink(build: Build, plates: tuple[tuple[Separation, float], ...] = ()) -> float:
    """Returns the ink on a spot in percent, all plates summed; finishes are none."""
    return sum(build) + sum(tint for plate, tint in plates if not plate.technical)


def stacked_ink(ink: Ink, ground: Ink | None) -> float:
    """Returns the ink where an ink lies on a ground: an overprinting one leaves every plate that it does not print."""
    if ground is None or not overprints(ink):
        return total_ink(ink.build, ink.plates)
    plates = dict(ground.plates) | dict(ink.plates)
    c, m, y, k = (own or under for own, under in zip(ink.build, ground.build or NO_INK, strict=True))
    return total_ink((c, m, y, k), tuple(plates.items()))


def drawings(page: Page, composition: Composition) -> Iterator[Drawing]:
    """Yields all that is drawn on a page beside words and ground: with rules of tables and frames of marks."""
    for box in inside(page_boxes(page, composition)):
        yield from _drawn_with(box)


def _drawn_with(box: Box) -> Iterator[Drawing]:
    match box:
        case ShapeBox() | ImageBox():
            yield box
        case TextBox():
            yield from text_ornaments(box)
        case TableBox():
            yield from filter(None, [table_rules(box)])


def drawn_inks(page: Page, composition: Composition) -> Iterator[tuple[ShapeBox, float, Ink]]:
    """Yields every shape of a page with the most ink that it comes to, in percent, alone or with what it is printed over, and
    the ink of it that does. What lies on a picture is told by the press file, which has its inks."""
    ground = ground_of(page, composition)
    boxes = list(inside(page_boxes(page, composition)))
    for place, box in enumerate(boxes):
        for shape in _drawn_with(box):
            if isinstance(shape, ImageBox) or not (inks := inks_in(shape)):
                continue
            over = inks_over(shape)
            beneath = (grounds_of(shape, boxes[:place], ground) or ()) if any(not ink.is_technical for ink in over) else ()
            totals = [(_total(ink), ink) for ink in inks]
            totals += [(stacked_ink(ink, under), ink) for ink in over for under in beneath]
            most, ink = max(totals, key=lambda total: total[0])
            yield shape, most, ink


def inks_in(shape: ShapeBox) -> tuple[Ink, ...]:
    """Returns the inks that a shape is drawn in, a gradient's at its stops."""
    stops = (ink for _, ink in shape.gradient.stops) if shape.gradient else (shape.fill,)
    return tuple(ink for ink in (*stops, shape.stroke) if ink)


def faults(page: Page, composition: Composition, limit: float) -> Iterator[Fault]:
    """Yields too much ink, type and lines that do not hold in print, and what may be cut: a fault of a frame or a style is the
    same on every page that shows it."""
    for box, ground in grounds(page, composition):
        shown = [run for line in box.lines for run in line.runs if any(glyph.text.strip() for glyph in run.glyphs)]
        yield from _ink(page, box, ground, shown, limit)
        yield from _reversed(page, box, ground, shown)
        yield from _small(page, box, shown)
        yield from _trim(page, box, len(composition.pages))
    drawn = list(drawings(page, composition))
    printed = [box for box in (*filter(None, [page_ground(page)]), *drawn) if not _is_bare(box)]
    for drawing in printed:
        yield from _bleed(page, drawing, printed)
    for with_ink in drawn_inks(page, composition):
        yield from _drawn_ink(page, with_ink, limit)
        yield from _line(page, with_ink[0])


def _ink(page: Page, box: TextBox, ground: Ground, shown: list[GlyphRun], limit: float) -> Iterator[Fault]:
    under = None if isinstance(ground, ImageBox) else ground
    inks = sorted((run.ink for run in shown), key=_total)
    if inks and _total(inks[-1]) > limit + 0.5:
        yield _colour_ink(page, box, inks[-1], limit)
        return
    most = max((stacked_ink(run.ink, under) for run in shown), default=0.0)
    if most > limit + 0.5:
        yield text_ink(page, box, most, limit)


def text_ink(page: Page, box: TextBox, most: float, limit: float) -> Fault:
    """Returns that text and what it stands on come to too much ink, in percent."""
    zh = f"字连同底色总墨量 {most:.0f}%，超过 {limit:g}%"
    en = f"text and ground come to {most:.0f} % of ink, over {limit:g}"
    hint = Bilingual("底色改浅，或给字色写 overprint: false", "lighten the ground, or set overprint: false")
    return _fault("ink-total", page, box, Bilingual(zh, en), hint, Severity.ERROR)


def _drawn_ink(page: Page, drawn: tuple[ShapeBox, float, Ink], limit: float) -> Iterator[Fault]:
    """Yields a drawing of too much ink: its own, or with what it is printed over. Of a line it dries, and is a warning."""
    shape, most, ink = drawn
    if _total(ink) > limit + 0.5:
        yield _colour_ink(page, shape, ink, limit)
    elif most > limit + 0.5:
        yield shape_ink(page, shape, most, limit)


def _total(ink: Ink) -> float:
    return total_ink(ink.build, ink.plates)


def _colour_ink(page: Page, box: TextBox | Drawing, ink: Ink, limit: float) -> Fault:
    """Returns that a colour has too much ink of its own, a fault told once wherever the colour is used, or once for a frame that
    runs from one colour to another."""
    name = _SHARE.sub("", ink.name)
    zh = f"颜色“{name}”总墨量 {_total(ink):.0f}%，超过 {limit:g}%"
    en = f"colour “{name}” has {_total(ink):.0f} % of ink, over {limit:g}"
    hint = Bilingual("把这个颜色的 cmyk 改浅", "lighten the cmyk of this colour")
    code, _, told = _fault("ink-total", page, box, Bilingual(zh, en), hint, Severity.ERROR)
    return code, (name, box.frame) if name != ink.name else name, told


def shape_ink(page: Page, shape: ShapeBox, most: float, limit: float) -> Fault:
    """Returns that a shape and what it is printed over come to too much ink, in percent; on a line it dries all the same."""
    zh = f"叠印连同底色总墨量 {most:.0f}%，超过 {limit:g}%"
    en = f"overprinted on its ground it comes to {most:.0f} % of ink, over {limit:g}"
    hint = Bilingual("底色改浅，或给这个颜色写 overprint: false", "lighten the ground, or set overprint: false for this colour")
    severity = Severity.WARNING if breadth(shape) <= RULE else Severity.ERROR
    return _fault("ink-total", page, shape, Bilingual(zh, en), hint, severity)


def _reversed(page: Page, box: TextBox, ground: Ground, shown: list[GlyphRun]) -> Iterator[Fault]:
    plates = 4 if isinstance(ground, ImageBox) else _count(ground) if ground else 0
    for run in shown:
        least = REVERSED_THIN if run.font.weight < THIN else REVERSED
        if plates > 2 and not _count(run.ink) and run.size < least:
            zh = f"{run.size:g} pt 的字在 {plates} 种油墨里反白（至少 {least:g} pt），套不准就糊"
            en = f"type of {run.size:g} pt is left white in {plates} inks; the least is {least:g}"
            hint = Bilingual(
                "放大、加粗，或底色至多两种油墨", "set it larger or bolder, or use two inks at most for the ground"
            )
            yield _fault("reversed-type", page, box, Bilingual(zh, en), hint)
            return


def _small(page: Page, box: TextBox, shown: list[GlyphRun]) -> Iterator[Fault]:
    """Yields type whose inks it is too small for, each style once."""
    name = box.paragraphs[0].style.name
    for run in shown:
        ink, black = run.ink, run.ink.build[3]
        style = f"样式“{name}”（{run.size:g} pt，颜色 {ink.name}）", f"the style {name} ({run.size:g} pt, {ink.name})"
        found: tuple[str, str, str, Bilingual, Severity] | None = None
        if black >= _RICH_FROM and any(ink.build[:3]):
            hint = Bilingual("黑字只用 K：cmyk: [0, 0, 0, 100]", "set black type in K alone: cmyk: [0, 0, 0, 100]")
            found = "press-rich-black", "黑字不是单色黑", "black type in more than black", hint, Severity.ERROR
        elif _count(ink) > 2 and run.size < COLOURED - 0.01:
            hint = Bilingual("cmyk 改成至多两色，或放大", "use two inks, or larger type")
            zh, en = f"小于 {COLOURED:g} pt 的彩字用了三色以上", f"three inks in type below {COLOURED:g} pt"
            found = "press-small-colour", zh, en, hint, Severity.WARNING
        elif not (ink.plates or any(ink.build[:3])) and 0 < black < BLACK_FROM and run.size < TINTED - 0.01:
            hint = Bilingual("放大，或用实黑", "set it larger, or in solid black")
            zh, en = f"灰字小于 {TINTED:g} pt", f"tinted type below {TINTED:g} pt"
            found = "press-tint-size", zh, en, hint, Severity.WARNING
        if found:
            code, zh, en, hint, severity = found
            fault = _fault(code, page, box, Bilingual(f"{style[0]}：{zh}", f"{style[1]}: {en}"), hint, severity)
            yield code, (name, run.size, ink.name), fault[2]


def _count(ink: Ink) -> int:
    """Returns on how many plates a colour prints so that one sees it; with none it is as good as the paper."""
    return sum(part > FAINT for part in (*ink.build, *(tint for _, tint in ink.plates)))


def _trim(page: Page, box: TextBox, pages: int) -> Iterator[Fault]:
    if (area := inked(box)) is None:
        return
    near = from_trim(page, area, pages)
    if -_NEAR < near < SAFE - 0.05:
        zh, en = (
            f"离裁切边只有 {to_mm(near):.1f} 毫米（至少 3）",
            f"it is {to_mm(near):.1f} mm from the trim, the least is 3",
        )
        yield _fault("near-trim", page, box, Bilingual(zh, en), Bilingual("往里移", "move it in"))


def from_trim(page: Page, area: Rect, pages: int) -> float:
    """Returns how far an area is from the nearest edge that is cut; of a bound book's leaf the spine is none."""
    left, right = area.x, page.size.width - area.right
    if pages > _SINGLE_LEAF:
        left, right = (left, left) if page.number % 2 == 0 else (right, right)
    return min(left, right, area.y, page.size.height - area.bottom)


def _is_bare(box: Drawing) -> bool:
    """True for what leaves no ink."""
    inks = [ink for ink in (box.fill, box.stroke) if ink] if isinstance(box, ShapeBox) else []
    return isinstance(box, ShapeBox) and all(ink.is_unprinted for ink in inks)


def area_of(box: Drawing) -> Rect:
    """Returns what a drawing covers: its path, with half the width of its line around."""
    points = [p for _, v in box.path for p in zip(v[::2], v[1::2], strict=True)] if isinstance(box, ShapeBox) else []
    if not points or not isinstance(box, ShapeBox):
        return box.rect
    half = box.stroke_width / 2 if box.stroke else 0.0
    around = bounds(points)
    return Rect(around.x - half, around.y - half, around.width + 2 * half, around.height + 2 * half)


def _edges(area: Rect, page: Page) -> tuple[float, float, float, float]:
    """Returns how far an area goes beyond the trim: left, top, right, bottom."""
    return -area.x, -area.y, area.right - page.size.width, area.bottom - page.size.height


def _bleed(page: Page, box: Drawing, printed: Sequence[Drawing]) -> Iterator[Fault]:
    """Yields what is cut, yet ends short of the bleed, unless something else fills the strip: cut a little outside, paper
    shows."""
    bleed, area = page.bleed, area_of(box)
    if not area.overlaps(Rect(-bleed, -bleed, page.size.width + 2 * bleed, page.size.height + 2 * bleed)):
        return
    for side, beyond in enumerate(_edges(area, page)):
        if -0.1 <= beyond < bleed - _NEAR and not any(_fills(one, area, side, page) for one in printed):
            far = to_mm(max(beyond, 0.0))
            zh = f"碰到裁切边，出血只到 {far:.1f} 毫米（{to_mm(bleed):g}）"
            en = f"it is cut, yet bleeds {far:.1f} mm of {to_mm(bleed):g}"
            hint = Bilingual(
                "画到成品边外 3 毫米或 right: bleed，或离开裁切边", "draw it 3 mm beyond the trim (right: bleed), or off the trim"
            )
            yield _fault("bleed-short", page, box, Bilingual(zh, en), hint, Severity.ERROR)
            return


def _fills(box: Drawing, other: Rect, side: int, page: Page) -> bool:
    """True if a panel or picture goes to the bleed on that side, all along an area."""
    if isinstance(box, ShapeBox) and (not box.fill or box.even_odd):
        return False
    one, size, bleed = area_of(box), page.size, page.bleed
    low, high = (one.y, one.bottom) if side in (0, 2) else (one.x, one.right)
    start, end = (other.y, other.bottom) if side in (0, 2) else (other.x, other.right)
    whole = size.height if side in (0, 2) else size.width
    spans = low <= max(start, -bleed) + _NEAR and high >= min(end, whole + bleed) - _NEAR
    return spans and _edges(one, page)[side] >= bleed - _NEAR


def _line(page: Page, shape: ShapeBox) -> Iterator[Fault]:
    """Yields lines, and bars as narrow, that are too thin at all, or for the inks that they are in."""
    area, ink = area_of(shape), shape.stroke or shape.fill
    if ink is None or ink.is_technical:
        return
    width = shape.stroke_width if shape.stroke else min(area.width, area.height)
    parts = [part for part in ink.build if part] + [tint for _, tint in ink.plates]
    if 0 < width < THINNEST - 0.0005:
        zh = f"线粗 {width:.2g} pt，细于 {THINNEST:g} pt 印不出来"
        en = f"a line of {width:.2g} pt, below {THINNEST:g}, does not print"
        hint = Bilingual(f"加粗到 {THINNEST:g} pt 以上", f"draw it {THINNEST:g} pt broad or more")
        severity = Severity.ERROR if shape.stroke else Severity.WARNING  # a bar is as thin as its figure is small
        yield _fault("press-hairline", page, shape, Bilingual(zh, en), hint, severity)
    elif shape.stroke and width < HAIRLINE and (len(parts) > 1 or parts[0:1] < [100]):
        zh = f"线粗 {width:g} pt，颜色“{ink.name}”带网点或不止一色，印不实"
        en = f"a line of {width:g} pt in “{ink.name}”, a tint or several inks, breaks up"
        hint = Bilingual(
            f"加粗到 {HAIRLINE} pt，或用一种油墨的实地", f"draw it {HAIRLINE} pt broad, or in one solid ink"
        )
        yield _fault("tinted-hairline", page, shape, Bilingual(zh, en), hint)


def _group_of(box: TextBox | Drawing, boxes: Iterable[Box]) -> str:
    """Returns the name of the group that a box without one stands in."""
    groups = [one for one in boxes if isinstance(one, GroupBox | ChartBox)]
    inner = (_group_of(box, group.boxes) or group.name for group in groups if any(one is box for one in inside(group.boxes)))
    return next(inner, "")


def _fault(
    code: str,
    page: Page,
    box: TextBox | Drawing,
    message: Bilingual,
    hint: Bilingual,
    severity: Severity = Severity.WARNING,
) -> Fault:
    name = (box.slot if isinstance(box, TextBox) else "") or box.name or _group_of(box, page.boxes)
    file = "" if isinstance(box, TextBox) or not box.file else f"（{box.file}）"
    zh = f"第 {page.number} 页，母版 {page.master}，框“{name}”{file}：{message.zh}"
    en = f"page {page.number}, master {page.master}, frame “{name}”{file}: {message.en}"
    span = box.frame or (None if isinstance(box, ShapeBox) else box.span)
    return code, (page.master, name, span), Diagnostic(code, severity, Bilingual(zh, en), hint, span)
