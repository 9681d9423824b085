"""Classes of characters as data (clreq §3.1, GB/T 15834-2011 5.1, JIS X 4051 for kana). A class is one letter, so
that a text's classes are a string and its units are found by regular expressions.

O opening  C closing  A inner stop  B sentence stop  E ！？  G a pair of these  M interpunct  N connector  n half an em
wide  S solidus  D dash or ellipsis as a unit (d e: their characters)  P prefix  p not full-width  Q suffix  q not
full-width  U digit  L letter  o c ASCII opening, closing  l other Latin sign  H Han  K Han that begins no line (々, small
kana)  Y other full-width sign  W space  w no-break space  v space that gives way to the gap between Han and Latin
Z full-width space  X line end  I joins what is before it  T raised (a note mark)  F framed
"""

from __future__ import annotations

import unicodedata

OPENING = "‘“〈《「『【〔〖（［｛"
CLOSING = "’”〉》」』】〕〗）］｝"
QUOTES = "‘’“”"
"""Shared with Latin: Chinese where the font draws them one em wide (typst#794)."""
WORD = "LUloc"
"""Classes that a word or number is made of."""

_LISTED = {
    "O": OPENING,
    "C": CLOSING,
    "A": "，、；：",
    "B": "。．",
    "E": "！？",
    "M": "·‧・",
    "N": "～",
    "n": "–-",
    "S": "/／",
    "D": "\u2e3a",
    "d": "—",
    "e": "…⋯",
    "P": "￥＄№＃",
    "p": "¥$€£#§",
    "Q": "％℃℉",
    "q": "%‰°′″",
    "U": "0123456789",
    "L": "²³¹",
    "o": "([{",
    "c": ")]},.:;!?",
    "l": "×÷±−",
    "K": "々〻ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "H": "〇",
    "W": " \t",
    "w": "\u00a0\u202f",
    "Z": "\u3000",
    "X": "\n",
}


def classify(character: str) -> str:
    """Returns the class of one character."""
    code = ord(character)
    if 0x3380 <= code <= 0x33DF:
        return "Q"
    category, wide = unicodedata.category(character), unicodedata.east_asian_width(character) in "WF"
    if category in ("Mn", "Me", "Cf", "Cc"):
        return "I"
    if category[0] == "L":
        return "Y" if 0xFF00 <= code <= 0xFFEF else "H" if wide else "L"
    if category == "Nd" and not wide:
        return "U"
    if category == "Zs":
        return "W"
    return "l" if unicodedata.east_asian_width(character) in ("N", "Na", "H") else "Y"


class _Classes(dict[int, str]):
    """Code point → class, as `str.translate` wants it; learns what is not listed."""

    def __missing__(self, code: int) -> str:
        self[code] = found = classify(chr(code))
        return found


CLASSES = _Classes({ord(character): name for name, characters in _LISTED.items() for character in characters})

MAGNITUDES = "十百千万亿兆"
COUNTERS = """
年 月 日 号 时 小时 点 分钟 分 秒 天 周 季度 世纪 岁 平方公里 平方千米 平方米 立方米 公里 千米 米
厘米 毫米 公顷 亩 吨 公斤 千克 克 升 千瓦时 千瓦 兆瓦 度 亿元 万元 元 亿美元 万美元 美元 亿人次 万人次 人次 人 户 家 个
项 场 名 位 次 条 座 所 处 片 栋 幢 间 套 台 辆 架 艘 列 班 届 期 批 轮 类 种 级 层 倍 成 件 份 本 册 页 篇 章 节 句 字 支 只
头 株 棵 颗 块 张 面 幅 段 组 对 双 队 团 门 路 字节 比特 像素 号线 大 强 帧
"""
"""Measure words and units that stay with their number (GB/T 15835 protects the number; house practice this)."""
LATIN_UNITS = """
mm cm dm m km nm µm m² m³ km² cm² ha g kg mg t s ms min h d kW MW GW kWh MWh W V A Hz kHz MHz GHz dB K Pa kPa MPa J kJ
mL ml L l bit kb Mb Gb KB MB GB TB PB pt px dpi ppi USD CNY RMB EUR
"""
"""Unit symbols that stay with the number before them (25 kg)."""
