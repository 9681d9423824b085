"""A share: one square per thing counted, or one bar with ticks at each tenth (civic §8.2, charts/spec §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from math import degrees

from lhpub.charts.drawing import Drawing, Piece, Place, Plotted
from lhpub.charts.items import alt_text, chart_item, said, shared
from lhpub.charts.rules import check_values, problem
from lhpub.diagnostics import Diagnostic
from lhpub.inline import Inline, parted
from lhpub.kinds.chart import Tick
from lhpub.kinds.share import ShareChart, ShareStyle
from lhpub.kinds.style import ChartInks
from lhpub.layout.check import LEAST_CONTRAST, contrast
from lhpub.publication.model import ShareSpec
from lhpub.text.model import TextStyle
from lhpub.units import Rect

MOST_SQUARES = 8000
"""More would be finer than print shows and heavy to draw; then it is a bar."""
BLANK = "　"
_LEAST = 8
"""Em of room that the rest's words need beside the part's; else they stand under them."""
_Drawing = Drawing[ShareChart, ShareStyle]


def check_share(spec: ShareSpec) -> Iterator[Diagnostic]:
    """Yields what a share cannot show: bounds, parts that do not make the whole, a percentage that is not theirs."""
    facts = tuple(item.fact for item in (*spec.items, spec.whole))
    if problems := [*check_values(spec, facts), *check_values(spec, (spec.share,))]:
        yield from problems
        return
    yield from (problem("share-bound", fact.span, fact.id) for fact in facts if fact.bound)
    part, rest, whole = (fact.value or Decimal(0) for fact in facts)
    share = spec.share.value
    if part + rest != whole or min(part, rest) < 0 or not whole:
        yield problem("share-sum", spec.span, f"{part} + {rest} ≠ {whole}")
    elif share is not None and abs(part * 100 / whole - share) > Decimal("0.5"):
        yield problem("share-wrong", spec.share.span, f"{share}% ≠ {part} ÷ {whole}")


def resolve_share(spec: ShareSpec, inks: ChartInks) -> ShareChart:
    """Returns the part and the rest of a whole."""
    ticks = tuple(Tick(Decimal(n), {0: "0", 50: "50%", 100: "100%"}.get(n, "")) for n in range(0, 101, 10))
    pairs = ((spec.part, inks.groups[0]), (spec.rest, inks.rest), (spec.whole, inks.rest))
    part, rest, total = (chart_item(item, ink, inks.groups[0]) for item, ink in pairs)
    of, share = shared(spec), spec.share.figure
    assert share is not None  # check_share has seen to it
    stated = parted("，", (said(total), (Inline("其中"), *said(part)), (Inline("占"), *share.inlines()), said(rest)))
    return ShareChart(
        **of, items=(part, rest), total=total, share=share, ticks=ticks, told=alt_text("占比图", of, stated),
    )  # fmt: skip


def draw_share(drawing: _Drawing) -> Plotted:
    """Returns where a native bar lies, its name at the left and its percentage at the right, after drawing field, ring or bar
    with its words."""
    drawn, like = _draw(drawing), drawing.style.label
    if like is None:
        return Plotted(drawn)
    chart = drawing.chart
    name, figure = (
        drawing.width(drawing.paragraph(like, words)) * 1.1 + 10 for words in (chart.items[0].label, chart.share)
    )
    height = min(max(drawn.height, 2 * like.size), drawing.rect.height)
    plot = Rect(drawing.rect.x + name, drawn.y, max(drawing.rect.width - name - figure, drawing.rect.width / 3), height)
    return Plotted(plot, like, like)


def _draw(drawing: _Drawing) -> Rect:
    if drawing.style.form == "ring":
        return _draw_ring(drawing)
    values = [item.value for item in drawing.chart.items]
    countable = all(value == value.to_integral_value() for value in values) and sum(values) <= MOST_SQUARES
    return _draw_squares(drawing) if drawing.style.form == "squares" and countable else _draw_bar(drawing)


def _draw_squares(drawing: _Drawing) -> Rect:
    """The field is filled column by column from the top left, the part first, in squares as large as fit."""
    (part, rest), style, canvas, plot = drawing.chart.items, drawing.style, drawing.canvas, drawing.plot
    count, first = int(part.value + rest.value), int(part.value)
    pitch, fewest = max((min(plot.width / -(-count // n), plot.height / n), -n) for n in range(1, count + 1))
    rows, side = -fewest, pitch * style.square
    field = replace(plot, height=rows * pitch)
    squares = [Rect(field.x + i // rows * pitch, field.y + i % rows * pitch, side, side) for i in range(count)]
    canvas.rectangles(squares[:first], drawing.fill("part", part.ink))
    canvas.rectangles(squares[first:], drawing.fill("rest", rest.ink))
    split, y = field.x + field.width * first / count, field.bottom + style.rule_gap
    for ink, left, right in ((part.ink, field.x, split - 1), (style.tick, split + 1, field.right)):
        rule = [(left, y, right, y)] if left < right else []
        canvas.lines(rule, drawing.stroke("rule", ink, style.heavy_width))
    if style.label and style.second:
        label, top = style.label, field.bottom + style.label_gap
        named = drawing.text("part", Place(field.x, top), drawing.paragraph(label, part.label, part.figure))
        x = max(split + 1, named.rect.right + 2 * label.size)
        others: list[Piece] = [rest.label, rest.figure, BLANK] if rest.value else []
        words = drawing.paragraph(style.second, *others, *_share(drawing, style.second, True))
        place = Place(x, top, width=field.right - x)
        if field.right - x < _LEAST * label.size:  # the part leaves no room beside its name
            place = Place(field.x, named.rect.bottom + label.size / 2, width=field.width)
        drawing.text("rest", place, words)
    return field


def _draw_ring(drawing: _Drawing) -> Rect:
    """The part runs clockwise from the top, in the accent; its share stands at the upper right, the rest at the lower."""
    (part, rest), style, canvas, plot = drawing.chart.items, drawing.style, drawing.canvas, drawing.plot
    radius = min(plot.width, plot.height) / 2
    ring = Rect(plot.x, plot.y + plot.height / 2 - radius, 2 * radius, 2 * radius)
    angle = float(part.value * 360 / (part.value + rest.value))
    half_gap = degrees(0.5 / radius)
    for item, ink, start, end in ((part, style.accent, 0.0, angle), (rest, rest.ink, angle, 360.0)):
        name = "part" if item is part else "rest"
        canvas.sector(ring, (start - 90 + half_gap, end - 90 - half_gap), style.ring, drawing.fill(name, ink))
    if style.label and style.second:
        figure = drawing.chart.share
        share: list[Piece] = [part.label, style.words[0], figure] if figure else [part.label, part.figure]
        drawing.text("part", Place(drawing.rect.right, plot.y, "right"), drawing.paragraph(style.label, *share))
        if rest.value:
            words = drawing.paragraph(style.second, rest.label, rest.figure)
            drawing.text("rest", Place(drawing.rect.right, plot.bottom, "right", hang="bottom"), words)
    return ring


def _draw_bar(drawing: _Drawing) -> Rect:
    """Words stand in their part where they fit, else over it."""
    chart, style, canvas, bar = drawing.chart, drawing.style, drawing.canvas, drawing.plot
    (part, rest), scale = chart.items, canvas.axes(bar, (0, 100), (0, 1))
    split = scale(float(part.value * 100 / (part.value + rest.value)), 0)[0]
    areas = (replace(bar, width=split - bar.x), replace(bar, x=split, width=bar.right - split))
    canvas.rectangles(areas[:1], drawing.fill("part", part.ink))
    canvas.rectangles(areas[1:], drawing.fill("rest", rest.ink))
    top = bar.bottom + style.rule_gap
    foot = top + style.tick_lengths[0]
    below = y = max(bar.bottom + style.label_gap, foot)
    for tick in chart.ticks:
        x = scale(float(tick.value), 0)[0]
        pen = drawing.stroke("tick", style.tick, style.tick_width)
        canvas.lines([(x, top, x, foot if tick.label else (top + foot) / 2)], pen)
        place = Place(x, y, "centre" if bar.x < x < bar.right else "left")
        for box in drawing.ticked(tick, place if x < bar.right else replace(place, align="right")):
            canvas.text(box)
            below = box.rect.bottom
    if style.label and style.second:
        _draw_inside(drawing, areas[0], 0, (replace(style.label, ink=style.ground), style.label))
        if rest.value:
            is_clear = contrast(style.second.ink.rgb, rest.ink.rgb) >= LEAST_CONTRAST
            within = style.second if is_clear else replace(style.second, ink=style.label.ink)
            _draw_inside(drawing, areas[1], 1, (within, style.second))
        under = style.note or style.second
        words = drawing.paragraph(under, *_share(drawing, under, False))
        drawing.text("share", Place(bar.x, below + style.label_gap), words)
    return bar


def _draw_inside(drawing: _Drawing, area: Rect, index: int, styles: tuple[TextStyle, TextStyle]) -> None:
    """Draws a part's name and figure within it (first style), or over the bar at that end (second)."""
    item, inside, name = drawing.chart.items[index], drawing.style.inside, ("part", "rest")[index]
    place = Place(area.x + inside, area.y + area.height / 2, hang="middle")
    words = drawing.paragraph(styles[0], item.label, item.figure)
    if drawing.width(words) + 2 * inside > area.width:
        words = drawing.paragraph(styles[1], item.label, item.figure)
        place = Place(area.x if index == 0 else area.right, area.y - 6, "right" if index else "left", hang="bottom")
    drawing.text(name, place, words)


def _share(drawing: _Drawing, style: TextStyle, squares: bool) -> list[Piece]:
    """Returns 龙华区占23.9%　一格为一家，共4923家."""
    chart, (takes, one, whole) = drawing.chart, drawing.style.words
    share: list[Piece] = [chart.items[0].label, takes, chart.share, BLANK] if chart.share else []
    return [*share, *([f"{one}{chart.unit}，"] if squares else []), whole, chart.total.figure]
