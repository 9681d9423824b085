"""Characters that an editor cannot see, or takes for others: named with their place and what to type; what is harmless is
replaced and said, so that nothing later has to refuse it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span

SHOWN = 10
"""Places named of one kind; the others are as these."""
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_PRIVATE = r"\ud800-\uf8ff\U000f0000-\U0010ffff"
_BIDI = r"\u202a-\u202e\u2066-\u2069"
_TAB = re.compile(r"\t")
UNPRINTABLE = re.compile(f"[{_CONTROLS}{_PRIVATE}{_BIDI}]")
_NOTHING = r"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
_SELECTOR = r"(?<![\u3400-\u9fff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
_INVISIBLE = re.compile(f"[{_NOTHING}]|{_SELECTOR}")
_SPACES = r"\u00a0\u1680\u2000-\u200a\u202f\u205f"
_SPACE = re.compile(f"[{_SPACES}]")
_STRUCTURE = (
    re.compile(rf"(?m)^([ {_SPACES}]+)(?=-[ {_SPACES}]|[^\s:：]{{1,40}}:(?:[ {_SPACES}]|$))"),
    re.compile(rf"(?m)^[ {_SPACES}]*(?:- )*(?:[A-Za-z_]+:|-)([ {_SPACES}]+)"),
)
"""Spaces that say what belongs to what: before a key or a dash, and behind it."""
_RADICAL = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_SUPPLEMENT = dict(zip(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
    strict=True,
))  # fmt: skip
"""CJK radicals and the characters they look like (Unicode, EquivalentUnifiedIdeograph.txt)."""


def usual(text: str) -> str:
    """Returns a text without invisible characters, its odd spaces plain, its radicals as the characters they look like."""
    return _RADICAL.sub(lambda match: _unified(match[0]), _SPACE.sub(" ", _INVISIBLE.sub("", text)))


def _unified(character: str) -> str:
    return _SUPPLEMENT.get(character) or unicodedata.normalize("NFKC", character)


def check_characters(text: str, file: str) -> Iterator[Diagnostic]:
    """Yields what an editor has to know of a file's characters: errors where nobody can tell what is meant, else notices."""
    lines = _Lines(text, file)
    for place, _ in lines.find(_TAB):
        hint = Bilingual("改成空格（每级缩进两个）", "type spaces instead (two for each level)")
        yield Diagnostic("tab", Severity.ERROR, Bilingual("这里有制表符（Tab）", "there is a tab here"), hint, place)
    for place, found in lines.find(UNPRINTABLE):
        message = Bilingual(
            f"这里有印不出的字符 {_named(found)}", f"a character that cannot be printed: {_named(found)}"
        )
        yield Diagnostic("control-character", Severity.ERROR, message, Bilingual("删去它", "delete it"), place)
    wrong = set()
    for match in (match for pattern in _STRUCTURE for match in pattern.finditer(text)):
        for place, found in lines.find(_SPACE, *match.span(1)):
            message = Bilingual(
                f"缩进或冒号后有特殊空格 {_named(found)}", f"an odd space {_named(found)} in the indentation"
            )
            hint = Bilingual("删去它，改用空格键打的空格", "delete it and press the space bar instead")
            yield Diagnostic("odd-indentation", Severity.ERROR, message, hint, place)
            wrong.add(place)
    yield from (notice for notice in _replaced(lines) if notice.span not in wrong)


def _replaced(lines: _Lines) -> Iterator[Diagnostic]:
    """Yields a notice for each character that is read as another, or as nothing."""
    for place, found in lines.find(_INVISIBLE):
        message = Bilingual(
            f"看不见的字符 {_named(found)}，已略去", f"an invisible character {_named(found)}, left out"
        )
        yield Diagnostic(
            "invisible-character", Severity.NOTICE, message, Bilingual("最好删去它", "better delete it"), place
        )
    for place, found in lines.find(_SPACE):
        message = Bilingual(
            f"特殊空格 {_named(found)}，按普通空格印", f"an odd space {_named(found)}, read as a plain one"
        )
        hint = Bilingual("汉字之间不用空格：多半可以删去", "no spaces among Han: most can be deleted")
        yield Diagnostic("odd-space", Severity.NOTICE, message, hint, place)
    for place, found in lines.find(_RADICAL):
        if (right := usual(found)) != found:
            message = Bilingual(
                f"“{found}”是部首或兼容字符 {_named(found)}，按“{right}”印", f"{_named(found)} is read as “{right}”"
            )
            hint = Bilingual(f"多半来自 PDF：改打“{right}”", f"copied from a PDF, it seems: type “{right}”")
            yield Diagnostic("radical", Severity.NOTICE, message, hint, place)


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


class _Lines:
    """A file's text, in which characters are found with their places."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file

    def find(self, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[tuple[Span, str]]:
        """Yields the first places of a pattern, each kind of character once a line."""
        text, told = self._text, dict[tuple[int, str], Span]()
        for match in pattern.finditer(text, start, len(text) if end is None else end):
            line = text.count("\n", 0, match.start()) + 1
            told.setdefault(
                (line, match[0]), Span(self._file, line, match.start() - text.rfind("\n", 0, match.start()))
            )
            if len(told) == SHOWN:
                break
        yield from ((span, character) for (_, character), span in told.items())
