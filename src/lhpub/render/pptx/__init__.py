"""The PPTX renderer: `render_pptx`; `inspect_template` says what a designer's own file will be used for."""

from lhpub.render.pptx.deck import render_pptx
from lhpub.render.pptx.template import TemplateReport, inspect_template

__all__ = ["TemplateReport", "inspect_template", "render_pptx"]
