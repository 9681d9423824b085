"""Where a text stands, in bytes: cut there, the stored file yields the token as typed, whatever surrounds it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhpub.source.load import read_yaml
from lhpub.source.node import Extent, Mapping, Node, Scalar

WORDS = st.text("甲乙𠀀𠮷ab1，。😀é", min_size=1, max_size=8)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@dataclass(frozen=True)
class Typed:
    """A file and the tokens that stand in it, in order."""

    text: str
    tokens: list[tuple[str, str, bool]]


@st.composite
def token(draw: st.DrawFn, indent: int, in_flow: bool) -> tuple[str, str]:
    """Returns a style and a text typed in it, over several lines where the style has them."""
    lines = draw(st.lists(WORDS, min_size=1, max_size=3))
    style = draw(st.sampled_from(["", "'", '"'] if in_flow else ["", "'", '"', "|", ">"]))
    margin = "\n" + " " * (indent + 2)
    if style in ("|", ">"):
        head = style + draw(st.sampled_from(["", "-", "+"])) + draw(st.sampled_from(["", " # 注"]))
        return style, margin.join([head, *lines])
    inside = (margin if not in_flow else " ").join(lines)
    return style, f"{style}{inside}{style}"


@st.composite
def documents(draw: st.DrawFn) -> Typed:
    out, tokens = [], []
    for number in range(draw(st.integers(1, 5))):
        name, indent = f"键{number}", draw(st.sampled_from([0, 2]))
        if draw(st.booleans()):
            out.append("# 𠀀 说明\n")
        in_flow = draw(st.booleans())
        style, typed = draw(token(indent, in_flow))
        before = f"组{number}:\n  " if indent else ""
        tokens += [(f"组{number}", "", False)] if indent else []
        tokens += [(name, "", False), (typed, style, in_flow)]
        gap = " " * draw(st.integers(1, 3))
        value = f"[ {typed} ]" if in_flow else typed
        comment = "  # 注" if style not in ("|", ">") and draw(st.booleans()) else ""
        out.append(f"{before}{name}:{gap}{value}{comment}\n" + "\n" * draw(st.integers(0, 2)))
    return Typed("".join(out), tokens)


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Mapping):
        return [found for key, value in node.entries for found in (key, *scalars(value))]
    return [found for item in node.items for found in scalars(item)]


@settings(max_examples=300, deadline=None)
@given(documents(), BREAKS, st.booleans())
def test_the_stored_bytes_of_an_extent_are_the_token_as_typed(typed: Typed, line_break: str, has_mark: bool) -> None:
    stored = ("\ufeff" * has_mark + typed.text.replace("\n", line_break)).encode()
    found = [s.extent for s in scalars(read_yaml(stored.decode(), "s")) if s.extent is not None]
    cut = [(stored[e.start : e.end].decode().replace(line_break, "\n"), e.style, e.in_flow) for e in found]
    assert cut == typed.tokens


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("甲:", Extent(4, 4)),
        ("a: ''", Extent(3, 5, "'")),
        ("a: |\n  甲  \n\n# 注\n", Extent(3, 12, "|")),
        ("a: |\n\n\n", Extent(3, 4, "|")),
        ("a: >-\n  甲\n  \n", Extent(3, 11, ">")),
        ("a: 甲 # 注", Extent(3, 6)),
        ("a: [{b: x}, y]\nc: z", Extent(18, 19)),
    ],
)
def test_an_extent_ends_where_the_text_ends(text: str, extent: Extent) -> None:
    assert scalars(read_yaml(text, "s"))[-1].extent == extent


def test_extents_take_linear_time_in_a_single_long_line() -> None:
    found = scalars(read_yaml("a: [" + "甲, " * 20_000 + "乙]", "s"))
    assert found[-1].extent == Extent(4 + 5 * 20_000, 7 + 5 * 20_000, "", True)
