"""Reads a layout folder: declared keys, then what only a reader can know: names that exist, frames that say one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lhpub.diagnostics import Diagnostic, Rejected
from lhpub.layout.below import NEVER, check_roles, dressed
from lhpub.layout.extends import layout_folder, load_layout
from lhpub.layout.meaning import check_meaning
from lhpub.layout.model import LayoutSpec, Style, measures_of
from lhpub.layout.names import ArtName, names_in
from lhpub.layout.printing import BLEED, read_inks
from lhpub.layout.svg import Art, read_art
from lhpub.layout.unread import check_read
from lhpub.source.declared import read_declared
from lhpub.source.load import load_source
from lhpub.source.node import Mapping as Mapped
from lhpub.source.node import Node
from lhpub.source.report import Report
from lhpub.text.model import Ink, TextStyle
from lhpub.units import POINTS_PER_MM
from lhpub.world import World


@dataclass(frozen=True)
class Layout:
    """A layout ready to compose with: the declared parts, and its colours, styles and drawings resolved."""

    name: str
    spec: LayoutSpec
    inks: Mapping[str, Ink]
    styles: Mapping[str, TextStyle]
    art: Mapping[str, Art] = field(default_factory=dict)
    resized: frozenset[str] = frozenset()
    """The type styles whose size it writes over another layout's."""
    below: Layout | None = None
    below_deck: Layout | None = None
    """The layout it rests on, in its own colours and type; and for slides."""

    def style(self, name: str, colour: str | None = None) -> TextStyle:
        """Returns a type style, in another colour if one is named."""
        style = self.styles[name]
        return replace(style, ink=self.inks[colour]) if colour else style


def read_layout(world: World, folder: Path) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Returns the layout in `folder`, with the one it rests on, and its warnings; raises Rejected with every error."""
    layout, report = _read_one(world, folder)
    name = layout.spec.fallback
    if name in (NEVER, layout.name):
        return layout, report.finish()
    below, under = _read_one(world, layout_folder(world, folder, name))
    under.finish()
    check_roles(layout.spec, below.spec, report)
    warnings = report.finish()
    roles = layout.spec.roles
    on_slides = dressed(below, layout, roles | layout.spec.deck.roles)
    return replace(layout, below=dressed(below, layout, roles), below_deck=on_slides), warnings


def _read_one(world: World, folder: Path) -> tuple[Layout, Report]:
    report = Report()
    spec = read_declared(load_layout(world, folder, report), LayoutSpec, report)
    if spec is None:
        raise Rejected(report.diagnostics)
    bleed = spec.press.bleed if spec.press else BLEED
    spec = replace(spec, brochure=replace(spec.brochure, bleed=bleed * POINTS_PER_MM / spec.brochure.points))
    check_meaning(spec, report)
    report.extend(check_read(spec))
    inks = read_inks(spec.palette, spec.inks, report)
    drawings = dict.fromkeys(name for name in names_in(spec) if isinstance(name, ArtName))
    art = {str(name): read_art(world, name, inks, report) for name in drawings}
    report.finish()
    layout = resolved(folder.name, spec, {name: found for name, found in art.items() if found}, inks)
    return replace(layout, resized=_resized(load_source(world, folder / "layout.yaml")) if spec.extends else frozenset()), report


def _resized(node: Node) -> frozenset[str]:
    styles = node.get("styles") if isinstance(node, Mapped) else None
    entries = styles.entries if isinstance(styles, Mapped) else ()
    return frozenset(name.text for name, style in entries if isinstance(style, Mapped) and style.get("size") is not None)


def resolved(name: str, spec: LayoutSpec, art: Mapping[str, Art], inks: Mapping[str, Ink]) -> Layout:
    """Returns a layout with its styles resolved."""
    styles = {name: _resolve_style(name, style, spec, inks) for name, style in spec.styles.items()}
    return Layout(name, spec, inks, styles, art)


def _resolve_style(name: str, style: Style, spec: LayoutSpec, inks: Mapping[str, Ink]) -> TextStyle:
    size, leading = measures_of(style, spec.brochure)
    return TextStyle(
        name=name,
        family=spec.fonts.get(style.font, style.font),
        weight=style.weight,
        size=size,
        leading=leading,
        ink=inks[style.colour],
        align=style.align,
        tracking=style.tracking / 1000,
        indent=style.indent,
        profile=f"zh-CN/{style.profile}{'+hang' * style.hanging}",
        floor=None if style.lines else style.floor,
    )
