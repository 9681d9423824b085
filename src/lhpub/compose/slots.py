"""The placeholders of a slide layout, from the frames of a slide master."""

from __future__ import annotations

from lhpub.boxes import Slot
from lhpub.compose.studio import Studio
from lhpub.layout.at import resolve
from lhpub.layout.frame import Frame
from lhpub.layout.model import Master, all_frames
from lhpub.text.model import ASCENT
from lhpub.units import Rect

PROMPTS = {
    "title": "标题", "number": "编号", "date": "日期", "lead": "要点句", "body": "正文", "hero": "数字", "caption": "数字说明",
    "rows": "要点", "chart": "图表", "note": "注", "source": "资料来源", "page": "页码", "picture": "图片", "year": "年份",
    "organisation": "机构", "subtitle": "副题", "numeral": "序号", "credit": "资料来源",
    "day": "日期",
}  # fmt: skip
"""What an empty placeholder says in PowerPoint."""


def master_slots(master: Master, studio: Studio) -> tuple[Slot, ...]:
    """Returns a slot for each frame of the master that holds content of its own, once a name."""
    slots: dict[str, Slot] = {}
    for frame in all_frames(master, studio.medium):
        slot = _slot(frame, studio)
        if slot is not None:
            slots.setdefault(slot.name, slot)
    return tuple(slots.values())


def _slot(frame: Frame, studio: Studio) -> Slot | None:
    rect, prompt = resolve(frame.at, studio.area(2)), PROMPTS.get(frame.name, frame.name)
    if frame.rows is not None:
        style = studio.layout.style(frame.rows.value_style)
        return Slot(frame.name, "tbl", rect, style, prompt)
    if frame.chart is not None:
        return Slot(frame.name, "chart", rect, None, prompt)
    if frame.picture:
        return Slot(frame.name, "pic", rect, None, prompt)
    if (frame.text is None and frame.hero is None) or frame.placeholder == "none":
        return None
    style = studio.layout.style(frame.style, frame.colour)
    if frame.hero is not None or (frame.hang == "baseline" and not frame.vertical):
        size = frame.hero.ladder[0][0] if frame.hero else style.size
        rect = Rect(rect.x, rect.y - ASCENT * size, rect.width, rect.height or size)
    rect = rect if rect.height else Rect(rect.x, rect.y, rect.width, style.size)
    if frame.vertical and not rect.width:
        rect = Rect(rect.x - style.leading / 2 * (frame.hang == "baseline"), rect.y, style.leading, rect.height)
    kinds = {"title": "title", "body": "body", "number": "sldNum", "footer": "ftr", "date": "dt"}
    hang = "columns" if frame.vertical else "middle" if frame.inside else frame.hang.replace("baseline", "top")
    return Slot(frame.name, kinds[frame.placeholder], rect, style, prompt, hang)  # type: ignore[arg-type]
