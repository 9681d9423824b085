"""The PPTX renderer: `render_pptx`; `read_brand` reads a designer's own template."""

from lhpub.render.pptx.brand import read_brand
from lhpub.render.pptx.deck import render_pptx

__all__ = ["read_brand", "render_pptx"]
