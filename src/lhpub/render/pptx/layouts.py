"""The slide master, one slide layout per `SlideMaster`, and the notes master."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pptx.opc.package import Part

from lhpub.boxes import SlideMaster, Slot, Theme
from lhpub.compose.notes import NOTES
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.geometry import background, place, preset
from lhpub.render.pptx.package import RELATIONSHIP, Package
from lhpub.render.pptx.shapes import Deck, Placeholder, Sheet
from lhpub.render.pptx.text import list_style
from lhpub.render.pptx.theme import CONTENT_TYPE, theme_part
from lhpub.render.pptx.xml import Attributes, Xml, document, el
from lhpub.text.model import Ink, TextStyle
from lhpub.units import Rect, Size

TYPE = "application/vnd.openxmlformats-officedocument.presentationml."
FIRST_ID = 2_147_483_648
NOTES_SIZE = Size(540, 720)
OWN_COLOURS = Xml("<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>")
_FURNITURE = {"title": None, "dt": 10, "ftr": 11, "sldNum": 12}
_FIRST_INDEX = 20
_INK, _PAPER = Ink("dk1", "#000000"), Ink("lt1", "#FFFFFF")
_SCHEME = Scheme({"dk1": "tx1", "lt1": "bg1"})
_ACCENTS = "".join(f' accent{n}="accent{n}"' for n in range(1, 7))
_COLOUR_MAP = Xml(f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"{_ACCENTS} hlink="hlink" folHlink="folHlink"/>')


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout part of the file, the placeholder of each slot, and its ground."""

    part: Part
    placeholders: Mapping[str, Placeholder]
    ground: Ink | None
    scheme: Scheme | None = None
    """The theme colours of its master, where that is a template's."""


@dataclass(frozen=True, slots=True)
class Masters:
    """The slide masters by their ids (unique over all masters and layouts), and the layout of each `SlideMaster`."""

    parts: Mapping[int, Part]
    layouts: Mapping[str, Layout]


def add_master(deck: Deck, theme: Theme, masters: tuple[SlideMaster, ...], size: Size) -> Masters:
    """Returns lhpub's own slide master with a layout for each `SlideMaster`."""
    master = deck.package.part("/ppt/slideMasters/slideMaster1.xml", TYPE + "slideMaster+xml")
    layouts = {source.name: add_layout(deck, master, source) for source in masters}
    relations = [master.relate_to(layout.part, RELATIONSHIP + "slideLayout") for layout in layouts.values()]
    ids = (el("p:sldLayoutId", {"id": FIRST_ID + n, "r:id": relation}) for n, relation in enumerate(relations, 1))
    theme_ = deck.package.part("/ppt/theme/theme*.xml", CONTENT_TYPE, theme_part(theme))
    master.relate_to(theme_, RELATIONSHIP + "theme")
    sheet = Sheet(master, deck)
    tree = sheet.tree((), *(sheet.layout_placeholder(where) for where in _master_placeholders(size)))
    content = (el("p:cSld", None, background(_PAPER, _SCHEME), tree), _COLOUR_MAP, el("p:sldLayoutIdLst", None, *ids))
    lists = (
        el("p:titleStyle", None, default_levels("major", 36, 1)),
        el("p:bodyStyle", None, default_levels("minor", 20, 5)),
        el("p:otherStyle", None, default_levels("minor", 18, 5)),
    )
    master.blob = document("p:sldMaster", "apr", None, *content, el("p:txStyles", None, *lists))
    return Masters({FIRST_ID: master}, layouts)


def add_layout(deck: Deck, master: Part, source: SlideMaster) -> Layout:
    """Returns a new layout of the master: ground and fixed drawing first, then the placeholders."""
    part = deck.package.part("/ppt/slideLayouts/slideLayout*.xml", TYPE + "slideLayout+xml")
    part.relate_to(master, RELATIONSHIP + "slideMaster")
    placeholders = place_slots(source.slots)
    sheet = Sheet(part, deck)
    tree = sheet.tree(source.boxes, *(sheet.layout_placeholder(where) for where in placeholders.values()))
    content = el("p:cSld", {"name": source.title}, background(source.ground, deck.scheme), tree)
    attributes: Attributes = {"preserve": True, "userDrawn": True}
    part.blob = document("p:sldLayout", "apr", attributes, content, OWN_COLOURS)
    return Layout(part, placeholders, source.ground)


def place_slots(slots: tuple[Slot, ...], first: int = _FIRST_INDEX) -> dict[str, Placeholder]:
    """Returns each slot's placeholder. Title, date, footer and number exist once a layout and have the idx that
    Office gives them; a second of a kind is a body. The others count on from `first`."""
    placed: dict[str, Placeholder] = {}
    for n, slot in enumerate(slots, first):
        kind = slot.kind
        if kind in _FURNITURE and kind in (other.kind for other in placed.values()):
            kind = "body"
        placed[slot.name] = Placeholder(kind, _FURNITURE.get(kind, n), slot)
    return placed


def default_levels(family: str, size: float, levels: int) -> Xml:
    """Returns list levels with the breaking rules of East Asian text (ECMA-376 21.1.2.2.7)."""
    style = TextStyle("", family, 400, size, size * 1.4, _INK)
    breaking = ' eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
    return Xml(list_style(style, _SCHEME, levels).replace(' algn="l">', ' algn="l"' + breaking))


def _master_placeholders(size: Size) -> tuple[Placeholder, ...]:
    """Returns the five placeholders of a master, from which those of the layouts inherit by type."""
    x, width, foot = size.width * 0.06, size.width * 0.88, size.height * 0.93

    def slot(name: str, kind: str, rect: Rect, family: str, points: float) -> Slot:
        return Slot(name, kind, rect, TextStyle(name, family, 400, points, points * 1.4, _INK), name)  # type: ignore[arg-type]

    third = width / 3
    return (
        Placeholder("title", None, slot("标题", "title", Rect(x, size.height * 0.1, width, 72), "major", 36)),
        Placeholder(
            "body", 1, slot("正文", "body", Rect(x, size.height * 0.28, width, size.height * 0.6), "minor", 20)
        ),
        Placeholder("dt", 2, slot("日期", "dt", Rect(x, foot, third, 20), "minor", 12)),
        Placeholder("ftr", 3, slot("页脚", "ftr", Rect(x + third, foot, third, 20), "minor", 12)),
        Placeholder("sldNum", 4, slot("页码", "sldNum", Rect(x + 2 * third, foot, third, 20), "minor", 12)),
    )


def picture_on_notes(size: Size, foot: float) -> Rect:
    """Returns where a slide's picture stands on a notes page over notes that begin at `foot`, in points."""
    width = min(NOTES.width, (foot - 90) * size.width / size.height)
    return Rect((NOTES_SIZE.width - width) / 2, 60, width, width * size.height / size.width)


def add_notes_master(package: Package, theme: Theme, size: Size) -> Part:
    """Returns the notes master: the slide's picture over the speaker's text, with a theme of its own."""
    part = package.part("/ppt/notesMasters/notesMaster1.xml", TYPE + "notesMaster+xml")
    part.relate_to(package.part("/ppt/theme/theme*.xml", CONTENT_TYPE, theme_part(theme)), RELATIONSHIP + "theme")
    sheet = Sheet(part, Deck(package, _SCHEME, {}, ""))
    body = Slot("备注", "body", NOTES, TextStyle("", "minor", 400, 12, 18, _INK), "备注")
    picture = slide_image(sheet, place(picture_on_notes(size, NOTES.y)) + preset("rect"))
    tree = sheet.tree((), picture, sheet.layout_placeholder(Placeholder("body", 1, body)))
    content = el("p:cSld", None, background(_PAPER, _SCHEME), tree)
    lists = el("p:notesStyle", None, default_levels("minor", 12, 5))
    part.blob = document("p:notesMaster", "apr", None, content, _COLOUR_MAP, lists)
    return part


def slide_image(sheet: Sheet, geometry: str = "") -> Xml:
    """Returns the placeholder of the slide's picture on a notes page."""
    locks = Xml('<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>')
    application = Xml('<p:nvPr><p:ph type="sldImg"/></p:nvPr>')
    head = el("p:nvSpPr", None, sheet.named("幻灯片图像", ""), locks, application)
    return el("p:sp", None, head, el("p:spPr", None, Xml(geometry)))
