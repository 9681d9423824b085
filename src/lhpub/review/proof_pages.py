"""The pages of the proof (校对表): a first page to sign, figures by keyword and by page, texts, charts, what has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from lhpub.boxes import Composition, Metadata
from lhpub.papers.paper import FIGURE, NAME, PLAIN, SECTION, STRONG, TITLE
from lhpub.publication.numerals import to_han
from lhpub.publication.seal import SHOWN
from lhpub.review.changes import wholes
from lhpub.review.ledger import ORDER, Row, data_rows
from lhpub.review.listed import first_place
from lhpub.review.sheets import LEFT, WIDTH, Cell, Look, Pieces, Sheets, heads, marked, struck
from lhpub.text.model import TextStyle

if TYPE_CHECKING:
    from lhpub.review.proof import Proof

_BIG = replace(TITLE, size=30, leading=36)
_KEY, _PRINTED = replace(SECTION, size=11, leading=15), replace(SECTION, leading=15)
_TEXT = replace(PLAIN, size=10, leading=15)
_BOLD = replace(STRONG, size=10, leading=15)
_MARKS = (
    "册 画册页　片 幻灯片　备 备注　簿 图内工作簿　替 替代文字　×2 两次\n"
    "大 大数字　图 图上　轴 时间轴　※ 计算值、推算值"
)
_MOST = 8


def proof_pages(made: Proof) -> Composition:
    """Returns the proof as a composition."""
    sheets = Sheets(made.read.book, "校对表", made.now.line)
    _first(sheets, made)
    _figures(sheets, made)
    _by_page(sheets, made)
    _texts(sheets, made)
    _last(sheets, made)
    publication = made.read.publication
    metadata = Metadata(
        f"{publication.id}-proof", f"校对表 {publication.title}", "", publication.organisation, publication.date.isoformat()
    )
    return sheets.composition(metadata)


def _first(sheets: Sheets, made: Proof) -> None:
    publication, now = made.read.publication, made.now
    sheets.section("首页", "本表由程序从源文件列出，没有人工增删；核完请连同画册打样一并存档")
    sheets.text(Cell(0, 60, "校对表", _BIG), 17)
    sheets.text(Cell(36, 138, publication.title, replace(NAME, size=13)), 18.5)
    sheets.text(Cell(36, 138, f"{publication.subtitle}　{publication.organisation}".strip("　") or " "), 25.5)
    sizes = [f"{'画册' if medium == 'brochure' else '幻灯片'}{len(c.pages)}{'页' if medium == 'brochure' else '张'}"
             for medium, c in made.compositions.items()]  # fmt: skip
    heads = [("稿次", now.name or "未定"), ("日期", now.date or "未定"), ("校验号（只随内容变）", now.seal[:SHOWN]),
             ("上一稿", made.before.line if made.before else "没有"),
             ("源文件", f"{made.source}，{now.source.count(chr(10))}行"), ("印成", "；".join(sizes))]  # fmt: skip
    for at, (key, value) in enumerate(heads):
        x, y = at % 3 * 58 + 1.0 * (at % 3 > 0), 34.0 if at < 3 else 45.5
        sheets.text(Cell(x, 56, key), y + 0.8)
        sheets.text(Cell(x, 56, value, FIGURE if at < 3 else PLAIN), y + (5 if at < 3 else 4.8))
    for y, weight in ((33.5, 0.5), (45.2, 0.3), (56, 0.5)):
        sheets.paper.rule((LEFT, y), WIDTH, weight)
    _counts(sheets, made, 59)
    sheets.y = 79
    _look_first(sheets, made)
    _signatures(sheets)
    _legend(sheets)


def _counts(sheets: Sheets, made: Proof, y: float) -> None:
    figures, dates = made.of("figure"), made.of("date")
    computed, places = sum(row.is_computed for row in figures), sum(len(row.places) for row in figures)
    coarse = sum(not row.nature.startswith(("到日", "起止")) for row in dates)
    moved = sum(change.row.kind == "figure" for change in made.changes)
    counts = [
        (len(figures), "项", f"数字，{places}处", f"其中计算、推算{computed}"),
        (len(dates), "项", "日期", f"其中未到日{coarse}"),
        (len(made.of("text")), "条", "文字", f"画册共{made.characters}字"),
        (len(made.read.publication.charts), "幅", "图表", "数据见末页"),
        (len(made.changes), "处", "与上一稿不同", f"数字{moved}，其余{len(made.changes) - moved}"),
        (len(made.findings), "条", "系统提示", f"计错{made.faults:g}"),
    ]
    for at, (count, unit, *lines) in enumerate(counts):
        numeral = replace(TITLE, size=20, leading=24)
        sheets.text(Cell(at * 29, 29, ((str(count), numeral), (unit, PLAIN)), numeral), y)
        sheets.text(Cell(at * 29, 29, "\n".join(lines)), y + 9)


def urgent(made: Proof) -> list[tuple[Row, str]]:
    """Returns what a person must judge first: changed figures, bounds, status, inferred ones, undated keywords, typed digits."""
    changed = [(change.row, f"{change.row.printed}：上稿 {change.old}，{change.kind}") for change in made.changes
               if change.row.kind in ("figure", "date") and change.kind != "随算"]  # fmt: skip
    figures = made.of("figure")
    asked = [
        *changed,
        *((row, f"{row.printed}：只知下限，请对照原文确认") for row in figures if row.nature == "下限"),
        *((row, f"{row.printed}：{row.status}，付印前请查是否已有定稿") for row in figures if row.status),
        *((row, f"{row.printed}※：推算，原文没有这个数") for row in figures if row.nature == "推算"),
        *((row, f"{row.owner}：原文未注明日期") for row in made.of("date") if row.nature == "未注明"),
    ]
    rows = {row.number: row for row in made.now.rows}
    asked += [
        (rows[number], told.message.zh) for number, told, _ in made.findings if told.code == "typed-figure" and number in rows
    ]
    return [
        (row, next(words for other, words in asked if other.id == row.id)) for row in {row.id: row for row, _ in asked}.values()
    ]


def _look_first(sheets: Sheets, made: Proof) -> None:
    asked = urgent(made)
    heading: Pieces = ((f"先核这{to_han(min(len(asked), _MOST))}项", SECTION), ("　系统判断不了，要人看过才算数", PLAIN))
    sheets.title([Cell(0, 174, heading, SECTION)])
    sheets.again = ()
    for row, words in asked[:_MOST]:
        marks = made.places[row.id]
        where = "　".join(f"{mark} {marks[mark][0]}" for mark in "册片" if mark in marks)
        cells = [Cell(7, 16, row.number, STRONG), Cell(23, 115, words), Cell(138, 36, where, replace(PLAIN, align="right"))]
        sheets.row([cells], Look(least=6.6))
    if len(asked) > _MOST:
        sheets.y = sheets.text(Cell(7, 150, f"另有{len(asked) - _MOST}项，见表中 ● 与状态"), sheets.y + 1)


def _signatures(sheets: Sheets) -> None:
    heading: Pieces = (("签字", SECTION), ("　三校三审各签一格；退改的，在“意见”里写明编号", PLAIN))
    sheets.y = sheets.text(Cell(0, 174, heading, SECTION), sheets.y + 5) + 1
    top, edges = sheets.y, (0.0, 14.0, 28.0, 68.0, 98.0, 174.0)
    rows = [
        ("拟稿", ""),
        *(("校对", n) for n in ("一校", "二校", "三校")),
        *(("审核", n) for n in ("初审", "复审")),
        ("签发", "终审"),
    ]
    height, pitch = 6.0, 10.6
    for x, words in ((30.0, "签名"), (70.0, "日期"), (100.0, "意见")):
        sheets.text(Cell(x, 30, words), top + 1)
    for at, (group, name) in enumerate(rows):
        y = top + height + at * pitch
        if at == 0 or rows[at - 1][0] != group:
            span = sum(other == group for other, _ in rows)
            sheets.text(Cell(2, 14, group, STRONG), y + span * pitch / 2 - 2)
            sheets.paper.rule((LEFT, y), WIDTH, 0.5)
        else:
            sheets.paper.rule((LEFT + 14, y), WIDTH - 14, 0.5)
        if name:
            sheets.text(Cell(16, 12, name), y + 3.2)
        for place, words in enumerate(("同意", "改后同意", "退改") if group != "拟稿" else ()):
            x = 100 + (0, 16, 38)[place]
            sheets.paper.frame((LEFT + x, y + 3.4, 3.4, 3.4), 0.6)
            sheets.text(Cell(x + 4.4, 20, words), y + 3.2)
    whole = height + len(rows) * pitch
    sheets.paper.frame((LEFT, top, WIDTH, whole), 0.5)
    for x in edges[1:-1]:
        skip = height + pitch if x == 14 else 0.0
        sheets.paper.frame((LEFT + x, top + skip, 0.001, whole - skip), 0.25)
    sheets.y = top + whole


def _legend(sheets: Sheets) -> None:
    if sheets.y > 238:
        return
    sheets.y = sheets.text(Cell(0, 82, "怎样读", SECTION), sheets.y + 5) + 1
    sheets.paper.rule((LEFT, sheets.y), WIDTH, 0.5)
    lines = [("□", "与来源相同，打钩；核一处，划去一处"), ("改 限 注", "改了数值、限定词（超、数十）、状态"),
             ("新 删 移 随", "新增、删去、换地方；计算值随别的数改"), ("粗线 删除线", "与上稿不同；上稿写法")]  # fmt: skip
    other = [("※", "计算值或推算值，行内写着算式"), ("册 8×2", "画册第8页，出现两次"), ("片 9图", "第9张幻灯片，在图上"),
             ("源 93 行", "源文件的行")]  # fmt: skip
    top = sheets.y
    for x, rows in ((0.0, lines), (88.0, other)):
        for at, (key, words) in enumerate(rows):
            sheets.text(Cell(x, 22, key, STRONG), top + 1.6 + at * 5)
            sheets.text(Cell(x + 22, 64, words), top + 1.6 + at * 5)


def places_words(marks: Mapping[str, tuple[str, ...]]) -> Pieces:
    """Returns where something stands, to be struck out place by place."""
    made: list[tuple[str, TextStyle]] = []
    for mark in ORDER:
        if mark in marks:
            made += [(("　　" if made else "") + mark, STRONG), ("　".join(marks[mark]), PLAIN)]
    return tuple(made) or (("没有印出", PLAIN),)


def _figures(sheets: Sheets, made: Proof) -> None:
    columns = "0 7 核|7 12 编号|19 62 项目（源文件里的名字）\n出现的地方：每核一处，划去一处|81 36 印作"
    columns += "|117 30 数值 单位\n性质 · 状态|147 27 来源\n源文件行"
    sheets.section("数字与日期：按关键词", _MARKS, heads(columns))
    for owner, held in groupby(made.of("figure", "date"), key=lambda row: row.owner):
        rows = list(held)
        _keyword(sheets, made, owner, rows[0].number)
        for row in rows:
            _figure(sheets, made, row)


def _keyword(sheets: Sheets, made: Proof, owner: str, number: str) -> None:
    """Sets the head of a keyword, with the page on which most of it stands."""
    pages = []
    for mark, words in (("册", "画册第{}页"), ("片", "幻灯片第{}张")):
        own = (row for row in made.now.rows if row.owner == owner)
        seen = Counter(page for row in own for page in made.places[row.id].get(mark, ()) if page.isdigit())
        pages += [words.format(page) for page, _ in seen.most_common(1)]
    name, right = f"{number.partition('-')[0]}　{owner}", replace(PLAIN, align="right")
    sheets.title([Cell(0, 112, name, _KEY), Cell(112, 62, "　".join(pages) or " ", right)])


def _figure(sheets: Sheets, made: Proof, row: Row) -> None:
    change = made.changed.get(row.id)
    printed: Pieces = ((row.printed, _PRINTED), ("※", _TEXT)) if row.is_computed else ((row.printed, _PRINTED),)
    if change and change.old:
        printed += (("\n上稿 ", PLAIN), struck(change.old, PLAIN))
    value = f"{row.value}{row.unit}" if row.kind == "figure" else row.nature
    nature = " · ".join(filter(None, (row.nature, row.status))) if row.kind == "figure" else row.status
    source: Pieces = (
        ((row.source, PLAIN),) if row.source else (("没有来源", STRONG),) if row.kind == "figure" else ((" ", PLAIN),)
    )
    line = f"\n源 {row.line} 行" if row.line else ""
    first = [Cell(7, 12, row.number, STRONG), Cell(19, 60, f"{row.label}（{row.name}）"), Cell(81, 35, printed, _PRINTED),
             Cell(117, 29, f"{value}\n{nature}" if nature else value), Cell(147, 27, (*source, (line, PLAIN)))]  # fmt: skip
    formula: Pieces = ((f"{row.formula}　", PLAIN),) if row.formula else ()
    where = Cell(19, 112, (*formula, *places_words(made.places[row.id])))
    look = Look(changed=change is not None, sign=change.sign if change else "", least=14, line=25)
    sheets.row([first, [where]], look)


def pages_of(made: Proof) -> dict[tuple[str, int], list[tuple[Row, list[str]]]]:
    """Returns the figures of each page, brochure first: the row, and of each occurrence there what it is (大, 图, 轴)."""
    found: dict[tuple[str, int], list[tuple[Row, list[str]]]] = {}
    for mark in "册片":
        for row in made.of("figure"):
            for shown in made.places[row.id].get(mark, ()):
                place, _, count = shown.partition("×")
                page = int("".join(c for c in place if c.isdigit()))
                held = found.setdefault((mark, page), [])
                if not held or held[-1][0] is not row:
                    held.append((row, []))
                held[-1][1].extend([place.lstrip("0123456789")] * int(count or 1))
    return dict(sorted(found.items(), key=lambda item: ("册片".index(item[0][0]), item[0][1])))


def _by_page(sheets: Sheets, made: Proof) -> None:
    """Sets the figures page by page in three columns, a box for each occurrence."""
    legend = "一处一格，拿着画册或幻灯片逐页核。大 大数字　图 图上　轴 时间轴\n※ 计算值或推算值。右边是编号"
    sheets.section("数字：按页索引", legend)
    column, y = 0, sheets.y
    titles = {
        (("册" if medium == "brochure" else "片"), page.number): page.title
        for medium, composition in made.compositions.items()
        for page in composition.pages
    }
    for (mark, page), held in pages_of(made).items():
        tall = 9.0 + sum(5.6 * (1 + (len(uses) - 1) // 3) for _, uses in held)
        if y + tall > 278:
            column, y = column + 1, 18.5
            if column == 3:
                sheets.section("数字：按页索引", legend)
                sheets.bookmarks.pop()
                column = 0
        x = column * 60.0
        name = titles.get((mark, page), "")
        foot = sheets.text(Cell(x, 54, ((f"{mark} {page}", _BOLD), (f"　{name[:14]}", PLAIN)), _BOLD), y)
        sheets.paper.rule((LEFT + x, foot + 0.4), 54, 0.7)
        y = foot + 1.4
        for row, uses in held:
            sheets.text(Cell(x, 27, row.printed + ("※" if row.is_computed else ""), _BOLD), y)
            sheets.text(Cell(x + 41, 13, row.number, replace(PLAIN, align="right")), y + 0.6)
            for at, use in enumerate(uses):
                left, top = x + 27 + at % 3 * 6.6, y + 1.0 + at // 3 * 5.6
                sheets.paper.frame((LEFT + left, top, 3.4, 3.4), 0.6)
                if use:
                    sheets.text(Cell(left + 3.6, 4, use), top - 0.4)
            y += 5.6 * (1 + (len(uses) - 1) // 3)
        y += 2.4


def _texts(sheets: Sheets, made: Proof) -> None:
    sheets.section("文字与提示", "粗下划线 新增　删除线 删去：与上一稿不同之处\n册 画册页　片 幻灯片　备 备注　替 替代文字")
    sheets.y = sheets.text(Cell(0, 100, "提示与差错率", SECTION), sheets.y) + 1
    _rate(sheets, made)
    foot = sheets.y + 46
    for number, told, weight in made.findings:
        words = told.message.zh + (f"\n{told.hint.zh}" if told.hint else "")
        counted = f"{weight:g}" if weight else "不计"
        width = 54.0 if len(sheets.pages) and sheets.y < foot else 126.0
        sheets.row(
            [[Cell(7, 18, number, STRONG), Cell(26, width, words), Cell(26 + width, 12, counted, replace(PLAIN, align="right"))]],
            Look(rule=0),
        )
    sheets.y = max(sheets.y, foot) if sheets.y < foot else sheets.y + 2
    sheets.text(
        Cell(0, 174, "系统计：标点、成对符号、数字用法，每处0.1。系统不计：错字、多漏字、语法、知识、事实，由校对人填。"),
        sheets.y,
    )
    sheets.heads = heads("0 7 核|7 17 编号|24 108 文字：印出来的样子（数字已代入）|132 13 字数|146 28 出现的地方\n源文件行")
    sheets.y += 8
    for owner, held in groupby(made.of("text", "picture"), key=lambda row: row.owner):
        rows = list(held)
        _keyword(sheets, made, owner, rows[0].number)
        for row in rows:
            change = made.changed.get(row.id)
            printed = "（图片）" if row.kind == "picture" else row.printed
            shown: Pieces = ((printed, _TEXT),)
            if change and change.kind != "页序":
                shown = marked(wholes(change.old, made.printed), wholes(change.new, made.printed), _TEXT)
            where = (*places_words(made.places[row.id]), (f"\n源 {row.line} 行", PLAIN))
            cells = [Cell(7, 17, row.number, STRONG), Cell(24, 107, shown, _TEXT),
                     Cell(132, 12, str(len(printed)), replace(PLAIN, align="right")), Cell(146, 28, where)]  # fmt: skip
            sheets.row([cells], Look(changed=change is not None, sign=change.sign if change else "", least=12 if change else 0))


def _rate(sheets: Sheets, made: Proof) -> None:
    """Draws the box with the rate of what a machine can see, and room for what a person counts."""
    top, x = sheets.y + 1, 106.0
    sheets.paper.frame((LEFT + x, top, 68, 41), 0.8)
    lines = [("差错率（仅机器可查部分）", ""), ("系统计错", f"{made.faults:g} 个"), ("校对人计错", "＿＿＿＿ 个"),
             ("字数（画册实排，含标点）", f"{made.characters} 字")]  # fmt: skip
    for at, (key, value) in enumerate(lines):
        sheets.text(Cell(x + 3, 44, key), top + 2 + at * 5)
        if value:
            sheets.text(Cell(x + 40, 25, value, replace(PLAIN, align="right")), top + 2 + at * 5)
    sheets.text(Cell(x + 3, 30, "只按系统计"), top + 25.4)
    sheets.text(Cell(x + 20, 45, f"万分之{made.rate:.2f}", replace(FIGURE, size=16, align="right")), top + 23)
    sheets.text(Cell(x + 3, 64, f"{made.faults:g} ÷ {made.characters} × 10000"), top + 30)
    sheets.text(Cell(x + 3, 64, "加上校对人　万分之＿＿＿＿"), top + 35)


def _last(sheets: Sheets, made: Proof) -> None:
    sheets.section("图表数据、电子表格、变动", "簿 幻灯片图表的工作簿，写的是单元格　※ 计算值、推算值")
    rows = list(data_rows(made.read.publication, made.read.charts, made.now.rows))
    files = {cell.file for cell in made.read.publication.cells}
    charts = [(row[0] if n == 0 or rows[n - 1][0] != row[0] else "", *row[1:5], row[6]) for n, row in enumerate(rows)]
    of_charts = [row for row, whole in zip(charts, rows, strict=True) if whole[0] not in files]
    columns = "0 7 核|7 42 图|49 40 类别|89 32 图上印作|121 18 工作簿|139 19 写的是|158 16 编号"
    _table(sheets, "图表数据", f"{len(made.read.publication.charts)}幅", columns, of_charts)
    if files:
        columns = "0 7 核|7 46 单元格|53 51 行、列的名字|104 24 读到的值|128 30 印作|158 16 编号"
        taken = [(f"{row[0]} {row[5]}", row[1], row[4], row[2], row[6]) for row in rows if row[0] in files]
        _table(sheets, "电子表格", f"{len(taken)}格", columns, taken)
    if made.before:
        moved = []
        for change in (c for c in made.changes if c.row.kind in ("figure", "date")):
            first, rest = first_place(made.places.get(change.row.id, {}))
            old: Pieces = (struck(change.old, PLAIN),) if change.old else (("—", PLAIN),)
            moved.append(
                (change.row.number, old, ((change.new or "—", STRONG),), f"{change.reason or change.kind}　{first}　{rest}")
            )
        columns = "0 7 核|7 17 编号|24 36 上稿|60 36 本稿|96 78 原因与改到的地方"
        _table(sheets, "数字的变动", f"与{made.before.line}相比", columns, moved)
    sheets.heads = ()
    sheets.title([Cell(0, 174, (("人工记录", SECTION), ("　表里没有、或表与画册不符的，写在这里", PLAIN)), SECTION)], 50)
    for _ in range(3):
        sheets.y += 8
        sheets.paper.rule((LEFT, sheets.y), WIDTH)
    counts = [("数字", "figure", "项"), ("日期", "date", "项"), ("文字", "text", "条")]
    whole = "，".join(f"{name}{len(made.of(kind))}{unit}" for name, kind, unit in counts)
    sheets.paper.rule((LEFT, 265), WIDTH, 1)
    sheets.text(Cell(0, 100, (("全表完　", STRONG), (whole, PLAIN))), 267)
    sheets.text(Cell(104, 70, "核毕＿＿＿＿＿＿　日期＿＿＿＿＿＿", replace(PLAIN, align="right")), 267)
    sheets.paper.rule((LEFT, 274), WIDTH, 1)


def _table(sheets: Sheets, name: str, note: str, spec: str, rows: Sequence[Sequence[str | Pieces]]) -> None:
    sheets.heads = ()
    sheets.title([Cell(0, 174, ((name, SECTION), (f"　{note}", PLAIN)), SECTION)], 20)
    columns = heads(spec)
    sheets.row([columns], Look(tick=False, rule=0.5))
    for row in rows:
        sheets.row([[head._replace(words=words or " ") for head, words in zip(columns[1:], row, strict=True)]], Look(least=6.4))
    sheets.y += 5
