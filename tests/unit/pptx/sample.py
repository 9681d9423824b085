"""A small deck in the manner of the civic comps: cover, overview, divider, keyword, three charts, picture, timeline."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from decimal import Decimal

from PIL import Image

from lhpub.boxes import (
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
    Slot,
    TableBox,
    TableCell,
    TextBox,
    Theme,
    Verticals,
)
from lhpub.inline import Figure, Inline, Role
from lhpub.kinds.chart import ChartItem
from lhpub.kinds.column import ColumnChart
from lhpub.kinds.grid import Row
from lhpub.kinds.rank import RankChart
from lhpub.kinds.share import ShareChart
from lhpub.render.pptx import render_pptx as render
from lhpub.text.model import Align, Ink, Paragraph, Run, TextStyle
from lhpub.units import Rect, Size

__all__ = ["Composition", "GroupBox", "LinkBox", "render", "replace"]

RED, INK, GREY = Ink("red", "#871920"), Ink("ink", "#2A2523"), Ink("grey", "#6A615B")
PAPER, BOUND, GOLD = Ink("paper", "#FBF9F5"), Ink("bound", "#D9D1C7"), Ink("gold", "#BFA26A")
UMBER = Ink("umber", "#4A423D")
THEME = Theme(
    "civic",
    (
        ("dk1", INK),
        ("lt1", PAPER),
        ("dk2", GREY),
        ("lt2", BOUND),
        ("accent1", RED),
        ("accent2", UMBER),
        ("accent3", GOLD),
    ),
    ("Times New Roman", "宋体"),
    ("微软雅黑", "微软雅黑"),
)
SIZE = Size(960, 540)


def style(
    name: str, size: float, leading: float, ink: Ink = INK, weight: int = 400, align: Align = "left"
) -> TextStyle:
    family = "major" if name.startswith("mj") else "minor"
    return TextStyle(name, family, weight, size, leading, ink, align)


TITLE, NUMBER, DATE = style("mj-title", 36, 48), style("mj-number", 20, 28, RED), style("date", 18, 26, GREY)
LEAD, BODY = style("mj-lead", 26, 40), style("body", 20, 34)
KEY, VALUE, CAPTION = style("key", 18, 28, GREY), style("value", 20, 28, INK, 700), style("caption", 18, 26, GREY)
HERO, UNIT, SMALL = style("mj-hero", 115, 115, RED), style("unit", 24, 24, RED), style("small", 12, 16, GREY)
COVER = style("mj-cover", 40, 58, PAPER)
MARK = style("mark", 14, 28, GREY)


def runs(*pieces: tuple[str, TextStyle] | Run) -> tuple[Run, ...]:
    return tuple(piece if isinstance(piece, Run) else Run(*piece) for piece in pieces)


def text_box(
    rect: Rect,
    content: str | tuple[Run, ...],
    like: TextStyle,
    name: str,
    slot: str = "",
    vertical: Verticals = "top",
    link: str | None = None,
) -> TextBox:
    pieces = (Run(content, like),) if isinstance(content, str) else content
    return TextBox(rect, (0, 0), (Paragraph(pieces, like),), (), name, slot, vertical=vertical, link=link)


def rectangle(rect: Rect, ink: Ink, name: str = "") -> ShapeBox:
    path: tuple[Segment, ...] = (
        ("M", (rect.x, rect.y)),
        ("L", (rect.right, rect.y)),
        ("L", (rect.right, rect.bottom)),
        ("L", (rect.x, rect.bottom)),
        ("Z", ()),
    )
    return ShapeBox(rect, path, ink, name=name)


def rule(x1: float, y1: float, x2: float, y2: float, ink: Ink, width: float, dash: tuple[float, ...] = ()) -> ShapeBox:
    rect = Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
    return ShapeBox(rect, (("M", (x1, y1)), ("L", (x2, y2))), None, ink, width, dash)


def gates(rect: Rect, count: int = 20) -> GroupBox:
    """Receding frames: each a compound path with a hole."""
    boxes: list[Box] = []
    for number in range(count):
        f = 0.92**number
        w, h = rect.width * f, rect.height * f
        x, y = rect.x + (rect.width - w) * 0.6, rect.y + (rect.height - h) * 0.55
        outer = Rect(x, y, w, h)
        inner = Rect(x + w * 0.03, y + h * 0.03, w * 0.94, h * 0.94)
        path = rectangle(outer, RED).path + rectangle(inner, RED).path
        shade = Ink(f"gate-{number}", f"#{0x87 + number * 4:02X}{0x19 + number * 6:02X}{0x20 + number * 5:02X}")
        boxes.append(ShapeBox(outer, path, shade, even_odd=True))
    return GroupBox(rect, tuple(boxes), "门", "")


NUM, SOURCE = (
    Slot("page", "sldNum", Rect(804, 506, 100, 16), style("small", 12, 16, GREY, align="right")),
    Slot("source", "ftr", Rect(56, 506, 700, 16), SMALL, "来源"),
)
HEAD = (
    Slot("title", "title", Rect(56, 94, 300, 48), TITLE, "标题"),
    Slot("number", "body", Rect(56, 58, 36, 28), NUMBER, "序号"),
    Slot("date", "body", Rect(92, 60, 200, 26), DATE, "日期"),
)
RULE = rule(56, 48, 904, 48, INK, 1.5)
MASTERS = (
    SlideMaster(
        "cover",
        "封面",
        RED,
        (gates(Rect(520, 0, 440, 540)),),
        (
            Slot("title", "title", Rect(56, 348, 440, 116), COVER, "标题"),
            Slot("year", "body", Rect(54, 232, 300, 72), style("mj-year", 72, 72, PAPER), "年份", "bottom"),
            Slot("sub", "body", Rect(56, 476, 440, 24), style("sub", 18, 24, PAPER), "副题"),
        ),
    ),
    SlideMaster("overview", "一览", PAPER, (RULE,), (HEAD[0], NUM)),
    SlideMaster(
        "keyword",
        "关键词",
        PAPER,
        (RULE,),
        (
            *HEAD,
            Slot("headline", "body", Rect(380, 98, 524, 40), LEAD, "导语"),
            Slot("body", "body", Rect(380, 160, 524, 170), BODY, "正文"),
            Slot("caption", "body", Rect(56, 296, 300, 52), CAPTION, "说明", "bottom"),
            Slot("hero", "body", Rect(52, 352, 310, 115), HERO, "大数字"),
            Slot("facts", "tbl", Rect(380, 302, 524, 150), None, "事实"),
            SOURCE,
            NUM,
        ),
    ),
    SlideMaster(
        "chart",
        "图表",
        PAPER,
        (RULE,),
        (
            *HEAD,
            Slot("body", "body", Rect(56, 222, 264, 150), BODY, "正文"),
            Slot("chart", "chart", Rect(376, 56, 528, 430), None, "图表"),
            SOURCE,
            NUM,
        ),
    ),
    SlideMaster(
        "photo", "照片", PAPER, (RULE,), (*HEAD, Slot("picture", "pic", Rect(620, 0, 340, 540), None, "照片"), NUM)
    ),
)


def figure(prefix: str, numeral: str, unit: str, ref: str, mark: str = "") -> Figure:
    return Figure(prefix, numeral, unit, Role("derived" if mark else "fact", ref), mark)


def item(label: str, value: str, shown: Figure, ink: Ink, second: str = "", bound: bool = False) -> ChartItem:
    return ChartItem((Inline(label),), (Inline(second),) if second else (), Decimal(value), shown, ink, bound, bool(shown.mark))


def rows(*items: ChartItem) -> tuple[Row, ...]:
    """Returns a row for each item of a chart with one series."""
    return tuple(Row(one.label, one.second, (one,)) for one in items)


COLUMNS = (
    item("首批开工", "535.8", figure("", "535.8", "亿元", "重大项目.首批投资"), RED, "1月29日"),
    item("后续开工", "685.8", figure("", "685.8", "亿元", "重大项目.后续投资"), RED, "第二至第四季度"),
    item("=洽谈签约", "1000", figure("超", "1000", "亿元", "全球招商.投资总额"), BOUND, "11月17日", bound=True),
)
INVESTMENT = ColumnChart(
    id="investment",
    title=(Inline("两段开工，一次签约"),),
    items=COLUMNS,
    rows=rows(*COLUMNS),
    series=((),),
    is_single=True,
    has_units=True,
    axis_max=Decimal(1250),
    unit="亿元",
    told=(Inline("柱状图：首批开工总投资535.8亿元；后续685.8亿元；招商大会签约超1000亿元。最后一项只知下限。"),),
    keywords=("重大项目", "全球招商"),
)
SHARE = ShareChart(
    id="share",
    title=(Inline("1179家上榜"),),
    items=(
        item("龙华区", "1179", figure("", "1179", "家", "创新型中小企业.龙华"), RED),
        item("其余", "3744", figure("", "3744", "家", "创新型中小企业.其余", "计算值"), BOUND),
    ),
    axis_min=Decimal(0),
    axis_max=Decimal(4923),
    unit="家",
    told=(Inline("占比条：龙华区1179家，其余3744家（计算值）。"),),
    keywords=("创新型中小企业",),
    total=item("深圳", "4923", figure("", "4923", "家", "创新型中小企业.深圳"), BOUND),
    share=figure("", "23.9", "%", "创新型中小企业.占比", "计算值"),
)
RANK = RankChart(
    id="rank",
    title=(Inline("列第40位"),),
    items=(
        item("前次（推算）", "50", figure("第", "50", "位", "投资竞争力.前次", "推算"), RED),
        item("2023年", "40", figure("第", "40", "位", "投资竞争力.位次"), RED),
    ),
    axis_min=Decimal(1),
    axis_max=Decimal(100),
    unit="位",
    told=(Inline("位次图：前次第50位（推算），2023年第40位。"),),
    keywords=("投资竞争力",),
)


def picture(colour: str = "#888888") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (680, 1080), colour).save(buffer, "PNG")
    return buffer.getvalue()


def number_box(page: int) -> TextBox:
    return text_box(
        NUM.rect, (Run(str(page), NUM.style or SMALL, Role("page")),), NUM.style or SMALL, f"{page}/page", "page"
    )


def facts_table() -> TableBox:
    rect, rows = Rect(380, 302, 524, 150), (50.0, 50.0, 50.0)
    texts = (("全年实际举办", "稳外贸稳外资政策宣讲13场"), ("推出", "全市率先"), ("名称", "“十百千”拓市场行动"))
    cells = []
    for row, (key, value) in enumerate(texts):
        top = rect.y + 50 * row
        cells.append(
            (
                TableCell(text_box(Rect(380, top + 12, 144, 38), key, KEY, f"拓展市场/key-{row}"), True),
                TableCell(
                    text_box(
                        Rect(536, top + 11, 368, 39),
                        (Run(value, VALUE, Role("fact", "拓展市场.宣讲")),),
                        VALUE,
                        f"拓展市场/value-{row}",
                    )
                ),
            )
        )
    return TableBox(rect, (156, 368), rows, tuple(cells), "拓展市场/facts", "facts", GREY, 0.75)


def hero() -> tuple[Run, ...]:
    return runs(
        Run("3140", HERO, Role("fact", "拓展市场.免费投保")), Run("家", UNIT, Role("fact", "拓展市场.免费投保"))
    )


def keyword_page(number: int, key: str = "拓展市场") -> Page:
    boxes: tuple[Box, ...] = (
        text_box(
            HEAD[1].rect, (Run("03", NUMBER, Role("ordinal")),), NUMBER, f"{key}/number", "number", link="#overview"
        ),
        text_box(HEAD[2].rect, (Run("2月", DATE, Role("date")),), DATE, f"{key}/date", "date"),
        text_box(HEAD[0].rect, key, TITLE, f"{key}/title", "title"),
        text_box(Rect(380, 98, 524, 40), "“十百千”拓市场行动，全市率先推出。", LEAD, f"{key}/headline", "headline"),
        text_box(
            Rect(380, 160, 524, 170),
            "行动所设：数十场政策宣讲，超百项重点展会支持计划，几千户享受展会和出口信用保险政策的企业。",
            BODY,
            f"{key}/body",
            "body",
        ),
        text_box(
            Rect(56, 296, 300, 52),
            "鼓励发动享受出口信保免费投保政策的中小微外贸企业",
            CAPTION,
            f"{key}/caption",
            "caption",
            "bottom",
        ),
        text_box(Rect(52, 352, 310, 115), hero(), HERO, f"{key}/hero", "hero"),
        facts_table(),
        text_box(SOURCE.rect, "资料来源：龙华新闻（周德萌整理）", SMALL, f"{key}/source", "source"),
        number_box(number),
    )
    notes = (
        (Inline("全年实际举办宣讲"), Inline("13场", Role("fact", "拓展市场.宣讲")), Inline("。")),
        (Inline("合计"), Inline("109个", Role("derived", "重大项目.合计")), Inline("计算值", mark=True)),
    )
    return Page(number, str(number), SIZE, 0, PAPER, boxes, "keyword", key, (key,), "企业与实力", notes)


def chart_page(number: int, chart: ColumnChart | ShareChart | RankChart, rect: Rect, plot: Rect) -> Page:
    drawn = tuple(
        text_box(
            Rect(plot.x, plot.y + 40 * k, 200, 28),
            (Run(i.figure.text, VALUE if not i.bound else CAPTION, i.figure.role),),
            VALUE,
            f"{chart.id}/value-{k}",
        )
        for k, i in enumerate(chart.items)
    )
    drawn += (text_box(Rect(plot.x, plot.y - 20, 100, 20), "单位：亿元", CAPTION, f"{chart.id}/unit"),)
    title = "".join(inline.text for inline in chart.title)
    boxes: tuple[Box, ...] = (
        text_box(HEAD[0].rect, title, TITLE, f"{chart.id}/title", "title"),
        text_box(Rect(56, 222, 264, 150), "合计为计算值，不作标题。", BODY, f"{chart.id}/body", "body"),
        ChartBox(
            rect,
            chart,
            drawn,
            f"{chart.id}/chart",
            plot,
            style("label", 20, 28, RED, 700),
            style("axis", 18, 24, INK, 700),
            INK,
            slot="chart",
        ),
        number_box(number),
    )
    return Page(
        number, str(number), SIZE, 0, PAPER, boxes, "chart", title, (chart.id,), "投资与开放", ((Inline("看图。"),),)
    )


def overview_page() -> Page:
    cells = tuple(
        text_box(Rect(56 + 172 * column, 190, 160, 28), name, VALUE, f"overview/{name}", link=f"#{anchor}")
        for column, (name, anchor) in enumerate(
            (("拓展市场", "拓展市场"), ("重大项目", "investment"), ("投资竞争力", "rank"))
        )
    )
    boxes: tuple[Box, ...] = (
        text_box(HEAD[0].rect, "二十帧，五个主题", TITLE, "overview/title", "title"),
        GroupBox(Rect(56, 190, 600, 28), cells, "overview/cells"),
        LinkBox(Rect(56, 300, 100, 40), "#share", "占比"),
        number_box(2),
    )
    return Page(2, "2", SIZE, 0, PAPER, boxes, "overview", "二十帧，五个主题", ("overview",), "开篇")


def cover_page() -> Page:
    boxes: tuple[Box, ...] = (
        text_box(
            Rect(54, 232, 300, 72),
            (Run("2023", style("mj-year", 72, 72, PAPER), Role("date")),),
            style("mj-year", 72, 72, PAPER),
            "cover/year",
            "year",
            "bottom",
        ),
        text_box(Rect(56, 348, 440, 116), "回眸发展每一帧\n从容迈向新征程", COVER, "cover/title", "title"),
        text_box(Rect(56, 476, 440, 24), "聚焦高质量发展“关键词”", style("sub", 18, 24, PAPER), "cover/sub", "sub"),
    )
    return Page(1, "1", SIZE, 0, RED, boxes, "cover", "回眸发展每一帧", ("cover",), "开篇")


def photo_page(number: int) -> Page:
    boxes: tuple[Box, ...] = (
        text_box(HEAD[0].rect, "“免申即享”", TITLE, "免申即享/title", "title"),
        ImageBox(
            Rect(620, 0, 340, 540),
            picture(),
            "image/png",
            (680, 1080),
            (0, 0.1, 1, 0.9),
            "办事大厅窗口",
            "免申即享/picture",
            "picture",
        ),
        text_box(
            Rect(56, 300, 500, 34),
            runs(("见", BODY), Run("公告", BODY, link="https://example.org/a"), ("，第四批", BODY)),
            BODY,
            "免申即享/free",
        ),
        number_box(number),
    )
    return Page(number, str(number), SIZE, 0, PAPER, boxes, "photo", "“免申即享”", ("免申即享",), "企业与实力")


def timeline_page(number: int) -> Page:
    stems = tuple(rule(56 + 70 * k, 140, 56 + 70 * k, 206, RED, 2.4) for k in range(12))
    circle: list[Segment] = [("M", (70, 206))]
    k = 4 * (math.sqrt(2) - 1) / 3 * 14
    circle += [
        ("C", (70, 206 + k, 56 + k, 220, 56, 220)),
        ("C", (56 - k, 220, 42, 206 + k, 42, 206)),
        ("C", (42, 206 - k, 56 - k, 192, 56, 192)),
        ("C", (56 + k, 192, 70, 206 - k, 70, 206)),
        ("Z", ()),
    ]
    dot = ShapeBox(Rect(42, 192, 28, 28), tuple(circle), PAPER, RED, 2)
    label = text_box(Rect(56, 230, 200, 26), (Run("1月29日", DATE, Role("date")),), DATE, "timeline/label")
    boxes: tuple[Box, ...] = (
        text_box(HEAD[0].rect, "十二个月", TITLE, "timeline/title", "title"),
        GroupBox(Rect(42, 140, 862, 120), (*stems, dot, label), "timeline/axis", "时间轴：1月29日重大项目。"),
        number_box(number),
    )
    return Page(number, str(number), SIZE, 0, PAPER, boxes, "overview", "十二个月", ("timeline",), "开篇")


def deck() -> Composition:
    plot = Rect(390, 90, 500, 330)
    share, ladder = Rect(380, 306, 524, 92), Rect(576, 68, 328, 396)
    pages = (
        cover_page(),
        overview_page(),
        timeline_page(3),
        keyword_page(4),
        chart_page(5, INVESTMENT, Rect(376, 56, 528, 430), plot),
        chart_page(6, SHARE, share, share),
        chart_page(7, RANK, ladder, ladder),
        photo_page(8),
    )
    sections = (("开篇", (1, 2, 3)), ("企业与实力", (4,)), ("投资与开放", (5, 6, 7, 8)))
    metadata = Metadata(
        "longhua-2023", "回眸发展每一帧 从容迈向新征程", "二〇二三", "深圳市龙华区", "2024-01-15", ("龙华", "关键词")
    )
    return Composition("deck", metadata, pages, (), MASTERS, THEME, sections)
