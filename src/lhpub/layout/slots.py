"""The words that a layout's texts may take in braces, and the parts that its conditions may ask for: the closed
vocabulary between content and layout. `compose.scope` gives each its content."""

from __future__ import annotations

import re

SLOTS: dict[str, str] = {
    "publication.title": "书名（空格处可换行）",
    "publication.subtitle": "副题",
    "publication.organisation": "机构（空格处可换行）",
    "publication.year": "年份",
    "publication.date": "日期，如 2024年1月15日",
    "keywords.count": "关键词个数",
    "keywords.han": "关键词个数（汉字）",
    "themes.count": "主题个数",
    "themes.han": "主题个数（汉字）",
    "foreword.title": "卷首标题",
    "foreword.body": "卷首正文",
    "credits": "资料来源各行",
    "credits.first": "资料来源第一行",
    "imprint": "版权各行",
    "imprint.line": "版权各项，连成一行",
    "imprint.notice": "内部资料的封面：内部资料，免费交流",
    "imprint.licence": "内部资料的封面：准印证号",
    "notice.NAME": "source 中 notices 的一条",
    "theme.title": "主题名",
    "theme.number": "主题序号",
    "theme.han": "主题序号（汉字）",
    "theme.lead": "主题导语",
    "theme.page": "主题所在页",
    "theme.keywords": "主题的各关键词，以顿号相连",
    "theme.count": "主题有几个关键词",
    "theme.range": "主题的关键词编号：02至05；只有一个则写一个",
    "theme.again": "主题名，续页加（续）",
    "theme.months": "主题跨哪几个月",
    "groups.count": "分成几组",
    "groups.han": "分成几组（汉字）",
    "keyword.title": "关键词",
    "keyword.number": "关键词编号（两位）",
    "keyword.date": "日期",
    "keyword.day": "日期中的日（29日、上旬起；只知月份的写日未详）",
    "keyword.headline": "要点句",
    "keyword.body": "正文",
    "keyword.brief": "短正文",
    "keyword.text": "要点句、短正文（没有则正文）、要点，一条一段",
    "keyword.hero_caption": "大数字说明",
    "keyword.quote": "引语",
    "keyword.quote_by": "引语的说话人与场合",
    "keyword.saying": "引语，在正文里的也算：给不印正文的版式",
    "keyword.saying_by": "它的说话人与场合",
    "keyword.source": "资料来源：关键词与各事实的出处",
    "keyword.points": "要点，一条一段",
    "keyword.timeline": "时间轴短句；配 spaces: break，在内容写了空格处换行",
    "count.text": "所数之物的数字（dots 的 count）",
    "count.label": "所数之物",
    "event.date": "事件日期（repeat events）",
    "event.label": "事件",
    "point.label": "要点的左栏（repeat points）",
    "point.text": "要点（repeat points）",
    "line": "一条资料来源或版权行（repeat credits、imprint）",
    "item": "第几项（repeat）",
    "keyword.page": "关键词所在页",
    "keyword.anchor": "关键词锚点（仅用于 link）",
    "theme.anchor": "主题锚点（仅用于 link）",
    "chart.title": "图题",
    "chart.note": "图注",
    "chart.headlines": "图中各关键词的要点句",
    "chart.numbers": "图中关键词的编号",
    "chart.undated": "时间轴以外：未注明日期的关键词",
    "fact.label": "数字说明",
    "fact.text": "数字（带单位）",
    "picture.caption": "图片说明与图：署名",
    "qr.caption": "二维码的图说；屏幕上点开它的网址",
    "cover.caption": "封面图片说明与图：署名",
    "theme.caption": "主题图片说明与图：署名",
    "part": "续页的序号（二）（三）……，首页没有",
    "rest": "前一页放不下、续到这里的文字（more）",
    "page": "本页页码",
    "page.of.NAME": "锚点 NAME 所在页",
}
PARTS: dict[str, str] = {
    "foreword": "有卷首语",
    "credits": "有资料来源",
    "imprint": "有版权行",
    "internal": "是内部资料（imprint 里写 kind）",
    "year": "有年份",
    "themes": "有主题",
    "theme": "本页属于一个主题",
    "headline": "有要点句",
    "body": "有正文",
    "brief": "有短正文",
    "hero": "有大数字",
    "date": "有日期",
    "points": "有要点",
    "picture": "有图片",
    "landscape": "图片为横（宽高比 1.35 以上）",
    "square": "图片近方（0.8 至 1.35）",
    "portrait": "图片为竖（0.8 以下）",
    "cover": "有封面图片",
    "theme.picture": "主题有图片",
    "logo": "有标识",
    "qr": "有二维码（关键词页上：关键词有）",
    "quote": "有引语",
    "saying": "有引语，在正文里的也算",
    "sources": "有注明的出处",
    "count": "有可逐个画出之数（40 以内）",
    "first": "页上第一个关键词（stack）",
    "theme.last": "是最后一个主题",
    "vague": "本组（无组则全部）有只知月、旬的日期；在 repeat events 里：这个日期只知月、旬",
    "undated": "本组（无组则全部）有未注明日期的",
    "chart": "有图表",
    "part": "是续页",
    "timeline": "有注明日期的关键词",
    "rank.N": "位次图的当前位次不小于 N",
    "month.N": "关键词的日期在 N 月或以后（repeat 的 when、unless）",
    "events.N": "关键词至少有 N 个日期",
    "glance.N": "全年数字至少 N 个",
    "credits.N": "资料来源至少 N 行",
    "points.N": "要点至少 N 条",
    "names.N": "可画的名单（names）至少 N 个名字",
    "named": "这一条要点只是可画的名单（repeat points）",
    "pictures.N": "图片至少 N 张",
    "figures": "有要点，条条只是一个数字",
    "fact": "这一项有数字（repeat）",
    "item.N": "是第 N 项（repeat）",
    "calendar": "六栏以上的纸，全年的日期排得进月历（一月里不过八个）",
    "total.N": "关键词共至少 N 个",
    "kind.NAME": "图表是这一种（column、share……）",
    "columns.N": "纸宽至少 N 栏（fields）",
    "keywords.N": "本组（无组则全部）关键词至少 N 个",
    "notice.NAME": "有 notices 的这一条",
}
REFERENCE = re.compile(r"\{([^{}]*)\}")


def is_slot(name: str) -> bool:
    """True if a text may take this word."""
    return name in SLOTS or bool(re.fullmatch(r"(notice|page\.of)\.[\w-]+", name))


def is_part(name: str) -> bool:
    """True if a condition may ask for this part."""
    head, _, rest = name.partition(".")
    counted = (f"{head}.N", f"{head}.NAME") if rest.isdecimal() else (f"{head}.NAME",) if rest else ()
    return any(one in PARTS for one in (name, *counted))


def reference_tables() -> str:
    """Returns the tables of slots and parts for the reference page, in Chinese Markdown."""
    tables = (
        ("文字里可写的内容", "写在 text、link、bookmark、anchor 的 {…} 里", SLOTS),
        ("条件", "写在 when、unless、needs 里", PARTS),
    )
    sections = []
    for title, words, entries in tables:
        rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in entries.items())
        sections.append(f"## {title}\n\n{words}。\n\n| 名字 | 意思 |\n|---|---|\n{rows}\n")
    return "\n" + "\n".join(sections)
