"""The publication's source as an editor writes it: each key declared once, with type, default and help."""

from __future__ import annotations

from typing import ClassVar, Literal

from lhpub.diagnostics import Bilingual, Span
from lhpub.publication.forms import PointSpec, Quantity, RowsSpec
from lhpub.source.declared import declared, key
from lhpub.source.node import Scalar


@declared("卷首语", "the foreword")
class ForewordSpec:
    span: Span
    title: str = key("标题", "its title", default="")
    body: Scalar = key("正文，空一行分段", "its text; an empty line parts paragraphs")


@declared("图片", "a picture", "file: pictures/无人机.jpg\nalt: 夜空中的无人机编队\nfocus: [0.5, 0.3]\n")
class PictureSpec:
    span: Span
    file: Scalar = key("文件：相对源文件的路径", "path from the source file")
    alt: str = key("替代文字：写给看不见图的读者", "what a reader who cannot see it is told")
    caption: Scalar | None = key("图说", "its caption", default=None)
    credit: str = key("摄影或制图者", "who made it", default="")
    map: Scalar | None = key(
        "审图号：图片是地图的，写审图号；不用送审的写“免审”，不是地图的写“不是地图”", "of a map: the number of its approval",
        default=None,
    )  # fmt: skip
    focus: tuple[float, float] | None = key(
        "裁切时保留的焦点：[左右, 上下]，0 至 1；缺省为正中，竖的图片偏上", "the point to keep, 0–1",
        default=None, minimum=0, maximum=1,
    )  # fmt: skip


@declared("二维码", "a QR code", "link: https://www.example.gov.cn/2023\ncaption: 扫码看全文\n")
class QrSpec:
    span: Span
    link: Scalar | None = key("网址：印成二维码，屏幕上可点", "an address: a QR code in print, a link on screen", default=None)
    file: Scalar | None = key("现成的二维码图片，代替网址", "a picture of a QR code, instead of an address", default=None)
    alt: str = key("替代文字，缺省为图说", "what a reader who cannot see it is told", default="")
    caption: Scalar | None = key("图说，缺省为网址", "its caption; default: the address", default=None)


@declared("引语", "a quotation", "text: 抢时间，也要抢质量。\nby: 项目负责人\nat: 开工现场\n")
class QuoteSpec:
    span: Span
    text: Scalar = key("原话，照录", "what was said, verbatim")
    by: Scalar | None = key("谁说的", "who said it", default=None)
    at: Scalar | None = key("在什么场合", "on what occasion", default=None)


@declared("资料", "a document", "id: A\ntitle: 《2023年工作总结》\n")
class DocumentSpec:
    span: Span
    id: str = key("编号，from 用它指明", "its id, which `from` names")
    title: Scalar = key("题名", "its title")


@declared("稿次", "which draft it is", "name: 送审稿 第2稿   # 写“定稿”，或不写 draft，才出印刷文件\ndate: 2024-01-10\n")
class DraftSpec:
    span: Span
    name: str = key("稿次的名字，印在每页；定稿不印", "its name, stamped on every page unless it is 定稿 (final)")
    date: Scalar | None = key("日期", "its day", default=None)


_IMPRINT = """\
kind: 内部资料
licence: （粤）内登字A第2024018号
recipients: 全区各单位
printer: 某某印刷有限公司
printed: 2024年1月
copies: 500册
"""


@declared("内部资料的版权页：按《内部资料性出版物管理办法》", "the imprint of internal matter, as the law asks for it", _IMPRINT)
class ImprintSpec:
    REFUSED: ClassVar = {
        "price": Bilingual("内部资料不得标价、收费（第十五条）：删去这一行", "it bears no price (article 15): delete this line")
    }
    """What to do about keys that it must not have."""
    span: Span
    kind: Literal["内部资料"] = key("种类：封面印“内部资料，免费交流”", "its kind")
    licence: Scalar = key("准印证号，印在封面", "the number of its licence, set on the cover")
    publisher: Scalar | None = key("编印单位，缺省为 organisation", "who publishes it", default=None)
    recipients: Scalar = key("发送对象：本行业、本系统、本单位的", "whom it is sent to")
    printer: Scalar = key("印刷单位", "who prints it")
    printed: Scalar = key("印刷日期", "when it is printed")
    copies: Scalar = key("印数", "how many copies")
    issue: Scalar | None = key("期号：连续出的才写", "of a serial: its number", default=None)


_PUBLICATION = """\
title: 回眸发展每一帧 从容迈向新征程
subtitle: 聚焦2023年高质量发展20个“关键词”
date: 2024-01-15
foreword: 这一年可以读作{关键词数}个关键词。
credits: [资料来源：龙华新闻]
imprint: [编印：某某区, 印数：500册]
glance: [重大项目.首批投资, 低空经济.展区]
notices: {glance: 两类事项不可相加。}
picture: {file: pictures/封面.jpg, alt: 城区清晨}
"""


@declared("刊物", "the publication", _PUBLICATION)
class HeaderSpec:
    span: Span
    title: str = key("刊名，照录；空格处可分行", "its title, verbatim; lines may part at a space")
    id: str = key("编号：输出文件的名字，缺省为源文件名", "names the output files", default="")
    subtitle: str = key("副题，照录", "its subtitle, verbatim", default="")
    organisation: str = key("编印单位", "who publishes it", default="")
    date: Scalar | None = key("日期，如 2024-01-15", "its day, like 2024-01-15", default=None)
    draft: DraftSpec | None = key("稿次：不是定稿的，不出印刷文件", "which draft; no press file unless final", default=None)
    year: int | None = key(
        "年份，缺省为多数关键词的年份", "its year; default: most keywords'", default=None, minimum=1000, maximum=9999
    )
    foreword: Scalar | ForewordSpec | None = key("卷首语", "text, or title and body", default=None)
    credits: tuple[Scalar, ...] = key("资料来源等署名，每行一条", "sources and credits, a line each", default=())
    imprint: tuple[Scalar, ...] | ImprintSpec = key(
        "版权页：各行文字；内部资料写 kind: 内部资料 与各项", "imprint lines, or kind: 内部资料 and what goes with it", default=()
    )
    glance: tuple[Scalar, ...] = key(
        "数据一览：“关键词.事实”，缺省为全部大数字", "figures at a glance; default: all heroes", default=()
    )
    computed: Literal["aside", "free"] = key(
        "计算值用在哪里：aside 只进正文、要点、备注（缺省），free 也可作大数字和导语",
        "where computed figures may stand: aside (body, points, notes) or free (hero and headline, too)",
        default="aside",
    )
    terms: tuple[TermSpec, ...] = key("规范表述：写法不合的逐处提醒", "an office's terms, linted", default=())
    documents: tuple[DocumentSpec, ...] = key("资料：编号与题名，from 里写“A 第3段”", "documents that `from` names", default=())
    notices: dict[str, Scalar] = key("提示语：名字与文字，由版式取用", "texts by name for layouts to place", default={})
    picture: PictureSpec | None = key("封面图片", "the cover's picture", default=None)
    logo: PictureSpec | None = key("标识：整幅放入，不裁切", "a logo, shown whole", default=None)
    qr: QrSpec | None = key("二维码", "a QR code", default=None)


@declared("主题", "a theme: a chapter, a section", "id: 投资\ntitle: 投资与开放\nlead: 重大项目集中上马。\n")
class ThemeSpec:
    span: Span
    id: Scalar = key("编号，关键词用它指明所属主题", "its id, which keywords name")
    title: str = key("标题", "its title")
    lead: Scalar | None = key("导语", "its lead", default=None)
    picture: PictureSpec | None = key("扉页图片", "its opener's picture", default=None)


@declared("规范表述", "a term of the office", "use: “双招双引”\nnever: [招商引资引智]\n")
class TermSpec:
    span: Span
    never: tuple[str, ...] = key("不用的写法", "what is not to be written")
    use: str = key("规范的写法", "the term to use", default="")
    instead: str = key("没有统一写法时，怎么改", "what to do instead", default="")


_FACTS = """\
首批投资: {label: 首批总投资, value: 535.8, unit: 亿元}
签约投资: {label: 签约总额, value: 1000, unit: 亿元, approx: 超}     # 超1000亿元
家数: {label: 推动落地的企业, value: 数十, unit: 家}
批次: {label: 清单批次, value: 4, unit: 批, pattern: '第{han}批'}    # 第四批
位次: {label: 位次, value: 40, unit: 位, pattern: '第{}位'}          # 第40位
面积: {label: 总面积, value: 16.83, unit: 平方公里, status: 征求意见稿}
方案: {label: 出台, text: 《试点工作方案》}
出口: {label: 全年出口, value: {file: 年报.xlsx, cell: 外贸!B7}, unit: 亿元}   # 取自电子表格或 CSV
国家: {label: 所赴国家, list: [日本, 韩国], etc: true}               # 日本、韩国等
合计: {label: 合计, sum: [首批投资, 后续投资]}                       # 以下算出，印出时标明
其余: {label: 全市其余, difference: [全市, 本区]}
占比: {label: 本区占全市, ratio: [本区, 全市], digits: 1}
前次: {label: 前次位次, before: [位次, 上升]}
增速: {label: 首批投资, growth: [首批投资, 上年投资]}                # 同比增长7.2%
"""


@declared("事实", "a fact: a figure, a name or a list, typed once", _FACTS)
class FactSpec:
    span: Span
    label: Scalar | None = key("名目：数的是什么", "what it counts; default: its name", default=None)
    value: Quantity | None = key("数值：数字，数十、超百这样的概数，或电子表格的一格", "a number or a word: 数十", default=None)
    unit: str = key("单位", "its unit", default="")
    approx: Literal["", "超", "约", "近"] = key("概数词，印在数前", "a qualifier printed before it", default="")
    pattern: str = key("读法：'第{}位'，或用汉字：'第{han}批'", "how it reads, like '第{}位'", default="")
    text: Scalar | None = key("文字事实，照录", "a textual fact, verbatim", default=None)
    list: tuple[Scalar, ...] = key("并列的各项", "items of a list", default=())
    etc: bool | str = key("列举未尽：true 印“等”，或写“等地”", "true prints 等 behind the list; or 等地", default=False)
    status: str = key("状态，如征求意见稿；与数同印", "a status printed with it", default="")
    from_: Scalar | None = key("出处：一句话，或“A 第3段”", "where it comes from: words, or `A 第3段`", default=None)
    sum: tuple[Scalar, ...] = key("合计：各事实的名字（计算值）", "sum of these facts", default=())
    difference: tuple[Scalar, Scalar] | None = key("相差：[甲, 乙]，甲减乙", "first less second", default=None)
    ratio: tuple[Scalar, Scalar] | None = key("占比：[甲, 乙]，甲占乙的百分比", "percent", default=None)
    growth: tuple[Scalar, Scalar] | None = key(
        "同比：[本期, 上期]；由符号印增长、下降，百分数之间印个百分点，金额注按现价计算；另写 value 的是公布的数",
        "growth from the second to the first; with a value beside it that is the published rate", default=None,
    )  # fmt: skip
    before: tuple[Scalar, Scalar] | None = key("前次位次：[位次, 上升]（推算）", "a rank before its rise", default=None)
    digits: int | None = key(
        "占比、同比保留的小数位数；不写为 1，所用的数没有这样细则为 0", "decimals of a ratio or growth; 1, or 0 if coarser",
        default=None, minimum=0, maximum=6,
    )  # fmt: skip


@declared("事件", "a dated event", "date: 2023-09-07\nlabel: 发布会召开\n")
class EventSpec:
    span: Span
    date: Scalar = key("日期", "its date")
    label: Scalar = key("名称", "what happened")


_KEYWORD = """\
title: 低空经济
date: 2023-04      # 或 2023-04-16、2023-04/上旬（中旬、下旬）、2023、2023-09-07/2023-09-15，后可加“起”
headline: 首个区级方案出台。
body: 龙华区率先出台{方案}，布设{展区}展区。
facts: {方案: {label: 率先出台, text: 《产业方案》}, 展区: {label: 展区, value: 12, unit: 个}}
hero: 展区
points: [构建发展架构, 发布会: 在北京召开]
events: [{date: 2023-09-07, label: 发布会召开}]
timeline: 首个区级 方案出台
picture: {file: pictures/无人机.jpg, alt: 夜空中的无人机编队}
"""


@declared("关键词", "a keyword", _KEYWORD)
class KeywordSpec:
    span: Span
    title: Scalar = key("标题，照录", "its title, verbatim")
    id: str = key("编号，缺省为去掉引号的标题", "its id; default: the title without quotes", default="")
    number: int | None = key("序号，缺省为位置", "its number; default: its place", default=None, minimum=1, maximum=999)
    theme: Scalar | None = key("所属主题的编号", "the id of its theme", default=None)
    core: bool = key("短稿也要：make deck CORE=1", "stands in the short deck, too", default=False)
    date: Scalar | None = key("日期：2023-01-29、2023-02、2023-01/上旬起", "as exactly as known", default=None)
    headline: Scalar | None = key("导语：一句话结论，至多 40 字", "the finding, at most 40 characters", default=None)
    body: Scalar | None = key(
        "正文，40–160 字最好；空一行分段，可含列表（- 或 1.）、表格（| 甲 | 乙 |）、引文（>）、CO~2~ 与 10^-3^",
        "its text, best 40–160 characters; lists, tables, quotations as in Markdown",
        default=None,
    )
    brief: Scalar | None = key("短正文，至多 55 字，用于幻灯片", "a short text, at most 55 characters", default=None)
    facts: dict[str, FactSpec] = key("事实：名字与内容", "facts by name", default={})
    hero: Scalar | None = key("大数字：事实的名字；不能是计算值", "a fact, never a computed one", default=None)
    names: tuple[Scalar, ...] = key(
        "画成连线的名单：列举事实（list）的名字；不会画的版式照要点写", "list facts whose names a layout may draw", default=()
    )
    hero_caption: Scalar | None = key("大数字的说明，缺省为名目", "default: the fact's label", default=None)
    points: tuple[PointSpec, ...] = key("要点：文字，或“短标签: 文字”", "texts, or “label: text”", default=())
    events: tuple[EventSpec, ...] = key("其他有日期的事件", "further dated events", default=())
    timeline: Scalar | None = key("时间轴短句，至多 16 字；窄栏在空格处分行", "its line in the timeline", default=None)
    notes: Scalar | None = key("讲稿，缺省为正文", "what the presenter says; default: the body", default=None)
    picture: PictureSpec | None = key("图片；几张写 pictures", "its picture; for several write pictures", default=None)
    pictures: tuple[PictureSpec, ...] = key("几张图片：头一张随文，其余另占图片页", "the first beside the text", default=())
    quote: QuoteSpec | None = key("引语：没有大数字时作主角", "a quotation, the big element where there is no hero", default=None)
    qr: QrSpec | None = key("二维码：印刷扫码，屏幕点开", "a QR code in print, a link on screen", default=None)
    from_: Scalar | None = key("出处：一句话，或“A 第3段”", "where it comes from: words, or `A 第3段`", default=None)


@declared("图的一项", "an item of a chart", "fact: 重大项目.首批投资\nlabel: 首批开工\nsecond: '{重大项目.首批项目}，1月29日'\n")
class ItemKeys:
    span: Span
    fact: Scalar = key("事实：“关键词.事实”", "a fact: “keyword.fact”")
    label: Scalar | None = key("标签，缺省为事实的名目", "its label; default: the fact's", default=None)
    second: Scalar | None = key("标签的第二行", "the label's second line", default=None)
    group: Scalar | None = key("组：同组同色", "items of one group share a colour", default=None)


@declared("图表", "a chart")
class ChartKeys:
    """What all kinds of chart share."""
    span: Span
    title: Scalar = key("标题", "its title")
    id: str = key("编号", "its id", default="")
    note: Scalar | None = key("图注", "its note", default=None)
    keyword: Scalar | None = key("所属关键词的编号", "the id of the keyword it belongs to", default=None)
    from_: Scalar | None = key("出处，缺省为各事实的出处", "where it comes from; default: where its facts do", default=None)


_DATA = "series: [门诊, 住院]\nrows:\n  2022年: [86.0, 约12]\n  2023年: ['{门诊.今年}', —]   # — 为缺数\n"


@declared("数据表", "a table of data", _DATA)
class DataSpec:
    span: Span
    rows: RowsSpec = key(
        "各行：名字与数；可写 超、约、近、逾，缺数写 —，事实写 '{名字}'", "names with numbers, — for none", default=RowsSpec(())
    )
    file: str = key("电子表格或 CSV，代替 rows", "a spreadsheet or CSV, instead of rows", default="")
    range: str = key("其中的区域，如 表1!A3:D8：首列是名字，首行是系列的名字", "its range: names first", default="")
    series: tuple[Scalar, ...] = key("各系列的名字，按列的次序", "the names of the series", default=())
    unit: str = key("单位", "the unit of all its numbers", default="")


@declared("图表", "a chart")
class GridKeys(ChartKeys):
    """What charts of rows and series share."""

    items: tuple[ItemKeys, ...] | None = key("各项：取自事实", "its items, each a fact", default=None)
    data: DataSpec | None = key("数据表，代替 items", "a table, instead of items", default=None)
    highlight: Scalar | None = key("突出的一行：它的名字", "the row that stands out", default=None)


_COLUMN = """\
kind: column
title: 两段开工
keyword: 重大项目
items: [{fact: 重大项目.首批投资, label: 首批开工}, {fact: 重大项目.后续投资, label: 后续新开工}]
"""


@declared("柱图", "a column chart", _COLUMN)
class ColumnKeys(GridKeys):
    kind: Literal["column"] = key("图的种类", "the kind of chart")
    stacked: bool = key("各系列叠成一柱", "series stand on one another", default=False)


@declared("条形图", "bars", "kind: bar\ntitle: 各院住院日\ndata: {unit: 天, rows: {本院: 6.8, 县中医院: 7.1}}\nhighlight: 本院\n")
class BarKeys(GridKeys):
    kind: Literal["bar"] = key("图的种类", "the kind of chart")


@declared("折线图", "lines", "kind: line\ntitle: 五年\ndata: {unit: 万元, rows: {2022年: 2688, 2023年: 3105}}\n")
class LineKeys(GridKeys):
    kind: Literal["line"] = key("图的种类", "the kind of chart")


@declared("构成图", "parts of a whole", "kind: parts\ntitle: 收入构成\ndata: {unit: 万元, rows: {医疗: 18640, 补助: 8215}}\n")
class PartsKeys(GridKeys):
    kind: Literal["parts"] = key("图的种类", "the kind of chart")


_PAIR = "kind: pair\ntitle: 等候缩短\ndata: {unit: 分钟, series: [改造前, 改造后], rows: {取药: [22.6, 9.5]}}\n"


@declared("前后对比图", "the same at two moments", _PAIR)
class PairKeys(GridKeys):
    kind: Literal["pair"] = key("图的种类", "the kind of chart")


_SHARE = "kind: share\ntitle: 占比\nwhole: 甲.全市\npart: 甲.本区\nrest: 甲.其余\nshare: 甲.占比\n"


@declared("占比图", "a share of a whole", _SHARE)
class ShareKeys(ChartKeys):
    kind: Literal["share"] = key("图的种类", "the kind of chart")
    whole: Scalar = key("整体：“关键词.事实”", "the whole: “keyword.fact”")
    part: Scalar = key("部分", "the part")
    rest: Scalar = key("其余", "the rest")
    share: Scalar = key("占比", "the part's percentage")
    part_label: Scalar | None = key("部分的标签", "the part's label", default=None)
    rest_label: Scalar | None = key("其余的标签", "the rest's label", default=None)


@declared("位次图", "a change of rank", "kind: rank\ntitle: 位次上升\nnow: 甲.位次\nbefore: 甲.前次\nof: 100\n")
class RankKeys(ChartKeys):
    kind: Literal["rank"] = key("图的种类", "the kind of chart")
    now: Scalar = key("现位次：“关键词.事实”", "the rank now: “keyword.fact”")
    before: Scalar = key("前位次", "the rank before")
    now_label: Scalar | None = key("现位次的标签", "the present rank's label", default=None)
    before_label: Scalar | None = key("前位次的标签", "the former rank's label", default=None)
    of: int = key("榜单总位数", "how many ranks the list has", default=100, minimum=2, maximum=10000)


@declared("时间轴", "the timeline of all dates", "kind: timeline\ntitle: 十二个月\n")
class TimelineKeys(ChartKeys):
    kind: Literal["timeline"] = key("图的种类", "the kind of chart")


ChartEntry = ColumnKeys | BarKeys | LineKeys | ShareKeys | PartsKeys | RankKeys | PairKeys | TimelineKeys

_SOURCE = """\
publication: {title: 我们的一年, organisation: 某某区}
themes: [{id: 投资, title: 投资与开放}]
keywords: [{title: 重大项目, theme: 投资, body: 重大项目集中上马。}]
charts: [{kind: timeline, title: 十二个月}]
"""


@declared("内容", "what a publication states", _SOURCE)
class SourceSpec:
    span: Span
    publication: HeaderSpec = key("刊物", "the publication itself")
    keywords: tuple[KeywordSpec, ...] = key("关键词", "its keywords")
    themes: tuple[ThemeSpec, ...] = key("主题：册子的篇章、幻灯片的节", "chapters and sections", default=())
    charts: tuple[ChartEntry, ...] = key("图表", "its charts", default=())
