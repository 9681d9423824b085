"""A colour is a pair: what the screen shows and what the press prints are one, or the layout says why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.layout.printing import PaletteColour
from lhpub.render.pdf.press import PressSettings, all_inks
from lhpub.render.pdf.profile import colour_difference

TOLD, REFUSED = 10, 25
"""ΔE2000 from which a pair is told, and is an error."""


def check_colours(
    palette: Mapping[str, PaletteColour], composition: Composition, settings: PressSettings
) -> tuple[Diagnostic, ...]:
    """Returns the colours that are printed and look one way on screen, another in print, by the profile printed with."""
    printed = {ink.name for ink in all_inks(composition) if not ink.is_technical}
    pairs = {name: colour for name, colour in palette.items() if name in printed}
    return tuple(_differing(pairs, settings.profile)) if settings.profile else ()


def _differing(palette: Mapping[str, PaletteColour], profile: bytes) -> Iterator[Diagnostic]:
    for name, colour in palette.items():
        if colour.cmyk is None or colour.differs:
            continue
        difference = colour_difference(colour.rgb, colour.cmyk, profile)
        if difference > TOLD:
            zh = f"颜色“{name}”屏幕与印刷不是一个颜色（ΔE {difference:.0f}）"
            en = f"the colour “{name}” differs between screen and print (ΔE {difference:.0f})"
            hint = Bilingual("改 rgb 或 cmyk；有意如此就写 differs: 理由", "make rgb and cmyk agree, or say why: differs: …")
            severity = Severity.ERROR if difference > REFUSED else Severity.WARNING
            yield Diagnostic("colour-differs", severity, Bilingual(zh, en), hint, colour.span)
