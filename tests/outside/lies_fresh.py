"""Plants lies in the built files, one at a time, and asks `lhpub verify FILE --source … --layout …` about each.

    python tests/outside/lies_fresh.py [LAYOUT] [--only WORD] [--jobs 2] [--list]

Written by someone who has not read the comparison. First the untouched files, and the files only saved again by the tools that
plant the lies, are to raise no alarm; then each lie is planted in a copy that has no `build.json` beside it, so that only the
comparison of contents can find it. A lie is caught if verify ends with 2 and names an error; a warning alone, or a crash, is not.
A lie whose target a layout does not have is passed over and not counted. Lies marked `harmless` say in a comment why.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import functools
import io
import posixpath
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from lxml import etree
from pikepdf import Array, Dictionary, Name, Operator, String

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))
SOURCE = ROOT / "source/longhua-2023.yaml"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = {"a": A, "p": P, "c": C, "r": R, "rel": "http://schemas.openxmlformats.org/package/2006/relationships"}
DECLARED = " ".join(f'xmlns:{p}="{uri}"' for p, uri in NS.items() if p != "rel")


class AbsentError(LookupError):
    """The layout has no such thing: the lie cannot be planted there."""


# ---------------------------------------------------------------------------------------------------------------- the deck, PPTX


class Deck:
    """The parts of a PPTX, read as trees where they are changed."""

    def __init__(self, path: Path) -> None:
        self.path, self.again = path, []  # type: ignore[var-annotated]
        with zipfile.ZipFile(path) as file:
            self.parts = {info.filename: file.read(info) for info in file.infolist()}
        self.before, self.trees = dict(self.parts), {}  # type: ignore[var-annotated]

    def xml(self, part: str) -> Any:
        if part not in self.trees:
            if part not in self.parts:
                raise AbsentError(part)
            self.trees[part] = etree.fromstring(self.parts[part])
        return self.trees[part]

    def save(self) -> None:
        for part, tree in self.trees.items():
            if part in self.parts and etree.tostring(etree.fromstring(self.parts[part])) != etree.tostring(tree):
                self.parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as file:
            for part, data in self.parts.items():
                file.writestr(part, data)
            for part, data in self.again:
                file.writestr(part, data)

    def changed(self) -> bool:
        return self.parts != self.before or bool(self.again) or list(self.parts) != list(self.before)

    def slides(self) -> list[str]:
        """The slides' parts in the order they are shown."""
        ids = self.xml("ppt/presentation.xml").xpath("p:sldIdLst/p:sldId/@r:id", namespaces=NS)
        return [self.target("ppt/presentation.xml", id_) for id_ in ids]

    def rels(self, part: str) -> Any:
        folder, name = posixpath.split(part)
        return self.xml(f"{folder}/_rels/{name}.rels")

    def target(self, part: str, id_: str) -> str:
        relation = self.rels(part).xpath(f"rel:Relationship[@Id='{id_}']/@Target", namespaces=NS)[0]
        return posixpath.normpath(posixpath.join(posixpath.dirname(part), relation)).lstrip("/")

    def related(self, part: str, kind: str) -> str:
        id_ = self.rels(part).xpath(f"rel:Relationship[contains(@Type, '/{kind}')]/@Id", namespaces=NS)
        if not id_:
            raise AbsentError(kind)
        return self.target(part, id_[0])

    def place(self, name: str, nth: int = 0) -> tuple[str, Any]:
        """The slide and the shape of this name (a name that ends in / is the beginning of one)."""
        test = f"starts-with(@name, '{name}')" if name.endswith("/") else f"@name='{name}'"
        found = [(s, e.getparent().getparent()) for s in self.slides() for e in self.xml(s).xpath(f"//p:cNvPr[{test}]", namespaces=NS)]
        if len(found) <= nth:
            raise AbsentError(name)
        return found[nth]

    def shape(self, name: str, nth: int = 0) -> Any:
        return self.place(name, nth)[1]

    def tree(self, name: str) -> Any:
        return self.xml(self.place(name)[0]).find("p:cSld/p:spTree", NS)

    def table(self, keyword: str) -> Any:
        part = self.place(f"{keyword}/title")[0]
        found = self.xml(part).xpath("//p:graphicFrame[.//a:tbl]", namespaces=NS)
        if not found:
            raise AbsentError(f"table of {keyword}")
        return found[0]

    def notes(self, name: str) -> Any:
        return self.xml(self.related(self.place(name)[0], "notesSlide"))

    def chart(self, kind: str) -> Any:
        return self.xml(self.chart_part(kind))

    def chart_part(self, kind: str) -> str:
        part, frame = self.place(f"{kind}/chart")
        charts = frame.xpath(".//c:chart/@r:id", namespaces=NS)
        if not charts:
            raise AbsentError(kind)
        return self.target(part, charts[0])

    def sheet(self, kind: str, *changes: tuple[str, str]) -> None:
        """Changes the text of the chart's workbook."""
        part = self.related(self.chart_part(kind), "package")
        with zipfile.ZipFile(io.BytesIO(self.parts[part])) as file:
            inner = {info.filename: file.read(info).decode() for info in file.infolist()}
        for old, new in changes:
            holders = [name for name, text in inner.items() if old in text]
            assert holders, (old, inner)
            inner[holders[0]] = inner[holders[0]].replace(old, new, 1)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in inner.items():
                file.writestr(name, text)
        self.parts[part] = made.getvalue()


def retext(element: Any, old: str, new: str, nth: int = 0) -> None:
    """Replaces text in the nth run that holds it."""
    runs = [t for t in element.iter(f"{{{A}}}t") if old in (t.text or "")]
    if len(runs) <= nth:
        raise AbsentError(old)
    runs[nth].text = runs[nth].text.replace(old, new, 1)


def find(element: Any, path: str, nth: int = 0) -> Any:
    found = element.xpath(path, namespaces=NS)
    if len(found) <= nth:
        raise AbsentError(path)
    return found[nth]


def put(element: Any, path: str, attribute: str, value: str, nth: int = 0) -> None:
    """Sets an attribute (prefix:name or name) of the nth element of the path."""
    prefix, _, name = attribute.rpartition(":")
    find(element, path, nth).set(f"{{{NS[prefix]}}}{name}" if prefix else name, value)


def say(element: Any, path: str, text: str, nth: int = 0) -> None:
    find(element, path, nth).text = text


def drop(element: Any, path: str, nth: int = 0) -> None:
    one = find(element, path, nth)
    one.getparent().remove(one)


def trade(one: Any, other: Any) -> None:
    """Lets two elements of a tree change places."""
    stand = etree.Element("stand")
    one.getparent().replace(one, stand)
    other.getparent().replace(other, one)
    stand.getparent().replace(stand, other)


def trade_text(element: Any, one: str, other: str) -> None:
    runs = [next((t for t in element.iter(f"{{{A}}}t") if word in (t.text or "")), None) for word in (one, other)]
    if None in runs:
        raise AbsentError(one)
    if runs[0] is runs[1]:
        runs[0].text = runs[0].text.replace(one, "\0").replace(other, one).replace("\0", other)
    else:
        runs[0].text, runs[1].text = runs[0].text.replace(one, other), runs[1].text.replace(other, one)


def fragment(text: str) -> Any:
    """Parses a piece of XML with the prefixes a, p, c and r."""
    return etree.fromstring(re.sub(r"^<([\w:]+)", rf"<\1 {DECLARED}", text))


def box(text: str = "", fill: str = "", at: tuple[int, int, int, int] = (800000, 3000000, 3000000, 600000), extra: str = "") -> Any:
    """A shape at x, y, width, height in EMU, with a text or a fill."""
    paint = f'<a:solidFill><a:schemeClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    words = f'<a:r><a:rPr lang="zh-CN" sz="1800"/><a:t>{text}</a:t></a:r>' if text else ""
    return fragment(
        f'<p:sp><p:nvSpPr><p:cNvPr id="901" name="图形901"{extra}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{at[0]}" y="{at[1]}"/>'
        f'<a:ext cx="{at[2]}" cy="{at[3]}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{paint}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{words}</a:p></p:txBody></p:sp>"
    )


def bounds(shape: Any) -> tuple[int, int, int, int]:
    off, ext = find(shape, ".//a:off | .//p:xfrm/a:off"), find(shape, ".//a:ext[@cx] | .//p:xfrm/a:ext[@cx]")
    return int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))


def run_paint(shape: Any, paint: str, **attributes: str) -> None:
    """Paints all runs of a shape and sets attributes of them."""
    for properties in shape.iter(f"{{{A}}}rPr"):
        for old in properties.xpath("a:solidFill | a:noFill", namespaces=NS):
            properties.remove(old)
        if paint:
            properties.insert(0, fragment(paint))
        for key, value in attributes.items():
            properties.set(key, value)


def body_properties(shape: Any, inner: str = "", **attributes: str) -> None:
    body = find(shape, ".//a:bodyPr")
    for key, value in attributes.items():
        body.set(key, value)
    if inner:
        for child in list(body):
            body.remove(child)
        body.append(fragment(inner))


def paragraph_properties(shape: Any) -> Any:
    paragraph = find(shape, ".//a:p")
    if paragraph.find("a:pPr", NS) is None:
        paragraph.insert(0, fragment("<a:pPr/>"))
    return paragraph.find("a:pPr", NS)


def relate(deck: Deck, part: str, kind: str, target: str, external: bool = False) -> str:
    """Adds a relation; returns its id."""
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship xmlns="{NS["rel"]}" Id="rId901" Type="{R}/{kind}" Target="{target}"{mode}/>'
    deck.rels(part).append(etree.fromstring(one))
    return "rId901"


def content_type(deck: Deck, part: str, kind: str) -> None:
    types = deck.xml("[Content_Types].xml")
    types.append(etree.fromstring(f'<Override xmlns="{types.nsmap[None]}" PartName="/{part}" ContentType="{kind}"/>'))


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63fcffff3f0300050001ff5b0fb5e40000000049454e44ae426082"
)


def add_picture(d: Deck) -> None:
    part, hero = d.place("重大项目/hero")
    d.parts["ppt/media/image901.png"] = PNG
    types = d.xml("[Content_Types].xml")
    types.insert(0, etree.fromstring(f'<Default xmlns="{types.nsmap[None]}" Extension="png" ContentType="image/png"/>'))
    id_ = relate(d, part, "image", "../media/image901.png")
    x, y, w, h = bounds(hero)
    d.tree("重大项目/hero").append(
        fragment(
            f'<p:pic><p:nvPicPr><p:cNvPr id="901" name="图片901"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{id_}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    )


def fill_shape_with_picture(d: Deck) -> None:
    part, hero = d.place("重大项目/hero")
    d.parts["ppt/media/image901.png"] = PNG
    types = d.xml("[Content_Types].xml")
    types.insert(0, etree.fromstring(f'<Default xmlns="{types.nsmap[None]}" Extension="png" ContentType="image/png"/>'))
    id_ = relate(d, part, "image", "../media/image901.png")
    find(hero, "p:spPr").append(fragment(f'<a:blipFill><a:blip r:embed="{id_}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>'))


def add_comment(d: Deck) -> None:
    part = d.place("重大项目/hero")[0]
    d.parts["ppt/comments/comment1.xml"] = (
        f'<p:cmLst {DECLARED}><p:cm authorId="0" dt="2024-01-15T00:00:00" idx="1"><p:pos x="10" y="10"/><p:text>实为 585.8 亿元</p:text></p:cm></p:cmLst>'
    ).encode()
    d.parts["ppt/commentAuthors.xml"] = (
        f'<p:cmAuthorLst {DECLARED}><p:cmAuthor id="0" name="区办" initials="Q" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'.encode()
    )
    content_type(d, "ppt/comments/comment1.xml", "application/vnd.openxmlformats-officedocument.presentationml.comments+xml")
    content_type(d, "ppt/commentAuthors.xml", "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml")
    relate(d, part, "comments", "../comments/comment1.xml")
    relate(d, "ppt/presentation.xml", "commentAuthors", "commentAuthors.xml")


def embed_file(d: Deck) -> None:
    part = d.place("重大项目/hero")[0]
    d.parts["ppt/embeddings/oleObject901.bin"] = "首批集中开工585.8亿元".encode()
    content_type(d, "ppt/embeddings/oleObject901.bin", "application/vnd.openxmlformats-officedocument.oleObject")
    relate(d, part, "oleObject", "../embeddings/oleObject901.bin")


def custom_properties(d: Deck) -> None:
    d.parts["docProps/custom.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="审定"><vt:lpwstr>已审定 585.8</vt:lpwstr></property></Properties>'
    ).encode()
    content_type(d, "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml")
    one = f'<Relationship xmlns="{NS["rel"]}" Id="rId901" Type="{R}/custom-properties" Target="docProps/custom.xml"/>'
    d.xml("_rels/.rels").append(etree.fromstring(one))


def swap_notes(d: Deck) -> None:
    rels = [d.rels(d.place(name)[0]).xpath("rel:Relationship[contains(@Type, 'notesSlide')]", namespaces=NS)[0] for name in ("重大项目/title", "国际交流/title")]
    one, other = rels[0].get("Target"), rels[1].get("Target")
    rels[0].set("Target", other)
    rels[1].set("Target", one)


def drop_notes(d: Deck) -> None:
    rels = d.rels(d.place("重大项目/title")[0])
    rels.remove(rels.xpath("rel:Relationship[contains(@Type, 'notesSlide')]", namespaces=NS)[0])


def swap_layout(d: Deck) -> None:
    rel = d.rels(d.place("重大项目/title")[0]).xpath("rel:Relationship[contains(@Type, 'slideLayout')]", namespaces=NS)[0]
    rel.set("Target", "../slideLayouts/slideLayout1.xml")


def order_slides(d: Deck) -> None:
    ids = d.xml("ppt/presentation.xml").find("p:sldIdLst", NS)
    trade(ids[5], ids[7])


def delete_slide(d: Deck) -> None:
    ids = d.xml("ppt/presentation.xml").find("p:sldIdLst", NS)
    gone = ids[5]
    ids.remove(gone)
    for section in d.xml("ppt/presentation.xml").xpath(f"//*[local-name()='sldId'][@id='{gone.get('id')}']"):
        section.getparent().remove(section)


def repeat_slide(d: Deck) -> None:
    """Shows a slide twice: the same part under a second id."""
    ids = d.xml("ppt/presentation.xml").find("p:sldIdLst", NS)
    twin = copy.deepcopy(ids[5])
    twin.set("id", "990")
    ids.insert(7, twin)


def show_some(d: Deck) -> None:
    """The show begins at the seventh slide and leaves the others out."""
    d.xml("ppt/presProps.xml").insert(0, fragment('<p:showPr><p:present/><p:sldRg st="7" end="30"/></p:showPr>'))


def custom_show(d: Deck) -> None:
    root = d.xml("ppt/presentation.xml")
    ids = root.xpath("p:sldIdLst/p:sldId/@r:id", namespaces=NS)
    shown = "".join(f'<p:sld r:id="{id_}"/>' for id_ in ids[6:])
    root.find("p:notesSz", NS).addnext(fragment(f'<p:custShowLst><p:custShow name="会议" id="0"><p:sldLst>{shown}</p:sldLst></p:custShow></p:custShowLst>'))
    d.xml("ppt/presProps.xml").insert(0, fragment('<p:showPr><p:present/><p:custShow id="0"/></p:showPr>'))


def after_show(d: Deck, piece: str) -> None:
    """Adds a transition or timing to a slide."""
    d.xml(d.place("重大项目/hero")[0]).find("p:clrMapOvr", NS).addnext(fragment(piece))


def animate_away(d: Deck) -> None:
    id_ = find(d.shape("重大项目/hero"), ".//p:cNvPr").get("id")
    after_show(
        d,
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:set><p:cBhvr><p:cTn id="2" dur="1" fill="hold">'
        f'<p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn><p:tgtEl><p:spTgt spid="{id_}"/></p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName>'
        "</p:attrNameLst></p:cBhvr><p:to><p:strVal val=\"hidden\"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>",
    )


def twin_choice(d: Deck) -> None:
    """Newer programs see another figure, older ones (and readers that take the fallback) the true one."""
    hero = d.shape("重大项目/hero")
    lying = copy.deepcopy(hero)
    retext(lying, "535.8", "585.8")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = etree.fromstring(
        f'<mc:AlternateContent xmlns:mc="{mc}" xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><mc:Choice Requires="p14"/><mc:Fallback/></mc:AlternateContent>'
    )
    hero.getparent().replace(hero, both)
    both[0].append(lying)
    both[1].append(hero)


def twin_part(d: Deck) -> None:
    """The package holds the slide twice under one name; which one is read depends on the program."""
    part, hero = d.place("重大项目/hero")
    true = d.parts[part]
    retext(hero, "535.8", "585.8")
    d.again.append((part, true))


def swap_places(d: Deck, one: str, other: str) -> None:
    """Two shapes change places."""
    pair = [find(d.shape(name), ".//a:xfrm | p:xfrm") for name in (one, other)]
    trade(pair[0].find("a:off", NS), pair[1].find("a:off", NS))


def move(d: Deck, name: str, by: tuple[int, int] = (0, 0), nth: int = 0, to: tuple[int, int] | None = None) -> None:
    shape = d.shape(name, nth)
    if not shape.xpath(".//a:off", namespaces=NS):  # it stands where its layout says
        find(shape, "p:spPr").insert(0, fragment('<a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="500000"/></a:xfrm>'))
    off = find(shape, ".//a:off")
    x, y = to or (int(off.get("x")) + by[0], int(off.get("y")) + by[1])
    off.set("x", str(x))
    off.set("y", str(y))


def flip(d: Deck, name: str, **attributes: str) -> None:
    for key, value in attributes.items():
        find(d.shape(name), ".//a:xfrm").set(key, value)


def hide_rows(d: Deck) -> None:
    """A hidden row of the workbook is left out of the chart as soon as its data are edited (plotVisOnly)."""
    d.sheet("column", ('<row r="3"', '<row r="3" hidden="1"'))


def second_sheet(d: Deck) -> None:
    """A second sheet with another figure in the workbook."""
    part = d.related(d.chart_part("column"), "package")
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(d.parts[part]))
    book.create_sheet("底稿").append(["首批集中开工", 585.8])
    made = io.BytesIO()
    book.save(made)
    d.parts[part] = made.getvalue()


def both(d: Deck, kind: str, old: str, new: str) -> None:
    """A figure in the chart's cache and in its workbook."""
    say(d.chart(kind), f"//c:numCache/c:pt/c:v[text()='{old}']", new)
    d.sheet(kind, (f"<v>{old}</v>", f"<v>{new}</v>"))


def swap_values(d: Deck, book: bool) -> None:
    """The two columns' values change places."""
    one, other = (find(d.chart("column"), f"//c:numCache/c:pt/c:v[text()='{value}']") for value in ("535.8", "685.8"))
    one.text, other.text = other.text, one.text
    if book:
        d.sheet("column", ("<v>535.8</v>", "<v>X</v>"), ("<v>685.8</v>", "<v>535.8</v>"), ("<v>X</v>", "<v>685.8</v>"))


def swap_categories(d: Deck) -> None:
    for cache in d.chart("column").xpath("//c:cat//c:strCache", namespaces=NS):
        one, other = cache.xpath("c:pt/c:v", namespaces=NS)[:2]
        one.text, other.text = other.text, one.text


def swap_series_names(d: Deck) -> None:
    one, other = d.chart("column").xpath("//c:ser/c:tx//c:v", namespaces=NS)
    one.text, other.text = other.text, one.text


def swap_series_paint(d: Deck) -> None:
    one, other = d.chart("column").xpath("//c:ser/c:spPr", namespaces=NS)
    trade(one, other)


def swap_series(d: Deck) -> None:
    """Series drawn in the other order: what lies on top changes."""
    for one, order in zip(d.chart("share").xpath("//c:ser/c:order", namespaces=NS), ("1", "0"), strict=True):
        one.set("val", order)


def paint_point(d: Deck) -> None:
    find(d.chart("column"), "//c:ser/c:invertIfNegative").addnext(
        fragment('<c:dPt><c:idx val="1"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:schemeClr val="bg2"/></a:solidFill></c:spPr></c:dPt>')
    )


def hide_point(d: Deck) -> None:
    find(d.chart("column"), "//c:ser/c:invertIfNegative").addnext(
        fragment('<c:dPt><c:idx val="1"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr><a:noFill/></c:spPr></c:dPt>')
    )


def typed_label(d: Deck) -> None:
    """A label typed over the value."""
    find(d.chart("column"), "//c:ser/c:dLbls").insert(
        0,
        fragment(
            '<c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN"/><a:t>700亿元</a:t></a:r></a:p></c:rich></c:tx><c:showLegendKey val="0"/>'
            '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
        ),
    )


def moved_label(d: Deck) -> None:
    """The first column's label is moved above the second."""
    find(d.chart("column"), "//c:ser/c:dLbls").insert(
        0,
        fragment(
            '<c:dLbl><c:idx val="0"/><c:layout><c:manualLayout><c:x val="0.33"/><c:y val="-0.1"/></c:manualLayout></c:layout><c:dLblPos val="r"/><c:showLegendKey val="0"/>'
            '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
        ),
    )


def deleted_label(d: Deck) -> None:
    find(d.chart("column"), "//c:ser/c:dLbls").insert(0, fragment('<c:dLbl><c:idx val="1"/><c:delete val="1"/></c:dLbl>'))


def swap_label_formats(d: Deck) -> None:
    """“推算” goes from the former rank to the present one."""
    one, other = d.chart("rank").xpath("//c:dLbl/c:numFmt", namespaces=NS)
    trade(one, other)


def add_chart_title(d: Deck) -> None:
    put(d.chart("column"), "//c:autoTitleDeleted", "val", "0")
    find(d.chart("column"), "//c:autoTitleDeleted").addprevious(
        fragment('<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN"/><a:t>三次开工</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="1"/></c:title>')
    )


def swap_references(d: Deck) -> None:
    """The series take their values from each other's column as soon as the data are edited."""
    one, other = d.chart("column").xpath("//c:ser/c:val//c:f", namespaces=NS)
    one.text, other.text = other.text, one.text


def add_value(d: Deck) -> None:
    """A value where the source has none, in cache and workbook."""
    cache = d.chart("column").xpath("//c:ser[2]//c:numCache", namespaces=NS)[0]
    cache.find("c:ptCount", NS).addnext(fragment('<c:pt idx="0"><c:v>300</c:v></c:pt>'))


def trend_line(d: Deck) -> None:
    find(d.chart("column"), "//c:ser/c:cat").addprevious(
        fragment('<c:trendline><c:trendlineType val="linear"/><c:forward val="1"/><c:dispRSqr val="0"/><c:dispEq val="0"/></c:trendline>')
    )


def error_bars(d: Deck) -> None:
    find(d.chart("column"), "//c:ser/c:cat").addprevious(
        fragment('<c:errBars><c:errBarType val="both"/><c:errValType val="percentage"/><c:noEndCap val="0"/><c:val val="20"/></c:errBars>')
    )


def chart_drawing(d: Deck) -> None:
    """A text box drawn inside the chart (user shapes)."""
    part = d.chart_part("column")
    d.parts["ppt/drawings/drawing901.xml"] = (
        f'<c:userShapes {DECLARED} xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"><cdr:relSizeAnchor><cdr:from><cdr:x>0.1</cdr:x><cdr:y>0.1</cdr:y></cdr:from>'
        '<cdr:to><cdr:x>0.5</cdr:x><cdr:y>0.2</cdr:y></cdr:to><cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="2" name="x"/><cdr:cNvSpPr/></cdr:nvSpPr><cdr:spPr>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></cdr:spPr><cdr:txBody><a:bodyPr/><a:p><a:r><a:t>同比增长28%</a:t></a:r></a:p></cdr:txBody></cdr:sp></cdr:relSizeAnchor></c:userShapes>'
    ).encode()
    content_type(d, "ppt/drawings/drawing901.xml", "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml")
    id_ = relate(d, part, "chartUserShapes", "../drawings/drawing901.xml")
    d.chart("column").append(fragment(f'<c:userShapes r:id="{id_}"/>'))


def truncated_axis(d: Deck) -> None:
    put(d.chart("column"), "//c:valAx/c:scaling/c:min", "val", "500")


def other_plot(d: Deck, old: str, new: str) -> None:
    plot = find(d.chart("column"), f"//c:{old}")
    plot.tag = f"{{{C}}}{new}"


def merge_cells(d: Deck) -> None:
    """The second cell of a row is merged away: its figure is no longer seen."""
    row = find(d.table("教育集团"), ".//a:tr")
    row.findall("a:tc", NS)[0].set("gridSpan", "2")
    row.findall("a:tc", NS)[1].set("hMerge", "1")


def link_to(d: Deck, name: str, slide: str) -> None:
    """A shape's link goes to another slide."""
    part, shape = d.place(name)
    links = shape.xpath(".//a:hlinkClick", namespaces=NS) or shape.getparent().xpath(".//a:hlinkClick", namespaces=NS)
    if not links:
        raise AbsentError(name)
    links[0].set(f"{{{R}}}id", relate(d, part, "slide", posixpath.basename(d.place(slide)[0])))


def link_out(d: Deck) -> None:
    part, hero = d.place("重大项目/hero")
    id_ = relate(d, part, "hyperlink", "https://example.com/585.8", external=True)
    find(hero, ".//a:rPr").append(fragment(f'<a:hlinkClick r:id="{id_}"/>'))


def core(d: Deck, tag: str, text: str) -> None:
    say(d.xml("docProps/core.xml"), f"//*[local-name()='{tag}']", text)


def theme(d: Deck, path: str, attribute: str, value: str) -> None:
    for part in ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml"):
        put(d.xml(part), path, attribute, value)


def layout_of(d: Deck, name: str) -> Any:
    return d.xml(d.related(d.place(name)[0], "slideLayout"))


def swap_bodies(d: Deck, one: str, other: str) -> None:
    trade(find(d.shape(one), ".//p:txBody"), find(d.shape(other), ".//p:txBody"))


def broken_figure(d: Deck) -> None:
    """A line break in the middle of a figure."""
    run = next(r for r in d.shape("拓展市场/hero").iter(f"{{{A}}}r") if "3140" in find(r, "a:t").text)
    second = copy.deepcopy(run)
    say(run, "a:t", "31")
    say(second, "a:t", "40")
    run.addnext(second)
    run.addnext(fragment("<a:br/>"))


def other_reading_order(d: Deck) -> None:
    """The shapes' order is the order of reading: the figure is heard before its keyword's title."""
    trade(d.shape("重大项目/title"), d.shape(HERO))


def month_moved(d: Deck) -> None:
    """A date's stem on the time line is moved by a month."""
    stem = d.shape("timeline/stem-9-0416")
    off = find(stem, ".//a:off")
    off.set("x", str(int(off.get("x")) + 900000))


def cover(d: Deck, name: str, fill: str = "bg1") -> None:
    """A shape without text in the ground's colour lies over a text."""
    d.tree(name).append(box(fill=fill, at=bounds(d.shape(name))))


def background(d: Deck) -> None:
    slide = d.xml(d.place("重大项目/hero")[0]).find("p:cSld", NS)
    slide.insert(0, fragment('<p:bg><p:bgPr><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'))


def override_map(d: Deck) -> None:
    """The slide's own colour map turns ink into ground."""
    slide = d.xml(d.place("重大项目/hero")[0])
    map_ = slide.find("p:clrMapOvr", NS)
    for child in list(map_):
        map_.remove(child)
    names = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
    map_.append(fragment('<a:overrideClrMapping bg1="lt1" tx1="lt1" bg2="lt2" tx2="lt2" ' + " ".join(f'{n}="lt1"' for n in names) + "/>"))


GROUND = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
HERO = "重大项目/hero"
ROWS = "教育集团"


@dataclass(frozen=True)
class Lie:
    """One lie: what it is about, how it is called, and how it is planted."""

    kind: str
    name: str
    plant: Callable[[Any], object]
    harmless: bool = False


HARMLESS = {
    # A curve through two points is a straight line: nothing is drawn otherwise.
    "the line is smoothed",
    # The chart shows and caches the same figures; only “edit data” says that the workbook is not to be found.
    "the workbook is unlinked",
    # The slide has one figure and one caption: in either place the caption can belong to nothing else.
    "big figure and caption change places",
    # The only blank is of the white points, which nobody sees on the white ground, and no label prints it.
    "blanks are drawn as noughts",
    # What a layout draws by itself is ornament: no text, no figure goes with it.
    "a slide hides its layout's shapes",
}


def tell(kind: str, *rows: tuple[str, Callable[[Any], object]]) -> list[Lie]:
    return [Lie(kind, name, plant, name in HARMLESS) for name, plant in rows]


DECK = [
    *tell(
        "slide text",
        ("a digit of the big figure", lambda d: retext(d.shape(HERO), "535.8", "585.8")),
        ("two digits change places in a big figure", lambda d: retext(d.shape("拓展市场/hero"), "3140", "3410")),
        ("the decimal point moves", lambda d: retext(d.shape("超级商圈/hero"), "16.83", "168.3")),
        ("a unit: 亿元 to 万元", lambda d: retext(d.shape(HERO), "亿元", "万元")),
        ("超 is dropped from a floor", lambda d: retext(d.shape("全球招商/hero"), "超", "")),
        ("a date in a title line", lambda d: retext(d.shape("重大项目/date"), "29", "28")),
        ("a caption: 首批 to 全年", lambda d: retext(d.shape("重大项目/caption"), "首批", "全年")),
        ("鼓励发动享受 to 已经享受", lambda d: retext(d.shape("拓展市场/caption"), "鼓励发动享受", "已经享受")),
        ("a keyword's number", lambda d: retext(d.shape("重大项目/number"), "02", "03")),
        ("a keyword's name on the overview", lambda d: retext(d.shape("overview/重大项目/keyword"), "重大", "重点")),
        ("two names change places on the overview", lambda d: swap_bodies(d, "overview/重大项目/keyword", "overview/国际交流/keyword")),
        ("two numbers change places on a divider", lambda d: swap_bodies(d, "divider/重大项目/number", "divider/全球招商/number")),
        ("the year on the cover", lambda d: retext(d.shape("cover/year"), "2023", "2024")),
        ("the organisation on the last slide", lambda d: retext(d.shape("closing/organisation"), "龙华区", "龙岗区")),
        ("the credit's name", lambda d: retext(d.shape("重大项目/source"), "龙华新闻", "龙华政府")),
        ("a look-alike: 1 to l", lambda d: retext(d.shape("创新型中小企业/hero"), "1179", "ll79")),
        ("a figure turned by a right-to-left mark", lambda d: retext(d.shape(HERO), "535.8", "\u202e535.8")),
        ("a zero-width space inside a figure", lambda d: retext(d.shape(HERO), "535.8", "53\u200b5.8")),
        ("full-width digits", lambda d: retext(d.shape("免申即享/hero"), "36", "３６")),
        ("a line break inside a figure", broken_figure),
        ("a second paragraph under the big figure", lambda d: find(d.shape(HERO), ".//p:txBody").append(fragment('<a:p><a:r><a:t>（含签约）</a:t></a:r></a:p>'))),
        ("a space after a text, nothing else", lambda d: retext(d.shape("教育集团/caption"), "集中揭牌的教育集团", "集中揭牌的教育集团（筹）")),
        ("the page number is a date field", lambda d: put(d.shape("重大项目/page"), ".//a:fld", "type", "datetime1")),
        ("the page number's field is plain text of another page", lambda d: retext(d.shape("重大项目/page"), "6", "9")),
        ("a bullet sign that is a digit", lambda d: paragraph_properties(d.shape(HERO)).append(fragment('<a:buChar char="1"/>'))),
        ("paragraphs numbered from 3", lambda d: paragraph_properties(d.shape(HERO)).append(fragment('<a:buAutoNum type="arabicPeriod" startAt="3"/>'))),
    ),
    *tell(
        "slide look",
        ("a figure struck through", lambda d: find(d.shape(HERO), ".//a:rPr").set("strike", "sngStrike")),
        ("a figure raised to an exponent", lambda d: find(d.shape(HERO), ".//a:rPr").set("baseline", "60000")),
        ("text in the ground's colour", lambda d: run_paint(d.shape(HERO), GROUND)),
        ("text without fill", lambda d: run_paint(d.shape(HERO), "<a:noFill/>")),
        ("text wholly transparent", lambda d: run_paint(d.shape(HERO), '<a:solidFill><a:schemeClr val="accent1"><a:alpha val="0"/></a:schemeClr></a:solidFill>')),
        ("text of 1 pt", lambda d: run_paint(d.shape(HERO), "", sz="100")),
        ("text shrunk by autofit to a hundredth", lambda d: body_properties(d.shape(HERO), '<a:normAutofit fontScale="1000"/>')),
        ("text pushed out of its frame by an inset", lambda d: body_properties(d.shape(HERO), tIns="9000000")),
        ("text upside down", lambda d: flip(d, HERO, rot="10800000")),
        ("text mirrored by the shape's flip", lambda d: flip(d, HERO, flipV="1")),
        ("text set in Wingdings", lambda d: find(d.shape(HERO), ".//a:rPr").append(fragment('<a:latin typeface="Wingdings"/>'))),
        ("digits drawn over each other by spacing", lambda d: run_paint(d.shape(HERO), "", spc="-8000")),
        ("a shape is marked hidden", lambda d: put(d.shape(HERO), ".//p:cNvPr", "hidden", "1")),
        ("a text is moved off the slide", lambda d: move(d, HERO, to=(-9000000, 0))),
        ("big figure and caption change places", lambda d: swap_places(d, HERO, "重大项目/caption")),
        ("two names change places by moving their boxes", lambda d: swap_places(d, "divider/重大项目/keyword", "divider/双招双引/keyword")),
        ("a shape in the ground's colour over the big figure", lambda d: cover(d, HERO)),
        ("a shape over a digit only", lambda d: d.tree(HERO).append(box(fill="bg1", at=(*bounds(d.shape(HERO))[:2], 450000, 914400)))),
        ("a shape of its group is moved by the group's frame", lambda d: put(d.shape("divider/投资与开放/keywords/2"), "p:grpSpPr/a:xfrm/a:chOff", "y", "5000000")),
        ("the slide's ground takes the text's colour", background),
        ("the slide's colour map makes ink into ground", override_map),
        ("a date's stem on the time line by a month", month_moved),
        ("a date's bar on the time line is wider", lambda d: put(d.shape("timeline/bar-8-0401"), ".//a:ext[@cx]", "cx", "2400000")),
        ("two months change places on the time line", lambda d: swap_places(d, "timeline/month-4", "timeline/month-7")),
        ("two dates change places in the list", lambda d: swap_bodies(d, "dates/重大项目/date", "dates/国家级智库/date")),
    ),
    *tell(
        "added",
        ("a text with a digit", lambda d: d.tree(HERO).append(box("同比增长28%"))),
        ("a text without a digit", lambda d: d.tree(HERO).append(box("未经核实"))),
        ("a shape without text beside the chart", lambda d: d.tree("column/chart").append(box(fill="accent1", at=(9000000, 2000000, 900000, 3000000)))),
        ("a line across a figure", lambda d: d.tree(HERO).append(box(fill="accent1", at=(660400, 5400000, 2500000, 40000)))),
        ("a text off the slide (read by machines)", lambda d: d.tree(HERO).append(box("总投资585.8亿元", at=(20000000, 0, 900000, 900000)))),
        ("a shape with an alt text only", lambda d: d.tree(HERO).append(box(extra=' descr="总投资585.8亿元"'))),
        ("a picture over the big figure", add_picture),
        ("a shape filled with a picture", fill_shape_with_picture),
        ("a comment", add_comment),
        ("an embedded file", embed_file),
        ("a custom property", custom_properties),
        ("the big figure under an alternate choice", twin_choice),
        ("a slide twice in the package", twin_part),
        ("a connector drawn between two columns", lambda d: d.tree("column/chart").append(fragment('<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="902" name="连线902"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="6000000" y="3000000"/><a:ext cx="3000000" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="38100"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:tailEnd type="triangle"/></a:ln></p:spPr></p:cxnSp>'))),
    ),
    *tell(
        "layout and master",
        ("a text in a layout", lambda d: find(layout_of(d, HERO), ".//p:spTree").append(box("内部资料 2022"))),
        ("a text without digit in the master", lambda d: find(d.xml("ppt/slideMasters/slideMaster1.xml"), ".//p:spTree").append(box("内部资料"))),
        ("a shape without text in a layout", lambda d: find(layout_of(d, HERO), ".//p:spTree").append(box(fill="accent1"))),
        ("a shape of the layout is taken away", lambda d: drop(layout_of(d, HERO), ".//p:spTree/p:grpSp | .//p:spTree/p:cxnSp | .//p:spTree/p:sp[not(.//p:ph)]")),
        ("a place of the layout is moved", lambda d: put(layout_of(d, HERO), ".//p:sp[.//p:cNvPr/@name='date']//a:off", "x", "9000000")),
        ("the layout's prompt", lambda d: retext(layout_of(d, HERO), "标题", "标题585.8")),
        ("the layout's text colour is the ground", lambda d: put(layout_of(d, HERO), ".//p:sp[.//p:cNvPr/@name='hero']//a:schemeClr", "val", "bg1")),
        ("the master's colour map is turned round", lambda d: put(d.xml("ppt/slideMasters/slideMaster1.xml"), "//p:clrMap", "tx1", "lt1")),
        ("the theme's accent is the ground", lambda d: theme(d, "//a:accent1/a:srgbClr", "val", "FBF9F5")),
        ("the theme's font is Wingdings", lambda d: theme(d, "//a:minorFont/a:latin", "typeface", "Wingdings")),
        ("a slide takes another layout", swap_layout),
        ("the layout's name", lambda d: put(layout_of(d, HERO), "//p:cSld", "name", "草稿")),
    ),
    *tell(
        "notes",
        ("a digit", lambda d: retext(d.notes(HERO), "535.8", "585.8")),
        ("two figures change places", lambda d: trade_text(d.notes(HERO), "535.8", "685.8")),
        ("a sentence is added", lambda d: retext(d.notes(HERO), "1月29日", "据了解，1月29日")),
        ("a word is strengthened", lambda d: retext(d.notes("全球招商/hero"), "洽谈签约", "正式签约")),
        ("two slides change their notes", swap_notes),
        ("a slide's notes are unlinked", drop_notes),
        ("a text in the notes' master", lambda d: find(d.xml("ppt/notesMasters/notesMaster1.xml"), ".//p:spTree").append(box("口径待定"))),
        ("an added box on the notes' page", lambda d: find(d.notes(HERO), ".//p:spTree").append(box("实为585.8亿元"))),
        ("the notes are painted white", lambda d: run_paint(find(d.notes(HERO), "//p:sp[.//a:t]"), GROUND)),
    ),
    *tell(
        "table",
        ("a digit in a cell", lambda d: retext(d.table(ROWS), "6", "8")),
        ("two cells of a row change places", lambda d: trade(find(d.table(ROWS), ".//a:tr[1]/a:tc[1]/a:txBody"), find(d.table(ROWS), ".//a:tr[1]/a:tc[2]/a:txBody"))),
        ("two rows' figures change places", lambda d: trade(find(d.table(ROWS), ".//a:tr[2]/a:tc[2]/a:txBody"), find(d.table(ROWS), ".//a:tr[3]/a:tc[2]/a:txBody"))),
        ("two rows change places", lambda d: trade(find(d.table(ROWS), ".//a:tr[1]"), find(d.table(ROWS), ".//a:tr[2]"))),
        ("a row is dropped", lambda d: drop(d.table(ROWS), ".//a:tr[3]")),
        ("等 is dropped", lambda d: retext(d.table("免申即享"), "落户等", "落户")),
        ("a cell is merged away", merge_cells),
        ("a cell in the ground's colour", lambda d: run_paint(find(d.table(ROWS), ".//a:tr[1]/a:tc[2]"), GROUND)),
        ("a column without width", lambda d: put(d.table(ROWS), ".//a:gridCol[2]", "w", "0")),
        ("the table is moved off the slide", lambda d: put(d.table(ROWS), "p:xfrm/a:off", "x", "-9000000")),
        ("a cell is filled with the text's colour", lambda d: find(d.table(ROWS), ".//a:tr[1]/a:tc[2]/a:tcPr").append(fragment('<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'))),
    ),
    *tell(
        "chart data",
        ("cache only", lambda d: say(d.chart("column"), "//c:numCache/c:pt/c:v[text()='685.8']", "658.8")),
        ("workbook only", lambda d: d.sheet("column", ("<v>685.8</v>", "<v>658.8</v>"))),
        ("cache and workbook", lambda d: both(d, "column", "685.8", "658.8")),
        ("the share, cache and workbook", lambda d: both(d, "share", "0.239", "0.329")),
        ("the present rank, cache and workbook", lambda d: both(d, "rank", "40", "4")),
        ("two values change places in the cache", lambda d: swap_values(d, book=False)),
        ("two values change places in cache and workbook", lambda d: swap_values(d, book=True)),
        ("two categories change places", swap_categories),
        ("a category's date", lambda d: say(d.chart("column"), "//c:cat//c:pt[@idx='0']/c:v", "首批集中开工\n32个，1月28日")),
        ("two series' names change places", swap_series_names),
        ("a series' name loses 下限", lambda d: say(d.chart("column"), "//c:ser[2]/c:tx//c:v", "签约")),
        ("a category's name in the workbook", lambda d: d.sheet("column", ("后续新开工", "后续已开工"))),
        ("a value where there is none", add_value),
        ("a point is taken out", lambda d: drop(d.chart("column"), "//c:ser[1]//c:numCache/c:pt[@idx='1']")),
        ("a point's index", lambda d: put(d.chart("column"), "//c:ser[2]//c:numCache/c:pt", "idx", "1")),
        ("a series is taken out", lambda d: drop(d.chart("column"), "//c:ser[2]")),
        ("the series refer to each other's column", swap_references),
        ("a hidden row in the workbook", hide_rows),
        ("a second sheet in the workbook", second_sheet),
        ("the workbook is unlinked", lambda d: drop(d.chart("column"), "c:externalData")),
        ("a number in the cache has more digits", lambda d: say(d.chart("column"), "//c:numCache/c:pt/c:v[text()='1000']", "1000.4")),
    ),
    *tell(
        "chart look",
        ("columns become bars", lambda d: put(d.chart("column"), "//c:barDir", "val", "bar")),
        ("clustered becomes per cent stacked", lambda d: put(d.chart("share"), "//c:grouping", "val", "percentStacked")),
        ("clustered becomes stacked", lambda d: put(d.chart("share"), "//c:grouping", "val", "stacked")),
        ("a line plot becomes an area plot", lambda d: setattr(find(d.chart("rank"), "//c:lineChart"), "tag", f"{{{C}}}areaChart")),
        ("a column plot becomes solid (3D)", lambda d: other_plot(d, "barChart", "bar3DChart")),
        ("the line is smoothed", lambda d: put(d.chart("rank"), "//c:smooth", "val", "1")),
        ("two series change their colours", swap_series_paint),
        ("one column in the other series' colour", paint_point),
        ("one column without fill", hide_point),
        ("series in the other order", swap_series),
        ("number format: 亿元 to 万元", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls/c:numFmt", "formatCode", '0.0"万元"')),
        ("number format without decimals", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls/c:numFmt", "formatCode", '0"亿元"')),
        ("number format that prints a constant", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls/c:numFmt", "formatCode", '"700亿元"')),
        ("number format without 超", lambda d: put(d.chart("column"), "//c:ser[2]/c:dLbls/c:numFmt", "formatCode", '0"亿元"')),
        ("number format without 计算值", lambda d: put(d.chart("share"), "//c:ser[2]/c:dLbls/c:numFmt", "formatCode", "0.0%")),
        ("number format taken from the source", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls/c:numFmt", "sourceLinked", "1")),
        ("推算 on the other rank", swap_label_formats),
        ("the labels off", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls/c:showVal", "val", "0")),
        ("one label off", deleted_label),
        ("the label shows the category", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls/c:showCatName", "val", "1")),
        ("a typed label", typed_label),
        ("a label moved to another column", moved_label),
        ("labels in the ground's colour", lambda d: put(d.chart("column"), "//c:ser[1]/c:dLbls//a:schemeClr", "val", "bg1")),
        ("the value axis begins at 500", truncated_axis),
        ("the value axis is logarithmic", lambda d: find(d.chart("column"), "//c:valAx/c:scaling").insert(0, fragment('<c:logBase val="10"/>'))),
        ("the category axis runs backwards", lambda d: put(d.chart("column"), "//c:catAx/c:scaling/c:orientation", "val", "maxMin")),
        ("the rank axis is turned round", lambda d: put(d.chart("rank"), "//c:valAx/c:scaling/c:orientation", "val", "minMax")),
        ("the rank axis ends at 60", lambda d: put(d.chart("rank"), "//c:valAx/c:scaling/c:max", "val", "60")),
        ("the categories are not shown", lambda d: put(d.chart("column"), "//c:catAx/c:delete", "val", "1")),
        ("every second category is shown", lambda d: put(d.chart("column"), "//c:catAx/c:tickLblSkip", "val", "2")),
        ("blanks are drawn as noughts", lambda d: put(d.chart("rank"), "//c:dispBlanksAs", "val", "zero")),
        ("a title inside the chart", add_chart_title),
        ("a text drawn inside the chart", chart_drawing),
        ("a trend line", trend_line),
        ("error bars", error_bars),
        ("the plot is shifted away from what is drawn around it", lambda d: put(d.chart("column"), "//c:plotArea/c:layout//c:x", "val", "0.33")),
        ("the columns do not overlap", lambda d: put(d.chart("share"), "//c:overlap", "val", "0")),
        ("a legend", lambda d: find(d.chart("column"), "//c:plotArea").addnext(fragment('<c:legend><c:legendPos val="r"/><c:overlay val="0"/></c:legend>'))),
        ("the chart's frame is moved off the slide", lambda d: put(d.shape("column/chart"), "p:xfrm/a:off", "x", "-9000000")),
    ),
    *tell(
        "alt text",
        ("a digit", lambda d: put(d.shape("column/chart"), ".//p:cNvPr", "descr", find(d.shape("column/chart"), ".//p:cNvPr").get("descr").replace("685.8", "658.8"))),
        ("removed", lambda d: find(d.shape("rank/chart"), ".//p:cNvPr").attrib.pop("descr")),
        ("of another chart", lambda d: put(d.shape("rank/chart"), ".//p:cNvPr", "descr", find(d.shape("share/chart"), ".//p:cNvPr").get("descr"))),
        ("超 is dropped", lambda d: put(d.shape("column/chart"), ".//p:cNvPr", "descr", find(d.shape("column/chart"), ".//p:cNvPr").get("descr").replace("超", ""))),
        ("of a table", lambda d: put(d.table(ROWS), ".//p:cNvPr", "descr", find(d.table(ROWS), ".//p:cNvPr").get("descr").replace("6", "8"))),
        ("on a text that has none", lambda d: put(d.shape(HERO), ".//p:cNvPr", "descr", "585.8亿元")),
        ("a title of the chart's frame", lambda d: put(d.shape("column/chart"), ".//p:cNvPr", "title", "三次开工")),
        ("a chart is marked decorative", lambda d: find(d.shape("column/chart"), ".//p:cNvPr").append(fragment('<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'))),
    ),
    *tell(
        "slides",
        ("hidden", lambda d: d.xml(d.place(HERO)[0]).set("show", "0")),
        ("two change places", order_slides),
        ("one is deleted", delete_slide),
        ("one is shown twice", repeat_slide),
        ("the show leaves the first six out", show_some),
        ("a custom show leaves six out", custom_show),
        ("a slide goes on by itself at once", lambda d: after_show(d, '<p:transition advTm="0"><p:cut/></p:transition>')),
        ("an animation hides the big figure", animate_away),
        ("a section's name", lambda d: put(d.xml("ppt/presentation.xml"), "//*[local-name()='section'][2]", "name", "投资与收益")),
        ("a slide is in another section", lambda d: find(d.xml("ppt/presentation.xml"), "//*[local-name()='section'][3]/*").append(find(d.xml("ppt/presentation.xml"), "//*[local-name()='section'][2]/*/*[3]"))),
        ("the slides are narrower: their right is cut off", lambda d: put(d.xml("ppt/presentation.xml"), "//p:sldSz", "cx", "9144000")),
        ("a slide hides its layout's shapes", lambda d: d.xml(d.place(HERO)[0]).set("showMasterSp", "0")),
    ),
    *tell(
        "links",
        ("a keyword on the overview leads to another", lambda d: link_to(d, "overview/重大项目/keyword", "国际交流/title")),
        ("a keyword on a divider leads to another", lambda d: link_to(d, "divider/重大项目/keyword", "国际交流/title")),
        ("the way back leads elsewhere", lambda d: link_to(d, "重大项目/page", "closing/title")),
        ("a link to the web", link_out),
        ("a link is taken out", lambda d: drop(d.shape("重大项目/page"), ".//a:hlinkClick")),
        ("a link's tip", lambda d: find(d.shape("重大项目/page"), ".//a:hlinkClick").set("tooltip", "去第9页")),
    ),
    *tell(
        "properties",
        ("title", lambda d: core(d, "title", "回眸发展每一步 从容迈向新征程")),
        ("creator", lambda d: core(d, "creator", "深圳市龙岗区")),
        ("last modified by", lambda d: core(d, "lastModifiedBy", "张三")),
        ("created", lambda d: core(d, "created", "2023-01-15T00:00:00Z")),
        ("keywords", lambda d: core(d, "keywords", "重大项目")),
        ("subject", lambda d: core(d, "subject", "聚焦2022年高质量发展20个“关键词”")),
        ("language", lambda d: core(d, "language", "ja-JP")),
        ("a run's language", lambda d: run_paint(d.shape("重大项目/caption"), "", lang="ja-JP")),
        ("slides counted in app.xml", lambda d: say(d.xml("docProps/app.xml"), "//*[local-name()='Slides']", "31")),
        ("company in app.xml", lambda d: d.xml("docProps/app.xml").append(etree.fromstring('<Company xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">某公司</Company>'))),
        ("title and figure change in the order of reading", other_reading_order),
        ("a shape's name (what a screen reader may say)", lambda d: put(d.shape(HERO), ".//p:cNvPr", "name", "585.8亿元")),
    ),
]


# ---------------------------------------------------------------------------------------------------------------- the PDF files

Step = tuple[list[Any], Operator]
FIGURE = "109个|77个"
"""The figure most lies of a page are about: a computed one, or where a file does not print it, a plain one."""


class Sheet:
    """A page's drawing steps, with the text each step shows."""

    def __init__(self, pdf: pikepdf.Pdf, page: Any) -> None:
        self.pdf, self.page, self.maps = pdf, page, {}  # type: ignore[var-annotated]
        self.steps: list[Step] = [(list(i.operands), i.operator) for i in pikepdf.parse_content_stream(page)]
        for name, font in page.Resources.get("/Font", {}).items():
            self.maps[name] = unicode_of(font)
        font, self.fonts = "", {}  # type: ignore[var-annotated]
        for n, (operands, operator) in enumerate(self.steps):
            if str(operator) == "Tf":
                font = str(operands[0])
            self.fonts[n] = font

    def is_(self, n: int, *operators: str) -> bool:
        return 0 <= n < len(self.steps) and str(self.steps[n][1]) in operators

    def codes(self, n: int) -> list[int]:
        data = b"".join(bytes(piece) for piece in self.steps[n][0][0] if isinstance(piece, String))
        return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]

    def text(self, n: int) -> str:
        return "".join(self.maps[self.fonts[n]].get(code, "?") for code in self.codes(n))

    def at(self, words: str, nth: int = 0) -> int:
        """The step that shows these words (wholly, else as a part), or those after a |."""
        shown = [(n, self.text(n)) for n in range(len(self.steps)) if self.is_(n, "TJ")]
        for one in words.split("|"):
            found = [n for n, text in shown if text == one] or [n for n, text in shown if one in text]
            if found and -len(found) <= nth < len(found):
                return found[nth]
        raise AbsentError(words)

    def before(self, n: int, operator: str) -> int:
        while not self.is_(n, operator):
            n -= 1
        return n

    def after(self, n: int, operator: str) -> int:
        while not self.is_(n, operator):
            n += 1
        return n

    def write(self, n: int, old: str, new: str) -> None:
        """Changes the glyphs a step shows; the kerning stays where the length does."""
        back = {text: code for code, text in self.maps[self.fonts[n]].items()}
        if any(letter not in back for letter in new):
            raise AbsentError(f"glyph of {new}")
        codes, start = self.codes(n), self.text(n).index(old)
        codes[start : start + len(old)] = [back[letter] for letter in new]
        if len(old) != len(new):
            self.steps[n] = ([Array([String(b"".join(c.to_bytes(2, "big") for c in codes))])], Operator("TJ"))
            return
        made, rest = [], iter(codes)
        for piece in self.steps[n][0][0]:
            if isinstance(piece, String):
                made.append(String(b"".join(next(rest).to_bytes(2, "big") for _ in range(len(bytes(piece)) // 2))))
            else:
                made.append(piece)
        self.steps[n] = ([Array(made)], Operator("TJ"))

    def insert(self, n: int, *steps: tuple[list[Any], str]) -> None:
        self.steps[n:n] = [(operands, Operator(operator)) for operands, operator in steps]

    def around(self, n: int, *steps: tuple[list[Any], str]) -> None:
        """Encloses the text object of a step in q … Q with these steps at the beginning."""
        begin, end = self.before(n, "BT"), self.after(n, "ET")
        self.insert(end + 1, ([], "Q"))
        self.insert(begin, ([], "q"), *steps)

    def spot(self, n: int) -> tuple[float, float]:
        x, y = self.steps[self.before(n, "Tm")][0][4:6]
        return float(x), float(y)

    def shift(self, n: int, dx: float, dy: float) -> None:
        at = self.before(n, "Tm")
        a, b, c, d, x, y = (float(value) for value in self.steps[at][0])
        self.steps[at] = ([a, b, c, d, x + dx, y + dy], Operator("Tm"))

    def boxes(self) -> list[tuple[int, float, float, float, float]]:
        """The filled four-cornered paths: first step, x, y, width, height."""
        found = []
        for n in range(len(self.steps) - 5):
            if [str(step[1]) for step in self.steps[n : n + 6]] == ["m", "l", "l", "l", "h", "f"]:
                xs, ys = zip(*[(float(o[0]), float(o[1])) for o, _ in self.steps[n : n + 4]], strict=True)
                if len(set(xs)) == len(set(ys)) == 2:
                    found.append((n, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
        return found

    def columns(self) -> list[int]:
        """The first steps of the chart's columns: boxes of one foot and width whose heights are as 535.8 to 685.8."""
        every = self.boxes()
        for one in every:
            for other in every:
                same = abs(one[2] - other[2]) < 0.1 and abs(one[3] - other[3]) < 0.1 and one[1] < other[1] and one[4] > 20
                if same and abs(one[4] / other[4] - 535.8 / 685.8) < 0.002:
                    return [one[0], other[0]]
        raise AbsentError("columns")

    def stretch(self, n: int, by: float) -> None:
        """Makes a column higher by a factor."""
        foot = min(float(o[1]) for o, _ in self.steps[n : n + 4])
        for k in range(n, n + 4):
            x, y = (float(v) for v in self.steps[k][0])
            self.steps[k] = ([x, foot + (y - foot) * by], Operator(str(self.steps[k][1])))

    def save(self) -> None:
        self.page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(self.steps))


def unicode_of(font: Any) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\s", "".join(re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL)))
    return {int(a, 16): bytes.fromhex(b).decode("utf-16-be") for a, b in pairs}


def sheet(pdf: pikepdf.Pdf, words: str, nth: int = 0) -> Sheet:
    """The nth page that shows these words in one step."""
    for page in pdf.pages:
        one = Sheet(pdf, page)
        with contextlib.suppress(AbsentError):
            one.at(words)
            if not nth:
                return one
            nth -= 1
    raise AbsentError(words)


def on(words: str, change: Callable[[Sheet, int], object], nth: int = 0, page: str = "") -> Callable[[pikepdf.Pdf], None]:
    """A lie that changes the steps of a page: those words, on the page of other words where these are given."""

    def plant(pdf: pikepdf.Pdf) -> None:
        one = sheet(pdf, page or words)
        change(one, one.at(words, nth))
        one.save()

    return plant


def words(old: str, new: str, nth: int = 0, page: str = "") -> Callable[[pikepdf.Pdf], None]:
    return on(old, lambda s, n: s.write(n, old, new), nth, page)


def exchange(one: str, other: str, page: str, nth: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Two words of one page change places by their position."""

    def plant(pdf: pikepdf.Pdf) -> None:
        s = sheet(pdf, page)
        a, b = s.at(one, nth), s.at(other, nth)
        (ax, ay), (bx, by) = s.spot(a), s.spot(b)
        s.shift(a, bx - ax, by - ay)
        s.shift(b, ax - bx, ay - by)
        s.save()

    return plant


def paint(s: Sheet, n: int, *colour: float) -> None:
    """Paints a text: one number grey, three RGB, four CMYK."""
    s.around(n, (list(colour), {1: "g", 3: "rg", 4: "k"}[len(colour)]))
    begin = s.before(n, "q")
    s.insert(s.after(begin, "BT") + 1, (list(colour), {1: "g", 3: "rg", 4: "k"}[len(colour)]))


def ground(s: Sheet, n: int) -> None:
    """Paints a text in the paper's colour."""
    paint(s, n, *([0, 0, 0, 0] if "/TrimBox" in s.page else [0.984, 0.976, 0.961]))


def set_before(n: int, s: Sheet, operator: str, operands: list[Any]) -> None:
    at = s.before(n, operator)
    s.steps[at] = (operands, Operator(operator))


def resource(s: Sheet, kind: str, name: str, thing: Any) -> None:
    resources = s.page.Resources
    if kind not in resources:
        resources[kind] = Dictionary()
    else:
        resources[kind] = copy.copy(resources[kind])
    resources[kind][name] = s.pdf.make_indirect(thing)


def transparent(s: Sheet, n: int) -> None:
    resource(s, "/ExtGState", "/Lie", Dictionary(Type=Name.ExtGState, ca=0, CA=0))
    s.around(n, ([Name("/Lie")], "gs"))


def switched_off(s: Sheet, n: int) -> None:
    """Puts a text on a layer that is off."""
    layer = s.pdf.make_indirect(Dictionary(Type=Name.OCG, Name="底稿"))
    s.pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    resource(s, "/Properties", "/Lie", Dictionary(Type=Name.OCG, Name="底稿"))
    s.page.Resources.Properties["/Lie"] = layer
    begin, end = s.before(n, "BT"), s.after(n, "ET")
    s.insert(end + 1, ([], "EMC"))
    s.insert(begin, ([Name.OC, Name("/Lie")], "BDC"))


def clipped(s: Sheet, n: int) -> None:
    s.around(n, ([0, 0, 0.1, 0.1], "re"), ([], "W"), ([], "n"))


def covered(s: Sheet, n: int, width: float = 60, colour: tuple[float, ...] = ()) -> None:
    """A box in the paper's colour over a text, drawn after it."""
    x, y = s.spot(n)
    tone = list(colour) or ([0, 0, 0, 0] if "/TrimBox" in s.page else [0.984, 0.976, 0.961])
    s.insert(len(s.steps), ([], "q"), (tone, "k" if len(tone) == 4 else "rg"), ([x - 1, y - 3, width, 14], "re"), ([], "f"), ([], "Q"))


def covered_by_picture(s: Sheet, n: int) -> None:
    x, y = s.spot(n)
    picture = s.pdf.make_stream(b"\xff\xff\xff\xff" if "/TrimBox" not in s.page else b"\0\0\0\0")
    tone = Name.DeviceCMYK if "/TrimBox" in s.page else Name.DeviceGray
    picture.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1 if tone == Name.DeviceCMYK else 2, Height=1 if tone == Name.DeviceCMYK else 2, ColorSpace=tone, BitsPerComponent=8))  # type: ignore[attr-defined]
    resource(s, "/XObject", "/Lie", picture)
    s.insert(len(s.steps), ([], "q"), ([60, 0, 0, 14, x - 1, y - 3], "cm"), ([Name("/Lie")], "Do"), ([], "Q"))


def covered_by_form(s: Sheet, n: int) -> None:
    x, y = s.spot(n)
    form = s.pdf.make_stream((b"0 0 0 0 k" if "/TrimBox" in s.page else b"1 1 1 rg") + b" 0 0 60 14 re f")
    for key, value in {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 60, 14])}.items():
        form[key] = value
    resource(s, "/XObject", "/Lie", form)
    s.insert(len(s.steps), ([], "q"), ([1, 0, 0, 1, x - 1, y - 3], "cm"), ([Name("/Lie")], "Do"), ([], "Q"))


def shaded(s: Sheet, n: int) -> None:
    """A shading laid over a text."""
    tone = Name.DeviceCMYK if "/TrimBox" in s.page else Name.DeviceRGB
    ends = [0, 0, 0, 0] if "/TrimBox" in s.page else [1, 1, 1]
    x, y = s.spot(n)
    ramp = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(ends), C1=Array(ends), N=1)
    resource(s, "/Shading", "/Lie", Dictionary(ShadingType=2, ColorSpace=tone, Coords=Array([0, 0, 100, 0]), Function=ramp, Extend=Array([True, True])))
    s.insert(len(s.steps), ([], "q"), ([x - 1, y - 3, 60, 14], "re"), ([], "W"), ([], "n"), ([Name("/Lie")], "sh"), ([], "Q"))


def struck(s: Sheet, n: int) -> None:
    x, y = s.spot(n)
    black = ([0, 0, 0, 1], "K") if "/TrimBox" in s.page else ([0, 0, 0], "RG")
    s.insert(len(s.steps), ([], "q"), black, ([1], "w"), ([x, y + 4], "m"), ([x + 40, y + 4], "l"), ([], "S"), ([], "Q"))


def added_text(s: Sheet, n: int, text: str, dy: float = -14) -> None:
    """Shows other words near a text, in its font."""
    x, y = s.spot(n)
    back = {shown: code for code, shown in s.maps[s.fonts[n]].items()}
    if any(letter not in back for letter in text):
        raise AbsentError(text)
    data = b"".join(back[letter].to_bytes(2, "big") for letter in text)
    s.insert(len(s.steps), ([], "BT"), ([Name(s.fonts[n]), 9], "Tf"), ([1, 0, 0, 1, x, y + dy], "Tm"), ([Array([String(data)])], "TJ"), ([], "ET"))


def added_box(s: Sheet, n: int) -> None:
    """A third of a column beside the columns, without text."""
    _, x, y, w, h = next(b for b in s.boxes() if b[0] == s.columns()[0])
    colour = ([0.2, 0.9, 0.8, 0.3], "k") if "/TrimBox" in s.page else ([0.6, 0.1, 0.1], "rg")
    s.insert(len(s.steps), ([], "q"), colour, ([x + w + 1, y, 8, h / 3], "re"), ([], "f"), ([], "Q"))


def second_stream(pdf: pikepdf.Pdf) -> None:
    """A second content stream of a page draws a box over a text."""
    s = sheet(pdf, FIGURE)
    x, y = s.spot(s.at(FIGURE))
    tone = "0 0 0 0 k" if "/TrimBox" in s.page else "1 1 1 rg"
    more = pdf.make_stream(f"q {tone} {x - 1} {y - 3} 40 12 re f Q".encode())
    s.page.Contents = Array([s.page.Contents, pdf.make_indirect(more)])


def turned(s: Sheet, n: int) -> None:
    """Turns a text upside down."""
    at = s.before(n, "Tm")
    x, y = s.spot(n)
    s.steps[at] = ([-1, 0, 0, -1, x + 30, y + 7], Operator("Tm"))


def raised(s: Sheet, n: int) -> None:
    """Raises the last digit of a figure to an exponent."""
    codes = s.codes(n)
    data = [code.to_bytes(2, "big") for code in codes]
    font, size = s.steps[s.before(n, "Tf")][0]
    s.steps[n : n + 1] = [
        ([Array([String(data[0])])], Operator("TJ")),
        ([4], Operator("Ts")),
        ([font, float(size) * 0.6], Operator("Tf")),
        ([Array([String(data[1])])], Operator("TJ")),
        ([0], Operator("Ts")),
        ([font, size], Operator("Tf")),
        ([Array([String(b"".join(data[2:]))])], Operator("TJ")),
    ]


def torn(s: Sheet, n: int) -> None:
    """Tears a figure apart by kerning."""
    data = [code.to_bytes(2, "big") for code in s.codes(n)]
    s.steps[n] = ([Array([String(data[0]), -3000, String(b"".join(data[1:]))])], Operator("TJ"))


def overlaid(s: Sheet, n: int) -> None:
    """Draws the second glyph over the first by kerning."""
    data = [code.to_bytes(2, "big") for code in s.codes(n)]
    s.steps[n] = ([Array([String(data[0]), 560, String(b"".join(data[1:]))])], Operator("TJ"))


def other_font(s: Sheet, n: int) -> None:
    """The same codes in another of the page's fonts: other glyphs are drawn."""
    at = s.before(n, "Tf")
    now = str(s.steps[at][0][0])
    other = next((name for name in s.maps if name != now), None)
    if other is None:
        raise AbsentError("second font")
    s.steps[at] = ([Name(other), s.steps[at][0][1]], Operator("Tf"))


def spoken(s: Sheet, n: int) -> None:
    """Machines read another figure than is drawn: ActualText in the page's stream."""
    begin, end = s.before(n, "BT"), s.after(n, "ET")
    s.insert(end + 1, ([], "EMC"))
    s.insert(begin, ([Name.Span, Dictionary(ActualText="585.8亿元")], "BDC"))


def artifact(s: Sheet, n: int) -> None:
    """A text becomes a decoration: screen readers pass over it."""
    at = s.before(n, "BDC")
    s.steps[at] = ([Name.Artifact], Operator("BMC"))


def erase(s: Sheet, n: int) -> None:
    del s.steps[s.before(n, "BT") : s.after(n, "ET") + 1]


def repeated(s: Sheet, n: int) -> None:
    """Draws a true text a second time elsewhere: beside another label."""
    a, b = s.before(n, "BT"), s.after(n, "ET")
    twin = list(s.steps[a : b + 1])
    x, y = s.spot(n)
    for k, (_, operator) in enumerate(twin):
        if str(operator) == "Tm":
            twin[k] = ([1, 0, 0, 1, x, y - 30], Operator("Tm"))
    s.steps += twin


def column_change(change: Callable[[Sheet, list[int]], object]) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            s = Sheet(pdf, page)
            with contextlib.suppress(AbsentError):
                s.at("首批集中开工")
                columns = s.columns()
                change(s, columns)
                s.save()
                return
        raise AbsentError("columns")

    return plant


def trade_heights(s: Sheet, columns: list[int]) -> None:
    s.stretch(columns[0], 685.8 / 535.8)
    s.stretch(columns[1], 535.8 / 685.8)


def repaint(s: Sheet, columns: list[int]) -> None:
    at = columns[1] - 1
    s.steps[at] = ([0.2, 0.2, 0.2] if str(s.steps[at][1]) == "rg" else [0, 0, 0, 0.3], s.steps[at][1])


def widen(s: Sheet, columns: list[int]) -> None:
    """Makes the second column twice as wide to the right."""
    left = min(float(o[0]) for o, _ in s.steps[columns[1] : columns[1] + 4])
    for k in range(columns[1], columns[1] + 4):
        x, y = (float(v) for v in s.steps[k][0])
        s.steps[k] = ([left + (x - left) * 1.6, y], s.steps[k][1])


def unpaint(s: Sheet, columns: list[int]) -> None:
    del s.steps[columns[1] : columns[1] + 6]


def close_top(s: Sheet, columns: list[int]) -> None:
    """Closes the open top of the third column (only a floor is known) with a line."""
    _, x, y, w, h = next(b for b in s.boxes() if b[0] == columns[1])
    gap = x - next(b for b in s.boxes() if b[0] == columns[0])[1]
    top = y + h * 1000 / 685.8
    colour = ([0, 0, 0, 0.8], "K") if "/TrimBox" in s.page else ([0.29, 0.26, 0.24], "RG")
    s.insert(len(s.steps), ([], "q"), colour, ([2.4], "w"), ([x + gap, top], "m"), ([x + gap + w, top], "l"), ([], "S"), ([], "Q"))


def share_bar(pdf: pikepdf.Pdf) -> None:
    """The part of the share bar becomes half the whole; of a field of dots, two hundred dots are not drawn."""
    for page in pdf.pages:
        s = Sheet(pdf, page)
        dots = [n for n in range(len(s.steps) - 5) if [str(step[1]) for step in s.steps[n : n + 6]] == ["m", "l", "l", "l", "h", "m"]]
        if len(dots) > 3000:
            del s.steps[dots[0] : dots[0] + 1000]
            s.save()
            return
        every = s.boxes()
        for one in every:
            for other in every:
                if one[0] != other[0] and abs(one[3] / other[3] - 0.239) < 0.002 and abs(one[2] - other[2]) < 2 and other[3] > 80:
                    left = one[1]
                    for k in range(one[0], one[0] + 4):
                        x, y = (float(v) for v in s.steps[k][0])
                        s.steps[k] = ([left + (x - left) * 2, y], s.steps[k][1])
                    s.save()
                    return
    raise AbsentError("share bar")


def rank_line(pdf: pikepdf.Pdf) -> None:
    """The line between two ranks becomes steeper."""
    for nth in range(3):
        s = sheet(pdf, "前次（推算）", nth)
        for n in range(len(s.steps) - 2):
            if [str(step[1]) for step in s.steps[n : n + 3]] == ["m", "l", "S"]:
                (x1, y1), (x2, y2) = ([float(v) for v in s.steps[k][0]] for k in (n, n + 1))
                if abs(x1 - x2) > 20 and abs(y1 - y2) > 5:
                    s.steps[n + 1] = ([x2, y2 + (y2 - y1)], Operator("l"))
                    s.save()
                    return
    raise AbsentError("rank line")


# Fonts -------------------------------------------------------------------------------------------------------------------------


def font_of(pdf: pikepdf.Pdf, text: str, true_type: bool = True) -> tuple[Any, dict[str, int]]:
    """The first font that is TrueType and has these letters, with their codes."""
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            back = {shown: code for code, shown in unicode_of(font).items()}
            if all(letter in back for letter in text) and (not true_type or font.DescendantFonts[0].get("/CIDToGIDMap") is not None):
                return font, back
    raise AbsentError("font")


def to_unicode(pdf: pikepdf.Pdf) -> None:
    """What is copied, searched and read aloud of 5 is 8, and of 8 is 5."""
    font, back = font_of(pdf, "58", true_type=False)
    text = font.ToUnicode.read_bytes().decode("latin-1")
    one, other = f"<{back['5']:04X}> <0035>", f"<{back['8']:04X}> <0038>"
    assert one in text
    assert other in text
    text = text.replace(one, one.replace("0035", "0038")).replace(other, other.replace("0038", "0035"))
    font.ToUnicode = pdf.make_stream(text.encode("latin-1"))


def drop_to_unicode(pdf: pikepdf.Pdf) -> None:
    font, _ = font_of(pdf, "58", true_type=False)
    del font["/ToUnicode"]


def glyph_map(pdf: pikepdf.Pdf) -> None:
    """The glyphs of 5 and 8 change places in the map from code to glyph."""
    font, back = font_of(pdf, "58")
    five, eight = back["5"], back["8"]
    ids = list(range(65535))
    ids[five], ids[eight] = eight, five
    font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(b"".join(i.to_bytes(2, "big") for i in ids))


def glyph_outline(pdf: pikepdf.Pdf) -> None:
    """The outlines of 5 and 8 change places inside the embedded font."""
    font, back = font_of(pdf, "58")
    descriptor = font.DescendantFonts[0].FontDescriptor
    face = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
    names = face.getGlyphOrder()
    one, other = names[back["5"]], names[back["8"]]
    glyphs = face["glyf"]
    glyphs[one], glyphs[other] = glyphs[other], glyphs[one]
    made = io.BytesIO()
    face.save(made)
    descriptor.FontFile2 = pdf.make_stream(made.getvalue(), Length1=len(made.getvalue()))


def glyph_emptied(pdf: pikepdf.Pdf) -> None:
    """The outline of 8 is empty: the digit is not drawn."""
    font, back = font_of(pdf, "58")
    descriptor = font.DescendantFonts[0].FontDescriptor
    face = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    face["glyf"][face.getGlyphOrder()[back["8"]]] = Glyph()
    made = io.BytesIO()
    face.save(made)
    descriptor.FontFile2 = pdf.make_stream(made.getvalue(), Length1=len(made.getvalue()))


def glyph_widths(pdf: pikepdf.Pdf) -> None:
    """The digits have no width: they are drawn over each other."""
    font, back = font_of(pdf, "0123456789", true_type=False)
    for digit in "0123456789":
        font.DescendantFonts[0].W.append(back[digit])
        font.DescendantFonts[0].W.append(Array([0]))


def font_gone(pdf: pikepdf.Pdf) -> None:
    """A font is not embedded any more: another is drawn."""
    font, _ = font_of(pdf, "58", true_type=False)
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


# The document ------------------------------------------------------------------------------------------------------------------


def xmp(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    text = pdf.Root.Metadata.read_bytes().decode()
    if old not in text:
        raise AbsentError(old)
    made = pdf.make_stream(text.replace(old, new).encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = made


def both_titles(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "回眸发展每一步 从容迈向新征程"
    xmp(pdf, "回眸发展每一帧 从容迈向新征程", "回眸发展每一步 从容迈向新征程")


def bookmarks(change: Callable[[list[Any], pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], None]:
    """Changes the outline entries, all levels in order."""

    def plant(pdf: pikepdf.Pdf) -> None:
        if "/Outlines" not in pdf.Root:
            raise AbsentError("bookmarks")
        change(list(entries(pdf.Root.Outlines)), pdf)

    return plant


def entries(node: Any) -> Any:
    one = node.get("/First")
    while one is not None:
        yield one
        yield from entries(one)
        one = one.get("/Next")


def trade_keys(one: Any, other: Any, *keys: str) -> None:
    for key in keys:
        a, b = one.get(key), other.get(key)
        if a is None or b is None:
            raise AbsentError(key)
        one[key], other[key] = b, a


def drop_bookmark(every: list[Any], pdf: pikepdf.Pdf) -> None:
    gone = next(e for e in every if str(e.Title) == "国际交流")
    before, after = gone.get("/Prev"), gone.get("/Next")
    if before is not None and after is not None:
        before["/Next"], after["/Prev"] = after, before
    elif after is not None:
        gone.Parent["/First"] = after
        del after["/Prev"]
    else:
        gone.Parent["/Last"] = before
        del before["/Next"]
    gone.Parent["/Count"] = (1 if int(gone.Parent.Count) < 0 else -1) + int(gone.Parent.Count)


def links(pdf: pikepdf.Pdf) -> list[Any]:
    found = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == Name.Link]
    if not found:
        raise AbsentError("links")
    return found


def contents_links(pdf: pikepdf.Pdf) -> list[Any]:
    """The links of the first page that has many."""
    for page in pdf.pages:
        annots = [a for a in page.get("/Annots", []) if a.Subtype == Name.Link]
        if len(annots) > 5:
            return annots
    raise AbsentError("page of links")


def other_target(pdf: pikepdf.Pdf) -> None:
    contents_links(pdf)[-1]["/Dest"] = Array([pdf.pages[0].obj, Name.Fit])


def trade_targets(pdf: pikepdf.Pdf) -> None:
    every = contents_links(pdf)
    one = every[1]
    other = next(a for a in every if a.Dest[0].objgen != one.Dest[0].objgen)
    trade_keys(one, other, "/Dest")


def trade_link_places(pdf: pikepdf.Pdf) -> None:
    every = contents_links(pdf)
    one = every[1]
    trade_keys(one, next(a for a in every if a.Dest[0].objgen != one.Dest[0].objgen), "/Rect")


def link_out_pdf(pdf: pikepdf.Pdf) -> None:
    one = contents_links(pdf)[1]
    del one["/Dest"]
    one["/A"] = Dictionary(S=Name.URI, URI=String("https://example.com/"))


def link_gone(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if len(page.get("/Annots", [])) > 5:
            del page.Annots[1]
            return
    raise AbsentError("links")


def link_flag(pdf: pikepdf.Pdf) -> None:
    contents_links(pdf)[1]["/F"] = 2  # hidden


def annotate(pdf: pikepdf.Pdf, kind: str, words_: str = FIGURE, **more: Any) -> None:
    """Adds an annotation beside or over a text."""
    s = sheet(pdf, words_)
    x, y = s.spot(s.at(words_))
    one = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([x - 1, y - 3, x + 60, y + 12]), F=4, Contents="实为119个", **more)
    if "/Annots" not in s.page:
        s.page.Annots = Array([])
    s.page.Annots.append(pdf.make_indirect(one))


def stamp(pdf: pikepdf.Pdf) -> None:
    """An annotation whose appearance covers a figure."""
    form = pdf.make_stream(b"1 1 1 rg 0 0 61 15 re f")
    for key, value in {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 61, 15])}.items():
        form[key] = value
    annotate(pdf, "Stamp", AP=Dictionary(N=form))


def form_field(pdf: pikepdf.Pdf) -> None:
    """A form field prefilled with another figure, over the printed one."""
    annotate(pdf, "Widget", FT=Name.Tx, T="x", V="119个", DA=String("/Helv 9 Tf 0 g"), MK=Dictionary(BG=Array([1, 1, 1])))
    field = next(p.Annots[-1] for p in pdf.pages if "/Annots" in p and p.Annots[-1].Subtype == Name.Widget)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)


def page_crop(pdf: pikepdf.Pdf) -> None:
    """The right third of a page is not shown."""
    page = sheet(pdf, FIGURE).page
    x0, y0, x1, y1 = (float(v) for v in page.MediaBox)
    page["/CropBox"] = Array([x0, y0, x0 + (x1 - x0) * 0.66, y1])


def page_media(pdf: pikepdf.Pdf) -> None:
    page = sheet(pdf, FIGURE).page
    x0, y0, x1, y1 = (float(v) for v in page.MediaBox)
    page["/MediaBox"] = Array([x0, y0, x1, y1 * 0.7])


def trade_pages(pdf: pikepdf.Pdf) -> None:
    one = pdf.pages[7].obj
    del pdf.pages[7]
    pdf.pages.insert(9, pikepdf.Page(one))


def twin_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages.insert(9, pikepdf.Page(pdf.pages[7]))


def delete_page(pdf: pikepdf.Pdf) -> None:
    """The last page but one; nothing leads to it any more."""
    del pdf.pages[-2]


def thumbnail(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\xff" * 12)
    for key, value in {"/Width": 2, "/Height": 2, "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8}.items():
        picture[key] = value
    pdf.pages[5].obj["/Thumb"] = pdf.make_indirect(picture)


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["底稿.txt"] = pikepdf.AttachedFileSpec(pdf, "首批集中开工585.8亿元".encode(), mime_type="text/plain")


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('585.8');")


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """The structure elements in reading order."""
    if "/StructTreeRoot" not in pdf.Root:
        raise AbsentError("tags")

    def walk(node: Any) -> Any:
        if isinstance(node, Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node.K)

    return list(walk(pdf.Root.StructTreeRoot.K))


def element(pdf: pikepdf.Pdf, role: str, key: str = "", word: str = "", nth: int = 0) -> Any:
    found = [e for e in elements(pdf) if str(e.S) == role and (not key or word in str(e.get(key, "")))]
    if len(found) <= nth:
        raise AbsentError(f"{role} {key}")
    return found[nth]


def retag(role: str, key: str, old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        one = element(pdf, role, key, old)
        one[key] = str(one[key]).replace(old, new)

    return plant


def untag(pdf: pikepdf.Pdf, role: str, key: str, word: str) -> None:
    del element(pdf, role, key, word)[key]


def trade_alts(pdf: pikepdf.Pdf) -> None:
    figures = [e for e in elements(pdf) if str(e.S) == "/Figure" and "/Alt" in e]
    if len(figures) < 2:
        raise AbsentError("figures")
    trade_keys(figures[0], figures[1], "/Alt")


def reading_order(pdf: pikepdf.Pdf) -> None:
    """Two neighbours of the reading order change places: what belongs to one keyword is heard with another."""
    for one in elements(pdf):
        kids = one.get("/K")
        if isinstance(kids, Array) and len(kids) > 4 and all(isinstance(k, Dictionary) and "/S" in k for k in kids):
            kids[1], kids[4] = kids[4], kids[1]
            return
    raise AbsentError("kids")


def drop_element(pdf: pikepdf.Pdf) -> None:
    """An element is taken out of the reading: it is seen and not heard."""
    one = element(pdf, "/Figure", "/Alt", "柱状图")
    kids = one.P.K
    for n in range(len(kids)):
        if kids[n].objgen == one.objgen:
            del kids[n]
            return
    raise AbsentError("figure")


def press_only(pdf: pikepdf.Pdf) -> None:
    if "/TrimBox" not in pdf.pages[0]:
        raise AbsentError("press file")


def shift_box(key: str, dx: float) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        press_only(pdf)
        page = pdf.pages[7]
        page.obj[key] = Array([float(v) + (dx if n % 2 == 0 else 0) for n, v in enumerate(page.obj[key])])

    return plant


def grow_trim(pdf: pikepdf.Pdf) -> None:
    press_only(pdf)
    for page in pdf.pages:
        x0, y0, x1, y1 = (float(v) for v in page.TrimBox)
        page.obj["/TrimBox"] = Array([x0 + 14, y0, x1 - 14, y1])


def overprint_off(pdf: pikepdf.Pdf) -> None:
    press_only(pdf)
    for page in pdf.pages:
        for state in page.Resources.get("/ExtGState", {}).values():
            state["/OP"], state["/op"] = False, False


def overprint_on(s: Sheet, n: int) -> None:
    """A coloured or light text is set to overprint: it mixes with its ground or is not seen."""
    if "/Overprint" not in s.page.Resources.get("/ExtGState", {}):
        raise AbsentError("overprint")
    s.around(n, ([Name("/Overprint")], "gs"))


def press_ink(*ink: float) -> Callable[[Sheet, int], None]:
    def change(s: Sheet, n: int) -> None:
        at = s.before(n, "k")
        s.steps[at] = (list(ink), Operator("k"))

    return change


def all_plates(s: Sheet, n: int) -> None:
    """A text is printed on all plates (the registration colour)."""
    s.insert(s.before(n, "BT") + 1, ([Name("/Plates0")], "cs"), ([1], "scn"))


def marks_gone(pdf: pikepdf.Pdf) -> None:
    """A page loses its crop marks: the strokes on all plates."""
    press_only(pdf)
    s = Sheet(pdf, pdf.pages[7])
    for n in range(len(s.steps)):
        if s.is_(n, "SCN"):
            s.steps[n] = ([0], Operator("SCN"))
    s.save()


def marks_moved(pdf: pikepdf.Pdf) -> None:
    """A page's crop marks are shifted by a matrix."""
    press_only(pdf)
    s = Sheet(pdf, pdf.pages[7])
    n = next((n for n in range(len(s.steps)) if s.is_(n, "CS")), None)
    if n is None:
        raise AbsentError("marks")
    s.insert(n, ([1, 0, 0, 1, 8, 0], "cm"))
    s.save()


def condition(pdf: pikepdf.Pdf) -> None:
    press_only(pdf)
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("FOGRA39")


def everything_shifted(pdf: pikepdf.Pdf) -> None:
    """A page's content is moved by 3 mm against its trim."""
    s = sheet(pdf, FIGURE)
    s.insert(0, ([1, 0, 0, 1, 8.5, 0], "cm"))
    s.save()


def everything_mirrored(pdf: pikepdf.Pdf) -> None:
    s = sheet(pdf, FIGURE)
    x0, _, x1, _ = (float(v) for v in s.page.MediaBox)
    s.insert(0, ([-1, 0, 0, 1, x0 + x1, 0], "cm"))
    s.save()


COLUMN_PAGE = "首批集中开工"

PDF_DRAWN = [
    *tell(
        "page text",
        ("a figure's digits", words("685.8亿元", "658.8亿元", page=FIGURE)),
        ("two figures of a line change places", exchange("32个", "77个", FIGURE)),
        ("two figures' glyphs change", words("109个", "190个")),
        ("a chart label", words("535.8", "585.3", nth=-1, page=COLUMN_PAGE)),
        ("a date", words("1月29日", "1月26日", page=FIGURE)),
        ("a category's name", words("后续新开工", "首批新开工", page=COLUMN_PAGE)),
        ("a page number", words("8", "9", page=FIGURE)),
        ("计算值 is not drawn", on("计算值", erase, page=FIGURE)),
        ("超 is not drawn", on("超", erase)),
        ("不可 loses its 不", words("不可相加", "可相加")),
        ("等 is dropped", words("荷兰等", "荷兰")),
        ("a word with the same length", words("32个", "23个")),
    ),
    *tell(
        "page places",
        ("two chart labels change places", exchange("535.8", "685.8", COLUMN_PAGE, nth=-1)),
        ("two categories change places", exchange("首批集中开工", "后续新开工", COLUMN_PAGE)),
        ("a table figure goes down to the next row", exchange("109个", "685.8亿元", "109个", nth=-1)),
        ("a label moves to the next column", on("535.8", lambda s, n: s.shift(n, 100, 30), nth=-1, page=COLUMN_PAGE)),
        ("a label moves up a little", on("685.8", lambda s, n: s.shift(n, 0, 9), nth=-1, page=COLUMN_PAGE)),
        ("a text is moved off the page", on(FIGURE, lambda s, n: s.shift(n, 5000, 0))),
        ("a rank's label moves to the other rank", exchange("前次（推算）", "本次", "前次（推算）")),
        ("a text is drawn a second time elsewhere", on(FIGURE, repeated)),
        ("the page's content is shifted by 3 mm", everything_shifted),
        ("the page's content is mirrored", everything_mirrored),
    ),
    *tell(
        "page look",
        ("text not drawn (mode 3)", on(FIGURE, lambda s, n: s.insert(n, ([3], "Tr")))),
        ("text only as a clip (mode 7)", on(FIGURE, lambda s, n: s.around(n, ([7], "Tr")))),
        ("text in the paper's colour", on(FIGURE, ground)),
        ("text of nought size", on(FIGURE, lambda s, n: set_before(n, s, "Tf", [Name(s.fonts[n]), 0.01]))),
        ("text squeezed to nothing", on(FIGURE, lambda s, n: s.around(n, ([0.5], "Tz")))),
        ("text transparent", on(FIGURE, transparent)),
        ("text on a layer that is off", on(FIGURE, switched_off)),
        ("text clipped away", on(FIGURE, clipped)),
        ("text upside down", on("60个", turned)),
        ("text mirrored by a matrix", on(FIGURE, lambda s, n: s.around(n, ([-1, 0, 0, 1, 2 * s.spot(n)[0] + 30, 0], "cm")))),
        ("the last digit raised to an exponent", on("77个", raised)),
        ("a figure torn apart", on(FIGURE, torn)),
        ("two digits over each other", on("77个", overlaid)),
        ("another font, same codes", on(FIGURE, other_font)),
        ("a box over a figure", on(FIGURE, covered)),
        ("a box over a digit", on(FIGURE, lambda s, n: covered(s, n, 6))),
        ("a picture over a figure", on(FIGURE, covered_by_picture)),
        ("a form over a figure", on(FIGURE, covered_by_form)),
        ("a shading over a figure", on(FIGURE, shaded)),
        ("a second stream covers a figure", second_stream),
        ("a figure struck through", on(FIGURE, struck)),
        ("an added text with a digit", on(FIGURE, lambda s, n: added_text(s, n, "119个"))),
        ("an added text without a digit", on(FIGURE, lambda s, n: added_text(s, n, "亿元"))),
        ("an added box without text", on(COLUMN_PAGE, added_box)),
        ("an added text off the page", on(FIGURE, lambda s, n: added_text(s, n, "119个", dy=5000))),
    ),
    *tell(
        "page chart",
        ("a column is higher by 8 %", column_change(lambda s, c: s.stretch(c[0], 1.08))),
        ("a column is lower by 3 %", column_change(lambda s, c: s.stretch(c[1], 0.97))),
        ("two columns change heights", column_change(trade_heights)),
        ("a column in another colour", column_change(repaint)),
        ("a column is wider", column_change(widen)),
        ("a column is not drawn", column_change(unpaint)),
        ("the open column is closed", column_change(close_top)),
        ("the share's part is twice as long", share_bar),
        ("the line of ranks is steeper", rank_line),
    ),
    *tell(
        "fonts",
        ("5 and 8 change in ToUnicode", to_unicode),
        ("ToUnicode is gone", drop_to_unicode),
        ("5 and 8 change in the glyph map", glyph_map),
        ("5 and 8 change their outlines", glyph_outline),
        ("8 has an empty outline", glyph_emptied),
        ("digits without width", glyph_widths),
        ("a font is not embedded", font_gone),
    ),
    *tell(
        "pages",
        ("two change places", trade_pages),
        ("one twice", twin_page),
        ("one deleted", delete_page),
        ("one turned by 180°", lambda p: p.pages[7].obj.__setitem__("/Rotate", 180)),
        ("one cropped", page_crop),
        ("one cut by its media box", page_media),
        ("one drawn at double scale", lambda p: p.pages[7].obj.__setitem__("/UserUnit", 2)),
        ("one shown only a second", lambda p: p.pages[7].obj.__setitem__("/Dur", 1)),
    ),
    *tell(
        "document",
        ("Info: title", lambda p: p.docinfo.__setitem__("/Title", "回眸发展每一步 从容迈向新征程")),
        ("Info: author", lambda p: p.docinfo.__setitem__("/Author", "深圳市龙岗区")),
        ("Info: date", lambda p: p.docinfo.__setitem__("/CreationDate", "D:20230115000000Z")),
        ("Info: another key", lambda p: p.docinfo.__setitem__("/Company", "某公司")),
        ("XMP: title", lambda p: xmp(p, "回眸发展每一帧", "回眸发展每一步")),
        ("XMP: author", lambda p: xmp(p, "<rdf:li>深圳市龙华区", "<rdf:li>深圳市龙岗区")),
        ("XMP: a keyword", lambda p: xmp(p, "<rdf:li>重大项目</rdf:li>", "<rdf:li>重点项目</rdf:li>")),
        ("XMP: date", lambda p: xmp(p, "CreateDate>2024-01-15", "CreateDate>2023-01-15")),
        ("Info and XMP agree on a false title", both_titles),
        ("language", lambda p: p.Root.__setitem__("/Lang", String("ja-JP"))),
        ("an attached file", attach),
        ("a script when opened", script),
        ("opens at another page", lambda p: p.Root.__setitem__("/OpenAction", Array([p.pages[8].obj, Name.Fit]))),
        ("a note", lambda p: annotate(p, "Text")),
        ("a text annotation", lambda p: annotate(p, "FreeText", DA=String("/Helv 9 Tf 0 g"))),
        ("a highlight", lambda p: annotate(p, "Highlight", QuadPoints=Array([0, 10, 50, 10, 0, 0, 50, 0]))),
        ("a stamp covers a figure", stamp),
        ("a form field with another figure", form_field),
        ("a thumbnail of another page", thumbnail),
    ),
]
PDF_SCREEN = [
    *tell(
        "bookmarks",
        ("a title", bookmarks(lambda e, p: next(b for b in e if str(b.Title) == "国际交流").__setitem__("/Title", "国内交流"))),
        ("a target", bookmarks(lambda e, p: next(b for b in e if str(b.Title) == "国际交流").__setitem__("/Dest", Array([p.pages[0].obj, Name.Fit])))),
        ("two titles change places", bookmarks(lambda e, p: trade_keys(next(b for b in e if str(b.Title) == "国际交流"), next(b for b in e if str(b.Title) == "工业上楼"), "/Title"))),
        ("two whole entries change places", bookmarks(lambda e, p: trade_keys(next(b for b in e if str(b.Title) == "国际交流"), next(b for b in e if str(b.Title) == "工业上楼"), "/Title", "/Dest"))),
        ("one is deleted", bookmarks(drop_bookmark)),
        ("one leads to the web", bookmarks(lambda e, p: (e[2].__delitem__("/Dest"), e[2].__setitem__("/A", Dictionary(S=Name.URI, URI=String("https://example.com"))))[0])),
    ),
    *tell(
        "links",
        ("a target", other_target),
        ("two targets change", trade_targets),
        ("two links change places", trade_link_places),
        ("one leads to the web", link_out_pdf),
        ("one is taken out", link_gone),
        ("one is hidden", link_flag),
        ("what one says", lambda p: contents_links(p)[1].__setitem__("/Contents", "投资与开放 第9页")),
    ),
    *tell(
        "page labels",
        ("shifted by one", lambda p: p.Root.PageLabels.Nums[3].__setitem__("/P", "9")),
        ("gone", lambda p: p.Root.__delitem__("/PageLabels")),
    ),
    *tell(
        "tags",
        ("a digit in an alt text", retag("/Figure", "/Alt", "685.8", "658.8")),
        ("超 in an alt text", retag("/Figure", "/Alt", "超1000", "1000")),
        ("an alt text is gone", lambda p: untag(p, "/Figure", "/Alt", "位次图")),
        ("two alt texts change", trade_alts),
        ("a table's name", retag("/Table", "/Alt", "工业上楼", "重点片区")),
        ("a spoken title", retag("/H1", "/ActualText", "每一帧", "每一步")),
        ("a spoken figure", retag("/TD", "/ActualText", "109个", "119个")),
        ("a spoken figure where there is none", lambda p: element(p, "/P", nth=9).__setitem__("/ActualText", "585.8亿元")),
        ("an alt text on a paragraph", lambda p: element(p, "/P", nth=9).__setitem__("/Alt", "585.8亿元")),
        ("an expansion of a word", lambda p: element(p, "/P", nth=9).__setitem__("/E", "585.8亿元")),
        ("a heading becomes a paragraph", lambda p: element(p, "/H3").__setitem__("/S", Name.P)),
        ("a header cell becomes a cell", lambda p: element(p, "/TH").__setitem__("/S", Name.TD)),
        ("the reading order", reading_order),
        ("a figure is not read", drop_element),
        ("two paragraphs' marks change", lambda p: trade_keys(element(p, "/P", nth=9), element(p, "/P", nth=10), "/K")),
        ("a paragraph's language", lambda p: element(p, "/P", nth=9).__setitem__("/Lang", "ja-JP")),
        ("a role stands for another", lambda p: p.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(H3=Name.NonStruct))),
        ("text marked as decoration", on(FIGURE, artifact)),
        ("another figure for machines in the stream", on(FIGURE, spoken)),
        ("the file says it has no tags", lambda p: p.Root.MarkInfo.__setitem__("/Marked", False)),
        ("reads from right to left", lambda p: p.Root.ViewerPreferences.__setitem__("/Direction", Name.R2L)),
    ),
]
PDF_PRESS = tell(
    "press",
    ("the trim of one page is shifted", shift_box("/TrimBox", 8.5)),
    ("the trim of all pages is narrower", grow_trim),
    ("the bleed of one page is shifted", shift_box("/BleedBox", 8.5)),
    ("black does not overprint", overprint_off),
    ("a light text overprints", on("深圳市龙华区", overprint_on)),
    ("a coloured text overprints", on("02", overprint_on, page=FIGURE)),
    ("black text in four inks", on(FIGURE, press_ink(0.6, 0.5, 0.5, 1))),
    ("black text in 40 % black", on(FIGURE, press_ink(0, 0, 0, 0.4))),
    ("black text without ink", on(FIGURE, press_ink(0, 0, 0, 0))),
    ("a coloured text in another ink", on("02", press_ink(1, 0.2, 0, 0), page=FIGURE)),
    ("text on all plates", on(FIGURE, all_plates)),
    ("a page without crop marks", marks_gone),
    ("a page's crop marks are shifted", marks_moved),
    ("another printing condition is named", condition),
    ("Trapped", lambda p: p.docinfo.__setitem__("/Trapped", Name("/True"))),
    ("the version of PDF/X", lambda p: xmp(p, "PDF/X-4", "PDF/X-3")),
)

FILES: dict[str, list[Lie]] = {
    "deck.pptx": DECK,
    "brochure.pdf": [*PDF_DRAWN, *PDF_SCREEN],
    "brochure-press.pdf": [*PDF_PRESS, *PDF_DRAWN],
    "deck.pdf": [*PDF_SCREEN, *PDF_DRAWN],
}
SOME = {"brochure-press.pdf": 0, "deck.pdf": 1}
"""Of what is drawn, every second lie is planted in the press file and the others in the deck's PDF, but all with `--all`."""


# ---------------------------------------------------------------------------------------------------------------- the run


@functools.cache
def compose_once() -> None:
    """Lets `verify` read and compose a source once for all files of a run: only for speed, what is compared is the same."""
    from lhpub.review import files

    read, compose = files.read_all, files.compose_all
    kept: dict[object, Any] = {}

    def read_all(world: Any, job: Any) -> Any:
        key = ("read", str(job.layout), job.targets)
        kept[key] = kept.get(key) or read(world, job)
        return kept[key]

    def compose_all(made: Any, *more: Any) -> Any:
        key = ("compose", id(made), more)
        kept[key] = kept.get(key) or compose(made, *more)
        return kept[key]

    files.read_all, files.compose_all = read_all, compose_all


def call(*arguments: str) -> tuple[int, str]:
    """Runs the command line in this process; returns its exit code and all it printed."""
    from lhpub.cli import main as lhpub

    compose_once()
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        code = lhpub(list(arguments))
    return code, told.getvalue()


def verify(path: Path, layout: str) -> tuple[int, list[str]]:
    """The exit code and the codes of the errors and warnings told."""
    code, told = call("verify", "--lang", "en", str(path), "--source", str(SOURCE), "--layout", layout)
    found = re.findall(r"(error|warning)\[([\w-]+)\]: (.*)", told)
    return code, [f"{kind}[{name}] {words_[:110]}" for kind, name, words_ in found]


def plant_in(path: Path, change: Callable[[Any], object]) -> bytes:
    """Plants a lie in a file; returns the bytes written."""
    if path.suffix == ".pptx":
        deck = Deck(path)
        change(deck)
        deck.save()
        assert deck.changed(), "nothing was changed"
    else:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path, deterministic_id=True)
    return path.read_bytes()


@functools.cache
def saved_again(built: str, name: str) -> bytes:
    """The bytes of an untouched file saved as the lies are."""
    with tempfile.TemporaryDirectory() as folder:
        return plant_in(Path(shutil.copy(Path(built) / f"longhua-2023-{name}", folder)), lambda pdf: None)


def try_lie(job: tuple[str, str, int, str]) -> tuple[str, str, int, list[str]]:
    """Plants one lie in a copy and verifies it: caught, NOT CAUGHT, absent."""
    built, name, number, layout = job
    lie = FILES[name][number]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(Path(built) / f"longhua-2023-{name}", folder))
        try:
            planted = plant_in(path, lie.plant)
        except AbsentError as why:
            return "absent", name, number, [f"no {why} here"]
        except Exception as why:  # the lie's own mistake, to be mended here
            return "BROKEN", name, number, [f"{type(why).__name__}: {why}"]
        if name.endswith(".pdf") and planted == saved_again(built, name):
            return "BROKEN", name, number, ["nothing was changed"]
        code, told = verify(path, layout)
    if code == 2 and any(t.startswith("error") for t in told):
        return "caught", name, number, told
    return ("harmless" if lie.harmless else "NOT CAUGHT"), name, number, told or [f"exit code {code}"]


def controls(built: Path, layout: str, names: list[str]) -> list[str]:
    """The untouched files, and those only saved again as the lies save them, raise no alarm; returns those that do."""
    alarms = []
    ways: dict[str, tuple[Callable[[Path], object], str]] = {
        "untouched": (lambda path: None, ""),
        "saved again": (resave, ""),
        "a page's steps written again": (rewrite_page, ".pdf"),
    }
    for name in names:
        for way, (change, only) in ways.items():
            if not name.endswith(only):
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(shutil.copy(built / f"longhua-2023-{name}", folder))
                change(path)
                code, told = verify(path, layout)
            print(f"{'no alarm' if code == 0 else 'ALARM'}  {name}  {way}  {'; '.join(told)}", flush=True)
            if code:
                alarms.append(f"{name} {way}")
    return alarms


def resave(path: Path) -> None:
    if path.suffix == ".pptx":
        deck = Deck(path)
        for part in deck.parts:
            if part.endswith((".xml", ".rels")):
                deck.xml(part)
        deck.save()
    else:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.save(path, deterministic_id=True)


def rewrite_page(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        sheet(pdf, FIGURE).save()
        pdf.save(path, deterministic_id=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layout", nargs="?", default="civic")
    parser.add_argument("--only", default="", help="lies whose file, kind or name holds this word")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--built", type=Path, help="take the files of this output folder instead of building them")
    parser.add_argument("--list", action="store_true", help="name the lies and stop")
    parser.add_argument("--all", action="store_true", help="every drawn lie in every PDF")
    options = parser.parse_args()
    wanted = [(name, n) for name, lies in FILES.items() for n, lie in enumerate(lies) if options.only in f"{name}: {lie.kind}: {lie.name}"]
    if not options.all:
        drawn = {id(lie): n for n, lie in enumerate(PDF_DRAWN)}
        wanted = [(name, n) for name, n in wanted if name not in SOME or drawn.get(id(FILES[name][n]), SOME[name]) % 2 == SOME[name]]
    if options.list:
        for name, n in wanted:
            print(f"{name}: {FILES[name][n].kind}: {FILES[name][n].name}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        built = (options.built or Path(folder)) / options.layout
        if not options.built:
            code, told = call("build", "all", "--source", str(SOURCE), "--layout", options.layout, "--out", folder)
            if code:
                print(told)
                return 1
        if controls(built, options.layout, [name for name in FILES if any(name == one for one, _ in wanted)]):
            return 1
        count: dict[str, int] = {}
        missed = []
        with ProcessPoolExecutor(options.jobs) as pool:
            for verdict, name, n, told_ in pool.map(try_lie, [(str(built), name, n, options.layout) for name, n in wanted]):
                lie = FILES[name][n]
                count[verdict] = count.get(verdict, 0) + 1
                line = f"{verdict:10}  {name}: {lie.kind}: {lie.name}  ·  {told_[0]}"
                print(line, flush=True)
                if verdict in ("NOT CAUGHT", "BROKEN"):
                    missed.append(line)
    print(f"\n{options.layout}: {len(wanted)} lies, " + ", ".join(f"{n} {verdict}" for verdict, n in sorted(count.items())))
    for line in missed:
        print(line)
    return min(len(missed), 99)


if __name__ == "__main__":
    sys.exit(main())
