"""The outside tools object to what is wrong, and one that is absent is named."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from lhpub.render.pdf import PressSettings, default_profile, render_press
from tests.outside import validate
from tests.suite.pdf_mutants import OVERPRINTING, add, edit, helvetica_inside_a_form
from tests.suite.workshop import Made

BODY = r"0 0 0 1 k (BT \S+ [789](?:\.5)? Tf|BT \S+ 10 Tf)"
KNOCKED = r"/Overprint gs 0 0 0 1 k (BT \S+ [789](?:\.5)? Tf|BT \S+ 10 Tf)"
needs_ghostscript = pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is absent")


@pytest.fixture(scope="module")
def page(sample: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of body text as a press file."""
    composition = replace(sample.brochure, pages=sample.brochure.pages[6:7], bookmarks=())
    file = tmp_path_factory.mktemp("page") / "page-press.pdf"
    file.write_bytes(render_press(composition, PressSettings(default_profile(), multiple=0)))
    return file


def broken(file: Path, change: Callable[[pikepdf.Pdf], object], folder: Path) -> Path:
    with pikepdf.open(file) as pdf:
        change(pdf)
        pdf.save(folder / file.name)
    return folder / file.name


@needs_ghostscript
def test_body_text_of_the_sample_is_on_the_black_plate_alone(page: Path) -> None:
    assert list(validate.ghostscript([page])) == []


FOUR, TRACE, ALL = "0.6 0.5 0.5 0.95 k", "0 0 0.04 0.95 k", "/Plates0 cs 1 scn"
BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "in four inks": (lambda pdf: edit(pdf, BODY, rf"{FOUR} \1"), "Cyan"),
    "with a trace of yellow": (lambda pdf: edit(pdf, BODY, rf"{TRACE} \1"), "Yellow"),
    "in the registration colour": (lambda pdf: edit(pdf, KNOCKED, rf"{ALL} \1"), "Magenta"),
    "with a light fill that overprints": (
        lambda pdf: add(pdf.pages[0], "0 1 1 0 k 99 99 99 99 re f /Overprint gs 0.2 0 0 0 k 99 99 99 99 re f", ExtGState=OVERPRINTING),
        "overprints",
    ),
    "with too much ink by overprints": (
        lambda pdf: add(
            pdf.pages[0],
            "/Overprint gs 0.9 0.8 0 0 k 99 99 99 99 re f 0 0 0.8 0.95 k 99 99 99 99 re f",
            ExtGState=OVERPRINTING,
        ),
        "% ink",
    ),
}  # fmt: skip


@needs_ghostscript
@pytest.mark.parametrize("case", BROKEN)
def test_the_plates_tell_what_is_wrong(case: str, page: Path, tmp_path: Path) -> None:
    change, told = BROKEN[case]
    assert any(told in line for line in validate.ghostscript([broken(page, change, tmp_path)]))


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="Poppler is absent")
def test_a_font_that_is_not_embedded_is_told(page: Path, tmp_path: Path) -> None:
    change: Callable[[pikepdf.Pdf], object] = lambda pdf: helvetica_inside_a_form(pdf, 0)  # noqa: E731
    assert list(validate.pdffonts([page])) == []
    assert any("Helvetica" in line for line in validate.pdffonts([broken(page, change, tmp_path)]))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is absent")
def test_a_damaged_file_is_told(page: Path, tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(page.read_bytes()[:-400])
    assert len(list(validate.qpdf([tmp_path / "file.pdf"]))) == 1


def test_absent_tools_are_named_and_none_passes(page: Path, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(validate, "AUDIT", Path("/nowhere/openxml-audit"))
    (page.parent / "deck.pptx").touch()
    assert validate.main(page.parent) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("－") and "没有" in line for line in lines)


def test_a_tool_that_cannot_be_fetched_is_named(page: Path, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    def unreachable(files: list[Path]) -> Iterator[str]:
        raise validate.UnavailableError("org.verapdf:validation-model")
        yield

    unreachable.__name__ = "verapdf"
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(validate, "verapdf", unreachable)
    monkeypatch.setattr(validate.shutil, "which", lambda name: name if name in ("mvn", "java") else None)
    assert validate.main(page.parent) == 0
    assert "－ verapdf：没有 org.verapdf:validation-model" in capsys.readouterr().out
