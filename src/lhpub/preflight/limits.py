"""What print and screen demand at the least or bear at the most."""

SMALLEST_PRINT = 5.0
"""Points; smaller type does not print."""
SLIDE_FLOORS = {"text": 18.0, "table": 16.0, "chart": 14.0, "furniture": 12.0}
"""Points on a slide; furniture: sources, credits, page numbers, captions. Marks may be as small as chart labels."""
SLIDE = (720, 540)
"""The narrowest slide, in points, for which these sizes are meant; on a smaller one type may be smaller: all fill the screen."""
THINNEST = 0.25
"""Points; thinner lines do not print."""
PRINT_PPI = (150, 300)
"""Pixels per inch of a picture in print: with fewer an error, a warning."""
SLIDE_PPI = (110, 110)
BLACK_FROM = 95
"""Per cent: from this K alone on, a colour counts as black and overprints; below it is a tint, which knocks out."""
RULE = 72 / 25.4
"""Points: ink on a line up to a millimetre broad dries, even where it is too much for a panel."""
NARROW = 100
"""Points: a black bar up to this breadth overprints; a larger panel would let what is beneath it show through."""
