"""A layout as a designer declares it: palette, type styles, masters with frames in plain numbers, sequence.

Each key is declared once, with its help: the reader, the JSON Schema and the reference page come from here. Lengths are
the medium's unit (mm for the brochure, pt or mm for the deck) except type sizes and line widths, which are points.
"""

from __future__ import annotations

from typing import Literal

from lhpub.diagnostics import Span
from lhpub.layout.looks import ChartColours, ChartLook
from lhpub.source.declared import declared, key
from lhpub.text.model import Align

At = tuple[float, float, float, float]
Condition = str
"""A part that is there: headline, brief, body, hero, date, picture, points, theme, foreword, credits, imprint, chart, dates,
glance.N (at least N figures), notice.NAME; """


@declared("一种颜色", "a colour of the palette")
class Colour:
    """A colour of the palette."""

    span: Span
    rgb: str = key("屏幕与幻灯片用的 sRGB，如 '#871920'", "sRGB for screens and slides")
    cmyk: tuple[float, float, float, float] | None = key("印刷油墨百分比 [C, M, Y, K]", "inks in percent", default=None)
    spot: str | None = key("专色名", "name of a spot ink", default=None)
    use: str = key("用在哪里（写给设计师自己看）", "what it is for", default="")


@declared("一种文字样式", "a type style")
class Style:
    """A type style."""

    span: Span
    font: str = key("字体：fonts 中的名字", "a name under fonts")
    size: float = key("字号（pt）", "size in points", minimum=3, maximum=900)
    weight: int = key("字重 100–900", "weight", default=400, minimum=1, maximum=1000)
    leading: float | None = key(
        "行距：基线到基线（pt），缺省为字号 1.5 倍", "baseline to baseline in points", default=None
    )
    tracking: float = key("字距（1/1000 em）", "tracking in 1/1000 em", default=0.0)
    align: Align = key("对齐", "alignment", default="left")
    indent: float = key("首行缩进（em）", "first-line indent in em", default=0.0)
    colour: str = key("颜色：palette 中的名字", "a colour of the palette", default="ink")
    strong: int = key("重点文字的字重", "weight of strong text", default=700)
    floor: float | None = key(
        "放不下时最小可缩到的字号（pt）；不写则不缩", "smallest size that fitting may choose", default=None
    )


@declared("相对另一个框的位置", "a place relative to another frame of the same master")
class Near:
    """A place relative to another frame of the same master."""

    span: Span
    frame: str = key("那个框的 name", "the other frame's name")
    gap: float = key("间距", "distance", default=0.0)


@declared("居中于另一个框", "a text centred in another frame")
class Inside:
    """A text centred in another frame, its size a share of that frame's height."""

    span: Span
    frame: str = key(
        "那个框的 name；nested 图的开口叫 NAME.opening", "the other frame; a nested art's opening is NAME.opening"
    )
    size: float = key("字号占框高的比例", "type size as a share of the frame's height")


@declared("大数字", "the big figure")
class Hero:
    """The big figure: prefix, numeral and unit on one baseline, as large as the frame's width allows."""

    span: Span
    unit: str = key("单位与前缀的样式", "style of unit and prefix")
    ladder: tuple[tuple[float, float], ...] = key(
        "由大到小：[数字字号, 单位字号]，取放得下的第一档", "numeral and unit sizes, largest first"
    )
    gap: float = key("数字与单位的间距（单位字号的倍数）", "gap before the unit, in em of the unit", default=0.3)
    prefix_gap: float = key("前缀与数字的间距（单位字号的倍数）", "gap after the prefix", default=0.22)
    outdent: float = key("无前缀时向左的视觉修正", "optical outdent without a prefix", default=0.0)
    point_kern: float = key("小数点两侧收紧（1/1000 em）", "tightening on both sides of a decimal point", default=0.0)


@declared("要点表", "a table of short lines (points)")
class Rows:
    """A table of short lines (points): key and value, a hairline above each row and under the last, standing on its foot."""

    span: Span
    key_style: str = key("左栏样式", "style of the keys")
    value_style: str = key("右栏样式", "style of the values")
    key_width: float = key("左栏宽", "width of the key column")
    key_top: float = key("左栏文字离线的距离", "from the rule to the key")
    value_top: float = key("右栏文字离线的距离", "from the rule to the value")
    least: float = key("最小行高", "least pitch")
    most: tuple[float, ...] = key("行高上限，按行数 1、2、3……", "largest pitch for 1, 2, 3 … rows")
    wrapped: float = key("有换行的行至少多高", "least pitch of a row whose value wraps", default=0.0)
    room: float = key("与 clear 框的最小间距", "least distance to the frame named by clear", default=0.0)
    rule: float = key("线宽（pt）", "width of the hairlines in points", default=0.35)
    colour: str = key("线的颜色", "colour of the hairlines", default="mid")
    count: int = key("最多几行", "rows at most", default=4)
    clear: str = key("上方要避开的框", "the frame above to keep clear of", default="")


@declared("层层门框", "receding frames")
class Nested:
    """Receding frames, one per keyword (or `count`), drawn as lit facets or as hairlines."""

    span: Span
    outer: At = key("最外框 [x0, y0, x1, y1]（相对本框）", "outermost rectangle, relative to the frame")
    vanish: tuple[float, float] = key("灭点 [x, y]（相对本框）", "vanishing point, relative to the frame")
    opening: float = key("开口与最外框之比", "the opening as a share of the outermost rectangle")
    front: float = key("正面占每一进深的比例 0–1", "share of each step that is the gate's front", default=0.365)
    count: int | None = key("几层；不写则每个关键词一层", "how many; one per keyword if absent", default=None)
    zoom: tuple[float, ...] = key(
        "放大；写多个则按主题从头到尾取用", "zoom; several values go with the themes in order", default=(1.0,)
    )
    light: float = key("由深到浅走到几成（0–1）", "how far the ramp goes from dark to light", default=1.0)
    ramps: dict[str, tuple[str, str]] = key(
        "明面：front、top、right、left、bottom 各为 [起色, 止色]（sRGB）", "facets: from and to colours", default={}
    )
    line: tuple[str, float] | None = key("画成线框：[颜色, 线宽 pt]", "hairlines: colour and width", default=None)
    lit: str | None = key("本页关键词那一层的颜色（线框时）", "colour of the current keyword's frame", default=None)
    fill: str | None = key("开口的颜色", "colour of the opening", default=None)
    rim: str | None = key("开口镶边的颜色", "colour of the opening's rim", default=None)
    rim_inner: float = key("镶边内缘与开口之比", "inner edge of the rim as a share of the opening", default=0.93)


@declared("刻度", "a scale of one tick per keyword; the page's own keywords are lit")
class Ticks:
    """A scale of one tick per keyword; the page's own keywords are lit."""

    span: Span
    step: float = key("间距", "distance from tick to tick")
    plain: tuple[float, float, str] = key("[长, 粗 pt, 颜色]", "length, width in points, colour")
    lit: tuple[float, float, str] = key("当前关键词：[长, 粗 pt, 颜色]", "of the page's keywords")


@declared("逐项重复的框", "frames repeated for each item of a list")
class Repeat:
    """Frames repeated for each item of a list."""

    span: Span
    over: Literal["groups", "keywords", "glance", "themes"] = key(
        "逐一取：groups（主题分组）、keywords、glance、themes", "what to repeat for"
    )
    frames: tuple[Frame, ...] = key("每一项的框，坐标相对该项", "frames of an item, relative to it")
    step: tuple[float, float] = key("相邻两项的位移 [dx, dy]", "from item to item")
    columns: int = key("排成几列", "columns", default=1)
    column_step: float = key("列距", "from column to column", default=0.0)
    start: int = key("从第几项起（0 起）", "first item, from 0", default=0)
    count: int | None = key("一页最多几项", "items a page at most", default=None)
    chunk: int | None = key("每组最多几个关键词，多的另起一组", "keywords of a group at most", default=None)
    fit: float | None = key("总高：放不下时收紧间距", "total height: the step shrinks to it", default=None)
    least: float = key("间距最多收到多少，再多就分栏（要有 column_step）", "least step; then more columns", default=0.0)


@declared("一个框", "a named rectangle and what stands in it")
class Frame:
    """A named rectangle and what stands in it: exactly one kind of content, from `text` to `chart`."""

    span: Span
    at: At = key("[x, y, 宽, 高]", "x, y, width, height")
    name: str = key("框的名字，同一母版内唯一", "unique name within the master", default="")
    text: str | tuple[str, ...] | None = key(
        "文字；{…} 取内容；写几种时用第一种有内容的",
        "text with {slots}; of several the first that has content",
        default=None,
    )
    rule: float | None = key("线，粗细 pt", "a rule of this width in points", default=None)
    fill: str | None = key("色块的颜色", "a rectangle of this colour", default=None)
    hero: Hero | None = key("大数字", "the big figure", default=None)
    rows: Rows | None = key("要点表", "table of points", default=None)
    repeat: Repeat | None = key("逐项重复", "repeated frames", default=None)
    nested: Nested | None = key("层层门框", "receding frames", default=None)
    ticks: Ticks | None = key("刻度", "a scale of ticks", default=None)
    picture: bool = key("关键词的图片", "the keyword's picture", default=False)
    chart: str | None = key("图表；写 charts 中的样式名", "a chart in this chart style", default=None)
    style: str = key("文字样式", "type style", default="")
    colour: str | None = key("改用这个颜色", "colour instead of the style's", default=None)
    align: Align | None = key("改用这种对齐", "alignment instead of the style's", default=None)
    hang: Literal["top", "baseline", "middle", "bottom"] = key(
        "文字如何挂：top 首行字框顶在 y，baseline 首行基线在 y，bottom 末行字框底在 y+高",
        "how the text hangs in the frame",
        default="top",
    )
    below: Near | None = key("挂在某框之下（那个框无内容时用 y）", "below another frame if that is there", default=None)
    above: Near | None = key("立在某框之上（那个框无内容时用 y）", "above another frame if that is there", default=None)
    inside: Inside | None = key("居中于某框之内", "centred in another frame", default=None)
    when: tuple[Condition, ...] = key("这些内容都有时才用", "only if all of these are there", default=())
    unless: tuple[Condition, ...] = key("这些内容有一样就不用", "not if any of these is there", default=())
    side: Literal["left", "right"] | None = key("只用于左页或右页", "on left or right pages only", default=None)
    break_at_space: bool = key("文字中的空格换行", "a space in the text breaks the line", default=False)
    tag: Literal["H1", "H2", "H3", "P", "Caption", "TOCI", "Artifact"] = key(
        "读屏时的身份", "structure type", default="P"
    )
    link: str | None = key("点击去处：'#{keyword.anchor}'、'#contents' 或网址", "link target", default=None)
    placeholder: Literal["title", "body", "number", "footer", "date", "none"] = key(
        "幻灯片占位符的种类（deck）", "kind of placeholder", default="body"
    )


@declared("一组框", "frames that masters include")
class Block:
    """Frames that masters include, or that a cell holds for one keyword. Coordinates are relative to its place."""

    span: Span
    frames: tuple[Frame, ...] = key("框", "frames", default=())
    include: tuple[str, ...] = key("先放这些 blocks", "blocks that come first", default=())
    when: tuple[Condition, ...] = key("这些内容都有时才选用", "chosen only if all of these are there", default=())
    unless: tuple[Condition, ...] = key("这些内容有一样就不选", "not chosen if any of these is there", default=())


@declared("放一个关键词的位置", "a place for one keyword on a master")
class Cell:
    """A place for one keyword on a master: the first block that has what it needs and fits."""

    span: Span
    at: tuple[float, float] = key("位置 [x, y]", "place")
    blocks: tuple[str, ...] = key("候选 blocks，先写先选", "candidate blocks in order")


@declared("一个母版", "a page or slide master")
class Master:
    """A page or slide master."""

    span: Span
    title: str = key("母版名称（PowerPoint 版式菜单里显示）", "its name as users see it")
    frames: tuple[Frame, ...] = key("框", "frames", default=())
    ground: str | None = key("底色", "ground colour", default=None)
    include: tuple[str, ...] = key("一并使用的 blocks", "blocks used as well", default=())
    cells: tuple[Cell, ...] = key("放关键词的位置", "places for keywords", default=())
    needs: tuple[Condition, ...] = key("没有这些内容就不出这一页", "no page without all of these", default=())
    facing: bool = key("对页：坐标跨左右两页", "a spread: coordinates run over two facing pages", default=False)
    bookmark: str = key("书签文字", "bookmark", default="")
    anchor: str = key("锚点名，供链接使用", "anchor for links", default="")


@declared("一种关键词上页的方式", "how keywords take pages")
class Arrangement:
    """How keywords take pages: a master for certain charts, or for so many keywords; the first that fits is taken."""

    span: Span
    master: str = key("母版", "the master")
    charts: tuple[str, ...] = key("要有这几种图表", "the kinds of chart it carries", default=())
    keywords: int = key("放几个关键词", "how many keywords it takes", default=1)
    extra: bool = key("图表另占一页，关键词照常另有页", "an extra page: its keywords keep their own", default=False)


@declared("逐主题的页", "pages repeated for each theme")
class Each:
    """Pages repeated for each theme."""

    span: Span
    each: Literal["theme"] = key("逐个主题", "for each theme")
    pages: tuple[str, ...] = key(
        "每个主题的页；keywords 指关键词各页", "pages of a theme; `keywords` stands for the keyword pages"
    )


@declared("一种主题字体", "a theme font of the deck")
class DeckFont:
    """A theme font of the deck: faces that office machines have, and the family that measuring uses instead."""

    span: Span
    latin: str = key("西文字体", "Latin face")
    ea: str = key("中文字体", "East Asian face")
    measure: str = key("量字与预览用的字体（fonts.yaml 中）", "family used to measure and to preview")


@declared("画册或幻灯片", "the brochure or the deck")
class Medium:
    """The brochure or the deck."""

    span: Span
    size: tuple[float, float] = key("成品尺寸 [宽, 高]", "trim or slide size")
    sequence: tuple[str | tuple[str, ...] | Each, ...] = key(
        "页序：母版名；[左, 右] 为对页；each: theme 逐主题", "the order of pages"
    )
    masters: dict[str, Master] = key("母版", "masters")
    keywords: tuple[Arrangement, ...] = key("关键词如何上页，先写先选", "how keywords take pages")
    blocks: dict[str, Block] = key("可复用的框组", "blocks", default={})
    unit: Literal["mm", "pt"] = key("坐标单位", "unit of coordinates", default="mm")
    bleed: float = key("出血", "bleed", default=0.0)
    slack: float = key("量字时留的余地（0.08 为 8%）", "share of the width kept free when measuring", default=0.0)
    multiple: int = key("页数须为它的倍数", "the page count is a multiple of this", default=1)
    filler: str = key("补页用的母版", "master of padding pages", default="")
    mark: Literal["framed", "brackets"] = key("计算值标记：加框或括号", "how 计算值 is marked", default="framed")
    mark_style: str = key("计算值标记的样式", "style of the mark", default="mark")
    colours: dict[str, str] = key(
        "主题颜色槽 dk1 lt1 dk2 lt2 accent1–6 hlink folHlink（deck）", "theme colour slots", default={}
    )
    fonts: dict[str, DeckFont] = key("主题字体 major、minor（deck）", "theme fonts", default={})


@declared("一个版式", "a layout")
class LayoutSpec:
    """A layout as written in `layouts/NAME/layout.yaml`."""

    span: Span
    title: str = key("版式的名字", "the layout's name")
    palette: dict[str, Colour] = key("色板", "colours by name")
    fonts: dict[str, str] = key("字体：名字对应 fonts.yaml 里的字体家族", "font families by name")
    styles: dict[str, Style] = key("文字样式", "type styles by name")
    brochure: Medium = key("画册", "the brochure")
    deck: Medium = key("幻灯片", "the deck")
    chart_colours: ChartColours = key("图表的颜色", "the charts' colours")
    charts: dict[str, ChartLook] = key("图表样式", "chart styles by name", default={})
