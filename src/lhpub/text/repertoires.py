"""The sets of characters that fonts are asked for."""

from __future__ import annotations

from importlib import resources

_EXTENSIONS = ((0x20000, 0x2A6D7), (0x2A700, 0x2B735), (0x2B740, 0x2B81E), (0x2B820, 0x2CEA2), (0x2CEB0, 0x2EBE1))
"""CJK Unified Ideographs, extensions B to F, as far as GB 18030-2022 has them."""
_UNIFIED = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
"""Ideographs of their own in the block of compatibility ideographs."""


def repertoires() -> dict[str, str]:
    """Returns what fonts are asked for: the 3,755 Han characters of level 1, all 7,445 characters of GB/T 2312-1980; the three
    levels of 通用规范汉字表 (State Council, 2013); the Han characters of GB 18030-2022 by implementation level: 1 (CJK and
    extension A), 2 (with that table's), 3 (all 87,887)."""
    basic = "".join(map(chr, (*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FF0))))
    table = (resources.files("lhpub.text") / "standard_characters.txt").read_text(encoding="utf-8").split()
    return {
        "GB/T 2312 一级": _gb2312(16, 55),
        "GB/T 2312": _gb2312(1, 87),
        **{f"通用规范汉字表{level}级": characters for level, characters in zip("一二三", table, strict=True)},
        "GB 18030-2022 级别 1 汉字": basic,
        "级别 2 汉字": "".join(dict.fromkeys(basic + "".join(table))),
        "级别 3 汉字": basic + _UNIFIED + "".join(chr(code) for ends in _EXTENSIONS for code in range(*ends)),
    }


def _gb2312(first: int, last: int) -> str:
    rows, cells = range(0xA0 + first, 0xA1 + last), range(0xA1, 0xFF)
    return "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
