"""`lhpub proof`: the table of everything that is stated (校对表), to be signed; its rows, its workbook, its draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lhpub.boxes import Composition
from lhpub.build import Job, Read, compose_all, read_all
from lhpub.diagnostics import Diagnostic, Rejected, Severity
from lhpub.papers.stamp import NAME as STAMP
from lhpub.publication.entries import join
from lhpub.publication.seal import seal
from lhpub.record import NAME, read_record
from lhpub.render.pdf import render_pdf
from lhpub.review.changes import Change, Snapshot, compare_drafts, from_json, snapshot, to_json
from lhpub.review.ledger import ORDER, Row, axes_of, data_rows, marks_of, rows_of
from lhpub.review.listed import Item, items_of, table
from lhpub.review.proof_pages import pages_of, proof_pages
from lhpub.review.tables import Table, Value, columns, write_tables
from lhpub.walk import runs, texts
from lhpub.world import World

DRAFTS = "drafts"
WEIGHT = 0.1
"""What a place counts where marks or figures are written otherwise than the lint has it."""
_COUNTED = frozenset(
    ("half-width-mark", "straight-quote", "ellipsis", "doubled-mark", "dash", "list-of-names", "range", "range-magnitude",
     "short-year", "approximate", "zero", "unpaired-mark", "mixed-grouping", "mixed-percent")
)  # fmt: skip
"""Codes of the lint that count; `lint-figure` and others are for a person to judge."""


@dataclass(frozen=True)
class Proof:
    """What a proof says. `findings`: number, what is wrong, weight; `places`: of each row by its id; `characters`: set in the
    brochure, without folios; `files`: hashes of what stands built."""

    read: Read
    compositions: Mapping[str, Composition]
    now: Snapshot
    before: Snapshot | None
    changes: tuple[Change, ...]
    places: Mapping[str, Mapping[str, tuple[str, ...]]]
    findings: tuple[tuple[str, Diagnostic, float], ...]
    characters: int
    source: str

    def of(self, *kinds: str) -> tuple[Row, ...]:
        return tuple(row for row in self.now.rows if row.kind in kinds)

    @property
    def printed(self) -> tuple[str, ...]:
        """The figures and dates as they are printed now, and as they were."""
        rows = (*self.now.rows, *(self.before.rows if self.before else ()))
        return tuple(dict.fromkeys(row.printed for row in rows if row.kind in ("figure", "date")))

    @property
    def faults(self) -> float:
        return round(sum(weight for *_, weight in self.findings), 1)

    @property
    def rate(self) -> float:
        """Faults that a machine sees, per ten thousand characters."""
        return self.faults * 10_000 / self.characters if self.characters else 0.0

    @property
    def items(self) -> tuple[Item, ...]:
        return items_of(self.changes, self.places)

    @property
    def changed(self) -> Mapping[str, Change]:
        return {change.row.id: change for change in self.changes}


def take_draft(world: World, job: Job) -> tuple[Read, dict[str, Composition], Snapshot, Snapshot | None]:
    """Returns what a source is now, composed, as a draft, and the draft kept last whose content was another."""
    read = read_all(world, job)
    made, _ = compose_all(read, job.targets, job.aspect)
    publication = read.publication
    rows = rows_of(publication, made.values())
    now = snapshot(publication.draft, seal(publication), rows, [join(keyword.id) for keyword in publication.keywords])
    text = world.read(job.source).decode("utf-8", "replace")
    now = replace(now, source=text, files=_built(world, job, publication.id))
    return read, {medium: made[medium] for medium in made}, now, _last(world, job, publication.id, now)


def _built(world: World, job: Job, stem: str) -> dict[str, str]:
    try:
        record = read_record(world.read(job.out / job.layout.name / NAME))
    except Rejected:
        return {}
    return {name: made for key, target in record.items() if key.startswith(stem) for name, made in target["outputs"].items()}


def draft_file(job: Job, stem: str, kept: Snapshot) -> Path:
    return job.source.parent / DRAFTS / f"{stem}-{kept.seal[:6]}.json"


def _last(world: World, job: Job, stem: str, now: Snapshot) -> Snapshot | None:
    """Returns the latest draft kept that states something else: by date and name, as they are written."""
    older = [one for one in drafts(world, job, stem) if one.seal != now.seal and (one.date, one.name) <= (now.date, now.name)]
    return max(older, key=lambda one: (one.date, one.name), default=None)


def drafts(world: World, job: Job, stem: str = "") -> list[Snapshot]:
    """Returns the drafts kept beside a source, of any publication where none is named."""
    folder = world.root / job.source.parent / DRAFTS
    files = sorted(folder.glob(f"{stem}*-*.json")) if folder.is_dir() else []
    return [from_json(world.read(file), file.name) for file in files]


def make_proof(world: World, job: Job, since: Snapshot | None = None) -> Proof:
    """Returns the proof of a source. Raises Rejected where it cannot be composed."""
    read, made, now, last = take_draft(world, job)
    return proof_of(read, made, (now, since or last), job.source)


def proof_of(read: Read, made: Mapping[str, Composition], drafts: tuple[Snapshot, Snapshot | None], source: Path) -> Proof:
    """Returns the proof of what is composed, as a draft, beside the one before it."""
    now, before = drafts
    publication = read.publication
    findings = []
    lines = {row.line: row.number for row in reversed(now.rows)}
    for told in read.diagnostics:
        if told.severity is Severity.WARNING and told.span and told.span.file == source.as_posix():
            number = lines.get(told.span.line, f"源 {told.span.line} 行")
            findings.append((number, told, WEIGHT if told.code in _COUNTED else 0.0))
    characters = sum(len(form) for form in _set_texts(made.get("brochure")))
    return Proof(
        read, made, now, before, compare_drafts(before, now) if before else (),
        {row.id: marks_of(row, axes_of(publication)) for row in now.rows}, tuple(findings), characters, source.name,
    )  # fmt: skip


def _set_texts(composition: Composition | None) -> list[str]:
    """Returns the texts set in the brochure, without folios and the like."""
    boxes = [box for page in composition.pages for box in texts(page, composition)] if composition else []
    boxes = [box for box in boxes if box.name != STAMP]
    every = (run for box in boxes for run in runs(box))
    return ["".join(run.text.split()) for run in every if not (run.role and run.role.kind in ("page", "tick"))]


def proof(world: World, job: Job, progress: Callable[[str], None]) -> tuple[tuple[Path, ...], Proof]:
    """Writes the proof, PDF and XLSX, and keeps the draft; returns the files and what the proof says."""
    progress("compose")
    made = make_proof(world, job)
    stem, folder = made.read.publication.id, job.out / job.layout.name
    progress("write")
    files = {
        folder / f"{stem}-proof.pdf": render_pdf(proof_pages(made)),
        folder / f"{stem}-proof.xlsx": write_tables("校对表", proof_tables(made)),
        draft_file(job, stem, made.now): to_json(made.now),
    }
    for path, data in files.items():
        world.write(path, data)
    return tuple(files), made


_FIGURES = columns(
    "核:5:tick 编号:8 印作:16:bold 关键词:13 项目:40 源名:11 数值:9 单位:9 限定:6 性质:8 状态:12 来源:15 源行:7 "
    "画册:20 幻灯片:15 备注:10 工作簿:10 替代文字:14 处数:6 算式:24:wrap 改动:6 上稿:15:struck 改作:16 意见:24"
)
_PAGES = columns("核:5:tick 页:10 编号:8 印作:16:bold 意见:24")
_TEXTS = columns(
    "核:5:tick 编号:12 关键词:13 处:10 文字:80:wrap 字数:6 提示:24:wrap 画册:20 幻灯片:15 备注:10 工作簿:10 替代文字:14 源行:7 "
    "改动:6 上稿:60:struck 改作:16 意见:24"
)
_DATA = columns("核:5:tick 图:40 类别:40 图上印作:20:bold 工作簿:14 写的是:14 电子表格:24 编号:10 意见:24")
_FINDINGS = columns("核:5:tick 编号:12 提示:60:wrap 改法:60:wrap 计错:6")


def proof_tables(made: Proof) -> tuple[Table, ...]:
    """Returns the sheets of the proof's workbook."""
    note = f"{made.now.line}　{len(made.of('figure'))} 项数字，{len(made.of('date'))} 项日期，{len(made.of('text'))} 条文字"
    said = [
        ("校对表", made.read.publication.title), ("稿次", made.now.name or "未定"), ("日期", made.now.date or "未定"),
        ("校验号", made.now.seal), ("源文件", made.source), ("上一稿", made.before.line if made.before else "没有"),
        *((f"文件 {name}", digest) for name, digest in made.now.files.items()),
        ("怎样用", "核一格打 √ 或 ×；改成什么写在“改作”；这两列以外锁住，不设密码"),
    ]  # fmt: skip
    figures, texts = made.of("figure", "date"), made.of("text", "picture")
    data = [(None, *row, None) for row in data_rows(made.read.publication, made.read.charts, made.now.rows)]
    told = [(None, at, d.message.zh, d.hint.zh if d.hint else "", weight) for at, d, weight in made.findings]
    return (
        Table("说明", note, columns("项:24 内容:80:wrap"), said, freeze="A4"),
        Table("数字与日期", note, _FIGURES, [_figure(made, row) for row in figures], _changed(made, figures)),
        Table("按页", note, _PAGES, _by_page(made)),
        Table("文字", note, _TEXTS, [_text(made, row) for row in texts], _changed(made, texts)),
        Table("提示与差错率", note, _FINDINGS, told),
        Table("图表与表格", note, _DATA, data),
        table(made.items, note),
    )


def _changed(made: Proof, rows: tuple[Row, ...]) -> frozenset[int]:
    return frozenset(at for at, row in enumerate(rows) if row.id in made.changed)


def _figure(made: Proof, row: Row) -> tuple[Value, ...]:
    value: Value = row.value
    if row.kind == "figure" and row.value.replace(".", "", 1).lstrip("-").isdigit():
        value = float(row.value) if "." in row.value else int(row.value)
    shown = row.printed + ("※" if row.is_computed else "")
    said = (row.number, shown, row.owner, row.label, row.name, value, row.unit, row.bound, row.nature, row.status, row.source)
    return (
        None,
        *said,
        row.line or None,
        *_where(made, row, ORDER),
        len(row.places),
        row.formula,
        *_then(made, row),
        None,
        None,
    )


def _text(made: Proof, row: Row) -> tuple[Value, ...]:
    told = "；".join(told.message.zh for number, told, _ in made.findings if number == row.number)
    printed = "（图片）" if row.kind == "picture" else row.printed
    said = (row.number, row.owner, row.label, printed, len(printed), told)
    return (None, *said, *_where(made, row, ORDER), row.line or None, *_then(made, row), None, None)


def _where(made: Proof, row: Row, marks: str) -> Iterator[str]:
    return ("　".join(made.places[row.id].get(mark, ())) for mark in marks)


def _then(made: Proof, row: Row) -> tuple[str, str]:
    """Returns the sign of how a row has changed, and what it was."""
    change = made.changed.get(row.id)
    return (change.sign, change.old) if change else ("", "")


def _by_page(made: Proof) -> list[tuple[Value, ...]]:
    return [(None, f"{mark}{page} {use}".strip(), row.number, row.printed, None)
            for (mark, page), held in pages_of(made).items() for row, uses in held for use in uses]  # fmt: skip
