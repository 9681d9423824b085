"""A frame and what may stand in it, and the groups of frames that masters include.

Lengths are the medium's unit (mm for the brochure, pt or mm for the deck) except type sizes and line widths, which are
points.
"""

from __future__ import annotations

from typing import Literal

from lhpub.diagnostics import Span
from lhpub.layout.at import At
from lhpub.layout.generators import Arcs, Dots, Flight, Nested, Shade, Ticks
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
        "由大到小：[数字字号, 单位字号]，取放得下的第一档", "numeral and unit sizes, largest first", default=()
    )
    lines: tuple[float, ...] = key(
        "由大到小：数字高几行格子，取放得下的第一档；单位的大小由此算出，% 半高（代替 ladder）",
        "height of the figures in lines of the grid, largest first; the unit follows, % is half as high (instead of ladder)",
        default=(),
    )
    hang: Literal["baseline", "top"] = key("y 是基线，或数字的顶", "what stands at y: baseline or top", default="baseline")
    of: Literal["figure", "date"] = key("写大数字，或日期", "the figure, or the date", default="figure")
    gap: float = key("数字与单位的间距（单位字号的倍数）", "gap before the unit, in em of the unit", default=0.3)
    prefix_gap: float = key("前缀与数字的间距（单位字号的倍数）", "gap after the prefix", default=0.22)
    outdent: float = key("无前缀时向左的视觉修正", "optical outdent without a prefix", default=0.0)
    alike: bool = key("各项数字同一大小（glance）", "all figures at a glance in one size", default=False)
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
    first: bool = key("放得下几条就写前几条（海报）", "as many of the first rows as fit (posters)", default=False)
    clear: FrameName | None = key("上方要避开的框", "the frame above to keep clear of", default=None)


@declared("逐项重复的框", "frames repeated for each item of a list")
class Repeat:
    """Frames repeated for each item of a list."""

    span: Span
    over: Literal[
        "groups", "keywords", "dates", "months", "days", "vague", "loose", "glance", "events", "points",
        "names", "credits", "sources", "imprint", "pictures",
    ] = key(
        "逐一取：groups（各主题）、keywords、dates（关键词按日期，无日期的在后）、glance、events（关键词的各日期）、points（要点）、"
        "names（可画的名单，每个名字写作 {line}）、"
        "credits（资料来源）、sources（资料来源与各处出处）、imprint（版权各行）、pictures（关键词的图片）；months（十二个月），"
        "其 frames 里再取 days（注明到日的，挂在当日）、vague（只知月、旬的）；loose（只知年份与未注明日期的）",
        "what to repeat for",
    )
    frames: tuple[Frame, ...] = key("每一项的框，坐标相对该项", "frames of an item, relative to it")
    step: tuple[float, float] = key("相邻两项的位移 [dx, dy]", "from item to item", default=(0.0, 0.0))
    places: tuple[tuple[float, float], ...] = key(
        "前几项另定的位移 [dx, dy]；其余各项仍在自己的序位", "places of the first items; the others keep theirs", default=()
    )
    columns: int = key("排成几列", "columns", default=1)
    column_step: float = key("列距", "from column to column", default=0.0)
    start: int = key("从第几项起（0 起）", "first item, from 0", default=0)
    when: tuple[Condition, ...] = key("只取有这些内容的项，如 [hero]、[month.5]", "only items with all of these", default=())
    unless: tuple[Condition, ...] = key("不取有这些内容的项，如 [month.9]", "no items with any of these", default=())
    count: int | None = key("一页最多几项", "items a page at most", default=None)
    chunk: int | None = key("每组最多几个关键词，多的另起一组", "keywords of a group at most", default=None)
    flow: float | None = key(
        "各项依次往下，高随内容，间隔多少（代替 step）；放不下就续到下一栏、下一页，各页匀分",
        "items follow one another, as high as they are, so far apart (instead of step); they run on over columns and pages",
        default=None,
    )
    across: tuple[int, ...] = key(
        "flow 的分栏数，如 [1, 2]：取一页放得下的第一种，都放不下用最后一种",
        "columns for flow: the first number that takes all on one page, else the last",
        default=(1,),
    )
    column: float | None = key(
        "flow 的每栏至少多宽，栏数由此算出（代替 across）", "least width of a column for flow, instead of across", default=None
    )
    by: Literal["columns", "rows"] = key("分栏时先往下，或先往右", "down or across first", default="columns")
    pitch: tuple[tuple[int, float], ...] = key(
        "flow 中按项数定各项至少多高：[至多几项, 高]，先写先用",
        "least height of an item in flow, by how many there are: [at most so many, height]",
        default=(),
    )
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
    instead: Template | None = key(
        "放不下时改写什么（页脚的来源等，别处另有全文）", "what it says where the text does not fit", default=None
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
        "图片：关键词、主题、封面的（裁切填满），标识、二维码（整幅放入；关键词页上是它自己的二维码）",
        "a picture: cropped to fill; logo and qr are shown whole",
        default=None,
    )
    chart: LookName | None = key(
        "图表；写 charts 中的样式名。在不属于关键词的页上，画与样式同名的那一种（share、d-share 画占比），没有则画时间轴",
        "a chart in this style; on a page of no keyword the one of the kind that the style is named after, else the timeline",
        default=None,
    )
    keyword: int | None = key("这个框说第几个关键词（不写则是本页的）", "the keyword by number that it speaks of", default=None)
    fact: str | None = key(
        "这个框说哪个数，如 重大项目.首批投资：用于 hero、{fact.label}、{fact.text}",
        "the fact that it speaks of, as keyword.fact: for hero, {fact.label}, {fact.text}",
        default=None,
    )
    style: StyleName = key("文字样式", "type style", default=StyleName(""))
    colour: ColourName | None = key("改用这个颜色", "colour instead of the style's", default=None)
    align: Align | Literal["inner", "outer"] | None = key(
        "改用这种对齐；outer 向切口，inner 向订口（左右页相反）",
        "alignment instead of the style's; outer, inner: mirrored on left and right pages",
        default=None,
    )
    hang: Literal["top", "baseline", "middle", "bottom"] = key(
        "文字如何挂：top 首行字框顶在 y，baseline 首行基线在 y，bottom 末行字框底在 y+高",
        "how the text hangs in the frame",
        default="top",
    )
    below: Near | tuple[Near, ...] | None = key(
        "挂在某框之下（那个框无内容时用 y）；写几个时用第一个有内容的",
        "below another frame if that is there; of several the first that is",
        default=None,
    )
    above: Near | tuple[Near, ...] | None = key(
        "立在某框之上；写几个时用第一个有内容的（那个框无内容时用 y）",
        "above another frame if that is there; of several the first that is",
        default=None,
    )
    inside: Inside | None = key("居中于某框之内", "centred in another frame", default=None)
    least: float = key("高至少多少，不足就算放不下", "least height, or it does not fit", default=0.0)
    level: FrameName | None = key("与某框同高：底边看齐", "its foot is level with that frame's", default=None)
    sizes: tuple[tuple[float, int], ...] = key(
        "大字由大到小：[字号, 几行]，取放得下的第一档；行数写 0 是撑满框宽的一行，不大于此字号",
        "display type, largest first: [size, lines], the first that fits; 0 lines: one as wide as the frame, no larger",
        default=(),
    )
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
    more: MasterName | None = key(
        "放不下的文字续到这个母版的另一页（那里写 text: '{rest}'）",
        "the master of the page on which what does not fit goes on, in its frame with text: '{rest}'",
        default=None,
    )
    balance: bool = key("接排的各框高低看齐", "the frames of a text that runs on are filled alike", default=False)
    spaces: Literal["keep", "break", "wide"] = key(
        "文字中的空格：break 换行，wide 空一字", "a space in the text: breaks the line, or is one em wide", default="keep"
    )
    tag: Literal["H1", "H2", "H3", "P", "Span", "Caption", "TOCI", "LBody", "Artifact"] = key(
        "读屏时的身份；Span 接着上一个框念，TOCI、LBody 是目录、列表里同一条的几个框，Artifact 不念",
        "structure type; Span goes on what was read before, TOCI and LBody: parts of an entry, Artifact is not read",
        default="P",
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
    without: tuple[str, ...] = key("框组里不要的框", "frames of included blocks that are left out", default=())
    when: tuple[Condition, ...] = key("这些内容都有时才选用", "chosen only if all of these are there", default=())
    unless: tuple[Condition, ...] = key("这些内容有一样就不选", "not chosen if any of these is there", default=())
    rows: tuple[int, int] | None = key(
        "占格子的几行：[至少, 至多]，-1 到页脚（pack）", "rows of the grid it takes: [least, most], -1: all (pack)", default=None
    )
