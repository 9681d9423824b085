"""Every broken press and screen file is caught by the check of its clause, rude files are told of, the sample is clean."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Object

from lhpub.cli import main
from lhpub.render.pdf import render_press
from tests.format.files import check_any, check_press_file, check_screen
from tests.suite.conftest import Written
from tests.suite.pdf_mutants import PRESS, SCREEN, Mutant, elements, saved


def test_the_sample_itself_is_clean(written: Written) -> None:
    assert check_press_file(written.press, written.composition, written.settings) == ()
    assert check_screen(written.screen, written.composition) == ()
    assert check_any(written.press) == check_any(written.screen) == ()


def test_its_excerpt_for_the_broken_files_is_clean(excerpt: Written) -> None:
    assert check_press_file(excerpt.press, excerpt.composition, excerpt.settings) == ()
    assert check_screen(excerpt.screen, excerpt.composition) == ()


@pytest.mark.parametrize("change", [{"imposition": "saddle", "paper": 0.3}, {"outlines": True}, {"marks": False}])
def test_the_other_kinds_of_press_file_are_clean(written: Written, change: dict[str, object]) -> None:
    settings = replace(written.settings, **change)
    assert check_press_file(render_press(written.composition, settings), written.composition, settings) == ()


@pytest.mark.parametrize("mutant", PRESS, ids=lambda mutant: mutant.name)
def test_a_broken_press_file_is_caught(mutant: Mutant, excerpt: Written) -> None:
    found = check_press_file(mutant.broken(excerpt.press), excerpt.composition, excerpt.settings)
    assert mutant.code in [d.code for d in found], (mutant.clause, found)


@pytest.mark.parametrize("mutant", SCREEN, ids=lambda mutant: mutant.name)
def test_a_broken_screen_file_is_caught(mutant: Mutant, excerpt: Written) -> None:
    found = check_screen(mutant.broken(excerpt.screen), excerpt.composition)
    assert mutant.code in [d.code for d in found], (mutant.clause, found)


def bare_mcids(element: Object) -> None:
    """Writes an element's contents on its own page as bare numbers, as word processors do (ISO 32000-1, 14.7.4.2)."""
    kids = []
    pages = [kid.Pg for kid in element.K if "/MCID" in kid]
    if pages:
        element.Pg = pages[0]
    for kid in element.K:
        bare_mcids(kid) if "/S" in kid else None
        own = "/MCID" in kid and kid.Pg.objgen == pages[0].objgen
        kids.append(int(kid.MCID) if own else kid)
    element.K = Array(kids)


def test_contents_written_as_bare_numbers_are_understood(written: Written) -> None:
    with pikepdf.open(io.BytesIO(written.screen)) as pdf:
        bare_mcids(elements(pdf, "Document")[0])
        assert check_any(saved(pdf)) == ()


def locked(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, deterministic_id=False, encryption=pikepdf.Encryption(owner="shop", user="secret"))


RUDE = {
    "a text file": lambda _: "这不是 PDF".encode(),
    "no bytes": lambda _: b"",
    "half a file": lambda data: data[: len(data) // 2],
    "a header alone": lambda data: data[:20],
    "a hole in the middle": lambda data: data[:3000] + bytes(4000) + data[7000:],
    "locked with a password": locked,
}


@pytest.mark.parametrize("kind", RUDE)
def test_a_rude_file_gets_a_message_and_no_traceback(
    kind: str, written: Written, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(RUDE[kind](written.screen))
    assert main(["verify", str(file)]) == 2
    told = capsys.readouterr()
    assert re.search(r"错误\[(pdf|verify)-", told.out + told.err)
    assert " at 0x" not in told.out + told.err
