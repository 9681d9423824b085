"""Native charts after an edit in another program: every number within a chart's frame is what its data says."""

import re
import shutil
import subprocess
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2 as pdfium
import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.oxml.ns import qn

from lhpub.build import compose_all, read_all
from lhpub.render.pptx import render_pptx
from lhpub.world import World
from tests.suite.workshop import ROOT, job_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]
CHARTS = {
    "columns": "{kind: column, data: {unit: 亿元, rows: {2021年: 12.4, 2022年: 超20, 2023年: 18.6, 2024年: —}}}",
    "groups": "{kind: column, data: {unit: 人, series: [甲, 乙], rows: {春: [12, 24], 秋: [16, 8]}}}",
    "stack": "{kind: column, stacked: true, data: {unit: 人, series: [甲, 乙], rows: {春: [12, 24], 秋: [16, 8]}}}",
    "bars": "{kind: bar, data: {unit: 天, rows: {本院: 6.8, 县医院: 7.2, 市医院: 约9}}, highlight: 本院}",
    "line": "{kind: line, data: {unit: 件, rows: {甲日: 40, 乙日: 24, 丙日: 36}}}",
    "lines": "{kind: line, data: {unit: 件, series: [甲, 乙], rows: {甲日: [40, 8], 乙日: [24, 12], 丙日: [36, 6]}}}",
    "parts": "{kind: parts, data: {unit: 万元, rows: {医疗: 186, 补助: 82, 其他: 40}}}",
    "many-parts": "{kind: parts, data: {unit: 万元, rows: {甲: 86, 乙: 82, 丙: 40, 丁: 20, 戊: 10, 己: 4}}}",
    "pair": "{kind: pair, data: {unit: 分钟, series: [前, 后], rows: {取药: [22.6, 9.4], 候诊: [40.2, 20.2]}}}",
    "share": "{kind: share, whole: 甲事.全部, part: 甲事.部分, rest: 甲事.其余, share: 甲事.占比}",
    "rank": "{kind: rank, now: 甲事.今, before: 甲事.昔}",
}
"""A deck of every kind: bounds, about values, gaps, groups, stacks, few parts and many."""
FACTS = (
    "全部: {value: 280, unit: 人}, 部分: {value: 70, unit: 人}, 其余: {difference: [全部, 部分]}, "
    "占比: {ratio: [部分, 全部]}, 今: {value: 12, unit: 位, pattern: '第{}位'}, 昔: {value: 48, unit: 位, pattern: '第{}位'}"
)


def changed(way, name, values):
    """Returns a series after an edit; a share stays within its whole, a rank within its list."""
    if way == "reordered":
        return values[::-1]
    factor = Decimal(3) if way == "tripled" else Decimal("0.5")
    if name.startswith("share"):
        return [None if v is None else float(min(Decimal(str(v)) * factor, 1)) for v in values]
    if name.startswith("rank") and way == "tripled":
        return [None if v is None else 101 - v for v in values]
    return [None if v is None else float(Decimal(str(v)) * factor) for v in values]


def edited(source, target, way):
    """Writes the deck with all its charts' data changed as an editor's program would."""
    deck = Presentation(source)
    for shape in (shape for slide in deck.slides for shape in slide.shapes if shape.has_chart):
        data, chart = CategoryChartData(), shape.chart
        names = [str(name) for name in chart.plots[0].categories]
        data.categories = names[::-1] if way == "reordered" else names
        for series in (series for plot in chart.plots for series in plot.series):
            whole = series.name == "全部"
            data.add_series(series.name, series.values if whole else changed(way, shape.name, list(series.values)))
        chart.replace_data(data)
    deck.save(target)


def printed(code, value):
    """Returns a value as a number format prints it (ECMA-376 part 1, 18.8.31: text in quotes, 0, decimals, %, sections)."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    value, section = Decimal(str(value)), sections[0]
    if value < 0 and len(sections) > 1:
        value, section = -value, sections[1]
    elif value == 0 and len(sections) > 2:
        section = sections[2]

    def piece(match):
        if match[1] is not None:
            return match[1]
        places = len(match[2].rstrip("%").partition(".")[2])
        shown = value * (100 if match[2].endswith("%") else 1)
        return f"{shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}{'%' * match[2].endswith('%')}"

    return re.sub(r'"([^"]*)"|([0.]+%?)', piece, section)


def labels(chart):
    """Yields every number that the labels of a chart show, by each one's own number format."""
    for series in chart._chartSpace.iter(qn("c:ser")):
        own = series.find(qn("c:dLbls"))
        if own is None:
            continue
        points = {one.find(qn("c:idx")).get("val"): one for one in own.findall(qn("c:dLbl"))}
        for point in series.findall(f".//{qn('c:val')}//{qn('c:pt')}"):
            label = points.get(point.get("idx"), own)
            shown = label.find(qn("c:showVal"))
            if shown is not None and shown.get("val") == "1":
                yield printed(label.find(qn("c:numFmt")).get("formatCode"), point.find(qn("c:v")).text)


def numbers(text):
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edits")
    charts = "\n".join(f"  - {text.replace('{kind', f'{{id: {name}, title: 图, keyword: 甲事, kind')}" for name, text in CHARTS.items())
    source = folder / "charts.yaml"
    source.write_text(
        f"publication: {{title: 一年, organisation: 某区, date: 2024-01-15}}\nkeywords:\n"
        f"  - {{title: 甲事, body: 一件。, facts: {{{FACTS}}}}}\n  - {{title: 乙事, body: 又一件。}}\ncharts:\n{charts}\n",
        encoding="utf-8",
    )
    made, _ = compose_all(read_all(World(ROOT), job_for(source, folder, ROOT / "layouts" / "plain")), ("deck",))
    (folder / "as-built.pptx").write_bytes(render_pptx(made["deck"]))
    ways = ("tripled", "halved", "reordered")
    for way in ways:
        edited(folder / "as-built.pptx", folder / f"{way}.pptx", way)
    files = [folder / f"{way}.pptx" for way in ("as-built", *ways)]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=600)
    return folder


@pytest.mark.parametrize("way", ["as-built", "tripled", "halved", "reordered"])
def test_each_number_within_a_charts_frame_is_its_data(decks, way):
    deck, pages = Presentation(decks / f"{way}.pptx"), pdfium.PdfDocument(decks / f"{way}.pdf")
    seen = 0
    for slide, page in zip(deck.slides, pages, strict=True):
        scale, height = page.get_width() / deck.slide_width, page.get_height()
        text = page.get_textpage()
        for shape in (shape for shape in slide.shapes if shape.has_chart):
            left, top = shape.left * scale, height - shape.top * scale
            frame = left - 1, top - shape.height * scale - 1, left + shape.width * scale + 1, top + 1
            there = numbers(text.get_text_bounded(*frame))
            beside = [drawn.text_frame.text for drawn in slide.shapes if drawn.has_text_frame and shape.name in drawn.name]
            own = shape.chart.plots[0].categories if shape.name != "parts/chart" else ()  # its one bar has no name
            wanted = numbers("|".join((*labels(shape.chart), *map(str, own), *beside)))
            assert there == wanted, (way, shape.name)
            seen += sum(wanted.values())
    assert seen >= 40
