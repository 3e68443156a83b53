"""Graphics of figures: pure functions from figures and words to SVG.

The drawings are for the page (`inline_graphic`: colours of the page, two widths of which
``graphics.css`` shows one) or to be taken away (`standalone_graphic`: headline, source and link
inside, colours of its own). Nothing needs a script.

Templates of our own, because Altair with vl-convert costs 84 MB and two seconds, draws Chinese as
empty boxes where a machine has no fonts, and has no mark for "about" or "at least".
"""

from stories.graphics.draw import Imprint, inline_graphic, standalone_graphic
from stories.graphics.single import figure_graphic
from stories.graphics.words import GraphicRow, graphic_rows, graphic_words

__all__ = [
    "GraphicRow",
    "Imprint",
    "figure_graphic",
    "graphic_rows",
    "graphic_words",
    "inline_graphic",
    "standalone_graphic",
]
