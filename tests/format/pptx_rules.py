"""What a rule over a written deck is: a code, what is wrong in two languages, and a check that yields the places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lhpub.verify.pptx_file import PptxFile

Check = Callable[[PptxFile], Iterator[str]]
Rules = dict[str, tuple[str, str, Check]]
"""code → what is wrong in Chinese, in English, and the check."""
SLIDES = r"ppt/slides/slide\d+\.xml"
DRAWN = r"ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters)/\w+\.xml"
CHARTS = r"ppt/charts/chart\d+\.xml"


def rule(rules: Rules, code: str, zh: str, en: str) -> Callable[[Check], Check]:
    """Returns a decorator that enters a check into the rules."""

    def enter(check: Check) -> Check:
        rules[code] = (zh, en, check)
        return check

    return enter
