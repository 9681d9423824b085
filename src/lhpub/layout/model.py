"""A layout as a designer declares it: palette, type styles, masters with frames in plain numbers, sequence.

Each key is declared once, with its help: the reader, the JSON Schema and the reference page come from here. Lengths are
the medium's unit (mm for the brochure, pt or mm for the deck) except type sizes and line widths, which are points.
"""

from __future__ import annotations

from typing import Literal

from lhpub.charts.model import ChartKind
from lhpub.diagnostics import Span
from lhpub.layout.at import Area, At, Edges
from lhpub.layout.generators import Arcs, Dots, Flight, Nested, Shade, Ticks
from lhpub.layout.looks import ChartColours, ChartLook
from lhpub.layout.names import (
    ArtName,
    BlockName,
    ColourName,
    Condition,
    FrameName,
    LookName,
    MasterName,
    StyleName,
    Template,
)
from lhpub.source.declared import declared, key
from lhpub.text.model import Align
from lhpub.units import POINTS_PER_MM, Rect


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
    colour: ColourName = key("颜色：palette 中的名字", "a colour of the palette", default=ColourName("ink"))
    strong: int = key("重点文字的字重", "weight of strong text", default=700)
    emphasis: Literal["bold", "dots"] = key(
        "重点文字的样子：bold 加粗，dots 字下加点（着重号；幻灯片与竖排里没有，仍加粗）",
        "how strong text looks: bold, or dots under it (on slides and in vertical text it is bold all the same)",
        default="bold",
    )
    profile: Literal["none", "basic", "gb", "strict"] = key(
        "避头尾：gb 国标；basic 斜线可在行末；strict 破折号、省略号不起行；none 不避",
        "line breaking: gb; basic lets a solidus end a line; strict lets no dash or ellipsis begin one; none has no rules",
        default="gb",
    )
    hanging: bool = key("标点悬挂：行末的，、。伸出栏外", "，、。 at a line's end hang outside the measure", default=False)
    floor: float | None = key(
        "放不下时最小可缩到的字号（pt）；不写则不缩", "smallest size that fitting may choose", default=None
    )


@declared("相对另一个框的位置", "a place relative to another frame of the same master")
class Near:
    """A place relative to another frame of the same master."""

    span: Span
    frame: FrameName = key("那个框的 name", "the other frame's name")
    gap: float = key("间距", "distance", default=0.0)


@declared("居中于另一个框", "a text or picture in another frame")
class Inside:
    """A text centred in another frame, its size a share of that frame's height; or a picture that fills it."""

    span: Span
    frame: FrameName = key(
        "那个框的 name；nested 图的开口叫 NAME.opening", "the other frame; a nested art's opening is NAME.opening"
    )
    size: float = key("字号占框高的比例", "type size as a share of the frame's height", default=0.5)


@declared("首字下沉", "a large initial or numeral")
class Initial:
    """A large initial or numeral at a text's head (brochure)."""

    span: Span
    style: StyleName = key("样式：字号大到占满各行", "type style, as large as the lines it takes")
    lines: int = key(
        "占几行，字脚落在末行的基线", "lines it takes; it stands on the last one's baseline", default=2, minimum=2, maximum=9
    )
    text: Template | None = key("写什么；不写则取正文的首字", "what it says, else the text's first character", default=None)


@declared("大数字", "the big figure")
class Hero:
    """The big figure: prefix, numeral and unit on one baseline, as large as the frame's width allows."""

    span: Span
    unit: StyleName = key("单位与前缀的样式", "style of unit and prefix")
    ladder: tuple[tuple[float, float], ...] = key(
        "由大到小：[数字字号, 单位字号]，取放得下的第一档", "numeral and unit sizes, largest first"
    )
    gap: float = key("数字与单位的间距（单位字号的倍数）", "gap before the unit, in em of the unit", default=0.3)
    prefix_gap: float = key("前缀与数字的间距（单位字号的倍数）", "gap after the prefix", default=0.22)
    outdent: float = key("无前缀时向左的视觉修正", "optical outdent without a prefix", default=0.0)
    point_kern: float = key("小数点两侧收紧（1/1000 em）", "tightening on both sides of a decimal point", default=0.0)
    headroom: float | None = key(
        "数字顶与浮动单元顶边至少相距（stack）", "least room over the figure in a stacked place", default=None
    )


@declared("要点表", "a table of short lines (points)")
class Rows:
    """A table of short lines (points): key and value, a hairline above each row and under the last, standing on its foot."""

    span: Span
    key_style: StyleName = key("左栏样式", "style of the keys")
    value_style: StyleName = key("右栏样式", "style of the values")
    key_width: float = key("左栏宽", "width of the key column")
    key_top: float = key("左栏文字离线的距离", "from the rule to the key")
    value_top: float = key("右栏文字离线的距离", "from the rule to the value")
    least: float = key("最小行高", "least pitch")
    most: tuple[float, ...] = key("行高上限，按行数 1、2、3……", "largest pitch for 1, 2, 3 … rows")
    wrapped: float = key("有换行的行至少多高", "least pitch of a row whose value wraps", default=0.0)
    room: float = key("与 clear 框的最小间距", "least distance to the frame named by clear", default=0.0)
    rule: float = key("线宽（pt）", "width of the hairlines in points", default=0.35)
    colour: ColourName = key("线的颜色", "colour of the hairlines", default=ColourName("mid"))
    count: int = key("最多几行", "rows at most", default=4)
    of: Literal["points", "charts"] = key("要点，或全部图表的数据", "points, or the charts' figures", default="points")
    clear: FrameName | None = key("上方要避开的框", "the frame above to keep clear of", default=None)


@declared("逐项重复的框", "frames repeated for each item of a list")
class Repeat:
    """Frames repeated for each item of a list."""

    span: Span
    over: Literal["groups", "keywords", "glance", "events"] = key(
        "逐一取：groups（各主题）、keywords、glance、events（关键词的各日期）", "what to repeat for"
    )
    frames: tuple[Frame, ...] = key("每一项的框，坐标相对该项", "frames of an item, relative to it")
    step: tuple[float, float] = key("相邻两项的位移 [dx, dy]", "from item to item")
    places: tuple[tuple[float, float], ...] = key(
        "前几项另定的位移 [dx, dy]；其余各项仍在自己的序位", "places of the first items; the others keep theirs", default=()
    )
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
    at: At = key(
        "[x, y, 宽, 高]，或靠边写：{left: margin, right: margin, top: 27, height: 8}",
        "x, y, width, height; or by edges: two of left, right, width and two of top, bottom, height",
    )
    name: str = key("框的名字，同一母版内唯一", "unique name within the master", default="")
    text: Template | tuple[Template, ...] | None = key(
        "文字；{…} 取内容；写几种时用第一种有内容的",
        "text with {slots}; of several the first that has content",
        default=None,
    )
    rule: float | None = key("线，粗细 pt", "a rule of this width in points", default=None)
    fill: ColourName | Shade | None = key("色块：颜色或渐变", "a rectangle of this colour or gradient", default=None)
    hero: Hero | None = key("大数字", "the big figure", default=None)
    rows: Rows | None = key("要点表", "table of points", default=None)
    repeat: Repeat | None = key("逐项重复", "repeated frames", default=None)
    nested: Nested | None = key("层层门框", "receding frames", default=None)
    ticks: Ticks | None = key("刻度", "a scale of ticks", default=None)
    arcs: Arcs | None = key("弧", "arcs", default=None)
    dots: Dots | None = key("点列", "dots", default=None)
    flight: Flight | None = key("航线", "a path through dated points", default=None)
    art: ArtName | None = key("版式文件夹里的 SVG", "an SVG file of the layout's folder", default=None)
    picture: Literal["keyword", "theme", "cover", "logo", "qr"] | None = key(
        "图片：关键词、主题、封面的（裁切填满），标识、二维码（整幅放入）",
        "a picture: cropped to fill; logo and qr are shown whole",
        default=None,
    )
    chart: LookName | None = key("图表；写 charts 中的样式名", "a chart in this chart style", default=None)
    style: StyleName = key("文字样式", "type style", default=StyleName(""))
    colour: ColourName | None = key("改用这个颜色", "colour instead of the style's", default=None)
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
    vertical: bool = key(
        "竖排：列从右到左，at 的高是列长；hang 的 top 为首列靠右，baseline 为首列的轴在 x",
        "in columns from right to left, as long as the frame is high; hang baseline: the first one's axis is at x",
        default=False,
    )
    initial: Initial | None = key("首字下沉（画册）", "a large initial (brochure)", default=None)
    next: FrameName | None = key(
        "接排：放不下的文字续到这个框（那个框不写内容）", "the frame without content into which the text runs on", default=None
    )
    balance: bool = key("接排的各框高低看齐", "the frames of a text that runs on are filled alike", default=False)
    spaces: Literal["keep", "break", "wide"] = key(
        "文字中的空格：break 换行，wide 空一字", "a space in the text: breaks the line, or is one em wide", default="keep"
    )
    tag: Literal["H1", "H2", "H3", "P", "Caption", "TOCI", "Artifact"] = key(
        "读屏时的身份", "structure type", default="P"
    )
    link: Template | None = key("点击去处：'#{keyword.anchor}'、'#contents' 或网址", "link target", default=None)
    placeholder: Literal["title", "body", "number", "footer", "date", "none"] = key(
        "幻灯片占位符的种类（deck）", "kind of placeholder", default="body"
    )


CONTENT = ("text", "rule", "fill", "hero", "rows", "repeat", "nested", "ticks", "arcs", "dots", "flight", "art", "picture",
           "chart")  # fmt: skip
"""The keys of which a frame has exactly one; none, if a text runs on into it."""


def contents(frame: Frame) -> tuple[str, ...]:
    """Returns the names of the contents that are written."""
    return tuple(name for name in CONTENT if getattr(frame, name) is not None)


@declared("一组框", "frames that masters include")
class Block:
    """Frames that masters include, or that a cell holds for one keyword. Coordinates are relative to its place."""

    span: Span
    frames: tuple[Frame, ...] = key("框", "frames", default=())
    include: tuple[BlockName, ...] = key("先放这些 blocks", "blocks that come first", default=())
    when: tuple[Condition, ...] = key("这些内容都有时才选用", "chosen only if all of these are there", default=())
    unless: tuple[Condition, ...] = key("这些内容有一样就不选", "not chosen if any of these is there", default=())


@declared("放一个关键词的位置", "a place for one keyword on a master")
class Cell:
    """A place for one keyword on a master: the first block that has what it needs and fits."""

    span: Span
    at: tuple[float, float] | Edges = key("位置 [x, y]，或靠边写出四边", "place, or a place by its edges")
    blocks: tuple[BlockName, ...] = key("候选 blocks，先写先选", "candidate blocks in order")


@declared("浮动的关键词", "keywords one under the other, each with a horizon that floats")
class Stack:
    """Keywords one under the other: the ground under each one's horizon takes what its texts need, the sky over it an equal
    share of what is left. Their blocks' frames have y 0 on the horizon, the sky above (negative), the ground below."""

    span: Span
    blocks: tuple[BlockName, ...] = key("候选 blocks，先写先选", "candidate blocks in order")
    height: float = key("总高，自页顶起", "height in all, from the page's top")
    texts: tuple[FrameName, ...] = key("决定地面高度的框名", "frames whose height the ground takes")
    ground: float = key("地面除文字外的余量", "room of the ground beside its texts")
    grid: float = key("高度取整到这个数的倍数", "heights are multiples of this")
    least: float = key("天空至少多高，不足则换别的母版", "least height of a sky; less: another master")
    extra: float = key("第一个天空多给多少", "what the first sky has more", default=0.0)
    sky: ColourName | None = key("天空的颜色", "colour of the skies", default=None)


@declared("一个母版", "a page or slide master")
class Master:
    """A page or slide master."""

    span: Span
    title: str = key("母版名称（PowerPoint 版式菜单里显示）", "its name as users see it")
    frames: tuple[Frame, ...] = key("框", "frames", default=())
    ground: ColourName | None = key("底色", "ground colour", default=None)
    include: tuple[BlockName, ...] = key("一并使用的 blocks", "blocks used as well", default=())
    cells: tuple[Cell, ...] = key("放关键词的位置", "places for keywords", default=())
    stack: Stack | None = key("关键词上下相叠，高低随文字浮动", "keywords whose places float", default=None)
    needs: tuple[Condition, ...] = key("没有这些内容就不出这一页", "no page without all of these", default=())
    unless: tuple[Condition, ...] = key("这些内容有一样就不出这一页", "no page with any of these", default=())
    facing: bool = key("对页：坐标跨左右两页", "a spread: coordinates run over two facing pages", default=False)
    bookmark: Template | tuple[Template, ...] = key(
        "书签文字；写几种时用第一种有内容的", "bookmark, the first that has content", default=()
    )
    anchor: Template = key("锚点名，供链接使用", "anchor for links", default=Template(""))


@declared("一种关键词上页的方式", "how keywords take pages")
class Arrangement:
    """How keywords take pages: a master for certain charts, or for so many keywords; the first that fits is taken."""

    span: Span
    master: MasterName = key("母版", "the master")
    charts: tuple[ChartKind, ...] = key("要有这几种图表", "the kinds of chart it carries", default=())
    keywords: int = key("放几个关键词", "how many keywords it takes", default=1)
    extra: bool = key("图表另占一页，关键词照常另有页", "an extra page: its keywords keep their own", default=False)
    first: bool = key(
        "符合母版 needs 的关键词先占此页，其余再分配", "taken before the others by keywords that meet its needs", default=False
    )


@declared("逐主题的页", "pages repeated for each theme")
class Each:
    """Pages repeated for each theme."""

    span: Span
    each: Literal["theme"] = key("逐个主题", "for each theme")
    pages: tuple[MasterName, ...] = key(
        "每个主题的页；keywords 指关键词各页", "pages of a theme; `keywords` stands for the keyword pages"
    )


@declared("一种主题字体", "a theme font of the deck")
class DeckFont:
    """A theme font of the deck: faces that office machines have, and the family that measuring uses instead."""

    span: Span
    latin: str = key("西文字体", "Latin face")
    ea: str = key("中文字体", "East Asian face")
    measure: str = key("量字与预览用的字体（fonts.yaml 中）", "family used to measure and to preview")


@declared("基线网格", "a baseline grid")
class BaselineGrid:
    """Lines at even distances down the page: texts whose leading is a multiple of the pitch stand on them."""

    span: Span
    first: float = key("首线：任一条线离页顶的距离", "from the page's top to one of the lines")
    pitch: float = key("线距；行距是它整数倍的文字落在线上", "distance; texts whose leading is a multiple of it stand on them")


@declared("画册或幻灯片", "the brochure or the deck")
class Medium:
    """The brochure or the deck."""

    span: Span
    size: tuple[float, float] = key("成品尺寸 [宽, 高]", "trim or slide size")
    sequence: tuple[MasterName | tuple[MasterName, ...] | Each, ...] = key(
        "页序：母版名；[左, 右] 为对页；each: theme 逐主题", "the order of pages"
    )
    masters: dict[str, Master] = key("母版", "masters")
    keywords: tuple[Arrangement, ...] = key("关键词如何上页，先写先选", "how keywords take pages")
    blocks: dict[str, Block] = key("可复用的框组", "blocks", default={})
    unit: Literal["mm", "pt"] = key("坐标单位", "unit of coordinates", default="mm")
    bleed: float = key("出血", "bleed", default=0.0)
    grid: BaselineGrid | None = key("基线网格（画册）", "a baseline grid (brochure)", default=None)
    slack: float = key("量字时留的余地（0.08 为 8%）", "share of the width kept free when measuring", default=0.0)
    multiple: int = key("页数须为它的倍数", "the page count is a multiple of this", default=1)
    filler: MasterName = key("补页用的母版", "master of padding pages", default=MasterName(""))
    ordered: bool = key("关键词严格按编号先后上页", "pages keep the keywords' order strictly", default=False)
    mark: Literal["framed", "brackets"] = key("计算值标记：加框或括号", "how 计算值 is marked", default="framed")
    mark_style: StyleName = key("计算值标记的样式", "style of the mark", default=StyleName("mark"))
    template: str = key("品牌模板 .pptx，放在版式文件夹里（deck）", "a brand's .pptx in the layout's folder", default="")
    colours: dict[str, ColourName] = key(
        "主题颜色槽 dk1 lt1 dk2 lt2 accent1–6 hlink folHlink（deck）", "theme colour slots", default={}
    )
    fonts: dict[str, DeckFont] = key("主题字体 major、minor（deck）", "theme fonts", default={})
    chart_inks: dict[str, ColourName] = key(
        "图表颜色在此媒介的替换：{原名: 新名}，text 为数字",
        "colours that charts take here instead of theirs; text: of the figures",
        default={},
    )

    @property
    def points(self) -> float:
        """Points per unit of the medium's coordinates."""
        return POINTS_PER_MM if self.unit == "mm" else 1.0

    def area(self, side: Literal["left", "right"] = "left", pages: int = 1) -> Area:
        """Returns a page, or the two of a spread, as what its frames' places are in."""
        width, height = (length * self.points for length in self.size)
        return Area(Rect(0.0, 0.0, width * pages, height), self.points, self.bleed * self.points, side=side)


@declared("一个时段", "a period by which a layout groups the keywords")
class Period:
    """A period by which a layout groups the keywords, instead of the source's themes."""

    span: Span
    title: str = key("时段名", "its name")
    until: int = key("到几月为止", "its last month", minimum=1, maximum=12)


@declared("印刷", "printing")
class PressSpec:
    """What a print shop has told the designer."""

    span: Span
    profile: str = key(
        "印厂给的 CMYK ICC 文件，放在版式文件夹里", "the print shop's CMYK profile, in the layout's folder", default=""
    )
    condition: str = key("印刷条件，如 FOGRA39", "the printing condition", default="")
    leaf: float = key("一张纸的厚度（毫米），拼版时补偿爬移", "thickness of a leaf in mm, for creep", default=0.1)
    outlines: bool = key("文字转曲", "glyphs as outlines, no fonts", default=False)


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
    press: PressSpec | None = key("印刷", "printing", default=None)
    charts: dict[str, ChartLook] = key("图表样式", "chart styles by name", default={})
    deck_4x3: Medium | None = key("4:3 幻灯片：只写与 deck 不同之处", "the 4:3 deck: what differs from deck", default=None)
    periods: tuple[Period, ...] = key(
        "按时段分组；不写则按内容的主题", "groups by time; without it by the source's themes", default=()
    )
    extends: str = key("以另一版式为底：只写与它不同之处", "another layout that this one changes", default="")

    @property
    def decks(self) -> tuple[Medium, ...]:
        return (self.deck, self.deck_4x3) if self.deck_4x3 else (self.deck,)
