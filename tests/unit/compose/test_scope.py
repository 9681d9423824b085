"""What the slots of a template hold."""

from dataclasses import replace

from lhpub.compose.scope import bare_fact, fill_template
from lhpub.inline import plain
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import make


def test_a_keyword_without_a_brief_has_its_body_among_its_texts(tmp_path, monkeypatch):
    """The text of a slide on a template; a body is blocks, not lines."""
    from lhpub.compose import scope as scopes

    seen = []
    original = scopes.slot_content
    monkeypatch.setattr(scopes, "slot_content", lambda slot, scope: seen.append(scope) or original(slot, scope))
    (tmp_path / "s.yaml").write_text(TWELVE_LINES, encoding="utf-8")
    make(tmp_path / "s.yaml")
    scope = next(scope for scope in seen if scope.keyword and not scope.keyword.brief)
    filled = fill_template("{keyword.number}\n{keyword.text}", scope)
    assert filled
    assert plain(scope.keyword.body[0].text) in "".join(map(plain, filled))


def test_a_point_that_states_a_figure_and_nothing_else_may_stand_as_one(sample):
    keyword = next(k for k in sample.read.publication.keywords if k.title == "创新型中小企业")
    found = {plain(point.label): bare_fact(point, keyword) for point in keyword.points}
    assert {label: fact and plain(fact.text) for label, fact in found.items()} == {"全市入选": "4923家"}
    computed = next(fact for fact in keyword.facts if fact.derived)
    assert bare_fact(replace(keyword.points[0], text=computed.text), keyword) is None
