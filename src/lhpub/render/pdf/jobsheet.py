"""The job sheet (印刷交付单) that goes to the print shop with the press file."""

from __future__ import annotations

from lhpub.boxes import Composition
from lhpub.publication.dates import UNDATED
from lhpub.render.pdf.press import PressSettings, all_inks, press_sheets
from lhpub.units import to_mm

_BLANK = "＿＿＿＿＿＿"


def job_sheet(composition: Composition, settings: PressSettings) -> str:
    """Returns the sheet as plain text: size, pages, binding, inks, profile; stock and run left blank to fill in."""
    page, metadata = composition.pages[0], composition.metadata
    width, height, bleed = (
        f"{round(to_mm(length), 1):g}" for length in (page.size.width, page.size.height, page.bleed)
    )
    spots = dict.fromkeys(ink.spot for ink in all_inks(composition) if ink.spot)
    is_imposed = settings.imposition == "saddle"
    rows = {
        "名称": metadata.title,
        "委印单位": metadata.author or _BLANK,
        "文件日期": _BLANK if metadata.date == UNDATED.isoformat() else metadata.date,
        "文件格式": "PDF/X-4（未经专用工具验证，请做印前检查）",
        "成品尺寸": f"{width} × {height} 毫米",
        "页数": f"{len(composition.pages)} 页（含封面）",
        "装订": "骑马订（已拼版，含爬移补偿）" if is_imposed else f"{_BLANK}（单页文件，未拼版）",
        "出血": f"{bleed} 毫米",
        "标记": "裁切线、套准线、色标，均在出血以外" if settings.marks else "无",
        "油墨": "、".join(["C、M、Y、K", *(f"专色 {spot}" for spot in spots)]),
        "黑色文字": "单色 K，叠印",
        "输出条件": settings.condition or "未指定（请印厂提供 ICC）",
        "文字": "已转曲" if settings.outlines else "字体已嵌入（子集）",
        "用纸": _BLANK,
        "印数": _BLANK,
        "交货日期": _BLANK,
    }
    lines = ["印刷交付单", "", *(f"{key}：{value}" for key, value in rows.items())]
    if is_imposed:
        lines += ["", "拼版（从外帖到内帖，左｜右）："]
        for place, sheet in enumerate(press_sheets(composition, settings)):
            left, right = (placement.page.number for placement in sheet.placements)
            lines.append(f"  第 {place // 2 + 1} 帖{'反面' if place % 2 else '正面'}：{left}｜{right}")
    return "\n".join(lines) + "\n"
