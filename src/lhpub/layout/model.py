"""A layout as a designer declares it: palette, type styles, masters with frames in plain numbers, sequence.

Each key is declared once, with its help: the reader, the JSON Schema and the reference page come from here. Lengths are
the medium's unit (mm for the brochure, pt or mm for the deck) except type sizes and line widths, which are points.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeVar

from lhpub.diagnostics import Span
from lhpub.kinds import ChartKind
from lhpub.layout.at import Area, Edges
from lhpub.layout.fields import Fields, fields_of
from lhpub.layout.frame import Block, Frame
from lhpub.layout.looks import ChartColours, ChartLook
from lhpub.layout.names import (
    BlockName,
    ColourName,
    Condition,
    FontFamily,
    FrameName,
    LayoutFile,
    MasterName,
    RoleName,
    StyleName,
    Template,
)
from lhpub.layout.printing import InkSpec, PressSpec, Tint
from lhpub.source.declared import declared, key
from lhpub.text.model import Align
from lhpub.units import POINTS_PER_MM, Rect, Sides


@declared("一种颜色", "a colour of the palette")
class Colour:
    """A colour of the palette."""

    span: Span
    rgb: str = key("屏幕与幻灯片用的 sRGB，如 '#871920'", "sRGB for screens and slides")
    cmyk: tuple[float, float, float, float] | None = key(
        "印刷油墨百分比 [C, M, Y, K]", "inks in percent", default=None, minimum=0, maximum=100
    )
    spot: str | Tint | None = key("专色：名字，或 {ink: 名字, tint: 网点}", "a spot ink, or a tint of it", default=None)
    overprint: bool | None = key(
        "叠印；不写则单黑的字、线、窄块叠印，其余镂空", "overprints; by default only black does", default=None
    )
    differs: str = key("屏幕色与印刷色有意不同：写理由", "why screen and print differ on purpose", default="")
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
    hanging: bool = key(
        "标点悬挂：行末的，、。伸出栏外", "，、。 at a line's end hang outside the measure", default=False
    )
    floor: float | None = key(
        "放不下时最小可缩到的字号（pt）；不写则不缩", "smallest size that fitting may choose", default=None
    )
    lines: float | None = key(
        "行距为画册格子的几行；字号取行距的 1/1.7，在 floor 与 size 之间",
        "leading in lines of the brochure's grid; the size is 1/1.7 of it, between floor and size",
        default=None,
    )


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
    without: tuple[str, ...] = key("框组里不要的框", "frames of included blocks that are left out", default=())
    cells: tuple[Cell, ...] = key("放关键词的位置", "places for keywords", default=())
    stack: Stack | None = key("关键词上下相叠，高低随文字浮动", "keywords whose places float", default=None)
    needs: tuple[Condition, ...] = key("没有这些内容就不出这一页", "no page without all of these", default=())
    unless: tuple[Condition, ...] = key("这些内容有一样就不出这一页", "no page with any of these", default=())
    facing: bool = key("对页：坐标跨左右两页", "a spread: coordinates run over two facing pages", default=False)
    bookmark: Template | tuple[Template, ...] = key(
        "书签文字；写几种时用第一种有内容的", "bookmark, the first that has content", default=()
    )
    anchor: Template = key("锚点名，供链接使用", "anchor for links", default=Template(""))


Owner = TypeVar("Owner", Master, Block)


@declared("一种关键词上页的方式", "how keywords take pages")
class Arrangement:
    """How keywords take pages: a master for certain charts, or for so many keywords; the first that fits is taken."""

    span: Span
    master: MasterName = key("母版", "the master")
    pack: tuple[BlockName, ...] = key(
        "关键词按所需的行数依次上页：候选 blocks，行数同而先写的先选；不再看其余各种方式",
        "keywords take rows of the grid as they need: candidate blocks in order; no other arrangement is looked at",
        default=(),
    )
    charts: tuple[ChartKind | Literal["any"], ...] = key(
        "要有这几种图表；any 为任何一种", "the kinds of chart it carries", default=()
    )
    keywords: int = key("放几个关键词", "how many keywords it takes", default=1)
    extra: bool = key("图表另占一页，关键词照常另有页", "an extra page: its keywords keep their own", default=False)
    pictures: int = key("余下的图片另占一页，每页至多几张", "a page for pictures left over, so many at most", default=0)
    first: bool = key(
        "符合母版 needs 的关键词先占此页，其余再分配",
        "taken before the others by keywords that meet its needs",
        default=False,
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
    measure: FontFamily = key("量字与预览用的字体（fonts.yaml 中）", "family used to measure and to preview")


@declared("基线网格", "a baseline grid")
class BaselineGrid:
    """Lines at even distances down the page: texts whose leading is a multiple of the pitch stand on them."""

    span: Span
    first: float = key("首线：任一条线离页顶的距离", "from the page's top to one of the lines")
    pitch: float = key(
        "线距；行距是它整数倍的文字落在线上", "distance; texts whose leading is a multiple of it stand on them"
    )


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
    bleed: float = 0.0
    """In the medium's unit: what `press` says, of the brochure."""
    fields: Fields | None = key("页面的格子，由纸的大小算出", "the grid of fields, computed from the paper", default=None)
    grid: BaselineGrid | None = key("基线网格（画册）", "a baseline grid (brochure)", default=None)
    slack: float = key("量字时留的余地（0.08 为 8%）", "share of the width kept free when measuring", default=0.0)
    multiple: int = key("页数须为它的倍数", "the page count is a multiple of this", default=1)
    filler: MasterName = key("补页用的母版", "master of padding pages", default=MasterName(""))
    holds: dict[str, tuple[int, int]] = key(
        "放多少：{keywords: [1, 30]}；在此之外只报一条", "what it is for: {keywords: [1, 30]}; outside it one message", default={}
    )
    ordered: bool = key("关键词严格按编号先后上页", "pages keep the keywords' order strictly", default=False)
    mark: Literal["framed", "brackets"] = key("计算值标记：加框或括号", "how 计算值 is marked", default="framed")
    mark_style: StyleName = key("计算值标记的样式", "style of the mark", default=StyleName("mark"))
    fade: bool = key("换片时淡入（deck）", "slides fade in", default=False)
    date: bool = key(
        "每张印出日期：placeholder: date 的框（deck）", "the date on each slide: frames with placeholder: date", default=False
    )
    footer: bool = key(
        "每张页脚的来源行：placeholder: footer 的框（deck）", "the foot's line: frames with placeholder: footer", default=True
    )
    handout: int = key(
        "另出讲义 PDF：A4 每页几张幻灯片，旁边是备注（deck，2 或 3）；0 不出",
        "a handout PDF beside the deck: slides on an A4 page, with their notes; 0: none",
        default=0, minimum=0, maximum=3,
    )  # fmt: skip
    template: LayoutFile = key(
        "品牌模板 .pptx 或 .potx，放在版式文件夹里（deck）",
        "a brand's .pptx or .potx in the layout's folder",
        default=LayoutFile(""),
    )
    map: dict[str, str] = key(
        "各种页面用模板的哪个版式 {cover, section, content, title, picture, closing: 版式名}；认得出的不必写",
        "which layout of the template each kind of slide takes, where its name does not say so",
        default={},
    )
    colours: dict[str, ColourName] = key(
        "主题颜色槽 dk1 lt1 dk2 lt2 accent1–6 hlink folHlink（deck）", "theme colour slots", default={}
    )
    fonts: dict[str, DeckFont] = key("主题字体 major、minor（deck）", "theme fonts", default={})
    fonts_alternative: dict[str, DeckFont] = key(
        "信创电脑（统信、麒麟）上的主题字体 major、minor：另出一份 ID-deck-alternative，按它量字，放不下会说（deck）",
        "theme fonts of desks that lack those of `fonts`: a second deck, ID-deck-alternative, measured with them, too",
        default={},
    )
    chart_inks: dict[str, ColourName] = key(
        "图表颜色在此媒介的替换：{原名: 新名}，text 为数字",
        "colours that charts take here instead of theirs; text: of the figures",
        default={},
    )

    roles: dict[str, RoleName] = key(
        "这个媒介里另定的角色，如深底的幻灯片：{paper: night, ink: paper}", "roles that are others in this medium", default={}
    )

    def furnished(self) -> Medium:
        """Returns it without the frames that are switched off."""
        off = {name for name, is_on in (("date", self.date), ("footer", self.footer)) if not is_on}

        def shown(owners: dict[str, Owner]) -> dict[str, Owner]:
            kept = {n: tuple(f for f in o.frames if f.placeholder not in off) for n, o in owners.items()}
            return {name: replace(owner, frames=kept[name]) for name, owner in owners.items()}

        return replace(self, masters=shown(self.masters), blocks=shown(self.blocks))

    @property
    def points(self) -> float:
        """Points per unit of the medium's coordinates."""
        return POINTS_PER_MM if self.unit == "mm" else 1.0

    def area(self, side: Literal["left", "right"] = "left", pages: int = 1) -> Area:
        """Returns a page, or the two of a spread, as what its frames' places are in."""
        width, height = (length * self.points for length in self.size)
        grid, margin = fields_of(self.fields, self.size, self.points) if self.fields else (None, Sides())
        return Area(
            Rect(0.0, 0.0, width * pages, height), self.points, self.bleed * self.points, margin, grid, side
        )


def parted_frames(
    owner: Master | Block, medium: Medium, within: tuple[str, ...] = ()
) -> tuple[tuple[Frame, ...], tuple[Frame, ...]]:
    """Returns the frames that a master or block includes, those that it changes in their places; and its own others. A block
    that includes itself is left out."""
    included = [
        frame
        for name in owner.include if name in medium.blocks and name not in within
        for frame in all_frames(medium.blocks[name], medium, (*within, name)) if frame.name not in owner.without
    ]  # fmt: skip
    changed = {frame.name for frame in included if frame.name} & {frame.name for frame in owner.frames}
    found: list[Frame] = []
    for frame in included:
        if frame.name not in changed:
            found.append(frame)
        elif frame.name not in {other.name for other in found}:
            found += [own for own in owner.frames if own.name == frame.name]
    return tuple(found), tuple(frame for frame in owner.frames if frame.name not in changed)


def all_frames(owner: Master | Block, medium: Medium, within: tuple[str, ...] = ()) -> tuple[Frame, ...]:
    """Returns all frames of a master or block in the order they are placed."""
    included, own = parted_frames(owner, medium, within)
    return included + own


def measures_of(style: Style, brochure: Medium) -> tuple[float, float]:
    """Returns size and leading of a type style in points; where it is set in lines of the brochure's grid, from that."""
    if style.lines is None or brochure.fields is None:
        return style.size, style.leading or style.size * 1.5
    leading = fields_of(brochure.fields, brochure.size, POINTS_PER_MM)[0].line * style.lines
    return min(max(round(leading / 1.7 * 4) / 4, style.floor or 0.0), style.size), leading


@declared("一个时段", "a period by which a layout groups the keywords")
class Period:
    """A period by which a layout groups the keywords, instead of the source's themes."""

    span: Span
    title: str = key("时段名", "its name")
    until: int = key("到几月为止", "its last month", minimum=1, maximum=12)


@declared("一个版式", "a layout")
class LayoutSpec:
    """A layout as written in `layouts/NAME/layout.yaml`."""

    span: Span
    title: str = key("版式的名字", "the layout's name")
    palette: dict[str, Colour] = key("色板", "colours by name")
    fonts: dict[str, FontFamily] = key("字体：名字对应 fonts.yaml 里的字体家族", "font families by name")
    styles: dict[str, Style] = key("文字样式", "type styles by name")
    brochure: Medium = key("画册", "the brochure")
    deck: Medium = key("幻灯片", "the deck")
    chart_colours: ChartColours = key("图表的颜色", "the charts' colours")
    inks: dict[str, InkSpec] = key("四色以外的油墨与工艺版", "inks and finishes beside the four", default={})
    press: PressSpec | None = key("印刷", "printing", default=None)
    charts: dict[str, ChartLook] = key("图表样式", "chart styles by name", default={})
    deck_4x3: Medium | None = key(
        "4:3 幻灯片：只写与 deck 不同之处", "the 4:3 deck: what differs from deck", default=None
    )
    periods: tuple[Period, ...] = key(
        "按时段分组；不写则按内容的主题", "groups by time; without it by the source's themes", default=()
    )
    extends: str = key("以另一版式为底：只写与它不同之处", "another layout that this one changes", default="")
    fallback: str = key(
        "放不下时改用哪个版式的母版；never 则不改用，报错",
        "the layout whose masters are taken where its own do not hold; or never",
        default="plain",
    )
    roles: dict[str, RoleName] = key(
        "朴素版式的颜色、字体各由本版式的哪一种颜色、文字样式充当，如 {accent: red, display: page-title}；同名的不必写",
        "which colour or type style plays a role of plain's colours and fonts; those of the same name need not be written",
        default={},
    )

    @property
    def decks(self) -> tuple[Medium, ...]:
        return (self.deck, self.deck_4x3) if self.deck_4x3 else (self.deck,)
