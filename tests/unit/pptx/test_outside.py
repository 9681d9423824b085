"""What other programs say of the file: an independent validator, and LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from lhpub.boxes import Composition

from .written import Written


def test_openxml_audit_finds_nothing(written: Written, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(written.data)
    result = OpenXmlValidator().validate(str(path))
    assert result.errors == []


def test_python_pptx_opens_the_deck_with_its_names(written: Written, deck: Composition, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(written.data)
    presentation = Presentation(str(path))
    assert [layout.name for layout in presentation.slide_layouts] == [master.title for master in deck.masters]
    assert [slide.shapes.title.name for slide in presentation.slides] == [
        next(box.name for box in page.boxes if getattr(box, "slot", "") == "title") for page in deck.pages
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_the_deck_with_its_names_and_data(written: Written, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(written.data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    for kind in ("fodp", "pptx:Impress MS PowerPoint 2007 XML"):
        subprocess.run(
            [*command, kind, "--outdir", tmp_path / "out", tmp_path / "deck.pptx"], check=True, capture_output=True
        )
    flat = (tmp_path / "out" / "deck.fodp").read_text(encoding="utf-8")
    for name in ("拓展市场/headline", "拓展市场/hero", "cover/title", "investment/chart"):
        assert f'draw:name="{name}"' in flat
    saved = Presentation(str(tmp_path / "out" / "deck.pptx"))
    charts = [shape.chart for slide in saved.slides for shape in slide.shapes if shape.has_chart]
    assert [list(series.values) for series in charts[0].plots[0].series] == [[535.8, 685.8, None], [None, None, 1000.0]]
    assert [list(series.values) for series in charts[2].plots[0].series] == [[50.0, 40.0]]
