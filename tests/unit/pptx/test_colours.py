"""Inks follow the theme: none is written as itself, each looks as composed, and another theme recolours them all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lhpub.boxes import Theme
from lhpub.render.pptx.colours import Scheme
from lhpub.render.pptx.xml import document
from lhpub.text.model import Ink
from lhpub.verify.pptx_colours import Colour, colour_in, colours_of
from lhpub.verify.pptx_file import found, local
from lhpub.verify.pptx_form import _channels

from . import sample
from .written import Written

SCHEME = Scheme.of(sample.THEME)


def theme_colours(theme: etree._Element, master: etree._Element) -> dict[str, Colour]:
    """Returns the colour of each name that `a:schemeClr` may have on slides of a master."""
    slots = {local(slot): colour for slot in found(theme, "//a:clrScheme/*") if (colour := colour_in(slot, {}))}
    mapped = {
        str(name): slots[str(slot)]
        for tag in found(master, "p:clrMap")
        for name, slot in tag.attrib.items()
        if slot in slots
    }
    return {**slots, **mapped}


def seen(written: Written, theme: bytes | None = None) -> dict[str, tuple[float, float, float]]:
    """Returns what a reader of the deck takes for each scheme colour."""
    theme = theme or written.parts["ppt/theme/theme1.xml"]
    return theme_colours(etree.fromstring(theme), etree.fromstring(written.parts["ppt/slideMasters/slideMaster1.xml"]))


def fill(ink: Ink) -> etree._Element:
    return etree.fromstring(document("p:x", "apr", None, SCHEME.fill(ink)))[0]


def test_no_part_but_the_theme_names_a_colour_of_its_own(written: Written) -> None:
    assert [name for name, blob in written.parts.items() if b"srgbClr" in blob and "theme" not in name] == []


@given(st.tuples(*(st.integers(0, 255),) * 3))
def test_any_ink_looks_as_composed_within_one_in_255(channels: tuple[int, int, int]) -> None:
    """Read back by the check's own arithmetic."""
    ink = Ink("any", "#{:02X}{:02X}{:02X}".format(*channels))
    (colour,) = colours_of(fill(ink), {name: tuple(c / 255 for c in slot) for name, slot in SCHEME.slots.items()})
    assert (
        max(abs(c * 255 - wanted) for c, wanted in zip(colour, channels, strict=True)) <= 1.51
    )  # what is read back is not rounded


@pytest.mark.parametrize("number", range(20))
def test_a_ramp_of_reds_becomes_a_ramp_of_greens_under_a_green_theme(written: Written, number: int) -> None:
    shade = Ink(f"gate-{number}", f"#{0x87 + number * 4:02X}{0x19 + number * 6:02X}{0x20 + number * 5:02X}")
    theme = written.parts["ppt/theme/theme1.xml"].replace(b"871920", b"0B6B4F")
    ((red, green, _),) = colours_of(fill(shade), seen(written, theme))
    assert green > red


def test_a_coloured_ground_is_the_dark_colour_and_all_else_of_it_the_accent() -> None:
    """White words can be read on the dark colour of any theme; its accent may be yellow."""
    red, grey = Ink("red", "#871920"), Ink("grey", "#6A615B")
    scheme = Scheme.of(Theme("t", (("dk1", grey), ("dk2", red), ("accent1", red), ("accent2", grey), ("hlink", red)), ("a", "b"), ("a", "b")))
    assert scheme.ground(red) == '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
    assert scheme.fill(red) == '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    assert scheme.ground(grey) == scheme.fill(grey)


def test_channels_run_from_nought_to_one() -> None:
    assert _channels(Ink("orange", "#FF8000")) == (1.0, 128 / 255, 0.0)
