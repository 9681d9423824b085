"""The template's masters and layouts in a deck: content goes into its placeholders. A kind of slide that needs others takes a
copy of the layout nearest to it, with the brand's drawing, in which our placeholders stand in the room for content."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import Any

from lxml import etree

from lhpub.boxes import SlideMaster, Slot
from lhpub.layout.brand import Brand, base_of
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.layouts import FIRST_ID, TYPE, Layout, Masters, place_slots
from lhpub.render.pptx.package import RELATIONSHIP
from lhpub.render.pptx.paint import Palette, find
from lhpub.render.pptx.shapes import Deck, Placeholder, Sheet
from lhpub.render.pptx.template import TITLES, Template, kind_of, placeholders_for
from lhpub.render.pptx.xml import NAMESPACES, Xml

_KEPT = ("dt", "ftr", "sldNum", *TITLES)
_MAPPED = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}


def adopt_masters(deck: Deck, template: Template, brand: Brand, masters: tuple[SlideMaster, ...]) -> Masters:
    """Returns the template's masters with all their layouts and the copies that were needed."""
    chosen = template.layouts_by_kind(brand.wanted)
    layouts: dict[str, Layout] = {}
    for source in masters:
        kind = base_of(source.name)
        base = chosen[kind]
        master = base.slide_master
        palette = Palette.of(template.theme(master), master._element)
        slots = {
            _MAPPED.get(name, name): colour for name, colour in palette.colours.items() if "link" not in name.lower()
        }
        slots |= {name: palette.colours[name] for name in ("tx1", "bg1", "tx2", "bg2") if name in palette.colours}
        scheme = Scheme({}, {name: _channels(colour) for name, colour in slots.items()})
        layouts[source.name] = _fitted(Deck(deck.package, scheme, deck.anchors, deck.date), base, source, (kind, brand))
    parts: dict[int, Any] = {}
    free = count(FIRST_ID)
    for master in template.masters:
        parts[next(free)] = master.part
        for listed in master._element.sldLayoutIdLst:
            listed.set("id", str(next(free)))
    return Masters(parts, layouts)


def _channels(colour: tuple[float, float, float]) -> tuple[int, int, int]:
    red, green, blue = (round(channel * 255) for channel in colour)
    return red, green, blue


def _fitted(deck: Deck, base: Any, source: SlideMaster, setting: tuple[str, Brand]) -> Layout:
    """Returns the template's layout for a slide master, or a copy of it where slots or drawing have no place there."""
    kind, brand = setting
    shapes = placeholders_for(kind, base)
    zones = brand.pages[kind].zones
    bound = {
        slot.name: _bound(slot, shapes[slot.name], zones[slot.name].ink) for slot in source.slots if slot.name in zones
    }
    own = tuple(slot for slot in source.slots if slot.name not in bound)
    is_titled = "title" not in bound or bound["title"].kind in TITLES
    if not own and not source.boxes and is_titled:
        return Layout(base.part, bound, source.ground, deck.scheme)
    part = deck.package.part("/ppt/slideLayouts/slideLayout*.xml", TYPE + "slideLayout+xml")
    element = _copied(base, part, source.title)
    kept = [shapes[name].element.ph.get("idx") for name in bound]
    for shape in find(element, "p:cSld/p:spTree/*[*/p:nvPr/p:ph]"):
        ph = find(shape, "*/p:nvPr/p:ph")[0]
        if not is_titled and ph.get("idx") == shapes["title"].element.ph.get("idx"):
            ph.set("type", "title")
            ph.attrib.pop("idx", None)
            bound["title"] = Placeholder("title", None, bound["title"].slot, True, bound["title"].is_recoloured)
        elif ph.get("type", "obj") not in _KEPT and ph.get("idx") not in kept:
            shape.getparent().remove(shape)
    indices = [int(index) for index in find(element, "//p:ph/@idx") if int(index) < 4_000_000]
    placed = place_slots(own, max(19, *indices, 0) + 1)
    sheet = Sheet(part, deck, last_id=max(int(id_) for id_ in find(element, "//p:cNvPr/@id")))
    tree = find(element, "p:cSld/p:spTree")[0]
    place = 2
    for box in source.boxes:
        tree.insert(place, _parsed(sheet.draw(box)))
        place += 1
    for where in placed.values():
        tree.append(_parsed(sheet.layout_placeholder(where)))
    for last in find(tree, "p:extLst"):
        tree.append(last)
    part.blob = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    listed = base.slide_master._element.sldLayoutIdLst._add_sldLayoutId()
    listed.rId = base.slide_master.part.relate_to(part, RELATIONSHIP + "slideLayout")
    return Layout(part, {**bound, **placed}, source.ground, deck.scheme)


def _copied(base: Any, part: Any, title: str) -> Any:
    """Returns a copy of a layout's element under another name, its relationships now the new part's."""
    element = etree.fromstring(etree.tostring(deepcopy(base._element)))
    moved = {
        name: part.rels._add_relationship(r.reltype, r._target, r.is_external) for name, r in base.part.rels.items()
    }
    for holder in element.iter():
        for key, value in holder.attrib.items():
            if str(key).startswith(f"{{{NAMESPACES['r']}}}") and value in moved:
                holder.set(key, moved[value])
    for name in {"type", "matchingName"} & set(element.attrib):
        del element.attrib[name]
    element.set("preserve", "1")
    element.set("userDrawn", "1")
    find(element, "p:cSld")[0].set("name", title)
    return element


def _parsed(xml: Xml) -> Any:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return etree.fromstring(f"<x {declared}>{xml}</x>")[0]


def _bound(slot: Slot, shape: Any, ink: str) -> Placeholder:
    index = shape.element.ph.get("idx")
    is_recoloured = slot.style is not None and slot.style.ink.rgb.upper() != ink.upper()
    return Placeholder(kind_of(shape), int(index) if index else None, slot, True, is_recoloured)
