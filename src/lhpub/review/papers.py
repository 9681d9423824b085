"""The papers that go with a publication's drafts, by the command that asks for them, and what the terminal says of each."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator

from lhpub.build import Job
from lhpub.review.listed import lines, tally
from lhpub.review.marked import review
from lhpub.review.proof import Proof, proof
from lhpub.review.proof_pages import urgent
from lhpub.review.returned import changes_between, changes_of_deck
from lhpub.world import World


def write_paper(world: World, job: Job, options: Namespace, note: Callable[[str], None]) -> list[str]:
    """Writes what a command asks for: the proof, the marked-up copy, the list of changes; returns the lines to print."""
    if options.name_of_command in ("proof", "review"):
        is_proof = options.name_of_command == "proof"
        paths, made = proof(world, job, note) if is_proof else review(world, job, options.since, note)
        return [*(_proof_told(made) if is_proof else _review_told(made)), "", *(path.as_posix() for path in paths)]
    if len(options.file) == 2:
        told, held, stem = changes_between(world, job, (options.file[0], options.file[1]))
    else:
        told, held, stem = changes_of_deck(world, job, options.file[0], options.apply, note)
    files = {job.out / job.layout.name / f"{stem}-{name}": data for name, data in held.items()}
    world.write_all(files)
    return [*told, "", *(path.as_posix() for path in files)]


def _proof_told(made: Proof) -> Iterator[str]:
    yield f"校对表　{made.read.publication.title}　{made.now.line}"
    yield f"上一稿　{made.before.line if made.before else '没有'}"
    yield ""
    figures = made.of("figure")
    computed = sum(row.is_computed for row in figures)
    yield f"{len(figures):4} 数字　{sum(len(row.places) for row in figures)}处；其中计算、推算{computed}项"
    yield f"{len(made.of('date')):4} 日期"
    yield f"{len(made.of('text')):4} 文字　画册{made.characters}字"
    yield f"{len(made.read.publication.charts):4} 图表"
    yield f"{len(made.changes):4} 处改动　{tally(made.items)}"
    yield ""
    asked = urgent(made)
    yield f"先核　{len(asked)}项"
    yield from (f"  {row.number:8}{words}" for row, words in asked)
    yield ""
    yield f"提示　{len(made.findings)}条，计错{made.faults:g}个，万分之{made.rate:.2f}（只按系统计；错别字、语法、事实不计）"


def _review_told(made: Proof) -> Iterator[str]:
    yield f"审读稿　{made.read.publication.title}　{made.now.line}"
    yield f"上一稿　{made.before.line if made.before else '没有：这是首稿'}"
    yield from lines(made.items) if made.before else ()
