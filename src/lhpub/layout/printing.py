"""What a layout says of printing: its inks beside cyan, magenta, yellow and black, and what the print shop has told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, Protocol

from lhpub.diagnostics import Bilingual, Span
from lhpub.layout.names import LayoutFile
from lhpub.source.declared import declared, key
from lhpub.source.report import Report, did_you_mean
from lhpub.text.model import NO_INK, Build, Ink, Separation

INK_LIMIT = 300.0
"""Percent, summed over the plates (ISO 12647-2 allows up to 350 for the best coated papers, shops rarely)."""
LEAF = 0.1
"""Millimetres that a leaf is taken to be thick while nobody has said it."""
BLEED = 3.0
"""Millimetres that print shops ask for at the least."""
_TECHNICAL = re.compile(r"uv|varnish|foil|die|crease|emboss|局部|上光|烫|刀|压痕|凹凸|模切", re.IGNORECASE)
"""Names that print shops give to what is no colour."""
_RESERVED = {"all", "none", "cyan", "magenta", "yellow", "black"}


@declared("一种专用油墨或工艺", "an ink of its own, or a finish")
class InkSpec:
    """An ink beside the four process inks, or a finish that takes a plate."""

    span: Span
    kind: Literal["spot", "process", "technical"] = key(
        "种类：spot 专色；process 不加版，用它的颜色按 cmyk 印四色；technical 工艺版（局部 UV、烫金、刀版、压痕），"
        "叠印，只在印刷文件里",
        "spot; process: no plate this time, its colours print in process inks; technical (varnish, foil, die line): overprints "
        "and stands in the press file only",
    )
    cmyk: Build = key("近似色：没有这块版时的 [C, M, Y, K]（百分比）", "what stands for it in process inks, in percent",
                      minimum=0, maximum=100)  # fmt: skip
    overprint: bool | None = key("用它的颜色都叠印（true）或镂空（false），除非颜色自己另写", "for all its colours", default=None)


@declared("专色的网点", "a tint of a spot ink")
class Tint:
    """A tint of a spot ink."""

    span: Span
    ink: str = key("油墨：inks 里的名字", "a name under inks")
    tint: float = key("网点：百分比", "percent", default=100.0, minimum=1, maximum=100)


@declared("印刷", "printing")
class PressSpec:
    """What a print shop has told the designer."""

    span: Span
    profile: LayoutFile = key(
        "印厂给的 CMYK ICC 文件，放在版式文件夹里", "the print shop's CMYK profile, in the layout's folder",
        default=LayoutFile(""),
    )  # fmt: skip
    condition: str = key("印刷条件，如 FOGRA39", "the printing condition", default="")
    leaf: float | None = key(
        "一张纸的厚度（毫米），补偿爬移、算书脊；不写按 0.1 估",
        "thickness of a leaf in mm, for creep and spine; else taken as 0.1", default=None, minimum=0.02, maximum=1,
    )  # fmt: skip
    outlines: bool = key("文字转曲", "glyphs as outlines, no fonts", default=False)
    ink_limit: float = key("墨量上限：各版网点之和（百分比）", "most ink on a spot, all plates, in percent", default=INK_LIMIT,
                           minimum=100, maximum=400)  # fmt: skip
    bleed: float = key("出血（毫米），四边", "bleed in mm, on all sides", default=BLEED, minimum=BLEED, maximum=20)
    marks: bool = key("标记：裁切线、套准线、色标", "crop and registration marks, colour bar", default=True)
    binding: Literal["saddle", "perfect"] = key(
        "装订：saddle 骑马订，perfect 胶装（另出带书脊的封面）", "saddle stitch or perfect binding", default="saddle"
    )


class PaletteColour(Protocol):
    """What of a palette's colour decides its plates, and why it may look another on screen."""

    @property
    def span(self) -> Span: ...
    @property
    def rgb(self) -> str: ...
    @property
    def cmyk(self) -> Build | None: ...
    @property
    def spot(self) -> str | Tint | None: ...
    @property
    def overprint(self) -> bool | None: ...
    @property
    def differs(self) -> str: ...


def read_inks(palette: Mapping[str, PaletteColour], declared: Mapping[str, InkSpec], report: Report) -> dict[str, Ink]:
    """Returns the palette's inks by name. Reports two solids of one plate, and inks that are not declared, where any are."""
    for name, spec in declared.items():
        _check_name(name, spec.span, report)
    own = {name: ink for name, ink in declared.items() if ink.kind != "process"}
    separations = {name: Separation(name, ink.cmyk, technical=ink.kind == "technical") for name, ink in own.items()}
    solids: dict[str, tuple[str, Build | None]] = {}
    for name, colour in palette.items():
        if isinstance(colour.spot, str) and colour.spot not in separations and not declared:
            _check_name(colour.spot, colour.span, report)
            separations[colour.spot] = Separation(colour.spot, colour.cmyk or NO_INK)
            _advise(colour, report)
        plate, tint = plate_of(colour)
        if tint == 100 and plate in separations:
            _check_solid(name, colour, solids.setdefault(plate, (name, colour.cmyk)), report)
    said = {name: ink.overprint for name, ink in declared.items()}
    inks = {}
    for name, colour in palette.items():
        of_ink = said.get(plate_of(colour)[0])
        ink = _ink(name, colour, (separations, declared), report)
        inks[name] = replace(ink, overprint=of_ink if colour.overprint is None else colour.overprint)
    return inks


def plate_of(colour: PaletteColour) -> tuple[str, float]:
    """Returns the name of a colour's ink ('' for process colours) and its tint in percent."""
    if isinstance(colour.spot, Tint):
        return colour.spot.ink, colour.spot.tint
    return (colour.spot, 100.0) if colour.spot else ("", 0.0)


def _ink(
    name: str, colour: PaletteColour, of: tuple[Mapping[str, Separation], Mapping[str, InkSpec]], report: Report
) -> Ink:
    """Returns a colour's ink. `of`: the plates beside the process inks, and what is declared, in process inks or not."""
    separations, declared = of
    ink, tint = plate_of(colour)
    if ink in separations:
        return Ink(name, colour.rgb, colour.cmyk, ((separations[ink], tint),))
    if ink in declared:
        c, m, y, k = (round(part * tint / 100, 1) for part in declared[ink].cmyk)
        return Ink(name, colour.rgb, colour.cmyk or (c, m, y, k))
    if ink:
        message = Bilingual(f"inks 里没有油墨“{ink}”", f"there is no ink “{ink}” under inks")
        wanted = f"inks: {{{ink}: {{kind: spot, cmyk: […]}}}}"
        declare = Bilingual(f"写上 {wanted}", f"declare it: {wanted}")
        report.error("unknown-ink", colour.span, message, did_you_mean(ink, list(declared)) or declare)
    return Ink(name, colour.rgb, colour.cmyk)


def _check_name(name: str, span: Span, report: Report) -> None:
    """Reports a name that means all plates, none, or one of the process inks (ISO 32000-1, 8.6.6.4 and 8.6.6.5)."""
    if name.strip().casefold() in _RESERVED:
        said = Bilingual(f"“{name}”是 PDF 保留的名字，会印到别的版上", f"“{name}” is reserved in PDF and prints on other plates")
        hint = Bilingual("换一个名字，如 PANTONE 187 C；青、品红、黄、黑直接写 cmyk",
                         "choose another name, like PANTONE 187 C; for process inks write cmyk")  # fmt: skip
        report.error("ink-reserved", span, said, hint)


def _advise(colour: PaletteColour, report: Report) -> None:
    """Tells a name that is meant for a finish."""
    if _TECHNICAL.search(str(colour.spot)):
        zh, en = f"“{colour.spot}”像是工艺版，现在当专色印", f"“{colour.spot}” looks like a finish, yet prints as a colour"
        wanted = f"inks: {{{colour.spot}: {{kind: technical, cmyk: […]}}}}"
        report.warning("ink-undeclared", colour.span, Bilingual(zh, en), Bilingual(f"写上 {wanted}", f"declare it: {wanted}"))


def _check_solid(name: str, colour: PaletteColour, first: tuple[str, Build | None], report: Report) -> None:
    """Two colours that look different cannot both be the solid of one plate: both would print at 100 %."""
    other, build = first
    if build != colour.cmyk:
        ink = plate_of(colour)[0]
        zh = f"“{other}”与“{name}”都是专色“{ink}”的实地，印出来一样"
        en, hint = f"{other} and {name} are both solid “{ink}” and print alike", f"spot: {{ink: {ink}, tint: 40}}"
        advice = Bilingual(f"浅的一个写网点，如 {hint}", f"give the lighter one its tint, like {hint}")
        report.error("spot-two-solids", colour.span, Bilingual(zh, en), advice)
