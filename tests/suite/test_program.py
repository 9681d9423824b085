"""The program as its users run it: files, messages, exit codes, equal bytes."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from lhpub.cli import main
from lhpub.publication.spec import SourceSpec
from lhpub.source.schema import json_schema, reference
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import ROOT, SAMPLE


def run(*arguments, folder, **environment):
    """Runs lhpub in a process of its own, in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "lhpub", *map(str, arguments)],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=300,
    )  # fmt: skip


def project(folder: Path) -> Path:
    """Returns a folder with the sample, its layouts and fonts.yaml."""
    for name in ("source", "layouts", "fonts"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.slow
def test_equal_bytes_whatever_folder_time_hash_seed_locale_and_time_zone(tmp_path):
    one, two = project(tmp_path / "one"), project(tmp_path / "elsewhere" / "two")
    made = run("build", "all", folder=one, PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    assert made.returncode == 0, made.stderr
    made = run("build", "all", folder=two, PYTHONHASHSEED="4242", LC_ALL="zh_CN.UTF-8", TZ="Asia/Shanghai")
    assert made.returncode == 0, made.stderr
    assert hashes(one / "output") == hashes(two / "output")
    assert len(hashes(one / "output")) >= 4


@pytest.mark.slow
def test_one_figure_edited_in_the_source_changes_everywhere(tmp_path):
    folder = project(tmp_path / "p")
    source = folder / "source" / "longhua-2023.yaml"
    text = source.read_text(encoding="utf-8")
    assert text.count("value: 535.8") == 1
    source.write_text(text.replace("value: 535.8", "value: 541.9"), encoding="utf-8")
    assert run("build", "deck", folder=folder).returncode == 0
    deck = next((folder / "output").rglob("*.pptx"))
    parts = {}
    with zipfile.ZipFile(deck) as package:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith(".xlsx"):
                inner = folder / "book.xlsx"
                inner.write_bytes(data)
                with zipfile.ZipFile(inner) as book:
                    parts |= {f"{name}/{n}": book.read(n).decode("utf-8", "replace") for n in book.namelist()}
            else:
                parts[name] = data.decode("utf-8", "replace")
    plain = {name: re.sub(r"<[^>]*>", "", xml) for name, xml in parts.items()}
    for kind in ("ppt/slides/", "ppt/notesSlides/", "ppt/charts/", "ppt/embeddings/"):
        assert any("541.9" in xml for name, xml in plain.items() if name.startswith(kind)), kind
    assert not [name for name, xml in plain.items() if "535.8" in xml]
    assert any("1227.7" in xml for xml in plain.values()), "the sum is computed anew"


def test_a_broken_source_exits_with_two_and_leaves_the_old_files(tmp_path, monkeypatch, capsys):
    folder = project(tmp_path / "p")
    source = folder / "source" / "small.yaml"
    source.write_text(TWELVE_LINES, encoding="utf-8")
    monkeypatch.chdir(folder)
    assert main(["build", "all", "--source", str(source.relative_to(folder))]) == 0
    before = hashes(folder / "output")
    source.write_text(TWELVE_LINES.replace("hero: 投资", "hreo: 投资").replace("{首批}", "{首次}"), encoding="utf-8")
    capsys.readouterr()
    assert main(["build", "all", "--source", "source/small.yaml", "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    assert "source/small.yaml:9:5: 错误[unknown-key]" in told
    assert "hero" in told
    assert told.count("错误[") == 2, told
    assert hashes(folder / "output") == before


@pytest.mark.parametrize("arguments", [["--layout", "civik"], ["--source", "source/none.yaml"]])
def test_a_name_that_does_not_exist_is_told_without_a_traceback(arguments, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["check", "--lang", "en", *arguments]) == 2
    assert "error[" in capsys.readouterr().err


def test_messages_are_chinese_unless_the_locale_says_otherwise(tmp_path):
    project(tmp_path / "p")
    chinese = run("check", "--source", "none.yaml", folder=tmp_path / "p", LC_ALL="zh_CN.UTF-8")
    english = run("check", "--source", "none.yaml", folder=tmp_path / "p", LC_ALL="en_GB.UTF-8")
    assert "错误[" in chinese.stderr
    assert "error[" in english.stderr
    assert chinese.returncode == english.returncode == 2


def test_the_build_record_names_inputs_and_outputs_and_nothing_of_the_machine(tmp_path, monkeypatch):
    folder = project(tmp_path / "p")
    (folder / "source" / "small.yaml").write_text(TWELVE_LINES, encoding="utf-8")
    monkeypatch.chdir(folder)
    assert main(["build", "brochure", "--source", "source/small.yaml"]) == 0
    text = next((folder / "output").rglob("build.json")).read_text(encoding="utf-8")
    record = json.loads(text)
    assert str(tmp_path) not in text
    assert list(record["targets"]) == ["small-brochure"]
    target = record["targets"]["small-brochure"]
    assert target["inputs"]["source"] == {"small.yaml": hashlib.sha256(TWELVE_LINES.encode()).hexdigest()}
    assert {"civic/layout.yaml", "plain/layout.yaml"} == target["inputs"]["layout"].keys(), "each layout rests on plain"
    assert all(file.endswith((".otf", ".ttf", ".ttc")) and len(sha) == 64 for file, sha in target["inputs"]["other"].items()), "fonts"
    assert len(target["inputs"]["other"]) > 1
    for name, sha in target["outputs"].items():
        assert hashlib.sha256((folder / "output" / "civic" / name).read_bytes()).hexdigest() == sha


def test_a_target_built_anew_keeps_the_other_in_the_record_and_says_when_that_is_older(tmp_path, monkeypatch, capsys):
    folder = project(tmp_path / "p")
    source = folder / "source" / "small.yaml"
    source.write_text(TWELVE_LINES, encoding="utf-8")
    monkeypatch.chdir(folder)

    def targets(target):
        assert main(["build", target, "--source", "source/small.yaml", "--lang", "zh"]) == 0
        return json.loads((folder / "output" / "civic" / "build.json").read_text(encoding="utf-8"))["targets"]

    brochure = targets("brochure")
    both = targets("deck")
    assert both.keys() == {"small-brochure", "small-deck"}
    assert both["small-brochure"] == brochure["small-brochure"]
    assert "较早生成" not in capsys.readouterr().err
    source.write_text(TWELVE_LINES.replace("32", "33"), encoding="utf-8")
    mixed = targets("deck")
    assert mixed["small-brochure"] == both["small-brochure"]
    assert mixed["small-deck"]["inputs"] != both["small-deck"]["inputs"]
    assert "旁边的 small-brochure 是较早生成的，那以后改过 small.yaml" in capsys.readouterr().err


def test_what_a_target_no_longer_makes_goes_with_its_older_files_unless_somebody_changed_it(tmp_path, monkeypatch, capsys):
    folder = project(tmp_path / "p")
    source = folder / "source" / "small.yaml"
    imposed = folder / "output" / "civic" / "small-brochure-imposed.pdf"
    monkeypatch.chdir(folder)

    def build(number, *more):
        source.write_text(TWELVE_LINES.replace("32", number), encoding="utf-8")
        assert main(["build", "brochure", "--source", "source/small.yaml", "--lang", "zh", *more]) == 0
        return capsys.readouterr().err

    build("32", "--imposition", "saddle")
    build("32")
    assert imposed.exists(), "the inputs are the same"
    assert f"{imposed.name} 是用较早的内容生成的" in build("33")
    assert not imposed.exists()
    build("33", "--imposition", "saddle")
    imposed.write_bytes(imposed.read_bytes() + b"%")
    build("34")
    assert imposed.exists()


def test_stopping_says_so_without_a_traceback(monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("lhpub.build.make", stop)
    assert main(["check", "--lang", "zh"]) == 130
    assert "已停止，没有写出任何文件" in capsys.readouterr().err


def test_chinese_is_written_as_utf8_whatever_the_console(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "lhpub", "schema"], capture_output=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "cp1252", "LC_ALL": "C"}, timeout=60,
    )  # fmt: skip
    assert made.returncode == 0
    assert "关键词" in made.stdout.decode("utf-8")


def test_lists_of_layouts_and_fonts(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(project(tmp_path))
    (tmp_path / "fonts" / "stray.otf").write_bytes(b"no font")
    assert main(["layouts"]) == 0
    assert "civic" in capsys.readouterr().out
    assert main(["fonts"]) == 0
    told, noticed = capsys.readouterr()
    assert "Noto Sans SC" in told
    assert "OFL-1.1" in told
    assert "stray.otf" in noticed


def test_a_build_tells_the_first_warnings_of_a_kind_and_how_many_more_and_check_tells_all(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)  # a poster prints few of the facts
    options = ("--layout", "poster", "--out", str(tmp_path), "--lang", "zh")
    assert main(["build", "brochure", *options]) == 0
    told = capsys.readouterr().err
    assert told.count("[entry-left-out]: ") == 5
    more = int(re.search(r"\[entry-left-out\] 另有 ([0-9]+) 条", told)[1])
    assert main(["check", *options]) == 0
    assert capsys.readouterr().err.count("没有放进画册") == 5 + more


def test_help_takes_nothing_that_only_a_build_needs():
    told = "import sys; from lhpub.cli import main\ntry: main(['build', '--help'])\nexcept SystemExit: print(*sys.modules)"
    made = subprocess.run([sys.executable, "-c", told], env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True)
    loaded = {name.split(".")[0] for name in made.stdout.splitlines()[-1].split()}
    assert loaded & {"argparse", "lhpub"}
    assert not loaded & {"yaml", "numpy", "matplotlib", "pptx", "reportlab", "pikepdf", "rich", "PIL", "fontTools"}


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["layouts"], ["fonts"], ["schema"]])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert "usage" in capsys.readouterr().out


class EditorLoader(yaml.SafeLoader):
    """YAML as an editor's schema check reads it: numbers are numbers, true is true, dates and yes/no stay text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), ["t", "f"])


def test_the_sample_agrees_with_the_json_schema():
    schema = json_schema(SourceSpec, "zh")
    Draft7Validator.check_schema(schema)
    sample = yaml.load(SAMPLE.read_text(encoding="utf-8"), EditorLoader)
    assert [error.message for error in Draft7Validator(schema).iter_errors(sample)] == []
    sample["keywords"][0]["titel"] = "x"
    assert list(Draft7Validator(schema).iter_errors(sample)) != []


def test_the_committed_schema_and_reference_are_the_declarations():
    schema = json.loads((ROOT / "docs" / "schema" / "publication.schema.json").read_text(encoding="utf-8"))
    assert schema == json_schema(SourceSpec, "zh")
    assert (ROOT / "docs" / "source-reference.zh-CN.md").read_text(encoding="utf-8") == reference(SourceSpec)


def test_the_readme_example_builds(tmp_path, monkeypatch):
    folder = project(tmp_path / "p")
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1]
        assert len(example.splitlines()) == 12
        (folder / "source" / "mine.yaml").write_text(example, encoding="utf-8")
        monkeypatch.chdir(folder)
        assert main(["check", "--source", "source/mine.yaml"]) == 0
