"""Sources to begin with: a starter and the pictures that it names are copied, nothing that is there is written over."""

from __future__ import annotations

import re
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.source.report import did_you_mean
from lhpub.world import World, shipped

BLANK = """\
publication:
  title: 刊物的名字
keywords:
  - title: 第一个关键词
    headline: 写一句结论。
    body: 写一段正文；数字都写进 facts，在这里引用。
"""
_PICTURE = re.compile(r"pictures/[^\s'\",}]+")


def starters(root: Path) -> dict[str, Path]:
    """Returns the starters by name: the project's own, else those that came with the program."""
    own = root / "source" / "examples"
    return {path.stem: path for path in sorted((own if own.is_dir() else shipped("source/examples")).glob("*.yaml"))}


def begin(world: World, like: str, name: str) -> Path:
    """Returns a new source in source/, made from a starter, from nothing for ''. Raises Rejected."""
    known, target = starters(world.root), Path("source") / f"{name}.yaml"
    if like and like not in known:
        message = Bilingual(f"没有叫“{like}”的范例", f"there is no starter “{like}”")
        raise Rejected((Diagnostic("no-starter", Severity.ERROR, message, did_you_mean(like, known)),))
    if (world.root / target).exists():
        message = Bilingual(f"{target.as_posix()} 已经有了", f"{target.as_posix()} is there already")
        hint = Bilingual("换一个名字", "choose another name")
        raise Rejected((Diagnostic("name-taken", Severity.ERROR, message, hint),))
    text = known[like].read_bytes() if like else BLANK.encode()
    files = {Path("source") / picture: known[like].parent / picture for picture in _PICTURE.findall(text.decode())}
    taken = {to: file.read_bytes() for to, file in files.items() if file.is_file() and not (world.root / to).exists()}
    world.write_all({target: text, **taken})
    return target
