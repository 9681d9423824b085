"""The theme part: the deck's colours and fonts, so that a change in PowerPoint changes every slide."""

from __future__ import annotations

from lhpub.boxes import Theme
from lhpub.render.pptx.colours import theme_colours
from lhpub.render.pptx.xml import Xml, document, el

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINES = "".join(f'<a:ln w="{width}">{_FILL}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
_FORMATS = Xml(  # flat; the schema wants three of each kind
    f'<a:fmtScheme name="lhpub"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINES}</a:lnStyleLst>'
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
DEFAULT_THEME = Theme("lhpub", (), ("Arial", "微软雅黑"), ("Arial", "微软雅黑"))


def theme_part(theme: Theme) -> bytes:
    """Returns a:theme. No scripts but Hans are listed: WPS reports every unknown face of a theme as a missing font."""
    slots = (el(f"a:{slot}", None, el("a:srgbClr", {"val": rgb})) for slot, rgb in theme_colours(theme).items())
    faces = (_faces("a:majorFont", theme.major), _faces("a:minorFont", theme.minor))
    named = {"name": theme.name}
    elements = (el("a:clrScheme", named, *slots), el("a:fontScheme", named, *faces), _FORMATS)
    rest = Xml("<a:objectDefaults/><a:extraClrSchemeLst/>")
    return document("a:theme", "a", named, el("a:themeElements", None, *elements), rest)


def _faces(name: str, pair: tuple[str, str]) -> Xml:
    latin, east = pair
    faces = (el("a:latin", {"typeface": latin}), el("a:ea", {"typeface": east}), el("a:cs", {"typeface": ""}))
    return el(name, None, *faces, el("a:font", {"script": "Hans", "typeface": east}))
