"""Decks that look right and are not: each change of a written deck is told where it stands, and what is right is not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from lhpub.boxes import Composition
from lhpub.verify.pptx import verify_pptx

from .written import Written, changed, rezipped

SLIDE, CHART, CORE = "ppt/slides/slide4.xml", "ppt/charts/chart1.xml", "docProps/core.xml"
SHAPE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="990" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>"
)


def sub(part: str, pattern: str, new: str) -> Callable[[bytes], bytes]:
    def change(blob: bytes) -> bytes:
        text = re.sub(pattern, new, blob.decode(), count=1, flags=re.DOTALL)
        assert text != blob.decode(), pattern
        return text.encode()

    return lambda data: changed(data, part, change)


LIES = {
    "a text added without a digit": sub(SLIDE, "</p:spTree>", SHAPE.format("正式定稿")),
    "a text added with one": sub(SLIDE, "</p:spTree>", SHAPE.format("总投资999亿元")),
    "a description on a text": sub(SLIDE, r'(<p:sp><p:nvSpPr><p:cNvPr id="\d+" name="[^"]*")', r'\1 descr="总投资135.8亿元"'),
    "a keyword dropped from the properties": sub(CORE, "<cp:keywords>[^，<]+，", "<cp:keywords>"),
    "another author": sub(CORE, "<dc:creator>[^<]+", "<dc:creator>某某"),
    "another subject": sub(CORE, "<dc:subject>[^<]+", "<dc:subject>征求意见"),
    "bars for columns": sub(CHART, 'barDir val="col"', 'barDir val="bar"'),
    "stacked columns": sub(CHART, '"clustered"', '"percentStacked"'),
    "a logarithmic axis": sub(CHART, "<c:valAx>(.*?)<c:scaling>", r'<c:valAx>\1<c:scaling><c:logBase val="10"/>'),
    "hidden cells shown": sub(CHART, 'plotVisOnly val="1"', 'plotVisOnly val="0"'),
    "columns without a fill": sub(CHART, r'<c:spPr><a:solidFill><a:schemeClr val="\w+"/></a:solidFill>', "<c:spPr><a:noFill/>"),
    "columns in another colour": sub(CHART, r'<c:spPr><a:solidFill><a:schemeClr val="\w+"/>', '<c:spPr><a:solidFill><a:srgbClr val="00FF00"/>'),
    "the plot moved": sub(CHART, r'<c:y val="0[^"]+"', '<c:y val="0.300000"'),
    "a chart title added": sub(CHART, "<c:autoTitleDeleted", "<c:title><c:tx><c:rich><a:p><a:r><a:t>定稿</a:t></a:r></a:p></c:rich></c:tx></c:title><c:autoTitleDeleted"),
    "an area for a line": lambda data: changed(data, "ppt/charts/chart3.xml", lambda b: b.replace(b"c:lineChart", b"c:areaChart")),
    "points between the ticks": sub("ppt/charts/chart3.xml", "midCat", "between"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_told(lie: str, written: Written, deck: Composition) -> None:
    assert verify_pptx(LIES[lie](written.data), deck)


def test_what_is_packed_otherwise_says_the_same(written: Written, deck: Composition) -> None:
    parts = list(written.parts.items())
    assert verify_pptx(rezipped(parts[:1] + parts[:0:-1]), deck) == ()
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, blob in parts:
            archive.writestr(name, blob)
    assert verify_pptx(stored.getvalue(), deck) == ()


def test_a_chart_that_is_not_its_workbook_is_told_without_the_source(written: Written) -> None:
    assert verify_pptx(written.data) == ()
    stale = sub(CHART, "<c:v>685.8</c:v>", "<c:v>658.8</c:v>")(written.data)
    assert [d.code for d in verify_pptx(stale)] == ["chart-cache-differs"]
