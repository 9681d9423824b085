"""The fonts that a layout names, and those that stand in for what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.model import LayoutSpec
from lhpub.text.fonts import FontBook

_SERIFS = ("serif", "song", "ming", "宋", "明", "仿", "楷")
"""Parts of the names of faces with strokes of two widths."""


def with_stand_ins(spec: LayoutSpec, book: FontBook) -> tuple[FontBook, tuple[Diagnostic, ...]]:
    """Returns a book that has every family the layout names, a like one for each that is not there; and the notice of it."""
    named = [*spec.fonts.values(), *(font.measure for deck in spec.decks for font in deck.fonts.values())]
    lacking = dict.fromkeys(family for family in named if not book.has(family))
    known = [name for name, family in book.families.items() if family.faces]
    stand_ins, told = {}, []
    for family in lacking if known else ():
        like = [name for name in known if _is_serif(name) == _is_serif(family)]
        stand_ins[str(family)] = (instead := (like or known)[0],)
        message = Bilingual(f"没有字体“{family}”，改用 {instead}", f"there is no font “{family}”; {instead} is used instead")
        hint = Bilingual("把字体文件放进 fonts/；字宽不同，换行会变", "put its file into fonts/; lines may then break elsewhere")
        told.append(Diagnostic("no-font", Severity.NOTICE, message, hint, family.span))
    book = book.with_aliases(stand_ins)
    return book, (*told, *_weights(spec, book))


def _weights(spec: LayoutSpec, book: FontBook) -> Iterator[Diagnostic]:
    """Yields a warning for each type style of the brochure in a weight that its font has not."""
    for name, style in spec.styles.items():
        family = spec.fonts.get(style.font)
        if family and book.has(family) and (nearest := book.font(family, style.weight).weight) != style.weight:
            message = Bilingual(
                f"字体“{family}”没有字重 {style.weight}，“{name}”改用 {nearest}",
                f"the font “{family}” has no weight {style.weight}; “{name}” is set in {nearest}",
            )
            hint = Bilingual(f"写 weight: {nearest}，或换一种字体", f"write weight: {nearest}, or use another font")
            yield Diagnostic("weight-not-there", Severity.WARNING, message, hint, style.span)


def _is_serif(name: str) -> bool:
    return any(part in name.lower() for part in _SERIFS)
