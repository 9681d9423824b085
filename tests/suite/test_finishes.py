"""A layout with a finish, or with a shop's own ink limit, from the command line: all gates and comparisons take part."""

import pytest

from lhpub.cli import main
from tests.suite.publications import ONE

FINISH = """\
extends: civic
title: 局部上光
inks:
  局部UV: {kind: technical, cmyk: [100, 0, 0, 0]}
palette:
  uv: {rgb: '#00A0E9', cmyk: [100, 0, 0, 0], spot: 局部UV}
brochure:
  masters:
    cover:
      frames:
        - {name: varnish, fill: uv, at: [40, 40, 40, 40]}
"""


@pytest.fixture
def built(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source.yaml").write_text(ONE, encoding="utf-8")

    def build(layout: str) -> tuple[int, str, set[str]]:
        (tmp_path / "look").mkdir()
        (tmp_path / "look" / "layout.yaml").write_text(layout, encoding="utf-8")
        code = main(["build", "brochure", "--source", "source.yaml", "--layout", "look", "--out", "out", "--lang", "zh"])
        return code, capsys.readouterr().err, {path.suffix for path in tmp_path.glob("out/**/*.pdf")}

    return build


def test_a_finish_is_built(built):
    code, told, files = built(FINISH)
    assert (code, files) == (0, {".pdf"}), told


def test_a_shops_lower_ink_limit_is_told_at_the_drawings_that_pass_it(built):
    code, told, files = built("extends: civic\ntitle: 低墨\npress: {ink_limit: 240}\n")
    assert (code, files) == (2, set())
    assert "错误[ink-total]: 第 1 页，母版 cover" in told
    assert "超过 240%" in told
