"""The layout below a layout: plain's masters in a look's colours and type. They keep their own names: nothing is merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lhpub.diagnostics import Bilingual
from lhpub.layout.model import LayoutSpec, Medium, measures_of
from lhpub.layout.names import ColourName
from lhpub.source.report import Report, did_you_mean

if TYPE_CHECKING:
    from lhpub.layout.read import Layout

NEVER = "never"
_LARGE = 34
"""Points from which a role's weight is taken as it is; smaller type is not thinner than 500."""


def check_roles(look: LayoutSpec, below: LayoutSpec, report: Report) -> None:
    """Reports roles that the layout below does not have, and those given to no colour or type style of the look."""
    fonts = (*below.fonts, *below.deck.fonts)
    for role, name in (*look.roles.items(), *look.deck.roles.items()):
        known = look.palette if role in below.palette else look.styles
        if role not in below.palette and role not in fonts:
            message = Bilingual(f"“{role}”不是一种角色", f"“{role}” is no role")
            report.error("unknown-name", name.span, message, did_you_mean(role, (*below.palette, *fonts)))
        elif name not in known:
            what = ("颜色", "colour") if role in below.palette else ("文字样式", "type style")
            message = Bilingual(f"没有叫“{name}”的{what[0]}", f"there is no {what[1]} “{name}”")
            report.error("unknown-name", name.span, message, did_you_mean(name, known))


def dressed(below: Layout, look: Layout, roles: Mapping[str, str]) -> Layout:
    """Returns the layout below on the look's paper: each of its colours and fonts is the one that plays its role in the look,
    by `roles`, or by the same name."""
    spec = below.spec
    brochure, deck = on_paper(spec.brochure, look.spec.brochure), on_paper(spec.deck, look.spec.deck)
    inks = {name: look.inks.get(roles.get(name, name), ink) for name, ink in below.inks.items()}
    charts = look.spec.deck.chart_inks
    inks |= {f"{look.name}-{name}": look.inks[name] for name in charts.values()}
    deck = replace(deck, chart_inks={ink: ColourName(f"{look.name}-{name}") for ink, name in charts.items()})
    spec = replace(spec, brochure=brochure, deck=deck, title=look.spec.title)
    styles = {}
    for name, style in spec.styles.items():
        own = replace(below.styles[name], ink=inks[style.colour])
        role = roles.get(style.font)
        if role is not None:
            like = look.styles[role]
            weight = like.weight if own.size >= _LARGE else max(like.weight, min(style.weight, 500))
            family = style.font if style.font in deck.fonts else like.family
            own = replace(own, family=family, weight=weight)
        size, leading = measures_of(style, brochure)
        styles[name] = replace(own, size=size, leading=leading)
    return replace(below, spec=spec, inks=inks, styles=styles)


def on_paper(below: Medium, look: Medium) -> Medium:
    """Returns a medium of the layout below on a look's paper, with its theme's faces."""
    scale = look.points / below.points
    width, height = (length * scale for length in look.size)
    below = replace(below, date=look.date, footer=look.footer, fade=look.fade, fonts=look.fonts or below.fonts)
    return replace(below, size=(width, height), bleed=look.bleed * scale)
