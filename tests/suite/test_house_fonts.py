"""A house font that is not there: another stands in, and the build says which."""

from dataclasses import replace

from lhpub.build import read_all
from lhpub.diagnostics import Severity
from lhpub.world import World
from tests.suite.workshop import ROOT, SAMPLE, job_for

HOUSE = """
  方正小标宋简体:
    file: 方正小标宋.ttf
    fallback: [Noto Serif SC]
"""


def test_the_build_says_which_font_stands_in_for_an_absent_one(tmp_path):
    fonts = tmp_path / "fonts.yaml"
    fonts.write_text((ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8") + HOUSE, encoding="utf-8")
    read = read_all(World(ROOT), replace(job_for(SAMPLE, tmp_path), fonts=fonts))
    [told] = read.diagnostics
    assert (told.code, told.severity) == ("font-absent", Severity.NOTICE)
    assert "方正小标宋.ttf" in told.message.zh
    assert told.hint
    assert "Noto Serif SC" in told.hint.zh
    assert read.book.font("方正小标宋简体", 400).family == "Noto Serif SC"
