"""Trial publications: sources of other sizes and shapes than any sample, made from a layout's `trials.yaml`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PIL import Image

from lhpub.build import Job, Look, Target, read_all, try_layout
from lhpub.compose.composing import BEYOND
from lhpub.decks import Aspect
from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.layout.check import reached
from lhpub.layout.read import Layout
from lhpub.preflight.sizes import never_set, sizes_set
from lhpub.source.declared import declared, key, read_declared
from lhpub.source.load import load_source
from lhpub.source.report import Report
from lhpub.world import YAML_LIMIT, World

TRIALS = "plain/trials.yaml"
"""In the folder of layouts: the words of the trials, and how much each has."""
ORDINALS = "甲乙丙丁戊己庚辛壬癸"


@declared("一次试排", "a trial publication")
class Trial:
    """How much a trial publication has of what."""

    span: Span
    name: str = key("名字", "its name")
    keywords: int = key("几个关键词", "keywords", minimum=1, maximum=999)
    themes: int = key("几个主题", "themes", default=0)
    glance: int = key("全年数字几个", "figures at a glance", default=0)
    pictures: int = key("每几个关键词一张图片，0 为没有", "a picture for every so many keywords, 0: none", default=0)


@declared("试排的词句", "words of trial publications")
class Words:
    """What trial publications are made of: each list is gone through in turn."""

    span: Span
    titles: tuple[str, ...] = key("刊名", "titles")
    organisations: tuple[str, ...] = key("编印单位", "organisations")
    subtitles: tuple[str, ...] = key("副题", "subtitles")
    themes: tuple[str, ...] = key("主题", "themes")
    keywords: tuple[str, ...] = key("关键词", "keywords")
    headlines: tuple[str, ...] = key("导语", "headlines")
    sentences: tuple[str, ...] = key("正文的句子", "sentences of bodies")
    figures: tuple[tuple[str, str, str], ...] = key("事实：[名目, 数, 单位]", "facts: label, value, unit")
    points: tuple[tuple[str, str], ...] = key("要点：[左栏, 右栏]", "points")
    dates: tuple[str, ...] = key("日期", "dates")
    credits: tuple[str, ...] = key("资料来源", "sources")
    imprint: tuple[str, ...] = key("版权各行", "imprint")
    pictures: tuple[tuple[int, int], ...] = key("图片的宽高", "sizes of pictures")
    bodies: tuple[int, ...] = key("正文多长", "lengths of bodies")
    rows: tuple[int, ...] = key("要点几条", "how many points")
    blocks: tuple[str, ...] = key("表、列表、引语：轮流接在正文后", "tables, lists, quotations behind bodies", default=())
    charts: tuple[dict[str, str], ...] = key("图表：种类与各行", "charts: kind and rows", default=())
    extras: tuple[dict[str, dict[str, str]], ...] = key(
        "有图片的刊物里，关键词轮流还有的引语、二维码", "quotations, QR codes where there are pictures", default=()
    )
    trials: tuple[Trial, ...] = key("各次试排", "the trials")
    forms: tuple[Trial, ...] = key("版式一览里各母版的少、多、有图", "what the gallery shows masters with", default=())


DERIVED: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
    (
        {"全县": {"label": "全县", "value": "100", "unit": "家"}, "本院": {"label": "本院", "value": "37", "unit": "家"},
         "其余": {"label": "其余", "difference": ["全县", "本院"]}, "占比": {"label": "占比", "ratio": ["本院", "全县"]}},
        {"kind": "share", "whole": "全县", "part": "本院", "rest": "其余", "share": "占比"},
    ),
    (
        {"位次": {"label": "综合位次", "value": "12", "pattern": "第{}位"},
         "前次": {"label": "前次", "value": "40", "pattern": "第{}位"}},
        {"kind": "rank", "now": "位次", "before": "前次"},
    ),
)  # fmt: skip
"""Charts that are drawn from facts: the facts, and which is what in the chart."""


@dataclass(frozen=True)
class TrialWorld(World):
    """A world with further files that stand on no disk."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str | Path, limit_bytes: int = YAML_LIMIT) -> bytes:
        """Returns the bytes of a trial's file, else of the world's."""
        made = self.files.get(Path(path).as_posix())
        return World.read(self, path, limit_bytes) if made is None else made


def read_words(world: World, file: Path) -> Words:
    """Returns the words in a `trials.yaml`; raises Rejected."""
    report = Report()
    words = read_declared(load_source(world, file), Words, report)
    report.finish()
    assert words is not None, "the report has no errors"
    return words


MEDIA: tuple[tuple[Target, Aspect, str, str], ...] = (
    ("brochure", "16:9", "画册", "brochure"),
    ("deck", "16:9", "幻灯片", "deck"),
    ("deck", "4:3", "4:3 幻灯片", "4:3 deck"),
)
LEFT_OUT = ("entry-left-out",)
"""What a look shows all of, unless it says what it `holds`: a poster is a choice."""


@dataclass(frozen=True)
class Tried:
    """What came of a trial: its name, pages or slides by medium, every error in the designer's words; (medium, master) of the
    layout's own masters that stand on pages, and of those that did not hold, with the reason; the styles on its own pages, each
    with its greatest size."""

    name: str
    pages: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    stood: frozenset[tuple[str, str]]
    failed: Mapping[tuple[str, str], Diagnostic]
    styles: Mapping[str, float]


def never_held(layout: Layout, trials: Iterable[Tried]) -> Iterator[Diagnostic]:
    """Yields a warning for each master of a layout that held in no trial, so that all its pages were set by the layout below,
    or that none took; and for each type style that it changes and no trial was set in, or not in its size."""
    every, spec = tuple(trials), layout.spec
    sizes = dict(sorted((item for tried in every for item in tried.styles.items()), key=lambda item: item[1]))
    for told in never_set((spec.brochure, spec.deck), layout, sizes):  # of all that there may be, nothing
        yield replace(told, severity=Severity.WARNING)
    stood = {place for tried in every for place in tried.stood}
    failed = {place: why for tried in reversed(every) for place, why in tried.failed.items()}
    for (medium, name), why in failed.items():
        own = spec.brochure if medium == MEDIA[0][2] else spec.deck
        if (medium, name) not in stood and name in own.masters:  # else it is a kind of chart
            said = why.message.zh.partition("：")[2] or why.message.zh, why.message.en.partition(": ")[2] or why.message.en
            message = Bilingual(
                f"{medium}的母版“{name}”一次也没有用上，都改用了 {spec.fallback} 的：{said[0]}",
                f"no trial could use the master “{name}”, {spec.fallback}'s was taken: {said[1]}",
            )
            yield Diagnostic("never-holds", Severity.WARNING, message, why.hint, own.masters[name].span)
    for zh, own in ((MEDIA[0][2], spec.brochure), (MEDIA[1][2], spec.deck)):
        for name in sorted(reached(own) - {own.filler, *(n for m, n in (*stood, *failed) if m == zh)}):
            if name in own.masters and own.masters[name].span.file == spec.span.file:
                yield _untaken(zh, name, own.masters[name].span)


def _untaken(medium: str, name: str, span: Span) -> Diagnostic:
    message = Bilingual(f"没有一次试排用到{medium}的母版“{name}”", f"no trial took the master “{name}”")
    hint = Bilingual(
        "排在它前面的总是放得下，或没有内容合它的 needs：挪到前面，或改 needs、unless",
        "what comes before it always holds, or nothing has what it needs: put it first, or change needs and unless",
    )
    return Diagnostic("never-taken", Severity.WARNING, message, hint, span)


def try_out(world: World, job: Job, look: Look, words: Words) -> Iterator[Tried]:
    """Yields what comes of each trial publication in a layout, one after the other: they take their time."""
    for number, trial in enumerate(words.trials):
        own, path = trial_world(world, words, number)
        read = read_all(own, replace(job, source=path), look)
        pages: dict[str, int] = {}
        stood, failed, styles = set[tuple[str, str]](), dict[tuple[str, str], Diagnostic](), dict[str, float]()
        told: list[Diagnostic] = []
        for target, aspect, zh, en in MEDIA:
            if aspect == "4:3" and look.layout.spec.deck_4x3 is None:
                continue
            made, found = try_layout(read, (target,), aspect)
            medium = look.layout.spec.brochure if target == "brochure" else look.layout.spec.deck
            if any(fault.code == BEYOND for fault in found):
                continue
            pages[zh] = len(made[target].pages)
            stood |= {(zh, page.master) for page in made[target].pages}
            styles |= {n: max(size, styles.get(n, 0.0)) for n, size in sizes_set(made[target], medium).items()}
            failed |= {(zh, page.instead[0]): page.instead[1][0] for page in made[target].pages if page.instead}
            for fault in found:
                if fault.severity is Severity.ERROR or (fault.code in LEFT_OUT and not medium.holds):
                    message = Bilingual(
                        f"试排“{trial.name}”的{zh}：{fault.message.zh}",
                        f"trial “{trial.name}”, {en}: {fault.message.en}",
                    )
                    told.append(replace(fault, message=message, span=None))
        yield Tried(trial.name, pages, tuple(told), frozenset(stood), failed, styles)


def trial_world(world: World, words: Words, number: int) -> tuple[TrialWorld, Path]:
    """Returns a world in which trial `number` can be read, and its source's path."""
    trial = words.trials[number]
    files = {f"trials/{i}.png": _picture(size) for i, size in enumerate(words.pictures)} if trial.pictures else {}
    path = Path("trials") / f"{trial.name}.yaml"
    source = json.dumps(_source(words, trial, number), ensure_ascii=False, indent=1)
    return TrialWorld(world.root, files={**files, path.as_posix(): source.encode()}), path


def _picture(size: tuple[int, int]) -> bytes:
    """Returns a PNG of a grey ramp."""
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(made, "PNG", dpi=(300, 300))
    return made.getvalue()


def _source(words: Words, trial: Trial, number: int) -> dict[str, Any]:
    """Returns the publication as an editor would write it."""
    keywords = [_keyword(words, trial, i) for i in range(trial.keywords)]
    themes: list[dict[str, Any]] = [
        {"id": f"t{i}", "title": _nth(words.themes, i), "lead": _text(words, i, 40)}
        for i in range(min(trial.themes, trial.keywords))
    ]
    heroes = [f"{keyword['id']}.数{n}" for n in (0, 1) for keyword in keywords if f"数{n}" in keyword.get("facts", ())]
    header = {
        "title": _nth(words.titles, number), "id": f"trial-{number}", "organisation": _nth(words.organisations, number),
        "subtitle": _nth(words.subtitles, number), "date": "2024-01-15", "year": 2023,
        "foreword": {"title": _nth(words.headlines, number) or "卷首", "body": _text(words, number, 300)},
        "credits": list(words.credits), "imprint": list(words.imprint), "glance": heroes[: trial.glance],
    }  # fmt: skip
    if trial.pictures:
        header["picture"] = {"file": f"{len(words.pictures) - 1}.png", "alt": "封面"}
        for theme in themes[:3]:
            theme["picture"] = {"file": "0.png", "alt": theme["title"]}
        for i, keyword in enumerate(keywords[2::4]):
            keyword |= words.extras[i % len(words.extras)] if words.extras else {}
            keyword["events"] = [{"date": f"2023-0{n}-15", "label": _nth(words.keywords, i + n)} for n in (3, 8)[: i % 3]]
    charts = [{"kind": "timeline", "title": "这一年"}, *_charts(words, trial)]
    for keyword, (facts, chart) in zip(keywords[2::3], DERIVED, strict=False):
        keyword["facts"] = keyword.get("facts", {}) | facts
        of = {key: f"{keyword['id']}.{value}" if value in facts else value for key, value in chart.items()}
        charts.append({**of, "title": keyword["title"], "keyword": keyword["id"]})
    return {"publication": header, "themes": themes, "keywords": keywords, "charts": charts}


def _charts(words: Words, trial: Trial) -> Iterator[dict[str, Any]]:
    """Yields a chart of each kind, each with a keyword of its own, as far as there are keywords."""
    for place, (chart, i) in enumerate(zip(words.charts, range(1, trial.keywords, 3), strict=False)):
        rows = {row.split()[0]: [float(value) for value in row.split()[1:]] for row in chart["rows"].split("；")}
        series = chart.get("series", "").split()
        data = {"unit": chart["unit"], "rows": {name: v if series else v[0] for name, v in rows.items()}}
        data |= {"series": series} if series else {}
        title = _nth(words.headlines, place).rstrip("。") or words.titles[0]
        yield {"kind": chart["kind"], "title": title, "keyword": f"k{i}", "data": data}


def _keyword(words: Words, trial: Trial, i: int) -> dict[str, Any]:
    round_, place = divmod(i, len(words.keywords))
    title = words.keywords[place] + (ORDINALS[(round_ - 1) % len(ORDINALS)] if round_ else "")
    facts = {f"数{n}": _fact(*_nth(words.figures, i + n)) for n in range(2 if i % 3 == 0 else 1 if i % 2 else 0)}
    points = [{_nth(words.points, i + n)[0]: _nth(words.points, i + n)[1]} for n in range(_nth(words.rows, i))] + [
        {"另计": "{数1}"}
    ] * ("数1" in facts)
    made: dict[str, Any] = {
        "title": title, "id": f"k{i}", "headline": _nth(words.headlines, i), "body": _text(words, i, _nth(words.bodies, i)),
        "facts": facts, "points": points,
    }  # fmt: skip
    if trial.themes:
        made["theme"] = f"t{i * min(trial.themes, trial.keywords) // trial.keywords}"
    if date := _nth(words.dates, i):
        made["date"] = date
    if trial.keywords > 20 and i % 10 == 7:
        listed: dict[str, Any] = {"label": "名单", "list": [_nth(words.keywords, i + n) for n in range(1, 3 + i % 8)]}
        facts |= {"名单": listed}
        made |= {"names": ["名单"], "points": [*points, {"名单": "{名单}"}]}
    if i % 3 == 0:
        made["hero"] = "数0"
    elif "数0" in facts:
        made["body"] += "全年共计{数0}。"
    if words.blocks and i % 5 == 4:
        made["body"] += "\n\n" + _nth(words.blocks, i // 5)
    if trial.pictures and i % trial.pictures == 0:
        shape = i // trial.pictures % len(words.pictures)
        made["picture"] = {
            "file": f"{shape}.png",
            "alt": title,
            "caption": _nth(words.sentences, i),
            "credit": "宣传科",
        }
    return {name: value for name, value in made.items() if value}


def _fact(label: str, value: str, unit: str) -> dict[str, str]:
    return {"label": label, "value": value, ("pattern" if "{" in unit else "unit"): unit}


def _text(words: Words, first: int, length: int) -> str:
    """Returns whole sentences that come to about a length, in paragraphs of four."""
    text, i = "", first
    while len(text) < length:
        text += _nth(words.sentences, i) + ("\n\n" if (i - first) % 4 == 3 and len(text) < length - 40 else "")
        i += 1
    return text.strip()


def _nth(items: Sequence[Any], i: int) -> Any:
    return items[i % len(items)]
