"""The pages for designers say what the program does: schema, reference and the guide's examples."""

import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import get_args

import pytest
import yaml
from jsonschema import Draft7Validator

from lhpub.diagnostics import Severity
from lhpub.kinds import ChartKind
from lhpub.layout.frame import CONTENT
from lhpub.layout.model import LayoutSpec
from lhpub.papers.press import press_settings
from lhpub.render.pdf import check_press
from lhpub.render.pdf.press import separations
from lhpub.source.schema import json_schema
from lhpub.walk import texts
from lhpub.world import World
from tests.suite.workshop import ROOT, SAMPLE, make

GUIDE = (ROOT / "docs" / "designer-guide.zh-CN.md").read_text(encoding="utf-8")


class EditorLoader(yaml.SafeLoader):
    """What an editor sees, but dates left as text."""


EditorLoader.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in resolvers if "timestamp" not in tag]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


SCRIPT = importlib.util.spec_from_file_location("layout_reference", ROOT / "docs" / "layout_reference.py")
assert SCRIPT
assert SCRIPT.loader
REFERENCE = importlib.util.module_from_spec(SCRIPT)
sys.modules["layout_reference"] = REFERENCE
SCRIPT.loader.exec_module(REFERENCE)


def test_the_committed_schema_and_reference_are_the_declarations():
    schema = json.loads((ROOT / "docs" / "schema" / "layout.schema.json").read_text(encoding="utf-8"))
    assert schema == json_schema(LayoutSpec, "zh")
    page = (ROOT / "docs" / "layout-reference.zh-CN.md").read_text(encoding="utf-8")
    assert page == REFERENCE.page()  # which knows an example of each key
    shown = set(re.findall(r"\(pictures/keys/([\w-]+)\.png\)", page))
    assert shown == {path.stem for path in (ROOT / "docs" / "pictures" / "keys").glob("*.png")}
    assert shown >= {f"chart-{kind}" for kind in get_args(ChartKind)}


@pytest.mark.parametrize("name", ["columns", "repeat-flow", "chart-share"])
def test_an_example_of_the_reference_is_told_nothing(name):
    (picture,) = (one for one in REFERENCE.pictures() if one.name == name)
    assert REFERENCE.compose(picture)[1] == []


@pytest.mark.parametrize("name", ["civic", "horizon"])
def test_the_layouts_agree_with_the_json_schema(name):
    schema = json_schema(LayoutSpec, "zh")
    Draft7Validator.check_schema(schema)
    layout = yaml.load((ROOT / "layouts" / name / "layout.yaml").read_text(encoding="utf-8"), EditorLoader)
    own = {key: value for key, value in layout.items() if key != "deck_4x3"}  # that part says only what differs
    assert [error.message for error in Draft7Validator(schema).iter_errors(own)] == []
    own["pallete"] = {}
    assert list(Draft7Validator(schema).iter_errors(own)) != []


def test_the_guide_names_every_kind_of_content_and_every_picture_is_there():
    for name in CONTENT:
        assert re.search(rf"\b{name}\b", GUIDE), name
    for picture in re.findall(r"\(pictures/([\w.-]+)\)", GUIDE):
        assert (ROOT / "docs" / "pictures" / picture).is_file()


def beside_civic(tmp_path: Path, name: str, text: str) -> Path:
    for folder, layout in (("civic", (ROOT / "layouts" / "civic" / "layout.yaml").read_text(encoding="utf-8")), (name, text)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "layout.yaml").write_text(layout, encoding="utf-8")
    return tmp_path / name


def test_the_guides_inks_go_to_press_as_they_are(tmp_path: Path):
    text = next(block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "kind: technical" in block)
    made = make(SAMPLE, beside_civic(tmp_path, "inks", text))
    settings = press_settings(World(tmp_path), made.read.layout)
    assert [d.code for d in check_press(made.brochure, settings) if d.severity is Severity.ERROR] == []
    assert {(plate.name, plate.technical) for plate in separations(made.brochure)} == {("朱", False), ("烫金", True), ("局部UV", True)}


def test_the_guides_poster_is_one_page_that_names_every_keyword(tmp_path: Path):
    poster = next(block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "海报" in block)
    made = make(SAMPLE, beside_civic(tmp_path, "poster", poster))
    assert not [d for d in made.diagnostics if d.severity is Severity.ERROR]
    (page,) = made.brochure.pages
    assert page.size.height / page.size.width == pytest.approx(2**0.5, rel=1e-2)
    printed = {p.text for box in texts(page, made.brochure) for p in box.paragraphs}
    assert {keyword.title for keyword in made.read.publication.keywords} <= printed
