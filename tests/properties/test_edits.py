"""An edit changes the bytes of its splice and no other; the tree differs exactly there; the inverse restores the file."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lhpub.diagnostics import Rejected
from lhpub.edits import Insert, Move, Remove, Replace, apply
from lhpub.publication.entries import identify, read_ids
from lhpub.source.load import _read, read_yaml
from lhpub.source.node import Mapping, Scalar

WORDS = st.text(
    st.one_of(st.sampled_from("年报：，。、“”{}[]#&*!|>'\"%@`,:- 0123456789ab\n"), st.characters(categories=("Lo",))), max_size=40
)
TEXTS = WORDS.map(lambda text: text.strip(" \n　")).filter(bool)


def tree(data: bytes):
    def plain(node):
        if isinstance(node, Scalar):
            return node.text
        if isinstance(node, Mapping):
            return [(key.text, plain(value)) for key, value in node.entries]
        return [plain(item) for item in node.items]

    return plain(read_yaml(data.decode(), "a.yaml"))


def typed(text: str, style: str, indent: int) -> str:
    space = " " * indent
    match style:
        case "'":
            return "'" + text.replace("'", "''").replace("\n", " ") + "'"
        case '"':
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        case "|" | "|-" | ">-":
            return style + "\n" + "\n".join(space + line if line.strip() else "" for line in text.split("\n"))
    return text.replace("\n", " ")


@st.composite
def sources(draw):
    """Draws a source whose keyword has a headline in any style, with what may stand around it."""
    indent = draw(st.sampled_from((2, 3, 4)))
    text, style = draw(TEXTS), draw(st.sampled_from(("", "'", '"', "|", "|-", ">-")))
    comment = draw(st.sampled_from(("", "  # 照录", "   # “旁注”：𠮷"))) if style in ("", "'", '"') else ""
    inner = " " * (2 + indent)
    lines = [
        "# 刊头 𠮷", "publication:", f"{' ' * indent}title: 刊名𠮷", "", "keywords:", f"  -{' ' * (indent - 1)}title: 甲",
        f"{' ' * (2 + indent)}headline: {typed(text, style, 4 + indent)}{comment}", f"{inner}# 事实", f"{inner}facts:",
        f"{inner}  数: {{label: 数𠮷, value: 3, unit: 个}}  # 旁注", f"{inner}  名: {{label: '名, 目', text: \"引 号\"}}",
        f"{inner}points: [一, '二，三', 四]", f"{inner}events:", f"{inner}- date: 2023-01", f"{inner}  label: 会", "",
        f"  -{' ' * (indent - 1)}title: 乙", f"{inner}body: 文",
    ]  # fmt: skip
    data = "\n".join(lines).replace("\n", draw(st.sampled_from(("\n", "\r\n", "\r")))).encode()
    data = draw(st.sampled_from((b"", b"\xef\xbb\xbf"))) + data + draw(st.sampled_from((b"", b"\n")))
    try:
        tree(data)
    except Rejected:
        assume(False)
    return data


def check(data: bytes, edit) -> bytes | None:
    try:
        done = apply(data, "a.yaml", edit)
    except Rejected:
        return None
    assert apply(done.data, "a.yaml", done.inverse).data == data
    return done.data


@settings(max_examples=80, deadline=None)
@given(sources(), TEXTS, st.sampled_from(
    ("keywords/甲/headline", "facts/甲.数/label", "facts/甲.名/label", "facts/甲.名/text", "keywords/甲/points/2", "keywords/乙/body",
     "publication/title", "keywords/甲/events/1/label"),
))  # fmt: skip
def test_a_text_is_replaced_and_nothing_else(data, text, id_):
    node = identify(read_yaml(data.decode(), "a.yaml")).nodes[id_]
    made = check(data, Replace(id_, text))
    if made is None:
        return
    start, end = node.extent.start, node.extent.end
    assert made[:start] == data[:start]
    assert made.endswith(data[end:])
    if id_ != "publication/title" and not id_.endswith("title"):
        assert identify(read_yaml(made.decode(), "a.yaml")).nodes[id_].text == text


@settings(max_examples=30, deadline=None)
@given(sources(), st.text(st.sampled_from("年报会场，。《》{}“”, :#'\"-一二"), min_size=1, max_size=20).map(str.strip).filter(bool))
def test_a_usual_text_is_never_refused(data, text):
    for id_ in ("keywords/甲/headline", "facts/甲.数/label", "keywords/甲/points/2", "keywords/乙/body"):
        made = check(data, Replace(id_, text))
        assert made is not None
        assert identify(read_yaml(made.decode(), "a.yaml")).nodes[id_].text == text


@settings(max_examples=30, deadline=None)
@given(sources())
def test_entries_come_go_and_move(data):
    before = dict(tree(data))
    for edit in (
        Remove("keywords/甲/headline"), Remove("facts/甲.数"), Remove("facts/甲.名"), Remove("facts/甲.数/unit"), Remove("keywords/甲/points/1"),
        Remove("keywords/甲/points/3"), Remove("keywords/甲"), Remove("keywords/乙"), Remove("keywords/甲/events/1"), Remove("publication"),
        Move("keywords/乙", None), Move("keywords/甲", "keywords/乙"), Move("facts/甲.名", None), Move("keywords/甲/points/1", "keywords/甲/points/3"),
        Insert("keywords/甲", None, "brief", "短：文"), Insert("keywords/甲", None, "notes", "一\n二"), Insert("facts/甲.数", None, "from", "报表, 甲"),
        Insert("keywords/甲/facts", None, "新", {"label": "新", "value": "0"}), Insert("keywords/甲/points", "keywords/甲/points/1", "", "{数}"),
        Insert("keywords", None, "", {"title": "丙", "body": "一\n\n二", "points": ["甲", "乙"]}),
        Insert("keywords", "keywords/甲", "", {"title": "“丁”"}), Insert("keywords/乙", None, "events", [{"date": "2023", "label": "会"}]),
        Insert("keywords/乙", None, "picture", {"file": "pictures/甲.jpg", "alt": "说: 明", "focus": ["0.5", "0.3"]}),
    ):  # fmt: skip
        made = check(data, edit)
        assert made is not None, edit
        assert dict(tree(made)) != before or made == data


def test_what_is_not_there_any_more_is_refused():
    data = "keywords:\n  - title: 甲\n    headline: 一\n".encode()
    for edit in (Replace("keywords/乙/headline", "二"), Remove("keywords/甲/body"), Insert("keywords/甲/headline", None, "a", "b")):
        with pytest.raises(Rejected):
            apply(data, "a.yaml", edit)


@pytest.mark.parametrize("forgotten", [_read, read_ids])
def test_an_edit_is_taken_whatever_is_still_kept_of_its_file(forgotten):
    data = "publication:\n  title: 刊名\nkeywords:\n  - title: 甲\n".encode()
    edit = Replace("publication/title", "新名")
    once = apply(data, "kept.yaml", edit)
    forgotten.cache_clear()
    assert apply(data, "kept.yaml", edit) == once
