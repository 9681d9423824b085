"""`lhpub verify`: is a file the one that was built, does it state what its source states, is it fit to show?"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import pikepdf

from lhpub.boxes import Composition
from lhpub.build import Job, Target, compose_all, read_all
from lhpub.decks import RATIOS, Aspect, with_other_fonts
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.papers.press import press_settings
from lhpub.record import NAME, record_in, sha256
from lhpub.render.pdf import render_pdf, render_press
from lhpub.render.pptx import render_pptx
from lhpub.review.saved import judge_saved
from lhpub.verify.called import part_called
from lhpub.verify.file import verify_file
from lhpub.verify.pdf import verify_pdf, verify_press
from lhpub.verify.pptx import verify_pptx
from lhpub.verify.same import differences, is_kept, is_own
from lhpub.world import PICTURE_LIMIT, World

_PAPERS = ("讲义", "校对表", "审读稿", "改动一览", "改稿回收单", "印刷交付单")
_SHOWN = 12
"""Differences that are listed one by one."""
_OF_MAKER = ("docProps", "properties", "document")
"""Where a program that saves a file says so, and what it sets for the whole."""
_SAVED = Bilingual(
    "比了文字、数字、备注、次序、图表（种类、数轴、颜色、数值）、图形、遮挡、字色、母版上的字；没有比字体、字号、动画、图片里的内容",
    "compared were words, figures, notes, order, charts with axes and colours, drawings and what they cover, the colours "
    "of texts, the masters’ words; not fonts, sizes, animation and what pictures show",
)
_PRINTED = Bilingual("只比了说的，没有比样子", "its look was not compared")


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
        zh, en = ("能放映：比了的都与来源一致", "fit to show: what was compared is as in the source")
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
    named = (ratio for ratio in RATIOS if ratio.replace(":", "x") in path.name)
    aspect = next(named, None if is_deck else _slides(data))
    renamed = "-brochure" not in path.name and aspect is not None
    target: Target = "deck" if is_deck or "-deck" in path.name or renamed else "brochure"
    read = read_all(world, replace(job, targets=(target,)))
    if is_deck and "-alternative" in path.name and (other := with_other_fonts(read.layout)):
        read = replace(read, layout=other)
    made, _ = compose_all(read, (target,), aspect if target == "deck" else None)
    composition: Composition = made[target]
    check: Callable[[bytes, Composition], tuple[Diagnostic, ...]]
    if is_deck:
        again, check = render_pptx(composition, read.brand), partial(verify_pptx, on_template=read.brand is not None)
    elif _is_press(data):
        settings = press_settings(world, read.layout)
        settings = replace(settings, imposition="saddle" if "imposed" in path.name else "none")
        again, check = render_press(composition, settings), partial(verify_press, settings=settings)
    else:
        again, check = render_pdf(composition), verify_pdf
    own = is_own(data)
    is_whole = own or is_kept(data, again)
    found = check(data, composition) if is_whole or not is_deck else tuple(judge_saved(data, (again, composition), read))
    if is_whole and not found:
        places = (place for place in differences(data, again) if own or not place.startswith(_OF_MAKER))
        found = tuple(_unlike(place) for place in islice(places, _SHOWN))
    more = len(found) - _SHOWN
    said = Bilingual(f"另有 {more} 处不同，没有列出", f"{more} more differences are not listed")
    rest = (Diagnostic("file-compared", Severity.NOTICE, said),) if more > 0 else ()
    return (_compared(job.source.name, len(found), is_whole, is_deck), *found[:_SHOWN], *rest)


def _compared(name: str, count: int, is_whole: bool, is_deck: bool) -> Diagnostic:
    """Returns what was compared and how it came out; that all is the same only where all was compared."""
    zh, en = (f"{count} 处不同", f"{count} differ") if count else ("全部一致", "all the same")
    if not is_whole:
        zh, en = (zh, en) if count else ("比了的没有不同", "what was compared is the same")
        what = _SAVED if is_deck else _PRINTED
        zh, en = f"{zh}；别的程序存过，{what.zh}", f"{en}; another program has saved it: {what.en}"
    said = Bilingual(f"与 {name} 逐处比对：{zh}", f"compared with {name} place by place: {en}")
    return Diagnostic("file-compared", Severity.NOTICE, said)


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
    return next((ratio for ratio, width in RATIOS.items() if abs(shape - width) < 0.005), None)


def _is_press(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(str(item.get("/S")) == "/GTS_PDFX" for item in pdf.Root.get("/OutputIntents", ()))
