"""What the terminal says of a proof and of changes: a bold word at the left, entries indented, no colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lhpub.review.proof_pages import urgent

if TYPE_CHECKING:
    from lhpub.review.proof import Proof


def proof_told(made: Proof) -> Iterator[str]:
    """Yields the lines that say what a proof holds."""
    from lhpub.review.proof import tally

    yield f"校对表　{made.read.publication.title}　{made.now.line}"
    yield f"上一稿　{made.before.line if made.before else '没有'}"
    yield ""
    figures = made.of("figure")
    computed = sum(row.is_computed for row in figures)
    yield f"{len(figures):4} 数字　{sum(len(row.places) for row in figures)}处；其中计算、推算{computed}项"
    yield f"{len(made.of('date')):4} 日期"
    yield f"{len(made.of('text')):4} 文字　画册{made.characters}字"
    yield f"{len(made.read.publication.charts):4} 图表"
    yield f"{len(made.changes):4} 处改动　{tally(made.changes)}"
    yield ""
    asked = urgent(made)
    yield f"先核　{len(asked)}项"
    yield from (f"  {row.number:8}{words}" for row, words in asked)
    yield ""
    yield f"提示　{len(made.findings)}条，计错{made.faults:g}个，万分之{made.rate:.2f}（只按系统计；错别字、语法、事实不计）"


def changes_told(made: Proof) -> Iterator[str]:
    """Yields the lines that say what has changed since the draft before."""
    from lhpub.review.proof import first_place, tally

    yield f"审读稿　{made.read.publication.title}　{made.now.line}"
    yield f"上一稿　{made.before.line if made.before else '没有：这是首稿'}"
    if made.before:
        yield f"改动　{len(made.changes)}处　{tally(made.changes)}"
    for number, change in enumerate(made.changes, 1):
        first, _ = first_place(made.places.get(change.row.id, {}))
        old, new = (text if len(text) < 24 else f"{text[:23]}…" for text in (change.old, change.new))
        yield f"  改{number}　{first}　{change.row.number}　{change.kind}　{old or '（没有）'} → {new or '（没有）'}"
