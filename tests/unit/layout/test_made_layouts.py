"""Layouts made by chance from civic and horizon: read or told, composed or told, never a traceback."""

import copy
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lhpub.build import compose_all, read_all
from lhpub.diagnostics import Rejected
from lhpub.layout.check import check_layout
from lhpub.world import World
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import ROOT, job_for

RUDE = ["0", "-1", "3", "900", "-300", "5000", "0.001", "", "true", "自己", "{keyword.title}", "{keyword.points}", "red", "cover", "~"]


@cache
def base(name: str):
    text = (ROOT / "layouts" / name / "layout.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def places(node, path=()):
    """Yields the path of every value in the layout."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


@cache
def all_places(name: str):
    return tuple(places(base(name)))


@st.composite
def changes(draw, name: str):
    """Returns (path, what to put there; None: take it out)."""
    path = draw(st.sampled_from(all_places(name)))
    return path, draw(st.one_of(st.sampled_from(RUDE), st.none(), st.just([]), st.just({}), st.just(["1", "2"])))


def changed(name: str, edits):
    made = copy.deepcopy(base(name))
    for path, value in edits:
        node = made
        try:
            for key in path[:-1]:
                node = node[key]
            if value is None:
                node.pop(path[-1])
            else:
                node[path[-1]] = value
        except (KeyError, IndexError, TypeError, AttributeError):
            continue
    return made


@pytest.mark.parametrize("name", ["civic", "horizon"])
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_a_layout_made_by_chance_is_composed_or_told(name, tmp_path_factory, data):
    edits = data.draw(st.lists(changes(name), min_size=1, max_size=3))
    folder: Path = tmp_path_factory.mktemp("made")
    (folder / "made").mkdir()
    text = yaml.dump(changed(name, edits), allow_unicode=True)
    (folder / "made" / "layout.yaml").write_text(text, encoding="utf-8")
    (folder / "s.yaml").write_text(TWELVE_LINES, encoding="utf-8")
    told = ()
    try:
        read = read_all(World(folder), job_for(folder / "s.yaml", folder, folder / "made"))
        check_layout(read.layout.spec)
        compose_all(read, ("brochure", "deck"))
    except Rejected as rejected:
        told = rejected.diagnostics or (None,)
    assert all(d is not None and d.message.zh and d.message.en for d in told)
