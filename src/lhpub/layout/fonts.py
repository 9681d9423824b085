"""The fonts that a layout names, and those that stand in for what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.model import LayoutSpec, measures_of
from lhpub.text.fonts import FontBook

_SERIFS = ("serif", "song", "ming", "宋", "明", "仿", "楷")
"""Parts of the names of faces with strokes of two widths."""


def with_stand_ins(spec: LayoutSpec, book: FontBook) -> tuple[FontBook, tuple[Diagnostic, ...]]:
    """Returns a book that has every family the layout names, a like one for each that is not there; and the notice of it."""
    sets = [fonts for deck in spec.decks for fonts in (deck.fonts, deck.fonts_alternative)]
    named = [*spec.fonts.values(), *(font.measure for fonts in sets for font in fonts.values())]
    lacking = dict.fromkeys(family for family in named if not book.has(family))
    known = [name for name, family in book.families.items() if family.faces]
    stand_ins, told = {}, []
    for family in lacking if known else ():
        like = [name for name in known if is_serif(name) == is_serif(family)]
        stand_ins[str(family)] = (instead := (like or known)[0],)
        if file := book.refused.get(family):
            zh = f"字体“{family}”的 {file} 不许嵌入或读不出"
            en = f"{file} of the font “{family}” may not be embedded, or cannot be read"
            message = Bilingual(f"{zh}，改用 {instead}", f"{en}; {instead} is used instead")
            hint = Bilingual("向字体厂商取得授权版本，或换一种", "get a version with that right, or use another")
            told.append(Diagnostic("font-rights", Severity.WARNING, message, hint, family.span))
            continue
        message = Bilingual(f"没有字体“{family}”，改用 {instead}", f"there is no font “{family}”; {instead} is used instead")
        hint = Bilingual("把字体文件放进 fonts/；字宽不同，换行会变", "put its file into fonts/; lines may then break elsewhere")
        told.append(Diagnostic("no-font", Severity.NOTICE, message, hint, family.span))
    book = book.with_aliases(stand_ins)
    return book, (*told, *_weights(spec, book), *_capped(spec))


def _weights(spec: LayoutSpec, book: FontBook) -> Iterator[Diagnostic]:
    """Yields a warning for each font and weight that it has not, with the type styles of the brochure that ask for it."""
    for family in dict.fromkeys(family for family in spec.fonts.values() if book.has(family)):
        asked = {n: s.weight for n, s in spec.styles.items() if spec.fonts.get(s.font) == family}
        lacking = {n: weight for n, weight in asked.items() if book.font(family, weight).weight != weight}
        if lacking:
            weights = "、".join(map(str, sorted({*lacking.values()})))
            nearest = "、".join(map(str, sorted({book.font(family, weight).weight for weight in lacking.values()})))
            message = Bilingual(
                f"字体“{family}”没有字重 {weights}，改用 {nearest}：{'、'.join(lacking)}",
                f"the font “{family}” has no weight {weights}; {nearest} is used instead: {', '.join(lacking)}",
            )
            hint = Bilingual(f"给这些样式写 weight: {nearest}，或换一种字体", f"write weight: {nearest}, or use another font")
            own = spec.styles[next(iter(lacking))].span if len(lacking) == 1 else family.span
            yield Diagnostic("weight-not-there", Severity.WARNING, message, hint, own)


def _capped(spec: LayoutSpec) -> Iterator[Diagnostic]:
    """Yields a warning for each type style of the layout's own whose size the grid's lines do not allow."""
    for name, style in spec.styles.items():
        size = measures_of(style, spec.brochure)[0]
        if spec.extends and style.lines and size < style.size and style.span.file == spec.span.file:
            said = Bilingual(
                f"“{name}”写了 {style.size:g} pt，行距是格子的 {style.lines:g} 行，只能排 {size:g} pt",
                f"“{name}” says {style.size:g} pt; set in {style.lines:g} lines of the grid it is {size:g} pt",
            )
            larger = -(-style.size * 1.7 * style.lines // measures_of(style, spec.brochure)[1])
            hint = Bilingual(f"要更大，连行距一起写，如 lines: {larger:g}", f"write the leading, too: lines: {larger:g}")
            yield Diagnostic("size-of-grid", Severity.WARNING, said, hint, style.span)


def is_serif(name: str) -> bool:
    """True if a face of this name has strokes of two widths."""
    return any(part in name.lower() for part in _SERIFS)
