"""`lhpub verify`: is a file the one that was built, does it state what its source states, is it fit to show?"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pikepdf

from lhpub.boxes import Composition
from lhpub.build import Job, Target, compose_all, read_all
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.papers.press import press_settings
from lhpub.record import NAME, record_in, sha256
from lhpub.render.pdf import render_pdf, render_press
from lhpub.render.pptx import render_pptx
from lhpub.verify.file import verify_file
from lhpub.verify.pdf import verify_pdf, verify_press
from lhpub.verify.pptx import verify_pptx
from lhpub.verify.same import differences, is_own
from lhpub.world import PICTURE_LIMIT, World

_SHOWN = 12


def judge(world: World, path: Path, job: Job | None = None) -> tuple[Diagnostic, ...]:
    """Returns what is to tell of a file, first what was done to find it. With a job its contents are compared with the
    job's source; a deck that was changed is judged by itself, too."""
    data = world.read(path, PICTURE_LIMIT)
    whole = verify_file(data, path.name)
    if any(d.code.endswith(("-kind", "-unreadable")) for d in whole):
        return whole
    compared = _compare(world, data, path, job) if job else ()
    return (_recorded(world, path, sha256(data)), *compared, *whole)


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
    target: Target = "deck" if is_deck or "-deck" in path.name else "brochure"
    read = read_all(world, replace(job, targets=(target,)))
    made, _ = compose_all(read, (target,), "4:3" if "4x3" in path.name else "16:9")
    composition: Composition = made[target]
    if is_deck:
        found, again = verify_pptx(data, composition, read.brand is not None), render_pptx(composition, read.brand)
    elif _is_press(data):
        settings = press_settings(world, read.layout)
        settings = replace(settings, imposition="saddle" if "imposed" in path.name else "none")
        found, again = verify_press(data, composition, settings), render_press(composition, settings)
    else:
        found, again = verify_pdf(data, composition), render_pdf(composition)
    own = is_own(data)
    if not found and own:
        found = tuple(_unlike(place) for place in islice(differences(data, again), _SHOWN))
    errors = [d for d in found if d.severity is Severity.ERROR]
    zh = f"与 {job.source.name} 逐处比对：{f'{len(errors)} 处不同' if errors else '全部一致'}"
    en = f"compared with {job.source.name} place by place: {f'{len(errors)} differ' if errors else 'all the same'}"
    if not own:
        zh, en = f"{zh}；别的程序存过，只比了说的，没有比样子", f"{en}; another program has saved it: its look was not compared"
    return (Diagnostic("file-compared", Severity.NOTICE, Bilingual(zh, en)), *found[:_SHOWN])


def _unlike(place: str) -> Diagnostic:
    """Returns what is told of a place that says the same and is not written the same: how it looks or acts is another thing."""
    said = Bilingual(f"{place}：与由来源重新生成的不同", f"{place} is not as it is when built again from its source")
    hint = Bilingual("样子或动作被改过；要原件，重新生成", "its look or its doings were changed: build it again for the original")
    return Diagnostic("file-differs", Severity.ERROR, said, hint)


def _is_press(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(str(item.get("/S")) == "/GTS_PDFX" for item in pdf.Root.get("/OutputIntents", ()))
