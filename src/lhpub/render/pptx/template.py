"""A designer's own .pptx: which of its layouts and placeholders serve which slide master, and what of it is kept.

A layout serves the `SlideMaster` that has its name, else one whose slots and its placeholders pair off by type. Where
there is none, lhpub's own layout is added under the template's master, in the template's theme.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn

from lhpub.boxes import SlideMaster, Slot
from lhpub.diagnostics import Bilingual, Diagnostic, Language, Rejected, Severity
from lhpub.render.pptx.layouts import FIRST_ID, Layout, Masters, add_layout
from lhpub.render.pptx.package import RELATIONSHIP
from lhpub.render.pptx.shapes import Deck, Placeholder
from lhpub.render.pptx.xml import EMU_PER_POINT
from lhpub.units import Rect, Size

_LIMIT = 400_000_000
_FITTING = {
    "title": ("title", "ctrTitle"), "body": ("body", "subTitle", "obj"), "tbl": ("tbl", "obj"), "chart": ("chart", "obj"),
    "pic": ("pic", "obj"),
}  # fmt: skip
_FURNITURE = ("dt", "ftr", "sldNum")


@dataclass(frozen=True, slots=True)
class Match:
    """What serves a slide master. `master`: it with the places that its slots have in the template; `layout`: its name,
    None if lhpub adds its own; `found`: slot and placeholder; `missing`: slots that become text boxes."""

    master: SlideMaster
    layout: str | None
    found: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What a template holds and what it will be used for. Composing with `masters` measures texts in its places."""

    size: Size
    layouts: tuple[tuple[str, tuple[str, ...]], ...]
    matches: tuple[Match, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def masters(self) -> tuple[SlideMaster, ...]:
        return tuple(match.master for match in self.matches)

    def lines(self, language: Language) -> tuple[str, ...]:
        """Returns the report: the layouts that are there, then what serves each master."""
        there, used, own = ("有", "用", "lhpub 自带版式") if language == "zh" else ("has", "uses", "lhpub's own layout")
        has = (f"{there} {name}: {'、'.join(names)}" for name, names in self.layouts)
        pairs = ("、".join(f"{slot} ← {name}" for slot, name in match.found) for match in self.matches)
        uses = (f"{used} {m.master.title} ← {m.layout or own} {p}" for m, p in zip(self.matches, pairs, strict=True))
        return (*has, *map(str.rstrip, uses))


class Template:
    """An opened template: its masters' parts, its layouts."""

    def __init__(self, data: bytes, size: Size | None = None) -> None:
        """Raises Rejected if the bytes are no presentation that can be read, or if its slides are not of `size`."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(info.file_size for info in archive.infolist()) > _LIMIT:
                    raise ValueError("unpacked it is too large")
            presentation: Any = Presentation(io.BytesIO(data))
            masters = list(presentation.slide_masters)
            self.masters: list[Any] = [master.part for master in masters]
            self.layouts: list[Any] = [layout for master in masters for layout in master.slide_layouts]
            self.size = Size(presentation.slide_width / EMU_PER_POINT, presentation.slide_height / EMU_PER_POINT)
            if not self.layouts:
                raise ValueError("it has no slide master with a layout")
        except Exception as fault:  # a broken file can fail anywhere inside the library
            said = Bilingual("模板读不出：文件残缺，或不是 .pptx", f"the template cannot be read: {fault}")
            hint = Bilingual("用 PowerPoint 打开后另存为 .pptx", "open it in PowerPoint and save it as .pptx")
            raise Rejected((Diagnostic("template-unreadable", Severity.ERROR, said, hint),)) from fault
        if size and max(abs(size.width - self.size.width), abs(size.height - self.size.height)) > 1:
            both = f"{self.size.width:g} × {self.size.height:g} pt ≠ {size.width:g} × {size.height:g} pt"
            said = Bilingual(
                f"模板的幻灯片大小与版式不同：{both}", f"the template's slides are of another size: {both}"
            )
            hint = Bilingual(
                "在“设计→幻灯片大小”中改成一致，或换 --aspect", "change Design > Slide Size, or use --aspect"
            )
            raise Rejected((Diagnostic("template-size", Severity.ERROR, said, hint),))

    def kept_parts(self) -> list[Any]:
        """Returns what the masters need. All else stays behind: slides, notes, thumbnail, authors, printer settings."""
        found: dict[str, Any] = {}
        waiting = list(self.masters)
        while waiting:
            part = waiting.pop()
            if str(part.partname) not in found:
                found[str(part.partname)] = part
                _mend(part)
                waiting += [relation.target_part for relation in part.rels.values() if not relation.is_external]
        return list(found.values())

    def match(self, master: SlideMaster, others: tuple[SlideMaster, ...]) -> tuple[Match, Layout | None]:
        """Returns what serves a slide master, and that layout with its placeholders; none that is named for another."""
        reserved = {name for other in others for name in _names(other)}
        named = [layout for layout in self.layouts if layout.name.casefold() in _names(master)]
        # Texts composed for a ground of their own would be lost on the template's plain one.
        is_plain = master.ground == Counter(other.ground for other in others).most_common(1)[0][0]
        unnamed = (layout for layout in self.layouts if is_plain and layout.name.casefold() not in reserved)
        for layout in named or unnamed:
            placed = _fill_slots(master.slots, list(layout.placeholders))
            used = [shape.element for shape in placed.values()]
            content = (shape for shape in layout.placeholders if _kind(shape) not in _FURNITURE)
            if named or (len(placed) == len(master.slots) and all(shape.element in used for shape in content)):
                slots = tuple(_moved(slot, placed.get(slot.name)) for slot in master.slots)
                found = tuple((name, shape.name) for name, shape in placed.items())
                missing = tuple(slot.name for slot in slots if slot.name not in placed)
                places = {slot.name: _bound(slot, placed[slot.name]) for slot in master.slots if slot.name in placed}
                match = Match(replace(master, slots=slots), layout.name, found, missing)
                return match, Layout(layout.part, places, master.ground)
        return Match(master, None), None


def adopt_masters(deck: Deck, template: Template, masters: tuple[SlideMaster, ...]) -> Masters:
    """Returns the template's masters with all their layouts, and lhpub's own layouts where the template has none."""
    layouts: dict[str, Layout] = {}
    first = template.masters[0]
    for source in masters:
        layout = template.match(source, masters)[1]
        if layout is None:
            layout = add_layout(deck, first, source, shows_master=False)
            listed = first._element.sldLayoutIdLst._add_sldLayoutId()
            listed.rId = first.relate_to(layout.part, RELATIONSHIP + "slideLayout")
        layouts[source.name] = layout
    parts: dict[int, Any] = {}
    free = count(FIRST_ID)
    for master in template.masters:
        parts[next(free)] = master
        for listed in master._element.sldLayoutIdLst:
            listed.set("id", str(next(free)))
    return Masters(parts, layouts)


def inspect_template(data: bytes, masters: tuple[SlideMaster, ...], size: Size | None = None) -> TemplateReport:
    """Returns what a designer's .pptx will be used for, with a warning for each master and slot that it lacks. Raises
    Rejected if the file cannot be read, or if its slides are not of `size`."""
    template = Template(data, size)
    layouts = tuple((layout.name, tuple(shape.name for shape in layout.placeholders)) for layout in template.layouts)
    matches = tuple(template.match(master, masters)[0] for master in masters)
    lacking = [_warning(match) for match in matches if not match.layout or match.missing]
    own = sum(match.layout is None for match in matches)
    if 0 < own < len(matches):
        lacking.append(_mixed(own, len(matches)))
    return TemplateReport(template.size, layouts, matches, tuple(lacking))


def _mend(part: Any) -> None:
    """Removes jumps to slides, which are not kept; mends what makes PowerPoint repair files of other programs."""
    for name, relation in list(part.rels.items()):
        if relation.reltype == RELATIONSHIP + "slide":
            for jump in part._element.xpath(f'.//*[@r:id="{name}"]'):
                jump.getparent().remove(jump)
            part.rels.pop(name)
    if not str(part.partname).startswith(("/ppt/slideMasters/", "/ppt/slideLayouts/")):
        return
    for ground in part._element.xpath(".//p:bgPr[not(a:effectLst or a:effectDag)]"):
        ground[0].addnext(ground.makeelement(qn("a:effectLst"), {}, ground.nsmap))
    for change in part._element.xpath(".//a:comp[@val]"):  # written so by LibreOffice
        del change.attrib["val"]
    shapes = part._element.xpath(".//p:cNvPr")
    free, seen = count(max(int(shape.get("id")) for shape in shapes) + 1), {"0"}
    for shape in shapes:
        if shape.get("id") in seen:
            shape.set("id", str(next(free)))
        seen.add(shape.get("id"))


def _fill_slots(slots: tuple[Slot, ...], shapes: list[Any]) -> dict[str, Any]:
    """Returns the placeholder of each slot: by name, then by type; bodies by type only if one is left, as nothing else
    tells them apart."""
    placed: dict[str, Any] = {}

    def take(slot: Slot, names: tuple[str, ...] = ()) -> None:
        kinds = _FITTING.get(slot.kind, (slot.kind,))
        fitting = (s for s in shapes if _kind(s) in kinds and (not names or s.name.casefold() in names))
        shape = None if slot.name in placed else next(fitting, None)
        if shape is not None:
            placed[slot.name] = shape
            shapes.remove(shape)

    for slot in slots:
        take(slot, (slot.name.casefold(), slot.prompt.casefold()))
    bodies = [slot for slot in slots if slot.kind == "body" and slot.name not in placed]
    for slot in slots:
        if slot.kind != "body" or len(bodies) == 1:
            take(slot)
    return placed


def _names(master: SlideMaster) -> tuple[str, str]:
    return master.name.casefold(), master.title.casefold()


def _kind(shape: Any) -> str:
    return str(shape.element.ph.get("type", "obj"))


def _bound(slot: Slot, shape: Any) -> Placeholder:
    index = shape.element.ph.get("idx")
    return Placeholder(_kind(shape), int(index) if index else None, slot, is_foreign=True)


def _moved(slot: Slot, shape: Any) -> Slot:
    """Returns the slot at its placeholder's place."""
    if shape is None or None in (shape.left, shape.top, shape.width, shape.height):
        return slot
    return replace(slot, rect=Rect(*(v / EMU_PER_POINT for v in (shape.left, shape.top, shape.width, shape.height))))


def _mixed(own: int, all_: int) -> Diagnostic:
    zh = f"{all_} 种页面中 {all_ - own} 种用模板的版式，{own} 种用自带的：全篇会有两种样子"
    en = f"of {all_} kinds of slide {all_ - own} have the template's layout, {own} lhpub's own: the deck will have two looks"
    hint = Bilingual(
        "在模板中补齐版式，或在 layout.yaml 中去掉 template", "add the layouts to the template, or leave out `template`"
    )
    return Diagnostic("template-mixed", Severity.WARNING, Bilingual(zh, en), hint)


def _warning(match: Match) -> Diagnostic:
    title, slots = match.master.title, "、".join(match.missing)
    if match.layout is None:
        said = Bilingual(
            f"模板没有可用于“{title}”的版式，改用自带的", f"the template has no layout for {title}: lhpub's own is used"
        )
        hint = Bilingual(f"在模板中新建名为“{title}”的版式", f"add a layout named {title}")
        return Diagnostic("template-layout", Severity.WARNING, said, hint)
    said = Bilingual(
        f"版式“{match.layout}”缺占位符：{slots}，改为文本框",
        f"layout {match.layout} lacks {slots}: text boxes stand instead",
    )
    hint = Bilingual(
        "在该版式中插入占位符，并在选择窗格中按此命名", "insert placeholders and name them so in the selection pane"
    )
    return Diagnostic("template-placeholder", Severity.WARNING, said, hint)
