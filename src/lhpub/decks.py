"""The decks that a layout can make beside its own: on a client's template, in other ratios, in its second set of fonts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity
from lhpub.layout.brand import Brand
from lhpub.layout.branded import on_brand
from lhpub.layout.model import Medium
from lhpub.layout.read import Layout, resolved
from lhpub.render.pptx import read_brand
from lhpub.text.model import Ink
from lhpub.world import PICTURE_LIMIT, World

Aspect = Literal["16:9", "4:3", "16:10", "32:9"]
RATIOS: dict[Aspect, float] = {"16:9": 16 / 9, "4:3": 4 / 3, "16:10": 1.6, "32:9": 32 / 9}
_NARROW, _NEAR = 1.5, 0.02
"""Width for height under which a slide is a narrow one; share of it by which a ratio may be missed."""


def on_template(
    world: World, layout: Layout, wanted: tuple[Path | None, Aspect | None] | None
) -> tuple[tuple[Layout, Brand | None], tuple[Diagnostic, ...]]:
    """Returns the layout with its deck on the template that it names, if any, and what there is to tell of that. `wanted`: a
    template instead of the layout's own, and a shape, of a deck; where the template has another, the layout's own deck is
    made."""
    spec = layout.spec
    template, aspect = wanted or (None, None)
    own = spec.deck_4x3 if aspect == "4:3" and spec.deck_4x3 else spec.deck
    if not (own.template or template) or wanted is None:
        return (layout, None), ()
    file = template or own.template.path
    brand, told = read_brand(world.read(file, PICTURE_LIMIT), file.name, own.map)
    ratio = brand.size.width / brand.size.height
    if aspect is not None and abs(RATIOS[aspect] / ratio - 1) > _NEAR:
        said = Bilingual(f"模板不是 {aspect}：这份幻灯片不套模板", f"the template is not {aspect}: this deck is made without it")
        hint = Bilingual("不写 --aspect，按模板的比例出", "leave out --aspect to have the template's own shape")
        return (layout, None), (Diagnostic("template-aspect", Severity.WARNING, said, hint, spec.span),)
    like = spec.deck_4x3 if ratio < _NARROW and spec.deck_4x3 else spec.deck
    said = Bilingual(
        "套用模板的幻灯片不出 PDF 和讲义：PDF 画不出模板的样子",
        "a deck on a template has no PDF beside it, nor a handout, which could not show the template",
    )
    told += (Diagnostic("template-pdf", Severity.NOTICE, said, Bilingual("在 PowerPoint 里导出", "export it from PowerPoint")),)
    spec = on_brand(spec, like, brand)
    inks = {name: layout.inks.get(name, Ink(name, colour.rgb)) for name, colour in spec.palette.items()}
    return (replace(resolved(layout.name, spec, layout.art, inks), below=layout.below, below_deck=layout.below), brand), told


def deck_of(layout: Layout, aspect: Aspect | None) -> tuple[Layout, Medium]:
    """Returns the deck of a shape, and the layout that sets it: this one, if it has such a deck or its places keep to a
    grid, else the one below it. Raises Rejected where neither is so."""
    spec = layout.spec
    if aspect in (None, "16:9"):
        return layout, spec.deck
    if aspect == "4:3" and spec.deck_4x3:
        return layout, spec.deck_4x3
    setting = layout if spec.deck.fields else layout.below_deck
    if setting is None:
        message = Bilingual(f"版式“{layout.name}”没有 {aspect} 幻灯片", f"the layout “{layout.name}” has no {aspect} deck")
        hint = Bilingual("不写 --aspect；4:3 可以在 layout.yaml 里写 deck_4x3", "leave out --aspect; of 4:3, write deck_4x3")
        raise Rejected((Diagnostic("no-aspect", Severity.ERROR, message, hint, spec.span),))
    deck = setting.spec.deck
    return setting, replace(deck, size=(deck.size[1] * RATIOS[aspect], deck.size[1]))


def with_other_fonts(layout: Layout) -> Layout | None:
    """Returns the layout with its decks in their second set of fonts; None where it has none."""
    spec = layout.spec
    if not spec.deck.fonts_alternative:
        return None
    narrow = spec.deck_4x3 and replace(spec.deck_4x3, fonts=spec.deck_4x3.fonts_alternative)
    return replace(layout, spec=replace(spec, deck=replace(spec.deck, fonts=spec.deck.fonts_alternative), deck_4x3=narrow))


def in_warning(fault: Diagnostic) -> Diagnostic:
    """Returns the warning that something does not fit in the second set of fonts."""
    zh, en = "换用第二套字体，不出 deck-alternative", "in the second set of fonts, so that there is no deck-alternative"
    message = Bilingual(f"{zh}：{fault.message.zh}", f"{en}: {fault.message.en}")
    return replace(fault, severity=Severity.WARNING, message=message)
