"""Publications of offices that nobody thought of: `python tests/outside/strangers.py [COUNT] [SEED] [--layout NAME…] [--built]`.

Each is written at random from all that the source may hold: facts of every kind, with and without what may stand beside
them; charts of every kind at any size; tables, lists, quotations, documents, dates of every precision. What is told of one is
told at a line of the source, in words; a Fault, a traceback or an error whose place is the layout is printed with its number.
`--built` writes and compares all files, too; without it each is composed and checked."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lhpub.build import Job, Look, make, read_all, read_look, try_layout
from lhpub.diagnostics import Fault, Rejected, Severity
from lhpub.world import World

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "fonts" / "fonts.yaml"
CHARACTERS = "供电门诊线路学院公交农商老旧小区加装电梯营商环境夜间经济绿色低碳数字孪生便民服务人才安居养老托育文体场馆水质达标"
LATIN = ["5G", "AI+", "CBD", "B2B", "PM2.5", "C919", "GDP", "iPhone 15 Pro"]
NUMBERS = ["0", "1", "7", "12", "98.1", "-3", "-0.5", "0.05", "1286000", "535.8", "40", "100", "12345678.9", "3105", "60.14", "98765432"]
UNITS = ["个", "亿元", "万元", "%", "家", "微克/立方米", "公里", "人次", "平方公里", "千瓦时", "", "万人次", "‰", "℃"]
WORDS = ["数十", "超百", "几千", "近百"]
DATES = ["2023", "2023-02", "2023-04-16", "2023-04/上旬", "2023-09-07/2023-09-15", "2023-01/上旬起", "2023-12-31", "2023-02-28起"]
WHY = False
LAYOUTS = {"entry-left-out", "overset"}
"""Errors that stand at the source's line and are the layout's."""
YEARS = [f"{year}年" for year in range(1999, 2024)]
MONTHS = [f"{month}月" for month in range(1, 13)]
Writer = dict[str, Any]


class Office:
    """One publication, written at random."""

    def __init__(self, number: int) -> None:
        self.rng = random.Random(number)
        self.facts: dict[str, Writer] = {}

    def maybe(self, share: float) -> bool:
        return self.rng.random() < share

    def words(self, least: int, most: int) -> str:
        length = self.rng.randint(least, most)
        start = self.rng.randrange(len(CHARACTERS))
        text = (CHARACTERS[start:] + CHARACTERS * (length // len(CHARACTERS) + 1))[:length]
        if length > 6 and self.maybe(0.15):
            text = text[: length // 2] + self.rng.choice(LATIN) + text[length // 2 :]
        return text

    def sentence(self, least: int, most: int, names: Sequence[str] = ()) -> str:
        parts = [self.words(3, 12) for _ in range(max(1, self.rng.randint(least, most) // 10))]
        parts += [f"{self.words(2, 6)}{{{name}}}" for name in self.rng.sample(list(names), min(len(names), self.rng.randint(0, 2)))]
        self.rng.shuffle(parts)
        return "，".join(parts) + "。"

    def fact(self, mine: list[str]) -> Writer:
        made: Writer = {"label": self.words(2, 14)}
        exact = [name for name in mine if self.facts[name].get("value", "十") not in WORDS and "approx" not in self.facts[name]]
        match self.rng.randrange(16):
            case 0:
                made["text"] = f"《{self.words(4, 16)}》"
            case 1:
                made |= {"list": [self.words(2, 5) for _ in range(self.rng.randint(1, 6))], "etc": self.maybe(0.5)}
            case 2:
                made |= {"value": self.rng.choice(WORDS), "unit": self.rng.choice(UNITS)}
            case 3 | 4 if len(exact) >= 2:
                kind = self.rng.choice(["sum", "difference", "ratio", "growth"])
                made[kind] = two = self.rng.sample(exact, 2)
                if kind != "before" and self.maybe(0.8):  # most editors compute with figures of one unit
                    self.facts[two[1]]["unit"] = self.facts[two[0]].setdefault("unit", "个")
            case _:
                made |= {"value": self.rng.choice(NUMBERS), "unit": self.rng.choice(UNITS)}
                if self.maybe(0.2):
                    made["approx"] = self.rng.choice(["超", "约", "近"])
                elif self.maybe(0.1):
                    made["pattern"] = self.rng.choice(["第{}位", "{}连冠"])
        if self.maybe(0.1):
            made["status"] = "征求意见稿"
        if self.maybe(0.2):
            made["from"] = self.rng.choice(["A 第3段", "年度统计快报"])
        return made

    def body(self, names: list[str]) -> str:
        blocks = [self.sentence(20, 120, names)]
        for _ in range(self.rng.randint(0, 2)):
            match self.rng.randrange(5):
                case 0:
                    blocks.append("\n".join(f"- {self.sentence(8, 30, names)}" for _ in range(self.rng.randint(1, 7))))
                case 1:
                    blocks.append("\n".join(f"{n}. {self.sentence(8, 30)}" for n in range(1, self.rng.randint(2, 12))))
                case 2:
                    wide, deep = self.rng.randint(2, 6), self.rng.randint(1, 24)
                    lines = ["| " + " | ".join(self.words(2, 8) for _ in range(wide)) + " |", "|" + "---|" * wide]
                    lines += ["| " + " | ".join(self.rng.choice([*NUMBERS, self.words(1, 12)]) for _ in range(wide)) + " |" for _ in range(deep)]
                    blocks.append("\n".join(lines))
                case 3:
                    blocks.append(f"> {self.sentence(20, 60)}\n>\n> —— {self.words(3, 8)}")
                case _:
                    blocks.append(self.sentence(60, 300, names))
        return "\n\n".join(blocks)

    def keyword(self, number: int, themes: list[str]) -> Writer:
        self.facts = {}
        for n in range(self.rng.choice([0, 0, 1, 2, 3, 5, 9])):
            self.facts[f"甲{n}"] = self.fact(list(self.facts))
        names = list(self.facts)
        made: Writer = {"title": f"{self.words(2, self.rng.choice([6, 12, 20]))}{number}"}
        if themes:
            made["theme"] = self.rng.choice(themes)
        if self.maybe(0.8):
            made["date"] = self.rng.choice(DATES)
        if self.maybe(0.7):
            made["headline"] = self.sentence(10, 30)
        made["body"] = self.body(names) if self.maybe(0.9) else None
        if names:
            made["facts"] = dict(self.facts)
            figures = [name for name in names if not {"text", "list"} & self.facts[name].keys()]
            if figures and self.maybe(0.6):
                made["hero"] = self.rng.choice(figures)
        points = [self.sentence(6, 25, names) if self.maybe(0.6) else {self.words(2, 6): self.sentence(8, 30)} for _ in range(self.rng.randint(0, 6))]
        optional = {
            "points": points, "brief": self.sentence(10, 40), "timeline": self.words(4, 14), "notes": self.sentence(30, 400, names),
            "events": [{"date": self.rng.choice(DATES[1:5]), "label": self.words(4, 14)} for _ in range(self.rng.randint(1, 4))],
            "quote": {"text": self.sentence(15, 60), "by": self.words(3, 10)}, "from": "A",
            "qr": {"link": "https://www.example.gov.cn/2023", "caption": self.words(4, 10)},
        }  # fmt: skip
        return {key: value for key, value in {**made, **{k: v for k, v in optional.items() if self.maybe(0.3)}}.items() if value}

    def data(self, series: int, rows: int) -> Writer:
        named = self.rng.choice([YEARS, MONTHS, [], []])
        names = named[:rows] if len(named) >= rows else [f"{self.words(2, self.rng.choice([4, 18]))}{n}" for n in range(rows)]
        kinds = self.rng.choice([["12", "7", "40"], ["98.1", "60.14", "7", "535.8"], ["-3", "-0.5", "12", "0"], NUMBERS[:8], ["1286000", "12345678.9"]])
        cells = [[self.rng.choice([*kinds * 5, "—", "约12", "超100"]) for _ in range(series)] for _ in names]
        made: Writer = {"rows": {name: row if series > 1 else row[0] for name, row in zip(names, cells, strict=True)}}
        if series > 1:
            made["series"] = [f"{self.words(2, 8)}{n}" for n in range(series)]
        return {**made, "unit": self.rng.choice(UNITS)}

    def chart(self, keywords: list[Writer]) -> Writer:
        kind = self.rng.choice(["column", "column", "bar", "line", "parts", "pair", "timeline"])
        made: Writer = {"kind": kind, "title": self.words(3, 16)}
        if self.maybe(0.8):
            made["keyword"] = self.rng.choice(keywords)["title"]
        if kind == "timeline":
            return made
        series = 2 if kind == "pair" else 1 if kind == "parts" else self.rng.choice([1, 1, 2, 3, 4])
        most = {"parts": 8, "line": 24}.get(kind, 30) if series == 1 else 10
        made["data"] = self.data(series, min(most, self.rng.choice([2, 3, 5, 8, 12, 13, 24, 30])))
        if kind == "column" and self.maybe(0.3):
            made["stacked"] = True
        if self.maybe(0.3):
            made["highlight"] = self.rng.choice(list(made["data"]["rows"]))
        if self.maybe(0.3):
            made["note"] = self.sentence(10, 40)
        return made

    def publication(self) -> Writer:
        themes = [self.words(2, 8) + str(n) for n in range(self.rng.choice([0, 0, 2, 3, 5, 12]))]
        keywords = [self.keyword(n, themes) for n in range(1, 1 + self.rng.choice([1, 2, 3, 6, 9]))]
        head: Writer = {"title": self.words(4, 24), "organisation": self.words(4, 24), "date": "2024-01-15"}
        optional: Writer = {
            "subtitle": self.words(6, 30), "foreword": self.sentence(60, 300), "credits": [self.sentence(10, 50)], "computed": "free",
            "imprint": [self.words(6, 20) for _ in range(self.rng.randint(1, 6))],
        }  # fmt: skip
        head |= {"documents": [{"id": "A", "title": f"《{self.words(6, 20)}》"}], **{k: v for k, v in optional.items() if self.maybe(0.5)}}
        made: Writer = {"publication": head, "keywords": keywords}
        used = [theme for theme in themes if any(keyword.get("theme") == theme for keyword in keywords)]
        if used:
            made["themes"] = [{"id": theme, "title": theme, **({"lead": self.sentence(10, 60)} if self.maybe(0.5) else {})} for theme in used]
        if charts := [self.chart(keywords) for _ in range(self.rng.randint(0, 3))]:
            made["charts"] = charts
        return made


@cache
def look_of(layout: str) -> Look:
    return read_look(World(ROOT), Job(Path("x.yaml"), ROOT / "layouts" / layout, FONTS, Path("out")))


class Hand(yaml.SafeDumper):
    """Writes as an editor does: what has several lines behind a |."""


def _text(hand: Hand, text: str) -> yaml.Node:
    return hand.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Hand.add_representer(str, _text)


def write(number: int) -> str:
    """Returns the YAML of a publication; numbers are written bare, as an editor does."""
    text = yaml.dump(Office(number).publication(), Dumper=Hand, allow_unicode=True, sort_keys=False, width=10_000)
    for value in NUMBERS:
        text = text.replace(f"'{value}'", value)
    return text


def tried(folder: Path, number: int, layout: str, built: bool) -> tuple[str, list[str]]:
    """Returns how a publication went in a layout, and what is wrong with that."""
    (folder / "s.yaml").write_text(write(number), encoding="utf-8")
    job = Job(Path("s.yaml"), ROOT / "layouts" / layout, FONTS, folder / "out")
    try:
        if built:
            told = make(World(folder), job, lambda _: None)[1]
        else:
            told = try_layout(read_all(World(folder), job, look_of(layout)), ("deck", "brochure"))[1]
    except Fault as fault:
        return "FAULT", [item.message.en for item in fault.diagnostics][:4]
    except Rejected as rejected:
        told = rejected.diagnostics
    except Exception:
        return "FAULT", traceback.format_exc().splitlines()[-6:]
    errors = [item for item in told if item.severity is Severity.ERROR]
    outside = [
        f"{item.code} {item.message.zh} ({item.span})"
        for item in errors
        if item.span is None or item.span.file != "s.yaml" or item.code in LAYOUTS
    ]
    if errors and WHY and not outside:
        print(number, *(item.in_language("zh") for item in errors[:2]))
    return ("LAYOUT" if outside else "rejected: " + errors[0].code if errors else "done"), outside[:3]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--layout", action="append")
    parser.add_argument("--built", action="store_true")
    parser.add_argument("--why", action="store_true", help="what is refused, in words")
    options = parser.parse_args()
    global WHY
    WHY = options.why
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        for number in range(options.seed * 10_000, options.seed * 10_000 + options.count):
            for layout in options.layout or ["plain"]:
                how, why = tried(Path(made), number, layout, options.built)
                told[how] += 1
                if why:
                    print(number, layout, how, *why, sep="\n   ", flush=True)
    print(dict(told))
    return int(any(how.isupper() for how in told))


if __name__ == "__main__":
    sys.exit(main())
