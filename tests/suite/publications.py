"""Sources of other sizes than the sample, as an editor might write them."""

TWELVE_LINES = """\
publication: {title: 我们的一年, organisation: 某某区, date: 2024-01-15}
keywords:
  - title: 重大项目
    date: 2023-01-29
    body: 首批{首批}重大项目集中上马，总投资{投资}。
    facts:
      首批: {label: 首批集中上马的重大项目, value: 32, unit: 个}
      投资: {label: 首批总投资, value: 535.8, unit: 亿元}
    hero: 投资
  - title: 数字孪生
    date: 2023-11-14
    body: 数字孪生城市平台正式发布。
"""

BARE = "publication: {title: 二十个关键词, organisation: 某某区, date: 2024-01-15}\nkeywords:\n" + "".join(
    f"  - {{title: 关键词{name}, body: 这一年里与{name}有关的工作稳步推进，平台启用，企业入驻，服务到位，成果不断显现。}}\n"
    for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
)

ONE = "publication: {title: 一个关键词, organisation: 某某区, date: 2024-01-15}\nkeywords:\n  - {title: 开工, body: 项目开工。}\n"


def many(count: int, themes: int) -> str:
    """Returns a source of so many keywords, in so many themes (0: none)."""
    lines = ["publication: {title: 很多关键词 一本画册, organisation: 某某区, date: 2024-01-15}"]
    if themes:
        lines.append("themes:")
        lines += [f"  - {{id: t{i}, title: 主题{han}, lead: 这一组关键词记录这一年的工作。}}" for i, han in enumerate("甲乙丙丁戊"[:themes])]
    lines.append("keywords:")
    for i in range(count):
        name = "甲乙丙丁戊己庚辛壬癸"[i // 10] + "子丑寅卯辰巳午未申酉"[i % 10]
        lines += [
            f"  - title: 关键词{name}",
            f"    date: 2023-{i % 12 + 1:02d}-{i % 28 + 1:02d}",
            f"    headline: {name}工作取得进展。",
            f"    body: 这一年，{name}工作启动，共完成{{数}}项目，平台启用，企业入驻，服务到位。",
            f"    facts: {{数: {{label: 完成的项目, value: {i + 3}, unit: 个}}}}",
        ]
        if themes:
            lines.append(f"    theme: t{i * themes // count}")
        if i % 3 == 0:
            lines.append("    hero: 数")
    return "\n".join(lines) + "\n"
