"""The fonts that a layout names, and those that stand in for what is not there."""

from __future__ import annotations

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
    return book.with_aliases(stand_ins), tuple(told)


def _is_serif(name: str) -> bool:
    return any(part in name.lower() for part in _SERIFS)
