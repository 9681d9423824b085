"""What an editor calls the places of a file: boxes by their names, properties, what is compared of a chart."""

from __future__ import annotations

import re

from lhpub.diagnostics import Bilingual

_PARTS = {
    "title": ("标题", "title"), "subtitle": ("副题", "subtitle"), "organisation": ("单位", "organisation"),
    "year": ("年份", "year"), "number": ("编号", "number"), "index": ("编号", "number"), "numeral": ("编号", "number"),
    "date": ("日期", "date"), "lead": ("导语", "headline"), "body": ("正文", "body"), "hero": ("大数字", "big figure"),
    "caption": ("说明", "caption"), "rows": ("要点", "points"), "points": ("要点", "points"), "note": ("图注", "note"),
    "source": ("资料来源", "source"), "page": ("页码", "page number"), "running": ("书眉", "running head"),
    "chart": ("图", "chart"), "chart-title": ("图题", "chart’s title"), "key": ("图例", "key"), "stamp": ("稿次", "draft"),
    "keyword": ("关键词", "keyword"), "label": ("标签", "label"), "quote": ("引语", "quotation"), "photo": ("图片", "picture"),
    "picture": ("图片", "picture"), "qr": ("二维码", "QR code"), "备注": ("备注", "notes"),
}  # fmt: skip
_OWNERS = {
    "column": ("柱图", "column chart"), "bar": ("条形图", "bar chart"), "line": ("折线图", "line chart"),
    "share": ("占比图", "share chart"), "parts": ("构成图", "chart of parts"), "rank": ("位次图", "rank chart"),
    "pair": ("前后图", "pair chart"), "timeline": ("时间轴", "timeline"), "cover": ("封面", "cover"), "back": ("封底", "back"),
    "closing": ("结束页", "last slide"), "overview": ("总览", "overview"), "contents": ("目录", "contents"),
    "foreword": ("卷首", "foreword"), "divider": ("主题页", "theme’s slide"), "draft": ("稿次", "draft"),
}  # fmt: skip
_FACTS = {
    "slides": ("张数", "number of slides"), "hidden": ("隐藏的幻灯片", "hidden slide"), "节": ("分节", "section"),
    "版式": ("所用的版式", "layout"), "页面": ("页面大小", "size of the page"), "页码": ("页码标签", "page label"),
    "篇": ("分篇", "part"), "阅读次序": ("阅读次序", "reading order"), "图形": ("图形", "drawing"),
    "title": ("文件属性“标题”", "the property title"), "subject": ("文件属性“主题”", "the property subject"),
    "creator": ("文件属性“作者”", "the property author"), "keywords": ("文件属性“关键词”", "the property keywords"),
}  # fmt: skip
CHART = {
    "series": ("数值", "values"), "categories": ("类别名", "categories"), "header": ("系列名", "series’ name"),
    "format": ("标签的数字格式", "labels’ number format"), "labels": ("标不标数字", "labels"),
    "rich": ("手打的标签", "typed labels"),
    "axis": ("数轴", "axis"), "form": ("图的种类与排列", "kind of plot"), "log axis": ("对数轴", "logarithmic axis"),
    "hidden cells": ("隐藏的数据", "hidden data"), "title": ("图题", "title"), "order": ("次序", "order"),
    "beside the series": ("图例、趋势线等", "keys and lines beside"), "axis format": ("数轴的数字格式", "axis’ number format"),
    "place": ("绘图区的位置", "place of the plot"), "colour": ("颜色", "colour"), "workbook": ("内嵌工作簿", "workbook"),
}  # fmt: skip
"""What is compared of a chart, by the names that the comparison has for it."""


def called(name: str) -> Bilingual:
    """Returns what an editor calls a box: `重大项目/body` → “重大项目”的正文; a name that a designer gave stays, in quotes."""
    if not name:
        return Bilingual("没有名字的一处", "a shape without a name")
    *owners, last = name.split("/")
    last = last if last in _PARTS else re.sub(r"-[\d.].*$", "", last)
    drawn = ("字", "words") if owners and owners[0] in _OWNERS else (f"“{last}”", f"“{last}”")
    zh, en = _PARTS.get(last) or _OWNERS.get(last) or drawn
    held = [_OWNERS.get(owner) or (f"“{owner}”", f"“{owner}”") for owner in owners if owner]
    return Bilingual("".join(one for one, _ in held) + "的" * bool(held) + zh, ", ".join([*(one for _, one in held), en]))


def property_called(name: str) -> Bilingual:
    """Returns what an editor calls what is stated of a page or of the whole file (`Info Title`, `slides`)."""
    place, _, key = name.rpartition(" ")
    zh, en = _FACTS.get(name) or _FACTS.get(key.lower()) or (name, name)
    return Bilingual(f"{zh}（{place}）", f"{en} ({place})") if place and name not in _FACTS else Bilingual(zh, en)


_FILES = (
    (r"ppt/slides/slide(\d+)\.xml", "第 {} 张", "slide {}"),
    (r"ppt/notesSlides/notesSlide(\d+)\.xml", "第 {} 张的备注", "notes {}"),
    (r"ppt/slideLayouts/.*?(\d+)\.xml", "版式 {}", "layout {}"), (r"ppt/slideMasters/.*?(\d+)\.xml", "母版 {}", "master {}"),
    (r"ppt/charts/.*?(\d+)\.xml", "图表 {}", "chart {}"), (r"ppt/embeddings/\D*(\d+)\.xlsx", "图表 {} 的工作簿", "workbook {}"),
    (r"ppt/theme/\S*", "主题的颜色与字体", "the theme"), (r"docProps/\S*|properties", "文件属性", "the file’s properties"),
    (r"ppt/media/\S*", "图片", "a picture"), (r"ppt/presentation\S*", "放映设置", "settings of the show"),
    (r"page (\d+)", "第 {} 页", "page {}"), (r"document", "整个文件的设置（书签、标签等）", "settings of the whole file"),
)  # fmt: skip


def part_called(place: str) -> Bilingual:
    """Returns what an editor calls a part of a file, with the name of the part for who looks into it."""
    for pattern, zh, en in _FILES:
        if match := re.match(pattern, place):
            number = match[1] if match.groups() else ""
            return Bilingual(f"{zh.format(number)}（{place}）", f"{en.format(number)} ({place})")
    return Bilingual(place, place)


def told_apart(stated: str, written: str) -> Bilingual:
    """Returns how what is written differs from what was to be."""
    if not stated:
        return Bilingual(f"多出“{written}”，来源里没有", f"“{written}” is not in the source")
    if not written:
        return Bilingual(f"缺“{stated}”", f"“{stated}” is missing")
    return Bilingual(f"写的是“{written}”，应为“{stated}”", f"it reads “{written}”, not “{stated}”")


def first_apart(stated: object, written: object) -> tuple[str, str]:
    """Returns the first thing in which two values, lists or tables of cells differ."""
    if isinstance(stated, dict) and isinstance(written, dict):
        cell = next((key for key in sorted({*stated, *written}) if stated.get(key) != written.get(key)), "")
        return tuple(f"{cell} {held[cell]}" if cell in held else "" for held in (stated, written))  # type: ignore[return-value]
    if isinstance(stated, list | tuple) and isinstance(written, list | tuple):
        for one, other in zip(stated, written, strict=False):
            if one != other:
                return first_apart(one, other)
        rest = [next(iter(held[min(len(stated), len(written)) :]), "") for held in (stated, written)]
        return str(rest[0]), str(rest[1])
    return str(stated), str(written)
