"""Reads a publication: declared keys, then what they mean together. Every problem of a source is told in one run."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Span
from lhpub.inline import Inline, Rich, plain
from lhpub.publication.charts import read_charts
from lhpub.publication.dates import KnownDate, date_in_year, read_date
from lhpub.publication.facts import Ledger
from lhpub.publication.model import Event, Fact, Keyword, Picture, Point, Publication, PublicationTheme
from lhpub.publication.pictures import read_picture
from lhpub.publication.prose import Prose, Scope
from lhpub.publication.spec import ForewordSpec, HeaderSpec, KeywordSpec, PictureSpec, SourceSpec
from lhpub.source.declared import read_declared
from lhpub.source.load import join_lines, load_source
from lhpub.source.node import Scalar
from lhpub.source.report import Report, did_you_mean
from lhpub.world import World

HEADLINE_LIMIT, BRIEF_LIMIT, TIMELINE_LIMIT = 40, 55, 16
_OUTSIDE = Scope()
_FILE_NAME = re.compile(r"\w[\w-]{0,79}")


def read_publication(world: World, path: str | Path) -> tuple[Publication, tuple[Diagnostic, ...]]:
    """Returns the publication of a source file and the warnings; raises Rejected with every error and warning."""
    report = Report()
    spec = read_declared(load_source(world, path), SourceSpec, report)
    if spec is None:
        raise Rejected(report.diagnostics)
    publication = _Reader(world, Path(path), spec, report).publication()
    return publication, report.finish()


@dataclass(frozen=True, slots=True)
class _Named:
    """A keyword with its id, number and dates settled."""

    spec: KeywordSpec
    id: str
    number: int
    date: KnownDate | None
    events: tuple[KnownDate | None, ...]


class _Reader:
    """The meaning of one source; made once, read once."""

    def __init__(self, world: World, path: Path, spec: SourceSpec, report: Report) -> None:
        self.world, self.path, self.spec, self.report = world, path, spec, report
        self.named = tuple(self._name(keyword, place) for place, keyword in enumerate(spec.keywords, 1))
        header = spec.publication
        day = read_date(header.date, report)
        if day is not None and day.kind != "day":
            report.error("bad-date", day.span, Bilingual("刊物日期要写到日", "the publication's date is a day"))
        dates = [known for named in self.named for known in (named.date, *named.events) if known is not None]
        self.year = header.year or _year(header, [n.date for n in self.named if n.date], day)
        last = max((known.last for known in dates), default=datetime.date(max(self.year, 1), 12, 31))
        self.date = world.date(day.first if day else last)
        specs = {f"{n.id}.{name}": fact for n in self.named for name, fact in n.spec.facts.items()}
        counts = {"关键词数": len(spec.keywords), "主题数": len(spec.themes)}
        self.ledger = Ledger(specs, counts, report)
        self.prose = Prose(self.ledger.lookup, self.year, report)

    def publication(self) -> Publication:
        header = self.spec.publication
        if not self.spec.keywords:
            message = Bilingual("还没有关键词", "there are no keywords")
            hint = Bilingual("在 keywords 下逐个写“- title: …”", "write “- title: …” under keywords, one for each")
            self.report.error("no-keywords", self.spec.span, message, hint)
        self._check_names()
        for what, ids in self._ids():
            self._check_unique(what, ids)
        keywords = tuple(self._keyword(named) for named in self.named)
        facts = {fact.id: fact for keyword in keywords for fact in keyword.facts}
        foreword = header.foreword if isinstance(header.foreword, ForewordSpec) else None
        text = foreword.body if foreword else header.foreword
        return Publication(
            id=header.id or self.path.stem,
            title=join_lines(header.title),
            subtitle=join_lines(header.subtitle),
            organisation=join_lines(header.organisation),
            date=self.date,
            year=self.year,
            foreword_title=foreword.title if foreword else "",
            foreword=self.prose.paragraphs(text if isinstance(text, Scalar) else None, _OUTSIDE),
            credits=tuple(self.prose.line(line, _OUTSIDE) for line in header.credits),
            imprint=tuple(self.prose.line(line, _OUTSIDE) for line in header.imprint),
            glance=self._glance(keywords, facts),
            themes=self._themes(),
            keywords=keywords,
            charts=read_charts(self.spec, keywords, self.prose, self.ledger),
            notices=tuple((name, self.prose.line(line, _OUTSIDE)) for name, line in header.notices.items()),
            cover=self._picture(header.picture, _OUTSIDE),
            logo=self._picture(header.logo, _OUTSIDE),
            qr=self._picture(header.qr, _OUTSIDE),
        )

    def _name(self, spec: KeywordSpec, place: int) -> _Named:
        title = join_lines(spec.title.text)
        events = tuple(read_date(event.date, self.report) for event in spec.events)
        date = read_date(spec.date, self.report)
        return _Named(spec, spec.id or re.sub(r"^“(.*)”$", r"\1", title), spec.number or place, date, events)

    def _ids(self) -> Iterable[tuple[Bilingual, list[tuple[str, Span]]]]:
        yield Bilingual("关键词的编号", "keyword id"), [(n.id, n.spec.title.span) for n in self.named]
        yield Bilingual("关键词的序号", "keyword number"), [(str(n.number), n.spec.span) for n in self.named]
        yield Bilingual("主题的编号", "theme id"), [(theme.id.text, theme.id.span) for theme in self.spec.themes]
        yield Bilingual("图表的编号", "chart id"), [(chart.id, chart.span) for chart in self.spec.charts if chart.id]

    def _check_names(self) -> None:
        """Reports ids that cannot name a file, and facts that no reference can name."""
        id_ = self.spec.publication.id
        if id_ and not _FILE_NAME.fullmatch(id_):
            message = Bilingual(f"编号“{id_}”不能作文件名", f"“{id_}” cannot name a file")
            hint = Bilingual("只用字母、汉字、数字、- 和 _", "use letters, digits, - and _")
            self.report.error("bad-id", self.spec.publication.span, message, hint)
        for name, fact in ((name, fact) for named in self.named for name, fact in named.spec.facts.items()):
            if not name or re.search(r"[.:{}｛｝\s]", name):
                message = Bilingual(f"“{name}”不能作事实的名字", f"“{name}” cannot name a fact")
                hint = Bilingual("名字里不用空格、句点、冒号和花括号", "no spaces, dots, colons or braces in a name")
                self.report.error("bad-id", fact.span, message, hint)

    def _check_unique(self, what: Bilingual, ids: list[tuple[str, Span]]) -> None:
        first: dict[str, Span] = {}
        for id_, span in ids:
            if id_ in first:
                line = first[id_].line
                message = Bilingual(
                    f"{what.zh}“{id_}”重复，第 {line} 行已有", f"the {what.en} “{id_}” stands in line {line} too"
                )
                self.report.error("duplicate-id", span, message, Bilingual("改掉其中一个", "change one of them"))
            first.setdefault(id_, span)

    def _themes(self) -> tuple[PublicationTheme, ...]:
        known = [theme.id.text for theme in self.spec.themes]
        for named in self.named:
            if (theme := named.spec.theme) is not None and theme.text not in known:
                message = Bilingual(f"没有编号为“{theme.text}”的主题", f"there is no theme “{theme.text}”")
                self.report.error("unknown-theme", theme.span, message, did_you_mean(theme.text, known))
        return tuple(
            PublicationTheme(
                id=theme.id.text,
                number=number,
                title=theme.title,
                lead=self.prose.line(theme.lead, _OUTSIDE),
                keywords=tuple(n.id for n in self.named if n.spec.theme and n.spec.theme.text == theme.id.text),
                span=theme.span,
                picture=self._picture(theme.picture, _OUTSIDE),
            )
            for number, theme in enumerate(self.spec.themes, 1)
        )

    def _glance(self, keywords: tuple[Keyword, ...], facts: dict[str, Fact]) -> tuple[Fact, ...]:
        named = self.spec.publication.glance
        if not named:
            return tuple(keyword.hero for keyword in keywords if keyword.hero is not None)
        found = [self._big_figure(name, "") for name in named]
        return tuple(facts[fact.id] for fact in found if fact is not None)

    def _big_figure(self, name: Scalar | None, keyword: str) -> Fact | None:
        """Returns a fact to be shown large; reports a computed one, and one without a figure."""
        fact = self.ledger.find(name, keyword) if name is not None else None
        if fact is not None and name is not None and (fact.derived or fact.figure is None):
            zh, en = ("计算值", "computed") if fact.derived else ("文字", "a text")
            message = Bilingual(f"“{name.text}”是{zh}，不能作大数字", f"“{name.text}” is {en}: no big figure")
            hint = Bilingual("换成一个有来源的数", "choose a figure that somebody published")
            self.report.error("derived-hero" if fact.derived else "hero-not-a-figure", name.span, message, hint)
        return fact

    def _keyword(self, named: _Named) -> Keyword:
        spec, line, paragraphs = named.spec, self.prose.line, self.prose.paragraphs
        date = date_in_year(named.date, self.year)
        event_dates = tuple(date_in_year(known, self.year) for known in named.events)
        scope = Scope(named.id, (date, *event_dates))
        facts = tuple(self._facts(named, scope))
        headline, body, brief = line(spec.headline, scope), paragraphs(spec.body, scope), line(spec.brief, scope)
        timeline = line(spec.timeline, scope)
        self._check_lengths(spec, headline, brief, timeline)
        hero = self._big_figure(spec.hero, named.id)
        hero = next((fact for fact in facts if hero and fact.id == hero.id), hero)
        points = tuple(_point(line(point.key, scope), line(point.text, scope)) for point in spec.points)
        return Keyword(
            id=named.id,
            number=named.number,
            title=join_lines(spec.title.text),
            theme=spec.theme.text if spec.theme else "",
            date=date,
            headline=headline,
            body=body,
            brief=brief,
            facts=facts,
            hero=hero,
            hero_caption=self._caption(spec, hero, scope),
            points=points or self._remaining(named, facts, (headline, *body), hero),
            events=tuple(
                Event(when, line(event.label, scope)) for when, event in zip(event_dates, spec.events, strict=True)
            ),
            timeline_label=timeline,
            notes=self._notes(named, facts, body, paragraphs(spec.notes, scope)),
            picture=self._picture(spec.picture, scope),
            span=spec.span,
        )

    def _facts(self, named: _Named, scope: Scope) -> Iterable[Fact]:
        for name, spec in named.spec.facts.items():
            if (fact := self.ledger.resolve(f"{named.id}.{name}")) is not None:
                label = self.prose.line(spec.label or Scalar(name, spec.span), scope)
                yield replace(fact, label=_with_status(label, fact.status))

    def _row_label(self, named: _Named, fact: Fact) -> Rich:
        """Returns a fact's label without its status, which its text beside it says."""
        name = fact.id.removeprefix(f"{named.id}.")
        return self.prose.line(named.spec.facts[name].label or Scalar(name, fact.span), Scope(named.id))

    def _check_lengths(self, spec: KeywordSpec, headline: Rich, brief: Rich, timeline: Rich) -> None:
        checks = (
            (spec.headline, headline, HEADLINE_LIMIT, "headline", self.report.error),
            (spec.brief, brief, BRIEF_LIMIT, "brief", self.report.warning),
            (spec.timeline, timeline, TIMELINE_LIMIT, "timeline", self.report.warning),
        )
        for written, rich, limit, name, tell in checks:
            length = len(plain(rich))
            if written is not None and length > limit:
                message = Bilingual(
                    f"{name} 有 {length} 字，至多 {limit} 字", f"{name} has {length} characters, at most {limit}"
                )
                hint = Bilingual(f"删去 {length - limit} 字", f"shorten it by {length - limit}")
                tell("too-long", written.span, message, hint)
        if spec.headline is not None and any(inline.role and inline.role.kind == "derived" for inline in headline):
            message = Bilingual("导语里不用计算值", "no computed figure in a headline")
            hint = Bilingual("移到正文或要点", "put it into the body or a point")
            self.report.error("derived-headline", spec.headline.span, message, hint)

    def _caption(self, spec: KeywordSpec, hero: Fact | None, scope: Scope) -> Rich:
        if hero is None:
            return self.prose.line(spec.hero_caption, scope)
        return _with_status(self.prose.line(spec.hero_caption, scope) or hero.label, hero.status)

    def _remaining(
        self, named: _Named, facts: tuple[Fact, ...], shown: tuple[Rich, ...], hero: Fact | None
    ) -> tuple[Point, ...]:
        """Returns a row for each fact that neither headline, body nor hero shows."""
        left = [fact for fact in facts if not _mentions(shown, fact) and fact is not hero]
        return tuple(_point(self._row_label(named, fact), fact.text) for fact in left)

    def _notes(
        self, named: _Named, facts: tuple[Fact, ...], body: tuple[Rich, ...], written: tuple[Rich, ...]
    ) -> tuple[Rich, ...]:
        said = written or body
        missing = [fact for fact in facts if not _mentions((*said, *body), fact)]
        return (*said, *((*self._row_label(named, fact), Inline("："), *fact.text) for fact in missing))

    def _picture(self, spec: PictureSpec | None, scope: Scope) -> Picture | None:
        file = read_picture(self.world, self.path.parent, spec.file, self.report) if spec else None
        if spec is None or file is None:
            return None
        data, pixels, media_type = file
        caption = self.prose.line(spec.caption, scope)
        return Picture(data, spec.file.text, pixels, media_type, spec.alt, caption, spec.credit, spec.focus, spec.span)


def _year(header: HeaderSpec, dates: list[KnownDate], day: KnownDate | None) -> int:
    """Returns the year most keywords have, else one that the titles name, else the day's; 0 if none is known."""
    if dates:
        return Counter(known.first.year for known in dates).most_common(1)[0][0]
    named = re.search(r"(?<!\d)([12]\d{3})(?!\d)", f"{header.title} {header.subtitle}", re.ASCII)
    return int(named[1]) if named else day.first.year if day else 0


def _point(label: Rich, text: Rich) -> Point:
    return Point(plain(label), text, label)


def _with_status(text: Rich, status: str) -> Rich:
    return text if not status or status in plain(text) else (*text, Inline(f"（{status}）"))


def _mentions(texts: Iterable[Rich], fact: Fact) -> bool:
    """True if a text refers to the fact, or has a textual fact's words typed out."""
    whole = tuple(texts)
    if any(inline.role and inline.role.ref == fact.id for rich in whole for inline in rich):
        return True
    return fact.figure is None and any(plain(fact.text[:1]) in plain(rich) for rich in whole)
