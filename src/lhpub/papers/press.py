"""What goes to the print shop: which press files there are, and how each is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.layout.printing import PressSpec
from lhpub.layout.read import Layout
from lhpub.publication.model import Draft
from lhpub.render.pdf import PressSettings, check_press, default_profile
from lhpub.units import mm
from lhpub.world import World

Imposition = Literal["none", "saddle"]


def press_files(
    composition: Composition,
    settings: PressSettings,
    asked: tuple[Imposition, Draft | None],
    spans: Mapping[str, Span],
) -> tuple[dict[str, PressSettings], tuple[Diagnostic, ...]]:
    """Returns the settings of each press file by its kind. Of a draft that is not final, and without any profile, there is
    none, and that is told. `asked`: how it is imposed, which draft it is; `spans`: where the colours are declared."""
    imposition, draft = asked
    if draft and not draft.is_final:
        said = Bilingual(f"稿次是“{draft.name}”：不出印刷文件", f"this is the draft “{draft.name}”: no press file is made")
        hint = Bilingual("定稿以后写 name: 定稿，或删去 draft", "write name: 定稿 when it is final, or take out draft")
        return {}, (Diagnostic("press-draft", Severity.NOTICE, said, hint),)
    told = check_press(composition, settings, spans)
    if settings.profile is None:
        return {}, tuple(replace(d, severity=Severity.WARNING) for d in told)
    files = {"brochure-press": settings}
    if settings.part == "block":
        files["cover-press"] = replace(settings, part="cover")
    if imposition != "none":
        files["brochure-imposed"] = replace(settings, imposition=imposition, part="whole")
    return files, told


def press_settings(world: World, layout: Layout) -> PressSettings:
    """Returns what the layout says of printing. Raises Rejected where its profile cannot be read."""
    press = layout.spec.press or PressSpec(span=layout.spec.span)
    profile = world.read(press.profile.path) if press.profile else default_profile()
    return PressSettings(
        profile,
        press.condition,
        is_shops=bool(press.profile),
        ink_limit=press.ink_limit,
        marks=press.marks,
        paper=mm(press.leaf),
        multiple=layout.spec.brochure.multiple,
        outlines=press.outlines,
        part="block" if press.binding == "perfect" else "whole",
        span=press.span,
    )
