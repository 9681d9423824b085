"""Where statements come from: `from` of facts, keywords and charts, its documents named in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lhpub.diagnostics import Bilingual, Span
from lhpub.inline import Id, Inline, Rich, Role, parted, plain
from lhpub.publication.entries import join
from lhpub.publication.model import AnyChartSpec, Keyword
from lhpub.publication.spec import DocumentSpec
from lhpub.source.load import join_lines
from lhpub.source.node import Scalar
from lhpub.source.report import Report, did_you_mean

_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9]{0,3}", re.ASCII)
"""What looks like a document's id: A, B2."""


_PLACED = re.compile(r"([A-Za-z][A-Za-z0-9]{0,3})(第.+)", re.ASCII)


@dataclass(frozen=True)
class Origins:
    """The documents of a publication. `source_at`: the entry that begins at a place."""

    documents: tuple[DocumentSpec, ...]
    report: Report
    source_at: Callable[[Span], Id]

    def read(self, written: Scalar | None) -> Rich:
        """Returns where something comes from, () if nothing says so; reports a document that is not listed."""
        if written is None:
            return ()
        text = join_lines(written.text)
        known = {document.id: join_lines(document.title.text) for document in self.documents}
        typed = _PLACED.fullmatch(text)  # A第3段, as it is typed
        name, _, place = (typed[1], "", typed[2]) if typed else text.partition(" ")
        if name in known:
            text = "，".join(filter(None, (known[name], place.strip())))
        elif _SHORT.fullmatch(name):
            message = Bilingual(f"没有编号为“{name}”的资料", f"there is no document “{name}”")
            listed = f"documents: [{{id: {name}, title: …}}]"
            hint = Bilingual(f"在 publication 下写 {listed}", f"write {listed} under publication")
            hint = did_you_mean(name, known) or hint
            self.report.error("unknown-document", written.span, message, hint)
        return (Inline(text, Role("name"), span=written.span, source=self.source_at(written.span)),)

    def listed(self, keywords: tuple[Keyword, ...], charts: Iterable[AnyChartSpec]) -> tuple[Rich, ...]:
        """Returns a line for each origin with what comes from it, then the documents that nothing names."""
        uses: dict[str, tuple[Rich, dict[str, tuple[Rich, dict[str, Rich]]]]] = {}

        def held(origin: Rich, title: Rich) -> dict[str, Rich]:
            return uses.setdefault(plain(origin), (origin, {}))[1].setdefault(plain(title), (title, {}))[1]

        for keyword in keywords:
            title = (Inline(keyword.title, Role("name"), source=join("keywords", keyword.id, "title")),)
            for origin in keyword.origins:
                held(origin, title)
            for fact in (one for one in keyword.facts if one.origin):
                held(fact.origin, title)[plain(fact.label)] = fact.label
        for chart in (one for one in charts if one.origin):
            held(chart.origin, (Inline("图“"), *chart.title, Inline("”")))
        lines = [(*origin, Inline("："), *parted("；", map(_said, titles.values()))) for origin, titles in uses.values()]
        others = (d for d in self.documents if not any(join_lines(d.title.text) in text for text in uses))
        return (*lines, *(self.read(Scalar(d.id, d.title.span)) for d in others))


def _said(used: tuple[Rich, dict[str, Rich]]) -> Rich:
    title, facts = used
    return (*title, Inline("（"), *parted("、", facts.values()), Inline("）")) if facts else title


def source_line(origins: Iterable[Rich]) -> Rich:
    """Returns 资料来源：… with each origin once, () if there is none."""
    once = {plain(origin): origin for origin in origins if origin}
    parts = (Inline("；"), *(piece for origin in once.values() for piece in (*origin, Inline("；"))))[1:-1] if once else ()
    return (Inline("资料来源："), *parts) if parts else ()
