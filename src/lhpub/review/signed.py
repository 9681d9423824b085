"""`lhpub verify --signed`: does what is printed state what was signed, and apart from that: are these the very files?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from lhpub.build import Job
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.publication.seal import SHOWN
from lhpub.record import sha256
from lhpub.review.files import judge
from lhpub.review.proof import take_draft
from lhpub.world import PICTURE_LIMIT, World


def judge_signed(world: World, sheet: Path, files: tuple[Path, ...], job: Job) -> tuple[Diagnostic, ...]:
    """Returns what is to tell. Raises Rejected for a sheet that `lhpub proof` has not written."""
    said, rows = _read(world, sheet)
    listed, named = said.get("源文件", ""), job.source
    if named.name != listed or not (world.root / named).is_file():
        found = f"比的却是 {named.name}" if named.name != listed else f"这里找不到 {named.as_posix()}"
        hint = Bilingual(f"加上 --source，后面写 {listed} 在哪里", f"add --source with the path of {listed}")
        en = f"the sheet lists {listed}, not what is to be compared: {named.as_posix()}"
        message = Bilingual(f"签的是 {listed} 的校对表，{found}", en)
        raise Rejected((Diagnostic("signed-source", Severity.ERROR, message, hint),))
    _, _, now, _ = take_draft(world, job)
    seal, told = said.get("校验号", ""), []
    if seal == now.seal:
        zh, en = f"源文件说的就是签的那一稿（{seal[:SHOWN]}）", f"the source states what was signed ({seal[:SHOWN]})"
        told.append(Diagnostic("signed-same", Severity.NOTICE, Bilingual(zh, en)))
    else:
        zh = f"签的是 {seal[:SHOWN]}，源文件现在是 {now.seal[:SHOWN]}：签过以后改了内容"
        hint = Bilingual("lhpub review 看改了哪些，再送签", "see the changes by `lhpub review`, then have it signed again")
        told.append(Diagnostic("signed-otherwise", Severity.ERROR, Bilingual(zh, f"signed was {seal[:SHOWN]}, not this"), hint))
    present = {row.number: row.printed for row in now.rows if row.kind in ("figure", "date")}  # the sheet that is read
    for number, printed in rows.items():
        if present.get(number) != printed:
            zh = f"{number}：签的是“{printed}”，现在是“{present.get(number, '（没有）')}”"
            en = f"{number}: signed “{printed}”, now “{present.get(number, '–')}”"
            told.append(Diagnostic("signed-row-differs", Severity.ERROR, Bilingual(zh, en)))
    for file in files:
        told += _of_file(world, file, job, said)
    return tuple(told)


def _of_file(world: World, file: Path, job: Job, said: dict[str, str]) -> Iterator[Diagnostic]:
    """Yields whether a file is, byte for byte, one that stood when the sheet was made; then where it states otherwise."""
    digest = sha256(world.read(file, PICTURE_LIMIT))
    listed = said.get(f"文件 {file.name}")
    if digest == listed:
        message = Bilingual(f"{file.name}：就是列表时的那个文件", f"{file.name} is the very file that was listed")
    elif listed:
        message = Bilingual(
            f"{file.name}：列表以后重新写过，下面看内容", f"{file.name} was written anew since; its contents follow"
        )
    else:
        message = Bilingual(
            f"{file.name}：列表时还没有这个文件，下面看内容", f"{file.name} was not there then; its contents follow"
        )
    yield Diagnostic("signed-file", Severity.NOTICE, message)
    yield from (d for d in judge(world, file, job) if d.code not in ("file-as-built", "file-changed", "file-unrecorded"))


def _read(world: World, sheet: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Returns what a proof's workbook says of itself, and the printed forms by number."""
    try:
        book = load_workbook(io.BytesIO(world.read(sheet, PICTURE_LIMIT)), read_only=True, data_only=True)
        said = {str(row[0]): str(row[1]) for row in book["说明"].iter_rows(min_row=4, max_col=2, values_only=True)}
        rows = {str(row[1]): str(row[2]).removesuffix("※")
                for row in book["数字与日期"].iter_rows(min_row=4, max_col=3, values_only=True) if row[1]}  # fmt: skip
        return said, rows
    except Rejected:
        raise
    except Exception:  # a broken workbook raises anything
        message = Bilingual(f"{sheet.name}：不是 lhpub proof 写的校对表", f"{sheet.name} is no proof that lhpub wrote")
        raise Rejected((Diagnostic("signed-unreadable", Severity.ERROR, message),)) from None
