"""The job sheet (印刷交付单) that goes to the print shop: what the press files are, what was looked at, what was not."""

from __future__ import annotations

from collections.abc import Mapping

from lhpub.boxes import Bookmark, Composition, ImageBox, Page, ShapeBox
from lhpub.papers.paper import FIGURE, NAME, PLAIN, SECTION, STRONG, TITLE, Paper
from lhpub.preflight.ground import grounds
from lhpub.preflight.printing import drawings, stacked_ink, total_ink
from lhpub.publication.dates import UNDATED
from lhpub.render.pdf.press import PressSettings, all_inks, press_sheets, separations
from lhpub.text.fonts import FontBook
from lhpub.text.model import Ink, Separation
from lhpub.units import to_mm
from lhpub.walk import every_text, flatten, page_boxes

_LEFT, _RIGHT, _WIDTH = 24.0, 110.0, 174.0
_BLANK = "＿＿＿＿＿＿"
_PROCESS = ("青 C", "品红 M", "黄 Y", "黑 K")
_FLAT = 74.0
"""Millimetres that the drawing of the flat cover may be wide."""


def job_sheet(composition: Composition, files: Mapping[str, PressSettings], book: FontBook) -> Composition:
    """Returns the sheet as a composition of one page. `files`: the press files' names and settings."""
    paper, settings = Paper(book), next(iter(files.values()))
    _head(paper, composition, settings)
    foot = max(_files(paper, composition, files), _flat(paper, composition, settings))
    foot = _inks(paper, composition, foot + 5)
    foot = _looked_at(paper, composition, settings, foot + 6)
    _records(paper, foot + 6)
    page = paper.page("印刷交付单")
    return Composition("brochure", composition.metadata, (page,), (Bookmark("印刷交付单", "paper", 0),))


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
    creep = f"，已按纸厚 {to_mm(settings.paper):g} 毫米补爬移" if settings.paper else "，没有补爬移"
    return f"{composition.metadata.id}-{name}.pdf，{count} 面{creep if settings.imposition == 'saddle' else ''}"


def _flat(paper: Paper, composition: Composition, settings: PressSettings) -> float:
    """Draws the outer sheet flat, to scale: last page, spine, first page; the bleed dashed."""
    pages = composition.pages
    width, height, bleed = (to_mm(v) for v in (pages[0].size.width, pages[0].size.height, pages[0].bleed))
    spine = to_mm(settings.spine(len(pages))) if settings.part != "whole" else 0.0
    paper.text((_RIGHT, 50.5), 88, "封面展开" if len(pages) > 2 else "成品", SECTION, "H2")
    whole = (2 * width if len(pages) > 2 else width) + spine
    scale = min(_FLAT / whole, 60 / height)
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
        leaves = (len(pages) - 4) // 2
        said += f"书脊＝{leaves}张 × {to_mm(settings.paper):g} 毫米＝{spine:.1f} 毫米（计算值）；"
        said += "用纸变了，请告知厚度，重出封面。"
    return paper.text((_RIGHT, foot), 88, said)


def _inks(paper: Paper, composition: Composition, y: float) -> float:
    rows = [
        (name, "四色", where, "单黑的字与细线叠印" if at == 3 else "")
        for at, name in enumerate(_PROCESS)
        if (where := _where(composition, at))
    ]
    rows += [
        (plate.name, *(("工艺", where, "叠印，不计墨量") if plate.technical else ("专色", where, "")))
        for plate in separations(composition)
        if (where := _where(composition, plate))
    ]
    paper.text((_LEFT, y), 80, "油墨", SECTION, "H2")
    y += 6
    paper.rule((_LEFT, y), _WIDTH, 0.8)
    for place, row in enumerate((("名称", "种类", "用在哪里", "注意"), *rows)):
        foot = paper.text((_LEFT, y + 0.8), 7, "版" if not place else str(place))
        for x, words, width in zip((8.0, 44.0, 68.0, 130.0), row, (34, 22, 60, 44), strict=True):
            if words:
                foot = max(foot, paper.text((_LEFT + x, y + 0.8), width, words, STRONG if x == 8 and place else PLAIN))
        y = max(y + 6, foot + 0.8)
        paper.rule((_LEFT, y), _WIDTH, 0.3)
    return y


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
        return f"{len(numbers)} 页"
    return "第 " + "、".join(f"{r[0]}—{r[-1]}" if len(r) > 1 else str(r[0]) for r in ranges) + " 页" if ranges else ""


def _prints(page: Page, composition: Composition, plate: int | Separation) -> bool:
    inks = all_inks(Composition("brochure", composition.metadata, (page,), masters=composition.masters))
    if isinstance(plate, Separation):
        return any(plate in dict(ink.plates) for ink in inks)
    has_picture = any(isinstance(box, ImageBox) for box in flatten(page_boxes(page, composition)))
    return has_picture or any(ink.build[plate] > 0 for ink in inks)


def _looked_at(paper: Paper, composition: Composition, settings: PressSettings, y: float) -> float:
    sizes, lines = _sizes(composition)
    rule = f"{settings.multiple}的倍数" if settings.multiple > 1 else "不限"
    checked = [
        ("颜色", f"没有 RGB；文字与色块最高墨量 {_most(composition):.0f}%，上限 {settings.ink_limit:g}%"),
        ("文字", f"黑字单黑叠印；最小的字 {min(sizes, default=0):g} pt"),
        ("字体", "已转曲" if settings.outlines else "全部嵌入，没有缺字"),
        ("出血", f"碰到裁切边的图文都到出血 {to_mm(composition.pages[0].bleed):g} 毫米"),
        ("细线", f"最细 {min(lines, default=0):g} pt"),
        ("页数", f"{len(composition.pages)} 页，{rule}"),
    ]
    open_ = [
        ("PDF/X-4", "没有用专用工具验证，请做印前检查"),
        ("陷印", "文件没有做"),
        ("颜色", "已按所附 ICC 换算图片，请打样" if settings.is_shops else "没有按贵厂 ICC 换算，请打样"),
        ("爬移", "单页文件没有补") if settings.part == "whole" else ("书脊", "厚度按填写的纸计，请用实际纸样量"),
        ("纸", "厚度、丝向没有核"),
    ]
    feet = []
    for x, width, title, sign, rows in ((_LEFT, 84, "查过的", "✓", checked), (_RIGHT + 4, 84, "没有查的", "□", open_)):
        paper.text((x, y), width, title, SECTION, "H2")
        at = y + 6
        for key, value in rows:
            paper.rule((x, at), width)
            paper.text((x, at + 0.8), 5, sign)
            paper.text((x + 6, at + 0.8), 18, key)
            at = paper.text((x + 24, at + 0.8), width - 24, value) + 1
        paper.rule((x, at), width)
        feet.append(at)
    return max(feet)


def _sizes(composition: Composition) -> tuple[list[float], list[float]]:
    """Returns the sizes of type and the widths of lines, in points."""
    shown = (run for box in every_text(composition) for line in box.lines for run in line.runs)
    drawn = [box for page in composition.pages for box in drawings(page, composition) if isinstance(box, ShapeBox)]
    return [run.size for run in shown if run.glyphs], [box.stroke_width for box in drawn if box.stroke and box.stroke_width]


def _most(composition: Composition) -> float:
    """Returns the most ink on a spot that colours and texts on their grounds come to, in percent."""
    most = max((total_ink(ink.build, ink.plates) for ink in all_inks(composition)), default=0.0)
    for page in composition.pages:
        for box, ground in grounds(page, composition):
            under = ground if isinstance(ground, Ink) else None
            most = max([most, *(stacked_ink(run.ink, under) for line in box.lines for run in line.runs)])
    return most


def _records(paper: Paper, y: float) -> None:
    """Draws room for what is said between client and shop, and the signatures at the foot."""
    paper.text((_LEFT, y), 60, "往来记录", SECTION, "H2")
    paper.rule((_LEFT, y + 6), _WIDTH, 0.8)
    y += 15
    while y < 262:
        paper.rule((_LEFT, y), _WIDTH)
        y += 9
    for place, name in enumerate(("委印方", "日期", "承印方", "日期")):
        x = _LEFT + place * _WIDTH / 4
        paper.frame((x, 270, _WIDTH / 4, 15))
        paper.text((x + 1.5, 271), 40, name)
