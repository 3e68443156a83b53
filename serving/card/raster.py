"""Turn a drawing in SVG into a picture of pixels."""

from __future__ import annotations


def svg_png(svg: str, *, lang: str, scale: float = 2) -> bytes:
    """Draw an SVG as PNG.

    Parameters
    ----------
    svg
        The drawing, with a width and a height in pixels.
    lang
        Language of its words, which decides on the form of Chinese characters.
    scale
        Pixels of the picture for one of the drawing.
    """
    del svg, lang, scale
    raise NotImplementedError
