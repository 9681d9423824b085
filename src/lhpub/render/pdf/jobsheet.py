"""The job sheet (印刷交付单) that goes to the print shop with the press file."""

from __future__ import annotations

from lhpub.boxes import Composition
from lhpub.publication.dates import UNDATED
from lhpub.render.pdf.press import PressSettings, press_sheets, separations
from lhpub.units import to_mm

_BLANK = "＿＿＿＿＿＿"


def job_sheet(composition: Composition, settings: PressSettings) -> str:
    """Returns the sheet as text that any Windows shows rightly (byte order mark, CRLF): what the files are and how they are
    made; what only the client and the shop can say is left blank."""
    page, metadata, sheets = composition.pages[0], composition.metadata, press_sheets(composition, settings)
    width, height, bleed = (f"{round(to_mm(v), 1):g}" for v in (page.size.width, page.size.height, page.bleed))
    plates = separations(composition)
    spots = [f"专色 {plate.name}" for plate in plates if not plate.technical]
    finishes = "、".join(plate.name for plate in plates if plate.technical)
    is_imposed = settings.imposition == "saddle"
    creep = f"每帖按纸厚 {to_mm(settings.paper):g} 毫米补偿爬移" if settings.paper else "未补偿爬移"
    rows = {
        "名称": metadata.title,
        "委印单位": metadata.author or _BLANK,
        "联系方式": _BLANK,
        "文件日期": _BLANK if metadata.date == UNDATED.isoformat() else metadata.date,
        "单页文件": f"{metadata.id}-brochure-press.pdf，{len(composition.pages)} 面",
        "拼版文件": f"{metadata.id}-brochure-imposed.pdf，{len(sheets)} 面，{creep}" if is_imposed else "",
        "文件格式": "PDF/X-4（未经专用工具验证，请做印前检查）",
        "成品尺寸": f"{width} × {height} 毫米",
        "页数": f"{len(composition.pages)} 页（含封面）",
        "装订": _binding(composition, settings),
        "出血": f"{bleed} 毫米",
        "标记": "裁切线、套准线、色标、页名，均在出血以外" if settings.marks else "无",
        "油墨": "、".join(["C、M、Y、K", *spots]) + "（双面）",
        "工艺版": f"{finishes}（叠印，不计入墨量）" if finishes else "",
        "单色黑": "文字、线与窄块叠印",
        "墨量上限": f"{settings.ink_limit:g} %",
        "陷印": "文件未做，请印厂处理",
        "输出条件": settings.identifier if settings.is_shops else "未指定（请印厂提供 ICC）",
        "文字": "已转曲" if settings.outlines else "字体已嵌入（子集）",
        **dict.fromkeys(("封面用纸", "内页用纸", "表面工艺", "打样", "印数", "交货日期", "交货地点"), _BLANK),
        "签字": f"委印方 {_BLANK}　承印方 {_BLANK}　日期 {_BLANK}",
    }
    if settings.part != "whole":
        block = f"内文 {metadata.id}-brochure-press.pdf，{len(composition.pages) - 4} 面"
        rows["单页文件"] = f"{block}；封面 {metadata.id}-cover-press.pdf，展开 2 面"
    lines = ["印刷交付单", "", *(f"{key if len(key) > 2 else '　　'.join(key)}：{value}" for key, value in rows.items() if value)]
    if is_imposed:
        lines += ["", "拼版（从外帖到内帖，左｜右）", *(f"　{sheet.name}" for sheet in sheets)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def _binding(composition: Composition, settings: PressSettings) -> str:
    if settings.part != "whole":
        leaves = (len(composition.pages) - 4) // 2
        spine = to_mm(settings.spine(len(composition.pages)))
        return f"胶装；书脊 {spine:.1f} 毫米（{leaves} 张 × {to_mm(settings.paper):g} 毫米，计算值，纸变了请重出封面）"
    if settings.imposition == "saddle":
        return "骑马订（自行拼版请用单页文件）"
    return f"{_BLANK}（单页文件，未拼版）"
