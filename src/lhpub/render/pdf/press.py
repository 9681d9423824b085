"""The press file: PDF/X-4 (ISO 15930-7), CMYK and spots by the layout's inks, bleed, marks; single pages or imposed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pikepdf
from pikepdf import Array, Dictionary, Name

from lhpub.boxes import Composition, ImageBox, Page, ShapeBox, TableBox, TextBox
from lhpub.compose.texts import inked
from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Severity, Span, has_errors
from lhpub.layout.printing import INK_LIMIT
from lhpub.preflight.ground import grounds, grounds_of
from lhpub.preflight.printing import area_of, drawings, inks_over, overprints, overprints_pictures, shape_ink, text_ink
from lhpub.render.pdf.draw import PageDrawing, Pen
from lhpub.render.pdf.fonts import embed_fonts
from lhpub.render.pdf.glyphs import number, outlines
from lhpub.render.pdf.inks import OVERPRINT, Inks
from lhpub.render.pdf.metadata import write_metadata, write_output_intent, xmp_packet
from lhpub.render.pdf.pictures import (
    backdrop,
    has_alpha,
    inks_under,
    is_as_delivered,
    is_chat_recompressed,
    press_picture,
)
from lhpub.render.pdf.profile import description, is_condition_of, is_press_profile
from lhpub.render.pdf.screen import new_canvas, saved, write_resources
from lhpub.render.pdf.sheets import (
    MARK_WIDTH,
    SLUG,
    Sheet,
    caption_place,
    colour_bar,
    cover_sheets,
    mark_strokes,
    saddle_sheets,
    single_sheets,
)
from lhpub.render.pdf.spine import GROUND, draw_spine
from lhpub.render.pdf.structure import Element
from lhpub.text.model import Glyph, GlyphRun, Ink, Separation
from lhpub.units import mm, to_mm
from lhpub.walk import every_box, every_text, inside, page_boxes

_COVER = 4
"""Pages that a perfect-bound book's cover carries, outside and inside."""
_THIN = mm(2)
"""A spine that glue hardly holds: print shops ask for 2 to 3 mm at the least."""
_CAPTION = 7
"""Points."""
_NAMED = 5
"""Pictures named in a message; of more their number."""
UNKNOWN_CONDITION = "Unknown printing condition"
_REGISTRATION = Ink("registration", "#000000", plates=((Separation("All", (100, 100, 100, 100)), 100),))
"""Prints on every plate (ISO 32000-1, 8.6.6.4); only marks use it."""


@dataclass(frozen=True, slots=True)
class PressSettings:
    """What a layout says of printing. `profile`: a CMYK output ICC profile; `condition`: its printing condition (FOGRA39 …),
    '' when unknown; `is_shops`: the profile came with the layout; `ink_limit`: percent, all plates; `paper`: thickness of a
    leaf in points, for creep and spine, assumed if not `is_paper_given`; `multiple`: the page count rule (0: none);
    `outlines`: 转曲, glyphs as paths, no fonts; `span`: where the layout says all that."""

    profile: bytes | None
    condition: str = ""
    is_shops: bool = False
    ink_limit: float = INK_LIMIT
    marks: bool = True
    imposition: Literal["none", "saddle"] = "none"
    paper: float = 0.0
    is_paper_given: bool = True
    multiple: int = 4
    outlines: bool = False
    part: Literal["whole", "block", "cover"] = "whole"
    """Of a perfect-bound book the block of its leaves, or the cover with the spine, four pages of which carry print."""

    def spine(self, pages: int) -> float:
        """Returns how thick the block of a perfect-bound book of so many pages is, in points."""
        return max(pages - _COVER, 0) / 2 * self.paper

    span: Span | None = None

    @property
    def identifier(self) -> str:
        """The printing condition that the file may claim: what its profile is one of, never a label alone."""
        if self.profile is None or not self.is_shops:
            return UNKNOWN_CONDITION
        named = self.condition and is_condition_of(self.condition, self.profile)
        return self.condition if named else description(self.profile) or UNKNOWN_CONDITION


def render_press(composition: Composition, settings: PressSettings) -> bytes:
    """Returns the press file. Raises `Rejected` where it could not be PDF/X-4 or could not be printed as meant."""
    found = check_press(composition, settings)
    if has_errors(found) or settings.profile is None:
        raise Rejected(found)
    profile, inks, out = settings.profile, Inks(for_press=True), io.BytesIO()
    masters = {master.name: master.boxes for master in composition.masters}
    fonts = {} if settings.outlines else embed_fonts(composition)
    pen = Pen(new_canvas(out), fonts, inks, lambda box, ground: press_picture(box, profile, ground, settings.ink_limit), masters)
    sheets = press_sheets(composition, settings)
    spots = separations(composition)
    for sheet in sheets:
        pen.canvas.setPageSize(sheet.media)
        _draw_pages(sheet, pen)
        if len(sheet.folds) > 1 and sheet is sheets[0]:
            draw_spine(sheet, pen, composition)
        if settings.marks:
            _draw_marks(sheet, pen, [plate for plate in spots if not plate.technical])
            _draw_caption(sheet, pen, composition)
        pen.canvas.showPage()
    pen.canvas.save()
    with pikepdf.open(out) as pdf:
        overprint = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
        write_resources(pdf, pen, {"/ExtGState": Dictionary({OVERPRINT: overprint}), "/ColorSpace": inks.resources(pdf)})
        for page, sheet in zip(pdf.pages, sheets, strict=True):
            page.obj.TrimBox = Array(round(value, 4) for value in sheet.trim)
            page.obj.BleedBox = Array(round(value, 4) for value in sheet.bleed)
        packet = xmp_packet(composition.metadata, settings.imposition, out.getvalue(), press=True)
        write_metadata(pdf, composition.metadata, packet, press=True)
        write_output_intent(pdf, profile, settings.identifier, press=True)
        return saved(pdf)


def press_sheets(composition: Composition, settings: PressSettings) -> tuple[Sheet, ...]:
    """Returns the sheets of the press file in order."""
    slug = SLUG if settings.marks else 0.0
    pages = composition.pages
    if settings.imposition == "saddle":
        return saddle_sheets(pages, slug, settings.paper)
    if settings.part == "cover":
        return cover_sheets(pages, slug, settings.spine(len(pages)))
    return single_sheets(pages[2:-2] if settings.part == "block" else pages, slug)


def _draw_pages(sheet: Sheet, pen: Pen) -> None:
    for placement in sheet.placements:
        left, bottom, right, top = placement.clip
        pen.canvas.saveState()
        pen.write(" ".join(map(number, (left, bottom, right - left, top - bottom))) + " re W n")
        PageDrawing(pen, placement.page, placement.corner, None).draw(Element("Sect"))
        pen.canvas.restoreState()


def _draw_marks(sheet: Sheet, pen: Pen, spots: Sequence[Separation]) -> None:
    canvas = pen.canvas
    canvas.saveState()
    pen.write(pen.inks.colour(_REGISTRATION, stroke=True))
    canvas.setLineWidth(MARK_WIDTH)
    for start, end, is_fold in mark_strokes(sheet):
        canvas.setDash([3, 2] if is_fold else [])
        canvas.line(*start, *end)
    for rect, fill in colour_bar(sheet, len(spots)):
        if isinstance(fill, int):
            pen.write(pen.inks.colour(Ink(spots[fill].name, "#000000", plates=((spots[fill], 100),))))
        else:
            pen.write(" ".join(map(number, fill)) + " k")
        canvas.rect(*rect, stroke=0, fill=1)
    canvas.restoreState()


def _draw_caption(sheet: Sheet, pen: Pen, composition: Composition) -> None:
    """Writes the sheet's name and the publication's on all plates, outlined, in a font of the composition that has them."""
    text = f"{sheet.name}　{composition.metadata.title}　{composition.metadata.id}"
    fonts = (run.font for box in every_text(composition) for line in box.lines for run in line.runs)
    font = next((font for font in fonts if font.covers(text)), None)
    if font:
        origin, room = caption_place(sheet)
        shown = [place for place in font.shape(text) if (place.along + 1) * _CAPTION <= room]
        glyphs = tuple(Glyph(g.gid, g.along * _CAPTION, g.across, g.advance * _CAPTION, g.text) for g in shown if g.text)
        run = GlyphRun(font, _CAPTION, _REGISTRATION, glyphs, 0, room)
        pen.write(f"{pen.inks.colour(_REGISTRATION)} {outlines(run, origin)}")


def all_inks(composition: Composition) -> tuple[Ink, ...]:
    """Returns every ink that is drawn with, each once, in order."""
    inks: dict[Ink | None, None] = {page.ground: None for page in composition.pages}
    for box in every_box(composition):
        if isinstance(box, ShapeBox):
            stops = (ink for _, ink in box.gradient.stops) if box.gradient else ()
            inks |= dict.fromkeys((box.fill, box.stroke, *stops))
        elif isinstance(box, TableBox):
            inks |= {box.rule: None}
        elif isinstance(box, TextBox):
            inks |= {run.ink: None for line in box.lines for run in line.runs}
    return tuple(ink for ink in inks if ink)


def separations(composition: Composition) -> tuple[Separation, ...]:
    """Returns the plates beside the four process inks, in the order in which they are met."""
    return tuple(dict.fromkeys(plate for ink in all_inks(composition) for plate, _ in ink.plates))


def check_press(
    composition: Composition, settings: PressSettings, colours: Mapping[str, Span] | None = None
) -> tuple[Diagnostic, ...]:
    """Returns what stands against a press file (errors) and what one should know of it (warnings). `colours`: where the layout
    has each of them."""
    found = [*_profile_problems(composition, settings), *_page_problems(composition, settings)]
    for ink in all_inks(composition):
        if ink.cmyk is None:
            said = (f"颜色“{ink.name}”没有 CMYK 值", f"the colour {ink.name} has no CMYK values")
            hint = (f"在版式的 palette.{ink.name} 里写 cmyk", f"give palette.{ink.name} its cmyk in the layout")
            found.append(_diagnostic("press-ink-without-cmyk", said, hint, span=(colours or {}).get(ink.name)))
    found += _picture_problems(composition)
    if settings.profile and not has_errors(found):
        found += _ink_on_pictures(composition, settings.profile, settings.ink_limit)
    if settings.part != "whole":
        found += _spine_problems(composition, settings)
    return tuple(found)


def _ink_on_pictures(composition: Composition, profile: bytes, limit: float) -> Iterator[Diagnostic]:
    """Yields texts and lines that overprint a picture and come to too much ink with it."""
    for page in composition.pages:
        for box, ground in grounds(page, composition):
            inks = {run.ink for line in box.lines for run in line.runs if overprints(run.ink)}
            area = inked(box)
            if not (isinstance(ground, ImageBox) and inks and area):
                continue
            under = inks_under(ground, area, profile, limit)
            most = max(_most(ink, under) for ink in inks)
            if most > limit + 0.5:
                yield text_ink(page, box, most, limit)[2]
        for shape, most in _lines_on_pictures(page, composition, profile, limit):
            if most > limit + 0.5:
                yield shape_ink(page, shape, most, limit)[2]


def _lines_on_pictures(
    page: Page, composition: Composition, profile: bytes, limit: float
) -> Iterator[tuple[ShapeBox, float]]:
    """Yields what is drawn over a picture, with the most ink that both come to, in percent."""
    before: list[ImageBox] = []
    for shape in drawings(page, composition):
        if isinstance(shape, ImageBox):
            before.append(shape)
            continue
        inks, area = [ink for ink in inks_over(shape) if not ink.is_technical], area_of(shape)
        on = [image for image in before if image.rect.overlaps(area)] if inks and overprints_pictures(shape) else []
        if on and grounds_of(shape, page_boxes(page, composition), page.ground) is None:
            yield shape, max(_most(ink, inks_under(image, area, profile, limit)) for ink in inks for image in on)


def _most(ink: Ink, under: npt.NDArray[np.float32]) -> float:
    return float(np.where(np.array(ink.build) > 0, ink.build, under).sum(axis=2).max(initial=0))


def _picture_problems(composition: Composition) -> Iterator[Diagnostic]:
    for box in every_box(composition):
        if isinstance(box, ImageBox) and is_chat_recompressed(box.data):
            said = (f"图片“{box.file}”像是聊天软件压缩过的", f"{box.file} looks recompressed by a chat program")
            hint = ("请作者以“原图”或文件方式重发", "ask for the original, sent as a file")
            yield _diagnostic("press-chat-picture", said, hint, Severity.WARNING, box.span)
    for page in composition.pages:
        boxes = page_boxes(page, composition)
        for box in inside(boxes):
            if isinstance(box, ImageBox) and has_alpha(box.data) and not backdrop(boxes, box, page.ground)[1]:
                zh = f"第 {page.number} 页图片“{box.file}”有透明处，下面不是单一底色，印刷时会露出色块"
                en = f"page {page.number}: {box.file} is transparent over more than one colour and prints on a patch of one"
                hint = ("改用不透明的图，或把它放在单色底上", "use an opaque picture, or put it on one plain colour")
                yield _diagnostic("press-alpha", (zh, en), hint, Severity.WARNING, box.span)


def _spine_problems(composition: Composition, settings: PressSettings) -> Iterator[Diagnostic]:
    """Yields that the spine's thickness is a guess, that it is little for glue, and that it takes the front's ground alone,
    where a drawing or a picture of the front reaches it."""
    if not settings.is_paper_given:
        thick = f"{to_mm(settings.paper):g}"
        said = (f"没有写纸的厚度，书脊按一张 {thick} 毫米估", f"the leaf's thickness is not given; the spine takes {thick} mm")
        hint = ("问印厂内页一张纸多厚，写 press: {leaf: …}", "ask the print shop and set press: {leaf: …}")
        yield _diagnostic("press-leaf", said, hint, Severity.WARNING, settings.span)
    if (spine := settings.spine(len(composition.pages))) < _THIN:
        said = (f"书脊只有 {to_mm(spine):.1f} 毫米，胶订粘不牢", f"a spine of {to_mm(spine):.1f} mm hardly holds glue")
        hint = ("写 binding: saddle，或与印厂商量", "set binding: saddle, or ask the print shop")
        yield _diagnostic("press-spine-thin", said, hint, Severity.WARNING, settings.span)
    front = composition.pages[0]
    at_fold = [box for box in drawings(front, composition) if box.rect.x < front.bleed < box.rect.right]
    drawn = [box for box in at_fold if isinstance(box, ImageBox) or len(box.path) > GROUND]
    if drawn:
        said = ("书脊只接封面的底色；封面的图画到书脊为止", "the spine takes the front's ground; its drawing ends there")
        hint = ("封面左侧留出纯底色，或请印厂补画书脊", "leave plain ground at the front's left, or have the spine drawn")
        yield _diagnostic("press-spine-plain", said, hint, Severity.NOTICE, drawn[0].frame)


def _profile_problems(composition: Composition, settings: PressSettings) -> Iterator[Diagnostic]:
    profile, condition = settings.profile, settings.condition
    if profile is None or not is_press_profile(profile):
        # ISO 15930-7, 6.2.2: the destination is an output profile (prtr); CMYK content wants a CMYK one.
        said = ("没有可用的 CMYK 输出 ICC，不写印刷文件", "without a CMYK output profile no press file is written")
        if settings.is_shops:
            said = ("press.profile 不是读得出的 CMYK 输出 ICC", "press.profile is no CMYK output profile that can be read")
        hint = ("把印厂给的 .icc 放进版式文件夹并在版式里写名", "put the print shop's .icc into the layout and name it")
        yield _diagnostic("press-profile", said, hint, span=settings.span)
    elif not settings.is_shops:
        pictures = (box for box in every_box(composition) if isinstance(box, ImageBox) and not is_as_delivered(box))
        files = dict.fromkeys(box.file for box in pictures)
        zh, en = "未指定印刷条件，请向印厂索取 ICC", "no printing condition is named: ask the print shop for its ICC"
        if condition:
            zh, en = f"只写了印刷条件“{condition}”，没有它的 ICC", f"the condition “{condition}” is named without its profile"
        if files:
            some = "、".join([*files][:_NAMED]) + (f" 等 {len(files)} 张" if len(files) > _NAMED else "")
            zh, en = f"{zh}；图片按通用 ICC 转换，偏色难免：{some}", f"{en}; pictures are converted by a general one: {some}"
        hint = ("在版式的 press 里写 profile 和 condition", "set profile and condition under press in the layout")
        code = "press-no-profile" if condition else "press-no-condition"
        yield _diagnostic(code, (zh, en), hint, Severity.WARNING, settings.span)
    elif condition and not is_condition_of(condition, profile):
        own = description(profile)
        said = (f"press.profile 是“{own}”，不是“{condition}”", f"press.profile is “{own}”, not “{condition}”")
        hint = ("换成这个条件的 ICC，或改 condition", "use that condition's profile, or change condition")
        yield _diagnostic("press-condition-differs", said, hint, Severity.WARNING, settings.span)


def _page_problems(composition: Composition, settings: PressSettings) -> Iterator[Diagnostic]:
    multiple, count = 4 if settings.imposition == "saddle" else settings.multiple, len(composition.pages)
    if settings.part != "whole" and count < 2 * _COVER:
        said = (f"共 {count} 页，太薄，不能胶装", f"{count} pages are too thin for perfect binding")
        yield _diagnostic("press-page-count", said, ("在 press 里写 binding: saddle", "set binding: saddle under press"),
                          span=settings.span)  # fmt: skip
    if multiple and count % multiple:
        said = (f"共 {count} 页，不是 {multiple} 的倍数", f"{count} pages are no multiple of {multiple}")
        yield _diagnostic(
            "press-page-count", said, ("增减页，或让版式补空白页", "add or drop pages, or let the layout pad")
        )


def _diagnostic(
    code: str, said: tuple[str, str], hint: tuple[str, str], severity: Severity = Severity.ERROR, span: Span | None = None
) -> Diagnostic:
    return Diagnostic(code, severity, Bilingual(*said), Bilingual(*hint), span)
