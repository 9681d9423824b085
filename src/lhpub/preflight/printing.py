"""What a print shop sends a brochure back for, found on the composition: each fault with its page, master and frame."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.boxes import Composition, ImageBox, Page, ShapeBox, TextBox
from lhpub.compose.texts import inked
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.preflight.ground import grounds
from lhpub.preflight.limits import BLACK_FROM
from lhpub.text.model import NO_INK, Build, GlyphRun, Ink, Separation
from lhpub.units import mm, to_mm
from lhpub.walk import flatten, page_boxes

SAFE = mm(3)
"""Type nearer to the trim may be cut."""
REVERSED, REVERSED_THIN, THIN = 8.0, 9.0, 400
"""Points: the least size of type left white in several inks; of weights below THIN."""
HAIRLINE = 0.35
"""Points: below it a line is printed in one solid ink, for a screen or a misregister breaks it."""
_OFF = 0.5
"""Points outside the trim from which a text is meant to be cut, or is told elsewhere to leave the page."""
Fault = tuple[str, str, Diagnostic]
"""Code, frame and what is told."""
_PANEL = 5
"""Segments of a rectangle's path at most."""
_SINGLE_LEAF = 2
"""Pages up to which nothing is bound: every edge is cut."""


def is_black(ink: Ink) -> bool:
    """True for black alone."""
    cyan, magenta, yellow, black = ink.build
    return not ink.plates and not (cyan or magenta or yellow) and black >= BLACK_FROM


def total_ink(build: Build, plates: tuple[tuple[Separation, float], ...] = ()) -> float:
    """Returns the ink on a spot in percent, all plates summed; finishes are none."""
    return sum(build) + sum(tint for plate, tint in plates if not plate.technical)


def check_printing(composition: Composition, limit: float) -> Iterator[Diagnostic]:
    """Yields too much ink, type and lines that do not hold in print, and type that may be cut: a frame of a master and its
    fault once, at the first page that shows it."""
    told: set[tuple[str, str, str]] = set()
    for page in composition.pages:
        for code, name, diagnostic in _faults(page, composition, limit):
            if (place := (code, page.master, name)) not in told:
                told.add(place)
                yield diagnostic


def _faults(page: Page, composition: Composition, limit: float) -> Iterator[Fault]:
    for box, ground in grounds(page, composition):
        shown = [run for line in box.lines for run in line.runs if run.glyphs]
        yield from _ink(page, box, ground, shown, limit)
        yield from _reversed(page, box, ground, shown)
        yield from _trim(page, box, len(composition.pages))
    for shape in flatten(page_boxes(page, composition)):
        if isinstance(shape, ShapeBox | ImageBox):
            yield from _bleed(page, shape)
        if isinstance(shape, ShapeBox):
            yield from _drawn_ink(page, shape, limit)
        if isinstance(shape, ShapeBox) and shape.stroke:
            yield from _hairline(page, shape, shape.stroke)


def stacked_ink(ink: Ink, ground: Ink | None) -> float:
    """Returns the ink where an ink lies on a ground: an overprinting one leaves every plate that it does not print."""
    if ground is None or not (is_black(ink) if ink.overprint is None else ink.overprint):
        return total_ink(ink.build, ink.plates)
    plates = dict(ground.plates) | dict(ink.plates)
    c, m, y, k = (own or under for own, under in zip(ink.build, ground.build or NO_INK, strict=True))
    return total_ink((c, m, y, k), tuple(plates.items()))


def _ink(page: Page, box: TextBox, ground: Ink | None, shown: list[GlyphRun], limit: float) -> Iterator[Fault]:
    most = max((stacked_ink(run.ink, ground) for run in shown), default=0.0)
    if most > limit + 0.5:
        zh = f"字连同底色总墨量 {most:.0f}%，超过 {limit:g}%"
        en = f"text and ground come to {most:.0f} % of ink, over {limit:g}"
        hint = Bilingual("底色改浅，或给字色写 overprint: false", "lighten the ground, or set overprint: false")
        yield _fault("ink-total", page, box, Bilingual(zh, en), hint, Severity.ERROR)


def _drawn_ink(page: Page, shape: ShapeBox, limit: float) -> Iterator[Fault]:
    """Yields a drawing whose own ink is too much: one in a colour, or in a gradient's darkest."""
    inks = [ink for _, ink in shape.gradient.stops] if shape.gradient else [ink for ink in (shape.fill, shape.stroke) if ink]
    most = max(inks, key=lambda ink: total_ink(ink.build, ink.plates), default=None)
    if most and (total := total_ink(most.build, most.plates)) > limit + 0.5:
        zh = f"颜色“{most.name}”总墨量 {total:.0f}%，超过 {limit:g}%"
        en = f"colour “{most.name}” has {total:.0f} % of ink, over {limit:g}"
        hint = Bilingual("把这个颜色的 cmyk 改浅", "lighten the cmyk of this colour")
        yield _fault("ink-total", page, shape, Bilingual(zh, en), hint, Severity.ERROR)


def _reversed(page: Page, box: TextBox, ground: Ink | None, shown: list[GlyphRun]) -> Iterator[Fault]:
    plates = sum(part > 0 for part in ground.build) + len(ground.plates) if ground else 0
    for run in shown:
        least = REVERSED_THIN if run.font.weight < THIN else REVERSED
        if plates > 2 and run.ink.is_unprinted and run.size < least:
            zh = f"{run.size:g} pt 的字在 {plates} 种油墨里反白（至少 {least:g} pt），套不准就糊"
            en = f"type of {run.size:g} pt is left white in {plates} inks; the least is {least:g}"
            hint = Bilingual(
                "放大、加粗，或底色至多两种油墨", "set it larger or bolder, or use two inks at most for the ground"
            )
            yield _fault("reversed-type", page, box, Bilingual(zh, en), hint)
            return


def _trim(page: Page, box: TextBox, pages: int) -> Iterator[Fault]:
    if (area := inked(box)) is None:
        return
    left, right = area.x, page.size.width - area.right
    if pages > _SINGLE_LEAF:  # the spine is not cut
        left, right = (left, SAFE) if page.number % 2 == 0 else (SAFE, right)
    near = min(left, right, area.y, page.size.height - area.bottom)
    if -_OFF < near < SAFE - 0.05:
        zh, en = (
            f"离裁切边只有 {to_mm(near):.1f} 毫米（至少 3）",
            f"it is {to_mm(near):.1f} mm from the trim, the least is 3",
        )
        yield _fault("near-trim", page, box, Bilingual(zh, en), Bilingual("往里移", "move it in"))


def _bleed(page: Page, box: ShapeBox | ImageBox) -> Iterator[Fault]:
    """Yields a panel or picture on bare paper that is cut, yet ends short of the bleed: cut a little outside, paper shows."""
    if page.ground and not page.ground.is_unprinted:
        return
    if isinstance(box, ShapeBox) and (not box.fill or box.even_odd or len(box.path) > _PANEL or box.fill.is_unprinted):
        return
    edges = (box.rect.x, box.rect.y, page.size.width - box.rect.right, page.size.height - box.rect.bottom)
    if short := [edge for edge in edges if 0.05 - page.bleed < edge < 0.05]:
        zh = f"碰到裁切边，出血只到 {to_mm(max(-min(short), 0.0)):.1f} 毫米（{to_mm(page.bleed):g}）"
        en = f"it is cut, yet bleeds {to_mm(max(-min(short), 0.0)):.1f} mm of {to_mm(page.bleed):g}"
        hint = Bilingual(
            "画到出血边（right: bleed …），或离开裁切边", "draw it to the bleed (right: bleed …) or off the trim"
        )
        yield _fault("bleed-short", page, box, Bilingual(zh, en), hint, Severity.ERROR)


def _hairline(page: Page, shape: ShapeBox, ink: Ink) -> Iterator[Fault]:
    parts = [part for part in ink.build if part] + [tint for _, tint in ink.plates]
    if 0 < shape.stroke_width < HAIRLINE and not ink.is_technical and (len(parts) > 1 or parts[0:1] < [100]):
        zh = f"线粗 {shape.stroke_width:g} pt，颜色“{ink.name}”带网点或不止一色，印不实"
        en = f"a line of {shape.stroke_width:g} pt in “{ink.name}”, a tint or several inks, breaks up"
        hint = Bilingual(
            f"加粗到 {HAIRLINE} pt，或用一种油墨的实地", f"draw it {HAIRLINE} pt broad, or in one solid ink"
        )
        yield _fault("tinted-hairline", page, shape, Bilingual(zh, en), hint)


def _fault(
    code: str,
    page: Page,
    box: TextBox | ShapeBox | ImageBox,
    message: Bilingual,
    hint: Bilingual,
    severity: Severity = Severity.WARNING,
) -> Fault:
    name = (box.slot if isinstance(box, TextBox) else "") or box.name
    zh = f"第 {page.number} 页，母版 {page.master}，框“{name}”：{message.zh}"
    en = f"page {page.number}, master {page.master}, frame “{name}”: {message.en}"
    span = (box.frame or box.span) if isinstance(box, TextBox) else None
    return code, name, Diagnostic(code, severity, Bilingual(zh, en), hint, span)
