"""matplotlib's side of a chart: what it draws becomes the composition's own boxes, in the page's coordinates.

A patch carries no colour of matplotlib's: its gid is the place of its Pen. So inks stay exact (two may look alike on a
screen), and neither rcParams nor a user's matplotlibrc reach the result. The text stage has set the texts before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, BboxTransform, Transform

from lhpub.boxes import Segment, ShapeBox, TextBox
from lhpub.charts.pens import Line, Pen, Scale
from lhpub.units import Rect

_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
_DIGITS = 4  # of a point: finer than any renderer shows, coarser than what differs between machines


class _BoxRenderer(RendererBase):
    """Collects boxes; `to_page` turns matplotlib's coordinates (y upward) into the page's."""

    def __init__(self, to_page: Transform, pens: list[Pen]) -> None:
        super().__init__()
        self.to_page, self.pens, self.pen = to_page, pens, Pen("")
        self.boxes: list[ShapeBox | TextBox] = []

    def open_group(self, s: str, gid: str | None = None) -> None:
        if s == "patch" and gid is not None:
            self.pen = self.pens[int(gid)]

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None) -> None:  # noqa: N803
        segments: list[Segment] = []
        for values, code in path.iter_segments(transform + self.to_page, simplify=False, curves=True):
            points = () if code == Path.CLOSEPOLY else tuple(round(float(v), _DIGITS) + 0.0 for v in values)
            segments.append((_COMMANDS[code], points))
        pen = self.pen
        xs = [x for _, points in segments for x in points[::2]]
        ys = [y for _, points in segments for y in points[1::2]]
        rect = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        self.boxes.append(ShapeBox(rect, tuple(segments), pen.fill, pen.stroke, pen.width, pen.dash, name=pen.name))


_NOTHING = 0.02
"""Points: what is thinner is written into a file as nothing, or not."""


class _SetText(Artist):
    """A text that the text stage has set, among matplotlib's artists: so it keeps its place in the order of drawing."""

    def __init__(self, box: TextBox) -> None:
        super().__init__()
        self.box = box

    def draw(self, renderer: RendererBase) -> None:
        cast(_BoxRenderer, renderer).boxes.append(self.box)


class Canvas:
    """A matplotlib Figure over a chart's rectangle, drawn on in page coordinates (points, y downward)."""

    def __init__(self, rect: Rect) -> None:
        self._figure = Figure(figsize=(rect.width / 72, rect.height / 72), dpi=72, frameon=False)
        self._to_figure = Affine2D().translate(-rect.x, -rect.bottom).scale(1, -1)
        self._pens: list[Pen] = []

    def axes(self, plot: Rect, x: tuple[float, float], y: tuple[float, float]) -> Scale:
        """Returns the scale from data to the page: `x` from the plot's left to its right, `y` from its foot to its top."""
        data = Bbox([[x[0], y[0]], [x[1] + (x[0] == x[1]), y[1] + (y[0] == y[1])]])
        transform = BboxTransform(data, Bbox([[plot.x, plot.bottom], [plot.right, plot.y]]))

        def scale(x: float, y: float) -> tuple[float, float]:
            across, down = transform.transform((x, y))
            return float(across), float(down)

        return scale

    def rectangles(self, rects: Iterable[Rect], pen: Pen) -> None:
        """Draws rectangles as one compound path; a bar of nothing, or next to it, is none."""
        seen = [r for r in rects if min(r.width, r.height) >= _NOTHING]
        rings = [((r.x, r.y), (r.right, r.y), (r.right, r.bottom), (r.x, r.bottom), (r.x, r.y)) for r in seen]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
        self._draw([corner for ring in rings for corner in ring], codes * len(rings), pen)

    def lines(self, lines: Iterable[Line], pen: Pen) -> None:
        """Draws lines (x0, y0, x1, y1) as one compound path."""
        ends = [end for x0, y0, x1, y1 in lines for end in ((x0, y0), (x1, y1))]
        self._draw(ends, [Path.MOVETO, Path.LINETO] * (len(ends) // 2), pen)

    def disc(self, x: float, y: float, radius: float, pen: Pen) -> None:
        """Draws a circle."""
        circle = Path.circle((x, y), radius)
        self._draw(circle.vertices, circle.codes, pen)

    def sector(self, circle: Rect, angles: tuple[float, float], width: float, pen: Pen) -> None:
        """Draws a part of a ring within a circle's square, clockwise between two angles in degrees (0: to the right)."""
        radius = circle.width / 2
        centre = (circle.x + radius, circle.y + radius)
        wedge = Wedge(centre, radius, angles[0], angles[1], width=width).get_path()
        self._draw(wedge.vertices, wedge.codes, pen)

    def text(self, *boxes: TextBox) -> None:
        """Draws set texts."""
        for box in boxes:
            self._figure.add_artist(_SetText(box))

    def boxes(self) -> tuple[ShapeBox | TextBox, ...]:
        """Returns all that was drawn, in order."""
        renderer = _BoxRenderer(self._to_figure.inverted(), self._pens)
        self._figure.draw(renderer)
        return tuple(renderer.boxes)

    def _draw(self, vertices: Any, codes: Any, pen: Pen) -> None:
        if len(vertices):
            gid = str(len(self._pens))
            self._pens.append(pen)
            path = Path(vertices, codes)
            self._figure.add_artist(PathPatch(path, transform=self._to_figure, gid=gid, zorder=0, path_effects=()))
