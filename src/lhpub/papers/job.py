"""The job sheet (印刷交付单) that goes to the print shop: what the press files are, what was looked at, what was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lhpub.boxes import Bookmark, Composition, ImageBox, Page, ShapeBox
from lhpub.compose.texts import inked
from lhpub.diagnostics import Diagnostic
from lhpub.papers.paper import FIGURE, NAME, PLAIN, SECTION, STRONG, TITLE, Paper
from lhpub.preflight.checks import resolution
from lhpub.preflight.ground import grounds
from lhpub.preflight.limits import RULE
from lhpub.preflight.printing import (
    breadth,
    drawings,
    drawn_inks,
    from_trim,
    is_black,
    overprints,
    stacked_ink,
    total_ink,
)
from lhpub.publication.model import UNDATED
from lhpub.render.pdf.pictures import is_as_delivered
from lhpub.render.pdf.press import PressSettings, all_inks, press_sheets, separations
from lhpub.text.fonts import FontBook
from lhpub.text.model import Ink, Separation
from lhpub.units import to_mm
from lhpub.walk import every_text, flatten, page_boxes, texts

_LEFT, _RIGHT, _WIDTH = 24.0, 110.0, 174.0
_BLANK = "＿＿＿＿＿＿"
_PROCESS = ("青 C", "品红 M", "黄 Y", "黑 K")
_RECORDS, _LAST_NOTE, _SIGNED = 236.0, 272.0, 241.0
"""Millimetres down the sheet after which records after notes, further notes, and records at all do not begin."""
_FOR_THE_SHOP = {"reversed-type", "near-trim", "tinted-hairline", "press-small-colour", "press-tint-size", "press-alpha",
                 "press-chat-picture", "press-spine-plain", "resolution", "colour-differs", "ink-total",
                 "press-leaf", "press-spine-thin", "ink-undeclared", "press-condition-differs"}  # fmt: skip
_GLUED = {
    is_given: (("书脊", f"{said}，请用实际纸样量"), ("订口", "跨页图文没有为胶订、铣背留量"))
    for is_given, said in ((True, "厚度按填写的纸计"), (False, "没有填纸的厚度，是假定的"))
}
_CONVERTED = {
    (True, True): "图片已按所附 ICC 换算", (True, False): "网点值为所附 ICC 的条件而写",
    (False, True): "没有按贵厂 ICC 换算图片", (False, False): "没有贵厂 ICC",
}  # fmt: skip
"""What is said of colours: whether the profile is the shop's, whether pictures were converted."""
_SHEETS = 12
"""Nested sheets drawn at most."""
_FLAT = 66.0
"""Millimetres that the drawing of the flat cover may be wide."""


def job_sheet(
    composition: Composition, files: Mapping[str, PressSettings], book: FontBook, told: tuple[Diagnostic, ...] = ()
) -> Composition:
    """Returns the sheet as a composition of one page. `files`: the press files' names and settings; `told`: what the build
    has told, of which the shop reads what bears on its work."""
    paper, settings = Paper(book), next(iter(files.values()))
    _head(paper, composition, settings)
    foot = max(_files(paper, composition, files), _flat(paper, composition, settings))
    foot = _inks(paper, composition, foot + 5)
    foot = _looked_at(paper, composition, settings, foot + 6)
    notes, papers = [d.message.zh for d in told if d.code in _FOR_THE_SHOP], [paper]
    if notes and foot + 5 + _noted(Paper(book), notes, 22) - 22 <= _RECORDS:
        foot = _noted(paper, notes, foot + 5)
    elif notes:
        _section(paper, (_LEFT, foot + 5), "请留意", f"程序提示过 {len(notes)} 处，见第 2 页")
        papers.append(_further(book, 2, composition))
        _noted(papers[1], notes, 22)
        foot += 11
    if foot + 5 > _SIGNED:
        papers.append(_further(book, len(papers) + 1, composition))
    _records(papers[-1] if foot + 5 > _SIGNED else paper, 22 if foot + 5 > _SIGNED else foot + 5)
    pages = tuple(one.page("印刷交付单") for one in papers)
    metadata = replace(composition.metadata, title=f"印刷交付单 {composition.metadata.title}")
    return Composition("brochure", metadata, pages, (Bookmark("印刷交付单", "paper", 0),))


def _further(book: FontBook, number: int, composition: Composition) -> Paper:
    """Returns a further page of the sheet with its head."""
    paper = Paper(book, number)
    paper.text((_LEFT, 11), 150, f"印刷交付单　{composition.metadata.title}", NAME)
    paper.rule((_LEFT, 18), _WIDTH, 1)
    return paper


def _head(paper: Paper, composition: Composition, settings: PressSettings) -> None:
    metadata, pages = composition.metadata, composition.pages
    paper.text((_LEFT, 11), 52, "印刷交付单", TITLE, "H1")
    paper.text((78, 12), 90, metadata.title, NAME)
    paper.text((78, 19.5), 90, metadata.author)
    date = metadata.date if metadata.date != UNDATED.isoformat() else _BLANK
    paper.text((172, 14), 26, f"日期 {date}")
    paper.rule((_LEFT, 29), _WIDTH, 1)
    width, height, bleed = (f"{to_mm(v):g}" for v in (pages[0].size.width, pages[0].size.height, pages[0].bleed))
    count, leaves = len(pages), (len(pages) - 4) // 2
    if settings.part == "whole":
        folded = f"双面，自带封面，{count // 4}张套帖" if count % 4 == 0 else "双面，自带封面"
        bound = ("骑马订", "单页文件，未拼版") if count > 2 else ("散页", "不装订")
        counted = (f"{count}页", folded if count > 2 else "")
    else:
        spine = to_mm(settings.spine(count))
        bound, counted = ("无线胶订", f"书脊{spine:.1f}毫米（计算值）"), (f"{count - 4}页＋封面", f"双面，内文{leaves}张")
    size = (f"{width}×{height}毫米", f"出血{bleed}毫米，四边")
    facts = [("成品", *size), ("页数", *counted), ("装订", *bound), ("印数", f"{_BLANK}册", "加放由印厂定")]
    for place, (key, value, note) in enumerate(facts):
        x = _LEFT + place * 44
        paper.text((x, 31), 42, key)
        paper.text((x, 35), 43, value, FIGURE)
        paper.text((x, 42), 42, note) if note else None
    paper.rule((_LEFT, 47.5), _WIDTH, 0.5)


def _files(paper: Paper, composition: Composition, files: Mapping[str, PressSettings]) -> float:
    settings, plates = next(iter(files.values())), separations(composition)
    finishes = "、".join(plate.name for plate in plates if plate.technical)
    marks = "裁切线、套准线、色标在出血外" if settings.marks else "没有标记"
    rows = [
        ("印刷文件", "\n".join([*(_file(name, composition, given) for name, given in files.items()), marks])),
        ("格式", "PDF/X-4" + ("，文字已转曲" if settings.outlines else "，字体已嵌入")),
        ("输出条件", settings.identifier if settings.is_shops else f"ICC {_BLANK}（请印厂给）"),
        ("用纸", f"封面 {_BLANK}\n内页 {_BLANK}"),
        ("表面工艺", finishes or _BLANK),
        ("打样", f"数码样 □　机样 □　份数 {_BLANK}"),
        ("交货", f"{_BLANK} 前　送到 {_BLANK}"),
        ("联系", f"委印 {_BLANK}　承印 {_BLANK}"),
    ]
    paper.text((_LEFT, 50.5), 80, "文件与用纸", SECTION, "H2")
    y = 56.5
    for key, value in rows:
        paper.rule((_LEFT, y), 80)
        paper.text((_LEFT, y + 0.8), 18, key)
        for line in value.split("\n"):
            y = paper.text((_LEFT + 19, y + 0.8), 61, line)
        y += 1
    paper.rule((_LEFT, y), 80)
    return y


def _file(name: str, composition: Composition, settings: PressSettings) -> str:
    count = len(press_sheets(composition, settings))
    creep = f"，已按纸厚 {_leaf(settings)}补爬移" if settings.paper else "，没有补爬移"
    return f"{composition.metadata.id}-{name}.pdf，{count} 面{creep if settings.imposition == 'saddle' else ''}"


def _leaf(settings: PressSettings) -> str:
    return f"{to_mm(settings.paper):g} 毫米" + ("" if settings.is_paper_given else "（没有填，假定的）")


def _flat(paper: Paper, composition: Composition, settings: PressSettings) -> float:
    """Draws the outer sheet flat, to scale: last page, spine, first page; the bleed dashed."""
    pages = composition.pages
    width, height, bleed = (to_mm(v) for v in (pages[0].size.width, pages[0].size.height, pages[0].bleed))
    spine = to_mm(settings.spine(len(pages))) if settings.part != "whole" else 0.0
    paper.text((_RIGHT, 50.5), 88, "封面展开" if len(pages) > 2 else "成品", SECTION, "H2")
    whole = (2 * width if len(pages) > 2 else width) + spine
    scale = min(_FLAT / whole, 50 / height)
    left, top = _RIGHT + (88 - whole * scale) / 2, 60.0
    corner, size = (left - bleed * scale, top - bleed * scale), ((whole + 2 * bleed) * scale, (height + 2 * bleed) * scale)
    paper.frame((*corner, *size), 0.4, (2, 2))
    edges = [0.0, width, width + spine] if len(pages) > 2 else [0.0]
    parts = [("封底", f"{pages[-1].number}", 0.0), ("封面", "1", edges[-1])] if len(pages) > 2 else [("正面", "1", 0.0)]
    for name, number, x in parts:
        paper.frame((left + x * scale, top, width * scale, height * scale), 0.8)
        paper.text((left + x * scale + 2, top + 2), width * scale - 4, f"{name}　第 {number} 页")
    foot = top + height * scale + 2 + bleed * scale
    said = f"成品 {width:g} × {height:g} 毫米，展开 {whole:g} 毫米；虚线是出血。"
    if spine:
        leaves, middle = (len(pages) - 4) // 2, left + (width + spine / 2) * scale
        paper.line((middle, top - bleed * scale - 3), (middle, top - bleed * scale), 0.5)
        paper.text((middle + 1, top - bleed * scale - 4), 40, f"书脊 {spine:.1f} 毫米")
        said += f"书脊＝{leaves}张 × {_leaf(settings)}＝{spine:.1f} 毫米（计算值）；"
        said += "用纸变了，请告知厚度，重出封面。"
    elif len(pages) > 2 and len(pages) % 4 == 0:
        middle, half = left + width * scale, len(pages) // 2
        foot = _stitched(paper, (middle, top, top + height * scale), len(pages) // 4, foot)
        said += f"最里一张是{half}｜{half + 1}页；拼版后每张正反各两页，页码之和{len(pages) + 1}。"
    return paper.text((_RIGHT, foot), 88, said)


def _stitched(paper: Paper, fold: tuple[float, float, float], sheets: int, y: float) -> float:
    """Draws the staples on the fold (x, top, bottom), and beneath it the nested sheets from the side; returns where they end."""
    x, top, bottom = fold
    for place in (top + (bottom - top) / 4, bottom - (bottom - top) / 4):
        paper.line((x, place - 1.2), (x, place + 1.2), 2)
    for sheet in range(min(sheets, _SHEETS)):
        apex, foot = y + 1 + sheet * 0.7, y + 7 + sheet * 0.2
        for side in (-1, 1):
            paper.line((x, apex), (x + side * (34 - sheet * 1.6), foot), 0.5)
    paper.line((x, y), (x, y + 3), 2)
    paper.text((_RIGHT, y), 14, f"{sheets}张")
    return y + 8 + min(sheets, _SHEETS) * 0.2


def _inks(paper: Paper, composition: Composition, y: float) -> float:
    rows = [
        (name, "四色", where, f"单黑的字与细线{_over(composition)}" if at == 3 else "")
        for at, name in enumerate(_PROCESS)
        if (where := _where(composition, at))
    ]
    rows += [
        (plate.name, *(("工艺", where, "叠印，不计墨量") if plate.technical else ("专色", where, _said_over(composition, plate))))
        for plate in separations(composition)
        if (where := _where(composition, plate))
    ]
    spots = [row for row in rows if row[1] == "专色"]
    finishes = sum(row[1] == "工艺" for row in rows)
    kinds = [f"{len(spots)} 种专色" if spots else "没有专色", f"{finishes} 种工艺" if finishes else "没有工艺版"]
    process = sum(row[1] == "四色" for row in rows)
    _section(paper, (_LEFT, y), "油墨", "，".join(filter(None, [f"四色里用 {process} 版", *kinds])))
    y += 6
    paper.rule((_LEFT, y), _WIDTH, 0.8)
    for place, row in enumerate((("名称", "种类", "用在哪里", "注意"), *rows)):
        foot = paper.text((_LEFT, y + 0.8), 7, "版" if not place else str(place))
        for x, words, width in zip((8.0, 44.0, 68.0, 130.0), row, (34, 22, 60, 44), strict=True):
            if words:
                foot = max(foot, paper.text((_LEFT + x, y + 0.8), width, words, STRONG if x == 8 and place else PLAIN))
        y = max(y + 5.4, foot + 0.6)
        paper.rule((_LEFT, y), _WIDTH, 0.3)
    return y


def _said_over(composition: Composition, plate: Separation) -> str:
    told = {overprints(ink) for ink in all_inks(composition) if plate in dict(ink.plates)}
    return "" if True not in told else "叠印" if told == {True} else "有的颜色叠印"


def _over(composition: Composition) -> str:
    """Returns whether black prints over what is beneath, as the layout's colours have it, and what it leaves free."""
    black = [ink for ink in all_inks(composition) if is_black(ink)]
    said = "叠印" if all(overprints(ink) for ink in black) else "叠印，版式写明不叠印的除外"
    finishes = [plate.name for plate in separations(composition) if plate.technical]
    return said + (f"，在{'、'.join(finishes)}版上留空" if finishes and any(ink.overprint is None for ink in black) else "")


def _where(composition: Composition, plate: int | Separation) -> str:
    """Returns the pages that a plate prints on, as ranges; '' for none. Photographs print on all four process plates."""
    numbers = [page.number for page in composition.pages if _prints(page, composition, plate)]
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    if len(ranges) > 6:
        return f"共 {len(numbers)} 页"
    return "第 " + "、".join(f"{r[0]}—{r[-1]}" if len(r) > 1 else str(r[0]) for r in ranges) + " 页" if ranges else ""


def _prints(page: Page, composition: Composition, plate: int | Separation) -> bool:
    inks = all_inks(Composition("brochure", composition.metadata, (page,), masters=composition.masters))
    if isinstance(plate, Separation):
        return any(plate in dict(ink.plates) for ink in inks)
    has_picture = any(isinstance(box, ImageBox) for box in flatten(page_boxes(page, composition)))
    return has_picture or any(ink.build[plate] > 0 for ink in inks)


def _looked_at(paper: Paper, composition: Composition, settings: PressSettings, y: float) -> float:
    sizes, lines = _sizes(composition)
    pages = [(page, list(drawings(page, composition))) for page in composition.pages]
    pictures = [box for _, drawn in pages for box in drawn if isinstance(box, ImageBox)]
    ppi, as_delivered = [resolution(box) for box in pictures], [box for box in pictures if is_as_delivered(box)]
    kept = len({box.data for box in as_delivered})
    near = min((from_trim(page, area, len(pages)) for page, _ in pages for box in texts(page, composition)
                if (area := inked(box))), default=0)  # fmt: skip
    unconverted = f"；{kept} 张 CMYK 图没有可用的 ICC，没有换算" if kept else ""
    converted = len(pictures) > len(as_delivered)
    rule = f"{settings.multiple}的倍数" if settings.multiple > 1 else "不限"
    checked = [
        ("颜色", f"没有 RGB；{_inked(composition, settings)}"),
        ("文字", f"黑字单黑，{_over(composition)}；最小的字 {min(sizes, default=0):g} pt"),
        ("字体", "已转曲" if settings.outlines else "全部嵌入，没有缺字"),
        ("出血", f"碰到裁切边的图文都到出血 {to_mm(composition.pages[0].bleed):g} 毫米"),
        ("细线", f"最细 {min(lines):.2g} pt" if lines else "没有细线"),
        *((("图片", f"{len(ppi)} 张，最低 {min(ppi):.0f} ppi；墨量不超过 {settings.ink_limit:g}%{unconverted}"),) if ppi else ()),
        ("安全", f"文字离裁切边最近 {to_mm(near):.1f} 毫米"),
        ("页数", f"{len(composition.pages)} 页，{rule}"),
    ]
    open_ = [
        ("PDF/X-4", "没有用专用工具验证，请做印前检查"),
        ("陷印", "文件没有做"),
        ("颜色", f"{_CONVERTED[settings.is_shops, converted]}，请打样"),
        *((("爬移", "单页文件没有补"),) if settings.part == "whole" else _GLUED[settings.is_paper_given]),
        ("纸", "厚度、丝向没有核"),
    ]
    feet = []
    looked = ("查过的", "程序查过，写着查到的结果"), ("没有查的", "请印厂查过打钩")
    for x, width, title, sign, rows in ((_LEFT, 84, looked[0], "✓", checked), (_RIGHT + 4, 84, looked[1], "□", open_)):
        _section(paper, (x, y), *title)
        at = y + 6
        for key, value in rows:
            paper.rule((x, at), width)
            paper.text((x, at + 0.8), 5, sign)
            paper.text((x + 6, at + 0.8), 18, key)
            at = paper.text((x + 24, at + 0.8), width - 24, value) + 1
        paper.rule((x, at), width)
        feet.append(at)
    return max(feet)


def _inked(composition: Composition, settings: PressSettings) -> str:
    """Returns how much ink there is; narrow lines may come to more than the limit, and then it says so."""
    panels, lines = _most(composition)
    said = f"文字与色块最高墨量 {max(panels, lines if lines <= settings.ink_limit else 0):.0f}%，上限 {settings.ink_limit:g}%"
    return said + (f"；1 毫米以内的叠印线 {lines:.0f}%，超过上限" if lines > settings.ink_limit + 0.5 else "")


def _sizes(composition: Composition) -> tuple[list[float], list[float]]:
    """Returns the sizes of type and the widths of lines, in points."""
    shown = (run for box in every_text(composition) for line in box.lines for run in line.runs)
    drawn = [box for page in composition.pages for box in drawings(page, composition) if isinstance(box, ShapeBox)]
    widths = [box.stroke_width if box.stroke else breadth(box) for box in drawn if box.stroke or box.fill]
    return [run.size for run in shown if run.glyphs], [width for width in widths if 0 < width <= RULE]


def _most(composition: Composition) -> tuple[float, float]:
    """Returns the most ink on a spot, in percent, that texts and panels on their grounds come to, and narrow lines."""
    panels, lines = [0.0], [0.0]
    for page in composition.pages:
        if page.ground:
            panels.append(total_ink(page.ground.build, page.ground.plates))
        for box, ground in grounds(page, composition):
            under = ground if isinstance(ground, Ink) else None
            panels += [stacked_ink(run.ink, under) for line in box.lines for run in line.runs]
        for shape, most, _ in drawn_inks(page, composition):
            (lines if breadth(shape) <= RULE else panels).append(most)
    return max(panels), max(lines)


def _noted(paper: Paper, notes: list[str], y: float) -> float:
    """Writes what the build has warned of and a press operator should look at, as much as the sheet holds."""
    _section(paper, (_LEFT, y), "请留意", "程序提示过，文件没有改")
    y += 6
    for place, note in enumerate(notes):
        paper.rule((_LEFT, y), _WIDTH)
        if y > _LAST_NOTE:
            return paper.text((_LEFT + 6, y + 0.8), _WIDTH - 6, f"另有 {len(notes) - place} 处") + 1
        paper.text((_LEFT, y + 0.8), 5, "□")
        y = paper.text((_LEFT + 6, y + 0.8), _WIDTH - 6, note) + 1
    paper.rule((_LEFT, y), _WIDTH)
    return y


def _section(paper: Paper, at: tuple[float, float], title: str, note: str = "") -> None:
    paper.text(at, 4.5 * len(title), title, SECTION, "H2")
    if note:
        paper.text((at[0] + 4.5 * len(title) + 2, at[1] + 1.1), 84 - 4.5 * len(title), note)


def _records(paper: Paper, y: float) -> None:
    """Draws room for what is said between client and shop, and the signatures at the foot."""
    _section(paper, (_LEFT, y), "往来记录", "改动、印厂意见、补交的东西，写在这里")
    paper.rule((_LEFT, y + 6), _WIDTH, 0.8)
    for x, name in ((0.0, "日期"), (26.0, "事由"), (142.0, "经手")):
        paper.text((_LEFT + x, y + 6.8), 20, name)
    paper.rule((_LEFT, y + 12), _WIDTH)
    y += 21
    while y < 262:
        paper.rule((_LEFT, y), _WIDTH)
        y += 9
    for place, name in enumerate(("委印方", "日期", "承印方", "日期")):
        x = _LEFT + place * _WIDTH / 4
        paper.frame((x, 270, _WIDTH / 4, 15))
        paper.text((x + 1.5, 271), 40, name)
