"""Reads a publication: declared keys, then what they mean together. Every problem of a source is told in one run."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lhpub.diagnostics import Bilingual, Diagnostic, Rejected, Span
from lhpub.inline import Inline, Rich, Role, plain
from lhpub.publication.blocks import Quotation, spoken, texts_of
from lhpub.publication.body import read_body
from lhpub.publication.charts import read_charts
from lhpub.publication.consistency import check_statements, check_terms
from lhpub.publication.dates import UNDATED, read_date
from lhpub.publication.entries import Ids, identify, list_entries
from lhpub.publication.facts import FactTable
from lhpub.publication.imprint import check_imprint, with_imprint
from lhpub.publication.model import (
    Draft,
    Event,
    Fact,
    Keyword,
    PartialDate,
    Picture,
    Point,
    Publication,
    PublicationTheme,
)
from lhpub.publication.numerals import to_han
from lhpub.publication.origins import Origins, source_line
from lhpub.publication.pictures import qr_code, read_map, read_picture
from lhpub.publication.prose import Prose, Scope
from lhpub.publication.spec import ForewordSpec, KeywordSpec, PictureSpec, QrSpec, SourceSpec
from lhpub.publication.spreadsheets import Beside, Spreadsheets
from lhpub.source.declared import read_declared
from lhpub.source.load import join_lines, load_source
from lhpub.source.node import Scalar
from lhpub.source.report import Report, did_you_mean
from lhpub.world import World

HEADLINE_LIMIT, BODY_LIMIT, BRIEF_LIMIT, TIMELINE_LIMIT = 40, 160, 55, 16
UPRIGHT = 0.3
"""Where an upright picture is kept that names no focus: heads are above."""
_OUTSIDE, _IMPRINT = Scope(), Scope(typed="literal")
_YEAR = re.compile(r"[12]\d{3}(?!\d)", re.ASCII)
_FILE_NAME = re.compile(r"\w[\w-]{0,79}")


def read_publication(
    world: World, path: str | Path, before: Beside | None = None
) -> tuple[Publication, tuple[Diagnostic, ...]]:
    """Returns the publication of a source file and the warnings; raises Rejected with every error and warning. `before`: what
    stood beside the cells of its spreadsheets at the last build."""
    report = Report()
    node = load_source(world, path, report)
    ids = identify(node)
    spreadsheets = Spreadsheets(world, Path(path), report, (ids, before or {}))
    spec = read_declared(spreadsheets.followed(node), SourceSpec, report)
    if spec is None:
        raise Rejected(report.diagnostics)
    publication = _Reader(world, Path(path), (spec, ids), report).publication()
    report.extend(check_statements(publication, ids, spec.publication.year is not None))
    publication = replace(publication, cells=tuple(spreadsheets.taken), links=tuple(spreadsheets.links.items()))
    report.extend(check_terms(publication, spec.publication.terms))
    report.extend(check_imprint(publication, spec.publication))
    return publication, report.finish()


@dataclass(frozen=True, slots=True)
class _Named:
    """A keyword with its id, number and dates settled."""

    spec: KeywordSpec
    id: str
    number: int
    date: PartialDate
    events: tuple[PartialDate, ...]


class _Reader:
    """The meaning of one source; made once, read once."""

    def __init__(self, world: World, path: Path, source: tuple[SourceSpec, Ids], report: Report) -> None:
        self.world, self.path, (self.spec, self.ids), self.report = world, path, source, report
        spec = self.spec
        self.year = spec.publication.year or _year(spec)
        self.named = tuple(self._name(keyword, place) for place, keyword in enumerate(spec.keywords, 1))
        day = read_date(spec.publication.date, self.year, report)
        if day.kind not in ("day", "none"):
            message = Bilingual("刊物日期要写到日", "the publication's date is a day")
            report.error("bad-date", day.span, message, Bilingual("如 2024-01-15", "like 2024-01-15"))
        self.date = world.date(day.first or UNDATED)
        specs = {f"{n.id}.{name}": fact for n in self.named for name, fact in n.spec.facts.items()}
        self.counts = {"关键词数": len(spec.keywords), "主题数": len(spec.themes)}
        self.table = FactTable(specs, self.counts, report)
        self.origins = Origins(spec.publication.documents, report, self.ids.at)
        self.prose = Prose(self.table.lookup, self.year, report, self.ids.at, self.table.stated)

    def publication(self) -> Publication:
        header = self.spec.publication
        if not self.spec.keywords:
            message = Bilingual("还没有关键词", "there are no keywords")
            hint = Bilingual("在 keywords 下逐个写“- title: …”", "write “- title: …” under keywords, one for each")
            self.report.error("no-keywords", self.spec.span, message, hint)
        self._check_names()
        self._check_unique()
        keywords = tuple(self._keyword(named) for named in self.named)
        facts = {fact.id: fact for keyword in keywords for fact in keyword.facts}
        foreword = header.foreword if isinstance(header.foreword, ForewordSpec) else None
        text = foreword.body if foreword else header.foreword
        charts = read_charts(self.spec, keywords, self.prose, self.table, self.origins)
        made = Publication(
            id=header.id or self.path.stem,
            title=join_lines(header.title),
            subtitle=join_lines(header.subtitle),
            organisation=join_lines(header.organisation),
            date=self.date,
            year=self.year,
            foreword_title=foreword.title if foreword else "",
            foreword=self.prose.paragraphs(text if isinstance(text, Scalar) else None, _OUTSIDE),
            credits=tuple(self.prose.line(line, _IMPRINT) for line in header.credits),
            sources=self.origins.listed(keywords, charts),
            glance=self._glance(keywords, facts),
            themes=self._themes(),
            keywords=keywords,
            charts=charts,
            notices=tuple((name, self.prose.line(line, _OUTSIDE)) for name, line in header.notices.items()),
            cover=self._picture(header.picture, _OUTSIDE),
            logo=self._picture(header.logo, _OUTSIDE),
            qr=self._qr(header.qr, _OUTSIDE),
            span=header.span,
            entries=list_entries(self.ids, keywords, self.counts),
            draft=self._draft(),
        )
        return with_imprint(made, header, self.prose)

    def _draft(self) -> Draft | None:
        spec = self.spec.publication.draft
        day = read_date(spec.date, self.year, self.report) if spec else None
        return Draft(spec.name, day.first.isoformat() if day and day.first else "") if spec else None

    def _name(self, spec: KeywordSpec, place: int) -> _Named:
        title = join_lines(spec.title.text)
        events = tuple(self._date(event.date) for event in spec.events)
        date = self._date(spec.date)
        return _Named(spec, spec.id or re.sub(r"^“(.*)”$", r"\1", title), spec.number or place, date, events)

    def _date(self, written: Scalar | None) -> PartialDate:
        date = read_date(written, self.year, self.report)
        return replace(date, source=self.ids.at(date.span)) if date.span else date

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

    def _check_unique(self) -> None:
        spec, named = self.spec, self.named
        for zh, en, ids in (
            ("关键词的编号", "keyword id", [(n.id, n.spec.title.span) for n in named]),
            ("关键词的序号", "keyword number", [(str(n.number), n.spec.span) for n in named]),
            ("主题的编号", "theme id", [(theme.id.text, theme.id.span) for theme in spec.themes]),
            ("图表的编号", "chart id", [(chart.id, chart.span) for chart in spec.charts if chart.id]),
        ):
            first: dict[str, Span] = {}
            for id_, span in ids:
                if (before := first.setdefault(id_, span)) != span:
                    line = before.line
                    message = Bilingual(
                        f"{zh}“{id_}”重复，第 {line} 行已有", f"the {en} “{id_}” stands in line {line} too"
                    )
                    self.report.error("duplicate-id", span, message, Bilingual("改掉其中一个", "change one of them"))

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
        fact = self.table.find(name, keyword) if name is not None else None
        derived = fact is not None and fact.derived and self.spec.publication.computed == "aside"
        if fact is not None and name is not None and (derived or fact.figure is None):
            zh, en = ("计算值", "computed") if derived else ("文字", "a text")
            message = Bilingual(f"“{name.text}”是{zh}，不能作大数字", f"“{name.text}” is {en}: no big figure")
            hint = Bilingual(
                "换成一个有来源的数；计算值也要用，写 computed: free", "choose a published one, or write computed: free"
            )
            self.report.error("derived-hero" if derived else "hero-not-a-figure", name.span, message, hint)
        return fact

    def _keyword(self, named: _Named) -> Keyword:
        spec, line, paragraphs = named.spec, self.prose.line, self.prose.paragraphs
        scope = Scope(named.id, (named.date, *named.events))
        line(spec.title, scope)  # for what it has to tell: a title is printed as it is written
        facts = tuple(self._facts(named, scope))
        headline, brief = line(spec.headline, scope), line(spec.brief, scope)
        body = read_body(spec.body, scope, self.prose)
        said = spoken(body)
        timeline = line(spec.timeline, scope)
        self._check_lengths(spec, (headline, tuple(i for rich in texts_of(body) for i in rich), brief, timeline))
        hero = self._big_figure(spec.hero, named.id)
        hero = next((fact for fact in facts if hero and fact.id == hero.id), hero)
        points = tuple(_point(line(point.key, scope), line(point.text, scope)) for point in spec.points)
        written = (*filter(None, (spec.picture,)), *spec.pictures)
        quote = None
        if (said_by := spec.quote) is not None:
            quote = Quotation(paragraphs(said_by.text, scope), line(said_by.by, scope), line(said_by.at, scope))
        is_second = hero is not None or named.id in {chart.keyword.text for chart in self.spec.charts if chart.keyword}
        in_body = (quote,) if quote and is_second else ()  # the big element is another one
        own = self.origins.read(spec.from_)
        source = source_line((own, *(fact.origin for fact in facts)))
        spoken_ = (*(paragraphs(spec.notes, scope) or said), *(quote.paragraphs if quote else ()))
        notes = _notes(facts, spoken_)
        return Keyword(
            id=named.id,
            number=named.number,
            title=join_lines(spec.title.text),
            theme=spec.theme.text if spec.theme else "",
            date=named.date,
            headline=headline,
            body=(*body, *in_body),
            brief=brief,
            facts=facts,
            hero=hero,
            hero_caption=self._caption(spec, hero, scope),
            names=tuple(self.table.names(spec.names, named.id)),
            points=_labelled(points) or _remaining(self._for_text(facts), (headline, *said), hero),
            events=tuple(Event(at, line(event.label, scope)) for at, event in zip(named.events, spec.events, strict=True)),
            timeline_label=timeline,
            notes=(*notes, source) if source else notes,
            pictures=tuple(picture for one in written if (picture := self._picture(one, scope))),
            span=spec.span,
            quote=None if in_body else quote,
            qr=self._qr(spec.qr, scope),
            origins=(own,) if own else (),
            source=source,
            is_core=spec.core,
        )

    def _for_text(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Returns the facts without those that only a chart needs."""
        return tuple(fact for fact in facts if not self.ids.drawn(fact.id))

    def _facts(self, named: _Named, scope: Scope) -> Iterable[Fact]:
        for name, spec in named.spec.facts.items():
            if (fact := self.table.resolve(f"{named.id}.{name}")) is not None:
                label = self.prose.line(spec.label or Scalar(name, spec.span), scope._replace(typed="name"))
                yield replace(fact, label=_with_status(label, fact.status), origin=self.origins.read(spec.from_))

    def _check_lengths(self, spec: KeywordSpec, texts: tuple[Rich, Rich, Rich, Rich]) -> None:
        headline, body, brief, timeline = texts
        checks = (
            (spec.headline, headline, HEADLINE_LIMIT, "导语 headline", self.report.error),
            (spec.body, body, BODY_LIMIT, "正文 body", self.report.warning),
            (spec.brief, brief, BRIEF_LIMIT, "短正文 brief", self.report.warning),
            (spec.timeline, timeline, TIMELINE_LIMIT, "时间轴短句 timeline", self.report.warning),
        )
        for written, rich, limit, name, tell in checks:
            zh, _, name = name.partition(" ")
            length = len(plain(rich).replace(" ", "") if name == "timeline" else plain(rich))
            if written is not None and length > limit:
                en = f"{name} has {length} characters, at most {limit}"
                message = Bilingual(f"{zh}至多 {limit} 字，多出 {length - limit} 字", en)
                hint = Bilingual(f"删去 {length - limit} 字", f"shorten it by {length - limit}")
                tell("too-long", written.span, message, hint)
        aside = self.spec.publication.computed == "aside"
        if (
            aside
            and spec.headline is not None
            and any(inline.role and inline.role.kind == "derived" for inline in headline)
        ):
            message = Bilingual("导语里不用计算值", "no computed figure in a headline")
            hint = Bilingual("移到正文或要点", "put it into the body or a point")
            self.report.error("derived-headline", spec.headline.span, message, hint)

    def _caption(self, spec: KeywordSpec, hero: Fact | None, scope: Scope) -> Rich:
        if hero is None:
            return self.prose.line(spec.hero_caption, scope)
        return _with_status(self.prose.line(spec.hero_caption, scope) or hero.label, hero.status)

    def _picture(self, spec: PictureSpec | None, scope: Scope) -> Picture | None:
        file = read_picture(self.world, self.path.parent, spec.file, self.report) if spec else None
        if spec is None or file is None:
            return None
        data, pixels, media_type = file
        caption = self.prose.line(spec.caption, scope)
        source = self.ids.at(spec.span)
        words = spec.alt, caption, spec.credit
        focus = spec.focus or (0.5, 0.5 if pixels[0] >= pixels[1] else UPRIGHT)
        number = read_map(spec, plain(caption), self.report)
        return Picture(data, spec.file.text, pixels, media_type, *words, focus, spec.span, source, map=number)

    def _qr(self, spec: QrSpec | None, scope: Scope) -> Picture | None:
        """Returns a QR code: a picture of one, or made of an address; None if there is neither (reported)."""
        if spec is None:
            return None
        if (spec.link is None) == (spec.file is None):
            message = Bilingual("二维码要有网址（link）或图片（file），只写一种", "a QR code has a link or a file, one of them")
            self.report.error("qr-content", spec.span, message, Bilingual("写 link: https://…", "write link: https://…"))
            return None
        file = read_picture(self.world, self.path.parent, spec.file, self.report) if spec.file else None
        if spec.link:
            file = qr_code(spec.link, self.report)
        if file is None:
            return None
        data, pixels, media_type = file
        link = spec.link.text.strip() if spec.link else ""
        shown = spec.caption or (spec.link and replace(spec.link, text=link.partition("://")[2]))
        caption = self.prose.line(shown, scope._replace(typed="name"))
        alt = spec.alt or f"二维码：{plain(caption)}"
        name = spec.file.text if spec.file else link
        return Picture(data, name, pixels, media_type, alt, caption, "", (0.5, 0.5), spec.span, self.ids.at(spec.span), link)


def _year(spec: SourceSpec) -> int:
    """Returns the year that most dates of keywords and events have; 0 if there are none."""
    dates = [date for k in spec.keywords for date in (k.date, *(event.date for event in k.events)) if date is not None]
    years = Counter(match[0] for date in dates if (match := _YEAR.match(date.text)))
    return int(years.most_common(1)[0][0]) if years else 0


def _point(label: Rich, text: Rich) -> Point:
    return Point(plain(label), text, label)


def _labelled(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Returns the points, those without a label labelled 一, 二, 三 by their place among such."""
    places = itertools.count(1)

    def label(point: Point) -> Point:
        if point.label:
            return point
        place = next(places)
        return _point((Inline(to_han(place) if place <= 9999 else str(place), Role("ordinal")),), point.text)

    return tuple(map(label, points))


def _remaining(facts: tuple[Fact, ...], shown: tuple[Rich, ...], hero: Fact | None) -> tuple[Point, ...]:
    """Returns a row for each fact that neither headline, body nor hero shows."""
    left = [fact for fact in facts if not _mentions(shown, fact) and fact is not hero]
    return tuple(_point(_row_label(fact), fact.text) for fact in left)


def _notes(facts: tuple[Fact, ...], said: tuple[Rich, ...]) -> tuple[Rich, ...]:
    """Returns what is said, then each fact that it does not mention."""
    missing = [fact for fact in facts if not _mentions(said, fact)]
    return (*said, *((*_row_label(fact), Inline("："), *fact.text) for fact in missing))


def _row_label(fact: Fact) -> Rich:
    """Returns a fact's label as written, without the status, which its text beside it says."""
    return tuple(inline for inline in fact.label if inline.span is not None)


def _with_status(text: Rich, status: str) -> Rich:
    return text if not status or status in plain(text) else (*text, Inline(f"（{status}）"))


def _mentions(texts: Iterable[Rich], fact: Fact) -> bool:
    """True if a text refers to the fact, or has a textual fact's words typed out."""
    whole = tuple(texts)
    if any(inline.role and inline.role.ref == fact.id for rich in whole for inline in rich):
        return True
    return fact.figure is None and any(plain(fact.text[:1]) in plain(rich) for rich in whole)
