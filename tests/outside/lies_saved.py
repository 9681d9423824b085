"""python tests/outside/lies_saved.py FOLDER [LAYOUT]: the sample's deck saved by LibreOffice, by `--convert-to` and by storing an
open document (UNO), is to raise no alarm; then lies are planted in what it wrote, one at a time, and each is to be told."""

import functools
import os
import re
import subprocess
import sys
from pathlib import Path

from lhpub.build import Job, compose_all, read_all
from lhpub.render.pptx import render_pptx
from lhpub.review import edited
from lhpub.review import saved as saved_decks
from lhpub.review.saved import judge_saved
from lhpub.world import World
from tests.outside.lies import (
    BODY,
    DECK,
    SHAPE,
    C,
    L,
    M,
    S,
    attribute,
    before,
    insert,
    package,
    swap_attributes,
    text,
    xml,
)

WHITE = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'
OPEN = """
import time, uno
from com.sun.star.beans import PropertyValue
for _ in range(100):
    try:
        context = uno.getComponentContext()
        find = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
        desk = find.resolve("uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.3)
desk = desk.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", desk)
deck = desk.loadComponentFromURL("file://{source}", "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
deck.storeToURL("file://{made}", (PropertyValue("FilterName", 0, "Impress MS PowerPoint 2007 XML", 0),))
deck.close(True)
desk.terminate()
"""
INK = "//a:r[a:t[string-length(.)>1]]/a:rPr/a:solidFill/*"
TITLE = "//p:sp[.//p:ph[@type='title']]//a:r/a:rPr/a:solidFill"
LIES = [
    *((name, plant) for name, plant in DECK),
    ("a white box over a slide", xml(S, "//p:spTree", insert(SHAPE.format(WHITE.format("FFFFFF"), "").replace("4000000", "9000000").replace("600000", "3400000")), 7)),
    ("a box with a blank over a slide", xml(S, "//p:spTree", insert(SHAPE.format(WHITE.format("FBF9F5"), BODY.format(" "))), 7)),
    ("a box filled by its style", xml(S, "//p:spTree", insert(SHAPE.replace("{}</p:sp>", "<p:style><a:lnRef idx=\"0\"/><a:fillRef idx=\"1\"><a:schemeClr val=\"accent1\"/></a:fillRef></p:style></p:sp>").format("")), 7)),
    ("a gradient over a slide", xml(S, "//p:spTree", insert(SHAPE.format('<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs></a:gsLst></a:gradFill>', "")), 7)),
    ("a drawing over all that was under all", xml(S, "//p:spTree", lambda f: f[0].append(f[0].xpath("p:sp[not(.//a:t)] | p:grpSp", namespaces=f[0].nsmap)[0]), 6)),
    ("a series in the other's colour", xml(C, "//c:ser/c:spPr/a:solidFill/*", swap_attributes("val"), 0)),
    ("an axis from 500 to 1000", xml(C, "//c:valAx/c:scaling", insert('<c:max val="1000"/><c:min val="500"/>'))),
    ("words of the text's own ground", xml(S, INK, attribute("val", "GROUND"), 7)), ("a title of its own ground", xml(S, TITLE + "/*", attribute("val", "GROUND"), 5)),
    ("绝密 on a master", xml(M, "//p:spTree", insert(SHAPE.format("", BODY.format("绝密"))), 4)), ("绝密 on all masters' first", xml(M, "//p:spTree", insert(SHAPE.format("", BODY.format("绝密"))))),
    ("绝密 on a layout", xml(L, "//p:spTree", insert(SHAPE.format("", BODY.format("绝密"))), 0)),
    ("a blot on a master", xml(M, "//p:spTree", insert(SHAPE.format(WHITE.format("FFFFFF"), "")), 4)), ("another ground", xml(M, "//p:bg//a:srgbClr", attribute("val", "2A2523"), 4)),
    ("a legend's place", xml(C, "//c:dLbls//c:defRPr/a:solidFill/* | //c:dLbls//a:defRPr/a:solidFill/*", attribute("val", "GROUND"))),
    ("a chart gone", xml(S, "//p:graphicFrame[.//c:chart]", lambda f: f[0].getparent().remove(f[0]))), ("a table gone", xml(S, "//p:graphicFrame[.//a:tbl]", lambda f: f[0].getparent().remove(f[0]))),
    ("an alternative text that lies", xml(S, "//p:graphicFrame//p:cNvPr", attribute("descr", "总投资135亿元"))),
    ("a link that leads elsewhere", package(lambda parts: _link(parts))),
    ("labels that add a word", xml(C, "//c:dLbls/c:numFmt", attribute("formatCode", lambda old: old.replace("0", '"约"0', 1)))),
    ("the gap of an axis", xml(C, "//c:ser/c:cat", before('<c:errBars><c:errBarType val="both"/></c:errBars>'))),
    ("a date of another year", xml(S, "//a:t[contains(., '2023')]", text(lambda t: t.replace("2023", "2022")), 0)),
]  # fmt: skip
HARMLESS = {  # what LibreOffice's files have otherwise, or what no show depends on
    "an added line": "nothing strokes it", "a text in a layout": "no slide has that layout", "a blot in a layout": "no slide has it",
    "a link gone": "it keeps few links itself", "another layout": "its layouts are all alike", "a layout's words": "prompts of its own", "a layout renamed": "names of its own",
    "a layout in a layout": "", "a company property": "", "a property of its own": "", "the title property": "", "a keyword property": "",
    "the author property": "", "the subject property": "", "a comment property": "", "a comment on a slide": "", "a text beside the notes": "",
    "a section gone": "", "a section's name": "", "a title on a shape": "",
}  # fmt: skip


def _link(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if "slides/_rels" in name and len(re.findall(rb"slide\d+\.xml", parts[name])) > 2)
    ones = re.findall(rb'"(slide\d+\.xml)"', parts[name])
    parts[name] = parts[name].replace(b'"' + ones[0] + b'"', b'"' + ones[1] + b'"', 1)


def saved(folder: Path, deck: Path, own: bool) -> bytes:
    """Returns a deck as LibreOffice converts it, or (`own`) stores it open."""
    out = folder / ("stored" if own else "converted")
    out.mkdir(exist_ok=True)
    office = ["soffice", f"-env:UserInstallation=file://{folder.resolve()}/profile", "--headless"]
    if not own:
        subprocess.run([*office, "--convert-to", "pptx", "--outdir", out, deck], check=True, capture_output=True, timeout=240)
    else:
        pipe = f"lies{os.getpid()}"
        with subprocess.Popen([*office, f"--accept=pipe,name={pipe};urp;"]) as server:
            code = OPEN.format(pipe=pipe, source=deck.resolve(), made=(out / deck.name).resolve())
            try:
                subprocess.run(["/usr/bin/python3", "-c", code], check=True, timeout=120)
                server.wait(30)
            finally:
                server.kill()
    return (out / deck.name).read_bytes()


def kept() -> None:
    """Reads the deck as it was built once for all lies."""
    saved_decks.PptxFile = edited.PptxFile = functools.lru_cache(2)(edited.PptxFile)  # type: ignore[misc,attr-defined]
    saved_decks.scenes = functools.lru_cache(2)(saved_decks.scenes)  # type: ignore[attr-defined]
    saved_decks.slides_in = edited.slides_in = functools.lru_cache(2)(edited.slides_in)  # type: ignore[attr-defined]


def main(where: str, layout: str = "civic") -> int:
    folder, missed = Path(where), 0
    folder.mkdir(parents=True, exist_ok=True)
    job = Job(Path("source/longhua-2023.yaml"), Path("layouts") / layout, Path("fonts/fonts.yaml"), folder, ("deck",))
    read = read_all(World(Path.cwd()), job)
    deck = compose_all(read, ("deck",))[0]["deck"]
    built = render_pptx(deck, None), deck
    (folder / f"{layout}.pptx").write_bytes(built[0])
    for own in (True, False):
        data = saved(folder, folder / f"{layout}.pptx", own)
        alarms = list(judge_saved(data, built, read))
        print("stored" if own else "converted", f"{len(alarms)} alarms", *(d.message.zh for d in alarms[:5]), sep="\n  ")
        missed += len(alarms)
    kept()
    planted = 0
    grounds = {m.name: m.ground for m in deck.masters}
    for name, plant in LIES:
        try:
            lie = plant(data)
        except Exception as error:
            print("not planted:", name, repr(error)[:90])
            continue
        if b"GROUND" in b"".join(package_parts(lie)):
            inks = {ground.rgb[1:] for page in deck.pages if (ground := grounds.get(page.master) or page.ground)}
            found = [d for ink in sorted(inks) for d in judge_saved(recoloured(lie, ink), built, read)]
        else:
            found = list(judge_saved(lie, built, read))
        planted += 1
        if not found:
            is_harmless = name in HARMLESS
            missed += not is_harmless
            print("passed over:" if is_harmless else "NOT CAUGHT:", name, flush=True)
    print(f"{layout}: {planted} lies planted, {missed} missed or false")
    return missed


def package_parts(data: bytes) -> list[bytes]:
    held: list[bytes] = []
    package(lambda parts: held.extend(parts.values()))(data)
    return held


def recoloured(data: bytes, ink: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts.update({name: part.replace(b"GROUND", ink.encode()) for name, part in parts.items() if name.endswith(".xml")})

    return package(change)(data)


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
