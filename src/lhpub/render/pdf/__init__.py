"""PDF from a composition: `render_pdf` for screens, `render_press` for the print shop."""

from lhpub.render.pdf.colours import check_colours
from lhpub.render.pdf.press import PressSettings, check_press, render_press
from lhpub.render.pdf.profile import default_profile
from lhpub.render.pdf.screen import render_pdf

__all__ = ["PressSettings", "check_colours", "check_press", "default_profile", "render_pdf", "render_press"]
