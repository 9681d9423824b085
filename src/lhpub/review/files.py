"""`lhpub verify`: is a file the one that was built, does it state what its source states, is it fit to show?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pikepdf

from lhpub.boxes import Composition
from lhpub.build import Aspect, Job, Target, compose_all, read_all
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.check import contrast
from lhpub.papers.press import press_settings
from lhpub.publication.model import Publication
from lhpub.record import NAME, record_in, sha256
from lhpub.render.pdf import render_pdf, render_press
from lhpub.render.pptx import render_pptx
from lhpub.review.edited import deck_changes
from lhpub.verify.called import called, part_called, told_apart
from lhpub.verify.file import verify_file
from lhpub.verify.pdf import verify_pdf, verify_press
from lhpub.verify.pptx import verify_pptx
from lhpub.verify.pptx_file import PptxFile, found, words
from lhpub.verify.pptx_reading import read_deck
from lhpub.verify.same import differences, is_own
from lhpub.walk import runs, texts
from lhpub.world import PICTURE_LIMIT, World

_PAPERS = ("校对表", "审读稿", "改动一览", "改稿回收单", "印刷交付单")
_SHOWN, _FAINT = 12, 1.3
"""Differences that are listed one by one; the contrast under which a text is not seen."""
_TAKE_BACK = Bilingual("要收回源文件：lhpub changes 这个文件 --apply", "take it back to the source: lhpub changes FILE --apply")
_SHOW = Bilingual("取消隐藏，或改到看得见", "show it again, or make it legible")


def judge(world: World, path: Path, job: Job | None = None) -> tuple[Diagnostic, ...]:
    """Returns what is to tell of a file, first what was done to find it. With a job its contents are compared with the
    job's source; a deck that another program has saved is judged by what it states, whatever else that program wrote anew."""
    data = world.read(path, PICTURE_LIMIT)
    whole = verify_file(data, path.name)
    if any(d.code.endswith(("-kind", "-unreadable")) for d in whole):
        return whole
    recorded = _recorded(world, path, sha256(data))
    if job is None:
        return (recorded, *whole)
    compared = _compare(world, data, path, job)
    if recorded.code == "file-changed":  # what was changed is told: it may be nothing that counts
        recorded = replace(recorded, severity=Severity.NOTICE, hint=None)
    errors = sum(d.severity is Severity.ERROR for d in (*compared, *whole))
    if data.startswith(b"PK"):
        zh, en = ("能放映：它说的就是来源说的", "fit to show: it states what the source states")
        if errors:
            zh, en = f"放映前请先看上面 {errors} 处", f"look at the {errors} places above before it is shown"
        whole += (Diagnostic("file-fit", Severity.NOTICE, Bilingual(zh, en)),)
    return (recorded, *compared, *whole)


def _recorded(world: World, path: Path, digest: str) -> Diagnostic:
    """Returns whether the file is the one that build.json beside it names."""
    record = record_in(world, path.parent)
    outputs: Mapping[str, str] = {name: made for target in record.values() for name, made in target["outputs"].items()}
    if digest in outputs.values():
        said = Bilingual(
            f"{path.name}：就是生成时写出的文件（sha256 {digest[:12]}）", f"{path.name} is the file that was built"
        )
        return Diagnostic("file-as-built", Severity.NOTICE, said)
    if path.name in outputs:
        said = Bilingual(
            f"{path.name}：不是生成时写出的文件，后来改过",
            f"{path.name} is not the file that was built: it was changed",
        )
        hint = Bilingual(
            "要核对内容，加 --source；要原件，重新生成", "add --source to compare its contents, or build it again"
        )
        return Diagnostic("file-changed", Severity.ERROR, said, hint)
    said = Bilingual(
        f"{path.name}：旁边没有记下它的 {NAME}，说不出是不是生成的那个文件",
        f"no {NAME} beside {path.name} names it",
    )
    return Diagnostic("file-unrecorded", Severity.NOTICE, said)


def _compare(world: World, data: bytes, path: Path, job: Job) -> tuple[Diagnostic, ...]:
    """Returns where the file states something else than its source, and how many places were compared."""
    is_deck = data.startswith(b"PK")
    if not is_deck and (paper := _paper(data)):
        en = "this is a working paper, no brochure and no deck: its contents are not compared"
        hint = Bilingual("要比的是画册（brochure）和幻灯片（deck）", "compare the brochure and the deck")
        said = Bilingual(f"这是{paper}，不是画册或幻灯片：不比内容", en)
        return (Diagnostic("file-paper", Severity.NOTICE, said, hint),)
    own = is_own(data)
    aspect = None if is_deck else _slides(data)
    renamed = "-brochure" not in path.name and aspect is not None
    target: Target = "deck" if is_deck or "-deck" in path.name or renamed else "brochure"
    read = read_all(world, replace(job, targets=(target,)))
    made, _ = compose_all(read, (target,), "4:3" if "4x3" in path.name or (renamed and aspect == "4:3") else "16:9")
    composition: Composition = made[target]
    again = b""
    if is_deck and not own:
        found = tuple(_of_saved_deck(data, composition, read.publication))
    elif is_deck:
        found, again = verify_pptx(data, composition, read.brand is not None), render_pptx(composition, read.brand)
    elif _is_press(data):
        settings = press_settings(world, read.layout)
        settings = replace(settings, imposition="saddle" if "imposed" in path.name else "none")
        found, again = verify_press(data, composition, settings), render_press(composition, settings)
    else:
        found, again = verify_pdf(data, composition), render_pdf(composition)
    if not found and own:
        found = tuple(_unlike(place) for place in islice(differences(data, again), _SHOWN))
    errors, name = [d for d in found if d.severity is Severity.ERROR], job.source.name
    zh = f"与 {name} 逐处比对：{f'{len(errors)} 处不同' if errors else '全部一致'}"
    en = f"compared with {name} place by place: {f'{len(errors)} differ' if errors else 'all the same'}"
    if not own and is_deck:
        zh += "；别的程序存过：比了文字、数字、图表、备注、次序，有没有隐藏、看不看得见；那个程序重写的字体、图形、链接、版式不算"
        en += "; another program has saved it: words, figures, charts, notes, order, what is hidden were compared, not its look"
    elif not own:
        zh, en = f"{zh}；别的程序存过，只比了说的，没有比样子", f"{en}; another program has saved it: its look was not compared"
    more = len(found) - _SHOWN
    said = Bilingual(f"另有 {more} 处不同，没有列出", f"{more} more differences are not listed")
    rest = (Diagnostic("file-compared", Severity.NOTICE, said),) if more > 0 else ()
    return (Diagnostic("file-compared", Severity.NOTICE, Bilingual(zh, en)), *found[:_SHOWN], *rest)


def _of_saved_deck(data: bytes, composition: Composition, publication: Publication) -> Iterator[Diagnostic]:
    """Yields what a deck that another program has saved states otherwise, and what of it is not seen."""
    for change in deck_changes(data, composition, publication, ()):
        place, told = called(change.place) if change.place else Bilingual("", ""), told_apart(change.old, change.new)
        zh = f"第 {change.slide} 张 {place.zh}{'：' * bool(place.zh)}{change.kind}，{told.zh}"
        en = f"slide {change.slide}{', ' * bool(place.en)}{place.en}: {told.en}"
        yield Diagnostic("deck-differs", Severity.ERROR, Bilingual(zh, en), _TAKE_BACK)
    for one in read_deck(PptxFile(data), True):
        if one.part == "info" and one.text and (one.page or one.name == "hidden"):
            box = called(one.name)
            said = Bilingual(f"第 {one.page} 张 {box.zh}：{one.text}", f"slide {one.page}, {box.en}: {one.text}")
            if one.name == "hidden":
                said = Bilingual(f"有隐藏的幻灯片（{one.text}），放映时跳过", f"a slide is hidden ({one.text})")
            yield Diagnostic("deck-unseen", Severity.ERROR, said, _SHOW)
    for number, name, shown in _faint(PptxFile(data), composition):
        zh = f"第 {number} 张 {called(name).zh}：“{shown}”的颜色与底色一样"
        en = f"slide {number}, {called(name).en}: “{shown}” has the colour of its ground"
        yield Diagnostic("deck-unseen", Severity.ERROR, Bilingual(zh, en), _SHOW)


def _faint(file: PptxFile, composition: Composition) -> Iterator[tuple[int, str, str]]:
    """Yields the texts in the colour of their slide's ground that nothing is composed in there, if slides have not moved."""
    for page, (_, root) in zip(composition.pages, file.slides(), strict=False):
        ground = next((m.ground for m in composition.masters if m.name == page.master), None) or page.ground
        inks = {run.style.ink.rgb for box in texts(page, composition) for run in runs(box)}
        for run in found(root, "//p:sp//a:r[a:rPr/a:solidFill/a:srgbClr]") if ground else ():
            colour = f"#{''.join(words(run, 'a:rPr/a:solidFill/a:srgbClr/@val'))}"
            if ground and contrast(colour, ground.rgb) < _FAINT and all(contrast(colour, ink) > _FAINT for ink in inks):
                yield page.number, "".join(words(run, "ancestor::p:sp[1]/*/p:cNvPr/@name")), "".join(words(run, "a:t/text()"))


def _unlike(place: str) -> Diagnostic:
    """Returns what is told of a place that says the same and is not written the same: how it looks or acts is another thing."""
    name = part_called(place)
    said = Bilingual(f"{name.zh}：与由来源重新生成的不同", f"{name.en} is not as it is when built again from its source")
    hint = Bilingual("样子或动作被改过；要原件，重新生成", "its look or its doings were changed: build it again for the original")
    return Diagnostic("file-differs", Severity.ERROR, said, hint)


def _paper(data: bytes) -> str:
    """Returns which of the papers that go with a publication a PDF is, '' for none of them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        name = str(pdf.docinfo.get("/Title", "")).partition(" ")[0]
        return name if str(pdf.docinfo.get("/Producer", "")) == "lhpub" and name in _PAPERS else ""


def _slides(data: bytes) -> Aspect | None:
    """Returns the aspect of the slides that a PDF seems to show, whatever its name; None if its pages have another shape."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        left, bottom, right, top = map(float, pdf.pages[0].trimbox)
    shape = (right - left) / (top - bottom)
    return "16:9" if abs(shape - 16 / 9) < 0.005 else "4:3" if abs(shape - 4 / 3) < 0.005 else None


def _is_press(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(str(item.get("/S")) == "/GTS_PDFX" for item in pdf.Root.get("/OutputIntents", ()))
