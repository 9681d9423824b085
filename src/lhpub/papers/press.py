"""What goes to the print shop: which press files there are, and how each is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from lhpub.boxes import Composition
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span
from lhpub.layout.names import LayoutFile
from lhpub.layout.printing import LEAF, PressSpec
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
    profile = _shops_profile(world, press.profile) if press.profile else default_profile()
    return PressSettings(
        profile,
        press.condition,
        is_shops=bool(press.profile),
        ink_limit=press.ink_limit,
        marks=press.marks,
        paper=mm(LEAF if press.leaf is None else press.leaf),
        is_paper_given=press.leaf is not None,
        multiple=layout.spec.brochure.multiple,
        outlines=press.outlines,
        part="block" if press.binding == "perfect" else "whole",
        span=press.span,
    )


def _shops_profile(world: World, file: LayoutFile) -> bytes:
    try:
        return world.read(file.path)
    except Rejected as rejected:
        zh, en = "把印厂给的 .icc 放进版式文件夹，名字写得一样", "put the print shop's .icc into the layout's folder as this"
        hint = Bilingual(f"{zh}；还没有，就删去 profile", f"{en}; or take out profile")
        raise Rejected(tuple(replace(d, span=file.span, hint=hint) for d in rejected.diagnostics)) from None
