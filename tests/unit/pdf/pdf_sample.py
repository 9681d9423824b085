"""A small brochure made by hand: both fonts, a table, groups, shapes, pictures, a chart, links of every kind."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image

from lhpub.boxes import (
    Bookmark,
    Box,
    ChartBox,
    Composition,
    GroupBox,
    ImageBox,
    LinkBox,
    Metadata,
    Page,
    Segment,
    ShapeBox,
    SlideMaster,
    TableBox,
    TableCell,
    Tag,
    TextBox,
)
from lhpub.inline import Inline, Role
from lhpub.kinds.column import ColumnChart
from lhpub.text.fonts import Font, FontBook, load_fonts
from lhpub.text.model import FRAME_INSET, Glyph, GlyphRun, Ink, Line, Paragraph, Run, Separation, TextStyle
from lhpub.units import Rect, Size, mm

RED = Ink("red", "#871920", (22, 100, 90, 38))
BLACK = Ink("ink", "#2A2523", (0, 0, 0, 95))
GREY = Ink("grey", "#6A615B", (0, 0, 0, 70))
PAPER = Ink("paper", "#FBF9F5", (0, 0, 0, 0))
GOLD = Ink("gold", "#BFA26A", (20, 32, 65, 8), ((Separation("专色金", (20, 32, 65, 8)), 100),))

FONTS = Path(__file__).parents[3] / "fonts"
TRIM = Size(mm(210), mm(285))
BLEED = mm(3)


@cache
def book() -> FontBook:
    return load_fonts((FONTS / "fonts.yaml").read_bytes(), "fonts.yaml", FONTS)


def font(family: str = "Noto Sans SC", weight: int = 400) -> Font:
    return book().font(family, weight)


def style(size: float = 10, ink: Ink = BLACK, family: str = "Noto Sans SC", weight: int = 400) -> TextStyle:
    return TextStyle("sample", family, weight, size, size * 1.7, ink)


def glyph_run(run: Run, x: float, forms: dict[str, tuple[str, ...]] | None = None) -> GlyphRun:
    """Returns a run set in one line; `forms` says which characters to set as several glyphs (`…` from `...`)."""
    chosen = font(run.style.family, run.style.weight)
    inset = FRAME_INSET * run.style.size if run.framed else 0.0
    glyphs: list[Glyph] = []
    at = x + inset
    for character in run.text:
        parts = (forms or {}).get(character, (character,))
        for number, part in enumerate(parts):
            gid = chosen.shaper.get_nominal_glyph(ord(part))
            assert gid, part
            advance = chosen.shaper.get_glyph_h_advance(gid) / chosen.units_per_em * run.style.size
            glyphs.append(Glyph(gid, at, -run.rise * run.style.size, advance, character if number == 0 else ""))
            at += advance
    ink, width = run.style.ink, at + inset - x
    shown = tuple(glyphs)
    return GlyphRun(chosen, run.style.size, ink, shown, x, width, run.role, run.link, run.framed, run.dots)


def set_line(runs: tuple[Run, ...], baseline: float, *, last: bool = True) -> Line:
    x = 0.0
    shown = []
    for run in runs:
        shown.append(glyph_run(run, x))
        x += shown[-1].width
    return Line(tuple(shown), 0.0, baseline, x, "".join(run.text for run in runs), last=last)


def text_box(
    name: str,
    place: tuple[float, float],
    *paragraphs: str | tuple[Run, ...],
    tag: Tag = "P",
    link: str | None = None,
    look: TextStyle | None = None,
) -> TextBox:
    """Returns a text box, a line for each paragraph, its top left at `place` in millimetres."""
    look = look or style()
    runs = [(Run(part, look),) if isinstance(part, str) else part for part in paragraphs]
    lines = tuple(set_line(part, 0.88 * look.size + number * look.leading) for number, part in enumerate(runs))
    width = max(line.width for line in lines)
    rect = Rect(mm(place[0]), mm(place[1]), width, look.leading * len(lines))
    made = tuple(Paragraph(part, look) for part in runs)
    return TextBox(rect, (rect.x, rect.y), made, lines, name, tag=tag, link=link)


def rectangle(x: float, y: float, width: float, height: float) -> tuple[Rect, tuple[Segment, ...]]:
    """Returns a rectangle given in millimetres and its path."""
    rect = Rect(mm(x), mm(y), mm(width), mm(height))
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom))
    return rect, (("M", corners[0]), ("L", corners[1]), ("L", corners[2]), ("L", corners[3]), ("Z", ()))


def filled(x: float, y: float, width: float, height: float, ink: Ink) -> ShapeBox:
    rect, path = rectangle(x, y, width, height)
    return ShapeBox(rect, path, fill=ink)


def rule(x: float, y: float, width: float, thickness: float, ink: Ink = BLACK) -> ShapeBox:
    start, end = (mm(x), mm(y)), (mm(x + width), mm(y))
    return ShapeBox(Rect(*start, mm(width), 0), (("M", start), ("L", end)), stroke=ink, stroke_width=thickness)


@cache
def photograph(pixels: tuple[int, int] = (600, 400)) -> bytes:
    image = Image.linear_gradient("L").resize(pixels)
    out = io.BytesIO()
    Image.merge("RGB", (image, image.rotate(180), image)).save(out, "JPEG", quality=85)
    return out.getvalue()


@cache
def logo() -> bytes:
    """A half transparent picture."""
    image = Image.new("RGBA", (300, 300), (255, 255, 255, 0))
    image.paste((191, 162, 106, 255), (50, 50, 250, 250))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def picture(data: bytes, rect: Rect, alt: str, name: str) -> ImageBox:
    with Image.open(io.BytesIO(data)) as image:
        kind = "image/jpeg" if image.format == "JPEG" else "image/png"
        return ImageBox(rect, data, kind, image.size, (0, 0, 1, 1), alt, name)


def chart() -> ColumnChart:
    alt = "柱形图：首批集中开工535.8亿元"
    return ColumnChart(id="investment", title=(), rows=(), series=((),), is_single=True, has_units=True, unit="亿元", told=(Inline(alt),))


def cover() -> Page:
    rect, path = rectangle(120, -3, 93, 100)
    art = GroupBox(rect, (ShapeBox(rect, path, fill=GOLD),), "art", alt="")
    big = style(35, PAPER, "Noto Serif SC")
    boxes = (
        art,
        picture(logo(), Rect(mm(20), mm(20), mm(20), mm(20)), "龙华区徽标", "logo"),
        text_box("cover/title", (20, 218), "回眸发展", "每一帧", tag="H1", look=big),
    )
    return Page(1, "", TRIM, BLEED, RED, boxes, "cover", "封面", ("cover",))


def contents() -> Page:
    number, title = style(9.5, GREY, "Noto Serif SC"), style(9.5)
    rows: list[Box] = [text_box("contents/title", (20, 27), "目录", tag="H2")]
    for row, (no, name, page) in enumerate((("01", "重大项目", "3"), ("02", "低空经济", "4"))):
        y, link = 50 + 6 * row, f"#{name}"
        ordinal = (Run(no, number, Role("ordinal")),)
        folio = (Run(page, number, Role("page")),)
        rows += [
            text_box(f"contents/{no}/number", (88, y), ordinal, tag="TOCI", link=link),
            text_box(f"contents/{no}/name", (100, y), name, tag="TOCI", link=link, look=title),
            text_box(f"contents/{no}/page", (180, y), folio, tag="TOCI", link=link),
        ]
    return Page(2, "2", TRIM, BLEED, PAPER, (*rows, furniture("2")), "contents", "目录", ("contents",))


def furniture(label: str) -> TextBox:
    return text_box(f"folio-{label}", (20, 269), (Run(label, style(9, GREY), Role("page")),), tag="Artifact")


def facts_table() -> TableBox:
    grey, plain = style(8, GREY), style(10)
    rows = (
        ("首批", (Run("32个", plain, Role("fact", "重大项目.首批项目")),)),
        ("目标", (Run("制造业“空间保卫战”", plain),)),
    )
    cells = tuple(
        (
            TableCell(text_box(f"facts/{i}/key", (88, 200 + 15 * i), key, look=grey), header=True),
            TableCell(text_box(f"facts/{i}/value", (114, 200 + 15 * i), value, look=plain)),
        )
        for i, (key, value) in enumerate(rows)
    )
    rect = Rect(mm(88), mm(197), mm(102), mm(30))
    widths, heights = (mm(26), mm(76)), (mm(15), mm(15))
    return TableBox(rect, widths, heights, cells, "facts", rule=GREY, rule_width=0.35)


def keyword() -> Page:
    plain = style(10)
    body = (
        Run("1月29日", plain, Role("date")),
        Run("，首批", plain),
        Run("32个", plain, Role("fact", "重大项目.首批项目")),
        Run("重大项目开工，总投资", plain),
        Run("535.8亿元", plain, Role("fact", "重大项目.首批投资"), link="#低空经济"),
        Run("，合计", plain),
        Run("计算值", style(7, GREY), framed=True),
        Run("一二长见", plain, dots=True),
        Run("2", plain, rise=0.3),
        Run("。", plain),
    )
    site = (Run("见", plain), Run("龙华政府在线", plain, link="https://www.szlhq.gov.cn/专题"))
    boxes = (
        rule(20, 27, 170, 0.75),
        text_box("重大项目/number", (20, 30), (Run("01", style(14, RED, "Noto Serif SC"), Role("ordinal")),)),
        text_box("重大项目/title", (20, 39), "重大项目", tag="H2", look=style(22, BLACK, "Noto Serif SC")),
        text_box("重大项目/body", (88, 60), body, site),
        text_box("重大项目/point-1/words", (88, 90), "四次集中开工", tag="LBody"),
        text_box("重大项目/point-2/words", (88, 96), "一次洽谈签约", tag="LBody"),
        facts_table(),
        filled(-3, 100, 6, 0.5, RED),
        furniture("3"),
    )
    return Page(3, "3", TRIM, BLEED, PAPER, boxes, "keyword", "重大项目", ("重大项目",), section="投资与开放")


def figures() -> Page:
    photo = photograph()
    rect = Rect(mm(88), mm(60), mm(45), mm(30))
    figure = ImageBox(rect, photo, "image/jpeg", (600, 400), (0.1, 0, 0.9, 0.8), "夜色中的无人机表演", "低空经济/picture")
    plot = Rect(mm(20), mm(150), mm(170), mm(80))
    inside = (
        filled(52, 200, 42, 30, RED),
        rule(20, 230, 170, 0.75),
        text_box("investment/label", (52, 190), (Run("535.8亿元", style(12, RED), Role("fact", "重大项目.首批投资")),)),
        text_box("investment/tick", (20, 226), (Run("500", style(7.5, GREY), Role("tick")),)),
    )
    boxes = (
        text_box("低空经济/title", (20, 39), "低空经济", tag="H2", look=style(22, BLACK, "Noto Serif SC")),
        text_box("低空经济/lead", (20, 52), "起飞之后", tag="H3", look=style(14, BLACK, "Noto Serif SC")),
        figure,
        text_box("低空经济/caption", (88, 92), "无人机表演", tag="Caption", look=style(7.5, GREY)),
        ChartBox(plot, chart(), inside, "investment"),
        LinkBox(Rect(mm(20), mm(240), mm(40), mm(6)), "#contents", "回到目录"),
        GroupBox(plot, (rule(20, 250, 40, 1, RED),), "sign", alt="一道红线"),
        furniture("4"),
    )
    return Page(4, "4", TRIM, BLEED, PAPER, boxes, "keyword", "低空经济", ("低空经济",), section="投资与开放")


METADATA = Metadata(
    "longhua-2023", "回眸发展每一帧 2023", "龙华区二十个关键词", "深圳市龙华区", "2024-01-15", ("龙华", "2023")
)


def brochure() -> Composition:
    marks = (Bookmark("回眸发展每一帧", "cover", 0), Bookmark("目录", "contents", 0), Bookmark("重大项目", "重大项目", 0))
    return Composition(
        "brochure", METADATA, (cover(), contents(), keyword(), figures()), (*marks, Bookmark("低空经济", "低空经济", 1))
    )


def deck() -> Composition:
    size = Size(960, 540)
    master = SlideMaster("keyword", "关键词", PAPER, (filled(0, 0, 5, 190, RED),), ())
    title = text_box("重大项目/title", (20, 20), "重大项目", tag="H1", look=style(40, BLACK, "Noto Serif SC"))
    page = Page(1, "1", size, 0, PAPER, (title, text_box("back", (20, 60), "回到总览", link="#overview")), "keyword", "重大项目")
    over = Page(2, "2", size, 0, None, (text_box("o/title", (20, 20), "总览", tag="H1"),), "other", "总览", ("overview",))
    return Composition("deck", METADATA, (page, over), masters=(master,))
