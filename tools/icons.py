"""Draw the icons that atlases can name: ``make icons``.

The page shows icons as outlines from `stories/view/icons.json`, so that it needs no icon font and
the program no library that reads one. The file lists the names by subject. To offer another icon,
write its name there with an empty outline and run this: it takes all outlines anew from the icon
font that comes with Streamlit, Google's Material Symbols, and draws the sheet for the docs.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
ICONS = ROOT / "stories" / "view" / "icons.json"
SHEET = ROOT / "docs" / "images" / "icons.svg"
SIZE = 18
"""CSS pixels that an icon is wide and high."""
_EM = 960
"""The same in the font's units."""
_CONTOUR = re.compile(r"M[^M]*")
_NUMBER = re.compile(r"-?[\d.]+")
COLUMNS, COLUMN, ROW, HEAD = 5, 215, 30, 44
"""How many icons of the sheet stand in a row, and the sheet's measures in pixels."""
LOOKS = """
text { font: 13px ui-monospace, monospace; }
.title { font: 600 16px sans-serif; }
* { fill: #1f2d36; }
@media (prefers-color-scheme: dark) { * { fill: #e9e6df; } }
"""


def main() -> None:
    """Take all outlines anew."""
    file = next((_package("streamlit") / "static" / "static" / "media").glob("MaterialSymbols-*"))
    font = TTFont(file)
    glyphs = dict(joined_names(font))
    groups = json.loads(ICONS.read_text(encoding="utf-8"))["groups"]
    unknown = [name for names in groups.values() for name in names if name not in glyphs]
    if unknown:
        sys.exit(f"{ICONS}: the font has no icon {', '.join(map(repr, unknown))}; take it out")
    groups = {
        title: {name: outline(font, glyphs[name]) for name in sorted(names)}
        for title, names in groups.items()
    }
    record = {
        "source": f"Google's Material Symbols Rounded, as {file.name} of streamlit"
        f" {version('streamlit')}",
        "licence": "Apache-2.0",
        "made_by": "make icons",
        "size": SIZE,
        "groups": groups,
    }
    ICONS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    SHEET.write_text(sheet(groups), encoding="utf-8")


def outline(font: TTFont, glyph: str) -> str:
    """Return a glyph's outline as CSS's ``path()`` takes it, in pixels."""
    to_pixels = Transform().scale(SIZE / _EM, -SIZE / _EM).translate(0, -_EM)
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    glyphs[glyph].draw(TransformPen(pen, to_pixels))
    contours = _CONTOUR.findall(pen.getCommands())
    return "".join(each for each in contours if not _is_point(each))


def _is_point(contour: str) -> bool:
    """Whether a contour has but one x and one y, as some of the font's have."""
    return len(set(_NUMBER.findall(contour))) <= len("xy")


def joined_names(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield each name whose letters the font joins into one glyph, and that glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            rules_by_first = getattr(getattr(table, "ExtSubTable", table), "ligatures", {})
            for first, rules in rules_by_first.items():
                for rule in rules:
                    name = "".join(letters.get(each, "") for each in (first, *rule.Component))
                    yield name, rule.LigGlyph


def sheet(groups: Mapping[str, Mapping[str, str]]) -> str:
    """Draw all icons with their names as an SVG."""
    parts: list[str] = []
    top = 0
    for title, icons in groups.items():
        parts.append(f'<text class="title" x="0" y="{top + 28}">{title}</text>')
        top += HEAD
        for place, (name, drawn) in enumerate(icons.items()):
            x, y = place % COLUMNS * COLUMN, top + place // COLUMNS * ROW
            parts.append(
                f'<path transform="translate({x} {y})" d="{drawn}"/>'
                f'<text x="{x + 26}" y="{y + 13}">{name}</text>'
            )
        top += -(-len(icons) // COLUMNS) * ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMNS * COLUMN}" height="{top}">',
            f"<style>{LOOKS}</style>",
            *parts,
            "</svg>\n",
        ]
    )


def _package(name: str) -> Path:
    spec = find_spec(name)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


if __name__ == "__main__":
    main()
