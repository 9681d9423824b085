"""Tells of the sizes that a designer has written and nothing is set in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.model import Medium
from lhpub.layout.names import StyleName, names_in
from lhpub.layout.read import Layout
from lhpub.walk import runs, texts

_NEAR = 0.06
"""Points by which sizes in proportion are rounded."""


def sizes_set(composition: Composition, medium: Medium) -> dict[str, float]:
    """Returns for each type style the greatest size that a page of the medium's own masters is set in."""
    sizes: dict[str, float] = {}
    own = (page for page in composition.pages if page.master in medium.masters)
    for run in (run for page in own for box in texts(page, composition) for run in runs(box)):
        sizes[run.style.name] = max(run.style.size, sizes.get(run.style.name, 0.0))
    return sizes


def never_set(media: tuple[Medium, ...], layout: Layout, sizes: Mapping[str, float]) -> Iterator[Diagnostic]:
    """Yields what there is to tell of each type style whose size the layout itself writes for frames that it inherits, if
    nothing is set in it, or nothing in its size. `sizes`: set, by style."""
    spec = layout.spec
    names = (name for name in names_in(media) if isinstance(name, StyleName) and name.span)
    asked = {str(name) for name in names if name.span and name.span.file != spec.span.file}
    for name, style in spec.styles.items():
        size = layout.styles[name].size
        if name not in layout.resized & asked or sizes.get(name, 0.0) > size - _NEAR:
            continue
        message = Bilingual(f"没有一处用文字样式“{name}”排", f"nothing is set in the type style “{name}”")
        hint = Bilingual("是不是太大，用它的框都放不下？", "is it too large for the frames that use it?")
        if name in sizes:
            message = Bilingual(
                f"文字样式“{name}”写 {size:g} pt，最大只排成 {sizes[name]:g} pt",
                f"the type style “{name}” says {size:g} pt, the largest that is set is {sizes[name]:g} pt",
            )
            hint = Bilingual("框放不下就缩到 floor；框写了 sizes、lines 或 inside，大小由它们定",
                             "a frame shrinks what it does not hold; its sizes, lines or inside choose the size")  # fmt: skip
        yield Diagnostic("never-set", Severity.WARNING if name in sizes else Severity.NOTICE, message, hint, style.span)
