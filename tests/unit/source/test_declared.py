"""One declaration gives the reader, its messages, the schema and the reference page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import jsonschema
import pytest

from lhpub.diagnostics import Rejected, Span
from lhpub.source.declared import declared, key, read_declared
from lhpub.source.load import read_yaml
from lhpub.source.node import Mapping, Node, Scalar, Sequence
from lhpub.source.report import Report
from lhpub.source.schema import json_schema, reference


@declared("一个圆", "a circle")
class Circle:
    span: Span
    kind: Literal["circle"] = key("种类", "its kind")
    radius: float = key("半径", "its radius", minimum=0, maximum=10)


@declared("一个方", "a square")
class Square:
    span: Span
    kind: Literal["square", "box"] = key("种类", "its kind")
    side: int = key("边", "its side", default=1)


@declared("一幅画", "a drawing", "title: 晨\nshapes: [{kind: box}]   # 可多个\nsize: [1, 2]\n")
class Drawing:
    span: Span
    title: str = key("标题，照录", "its title")
    price: Decimal | None = key("价格", "its price", default=None)
    shapes: tuple[Circle | Square, ...] = key("图形", "its shapes", default=())
    size: tuple[float, float] | float | Literal["auto"] = key("大小", "its size", default="auto")
    inks: dict[str, int] = key("墨", "its inks", default={})
    from_: Scalar | None = key("来源", "where from", default=None)
    shown: bool = key("展出", "is it shown", default=False)
    text: str | tuple[str, ...] = key("文字", "its text", default="")
    frame: Circle | None = key("框", "its frame", default=None)


def read(text: str) -> tuple[Drawing | None, list[str]]:
    report = Report()
    drawing = read_declared(read_yaml(text, "s"), Drawing, report)
    return drawing, [d.code for d in report.diagnostics]


def test_every_type_is_read() -> None:
    drawing, codes = read("""\
title: 007
price: 535.80
shapes: [{kind: circle, radius: 2.5}, {kind: box}]
size: [1, 2.5]
inks: {赤: 3, 黑: 4}
from: no
shown: true
text: [甲, 乙]
frame: {kind: circle, radius: 1}
""")
    assert codes == []
    assert drawing is not None
    assert (drawing.title, str(drawing.price), drawing.size, drawing.shown) == ("007", "535.80", (1.0, 2.5), True)
    assert [type(shape).__name__ for shape in drawing.shapes] == ["Circle", "Square"]
    assert list(drawing.inks.items()) == [("赤", 3), ("黑", 4)]
    assert drawing.from_ is not None
    assert (drawing.from_.text, drawing.from_.span) == ("no", Span("s", 6, 7))
    assert drawing.text == ("甲", "乙")
    assert drawing.frame is not None
    assert drawing.frame.span == Span("s", 9, 8)


def test_defaults_stand_where_nothing_is_written() -> None:
    drawing, codes = read("title: 甲\nprice:\nshapes:\n")
    assert codes == []
    assert drawing == Drawing(span=Span("s", 1, 1), title="甲")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("size: auto", []),
        ("size: 3", []),
        ("size: large", ["not-a-choice", "wrong-type"]),
        ("size: [1]", ["wrong-length"]),
        ("size: [1, 二]", ["wrong-type"]),
        ("size: {a: 1}", ["wrong-type"]),
        ("shapes: [{kind: circle, radius: 11}]", ["out-of-range"]),
        ("shapes: [{kind: circle, radius: -1}]", ["out-of-range"]),
        ("shapes: [{kind: circle}]", ["missing-key"]),
        ("shapes: [{kind: oval}]", ["not-a-choice"]),
        ("shapes: [{radius: 1}]", ["not-a-choice"]),
        ("shapes: [甲]", ["wrong-type"]),
        ("shapes: [{kind: box, side: 1.5}]", ["wrong-type"]),
        ("price: １２", ["wrong-type"]),
        ("price: 1,000", ["wrong-type"]),
        ("price: 99999999999999999999999999999", ["wrong-type"]),
        ("shown: yes", ["wrong-type"]),
        ("inks: {赤: 深}", ["wrong-type"]),
        ("inks: [赤]", ["wrong-type"]),
        ("text: {甲}", ["wrong-type"]),
        ("frame: 甲", ["wrong-type"]),
        (
            "shapes: [{kind: oval}, {kind: circle, radius: 11}]\nprize: 3",
            ["not-a-choice", "out-of-range", "unknown-key"],
        ),
    ],
)
def test_each_mistake_is_reported_and_reading_goes_on(text: str, codes: list[str]) -> None:
    drawing, found = read(f"title: 甲\n{text}")
    assert drawing is not None
    assert drawing.title == "甲"
    assert found == codes or found == codes[-1:]


def plain(node: Node) -> Any:
    """What an editor's YAML service sees: scalars guessed."""
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {name.text: plain(value) for name, value in node.entries}
    if node.absent:
        return None
    try:
        return int(node.text) if node.text.isdecimal() else float(node.text)
    except ValueError:
        return {"true": True, "false": False}.get(node.text, node.text)


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("title: 007\nprice: 5.5\nsize: [1, 2]\nshapes: [{kind: circle, radius: 2}, {kind: box}]", True),
        ("title: 甲\nprice:\nsize: auto\ntext: [甲]\nshown: true\ninks: {赤: 3}", True),
        ("price: 3", False),
        ("title: 甲\nprize: 3", False),
        ("title: 甲\nshapes: [{kind: oval}]", False),
        ("title: 甲\nshapes: [{kind: circle, radius: 11}]", False),
        ("title: 甲\nsize: [1]", False),
        ("title: 甲\nshown: 甲", False),
        ("title: 甲\ninks: {赤: 深}", False),
    ],
)
def test_the_schema_accepts_what_the_reader_accepts(text: str, is_valid: bool) -> None:
    schema = json_schema(Drawing, "zh")
    jsonschema.Draft7Validator.check_schema(schema)
    assert jsonschema.Draft7Validator(schema).is_valid(plain(read_yaml(text, "s"))) is is_valid
    assert (read(text)[1] == []) is is_valid


def test_the_schema_describes_keys_in_either_language() -> None:
    for language, title, help_text in (("zh", "一个圆", "半径"), ("en", "a circle", "its radius")):
        circle = json_schema(Drawing, language)["definitions"]["Circle"]  # type: ignore[arg-type]  # both are languages
        assert (circle["title"], circle["properties"]["radius"]["description"]) == (title, help_text)


def test_the_reference_page_lists_every_key_with_type_and_default() -> None:
    page = reference(Drawing)
    assert page.startswith("# 画格式参考\n\n## 一幅画\n")
    assert "```yaml\ntitle: 晨\nshapes: [{kind: box}]   # 可多个\n" in page
    assert page.count("```yaml") == 1
    assert "| `title` | 标题，照录 | 文字 | **必填** |" in page
    assert "| `size` | 大小 | [数, 数] 或 数 或 `auto` | `auto` |" in page
    assert "| `shapes` | 图形 | 列表：[一个圆](#一个圆) 或 [一个方](#一个方) | 无 |" in page
    assert "| `from` | 来源 | 文字 | 无 |" in page
    assert "| `shown` | 展出 | `true` 或 `false` | `false` |" in page
    assert page.index("## 一幅画") < page.index("## 一个圆") < page.index("## 一个方")


def test_a_value_of_the_wrong_type_is_told_by_the_example() -> None:
    report = Report()
    read_declared(read_yaml("title: 甲\nshapes: 圆\nframe: 圆\n", "s"), Drawing, report)
    assert [d.hint and d.hint.zh for d in report.diagnostics] == ["写法如：shapes: [{kind: box}]", None]


def test_diagnostics_come_once_and_in_order_of_place() -> None:
    report = Report()
    drawing = read_declared(read_yaml("b: 1\na: 2\ntitle: 甲\n", "s"), Drawing, report)
    assert drawing is not None
    report.extend(report.diagnostics)
    assert [d.span.line for d in report.diagnostics if d.span] == [1, 2]
    with pytest.raises(Rejected):
        report.finish()
