"""The papers that go with a publication's drafts, by the command that asks for them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from lhpub.build import Job
from lhpub.review.marked import review
from lhpub.review.proof import proof
from lhpub.review.returned import changes_between, changes_of_deck
from lhpub.review.terminal import changes_told, proof_told
from lhpub.world import World


def write_paper(world: World, job: Job, options: Namespace, note: Callable[[str], None]) -> list[str]:
    """Writes what a command asks for: the proof, the marked-up copy, the list of changes; returns the lines to print."""
    if options.name_of_command == "proof":
        files, made = proof(world, job, note)
        return [*proof_told(made), "", *(path.as_posix() for path in files)]
    if options.name_of_command == "review":
        files, made = review(world, job, options.since, note)
        return [*changes_told(made), "", *(path.as_posix() for path in files)]
    if len(options.file) == 2:
        lines, held = changes_between(world, job, (options.file[0], options.file[1]))
    else:
        lines, held = changes_of_deck(world, job, options.file[0], options.apply, note)
    paths = {job.out / job.layout.name / f"{options.file[-1].stem}-{name}": data for name, data in held.items()}
    world.write_all(paths)
    return [*lines, "", *(path.as_posix() for path in paths)]
