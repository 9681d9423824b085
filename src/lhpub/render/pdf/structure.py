"""The structure tree: built while drawing, written into the file by pikepdf (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import quote

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

PdfRect = tuple[float, float, float, float]
"""llx lly urx ury in the file's own coordinates."""


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence of a page (by index from 0)."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation; `text` is what it says to those who cannot see it (PDF/UA-1, 7.18.5)."""

    page: int
    rect: PdfRect
    target: str
    text: str


@dataclass(slots=True, eq=False)
class Element:
    """A structure element. It grows only while its page is drawn. `key` tells rows of a list apart; not written."""

    tag: str
    kids: list[Element | Content | Annotation] = field(default_factory=list)
    alt: str = ""
    actual: str = ""
    """What is said instead of its text."""
    title: str = ""
    key: str = ""
    scope: str = ""
    box: PdfRect | None = None

    def add(self, tag: str, *, alt: str = "", title: str = "", key: str = "") -> Element:
        """Returns a new last child."""
        child = Element(tag, alt=alt, title=title, key=key)
        self.kids.append(child)
        return child

    @property
    def tail(self) -> Element | None:
        """The last child, if it is an element."""
        return self.kids[-1] if self.kids and isinstance(self.kids[-1], Element) else None

    def last(self, tag: str, key: str = "") -> Element:
        """Returns the last child if it has that tag and key, else a new one: lists and contents grow by rows."""
        return self.tail if self.tail and (self.tail.tag, self.tail.key) == (tag, key) else self.add(tag, key=key)

    def is_empty(self) -> bool:
        return all(isinstance(kid, Element) and kid.is_empty() for kid in self.kids)


def _linked(kids: Sequence[Element | Content | Annotation]) -> Iterator[Element | Content | Annotation]:
    """Yields an element's kids, the pieces of a link (number, title, page) as one that says the whole: those on one line as
    one area, on further lines an area each."""
    areas: dict[PdfRect, Annotation] = {}
    for kid in kids:
        if not isinstance(kid, Annotation):
            continue
        left, foot, right, head = kid.rect
        beside = next((r for r, a in areas.items() if a.page == kid.page and r[1] < (foot + head) / 2 < r[3]), None)
        if beside:
            areas.pop(beside)
            left, foot, right, head = min(left, beside[0]), min(foot, beside[1]), max(right, beside[2]), max(head, beside[3])
        areas[left, foot, right, head] = kid
    said = " ".join(text for text, _ in groupby(kid.text for kid in kids if isinstance(kid, Annotation)))
    yield from (kid for kid in kids if not isinstance(kid, Annotation))
    yield from (replace(kid, rect=rect, text=said) for rect, kid in areas.items())


class TreeWriter:
    """Writes elements into a file; keeps the parent tree's entries as it goes. `targets`: anchor → destination; `titles`:
    anchor → bookmark."""

    def __init__(self, pdf: Pdf, targets: Mapping[str, Object], titles: Mapping[str, str]) -> None:
        self.pdf = pdf
        self.targets = targets
        self.titles = titles
        self.pages = [page.obj for page in pdf.pages]
        self.contents: list[list[Object]] = [[] for _ in self.pages]
        self.links: list[Object] = []

    def write(self, document: Element) -> None:
        """Puts the tree, its ParentTree and the pages' StructParents into the file."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([self._element(document, root)])
        parents = [*(self.pdf.make_indirect(Array(nodes)) for nodes in self.contents), *self.links]
        numbers = Array(value for pair in enumerate(parents) for value in pair)
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(parents)
        for key, page in enumerate(self.pages):
            page.StructParents, page.Tabs = key, Name.S
        self.pdf.Root.StructTreeRoot, self.pdf.Root.MarkInfo = root, Dictionary(Marked=True)

    def _element(self, element: Element, parent: Object) -> Object:
        node = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        if element.alt and element.tag == "Table":  # an Alt would be read in place of its cells (ISO 32000-1, 14.9.3)
            node.A = Dictionary(O=Name.Table, Summary=String(element.alt))
        elif element.alt:
            node.Alt = String(element.alt)
        if element.actual:
            node.ActualText = String(element.actual)
        if element.title:
            node.T = String(element.title)
        if element.scope:
            node.A = Dictionary(O=Name.Table, Scope=Name("/" + element.scope))
        if element.box:
            node.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(round(v, 3) for v in element.box))
        kids = [kid for kid in element.kids if not isinstance(kid, Element) or not kid.is_empty()]
        node.K = Array(self._kid(kid, node) for kid in _linked(kids))
        return node

    def _kid(self, kid: Element | Content | Annotation, node: Object) -> Object:
        match kid:
            case Element():
                return self._element(kid, node)
            case Content():
                # Drawing counts MCIDs up in the very order in which it adds them: the list's index is the MCID.
                nodes = self.contents[kid.page]
                nodes.extend([node] * (kid.mcid + 1 - len(nodes)))
                nodes[kid.mcid] = node
                return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mcid)
            case Annotation():
                return Dictionary(Type=Name.OBJR, Pg=self.pages[kid.page], Obj=self._annotation(kid, node))

    def _annotation(self, link: Annotation, node: Object) -> Object:
        page = self.pages[link.page]
        annotation = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, F=4, Border=Array([0, 0, 0])))
        annotation.Rect = Array(round(value, 3) for value in link.rect)
        # A number alone does not say where it leads to those who go from link to link.
        title = self.titles.get(link.target[1:], "")
        annotation.Contents = String(link.text if title in link.text else f"{link.text}：{title}")
        annotation.StructParent = len(self.pages) + len(self.links)
        if link.target.startswith("#"):
            annotation.Dest = self.targets[link.target[1:]]
        else:
            # ISO 32000-1, 12.6.4.7: a URI is 7-bit ASCII.
            annotation.A = Dictionary(S=Name.URI, URI=String(quote(link.target, safe="%/:=&?~#+!$,;'@()*[]")))
        page.Annots = Array([*page.get(Name.Annots, Array()), annotation])
        self.links.append(node)
        return annotation
