"""What a box or chart states, and the diagnostic for a file that states something else there."""

from __future__ import annotations

from dataclasses import dataclass

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import DIGITS, Role


@dataclass(frozen=True, slots=True)
class Stated:
    """What a box states: its place in words, the text, the figures' roles. `is_alt`: as alternative text; `is_optional`:
    the native chart may show it instead."""

    place: str
    text: str
    roles: tuple[Role | None, ...] = ()
    span: Span | None = None
    is_alt: bool = False
    is_optional: bool = False


def differs(stated: Stated, written: str, page: int | None = None) -> Diagnostic:
    roles = "，".join(dict.fromkeys(role.ref or role.kind for role in stated.roles if role))
    place = f"{page} {stated.place}" if page else stated.place
    is_figure = DIGITS.findall(stated.text) != DIGITS.findall(written)
    return Diagnostic(
        "pptx-figure-differs" if is_figure else "pptx-text-differs", Severity.ERROR,
        Bilingual(f"幻灯片 {place}：写的是“{written}”，应为“{stated.text}”" + (f"（{roles}）" if roles else ""),
                  f"slide {place}: it reads “{written}”, not “{stated.text}”" + (f" ({roles})" if roles else "")),
        Bilingual("文件与来源不符，请重新生成并报告", "the file differs from its source: build again and report it"),
        stated.span,
    )  # fmt: skip
