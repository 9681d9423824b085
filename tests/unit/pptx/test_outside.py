"""What others say of the file: an independent validator, python-pptx."""

from __future__ import annotations

from pathlib import Path

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
