"""Builds compositions from source texts, as the program does."""

from dataclasses import dataclass
from pathlib import Path

from lhpub.boxes import Composition
from lhpub.build import Job, Read, compose_all, read_all
from lhpub.diagnostics import Diagnostic
from lhpub.world import World

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "source" / "longhua-2023.yaml"


@dataclass(frozen=True)
class Made:
    """Both compositions of a source, with what was told."""

    read: Read
    brochure: Composition
    deck: Composition
    diagnostics: tuple[Diagnostic, ...]


def job_for(source: Path, out: Path, layout: Path = ROOT / "layouts" / "civic") -> Job:
    """Returns a job with the repository's layout and fonts."""
    return Job(source, layout, ROOT / "fonts" / "fonts.yaml", out)


def make(source: Path, layout: Path = ROOT / "layouts" / "civic") -> Made:
    """Returns both compositions of a source file; raises Rejected."""
    job = job_for(source, source.parent / "output", layout)
    read = read_all(World(source.parent), job)
    compositions, diagnostics = compose_all(read, job.targets)
    return Made(read, compositions["brochure"], compositions["deck"], diagnostics)
