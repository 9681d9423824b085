"""python tests/outside/lies.py [LAYOUT]: lies planted in the sample's files, one at a time; each is to be caught by the build's
comparison and by `lhpub verify --source`. Prints those that are not; `test_lies` runs a part of them."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, String

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main", "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main", "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}  # fmt: skip


def q(prefix: str, name: str) -> str:
    return f"{{{NS[prefix]}}}{name}"


Edit = Callable[[dict[str, bytes]], None]


@dataclass(frozen=True)
class Lie:
    kind: str
    name: str
    plant: Callable[[bytes], bytes]


# decks


def package(edit: Edit) -> Callable[[bytes], bytes]:
    def plant(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        edit(parts)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return made.getvalue()

    return plant


def named(parts: dict[str, bytes], pattern: str) -> list[str]:
    names = [name for name in parts if re.fullmatch(pattern, name)]
    return sorted(names, key=lambda name: [int(n) for n in re.findall(r"\d+", name)] or [0])


def xml(pattern: str, path: str, change: Callable[[list], object], which: int = 0) -> Callable[[bytes], bytes]:
    """Returns what changes the elements that a path finds in the first part that has enough of them."""

    def edit(parts: dict[str, bytes]) -> None:
        seen = 0
        for name in named(parts, pattern):
            root = etree.fromstring(parts[name])
            found = root.xpath(path, namespaces=NS)
            if found:
                if seen == which:
                    change(found)
                    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                    return
                seen += 1
        raise AssertionError((pattern, path))

    return package(edit)


def text(new: Callable[[str], str], at: int = 0):
    def change(found: list) -> None:
        assert new(found[at].text) != found[at].text
        found[at].text = new(found[at].text)

    return change


def swap_texts(found: list) -> None:
    one, other = next((a, b) for a in found for b in found if a.text != b.text)
    one.text, other.text = other.text, one.text


def swap_attributes(name: str):
    def change(found: list) -> None:
        one, other = next((a, b) for a in found for b in found if a.get(name) != b.get(name))
        a, b = one.get(name), other.get(name)
        one.set(name, b), other.set(name, a)

    return change


def remove(found: list) -> None:
    found[0].getparent().remove(found[0])


def attribute(name: str, value: str | Callable[[str], str]):
    def change(found: list) -> None:
        old = found[0].get(name, "")
        found[0].set(name, value if isinstance(value, str) else value(old))
        assert found[0].get(name) != old

    return change


def insert(fragment: str):
    def change(found: list) -> None:
        spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in NS.items())
        found[0].append(etree.fromstring(f"<x {spaces}>{fragment}</x>")[0])

    return change


def before(fragment: str):
    def change(found: list) -> None:
        spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in NS.items())
        found[0].addprevious(etree.fromstring(f"<x {spaces}>{fragment}</x>")[0])

    return change


def digit(value: str) -> str:
    return re.sub(r"[0-9]", lambda m: str((int(m[0]) + 3) % 10), value, count=1)


SHAPE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="990" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="1000000" y="1000000"/>'
    '<a:ext cx="4000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{}</p:spPr>{}</p:sp>'
)
BODY = '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN"/><a:t>{}</a:t></a:r></a:p></p:txBody>'
S, L, M, N, C = (rf"ppt/{p}\d+\.xml" for p in ("slides/slide", "slideLayouts/slideLayout", "slideMasters/slideMaster", "notesSlides/notesSlide", "charts/chart"))
DIGITS = "//a:t[translate(.,'0123456789','')!=.]"
BOX = "//p:sp[.//a:t]"
CORE = r"docProps/core\.xml"


def book(edit: Callable[[bytes], bytes], at: int = 0) -> Callable[[bytes], bytes]:
    def change(parts: dict[str, bytes]) -> None:
        name = named(parts, r"ppt/embeddings/.*\.xlsx")[at]
        parts[name] = edit(parts[name])

    return package(change)


def slides(change: Callable[[list], None]) -> Callable[[bytes], bytes]:
    return xml(r"ppt/presentation\.xml", "//p:sldIdLst/p:sldId", change)


def _swap_elements(found: list) -> None:
    a, b = found[4], found[5]
    parent = a.getparent()
    parent.insert(parent.index(a), b)


def _twice(found: list) -> None:
    found[3].set(q("r", "id"), found[5].get(q("r", "id")))


def _to_lines(found: list) -> None:
    bar = found[0]
    bar.tag = q("c", "lineChart")
    for name in ("barDir", "gapWidth", "overlap"):
        for one in bar.findall(q("c", name)):
            bar.remove(one)
    bar.find(q("c", "grouping")).set("val", "standard")


def _other_layout(parts: dict[str, bytes]) -> None:
    name = named(parts, r"ppt/slides/_rels/slide\d+\.xml\.rels")[6]
    layouts = named(parts, L)
    own = re.search(rb"slideLayout\d+\.xml", parts[name])[0].decode()
    other = next(n.rpartition("/")[2] for n in layouts if not n.endswith(own))
    parts[name] = parts[name].replace(own.encode(), other.encode())


def _other_link(parts: dict[str, bytes]) -> None:
    name = named(parts, r"ppt/slides/_rels/slide2\.xml\.rels")[0]
    ones = re.findall(rb'Target="((?:\.\./slides/)?slide\d+\.xml)"', parts[name])
    a, b = ones[0], next(o for o in ones if o != ones[0])
    parts[name] = parts[name].replace(b'"' + a + b'"', b'"Z"').replace(b'"' + b + b'"', b'"' + a + b'"').replace(b'"Z"', b'"' + b + b'"')


def _web_link(parts: dict[str, bytes]) -> None:
    name = named(parts, r"ppt/slides/_rels/slide2\.xml\.rels")[0]
    parts[name] = re.sub(rb'Type="[^"]*/slide" Target="[^"]*"', b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org" TargetMode="External"', parts[name], count=1)


def _swap_notes(parts: dict[str, bytes]) -> None:
    a, b = named(parts, N)[4:6]
    parts[a], parts[b] = parts[b], parts[a]


def _swap_books(parts: dict[str, bytes]) -> None:
    a, b = named(parts, r"ppt/embeddings/.*\.xlsx")[:2]
    parts[a], parts[b] = parts[b], parts[a]


def _swap_media(parts: dict[str, bytes]) -> None:
    a, b = named(parts, C)[:2]
    parts[a], parts[b] = parts[b], parts[a]


def _app(parts: dict[str, bytes]) -> None:
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(b"</Properties>", "<Company>别的单位</Company></Properties>".encode())
    assert "别的单位".encode() in parts["docProps/app.xml"]


def _custom(parts: dict[str, bytes]) -> None:
    parts["docProps/custom.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="状态">'
        "<vt:lpwstr>定稿</vt:lpwstr></property></Properties>"
    ).encode()


def _comment(parts: dict[str, bytes]) -> None:
    parts["ppt/comments/comment1.xml"] = f'<p:cmLst xmlns:p="{NS["p"]}"><p:cm authorId="0" idx="1"><p:text>投资999亿元</p:text></p:cm></p:cmLst>'.encode()
    name = named(parts, r"ppt/slides/_rels/slide6\.xml\.rels")[0]
    parts[name] = parts[name].replace(b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments/comment1.xml"/></Relationships>')


SHEET = r"xl/worksheets/sheet\d+\.xml"
SERIES = "//c:ser[.//a:solidFill]"
FILL = "//c:ser/c:spPr/a:solidFill/*"
DECK = [
    ("a digit on a slide", xml(S, DIGITS, text(digit), 5)), ("a digit in a title", xml(S, "//p:sp[.//p:ph[@type='title']]//a:t", text(lambda t: t + "2"), 6)),
    ("a word on a slide", xml(S, BOX + "//a:t", text(lambda t: t + "已"), 7)), ("two texts swapped", xml(S, BOX + "//a:t", swap_texts, 7)),
    ("two figures swapped", xml(S, DIGITS, swap_texts, 8)), ("a paragraph gone", xml(S, BOX + "//a:p[.//a:t]", remove, 6)),
    ("a paragraph twice", xml(S, BOX + "//a:p[.//a:t]", lambda f: f[0].addnext(etree.fromstring(etree.tostring(f[0]))), 6)),
    ("a shape gone", xml(S, BOX, remove, 6)), ("a picture or drawing gone", xml(S, "//p:pic | //p:sp[not(.//a:t)]", remove, 0)),
    ("an added text with a digit", xml(S, "//p:spTree", insert(SHAPE.format("", BODY.format("总投资999亿元"))), 5)),
    ("an added text without a digit", xml(S, "//p:spTree", insert(SHAPE.format("", BODY.format("正式定稿"))), 5)),
    ("an added blot without text", xml(S, "//p:spTree", insert(SHAPE.format('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', "")), 5)),
    ("an added line", xml(S, "//p:spTree", insert('<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="991" name="l"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="9" y="9"/><a:ext cx="999999" cy="9"/></a:xfrm><a:prstGeom prst="line"/></p:spPr></p:cxnSp>'), 5)),
    ("a slide gone", slides(lambda f: f[4].getparent().remove(f[4]))), ("two slides swapped", slides(_swap_elements)), ("a slide shown twice", slides(_twice)),
    ("a slide hidden", xml(S, "/p:sld", attribute("show", "0"), 6)), ("a text moved off the slide", xml(S, "//p:sp[.//a:t]/p:spPr/a:xfrm/a:off", attribute("x", "99999999"), 0)),
    ("a text struck through", xml(S, "//a:r/a:rPr", attribute("strike", "sngStrike"), 6)), ("a text in its ground's colour", xml(S, "//a:r[a:t]/a:rPr", lambda f: f[0].insert(0, etree.fromstring(f'<a:noFill xmlns:a="{NS["a"]}"/>')), 6)),
    ("another layout", package(_other_layout)), ("a text in a layout", xml(L, "//p:spTree", insert(SHAPE.format("", BODY.format("内部资料"))), 2)),
    ("a blot in a layout", xml(L, "//p:spTree", insert(SHAPE.format('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', "")), 2)),
    ("a layout's words", xml(L, "//p:sp[not(.//p:ph)]//a:t | //p:sp//a:t", text(lambda t: t + "改"), 1)), ("a text in the master", xml(M, "//p:spTree", insert(SHAPE.format("", BODY.format("样稿"))))),
    ("a digit in notes", xml(N, DIGITS, text(digit), 5)), ("notes gone", xml(N, "//p:sp[.//p:ph[@type='body']]//a:p", lambda f: [p.getparent().remove(p) for p in f[:-1]] or f[-1].clear(), 5)),
    ("notes swapped", package(_swap_notes)), ("a text beside the notes", xml(N, "//p:spTree", insert(SHAPE.format("", BODY.format("别处的话"))), 5)),
    ("a digit in a table", xml(S, "//a:tbl" + DIGITS, text(digit))), ("two cells swapped", xml(S, "//a:tbl//a:t", swap_texts)), ("a row gone", xml(S, "//a:tbl/a:tr", remove)),
    ("a row twice", xml(S, "//a:tbl/a:tr", lambda f: f[0].addnext(etree.fromstring(etree.tostring(f[0]))))), ("a column gone", xml(S, "//a:tbl", lambda f: [r.remove(r[0]) for r in f[0].iter(q("a", "tr"))])),
    ("a cached value", xml(C, "//c:val//c:v", text(digit))), ("two cached values swapped", xml(C, "//c:val//c:v", swap_texts)), ("a category", xml(C, "//c:cat//c:v", text(lambda t: t + "二"))),
    ("two categories swapped", xml(C, "(//c:cat)[1]//c:v", swap_texts)), ("a series' name", xml(C, "//c:ser/c:tx//c:v", text(lambda t: t + "二"))), ("a point gone", xml(C, "//c:val//c:pt", remove)),
    ("a point elsewhere", xml(C, "//c:val//c:pt", attribute("idx", lambda old: str(int(old) + 1)))), ("a label's number format", xml(C, "//c:dLbls/c:numFmt", attribute("formatCode", lambda old: old.replace('"超"', "") if "超" in old else old + '"约"'))),
    ("a label of its own", xml(C, "//c:ser/c:dLbls", lambda f: f[0].insert(0, etree.fromstring(f'<c:dLbl xmlns:c="{NS["c"]}" xmlns:a="{NS["a"]}"><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>超999</a:t></a:r></a:p></c:rich></c:tx></c:dLbl>')))),
    ("no labels", xml(C, "//c:ser//c:showVal", lambda f: [one.set("val", "0") for one in f])), ("the axis ends elsewhere", xml(C, "//c:valAx/c:scaling", insert('<c:max val="2000"/>'))), ("the axis begins elsewhere", xml(C, "//c:valAx/c:scaling/c:min", attribute("val", "400"))),
    ("the axis falls", xml(C, "//c:valAx/c:scaling/c:orientation", attribute("val", lambda old: "minMax" if old == "maxMin" else "maxMin"))), ("the categories fall", xml(C, "//c:catAx/c:scaling/c:orientation", attribute("val", lambda old: "minMax" if old == "maxMin" else "maxMin"))),
    ("a log axis", xml(C, "//c:valAx/c:scaling", lambda f: f[0].insert(0, etree.fromstring(f'<c:logBase xmlns:c="{NS["c"]}" val="10"/>')))), ("another grouping", xml(C, "//c:grouping", attribute("val", "percentStacked"))),
    ("bars for columns", xml(C, "//c:barDir", attribute("val", lambda old: "bar" if old == "col" else "col"))), ("lines for columns", xml(C, "//c:barChart", _to_lines)), ("two series' colours swapped", xml(C, FILL, swap_attributes("val"))),
    ("a point in another colour", xml(C, "//c:ser", lambda f: f[0].insert(3, etree.fromstring(f'<c:dPt xmlns:c="{NS["c"]}" xmlns:a="{NS["a"]}"><c:idx val="0"/><c:spPr><a:solidFill><a:srgbClr val="00FF00"/></a:solidFill></c:spPr></c:dPt>')))),
    ("a point without fill", xml(C, "//c:ser/c:spPr", lambda f: (f[0].clear(), f[0].append(etree.fromstring(f'<a:noFill xmlns:a="{NS["a"]}"/>'))))),
    ("a chart's title", xml(C, "/c:chartSpace/c:chart", lambda f: f[0].insert(0, etree.fromstring(f'<c:title xmlns:c="{NS["c"]}" xmlns:a="{NS["a"]}"><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>翻番</a:t></a:r></a:p></c:rich></c:tx></c:title>')))),
    ("an axis' title", xml(C, "//c:valAx/c:scaling", lambda f: f[0].addnext(etree.fromstring(f'<c:title xmlns:c="{NS["c"]}" xmlns:a="{NS["a"]}"><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>万亿元</a:t></a:r></a:p></c:rich></c:tx></c:title>')))),
    ("an axis' number format", xml(C, "//c:valAx/c:numFmt", attribute("formatCode", '0"万"'))), ("a legend", xml(C, "/c:chartSpace/c:chart/c:plotArea", lambda f: f[0].addnext(etree.fromstring(f'<c:legend xmlns:c="{NS["c"]}"><c:legendPos val="r"/></c:legend>')))),
    ("a trend line", xml(C, "//c:ser/c:cat", before('<c:trendline><c:trendlineType val="linear"/></c:trendline>'))), ("hidden cells shown", xml(C, "//c:plotVisOnly", attribute("val", "0"))),
    ("a series gone", xml(C, "//c:ser", remove)), ("a series twice", xml(C, "//c:ser", lambda f: f[0].addnext(etree.fromstring(etree.tostring(f[0]))))), ("two charts swapped", package(_swap_media)),
    ("a plot area moved", xml(C, "//c:plotArea//c:manualLayout/c:h", attribute("val", "0.2"))),
    ("a cell of the workbook", book(xml(SHEET, "//s:c[not(@t)]/s:v", text(digit)))), ("two cells of the workbook swapped", book(xml(SHEET, "//s:c[not(@t)]/s:v", swap_texts))), ("a word of the workbook", book(xml(r"xl/sharedStrings\.xml", "//s:t", text(lambda t: t + "二")))),
    ("an added cell", book(xml(SHEET, "//s:row", insert('<s:c r="H1"><s:v>7</s:v></s:c>')))), ("a formula", book(xml(SHEET, "//s:c[not(@t)]", lambda f: f[0].insert(0, etree.fromstring(f'<s:f xmlns:s="{NS["s"]}">1+1</s:f>'))))),
    ("two workbooks swapped", package(_swap_books)), ("a second sheet", book(package(lambda parts: parts.update({"xl/worksheets/sheet2.xml": f'<worksheet xmlns="{NS["s"]}"><sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData></worksheet>'.encode()})))),
    ("an alternative text", xml(S, "//p:cNvPr[@descr!='']", attribute("descr", digit), 4)), ("an alternative text on a drawing", xml(S, "//p:cNvPr[not(@descr) or @descr='']", attribute("descr", "总投资135亿元"), 5)),
    ("an alternative text gone", xml(S, "//p:cNvPr[string-length(@descr)>9]", attribute("descr", ""), 2)), ("a title on a shape", xml(S, "//p:sp//p:cNvPr", attribute("title", "总投资135亿元"), 5)),
    ("a link to another slide", package(_other_link)), ("a link to the web", package(_web_link)), ("a link gone", xml(S, "//a:hlinkClick", remove)), ("a link's tip", xml(S, "//a:hlinkClick", attribute("tooltip", "2024年"))),
    ("the title property", xml(CORE, "//*[local-name()='title']", text(lambda t: t + "旧"))), ("a keyword property", xml(CORE, "//*[local-name()='keywords']", text(lambda t: t.partition("，")[2]))), ("the author property", xml(CORE, "//*[local-name()='creator']", text(lambda t: t + "旧"))),
    ("the subject property", xml(CORE, "//*[local-name()='subject']", text(lambda t: t + "旧"))), ("a comment property", xml(CORE, "/*", lambda f: f[0].append(etree.fromstring('<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">投资999亿元</dc:description>')))),
    ("a hidden text", xml(S, "//p:sp[.//a:t]/p:nvSpPr/p:cNvPr", attribute("hidden", "1"), 6)), ("a text of a point", xml(S, "//a:r[a:t]/a:rPr", attribute("sz", "100"), 6)),
    ("a chart moved off", xml(S, "//p:graphicFrame/p:xfrm/a:off", attribute("x", "99999999"))), ("a table's text struck", xml(S, "//a:tbl//a:rPr", attribute("strike", "sngStrike"))),
    ("a second number in notes", xml(N, DIGITS, lambda f: text(lambda t: t + "3")(f), 9)), ("a space in a number", xml(S, DIGITS, text(lambda t: t[:1] + " " + t[1:]), 5)),
    ("a full-width digit", xml(S, DIGITS, text(lambda t: re.sub("[0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), t, count=1)), 7)), ("a percentage as a decimal", xml(C, "//c:dLbls/c:numFmt", attribute("formatCode", "0.00"), 1)),
    ("a section gone", xml(r"ppt/presentation\.xml", "//*[local-name()='section']", remove)), ("a layout renamed", xml(L, "p:cSld", attribute("name", "别的版式"), 4)),
    ("a company property", package(_app)), ("a property of its own", package(_custom)), ("a section's name", xml(r"ppt/presentation\.xml", "//*[local-name()='section']", attribute("name", "别的"))), ("a comment on a slide", package(_comment)),
]  # fmt: skip


# PDFs


def pdf(change: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    def plant(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as file:
            change(file)
            made = io.BytesIO()
            file.save(made, deterministic_id=True)
            return made.getvalue()

    return plant


def content(page: int, change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    def edit(file: pikepdf.Pdf) -> None:
        one = file.pages[page]
        one.contents_coalesce()
        old = one.Contents.read_bytes().decode("latin1")
        assert change(old) != old
        one.Contents.write(change(old).encode("latin1"))

    return pdf(edit)


def nodes(file: pikepdf.Pdf) -> Iterator[Dictionary]:
    waiting = [file.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        yield node
        kids = node.get("/K", [])
        waiting += [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary) and "/S" in kid]


def _alt(file: pikepdf.Pdf) -> None:
    node = next(n for n in nodes(file) if re.search("[0-9]", str(n.get("/Alt", ""))))
    node.Alt = String(digit(str(node.Alt)))


def _new_key(key: str):
    def change(file: pikepdf.Pdf) -> None:
        node = next(n for n in nodes(file) if str(n.get("/S")) == "/P")
        node[key] = String("总投资999亿元")

    return change


def _alts_swapped(file: pikepdf.Pdf) -> None:
    found = [n for n in nodes(file) if len(str(n.get("/Alt", ""))) > 8]
    a, b = found[0], next(n for n in found if str(n.Alt) != str(found[0].Alt))
    a.Alt, b.Alt = String(str(b.Alt)), String(str(a.Alt))


def _order(file: pikepdf.Pdf) -> None:
    node = next(n for n in nodes(file) if isinstance(n.get("/K"), Array) and len(n.K) > 6)
    kids = list(node.K)
    node.K = Array([kids[1], kids[0], *kids[2:]])


def _unicode(at: int):
    def change(file: pikepdf.Pdf) -> None:
        for page in file.pages:
            for font in (page.obj.get("/Resources", {}).get("/Font", {}) or {}).values():
                table = font.ToUnicode.read_bytes().decode("latin1")
                pairs = re.findall(r"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]{4})>", table)
                hits = [p for p in pairs if (0x30 <= int(p[1], 16) <= 0x39) == (at == 0) and int(p[1], 16) > 0x20]
                if len(hits) > 1:
                    one, other = hits[0], hits[1]
                    table = re.sub(rf"<{one[0]}> ?<{one[1]}>", f"<{one[0]}> <{other[1]}>", table)
                    table = re.sub(rf"<{other[0]}> ?<{other[1]}>", f"<{other[0]}> <{one[1]}>", table)
                    font.ToUnicode.write(table.encode("latin1"))
                    return
        raise AssertionError("no table")

    return change


def _labels(file: pikepdf.Pdf) -> None:
    numbers = file.Root.PageLabels.Nums
    numbers[3].P = String("99")


def _bookmark(change: Callable[[Dictionary, Dictionary], None]):
    def edit(file: pikepdf.Pdf) -> None:
        first = file.Root.Outlines.First
        change(first, first.Next)

    return pdf(edit)


def _marks_swapped(one: Dictionary, other: Dictionary) -> None:
    one.Title, other.Title = String(str(other.Title)), String(str(one.Title))


def _dests(one: Dictionary, other: Dictionary) -> None:
    one.Dest, other.Dest = other.Dest, one.Dest


def _links(file: pikepdf.Pdf) -> None:
    page = next(p for p in file.pages if sum("/Dest" in a for a in p.obj.get("/Annots", ())) > 3)
    found = [a for a in page.Annots if "/Dest" in a]
    found[0].Dest, found[-1].Dest = found[-1].Dest, found[0].Dest


def _annotation(**keys: object):
    def change(file: pikepdf.Pdf) -> None:
        page = file.pages[6]
        made = file.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([50, 50, 250, 120]), **keys))
        page.obj["/Annots"] = Array([*page.obj.get("/Annots", Array()), made])

    return pdf(change)


def _info(keys: str, xmp: bool):
    def change(file: pikepdf.Pdf) -> None:
        old = str(file.docinfo[keys])
        file.docinfo[keys] = old + "旧"
        if xmp:
            data = file.Root.Metadata.read_bytes()
            file.Root.Metadata.write(data.replace(old.encode(), (old + "旧").encode()))

    return pdf(change)


def _form(file: pikepdf.Pdf) -> None:
    page = file.pages[7]
    form = file.make_stream(b"1 1 1 rg 50 300 200 200 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 900]))
    page.obj.Resources["/XObject"] = page.obj.Resources.get("/XObject", Dictionary())
    page.obj.Resources.XObject["/Lie"] = form
    page.contents_coalesce()
    page.Contents.write(page.Contents.read_bytes() + b"\nq /Lie Do Q\n")


def bars(text: str) -> list[tuple[re.Match, list[float]]]:
    pattern = r"([\d.-]+) ([\d.-]+) m ([\d.-]+) ([\d.-]+) l ([\d.-]+) ([\d.-]+) l ([\d.-]+) ([\d.-]+) l h f"
    found = [(m, [float(x) for x in m.groups()]) for m in re.finditer(pattern, text)]
    return [(m, v) for m, v in found if max(v[1::2]) - min(v[1::2]) > 60 and 20 < max(v[::2]) - min(v[::2]) < 250]


def _half(text: str) -> str:
    match, v = bars(text)[0]
    top, low = max(v[1::2]), min(v[1::2])
    new = [x if at % 2 == 0 or abs(x - top) > 0.01 else (top + low) / 2 for at, x in enumerate(v)]
    return text[: match.start()] + "{} {} m {} {} l {} {} l {} {} l h f".format(*new) + text[match.end() :]


def _shown_code(page: int):
    """Returns what shows another digit's glyph, which reads as it is drawn."""

    def edit(file: pikepdf.Pdf) -> None:
        one = file.pages[page]
        one.contents_coalesce()
        old = one.Contents.read_bytes().decode("latin1")
        for match in re.finditer(r"/(F\d+) [\d.]+ Tf(?:.{0,160}?)<([0-9A-Fa-f]{4,})>", old, re.DOTALL):
            font = one.Resources.Font[f"/{match[1]}"]
            pairs = dict(re.findall(r"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]{4})>", font.ToUnicode.read_bytes().decode("latin1")))
            digits = [code for code, char in pairs.items() if 0x30 <= int(char, 16) <= 0x39]
            codes = re.findall("....", match[2])
            at = next((n for n, code in enumerate(codes) if code.upper() in [d.upper() for d in digits]), None)
            if at is not None and len(digits) > 1:
                codes[at] = next(d for d in digits if d.upper() != codes[at].upper())
                one.Contents.write((old[: match.start(2)] + "".join(codes) + old[match.end(2) :]).encode("latin1"))
                return
        raise AssertionError("no digit")

    return pdf(edit)


def _picture(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for image in page.images.values():
            image.write(bytes(len(image.read_bytes())))
            return


SCREEN = [
    ("a digit, shown and read", _shown_code(7)), ("Info's title", _info("/Title", False)), ("Info's and XMP's title", _info("/Title", True)), ("Info's and XMP's keywords", _info("/Keywords", True)),
    ("Info's and XMP's author", _info("/Author", True)), ("a column half as high", content(7, _half)), ("a page number of the contents", _shown_code(2)), ("an alternative text", pdf(_alt)), ("two alternative texts swapped", pdf(_alts_swapped)),
    ("words instead of words (ActualText)", pdf(_new_key("/ActualText"))), ("an expansion", pdf(_new_key("/E"))), ("a title in the structure", pdf(_new_key("/T"))), ("the order of reading", pdf(_order)), ("what digits read as", pdf(_unicode(0))), ("what other characters read as", pdf(_unicode(1))),
    ("a page label", pdf(_labels)), ("two bookmarks' titles", _bookmark(_marks_swapped)), ("two bookmarks' places", _bookmark(_dests)), ("two links swapped", pdf(_links)),
    ("a note over the page", _annotation(Subtype=Name.FreeText, Contents=String("999亿元"), DA=String("/Helv 9 Tf"))), ("a stamp over the page", _annotation(Subtype=Name.Stamp, Contents=String(""))), ("a white square over the page", _annotation(Subtype=Name.Square, IC=Array([1, 1, 1]))),
    ("a link to the web", _annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org")))),
    ("a page gone", pdf(lambda file: file.pages.remove(p=9))), ("a page twice", pdf(lambda file: file.pages.append(file.pages[5]))), ("two pages swapped", pdf(lambda file: file.pages.insert(6, file.pages.pop(8)) if hasattr(file.pages, "pop") else file.pages.reverse())),
    ("a page turned", pdf(lambda file: file.pages[6].rotate(180, relative=False))), ("a page cut", pdf(lambda file: file.pages[6].obj.__setitem__("/CropBox", Array([0, 200, 400, 500])))),
    ("a white blot", content(7, lambda t: t + "\nq 1 1 1 rg 50 300 200 200 re f Q\n")), ("a black rule", content(7, lambda t: t + "\nq 0 0 0 RG 2 w 50 300 m 250 300 l S Q\n")), ("a blot in a form", pdf(_form)),
    ("unseen words", content(7, lambda t: t.replace("BT", "BT 3 Tr", 1))), ("words in another colour", content(7, lambda t: re.sub(r"BT", "1 1 1 rg BT", t, count=1))), ("words elsewhere", content(7, lambda t: re.sub(r"(1 0 0 1|Tm) ", lambda m: m[0], t, count=1).replace("BT", "q 1 0 0 1 0 40 cm BT", 1).replace("ET", "ET Q", 1))),
    ("a clip over all", content(7, lambda t: "0 0 10 10 re W n\n" + t)), ("everything smaller", content(7, lambda t: "0.5 0 0 0.5 0 0 cm\n" + t)), ("an attachment", pdf(lambda file: file.attachments.__setitem__("a.txt", b"999"))),
    ("a script", pdf(lambda file: file.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(9)"))))), ("optional content", pdf(lambda file: file.Root.__setitem__("/OCProperties", Dictionary(OCGs=Array(), D=Dictionary())))),
]  # fmt: skip
PRESSED = [
    ("a digit, shown and read", _shown_code(7)), ("a column half as high", content(7, _half)), ("Info's and XMP's title", _info("/Title", True)), ("a blot of no ink", content(7, lambda t: t + "\nq 0 0 0 0 k 60 300 200 200 re f Q\n")),
    ("a page gone", pdf(lambda file: file.pages.remove(p=9))), ("words elsewhere", content(7, lambda t: t.replace("BT", "q 1 0 0 1 0 40 cm BT", 1).replace("ET", "ET Q", 1))), ("what digits read as", pdf(_unicode(0))),
    ("a note over the page", _annotation(Subtype=Name.FreeText, Contents=String("999亿元"))), ("a clip over all", content(7, lambda t: "0 0 10 10 re W n\n" + t)), ("black for colour", content(7, lambda t: re.sub(r"[\d.]+ [\d.]+ [\d.]+ [\d.]+ k", "0 0 0 1 k", t, count=1))),
]  # fmt: skip
LIES = [Lie(kind, name, plant) for kind, lies in (("deck", DECK), ("screen", SCREEN), ("press", PRESSED)) for name, plant in lies]


def main(layout: str = "civic") -> int:
    from pathlib import Path

    from lhpub.build import Job, compose_all, read_all
    from lhpub.papers.press import press_settings
    from lhpub.render.pdf import render_pdf, render_press
    from lhpub.render.pptx import render_pptx
    from lhpub.verify.pdf import verify_pdf, verify_press
    from lhpub.verify.pptx import verify_pptx
    from lhpub.world import World

    world = World(Path.cwd())
    job = Job(Path("source/longhua-2023.yaml"), Path("layouts") / layout, Path("fonts/fonts.yaml"), Path("none"))
    read = read_all(world, job)
    made, _ = compose_all(read, job.targets)
    settings = press_settings(world, read.layout)
    data = {"deck": render_pptx(made["deck"], None), "screen": render_pdf(made["brochure"]), "press": render_press(made["brochure"], settings)}
    check = {
        "deck": lambda d: verify_pptx(d, made["deck"]), "screen": lambda d: verify_pdf(d, made["brochure"]),
        "press": lambda d: verify_press(d, made["brochure"], settings),
    }  # fmt: skip
    missed = 0
    for lie in LIES:
        try:
            planted = lie.plant(data[lie.kind])
        except Exception as error:
            print("not planted:", lie.kind, "|", lie.name, "|", repr(error)[:100])
            continue
        codes = {d.code for d in check[lie.kind](planted) if d.severity > 1}
        missed += not codes
        if not codes:
            print("NOT CAUGHT:", lie.kind, "|", lie.name, flush=True)
    print(f"{len(LIES)} lies, {missed} not caught")
    return missed


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
